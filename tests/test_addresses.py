"""Two spellings of an address are one, and none can break out of a header."""

import pytest

from app.addresses import as_database, as_origin, as_script_address
from app.safety import content_security_policy
from app.settings import Settings


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("HTTPS://Plans.Example.COM", "https://plans.example.com"),
        ("https://plans.example.com:443/", "https://plans.example.com"),
        ("http://plans.example.com:80", "http://plans.example.com"),
        ("https://plans.example.com:80", "https://plans.example.com:80"),
        ("https://plans.example.com:08443", "https://plans.example.com:8443"),
        ("https://plans.example.com?", "https://plans.example.com"),
        ("http://пример.example", "http://xn--e1afmkfd.example"),
        ("https://STRAßE.example", "https://xn--strae-oqa.example"),
        ("http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(typed: str, origin: str):
    settings = Settings(base_url=typed)

    assert settings.base_url == origin
    assert settings.over_https == origin.startswith("https:")
    assert f" {origin}/static/ " in content_security_policy(settings)


@pytest.mark.parametrize(
    "host",
    [
        *("a.example,default-src", "a.example;default-src", "a.example'x", "a_b.example", "a..example"),
        *(
            "-a.example",
            "x" * 64,
            "☃.example",
            "\udc80.example",
            "[fe80::1%eth0]",
            "[::x]",
            "a.example\\b",
            "*",
        ),
    ],
)
def test_a_host_that_no_browser_asks_for_is_refused(host: str):
    for taken in (as_origin, as_script_address):
        with pytest.raises(ValueError, match="must be an address"):
            taken(f"https://{host}")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("HTTPS://CDN.example:443/npm/htmx.org@4/h.js", "https://cdn.example/npm/htmx.org@4/h.js"),
        ("/vendor/htmx.min.js", "/vendor/htmx.min.js"),
    ],
)
def test_a_script_lies_at_one_address(typed: str, written: str):
    assert as_script_address(typed) == written


@pytest.mark.parametrize(
    "path", ["/ü.js", "/h.js\x01", "/h\\h.js", "//cdn.example/h.js", "/a,b", "/a'b", "/a?b"]
)
def test_a_path_that_a_header_cannot_hold_is_refused(path: str):
    for address in (path, f"https://cdn.example{path}"):
        with pytest.raises(ValueError, match="must be an address, or a path"):
            as_script_address(address)


def test_a_script_is_fetched_without_a_password():
    with pytest.raises(ValueError, match="must be an address, or a path"):
        as_script_address("https://me:secret@cdn.example/h.js")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "nonsense",
            "mysql://localhost/x",
            "SQLITE:///x.db",
            "sqlite+aiosqlite:///x.db",
            "sqlite://host/x.db",
        ),
        *(
            "sqlite://",
            "sqlite:///:memory:",
            "sqlite:///file:x?mode=memory&uri=true",
            "sqlite:///x.db?mode=ro",
        ),
    ],
)
def test_a_database_that_cannot_be_kept_is_refused_in_words_of_ours(url: str):
    with pytest.raises(ValueError, match="must be sqlite:////path/file"):
        as_database(url)


@pytest.mark.parametrize(
    "url",
    [
        *("sqlite:///var/jointly.db", "sqlite:///file:/var/x.db?mode=ro&uri=true"),
        *(
            "postgresql+psycopg://jointly@/jointly?host=/run/postgresql",
            "postgresql+psycopg://me:p%40s@[::1]:5433/x",
        ),
    ],
)
def test_a_database_on_a_disk_or_a_server_is_taken(url: str):
    assert as_database(url) == url
