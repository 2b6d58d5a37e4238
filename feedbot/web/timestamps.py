"""Times that elements carry for machines, beside words such as "2 weeks ago".

<span title="2026-11-09T14:05:00Z">2 weeks ago</span>
<span data-timestamp="1794233100">9 Nov</span>
<span property="dc:created" content="2026-11-09T14:05:00Z">Mon, 11/09/2026</span>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from lxml import etree

from ..languages import times
from ..languages.labels import Label, label_of
from ..languages.order import Local, habit
from ..languages.pattern import Pattern
from ..languages.tables import any_spelt
from ..model import Source
from .document import HEADINGS, Document, text_of

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news site is older
WORDS = 60  # characters of a text that says when, and no more
LONGEST_VALUE = 80  # characters of a value
BESIDE = 24  # characters of a value that are not the date: "Posted on Monday, "
MOST_ELEMENTS = 60  # such elements of a page
NUMBERED = re.compile(r"time|date|stamp|publi|epoch|utime|posted|created", re.IGNORECASE)
CHANGED = re.compile(r"modif|updat|edit|expire|end|start", re.IGNORECASE)
DIGITS = re.compile(r"[\d.]+")
# What has an attribute that may hold one; libxml2 looks faster than Python.
STAMPED = etree.XPath(
    "descendant-or-self::*[@datetime or @title or @aria-label or @*[starts-with(name(), 'data-')]"
    " or (@content and (@property or @itemprop))]"
)
LENGTH = Pattern(
    lambda: (
        r"duration|runtime|playtime|(?:video|clip|media|audio|track)[-_]?(?:time|length)"
        rf"|{any_spelt('classes.length')}"
    ),
    re.IGNORECASE,
)
FEW = 8  # elements in a clock that are looked at
NEAR = 3  # elements around it
CLOCK = 12  # characters of a clock
# What never has a text: its title tells of what it leads to, or shows.
NEVER_FILLED = frozenset(("link", "meta", "img", "iframe", "input", "area", "embed", "source"))
PLAYERS = frozenset(("figure", "video", "audio", "button"))


def local_of(document: Document, source: Source) -> Local:
    """How a site writes its dates, by one of its pages."""
    return habit(
        (block.text for block in document.blocks),
        now=document.page.fetched_at,
        timezone=source.timezone,
        languages=(source.language, document.root.get("lang") or "", document.meta("og:locale")),
        stamped=partial(_stamped_texts, document),
    )


def _stamped_texts(document: Document) -> list[tuple[str, datetime]]:
    """What says when something was written, with the moment that it carries for machines."""
    found = timestamped(document.root, times.ANYWHERE, times.YMD)
    return [(text_of(element, WORDS, between=""), one.at) for element, one in found]


def timestamp_of(element: etree._Element, zone: ZoneInfo, order: times.Order) -> times.Found | None:
    """The most exact time in the attributes of an element that says when, or says nothing."""
    values = list(values_of(element))
    if not values or not (element.tag == "time" or _says_when(element, zone)):
        return None
    found = [one for value in values if (one := _read(value, zone, order)) is not None]
    return max(found, key=lambda one: one.has_clock, default=None)


def timestamped(
    root: etree._Element, zone: ZoneInfo, order: times.Order
) -> Iterator[tuple[etree._Element, times.Found]]:
    """The elements below `root` with such a time, and that time; MOST at most."""
    left = MOST_ELEMENTS
    for element in STAMPED(root):
        if left and (found := timestamp_of(element, zone, order)) is not None:
            left -= 1
            yield element, found


def is_length(element: etree._Element) -> bool:
    """Whether a clock that is all the text of this element is the length of a film or a sound."""
    if not text_of(element, CLOCK):
        return False
    whole = element  # with the picture or the player that the clock is laid over
    for one in islice(element.iterancestors(), NEAR):
        if not text_of(one, CLOCK):
            break
        whole = one
    inside = islice(whole.iter(etree.Element), FEW)
    around = islice(whole.iterancestors(), NEAR)
    return any(
        one.tag in PLAYERS or LENGTH.search(one.get("class") or "") for one in (*inside, *around)
    ) or any(True for _ in whole.iter("img", "picture"))


def label_before(element: etree._Element) -> Label:
    """What the words right before an element, in its parent or beside it, say that it is."""
    for one in (element, element.getparent()):
        parent = one.getparent() if one is not None else None
        if one is None or parent is None:
            break
        previous = one.getprevious()
        said = parent.text if previous is None else previous.tail
        if (said or "").strip():
            return label_of(str(said)[-WORDS:])
        if previous is not None:
            is_label = previous.tag not in ("time", *HEADINGS)
            return label_of(text_of(previous, WORDS)) if is_label else Label.NONE
    return Label.NONE


def _says_when(element: etree._Element, zone: ZoneInfo) -> bool:
    """Whether the text of an element is a time; or nothing, for a script to fill it."""
    text = text_of(element, WORDS, between="")
    if not text:
        is_filled_later = element.tag not in NEVER_FILLED and len(element) == 0
        return is_filled_later and text_of(element, 0) == ""
    if len(text) > WORDS:
        return False
    return (
        times.without_age(text) != text
        or times.is_relative(text)
        or times.is_clock(text)
        or bool(times.found_in(text, zone))
        or times.is_day_of_year(text)
    )


def values_of(element: etree._Element) -> Iterator[str]:
    """The values of the attributes that may hold its time."""
    for name, said in element.attrib.items():
        value = str(said).strip() if name != "content" or _is_of_text(element, said) else ""
        is_long_enough = 6 <= len(value) <= LONGEST_VALUE and any(sign.isdigit() for sign in value)
        if is_long_enough and _may_hold(str(name), value):
            yield value


def _is_of_text(element: etree._Element, content: str) -> bool:
    """Whether RDFa or microdata may say in `content` when something was written."""
    name = element.get("property") or element.get("itemprop") or ""
    return element.tag != "meta" and not CHANGED.search(name) and not DIGITS.fullmatch(content)


def _may_hold(name: str, value: str) -> bool:
    """Whether an attribute may hold a time. Bare numbers need a name that says so."""
    if not name.startswith("data-"):
        return name in ("datetime", "title", "aria-label", "content")
    return not CHANGED.search(name) and bool(NUMBERED.search(name) or not DIGITS.fullmatch(value))


def _read(value: str, zone: ZoneInfo, order: times.Order) -> times.Found | None:
    found = times.stamp(value, zone, order)
    if found is None or (found.end and len(value) - (found.end - found.start) > BESIDE):
        return None
    return found
