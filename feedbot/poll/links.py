"""The links of a visit, without what changes at every visit: sessions, and what defeats caches.

Such a parameter says nothing about the page, so a page is known, requested and published without
it. Its name proves little ("sid" may be a session or a story). What proves it is that the listing
links the same articles again with other values. A parameter that tells two articles apart is kept.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ..model import Link
from ..read.site_model import SiteModel
from ..store import KnownPage, Store, queries
from ..stories.fingerprint import tokens_of
from ..web.urls import parameters, url_key, without
from .visit import Listing, Listings, Visit

FEWEST_LINKS = 3  # links that must show it, or all of them
CHANGED_SHARE = 0.8  # share of the links seen before that must have another value now
SAME_TITLE = 0.5  # share of the words of the shorter title that the other has
MOST_KEPT = 20  # names of parameters that are remembered of a site
PAGES_COMPARED = 500  # of a source, the newest, with which links are compared
NAMES = re.compile(
    r"(s|sid|sess\w*|visit\w*|_|ts|time(stamp)?|now|nonce|rnd|rand(om)?|cb|cache\w*|no-?cache"
    r"|bust\w*|_?dc)$",
    re.IGNORECASE,
)
# Long, with digits, and not a date: the id of a session, a time in seconds, or Math.random().
RANDOM = re.compile(
    r"(?=.*\d)(?!20\d{6}$)([0-9a-f]{8,}|[0-9a-z]{12,}|\d{9,}|0\.\d{6,})$", re.IGNORECASE
)


def settle_links(
    listings: Listings, site: SiteModel, visit: Visit, store: Store
) -> tuple[Listings, SiteModel]:
    """The listings without fleeting parameters in their links, and the site with those it has.

    Pages that are known under a name with such a parameter are renamed in the store.
    """
    links = [link for listing in listings for link in listing.links]
    if any(parameters(link.url) for link in links):
        with store.read() as connection:
            pages = queries.newest_pages(connection, visit.source.name, PAGES_COMPARED)
        learnt = _learn(links, pages, site)
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


def _learn(links: Sequence[Link], pages: Sequence[KnownPage], site: SiteModel) -> SiteModel:
    """The site with the parameters that are seen to be fleeting now, too."""
    old = site.fleeting
    titles = {url_key(without(link.url, old)): link.title for link in links}
    before = {page.url_key: page.title for page in reversed(pages)}
    new = find_fleeting(titles, before)
    if not new:
        return site
    names = (*old, *sorted(new))[-MOST_KEPT:]
    return dataclasses.replace(
        site,
        fleeting=names,
        seen={without(key, names): blocks for key, blocks in site.seen.items()},
        owners={text: without(key, names) for text, key in site.owners.items()},
    )


def _rename(
    pages: Sequence[KnownPage], names: Collection[str], now: datetime, store: Store
) -> None:
    """Has the store know pages without the parameters of these names."""
    with store.save(now) as transaction:
        for page in pages:
            lasting = without(page.url_key, names)
            if lasting != page.url_key:
                transaction.rename_page(page.url_key, lasting, without(page.url, names))


# --- which parameters are fleeting ----------------------------------------------------------------


def find_fleeting(links: Mapping[str, str], before: Mapping[str, str]) -> set[str]:
    """The names of the parameters that change at every visit.

    `links` are those of a listing, `before` the pages that are known, the oldest first; both as
    URL key → title, "" where it has none.
    """
    values: dict[str, dict[str, str]] = {}
    for key in links:
        for name, value in parameters(key).items():
            values.setdefault(name, {})[key] = value
    return {
        name
        for name, by_key in values.items()
        if _tells_nothing_apart(name, links)
        and (_looks_fleeting(name, by_key) or _has_changed(name, by_key, links, before))
    }


def _tells_nothing_apart(name: str, links: Mapping[str, str]) -> bool:
    """Whether links that are one without this parameter lead to one article, by their titles.

    A sidebar may link the articles of the list without it.
    """
    titles: dict[str, set[str]] = {}
    for key, title in links.items():
        titles.setdefault(without(key, {name}), set()).add(" ".join(tokens_of(title)) or key)
    return all(len(each) == 1 for each in titles.values())


def _looks_fleeting(name: str, values: Mapping[str, str]) -> bool:
    """Whether all links have one value, and one that no editor would choose."""
    different = set(values.values())
    if len(values) < FEWEST_LINKS or len(different) > 1:
        return False
    return bool(NAMES.match(name) and RANDOM.match(min(different)))


def _has_changed(
    name: str, values: Mapping[str, str], titles: Mapping[str, str], before: Mapping[str, str]
) -> bool:
    """Whether the same articles had other values."""
    old = {without(key, {name}): key for key in before if name in parameters(key)}
    bare = {key: without(key, {name}) for key in values}
    known = {key: old[bare[key]] for key in values if bare[key] in old}
    changed = [
        key
        for key, then in known.items()
        if values[key] != parameters(then)[name] and _same_title(titles[key], before[then], values)
    ]
    fewest = max(min(FEWEST_LINKS, len(values)), CHANGED_SHARE * len(known))
    return len(changed) >= fewest


def _same_title(title: str, before: str, values: Mapping[str, str]) -> bool:
    """Whether two links name one article; without titles, only if all links have one value."""
    if not (title and before):
        return len(values) >= FEWEST_LINKS and len(set(values.values())) == 1
    words, then = set(tokens_of(title)), set(tokens_of(before))
    return len(words & then) >= SAME_TITLE * min(len(words), len(then))
