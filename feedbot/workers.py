"""Pure functions in worker processes, each call within limits. The only home of pebble.

A page can be built so that reading it takes hours, or all the memory there is, and a bug in a
library can hold the interpreter's lock meanwhile. Only another process can end that. Workers are
forked from a clean server process, are used again for the next call, and are replaced when a call
had to be ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

log = logging.getLogger(__name__)

Result = TypeVar("Result")

CPU = 10.0  # seconds of CPU time that one call may take, and
CPU_SHARE = 0.5  # more for each further page that it reads; ordinary pages take a hundredth
WALL = 12.0  # times the CPU time that a call may take on the clock: the machine may be busy
MEMORY = 400_000_000  # bytes beyond what a worker needs when it starts
IDLE = 30.0  # seconds without a call after which the workers are sent home
MOST = 4  # workers; a page takes milliseconds, and the network seconds
OUT_OF_MEMORY = 71  # the exit status of a worker that had too little
PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process gets when its parent dies


class Overrun(Exception):
    """A call that had to be ended; the message says why, as the end of "reading it …"."""


class Closed(Exception):
    """The workers were closed before the call came to its end."""


class Workers:
    """Runs functions in worker processes; shared by threads.

    `prepare` is a function with its arguments that each worker calls once, when it starts.
    """

    def __init__(
        self,
        prepare: tuple[Callable[..., None], *tuple[Any, ...]] | None = None,
        *,
        cpu: float = CPU,
        memory: int = MEMORY,
        idle: float = IDLE,
        most: int | None = None,
    ) -> None:
        self._prepare = prepare
        self._cpu = cpu
        self._memory = memory
        self._idle = idle
        self._most = most or max(1, min(MOST, os.cpu_count() or 1))
        self._lock = threading.Condition()
        self._pool: ProcessPool | None = None
        self._calls: dict[ProcessPool, int] = {}  # under way
        self._used = 0.0  # monotonic seconds
        self._closed = False

    def call(self, function: Callable[..., Result], *args: Any, pages: int = 1) -> Result:
        """What `function(*args)` returns, computed in a worker; its exceptions are raised here.

        `pages` is how many pages it reads; its time limit grows with them. Raises Overrun if the
        call took too much time or memory or ended its process, Closed if feedbot is stopping.
        """
        limit = self._cpu + (pages - 1) * CPU_SHARE
        for _ in range(2):
            pool = self._take()
            try:
                return self._run(pool, limit, function, args)
            except BrokenProcessPool:  # the pool itself; a new one will do
                self._drop(pool)
            except TimeoutError:
                raise Overrun(f"takes more than {WALL * limit:.0f} s") from None
            except ProcessExpired as error:
                raise Overrun(_reason(error.exitcode, limit)) from None
            except CancelledError:
                raise Closed from None
            finally:
                self._give_back(pool)
        raise Overrun("ended the processes that read it")

    def prepare_anew(self, prepare: tuple[Callable[..., None], *tuple[Any, ...]]) -> None:
        """Has later calls run in workers that were prepared like this; those under way end."""
        with self._lock:
            self._prepare, pool, self._pool = prepare, self._pool, None
            self._retire(pool)

    def close(self) -> None:
        """Ends all workers at once, and with them what they are doing."""
        with self._lock:
            self._closed, self._pool = True, None
            pools = list(self._calls)
            self._lock.notify_all()
        for pool in pools:
            _end(pool)

    def _run(
        self,
        pool: ProcessPool,
        limit: float,
        function: Callable[..., Result],
        args: tuple[Any, ...],
    ) -> Result:
        try:
            future = pool.schedule(_within, (limit, function, args), timeout=WALL * limit)
        except RuntimeError as error:  # it was stopped meanwhile
            raise BrokenProcessPool from error
        result: Result = future.result()
        return result

    # --- the pool ---------------------------------------------------------------------------

    def _take(self) -> ProcessPool:
        with self._lock:
            if self._closed:
                raise Closed
            if self._pool is None:
                self._pool = self._open()
            self._calls[self._pool] += 1
            self._used = time.monotonic()
            return self._pool

    def _open(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["feedbot.read"])
        pool = ProcessPool(
            max_workers=self._most,
            initializer=_begin,
            initargs=(self._memory, self._prepare),
            context=context,
        )
        self._calls[pool] = 0
        threading.Thread(target=self._rest, args=(pool,), daemon=True, name="workers").start()
        return pool

    def _give_back(self, pool: ProcessPool) -> None:
        with self._lock:
            if pool in self._calls:
                self._calls[pool] -= 1
            if pool is not self._pool:
                self._retire(pool)

    def _drop(self, pool: ProcessPool) -> None:
        with self._lock:
            if pool is self._pool:
                self._pool = None

    def _retire(self, pool: ProcessPool | None) -> None:
        """Ends a pool that gets no more calls once the last one under way has ended."""
        if pool is not None and self._calls.get(pool) == 0:
            del self._calls[pool]
            threading.Thread(target=_end, args=(pool,), daemon=True, name="workers end").start()

    def _rest(self, pool: ProcessPool) -> None:
        """Ends a pool that has been idle: its threads and processes wake up all the time."""
        with self._lock:
            while pool is self._pool:
                left = self._used + self._idle - time.monotonic()
                if left <= 0 and not self._calls[pool]:
                    self._pool = None
                    self._retire(pool)
                    return
                self._lock.wait(max(left, 1.0))


def _end(pool: ProcessPool) -> None:
    with contextlib.suppress(BrokenProcessPool, RuntimeError, OSError):
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _reason(status: int | None, limit: float) -> str:
    if status == -signal.SIGPROF:
        return f"takes more than {limit:.0f} s of CPU time"
    if status == OUT_OF_MEMORY:
        return "takes more memory than a page may"
    return f"ends the process that reads it (status {status})"


# --- in the worker ------------------------------------------------------------------------------


def _begin(memory: int, prepare: tuple[Callable[..., None], *tuple[Any, ...]] | None) -> None:
    # Nothing is told to a worker whose server is gone: it would stay for good if it hangs.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The default action ends the process, whatever it does and whatever locks it holds.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    if prepare is not None:
        function, *args = prepare
        function(*args)
    limit = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """The bytes that this process has mapped."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - one short read
        return int(file.read().split()[0]) * resource.getpagesize()


def _within(limit: float, function: Callable[..., Result], args: tuple[Any, ...]) -> Result:
    signal.setitimer(signal.ITIMER_PROF, limit)  # counts CPU time
    try:
        return function(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
