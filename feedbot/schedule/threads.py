"""Threads for what may take its time: daemons, so that one that hangs keeps no process alive."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from ..errors import FeedbotError
from ..events import emit

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def in_thread(name: str, work: Callable[[], Answer]) -> Future[Answer]:
    """Does something in a thread of its own; the future has the result, or what was raised."""
    future = Future[Answer]()
    start_thread(name, future, work)
    return future


def start_thread(
    name: str, future: Future[Answer], work: Callable[[], Answer]
) -> threading.Thread | None:
    """The thread in which `future` is fulfilled; None, and an error there, if none can start."""

    def fulfil() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)

    thread = threading.Thread(target=fulfil, name=name, daemon=True)
    try:
        thread.start()
    except RuntimeError as error:  # there are too many threads
        future.set_exception(error)
        return None
    return thread


class Background:
    """Does one thing in a thread of its own, whenever it is asked to.

    If that fails, the problem is logged and it is tried again after `again` seconds.
    """

    def __init__(self, name: str, do: Callable[[], None], again: float) -> None:
        self._name = name
        self._do = do
        self._again = again
        self._asked = threading.Event()
        self._ending = threading.Event()
        self._stopped = False
        self._bugs = set[tuple[object, ...]]()  # those whose traceback is in the log
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self) -> None:
        """Has it done soon; returns at once. What is asked for meanwhile is done once more."""
        self._asked.set()

    def finish(self, timeout: float) -> bool:
        """Has it done one last time and ends; False if that takes longer than `timeout` seconds."""
        self._ending.set()
        self._asked.set()
        self._thread.join(max(timeout, 0))
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ends without doing it again; returns at once."""
        self._stopped = True
        self._ending.set()
        self._asked.set()

    def _run(self) -> None:
        last = False
        while not last:
            self._asked.wait()
            self._asked.clear()
            last = self._ending.is_set()
            if self._stopped:
                return
            if not self._succeeds() and not last:
                self._ending.wait(self._again)
                self._asked.set()

    def _succeeds(self) -> bool:
        try:
            self._do()
        except FeedbotError as error:
            emit(log, logging.ERROR, f"{self._name} failed", problem=str(error))
        except Exception as error:  # noqa: BLE001 - logged; a bug must not end the thread for good
            self._tell_bug(error)
        else:
            return True
        return False

    def _tell_bug(self, error: Exception) -> None:
        """Logs where a bug is; when it comes again, only that it did."""
        problem = f"{type(error).__name__}: {error}"
        place = traceback.extract_tb(error.__traceback__)[-1]
        bug = (type(error), place.filename, place.lineno)
        if bug not in self._bugs:
            self._bugs.add(bug)
            log.error("%s: a bug", self._name, exc_info=error)
        emit(log, logging.ERROR, f"{self._name} failed", problem=problem)
