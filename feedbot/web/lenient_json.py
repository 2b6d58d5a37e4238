"""JSON as sites write it into their pages: read by the standard if it keeps to it, else tolerantly.

    comments, CDATA marks                  skipped between values
    "He said "no" to it"                   a string ends where a key, a comma or a bracket follows
    line breaks and tabs in strings        kept
    commas too many or too few             as if they were right
    {…}{…}, brackets missing at the end    several values; closed where the text ends

Each character is read a bounded number of times, and nothing is nested deeper than DEEPEST.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

DEEPEST = 50  # levels; null stands for what is nested deeper than anything that has a meaning

_BETWEEN = re.compile(
    # Atomic groups: Python 3.11.0 to 3.11.4 matches possessive ones wrongly.
    r"(?>(?:[\s,;]++|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)|//[^\n]*+|<!--|-->|<!\[CDATA\[|\]\]>)*)"
)
_QUOTES = {'"': '"', "'": "'", "“": "”"}
_MARK = r"""["'“]"""
_KEY = r"""["'“][^"'”\n]{1,60}["'”]\s*+:"""
# What follows the quotation mark that ends a string, by where the string stands.
_ENDS = {
    quote: {
        "key": re.compile(rf"\\.|{quote}(?=\s*+:)", re.DOTALL),
        "{": re.compile(
            rf"\\.|{quote}(?=\s*+(?:[}}\]]|\Z|/[/*]|{_KEY}|,[\s,]*+(?:{_KEY}|[}}/]|\w+\s*+:|\Z)))",
            re.DOTALL,
        ),
        "[": re.compile(
            rf"\\.|{quote}(?=\s*+(?:[}}\]]|\Z|/[/*]|\n\s*+{_MARK}|,[\s,]*+(?:{_MARK}|[{{}}\[\]\d/-]|\Z)))",
            re.DOTALL,
        ),
    }
    for quote in _QUOTES.values()
}
_BARE = re.compile(r"[^\s,:{}\[\]\"']++")
_COLON = re.compile(r"\s*+:")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}


def read_json(text: str) -> Any:
    """The value of a JSON text; a list of the values where it holds several; None for none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _Reader(_without_entities(text)).value()


def _without_entities(text: str) -> str:
    """JSON that was escaped as if it stood in HTML, as it was meant."""
    return unescape(text) if "&quot;" in text and '"' not in text else text


class _Reader:
    """Reads one text from front to back, with the containers that are open on a stack."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._values: list[Any] = []
        self._open: list[Any] = []
        self._keys: list[str] = []  # of the containers that are open; "" in a list

    def value(self) -> Any:
        self._skip()
        if not self._text.startswith(("{", "["), self._at):
            return None
        while self._at < len(self._text):
            self._token()
            self._skip()
        return self._values[0] if len(self._values) == 1 else self._values or None

    def _skip(self) -> None:
        self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches anything

    def _token(self) -> None:
        sign = self._text[self._at]
        if sign in "{[":
            self._at += 1
            self._enter({} if sign == "{" else [])
        elif sign in "}]":
            self._at += 1
            self._leave(dict if sign == "}" else list)
        elif not self._open or sign == ":":
            self._at += 1  # prose between values, or a colon too many
        elif isinstance(self._open[-1], dict) and not self._keys[-1]:
            self._key()
        else:
            self._put(self._scalar())

    def _enter(self, container: Any) -> None:
        if isinstance(self._parent(), dict) and not self._keys[-1]:
            return  # a bracket where a name should stand
        self._put(container)
        self._open.append(container)
        self._keys.append("")

    def _parent(self) -> Any:
        return self._open[-1] if self._open else None

    def _leave(self, kind: type) -> None:
        """Closes the innermost container of this kind, and those in it that were left open."""
        if any(isinstance(one, kind) for one in self._open[-2:]):
            while not isinstance(self._open.pop(), kind):
                self._keys.pop()
            self._keys.pop()

    def _key(self) -> None:
        self._keys[-1] = str(self._scalar(as_key=True) or "-")
        if colon := _COLON.match(self._text, self._at):
            self._at = colon.end()

    def _put(self, value: Any) -> None:
        parent = self._parent()
        kept = value if len(self._open) < DEEPEST or not isinstance(value, dict | list) else None
        if parent is None:
            self._values.append(kept)
        elif isinstance(parent, list):
            parent.append(kept)
        else:
            parent[self._keys[-1]] = kept
            self._keys[-1] = ""

    def _scalar(self, *, as_key: bool = False) -> Any:
        sign = self._text[self._at]
        if closer := _QUOTES.get(sign):
            where = "key" if as_key else "{" if isinstance(self._open[-1], dict) else "["
            return self._string(_ENDS[closer][where])
        bare = _BARE.match(self._text, self._at)
        self._at = bare.end() if bare else self._at + 1
        return _plain_value(bare[0] if bare else "")

    def _string(self, ends: re.Pattern[str]) -> str:
        start = self._at + 1
        for found in ends.finditer(self._text, start):
            if found[0][0] != "\\":
                self._at = found.end()
                return _unescaped(self._text[start : found.start()])
        self._at = len(self._text)
        return _unescaped(self._text[start:])


def _plain_value(bare: str) -> Any:
    if bare in _CONSTANTS:
        return _CONSTANTS[bare]
    try:
        return float(bare) if "." in bare else int(bare)
    except ValueError:  # also for numbers longer than Python takes
        return bare


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_meant, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meant(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _ESCAPED.get(escape[2], escape[2])
