"""One process never locks itself out of its database, however long one of its saves takes."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from feedbot import config as configuration
from feedbot.demo import configuration as sample
from feedbot.demo.portal import Portal
from feedbot.errors import StoreError
from feedbot.schedule import leases, open_tools, poll_once
from feedbot.store import Store, engine, fair_lock
from tests.articles import sources
from tests.processes import until

SLOW = 0.1  # seconds that each page takes to be written
TIMEOUT = 200  # ms that SQLite waits for whoever writes


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine, in small: SQLite's patience ends before a save does."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", TIMEOUT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'feedbot.db'}") as store:
        yield store


@pytest.fixture
def slow_pages() -> Iterator[None]:
    """Has every new page written slowly, once `slow_down` was called."""

    def add_function(connection: sqlite3.Connection, _: object) -> None:
        connection.create_function("slow", 0, lambda: time.sleep(SLOW))

    event.listen(Engine, "connect", add_function)
    yield
    event.remove(Engine, "connect", add_function)


def slow_down(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER slowly AFTER INSERT ON page BEGIN SELECT slow(); END"
        )


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.usefixtures("slow_pages")
def test_a_first_poll_that_saves_slowly_keeps_its_lease_and_is_saved(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEW", 0.1)
    path = tmp_path / "feedbot.toml"
    path.write_text(sample(portal.url, tmp_path), encoding="utf-8")
    config = configuration.load(path)
    with open_tools(config, now) as tools:
        slow_down(tools.store)
        names = [source.name for source in config.sources]
        outcome = poll_once(config, tools, names, threading.Event())
    assert not outcome.failed, [report.error for report in outcome.reports]
    assert outcome.reports[0].count("new") == len(portal.stories)


def test_whoever_writes_while_this_process_saves_waits_its_turn(store: Store) -> None:
    store.know_sources(sources("a"))
    (held,) = store.claim(None, now())
    renewing = threading.Thread(target=store.renew, args=([held], now()))
    with store.save(now()):
        renewing.start()
        time.sleep(3 * TIMEOUT / 1000)
        assert renewing.is_alive()
    renewing.join(5)
    assert not renewing.is_alive()


def test_two_stores_on_one_file_take_turns_as_well(store: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/./feedbot.db") as other:
        knowing = threading.Thread(target=other.know_sources, args=(sources("a"),))
        with store.save(now()):
            knowing.start()
            time.sleep(3 * TIMEOUT / 1000)
        knowing.join(5)
        assert [claim.source for claim in store.claim(None, now())] == ["a"]


def test_leases_are_renewed_before_the_saves_that_wait(store: Store) -> None:
    store.know_sources(sources("a"))
    (held,) = store.claim(None, now())
    order: list[str] = []

    def save(name: str) -> None:
        with store.save(now()):
            order.append(name)

    def renew() -> None:
        store.renew([held], now())
        order.append("renewed")

    threads = [threading.Thread(target=save, args=(str(number),)) for number in range(3)]
    with store.save(now()):
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        threads.append(threading.Thread(target=renew))
        threads[-1].start()
        time.sleep(0.05)
    for thread in threads:
        thread.join(5)
    assert sorted(order[:2]) == ["0", "renewed"], "it says so after its turn"


def test_another_program_is_blamed_when_it_holds_the_database(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "feedbot.db") as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked; another program holds it"):
            store.know_sources(sources("a"))
    other.close()


def test_a_save_that_never_ends_is_named_by_those_who_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fair_lock, "PATIENCE_SECONDS", 0.2)
    problems: list[StoreError] = []

    def know() -> None:
        try:
            store.know_sources(sources("a"))
        except StoreError as error:
            problems.append(error)

    knowing = threading.Thread(target=know)
    with store.save(now()):
        knowing.start()
        knowing.join(5)
    (problem,) = problems
    assert "feedbot.db: this process has been saving" in str(problem)
    assert "another program" not in str(problem)
    store.know_sources(sources("a"))  # nobody waits for one who has gone away


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for() -> None:
    line, order = fair_lock.FairLock(), list[int]()

    def write(number: int) -> None:
        with line.turn("feedbot.db"):
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    with line.turn("feedbot.db"):
        for number, thread in enumerate(threads, start=1):
            thread.start()
            until(lambda n=number: line.waiting == n)  # type: ignore[misc]
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]


def test_who_writes_inside_of_a_write_is_told_so_at_once(store: Store) -> None:
    with store.save(now()), pytest.raises(RuntimeError, match="inside of another"):
        store.know_sources(sources("a"))
