"""The notes at the foot of an article: what the marks in its text lead to."""

from __future__ import annotations

from collections.abc import Sequence

from ...web.document import Block
from .own_blocks import NAMED
from .prune import POINTER, Pruned

LONGEST = 2_000  # letters of a note; what is longer may be all that readers wrote
# Reasons for which a note would go, beside names of furniture: they say nothing of what it says.
BY_MARKUP = ("<footer>", "<aside>", "<menu>", POINTER, "a byline or a caption")


def notes_below(pruned: Pruned, chosen: Sequence[int]) -> list[int]:
    """The blocks below the text that marks in it, or in other notes, lead to."""
    blocks = pruned.document.blocks
    named = {name for at in chosen for name in blocks[at].notes}
    if not named:
        return []
    below = range(chosen[-1] + 1, len(blocks))
    inside = {at for at in below if _note_around(blocks[at], named, pruned)}
    return [at for at in sorted(inside) if _may_be_note(pruned.reasons[at])]


def _note_around(block: Block, named: set[str], pruned: Pruned) -> bool:
    """Whether a block stands in an element that a mark leads to, or holds the place itself."""
    for element in (*block.ancestors[-3:], *block.element.iterdescendants("a", "span", "sup")):
        if (element.get("id") or element.get("name")) in named:
            around = pruned.document.spans.get(element, range(0))
            said = sum(len(pruned.document.blocks[at].text) for at in around)
            return said <= LONGEST
    return False


def _may_be_note(reason: str) -> bool:
    return not reason or reason.startswith(NAMED) or reason in BY_MARKUP
