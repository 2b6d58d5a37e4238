"""The pages that a visit reads: from their bytes to articles, and from articles to stories.

Most visits find nothing to read, and do not load this.
"""

from __future__ import annotations

import dataclasses
import logging

from ..errors import FeedbotError
from ..model import NotModified
from ..read.results import bug
from ..read.site_model import SiteModel
from ..store import Transaction
from ..web.urls import redact
from .answers import refuse_detours, refuse_other_texts, refuse_others, settle_addresses
from .notices import settle_notices
from .outcome import problem_of
from .pages import fetch_pages, next_try, read_articles
from .stories import list_pages, save_article, save_unmodified
from .strays import leave_strays
from .visit import Findings, Listings, Pages, PageVisit, Saved, Tools, Visit

log = logging.getLogger(__name__)


def find_articles(
    pages: Pages, listings: Listings, known: SiteModel, visit: Visit, tools: Tools
) -> Findings:
    """What the chosen pages turn out to be, given what is known of the site."""
    pages = fetch_pages(pages, visit, tools)
    pages = refuse_detours(pages, listings.places)
    pages, site = read_articles(pages, listings.taught, known, visit, tools)
    pages = refuse_others(pages, tools.store)
    pages, site = refuse_other_texts(pages, known, site, tools.store)
    pages, site = settle_addresses(pages, listings, site, tools.store)
    pages = settle_notices(pages, listings.links, visit, tools.store)
    links = listings.links.values()
    pages, site = leave_strays(pages, site, links, visit.source.name, tools.store)
    return Findings(listings=listings, pages=pages, site=site)


def save_articles(
    found: Findings, visit: Visit, transaction: Transaction, tools: Tools
) -> tuple[Pages, list[Saved]]:
    """Saves the pages that are listed, and what was found on those that were read.

    A bug costs its page, of which nothing is saved. The oldest come first, so that the top of the
    listing is the top of the feed.
    """
    list_pages(found.pages, visit.source.name, transaction)
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
