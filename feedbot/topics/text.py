"""An article as it is searched: marked at the edges of words, plain and folded, part by part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from ..languages.detection import known_code
from ..languages.fold import plain
from ..model import Article, Where

MARK = "\x1f"  # stands at every edge of a word; folding leaves none in a text
BREAK = "\n"  # between the parts and the paragraphs: no phrase runs across; none in folded text
_SIGNS = re.compile(r"[^\w ]")
# A sentence ends after a word of three letters, or a digit: not after an initial or "St.".
_SENTENCE = re.compile(r"(?<=[\w%)]{3})[.!?…]+[\"')]*\s+(?=[\"'(]*[^\Wa-z_])|(?<=[。！？])")


def mark(text: str) -> str:
    """`text` (plain or folded) with a mark at each edge of each word."""
    if text.isalnum() or not text:
        return text and f"{MARK}{text}{MARK}"
    # On both sides of every other sign; two beside each other are at no word. An expression that
    # looks for the edges takes twice as long.
    for sign in {*_SIGNS.findall(text), " "}:
        text = text.replace(sign, f"{MARK}{sign}{MARK}")
    return f"{MARK}{text}{MARK}".replace(MARK + MARK, "")


_PLACE = r"([^\W\d_][^\n()\d,]{1,40}?)"
_DAY = r"(?:, ?\d{1,2}\.? ?[^\W\d_]{3,10}\.?(?: \d{4})?)"
_DATED = re.compile(rf"{_PLACE}{_DAY}? \([A-Za-z][A-Za-z/ ]+\)[ .]*[-:]+ ?")
_AGENCY_FIRST = re.compile(rf"\([A-Za-z][A-Za-z/ ]+\) ?- ?{_PLACE}{_DAY}? ?- ?")
# "Potsdam - La coalizione", "Montevideo.- Un gol", "Riad. Die Boxwelt": a few words with capitals.
_BARE = re.compile(
    r"((?:[A-Z][\w'-]+)(?: (?:[A-Z][\w'-]+|[a-z]{1,3})){0,3}(?<=[\w]{3}))"
    rf"(?:{_DAY}?(?:\. ?-| -) ?|\. )(?=[\"'(]*[A-Z])"
)
_QUOTED = re.compile(rf"(?<!{MARK})['\"]({MARK}[A-Z][^'\"\n]*)['\"](?!{MARK})")
_QUOTES = 2
_WORDS = range(4, 11)  # marks of a title in quotes: two to five words
_SPACELESS = frozenset(("zh", "ja"))  # languages with words that ship
_TITLE_CASE = 0.7  # share of the long words of a title that have a capital


@dataclass(frozen=True, slots=True)
class Text:
    """`plain` and `folded` are equally long, and marked."""

    plain: str
    folded: str
    starts: tuple[int, ...]
    parts: tuple[Where, ...]
    language: str
    day: date | None
    title_case: bool  # whether the title has capitals where the text has none
    length: int  # words and other signs; where no spaces part words, half of the signs
    titles: tuple[tuple[int, int], ...] = ()  # of works: in quotes, and wherever else they are

    def where(self, position: int) -> Where:
        """The part that a position is in."""
        return self.parts[bisect_right(self.starts, position) - 1]

    def start(self, part: Where) -> int:
        """Where a part begins."""
        return self.starts[self.parts.index(part)]

    def word(self, position: int) -> str:
        """The folded word that a position is in, or at the mark before."""
        first = self.folded.rfind(MARK, 0, position + 1)
        return self.folded[first + 1 : self.folded.index(MARK, first + 1)]


def read(article: Article) -> Text:
    """The text of an article: what stands beside it is not in it."""
    parts = list(_parts(article))
    marked = [mark(part) + BREAK for _, part in parts]
    whole = "".join(marked)
    folded = whole.lower()
    language = known_code(article.language)
    return Text(
        plain=whole,
        folded=folded,
        starts=tuple(accumulate(map(len, marked[:-1]), initial=0)),
        parts=tuple(where for where, _ in parts),
        language=language,
        day=article.published.at.date() if article.published else None,
        title_case=_is_title_case(article.title),
        length=len(whole) // 2 if language in _SPACELESS else len(whole.split()),
        titles=tuple(_titles(whole)),
    )


def _titles(whole: str) -> Iterator[tuple[int, int]]:
    """The bounds of every title of a work: a few words that the text has in quotes and again."""
    if whole.count("'") + whole.count('"') < _QUOTES:
        return
    for title in set(_QUOTED.findall(whole)):
        found = [each.span() for each in re.finditer(re.escape(title), whole)]
        if title.count(MARK) in _WORDS and len(found) > 1:
            yield from found


def _parts(article: Article) -> Iterator[tuple[Where, str]]:
    yield "title", plain(article.title)
    place, lead = _dateline(article)
    yield "dateline", place
    end = _SENTENCE.search(lead)
    yield "opening", lead[: end.end()].rstrip() if end else lead
    yield "lead", lead[end.end() :] if end else ""
    yield "body", BREAK.join(map(plain, article.paragraphs[1:]))
    yield "section", BREAK.join(map(plain, article.sections))


def _dateline(article: Article) -> tuple[str, str]:
    """The place that the dateline names, and the lead without it: "Nairobi, 7 nov (EFE).-" too."""
    lead = plain(article.lead)
    if article.dateline:
        return plain(article.dateline.place), lead
    found = _DATED.match(lead) or _AGENCY_FIRST.match(lead) or _BARE.match(lead)
    return (found[1], lead[found.end() :]) if found else ("", lead)


def _is_title_case(title: str) -> bool:
    long = [word for word in title.split() if len(word) > 3]
    return sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)
