"""The listings of a source: fetched, read, followed into the past; and what to remember of them."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ..errors import Cancelled, FetchError, Gone, NotAnArticle, ReadError, Refused
from ..fetch.headers import LONGEST_PAUSE
from ..model import ListingState, Page, Source, Validators
from ..read.results import ListingPage
from ..read.site_model import SiteModel
from ..sources import adaptive_interval
from ..store import Store, Transaction, clock, queries
from ..web.urls import redact, story_key
from . import moves
from .rendering import render_listing
from .rest_api import listed_at, with_texts
from .visit import Limits, Listing, Listings, Pages, Tools, Visit

log = logging.getLogger(__name__)

AS_BEFORE = 0.5  # share of the texts of a page without its notices that it had with them, too
LISTINGS_SECONDS = 150.0  # seconds of a visit after which no further listing is asked
GONE_AGAIN = timedelta(days=30)  # before a listing that said 410 is asked again; it may be a slip


def visit_listings(site: SiteModel, visit: Visit, tools: Tools) -> tuple[Listings, SiteModel]:
    """All listings of the source, read anew where they have changed.

    With them comes the site, with what is known of its API now.
    """
    found: list[Listing] = []
    for url in visit.source.urls:
        found.append(visit_listing(url, site, visit, tools))
        site = dataclasses.replace(site, api=found[-1].api or site.api)
    return Listings(all=tuple(found)), site


def visit_listing(url: str, site: SiteModel, visit: Visit, tools: Tools) -> Listing:
    """Fetches a listing, and reads it if it has changed."""
    with tools.store.read() as connection:
        state = queries.listing_of(connection, url)
    listing = Listing(url=url, state=state)
    if state.gone and visit.now < state.gone + GONE_AGAIN:
        return _mark_gone(listing, state.gone)
    if state.not_before and visit.now < state.not_before <= visit.now + LONGEST_PAUSE:
        return _pause(listing, state.not_before)
    if visit.limits.lasted > LISTINGS_SECONDS:
        return _fail(listing, "not asked, because the visit took too long")
    listing = _ask_first(listing, site, visit, tools)
    if listing.error is None and listing.asked != url:
        if not moves.lists_others(listing.links, state):
            return _expect_links(listing, site)
        listing = _ask(listing, url, site, visit, tools)
    if listing.error:
        return listing
    return _doubt(_expect_links(listing, site), visit.now)


def refused(url: str, now: datetime) -> Listing:
    """A listing that is not asked, because the clock cannot be right: all dates would be wrong."""
    problem = f"not asked: the clock of this machine says {now:%Y-%m-%d}; {clock.SET}"
    return _fail(Listing(url=url, state=ListingState()), problem)


def _ask_first(listing: Listing, site: SiteModel, visit: Visit, tools: Tools) -> Listing:
    """Asks the address that a listing has moved to, if that is trusted, or else its own.

    It is gone only if its own address is.
    """
    silence = _silence(visit.source.name, tools.store)
    address = moves.address(listing.url, listing.state, visit.now, silence)
    if address != listing.url:
        moved = _ask(listing, address, site, visit, tools)
        if not moved.gone:
            return moved
    return _ask(listing, listing.url, site, visit, tools)


def _ask(listing: Listing, address: str, site: SiteModel, visit: Visit, tools: Tools) -> Listing:
    """Fetches and reads a listing at an address, its own or the one that it has moved to."""
    state = listing.state
    # What one address said of its page is nothing to ask another about.
    validators = state.validators if state.moved_to in (None, address) else Validators()
    listing = dataclasses.replace(listing, asked=address, parts=())
    try:
        page = tools.fetcher.fetch(address, source=visit.source, validators=validators)
        listing = dataclasses.replace(listing, page=page)
        if isinstance(page, Page):
            listing = _read_parts(listing, page, site, visit, tools)
    except Gone:
        return _mark_gone(listing, visit.now)
    except FetchError as error:
        return _break_off(listing, error, visit)
    except (NotAnArticle, ReadError) as error:
        return _fail(listing, error.reason)
    if isinstance(listing.page, Page) and site.is_new:
        return _read_older(listing, site, visit, tools)
    return listing


def _break_off(listing: Listing, error: FetchError, visit: Visit) -> Listing:
    """A listing as far as it was read, with the error that was in the way."""
    visit.limits.heed(error, visit.source)
    return dataclasses.replace(listing, error=error)


def _fail(listing: Listing, problem: str) -> Listing:
    """A listing that gives nothing, with the reason."""
    return dataclasses.replace(listing, error=FetchError(redact(listing.url), problem))


def _expect_links(listing: Listing, site: SiteModel) -> Listing:
    """A listing; with an error, if it was read and lists nothing, though something is expected."""
    if not isinstance(listing.page, Page) or listing.links or _is_bare(listing.parts[0], site):
        return listing
    return _fail(listing, reason_of(listing.parts))


def _is_bare(part: ListingPage, site: SiteModel) -> bool:
    """Whether a page is as it was, without the notices that stood on it: none is current."""
    lesson = part.lesson
    if part.links or lesson is None or lesson.key not in site.notices:
        return False
    seen = set(site.seen.get(lesson.key, ()))
    return len(seen.intersection(lesson.blocks)) >= AS_BEFORE * len(lesson.blocks) > 0


def _doubt(listing: Listing, now: datetime) -> Listing:
    """Leaves alone what a listing leads to, if other articles are there."""
    assert listing.page
    if problem := moves.astray(listing.state, listing.page, listing.links, now):
        return _fail(dataclasses.replace(listing, parts=()), problem)
    return listing


def _silence(name: str, store: Store) -> float:
    """How many articles of a source were expected since the last one came."""
    with store.read() as connection:
        state = queries.sources(connection, [name])[name]
    return adaptive_interval.load(state.pace).silence


def reason_of(parts: Sequence[ListingPage]) -> str:
    """Why a listing lists nothing: in the words of its last part, which it led to."""
    return parts[-1].reason or "no links to articles"


def open_listing(url: str, source: Source, tools: Tools) -> tuple[Page, list[ListingPage]]:
    """What a listing says now, and where it leads on, whatever is known of it.

    Raises FetchError, with what the page is instead where it lists nothing, and ReadError.
    """
    page = fetch_page(url, source, tools)
    try:
        part = tools.reader.listing(page, source)
        parts = [part, *_listed_there(part, source, tools)[0]]
    except NotAnArticle as error:
        raise FetchError(redact(url), error.reason) from error
    if not any(part.links for part in parts):
        raise FetchError(redact(url), reason_of(parts))
    return page, parts


def fetch_page(url: str, source: Source, tools: Tools) -> Page:
    """A page of a source, whatever is known of it. Raises FetchError."""
    page = tools.fetcher.fetch(url, source=source)
    assert isinstance(page, Page)  # without validators there is no 304
    return page


def _read_parts(
    listing: Listing, page: Page, site: SiteModel, visit: Visit, tools: Tools
) -> Listing:
    """A listing with what its page lists, and what those pages list that it leads to.

    Raises FetchError, NotAnArticle or ReadError.
    """
    part = tools.reader.listing(page, visit.source, site)
    if _is_bare(part, site):
        return dataclasses.replace(listing, parts=(part,))
    whole = render_listing(page, part, visit.source, tools, site)
    is_rendered = whole is not part
    part, further, api = with_texts(whole, visit.source, tools, site, visit.now)
    there, errors = _listed_there(part, visit.source, tools, site)
    for error in errors:
        visit.limits.heed(error, visit.source)
    if is_rendered or part.others or any(link.by for link in part.links):
        # An index that is unchanged says nothing of what it leads to, nor does a page of its API
        # or its scripts: they are read at every visit.
        page = dataclasses.replace(page, validators=Validators())
    is_first = site.is_new and visit.source.polling.backfill > 1
    parts = (part, *there, *([further] if further and is_first else []))
    return dataclasses.replace(listing, page=page, parts=parts, api=api, incomplete=bool(errors))


def _listed_there(
    index: ListingPage, source: Source, tools: Tools, site: SiteModel | None = None
) -> tuple[list[ListingPage], list[FetchError]]:
    """What the listings say that an index leads to, and why others say nothing.

    One that fails costs itself. Raises its error, as FetchError, if nothing lists anything.
    """
    parts: list[ListingPage] = []
    errors: list[FetchError] = []
    for url in index.others:
        try:
            parts.append(listed_at(url, source, tools, site))
        except Cancelled:
            raise
        except Gone as error:  # the index is not
            errors.append(FetchError(error.url, error.problem, status=error.status))
        except FetchError as error:
            errors.append(error)
        except (NotAnArticle, ReadError) as error:
            errors.append(FetchError(redact(url), error.reason))
    if errors and not any(part.links for part in (index, *parts)):
        raise errors[0]
    for problem in errors:
        log.info("%s: left out: %s", source.name, problem)
    return parts, errors


def _read_older(listing: Listing, site: SiteModel, visit: Visit, tools: Tools) -> Listing:
    """Goes back in time, `backfill` pages in all, as long as that brings something new."""
    seen: set[str] = set()
    for _ in range(visit.source.polling.backfill - 1):
        last = listing.parts[-1]
        keys = {story_key(link.url) for link in last.links}
        if not last.older or keys <= seen or visit.limits.lasted > LISTINGS_SECONDS:
            break
        seen |= keys
        try:
            older = listed_at(last.older, visit.source, tools, site)
        except Cancelled as error:
            return _break_off(listing, error, visit)
        except (FetchError, NotAnArticle, ReadError) as error:
            log.info("%s: goes back no further: %s", visit.source.name, error)
            break
        listing = dataclasses.replace(listing, parts=(*listing.parts, older))
    return listing


def _mark_gone(listing: Listing, since: datetime) -> Listing:
    problem = f"gone for good since {since:%Y-%m-%d} (410); correct or remove it in feedbot.toml"
    error = Gone(redact(listing.url), problem, status=410)
    return dataclasses.replace(listing, gone=since, error=error)


def _pause(listing: Listing, until: datetime) -> Listing:
    problem = f"asked for a pause until {until:%Y-%m-%d %H:%M} UTC (503)"
    error = FetchError(redact(listing.url), problem, status=503, retry_at=until)
    return dataclasses.replace(listing, error=error)


# --- what is remembered of them ---------------------------------------------------------------


def save_listings(
    listings: Listings, pages: Pages, visit: Visit, transaction: Transaction
) -> Listings:
    """Remembers the listings; returns them with what is remembered now.

    A listing counts as seen only when everything that it lists was read.
    """
    complete = _is_complete(pages, visit.limits)
    saved = []
    for listing in listings:
        state = _state_after(listing, visit.now, complete=complete)
        if state != listing.state:
            transaction.save_listing(visit.source.name, listing.url, state)
        saved.append(dataclasses.replace(listing, state=state))
    return Listings(all=tuple(saved))


def _is_complete(pages: Pages, limits: Limits) -> bool:
    """Whether every page was read that this visit was to read."""
    missed = any(
        page_visit.error and not _is_left_alone(page_visit.error) for page_visit in pages.chosen
    )
    return not (pages.postponed or limits.stopped or missed)


def _is_left_alone(error: Exception) -> bool:
    """Whether it does not matter when a page is asked again: robots.txt does not allow it."""
    return isinstance(error, Refused) and error.status is None


def _pause_of(error: FetchError | None) -> datetime | None:
    """Until when a listing is to be left alone; a 429 pauses its host instead."""
    return error.retry_at if error and error.status == 503 else None


def _state_after(listing: Listing, now: datetime, *, complete: bool) -> ListingState:
    """What to remember of a listing. A move that leads nowhere any more is forgotten."""
    before, page = listing.state, listing.page
    if listing.gone:
        return ListingState(gone=listing.gone)
    if isinstance(listing.error, Cancelled):
        return before
    before = dataclasses.replace(before, not_before=_pause_of(listing.error))
    if listing.error or page is None:
        if listing.asked != before.moved_to:
            return before
        return dataclasses.replace(before, moved_to=None, sightings=0)
    state = moves.observe_redirect(before, page, listing.links, listing.asked, now)
    if before.sightings < moves.SIGHTINGS == state.sightings:
        log.warning("%s", moves.move_advice(listing.url, state))
    validators = page.validators if complete else state.validators
    return dataclasses.replace(state, validators=validators, gone=None)
