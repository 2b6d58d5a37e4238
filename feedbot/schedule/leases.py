"""Renews the leases of running polls, in a thread that does nothing else.

Neither a long beat nor publishing delays it; another poll's save delays it for one save at most.
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

RENEW = LEASE.total_seconds() / 3  # seconds between renewals
RETRY_SECONDS = 2.0  # until the next attempt after the database could not be written


class Leases:
    """Renews the leases that `held` returns, from the first `start` until `stop`."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], held: Callable[[], Collection[Claim]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._held = held
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Starts unless it runs already. Two threads must not call this at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="leases", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends the renewals; returns at once."""
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
            emit(log, logging.WARNING, "leases not renewed", problem=f"{error}; will try again")
            return False
        except Exception:  # a bug must not silently end the renewals
            log.exception("a bug in renewing leases")
            return False
        return True
