"""How amounts add up."""

from app.specificity.amounts import Holding, amounts
from app.specificity.anchors import anchors
from app.specificity.field import Field
from app.specificity.weighing import SURE, WEIGHTS, weigh
from tests.specificity.cast import NORDWIND


def held(text: str) -> dict[str, float]:
    field = Field("title", text, NORDWIND)
    return amounts(Holding(field, anchors(field)))


def test_every_amount_has_a_weight_and_every_weight_an_amount():
    assert held("Send the 40 stuck invoices").keys() == WEIGHTS.keys()


def test_what_contradicts_them_outweighs_everything():
    amounts_held = held("Collect the 60 stuck invoices from the plant in Kiel")

    assert amounts_held["contradicted"]
    assert weigh(amounts_held) <= -SURE


def test_more_ties_weigh_more():
    less, more = held("Look at the archive"), held("Look at the archive before the audit in Kiel")

    assert weigh(less) < weigh(more)
