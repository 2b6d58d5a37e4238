"""Service pages among articles: terms and privacy pages that a sitemap or a footer lists, too.

Told by the site's other pages alone. Where its articles say to machines when they were written, a
page is none that shows no date and declares neither author nor type.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ..errors import NotAnArticle
from ..model import LISTING, Origin
from ..read.synthetic_page import MARK
from ..store import Store, queries
from .visit import Pages, PageVisit

GIVEN = frozenset(
    ("feed", "json", "wordpress", LISTING)
)  # what gives articles in the place of their pages
DECLARED: frozenset[Origin] = frozenset(("json-ld", "meta"))
FEWEST_ARTICLES = 3  # articles from which it is known how a site declares them
SHARE = 0.9  # of them that declare their date
STORED = 50  # stories of earlier visits that are looked at
REASON = "a service page: without date and type, where the articles of the site declare both"


def leave_strays(pages: Pages, source: str, store: Store) -> Pages:
    """The pages of a visit with its service pages refused.

    What was published before stays.
    """
    strays = [
        page_visit
        for page_visit in pages.chosen
        if _is_undeclared(page_visit) and not page_visit.has_story
    ]
    if not strays:
        return pages
    with store.read() as connection:
        origins = queries.origins_of(connection, source, STORED, given=MARK)
    refused = [
        dataclasses.replace(page_visit, found=None, error=NotAnArticle(page_visit.link.url, REASON))
        for page_visit in strays
    ]
    without = pages.replace(refused)
    read = [article for article in without.articles if article.extracted_by not in GIVEN]
    origins += [article.published.origin for article in read if article.published]
    return without if declares_dates(origins, len(strays)) else pages


def declares_dates(origins: Sequence[Origin], others: int) -> bool:
    """Whether a site declares when its articles were written, beside `others` that say nothing.

    `origins` are those of its articles' dates.
    """
    declared = sum(origin in DECLARED for origin in origins)
    return len(origins) >= max(FEWEST_ARTICLES, others + 1) and declared >= SHARE * len(origins)


def _is_undeclared(page_visit: PageVisit) -> bool:
    return page_visit.found is not None and page_visit.found.undeclared
