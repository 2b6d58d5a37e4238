"""The command line: parse, wire, print. Everything heavy is loaded by the command that needs it."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..config import Config
    from ..operations.inspection import ListingCandidate, SiteInspection
    from ..poll import Tools
    from ..schedule import Observer, Reload

EPILOG = (
    "Exit status: 0 done; 1 something failed and is named, the rest was done;"
    " 2 usage or configuration."
)


class Commands(click.Group):
    """Lists the commands in the order in which a newcomer meets them; draws errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """In the order of definition."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; deliberate errors become one clear message and an exit status."""
        from ..errors import ConfigError, FeedbotError

        try:
            return super().invoke(ctx)
        except ConfigError as error:
            from .output import draw_diagnostics

            click.echo(draw_diagnostics(error.mistakes), err=True)
            ctx.exit(2)
        except FeedbotError as error:
            from ..web.urls import redact  # not before there is something to say: it loads much

            click.echo(f"error: {redact(str(error))}", err=True)
            ctx.exit(1)


def _path(_context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """What was named, as a path. Here, because pathlib alone is a tenth of what help may cost."""
    from pathlib import Path

    return Path(value) if value is not None else None


_config_option = click.option(
    "-c",
    "--config",
    "path",
    type=click.Path(),
    callback=_path,
    envvar="FEEDBOT_CONFIG",
    default="feedbot.toml",
    help="The configuration; else $FEEDBOT_CONFIG, else ./feedbot.toml.",
)


def _sources_like(context: click.Context, _argument: click.Parameter, start: str) -> list[str]:
    """The sources of the configuration that begin like this, for a shell to complete."""
    from .. import config
    from ..errors import ConfigError

    try:
        sources = config.load(context.params["path"]).sources
    except ConfigError:
        return []
    return [source.name for source in sources if source.name.startswith(start)]


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("-v", "--verbose", is_flag=True, help="Log why, not only what.")
@click.option("--log-json", is_flag=True, help="Log in JSON, an object a line.")
@click.version_option(package_name="feedbot", message="feedbot %(version)s")
def main(verbose: bool, log_json: bool) -> None:
    """Topic feeds from news sites that have none."""
    from . import logs

    logs.set_up(verbose=verbose, as_json=log_json)


@main.command()
@_config_option
def run(path: Path) -> None:
    """Poll and publish until SIGTERM or SIGINT; then save what is in hand and end.

    SIGHUP, or `feedbot reload`, takes a new configuration.
    """
    from .. import schedule
    from ..operations import pid_file

    stop, asked = threading.Event(), threading.Event()
    _on_signals({"SIGTERM": (stop, asked), "SIGINT": (stop, asked), "SIGHUP": (asked,)})
    config = _load(path)
    reload = schedule.Reload(asked=asked, load=lambda: _load(path))
    if config.is_shared:
        _work_together(config, stop, reload, leads=True)
        return
    with (
        pid_file.pid_file(config),
        schedule.open_tools(config, _clock) as tools,
        _observers(config, tools) as observers,
    ):
        beat = schedule.Beat(config, tools, observers)
        schedule.run(config, tools, stop, beat=beat, reload=reload)


@main.command()
@_config_option
def worker(path: Path) -> None:
    """Poll what a `feedbot run` on the same PostgreSQL database hands out; on any machine.

    Ends and reloads as `run` does. It publishes nothing.
    """
    from .. import schedule

    stop, asked = threading.Event(), threading.Event()
    _on_signals({"SIGTERM": (stop, asked), "SIGINT": (stop, asked), "SIGHUP": (asked,)})
    config = _load(path, publishes=False)
    if not config.is_shared:
        raise click.UsageError(
            'a worker needs [store] url = "postgresql://…"; `feedbot run` works alone'
        )
    reload = schedule.Reload(asked=asked, load=lambda: _load(path, publishes=False))
    _work_together(config, stop, reload, leads=False)


@main.command()
@_config_option
def reload(path: Path) -> None:
    """Check the configuration, and have the running feedbot take it."""
    from ..operations import pid_file

    process = pid_file.ask_to_reload(_load(path))
    click.echo(f"process {process} takes {path}")


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…", shell_complete=_sources_like)
@_config_option
@_json_option
def poll(sources: tuple[str, ...], path: Path, as_json: bool) -> None:
    """Visit sources once, now, publish, and exit.

    A source that is named is visited even if its host asked for a pause.
    """
    from dataclasses import replace

    from .. import schedule
    from . import logs, output

    config = _load(path)
    names = _chosen(config, sources)
    stop = _stop_on_signals()
    logs.only_errors()  # the table says it all
    with schedule.open_tools(config, _clock) as tools, output.counting("reading") as progress:
        telling = replace(tools, progress=progress)
        outcome = schedule.poll_once(config, telling, names, stop, insist=bool(sources))
    click.echo(_json(output.outcome_json(outcome)) if as_json else output.outcome_table(outcome))
    for problem in output.problems(outcome):
        click.echo(problem, err=True)
    sys.exit(1 if outcome.failed else 0)


@main.command()
@click.argument("url")
@click.option("-n", "count", default=3, show_default=True, help="Articles to read.")
@_config_option
@_json_option
def preview(url: str, count: int, path: Path, as_json: bool) -> None:
    """Show what a listing would yield; store and publish nothing."""
    from .. import schedule
    from ..operations import explain
    from . import output

    config = _load_or_default(path, url)
    with schedule.open_tools(config, _clock) as tools:
        seen = explain.preview(url, config, tools, count)
    click.echo(_json(output.preview_json(seen)) if as_json else output.preview_text(seen))
    sys.exit(0 if seen.links else 1)


@main.command()
@click.argument("url")
@click.option(
    "-t", "--topic", "topics", multiple=True, help="A topic to begin with; several may be."
)
@_config_option
def init(url: str, topics: tuple[str, ...], path: Path) -> None:
    """Look at a site and write a configuration for it, with comments.

    On a terminal it asks what to take; elsewhere it asks nothing and takes all articles.
    """
    from dataclasses import replace

    from .. import config, schedule
    from ..operations import inspection
    from ..web.urls import redact
    from . import output

    if path.exists():
        raise click.UsageError(f"{path} exists; name another file with -c")
    stand_in = config.for_listing(url if "://" in url else f"https://{url}")
    with schedule.open_tools(stand_in, _clock) as tools, output.counting("looking") as progress:
        source = inspection.localised(stand_in.sources[0])
        seen = inspection.inspect_site(source, replace(tools, progress=progress))
        listing = seen.listings[0]
        if sys.stdin.isatty() and sys.stdout.isatty():
            listing, topics = _ask(seen, topics)
        shown = inspection.headlines(listing, source, tools)
    click.echo(output.listing_text(seen, listing, shown))
    with path.open("x", encoding="utf-8") as file:
        file.write(inspection.draft(seen, listing, topics))
    click.echo(f"{path}: {listing.articles} articles on {redact(listing.url)}")
    click.echo(
        f"Before the first poll, set [feeds] url in {path}: the ids of entries keep its host."
    )
    click.echo("Then `feedbot poll` fills the feeds once, and `feedbot run` keeps them up to date.")


def _ask(seen: SiteInspection, topics: tuple[str, ...]) -> tuple[ListingCandidate, tuple[str, ...]]:
    """Has a person choose a listing, and topics where none was named."""
    from . import output

    number = 1
    if len(seen.listings) > 1:
        click.echo(output.survey_text(seen))
        choice = click.IntRange(1, len(seen.listings))
        number = click.prompt("Which listing", type=choice, default=1)
    if not topics:
        answer = click.prompt(
            "Topics, with commas between (none: all articles)", default="", show_default=False
        )
        topics = tuple(name for part in answer.split(",") if (name := part.strip()))
    return seen.listings[number - 1], topics


@main.command()
@click.argument("url", metavar="URL|ID")
@_config_option
@_json_option
def why(url: str, path: Path, as_json: bool) -> None:
    """Explain one article: its text, its date, its story, and its topics with the evidence."""
    from .. import schedule
    from ..operations import explain
    from . import output

    config = _load(path)
    with schedule.open_tools(config, _clock) as tools:
        account = explain.why(url, config, tools)
    click.echo(_json(output.account_json(account)) if as_json else output.account_text(account))


@main.command()
@_config_option
@_json_option
def status(path: Path, as_json: bool) -> None:
    """Show how the sources are, when they are visited next, and what the topics hold."""
    from ..operations.status import collect_status
    from ..store import Store
    from . import output

    config = _load(path)
    with Store(config.store_url) as store:
        store.know_sources(config.sources)
        state = collect_status(config, store)
        work = _queue().standing(config, store, _clock()) if config.is_shared else None
    if as_json:
        click.echo(_json(output.status_json(state, work)))
    else:
        click.echo(output.status_text(state, work, _clock()))


@main.command()
@click.option("--prune", is_flag=True, help="Remove the files of topics that are no more.")
@_config_option
@_json_option
def publish(prune: bool, path: Path, as_json: bool) -> None:
    """Write the whole output again from the store."""
    from .. import schedule
    from ..store import Store

    config = _load(path)
    with Store(config.store_url) as store:
        done = schedule.publish_all(config, store, everything=True, pruned=prune)
    counts = {"written": done.written, "unchanged": done.unchanged}
    text = f"{done.written} files written, {done.unchanged} unchanged"
    click.echo(_json({"feeds": counts}) if as_json else text)


@main.command()
@click.option("--dry-run", is_flag=True, help="Show what would move; change nothing.")
@_config_option
@_json_option
def replay(dry_run: bool, path: Path, as_json: bool) -> None:
    """Route all stored stories again under the current rules, and publish."""
    from ..operations import replay as again
    from ..store import Store
    from . import output

    config = _load(path)
    with Store(config.store_url) as store, output.progress("routing") as progress:
        moves = again.replay(config, store, dry_run=dry_run, progress=progress)
        if not dry_run:
            from .. import schedule

            schedule.publish_all(config, store)
    click.echo(_json(output.moves_json(moves)) if as_json else output.moves_text(moves, config))


@main.command()
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@_config_option
@_json_option
def prune(dry_run: bool, path: Path, as_json: bool) -> None:
    """Free what is older than [store] keep; `run` does so every day."""
    from ..operations import retention
    from ..store import Store
    from . import output

    config = _load(path)
    with Store(config.store_url) as store, output.progress("pruning") as progress:
        gone = retention.prune_store(config, store, _clock(), dry_run=dry_run, progress=progress)
    text = output.pruned_text(gone, dry_run=dry_run)
    click.echo(_json(output.pruned_json(gone)) if as_json else text)


@main.command()
@_config_option
@_json_option
def topics(path: Path, as_json: bool) -> None:
    """Show how the rules do on the stored stories, and what they may lack."""
    from ..operations import replay as again
    from ..store import Store
    from ..topics import review
    from . import output

    config = _load(path)
    with Store(config.store_url) as store, output.progress("routing") as progress:
        seen = review(config.topics, again.routed_stories(config, store, progress))
    click.echo(_json(output.review_json(seen)) if as_json else output.review_text(seen))


@main.command()
@_config_option
def check(path: Path) -> None:
    """Read the configuration and say what is wrong with it, or what was understood."""
    from ..topics import complaints
    from . import output

    config = _load(path)
    click.echo(output.config_text(config))
    for complaint in complaints(config.topics):
        click.echo(output.complaint_text(complaint), err=True)


@main.group()
def store() -> None:
    """Work on the database itself."""


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a whole store into an empty one, checksummed; ids, dates and feeds stay the same.

    FROM and TO are as in [store] url: sqlite:///feedbot.db, or postgresql://… End every feedbot
    on FROM first, then name TO in the configuration.
    """
    from ..errors import FeedbotError
    from ..store import Store, database_file
    from . import output

    file = database_file(source)
    if file is not None and not file.exists():
        raise FeedbotError(f"database {file}: no such file")
    with Store(source) as one, Store(target) as other, output.progress("copying") as progress:
        rows = one.copy_to(other, progress)
    click.echo(f"{rows} rows copied, and the same on both sides")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False), callback=_path)
@_config_option
def backup(file: Path, path: Path) -> None:
    """Copy the database to FILE, consistently, while feedbot runs."""
    from ..store import back_up

    size = back_up(_load(path).store_url, file)
    click.echo(f"{file}: {size / 1e6:.1f} MB, whole")


@main.command()
@_config_option
@_json_option
def doctor(path: Path, as_json: bool) -> None:
    """Look at database, output, permissions, disk, clock and sites; say what to do."""
    from ..operations import doctor as examination
    from . import output

    findings = []
    for finding in examination.diagnose(_load(path), _clock):
        findings.append(finding)
        if not as_json:
            click.echo(output.finding_text(finding))
    if as_json:
        click.echo(_json(output.findings_json(findings)))
    sys.exit(0 if all(finding.good for finding in findings) else 1)


@main.command()
@click.option("--once", is_flag=True, help="Two polls with a correction between, then exit.")
@click.option(
    "-o", "--output", type=click.Path(), callback=_path, help="The folder to publish into."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port of the sample site; any free one if not set.",
)
def demo(once: bool, output: Path | None, port: int) -> None:
    """Serve the built-in sample news site, poll it, and publish its topics into a folder."""
    from . import demonstration

    sys.exit(demonstration.show(once=once, output=output, port=port, stop=_stop_on_signals()))


# --- wiring -----------------------------------------------------------------------------------


def _load(path: Path, *, publishes: bool = True) -> Config:
    """The configuration, with an output that can be written where it `publishes`."""
    from .. import config

    loaded = config.load(path)
    if publishes:
        config.check_writable(loaded)
    return loaded


def _work_together(config: Config, stop: threading.Event, reload: Reload, *, leads: bool) -> None:
    """Runs as one of many processes on a shared database."""
    from .. import schedule

    queue = _queue()
    queue.wait_for_store(config, stop)
    if stop.is_set():
        return
    with (
        schedule.open_tools(config, _clock) as tools,
        _observers(config, tools) as observers,
    ):
        beat = queue.SharedBeat(config, tools, observers, leads=leads)
        schedule.run(config, tools, stop, beat=beat, reload=reload)


def _queue() -> ModuleType:
    """The module of that name, which is an optional part."""
    from ..errors import FeedbotError

    try:
        from ..schedule import queue
    except ImportError:
        raise FeedbotError("PostgreSQL needs `pip install 'feedbot[cluster]'`") from None
    return queue


def _load_or_default(path: Path, url: str) -> Config:
    """The configuration; where there is none, one that knows just this listing."""
    from .. import config

    if path.exists():
        return _load(path)
    return config.for_listing(url)


@contextlib.contextmanager
def _observers(config: Config, tools: Tools) -> Iterator[Sequence[Observer]]:
    """Those who want to hear what the scheduler does."""
    if config.metrics.file is None and config.metrics.listen is None:
        yield ()
        return
    from ..operations import metrics

    with metrics.metered(config, tools) as meter:
        yield (meter,)


def _chosen(config: Config, names: tuple[str, ...]) -> list[str]:
    from ..config.schema import nearest

    known = [source.name for source in config.sources]
    for name in names:
        if name not in known:
            advice = nearest(name, known) or "known: " + ", ".join(known)
            raise click.UsageError(f"no source is called {name!r}; {advice}")
    return list(dict.fromkeys(names)) or known


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    _on_signals({"SIGTERM": (stop,), "SIGINT": (stop,)})
    return stop


def _on_signals(events: Mapping[str, Sequence[threading.Event]]) -> None:
    """Sets events when signals come.

    A thread does, woken through a pipe: a handler would run in the middle of whatever the main
    thread does, which may hold the very lock of the event, or may be about to wait for ever.
    """
    import os
    import signal

    told = {int(signal.Signals[name]): these for name, these in events.items()}
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)

    def listen() -> None:
        while numbers := os.read(ear, 64):
            for event in (event for number in numbers for event in told.get(number, ())):
                event.set()

    threading.Thread(target=listen, daemon=True, name="signals").start()
    for number in told:
        signal.signal(number, lambda *_: None)


def _clock() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)
