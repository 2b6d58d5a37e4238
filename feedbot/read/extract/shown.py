"""The dates that readers see on the page of an article, in the order in which they are believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, cached_property
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import (
    Label,
    is_caption,
    label_of,
    says_changed,
    says_published,
    tells_when,
)
from ...languages.order import Local
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, spelt
from ...languages.times import Found
from ...model import Origin
from ...web.document import HEADINGS, Block, Document, Markup, text_of
from ...web.timestamps import timestamped
from .about import other_items
from .ancestry import Within, is_foot
from .lines import LONGEST_LINE, Line, dates_of, is_label, lines_of, says_more
from .prose import is_sentence
from .titles import headings as headings_of

CLOCK_ERROR = timedelta(
    days=1
)  # clocks and time zones of publishers are wrong by hours, not by days
LEADS = 3  # paragraphs that may begin with the date
LONGEST_SHOWN = 200  # characters of a text that may show one
# A number after five words at most. Words of some scripts have signs that are no letters.
BEGINS = re.compile(r"(?:[^\s\d,.:|·•/-]+[\s,.:|·•/-]+){0,5}\d")
VERSION = re.compile(r"(?:version|versie|release|fassung)\s+\d", re.IGNORECASE)
DATELINE = re.compile(r"(?:[^\W\d][^\W\d.-]*[\s/,.-]{1,2}){1,4}\(?(?:[^\W\d]+,? )?\d[^–—:]{5,24}")
DAY_FIRST = re.compile(r"\(?(?:[^\W\d]+,? )?\d[^–—:]{4,20}?(?:\)|\s*[–—:|]|\s+-)\s")
BEGINS_WITH_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [^\W\d]{3,12}\.? \d{4}")
WORD = re.compile(r"[^\W\d_]{2}")
APART = re.compile(r"\s*[,|·•/]\s+|\s+[–—-]\s+")  # what stands between the parts of a line
HEADINGS_BELOW = HEADINGS - {"h1"}
SEVERAL = 2  # links of a line about an article; a teaser has one
CREATED = re.compile(r"(?:^|:)date(?:published|created)$", re.IGNORECASE)
DATE = Pattern(
    lambda: (
        r"(?:^|[\s_-])\w*(?:date|publish|published|time|timestamp|meta|authored"
        rf"|{any_spelt('classes.date')})(?:$|[\s_-])"
    ),
    re.IGNORECASE,
)


@cache
def _maybe_dates() -> etree.XPath:
    """The elements that DATE can match, in whatever case its words begin.

    libxml2 looks faster than Python, and faster among attributes than among elements.
    """
    words = ["date", "publish", "time", "meta", "authored", *spelt("classes.date")]
    named = " or ".join(f"contains(., '{word[1:]}')" for word in words)
    return etree.XPath(f"descendant::*/@class[{named}]/..")


# Where dates are those of other articles, or of what readers wrote.
OTHERS = Pattern(
    lambda: (
        r"comment|related|teaser|sidebar|widget|popular|recent|latest|footer|calendar|event|list\b"
        rf"|more|{any_spelt('classes.others')}"
    ),
    re.IGNORECASE,
)
ELSEWHERE = frozenset(("li", "aside", "nav", "footer", "a", "blockquote"))  # the last: a tweet
BARE = ("a", "li")  # of them, those that may hold the date alone
MOST_TIMES = 3  # dates of one article in a line
BETWEEN = " ,|·•/–—-"  # and what stands between them
DATED = Pattern(lambda: rf"(?:{any_spelt('labels.date')})\b:? \d", re.IGNORECASE)
Candidate = tuple[Origin, Found | None]  # where it stood; None for what is not a date


class Around(NamedTuple):
    """The blocks that may show the date."""

    above: Sequence[Block]  # the headline
    below: Sequence[Block]  # it, as far as the lead
    others: Sequence[Block]  # they, and those elsewhere, some of which say that they do
    leads: Sequence[str] = ()  # the beginnings of the first paragraphs
    replies: Collection[etree._Element] = ()  # boxes below the text whose dates head other texts
    usual: Sequence[Block] = ()  # none of these: most pages of the site show them
    headline: Block | None = None


class ShownDates:
    """The dates that readers see on a page, in the order in which they are believed."""

    def __init__(self, document: Document, near: Callable[[], Around], local: Local) -> None:
        self._document, self._near, self._local = document, near, local

    @cached_property
    def _around(self) -> Around:
        return self._near()

    @cached_property
    def is_reply(self) -> Within:
        """Tells whether an element stands in what readers wrote below the text, or the like."""
        replies = self._around.replies
        return Within(lambda one: one in replies)

    @cached_property
    def _stamps(self) -> dict[str, Found]:
        return _stamps(self._document, self._local, self.is_reply)

    @cached_property
    def _lines(self) -> list[Line]:
        lines = lines_of((*self._around.above, *self._around.below), self._local)
        short = (one for one in lines if len(one.text) <= LONGEST_SHOWN)
        return [self._marked(one) for one in short if not self._announces(one)]

    def _announces(self, line: Line) -> bool:
        """Whether a line above the headline is a sentence: "Closed as of 24 December 2026."."""
        is_above = line.blocks[0] in self._around.above
        return is_above and is_sentence(line.text) and says_more(line.text, self._local)

    def _marked(self, line: Line) -> Line:
        """A line that is what the page calls itself is its headline, however short."""
        is_heading = line.blocks[0].is_heading or line.blocks[0] is self._around.headline
        is_title = is_heading and not self._is_bare_date(line.text)
        said = fold(line.text)
        names = is_title and any(said in fold(one) for one in headings_of(self._document))
        return replace(line, is_headline=line.is_headline or names)

    def _is_bare_date(self, text: str) -> bool:
        """Whether a text says nothing but a day: the headline of a diary, or of minutes."""
        rest = fold(text)
        for one in reversed(dates_of(text, self._local, {})):
            rest = rest[: one.found.start] + rest[one.found.end :]
        return not WORD.search(rest)

    @cached_property
    def _changed(self) -> list[str]:
        """The texts that say when something was changed, wherever they stand."""
        return [block.text for block in self._around.others if _tells_change(block.text)]

    def first(self) -> Iterator[Candidate]:
        """What is said to be the date of publication; then dates beside the headline."""
        lines = [one.text for one in self._lines if not one.is_headline]
        told = list(filter(tells_date, lines))
        short = [text for text in lines if len(text) <= LONGEST_LINE or tells_when(text)]
        yield from self._labelled((*told, *short), (Label.PUBLISHED,))
        yield from self._labelled(told, (Label.NONE,))
        yield from self._labelled(self._beside(), (Label.PUBLISHED, Label.NONE))

    def _beside(self) -> list[str]:
        """The lines right above the headline, and below it, that are dates."""
        nearest = {*self._around.above[-1:], *self._around.below}
        lines = (one for one in self._lines if not one.is_headline)
        return [
            one.text
            for one in lines
            if not nearest.isdisjoint(one.blocks) and self._is_date(one.text)
        ]

    def others(self) -> Iterator[Candidate]:
        """Other dates, wherever they stand; not the day itself, which stands on top of papers."""
        yield from (one for one in self._others if not self._is_today(one))

    def _is_today(self, one: Candidate) -> bool:
        found = one[1]
        if found is None or found.has_clock:
            return False
        zone, now = self._local.zone, self._local.now
        return found.at.astimezone(zone).date() == now.astimezone(zone).date()

    @cached_property
    def _others(self) -> list[Candidate]:
        return list(self._find_others())

    def _find_others(self) -> Iterator[Candidate]:
        far = [block.text for block in self._around.others if tells_date(block.text)]
        above = set(self._around.above)
        lines = [one for one in self._lines if not one.is_headline]
        higher = [one.text for one in lines if above.issuperset(one.blocks)]
        lower = [one.text for one in lines if not above.issuperset(one.blocks)]
        texts = (*far, *reversed(higher), *lower, *self._marked_dates())
        yield from self._labelled(texts, (Label.PUBLISHED, Label.NONE))
        if "" in self._stamps:
            yield "visible", self._stamps[""]

    def _marked_dates(self) -> list[str]:
        """What elements say that are named dates; not what most pages of the site show."""
        usual = {one.text for one in self._around.usual}
        return [one for one in _marked_dates(self._document, self.is_reply) if one not in usual]

    def usual(self) -> Iterator[Candidate]:
        """The day that most pages of the site show: that of an edition. Several are a calendar."""
        found = list(self._labelled((one.text for one in self._around.usual), (Label.NONE,)))
        if len({one.at for _, one in found if one}) == 1:
            yield from found

    def datelines(self) -> Iterator[Candidate]:
        """Dates with which the text begins: of the story, or of the event that it tells of."""
        yield from self._labelled(self._datelines(), (Label.PUBLISHED, Label.NONE))

    def changes(self) -> Iterator[Candidate]:
        """Dates of a change; those near the headline first."""
        shown = [one.text for one in self._lines if not one.is_headline]
        yield from self._labelled((*shown, *self._changed), (Label.CHANGED,))

    def last(self) -> Iterator[Candidate]:
        """Dates of a change, those in headlines, and ages."""
        for origin, found in self.changes():
            yield origin, without_hour(found)
        headlines = [one.text for one in self._lines if one.is_headline]
        yield from self._labelled(headlines, tuple(Label))
        for said in self._said():
            at = times.relative(said, self._local.now, self._local.zone, self._local.order)
            yield "relative", Found(at, not times.is_day_of_year(said)) if at else None
        yield from filter(self._is_today, self._others)

    def _said(self) -> Iterator[str]:
        """What the lines say, and what stands apart in them; first what says "published:"."""
        every = [
            said
            for line in self._lines
            for said in _said_in(line)
            if not (line.is_headline and times.is_day_of_year(said))  # that of an event
        ]
        labelled = [said.partition(":") for said in every if ":" in said]
        yield from (said for label, _, said in labelled if label_of(label) == Label.PUBLISHED)
        yield from every

    def only_one_in(self, month: Found) -> Iterator[Candidate]:
        """The one day of this month that the page names anywhere, if it names just one."""
        zone = self._local.zone
        named = month.at.astimezone(zone)
        texts = [one.text for one in self._around.others if len(one.text) <= LONGEST_LINE]
        every = self._labelled(texts, (Label.PUBLISHED, Label.NONE))
        days = {
            at.date(): found
            for _, found in every
            if found and (at := found.at.astimezone(zone)).replace(day=1).date() == named.date()
        }
        if len(days) == 1:
            yield "visible", next(iter(days.values()))

    def _datelines(self) -> Iterator[str]:
        """The beginning of a text such as "Karlsruhe, (12.11.2021). Traditionally, …"."""
        found = [DATELINE.match(lead) for lead in self._around.leads[:1]]
        found += [DAY_FIRST.match(lead) for lead in self._around.leads]
        yield from (one[0] for one in found if one)

    def _labelled(self, texts: Iterable[str], labels: Collection[Label]) -> Iterator[Candidate]:
        for text in texts:
            if VERSION.match(text):  # of what the text describes
                continue
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
        if not dates or dates[0].label == Label.CHANGED or says_changed(text):
            return False
        is_first = BEGINS.match(text) or dates[0].found.start == 0
        return bool(is_first) and dates[0].found.at < self._local.now - CLOCK_ERROR


def _stamps(document: Document, local: Local, is_reply: Callable[[Any], bool]) -> dict[str, Found]:
    """The moments that elements of this article carry, by their folded texts.

    That of "" stands where a script writes how long ago it was.
    """
    is_among_others = Within(lambda one: one.tag not in ("a", "li") and _holds_others(one))
    stamps: dict[str, Found] = {}
    for element, found in timestamped(document.root, local.zone, local.order):
        if element.tag != "time" and not (is_among_others(element) or is_reply(element)):
            stamps.setdefault(fold(text_of(element, LONGEST_LINE)), found)
    return stamps


def _said_in(line: Line) -> Iterator[str]:
    """A line, and what stands apart in it: "Par Claire Moreau, hier à 14h05"."""
    yield line.text
    if len(line.text) > LONGEST_LINE or is_sentence(line.text):
        return
    for block in line.blocks:
        yield from (piece for piece in block.pieces if not isinstance(piece, Markup))
    yield from (line.text[one.end() :] for one in APART.finditer(line.text))
    yield from APART.split(line.text)


def is_of_item(block: Block) -> bool:
    """Whether a block stands in an item of a list that has a headline with a link of its own."""
    items = (one for one in block.ancestors if one.tag == "li")
    return any(_links_headline(heading) for item in items for heading in item.iter(*HEADINGS_BELOW))


def _links_headline(heading: Any) -> bool:
    above = heading.getparent()
    return heading.find(".//a") is not None or (above is not None and above.tag == "a")


def is_meta_line(block: Block) -> bool:
    """Whether a line of several links, such as author and department, begins with a date."""
    is_line = len(block.text) <= LONGEST_SHOWN and len(block.links) >= SEVERAL
    return is_line and bool(BEGINS_WITH_DATE.match(block.text))


def tells_date(text: str) -> bool:
    """Whether a line says that it is the date: "Datum: 28.04.2023", "Gepubliceerd op 3 mei"."""
    return bool(DATED.match(text)) or says_published(text)


def says_which(text: str) -> bool:
    """Whether a line says what its date is the date of."""
    return label_of(text) != Label.NONE or tells_date(text)


def _tells_change(text: str) -> bool:
    """Whether a line says when something was changed, and little else."""
    return len(text) <= LONGEST_LINE and says_changed(text) and label_of(text) == Label.CHANGED


def _marked_dates(document: Document, is_reply: Callable[[Any], bool]) -> Iterator[str]:
    """The texts of elements whose class says that they show a date, wherever they stand."""
    yield from _created(document)
    is_among_others = Within(_holds_others)
    for element in filter(_is_named_date, _maybe_dates()(document.root)):
        parent = element.getparent()
        if parent is None or not (is_among_others(parent) or is_reply(element)):
            texts = (element.get("title") or "", text_of(element, LONGEST_LINE))
            yield from (text for text in texts if len(text) <= LONGEST_LINE)


def _created(document: Document) -> Iterator[str]:
    """The dates of publication in RDFa and microdata, those of other articles left out."""
    is_of_another = other_items(document, headings_of(document))
    for element in document.root.xpath("descendant::*[@content and (@property or @itemprop)]"):
        name = element.get("property") or element.get("itemprop") or ""
        if CREATED.search(name) and not is_of_another(element):
            yield str(element.get("content"))


def _is_named_date(element: Any) -> bool:
    """Whether the class of an element says that it shows a date, and not that of a change."""
    name = element.get("class") or ""
    is_page = element.tag in ("body", "html", "time", "meta")
    return not is_page and bool(DATE.search(name)) and not says_changed(name)


def _holds_others(element: Any) -> bool:
    return element.tag in ELSEWHERE or bool(OTHERS.search(element.get("class") or ""))


def is_elsewhere(element: Any) -> bool:
    """Whether a date is in a list, a tweet or a link that says more than dates.

    An item that says nothing else is one of a list of facts, and the foot of an article, where the
    text ends, may say when it was published.
    """
    said = text_of(element, LONGEST_SHOWN)
    return any(
        one.tag in ELSEWHERE and not ((one.tag in BARE and _says_when(one, said)) or is_foot(one))
        for one in element.iterancestors()
    )


def _says_when(holder: Any, said: str) -> bool:
    """Whether an element says a date and no more, or several and what they are the dates of.

    WordPress links to the article itself with both, that of a change hidden by styles.
    """
    whole = text_of(holder, LONGEST_SHOWN)
    if whole == said or not whole:
        return whole == said
    for time in islice(holder.iter("time"), MOST_TIMES):
        whole = whole.replace(text_of(time, LONGEST_SHOWN), "", 1)
    rest = whole.strip(BETWEEN)
    return not rest or is_label(rest)


def without_hour(found: Found | None) -> Found | None:
    """A date of change: its hour says nothing of the day of publication."""
    return replace(found, has_clock=False) if found else None
