"""What several sources list: one of them reads it, and its story is in the topics of all."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping

from ..config.rules import Rules
from ..errors import StoreError
from ..model import Story
from ..store import Claim, KnownPage, Transaction, owners, queries
from .visit import Tools, Visit


def settle_owners(
    listed: Collection[str], visit: Visit, claim: Claim, tools: Tools
) -> Mapping[str, KnownPage]:
    """What is known of the pages that the source lists, by their keys.

    Those of a source that is polled no longer are its own now; the store has them, too, and knows
    which pages of other sources are listed by this one for the first time. That is saved at once,
    whatever becomes of the visit; StoreError is raised instead if the lease was lost.
    """
    if not listed:
        return {}
    name = visit.source.name
    with tools.store.read() as connection:
        known = queries.pages_of(connection, listed)
        others = {key: page for key, page in known.items() if page.source != name}
        if not others:
            return known
        fresh = owners.not_noted(connection, name, others)
        left = owners.unpolled(connection, {page.source for page in others.values()})
    orphans = {key: page for key, page in others.items() if page.source in left}
    if fresh or orphans:
        with tools.store.save(visit.now) as transaction:
            if not transaction.holds(claim):
                raise StoreError(f"the lease on {name} was lost; its poll is not saved")
            stories = transaction.note_listed(name, fresh)
            if tools.rules.router.asks_for(name):
                file_again(stories, transaction, tools.rules)
            transaction.adopt(name, orphans.values())
    return known | {key: dataclasses.replace(one, source=name) for key, one in orphans.items()}


def file_again(stories: Iterable[Story], transaction: Transaction, rules: Rules) -> None:
    """Puts stories into the topics, and takes them from those, that ask who else lists them.

    They are as they were before others did. No other topic moves: that of a rule which has changed
    waits for `feedbot replay`.
    """
    for story in stories:
        also = transaction.also_listing(story.id)
        if also == story.also or story.pruned:
            continue
        before = rules.router.topics_of(story.article, story.source, story.also)
        after = rules.router.topics_of(story.article, story.source, also)
        was = transaction.topics(story.id)
        now = (was | (after.keys() - before.keys())) - (before.keys() - after.keys())
        if now != was:
            transaction.route(story.id, {slug: after.get(slug, ()) for slug in sorted(now)})
