"""Leases to the second: when one ends, who is thought to be gone, and what a clock set back moves."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from feedbot.model import Source
from feedbot.store import LEASE, Claim, Store, queries
from feedbot.store.leases import is_claimable, is_gone, owner
from feedbot.store.schema import alert, listing, source
from tests.articles import sources

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOST = socket.gethostname()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path}/feedbot.db") as store:
        store.know_sources(sources("a"))
        yield store


def row(store: Store, name: str = "a") -> dict[str, Any]:
    """What the store knows of a source."""
    with store.read() as connection:
        return dict(
            connection.execute(select(source).where(source.c.name == name)).mappings().one()
        )


def change(store: Store, **values: object) -> None:
    with store.write() as connection:
        connection.execute(update(source).values(values))


def taken(store: Store, now: datetime, **asked: Any) -> list[str]:
    return [claim.source for claim in store.claim(asked.pop("names", None), now, **asked)]


def test_a_lease_ends_after_45_seconds() -> None:
    assert timedelta(seconds=45) == LEASE


@pytest.mark.parametrize(("later", "free"), [(LEASE - SECOND, []), (LEASE, ["a"])])
def test_a_source_is_anybodys_from_the_second_in_which_its_lease_ends(
    store: Store, later: timedelta, free: list[str]
) -> None:
    assert taken(store, NOW) == ["a"]
    assert taken(store, NOW + later) == free


@pytest.mark.parametrize(("later", "free"), [(LEASE - SECOND, []), (LEASE, ["a"])])
def test_a_lease_is_renewed_from_now_on(store: Store, later: timedelta, free: list[str]) -> None:
    claims = store.claim(None, NOW)
    store.renew(claims, NOW + 30 * SECOND)
    assert taken(store, NOW + 30 * SECOND + later) == free


def test_a_lease_that_another_has_is_neither_renewed_nor_given_back(store: Store) -> None:
    (old,) = store.claim(None, NOW)
    (new,) = store.claim(None, NOW + LEASE)
    assert new.token == old.token + 1
    store.renew([old], NOW + 2 * LEASE)
    store.release(old)
    store.postpone(old, NOW, NOW + 9 * LEASE, "broke")
    assert row(store)["lease_until"] == int((NOW + 2 * LEASE).timestamp())
    assert row(store)["failures"] == 0
    store.release(Claim(source="b", token=new.token))
    assert row(store)["lease_owner"] == owner()


@pytest.mark.parametrize(("owned_by", "takeovers"), [("", 0), ("queue", 0), ("other:1:1", 1)])
def test_what_another_has_left_is_counted_as_taken_over(
    store: Store, owned_by: str, takeovers: int
) -> None:
    change(store, lease_owner=owned_by, lease_until=int(NOW.timestamp()))
    assert taken(store, NOW) == ["a"]
    assert row(store)["takeovers"] == takeovers
    with store.read() as connection:
        assert queries.takeovers(connection) == takeovers


@pytest.mark.parametrize(
    ("next_poll", "due"), [(NOW - SECOND, ["a"]), (NOW, ["a"]), (NOW + SECOND, [])]
)
def test_a_source_is_due_from_the_second_for_which_it_was_planned(
    store: Store, next_poll: datetime, due: list[str]
) -> None:
    change(store, next_poll=int(next_poll.timestamp()))
    assert store.enqueue(NOW, 0) == []
    assert taken(store, NOW) == due
    if not due:
        assert taken(store, NOW, due_only=False) == ["a"]


def test_as_many_are_taken_as_are_asked_for_and_the_longest_due_of_a_host_first(
    store: Store,
) -> None:
    store.know_sources(sources("a", "b", "c"))
    for name, late in (("a", 1), ("b", 3), ("c", 2)):
        with store.write() as connection:
            at = int(NOW.timestamp()) - late
            connection.execute(update(source).where(source.c.name == name).values(next_poll=at))
    assert taken(store, NOW, limit=0) == []
    assert taken(store, NOW, limit=2) == ["b", "c"]
    assert taken(store, NOW, limit=2) == ["a"]


def test_after_a_poll_that_broke_a_source_waits_and_says_why(store: Store) -> None:
    (held,) = store.claim(None, NOW)
    store.postpone(held, NOW, NOW + 60 * SECOND, "out of memory")
    found = row(store)
    assert (found["lease_until"], found["lease_owner"], found["failures"]) == (0, "", 1)
    assert (found["next_why"], found["last_error"]) == ("the last poll broke", "out of memory")
    assert taken(store, NOW + 59 * SECOND) == []
    (held,) = store.claim(None, NOW + 60 * SECOND)
    store.postpone(held, NOW, NOW + 120 * SECOND, "again")
    assert row(store)["failures"] == 2


# --- the queue --------------------------------------------------------------------------------


@pytest.mark.parametrize(("turn", "renewed"), [(23, True), (22, False)])
def test_what_waits_is_renewed_when_half_of_its_lease_is_over(
    store: Store, turn: int, renewed: bool
) -> None:
    assert store.enqueue(NOW, 1) == ["a"]
    at = NOW + turn * SECOND
    assert store.enqueue(at, 1) == ["a"]
    assert (row(store)["lease_until"] == int((at + LEASE).timestamp())) == renewed


@pytest.mark.parametrize(("later", "waits"), [(LEASE - SECOND, ["a"]), (LEASE, [])])
def test_what_was_handed_out_is_free_when_its_lease_has_ended(
    store: Store, later: timedelta, waits: list[str]
) -> None:
    store.enqueue(NOW, 1)
    assert store.enqueue(NOW + later, 0) == waits


def test_one_who_asks_by_name_takes_what_waits_and_others_do_not(store: Store) -> None:
    store.know_sources(sources("a", "b"))
    assert store.enqueue(NOW, 8) == ["a", "b"]
    assert taken(store, NOW) == []
    assert taken(store, NOW, names=["a"], due_only=False) == ["a"]
    assert store.enqueue(NOW, 8) == ["b"]
    assert taken(store, NOW, names=["nobody"], due_only=False) == []


def test_what_waits_is_to_be_had_only_by_one_who_asks_by_name(store: Store) -> None:
    store.enqueue(NOW, 1)
    with store.read() as connection:
        for among, there in ((None, False), (["a"], True)):
            assert is_claimable(connection, NOW, among=among, due_only=True) == there


def test_what_is_begun_is_planned_like_any_poll(store: Store) -> None:
    store.enqueue(NOW, 1)
    held = store.acquire("a", NOW + SECOND)
    assert held == Claim(source="a", token=2), "each lease has a token of its own"
    found = row(store)
    assert found["planned"] == int((NOW + SECOND).timestamp())
    assert found["next_poll"] == found["lease_until"] == int((NOW + SECOND + LEASE).timestamp())
    assert (found["lease_owner"], found["takeovers"]) == (owner(), 0)


# --- a clock that is set back -----------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "moved"), [(45, False), (46, True)])
def test_a_plan_is_moved_where_it_was_made_more_than_a_lease_ahead(
    store: Store, ahead: int, moved: bool
) -> None:
    at = int(NOW.timestamp())
    change(store, planned=at + ahead, next_poll=at + ahead + 900)
    store.shift_schedule(NOW)
    assert row(store)["next_poll"] == at + 900 + (0 if moved else ahead)
    assert row(store)["planned"] == at + (0 if moved else ahead)


@pytest.mark.parametrize(("left", "becomes"), [(44, 44), (45, 45), (46, 45), (9000, 45)])
def test_no_lease_lasts_longer_than_a_lease(store: Store, left: int, becomes: int) -> None:
    at = int(NOW.timestamp())
    change(store, lease_until=at + left)
    store.shift_schedule(NOW)
    assert row(store)["lease_until"] == at + becomes


# --- who is gone ------------------------------------------------------------------------------


def dead() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen(["true"]) as process:
        process.wait()
    return process.pid


def started(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]


def test_one_is_gone_whose_process_ended_on_this_machine() -> None:
    assert not is_gone(owner())
    assert owner() == f"{HOST}:{os.getpid()}:{started(os.getpid())}"
    assert is_gone(f"{HOST}:{dead()}:1")
    with subprocess.Popen(["sleep", "60"]) as other:
        assert not is_gone(f"{HOST}:{other.pid}:{started(other.pid)}")
        assert is_gone(f"{HOST}:{other.pid}:1"), "a later process has its number"
        other.terminate()
    assert not is_gone(f"{HOST}:1:{started(1)}"), "signals to it may be forbidden"
    assert not is_gone(f"elsewhere:{dead()}:1")
    for name in ("", "queue", HOST, f"{HOST}:", f"{HOST}:x:1"):
        assert not is_gone(name)


def test_the_sources_of_one_who_is_gone_are_free_at_once(store: Store) -> None:
    store.know_sources(sources("a", "b"))
    until = int((NOW + LEASE).timestamp())
    for name, holder in (("a", f"{HOST}:{dead()}:1"), ("b", f"elsewhere:{dead()}:1")):
        with store.write() as connection:
            connection.execute(
                update(source)
                .where(source.c.name == name)
                .values(lease_owner=holder, lease_until=until)
            )
    assert taken(store, NOW) == ["a"]
    assert row(store)["takeovers"] == 1
    assert row(store, "b")["lease_until"] == until


# --- what the configuration says --------------------------------------------------------------


def test_a_source_that_is_renamed_takes_its_listing_and_alerts_along(store: Store) -> None:
    with store.write() as connection:
        connection.execute(
            listing.insert().values(
                {column.name: _filled(column) for column in listing.columns} | {"source": "a"}
            )
        )
        connection.execute(
            alert.insert().values(
                {column.name: _filled(column) for column in alert.columns} | {"source": "a"}
            )
        )
    (old,) = sources("a")
    store.know_sources([Source(name="A", urls=old.urls)])
    with store.read() as connection:
        for table in (listing, alert):
            assert connection.scalars(select(table.c.source)).all() == ["A"]


def _filled(column: Any) -> object:
    return 0 if column.type.python_type is int else ""


def test_a_source_whose_name_another_has_now_stays_what_it_is(store: Store) -> None:
    """Only a name that is gone gives its listing to another."""
    (a,) = sources("a")
    store.know_sources([a, Source(name="b", urls=a.urls)])
    assert row(store)["name"] == "a"
    assert row(store, "b")["lease_token"] == 0
