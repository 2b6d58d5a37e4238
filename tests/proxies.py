"""Proxies on real sockets: HTTP with CONNECT, and SOCKS5 with and without a password."""

from __future__ import annotations

import contextlib
import socket
import threading
from base64 import b64decode
from typing import BinaryIO

from tests.wire import Listener

# What a proxy of the test leads to: its own names to addresses of this machine.
Names = dict[str, tuple[str, int]]


class Relay(Listener):
    """Leads each connection on to where it asks for."""

    def __init__(self, names: Names | None = None, login: str = "") -> None:
        super().__init__()
        self.names = names or {}
        self.login = login  # "user:password" that is needed
        self.asked: list[str] = []
        self.refused = 0

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), client, client.makefile("rb") as reader:
            self.lead(client, reader)

    def lead(self, client: socket.socket, reader: BinaryIO) -> None:
        raise NotImplementedError

    def connect(self, host: str, port: int) -> socket.socket:
        self.asked.append(f"{host}:{port}")
        return socket.create_connection(self.names.get(host, (host, port)))


def pump(client: socket.socket, reader: BinaryIO, server: socket.socket) -> None:
    def back() -> None:
        with contextlib.suppress(OSError):
            while piece := server.recv(65536):
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=back, daemon=True)
    thread.start()
    with contextlib.suppress(OSError):
        while piece := reader.read1(65536):  # type: ignore[attr-defined]
            server.sendall(piece)
        server.shutdown(socket.SHUT_WR)
    thread.join()
    server.close()


class HttpProxy(Relay):
    def lead(self, client: socket.socket, reader: BinaryIO) -> None:
        method, target, _ = reader.readline().decode().split()
        lines = []
        while (line := reader.readline()).strip():
            lines.append(line)
        if self.login and not self._knows(lines):
            self.refused += 1
            client.sendall(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            server = self.connect(host.strip("[]"), int(port))
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            address, _, path = target.removeprefix("http://").partition("/")
            host, _, port = address.partition(":")
            server = self.connect(host, int(port or 80))
            kept = [one for one in lines if not one.lower().startswith((b"proxy", b"connection"))]
            head = [f"{method} /{path} HTTP/1.1\r\n".encode(), *kept, b"Connection: close\r\n\r\n"]
            server.sendall(b"".join(head))
        pump(client, reader, server)

    def _knows(self, lines: list[bytes]) -> bool:
        said = dict(line.decode().strip().split(": ", 1) for line in lines)
        given = said.get("Proxy-Authorization", said.get("proxy-authorization", ""))
        return b64decode(given.removeprefix("Basic ")).decode() == self.login


class SocksProxy(Relay):
    def lead(self, client: socket.socket, reader: BinaryIO) -> None:
        methods = reader.read(reader.read(2)[1])
        wanted = 2 if self.login else 0
        if wanted not in methods:
            self.refused += 1
            client.sendall(b"\x05\xff")
            return
        client.sendall(bytes((5, wanted)))
        if self.login:
            user = reader.read(reader.read(2)[1])
            password = reader.read(reader.read(1)[0])
            good = b":".join((user, password)).decode() == self.login
            # Counted first: whoever reads the answer may look at the count at once.
            self.refused += not good
            client.sendall(bytes((1, not good)))
            if not good:
                return
        kind = reader.read(4)[3]
        if kind == 3:
            host = reader.read(reader.read(1)[0]).decode()
        else:
            family, size = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
            host = socket.inet_ntop(family, reader.read(size))
        port = int.from_bytes(reader.read(2))
        server = self.connect(host, port)
        client.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        pump(client, reader, server)
