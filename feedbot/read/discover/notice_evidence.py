"""Whether a list of texts is news: clues, each between 0 and 1, times their weights, summed.

Log-odds by hand: with 0 in all it is as likely as not. A list with dates of its own needs little
more than texts; one without needs a page that calls itself news. No clue decides alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from ...languages.detection import everywhere, function_words
from ...languages.fold import fold
from ...languages.labels import heads_comments
from ...languages.order import Local
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...languages.wordcount import count_words
from ...model import Link
from ...web.document import Document
from . import addresses
from .notice_dates import When
from .notice_text import Notice
from .onward import says_news

BASE = -7.5
# clue, weight, and how `preview` names it; "" where another one says nearly the same
WEIGHTS: Sequence[tuple[str, float, str]] = (
    ("dated", 5.0, "each has a date"),
    ("news", 4.0, "the page calls itself news"),
    ("news address", 1.0, "its address says news"),
    ("prose", 3.0, "each has a text"),
    ("known", 5.0, "news stood there before"),
    ("many", 1.5, ""),
    ("falling", 1.5, "the newest comes first"),
    ("boxed", 0.5, ""),
    ("rising", -3.0, "the oldest comes first"),
    ("terse", -3.0, "few words"),
    ("leading", -5.0, "they have pages of their own"),
    ("future", -7.0, "days to come"),
    ("question", -4.0, "they are questions"),
    ("numbered", -3.0, "they are numbered"),
    ("names", -1.5, "headlines of a word or two"),
    ("things", -4.0, "names and numbers, and no sentences"),
    ("references", -4.0, "references to publications"),
    ("contact", -2.0, "addresses to write to"),
    ("readers", -5.0, "what readers wrote"),
    ("beside", -4.0, "beside what the page is about"),
    ("service", -2.5, "the page is one that every site has"),
    ("alike", -2.0, "one headline for many"),
    ("sections", -5.0, "they are sections of the page"),
    ("undated pair", -3.0, ""),
    ("hanging", -12.0, "each ends with the headline of the next"),
)
TOLD = 0.25
SENTENCES = 0.15  # share of names and numbers beyond that of common words that texts have at most
THINGS = 0.30  # and that lists of things have
PROSE = 20  # words of a text
TERSE = 8  # words of less than a text
SEVERAL = 4  # members of a list after the first
NUMBERED = re.compile(
    r"\W*(?:\w+\s)?(?:\d{1,3}|[ivx]{1,5}|[a-h])(?:\.\d+)*[.):]?(?:\s|$)", re.IGNORECASE
)
REFERENCE = re.compile(
    r"\b\d+\s?\(\d+(?:[-–]\d+)?\)\s?[,:]|\bpp\.\s?\d|\b\d{2,}[-–]\d{2,}\.?$|\bet al\b|\bdoi\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")
COMMENTS = Pattern(
    lambda: rf"comment|guestbook|{any_spelt('classes.comments')}",
    re.IGNORECASE,
)
REVIEWS = re.compile(r"review|testimonial|rating", re.IGNORECASE)
SOON = timedelta(days=1)
NAME = 4  # words of the longest name of a page
IN_TITLE = 0.4  # how much it counts that its title says news, as that may be the site's name
FEWEST = 2  # members of a list
MOST = 0.8  # share of dates from which a list is in their order
IN_DOUBT = 0.5
BY_NAME = 0.6  # how much it counts that elements are called after comments; reviews may be news


class Around(NamedTuple):
    """Where a list stands: the heading and the line over it, the names of the elements around it,
    how surely it stands `beside` what the page is about, between 0 and 1, whether each member has
    an element of its own, and whether the last visit found news in this place."""

    heading: str
    line: str
    names: str
    beside: float
    is_boxed: bool
    is_known: bool = False


class Weighed(NamedTuple):
    """A list of notices, those of them that stand whole, and how much speaks for it."""

    notices: Sequence[Notice]
    whole: Sequence[Notice]
    score: float
    why: str

    @property
    def letters(self) -> int:
        """How much text it has."""
        return sum(len(text) for one in self.whole for text in one.text)


def weigh(
    notices: Sequence[Notice],
    document: Document,
    local: Local,
    around: Around,
) -> Weighed:
    """How much speaks for a list of notices."""
    clues = _said(notices) | _things(notices) | _when(notices, local) | _around(document, around)
    score = BASE + sum(weight * clues[name] for name, weight, _ in WEIGHTS)
    worth = [(weight * clues[name], phrase) for name, weight, phrase in WEIGHTS if phrase]
    strongest = sorted((pair for pair in worth if pair[0] > TOLD), reverse=True)[:3]
    is_mixed = any(one.has_page for one in notices)
    whole = [one for one in notices if _is_whole(one, is_mixed=is_mixed)]
    return Weighed(
        notices=notices,
        whole=whole,
        score=score if len(whole) > 1 or (whole and (is_mixed or around.is_known)) else BASE,
        why="; ".join(["it stands whole on the page", *(phrase for _, phrase in strongest)]),
    )


def _is_whole(one: Notice, *, is_mixed: bool) -> bool:
    """Whether a member says all that there is; among some with pages, only if it surely is news."""
    if one.has_page or not one.text or not one.title:
        return False
    return not is_mixed or (one.when.is_said and one.words >= TERSE)


def _said(notices: Sequence[Notice]) -> dict[str, float]:
    """What the members say."""
    count = len(notices)
    titles = [one.title for one in notices]
    whole = [one for one in notices if not one.has_page] or notices
    return {
        "prose": sum(min(one.words, PROSE) for one in whole) / PROSE / len(whole),
        "terse": sum(one.words < TERSE for one in whole) / len(whole),
        "many": min(count - 1, SEVERAL) / SEVERAL,
        "sections": sum(says_news(Link(url="", title=one)) for one in titles) / count,
        "leading": sum(one.has_page for one in notices) / count,
        "question": sum(one.endswith(("?", "？", "؟")) for one in titles) / count,
        "numbered": _numbered(notices),
        "names": sum(0 < count_words(one) <= 2 for one in titles) / count,
        "contact": sum(any(map(_is_contact, one.hrefs)) for one in notices) / count,
        "hanging": 0.0
        if notices[-1].hangs
        else sum(one.hangs for one in notices) / max(count - 1, 1),
        "alike": 1 - (len(set(titles)) - 1) / (count - 1) if count > 1 else 0.0,
    }


def _numbered(notices: Sequence[Notice]) -> float:
    """The share of headlines that a number begins, unless they are versions or dates."""
    plain = [one.headline for one in notices if not one.when.is_said]
    return sum(bool(NUMBERED.match(one)) for one in plain) / len(notices)


def _things(notices: Sequence[Notice]) -> dict[str, float]:
    """How surely a list is one of things: lots, results, concerts, people; or of publications.

    What is said of things is names and numbers; a sentence has more of the commonest words of its
    language.
    """
    lines = [WORD.findall(line) for one in notices for line in one.text]
    named = sum(_is_name(word) for line in lines for word in line[1:])
    words = Counter(fold(word) for line in lines for word in line)
    excess = (named - _most_common(words)) / max(words.total(), 1)
    referring = sum(any(map(REFERENCE.search, one.text)) for one in notices)
    return {
        "things": min(max((excess - SENTENCES) / (THINGS - SENTENCES), 0.0), 1.0),
        "references": referring / len(notices),
    }


def _most_common(words: Counter[str]) -> int:
    """How many words are among the commonest of the language of which most are."""
    common = everywhere().intersection(words)
    return max(
        sum(words[word] for word in common.intersection(known))
        for known in function_words().values()
    )


def _is_name(word: str) -> bool:
    return word[0].isupper() or any(map(str.isdigit, word))


def _is_contact(href: str) -> bool:
    return href.startswith(("mailto:", "tel:"))


def _when(notices: Sequence[Notice], local: Local) -> dict[str, float]:
    """What their dates say."""
    count = len(notices)
    days = [one.published.at for one in notices if one.published]
    dated = sum(_is_dated(one.when) for one in notices) / count
    falls = [later < earlier for earlier, later in pairwise(days) if later != earlier]
    falling = sum(falls) / len(falls) if falls else IN_DOUBT
    return {
        "dated": dated,
        "undated pair": 1 - dated if count == FEWEST else 0.0,
        "falling": float(len(falls) > 1 and falling >= MOST),
        "rising": float(falling <= 1 - MOST),
        "future": sum(at > local.now + SOON for at in days) / count,
    }


def _is_dated(when: When) -> float:
    """How much a date counts: half, where it lacks its year or its day."""
    if not when.is_said:
        return 0.0
    return 1.0 if when.is_sure and when.dated else 0.5


def _around(document: Document, around: Around) -> dict[str, float]:
    """What the page says of itself."""
    headings = [block.text for block in document.blocks if block.tag == "h1"][:2]
    shown = [around.heading] if around.heading else headings  # the nearest is the list's own
    titled = re.split(r"\s[|–—-]\s", document.title)
    url, said = document.page.url, [*shown, *titled]
    in_title = IN_TITLE if any(map(_is_news, titled)) else 0.0
    return {
        "news": 1.0 if any(map(_is_news, shown)) else in_title,
        "news address": float(says_news(Link(url=url))),
        "readers": _by_readers(around),
        "beside": around.beside,
        "boxed": float(around.is_boxed),
        "known": float(around.is_known),
        "service": float(addresses.names_service(url) or any(map(_is_service, said))),
    }


def _by_readers(around: Around) -> float:
    """How surely readers wrote a list."""
    heading = fold(around.heading) if count_words(around.heading) <= NAME else ""
    if COMMENTS.search(heading) or heads_comments(around.heading) or heads_comments(around.line):
        return 1.0
    names = f"{around.names} {heading}"
    return BY_NAME if COMMENTS.search(names) or REVIEWS.search(names) else 0.0


def _is_news(name: str) -> bool:
    """Whether a heading names news: "Laatste nieuws", and not "Goed nieuws voor de haven"."""
    return 0 < count_words(name) <= NAME and says_news(Link(url="", title=name))


def _is_service(name: str) -> bool:
    """Whether a page is called what every site has: "Over ons", "Agenda"."""
    return bool(name) and bool(addresses.SERVICES.match(fold(name).replace(" ", "-")))
