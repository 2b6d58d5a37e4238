"""What it costs to read pages in worker processes, and how much memory a visit takes.

python -m tests.benchmarks.reading

    CPU      the same visits read by the same functions, within this process and by workers
    memory   `feedbot poll` of 60 articles, all of its processes together (PSS), at their peak
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import psutil

from feedbot.model import Page
from feedbot.read import pipeline
from feedbot.read.reader import Reader
from feedbot.read.results import Fetched
from feedbot.read.site_model import SiteModel
from tests.benchmarks.extraction import SOURCE, pages
from tests.processes import FEEDBOT

MOST_CPU = 1.10  # of reading in this process
MOST_MEMORY = 150.0  # MB
VISITS = 12
PER_VISIT = 15
ARTICLES = 60
KINDS = {"6,600 elements": 6_600, "26,000 elements": 26_000}
SIZE = 100_000  # bytes of a page


# --- CPU ----------------------------------------------------------------------------------------


def visits() -> list[list[Page]]:
    every = [page for page, _ in pages()]
    return [every[at : at + PER_VISIT] for at in range(0, VISITS * PER_VISIT, PER_VISIT)]


def within(some: Sequence[Page]) -> None:
    """Reads visit after visit in this process."""
    site = SiteModel()
    for visit in visits():
        fetched = [Fetched(page=page, link=None) for page in visit]
        _, learnt = pipeline.study_and_read(fetched, SOURCE, site, [])
        site = learnt.site


def by_workers(reader: Reader) -> None:
    site = SiteModel()
    for visit in visits():
        fetched = [Fetched(page=page, link=None) for page in visit]
        _, site = reader.articles(fetched, SOURCE, site)


def _cpu() -> float:
    """CPU seconds of this process and all below it."""
    me = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in [me, *me.children(recursive=True)])


def ratio() -> float:
    """CPU of workers by CPU of this process, the median of pairs."""
    pipeline.use_topics([], {})
    found = []
    with Reader([], {}) as reader:
        by_workers(reader)
        within([])
        for _ in range(5):
            start = _cpu()
            within([])
            here = _cpu() - start
            start = _cpu()
            by_workers(reader)
            found.append((_cpu() - start) / here)
    return median(found)


# --- memory -------------------------------------------------------------------------------------


def article(number: int, elements: int) -> bytes:
    """An article's page of so many elements and about SIZE bytes."""
    words = " ".join(f"woord{(number * 37 + at) % 997}" for at in range(60))
    text = "".join(f"<p>Alinea {at} van bericht {number}: {words}.</p>" for at in range(12))
    rest = elements - 30
    filler = "<i></i>" * rest if rest * 14 > SIZE else "<span>a b</span>" * rest
    return (
        f"<html lang=nl><title>Bericht nummer {number} uit de streek</title><body><main><article>"
        f"<h1>Bericht nummer {number} uit de streek</h1>{text}</article></main><footer>"
        f"<div>{filler}</div></footer></body></html>"
    ).encode()


@contextmanager
def site(elements: int) -> Iterator[str]:
    links = "".join(
        f"<h2><a href='/nieuws/bericht-nummer-{number}-uit-de-streek'>Bericht nummer {number}"
        " uit de streek</a></h2>"
        for number in range(ARTICLES)
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.removeprefix("/nieuws/bericht-nummer-").partition("-")[0]
            found = self.path != "/robots.txt"
            body = article(int(number), elements) if number.isdigit() else links.encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/nieuws"
        server.shutdown()


def peak(elements: int) -> float:
    """MB that a first poll takes, all processes together."""
    with tempfile.TemporaryDirectory() as folder, site(elements) as url:
        home = Path(folder)
        (home / "feedbot.toml").write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            f'[polling]\ndelay = "0s"\n[[sources]]\nname = "A"\nurl = "{url}"\n'
        )
        running = subprocess.Popen(
            [*FEEDBOT, "poll", "--json"], cwd=home, stdout=subprocess.PIPE, text=True
        )
        most = 0.0
        while running.poll() is None:
            most = max(most, _pss(psutil.Process(running.pid)))
            time.sleep(0.05)
        assert running.stdout
        assert f'"new": {ARTICLES}' in running.stdout.read()
        return most


def _pss(process: psutil.Process) -> float:
    total = 0
    try:
        for one in [process, *process.children(recursive=True)]:
            total += one.memory_full_info().pss
    except psutil.Error:
        pass
    return total / 1e6


def main() -> list[str]:
    """Prints both; what takes more than promised."""
    short = []
    found = ratio()
    print(f"CPU of reading by workers / in this process: {found:.2f} ({os.cpu_count()} cores)")
    if found > MOST_CPU:
        short.append(f"reading: workers take {found:.2f} of the CPU, {MOST_CPU} is the most")
    for name, elements in KINDS.items():
        most = peak(elements)
        print(f"a first poll of {ARTICLES} articles of {name}: {most:.0f} MB at its peak (PSS)")
        if most > MOST_MEMORY:
            short.append(f"reading: {most:.0f} MB for pages of {name}")
    return short
