"""Service pages among articles: terms and privacy pages that a sitemap or a footer lists, too.

Told by the site's other pages alone. Where its articles say to machines when they were written, a
page is none that shows no date and declares neither author nor type.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import NotAnArticle
from ..model import Origin
from ..store import Store, queries
from .visit import PageVisit, Visit

DECLARED: frozenset[Origin] = frozenset(("json-ld", "meta"))
FEWEST_ARTICLES = 3  # articles from which it is known how a site declares them
SHARE = 0.9  # of them that declare their date
STORED = 50  # stories of earlier visits that are looked at
REASON = "a service page: without date and type, where the articles of the site declare both"


def leave_strays(visit: Visit, store: Store) -> None:
    """Takes the service pages among the articles of a visit for what they are.

    What was published before stays.
    """
    strays = [one for one in visit.readings if _is_new(one) and one.found and one.found.undeclared]
    if not strays:
        return
    with store.read() as connection:
        origins = queries.origins_of(connection, visit.source.name, STORED)
    articles = [one.found.article for one in visit.readings if one not in strays and one.found]
    origins += [one.published.origin for one in articles if one and one.published]
    if declares_dates(origins, len(strays)):
        for one in strays:
            one.found, one.error = None, NotAnArticle(one.link.url, REASON)


def declares_dates(origins: Sequence[Origin], others: int) -> bool:
    """Whether a site declares when its articles were written, beside `others` that say nothing.

    `origins` are those of its articles' dates.
    """
    declared = sum(origin in DECLARED for origin in origins)
    return len(origins) >= max(FEWEST_ARTICLES, others + 1) and declared >= SHARE * len(origins)


def _is_new(one: PageVisit) -> bool:
    return one.known is None or one.known.story is None
