"""The output, brought up to date with the store by one process at a time."""

from __future__ import annotations

from ..config import Config
from ..errors import PublishError
from ..publish import HEALTH, Press, Published, open_target, prune, publish, publish_health
from ..store import Shelf, Store, alerts
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
    with store.only_publisher():
        target = open_target(config.output, config.base)
        published = publish(press, shelf, target, everything=everything)
        if pruned and not published.problems:
            prune(press, shelf, target, (HEALTH,) if config.alerts.feed else ())
    telling = hub or open_hub(config, store)
    telling.tell([config.output.url + name for name in published.feeds])
    if hub is None:
        telling.close(HUB_PATIENCE)
    if config.alerts.feed:
        with store.only_publisher():
            with store.read() as connection:
                changes = alerts.changes(connection, config.output.entries)
            publish_health(changes, config.output, target)
    if published.problems:
        raise PublishError("; ".join(dict.fromkeys(published.problems)))
    return published
