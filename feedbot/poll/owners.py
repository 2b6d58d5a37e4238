"""Which of the articles that a source lists are its own, as no other source reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from ..store import KnownPage, Store, owners, queries
from .visit import Visit


def settle_owners(listed: Collection[str], visit: Visit, store: Store) -> Mapping[str, KnownPage]:
    """What is known of the pages that the source lists, by their keys.

    Those of a source that is polled no longer are its own now; the store has them, too.
    """
    if not listed:
        return {}
    name = visit.source.name
    with store.read() as connection:
        known = queries.pages_of(connection, listed)
        others = {page.source for page in known.values()} - {name}
        left = owners.unpolled(connection, others) if others else set()
    orphans = {key: page for key, page in known.items() if page.source in left}
    if orphans:
        with store.save(visit.now) as transaction:
            transaction.adopt(name, orphans.values())
    return known | {key: dataclasses.replace(one, source=name) for key, one in orphans.items()}
