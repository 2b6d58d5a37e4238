"""The pages of articles: fetched, read, and when each is read again."""

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
from ..model import Link, NotModified, Page, Source, Validators
from ..read import synthetic_page
from ..read.discover.learning import Known as Kinds
from ..read.discover.learning import mostly_articles, was_refused
from ..read.reader import Reader
from ..read.results import NO_TEXT, SHELL, UNDATED, Fetched, PageResult, Taught, bug
from ..read.site_model import SiteModel
from ..web.urls import redact, story_key
from .rendering import render_pages, shells_of
from .visit import Limits, Pages, PageVisit, Tools, Visit

log = logging.getLogger(__name__)

FETCH_SECONDS = 300.0  # seconds of a visit after which no page is fetched, and
READ_SECONDS = 600.0  # after which no page is read; the next visit follows at once
MOST_BYTES = 24_000_000  # of pages held in memory in one visit; the rest is postponed, too
YOUNG = timedelta(days=2)  # the age up to which a page is read again for corrections
GIVE_UP = timedelta(days=14)  # how long a page that fails is tried again
RETRY_REFUSED = timedelta(days=1)  # before a page that may not or cannot be read is asked for again
LONGEST_RETRY = timedelta(days=1)


# --- fetched ----------------------------------------------------------------------------------


def fetch_pages(pages: Pages, visit: Visit, tools: Tools) -> Pages:
    """Fetches the chosen pages; postpones those that do not fit into this visit."""
    tools.progress(0, len(pages.chosen))
    fetched: list[PageVisit] = []
    size = 0
    for page_visit in pages.chosen:
        if size > MOST_BYTES or _is_over(visit.limits, len(fetched)):
            break
        fetched.append(_fetch_page(page_visit, visit, tools.fetcher))
        size += _size_of(fetched[-1])
        tools.progress(1, 0)
    left = pages.chosen[len(fetched) :]
    return Pages(chosen=tuple(fetched), postponed=left + pages.postponed)


def _is_over(limits: Limits, fetched: int) -> bool:
    """Whether no further page is fetched; one at least is, so that no visit is in vain."""
    is_late = fetched > 0 and limits.lasted > FETCH_SECONDS
    return limits.stopped or limits.paused is not None or is_late


def _size_of(page_visit: PageVisit) -> int:
    """How many bytes a page holds in memory."""
    return len(page_visit.page.body) if isinstance(page_visit.page, Page) else 0


def _fetch_page(page_visit: PageVisit, visit: Visit, fetcher: Fetcher) -> PageVisit:
    """The same with its page, or with the error."""
    url = page_visit.link.url
    try:
        page = _page_of(page_visit, visit, fetcher)
    except FetchError as error:
        visit.limits.heed(error, visit.source)
        failed = None if isinstance(error, Cancelled) else error
        return dataclasses.replace(page_visit, error=failed)
    except FeedbotError:
        raise  # the store, where it is noted what hosts ask of us
    except Exception as error:
        log.exception("%s: a bug while it was fetched", redact(url))
        return dataclasses.replace(page_visit, error=bug(url, error))
    return dataclasses.replace(page_visit, page=page)


def _page_of(page_visit: PageVisit, visit: Visit, fetcher: Fetcher) -> Page | NotModified:
    """The page of an article: as its listing gives it, or as the site answers.

    Where the site refuses, the text of a feed stands in for it.
    """
    link, source = page_visit.link, visit.source
    if link.by:
        return synthetic_page.page_of(link, source.language, visit.now, link.by)
    try:
        return fetcher.fetch(link.url, source=source, validators=_validators_of(page_visit))
    except Refused:
        if not link.content:
            raise
        return synthetic_page.page_of(link, source.language, visit.now, "feed")


def _validators_of(page_visit: PageVisit) -> Validators:
    """What a page is asked by; nothing if it was not read yet, or was not the site's own."""
    if page_visit.known is None or page_visit.is_outdated:
        return Validators()
    asked = page_visit.known.validators
    is_ours = (asked.etag or "").startswith(synthetic_page.MARK)
    return Validators() if is_ours else asked


def fetch_linked(link: Link, source: Source, tools: Tools) -> Page:
    """The page of an article as a first visit would read it. Raises FetchError."""
    alone = Visit(source=source, now=tools.clock())
    page = _page_of(
        PageVisit(url_key=story_key(link.url), link=link, known=None), alone, tools.fetcher
    )
    assert isinstance(page, Page)  # nothing was said that it may be compared with
    return page


# --- read -------------------------------------------------------------------------------------


def read_articles(
    pages: Pages, taught: Taught, site: SiteModel, visit: Visit, tools: Tools
) -> tuple[Pages, SiteModel]:
    """Finds the articles on the pages that were fetched, with what all of them teach.

    `taught` is what the listings teach. An article on several pages is read whole or postponed.
    Pages that there was no time to read are postponed, too.
    """
    unread, known = pages.unread, site
    try:
        read, site = _read(unread, taught, site, visit, tools.reader)
        pages = pages.replace(read)
        shells = shells_of(pages, visit.source)
        unread = [*shells, *pages.unfinished]
        pages, site = render_pages(
            pages,
            shells,
            known,
            site,
            visit,
            tools,
            lambda rendered, site: _read(rendered, (), site, visit, tools.reader),
        )
        while unread := pages.unfinished:
            fetched = [_fetch_part(page_visit, visit, tools.fetcher) for page_visit in unread]
            pages = pages.replace(fetched)
            unread = [page_visit for page_visit in fetched if page_visit.goes_on]
            read, site = _read(unread, (), site, visit, tools.reader)
            pages = pages.replace(read)
    except Cancelled as error:
        visit.limits.heed(error, visit.source)
        pages = pages.postpone(unread)
        site = dataclasses.replace(site, kinds=known.kinds)  # shells say nothing of their links
    return pages.postpone(pages.late), site


def read_whole(
    pages: Sequence[Fetched], taught: Taught, site: SiteModel, source: Source, tools: Tools
) -> tuple[list[PageResult], SiteModel]:
    """What a first visit would make of pages of `source`, and of those on which they go on.

    Raises Cancelled.
    """
    visit = Visit(source=source, now=tools.clock())
    chosen = [_first_sight(one) for one in pages]
    read, site = read_articles(Pages(chosen=tuple(chosen)), taught, site, visit, tools)
    if visit.limits.stopped:
        raise Cancelled("", "feedbot is stopping")
    results = {one.url_key: _result(one) for one in (*read.chosen, *read.postponed)}
    return [results[one.url_key] for one in chosen], site


def _result(page_visit: PageVisit) -> PageResult:
    found, error = page_visit.found, page_visit.error
    if isinstance(error, FetchError):  # its scripts could not be run
        error = ReadError(error.url, error.problem)
        return found if found and found.article else PageResult(error=error)
    return found or PageResult(error=error)


def _first_sight(one: Fetched) -> PageVisit:
    """A page that is not known yet, and was fetched."""
    link = one.link or Link(url=one.page.requested)
    return PageVisit(url_key=story_key(link.url), link=link, known=None, page=one.page)


def _read(
    unread: Sequence[PageVisit], taught: Taught, site: SiteModel, visit: Visit, reader: Reader
) -> tuple[list[PageVisit], SiteModel]:
    """The same pages with what was read on them, and the site model after reading them."""
    if not unread and not taught:
        return [], site
    pages = [
        Fetched(
            page=page_visit.page,
            link=_link_to(page_visit),
            words=page_visit.known.words if page_visit.known else None,
            parts=page_visit.parts,
        )
        for page_visit in unread
        if isinstance(page_visit.page, Page)
    ]
    end = visit.limits.began + READ_SECONDS
    results, site = reader.articles(pages, visit.source, site, taught, end=end)
    read = [
        dataclasses.replace(page_visit, found=result, error=result.error)
        for page_visit, result in zip(unread, results, strict=True)
    ]
    return read, site


def _link_to(page_visit: PageVisit) -> Link:
    """The link to a page, without its title where it led elsewhere: that is compared later."""
    link = page_visit.link
    return dataclasses.replace(link, title="") if page_visit.is_elsewhere else link


def _fetch_part(page_visit: PageVisit, visit: Visit, fetcher: Fetcher) -> PageVisit:
    """The same with the next page of its article. Raises Cancelled.

    If the single-page view cannot be had, the next part can. If that fails, the article ends here.
    If its story is known already, that would cut it short, so the page counts as failed.
    """
    assert page_visit.found
    if visit.limits.lasted > READ_SECONDS:
        error = Postponed(redact(page_visit.link.url), "the visit has lasted for too long")
        return dataclasses.replace(page_visit, error=error)
    failure: FetchError | None = None
    for url in page_visit.found.onward:
        try:
            part = fetcher.fetch(url, source=visit.source)
        except Cancelled:
            raise
        except FetchError as error:
            visit.limits.heed(error, visit.source)
            failure = error
            continue
        assert isinstance(part, Page)  # without validators there is no 304
        return dataclasses.replace(page_visit, parts=(*page_visit.parts, part))
    if page_visit.has_story:
        return dataclasses.replace(page_visit, found=None, error=failure)
    found = dataclasses.replace(page_visit.found, onward=())
    return dataclasses.replace(page_visit, found=found)


# --- read again -------------------------------------------------------------------------------


def next_look(page_visit: PageVisit, visit: Visit) -> datetime | None:
    """When a page that was read is read again, less and less often; None once it is old.

    A text that its listing gives is read again when it changes there.
    """
    if isinstance(page_visit.page, Page) and page_visit.page.given_by:
        return None
    age = _age(page_visit, visit.now)
    if age >= YOUNG:
        return None
    revisit = visit.source.polling.revisit
    return visit.now + max(revisit, age / 2) if revisit else visit.now


def next_try(page_visit: PageVisit, kinds: Kinds, visit: Visit) -> datetime | None:
    """When a page that failed is tried again: at the next poll, then less and less often.

    None stands for never. `kinds` is what is known of the site's links.
    """
    error, now = page_visit.error, visit.now
    if isinstance(error, Gone) or page_visit.link.is_notice or _age(page_visit, now) >= GIVE_UP:
        return None
    if isinstance(error, Refused | ReadError):
        return now + RETRY_REFUSED
    if isinstance(error, NotAnArticle) and was_refused(kinds, page_visit.link.url):
        return now + RETRY_REFUSED if _is_early(page_visit, error, kinds) else None
    retry = now + _back_off(page_visit, visit.source)
    retry_at = error.retry_at if isinstance(error, FetchError) else None
    return max(retry, retry_at) if retry_at else retry


def _age(page_visit: PageVisit, now: datetime) -> timedelta:
    """How long a page has been known."""
    return now - page_visit.known.first_seen if page_visit.known else timedelta()


def _back_off(page_visit: PageVisit, source: Source) -> timedelta:
    """How long a page that failed is left alone: none at first, doubled with each failure."""
    failures = page_visit.known.failures if page_visit.known else 0
    wait: timedelta = source.polling.interval * (2 ** min(failures, 20) - 1)
    return min(wait, LONGEST_RETRY)


def _is_early(page_visit: PageVisit, error: NotAnArticle, kinds: Kinds) -> bool:
    """Whether a page may yet become an article: it is empty, or has no date yet, and links like it
    lead to articles.

    One more look tells, a day later. Any other false link costs one fetch.
    """
    is_first = not (page_visit.known and page_visit.known.failures)
    may_be = error.reason in (SHELL, NO_TEXT, UNDATED)
    return is_first and may_be and mostly_articles(kinds, page_visit.link)
