"""How good and how fast the Specificity Test and the Value test are: by writer, kind of case and language."""

import json
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from app.specificity import judgement
from app.specificity.filter import evidence_of, judge_lines
from app.specificity.value import value_of
from app.specificity.verdict import Evidence, Passage, Saying, TextKind

CASES = Path(__file__).resolve().parent.parent / "tests" / "specificity"
GOLD = ("label", "second_label", "fails_because", "hard", "categories", "lang", "deal", "source")
TUNED_ON, LEFT_OUT = ("w1", "w2", "w3", "w6", "w7", "w8"), ("w4", "w5", "w9")
VALUES_TUNED_ON, VALUES_LEFT_OUT = ("v1", "v3"), ("v2",)
KINDS = {
    "pp": "plain pass",
    "a": "mail-merged name",
    "d": "date only",
    "e": "jargon",
    "f": "seller-centred",
    "c": "somebody else's detail",
    "n": "contradicted detail",
    "m": "seller's own topic",
    "j": "paraphrase",
    "lang": "not English",
}
OTHER_TEXTS, POINTS, WORDS, ROUNDS = 5_000, 20, 30, 300
TRADE = "invoice plant crane audit scanner archive pallet driver permit valve"

Judged = tuple[dict[str, Any], dict[str, Any]]


def print_scores() -> None:
    print("Specificity Test: right when sure / asks in / right if it had to decide alone, of so many texts.")
    for title, writers in (("tuned on", TUNED_ON), ("never seen", LEFT_OUT)):
        judged = {writer: list(_judged(writer)) for writer in writers}
        for writer, cases in judged.items():
            print(f"  {title} {writer:16} {_three(cases)}")
        everything = [case for cases in judged.values() for case in cases]
        for name, cases in _by_kind(everything):
            print(f"  {title}, {name:24} {_three(cases)}")
        print(f"  {title}, sure fails that name the labelled reason: {_named(everything):.2f}")
    for title, writers in (("tuned on", VALUES_TUNED_ON), ("never seen", VALUES_LEFT_OUT)):
        for writer in writers:
            print(f"Value test, {title} {writer}: agrees with people in {_value(writer):.2f}")
    print(f"Start-up {_start_up():.0f} ms (aim 300). " + _speed())


def _judged(writer: str) -> Iterator[Judged]:
    gold = _read(CASES / "cases" / f"{writer}.jsonl")
    asked = (json.dumps({key: case[key] for key in case if key not in GOLD}) for case in gold)
    return zip(gold, map(json.loads, judge_lines(asked)), strict=True)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _three(cases: list[Judged]) -> str:
    right = [(case["label"] == said["verdict"], said["sure"]) for case, said in cases]
    sure = _share(hit for hit, is_sure in right if is_sure)
    asks = _share(not is_sure for _, is_sure in right)
    return f"{sure:.3f} / {asks:.2f} / {_share(hit for hit, _ in right):.2f} of {len(cases)}"


def _by_kind(cases: list[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    kinds: defaultdict[str, list[Judged]] = defaultdict(list)
    for case, said in cases:
        for kind in case["categories"]:
            kinds[kind].append((case, said))
        kinds[case["lang"]].append((case, said))
    names = KINDS | {language: language for language in ("en", "de", "fr", "es", "pt")}
    yield from ((name, kinds[kind]) for kind, name in names.items() if kinds[kind])


def _named(cases: list[Judged]) -> float:
    fails = [(case, said) for case, said in cases if case["label"] == said["verdict"] == "fail"]
    return _share(bool({*case["fails_because"]} & {*said["reasons"]}) for case, said in fails if said["sure"])


def _value(writer: str) -> float:
    cases = _read(CASES / "values" / f"{writer}.jsonl")
    found = (value_of(case["text"], evidence_of(case["context"])).passes for case in cases)
    return _share(passes is (case["label"] == "value") for passes, case in zip(found, cases, strict=True))


def _start_up() -> float:
    """Milliseconds to import the engine and read its lists, in a fresh interpreter, beyond a bare one."""
    engine = [_seconds("from app.specificity import judgement, value") for _ in range(5)]
    bare = [_seconds("import re, dataclasses, enum") for _ in range(5)]
    return 1000 * (statistics.median(engine) - statistics.median(bare))


def _seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=CASES.parent.parent)
    return time.perf_counter() - start


def _speed() -> str:
    """The median of a warm text, with as many points and other texts as the aim names."""
    chance = random.Random(20261126)
    words = TRADE.split()

    def a_text(count: int) -> str:
        return " ".join(chance.choice(words) + str(chance.randrange(9)) * (n % 4 == 0) for n in range(count))

    evidence = Evidence(
        company="Nordwind",
        points=tuple(Saying(a_text(15), ref=number) for number in range(POINTS)),
        other_texts=tuple(a_text(12) for _ in range(OTHER_TEXTS)),
    )
    texts = [a_text(WORDS) for _ in range(ROUNDS)]
    tested = _median(lambda text: judgement.test(Passage(TextKind.STEP, text), evidence), texts)
    valued = _median(lambda text: value_of(text, evidence), texts)
    return (
        f"A text of {WORDS} words, {POINTS} points, {OTHER_TEXTS:,} other texts, warm: "
        f"Specificity Test {tested:.2f} ms (aim 1), Value test {valued:.2f} ms."
    )


def _median(work: Callable[[str], object], texts: list[str]) -> float:
    work(texts[0])
    taken = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken)


def _share(hits: Iterable[bool]) -> float:
    told = list(hits)
    return sum(told) / len(told) if told else 1.0
