"""A web server that says exactly what a test tells it to, byte by byte, over real sockets."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import BinaryIO, Self

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; header names in lower case."""

    path: str
    headers: dict[str, str]
    began: float  # monotonic seconds
    body: bytes = b""


Say = Callable[[socket.socket], None]  # writes to the connection as it likes
Answer = bytes | Say


def reply(
    body: bytes | str = b"", *headers: str, status: int = 200, content_type: str = HTML
) -> bytes:
    """A whole response. A header line without a value takes the usual one away."""
    body = body.encode() if isinstance(body, str) else body
    lines = {"content-type": f"Content-Type: {content_type}"}
    if status != 304:
        lines["content-length"] = f"Content-Length: {len(body)}"
    for number, header in enumerate(headers):
        name, _, value = header.partition(":")
        lines[name.lower() if name.lower() in lines else str(number)] = header if value else ""
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *filter(None, lines.values())]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def redirect(status: int, location: str) -> bytes:
    return reply(b"", f"Location: {location}", status=status)


class Listener:
    """Accepts connections while it is open, and serves each in a thread."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, 0), family=family)
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        raise NotImplementedError


class Wire(Listener):
    """Serves `answers` by path: an answer, or several, of which the last is given for ever.

    A plain answer leaves the connection open, unless it says `Connection: close`; one that writes
    by itself is hung up on when it returns.
    """

    def __init__(self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {"/robots.txt": reply(status=404)}
        self.requests: list[Request] = []
        self.parallel = 0  # the most requests that were under way at a time
        super().__init__(address)
        self._address = address
        self._tls = tls
        self._under_way = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        host = f"[{self._address}]" if ":" in self._address else self._address
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.requests]

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        with contextlib.suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rb") as reader:
                while request := _read(reader):
                    if not self._answer(connection, request):
                        return
        with self._lock:
            self._open.discard(connection)

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        """Whether the connection stays open."""
        with self._lock:
            self.requests.append(request)
            self._under_way += 1
            self.parallel = max(self.parallel, self._under_way)
            answer = self.answers.get(request.path, reply("niet gevonden", status=404))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
        try:
            if isinstance(answer, bytes):
                connection.sendall(answer)
                return b"connection: close" not in answer.partition(b"\r\n\r\n")[0].lower()
            answer(connection)
            return False
        finally:
            with self._lock:
                self._under_way -= 1


def _read(reader: BinaryIO) -> Request | None:
    first = reader.readline().decode("latin-1").split()
    if len(first) != 3 or not first[2].startswith("HTTP/"):  # the bytes of TLS may be three words
        return None
    headers = {}
    for line in reader:
        if not line.strip():
            body = reader.read(int(headers.get("content-length", 0)))
            return Request(first[1], headers, time.monotonic(), body)
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return None


@dataclass
class Slowly:
    """Says something first, and then goes on, piece by piece, until nobody listens."""

    first: bytes
    piece: bytes
    pause: float = 0.0
    times: float = field(default=float("inf"))

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        sent = 0
        while sent < self.times:
            connection.sendall(self.piece)
            sent += 1
            time.sleep(self.pause)
