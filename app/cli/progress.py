"""How far a long command is, on a terminal; nothing of it reaches a file or a pipe."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

import typer


@contextmanager
def progress(what: str, of: int) -> Generator[Callable[[int], None]]:
    """Gives a function that is told how many of them are done."""
    hidden = not sys.stderr.isatty()
    with typer.progressbar(
        length=of, label=f"{of:,} {what}", file=sys.stderr, hidden=hidden, update_min_steps=max(1, of // 200)
    ) as bar:
        told = 0

        def tell(done: int) -> None:
            nonlocal told
            bar.update(done - told)
            told = done

        yield tell
