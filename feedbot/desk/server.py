"""Serves a desk with waitress, in a thread."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from waitress import wasyncore
from waitress.server import create_server

from ..config import Config
from ..errors import FeedbotError
from ..events import emit
from ..store import Store
from .site import create_site
from .state import Desk, Surroundings

log = logging.getLogger(__name__)

LISTEN = "127.0.0.1:8710"  # unless [desk] listen says otherwise
PATIENCE = 2.0  # seconds that answers have when the desk ends
THREADS = 4  # that answer; one person looks at the desk


@contextlib.contextmanager
def serving(config: Config, around: Surroundings) -> Iterator[str]:
    """Serves the desk until the end of the block; its address.

    Raises FeedbotError if the address is not available.
    """
    address = config.desk.listen or LISTEN
    with contextlib.ExitStack() as stack:
        tools = around.tools
        store = tools.store if tools else stack.enter_context(Store(config.store_url))
        desk = Desk(config, store, around)
        stack.callback(desk.stories.close)
        site = create_site(desk, address)
        yield stack.enter_context(_served(site, address, config))


@contextlib.contextmanager
def _served(site: WSGIApplication, address: str, config: Config) -> Iterator[str]:
    host, _, port = address.rpartition(":")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every burst
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            below(site, config.desk.url or ""),
            map=sockets,
            host=host.strip("[]"),
            port=int(port),
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=1_000_000,
        )
    except OSError as error:
        raise FeedbotError(f"[desk] listen {address}: {error.strerror or error}") from error
    stop = threading.Event()
    thread = threading.Thread(target=_loop, args=(server, sockets, stop), name="desk", daemon=True)
    thread.start()
    port = str(getattr(server, "effective_port", port))  # of several addresses each has the same
    here = f"http://{host}:{port}/"
    emit(log, logging.INFO, "desk", config.desk.url or here)
    try:
        yield here
    finally:
        stop.set()
        with contextlib.suppress(OSError):
            next(iter(sockets.values())).pull_trigger()
        thread.join(PATIENCE)


def _loop(server: Any, sockets: dict[int, Any], stop: threading.Event) -> None:
    """Serves until it is to stop. waitress's own loop ends with its process only."""
    while not stop.is_set():
        wasyncore.loop(timeout=1.0, map=sockets, count=1)
    server.task_dispatcher.shutdown(timeout=PATIENCE)
    for one in list(sockets.values()):
        one.close()


def below(site: WSGIApplication, url: str) -> WSGIApplication:
    """The same site, below the path of `url`, whether the proxy takes it off or passes it on."""
    prefix = url.partition("://")[2].partition("/")[2].rstrip("/")
    if not prefix:
        return site
    mount = f"/{prefix}"

    def mounted(environ: WSGIEnvironment, start: StartResponse) -> object:
        path = environ.get("PATH_INFO", "")
        if path == mount or path.startswith(f"{mount}/"):
            environ["PATH_INFO"] = path[len(mount) :] or "/"
        environ["SCRIPT_NAME"] = mount
        return site(environ, start)

    return mounted  # type: ignore[return-value]
