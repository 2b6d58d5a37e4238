"""What a changed rule would do is what routing everything anew would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedbot.languages.fold import fold
from feedbot.model import Article, Dated, Fingerprint, Routing, Story, Topic
from feedbot.topics import Base, Held, Rehearsal, compile_topics, hold
from feedbot.topics.text import MARK, mark

AT = datetime(2026, 2, 1, tzinfo=UTC)
TEXTS = (
    ("Rusland valt aan", "MOSKOU - Het Russische leger rukt op. Poetin zwijgt.", "Buitenland"),
    ("Haven van Vlissingen groeit", "De haven in Zeeland trekt schepen uit China.", "Zeeland"),
    ("Nieuw-Zeeland wint", "De rugbyers van Nieuw-Zeeland winnen van Frankrijk.", "Sport"),
    ("Weer morgen", "Het wordt zonnig, met een zwakke wind uit het oosten.", ""),
    ("Minister naar Parijs", "De minister reist naar Parijs en spreekt over de haven.", "Politiek"),
    ("Ziekenhuis vol", "Artsen in het ziekenhuis waarschuwen voor griep.", "Gezondheid"),
)
TERMS = (
    "country:RU", "country:FR", "Zeeland", "-Nieuw-Zeeland", "haven*", "minister", "theme:health",
    "section:Sport", "source:A", "griep", "-minister naar", "Poetin", "region:NL-ZE", "*",
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


def rule(any_: Sequence[str], all_: Sequence[str] = ()) -> Topic:
    return Topic(name="T", slug="t", any=tuple(any_), all=tuple(all_))


@given(old=rules, new=rules)
@example(rule(["country:RU"], ["haven*"]), rule(["country:RU", "haven*"], ["haven*"]))
@settings(max_examples=150)
def test_a_rehearsal_from_a_known_rule_is_the_same_as_routing_everything(
    old: Topic, new: Topic
) -> None:
    rehearsal = Rehearsal(new, Base(old, routed_anew(old)), HELD, {}, mentioning)
    assert rehearsal.advance(len(HELD))
    anew = routed_anew(new)
    assert {key: one.routed for key, one in rehearsal.found.items()} == {
        key: one.routed for key, one in anew.items()
    }
    assert {key: one.score for key, one in rehearsal.found.items()} == {
        key: one.score for key, one in anew.items()
    }


def test_a_rehearsal_goes_on_where_time_ended() -> None:
    held = [replace_id(one, number) for number in range(20) for one in HELD]
    rehearsal = Rehearsal(Topic(name="T", slug="t", any=("haven*",)), None, held, {}, mentioning)
    assert not rehearsal.advance(7)
    assert rehearsal.seen == 7
    assert [one.story.id for one in rehearsal.stories] == [one.story.id for one in held[:7]]
    assert rehearsal.advance(1000)
    assert rehearsal.seen == len(held)


def replace_id(one: Held, number: int) -> Held:
    return replace(one, story=replace(one.story, id=one.story.id + 100 * number))


@pytest.mark.parametrize(
    ("rule", "nearer"),
    [
        (("country:RU", "haven*", "griep"), ("country:RU", "haven*")),
        (("country:RU", "minister"), ("country:RU",)),
    ],
)
def test_the_nearest_base_needs_the_fewest_dear_terms(
    rule: tuple[str, ...], nearer: tuple[str, ...]
) -> None:
    new = Topic(name="T", slug="t", any=rule)
    near = Base(Topic(name="T", slug="t", any=nearer), {})
    far = Base(Topic(name="T", slug="t", any=("minister",)), {})
    assert near.distance(new) < far.distance(new)


def test_a_held_story_has_no_text_and_is_routed_as_the_whole_one() -> None:
    router = compile_topics([Topic(name="T", slug="t", any=TERMS[:7])])
    for one, whole in zip(HELD, STORIES, strict=True):
        assert one.article.paragraphs == ()
        assert router.route(one.article, one.story.source, one.text) == router.route(
            whole.article, whole.source
        )


def test_only_stories_that_may_mention_a_changed_word_are_routed() -> None:
    old, new = rule(["minister"]), rule(["minister", "griep"])
    rehearsal = Rehearsal(new, Base(old, routed_anew(old)), HELD, {}, lambda *_: ())
    rehearsal.advance(len(HELD))
    assert rehearsal.found == routed_anew(old)
    unknown = Rehearsal(new, Base(old, routed_anew(old)), HELD, {}, lambda *_: None)
    unknown.advance(len(HELD))
    assert {key: one.score for key, one in unknown.found.items()} == {
        key: one.score for key, one in routed_anew(new).items()
    }
