"""Pure functions in worker processes, each call within limits. The only home of pebble.

A page can be built so that reading it takes hours, or all the memory there is, and a bug in a
library can hold the interpreter's lock meanwhile. Only another process can end that. Workers are
forked from a clean server process, are used again for the next call, and are replaced when a call
had to be ended.

What starts processes is imported at the first call: most polls find nothing new to read.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, CancelledError, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..remembered import forget

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

CPU = 10.0  # seconds of CPU time that one call may take, and
CPU_SHARE = 0.2  # more for each further page that it reads; ordinary pages take a tenth of that
WALL_FACTOR = 8.0  # times CPU that a call may take on the clock: the machine may be busy
MEMORY_BYTES = 400_000_000  # bytes beyond what a worker needs when it starts
IDLE = 30.0  # seconds without a call after which the workers are sent home
MOST_WORKERS = (
    4  # workers, on a machine with many cores: a page takes milliseconds, the network seconds
)
FEWEST_WORKERS = 2  # on one with a single core, so that a page that hangs holds nobody up
LOOK_SECONDS = 0.5  # seconds after which a call sees that the workers were closed
GRACE = 10.0  # seconds beyond its limit that a call has to be ended by its pool
OUT_OF_MEMORY = 71  # the exit status of a worker that had too little
FROM_OUTSIDE = {-signal.SIGTERM, -signal.SIGKILL}  # exit statuses that need not be a page's fault
PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process gets when its parent dies


Prepare = tuple[Any, ...]  # the name of a function of the module, and its arguments


class Overrun(Exception):
    """A call that had to be ended; the message says why, as the end of "reading it …"."""


class Closed(Exception):
    """The workers were closed before the call came to its end."""


@dataclass(slots=True, eq=False)
class Worker:
    """One process, in a pool of its own, and what it was prepared with."""

    pool: ProcessPool
    prepare: Prepare
    used: float = 0.0  # monotonic seconds at which its last call ended


class Workers:
    """Runs the functions of a module in worker processes; shared by threads.

    A worker is started when all others are busy. `prepare` is a function of the module with its
    arguments, which each worker calls once, when it starts. `preload` is a module that loads the
    first one, and what else the workers are to share.
    """

    def __init__(
        self,
        module: str,
        prepare: Prepare,
        *,
        preload: str | None = None,
        cpu: float = CPU,
        memory: int = MEMORY_BYTES,
        idle: float = IDLE,
        most: int | None = None,
    ) -> None:
        self._module = module
        self._preload = preload or module
        self._prepare = prepare
        self._cpu = cpu
        self._memory = memory
        self._rest = idle
        self._most = most or max(FEWEST_WORKERS, min(MOST_WORKERS, os.cpu_count() or 1))
        self._changed = threading.Condition()
        self._free: list[Worker] = []
        self._busy: set[Worker] = set()
        self._timer: threading.Timer | None = None  # runs while workers are free
        self._closed = False

    def call(self, function: str, *args: Any, pages: int = 1) -> Any:
        """What a function of the module returns; its exceptions are raised here.

        `pages` is how many pages it reads; its time limit grows with them. Raises Overrun if the
        call took too much time or memory or ended its process, Closed if feedbot is stopping.
        """
        from pebble import ProcessExpired

        limit = self._cpu + (pages - 1) * CPU_SHARE
        clock = limit + (WALL_FACTOR - 1) * self._cpu
        task = (limit, self._module, function, args)
        for _ in range(2):
            worker, works = self._take(), True
            try:
                return self._wait(_schedule(worker.pool, task, clock), clock)
            except BrokenExecutor:  # its process ended without a call; another one will do
                works = False
            except TimeoutError:
                raise Overrun(f"takes more than {clock:g} s") from None
            except ProcessExpired as error:
                if error.exitcode not in FROM_OUTSIDE:
                    raise Overrun(_reason(error.exitcode, limit)) from None
            except CancelledError:
                raise Closed from None
            finally:
                self._give_back(worker, works=works)
        raise Overrun("ends the processes that read it")

    def _wait(self, future: ProcessFuture[Any], limit: float) -> Any:
        """The result of a call. A pool that is stopped may leave its calls without any."""
        end = time.monotonic() + limit + GRACE
        while not future.done():
            wait([future], LOOK_SECONDS)
            if self._closed:
                raise Closed
            if time.monotonic() > end:
                raise BrokenExecutor
        return future.result()

    def prepare_anew(self, prepare: Prepare) -> None:
        """Has later calls run in workers that were prepared like this; those under way end."""
        with self._changed:
            if prepare == self._prepare:  # as after a reload that left the topics alone
                return
            self._prepare = prepare
            for worker in self._free:
                _end_later(worker)
            self._free.clear()

    def close(self) -> None:
        """Ends all workers at once, and with them what they are doing."""
        self._closed = True
        # Whoever has the lock may wait for ever: a thread that starts without memory never tells.
        is_ours = self._changed.acquire(timeout=GRACE)
        workers = [*self._free, *self._busy]
        self._free.clear()
        if self._timer:
            self._timer.cancel()
        if is_ours:
            self._changed.notify_all()
            self._changed.release()
        for worker in workers:
            _end(worker)

    # --- workers ----------------------------------------------------------------------------

    def _take(self) -> Worker:
        """A worker of one's own; waits for one if all are busy."""
        with self._changed:
            while not self._closed and not self._free and len(self._busy) >= self._most:
                self._changed.wait()
            if self._closed:
                raise Closed
            worker = self._free.pop() if self._free else self._start()
            self._busy.add(worker)
            return worker

    def _start(self) -> Worker:
        import multiprocessing

        from pebble import ProcessPool

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([self._preload])
        pool = ProcessPool(
            max_workers=1,
            initializer=_begin,
            initargs=(self._memory, self._module, self._prepare),
            context=context,
        )
        return Worker(pool, self._prepare)

    def _give_back(self, worker: Worker, *, works: bool) -> None:
        """Keeps a worker for the next call, or ends it."""
        with self._changed:
            self._busy.remove(worker)
            # One that close() has ended is left alone: a pool cannot bear that twice at once.
            if works and worker.prepare is self._prepare and not self._closed:
                worker.used = time.monotonic()
                self._free.append(worker)
                self._watch()
            elif not self._closed:
                _end_later(worker)
            self._changed.notify()

    def _watch(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._rest / 2, self._send_home)
            self._timer.daemon = True
            self._timer.start()

    def _send_home(self) -> None:
        """Ends workers that have been idle for long: they wake up many times a second."""
        with self._changed:
            long_ago = time.monotonic() - self._rest
            for worker in [one for one in self._free if one.used < long_ago]:
                self._free.remove(worker)
                _end_later(worker)
            self._timer = None
            if self._free:
                self._watch()


def _schedule(pool: ProcessPool, task: Sequence[Any], timeout: float) -> ProcessFuture[Any]:
    try:
        return pool.schedule(_within, task, timeout=timeout)
    except RuntimeError as error:  # it was stopped meanwhile
        raise BrokenExecutor from error


def _end_later(worker: Worker) -> None:
    """Ends a worker without waiting for that."""
    threading.Thread(target=_end, args=(worker,), daemon=True, name="worker ends").start()


def _end(worker: Worker) -> None:
    with contextlib.suppress(RuntimeError, OSError):  # a broken pool is a RuntimeError, too
        worker.pool.stop()  # type: ignore[no-untyped-call]
        worker.pool.join()


def _reason(status: int | None, limit: float) -> str:
    if status == -signal.SIGPROF:
        return f"takes more than {limit:g} s of CPU time"
    if status == OUT_OF_MEMORY:
        return "takes more memory than a page may"
    return f"ends the process that reads it (status {status})"


# --- in the worker ------------------------------------------------------------------------------


def _begin(memory: int, module: str, prepare: Prepare) -> None:
    # A worker whose server is gone is told nothing: it would stay for good if it hangs.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # The default action ends the process, whatever it does and whatever locks it holds.
    for ends in (signal.SIGPROF, signal.SIGTERM):
        signal.signal(ends, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # asks feedbot for another configuration
    function, *args = prepare
    getattr(importlib.import_module(module), function)(*args)
    limit = _address_space() + memory
    with contextlib.suppress(OSError, ValueError):  # a sandbox forbids it; the service has its own
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """The bytes that this process has mapped."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - one short read
        return int(file.read().split()[0]) * resource.getpagesize()


def _within(limit: float, module: str, function: str, args: Sequence[Any]) -> Any:
    signal.setitimer(signal.ITIMER_PROF, limit)  # counts CPU time
    try:
        return getattr(importlib.import_module(module), function)(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        forget()
