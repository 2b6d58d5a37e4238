"""What a page says of itself for machines: JSON-LD (schema.org) and `<meta>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from ...languages.fold import fold
from ...web.document import Document, one_line, text_of
from ...web.sanitise import plain_text
from ...web.urls import host_of
from .about import about_page, is_confirmed
from .ancestry import Within
from .bylines import by_lines
from .furniture import by_readers
from .titles import headings

ARTICLE_TYPES = re.compile(r"(\w*(Article|Posting|Blog|Story|Report|Review)|WebPage|ItemPage)$")
DEEPEST = 6  # levels of JSON-LD that are looked into
LISTS = ("itemListElement", "hasPart")
AUTHOR_METAS = (
    *("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    *("cxenseparse:author", "dcsext.author", "articleauthor"),
)
BYLINE = re.compile(  # also with the hash that a build adds: "Article_author__U98U7"
    r"(?:^|[-_])(?:author|byline|autor|auteur)s?(?:[-_]*(?:box|info|meta))*(?:[-_]*name)?s?"
    r"(?:__[\w-]{5})?$",
    re.IGNORECASE,
)
ASIDE = frozenset(("aside", "footer", "nav", "form"))
WRITTEN = re.compile(r"(written|verfasst|geschrieben|geschreven|écrit)\b", re.IGNORECASE)
BY = re.compile(
    r"^((?:(?:written|posted|words|articles?|story) )?by:?|(?:geschreven )?door|von|par"
    r"|text(:| von)?|redactie|autor(in)?:|quelle:)\s+",
    re.IGNORECASE,
)
DEGREE = re.compile(  # after a name; "AFP" and "EPD" are agencies
    r"(?:Ph\.?\s?D|M\.?D|[MB]\.?[AS]c?|MBA|MPH|MSW|DVM|RDN?|RN|CP[AP]|CFP|PSP|FAND|Esq|Jr|Sr)\.?"
)
PROFILE = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?)/[^/?#]", re.IGNORECASE)
LONGEST_NAME = 60  # characters
# What the pattern can match, in whatever case its words begin: libxml2 looks faster than Python,
# and faster among attributes than among elements.
_NAMED = " or ".join(f"contains(., '{part}')" for part in ("uthor", "yline", "utor", "uteur"))
MAYBE_BYLINES = etree.XPath(
    " | ".join(
        f"descendant::*/{attribute}/.."
        for attribute in (
            f"@class[{_NAMED}]",
            f"@id[{_NAMED}]",
            "@href[contains(., '/aut')]",
            "@rel[. = 'author']",
            "@itemprop[. = 'author']",
        )
    )
)
PIECES = 200  # texts and links of one element that are looked at
MARKED = 2000  # elements with a class that are looked through for a byline
AGENCY = r"(?:dpa|afp|ap|rtr|sda|kna|epd|anp)\b"
BETWEEN = re.compile(rf"\s*(?:[;|]|,\s(?=[A-ZÀ-Þ]|{AGENCY})|\s(?:and|en|und|et|og|och|&)\s)\s*")
INITIALS = re.compile(r"\s\([a-zà-ÿ.]{2,5}\)$")  # "Elena Oberholzer (obe)"
GLUED = re.compile(r"^(?:By|BY|Door|Von|Par)(?=[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ])")  # "ByJan Jansen"
INTERFACE = re.compile(  # what is written on links and buttons beside a name
    r"\b(?:view|read more|more|follow|share|contact|subscribe|skip|search|menu|log ?in"
    r"|sign ?(?:in|up)|archives?|posts|profile|profil|profiel|bekijk|volg|meer|lees"
    r"|artikelen|beiträge|voir|suivre|updated|published|photos?|comments?|min(?:utes?)? read"
    r"|facebook|twitter|linkedin)\b",
    re.IGNORECASE,
)
NOT_NAME = re.compile(rf"\d|{INTERFACE.pattern}", re.IGNORECASE)
JOB = re.compile(  # after a name
    r"\b(?:directors?|editors?|writer|reporter|manager|officer|profess?or\w*|expert|contributor"
    r"|columnist|correspondent\w*|coordinator|analyst|attorney|specialist|representative|head of"
    r"|ceo|founder|consultant|redakteur\w*|redacteur|journalist\w*|r[eé]dact\w+|staff)\b",
    re.IGNORECASE,
)
MOST_PEOPLE = 10  # in one byline; more are a list of something else
NOBODY = re.compile(
    r"^(admin|red|redactie|redaction|editor(ial)?|unknown|null|undefined|none|.* by|.*:)$",
    re.IGNORECASE,
)


def objects(document: Document) -> list[Mapping[str, Any]]:
    """The JSON-LD objects that describe the article of the page, the most telling type first."""
    found = [
        (one, is_listed)
        for value in document.linked_data
        for one, is_listed in _walk(value, 0)
        if kind(one)
    ]
    if not found:
        return []
    return sorted(about_page(document, found, headings(document)), key=lambda one: _rank(kind(one)))


def headline(document: Document, found: Sequence[Mapping[str, Any]]) -> str:
    """What JSON-LD calls the headline, if something else confirms that it means this page."""
    named = headings(document)
    sure = (one for one in found if is_confirmed(document, one, named))
    return first(list(sure), "headline")


def _rank(name: str) -> int:
    if name.endswith(("WebPage", "ItemPage")):
        return 2
    return 0 if "Article" in name or "Posting" in name else 1


def _walk(
    value: Any, depth: int, *, is_listed: bool = False
) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every object, and whether it is one of a list of other things or a part of one."""
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value, is_listed
        for key in ("@graph", "mainEntity", "mainEntityOfPage", *LISTS):
            yield from _walk(value.get(key), depth + 1, is_listed=is_listed or key in LISTS)
    elif isinstance(value, list):
        for one in value[:50]:
            yield from _walk(one, depth + 1, is_listed=is_listed)


def kind(one: Mapping[str, Any]) -> str:
    """The first type of a JSON-LD object that an article or a page can have; "" if none is."""
    return next((name for name in _types(one) if ARTICLE_TYPES.match(name)), "")


def is_article(one: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD object says that it is an article."""
    return any("Article" in name for name in _types(one))


def _types(one: Mapping[str, Any]) -> list[str]:
    given = one.get("@type")
    names = given if isinstance(given, list) else [given]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def text(value: Any) -> str:
    """A JSON-LD value as one line of plain text; "" for what is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or value.get("url") or ""
    return plain_text(value) if isinstance(value, str) else ""


def first(found: Sequence[Mapping[str, Any]], *names: str) -> str:
    """The first of these properties that any object has."""
    for one in found:
        for name in names:
            if said := text(one.get(name)):
                return said
    return ""


def authors(document: Document, found: Sequence[Mapping[str, Any]], title: str) -> tuple[str, ...]:
    """The people or agencies who are named as authors; the site itself only where nobody is.

    `title` is the headline, near which readers see a name.
    """
    sites = _names_of_site(document, found)
    only: tuple[str, ...] = ()
    for names in _named(document, found, title):
        people = tuple(dict.fromkeys(part for name in names for part in _people(name)))
        if named := tuple(one for one in people if not _is_site(one, document, sites)):
            return named
        only = only or people
    return only


def _named(
    document: Document, found: Sequence[Mapping[str, Any]], title: str
) -> Iterator[Sequence[str]]:
    """Who is named, the surest place first."""
    yield _in_objects(found)
    yield _in_metas(document)
    yield _marked_up(document)
    yield by_lines(document, title)


def _is_site(name: str, document: Document, sites: set[str]) -> bool:
    """Whether a name is that of the site, or has its address in it: "Krant (www.krant.example)"."""
    host = host_of(document.page.url).removeprefix("www.")
    return fold(name) in sites or f"www.{host}" in fold(name)


def _names_of_site(document: Document, found: Sequence[Mapping[str, Any]]) -> set[str]:
    host = host_of(document.page.url).removeprefix("www.")
    names = [
        document.meta("og:site_name", "application-name"),
        *(text(one.get("publisher")) for one in found),
    ]
    return {fold(name) for name in names if name} | {host, host.partition(".")[0]}


def _in_objects(found: Sequence[Mapping[str, Any]]) -> list[str]:
    for one in found:
        given = one.get("author") or one.get("creator")
        names: list[str] = []
        for author in given if isinstance(given, list) else [given]:
            if isinstance(author, Mapping) and isinstance(author.get("name"), list):
                names += [text(name) for name in author["name"]]
            else:
                names.append(text(author))
        if any(names):
            return names
    return []


def _in_metas(document: Document) -> list[str]:
    said = [document.meta(name) for name in AUTHOR_METAS]
    if WRITTEN.match(document.meta("twitter:label1")):  # as WordPress says it
        said.append(document.meta("twitter:data1"))
    return next(([name] for name in said if name and not name.startswith("http")), [])


def _marked_up(document: Document) -> list[str]:
    """The names in the first element above or below the headline that is marked as a byline."""
    is_outside = Within(_is_aside)
    for element in MAYBE_BYLINES(document.root)[:MARKED]:
        if not _is_byline(element) or is_outside(element):
            continue
        links = [
            text_of(link, LONGEST_NAME, between="") for link in islice(element.iter("a"), PIECES)
        ]
        pieces = [one_line(str(piece)) for piece in islice(element.itertext(), PIECES)]
        whole = " ".join(pieces) if len(pieces) < PIECES else ""
        for names in (links, pieces, [whole]):
            people = [
                one
                for one in names
                if " " in one and len(one) < LONGEST_NAME and not NOT_NAME.search(one)
            ]
            if 0 < len(people) <= MOST_PEOPLE:
                return people
    return []


def _is_byline(element: etree._Element) -> bool:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    marks = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(map(BYLINE.search, marks)) or bool(PROFILE.search(element.get("href") or ""))


def _is_aside(element: etree._Element) -> bool:
    """Whether it holds what stands beside the article, or what readers wrote."""
    return element.tag in ASIDE or bool(by_readers(element))


def _people(name: str) -> list[str]:
    name = GLUED.sub("", BY.sub("", plain_text(name)))
    if not name or name.startswith("http") or len(name) > 120 or NOBODY.match(name):
        return []
    parts = [INITIALS.sub("", part).strip(" ,./") for part in BETWEEN.split(name)]
    names = parts[:1] + [part for part in parts[1:] if not _describes(part)]
    return [
        part
        for part in names
        if part
        and not NOBODY.match(part)
        and "@" not in part
        and not part.isdecimal()
        and not INTERFACE.search(part)
    ]


def _describes(part: str) -> bool:
    """Whether what follows a name is a degree or a job and not another name."""
    return bool(DEGREE.fullmatch(part) or JOB.search(part))


def breadcrumb(document: Document) -> tuple[str, ...]:
    """The sections that a JSON-LD BreadcrumbList or the metadata name, outermost first."""
    names: list[str] = []
    for one, _ in (pair for value in document.linked_data for pair in _walk(value, 0)):
        listed = one.get("itemListElement")
        if one.get("@type") == "BreadcrumbList" and isinstance(listed, list):
            items = (item for item in listed if isinstance(item, Mapping))
            names += [text(item.get("name")) or text(item.get("item")) for item in items]
    section = document.meta("article:section", "og:section", "dc.subject")
    return tuple(dict.fromkeys(name for name in (*names, section) if name and "://" not in name))
