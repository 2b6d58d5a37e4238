"""How many words a text has, also in scripts that leave no spaces between them."""

from __future__ import annotations

from .pattern import Pattern

_HAN = Pattern(lambda: "[\u3040-\u30ff\u3400-\u9fff]")  # signs of Chinese and Japanese
_LETTERS = Pattern(lambda: "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
HAN_OF_WORD = 2  # of a word, on the average
LETTERS_OF_WORD = 5  # with the vowels above and below them


def count_words(text: str) -> int:
    """How many words a text has; about, where no spaces tell."""
    return max(len(text.split()), round(_unspaced(text)))


def first_words(text: str, count: int) -> str:
    """The beginning of a text, as many words long; "" if it has fewer."""
    if _unspaced(text) < count:
        words = text.split()
        return " ".join(words[:count]) if len(words) >= count else ""
    said = 0.0
    for end, sign in enumerate(text, 1):
        said += _unspaced(sign)
        if said >= count:
            return text[:end]
    return text


def is_unspaced(text: str) -> bool:
    """Whether a text has any signs that are written without spaces between words."""
    return _unspaced(text) > 0


def _unspaced(text: str) -> float:
    """How many words the signs of a text make that are written without spaces."""
    if text.isascii():
        return 0
    return len(_HAN.findall(text)) / HAN_OF_WORD + len(_LETTERS.findall(text)) / LETTERS_OF_WORD
