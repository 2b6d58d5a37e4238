"""Listings in JSON of any form, for a source that says where in it the articles are."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from ..languages import times
from ..model import Dated, JsonPaths, Link, Page, Source
from ..web.charset import decode
from ..web.json_paths import find
from ..web.lenient_json import read_json
from ..web.sanitise import TAGGED
from .feeds import Announced, tidied

MOST = 500  # articles of one answer


def read_json_listing(page: Page, source: Source) -> Announced | None:
    """The articles at the paths that a source names; None where it names none.

    Whatever is not at its path is left out: an answer of another form lists nothing.
    """
    paths = source.json
    if paths is None:
        return None
    value = read_json(decode(page.body, page.content_type))
    following = _text(value, paths.next)
    links = tuple(link for item in _items(value, paths) if (link := _link(item, paths, source)))
    return tidied(Announced(links=links, older=following), page)


def _items(value: Any, paths: JsonPaths) -> list[Any]:
    """The values that are articles; those in a list or by their names, if one such was found."""
    found = find(paths.items, value)
    if len(found) == 1 and isinstance(found[0], list | dict):
        inner = found[0]
        found = inner if isinstance(inner, list) else [*inner.values()]
    return found[:MOST]


def _link(item: Any, paths: JsonPaths, source: Source) -> Link | None:
    url = _text(item, paths.url)
    if not url:
        return None
    content = _html(item, paths.text)
    return Link(
        url=url,
        title=_text(item, paths.title),
        published=_date(item, paths.published, source),
        why="listed in JSON",
        content=content,
        by="json" if content else "",
        authors=tuple(_texts(item, paths.author)),
        sections=tuple(_texts(item, paths.section)),
    )


def _texts(item: Any, path: str | None) -> Iterator[str]:
    """The texts and numbers at a path, those in a list one by one."""
    for found in find(path, item) if path else ():
        for one in found if isinstance(found, list) else [found]:
            if (
                isinstance(one, str | int | float)
                and not isinstance(one, bool)
                and str(one).strip()
            ):
                yield str(one).strip()


def _text(item: Any, path: str | None) -> str:
    return next(_texts(item, path), "")


def _html(item: Any, path: str | None) -> str:
    """What is at a path as HTML: text without tags becomes paragraphs, by its lines."""
    pieces = list(_texts(item, path))
    if any(map(TAGGED.search, pieces)):
        return "".join(pieces)
    lines = [line.strip() for piece in pieces for line in piece.splitlines()]
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _date(item: Any, path: str | None, source: Source) -> Dated | None:
    said = _text(item, path)
    at = times.declared(said, ZoneInfo(source.timezone)) if said else None
    return Dated(at=at.replace(microsecond=0), origin="listing") if at else None
