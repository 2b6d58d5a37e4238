"""Connects to a host that has several addresses (RFC 8305): the next one is tried while the one
before has not answered yet, so an address that swallows packets costs a quarter of a second.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from .guard import SocketAddress

DELAY = 0.25  # seconds before the next address is tried (RFC 8305, section 5)
MOST = 20  # addresses of one host that are tried

Options = Sequence[tuple[int, int, int | bytes]]


def in_turns(places: Sequence[SocketAddress]) -> list[SocketAddress]:
    """The places with their families in turn; the first one stays the first."""
    first = [one for one in places if one[0] == places[0][0]]
    others = [one for one in places if one[0] != places[0][0]]
    pairs = chain.from_iterable(zip_longest(first, others))
    return [one for one in pairs if one is not None][:MOST]


class Waker:
    """Ends a wait from another thread."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()

    def wake(self) -> None:
        """Ends the wait, also one that has not begun."""
        with contextlib.suppress(OSError):  # it is over already
            os.write(self._writer, b"x")

    def close(self) -> None:
        """Gives its files back."""
        writer, self._writer = self._writer, -1
        os.close(self.reader)
        os.close(writer)


class Race:
    """Attempts to connect that run at the same time; the first that succeeds wins."""

    def __init__(self, places: Sequence[SocketAddress], options: Options) -> None:
        self._waiting = deque(in_turns(places))
        self._options = options
        self._running: dict[socket.socket, SocketAddress] = {}
        self._selector = selectors.DefaultSelector()
        self._failure: OSError = OSError("no address to connect to")

    def run(self, left: Callable[[], float], waker: Waker) -> tuple[socket.socket, SocketAddress]:
        """A connected socket, and where it leads. `left` says how many seconds are left.

        Raises OSError: that of the last address that failed, or TimeoutError of `left`.
        """
        with self._selector:
            self._selector.register(waker.reader, selectors.EVENT_READ)
            try:
                while self._waiting or self._running:
                    self._start()
                    if winner := self._wait(left):
                        return winner, self._running.pop(winner)
            finally:
                for sock in self._running:
                    sock.close()
        raise self._failure

    def _start(self) -> None:
        if not self._waiting:
            return
        family, address = place = self._waiting.popleft()
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:  # the machine has no such family
            self._failure = error
            return
        self._running[sock] = place
        for option in self._options:
            sock.setsockopt(*option)
        sock.setblocking(False)
        try:
            sock.connect(address)
        except BlockingIOError:
            pass
        except OSError as error:
            self._give_up(sock, error)
            return
        self._selector.register(sock, selectors.EVENT_WRITE)

    def _wait(self, left: Callable[[], float]) -> socket.socket | None:
        """The socket that is connected, within DELAY if there is another address to try."""
        until = time.monotonic() + DELAY if self._waiting else float("inf")
        while self._running:
            seconds = min(left(), until - time.monotonic())
            ready = self._selector.select(max(seconds, 0))
            left()  # raises if it was woken, or is late
            failures = len(self._running)
            for sock in self._sockets(ready):
                problem = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if not problem:
                    self._selector.unregister(sock)
                    return sock
                self._selector.unregister(sock)
                self._give_up(sock, OSError(problem, os.strerror(problem)))
            if len(self._running) < failures or time.monotonic() >= until:
                return None
        return None

    def _sockets(self, ready: list[tuple[selectors.SelectorKey, int]]) -> Iterator[socket.socket]:
        for key, _ in ready:
            if isinstance(key.fileobj, socket.socket):
                yield key.fileobj

    def _give_up(self, sock: socket.socket, error: OSError) -> None:
        self._failure = error
        del self._running[sock]
        sock.close()
