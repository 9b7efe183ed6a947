"""How the amounts of a field add up to a verdict: one table of weights for every trade and language.

Each weight began as a judgement of what the amount says and was then moved a little by labelled texts of
three writers, always looked at on a writer left out. Above 0 the text is the prospect's, below it anyone's.
"""

from collections.abc import Mapping

WEIGHTS = {
    "number": 0.8,
    "name": 0.7,
    "word": 0.6,
    "word of the topic": 0.4,
    "pair": 0.4,
    "meaning": 1.15,
    "spread": 0.2,
    "concrete": 0.3,
    "role": 0.4,
    "wordy": 1.05,
    "nothing": -1.05,
    "topic": -0.45,
    "topic share": -1.55,
    "hollow": -0.1,
    "jargon": -0.5,
    "trade talk": -0.45,
    "seller doings": -0.4,
    "stranger": -1.2,
    "untold number": -1.05,
    "contradicted": -5.0,
    "contrast": -3.0,
    "hint of contrast": 0.0,
    "seller": -1.25,
    "cliche": -1.05,
    "few": -0.35,
}
START = -0.4
SURE = 1.25  # further from 0 than this, one in thirty is wrong
TIES = ("number", "name", "word", "word of the topic", "meaning")
FIRM = 0.5  # less than one telling word in common makes no pass sure
UNTIED = SURE - 0.1
DOUBTED = -0.3
NEVER = -9.0


def weigh(held: Mapping[str, float]) -> float:
    """Add up; what contradicts them fails whatever else is right, and a hint of it leaves a doubt."""
    score = START + sum(WEIGHTS[name] * amount for name, amount in held.items())
    if sum(held[name] for name in TIES) < FIRM:
        score = min(score, UNTIED)
    if held["contradicted"] or held["contrast"]:
        return min(score, -SURE)
    return min(score, DOUBTED) if held["hint of contrast"] else score
