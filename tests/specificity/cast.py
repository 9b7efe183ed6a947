"""Nordwind buys, Ledgerline sells invoice approval; whoever appears in the tests is here."""

from dataclasses import replace
from datetime import date

from app.specificity import judgement
from app.specificity.verdict import Code, Evidence, Named, NamedSide, Passage, Saying, TextKind, Verdict

NINE_DAYS = Saying(
    "An invoice takes 9 days from the scanner to the bank", "Jonas Weber", date(2026, 11, 19), 1
)
AUDIT = Saying("The audit is in March and Petra has no archive", "Jonas Weber", date(2026, 11, 19), 2)
STUCK = Saying("40 stuck invoices lie with the plant in Kiel", "Petra Lang", date(2026, 11, 19), 3)
NORDWIND = Evidence(
    company="Nordwind",
    people=(
        Named("Jonas Weber", "head of finance"),
        Named("Petra Lang", "IT"),
        Named("Maria Keller", "account executive", NamedSide.SELLER),
    ),
    points=(NINE_DAYS, AUDIT, STUCK),
    notes="Petra wants the data to stay in Germany. SAP runs until 2028.",
    seller_company="Ledgerline",
    products=("invoice approval",),
    other_texts=(
        "Send the proposal",
        "Intro meeting",
        "Send the contract to Lena",
        "Send the contract to Tom",
    ),
    other_plans=4,
)


def verdict_on(
    title: str, reason: str = "", evidence: Evidence = NORDWIND, kind: TextKind = TextKind.STEP
) -> Verdict:
    return judgement.test(Passage(kind, title, reason), evidence)


def unlike(**changes: object) -> Evidence:
    return replace(NORDWIND, **changes)


def codes(verdict: Verdict) -> set[Code]:
    return {reason.code for reason in verdict.reasons}


def words(verdict: Verdict, code: Code) -> list[str]:
    return [reason.words for reason in verdict.reasons if reason.code is code]
