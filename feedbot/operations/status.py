"""The health of sources and the size of topics.

Imports nothing that fetches or reads pages, so that `feedbot status` is quick.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..config import Config
from ..model import Health, Topic
from ..sources import adaptive_interval, anomalies
from ..store import SourceState, Store, TopicState, publish_delay, queries


class SourceHealth(NamedTuple):
    """The health of a source, and the evidence for it."""

    name: str
    health: Health
    evidence: str
    state: SourceState
    articles: int


class Status(NamedTuple):
    """All sources, those that need attention first; all topics; processes that cannot publish."""

    sources: tuple[SourceHealth, ...]
    topics: tuple[tuple[Topic, TopicState], ...]
    unpublished: tuple[publish_delay.Unpublished, ...] = ()
    off: tuple[str, ...] = ()  # the sources that are switched off


ATTENTION: Sequence[Health] = ("failing", "degraded", "silent", "new", "ok")


def collect_status(config: Config, store: Store, names: Collection[str] | None = None) -> Status:
    """The status of every configured source, or of those with these `names`, and of every topic."""
    chosen = [source for source in config.sources if names is None or source.name in names]
    with store.read() as connection:
        states = queries.sources(connection, [source.name for source in chosen])
        counts = queries.stories_by_source(connection)
        topics = queries.topic_states(connection)
        unpublished = tuple(publish_delay.unpublished(connection))
    sources = [
        _health(states[source.name], counts.get(source.name, 0))
        for source in chosen
        if source.name in states
    ]
    return Status(
        sources=tuple(sorted(sources, key=lambda source: ATTENTION.index(source.health))),
        topics=tuple(
            (topic, topics.get(topic.slug, TopicState(slug=topic.slug, entries=0, updated=None)))
            for topic in config.topics
        ),
        unpublished=unpublished,
        off=tuple(source.name for source in config.off),
    )


def health_of(state: SourceState) -> tuple[Health, str]:
    """One word for how a source is, and the evidence."""
    seen = anomalies.load(state.anomalies)
    return adaptive_interval.health(
        adaptive_interval.load(state.pace),
        polled=state.first_polled is not None,
        failures=state.failures,
        error=state.last_error,
        degraded=anomalies.lasting(seen),
        advice=anomalies.advice_on(seen),
    )


def _health(state: SourceState, articles: int) -> SourceHealth:
    health, evidence = health_of(state)
    return SourceHealth(
        name=state.name, health=health, evidence=evidence, state=state, articles=articles
    )
