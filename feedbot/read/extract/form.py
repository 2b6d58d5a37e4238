"""The article as HTML: its blocks in the lists, tables and quotations that they stand in, with the
pictures, films and sounds that belong to it.

    blocks of the text, figures ──▶ a tree of what holds them ──▶ HTML

The words are those of the blocks: what was chosen as text decides, nothing is added but captions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape
from itertools import chain, dropwhile, takewhile, zip_longest

from lxml import etree

from ...languages.fold import fold
from ...web.document import HEADINGS, Block, Document, anchor_of
from ...web.sanitise import ANCHOR
from ...web.urls import host_of, parts_of
from .figures import Figure
from .media import Embed, Picture
from .prose import SUMMARY, is_prose, text_length
from .prune import describes

# What must stand in what; elsewhere it is no structure but a box.
PARENTS = {
    "ul": (),
    "ol": (),
    "dl": (),
    "table": (),
    "blockquote": (),
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
}
INLINE_HOLDERS = frozenset(("li", "dt", "dd", "td", "th", "caption"))  # of text without a <p>
ATTRIBUTES = {
    "ol": ("start", "reversed"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "blockquote": ("cite",),
}
ID = re.compile(rf' id="({ANCHOR.pattern})"', re.ASCII)
LINKED = re.compile(rf'<a href="#({ANCHOR.pattern})"', re.ASCII)
MARKED = re.compile(rf"{LINKED.pattern}[^>]*>(.*?)</a>", re.ASCII | re.DOTALL)
CLOSED_AND_OPENED = re.compile(r"</(\w+)><br><\1>")  # emphasis, at the end of a line
HEADS = frozenset(("caption", "th"))  # of a table of data, which may be called as its page is
LINE = 100  # characters of the longest line of a poem or an address
CELL = 500  # letters in a cell of a table that is no layout


@dataclass(slots=True, eq=False)
class Node:
    """An element that holds blocks and figures."""

    element: etree._Element | None
    parts: list[Node | Block | Figure] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """Its name; "" for the root."""
        return "" if self.element is None else str(self.element.tag)


def html_of(
    document: Document, chosen: Sequence[Block], figures: Sequence[Figure], title: str
) -> str:
    """The HTML of an article, not sanitised."""
    tree = _tree(document, chosen, figures, title)
    direction = _direction(chosen[0]) if chosen else ""
    content = within(_content(tree, document.anchors))
    if _is_standfirst(chosen) and not describes(document, chosen[0].text):
        content = _as_paragraph(content, chosen[0])
    return f'<div dir="{direction}">{content}</div>' if direction else content


def _is_standfirst(chosen: Sequence[Block]) -> bool:
    """Whether a text begins with a heading that sums it up, from another box than the rest."""
    if len(chosen) < 2 or not chosen[0].is_heading or text_length(chosen[0].text) < SUMMARY:
        return False
    return chosen[0].element.getparent() is not chosen[1].element.getparent()


def _as_paragraph(content: str, summary: Block) -> str:
    """The HTML with a heading that heads no part of it as a paragraph."""
    heading = re.compile(rf"<(h[2-6])( [^>]*)?>{re.escape(summary.html)}</\1>")
    return heading.sub(lambda found: f"<p{found[2] or ''}>{summary.html}</p>", content, count=1)


def _tree(
    document: Document, chosen: Sequence[Block], figures: Sequence[Figure], title: str
) -> Node:
    places = {id(block): at for at, block in enumerate(document.blocks)}
    apart = _without_captions(chosen, figures)
    leaves: list[tuple[float, Block | Figure]] = [(places[id(one)], one) for one in apart]
    leaves += [(one.medium.at - 0.5 if one.medium else -1.0, one) for one in figures]
    root = Node(None)
    is_layout = cache(partial(_is_layout, document=document, title=fold(title)))
    stack = [root]
    for _, leaf in sorted(leaves, key=lambda one: one[0]):
        place = leaf if isinstance(leaf, Block) else leaf.medium
        chain = list(_structure(place.ancestors, is_layout)) if place else []
        depth = _shared(stack, chain)
        del stack[depth:]
        for element in chain[depth - 1 :]:
            node = Node(element)
            stack[-1].parts.append(node)
            stack.append(node)
        stack[-1].parts.append(leaf)
    return root


def _without_captions(chosen: Sequence[Block], figures: Sequence[Figure]) -> Sequence[Block]:
    captions = {id(block) for one in figures for block in one.captions}
    return [one for one in chosen if id(one) not in captions]


def _shared(stack: Sequence[Node], chain: Sequence[etree._Element]) -> int:
    """How many nodes of a stack, its root included, are those of a chain of elements."""
    pairs = zip(stack[1:], chain, strict=False)
    return 1 + sum(1 for _ in takewhile(lambda pair: pair[0].element is pair[1], pairs))


def _structure(
    above: Sequence[etree._Element], is_layout: Callable[[etree._Element], bool]
) -> Iterator[etree._Element]:
    """The elements around a leaf that mean something, those in their right places."""
    kept = ""
    for element in above:
        tag = str(element.tag)
        if tag not in PARENTS or (PARENTS[tag] and kept not in PARENTS[tag]):
            continue
        if tag == "table" and is_layout(element):
            kept = ""
            continue
        kept = tag
        yield element


def whole_tables(document: Document, chosen: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The chosen blocks with all cells of the tables of data that some of them stand in."""
    wanted = set(map(id, chosen))
    around = {one for block in chosen for one in block.ancestors if one.tag == "table"}
    tables = {table for table in around if not _is_layout(table, document, fold(title))}
    return tuple(
        block
        for block in document.blocks
        if id(block) in wanted or not tables.isdisjoint(block.ancestors)
    )


def _is_layout(table: etree._Element, document: Document, title: str) -> bool:
    """Whether a table puts a page in columns, rather than data. `title` is folded."""
    if (table.get("role") or "") in ("presentation", "none"):
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if next(table.iter("th", "thead"), None) is None and max(map(len, rows), default=0) < 2:
        return True
    return any(map(_is_box, chain.from_iterable(rows))) or _holds_story(table, document, title)


def _is_box(cell: etree._Element) -> bool:
    if next(cell.iter("table", "h1", "h2", "article", "form"), None) is not None:
        return True
    return sum(len(text.strip()) for text in map(str, cell.itertext())) > CELL


def _holds_story(table: etree._Element, document: Document, title: str) -> bool:
    """Whether the headline stands in a table, and a text below it."""
    blocks = document.blocks_in(table)
    below = dropwhile(lambda one: fold(one.text) != title or one.tag in HEADS, blocks)
    return any(map(is_prose, below))


def _direction(block: Block) -> str:
    """The direction of the text, where the page says that it is not from left to right."""
    for element in (block.ancestors[-1], *block.ancestors[-1].iterancestors()):
        if (said := (element.get("dir") or "").lower()) in ("rtl", "ltr"):
            return said if said == "rtl" else ""
    return ""


# --- writing ------------------------------------------------------------------------------------


def _content(node: Node, anchors: Mapping[str, str]) -> str:
    """What a node holds, in HTML."""
    if node.tag == "tr":
        return _cells(node, anchors)
    bare = _is_bare(node)
    written: list[str] = []
    lines: list[Block] = []  # of one paragraph
    for part, after in zip_longest(node.parts, node.parts[1:]):
        if not isinstance(part, Block):
            written.append(_element(part, anchors) if isinstance(part, Node) else figure_html(part))
            continue
        lines.append(part)
        if not (isinstance(after, Block) and (bare or _is_next_line(after, part))):
            written.append(_paragraph(lines, anchors, bare=bare))
            lines = []
    return ("" if bare else "\n").join(written)


def _is_bare(node: Node) -> bool:
    """Whether the text of a node needs no paragraphs, as that of an item or a cell; code does."""
    texts = [part for part in node.parts if isinstance(part, Block)]
    is_one = len(texts) == 1 or all(one.element is node.element for one in texts)
    return node.tag in INLINE_HOLDERS and is_one and not any(one.tag == "pre" for one in texts)


def _element(node: Node, anchors: Mapping[str, str]) -> str:
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name in ATTRIBUTES.get(node.tag, ())
        if node.element is not None and (value := node.element.get(name)) is not None
    )
    if node.element is not None:
        attributes += anchor_of(node.element, anchors)
    return f"<{node.tag}{attributes}>{_content(node, anchors)}</{node.tag}>"


def _cells(row: Node, anchors: Mapping[str, str]) -> str:
    """All cells of a row, those without text as well, so that the columns stay."""
    filled = {part.element: part for part in row.parts if isinstance(part, Node)}
    assert row.element is not None
    cells = (cell for cell in row.element if cell.tag in ("td", "th"))
    return "".join(_element(filled.get(cell) or Node(cell), anchors) for cell in cells)


def _is_next_line(block: Block, before: Block) -> bool:
    return (
        block.is_next_line
        and block.element is before.element
        and len(before.text) <= LINE
        and len(block.text) <= LINE
    )


def _paragraph(lines: Sequence[Block], anchors: Mapping[str, str], *, bare: bool) -> str:
    html = _joined(map(_linked, lines))
    tag = lines[0].tag
    if bare:
        return html
    if tag in HEADINGS:
        tag = "h2" if tag == "h1" else tag
    elif tag != "pre":
        tag = "p"
    return f"<{tag}{anchor_of(lines[0].element, anchors)}>{html}</{tag}>"


def _joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph, with emphasis that goes on from one to the next."""
    html, found = "<br>".join(lines), 1
    while found:
        html, found = CLOSED_AND_OPENED.subn("<br>", html)
    return html


def _linked(line: Block) -> str:
    """The HTML of a block, with the link that stands around the whole of it."""
    is_linked = line.card and not line.links
    return f'<a href="{escape(line.card)}">{line.html}</a>' if is_linked else line.html


def within(html: str) -> str:
    """The HTML of an article without links to ids that it does not have, and ids without links."""
    ids = set(ID.findall(html))
    html = MARKED.sub(lambda link: link[0] if link[1] in ids else link[2], html)
    linked = set(LINKED.findall(html))
    return ID.sub(lambda one: one[0] if one[1] in linked else "", html)


def figure_html(figure: Figure) -> str:
    """A figure in HTML: a picture with its caption, or a link to what is no picture."""
    caption = "<br>".join(block.html for block in figure.captions)
    if isinstance(figure.shows, Picture):
        shown = picture_html(figure.shows)
    else:
        shown, caption = _embed_html(figure.shows, caption), ""
    return f"<figure>{shown}{_caption(caption)}</figure>" if "<img" in shown else shown


def picture_html(picture: Picture) -> str:
    """The `<img>` of a picture."""
    size = f' width="{picture.width}" height="{picture.height}"' * bool(
        picture.width and picture.height
    )
    return f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}"{size}>'


def _embed_html(embed: Embed, caption: str) -> str:
    # A file has a name; the end of a player's address says nothing.
    end = parts_of(embed.url).path.rpartition("/")[2]
    name = embed.title or (end if embed.type and "." in end else host_of(embed.url))
    link = f'<a href="{escape(embed.url)}">{escape(name)}</a>'
    if not embed.still:
        return f"<p>{link}</p>" + (f"\n<p>{caption}</p>" if caption else "")
    still = f'<a href="{escape(embed.url)}"><img src="{escape(embed.still)}" alt=""></a>'
    return f"{still}{_caption('<br>'.join(filter(None, (link, caption))))}"


def _caption(html: str) -> str:
    return f"<figcaption>{html}</figcaption>" if html else ""
