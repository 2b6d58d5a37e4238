"""What a changed rule would do is what routing everything anew would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedbot.languages.fold import fold
from feedbot.model import Article, Dated, Fingerprint, Routing, Story, Topic
from feedbot.topics import Base, Held, Mentioning, Mentions, Older, Rehearsal, compile_topics, hold
from feedbot.topics.text import MARK, mark

AT = datetime(2026, 2, 1, tzinfo=UTC)
TEXTS = (
    ("Rusland valt aan", "MOSKOU - Het Russische leger rukt op. Poetin zwijgt.", "Buitenland"),
    ("Haven van Vlissingen groeit", "De haven in Zeeland trekt schepen uit China.", "Zeeland"),
    ("Nieuw-Zeeland wint", "De rugbyers van Nieuw-Zeeland winnen van Frankrijk.", "Sport"),
    ("Weer morgen", "Het wordt zonnig, met een zwakke wind uit het oosten.", ""),
    ("Minister naar Parijs", "De minister reist naar Parijs en spreekt over de haven.", "Politiek"),
    ("Ziekenhuis vol", "Artsen in het ziekenhuis waarschuwen voor griep.", "Gezondheid"),
    ("Aardbeving in Van", "In de stad Van in Turkije is de beurs dicht van de schade.", ""),
    ("Van Gogh te zien", "Het museum van de stad toont Van Gogh tot de zomer.", "Cultuur"),
    ("Beurs en voetbal", "De beurs stijgt. De voetbalclub wint de finale, MET winst.", "Sport"),
)
TERMS = (
    "country:RU", "country:FR", "Zeeland", "-Nieuw-Zeeland", "haven*", "minister", "theme:health",
    "section:Sport", "source:A", "griep", "-minister naar", "Poetin", "region:NL-ZE", "*",
    "country:TR", "theme:economy", "theme:sport", "-theme:culture", "de", "MET", "Gogh",
)  # fmt: skip


def story(number: int, text: tuple[str, str, str]) -> Story:
    title, body, section = text
    article = Article(
        url=f"https://a.example.org/{number}",
        title=title,
        paragraphs=(body, "Meer volgt."),
        html="",
        language="nl",
        sections=(section,) if section else (),
    )
    return Story(
        id=number,
        tag=f"tag:{number}",
        source="A" if number % 2 else "B",
        article=article,
        fingerprint=Fingerprint(version=1, content=b"", title=b"", words=9),
        published=Dated(at=AT, origin="meta"),
        updated=AT,
        first_seen=AT,
    )


STORIES = [story(number, text) for number, text in enumerate(TEXTS, start=1)]
HELD = [hold(one) for one in STORIES]

rules = st.builds(
    lambda any_, all_, veto, threshold, sources: Topic(
        name="T", slug="t", any=tuple(any_), all=tuple(all_), veto=tuple(veto),
        threshold=threshold, sources=tuple(sources),
    ),
    st.lists(st.sampled_from(TERMS), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(TERMS[:7]), max_size=1),
    st.lists(st.sampled_from(("minister naar", "griep")), max_size=1),
    st.sampled_from((None, 1.0, 2.0, 3.5, 40.0)),
    st.sampled_from(((), ("A",))),
)  # fmt: skip


def routed_anew(topic: Topic) -> dict[int, Routing]:
    router = compile_topics([topic])
    return {one.id: found[0] for one in STORIES if (found := router.route(one.article, one.source))}


def mentioning(phrases: Sequence[str], is_beginning: bool) -> set[int]:
    """What an index would say."""
    keys = [mark(fold(one)).removesuffix(MARK if is_beginning else "") for one in phrases]
    return {one.story.id for one in HELD if any(key in one.text.folded for key in keys)}


def alone(term: str) -> Base:
    """What is known of a theme."""
    topic = Topic(name=term, slug=term, any=(term,))
    return Base(topic, {key: replace(to, evidence=()) for key, to in routed_anew(topic).items()})


THEMES = {term: alone(term) for term in TERMS if term.startswith("theme:")}


def mentions(
    index: Mentioning = mentioning, *, known: Mapping[str, Base] = MappingProxyType({})
) -> Mentions:
    return Mentions({"nl"}, {}, index, {term: base.routings for term, base in known.items()})


def rule(any_: Sequence[str], all_: Sequence[str] = ()) -> Topic:
    return Topic(name="T", slug="t", any=tuple(any_), all=tuple(all_))


@given(old=rules, new=rules)
@example(rule(["country:RU"], ["haven*"]), rule(["country:RU", "haven*"], ["haven*"]))
@example(rule(["Gogh"]), rule(["Gogh", "country:TR"]))
@example(rule(["de"]), rule(["theme:sport", "theme:economy"]))
@settings(max_examples=200)
def test_a_rehearsal_from_a_known_rule_is_the_same_as_routing_everything(
    old: Topic, new: Topic
) -> None:
    bases = [Base(old, routed_anew(old)), *(THEMES[one] for one in new.any if one in THEMES)]
    for known, of in ((bases[:1], {}), (bases, THEMES)):
        rehearsal = Rehearsal(new, known, HELD, {}, mentions(known=of))
        assert rehearsal.advance(len(HELD))
        for one in HELD:
            rehearsal.explain(one)
        assert rehearsal.found == routed_anew(new)


def test_a_rehearsal_goes_on_where_time_ended() -> None:
    held = [replace_id(one, number) for number in range(20) for one in HELD]
    rehearsal = Rehearsal(rule(["*"]), [], held, {}, mentions())
    assert not rehearsal.advance(7)
    assert rehearsal.seen == 7
    assert [one.story.id for one in rehearsal.stories] == [one.story.id for one in held[:7]]
    assert rehearsal.advance(1000)
    assert rehearsal.seen == len(held)


def replace_id(one: Held, number: int) -> Held:
    return replace(one, story=replace(one.story, id=one.story.id + 100 * number))


def test_a_held_story_has_no_text_and_is_routed_as_the_whole_one() -> None:
    router = compile_topics([Topic(name="T", slug="t", any=TERMS[:7])])
    for one, whole in zip(HELD, STORIES, strict=True):
        assert one.article.paragraphs == ()
        assert router.route(one.article, one.story.source, one.text) == router.route(
            whole.article, whole.source
        )


def test_only_stories_that_may_mention_a_changed_word_are_routed() -> None:
    old, new = rule(["minister"]), rule(["minister", "griep"])
    base = Base(old, routed_anew(old))
    rehearsal = Rehearsal(new, [base], HELD, {}, mentions(lambda *_: ()))
    rehearsal.advance(len(HELD))
    assert rehearsal.found == {}, "an index without words"
    unknown = Rehearsal(new, [base], HELD, {}, mentions(lambda *_: None))
    unknown.advance(len(HELD))
    assert unknown.found == routed_anew(new)


@pytest.mark.parametrize(
    ("term", "ids"),
    [("country:TR", {7, 8}), ("MET", {9}), ("theme:sport", None), ("section:Sport", None)],
)
def test_a_common_word_is_mentioned_where_its_case_is_right(
    term: str, ids: set[int] | None
) -> None:
    found = mentions().of([term])
    assert ids == (found and {one.story.id for one in HELD if found.has(one)})


@given(old=rules, new=rules, has_old=st.booleans(), step=st.integers(1, 4))
@settings(max_examples=100)
def test_stories_that_are_not_held_end_where_routing_everything_puts_them(
    old: Topic, new: Topic, has_old: bool, step: int
) -> None:
    newest = sorted(HELD, key=lambda one: -one.story.id)
    held, beyond = newest[:4], {one.story.id: one for one in newest[4:]}
    before = {key for key, to in routed_anew(old).items() if to.routed and has_old}
    older = Older(list(beyond), old if has_old else None, lambda ids: [beyond[key] for key in ids])
    bases = [Base(old, routed_anew(old))] if has_old else []
    rehearsal = Rehearsal(new, bases, held, {}, mentions(known=THEMES), older)
    seen = 0
    while not rehearsal.advance(step):
        assert rehearsal.seen >= seen
        seen = rehearsal.seen
        after, out = rehearsal.is_in(before)
        oldest = newest[seen - 1].story.id if seen else 99
        assert all(key >= oldest for key in after | out), "what is newer than all others is known"
    assert rehearsal.seen == len(HELD)
    after, out = rehearsal.is_in(before)
    anew = {key for key, to in routed_anew(new).items() if to.routed}
    assert after == anew
    assert before & out == before - anew


def test_an_older_story_without_a_changed_word_is_not_loaded() -> None:
    loaded: list[int] = []

    def load(ids: Sequence[int]) -> list[Held]:
        loaded.extend(ids)
        return [one for one in HELD if one.story.id in ids]

    old, new = (
        replace(rule(words), threshold=1.0) for words in (["minister"], ["minister", "griep"])
    )
    older = Older([6, 5, 4, 3, 2, 1], old, load)
    rehearsal = Rehearsal(new, [Base(old, {})], HELD[6:], {}, mentions(), older)
    while not rehearsal.advance(2):
        pass
    assert loaded == [6]
    assert rehearsal.is_in({5}) == ({5, 6}, {7, 8, 9})


def test_a_story_that_changes_meanwhile_is_judged_by_its_new_words() -> None:
    rehearsal = Rehearsal(rule(["griep"]), [], HELD, {}, mentions())
    rehearsal.advance(2)
    now, later, new = (
        hold(replace(story(key, TEXTS[5]), source="B")) for key in (1, 5, 99)
    )  # fmt: skip
    for one in (now, later, new):
        rehearsal.update(one)
    assert set(rehearsal.found) == {1, 99}
    rehearsal.advance(99)
    assert set(rehearsal.found) == {1, 5, 6, 99}
    assert len(rehearsal.stories) == len(HELD) + 1
