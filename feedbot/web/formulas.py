"""Formulas as HTML that every reader shows, from MathML, KaTeX, MathJax and MediaWiki.

The W3C feed validator takes MathML for a mistake. So a power becomes a `<sup>`, an index a `<sub>`,
a fraction a/b; where a page has only TeX, its TeX is shown. Each formula is read once: beside it
stand drawings of it, hidden copies and its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ..remembered import remembered

Piece = tuple[str, bool]  # some text, or a tag: its name with its brackets, and True

# Elements and classes of what draws a formula that stands beside it, or in it, as MathML or TeX.
CONTAINERS = frozenset(("mjx-container", "mjx-math", "mjx-assistive-mml"))
DRAWN = re.compile(
    r"(?:^|\s)(?:katex|katex-display|katex-html|MathJax(?:_\w+)?|mjx-\w+|mwe-math-[\w-]+)(?:\s|$)"
)
TEX = re.compile(r"math/tex|application/x-tex", re.IGNORECASE)
RAISED = {"msup": ("sup",), "msub": ("sub",), "msubsup": ("sub", "sup")}
RAISED |= {"mover": ("sup",), "munder": ("sub",), "munderover": ("sub", "sup")}
NOT_SHOWN = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))


def formula_in(element: etree._Element) -> etree._Element | None:
    """The element that says what formula another one shows; None if it shows none."""
    tag = element.tag
    if tag == "math":
        return element
    if tag == "script":
        is_source = TEX.match(element.get("type") or "") and not _is_drawn_before(element)
        return element if is_source else None
    if tag in CONTAINERS or _is_drawn(element):
        return next(element.iter("math"), None)
    return None


def is_drawing(element: etree._Element) -> bool:
    """Whether an element only draws a formula whose source stands beside it."""
    return element.tag in CONTAINERS or _is_drawn(element)


def _is_drawn(element: etree._Element) -> bool:
    names = element.get("class")
    return names is not None and _names_drawing(names)


@remembered(1024)  # pages of a site have the same names, each of them several times
def _names_drawing(names: str) -> bool:
    return DRAWN.search(names) is not None


def _is_drawn_before(script: etree._Element) -> bool:
    """Whether the same formula stands before its TeX as MathML."""
    before = script.getprevious()
    return before is not None and is_drawing(before) and formula_in(before) is not None


def pieces_of(formula: etree._Element) -> list[Piece]:
    """A formula as text and tags."""
    if formula.tag == "script":
        return [(" ".join((formula.text or "").split()), False)]
    found = list(_pieces(formula))
    if any(text for text, is_tag in found if not is_tag):
        return found
    source = next((one.text for one in formula.iter("annotation") if one.text), None)
    return [(formula.get("alttext") or source or "".join(map(str, formula.itertext())), False)]


def _pieces(node: etree._Element) -> Iterator[Piece]:
    tag = str(node.tag)
    parts = [one for one in node if isinstance(one.tag, str)]
    if tag in NOT_SHOWN:
        return
    if tag in RAISED and parts:
        yield from _pieces(parts[0])
        for name, part in zip(RAISED[tag], parts[1:], strict=False):
            yield from ((f"<{name}>", True), *_pieces(part), (f"</{name}>", True))
    elif tag == "mfrac" and len(parts) == 2:
        yield from (*_grouped(parts[0]), ("/", False), *_grouped(parts[1]))
    elif tag in ("msqrt", "mroot"):
        inside = parts[:1] if tag == "mroot" else parts
        yield ("√(", False)
        for part in inside:
            yield from _pieces(part)
        yield (")", False)
    else:
        yield from _in_order(tag, node, parts)


def _in_order(tag: str, node: etree._Element, parts: list[etree._Element]) -> Iterator[Piece]:
    if not parts and node.text and node.text.strip():
        text = " ".join(node.text.split())
        yield (f" {text} " if tag == "mtext" else text, False)
    for number, part in enumerate(parts):
        if number and tag in ("mtr", "mtable"):
            yield (", " if tag == "mtr" else "; ", False)
        yield from _pieces(part)


def _grouped(node: etree._Element) -> Iterator[Piece]:
    """A part of a fraction, in parentheses unless it is one sign."""
    found = list(_pieces(node))
    if len(found) < 2:
        yield from found
    else:
        yield from (("(", False), *found, (")", False))
