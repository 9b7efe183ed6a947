"""Words that tell what a reader can use from what only the seller wants said, in five languages.

They are read once from a list; whoever misses a word adds it there.
"""

from app.specificity.lexicon import listed
from app.specificity.stems import fold, stem


def _folded(heading: str) -> frozenset[str]:
    return frozenset(map(fold, listed("value.txt", heading)))


def _phrases(heading: str) -> list[tuple[str, ...]]:
    return [tuple(map(fold, phrase.split("~"))) for phrase in listed("value.txt", heading)]


def _stems(heading: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in listed("value.txt", heading))


OUR = _folded("our")
OFFERED = _stems("offered")
WISHES = _phrases("wishes")
RULES = _phrases("rules")
PRAISE = _folded("praise")
TELLING = _folded("telling")
DO_YOU_KNOW = _folded("do you know")
DOCUMENTS = _stems("documents")
SALES_PAPERS = _folded("sales papers")
REFERENCES = _stems("references")
COLLEAGUES = _folded("colleagues")
ALREADY = _folded("already")
STORY = _folded("story")
DO_THIS = _folded("do this")
SOMEBODY = _folded("somebody")
DOING = DO_THIS | _folded("doing")
FOR_ME = _folded("for me")
BOASTS = _stems("boasts")
