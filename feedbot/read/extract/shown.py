"""The dates that readers see on the page of an article, in the order in which they are believed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from lxml import etree

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import Label, is_caption, label_of, says_published
from ...languages.order import Local
from ...languages.times import Found
from ...model import Origin
from ...web.document import Block, Document, text_of
from ...web.timestamps import timestamped
from .ancestry import Within
from .lines import LONGEST_LINE, dates_of, lines_of

CLOCK_ERROR = timedelta(
    days=1
)  # clocks and time zones of publishers are wrong by hours, not by days
LONGEST_SHOWN = 200  # characters of a text that may show one
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
Candidate = tuple[Origin, Found | None]  # where it stood; None for what is not a date


@dataclass(frozen=True, slots=True)
class Around:
    """The blocks that may show the date."""

    above: Sequence[Block]  # the headline
    below: Sequence[Block]  # it, as far as the lead
    far: Sequence[Block]  # those elsewhere that say that they do
    changed: Sequence[Block]  # and those that say when it was changed
    lead: str = ""  # the beginning of the text


class ShownDates:
    """The dates that readers see on a page, in the order in which they are believed."""

    def __init__(self, document: Document, around: Around, local: Local) -> None:
        self._document, self._around, self._local = document, around, local
        self._stamps = _stamps(document, local)
        lines = lines_of((*around.above, *around.below), local)
        self._lines = [one for one in lines if len(one.text) <= LONGEST_SHOWN]

    def first(self) -> Iterator[Candidate]:
        """What is said to be the date of publication; then dates beside the headline."""
        lines = [one for one in self._lines if not one.is_headline]
        told = [one.text for one in lines if tells_date(one.text)]
        short = [one.text for one in lines if len(one.text) <= LONGEST_LINE]
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
        for origin, found in self.changes():
            yield origin, without_hour(found)
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
        if len(text) > LONGEST_LINE or is_caption(text):
            return False
        dates = dates_of(text, self._local, self._stamps)
        if not dates or dates[0].label == Label.CHANGED or MODIFIED.search(text):
            return False
        is_first = BEGINS.match(text) or dates[0].found.start == 0
        return bool(is_first) and dates[0].found.at < self._local.now - CLOCK_ERROR


def _stamps(document: Document, local: Local) -> dict[str, Found]:
    """The moments that elements of this article carry, by their folded texts.

    That of "" stands where a script writes how long ago it was.
    """
    is_among_others = Within(lambda one: one.tag not in ("a", "li") and _holds_others(one))
    stamps: dict[str, Found] = {}
    for element, found in timestamped(document.root, local.zone, local.month_first):
        if element.tag != "time" and not is_among_others(element):
            stamps.setdefault(fold(text_of(element, LONGEST_LINE)), found)
    return stamps


def tells_date(text: str) -> bool:
    """Whether a line says that it is the date: "Datum: 28.04.2023", "Gepubliceerd op 3 mei"."""
    return bool(DATED.match(text)) or says_published(text)


def tells_change(text: str) -> bool:
    """Whether a line says when something was changed, and little else."""
    return len(text) <= LONGEST_LINE and label_of(text) == Label.CHANGED


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
        for text in (element.get("title") or "", text_of(element, LONGEST_LINE)):
            if len(text) <= LONGEST_LINE:
                yield text


def _holds_others(element: Any) -> bool:
    return element.tag in ELSEWHERE or bool(OTHERS.search(element.get("class") or ""))


def is_elsewhere(element: Any) -> bool:
    """Whether a date is in a list, a tweet or a link that says more than the date."""
    said = text_of(element, LONGEST_SHOWN)
    return any(
        one.tag in ELSEWHERE and (one.tag != "a" or text_of(one, LONGEST_SHOWN) != said)
        for one in element.iterancestors()
    )


def without_hour(found: Found | None) -> Found | None:
    """A date of change: its hour says nothing of the day of publication."""
    return replace(found, has_clock=False) if found else None
