"""`jointly seller …`: the people who work here."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli.opening import database_at_newest, keyed, settings_given, stop

if TYPE_CHECKING:
    from sqlmodel import Session

seller = typer.Typer(no_args_is_help=True, help="The people who work here.")


def _cleaned(typed: str) -> str:
    """As a form's field is: what is kept here, or said again, moves no terminal."""
    from app.typed import clean_line

    return clean_line(typed)


Address = Annotated[str, typer.Argument(callback=_cleaned, metavar="EMAIL")]
Role = Literal["admin", "seller", "viewer"]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read it from standard input.")]


@seller.command("add")
def add_seller(
    email: Address,
    name: Annotated[str, typer.Option(callback=_cleaned)],
    workspace: Annotated[str, typer.Option(help="The first one is made.")],
    role: Annotated[Role, typer.Option()] = "seller",
    password_stdin: FromInput = False,
    new_workspace: Annotated[bool, typer.Option("--new-workspace", help="Make one more.")] = False,
) -> None:
    """Add somebody who works here."""
    from app.account import tables, team
    from app.clock import right_now

    password = _password(password_stdin)
    with _writing() as session:
        try:
            team.add_seller(
                session,
                email,
                name,
                workspace,
                tables.Role(role),
                password,
                right_now(),
                new_workspace=new_workspace,
            )
        except team.EmailTaken:
            stop(f"{email} is a seller already, or was one.")
        except team.EmailUnclear:
            stop(f"{email} does not look like an e-mail address.")
    typer.echo(f"Added {name}.")


@seller.command("list")
def list_sellers() -> None:
    """Who works here, a line each: address, role, name, workspace; and since when no more."""
    from sqlmodel import Session

    from app.account import store

    with Session(database_at_newest(settings_given()).reading) as session:
        for one, workspace in store.everybody(session):
            ended = [f"ended {one.ended_at.date()}"] if one.ended_at else []
            typer.echo("\t".join([one.email, one.role, one.name, workspace.company, *ended]))


@seller.command("role")
def change_role(
    email: Address,
    role: Role,
    hand_over_to: Annotated[
        str, typer.Option(callback=_cleaned, help="Who takes their deals when they may only look.")
    ] = "",
) -> None:
    """Give somebody another role, from their next request on."""
    from app.account import tables
    from app.clock import right_now
    from app.in_charge import leaving

    with _writing() as session:
        leaving.change_role(session, email, tables.Role(role), hand_over_to, right_now())
    typer.echo(f"{email} is {role} now.")


@seller.command("password")
def set_password(email: Address, password_stdin: FromInput = False) -> None:
    """Set somebody's password; they are signed out everywhere."""
    from app.account import team
    from app.account.passwords import hash_password
    from app.clock import right_now

    with _writing() as session:
        team.seller_at(session, email)  # before anybody types for nothing
    password = _password(password_stdin)
    with _writing() as session:
        hashed = hash_password(password)  # slow on purpose, so before anything is asked for
        team.set_password(session, team.seller_at(session, email, lock=True), hashed, right_now())
    typer.echo(f"{email} has a new password and is signed out everywhere.")


@seller.command("end")
def end_seller(
    email: Address,
    hand_over_to: Annotated[
        str, typer.Option(callback=_cleaned, help="The colleague who takes their deals.")
    ],
) -> None:
    """End somebody's account: signed out at once; a colleague has their deals, history keeps their name."""
    from app.clock import right_now
    from app.in_charge import leaving

    with _writing() as session:
        moved = leaving.end(session, email, hand_over_to, right_now())
    deals = "1 deal" if moved == 1 else f"{moved} deals"
    typer.echo(f"{email} works here no more; {deals} handed over to {hand_over_to}.")


@contextmanager
def _writing() -> "Generator[Session]":
    """A transaction that is committed when nothing stood against it."""
    from sqlmodel import Session

    from app.account.passwords import SHORTEST, PasswordTooShort
    from app.folders import know_every_table
    from app.needs import NeedsSomething

    know_every_table()
    try:
        with Session(database_at_newest(keyed(settings_given())).writing) as session, session.begin():
            yield session
    except NeedsSomething as refused:
        stop(str(refused))
    except PasswordTooShort:
        stop(f"A password needs {SHORTEST} characters or more.")


def _password(from_input: bool) -> str:
    """As whoever typed it in a browser would send it: in UTF-8, whatever the locale here is."""
    try:
        password = _piped() if from_input else _asked_for()
        password.encode()
    except UnicodeError:
        stop("The password is not in UTF-8.")
    return password


def _piped() -> str:
    return sys.stdin.buffer.readline().decode().rstrip("\r\n")


def _asked_for() -> str:
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
