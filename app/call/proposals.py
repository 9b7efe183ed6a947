"""Candidates that the record suggests: drafts to complete, never finished actions. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.deal.position.red_flags import Cause, Flag

MOST = 6
LONGEST = 200  # what the words of an action have room for


@dataclass(frozen=True)
class Proposal:
    """A question to begin with, and what it would trace to; who, when and what it secures are left open."""

    words: str
    removes: str = ""
    uses: str = ""


def proposals(
    flags: Iterable[Flag], strengths: Iterable[tuple[str, str]], traced: set[str]
) -> list[Proposal]:
    """For each open flag without an action, and each strength not used, the weightiest first."""
    found = [Proposal(_ask(flag), removes=flag.key) for flag in flags if flag.key not in traced]
    found += [Proposal(f"Show: {words}", uses=key) for key, words in strengths if key not in traced]
    return [replace(one, words=one.words[:LONGEST]) for one in found[:MOST]]


def one_thing(flags: Sequence[Flag], in_meeting: set[int]) -> str:
    """The elevator's answer: the one thing to find out, of whoever is there."""
    if not flags:
        return "Nothing is flagged: ask what has changed since you last spoke."
    there = [flag for flag in flags if flag.key.startswith("person:") and flag.subject in in_meeting]
    weightiest = next((flag for flag in flags if flag.rank == 0 and not flag.key.startswith("person:")), None)
    return _ask(weightiest or next(iter(there), flags[0]))


def _ask(flag: Flag) -> str:
    """A flag as something to find out."""
    if flag.key.startswith("role:economic"):
        return "Find out who releases the money for this."
    if flag.key.startswith("role:"):
        return f"Find out who it is: {flag.why[0].removeprefix('Nobody is known who ').rstrip('.')}."
    if flag.key.startswith("person:"):
        return f"Find out about {flag.title}: {flag.why[0][0].lower()}{flag.why[0][1:]}"
    if flag.cause is Cause.RECORD:
        return f"Find out: {flag.title[0].lower()}{flag.title[1:]}."
    return f"Find out: {flag.title.rstrip('.')}."  # somebody's own words stay as they were written
