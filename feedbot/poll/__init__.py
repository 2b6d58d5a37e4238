"""One visit to one source: the whole product in order.

    listing ─discover─▶ links ─fetch─▶ pages ─learn, extract─▶ articles
                                    store ◀─fingerprint, decide, route─┘

    `listings`  ───────────────▶  `pages`  ──▶  `stories`  ──▶  `ending`: report and next visit

The network comes first and holds no lock; then everything that was found is saved in one
transaction, or nothing is. A page that fails costs only itself.
"""

from __future__ import annotations

from ..errors import StoreError
from ..extract import learn
from ..model import NotModified, Report, Source, Verdict
from ..site import dump, load
from ..store import Claim, reading
from .ending import finish, problem_of, report_of
from .listings import fetch_page, read_listing, save_listings, visit_listing
from .pages import choose_pages, extract_article, next_try, read_pages
from .stories import list_pages, save_article, save_unmodified
from .visit import Listed, Tools, Visit

__all__ = ["Listed", "Tools", "fetch_page", "poll", "read_listing"]


def poll(source: Source, held: Claim, tools: Tools) -> Report:
    """Visits `source` once and saves what it found.

    The caller holds the lease `held`. Sites that fail are part of the report; StoreError is
    raised, and nothing is saved, if the database fails or the lease was lost.
    """
    visit = Visit(source=source, now=tools.clock(), listings=[])
    with tools.store.read() as connection:
        visit.site = load(reading.site_of(connection, source.name))
    visit.listings = [visit_listing(url, visit, tools) for url in source.urls]
    choose_pages(visit, tools.store)
    read_pages(visit, tools)
    visit.site = learn(
        visit.site,
        [(part.document, part.links) for listing in visit.listings for part in listing.parts],
        [reading.document for reading in visit.readings if reading.document],
    )
    for one in visit.readings:
        extract_article(one, visit)
    return save(visit, held, tools)


def save(visit: Visit, held: Claim, tools: Tools) -> Report:
    """Saves what a visit found, all of it or nothing."""
    verdicts: list[tuple[str, str, Verdict]] = []
    expected = sum(1 for one in visit.readings if one.article)
    alone = bool(visit.readings or visit.postponed)
    with tools.store.save(visit.now, expected=expected, alone=alone) as saving:
        list_pages(visit, saving)
        # The oldest first, so that the top of the listing is the top of the feed.
        for one in reversed(visit.readings):
            if one.article:
                verdicts.append(save_article(one, one.article, visit, saving, tools))
            elif isinstance(one.page, NotModified):
                save_unmodified(one, one.page, visit, saving)
                verdicts.append((one.link.url, one.link.title, "unchanged"))
            elif one.error:
                saving.fail_page(one.url_key, problem_of(one.error), next_try(one, visit))
        saving.save_site(visit.source.name, dump(visit.site))
        save_listings(visit, saving)
        report = report_of(visit, verdicts)
        if not finish(visit, report, held, saving):
            raise StoreError(f"the lease on {visit.source.name} was lost; its poll is not saved")
    return report
