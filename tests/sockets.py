"""A transport that is not feedbot's own: http.client over the connections of the exchange."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from feedbot.fetch.exchange import Exchange
from feedbot.fetch.transport import Request


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response
        self.status, self.reason = response.status, response.reason
        self.headers: Mapping[str, str] = response.headers  # type: ignore[assignment]
        self.cookies: Sequence[str] = response.headers.get_all("Set-Cookie") or ()
        self.received = 0

    def read(self, size: int) -> bytes:
        piece = self._response.read1(size)
        self.received += len(piece)
        return piece


class SocketTransport:
    """A connection for each request."""

    @contextmanager
    def send(self, request: Request, exchange: Exchange) -> Iterator[Answer]:
        parts = urlsplit(request.url)
        is_tls = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if is_tls else 80)
        line = exchange.connect(host, port)
        sock: socket.socket = line.sock
        try:
            if is_tls:
                sock = request.tls.wrap_socket(sock, server_hostname=host)
            connection = http.client.HTTPConnection(host, port)
            connection.sock = sock
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            connection.request(request.method, path, request.body, dict(request.headers))
            with connection.getresponse() as response:
                yield Answer(response)
        finally:
            sock.close()

    def close(self) -> None:
        """Nothing is kept."""
