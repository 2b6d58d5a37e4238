"""Which of the blocks that are left are the text of the article, and that text as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lxml import etree

from ..document import Block
from ..language.fold import fold
from .prune import Pruned, is_prose, is_sentence, weight

CONTAINS = 0.7  # share of the prose that the container of an article holds
SHARES = (1.0, 1.0, 0.7, 0.5, 0.35)  # of a paragraph's weight, for itself and those above it
GAP = 12  # blocks without prose after which another part of the page begins
ALIKE = 0.6  # share of the prose around an element that must be made like that in it
FAR = 0.3  # what a paragraph counts in the next part, in those after it ever less
SHORTEST = 25  # letters of prose without which there is no article
SUBHEAD = 90  # characters of the longest subhead
STANDFIRST = 3  # blocks of a summary above the text
DECLARED = 300  # letters from which a declared text may be the whole text
LONGEST_DECLARED = 100_000  # letters in which every block is looked for
PARTLY = 0.4  # of what was found: a declared text that says less is not the whole text
REPEATED = 60  # letters from which a text that stands twice is one text
SAME = 0.7  # share of the declared text whose blocks must be on the page
QUOTES = frozenset(("blockquote", "q"))


def body(pruned: Pruned, title: str, declared: str = "") -> tuple[Block, ...]:
    """The blocks of the article in reading order; none if there is no text to be found.

    `declared` is the text that the page gives for machines: where its blocks are found, they and
    the subheads between them are the article.
    """
    blocks, reasons, start = pruned.document.blocks, pruned.reasons, pruned.title_at
    kept = [at for at in range(len(blocks)) if not reasons[at] and at != start]
    after = [at for at in kept if at > start]
    prose = [at for at in after if is_prose(blocks[at])]
    if sum(weight(blocks[at].text) for at in prose) < SHORTEST:
        prose = [at for at in kept if is_prose(blocks[at])]
        after = kept
    if not prose:
        return ()
    container = _container(blocks, prose)
    inside = [at for at in after if container is None or container in blocks[at].ancestors]
    chosen = _from_first_to_last(blocks, inside)
    if chosen:
        chosen = _standfirst(blocks, after, chosen[0]) + chosen
    chosen = _confirmed(blocks, after, chosen, declared)
    return _once([blocks[at] for at in chosen], fold(title))


def _once(chosen: Sequence[Block], title: str) -> tuple[Block, ...]:
    """Each paragraph once, none of them the title: phones and screens get copies of their own."""
    seen, kept = {title}, []
    for block in chosen:
        text = fold(block.text)
        if text not in seen:
            kept.append(block)
        if len(text) >= REPEATED or text == title:
            seen.add(text)
    return tuple(kept)


def _standfirst(blocks: Sequence[Block], after: Sequence[int], first: int) -> list[int]:
    """The summary between headline and text, wherever it stands."""
    above = [at for at in after if at < first and blocks[at].linked < 0.3]
    return [
        at
        for at in above[:STANDFIRST]
        if weight(blocks[at].text) >= 50 and (is_sentence(blocks[at].text) or is_prose(blocks[at]))
    ]


def _confirmed(
    blocks: Sequence[Block], after: Sequence[int], chosen: list[int], declared: str
) -> list[int]:
    """The chosen blocks, corrected by the text that the page declares if it is the same text."""
    said = fold(declared)
    found = sum(len(blocks[at].text) for at in chosen)
    if not DECLARED <= len(said) <= LONGEST_DECLARED or len(said) < PARTLY * found:
        return chosen  # a summary, or the part before a paywall
    confirmed = [at for at in after if is_prose(blocks[at]) and _start(blocks[at]) in said]
    if sum(len(blocks[at].text) for at in confirmed) < SAME * len(said):
        return chosen
    first, last = min(confirmed), max(confirmed)
    return [
        at
        for at in sorted({*chosen, *confirmed})
        if at < first or _start(blocks[at]) in said or (at < last and is_subhead(blocks[at]))
    ]


def _start(block: Block) -> str:
    return fold(block.text)[:60]


def _container(blocks: Sequence[Block], prose: Sequence[int]) -> etree._Element | None:
    """The lowest element with most of the prose; what stands far below the headline counts less."""
    mass: dict[etree._Element, float] = {}
    total, near, last = 0.0, 1.0, prose[0]
    for at in prose:
        if at - last > GAP:
            near *= FAR
        last = at
        said = near * weight(blocks[at].text)
        total += said
        for element in blocks[at].ancestors:
            mass[element] = mass.get(element, 0.0) + said
    fitting = [element for element, held in mass.items() if held >= CONTAINS * total]
    return max(fitting, key=_depth, default=None)


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _from_first_to_last(blocks: Sequence[Block], inside: Sequence[int]) -> list[int]:
    """From the first paragraph to the last, with subheads, lists and short lines between."""
    prose = [at for at in inside if is_prose(blocks[at])]
    if not prose:
        return []
    first, last = prose[0], prose[-1]
    between = [at for at in inside if first <= at <= last]
    ending = [at for at in inside if at > last]
    chosen = [at for at in between if _belongs(blocks[at])]
    for at in ending:  # a last line, shorter than a paragraph
        if not _belongs(blocks[at]) or not is_sentence(blocks[at].text):
            break
        chosen.append(at)
    return chosen


def _belongs(block: Block) -> bool:
    return block.linked <= 0.8 or len(block.text) > SUBHEAD


def html_of(blocks: Sequence[Block]) -> str:
    """The blocks as HTML: paragraphs, subheads, lists and quotations, with links and emphasis."""
    parts: list[str] = []
    in_list = False
    for block in blocks:
        is_item = block.tag == "li"
        if is_item != in_list:
            parts.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        parts.append(_as_html(block))
    if in_list:
        parts.append("</ul>")
    return "\n".join(parts)


def _as_html(block: Block) -> str:
    if block.tag == "li":
        return f"<li>{block.html}</li>"
    if is_subhead(block):
        return f"<h3>{escape(block.text, quote=False)}</h3>"
    if any(element.tag in QUOTES for element in block.ancestors):
        return f"<blockquote><p>{block.html}</p></blockquote>"
    if block.tag == "pre":
        return f"<pre>{block.html}</pre>"
    return f"<p>{block.html}</p>"


def is_subhead(block: Block) -> bool:
    """Whether a block is a heading within the text, by its markup or by its looks."""
    if block.is_heading:
        return True
    short = len(block.text) <= SUBHEAD and block.tag in ("p", "div")
    return short and not is_sentence(block.text) and block.text[-1:] not in ",;:"
