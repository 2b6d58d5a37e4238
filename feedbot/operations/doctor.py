"""What is wrong with an installation, and what to do about it: configuration, database, output,
permissions, disk, clock, and whether the sites let us in. Nothing is changed.
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
from ..poll import open_listing, open_tools
from ..publish import Renderer, Target, open_target, publish
from ..store import FeedQueries, Store, clock, damages, database_file, queries
from .status import SourceHealth, collect_status

MINUTE = "%Y-%m-%d %H:%M UTC"
ROOM = 200_000_000  # bytes below which a disk is nearly full: a database, its journal, the output
READ = {True: stat.S_IROTH | stat.S_IXOTH, False: stat.S_IROTH}  # of a folder, of a file
MOST_NAMED = 5  # files that are named; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at; `help` says what to do where something is wrong."""

    about: str
    good: bool
    text: str
    help: str = ""


def diagnose(config: Config, clock: Callable[[], datetime]) -> Iterator[Diagnosis]:
    """Everything, in the order in which one thing needs the other."""
    yield _fine("configuration", f"{config.path}: good")
    yield from _disks(config)
    (database,) = _database(config)
    yield database
    file = database_file(config.store_url)
    if database.good and (file is None or file.exists()):
        with Store(config.store_url) as store:
            yield _clock(store, clock())
            yield _output(config, store)
            yield from _permissions(config)
        yield from _sites(config, clock)


def _fine(about: str, text: str) -> Diagnosis:
    return Diagnosis(about=about, good=True, text=text)


def _wrong(about: str, text: str, advice: str = "") -> Diagnosis:
    return Diagnosis(about=about, good=False, text=text, help=advice)


def _database(config: Config) -> Iterator[Diagnosis]:
    file = database_file(config.store_url)
    if file and not file.exists():
        yield _fine("database", f"{file}: none yet; the first poll makes it")
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
        advice = "stop feedbot, and put a backup in its place: docs/backup.md"
        yield _wrong("database", f"{file}: damaged: {'; '.join(found[:MOST_NAMED])}", advice)
    else:
        yield _fine("database", f"{file or 'PostgreSQL'}: whole, {stories} stories")


def _disks(config: Config) -> Iterator[Diagnosis]:
    places = {"output": config.folder, "database": database_file(config.store_url)}
    for about, path in places.items():
        if path is None:
            continue
        there = next(one for one in (path, *path.parents) if one.exists())
        room = shutil.disk_usage(there).free
        text = f"{room / 1e9:.1f} GB free for the {about}"
        yield _fine("disk", text) if room > ROOM else _wrong("disk", text, "make room")


def _clock(store: Store, now: datetime) -> Diagnosis:
    """Whether the clock is right, and what a wrong one has done."""
    here = f"it is {now:{MINUTE}} by this machine"
    with store.read() as connection:
        behind = clock.is_behind(connection, now)
        dated, until = clock.ahead(connection, now, "updated")
        seen, last = clock.ahead(connection, now, "first_seen")
    if now < clock.EARLIEST_CLOCK:
        return _wrong("clock", f"{here}, which cannot be: nothing is polled", clock.SET)
    if behind:
        text = f"{here}, but pages that are stored were published later: it is behind"
        return _wrong("clock", text, clock.SET)
    if until:
        text = (
            f"{here}, but stories were stored while it was ahead: {dated}, up to {until:{MINUTE}}"
        )
        advice = f"if it is wrong now, {clock.SET}; if it is right, `feedbot poll` dates them anew"
        return _wrong("clock", text, advice)
    if last:
        here += f"; {seen} stories were stored while it was ahead ({last:{MINUTE}}), and dated anew"
    return _fine("clock", here)


# --- the output -------------------------------------------------------------------------------


class _Compared:
    """A target on which nothing is written: it takes down what would be."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.place = target.place
        self.names = target.names
        self.read = target.read
        self.other: list[str] = []

    def put(self, name: str, content: bytes) -> bool:
        """Whether these bytes are not what is there."""
        differs = self._target.read(name) != content
        if differs:
            self.other.append(name)
        return differs

    def delete(self, name: str) -> bool:  # noqa: ARG002 - of the protocol
        """Nothing is removed."""
        return False


class _Forgetful(FeedQueries):
    """The stored stories; nothing is noted."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Nothing: nothing was published."""


def _output(config: Config, store: Store) -> Diagnosis:
    """Whether every file says what the store says."""
    if config.folder is not None and not config.folder.is_dir():
        return _wrong("output", f"{config.folder} is not there", "run `feedbot publish`")
    try:
        target = _Compared(open_target(config.output, config.base))
        press = Renderer(config.output, config.topics, config.base)
        done = publish(press, _Forgetful(store), target, everything=True)
    except PublishError as error:
        return _wrong("output", str(error))
    if target.other:
        named = ", ".join(target.other[:MOST_NAMED])
        more = (
            f" and {len(target.other) - MOST_NAMED} more" if len(target.other) > MOST_NAMED else ""
        )
        text = f"not what the store says: {named}{more}"
        return _wrong("output", text, "run `feedbot publish`; `feedbot run` does it by itself")
    return _fine("output", f"{done.unchanged} files, as the store says")


def _permissions(config: Config) -> Iterator[Diagnosis]:
    """Whether a web server, which is somebody else, may read the output, and we may write it."""
    folder = config.folder
    if folder is None or not folder.is_dir():
        return
    paths = [folder, *sorted(folder.rglob("*"))]
    shut = [p for p in paths if not p.name.startswith(".") and not _readable(p)]
    if shut:
        advice = f"chmod -R o+rX {folder}"
        yield _wrong("permissions", f"{shut[0]}: a web server may not read it", advice)
    elif not os.access(folder, os.W_OK):
        yield _wrong(
            "permissions", f"{folder}: we may not write there", "run doctor as the user of feedbot"
        )
    else:
        yield _fine("permissions", "everybody may read the output")


def _readable(path: Path) -> bool:
    needed = READ[path.is_dir()]
    return path.stat().st_mode & needed == needed


# --- the sites --------------------------------------------------------------------------------


def _when_again(error: FetchError, name: str) -> str:
    """What is done about a site that did not answer, and when."""
    if error.retry_at is None:
        return "feedbot tries again by itself"
    until = f"{error.retry_at:%Y-%m-%d %H:%M} UTC"
    return (
        f"feedbot tries again after {until} by itself; `feedbot poll {shlex.quote(name)}` tries now"
    )


def _sites(config: Config, clock: Callable[[], datetime]) -> Iterator[Diagnosis]:
    """Whether the listings can be read, and how `status` sees them: one polite request each."""
    with open_tools(config, clock) as tools:
        known = {one.name: one for one in collect_status(config, tools.store).sources}
        for source in config.sources:
            for url in source.urls:
                try:
                    _, parts = open_listing(url, source, tools)
                except Refused as error:
                    yield _wrong(source.name, str(error), "ask the site, or leave it out")
                except FetchError as error:
                    text, _, advice = str(error).partition("; ")
                    yield _wrong(source.name, text, advice or _when_again(error, source.name))
                except ReadError as error:
                    yield _wrong(source.name, str(error))
                else:
                    listed = sum(len(part.links) for part in parts)
                    yield _as_known(known[source.name], f"lets us in, and lists {listed} articles")


def _as_known(seen: SourceHealth, now: str) -> Diagnosis:
    """What is found now, beside what `status` says of the source."""
    if seen.health in ("ok", "new"):
        text = f"{now}; {seen.evidence}" if seen.health == "ok" and seen.evidence else now
        return _fine(seen.name, text)
    advice = f"`feedbot poll {shlex.quote(seen.name)}` tries again now"
    return _wrong(seen.name, f"{now}, but it is {seen.health}: {seen.evidence}", advice)
