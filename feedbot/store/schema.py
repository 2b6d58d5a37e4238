"""The tables. Moments are whole seconds since 1970 (UTC); NULL means "never" or "unknown".

    source ──< listing            a URL that is polled: its validators, whether it moved or is gone
    host                          what a host asked for: a pause, its robots.txt
    source ──  site               what was learnt about its markup
    source ──< alert              when its health changed, and to what
    source ──< page >── story     every article URL ever listed, and its story
    page   ──< also_listed        the other sources that list it
    story  ──< story_topic        the topics that it is in
    topic                         the rules that stories were routed by
    topic_version                 how often the stories of a topic changed
    published                     what publishing recorded, by place and topic
    story  ──< sketch             how its near duplicates are found
    story  ──< revision           what the site changed
    story  ──  story_search       its words; see `search`, as its form depends on the database

A page whose URL differs from its story's URL is a duplicate or an alias.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    text,
)
from sqlalchemy import Text as AnyText
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Sorted by bytes, as in SQLite. A language's order would change the feeds, and its index could not
# be used to search for prefixes.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")

# SQLite numbers rows automatically only if the type is exactly INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


source = Table(
    "source",
    metadata,
    Column("name", Text, primary_key=True),
    Column("urls", Text, nullable=False, server_default=""),  # its listings, one per line
    Column("settings", Text, nullable=False, server_default=""),  # digest: how it is read
    Column("host", Text),  # of the first listing; NULL: no longer configured
    Column("first_polled", BigInteger),
    Column("last_polled", BigInteger),  # the last poll that reached the site
    Column("next_poll", BigInteger, nullable=False, server_default=text("0"), index=True),
    Column("next_why", Text, nullable=False, server_default=""),
    Column("planned", BigInteger, nullable=False, server_default=text("0")),  # when that was set
    Column("lease_until", BigInteger, nullable=False, server_default=text("0"), index=True),
    Column("lease_owner", Text, nullable=False, server_default=""),
    _count("lease_token"),  # a poll whose lease was lost has an old token and cannot save
    _count("takeovers"),  # leases taken over because their owner did not give them back
    _count("failures"),  # in a row
    Column("last_error", Text),
    Column("pace", Text, nullable=False, server_default=""),
    Column("anomalies", Text, nullable=False, server_default=""),  # JSON
)

alert = Table(
    "alert",
    metadata,
    Column("source", Text, primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("health", Text, nullable=False),
    Column("evidence", Text, nullable=False),
)

listing = Table(
    "listing",
    metadata,
    Column("url", Text, primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("moved_to", Text),  # where 301 or 308 led
    _count("sightings"),  # of that redirect, in a row
    Column("gone", BigInteger),  # when it answered 410
    Column("not_before", BigInteger),  # the end of the pause that a 503 asked for
    Column("asked", BigInteger),  # the last request to this URL, not to where it moved
    Column("listed", Text, nullable=False, server_default=""),  # hashes, separated by spaces
)

host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),  # with its port, unless it is the default one
    Column("not_before", BigInteger),  # the end of the pause that a 429 asked for
    Column("robots", LargeBinary),  # robots.txt, zlib
    Column("robots_at", BigInteger),
)

site = Table(
    "site",
    metadata,
    Column("source", Text, primary_key=True),
    Column("model", LargeBinary, nullable=False),  # the model as text, zlib
)

page = Table(
    "page",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("story", Key, ForeignKey("story.id"), index=True),
    Column("first_seen", BigInteger, nullable=False),
    Column("fetched", BigInteger),
    Column("next_fetch", BigInteger),  # NULL: not read again
    Column("etag", Text),
    Column("last_modified", Text),
    Column("title", Text, nullable=False, server_default=""),  # as first listed
    Column("published", BigInteger),  # as first listed, since a relative time drifts
    Column("published_from", Text),
    Column("words", LargeBinary),  # hash of its text when it was last read
    Column("beside", LargeBinary),  # hashes of what was there besides its article; see records
    Column("verdict", Text),
    _count("form"),  # version of the reader that read it, 0: read anew; see results.FORM
    _count("failures"),  # in a row
    Column("problem", Text),
    Index("ix_page_source_next_fetch", "source", "next_fetch"),
    # On PostgreSQL, too, only of pages that failed: the migration says so. Said here, it would load
    # that dialect, which takes as long as all of this module.
    Index("ix_page_first_seen_failed", "first_seen", sqlite_where=text("failures > 0")),
)

also_listed = Table(
    "also_listed",
    metadata,
    Column("url_key", Text, primary_key=True),
    Column("source", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

story = Table(
    "story",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("tag", Text, nullable=False, unique=True),  # atom:id, created once
    Column("source", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("url_key", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("article", LargeBinary),  # JSON, zlib; NULL if pruned
    Column("first", LargeBinary),  # the article as first stored; NULL if the same
    Column("version", Integer, nullable=False),  # of the fingerprint
    Column("content", LargeBinary, nullable=False, index=True),
    Column("title_hash", LargeBinary, nullable=False),
    Column("words", Integer, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("published_from", Text, nullable=False),
    Column("updated", BigInteger, nullable=False, unique=True),
    Column("first_seen", BigInteger, nullable=False),
    _count("revisions"),  # that subscribers saw
    _count("cosmetic"),  # changes that they were not
    Column("why", Text, nullable=False, server_default=""),  # JSON: evidence by topic; see records
    Index("ix_story_first_seen_source", "first_seen", "source"),  # days, without reading articles
)

story_topic = Table(
    "story_topic",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("updated", BigInteger, primary_key=True),  # that of the story; gives the feed's order
    Column("story", Key, ForeignKey("story.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

topic = Table(
    "topic",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("rules", Text, nullable=False),  # digest of its rules
)

topic_version = Table(
    "topic_version",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("changes", BigInteger, nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("place", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("note", Text, nullable=False),
)

sketch = Table(
    "sketch",
    metadata,
    Column("h", BigInteger, primary_key=True),
    Column("story", Key, primary_key=True),
    sqlite_with_rowid=False,
)

revision = Table(
    "revision",
    metadata,
    Column("story", Key, ForeignKey("story.id"), primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("old_title", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("difference", Text, nullable=False),  # JSON, by words
)


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that supports ON CONFLICT, in the dialect of a database."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # as slow to load as all of this module

    return postgresql.insert(table)


@functools.cache  # building the statement takes longer than running it
def put_into(dialect: str, table: Table) -> Any:
    """An insert of whole rows, each of which replaces the one with the same key."""
    new = insert_into(dialect, table)
    others = {one.name: new.excluded[one.name] for one in table.columns if not one.primary_key}
    return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)


def create_tables(connection: Connection) -> None:
    """Makes all tables in an empty SQLite database."""
    metadata.create_all(connection)
    # It separates at spaces alone: its words hold no sign of ASCII but letters and digits.
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE story_search USING fts5("
            "words, content='', columnsize=0, tokenize='ascii')"
        )
    )
