"""What the running service costs: an idle hour, a quiet poll, its memory, two readers beside one.

python -m tests.benchmarks.service

CPU seconds and memory (PSS) are those of `feedbot run` and of all its children together.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

from feedbot import config as configuration
from feedbot import schedule
from feedbot.demo import WireStory
from feedbot.demo.portal import Portal
from feedbot.model import Article
from feedbot.read.reader import Reader
from tests import processes
from tests.quality.prose import Writer
from tests.quality.prose import name as invented

CPUCLOCK_SCHED = 2  # Linux: the clock of what a process was scheduled for
LOOK = 0.5  # seconds between two looks at the processes
QUIET = 45.0  # seconds until the workers that read have been sent home
SPAN = 60.0  # seconds that are measured
POLLS_AN_HOUR = 4  # of a source, at the default interval
DAY = 60  # articles that a site brings in a day
MANY = 200  # sources
DUE = 400  # articles
NEW = 0.25  # of the words of a story are invented

MOST_IDLE = 4.0  # CPU seconds of an hour with ten sources
MOST_QUIET = 0.012  # CPU seconds of a poll without news
MOST_MEMORY = {"a day of one site": 120.0, f"{MANY} sources": 160.0}  # MB
MOST_OF_ONE = 0.6  # of the time of one reader


def _stories(name: str, count: int) -> list[WireStory]:
    """Stories that are as unlike as real ones: of 1,461 real ones 0.3 are compared with each.

    The sentences of `Writer` come from a few stories, and ask for five.
    """
    articles = [_with_new_words((name, number)) for number in range(count)]
    return [
        WireStory(
            slug=f"{name}-{number}",
            headline=one.title,
            section="Buitenland",
            paragraphs=one.paragraphs,
        )
        for number, one in enumerate(articles)
    ]


def _with_new_words(seed: object) -> Article:
    one, draw = Writer(seed).article(), random.Random(repr(seed))

    def said(text: str) -> str:
        words = text.split(" ")
        return " ".join(word if draw.random() > NEW else invented(draw).lower() for word in words)

    return replace(one, paragraphs=tuple(map(said, one.paragraphs)))


def _configure(home: Path, urls: Sequence[str], polling: str = "") -> None:
    sources = "".join(
        f'[[sources]]\nname = "{number}"\nurl = "{url}"\n' for number, url in enumerate(urls)
    )
    (home / "feedbot.toml").write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
        f'[polling]\ndelay = "0s"\nbackfill = 1\nrevisit = "30d"\n{polling}\n{sources}'
    )


@contextlib.contextmanager
def _running(sites: Sequence[Portal], polling: str = "") -> Iterator[int]:
    """`feedbot run` for these sites; its process id."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for site in sites:
            stack.enter_context(site)
        _configure(Path(folder), [site.url for site in sites], polling)
        process = subprocess.Popen(
            [*processes.FEEDBOT, "run"], cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(60)


def _family(pid: int) -> list[Path]:
    """The folders in /proc of a process and of everything that it started."""
    parents: dict[int, list[int]] = {}
    for one in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents.setdefault(int(_stat(one)[1]), []).append(int(one.name))
    found, new = [pid], [pid]
    while new:
        new = [child for parent in new for child in parents.get(parent, ())]
        found += new
    return [Path(f"/proc/{one}") for one in found]


def _stat(process: Path) -> list[str]:
    """The fields of proc(5) stat from the third on."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def _cpu_times(pid: int) -> dict[int, float]:
    """CPU seconds of each process of a family so far, to the nanosecond, by process id."""
    found: dict[int, float] = {}
    for process in _family(pid):
        clock = (~int(process.name) << 3) | CPUCLOCK_SCHED  # as clock_getcpuclockid(3) makes it
        with contextlib.suppress(OSError):
            found[int(process.name)] = time.clock_gettime(clock)
    return found


def _spent(pid: int, seconds: float) -> float:
    """CPU seconds that a family spends meanwhile, those of processes that end included."""
    start = _cpu_times(pid)
    latest, end = dict(start), time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(LOOK)
        latest |= _cpu_times(pid)
    return sum(latest.values()) - sum(start.values())


def _pss(pid: int) -> float:
    """MB of memory; what processes share is counted once."""
    total = 0
    for process in _family(pid):
        with contextlib.suppress(OSError):
            lines = (process / "smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def _listed(sites: Sequence[Portal]) -> int:
    """Requests for listings so far."""
    return sum(path == "/nieuws" for site in sites for _, path, _ in site.requests)


def _peak(pid: int, until: Callable[[], bool], most: float) -> float:
    """The most memory at any moment until something holds, within `most` seconds."""
    peak, end = 0.0, time.monotonic() + most
    while time.monotonic() < end and not until():
        peak = max(peak, _pss(pid))
        time.sleep(0.1)
    return max(peak, _pss(pid))


def _idle() -> float:
    """CPU seconds of an hour between polls, with ten sources."""
    sites = [Portal(stories=_stories(f"s{n}", 10), at_first=10) for n in range(10)]
    with _running(sites) as pid:
        time.sleep(QUIET)
        return _spent(pid, SPAN) / SPAN * 3600


def _quiet() -> float:
    """CPU seconds of a poll that brings nothing, beats included."""
    sites = [Portal(stories=_stories(f"q{n}", 10), at_first=10) for n in range(10)]
    with _running(sites, 'interval = "1s"\nmin_interval = "1s"\nmax_interval = "1s"') as pid:
        time.sleep(QUIET)
        polls = _listed(sites)
        return _spent(pid, SPAN) / (_listed(sites) - polls)


def _day() -> float:
    """The most memory in a day of one site, which is over in minutes."""
    site = Portal(stories=_stories("day", 20 + DAY), at_first=20)
    with _running([site], 'interval = "1s"\nmin_interval = "1s"\nmax_interval = "1s"') as pid:
        processes.until(lambda: _listed([site]) > 1, 60)
        peak = 0.0
        while site.advance():
            peak = max(peak, _peak(pid, lambda: False, 1.5))
        return peak


def _many() -> float:
    """The most memory while many sources are read for the first time."""
    sites = [Portal(stories=_stories(f"m{n}", 5), at_first=5) for n in range(MANY)]
    with _running(sites) as pid:
        return _peak(pid, lambda: sum(len(site.requests) for site in sites) >= MANY * 7, 300)


def _serve(count: int, pipe: Connection) -> None:
    """Runs so many sites until the process is killed; first tells their addresses."""
    with ExitStack() as stack:
        sites = [Portal(stories=_stories(f"r{n}", 20), at_first=20) for n in range(count)]
        pipe.send([stack.enter_context(site).url for site in sites])
        pipe.recv()


def _read(readers: int) -> float:
    """Seconds in which so many readers read what is due; the sites have a process of their own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        processes.serving(_serve, DUE // 20) as urls,
        ExitStack() as stack,
    ):
        _configure(Path(folder), urls)
        config = configuration.load(Path(folder) / "feedbot.toml")
        tools = stack.enter_context(schedule.open_tools(config, lambda: datetime.now(UTC)))
        reader = stack.enter_context(Reader(config.topics, config.leaders, most=readers))
        names = [source.name for source in config.sources]
        start = time.monotonic()
        outcome = schedule.poll_once(config, replace(tools, reader=reader), names, Event())
        spent = time.monotonic() - start
    found = sum(report.count("new") for report in outcome.reports)
    assert found == DUE, f"{found} of {DUE}"
    return spent


def main() -> list[str]:
    """Prints what it measured; what costs more than promised."""
    short: list[str] = []
    quiet, idle = _quiet(), _idle()
    hour = idle + 10 * POLLS_AN_HOUR * quiet
    print(f"CPU of a quiet poll              {quiet * 1000:6.1f} ms")
    print(f"CPU of an hour with ten sources  {hour:6.1f} s, of which the polls {hour - idle:.1f} s")
    if quiet > MOST_QUIET:
        short.append(f"service: {quiet * 1000:.1f} ms for a quiet poll")
    if hour > MOST_IDLE:
        short.append(f"service: {hour:.1f} s for an hour with ten sources")
    for name, peak in (("a day of one site", _day()), (f"{MANY} sources", _many())):
        print(f"memory, {name:23}  {peak:6.0f} MB")
        if peak > MOST_MEMORY[name]:
            short.append(f"service: {peak:.0f} MB for {name}")
    one, two = _read(1), _read(2)
    print(f"{DUE} articles, one reader        {one:6.1f} s; two: {two:.1f} s, {two / one:.2f}")
    if two / one > MOST_OF_ONE:
        short.append(f"service: two readers need {two / one:.2f} of the time of one")
    return short


if __name__ == "__main__":
    main()
