"""Rich text in JSON as HTML, whatever wrote it: HTML or lines in a string, paragraphs in a list,
the blocks of Editor.js, Draft.js, ProseMirror, Contentful, Portable Text and others like them.

    {"type": "paragraph", "text": "…"}                     a block with its text
    {"type": "paragraph", "children": [{"text": "…"}, …]}  a block of pieces that stand in one line
    {"nodeType": "document", "content": [block, …]}        blocks in blocks
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from ...web.page_state import ADDRESSES, TITLES
from ...web.sanitise import TAGGED

LEVELS = 12  # of blocks in blocks
# Where the pieces of a text are within its blocks, and what blocks call what they are.
PIECES = ("html", "text", "value", "content", "children", "rendered", "data", "body", "paragraph",
          "blocks", "nodes", "items", "quote")  # fmt: skip
KINDS = ("type", "nodeType", "_type")
TAGS = {"head": "h2", "item": "li", "quote": "blockquote"}
BLOCK = re.compile(r"(para|p$|head|block|list|quote|item|h\d)")


def html_of(value: Any, level: int = 0) -> str:
    """A text as HTML that is not clean yet; "" for what holds none."""
    if level > LEVELS:
        return ""
    if isinstance(value, str):
        return _of_string(value)
    if isinstance(value, list):
        return _of_list(value, level)
    return html_of(_inner(value), level + 1) if isinstance(value, Mapping) else ""


def _of_string(text: str) -> str:
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    if TAGGED.search(text):
        return text
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _of_list(blocks: Sequence[Any], level: int) -> str:
    if any(map(_is_article, blocks)):
        return ""
    return "".join(_of_block(one, level + 1) for one in blocks)


def _is_article(block: Any) -> bool:
    """Whether a block is another article, with a title and an address of its own."""
    return isinstance(block, Mapping) and all(
        any(isinstance(block.get(key), str) for key in keys) for keys in (TITLES, ADDRESSES)
    )


def _of_block(block: Any, level: int) -> str:
    """One block: a paragraph whose pieces stand in it, or blocks in blocks."""
    line = _line(_inner(block), level) if isinstance(block, Mapping) else None
    if line is None:
        return html_of(_inner(block) if isinstance(block, Mapping) else block, level + 1)
    if not line.strip() or TAGGED.search(line):
        return line.strip()
    tag = next((tag for name, tag in TAGS.items() if name in _kind(block)), "p")
    return f"<{tag}>{escape(line, quote=False)}</{tag}>"


def _inner(block: Mapping[str, Any]) -> Any:
    """What is in a block: the first of its pieces that says something."""
    return next((block[key] for key in PIECES if block.get(key)), None)


def _kind(block: Any) -> str:
    if not isinstance(block, Mapping):
        return ""
    return str(next((block[key] for key in KINDS if block.get(key)), "")).lower()


def _line(value: Any, level: int) -> str | None:
    """The text of pieces that stand in one line; None where there are blocks among them."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping | list):
        return ""
    if level > LEVELS:
        return None
    inner = _inner(value) or "" if isinstance(value, Mapping) else value
    return _joined(inner, level) if isinstance(inner, list) else _line(inner, level + 1)


def _joined(pieces: Sequence[Any], level: int) -> str | None:
    if any(BLOCK.match(_kind(one)) for one in pieces):
        return None
    lines = [_line(one, level + 1) for one in pieces]
    return None if None in lines else "".join(filter(None, lines))
