"""The output, brought up to date with the store by one process at a time."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator

from ..config import Config
from ..errors import PublishError
from ..publish import HEALTH, Press, Published, open_target, prune, publish, publish_health
from ..store import Shelf, Store, alerts, database_file
from ..websub import Hub

HUB_PATIENCE = 5.0  # seconds that a process which ends gives the hub


def open_press(config: Config) -> Press:
    """What writes the documents of this configuration; remembers what it wrote."""
    return Press(config.output, config.topics, config.base)


def open_hub(config: Config, store: Store) -> Hub:
    """What tells the configured hub, if there is one, of changed feeds."""
    return Hub(config.output.hub, Shelf(store))


def publish_all(
    config: Config,
    store: Store,
    press: Press | None = None,
    hub: Hub | None = None,
    *,
    everything: bool = False,
    pruned: bool = False,
) -> Published:
    """Brings the output up to date with the store; one process at a time.

    `press` and `hub` are those of a process that goes on; without them, the hub is given a few
    seconds in the end.

    `everything` looks at every file, whatever was noted of it; `pruned` also removes the files of
    topics that are no more. Raises PublishError, once the rest is done, if a part of it failed.
    """
    press, shelf = press or open_press(config), Shelf(store)
    with _only_writer(config, store):
        target = open_target(config.output, config.base)
        published = publish(press, shelf, target, everything=everything)
        if pruned and not published.problems:
            prune(press, shelf, target, (HEALTH,) if config.alerts.feed else ())
    telling = hub or open_hub(config, store)
    telling.tell([config.output.url + name for name in published.feeds])
    if hub is None:
        telling.close(HUB_PATIENCE)
    if config.alerts.feed:
        with _only_writer(config, store):
            with store.read() as connection:
                changes = alerts.changes(connection, config.output.entries)
            publish_health(changes, config.output, target)
    if published.problems:
        raise PublishError("; ".join(dict.fromkeys(published.problems)))
    return published


@contextlib.contextmanager
def _only_writer(config: Config, store: Store) -> Iterator[None]:
    """Keeps a slow writer from replacing a newer feed."""
    if store.is_shared:
        with store.only_publisher(config.output.output):
            yield
        return
    database = database_file(config.store_url)
    if database is None:
        yield
        return
    with database.with_name(database.name + "-publish").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
