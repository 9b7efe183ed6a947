"""`jointly seller …`: people and workspaces, without a slip that makes one more."""

import json

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.account.tables import Role, Seller, Workspace
from app.database import Database
from app.journal import Event
from tests.cast import PASSWORD, SellerAtWork, a_colleague, a_workspace
from tests.cli.running import MARIA, run, said
from tests.safety.visitors import a_browser

TOM = ["tom@ledgerline.test", "--name", "Tom Reyes", "--password-stdin", "--workspace"]


@pytest.fixture
def maria(migrated: Database, app: FastAPI) -> SellerAtWork:
    """Maria, the admin of Ledgerline, signed in; the server is on the same database as the commands."""
    app.state.database = migrated
    return SellerAtWork(a_browser(app), a_workspace(migrated))


def companies(database: Database) -> list[str]:
    with Session(database.reading) as session:
        return list(session.exec(select(Workspace.company).order_by(Workspace.company)))


def told(database: Database) -> list[tuple[str, str, dict[str, object]]]:
    """What the workspace's chain says that the operator did."""
    query = select(Event).where(Event.actor == "operator").order_by(col(Event.number))
    with Session(database.reading) as session:
        return [(one.chain, one.what, json.loads(one.facts)) for one in session.exec(query)]


def test_a_slip_makes_no_workspace(maria: SellerAtWork, migrated: Database):
    a_workspace(migrated, "Brightwater")

    refusal = said(run("seller", "add", *TOM, "Ledgerlin", typed=PASSWORD))

    assert "--new-workspace" in refusal
    assert "Brightwater, Ledgerline" in refusal
    assert companies(migrated) == ["Brightwater", "Ledgerline"]


def test_another_workspace_is_made_when_it_is_asked_for(maria: SellerAtWork, migrated: Database):
    assert run("seller", "add", *TOM, "Brightwater", "--new-workspace", typed=PASSWORD).exit_code == 0

    assert companies(migrated) == ["Brightwater", "Ledgerline"]


def test_a_workspace_that_is_there_is_not_new(maria: SellerAtWork, migrated: Database):
    assert "already" in said(run("seller", "add", *TOM, "Ledgerline", "--new-workspace", typed=PASSWORD))


@pytest.mark.parametrize("name", ["x" * 201, "", " \u200b "])
@pytest.mark.parametrize("option", ["--name", "--workspace"])
def test_a_name_that_no_column_keeps_is_refused(migrated: Database, option: str, name: str):
    assert "200 letters" in said(run("seller", "add", *MARIA, option, name, typed=PASSWORD))
    assert companies(migrated) == []


@pytest.mark.parametrize("command", ["add", "password"])
def test_a_password_that_is_no_text_is_refused(maria: SellerAtWork, command: str):
    whom = [*TOM, "Ledgerline"] if command == "add" else [maria.seller.email, "--password-stdin"]

    assert "UTF-8" in said(run("seller", command, *whom, typed=b"M\xfcnchen is a town\n"))


def test_what_moves_a_terminal_is_neither_kept_nor_said(migrated: Database):
    add = ["seller", "add", "tom\x1b[2J@ledgerline.test", "--name", "Tom\r\n\x1b[31mReyes\udcff"]
    add += ["--workspace", "Ledger\x07line", "--password-stdin"]

    added, again = run(*add, typed=PASSWORD), said(run(*add, typed=PASSWORD))

    assert added.stdout == "Added Tom [31mReyes.\n"
    assert again.startswith("tom[2J@ledgerline.test is")
    assert companies(migrated) == ["Ledgerline"]


@pytest.mark.parametrize(
    "command",
    [
        ["role", "ODD", "admin"],
        ["role", "maria@ledgerline.test", "viewer", "--hand-over-to", "ODD"],
        ["password", "ODD", "--password-stdin"],
        ["end", "ODD", "--hand-over-to", "maria@ledgerline.test"],
        ["end", "maria@ledgerline.test", "--hand-over-to", "ODD"],
    ],
    ids=" ".join,
)
def test_nobody_is_named_in_what_moves_a_terminal(
    maria: SellerAtWork, migrated: Database, command: list[str]
):
    a_colleague(migrated, "Tom Reyes", Role.ADMIN)
    maria.writes_down()

    odd = "who\x1b[2J\n\udcff@ledgerline.test"
    refusal = said(run("seller", *[odd if word == "ODD" else word for word in command], typed=PASSWORD))

    assert "who[2J @ledgerline.test" in refusal


def test_everybody_is_listed_with_role_and_workspace(maria: SellerAtWork, migrated: Database):
    a_colleague(migrated, "Tom Reyes", Role.ADMIN)
    a_workspace(migrated, "Brightwater")
    run("seller", "end", maria.seller.email, "--hand-over-to", "tom@ledgerline.test")

    lines = [line.split("\t") for line in run("seller", "list").stdout.splitlines()]

    assert [line[:4] for line in lines] == [
        ["maria@brightwater.test", "admin", "Maria Keller", "Brightwater"],
        ["maria@ledgerline.test", "admin", "Maria Keller", "Ledgerline"],
        ["tom@ledgerline.test", "admin", "Tom Reyes", "Ledgerline"],
    ]
    assert [len(line) for line in lines] == [4, 5, 4]
    assert lines[1][4].startswith("ended 20")


def test_another_role_counts_from_the_next_request_on(maria: SellerAtWork, migrated: Database):
    tom = a_colleague(migrated, "Tom Reyes", Role.ADMIN)

    assert run("seller", "role", maria.seller.email, "seller").exit_code == 0

    assert maria.client.get("/workspace").status_code == 403
    assert told(migrated) == [("workspace-1", "role changed", {"seller": 1, "role": "seller"})]
    assert run("seller", "role", tom.email, "boss").exit_code == 2
    assert "last admin" in said(run("seller", "role", tom.email, "viewer"))


def test_a_password_set_by_the_operator_ends_every_session(
    maria: SellerAtWork, migrated: Database, app: FastAPI
):
    answer = run("seller", "password", " Maria@Ledgerline.test", "--password-stdin", typed="another horse!\n")

    assert answer.exit_code == 0
    assert maria.client.get("/deals").headers["location"] == "/sign-in"
    signs_in = {"email": maria.seller.email, "password": PASSWORD}
    assert a_browser(app).post("/sign-in", data=signs_in).status_code == 422
    assert a_browser(app).post("/sign-in", data=signs_in | {"password": "another horse!"}).status_code == 303
    assert told(migrated) == [("workspace-1", "password set", {"seller": 1})]


def test_a_password_that_is_too_short_changes_nothing(maria: SellerAtWork):
    refusal = said(run("seller", "password", maria.seller.email, "--password-stdin", typed="short"))

    assert "10 characters" in refusal
    assert maria.client.get("/deals").status_code == 200


def test_an_ended_account_is_told_and_stays_ended(maria: SellerAtWork, migrated: Database):
    a_colleague(migrated, "Tom Reyes", Role.ADMIN)
    maria.writes_down()
    end = ["seller", "end", maria.seller.email, "--hand-over-to", "tom@ledgerline.test"]

    assert "1 deal handed over" in run(*end).stdout

    with Session(migrated.reading) as session:
        kept = session.exec(select(Seller).where(Seller.email == maria.seller.email)).one()
        assert (kept.name, kept.password_hash) == ("Maria Keller", "")
    facts = {"seller": 1, "to": 2, "deals": 1}
    assert ("workspace-1", "seller ended", facts) in told(migrated)
    for again in (
        end,
        ["seller", "role", maria.seller.email, "admin"],
        ["seller", "password", maria.seller.email, "--password-stdin"],
        ["seller", "end", "tom@ledgerline.test", "--hand-over-to", maria.seller.email],
        ["seller", "add", *MARIA],
    ):
        assert said(run(*again, typed=PASSWORD))
    assert run("verify").exit_code == 0


def test_to_end_an_account_a_colleague_is_named(maria: SellerAtWork):
    assert run("seller", "end", maria.seller.email).exit_code == 2


@pytest.mark.parametrize("command", [["role", "who@x.test", "admin"], ["password", "who@x.test"]])
def test_nobody_is_said_to_be_nobody(migrated: Database, command: list[str]):
    assert "jointly seller list" in said(run("seller", *command, typed=PASSWORD))
