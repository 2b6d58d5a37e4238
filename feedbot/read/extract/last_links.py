"""Lines with a link into the site that end a text: "See all pictures here!", "More information".

They stand as its paragraphs do, and few pages have them. They lead to no page that is known, nor
are they called as their address: a link to another story has its headline, which its address says,
and the site's own ("Newsletter") are called as what they lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import heads_other_stories, is_insert, is_service
from ...languages.wordcount import count_words
from ...web.document import Block
from ...web.urls import parts_of
from .boxes import made
from .own_blocks import RECURS
from .own_passages import makes_of_own
from .prose import SHORT_LINE

MOST = 0.5  # of the sibling pages have such a line: more are the site's
SAID = 10  # letters of the shortest
MOST_WORDS = 5  # of one that no other page has: more may be a headline
SHORTEST = 4  # letters of a word that tells what a page is about


def last_links(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    pointer: str,
    pages: Callable[[int], Collection[str]],
    siblings: int,
    is_known: Callable[[str], bool],
) -> Iterator[int]:
    """Where they stand. `pages` says which of the sibling pages show a block, `is_known` whether
    an address is that of a page that is known, as articles and listings are.
    """
    may_end = _linked_below_kept(blocks, reasons, (RECURS, pointer))
    makes = makes_of_own(blocks, reasons) if may_end else {}
    for at in may_end:
        if not _stands_as_text(blocks[at], makes):
            continue
        is_rare = len(pages(at)) <= MOST * siblings
        if not is_rare or not _ends_place(blocks, reasons, at):
            continue
        is_brief = pages(at) or count_words(blocks[at].text) <= MOST_WORDS
        if is_brief and _may_end_text(blocks[at], is_known):
            yield at


def _linked_below_kept(
    blocks: Sequence[Block], reasons: Sequence[str], of: Collection[str]
) -> list[int]:
    """The lines with links that went for one of some reasons, right below one that is kept."""
    below = (at for at in range(1, len(blocks)) if reasons[at] in of and not reasons[at - 1])
    return [at for at in below if blocks[at].links]


def _stands_as_text(block: Block, makes: Mapping[etree._Element | None, set[str]]) -> bool:
    return made(block.element) in makes.get(block.element.getparent(), ())


def _ends_place(blocks: Sequence[Block], reasons: Sequence[str], at: int) -> bool:
    """Whether a line stands below one that is kept, and nothing that is kept below it in its
    element.
    """
    place = blocks[at].element.getparent()
    if reasons[at - 1]:
        return False
    below = next((one for one in range(at + 1, len(blocks)) if not reasons[one]), None)
    return below is None or place not in blocks[below].ancestors


def _may_end_text(block: Block, is_known: Callable[[str], bool]) -> bool:
    """Whether a short line links a page that is not known, and is not called as that is."""
    text = block.text
    if block.card or len(set(block.links)) != 1 or not SAID <= len(text) <= SHORT_LINE:
        return False
    if is_insert(text) or heads_other_stories(text) or is_service(text):
        return False
    url = block.links[0]
    return not is_known(url) and not _is_called_so(text, url)


def _is_called_so(text: str, url: str) -> bool:
    """Whether an address has one of the longer words of a text."""
    path = fold(unquote(parts_of(url).path))
    words = "".join(one if one.isalnum() else " " for one in fold(text)).split()
    return any(len(word) >= SHORTEST and word in path for word in words)
