"""What reading an article costs, and whether more processes read more than one with threads.

python -m tests.benchmarks.polls

Every way reads the same sites for the first time into a store of its own, with the real command.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path

from feedbot.demo import STORIES
from feedbot.demo.portal import Portal
from tests.processes import FEEDBOT, serving

SITES = 16
WAYS = (1, 2, 4)  # processes; each has its eight threads
MOST_CPU = 0.05  # seconds for an article, from its page to the feed file


def serve(pipe: Connection) -> None:
    """Runs the sites until the process is killed; first tells their addresses."""
    with ExitStack() as stack:
        portals = [stack.enter_context(Portal(at_first=len(STORIES))) for _ in range(SITES)]
        pipe.send([portal.url for portal in portals])
        pipe.recv()


def read(urls: list[str], processes: int) -> tuple[float, float]:
    """Seconds and CPU seconds that so many processes need together."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sources = "".join(
            f'[[sources]]\nname = "{number}"\nurl = "{url}"\n' for number, url in enumerate(urls)
        )
        (home / "feedbot.toml").write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            f'[polling]\ndelay = "0s"\nbackfill = 9\n{sources}'
        )
        subprocess.run([*FEEDBOT, "status"], cwd=home, check=True, capture_output=True)
        start, before = time.monotonic(), _cpu()
        running = [
            subprocess.Popen(
                [*FEEDBOT, "poll", *map(str, range(share, len(urls), processes))],
                cwd=home,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for share in range(processes)
        ]
        for one in running:
            _, errors = one.communicate()
            assert one.returncode == 0, errors
        return time.monotonic() - start, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> list[str]:
    """Prints the table; what costs more than promised."""
    articles, short = SITES * len(STORIES), list[str]()
    print(
        f"{articles} articles of {SITES} sites, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"
    )
    print(f"{'processes':>9}  {'seconds':>7}  {'articles/s':>10}  {'CPU ms each':>11}")
    with serving(serve) as urls:
        for processes in WAYS:
            seconds, cpu = read(urls, processes)
            print(
                f"{processes:9}  {seconds:7.1f}  {articles / seconds:10.0f}"
                f"  {cpu / articles * 1000:11.1f}"
            )
            if processes == 1 and cpu / articles > MOST_CPU:
                short.append(f"polls: {cpu / articles * 1000:.0f} ms of CPU for an article")
    return short
