"""The table of verdicts: what an article is, seen beside what is known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbot.model import Article, Dated, Decision, PageText, Story
from feedbot.stories.decide import Arrival, decide, in_new_form, mint_tag
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.blocks import block_hash
from feedbot.web.urls import url_key
from tests.quality.identity import follow_up
from tests.quality.prose import FORMS, Writer, cut, lead_alone, made, with_agencies, words_replaced

AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
HOME, MOVED, AWAY = (
    "https://a.example.org/een",
    "https://a.example.org/een-nieuwe-slug",
    "https://b.example.org/1",
)
ONE = Writer(1).article()
LEAD = lead_alone(ONE, ONE.title)
STUB = made("Alleen voor abonnees", ["Dit artikel is alleen voor abonnees. Log in om te lezen."])


def story(article: Article, *, url: str = HOME, source: str = "a", id_: int = 1) -> Story:
    return Story(
        id=id_,
        tag=f"tag:example.org,2026:story/{id_}",
        source=source,
        article=replace(article, url=url),
        fingerprint=fingerprint_of(article),
        published=Dated(at=AT, origin="first sight"),
        updated=AT,
        first_seen=AT,
    )


def pruned(article: Article) -> Story:
    whole = story(article)
    return replace(whole, article=replace(whole.article, paragraphs=(), html=""))


def judge(
    article: Article,
    *,
    url: str = HOME,
    source: str = "a",
    known: Story | None = None,
    named: Story | None = None,
    candidates: Sequence[Story] = (),
    listed: Sequence[str] = (),
    names: str = "",
    astray: bool = False,
    page: PageText | None = None,
    beside: PageText | None = None,
) -> Decision:
    """The decision, with the stories of equal words looked up as a store would."""
    fingerprint = fingerprint_of(article)
    same = [one for one in candidates if one.fingerprint.content == fingerprint.content]
    return decide(
        Arrival(
            article=replace(article, url=url),
            fingerprint=fingerprint,
            source=source,
            url_keys=[url_key(one) for one in (url, names) if one],
            listed=[url_key(one) for one in listed],
            page=page,
            beside=beside,
        ),
        known=known,
        named=named,
        same_words=min(same, key=lambda one: one.id, default=None),
        candidates=candidates,
        astray=astray,
    )


def words(count: int, start: int = 0) -> str:
    """Plain words in a row, no two of them alike, and no facts among them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    numbers = range(start, start + count)
    return " ".join(f"woord{letters[n // 26]}{letters[n % 26]}" for n in numbers)


def names(*numbers: int) -> str:
    """A sentence of invented names: each is a fact."""
    return "onder " + " ".join(f"N{words(1, number)}" for number in numbers)


def text(*parts: str, title: str = "Een kop") -> Article:
    """An article that is one sentence."""
    return made(title, [" ".join(parts)])


def edited(old: str, new: str, one: Article = ONE) -> Article:
    """The article with one place that reads otherwise."""
    assert old in one.text
    return replace(one, paragraphs=tuple(text.replace(old, new, 1) for text in one.paragraphs))


def word(*, capital: bool = False) -> str:
    """A word in the middle of a sentence."""
    words = " ".join(ONE.paragraphs[1:]).split()
    return next(
        word
        for before, word in itertools.pairwise(words)
        if before.isalpha() and word.isalpha() and len(word) > 3 and word[0].isupper() == capital
    )


NEGATED = edited(f" {word()} ", f" niet {word()} ")
TYPO = edited(f" {word()} ", f" {word()}t ")
RENAMED = edited(word(capital=True), "Ekseption")
RETITLED = replace(ONE, title="Een heel andere kop")
LONGER = replace(ONE, paragraphs=(*ONE.paragraphs, Writer(2).paragraph()))
LIVE = replace(ONE, paragraphs=(Writer(3).paragraph(4), *ONE.paragraphs))
ANOTHER = Writer(4).article()


@dataclass(frozen=True, slots=True)
class Case:
    """What comes, what is known, and what is decided."""

    comes: Article
    verdict: str
    url: str = HOME
    source: str = "a"
    known: Story | None = None
    named: Story | None = None
    candidates: tuple[Story, ...] = ()
    listed: tuple[str, ...] = ()
    replace: bool = False
    cosmetic: bool = False
    names: str = ""
    astray: bool = False
    page: PageText | None = None
    beside: PageText | None = None


def said(digest: int, *paragraphs: str) -> PageText:
    """What a page says, or what stands on it beside its story."""
    return PageText(digest=digest, blocks=tuple(map(block_hash, paragraphs)))


MINE, LED = story(ONE), story(LEAD)
OWN = replace(LEAD, paragraphs=(*LEAD.paragraphs, Writer(5).paragraph(4)))  # goes on by itself
CASES = {
    # at the story's own URL
    "nothing is known": Case(ONE, "new"),
    "the same again": Case(ONE, "unchanged", known=MINE),
    "other agencies": Case(with_agencies(ONE, "Belga"), "unchanged", known=MINE),
    "a typo mended": Case(TYPO, "unchanged", known=MINE, cosmetic=True),
    "another headline": Case(RETITLED, "revised", known=MINE, replace=True),
    "not, where it was not": Case(NEGATED, "revised", known=MINE, replace=True),
    "another name": Case(RENAMED, "revised", known=MINE, replace=True),
    "a paragraph more": Case(LONGER, "revised", known=MINE, replace=True),
    "a paragraph less": Case(cut(ONE, 0.8), "revised", known=MINE, replace=True),
    "a live blog goes on": Case(LIVE, "revised", known=MINE, replace=True),
    "written anew under its headline": Case(
        replace(ANOTHER, title=ONE.title), "revised", known=MINE, replace=True
    ),
    "a URL used for another story": Case(ANOTHER, "new", known=MINE, candidates=(MINE,)),
    "its text was pruned": Case(LONGER, "unchanged", known=pruned(ONE)),
    # on another page of the site
    "the same under another slug": Case(ONE, "duplicate", url=MOVED, candidates=(MINE,)),
    "moved, with another headline": Case(
        RETITLED, "revised", url=MOVED, candidates=(MINE,), listed=(MOVED,), replace=True
    ),
    "moved, with another paragraph": Case(
        LONGER, "revised", url=MOVED, candidates=(MINE,), listed=(MOVED,), replace=True
    ),
    "moved, as it was": Case(ONE, "duplicate", url=MOVED, candidates=(MINE,), listed=(MOVED,)),
    "twice on one site": Case(
        RETITLED, "duplicate", url=MOVED, candidates=(MINE,), listed=(HOME, MOVED)
    ),
    "twice on one site, read again": Case(
        RETITLED, "unchanged", url=MOVED, known=MINE, listed=(HOME, MOVED)
    ),
    "on another day, both on the listing": Case(
        replace(ONE, title="10.10.2026: Cursus zeep maken"), "new", url=MOVED,
        candidates=(story(replace(ONE, title="2.10.2026: Cursus zeep maken")),),
        listed=(HOME, MOVED),
    ),
    "on another day, instead of it": Case(
        replace(ONE, title="10.10.2026: Cursus zeep maken"), "revised", url=MOVED,
        candidates=(story(replace(ONE, title="2.10.2026: Cursus zeep maken")),),
        listed=(MOVED,), replace=True,
    ),
    "on another day by its name, both on the listing": Case(
        replace(ONE, title="Cursus zeep maken op 10 mei"), "new", url=MOVED,
        candidates=(story(replace(ONE, title="Cursus zeep maken op 3 mei")),),
        listed=(HOME, MOVED),
    ),
    "another number of comments": Case(
        replace(ONE, title="De bomen (3)"), "duplicate", url=MOVED,
        candidates=(story(replace(ONE, title="De bomen (2)")),), listed=(HOME, MOVED),
    ),
    "another number of victims": Case(
        replace(ONE, title="Zeker 6 doden bij brand"), "duplicate", url=MOVED,
        candidates=(story(replace(ONE, title="Zeker 5 doden bij brand")),), listed=(HOME, MOVED),
    ),
    "on another day, in other words": Case(
        replace(ONE, title="10.10.2026: Zeep maken"), "duplicate", url=MOVED,
        candidates=(story(replace(ONE, title="2.10.2026: Cursus zeep maken")),),
        listed=(HOME, MOVED),
    ),
    "pruned, under another slug": Case(
        RETITLED, "duplicate", url=MOVED, candidates=(pruned(ONE),), listed=(MOVED,)
    ),
    "only its beginning is left": Case(LEAD, "unchanged", known=MINE),
    "its beginning and a line of a wall": Case(
        replace(LEAD, paragraphs=(*LEAD.paragraphs, "Lees verder als abonnee.")), "unchanged",
        known=MINE,
    ),
    "its beginning under another headline": Case(
        replace(LEAD, title="Een andere kop"), "revised", known=MINE, replace=True
    ),
    "all but its end": Case(
        replace(ONE, paragraphs=ONE.paragraphs[:-2]), "revised", known=MINE, replace=True
    ),
    "its beginning, and then other words": Case(OWN, "revised", known=MINE, replace=True),
    "a lead of its own site": Case(LEAD, "new", url=MOVED, candidates=(MINE,)),
    # elsewhere
    "the same elsewhere": Case(ONE, "duplicate", AWAY, "b", candidates=(MINE,)),
    "its headline is other": Case(RETITLED, "duplicate", AWAY, "b", candidates=(MINE,)),
    "edited elsewhere": Case(
        words_replaced(ONE, 0.15, 1), "duplicate", AWAY, "b", candidates=(MINE,)
    ),
    "read again elsewhere": Case(ONE, "unchanged", AWAY, "b", known=MINE),
    "a copy that is edited never revises": Case(
        words_replaced(RETITLED, 0.15, 1), "unchanged", AWAY, "b", known=MINE
    ),
    "a copy that moved never revises": Case(
        RETITLED, "duplicate", AWAY, "b", candidates=(MINE,), listed=(AWAY,)
    ),
    "a copy that names the URL of the story": Case(RETITLED, "duplicate", AWAY, "b", named=MINE),
    "the lead of it": Case(LEAD, "duplicate", AWAY, "b", candidates=(MINE,)),
    "the whole after the lead": Case(
        ONE, "duplicate", AWAY, "b", candidates=(LED,), replace=True
    ),
    "more, but not after a lead": Case(
        replace(ONE, paragraphs=(*ONE.paragraphs, *ANOTHER.paragraphs)),
        "duplicate", AWAY, "b", candidates=(MINE,),
    ),
    "a copy that goes on in its own words": Case(OWN, "unchanged", AWAY, "b", known=MINE),
    "the same, never seen before": Case(OWN, "new", AWAY, "b", candidates=(MINE,)),
    "a copy of what a story said first": Case(
        ONE, "duplicate", AWAY, "b", candidates=(replace(story(OWN), first=LEAD),)
    ),
    "a copy of what nobody remembers": Case(ONE, "new", AWAY, "b", candidates=(story(OWN),)),
    "a copy that says something else now": Case(ANOTHER, "new", AWAY, "b", known=MINE),
    "a copy behind a wall now": Case(STUB, "unchanged", AWAY, "b", known=MINE),
    # not the same
    "two stubs": Case(STUB, "new", AWAY, "b", candidates=(story(STUB),)),
    "another story": Case(ANOTHER, "new", AWAY, "b", candidates=(MINE,)),
    "the same headline": Case(
        replace(ANOTHER, title=ONE.title), "new", AWAY, "b", candidates=(MINE,)
    ),
    "a follow-up": Case(follow_up(ONE, 35, 1), "new", AWAY, "b", candidates=(MINE,)),
    "a correction notice": Case(
        made(
            "Rectificatie",
            [f"In het artikel '{ONE.title}' van gisteren stond een verkeerd getal. "
             f"{ONE.paragraphs[0]} Dat had een ander getal moeten zijn, meldt de redactie. "
             + Writer(9).paragraph()],
        ),
        "new", AWAY, "b", candidates=(MINE,),
    ),
    **{
        f"a template: {form.kind}, {where}": Case(
            form.filled(2), "new", url, source, candidates=(story(form.filled(1)),), listed=(url,)
        )
        for form in FORMS
        for where, url, source in (("same site", MOVED, "a"), ("elsewhere", AWAY, "b"))
    },
}  # fmt: skip


OTHER_STORY = story(ANOTHER, url=AWAY, source="b", id_=2)
SHORT, SIXTY = text(words(24)), text(words(60))
FACTUAL, OTHER_FACTUAL = (
    text(words(54), names(*range(5))),
    text(words(54, 200), names(*range(10, 15)), title="Anders"),
)
TEN = text(words(60), names(*range(10)))
PAPER = edited(f" {word()} ", f" {word()} x14 ")
# Thirty of sixty words are the same, in order: related, and no copy.
HALF = text(words(30), words(30, 100))
OTHERS_BEGAN_ALIKE = text(words(30), words(30, 200))

# The last row on either side of every limit that a constant of `decide` draws.
EDGES = {
    # COSMETIC
    "seven plain words more": Case(
        text(words(60), words(7, 300)), "unchanged", known=story(SIXTY), cosmetic=True
    ),
    "eight plain words more": Case(
        text(words(60), words(8, 300)), "revised", known=story(SIXTY), replace=True
    ),
    "seven plain words less": Case(text(words(53)), "unchanged", known=story(SIXTY), cosmetic=True),
    "four words here and four there": Case(
        text(words(4, 300), words(60), words(4, 310)), "revised", known=story(SIXTY), replace=True
    ),
    "another number, glued to a letter": Case(
        edited("x14", "x15", PAPER), "revised", known=story(PAPER), replace=True
    ),
    # FEWEST_WORDS
    "twenty-four words that stand elsewhere too": Case(
        SHORT, "new", AWAY, "b", candidates=(story(SHORT),)
    ),
    "twenty-five words that stand elsewhere too": Case(
        text(words(25)), "duplicate", AWAY, "b", candidates=(story(text(words(25))),)
    ),
    "a copy of which twenty-four words are left": Case(
        SHORT, "unchanged", AWAY, "b", known=story(ONE)
    ),
    "a copy of which twenty-five other words are left": Case(
        text(words(25)), "new", AWAY, "b", known=story(ONE)
    ),
    # LEAD_ONLY
    "the whole of 120 words": Case(
        text(words(240)), "duplicate", AWAY, "b", candidates=(story(text(words(120))),),
        replace=True,
    ),
    "the whole of 121 words": Case(
        text(words(240)), "duplicate", AWAY, "b", candidates=(story(text(words(121))),)
    ),
    # REUSED
    "sixty wholly other words": Case(OTHER_FACTUAL, "new", known=story(FACTUAL)),
    "fifty-nine wholly other words": Case(
        text(words(53, 200), names(*range(10, 15)), title="Anders"), "revised",
        known=story(FACTUAL), replace=True,
    ),
    "sixty other words where fifty-nine stood": Case(
        OTHER_FACTUAL, "revised", known=story(text(words(53), names(*range(5)))), replace=True
    ),
    "sixty other words with no fact that tells": Case(
        text(words(60, 200), title="Anders"), "revised", known=story(SIXTY), replace=True
    ),
    "sixty wholly other words under the old headline": Case(
        replace(OTHER_FACTUAL, title=FACTUAL.title), "revised", known=story(FACTUAL), replace=True
    ),
    # OTHER_FACTS
    "one of ten names is left": Case(
        text(words(60, 200), names(0, *range(20, 29)), title="Anders"), "new", known=story(TEN)
    ),
    "two of ten names are left": Case(
        text(words(60, 200), names(0, 1, *range(20, 28)), title="Anders"),
        "revised", known=story(TEN), replace=True,
    ),
    "two names are left of many": Case(
        text(words(60, 200), names(0, 1, *range(20, 28)), title="Anders"),
        "revised", known=story(text(words(60), names(*range(20)))), replace=True,
    ),
    "half of it under another headline": Case(
        replace(OTHERS_BEGAN_ALIKE, title="Anders"), "revised", known=story(HALF), replace=True
    ),
    # WITHIN_SITE: 90 of 100 triples are in both
    "nine tenths of a page of one's own": Case(
        text(words(102)), "duplicate", url=MOVED, candidates=(story(text(words(92))),)
    ),
    "hardly less than nine tenths of it": Case(
        text(words(103)), "new", url=MOVED, candidates=(story(text(words(92))),)
    ),
    "hardly less than nine tenths of a page elsewhere": Case(
        text(words(103)), "duplicate", AWAY, "b", candidates=(story(text(words(92))),)
    ),
    "another number on a page of one's own": Case(
        text(words(90), "17", words(90, 100)), "new", url=MOVED,
        candidates=(story(text(words(90), "18", words(90, 100))),),
    ),
    # MOVED: 60 of 100 triples are in both
    "moved, and six tenths are left": Case(
        text(words(102)), "revised", url=MOVED, candidates=(story(text(words(62))),),
        listed=(MOVED,), replace=True,
    ),
    "moved, and hardly less than six tenths are left": Case(
        text(words(103)), "new", url=MOVED, candidates=(story(text(words(62))),), listed=(MOVED,)
    ),
    "another headline, and nothing lists the page": Case(
        RETITLED, "duplicate", url=MOVED, candidates=(MINE,)
    ),
}  # fmt: skip
SEEN_BEFORE = {
    # the page as it was when its story was read
    "the same page": Case(LONGER, "unchanged", known=MINE, page=said(1), beside=said(1)),
    "another page": Case(
        LONGER, "revised", known=MINE, page=said(1), beside=said(2), replace=True
    ),
    "a page of which nothing was kept": Case(
        LONGER, "revised", known=MINE, page=said(1), replace=True
    ),
    "a page of which only what it was is known": Case(
        LONGER, "revised", known=MINE, beside=said(1), replace=True
    ),
    "a paragraph that stood beside the story": Case(
        LONGER, "unchanged", known=MINE, page=said(1), beside=said(2, LONGER.paragraphs[-1])
    ),
    "a paragraph that is not read, but stands there": Case(
        ONE, "unchanged", known=story(LONGER), page=said(1, LONGER.paragraphs[-1]), beside=said(2)
    ),
    "a paragraph that is not read, but stood beside": Case(
        ONE, "unchanged", known=story(LONGER), page=said(1), beside=said(2, LONGER.paragraphs[-1])
    ),
    "a paragraph that is not read, nor stands there": Case(
        ONE, "revised", known=story(LONGER), page=said(1), beside=said(2), replace=True
    ),
    "the same words, and a paragraph that stood beside, under another headline": Case(
        replace(LONGER, title="Anders"), "revised", known=MINE, page=said(1),
        beside=said(2, LONGER.paragraphs[-1]), replace=True,
    ),
    # the URL that a page names as its own
    "it names its story": Case(LONGER, "revised", MOVED, named=MINE, names=HOME, replace=True),
    "it names another story": Case(ANOTHER, "new", MOVED, named=MINE, names=HOME),
    "it names a pruned story": Case(ONE, "unchanged", MOVED, named=pruned(ONE), names=HOME),
    "it names a story of its headline that is half alike": Case(
        OTHERS_BEGAN_ALIKE, "revised", MOVED, named=story(HALF), names=HOME, replace=True
    ),
    "it names one that is half alike under another headline": Case(
        replace(OTHERS_BEGAN_ALIKE, title="Anders"), "new", MOVED, named=story(HALF), names=HOME
    ),
    "it names one of its headline that says other things": Case(
        text(words(60, 200)), "new", MOVED, named=story(SIXTY), names=HOME
    ),
    "it names one of its headline, with 24 words": Case(
        text(words(24, 200)), "revised", MOVED, named=story(SIXTY), names=HOME, replace=True
    ),
    "it names one of its headline, with 25 words": Case(
        text(words(25, 200)), "new", MOVED, named=story(SIXTY), names=HOME
    ),
    "it names a short one that says the same": Case(
        replace(SHORT, title="Anders"), "revised", MOVED, named=story(SHORT), names=HOME,
        replace=True,
    ),
    # a page that led to a listing, or where another story was
    "the page is its own again": Case(ANOTHER, "revised", known=MINE, astray=True, replace=True),
    "the page is that of another story": Case(
        ANOTHER, "duplicate", known=MINE, candidates=(OTHER_STORY,), astray=True
    ),
    "nothing is known of a page that was astray": Case(ONE, "new", astray=True),
    # copies
    "another story is nearer than the one that it was a copy of": Case(
        ONE, "duplicate", AWAY, "b", known=story(words_replaced(ONE, 0.1, 1), id_=2),
        candidates=(MINE,),
    ),
    "a copy that has become half alike": Case(
        OTHERS_BEGAN_ALIKE, "unchanged", AWAY, "b", known=story(HALF)
    ),
    "half alike, and never seen before": Case(
        OTHERS_BEGAN_ALIKE, "new", AWAY, "b", candidates=(story(HALF),)
    ),
    "a hash of other rules says nothing": Case(
        ANOTHER, "new", AWAY, "b",
        candidates=(replace(MINE, fingerprint=fingerprint_of(ANOTHER)._replace(version=0)),),
    ),
}  # fmt: skip
assert not CASES.keys() & (EDGES.keys() | SEEN_BEFORE.keys())
CASES |= EDGES | SEEN_BEFORE


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_table_of_verdicts(case: Case) -> None:
    decision = judge(
        case.comes,
        url=case.url,
        source=case.source,
        known=case.known,
        named=case.named,
        candidates=case.candidates,
        listed=case.listed,
        names=case.names,
        astray=case.astray,
        page=case.page,
        beside=case.beside,
    )
    assert (decision.verdict, decision.replace, decision.cosmetic) == (
        case.verdict,
        case.replace,
        case.cosmetic,
    ), decision.reason
    assert (decision.story is None) == (case.verdict == "new")


def test_of_many_that_are_alike_the_nearest_is_the_story() -> None:
    near, far = (
        story(
            words_replaced(ONE, share, 1), url=f"https://c.example.org/{id_}", source="c", id_=id_
        )
        for id_, share in ((3, 0.05), (2, 0.2))
    )
    assert judge(ONE, url=AWAY, source="b", candidates=(far, near)).story == near
    assert judge(ONE, url=AWAY, source="b", candidates=(far, near, story(ONE, id_=4))).story == (
        story(ONE, id_=4)
    ), "the same words are nearer than any others"
    twins = story(ONE, id_=6), story(ONE, id_=5)
    assert judge(ONE, url=AWAY, source="b", candidates=twins).story == twins[1], "the older one"
    led = story(LEAD, id_=2)
    assert judge(ONE, url=AWAY, source="b", candidates=(twins[0], led)).story == led, "likewise"


@pytest.mark.parametrize(
    ("comes", "reason"),
    [(LEAD, "a part of the story"), (RETITLED, "the same or nearly the same words")],
)
def test_the_reason_tells_a_part_from_a_copy(comes: Article, reason: str) -> None:
    assert judge(comes, url=AWAY, source="b", candidates=(MINE,)).reason == reason


FORMED = replace(ONE, html="<h2>more form</h2>")


@pytest.mark.parametrize(
    ("comes", "known", "beside", "verdict", "rewrite"),
    [
        (ONE, MINE, None, "unchanged", False),
        (FORMED, MINE, None, "unchanged", True),
        (LONGER, MINE, None, "unchanged", True),
        (LONGER, MINE, said(2), "revised", False),
        (LONGER, pruned(ONE), None, "unchanged", False),
        (ANOTHER, None, None, "new", False),
        (RETITLED, replace(MINE, source="b"), None, "unchanged", False),
    ],
    ids=["as it was", "more form", "read in more form", "other words", "pruned", "new", "a copy"],
)
def test_a_page_that_is_read_in_more_form_is_written_anew_and_is_no_news(
    comes: Article, known: Story | None, beside: PageText | None, verdict: str, rewrite: bool
) -> None:
    arrival = Arrival(
        article=replace(comes, url=HOME),
        fingerprint=fingerprint_of(comes),
        source="a",
        url_keys=(url_key(HOME),),
        page=said(1),
        beside=beside,
    )
    first = decide(arrival, known=known, named=None, same_words=None, candidates=())
    decision = in_new_form(arrival, first)
    assert (decision.verdict, decision.rewrite) == (verdict, rewrite)


def test_many_small_changes_become_a_revision() -> None:
    """What was published is what is compared with, so nothing creeps in unseen."""
    text, verdicts = ONE, []
    for number in range(12):
        text = replace(text, paragraphs=(*text.paragraphs, f"en ook nog dit {'x' * number}"))
        verdicts.append(judge(text, known=MINE).verdict)
    assert verdicts[0] == "unchanged"
    assert verdicts[-1] == "revised"


def test_a_story_keeps_its_identity_under_other_rules() -> None:
    old = replace(MINE, fingerprint=MINE.fingerprint._replace(version=0, content=b"0" * 16))
    assert judge(ONE, known=old).verdict == "unchanged"
    assert judge(ONE, url=AWAY, source="b", candidates=(old,)).verdict == "duplicate"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 200), st.permutations(range(5)))
def test_the_order_of_the_candidates_decides_nothing(seed: int, order: list[int]) -> None:
    one = Writer(seed).article()
    stories = [
        story(words_replaced(one, share, at), url=f"https://c.example.org/{at}", source="c", id_=at)
        for at, share in enumerate((0.1, 0.1, 0.2, 0.3), start=1)
    ] + [story(Writer((seed, "other")).article(), id_=9)]
    straight = judge(one, url=AWAY, source="b", candidates=stories)
    mixed = judge(one, url=AWAY, source="b", candidates=[stories[at] for at in order])
    assert straight == mixed
    assert straight.verdict == "duplicate"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 300), st.sampled_from([0.0, 0.02, 0.15, 0.5]))
def test_reading_the_same_again_is_never_news(seed: int, share: float) -> None:
    """Whatever was decided of an article: when it has been carried out, it is known."""
    one = Writer(seed).article()
    comes = words_replaced(one, share, seed) if share else one
    first = judge(comes, url=AWAY, source="b", candidates=(story(one),))
    kept = story(comes, url=AWAY, source="b") if first.verdict == "new" else story(one)
    assert judge(comes, url=AWAY, source="b", known=kept).verdict == "unchanged"


def test_whichever_of_three_copies_comes_first_there_is_one_story() -> None:
    copies = [
        (words_replaced(ONE, 0.05, source), f"https://{source}.example.org/1", source)
        for source in "abc"
    ] + [(LEAD, "https://d.example.org/1", "d")]
    for order in itertools.permutations(copies):
        stories: list[Story] = []
        for article, url, source in order:
            made_of = judge(article, url=url, source=source, candidates=stories)
            if made_of.verdict == "new":
                stories.append(story(article, url=url, source=source, id_=len(stories) + 1))
            elif made_of.replace:
                assert made_of.story
                stories = [story(article, url=url, source=source, id_=made_of.story.id)]
        assert len(stories) == 1
        assert stories[0].fingerprint.words > 200


# --- ids --------------------------------------------------------------------------------------


def test_an_id_depends_on_the_first_url_and_the_authority_alone() -> None:
    assert mint_tag("example.org", "nieuws.example.org/1") == (
        "tag:example.org,2026:story/1fffc0da677f672e662b"
    )
    assert mint_tag("example.org,2024", "a/1").startswith("tag:example.org,2024:story/")
    assert mint_tag("example.org", "a/1", 2) == mint_tag("example.org", "a/1") + "-2"
    assert mint_tag("example.org", "a/1") != mint_tag("example.org", "a/2")


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("nl", "twee", "drie"),
        ("en", "is", "isn't"),
        ("de", "zwei", "dreißig"),
        ("fr", "toujours", "jamais"),
        ("es", "tres", "cuatro"),
        ("it", "sempre", "mai"),
        ("pt", "seis", "sete"),
        ("pl", "trzech", "czterech"),
        ("sv", "alltid", "aldrig"),
        ("ru", "два", "три"),
        ("tr", "üç", "beş"),
        ("", "tres", "cuatro"),  # where nobody knows the language
        ("xx", "tres", "cuatro"),
    ],
)
def test_another_number_or_a_negation_is_no_typo_in_any_language(
    language: str, before: str, after: str
) -> None:
    known, comes = (
        replace(text(words(30), one, words(30, 100)), language=language) for one in (before, after)
    )
    decision = judge(comes, known=story(known))
    assert (decision.verdict, decision.cosmetic) == ("revised", False)


def test_what_is_a_number_in_one_language_is_a_plain_word_in_another() -> None:
    known, comes = (
        replace(text(words(30), one, words(30, 100)), language="en") for one in ("to", "till")
    )
    decision = judge(comes, known=story(known))  # two in Danish
    assert (decision.verdict, decision.cosmetic) == ("unchanged", True)
