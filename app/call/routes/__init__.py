"""What the page of a call answers: preparing it, its actions, the debrief, the plan in the pocket."""

from app.folders import gathered

router = gathered(__name__, __path__)
