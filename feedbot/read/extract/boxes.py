"""Which elements of a page hold the text of its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from lxml import etree

from ...remembered import remembered
from ...web.document import PAGE, Block, has_text
from .prose import text_length

CONTAINS = 0.7  # share of the prose that the container of an article holds
GAP = 12  # blocks without prose after which another part of the page begins,
OTHERS = 0.2  # if more than this share of them is left out, or links; others may be of a table
CODE = 300  # letters that code counts for at most: a page of it is in one box, the text beside it
FAR = 0.3  # what a paragraph counts in the next part, in those after it ever less
BROKEN = frozenset(".,;:)]")  # signs that no paragraph begins with: it is a piece of a reference
BUILT = 4  # boxes in each other, with the paragraph, that page builders make
SPLIT = 6  # levels on which boxes of one text may stand beside each other
WHOLE = PAGE | {"article"}
LISTS = frozenset(("ul", "ol", "dl"))
DIGITS = re.compile(r"\d+")
APPLE = re.compile(r"(?<!\S)p\d{1,2}(?!\S)")  # as its programs number the looks of paragraphs
# Classes of editors that only say how a paragraph looks: in the middle, in large letters.
LOOKS = re.compile(
    r"(?<!\S)(?:has-[\w-]+|(?:text-?align-?|text-|align-?|rte-?)(?:cent(?:er|re)|left|right|start|end"
    r"|justif\w+)|rteindent|ql-(?:align|indent)[\w-]*|mso\w+)(?!\S)",
    re.IGNORECASE,
)


def boxes_of(
    blocks: Sequence[Block], prose: Sequence[int], start: int, is_other: Callable[[int], bool]
) -> set[etree._Element]:
    """The elements that hold the article: its container, and others beside it made like that.

    Advertisements split a text into boxes. The headline stands above all of them: what stands
    beside a box that holds it is not the text, unless a page builder made it like that to the last
    box. `is_other` says whether a block was left out, or is a link.
    """
    holders = set(blocks[start].ancestors) if start >= 0 else set()
    around = _below_head(_container(blocks, prose, is_other), holders, blocks, prose)
    found = {around}
    for _ in range(SPLIT):
        parent = around.getparent()
        if parent is None or around.tag in WHOLE:
            break
        paths = _paths_below(parent, [blocks[at].ancestors for at in prose])
        may_be = partial(_tells, deep=around in holders, whole=parent.tag in WHOLE)
        own = set(filter(may_be, paths.pop(around, ())))
        found.update(one for one, theirs in paths.items() if not own.isdisjoint(theirs))
        around = parent
    return found


def _below_head(
    around: etree._Element,
    holders: Collection[etree._Element],
    blocks: Sequence[Block],
    prose: Sequence[int],
) -> etree._Element:
    """The container, or what is around it if that is but the head of a short article.

    A head holds the headline and a lead; the text goes on beside it, and leads nowhere.
    """
    parent = around.getparent()
    if around not in holders or parent is None or parent.tag in PAGE or around.tag in WHOLE:
        return around
    inside, *more = (at for at in prose if around in blocks[at].ancestors)
    beside = [blocks[at] for at in prose if at > inside and parent in blocks[at].ancestors]
    is_head = not more and bool(beside)
    return parent if is_head and not any(one.links for one in beside) else around


def _paths_below(
    parent: etree._Element, chains: Iterable[tuple[etree._Element, ...]]
) -> dict[etree._Element, set[tuple[str, ...]]]:
    """How paragraphs are made from `parent` on, by the child of it that they stand in."""
    paths: dict[etree._Element, set[tuple[str, ...]]] = {}
    for chain in chains:
        if parent in chain[:-1]:
            below = chain[chain.index(parent) + 1 :]
            paths.setdefault(below[0], set()).add(tuple(map(made, below)))
    return paths


def _tells(path: tuple[str, ...], *, deep: bool, whole: bool) -> bool:
    """Whether boxes in which paragraphs are made so are alike by more than chance."""
    if deep:
        return len(path) >= BUILT and all(map(_class, path[:-1]))
    return whole or any(map(_class, path))


def _class(step: str) -> str:
    return step.partition(" ")[2]


PLAIN = "p "  # a paragraph without classes, as the next one tells


def made(element: etree._Element) -> str:
    """Its tag and classes, numbers and looks aside: what elements of one kind have in common."""
    names = element.get("class")
    return f"{element.tag!s} {_kind(names) if names else ''}"


@remembered(2048)  # pages of a site have the same classes, each of them many times
def _kind(names: str) -> str:
    return " ".join(LOOKS.sub("", DIGITS.sub("", APPLE.sub("", names))).split())


def are_beside(one: Block, other: Block) -> bool:
    """Whether the boxes of two blocks stand beside each other and are of one kind, be it not of
    one make: `<section class="block text">`, `<section class="block button">`.
    """
    pairs = zip(one.ancestors, other.ancestors, strict=False)
    boxes = next(((box, beside) for box, beside in pairs if box is not beside), None)
    if boxes is None or boxes[0].tag != boxes[1].tag:
        return False
    names, others = (set((box.get("class") or "").split()) for box in boxes)
    return not names.isdisjoint(others) or not (names or others)


def kind_of(block: Block) -> tuple[etree._Element | None, str]:
    """Where a block stands, and how it is made: a subhead that is a link is one of those beside."""
    return block.element.getparent(), made(block.element)


def _container(
    blocks: Sequence[Block], prose: Sequence[int], is_other: Callable[[int], bool]
) -> etree._Element:
    """The lowest element with most of the prose; what stands far below the headline counts less."""
    mass, total = _mass(blocks, prose, is_other)
    around = {element for at in prose for element in blocks[at].ancestors[:-1]}
    paragraphs = Counter(one for at in prose if (one := blocks[at].element) not in around)
    fitting = [
        element
        for element, held in mass.items()
        if held >= CONTAINS * total
        and (
            element not in paragraphs
            or element.tag in ("body", "html")
            or (paragraphs[element] > 1 and not _has_like(element))
        )
    ]
    return _around_list(max(fitting or mass, key=_depth))


def _mass(
    blocks: Sequence[Block], prose: Sequence[int], is_other: Callable[[int], bool]
) -> tuple[Mapping[etree._Element, float], float]:
    """What each element holds of the prose, and all of it, as letters by how near they stand."""
    mass: dict[etree._Element, float] = {}
    total, near, last = 0.0, 1.0, prose[0]
    for at in prose:
        if at - last > GAP and sum(map(is_other, range(last + 1, at))) > OTHERS * (at - last):
            near *= FAR
        last = at
        length = text_length(blocks[at].text)
        said = near * (min(length, CODE) if blocks[at].tag == "pre" else length)
        if blocks[at].text[0] in BROKEN:
            said *= FAR
        total += said
        for element in blocks[at].ancestors:
            mass[element] = mass.get(element, 0.0) + said
    return mass, total


def _has_like(paragraph: etree._Element) -> bool:
    """Whether another paragraph with a text stands beside one, and is made like it.

    One that holds a text line by line stands alone.
    """
    around = paragraph.getparent()
    return any(
        one is not paragraph and made(one) == made(paragraph) and has_text(one)
        for one in (around if around is not None else ())
    )


def _around_list(element: etree._Element) -> etree._Element:
    """What a list stands in: a text that is mostly a list begins above it, and ends below.

    So does one that is mostly a quotation, but in the box of a whole page.
    """
    while (parent := element.getparent()) is not None and (
        element.tag in LISTS or (element.tag == "blockquote" and parent.tag not in WHOLE)
    ):
        element = parent
    return element


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def quotation_around(block: Block) -> etree._Element | None:
    """The quotation that a block stands in."""
    return next((one for one in block.ancestors if one.tag == "blockquote"), None)


def item_around(block: Block) -> etree._Element | None:
    """The innermost item of microdata that a block stands in."""
    return next(
        (one for one in reversed(block.ancestors) if one.get("itemscope") is not None), None
    )


def is_of_part(block: Block) -> bool:
    """Whether microdata says a line of somebody or something that the page's own item names."""
    item = item_around(block)
    return item is not None and item.get("itemprop") is not None
