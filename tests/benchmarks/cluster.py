"""Polls per second on many workers, beside the same polls without a queue, in one run.

    FEEDBOT_POLLS=100 python -m tests.benchmarks.cluster

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
LISTED = {"quiet": 3, "lively": 30, "busy": 3}  # articles on a listing
LONGEST = 900.0  # seconds that a measurement may take
AGE = "een paar minuten geleden"  # stands where a page says when
LATENCY = 0.05  # seconds before the site answers
TURNS = 3  # in which the work with and without a queue is measured
FIRST = 10  # visits of each site before it is measured: the first ones read every article
MOST_OVERHEAD = 0.10  # of the queue, in the CPU of a poll without one that reads a listing
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
loaded = config.load(Path("feedbot.toml"))
with schedule.open_tools(loaded, lambda: datetime.now(UTC)) as tools:
    schedule.run(loaded, tools, threading.Event())
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
    return f"<!doctype html><html lang=nl><head><title>Nieuws</title></head><body><main>{links}</main></body>"


def _teaser(one: Any, number: int) -> str:
    return (
        f'<article><h2><a href="/nieuws/bericht-{number}">{escape(one.title)}</a></h2>'
        f"<p>{escape(one.paragraphs[0])}</p><time>{AGE}</time></article>"
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


def measure(kind: str, url: str, commands: Sequence[Sequence[str]], server: int | None) -> Speed:
    """Runs processes on an empty store, and measures once every site is known."""
    with tempfile.TemporaryDirectory() as name, sites(kind) as (port, listings):
        home, count = Path(name), SOURCES[kind]
        text = CONFIG.format(
            url=json.dumps(url or f"sqlite:///{home / 'feedbot.db'}"),
            output=json.dumps(str(home / "feeds")),
        )
        for n in range(count):
            address = f"http://127.0.{n // 200 + 1}.{n % 200 + 1}:{port}/nieuws"
            text += f'[[sources]]\nname = "Krant {n}"\nurl = "{address}"\n'
        (home / "feedbot.toml").write_text(text, encoding="utf-8")
        with (home / "log").open("w+") as log, contextlib.ExitStack() as stack:
            running = []
            for command in commands:
                one = subprocess.Popen(command, cwd=home, stderr=log)
                stack.callback(one.wait)
                stack.callback(one.kill)
                running.append(psutil.Process(one.pid))
            return _watch(running, server, listings, FIRST * count)


def _watch(
    running: Sequence[psutil.Process], server: int | None, listings: Synchronized[int], first: int
) -> Speed:
    _wait_for(listings, first)
    database = psutil.Process(server) if server else None

    def spent() -> tuple[float, float]:
        own = sum(cpu_of(one) for one in running)
        return own, cpu_of(database, with_children=True) if database else 0.0

    start, before, (cpu, its) = time.monotonic(), listings.value, spent()
    _wait_for(listings, before + POLLS)
    seconds, polls, (cpu_after, its_after) = (
        time.monotonic() - start,
        listings.value - before,
        spent(),
    )
    return Speed(
        polls=polls / seconds,
        cpu=(cpu_after - cpu) * 1000 / polls,
        database=(its_after - its) * 1000 / polls,
    )


def _wait_for(listings: Synchronized[int], count: int) -> None:
    deadline = time.monotonic() + LONGEST
    while listings.value < count:
        assert time.monotonic() < deadline, f"only {listings.value} of {count} polls"
        time.sleep(0.02)


def ways() -> dict[str, list[list[str]]]:
    """What is started for each way of working."""
    run, worker = [*FEEDBOT, "run"], [*FEEDBOT, "worker"]
    return {
        "alone": [run],
        "no queue": [[sys.executable, "-c", NO_QUEUE]],
        "1 worker": [run],
        "2 workers": [run, worker],
        "4 workers": [run, worker, worker, worker],
    }


def main() -> list[str]:
    """Prints the tables; what is slower than promised."""
    if is_absent():
        print(f"nothing is measured: {is_absent()}")
        return []
    print(f"{os.cpu_count()} cores, {WORKERS} polls at a time in each process")
    short = []
    # Written to the disk as in earnest.
    with contextlib.closing(Postgres(fsync="on", shared_buffers="256MB")) as postgres:
        for kind in SOURCES:
            found: dict[str, list[Speed]] = {}
            print(f"\n{kind:10} {'polls/s':>8} {'ratio':>6} {'ms CPU':>7} {'database':>9}")
            for name, commands in [*ways().items(), *_again()]:
                alone = name == "alone"
                url = "" if alone else postgres.url(postgres.create_database())
                one = measure(kind, url, commands, None if alone else postgres.process)
                found.setdefault(name, []).append(one)
                ratio = one.polls / found["alone"][0].polls
                print(
                    f"{name:10} {one.polls:8.1f} {ratio:6.2f} {one.cpu:7.2f} {one.database:9.2f}",
                    flush=True,
                )
            with_, without = (
                median(one.each for one in found[name]) for name in ("1 worker", "no queue")
            )
            overhead = with_ / without - 1
            print(
                f"the queue costs {with_ - without:.2f} ms of CPU, {overhead:.1%} of a {kind} poll"
            )
            if kind != "quiet" and overhead > MOST_OVERHEAD:
                short.append(f"cluster: the queue costs {overhead:.1%} of a {kind} poll")
    return short


def _again() -> list[tuple[str, list[list[str]]]]:
    """What the queue costs is a small difference: it is measured by turns, and the median counts."""
    compared = [(name, ways()[name]) for name in ("no queue", "1 worker")]
    return compared * (TURNS - 1)


if __name__ == "__main__":
    raise SystemExit("\n".join(main()))
