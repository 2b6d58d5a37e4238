"""Encodings of the WHATWG standard where Python's codecs differ from them.

    one byte a character    control characters where Python has nothing, and a few letters
    euc-jp                  with the rows that windows-31j has
    big5                    with the characters of Hong Kong (big5.txt)
    gb18030                 some signs that Python's older edition has elsewhere
    x-user-defined          each byte above 127 as a character of the private use area

What is not here is as in Python. tests/acceptance/test_encodings.py asks a browser.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files

USER_DEFINED = "x-user-defined"
MANY_BYTES = frozenset("utf-8 utf-16-le utf-16-be gb18030 iso2022_jp_ext cp932 cp949".split())
# By what Python reads: the vertical punctuation and the radicals of GB 18030-2005.
AMENDED: Mapping[str, Mapping[int, str]] = {
    "gb18030": dict(
        zip(
            (
                *(0xE5E5, *range(0xE78D, 0xE797), 0xE7C7),
                *(0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
            ),
            "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
            "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
            strict=True,
        )
    )
}
LETTERS = {"koi8-u": {0xAE: "ў", 0xBE: "Ў"}, "cp1255": {0xCA: "\u05ba"}}
EUC_JP = re.compile(
    rb"(?P<pairs>(?:[\xa1-\xfe]{2})+)|\x8e(?P<kana>[\xa1-\xdf])|\x8f[\xa1-\xfe]{2}|[^\x80-\xff]+|.",
    re.DOTALL,
)
BIG5 = re.compile(rb"[^\x80-\xff]+|[\x81-\xfe][\x40-\x7e\xa1-\xfe]|.", re.DOTALL)


def decoder_of(encoding: str) -> Callable[[bytes], str] | None:
    """What reads an encoding, by Python's name of it; None where Python's codec is right."""
    if encoding in MANY_BYTES:
        return None
    return _BY_PIECES.get(encoding) or partial(_one_byte, encoding)


def _one_byte(encoding: str, body: bytes) -> str:
    return codecs.charmap_decode(body, "replace", _table(encoding))[0]


@cache
def _table(encoding: str) -> str:
    """The characters of the 256 bytes."""
    if encoding == USER_DEFINED:
        return "".join(map(chr, (*range(0x80), *range(0xF780, 0xF800))))
    signs = list(bytes(range(256)).decode(encoding, "replace"))
    for byte in range(0x80, 0xA0):
        signs[byte] = chr(byte) if signs[byte] == "\ufffd" else signs[byte]
    for byte, sign in LETTERS.get(encoding, {}).items():
        signs[byte] = sign
    return "".join(signs)


def _euc_jp(body: bytes) -> str:
    return "".join(map(_euc_jp_piece, EUC_JP.finditer(body)))


def _euc_jp_piece(found: re.Match[bytes]) -> str:
    if found["pairs"]:
        return _as_shift_jis(found["pairs"]).decode("cp932", "replace")
    if found["kana"]:
        return found["kana"].decode("cp932")
    return found[0].decode("euc_jp", "replace")


def _as_shift_jis(pairs: bytes) -> bytes:
    """Pairs of EUC-JP in Shift_JIS: the same rows and cells in other bytes."""
    shifted = bytearray()
    for row, cell in zip(pairs[::2], pairs[1::2], strict=True):
        shifted.append((row - 0xA1) // 2 + (0x81 if row < 0xDF else 0xC1))
        shifted.append(cell - 2 if row % 2 == 0 else cell - 0x61 + (cell >= 0xE0))
    return bytes(shifted)


def _big5(body: bytes) -> str:
    more = _more_of_big5()
    pieces = (found[0] for found in BIG5.finditer(body))
    return "".join(more.get(piece) or piece.decode("big5hkscs", "replace") for piece in pieces)


@cache
def _more_of_big5() -> Mapping[bytes, str]:
    """What the standard has beyond Python's codec, or in other places, by its two bytes."""
    lines = files(__package__).joinpath("big5.txt").read_text(encoding="utf-8").splitlines()
    return {
        bytes.fromhex(first + pair[:2]): pair[2:]
        for first, *pairs in (line.split(" ") for line in lines if not line.startswith("#"))
        for pair in pairs
    }


_BY_PIECES: Mapping[str, Callable[[bytes], str]] = {"euc_jp": _euc_jp, "big5hkscs": _big5}
