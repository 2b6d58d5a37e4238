"""The listings of a source: fetched, read, followed into the past; and what to remember of them."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ..errors import Cancelled, FetchError, Gone, NotAnArticle, ReadError, Refused
from ..model import ListingState, Page, Source, Validators
from ..read.results import ListingPage
from ..read.site_model import SiteModel
from ..store import Transaction, clock, queries
from ..web.urls import redact, url_key
from . import adaptive_interval, moves
from .visit import Listing, Tools, Visit

log = logging.getLogger(__name__)

LISTINGS_SECONDS = 150.0  # seconds of a visit after which no further listing is asked
GONE_AGAIN = timedelta(days=30)  # before a listing that said 410 is asked again; it may be a slip


def visit_listing(url: str, visit: Visit, tools: Tools) -> Listing:
    """Fetches a listing, and reads it if it has changed."""
    with tools.store.read() as connection:
        note = queries.listing_of(connection, url)
    listing = Listing(url=url, note=note)
    if note.gone and visit.now < note.gone + GONE_AGAIN:
        _mark_gone(listing, note.gone)
        return listing
    if visit.lasted > LISTINGS_SECONDS:
        listing.error = FetchError(redact(url), "not asked, because the visit took too long")
        return listing
    try:
        _ask_first(listing, visit, tools)
        if listing.asked != url and moves.lists_others(listing.links, note):
            _ask(listing, url, visit, tools)
        if isinstance(listing.page, Page) and not listing.links:
            listing.error = FetchError(redact(url), reason_of(listing.parts))
        if listing.asked == url:
            _doubt(listing, visit.now)
    except Gone:
        _mark_gone(listing, visit.now)
    except FetchError as error:
        listing.error = error
        visit.stopped = visit.stopped or isinstance(error, Cancelled)
        visit.heed(error)
    except (NotAnArticle, ReadError) as error:
        listing.error = FetchError(redact(url), error.reason)
    return listing


def refused(url: str, now: datetime) -> Listing:
    """A listing that is not asked, because the clock cannot be right: all dates would be wrong."""
    problem = f"not asked: the clock of this machine says {now:%Y-%m-%d}; {clock.SET}"
    return Listing(url=url, note=ListingState(), error=FetchError(redact(url), problem))


def _ask_first(listing: Listing, visit: Visit, tools: Tools) -> None:
    """Asks the address that a listing has moved to, if that is trusted, or else its own.

    Raises Gone only if its own is.
    """
    address = moves.address(listing.url, listing.note, visit.now, _silence(visit, tools))
    if address != listing.url:
        with contextlib.suppress(Gone):
            return _ask(listing, address, visit, tools)
    return _ask(listing, listing.url, visit, tools)


def _ask(listing: Listing, address: str, visit: Visit, tools: Tools) -> None:
    """Fetches and reads a listing at an address, its own or that which it has moved to."""
    note = listing.note
    # What one address said of its page is nothing to ask another about.
    validators = note.validators if note.moved_to in (None, address) else Validators()
    listing.asked, listing.parts = address, []
    listing.page = tools.fetcher.fetch(address, source=visit.source, validators=validators)
    if isinstance(listing.page, Page):
        _read_parts(listing, listing.page, visit, tools)


def _doubt(listing: Listing, now: datetime) -> None:
    """Leaves alone what a listing leads to, if other articles are there."""
    assert listing.page
    if problem := moves.astray(listing.note, listing.page, listing.links, now):
        listing.parts, listing.error = [], FetchError(redact(listing.url), problem)


def _silence(visit: Visit, tools: Tools) -> float:
    """How many articles of a source were expected since the last one came."""
    with tools.store.read() as connection:
        state = queries.sources(connection, [visit.source.name])[visit.source.name]
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


def _read_parts(listing: Listing, page: Page, visit: Visit, tools: Tools) -> None:
    part = tools.reader.listing(page, visit.source, visit.site)
    there, errors = _listed_there(part, visit.source, tools, visit.site)
    listing.parts += [part, *there]
    listing.incomplete = bool(errors)
    for error in errors:
        visit.heed(error)
    if part.others:
        # An index that is unchanged says nothing of what it leads to: it is read at every visit.
        listing.page = dataclasses.replace(page, validators=Validators())
    if visit.site == SiteModel():  # the first visit
        _read_older(listing, visit, tools)


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
            parts.append(_listed_at(url, source, tools, site))
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


def _listed_at(
    url: str, source: Source, tools: Tools, site: SiteModel | None = None
) -> ListingPage:
    return tools.reader.listing(fetch_page(url, source, tools), source, site)


def _read_older(listing: Listing, visit: Visit, tools: Tools) -> None:
    """Goes back in time, `backfill` pages in all, as long as that brings something new."""
    seen: set[str] = set()
    for _ in range(visit.source.polling.backfill - 1):
        last = listing.parts[-1]
        keys = {url_key(link.url) for link in last.links}
        if not last.older or keys <= seen or visit.lasted > LISTINGS_SECONDS:
            return
        seen |= keys
        try:
            listing.parts.append(_listed_at(last.older, visit.source, tools, visit.site))
        except Cancelled:
            raise
        except (FetchError, NotAnArticle, ReadError) as error:
            log.info("%s: goes back no further: %s", visit.source.name, error)
            return


def _mark_gone(listing: Listing, since: datetime) -> None:
    problem = f"gone for good since {since:%Y-%m-%d} (410); correct or remove it in feedbot.toml"
    listing.gone, listing.error = since, Gone(redact(listing.url), problem, status=410)


def save_listings(visit: Visit, saving: Transaction) -> None:
    """A listing counts as seen only when everything that it lists was read."""
    missed = any(one.error and not _is_left_alone(one.error) for one in visit.readings)
    complete = not (visit.postponed or visit.stopped or missed)
    for listing in visit.listings:
        note = _note(listing, visit.now, complete=complete)
        if note != listing.note:
            saving.save_listing(visit.source.name, listing.url, note)
        listing.note = note


def _is_left_alone(error: Exception) -> bool:
    """Whether it does not matter when a page is asked again: robots.txt does not allow it."""
    return isinstance(error, Refused) and error.status is None


def _note(listing: Listing, now: datetime, *, complete: bool) -> ListingState:
    """What to remember of a listing. A move that leads nowhere any more is forgotten."""
    note, page = listing.note, listing.page
    if listing.gone:
        return ListingState(gone=listing.gone)
    if listing.error or page is None:
        kept = isinstance(listing.error, Cancelled) or listing.asked != note.moved_to
        return note if kept else dataclasses.replace(note, moved_to=None, sightings=0)
    before, note = note, moves.observe_redirect(note, page, listing.links, listing.asked, now)
    if before.sightings < moves.SIGHTINGS == note.sightings:
        log.warning("%s", moves.move_advice(listing.url, note))
    validators = page.validators if complete else note.validators
    return dataclasses.replace(note, validators=validators, gone=None)
