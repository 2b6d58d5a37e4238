"""One visit to one source: the whole product in order.

    visit_listings     listings   URLs of the source        ▶ listings: links, what they teach
    settle_links       links      listings                  ▶ listings without fleeting parameters
    settle_owners      owners     links                     ▶ what is known of their pages
    choose_pages       pages      links, what is known      ▶ pages: chosen, postponed
    fetch_pages        pages      pages                     ▶ pages, each with its bytes or an error
    refuse_detours     answers    pages                     ▶ pages: other pages answered for some
    read_articles      pages      pages, what was taught    ▶ pages, each with its article
    refuse_others      answers    pages                     ▶ pages: some lead to other articles
    refuse_other_texts answers    pages                     ▶ pages: some show other articles
    settle_addresses   answers    pages                     ▶ pages: where each article stands
    settle_notices     notices    pages                     ▶ pages: notices under new addresses
    leave_strays       strays     pages                     ▶ pages: some are none of its articles

    save               stories    articles                  ▶ decided, stored, routed to topics
                       listings   listings                  ▶ what is remembered of them
                       outcome    everything                ▶ the report, when the next visit is

Each step takes frozen records and gives new ones (`visit`); what is known of the site goes through
those that learn. The network comes first and holds no lock; then everything that was found is saved
in one transaction, or nothing is; whose the pages are is saved before. A page that fails costs only
itself.
"""

from __future__ import annotations

import dataclasses
import logging

from ..errors import FeedbotError, StoreError
from ..model import NotModified, Report, Source
from ..read.results import bug
from ..read.site_model import SiteModel, dump, load
from ..store import Claim, Transaction, clock, queries
from ..web.urls import redact
from .answers import refuse_detours, refuse_other_texts, refuse_others, settle_addresses
from .links import settle_links
from .listings import (
    fetch_page,
    open_listing,
    refused,
    save_listings,
    visit_listings,
)
from .notices import settle_notices
from .outcome import finish_visit, problem_of, report_of
from .owners import settle_owners
from .pages import (
    choose_pages,
    fetch_linked,
    fetch_pages,
    next_try,
    read_articles,
    read_whole,
)
from .rendering import render_listing
from .rest_api import with_texts
from .stories import list_pages, save_article, save_unmodified
from .strays import leave_strays
from .tools import open_tools
from .visit import Findings, Listings, Pages, PageVisit, Saved, Tools, Visit

__all__ = [
    "Tools",
    "fetch_linked",
    "fetch_page",
    "open_listing",
    "open_tools",
    "poll",
    "read_whole",
    "render_listing",
    "with_texts",
]

log = logging.getLogger(__name__)


def poll(source: Source, claim: Claim, tools: Tools) -> Report:
    """Visits `source` once and saves what it found.

    The caller holds the lease `claim`. Sites that fail are part of the report; StoreError is
    raised, and nothing that was found is saved, if the database fails or the lease was lost. Only
    whose the listed pages are is saved before they are fetched, by who has the lease then.
    """
    visit = Visit(source=source, now=tools.clock(), rules=tools.rules)
    with tools.store.read() as connection:
        site = load(queries.site_of(connection, source.name))
    if visit.now < clock.EARLIEST_CLOCK:
        listings = Listings(all=tuple(refused(url, visit.now) for url in source.urls))
        return save(Findings(listings=listings, site=site), visit, claim, tools)
    if mended := tools.store.mend_dates(visit.now):
        log.warning("%d stories were stored while the clock was ahead: dated anew", mended)
    with tools.fetcher.visiting(source):
        found = find_articles(site, visit, claim, tools)
    return save(found, visit, claim, tools)


def find_articles(site: SiteModel, visit: Visit, claim: Claim, tools: Tools) -> Findings:
    """Everything that a visit finds, given what is known of the site.

    Nothing of it is saved but whose the listed pages are; see `settle_owners`.
    """
    listings, site = visit_listings(site, visit, tools)
    listings, site = settle_links(listings, site, visit, tools.store)
    known_pages = settle_owners(listings.links, visit, claim, tools)
    pages = choose_pages(listings.links, known_pages, visit, tools.store)
    pages = fetch_pages(pages, visit, tools)
    pages = refuse_detours(pages, listings.places)
    known = site
    pages, site = read_articles(pages, listings.taught, known, visit, tools)
    pages = refuse_others(pages, tools.store)
    pages, site = refuse_other_texts(pages, known, site, tools.store)
    pages, site = settle_addresses(pages, listings, site, tools.store)
    pages = settle_notices(pages, listings.links, visit, tools.store)
    links = listings.links.values()
    pages, site = leave_strays(pages, site, links, visit.source.name, tools.store)
    return Findings(listings=listings, pages=pages, site=site)


def save(found: Findings, visit: Visit, claim: Claim, tools: Tools) -> Report:
    """Saves what a visit found, all of it or nothing."""
    if clock.EARLIEST_CLOCK < (now := tools.clock()) < visit.now:
        # It was set back meanwhile; a plan made in what is now the future would be a gap.
        visit = dataclasses.replace(visit, now=now)
    name, pages = visit.source.name, found.pages
    alone = bool(pages.chosen or pages.postponed)
    with tools.store.save(visit.now, expected=len(pages.articles), alone=alone) as transaction:
        list_pages(pages, name, transaction)
        pages, verdicts = _save_pages(found, visit, transaction, tools)
        transaction.save_site(name, dump(found.site))
        listings = save_listings(found.listings, pages, visit, transaction)
        report = report_of(name, listings, pages, verdicts, transaction)
        found = Findings(listings=listings, pages=pages, site=found.site)
        if not finish_visit(found, report, visit, claim, transaction):
            raise StoreError(f"the lease on {name} was lost; its poll is not saved")
    return report


def _save_pages(
    found: Findings, visit: Visit, transaction: Transaction, tools: Tools
) -> tuple[Pages, list[Saved]]:
    """Saves what was found on the pages; a bug costs its page, of which nothing is saved.

    The oldest come first, so that the top of the listing is the top of the feed.
    """
    pages, saved = [], []
    for page_visit in reversed(found.pages.chosen):
        error = page_visit.error
        try:
            with transaction.apart():
                saved += _save_page(page_visit, found.listings, visit, transaction, tools)
        except FeedbotError:
            raise
        except Exception as failure:
            url = page_visit.link.url
            log.exception("%s: a bug while it was saved", redact(url))
            error = bug(url, failure)
        pages.append(dataclasses.replace(page_visit, error=error))
        if error:
            moment = next_try(pages[-1], found.site.kinds, visit)
            transaction.fail_page(page_visit.url_key, problem_of(error), moment)
    return found.pages.replace(pages), saved


def _save_page(
    page_visit: PageVisit, listings: Listings, visit: Visit, transaction: Transaction, tools: Tools
) -> list[Saved]:
    """Saves what was found on one page; an empty list if that is not an article."""
    link, article = page_visit.link, page_visit.article
    if article:
        verdict = save_article(page_visit, article, listings, visit, transaction, tools)
        return [(link.url, article.title, verdict)]
    if isinstance(page_visit.page, NotModified):
        save_unmodified(page_visit, page_visit.page, visit, transaction)
        return [(link.url, link.title, "unchanged")]
    return []
