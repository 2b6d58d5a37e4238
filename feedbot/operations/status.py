"""How the sources are and what the topics hold: the health of everything, on one screen.

Loads neither what fetches nor what reads pages: it is asked for often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..config import Config
from ..model import Health, Topic
from ..poll import adaptive_interval, anomalies
from ..store import SourceState, Store, TopicState, publish_delay, queries


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source in one word, and the evidence for it."""

    name: str
    health: Health
    evidence: str
    state: SourceState
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All sources, those that need attention first, all topics, and who cannot publish."""

    sources: tuple[SourceHealth, ...]
    topics: tuple[tuple[Topic, TopicState], ...]
    unpublished: tuple[publish_delay.Unpublished, ...] = ()


ATTENTION: Sequence[Health] = ("failing", "degraded", "silent", "new", "ok")


def collect_status(config: Config, store: Store) -> Status:
    """How everything is."""
    with store.read() as connection:
        states = queries.sources(connection, [source.name for source in config.sources])
        counts = queries.stories_by_source(connection)
        topics = queries.topic_states(connection)
        unpublished = tuple(publish_delay.unpublished(connection))
    sources = [_health(states[s.name], counts.get(s.name, 0)) for s in config.sources]
    return Status(
        sources=tuple(sorted(sources, key=lambda one: ATTENTION.index(one.health))),
        topics=tuple(
            (topic, topics.get(topic.slug, TopicState(slug=topic.slug, entries=0, updated=None)))
            for topic in config.topics
        ),
        unpublished=unpublished,
    )


def health_of(state: SourceState) -> tuple[Health, str]:
    """One word for how a source is, and the evidence."""
    seen = anomalies.load(state.signs)
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
