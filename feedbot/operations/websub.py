"""Notifies a WebSub hub of changed feeds, in the background, until it accepts.

    publish ─▶ recorded in the store ─▶ a thread pings ─▶ deleted
                        ▲                     │
                        └────── it failed ◀───┘   and tries again, less and less often

The record outlives the process, so the next publishing tries again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping
from typing import Protocol

from ..errors import FeedbotError, FetchError
from ..events import emit
from ..fetch.post import post
from ..web.urls import server_of

log = logging.getLogger(__name__)

FIRST_WAIT = 10.0  # seconds until the next attempt; doubled after every failure
LONGEST_WAIT = 3600.0


class PublishStates(Protocol):
    """Stores which feeds the hub does not know of yet."""

    def notes(self, place: str) -> dict[str, str]:
        """The records of a place, by name."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces the records of these names."""

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Deletes the records of these names."""


class Hub:
    """One hub. Publishing never waits for it, and never fails because of it."""

    def __init__(self, url: str | None, notes: PublishStates) -> None:
        """`url` is None if no hub is configured; then every method does nothing."""
        self._url = url
        self._place = f"hub {url}"
        self._notes = notes
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def tell(self, feeds: Collection[str]) -> None:
        """Notifies the hub of these changed feeds (URLs), and of earlier ones still unsent."""
        if self._url is None:
            return
        if feeds:
            self._notes.note(self._place, dict.fromkeys(feeds, "changed"))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="hub")
                self._thread.start()

    def close(self, patience: float) -> None:
        """Waits up to `patience` seconds for the current attempt, then gives up."""
        self._closing.set()
        thread = self._thread
        if thread is not None:
            thread.join(patience)

    def _run(self) -> None:
        try:
            self._tell_all()
        except Exception:  # a bug must not prevent the next `tell` from trying again
            log.exception("a bug in notifying the hub")
            with self._lock:
                self._thread = None

    def _tell_all(self) -> None:
        wait = FIRST_WAIT
        while not self._done():
            try:
                self._ping_all()
                wait = FIRST_WAIT
            except FeedbotError as error:
                emit(
                    log,
                    logging.WARNING,
                    "hub failed",
                    server_of(self._url or ""),
                    problem=str(error),
                )
                if self._closing.wait(wait):
                    return
                wait = min(2 * wait, LONGEST_WAIT)

    def _done(self) -> bool:
        """Whether nothing is left to send; then the next `tell` starts another thread."""
        with self._lock:
            try:
                done = not self._notes.notes(self._place)
            except FeedbotError:
                done = True
            if done:
                self._thread = None
            return done

    def _ping_all(self) -> None:
        assert self._url
        for feed in self._notes.notes(self._place):
            # Deleted first, so that a change during the request is recorded again.
            self._notes.forget(self._place, [feed])
            try:
                post(self._url, form={"hub.mode": "publish", "hub.url": feed})
            except FetchError:
                self._notes.note(self._place, {feed: "changed"})
                raise
