"""`jointly seller …`: the people who work here."""

import sys
from typing import Annotated, Literal

import typer

from app.cli.opening import database_at_newest, settings_given, stop

seller = typer.Typer(no_args_is_help=True, help="The people who work here.")


@seller.command("add")
def add_seller(
    email: str,
    name: Annotated[str, typer.Option()],
    workspace: Annotated[str, typer.Option(help="Made if it is new.")],
    role: Annotated[Literal["admin", "seller", "viewer"], typer.Option()] = "seller",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read it from standard input.")
    ] = False,
) -> None:
    """Add somebody who works here."""
    from sqlmodel import Session

    from app.account import team
    from app.account.passwords import PasswordTooShort
    from app.account.tables import Role
    from app.clock import right_now

    password = _password(password_stdin)
    try:
        with Session(database_at_newest(settings_given()).writing) as session, session.begin():
            team.add_seller(session, email, name, workspace, Role(role), password, right_now())
    except PasswordTooShort:
        stop("A password needs 10 characters or more.")
    except team.EmailTaken:
        stop(f"{email} is a seller already.")
    except team.EmailUnclear:
        stop(f"{email} does not look like an e-mail address.")
    typer.echo(f"Added {name}.")


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
