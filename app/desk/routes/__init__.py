"""What the desk answers: drafts and steps, sharing, days, the whole plan, the call."""

from app.folders import gathered

router = gathered(__name__, __path__)
