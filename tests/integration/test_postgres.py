"""PostgreSQL as operators meet it: what is wrong is said in one line, and nothing is harmed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from feedbot.errors import StoreError, StoreUnavailable
from feedbot.store import FeedQueries, Store, engine
from tests.articles import sources
from tests.databases import USER, Postgres
from tests.integration.test_store import NOW, add, stories


def complaint(url: str, kind: type[StoreError] = StoreError) -> str:
    """What is said of a database that cannot be opened."""
    with pytest.raises(kind) as caught:
        Store(url)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith("database ")
    return said


def test_a_server_that_does_not_answer_is_named_and_can_come_back() -> None:
    assert "start the server" in complaint("postgresql://x@127.0.0.1:1/news", StoreUnavailable)
    assert "start the server" in complaint("postgresql://x@/news?host=/nowhere", StoreUnavailable)


def test_a_host_that_is_not_there_is_named() -> None:
    assert "see the host" in complaint("postgresql://x@no.such.host.invalid/news")


def test_a_wrong_user_or_database_is_named(postgres: Postgres) -> None:
    assert "createuser" in complaint(postgres.url("postgres", user="nobody_such"))
    assert "createdb" in complaint(postgres.url("no_such_database"))


def test_no_password_is_ever_shown() -> None:
    assert "geheim" not in complaint("postgresql://x:geheim@127.0.0.1:1/news", StoreUnavailable)


def test_a_user_without_rights_is_told_which_are_needed(postgres: Postgres) -> None:
    name = postgres.create_database()
    postgres.execute("CREATE ROLE guest LOGIN")
    assert "grant" in complaint(postgres.url(name, user="guest"))
    postgres.execute("DROP ROLE guest")


def test_an_old_server_is_refused(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "OLDEST", (99,))
    assert "too old, feedbot needs 99 or newer" in complaint(postgres_url)


def test_a_database_that_cannot_hold_every_text_is_refused(postgres: Postgres) -> None:
    postgres.execute(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
    )
    assert "holds text as LATIN1" in complaint(postgres.url("latin"))


def test_the_limit_of_connections_is_named_and_passes(postgres: Postgres) -> None:
    name = postgres.create_database()
    Store(postgres.url(name)).close()
    postgres.execute(f"CREATE ROLE crowd LOGIN IN ROLE {USER} CONNECTION LIMIT 0")
    assert "fewer workers" in complaint(postgres.url(name, user="crowd"), StoreUnavailable)
    postgres.execute("ALTER ROLE crowd CONNECTION LIMIT 5")
    Store(postgres.url(name, user="crowd")).close()
    postgres.execute("DROP ROLE crowd")


def test_a_restart_of_the_server_costs_nothing_but_what_was_under_way(
    postgres: Postgres, postgres_url: str
) -> None:
    with Store(postgres_url) as store:
        store.know_sources(sources("a"))
        add(store, 1)
        with pytest.raises(StoreUnavailable), store.save(NOW) as saving:
            saving.has_tag("x")
            postgres.stop()
            with pytest.raises(StoreUnavailable):
                Store(postgres_url)
            postgres.start()
            saving.has_tag("x")
        add(store, 2)
        assert len(stories(store)) == 2


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk that is soon full."""
    folder = Path("/mnt/feedbot-small-disk")
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=777", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    data = folder / "data"
    data.mkdir()
    shutil.chown(data, USER, USER)
    yield data
    subprocess.run(["umount", "-l", str(folder)], check=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


def test_a_full_disk_is_named_and_harms_nothing(postgres: Postgres, small_disk: Path) -> None:
    postgres.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    postgres.execute("CREATE DATABASE small TABLESPACE small")
    ballast = small_disk / "ballast"
    with Store(postgres.url("small")) as store:
        store.know_sources(sources("a"))
        add(store, 1, datetime.now(UTC))
        with contextlib.suppress(OSError):
            ballast.write_bytes(b"x" * 12_000_000)
        with pytest.raises(
            StoreUnavailable, match=r"^database [^\n]*make room on the server's disk"
        ):
            for number in range(2, 2000):
                add(store, number, datetime.now(UTC))
        held = len(stories(store))
        assert held >= 1
        ballast.unlink()
        add(store, 3000, datetime.now(UTC))
        assert len(stories(store)) == held + 1
    postgres.execute("DROP DATABASE small")
    postgres.execute("DROP TABLESPACE small")


FILL = """
INSERT INTO story (id, tag, source, url, url_key, title, version, content, title_hash, words,
    published, published_from, updated, first_seen)
SELECT n, 't' || n, 'a', 'u' || n, 'u' || n, '', 1, '', '', 0, 0, '', 1700000000 + n, 0
FROM generate_series(1, 50000) n;
INSERT INTO story_topic SELECT 'topic-' || n % 7, 1700000000 + n, n FROM generate_series(1, 50000) n;
ANALYZE;
"""


def test_the_window_of_a_feed_is_read_by_an_index(postgres: Postgres) -> None:
    """None of the queries goes through a table, however many stories there are."""
    name = postgres.create_database()
    asked: list[tuple[str, Any]] = []
    with Store(postgres.url(name)) as store:
        postgres.execute(FILL, name)

        @event.listens_for(store._engine, "before_cursor_execute")
        def note(_1: Any, _2: Any, statement: str, parameters: Any, *_: Any) -> None:
            asked.append((statement, parameters))

        assert len(FeedQueries(store).window("topic-3", 100, timedelta(0))) == 100
        with store.read() as connection:
            for statement, parameters in [one for one in asked if "story" in one[0]]:
                plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
                lines = "\n".join(plan.scalars())
                assert "Index" in lines
                assert "Seq Scan" not in lines, lines


def test_text_is_sorted_by_bytes_whatever_the_language_of_the_database(postgres_url: str) -> None:
    """Else feeds would differ from those on SQLite, and what begins with a text had no index."""
    query = (
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'text'"
        " AND collation_name IS DISTINCT FROM 'C'"
    )
    with Store(postgres_url) as store, store.read() as connection:
        assert list(connection.execute(text(query))) == []
