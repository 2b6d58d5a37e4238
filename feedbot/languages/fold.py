"""Text as it is compared: one form for every way of writing the same words.

    written   «Poetin's  troe­pen in Oekraïne»
    plain     "Poetin's troepen in Oekraine"     accents, ligatures and typography undone
    fold      "poetin's troepen in oekraine"     the same, without case

`plain` and `fold` of a text are equally long, so what is found in the one is read in the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What Unicode does not decompose, and typography that stands for a plain sign.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼʹ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff", ""),  # invisible within words
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "ħ": "h",
        "Ħ": "H",
        "ŧ": "t",
        "Ŧ": "T",
        "ı": "i",
        "ŉ": "'n",
    }
)
KEPT = 4_000  # characters of a text that is remembered
_MARKS = re.compile("[\u0300-\u036f]+")
# All but ASCII, of which only the backtick is one of _SIGNS, and which composes with _MARKS alone.
_BEYOND = re.compile(r"[^\x00-\x5f\x61-\x7f]+")


def plain(text: str) -> str:
    """`text` without accents, ligatures and typography; single spaces, and none at the ends."""
    if not text.isascii():
        text = _BEYOND.sub(lambda found: _plain(found[0]), text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)  # a few signs, or the words of another script
def _plain(beyond: str) -> str:
    text = unicodedata.normalize("NFKD", beyond.translate(_SIGNS))
    # Decomposing makes some of these signs of others: a minus of a subscript minus.
    return unicodedata.normalize("NFC", _MARKS.sub("", text).translate(_SIGNS))


def fold(text: str) -> str:
    """`plain` without case, and equally long."""
    return _fold(text) if len(text) <= KEPT else plain(text).lower()


@lru_cache(maxsize=4096)  # every block of a page is looked at by several rules
def _fold(text: str) -> str:
    return plain(text).lower()
