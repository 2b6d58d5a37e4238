"""`feedbot demo`: the built-in news site, polled and published for all to see."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from .. import config as configuration
from .. import demo, schedule
from ..demo.portal import Portal
from ..operations.status import collect_status
from ..poll import Tools
from . import output

APPEARS = 5.0  # seconds between two events on the sample site


def show(*, once: bool, output: Path | None, port: int, stop: threading.Event) -> int:
    """Runs the demonstration; returns the exit status."""
    folder = (output or Path(tempfile.mkdtemp(prefix="feedbot-demo-"))).resolve()
    feeds = folder / "feeds"
    feeds.mkdir(parents=True, exist_ok=True)
    # What would be served ends with the process; the files stay.
    served = contextlib.nullcontext(f"{feeds.as_uri()}/") if once else _served(feeds)
    with _portal(port) as portal, served as address:
        path = folder / "feedbot.toml"
        path.write_text(demo.configuration(portal.url, folder, address), encoding="utf-8")
        config = configuration.load(path)
        configuration.check_writable(config)
        with schedule.open_tools(config, lambda: datetime.now(UTC)) as tools:
            if once:
                return _twice(config, tools, portal, stop)
            _introduce(config, portal, address)
            _keep_publishing(portal, stop)
            schedule.run(config, tools, stop)
    return 0


@contextlib.contextmanager
def _portal(port: int) -> Iterator[Portal]:
    """The sample site; a usage error if its port cannot be had."""
    with contextlib.ExitStack() as stack:
        try:
            portal = stack.enter_context(Portal(port=port))
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            raise click.UsageError(f"port {port}: {problem}; name another with --port") from error
        yield portal


def _twice(
    config: configuration.Config, tools: Tools, portal: Portal, stop: threading.Event
) -> int:
    names = [source.name for source in config.sources]
    first = schedule.poll_once(config, tools, names, stop)
    portal.correct()
    portal.advance()
    second = schedule.poll_once(config, tools, names, stop)
    rounds = {"first poll": first, "after a correction and a new story": second}
    click.echo(output.rounds_table(rounds))
    click.echo()
    state = collect_status(config, tools.store)
    click.echo(output.topics_table(state, config.folder))
    click.echo(f"\nopen {config.output.url}index.html (the sample site is gone now)")
    for problem in [*output.problems(first), *output.problems(second)]:
        click.echo(problem, err=True)
    return 1 if first.failed or second.failed else 0


def _introduce(config: configuration.Config, portal: Portal, address: str) -> None:
    click.echo(f"sample news site   {portal.url}")
    click.echo(f"its topics         {address}index.html")
    click.echo(f"subscribe to       {address}rusland.xml")
    click.echo(f"the files          {config.folder}")
    click.echo("a story appears or is corrected every few seconds; Ctrl-C ends it")


class _Files(SimpleHTTPRequestHandler):
    """Serves the published files as a static host would."""

    # The table of the standard library depends on the machine.
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".xml": "text/xml; charset=utf-8",
        ".json": "application/feed+json",
        ".opml": "text/x-opml+xml",
        ".css": "text/css",
    }

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: what happens on the sample site is the story."""


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are served meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="files")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def _keep_publishing(portal: Portal, stop: threading.Event) -> None:
    def go_on() -> None:
        for turn in range(10_000):
            if stop.wait(APPEARS):
                return
            portal.correct() if turn % 3 == 2 else portal.advance()

    threading.Thread(target=go_on, daemon=True, name="newsroom").start()
