"""Whose an article is: the one source that reads its page, of all those that list it.

It is the first that listed it. When that one is polled no longer, another one takes over: the
source that has its listing now, or one that lists the article, too.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, select, update

from .feed_queries import touch
from .schema import listing, page, source, story, story_topic


def unpolled(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of these sources that are polled no longer: not configured, or gone for good."""
    query = select(source.c.name, source.c.urls).where(source.c.name.in_(names))
    rows = connection.execute(query.where(source.c.host.is_not(None)))
    urls = {name: lines for name, lines in rows}
    every = [url for lines in urls.values() for url in lines.split("\n")]
    of_these = listing.c.url.in_(every) & listing.c.gone.is_not(None)
    gone = set(connection.scalars(select(listing.c.url).where(of_these)))
    return {name for name in names if name not in urls or gone.issuperset(urls[name].split("\n"))}


def hand_over(connection: Connection, earlier: str, name: str) -> None:
    """Makes everything that a source lists and gave that of another one."""
    give_stories(connection, story.c.source == earlier, name)
    for table in (listing, page):
        connection.execute(update(table).where(table.c.source == earlier).values(source=name))


def give_stories(connection: Connection, mine: ColumnElement[bool], name: str) -> None:
    """Makes stories those of another source, which their entries name from now on."""
    filed = select(story_topic.c.topic).join(story, story.c.id == story_topic.c.story).where(mine)
    touch(connection, set(connection.scalars(filed.distinct())))
    values = {"source": name, "cosmetic": story.c.cosmetic + 1}
    connection.execute(update(story).where(mine).values(values))
