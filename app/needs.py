"""What a rule or an edge says when something is missing or does not fit, and how words are marked. Pure."""


def _(words: str) -> str:
    """Marks words for the catalogs; the page that shows them translates them."""
    return words


class NeedsSomething(Exception):
    """Something is missing or does not fit; `str(error)` says what to do."""
