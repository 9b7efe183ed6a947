"""The prospect says yes."""

from tests.cast import Buyer, SellerAtWork
from tests.marks import EACH_DATABASE
from tests.markup import text_of


@EACH_DATABASE
def test_a_yes_makes_it_agreed_on_both_pages(jonas: Buyer, maria: SellerAtWork):
    answer = jonas.acts(1, "yes")

    assert answer.status_code == 303
    assert "Both said yes" in text_of(jonas.page())
    assert "Both said yes" in text_of(maria.page(maria.plan))


def test_the_first_answer_asks_who_is_answering(jonas: Buyer):
    form = jonas.form(1, "yes")

    answer = jonas.client.post(form.action, data=form.fields)

    assert answer.status_code == 422
    assert "Who is answering?" in answer.text
    assert "Both said yes" not in text_of(jonas.page())


def test_what_was_dropped_is_not_called_done(jonas: Buyer, maria: SellerAtWork):
    maria.acts(1, "drop")

    assert "Done and dropped" in text_of(jonas.page())
