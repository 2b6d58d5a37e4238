"""What is read once more although the site has not changed it, because the configuration has."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, case, select, update

from .schema import listing, page

NEWEST = 100  # articles of a source that are read anew: those that feeds show


def read_listings(connection: Connection, urls: Collection[str] | None = None) -> None:
    """Has listings, all of them or these, read at the next visit to their source."""
    mine = update(listing) if urls is None else update(listing).where(listing.c.url.in_(urls))
    connection.execute(mine.values(etag=None, last_modified=None))


def read_pages(connection: Connection, name: str) -> None:
    """Has the newest pages of a source read as if an older feedbot had read them.

    Those that are read again anyway, or gave no article so far, are due now.
    """
    newest = select(page.c.url_key).where(page.c.source == name)
    newest = newest.order_by(page.c.first_seen.desc(), page.c.url_key).limit(NEWEST)
    is_notice = page.c.url_key.contains("#")  # it is read when it is listed
    is_tried = (page.c.next_fetch.is_not(None) | page.c.verdict.is_(None)) & ~is_notice
    values = {"form": 0, "next_fetch": case((is_tried, 0), else_=page.c.next_fetch)}
    connection.execute(update(page).where(page.c.url_key.in_(newest)).values(values))
