"""What the Specificity Test says of a draft or a shared step, ready for the page."""

from dataclasses import dataclass, replace

from app.desk.tables import Draft, KeepBecause
from app.shared_plan.picture import StepNow
from app.specificity import judgement
from app.specificity.verdict import Answer, Code, Evidence, Kind, Point, Reason, Text, Verdict
from app.specificity.wording import explain, headline, marked


@dataclass(frozen=True)
class Shown:
    """A verdict in words: `title` and `reason` are runs of (text, mark), mark "theirs", "anyone" or None."""

    answer: Answer
    headline: str
    lines: tuple[tuple[str, str], ...]
    title: list[tuple[str, str | None]]
    reason: list[tuple[str, str | None]]
    likely: tuple[Point, ...]
    uses: tuple[Point, ...]
    kept: KeepBecause | None = None

    @property
    def is_theirs(self) -> bool:
        return self.answer is Answer.PASS

    @property
    def counts(self) -> bool:
        """Formalities that everyone needs are not counted as failures."""
        return self.kept is not KeepBecause.EVERYONE


def shown(text: Text, evidence: Evidence, draft: Draft | None = None) -> Shown:
    verdict = _told(judgement.test(text, evidence), evidence, draft)
    return Shown(
        verdict.answer,
        headline(verdict, evidence.company),
        _lines(verdict),
        marked(text.title, verdict.about("title")),
        marked(text.reason, verdict.about("reason")),
        verdict.likely,
        tuple(reason.point for reason in verdict.reasons if reason.code is Code.ANCHORED and reason.point),
        draft.keep_because if draft else None,
    )


def of_draft(draft: Draft, evidence: Evidence) -> Shown:
    text = Text(
        Kind.STEP, draft.title, draft.reason, True, draft.person_id is not None, draft.due_on is not None
    )
    return shown(text, evidence, draft)


def of_step(step: StepNow, evidence: Evidence, draft: Draft | None) -> Shown:
    return shown(Text(Kind.STEP, step.title, step.reason), evidence, draft)


def score(verdicts: list[Shown]) -> tuple[int, int]:
    """How many steps only this prospect could get, of how many that could be theirs."""
    counted = [verdict for verdict in verdicts if verdict.counts]
    return sum(verdict.is_theirs for verdict in counted), len(counted)


def _told(verdict: Verdict, evidence: Evidence, draft: Draft | None) -> Verdict:
    """The seller's tap on a point settles a doubt: the program does not know better."""
    point = next((p for p in evidence.points if draft and p.ref == draft.point_id), None)
    if verdict.answer is not Answer.ASK or point is None:
        return verdict
    reason = Reason(Code.ANCHORED, "", 0, 0, point, words="You said it is about this")
    return replace(verdict, answer=Answer.PASS, reasons=(*verdict.reasons, reason), likely=())


GOOD = frozenset({Code.ANCHORED, Code.ROLE})


def _lines(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """(sign, words) pairs: ok for what ties it to them, no for what does not."""
    found = []
    for reason in verdict.reasons:
        sign = "ok" if reason.code in GOOD else "no"
        found += [(sign, words) for words in explain(Verdict(verdict.answer, (reason,)))]
    return tuple(dict.fromkeys(found))
