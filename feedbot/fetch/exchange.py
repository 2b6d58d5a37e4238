"""One request and its answer: their time limit, and the connections that may be made for them.

Every transport connects through its exchange, so that all of them have the same guard and the same
end: a server that drips, a look-up that hangs and a SIGTERM are dealt with here, once.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence

from .guard import Server, SocketAddress, check_name, look_up, only_public
from .happy_eyeballs import Options, Race, Waker
from .proxies import Proxy, ProxyUnreachable


class Line:
    """A connection, with the address it leads to.

    Its user hands the socket on, to TLS or to a response. A duplicate of the file descriptor stays
    good for shutting the connection down, whoever reads from it.
    """

    def __init__(self, sock: socket.socket, place: SocketAddress) -> None:
        self.sock = sock
        self.place = place
        self._twin = os.dup(sock.fileno())
        self.forget = weakref.finalize(self, os.close, self._twin)

    def hang_up(self) -> None:
        """Ends the connection, whoever reads from it."""
        with (
            contextlib.suppress(OSError),  # it has ended by itself, or not begun
            socket.socket(fileno=os.dup(self._twin)) as twin,
        ):
            twin.shutdown(socket.SHUT_RDWR)


class Exchange:
    """One request and its answer, which must both be over at a deadline.

    Socket timeouts start anew with every byte, so a server that drips can hold a reader for ever;
    a timer that ends whatever is being waited for cannot be held.
    """

    _current = threading.local()

    def __init__(
        self, private: frozenset[Server] = frozenset(), proxy: Proxy | None = None
    ) -> None:
        """`private` are the servers that may be reached at addresses that are not public."""
        self.private = private
        self.proxy = proxy
        self._end: Callable[[], object] | None = None
        self._lock = threading.Lock()
        self._deadline = float("inf")
        self.expired = False
        self.aborted = False
        self.is_on_kept_line = False  # whether it uses the connection of an earlier exchange

    @classmethod
    def under_way(cls) -> Exchange:
        """The exchange of this thread."""
        exchange: Exchange = cls._current.exchange
        return exchange

    def waits_for(self, end: Callable[[], object]) -> None:
        """Says how to end what it waits for next; ended at once if the time is over already."""
        with self._lock:
            self._end = end
            if self.expired or self.aborted:
                end()

    def expire(self) -> None:
        """Ends it because its time is over."""
        self.expired = True
        self._end_now()

    def abort(self) -> None:
        """Ends it because feedbot is stopping."""
        self.aborted = True
        self._end_now()

    def _end_now(self) -> None:
        with self._lock:
            if self._end:
                self._end()

    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.expired or time.monotonic() >= self._deadline

    def left(self) -> float:
        """The seconds that are left; raises TimeoutError if there are none."""
        if self.is_late() or self.aborted:
            raise TimeoutError
        return max(self._deadline - time.monotonic(), 0.001)

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Makes it this thread's exchange, for so long at most."""
        self._deadline = time.monotonic() + seconds
        timer = threading.Timer(seconds, self.expire)
        timer.daemon = True
        timer.start()
        self._current.exchange = self
        try:
            yield
        finally:
            del self._current.exchange
            timer.cancel()
            with self._lock:
                self._end = None

    # --- connections ------------------------------------------------------------------------

    def connect(self, host: str, port: int, options: Options = ()) -> Line:
        """A connection to a host, or to the proxy in front of it. Raises OSError."""
        if self.proxy is None:
            return self._line(host, port, options)
        if self.proxy.is_http:  # what is asked for goes into the request
            return self._line_to(self.proxy, options)
        target = self._target(host, port)
        line = self._line_to(self.proxy, options)
        try:
            self.proxy.open_tunnel(line.sock, target, port)
        except BaseException:
            line.sock.close()
            raise
        return line

    def check_target(self, host: str, port: int) -> None:
        """Raises BlockedAddress for a host that an HTTP proxy is not to be asked for.

        The proxy looks the name up itself; here it can only be seen what it means to this machine,
        or, if it means nothing, whether it is a name of the public internet.
        """
        if self.proxy and self.proxy.is_http:
            self._places(host, port)

    def permitted(
        self, host: str, port: int, places: Sequence[SocketAddress]
    ) -> Sequence[SocketAddress]:
        """Those of a host's places that may be reached; BlockedAddress if none may."""
        if (host.rstrip("."), port) in self.private:
            return places
        return only_public(host, places)

    def check_again(self, host: str, port: int, line: Line) -> None:
        """Raises BlockedAddress if a connection that was kept may not be used for this exchange."""
        if self.proxy is None:
            self.permitted(host, port, [line.place])

    def _target(self, host: str, port: int) -> str:
        """The address that a SOCKS proxy is asked for: one that was looked up and permitted here.

        A proxy that is to look names up itself (socks5h) gets the name where nobody here knows it.
        """
        assert self.proxy
        places = self._places(host, port)
        return host if self.proxy.looks_up else str(places[0][1][0])

    def _places(self, host: str, port: int) -> Sequence[SocketAddress]:
        """Where a host is, if that may be reached; nothing for a name that only the proxy knows."""
        assert self.proxy
        try:
            return self.permitted(host, port, self._look_up(host, port))
        except socket.gaierror:
            if not self.proxy.looks_up:
                raise
        if (host.rstrip("."), port) not in self.private:
            check_name(host)
        return ()

    def _line_to(self, proxy: Proxy, options: Options) -> Line:
        try:
            return self._line(*proxy.server, options)
        except OSError as error:
            raise ProxyUnreachable from error

    def _line(self, host: str, port: int, options: Options) -> Line:
        places = self._look_up(host, port)
        if not (self.proxy and (host, port) == self.proxy.server):  # the operator named that one
            places = list(self.permitted(host, port, places))
        waker = Waker()
        self.waits_for(waker.wake)
        try:
            sock, place = Race(places, options).run(self.left, waker)
        finally:
            self.waits_for(_nothing)
            waker.close()
        line = Line(sock, place)
        self.waits_for(line.hang_up)
        sock.settimeout(self.left())
        return line

    def _look_up(self, host: str, port: int) -> list[SocketAddress]:
        """`look_up`, within the time of the exchange: the system's own may take minutes."""
        answers: queue.SimpleQueue[list[SocketAddress] | BaseException] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(look_up(host, port))
            except (OSError, ValueError) as error:
                answers.put(error)

        threading.Thread(target=ask, name="look-up", daemon=True).start()
        self.waits_for(lambda: answers.put(TimeoutError()))
        answer = answers.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer


def _nothing() -> None:
    """Ends nothing."""
