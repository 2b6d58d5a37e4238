"""Writes feedbot/terms/countries/divisions: states, provinces and departments as languages call them.

python -m tests.divisions SUBDIVISIONS DICTIONARIES

SUBDIVISIONS is common/subdivisions of Unicode CLDR (Debian: unicode-cldr-core), DICTIONARIES a folder of
Hunspell dictionaries, `nl.dic`, `en.dic` …: what is an ordinary word too is left out.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from feedbot.languages.fold import fold
from feedbot.terms import countries
from feedbot.terms.countries import tables

FOLDER = Path(countries.__file__).parent / "divisions"
LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "pl")
HEADER = (
    "# Divisions of Unicode CLDR (Unicode-3.0), by tests/divisions.py: country, names."
    " `?`: one abroad is called so too."
)
# Countries whose divisions are in the news by name.
WANTED = frozenset(
    """
    US CA MX BR AR CL CO PE VE EC BO CU HT GT HN DE AT CH FR IT ES PT BE NL DK SE NO FI PL CZ SK HU RO
    BG GR HR RS UA RU BY GE TR CN IN PK BD LK NP AF IR IQ SY SA YE OM AE JP KR KP ID MY PH TH VN MM KH
    AU NZ EG DZ MA TN LY SD SS ET SO KE TZ CD CM NG GH CI SN ML BF NE TD MZ ZM ZW AO ZA MG
    """.split()
)
# Ordinary words of which dictionaries know other forms, wares, singers, and what lies in two countries.
SKIPPED = frozenset(
    """
    eure cher aube calvados champagne gard orne manche nord centre central union independencia libertador
    sucre amazonas colon kurdistan koerdistan kurdystan kurdistao occidental oriental metropolitana capital
    lara florida atlantico atlantique litoral andes sucumbios imperial national federal special
    """.split()
)
LEAST = 4  # letters
# Words for a division, and what joins them to its name.
KIND = (
    r"(?:the )?(?:provinc\w*|provínc\w*|provinz|prowincj\w*|r[ée]gi\w*|departement\w*|départements?"
    r"|departament\w*|dipartimento|distrikt|distri[ct]\w*|distretto|dystrykt|staat|bundesstaat|states?"
    r"|estado|stato|état|stan|kanton|canton\w*|cantão|cantón|count(?:y|ies)|comté|contea|condado"
    r"|grafschaft|hrabstwo|pr[eéä]fe[ck]t\w*|pre?fettura|prefeitura|gouvern\w*|governo\w*|governator\w*"
    r"|gobern\w*|gubern\w*|muhafa\w*|wila\w*|vilay\w*|[oó]blast'?|obwód|kra[ji]|kraï|republi\w*"
    r"|république|repubblica|repúblic\w*|woiwod\w*|voivod\w*|voïvodie|województwo|emirat\w*|emiraat"
    r"|autonom\w*(?: gemeinschaft)?|comunidad|comunità|communauté|comunidade|wspólnota|basków"
    r"|bezirk|bundesland|land|okręg|ostan|ost[aā]n|rejon|raj?on|territor\w*|territoire|território|terytorium)"
)
JOINT = r"(?: (?:de|del|de la|du|des|di|della|da|do|of|von|van|in)\b| d[e']?'?)?"
LEADING = re.compile(rf"{KIND}{JOINT} ?(?=\S)", re.IGNORECASE)
TRAILING = re.compile(rf"[ -]{KIND}$", re.IGNORECASE)
ANY_KIND = re.compile(rf"\b{KIND}\b", re.IGNORECASE)
NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+(?: (?:de|del|da|do|di|la|e|y|i|en|and|et|und)?(?: ?[A-ZÀ-Ž][\w'’-]+))*"
)
OBLAST = re.compile(r"Obwód (\w+[sc]k|\w+dzk)i")


def main(subdivisions: Path, dictionaries: Path) -> None:
    """Writes a file per language."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.tsv"):
        old.unlink()  # or its names would be known already
    for language in LANGUAGES:
        named = divisions(subdivisions / f"{language}.xml", language)
        common = words_of(dictionaries / f"{language}.dic")
        rows = [
            f"{code}\t{', '.join(names)}"
            for code in sorted(named)
            if (names := list(marked(code, named, language, common)))
        ]
        text = "\n".join([HEADER, *rows]) + "\n"
        (FOLDER / f"{language}.tsv").write_text(text, encoding="utf-8")


def divisions(path: Path, language: str) -> dict[str, list[str]]:
    """The names of the divisions by country."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for element in ET.parse(path).iter("subdivision"):
        code = element.get("type", "")[:2].upper()
        if code in WANTED and code not in tables.spoken(language)[:1]:
            for name in names_of(element.text or ""):
                found[code][name] = None
    return {code: list(names) for code, names in found.items()}


def names_of(text: str) -> Iterator[str]:
    """The name without the word for a division; nothing where there is no other."""
    text = re.sub(r" ?\(.*\)|[²³]", "", text.replace("’", "'")).strip()
    if oblast := OBLAST.fullmatch(text):
        stem = oblast[1]
        yield f"obwód {stem}i/obwodu {stem}iego/obwodzie {stem}im"
        return
    bare = TRAILING.sub("", LEADING.sub("", text, count=1) if LEADING.match(text) else text)
    if (
        fold(bare) not in SKIPPED
        and len(bare) >= LEAST
        and NAME.fullmatch(bare)
        and not ANY_KIND.search(bare)
    ):
        yield bare


def words_of(path: Path) -> frozenset[str]:
    """The ordinary words of a dictionary, folded."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    words = (re.split(r"[/\t ]", line)[0] for line in lines)
    return frozenset(fold(word) for word in words if word.islower())


def marked(
    code: str, named: dict[str, list[str]], language: str, common: frozenset[str]
) -> Iterator[str]:
    """The names of a country that it does not have yet, with `?` where one abroad has it."""
    own = {fold(phrase.text) for phrase in countries.phrases(code, language)}
    abroad = {fold(name) for other, names in named.items() if other != code for name in names}
    for name in sorted(named[code]):
        key = fold(name)
        if key not in own and key not in common:
            is_elsewhere = key in abroad or claims(language).get(key, {code}) - {code}
            yield f"?{name}" if is_elsewhere else name


def claims(language: str) -> dict[str, set[str]]:
    """The countries that have a word, by that word, folded: in the tables or as a town."""
    if language not in _CLAIMS:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for code in countries.codes():
            for phrase in countries.phrases(code, language):
                found[fold(phrase.text)].add(code)
            for place in tables.places(code):
                if (place.inhabitants or 0) >= TOWN:
                    for name in place.names:
                        found[fold(name.lstrip("?~-"))].add(code)
        _CLAIMS[language] = found
    return _CLAIMS[language]


TOWN = 30_000  # inhabitants of a town that may be meant
_CLAIMS: dict[str, dict[str, set[str]]] = {}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
