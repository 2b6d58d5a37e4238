"""A page made of what a feed or an API says of an article, to be read like any other.

Its body is the text that was given, and its head says what else is known, as pages say it.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from hashlib import blake2b
from html import escape
from typing import Any

from ..model import Link, Page, Validators
from ..web.sanitise import legible, plain_text

MARK = "content:"  # begins an ETag of ours, which no server is asked by
LEAST = 300  # letters of a text that is more than a teaser
MOST = 400_000  # characters of a text
CUT = re.compile(r"(…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))\W*$")


def is_whole(html: str) -> bool:
    """Whether a text may be all of an article, and not its beginning."""
    text = plain_text(html)
    return sum(map(str.isalpha, text)) >= LEAST and not CUT.search(text)


def version_of(link: Link) -> str:
    """What changes whenever the text changes that a link gives; in the form of an ETag."""
    said = "\0".join((link.title, link.content, *link.authors, *link.sections))
    return MARK + blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


def page_of(link: Link, language: str, now: datetime, by: str) -> Page:
    """The page of an article as far as a link gives it; `by` says what gave it.

    `language` is that of the source, where the link does not know better.
    """
    html = (
        f"<!DOCTYPE html><html lang='{escape(link.language or language)}'><head>"
        f"<title>{escape(link.title)}</title>"
        f'<script type="application/ld+json">{_declared(link)}</script></head><body><main><article>'
        f"<h1>{escape(link.title)}</h1>{link.content[:MOST]}</article></main></body></html>"
    )
    return Page(
        url=link.url,
        requested=link.url,
        body=legible(html).encode("utf-8", "replace"),
        content_type="text/html; charset=utf-8",
        fetched_at=now,
        validators=Validators(etag=version_of(link)),
        given_by=by,
    )


def _declared(link: Link) -> str:
    """What is known of an article beside its text, as JSON-LD."""
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": link.title,
        "url": link.url,
        "author": [{"name": name} for name in link.authors],
    }
    if link.published:
        article["datePublished"] = link.published.at.isoformat()
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"name": s} for s in link.sections]}
    return json.dumps({"@graph": [article, trail]}).replace("</", "<\\/")
