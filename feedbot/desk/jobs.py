"""Work that takes seconds, done in threads while a page shows how far it is."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..errors import FeedbotError
from ..web.urls import redact

log = logging.getLogger(__name__)

MOST_KEPT = 20  # results; the oldest is dropped
MOST_RUNNING = 4  # jobs at a time


@dataclass(slots=True)
class Job:
    """One piece of work; `error` says why it failed, in the operator's terms."""

    title: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    began: float = field(default_factory=time.monotonic)
    finished: bool = False
    result: Any = None
    error: str = ""
    done: int = 0
    found: int = 0

    def advance(self, done: int, found: int) -> None:
        """Is called with what is newly done, and newly found."""
        self.done += done
        self.found += found


class Jobs:
    """The last jobs of this desk, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def start(self, title: str, work: Callable[[Job], Any]) -> Job:
        """Begins a job in a thread. Raises FeedbotError if too many are under way."""
        job = Job(title)
        with self._lock:
            if sum(not one.finished for one in self._jobs.values()) >= MOST_RUNNING:
                raise FeedbotError("too much is under way; wait until something has ended")
            ended = [key for key, one in self._jobs.items() if one.finished]
            for key in ended[: max(len(self._jobs) + 1 - MOST_KEPT, 0)]:
                del self._jobs[key]
            self._jobs[job.key] = job
        threading.Thread(target=_run, args=(job, work), daemon=True, name=f"desk {title}").start()
        return job

    def find(self, key: str) -> Job | None:
        """The job with this key; None if it was dropped."""
        return self._jobs.get(key)


def _run(job: Job, work: Callable[[Job], Any]) -> None:
    try:
        job.result = work(job)
    except FeedbotError as error:
        job.error = redact(str(error))
    except Exception as error:
        log.exception("a bug in the desk: %s", job.title)
        job.error = f"a bug in feedbot ({type(error).__name__}); its log has more"
    finally:
        job.finished = True
