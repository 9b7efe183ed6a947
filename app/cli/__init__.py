"""`jointly …`: run it, look after its data, add the people who work here.

Each command imports what it needs, when it runs: half of them need neither the web app nor its pages.
"""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli import data, sellers, serving
from app.cli.opening import in_a_line, stop

app_from_environment = serving.app_from_environment


class SaysWhy(TyperGroup):
    """Turns what a database or a file cannot do into one line and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except Exception as error:
            why = in_a_line(error)
            if why is None:
                raise
            stop(why)


main = typer.Typer(
    cls=SaysWhy, no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False
)


def _say_version(asked: bool) -> None:
    import platform
    from importlib.metadata import version

    from app import sqlite

    if asked:
        typer.echo(f"jointly {version('jointly')} (Python {platform.python_version()}, {sqlite.in_words()})")
        raise typer.Exit


@main.callback()
def _before_a_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="What runs here.")
    ] = False,
) -> None:
    """Options that stand before a command."""


for command in (serving.demo, serving.serve, *data.COMMANDS):
    main.command()(command)
main.add_typer(sellers.seller, name="seller")
