"""What sites write around their articles: headings over other stories, inserts, bylines, dates.

Labels are matched on folded text (see `fold`) of a short block.
"""

from __future__ import annotations

import re
from enum import IntEnum

from .fold import fold
from .pattern import Pattern
from .tables import any_phrase, any_spelt, any_word, one_of, spelt
from .times import ANYWHERE, absolute, found_in
from .timewords import months
from .wordcount import count_words

SHORTCODE = re.compile(r"\[[a-z][\w-]{2,30} [\w-]{1,30}=[^\[\]]{1,1000}\]")
RULES = " -–—|·•"  # around a label: "- Publicidade -"
BEFORE = f"{RULES}/*>»"  # before a line that says when: "// Posted by Jan on 3 May"
SHORTEST = 15  # characters of a headline that is repeated below its article
OPENS = " \"'“”„«»‹›‘’「『:"  # before a headline that is quoted
LONGEST = 80  # characters of a label; what is longer is text

# Over what is said of the author, at the end of an article.
_ABOUT = (
    r"(about|meet) (the|our) (authors?|writers?|reviewers?|contributors?)|about me"
    r"|over de (auteur|schrijver|redacteur)s?|uber (den|die) (autor|verfasser)(in|en|innen)?"
    r"|a propos de l'(auteur|autrice)s?|written by|geschreven door"
)
# Where an article is shared, or how: several of them stand in one line.
_SHARE = (
    r"(?:facebook|twitter|tweet|whats ?app|linked ?in|xing|pinterest|pin|instagram|telegram|reddit"
    r"|tumblr|flipboard|messenger|bluesky|mastodon|threads|google\+?|share|print|x|e-?mail|mail)"
)
# Who took a picture, and for whom: "Jan Jansen/Getty Images", "AP Photo/Jan Jansen".
_AGENCY = (
    r"(?:getty(?: images)?|afp|ap|reuters|epa|shutterstock|istock(?:photo)?|alamy|dpa|anp|belga"
    r"|imago|keystone|efe|ansa|lusa|ntb|scanpix|associated press|picture alliance|zuma|sipa|pa)"
)
_CREDIT = (
    rf"(?:[^/!?:;]{{2,50}}/ ?{_AGENCY}\b[^/!?:;]{{0,30}}(?:/[^/!?:;]{{2,40}})?"
    rf"|{_AGENCY}(?: photo)?/[^/!?:;]{{2,50}}|getty images|[^/!?:;]{{2,40}}/for [^/!?:;]{{2,40}})"
)
# What readers think of a recipe or a product: "4.8 sur 61 votes", "4,7 von 5 (120 Bewertungen)".
_VOTES = (
    r"(?:votes?|votos?|voti|stimmen|bewertung(?:en)?|reviews?|ratings?|avis|stemmen|beoordelingen|ocen"
    r"|glosow|hodnoceni|голос\w*|оцен\w*)"
)
RATING = re.compile(rf"\W*\d[.,]\d{{1,2}}(?: ?/ ?\d+)?(?: \w+){{0,3}} ?\(?\d+ {_VOTES}\W*")
# Of a wiki: the file of a page, and when it was changed: "news/bridge.txt · Last modified: …".
FILE = re.compile(r"\S{1,80}\.txt\s+·\s.{0,60}\d.{0,80}")
FEW = 8  # words beside the date, as in "… • Last updated 1 hour ago • 4 minute read"
WORD = re.compile(r"[^\W\d]+")
ASKS = re.compile(r"[?？:：]")
COLON = re.compile(r"[:\uff1a](?!\d)")
DIGIT = re.compile(r"\d")  # which no date is without
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+"


def _byline() -> str:
    between = rf"(?:{any_spelt('people.particles', 'people.and')}|&)"
    return (
        rf"(?i:{any_spelt('people.by', 'people.of', 'people.before')})(?:\s+:?|:)\s*{_NAME}"
        rf"(?:,?\s+(?:{_NAME}|{between}))*"
        rf"|(?i:{any_spelt('people.credit')})\s*:.*"
    )


def _source() -> str:
    """A line that tells what a text is told from: "Bron: ANP", "Quelle (gekürzt): dpa"."""
    return rf"\W{{0,2}}(?:{any_spelt('people.source')})(?: ?\([^()]{{1,30}}\))?\s*[:：]\s*\w.*"


def _published() -> str:
    """A line that tells the date: "Veröffentlicht am 16.08.2019", "Jan | Posted on May 3, 2019"."""
    told = rf"(?:{any_phrase('labels.published')})\w*"
    return (
        rf"({told}(?!\w)|.{{0,40}}\b{told} ({any_word('times.on')})\b)"
        r"[^\d]{0,30}\d.*"
        rf"([^.!?:。！？\"']|[ap]\.m\.|\b({any_word('times.year', 'times.clock')})\.)"
    )


def _filed() -> str:
    """The same as a sentence: "Dieser Beitrag wurde am 3. Dezember 2011 veröffentlicht und …"."""
    return (
        rf"({any_phrase('labels.article')}) ({any_phrase('labels.was')})\b"
        rf"[^\d]{{0,60}}\d.{{0,60}}\b({any_phrase('labels.written')})\b.*"
    )


def _filed_under() -> str:
    """Where an article is filed, be it without a date: "This entry was posted in News and …"."""
    return (
        rf"({any_phrase('labels.article')}) (({any_phrase('labels.was')})\b.{{0,60}})?"
        rf"\b({any_phrase('labels.written')})\b.*"
    )


def _submitted() -> str:
    """The same of who put it in: "Ingezonden door piet op …", "piet tarafından … gönderildi"."""
    by = rf"(?:{any_word('people.written', 'people.posted')}) (?:{any_word('people.by')})"
    return rf"(?:{_by_whom()}|{by})\b.*|.*\b(?:{any_phrase('labels.written')})\W*"


def _by_whom() -> str:
    """The words before who put an article in, folded."""
    return one_of(map(fold, spelt("people.submitted")))


def _readers() -> str:
    """Over what readers wrote, or what asks them to write; with a number it can be nothing else.

    What words of a subhead may be, too ("3 responses"), is nothing but the number and the word.
    """
    word, other = any_phrase("labels.comments"), any_phrase("labels.comments_on")
    number = rf"(?:(?:{any_phrase('labels.there_are')}) )?\(?\d+\)?"
    return (
        rf"(?:[|•]? ?\(?\d+\)? ?(?:{word})(?: [^.!?]{{0,25}})?|{number} ?(?:{word}|{other})"
        rf"|(?:{word}) ?(?:\(\d+\)|\[\d+\]|: ?\d+)|{any_phrase('labels.write_comment')})[:…*! ]*"
    )


def _readers_on() -> str:
    """The same before a headline: "One response to", "2 thoughts on"."""
    word = any_phrase("labels.comments", "labels.comments_on")
    return rf"\w{{1,6}} (?:\w+ )?(?:{word})(?: \w{{1,6}}){{0,2}}"


MORE = Pattern(lambda: rf"({any_phrase('labels.more')})[:.…>» ]*")
# Of a folded text: » is a quotation mark then.
READ_MORE = Pattern(
    lambda: rf"[\[(+\"›>→ .…]*({any_phrase('labels.read_more', 'labels.here')})[\])\"›>→ .…:]*"
)
INSERT = Pattern(lambda: rf"[>»▶►→*-]*\s*({any_phrase('labels.insert')})")
SERVICE = Pattern(
    lambda: rf"({any_phrase('labels.service')}|{_SHARE}(?:[ ,|/·•]+{_SHARE}){{0,12}})[:.! ]*"
)
BYLINE = Pattern(_byline)
SOURCE = Pattern(_source, re.IGNORECASE)
SPONSORED = Pattern(lambda: rf"({any_phrase('labels.sponsored')})[:.! ]*")
CAPTION = Pattern(
    lambda: (
        rf"({any_phrase('labels.caption')}|©|\(c\))\s*[:©].*|©.*|.{{0,120}}© .{{2,60}}|{_CREDIT}"
    )
)
PUBLISHED = Pattern(_published)
FILED = Pattern(_filed)
FILED_UNDER = Pattern(_filed_under)
# What stands beside the date of publication, and beside that of a change.
TELLS = Pattern(lambda: rf"{any_phrase('labels.published')}|\b(?:{_by_whom()})")
CHANGES = Pattern(lambda: any_phrase("labels.changed"))
SUBMITTED = Pattern(_submitted)
READERS = Pattern(_readers)
READERS_ON = Pattern(_readers_on)
REACTIONS = Pattern(lambda: rf"(?:{any_phrase('labels.comments')})[:… ]*")
ABOUT = re.compile(rf"(?:{_ABOUT})[:.…>» ]*")


class Label(IntEnum):
    """What a date is said to be the date of; the best first."""

    PUBLISHED = 0
    NONE = 1
    CHANGED = 2


def heads_other_stories(text: str) -> bool:
    """Whether a block is a heading over other stories: "Meer uit Buitenland", "Related"."""
    return len(text) <= LONGEST and bool(MORE.fullmatch(fold(text)))


def heads_comments(text: str) -> bool:
    """Whether a line stands over what readers wrote: "13 Comments", "Geef een reactie"."""
    return len(text) <= LONGEST and bool(READERS.fullmatch(fold(text)))


def may_head_comments(text: str) -> bool:
    """Whether a line says only that readers wrote: "Reacties". It may be a subhead of a text."""
    return len(text) <= LONGEST and bool(REACTIONS.fullmatch(fold(text)))


def heads_comments_on(text: str, title: str) -> bool:
    """Whether a line stands over what readers wrote on an article: "2 responses to "Bridge open"".

    `title` is folded.
    """
    if not SHORTEST <= len(title) < len(text) <= len(title) + LONGEST:
        return False
    before, found, behind = fold(text).partition(title)
    is_last = bool(found) and not WORD.search(behind)
    return is_last and bool(READERS_ON.fullmatch(before.rstrip(OPENS)))


def heads_author(text: str) -> bool:
    """Whether a line stands over what is said of the author: "About the author"."""
    return len(text) <= LONGEST and bool(ABOUT.fullmatch(fold(text)))


def is_insert(text: str) -> bool:
    """Whether a block starts like a pointer to another story: "Lees ook: …"."""
    return bool(INSERT.match(fold(text[:LONGEST])))


def says_read_more(folded: str) -> bool:
    """Whether a folded text is where to read on, and nothing else: "lees verder »"."""
    return READ_MORE.fullmatch(folded) is not None


def asks_to_read_on(text: str) -> bool:
    """Whether a line asks to read on, and maybe says what: "Read more about the bridge", "Read on?
    Follow this link". A word alone does not: "More from our partners".
    """
    folded = fold(text)
    found = READ_MORE.match(folded)
    is_phrase = found is not None and " " in found[1].strip()
    return is_phrase or says_read_more(ASKS.split(folded, maxsplit=1)[0])


def is_service(text: str) -> bool:
    """Whether a block is a button or a label: "Deel dit artikel", "Advertentie", "12 reacties"."""
    return len(text) <= LONGEST and bool(SERVICE.fullmatch(fold(text).strip(RULES)))


def is_rating(text: str) -> bool:
    """Whether a short block says what readers think of something, and how many they are."""
    return len(text) <= LONGEST and bool(RATING.fullmatch(fold(text)))


def names_file_of_page(text: str) -> bool:
    """Whether a line says in which file of a wiki a page is, and when it was changed."""
    return bool(FILE.fullmatch(text)) and absolute(text, ANYWHERE) is not None


def is_shortcode(text: str) -> bool:
    """Whether a block is a command to a plugin that its site no longer has: "[gallery ids=…]"."""
    return text.startswith("[") and SHORTCODE.fullmatch(text) is not None


def says_sponsored(text: str) -> bool:
    """Whether a short line says that what is beside it is paid for: "Advertentie"."""
    return len(text) <= LONGEST and bool(SPONSORED.fullmatch(fold(text)))


def is_byline(text: str) -> bool:
    """Whether a short block names an author, a photographer or a source."""
    return len(text) <= LONGEST and bool(BYLINE.fullmatch(text))


def is_dated_byline(text: str) -> bool:
    """Whether a short block names an author and a day; so does a list of who held an office."""
    return len(text) <= LONGEST and bool(BYLINE.fullmatch(_without_last_date(text)))


def _without_last_date(text: str) -> str:
    """A text without the date that it ends with; the text itself if it ends otherwise."""
    last = next(iter(found_in(text, ANYWHERE)[-1:]), None) if DIGIT.search(text) else None
    if last is None or last.end < len(text.rstrip(" .|")):
        return text
    return text[: last.start].rstrip(" ,|·•–—-")


def names_source(text: str) -> bool:
    """Whether a short line says what a text is told from: "Bron: ANP"."""
    return len(text) <= 2 * LONGEST and bool(SOURCE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a block is the credit or caption of a picture by its own words."""
    return len(text) <= 2 * LONGEST and bool(CAPTION.fullmatch(fold(text)))


def says_published(text: str) -> bool:
    """Whether a block tells when the article was published, and little else."""
    text = text.lstrip(BEFORE)
    folded = fold(text) if len(text) <= 4 * LONGEST else ""
    if not DIGIT.search(folded) or _announces(text):
        return False
    if not FILED.fullmatch(folded):
        if _beside_dates(text) > LONGEST or not PUBLISHED.fullmatch(folded):
            return False
        return _has_dates_only(text, folded)
    return absolute(text, ANYWHERE) is not None


def says_submitted(text: str) -> bool:
    """Whether a line tells who put an article in and at which hour, be it as a sentence."""
    if not DIGIT.search(text) or not dates_only(text):
        return False
    return has_hour(text) and SUBMITTED.fullmatch(fold(text)) is not None


def has_hour(text: str) -> bool:
    """Whether a text gives an hour beside a day."""
    return any(one.has_clock for one in found_in(text, ANYWHERE))


def says_filed(text: str) -> bool:
    """Whether a sentence tells when or where an article was filed, as themes end it."""
    return len(text) <= 4 * LONGEST and bool(FILED_UNDER.fullmatch(fold(text)))


def is_moment(text: str) -> bool:
    """Whether a text is a day with its hour, and nothing else: "18. 11. 2026, 17:25"."""
    found = found_in(text, ANYWHERE) if len(text) <= LONGEST and DIGIT.search(text) else ()
    return len(found) == 1 and found[0].has_clock and found[0].end - found[0].start >= len(text) - 1


def begins_with_date(text: str) -> bool:
    """Whether a text begins with a date: "3 May 2026 - Ann Bos - Print"."""
    found = found_in(text, ANYWHERE)
    return bool(found) and found[0].start == 0


def dates_only(text: str, most: int = FEW) -> bool:
    """Whether a few words tell a date, and little else: "Escrito en … el 14 de septiembre".

    At most so many words stand beside it.
    """
    folded = fold(text) if len(text) <= 2 * LONGEST else ""
    return bool(folded) and _has_dates_only(text, folded, most)


def tells_when(text: str) -> bool:
    """Whether a line has a date, what that is the date of, and little else but who wrote it.

    "Published 23 Nov 2026, 07:45 - Updated 25 Nov 2026, 10:00 by Jan Jansen"
    """
    if not DIGIT.search(text) or not dates_only(text):
        return False
    folded = fold(text)
    return bool(TELLS.search(folded) or CHANGES.search(folded))


def _beside_dates(text: str) -> int:
    """The length of a text without the dates in it: a line may tell two, and an author."""
    return len(text) - sum(one.end - one.start for one in found_in(text, ANYWHERE))


def _announces(text: str) -> bool:
    """Whether a line ends in its only colon; several stand behind labels, the last one's value be
    filled in by a script.
    """
    return text.endswith((":", "\uff1a")) and len(COLON.findall(text)) == 1


def _has_dates_only(text: str, folded: str, most: int = FEW) -> bool:
    """Whether a text has a date, and few words beside it.

    What no spaces part counts as one, as names do, but not where it announces what follows.
    """
    dates = found_in(text, ANYWHERE)
    for one in reversed(dates):
        folded = folded[: one.start] + folded[one.end :]
    words = [word for word in WORD.findall(folded) if word not in months()]
    count = count_words(" ".join(words)) if _announces(text) else len(words)
    return count <= most and bool(dates)


def label_of(text: str) -> Label:
    """What the words before a date say of it; the last of them counts."""
    folded = fold(text)
    tells = _last(TELLS, folded)
    changes = _last(CHANGES, folded)
    if tells == changes:
        return Label.NONE
    return Label.PUBLISHED if tells > changes else Label.CHANGED


def _last(pattern: Pattern, text: str) -> int:
    """Where the last match begins; -1 if there is none."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)


def says_changed(text: str) -> bool:
    """Whether a text, or the name of an element, speaks of a change: "Laatst bijgewerkt"."""
    return CHANGES.search(fold(text)) is not None
