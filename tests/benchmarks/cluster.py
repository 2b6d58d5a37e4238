"""Polls per second on many workers, beside the same polls without a queue, in one run.

    FEEDBOT_KINDS="quiet busy" FEEDBOT_POLLS=100 python -m tests.benchmarks.cluster

    alone        one `feedbot run` on SQLite
    no queue     the same loop on PostgreSQL: what is due is claimed, nothing hands it out
    n workers    `feedbot run` and n-1 times `feedbot worker` on PostgreSQL

A site answers after 50 ms. A quiet one has nothing new and says so (304); a lively one has nothing
new either, but a front page that is another at every visit ("4 minuten geleden"), as nearly all have
nearly always; a busy one has a new article at every visit. CPU is that of all processes of feedbot
and of the database, per poll.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from feedbot.schedule import WORKERS
from tests.databases import Postgres, is_absent
from tests.processes import FEEDBOT, serving
from tests.quality.prose import Writer

POLLS = int(os.environ.get("FEEDBOT_POLLS", "600"))  # of each measurement
SOURCES = {"quiet": 120, "lively": 60, "busy": 60}  # more than are polled in a second: some are due
KINDS = os.environ.get("FEEDBOT_KINDS", " ".join(SOURCES)).split()
LISTED = {"quiet": 3, "lively": 30, "busy": 3}  # articles on a listing
LONGEST = 900.0  # seconds that a measurement may take
AGE = "een paar minuten geleden"  # stands where a page says when
# A front page is mostly frame: with thirty teasers it has 33 kB.
MENU = "".join(
    f'<li class="menu__item"><a href="/rubriek/{n}">Rubriek {n}</a></li>' for n in range(40)
)
SCRIPT = (
    "window.settings={" + ",".join(f'"option{n}":{{"on":true,"at":{n}}}' for n in range(330)) + "};"
)
LATENCY = 0.05  # seconds before the site answers
TURNS = 3  # in which the work with and without a queue is compared
FIRST = 600  # polls before it is measured: the first of each site reads every article
MOST_OVERHEAD = 0.10  # of the queue, in the CPU of a poll without one
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = {output}

[store]
url = {url}

[polling]
interval = "1s"
min_interval = "1s"
max_interval = "1s"
revisit = "1h"
delay = "0s"

[topics]
Haven = "haven"
"""
# A process that works on PostgreSQL as it would on SQLite.
NO_QUEUE = """\
import sys, threading
from datetime import UTC, datetime
from pathlib import Path
from feedbot import config, schedule
from feedbot.schedule import loop
loaded = config.load(Path("feedbot.toml"))
with schedule.open_tools(loaded, lambda: datetime.now(UTC)) as tools:
    loop.run(loaded, tools, threading.Event())
"""


# --- the sites --------------------------------------------------------------------------------


class Sites:
    """Every address of 127.0.0.0/8 is a news site of a kind."""

    def __init__(self, listings: Synchronized[int], kind: str) -> None:
        self._listings = listings
        self._kind = kind
        self._looks = Counter[str]()

    async def serve(self, ready: Any) -> None:
        server = await asyncio.start_server(self._talk, "0.0.0.0", 0, backlog=4096)
        ready.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                await asyncio.sleep(LATENCY)
                writer.write(self._answer(head))
                await writer.drain()
        writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        host = fields["Host"]
        if path == "/robots.txt":
            return _reply("404 Not Found", "")
        if path != "/nieuws":
            return _reply("200 OK", _article(host, int(path.rpartition("-")[2])))
        self._listings.value += 1
        if self._kind == "quiet" and "If-None-Match" in fields:
            return _reply("304 Not Modified", "")
        self._looks[host] += 1
        look, listed = self._looks[host], LISTED[self._kind]
        newest = listed + (look if self._kind == "busy" else 0)
        body = _listing(host, range(newest, newest - listed, -1)).replace(
            AGE, f"{look} minuten geleden"
        )
        return _reply("200 OK", body, version=look)


def _reply(status: str, body: str, version: int = 1) -> bytes:
    content = body.encode()
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f'ETag: "{version}"\r\nContent-Length: {len(content)}\r\n\r\n'
    ).encode() + content


def _written(host: str, number: int) -> Any:
    return Writer(f"{host} {number}").article()


@functools.cache
def _listing(host: str, numbers: range) -> str:
    links = "".join(_teaser(_written(host, n), n) for n in numbers)
    return (
        f"<!doctype html><html lang=nl><head><title>Nieuws</title><script>{SCRIPT}</script></head>"
        f"<body><nav><ul>{MENU}</ul></nav><main>{links}</main><footer><ul>{MENU}</ul></footer></body>"
    )


def _teaser(one: Any, number: int) -> str:
    return (
        f'<article class="teaser teaser--wide"><a class="teaser__image" href="/nieuws/bericht-{number}">'
        f'<img src="/beeld/{number}-320.jpg" srcset="/beeld/{number}-640.jpg 2x" width="320" alt=""></a>'
        f'<div class="teaser__text"><h2><a href="/nieuws/bericht-{number}">{escape(one.title)}</a></h2>'
        f'<p class="teaser__lead">{escape(one.paragraphs[0])}</p><time>{AGE}</time></div></article>'
    )


def _article(host: str, number: int) -> str:
    one = _written(host, number)
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.paragraphs)
    return (
        f"<!doctype html><html lang=nl><head><title>{escape(one.title)}</title></head><body><nav><a href=/>"
        f"Voorpagina</a></nav><main><article><h1>{escape(one.title)}</h1>{text}</article></main></body>"
    )


def _serve(listings: Synchronized[int], kind: str, ready: Any) -> None:
    asyncio.run(Sites(listings, kind).serve(ready))


@contextlib.contextmanager
def sites(kind: str) -> Iterator[tuple[int, Synchronized[int]]]:
    """The port of the sites, and how many listings they have served."""
    listings: Synchronized[int] = multiprocessing.get_context("spawn").Value("q", 0)
    with serving(_serve, listings, kind) as port:
        yield port, listings


# --- measuring --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How fast one way of working is."""

    polls: float  # a second
    cpu: float  # ms of feedbot, per poll
    database: float  # ms of the server, per poll

    @property
    def each(self) -> float:
        """ms of CPU per poll, all in all."""
        return self.cpu + self.database


def cpu_of(process: psutil.Process, *, with_children: bool = False) -> float:
    """Seconds of CPU that a process has had."""
    times = process.cpu_times()
    spent = times.user + times.system
    if with_children:
        spent += times.children_user + times.children_system
        for child in process.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                spent += cpu_of(child)
    return float(spent)


class Way:
    """One way of working, on sites and a store of its own."""

    def __init__(
        self, kind: str, commands: Sequence[Sequence[str]], server: Postgres | None
    ) -> None:
        self._kind, self._commands, self._server = kind, commands, server

    def __enter__(self) -> Way:
        with contextlib.ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            port, self._listings = stack.enter_context(sites(self._kind))
            self._configure(home, port)
            log = stack.enter_context((home / "log").open("w+"))
            self._running = []
            for command in self._commands:
                one = subprocess.Popen(command, cwd=home, stderr=log)
                stack.callback(one.wait)
                stack.callback(one.kill)
                self._running.append(psutil.Process(one.pid))
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def _configure(self, home: Path, port: int) -> None:
        store = f"sqlite:///{home / 'feedbot.db'}"
        if self._server:
            store = self._server.url(self._server.create_database())
        text = CONFIG.format(url=json.dumps(store), output=json.dumps(str(home / "feeds")))
        for n in range(SOURCES[self._kind]):
            address = f"http://127.0.{n // 200 + 1}.{n % 200 + 1}:{port}/nieuws"
            text += f'[[sources]]\nname = "Krant {n}"\nurl = "{address}"\n'
        (home / "feedbot.toml").write_text(text, encoding="utf-8")

    def wait_for(self, polls: int) -> None:
        """Waits until there were so many."""
        deadline = time.monotonic() + LONGEST
        while self._listings.value < polls:
            assert time.monotonic() < deadline, f"only {self._listings.value} of {polls} polls"
            time.sleep(0.02)

    def so_far(self) -> tuple[int, float, float]:
        """How many polls there were, and the seconds of CPU that feedbot and the server had."""
        own = sum(cpu_of(one) for one in self._running)
        server = psutil.Process(self._server.process) if self._server else None
        return self._listings.value, own, cpu_of(server, with_children=True) if server else 0.0


def measure(*ways: Way) -> list[Speed]:
    """How fast ways of working are, at the same time, once each knows all its sites."""
    with contextlib.ExitStack() as stack:
        for way in ways:
            stack.enter_context(way)
        for way in ways:
            way.wait_for(FIRST)
        start, before = time.monotonic(), [way.so_far() for way in ways]
        for way, (polls, _, _) in zip(ways, before, strict=True):
            way.wait_for(polls + POLLS)
        seconds, after = time.monotonic() - start, [way.so_far() for way in ways]
    found = []
    for (polls, cpu, its), (polls_after, cpu_after, its_after) in zip(before, after, strict=True):
        more = polls_after - polls
        found.append(
            Speed(
                polls=more / seconds,
                cpu=(cpu_after - cpu) * 1000 / more,
                database=(its_after - its) * 1000 / more,
            )
        )
    return found


WAYS = {
    "alone": [[*FEEDBOT, "run"]],
    "no queue": [[sys.executable, "-c", NO_QUEUE]],
    "1 worker": [[*FEEDBOT, "run"]],
    "2 workers": [[*FEEDBOT, "run"], [*FEEDBOT, "worker"]],
    "4 workers": [[*FEEDBOT, "run"], *[[*FEEDBOT, "worker"]] * 3],
}


def main() -> list[str]:
    """Prints the tables; what is slower than promised."""
    if is_absent():
        print(f"nothing is measured: {is_absent()}")
        return []
    print(f"{os.cpu_count()} cores, {WORKERS} polls at a time in each process")
    short = []
    with contextlib.ExitStack() as stack:
        # Written to the disk as in earnest.
        one, other = (
            stack.enter_context(contextlib.closing(Postgres(fsync="on", shared_buffers="256MB")))
            for _ in range(2)
        )
        for kind in KINDS:
            print(f"\n{kind:10} {'polls/s':>8} {'ratio':>6} {'ms CPU':>7} {'database':>9}")
            alone = 0.0
            for name, commands in WAYS.items():
                (speed,) = measure(Way(kind, commands, None if name == "alone" else one))
                alone = alone or speed.polls
                _print(name, speed, alone)
            short += _compare(kind, one, other)
    return short


def _print(name: str, speed: Speed, alone: float) -> None:
    ratio = speed.polls / alone
    print(
        f"{name:10} {speed.polls:8.1f} {ratio:6.2f} {speed.cpu:7.2f} {speed.database:9.2f}",
        flush=True,
    )


def _compare(kind: str, one: Postgres, other: Postgres) -> list[str]:
    """What the queue costs: less than a machine varies from minute to minute, so side by side."""
    print("at the same time:")
    overheads = []
    for _ in range(TURNS):
        without, with_ = measure(
            Way(kind, WAYS["no queue"], one), Way(kind, WAYS["1 worker"], other)
        )
        _print("no queue", without, without.polls)
        _print("1 worker", with_, without.polls)
        overheads.append(with_.each / without.each - 1)
    overhead = median(overheads)
    print(f"the queue costs {overhead:.1%} of the CPU of a {kind} poll")
    if overhead > MOST_OVERHEAD:
        return [f"cluster: the queue costs {overhead:.1%} of a {kind} poll"]
    return []


if __name__ == "__main__":
    raise SystemExit("\n".join(main()))
