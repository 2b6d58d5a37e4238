"""The state that pages carry for their scripts: the JSON in `<script>` elements, as values.

    application/json          Next.js (__NEXT_DATA__), Nuxt 3 (a flat list, see `_Flat`), islands
    window.__STATE__ = {…}    Apollo, Redux, Nuxt 2 (a function that returns it)
    JSON.parse("…")           the same as a string
    __next_f.push([1,"…"])    Next.js with server components: rows that name each other

What links the parts of a state to each other is followed: `{"__ref": "Article:1"}`, "$1a".
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import unquote

from .document import Document
from .lenient_json import read_json
from .sanitise import plain_text

SHORTEST = 40  # characters of a script that may hold a state
MOST_SCRIPTS = 200
MOST_ASSIGNMENTS = 8  # of one script
MOST_NODES = 100_000  # values of a page that are looked at
DEEPEST = 40
REFERENCES = 6  # levels of a value in which what it names is looked up
MOST_PARTS = 500  # of a list in it
# What objects of a state call these.
TITLES = ("headline", "title", "titel", "heading", "kop", "name")
ADDRESSES = ("url", "link", "href", "path", "slug", "permalink", "canonical", "canonicalUrl", "uri")
EPOCH = (1e8, 1e17)  # between these a number is a time since 1970, in seconds or smaller units
DATES = ("published_at", "publishedAt", "datePublished", "publishDate", "publicationDate",
         "published", "firstPublished", "pubDate", "date", "createdAt", "created")  # fmt: skip
_ASSIGNED = re.compile(
    r"(?:\b(?:window|self|globalThis|var|let|const)\b)[\s.\[\"'\w$\]]{1,80}=\s*+"
    r"(?>(?P<parse>JSON\.parse\(\s*+(?>(?:decodeURIComponent\(\s*+)?))?)(?=[{\[\"'(f!])"
)
_FUNCTION = re.compile(r"[(!]*+function\s*+\((?P<names>[\w$,\s]*+)\)\s*+\{\s*+return\s*+(?=[{\[])")
_LITERAL = re.compile(r"\"(?>(?:[^\"\\]++|\\.)*)\"|'(?>(?:[^'\\]++|\\.)*)'", re.DOTALL)
_PUSHED = re.compile(r"__next_f\.push\(\s*+\[\s*+1\s*+,\s*+(\"(?>(?:[^\"\\]++|\\.)*)\")", re.DOTALL)
_ROW = re.compile(rb"(?P<id>[0-9a-f]{1,6}):(?>(?:T(?P<size>[0-9a-f]{1,8}),)?)")
_ESCAPES = re.compile(r"\\.|\"", re.DOTALL)
_NUMBER = re.compile(r"\$L?([0-9a-f]{1,6})$")


def states(document: Document) -> Iterator[Any]:
    """The values in a page's scripts, JSON-LD apart, in their order."""
    pushed: list[str] = []
    for script in islice(document.root.iter("script"), MOST_SCRIPTS):
        kind, text = (script.get("type") or "").lower(), script.text or ""
        if len(text) < SHORTEST or "ld+json" in kind:
            continue
        if "json" in kind:
            yield _unflattened(read_json(text))
        else:
            pushed += [json.loads(one) for one in _PUSHED.findall(text) if _is_json(one)]
            yield from _assigned(text)
    if pushed:
        yield _rows("".join(pushed))


def objects(state: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a state, the outer ones first, with what they refer to in their place."""
    root = state if isinstance(state, Mapping) else {}
    waiting: deque[tuple[Any, int]] = deque([(state, 0)])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        value, depth = waiting.popleft()
        if isinstance(value, Mapping):
            yield {key: resolved(one, root) for key, one in value.items()}
        if depth < DEEPEST:
            waiting.extend((one, depth + 1) for one in _containers(value))


def _containers(value: Any) -> list[Any]:
    """The lists and objects in a value."""
    inner = value.values() if isinstance(value, Mapping) else value
    return list(filter(_is_container, inner)) if _is_container(value) else []


def resolved(value: Any, root: Mapping[str, Any], depth: int = 0) -> Any:
    """A value with the parts of the state that it names in their place."""
    if depth > REFERENCES:
        return value
    if isinstance(value, Mapping):
        return _resolved_object(value, root, depth)
    if isinstance(value, list):
        return [resolved(one, root, depth + 1) for one in value[:MOST_PARTS]]
    match = _NUMBER.match(value) if isinstance(root, _Rows) and isinstance(value, str) else None
    return root.get(match[1], value) if match else value


def _resolved_object(value: Mapping[str, Any], root: Mapping[str, Any], depth: int) -> Any:
    named = value.get("__ref") or (value.get("id") if value.get("type") == "id" else None)
    if isinstance(named, str) and named in root:
        return resolved(root[named], root, depth + 1)
    return {key: resolved(one, root, depth + 1) for key, one in value.items()}


def text_in(one: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The first of these values that is a text, or has one."""
    for key in keys:
        value = one.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = next(
                (value[k] for k in ("rendered", "name", "text", "value", "title") if k in value),
                None,
            )
        if isinstance(value, str) and value.strip():
            return plain_text(value)
    return ""


def date_in(one: Mapping[str, Any]) -> str:
    """When an object says that it was published: a date, or seconds or milliseconds since 1970."""
    for key in DATES:
        value = one.get(key)
        if isinstance(value, int | float) and EPOCH[0] < value < EPOCH[1]:
            return str(int(value))
        if isinstance(value, str) and any(map(str.isdigit, value)):
            return value
    return ""


def _is_container(value: Any) -> bool:
    return isinstance(value, dict | list)


def _is_json(literal: str) -> bool:
    try:
        json.loads(literal)
    except ValueError:
        return False
    return True


# --- scripts ------------------------------------------------------------------------------------


def _assigned(text: str) -> Iterator[Any]:
    end = 0
    for match in islice(_ASSIGNED.finditer(text), MOST_ASSIGNMENTS):
        if match.start() < end:
            continue
        value, end = _value_at(text, match.end(), is_parsed=bool(match["parse"]))
        if _is_container(value):
            yield value


def _value_at(text: str, at: int, *, is_parsed: bool) -> tuple[Any, int]:
    """The value that begins at a place of a script, and where it ends."""
    if text[at] in "\"'":
        literal = _LITERAL.match(text, at)
        return (_parsed(literal[0]) if literal and is_parsed else None), at + 1
    if function := _FUNCTION.match(text, at):
        return _returned(text, function), len(text)
    if text[at] not in "{[":
        return None, at
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        return _first(read_json(text[at:])), len(text)


def _first(value: Any) -> Any:
    """The first of several values that followed each other in a script."""
    return value[0] if isinstance(value, list) and value and _is_container(value[0]) else value


def _parsed(literal: str) -> Any:
    """What JSON.parse makes of a string literal."""
    inner = literal[1:-1]
    if literal[0] == "'":
        inner = _ESCAPES.sub(_in_double_quotes, inner)
    try:
        text = json.loads(f'"{inner}"', strict=False)
    except ValueError:
        return None
    return read_json(unquote(text) if text.startswith("%") else text)


def _in_double_quotes(part: re.Match[str]) -> str:
    return "'" if part[0] == "\\'" else '\\"' if part[0] == '"' else part[0]


def _returned(text: str, function: re.Match[str]) -> Any:
    """What a function returns that is called at once, with its arguments in the place of names."""
    value = _first(read_json(text[function.end() :]))
    names = [name.strip() for name in function["names"].split(",") if name.strip()]
    start, end = text.rfind("}("), text.rfind(")")
    arguments = read_json(f"[{text[start + 2 : end].rstrip(')')}]") if 0 < start < end else None
    if not names or not isinstance(arguments, list):
        return value
    return _with(dict(zip(names, arguments, strict=False)), value, 0)


def _with(arguments: Mapping[str, Any], value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        return value
    if isinstance(value, dict):
        return {key: _with(arguments, one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_with(arguments, one, depth + 1) for one in value]
    return arguments.get(value, value) if isinstance(value, str) else value


# --- forms in which parts name each other ---------------------------------------------------------


class _Rows(dict[str, Any]):
    """The rows of server components, by their numbers."""


def _rows(text: str) -> _Rows:
    rows, at, data = _Rows(), 0, text.encode("utf-8", "replace")  # sizes are in bytes
    while match := _ROW.match(data, at):
        name, start = match["id"].decode(), match.end()
        if match["size"]:
            at = start + int(match["size"], 16)
            rows[name] = data[start:at].decode("utf-8", "ignore")
        else:
            end = data.find(b"\n", start)
            at = len(data) if end < 0 else end + 1
            rows[name] = read_json(data[start:at].decode("utf-8", "ignore"))
    return rows


class _Flat:
    """A list in which every value names others by their places (devalue, as Nuxt 3 writes it)."""

    WRAPPED = frozenset(("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "Date"))

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._left = MOST_NODES

    def at(self, place: Any, depth: int = 0) -> Any:
        """The value at a place, with those that it names."""
        self._left -= 1
        if not self._is_place(place) or depth > DEEPEST or self._left < 0:
            return None
        value = self._values[place]
        if isinstance(value, dict):
            return {key: self.at(one, depth + 1) for key, one in value.items()}
        return self._list(value, depth) if isinstance(value, list) else value

    def _list(self, value: list[Any], depth: int) -> Any:
        if value and isinstance(value[0], str):
            return self._wrapped(value, depth)
        return [self.at(one, depth + 1) for one in value]

    def _is_place(self, place: Any) -> bool:
        return isinstance(place, int) and 0 <= place < len(self._values)

    def _wrapped(self, value: list[Any], depth: int) -> Any:
        kind, *inner = value
        if kind == "Date":
            return inner[0] if inner else None
        if kind in self.WRAPPED and inner:
            return self.at(inner[0], depth + 1)
        return [self.at(one, depth + 1) for one in inner]


def _unflattened(value: Any) -> Any:
    is_flat = (
        isinstance(value, list)
        and len(value) > 1
        and isinstance(value[0], list | dict)
        and all(isinstance(one, int | str) for one in _parts(value[0]))
        and any(isinstance(one, str) for one in value[1:])
    )
    return _Flat(value).at(0) if is_flat else value


def _parts(value: list[Any] | dict[str, Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value
