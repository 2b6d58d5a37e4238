"""`feedbot.read`, but pages and links that say so take for ever; the workers of tests load it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from feedbot import read
from feedbot.read import read_one as read_one
from feedbot.read import use_topics as use_topics
from feedbot.results import Fetched, Taught
from feedbot.site import SiteModel

FOR_EVER = b"<!-- takes for ever -->"  # on a page
TEACHES_FOR_EVER = "teaches for ever"  # the title of a link


def _hang(*pages: bytes) -> None:
    while any(FOR_EVER in page for page in pages):
        pass


def study(pages: Sequence[Any], site: SiteModel) -> Any:
    _hang(*(page.body for page in pages))
    return read.study(pages, site)


def read_pages(pages: Sequence[Fetched], *args: Any) -> Any:
    _hang(*(one.page.body for one in pages))
    return read.read_pages(pages, *args)


def study_and_read(pages: Sequence[Fetched], source: Any, site: SiteModel, listings: Taught) -> Any:
    _hang(*(one.page.body for one in pages))
    learn_from(site, listings, ())
    return read.study_and_read(pages, source, site, listings)


def learn_from(site: SiteModel, listings: Taught, lessons: Any) -> Any:
    _hang(*(FOR_EVER for _, links in listings for one in links if one.title == TEACHES_FOR_EVER))
    return read.learn_from(site, listings, lessons)
