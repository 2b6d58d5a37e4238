"""Themes: one line for what a person thinks of."""

from __future__ import annotations

import pytest

from feedbot.languages.detection import function_words
from feedbot.languages.fold import fold
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
        ("nl", "Wolven keren terug op de Veluwe", "Ecologen telden twee roedels.", "climate"),
        ("en", "Coral dies as the sea warms", "Scientists blame climate change.", "climate"),
        ("de", "Weniger Brutpaare an der Küste", "Naturschützer sorgen sich um Vögel.", "climate"),
        (
            "fr",
            "La sécheresse vide les nappes",
            "Des poissons meurent, la pollution monte.",
            "climate",
        ),
        ("es", "Vertidos en el humedal", "Los ecologistas hallaron aves muertas.", "climate"),
        ("es", "Un telescopio descubre una galaxia", "Lo dicen los astrónomos.", "technology"),
    ],
)
def test_a_story_is_in_its_theme(language: str, title: str, lead: str, theme: str) -> None:
    assert theme in routed(language, title, lead)


def test_a_story_about_none_is_in_none() -> None:
    assert routed("nl", "Raadzaal krijgt ronde tafels", "De burgemeester is er blij mee.") == set()


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("nl", "Code geel voor gladde wegen", "In het noorden valt sneeuw, bij min zes graden."),
        ("nl", "Vader botst als enige tegen een boom", "Hij reed naar zijn werk."),
        ("nl", "Twee gewonden bij botsing", "De ambulance bracht hen naar het ziekenhuis."),
        ("fr", "Un sanglier dans un supermarché", "L'animal a renversé des rayons du magasin."),
        ("en", "Rangers win again", "The striker scored twice for the club."),
        ("fr", "Le procès est renvoyé vendredi", "Une opération était prévue."),
    ],
)
def test_a_story_that_only_looks_like_it_is_in_no_such_theme(
    language: str, title: str, lead: str
) -> None:
    found = routed(language, title, lead)
    assert not found & {"climate", "health", "culture", "economy"}


def test_one_word_tells_no_theme_and_a_second_one_does() -> None:
    assert routed("nl", "Museum sluit zondag", "De burgemeester is er blij mee.") == set()
    assert routed("nl", "Museum sluit zondag", "Het schilderij hangt nog.") == {"culture"}


def test_a_theme_with_less_than_half_of_what_tells_another_is_a_side_issue() -> None:
    title, lead = "Dief steelt kunst", "De verdachte stal uit een museum een schilderij."
    assert routed("nl", title, lead) == {"crime", "culture"}
    more = "De politie heeft camerabeelden. De rechtbank eist celstraf voor de overval."
    assert routed("nl", "Celstraf geëist voor dief na overval", f"{more} {lead}") == {"crime"}


def test_what_does_not_count_is_told_with_its_reason() -> None:
    rules = compile_topics([Topic(name="Cultuur", slug="cultuur", any=("theme:culture", "doek"))])
    story = article("Museum sluit zondag", "De burgemeester is er blij mee.", language="nl")
    (found,) = rules.route(story, "")
    assert (found.score, found.blanked) == (0, ("theme:culture by one word",))
    other = article(
        "Rechtbank veroordeelt dief tot celstraf voor overval",
        "De verdachte brak in bij een museum en nam een schilderij mee.",
        language="nl",
    )
    (found,) = rules.route(other, "")
    assert (found.routed, found.blanked) == (False, ("theme:culture beside theme:crime",))


def test_a_word_in_capitals_counts_in_capitals_only() -> None:
    assert "health" in routed("nl", "Pil remt ALS", "Dat zeggen artsen.")
    assert routed("nl", "Sneller dan als kind", "Zij won geen prijs.") == set()


def test_a_theme_has_words_in_every_language_of_themes_and_none_elsewhere() -> None:
    for name in themes.names():
        assert all(len(themes.words(name, language)) > 50 for language in themes.languages())
        assert themes.words(name, "fi") == ()


def test_a_wrong_theme_is_told_which_there_are() -> None:
    assert parse_term("theme:Sport").text == "sport"
    with pytest.raises(TermError) as wrong:
        parse_term("theme:weather")
    assert all(f"theme:{name}" in str(wrong.value.help) for name in themes.names())


@pytest.mark.parametrize(
    ("written", "theme"),
    [
        ("theme:klimaat", "climate"),
        ("theme:Klima und Natur", "climate"),
        ("theme:Économie", "economy"),
        ("theme:Wirtschaft", "economy"),
        ("theme:salud", "health"),
        ("theme:medtop:16000000", "war"),
    ],
)
def test_a_theme_is_known_by_its_names_and_its_id(written: str, theme: str) -> None:
    assert parse_term(written).text == theme


def test_every_theme_has_its_media_topic() -> None:
    assert all(code.startswith("medtop:") for code in themes.MEDIA_TOPICS.values())


def test_a_theme_has_a_name_in_every_language_and_an_english_one_elsewhere() -> None:
    assert themes.name_of("economy", "nl") == "Economie"
    assert themes.name_of("war", "fi") == "War"
    for language in themes.languages():
        assert len({themes.name_of(name, language) for name in themes.names()}) == 8


@pytest.mark.parametrize("language", sorted(themes.languages()))
def test_no_word_that_tells_a_theme_is_in_nearly_every_text(language: str) -> None:
    common = function_words()[language]
    telling = [
        word.text
        for name in themes.names()
        for word in themes.words(name, language)
        if word.weight > 1 and not word.text.isupper()
    ]
    assert [word for word in telling if fold(word.strip("*")) in common] == []


def test_who_is_an_organisation_in_capitals_only() -> None:
    saved = "A man who jumped into a canal was praised by people who saw him."
    assert routed("en", "Man who saved dog from canal is praised", saved) == set()
    assert "health" in routed("en", "WHO warns of cholera", "The vaccine is scarce.")


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Toronto Raptors beat Miami Dolphins", "The Raptors won, and the Dolphins lost."),
        ("Poached eggs with greens", "Poach the eggs and serve them. Poaching takes minutes."),
        ("Ospreys sign two players", "The Ospreys play in Swansea, and the Orcas in Malmo."),
    ],
)
def test_teams_and_dishes_are_no_nature(title: str, lead: str) -> None:
    assert "climate" not in routed("en", title, lead)


def test_poachers_are_of_nature() -> None:
    assert "climate" in routed("en", "Poachers kill three rhinos", "Rangers found them.")


@pytest.mark.parametrize(
    ("language", "title", "lead", "theme"),
    [
        ("nl", "Oorlog in Soedan duurt voort", "De oorlog gaat het derde jaar in.", "war"),
        ("en", "Inflation rises to 3 percent", "Inflation rose in November.", "economy"),
        ("nl", "Voetbalclub viert feest", "Er is voetbal op het voetbalveld.", "sport"),
        ("nl", "Klimaattop begonnen", "Men wil een klimaatakkoord.", "climate"),
    ],
)
def test_a_strong_word_that_returns_and_two_compounds_of_one_word_tell_a_theme(
    language: str, title: str, lead: str, theme: str
) -> None:
    assert theme in routed(language, title, lead)


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("nl", "Oorlog aan het buffet", "Het was oorlog aan het buffet. De taart was op."),
        ("nl", "Oorlog om heg", "Buren voeren oorlog om een heg van drie meter."),
        ("en", "War over hedge", "Neighbours are at war over a hedge."),
        ("de", "Krieg am Buffet", "Am Buffet herrschte Krieg um die Torte."),
        ("fr", "La guerre du gâteau", "La guerre du gâteau a commencé au buffet."),
        ("es", "Guerra por un seto", "Los vecinos están en guerra por un seto."),
    ],
)
def test_a_figure_of_speech_alone_tells_no_theme(language: str, title: str, lead: str) -> None:
    assert "war" not in routed(language, title, lead)


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("en", "War in Sudan drags on", "The war enters its third year."),
        ("de", "Krieg im Sudan dauert an", "Der Krieg geht ins dritte Jahr."),
        ("fr", "La guerre au Soudan continue", "La guerre entre dans sa troisième année."),
        ("es", "Sigue la guerra en Sudán", "La guerra entra en su tercer año."),
    ],
)
def test_the_same_word_tells_one_where_a_country_is_named(
    language: str, title: str, lead: str
) -> None:
    assert "war" in routed(language, title, lead)


def test_a_word_that_only_begins_like_a_strong_one_does_not_return() -> None:
    assert "economy" not in routed("en", "Stockholm opens tram line", "Stockholm needed it.")
