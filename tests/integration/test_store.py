"""The store: one transaction per poll, leases, migrations, and errors that say what to do."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from feedbot.errors import SchemaChanged, StoreError
from feedbot.model import Article, Dated, Link, Story, Validators
from feedbot.store import LEASE, Store, queries
from feedbot.store.engine import HEAD, MIGRATIONS
from feedbot.store.schema import metadata
from feedbot.store.search import is_part
from feedbot.stories.fingerprint import fingerprint_of
from tests.articles import sources

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
WORDS = "De minister zei dinsdag dat het plan voor de haven van Rilland volgend jaar klaar is"


def article(number: int, words: str = WORDS) -> Article:
    text = f"{words}, voor de {number}e keer in {number + 3} jaar."
    return Article(
        url=f"https://nieuws.example.org/{number}",
        title=f"Plan nummer {number}",
        paragraphs=(text,),
        html=f"<p>{text}</p>",
        language="nl",
    )


@pytest.fixture
def store(store_url: str):
    with Store(store_url) as store:
        store.know_sources(sources("a", "b"))
        yield store


def add(store: Store, number: int, now: datetime = NOW, expected: int = 1) -> None:
    one = article(number)
    with store.save(now, expected=expected) as saving:
        key = f"nieuws.example.org/{number}"
        saving.list_pages("a", {key: Link(url=one.url, title=one.title)})
        story = saving.add(
            one,
            fingerprint_of(one),
            tag=f"tag:example.org,2026:story/{number}",
            source="a",
            url_key=key,
            published=Dated(at=now, origin="first sight"),
        )
        saving.route(story, ["rusland"])
        saving.read_page(
            key, story_id=story, verdict="new", validators=Validators(), next_fetch=None
        )


def stories(store: Store) -> list[Story]:
    with store.read() as connection:
        return queries.stories_after(connection, 0, 1000)


def test_the_tables_are_the_sum_of_the_migrations(store: Store) -> None:
    with store.read() as connection:
        described = {"include_name": lambda name, *_: not is_part(name or "")}
        options = {"compare_type": True, **described}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def described(database: Path) -> dict[str, object]:
    """The tables of a SQLite database with their columns, keys and indexes, in no order."""
    found: dict[str, object] = {}
    with contextlib.closing(sqlite3.connect(database)) as connection:
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
            if kind == "table":
                columns = connection.execute(f"PRAGMA table_xinfo('{name}')")
                keys = connection.execute(f"PRAGMA foreign_key_list('{name}')")
                rowid = "WITHOUT ROWID" in sql
                found[name] = {row[1:] for row in columns}, {row[2:] for row in keys}, rowid
            else:
                found[name] = " ".join((sql or "").split())
    return found


def test_a_new_database_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    new, migrated = tmp_path / "new.sqlite", tmp_path / "migrated.sqlite"
    Store(f"sqlite:///{new}").close()
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    assert described(new) == described(migrated)


def test_the_head_that_is_named_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_a_story_comes_back_as_it_went_in(store: Store) -> None:
    add(store, 1)
    (story,) = stories(store)
    assert story.article == article(1)
    assert story.published == Dated(at=NOW, origin="first sight")
    assert story.fingerprint.content == fingerprint_of(article(1)).content


def test_every_story_has_an_updated_of_its_own_and_none_lies_in_the_future(store: Store) -> None:
    with store.save(NOW, expected=30) as saving:
        for number in range(30):
            saving.add(
                article(number),
                fingerprint_of(article(number)),
                tag=f"tag:example.org,2026:story/{number}",
                source="a",
                url_key=str(number),
                published=Dated(at=NOW, origin="first sight"),
            )
    updated = [story.updated for story in stories(store)]
    assert updated == sorted(set(updated))
    assert max(updated) <= NOW


def test_nothing_of_a_transaction_stays_when_it_fails(store: Store) -> None:
    with pytest.raises(RuntimeError), store.save(NOW) as saving:
        saving.list_pages("a", {"k": Link(url="https://nieuws.example.org/k")})
        raise RuntimeError
    with store.read() as connection:
        assert queries.pages_of(connection, ["k"]) == {}


def test_a_source_is_polled_by_one_at_a_time(store: Store) -> None:
    (first,) = store.claim(["a"], NOW)
    assert store.claim(["a"], NOW, due_only=False) == []
    store.release(first)
    assert store.claim(["a"], NOW, due_only=False)[0].token == first.token + 1


def test_a_lease_runs_out(store: Store) -> None:
    store.claim(["a"], NOW)
    assert store.claim(["a"], NOW + LEASE + timedelta(seconds=1)) != []


def test_a_lease_that_is_renewed_does_not_run_out(store: Store) -> None:
    claims = store.claim(["a"], NOW)
    later = NOW + LEASE - timedelta(seconds=1)
    store.renew(claims, later)
    assert store.claim(["a"], NOW + LEASE + timedelta(seconds=1)) == []


def test_a_poll_that_lost_its_lease_cannot_finish(store: Store) -> None:
    (slow,) = store.claim(["a"], NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    store.claim(["a"], later)
    with store.save(later) as saving:
        assert not saving.finish(
            slow, next_poll=later, next_why="", pace="", reached=True, error=None
        )


def test_the_lease_of_a_process_that_is_gone_is_free_at_once(store_url: str) -> None:
    url = store_url
    code = (
        "import sys; from datetime import datetime, UTC; from feedbot.store import Store;"
        "from tests.articles import sources;"
        f"s = Store({url!r}); s.know_sources(sources('a'));"
        "print(len(s.claim(['a'], datetime.now(UTC))));"
        "import os; sys.stdout.flush(); os._exit(9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "1\n", done.stderr
    with Store(url) as store:
        now = datetime.now(UTC)
        assert store.claim(["a"], now) == [], "what killed one process is not tried at once"
        assert len(store.claim(["a"], now, due_only=False)) == 1


def test_the_longest_due_source_comes_first(store: Store) -> None:
    (held,) = store.claim(["b"], NOW)
    with store.save(NOW) as saving:
        saving.finish(
            held, next_poll=NOW - timedelta(hours=1), next_why="", pace="", reached=True, error=None
        )
    (held,) = store.claim(["a"], NOW)
    with store.save(NOW) as saving:
        saving.finish(
            held, next_poll=NOW - timedelta(hours=2), next_why="", pace="", reached=True, error=None
        )
    claimed = [store.claim(["a", "b"], NOW, limit=1) for _ in range(3)]
    assert [claim.source for claims in claimed for claim in claims] == ["a", "b"]


def test_a_store_opened_in_one_thread_serves_others(store: Store) -> None:
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            add(store, number, expected=8)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(stories(store)) == 8


def test_a_connection_in_use_is_closed_when_it_is_given_back_after_the_store(
    store_url: str,
) -> None:
    store = Store(store_url)
    with store.read() as connection:
        driver = connection.connection.dbapi_connection
        store.close()
        assert connection.execute(text("SELECT 1")).scalar() == 1
    assert driver
    with pytest.raises(Exception, match="closed"):
        driver.cursor()


def execute(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_newer_database_is_refused_politely(store_url: str) -> None:
    Store(store_url).close()
    execute(store_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"database .*feedbot.*9999.*newer"):
        Store(store_url)


def test_nothing_is_written_to_a_database_that_a_newer_version_has_changed(store_url: str) -> None:
    with Store(store_url) as store:
        store.know_sources(sources("a", "b"))
        assert store.enqueue(NOW, 8) == ["a", "b"]
        execute(store_url, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SchemaChanged, match=r"database .*schema to 9999.*install that version"):
            add(store, 1)
        with pytest.raises(SchemaChanged):
            store.claim(["a"], NOW)
        with pytest.raises(SchemaChanged):
            store.enqueue(NOW, 8)
        with contextlib.suppress(SchemaChanged):
            assert store.acquire("b", NOW) is None
        assert stories(store) == []


def test_a_foreign_database_is_left_alone(store_url: str) -> None:
    execute(store_url, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="another program"):
        Store(store_url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feedbot.db"
    path.write_text("This is a text, and quite a long one, but no database at all. " * 20)
    with pytest.raises(StoreError, match=r"feedbot\.db.*move the file away"):
        Store(f"sqlite:///{path}")
    assert path.read_text().startswith("This is a text")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that its folder exists"):
        Store(f"sqlite:///{tmp_path / 'none' / 'feedbot.db'}")


def test_two_processes_may_open_a_new_store_at_once(store_url: str) -> None:
    code = (
        "from feedbot.store import Store; from tests.articles import sources;"
        f"Store({store_url!r}).know_sources(sources('a', 'b'))"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()


def test_the_owner_of_a_lease_is_this_process() -> None:
    from feedbot.store.leases import owner

    assert f":{os.getpid()}:" in owner()
