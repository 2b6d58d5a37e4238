"""Loads what reads pages and has it read one page of each kind: for the server of the workers.

Much is compiled at its first use: patterns, tables of words. What the server has compiled, its
workers share; each of them would spend 0.15 seconds of CPU on it, at every start.
"""

from __future__ import annotations

import contextlib
import gc
from datetime import UTC, datetime

from ..model import Page, Source
from .results import Fetched, PageResult
from .site_model import SiteModel

ORIGIN = "https://news.example/"
SENTENCE = "The council decided on Monday that the bridge will be repaired this year. "
PLACE = '<p>12 May 2024, 10:30</p><img src="/bridge.jpg" alt="The bridge" width="800" height="600">'
ARTICLE = (
    '<!DOCTYPE html><html lang="en"><head><title>Bridge closed - News</title>'
    '<meta property="og:title" content="Bridge closed"></head><body><nav><a href="/">Home</a></nav>'
    f"<article><h1>Bridge closed</h1><p>By Our Reporter</p>{PLACE}"
    + f"<p>{SENTENCE * 3}</p>" * 4
    + "<ul><li>One</li><li>Two</li></ul></article><footer>© News</footer></body></html>"
)
CARDS = "".join(
    f'<li><a href="/news/{number}-bridge"><h2>Bridge number {number} is closed again</h2></a>'
    f"<time>{number} hours ago</time><p>{SENTENCE}</p></li>"
    for number in range(1, 9)
)
LISTING = f'<!DOCTYPE html><html lang="en"><body><main><ul>{CARDS}</ul></main></body></html>'


def _page(url: str, html: str) -> Page:
    return Page(url=url, requested=url, body=html.encode(), fetched_at=datetime.now(UTC))


def _warm() -> list[PageResult]:
    """What became of its pages."""
    from . import pipeline  # now that nothing looks for garbage

    source = Source(name="news", urls=(ORIGIN,))
    pipeline.use_topics((), {})  # each worker has its own
    listed = pipeline.read_listing_page(_page(ORIGIN, LISTING), source, {})
    pages = [Fetched(page=_page(link.url, ARTICLE), link=link) for link in listed.links[:2]]
    taught = [(listed.lesson, listed.links)]
    return pipeline.study_and_read(pages, source, SiteModel(), taught)[0]


gc.disable()  # what is loaded stays: to look for garbage among it took 25 ms
with contextlib.suppress(Exception):  # what it reads is no matter; real pages tell of bugs
    _warm()
gc.freeze()  # what is shared stays shared: a collection would write to every object
gc.enable()
