"""Velotrade sells bicycles to shops. What was agreed is done, and nobody has agreed on anything since."""

from app.demo.script import CallTold, DealTold, Did, Someone, StepTold, Verb, Wrote

MARIA, BRAM = "Maria Keller", "Bram de Vries"

VELOTRADE = DealTold(
    company="Velotrade",
    title="Credit notes that find their bill",
    goal="Every credit note settled in the month of the return, from the next season on",
    goal_on=(2, 1),
    objective="Credit notes of 140 shops, 12 people",
    amount=19_000,
    closes=45,
    calls=(
        CallTold(
            -17,
            "16:00",
            meets=(Someone(BRAM, "Head of operations", "bram@velotrade.example"),),
            said=(
                (BRAM, "140 shops send frames back. The credit note comes weeks later, without our number."),
                (BRAM, "In the season three temps do nothing but search for the bill it belongs to."),
            ),
            steps=(
                StepTold(
                    "Find the bill for 25 credit notes that came without your number",
                    "Three temps search for them in the season; 25 show how many need no search.",
                    MARIA,
                    BRAM,
                    -11,
                    then=(
                        Did(-16, "10:10", BRAM, Verb.SAYS_YES),
                        Did(-12, "13:05", MARIA, Verb.FINISHES, "19 of 25 by frame number alone."),
                    ),
                ),
            ),
        ),
    ),
    wrote=(
        Wrote(-9, "09:15", BRAM, "Bram, just checking in: any news on your side?\n\nMaria"),
        Wrote(-6, "08:50", BRAM, "Bram, did you have a chance to look at my last mail?\n\nMaria"),
        Wrote(-3, "09:05", BRAM, "Bram, I would love to show you our release. Tuesday at ten?\n\nMaria"),
    ),
)
