"""What a rule or an edge says when something is missing or does not fit. Pure."""


class NeedsSomething(Exception):
    """Something is missing or does not fit; `str(error)` says what to do."""
