"""How a message stands, in the seller's words: one line for each test."""

from dataclasses import dataclass

from app.follow_up.checks import Check
from app.follow_up.training import Effect, Level
from app.follow_up.weighing import Weighed
from app.specificity.value import Use
from app.specificity.verdict import Answer

NUMBERS = ("no", "one", "two", "three", "four", "five")
USES = {
    Use.ANSWER: "an answer",
    Use.NUMBER: "a number",
    Use.NAME: "a name",
    Use.DOCUMENT: "a document",
    Use.DAY: "a day",
}


@dataclass(frozen=True)
class CheckLine:
    is_good: bool
    words: str


def check_lines(weighed: Weighed, company: str, name: str, spoken: str) -> list[CheckLine]:
    """Permission, specificity, value. `name` is the reader's first name, `spoken` the day it opens."""
    return [
        _permission(weighed, company, name, spoken),
        _specificity(weighed, company),
        _value(weighed, name),
    ]


def taught(effect: Effect, name: str) -> str:
    """What the last messages taught somebody; "" while they taught nothing."""
    if effect.level is Level.NONE:
        return ""
    count, of = NUMBERS[effect.count], NUMBERS[effect.of]
    which = (
        f"{name}’s last {count}"
        if effect.count == effect.of
        else f"{count.capitalize()} of {name}’s last {of}"
    )
    held = (
        "held nothing they could use"
        if effect.is_hollow
        else "came without a reason or held nothing they could use"
    )
    then = "Keep a promise before you write again."
    if effect.level is Level.WARNING:
        then = "Bring an answer, a number or a name this time."
    return f"{which} messages from you {held}. {then}"


def outcome(weighed: Weighed, name: str) -> str:
    """What to say of a message once it is logged."""
    if weighed.passes:
        return "It passed every test that applies."
    said = [] if weighed.is_permitted else ["nothing entitled to it"]
    if weighed.has_value is False:
        said.append(f"it held nothing {name} could use")
    if not weighed.is_specific:
        is_doubt = weighed.verdict.answer is Answer.ASK
        said.append(
            "you did not say whether it is theirs" if is_doubt else "it could have been sent to anyone"
        )
    return f"It is logged as it is: {', and '.join(said)}."


def _permission(weighed: Weighed, company: str, name: str, spoken: str) -> CheckLine:
    if weighed.is_permitted:
        return CheckLine(True, f"Permission: {name} expects to hear from you about this.")
    if weighed.opens_on:
        return CheckLine(False, f"Permission: not before {spoken}.")
    words = (
        f"Permission: there is no reason to write that {company} would recognise. Offer a next step instead."
    )
    return CheckLine(False, words)


def _specificity(weighed: Weighed, company: str) -> CheckLine:
    answer = weighed.verdict.answer
    if answer is Answer.PASS:
        return CheckLine(True, f"Specificity: only {company} could get this.")
    if weighed.is_formality:
        return CheckLine(True, "Specificity: everyone needs this step, so its words may be everyone’s.")
    if answer is Answer.ASK:
        return CheckLine(False, "Specificity: is this about what they said?")
    said = weighed.verdict.headline
    return CheckLine(
        False, f"Specificity: {said if said.startswith(company) else said[:1].lower() + said[1:]}"
    )


def _value(weighed: Weighed, name: str) -> CheckLine:
    if not weighed.needs_value:
        return CheckLine(True, "Value: not asked for where you keep what both agreed.")
    if weighed.value.passes:
        kinds = list(dict.fromkeys(USES[useful.use] for useful in weighed.value.uses if useful.use in USES))
        held = f": {', '.join(kinds)}" if kinds else ""
        return CheckLine(
            True, f"Value: without your company in it, there is still something {name} can use{held}."
        )
    if Check.VALUE not in weighed.checks:
        return CheckLine(
            True, "Value: it says plainly that it is a reminder, and counts as one that brought nothing."
        )
    left = f"Value: without your company in it, nothing is left that {name} can use."
    return CheckLine(False, f"{left} Add an answer, a number or a name.")
