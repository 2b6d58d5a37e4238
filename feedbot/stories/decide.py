"""What an article is, seen beside what is known. Pure: no clock, no database.

same words                                          unchanged
same URL, materially other words or headline        revised
same URL, only the beginning of the text            unchanged: nothing published is lost
the same, where a site moved its story              revised
same or nearly the same words elsewhere             duplicate
a part of a known story                             duplicate
few words, also whole on a listing of the site      duplicate
the whole of a story known only by its lead         duplicate, and the story is completed
other words: a follow-up, a template filled anew    new
the same on one listing, on another day             new
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from itertools import takewhile

from ..languages.fold import fold
from ..languages.pattern import Pattern
from ..languages.timewords import months
from ..languages.traits import telling_words
from ..model import TAG_DATE, Article, Decision, Fingerprint, PageText, Story
from ..web.blocks import stands_in
from ..web.urls import story_key
from .fingerprint import Relation, Tokens, relation, unlike

# A day with its month, in figures or by its name, and maybe a year: "13.10.2017", "3 May".
DAY_NAMED = Pattern(
    lambda: (
        r"\b(?:\d{1,4}([./-])\d{1,2}(?:\1\d{2,4})?\b"
        rf"|\d{{1,2}}\.? (?:{'|'.join(months())})\b(?: \d{{4}})?"
        rf"|(?:{'|'.join(months())}) \d{{1,2}}\b(?:,? \d{{4}})?)"
    )
)
COSMETIC = 8  # words; with no fact, number or "not" among them, nobody need be told of fewer
FEWEST_WORDS = 25  # words; shorter texts never merge across URLs: two paywall stubs are one text
LEAD_ONLY = 120  # words; up to here a story may be but the lead of one
REUSED = 60  # words; from here on wholly other words at a known URL are another story ("/weer")
OTHER_FACTS = 0.20  # share of common facts; a story that is written anew keeps more
WITHIN_SITE = 0.90  # resemblance; a site's own near copies are mostly its templates
MOVED = 0.60  # resemblance of a site's story that stands at another URL now
OTHER_NOTICE = 0.5  # share of common words; a notice that is edited keeps more
SAME_NOTICE = 0.6  # share of the words in their order; a notice whose headline changes keeps more
CUT = 0.5  # share of a story's words up to which its beginning is what a wall leaves of it
BEGINS = 0.8  # share of the words of a page that must be such a beginning: the rest asks to log in
DAY = timedelta(days=1)  # from here on dates are not one: pages tell the time, listings the day
NOTICE_AGAIN = timedelta(days=31)  # the same words under a date that is farther off are another's
COPY_KINDS = ("same", "part", "fuller")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article as a poll found it.

    url_keys  of the page that was read, and of the URL that it names as its own
    listed    of all articles that the source lists now: a story that is not among them may have
              moved
    page      what the page says, and what stood `beside` its story when it was last read; None
              where that is not known
    """

    article: Article
    fingerprint: Fingerprint
    source: str
    url_keys: Sequence[str]
    listed: Collection[str] = ()
    page: PageText | None = None
    beside: PageText | None = None


def decide(
    arrival: Arrival,
    *,
    known: Story | None,
    named: Story | None,
    same_words: Story | None,
    candidates: Sequence[Story],
    astray: bool = False,
) -> Decision:
    """What the article is.

    known       the story that its page led to when it was last read
    named       the story that the URL which the page names as its own led to
    same_words  the oldest story with the same content hash
    candidates  stories that may be near duplicates, in any order
    astray      whether `known` stands where it cannot: at a listing, or where another story is
    """
    words = Tokens(arrival.article)
    if known and astray and same_words is None:
        reason = "the page is its own again"
        return Decision(verdict="revised", story=known, replace=True, reason=reason)
    for story in (known, named):
        if story and _is_its_own(arrival, story):
            if story is named and not is_alike(words, Tokens(story.article)):
                continue  # an address that the page may name wrongly
            decision = _at_its_own_url(arrival, words, story)
            if decision:
                return decision
    if arrival.fingerprint.words < FEWEST_WORDS:
        return _short(arrival, words, known, candidates)
    found = [story for story in (known, named, same_words, *candidates) if story]
    return _elsewhere(arrival, words, known, found)


def in_new_form(arrival: Arrival, decision: Decision) -> Decision:
    """The decision on an article whose page was last read otherwise than it is now.

    An older feedbot gave it less form, or the settings were others.

    Where nothing is known of what stood beside the story then, other words are taken for what is
    read otherwise now.
    """
    story = decision.story
    if story is None or story.pruned or not _is_its_own(arrival, story):
        return decision
    if decision.verdict == "unchanged":
        return replace(decision, rewrite=arrival.article != story.article)
    if decision.verdict == "revised" and arrival.beside is None:
        reason = "read in more form"
        return Decision(verdict="unchanged", story=story, rewrite=True, reason=reason)
    return decision


def is_alike(words: Tokens, other: Tokens) -> bool:
    """Whether two articles may be one: copies, or under one headline and not unlike."""
    found = relation(words, other).kind
    if found in COPY_KINDS or (words.all and words.all == other.all):
        return True
    short = min(words.size, other.size) < FEWEST_WORDS
    return words.title == other.title and (short or found == "related")


def is_notice_again(article: Article, words: Tokens, story: Story, stored: Tokens) -> bool:
    """Whether an article that stands whole on its listing is a story that stood there before.

    The same words are, unless their dates are far apart; more words behind them are under the same
    headline on the same day. Other words are under the same date, if most are the same and no
    number is another: a notice of every week is filled in anew. `words` and `stored` are the words
    of both.
    """
    if story.pruned or not words.all:
        return False
    apart = _apart(article, story.article)
    if words.all == stored.all:
        return apart is None or apart <= NOTICE_AGAIN
    goes_on = words.title == stored.title and words.all[: len(stored.all)] == stored.all
    if goes_on and apart is not None and apart < DAY:
        return True
    if (article.published is None) is not (story.article.published is None) or apart:
        return False
    return _says_nearly(words, stored)


def _says_nearly(words: Tokens, stored: Tokens) -> bool:
    """Whether most words of two notices are the same, in their order, and all numbers."""
    longest = max(len(words.all), len(stored.all))
    if (Counter(words.all) & Counter(stored.all)).total() < SAME_NOTICE * longest:
        return False  # told without looking at their order, which takes long
    places = unlike(stored.all, words.all)
    if any(word[-1].isdigit() for place in places for side in place for word in side):
        return False
    changed = sum(max(len(before), len(after)) for before, after in places)
    return changed <= (1 - SAME_NOTICE) * longest


def _apart(article: Article, other: Article) -> timedelta | None:
    """How far the dates of two articles are apart; None where one of them has none."""
    if article.published is None or other.published is None:
        return None
    return abs(article.published.at - other.published.at)


def _is_its_own(arrival: Arrival, story: Story) -> bool:
    """Whether the page is where the story stands, not that of a copy."""
    return story.source == arrival.source and story_key(story.article.url) in arrival.url_keys


# --- at the story's own URL -------------------------------------------------------------------


def _at_its_own_url(arrival: Arrival, words: Tokens, story: Story) -> Decision | None:
    """Unchanged or revised; None where the URL carries another story now."""
    if story.pruned:
        return Decision(verdict="unchanged", story=story, reason="its text was pruned")
    stored = Tokens(story.article)
    if words.all == stored.all and words.title == stored.title:
        return Decision(verdict="unchanged", story=story, reason="the same words")
    if arrival.page and arrival.beside and arrival.page.digest == arrival.beside.digest:
        return Decision(verdict="unchanged", story=story, reason="the same page, read otherwise")
    if _is_another(words, stored) or _is_other_notice(arrival.article, words, story, stored):
        return None
    words, stored = _what_changed(arrival, story)
    if words.all == stored.all and words.title == stored.title:
        return Decision(verdict="unchanged", story=story, reason="read otherwise")
    return _changed(words, stored, story)


def _what_changed(arrival: Arrival, story: Story) -> tuple[Tokens, Tokens]:
    """The article and its story without what is merely read otherwise.

    A paragraph that is new, but stood beside the story before, and one that is gone, but stands on
    the page still, are the doing of the site model and not of the publisher.
    """
    article, known = arrival.article, story.article
    beside = frozenset(arrival.beside.blocks) if arrival.beside else frozenset()
    on_page = frozenset(arrival.page.blocks) if arrival.page else frozenset()
    before, after = set(known.paragraphs), set(article.paragraphs)
    now = [one for one in article.paragraphs if one in before or not stands_in(one, beside)]
    then = [one for one in known.paragraphs if one in after or not stands_in(one, beside | on_page)]
    return (
        Tokens(replace(article, paragraphs=tuple(now))),
        Tokens(replace(known, paragraphs=tuple(then))),
    )


def _changed(words: Tokens, stored: Tokens, story: Story) -> Decision:
    if words.title != stored.title:
        reason = "another headline"
    elif _is_cut(words, stored):
        return Decision(verdict="unchanged", story=story, reason="only its beginning is left")
    elif _is_cosmetic(words, stored):
        return Decision(verdict="unchanged", story=story, cosmetic=True, reason="cosmetic")
    else:
        reason = "other words"
    return Decision(verdict="revised", story=story, replace=True, reason=reason)


def _is_cut(words: Tokens, stored: Tokens) -> bool:
    """Whether a page tells no more than how its story begins, as those behind a wall do."""
    pairs = zip(words.all, stored.all, strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return alike >= BEGINS * len(words.all) and len(words.all) <= CUT * len(stored.all)


def _is_another(words: Tokens, stored: Tokens) -> bool:
    if min(words.size, stored.size) < REUSED or words.title == stored.title:
        return False
    if relation(words, stored).kind != "none":
        return False
    facts, before = set(words.facts), set(stored.facts)
    return len(facts & before) < OTHER_FACTS * min(len(facts), len(before))


def _is_other_notice(article: Article, words: Tokens, story: Story, stored: Tokens) -> bool:
    """Whether the place of a notice holds another one: `#latest` always has the newest.

    It has another headline or another day, and other words.
    """
    if not _is_notice(article):
        return False
    is_titled_alike = words.title == stored.title
    if is_titled_alike and (_apart(article, story.article) or timedelta()) < DAY:
        return False
    one, other = set(words.all), set(stored.all)
    return len(one & other) < OTHER_NOTICE * min(len(one), len(other))


def _is_cosmetic(words: Tokens, stored: Tokens) -> bool:
    telling = {*words.facts, *stored.facts, *telling_words(words.language)}
    changed = 0
    for before, after in unlike(stored.all, words.all):
        if any(word in telling or word.isdigit() for word in (*before, *after)):
            return False
        changed += max(len(before), len(after))
    return changed < COSMETIC


# --- too short to be told by its words ------------------------------------------------------------


def _short(
    arrival: Arrival, words: Tokens, known: Story | None, candidates: Sequence[Story]
) -> Decision:
    """What an article of few words is, which is not the story at its own URL."""
    twin = next((story for story in candidates if _is_twin(arrival, words, story)), None)
    if known and twin and twin.id == known.id:
        return Decision(verdict="unchanged", story=known, reason="a copy, as before")
    if twin:
        reason = "it stands elsewhere on its site, too"
        return Decision(verdict="duplicate", story=twin, reason=reason)
    if known and not _is_its_own(arrival, known):
        return Decision(verdict="unchanged", story=known, reason="too short to tell")
    return Decision(verdict="new", reason="too short to be a copy")


def _is_twin(arrival: Arrival, words: Tokens, story: Story) -> bool:
    """Whether an article is a story of its site, one of which stands whole on a listing.

    Other texts of a site may be one as well, such as what a wall says. Notices of every week have
    one text under several dates.
    """
    article, other = arrival.article, story.article
    if story.pruned or story.source != arrival.source:
        return False
    if not (_is_notice(article) or _is_notice(other)):
        return False
    stored = Tokens(other)
    is_alike = words.all == stored.all and words.title == stored.title
    return is_alike and (_apart(article, other) or timedelta()) < DAY


def _is_notice(article: Article) -> bool:
    return "#" in article.url


# --- elsewhere --------------------------------------------------------------------------------


def _elsewhere(
    arrival: Arrival, words: Tokens, known: Story | None, candidates: Sequence[Story]
) -> Decision:
    """A copy of the likeliest story, or new."""
    copies = [
        (found, story)
        for story in {story.id: story for story in candidates}.values()
        if (found := _beside(arrival, words, story))
    ]
    if not copies:
        return _without_copy(words, known)
    found, story = min(copies, key=lambda copy: (-copy[0].containment, copy[1].id))
    if replacing := _replacing(found, arrival, words, story):
        return replacing
    if known and story.id == known.id:
        return Decision(verdict="unchanged", story=story, reason="a copy, as before")
    reason = "a part of the story" if found.kind == "part" else "the same or nearly the same words"
    return Decision(verdict="duplicate", story=story, reason=reason)


def _without_copy(words: Tokens, known: Story | None) -> Decision:
    """New, unless its page was known for a copy that has been rewritten."""
    if known and any(_is_related(words, version) for version in known.versions):
        return Decision(verdict="unchanged", story=known, reason="a copy, with other words")
    return Decision(verdict="new", reason="no story with these words")


def _replacing(found: Relation, arrival: Arrival, words: Tokens, story: Story) -> Decision | None:
    """What a copy changes in its story: a site moves its own, another tells it whole."""
    if story.source == arrival.source:
        if not _has_moved(arrival, story):
            return None
        decision = _changed(words, Tokens(story.article), story)
        return decision if decision.replace else None
    if found.kind == "fuller" and story.fingerprint.words <= LEAD_ONLY:
        reason = "the whole of a story that was known by its lead"
        return Decision(verdict="duplicate", story=story, replace=True, reason=reason)
    return None


def _beside(arrival: Arrival, words: Tokens, story: Story) -> Relation | None:
    """How the article stands to a story that it is a copy of; None where it is none."""
    fingerprint, stored = arrival.fingerprint, story.fingerprint
    if _is_another_time(arrival, story):
        return None
    if fingerprint.content == stored.content and fingerprint.version == stored.version:
        return Relation(kind="same", containment=1)
    for version in story.versions:
        found = relation(words, Tokens(version))
        if found.kind in COPY_KINDS and (
            story.source != arrival.source or _is_near(found, arrival, story)
        ):
            return found
    return None


def _is_another_time(arrival: Arrival, story: Story) -> bool:
    """Whether one listing has both, under headlines that differ in nothing but a date.

    "Course of 3 May" and "Course of 10 May" are two, though the same is said of them.
    """
    if story.source != arrival.source or story_key(story.article.url) not in arrival.listed:
        return False
    title, day = _without_date(arrival.article.title)
    other, other_day = _without_date(story.article.title)
    return title == other and day != other_day


def _without_date(title: str) -> tuple[str, str]:
    """A folded headline without the first day in it, and how that is written; "" for none."""
    folded = fold(title)
    found = DAY_NAMED.search(folded)
    if found is None:
        return folded, ""
    return f"{folded[: found.start()]}{folded[found.end() :]}", found[0]


def _is_near(found: Relation, arrival: Arrival, story: Story) -> bool:
    """Whether two pages of one site are near enough."""
    alike = MOVED if _has_moved(arrival, story) else WITHIN_SITE
    return found.resemblance >= alike and not found.slots


def _is_related(words: Tokens, version: Article) -> bool:
    return relation(words, Tokens(version)).kind in (*COPY_KINDS, "related")


def _has_moved(arrival: Arrival, story: Story) -> bool:
    """Whether the site lists this page and no longer the one where the story was."""
    if story.pruned or story_key(story.article.url) in arrival.listed:
        return False
    return any(key in arrival.listed for key in arrival.url_keys)


# --- ids --------------------------------------------------------------------------------------


def mint_tag(authority: str, url_key: str, n: int = 1) -> str:
    """The tag URI (RFC 4151) of a story, from the first URL it was seen at.

    The same URL gives the same id, so that a lost database publishes the same ids again; `n`
    counts the stories that one URL has carried.
    """
    domain, _, date = authority.partition(",")
    name = blake2b(url_key.encode(), digest_size=10, person=b"feedbot-story").hexdigest()
    number = f"-{n}" if n > 1 else ""
    return f"tag:{domain},{date or TAG_DATE}:story/{name}{number}"
