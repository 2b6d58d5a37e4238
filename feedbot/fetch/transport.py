"""requests, taught a deadline, an address guard and one TLS context for all."""

from __future__ import annotations

import contextlib
import functools
import http.client
import os
import queue
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from .guard import BlockedAddress, Server, SocketAddress, look_up, only_public

# Header lines of an answer. The library stops at 100, and some sites send more; browsers read them.
http.client._MAXHEADERS = 500  # type: ignore[attr-defined] # noqa: SLF001 - no public name


class Exchange:
    """One request and its answer, which must both be over at a deadline.

    Socket timeouts start anew with every byte, so a server that drips can hold a reader for ever;
    a timer that ends whatever is being waited for cannot be held.
    """

    _current = threading.local()

    def __init__(self, private: frozenset[Server] = frozenset()) -> None:
        """`private` are the servers that may be reached at addresses that are not public."""
        self.private = private
        self._end: Callable[[], object] | None = None
        self._lock = threading.Lock()
        self._deadline = float("inf")
        self.expired = False
        self.aborted = False

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


def _look_up(host: str, port: int, exchange: Exchange) -> list[SocketAddress]:
    """`look_up`, within the time of the exchange: the system's own may take minutes."""
    answers: queue.SimpleQueue[list[SocketAddress] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(host, port))
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    exchange.waits_for(lambda: answers.put(TimeoutError()))
    answer = answers.get()
    if isinstance(answer, BaseException):
        raise answer
    return answer


class _Guarded(HTTPConnection):
    """A connection that checks its address and tells its exchange about itself.

    What is checked is the very address that is connected to: the name is looked up once. A
    connection that was kept is checked again, because another source may use it now. The
    library hands its socket on, to TLS or to a response, and forgets it; a duplicate of the file
    descriptor stays good for shutting the connection down, whoever reads from it.
    """

    _place: SocketAddress | None = None  # what it is connected to
    _twin: int | None = None
    _close_twin: weakref.finalize[[int], _Guarded] | None = None

    def _new_conn(self) -> socket.socket:
        try:
            return self._connected(Exchange.under_way())
        except BlockedAddress:
            raise
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def _connected(self, exchange: Exchange) -> socket.socket:
        host, self._place = self._dns_host.strip("[]"), None
        places = self._permitted(_look_up(host, self.port, exchange), exchange)
        failure = OSError(f"{host} has no address")
        for place in places:
            try:
                return self._connected_to(place, exchange)
            except OSError as error:
                failure = error
        raise failure

    def _permitted(
        self, places: Sequence[SocketAddress], exchange: Exchange
    ) -> Sequence[SocketAddress]:
        """Those of its places that the exchange may reach; BlockedAddress if it may reach none."""
        host = self._dns_host.strip("[]")
        if (host.rstrip("."), self.port) in exchange.private:
            return places
        return only_public(host, places)

    def _connected_to(self, place: SocketAddress, exchange: Exchange) -> socket.socket:
        family, address = place
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in self.socket_options or ():
                sock.setsockopt(*option)
            self._keep_twin(sock)
            sock.settimeout(exchange.left())
            sock.connect(address)
        except OSError:
            sock.close()
            raise
        self._place = place
        return sock

    def _keep_twin(self, sock: socket.socket) -> None:
        before = self._close_twin
        self._twin = os.dup(sock.fileno())
        self._close_twin = weakref.finalize(self, os.close, self._twin)
        self._tell()
        if before:
            before()  # only now: its number may go to another file at once

    def _tell(self) -> None:
        if self._twin is not None:
            Exchange.under_way().waits_for(self._hang_up)

    def _hang_up(self) -> None:
        """Ends the connection, whoever reads from it."""
        assert self._twin is not None
        with (
            contextlib.suppress(OSError),  # it has ended by itself, or not begun
            socket.socket(fileno=os.dup(self._twin)) as twin,
        ):
            twin.shutdown(socket.SHUT_RDWR)

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        self._tell()
        if self.sock is not None and self._place is not None:
            self._permitted([self._place], Exchange.under_way())
        super().putrequest(*args, **kwargs)


class _GuardedTLS(_Guarded, HTTPSConnection):
    """The same over TLS."""


@functools.cache
def tls_context() -> ssl.SSLContext:
    """One for all: loading the certificates anew for every connection costs 20 ms of CPU each."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())  # where the system brings none of its own
    return context


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


class _Adapter(HTTPAdapter):
    def __init__(self) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=tls_context(), **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolTLS}

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """The context verifies; requests would load the certificates once more."""


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: the library would read the whole answer to prepare a redirect, however long."""


def open_session(user_agent: str) -> requests.Session:
    """A session that follows no redirect by itself, keeps no cookie and reads no environment."""
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update(
        {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
            "application/xml;q=0.9,application/feed+json;q=0.9,application/json;q=0.8,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate, br",
        }
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter())
    return session
