"""The country table: whole, correct beside CLDR, and readable."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from babel import Locale

from feedbot.languages.fold import fold
from feedbot.terms import countries

# Languages with adjectives, inhabitants and places; of the others the names alone are known.
FULL = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
# Reserved codes, subdivisions and pseudo-territories that CLDR names too.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "XA", "XB", "ZZ"}
# Where CLDR's name is one that nobody writes in the news.
OTHERWISE = {
    *((language, code) for language in FULL for code in ("HK", "MO")),
    *((language, "MM") for language in ("nl", "en", "fr")),
    *((language, "MM") for language in ("es", "it", "pl", "pt")),
    *((language, "CG") for language in ("es", "it", "pl", "pt")),
    *((language, "CC") for language in ("it", "pt")),
    ("en", "CD"),
    ("en", "CG"),
    ("fr", "MU"),
    ("fr", "SX"),
}


def rows(language: str) -> dict[str, list[str]]:
    text = files("feedbot.terms.countries").joinpath(f"{language}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line[0] not in "#@"]
    return {code: cells for code, *cells in lines}


def texts(code: str, language: str, role: str = "name") -> set[str]:
    return {phrase.text for phrase in countries.phrases(code, language) if phrase.role == role}


def test_every_iso_code_and_the_four_organisations_are_there() -> None:
    territories = {
        code for code in Locale("en").territories if len(code) == 2 and code.isalpha()
    } - NOT_ISO
    assert countries.codes() == territories | {"NATO"}
    assert {"EU", "UN", "PS", "XK"} <= countries.codes()


@pytest.mark.parametrize("language", countries.languages())
def test_the_files_have_the_same_codes_in_order_and_six_columns(language: str) -> None:
    table = rows(language)
    assert list(table) == sorted(countries.codes())
    assert all(len(cells) == 6 for cells in table.values())
    if language in FULL:
        assert all(cells[0] for cells in table.values())


@pytest.mark.parametrize("language", countries.languages())
def test_the_entries_are_tidy(language: str) -> None:
    for code, cells in rows(language).items():
        for cell in filter(None, cells):
            entries = cell.split(", ")
            assert all(entry == entry.strip() and entry for entry in entries), (code, cell)
            assert len(set(entries)) == len(entries), (code, cell)
            assert all(entry.count("(") == entry.count(")") for entry in entries), (code, cell)
            assert "," not in "".join(entries), (code, cell)


@pytest.mark.parametrize("language", FULL)
def test_no_phrase_ends_in_a_space_or_blanks_its_own_country(language: str) -> None:
    for code in countries.codes():
        assert all(p.text == p.text.strip() != "" for p in countries.phrases(code, language)), code
        assert not texts(code, language) & texts(code, language, "not"), code


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("Rus(sen)", ["Rus", "Russen"]),
        ("pizza('s)", ["pizza", "pizza's"]),
        ("Zeeland (N-Br.)", ["Zeeland (N-Br.)"]),
        ("Cocos (Keeling) Islands", ["Cocos (Keeling) Islands"]),
    ],
)
def test_a_bracket_after_a_space_is_no_ending(entry: str, words: list[str]) -> None:
    assert countries.entries.words(entry) == words


@pytest.mark.parametrize("language", FULL)
def test_the_names_of_cldr_are_known(language: str) -> None:
    for code, name in Locale(language).territories.items():
        if code in countries.codes() and (language, code) not in OTHERWISE:
            assert countries.code_of(name.replace("’", "'")) == code, (code, name)


@pytest.mark.parametrize("language", FULL)
def test_a_name_belongs_to_one_country(language: str) -> None:
    owners: dict[str, set[str]] = {}
    for code in countries.codes():
        for entry in rows(language)[code][0].split(", "):
            if not entry.lstrip("^").startswith("?"):
                owners.setdefault(fold(entry.lstrip("^~")), set()).add(code)
    shared = {name: held for name, held in owners.items() if len(held) > 1}
    assert not {name: held for name, held in shared.items() if name != "saint-martin"}


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (code, language)
        for language in ("nl", "en", "de", "fr")
        for code in ["RU", "CN", "UA", "DE", "FR", "NL", "PL", "TR", "JP", "SE"]
    ],
)
def test_the_adjective_of_cldrs_language_is_listed(code: str, language: str) -> None:
    spoken = {"RU": "ru", "CN": "zh", "UA": "uk", "JP": "ja", "SE": "sv"}.get(code, code.lower())
    word = Locale(language).languages[spoken]
    listed = {fold(text) for role in ("name", "ambiguous") for text in texts(code, language, role)}
    assert fold(word) in listed


INFLECTED = [
    ("RU", "nl", "Rusland Ruslands Russisch Russische Rus Russen Russin Russinnen Moskou Kremlin"),
    (
        "RU",
        "de",
        "Russland Russlands russische russischen russischem russischer russisches",
    ),
    ("RU", "de", "Russe Russen Russin Russinnen Moskau Kreml"),
    ("RU", "en", "Russia Russian Russians Moscow"),
    ("RU", "fr", "Russie russe russes Moscou"),
    ("CN", "nl", "China Chinees Chinese Chinezen Peking"),
    ("CN", "de", "chinesischer Chinese Chinesen Chinesin Chinesinnen"),
    ("CN", "fr", "Chine chinois chinoise chinoises Pékin"),
    ("US", "nl", "VS Amerikaans Amerikaanse Amerikaan Amerikanen Washington"),
    ("US", "de", "USA US-Amerikaner amerikanischen Amerikanerinnen"),
    ("US", "fr", "États-Unis américain américaine américaines"),
    ("UA", "de", "Ukraine ukrainische Ukrainer Ukrainern Ukrainerin Kiew"),
    ("IL", "nl", "Israël Israëlische Israëliër Israëliërs Jeruzalem Knesset"),
    ("PS", "nl", "Palestina Palestijnen Palestijnse Gaza Gazastrook"),
    ("PS", "en", "Palestinians Gaza"),
    ("SY", "nl", "Syrië Syriërs Syrische Damascus"),
    ("TR", "de", "Türkei türkische Türke Türken Türkinnen"),
    ("FR", "de", "Frankreich Franzose Franzosen Französin französischen"),
    ("GB", "nl", "Brits Britse Britten Engelse Schotse VK"),
    ("GB", "en", "Britain British UK Scottish"),
    ("GR", "fr", "Grèce grec grecque Athènes"),
    ("EU", "nl", "EU Europese Commissie"),
    ("EU", "fr", "UE"),
    ("NATO", "nl", "NAVO"),
    ("NATO", "fr", "OTAN"),
    ("UN", "nl", "VN"),
    ("UN", "fr", "ONU"),
]


@pytest.mark.parametrize(("code", "language", "words"), INFLECTED)
def test_all_inflections_are_listed(code: str, language: str, words: str) -> None:
    listed = " ".join(texts(code, language))
    assert [word for word in words.split() if word not in listed.split()] == []


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("RU", "nl", "Wit-Rusland"),
        ("RU", "nl", "Russisch ei"),
        ("RU", "fr", "montagnes russes"),
        ("CN", "nl", "China-restaurant"),
        ("US", "nl", "Zuid-Amerika"),
        ("NL", "nl", "Nieuw-Zeeland"),
        ("JO", "en", "Michael Jordan"),
        ("TR", "en", "cold turkey"),
    ],
)
def test_the_traps_are_excluded(code: str, language: str, text: str) -> None:
    assert text in texts(code, language, "not")


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("JO", "en", "Jordan"),
        ("GE", "en", "Georgia"),
        ("TD", "en", "Chad"),
        ("BE", "nl", "Brussel"),
        ("EU", "nl", "Brussel"),
        ("JE", "nl", "Jersey"),
        ("CG", "nl", "Congo"),
    ],
)
def test_words_with_other_meanings_are_marked(code: str, language: str, text: str) -> None:
    marked = texts(code, language, "ambiguous")
    capital = [p for p in countries.phrases(code, language) if p.text == text]
    assert text in marked or any(phrase.capital for phrase in capital)


def test_jordaan_and_georgia_are_no_countries_in_dutch() -> None:
    for code in countries.codes():
        assert "Jordaan" not in texts(code, "nl")
    assert "Georgia" not in texts("GE", "nl")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Rusland", "RU"),
        ("russia", "RU"),
        ("Russland", "RU"),
        ("Oekraine", "UA"),
        ("États-Unis", "US"),
        ("VN", "UN"),
        ("Navo", "NATO"),
        ("Palestina", "PS"),
        ("Atlantis", None),
    ],
)
def test_a_name_in_any_language_is_understood(name: str, code: str | None) -> None:
    assert countries.code_of(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ruslnd", "RU"), ("Oekraïene", "UA"), ("qqqqqq", None), ("Zeeland", None)],
)
def test_a_misspelling_leads_to_the_nearest(name: str, code: str | None) -> None:
    assert countries.nearest_code(name) == code


def test_terms_of_office_are_in_order_and_belong_to_a_country() -> None:
    text = files("feedbot.terms.countries").joinpath("leaders.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()[1:]]
    assert [line[:2] for line in lines] == sorted(line[:2] for line in lines)
    for code, since, until, names in lines:
        assert code in countries.codes()
        assert names
        assert not until or date.fromisoformat(since) < date.fromisoformat(until)


def test_the_countries_of_the_news_are_described_fully() -> None:
    wanted = (
        "AF AT AU BE BR BY CA CH CN CO CU CZ DE DK DZ EG ES ET FI FR GB GE GR HU ID IE IL IN IQ IR IT "
        "JP KP KR LB LT LV LY MA MD MX MY NG NL NO NZ PH PK PL PS PT QA RO RS RU SA SD SE SR SY TH TN "
        "TR TW UA US VE VN YE ZA"
    )
    for language in ("nl", "en", "de", "fr"):
        table = rows(language)
        for code in wanted.split():
            names, adjectives, _, seat, places, _ = table[code]
            assert names, (code, language)
            assert adjectives, (code, language)
            assert seat or places, (code, language)


@pytest.mark.parametrize(
    ("language", "side", "word"),
    [
        ("nl", "after", "pizza"),
        ("nl", "after", "afhaalrestaurants"),
        ("nl", "after", "roulette"),
        ("nl", "before", "examen"),
        ("en", "after", "delight"),
        ("de", "after", "schaferhunde"),
        ("fr", "before", "roulette"),
    ],
)
def test_a_thing_is_one_in_its_language_and_on_its_side(
    language: str, side: countries.Side, word: str
) -> None:
    assert countries.is_thing(word, language, side)
    assert not countries.is_thing(word, "", side)
    other: countries.Side = "after" if side == "before" else "before"
    assert not countries.is_thing(word, language, other)


def test_no_exclusion_repeats_what_the_things_say() -> None:
    for language in ("nl", "en", "de", "fr"):
        for code in countries.codes():
            adjectives = {
                fold(phrase.text)
                for phrase in countries.phrases(code, language)
                if phrase.kind == "adjective"
            }
            for text in texts(code, language, "not"):
                first, _, rest = fold(text).partition(" ")
                assert not (first in adjectives and countries.is_thing(rest, language, "after")), (
                    code,
                    text,
                )


def test_cities_are_read_once_for_all_languages() -> None:
    countries.phrases("FR", "nl")
    read = countries.tables.cities.cache_info().misses
    for language in FULL:
        countries.phrases("FR", language)
    assert countries.tables.cities.cache_info().misses == read
