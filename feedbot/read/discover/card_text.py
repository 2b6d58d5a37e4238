"""What a card says of its article: headline, teaser, time, picture; and whether it was paid for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import is_byline, is_service, label_of
from ...languages.order import Local
from ...languages.pattern import Pattern
from ...languages.tables import any_phrase
from ...model import Dated
from ...web.document import Block, Markup, one_line
from ...web.timestamps import EARLIEST, STAMPED, is_length, label_before, timestamp_of
from .anchors import (
    HEADLINE_LETTERS,
    LONGEST_HEADLINE,
    Anchor,
    anchor_text,
    clean_title,
    ends_sentence,
    is_label,
    times_within,
    width,
)
from .cards import Card, is_day, is_teaser, is_time, says_when

LONGEST_BADGE = 24  # characters of a day in parts
LABEL = 4  # words of a line that names a day beside a section or a name
MOST_PARTS = 4  # of a day on a badge: its name, number, month and year
ELEMENTS = 100  # of a card that are looked at for the word "advertentie"
LONGEST_REST = 120  # characters of a line that may show when
SHORTEST_LABEL = 3  # letters of a word with a colon that says that it was paid for
SHORTEST_TEXT = 3  # paragraphs of a card that shows more than a standfirst and a teaser
SHORTEST_TEASER = 40  # letters of the shortest teaser
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
SPONSORED = Pattern(lambda: any_phrase("labels.sponsored"))
IN_FRONT = re.compile(
    r"\W{0,2}(?P<day>\d{1,4}([./-])\d{1,2}\2(?:\d{4}|\d\d))\W*\s(?=\W*[^\W\d]+\W)"
)
# What may be one, as odds and prices are written, too: "1.85", "9am", "14h".
HOURS = re.compile(r"\d[.:,]\d\d(?!\d)|\d\s?(?:[ap]\.?m|h|uhr|uur)\b", re.IGNORECASE)
MUCH_LONGER = 1.6  # times a headline is a standfirst without a full stop
FEWEST_DAYS = 3
IN_RANGE = 0.75  # share of the days of a list that are neither yet to come nor long ago
ONE_DAY, SOON = timedelta(days=1), timedelta(minutes=5)
HALF_A_YEAR = timedelta(days=183)


class CardText(NamedTuple):
    """What a card shows. `title` and `teaser` are "" where it shows none.

    is_ahead   whether the only day that it shows is yet to come: that of an event
    """

    title: str
    teaser: str
    published: Dated | None
    is_ahead: bool
    has_heading: bool
    has_picture: bool
    is_sponsored: bool


def read_card(
    card: Card, local: Local, day: str, *, in_days: bool = False, behind_days: bool = False
) -> CardText:
    """Reads a card. `day` is the date that stands over it in the list, "" for none.

    `in_days` tells whether several days head the list, each over what came on it, and
    `behind_days` whether its headlines stand behind the days of their articles.
    """
    best = card.best
    headings = [block for block in card.blocks if block.is_heading]
    title = _title(card, [block for block in headings if not is_time(block)])
    told, rest = _told(title, local) if behind_days else (None, title)
    texts = {fold(one) for one in _names_of(card)} | {fold(title), fold(rest)}
    found = _published(card, texts, local, day)
    title = rest if _is_same_day(told, found or told) else title
    published = found or told or _when(day if in_days else "", "", local)
    return CardText(
        title=title,
        teaser=_teaser(card.blocks, title, texts - _linked_teasers(card)),
        published=published,
        is_ahead=_is_ahead(card, texts, local, published),
        has_heading=best.heading is not None or bool(headings),
        has_picture=_has_picture(card),
        is_sponsored=_is_sponsored(card),
    )


def begin_with_days(titles: Sequence[str], local: Local) -> bool:
    """Whether most titles of a list, and several, begin with the days of their articles in numbers.

    One alone may be of what the headline tells: "29.11.2009: the vote". So may be those of a list
    of which many are yet to come, or long ago; and short ones that all begin alike are versions:
    "9.11.2", "9.11.3".
    """
    days = [day for day, _ in map(_parted, titles) if day]
    if len(days) < max(FEWEST_DAYS, len(titles) / 2) or _are_versions(days):
        return False
    told = [_absolute(day, local) for day in days]
    recent = [at for at in told if at and EARLIEST <= at <= local.now + ONE_DAY]
    return len(recent) >= IN_RANGE * len(days)


def _are_versions(days: Sequence[str]) -> bool:
    """Whether what looks like days is short, has dots, and differs in its last part alone."""
    is_short = all("." in one and len(one) <= len("01.02.24") for one in days)
    return is_short and len({one.rpartition(".")[0] for one in days}) == 1 < len(set(days))


def _told(title: str, local: Local) -> tuple[Dated | None, str]:
    """The day with which a title begins, and the rest of it."""
    day, rest = _parted(title)
    return _when(day, "", local), rest


def _is_same_day(one: Dated | None, other: Dated | None) -> bool:
    return one is not None and other is not None and one.at.date() == other.at.date()


def _parted(title: str) -> tuple[str, str]:
    """The day in numbers with which a title begins, and the title without it: "14/04/13 Brug open".

    The day is "" where there is none.
    """
    found = IN_FRONT.match(title)
    return (found["day"], title[found.end() :]) if found else ("", title)


def _title(card: Card, headings: Sequence[Block]) -> str:
    named = card.best.title if card.best.kind == "text" else ""
    if named and (card.best.heading is not None or _is_over(card, named, headings)):
        return named
    heading = clean_title(headings[0].text) if headings else ""
    is_whole = width(heading) >= width(named) or _is_spoken_of(heading, card.best)
    if heading and len(heading) <= LONGEST_HEADLINE and is_whole:
        return heading
    told = "" if says_when(named) else named  # the day of a post without a title
    return told or _first_line(card) or card.best.title


def _is_over(card: Card, named: str, headings: Sequence[Block]) -> bool:
    """Whether a link that reads like a headline stands over the first heading, which reads like
    its standfirst.
    """
    if not headings or width(named) < HEADLINE_LETTERS or not _is_standfirst(headings[0], named):
        return False
    above = takewhile(lambda one: one is not headings[0], card.blocks)
    return any(fold(one.text) == fold(named) for one in above)


def _is_standfirst(heading: Block, headline: str) -> bool:
    """Whether a heading is a sentence, and longer than a headline, or much longer than that."""
    longest = width(headline) * (1 if ends_sentence(heading.text) else MUCH_LONGER)
    return width(heading.text) > longest


def _linked_teasers(card: Card) -> set[str]:
    """The folded words of its links that are its teaser, and not its headline."""
    return {fold(one.title) for one in card.anchors if one is not card.best and is_teaser(one)}


def _is_spoken_of(heading: str, anchor: Anchor) -> bool:
    """Whether a link that shows no words is labelled with this heading: "post link to …"."""
    return not anchor_text(anchor.element) and fold(heading) in fold(anchor.title)


def _first_line(card: Card) -> str:
    """The first line that may be a headline, where neither markup nor link says which one is."""
    label = anchor_text(card.best.element) if card.best.kind == "label" else ""
    for block in card.blocks:
        text = ADDRESS.sub("", times.without_age(block.text.removesuffix(label))).strip()
        if len(text) <= LONGEST_HEADLINE and not (_is_aside(text) or _is_aside(block.text)):
            return clean_title(text)
    return ""


def _is_aside(text: str) -> bool:
    return (
        width(text) < 8
        or is_label(text)
        or is_service(text)
        or is_byline(text)
        or times.is_relative(text)
        or times.is_clock(text)
        or (len(text) < 40 and times.absolute(text, times.ANYWHERE) is not None)
    )


def _teaser(blocks: Sequence[Block], title: str, titles: set[str]) -> str:
    """The longest text that is not the title, nor the title with a date or a section beside it."""
    best = ""
    for block in blocks:
        text = times.without_age(block.text)
        if (
            block.is_heading
            or fold(text) in titles
            or width(text) < max(SHORTEST_TEASER, len(best))
        ):
            continue
        if not title or width(text.replace(title, "", 1)) >= SHORTEST_TEASER:
            best = text
    return clean_title(best)


def _has_picture(card: Card) -> bool:
    return any(True for _ in card.root.iter("img", "picture", "figure", "amp-img"))


def _is_sponsored(card: Card) -> bool:
    if any("sponsored" in (one.element.get("rel") or "").lower().split() for one in card.anchors):
        return True
    return any(_is_sponsor_label(one) for one in _before_title(card))


def _before_title(card: Card) -> Iterator[etree._Element]:
    """The elements of a card that may say that it was paid for.

    In a box that need not be its own, what follows the headline may be an advertisement by itself.
    """
    title, is_own = card.best.element, card.root.tag in ("article", "li", "tr", "a")
    for one in islice(card.root.iter(), ELEMENTS):
        if one is title and not is_own:
            yield from islice(title.iter(), ELEMENTS)
            return
        yield one


def _is_sponsor_label(element: etree._Element) -> bool:
    text = element.text if isinstance(element.tag, str) else None
    if not text or len(text) > 60 or element.tag in ("script", "style"):
        return False
    said = fold(text).strip(" :.-|")
    # "Ad: …" is "Re: …" in Slovak.
    goes_on = bool(len(element) or (element.tail or "").strip())
    is_reply = len(said) < SHORTEST_LABEL and text.rstrip().endswith(":") and goes_on
    return not is_reply and bool(SPONSORED.fullmatch(said))


# --- when -------------------------------------------------------------------------------------


def _published(card: Card, titles: set[str], local: Local, day: str) -> Dated | None:
    if found := _declared(card, local):
        return found
    rests = [(block, _rest(block, card)) for block in _lines_beside(card, titles)]
    if found := _clock_of_day([rest for _, rest in rests], local, day):
        return found
    for block, rest in rests:
        if found := _when(rest, _glued_age(block.text), local):
            return found
    without = _without_line([block for block, _ in rests], card)
    within = (_when(line, "", local) for line in (without, *times_within(card.best.element)))
    return next(filter(None, within), None)


def _lines_beside(card: Card, titles: set[str]) -> Sequence[Block]:
    """The blocks of a card that may say when: none of its titles, nor how long a film lasts."""
    blocks = _around_text(card.blocks)
    return [one for one in blocks if fold(one.text) not in titles and not _is_length(one)]


def _without_line(blocks: Sequence[Block], card: Card) -> str:
    """The day that no line shows: that on a badge, or on a picture in a row that is one block."""
    if card.blocks or card.best.kind != "picture":
        return _badge(blocks)
    return anchor_text(card.root)


def _badge(blocks: Sequence[Block]) -> str:
    """The day that a badge shows part by part, as the leaf of a calendar does: 27 | nov | 2026."""
    pieces = (one for block in blocks for one in block.pieces if not isinstance(one, Markup))
    parts = [one_line(piece) for piece in pieces if piece.strip()]
    said = (
        " ".join(parts[start : start + count])
        for start in range(len(parts))
        for count in range(MOST_PARTS, 1, -1)
    )
    return next(filter(_is_whole_day, said), "")


def _is_whole_day(said: str) -> bool:
    """Whether a text is a day, with or without its year, and nothing else."""
    if len(said) > LONGEST_BADGE or times.is_day_of_year(said):
        return len(said) <= LONGEST_BADGE
    found = times.found_in(said, times.ANYWHERE)
    return bool(found) and found[0].end - found[0].start == len(said)


def _around_text(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a card without those amid a text: it tells of the days that it names.

    A standfirst may stand above the line that says when.
    """
    prose = [
        at
        for at, one in enumerate(blocks)
        if width(one.text) >= SHORTEST_TEASER and ends_sentence(one.text)
    ]
    if len(prose) < SHORTEST_TEXT:
        return blocks
    return [one for at, one in enumerate(blocks) if not prose[1] < at < prose[-1]]


def _glued_age(text: str) -> str:
    """The age at the end of a text; none where it ends a sentence: "It opened 3 years ago."."""
    said = times.without_age(text)
    is_told = ends_sentence(text) and not ends_sentence(said)
    return "" if said and is_told else text[len(said) :]


def _is_length(block: Block) -> bool:
    """Whether what looks like a clock is how long a film lasts."""
    return times.is_clock(block.text) and is_length(block.element)


def _clock_of_day(lines: Sequence[str], local: Local, day: str) -> Dated | None:
    """A clock in one line and its day in another, or above the card."""
    said_day = next((line for line in lines if is_day(line)), day)
    clock = next((line for line in lines if times.is_clock(line)), "")
    if not (said_day and clock):
        return None
    said = f"{said_day} {clock}"
    at = _absolute(said, local) or times.relative(said, local.now, local.zone, local.order)
    if at is None or at > local.now + SOON:
        return None
    return Dated(at=at.replace(microsecond=0), origin="listing")


def _rest(block: Block, card: Card) -> str:
    """The text of a block without the titles that its links have."""
    rest = block.text
    for name in _names_of(card):
        rest = rest.replace(name, " ")
    return one_line(rest)


def _names_of(card: Card) -> Sequence[str]:
    """What the links of a card call its page; the day of a post may be its link, too."""
    return [one.title for one in card.anchors if one.title and not says_when(one.title)]


def _when(rest: str, glued: str, local: Local) -> Dated | None:
    rest = rest if len(rest) <= LONGEST_REST else ""
    at = _absolute(rest, local) if rest else None
    if at and at <= local.now + ONE_DAY:
        return Dated(at=at.replace(microsecond=0), origin="listing")
    return _ago(glued, "" if at else rest, local)  # the clock of a day ahead is not one of today


def _ago(glued: str, rest: str, local: Local) -> Dated | None:
    for text in (glued, rest, *_outer_words(rest)):
        at = times.relative(text, local.now, local.zone, local.order) if text else None
        if at and at <= local.now + SOON:
            origin = "relative" if times.is_relative(text) else "listing"
            return Dated(at=at.replace(microsecond=0), origin=origin)  # type: ignore[arg-type]
    return None


def _is_ahead(card: Card, titles: set[str], local: Local, published: Dated | None) -> bool:
    """Whether the only day that a card shows is yet to come.

    A day without its year may be the last one or the next one of its name: the nearer one.
    """
    lines = [_rest(one, card) for one in card.blocks if fold(one.text) not in titles]
    if published is not None:
        is_long_ago = published.at < local.now - HALF_A_YEAR
        lines.append(_badge(card.blocks) if is_long_ago else "")
        return is_long_ago and any(_is_named(published, line, local) for line in lines)
    return min(_days(card, lines, local), default=local.now) > local.now + ONE_DAY


def _is_named(said: Dated, line: str, local: Local) -> bool:
    """Whether a line is a day without its year, and was read as this one; its clock may follow."""
    at = times.relative(line, local.now, local.zone, local.order)
    return said.origin == "listing" and at is not None and at <= said.at < at + ONE_DAY


def _days(card: Card, lines: Sequence[str], local: Local) -> Iterator[datetime]:
    """Every whole date that a card shows or marks."""
    written = [_absolute(line, local) for line in lines if len(line) <= LONGEST_REST]
    yield from filter(None, written)
    marked = [timestamp_of(one, local.zone, local.order) for one in _stamped_elements(card)]
    yield from (one.at for one in marked if one)


def _outer_words(line: str) -> tuple[str, ...]:
    """The last and the first word of a line that is no sentence: "Zeeland 11:05".

    Only a word that names an hour, or a day without any number: neither "now" of "Register now" nor
    the weekday of "Saturday 5 December" is a time by itself, nor one of several: "1.85 3.20 4.10".
    """
    if ends_sentence(line) or line.endswith(":") or len(HOURS.findall(line)) > 1:
        return ()
    words = line.rpartition(" ")[2], line.partition(" ")[0]
    if any(map(str.isdigit, line)):
        return tuple(word for word in words if any(map(str.isdigit, word)))
    # "Hier gibt es alles" is no French day.
    return tuple(filter(times.is_day_name, words)) if len(line.split()) <= LABEL else ()


def _absolute(text: str, local: Local) -> datetime | None:
    """The date of a line that is least likely to be that of a change."""
    found = times.found_in(text, local.zone, local.order)
    starts = [0, *(one.end for one in found)]
    folded = fold(text)
    said = [
        (label_of(folded[start : one.start]), one.at)
        for start, one in zip(starts, found, strict=False)
    ]
    return min(said, key=lambda one: one[0])[1] if said else None


def _declared(card: Card, local: Local) -> Dated | None:
    """The time that the card says for machines; rather that of publication, and with its hour."""
    every = [
        (label_before(element), not found.has_clock, number, found.at)
        for number, element in enumerate(_stamped_elements(card))
        if (found := timestamp_of(element, local.zone, local.order)) is not None
        and found.at <= local.now + ONE_DAY
    ]
    return Dated(at=min(every)[-1].replace(microsecond=0), origin="listing") if every else None


def _stamped_elements(card: Card) -> Sequence[etree._Element]:
    above = set(card.root.iterancestors())
    around = [card.root, *(one.element for one in card.blocks if one.element not in above)]
    return list(dict.fromkeys(one for element in around for one in STAMPED(element)))
