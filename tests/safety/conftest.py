"""Rate limits that are on, a second reader of the plan, and what Maria's objects are called."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app.database import Database
from app.safety import RateLimits
from app.settings import Settings, Switch
from tests.cast import Buyer, SellerAtWork
from tests.safety.visitors import Things, a_browser, things_of


@pytest.fixture
def limits_on(app: FastAPI, settings: Settings) -> Iterator[None]:
    """Tries are counted, as they are by default."""
    before = app.state.rate_limits
    app.state.rate_limits = RateLimits(settings.model_copy(update={"rate_limits": Switch.ON}))
    yield
    app.state.rate_limits = before


@pytest.fixture
def petra(maria: SellerAtWork, jonas: Buyer, app: FastAPI) -> Buyer:
    """Petra Lang, a colleague of Jonas with a link of her own and no step of hers."""
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    return Buyer(a_browser(app), maria.makes_link_for("Petra Lang"))


@pytest.fixture
def things(database: Database, maria: SellerAtWork, jonas: Buyer) -> Things:
    return things_of(database, maria, jonas)
