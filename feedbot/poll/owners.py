"""What several sources list: one of them reads it, and its story is in the topics of all."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from ..model import Story
from ..store import KnownPage, Transaction, owners, queries
from ..topics import Router
from .visit import Tools, Visit


def settle_owners(listed: Collection[str], visit: Visit, tools: Tools) -> Mapping[str, KnownPage]:
    """What is known of the pages that the source lists, by their keys.

    Those of a source that is polled no longer are its own now; the store has them, too, and knows
    which pages of other sources are listed by this one for the first time.
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
            stories = transaction.note_listed(name, fresh)
            if tools.rules.router.asks_for(name):
                for story in stories:
                    _file_again(story, name, transaction, tools.rules.router)
            transaction.adopt(name, orphans.values())
    return known | {key: dataclasses.replace(one, source=name) for key, one in orphans.items()}


def _file_again(story: Story, name: str, transaction: Transaction, router: Router) -> None:
    """Puts a story into the topics, and takes it from those, that ask whether this source has it.

    No other topic moves: that of a rule which has changed waits for `feedbot replay`.
    """
    others = [one for one in story.also if one != name]
    before = router.topics_of(story.article, story.source, others)
    after = router.topics_of(story.article, story.source, story.also)
    was = transaction.topics(story.id)
    now = (was | (after.keys() - before.keys())) - (before.keys() - after.keys())
    if now != was and not story.pruned:
        transaction.route(story.id, {slug: after.get(slug, ()) for slug in sorted(now)})
