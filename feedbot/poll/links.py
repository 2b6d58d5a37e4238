"""The links of a visit, without what changes at every visit: sessions, and what defeats caches.

Such a parameter says nothing about the page, so a page is known, requested and published without
it. Its name proves little ("sid" may be a session or a story). What proves it is that the listing
links the same articles again with other values. A parameter that tells two articles apart is kept.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..model import Link
from ..store import KnownPage, Store, queries
from ..stories.fingerprint import tokens_of
from ..web.urls import parameters, url_key, without
from .visit import Visit

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
# Long, with digits, and not a date: the id of a session, or a time in seconds.
RANDOM = re.compile(r"(?=.*\d)(?!20\d{6}$)([0-9a-f]{8,}|[0-9a-z]{12,}|\d{9,})$", re.IGNORECASE)


def settle_links(visit: Visit, store: Store) -> None:
    """Learns which parameters are fleeting, and takes them out of all links."""
    links = [link for listing in visit.listings for link in listing.links]
    if any(parameters(link.url) for link in links):
        with store.read() as connection:
            pages = queries.newest_pages(connection, visit.source.name, PAGES_COMPARED)
        _learn(links, pages, visit, store)
    if visit.site.fleeting:
        for listing in visit.listings:
            listing.parts = [
                dataclasses.replace(part, links=tuple(_lasting(part.links, visit.site.fleeting)))
                for part in listing.parts
            ]


def _lasting(links: Sequence[Link], names: Collection[str]) -> Iterator[Link]:
    return (dataclasses.replace(link, url=without(link.url, names)) for link in links)


def _learn(links: Sequence[Link], pages: Sequence[KnownPage], visit: Visit, store: Store) -> None:
    old = visit.site.fleeting
    titles = {url_key(without(link.url, old)): link.title for link in links}
    before = {page.url_key: page.title for page in reversed(pages)}
    new = find_fleeting(titles, before)
    if not new:
        return
    names = (*old, *sorted(new))[-MOST_KEPT:]
    visit.site = dataclasses.replace(
        visit.site,
        fleeting=names,
        seen={without(key, names): blocks for key, blocks in visit.site.seen.items()},
        owners={text: without(key, names) for text, key in visit.site.owners.items()},
    )
    with store.save(visit.now) as saving:
        for page in pages:
            lasting = without(page.url_key, names)
            if lasting != page.url_key:
                saving.rename_page(page.url_key, lasting, without(page.url, names))


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
        for name, held in values.items()
        if len({without(key, {name}) for key in links}) == len(links)
        and (_looks_so(name, held) or _has_changed(name, held, links, before))
    }


def _looks_so(name: str, held: Mapping[str, str]) -> bool:
    """Whether all links have one value, and one that no editor would choose."""
    values = set(held.values())
    enough = len(held) >= FEWEST_LINKS and len(values) == 1
    return enough and bool(NAMES.match(name) and RANDOM.match(min(values)))


def _has_changed(
    name: str, held: Mapping[str, str], titles: Mapping[str, str], before: Mapping[str, str]
) -> bool:
    """Whether the same articles had other values."""
    old = {without(key, {name}): key for key in before if name in parameters(key)}
    known = {key: old[bare] for key in held if (bare := without(key, {name})) in old}
    changed = [
        key
        for key, then in known.items()
        if held[key] != parameters(then)[name] and _same_title(titles[key], before[then], held)
    ]
    return len(changed) >= min(FEWEST_LINKS, len(held)) and len(changed) >= CHANGED_SHARE * len(
        known
    )


def _same_title(title: str, before: str, held: Mapping[str, str]) -> bool:
    """Whether two links name one article; without titles, only if all links have one value."""
    if not (title and before):
        return len(held) >= FEWEST_LINKS and len(set(held.values())) == 1
    words, then = set(tokens_of(title)), set(tokens_of(before))
    return len(words & then) >= SAME_TITLE * min(len(words), len(then))
