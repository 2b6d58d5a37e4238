"""Which pages are read at a visit."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime

from ..model import Link
from ..read import synthetic_page
from ..read.results import FORM
from ..store import KnownPage, Store, queries
from .visit import Pages, PageVisit, Visit

MOST_PAGES = 100  # articles read in one visit; the next one comes at once if others are unread
MOST_OLD_PAGES = (
    25  # of MOST_PAGES, for known articles: however much is new, corrections are not forgotten
)
OLD_FORM = 10  # articles that are read once more at one visit because they lack form


def choose_pages(
    links: Mapping[str, Link], known: Mapping[str, KnownPage], visit: Visit, store: Store
) -> Pages:
    """What to read: pages never seen before, and known pages that are due again.

    `known` are those that are linked.
    """
    name = visit.source.name
    with store.read() as connection:
        due = [
            *queries.due_pages(connection, name, visit.now, MOST_PAGES + 1),
            *queries.pages_of_form(connection, name, FORM, OLD_FORM, synthetic_page.MARK),
        ]
    fresh = [
        PageVisit(url_key=key, link=link, known=None)
        for key, link in links.items()
        if key not in known
    ]
    # What stood whole on a listing, and no longer does, has no page that could be asked for.
    pages = {page.url_key: page for page in due if "#" not in page.url_key or page.url_key in links}
    pages |= {key: page for key, page in known.items() if _is_given_anew(page, links[key])}
    again = [
        PageVisit(url_key=key, link=_link_of(page, links), known=page)
        for key, page in pages.items()
    ]
    first = [one for one in (*fresh, *again) if one.is_first_look]
    later = sorted((one for one in again if not one.is_first_look), key=_read_before)
    room = MOST_PAGES - min(len(later), MOST_OLD_PAGES)
    rest = MOST_PAGES - len(first[:room])
    return Pages(chosen=(*first[:room], *later[:rest]), postponed=(*first[room:], *later[rest:]))


def _read_before(page_visit: PageVisit) -> datetime:
    """When a known page was last read, so that each has its turn where all are due at all times."""
    assert page_visit.known
    return page_visit.known.fetched or page_visit.known.first_seen


def _is_given_anew(page: KnownPage, link: Link) -> bool:
    """Whether a listing gives another text of a known article than the one that was read.

    Or the same, where that is to be read anew.
    """
    was_given = (page.validators.etag or "").startswith(synthetic_page.MARK)
    is_given = _is_text(link, page) or (was_given and bool(link.content))
    is_same = page.validators.etag == synthetic_page.version_of(link)
    return is_given and not (is_same and page.form >= FORM)


def _link_of(page: KnownPage, links: Mapping[str, Link]) -> Link:
    """The link to a known page, with the time that the listing gave at first sight.

    Where a notice says its day, that is its own: another one may have stood in its place.
    """
    link = links.get(page.url_key) or Link(url=page.url, title=page.title)
    by = link.by if _is_text(link, page) else ""
    is_own = link.is_notice and link.published is not None and link.published.origin == "listing"
    published = link.published if is_own else page.published or link.published
    return dataclasses.replace(link, published=published, by=by)


def _is_text(link: Link, page: KnownPage) -> bool:
    """Whether what a link gives is read in the place of its page.

    Another text of a known story that an API gives may be its beginning only, so its page is read.
    """
    return bool(link.by) and (link.by != "wordpress" or page.story is None)
