"""Three processes on one PostgreSQL database, while some are killed and the server restarts.

FEEDBOT_CLUSTER=200 sets the number of sources: the promise is for 200, which takes two minutes.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from feedbot import config as configuration
from feedbot.demo import WireStory
from feedbot.demo.pages import SECTIONS
from feedbot.demo.portal import LISTING, Portal
from feedbot.model import Source
from feedbot.schedule.queue import queue_status
from feedbot.store import LEASE, Store
from tests.databases import Postgres
from tests.processes import FEEDBOT, entries, feedbot, until

SOURCES = int(os.environ.get("FEEDBOT_CLUSTER", "16"))
AT_FIRST, LATER = 2, 2  # stories that a site opens with, and that come while everything breaks
BREAKDOWNS = 6
SYLLABLES = "ba de fi go ka le mo nu pra ris sto tel ve wan zij dor gel mer sum tra".split()
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = "feeds"
entries = 10000

[store]
url = {url}

[polling]
interval = "5s"
min_interval = "5s"
max_interval = "10s"
revisit = "1h"
delay = "0s"

[topics]
Noord = {{ any = "Noordstad", threshold = 1 }}
Zuid = {{ any = "Zuidstad", threshold = 1 }}
"""


def story(draw: random.Random, slug: str, *towns: str) -> WireStory:
    """An invented story about some towns."""

    def sentence() -> str:
        words = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))) for _ in range(14)]
        return " ".join([words[0].capitalize(), "de", *words[1:7], "van het", *words[7:]]) + "."

    paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(4)]
    paragraphs[0] = f"In {' en '.join(towns)} {paragraphs[0]}"
    return WireStory(
        slug=slug,
        headline=f"{towns[0]} {sentence()[:40].strip()} {slug}",
        section=SECTIONS[0],
        paragraphs=tuple(paragraphs),
    )


def stories_of(number: int) -> list[WireStory]:
    """What a site brings: stories of its own, and one that its neighbour has from the same wire."""
    draw = random.Random(f"site {number}")
    towns = [("Noordstad",), ("Zuidstad",), ("Noordstad", "Zuidstad")]
    own = [
        story(draw, f"eigen-{number}-{turn}", *towns[(number + turn) % 3])
        for turn in range(AT_FIRST + LATER - 1)
    ]
    wire = story(
        random.Random(f"wire {number // 2}"), f"bureau-{number // 2}", *towns[number // 2 % 3]
    )
    return [*own[:1], wire, *own[1:]]


class Cluster:
    """Processes of feedbot in one folder; they can be killed, and come back."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.logs: list[Path] = []
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Starts `run 1`, `worker 1` and so on."""
        log = self.home / f"{name}-{len(self.logs)}.log"
        self.logs.append(log)
        with log.open("wb") as file:
            command = [*FEEDBOT, name.split()[0]]
            self.running[name] = subprocess.Popen(command, cwd=self.home, stderr=file)

    def kill(self, name: str) -> None:
        """kill -9."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Asks all of them to end, as systemd does."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for name, process in self.running.items():
            assert process.wait(30) == 0, name

    def said(self) -> str:
        """Everything that was logged."""
        return "".join(log.read_text(encoding="utf-8") for log in self.logs)


@contextmanager
def cluster_of(home: Path, *names: str) -> Iterator[Cluster]:
    cluster = Cluster(home)
    try:
        for name in names:
            cluster.start(name)
        yield cluster
    finally:
        for process in cluster.running.values():
            process.kill()
            process.wait()


def configure(home: Path, url: str, portals: Sequence[Portal]) -> None:
    text = CONFIG.format(url=json.dumps(url))
    for number, portal in enumerate(portals):
        text += f'[[sources]]\nname = "Krant {number}"\nurl = {json.dumps(portal.url)}\n'
    (home / "feedbot.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def portals() -> Iterator[list[Portal]]:
    with ExitStack() as stack:
        sites = [Portal(stories=stories_of(n), older=(), at_first=AT_FIRST) for n in range(SOURCES)]
        yield [stack.enter_context(site) for site in sites]


def status(home: Path) -> dict[str, Any]:
    done = feedbot(home, "status", "--json")
    assert done.returncode == 0, done.stderr
    queue: dict[str, Any] = json.loads(done.stdout)["queue"]
    return queue


def until_alive(home: Path, workers: int) -> None:
    """Waits until so many are alive; a process for each look would keep the cluster from its work."""
    config = configuration.load(home / "feedbot.toml")
    with Store(config.store_url) as store:
        until(lambda: queue_status(config, store, datetime.now(UTC)).workers == workers, 120)


def titles(home: Path, slug: str) -> Counter[str]:
    return Counter(entry.title for entry in entries(home, slug))


@pytest.mark.timeout(1200)
def test_every_story_once_in_its_feeds_while_workers_die_and_the_server_restarts(
    tmp_path: Path, portals: list[Portal], postgres: Postgres
) -> None:
    configure(tmp_path, postgres.url(postgres.create_database()), portals)
    draw = random.Random(5)
    with cluster_of(tmp_path, "run 1", "run 2", "worker 1") as cluster:
        for turn in range(BREAKDOWNS):
            until(lambda: sum(len(p.requests) for p in portals) > 10, 120)
            time.sleep(draw.uniform(2, 4))
            for portal in portals:
                if draw.random() < LATER / BREAKDOWNS:
                    portal.advance()
            victim = draw.choice(sorted(cluster.running))
            cluster.kill(victim)
            if turn == BREAKDOWNS // 2:
                postgres.stop("immediate")
                time.sleep(2)
                postgres.start()
            cluster.start(victim)
        for portal in portals:
            while portal.advance():
                pass
        expected = {story.headline: story for portal in portals for story in portal.stories}
        wanted = {
            slug: Counter(title for title, one in expected.items() if town in one.lead)
            for slug, town in (("noord", "Noordstad"), ("zuid", "Zuidstad"))
        }
        until(
            lambda: all(titles(tmp_path, slug).keys() >= wanted[slug].keys() for slug in wanted),
            60 + 2 * SOURCES,
        )
        # One that was killed counts as long as it may only be slow to give a sign of life.
        until_alive(tmp_path, 3)
        until(lambda: status(tmp_path)["workers"] == 3, 60)  # on a busy machine signs come late
        cluster.stop()
    for slug, stories in wanted.items():
        assert stories
        assert titles(tmp_path, slug) == stories
    assert "Traceback" not in cluster.said()
    assert feedbot(tmp_path, "poll").returncode == 0
    for slug, stories in wanted.items():
        assert titles(tmp_path, slug) == stories


def test_another_heartbeat_takes_over_from_one_that_is_killed_or_hangs(
    tmp_path: Path, postgres: Postgres
) -> None:
    with Portal(stories=stories_of(0), older=(), at_first=1) as portal:
        configure(tmp_path, postgres.url(postgres.create_database()), [portal])
        with cluster_of(tmp_path, "run 1") as cluster:
            until(lambda: "leads" in cluster.said())
            cluster.start("run 2")
            until(lambda: cluster.said().count("started") == 2)
            cluster.running["run 1"].send_signal(signal.SIGSTOP)
            until(lambda: cluster.said().count("INFO leads\n") == 2, 30)
            before = len(portal.requests)
            until(lambda: len(portal.requests) > before, 60)
            cluster.running["run 1"].send_signal(signal.SIGCONT)
            until(lambda: "no longer leads" in cluster.said())
            cluster.kill("run 2")
            until(lambda: cluster.said().count("INFO leads\n") == 3, 30)
            cluster.stop()


def test_what_was_handed_out_without_a_job_gets_one(tmp_path: Path, postgres: Postgres) -> None:
    """Whoever handed out died in the middle of it, or an operator emptied the queue."""
    url = postgres.url(postgres.create_database())
    with Portal(stories=stories_of(0), older=(), at_first=1) as portal:
        configure(tmp_path, url, [portal])
        with Store(url) as store:
            store.know_sources([Source(name="Krant 0", urls=(portal.url,))])
            assert store.enqueue(datetime.now(UTC), 8) == ["Krant 0"]
        with cluster_of(tmp_path, "run 1") as cluster:
            until(lambda: portal.requests, LEASE.total_seconds() / 2)
            cluster.stop()


def test_a_source_that_no_process_knows_leaves_its_host_to_others(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.url(postgres.create_database())
    with Portal(stories=stories_of(0), older=(), at_first=1) as portal:
        configure(tmp_path, url, [portal])
        known = Source(name="Krant 0", urls=(portal.url,))
        other = Source(name="Elders", urls=(portal.url + "/elders",))
        with cluster_of(tmp_path, "run 1") as cluster, Store(url) as store:
            until(lambda: portal.requests)
            store.know_sources([known, other])
            until(lambda: "not polled" in cluster.said())
            portal.requests.clear()
            until(lambda: len([path for _, path, _ in portal.requests if path == LISTING]) >= 2)
            assert cluster.said().count("not polled") == 1, "again when it is due again"
            cluster.stop()


def test_processes_of_an_older_version_end_politely(tmp_path: Path, postgres: Postgres) -> None:
    name = postgres.create_database()
    with Portal(stories=stories_of(0), older=(), at_first=1) as portal:
        configure(tmp_path, postgres.url(name), [portal])
        with cluster_of(tmp_path, "run 1", "worker 1") as cluster:
            until(lambda: cluster.said().count("started") == 2)
            postgres.execute("UPDATE alembic_version SET version_num = '9999'", name)
            for process in cluster.running.values():
                assert process.wait(20) == 1
            assert cluster.said().count("install that version and restart") >= 2
            assert "Traceback" not in cluster.said()
    refused = feedbot(tmp_path, "status")
    assert refused.returncode == 1
    assert "its schema 9999 is newer than" in refused.stderr


def test_an_operator_sees_the_queue_and_its_own_shell_works_on_it(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.url(postgres.create_database())
    (tmp_path / "jobs.py").write_text(
        f"from feedbot.schedule.queue import application\n\napp = application({url!r})\n"
    )

    def procrastinate(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "procrastinate", "--app", "jobs.app", *args],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    with Portal(stories=stories_of(0), older=(), at_first=1) as portal:
        configure(tmp_path, url, [portal])
        portal.break_(portal.stories[0].path, "slow")
        with cluster_of(tmp_path, "run 1") as cluster:
            until(lambda: any(path.startswith("/nieuws/") for _, path, _ in portal.requests))
            seen = status(tmp_path)
            assert (seen["workers"], seen["doing"]) in {(1, 1), (1, 2)}, "it may publish as well"
            assert re.search(
                r"^poll: \d+ jobs", procrastinate("shell", "list_queues"), re.MULTILINE
            )
            with Store(url) as store, store.read() as connection:
                events = connection.scalar(text("SELECT count(*) FROM procrastinate_events"))
            assert events == 0, "the history of a job is not kept"
            cluster.stop()
        left = status(tmp_path)
        assert left["doing"] == 0
        procrastinate("defer", "--unknown", "--queue", "poll", "poll", '{"name": "Krant 0"}')
        until(lambda: status(tmp_path)["oldest_due_seconds"] >= 1)
        assert status(tmp_path)["waiting"] == left["waiting"] + 1


def test_without_the_extra_part_one_line_says_what_to_install(tmp_path: Path) -> None:
    """The libraries are hidden, as if they were not installed."""
    source = '[[sources]]\nname = "Krant"\nurl = "https://krant.example.org/"\n'
    (tmp_path / "feedbot.toml").write_text(CONFIG.format(url='"postgresql://x@/news"') + source)
    hidden = (
        "import sys; sys.modules.update(psycopg=None, procrastinate=None);"
        "from feedbot.cli import main; main()"
    )
    for command in ("run", "worker", "status", "poll"):
        done = subprocess.run(
            [sys.executable, "-c", hidden, command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, command
        assert done.stderr.count("\n") == 1
        assert "PostgreSQL needs `pip install 'feedbot[cluster]'`" in done.stderr


def test_a_worker_that_was_cut_off_does_no_harm_when_it_is_back(
    tmp_path: Path, postgres: Postgres
) -> None:
    with Portal(stories=stories_of(0), older=(), at_first=2) as portal:
        configure(tmp_path, postgres.url(postgres.create_database()), [portal])
        portal.break_(portal.stories[0].path, "slow")
        with cluster_of(tmp_path, "worker 1", "run 1") as cluster:
            until(lambda: any(path.startswith("/nieuws/") for _, path, _ in portal.requests))
            time.sleep(1)
            for process in cluster.running.values():  # whoever has it
                process.send_signal(signal.SIGSTOP)
            portal.mend()
            cluster.start("run 2")
            until(lambda: titles(tmp_path, "noord"), 60)
            for process in cluster.running.values():
                process.send_signal(signal.SIGCONT)
            time.sleep(10)
            assert status(tmp_path)["takeovers"] >= 1
            cluster.stop()
        wanted = [story.headline for story in portal.stories if "Noordstad" in story.lead]
        assert titles(tmp_path, "noord") == Counter(wanted)
