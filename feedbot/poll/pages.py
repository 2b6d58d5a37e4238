"""The pages of articles: which are read at this visit, and when each is read again."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ..errors import (
    Cancelled,
    FeedbotError,
    FetchError,
    Gone,
    NotAnArticle,
    Postponed,
    ReadError,
    Refused,
)
from ..fetch import Fetcher
from ..model import Link, Page, Validators
from ..read.discover.learning import mostly_articles, was_refused
from ..read.extract.refuse import EARLY
from ..read.results import FORM, Fetched, Taught, bug
from ..store import KnownPage, Store, queries
from ..web.urls import redact, url_key
from .visit import PageVisit, Tools, Visit

log = logging.getLogger(__name__)

FETCH_SECONDS = 300.0  # seconds of a visit after which no page is fetched, and
READ_SECONDS = 600.0  # after which none is read; the next visit, which comes at once, goes on
MOST_OLD_PAGES = (
    25  # of PAGES, for known articles: however much is new, corrections are not forgotten
)
MOST_PAGES = (
    100  # articles read in one visit; the rest follows at the next one, which comes at once
)
OLD_FORM = 10  # articles that are read once more at one visit because they lack form
MOST_BYTES = 24_000_000  # of pages held in memory in one visit; the same holds for what is over
YOUNG = timedelta(days=2)  # how long a publisher's corrections are looked for
GIVE_UP = timedelta(days=14)  # how long a page that fails is tried again
RETRY_REFUSED = timedelta(days=1)  # before a page that may not or cannot be read is asked for again
LONGEST_RETRY = timedelta(days=1)


def choose_pages(visit: Visit, store: Store) -> None:
    """What to read: articles never seen before, and those that are due once more."""
    links = {url_key(link.url): link for listing in visit.listings for link in listing.links}
    with store.read() as connection:
        known = queries.pages_of(connection, links)
        due = {
            page.url_key: page
            for page in (
                *queries.due_pages(connection, visit.source.name, visit.now, MOST_PAGES + 1),
                *queries.pages_of_form(connection, visit.source.name, FORM, OLD_FORM),
            )
        }
    fresh = [
        PageVisit(url_key=key, link=link, known=None)
        for key, link in links.items()
        if key not in known
    ]
    again = [
        PageVisit(url_key=key, link=_link_of(page, links), known=page) for key, page in due.items()
    ]
    room = MOST_PAGES - min(len(again), MOST_OLD_PAGES)
    rest = MOST_PAGES - len(fresh[:room])
    visit.readings = fresh[:room] + again[:rest]
    visit.postponed = fresh[room:] + again[rest:]


def _link_of(page: KnownPage, links: dict[str, Link]) -> Link:
    """The link to a known page, with the time that the listing gave at first sight."""
    link = links.get(page.url_key) or Link(url=page.url, title=page.title)
    return dataclasses.replace(link, published=page.published or link.published)


def fetch_pages(visit: Visit, tools: Tools) -> None:
    """Fetches what was chosen; what one visit has no room for is postponed."""
    tools.progress(0, len(visit.readings))
    held = 0
    for position, one in enumerate(visit.readings):
        is_late = position > 0 and visit.lasted > FETCH_SECONDS  # one at least: no visit is in vain
        if visit.stopped or visit.paused or held > MOST_BYTES or is_late:
            visit.postponed = visit.readings[position:] + visit.postponed
            visit.readings = visit.readings[:position]
            return
        held += _read_page(one, visit, tools.fetcher)
        tools.progress(1, 0)


def _read_page(one: PageVisit, visit: Visit, fetcher: Fetcher) -> int:
    """Fetches one page; returns how many bytes it holds in memory."""
    known = None if one.is_outdated else one.known
    validators = known.validators if known else Validators()
    try:
        one.page = fetcher.fetch(one.link.url, source=visit.source, validators=validators)
        if isinstance(one.page, Page):
            return len(one.page.body)
    except Cancelled:
        visit.stopped = True
    except FetchError as error:
        one.error = error
        visit.heed(error)
    except FeedbotError:
        raise  # the store, where it is noted what hosts ask of us
    except Exception as error:
        one.error = bug(one.link.url, error)
        log.exception("%s: a bug while it was fetched", redact(one.link.url))
    return 0


def read_articles(visit: Visit, tools: Tools) -> None:
    """Finds the articles on the pages that were fetched, with what all of them teach."""
    readings = [one for one in visit.readings if isinstance(one.page, Page) and not one.error]
    taught = [(part.lesson, part.links) for listing in visit.listings for part in listing.parts]
    if not readings and not taught:
        return
    visit.router = tools.router
    try:
        _read(readings, visit, tools, taught)
        while readings := [one for one in readings if _fetch_part(one, visit, tools.fetcher)]:
            _read(readings, visit, tools, ())
    except Cancelled:
        visit.stopped = True
        _postpone([one for one in readings if one.found is None or one.found.onward], visit)


def _read(readings: Sequence[PageVisit], visit: Visit, tools: Tools, taught: Taught) -> None:
    pages = [
        Fetched(
            page=one.page,
            link=_said_of(one, one.page),
            words=one.known.words if one.known else None,
            parts=one.parts,
        )
        for one in readings
        if isinstance(one.page, Page)
    ]
    found, visit.site = tools.reader.articles(
        pages, visit.source, visit.site, taught, end=visit.began + READ_SECONDS
    )
    for one, result in zip(readings, found, strict=True):
        one.found, one.error = result, result.error
    _postpone([one for one in readings if isinstance(one.error, Postponed)], visit)


def _postpone(readings: Sequence[PageVisit], visit: Visit) -> None:
    """Leaves pages for the next visit."""
    left = {id(one) for one in readings}
    visit.postponed = [*readings, *visit.postponed]
    visit.readings = [one for one in visit.readings if id(one) not in left]


def _fetch_part(one: PageVisit, visit: Visit, fetcher: Fetcher) -> bool:
    """Fetches the page on which an article goes on; whether there is one.

    Without it a story that is known whole would be cut short, so its page counts as failed.
    """
    if one.found is None or not one.found.onward or one.error:
        return False
    if visit.lasted > READ_SECONDS:
        one.error = Postponed(redact(one.link.url), "the visit has lasted for too long")
        _postpone([one], visit)
        return False
    try:
        part = fetcher.fetch(one.found.onward, source=visit.source)
    except Cancelled:
        raise
    except FetchError as error:
        visit.heed(error)
        if one.known and one.known.story:
            one.found, one.error = None, error
        return False
    assert isinstance(part, Page)  # nothing was said that it may be compared with
    one.parts = (*one.parts, part)
    return True


def _said_of(one: PageVisit, page: Page) -> Link:
    """The link to a page, without its title where it led elsewhere: that is compared later."""
    elsewhere = url_key(page.url) != one.url_key
    return dataclasses.replace(one.link, title="") if elsewhere else one.link


def next_look(one: PageVisit, visit: Visit) -> datetime | None:
    """When a page that was read is read again: ever more seldom, and not for ever."""
    age = visit.now - (one.known.first_seen if one.known else visit.now)
    if age >= YOUNG:
        return None
    revisit = visit.source.polling.revisit
    return visit.now + max(revisit, age / 2) if revisit else visit.now


def next_try(one: PageVisit, visit: Visit) -> datetime | None:
    """When a page that failed is tried again: at the next poll, then ever more seldom."""
    error, failures = one.error, one.known.failures if one.known else 0
    if isinstance(error, Gone):
        return None
    if one.known and visit.now - one.known.first_seen >= GIVE_UP:
        return None
    if isinstance(error, Refused | ReadError):
        return visit.now + RETRY_REFUSED
    if isinstance(error, NotAnArticle) and was_refused(visit.site.kinds, one.link.url):
        return visit.now + RETRY_REFUSED if _is_early(one, error, visit) else None
    wait = visit.source.polling.interval * (2 ** min(failures, 20) - 1)
    retry: datetime = visit.now + min(wait, LONGEST_RETRY)
    asked = error.retry_at if isinstance(error, FetchError) else None
    return max(retry, asked) if asked else retry


def _is_early(one: PageVisit, error: NotAnArticle, visit: Visit) -> bool:
    """Whether a page may yet become an article: it is empty, and links like it lead to articles.

    One more look tells, a day later. Any other false link costs one fetch.
    """
    is_first = not (one.known and one.known.failures)
    return is_first and error.reason in EARLY and mostly_articles(visit.site.kinds, one.link)
