"""The names of weekdays and months in five languages, and which of them are something else as well."""

from itertools import chain

from app.specificity.lexicon import listed
from app.specificity.stems import fold

LANGUAGES = ("en", "de", "fr", "es", "pt")


def _listed(heading: str) -> frozenset[str]:
    return frozenset(map(fold, listed("calendar.txt", heading)))


LONG = {language: _listed(f"weekdays {language}") for language in LANGUAGES}
SHORT = {language: _listed(f"short weekdays {language}") for language in LANGUAGES}
BEFORE = {language: _listed(f"before a weekday {language}") for language in LANGUAGES}
WEEKDAYS = frozenset(chain(*LONG.values(), *SHORT.values(), _listed("weekdays of two letters")))
MONTHS = _listed("months")
BEFORE_MONTH = _listed("before a month")
AMBIGUOUS = _listed("something else as well")
CALENDAR = (WEEKDAYS | MONTHS) - AMBIGUOUS
"""Those that are a day or a month wherever they stand."""
