"""The texts that the API of a site gives for a listing, if the site's pages bear them out.

An API that is closed, broken, or about something else says nothing: the pages are read, and it is
left alone for a while that grows. So it is where a page shows that the site does not give its
articles away, or that the API gives the beginning of a text only. One page a day is read for that.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ..errors import Cancelled, FetchError, NotAnArticle, ReadError
from ..model import Link, Page, Source
from ..read.results import ListingPage
from ..read.site_model import ApiState, SiteModel
from ..read.wordpress_urls import is_api
from ..web.urls import redact, url_key
from .visit import Tools

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(hours=1)  # after a failure; doubled with each further one
LONGEST_PAUSE = timedelta(days=7)
CHECK_AGE = timedelta(days=1)  # for which a page bears out the API


def with_texts(
    part: ListingPage, source: Source, tools: Tools, site: SiteModel, now: datetime
) -> tuple[ListingPage, ListingPage | None, ApiState]:
    """A listing with the texts that an API gives for it, what else that API lists, and how it did.

    Raises Cancelled.
    """
    state = site.api
    if not part.api or _is_left_alone(state, now):
        return part, None, state
    try:
        given = listed_at(part.api, source, tools, site)
        whole, further = _merged(part, given)
        state = _checked(whole.links, state, source, tools, site, now)
    except Cancelled:
        raise
    except (FetchError, NotAnArticle, ReadError) as error:
        log.info("%s: its API is not used: %s", source.name, error)
        return part, None, _failed(state, error, now)
    return whole, further, state


def listed_at(url: str, source: Source, tools: Tools, site: SiteModel | None = None) -> ListingPage:
    """What a page that a listing leads to lists. Raises FetchError, NotAnArticle or ReadError."""
    return tools.reader.listing(fetch_listed(url, source, tools), source, site)


def fetch_listed(url: str, source: Source, tools: Tools) -> Page:
    """A page that a listing leads to. That of an API does not pause its host. Raises FetchError."""
    page = tools.fetcher.fetch(url, source=source, pauses_host=not is_api(url))
    assert isinstance(page, Page)  # without validators there is no 304
    return page


def _is_left_alone(state: ApiState, now: datetime) -> bool:
    until = state.not_before
    return until is not None and now < until <= now + LONGEST_PAUSE  # beyond: of a wrong clock


def _failed(state: ApiState, error: Exception, now: datetime) -> ApiState:
    pause = min(FIRST_PAUSE * 2 ** min(state.failures, 10), LONGEST_PAUSE)
    asked = error.retry_at if isinstance(error, FetchError) else None
    until = max(now + pause, min(asked or now, now + LONGEST_PAUSE))
    return ApiState(failures=state.failures + 1, not_before=until)


def _checked(
    links: Sequence[Link],
    state: ApiState,
    source: Source,
    tools: Tools,
    site: SiteModel,
    now: datetime,
) -> ApiState:
    """The state of an API that gives texts which a page bears out. Raises NotAnArticle."""
    given = [link for link in links if link.by]
    if not given:
        raise FetchError(redact(source.urls[0]), "it gives no whole text of what is listed")
    if state.checked and timedelta() <= now - state.checked < CHECK_AGE:
        return dataclasses.replace(state, failures=0, not_before=None)
    shortest = min(given, key=lambda link: len(link.content))
    page = fetch_listed(shortest.url, source, tools)
    if doubt := tools.reader.doubt_text(page, shortest, source, site):
        raise NotAnArticle(redact(shortest.url), doubt)
    return ApiState(checked=now)


def _merged(part: ListingPage, given: ListingPage) -> tuple[ListingPage, ListingPage | None]:
    texts = {url_key(link.url): link for link in given.links}
    links = tuple(_with_text(link, texts.get(url_key(link.url))) for link in part.links)
    listed = {url_key(link.url) for link in part.links}
    others = tuple(link for link in given.links if url_key(link.url) not in listed)
    lists_the_same = 2 * sum(bool(link.by) for link in links) >= len(links)
    further = dataclasses.replace(given, links=others) if lists_the_same else None
    return dataclasses.replace(part, links=links), further


def _with_text(link: Link, given: Link | None) -> Link:
    """A link as the page has it, with what the API says of its article."""
    if given is None:
        return link
    return dataclasses.replace(given, url=link.url, why=link.why, place=link.place)
