"""Passwords: argon2id, slow on purpose, so few at a time and never inside a transaction."""

from functools import partial

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError

SHORTEST = 10
AT_ONCE = 2  # 64 MiB each

_hasher = PasswordHash.recommended()
# Checked when nobody has the address, so that the answer takes as long as for somebody who has. Written out:
# making it would cost every start as much as a sign-in.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$C+JuAXoJ2GWpGO1LRi+89g$HNkY6EHXENQsPE/J3GbKRF3NuzcJtkb4hzMK4o2/png"


class PasswordTooShort(Exception):
    """A password needs SHORTEST characters or more."""


def hash_password(password: str) -> str:
    """Raises PasswordTooShort."""
    if len(password) < SHORTEST:
        raise PasswordTooShort
    return _hasher.hash(password)


async def matches(password: str, kept: str | None, limiter: CapacityLimiter) -> bool:
    """Compare in a thread of its own; takes as long where `kept` is None and is then false."""
    check = partial(_verify, password, kept or _NOBODY)
    return await to_thread.run_sync(check, limiter=limiter) and kept is not None


def _verify(password: str, kept: str) -> bool:
    try:
        return _hasher.verify(password, kept)
    except UnknownHashError:
        return False
