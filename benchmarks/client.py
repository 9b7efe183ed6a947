"""A client that costs less than what it measures: raw sockets, kept open, one request at a time on each."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

CONNECTIONS = 4


@dataclass(frozen=True)
class Answers:
    statuses: Counter[int]
    seconds: float
    bytes_each: int
    each: list[float]
    """Seconds of each answer."""

    @property
    def per_second(self) -> float:
        return sum(self.statuses.values()) / self.seconds


def get(path: str, cookie: str = "", zipped: bool = True) -> bytes:
    return _head("GET", path, cookie, zipped) + b"\r\n"


def post(path: str, cookie: str, **fields: str) -> bytes:
    body = urlencode(fields).encode()
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    return _head("POST", path, cookie, True) + kind + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def _head(method: str, path: str, cookie: str, zipped: bool) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += ["Accept-Encoding: gzip"] if zipped else []
    return "\r\n".join([*lines, ""]).encode()


def ask(port: int, requests: Sequence[bytes], connections: int = CONNECTIONS) -> Answers:
    return asyncio.run(_ask(port, requests, connections))


async def _ask(port: int, requests: Sequence[bytes], connections: int) -> Answers:
    waiting, told = iter(requests), Answers(Counter(), 0, 0, [])
    sizes: list[int] = []
    began = time.perf_counter()
    await asyncio.gather(*(_use_connection(port, waiting, told, sizes) for _ in range(connections)))
    seconds = time.perf_counter() - began
    return replace(told, seconds=seconds, bytes_each=sum(sizes) // max(1, len(sizes)))


async def _use_connection(port: int, waiting: Iterator[bytes], told: Answers, sizes: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _length(head)
        await reader.readexactly(length)
        told.each.append(time.perf_counter() - began)
        told.statuses[int(head[9:12])] += 1
        sizes.append(len(head) + length)
    writer.close()
    await writer.wait_closed()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def text_of(port: int, path: str) -> str:
    """The body of one small answer."""
    return asyncio.run(_text_of(port, path))


async def _text_of(port: int, path: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get(path, zipped=False))
    head = await reader.readuntil(b"\r\n\r\n")
    body = await reader.readexactly(_length(head))
    writer.close()
    return body.decode()
