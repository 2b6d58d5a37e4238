"""The transport that is used: requests, taught to connect through the exchange.

The only home of requests and urllib3, but for what `guard` asks of how they spell a host.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from .exchange import Exchange, Line
from .guard import BlockedAddress
from .transport import Request, TransportError

# Header lines of an answer. The library stops at 100, and some sites send more; browsers read them.
http.client._MAXHEADERS = 500  # type: ignore[attr-defined] # noqa: SLF001 - no public name

ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
)


class _FinalResponse(http.client.HTTPResponse):
    """An answer after the informational ones before it, such as 103 Early Hints."""

    def _read_status(self) -> tuple[str, int, str]:
        # The library skips 100 alone (RFC 9110, section 15.2: all of them may be ignored).
        version, status, reason = super()._read_status()  # type: ignore[misc] # no public name
        is_early = 100 <= status < 200 and status != HTTPStatus.SWITCHING_PROTOCOLS
        return version, HTTPStatus.CONTINUE if is_early else status, reason


class _Guarded(HTTPConnection):
    """A connection that is made by its exchange.

    One that was kept is checked again, because another source may use it now.
    """

    response_class = _FinalResponse
    _line: Line | None = None

    def _new_conn(self) -> socket.socket:
        exchange, before, self._line = Exchange.under_way(), self._line, None
        host = self._dns_host.strip("[]")
        try:
            self._line = exchange.connect(host, self.port, self.socket_options or ())
        except BlockedAddress:
            raise
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        finally:
            if before:
                before.forget()  # only now: its number may go to another file at once
        return self._line.sock

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        if self._line is not None:
            exchange = Exchange.under_way()
            exchange.waits_for(self._line.hang_up)
            exchange.is_on_kept_line = self.sock is not None
            if self.sock is not None:
                exchange.check_again(self._dns_host.strip("[]"), self.port, self._line)
        super().putrequest(*args, **kwargs)


class _GuardedTLS(_Guarded, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


POOLS = {"http": _Pool, "https": _PoolTLS}


class _Adapter(HTTPAdapter):
    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._tls, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._tls, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """The context verifies; requests would load the certificates once more."""


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: the library would read the whole answer to prepare a redirect, however long."""


def _open_session(tls: ssl.SSLContext | None) -> requests.Session:
    """A session that follows no redirect by itself, keeps no cookie and reads no environment."""
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(tls))
    return session


class _Answer:
    """A response of requests as `transport.Response`."""

    def __init__(self, response: requests.Response) -> None:
        self._response = response
        self.status = response.status_code
        self.reason = response.reason or ""
        self.headers: Mapping[str, str] = response.headers
        raw = response.raw
        self.cookies: Sequence[str] = raw.headers.getlist("Set-Cookie")
        if raw.length_remaining == 0 and self.status >= 200:
            raw.read1(1)  # nothing follows, so the connection can be kept

    def read(self, size: int) -> bytes:
        """What has come: waiting for whole chunks would outlast the time limit."""
        try:
            piece: bytes = self._response.raw.read1(size, decode_content=False)
        except ERRORS as error:
            raise TransportError(str(error)) from error
        return piece

    @property
    def received(self) -> int:
        """How many bytes of the body have been read."""
        return int(self._response.raw.tell())


class RequestsTransport:
    """Sends requests to one host; a session for each proxy and each set of certificates."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[str, int], requests.Session] = {}

    @contextmanager
    def send(self, request: Request, exchange: Exchange) -> Iterator[_Answer]:
        """The answer to a request; see `transport.Transport`."""
        proxy = exchange.proxy.url if exchange.proxy and exchange.proxy.is_http else ""
        through = exchange.proxy.url if exchange.proxy else ""
        session = self._session((through, id(request.tls)), request.tls)

        def ask() -> requests.Response:
            return session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                proxies={"http": proxy, "https": proxy} if proxy else {},
                timeout=exchange.left(),
                stream=True,
                allow_redirects=False,
            )

        try:
            try:
                response = ask()
            except requests.ConnectionError:
                # A host may end a connection that it kept just as it is used again
                # (RFC 9112, section 9.3.1).
                if not exchange.is_on_kept_line or request.method != "GET":
                    raise
                response = ask()
        except ERRORS as error:
            raise TransportError(str(error)) from error
        with response:
            try:
                answer = _Answer(response)
            except ERRORS as error:
                raise TransportError(str(error)) from error
            yield answer

    def _session(self, key: tuple[str, int], tls: ssl.SSLContext | None) -> requests.Session:
        if key not in self._sessions:
            self._sessions[key] = _open_session(tls)
        return self._sessions[key]

    def close(self) -> None:
        """Ends the connections that it keeps."""
        for session in self._sessions.values():
            session.close()
