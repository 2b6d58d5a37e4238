"""Themes: one line for what a person thinks of."""

from __future__ import annotations

import pytest

from feedbot.model import Topic
from feedbot.terms import TermError, parse_term, themes
from feedbot.topics import compile_topics
from tests.articles import article


def routed(language: str, title: str, lead: str) -> set[str]:
    rules = compile_topics(
        [Topic(name=name, slug=name, any=(f"theme:{name}",)) for name in sorted(themes.names())]
    )
    found = rules.route(article(title, lead, language=language), "")
    return {one.topic for one in found if one.routed}


@pytest.mark.parametrize(
    ("language", "title", "lead", "theme"),
    [
        ("nl", "Ziekenhuis opent afdeling voor dementie", "Patiënten kunnen er terecht.", "health"),
        ("nl", "Acht jaar cel voor overval", "De rechtbank acht het bewezen.", "crime"),
        ("en", "Striker signs new contract", "The midfielder scored twice last season.", "sport"),
        ("en", "Central bank raises rates as inflation climbs", "Banks follow.", "economy"),
        ("de", "Museum zeigt Gemälde von Dürer", "Die Ausstellung läuft bis Mai.", "culture"),
        ("fr", "Des missiles frappent la ville", "L'armée a bombardé le port.", "war"),
        ("es", "Un telescopio descubre una galaxia", "Lo dicen los astrónomos.", "technology"),
    ],
)
def test_a_story_is_in_its_theme(language: str, title: str, lead: str, theme: str) -> None:
    assert theme in routed(language, title, lead)


def test_a_story_about_none_is_in_none() -> None:
    assert routed("nl", "Raadzaal krijgt ronde tafels", "De burgemeester is er blij mee.") == set()


def test_a_theme_has_words_in_every_language_of_themes_and_none_elsewhere() -> None:
    for name in themes.names():
        assert all(len(themes.words(name, language)) > 50 for language in themes.languages())
        assert themes.words(name, "fi") == ()


def test_a_wrong_theme_is_told_which_there_are() -> None:
    assert parse_term("theme:Sport").text == "sport"
    with pytest.raises(TermError) as wrong:
        parse_term("theme:climate")
    assert all(f"theme:{name}" in str(wrong.value.help) for name in themes.names())


def test_every_theme_has_its_media_topic() -> None:
    assert all(code.startswith("medtop:") for code in themes.MEDIA_TOPICS.values())


def test_a_theme_has_a_name_in_every_language_and_an_english_one_elsewhere() -> None:
    assert themes.name_of("economy", "nl") == "Economie"
    assert themes.name_of("war", "fi") == "War"
    for language in themes.languages():
        assert len({themes.name_of(name, language) for name in themes.names()}) == 7
