"""A mail server on loopback that keeps what it gets (RFC 5321, as far as programs need it)."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

GREETING = b"220 mailbox\r\n"
ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
OK = b"250 ok\r\n"


class Mailbox(socketserver.ThreadingTCPServer):
    """The messages that have arrived, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), _Conversation)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(GREETING)
        for line in self.rfile:
            command = line[:4].upper()
            self.wfile.write(ANSWERS.get(command, OK))
            if command == b"QUIT":
                return
            if command == b"DATA":
                self._keep()

    def _keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        text = b"".join(line.removeprefix(b".") for line in lines)
        self.server.messages.append(message_from_bytes(text, policy=policy.default))
        self.wfile.write(OK)


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server until the end of the block."""
    with Mailbox() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
