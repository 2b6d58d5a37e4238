"""HTTP on loopback for the sample site: real connections, threads, and answers gone wrong."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

HTML = "text/html; charset=utf-8"
DRIP = 0.1  # seconds between two bytes of a slow answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back. `manner` says how badly."""

    body: str = ""
    status: HTTPStatus = HTTPStatus.OK
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Literal["well", "slow", "truncated"] = "well"


Answering = Callable[[str, str, Message], Answer]  # method, path with query, headers


class Server(ThreadingHTTPServer):
    """Knows its connections, so that no kept-alive one goes on answering after the end."""

    daemon_threads = False  # server_close waits for them

    def __init__(self, address: tuple[str, int], answering: Answering) -> None:
        self.closing = threading.Event()
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, partial(_Connection, answering))

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        assert isinstance(request, socket.socket)
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client that has seen enough
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Ends every connection."""
        self.closing.set()
        with self._guard:
            for connection in self._connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # the client was first


class _Connection(BaseHTTPRequestHandler):
    """Speaks HTTP; `answering` decides what to say."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together: two writes would cost 40 ms of delayed ACK
    server: Server

    def __init__(self, answering: Answering, *arguments: object) -> None:
        self._answering = answering
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._reply()

    def do_HEAD(self) -> None:
        self._reply()

    def _reply(self) -> None:
        answer = self._answering(self.command, self.path, self.headers)
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self._send(body, answer)

    def _send(self, body: bytes, answer: Answer) -> None:
        match answer.manner:
            case "well":
                self.wfile.write(body)
            case "truncated":
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
            case "slow":
                self._drip(body)
        self.wfile.flush()

    def _drip(self, body: bytes) -> None:
        for byte in body:
            if self.server.closing.wait(DRIP):
                self.close_connection = True
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: `Portal.requests` is the log."""
