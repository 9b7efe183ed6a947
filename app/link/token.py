"""Signed tokens: the link in a message, and the cookie a browser gets for it.

Signatures are malleable (another last character, `=`, a newline may verify), so a token must match a strict
pattern and be exactly what signing its own id again would give.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence

from itsdangerous import BadSignature, Signer

ID_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")
_COOKIE = re.compile(r"([0-9a-f]{64}|[0-9]{1,12})-([A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{43}")


class LinkUnknown(Exception):
    """Not an address we made: malformed, forged, or gone without a trace."""


def new_token(keys: Sequence[str]) -> str:
    return _sign(keys, "link", _encode(secrets.token_bytes(ID_BYTES)))


def digest_of(token: str) -> str:
    """What the database keeps of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def verified(keys: Sequence[str], token: str) -> str:
    """The digest to look the link up by; raises LinkUnknown for anything we did not sign."""
    if not _TOKEN.fullmatch(token):
        raise LinkUnknown
    ident = token.partition(".")[0]
    if _encode(_decode(ident)) != ident or not _is_signed(keys, "link", token):
        raise LinkUnknown
    return digest_of(token)


def new_browser() -> str:
    """A random name for one browser, so that its answers can be told from another's."""
    return _encode(secrets.token_bytes(ID_BYTES))


def cookie_for(keys: Sequence[str], link: str, browser: str) -> str:
    """What a browser carries. It names the link by its digest: a row's number would count all links."""
    return _sign(keys, "guest", f"{link}-{browser}")


def read_cookie(keys: Sequence[str], cookie: str) -> tuple[str, str]:
    """The link's digest and the browser's name; raises LinkUnknown.

    Cookies used to hold a number in its place, which still leads to links that were made then.
    """
    match = _COOKIE.fullmatch(cookie)
    if not match or not _is_signed(keys, "guest", cookie):
        raise LinkUnknown
    return match[1], match[2]


def form_key(keys: Sequence[str], *parts: object) -> str:
    """A form's key without randomness: the same page has the same bytes."""
    text = ":".join(str(part) for part in parts)
    return _encode(hmac.digest(keys[-1].encode(), b"form:" + text.encode(), "sha256")[:12])


def _is_signed(keys: Sequence[str], purpose: str, token: str) -> bool:
    """Signed by any of our keys, in the one spelling that signing gives."""
    try:
        value = _signer(keys, purpose).unsign(token).decode()
    except (BadSignature, UnicodeDecodeError):
        return False
    return any(hmac.compare_digest(_sign([key], purpose, value), token) for key in keys)


def _sign(keys: Sequence[str], purpose: str, value: str) -> str:
    return _signer(keys, purpose).sign(value).decode()


def _signer(keys: Sequence[str], purpose: str) -> Signer:
    return Signer(list(keys), salt=f"jointly.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "==")
    except binascii.Error as error:
        raise LinkUnknown from error
