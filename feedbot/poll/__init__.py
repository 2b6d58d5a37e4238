"""One visit to one source: the whole product in order.

    listing ─discover─▶ links ─fetch─▶ pages ─learn, extract─▶ articles
                                    store ◀─fingerprint, decide, route─┘

    `listings`  ──────▶  `pages`  ──▶  `answers`  ──▶  `stories`  ──▶  `ending`: report, next visit

The network comes first and holds no lock; then everything that was found is saved in one
transaction, or nothing is. A page that fails costs only itself.
"""

from __future__ import annotations

import logging

from ..errors import FeedbotError, StoreError
from ..model import NotModified, Report, Source, Verdict
from ..read.results import bug
from ..read.site_model import dump, load
from ..store import Claim, Transaction, clock, queries
from ..web.urls import redact
from .answers import doubt_names, refuse_detours, refuse_others
from .links import settle_links
from .listings import fetch_page, open_listing, refused, save_listings, visit_listing
from .outcome import finish_visit, problem_of, report_of
from .pages import choose_pages, fetch_pages, next_try, read_articles
from .stories import list_pages, save_article, save_unmodified
from .strays import leave_strays
from .tools import open_tools
from .visit import PageVisit, Tools, Visit

__all__ = ["Tools", "fetch_page", "open_listing", "open_tools", "poll"]

log = logging.getLogger(__name__)

Saved = tuple[str, str, Verdict]  # URL, title, and what became of the article


def poll(source: Source, held: Claim, tools: Tools) -> Report:
    """Visits `source` once and saves what it found.

    The caller holds the lease `held`. Sites that fail are part of the report; StoreError is
    raised, and nothing is saved, if the database fails or the lease was lost.
    """
    visit = Visit(source=source, now=tools.clock(), listings=[])
    if visit.now < clock.EARLIEST_CLOCK:
        visit.listings = [refused(url, visit.now) for url in source.urls]
        return save(visit, held, tools)
    if mended := tools.store.mend_dates(visit.now):
        log.warning("%d stories were stored while the clock was ahead: dated anew", mended)
    with tools.store.read() as connection:
        visit.site = load(queries.site_of(connection, source.name))
    visit.listings = [visit_listing(url, visit, tools) for url in source.urls]
    settle_links(visit, tools.store)
    choose_pages(visit, tools.store)
    fetch_pages(visit, tools)
    refuse_detours(visit)
    read_articles(visit, tools)
    refuse_others(visit, tools.store)
    doubt_names(visit, tools.store)
    leave_strays(visit, tools.store)
    return save(visit, held, tools)


def save(visit: Visit, held: Claim, tools: Tools) -> Report:
    """Saves what a visit found, all of it or nothing."""
    verdicts: list[Saved] = []
    expected = sum(1 for one in visit.readings if one.found and one.found.article)
    alone = bool(visit.readings or visit.postponed)
    with tools.store.save(visit.now, expected=expected, alone=alone) as saving:
        list_pages(visit, saving)
        # The oldest first, so that the top of the listing is the top of the feed.
        for one in reversed(visit.readings):
            verdicts += _save_page(one, visit, saving, tools)
        saving.save_site(visit.source.name, dump(visit.site))
        save_listings(visit, saving)
        report = report_of(visit, verdicts)
        if not finish_visit(visit, report, held, saving):
            raise StoreError(f"the lease on {visit.source.name} was lost; its poll is not saved")
    return report


def _save_page(one: PageVisit, visit: Visit, saving: Transaction, tools: Tools) -> list[Saved]:
    """Saves what was found on one page; a bug costs that page, and nothing of it is saved."""
    try:
        with saving.apart():
            if one.found and one.found.article:
                return [save_article(one, one.found.article, visit, saving, tools)]
            if isinstance(one.page, NotModified):
                save_unmodified(one, one.page, visit, saving)
                return [(one.link.url, one.link.title, "unchanged")]
    except FeedbotError:
        raise
    except Exception as error:
        log.exception("%s: a bug while it was saved", redact(one.link.url))
        one.error = bug(one.link.url, error)
    if one.error:
        saving.fail_page(one.url_key, problem_of(one.error), next_try(one, visit))
    return []
