"""The texts of the seller's other plans, at hand while somebody types: five thousand rows are too many a key.

Terms are only ever added, so what was read once is right until the seller has another number of them. It is
kept by pages that read, never from inside an act that may still be undone, and no more of it than MOST_BYTES.
What the buyer's side writes is not among them: it does not tell what the seller writes to everybody, and
nobody from outside shall make the seller's other plans slower.
"""

from dataclasses import dataclass
from sys import getsizeof
from typing import Any
from weakref import WeakKeyDictionary

from sqlmodel import Session

from app.deal import store
from app.deal.tables import Deal
from app.shelf import Shelf
from app.specificity.bounds import MEGABYTE, MOST_ELSEWHERE, within
from app.specificity.remembered import Texts

MOST_BYTES = 16 * MEGABYTE  # some fifty plans with five thousand texts elsewhere


@dataclass(frozen=True)
class TextsElsewhere:
    texts: Texts
    plans: int


Key = tuple[int, int, str, int]
_KNOWN: WeakKeyDictionary[Any, Shelf[Key, TextsElsewhere]] = WeakKeyDictionary()


def texts_elsewhere(session: Session, deal: Deal) -> TextsElsewhere:
    """The texts, the newest first, and in how many plans they stand."""
    engine: Any = session.get_bind()
    known = _KNOWN.setdefault(engine.pool, Shelf(MOST_BYTES))
    key = (deal.seller_id, deal.plan_id, *store.texts_of_seller(session, deal.seller_id))
    found = known.take(key)
    if found is None:
        rows = store.other_texts(session, deal.seller_id, deal.plan_id)
        typed = (text for row in rows for text in (row.title, row.reason) if text)
        found = TextsElsewhere(Texts(within(typed, MOST_ELSEWHERE)), len({row.plan_id for row in rows}))
        if not engine.get_execution_options().get("writing"):
            known.put(key, found, _size(found))
    return found


def _size(found: TextsElsewhere) -> int:
    return 1_000 + sum(getsizeof(text) for text in found.texts)
