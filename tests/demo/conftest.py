"""The demo, told into a database of its own."""

from collections.abc import Callable
from datetime import datetime

import pytest

from app.account import team
from app.clock import right_now
from app.database import Database
from app.demo import story
from app.demo.story import WaysIn
from app.settings import Settings
from tests.cast import hashed

Tell = Callable[..., WaysIn]


@pytest.fixture
def tell(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Tells the demo with the cast's password, which is hashed once for all tests."""
    monkeypatch.setattr(team, "hash_password", lambda password: hashed())

    def tell(now: datetime | None = None) -> WaysIn:
        return story.tell(database, settings, now or right_now())

    return tell
