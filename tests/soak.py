"""A month of news in minutes: real servers, polls, store and files, and a clock that runs ahead.

python -m tests.soak      60 sources for 30 days; about a quarter of an hour of CPU

    a process of its own   every site, by the same clock; something is wrong with one all the time
    this process           the scheduler's beat; whenever it is idle, the clock goes to what is next

Twice the process starts again, once the clock is set back, and once the machine sleeps.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from http import HTTPStatus
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import urlsplit

import feedparser
from sqlalchemy import func, select

from feedbot import config as configuration
from feedbot.demo import OLDER, WireStory
from feedbot.demo import pages as demo_pages
from feedbot.demo.portal import LISTING, Portal
from feedbot.demo.server import Answer
from feedbot.demo.stories import Correction
from feedbot.poll.pages import LONGEST_RETRY
from feedbot.schedule import open_tools
from feedbot.schedule.beat import Beat
from feedbot.store import Store, schema
from tests.processes import serving
from tests.world import BROAD, FLAT, OFFICE, site

START = datetime(2026, 3, 16, tzinfo=UTC)  # a Monday; on the 29th clocks go forward in Europe
OPENING = 20  # stories that a site opens with
FAULTS = ("500", "404", "503", "shell", "consent", "truncated", "later", "slow")
TAIL = 1.5  # days after the last story, without faults: what failed is tried again
DAY = timedelta(days=1)
A_STORY = 16_000  # bytes that a story may take in the database: its text, sketch, page, revisions
LATEST = timedelta(hours=4) * 1.1 + timedelta(minutes=2)  # max_interval, its jitter, a visit


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played. `sleep` and `back` are days on which the machine sleeps 8 h, and on which
    feedbot's clock is set back an hour; `starts` those on which it starts again."""

    sources: int
    days: float
    per_day: float
    sleep: float
    back: float
    starts: tuple[float, ...]
    seed: int = 1

    @property
    def quiet(self) -> float:
        """The day after which nothing happens any more."""
        return self.days - TAIL


LONG = Plan(sources=60, days=31.5, per_day=3, sleep=12.3, back=20.6, starts=(8.0, 24.0))
SHORT = Plan(sources=3, days=4.5, per_day=9, sleep=1.3, back=2.1, starts=(2.5,))


# --- the sites --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a site for a while."""

    start: float  # days
    end: float
    what: str  # "listing" or "articles"
    how: str


@dataclass(slots=True)
class Room:
    """What one site publishes, and when, in days; the first ones are there from the start."""

    stories: list[WireStory]
    times: list[float]
    corrections: list[float]
    faults: list[Fault]


def rooms(plan: Plan) -> list[Room]:
    """The same for the same plan."""
    draw = random.Random(plan.seed)
    vocabulary = [
        "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))) for _ in range(4000)
    ]
    found = [_room(plan, number, draw, vocabulary) for number in range(plan.sources)]
    for one, other in pairwise(found):
        _copy(one, other, draw)
    return found


SYLLABLES = "ba de fi go ka le mo nu pra ris sto tel ve wan zij dor gel mer sum tra kui lak".split()


def _room(plan: Plan, number: int, draw: random.Random, vocabulary: list[str]) -> Room:
    hours = site(
        draw,
        int(plan.quiet),
        per_day=plan.per_day * draw.choice((0.3, 0.6, 1.0, 2.1)),
        profile=draw.choice((OFFICE, BROAD, FLAT)),
        weekend=draw.uniform(0.2, 0.9),
    ).articles
    times = [hour / 24 for hour in hours]
    stories = [_story(f"{number}-{n}", draw, vocabulary) for n in range(OPENING + len(times))]
    corrections = [at + 1 / 12 for at in times if draw.random() < 0.1]
    return Room(stories, times, corrections, sorted(_faults(plan, draw), key=lambda f: f.start))


def _faults(plan: Plan, draw: random.Random) -> Iterator[Fault]:
    at = draw.uniform(0.3, 2)
    while at < plan.quiet - 0.5:
        how = draw.choices(FAULTS, (3, 2, 3, 2, 3, 2, 3, 1))[0]
        length = 1 / 24 if how == "slow" else draw.uniform(0.02, 0.25)
        on_listing = how in ("later", "slow") or draw.random() < 0.5
        yield Fault(at, at + length, "listing" if on_listing else "articles", how)
        at += length + draw.uniform(0.3, 2.5)


def _story(name: str, draw: random.Random, vocabulary: list[str]) -> WireStory:
    def words(count: int) -> str:
        return " ".join(draw.choices(vocabulary, k=count))

    def sentence() -> str:
        return f"De {words(2)} heeft een {words(3)} van {words(2)} en het {words(3)} in {words(1)}."

    headline = words(5).capitalize()
    if draw.random() < 0.25:
        headline = f"Rusland {headline.lower()}"
    paragraphs = tuple(" ".join(sentence() for _ in range(3)) for _ in range(5))
    old = paragraphs[2].split(". ")[1]
    return WireStory(
        slug=f"bericht-{name}-{headline.split()[0].lower()}",
        headline=headline,
        section=draw.choice(demo_pages.SECTIONS),
        paragraphs=paragraphs,
        correction=Correction(headline=f"{headline} {words(1)}", old=old, new=sentence()[:-1])
        if draw.random() < 0.2
        else None,
    )


def _copy(one: Room, other: Room, draw: random.Random) -> None:
    """Some stories of one site appear on another, under an address of its own."""
    for at in range(OPENING, len(one.stories)):
        place = draw.randrange(OPENING, len(other.stories)) if draw.random() < 0.04 else 0
        story = one.stories[at]
        if place and not story.correction:
            other.stories[place] = WireStory(
                slug=other.stories[place].slug,
                headline=story.headline,
                section=story.section,
                paragraphs=story.paragraphs,
            )


class Newsroom(Portal):
    """A site that lives by the clock."""

    def __init__(self, room: Room, clock: Callable[[], datetime]) -> None:
        super().__init__(clock=clock, stories=room.stories, older=OLDER, at_first=OPENING)
        self._room = room

    def answer(self, method: str, target: str, headers: Message) -> Answer:
        now = (self._clock() - START) / DAY
        self._catch_up(now)
        path = urlsplit(target).path
        what = "listing" if path == LISTING else "articles" if path.startswith(LISTING) else ""
        faults = self._room.faults
        how = next((f.how for f in faults if f.what == what and f.start <= now < f.end), "")
        self.requests.clear()
        self.mend()
        if how == "later":
            headers_ = {"Retry-After": "1800"}
            return Answer(status=HTTPStatus.TOO_MANY_REQUESTS, body="later", headers=headers_)
        if how:
            self.break_(path, how)  # type: ignore[arg-type]
        return super().answer(method, target, headers)

    def _catch_up(self, now: float) -> None:
        while self._room.times and self._room.times[0] <= now:
            self._room.times.pop(0)
            self.advance()
        while self._room.corrections and self._room.corrections[0] <= now:
            self._room.corrections.pop(0)
            self.correct()


def serve(plan: Plan, seconds: Any, pipe: Connection) -> None:
    """Runs every site until the process is killed; first tells their addresses."""
    demo_pages.PER_PAGE = 60  # a site that is down for a night does not lose its news
    with ExitStack() as stack:
        portals = [
            stack.enter_context(Newsroom(room, lambda: START + timedelta(seconds=seconds.value)))
            for room in rooms(plan)
        ]
        pipe.send([portal.url for portal in portals])
        pipe.recv()


# --- feedbot ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at one moment."""

    day: float
    memory: float  # MB resident
    files: int
    database: float  # MB
    wal: float  # MB


@dataclass(slots=True)
class Run:
    """What happened."""

    plan: Plan
    samples: list[Sample] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seen: dict[str, timedelta] = field(default_factory=dict)  # by slug: after START, by true time
    published: dict[str, set[str]] = field(default_factory=dict)  # ids by topic and slug
    cpu: float = 0.0
    beats: int = 0


def soak(plan: Plan, home: Path) -> Run:
    """Plays the plan."""
    run, started = Run(plan), time.process_time()
    seconds = multiprocessing.get_context("spawn").Value("d", 0.0)
    listener = _Listener(run.errors)
    logging.getLogger("feedbot").addHandler(listener)
    logging.getLogger("feedbot").setLevel(logging.ERROR)
    try:
        with serving(serve, plan, seconds) as urls:
            (home / "feedbot.toml").write_text(_configuration(urls), encoding="utf-8")
            ends = [*plan.starts, plan.days]
            for end in ends:
                _play(run, home, seconds, end)
    finally:
        logging.getLogger("feedbot").removeHandler(listener)
    run.cpu = time.process_time() - started
    _read_output(run, home)
    return run


class _Listener(logging.Handler):
    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.append(record.getMessage())


def _configuration(urls: Iterable[str]) -> str:
    sources = "".join(
        f'[[sources]]\nname = "s{number}"\nurl = "{url}"\n' for number, url in enumerate(urls)
    )
    return (
        '[feeds]\nurl = "https://feeds.example.org/"\nentries = 50\nkeep = "1h"\n'
        '[polling]\ndelay = "0s"\ninterval = "30m"\ntimeout = "1s"\nrevisit = "3h"\n'
        f'[alerts]\nfeed = true\n{sources}[topics]\nAlles = "*"\nRusland = "country:RU"\n'
    )


def _play(run: Run, home: Path, seconds: Any, end: float) -> None:
    """One life of the process, until the day `end`."""
    plan, config = run.plan, configuration.load(home / "feedbot.toml")

    def clock() -> datetime:
        set_back = timedelta(hours=plan.back * 24 < seconds.value / 3600)
        return START + timedelta(seconds=seconds.value) - set_back

    with open_tools(config, clock) as tools:
        beat = Beat(config, tools)
        while seconds.value < end * 86400:
            beat()
            run.beats += 1
            if running := [one.future for one in beat._polls._running]:
                wait(running, 1.0, return_when="FIRST_COMPLETED")
                continue
            after = _next(tools.store, clock) - clock()
            day, was = seconds.value / 86400, seconds.value
            if after > timedelta():
                slept = was / 86400 < plan.sleep <= (was + after.total_seconds()) / 86400
                seconds.value += 8 * 3600 if slept else after.total_seconds()
            if int(seconds.value / 86400) > int(day):
                run.samples.append(_sample(seconds.value / 86400, home))
        beat.finish(10)
        with tools.store.read() as connection:
            rows = connection.execute(select(schema.story.c.url, schema.story.c.first_seen))
            for url, first_seen in rows:
                at = datetime.fromtimestamp(first_seen, UTC) - START
                back = timedelta(hours=at > timedelta(days=plan.back))
                run.seen[url.rpartition("/")[2]] = at + back


def _next(store: Store, clock: Callable[[], datetime]) -> datetime:
    with store.read() as connection:
        moment = connection.scalar(select(func.min(schema.source.c.next_poll)))
    return datetime.fromtimestamp(moment, UTC) if moment else clock()


def _sample(day: float, home: Path) -> Sample:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    wal = home / "feedbot.db-wal"
    return Sample(
        day=day,
        memory=pages * resource.getpagesize() / 1e6,
        files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - no Path for each of them
        database=(home / "feedbot.db").stat().st_size / 1e6,
        wal=wal.stat().st_size / 1e6 if wal.exists() else 0.0,
    )


def _read_output(run: Run, home: Path) -> None:
    for topic in ("alles", "rusland"):
        documents = [home / "feeds" / f"{topic}.xml"]
        documents += sorted((home / "feeds" / "archive").glob(f"{topic}-*.xml"))
        for document in documents:
            for entry in feedparser.parse(document.read_bytes()).entries:
                slug = f"{topic}/{entry.link.rpartition('/')[2]}"
                run.published.setdefault(slug, set()).add(entry.id)


# --- what must hold ---------------------------------------------------------------------------


def judge(run: Run) -> list[str]:
    """What does not hold."""
    found = [f"an error was logged: {error}" for error in run.errors[:5]]
    found += _judge_stories(run)
    found += _judge_delays(run)
    found += _judge_process(run)
    return found


def _copies(plan: Plan) -> dict[str, list[tuple[WireStory, float, Room]]]:
    """By the words of each story: it and its copies, when they appeared, and where."""
    stories: dict[str, list[tuple[WireStory, float, Room]]] = {}
    for room in rooms(plan):
        times = [0.0] * OPENING + room.times
        for story, at in zip(room.stories, times, strict=True):
            key = "\n".join(story.paragraphs)
            stories.setdefault(key, []).append((story, at, room))
    return stories


def _judge_stories(run: Run) -> Iterator[str]:
    for copies in _copies(run.plan).values():
        slugs = [story.slug for story, _, _ in copies]
        for topic in ("alles", "rusland"):
            wanted = topic == "alles" or copies[0][0].headline.startswith("Rusland")
            ids = set().union(*(run.published.get(f"{topic}/{slug}", set()) for slug in slugs))
            if len(ids) != wanted:
                yield f"{' = '.join(slugs)}: {len(ids)} entries in {topic}, not {int(wanted)}"


def delays(run: Run, *, disturbed: bool) -> list[timedelta]:
    """How late stories were found, of those that a fault kept away, or of the others."""
    plan, found = run.plan, []
    near = LATEST / DAY  # what a fault hinders before it, and after it by backing off
    breaks = [(plan.sleep, plan.sleep + 1 / 3), (plan.back, plan.back)]
    for copies in _copies(plan).values():
        story, at, room = copies[0]
        if story.slug not in run.seen or at == 0 or len(copies) > 1:
            continue
        hindered = any(start - near <= at <= end + near for start, end in breaks)
        hindered |= any(f.start - near <= at <= f.end + near for f in room.faults)
        if hindered == disturbed:
            found.append(run.seen[story.slug] - timedelta(days=at))
    return sorted(found)


def _judge_delays(run: Run) -> Iterator[str]:
    calm, rough = delays(run, disturbed=False), delays(run, disturbed=True)
    if len(calm) < 20 or len(rough) < 20:
        yield f"too little was measured: {len(calm)} and {len(rough)} stories"
        return
    if calm[-1] > LATEST:
        yield f"a story was found after {calm[-1]}, with nothing wrong"
    if calm[0] < -timedelta(minutes=1):
        yield f"a story was found {-calm[0]} before it was there"
    longest = timedelta(hours=8 + 6) + LONGEST_RETRY + LATEST
    if rough[-1] > longest:
        yield f"a story was found after {rough[-1]}"


def _judge_process(run: Run) -> Iterator[str]:
    third = len(run.samples) // 3
    if third < 1:
        yield "too few samples"
        return
    middle, last = run.samples[third : 2 * third], run.samples[-third:]
    if mean(s.memory for s in last) > 1.10 * mean(s.memory for s in middle) + 5:
        yield "memory grows"
    if max(s.memory for s in run.samples) > 250:
        yield f"{max(s.memory for s in run.samples):.0f} MB of memory"
    if median(s.files for s in last) > median(s.files for s in middle) + 10:
        yield "open files grow in number"
    if run.samples[-1].database * 1e6 > A_STORY * len(run.seen):
        yield f"{run.samples[-1].database:.0f} MB for {len(run.seen)} stories"
    if max(s.wal for s in run.samples) > 64:
        yield f"a WAL of {max(s.wal for s in run.samples):.0f} MB"


def report(run: Run) -> str:
    """What was measured, in words."""
    calm, rough = delays(run, disturbed=False), delays(run, disturbed=True)
    lines = ["  day   MB  files  database MB  WAL MB"]
    lines += [
        f"{s.day:5.1f} {s.memory:4.0f} {s.files:6} {s.database:12.1f} {s.wal:7.1f}"
        for s in run.samples
    ]
    for name, those in (("nothing wrong", calm), ("disturbed", rough)):
        if those:
            middle, late = those[len(those) // 2], those[int(len(those) * 0.95)]
            lines.append(
                f"{name}: {len(those)} stories, median {middle}, p95 {late}, most {those[-1]}"
            )
    lines.append(f"{len(run.seen)} stories, {run.beats} beats, {run.cpu:.0f} s of CPU")
    return re.sub(r"\.\d{6}", "", "\n".join(lines))


def main() -> int:
    """The long one, or with `short` as argument the short one."""
    with tempfile.TemporaryDirectory(prefix="feedbot-soak-") as folder:
        run = soak(SHORT if "short" in sys.argv[1:] else LONG, Path(folder))
    print(report(run))
    problems = judge(run)
    for problem in problems:
        print(f"DOES NOT HOLD  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
