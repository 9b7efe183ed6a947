"""What the Specificity Test says of a draft or a shared step, ready for the page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from app.deal.evidence import evidence_for, evidence_of_others
from app.desk.doors import OpenPlan
from app.desk.tables import Draft, KeepBecause
from app.shared_plan.steps_now import StepNow
from app.specificity import judgement
from app.specificity.swap import Swap, swap
from app.specificity.value import Value, value_of
from app.specificity.verdict import Answer, Code, Evidence, Passage, Saying, TextKind, Verdict
from app.specificity.wording import explained, headline, marked


@dataclass(frozen=True)
class Shown:
    """A verdict in words: `title` and `reason` are runs of (text, mark), mark "theirs", "anyone" or None."""

    answer: Answer
    headline: str
    lines: tuple[tuple[str, str], ...]
    title: list[tuple[str, str | None]]
    reason: list[tuple[str, str | None]]
    likely: tuple[Saying, ...]
    uses: tuple[Saying, ...]
    kept: KeepBecause | None = None
    swap: Swap | None = None
    value: Value | None = None
    is_unfinished: bool = False
    """Something has still to be filled in, or other plans say the same: nothing else makes up for it."""

    @property
    def needs_value(self) -> bool:
        """Is the reason nothing the reader can use once the seller is taken out of it?"""
        return self.value is not None and self.value.names_seller and not self.value.passes

    @property
    def is_theirs(self) -> bool:
        return self.answer is Answer.PASS

    @property
    def counts(self) -> bool:
        """Formalities that everyone needs are not counted as failures."""
        return self.kept is not KeepBecause.EVERYONE


@dataclass(frozen=True)
class Compared:
    """What the texts of one plan are compared with: its deal, and the seller's other prospects."""

    evidence: Evidence
    load_others: Callable[[], tuple[Evidence, ...]] = tuple

    @cached_property
    def others(self) -> tuple[Evidence, ...]:
        """Asked for only where a text fails."""
        return self.load_others()


def compared_with(opened: OpenPlan) -> Compared:
    evidence = evidence_for(opened.session, opened.me, opened.deal)
    others = partial(evidence_of_others, opened.session, opened.me, opened.deal, OTHERS)
    return Compared(evidence, others)


def shown(text: Passage, compared: Compared, kept: KeepBecause | None = None) -> Shown:
    """Inside a failed verdict the text is read with another prospect's name; a reason without the seller."""
    evidence = compared.evidence
    verdict = judgement.test(text, evidence)
    return Shown(
        verdict.answer,
        headline(verdict, evidence.company),
        _lines(verdict),
        marked(text.title, verdict.about("title")),
        marked(text.reason, verdict.about("reason")),
        verdict.likely,
        tuple(reason.point for reason in verdict.reasons if reason.code is Code.ANCHORED and reason.point),
        kept,
        swap(text, evidence, compared.others) if _is_anyones(verdict) and text.title else None,
        value_of(text.reason, evidence, TextKind.STEP) if text.reason else None,
        any(reason.code in (Code.PLACEHOLDER, Code.REUSED) for reason in verdict.reasons),
    )


def _is_anyones(verdict: Verdict) -> bool:
    """Does it fail without a word of theirs in it? Where it gets them wrong, another name shows nothing."""
    codes = {reason.code for reason in verdict.reasons}
    return verdict.answer is Answer.FAIL and codes.isdisjoint((Code.ANCHORED, Code.CONTRADICTED))


def of_draft(draft: Draft, compared: Compared) -> Shown:
    text = Passage(
        TextKind.STEP, draft.title, draft.reason, True, draft.person_id is not None, draft.due_on is not None
    )
    return shown(text, compared, draft.keep_because)


def of_step(step: StepNow, compared: Compared, draft: Draft | None) -> Shown:
    return shown(
        Passage(TextKind.STEP, step.title, step.reason), compared, draft.keep_because if draft else None
    )


def score(verdicts: list[Shown]) -> tuple[int, int]:
    """How many steps only this prospect could get, of how many that could be theirs."""
    counted = [verdict for verdict in verdicts if verdict.counts]
    return sum(verdict.is_theirs for verdict in counted), len(counted)


OTHERS = 8  # prospects in whose place a text is read
GOOD = frozenset({Code.ANCHORED, Code.ROLE})


def _lines(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """(sign, words) pairs: ok for what ties it to them, no for what does not."""
    return tuple(("ok" if code in GOOD else "no", words) for code, words in explained(verdict))
