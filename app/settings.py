"""What the person who runs Jointly can set: the environment's JOINTLY_ variables."""

import re
import secrets
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.addresses import as_database, as_origin, as_script_address, plain_parts
from app.private_files import make_folder, make_private

HTMX_URL = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js"
HTMX_INTEGRITY = "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"


KEY_FILE = Path("var") / "secret-key"  # for local use


PREFIX = "JOINTLY_"
LOG_LEVELS = ("debug", "info", "warning", "error")
FEWEST = 6  # different characters in a key; a random one has more than twice as many
# Settings of what is being built: named already, so that a file of them may be prepared.
COMING = (
    *("smtp_url", "mail_from", "worker", "metrics", "mcp", "webhook_allow", "hubspot_url", "salesforce_url"),
    *("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
)


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


class SettingsRefused(Exception):
    """The settings cannot be served with; the message says what to change."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    database_url: str = "sqlite:///var/jointly.db"
    secret_keys: str = Field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    rate_limits: Switch = Switch.ON
    trusted_proxies: str = ""
    htmx_url: str = HTMX_URL
    model_url: str = ""
    model_key: str = Field(default="", repr=False)
    model_name: str = ""
    log: str = "info"

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        return as_database(url)

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, url: str) -> str:
        return as_origin(url)

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: str) -> str:
        for one in proxies.split(",") if proxies.strip() not in ("", "*") else ():
            try:
                ip_network(one.strip())
            except ValueError as error:
                raise ValueError(
                    "must be addresses or networks such as 127.0.0.1,10.0.0.0/8, or * for everybody"
                ) from error
        return proxies.strip()

    @field_validator("htmx_url")
    @classmethod
    def _is_where_a_script_lies(cls, url: str) -> str:
        return as_script_address(url)

    @field_validator("log")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.lower() not in LOG_LEVELS:
            raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
        return level.lower()

    @field_validator("model_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        try:
            _ = url and plain_parts(url)
        except ValueError as error:
            raise ValueError("must be an address such as https://models.example.com/v1") from error
        return url.rstrip("/")

    @property
    def model_address(self) -> str:
        """Where an OpenAI-compatible server takes conversations, whether or not the setting names it."""
        ending = "/chat/completions"
        return self.model_url if self.model_url.endswith(ending) else self.model_url + ending

    @property
    def model_host(self) -> str:
        """Who is asked for a second opinion; "" where nobody is."""
        return urlsplit(self.model_url).hostname or ""

    @cached_property
    def keys(self) -> list[str]:
        """Signing keys, oldest first; the last one signs, all of them verify."""
        keys = [key for key in re.split(r"[\s,]+", self.secret_keys) if key]
        if self.secret_keys and not keys:
            raise SettingsRefused(
                "JOINTLY_SECRET_KEYS holds no key: write 32 random characters, or leave it out."
            )
        if any(len(key) < 16 for key in keys):
            raise SettingsRefused("JOINTLY_SECRET_KEYS: each key needs 16 characters or more.")
        if any(len(set(key)) < FEWEST for key in keys):
            raise SettingsRefused("JOINTLY_SECRET_KEYS: a key repeats few characters. Take random ones.")
        return keys

    @property
    def over_https(self) -> bool:
        return self.base_url.startswith("https://")


def must_be_known(environment: Mapping[str, str]) -> None:
    """Raises SettingsRefused for what looks like a setting and is none: a slip would go unseen."""
    known = {f"{PREFIX}{name.upper()}" for name in (*Settings.model_fields, *COMING)}
    ours = (name for name in sorted(environment) if name.upper().startswith(PREFIX))
    for name in ours:
        if name.upper() not in known and not _is_anothers(name, environment):
            near = get_close_matches(name.upper(), known, 1)
            perhaps = f" Is it {near[0]}?" if near else ""
            raise SettingsRefused(f"{name}: there is no such setting.{perhaps}")


def _is_anothers(name: str, environment: Mapping[str, str]) -> bool:
    """Our tests', or what Kubernetes tells every container of a service that is called jointly."""
    told = re.fullmatch(r"JOINTLY_(TEST_\w+|SERVICE_(HOST|PORT\w*)|PORT_\d+_\w+)", name)
    return bool(told) or (name == "JOINTLY_PORT" and "://" in environment[name])


def keys_at_hand(settings: Settings, file: Path = KEY_FILE) -> list[str]:
    """The keys that are set, or else the one that was made for local use; none is made here."""
    if settings.keys or not file.exists():
        return settings.keys
    return file.read_text().split()


def with_keys(settings: Settings, file: Path = KEY_FILE) -> tuple[Settings, str]:
    """Give `settings` keys to sign with, and a sentence to print when they were just made.

    Raises SettingsRefused where keys of one's own making would be a risk, on a public https address; and
    where the one that was made never reached its file.
    """
    if settings.keys:
        return settings, ""
    if settings.over_https:
        raise SettingsRefused(
            "Set JOINTLY_SECRET_KEYS (32 random characters or more) before serving on a public https address."
        )
    said = "" if file.exists() else f"Made a signing key for local use: {file}"
    made = settings.model_copy(update={"secret_keys": _kept_key(file)})
    made.__dict__.pop("keys")  # the copy took the cached, empty list along
    if not made.keys:
        raise SettingsRefused(f"{file} is empty. Remove it, and a new key is made.")
    return made, said


def _kept_key(file: Path) -> str:
    if not file.exists():
        make_folder(file.parent)
        make_private(file)
        file.write_text(secrets.token_urlsafe(32) + "\n")
    return file.read_text().strip()
