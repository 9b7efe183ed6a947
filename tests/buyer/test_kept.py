"""Kept pages: always the bytes a fresh page would have, never those of somebody else or of yesterday."""

import asyncio
import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from sqlmodel import Session, update
from starlette.testclient import TestClient

from app.account.tables import Seller, Workspace
from app.buyer.kept import KeptPages, _read
from app.clock import right_now
from app.database import Database
from app.link.tables import Link
from app.shelf import Shelf
from tests.cast import Buyer, SellerAtWork, form_ending, in_days
from tests.marks import each_database
from tests.markup import forms_in
from tests.safety.visitors import Photograph, a_browser

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def kept_by(app: FastAPI) -> KeptPages:
    """The part of the app that keeps pages."""
    part: Any = app.middleware_stack
    while not isinstance(part, KeptPages):
        part = part.app
    return part


def fresh(buyer: Buyer, app: FastAPI):
    """The page as it is made when nothing is kept."""
    return fresh_to(buyer.client, buyer.path, app)


def fresh_to(browser: TestClient, path: str, app: FastAPI):
    keeper = kept_by(app)
    shelf, keeper.shelf = keeper.shelf, Shelf(0)
    answer = browser.get(path)
    keeper.shelf = shelf
    return answer


def is_kept(buyer: Buyer, app: FastAPI) -> bool:
    """Would the next look be answered from the shelf?"""
    keeper = kept_by(app)
    page = keeper.shelf.take(_key(buyer, keeper))
    return page is not None and right_now() < page.good_until


def _key(buyer: Buyer, keeper: KeptPages):
    carried = "; ".join(f"{name}={value}" for name, value in buyer.client.cookies.items())
    scope = {"type": "http", "headers": [(b"cookie", carried.encode())]}
    ref = buyer.path.rpartition("/")[2]
    who = keeper._carried(scope, ref)
    assert who
    assert keeper._database
    return asyncio.run(keeper._key(keeper._database, who, ref))


def press_something(buyer: Buyer, chance: Random) -> None:
    """One of the forms on the page, filled in."""
    form = chance.choice(forms_in(buyer.page()) or [None])
    if form is None:
        return
    filled = {
        "title": f"Name the sites {chance.random()}",
        "words": f"Which quarter? {chance.random()}",
        "due_on": str(in_days(chance.randint(0, 20))),
        "until": str(in_days(chance.randint(1, 20))),
        "reason": "waiting for someone",
        "who": chance.choice(["seller", "buyer", "both"]),
        "due_at": "14:30",
        "name": chance.choice(["Petra Lang", "Tom Ude"]),
        "note": "The board meets",
    }
    wanted = {name: value for name, value in filled.items() if not form.fields.get(name)}
    buyer.client.post(form.action, data=form.fields | wanted | {"answering_as": "self"})


def press_on_desk(maria: SellerAtWork, chance: Random) -> None:
    forms = [form for form in forms_in(maria.page(maria.plan)) if "/links/" not in form.action]
    form = chance.choice([form for form in forms if form.method == "post"])
    filled = {
        "title": f"Show the trail {chance.random()}",
        "words": "The works council meets",
        "note": "The auditors asked",
        "due_on": str(in_days(chance.randint(0, 20))),
        "until": str(in_days(chance.randint(1, 20))),
        "reason": "other priority",
        "name": "A template",
        "due_at": "09:00",
    }
    maria.client.post(form.action, data=form.fields | {n: v for n, v in filled.items() if n in form.fields})


@each_database("seed", range(3), both=[0])
def test_after_every_act_the_kept_page_is_the_fresh_one(
    app: FastAPI, maria: SellerAtWork, jonas: Buyer, database: Database, seed: int
):
    chance = Random(seed)
    colleague = Buyer(a_browser(app), jonas.address)
    backup = Photograph(database) if database.is_sqlite else None
    with time_machine.travel(right_now(), tick=False) as clock:
        for _ in range(24):
            act: Callable[[], None] = chance.choice(
                [
                    lambda: press_something(jonas, chance),
                    lambda: press_something(jonas, chance),
                    lambda: press_on_desk(maria, chance),
                    lambda: clock.shift(timedelta(minutes=chance.choice([4, 11, 700]))),
                    backup.put_back if backup else lambda: None,
                ]
            )
            act()
            maria.signs_in()
            for reader in (jonas, colleague):
                first, again = reader.client.get(reader.path), reader.client.get(reader.path)
                made = fresh(reader, app)
                assert first.content == again.content == made.content
                assert first.headers["etag"] == again.headers["etag"] == made.headers["etag"]


def test_after_a_restore_the_page_says_what_the_database_says(jonas: Buyer, database: Database):
    backup = Photograph(database)
    jonas.acts(1, "comments", words="Said before the restore")
    assert "Said before the restore" in jonas.page()

    backup.put_back()
    jonas.acts(1, "comments", words="Said after the restore")

    assert "Said after the restore" in jonas.page()
    assert "Said before the restore" not in jonas.page()


def test_the_second_look_is_answered_from_the_shelf(jonas: Buyer, app: FastAPI):
    jonas.page()

    assert is_kept(jonas, app)


def test_a_browser_that_has_the_bytes_gets_none(jonas: Buyer):
    tag = jonas.client.get(jonas.path).headers["etag"]

    again = jonas.client.get(jonas.path, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "private, no-cache"


def test_kept_and_fresh_come_with_the_same_headers(jonas: Buyer, app: FastAPI):
    made, kept = fresh(jonas, app), jonas.client.get(jonas.path)
    again = jonas.client.get(jonas.path)

    for answer in (made, kept, again):
        names = {name: value for name, value in answer.headers.items() if name != "content-length"}
        assert set(names) == set(made.headers) - {"content-length"}
        assert set(names["vary"].split(", ")) == {"Cookie", "HX-Request", "Accept-Encoding"}
        assert names["content-security-policy"] == made.headers["content-security-policy"]


def test_a_client_that_cannot_unzip_gets_the_page_as_it_is(jonas: Buyer):
    zipped = jonas.client.get(jonas.path)
    plain = jonas.client.get(jonas.path, headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in plain.headers
    assert plain.content == zipped.content


def test_a_revoked_link_is_dead_though_its_page_is_kept(jonas: Buyer, maria: SellerAtWork):
    jonas.page()
    form = maria.form(maria.plan, "/revocation")

    maria.client.post(form.action, data=form.fields)

    assert jonas.client.get(jonas.path).status_code == 410


def test_an_expired_link_is_dead_though_its_page_is_kept(jonas: Buyer):
    jonas.page()
    carried = "; ".join(f"{name}={value}" for name, value in jonas.client.cookies.items())

    with time_machine.travel(right_now() + timedelta(days=181)):
        assert jonas.client.get(jonas.path, headers={"Cookie": carried}).status_code == 410


def test_a_link_that_expires_at_noon_is_dead_after_noon_though_its_page_is_good_until_midnight(
    jonas: Buyer, app: FastAPI, database: Database
):
    with Session(database.writing) as session, session.begin():
        session.exec(update(Link).values(expires_at=NOON))
    with time_machine.travel(NOON - timedelta(minutes=1), tick=False) as clock:
        jonas.page()
        before = is_kept(jonas, app)
        clock.shift(timedelta(minutes=1))

        assert (before, jonas.client.get(jonas.path).status_code) == (True, 410)


def test_no_browser_sees_another_ones_undo(jonas: Buyer, app: FastAPI):
    other = Buyer(a_browser(app), jonas.address)
    jonas.acts(1, "yes")

    assert "/steps/1/undo" in jonas.page()
    assert "/steps/1/undo" not in other.page()


def test_the_undo_goes_when_its_time_is_over(jonas: Buyer):
    jonas.acts(1, "yes")
    jonas.page()

    with time_machine.travel(right_now() + timedelta(minutes=10, seconds=1)):
        assert "/steps/1/undo" not in jonas.page()


def test_at_midnight_in_the_plans_zone_the_page_is_made_anew(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    maria.client.post(maria.plan, data={"time_zone": "Pacific/Auckland"})
    with time_machine.travel(NOON.replace(hour=10, minute=59), tick=False) as clock:
        jonas.page()
        before = is_kept(jonas, app)
        clock.shift(timedelta(minutes=1))

        assert (before, is_kept(jonas, app)) == (True, False)


@pytest.mark.parametrize("row", ["company", "name"])
def test_names_that_stand_outside_the_plan_are_the_new_ones(jonas: Buyer, database: Database, row: str):
    jonas.page()
    with Session(database.writing) as session, session.begin():
        kind = Workspace if row == "company" else Seller
        session.exec(update(kind).values(**{row: "Somebody Else"}))

    assert "Somebody Else" in jonas.page()


def test_a_broken_cookie_is_told_by_the_route(jonas: Buyer, client: TestClient):
    name = next(iter(jonas.client.cookies))
    client.cookies.set(name, jonas.client.cookies[name][:-1] + "x")

    assert client.get(jonas.path).status_code == 403


ODD_COOKIES = [
    ['{name}="{value}"'],
    ['{name}="{octal}"'],
    [" {name} = {value} "],
    ["\t{name}\t=\t{value}\t;"],
    ["{name}={value}="],
    ["{name}={value}, other=1"],
    ["{name}={value}; {name}=other"],
    ["{name}=other; {name}={value}"],
    ["{name}={value}; {name}="],
    ["{name}={value}; {name}"],
    ["{name}={value}; ={value}; ;;; x"],
    ["other={name}={value}"],
    ["x{name}={value}"],
    ['other="a; {name}={value}"'],
    ["{name}={value}", "{name}=other"],
    ["{name}=other", "{name}={value}"],
    ["other=ä", "{name}={value}"],
    ["{upper}={value}"],
    [""],
]


def test_what_is_no_cookie_of_ours_is_not_remembered(jonas: Buyer, client: TestClient):
    jonas.page()
    ref = jonas.path.rpartition("/")[2]
    before = _read.cache_info().currsize

    for number in range(9):
        client.get(jonas.path, headers={"Cookie": f"jointly-{ref}={number}-{'a' * 5_000}"})
        client.get(jonas.path, headers={"Cookie": f"jointly-{ref}={number}-{'a' * 22}.{'b' * 43}"})

    assert _read.cache_info().currsize == before


def test_odd_cookies_are_read_as_the_route_reads_them(jonas: Buyer, app: FastAPI):
    jonas.page()
    ((name, value),) = jonas.client.cookies.items()
    octal = f"\\{ord(value[0]):03o}{value[1:]}"
    words = {"name": name, "upper": name.upper(), "value": value, "octal": octal}
    headers = [[(b"cookie", one.format(**words).encode("latin-1")) for one in odd] for odd in ODD_COOKIES]

    answers = [answers_to(sent, jonas.path, app) for sent in headers]

    assert {made.status_code for _, _, made in answers} == {200, 403}
    for sent, (read, kept, made) in zip(headers, answers, strict=True):
        assert (read, kept.content) == (made.status_code == 200, made.content), sent


def answers_to(sent: list[tuple[bytes, bytes]], path: str, app: FastAPI):
    """Does the shelf know whose page is asked for? What it answers, and what the route does."""
    browser = a_browser(app)
    browser.headers = sent
    carried = kept_by(app)._carried({"type": "http", "headers": sent}, path.rpartition("/")[2])
    return carried is not None, browser.get(path), fresh_to(browser, path, app)


def test_two_people_of_one_plan_in_one_browser_see_their_own_page(jonas: Buyer, maria: SellerAtWork):
    maria.writes_down(deal=maria.deal.rpartition("/")[2], company="", person="Petra Lang", what_2="")
    petra = Buyer(jonas.client, maria.shares_with("Petra Lang"))

    pages = [(buyer.page(), buyer.page()) for buyer in (jonas, petra, jonas)]

    assert all(first == second for first, second in pages)
    assert "For Jonas Weber" in pages[0][0].replace("<b><bdi>", "").replace("</bdi></b>", "")
    assert pages[0] == pages[2] != pages[1]


def test_the_ending_form_is_kept_like_any_other(jonas: Buyer, app: FastAPI):
    form = form_ending(jonas.page(), "/ending")
    jonas.client.post(form.action, data=form.fields | {"answering_as": "self"})

    assert jonas.client.get(jonas.path).content == fresh(jonas, app).content


def test_what_is_kept_is_really_zipped(jonas: Buyer, app: FastAPI):
    page = jonas.client.get(jonas.path).content

    ((kept, _),) = kept_by(app).shelf._kept.values()

    assert gzip.decompress(kept.zipped) == page
