"""Other stories below a heading that says so: "Meer uit Buitenland", and where they end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import takewhile

from ...languages.times import is_relative
from ...web.document import Block, Document
from .dateline import dateline_of
from .elsewhere import Elsewhere, leaves
from .ending import says_address
from .furniture import READERS
from .prose import is_phrase, is_prose, leads_away, signature, stands_with
from .teasers import has_age

ABOUT = 4  # lines that are said of an author
LINES = 12  # that a heading over other stories may have below it and be the article's own
SENTENCE_ENDS = (".", "!", "。")
AROUND = 3  # containers around a heading in which its list may stand
QUIET = 100  # blocks in a row without a trace of another story, long or short, that end the list
SAMPLE = 50  # blocks of other stories in a row whose make is noted
RESUMES = 3  # long blocks in a row without such a trace: the article goes on


class Lists:
    """The lists of other stories on a page. `reasons` are those of its blocks, and are changed."""

    def __init__(self, document: Document, reasons: list[str], elsewhere: Elsewhere) -> None:
        self._document = document
        self._blocks = document.blocks
        self._reasons = reasons
        self._elsewhere = elsewhere
        self._jumps: dict[int, int] = {}  # from a block that goes to one after those that follow it
        self._traces: dict[int, bool] = {}

    def heads_own(self, at: int) -> bool:
        """Whether what sounds like a heading over other stories is the article's own.

        "More about that in future posts." is a sentence of its text. "Meer weten?" is over lines
        or paragraphs that stand where the text does, and link no other page of the site.
        """
        is_of_text = self._is_sentence_of_text(at) or self._heads_lines_away(at)
        return is_of_text or self._heads_own_section(at)

    def _heads_own_section(self, at: int) -> bool:
        """Whether a heading is over lines or paragraphs of the text, down to the next like it."""
        below = self._section_below(at)
        if (
            self._blocks[at].linked > 0.5
            or len(below) > LINES
            or any(self._may_be_other(one, at) for one in below)
        ):
            return False
        heading = self._blocks[at]
        lines = self._blocks[below.start : below.stop]
        may_be_sources = heading.is_heading or heading.text.endswith(":")
        return any(_is_of_text(one) or (may_be_sources and one.links) for one in lines)

    def _heads_lines_away(self, at: int) -> bool:
        """Whether a line without links is the first of a paragraph whose others leave the site, or
        stands over such a paragraph of its own make: "More information is here".
        """
        element = self._blocks[at].element
        same = takewhile(lambda one: one.element is element, self._blocks[at : at + LINES])
        head, *rest = same
        if not rest and not head.is_heading and is_phrase(head.text):
            rest = [one for one in self._blocks[at + 1 : at + 2] if stands_with(one, head)]
        return bool(rest) and not head.links and all(leads_away(one, self._leaves) for one in rest)

    def _is_sentence_of_text(self, at: int) -> bool:
        block = self._blocks[at]
        is_free = not (block.card or block.is_heading) and all(map(self._leaves, block.links))
        return is_free and block.text.endswith(SENTENCE_ENDS) and self._is_made_above(block, at)

    def _section_below(self, at: int) -> range:
        """The blocks below a heading as far as the next one like it, or the end of its place."""
        end = self._end_below(at)
        heads = (one for one in range(at + 1, end) if self._heads_text(self._blocks[one], at))
        return range(at + 1, next(heads, end))

    def _may_be_other(self, at: int, heading: int) -> bool:
        """Whether a block below a heading may be of another story."""
        block = self._blocks[at]
        leads = filter(None, (block.card, *block.links))
        if self._reasons[at] or block.is_heading or not all(map(self._leaves, leads)):
            return True
        is_own = self._is_made_above(block, heading) or self._stands_with_text(block, heading)
        return not is_own or self._is_trace_at(at)

    def _stands_with_text(self, block: Block, heading: int) -> bool:
        """Whether a block stands in the element of a heading, and so does what is above that."""
        place = self._blocks[heading].element.getparent()
        above = self._blocks[max(heading - 1, 0)]
        return place in block.ancestors and place in above.ancestors

    def _leaves(self, url: str) -> bool:
        return leaves(url, self._document)

    def cut(self, at: int) -> None:
        """Drops a heading over other stories, and them."""
        self._reasons[at] = self._reasons[at] or "a heading over other stories"
        foreign: set[tuple[str, ...]] = set()
        quiet: list[int] = []
        prose = 0
        position, end = at + 1, self._end_below(at)
        while position < end:
            block = self._blocks[position]
            if self._reasons[position] or self._is_trace_at(position):
                self._drop([*quiet, position])
                after = min(self._next_kept(position), end)
                foreign.update(
                    map(signature, self._blocks[position : min(after, position + SAMPLE)])
                )
                quiet, prose, position = [], 0, after
                continue
            if self._heads_text(block, at):
                break
            if is_prose(block):
                prose += 1
                if foreign and self._is_made_above(block, at) and signature(block) not in foreign:
                    return  # a paragraph of the article's make, which no other story has
            quiet.append(position)
            if prose >= RESUMES or len(quiet) >= QUIET:
                return
            position += 1
        # What is left over ends the list, unless it has a subhead, as an article would.
        if len(quiet) <= 2 * RESUMES and not any(self._blocks[one].is_heading for one in quiet):
            self._drop(quiet)

    def _heads_text(self, block: Block, at: int) -> bool:
        """Whether a heading like that over the stories ends them: "See also", then "Sources"."""
        heading = self._blocks[at]
        return heading.is_heading and block.tag == heading.tag and block.linked <= 0.5

    def cut_comments(self, at: int) -> None:
        """Drops the line over what readers wrote, and all that stands below it."""
        self._drop(range(at, self._end_below(at)), READERS)

    def cut_author(self, at: int) -> None:
        """Drops the heading over what is said of the author, and the few lines below it."""
        end = min(self._end_below(at), at + 1 + ABOUT)
        below = takewhile(lambda one: not self._blocks[one].is_heading, range(at + 1, end))
        self._drop([at, *below], "about the author")

    def _drop(
        self, positions: Iterable[int], reason: str = "below a heading over other stories"
    ) -> None:
        for at in positions:
            self._reasons[at] = self._reasons[at] or reason

    def _end_below(self, at: int) -> int:
        """Where the container of a heading ends, or that around it if nothing follows in it."""
        heading = self._blocks[at]
        containers = [one for one in heading.ancestors if one is not heading.element]
        for container in containers[: -1 - AROUND : -1]:
            end = self._document.spans[container].stop
            if end > at + 1:
                return end
        return at + 1

    def _next_kept(self, at: int) -> int:
        """The first block from `at` on that has no reason to go. Remembers what it has passed."""
        end, passed = at, list[int]()
        while end < len(self._blocks) and self._reasons[end]:
            passed.append(end)
            end = self._jumps.get(end, end + 1)
        self._jumps.update(dict.fromkeys(passed, end))
        return end

    def _is_made_above(self, block: Block, at: int) -> bool:
        """Whether a paragraph of the same make stands above block `at`."""
        return self._first_made.get(signature(block), at) < at

    @cached_property
    def _first_made(self) -> Mapping[tuple[str, ...], int]:
        found: dict[tuple[str, ...], int] = {}
        for at, block in enumerate(self._blocks):
            if is_prose(block):
                found.setdefault(signature(block), at)
        return found

    def _is_trace_at(self, at: int) -> bool:
        """Whether a block shows that it is of another story; kept, as headings share lists."""
        if at not in self._traces:
            self._traces[at] = self._is_trace(self._blocks[at])
        return self._traces[at]

    def _is_trace(self, block: Block) -> bool:
        return (
            is_relative(block.text)
            or has_age(block.text)
            or bool(dateline_of(block.text))
            or (block.linked > 0.5 and self._elsewhere.is_linked_from(block))
        )


def _is_of_text(block: Block) -> bool:
    """Whether a block is a line or a paragraph of a text, or an address."""
    return block.is_next_line or is_prose(block) or says_address(block)
