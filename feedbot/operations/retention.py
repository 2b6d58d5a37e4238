"""What the store keeps for how long.

    text, revisions, sketch   [store] keep, counted from the story's last change
    what a feed shows         as long as it does
    identity                  for good: an old story that comes back is not new

What is published already, archives included, stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..config import Config
from ..events import Progress, unwatched
from ..store import Store, queries
from ..stories.fingerprint import rows_of

STORIES_AT_ONCE = 200  # stories that are pruned in one transaction; polls get their turn between


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """What went, or would go: everything older than `before`.

    bytes   about so many, in the database; what comes later is written there
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
    """Frees what is older than the configuration keeps; with `dry_run`, only says how much."""
    before = now - config.store_keep
    with store.read() as connection:
        shown = queries.still_shown(connection, before, config.output.entries)
        total = queries.count_older(connection, before)
        revisions, size = queries.old_revisions(connection, before)
    stories = done = last = 0
    while True:
        with store.read() as connection:
            batch = queries.stories_after(connection, last, STORIES_AT_ONCE, before=before)
        if not batch:
            break
        last, done = batch[-1].id, done + len(batch)
        old = [story for story in batch if story.id not in shown]
        stories += len(old)
        with store.read() as connection:
            size += queries.size_of(connection, [story.id for story in old])
        if old and not dry_run:
            sketches = {story.id: rows_of(story.versions) for story in old}
            with store.save(now) as saving:
                for story in old:
                    saving.forget_text(story, sketches[story.id])
        progress(min(done, total), total)
    if revisions and not dry_run:
        with store.save(now) as saving:
            saving.forget_revisions(before)
    return RetentionReport(before=before, stories=stories, revisions=revisions, bytes=size)
