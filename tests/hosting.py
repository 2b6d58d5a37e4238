"""A folder of files on loopback, as a static host without a configuration of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar


class Files(SimpleHTTPRequestHandler):
    """The table of the standard library depends on the machine."""

    extensions_map: ClassVar[dict[str, str]] = {
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/feed+json",
        ".rss": "application/xml",
        ".xml": "application/xml",
        "": "application/octet-stream",
    }

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of the folder meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
