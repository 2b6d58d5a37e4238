"""The output, brought up to date with the store by one process at a time."""

from __future__ import annotations

import logging
import threading
import time

from ..config import Config
from ..errors import PublishError
from ..events import emit
from ..operations.websub import Hub
from ..publish import HEALTH, Published, Renderer, open_target, prune_files, publish, publish_health
from ..store import FeedQueries, Store, Wait, alerts

log = logging.getLogger(__name__)

HUB_PATIENCE = 5.0  # seconds that a process which ends gives the hub
LOCK_PATIENCE = 120.0  # seconds that a process which ends waits for another that publishes
TRY_AGAIN = 0.5  # seconds between two attempts to have the publish lock


class LockWait:
    """Waits for the publish lock for LOCK_PATIENCE seconds, unless told to stop; says so once."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self._end: float | None = None  # monotonic seconds

    def __call__(self, problem: str) -> bool:
        """Whether to try again; a moment later."""
        if self._end is None:
            self._end = time.monotonic() + LOCK_PATIENCE
            waits = f"{problem}; waiting up to {LOCK_PATIENCE:.0f} s for it"
            emit(log, logging.WARNING, "waiting to publish", problem=waits)
        return not self._stop.wait(TRY_AGAIN) and time.monotonic() < self._end


def open_renderer(config: Config) -> Renderer:
    """What writes the documents of this configuration; remembers what it wrote."""
    return Renderer(config.output, config.topics, config.base)


def open_hub(config: Config, store: Store) -> Hub:
    """What tells the configured hub, if there is one, of changed feeds."""
    return Hub(config.output.hub, FeedQueries(store))


def publish_all(
    config: Config,
    store: Store,
    press: Renderer | None = None,
    hub: Hub | None = None,
    *,
    everything: bool = False,
    pruned: bool = False,
    wait: Wait | None = None,
) -> Published:
    """Brings the output up to date with the store; one process at a time.

    `press` and `hub` are those of a process that goes on; without them, the hub is given a few
    seconds in the end. `wait` says how to wait for another process, see `Store.publish_lock`;
    without it, `LockWait` does.

    `everything` looks at every file, whatever was noted of it; `pruned` also removes the files of
    topics that are no more. Raises PublishError, once the rest is done, if a part of it failed.
    """
    press, shelf = press or open_renderer(config), FeedQueries(store)
    telling = hub or open_hub(config, store)
    with store.publish_lock(wait or LockWait()):
        target = open_target(config.output, config.base)
        published = publish(press, shelf, target, everything=everything)
        telling.tell([config.output.url + name for name in published.feeds])
        if pruned and not published.problems:
            prune_files(press, shelf, target, (HEALTH,) if config.alerts.feed else ())
        if config.alerts.feed:
            with store.read() as connection:
                changes = alerts.health_changes(connection, config.output.entries)
            publish_health(changes, config.output, target)
    if hub is None:
        telling.close(HUB_PATIENCE)
    if published.problems:
        raise PublishError("; ".join(dict.fromkeys(published.problems)))
    return published
