"""Where in a TOML file a key stands. Loaded only when there is a mistake to report."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
Position = tuple[int, int]  # line and column, from 1


def find_positions(text: str) -> dict[Path, Position]:
    """The place of every key and array element in `text`, by its path from the top."""
    parser = Parser(Language(tree_sitter_toml.language()))
    tree = parser.parse(text.encode())
    lines = text.encode().split(b"\n")
    places: dict[Path, Position] = {}
    for path, node in _walk(tree.root_node):
        row, column = node.start_point
        column = len(lines[row][:column].decode(errors="replace"))
        places.setdefault(path, (row + 1, column + 1))
    return places


def _walk(root: Node) -> Iterator[tuple[Path, Node]]:
    counts: dict[Path, int] = {}
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in ("table", "table_array_element"):
            name = node.named_children[0]
            path: Path = tuple(_words(name))
            yield path, name
            if node.type == "table_array_element":
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
                yield path, name
            elif path[:1] in counts:  # [sources.select] belongs to the latest [[sources]]
                path = (path[0], counts[path[:1]], *path[1:])
                yield path, name
            for child in node.named_children[1:]:
                if child.type == "pair":
                    yield from _pair(child, path)


def _pair(node: Node, above: Path) -> Iterator[tuple[Path, Node]]:
    key, *values = node.named_children
    path = (*above, *_words(key))
    yield path, key
    for value in values:
        yield from _value(value, path)


def _value(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        elements = (child for child in node.named_children if child.type != "comment")
        for index, element in enumerate(elements):
            yield (*path, index), element
            yield from _value(element, (*path, index))


def _words(key: Node) -> list[str]:
    if key.type == "dotted_key":
        return [word for child in key.named_children for word in _words(child)]
    text = (key.text or b"").decode(errors="replace")
    return [text.strip("\"'") if key.type == "quoted_key" else text]
