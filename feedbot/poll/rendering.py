"""Pages whose text comes by script, rendered where the operator asks for it.

Never where the bytes hold a text: only what was read, and found to be no article or no list.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence

from ..errors import FetchError, NotAnArticle, Stopped
from ..model import Page, Source
from ..results import Listed
from ..site import SiteModel
from .visit import Reading, Tools, Visit

log = logging.getLogger(__name__)

MOST = 20  # pages of one visit; the others are tried at the next ones
SHELL = "by script"  # in the reason why a shell is no article, or no list of them


def is_wanted(source: Source, reason: str) -> bool:
    """Whether a page that was refused for this reason is to be rendered."""
    return SHELL in reason if source.polling.render == "auto" else source.polling.render


def render_listing(
    page: Page, part: Listed, source: Source, tools: Tools, site: SiteModel | None
) -> Listed:
    """A listing as its scripts make it, if it lists nothing as it is. Raises as reading does.

    Where it goes on as readers scroll, a first visit scrolls as far as `backfill` says.
    """
    if tools.renderer is None or part.links or part.others or not is_wanted(source, part.reason):
        return part
    is_first = site is None or site == SiteModel()
    try:
        whole = tools.renderer.render(page, source, source.polling.backfill - 1 if is_first else 0)
    except Stopped:
        raise
    except FetchError as error:
        return dataclasses.replace(part, reason=f"{part.reason.partition(';')[0]}; {error.problem}")
    return tools.reader.listing(whole, source, site)


def render_pages(readings: Sequence[Reading], visit: Visit, tools: Tools) -> list[Reading]:
    """Renders the pages that hold no article as they are; those that are to be read again."""
    rendered: list[Reading] = []
    for one in readings if tools.renderer else ():
        reason = one.error.reason if isinstance(one.error, NotAnArticle) else ""
        is_due = isinstance(one.page, Page) and not one.page.given_by and bool(reason)
        if not is_due or not is_wanted(visit.source, reason) or len(rendered) >= MOST:
            continue
        try:
            assert isinstance(one.page, Page)
            assert tools.renderer
            one.page = tools.renderer.render(one.page, visit.source)
        except Stopped:
            raise
        except FetchError as error:
            log.info("%s", error)
        else:
            one.error = one.found = None
            rendered.append(one)
    return rendered
