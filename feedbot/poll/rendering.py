"""Pages whose text comes by script, rendered where the operator asks for it.

Never where the bytes hold a text: only what was read, and found to be no article or no list.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence

from ..errors import Cancelled, FetchError, NotAnArticle
from ..fetch.browser import PageRenderer
from ..model import Page, Source
from ..read.results import NO_TEXT, ListingPage
from ..read.site_model import SiteModel
from .visit import Pages, PageVisit, Tools, Visit

log = logging.getLogger(__name__)

ReadAgain = Callable[[Sequence[PageVisit], SiteModel], tuple[Sequence[PageVisit], SiteModel]]
MOST = 20  # pages of one visit; the others are tried at the next ones
BY_SCRIPT = "by script"  # in the reason why a shell is no article, or no list of them


def is_wanted(source: Source, reason: str) -> bool:
    """Whether a page that was refused for this reason is to be rendered."""
    return BY_SCRIPT in reason if source.polling.render == "auto" else source.polling.render


def render_listing(
    page: Page, part: ListingPage, source: Source, tools: Tools, site: SiteModel | None
) -> ListingPage:
    """A listing as its scripts make it, if it lists nothing as it is. Raises as reading does.

    Where it goes on as readers scroll, a first visit scrolls as far as `backfill` says.
    """
    if tools.renderer is None or part.links or part.others or not is_wanted(source, part.reason):
        return part
    is_first = site is None or site.is_new
    try:
        whole = tools.renderer.render(page, source, source.polling.backfill - 1 if is_first else 0)
    except Cancelled:
        raise
    except FetchError as error:
        return dataclasses.replace(part, reason=f"{part.reason.partition(';')[0]}; {error.problem}")
    return tools.reader.listing(whole, source, site)


def render_pages(
    pages: Pages,
    shells: Sequence[PageVisit],
    known: SiteModel,
    site: SiteModel,
    visit: Visit,
    tools: Tools,
    read: ReadAgain,
) -> tuple[Pages, SiteModel]:
    """Renders the `shells` among pages (see `shells_of`), and reads them again with `read`.

    An article that is no longer than before stays what it was. A page that cannot be rendered says
    nothing of its link, so that what is `known` of links stays. Raises Cancelled.
    """
    if not shells or tools.renderer is None:
        return pages, site
    pages = pages.postpone(shells[MOST:])
    tried = [_rendered(shell, visit.source, tools.renderer) for shell in shells[:MOST]]
    failed = [one for one in tried if one.error]
    if failed or shells[MOST:]:
        site = dataclasses.replace(site, kinds=known.kinds)
    again, site = read([one for one in tried if not one.error], site)
    before = {shell.url_key: shell for shell in shells}
    better = [one for one in (*failed, *again) if _shows_more(one, before[one.url_key])]
    return pages.replace(better), site


def shells_of(pages: Pages, source: Source) -> list[PageVisit]:
    """The pages that are to be rendered; first those that have not led to a story yet."""
    shells = [one for one in pages.chosen if _is_shell(one, source)]
    return sorted(shells, key=lambda one: one.has_story)


def _shows_more(page_visit: PageVisit, before: PageVisit) -> bool:
    return before.article is None or _letters(page_visit) > _letters(before)


def _letters(page_visit: PageVisit) -> int:
    return len(page_visit.article.text) if page_visit.article else 0


def _is_shell(page_visit: PageVisit, source: Source) -> bool:
    """Whether a page is to be rendered, seeing what was read on it, or why that is nothing."""
    page, error = page_visit.page, page_visit.error
    if not source.polling.render or not isinstance(page, Page) or page.given_by:
        return False
    may_be = page_visit.found is not None and page_visit.found.is_shell
    if isinstance(error, NotAnArticle):
        is_empty = may_be and error.reason == NO_TEXT
        return is_empty or is_wanted(source, error.reason)
    return may_be


def _rendered(page_visit: PageVisit, source: Source, renderer: PageRenderer) -> PageVisit:
    """A page as its scripts make it, or with the error. Raises Cancelled."""
    assert isinstance(page_visit.page, Page)
    try:
        page = renderer.render(page_visit.page, source)
    except Cancelled:
        raise
    except FetchError as error:
        return dataclasses.replace(page_visit, error=error)
    return dataclasses.replace(page_visit, page=page, error=None)
