"""The samples of nginx and Caddy in front of a real server: https, who is who, and no key in any log."""

import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cast import PASSWORD, Buyer, SellerAtWork
from tests.deploy.proxies import PROXIES, Proxy, missing
from tests.server.serving import STARTS_WITHIN

pytestmark = pytest.mark.server
TRIES = 10  # wrong passwords for one account from one address


@pytest.fixture(params=PROXIES)
def proxy(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Proxy]:
    if lacking := missing(request.param):
        what = f"no {' and no '.join(lacking)}: `apt-get install {' '.join(lacking)}`"
        (pytest.fail if os.environ.get("JOINTLY_TEST_PROXY") == "required" else pytest.skip)(what)
    proxy = PROXIES[request.param](database_url, tmp_path)
    try:
        proxy.start()
        yield proxy
    finally:
        proxy.stop()


def browser(proxy: Proxy, address: str = "127.0.0.1") -> httpx.Client:
    """Somebody who comes from this address of the machine."""
    wire = httpx.HTTPTransport(verify=False, local_address=address)
    return httpx.Client(transport=wire, base_url=proxy.url, timeout=STARTS_WITHIN)


def signs_in(client: httpx.Client, password: str = PASSWORD, **headers: str) -> httpx.Response:
    form = {"email": "maria@ledgerline.test", "password": password}
    return client.post("/sign-in", data=form, headers=headers)


def said_to(proxy: Proxy, sent: bytes) -> bytes:
    """What comes back for these very bytes."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", proxy.port), timeout=STARTS_WITHIN) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as wire,
    ):
        wire.sendall(sent)
        return wire.recv(4096)


def test_both_sides_work_over_https(proxy: Proxy, maria: SellerAtWork, jonas: Buyer):
    token = jonas.address.rpartition("/")[2]
    with browser(proxy) as marias, browser(proxy) as jonass:
        signed_in = signs_in(marias, Origin=proxy.url)
        plan = marias.get(maria.plan)
        opened = jonass.get(f"/l/{token}")
        shared = jonass.get(opened.headers["location"])
        plain = httpx.get(f"http://localhost:{proxy.plain}/sign-in")

    assert signed_in.status_code == 303
    assert signed_in.headers["set-cookie"].startswith("__Host-jointly=")
    assert "; secure" in signed_in.headers["set-cookie"].lower()
    assert (plan.status_code, shared.status_code) == (200, 200)
    assert "Nordwind" in plan.text
    assert "max-age" in plan.headers["strict-transport-security"]
    assert plain.headers["location"].startswith("https://localhost")


def test_whoever_guesses_counts_by_the_address_they_come_from(proxy: Proxy, maria: SellerAtWork):
    with browser(proxy) as guessing, browser(proxy, "127.0.0.2") as elsewhere:
        guesses = [signs_in(guessing, "wrong", **forged(number)).status_code for number in range(TRIES + 1)]

        assert guesses == [422] * TRIES + [429]
        assert signs_in(elsewhere).status_code == 303


def forged(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"198.51.100.{number}", "X-Forwarded-Proto": "http"}


def test_no_log_holds_what_opens_a_plan(proxy: Proxy, jonas: Buyer):
    token = jonas.address.rpartition("/")[2]
    ident = token.partition(".")[0]
    asked = [
        f"/l/{token}",
        f"/%6c/{token}",
        f"/l%2F{token}",
        f"/l%252F{token}",
        f"//l/{token}",
        f"/L/{token}",
    ]
    asked += [f"/{token}", f"/x/../l/{token}", f"/sign-in?next=/l/{token}", f"/l/{token}/?x={'x' * 20_000}"]
    lines = [f"GET {address} HTTP/1.1" for address in (*asked, f"{proxy.url}/l/{token}")]
    lines += [f"GET /l/{token}", f"BREW /l/{token} HTTP/1.1", f"GET /l/{token} HTTP/9.9"]
    rest = f"Host: localhost:{proxy.port}\r\nReferer: {proxy.url}/l/{token}\r\nConnection: close\r\n\r\n"

    for line in lines:
        said_to(proxy, f"{line}\r\n{rest}".encode())
    httpx.get(f"http://localhost:{proxy.plain}/l/{token}", headers={"Referer": f"{proxy.url}/l/{token}"})
    proxy.app.kill()
    without_app = said_to(proxy, f"{lines[0]}\r\n{rest}".encode())
    proxy.stop()

    assert b" 502 " in without_app
    assert "/l" in proxy.written()
    assert ident not in proxy.written()


def test_what_nobody_sends_in_earnest_goes_no_further(proxy: Proxy):
    with browser(proxy) as stranger:
        head = stranger.get("/sign-in", headers={"X-Much": "x" * 60_000})
        body = stranger.post("/sign-in", content=b"x" * 10_000_000)

    assert head.status_code in (400, 431)
    assert body.status_code == 413
