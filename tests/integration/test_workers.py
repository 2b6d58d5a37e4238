"""Calls in worker processes: real processes that hang, take all memory or die."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from feedbot.read.workers import Closed, Overrun, Workers

NOTHING = ("abs", 0)
FOR_EVER = range(10**12)  # summed up without ever letting another thread run


@contextmanager
def workers(module: str = "builtins", prepare: tuple[object, ...] = NOTHING, **limits: float):  # type: ignore[no-untyped-def]
    those = Workers(module, prepare, **limits)  # type: ignore[arg-type]
    try:
        yield those
    finally:
        those.close()


def until(condition: Callable[[], object], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(condition())


def test_a_call_returns_what_the_function_returns_and_raises_what_it_raises() -> None:
    with workers() as those:
        assert those.call("len", b"abc") == 3
        with pytest.raises(ValueError, match="invalid literal"):
            those.call("int", "x")
        with pytest.raises(RecursionError):
            those.call("eval", "(lambda f: f(f))(lambda f: f(f))")
        assert those.call("len", b"ab") == 2


def test_a_call_that_computes_for_ever_is_ended_and_others_go_on() -> None:
    with workers(cpu=0.5) as those:
        problems: list[str] = []

        def hang() -> None:
            try:
                those.call("sum", FOR_EVER)
            except Overrun as error:
                problems.append(str(error))

        hanging = threading.Thread(target=hang)
        hanging.start()
        while hanging.is_alive():
            assert those.call("len", b"abc") == 3
        assert problems == ["takes more than 0.5 s of CPU time"]
        assert those.call("len", b"abc") == 3


def test_a_call_that_waits_for_ever_is_ended() -> None:
    with workers("time", ("sleep", 0), cpu=0.1) as those:
        with pytest.raises(Overrun, match=r"more than 0\.8 s"):
            those.call("sleep", 60)
        assert those.call("sleep", 0) is None


def test_a_call_that_takes_all_memory_costs_only_itself() -> None:
    with workers(memory=50_000_000) as those:
        with pytest.raises(Overrun, match="memory"):
            those.call("bytearray", 2_000_000_000)
        assert those.call("len", bytes(1_000_000)) == 1_000_000


def test_a_call_that_ends_its_process_costs_only_itself() -> None:
    with workers("os", ("getpid",)) as those:
        with pytest.raises(Overrun, match="ends the process"):
            those.call("abort")
        assert those.call("getpid") != 0


def test_a_worker_that_is_killed_between_two_calls_is_replaced() -> None:
    with workers("os", ("getpid",)) as those:
        psutil.Process(those.call("getpid")).kill()
        assert those.call("getpid") != 0


NAP = """
import os, time
with open({path!r}, "a") as file:
    print(os.getpid(), file=file, flush=True)
time.sleep({seconds})
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_a_call_whose_process_is_ended_from_outside_is_made_once_more(
    tmp_path: Path, sent: signal.Signals
) -> None:
    path = tmp_path / "pids"
    with workers() as those:
        ended: list[object] = []

        def nap() -> None:
            try:
                ended.append(those.call("exec", NAP.format(path=str(path), seconds=1)))
            except (Closed, Overrun) as error:
                ended.append(error)

        for times, outcome in ((1, type(None)), (2, Overrun)):
            path.write_text("", encoding="ascii")
            napping = threading.Thread(target=nap)
            napping.start()
            for count in range(1, times + 1):
                assert until(lambda count=count: len(path.read_text().split("\n")) > count)  # type: ignore[misc]
                psutil.Process(int(path.read_text().split()[-1])).send_signal(sent)
            napping.join(20)
            assert type(ended.pop()) is outcome


def test_a_worker_that_comes_free_is_given_to_a_call_that_waits() -> None:
    """Whatever else waits for news of the workers."""
    with workers("time", ("sleep", 0), most=2) as those:
        those.call("sleep", 0)
        time.sleep(0.3)
        start = time.monotonic()
        long = threading.Thread(target=those.call, args=("sleep", 3))
        short = threading.Thread(target=those.call, args=("sleep", 0.5))
        for one in (long, short):
            one.start()
        time.sleep(0.1)
        those.call("sleep", 0)
        assert time.monotonic() - start < 2
        long.join()
        short.join()


def test_closing_ends_a_call_that_hangs() -> None:
    with workers() as those:
        ended: list[type[Exception]] = []

        def hang() -> None:
            try:
                those.call("sum", FOR_EVER)
            except (Closed, Overrun) as error:
                ended.append(type(error))

        hanging = threading.Thread(target=hang)
        hanging.start()
        time.sleep(0.5)
        start = time.monotonic()
        those.close()
        hanging.join(10)
        assert ended == [Closed]
        assert time.monotonic() - start < 8
        with pytest.raises(Closed):
            those.call("len", b"")


def test_workers_that_are_idle_are_sent_home() -> None:
    with workers("os", ("getpid",), idle=0.3) as those:
        process = those.call("getpid")
        assert psutil.pid_exists(process)
        assert until(lambda: not psutil.pid_exists(process))
        assert psutil.pid_exists(those.call("getpid"))


def test_other_preparations_hold_for_later_calls() -> None:
    with workers("os", ("putenv", "FEEDBOT_TEST", "one")) as those:
        first = those.call("getpid")
        those.prepare_anew(("putenv", "FEEDBOT_TEST", "one"))
        assert those.call("getpid") == first, "the same hold already"
        those.prepare_anew(("putenv", "FEEDBOT_TEST", "two"))
        assert those.call("getpid") != first
        assert until(lambda: not psutil.pid_exists(first))


def test_workers_are_closed_though_a_thread_holds_their_lock_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("feedbot.read.workers.GRACE", 0.5)
    those = Workers("builtins", NOTHING)
    assert those.call("len", b"abc") == 3
    those._changed.acquire()
    closing = threading.Thread(target=those.close)
    closing.start()
    closing.join(20)
    assert not closing.is_alive()
    those._changed.release()
    with pytest.raises(Closed):
        those.call("len", b"abc")
