"""The leases of the polls under way, renewed by a thread that does nothing else.

Neither a long beat nor publishing nor another poll's save holds it up for longer than one save.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from datetime import datetime

from ..errors import FeedbotError
from ..events import emit
from ..store import LEASE, Claim, Store

log = logging.getLogger(__name__)

RENEW = LEASE.total_seconds() / 3  # seconds between renewals of the leases held
RETRY_SECONDS = 2.0  # seconds until it is tried again when the database could not be written


class Leases:
    """Renews what `held` returns, from the first `start` until `stop`."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], held: Callable[[], Collection[Claim]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._held = held
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins, unless it has begun. Not to be called by two threads at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="leases", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Renews no more; returns at once."""
        self._stopped.set()

    def _run(self) -> None:
        wait = RENEW
        while not self._stopped.wait(wait):
            wait = RENEW if self._renewed() else RETRY_SECONDS

    def _renewed(self) -> bool:
        held = self._held()
        try:
            if held:
                self._store.renew(held, self._clock())
        except FeedbotError as error:
            emit(log, logging.WARNING, "leases not renewed", problem=f"{error}; tried again soon")
            return False
        except Exception:  # a bug must not end the renewals unnoticed
            log.exception("a bug in renewing leases")
            return False
        return True
