"""A new release without a lost request: on SIGHUP the server ends, and begins again on the same open port.

Whoever calls meanwhile waits in the port's queue. Workers are replaced one by one, by uvicorn. A process that
serves alone gives the port on as systemd does (LISTEN_FDS) and becomes its own successor.
"""

import os
import signal
import sys
from socket import socket

import uvicorn

from app.serving import PatientForAWhile

GIVEN = 3  # the descriptor that LISTEN_FDS means
# Seconds: who was let in may still ask, and who had an answer may be asking again.
FOR_A_FIRST_REQUEST, FOR_ANOTHER, LOOKS_EVERY = 2.0, 0.2, 0.05


class Unhurried(PatientForAWhile):
    """When the server ends, whoever was let in has a moment to ask: uvicorn would hang up at once."""

    def shutdown(self) -> None:
        moment = FOR_A_FIRST_REQUEST if self.cycle is None else FOR_ANOTHER
        self._end(self.loop.time() + moment)

    def _end(self, latest: float) -> None:
        """Now where an answer is under way, which is the last one then; else when the moment is over."""
        if self._is_answering or self.loop.time() >= latest:
            super().shutdown()
        else:
            self.loop.call_later(LOOKS_EVERY, self._end, latest)


def port_given() -> socket | None:
    """The port that this process was started with, if it was."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.pop("LISTEN_FDS", "") != "1":
        return None
    return socket(fileno=GIVEN)


def serve_until_told(config: uvicorn.Config, listening: socket) -> None:
    """Returns when the server was stopped; on SIGHUP another takes its place and this never returns."""
    server, told = uvicorn.Server(config), []

    def end_to_begin(*_: object) -> None:
        told.append(True)
        server.should_exit = True

    if hasattr(signal, "SIGHUP") and not _has_a_terminal():
        signal.signal(signal.SIGHUP, end_to_begin)
    server.run(sockets=[listening.dup()])
    if told:
        _begin_again(listening)


def _has_a_terminal() -> bool:
    """Where SIGHUP says that its window was closed: then this ends with it."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _begin_again(listening: socket) -> None:
    os.dup2(listening.fileno(), GIVEN)
    os.set_inheritable(GIVEN, True)
    os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the successor listens for it
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
