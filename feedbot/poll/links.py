"""The links of a visit, without what is another at every visit."""

from __future__ import annotations

import dataclasses

from ..fleeting import find_fleeting, without
from ..store import Store, reading
from ..urls import url_key
from .visit import Visit

KEPT = 20  # names of parameters that are remembered of a site


def settle_links(visit: Visit, store: Store) -> None:
    """Learns which parameters are fleeting, and leaves them out of all links."""
    keys = [url_key(link.url) for listing in visit.listings for link in listing.links]
    found = find_fleeting(keys, set(visit.site.owners.values()))
    new = found - set(visit.site.fleeting)
    names = (*visit.site.fleeting, *sorted(new))[-KEPT:]
    if not names:
        return
    visit.site = dataclasses.replace(visit.site, fleeting=names)
    for listing in visit.listings:
        listing.parts = [
            dataclasses.replace(
                part,
                links=tuple(
                    dataclasses.replace(link, url=without(link.url, names)) for link in part.links
                ),
            )
            for part in listing.parts
        ]
    if new:
        _rename_pages(visit, names, store)


def _rename_pages(visit: Visit, names: tuple[str, ...], store: Store) -> None:
    """Knows pages by their lasting address that were read under another before that was known."""
    lasting = {key: without(key, names) for key in visit.site.owners.values()}
    with store.read() as connection:
        known = reading.pages_of(connection, [key for key, new in lasting.items() if key != new])
        taken = set(reading.pages_of(connection, set(lasting.values())))
    with store.save(visit.now) as saving:
        for key, page in known.items():
            if lasting[key] not in taken:
                taken.add(lasting[key])
                saving.rename_page(key, lasting[key], without(page.url, names))
