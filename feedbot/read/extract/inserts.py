"""Boxes amid a text, or beside it, that are no part of it by what they are made of.

forms       and what asks to fill them in
players     the controls of a film or a sound, and its clock
labelled    what begins with a line that says that it is paid for
offers      what shops ask for a thing
shops       the picture of a thing, its name and where to buy it, all of them paid links
polls       a question that readers answer by a choice
covers      what stands over a film until somebody agrees to cookies
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice, takewhile

from lxml import etree

from ...languages.labels import says_sponsored
from ...languages.walls import CONSENT as WALL
from ...languages.walls import speaks_of_page
from ...web.document import HEADINGS, PAGE, SKIPPED, Block, Document, has_text, text_of
from .boxes import made
from .prose import is_prose

FORM = "a form and what asks to fill it in"
PLAYER = "the controls of a player"
ADVERTISEMENT = "an advertisement"
POLL = "a question to readers"
CONSENT = "a question for consent"

REQUEST = 400  # characters in a box around a form, and in others that say little
MOST = 150  # elements in a box that says little
GOODS = 320  # pixels at most of a picture of what is sold
CONTROL = 60  # characters of the longest label of a control
LEVELS = 5  # elements around a link or a choice at most that may be its box
VOTES = re.compile(
    r"poll|vote|anket|umfrage|abstimm|sondage|sondagg|encuesta|enqu[eê]te|peiling|stelling",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(?:^|\D)(\d{1,3})(?:[.,]\d+)? ?%")
ANSWER = 120  # letters of one to a poll, with its share
WHOLE = PAGE | {"article"}
TOLD = frozenset("h1 h2 h3 h4 h5 h6 p li dt dd td th blockquote pre figcaption".split())
# libxml2 looks faster among attributes than among elements.
SLIDERS = etree.XPath("descendant-or-self::*/@role[. = 'slider' or . = 'progressbar']/..")
_MONEY = r"(?:[€$£¥]|\b(?:EUR|USD|CHF|kr|zł|Kč)\b)"
PRICE = re.compile(rf"{_MONEY}\W?\d|\d\W?{_MONEY}")
UNVOUCHED = frozenset(("sponsored", "nofollow"))
CONSENTS = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)


def inserts(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """These boxes of a page, each with what it is."""
    yield from ((box, FORM) for box in _asking(document))
    yield from ((box, PLAYER) for box in (*_players(document), *_clocks(document)))
    yield from ((box, ADVERTISEMENT) for box in _labelled(document))
    yield from ((box, ADVERTISEMENT) for box in _offers(document))
    yield from ((box, ADVERTISEMENT) for box in _shops(document))
    yield from ((box, POLL) for box in _polls(document))
    yield from ((box, POLL) for box in _answered_polls(document))
    yield from ((box, CONSENT) for box in _covers(document))


def _asking(document: Document) -> Iterator[etree._Element]:
    """The boxes around forms, unless there is more in them than a request to fill one in."""
    boxes = (form.getparent() for form in document.elements("form") if is_asking(form))
    for box in dict.fromkeys(boxes):
        if box is not None and box.tag not in ("body", "main", "article") and _says_little(box):
            yield box


def is_asking(form: etree._Element) -> bool:
    """Whether there is something to fill in, to choose or to press in a form.

    Some systems wrap a form without that around the article of each page, others (ASP.NET) one
    around all that the page shows.
    """
    if _holds_page(form):
        return False
    controls = form.iter("input", "select", "textarea", "button", "label")
    return any((one.get("type") or "").lower() != "hidden" for one in controls)


def _holds_page(form: etree._Element) -> bool:
    """Whether there is nothing in a page but what stands in a form."""
    around = form.getparent()
    if around is None or around.tag != "body" or _has_form_beside(form):
        return False
    beside = (one for one in around if one is not form and one.tag not in SKIPPED)
    return not any(map(has_text, beside))


def _has_form_beside(form: etree._Element) -> bool:
    """Whether there is another form in its box; the next one tells, so many cost little."""
    ways = (form.itersiblings("form", preceding=way) for way in (False, True))
    return any(next(one, None) is not None for one in ways)


def _says_little(box: etree._Element) -> bool:
    if next(islice(box.iter(), MOST, None), None) is not None:
        return False
    return sum(len(str(text).strip()) for text in box.itertext()) <= REQUEST


def _players(document: Document) -> Iterator[etree._Element]:
    """The boxes of buttons and labels around what shows how far a film or a sound is."""
    for slider in SLIDERS(document.root):
        box = slider
        while (around := box.getparent()) is not None and _holds_labels(around, document):
            box = around
        yield box


def _clocks(document: Document) -> Iterator[etree._Element]:
    """What stands beside a film or a sound without a word: "0:00", "/ 14.3"."""
    for medium in document.media:
        if medium.element.tag in ("audio", "video"):
            box = next((one for one in reversed(medium.ancestors) if one in document.spans), None)
            if box is not None and box.tag not in WHOLE and _says_little(box):
                lines = document.blocks_in(box)
                yield from (one.element for one in lines if not any(map(str.isalpha, one.text)))


def _holds_labels(element: etree._Element, document: Document) -> bool:
    """Whether there is nothing in an element but short lines that are no part of any text."""
    within = document.spans.get(element, range(0))
    return element.tag not in WHOLE and all(
        len(document.blocks[at].text) <= CONTROL and document.blocks[at].tag not in TOLD
        for at in within
    )


def _labelled(document: Document) -> Iterator[etree._Element]:
    """The small boxes amid a text that begin with a line that says that they are paid for."""
    blocks = document.blocks
    for at, block in enumerate(blocks):
        is_label = says_sponsored(block.text) and not block.is_heading
        box = _box_begun_by(at, document) if is_label else None
        if box is not None and _follows_paragraph(box, blocks[at - 1 : at]) and _says_little(box):
            yield box


def _box_begun_by(at: int, document: Document) -> etree._Element | None:
    """The box of several blocks, and no figure, that begins with a block; None if none does."""
    spans = document.spans
    around = reversed(document.blocks[at].ancestors)
    box = next((one for one in around if len(spans[one]) > 1), None)
    if box is None or box.tag in WHOLE or box.tag == "figure":
        return None
    return box if spans[box][0] == at else None


def _follows_paragraph(box: etree._Element, before: Sequence[Block]) -> bool:
    """Whether right above a box stands a paragraph beside it."""
    return any(is_prose(one) and one.element.getparent() is box.getparent() for one in before)


def _offers(document: Document) -> Iterator[etree._Element]:
    """The boxes of nothing but what shops ask, with a line over that.

    A paid link to what is told of, in a sentence, a list or below a heading, is no such offer.
    """
    is_told_of = cache(_is_told_of)
    paid = (link for link in document.elements("a") if _is_paid(link))
    for box in dict.fromkeys(_box_of_paid(link, is_told_of) for link in paid):
        offers = [one for one in document.blocks_in(box) if one.links]
        if len(offers) > 1 and all(PRICE.search(one.text) for one in offers):
            yield box


def _box_of_paid(
    link: etree._Element, is_told_of: Callable[[etree._Element], bool]
) -> etree._Element:
    """The outermost box around a paid link without other text than of such; the link for none."""
    box = link
    for around in islice(link.iterancestors(), LEVELS):
        if around.tag in WHOLE or is_told_of(around):
            break
        box = around
    return box


def _is_told_of(box: etree._Element) -> bool:
    """Whether a box says more than its paid links and a label."""
    if not _says_little(box):
        return True
    paid = sum(_letters(one) for one in box.iter("a") if _is_paid(one))
    return next(box.iter(*HEADINGS), None) is not None or _letters(box) - paid > CONTROL


def _is_paid(link: etree._Element) -> bool:
    return "sponsored" in (link.get("rel") or "").lower().split()


def _shops(document: Document) -> Iterator[etree._Element]:
    """The boxes of a picture, a name and buttons that lead to shops, for which the site is paid or
    does not vouch, and no more than a brand or a price beside them.
    """
    found = list(dict.fromkeys(_boxes_of_shops(document)))
    yield from found
    nested = [one for box in found for one in _and_only_child(box) if one.get("class")]
    alike = {made(one) for one in nested}
    tags = {str(one.tag) for one in nested}
    boxes = (box for box in document.root.iter(*tags) if made(box) in alike) if tags else ()
    # Without a picture, or with a name that is not a link.
    yield from (box for box in boxes if _says_little(box) and _leads_to_shops(box))


def _leads_to_shops(box: etree._Element) -> bool:
    """Whether a box has such links, and nothing else to look at."""
    links = list(box.iter("a"))
    shown = sum(1 for link in links for _ in link.iter("img"))
    return bool(links) and all(map(_is_unvouched, links)) and shown == len(list(box.iter("img")))


def _and_only_child(box: etree._Element) -> Iterator[etree._Element]:
    """A box, and what stands alone in it."""
    yield box
    if len(box) == 1:
        yield box[0]


def _boxes_of_shops(document: Document) -> Iterator[etree._Element]:
    is_shop = cache(_is_shop)
    for link in filter(_shows_goods, document.elements("a")):
        boxes = list(takewhile(is_shop, islice(link.iterancestors(), LEVELS)))
        if boxes and _has_buttons(boxes[-1]):
            yield boxes[-1]


def _shows_goods(link: etree._Element) -> bool:
    """Whether a link is a picture of what is sold: paid for, or small; some sites vouch for none.

    The large picture over a credit with such links is the article's.
    """
    picture = next(link.iter("img"), None)
    if picture is None or not _is_unvouched(link):
        return False
    width = picture.get("width") or ""
    return _is_paid(link) or (width.isdecimal() and int(width) <= GOODS)


def _is_shop(box: etree._Element) -> bool:
    """Whether there is nothing in a box but such links, a brand and a price."""
    if box.tag in WHOLE or box.tag in TOLD or box.tag == "figure" or not _says_little(box):
        return False
    links = list(box.iter("a"))
    said = _letters(box) - sum(map(_letters, links))
    has_heading = next(box.iter(*HEADINGS), None) is not None
    return said <= CONTROL and not has_heading and all(map(_is_unvouched, links))


def _has_buttons(box: etree._Element) -> bool:
    """Whether a box has a name and at least one button, each a link."""
    return len({one.get("href") for one in box.iter("a") if has_text(one)}) > 1


def _is_unvouched(link: etree._Element) -> bool:
    """Whether a link says that it is paid, or that the site does not vouch for where it leads."""
    return not UNVOUCHED.isdisjoint((link.get("rel") or "").lower().split())


def _letters(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _polls(document: Document) -> Iterator[etree._Element]:
    """The boxes of choices that have one name, with a button."""
    choices = (
        one for one in document.elements("input") if one.get("type") in ("radio", "checkbox")
    )
    for name, group in groupby(choices, key=lambda one: one.get("name")):
        first, *others = group
        if name and others:
            yield from _poll_around(first, others[-1], document)


def _poll_around(
    first: etree._Element, last: etree._Element, document: Document
) -> Iterator[etree._Element]:
    """The box of the choices from one to another, if there is a button and no text in it."""
    around = set(last.iterancestors())
    for box in islice((one for one in first.iterancestors() if one in around), LEVELS):
        if box.tag in WHOLE or not _says_little(box) or _tells(document.blocks_in(box)):
            return
        if next(box.iter("button"), None) is not None:
            if first.get("type") == "radio" or _asks(box):
                yield box
            return


def _answered_polls(document: Document) -> Iterator[etree._Element]:
    """The boxes of a question, and of answers that share a hundred per cent."""
    answers = filter(_share_a_hundred, document.root.iter("ul", "ol"))
    for box in dict.fromkeys(one.getparent() for one in answers):
        if box is None or box.tag in WHOLE or not _says_little(box) or not _is_widget(box):
            continue
        if _asks(box) and not _tells(document.blocks_in(box)):
            yield box


def _is_widget(box: etree._Element) -> bool:
    """Whether a box is called a poll, or readers may press something in it.

    The shares of parties, of what is in a dough, or of who thinks so are told of, too.
    """
    if next(box.iter("button", "progress", "meter", "input"), None) is not None:
        return True
    return VOTES.search(f"{box.get('class') or ''} {box.get('id') or ''}") is not None


def _share_a_hundred(answers: etree._Element) -> bool:
    """Whether each of several elements of a list has its share of a hundred, but for rounding."""
    said = (PERCENT.search(text_of(one, ANSWER)) for one in answers)
    shares = [int(share[1]) for share in takewhile(bool, said) if share]
    return len(answers) == len(shares) > 1 and abs(sum(shares) - 100) <= len(shares)


def _asks(box: etree._Element) -> bool:
    """Whether there is a question in a box; what one needs for a dish may be ticked off, too."""
    return any(str(text).rstrip().endswith(("?", "？")) for text in box.itertext())


def _tells(blocks: Sequence[Block]) -> bool:
    """Whether there is a paragraph among some blocks that is no question."""
    return any(is_prose(one) and not one.text.endswith("?") for one in blocks)


def _covers(document: Document) -> Iterator[etree._Element]:
    """The boxes around frames without an address yet that speak of nothing but consent."""
    for medium in document.media:
        if medium.element.tag == "iframe" and not _is_loaded(medium.element):
            around = (one for one in reversed(medium.ancestors) if one.tag not in WHOLE)
            box = next((one for one in around if one in document.spans), None)
            if box is not None and _speak_of_consent(document.blocks_in(box)):
                yield box


def _is_loaded(frame: etree._Element) -> bool:
    """Whether a frame has an address before anybody agrees to anything."""
    return (frame.get("src") or "about:").partition(":")[0] != "about"


def _speak_of_consent(blocks: Sequence[Block]) -> bool:
    said = [one.text for one in blocks if is_prose(one)] or [one.text for one in blocks]
    return all(CONSENTS.search(text) or speaks_of_page(text, WALL) for text in said)
