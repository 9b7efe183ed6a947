"""New links for everybody, before a signing key goes."""

from fastapi import FastAPI

from app.database import Database
from tests.cast import Buyer, SellerAtWork, a_colleague
from tests.markup import text_of
from tests.safety.visitors import a_browser, presses


def addresses(html: str) -> list[str]:
    return [word for word in html.split() if word.startswith("http://testserver/l/")]


def test_everybody_with_a_link_gets_a_fresh_one(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang", "email": "petra@nordwind.test"})
    maria.client.post(f"{maria.deal}/people", data={"name": "Without Link"})
    maria.makes_link_for("Petra Lang")
    maria.makes_link_for("Petra Lang")
    presses(jonas, "copies")
    form = maria.form("/workspace/links", "/workspace/links")

    made = maria.client.post("/workspace/links", data=form.fields)

    assert "Nordwind · Jonas Weber · http" in made.text
    assert "Nordwind · Petra Lang · petra@nordwind.test · http" in made.text
    assert "Without Link" not in made.text
    assert [Buyer(a_browser(app), address).page() != "" for address in addresses(made.text)] == [True, True]
    assert jonas.client.get(jonas.path).status_code == 200
    again = maria.client.post("/workspace/links", data=form.fields)
    assert (again.status_code, "shown once" in text_of(again.text)) == (422, True)


def test_who_was_shut_out_or_ended_the_plan_gets_none(jonas: Buyer, maria: SellerAtWork):
    form = maria.form(maria.plan, "/revocation")
    maria.client.post(form.action, data=form.fields)

    made = maria.client.post("/workspace/links")

    assert addresses(made.text) == []
    assert "Nobody has a link" in made.text


def test_only_an_admin_makes_them(jonas: Buyer, app: FastAPI, database: Database):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))

    assert sam.client.get("/workspace/links").status_code == 403
    assert sam.client.post("/workspace/links").status_code == 403
