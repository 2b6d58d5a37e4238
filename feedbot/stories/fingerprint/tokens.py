"""The canonical words of an article: what stays when only its dress changes.

    paragraphs ─clean─▶ blocks, without inserts and time stamps ─▶ words ─▶ hash and sketch
                                                                ─▶ facts

The rules are fixed here and in the [identity] of the languages, apart from those of reading,
because a hash of the words is stored with every story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import islice

from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, spelt
from ...model import Article
from ...web.sanitise import unescape

VERSION = 1  # of everything below; a change of the rules bumps it, and old stories keep their id

# Soft hyphens, zero-width characters, direction marks, variation selectors, the byte order mark.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
APOSTROPHE = re.compile("(?<=\\w)['\u2018\u2019\u02bc`\u00b4](?=\\w)")
# Chinese and Japanese have no spaces. A run of signs is read as its pairs: 北京市 as 北京 and 京市.
SIGNS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SIGN = Pattern(lambda: f"[{SIGNS}]")
# In the scripts of India a vowel may be a mark that no pattern takes for a letter.
LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0d7f])"
NUMBER = r"(?<![\w.,])-?\d+(?>(?:[.,:]\d+)*)"
# (Groups are atomic and not possessive, since Python 3.11.0 to 3.11.4 matches those wrongly.)
# A number with what belongs to it, a run of signs, a word, or a sign that says what a number means.
TOKEN = Pattern(lambda: rf"{NUMBER}|[{SIGNS}]+|(?>(?:(?![{SIGNS}]){LETTER})+)|\d+|[%€$£°]")
SENTENCE_END = re.compile(r"[.!?:]\s")
FACT = Pattern(lambda: rf"{SENTENCE_END.pattern}|{NUMBER}|(?>(?:(?![{SIGNS}]){LETTER})+)")
THOUSANDS = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")


def _age() -> str:
    return rf"(?:\d+|{any_spelt('identity.counts')})\s*(?:{any_spelt('identity.units')})"


def _stamp() -> str:
    """A paragraph that is nothing but a time, or that says when the article was changed."""
    clock = rf"(?:[\s,]*(?:{any_spelt('identity.at')})?\s*\d{{1,2}}[:.h]\d\d.{{0,8}})?"
    return (
        rf"(?:(?:{any_spelt('identity.since')})\s+)?{_age()}"
        rf"(?:\s+(?:{any_spelt('identity.ago')}))?\W*"
        rf"|{any_spelt('identity.now')}"
        rf"|(?:{any_spelt('identity.days')}){clock}"
        rf"|(?:{any_spelt('identity.stamps')})\b.{{0,60}}"
    )


# "4 uur geleden" in front of a paragraph, where a page glued it there.
GLUED_TIME = Pattern(
    lambda: rf"{_age()}\s+(?:{any_spelt('identity.ago')})(?=[^\s\W])", re.IGNORECASE
)
# "MOSKOU (ANP/AFP) - ": the agencies are told, the place is part of the text.
DATELINE = Pattern(
    lambda: r"(?P<place>[^\W\d_][^()\n]{1,40}?)\s*\([^\W\d_][\w.&+/, -]{1,60}\)\s*-{1,2}\s+"
)
STAMP = Pattern(_stamp, re.IGNORECASE)
INSERT = Pattern(lambda: rf"{any_spelt('identity.inserts')}|©|\(c\)\s", re.IGNORECASE)
MOST_WORDS = 200_000  # words of a text that count: two long novels
LONGEST_INSERT = 30  # words; longer, and it is a paragraph that begins like one


@cache
def days_and_months() -> frozenset[str]:
    """The names of days and months, in small letters."""
    return frozenset(spelt("identity.calendar"))


class Tokens:
    """What an article says, computed once: its words and facts in order."""

    def __init__(self, article: Article) -> None:
        self.language = article.language
        self._paragraphs = article.paragraphs
        self._title = article.title

    @cached_property
    def _blocks(self) -> tuple[str, ...]:
        return tuple(_blocks(self._paragraphs))

    @cached_property
    def all(self) -> tuple[str, ...]:
        """The words of the body, without case, dress, agencies, inserts and time stamps."""
        return tuple(islice((word for block in self._blocks for word in _words(block)), MOST_WORDS))

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The words of the headline."""
        return tuple(tokens_of(self._title))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The numbers, names and days of the body: what tells templated stories apart."""
        return tuple(islice((fact for block in self._blocks for fact in _facts(block)), MOST_WORDS))

    @cached_property
    def size(self) -> int:
        """How many words of a language with spaces these are: two signs are about one."""
        return len(self.all) - sum(1 for word in self.all if _is_signs(word)) // 2


def tokens_of(text: str) -> list[str]:
    """The words of any text."""
    return list(islice(_words(without_furniture(text)), MOST_WORDS))


def without_furniture(text: str) -> str:
    """Entities, compatibility forms, invisible characters, dashes and apostrophes made one."""
    text = unescape(unescape(text))
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return APOSTROPHE.sub("", DASHES.sub("-", text))


def _blocks(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs that are text, cleaned; not those that only accompany it."""
    first = True
    for paragraph in paragraphs:
        text = " ".join(without_furniture(paragraph).split())
        if found := GLUED_TIME.match(text):
            text = text[found.end() :]
        if not text or STAMP.fullmatch(text) or _is_insert(text):
            continue
        if first and (found := DATELINE.match(text)):
            text = f"{found['place']}. {text[found.end() :]}"
        first = False
        yield text


def _is_insert(text: str) -> bool:
    return bool(INSERT.match(text)) and len(text.split(None, LONGEST_INSERT)) <= LONGEST_INSERT


def _words(text: str) -> Iterator[str]:
    for match in TOKEN.finditer(text.casefold()):
        token = match[0]
        if len(token) > 1 and _is_signs(token):
            yield from (token[at : at + 2] for at in range(len(token) - 1))
        else:
            yield _number(token)


def _is_signs(word: str) -> bool:
    return word[0] >= "\u3040" and bool(SIGN.match(word))


def _number(token: str) -> str:
    """ "15.000" and "15000" are one number, "3,5" and "3.5" another."""
    if not token[-1].isdigit():
        return token
    if THOUSANDS.fullmatch(token):
        return token.replace(".", "").replace(",", "")
    return token.replace(",", ".")


def _facts(text: str) -> Iterator[str]:
    start = True  # of a sentence, where a capital says nothing
    for match in FACT.finditer(text):
        token = match.group()
        if token[0] in ".!?:":
            start = True
            continue
        folded = token.casefold()
        is_name = token[0].isupper() and not start
        if token[-1].isdigit() or is_name or folded in days_and_months():
            yield _number(folded)
        start = False
