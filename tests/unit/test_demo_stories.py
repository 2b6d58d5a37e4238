"""The sample site's stories: the data is whole, and its corrections fit."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from feedbot.demo import OLDER, STORIES, WireStory, configuration

TOPICS = set(tomllib.loads(configuration("http://127.0.0.1/nieuws", Path("x")))["topics"])
every = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)


def test_there_are_stories_about_russia_and_china_and_many_about_neither() -> None:
    assert len(STORIES) >= 24
    assert sum("Rusland" in story.topics for story in STORIES) >= 5
    assert sum("China" in story.topics for story in STORIES) >= 5
    assert sum(not story.topics for story in STORIES) >= 8
    assert any({"Rusland", "China"} <= set(story.topics) for story in STORIES)


@pytest.mark.parametrize(
    "words",
    [
        "Wit-Rusland",
        "Russische roulette",
        "Chinees restaurant",
        "Nieuw-Zeeland",
        "Russische salade",
    ],
)
def test_stories_that_only_look_like_a_topic_are_there(words: str) -> None:
    assert any(words in story.headline for story in STORIES)


def test_slugs_headlines_and_leads_are_unique() -> None:
    for values in (
        [story.slug for story in STORIES],
        [story.headline for story in STORIES],
        [story.lead for story in STORIES] + list(OLDER),
    ):
        assert len(set(values)) == len(values)


@every
def test_a_story_has_the_length_and_the_shape_of_a_wire_story(story: WireStory) -> None:
    words = sum(len(paragraph.split()) for paragraph in story.paragraphs)
    assert 140 <= words <= 300
    assert 4 <= len(story.paragraphs) <= 7
    place, _, lead = story.lead.partition(" - ")
    assert place.split(" (")[0].isupper()
    assert len(lead.split()) > 20
    assert set(story.topics) <= TOPICS


@every
def test_a_correction_changes_headline_and_text_and_nothing_else(story: WireStory) -> None:
    after = story.corrected()
    if story.correction is None:
        assert after is story
        return
    assert after.headline != story.headline
    assert sum(a != b for a, b in zip(after.paragraphs, story.paragraphs, strict=True)) == 1
    assert (after.path, after.topics, after.section) == (story.path, story.topics, story.section)
    assert after.corrected() is after


def test_the_configuration_says_where_the_site_is_and_where_the_feeds_go() -> None:
    config = tomllib.loads(configuration("http://127.0.0.1:8000/nieuws", Path('/srv/"odd" folder')))
    assert config["sources"][0]["url"] == "http://127.0.0.1:8000/nieuws"
    assert config["feeds"]["output"] == '/srv/"odd" folder/feeds'
    assert "select" not in config["sources"][0]
