"""Articles that a site has cut into pages: their parts, their single-page view, and the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from ...languages.fold import fold
from ...languages.pattern import Pattern
from ...languages.tables import any_phrase, any_spelt, spelt
from ...model import Article
from ...web.document import Document, text_of
from ...web.urls import canonical, same_site

MOST_PARTS = 10  # pages of one article that are read
SAME_SHARE = 0.5  # share of a part's paragraphs from which it is the page before once more
NUMBER = Pattern(
    lambda: rf"[/_,.-]?(?:(?:{any_spelt('labels.page')}|p)[/_-]?)?(\d{{1,2}})/?$", re.IGNORECASE
)
HELD = 0.9  # share of the first part's letters that a single-page view repeats
MORE = 0.25  # and what it adds to them at least, as a share of them
ONE_PAGE = Pattern(lambda: rf"(?:{any_phrase('labels.one_page')})[:.…>» ]*")
LONGEST_LABEL = 60  # characters of a link that leads to a single-page view
NAMES = frozenset("p pg pageno page_no pagenumber".split())
ENDING = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp)$", re.IGNORECASE)


def next_part(document: Document, first: str, number: int) -> str:
    """The URL of part `number` of the article that begins at `first`; "" if the page names none.

    A part has the address of the article with its number added. Whatever the link is called, the
    next article and the next page of a list have other addresses.
    """
    own = canonical(first)
    for element in document.root.iter("link", "a"):
        href = element.get("href") or ""
        if str(number) not in href and str(number - 1) not in href:
            continue
        url = document.absolute(href)
        if same_site(url, first) and number in _numbers(canonical(url), own):
            return url
    return ""


def _numbers(url: str, first: str) -> Iterator[int]:
    """Which part of the article that begins at `first` an address may be."""
    here, begins = urlsplit(url), urlsplit(first)
    ending, end = ENDING.search(here.path), ENDING.search(begins.path)
    path = here.path[: ending.start() if ending else None].rstrip("/")
    stem = begins.path[: end.start() if end else None].rstrip("/")
    if here.query == begins.query:
        yield from _in_path(path, stem)
    if path == stem:
        yield from _in_query(parse_qsl(here.query), parse_qsl(begins.query))


def _in_path(path: str, stem: str) -> Iterator[int]:
    """The number that is added to a path; behind something, as node/42 is no part of node/4."""
    added = path[len(stem) :]
    goes_on = stem[-1:].isdigit() and added[:1].isdigit()
    if len(stem) < 2 or goes_on or not path.startswith(stem):
        return
    if found := NUMBER.fullmatch(added):
        yield int(found[1])


def _in_query(pairs: Sequence[tuple[str, str]], before: Sequence[tuple[str, str]]) -> Iterator[int]:
    """The number that is all that the parameters have more than those before."""
    added = set(pairs) - set(before)
    gone = dict(before).keys() - dict(pairs).keys()
    if gone or len(added) != 1:
        return
    ((name, value),) = added
    if dict(before).get(name, "1") != "1":  # ?p=4 is an article by itself, as ?p=2 is
        return
    is_number = name.lower() in NAMES or name.lower() in spelt("labels.page")
    if is_number and value.isdecimal() and len(value) < 3:
        yield int(value)


# --- the single-page view ---------------------------------------------------------------------


def single_page(document: Document, first: str, *, has_parts: bool) -> str:
    """The URL at which the article that begins at `first` may be on one page; "" if none is named.

    Its label and its address speak for a link, and must say more where no part is known
    (`has_parts`). What is there decides in the end; see `from_single_page`.
    """
    best, most, own = "", 1 if has_parts else 3, canonical(first)
    for element in document.root.iter("link", "a"):
        label = _label(element)
        if not (label or has_parts):
            continue
        url = document.absolute(element.get("href") or "")
        here = canonical(url)
        if same_site(url, first) and here != own:
            points = label + _address(here, own)
            if points > most:
                best, most = url, points
    return best


def _label(element: etree._Element) -> int:
    """The points of a link's label: "All" and "Print" say less than "on one page"."""
    label = fold(text_of(element, LONGEST_LABEL) or element.get("title") or "")
    return (1 + (" " in label)) if ONE_PAGE.fullmatch(label) else 0


def _address(url: str, first: str) -> int:
    """The points of its address: that of the article, with something added that says it."""
    added = _added(url, first)
    return bool(added) + (bool(added) and all(map(_says_one_page, added)))


def _says_one_page(piece: str) -> bool:
    """Whether a piece of an address says it: "print", "single-page", "page=all"."""
    return any(ONE_PAGE.fullmatch(fold(word)) for word in piece.split("="))


def _added(url: str, first: str) -> list[str]:
    """What an address has beside the whole address of the article; nothing if it is another's."""
    here, own = _pieces(url), _pieces(first)
    more, lacking = _without(here, own), _without(own, here)
    if own and not lacking:
        return more
    # "story-print" has all of "story", too.
    is_longer = len(lacking) == 1 and any(piece.startswith(lacking[0]) for piece in more)
    return [piece.removeprefix(lacking[0]).strip("-_.,") for piece in more] if is_longer else []


def _without(pieces: Sequence[str], others: Sequence[str]) -> list[str]:
    return [piece for piece in pieces if piece not in others]


def _pieces(url: str) -> list[str]:
    """The segments of the path, and the parameters."""
    parts = urlsplit(url)
    path = ENDING.sub("", parts.path.rstrip("/"))
    return [one for one in (*path.split("/"), *parts.query.split("&")) if one]


def from_single_page(article: Article, view: Article) -> Article | None:
    """An article with the text of its single-page view; None if that does not hold all of it.

    `article` is what its first page says. A view that adds nothing, or that has fewer pictures, is
    a print of that page alone, or worth less than the parts.
    """
    own, all_ = map(_by_words, (article, view))
    length = sum(map(len, own))
    held = sum(len(words) for words in own if words in all_)
    more = sum(len(words) for words in all_ if words not in own)
    if held < HELD * length or more < MORE * length or _pictures(view) < _pictures(article):
        return None
    return replace(
        article,
        paragraphs=view.paragraphs,
        html=view.html,
        dateline=view.dateline,
        enclosures=view.enclosures,
        origins=replace(article.origins, text="single-page view"),
    )


def _by_words(article: Article) -> dict[str, None]:
    return dict.fromkeys(map(fold, article.paragraphs))


def _pictures(article: Article) -> int:
    return article.html.count("<img ")


# --- the whole --------------------------------------------------------------------------------


def joined(article: Article, part: Article, number: int) -> Article | None:
    """An article with part `number` of it; None if that says what was said before."""
    said = {fold(one) for one in article.paragraphs}
    new = [one for one in part.paragraphs if fold(one) not in said]
    if len(new) <= SAME_SHARE * len(part.paragraphs):
        return None
    return replace(
        article,
        paragraphs=(*article.paragraphs, *new),
        html=f"{article.html}\n{part.html}",
        enclosures=tuple(dict.fromkeys((*article.enclosures, *part.enclosures))),
        origins=replace(article.origins, text=f"{number} pages"),
    )
