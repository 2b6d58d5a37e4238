"""When an article was published, by the most trustworthy thing that says so.

    JSON-LD > meta > <time> > a date in the text of the page > metadata that may be of the last
    change > the address > the listing > "4 uur geleden"

A page that shows no date gets none: a guess would put old news on top of a feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from ..document import Block, Document, text_of
from ..language import times
from ..language.labels import is_caption, says_published
from ..model import Dated, Link, Origin, Source
from . import declared
from .within import Within

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news site is older
AHEAD = timedelta(days=1)  # clocks and time zones of publishers are wrong by hours, not by days
LINE = 40  # characters of a line that shows a date
NEAR = 15  # blocks around the title that may show the date
METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "published_time",
    "og:pubdate",
    "og:published_time",
    "vr:published_time",
    "article.published",
    "citation_date",
    "citation_publication_date",
    "analyticsattributes.articledate",
)
# Many systems fill these with the last change, so what readers see of the date goes before them.
ANY_DATES = ("dcterms.date", "dc.date", "date", "last-modified-date")
PUBLISHED = re.compile(
    r"publ|post|date|datum|geplaatst|time|created|erschienen|tijd", re.IGNORECASE
)
MODIFIED = re.compile(
    r"modif|update|bijgewerkt|gewijzigd|aktualisier|laatst|mise? à jour|stand:", re.IGNORECASE
)
BEGINS = re.compile(r"(?:[^\W\d]+[\s,.:]+){0,3}\d")  # a number after three words at most
CREATED = re.compile(r"(?:^|:)date(?:published|created)$", re.IGNORECASE)
DATE = re.compile(
    r"(?:^|[\s_-])\w*(?:date|datum|publish|published|time|timestamp|zeit|meta|authored)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What the pattern can match, in whatever case its words begin: libxml2 looks faster than Python,
# and faster among attributes than among elements.
MAYBE_DATES = etree.XPath(
    "descendant::*/@class[{}]/..".format(
        " or ".join(
            f"contains(., '{part}')"
            for part in ("ate", "atum", "ublish", "ime", "eit", "eta", "uthored")
        )
    )
)
# Where dates are those of other articles, or of what readers wrote.
OTHERS = re.compile(
    r"comment|kommentar|reacti|related|teaser|sidebar|widget|popular|recent|latest|footer|calendar"
    r"|event|list\b|more",
    re.IGNORECASE,
)
ELSEWHERE = frozenset(("li", "aside", "nav", "footer", "a", "blockquote"))  # the last: a tweet
DATED = re.compile(r"dat(?:um|e)\b:? \d", re.IGNORECASE)
LONGEST = 80  # characters of a text that shows a date and little else
LINE = 200  # characters of a text that may show one
SLUG = re.compile(
    r"-(?:ANP|ap|dpa|rtr)?(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>\d\d)\d{3}(?=$|[/.?-])",
    re.IGNORECASE,
)
PATHS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?=[/-]|$)"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_-]|$)"),
    re.compile(r"/(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>20\d\d)(?=[/-]|$)"),
)


Candidate = tuple[Origin, datetime | None, bool]  # where it stood, and whether it has an hour


@dataclass(frozen=True, slots=True)
class Around:
    """The blocks that may show the date."""

    above: Sequence[Block]  # the headline
    below: Sequence[Block]  # it, as far as the lead
    far: Sequence[Block]  # those elsewhere that say that they do


def published(
    document: Document,
    source: Source,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    near: Callable[[], Around],
) -> Dated | None:
    """When the article was published, and how that is known; None where nothing says so.

    `near` gives the blocks that may show it.
    """
    zone, now = ZoneInfo(source.timezone), document.page.fetched_at
    day_only: Dated | None = None
    for origin, at, exact in _candidates(document, zone, link, objects, near, now):
        if at is None or not EARLIEST <= at <= now + AHEAD:
            continue
        dated = Dated(at=at.replace(microsecond=0), origin=origin)
        if day_only is None and exact:
            return dated
        if day_only is None:
            day_only = dated
        elif exact and timedelta(0) <= dated.at - day_only.at < timedelta(days=1):
            return dated  # the same day, with its hour
    return day_only


def _candidates(
    document: Document,
    zone: ZoneInfo,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    near: Callable[[], Around],
    now: datetime,
) -> Iterator[Candidate]:
    """Everything that may be the date, the most trustworthy first; and whether it has an hour."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        said = declared.first(objects, name)
        yield "json-ld", times.declared(said, zone) if said else None, times.has_time(said)
    yield from _metas(document, METAS, zone)
    for said in _time_elements(document):
        yield "time", times.declared(said, zone), times.has_time(said)
    around = near()
    shown = [block.text for block in (*around.above, *around.below) if len(block.text) <= LINE]
    first = [said for said in shown if tells_date(said)]
    nearest = (block.text for block in (*around.above[-1:], *around.below))
    first += [said for said in nearest if _is_date(said, zone, now)]
    yield from _visible(first, zone)
    yield from _metas(document, ANY_DATES, zone)
    far = (block.text for block in around.far)
    shown.sort(key=lambda said: bool(MODIFIED.search(said)))
    yield from _visible((*far, *shown, *_marked_dates(document)), zone)
    yield "slug", _in_url(document.page.url, zone), False
    if link and link.published:
        yield link.published.origin, link.published.at, True
    for said in shown:
        yield "relative", times.relative(said, now, zone), True


def _metas(document: Document, names: Sequence[str], zone: ZoneInfo) -> Iterator[Candidate]:
    for said in filter(None, map(document.meta, names)):
        yield "meta", times.declared(said, zone), times.has_time(said)


def _visible(texts: Iterable[str], zone: ZoneInfo) -> Iterator[Candidate]:
    for said in texts:
        at = times.absolute(said, zone)
        yield "visible", at, at is not None and times.has_time(said)


def tells_date(text: str) -> bool:
    """Whether a line says that it is the date: "Datum: 28.04.2023", "Gepubliceerd op 3 mei"."""
    return bool(DATED.match(text)) or says_published(text)


def shows(document: Document, at: datetime) -> bool:
    """Whether a short line of a page is the day of this moment, whatever the time zone."""
    found = (
        times.absolute(block.text, ZoneInfo("UTC"))
        for block in document.blocks
        if len(block.text) <= LINE
    )
    return any(one is not None and abs(one - at) <= AHEAD for one in found)


def _is_date(text: str, zone: ZoneInfo, now: datetime) -> bool:
    """Whether a line is a date and little else, and neither today's nor that of a change.

    The day on which the page was fetched stands on top of many papers.
    """
    if len(text) > LONGEST or not BEGINS.match(text) or MODIFIED.search(text) or is_caption(text):
        return False
    at = times.absolute(text, zone)
    return at is not None and at < now - AHEAD


def _time_elements(document: Document) -> Iterator[str]:
    """The values of `<time>`, those that say "published" first, those of other articles never."""
    elements = list(document.root.iter("time"))[:40]
    articles = list(document.root.iter("article"))

    def rank(element: Any) -> int:
        names = " ".join(element.get(name) or "" for name in ("class", "itemprop", "pubdate", "id"))
        parent = element.getparent()
        names += " " + (parent.get("class") or "" if parent is not None else "")
        if MODIFIED.search(names):
            return 3
        return (
            0 if element.get("itemprop") == "datePublished" else 1 if PUBLISHED.search(names) else 2
        )

    for element in sorted(elements, key=rank)[:8]:
        nested = sum(1 for one in element.iterancestors("article"))
        if nested > 1 or (nested and len(articles) > 3) or _is_elsewhere(element):
            continue  # another article's
        yield (
            element.get("datetime") or element.get("content") or text_of(element, LINE, between="")
        )


def _marked_dates(document: Document) -> Iterator[str]:
    """The texts of elements whose class says that they show a date, wherever they stand."""
    yield from (
        str(element.get("content"))
        for element in document.root.xpath("descendant::*[@content and (@property or @itemprop)]")
        if CREATED.search(element.get("property") or element.get("itemprop") or "")
    )
    is_among_others = Within(_holds_others)
    for element in MAYBE_DATES(document.root):
        name = element.get("class") or ""
        if element.tag in ("body", "html", "time", "meta") or not DATE.search(name):
            continue
        parent = element.getparent()
        if (parent is not None and is_among_others(parent)) or MODIFIED.search(name):
            continue
        for text in (element.get("title") or "", text_of(element, LONGEST)):
            if len(text) <= LONGEST:
                yield text


def _holds_others(element: Any) -> bool:
    return element.tag in ELSEWHERE or bool(OTHERS.search(element.get("class") or ""))


def _is_elsewhere(element: Any) -> bool:
    return any(one.tag in ELSEWHERE for one in element.iterancestors())


def _in_url(url: str, zone: ZoneInfo) -> datetime | None:
    """The day that a URL names: "/2021/12/15/" or the number of a wire story, "-ANP151221034"."""
    for pattern in (*PATHS, SLUG):
        if found := pattern.search(url):
            year = int(found["year"])
            year += 2000 if year < 100 else 0
            try:
                day = datetime(year, int(found["month"]), int(found["day"]), tzinfo=zone)
            except ValueError:
                continue
            return day.astimezone(UTC)
    return None


def selected(said: str, document: Document, source: Source) -> Dated | None:
    """The date of an element that the operator's selector found."""
    zone, now = ZoneInfo(source.timezone), document.page.fetched_at
    for origin, at in (
        ("visible", times.declared(said, zone)),
        ("relative", times.relative(said, now, zone)),
    ):
        if at and EARLIEST <= at <= now + AHEAD:
            return Dated(at=at.replace(microsecond=0), origin=origin)  # type: ignore[arg-type]
    return None
