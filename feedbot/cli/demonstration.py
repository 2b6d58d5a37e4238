"""`feedbot demo`: serves the built-in news site, polls it, and publishes its topics."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from .. import config as configuration
from .. import demo, schedule
from ..demo.portal import Portal
from ..operations.status import collect_status
from ..poll import Tools
from ..schedule.loop import Reload, run
from . import output
from .serving import served

APPEARS = 5.0  # seconds between two events on the sample site
REMINDS = 12  # events until it says again where to look


def show(*, once: bool, output: Path | None, port: int, stop: threading.Event) -> int:
    """Runs the demonstration; returns the exit status."""
    folder = (output or Path(tempfile.mkdtemp(prefix="feedbot-demo-"))).resolve()
    feeds = folder / "feeds"
    feeds.mkdir(parents=True, exist_ok=True)
    # With --once nothing is served, since only the files outlive the process.
    serving = contextlib.nullcontext(f"{feeds.as_uri()}/") if once else served(feeds)
    with _portal(port) as portal, serving as address:
        path = folder / "feedbot.toml"
        path.write_text(demo.configuration(portal.url, folder, address), encoding="utf-8")
        config = configuration.load(path)
        configuration.check_writable(config)
        with schedule.open_tools(config, lambda: datetime.now(UTC)) as tools:
            if once:
                return _twice(config, tools, portal, stop)
            asked = threading.Event()
            reload = Reload(asked=asked, load=lambda: configuration.load(path))
            with _desk(config, tools, asked) as desk:
                _introduce(config, portal, address, desk)
                _keep_publishing(portal, stop, address)
                run(config, tools, stop, reload=reload)
    return 0


@contextlib.contextmanager
def _portal(port: int) -> Iterator[Portal]:
    """The sample site, served on `port`. Raises UsageError if the port is not available."""
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
    click.echo(f"\nopen {config.output.url}index.html (the sample site itself has been stopped)")
    for problem in [*output.problems(first), *output.problems(second)]:
        click.echo(problem, err=True)
    return 1 if first.failed or second.failed else 0


@contextlib.contextmanager
def _desk(config: configuration.Config, tools: Tools, asked: threading.Event) -> Iterator[str]:
    """Serves the desk on any port; its address, or what it needs."""
    try:
        from .. import desk
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("feedbot"):
            raise
        yield "needs `pip install 'feedbot[desk]'`"
        return
    around = desk.Surroundings(clock=tools.clock, tools=tools, asked=asked)
    with desk.serving(configuration.with_desk_at(config, "127.0.0.1:0"), around) as address:
        yield address


def _introduce(config: configuration.Config, portal: Portal, address: str, desk: str) -> None:
    click.echo(f"sample news site   {portal.url}")
    click.echo(f"desk               {desk}")
    click.echo(f"subscribe to       {address}rusland.xml")
    click.echo(f"files              {config.folder}")
    click.echo("A story appears or is corrected every few seconds. Press Ctrl-C to stop.")
    click.echo(f"\nNow open           {address}\n")


def site_only(*, port: int, stop: threading.Event) -> None:
    """Serves the sample site, on which nothing happens, until `stop` is set."""
    with _portal(port) as portal:
        click.echo(f"sample news site   {portal.url}")
        click.echo("Nothing changes on it. Press Ctrl-C to stop.")
        stop.wait()


def _keep_publishing(portal: Portal, stop: threading.Event, address: str) -> None:
    def go_on() -> None:
        for turn in range(10_000):
            if stop.wait(APPEARS):
                return
            portal.correct() if turn % 3 == 2 else portal.advance()
            if turn % REMINDS == REMINDS - 1:
                click.echo(f"still running; open {address}")

    threading.Thread(target=go_on, daemon=True, name="newsroom").start()
