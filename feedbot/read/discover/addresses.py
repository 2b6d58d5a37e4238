"""What an address says: its form, and whether it names a headline, a service or a collection."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...remembered import remembered
from ...web.urls import page_name

FILES = re.compile(
    r"\.(jpe?g|png|gif|webp|svg|pdf|mp3|mp4|zip|docx?|xlsx?|pptx?|xml|rss|atom|json|css|js|ico)$",
    re.IGNORECASE,
)
# Words of a path that name what every site has beside its articles.
SERVICES = Pattern(
    lambda: (
        r"(cookie[\w-]*|rss|feeds?|sitemap|webmail|faq|apps?|\.php"
        rf"|{any_spelt('addresses.services')})$"
    ),
    re.IGNORECASE,
)
# Words of a path below which a site gathers articles, or presents people.
COLLECTIONS = Pattern(
    lambda: rf"(tags?|hashtag|podcasts?|{any_spelt('addresses.collections')})$", re.IGNORECASE
)
PAGE_PATH = Pattern(lambda: rf"/({any_spelt('labels.page')}|p)[/-]?\d+/?$", re.IGNORECASE)
PAGE_QUERY = Pattern(
    lambda: rf"(^|&)((p|pg|paged|{any_spelt('labels.page')})=\d{{0,2}}|(start|offset)=\d*)(&|$)",
    re.IGNORECASE,
)
ID_QUERY = re.compile(
    r"(^|&)(p|id|art|article|artikel|nid|itemid|newsid|story|news|post)(=[\w-]*|/?)\d",
    re.IGNORECASE,
)
# Of a fragment: the comments on a page, one of them, the form for another.
COMMENTS = Pattern(
    lambda: rf"comment|respond|reply|disqus|{any_spelt('classes.comments')}", re.IGNORECASE
)
DATED = re.compile(r"(^|/)(19|20)\d\d[/-][01]?\d([/-]|$)")
NUMBER = re.compile(r"\d{5,}")
NUMBERED = re.compile(r"([^\W\d]*)\d+")  # "article12"
ENDING = re.compile(r"\.\w{2,5}$")
WORDS = re.compile(r"[-_+]|%20")
SLUG = 3  # words from which the end of a path reads like a headline


@remembered(16384)  # the evidence asks several times, and a list has thousands
def split(url: str) -> SplitResult:
    """The parts of an address; empty ones if it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def segments(url: str) -> list[str]:
    """The parts of the path between slashes, and of a path behind a question mark."""
    parts = split(url)
    named = page_name(parts.path, parts.query)
    path = f"{parts.path}/{named}" if "/" in named else parts.path
    return [one for one in path.split("/") if one]


def last_words(url: str) -> int:
    """How many words the end of the path is made of; letters of other scripts count as one."""
    return sum(1 for word in spoken(url).split() if not word.isdecimal())


def spoken(url: str) -> str:
    """The end of the path as words: "brug is open"."""
    last = (segments(url) or [""])[-1]
    return " ".join(WORDS.sub(" ", ENDING.sub("", last)).split())


def form_of(url: str) -> str:
    """The form of an address: what it has in common with those of its kind on the site.

    Names stay; what reads like a headline is "*", what holds a number "9".

        /nieuws/brand-in-de-haven        /nieuws/*
        /2026/02/01/brand.html           /9/9/9/*.html
        /index.php?page=nieuws&id=812    /*.php?id=9&page=nieuws
        /spip.php?article812             /*.php?article9
        /index.php?nieuws/812            /*.php?nieuws/9
    """
    parts = split(url)
    named = page_name(parts.path, parts.query)
    pairs = sorted(pair.partition("=")[::2] for pair in parts.query.split("&") if pair != named)
    said = [f"{name}={_shape(value, last=False)}" for name, value in pairs if name]
    query = "&".join([*filter(None, [_name_shape(named)]), *said])
    path = _path_shape(parts.path)
    return f"/{path}?{query}" if query else f"/{path}"


def _path_shape(path: str) -> str:
    names = [one for one in path.split("/") if one]
    return "/".join(_shape(one, last=at == len(names)) for at, one in enumerate(names, 1))


def _name_shape(named: str) -> str:
    """The form of a page's name in a query; the word before a number says which kind it is."""
    if numbered := NUMBERED.fullmatch(named):
        return f"{numbered[1].lower()}9"
    return _path_shape(named)


def _shape(part: str, *, last: bool) -> str:
    ending = ENDING.search(part)
    if ending and last:
        return _shape(part[: ending.start()], last=True) + ending[0]
    if part.isdecimal():
        return "9"
    if last or part.count("-") >= 2 or len(part) > 25:
        return "*"
    return "9" if any(sign.isdigit() for sign in part) else part.lower()


def is_headline(url: str) -> bool:
    """Whether the path ends in several words."""
    return last_words(url) >= SLUG


def has_number(url: str) -> bool:
    """Whether the address carries the number of an article."""
    parts = split(url)
    return bool(NUMBER.search(parts.path) or ID_QUERY.search(parts.query))


def has_date(url: str) -> bool:
    """Whether the path carries a year and a month."""
    return bool(DATED.search("/".join(segments(url))))


def names_service(url: str) -> bool:
    """Whether the end of the path is a page that every site has: contact, privacy, search."""
    return bool(SERVICES.match((segments(url) or [""])[-1]))


def below_service(url: str) -> bool:
    """Whether an earlier part of the path is called so."""
    return any(SERVICES.match(one) for one in segments(url)[:-1])


def names_collection(url: str) -> bool:
    """Whether the path leads to what gathers articles or presents a person: /tag/zeeland."""
    return any(COLLECTIONS.match(one) for one in segments(url)[-3:])


def leads_to_comments(url: str) -> bool:
    """Whether an address leads to what readers wrote below a page: /brug#comment-12."""
    return bool(COMMENTS.search(split(url).fragment))


def is_page_of_list(url: str, here: str) -> bool:
    """Whether an address may be another page of the list at `here`: only a number differs."""
    parts, mine = split(url), split(here)
    stem = PAGE_PATH.sub("", parts.path).rstrip("/")
    if stem != parts.path.rstrip("/"):
        return stem == PAGE_PATH.sub("", mine.path).rstrip("/")
    return parts.path.rstrip("/") == mine.path.rstrip("/") and bool(PAGE_QUERY.search(parts.query))
