"""What stands around a picture or a film: its captions, and lines that speak against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import dates_only, is_insert, says_sponsored
from ...languages.labels import is_byline as names_writer
from ...languages.times import ANYWHERE, absolute
from ...web.document import Block
from .furniture import HIDDEN, READERS, furniture, named_furniture
from .inserts import CONSENT
from .media import is_file
from .names import names_person
from .own_blocks import RECURS
from .prose import link_texts
from .prune import CAPTION_CLASS, FIGCAPTION, PUBLISHED, SERVICE, SHARES, TITLE_AGAIN, Pruned
from .slides import SLIDE

LONGEST_CAPTION = 600  # letters
FEW = 4  # lines between a medium and the text, captions apart
STAMP = 40  # characters of a block that tells when the article was written, and little else
# Reasons for which text goes that may be a caption, by their surest names and by others.
CAPTION = rf"{FIGCAPTION}|a byline or a caption|{CAPTION_CLASS}|class (?:credits?|copyright)"
BOX = r"class (?:overlay|lightbox|teasers?|banner)"
MAY_BE_CAPTION = re.compile(f"{CAPTION}|{BOX}")
NAMED_BOX = re.compile(BOX)
WORDS = re.compile(r"[^\W_]")
UNSEEN = r"class (?:sr-only|screen-reader-text|visually-?hidden)"  # a label for who hears the page
# Those that say nothing against the picture or the film beside it, which may need consent.
OF_PICTURES = re.compile(
    f"{MAY_BE_CAPTION.pattern}|{TITLE_AGAIN}|a time|{PUBLISHED}|{SERVICE}|{CONSENT}"
    f"|{SLIDE}|{SHARES}"
    rf"|{UNSEEN}"
)

SHOWN_BY_SCRIPT = ("img", "noscript")
MOST_PICTURES = 400  # of a gallery that a script shows, with what stands for them without it
SHARED = re.compile(SHARES)
IS_UNSEEN = re.compile(rf"hidden|{UNSEEN}")


class Surroundings:
    """The blocks around the media of a page; a box is elements around one, from the inside out."""

    def __init__(self, pruned: Pruned) -> None:
        self._pruned = pruned
        self._blocks = pruned.document.blocks

    def captions(self, box: Sequence[etree._Element]) -> list[int]:
        """The blocks in a box that say what is on its picture."""
        figure = next((one for one in box if one.tag == "figure"), None)
        found = (self._captions_in(one, figure) for one in (box if figure is None else [figure]))
        nearest = next(filter(None, found), [])
        return nearest if self.letters(nearest) <= LONGEST_CAPTION else []

    def _captions_in(self, element: etree._Element, figure: etree._Element | None) -> list[int]:
        is_in_figure = figure is not None
        within = self._within(element)
        return [at for at in within if self.may_be_caption(at, is_in_figure=is_in_figure)]

    def may_be_caption(self, at: int, *, is_in_figure: bool = False) -> bool:
        """Whether nothing but what captions are cut for speaks against a block."""
        reason = self._pruned.reasons[at]
        if is_in_figure:
            return reason not in (SERVICE, SLIDE) and not says_sponsored(self._blocks[at].text)
        return bool(MAY_BE_CAPTION.match(reason)) and not self._is_of_teaser(at)

    def _is_of_teaser(self, at: int) -> bool:
        """Whether a line in a box called a teaser or a banner is that of one."""
        block = self._blocks[at]
        is_line = block.is_heading or block.linked > 0.5 or is_insert(block.text)
        return is_line and bool(NAMED_BOX.match(self._pruned.reasons[at]))

    def others(self, box: Sequence[etree._Element], captions: Sequence[int]) -> list[int]:
        """The blocks in a box that are none of these captions."""
        known = set(captions)
        return [at for at in (self._within(box[-1]) if box else ()) if at not in known]

    def letters(self, positions: Iterable[int]) -> int:
        """How long some blocks are together."""
        return sum(len(self._blocks[at].text) for at in positions)

    def is_foreign(self, at: int) -> bool:
        """Whether a block is of something else: a link, a teaser, furniture.

        Arrows and crosses turn the pages of a gallery; "Enlarge" leads to the file of a picture.
        """
        block, reason = self._blocks[at], self._pruned.reasons[at]
        if block.links and all(map(is_file, block.links)):
            return False
        if SHARED.match(reason) or names_writer(block.text) or not WORDS.search(block.text):
            return False
        if block.card or block.linked > 0.5 or self._is_of_teaser(at):
            return True
        return bool(reason) and not self._says_nothing(block, reason)

    def _says_nothing(self, block: Block, reason: str) -> bool:
        """Whether a line that goes says nothing against a picture: a day that others have, too, a
        caption, or where to comment, which nobody did.
        """
        if reason == READERS:
            return self._pruned.reasons.count(READERS) == 1
        is_day = reason == RECURS and dates_only(block.text)
        return is_day or OF_PICTURES.match(reason) is not None

    def is_bare(self, start: int, end: int) -> bool:
        """Whether there are few blocks from one to another, and no text: bylines, a time.

        The captions of a gallery may be many.
        """
        reasons = self._pruned.reasons[start:end]
        return sum(why != FIGCAPTION for why in reasons) <= FEW and all(
            why and OF_PICTURES.match(why) for why in reasons
        )

    def is_labelled(self, box: Sequence[etree._Element]) -> bool:
        """Whether the only line in a box says that it is an advertisement."""
        within = next(filter(None, map(self._within, box)), range(0))
        return len(within) == 1 and says_sponsored(self._blocks[within[0]].text)

    def _within(self, element: etree._Element) -> range:
        return self._pruned.document.spans.get(element, range(0))


def is_furniture(element: etree._Element) -> bool:
    """Whether an element is no part of an article by its markup, its pictures included."""
    reason = furniture(element)
    if not reason or OF_PICTURES.match(reason):
        return False
    return reason != HIDDEN or bool(named_furniture(element)) or not _awaits_script(element)


def _awaits_script(element: etree._Element) -> bool:
    """Whether a hidden element holds nothing but pictures that each name a small file and a large
    one: a script shows them as a gallery.
    """
    if len(element) > MOST_PICTURES:
        return False
    inside = list(element.iterchildren(*SHOWN_BY_SCRIPT))
    pictures = [one for one in inside if one.tag == "img"]
    return bool(pictures) and len(inside) == len(element) and all(map(_has_sizes, pictures))


def _has_sizes(picture: etree._Element) -> bool:
    return len({value for value in map(str, picture.attrib.values()) if is_file(value)}) > 1


def shows_person(alt: str, captions: Sequence[Block], names: Sequence[str]) -> bool:
    """Whether a picture shows one of these people, by what is said of it; `names` are folded."""
    is_named = any(fold(block.text) in names for block in captions)
    return is_named or any(names_person(fold(alt), name) for name in names)


def is_byline(alt: str, captions: Sequence[Block]) -> bool:
    """Whether a caption says who wrote the article, whom the picture shows, and when."""
    is_linked = bool(alt) and any(alt in link_texts(block) for block in captions)
    return is_linked and any(
        len(block.text) <= STAMP and absolute(block.text, ANYWHERE) is not None
        for block in captions
    )
