"""What polls, `status` and `why` read from the database."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, literal, literal_column, or_, select, union_all

from ..model import Dated, Fingerprint, ListingState, Origin, PageText, Story, Validators
from ..web.urls import story_key, url_key
from . import sketch
from .batches import batches
from .leases import WAITS
from .records import dated, maybe_moment, moment, seconds, story_of, unpack_text
from .schema import also_listed, listing, page, revision, site, source, story, story_topic

MOST_SHORT = 8  # stories of few words with exactly these

# What every visit and every article asks is built once: that takes longer than to run it.
_SOME_PAGES = select(page).where(page.c.url_key.in_(bindparam("keys", expanding=True)))
_HAS_WORDS = (story.c.content == bindparam("content")) & (story.c.version == bindparam("version"))
_SAME_WORDS = select(story).where(_HAS_WORDS).order_by(story.c.id).limit(1)
_NEAR = select(story).where(
    story.c.id.in_(bindparam("ids", expanding=True)), story.c.article.is_not(None)
)
# That of the page first, and then the newest that has its URL.
_STORY_AT = (
    union_all(
        select(story, literal(0).label("rank"))
        .join(page, page.c.story == story.c.id)
        .where(page.c.url_key == bindparam("url_key")),
        select(story, literal(1).label("rank")).where(story.c.url_key == bindparam("url_key")),
    )
    .order_by(literal_column("rank"), literal_column("id").desc())
    .limit(1)
)
_ALSO_LISTING = (
    select(page.c.story, also_listed.c.source)
    .join(also_listed, also_listed.c.url_key == page.c.url_key)
    .join(story, story.c.id == page.c.story)
    .where(page.c.story.in_(bindparam("ids", expanding=True)))
    .where(also_listed.c.source != story.c.source)
)
_DUE_PAGES = (
    select(page)
    .where(page.c.source == bindparam("name"), page.c.next_fetch <= bindparam("at"))
    .order_by(page.c.fetched.is_not(None) | (page.c.failures > 0), page.c.next_fetch)
    .order_by(page.c.url_key)
    .limit(bindparam("most"))
)
_LISTING = select(listing).where(listing.c.url == bindparam("url"))
_SITE = select(site.c.model).where(site.c.source == bindparam("name"))
_SOURCES = select(source).where(source.c.name.in_(bindparam("names", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """An article URL that was listed before."""

    url_key: str
    url: str
    source: str
    story: int | None
    first_seen: datetime
    fetched: datetime | None
    next_fetch: datetime | None
    validators: Validators
    title: str
    published: Dated | None
    failures: int
    problem: str | None
    verdict: str | None
    words: bytes | None  # hash of its text when it was last read
    beside: PageText | None  # hashes of what was on the page besides its article
    form: int  # version of the reader that read its article; 0: it is to be read anew

    @property
    def is_untried(self) -> bool:
        """Whether nobody has tried to read it yet."""
        return self.fetched is None and not self.failures


class SourceState(NamedTuple):
    """What the store knows about a source."""

    name: str
    first_polled: datetime | None
    last_polled: datetime | None
    next_poll: datetime
    next_why: str
    failures: int
    last_error: str | None
    pace: str
    anomalies: str


class TopicState(NamedTuple):
    """How many entries a topic has, and when one last changed."""

    slug: str
    entries: int
    updated: datetime | None


class StoredRevision(NamedTuple):
    """One material revision of a story."""

    at: datetime
    old_title: str
    title: str
    difference: dict[str, Any]  # a `fingerprint.Difference` as a dict


def known_page(row: object) -> KnownPage:
    """A complete row of the page table as a record."""
    get = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001
    return KnownPage(
        url_key=get["url_key"],
        url=get["url"],
        source=get["source"],
        story=get["story"],
        first_seen=moment(get["first_seen"]),
        fetched=maybe_moment(get["fetched"]),
        next_fetch=maybe_moment(get["next_fetch"]),
        validators=Validators(etag=get["etag"], last_modified=get["last_modified"]),
        title=get["title"],
        published=dated(get["published"], get["published_from"]),
        failures=get["failures"],
        problem=get["problem"],
        verdict=get["verdict"],
        words=get["words"],
        beside=unpack_text(get["beside"]),
        form=get["form"],
    )


def pages_of(connection: Connection, url_keys: Collection[str]) -> dict[str, KnownPage]:
    """The known pages among these, by URL key."""
    found = {}
    for some in batches(sorted(url_keys)):
        for row in connection.execute(_SOME_PAGES, {"keys": some}):
            found[row.url_key] = known_page(row)
    return found


def key_of(connection: Connection, url: str) -> str:
    """The URL key of an address; with its fragment where a known article stands there."""
    place = story_key(url)
    return place if pages_of(connection, [place]) else url_key(url)


def page_at(connection: Connection, url: str) -> KnownPage | None:
    """What is known of an address; None if it was never listed."""
    key = key_of(connection, url)
    return pages_of(connection, [key]).get(key)


def newest_pages(connection: Connection, name: str, limit: int) -> list[KnownPage]:
    """The most recently discovered pages of a source, newest first."""
    query = select(page).where(page.c.source == name)
    query = query.order_by(page.c.first_seen.desc(), page.c.url_key).limit(limit)
    return [known_page(row) for row in connection.execute(query)]


def same_words(connection: Connection, fingerprint: Fingerprint) -> Story | None:
    """The oldest story with exactly these words; None if there is none."""
    row = connection.execute(_SAME_WORDS, _words_of(fingerprint)).first()
    return story_of(row) if row else None


def _words_of(fingerprint: Fingerprint) -> dict[str, Any]:
    return {"content": fingerprint.content, "version": fingerprint.version}


def near_stories(connection: Connection, fingerprint: Fingerprint) -> list[Story]:
    """Stories that may be near duplicates, the most likely first.

    Of an article that is too short to be told by a part of its words, the newest with all of them.
    """
    if not fingerprint.query:
        mine = select(story).where(_HAS_WORDS, story.c.article.is_not(None))
        newest = mine.order_by(story.c.id.desc()).limit(MOST_SHORT)
        return [story_of(row) for row in connection.execute(newest, _words_of(fingerprint))]
    ids = sketch.near_ids(connection, fingerprint.query)
    if not ids:
        return []
    found = {row.id: story_of(row) for row in connection.execute(_NEAR, {"ids": ids})}
    return [found[key] for key in ids if key in found]


def due_pages(connection: Connection, name: str, now: datetime, limit: int) -> list[KnownPage]:
    """The pages of a source that are due for reading: untried ones first, then the longest due."""
    asked = {"name": name, "at": seconds(now), "most": limit}
    return [known_page(row) for row in connection.execute(_DUE_PAGES, asked)]


def pages_of_form(
    connection: Connection, name: str, before: int, limit: int, given: str
) -> list[KnownPage]:
    """Pages of a source whose articles were read in an older form than `before`, newest first.

    Without pages that failed at the last request, and without those whose text was pruned or was
    not read there: whose ETag begins with `given`.
    """
    asked = {"name": name, "before": before, "most": limit}
    return [known_page(row) for row in connection.execute(_pages_of_form(given), asked)]


@functools.cache
def _pages_of_form(given: str) -> Any:
    is_given = func.coalesce(page.c.etag, "").startswith(given, autoescape=True)
    return (
        select(page)
        .join(story, story.c.id == page.c.story)
        .where(page.c.source == bindparam("name"), page.c.form < bindparam("before"))
        .where(page.c.failures == 0, ~is_given)
        .where(story.c.url_key == page.c.url_key, story.c.article.is_not(None))
        .order_by(page.c.first_seen.desc(), page.c.url_key)
        .limit(bindparam("most"))
    )


def listing_of(connection: Connection, url: str) -> ListingState:
    """What is stored about a listing."""
    row = connection.execute(_LISTING, {"url": url}).first()
    if row is None:
        return ListingState()
    return ListingState(
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        moved_to=row.moved_to,
        sightings=row.sightings,
        gone=maybe_moment(row.gone),
        not_before=maybe_moment(row.not_before),
        asked=maybe_moment(row.asked),
        listed=tuple(row.listed.split()),
    )


def site_of(connection: Connection, name: str) -> str:
    """The site model of a source, as text; "" if there is none yet."""
    packed = connection.scalar(_SITE, {"name": name})
    return zlib.decompress(packed).decode() if packed else ""


def sources(connection: Connection, names: Collection[str]) -> dict[str, SourceState]:
    """The state of these sources, by name; also of sources that were never polled."""
    found = {}
    for row in connection.execute(_SOURCES, {"names": list(names)}):
        found[row.name] = SourceState(
            name=row.name,
            first_polled=maybe_moment(row.first_polled),
            last_polled=maybe_moment(row.last_polled),
            next_poll=moment(row.next_poll),
            next_why=row.next_why,
            failures=row.failures,
            last_error=row.last_error,
            pace=row.pace,
            anomalies=row.anomalies,
        )
    return found


def stories_by_source(connection: Connection) -> dict[str, int]:
    """How many stories came from each source."""
    return _counts(connection, story.c.source)


def lengths_of(connection: Connection, name: str, limit: int) -> list[int]:
    """The number of words of each of the last stories of a source."""
    query = select(story.c.words).where(story.c.source == name).order_by(story.c.id.desc())
    return list(connection.scalars(query.limit(limit)))


def origins_of(connection: Connection, name: str, limit: int, given: str) -> list[Origin]:
    """Where the dates of the last stories of a source come from.

    Those are left out that were not read on their pages: whose ETag begins with `given`.
    """
    is_given = page.c.etag.startswith(given, autoescape=True)
    elsewhere = select(page.c.story).where(
        page.c.source == name, is_given, page.c.story.is_not(None)
    )
    mine = (story.c.source == name) & story.c.id.not_in(elsewhere)
    query = select(story.c.published_from).where(mine).order_by(story.c.id.desc()).limit(limit)
    return list(connection.scalars(query))


def _counts(connection: Connection, column: object, *conditions: object) -> dict[str, int]:
    query = select(column, func.count()).group_by(column).where(*conditions)  # type: ignore[call-overload]
    return {name: count for name, count in connection.execute(query)}


def oldest_due(connection: Connection, now: datetime) -> datetime | None:
    """Since when the most overdue source has been due; None if no source is waiting."""
    at = seconds(now)
    waits = or_(source.c.lease_until <= at, WAITS)
    query = select(func.min(source.c.next_poll)).where(
        source.c.host.is_not(None), source.c.next_poll <= at, waits
    )
    return maybe_moment(connection.scalar(query))


def takeovers(connection: Connection) -> int:
    """How many leases were taken over because their owner did not give them back."""
    return connection.scalar(select(func.sum(source.c.takeovers))) or 0


def topic_states(connection: Connection) -> dict[str, TopicState]:
    """The state of every topic that has a story."""
    query = select(story_topic.c.topic, func.count(), func.max(story_topic.c.updated)).group_by(
        story_topic.c.topic
    )
    return {
        slug: TopicState(slug=slug, entries=count, updated=maybe_moment(updated))
        for slug, count, updated in connection.execute(query)
    }


def last_story(connection: Connection) -> int:
    """The id of the newest story; 0 if there is none."""
    return connection.scalar(select(func.max(story.c.id))) or 0


def arrivals(connection: Connection, after: int) -> list[tuple[int, datetime | None]]:
    """The stories with a higher id than `after`, and when they were published.

    None instead of a time if their pages do not say, or if they were already listed at the first
    visit to the source.
    """
    first = source.c.first_polled
    query = (
        select(story.c.id, story.c.published, story.c.published_from, story.c.first_seen > first)
        .outerjoin(source, source.c.name == story.c.source)
        .where(story.c.id > after)
        .order_by(story.c.id)
    )
    return [
        (key, moment(published) if later and origin != "first sight" else None)
        for key, published, origin, later in connection.execute(query)
    ]


def story_at(connection: Connection, url_key: str) -> Story | None:
    """The story at a URL, which may be a copy of it; None if there is none."""
    row = connection.execute(_STORY_AT, {"url_key": url_key}).first()
    return story_of(row) if row else None


def story_tagged(connection: Connection, tag: str) -> Story | None:
    """The story with this tag URI; None if there is none."""
    row = connection.execute(select(story).where(story.c.tag == tag)).first()
    return story_of(row) if row else None


def copies(connection: Connection, story_id: int) -> list[KnownPage]:
    """All pages of a story, its own included, in the order of discovery."""
    query = select(page).where(page.c.story == story_id)
    rows = connection.execute(query.order_by(page.c.first_seen, page.c.url_key))
    return [known_page(row) for row in rows]


def changes(connection: Connection, story_id: int) -> list[StoredRevision]:
    """The material revisions of a story, oldest first."""
    query = select(revision).where(revision.c.story == story_id).order_by(revision.c.at)
    return [
        StoredRevision(
            at=moment(row.at),
            old_title=row.old_title,
            title=row.title,
            difference=json.loads(row.difference),
        )
        for row in connection.execute(query)
    ]


def topics_of(connection: Connection, story_ids: Collection[int]) -> dict[int, set[str]]:
    """The slugs of the topics of these stories; stories without topics are left out."""
    found: dict[int, set[str]] = {}
    query = select(story_topic.c.story, story_topic.c.topic)
    for row in connection.execute(query.where(story_topic.c.story.in_(story_ids))):
        found.setdefault(row.story, set()).add(row.topic)
    return found


def members(connection: Connection, slug: str) -> set[int]:
    """The ids of the stories in a topic."""
    mine = story_topic.c.topic == slug
    return set(connection.scalars(select(story_topic.c.story).where(mine)))


def count_stories(connection: Connection) -> int:
    """How many stories have a text, not pruned."""
    kept = story.c.article.is_not(None)
    return connection.scalar(select(func.count()).select_from(story).where(kept)) or 0


def stories_after(
    connection: Connection, story_id: int, limit: int, *, before: datetime | None = None
) -> list[Story]:
    """Stories with a text, in the order of their ids, after `story_id`.

    With `before`, only those that last changed before it.
    """
    mine = (story.c.id > story_id) & story.c.article.is_not(None)
    if before:
        mine &= story.c.updated < seconds(before)
    query = select(story).where(mine).order_by(story.c.id).limit(limit)
    return with_also(connection, [story_of(row) for row in connection.execute(query)])


def with_also(connection: Connection, stories: Sequence[Story]) -> list[Story]:
    """The same stories with the other sources that list their pages, by name."""
    also = also_listing(connection, [one.id for one in stories])
    return [replace(one, also=also.get(one.id, ())) for one in stories]


def also_listing(connection: Connection, story_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The other sources that list any page of these stories, whoever reads that page."""
    also: dict[int, set[str]] = {}
    for ids in batches(story_ids):
        for key, name in connection.execute(_ALSO_LISTING, {"ids": ids}):
            also.setdefault(key, set()).add(name)
    return {key: tuple(sorted(names)) for key, names in also.items()}


# --- pruning ----------------------------------------------------------------------------------

SKETCH = 600  # bytes of a story's sketch, measured


def count_older(connection: Connection, before: datetime) -> int:
    """How many stories with a text last changed before this moment."""
    old = (story.c.updated < seconds(before)) & story.c.article.is_not(None)
    return connection.scalar(select(func.count()).select_from(story).where(old)) or 0


def still_shown(connection: Connection, before: datetime, entries: int) -> set[int]:
    """The stories older than `before` that are among the newest `entries` of a topic."""
    shown: set[int] = set()
    for slug in connection.scalars(select(story_topic.c.topic).distinct()).all():
        mine = story_topic.c.topic == slug
        newest = select(story_topic.c.story, story_topic.c.updated).where(mine)
        newest = newest.order_by(story_topic.c.updated.desc()).limit(entries)
        shown |= {key for key, at in connection.execute(newest) if at < seconds(before)}
    return shown


def size_of(connection: Connection, story_ids: Collection[int]) -> int:
    """The approximate size in bytes of the texts and sketches of these stories."""
    total = select(func.sum(func.length(story.c.article) + SKETCH))
    return connection.scalar(total.where(story.c.id.in_(story_ids))) or 0


def old_revisions(connection: Connection, before: datetime) -> tuple[int, int]:
    """The number of revisions older than `before`, and their approximate size in bytes."""
    query = select(func.count(), func.sum(func.length(revision.c.difference)))
    count, size = connection.execute(query.where(revision.c.at < seconds(before))).one()
    return count, size or 0
