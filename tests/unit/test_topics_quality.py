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
    sets = stories.measured()
    assert stories.short(sets) == []
