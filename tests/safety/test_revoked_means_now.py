"""Promises 2 and 4: a link that ended is dead with the next request; an unknown one says nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session, func, select

from app import verify
from app.account.rights import routes_of
from app.clock import right_now
from app.database import Database
from app.link.tables import Link
from tests.cast import Buyer, SellerAtWork, form_ending
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of
from tests.safety.visitors import NOBODYS, Things, a_browser, a_copy_of, contents, knock, requests_to


def revoked(maria: SellerAtWork, database: Database) -> None:
    form = form_ending(maria.page(maria.plan), "/revocation")
    assert maria.client.post(form.action, data=form.fields).status_code == 303


def expired(maria: SellerAtWork, database: Database) -> None:
    with database.writing.connect() as connection:
        connection.execute(text("UPDATE link SET expires_at = '2020-01-01 00:00:00.000000'"))
        connection.commit()


ENDED = pytest.mark.parametrize("end", [revoked, expired])


def guests_requests(app: FastAPI, jonas: Buyer) -> list[tuple[str, str]]:
    """Every route of a guest, at their page, its first step and its first copy."""
    return [
        (method, path.replace("{ref}", jonas.path[3:]).replace("{number}", "1").replace("{id}", "2"))
        for method, path in requests_to(app, prefix="/p/")
    ]


@EACH_DATABASE
@ENDED
def test_a_live_cookie_is_refused_everywhere_as_soon_as_its_link_ended(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, end: Callable[..., Any]
):
    jonas.acts(1, "comments", words="Known in this browser")
    end(maria, database)
    before = contents(database)

    answers = [knock(jonas.client, *request) for request in guests_requests(app, jonas)]

    assert len(answers) > 10
    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert contents(database) == before


@pytest.fixture
def copy(jonas: Buyer, app: FastAPI) -> Buyer:
    """A colleague's browser with the copy that Jonas made, its page kept and its files fetched."""
    jonas.acts(1, "yes")
    copy = a_copy_of(jonas, app)
    assert {copy.client.get(copy.path + file).status_code for file in ("", "", *FILES)} == {200}
    return copy


FILES = ("/agreed", "/agreed.csv", "/agreed.xlsx", "/plan.ics", "/steps/1.ics")


def by_its_maker(jonas: Buyer, maria: SellerAtWork) -> None:
    form = form_ending(jonas.page(), "/revocation")
    assert jonas.client.post(form.action, data=form.fields).status_code == 303


def by_the_seller(jonas: Buyer, maria: SellerAtWork) -> None:
    actions = [form.action for form in forms_in(maria.page(maria.plan)) if "/links/" in form.action]
    assert maria.client.post(actions[-1]).status_code == 303


@EACH_DATABASE
@pytest.mark.parametrize("turn_off", [by_its_maker, by_the_seller])
def test_a_copy_that_was_turned_off_is_dead_at_once(
    copy: Buyer, jonas: Buyer, maria: SellerAtWork, app: FastAPI, turn_off: Callable[..., Any]
):
    turn_off(jonas, maria)

    answers = [knock(copy.client, *request) for request in guests_requests(app, copy)]
    answers += [copy.client.get(f"{copy.path}{file}") for file in FILES]
    answers += [a_browser(app).get(copy.address)]

    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert jonas.client.get(jonas.path).status_code == 200


def test_with_the_last_link_of_somebody_their_copies_are_dead(
    copy: Buyer, jonas: Buyer, maria: SellerAtWork, database: Database
):
    assert "Turn off, with the copy made by Jonas" in text_of(maria.page(maria.plan))

    revoked(maria, database)

    readers = (copy, jonas)
    assert {one.client.get(one.path + file).status_code for one in readers for file in ("", *FILES)} == {410}
    assert "A copy for reading" not in text_of(maria.page(maria.plan))
    with Session(database.reading) as session:
        assert list(verify.broken(session)) == []


def test_while_another_link_of_theirs_works_their_copies_do(
    copy: Buyer, maria: SellerAtWork, database: Database
):
    maria.makes_link_for("Jonas Weber")

    revoked(maria, database)

    assert copy.client.get(copy.path).status_code == 200


def test_a_copy_lives_by_the_links_of_its_maker(copy: Buyer, maria: SellerAtWork, database: Database):
    """Also where they expired, or were turned off while the copy was being made."""
    with Session(database.writing) as session, session.begin():
        first = session.exec(select(func.min(Link.id))).one() or 0
        session.get_one(Link, first).expires_at = right_now()

    assert {copy.client.get(copy.path + file).status_code for file in ("", *FILES)} == {410}
    maria.makes_link_for("Jonas Weber")
    assert copy.client.get(copy.path).status_code == 200


def test_another_persons_link_takes_no_copy_along(copy: Buyer, maria: SellerAtWork, database: Database):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    maria.makes_link_for("Petra Lang")

    assert maria.client.post(f"/links/{newest_link(database)}/revocation").status_code == 303

    assert copy.client.get(copy.path).status_code == 200


def newest_link(database: Database) -> int:
    with Session(database.reading) as session:
        return session.exec(select(func.max(Link.id))).one() or 0


def test_a_copy_that_expired_is_dead_as_its_makers_link_is(
    copy: Buyer, jonas: Buyer, maria, database: Database
):
    expired(maria, database)

    statuses = {
        reader.client.get(reader.path + f).status_code for reader in (copy, jonas) for f in ("", *FILES)
    }

    assert statuses == {410}


def test_the_files_of_a_link_that_ended_are_dead_too(jonas: Buyer, maria: SellerAtWork, database: Database):
    jonas.acts(1, "yes")
    jonas.page()
    revoked(maria, database)

    answers = [jonas.client.get(jonas.path + file) for file in ("", *FILES)]

    assert {answer.status_code for answer in answers} == {410}


def test_a_copy_is_turned_off_by_nobody_but_its_maker_and_the_seller(
    copy: Buyer, petra: Buyer, jonas: Buyer, database: Database
):
    form = form_ending(jonas.page(), "/revocation")
    before = contents(database)

    as_petra = petra.client.post(form.action.replace(jonas.path, petra.path), data={"answering_as": "self"})
    as_copy = copy.client.post(form.action.replace(jonas.path, copy.path), data={"answering_as": "self"})
    strange = petra.client.post(f"{petra.path}/copies/999999/revocation", data={"answering_as": "self"})

    assert [as_petra.status_code, as_copy.status_code, strange.status_code] == [404, 403, 404]
    assert as_petra.content == strange.content
    assert contents(database) == before


def test_revoked_and_expired_cannot_be_told_apart(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    revoked(maria, database)
    told = [a_browser(app).get(jonas.address), jonas.client.get(jonas.path)]
    fresh = Buyer(a_browser(app), maria.makes_link_for("Jonas Weber"))

    expired(maria, database)
    told += [a_browser(app).get(fresh.address), fresh.client.get(fresh.path)]

    assert {answer.status_code for answer in told} == {410}
    assert len({answer.content for answer in told}) == 1


@ENDED
def test_an_ended_address_gives_no_cookie(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, end: Callable[..., Any]
):
    end(maria, database)

    answers = [a_browser(app).request(method, jonas.address) for method in ("GET", "HEAD")]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_a_link_that_ended_leaves_another_one_of_the_same_person_working(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    revoked(maria, database)
    fresh = Buyer(a_browser(app), maria.makes_link_for("Jonas Weber"))

    statuses = [buyer.client.get(buyer.path).status_code for buyer in (jonas, fresh)]

    assert statuses == [410, 200]


def test_a_page_without_its_cookie_or_without_any_plan_is_one_identical_403(
    jonas: Buyer, petra: Buyer, app: FastAPI
):
    stranger = a_browser(app)
    addresses = [jonas.path, f"/p/{NOBODYS}", "/p/x", f"/p/{NOBODYS}/plan.ics", f"{jonas.path}/steps/1.ics"]

    answers = [stranger.get(path) for path in addresses] + [petra.client.get(jonas.path)]

    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_an_act_without_the_cookie_is_refused_and_changes_nothing(
    things: Things, app: FastAPI, database: Database
):
    before = contents(database)

    answers = [
        knock(a_browser(app), method, things.address(path, missing=missing))
        for method, path in requests_to(app, prefix="/p/")
        for missing in (False, True)
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert contents(database) == before


def test_a_forged_or_swapped_cookie_is_no_cookie(jonas: Buyer, petra: Buyer, app: FastAPI):
    name, value = next(iter(jonas.client.cookies.items()))
    petras = next(iter(petra.client.cookies.values()))
    tail = value[:-1] + ("A" if value[-1] != "A" else "B")
    tried = [tail, value + "=", value.upper(), petras, "1-x.y", value.split(".")[0], "9" * 400, value * 2]

    answers = [a_browser(app).get(jonas.path, headers={"Cookie": f"{name}={cookie}"}) for cookie in tried]

    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1


def test_two_people_of_one_plan_do_not_mix_in_one_browser(jonas: Buyer, petra: Buyer):
    jonas.client.get(petra.address)
    yes = jonas.form(1, "yes").fields | {"answering_as": "self"}

    as_petra = jonas.client.post(f"{petra.path}/steps/1/yes", data=yes)
    as_jonas = jonas.client.post(f"{jonas.path}/steps/1/yes", data=yes)

    assert [as_petra.status_code, as_jonas.status_code] == [403, 303]
    assert "For <b><bdi>Jonas Weber" in jonas.page()
    assert "For <b><bdi>Petra Lang" in jonas.client.get(petra.path).text


def test_two_plans_do_not_mix_in_one_browser(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    maria.writes_down(company="Brightwater", person="Nina Okafor")
    browser = jonas.client
    other = Buyer(browser, maria.shares_with("Nina Okafor"))

    pages = [browser.get(path).text for path in (jonas.path, other.path)]

    companies = [{name for name in ("Nordwind", "Brightwater") if name in page} for page in pages]
    assert companies == [{"Nordwind"}, {"Brightwater"}]


def test_every_guest_route_is_tried_here(app: FastAPI):
    assert all(
        route.path.startswith(("/p/", "/l/"))
        for route in routes_of(app)
        if route.endpoint.__module__.split(".")[1] in ("link", "buyer")
    )
