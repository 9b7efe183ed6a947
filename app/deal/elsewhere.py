"""The texts of the seller's other plans, at hand while somebody types: five thousand rows are too many a key.

Terms are only ever added, so what was read once is right until the seller has another number of them. It is
kept by pages that read, never from inside an act that may still be undone, and only for the last plans.
"""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlmodel import Session

from app.deal import store
from app.deal.tables import Deal
from app.specificity.remembered import Texts

REMEMBERED = 20  # plans


@dataclass(frozen=True)
class TextsElsewhere:
    texts: Texts
    plans: int


Key = tuple[int, int, int, int]
_KNOWN: WeakKeyDictionary[Any, dict[Key, TextsElsewhere]] = WeakKeyDictionary()


def texts_elsewhere(session: Session, deal: Deal) -> TextsElsewhere:
    """The texts, the newest first, and in how many plans they stand."""
    engine: Any = session.get_bind()
    known = _KNOWN.setdefault(engine.pool, {})
    key = (deal.seller_id, deal.plan_id, *store.texts_of_seller(session, deal.seller_id))
    found = known.get(key)
    if found is None:
        rows = store.other_texts(session, deal.seller_id, deal.plan_id)
        texts = Texts(text for row in rows for text in (row.title, row.reason) if text)
        found = TextsElsewhere(texts, len({row.plan_id for row in rows}))
        if not engine.get_execution_options().get("writing"):
            _keep(known, key, found)
    return found


def _keep(known: dict[Key, TextsElsewhere], key: Key, found: TextsElsewhere) -> None:
    known[key] = found
    for oldest in list(known)[:-REMEMBERED]:
        known.pop(oldest, None)
