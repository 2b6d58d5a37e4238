"""The files that go with an article, in a list below its text: a plan, a form, minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from ...languages.fold import fold
from ...web.document import PAGE, Block
from ...web.urls import names_file
from .boxes import are_beside
from .own_blocks import NAMED, RECURS
from .prose import is_prose
from .prune import POINTER, Pruned

COLUMN = 3  # elements around the last paragraph in which its files may stand
NEAR = 6  # blocks below it among which they begin
TITLE = 12  # letters of a headline that tells what a file is
LABEL = 40  # letters of the longest label over files, and of their kind
KINDS = 2  # lines that say of what kind a file is, at most
LONGEST = 200  # characters of the line of a file
SHARE = 0.3  # of such a line that is a link; its kind and size may stand beside it
_KINDS = r"(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip)"
# A name with its ending, or a kind or a size in brackets: "Plan.pdf", "[PDF, 1,2 MB]", "640 kB".
SAYS_FILE = re.compile(
    rf"\.{_KINDS}\b|[(\[]\W?{_KINDS}\b|\b{_KINDS}\b.{{0,9}}\d\s?[km]i?[bo]\b|\d\s?[km]i?[bo]\W*$",
    re.IGNORECASE,
)


def attached(pruned: Pruned, chosen: Sequence[int]) -> list[int]:
    """The lines of files right below a text, and the heading over them."""
    first = _first_file(pruned, chosen[-1])
    files = list(_files_from(pruned, first)) if first else []
    if not files:
        return []
    heads = [at for at in range(chosen[-1] + 1, first) if _is_head(pruned, at)][-1:]
    is_next = _is_next(pruned, first, chosen[-1])
    return [*heads, *files] if heads or is_next or _are_told(pruned, files) else []


def _files_from(pruned: Pruned, first: int) -> Iterator[int]:
    """The lines of files from one on; a line or two between them may say of what kind each is."""
    last = first
    for at in range(first, len(pruned.document.blocks)):
        if _may_belong(pruned, at) and _is_of_file(pruned.document.blocks[at]):
            last = at
            yield at
        elif at - last > KINDS or not _is_label(pruned, at):
            return


def _are_told(pruned: Pruned, files: Sequence[int]) -> bool:
    return any(_says_file(pruned, pruned.document.blocks[at]) for at in files)


def _says_file(pruned: Pruned, block: Block) -> bool:
    """Whether a link says that it leads to a file, or names the article, whose news that is."""
    if SAYS_FILE.search(block.text):
        return True
    title = fold(pruned.document.blocks[pruned.title_at].text) if pruned.title_at >= 0 else ""
    return len(title) >= TITLE and title in fold(block.text)


def _first_file(pruned: Pruned, last: int) -> int:
    """The first line of a file below a text, in its column and before any other; 0 for none.

    What no other page of the site has, and is the very next line, or the next below a label of the
    site, may stand in a box of its own.
    """
    blocks = pruned.document.blocks
    column = _column(blocks[last])
    for at in range(last + 1, min(last + 1 + NEAR, len(blocks))):
        if not _may_belong(pruned, at):
            continue
        is_beside = not column.isdisjoint(blocks[at].ancestors)
        if _is_of_file(blocks[at]) and (is_beside or _is_next(pruned, at, last)):
            return at
        if is_beside and is_prose(blocks[at]):
            return 0
    return 0


def _is_next(pruned: Pruned, at: int, last: int) -> bool:
    """Whether a block that no other page of the site has is the next one below a text, where its
    paragraphs stand or in a box of their kind beside them, or below labels that others have.
    """
    if not pruned.is_known:
        return False
    if at == last + 1:
        block, above = pruned.document.blocks[at], pruned.document.blocks[last]
        place = above.element.getparent()
        is_there = place in block.ancestors and place is not None and place.tag not in PAGE
        return is_there or are_beside(block, above)
    return all(_is_label(pruned, between) for between in range(last + 1, at))


def _is_label(pruned: Pruned, at: int) -> bool:
    """Whether a line of a word or two, which leads nowhere, stands on other pages, too."""
    block = pruned.document.blocks[at]
    is_named = pruned.reasons[at].startswith((RECURS, NAMED))
    return pruned.is_known and is_named and not block.links and len(block.text) <= LABEL


def _may_belong(pruned: Pruned, at: int) -> bool:
    return pruned.reasons[at] in ("", POINTER)


def _column(last: Block) -> frozenset[etree._Element]:
    """The elements around a text, those aside that only wrap another."""
    around = (one for one in last.element.iterancestors() if one.tag not in PAGE)
    return frozenset(islice((one for one in around if len(one) > 1), COLUMN))


def _is_of_file(block: Block) -> bool:
    """Whether a line is a link to a file, with what that is."""
    if not block.links or block.linked < SHARE or len(block.text) > LONGEST:
        return False
    return all(map(names_file, block.links)) or SAYS_FILE.search(block.text) is not None


def _is_head(pruned: Pruned, at: int) -> bool:
    """Whether a block may head the files below it."""
    block = pruned.document.blocks[at]
    is_label = block.is_heading or block.text.endswith(":")
    may_belong = _may_belong(pruned, at) or pruned.reasons[at] == RECURS  # over others' files, too
    return is_label and not block.links and may_belong
