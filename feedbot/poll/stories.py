"""From an article to its story: decided, carried out, routed."""

from __future__ import annotations

import dataclasses
import itertools
import logging
from collections.abc import Sequence

from ..model import Article, Dated, Decision, NotModified, Page, Story, Verdict
from ..read.results import FORM, PageResult, words_hash
from ..store import Transaction
from ..stories.decide import Arrival, decide, in_new_form, mint_tag
from ..stories.fingerprint import difference, rows_of
from ..web.blocks import beside
from ..web.urls import url_key
from .answers import is_front
from .pages import next_look
from .visit import PageVisit, Tools, Visit

log = logging.getLogger(__name__)


def list_pages(visit: Visit, saving: Transaction) -> None:
    """Remembers every address that is listed for the first time, read or not."""
    chosen = [one for one in visit.readings + visit.postponed if one.known is None]
    saving.list_pages(visit.source.name, {one.url_key: one.link for one in chosen})


def save_article(
    one: PageVisit, article: Article, visit: Visit, saving: Transaction, tools: Tools
) -> tuple[str, str, Verdict]:
    """Decides on an article that was read, and does so; its URL, title and verdict."""
    assert one.found
    assert one.found.fingerprint
    assert isinstance(one.page, Page)
    said = words_hash(one.found.fingerprint)
    led_to, verdict, before = None, None, one.known.beside if one.known else None
    if one.is_outdated or one.known is None or one.known.story is None or one.known.words != said:
        arrival = Arrival(
            article=article,
            fingerprint=one.found.fingerprint,
            source=visit.source.name,
            url_keys=(one.url_key, url_key(article.url)),
            listed=visit.listed,
            page=one.found.text,
            beside=before,
        )
        decision = _decide(arrival, visit, saving)
        if one.is_outdated:
            decision = in_new_form(arrival, decision)
        led_to = _carry_out(decision, arrival, one.found, visit, saving, tools)
        verdict = decision.verdict
        if verdict == "new" or decision.replace:
            before = None  # what stands there now is the story
        log.debug("%s: %s (%s)", article.url, decision.verdict, decision.reason)
    saving.read_page(
        one.url_key,
        story_id=led_to,
        verdict=verdict,
        words=said,
        beside=beside(one.found.text, article.paragraphs, before) if one.found.text else None,
        validators=one.page.validators,
        next_fetch=next_look(one, visit),
        form=FORM,
    )
    return one.link.url, article.title, verdict or "unchanged"


def _decide(arrival: Arrival, visit: Visit, saving: Transaction) -> Decision:
    key, named = arrival.url_keys
    known = saving.story_at(key)
    return decide(
        arrival,
        known=known,
        astray=known is not None and _is_astray(known, arrival, visit, saving),
        named=saving.story_at(named) if named != key else None,
        same_words=saving.same_words(arrival.fingerprint),
        candidates=saving.near(arrival.fingerprint),
    )


def _is_astray(story: Story, arrival: Arrival, visit: Visit, saving: Transaction) -> bool:
    """Whether a page's story was once overwritten with what the page led to."""
    at = url_key(story.article.url)
    if story.source != arrival.source or at in arrival.url_keys:
        return False
    there = saving.story_at(at)
    return (
        at in visit.places
        or is_front(story.article.url)
        or (there is not None and there.id != story.id)
    )


def _carry_out(
    decision: Decision,
    arrival: Arrival,
    found: PageResult,
    visit: Visit,
    saving: Transaction,
    tools: Tools,
) -> int:
    """Brings the story to what was decided; returns its id in the store."""
    article, story = arrival.article, decision.story
    story_id = story.id if story else _add(arrival, visit, saving, tools.authority)
    if story and decision.cosmetic:
        saving.count_cosmetic(story)
    if story and (decision.replace or decision.rewrite):
        told = dataclasses.asdict(difference(story.article, article)) if decision.replace else None
        saving.replace(
            story,
            article,
            arrival.fingerprint,
            source=visit.source.name,
            url_key=url_key(article.url),
            old_rows=rows_of(story.versions),
            # What it says now is what it said first, unless that is known already.
            first_rows=rows_of(story.versions[-1:] if decision.replace else story.versions[1:]),
            difference=told,
        )
    if story is None or decision.replace:
        saving.route(story_id, _topics(found, visit, tools))
    return story_id


def _topics(found: PageResult, visit: Visit, tools: Tools) -> Sequence[str]:
    """Those of the page, unless the rules have changed since it was read."""
    if found.topics is not None and visit.router is tools.router:
        return found.topics
    assert found.article
    routings = tools.router.route(found.article, visit.source.name)
    return [to.topic for to in routings if to.routed]


def _add(arrival: Arrival, visit: Visit, saving: Transaction, authority: str) -> int:
    key = url_key(arrival.article.url)
    tags = (mint_tag(authority, key, n) for n in itertools.count(1))
    return saving.add(
        arrival.article,
        arrival.fingerprint,
        tag=next(tag for tag in tags if not saving.has_tag(tag)),
        source=visit.source.name,
        url_key=key,
        published=arrival.article.published or Dated(at=visit.now, origin="first sight"),
    )


def save_unmodified(one: PageVisit, answer: NotModified, visit: Visit, saving: Transaction) -> None:
    """Remembers that a page said 304, and when it is asked again."""
    saving.read_page(
        one.url_key,
        story_id=None,
        verdict=None,
        validators=answer.validators,
        next_fetch=next_look(one, visit),
    )
