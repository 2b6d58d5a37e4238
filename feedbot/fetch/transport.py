"""requests, taught a deadline, an address guard and one TLS context for all."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import ssl
import threading
import weakref
from collections.abc import Collection, Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from .guard import BlockedAddress, connect


class Exchange:
    """One request and its answer, which must both be over at a deadline.

    Socket timeouts start anew with every byte, so a server that drips can hold a reader for ever;
    a timer that shuts the socket down cannot be held.
    """

    _current = threading.local()

    def __init__(self) -> None:
        self._twin: int | None = None
        self._lock = threading.Lock()
        self.expired = False
        self.aborted = False

    @classmethod
    def under_way(cls) -> Exchange | None:
        """The exchange of this thread."""
        return getattr(cls._current, "exchange", None)

    def take(self, twin: int) -> None:
        """Remembers the connection that carries it, by a duplicate of its file descriptor."""
        with self._lock:
            self._twin = twin
            if self.expired or self.aborted:
                self._shut_now()

    def expire(self) -> None:
        """Ends it because its time is over."""
        self.expired = True
        self._shut()

    def abort(self) -> None:
        """Ends it because feedbot is stopping."""
        self.aborted = True
        self._shut()

    def _shut(self) -> None:
        with self._lock:
            self._shut_now()

    def _shut_now(self) -> None:
        if self._twin is None:
            return
        with (
            contextlib.suppress(OSError),  # it has ended by itself
            socket.socket(fileno=os.dup(self._twin)) as connection,
        ):
            connection.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Makes it this thread's exchange, for so long at most."""
        timer = threading.Timer(max(seconds, 0), self.expire)
        timer.daemon = True
        timer.start()
        self._current.exchange = self
        try:
            yield
        finally:
            self._current.exchange = None
            timer.cancel()
            with self._lock:
                self._twin = None


class _Guarded(HTTPConnection):
    """A connection that checks its address and tells its exchange about itself.

    The library hands its socket on, to TLS or to a response, and forgets it; a duplicate of the
    file descriptor stays good for shutting the connection down, whoever reads from it.
    """

    named_hosts: Collection[str] = ()
    _twin: int | None = None
    _close_twin: weakref.finalize[[int], _Guarded] | None = None

    def _new_conn(self) -> socket.socket:
        sock = self._connected()
        if self._close_twin:
            self._close_twin()
        self._twin = os.dup(sock.fileno())
        self._close_twin = weakref.finalize(self, os.close, self._twin)
        self._tell()
        return sock

    def _tell(self) -> None:
        exchange = Exchange.under_way()
        if exchange and self._twin is not None:
            exchange.take(self._twin)

    def _connected(self) -> socket.socket:
        try:
            return connect(
                self._dns_host,
                self.port,
                self.timeout if isinstance(self.timeout, int | float) else None,
                self.socket_options or (),
                named=self._dns_host.strip("[]").rstrip(".") in self.named_hosts,
            )
        except BlockedAddress:
            raise
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        self._tell()
        super().putrequest(*args, **kwargs)


class _GuardedTLS(_Guarded, HTTPSConnection):
    """The same over TLS."""


@functools.cache
def tls_context() -> ssl.SSLContext:
    """One for all: loading the certificates anew for every connection costs 20 ms of CPU each."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())  # where the system brings none of its own
    return context


class _Adapter(HTTPAdapter):
    def __init__(self, named_hosts: Collection[str]) -> None:
        self._named_hosts = named_hosts
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=tls_context(), **kwargs)
        named = {"named_hosts": self._named_hosts}
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": type(
                "Pool", (HTTPConnectionPool,), {"ConnectionCls": type("Plain", (_Guarded,), named)}
            ),
            "https": type(
                "Pool",
                (HTTPSConnectionPool,),
                {"ConnectionCls": type("TLS", (_GuardedTLS,), named)},
            ),
        }

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """The context verifies; requests would load the certificates once more."""


def open_session(user_agent: str, named_hosts: Collection[str]) -> requests.Session:
    """A session that follows no redirect by itself, keeps no cookie and reads no environment."""
    session = requests.Session()
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
        session.mount(scheme, _Adapter(named_hosts))
    return session
