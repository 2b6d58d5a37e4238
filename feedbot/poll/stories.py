"""From an article to its story: decided, carried out, routed."""

from __future__ import annotations

import dataclasses
import itertools
import logging
from collections.abc import Collection, Mapping, Sequence

from ..model import (
    Article,
    Dated,
    Decision,
    Evidence,
    Fingerprint,
    NotModified,
    Page,
    PageText,
    Story,
    Verdict,
)
from ..read.results import FORM, PageResult, words_hash
from ..store import Transaction
from ..stories.decide import Arrival, decide, in_new_form, mint_tag
from ..stories.fingerprint import difference, rows_of
from ..web.blocks import with_earlier
from ..web.urls import story_key
from .answers import is_front
from .owners import file_again
from .pages import next_look
from .visit import Listings, Pages, PageVisit, Tools, Visit

log = logging.getLogger(__name__)


def list_pages(pages: Pages, source: str, transaction: Transaction) -> None:
    """Remembers every address that is listed for the first time, read or not."""
    fresh = [
        page_visit for page_visit in pages.chosen + pages.postponed if page_visit.known is None
    ]
    transaction.list_pages(source, {page_visit.url_key: page_visit.link for page_visit in fresh})


def save_article(
    page_visit: PageVisit,
    article: Article,
    listings: Listings,
    visit: Visit,
    transaction: Transaction,
    tools: Tools,
) -> Verdict:
    """Decides on the article of a page, and does so; its verdict."""
    found = page_visit.found
    assert found
    assert found.fingerprint
    assert isinstance(page_visit.page, Page)
    words = words_hash(found.fingerprint)
    story_id, decision = None, None
    listed: dict[int, Story] = {}  # the page may leave one of them for the other
    if _is_undecided(page_visit, words):
        arrival = _arrival(page_visit, article, found.fingerprint, listings, visit)
        decision = _decide(arrival, page_visit, listings.places, transaction)
        listed = transaction.stories_listed(page_visit.url_key, decision.story)
        story_id = _carry_out(decision, arrival, visit, transaction, tools)
        _note_copy(decision, page_visit, visit, transaction)
    transaction.read_page(
        page_visit.url_key,
        story_id=story_id,
        verdict=decision.verdict if decision else None,
        words=words,
        beside=_beside(page_visit, found, decision),
        validators=page_visit.page.validators,
        next_fetch=next_look(page_visit, visit),
        form=FORM,
    )
    if decision is None or story_id is None:
        return "unchanged"
    if _is_said_anew(decision):
        also = transaction.also_listing(story_id)
        transaction.route(story_id, _topics(found, also, visit, tools))
        listed.pop(story_id, None)
    file_again(listed.values(), transaction, tools.rules)
    return decision.verdict


def _is_said_anew(decision: Decision) -> bool:
    """Whether the story says now what the page says."""
    return decision.story is None or decision.replace or decision.rewrite


def _beside(page_visit: PageVisit, found: PageResult, decision: Decision | None) -> PageText | None:
    """What is remembered of what is on a page besides its article."""
    before = page_visit.known.beside if page_visit.known else None
    if decision and (decision.verdict == "new" or decision.replace):
        before = None  # what stands there now is the story
    return with_earlier(found.beside, before) if found.beside else None


def _arrival(
    page_visit: PageVisit,
    article: Article,
    fingerprint: Fingerprint,
    listings: Listings,
    visit: Visit,
) -> Arrival:
    """What is to be decided on."""
    return Arrival(
        article=article,
        fingerprint=fingerprint,
        source=visit.source.name,
        url_keys=(page_visit.url_key, story_key(article.url)),
        listed=listings.listed,
        page=page_visit.found.text if page_visit.found else None,
        beside=page_visit.known.beside if page_visit.known else None,
    )


def _is_undecided(page_visit: PageVisit, words: bytes) -> bool:
    """Whether a page may say something else than at its last visit; `words` is a hash of it."""
    known = page_visit.known
    if known is None or known.story is None or page_visit.is_outdated:
        return True
    return known.words != words


def _decide(
    arrival: Arrival, page_visit: PageVisit, places: Collection[str], transaction: Transaction
) -> Decision:
    key, named = arrival.url_keys
    known = transaction.story_at(key)
    decision = decide(
        arrival,
        known=known,
        astray=known is not None and _is_astray(known, arrival, places, transaction),
        named=transaction.story_at(named) if named != key else None,
        same_words=transaction.same_words(arrival.fingerprint),
        candidates=transaction.near(arrival.fingerprint),
    )
    if page_visit.is_outdated:
        decision = in_new_form(arrival, decision)
    log.debug("%s: %s (%s)", arrival.article.url, decision.verdict, decision.reason)
    return decision


def _note_copy(
    decision: Decision, page_visit: PageVisit, visit: Visit, transaction: Transaction
) -> None:
    """Lets a story name the page of another source that is first found to have its words."""
    known, story = page_visit.known, decision.story
    if story is None or decision.verdict != "duplicate" or story.source == visit.source.name:
        return
    if known is None or known.story != story.id:
        transaction.add_copy(story)


def _is_astray(
    story: Story, arrival: Arrival, places: Collection[str], transaction: Transaction
) -> bool:
    """Whether a page's story was once overwritten with what the page led to."""
    at = story_key(story.article.url)
    if story.source != arrival.source or at in arrival.url_keys:
        return False
    if at in places or is_front(story.article.url):
        return True
    there = transaction.story_at(at)
    return there is not None and there.id != story.id


def _carry_out(
    decision: Decision,
    arrival: Arrival,
    visit: Visit,
    transaction: Transaction,
    tools: Tools,
) -> int:
    """Brings the story to what was decided; returns its id in the store."""
    story = decision.story
    story_id = story.id if story else _add(arrival, visit, transaction, tools.authority)
    if story and decision.cosmetic:
        transaction.count_cosmetic(story)
    if story and (decision.replace or decision.rewrite):
        _replace(story, arrival, transaction, notify=decision.replace)
    return story_id


def _replace(story: Story, arrival: Arrival, transaction: Transaction, *, notify: bool) -> None:
    """Makes a story what its page says now; `notify` also tells subscribers what is different."""
    article = arrival.article
    transaction.replace(
        story,
        article,
        arrival.fingerprint,
        source=arrival.source,
        url_key=story_key(article.url),
        old_rows=rows_of(story.versions),
        # What it says now is what it said first, unless that is known already.
        first_rows=rows_of(story.versions[-1:] if notify else story.versions[1:]),
        difference=dataclasses.asdict(difference(story.article, article)) if notify else None,
    )


def _topics(
    found: PageResult, also: Sequence[str], visit: Visit, tools: Tools
) -> Mapping[str, tuple[Evidence, ...]]:
    """Those of the page with their evidence, unless the rules have changed since it was read.

    Who read it knows of one source only; `also` are the others that list it.
    """
    if found.topics is not None and visit.rules is tools.rules and not also:
        return found.topics
    assert found.article
    return tools.rules.router.topics_of(found.article, visit.source.name, also)


def _add(arrival: Arrival, visit: Visit, transaction: Transaction, authority: str) -> int:
    key = story_key(arrival.article.url)
    tags = (mint_tag(authority, key, n) for n in itertools.count(1))
    return transaction.add(
        arrival.article,
        arrival.fingerprint,
        tag=next(tag for tag in tags if not transaction.has_tag(tag)),
        source=visit.source.name,
        url_key=key,
        published=arrival.article.published or Dated(at=visit.now, origin="first sight"),
    )


def save_unmodified(
    page_visit: PageVisit, answer: NotModified, visit: Visit, transaction: Transaction
) -> None:
    """Remembers that a page answered 304, and when it is asked for again."""
    transaction.read_page(
        page_visit.url_key,
        story_id=None,
        verdict=None,
        validators=answer.validators,
        next_fetch=next_look(page_visit, visit),
    )
