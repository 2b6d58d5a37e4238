"""The table of verdicts: what an article is, seen beside what is known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbot.model import Article, Dated, Decision, Story
from feedbot.stories.decide import Arrival, decide, mint_tag
from feedbot.stories.fingerprint import fingerprint_of
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
) -> Decision:
    """The decision, with the stories of equal words looked up as a store would."""
    fingerprint = fingerprint_of(article)
    same = [one for one in candidates if one.fingerprint.content == fingerprint.content]
    return decide(
        Arrival(
            article=replace(article, url=url),
            fingerprint=fingerprint,
            source=source,
            url_keys=(url_key(url),),
            listed=[url_key(one) for one in listed],
        ),
        known=known,
        named=named,
        same_words=min(same, key=lambda one: one.id, default=None),
        candidates=candidates,
    )


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
    "pruned, under another slug": Case(
        RETITLED, "duplicate", url=MOVED, candidates=(pruned(ONE),), listed=(MOVED,)
    ),
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
    )
    assert (decision.verdict, decision.replace, decision.cosmetic) == (
        case.verdict,
        case.replace,
        case.cosmetic,
    ), decision.reason
    assert (decision.story is None) == (case.verdict == "new")


def test_many_small_changes_become_a_revision() -> None:
    """What was published is what is compared with, so nothing creeps in unseen."""
    text, verdicts = ONE, []
    for number in range(12):
        text = replace(text, paragraphs=(*text.paragraphs, f"en ook nog dit {'x' * number}"))
        verdicts.append(judge(text, known=MINE).verdict)
    assert verdicts[0] == "unchanged"
    assert verdicts[-1] == "revised"


def test_a_story_keeps_its_identity_under_other_rules() -> None:
    old = replace(MINE, fingerprint=replace(MINE.fingerprint, version=0, content=b"0" * 16))
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
