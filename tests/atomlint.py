"""What the W3C feed validator finds in an Atom feed, in our own words: errors and warnings.

Each finding is the validator's name for it and where it is. Beside its rules stand two of our own:
HTML must be a fixed point of the sanitiser, and no URL in it may be relative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.entities import name2codepoint
from typing import Any
from urllib.parse import urlsplit

import html5lib
from html5lib.html5parser import ParseError
from lxml import etree

from feedbot.web.sanitise import sanitise

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
KNOWN = {
    "http://www.w3.org/2005/Atom",
    "http://www.w3.org/1999/xhtml",
    "http://search.yahoo.com/mrss/",
    "http://purl.org/syndication/history/1.0",
}
PREFIXES = {
    "media": "http://search.yahoo.com/mrss/",
    "fh": "http://purl.org/syndication/history/1.0",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED_ORDER = {"author", "category", "contributor", "link", "entry"}  # may occur more than once
ELEMENTS = {
    "feed": {"id", "title", "updated", "subtitle", "rights", "generator", "logo", "icon"} | FEED_ORDER,
    "entry": {"id", "title", "updated", "published", "author", "contributor", "category", "link",
              "summary", "content", "rights", "source"},
    "source": {"id", "title", "updated", "subtitle", "rights", "generator", "logo", "icon",
               "author", "category", "link"},
}  # fmt: skip
RELS = {
    "self",
    "alternate",
    "related",
    "enclosure",
    "hub",
    "current",
    "prev-archive",
    "next-archive",
}
HISTORY = {"current", "prev-archive", "next-archive"}
TAGS = set(
    "a abbr b blockquote body br button caption center cite code dd del div dl dt em embed font"
    " form frame h1 h2 h3 h4 h5 h6 head hr html i iframe img input ins kbd label li link meta"
    " object ol option p pre q s script section select small span strike strong style sub sup"
    " table tbody td textarea tfoot th thead time title tr tt u ul var video".split()
)
RISKS = {"script", "iframe", "object", "embed", "style", "svg", "math", "meta", "link", "base",
         "frame", "frameset", "applet"}  # fmt: skip
ATTRIBUTES = {"href", "hreflang", "title", "src", "alt", "width", "height", "cite", "datetime", "lang",
              "dir", "start", "reversed", "colspan", "rowspan", "scope"}  # fmt: skip
LANGUAGES = set(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da"
    " de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz"
    " ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln"
    " lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi"
    " pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti"
    " tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
URI = re.compile(r"[a-z][a-z0-9+.-]*:(//)?(?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#]|%[0-9A-Fa-f]{2})+")
TAG_URI = re.compile(
    r"tag:([a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),%]*"
)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")

Finding = tuple[str, str]


def check(document: bytes, url: str, *, now: datetime | None = None) -> list[Finding]:
    """Everything that is wrong with a feed that is served at `url`."""
    if b"\r" in document:
        return [("CarriageReturn", url)]
    feed = etree.fromstring(document)
    now = now or datetime.now(UTC)
    return sorted({*_document(document, feed), *_feed(feed, url), *_elements(feed, now)})


def _document(document: bytes, feed: Any) -> Iterator[Finding]:
    if not document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n"):
        yield "NoDeclaration", repr(document[:50])
    if len(document) > 5_000_000:
        yield "TooLarge", str(len(document))
    for element in feed.iter(etree.Element):
        for prefix, namespace in element.nsmap.items():
            if namespace not in KNOWN:
                yield "UnknownNamespace", namespace
            if prefix and PREFIXES.get(prefix) != namespace:
                yield "NonstdPrefix", prefix
    text = document.decode()
    if BAD.search(text):
        yield "BadCharacters", repr(BAD.findall(text))


def _feed(feed: Any, url: str) -> Iterator[Finding]:
    links = _links(feed)
    if [one.get("href") for one in links.get("self", [])] != [url]:
        yield "SelfDoesntMatchLocation", str(links.get("self"))
    authorless = [one for one in feed.iter(f"{ATOM}entry") if one.find(f"{ATOM}author") is None]
    if authorless and feed.find(f"{ATOM}author") is None:
        yield "MissingElement", "author"
    archive = feed.find("{http://purl.org/syndication/history/1.0}archive") is not None
    if archive and "current" not in links:
        yield "MissingCurrentInArchive", url
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    times = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    if len(set(ids)) < len(ids):
        yield "DuplicateEntries", str(ids)
    if len(set(times)) < len(times):
        yield "DuplicateUpdated", str(times)


def _links(element: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for link in element.findall(f"{ATOM}link"):
        found.setdefault(link.get("rel", "alternate"), []).append(link)
    return found


def _elements(feed: Any, now: datetime) -> Iterator[Finding]:
    if feed.get(LANG) is None:
        yield "MissingDCLanguage", "feed"
    for element in feed.iter(etree.Element):
        if not element.tag.startswith(ATOM):
            continue
        name = element.tag.removeprefix(ATOM)
        if element.get(LANG):
            yield from _language(element.get(LANG), name)
        if name in ELEMENTS:
            yield from _container(element, name)
        match name:
            case "id":
                yield from _id(element.text or "")
            case "title" | "subtitle" | "summary" | "rights":
                if element.get("type", "text") != "text":
                    yield "TypedText", name
                yield from _plain(element.text, "ContainsUndeclaredHTML", name)
            case "name" | "generator":
                yield from _plain(element.text, "ContainsHTML", name)
                if re.search(r"<[^<>\s]+@[^<>\s]+\.[^<>\s]+>", element.text or ""):
                    yield "ContainsEmail", element.text
            case "updated" | "published":
                yield from _date(element.text or "", now)
            case "link":
                yield from _link(element)
            case "category":
                yield from _plain(element.get("term"), "ContainsHTML", "term")
                yield from _plain(element.get("label"), "ContainsHTML", "label")
                yield from _uri(element.get("scheme"))
            case "logo" | "icon" | "uri":
                yield from _uri(element.text)
            case "content":
                yield from _content(element)
    for thumbnail in feed.iter("{http://search.yahoo.com/mrss/}thumbnail"):
        yield from _uri(thumbnail.get("url"))
    for element in feed.iter(f"{XHTML}*"):
        if element.getparent().tag.startswith(ATOM) and element.tag != f"{XHTML}div":
            yield "MisplacedXHTMLContent", element.tag
    for group in feed.iter("{http://search.yahoo.com/mrss/}group"):
        yield "MediaGroupWithoutAlternatives", str(group)


def _container(element: Any, name: str) -> Iterator[Finding]:
    names = [child.tag.removeprefix(ATOM) for child in element.iterchildren(etree.Element)]
    own = [one for one in names if not one.startswith("{")]
    for one in ("id", "title", "updated"):
        if own.count(one) != 1:
            yield "MissingElement", f"{name} {one}"
    for one in set(own):
        if one not in ELEMENTS[name]:
            yield "UndefinedElement", one
        if own.count(one) > 1 and one not in FEED_ORDER:
            yield "DuplicateElement", one
    alternates = [
        (one.get("type"), one.get("hreflang")) for one in _links(element).get("alternate", [])
    ]
    if len(set(alternates)) < len(alternates):
        yield "DuplicateAtomLink", str(alternates)
    if name == "entry":
        if not alternates and "content" not in own:
            yield "MissingAlternateLink", name
        terms = [(one.get("term"), one.get("scheme")) for one in element.findall(f"{ATOM}category")]
        if len(set(terms)) < len(terms):
            yield "DuplicateCategory", str(terms)
        for rel in HISTORY & set(_links(element)):
            yield "FeedHistoryRelInEntry", rel


def _plain(text: str | None, finding: str, where: str) -> Iterator[Finding]:
    if not text or text != " ".join(text.split()):
        yield "NotBlank", f"{where} {text!r}"
        return
    tags = [tag for tag in re.findall(r"</(\w+)>", text) if tag.lower() in TAGS]
    entities = [
        one
        for one in re.findall(r"&(#?\w+)", text)
        if one in name2codepoint or one == "apos" or not one.isalpha()
    ]
    if tags or entities:
        yield finding, f"{where} {text!r}"


def _language(value: str, where: str) -> Iterator[Finding]:
    if value.split("-")[0].lower() not in LANGUAGES:
        yield "InvalidLanguage", f"{where} {value!r}"


def _id(value: str) -> Iterator[Finding]:
    if value.startswith("tag:"):
        if not TAG_URI.fullmatch(value):
            yield "InvalidTAG", value
    else:
        yield from _uri(value)
        if value != value.strip() or value != value.replace(":80/", "/"):
            yield "NonCanonicalURI", value


def _uri(value: str | None) -> Iterator[Finding]:
    if not value or not URI.fullmatch(value):
        yield "InvalidLink", repr(value)
        return
    parts = urlsplit(value)
    if parts.scheme in ("http", "https") and not parts.hostname:
        yield "InvalidLink", value
    if parts.netloc != parts.netloc.lower() or parts.scheme not in ("http", "https", "tag"):
        yield "NonCanonicalURI", value


def _date(value: str, now: datetime) -> Iterator[Finding]:
    if not DATE.fullmatch(value):
        yield "InvalidRFC3339Date", value
        return
    at = datetime.fromisoformat(value)
    if at.year < 1990 or at > now + timedelta(days=1):
        yield "ImplausibleDate", value


def _link(link: Any) -> Iterator[Finding]:
    rel = link.get("rel", "alternate")
    if rel not in RELS:
        yield "UnregisteredAtomLinkRel", rel
    if set(link.attrib) - {"href", "rel", "type", "hreflang", "title", "length"}:
        yield "UnexpectedAttribute", str(link.attrib)
    if len(link) or (link.text or "").strip():
        yield "AtomLinkNotEmpty", rel
    if link.get("type") is not None and not MIME.fullmatch(link.get("type")):
        yield "InvalidMIMEType", link.get("type")
    if rel == "enclosure" and link.get("type") is None:
        yield "MissingTypeAttr", rel
    if rel == "self" and link.get("type") != "application/atom+xml":
        yield "SelfNotAtom", str(link.get("type"))
    if link.get("hreflang") is not None:
        yield from _language(link.get("hreflang"), "hreflang")
    if link.get("title") is not None:
        yield from _plain(link.get("title"), "ContainsHTML", "title")
    if link.get("length") is not None and not link.get("length").isdigit():
        yield "InvalidNonNegativeInteger", link.get("length")
    yield from _uri(link.get("href"))


def _content(content: Any) -> Iterator[Finding]:
    if content.get("type") != "html" or content.get("src") is not None:
        yield "NotHtml", str(content.attrib)
    if content.get(LANG) is None:
        yield "MissingDCLanguage", "content"
    html = content.text or ""
    if not html:
        yield "NotBlank", "content"
    if sanitise(html, "https://elsewhere.example/") != html:
        yield "NotAFixedPoint", repr(html)
    try:
        tree = html5lib.HTMLParser(strict=True).parseFragment(html)
    except ParseError as error:
        yield "NotHtml", f"{error}: {html!r}"
        return
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag.split("}")[-1] in RISKS:
            yield "SecurityRisk", element.tag
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                yield "SecurityRiskAttr", name
            if name in ("href", "src", "cite"):
                yield from _uri(value)
