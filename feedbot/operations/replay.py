"""Routes the stored stories again after the rules have changed; nothing is fetched.

A story keeps its id and its dates in whatever feed it enters.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from ..config import Config
from ..events import Progress, unwatched
from ..model import Routing, Story, Topic
from ..store import Store, queries
from ..topics import Router, compile_topics

log = logging.getLogger(__name__)

STORIES_AT_ONCE = 200  # stories held in memory, and routed in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A story that enters or leaves a topic."""

    topic: str  # the slug
    enters: bool
    tag: str
    title: str


def replay(
    config: Config,
    store: Store,
    *,
    dry_run: bool,
    progress: Progress = unwatched,
) -> list[Move]:
    """Brings every story into exactly the topics that the current rules say; returns the moves."""
    router = compile_topics(config.topics, config.leaders)
    moves: list[Move] = []
    for stories in _batches(store, progress):
        moves += _route(store, stories, router, dry_run=dry_run, only=None)
    if not dry_run:
        store.save_rules(digests(config))
    return moves


def routed_stories(
    config: Config, store: Store, progress: Progress = unwatched
) -> Iterator[tuple[Story, tuple[Routing, ...]]]:
    """Every stored story with what the current rules say of it; nothing is changed."""
    router = compile_topics(config.topics, config.leaders)
    for stories in _batches(store, progress):
        for story in stories:
            yield story, router.route(story.article, story.source)


def fill_new_topics(config: Config, store: Store) -> None:
    """Fills topics that were configured since from what is stored.

    Topics whose rules have changed stay as they are, because a wrong rule should not empty a feed
    behind its reader's back: `feedbot replay` shows what would change, and does it.
    """
    known, current = store.rules(), digests(config)
    fresh = [topic for topic in config.topics if topic.slug not in known]
    changed = [
        topic.name
        for topic in config.topics
        if topic not in fresh and known[topic.slug] != current[topic.slug]
    ]
    if changed:
        log.warning("rules have changed: %s; run `feedbot replay`", ", ".join(changed))
    if not fresh:
        return
    router = compile_topics(fresh, config.leaders)
    slugs = {topic.slug for topic in fresh}
    for stories in _batches(store, unwatched):
        _route(store, stories, router, dry_run=False, only=slugs)
    store.save_rules(known | {slug: current[slug] for slug in slugs})


def digests(config: Config) -> dict[str, str]:
    """What identifies the rules of every topic, by slug; titles are no rules."""
    leaders = tuple(sorted(config.leaders.items()))
    return {topic.slug: _digest(topic, leaders) for topic in config.topics}


def _digest(topic: Topic, leaders: Sequence[object]) -> str:
    rules = dataclasses.replace(topic, title=None, description=None)
    return blake2b(repr((rules, leaders)).encode(), digest_size=16).hexdigest()


def _batches(store: Store, progress: Progress) -> Iterator[list[Story]]:
    with store.read() as connection:
        total = queries.count_stories(connection)
    done, last = 0, 0
    while True:
        with store.read() as connection:
            stories = queries.stories_after(connection, last, STORIES_AT_ONCE)
        if not stories:
            return
        yield stories
        last, done = stories[-1].id, done + len(stories)
        progress(min(done, total), total)


def _route(
    store: Store,
    stories: Sequence[Story],
    router: Router,
    *,
    dry_run: bool,
    only: Collection[str] | None,
) -> list[Move]:
    with store.read() as connection:
        before = queries.topics_of(connection, [story.id for story in stories])
    moves: list[Move] = []
    changed: dict[int, set[str]] = {}
    for story in stories:
        old = before.get(story.id, set())
        new = {to.topic for to in router.route(story.article, story.source) if to.routed}
        if only is not None:
            new |= {slug for slug in old if slug not in only}
        for slug in sorted(old ^ new):
            moves.append(
                Move(topic=slug, enters=slug in new, tag=story.tag, title=story.article.title)
            )
            changed[story.id] = new
    if changed and not dry_run:
        read = {story.id: story.updated for story in stories}
        with store.save(stories[0].updated) as saving:
            for story_id, updated in saving.updated(changed).items():
                if updated == read[story_id]:  # else a poll has just routed its new words
                    saving.route(story_id, changed[story_id])
    return moves
