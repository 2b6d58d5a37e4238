"""Bytes that are no page for readers, whatever their server calls them: files, JSON, noise."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter

# Known to everything that is shown: white space, and the escapes of ISO-2022 and UTF-16.
CONTROL = bytes(set(range(0x20)) - {0x00, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x1B} | {0x7F})
MOST_CONTROL = 0.02  # of the bytes; random ones have 0.09, pages none
MOST_UNDEFINED = 0.08  # of a text's characters; one in a wrong encoding has a few
FEWEST_WORDS = 0.6  # of a text's characters that belong to words, numbers and the space between
ROW = re.compile(r"([^\w\s]|_)\1{3,}")  # of one sign, such as dots before a cry or a line of dashes
LONGEST_WORD = 60  # signs without a space, in a script that has spaces
UNDEFINED = frozenset(("Cc", "Cn", "Co", "Cs"))
LOOKED_AT = 4_000  # characters of a text
STARTS = 200_000  # bytes of a page
SPACE = b"\xef\xbb\xbf \t\r\n"  # before the first sign, with a mark of the byte order
HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|main|article|section|div|p|h[1-6]|span|table|br"
    rb"|ul|ol|li|a|b|i|img|font|center|pre)\b",
    re.IGNORECASE,
)
# How files for programs begin that are plain text: calendars, cards, references, subtitles, lists
# of films, keys, rules for crawlers.
FORMATS = re.compile(
    r"BEGIN:V[A-Z]+\b|TY  - [A-Z]|@[a-z]+\{[^\s,]*,|WEBVTT\b|\d+\s+\d\d:\d\d:\d\d[,.]\d{3} -->"
    r"|#EXTM3U|-----BEGIN [A-Z ]+-----|user-agent:\s",
    re.IGNORECASE,
)
ENDED = re.compile(r"BEGIN:(V[A-Z]+)\b.*\bEND:\1", re.DOTALL)  # also where a page shows one
ROWS = 4  # lines of a table as plain text, of which each has as many separators, and
COLUMNS = 3  # so many columns


def is_binary(body: bytes) -> bool:
    """Whether bytes are no text in any encoding: a picture, an archive, random ones."""
    start = body[:STARTS]
    return len(start) - len(start.translate(None, CONTROL)) > MOST_CONTROL * len(start)


def has_markup(body: bytes) -> bool:
    """Whether there is any HTML in it."""
    return HTML.search(body) is not None


def is_data(body: bytes) -> bool:
    """Whether bytes without markup are made for programs: JSON, also if it is cut off, or XML."""
    start = body[:STARTS].lstrip(SPACE)
    if start.startswith(b"<") or _is_table(start.decode("utf-8", "replace")):
        return True
    if re.match(rb"[\[{]\s*(?:[\"\[{\]}]|-?\d)", start):
        return True
    try:
        json.loads(start)
    except (ValueError, RecursionError):
        return False
    return True


def is_file(body: bytes) -> bool:
    """Whether bytes begin as plain text for programs does, whatever its values hold."""
    return FORMATS.match(body[:LOOKED_AT].lstrip(SPACE).decode("utf-8", "replace")) is not None


def _is_table(text: str) -> bool:
    """Whether the lines of a text are rows of one table, with a separator between the columns."""
    lines = [line for line in text[:LOOKED_AT].splitlines() if line.strip()][:-1]
    counts = ({line.count(sign) for line in lines} for sign in ";\t,|")
    is_row = any(len(one) == 1 and min(one) >= COLUMNS - 1 for one in counts)
    return len(lines) >= ROWS and is_row


def is_noise(text: str) -> bool:
    """Whether a text has not the look of words in any language, or is a calendar or a card."""
    return ENDED.fullmatch(text.strip()) is not None or _is_without_words(text)


def _is_without_words(text: str) -> bool:
    text = ROW.sub(r"\1", text[:LOOKED_AT])
    signs = Counter("".join(text.split()))
    kinds = Counter[str]()
    for sign, count in signs.items():
        kinds[unicodedata.category(sign)] += count
    undefined = sum(kinds[kind] for kind in UNDEFINED) + signs["\ufffd"]
    if undefined > MOST_UNDEFINED * len(text):
        return True
    spoken = sum(count for kind, count in kinds.items() if kind[0] in "LMN")
    spoken += len(text) - signs.total()
    long = sum(len(word) for word in text.split() if len(word) > LONGEST_WORD and word.isascii())
    return spoken < FEWEST_WORDS * len(text) or long > len(text) / 2
