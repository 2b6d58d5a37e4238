"""When an article was published, by the most trustworthy thing that says so.

    JSON-LD > meta > <time> > a date that the page shows > metadata that may be of the last change
    > the address > the listing > a date that most pages of the site show > a dateline > dates of
    a change > "4 uur geleden" > the month of the address

A date beside the headline comes last, and neither a dateline nor the listing counts, where the
address names another month.

A page that shows no date gets none: a guess would put old news on top of a feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ...languages import order, times
from ...languages.labels import Label, says_changed
from ...languages.order import Local
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...languages.times import Found
from ...model import Dated, Link, Origin, Source
from ...web.document import Document, text_of
from ...web.timestamps import EARLIEST, label_before, local_of, values_of
from . import structured_data
from .about import other_items, shared
from .ancestry import Within
from .furniture import is_comment_section
from .habits import UNKNOWN, Habits
from .shown import (
    CLOCK_ERROR,
    LONGEST_SHOWN,
    Around,
    Candidate,
    ShownDates,
    is_elsewhere,
    without_hour,
)
from .titles import headings as headings_of
from .titles import shown_headings

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
PUBLISHED = Pattern(
    lambda: rf"publ|post|date|time|created|{any_spelt('classes.published')}", re.IGNORECASE
)
IN_MONTH = timedelta(days=40)  # the month of an address is that of the first draft at times
TIMES = 40  # elements `<time>` of a page that are looked at
MANY = 3  # elements `<article>` of a page that has one article and perhaps some teasers
MOST_BELIEVED = 8  # of them that are believed
EDITION = timedelta(days=31)  # an older moment is no edition's, not even that of a monthly
DATE, MINUTE, ORDER = (
    "date",
    "date to the minute",
    "order of dates",
)  # the kinds of fact that a site's habits remember
MIDNIGHT = time(0)
SLUG = re.compile(
    r"-(?:ANP|ap|dpa|rtr)?(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>\d\d)\d{3}(?=$|[/.?-])",
    re.IGNORECASE,
)
PATHS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?=[/-]|$)"),
    re.compile(r"/(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_-]|$)"),
    re.compile(r"/(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>20\d\d)(?=[/-]|$)"),
)
THOUSANDTHS = re.compile(r"(?<=:\d\d)[:.]\d{3}(?=Z|[+-]\d|$)")  # 22:06:08:684Z
SECONDS = re.compile(r"(?<=[T ]\d\d:\d\d):\d\d(?:\.\d+)?")
FRACTION = re.compile(r"(?<=[T ]\d\d:\d\d:\d\d)\.\d+")
MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])(?=/)")


def publication_date(
    document: Document,
    source: Source,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    near: Callable[[], Around],
    habits: Habits = UNKNOWN,
) -> Dated | None:
    """When the article was published, and how that is known; None where nothing says so.

    `near` gives the blocks that may show it.
    """
    local = local_at(document, source, habits)
    found = _most_trustworthy(_candidates(document, local, link, objects, near, habits), local)
    addressed = _in_url(document.page.url, local.zone)
    if found is not None and addressed is not None:
        found = _as_told(found, addressed.at, local, document)
    listed = link.published if link is not None else None
    if found is None or listed is None or _order_of_others(habits):
        return found
    return _as_told(found, listed.at, local, document)


def local_at(document: Document, source: Source, habits: Habits) -> Local:
    """How a site writes dates: by one of its pages, or where that leaves it open, by the others."""
    local, usual = local_of(document, source), _order_of_others(habits)
    is_open = local.order in (times.DMY, times.MDY) and local.order != usual
    return (
        local._replace(order=usual) if usual and is_open and not _order_shown(document) else local
    )


def _order_of_others(habits: Habits) -> times.Order | None:
    """Whether the month comes first on other pages of the site, where all that tell agree."""
    month, day = (habits.recurs(ORDER, str(one)) for one in (times.MDY, times.DMY))
    if month == day:
        return None
    return times.MDY if month else times.DMY


def _order_shown(document: Document) -> times.Order | None:
    """The order in which alone the dates of a page can be read, or of its part that is read."""
    return order.shown(
        (block.text for block in document.blocks),
        now=document.page.fetched_at,
        languages=(document.root.get("lang") or "",),
    )


def _as_told(found: Dated, told: datetime, local: Local, document: Document) -> Dated:
    """A date that is shown in numbers, with day and month as the address of its page or its listing
    reads them: of many dates more is known than of one.
    """
    day, at = told.astimezone(local.zone), found.at.astimezone(local.zone)
    if found.origin != "visible" or at.year != day.year:
        return found
    if (at.day, at.month) != (day.month, day.day) or at.day == at.month:
        return found
    year = f"(?:{at.year}|{at.year % 100:02})"
    shown = re.compile(rf"\b0?{at.day}(?P<sign>[./-])0?{at.month}(?P=sign){year}\b")
    lines = (block.text for block in document.blocks if len(block.text) <= LONGEST_SHOWN)
    if not any(map(shown.search, lines)):
        return found
    return replace(found, at=at.replace(month=day.month, day=day.day).astimezone(UTC))


def _most_trustworthy(candidates: Iterable[Candidate], local: Local) -> Dated | None:
    """The first that may be right, with its hour, if another one gives that of the same day."""
    day_only: Dated | None = None
    for origin, found in candidates:
        if found is None or not EARLIEST <= found.at <= local.now + CLOCK_ERROR:
            continue
        dated = Dated(at=found.at.replace(microsecond=0), origin=origin)
        if day_only is None and found.has_clock:
            return dated
        if day_only is None:
            day_only = dated
        elif found.has_clock and timedelta(0) <= dated.at - day_only.at < timedelta(days=1):
            return Dated(at=dated.at, origin=day_only.origin)  # the same day, with its hour
    return day_only


def _candidates(
    document: Document,
    local: Local,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    near: Callable[[], Around],
    habits: Habits,
) -> Iterator[Candidate]:
    """Everything that may be the date, the most trustworthy first."""
    page = ShownDates(document, near, local)
    stated, usual, at_once = _declared(document, objects, local, habits)
    yield from _as_shown(stated, page)
    timed, changed = _timed(document, local, page)
    yield from timed
    month = _month_in_url(document.page.url, local.zone)
    first = list(page.first())
    yield from (one for one in first if _is_near(one[1], month))
    yield from _before_change(document, page, local)
    yield from page.others()
    yield "slug", _in_url(document.page.url, local.zone)
    yield from (one for one in _listed(link, local) if _is_near(one[1], month))
    for other in (page.usual(), page.datelines()):
        yield from (one for one in other if _is_near(one[1], month))
    yield from (*first, *usual, *changed)
    yield from page.last()
    if month:
        yield from page.only_one_in(month)
    yield "slug", month
    yield from at_once


def _timed(
    document: Document, local: Local, page: ShownDates
) -> tuple[list[Candidate], list[Candidate]]:
    """The dates of `<time>`; and the days of those that say that they are of a change."""
    found = [(label, _stamp(said, local)) for label, said in _time_elements(document, page)]
    timed: list[Candidate] = [("time", one) for label, one in found if label != Label.CHANGED]
    changed = [one for label, one in found if label == Label.CHANGED]
    return timed, [("time", without_hour(one)) for one in changed]


def _before_change(document: Document, page: ShownDates, local: Local) -> Iterator[Candidate]:
    """Metadata that may be of the last change: nothing is published after it was changed."""
    latest = min(
        (_end(found) for _, found in page.changes() if found), default=local.now + CLOCK_ERROR
    )
    for said in _in_metas(document, ANY_DATES):
        found = _stamp(said, local)
        if found and found.at <= latest:
            yield "meta", found


def _listed(link: Link | None, local: Local) -> Iterator[Candidate]:
    """What the listing says."""
    if link and link.published:
        yield link.published.origin, Found(link.published.at, _has_hour(link.published, local))


def _declared(
    document: Document, objects: Sequence[Mapping[str, Any]], local: Local, habits: Habits
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The dates that the page declares; those days that most pages of its site declare; and those
    moments of which most declare the minute, with other seconds.

    A moment that most of them declare is that of a template, and left out, unless it is so young
    that it may be that of an edition: its articles appear together. With other seconds it may be
    that of a template that is filled in each time, or of articles that were published at once.
    """
    own: list[Candidate] = []
    usual: list[Candidate] = []
    at_once: list[Candidate] = []
    for origin, said in _said(document, objects):
        found = _stamp(said, local)
        if not habits.has(MINUTE, _to_minute(said)) or _may_be_of_edition(found, local):
            own.append((origin, found))
        elif found and not found.has_clock:
            usual.append((origin, found))
        elif not habits.has(DATE, _to_second(said)):
            at_once.append((origin, found))
    return own, usual, at_once


def _may_be_of_edition(found: Found | None, local: Local) -> bool:
    return found is not None and found.has_clock and local.now - found.at <= EDITION


def _said(document: Document, objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Origin, str]]:
    """What the page declares to be its date, and where."""
    for name in ("datePublished", "dateCreated", "uploadDate"):
        if said := _linked(objects, name):
            yield "json-ld", said
    yield from (("meta", said) for said in _in_metas(document, METAS))


def _as_shown(found: Sequence[Candidate], page: ShownDates) -> Iterator[Candidate]:
    """The same, but where they disagree, those days first that readers see beside the headline."""
    days = [one.at for _, one in found if one]
    if days and max(days) - min(days) > CLOCK_ERROR:
        shown = [one.at for _, one in page.first() if one]
        yield from (one for one in found if one[1] and _is_among(one[1].at, shown))
    yield from found


def _is_among(at: datetime, days: Sequence[datetime]) -> bool:
    return any(abs(at - day) <= CLOCK_ERROR for day in days)


def _is_near(found: Found | None, month: Found | None) -> bool:
    """Whether a date may belong to an address with this month."""
    return not (found and month) or -CLOCK_ERROR <= found.at - month.at <= IN_MONTH


def _end(found: Found) -> datetime:
    """The moment, or the end of the day."""
    return found.at if found.has_clock else found.at + timedelta(days=1)


def _has_hour(dated: Dated, local: Local) -> bool:
    return dated.at.astimezone(local.zone).time() != MIDNIGHT


def _stamp(said: str, local: Local) -> Found | None:
    said = THOUSANDTHS.sub("", said)
    return times.stamp(said, local.zone, local.order) if said else None


def _linked(objects: Sequence[Mapping[str, Any]], name: str) -> str:
    """The first such date in JSON-LD; numbers are seconds since 1970."""
    numbers = (one[name] for one in objects if isinstance(one.get(name), int | float))
    return structured_data.first(objects, name) or str(next(numbers, ""))


def facts(document: Document, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The dates that a page declares, for the habits of its site: (kind, value)."""
    for _, said in _said(document, found):
        yield DATE, _to_second(said)
        yield MINUTE, _to_minute(said)


def shown_facts(part: Document) -> Iterator[tuple[str, str]]:
    """What the part of a page that is read shows of dates, likewise."""
    if shown := _order_shown(part):
        yield ORDER, str(shown)


def _to_second(said: str) -> str:
    return FRACTION.sub("", said)


def _to_minute(said: str) -> str:
    """A date without its seconds: what builds all pages at once writes each in another one."""
    return SECONDS.sub("", said)


def _in_metas(document: Document, names: Sequence[str]) -> Iterator[str]:
    """The first value of each of these, but not of OpenGraph or microdata of other articles."""
    is_of_another = other_items(document, headings_of(document))
    said: dict[str, str] = {}
    for element in document.elements("meta"):
        name = _name_of(element)
        if name in names and not is_of_another(element):
            said.setdefault(name, element.get("content") or "")
    if said and not shared(document, shown_headings(document), *said):
        return
    yield from (said[name] for name in names if said.get(name))


def _name_of(meta: Any) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()


def shows(document: Document, at: datetime) -> bool:
    """Whether a short line of a page is the day of this moment, whatever the time zone."""
    found = (
        times.absolute(block.text, times.ANYWHERE, order)
        for block in document.blocks
        if len(block.text) <= LONGEST_SHOWN
        for order in (times.DMY, times.MDY, times.YMD)
    )
    return any(one is not None and abs(one - at) <= CLOCK_ERROR for one in found)


def _time_elements(document: Document, page: ShownDates) -> Iterator[tuple[Label, str]]:
    """The values of `<time>` and their labels, those of other articles left out.

    What says "published" comes first.
    """
    is_by_readers = Within(lambda one: bool(is_comment_section(one)))
    is_of_another = other_items(document, headings_of(document))
    elements = [(_label_of(one), one) for one in document.elements("time")[:TIMES]]
    articles = len(document.elements("article"))
    for label, element in sorted(elements, key=lambda pair: _rank(*pair))[:MOST_BELIEVED]:
        if _is_beside(element, articles) or is_by_readers(element):
            continue
        if is_of_another(element) or page.is_reply(element):
            continue
        for said in (element.get("datetime"), element.get("content"), element.get("title")):
            yield label, said or ""
        if not element.get("datetime"):  # for a script: data-timestamp="1794233100"
            yield from ((label, said) for said in values_of(element))
        yield label, text_of(element, LONGEST_SHOWN, between="")


def _is_beside(element: Any, articles: int) -> bool:
    """Whether a `<time>` is that of another article: within this one, or one of many."""
    nested = sum(1 for _ in element.iterancestors("article"))
    return nested > 1 or (nested > 0 and articles > MANY) or is_elsewhere(element)


def _rank(label: Label, element: Any) -> tuple[bool, bool, Label]:
    return label == Label.CHANGED, element.get("itemprop") != "datePublished", label


def _label_of(element: Any) -> Label:
    """What the names of a `<time>`, or the words before it, say that it is."""
    names = " ".join(element.get(name) or "" for name in ("class", "itemprop", "pubdate", "id"))
    parent = element.getparent()
    names += " " + (parent.get("class") or "" if parent is not None else "")
    said = label_before(element)
    if says_changed(names):
        return Label.CHANGED
    return Label.PUBLISHED if said == Label.NONE and PUBLISHED.search(names) else said


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


def selected_date(said: str, document: Document, source: Source) -> Dated | None:
    """The date of an element that the operator's selector found."""
    local = local_of(document, source)
    found = _stamp(said, local)
    for origin, at in (
        ("visible", found.at if found else None),
        ("relative", times.relative(said, local.now, local.zone, local.order)),
    ):
        if at and EARLIEST <= at <= local.now + CLOCK_ERROR:
            return Dated(at=at.replace(microsecond=0), origin=origin)  # type: ignore[arg-type]
    return None
