"""Spans of time as days, so that "more than a week" is heard as their nine days, in five languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.specificity.lexicon import listed
from app.specificity.stems import fold, stem
from app.specificity.tokens import Token

UNITS = {
    1 / 1440: "minute minutes minuten minuto minutos",
    1 / 24: "hour hours stunde stunden heure heures hora horas",
    1.0: "day days tag tage tagen jour jours día días dia dias",
    7.0: "week weeks woche wochen semaine semaines semana semanas",
    30.0: "month months monat monate monaten mois mes meses mês",
    365.0: "year years jahr jahre jahren an ans année années año años ano anos",
}
DAYS = {stem(fold(word)): days for days, words in UNITS.items() for word in words.split()}
ONE = frozenset(map(fold, listed("little.txt", "one")))
# "A week" is said of any date; "more than a week" is a complaint.
ABOUT = frozenset(map(fold, listed("little.txt", "about")))
COUNT = re.compile(r"\d{1,9}(?:\.\d{1,9})?")  # a time of the day is none
NEAR = 1.7  # nine days are more than a week, and less than three


@dataclass(frozen=True)
class Duration:
    start: int
    end: int
    days: float

    def may_be(self, other: "Duration") -> bool:
        return self.days <= NEAR * other.days and other.days <= NEAR * self.days


def durations(tokens: Sequence[Token]) -> Iterator[Duration]:
    """Yield "nine days" and "more than a week", where they stand and how long they are."""
    for index, token in enumerate(tokens[1:], 1):
        days, before = DAYS.get(token.stem), tokens[index - 1]
        if days is None:
            continue
        if COUNT.fullmatch(before.value):
            yield Duration(before.start, token.end, days * float(before.value))
        elif before.word in ONE and (about := _about(tokens, index - 1)):
            yield Duration(about.start, token.end, days)


def _about(tokens: Sequence[Token], index: int) -> Token | None:
    """Return what makes a length of "a week": "more than a week", "plus d'une semaine"."""
    before = tokens[max(0, index - 2) : index]
    return next((token for token in before if token.word in ABOUT), None)
