"""Whose an article is: the one source that reads its page, of all those that list it.

It is the first that listed it. When that one is polled no longer, another one takes over: the
source that has its listing now, or one that lists the article, too.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update

from .batches import batches
from .feed_queries import touch
from .schema import also_listed, insert_into, listing, page, source, story, story_topic

_LISTING_PAGE = select(also_listed.c.source).where(also_listed.c.url_key == bindparam("url_key"))


def unpolled(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of these sources that are polled no longer: not configured, or gone for good."""
    query = select(source.c.name, source.c.urls).where(source.c.name.in_(names))
    rows = connection.execute(query.where(source.c.host.is_not(None)))
    urls = {name: lines for name, lines in rows}
    every = [url for lines in urls.values() for url in lines.split("\n")]
    of_these = listing.c.url.in_(every) & listing.c.gone.is_not(None)
    gone = set(connection.scalars(select(listing.c.url).where(of_these)))
    return {name for name in names if name not in urls or gone.issuperset(urls[name].split("\n"))}


def not_noted(connection: Connection, name: str, url_keys: Collection[str]) -> list[str]:
    """Those of these pages of which it is not stored yet that this source lists them, too."""
    noted: set[str] = set()
    for some in batches(sorted(url_keys)):
        mine = (also_listed.c.source == name) & also_listed.c.url_key.in_(some)
        noted.update(connection.scalars(select(also_listed.c.url_key).where(mine)))
    return sorted(set(url_keys) - noted)


def listing_page(connection: Connection, url_key: str) -> list[str]:
    """The other sources that list a page."""
    return list(connection.scalars(_LISTING_PAGE, {"url_key": url_key}))


def note_listed(connection: Connection, name: str, url_keys: Collection[str]) -> None:
    """Stores that a source lists pages which another one reads."""
    rows = [{"url_key": key, "source": name} for key in sorted(url_keys)]
    if rows:
        new = insert_into(connection.dialect.name, also_listed)
        connection.execute(new.on_conflict_do_nothing(), rows)


def rename_listed(connection: Connection, url_key: str, new: str) -> None:
    """Moves what is stored of who lists a page to another URL key."""
    note = also_listed.c.url_key == url_key
    for name in listing_page(connection, url_key):
        note_listed(connection, name, [new])
    connection.execute(delete(also_listed).where(note))


def hand_over(connection: Connection, earlier: str, name: str) -> None:
    """Makes everything that a source lists and gave that of another one."""
    give_stories(connection, story.c.source == earlier, name)
    for table in (listing, page):
        connection.execute(update(table).where(table.c.source == earlier).values(source=name))
    theirs = also_listed.c.source == earlier
    note_listed(
        connection, name, connection.scalars(select(also_listed.c.url_key).where(theirs)).all()
    )
    connection.execute(delete(also_listed).where(theirs))


def give_stories(connection: Connection, mine: ColumnElement[bool], name: str) -> None:
    """Makes stories those of another source, which their entries name from now on."""
    filed = select(story_topic.c.topic).join(story, story.c.id == story_topic.c.story).where(mine)
    touch(connection, set(connection.scalars(filed.distinct())))
    values = {"source": name, "cosmetic": story.c.cosmetic + 1}
    connection.execute(update(story).where(mine).values(values))
