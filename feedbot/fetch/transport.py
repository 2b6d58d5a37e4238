"""What sends one request. Everything else about HTTP is above it, and holds for every transport:
turns and pauses, robots.txt, redirects, cookies, credentials, size, time, and which addresses may
be reached.

    Fetcher ─▶ Request ─▶ Transport ─▶ Response
                             └─▶ Exchange.connect: the guard, the proxy, the deadline
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from .exchange import Exchange


class TransportError(Exception):
    """A request got no answer; its cause is the error of the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, with all that is to be sent. `url` has neither user nor password."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    tls: ssl.SSLContext | None  # None where none is needed
    method: str = "GET"
    body: bytes | None = None


class Response(Protocol):
    """The answer to one request, as it came: nothing is unpacked or followed."""

    @property
    def status(self) -> int:
        """The status code."""

    @property
    def reason(self) -> str:
        """The words after it; may be ""."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names in any case, those that were sent twice joined by commas."""

    @property
    def cookies(self) -> Sequence[str]:
        """The values of Set-Cookie, one each."""

    def read(self, size: int) -> bytes:
        """What has come of the body, `size` bytes at most; waits for some. b"" at its end."""

    @property
    def received(self) -> int:
        """How many bytes of the body have been read."""


class Transport(Protocol):
    """Sends requests to one host, one at a time, and may keep its connections."""

    def send(self, request: Request, exchange: Exchange) -> AbstractContextManager[Response]:
        """The answer to a request, once its headers have come.

        It connects with `exchange.connect` alone. Raises TransportError, OSError or ValueError.
        """

    def close(self) -> None:
        """Ends the connections that it keeps."""
