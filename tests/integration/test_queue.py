"""The queue of a shared database as it ends."""

from __future__ import annotations

import threading
import time

import pytest
from procrastinate.schema import SchemaManager

from feedbot.schedule.queue import Queue, QueueEnded
from feedbot.store import Store
from tests.processes import until


async def nothing(name: str) -> None:
    """A job without work."""


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.2, 1.0])
def test_who_asks_a_queue_that_ends_is_told_so_at_once(postgres_url: str, seconds: float) -> None:
    with Store(postgres_url) as store:
        store.add_tables("procrastinate_jobs", SchemaManager.get_schema())
    queue = Queue(postgres_url, {"poll": nothing})
    problems: list[Exception] = []

    def ask() -> None:
        try:
            while True:
                queue.waiting()
        except Exception as error:
            problems.append(error)

    asking = [threading.Thread(target=ask, daemon=True) for _ in range(6)]
    until(lambda: not queue.waiting())
    for one in asking:
        one.start()
    time.sleep(seconds)
    queue.stop()
    began = time.monotonic()
    for one in asking:
        one.join(10)
    assert [type(error) for error in problems] == [QueueEnded] * len(asking)
    assert time.monotonic() - began < 5
    queue.close(10)
    with pytest.raises(QueueEnded):
        queue.defer("poll", ["Late"])
