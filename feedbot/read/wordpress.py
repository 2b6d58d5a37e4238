"""The REST API of WordPress, which its pages announce: whole texts, exact dates, sections, authors.

<link rel="https://api.w.org/" href="…/wp-json/">                        the API
<link rel="alternate" type="application/json" href="…/categories/12">    what the page lists
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..languages.walls import LOGIN, kinds_named, speaks_of_page
from ..model import Dated, Link, Page, Source
from ..web.charset import decode
from ..web.document import Document, text_of
from ..web.lenient_json import read_json
from ..web.sanitise import plain_text
from ..web.urls import same_site
from .feeds import Announced, tidied
from .synthetic_page import is_whole
from .wordpress_urls import POSTS, is_api, route_of

API = "https://api.w.org/"
FEWEST, MOST = 20, 100  # posts that are asked for at once; the API gives no more than 100
FIELDS = "id,link,date_gmt,title,content,excerpt,class_list,yoast_head_json.schema,_links,_embedded"
ARCHIVE = re.compile(r"/wp/v2/(categories|tags)/(\d+)/?$")
# What a page builder leaves where its own part of the site does not render it.
SHORTCODE = re.compile(r"\[/[a-z]\w+\]")
RAW = 3  # of these, from which a text is not one for readers
# What plugins for members say of a post. It costs no more than reading the page.
CLOSED = re.compile(
    r"(^|[-_])(restricted|no-access|paywall(ed)?|premium|(members?|subscribers?|paid)-only"
    r"|(password|membership)-required)$"
)
TAIL = 500  # characters at the end of a text in which it may say that it goes on for members
ENTRY = re.compile(r"subscri|suscri|abonn|\babo\b|member|premium|lidmaat", re.IGNORECASE)
DEEPEST = 8  # levels of JSON-LD
LABEL = 30  # characters of the name of a link for members


def posts_url(document: Document, links: int) -> str:
    """Where the API lists what a page lists, at least so many of it.

    "" where none is announced, and where the site sells access to its articles: each page has to
    say whether it is free.
    """
    root, archive = "", ""
    for element in document.root.iter("link"):
        rels = (element.get("rel") or "").split()
        href = document.absolute(element.get("href") or "")
        if API in rels:
            root = href
        elif "alternate" in rels and element.get("type") == "application/json":
            match = ARCHIVE.search(route_of(href))
            archive = f"{match[1]}={match[2]}" if match else archive
    if not root or not same_site(root, document.page.url) or sells_access(document):
        return ""
    asked = {"per_page": str(min(max(links, FEWEST), MOST))} | dict(parse_qsl(archive))
    return _asking(root, asked | {"_embed": "author,wp:term", "_fields": FIELDS})


def sells_access(document: Document) -> bool:
    """Whether a page offers its readers both to log in and to subscribe."""
    named = [
        (label, element.get("href") or "")
        for element in document.root.iter("a", "button")
        if 0 < len(label := text_of(element, LABEL)) <= LABEL
    ]
    logins = {label for label, _ in named if LOGIN in kinds_named(label)}
    offers = {label for label, href in named if ENTRY.search(f"{label} {href}")}
    return bool(logins and offers) and len(logins | offers) > 1


def _asking(root: str, parameters: Mapping[str, str]) -> str:
    parts = urlsplit(root)
    query = dict(parse_qsl(parts.query))
    path = parts.path
    if "rest_route" in query:
        query["rest_route"] = query["rest_route"].rstrip("/") + POSTS
    else:
        path = path.rstrip("/") + POSTS
    return urlunsplit(
        parts._replace(path=path, query=urlencode(query | dict(parameters), safe=",:/"))
    )


def read_posts(page: Page, source: Source) -> Announced | None:  # noqa: ARG001 - as all readers
    """The posts that the API lists; None for a page that is something else."""
    if not is_api(page.requested):
        return None
    posts = read_json(decode(page.body, page.content_type))
    if not isinstance(posts, list):
        return None
    found = [post for post in posts if isinstance(post, dict)]
    older = _next(page.requested) if len(found) >= FEWEST else ""
    links = tuple(link for post in found if (link := _link(post)))
    return tidied(Announced(links=links, older=older), page)


def _next(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    number = query.get("page", "1")
    query["page"] = str(int(number[:6]) + 1) if number.isdecimal() else "2"
    return urlunsplit(parts._replace(query=urlencode(query, safe=",:/")))


def _link(post: Mapping[str, Any]) -> Link | None:
    url, title = post.get("link"), plain_text(_rendered(post, "title"))
    if not isinstance(url, str) or not title:
        return None
    content = "" if _is_closed(post) else _rendered(post, "content")
    is_text = _is_text(content)
    return Link(
        url=url,
        title=title,
        teaser=plain_text(_rendered(post, "excerpt")),
        published=_dated(post.get("date_gmt")),
        why="listed by WordPress",
        content=content if is_text else "",
        by="wordpress" if is_text else "",
        authors=tuple(_names(post, "author")),
        sections=tuple(dict.fromkeys(_names(post, "wp:term", taxonomy="category"))),
    )


def _is_text(content: str) -> bool:
    """Whether a content may be all that readers see of an article."""
    if not is_whole(content) or len(SHORTCODE.findall(content)) >= RAW:
        return False
    return not speaks_of_page(plain_text(content)[-TAIL:], LOGIN)


def _is_closed(post: Mapping[str, Any]) -> bool:
    """Whether a post says that it is not for everybody."""
    classes = post.get("class_list")
    names = [*classes.values()] if isinstance(classes, dict) else classes
    named = any(CLOSED.search(str(one)) for one in names) if isinstance(names, list) else False
    return named or _is_declared_closed(post.get("yoast_head_json"))


def _is_declared_closed(value: Any, depth: int = 0) -> bool:
    """Whether JSON-LD declares that an article is not free."""
    if depth > DEEPEST or not isinstance(value, list | dict):
        return False
    if isinstance(value, dict):
        if str(value.get("isAccessibleForFree", True)).lower().endswith("false"):
            return True
        value = [*value.values()]
    return any(_is_declared_closed(one, depth + 1) for one in value)


def _rendered(post: Mapping[str, Any], name: str) -> str:
    """A text of a post; "" where it is kept for those who have a password."""
    value = post.get(name)
    if not isinstance(value, dict) or value.get("protected"):
        return ""
    return value["rendered"] if isinstance(value.get("rendered"), str) else ""


def _dated(said: Any) -> Dated | None:
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    return Dated(at=at, origin="listing") if at.year > 1990 else None


def _names(post: Mapping[str, Any], kind: str, taxonomy: str = "") -> Iterator[str]:
    """The names of what a post is linked with, one list or several."""
    embedded = post.get("_embedded")
    found = embedded.get(kind) if isinstance(embedded, dict) else None
    for one in _flat(found):
        name = one.get("name")
        if isinstance(name, str) and one.get("taxonomy", "") == taxonomy:
            yield plain_text(name)


def _flat(value: Any) -> Sequence[Mapping[str, Any]]:
    inner = value if isinstance(value, list) else []
    lists = [one if isinstance(one, list) else [one] for one in inner]
    return [one for several in lists for one in several if isinstance(one, dict)]
