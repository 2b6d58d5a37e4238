"""Where the articles of a site stand: learnt from those read, and then read straight from.

A place is the path of an element. It counts for a page only if reading there gives the article
that the whole page gave, so an article reads the same before and after its place is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from lxml import etree

from ...model import Article
from ...web.document import Document
from ...web.sanitise import plain_text
from ...web.urls import url_key
from ..site_model import DOUBT, MOVED_AFTER, SURE_AFTER, Container, SiteModel
from .recurring_media import own_picture_above

AUDITED = 8  # one page in so many is read whole all the same: a place may go wrong unnoticed
ABOVE = 3  # elements around the text that may be needed for its date or its breadcrumb
SELECTED = "select.body = "
VARIES = re.compile(r"\d+")


def learnt(document: Document, model: SiteModel) -> Document | None:
    """The part of a page that has the article, if that is surely known; None if it is not.

    It may lack the picture above a text, where most articles have none.
    """
    if model.place is None or not model.place.sure:
        return None
    if crc32(url_key(document.page.url).encode()) % AUDITED == 0:
        return None
    there = part(document, model.place.path)
    return None if there and own_picture_above(document, there, model) else there


def part(document: Document, path: str) -> Document | None:
    """The page as if it had only its headline and what stands at `path`; None if nothing does."""
    found = [body for body in document.root.iter("body")][:1]
    for step in path.split(" > ") if path else []:
        found = [child for element in found for child in element if _step(child) == step]
    if not found:
        return None
    element = _one_of(found)
    h1 = next(document.root.iter("h1"), None)
    if h1 is None or element in h1.iterancestors() or h1 in element.iterancestors():
        return document.within(element)
    return document.within(h1, element)


def _one_of(found: list[etree._Element]) -> etree._Element:
    """The element that has the article, or the one around several that may share it."""
    if len(found) == 1:
        return found[0]
    element = max(found, key=_letters)
    around = element.getparent()
    if around is None or not element.get("class"):
        return element
    beside = (one for one in found if one is not element and one.getparent() is around)
    return around if any(one.find(".//p") is not None for one in beside) else element


def paths(document: Document, article: Article, model: SiteModel) -> Iterator[str]:
    """Where the article may stand: the places that are known, then the elements around its text."""
    known = [place.path for place in (model.place, model.candidate) if place]
    yield from known
    wanted = set(article.paragraphs)
    chains = [block.ancestors for block in document.blocks if plain_text(block.text) in wanted]
    if len(chains) == 1:
        chains = [chains[0][:-1]]  # the next article may have a second paragraph
    common = [level[0] for level in zip(*chains, strict=False) if len(set(level)) == 1]
    steps = [_step(element) for element in common[1:]]
    for length in range(len(steps), max(len(steps) - ABOVE, 0) - 1, -1):
        if (path := " > ".join(steps[:length])) not in known:
            yield path


def settle(model: SiteModel, path: str | None) -> SiteModel:
    """The model after one more article, which stood at `path`, or at no single place."""
    place, other = model.place, model.candidate
    if place and place.path.startswith(SELECTED):
        place = None  # the operator took it back
    if place and path == place.path:
        if place.sure and other is None:
            return model
        return replace(model, place=replace(place, hits=place.hits + 1, misses=0), candidate=None)
    if place:
        place = replace(place, misses=place.misses + 1)
    if path is None:
        return replace(model, place=place)
    other = other if other and other.path == path else Container(path=path)
    other = replace(other, hits=other.hits + 1)
    if place and place.hits >= SURE_AFTER and (place.misses < DOUBT or other.hits < MOVED_AFTER):
        return replace(model, place=place, candidate=other)
    return replace(model, place=other, candidate=None)


def selected_container(model: SiteModel, selector: str, *, answers: bool) -> SiteModel:
    """The model after one more article of a site whose place the operator named."""
    place = Container(path=f"{SELECTED}{selector}", hits=SURE_AFTER)
    if not answers:
        before = model.place if model.place and model.place.path == place.path else place
        place = replace(before, misses=before.misses + 1)
    return replace(model, place=place, candidate=None)


def _step(element: etree._Element) -> str:
    """An element without what differs from article to article."""
    if not isinstance(element.tag, str):
        return ""
    names = (element.get("class") or "").split()
    name = VARIES.sub("", names[0]) if names else ""
    return f"{element.tag}.{name}" if name else element.tag


def _letters(element: etree._Element) -> int:
    return sum(len(text) for text in element.itertext())
