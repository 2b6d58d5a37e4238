"""The canonical words of an article: what stays when only its dress changes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from ..model import Article

VERSION = 1  # of everything below; a change of the rules bumps it, and old stories keep their id

# Soft hyphens, zero-width characters, direction marks, variation selectors, the byte order mark.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
APOSTROPHE = re.compile("(?<=\\w)['\u2018\u2019\u02bc`\u00b4](?=\\w)")
# A word, a number with what belongs to it, or a sign that changes what a number means.
TOKEN = re.compile(r"(?<![\w.,])-?\d+(?:[.,:]\d+)*|[^\W\d_]+|\d+|[%€$£°]")
THOUSANDS = re.compile(r"^-?\d{1,3}(?:[.,]\d{3})+$")

# "4 uur geleden" in front of a paragraph, where a page glued it there.
GLUED_TIME = re.compile(
    r"^(?:\d+|een|anderhalf|half)\s+(?:minuut|minuten|uur|dag|dagen|week|weken)\s+geleden(?=\S)",
    re.IGNORECASE,
)
DATELINE = re.compile(r"^([^\W\d_][^()\n]{1,40}?)\s*\(([^()]{2,60})\)\s*[-\u2010-\u2015]\s*")
STAMP = re.compile(
    r"(?:\d+|een|anderhalf|half|an?|one|il y a \d+|vor \d+)?\s*"
    r"(?:minuut|minuten|uur|uren|dag|dagen|week|weken|minutes?|hours?|days?|weeks?)"
    r"(?:\s+(?:geleden|ago))?$|zojuist$|just now$"
    r"|(?:laatste update|laatst bijgewerkt|bijgewerkt|gewijzigd|gepubliceerd|updated|published)"
    r"\b.{0,60}$",
    re.IGNORECASE,
)
INSERT = re.compile(
    r"(?:lees|zie|bekijk|luister|kijk)\s+(?:ook|verder|meer|hier)\b|meer\s+(?:uit|over|nieuws)\b"
    r"|tekst gaat (?:verder|door)|(?:foto|beeld|video|bron)\s*:|©|\(c\)\s|copyright\b"
    r"|read (?:also|more)\b|see also\b|lesen sie auch\b|lire aussi\b|à lire aussi\b",
    re.IGNORECASE,
)
LONGEST_INSERT = 30  # words; longer, and it is a paragraph that begins like one


def canonical_words(article: Article) -> tuple[str, ...]:
    """The words of the body, in order, without case, dress, dateline, inserts and time stamps."""
    blocks = list(article.paragraphs)
    if blocks and article.dateline:
        blocks[0] = blocks[0][len(article.dateline.text) :]
    return tuple(word for block in blocks for word in block_words(block))


def block_words(block: str) -> list[str]:
    """The words of one paragraph; none for what only accompanies the text."""
    text = GLUED_TIME.sub("", clean(block)).strip()
    text = DATELINE.sub("", text)
    if STAMP.match(text):
        return []
    words = words_of(text)
    return [] if INSERT.match(text) and len(words) <= LONGEST_INSERT else words


def words_of(text: str) -> list[str]:
    """The words of any text."""
    folded = clean(text).casefold()
    return [_number(token) for token in TOKEN.findall(folded)]


def clean(text: str) -> str:
    """Entities, compatibility forms, invisible characters, dashes and apostrophes made one."""
    text = html.unescape(html.unescape(text))
    text = INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    return APOSTROPHE.sub("", DASHES.sub("-", text))


def _number(token: str) -> str:
    """ "15.000" and "15000" are one number, "3,5" and "3.5" another."""
    if not token[-1].isdigit():
        return token
    if THOUSANDS.match(token):
        return token.replace(".", "").replace(",", "")
    return token.replace(",", ".")


MONTHS_AND_DAYS = frozenset(
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "january",
        "february",
        "march",
        "may",
        "june",
        "july",
        "august",
        "october",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "januar",
        "februar",
        "märz",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ]
)


def facts(article: Article) -> list[str]:
    """The numbers, names and days of the body, in order: what tells templated stories apart."""
    found: list[str] = []
    for position, block in enumerate(article.paragraphs):
        text = clean(block)
        if position == 0 and article.dateline:
            text = clean(block[len(article.dateline.text) :])
        found += _facts_of(DATELINE.sub("", text))
    return found


def _facts_of(text: str) -> Iterable[str]:
    start = True  # of a sentence, where a capital says nothing
    for match in re.finditer(r"[.!?:]\s|(?<![\w.,])-?\d+(?:[.,:]\d+)*|[^\W\d_]+", text):
        token = match.group()
        if token[0] in ".!?:":
            start = True
            continue
        folded = token.casefold()
        is_name = token[0].isupper() and not start
        if token[-1].isdigit() or is_name or folded in MONTHS_AND_DAYS:
            yield _number(folded)
        start = False
