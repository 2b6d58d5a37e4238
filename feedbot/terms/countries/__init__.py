"""What names a country or a region, in the languages that have a file beside this one.

    nl.tsv, en.tsv …    the words of a language: a line per ISO 3166 code (and EU, NATO, UN, XK)
    institutions.tsv    what every language calls by its own name: Bundestag, Gazprom
    leaders.tsv         heads of state and government, a line per term of office
    divisions/nl.tsv …  states and provinces of countries as a language calls them, from CLDR
    places/NL.tsv …     regions and towns of a country, from GeoNames
    regions.tsv         what people call a region beside its name: Zeeuws, Walcheren
    things.tsv          what an adjective is blanked with: "Turkse pizza", "Duitse herder"
    idioms.tsv          phrases that are blanked for every country: "montagnes russes"

A language's file has tab-separated columns of words with ", " between:

    names       Rusland, Russische Federatie     worth a whole point, like the next three
    adjectives  Russisch(e)                      short for: Russisch, Russische
    people      Rus(sen), Russin(nen)            short for: Rus, Russen, Russin, Russinnen
    seat        Moskou, Kremlin                  the capital, and what stands for the government
    places      Sint-Petersburg                  cities, regions, institutions: worth half
    not         Wit-Rusland, Russische roulette  blanked before anything is matched

`^Polish` counts with its capital only. `?Georgia` has other meanings too: it is worth half, and
only beside something that has not. `~Jordan` is somebody's name, too: it counts as the scene, or
beside something that nobody is called. `!Bundestag` is the state: it is worth a whole point.
`$Lego` is a company: however often its name is there, it needs another word of the country.
`+londyński` is an adjective of a town or a region: it is worth half, and blanked with its thing.
Lines with `@` say what the language does to names: `@genitive`,
`@ending`, `@clitics` (written at the front of a word), `@together` (no spaces between words).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import takewhile
from types import MappingProxyType
from typing import Literal

from ...languages.fold import fold
from . import tables
from .entries import (
    Kind,
    Office,
    Phrase,
    Role,
    Spelling,
    folded,
    script_of,
    spelling,
    unmarked,
    words,
)
from .tables import COLUMNS, grammar_of, languages, spoken

__all__ = [
    "Kind",
    "Office",
    "Phrase",
    "Role",
    "Side",
    "code_of",
    "codes",
    "countries_of",
    "exclusions",
    "folded",
    "has_words",
    "is_adjective",
    "is_apart",
    "is_given",
    "is_spoken",
    "is_thing",
    "languages",
    "leaders",
    "name_of",
    "named_leaders",
    "namesakes",
    "nearest_code",
    "nearest_region",
    "phrases",
    "place_names",
    "places_of",
    "region_called",
    "region_name",
    "region_phrases",
    "regions",
    "writes_small",
]

Side = Literal[
    "before",
    "language",
    "street",
    "after",
    "acts",
    "fights",
    "where",
    "between",
    "and",
    "at",
    "title",
    "called",
    "article",
    "part",
    "in",
    "office",
    "of",
    "scene",
    "local",
    "hosts",
    "joined",
    "word",
]
_KINDS: dict[str, Kind] = {
    "names": "name",
    "adjectives": "adjective",
    "people": "people",
    "seat": "seat",
    "places": "place",
    "not": "not",
}
_ROLES: dict[str, Role] = {"places": "place", "not": "not"}
_DECLINED = ("names", "seat", "places")  # columns of nouns whose cases are not written out
_SHORT = 3  # letters of names, such as ONU, that are near to any word
_NEAR = 0.8  # likeness of a misspelling
_CITY = 100_000  # inhabitants from which a town tells its country
_BIG = 50_000  # inhabitants from which a town is known where its language is spoken
_HOMES = 1  # countries of a language of which most news is local
_MOST = 120  # towns of one country that do
_PROVINCE = 500_000  # inhabitants that a province is taken to have
_OFFICIAL = 2  # names of a town that people at home call it by: Gasteiz, Vitoria
_SHARE = 0.2  # of the inhabitants of a town: a namesake at home with as many is meant
_NONE: tuple[frozenset[str], tuple[str, ...]] = (frozenset(), ())
_NOWHERE: frozenset[str] = frozenset()
_NOT_LETTERS = re.compile(r"\W+")


def codes() -> frozenset[str]:
    """Every code of the table."""
    return frozenset(tables.rows(languages()[0]))


def name_of(code: str, language: str = "nl") -> str:
    """The first name of a country in a language that has a file."""
    return words(unmarked(tables.column(code, language, "names")[0])[1])[0]


def code_of(name: str) -> str | None:
    """The country that has this name in any language; None if there is none."""
    return _codes_by_name().get(fold(name.strip()))


def nearest_code(name: str) -> str | None:
    """The country that a misspelt name or code most likely means; None if none is near.

    The name of a region is no misspelling: Zeeland is near to England.
    """
    wanted, known = fold(name.strip()), _codes_by_name()
    if wanted in _regions_by_name():
        return None
    if len(wanted) > 1 and (starts := [text for text in known if text.startswith(wanted)]):
        return known[starts[0]]
    long = [name for name in known if len(name) > _SHORT]
    near = get_close_matches(wanted, long, n=1, cutoff=_NEAR)
    return known[near[0]] if near else None


@cache
def place_names() -> frozenset[str]:
    """What countries, their seats and their places are called in any language, folded: as the
    tables have it, without cases and without the towns of GeoNames, which cost seconds."""
    return frozenset(
        fold(word)
        for language in languages()
        for code in codes()
        for column in _DECLINED
        for entry in tables.column(code, language, column)
        for word in words(unmarked(entry)[1])
    )


@cache
def phrases(code: str, language: str) -> tuple[Phrase, ...]:
    """What names a country in a language, without its leaders, and what is blanked for it."""
    written = list(_phrases(code, language, COLUMNS))
    if code in spoken(language)[:_HOMES]:
        towns = _towns(code)
        written = [p._replace(home=p.kind == "seat" or p.text in towns) for p in written]
    written = [_meant(phrase, code, language) for phrase in written]
    known = {folded(phrase.text) for phrase in written}
    more = [
        *_institutions(code, language),
        *_divisions(code, language),
        *_cities(code, language),
    ]
    written += [phrase for phrase in more if folded(phrase.text) not in known]
    return (*written, *_idioms_of(written, language))


def leaders(code: str, language: str) -> tuple[Phrase, ...]:
    """The shipped heads of state and government."""
    return tuple(
        Phrase(form, role, "leader", office=office)
        for office, role, name in _leaders().get(code, ())
        for form in grammar_of(language).forms(name)
    )


def named_leaders(names: Sequence[str], language: str) -> tuple[Phrase, ...]:
    """Leaders that the operator names; nothing is said of their terms of office."""
    forms = grammar_of(language).forms
    return tuple(Phrase(form, "name", "leader") for name in names for form in forms(name))


def exclusions(word: str, language: str) -> tuple[Phrase, ...]:
    """What is to be blanked for a term that is, folded, one of the table's words for a country."""
    held = _exclusions(language).get(word, ())
    return tuple(sorted({out for code, out in held if word in _folded(code, language)}))


def is_thing(word: str, language: str, side: Side) -> bool:
    """Whether this folded word beside one of a country is listed for that side.

    "before" and "after" make a thing of it, "language" a language, "street" (with a preposition) a
    street, "acts" is who acts for a country, "fights" who fights for it, "where" what stands before
    a scene, "between" what stands before the first of two and "and" what stands between them, "at"
    what stands before a town, "title" what stands before a surname and "called" before any name,
    "article" what stands before a noun and no town, "part" what stands after a town and a hyphen,
    "in" what never stands before a person, "of" what stands between a noun and a name, "office"
    what has that between itself and a town, "scene" between itself and a scene or who acts, "local"
    between itself and a town that is an ordinary word, "hosts" is a city whose dateline is often an
    organisation's, "joined", with a hyphen, makes another place of a name, and "word" is a name
    that is a common word too, whatever stands beside it.
    """
    known, endings = _things(language).get(side, _NONE)
    return word in known or word.endswith(endings)


def places_of(adjective: str, language: str) -> frozenset[str]:
    """The countries and regions that this folded adjective describes in a language."""
    return _described(language).get(adjective, frozenset())


def countries_of(word: str, language: str) -> Set[str]:
    """The countries of which this folded word is a clear one in a language: their names, seats,
    adjectives and inhabitants, but not their places, parties and teams."""
    return _named_by(language).get(word, _NOWHERE)


def namesakes(name: str) -> frozenset[str]:
    """The countries that have a city with this folded name."""
    return _cities_by_name().get(name, _NOWHERE)


@cache
def _cities_by_name() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in codes():
        for _, names in tables.cities(code, _CITY, _MOST):
            found[folded(names[0].text)].add(code)
    return {name: frozenset(held) for name, held in found.items()}


def is_spoken(language: str, code: str) -> bool:
    """Whether a language is one of those of a country."""
    return code in spoken(language)


@cache
def is_adjective(word: str) -> bool:
    """Whether this is, folded, an adjective of some country."""
    return any(word in _adjectives(language) for language in languages())


def is_given(word: str, language: str, *, surely: bool) -> bool:
    """Whether this folded word is a given name; not `surely` a name, it may be no other word."""
    return word in tables.given_names() and (surely or word not in tables.ordinary(language))


@cache
def writes_small(language: str) -> bool:
    """Whether adjectives of countries have no capital, so that one with a capital is a surname."""
    return language in languages() and any(
        cells[0] == "@small" for cells in tables.lines(f"{language}.tsv")
    )


def is_apart(language: str) -> bool:
    """Whether a language has spaces between words; so it is of one without a file."""
    return language not in languages() or grammar_of(language).apart


# --- regions ----------------------------------------------------------------------------------


def regions(country: str) -> Mapping[str, str]:
    """The names of the regions of a country by their codes of ISO 3166-2."""
    named = takewhile(lambda place: place.inhabitants is None, tables.places(country))
    return MappingProxyType({place.region: unmarked(place.names[0])[1] for place in named})


def region_name(code: str) -> str | None:
    """The name of a region such as NL-ZE; None if there is no such region."""
    return regions(code.partition("-")[0]).get(code)


def region_called(name: str) -> str | None:
    """The region that has this name in any language; None if there is none."""
    return _regions_by_name().get(fold(name.strip()))


def nearest_region(text: str) -> str | None:
    """The region that a misspelt code, a name or a town of it most likely means; None if none."""
    country, _, rest = text.upper().partition("-")
    if rest and tables.has_places(country):
        near = get_close_matches(text.upper(), regions(country), n=1, cutoff=0.6)
        return near[0] if near else None
    if found := region_called(text) or _region_of_town(text):
        return found
    near = get_close_matches(fold(text), _regions_by_name(), n=1, cutoff=_NEAR)
    return _regions_by_name()[near[0]] if near else None


@cache
def _regions_by_name() -> Mapping[str, str]:
    """Every name of every region, folded; the earlier country wins, and a region its parts."""
    found: dict[str, str] = {}
    for code in sorted(codes()):
        for place in takewhile(lambda place: place.inhabitants is None, tables.places(code)):
            for entry in place.names:
                if entry[0] != "-":
                    found.setdefault(fold(unmarked(entry)[1]), place.region)
    for (region, _), rows in tables.regions_by_hand().items():
        for name in (entry for kind, entries in rows if kind == "name" for entry in entries):
            found.setdefault(fold(unmarked(name)[1]), region)
    return found


def _region_of_town(name: str) -> str | None:
    """The smallest region of the town that is most meant by this name: the biggest of the clear."""
    wanted = fold(name.strip())
    found = [
        (not marks, place.inhabitants, place.region.rpartition(" ")[2])
        for code in codes()
        for place in tables.places(code)
        for marks, each in (map(unmarked, place.names) if place.inhabitants else ())
        if folded(each) == wanted
    ]
    return max(found)[2] if found else None


def has_words(region: str, language: str) -> bool:
    """Whether a region has any name in the script of a language, or a town has."""
    own = _own_script(language)
    return any(
        phrase.role != "not" and script_of(phrase.text) == own
        for phrase in region_phrases(region, language)
    )


@cache
def _own_script(language: str) -> str:
    """The script in which a language writes most names of countries."""
    names = (tables.column(code, language, "names") for code in tables.rows(language))
    scripts = Counter(script_of(unmarked(entries[0])[1]) for entries in names if entries)
    return max(scripts, key=scripts.__getitem__)


@cache
def region_phrases(region: str, language: str) -> tuple[Phrase, ...]:
    """What names a region in a language: itself, what is said of it, its towns."""
    found = [*_called(region, language), *_within(region, language)]
    found += _idioms_of(found, language)
    # Marano di Napoli is blanked for Naples, but is a town of the region itself.
    found.sort(key=lambda phrase: phrase.role == "not")
    return tuple({folded(phrase.text): phrase for phrase in reversed(found)}.values())


def _called(region: str, language: str) -> Iterator[Phrase]:
    """What people call a region, by hand."""
    by_hand = tables.regions_by_hand()
    for key in ((region, language), (region, "")):
        for kind, entries in by_hand.get(key, ()):
            for entry in entries:
                yield from _region_entry(entry, kind, language)


def _within(region: str, language: str) -> Iterator[Phrase]:
    """The names of a region and its parts, and its towns, without what others are known for."""
    country = region.partition("-")[0]
    claimed = _claimed(country)
    for place in _places_of(country).get(region, ()):
        holders = place.region.split(" ")
        if place.inhabitants is None:
            role: Role = "name" if region in holders else "place"
            yield from _named(place.names, role, country, language)
            continue
        names = list(map(spelling, place.names))
        for phrase in _spelt(names, "place", country, language, "town"):
            if claimed.get(folded(phrase.text), _NOWHERE).issubset(holders):
                is_big = place.inhabitants >= _BIG
                yield _known_at_home(phrase, "place", language) if is_big else phrase


@cache
def _places_of(country: str) -> Mapping[str, Sequence[tables.Place]]:
    """The names of each region and of those in it, and its towns.

    A town has the regions that it is in, the biggest first.
    """
    found: defaultdict[str, list[tables.Place]] = defaultdict(list)
    around: defaultdict[str, set[str]] = defaultdict(set)  # by a region: it and those that it is in
    every = list(tables.places(country))
    for holders in {place.region for place in every}:
        codes = holders.split(" ")
        for number, code in enumerate(codes, 1):
            around[code].update(codes[:number])
    for place in every:
        for region in sorted(set().union(*(around[code] for code in place.region.split(" ")))):
            found[region].append(place)
    return found


def _named(names: Sequence[str], role: Role, country: str, language: str) -> Iterator[Phrase]:
    """The names of a region."""
    for each in names:  # all have cases: there is one region for a hundred towns
        for phrase in _spelt([spelling(each)], role, country, language, "town"):
            yield _known_at_home(phrase, role, language)


def _known_at_home(phrase: Phrase, role: Role, language: str) -> Phrase:
    """A region or a big town; at home a dictionary says too often that it is another word, too."""
    if not phrase.home or phrase.role != "ordinary":
        return phrase
    is_word = is_thing(folded(phrase.text), language, "word") or _is_given(phrase.text)
    return phrase if is_word else phrase._replace(role=role)


@cache
def _claimed(country: str) -> Mapping[str, frozenset[str]]:
    """The regions of a country that people call so, or a town of them, by what they call it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (region, _), rows in tables.regions_by_hand().items():
        if region.startswith(f"{country}-"):
            for entry in (one for kind, held in rows if kind in ("name", "town") for one in held):
                found[fold(unmarked(entry)[1])].add(region)
    return {name: frozenset(regions) for name, regions in found.items()}


def _region_entry(entry: str, kind: str, language: str) -> Iterator[Phrase]:
    marks, text = unmarked(entry)
    for word in words(text):
        if kind == "not":
            yield Phrase(word, "not", "not")
        elif kind == "adjective":
            yield Phrase(word, "name", "adjective", word[0].isupper())
        else:
            role: Role = "name" if kind == "name" else "place"
            if _is_ordinary(word, language) or _is_given(word):
                role = "ordinary"
            role = "ordinary" if "?" in marks else role
            for form in grammar_of(language).forms(word):
                yield Phrase(form, role, "town", form[0].isupper())


# --- what the entries say ---------------------------------------------------------------------


def _phrases(code: str, language: str, columns: Sequence[str]) -> Iterator[Phrase]:
    return (
        phrase
        for column in columns
        for entry in tables.column(code, language, column)
        for phrase in _entry(entry, column, language)
    )


def _entry(entry: str, column: str, language: str) -> Iterator[Phrase]:
    """What one entry of a column is short for."""
    marks, text = unmarked(entry)
    is_noun = column in _DECLINED
    role = "ambiguous" if "?" in marks else _ROLES.get(column, "name")
    role = "ordinary" if "~" in marks else role
    forms = grammar_of(language).forms if is_noun else _hyphenated
    for word in words(text):
        # Without its capital Franca is an adjective, Praia a beach and Iran a verb.
        is_proper = is_noun and writes_small(language) and word[0].isupper()
        for form in forms(word):
            yield Phrase(form, role, _KINDS[column], is_proper or "^" in marks or "~" in marks)


def _idioms_of(written: Iterable[Phrase], language: str) -> Iterator[Phrase]:
    """The idioms of a language that one of these words is in, once each."""
    known = _idioms(language)
    found = {idiom for phrase in written for idiom in known.get(folded(phrase.text), ())}
    return (Phrase(idiom, "not", "not") for idiom in sorted(found))


@cache
def _idioms(language: str) -> Mapping[str, Sequence[str]]:
    """The idioms of a language by each of their words, folded."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for idiom in tables.idioms(language):
        for word in _NOT_LETTERS.split(folded(idiom)):
            found[word].append(idiom)
    return found


def _hyphenated(word: str) -> list[str]:
    return [word, word.replace("-", " ")] if "-" in word else [word]


def _institutions(code: str, language: str) -> Iterator[Phrase]:
    forms = grammar_of(language).forms
    held = tables.institutions()
    for entry in (*held.get((code, ""), ()), *held.get((code, language), ())):
        marks, text = unmarked(entry)
        if "+" in marks:
            yield from (Phrase(word, "place", "adjective") for word in words(text))
        else:
            yield from (_institution(form, marks, language) for form in forms(text))


def _institution(form: str, marks: str, language: str) -> Phrase:
    role: Role = "name" if "!" in marks else "place"
    if "?" in marks or (role == "place" and _is_ordinary(form, language)):
        role = "ambiguous"
    kind: Kind = "company" if "$" in marks else "institution"
    return Phrase(form, role, kind, form[0].isupper())


def _is_ordinary(name: str, language: str) -> bool:
    return not name.isupper() and folded(name) in tables.ordinary(language)


def _is_given(name: str) -> bool:
    return folded(name) in tables.given_names()


def _divisions(code: str, language: str) -> Iterator[Phrase]:
    """States, provinces and departments."""
    for entry in tables.divisions(language).get(code, ()):
        names = list(map(spelling, entry.split("/")))
        yield from _spelt(names, "place", code, language, people=_PROVINCE)


def _cities(code: str, language: str) -> Iterator[Phrase]:
    """The towns that are big enough to tell their country."""
    for people, names in tables.cities(code, _CITY, _MOST):
        others = _unclear(language).get(folded(names[0].text), _NOWHERE) - {code}
        role: Role = "ambiguous" if others else "place"
        yield from _spelt(names, role, code, language, people=people)


def _meant(phrase: Phrase, code: str, language: str) -> Phrase:
    """A place, which counts beside others only if another country is meant by its name."""
    if phrase.kind != "place" or phrase.role != "place":
        return phrase
    if not _is_elsewhere(folded(phrase.text), code, language, _PROVINCE):
        return phrase
    return phrase._replace(role="ambiguous")


def _is_elsewhere(name: str, code: str, language: str, people: int) -> bool:
    """Whether a place of a country has a name that means one of another country rather: its seat,
    or a place where the language is at home with not many fewer inhabitants than `people`."""
    if not _seats(language).get(name, _NOWHERE) <= {code}:
        return True
    return (
        code not in spoken(language)[:_HOMES] and _at_home(language).get(name, 0) >= _SHARE * people
    )


@cache
def _named_by(language: str) -> Mapping[str, Set[str]]:
    """Countries by their clear words, folded."""
    return _by_word(language, ("names", "adjectives", "people", "seat"))


@cache
def _seats(language: str) -> Mapping[str, Set[str]]:
    """The countries that have a capital called so, folded."""
    return _by_word(language, ("seat",))


def _by_word(language: str, columns: Sequence[str]) -> Mapping[str, Set[str]]:
    """Countries by the clear words of some columns, folded."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in tables.rows(language):
        for phrase in _phrases(code, language, columns):
            if phrase.role == "name":
                found[folded(phrase.text)].add(code)
    return found


@cache
def _at_home(language: str) -> Mapping[str, float]:
    """How many people live in places where a language is at home, by their names, folded.

    A region has more than any town.
    """
    found: dict[str, float] = {}
    for code in spoken(language)[:_HOMES]:
        for place in tables.towns(code, int(_SHARE * _CITY)):
            for entry in place.names[:_OFFICIAL]:
                found.setdefault(folded(unmarked(entry)[1]), place.inhabitants or 0)
        for name in regions(code).values():
            found.update((folded(each), math.inf) for each in name.split(" / "))
    return found


@cache
def _unclear(language: str) -> Mapping[str, frozenset[str]]:
    """The countries that have a place with other meanings, by its name, folded: Virginia."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in tables.rows(language):
        for entry in tables.column(code, language, "places"):
            marks, name = unmarked(entry)
            if "?" in marks:
                found[folded(name)].add(code)
    return {name: frozenset(countries) for name, countries in found.items()}


def _spelt(
    names: Sequence[Spelling],
    role: Role,
    code: str,
    language: str,
    kind: Kind = "place",
    people: int | None = None,
) -> Iterator[Phrase]:
    """The names in the scripts of a language. A namesake abroad matters only where it is abroad.

    With `people`, the inhabitants, another place that is rather meant matters as well.
    """
    scripts, at_home, others = _scripts(language), spoken(language), _other_words(language)
    forms, is_home = grammar_of(language).forms, code in at_home[:_HOMES]
    for one in names:
        marks, name, script = one
        if marks == "-":
            yield Phrase(name, "not", "not")
        elif script in scripts:
            is_clear = role != "ambiguous" and not ("~" in marks or (marks and code not in at_home))
            if people is not None and is_clear:
                is_clear = not _is_elsewhere(folded(name), code, language, people)
            # The cases of all spellings of all languages would be ten times as many words.
            for form in forms(name) if one is names[0] else (name,):
                is_word = folded(form) in others
                said = "ambiguous" if not is_clear else "ordinary" if is_word else role
                yield Phrase(
                    form, said, kind, form[0].isupper(), None, 1.0, is_home, shared=marks == "?"
                )


@cache
def _other_words(language: str) -> frozenset[str]:
    """What a town may be called and still not be meant: English is in every headline."""
    return tables.ordinary(language) | tables.ordinary("en") | tables.given_names()


@cache
def _towns(code: str) -> frozenset[str]:
    """The names of all places of a country."""
    return frozenset(unmarked(name)[1] for p in tables.places(code) for name in p.names)


@cache
def _scripts(language: str) -> frozenset[str]:
    """The scripts in which a language writes the names of countries."""
    return frozenset(
        script_of(unmarked(entry)[1])
        for code in tables.rows(language)
        for entry in tables.column(code, language, "names")
    )


@cache
def _leaders() -> dict[str, list[tuple[Office, Role, str]]]:
    found: defaultdict[str, list[tuple[Office, Role, str]]] = defaultdict(list)
    for code, since, until, names in tables.lines("leaders.tsv"):
        office = Office(date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for entry in names.split(", "):
            marks, name = unmarked(entry)
            later = office._replace(after="ambiguous" if "~" in marks else "place")
            found[code].append((later, "ambiguous" if "?" in marks else "name", name))
    return found


@cache
def _things(language: str) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Per side: the words of a language, and the endings that any word may have before."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row_language, side, cell in tables.lines("things.tsv"):
        if row_language == language:
            found[side].update(fold(word) for entry in cell.split(", ") for word in words(entry))
    return {
        side: (
            frozenset(word for word in held if word[0] != "*"),
            tuple(sorted(word[1:] for word in held if word[0] == "*")),
        )
        for side, held in found.items()
    }


@cache
def _codes_by_name() -> dict[str, str]:
    """Every name, folded; the earlier language wins."""
    found: dict[str, str] = {}
    for language in languages():
        for code in tables.rows(language):
            for entry in tables.column(code, language, "names"):
                for word in words(unmarked(entry)[1]):
                    found.setdefault(fold(word), code)
    return found


@cache
def _exclusions(language: str) -> dict[str, frozenset[tuple[str, Phrase]]]:
    """The exclusions of every country, with its code, by each of their folded words."""
    found: defaultdict[str, set[tuple[str, Phrase]]] = defaultdict(set)
    for code in tables.rows(language):
        idioms = _idioms_of(_phrases(code, language, COLUMNS[:-1]), language)
        for exclusion in (*_phrases(code, language, ("not",)), *idioms):
            for word in _NOT_LETTERS.split(fold(exclusion.text)):
                found[word].add((code, exclusion))
    return {word: frozenset(held) for word, held in found.items()}


@cache
def _described(language: str) -> dict[str, frozenset[str]]:
    """Countries and regions by their adjectives, folded."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in tables.rows(language):
        for phrase in _phrases(code, language, ("adjectives", "places")):
            if not phrase.text[-1].isupper():
                found[folded(phrase.text)].add(code)
    for region, adjective in _regional(language):
        found[fold(adjective)].add(region)
    return {word: frozenset(held) for word, held in found.items()}


def _regional(language: str) -> Iterator[tuple[str, str]]:
    """(region, adjective) of the regions that have any in a language."""
    for (region, row_language), held in tables.regions_by_hand().items():
        for kind, entries in held if row_language == language else ():
            if kind == "adjective":
                yield from ((region, word) for entry in entries for word in words(entry))


@cache
def _adjectives(language: str) -> frozenset[str]:
    return frozenset(
        folded(phrase.text)
        for code in tables.rows(language)
        for phrase in _phrases(code, language, ("adjectives",))
    )


@cache
def _folded(code: str, language: str) -> frozenset[str]:
    written = _phrases(code, language, COLUMNS[:-1])
    return frozenset(folded(phrase.text) for phrase in written)
