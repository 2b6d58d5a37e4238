"""What is due: one query, whatever the number of sources; a lease for each, and one for its host."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, Integer, cast, event, func, update

from feedbot.model import Link, Source
from feedbot.store import LEASE, Store, queries
from feedbot.store.schema import source
from tests.articles import sources

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
MANY = 10_000


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store(store_url) as store:
        yield store


def plan(store: Store, name: str, now: datetime, next_poll: datetime) -> None:
    (held,) = store.claim([name], now, due_only=False)
    with store.save(now) as saving:
        assert saving.finish(
            held, next_poll=next_poll, next_why="", pace="", error=None, reached=True
        )


def due(store: Store, now: datetime) -> list[str]:
    """Visits what is due; nothing of it is due again within the test."""
    claims = store.claim(None, now)
    for claim in claims:
        with store.save(now) as saving:
            later = now + timedelta(days=9)
            saving.finish(claim, next_poll=later, next_why="", pace="", error=None, reached=True)
    return [claim.source for claim in claims]


def on_one_host(count: int) -> list[Source]:
    return [Source(name=f"s{n}", urls=(f"https://www.example.org/{n}",)) for n in range(count)]


def test_a_host_is_visited_for_one_source_at_a_time(store: Store) -> None:
    store.know_sources([*on_one_host(50), *sources("other")])
    first = {claim.source: claim for claim in store.claim(None, NOW)}
    assert first.keys() == {"other", "s0"}
    assert store.claim(None, NOW) == []
    store.release(first["s0"])
    assert [claim.source for claim in store.claim(None, NOW)] == ["s1"]


def test_a_source_that_is_asked_for_by_name_waits_for_its_host_as_well(store: Store) -> None:
    store.know_sources(on_one_host(2))
    store.claim(["s0"], NOW)
    assert store.claim(["s1"], NOW, due_only=False) == []


def test_the_next_visit_is_planned_before_the_first_request(store: Store) -> None:
    store.know_sources(sources("a"))
    store.claim(None, NOW)
    with store.read() as connection:
        assert queries.sources(connection, ["a"])["a"].next_poll == NOW + LEASE


def test_a_source_that_the_configuration_drops_rests_and_may_come_back(store: Store) -> None:
    store.know_sources(sources("a", "b"))
    store.know_sources(sources("b"))
    assert due(store, NOW) == ["b"]
    store.know_sources(sources("a", "b"))
    assert due(store, NOW) == ["a"]


def test_a_source_that_is_renamed_goes_on_as_it_was(store: Store) -> None:
    (old,) = sources("a")
    store.know_sources([old])
    (held,) = store.claim(None, NOW)
    with store.save(NOW) as saving:
        saving.list_pages("a", {"k": Link(url="https://a.example.org/k", title="Kop")})
        saving.save_site("a", "model")
        later = NOW + timedelta(hours=1)
        saving.finish(held, next_poll=later, next_why="", pace="learnt", error=None, reached=True)
    store.know_sources([Source(name="A", urls=old.urls)])
    assert due(store, NOW) == []
    with store.read() as connection:
        assert queries.sources(connection, ["A"])["A"].pace == "learnt"
        assert queries.sources(connection, ["a"]) == {}
        assert queries.pages_of(connection, ["k"])["k"].source == "A"
        assert queries.site_of(connection, "A") == "model"


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_is_set_back_makes_neither_a_gap_nor_a_storm(
    store: Store, back: timedelta
) -> None:
    store.know_sources(sources(*"abcd"))
    for number, name in enumerate("abcd", start=1):
        plan(store, name, NOW, NOW + number * timedelta(minutes=15))
    now = NOW - back
    store.shift_schedule(now)
    at = [due(store, now + minutes * timedelta(minutes=1)) for minutes in (0, 15, 30, 45, 60)]
    assert at == [[], ["a"], ["b"], ["c"], ["d"]]


def test_what_a_process_polls_already_is_not_given_to_it_again(store: Store) -> None:
    store.know_sources([*on_one_host(2), *sources("other")])
    (held,) = store.claim(["s0"], NOW)
    late = NOW + 2 * LEASE  # nobody renewed it
    taken = store.claim(None, late, running=["s0"])
    assert [claim.source for claim in taken] == ["other"], "nor another one of its host"
    assert store.claim(["s0"], late, running=["s0", "other"], due_only=False) == []
    assert store.enqueue(late, 8, ["s0", "other"]) == []
    store.renew([held], late)
    assert store.claim(None, late) == [], "it is renewed, late as it is"


def test_a_clock_that_is_set_back_does_not_prolong_a_lease(store: Store) -> None:
    store.know_sources(sources("a"))
    store.claim(None, NOW)
    now = NOW - timedelta(hours=5)
    store.shift_schedule(now)
    assert due(store, now + LEASE + timedelta(seconds=1)) == ["a"]


def test_a_lease_that_was_given_back_is_not_renewed(store: Store) -> None:
    store.know_sources(sources("a"))
    (held,) = store.claim(None, NOW)
    with store.save(NOW) as saving:
        saving.finish(held, next_poll=NOW, next_why="", pace="", error=None, reached=True)
    store.renew([held], NOW)
    assert due(store, NOW) == ["a"]


def test_after_a_long_sleep_each_source_is_visited_once(store: Store) -> None:
    store.know_sources(on_one_host(3))
    for number in range(3):
        plan(store, f"s{number}", NOW, NOW + timedelta(minutes=number))
    later = NOW + timedelta(days=3)
    visited = []
    while claims := store.claim(None, later):
        (claim,) = claims
        visited.append(claim.source)
        with store.save(later) as saving:
            next_poll = later + timedelta(minutes=15)
            saving.finish(
                claim, next_poll=next_poll, next_why="", pace="", error=None, reached=True
            )
    assert visited == ["s0", "s1", "s2"]


# --- handing out ------------------------------------------------------------------------------


def test_what_is_handed_out_waits_for_one_who_begins(store: Store) -> None:
    store.know_sources([*on_one_host(2), *sources("other")])
    assert store.enqueue(NOW, 8) == ["other", "s0"], "one of each host"
    assert store.enqueue(NOW, 8) == ["other", "s0"]
    assert store.claim(None, NOW) == []
    held = store.acquire("s0", NOW)
    assert held is not None
    assert store.acquire("s0", NOW) is None
    assert store.acquire("s1", NOW) is None, "its host is visited"
    assert store.enqueue(NOW, 8) == ["other"]
    store.release(held)
    assert store.enqueue(NOW, 8) == ["other", "s1"], "what was begun is due again only later"


def test_no_more_wait_than_are_asked_for(store: Store) -> None:
    store.know_sources(sources("a", "b", "c"))
    plan(store, "a", NOW, NOW - timedelta(minutes=1))
    plan(store, "b", NOW, NOW - timedelta(minutes=3))
    plan(store, "c", NOW, NOW - timedelta(minutes=2))
    assert store.enqueue(NOW, 0) == []
    assert store.enqueue(NOW, 2) == ["b", "c"]
    assert store.enqueue(NOW, 2) == ["b", "c"]
    assert store.enqueue(NOW, 1) == ["b", "c"]
    assert store.enqueue(NOW, 3) == ["b", "c", "a"]


def test_what_was_handed_out_waits_as_long_as_somebody_hands_out(store: Store) -> None:
    store.know_sources(sources("a"))
    assert store.enqueue(NOW, 1) == ["a"]
    for turn in range(10):
        at = NOW + turn * LEASE / 3
        assert store.enqueue(at, 0) == ["a"]
    assert store.enqueue(at + LEASE + timedelta(seconds=1), 0) == []


def test_a_worker_whose_clock_is_ahead_begins_all_the_same(store: Store) -> None:
    store.know_sources(sources("a"))
    store.enqueue(NOW, 8)
    assert store.acquire("a", NOW + 2 * LEASE) is not None


def test_what_was_handed_out_by_one_who_is_gone_is_anybodys_soon(store: Store) -> None:
    store.know_sources(sources("a"))
    store.enqueue(NOW, 8)
    later = NOW + LEASE + timedelta(seconds=1)
    assert due(store, later) == ["a"]
    with store.read() as connection:
        assert queries.takeovers(connection) == 0, "nobody had begun"


def test_a_poll_that_was_begun_ends_like_any_other(store: Store) -> None:
    store.know_sources(sources("a"))
    store.enqueue(NOW, 8)
    held = store.acquire("a", NOW)
    assert held is not None
    with store.read() as connection:
        assert queries.sources(connection, ["a"])["a"].next_poll == NOW + LEASE
    with store.save(NOW) as saving:
        later = NOW + timedelta(hours=1)
        assert saving.finish(held, next_poll=later, next_why="", pace="", error=None, reached=True)
    assert store.enqueue(NOW, 8) == []
    assert store.acquire("a", NOW) is None


def test_one_who_asks_for_a_source_comes_before_those_who_wait_for_a_job(store: Store) -> None:
    store.know_sources([*on_one_host(2), *sources("other")])
    assert store.enqueue(NOW, 8) == ["other", "s0"]
    assert [claim.source for claim in store.claim(["s1"], NOW, due_only=False)] == ["s1"]
    assert store.acquire("s0", NOW) is None, "its host is visited"
    assert store.acquire("other", NOW) is not None


def test_a_source_that_the_configuration_drops_waits_no_longer(store: Store) -> None:
    store.know_sources([*on_one_host(2), *sources("other")])
    store.enqueue(NOW, 8)
    store.know_sources([on_one_host(2)[1], *sources("other")])
    assert store.acquire("s0", NOW) is None
    assert store.enqueue(NOW, 8) == ["other", "s1"]
    store.know_sources([*on_one_host(2), *sources("other")])
    assert store.enqueue(NOW, 8) == ["other", "s1"], "back, it waits for its host"


def test_a_source_that_moves_waits_for_its_new_host(store: Store) -> None:
    store.know_sources(sources("a", "b"))
    store.enqueue(NOW, 8)
    b = sources("b")[0]
    store.know_sources([Source(name="a", urls=(f"{b.urls[0]}/a",)), b])
    assert store.acquire("a", NOW) is None
    assert store.enqueue(NOW, 8) == ["b"]


def test_a_clock_that_is_set_back_does_not_keep_what_was_handed_out(store: Store) -> None:
    store.know_sources(sources("a"))
    store.enqueue(NOW, 8)
    now = NOW - timedelta(hours=5)
    store.shift_schedule(now)
    assert due(store, now + LEASE + timedelta(seconds=1)) == ["a"]


def test_what_waits_for_a_worker_is_due(store: Store) -> None:
    store.know_sources(sources("a"))
    plan(store, "a", NOW, NOW - timedelta(minutes=3))
    store.enqueue(NOW, 8)
    with store.read() as connection:
        assert queries.oldest_due(connection, NOW) == NOW - timedelta(minutes=3)
    store.acquire("a", NOW)
    with store.read() as connection:
        assert queries.oldest_due(connection, NOW) is None


def test_of_many_who_begin_at_once_one_does(store: Store) -> None:
    names = [f"s{number}" for number in range(20)]
    store.know_sources(sources(*names))
    assert len(store.enqueue(NOW, 20)) == 20
    with ThreadPoolExecutor(8) as crowd:
        begun = list(
            crowd.map(lambda name: store.acquire(name, NOW), [n for n in names for _ in range(8)])
        )
    assert sorted(claim.source for claim in begun if claim) == sorted(names)


# --- cost -------------------------------------------------------------------------------------


def test_ten_thousand_sources_cost_a_beat_no_more_than_a_few(store: Store) -> None:
    store.know_sources(sources(*(f"s{number:05}" for number in range(MANY))))
    with store.write() as connection:
        number = cast(func.substr(source.c.name, 2), Integer)
        soon = int(NOW.timestamp()) + 1 + number % 3600
        connection.execute(update(source).values(planned=int(NOW.timestamp()), next_poll=soon))
    with statements() as asked:
        assert store.claim(None, NOW, limit=8) == []
    assert len(asked) == 1
    idle = cost(lambda: store.claim(None, NOW, limit=8))
    assert idle < 0.01, f"{idle * 1000:.1f} ms for a beat in which nothing is due"
    later = NOW + timedelta(hours=2)
    busy = cost(lambda: store.claim(None, later, limit=8))
    assert busy < 0.25, f"{busy * 1000:.1f} ms for a beat in which everything is due"
    assert len(store.claim(None, later, limit=8)) == 8


@contextlib.contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of any database meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def cost(work: object) -> float:
    """CPU seconds of the fastest of five runs."""
    times = []
    for _ in range(5):
        start = time.process_time()
        work()  # type: ignore[operator]
        times.append(time.process_time() - start)
    return min(times)
