"""What a poll writes, in one transaction: all of it or nothing."""

from __future__ import annotations

import contextlib
import functools
import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from ..model import (
    Article,
    Dated,
    Evidence,
    Fingerprint,
    Link,
    ListingState,
    PageText,
    Story,
    Validators,
    Verdict,
)
from . import anew, search, sketch
from .batches import MOST_PARAMETERS, batches
from .error_translation import translate_errors
from .feed_queries import touch
from .leases import FREE, HELD, Claim, holds
from .owners import give_stories, listing_page, note_listed, rename_listed
from .queries import (
    KnownPage,
    SourceState,
    also_listing,
    lengths_of,
    near_stories,
    same_words,
    sources,
    story_at,
    with_also,
)
from .records import (
    maybe_seconds,
    moment,
    pack_article,
    pack_evidence,
    pack_text,
    seconds,
    story_of,
    unpack_evidence,
)
from .schema import (
    insert_into,
    listing,
    page,
    put_into,
    revision,
    site,
    source,
    story,
    story_topic,
)

REVISIONS = 50  # revisions of a story that are kept; a live blog has hundreds

# What every visit and every article does is built once: that takes longer than to run it. The
# values of an update are its parameters that are named like columns.
_NEWEST = select(func.max(story.c.updated))
_TAGGED = select(story.c.id).where(story.c.tag == bindparam("tag"))
_WHY = select(story.c.id, story.c.why).where(story.c.id.in_(bindparam("ids", expanding=True)))
_UPDATED = select(story.c.updated).where(story.c.id == bindparam("key"))
_CHANGE_STORY = update(story).where(story.c.id == bindparam("key"))
_CHANGE_PAGE = update(page).where(page.c.url_key == bindparam("key"))
_TOPICS = select(story_topic.c.topic).where(story_topic.c.story == bindparam("key"))
_LEAVE_TOPICS = delete(story_topic).where(story_topic.c.story == bindparam("key"))


class Transaction:
    """A write transaction. Made by `Store.save`; holds the database's write lock."""

    def __init__(self, connection: Connection, now: datetime, *, expected: int = 1) -> None:
        """`expected` is about how many stories will change.

        Every change gets its own second, because the W3C validator rejects a feed with two equal
        `updated`. The seconds are counted up to `now`, so that a poll with many stories does not
        date them in the future.
        """
        self._connection = connection
        self._now = seconds(now)
        newest = connection.scalar(_NEWEST) or 0
        self._last_updated = max(newest, self._now - max(expected, 1))
        self._new: dict[int, int] = {}  # stories that are in no topics yet → when they were added

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """A savepoint: this part alone is rolled back if something is raised in it."""
        with translate_errors(self._connection.engine), self._connection.begin_nested():
            yield

    def _next_updated(self) -> int:
        self._last_updated += 1
        return self._last_updated

    # --- reading -----------------------------------------------------------------------------

    def story_at(self, url_key: str) -> Story | None:
        """The story at this URL, which may be a copy of it; None if there is none."""
        return story_at(self._connection, url_key)

    def same_words(self, fingerprint: Fingerprint) -> Story | None:
        """The oldest story with exactly these words; None if there is none."""
        return same_words(self._connection, fingerprint)

    def near(self, fingerprint: Fingerprint) -> list[Story]:
        """Stories that may be near duplicates, the most likely first."""
        return near_stories(self._connection, fingerprint)

    def has_tag(self, tag: str) -> bool:
        """Whether a story has this id."""
        return self._connection.execute(_TAGGED, {"tag": tag}).first() is not None

    def updated(self, story_ids: Collection[int]) -> dict[int, datetime]:
        """When these stories last changed, by id."""
        query = select(story.c.id, story.c.updated).where(story.c.id.in_(story_ids))
        return {key: moment(at) for key, at in self._connection.execute(query)}

    # --- stories -----------------------------------------------------------------------------

    def add(
        self,
        article: Article,
        fingerprint: Fingerprint,
        *,
        tag: str,
        source: str,
        url_key: str,
        published: Dated,
    ) -> int:
        """Stores a new story; returns its id.

        If it claims to be published later than now, `published` is the current time.
        """
        updated = self._next_updated()
        is_declared = published.origin != "first sight"
        values = _content(article, fingerprint, source, url_key) | {
            "tag": tag,
            "published": min(seconds(published.at), updated) if is_declared else updated,
            "published_from": published.origin,
            "updated": updated,
            "first_seen": self._now,
        }
        key = self._connection.execute(insert(story), values).inserted_primary_key
        assert key is not None
        sketch.add(self._connection, key[0], fingerprint.rows)
        search.add(self._connection, key[0], article)
        self._new[key[0]] = updated
        return int(key[0])

    def replace(
        self,
        known: Story,
        article: Article,
        fingerprint: Fingerprint,
        *,
        source: str,
        url_key: str,
        old_rows: Collection[int],
        first_rows: Collection[int] = (),
        difference: object | None,
    ) -> None:
        """Replaces the article of a story, moves `updated`, and stores the difference.

        `old_rows` are those of the sketch that the story had, `first_rows` those of what it said
        first, by which copies of that find it still. Without a difference it is the same article in
        another form: feeds are written again, and subscribers see no change.
        """
        values = _content(article, fingerprint, source, url_key)
        if difference is None:
            values["cosmetic"] = story.c.cosmetic + 1
        else:
            updated = self._next_updated()
            values |= {
                "first": func.coalesce(story.c.first, story.c.article),
                "updated": updated,
                "revisions": story.c.revisions + 1,
            }
            self._remember(known, article, updated, difference)
        search.replace(self._connection, known.id, article)
        self._connection.execute(update(story).where(story.c.id == known.id).values(**values))
        sketch.remove(self._connection, known.id, old_rows)
        sketch.add(self._connection, known.id, {*fingerprint.rows, *first_rows})

    def _remember(self, known: Story, article: Article, at: int, difference: object) -> None:
        """Stores a revision, and keeps only the newest REVISIONS."""
        mine = revision.c.story == known.id
        newest = select(revision.c.at).where(mine).order_by(revision.c.at.desc())
        last = self._connection.scalar(newest.offset(REVISIONS - 2).limit(1))
        if last is not None:
            self._connection.execute(delete(revision).where(mine, revision.c.at < last))
        self._connection.execute(
            revision.insert().values(
                story=known.id,
                at=at,
                old_title=known.article.title,
                title=article.title,
                difference=json.dumps(difference, ensure_ascii=False),
            )
        )

    def count_cosmetic(self, known: Story) -> None:
        """Counts a change that subscribers do not see."""
        more = {"cosmetic": story.c.cosmetic + 1}
        self._connection.execute(update(story).where(story.c.id == known.id).values(**more))

    def forget_text(self, known: Story, rows: Collection[int]) -> None:
        """Leaves of a story its identity alone; `rows` are those of its sketch."""
        sketch.remove(self._connection, known.id, rows)
        search.remove(self._connection, known.id)
        mine = update(story).where(story.c.id == known.id)
        self._connection.execute(mine.values(article=None, first=None))
        self._connection.execute(delete(story_topic).where(story_topic.c.story == known.id))

    def forget_revisions(self, before: datetime) -> None:
        """Drops what was changed before this."""
        self._connection.execute(delete(revision).where(revision.c.at < seconds(before)))

    def route(
        self, story_id: int, slugs: Collection[str] | Mapping[str, Sequence[Evidence]]
    ) -> None:
        """Puts a story into exactly these topics; a mapping also gives the evidence for each."""
        mine, before, updated = {"key": story_id}, set[str](), self._new.pop(story_id, None)
        if updated is None:
            before = self.topics(story_id)
            self._connection.execute(_LEAVE_TOPICS, mine)
            updated = self._connection.scalar(_UPDATED, mine)
        touch(self._connection, before | set(slugs))
        rows = [{"topic": slug, "updated": updated, "story": story_id} for slug in sorted(slugs)]
        if rows:
            self._connection.execute(insert(story_topic), rows)
        self._explain(story_id, slugs if isinstance(slugs, Mapping) else dict.fromkeys(slugs, ()))

    def _explain(self, story_id: int, evidence: Mapping[str, Sequence[Evidence]]) -> None:
        """Stores why a story is in its topics; where nothing is given, what was known stays."""
        known = {} if all(evidence.values()) else self._why([story_id]).get(story_id, {})
        why = {slug: tuple(found) or known.get(slug, ()) for slug, found in evidence.items()}
        self._store_why(story_id, why)

    def _why(self, ids: Collection[int]) -> dict[int, dict[str, tuple[Evidence, ...]]]:
        rows = self._connection.execute(_WHY, {"ids": list(ids)})
        return {row.id: unpack_evidence(row.why) for row in rows}

    def _store_why(self, story_id: int, why: Mapping[str, Sequence[Evidence]]) -> None:
        self._connection.execute(_CHANGE_STORY, {"key": story_id, "why": pack_evidence(why)})

    def add_copy(self, known: Story) -> None:
        """Counts another page with the words of a story, which its topics then name."""
        self.count_cosmetic(known)
        touch(self._connection, self.topics(known.id))

    def refile(
        self, slug: str, *, entering: Mapping[int, Sequence[Evidence]], leaving: Collection[int]
    ) -> None:
        """Puts stories into one topic with the evidence of each, by id, and takes others out.

        Up to MOST_PARAMETERS of both.
        """
        mine = story_topic.c.story.in_([*entering, *leaving])
        others = self._connection.scalars(select(story_topic.c.topic).where(mine).distinct())
        touch(self._connection, {slug, *others})  # entries name all topics of their story
        gone = story_topic.c.story.in_(leaving) & (story_topic.c.topic == slug)
        self._connection.execute(delete(story_topic).where(gone))
        new = select(literal(slug), story.c.updated, story.c.id).where(story.c.id.in_(entering))
        self._connection.execute(
            story_topic.insert().from_select(["topic", "updated", "story"], new)
        )
        known = self._why(entering)
        for story_id, evidence in entering.items():
            self._store_why(story_id, known.get(story_id, {}) | {slug: tuple(evidence)})

    # --- pages -------------------------------------------------------------------------------

    def list_pages(self, source: str, links: Mapping[str, Link]) -> None:
        """Stores new pages, by URL key; known pages stay as they are.

        A page keeps the time that the listing first gives.
        """
        rows = [
            {
                "url_key": url_key,
                "url": link.url,
                "source": source,
                "first_seen": self._now,
                "next_fetch": self._now,
                "title": link.title,
                "published": seconds(link.published.at) if link.published else None,
                "published_from": link.published.origin if link.published else None,
            }
            for url_key, link in sorted(links.items())
        ]
        if rows:
            new = insert_into(self._connection.dialect.name, page).on_conflict_do_nothing()
            self._connection.execute(new, rows)

    def read_page(
        self,
        url_key: str,
        *,
        story_id: int | None,
        verdict: Verdict | None,
        validators: Validators,
        next_fetch: datetime | None,
        words: bytes | None = None,
        beside: PageText | None = None,
        form: int | None = None,
    ) -> None:
        """Stores that a page was read.

        verdict   None keeps the stored verdict and story
        words     a hash of its text
        beside    hashes of what was on it besides its article; deleted when it is not read again
        """
        values: dict[str, object] = {
            "fetched": self._now,
            "next_fetch": maybe_seconds(next_fetch),
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "failures": 0,
            "problem": None,
        }
        if verdict is not None:
            values |= {"verdict": verdict, "story": story_id}
        if words is not None:
            values["words"] = words
        if form is not None:
            values["form"] = form
        if beside is not None or next_fetch is None:
            values["beside"] = pack_text(beside) if beside and next_fetch else None
        self._connection.execute(_CHANGE_PAGE, values | {"key": url_key})

    def adopt(self, name: str, pages: Collection[KnownPage]) -> None:
        """Makes pages of other sources those of this one, with the stories that they led to."""
        for owner in sorted({one.source for one in pages}):
            for keys in batches(sorted(one.url_key for one in pages if one.source == owner)):
                theirs = (page.c.source == owner) & page.c.url_key.in_(keys)
                stories = story.c.id.in_(select(page.c.story).where(theirs))
                give_stories(self._connection, stories & (story.c.source == owner), name)
                self._connection.execute(update(page).where(theirs).values(source=name))
                note_listed(self._connection, owner, keys)  # what it was in for that it stays in

    def note_listed(self, name: str, url_keys: Collection[str]) -> list[Story]:
        """Stores that a source lists pages of others; the stories there, as they were before."""
        found: dict[int, Story] = {}
        for keys in batches(sorted(url_keys)):
            theirs = select(story).join(page, page.c.story == story.c.id)
            rows = self._connection.execute(theirs.where(page.c.url_key.in_(keys)))
            found |= {row.id: story_of(row) for row in rows}
        before = with_also(self._connection, list(found.values()))
        note_listed(self._connection, name, url_keys)
        return before

    def stories_listed(self, url_key: str, other: Story | None) -> dict[int, Story]:
        """The story at a page and this other one, by id; none if no other source lists the page."""
        if not listing_page(self._connection, url_key):
            return {}
        there = story_at(self._connection, url_key)
        found = {one.id: one for one in (there, other) if one}
        return {one.id: one for one in with_also(self._connection, list(found.values()))}

    def also_listing(self, story_id: int) -> tuple[str, ...]:
        """The other sources that list a story, by any of its pages."""
        return also_listing(self._connection, [story_id]).get(story_id, ())

    def topics(self, story_id: int) -> set[str]:
        """The topics that a story is in, by slug."""
        return set(self._connection.scalars(_TOPICS, {"key": story_id}))

    def rename_page(self, url_key: str, new: str, url: str) -> None:
        """Moves a page, and the story there, to another URL.

        If there is a page at that URL already, this one is deleted.
        """
        values = {"url_key": new, "url": url}
        mine = page.c.url_key == url_key
        taken = select(page.c.url_key).where(page.c.url_key == new)
        if self._connection.execute(taken).first():
            self._connection.execute(delete(page).where(mine))
        else:
            self._connection.execute(update(page).where(mine).values(**values))
        rename_listed(self._connection, url_key, new)
        for row in self._connection.execute(select(story).where(story.c.url_key == url_key)).all():
            known = story_of(row)
            article = (
                {} if known.pruned else {"article": pack_article(replace(known.article, url=url))}
            )
            where = update(story).where(story.c.id == known.id)
            self._connection.execute(where.values(**values, **article))
            self.count_cosmetic(known)

    def fail_page(self, url_key: str, problem: str, next_fetch: datetime | None) -> None:
        """Stores that a page could not be read, why, and when it is tried again (None: never)."""
        self._connection.execute(
            update(page)
            .where(page.c.url_key == url_key)
            .values(
                failures=page.c.failures + 1,
                problem=problem,
                next_fetch=maybe_seconds(next_fetch),
            )
        )

    # --- the source --------------------------------------------------------------------------

    def state(self, name: str) -> SourceState:
        """The state of a source, read inside the transaction."""
        return sources(self._connection, [name])[name]

    def lengths(self, name: str, limit: int) -> list[int]:
        """The number of words of each of the last stories of a source."""
        return lengths_of(self._connection, name, limit)

    def has_articles(self, name: str, url_keys: Collection[str]) -> bool:
        """Whether a source has had an article, or lists one of another source."""
        some = sorted(url_keys)[:MOST_PARAMETERS]
        mine = or_(page.c.source == name, page.c.url_key.in_(some))
        pages = select(page.c.url_key).where(mine, page.c.verdict.is_not(None)).limit(1)
        stories = select(story.c.id).where(story.c.source == name).limit(1)
        return any(self._connection.execute(query).first() for query in (pages, stories))

    def save_site(self, name: str, model: str) -> None:
        """Replaces the site model."""
        self._put(site, {"source": name}, {"model": zlib.compress(model.encode())})

    def save_listing(self, name: str, url: str, state: ListingState) -> None:
        """Replaces what is remembered of a listing."""
        if state.gone:
            anew.read_listings(self._connection)  # some of its articles may be on others
        values = {
            "source": name,
            "etag": state.validators.etag,
            "last_modified": state.validators.last_modified,
            "moved_to": state.moved_to,
            "sightings": state.sightings,
            "gone": maybe_seconds(state.gone),
            "not_before": maybe_seconds(state.not_before),
            "asked": maybe_seconds(state.asked),
            "listed": " ".join(state.listed),
        }
        self._put(listing, {"url": url}, values)

    def _put(self, table: Table, key: dict[str, str], values: dict[str, Any]) -> None:
        """Makes a row of a table, or replaces it."""
        self._connection.execute(put_into(self._connection.dialect.name, table), key | values)

    def holds(self, claim: Claim) -> bool:
        """Whether the source is still leased as it was claimed."""
        mine = select(source.c.name).where(holds(claim))
        return self._connection.execute(mine).first() is not None

    def finish(
        self,
        claim: Claim,
        *,
        next_poll: datetime,
        next_why: str,
        pace: str,
        anomalies: str = "",
        reached: bool | None,
        error: str | None,
    ) -> bool:
        """Ends the poll and its lease; False if another process has the lease.

        A source that was reached may still have an error, if one of its listings failed. If
        `reached` is None, it is unknown, and the stored failures stay.
        """
        values = FREE | {
            "next_poll": seconds(next_poll),
            "planned": self._now,
            "next_why": next_why,
            "pace": pace,
            "anomalies": anomalies,
        }
        if reached is not None:
            values["last_error"] = error
        if reached:
            values |= {"failures": 0, "last_polled": self._now}
        mine = {"claimed": claim.source, "held": claim.token, "at": self._now}
        done = self._connection.execute(_finishing(reached=reached), values | mine)
        return done.rowcount == 1


@functools.cache
def _finishing(*, reached: bool | None) -> Any:
    mine = update(source).where(HELD)
    if reached is None:
        return mine
    if not reached:
        return mine.values(failures=source.c.failures + 1)
    first = func.coalesce(source.c.first_polled, bindparam("at", type_=BigInteger))
    return mine.values(first_polled=first)


def _content(
    article: Article, fingerprint: Fingerprint, source: str, url_key: str
) -> dict[str, object]:
    return {
        "source": source,
        "url": article.url,
        "url_key": url_key,
        "title": article.title,
        "article": pack_article(article),
        "version": fingerprint.version,
        "content": fingerprint.content,
        "title_hash": fingerprint.title,
        "words": fingerprint.words,
    }
