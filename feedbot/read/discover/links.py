"""The links of a listing, from the page to what decided about each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ...languages.labels import heads_comments
from ...languages.order import Local
from ...model import Link, Source
from ...web.document import Document
from ...web.timestamps import local_of
from ..site_model import NoticeList
from . import embedded
from .addresses import form_of
from .anchors import LONGEST_HEADLINE, anchors, width
from .card_text import begin_with_days, read_card
from .cards import Card, cards, days_in_turn, days_over
from .evidence import Showing, against, at_first_sight, in_favour, lone_list, weigh
from .families import Places
from .last_posts import weigh_last_posts
from .learning import Known
from .numbers import weigh_numbers
from .own_list import weigh_lists
from .pairings import weigh_pairings

SPONSORED = "it is an advertisement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """Every page of the site that a listing links; `why` of each link says what decided.

    links      those that lead to articles, in the order of the listing
    left       the others, those first that look most like articles
    sponsored  how many of those are advertisements
    sure       how many of the links are convincing by themselves, and not for want of better ones
    notices    what is learnt of the list of notices, if the page has one
    """

    links: tuple[Link, ...]
    left: tuple[Link, ...]
    sponsored: int
    sure: int = 0
    notices: NoticeList | None = None


def discover(document: Document, source: Source, known: Known | None = None) -> list[Link]:
    """The articles that a listing links to, in its order, each once; canonical addresses.

    `source.select.links` names the links instead, as elements that are links or hold them. `known`
    is what earlier visits learnt of the site (see `learning`).
    """
    return list(consider(document, source, known).links)


def consider(document: Document, source: Source, known: Known | None = None) -> Considered:
    """The same, with the links that were left and the reasons."""
    selector = source.select.links
    chosen = document.select(selector) if selector else None
    showings = _showings(document, source, chosen)
    weigh(showings, document.page.url, known or {})
    if chosen is None:
        weigh_lists(showings, document.blocks, document.page.url)
        weigh_numbers(showings)
        weigh_pairings(showings)
        weigh_last_posts(showings)
    taken = _taken(showings) if chosen is None else {one.key for one in showings}
    links: list[Link] = []
    left: list[tuple[float, Link]] = []
    sponsored = 0
    for pages in _by_page(showings):
        is_sponsored = chosen is None and any(one.shown.is_sponsored for one in pages)
        if pages[0].key in taken and not is_sponsored:
            links.append(_link(pages, "named by links" if chosen is not None else ""))
        else:
            sponsored += is_sponsored
            best = _best(pages)
            why = SPONSORED if is_sponsored else against(best)
            left.append((at_first_sight(best), _link(pages, why)))
    left.sort(key=lambda one: -one[0])
    others = tuple(link for _, link in left)
    return Considered(
        links=tuple(links),
        left=others,
        sponsored=sponsored,
        sure=len(taken & _convincing(showings)),
    )


def consider_all(document: Document, source: Source, known: Known | None = None) -> Considered:
    """The same; where a page shows no links to articles, with those that it holds for machines."""
    seen = consider(document, source, known)
    if seen.links or source.select.links:
        return seen
    for other, where in embedded.lists(document):
        found = consider(other, source, known)
        if found.links:
            links = (replace(link, why=f"{link.why}; {where}") for link in found.links)
            return replace(found, links=tuple(links))
    return seen


def _showings(
    document: Document, source: Source, chosen: Sequence[etree._Element] | None
) -> list[Showing]:
    local = local_of(document, source)
    places = Places(document.root)
    found = cards(document, list(anchors(document, chosen)))
    days = days_over(document.blocks, found)
    headings = {day for day in days.values() if day.is_heading}
    in_days = headings if len(headings) > 1 else ()  # else it may be the day of the page
    in_turn = days_in_turn(document.blocks, found)
    stand = {card: places.of(card.best.element) for card in found}
    behind_days = _behind_days(stand, local)

    def showing(card: Card, place: str) -> Showing:
        day = in_turn.get(card) or days.get(card)
        said, is_behind = day.text if day else "", place in behind_days
        is_headed = card in in_turn or day in in_days
        shown = read_card(card, local, said, in_days=is_headed, behind_days=is_behind)
        at = place + (" (second)" if card.inside is not None else "")
        return Showing(card=card, shown=shown, place=at, form=form_of(card.best.url))

    return [showing(card, place) for card, place in stand.items()]


def _behind_days(places: Mapping[Card, str], local: Local) -> Collection[str]:
    """The places where most links begin with the days of their articles."""
    titles: dict[str, list[str]] = {}
    for card, place in places.items():
        titles.setdefault(place, []).append(card.best.title)
    return {place for place, some in titles.items() if begin_with_days(some, local)}


def _taken(showings: Sequence[Showing]) -> set[str]:
    """The keys of the pages that are articles; if they are of one list, most of the others, too.

    Those that only experience speaks against come back where nothing better is left: a site whose
    pages once failed must not stay empty.
    """
    convincing = _convincing(showings)
    lone = {
        one.key
        for one in lone_list(showings)
        if not convincing or one.score > 0 or one.clues["experience"] == 0
    }
    return lone if lone.issuperset(convincing) else convincing


def _convincing(showings: Sequence[Showing]) -> set[str]:
    """The keys of the pages that are articles by the evidence alone."""
    return {one.key for one in showings if one.score > 0}


def _by_page(showings: Sequence[Showing]) -> Iterator[list[Showing]]:
    """The showings of each page, in the order of the first one."""
    found: dict[str, list[Showing]] = {}
    for one in showings:
        found.setdefault(one.key, []).append(one)
    yield from found.values()


def _best(pages: Sequence[Showing]) -> Showing:
    return max(pages, key=lambda one: one.score)


def _worth_of_title(one: Showing) -> tuple[bool, bool, int]:
    """How good the title of a card is: of a heading, of a link, long. Others are a mere line."""
    is_of_link = one.card.best.kind == "text" and not heads_comments(one.shown.title)
    return one.shown.has_heading, is_of_link, min(width(one.shown.title), LONGEST_HEADLINE)


def _link(pages: Sequence[Showing], why: str) -> Link:
    """What all showings of a page say together."""
    best = _best(pages)
    titled = max(pages, key=_worth_of_title)
    dates = [one.shown.published for one in (best, *pages) if one.shown.published]
    return Link(
        url=pages[0].url,
        title=titled.shown.title or best.shown.title,
        teaser=max((one.shown.teaser for one in pages), key=len),
        published=dates[0] if dates else None,
        why=why or in_favour(best),
        place=best.place,
    )
