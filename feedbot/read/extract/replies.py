"""What stands below the text of an article with a date and a text of its own.

<div><b>Anna</b> 9 November 2026 14:05 <p>Well said!</p></div>      a reader wrote it
<div><span>9 November</span> <a>A bridge opens</a> <p>After …</p></div>      another article

No class has to say so: the date of an article stands right below its text, heads nothing, or says
what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from ...languages import times
from ...languages.labels import Label, label_of
from ...languages.order import Local
from ...web.document import Block
from .lines import LONGEST_LINE
from .prose import is_sentence
from .shown import tells_date

NEAR = 4  # blocks below a date among which the text stands that it heads
WHOLE = frozenset(("html", "body", "main"))


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
    dated = (at for at in range(last + 1, len(blocks)) if _is_dated(blocks[at], local))
    return frozenset(box for at in dated for box in _box_of(at, last, blocks, spans))


def _is_dated(block: Block, local: Local) -> bool:
    """Whether a short line says when, is no sentence, and does not say what it is the date of."""
    if len(block.text) > LONGEST_LINE or is_sentence(block.text):
        return False
    if tells_date(block.text) or label_of(block.text) != Label.NONE:
        return False
    if next(block.element.iter("time"), None) is not None or times.is_relative(block.text):
        return True
    return bool(times.found_in(block.text, local.zone, local.month_first))


def _box_of(
    at: int, last: int, blocks: Sequence[Block], spans: Mapping[etree._Element, range]
) -> Iterator[etree._Element]:
    """The smallest box around a date with a sentence below it, if it holds nothing of the text.

    A date right below the text is the article's, whatever is said of its author then.
    """
    below = range(at + 1, min(at + 1 + NEAR, len(blocks)))
    headed = (one for one in below if not blocks[one].is_heading and is_sentence(blocks[one].text))
    first = next(headed, None)
    if first is None or at == last + 1:
        return
    for element in reversed(blocks[at].ancestors):
        inside = spans[element]
        if element.tag in WHOLE or inside.start <= last:
            return
        if first < inside.stop:
            yield element
            return
