"""Harzer Maschinenbau casts and turns machine parts. Its plan is in German, as its people are."""

from app.demo.script import CallTold, DealTold, Did, Someone, StepTold, Verb

MARIA, TOM = "Maria Keller", "Tom Reyes"
ANNE, GERD = "Annegret Schäfer", "Gerd Größler"

HARZER = DealTold(
    company="Harzer Maschinenbau GmbH",
    title="Kein Skonto mehr verschenken",
    goal="Jede Rechnung der Gießerei innerhalb der Skontofrist freigegeben, ab dem zweiten Quartal",
    goal_on=(4, 1),
    objective="Rechnungsfreigabe für Gießerei und Halle 3, 40 Personen",
    amount=46_000,
    closes=35,
    language="de",
    calls=(
        CallTold(
            -10,
            "13:30",
            meets=(
                Someone(ANNE, "Leiterin Rechnungswesen", "a.schaefer@harzer-maschinenbau.example"),
                Someone(GERD, "IT-Leiter", "g.groessler@harzer-maschinenbau.example"),
            ),
            said=(
                (
                    ANNE,
                    "Jedes Quartal entgehen uns 6.000 Euro Skonto, weil Rechnungen in der Gießerei liegen.",
                ),
                (ANNE, "Die Meister in Halle 3 prüfen auf Papier. An der Drehbank steht kein Bildschirm."),
                (GERD, "Ein Gerät, das Kühlschmierstoff abbekommt, lebt bei uns drei Wochen."),
            ),
            steps=(
                StepTold(
                    "Zwölf Rechnungen der Gießerei mit verfallenem Skonto nach Wartetagen auswerten",
                    "6.000 Euro im Quartal: die Auswertung zeigt, an welchem Tisch sie liegen bleiben.",
                    MARIA,
                    ANNE,
                    -6,
                    then=(
                        Did(-9, "07:40", ANNE, Verb.SAYS_YES),
                        Did(-6, "14:55", MARIA, Verb.FINISHES, "Neun der zwölf warteten auf den Formenbau."),
                    ),
                ),
                StepTold(
                    "Mit den Meistern in Halle 3 klären, wer in der Frühschicht freigibt",
                    "Sie prüfen heute auf Papier; vor 14 Uhr ist kein Büro besetzt.",
                    ANNE,
                    MARIA,
                    2,
                    then=(
                        Did(-9, "07:43", ANNE, Verb.SAYS_YES),
                        Did(-4, "11:10", ANNE, Verb.COMMENTS, "Herr Böhme ist dafür, Herr Ünal noch nicht."),
                    ),
                ),
                StepTold(
                    "Ein Gerät vorführen, das neben der Drehbank Kühlschmierstoff aushält",
                    "Ein gewöhnliches überlebt dort drei Wochen.",
                    TOM,
                    GERD,
                    6,
                    then=(
                        Did(
                            -8,
                            "15:30",
                            GERD,
                            Verb.ASKS_FOR,
                            "Vorher ist die Halle wegen Inventur zu.",
                            until=8,
                        ),
                        Did(-7, "09:00", MARIA, Verb.SAYS_YES),
                    ),
                ),
                StepTold(
                    "Vier Freitage lang das Skonto der Gießerei mitzählen und die Summe aufschreiben",
                    "Mit vier Zahlen lässt sich belegen, ob die 6.000 Euro im Quartal stimmen.",
                    ANNE,
                    MARIA,
                    15,
                ),
            ),
        ),
    ),
)
