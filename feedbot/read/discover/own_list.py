"""The list that a page is for, told from the other lists that stand beside it.

A town's page of news shows its agenda, too, a museum's its exhibitions, a newspaper's its
obituaries. A reader sees three things: most of what the page lists stands below the page's own
address, and has a day that has been; these do not, and they stand in a box of their own. None of it
is enough alone: a page of news shows sport, what is read most, and a lead without its day. What is
read most comes from anywhere; another list has a folder. Rulings and permits have their day, as
news has, but a number in the place of a headline.

    /nieuws  lists  /nieuws/brug-is-open       27 november      its own list
                    /agenda/markt              (no day)         another list
                    /sport/club-wint           27 november      its own list: news, too
                    /uitspraken/ecli-2026-12   27 november      another list: ECLI:NL:2026:12
    /        lists  what it likes              an own list cannot be told by its address
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from ...web.document import Block
from ...web.urls import url_key
from .anchors import width
from .evidence import REPEATED, Showing, add_clue

OWN = 0.5  # share of what looks like articles that makes a list the page's own
DATED = 0.7  # share of its articles that have a day, from which one without is of another list
NUMBERED = 0.9  # share of a list's titles that are numbers, from which it is one of numbers
WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones are parts of a number: ECLI:NL:HR, IX ZR

Pages = Mapping[str, Sequence[Showing]]
Lists = Collection[object]  # the elements that hold them


def weigh_lists(showings: Sequence[Showing], blocks: Sequence[Block], here: str) -> None:
    """Takes from the scores of what belongs to other lists of the page at `here`."""
    pages = _likely(showings)
    numbered = _numbered(pages)
    ground, own = _own(here, pages, numbered)
    if sum(map(_has_been, own.values())) < DATED * max(len(own), REPEATED):
        return
    over, ahead = _headings_over(blocks, pages), _ahead(pages)
    named = {None, *(over.get(one) for shown in own.values() for one in shown)}
    apart = _apart(pages, own, numbered)
    mixed = _mixed(apart, ground)
    for key, shown in apart.items():
        is_other = not key.startswith(ground) and mixed.isdisjoint(map(_list_of, shown))
        for one in shown:
            add_clue(one, "ahead", ahead[_list_of(one)])
            add_clue(one, "other list", float(is_other))
            add_clue(one, "other heading", float(is_other and over.get(one) not in named))


def _likely(showings: Sequence[Showing]) -> Pages:
    """The pages that look like articles so far, each with its showings."""
    pages: dict[str, list[Showing]] = {}
    for one in showings:
        if one.score > 0:
            pages.setdefault(one.key, []).append(one)
    return pages


def _ahead(pages: Pages) -> Mapping[etree._Element | None, float]:
    """The share of each list whose only day lies ahead."""
    lists: dict[etree._Element | None, list[bool]] = {}
    for shown in pages.values():
        for one in shown:
            lists.setdefault(_list_of(one), []).append(one.shown.is_ahead)
    return {place: sum(each) / len(each) for place, each in lists.items()}


def _own(here: str, pages: Pages, numbered: Lists) -> tuple[str, Pages]:
    """The folder of the page's own list, and what stands below it and does not lie ahead.

    Numbers do not count in it, unless the page has its list of them.
    """
    been = {
        key: shown for key, shown in pages.items() if not all(one.shown.is_ahead for one in shown)
    }
    titled = [key for key, shown in been.items() if not _is_in(shown, numbered)]
    ground = _ground(here, titled) or _ground(here, been)
    return ground, {key: shown for key, shown in been.items() if key.startswith(ground)}


def _apart(pages: Pages, own: Pages, numbered: Lists) -> Pages:
    """Those without a day that has been, and not side by side with dated ones of the own list.

    A day tells nothing of what has a number for a title.
    """
    lists = {_list_of(one) for shown in own.values() for one in shown if _has_been([one])}
    return {
        key: shown
        for key, shown in pages.items()
        if (not _has_been(shown) or _is_in(shown, numbered))
        and lists.isdisjoint(map(_list_of, shown))
    }


def _numbered(pages: Pages) -> Lists:
    """The lists whose titles are numbers: of rulings, of files."""
    titles: dict[etree._Element | None, list[str]] = {}
    for shown in pages.values():
        for one in shown:
            titles.setdefault(_list_of(one), []).append(one.shown.title)
    return {
        place
        for place, each in titles.items()
        if len(each) >= REPEATED and sum(map(_is_number, each)) >= NUMBERED * len(each)
    }


def _is_number(title: str) -> bool:
    """Whether a title is a number, with the name of what it counts at most: "Besluit 2026/112".

    What stands between spaces is one word, and one with a digit is none.
    """
    words = [word for word in title.split() if not any(map(str.isdigit, word))]
    return (
        width(title) == len(title)
        and any(map(str.isdigit, title))
        and sum(WORD.search(word) is not None for word in words) <= 1
    )


def _ground(here: str, keys: Collection[str]) -> str:
    """The deepest folder at or above this address in which most of these stand; "" for the root."""
    folder = url_key(here).partition("?")[0].rstrip("/")
    while "/" in folder:
        inside = sum(key.startswith(f"{folder}/") for key in keys)
        if inside >= max(REPEATED, OWN * len(keys)):
            return f"{folder}/"
        folder = folder.rpartition("/")[0]
    return ""


def _mixed(pages: Pages, ground: str) -> set[etree._Element | None]:
    """The lists that link each page from another folder of the site: what is read most."""
    folders: dict[etree._Element | None, list[str]] = {}
    for key, shown in pages.items():
        for place in set(map(_list_of, shown)):
            folders.setdefault(place, []).append(_folder(key, ground))
    return {place for place, each in folders.items() if 1 < len(each) == len(set(each))}


def _folder(key: str, ground: str) -> str:
    """The first folder of an address that is not one above the ground; "" where it has none."""
    folders, above = key.split("/")[:-1], ground.split("/")
    pairs = zip(folders, above, strict=False)
    return next((one for one, other in pairs if one != other), "")


def _has_been(shown: Sequence[Showing]) -> bool:
    """Whether a page is shown with a day that has been."""
    return any(one.shown.published and not one.shown.is_ahead for one in shown)


def _is_in(shown: Sequence[Showing], lists: Lists) -> bool:
    """Whether a page is shown in these lists only."""
    return all(_list_of(one) in lists for one in shown)


def _list_of(one: Showing) -> etree._Element | None:
    return one.card.root.getparent()


def _headings_over(blocks: Sequence[Block], pages: Pages) -> Mapping[Showing, Block | None]:
    """The heading that stands over each of these showings, the headlines of others left out."""
    every = [one for shown in pages.values() for one in shown]
    headlines = {block for one in every for block in one.card.blocks}
    over: dict[Block, Block | None] = {}
    last: Block | None = None
    for block in blocks:
        over[block] = last
        if block.is_heading and block not in headlines:
            last = block
    return {one: over.get(one.card.blocks[0]) for one in every if one.card.blocks}
