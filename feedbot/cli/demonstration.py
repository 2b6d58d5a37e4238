"""`feedbot demo`: the built-in news site, polled and published for all to see."""

from __future__ import annotations

import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import click

from .. import config as configuration
from .. import demo, explain, schedule
from ..demo.portal import Portal
from ..poll import Tools
from . import words

APPEARS = 5.0  # seconds between two events on the sample site


def show(*, once: bool, output: Path | None, port: int, stop: threading.Event) -> int:
    """Runs the demonstration; returns the exit status."""
    folder = (output or Path(tempfile.mkdtemp(prefix="feedbot-demo-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with Portal(port=port) as portal:
        path = folder / "feedbot.toml"
        path.write_text(demo.configuration(portal.url, folder), encoding="utf-8")
        config = configuration.load(path)
        configuration.check_places(config)
        with schedule.open_tools(config, lambda: datetime.now(UTC)) as tools:
            if once:
                return _twice(config, tools, portal, stop)
            _introduce(config, portal)
            _keep_publishing(portal, stop)
            schedule.run(config, tools, stop)
    return 0


def _twice(
    config: configuration.Config, tools: Tools, portal: Portal, stop: threading.Event
) -> int:
    names = [source.name for source in config.sources]
    first = schedule.poll_once(config, tools, names, stop)
    portal.correct()
    portal.advance()
    second = schedule.poll_once(config, tools, names, stop)
    rounds = {"first poll": first, "after a correction and a new story": second}
    click.echo(words.rounds_table(rounds))
    click.echo()
    state = explain.status(config, tools.store)
    click.echo(words.topics_table(state, config.folder))
    for problem in [*words.problems(first), *words.problems(second)]:
        click.echo(problem, err=True)
    return 1 if first.failed or second.failed else 0


def _introduce(config: configuration.Config, portal: Portal) -> None:
    folder = config.folder
    click.echo(f"sample news site   {portal.url}")
    click.echo(f"published feeds    {folder}")
    click.echo(f"look at            {folder / 'index.html' if folder else ''}")
    click.echo(f"subscribe to       {folder / 'rusland.xml' if folder else ''}")
    click.echo("a story appears or is corrected every few seconds; Ctrl-C ends it")


def _keep_publishing(portal: Portal, stop: threading.Event) -> None:
    def go_on() -> None:
        for turn in range(10_000):
            if stop.wait(APPEARS):
                return
            portal.correct() if turn % 3 == 2 else portal.advance()

    threading.Thread(target=go_on, daemon=True, name="newsroom").start()
