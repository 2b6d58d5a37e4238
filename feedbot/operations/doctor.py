"""Diagnoses an installation: configuration, disk, database, clock, output, permissions, and
whether the sites can be reached. Changes nothing.
"""

from __future__ import annotations

import os
import shlex
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..config import Config
from ..errors import FeedbotError, FetchError, PublishError, ReadError, Refused
from ..fetch import browser
from ..poll import open_listing, open_tools
from ..publish import Renderer, Target, open_target, publish
from ..store import FeedQueries, Store, clock, damages, database_file, queries
from .status import SourceHealth, collect_status

MINUTE = "%Y-%m-%d %H:%M UTC"
ROOM = 200_000_000  # bytes; with less, a disk is nearly full (database, its journal, the output)
READ = {True: stat.S_IROTH | stat.S_IXOTH, False: stat.S_IROTH}  # True: for a folder
MOST_NAMED = 5  # files that are named; further ones are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One finding. If it is not `good`, `help` says what to do."""

    about: str
    good: bool
    text: str
    help: str = ""


def diagnose(config: Config, clock: Callable[[], datetime]) -> Iterator[Diagnosis]:
    """All findings, in the order in which one check depends on another."""
    yield _fine("configuration", f"{config.path}: valid")
    yield from _disks(config)
    (database,) = _database(config)
    yield database
    file = database_file(config.store_url)
    if database.good and (file is None or file.exists()):
        with Store(config.store_url) as store:
            yield _clock(store, clock())
            yield _output(config, store)
            yield from _permissions(config)
        yield from _browser(config)
        yield from _sites(config, clock)


def _browser(config: Config) -> Iterator[Diagnosis]:
    """Whether pages can be rendered, where a source asks for it."""
    asking = [source.name for source in config.sources if source.polling.render]
    if asking:
        problem = browser.missing()
        text = f"needed by {', '.join(asking[:MOST_NAMED])}"
        yield _wrong("browser", text, problem) if problem else _fine("browser", text)


def _fine(about: str, text: str) -> Diagnosis:
    return Diagnosis(about=about, good=True, text=text)


def _wrong(about: str, text: str, advice: str = "") -> Diagnosis:
    return Diagnosis(about=about, good=False, text=text, help=advice)


def _database(config: Config) -> Iterator[Diagnosis]:
    file = database_file(config.store_url)
    if file and not file.exists():
        yield _fine("database", f"{file}: does not exist yet; the first poll creates it")
        return
    try:
        found = damages(config.store_url)
        with Store(config.store_url) as store, store.read() as connection:
            stories = queries.count_stories(connection)
    except FeedbotError as error:
        problem, _, advice = str(error).partition("; ")
        yield _wrong("database", problem, advice)
        return
    if found:
        advice = "stop feedbot and restore a backup: see docs/backup.md"
        yield _wrong("database", f"{file}: damaged: {'; '.join(found[:MOST_NAMED])}", advice)
    else:
        noun = "story" if stories == 1 else "stories"
        yield _fine("database", f"{file or 'PostgreSQL'}: intact, {stories} {noun}")


def _disks(config: Config) -> Iterator[Diagnosis]:
    places = {"output": config.folder, "database": database_file(config.store_url)}
    for about, path in places.items():
        if path is None:
            continue
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        room = shutil.disk_usage(there).free
        text = f"{room / 1e9:.1f} GB free for the {about}"
        yield _fine("disk", text) if room > ROOM else _wrong("disk", text, "free some space")


def _clock(store: Store, now: datetime) -> Diagnosis:
    """Whether the clock is right, and what a wrong clock has done."""
    here = f"this machine says {now:{MINUTE}}"
    with store.read() as connection:
        behind = clock.is_behind(connection, now)
        is_ahead = clock.is_ahead(connection, now)
        dated, until = clock.ahead(connection, now, "updated")
        seen, last = clock.ahead(connection, now, "first_seen")
    if now < clock.EARLIEST_CLOCK:
        return _wrong("clock", f"{here}, which is impossible, so nothing is polled", clock.SET)
    if behind:
        text = f"{here}, but stored articles were published later: it is slow"
        return _wrong("clock", text, clock.SET)
    if is_ahead and until:
        text = f"{here}, but {dated} of the stored stories have later dates, up to {until:{MINUTE}}"
        advice = f"if the clock is wrong, {clock.SET}; if not, `feedbot poll` corrects these dates"
        return _wrong("clock", text, advice)
    if last:
        here += f"; {seen} stories have corrected dates: the clock was fast (up to {last:{MINUTE}})"
    return _fine("clock", here)


# --- the output -------------------------------------------------------------------------------


class _DryTarget:
    """Records which files of a target differ, and writes nothing."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.place = target.place
        self.names = target.names
        self.read = target.read
        self.other: list[str] = []

    def put(self, name: str, content: bytes) -> bool:
        """Records the name if the file differs from these bytes."""
        differs = self._target.read(name) != content
        if differs:
            self.other.append(name)
        return differs

    def delete(self, name: str) -> bool:  # noqa: ARG002 - the protocol's signature
        """Removes nothing."""
        return False


class _ReadOnlyQueries(FeedQueries):
    """Reads the stored stories; records nothing."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Does nothing, since nothing was published."""


def _output(config: Config, store: Store) -> Diagnosis:
    """Whether every published file is up to date with the database."""
    if config.folder is not None and not config.folder.is_dir():
        return _wrong("output", f"{config.folder} does not exist", "run `feedbot publish`")
    try:
        target = _DryTarget(open_target(config.output, config.base))
        renderer = Renderer(config.output, config.topics, config.base)
        done = publish(renderer, _ReadOnlyQueries(store), target, everything=True)
    except PublishError as error:
        return _wrong("output", str(error))
    if target.other:
        named = ", ".join(target.other[:MOST_NAMED])
        more = (
            f" and {len(target.other) - MOST_NAMED} more" if len(target.other) > MOST_NAMED else ""
        )
        text = f"differs from the database: {named}{more}"
        return _wrong("output", text, "run `feedbot publish`, or wait for `feedbot run` to do it")
    return _fine("output", f"{done.unchanged} files, up to date")


def _permissions(config: Config) -> Iterator[Diagnosis]:
    """Whether other users (a web server) can read the output, and this user can write it."""
    folder = config.folder
    if folder is None or not folder.is_dir():
        return
    paths = [folder, *sorted(folder.rglob("*"))]
    shut = [p for p in paths if not p.name.startswith(".") and not _readable(p)]
    if shut:
        advice = f"chmod -R o+rX {folder}"
        yield _wrong(
            "permissions", f"{shut[0]}: other users, such as a web server, cannot read it", advice
        )
    elif not os.access(folder, os.W_OK):
        yield _wrong(
            "permissions", f"{folder}: not writable", "run `feedbot doctor` as feedbot's own user"
        )
    else:
        yield _fine("permissions", "the output is readable for everybody")


def _readable(path: Path) -> bool:
    needed = READ[path.is_dir()]
    return path.stat().st_mode & needed == needed


# --- the sites --------------------------------------------------------------------------------


def _when_again(error: FetchError, name: str) -> str:
    """When feedbot tries a site again that did not answer."""
    if error.retry_at is None:
        return "feedbot will try again"
    until = f"{error.retry_at:%Y-%m-%d %H:%M} UTC"
    return f"feedbot will try again after {until}; `feedbot poll {shlex.quote(name)}` tries now"


def _sites(config: Config, clock: Callable[[], datetime]) -> Iterator[Diagnosis]:
    """Whether each listing can be read, by one request, and what `status` says of the source."""
    with open_tools(config, clock) as tools:
        known = {source.name: source for source in collect_status(config, tools.store).sources}
        for source in config.sources:
            for url in source.urls:
                try:
                    _, parts = open_listing(url, source, tools)
                except Refused as error:
                    yield _wrong(
                        source.name, str(error), "ask the site for permission, or remove the source"
                    )
                except FetchError as error:
                    text, _, advice = str(error).partition("; ")
                    yield _wrong(source.name, text, advice or _when_again(error, source.name))
                except ReadError as error:
                    yield _wrong(source.name, str(error))
                else:
                    listed = sum(len(part.links) for part in parts)
                    yield _as_known(known[source.name], f"reachable, lists {listed} articles")


def _as_known(seen: SourceHealth, now: str) -> Diagnosis:
    """The finding `now`, combined with what `status` says of the source."""
    if seen.health in ("ok", "new"):
        text = f"{now}; {seen.evidence}" if seen.health == "ok" and seen.evidence else now
        return _fine(seen.name, text)
    advice = f"`feedbot poll {shlex.quote(seen.name)}` tries again now"
    return _wrong(seen.name, f"{now}, but the source is {seen.health}: {seen.evidence}", advice)
