"""Serves published files on loopback, for looking at them, as a static host would."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from ..formats import FORMATS


class PublishedFiles(SimpleHTTPRequestHandler):
    """Answers with files of one folder, their types and validators; logs nothing."""

    # The table of the standard library depends on the machine.
    extensions_map = (
        SimpleHTTPRequestHandler.extensions_map
        | {f".{one.suffix}": one.media_type for one in FORMATS.values()}
        | dict.fromkeys((".xml", ".rss"), "text/xml; charset=utf-8")  # other types are not drawn
        | {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}
        | {".opml": "text/x-opml+xml", ".png": "image/png"}
    )

    def send_head(self) -> Any:
        """The answer up to its body; 304 without one if the file is known (RFC 9110, 13.1)."""
        tag = self._etag()
        if tag and tag in self.headers.get("If-None-Match", ""):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Adds what a static host sends with every file."""
        if tag := self._etag():
            self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Robots-Tag", "noindex")
        super().end_headers()

    def _etag(self) -> str:
        """A validator for the file that is asked for; "" if there is none."""
        path = Path(self.translate_path(self.path))
        with contextlib.suppress(OSError):
            known = (path / "index.html" if path.is_dir() else path).stat()
            return f'"{known.st_mtime_ns:x}-{known.st_size:x}"'
        return ""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: who serves this is the one who looks."""


@contextlib.contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves a folder until the end of the block; its address.

    Raises UsageError if the port is not available.
    """
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(PublishedFiles, directory=str(folder))
        )
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise click.UsageError(f"port {port}: {problem}; name another with --port") from error
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="files")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
