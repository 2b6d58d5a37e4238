"""Pages whose text comes by script, rendered where the operator asks for it.

Never where the bytes hold a text: only what was read, and found to be no article or no list.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence

from ..errors import Cancelled, FetchError, NotAnArticle
from ..model import Page, Source
from ..read.results import ListingPage
from ..read.site_model import SiteModel
from .visit import PageVisit, Tools, Visit

log = logging.getLogger(__name__)

MOST = 20  # pages of one visit; the others are tried at the next ones
NO_TEXT = "no text of an article"  # a reason that says nothing of scripts
SHELL = "by script"  # in the reason why a shell is no article, or no list of them


def is_wanted(source: Source, reason: str) -> bool:
    """Whether a page that was refused for this reason is to be rendered."""
    return SHELL in reason if source.polling.render == "auto" else source.polling.render


def render_listing(
    page: Page, part: ListingPage, source: Source, tools: Tools, site: SiteModel | None
) -> ListingPage:
    """A listing as its scripts make it, if it lists nothing as it is. Raises as reading does.

    Where it goes on as readers scroll, a first visit scrolls as far as `backfill` says.
    """
    if tools.renderer is None or part.links or part.others or not is_wanted(source, part.reason):
        return part
    is_first = site is None or site == SiteModel()
    try:
        whole = tools.renderer.render(page, source, source.polling.backfill - 1 if is_first else 0)
    except Cancelled:
        raise
    except FetchError as error:
        return dataclasses.replace(part, reason=f"{part.reason.partition(';')[0]}; {error.problem}")
    return tools.reader.listing(whole, source, site)


def render_pages(
    readings: Sequence[PageVisit],
    visit: Visit,
    tools: Tools,
    read: Callable[[Sequence[PageVisit]], None],
) -> None:
    """Renders the pages that hold no article as they are, and reads them again with `read`.

    A page that shows no more than it did when it was not rendered stays what it was.
    """
    shells = [one for one in readings if _is_shell(one, visit.source)][:MOST]
    before = {id(one): dataclasses.replace(one) for one in shells}
    rendered = [one for one in shells if _render(one, visit.source, tools)]
    if rendered:
        read(rendered)
    for one in rendered:
        was = before[id(one)]
        if was.found and _letters(one) <= _letters(was):
            one.page, one.found, one.error = was.page, was.found, was.error


def _letters(one: PageVisit) -> int:
    return len(one.found.article.text) if one.found and one.found.article else 0


def _is_shell(one: PageVisit, source: Source) -> bool:
    """Whether a page is to be rendered, seeing what was read on it, or why that is nothing."""
    if not source.polling.render or not isinstance(one.page, Page) or one.page.given_by:
        return False
    may_be = one.found is not None and one.found.is_shell
    if isinstance(one.error, NotAnArticle):
        is_empty = may_be and one.error.reason == NO_TEXT
        return is_empty or is_wanted(source, one.error.reason)
    return may_be


def _render(one: PageVisit, source: Source, tools: Tools) -> bool:
    """Puts a page as its scripts make it in the place of the page; whether that worked."""
    if tools.renderer is None or not isinstance(one.page, Page):
        return False
    try:
        one.page = tools.renderer.render(one.page, source)
    except Cancelled:
        raise
    except FetchError as error:
        log.info("%s", error)
        return False
    one.error = None
    return True
