"""What stands below the text of an article with a date and a text of its own.

<div><b>Anna</b> 9 November 2026 14:05 <p>Well said!</p></div>      a reader wrote it
<div><span>9 November</span> <a>A bridge opens</a> <p>After …</p></div>      another article

No class has to say so: the date of an article stands right below its text, heads nothing, or says
what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from lxml import etree

from ...languages import times
from ...languages.labels import Label, label_of
from ...languages.order import Local
from ...web.document import PAGE, Block
from .lines import LONGEST_LINE
from .prose import is_sentence
from .shown import tells_date

NEAR = 4  # blocks below a date among which the text stands that it heads


def replies_below(
    blocks: Sequence[Block],
    spans: Mapping[etree._Element, range],
    chosen: Sequence[Block],
    local: Local,
) -> frozenset[etree._Element]:
    """The boxes below the last of the `chosen` blocks in which a date heads a text."""
    if not chosen:
        return frozenset()
    last = blocks.index(chosen[-1])
    # A date right below the text is the article's, whatever is said of its author then.
    boxes = ((at, _box_of(at, last, blocks, spans)) for at in range(last + 2, len(blocks)))
    return frozenset(box for at, box in boxes if box is not None and _is_dated(blocks[at], local))


def _is_dated(block: Block, local: Local) -> bool:
    """Whether a short line says when, is no sentence, and does not say what it is the date of."""
    if len(block.text) > LONGEST_LINE or is_sentence(block.text):
        return False
    if tells_date(block.text) or label_of(block.text) != Label.NONE:
        return False
    if next(block.element.iter("time"), None) is not None or times.is_relative(block.text):
        return True
    return bool(times.found_in(block.text, local.zone, local.order))


def _box_of(
    at: int, last: int, blocks: Sequence[Block], spans: Mapping[etree._Element, range]
) -> etree._Element | None:
    """The smallest box around a block with a sentence below it, if it holds nothing of the text."""
    below = range(at + 1, min(at + 1 + NEAR, len(blocks)))
    headed = (one for one in below if not blocks[one].is_heading and is_sentence(blocks[one].text))
    first = next(headed, None)
    if first is None:
        return None
    around = takewhile(lambda one: one.tag not in PAGE, reversed(blocks[at].ancestors))
    box = next((one for one in around if first < spans[one].stop), None)
    return box if box is not None and spans[box].start > last else None
