"""The list at the head of a page that says what the page is, as data about it and not as text.

<dl><dt>From:</dt><dd>Department for Rivers</dd><dt>Published</dt><dd>9 November 2026</dd></dl>

A list is one if it says when the page was published or changed, and holds no sentence. A mere
"Date" may be that of an event, and is what its article tells, unless a list says also how many
comments readers wrote, or links the category of the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...languages import times
from ...languages.labels import Label, heads_comments, label_of
from ...web.document import Block, Document
from .lines import LONGEST_LABEL, LONGEST_LINE
from .prose import is_sentence, names_categories

BELOW = 8  # blocks below the headline among which it begins
MOST = 16  # blocks of such a list


def details(document: Document, title_at: int) -> Iterator[int]:
    """The blocks of such lists right below the headline."""
    near = range(title_at + 1, title_at + 1 + BELOW) if title_at >= 0 else ()
    for element in (*document.elements("dl"), *document.elements("table")):
        inside = document.spans.get(element, range(0))
        if inside.start in near and _tells_of_page(document.blocks_in(element)):
            yield from inside


def _tells_of_page(blocks: Sequence[Block]) -> bool:
    if len(blocks) > MOST or any(is_sentence(one.text) for one in blocks):
        return False
    is_short = all(len(one.text) <= LONGEST_LINE for one in blocks)
    return is_short and (any(_says_when(*pair) for pair in pairwise(blocks)) or _is_meta(blocks))


def _is_meta(blocks: Sequence[Block]) -> bool:
    """Whether some blocks tell a date, and comments or a category of what was written on it."""
    is_dated = any(times.found_in(one.text, times.ANYWHERE) for one in blocks)
    return is_dated and any(
        heads_comments(one.text.rpartition(":")[2].strip()) or names_categories(one)
        for one in blocks
    )


def _says_when(label: Block, value: Block) -> bool:
    """Whether a date follows what says that it is that of publication, or of a change."""
    is_label = len(label.text) <= LONGEST_LABEL and label_of(label.text) != Label.NONE
    return is_label and bool(times.found_in(value.text, times.ANYWHERE))
