"""Tells a WebSub hub which feeds have changed: in the background, until it has listened.

    publish ─▶ noted in the store ─▶ a thread pings ─▶ forgotten
                       ▲                   │
                       └──── it failed ◀───┘   and is tried again, ever later

What is noted outlives the process: the next publishing tries again.
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

FIRST_WAIT = 10.0  # seconds until a hub that did not listen is asked again; doubled every time
LONGEST_WAIT = 3600.0


class PublishStates(Protocol):
    """Where it is noted what the hub does not know yet."""

    def notes(self, place: str) -> dict[str, str]:
        """What was noted of a place, by name."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces what was noted of these names."""

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Drops what was noted of these names."""


class Hub:
    """One hub. Whoever publishes is never held up by it, nor told of its failures."""

    def __init__(self, url: str | None, notes: PublishStates) -> None:
        """`url` is None where no hub is configured; then nothing is done."""
        self._url = url
        self._place = f"hub {url}"
        self._notes = notes
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def tell(self, feeds: Collection[str]) -> None:
        """Has the hub told that the feeds at these URLs have changed, and what is still to tell."""
        if self._url is None:
            return
        if feeds:
            self._notes.note(self._place, dict.fromkeys(feeds, "changed"))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="hub")
                self._thread.start()

    def close(self, patience: float) -> None:
        """Lets the attempt under way end, if that takes no longer than so many seconds."""
        self._closing.set()
        thread = self._thread
        if thread is not None:
            thread.join(patience)

    def _run(self) -> None:
        try:
            self._tell_all()
        except Exception:  # a bug must not keep the next `tell` from trying again
            log.exception("a bug in telling the hub")
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
        """Whether nothing is left to tell; then the next `tell` starts another thread."""
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
            # Forgotten first: what changes while the hub is being told is noted anew.
            self._notes.forget(self._place, [feed])
            try:
                post(self._url, form={"hub.mode": "publish", "hub.url": feed})
            except FetchError:
                self._notes.note(self._place, {feed: "changed"})
                raise
