"""Regions: their towns, and what only looks like one."""

from __future__ import annotations

import pytest

from feedbot.model import Topic
from feedbot.terms import TermError, countries, parse_term
from feedbot.topics import compile_topics
from tests.articles import article

FILLER = "Dat heeft de gemeente maandag laten weten."


def routed(region: str, title: str, lead: str, language: str = "nl") -> bool:
    rules = compile_topics([Topic(name="T", slug="t", any=(f"region:{region}",))])
    return any(found.routed for found in rules.route(article(title, lead, language=language), ""))


@pytest.mark.parametrize(
    ("region", "title", "lead"),
    [
        ("NL-ZE", "Bakker stopt", "GOES - De oven gaat uit na 94 jaar."),
        ("NL-ZE", "Bakker stopt", "In Goes gaat de oven uit na 94 jaar."),
        ("NL-ZE", "Brug dicht", "De brug in Kapelle gaat twee weken dicht."),
        ("NL-ZE", "Zeeuwse ziekenhuizen werken samen", FILLER),
        ("NL-ZE", "Werk aan de Zeelandbrug", FILLER),
        ("NL-LI", "Grot dicht", "De grot bij Maastricht blijft dicht."),
        ("BE-VOV", "Fietsers rijden om", "Fietsers in Gent moeten omrijden."),
        ("DE-BY", "Fabriek stopt", "Een oude fabriek in Neurenberg stopt met plastic."),
        ("US-CA", "Kabeltram remt te laat", "In San Francisco is een kabeltram ontspoord."),
        ("NL-ZE", "Dijken hoger", "Zeeland krijgt de komende tien jaar hogere dijken."),
        ("NL-ZE", "Dijken hoger", "De provincie Zeeland wil hogere dijken."),
        ("NL-ZE", "Veel gasten", "In Zeeland overnachtten vorig jaar vier miljoen mensen."),
        ("NL-ZE", "Coke gevonden", "In de haven van Vlissingen 300 kilo cocaïne gevonden."),
        ("NL-ZE", "Botsing", "In Goes 20 gewonden na een botsing."),
        ("NL-ZE", "Botsing", "In Hulst één gewonde na een botsing."),
        ("NL-ZE", "Afscheid", "De burgemeester van Hulst stopt."),
        ("NL-ZE", "Afscheid", "De wethouder van Middelburg stapt op."),
        ("NL-ZE", "Brand", "De politie van Goes zoekt getuigen."),
        ("NL-ZE", "Werk", "Het centrum van Sluis gaat op de schop."),
    ],
)
def test_local_news_names_its_town_once(region: str, title: str, lead: str) -> None:
    assert routed(region, title, lead)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("As Good as It Goes wint prijs", "De film 'As Good as It Goes' won de prijs."),
        ("Axel redt broertje", "Een jongen heeft zijn broertje gered. Axel sprong meteen."),
        ("Kransen duurder door tekort aan hulst", "Een bos hulst kost dit jaar het dubbele."),
        ("Sluis dicht", "De sluis bij IJmuiden gaat dicht voor onderhoud."),
        ("Trouwen in kapelle", "Paren trouwen in een kapelle zonder dak."),
        ("Burgemeester Van der Veere stopt", "De burgemeester, Els van der Veere, stopt ermee."),
        ("Nieuwe directeur", "Het museum krijgt een nieuwe directeur: Hester van Goes."),
        ("Orde van Malta kiest leider", "De Orde van Malta heeft een leider gekozen."),
        ("Nieuw-Zeeland kiest vogel", "In Nieuw-Zeeland is een vogel gekozen."),
        ("Winkel in Kapelle-op-den-Bos dicht", "De winkel in Kapelle-op-den-Bos gaat dicht."),
        ("Brand in dorp", "In het Zuid-Afrikaanse Middelburg woedde een brand."),
        ("Kapelle in brand", "De houten kapelle van het klooster brandde af."),
        ("Popgroep Domburg stopt", "De band Domburg geeft een laatste concert."),
        ("Brand op de boerderij", "Het Veere van nu is stil, zegt het boek."),
        ("Hond wint prijs", "Een hond genaamd Zeeland won de prijs."),
        ("Zeeuwse mosselen op menu", "Het restaurant zet Zeeuwse mosselen op het menu."),
    ],
)
def test_what_only_looks_like_a_town_of_zeeland_is_none(title: str, lead: str) -> None:
    assert not routed("NL-ZE", title, lead)


def test_a_namesake_in_the_same_language_belongs_to_the_bigger_town() -> None:
    lead = "In Middelburg gaan de werken in april van start."
    assert routed("NL-ZE", "Werken", lead)
    assert not routed("BE-VOV", "Werken", lead)


def test_a_region_is_found_by_its_code_and_a_misspelling_leads_to_it() -> None:
    assert parse_term("region:nl-ze").text == "NL-ZE"
    assert countries.region_name("NL-ZE") == "Zeeland"
    with pytest.raises(TermError) as wrong:
        parse_term("region:Zeeland")
    assert wrong.value.help == "region:NL-ZE"
    with pytest.raises(TermError) as wrong:
        parse_term("region:NL-XX")
    assert wrong.value.help.startswith("region:NL-")


@pytest.mark.parametrize(
    ("term", "advice"),
    [
        ("region:Beieren", "region:DE-BY"),
        ("region:Bavière", "region:DE-BY"),
        ("region:Zeelnd", "region:NL-ZE"),
        ("region:Goes", "region:NL-ZE"),
        ("place:Goes", "region:NL-ZE"),
        ("-place:Goes", "-region:NL-ZE"),
        ("stad:Maastricht", "region:NL-LI"),
        ("land:RU", "country:RU"),
        ("pays:Russie", "country:RU"),
        ("thema:klimaat", "theme:climate"),
        ("medtop:06000000", "theme:climate"),
        ("bron:Krant", "source:Krant"),
    ],
)
def test_a_kind_in_another_word_leads_to_the_right_one(term: str, advice: str) -> None:
    with pytest.raises(TermError) as wrong:
        parse_term(term)
    assert wrong.value.help == advice


@pytest.mark.parametrize("text", ["Plaats: Goes", "Star Wars: Andor", "C:x", "4:3"])
def test_a_phrase_may_have_a_colon(text: str) -> None:
    assert parse_term(text).kind == "phrase"


def test_a_region_has_words_where_a_language_writes_one_of_its_names() -> None:
    assert countries.has_words("NL-ZE", "nl")
    assert countries.has_words("NL-ZE", "sv")
    assert countries.has_words("US-CA", "ja")
    for language in ("ru", "el", "ar", "zh", "ja"):
        assert not countries.has_words("NL-ZE", language)


def test_every_file_of_places_is_tidy() -> None:
    for code in countries.codes():
        for region, name in countries.regions(code).items():
            assert region.startswith(f"{code}-"), region
            assert name.strip() == name != ""


@pytest.mark.parametrize(
    ("title", "lead", "language"),
    [
        ("Die Kapelle spielte weiter", "Im Kurpark spielte die Kapelle bei Kerzenlicht.", "de"),
        ("Spaniel wins", "A spaniel named Zeeland won. Zeeland sneezed.", "en"),
        ("Goes et Lamotte en tournée", "Le duo Goes et Lamotte passe par Lyon.", "fr"),
    ],
)
def test_so_it_is_in_other_languages(title: str, lead: str, language: str) -> None:
    assert not routed("NL-ZE", title, lead, language)


def test_a_town_that_people_know_of_one_region_is_in_no_other() -> None:
    lead = "In Nieuwdorp is een loods uitgebrand."
    assert routed("NL-ZE", "Brand", lead)
    assert not routed("NL-LI", "Brand", lead)


@pytest.mark.parametrize(
    ("region", "language", "lead"),
    [
        ("ES-B", "es", "En Barcelona se quemó un tranvía."),
        ("ES-MA", "es", "Málaga tendrá tres escuelas más."),
        ("FR-29", "fr", "Dans le Finistère, un bac reste à quai."),
        ("FR-83", "fr", "La grêle a ravagé des vignes dans le Var."),
        ("FR-PAC", "fr", "La grêle a ravagé des vignes dans le Var."),
        ("IT-57", "it", "Una frana nelle Marche ha chiuso una strada."),
        ("IT-36", "it", "I vigneti del Friuli-Venezia Giulia sotto la grandine."),
        ("IT-CN", "it", "Il sindaco di Cuneo si dimette."),
        ("ES-LE", "es", "La alcaldesa de León dimite."),
        ("GB-RDG", "en", "The mayor of Reading has resigned."),
        ("PT-08", "pt", "O autarca de Faro demitiu-se."),
        ("PL-20", "pl", "Śnieg zasypał drogi na Podlasiu."),
        ("GB-ZET", "en", "Ferries in Shetland were cancelled on Tuesday."),
        ("BE-VLG", "nl", "In Gent moeten fietsers omrijden."),
        ("IT-VR", "it", "In provincia di Verona chiude una strada."),
        ("PT-11", "pt", "Lisboa vai ter mais três escolas."),
        ("DE-BY", "de", "Im Norden von Bayern ist ein Zug entgleist."),
        ("DE-BY", "de", "Der Landtag von Bayern stimmt am Freitag ab."),
    ],
)
def test_a_region_is_found_by_its_own_name(region: str, language: str, lead: str) -> None:
    assert routed(region, "x", lead, language)


@pytest.mark.parametrize(
    ("region", "language", "title"),
    [
        ("NL-ZE", "nl", "Kroegquiz in café Den Haag Zeeland. Café Zeeland wint"),
        ("NL-ZE", "nl", "Motorolie Zeeland Blue wint prijs"),
        ("FR-46", "fr", "Lot de consolation"),
        ("ES-LE", "es", "León escapa del circo"),
        ("IT-CO", "it", "Como si fa"),
    ],
)
def test_a_word_that_is_a_region_too_needs_more(region: str, language: str, title: str) -> None:
    assert not routed(region, title, "x", language)


@pytest.mark.parametrize(
    ("region", "language", "lead"),
    [
        ("ES-CO", "es", "Córdoba aprueba el plan de riego."),  # a dictionary has it, too
        ("ES-PM", "es", "Palma de Mallorca aprueba el plan de riego."),
        ("ES-VC", "es", "Alicante aprueba el plan de riego."),
        ("ES-AN", "es", "El Parlamento andaluz aprueba el plan de riego."),
        ("ES-C", "es", "Un tranvía ardió en La Coruña."),
        ("IT-NA", "it", "Il sindaco di Marano di Napoli si dimette."),  # blanked for Naples only
        ("NL-OV", "nl", "In Deventer is een loods uitgebrand."),
        ("PT-03", "pt", "Braga vai ter mais três escolas."),
    ],
)
def test_a_town_is_found_at_home(region: str, language: str, lead: str) -> None:
    assert routed(region, "x", lead, language)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("In Middelburg is een wijngaard afgebrand.", True),
        ("In Middelburg is een Duitse wijngaard afgebrand.", True),
        ("In Zuid-Afrika is bij Middelburg een wijngaard afgebrand.", False),
        ("Een Zuid-Afrikaan legt in Middelburg een wijngaard aan, naast die bij Goes.", True),
    ],
)
def test_a_town_is_not_meant_where_a_country_with_a_namesake_is_named(
    lead: str, expected: bool
) -> None:
    assert routed("NL-ZE", "Middelburg verliest wijngaard", lead) is expected


@pytest.mark.parametrize("country", ["BE", "ES", "FR", "NL"])
def test_no_region_lacks_its_own_name_because_another_one_has_it_too(country: str) -> None:
    for region, name in countries.regions(country).items():
        texts = {phrase.text: phrase.role for phrase in countries.region_phrases(region, "en")}
        assert texts.get(name, "not") != "not", region


def test_a_town_named_so_is_one() -> None:
    assert routed("NL-ZE", "Brand", "In een stadje genaamd Veere brandde een schuur af.")
