"""What sites write on pages that stand in place of an article: errors, consent, logins, checks.

Everything is matched on folded text (see `fold`). None of it decides alone: each of these words is
in the news, too. Add a language by adding words.
"""

from __future__ import annotations

import re
from functools import cache, partial

from .detection import function_words
from .fold import fold
from .pattern import Pattern
from .tables import any_phrase, tables, words

ERROR = "an error page"
CONSENT = "a consent wall"
LOGIN = "a login wall"
ROBOTS = "a check for robots"

KINDS = {ERROR: "error", CONSENT: "consent", LOGIN: "login", ROBOTS: "robots"}
STATUS = r"[45]0\d"  # of HTTP, in a headline


def _named(section: str) -> str:
    said = any_phrase(f"walls.{section}.headline")
    return rf"\b(?:{said}{f'|{STATUS}' if section == 'error' else ''})\b"


def _addressed(section: str) -> str:
    return rf"\b(?:{any_phrase(f'walls.{section}.text')})"


# In a headline; and in a text that speaks to whoever looks at the page, about the page.
NAMED = {kind: Pattern(partial(_named, section)) for kind, section in KINDS.items()}
ADDRESSED = {kind: Pattern(partial(_addressed, section)) for kind, section in KINDS.items()}
# Buttons that such a page asks to press.
AGREE = Pattern(lambda: rf"(?:{any_phrase('labels.agree')})( .{{0,20}})?")


@cache
def _of_pages() -> frozenset[str]:
    """What else is in a headline that speaks of nothing but the page."""
    known = function_words()
    common = (known.get(code, ()) for code, table in tables().items() if "walls.words" in table)
    return frozenset(words("walls.words")).union(*common)


WORD = re.compile(r"[^\W\d_]+")


def kinds_named(headline: str) -> list[str]:
    """What a page may be instead of an article, by the words of a headline."""
    folded = fold(headline)
    return [kind for kind, pattern in NAMED.items() if pattern.search(folded)]


def names_nothing_else(headline: str, kind: str) -> bool:
    """Whether a headline has no word that is not of walls: "Sorry, pagina niet gevonden"."""
    rest = NAMED[kind].sub(" ", fold(headline))
    return not [word for word in WORD.findall(rest) if word not in _of_pages()]


def speaks_of_page(text: str, kind: str) -> bool:
    """Whether a text tells whoever looks at the page what to do: "Probeer het later"."""
    return ADDRESSED[kind].search(fold(text)) is not None


def asks_to_agree(label: str) -> bool:
    """Whether a button asks for consent: "Alles accepteren"."""
    return AGREE.fullmatch(fold(label)) is not None
