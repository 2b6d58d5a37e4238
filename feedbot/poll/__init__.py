"""One visit to one source: the whole product in order.

    visit_listings     listings   URLs of the source        ▶ listings: links, what they teach
    settle_links       links      listings                  ▶ listings without fleeting parameters
    settle_owners      owners     links                     ▶ what is known of their pages
    choose_pages       choice     links, what is known      ▶ pages: chosen, postponed
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

`articles` joins the steps from `fetch_pages` to `leave_strays`: most visits find nothing to read,
and do not load it.
"""

from __future__ import annotations

import dataclasses
import logging

from ..errors import StoreError
from ..model import Report, Source
from ..read.site_model import SiteModel, dump, load
from ..store import Claim, clock, queries
from .choice import choose_pages
from .links import settle_links
from .listings import fetch_page, open_listing, refused, save_listings, visit_listings
from .outcome import finish_visit, report_of
from .owners import settle_owners
from .rendering import render_listing
from .rest_api import with_texts
from .tools import open_tools
from .visit import Findings, Listings, Saved, Tools, Visit

__all__ = [
    "Tools",
    "fetch_page",
    "open_listing",
    "open_tools",
    "poll",
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
        found = visit_source(site, visit, claim, tools)
    return save(found, visit, claim, tools)


def visit_source(site: SiteModel, visit: Visit, claim: Claim, tools: Tools) -> Findings:
    """Everything that a visit finds, given what is known of the site.

    Nothing of it is saved but whose the listed pages are; see `settle_owners`.
    """
    listings, site = visit_listings(site, visit, tools)
    listings, site = settle_links(listings, site, visit, tools.store)
    known_pages = settle_owners(listings.links, visit, claim, tools)
    pages = choose_pages(listings.links, known_pages, visit, tools.store)
    if not pages.chosen and not listings.taught:
        return Findings(listings=listings, pages=pages, site=site)
    from .articles import find_articles  # and with it what compares texts

    return find_articles(pages, listings, site, visit, tools)


def save(found: Findings, visit: Visit, claim: Claim, tools: Tools) -> Report:
    """Saves what a visit found, all of it or nothing."""
    if clock.EARLIEST_CLOCK < (now := tools.clock()) < visit.now:
        # It was set back meanwhile; a plan made in what is now the future would be a gap.
        visit = dataclasses.replace(visit, now=now)
    name, pages = visit.source.name, found.pages
    alone, verdicts = bool(pages.chosen or pages.postponed), list[Saved]()
    with tools.store.save(visit.now, expected=len(pages.articles), alone=alone) as transaction:
        if alone:
            from .articles import save_articles

            pages, verdicts = save_articles(found, visit, transaction, tools)
        transaction.save_site(name, dump(found.site))
        listings = save_listings(found.listings, pages, visit, transaction)
        report = report_of(name, listings, pages, verdicts, transaction)
        found = Findings(listings=listings, pages=pages, site=found.site)
        if not finish_visit(found, report, visit, claim, transaction):
            raise StoreError(f"the lease on {name} was lost; its poll is not saved")
    return report
