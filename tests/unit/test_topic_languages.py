"""Countries in languages of which the names alone are known, and how these are written."""

from __future__ import annotations

import pytest

from feedbot.model import Topic
from feedbot.terms import countries
from feedbot.topics import compile_topics
from tests.articles import article


def routed(
    language: str, title: str, lead: str = "", *body: str, of: tuple[str, ...] = ()
) -> set[str]:
    codes = of or sorted(countries.codes())
    rules = compile_topics([Topic(name=c, slug=c, any=(f"country:{c}",)) for c in codes])
    return {
        to.topic
        for to in rules.route(article(title, lead, *body, language=language), "")
        if to.routed
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        ("sv", "Jordskalv i södra Iran", "IR"),
        ("da", "Jordskælv i det sydlige Iran", "IR"),
        ("no", "Jordskjelv sør i Iran", "IR"),
        ("nb-NO", "Jordskjelv sør i Iran", "IR"),
        ("nn", "Jordskjelv sør i Iran", "IR"),
        ("fi", "Maanjäristys Iranissa", "IR"),
        ("cs", "Zemětřesení v Íránu", "IR"),
        ("ro", "Cutremur în Iran", "IR"),
        ("hu", "Földrengés Iránban", "IR"),
        ("el", "Σεισμός στο Ιράν", "IR"),
        ("tr", "İran'da deprem", "IR"),
        ("uk", "Землетрус в Ірані", "IR"),
        ("ru", "Землетрясение в Иране", "IR"),
        ("ar", "زلزال في إيران", "IR"),
        ("ar", "زيارة للعراق", "IQ"),
        ("ar", "وصول الوفد بإيران", "IR"),
        ("zh", "伊朗南部发生地震", "IR"),
        ("ja", "イランで地震", "IR"),
        ("pl", "Trzęsienie ziemi w Rosji", "RU"),
        ("pl", "Rozmowy w Paryżu o pokoju", "FR"),
        ("es", "Terremoto en el sur de Irán", "IR"),
        ("pt", "Sismo no sul do Irão", "IR"),
        ("it", "Terremoto nel sud dell'Iran", "IR"),
    ],
)
def test_a_country_is_found_in_every_language(language: str, title: str, code: str) -> None:
    assert routed(language, title) == {code}


@pytest.mark.parametrize(
    ("language", "title", "other"),
    [
        ("zh", "印度尼西亚发生地震", "IN"),
        ("zh", "白俄罗斯发生地震", "RU"),
        ("ja", "チリソースを回収", "CL"),
        ("fi", "Hän on oman tiensä kulkija", "OM"),
        ("es", "Sudán del Sur cierra la frontera", "SD"),
    ],
)
def test_a_name_within_another_word_is_none(language: str, title: str, other: str) -> None:
    assert other not in routed(language, title)


@pytest.mark.parametrize(
    ("language", "title", "lead", "codes"),
    [
        (
            "pl",
            "Nowojorska policja szuka sprawcy",
            "Świadkowie z Nowego Jorku nic nie wiedzą.",
            {"US"},
        ),
        ("de", "Breslauer Straße gesperrt", "In der Breslauer Straße liegen neue Rohre.", set()),
        ("de", "Grazer kommt nach Bochum", "Stürmer Tim Grazer unterschreibt bis 2029.", set()),
        ("de", "Tiroler Hut ist gefragt", "Der Tiroler Hut ist ein Renner im Karneval.", set()),
        ("pl", "Remont na ulicy Nowojorskiej", "Ulica Nowojorska będzie zamknięta.", set()),
        ("pl", "Aktorka Anna Berlińska nie żyje", "Berlińska miała 80 lat.", set()),
    ],
)
def test_adjectives_of_towns_tell_their_country_but_neither_streets_nor_surnames(
    language: str, title: str, lead: str, codes: set[str]
) -> None:
    assert routed(language, title, lead) == codes


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("nl", "Treinen botsen", "Op de lijn tussen Polen en Litouwen zijn twee treinen gebotst."),
        ("en", "Trains collide", "Two trains met head on between Poland and Lithuania on Monday."),
        (
            "de",
            "Züge stoßen zusammen",
            "Auf der Strecke zwischen Polen und Litauen stehen Züge still.",
        ),
        ("fr", "Deux trains en panne", "Le trafic est coupé entre la Pologne et la Lituanie."),
        ("es", "Dos trenes parados", "El tráfico está cortado entre Polonia y Lituania."),
        ("it", "Due treni fermi", "Il traffico è interrotto tra la Polonia e la Lituania."),
        ("pt", "Dois comboios parados", "O tráfego está cortado entre a Polónia e a Lituânia."),
        ("pl", "Dwa pociągi stoją", "Ruch jest wstrzymany między Polską a Litwą."),
    ],
)
def test_what_is_between_two_countries_is_about_both(language: str, title: str, lead: str) -> None:
    assert {"PL", "LT"} - {"PL" if language == "pl" else ""} <= routed(language, title, lead)


def test_a_country_that_is_only_named_after_another_is_a_mention() -> None:
    title, lead = (
        "Tentoonstelling over zilver",
        "De maker woont afwisselend dicht bij Polen en Litouwen.",
    )
    assert "LT" not in routed("nl", title, lead)


def test_tables_are_read_for_the_languages_of_the_texts_only() -> None:
    countries.tables.rows.cache_clear()
    rules = compile_topics([Topic(name="T", slug="t", any=("country:IR",))])
    countries.tables.rows.cache_clear()
    rules.route(article("Brand in Iran", "Dat is het en dat was het."), "")
    assert countries.tables.rows.cache_info().currsize <= 2


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("de", "Spanische Wegschnecke frisst Salat", "Die Spanische Wegschnecke ist überall."),
        ("de", "Rückruf: Griechischer Bauernsalat", "Der Discounter nennt Listerien."),
        ("de", "Schnee durch Kaltluft aus Russland", "Russische Kaltluft kommt am Freitag."),
        ("it", "Trova soldi in una poltrona svedese", "La poltrona svedese era del nonno."),
        ("pt", "Peru foge de quinta", "Um peru com onze quilos entrou na igreja."),
        ("pt", "Neve na Serra da Estrela", "A Serra da Estrela fica branca na quinta-feira."),
        ("it", "Il processo per Daphne Caruana Galizia", "Caruana Galizia era giornalista."),
        ("fr", "Un frelon chinois dans une ruche", "Le frelon chinois tue les abeilles."),
    ],
)
def test_what_only_looks_like_a_country_is_none(language: str, title: str, lead: str) -> None:
    assert routed(language, title, lead) <= {"MT", "PT"}


@pytest.mark.parametrize(
    ("language", "title", "lead", "code"),
    [
        ("pl", "Muzyk zwolniony z aresztu", "Władze w Duszanbe zwolniły muzyka.", "TJ"),
        ("pt", "Rei compra novo avião", "Em Mbabane, os professores protestam.", "SZ"),
        ("it", "Scontri tra manifestanti", "A Kigali la polizia ha arrestato dieci persone.", "RW"),
        ("es", "Detenidos dos opositores", "En Lusaka fueron detenidos dos opositores.", "ZM"),
        ("pt", "Eleições no domingo", "O parlamento de Mianmar foi dissolvido.", "MM"),
        ("es", "Detenidos dos opositores", "El presidente de Kenya no comentó.", "KE"),
        ("fr", "Une journaliste arrêtée", "Le Kirghizistan ferme un journal.", "KG"),
        ("en", "Rebels seize town", "The Democratic Republic of Congo sent troops.", "CD"),
        ("pt", "Acordo de pesca", "O governo equato-guineense assinou o acordo.", "GQ"),
        ("nl", "Verstappen derde in kwalificatie", "De Grote Prijs van Japan is zondag.", ""),
        ("pt", "Peru vota no domingo", "O Peru escolhe um presidente.", "PE"),
        ("pt", "PERU VOTA NO DOMINGO", "O Peru escolhe um presidente.", "PE"),
    ],
)
def test_a_capital_stands_for_its_country(language: str, title: str, lead: str, code: str) -> None:
    assert not code or code in routed(language, title, lead)


def test_three_words_with_other_meanings_make_one_another_clear() -> None:
    lead = "RICHMOND (ANP) - Hun kandidaat won in Virginia."
    assert routed("nl", "Democraten winnen verkiezing in Virginia", lead) == {"US"}
    assert routed("nl", "Democraten winnen verkiezing", "Hun kandidaat won.") == set()


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [("nl", "Rusland sluit grens", "RU"), ("en", "Turkey closes border", "TR")],
)
@pytest.mark.parametrize(
    "tail",
    [
        "#{}",
        "#{} #grens",
        "Meer op www.krant.example/{}.",
        "Zie https://krant.example/wereld/{}/grens en mail {}@krant.example.",
    ],
)
def test_a_tag_or_an_address_makes_no_word_of_a_country(
    language: str, title: str, code: str, tail: str
) -> None:
    small = title.split()[0].lower()
    assert routed(language, title, f"{title}.", tail.format(small, small), of=(code,)) == {code}


def test_only_a_name_that_is_a_word_too_may_be_the_word() -> None:
    title, of = "Turkey is best roasted", ("EG", "RU", "TR")
    tags = "Tags: rusland, grens"
    assert routed("nl", "Rusland sluit grens", "Rusland zwijgt.", tags, of=of) == {"RU"}
    assert routed("en", title, "Turkey is dry.", "Brine the turkey.", of=of) == set()
    assert routed("en", title, "Turkey is dry.", "#turkey. A turkey.", of=of) == set()
    assert routed("tr", "Mısır fiyatı arttı", "Çiftçiler mısır ekiyor.", of=of) == set()
    assert routed("tr", "Mısır sınırı kapattı", "Mısır açıklama yapmadı.", of=of) == {"EG"}


@pytest.mark.parametrize(
    ("language", "lead", "code"),
    [
        ("de", "Die Regierung von Italien ist zurückgetreten.", "IT"),
        ("de", "Im Südwesten von China hat ein Erdrutsch ein Dorf verschüttet.", "CN"),
        ("de", "Das Parlament von Georgien hat das Gesetz verabschiedet.", "GE"),
        ("de", "Im Zentrum von Moskau ist ein Auto explodiert.", "RU"),
        ("nl", "De Kustwacht van Italië meldt: in Italië kwamen migranten aan.", "IT"),
        ("en", "The Coast Guard of Italy says Italy took in the migrants.", "IT"),
    ],
)
def test_a_noun_before_of_is_no_given_name(language: str, lead: str, code: str) -> None:
    assert routed(language, "x", lead, of=(code,)) == {code}


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("de", "Am Montag starb Karl von Chile. Er wurde neunzig."),
        ("nl", "Gisteren stierf Piet van Chili. Hij werd negentig."),
    ],
)
def test_a_given_name_before_of_is_one(language: str, lead: str) -> None:
    assert routed(language, "x", lead, of=("CL",)) == set()


@pytest.mark.parametrize(
    ("language", "lead", "code"),
    [
        ("fr", "Un séisme a frappé le sud de la Chine lundi.", "CN"),
        ("fr", "Le gouvernement de l'Italie a démissionné.", "IT"),
        ("fr", "Le large d'Israël est fermé aux pêcheurs.", "IL"),
        ("it", "Un terremoto ha colpito il sud dell'Iran.", "IR"),
        ("it", "Lunedì il governo della Francia si è dimesso.", "FR"),
        ("es", "El lunes tembló el noroeste de la India.", "IN"),
        ("pt", "Na segunda tremeu o nordeste da China.", "CN"),
        ("en", "Rain fell all night on the southwest of France.", "FR"),
        ("de", "Seit Montag brennt der Südosten der Türkei.", "TR"),
        ("nl", "Het regent al dagen in het noordoosten van de Filipijnen.", "PH"),
        ("pl", "W poniedziałek rząd Włoch podał się do dymisji.", "IT"),
    ],
)
def test_a_noun_of_the_state_or_a_direction_makes_a_scene(
    language: str, lead: str, code: str
) -> None:
    assert routed(language, "x", lead, of=(code,)) == {code}


@pytest.mark.parametrize(
    ("language", "lead", "code"),
    [
        ("fr", "Elle vend depuis lundi un livre de la Chine.", "CN"),
        ("it", "Lunedì ha venduto un tappeto dell'Iran.", "IR"),
        ("nl", "Zij kocht maandag een kaart van Italië.", "IT"),
    ],
)
def test_any_other_noun_makes_none(language: str, lead: str, code: str) -> None:
    assert routed(language, "x", lead, of=(code,)) == set()


@pytest.mark.parametrize(
    ("language", "lead", "code"),
    [
        ("en", "Four killed by floods in Jordan.", "JO"),
        ("en", "Late on Monday rebels seized a town in northern Chad.", "TD"),
        ("en", "All night long a storm battered the coast of Dominica.", "DM"),
        ("de", "Seit Montag wütet ein Sturm in Jersey.", "JE"),
        ("fr", "Un ouragan a fait trois morts en Dominique.", "DM"),
        ("es", "La policía busca a tres hombres en Jersey.", "JE"),
        ("pl", "Od wczoraj huragan szaleje na Dominice.", "DM"),
    ],
)
def test_a_country_that_people_are_called_after_counts_as_the_scene(
    language: str, lead: str, code: str
) -> None:
    assert routed(language, "x", lead, of=(code,)) == {code}


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        ("en", "Jordan scores twice", "JO"),
        ("en", "Faith in Jordan Green pays off", "JO"),
        ("en", "Fire in Chad's kitchen", "TD"),
        ("fr", "Dominique chante encore", "DM"),
        ("pl", "Dominika wygrywa konkurs", "DM"),
        ("de", "Kleider aus Jersey im Trend", "JE"),
    ],
)
def test_somebody_called_like_a_country_is_none(language: str, title: str, code: str) -> None:
    assert routed(language, title, of=(code,)) == set()


@pytest.mark.parametrize(
    ("language", "title", "lead", "other"),
    [
        ("es", "Incendio en Barcelona", "Arde una fábrica en Barcelona.", "VE"),
        ("es", "Incendio en Valencia", "Arde una fábrica en Valencia.", "VE"),
        ("es", "Incendio en León", "Arde una fábrica en León.", "NI"),
        ("es", "Incendio en Granada", "Arde una fábrica en Granada.", "GD"),
        ("es", "Incendio en Vitoria", "Arde una fábrica en Vitoria.", "BR"),
        ("es", "Huelga en La Paz", "Sigue la huelga en La Paz.", "HN"),
        ("nl", "Aanslag in Tripoli", "In Tripoli ontplofte een auto.", "LB"),
        ("en", "Bomb in Tripoli", "A car exploded in Tripoli.", "LB"),
        ("en", "Fire in Victoria", "A house burnt down in Victoria.", "HK"),
        ("fr", "Incendie dans le Jura", "Une grange brûle dans le Jura.", "CH"),
    ],
)
def test_a_namesake_that_readers_rather_mean_is_no_town_of_another_country(
    language: str, title: str, lead: str, other: str
) -> None:
    assert other not in routed(language, title, lead)


@pytest.mark.parametrize(
    ("language", "title", "lead", "code"),
    [
        ("es", "Incendio en Caracas", "Arde una fábrica en Caracas.", "VE"),
        ("es", "Incendio en San Diego", "Arde una fábrica en San Diego.", "US"),
        ("es", "Incendio en Guayaquil", "Arde una fábrica en Guayaquil.", "EC"),
        ("nl", "Aanslag in Tripoli", "In Tripoli ontplofte een auto.", "LY"),
        ("nl", "Brand in Bergen", "In Bergen woedt een brand.", "NO"),
        ("nl", "Brand in Hasselt", "In Hasselt woedt een brand.", "BE"),
    ],
)
def test_a_small_namesake_at_home_takes_nothing_away(
    language: str, title: str, lead: str, code: str
) -> None:
    assert routed(language, title, lead) == {code}


NEUTRAL = {
    "nl": ("Drie doden door brand in flat", "Bij een brand in een flat vielen drie doden."),
    "en": ("Three die in fire", "Three people died when a fire swept through a block of flats."),
    "de": ("Drei Tote bei Brand", "Bei einem Brand in einem Hochhaus starben drei Menschen."),
    "fr": ("Trois morts dans un incendie", "Un incendie dans un immeuble a fait trois morts."),
    "es": ("Tres muertos en un incendio", "Un incendio en un edificio dejó tres muertos."),
    "it": ("Tre morti in un incendio", "Un incendio in un palazzo ha causato tre morti."),
    "pt": ("Três mortos em incêndio", "Um incêndio num prédio causou três mortos."),
    "pl": ("Trzy ofiary pożaru", "W pożarze bloku zginęły trzy osoby."),
}


@pytest.mark.parametrize(
    ("language", "dateline", "code"),
    [
        ("nl", "CHARKOV (ANP)", "UA"),
        ("nl", "TEHERAN (ANP/AFP)", "IR"),
        ("nl", "KARLSRUHE (ANP/DPA)", "DE"),
        ("en", "SEOUL (Reuters)", "KR"),
        ("de", "Lyon (AFP)", "FR"),
        ("fr", "TÉHÉRAN (AFP)", "IR"),
        ("es", "LONDRES (EFE)", "GB"),
        ("it", "LONDRA (ANSA)", "GB"),
        ("pt", "LONDRES (Lusa)", "GB"),
        ("pl", "LONDYN (PAP)", "GB"),
    ],
)
def test_a_dateline_alone_tells_the_country_where_no_other_is_named(
    language: str, dateline: str, code: str
) -> None:
    title, lead = NEUTRAL[language]
    assert routed(language, title, f"{dateline} - {lead}", of=(code,)) == {code}


@pytest.mark.parametrize(
    ("dateline", "lead", "code"),
    [
        ("CHARKOV (ANP)", "Bij een Russische raketaanval vielen drie doden.", "UA"),
        ("LONDEN/NEW YORK (ANP)", "Koffie was nog nooit zo duur.", "GB"),
        ("ANTWERPEN (ANP)", "Een schrijver komt met een nieuwe roman.", "BE"),
        ("FRANKFURT (ANP)", "De rente blijft op 2 procent.", "DE"),
        ("GENEVE (ANP)", "De onderhandelaars zijn er nog niet uit.", "CH"),
    ],
)
def test_a_dateline_is_not_enough_beside_another_country_or_where_all_the_world_meets(
    dateline: str, lead: str, code: str
) -> None:
    assert routed("nl", "x", f"{dateline} - {lead}", of=(code,)) == set()


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        ("sv", "Brand i Moskva", "RU"),
        ("da", "Brand i Wien", "AT"),
        ("no", "Brann i København", "DK"),
        ("fi", "Mielenosoitus Lontoossa", "GB"),
        ("cs", "Požár v Paříži", "FR"),
        ("ro", "Incendiu la Londra", "GB"),
        ("hu", "Robbanás Varsóban", "PL"),
        ("el", "Φωτιά στην Άγκυρα", "TR"),
        ("tr", "Moskova'da patlama", "RU"),
        ("uk", "Вибух у Москві", "RU"),
        ("ru", "Встреча в Варшаве", "PL"),
        ("ar", "زلزال في واشنطن", "US"),
        ("zh", "罗马发生火灾", "IT"),
        ("ja", "パリで火災", "FR"),
    ],
)
def test_a_capital_is_found_in_its_cases_where_names_alone_are_known(
    language: str, title: str, code: str
) -> None:
    assert routed(language, title, of=(code,)) == {code}


@pytest.mark.parametrize(
    ("language", "title", "code"), [("sv", "Glass med rom", "IT"), ("ja", "パリパリの皮", "FR")]
)
def test_what_only_sounds_like_a_capital_is_none(language: str, title: str, code: str) -> None:
    assert routed(language, title, of=(code,)) == set()


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        ("nl", "Volkscongres neemt wet aan", "CN"),
        ("en", "National People's Congress passes law", "CN"),
        ("de", "Volkskongress beschließt Gesetz", "CN"),
        ("pt", "Greve de fome em Silivri, prisão de Silivri", "TR"),
        ("es", "La Vinotinto empata y la Vinotinto sueña", "VE"),
    ],
)
def test_what_stands_for_a_country_is_known(language: str, title: str, code: str) -> None:
    assert routed(language, title, of=(code,)) == {code}
