"""What the pages of a visit teach about their site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ...languages.wordcount import count_words
from ...model import Link
from ...web.blocks import block_hash, text_hash
from ...web.document import Document
from ...web.urls import url_key
from ..site_model import MOST_LISTINGS, MOST_PAGES, OWNERS, Lesson, NoticeList, SiteModel
from .article_container import learnt
from .elsewhere import fewest_of_site, lead_hash, taught_hashes
from .facts import facts_of
from .prose import is_prose, text_length
from .recurring_media import hashes_above, picture_hashes

FEWEST_WORDS = 3  # words of a title that can belong to one article


def learn(
    model: SiteModel,
    listings: Sequence[tuple[Document | None, Sequence[Link]]],
    pages: Sequence[Document],
) -> SiteModel:
    """The model with what these listings and articles add to it; see `take`."""
    taught = [(listing_lesson(one) if one else None, links) for one, links in listings]
    return take(model, taught, [lesson_of(page, model) for page in pages])


def listing_lesson(document: Document, notices: NoticeList | None = None) -> Lesson:
    """What a listing made for people teaches; `notices` stand whole on it."""
    return Lesson(key=url_key(document.page.url), blocks=taught_hashes(document), notices=notices)


def lesson_of(page: Document, model: SiteModel) -> Lesson:
    """What the page of an article teaches: only its part that is read, once that is known."""
    there = learnt(page, model)
    document = there or page
    title, lead = _title_and_lead(document)
    key = url_key(document.page.url)
    pictures = (*picture_hashes(document), *(hashes_above(page, there) if there else ()))
    blocks = (*taught_hashes(document), *pictures)
    return Lesson(key=key, blocks=blocks, title=title, lead=lead, facts=facts_of(page, document))


def take(
    model: SiteModel,
    listings: Sequence[tuple[Lesson | None, Sequence[Link]]],
    pages: Sequence[Lesson],
) -> SiteModel:
    """The model with what a visit taught; the oldest pages go. A feed has links and no lesson."""
    seen, owners, facts = dict(model.seen), dict(model.owners), dict(model.facts)
    notices = dict(model.notices)
    for lesson, links in listings:
        if lesson is not None:
            _see(seen, lesson.key, lesson.blocks)
            if lesson.notices is not None:
                notices.pop(lesson.key, None)
                notices[lesson.key] = lesson.notices
        for link in reversed(links):
            _own(owners, url_key(link.url), link.title, link.teaser, sure=True)
    for page in pages:
        _see(seen, page.key, page.blocks)
        _see(facts, page.key, page.facts)
    has = Counter(chain.from_iterable(seen.values() if pages else ()))
    fewest = fewest_of_site(len(seen))
    for page in pages:
        # Its own page has them, too. The name of the site may stand where a title would.
        title, lead = (
            "" if has[block_hash(one)] > fewest else one for one in (page.title, page.lead)
        )
        _own(owners, page.key, title, lead, sure=False)
    return replace(
        model,
        seen=dict(list(seen.items())[-MOST_PAGES:]),
        owners=dict(list(owners.items())[-OWNERS:]),
        facts=dict(list(facts.items())[-MOST_PAGES:]),
        notices=dict(list(notices.items())[-MOST_LISTINGS:]),
    )


def _see(seen: dict[str, tuple[int, ...]], key: str, hashes: tuple[int, ...]) -> None:
    seen.pop(key, None)
    seen[key] = hashes


def _own(owners: dict[int, str], key: str, title: str, lead: str, *, sure: bool) -> None:
    """Notes whose these texts are; a listing is sure of it, a page may show another's teaser."""
    hashes = [text_hash(title)] if count_words(title) >= FEWEST_WORDS else []
    if (first_words := lead_hash(lead)) is not None:
        hashes += [text_hash(lead), first_words]
    for one in hashes:
        owner = owners.pop(one, key)
        owners[one] = key if sure else owner


def _title_and_lead(document: Document) -> tuple[str, str]:
    headings = [at for at, block in enumerate(document.blocks) if block.tag == "h1"]
    if len(headings) != 1:
        return "", ""
    title = document.blocks[headings[0]].text
    for block in document.blocks[headings[0] + 1 : headings[0] + 8]:
        if is_prose(block) and text_length(block.text) >= 80:
            return title, block.text
    return title, ""
