"""Routes the stored stories again after the topic rules have changed; fetches nothing.

A story keeps its id and its dates in every feed that it enters.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from ..config import Config
from ..config.rules import Rules
from ..events import Progress, unwatched
from ..model import Evidence, Routing, Story, Topic
from ..store import Store, queries

if TYPE_CHECKING:
    from ..topics import Router

log = logging.getLogger(__name__)

STORIES_AT_ONCE = 200  # stories held in memory, and routed in one transaction


class Move(NamedTuple):
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
    """Puts every story into exactly the topics of the current rules; returns the moves."""
    router = Rules(config.topics, config.leaders).router
    moves: list[Move] = []
    for stories in _batches(store, progress):
        moves += _route(store, stories, router, dry_run=dry_run, only=None)
    if not dry_run:
        store.save_rules(digests(config))
    return moves


def routed_stories(
    config: Config, store: Store, progress: Progress = unwatched
) -> Iterator[tuple[Story, tuple[Routing, ...]]]:
    """Every stored story with its routings under the current rules; changes nothing."""
    router = Rules(config.topics, config.leaders).router
    for stories in _batches(store, progress):
        for story in stories:
            yield story, router.route(story.article, story.source, also=story.also)


def move_stories(
    config: Config, store: Store, slug: str, routed: Sequence[tuple[Story, Routing | None]]
) -> tuple[int, int]:
    """Puts stories into one topic or takes them out; how many entered and left.

    For whoever has routed them by the rules of `config` already, which are noted as replayed.
    """
    with store.read() as connection:
        before = queries.members(connection, slug)
    judged = [(story, to.evidence if to and to.routed else None) for story, to in routed]
    moved = [(one, why) for one, why in judged if (why is not None) != (one.id in before)]
    for start in range(0, len(moved), STORIES_AT_ONCE):
        some = moved[start : start + STORIES_AT_ONCE]
        with store.save(some[0][0].updated) as transaction:
            updated = transaction.updated([story.id for story, _ in some])
            still = [(one.id, why) for one, why in some if updated.get(one.id) == one.updated]
            transaction.refile(
                slug,
                entering={key: why for key, why in still if why is not None},
                leaving=[key for key, why in still if why is None],
            )
    store.save_rules(store.rules() | {slug: digests(config)[slug]})
    entered = sum(why is not None for _, why in moved)
    return entered, len(moved) - entered


def fill_new_topics(config: Config, store: Store) -> None:
    """Fills newly configured topics with stored stories.

    Topics with changed rules stay as they are and are logged: a mistake in a rule should not empty
    a feed unnoticed. `feedbot replay` shows the changes and applies them.
    """
    known, current = store.rules(), digests(config)
    changed = _changed_names(config.topics, known, current)
    if changed:
        log.warning("rules have changed: %s; run `feedbot replay`", ", ".join(changed))
    fresh = [topic for topic in config.topics if topic.slug not in known]
    if fresh:
        router = Rules(fresh, config.leaders).router
        slugs = {topic.slug for topic in fresh}
        for stories in _batches(store, unwatched):
            _route(store, stories, router, dry_run=False, only=slugs)
    # A topic that is gone is forgotten: what comes meanwhile is not routed to it, so that it is a
    # new one when it comes back.
    rules = {slug: known.get(slug, digest) for slug, digest in current.items()}
    if rules != known:
        store.save_rules(rules)


def _changed_names(
    topics: Sequence[Topic], known: Mapping[str, str], current: Mapping[str, str]
) -> list[str]:
    """The topics whose rules are others than those that are known; new topics have none."""
    return [
        topic.name
        for topic in topics
        if topic.slug in known and known[topic.slug] != current[topic.slug]
    ]


def digests(config: Config) -> dict[str, str]:
    """A digest of the rules of every topic, by slug. What only its pages show is no rule."""
    leaders = tuple(sorted(config.leaders.items()))
    return {topic.slug: _digest(topic, leaders) for topic in config.topics}


def _digest(topic: Topic, leaders: Sequence[object]) -> str:
    shown = {"title": None, "description": None, "group": None, "digest": None, "was": ()}
    rules = dataclasses.replace(topic, **shown)  # type: ignore[arg-type]
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
    """Routes these stories anew, in topics `only` if given; returns what that moves."""
    with store.read() as connection:
        before = queries.topics_of(connection, [story.id for story in stories])
    after = {
        story.id: _topics_after(story, before.get(story.id, set()), router, only)
        for story in stories
    }
    changed = {key: found for key, found in after.items() if set(found) != before.get(key, set())}
    if changed and not dry_run:
        _save_topics(store, stories, changed)
    return [
        Move(topic=slug, enters=slug in after[story.id], tag=story.tag, title=story.article.title)
        for story in stories
        for slug in sorted(before.get(story.id, set()) ^ after[story.id].keys())
    ]


def _topics_after(
    story: Story, before: Collection[str], router: Router, only: Collection[str] | None
) -> dict[str, tuple[Evidence, ...]]:
    """The topics of a story by the rules of now, with evidence; others than `only` stay."""
    routed = router.topics_of(story.article, story.source, story.also)
    kept = set[str]() if only is None else set(before) - set(only)
    return dict.fromkeys(sorted(kept), ()) | routed


def _save_topics(
    store: Store, stories: Sequence[Story], changed: Mapping[int, Mapping[str, Sequence[Evidence]]]
) -> None:
    """Saves the topics of stories, by id, unless a poll has just routed their new words."""
    read = {story.id: story.updated for story in stories}
    with store.save(stories[0].updated) as transaction:
        for story_id, updated in transaction.updated(changed).items():
            if updated == read[story_id]:
                transaction.route(story_id, changed[story_id])
