"""The command line. Each command imports heavy modules itself, so that `--help` stays fast."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..config import Config
    from ..operations.inspection import ListingCandidate, SiteInspection
    from ..operations.opml import Subscription
    from ..poll import Tools
    from ..schedule.loop import Reload
    from ..schedule.observer import Observer

EPILOG = (
    "Exit status: 0 success; 1 something failed (the error names it) and the rest was done;"
    " 2 wrong usage or configuration."
)
ENDS = 90.0  # seconds in which a process that is told to end does so
AGAIN = 1.0  # seconds from which a second signal counts: some tools send one twice


class Commands(click.Group):
    """Lists commands in the order a newcomer needs them; turns feedbot's errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of definition."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; a FeedbotError becomes a message on stderr and an exit status."""
        from ..errors import ConfigError, FeedbotError

        _open_output()
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            from .output import draw_diagnostics

            click.echo(draw_diagnostics(error.mistakes), err=True)
            ctx.exit(2)
        except FeedbotError as error:
            from ..web.urls import redact  # imported late: it is slow to load

            click.echo(f"error: {redact(str(error))}", err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename is not None:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # for what Python still writes as it ends
            click.echo("error: standard output: no space left", err=True)
            ctx.exit(1)


def _open_output() -> None:
    """Has what is printed go nowhere if this process was started without outputs."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end


def _path(_context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """The value as a path. Imports pathlib late: it is a tenth of the time allowed for `--help`."""
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
    help="The configuration file. Default: $FEEDBOT_CONFIG, else ./feedbot.toml.",
)


def _sources_like(context: click.Context, _argument: click.Parameter, start: str) -> list[str]:
    """The names of configured sources that begin with `start`, for shell completion."""
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
@click.option("-v", "--verbose", is_flag=True, help="Log reasons as well as results.")
@click.option("--log-json", is_flag=True, help="Log JSON, one object per line.")
@click.version_option(package_name="feedbot", message="feedbot %(version)s")
def main(verbose: bool, log_json: bool) -> None:
    """Turn news sites without feeds into one Atom feed per topic."""
    from . import logs

    logs.set_up(verbose=verbose, as_json=log_json)


@main.command()
@_config_option
def run(path: Path) -> None:
    """Keep polling and publishing until stopped.

    SIGTERM or SIGINT (Ctrl-C) stops it; work in progress is saved first, unless it comes a
    second time. SIGHUP, or `feedbot reload`, makes it read the configuration again.
    """
    from ..operations import pid_file
    from ..schedule import beat, loop, open_tools

    stop, asked = threading.Event(), threading.Event()
    _on_signals({"SIGTERM": (stop, asked), "SIGINT": (stop, asked), "SIGHUP": (asked,)})
    config = _load_cached(path)
    reload = loop.Reload(asked=asked, load=lambda: _load(path))
    if config.is_shared:
        _work_together(config, stop, reload, leads=True)
        return
    with (
        pid_file.pid_file(config),
        open_tools(config, _clock) as tools,
        _observers(config, tools) as observers,
        _desk_within(config, tools, asked),
    ):
        pulse = beat.Beat(config, tools, observers)
        loop.run(config, tools, stop, beat=pulse, reload=reload)


@main.command()
@_config_option
def worker(path: Path) -> None:
    """Poll sources for a `feedbot run` on another machine.

    Both must use the same PostgreSQL database. Signals work as for `run`. A worker does not
    publish.
    """
    from ..schedule import loop

    stop, asked = threading.Event(), threading.Event()
    _on_signals({"SIGTERM": (stop, asked), "SIGINT": (stop, asked), "SIGHUP": (asked,)})
    config = _load(path, publishes=False)
    if not config.is_shared:
        raise click.UsageError(
            'a worker needs [store] url = "postgresql://…"; on SQLite, `feedbot run` works alone'
        )
    reload = loop.Reload(asked=asked, load=lambda: _load(path, publishes=False))
    _work_together(config, stop, reload, leads=False)


@main.command()
@_config_option
def reload(path: Path) -> None:
    """Make the running feedbot use the changed configuration."""
    from ..operations import pid_file

    process = pid_file.ask_to_reload(_load(path))
    click.echo(f"asked process {process} to reload {path}")


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…", shell_complete=_sources_like)
@_config_option
@_json_option
def poll(sources: tuple[str, ...], path: Path, as_json: bool) -> None:
    """Visit sources once, publish, and exit.

    Visits all sources, or only those named. A named source is visited even if its host asked
    feedbot to pause, or said that its listing is gone for good.
    """
    from dataclasses import replace

    from .. import schedule
    from . import logs, output

    config = _load_cached(path)
    names = _chosen(config, sources)
    stop = _stop_on_signals()
    logs.only_errors()  # the table shows everything else
    with schedule.open_tools(config, _clock) as tools, output.counting("reading") as progress:
        is_first = tools.store.is_new()
        watched = replace(tools, progress=progress)
        outcome = schedule.poll_once(config, watched, names, stop, insist=bool(sources))
    click.echo(_json(output.outcome_json(outcome)) if as_json else output.outcome_table(outcome))
    if is_first and not as_json:
        click.echo(output.next_steps(config))
    for problem in [*output.warnings(outcome.published), *output.problems(outcome)]:
        click.echo(problem, err=True)
    sys.exit(1 if outcome.failed else 0)


@main.command()
@click.argument("url")
@click.option("-n", "count", default=3, show_default=True, help="How many articles to read.")
@_config_option
@_json_option
def preview(url: str, count: int, path: Path, as_json: bool) -> None:
    """Show what a listing page yields; nothing is stored or published."""
    from .. import schedule
    from ..operations import explain
    from . import output

    config = _load_or_default(path, url)
    with schedule.open_tools(config, _clock) as tools:
        seen = explain.preview(url, config, tools, count)
    click.echo(_json(output.preview_json(seen)) if as_json else output.preview_text(seen))
    sys.exit(0 if seen.links else 1)


@main.command()
@click.argument("places", metavar="URL|OPML...", nargs=-1, required=True)
@click.option(
    "-t", "--topic", "topics", multiple=True, help="A topic to write into it. May be repeated."
)
@_config_option
def init(places: tuple[str, ...], topics: tuple[str, ...], path: Path) -> None:
    """Inspect sites and write a commented configuration for them.

    The subscriptions in an OPML file become sources without being inspected. With one URL on a
    terminal it asks which listing and which topics you want. Otherwise it chooses the best listing
    of each site, and one topic that takes every article unless -t is given.
    """
    import os

    from ..operations import inspection

    if path.exists():
        raise click.UsageError(f"{path} already exists; name another file with -c")
    files = [place for place in places if os.path.isfile(place)]  # noqa: PTH113 - as it is typed
    urls = [place for place in places if place not in files]
    subscriptions = [one for file in files for one in _subscriptions(file)]
    found, topics, failed = _look_at(urls, topics, alone=not files and len(urls) == 1)
    if not found and not subscriptions:
        sys.exit(1)
    with path.open("x", encoding="utf-8") as out:
        out.write(inspection.drafts(found, subscriptions, topics))
    _tell_drafted(path, found, len(subscriptions))
    sys.exit(1 if failed else 0)


def _tell_drafted(
    path: Path, found: Sequence[tuple[SiteInspection, ListingCandidate]], subscriptions: int
) -> None:
    """Says what a new configuration holds, and what comes next."""
    from . import output

    for _, listing in found:
        articles = output.count(listing.articles, "article")
        click.echo(f"Wrote {path}: {articles} on {_shown(listing.url)}")
    if subscriptions:
        written = output.count(subscriptions, "subscription")
        click.echo(f"Wrote {path}: {written}; `feedbot doctor` checks them")
    click.echo(
        f"Before the first poll, set [feeds] url in {path}, where the feeds will be served, and"
        " authority, a domain of yours: it becomes part of every id."
    )
    click.echo("Next: `feedbot poll` fills the feeds, and `feedbot serve` shows them.")


def _subscriptions(file: str) -> list[Subscription]:
    from pathlib import Path

    from ..operations.opml import read_opml

    try:
        return read_opml(Path(file).read_bytes())
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file}: {error}") from None


def _look_at(
    urls: Sequence[str], topics: tuple[str, ...], *, alone: bool
) -> tuple[list[tuple[SiteInspection, ListingCandidate]], tuple[str, ...], bool]:
    """What each site offers, the topics, and whether one of several could not be read."""
    from .. import config
    from ..errors import FeedbotError

    stand_ins = [config.for_listing(url if "://" in url else f"https://{url}") for url in urls]
    found: list[tuple[SiteInspection, ListingCandidate]] = []
    failed = False
    for stand_in in stand_ins:
        try:
            seen, listing, topics = _look(stand_in, topics, alone=alone)
        except FeedbotError as error:
            if alone:
                raise
            click.echo(f"error: {_shown(str(error))}", err=True)
            failed = True
        else:
            found.append((seen, listing))
    return found, topics, failed


def _look(
    stand_in: Config, topics: tuple[str, ...], *, alone: bool
) -> tuple[SiteInspection, ListingCandidate, tuple[str, ...]]:
    """What one site offers, the listing to take, and the topics; asks if it is the only one."""
    from dataclasses import replace

    from .. import schedule
    from ..operations import inspection
    from . import output

    with schedule.open_tools(stand_in, _clock) as tools, output.counting("looking") as progress:
        source = inspection.localised(stand_in.sources[0])
        seen = inspection.inspect_site(source, replace(tools, progress=progress))
        listing = seen.listings[0]
        if alone and sys.stdin.isatty() and sys.stdout.isatty():
            listing, topics = _ask(seen, topics)
        shown = inspection.headlines(listing, source, tools)
    click.echo(output.listing_text(seen, listing, shown))
    return seen, listing, topics


def _shown(text: str) -> str:
    from ..web.urls import redact  # not before there is something to say: it loads much

    return redact(text)


def _ask(seen: SiteInspection, topics: tuple[str, ...]) -> tuple[ListingCandidate, tuple[str, ...]]:
    """Asks for a listing, and for topics if none were given."""
    from . import output

    number = 1
    if len(seen.listings) > 1:
        click.echo(output.survey_text(seen))
        choice = click.IntRange(1, len(seen.listings))
        number = click.prompt("Which listing?", type=choice, default=1, prompt_suffix=" ")
    if not topics:
        answer = click.prompt(
            "Topics, separated by commas (empty: every article)", default="", show_default=False
        )
        topics = tuple(name for part in answer.split(",") if (name := part.strip()))
    return seen.listings[number - 1], topics


@main.command()
@click.argument("url", metavar="URL|ID")
@_config_option
@_json_option
def why(url: str, path: Path, as_json: bool) -> None:
    """Explain one article: text, date, story, and topics with evidence."""
    from .. import schedule
    from ..operations import explain
    from . import output

    config = _load_cached(path)
    with schedule.open_tools(config, _clock) as tools:
        account = explain.why(url, config, tools)
    click.echo(_json(output.account_json(account)) if as_json else output.account_text(account))


@main.command()
@_config_option
@_json_option
def status(path: Path, as_json: bool) -> None:
    """Show the health of every source and the size of every topic."""
    from ..operations.status import collect_status
    from ..store import Store
    from . import output

    config = _load_cached(path)
    with Store(config.store_url) as store:
        store.know_sources(config.sources)
        state = collect_status(config, store)
        work = _queue().queue_status(config, store, _clock()) if config.is_shared else None
    if as_json:
        click.echo(_json(output.status_json(state, work)))
    else:
        click.echo(output.status_text(state, work, _clock()))


@main.command()
@click.option("--prune", is_flag=True, help="Also delete the files of removed topics.")
@_config_option
@_json_option
def publish(prune: bool, path: Path, as_json: bool) -> None:
    """Rewrite the whole output from the database."""
    from .. import schedule
    from ..store import Store
    from . import output

    config = _load_cached(path)
    with Store(config.store_url) as store:
        done = schedule.publish_all(config, store, everything=True, pruned=prune)
    counts = {"written": done.written, "unchanged": done.unchanged}
    click.echo(_json({"feeds": counts}) if as_json else output.published_text(done))
    for warning in output.warnings(done):
        click.echo(warning, err=True)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@_config_option
def serve(port: int, path: Path) -> None:
    """Serve the output on this machine only, to look at it."""
    from . import serving

    config = _load_cached(path)
    if config.folder is None:
        raise click.UsageError("the output is a bucket, which serves itself")
    config.folder.mkdir(parents=True, exist_ok=True)
    stop = _stop_on_signals()
    with serving.served(config.folder, port) as address:
        click.echo(f"{config.folder} is served at {address} until you press Ctrl-C")
        stop.wait()


@main.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, but change nothing.")
@_config_option
@_json_option
def replay(dry_run: bool, path: Path, as_json: bool) -> None:
    """Apply the current topic rules to all stories, then publish."""
    from ..operations import replay as again
    from ..store import Store
    from . import output

    config = _load_cached(path)
    with Store(config.store_url) as store, output.progress("routing") as progress:
        moves = again.replay(config, store, dry_run=dry_run, progress=progress)
        if not dry_run:
            from .. import schedule

            schedule.publish_all(config, store)
    click.echo(_json(output.moves_json(moves)) if as_json else output.moves_text(moves, config))


@main.command()
@click.option("--dry-run", is_flag=True, help="Show what would be freed, but change nothing.")
@_config_option
@_json_option
def prune(dry_run: bool, path: Path, as_json: bool) -> None:
    """Delete stored texts that are older than [store] keep.

    The identity of each story is kept, so one that comes back is not new. `feedbot run` does this
    every day.
    """
    from ..operations import retention
    from ..store import Store
    from . import output

    config = _load_cached(path)
    with Store(config.store_url) as store, output.progress("pruning") as progress:
        gone = retention.prune_store(config, store, _clock(), dry_run=dry_run, progress=progress)
    text = output.pruned_text(gone, dry_run=dry_run)
    click.echo(_json(output.pruned_json(gone)) if as_json else text)


@main.command()
@_config_option
@_json_option
def topics(path: Path, as_json: bool) -> None:
    """Show what the topic rules match and miss in the stored stories."""
    from ..operations import replay as again
    from ..store import Store
    from ..topics import review
    from . import output

    config = _load_cached(path)
    with Store(config.store_url) as store, output.progress("routing") as progress:
        seen = review(config.topics, again.routed_stories(config, store, progress))
    click.echo(_json(output.review_json(seen)) if as_json else output.review_text(seen))


@main.command()
@_config_option
def check(path: Path) -> None:
    """Check the configuration and show how feedbot understands it."""
    from ..topics import complaints
    from . import output

    config = _load(path)
    click.echo(output.config_text(config))
    for warning in [*output.id_warnings(config), *_gone_warnings(config)]:
        click.echo(warning, err=True)
    if any(source.polling.render for source in config.sources):
        from ..fetch import browser

        if missing := browser.missing():
            click.echo(f"warning: pages cannot be rendered: {missing}", err=True)
    for complaint in complaints(config.topics, config.sources):
        click.echo(output.complaint_text(complaint), err=True)


def _gone_warnings(config: Config) -> Iterator[str]:
    """Warnings of topics that are gone, or one that the output cannot be asked for them."""
    from ..errors import PublishError
    from ..operations.feeds_left import feeds_left
    from . import output

    try:
        yield from output.gone_warnings(feeds_left(config))
    except PublishError as error:
        yield f"warning: {error}"


@main.group()
def store() -> None:
    """Manage the database."""


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy a whole database into an empty one.

    FROM and TO are written as in [store] url: sqlite:///feedbot.db, or postgresql://… The copy
    is verified by checksums; ids, dates and feeds stay the same. Stop every feedbot that uses
    FROM first, and name TO in the configuration afterwards.
    """
    from ..errors import FeedbotError
    from ..store import Store, database_file
    from . import output

    file = database_file(source)
    if file is not None and not file.exists():
        raise FeedbotError(f"database {file}: no such file")
    with Store(source) as one, Store(target) as other, output.progress("copying") as progress:
        rows = one.copy_to(other, progress)
    click.echo(f"{output.count(rows, 'row')} copied and verified")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False), callback=_path)
@_config_option
def backup(file: Path, path: Path) -> None:
    """Copy the database to FILE, safely while feedbot runs."""
    from ..store import back_up

    size = back_up(_load_cached(path).store_url, file)
    click.echo(f"{file}: {size / 1e6:.1f} MB, verified")


@main.command()
@_config_option
@_json_option
def doctor(path: Path, as_json: bool) -> None:
    """Diagnose the installation and say what to do.

    Looks at the configuration, disk, database, clock, output, permissions and sites. Changes
    nothing.
    """
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
@click.option("--once", is_flag=True, help="Poll twice, with a correction in between, then exit.")
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    callback=_path,
    help="The folder to publish into. Default: a new temporary one.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port of the sample site. Default: any free one.",
)
@click.option("--quiet", is_flag=True, help="Only serve the sample site; nothing changes on it.")
def demo(once: bool, output: Path | None, port: int, quiet: bool) -> None:
    """Serve a built-in sample news site, poll it and publish topics."""
    from . import demonstration

    if quiet:
        demonstration.site_only(port=port, stop=_stop_on_signals())
        return
    sys.exit(demonstration.show(once=once, output=output, port=port, stop=_stop_on_signals()))


@main.command()
@_config_option
@click.option("--listen", metavar="HOST:PORT", help="Default: [desk] listen, else 127.0.0.1:8710.")
@click.option(
    "--hash",
    "hashes",
    is_flag=True,
    help="Ask for a password, or read it from a pipe, and print its hash.",
)
def desk(path: Path, listen: str | None, hashes: bool) -> None:
    """Serve pages in a browser to see, understand and tune feedbot.

    Shows sources, articles and topics with the reasons, and changes the configuration. With
    [desk] listen, `feedbot run` serves it too.
    """
    if hashes:
        from ..config.passwords import hash_password

        if sys.stdin.isatty():
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        click.echo(f'password = "{hash_password(password)}"')
        return
    stop = _stop_on_signals()
    config = _load(path)
    if listen:
        from .. import config as configuration

        config = configuration.with_desk_at(config, listen)
    around = _desk().Surroundings(clock=_clock, stop=stop)
    with _desk().serving(config, around) as address:
        click.echo(f"desk  {config.desk.url or address}")
        stop.wait()


# --- wiring -----------------------------------------------------------------------------------


def _load(path: Path, *, publishes: bool = True) -> Config:
    """The configuration, validated; if `publishes`, its output has been checked to be writable."""
    from .. import config

    loaded = config.load(path)
    if publishes:
        config.check_writable(loaded)
    return loaded


def _load_cached(path: Path) -> Config:
    """The same, where a file that was valid before need not be validated again."""
    from .. import config

    loaded = config.load_cached(path)
    config.check_writable(loaded)
    return loaded


def _work_together(config: Config, stop: threading.Event, reload: Reload, *, leads: bool) -> None:
    """Runs as one of many processes that share a database; `leads` is True for `run`."""
    from ..schedule import loop, open_tools

    queue = _queue()
    queue.wait_for_store(config, stop)
    if stop.is_set():
        return
    with (
        open_tools(config, _clock) as tools,
        _observers(config, tools) as observers,
        _desk_within(config, tools, reload.asked) if leads else contextlib.nullcontext(),
    ):
        beat = queue.SharedBeat(config, tools, observers, leads=leads)
        loop.run(config, tools, stop, beat=beat, reload=reload)


@contextlib.contextmanager
def _desk_within(config: Config, tools: Tools, asked: threading.Event) -> Iterator[None]:
    """Serves the desk beside `run`, if it is configured."""
    if config.desk.listen is None:
        yield
        return
    around = _desk().Surroundings(clock=_clock, tools=tools, asked=asked)
    with _desk().serving(config, around):
        yield


def _desk() -> ModuleType:
    """The package `desk`. Raises FeedbotError if its libraries are not installed."""
    from ..errors import FeedbotError

    try:
        from .. import desk
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("feedbot"):
            raise
        raise FeedbotError("the desk needs `pip install 'feedbot[desk]'`") from None
    return desk


def _queue() -> ModuleType:
    """The module `schedule.queue`. Raises FeedbotError if its libraries are not installed."""
    from ..errors import FeedbotError

    try:
        from ..schedule import queue
    except ImportError:
        raise FeedbotError("PostgreSQL needs `pip install 'feedbot[cluster]'`") from None
    return queue


def _load_or_default(path: Path, url: str) -> Config:
    """The configuration; without a file, one that knows only this listing."""
    from .. import config

    if path.exists():
        return _load_cached(path)
    return config.for_listing(url)


@contextlib.contextmanager
def _observers(config: Config, tools: Tools) -> Iterator[Sequence[Observer]]:
    """What observes the scheduler: the metrics, if they are configured."""
    if config.metrics.file is None and config.metrics.listen is None:
        yield ()
        return
    from ..operations import metrics

    with metrics.metered(config, tools) as meter:
        yield (meter,)


def _chosen(config: Config, names: tuple[str, ...]) -> list[str]:
    known = [source.name for source in config.sources]
    off = {source.name for source in config.off}
    for name in names:
        if name in off:
            raise click.UsageError(f"{name!r} is switched off (enabled = false)")
        if name not in known:
            from ..config.schema import nearest  # and with it the validator

            advice = nearest(name, known) or "known sources: " + ", ".join(known)
            raise click.UsageError(f"there is no source {name!r}; {advice}")
    return list(dict.fromkeys(names)) or known


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    _on_signals({"SIGTERM": (stop,), "SIGINT": (stop,)})
    return stop


def _on_signals(events: Mapping[str, Sequence[threading.Event]]) -> None:
    """Sets events when signals arrive.

    A thread that reads a pipe does so. A signal handler would interrupt the main thread, which
    may hold the event's own lock or be about to block forever. Should it be, the process ends all
    the same: after ENDS seconds, or when it is told to end once more.
    """
    import select
    import signal

    by_number = {int(signal.Signals[name]): these for name, these in events.items()}
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def listen() -> None:
        told: float | None = None  # monotonic seconds when it was told to end
        while select.select([reading], [], [], None if told is None else ENDS)[0]:
            for number in os.read(reading, 64):
                if number in (signal.SIGTERM, signal.SIGINT):
                    if told is not None and time.monotonic() > told + AGAIN:
                        os._exit(128 + number)
                    told = told or time.monotonic()
                for event in by_number.get(number, ()):
                    event.set()
        os.write(2, f"feedbot did not end within {ENDS:g} s; it is ended\n".encode())
        os._exit(1)

    threading.Thread(target=listen, daemon=True, name="signals").start()
    for number in by_number:
        signal.signal(number, lambda *_: None)


def _clock() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)
