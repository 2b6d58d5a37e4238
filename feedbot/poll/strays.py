"""Pages that are none of a site's articles: its terms, its services, its events and vacancies.

Told by the site's other pages alone, of a page that shows no date and declares neither author nor
type. It is no article where the articles say to machines when they were written; nor where they
show it to readers, and the listing shows a day with them, too, but none with this page; nor where
they show it, and the page has a name instead of a headline and is listed apart from them: "The
Club", "Press".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence

from ..errors import NotAnArticle
from ..languages.wordcount import count_words, is_unspaced
from ..model import LISTING, Link, Origin
from ..read.discover.learning import correct_kind
from ..read.results import UNDATED
from ..read.site_model import SiteModel
from ..read.synthetic_page import MARK
from ..store import Store, queries
from .visit import Pages, PageVisit

GIVEN = frozenset(
    ("feed", "json", "wordpress", LISTING)
)  # what gives articles in the place of their pages
DECLARED: frozenset[Origin] = frozenset(("json-ld", "meta"))
SHOWN: frozenset[Origin] = DECLARED | {"time", "visible"}
FEWEST_ARTICLES = 3  # articles from which it is known how a site declares them
SHARE = 0.9  # of them that declare their date, or show it; of links, that have one on the listing
FEWEST_APART = 3  # pages of one visit that have a name and are listed apart
NAME = 4  # words of a page that is called by what it is about
STORED = 50  # stories of earlier visits that are looked at


def leave_strays(
    pages: Pages, site: SiteModel, links: Iterable[Link], source: str, store: Store
) -> tuple[Pages, SiteModel]:
    """The pages of a visit with those refused that are no articles, and the site knowing of them.

    `links` are those of the listings. What was published before stays.
    """
    strays = [
        page_visit
        for page_visit in pages.chosen
        if _is_undeclared(page_visit) and not page_visit.has_story
    ]
    if not strays:
        return pages, site
    with store.read() as connection:
        origins = queries.origins_of(connection, source, STORED, given=MARK)
    ways = (
        (strays, DECLARED),
        (_undated_on(links, strays), SHOWN),
        (_named_apart(pages, strays), SHOWN),
    )
    for some, known in ways:
        without = _refuse(pages, some)
        read: list[Origin] = list(filter(None, map(_origin, without.chosen)))
        every = [*origins, *read]
        if some and says_when(every, len(some), known):
            return without, _corrected(site, some)
    return pages, site


def _origin(page_visit: PageVisit) -> Origin | None:
    """Where the date of an article stands; None without a page of its own, or without a date.

    What a listing says first may stand on the page, too.
    """
    article = page_visit.article
    if article is None or article.published is None or article.extracted_by in GIVEN:
        return None
    is_shown = article.published.origin == "listing" and not _is_undeclared(page_visit)
    return "visible" if is_shown else article.published.origin


def says_when(origins: Sequence[Origin], others: int, known: Collection[Origin] = DECLARED) -> bool:
    """Whether a site says when its articles were written, beside `others` that say nothing.

    `origins` are those of its articles' dates, `known` those that count.
    """
    dated = sum(origin in known for origin in origins)
    return len(origins) >= max(FEWEST_ARTICLES, others + 1) and dated >= SHARE * len(origins)


def _undated_on(links: Iterable[Link], strays: Sequence[PageVisit]) -> Sequence[PageVisit]:
    """Those to which the listings show no day, where they show one with what else they list."""
    urls = {page_visit.link.url for page_visit in strays}
    dated = [link.published is not None for link in links if link.url not in urls]
    if not dated or sum(dated) < SHARE * len(dated):
        return ()
    return [page_visit for page_visit in strays if page_visit.link.published is None]


def _named_apart(pages: Pages, strays: Sequence[PageVisit]) -> Sequence[PageVisit]:
    """Those with a name of few words, in places of the listing in which no dated article stands.

    A single one may be a short headline in a place of its own; those of a site come together.
    """
    dated = {one.link.place for one in pages.chosen if _shows_date(one)}
    named = [one for one in strays if one.article and _is_name(one.article.title)]
    apart = [one for one in named if one.link.place not in dated]
    return apart if dated and len(apart) >= FEWEST_APART else ()


def _shows_date(page_visit: PageVisit) -> bool:
    published = page_visit.article.published if page_visit.article else None
    return published is not None and published.origin in SHOWN


def _is_name(title: str) -> bool:
    """Whether a title has few words; in a script without spaces, as few tell a whole story."""
    return count_words(title) <= NAME and not is_unspaced(title)


def _refuse(pages: Pages, some: Iterable[PageVisit]) -> Pages:
    return pages.replace(
        dataclasses.replace(one, found=None, error=NotAnArticle(one.link.url, UNDATED))
        for one in some
    )


def _corrected(site: SiteModel, some: Iterable[PageVisit]) -> SiteModel:
    """The site, which took these for articles, with what they are; for the next listing."""
    kinds = site.kinds
    for page_visit in some:
        if page_visit.link.place:
            kinds = correct_kind(kinds, page_visit.link)
    return dataclasses.replace(site, kinds=kinds)


def _is_undeclared(page_visit: PageVisit) -> bool:
    return page_visit.found is not None and page_visit.found.undeclared
