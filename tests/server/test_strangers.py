"""Promise 16 on a real server: what strangers send fills no memory and holds no connection."""

import socket
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app import serving
from tests.server.serving import Server

HEAD = b"GET /p/x HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: jointly-x="


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def said_to(server: Server, sent: bytes) -> bytes:
    with connected(server) as connection:
        connection.sendall(sent)
        return connection.recv(200)


def memory_of(server: Server) -> int:
    """Kilobytes in use now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def test_a_head_that_is_too_large_is_refused_and_leaves_nothing(server: Server):
    said_to(server, HEAD + b"a" * 60_000 + b"\r\n\r\n")
    before = memory_of(server)

    page = said_to(server, HEAD + b"a" * 60_000 + b"\r\n\r\n")
    raw = [said_to(server, HEAD + b"a" * 10_000_000 + b"\r\n\r\n") for _ in range(6)]

    assert page.startswith(b"HTTP/1.1 431")
    assert all(one.startswith(b"HTTP/1.1 431") for one in raw)
    assert memory_of(server) < before + 20_000


def test_a_connection_is_good_for_many_requests(server: Server):
    """Each has a head of its own: together they may be as large as they like."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    statuses, ends = set(), set()
    for _ in range(40):
        connection.request("GET", "/healthz", headers={"X-Long": "a" * 4_000})
        answer = connection.getresponse()
        statuses.add((answer.status, answer.read()))
        ends.add(connection.sock.getsockname() if connection.sock else None)
    connection.close()

    assert statuses == {(200, b"ok")}
    assert len(ends) == 1


def test_requests_in_a_row_fill_no_memory(server: Server):
    in_a_row = b"GET /sign-in HTTP/1.1\r\nH:\r\n\r\n" * 2_000
    said_to(server, in_a_row)
    before = memory_of(server)

    for connection in [connected(server) for _ in range(20)]:
        connection.sendall(in_a_row)
        connection.close()

    assert said_to(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200")
    assert memory_of(server) < before + 20_000


def test_some_requests_in_a_row_are_all_answered(server: Server):
    with connected(server) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 5)
        heard = b""
        while heard.count(b"HTTP/1.1 200") < 5:
            heard += connection.recv(4_096)


def test_blank_lines_hold_no_connection(impatient: Server):
    with connected(impatient) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(4_096)
        connection.sendall(b"\r\n")
        began = time.monotonic()
        while connection.recv(4_096):
            pass

    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "sent", [b"", HEAD, b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nemail="]
)
def test_a_request_that_does_not_come_is_not_waited_for(impatient: Server, sent: bytes):
    with connected(impatient) as connection:
        connection.sendall(sent)
        began = time.monotonic()

        while connection.recv(4096):  # what is half there may be told so, before the connection ends
            pass

        assert time.monotonic() - began < 20


def test_a_slow_request_that_comes_in_time_is_answered(server: Server):
    with connected(server) as connection:
        for part in (b"GET /healthz HTTP/1.1\r\n", b"Host: 127.0.0.1\r\n", b"\r\n"):
            connection.sendall(part)
            time.sleep(0.05)

        assert connection.recv(200).startswith(b"HTTP/1.1 200")


def test_the_bounds_are_those_that_are_written_down():
    assert (serving.HEAD_WITHIN, serving.BODY_WITHIN, serving.MOST_OF_A_HEAD) == (15, 60, 65_536)
