"""Days and months in five languages are days and months: no names, no numbers, nothing of their own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from babel.dates import format_date

from app.specificity.blanks import Blank, blanks
from app.specificity.dates import dated, days, without_stops
from app.specificity.swap import swapped
from app.specificity.tokens import read
from app.specificity.value import value_of
from app.specificity.verdict import Evidence, Named, TextKind
from tests.specificity.cast import NORDWIND, STUCK, codes, unlike, verdict_on

THURSDAY = date(2026, 11, 12)
A_WEEK = [date(2026, 11, 9) + timedelta(days=n) for n in range(7)]
A_YEAR = [date(2026, month, 12) for month in range(1, 13)]
WAYS = {
    "en": ("EEE d MMM", "EEEE d MMMM", "EEE, MMM d, y", "MMMM d", "d MMM y", "EEE"),
    "de": ("ccc d. MMM", "EEE, d. MMMM", "EEEE, d. MMMM y", "d. MMM", "ccc d. LLL y", "EEE"),
    "fr": ("EEE d MMM", "EEEE d MMMM y", "d MMM", "EEE"),
    "es": ("EEE, d MMM", "EEEE, d 'de' MMMM 'de' y", "d MMM", "EEE d 'de' MMM", "EEE"),
    "pt": ("EEE, d 'de' MMM", "EEEE, d 'de' MMMM 'de' y", "d 'de' MMM", "EEE d MMM", "EEE"),
}
MONTHS = ("MMM", "MMMM", "LLL", "MMM y")
REMINDERS = {
    "en": "Jonas, on {} you said yes to this by {}: Walk the plant.\nThis is only a reminder.",
    "de": "Jonas, am {} haben Sie mir bis {} zugesagt: Alles abholen.\nIch will nur daran erinnern.",
    "fr": "Jonas, le {} vous avez dit oui pour le {} : Visiter le site.\nCeci n’est qu’un rappel.",
    "es": "Jonas, el {} dijo que sí para el {}: Ver la planta.\nEs solo un recordatorio.",
    "pt": "Jonas, na {} disse que sim até {}: Ver a fábrica.\nÉ só um lembrete.",
}
IN_A_MONTH = {
    "en": "In {} we agreed that 17 trays cost €240.",
    "de": "Im {} haben wir 17 Kisten gezählt.",
    "fr": "Fin {} on compte 17 caisses.",
    "es": "Nos vemos en {} en Kiel para contar 17 cajas.",
    "pt": "Até {} contamos 17 caixas.",
}


def heard(text: str) -> tuple[object, ...]:
    """What the Specificity Test and the Value test make of a message."""
    verdict = verdict_on(text, kind=TextKind.MESSAGE)
    uses = [(one.use, one.words) for one in value_of(text, NORDWIND).uses]
    days_named = bool(value_of(text, NORDWIND, days_count=True).uses)
    return verdict.answer, verdict.guess, codes(verdict), uses, days_named


def written(day: date, way: str, language: str) -> Iterator[str]:
    spoken = format_date(day, way, locale=language)
    yield from (spoken, spoken.capitalize(), spoken.upper())


@pytest.mark.parametrize(("language", "way"), [(each, way) for each, ways in WAYS.items() for way in ways])
def test_a_reminder_is_heard_alike_on_any_day(language: str, way: str):
    reminder = REMINDERS[language]
    on_a_thursday = heard(reminder.format(*2 * [format_date(THURSDAY, way, locale=language)]))

    for day in [*A_WEEK, *A_YEAR]:
        for spoken in written(day, way, language):
            assert heard(reminder.format(spoken, spoken)) == on_a_thursday, spoken


@pytest.mark.parametrize(("language", "way"), [(each, way) for each in WAYS for way in MONTHS])
def test_a_month_without_a_day_is_heard_alike(language: str, way: str):
    sentence = IN_A_MONTH[language]
    in_november = heard(sentence.format(format_date(THURSDAY, way, locale=language)))

    for day in A_YEAR:
        for spoken in written(day, way, language):
            assert heard(sentence.format(spoken)) == in_november, spoken


@pytest.mark.parametrize(("language", "way"), [(each, ways[0]) for each, ways in WAYS.items()])
def test_a_day_opens_a_sentence_as_well(language: str, way: str):
    for day in [*A_WEEK, *A_YEAR]:
        spoken = format_date(day, way, locale=language).capitalize()
        assert len(dated(spoken)) == len(read(spoken)), spoken


def in_days(text: str) -> str:
    return " ".join(token.word for index, token in enumerate(read(text)) if index in dated(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see you Sat.", "sat"),
        ("by Sun at 9", "sun at 9"),
        ("Sat/Sun or Monday", "sat sun monday"),
        ("Sat morning", "sat"),
        ("Sat 28th", "sat 28 th"),
        ("Mo–Fr", "mo fr"),
        ("am Fr um zehn", "fr"),
        ("bis Do 3.12.", "do 3.12"),
        ("sam. et dim.", "sam dim"),
        ("el mié por la tarde", "mie"),
        ("na sexta-feira", "sexta feira"),
        ("20 sept. 2026", "20 sept 2026"),
        ("le 1er mars", "1 er mars"),
        ("28 de out. de 2026", "28 de out de 2026"),
        ("in Sept we go", "sept"),
        ("Sonnabend", "sonnabend"),
    ],
)
def test_a_word_that_is_something_else_as_well_is_a_day_beside_another(text: str, found: str):
    assert in_days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ask Sam Miller about it",
        "Ask Sam. 28 pages are missing",
        "We sat with 28 people",
        "The sun shines on 12 panels",
        "from Sun Microsystems",
        "Mo Tanner asks",
        "So 3 of us went and so 3/4 of them",
        "Do 3 tests",
        "3 out of 5 forms, 5 set up",
        "May we call 5 people",
        "à mon avis, le jeu est fini",
        "la vie 30 ans, la mer",
        "pendant sept jours",
        "em dez dias, pela segunda vez",
        "soixante-sept",
        "at 1,450 euros",
    ],
)
def test_elsewhere_it_stays_what_it_is(text: str):
    assert in_days(text) == ""


def test_a_number_beside_a_day_counts_what_it_counted():
    assert "40" in [one.words for one in value_of("On Sat 28 Nov 40 trays came to 7 euros.", NORDWIND).uses]
    assert verdict_on("Look at the 40 stuck invoices on Sat 28 Nov") == verdict_on(
        "Look at the 40 stuck invoices on Thu 26 Nov"
    )


def marks(text: str, evidence: Evidence) -> list[Blank | None]:
    return blanks(text, read(text), evidence)


def test_who_is_called_sam_stays_sam_unless_a_whole_day_says_otherwise():
    evidence = unlike(people=(Named("Sam Okafor"), Named("Samuel Brook")))

    assert marks("le sam.", evidence)[1] is Blank.NAME
    assert marks("Sam, 28 Nov: the list", evidence)[0] is Blank.NAME
    assert marks("Sam Miller", unlike(people=()))[0] is None
    assert marks("le sam. 28 nov.", evidence)[1:] == [Blank.DATE] * 3


def test_another_prospects_name_is_not_put_in_the_place_of_a_day():
    mine, other = unlike(people=(Named("Sun Li"),)), unlike(people=(Named("Lena Roth"),))

    words = "".join(run for run, _ in swapped("Sun, send it by Sun 29 Nov", mine, other))

    assert words == "Lena, send it by Sun 29 Nov"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("am Sa. 28. Nov. um zehn", "am Sa  28  Nov  um zehn"),
        ("Am 28. Nov. Danach nicht.", "Am 28  Nov. Danach nicht."),
        ("le sam. 28 janv. on compte.", "le sam  28 janv  on compte."),
        ("im Sept. oder bald.", "im Sept  oder bald."),
        ("until 5 May. Monday we meet.", "until 5 May. Monday we meet."),
        ("Done. Then 28. Wait", "Done. Then 28. Wait"),
    ],
)
def test_the_dot_of_a_day_ends_no_sentence(text: str, level: str):
    assert without_stops(text) == level


def test_a_day_that_they_named_is_no_number_of_theirs():
    evidence = replace(NORDWIND, points=(), notes="The tender is out on Wed 20 January.")

    verdict = verdict_on("We celebrate with a 20 % discount", evidence=evidence)

    assert verdict.answer == verdict_on("We celebrate with a 25 % discount", evidence=evidence).answer


def test_a_day_that_they_named_is_no_name_that_is_missed():
    told = replace(STUCK, words="40 stuck invoices lie with the plant in Kiel since Sat 14 Nov")
    on_saturday = unlike(points=(told,))
    on_thursday = unlike(points=(replace(told, words=told.words.replace("Sat 14", "Thu 12")),))
    text = "Ask Lübeck about the 40 stuck invoices"

    assert codes(verdict_on(text, evidence=on_saturday)) == codes(verdict_on(text, evidence=on_thursday))


def test_a_month_alone_names_no_day():
    assert [day.is_month for day in days("in May, and on 5 May")] == [True, False]
    assert not value_of("It can be done in May.", NORDWIND, days_count=True).passes
    assert value_of("It can be done on 5 May.", NORDWIND, days_count=True).passes
