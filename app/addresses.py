"""Addresses among the settings: what they may hold, and one way to write each.

They stand in headers, in links and in what a browser's Origin is compared with: nothing in them may end a
word of a header, and two spellings of an address become one. What cannot be used raises ValueError with a
sentence.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

import idna
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_PORTS = {"http": 80, "https": 443}
LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
PATH = re.compile(r"(?:/[^\x00-\x20\x7f-\U0010ffff;,'\"?#\\]*)?")
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
DATABASES = "sqlite:////path/file.db or postgresql+psycopg://user:password@host/name"


def as_origin(url: str) -> str:
    """As browsers write it, or the forms of our own pages would seem to come from another site."""
    try:
        parts = plain_parts(url)
        if parts.path.strip("/") or "@" in parts.netloc:
            raise ValueError
        return _origin(parts)
    except ValueError as error:
        raise ValueError(
            "must be an address such as https://plans.example.com:"
            " a host of letters, digits, dots and hyphens, perhaps a port, and nothing behind it"
        ) from error


def as_script_address(url: str) -> str:
    """An address, or a path on this host."""
    try:
        if url.startswith("/"):
            return _path(url)
        parts = plain_parts(url)
        if "@" in parts.netloc:
            raise ValueError
        return _origin(parts) + _path(parts.path)
    except ValueError as error:
        raise ValueError("must be an address, or a path such as /vendor/htmx.min.js") from error


def plain_parts(url: str) -> SplitResult:
    """A scheme, a host, perhaps a port and a path; no query, no blank."""
    parts = urlsplit(url)
    blank = re.search(r"[\s\x00-\x1f\x7f]", url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.port == 0:
        raise ValueError
    if blank or parts.query or parts.fragment:
        raise ValueError
    return parts


def _origin(parts: SplitResult) -> str:
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{_host(parts.hostname or '')}{port}"


def _host(named: str) -> str:
    """Raises ValueError for what no browser would ask for under this name."""
    if ":" in named:
        if "%" in named:
            raise ValueError
        return f"[{IPv6Address(named).compressed}]"
    host = named if named.isascii() else idna.encode(named, uts46=True).decode()
    if not HOST.fullmatch(host):
        raise ValueError
    return host


def _path(path: str) -> str:
    if path.startswith("//") or not PATH.fullmatch(path):
        raise ValueError
    return path


def as_database(url: str) -> str:
    """On a disk or a server: in memory each connection would have one of its own, gone with the process."""
    scheme = url.partition(":")[0]
    if scheme.lower().startswith("postgres") and scheme != "postgresql+psycopg":
        raise ValueError(f"write postgresql+psycopg:// in the place of {scheme}://")
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError(f"must be {DATABASES}") from error
    if parts.drivername not in DRIVERS or (parts.get_backend_name() == "sqlite" and not _is_file(parts)):
        raise ValueError(f"must be {DATABASES}")
    return url


def _is_file(parts: URL) -> bool:
    """Options are SQLite's own, which it reads of an address with uri=true."""
    name = parts.database or ""
    in_memory = not name or ":memory:" in name or parts.query.get("mode") == "memory"
    return not in_memory and not parts.host and (not parts.query or parts.query.get("uri") == "true")
