"""Where files lie that are no Python: beside app/ in a checkout, inside it where a wheel was installed."""

from pathlib import Path

APP = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """`templates`, `static`, `migrations` or `locale`."""
    carried = APP / name
    return carried if carried.is_dir() else APP.parent / name
