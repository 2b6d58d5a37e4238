"""The quality floors of routing hold on the labelled set."""

from __future__ import annotations

from tests.quality import stories, topics


def test_the_floors_hold_and_beat_every_word_match() -> None:
    labelled = topics.load()
    assert len(labelled) >= 150
    assert sum(one.trap for one in labelled) >= len(labelled) / 3
    wanted = topics.codes(labelled)
    scores, caught = topics.measure(topics.feedbot(wanted), labelled)
    assert topics.short(scores, caught) == []
    words = topics.naive(wanted, forms=True, whole=True, body=True)
    assert scores[""].f1 > topics.measure(words, labelled)[0][""].f1


def test_the_floors_hold_on_stories_that_were_not_looked_at() -> None:
    sets, stream = stories.measured(), stories.streamed()
    assert stories.short(sets) == []
    assert stories.short_of_stream(stream) == []
    assert stories.short_of_each(*stories.each_topic(sets, stream)) == []


def test_a_topic_of_enough_stories_that_falls_short_is_named() -> None:
    halves = (
        {"": topics.Score(right=9), "FR": topics.Score(right=4, wrong=1), "MT": topics.Score()},
        {"FR": topics.Score(right=3, missed=1), "MT": topics.Score(wrong=7, missed=7)},
    )
    every = stories.together(halves)
    assert every == {"FR": topics.Score(right=7, wrong=1, missed=1)}
    (found,) = stories.short_of_each(every, {})
    assert found.startswith("stories: topic FR: P 0.875")
    assert stories.short_of_each({"FR": topics.Score(right=9)}, {}) == []
