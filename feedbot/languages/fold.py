"""Text as it is compared: one form for every way of writing the same words.

    written   «Poetin's  troe­pen in Oekraïne»
    plain     "Poetin's troepen in Oekraine"     accents, ligatures and typography undone
    fold      "poetin's troepen in oekraine"     the same, without case

`plain` and `fold` of a text are equally long, so what is found in the one is read in the other.
"""

from __future__ import annotations

import re
import unicodedata

from ..remembered import remembered

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
SHORT = 8  # signs beside each other that are remembered: é, and words of other scripts
_MARKS = re.compile("[\u0300-\u036f]+")
_FOREIGN = re.compile("[^\\x00-_a-\\x7f]+")  # what a text in plain letters has none of


def plain(text: str) -> str:
    """`text` without accents, ligatures and typography; single spaces, and none at the ends."""
    if not text.isascii():
        # No letter of ASCII changes, nor what the signs beside it become.
        text = _FOREIGN.sub(_undone, text)
    return " ".join(text.split())


def _undone(found: re.Match[str]) -> str:
    signs = found[0]
    return _plain_and_kept(signs) if len(signs) <= SHORT else _plain(signs)


@remembered(4096)  # a language has a few dozen of them
def _plain_and_kept(signs: str) -> str:
    return _plain(signs)


def _plain(signs: str) -> str:
    decomposed = unicodedata.normalize("NFKD", signs.translate(_SIGNS))
    # Decomposing makes some of these signs of others: a minus of a subscript minus.
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed).translate(_SIGNS))


def fold(text: str) -> str:
    """`plain` without case, and equally long."""
    return _fold(text) if len(text) <= KEPT else plain(text).lower()


@remembered(4096)  # every block of a page is looked at by several rules
def _fold(text: str) -> str:
    return plain(text).lower()
