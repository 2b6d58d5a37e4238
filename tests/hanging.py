"""`feedbot.read.pipeline`, but pages and links that say so take for ever; the workers of tests load it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from feedbot.read import pipeline
from feedbot.read.pipeline import read_one as read_one
from feedbot.read.pipeline import use_topics as use_topics
from feedbot.read.results import Fetched, Taught
from feedbot.read.site_model import SiteModel

FOR_EVER = b"<!-- takes for ever -->"  # on a page
TEACHES_FOR_EVER = "teaches for ever"  # the title of a link


def _hang(*pages: bytes) -> None:
    while any(FOR_EVER in page for page in pages):
        pass


def study(pages: Sequence[Any], site: SiteModel) -> Any:
    _hang(*(page.body for page in pages))
    return pipeline.study(pages, site)


def read_pages(pages: Sequence[Fetched], *args: Any) -> Any:
    _hang(*(one.page.body for one in pages))
    return pipeline.read_pages(pages, *args)


def study_and_read(pages: Sequence[Fetched], source: Any, site: SiteModel, listings: Taught) -> Any:
    _hang(*(one.page.body for one in pages))
    learn_from(site, listings, ())
    return pipeline.study_and_read(pages, source, site, listings)


def learn_from(site: SiteModel, listings: Taught, lessons: Any) -> Any:
    _hang(*(FOR_EVER for _, links in listings for one in links if one.title == TEACHES_FOR_EVER))
    return pipeline.learn_from(site, listings, lessons)
