"""Which known article a notice is whose address on its listing has changed.

A notice has the address that its listing gives it: an id, or its headline and its day. A site gives
it another when it corrects the headline, makes its ids anew, or makes a page for it. Then its words
tell: an article that is listed for the first time is a notice that is listed no longer, if it says
the same or nearly so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..model import Article, Story
from ..store import KnownPage, Store, queries
from ..stories.decide import is_notice_again
from ..stories.fingerprint import Tokens
from .visit import Pages, PageVisit, Visit

MOST_COMPARED = 200  # pages of a source, the newest, with which new articles are compared


class _Left(NamedTuple):
    """A notice that is listed no longer."""

    page: KnownPage
    story: Story
    words: Tokens


def settle_notices(pages: Pages, listed: Collection[str], visit: Visit, store: Store) -> Pages:
    """The pages of a visit, with known notices under their new addresses; the store has them, too.

    `listed` are the keys of all articles that the source lists now.
    """
    fresh = [one for one in reversed(pages.chosen) if one.article and not one.known]
    left = _left(visit.source.name, listed, store) if fresh else []
    settled = [*_settled(fresh, left)] if left else []
    if settled:
        with store.save(visit.now) as transaction:
            for one in settled:
                assert one.known
                transaction.rename_page(one.known.url_key, one.url_key, one.link.url)
    return pages.replace(settled)


def _left(source: str, listed: Collection[str], store: Store) -> list[_Left]:
    """The notices of a source that are listed no longer, the newest first."""
    with store.read() as connection:
        pages = [
            page
            for page in queries.newest_pages(connection, source, MOST_COMPARED)
            if "#" in page.url_key and page.url_key not in listed
        ]
        stories = [queries.story_at(connection, page.url_key) for page in pages]
    return [
        _Left(page, story, Tokens(story.article))
        for page, story in zip(pages, stories, strict=True)
        if story is not None and story.source == source
    ]


def _settled(fresh: Sequence[PageVisit], left: list[_Left]) -> Iterator[PageVisit]:
    """The articles that are known, though not at these addresses.

    First those whose words are the same, then those that say nearly so.
    """
    unknown = [(one, one.article, Tokens(one.article)) for one in fresh if one.article]
    for is_exact in (True, False):
        tried, unknown = unknown, []
        for one, article, words in tried:
            if (known := _again(article, words, left, is_exact=is_exact)) is None:
                unknown.append((one, article, words))
            else:
                left.remove(known)
                yield dataclasses.replace(one, known=known.page)


def _again(
    article: Article, words: Tokens, left: Sequence[_Left], *, is_exact: bool
) -> _Left | None:
    alike = (one for one in left if not is_exact or words.all == one.words.all)
    again = (one for one in alike if is_notice_again(article, words, one.story, one.words))
    return next(again, None)
