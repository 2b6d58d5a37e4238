"""How long the store keeps what it knows of a story.

    text, revisions, sketch   for [store] keep after the story's last change
    an entry of a feed        as long as it is in the feed
    identity                  for good, so that an old story that comes back is not new

Published files, archives included, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..config import Config
from ..events import Progress, unwatched
from ..model import Story
from ..store import Store, queries
from ..stories.fingerprint import rows_of

STORIES_AT_ONCE = 200  # stories pruned in one transaction, so that polls can save in between


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """What was freed, or would be: everything older than `before`.

    bytes   an estimate; the database file keeps its size and reuses the space
    """

    before: datetime
    stories: int = 0
    revisions: int = 0
    bytes: int = 0


def prune_store(
    config: Config,
    store: Store,
    now: datetime,
    *,
    dry_run: bool = False,
    progress: Progress = unwatched,
) -> RetentionReport:
    """Deletes what is older than [store] keep; with `dry_run`, only says how much that is."""
    before = now - config.store_keep
    with store.read() as connection:
        shown = queries.still_shown(connection, before, config.output.entries)
        total = queries.count_older(connection, before)
        revisions, size = queries.old_revisions(connection, before)
    stories = done = 0
    for batch in _batches(store, before):
        old = [story for story in batch if story.id not in shown]
        with store.read() as connection:
            size += queries.size_of(connection, [story.id for story in old])
        if old and not dry_run:
            _forget(store, old, now)
        stories, done = stories + len(old), done + len(batch)
        progress(min(done, total), total)
    if revisions and not dry_run:
        with store.save(now) as transaction:
            transaction.forget_revisions(before)
    return RetentionReport(before=before, stories=stories, revisions=revisions, bytes=size)


def _batches(store: Store, before: datetime) -> Iterator[list[Story]]:
    """The stories that changed last before this, STORIES_AT_ONCE at a time."""
    last = 0
    while True:
        with store.read() as connection:
            batch = queries.stories_after(connection, last, STORIES_AT_ONCE, before=before)
        if not batch:
            return
        yield batch
        last = batch[-1].id


def _forget(store: Store, stories: Sequence[Story], now: datetime) -> None:
    """Leaves of these stories their identity alone."""
    sketches = {story.id: rows_of(story.versions) for story in stories}
    with store.save(now) as transaction:
        for story in stories:
            transaction.forget_text(story, sketches[story.id])
