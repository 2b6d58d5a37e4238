"""What one article costs in a store of ten thousand, a hundred thousand and a million stories.

    FEEDBOT_STORIES="10000 100000" python -m tests.benchmarks.store

Some of the stories are texts, and one in twenty is a form filled in anew; the others have a text that
serves for all of them, and a sketch with as many chance hits as made-up news has.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from feedbot.model import Article, Dated, Fingerprint
from feedbot.store import Store, Transaction
from feedbot.store.records import pack_article
from feedbot.store.schema import sketch as rows_table
from feedbot.store.sketch import MOST_SHARING, near_ids
from feedbot.stories.decide import Arrival, decide
from feedbot.stories.fingerprint import fingerprint_of
from tests.quality.prose import FORMS, Writer, words_replaced

SIZES = (10_000, 100_000, 1_000_000)
TEXTS = 1_000  # stories with a text of their own
ROWS = 40  # of a sketch
CHANCE = 0.02  # of these, the share that some text has too
ARTICLES = 200  # that come; half of them copies, a fifth of the others forms
MOST_COST = 3.0  # of an article in the largest store, in articles in the smallest
MOST_QUERY = 2.0  # ms of CPU for a look-up, at the 95th percentile
MOST_BYTES = 700  # of a story's sketch
MOST_OPEN = 3.0  # of opening the largest store, in openings of the smallest
AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
EARLIEST = int(AT.timestamp()) - 2_000_000
COLUMNS = (
    "tag, source, url, url_key, title, article, version, content, title_hash, words, published,"
    " published_from, updated, first_seen"
)
Numbers = NDArray[numpy.int64]


def text(number: int) -> Article:
    """A story with a text of its own; one in twenty is a form."""
    form = FORMS[number % len(FORMS)]
    one = form.filled(number) if number % 20 == 0 else Writer(number).article()
    return replace(one, url=f"https://a.example.org/{number}")


def build(path: Path, count: int) -> None:
    """A store of `count` stories, loaded in bulk: what polls would have left there."""
    Store(f"sqlite:///{path}").close()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("BEGIN")
    packed, prints = texts(count)
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    raw.executemany(
        f"INSERT INTO story ({COLUMNS}) VALUES ({marks})", stories(count, prints, packed)
    )
    raw.executemany(
        "INSERT INTO page (url_key, url, source, story, first_seen, verdict)"
        " VALUES (?, ?, 'a', ?, 0, 'new')",
        ((f"a.example.org/{n}", f"https://a.example.org/{n}", n + 1) for n in range(count)),
    )
    hashes, owners = sketches(count, prints)
    for start in range(0, len(hashes), 1_000_000):
        some = slice(start, start + 1_000_000)
        rows = zip(hashes[some].tolist(), owners[some].tolist(), strict=True)
        raw.executemany("INSERT INTO sketch VALUES (?, ?)", rows)
    raw.execute("COMMIT")
    raw.close()


def texts(count: int) -> tuple[list[bytes], list[Fingerprint]]:
    """The stories that have a text of their own, as they are stored, and their fingerprints."""
    real = [text(number) for number in range(min(TEXTS, count))]
    return [pack_article(one) for one in real], [fingerprint_of(one) for one in real]


def stories(
    count: int, prints: Sequence[Fingerprint], packed: Sequence[bytes]
) -> Iterator[tuple[object, ...]]:
    """The rows of the stories, in COLUMNS."""
    for n in range(count):
        key = f"a.example.org/{n}"
        content = prints[n].content if n < len(prints) else n.to_bytes(16, "big")
        yield (
            f"tag:example.org,2026:story/{n}", "a", f"https://{key}", key, "Kop",
            packed[n % len(packed)], 1, content, content, 350, 0, "meta", EARLIEST + n, 0,
        )  # fmt: skip


def sketches(count: int, prints: Sequence[Fingerprint]) -> tuple[Numbers, Numbers]:
    """The rows of all stories in order: hashes, and whose. No more than COMMON and one of a hash."""
    draw = numpy.random.default_rng(3)
    pool = numpy.array([h for fingerprint in prints for h in fingerprint.rows])
    made_up = draw.integers(0, 1 << 48, (count, ROWS))
    chance = draw.random((count, ROWS)) < CHANCE
    made_up[chance] = draw.choice(pool, chance.sum())
    for n in range(0, count, 20):  # a form: its wording is that of all others, its facts are not
        form = prints[n % len(FORMS) * 20].rows[: ROWS - 8]
        made_up[n, : len(form)] = form
    hashes = [numpy.array(fingerprint.rows) for fingerprint in prints] + [
        made_up[len(prints) :].ravel()
    ]
    owners = [numpy.full(len(fingerprint.rows), n + 1) for n, fingerprint in enumerate(prints)]
    owners.append(numpy.repeat(numpy.arange(len(prints), count) + 1, ROWS))
    h, story = numpy.concatenate(hashes), numpy.concatenate(owners)
    order = numpy.lexsort((story, h))
    h, story = h[order], story[order]
    once = numpy.append(True, (h[1:] != h[:-1]) | (story[1:] != story[:-1]))
    h, story = h[once], story[once]
    begins = numpy.append(True, h[1:] != h[:-1])
    at = numpy.arange(len(h))
    kept = at - numpy.maximum.accumulate(numpy.where(begins, at, 0)) <= MOST_SHARING
    return h[kept], story[kept]


def arrivals() -> list[Article]:
    """What comes: copies of stories that are there, forms, and news."""
    found = []
    for n in range(ARTICLES):
        if n % 2:
            one = words_replaced(text(n * 3 % TEXTS), 0.1, n)
        elif n % 10 == 0:
            one = FORMS[n % len(FORMS)].filled(("later", n))
        else:
            one = Writer(("later", n)).article()
        found.append(replace(one, url=f"https://b.example.org/{n}"))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU, in milliseconds, and what else was measured of one store."""

    stories: int
    opening: float
    article: float  # fingerprint, decide and store
    query: tuple[float, float]  # a look-up: median, 95th percentile
    by_hash: tuple[float, float]  # the same with a query for each hash
    most_rows: int  # that a look-up reads
    bytes: float  # of a sketch
    found: float  # the share of the copies that were seen to be copies


def measure(path: Path, count: int) -> Cost:
    """What articles cost in the store at `path`."""
    url = f"sqlite:///{path}"
    opening = _cpu(lambda: _open(url))
    coming = arrivals()
    with Store(url) as store:
        queries = [fingerprint_of(one).query for one in coming]
        with store.read() as connection:
            near_ids(connection, queries[0])
            query = _percentiles([_cpu(lambda q=q: near_ids(connection, q)) for q in queries])
            by_hash = _percentiles([_cpu(lambda q=q: _by_hash(connection, q)) for q in queries])
            most = max(_rows_read(connection, q) for q in queries)
        start = time.process_time()
        verdicts = Counter[tuple[bool, str]]()
        for first in range(0, len(coming), 20):
            with store.save(AT + timedelta(hours=first), expected=20) as saving:
                for n, one in enumerate(coming[first : first + 20], start=first):
                    verdicts[bool(n % 2), take(one, saving)] += 1
        article = (time.process_time() - start) * 1000 / len(coming)
    return Cost(
        stories=count,
        opening=opening,
        article=article,
        query=query,
        by_hash=by_hash,
        most_rows=most,
        bytes=_sketch_bytes(path) / count,
        found=verdicts[True, "duplicate"] / (len(coming) // 2),
    )


def take(one: Article, saving: Transaction) -> str:
    """What a poll does with an article."""
    fingerprint, key = fingerprint_of(one), one.url.removeprefix("https://")
    decision = decide(
        Arrival(article=one, fingerprint=fingerprint, source="b", url_keys=(key,)),
        known=saving.story_at(key),
        named=None,
        same_words=saving.same_words(fingerprint),
        candidates=saving.near(fingerprint),
    )
    if decision.story is None:
        published = Dated(at=AT, origin="first sight")
        tag = f"tag:example.org,2026:{key}"
        saving.add(one, fingerprint, tag=tag, source="b", url_key=key, published=published)
    return decision.verdict


def _open(url: str) -> None:
    with Store(url) as store, store.read() as connection:
        near_ids(connection, range(90))


def _by_hash(connection: Connection, query: Sequence[int]) -> list[int]:
    """The other way: a limited query for each hash, counted here."""
    shared = Counter[int]()
    for h in query:
        mine = select(rows_table.c.story).where(rows_table.c.h == h).limit(MOST_SHARING + 1)
        ids = connection.scalars(mine).all()
        if len(ids) <= MOST_SHARING:
            shared.update(ids)
    return [story for story, count in shared.most_common(8) if count > 1]


def _rows_read(connection: Connection, query: Sequence[int]) -> int:
    mine = select(rows_table.c.story).where(rows_table.c.h.in_(query))
    return len(connection.scalars(mine).all())


def _sketch_bytes(path: Path) -> int:
    raw = sqlite3.connect(path)
    (size,) = raw.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'sketch'").fetchone()
    raw.close()
    return int(size)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]


def grown(count: int) -> float:
    """Bytes of a sketch where stories came one by one, as they do."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feedbot.db"
        with Store(f"sqlite:///{path}") as store:
            for first in range(0, count, 20):
                with store.save(AT + timedelta(hours=first), expected=20) as saving:
                    for n in range(first, first + 20):
                        take(replace(Writer(n).article(), url=f"https://c.example.org/{n}"), saving)
        return _sketch_bytes(path) / count


def costs(sizes: Sequence[int]) -> list[Cost]:
    """What articles cost in a store of each size."""
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "feedbot.db"
            build(path, size)
            found.append(measure(path, size))
    return found


def short(found: Sequence[Cost]) -> list[str]:
    """What is dearer than promised."""
    first, last = found[0], found[-1]
    ratio, opening = last.article / first.article, last.opening / first.opening
    claims = {
        f"store: an article costs {ratio:.1f} times as much": ratio <= MOST_COST,
        f"store: a look-up takes {last.query[1]:.2f} ms": last.query[1] <= MOST_QUERY,
        f"store: a sketch takes {last.bytes:.0f} bytes": last.bytes <= MOST_BYTES,
        f"store: opening takes {opening:.1f} times as long": opening <= MOST_OPEN,
        f"store: {last.most_rows} rows are read": last.most_rows <= 100 * (MOST_SHARING + 1),
        f"store: {last.found:.2f} of the copies are found": last.found >= 0.98,
    }
    return [claim for claim, holds in claims.items() if not holds]


def main() -> list[str]:
    """Prints the table; what is dearer than promised."""
    sizes = [int(size) for size in os.environ.get("FEEDBOT_STORIES", "").split()] or SIZES
    columns = (
        "stories",
        "open",
        "article",
        "query",
        "p95",
        "by hash",
        "p95",
        "rows",
        "bytes",
        "found",
    )
    print(" ".join(f"{name:>9}" for name in columns) + "   (CPU ms)")
    found = []
    for size in sizes:
        (cost,) = costs([size])
        found.append(cost)
        print(
            f"{size:9} {cost.opening:9.2f} {cost.article:9.2f} {cost.query[0]:9.3f} {cost.query[1]:9.3f}"
            f" {cost.by_hash[0]:9.3f} {cost.by_hash[1]:9.3f} {cost.most_rows:9} {cost.bytes:9.0f} {cost.found:9.2f}",
            flush=True,
        )
    live = grown(2_000)
    print(f"a sketch takes {live:.0f} bytes where stories came one by one")
    return short(found) + ([f"store: a sketch takes {live:.0f} bytes"] if live > MOST_BYTES else [])


if __name__ == "__main__":
    raise SystemExit("\n".join(main()))
