"""How much speaks for a link: clues, each between 0 and 1, times their weights, summed.

The weights are log-odds: with 0 in all, an article is as likely as not. They were fitted by
logistic regression on real listings whose links had been judged by eye and on small pages for
every kind of fault, with whole sites left out in turn, and then rounded; `make quality` measures
them. No clue decides alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from lxml import etree

from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...languages.wordcount import count_words
from ...remembered import remembered
from ...web.urls import url_key
from . import addresses
from .anchors import HEADLINE_LETTERS, anchor_words, width
from .card_text import CardText
from .cards import Card
from .families import Clues, means
from .learning import Known, experience, was_refused

REFUSED_BEFORE = -12.0  # what a link loses whose page was read and is not an article
BASE = -7.0  # what a link starts from: most lead to no article
# clue, weight, and how `preview` names it; "" where another one says nearly the same
WEIGHTS: Sequence[tuple[str, float, str]] = (
    # what the card shows
    ("length", 0.7, "its title is long"),
    ("words", 0.6, ""),
    ("heading", 0.5, "it has a heading"),
    ("teaser", 0.2, "it has a teaser"),
    ("time", 0.7, "it has a time"),
    ("picture", 0.2, "it has a picture"),
    ("bare", -1.2, "other cards of the page show more than a title"),
    # where it stands
    ("main", 0.7, "it stands in the main part"),
    ("navigation", -0.5, "it stands in a navigation"),
    ("furniture", -0.9, "it stands in what is named like furniture"),
    ("running", -2.5, "it stands amid a text"),
    ("second", -1.2, "it is the second link of a card"),
    ("comments", -4.0, "it leads to what readers wrote"),
    # what its address says
    ("headline", 0.6, "its address reads like a headline"),
    ("alone", -0.8, "nothing like it stands beside it"),
    ("digits", 0.6, "its address has a number"),
    ("dated", 0.7, "its address has a date"),
    ("service", -1.0, "its address names a service page"),
    ("service words", -2.0, "it names a service"),
    ("below service", -0.6, "its address is below a service"),
    ("collection", -0.6, "its address names a collection"),
    ("above", -0.8, "other links lead below it"),
    ("over", -3.0, "the list itself stands below it"),
    ("page", -1.0, "it may be another page of this list"),
    ("elsewhere", -0.2, "it is on another host of the site"),
    # what tells it from the list that the page is for; see `own_list`
    ("ahead", -4.0, "its day and those beside it lie ahead"),
    ("other list", -3.0, "it belongs to another list than the page's own"),
    ("other heading", -2.0, ""),
    ("match", -6.0, "it is one of many matches"),  # see `pairings`
    ("last post", -6.0, "it leads into a page that is linked beside it"),  # see `last_posts`
    ("old number", -6.0, "its number is that of an old page"),  # see `numbers`
    # what those in the same place have in common
    ("place: length", 1.0, ""),
    ("place: long", 0.6, "titles in its place read like headlines"),
    ("place: words", 1.0, ""),
    ("place: heading", 0.3, "links in its place have headings"),
    ("place: teaser", 0.2, "links in its place have teasers"),
    ("place: time", 0.8, "links in its place have times"),
    ("place: picture", 0.1, ""),
    ("place: headline", 0.6, "addresses in its place read like headlines"),
    ("place: distinct", 1.2, ""),
    # what those with the same form of address have in common
    ("form: length", 1.1, ""),
    ("form: long", 0.7, "pages with such addresses have headlines"),
    ("form: words", 1.2, ""),
    ("form: heading", 0.6, "pages with such addresses have headings"),
    ("form: teaser", 0.3, "pages with such addresses have teasers"),
    ("form: time", 0.9, "pages with such addresses have times"),
    ("form: picture", 0.4, ""),
    ("form: headline", 0.5, "such addresses read like headlines"),
    ("form: distinct", 1.2, ""),
    # what earlier visits found; see `learning`
    ("experience", 1.0, "links like it led to pages that are not articles"),
    ("refused", REFUSED_BEFORE, "its page was read before and is not an article"),
)
WORTH = {name: weight for name, weight, _ in WEIGHTS}
SERVICE_TITLE = 6  # words of the longest name of a service page
LONE = -2.5  # mean score from which a page that has nothing better has a list
ALIKE = 2.0  # log-odds that a member of such a list may lie below the others
DISTINCT = 0.95  # share of such a list's titles that no other one has
LONE_WORDS = 2.5  # that the titles of such a list have on the average
TOLD = 0.25  # what a clue must add or take to be told
FAMILY = ("length", "long", "words", "heading", "teaser", "time", "picture", "headline")
# What is not known of one card alone, and added later.
ADDED = ("ahead", "other list", "other heading", "match", "last post", "old number", "experience")
RICH = ("heading", "teaser", "time")
REPEATED = 3  # pages that make a family
NAVIGATION = frozenset(["nav", "footer", "menu", "dialog", "header", "aside"])
FURNITURE = re.compile(
    r"(^|[\s_-])(nav\w*|menu\w*|footer|breadcrumbs?|pagination|pager|cookies?|modal|social|share\w*"
    r"|tags?|meta|author|byline|category|categories|sidebar|widgets?|topbar|toolbar|sponsor\w*|promo"
    r"|ads?|newsletter|login|comments?)($|[\s_-])",
    re.IGNORECASE,
)
SERVICE_WORDS = Pattern(lambda: rf"sitemap|{any_spelt('addresses.service_words')}", re.IGNORECASE)


Family = tuple[object, str] | str  # a list and the place in it, or a form of address


@dataclass(slots=True, eq=False)
class Showing:
    """One card with all that is known of it. `weigh` finds its clues, its score and its family."""

    card: Card
    shown: CardText
    place: str
    form: str
    clues: dict[str, float] = field(init=False)
    score: float = field(init=False)  # the sum of the evidence
    family: Family = field(init=False)

    @property
    def key(self) -> str:
        """What tells its page from others."""
        return self.card.key

    @property
    def url(self) -> str:
        """The address that its strongest link leads to."""
        return self.card.best.url


def weigh(showings: Sequence[Showing], here: str, known: Known) -> None:
    """Gives every showing on the page at `here` its clues and its score."""
    for one in showings:
        one.clues = _own(one, here)
    _join_families(showings)
    _add_families(showings)
    over = _parents([url_key(here)])
    parents = over | _parents([one.key for one in showings if one.card.inside is None])
    richest, beside = _richest(showings), Counter(map(_row, showings))
    for one in showings:
        one.clues["above"] = float(one.key in parents)
        one.clues["over"] = float(one.key in over)
        one.clues["alone"] = float(beside[_row(one)] == 1)
        one.clues["bare"] = max(0.0, richest - _rich(one.clues))
        one.clues |= dict.fromkeys(ADDED, 0.0)
        one.clues["refused"] = float(was_refused(known, one.url))
        one.score = BASE + sum(weight * one.clues[name] for name, weight, _ in WEIGHTS)
        one.clues["experience"] = experience(known, one.url, one.place, one.score)
        one.score += one.clues["experience"]


def add_clue(one: Showing, name: str, value: float) -> None:
    """Gives a showing that was weighed a clue that it lacked, and adds its worth to the score."""
    one.clues[name] = value
    one.score += value * WORTH[name]


def lone_list(showings: Sequence[Showing]) -> Sequence[Showing]:
    """The most likely list of a page that may have no other one; without what sticks out of it.

    It holds all that is convincing by itself. A plain list of short titles is news if the page has
    nothing better to show, and its titles are no names of sections: each is another one, and they
    have two words and more, or each has a heading and a teaser. A page may show it in parts.
    """
    members = _most_like_news(_by_place(showings).values(), showings)
    if not members and _is_in_parts(showings):
        members = _most_like_news(_by_tags(showings).values(), showings)
    least = median(one.score for one in members) - ALIKE if members else 0.0
    return [one for one in members if one.score >= least]


def _most_like_news(
    lists: Iterable[Sequence[Showing]], showings: Sequence[Showing]
) -> Sequence[Showing]:
    """The list that looks most like news, of those that hold all that is convincing."""
    convincing = {one.key for one in showings if one.score > 0}
    found = (one for one in lists if convincing <= {each.key for each in one})
    return max(filter(_may_be_lone, found), key=_mean_score, default=[])


def _is_in_parts(showings: Sequence[Showing]) -> bool:
    """Whether several lists of a page show something convincing."""
    return len({one.family for one in showings if one.score > 0}) > 1


def _may_be_lone(members: Sequence[Showing]) -> bool:
    first, titles = members[0].clues, [one.shown.title for one in members]
    words = sum(map(anchor_words, titles)) / len(titles)
    return (
        len(members) >= REPEATED
        and len(set(map(_called, members))) >= DISTINCT * len(members)
        and (words >= LONE_WORDS or all(map(_has_teaser, members)))
        and not first["navigation"]
        and not first["furniture"]
        and _mean_score(members) > LONE
    )


def _has_teaser(one: Showing) -> bool:
    return one.shown.has_heading and bool(one.shown.teaser)


def _mean_score(members: Sequence[Showing]) -> float:
    return sum(one.score for one in members) / len(members)


def in_favour(one: Showing) -> str:
    """What speaks most for a link, as a phrase."""
    return _told(one, 1) or "the page lists nothing that is more like news"


def against(one: Showing) -> str:
    """What speaks most against a link that was left, as a phrase."""
    return _told(one, -1) or "too little speaks for it"


def at_first_sight(one: Showing) -> float:
    """The score of a link without what earlier visits found."""
    return one.score - one.clues["experience"] - REFUSED_BEFORE * one.clues["refused"]


def _told(one: Showing, sign: int) -> str:
    worth = [
        (sign * weight * one.clues[name], phrase) for name, weight, phrase in WEIGHTS if phrase
    ]
    strongest = sorted((pair for pair in worth if pair[0] > TOLD), reverse=True)[:3]
    return "; ".join(phrase for _, phrase in strongest)


# --- one showing ------------------------------------------------------------------------------


def _own(one: Showing, here: str) -> dict[str, float]:
    clues = _shown(one) | _around(one) | _address(one.url, one.shown.title, here)
    if clues["heading"] and clues["time"]:
        clues["service words"] = 0.0  # "Newsletter November" of 6 November is a story
    return clues


def _shown(one: Showing) -> dict[str, float]:
    """What the card shows.

    Of one that is nothing but a picture and a day, the address says what a title would.
    """
    shown = one.shown
    is_wordless = not shown.title and shown.has_picture and shown.published is not None
    title = addresses.spoken(one.url) if is_wordless else shown.title
    letters = width(title)
    return {
        "length": min(letters, 60) / 60,
        "long": float(letters >= HEADLINE_LETTERS),
        "words": min(anchor_words(title), 8) / 8,
        "heading": float(shown.has_heading),
        "teaser": float(bool(shown.teaser)),
        "time": float(shown.published is not None),
        "picture": float(shown.has_picture),
    }


def _around(one: Showing) -> dict[str, float]:
    """What the card stands in."""
    around = list(one.card.best.element.iterancestors())
    inner = [el for el in around if el.tag not in ("body", "html", "main", "article")]
    return {
        "main": float(
            len(inner) < len(around) - 2 or any(el.get("role") == "main" for el in around)
        ),
        "navigation": float(any(_is_navigation(el) for el in inner)),
        "furniture": float(any(_is_furniture(el) for el in _within_article(around))),
        "running": float(one.card.best.linked < 0.5),
        "second": float(one.card.inside is not None),
        "comments": float(_leads_to_comments(one)),
    }


def _leads_to_comments(one: Showing) -> bool:
    """Whether a card only leads to comments; a headline tells that it is of an article, too."""
    if width(one.shown.title) >= HEADLINE_LETTERS:
        return False
    return all(addresses.leads_to_comments(link.target) for link in one.card.anchors)


def _within_article(around: Sequence[etree._Element]) -> Sequence[etree._Element]:
    """The elements around a link, up to the article or the main part that it stands in."""
    for at, one in enumerate(around):
        if one.tag in ("body", "html", "main", "article"):
            return around[:at]
    return around


def _is_navigation(element: etree._Element) -> bool:
    return element.tag in NAVIGATION or element.get("role") == "navigation"


def _is_furniture(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return names != " " and _names_furniture(names)


@remembered(4096)  # the elements around a list are asked about for each of its links
def _names_furniture(names: str) -> bool:
    return bool(FURNITURE.search(names))


def _address(url: str, title: str, here: str) -> dict[str, float]:
    """What the address says."""
    parts = addresses.split(url)
    return {
        "headline": min(addresses.last_words(url), 8) / 8,
        "digits": float(any(sign.isdigit() for sign in parts.path + parts.query)),
        "dated": float(addresses.has_date(url)),
        "service": float(addresses.names_service(url)),
        "service words": float(_names_service(url, title)),
        "below service": float(addresses.below_service(url)),
        "collection": float(addresses.names_collection(url)),
        "page": float(addresses.is_page_of_list(url, here)),
        "elsewhere": float(parts.netloc != addresses.split(here).netloc),
    }


def _names_service(url: str, title: str) -> bool:
    """Whether a few words name a page that every site has; in a headline they are its subject."""
    if max(count_words(title), addresses.last_words(url)) > SERVICE_TITLE:
        return False
    return bool(SERVICE_WORDS.search(f"{addresses.split(url).path} {title}"))


# --- all of them ------------------------------------------------------------------------------


def _add_families(showings: Sequence[Showing]) -> None:
    """Adds what those in the same place have in common, and those with the same form of address."""
    for name, families in (("place", _by_place(showings)), ("form", _by_form(showings))):
        shared: dict[Family, Clues] = {}
        for family, members in families.items():
            shared[family] = {
                **means([one.clues for one in members], FAMILY),
                "distinct": len({_called(one) for one in members}) / len(members),
            }
        for one in showings:
            mine = shared[one.family if name == "place" else one.form]
            one.clues |= {f"{name}: {clue}": value for clue, value in mine.items()}


def _called(one: Showing) -> tuple[str, datetime | None]:
    """What tells a page from others: its title, and the date where a report is made every day."""
    published = one.shown.published
    return one.shown.title, published.at if published else None


def _by_place(showings: Sequence[Showing]) -> Mapping[Family, Sequence[Showing]]:
    """The pages in each place of the page, every page once."""
    found: dict[Family, dict[str, Showing]] = {}
    for one in showings:
        found.setdefault(one.family, {}).setdefault(one.key, one)
    return {family: list(members.values()) for family, members in found.items()}


def _by_tags(showings: Sequence[Showing]) -> Mapping[str, Sequence[Showing]]:
    """The pages whose links stand in the same elements, of whatever list, every page once."""
    found: dict[str, dict[str, Showing]] = {}
    for one in showings:
        found.setdefault(one.place, {}).setdefault(one.key, one)
    return {place: list(members.values()) for place, members in found.items()}


def _join_families(showings: Sequence[Showing]) -> None:
    """Those of one list are a family; where lists have one or two, those of all such lists."""
    pages: dict[Family, set[str]] = {}
    for one in showings:
        pages.setdefault(_row(one), set()).add(one.key)
    for one in showings:
        one.family = _row(one) if len(pages[_row(one)]) >= REPEATED else (None, one.place)


def _by_form(showings: Sequence[Showing]) -> Mapping[Family, Sequence[Showing]]:
    """The pages of each form of address, every page by its best showing."""
    found: dict[Family, dict[str, Showing]] = {}
    for one in showings:
        family = found.setdefault(one.form, {})
        if one.key not in family or _fullness(one) > _fullness(family[one.key]):
            family[one.key] = one
    return {form: list(members.values()) for form, members in found.items()}


def _fullness(one: Showing) -> tuple[bool, int]:
    return one.card.inside is None, width(one.shown.title)


def _row(one: Showing) -> tuple[etree._Element | None, str]:
    """What the cards of one list have in common that stand side by side."""
    return one.card.root.getparent(), one.place


def _parents(keys: Sequence[str]) -> set[str]:
    """Every address that one of these stands below."""
    found: set[str] = set()
    for key in keys:
        above = _parent(key)
        while above and above not in found:
            found.add(above)
            above = _parent(above)
    return found


def _parent(key: str) -> str:
    """The address that one stands right below; "" for none. A path may stand behind "?"."""
    path, _, query = key.partition("?")
    if "/" in query and "=" not in query:
        return f"{path}?{query.rpartition('/')[0]}".rstrip("?")
    return path.rpartition("/")[0]


def _rich(clues: Clues) -> float:
    return max(clues[name] for name in RICH)


def _richest(showings: Sequence[Showing]) -> float:
    """How much the cards of the page have beside a title: 1 if a list of eight all have."""
    found = [0.0]
    for members in _by_place(showings).values():
        if len(members) >= REPEATED:
            share = sum(_rich(one.clues) for one in members) / len(members)
            found.append(share * min(len(members), 8) / 8)
    return max(found)
