"""Nordwind keeps wind turbines running. Its plan has a step in every status."""

from datetime import time

from app.demo.script import CallTold, DealTold, Did, Someone, StepTold, Verb, Wrote
from app.desk.tables import KeepBecause
from app.shared_plan.commitment import Obstacle

MARIA, TOM = "Maria Keller", "Tom Reyes"
JONAS, PETRA = "Jonas Weber", "Petra Lang"

FIRST_CALL = CallTold(
    -22,
    "14:00",
    meets=(Someone(JONAS, "Head of finance", "jonas.weber@nordwind.example"),),
    said=(
        (JONAS, "From the post room to the bank a supplier's invoice needs nine days; two would be plenty."),
        (JONAS, "It is 1,400 invoices a month, two thirds of them in Husum, and the budgets are by site."),
        (JONAS, "Above 5,000 euros nobody can tell me who has to sign, so it is sent to everybody."),
        (JONAS, "The auditors come in March. Last time 17 invoices had no approval on them at all."),
    ),
    steps=(
        StepTold(
            "Trace single invoices desk by desk through the nine days, Husum first",
            "You want to know where the nine days go before you change who signs.",
            MARIA,
            JONAS,
            -17,
            then=(
                Did(-21, "09:12", JONAS, Verb.SAYS_YES),
                Did(-18, "16:40", MARIA, Verb.FINISHES, "Longest wait: 2 days and 4 hours in Husum."),
                Did(-17, "08:55", JONAS, Verb.COMMENTS, "Husum surprises me. I would have bet on Leipzig."),
            ),
        ),
        StepTold(
            "List who signs for turbine spare parts above €5,000, site by site",
            "Nobody could say who has to sign above 5,000; the list is what the new route is built on.",
            JONAS,
            MARIA,
            -15,
            then=(
                Did(-21, "09:14", JONAS, Verb.SAYS_YES),
                Did(-16, "11:30", JONAS, Verb.FINISHES, "Four names, and one site with none: Cuxhaven."),
            ),
        ),
        StepTold(
            "Price the approval of 1,400 invoices a month, Husum and Leipzig apart",
            "Your budgets are by site, and two thirds of the work is in Husum.",
            MARIA,
            JONAS,
            -14,
            then=(
                Did(-21, "09:17", JONAS, Verb.SAYS_YES),
                Did(
                    -15,
                    "10:05",
                    MARIA,
                    Verb.ASKS_FOR,
                    "Cuxhaven came on top, so the count has to be redone.",
                    until=-11,
                ),
                Did(-15, "13:48", JONAS, Verb.SAYS_YES),
                Did(-11, "15:20", MARIA, Verb.FINISHES, "Three sites, three sums, one page."),
            ),
        ),
        StepTold(
            "Scan the paper invoices of the last audit for a comparison",
            "The 17 invoices without approval would show the auditors the difference.",
            JONAS,
            MARIA,
            -13,
            then=(
                Did(
                    -20,
                    "17:02",
                    MARIA,
                    Verb.DROPS,
                    "Jonas has all 17 in SAP already, nobody needs to scan.",
                ),
            ),
        ),
    ),
)

SECOND_CALL = CallTold(
    -12,
    "10:30",
    meets=(Someone(PETRA, "Head of IT", "petra.lang@nordwind.example"),),
    said=(
        (PETRA, "Nothing posts into company code 1000 before I have watched it run in test company 0900."),
        (PETRA, "Our security office wants it in writing: does any invoice ever leave Frankfurt?"),
        (JONAS, "The blade crews photograph delivery notes with a phone. Half of them arrive sideways."),
        (JONAS, "Without the works council the approval matrix is paper. It meets once a month."),
    ),
    steps=(
        StepTold(
            "Open test company 0900 for the export, with read rights on vendors",
            "You want to watch it run in 0900 before anything posts into 1000.",
            PETRA,
            TOM,
            -8,
            then=(
                Did(-11, "08:30", PETRA, Verb.SAYS_YES),
                Did(-6, "14:10", PETRA, Verb.FINISHES, "Open. The transport had to wait for the weekend."),
            ),
        ),
        StepTold(
            "Count how many of 60 sideways delivery notes the reader makes out",
            "Half of what the blade crews photograph arrives sideways; a number beats a promise.",
            MARIA,
            JONAS,
            -2,
            then=(
                Did(-11, "12:02", JONAS, Verb.SAYS_YES),
                Did(-5, "09:20", JONAS, Verb.COMMENTS, "I put 12 of the worst ones from Husum on top."),
            ),
        ),
        StepTold(
            "Put the photo guide for delivery notes into the vans of the blade crews",
            "One page on how to hold the phone, so that the notes from sea stop arriving sideways.",
            JONAS,
            MARIA,
            2,
            then=(
                Did(-11, "12:05", JONAS, Verb.SAYS_YES),
                Did(
                    -3,
                    "07:50",
                    JONAS,
                    Verb.IS_STUCK,
                    "The crews are out on the Baltic turbines until the weather turns.",
                    until=5,
                    why=Obstacle.PRIORITY,
                ),
            ),
        ),
        StepTold(
            "Put the approval matrix on the agenda of the works council",
            "It meets once a month; without it the matrix stays paper.",
            JONAS,
            MARIA,
            3,
            then=(
                Did(-11, "12:07", JONAS, Verb.SAYS_YES),
                Did(
                    -1,
                    "16:25",
                    JONAS,
                    Verb.ASKS_FOR,
                    "The council moved its meeting by four days, the chair is at a hearing.",
                    until=7,
                ),
            ),
        ),
    ),
)

THIRD_CALL = CallTold(
    -4,
    "15:00",
    meets=(),
    said=(
        (PETRA, "Leased cranes have a tax code of their own. That is where every export so far broke."),
        (JONAS, "Leipzig has one approver, and in the week of month-end she does nothing but close."),
        (PETRA, "Eight approvers means eight passwords nobody remembers. I want our single sign-on."),
    ),
    steps=(
        StepTold(
            "Send the security office a signed answer: which invoices leave Frankfurt",
            "They asked for it in writing, and Petra cannot open company code 1000 without it.",
            MARIA,
            PETRA,
            3,
            then=(Did(-3, "09:05", PETRA, Verb.SAYS_YES),),
        ),
        StepTold(
            "Pick ten invoices above €5,000 that lay in the wrong inbox",
            "Today they go to everybody. Ten real ones show which signature was missing at which site.",
            JONAS,
            MARIA,
            4,
        ),
        StepTold(
            "Walk Petra through the 0900 export with the tax code of the leased cranes",
            "That is where every export so far broke, so it comes first and not last.",
            TOM,
            PETRA,
            5,
            at=time(9),
            place="Leipzig, second floor",
            then=(
                Did(-2, "10:41", PETRA, Verb.COMMENTS, "Mornings are better, my afternoons are SAP support."),
                Did(-2, "11:15", TOM, Verb.COMMENTS, "Nine o'clock then. I bring two crane invoices."),
            ),
        ),
        StepTold(
            "Show the site managers of Leipzig and Husum the two-day route, on their own invoices",
            "Leipzig has one approver; her manager should see what a stand-in would sign.",
            MARIA,
            JONAS,
            5,
            then=(
                Did(
                    -2,
                    "18:10",
                    JONAS,
                    Verb.ASKS_FOR,
                    "Leipzig closes its month that week, nobody would come.",
                    until=9,
                ),
            ),
        ),
        StepTold(
            "Connect single sign-on for the eight approvers",
            "Eight passwords nobody remembers would send them back to e-mail.",
            PETRA,
            TOM,
            8,
            then=(
                Did(
                    -2,
                    "09:30",
                    PETRA,
                    Verb.IS_STUCK,
                    "I need your metadata file with a certificate that is valid beyond June.",
                    why=Obstacle.NEEDS_YOU,
                ),
            ),
        ),
        StepTold(
            "Name the cost centres of the Husum yard that 0900 may post to",
            "Test company 0900 rejects every invoice without one.",
            PETRA,
            MARIA,
            0,
            then=(Did(-3, "09:08", PETRA, Verb.SAYS_YES),),
        ),
        StepTold(
            "Go through the ten wrong-inbox invoices and name the missing signature of each",
            "Above 5,000 euros nobody knows who signs; ten names are what the works council will ask for.",
            MARIA,
            JONAS,
            6,
            at=time(10, 30),
            place="https://meet.example/nordwind-maria",
            then=(Did(-3, "13:28", JONAS, Verb.SAYS_YES),),
        ),
        StepTold(
            "Book the auditors for an hour on the approval trail of last year's 17 invoices",
            "They come in March; an hour now saves the second explanation.",
            JONAS,
            MARIA,
            12,
            then=(
                Did(-3, "13:30", JONAS, Verb.SAYS_YES),
                Did(
                    -1, "09:47", JONAS, Verb.COMMENTS, "Ms Brandt from the auditors asked for the 17 numbers."
                ),
            ),
        ),
    ),
)

NORDWIND = DealTold(
    company="Nordwind",
    title="Two days instead of nine",
    goal="Invoices approved in two days, before the March audit",
    goal_on=(3, 1),
    objective="Approval for Husum, Leipzig and Cuxhaven, 60 people, three years",
    amount=71_500,
    closes=30,
    calls=(FIRST_CALL, SECOND_CALL, THIRD_CALL),
    wrote=(
        Wrote(
            -7,
            "11:30",
            PETRA,
            "Petra, on test company 0900: the user needs display rights on vendors, no more. Attached is "
            "the list of the 14 rights, in case your auditors ask.\n\nMaria",
            "Open test company 0900 for the export, with read rights on vendors",
        ),
    ),
    drafts=(
        StepTold(
            "Lay ten sideways delivery notes beside what the reader made of them, for the works council",
            "The blade crews are its voters: it should see that nobody has to write anything twice.",
            MARIA,
            JONAS,
            6,
        ),
        StepTold(
            "Discuss next steps and share more information about our solution",
            "",
            MARIA,
            JONAS,
            4,
        ),
        StepTold(
            "Sign the data processing agreement",
            "",
            PETRA,
            MARIA,
            10,
            keep_because=KeepBecause.EVERYONE,
        ),
    ),
)
