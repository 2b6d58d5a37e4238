"""Brings the output up to date with the store, one process at a time."""

from __future__ import annotations

import contextlib
import logging
import threading
import time

from ..config import Config
from ..errors import FeedbotError, PublishError
from ..events import emit
from ..operations.websub import Hub
from ..publish import (
    HEALTH,
    Published,
    Renderer,
    Target,
    open_target,
    prune_files,
    publish,
)
from ..store import FeedQueries, Store, Wait, alerts, publish_delay

log = logging.getLogger(__name__)

HUB_PATIENCE = 5.0  # seconds that a one-off command waits for the hub
LOCK_PATIENCE = 120.0  # seconds that a one-off command waits for the publish lock
TRY_AGAIN = 0.5  # seconds between two attempts to get the publish lock


class LockWait:
    """Waits up to LOCK_PATIENCE seconds for the publish lock, until `stop` is set; logs it once."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self._end: float | None = None  # monotonic seconds

    def __call__(self, problem: str) -> bool:
        """Waits a moment; returns whether to try again."""
        if self._end is None:
            self._end = time.monotonic() + LOCK_PATIENCE
            waits = f"{problem}; waiting up to {LOCK_PATIENCE:.0f} s"
            emit(log, logging.WARNING, "waiting to publish", problem=waits)
        return not self._stop.wait(TRY_AGAIN) and time.monotonic() < self._end


def open_renderer(config: Config) -> Renderer:
    """The renderer of this configuration. Keep it: it caches rendered entries."""
    return Renderer(config.output, config.topics, config.base)


def open_hub(config: Config, store: Store) -> Hub:
    """The configured WebSub hub; without one, it does nothing."""
    return Hub(config.output.hub, FeedQueries(store))


def publish_all(
    config: Config,
    store: Store,
    *,
    everything: bool = False,
    pruned: bool = False,
    wait: Wait | None = None,
) -> Published:
    """Publishes once, as commands do; `feedbot status` shows a failure until somebody publishes.

    The hub is given a few seconds in the end. `wait` is `LockWait` unless it is given.

    Raises PublishError, after doing the rest, if a part failed.
    """
    hub = open_hub(config, store)
    try:
        published = bring_up_to_date(
            config, store, open_renderer(config), hub,
            everything=everything, pruned=pruned, wait=wait or LockWait(),
        )  # fmt: skip
    except PublishError as error:
        with contextlib.suppress(FeedbotError):  # it is only for those who look
            publish_delay.record_for_command(FeedQueries(store), str(error))
        raise
    finally:
        hub.close(HUB_PATIENCE)
    with contextlib.suppress(FeedbotError):
        publish_delay.clear(FeedQueries(store))
    return published


def bring_up_to_date(
    config: Config,
    store: Store,
    renderer: Renderer,
    hub: Hub,
    *,
    wait: Wait,
    everything: bool = False,
    pruned: bool = False,
) -> Published:
    """Brings the output up to date with the store; one process at a time.

    `wait` says how to wait for another process, see `Store.publish_lock`.

    Raises PublishError, after doing the rest, if a part failed.
    """
    queries = FeedQueries(store)
    with store.publish_lock(wait):
        target = open_target(config.output, config.base)
        published = publish(renderer, queries, target, everything=everything)
        hub.tell([config.output.url + name for name in published.feeds])
        if pruned and not published.problems:
            prune_files(renderer, queries, target, (HEALTH,) if config.alerts.feed else ())
        _publish_health(config, store, target)
    if published.problems:
        raise PublishError("; ".join(dict.fromkeys(published.problems)))
    return published


def _publish_health(config: Config, store: Store, target: Target) -> None:
    """Writes the feed on the health of sources, if it is wanted."""
    if not config.alerts.feed:
        return
    from ..publish.health import publish_health

    with store.read() as connection:
        changes = alerts.health_changes(connection, config.output.entries)
    publish_health(changes, config.output, target)
