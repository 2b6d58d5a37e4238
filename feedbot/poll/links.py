"""The links of a visit, without what changes at every visit: sessions, and what defeats caches.

Such a parameter says nothing about the page, so a page is known, requested and published without
it. Its name proves little ("sid" may be a session or a story). What proves it is that the listing
links the same articles again with other values. A parameter that tells two articles apart is kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime

from ..read.site_model import SiteModel
from ..store import KnownPage, Store, queries
from ..web.urls import parameters, without
from .visit import Listing, Listings, Visit

PAGES_COMPARED = 500  # of a source, the newest, with which links are compared


def settle_links(
    listings: Listings, site: SiteModel, visit: Visit, store: Store
) -> tuple[Listings, SiteModel]:
    """The listings without fleeting parameters in their links, and the site with those it has.

    Pages that are known under a name with such a parameter are renamed in the store.
    """
    links = [link for listing in listings for link in listing.links]
    if any(parameters(link.url) for link in links):
        from .fleeting import learn_fleeting  # what compares titles: most sites have none

        with store.read() as connection:
            pages = queries.newest_pages(connection, visit.source.name, PAGES_COMPARED)
        learnt = learn_fleeting(links, pages, site)
        if learnt is not site:
            _rename(pages, learnt.fleeting, visit.now, store)
        site = learnt
    if not site.fleeting:
        return listings, site
    return Listings(all=tuple(_lasting(listing, site.fleeting) for listing in listings)), site


def _lasting(listing: Listing, names: Collection[str]) -> Listing:
    """A listing whose links are without the parameters of these names."""
    parts = [
        dataclasses.replace(
            part,
            links=tuple(
                dataclasses.replace(link, url=without(link.url, names)) for link in part.links
            ),
        )
        for part in listing.parts
    ]
    return dataclasses.replace(listing, parts=tuple(parts))


def _rename(
    pages: Sequence[KnownPage], names: Collection[str], now: datetime, store: Store
) -> None:
    """Has the store know pages without the parameters of these names."""
    with store.save(now) as transaction:
        for page in pages:
            lasting = without(page.url_key, names)
            if lasting != page.url_key:
                transaction.rename_page(page.url_key, lasting, without(page.url, names))
