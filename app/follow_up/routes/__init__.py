"""What the follow-ups answer: the list, the reasons, the messages."""

from app.folders import gathered

router = gathered(__name__, __path__)
