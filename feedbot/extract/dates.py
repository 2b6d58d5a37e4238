"""When an article was published, by the most trustworthy thing that says so.

    JSON-LD > meta > <time> > a date in the text of the page > metadata that may be of the last
    change > the address > the listing > dates of a change > "4 uur geleden" > the month of the
    address

A page that shows no date gets none: a guess would put old news on top of a feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from ..document import Block, Document, text_of
from ..language import times
from ..language.fold import fold
from ..language.labels import Label, is_caption, label_of, says_published
from ..language.order import Local
from ..language.times import Found
from ..model import Dated, Link, Origin, Source
from ..stamps import label_before, local_of, stamped
from . import declared
from .shown import LONGEST, dates_of, lines_of
from .within import Within

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news site is older
AHEAD = timedelta(days=1)  # clocks and time zones of publishers are wrong by hours, not by days
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
BEGINS = re.compile(r"(?:[^\W\d]+[\s,.:|·•/-]+){0,5}\d")  # a number after five words at most
DATELINE = re.compile(r"(?:[^\W\d][^\W\d.-]*[\s/,.-]{1,2}){1,4}\(?(?:[^\W\d]+,? )?\d[^–—:]{5,24}")
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
IN_MONTH = timedelta(days=40)  # the month of an address is that of the first draft at times
TIMES = 40  # elements `<time>` of a page that are looked at
FEW = 8  # of them that are believed
MIDNIGHT = time(0)
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
MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])(?=/)")


Candidate = tuple[Origin, Found | None]  # where it stood; None for what is not a date


@dataclass(frozen=True, slots=True)
class Around:
    """The blocks that may show the date."""

    above: Sequence[Block]  # the headline
    below: Sequence[Block]  # it, as far as the lead
    far: Sequence[Block]  # those elsewhere that say that they do
    changed: Sequence[Block]  # and those that say when it was changed
    lead: str = ""  # the beginning of the text


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
    local = local_of(document, source)
    day_only: Dated | None = None
    for origin, found in _candidates(document, local, link, objects, near):
        if found is None or not EARLIEST <= found.at <= local.now + AHEAD:
            continue
        dated = Dated(at=found.at.replace(microsecond=0), origin=origin)
        if day_only is None and found.has_clock:
            return dated
        if day_only is None:
            day_only = dated
        elif found.has_clock and timedelta(0) <= dated.at - day_only.at < timedelta(days=1):
            return dated  # the same day, with its hour
    return day_only


def _candidates(
    document: Document,
    local: Local,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    near: Callable[[], Around],
) -> Iterator[Candidate]:
    """Everything that may be the date, the most trustworthy first."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield "json-ld", _stamp(_linked(objects, name), local)
    yield from _metas(document, METAS, local)
    changed: list[Candidate] = []
    for label, said in _time_elements(document):
        one: Candidate = ("time", _stamp(said, local))
        if label == Label.CHANGED:
            changed.append(one)
        else:
            yield one
    page = _Shown(document, near(), local)
    month = _month_in_url(document.page.url, local.zone)
    unlike: list[Candidate] = []
    for one in page.first():
        if one[1] is None or _is_near(one[1], month):
            yield one
        else:
            unlike.append(one)
    latest = min((_end(found) for _, found in page.changes() if found), default=local.now + AHEAD)
    for origin, found in _metas(document, ANY_DATES, local):
        if found and found.at <= latest:  # nothing is published after it was changed
            yield origin, found
    yield from page.others()
    yield "slug", _in_url(document.page.url, local.zone)
    if link and link.published:
        yield link.published.origin, Found(link.published.at, _has_hour(link.published, local))
    yield from unlike
    yield from changed
    yield from page.last()
    yield "slug", month


def _is_near(found: Found, month: Found | None) -> bool:
    """Whether a date may belong to an address with this month."""
    return month is None or -AHEAD <= found.at - month.at <= IN_MONTH


def _end(found: Found) -> datetime:
    """The moment, or the end of the day."""
    return found.at if found.has_clock else found.at + timedelta(days=1)


def _has_hour(dated: Dated, local: Local) -> bool:
    return dated.at.astimezone(local.zone).time() != MIDNIGHT


def _stamp(said: str, local: Local) -> Found | None:
    return times.stamp(said, local.zone, local.month_first) if said else None


def _linked(objects: Sequence[Mapping[str, Any]], name: str) -> str:
    """The first such date in JSON-LD; numbers are seconds since 1970."""
    numbers = (one[name] for one in objects if isinstance(one.get(name), int | float))
    return declared.first(objects, name) or str(next(numbers, ""))


def _metas(document: Document, names: Sequence[str], local: Local) -> Iterator[Candidate]:
    for said in filter(None, map(document.meta, names)):
        yield "meta", _stamp(said, local)


class _Shown:
    """The dates that readers see on a page, in the order in which they are believed."""

    def __init__(self, document: Document, around: Around, local: Local) -> None:
        self._document, self._around, self._local = document, around, local
        self._stamps = _stamps(document, local)
        lines = lines_of((*around.above, *around.below), local)
        self._lines = [one for one in lines if len(one.text) <= LINE]

    def first(self) -> Iterator[Candidate]:
        """What is said to be the date of publication; then dates beside the headline."""
        lines = [one for one in self._lines if not one.is_headline]
        told = [one.text for one in lines if tells_date(one.text)]
        short = [one.text for one in lines if len(one.text) <= LONGEST]
        yield from self._labelled((*told, *short), (Label.PUBLISHED,))
        yield from self._labelled(told, (Label.NONE,))
        nearest = {*self._around.above[-1:], *self._around.below}
        beside = [one for one in lines if not nearest.isdisjoint(one.blocks)]
        dates = [one.text for one in beside if self._is_date(one.text)]
        yield from self._labelled(dates, (Label.PUBLISHED, Label.NONE))

    def others(self) -> Iterator[Candidate]:
        """Other dates, wherever they stand."""
        far = [block.text for block in self._around.far]
        shown = [one.text for one in self._lines if not one.is_headline]
        texts = (*far, *shown, *_marked_dates(self._document), *self._dateline())
        yield from self._labelled(texts, (Label.PUBLISHED, Label.NONE))
        if "" in self._stamps:
            yield "visible", self._stamps[""]

    def changes(self) -> Iterator[Candidate]:
        """Dates of a change; those near the headline first."""
        shown = [one.text for one in self._lines if not one.is_headline]
        far = [block.text for block in self._around.changed]
        yield from self._labelled((*shown, *far), (Label.CHANGED,))

    def last(self) -> Iterator[Candidate]:
        """Dates of a change, those in headlines, and ages."""
        yield from self.changes()
        headlines = [one.text for one in self._lines if one.is_headline]
        yield from self._labelled(headlines, tuple(Label))
        for line in self._lines:
            at = times.relative(line.text, self._local.now, self._local.zone)
            yield "relative", Found(at, True) if at else None

    def _dateline(self) -> Iterator[str]:
        """The beginning of a text such as "Karlsruhe, (12.11.2021). Traditionally, …"."""
        if found := DATELINE.match(self._around.lead):
            yield found[0]

    def _labelled(self, texts: Iterable[str], labels: Collection[Label]) -> Iterator[Candidate]:
        for text in texts:
            for one in dates_of(text, self._local, self._stamps):
                if one.label in labels:
                    yield "visible", one.found
                    break

    def _is_date(self, text: str) -> bool:
        """Whether a line is a date and little else, and neither today's nor that of a change.

        The day on which the page was fetched stands on top of many papers.
        """
        if len(text) > LONGEST or is_caption(text):
            return False
        dates = dates_of(text, self._local, self._stamps)
        if not dates or dates[0].label == Label.CHANGED or MODIFIED.search(text):
            return False
        is_first = BEGINS.match(text) or dates[0].found.start == 0
        return bool(is_first) and dates[0].found.at < self._local.now - AHEAD


def _stamps(document: Document, local: Local) -> dict[str, Found]:
    """The moments that elements of this article carry, by their folded texts.

    That of "" stands where a script writes how long ago it was.
    """
    is_among_others = Within(lambda one: one.tag not in ("a", "li") and _holds_others(one))
    stamps: dict[str, Found] = {}
    for element, found in stamped(document.root, local.zone, local.month_first):
        if element.tag != "time" and not is_among_others(element):
            stamps.setdefault(fold(text_of(element, LONGEST)), found)
    return stamps


def tells_date(text: str) -> bool:
    """Whether a line says that it is the date: "Datum: 28.04.2023", "Gepubliceerd op 3 mei"."""
    return bool(DATED.match(text)) or says_published(text)


def tells_change(text: str) -> bool:
    """Whether a line says when something was changed, and little else."""
    return len(text) <= LONGEST and label_of(text) == Label.CHANGED


def shows(document: Document, at: datetime) -> bool:
    """Whether a short line of a page is the day of this moment, whatever the time zone."""
    found = (
        times.absolute(block.text, ZoneInfo("UTC"), is_american)
        for block in document.blocks
        if len(block.text) <= LINE
        for is_american in (False, True)
    )
    return any(one is not None and abs(one - at) <= AHEAD for one in found)


def _time_elements(document: Document) -> Iterator[tuple[Label, str]]:
    """The values of `<time>` and their labels, those of other articles left out.

    What says "published" comes first.
    """
    elements = [(_label_of(one), one) for one in islice(document.root.iter("time"), TIMES)]
    articles = list(document.root.iter("article"))
    for label, element in sorted(elements, key=lambda pair: _rank(*pair))[:FEW]:
        nested = sum(1 for one in element.iterancestors("article"))
        if nested > 1 or (nested and len(articles) > 3) or _is_elsewhere(element):
            continue  # another article's
        for said in (element.get("datetime"), element.get("content"), element.get("title")):
            yield label, said or ""
        yield label, text_of(element, LINE, between="")


def _rank(label: Label, element: Any) -> tuple[bool, bool, Label]:
    return label == Label.CHANGED, element.get("itemprop") != "datePublished", label


def _label_of(element: Any) -> Label:
    """What the names of a `<time>`, or the words before it, say that it is."""
    names = " ".join(element.get(name) or "" for name in ("class", "itemprop", "pubdate", "id"))
    parent = element.getparent()
    names += " " + (parent.get("class") or "" if parent is not None else "")
    said = label_before(element)
    if MODIFIED.search(names):
        return Label.CHANGED
    return Label.PUBLISHED if said == Label.NONE and PUBLISHED.search(names) else said


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
    """Whether a date is in a list, a tweet or a link that says more than the date."""
    said = text_of(element, LINE)
    return any(
        one.tag in ELSEWHERE and (one.tag != "a" or text_of(one, LINE) != said)
        for one in element.iterancestors()
    )


def _in_url(url: str, zone: ZoneInfo) -> Found | None:
    """The day that a URL names: "/2021/12/15/" or the number of a wire story, "-ANP151221034"."""
    for pattern in (*PATHS, SLUG):
        if found := pattern.search(url):
            year = int(found["year"])
            year += 2000 if year < 100 else 0
            try:
                day = datetime(year, int(found["month"]), int(found["day"]), tzinfo=zone)
            except ValueError:
                continue
            return Found(day.astimezone(UTC), False)
    return None


def _month_in_url(url: str, zone: ZoneInfo) -> Found | None:
    """The first day of the month of an address such as "/2011/02/"."""
    found = MONTH.search(url)
    if found is None:
        return None
    return Found(datetime(int(found["year"]), int(found["month"]), 1, tzinfo=zone), False)


def selected(said: str, document: Document, source: Source) -> Dated | None:
    """The date of an element that the operator's selector found."""
    local = local_of(document, source)
    found = _stamp(said, local)
    for origin, at in (
        ("visible", found.at if found else None),
        ("relative", times.relative(said, local.now, local.zone)),
    ):
        if at and EARLIEST <= at <= local.now + AHEAD:
            return Dated(at=at.replace(microsecond=0), origin=origin)  # type: ignore[arg-type]
    return None
