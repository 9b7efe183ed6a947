"""The guest's routes: GET shows, POST acts."""

from app.folders import gathered

router = gathered(__name__, __path__)
