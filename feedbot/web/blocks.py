"""Blocks of text by their hashes: what stands on a page before any of it is left out.

What is learnt of a site changes how its pages are read, so a page that stayed as it was may give
another article. The hashes tell what the publisher changed from what is merely read otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b

from ..languages.fold import KEPT, fold
from ..languages.times import without_age
from ..model import PageText
from ..remembered import remembered

MOST_BLOCKS = 1000  # blocks beside a story that are remembered


def text_hash(text: str) -> int:
    """What tells one block of text from others: 48 bits, so that JSON keeps it exactly."""
    return int.from_bytes(blake2b(fold(text).encode(), digest_size=6).digest(), "big")


def block_hash(text: str) -> int:
    """The same without an age at its end, which is another at every look."""
    return _block_hash(text) if len(text) <= KEPT else text_hash(without_age(text))


@remembered(4096)  # a page is learnt from first, and then read
def _block_hash(text: str) -> int:
    return text_hash(without_age(text))


def page_text(blocks: Sequence[int], titles: Sequence[str]) -> PageText:
    """What a page says: its blocks, in any order, and the titles that it declares."""
    said = " ".join(map(str, (*sorted(blocks), *map(text_hash, titles))))
    return PageText(digest=text_hash(said), blocks=tuple(blocks))


def stands_in(paragraph: str, blocks: Collection[int]) -> bool:
    """Whether a paragraph, or each of its lines, is one of these blocks."""
    return block_hash(paragraph) in blocks or all(
        block_hash(line) in blocks for line in paragraph.split("\n")
    )


def beside(page: PageText, paragraphs: Sequence[str]) -> PageText:
    """What stands on a page beside these paragraphs."""
    own = {block_hash(line) for one in paragraphs for line in (one, *one.split("\n"))}
    return PageText(
        digest=page.digest, blocks=tuple(block for block in page.blocks if block not in own)
    )


def with_earlier(rest: PageText, before: PageText | None) -> PageText:
    """What stands beside a story, and what stood there `before`."""
    known = set(rest.blocks)
    old = [block for block in before.blocks if block not in known] if before else []
    return PageText(digest=rest.digest, blocks=tuple([*old, *rest.blocks][-MOST_BLOCKS:]))
