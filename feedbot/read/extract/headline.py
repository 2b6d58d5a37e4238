"""Where the headline stands, and what its place says of the blocks around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from lxml import etree

from ...languages.fold import fold
from ...web.document import Block, Document
from ...web.urls import url_key
from .boxes import made
from .prose import is_filing, is_prose, text_length

BELOW = 12  # blocks below the headline among which the lead stands
LEAD = 80  # letters of the shortest lead that nothing else has to speak for
MOST = 0.6  # share of the prose above a title that heads a list below the text
LONGEST_PATH = 120  # characters of a breadcrumb before the headline
STEP = re.compile(r"\s*[>»›→]\s*|\s[/|]\s")  # between two places of a breadcrumb
BAR = re.compile(r"\s[|•·»]\s")  # between a headline and the name of its site
MARKS = " .:"  # with which a line may end, and its title does not
ENOUGH = 200  # letters of prose that make the element around the headline the article


def headline_at(
    blocks: Sequence[Block], reasons: Sequence[str], title: str, own: Collection[str] = ()
) -> int:
    """Where the title stands: not in the breadcrumb, and not in a list below the text; else -1.

    An h1 of other words may be that of the section, where the title stands between it and the text.
    `own` are the URL keys of the page.
    """
    prose = [_letters(block, reason) for block, reason in zip(blocks, reasons, strict=True)]
    total, above, best, at, passed = sum(prose), 0, 0, -1, 0
    for position, block in enumerate(blocks):
        is_title = fold(block.text) == title
        is_below = above > MOST * total and (best > 0 or not is_title)
        score = 0 if is_below else _score(block, own, is_title=is_title)
        is_nearer = is_title and score == best and passed == above
        is_better = score > best or is_nearer
        if is_better and not (block.linked > 0.5 and _is_listed(blocks, prose, position)):
            best, at, passed = score, position, above
        above += prose[position]
    return at if best >= 2 else _in_line(blocks, reasons, title, own)


def _in_line(
    blocks: Sequence[Block], reasons: Sequence[str], title: str, own: Collection[str]
) -> int:
    """Where the title stands in a line that leads to its own page, or ends a breadcrumb; else -1.

    In a list it is one of several headlines.
    """
    lines = [(at, one) for at, one in enumerate(blocks) if not reasons[at]]
    named = (at for at, one in lines if fold(one.text) == title and one.tag != "li")
    paths = (at for at, one in lines if is_path_to(one, title))
    return next((at for at in named if _links_own(own, blocks[at])), next(paths, -1))


def is_path_to(block: Block, title: str) -> bool:
    """Whether a line is a breadcrumb that ends in the title: "News > 16-04-2018 > A new bridge".

    So is a heading that begins with it: "A new bridge | The Dyke".
    """
    text = block.text
    if title and block.is_heading and (said := fold(text)).startswith(title):
        return BAR.match(said, len(title)) is not None
    if not title or not block.links or not 0 < len(text) - len(title) <= LONGEST_PATH:
        return False
    ends = (fold(text[one.end() :]) for one in STEP.finditer(text))
    return any(one.strip(MARKS) == title.strip(MARKS) for one in ends)


def _score(block: Block, own: Collection[str], *, is_title: bool) -> int:
    """How much says that a block is the headline. Blogs have it lead to the page itself."""
    if block.linked > 0.5 and not _leads_to(own, block):
        return 0  # the name of the site, or of another article
    return 2 * (block.tag == "h1") + 2 * is_title + (block.is_heading and is_title)


def _leads_to(own: Collection[str], block: Block) -> bool:
    """Whether a heading links the page that it stands on, and no other one."""
    return block.is_heading and _links_own(own, block)


def _links_own(own: Collection[str], block: Block) -> bool:
    links = (block.card,) if block.card else block.links
    return all(url_key(url) in own for url in links)


def _is_listed(blocks: Sequence[Block], prose: Sequence[int], at: int) -> bool:
    """Whether the next heading like this one, which is a link, stands right below it.

    A list of the latest articles has that of the page, too.
    """
    for position in range(at + 1, len(blocks)):
        if blocks[position].tag == blocks[at].tag:
            return blocks[position].linked > 0.5 and sum(prose[at:position]) < LEAD
    return False


def _letters(block: Block, reason: str) -> int:
    """The letters of prose that stay."""
    return 0 if reason or not is_prose(block) else text_length(block.text)


class IsOfSite(Protocol):
    """Says whether most pages of the site have a block, that stands below text or begins it."""

    def __call__(self, at: int, *, below_text: bool) -> bool: ...


def lead_at(
    blocks: Sequence[Block], reasons: Sequence[str], title_at: int, is_of_site: IsOfSite
) -> int:
    """The block that must be the lead, whatever else speaks against it; -1 for none."""
    if title_at < 0:
        return -1
    has_text = False
    for at in range(title_at + 1, min(title_at + 1 + BELOW, len(blocks))):
        block = blocks[at]
        if reasons[at] or not is_prose(block) or is_filing(block):
            continue
        if is_of_site(at, below_text=has_text):
            continue
        if text_length(block.text) >= LEAD:
            return at
        has_text = True
    return -1


def in_another_article(blocks: Sequence[Block], reasons: Sequence[str], title_at: int) -> list[int]:
    """The blocks in another `<article>` than the headline: sites append the next one."""
    ours = _articles_around(blocks[title_at]) if title_at >= 0 else []
    if not ours:
        return []
    pairs = zip(blocks, reasons, strict=True)
    text = sum(_letters(block, reason) for block, reason in pairs if ours[-1] in block.ancestors)
    if text < ENOUGH:
        return []
    return [
        at
        for at, block in enumerate(blocks)
        if ours[0] not in block.ancestors and _articles_around(block)
    ]


def in_appended_stories(
    document: Document, title_at: int, others: Callable[[str], Collection[str]]
) -> Iterator[int]:
    """The blocks of the stories that a site shows whole below the page's own, as one scrolls down.

    Each has a headline made like that of the page, and so may a text have subheads. `others` gives
    the other articles that a text is known to be the headline of.
    """
    blocks = document.blocks
    made_alike = [at for at in _headed_alike(blocks, title_at) if at > title_at]
    first = next((at for at in made_alike if others(blocks[at].text)), len(blocks))
    for head, following in pairwise([*(at for at in made_alike if at >= first), len(blocks)]):
        yield from _story_below(document, title_at, head, following)


def _story_below(document: Document, title_at: int, head: int, following: int) -> range:
    """The blocks of the story with this headline: of its box, or up to the next headline."""
    blocks, around = document.blocks, set(document.blocks[title_at].ancestors)
    apart = [one for one in blocks[head].ancestors if one not in around]
    if len(apart) > 1:
        return document.spans[apart[0]]
    return range(head, min(following, document.spans[blocks[head].ancestors[-2]].stop))


def _headed_alike(blocks: Sequence[Block], title_at: int) -> list[int]:
    """The headings made like the headline, in elements made alike."""
    if title_at < 0 or not blocks[title_at].is_heading:
        return []
    form = _form(blocks[title_at])
    return [at for at, block in enumerate(blocks) if block.is_heading and _form(block) == form]


def _form(heading: Block) -> tuple[str, ...]:
    return tuple(map(made, heading.ancestors[-2:]))


def _articles_around(block: Block) -> list[etree._Element]:
    """The `<article>` elements around a block, the outermost first."""
    return [one for one in block.ancestors if one.tag == "article"]
