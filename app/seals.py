"""What holds the head of a chain: an HMAC under a signing key. Pure.

Whoever can write to the database can make a chain of hashes anew from its first event. The head's seal needs
a key, which the database does not have. It says which key that was and up to which event it speaks; and it is
set again only where the one before it held, so that nothing that was changed is ever sealed by use.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

LONGEST = 100  # letters


class Sealing(StrEnum):
    """What a seal says about the head that it stands beside."""

    HOLDS = "holds"
    FALSE = "false"  # not what a key of ours makes of that event
    BEHIND = "behind"  # it speaks of an earlier event
    MISSING = "missing"
    UNKNOWN_KEY = "unknown key"


class ChainsHead(Protocol):
    """A chain's head."""

    @property
    def chain(self) -> str: ...

    head_number: int
    head_hash: str
    head_seal: str


@dataclass(frozen=True, slots=True)
class Seal:
    key_id: str
    number: int
    mac: str


def seal_of(key: str, chain: str, number: int, digest: str) -> str:
    """The seal of a chain whose event `number` has the hash `digest`."""
    return f"{key_id(key)}.{number}.{_mac(key, chain, number, digest)}"


def key_id(key: str) -> str:
    """Tells which key it was and nothing else about it."""
    return hmac.digest(key.encode(), b"jointly.key", "sha256").hex()[:8]


def read(seal: str) -> Seal | None:
    name, _, rest = seal.partition(".")
    number, _, mac = rest.partition(".")
    return Seal(name, int(number), mac) if number.isdecimal() and len(number) < 12 and mac else None


def sealing(head: ChainsHead, keys: Sequence[str]) -> Sealing:
    if not head.head_seal:
        return Sealing.MISSING
    seal = read(head.head_seal)
    if seal is None:
        return Sealing.FALSE
    if seal.number != head.head_number:
        return Sealing.BEHIND if seal.number < head.head_number else Sealing.FALSE
    return proves(seal, keys, head.chain, head.head_hash)


def proves(seal: Seal, keys: Sequence[str], chain: str, digest: str) -> Sealing:
    """Does the seal say that its event has this hash? HOLDS, FALSE or UNKNOWN_KEY."""
    for key in keys:
        if key_id(key) == seal.key_id:
            holds = hmac.compare_digest(_mac(key, chain, seal.number, digest), seal.mac)
            return Sealing.HOLDS if holds else Sealing.FALSE
    return Sealing.UNKNOWN_KEY


def set_seal(head: ChainsHead, keys: Sequence[str], was: Sealing) -> None:
    """Seal the head as it stands now, after one whose seal `was` so. The last key seals."""
    if keys and was is Sealing.HOLDS:
        head.head_seal = seal_of(keys[-1], head.chain, head.head_number, head.head_hash)


def _mac(key: str, chain: str, number: int, digest: str) -> str:
    return hmac.digest(key.encode(), f"jointly.seal:{chain}:{number}:{digest}".encode(), "sha256").hex()
