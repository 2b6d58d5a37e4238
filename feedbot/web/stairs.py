"""Boxes that end too early, one paragraph after the other, as editors leave them behind.

    <div><div><div><p>One.</p></div> <p>Two.</p></div> <p>Three.</p></div>

A browser shows one text, of which each paragraph stands in one box less than that before. The same
happens where boxes end that were never begun: the next `</div>` ends one around the text.
"""

from __future__ import annotations

import re

from lxml import etree

# The end of a box between two paragraphs.
BETWEEN = re.compile(r"(?<=</p>)(\s*)</div\s*>(?=\s*<p[\s>])", re.IGNORECASE)
STEPS = frozenset(("p", "div", "br"))  # what such a box holds


def without_strays(text: str) -> str:
    """The source of a page without ends of boxes amid a text: as many as it has too many."""
    excess = _count(text, "</div") - _count(text, "<div")
    return BETWEEN.sub(r"\1", text, count=excess) if excess > 0 else text


def _count(text: str, tag: str) -> int:
    return text.count(tag) + text.count(tag.upper())


def remove_stairs(root: etree._Element) -> None:
    """Takes away the boxes without a name that begin a text, and end before it does."""
    for box in reversed(list(root.iter("div"))):
        parent = box.getparent()
        if parent is not None and not box.attrib and _is_step(box, parent):
            at = parent.index(box)
            for child in reversed(list(box)):
                parent.insert(at + 1, child)
            parent.remove(box)


def _is_step(box: etree._Element, parent: etree._Element) -> bool:
    """Whether a box holds paragraphs and little else, and another one follows right behind it."""
    below = box.getnext()
    if below is None or below.tag != "p" or _says(box.text) or _says(box.tail):
        return False
    tags = {one.tag for one in box}
    if "p" not in tags or not tags <= STEPS or not _says("".join(below.itertext(with_tail=False))):
        return False
    return not _says(parent.text) and not any(map(_has_text, box.itersiblings(preceding=True)))


def _has_text(element: etree._Element) -> bool:
    return any(map(_says, element.itertext()))


def _says(text: object) -> bool:
    return bool(str(text or "").strip())
