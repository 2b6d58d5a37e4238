"""Which known article a notice is whose address on its listing has changed.

A notice has the address that its listing gives it: an id, or its headline and its day. A site gives
it another when it corrects the headline or makes its ids anew. Then its words tell: a notice that
is listed for the first time is one that is listed no longer, if it says the same or nearly so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from ..model import Story
from ..store import KnownPage, Store, queries
from ..stories.decide import is_notice_again
from .visit import Pages, PageVisit, Visit

MOST_COMPARED = 200  # pages of a source, the newest, with which new notices are compared


def settle_notices(pages: Pages, listed: Collection[str], visit: Visit, store: Store) -> Pages:
    """The pages of a visit, with known notices under their new addresses; the store has them, too.

    `listed` are the keys of all articles that the source lists now.
    """
    fresh = [one for one in pages.chosen if one.link.is_notice and not one.known and one.article]
    if not fresh:
        return pages
    left = _left(visit.source.name, listed, store)
    settled = []
    for one in reversed(fresh):
        again = next((key for key, (_, story) in left.items() if _is_again(one, story)), None)
        if again is not None:
            settled.append(_settled(one, left.pop(again)[0]))
    if settled:
        with store.save(visit.now) as transaction:
            for one in settled:
                assert one.known
                transaction.rename_page(one.known.url_key, one.url_key, one.link.url)
    return pages.replace(settled)


def _left(source: str, listed: Collection[str], store: Store) -> dict[str, tuple[KnownPage, Story]]:
    """The notices of a source that are listed no longer, the newest first."""
    with store.read() as connection:
        pages = [
            page
            for page in queries.newest_pages(connection, source, MOST_COMPARED)
            if "#" in page.url_key and page.url_key not in listed
        ]
        stories = {page.url_key: queries.story_at(connection, page.url_key) for page in pages}
    return {
        page.url_key: (page, story)
        for page in pages
        if (story := stories[page.url_key]) is not None and story.source == source
    }


def _is_again(page_visit: PageVisit, story: Story) -> bool:
    assert page_visit.article
    return is_notice_again(page_visit.article, story)


def _settled(page_visit: PageVisit, known: KnownPage) -> PageVisit:
    """A notice that is known, though not at this address."""
    return dataclasses.replace(page_visit, known=known)
