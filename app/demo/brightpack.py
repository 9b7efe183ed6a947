"""Brightpack folds cartons. A small plan in English, with one promise of ours due today."""

from app.demo.script import CallTold, DealTold, Did, Someone, StepTold, Verb

MARIA, SOFIA = "Maria Keller", "Sofia Marin"

BRIGHTPACK = DealTold(
    company="Brightpack",
    title="Fridays without pallet slips",
    goal="No more Fridays over pallet slips when the summer season starts",
    goal_on=(5, 4),
    objective="Freight and film invoices of the Girona plant, 25 people",
    amount=28_000,
    closes=22,
    calls=(
        CallTold(
            -9,
            "11:00",
            meets=(Someone(SOFIA, "Plant controller", "sofia.marin@brightpack.example"),),
            said=(
                (SOFIA, "Eleven hauliers bill per pallet. On Fridays two people check slips by hand."),
                (SOFIA, "Stretch film changes its price weekly. One day apart, and the invoice comes back."),
            ),
            steps=(
                StepTold(
                    "Check last Friday's 64 pallet slips of the two biggest hauliers against their bills",
                    "Two people spend their Friday on it; 64 slips show whether a machine could.",
                    MARIA,
                    SOFIA,
                    -5,
                    then=(
                        Did(-8, "08:15", SOFIA, Verb.SAYS_YES),
                        Did(-6, "17:30", MARIA, Verb.FINISHES, "51 agree, 13 do not."),
                    ),
                ),
                StepTold(
                    "Send six weeks of stretch film prices, one line a day",
                    "One day apart and the invoice comes back: with the daily price it would pass.",
                    SOFIA,
                    MARIA,
                    1,
                    then=(Did(-8, "08:18", SOFIA, Verb.SAYS_YES),),
                ),
            ),
        ),
        CallTold(
            -5,
            "09:30",
            meets=(),
            said=((SOFIA, "If the loading dock counts 31 pallets and the bill says 32, who may say 31?"),),
            steps=(
                StepTold(
                    "Split the 13 slips that differ: film price, or a pallet too many",
                    "If most are film, the daily price list alone gives you half a Friday back.",
                    MARIA,
                    SOFIA,
                    0,
                    then=(
                        Did(-4, "10:20", SOFIA, Verb.SAYS_YES),
                        Did(-3, "12:00", SOFIA, Verb.COMMENTS, "Start with Transportes Vidal, please."),
                    ),
                ),
                StepTold(
                    "Ask both shift leads at the loading dock who may sign for 31 pallets instead of 32",
                    "You asked who may say 31; the two of them should, not purchasing.",
                    SOFIA,
                    MARIA,
                    5,
                ),
            ),
        ),
    ),
)
