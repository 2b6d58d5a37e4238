"""What one article costs in PostgreSQL with ten thousand and with a million stories; the latest hundred.

    FEEDBOT_STORIES="10000 100000" python -m tests.benchmarks.postgres

The stories are those of the benchmark of the store on SQLite.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy
import psutil
import psycopg
from sqlalchemy import event

from feedbot.store import FeedQueries, Store
from tests.benchmarks.cluster import cpu_of
from tests.benchmarks.store import AT, COLUMNS, arrivals, sketches, stories, take, texts
from tests.databases import Postgres, is_absent

SIZES = (10_000, 1_000_000)
TOPICS = 20
MOST_COST = 3.0  # of an article in the largest store, in articles in the smallest
MOST_LATEST = 5.0  # ms of the database for the latest hundred stories of a topic
TABLES = """
INSERT INTO page (url_key, url, source, story, first_seen, verdict)
    SELECT url_key, url, source, id, 0, 'new' FROM story;
INSERT INTO story_topic SELECT 'topic-' || id % {topics}, updated, id FROM story;
"""
ROW = numpy.dtype([("fields", ">i2"), ("l", ">i4"), ("h", ">i8"), ("m", ">i4"), ("story", ">i8")])


def build(url: str, count: int) -> None:
    """A store of `count` stories, loaded in bulk: what polls would have left there."""
    Store(url).close()
    packed, prints = texts(count)
    with psycopg.connect(url, autocommit=True) as raw, raw.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys hold as it is
        with cursor.copy(f"COPY story ({COLUMNS}) FROM STDIN") as copy:
            for row in stories(count, prints, packed):
                copy.write_row(row)
        cursor.execute(TABLES.format(topics=TOPICS))
        hashes, owners = sketches(count, prints)
        rows = numpy.zeros(len(hashes), ROW)
        rows["fields"], rows["l"], rows["m"] = 2, 8, 8
        rows["h"], rows["story"] = hashes, owners
        with cursor.copy("COPY sketch (h, story) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for start in range(0, len(rows), 100_000):
                copy.write(rows[start : start + 100_000].tobytes())
            copy.write(b"\xff\xff")
        cursor.execute("VACUUM ANALYZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds, in a store of so many stories."""

    stories: int
    client: float  # CPU of feedbot for an article: fingerprint, decide, store
    server: float  # CPU of the database for it
    latest: float  # the database's own time for the latest hundred stories of a topic

    @property
    def article(self) -> float:
        """CPU, all in all."""
        return self.client + self.server


def measure(url: str, server: psutil.Process, count: int) -> Cost:
    """What articles cost in the store at `url`."""
    coming = arrivals()
    with Store(url) as store:
        with store.save(AT) as saving:
            take(coming[-1], saving)  # warm: the connection, the catalogue, the first plan
        client, its = time.process_time(), cpu_of(server, with_children=True)
        for first in range(0, len(coming), 20):
            with store.save(AT + timedelta(hours=first), expected=20) as saving:
                for one in coming[first : first + 20]:
                    take(one, saving)
        spent = time.process_time() - client, cpu_of(server, with_children=True) - its
        latest = min(_latest(store, f"topic-{n}") for n in range(10))
    return Cost(
        stories=count,
        client=spent[0] * 1000 / len(coming),
        server=spent[1] * 1000 / len(coming),
        latest=latest,
    )


def _latest(store: Store, slug: str) -> float:
    """What the database says that the queries took."""
    asked: list[tuple[str, Any]] = []

    def note(_1: Any, _2: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    shelf = FeedQueries(store)
    event.listen(store._engine, "before_cursor_execute", note)
    found = shelf.window(slug, 100, timedelta(0))
    shelf.stories([one.story for one in found])
    event.remove(store._engine, "before_cursor_execute", note)
    assert len(found) == 100
    spent = 0.0
    with store.read() as connection:
        for statement, parameters in asked:
            if "story" in statement:
                explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
                (plan,) = connection.exec_driver_sql(explain, parameters).scalar_one()
                spent += plan["Planning Time"] + plan["Execution Time"]
    return spent


def short(found: Sequence[Cost]) -> list[str]:
    """What is dearer than promised."""
    ratio, latest = found[-1].article / found[0].article, found[-1].latest
    claims = {
        f"postgres: an article costs {ratio:.1f} times as much": ratio <= MOST_COST,
        f"postgres: the latest hundred take {latest:.2f} ms": latest <= MOST_LATEST,
    }
    return [claim for claim, holds in claims.items() if not holds]


def main() -> list[str]:
    """Prints the table; what is dearer than promised."""
    if is_absent():
        print(f"nothing is measured: {is_absent()}")
        return []
    sizes = [int(size) for size in os.environ.get("FEEDBOT_STORIES", "").split()] or SIZES
    columns = ("stories", "article", "feedbot", "database", "ratio", "latest")
    print(" ".join(f"{name:>9}" for name in columns) + "   (ms)")
    found: list[Cost] = []
    settings = {"shared_buffers": "512MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}
    with contextlib.closing(Postgres(**settings)) as postgres:
        for size in sizes:
            url = postgres.url(postgres.create_database())
            build(url, size)
            one = measure(url, psutil.Process(postgres.process), size)
            found.append(one)
            print(
                f"{size:9} {one.article:9.2f} {one.client:9.2f} {one.server:9.2f}"
                f" {one.article / found[0].article:9.2f} {one.latest:9.2f}",
                flush=True,
            )
    return short(found)


if __name__ == "__main__":
    raise SystemExit("\n".join(main()))
