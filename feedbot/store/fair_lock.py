"""One writer at a time within a process, in the order in which they asked.

SQLite has one writer at a time, and whoever waits for it longer than its busy timeout fails, as if
another program held the database. Waiting for this process's own saves happens here instead.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Iterator
from weakref import WeakValueDictionary

from sqlalchemy import Engine

from ..errors import StoreError
from .engine import database_file

PATIENCE_SECONDS = 300.0  # seconds; a save that takes longer hangs


class FairLock:
    """A lock that is granted in the order in which it was asked for, the urgent first."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()  # for what follows; never held for long
        self._line = deque[threading.Lock]()  # released when its owner's turn has come
        self._holder: int | None = None  # the thread whose turn it is
        self._since = 0.0  # monotonic seconds

    @property
    def waiting(self) -> int:
        """How many threads wait for their turn."""
        return len(self._line)

    @contextlib.contextmanager
    def turn(self, database: str, *, urgent: bool = False) -> Iterator[None]:
        """Waits for one's turn, and has it until the end of the block.

        Raises StoreError, naming the `database`, if it does not come within PATIENCE.
        """
        self._take(database, urgent=urgent)
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, database: str, *, urgent: bool) -> None:
        me, place = threading.get_ident(), threading.Lock()
        place.acquire()
        with self._mutex:
            if self._holder is None:
                self._grant(me)
                return
            if self._holder == me:
                raise RuntimeError("a write transaction inside of another would wait for itself")
            (self._line.appendleft if urgent else self._line.append)(place)
        if not place.acquire(timeout=PATIENCE_SECONDS) and not self._was_granted_after_all(place):
            seconds = time.monotonic() - self._since
            raise StoreError(
                f"database {database}: this process has been saving for {seconds:.0f} s,"
                " so nothing else could be saved; the next poll tries again"
            )
        with self._mutex:
            self._grant(me)

    def _was_granted_after_all(self, place: threading.Lock) -> bool:
        """Leaves the line; True if the turn came at the very end of the wait."""
        with self._mutex:
            if place in self._line:
                self._line.remove(place)
                return False
            return True

    def _grant(self, thread: int) -> None:
        self._holder, self._since = thread, time.monotonic()

    def _pass_on(self) -> None:
        with self._mutex:
            if self._line:
                self._holder = -1  # on its way to the next one
                self._line.popleft().release()
            else:
                self._holder = None


_of_files: WeakValueDictionary[str, FairLock] = WeakValueDictionary()
_registering = threading.Lock()


def fair_lock_of(engine: Engine) -> FairLock | None:
    """The turns at an engine's database, shared by all stores on one file.

    None where the database itself lets many write.
    """
    if engine.dialect.name != "sqlite":
        return None
    file = database_file(engine.url)
    if file is None:  # in memory: nobody else knows it
        return FairLock()
    with _registering:
        return _of_files.setdefault(str(file.resolve()), FairLock())
