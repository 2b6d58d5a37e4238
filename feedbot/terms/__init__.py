"""A term: one thing to look for, as an operator writes it.

Zeeland, minister van Financiën   a word or phrase, whole words, any case, any accents
VS, D66                           all capitals: the case counts
Xi, Fed                           up to three letters: the capital counts
Zeeuws*                           any ending
country:RU, country:Rusland       the country with everything that names it
region:NL-ZE                      a region with its towns
theme:health, theme:gezondheid    what ships for a theme, by a name or an id of Media Topics
section:Sport, source:ZeelandNet  what the site files it under; where it was found
*                                 everything
-afhaalchinees                    blanked before anything is matched
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Literal, NamedTuple

from . import countries, themes

Kind = Literal["phrase", "prefix", "country", "region", "theme", "section", "source", "everything"]
_NAMED: dict[str, Kind] = {
    "country": "country",
    "region": "region",
    "theme": "theme",
    "section": "section",
    "source": "source",
}
_EXAMPLES = {
    "country": "country:RU",
    "region": "region:NL-ZE",
    "theme": "theme:health",
    "section": "section:Sport",
    "source": "source:Name",
}
# What people write for these, in the languages of the tables; a town is a region's.
_MEANT = {
    "country": "land pays país pais paese kraj nation staat",
    "region": "place plaats plek stad ort ville lugar ciudad luogo città cidade miejsce miasto "
    "city town provincie province provincia regio région região regione state bundesland",
    "theme": "medtop thema thème tema topic subject onderwerp",
    "section": "sectie rubriek rubrik rubrique sección sezione secção dział category categorie",
    "source": "bron quelle fuente fonte źródło site",
}
_KINDS = {word: kind for kind, words in _MEANT.items() for word in words.split()}
_QUALIFIED = re.compile(r"(\w+)\s*:\s*(.*)")


class Term(NamedTuple):
    """`text` is without its sign and its `*`; a country is its ISO code, "" for everything."""

    kind: Kind
    text: str
    negative: bool = False

    def __str__(self) -> str:
        sign = "-" if self.negative else ""
        match self.kind:
            case "phrase":
                return sign + self.text
            case "prefix":
                return f"{sign}{self.text}*"
            case "everything":
                return f"{sign}*"
        return f"{sign}{self.kind}:{self.text}"


class TermError(ValueError):
    """A term that cannot be meant. `help` is the nearest right spelling, "" where none is near."""

    def __init__(self, problem: str, help: str = "") -> None:  # noqa: A002
        self.problem = problem
        self.help = help
        super().__init__(f"{problem}; did you mean {help}?" if help else problem)


def parse_term(text: str) -> Term:
    """The term that `text` spells. Raises TermError."""
    written = " ".join(text.split())
    negative = written.startswith("-")
    body = written[1:].lstrip() if negative else written
    if ":" in body and (named := _QUALIFIED.fullmatch(body)):
        return _qualified(named[1], named[2], negative, body)
    if "*" in body:
        return _starred(body, negative)
    if body.isalnum():
        return Term("phrase", body, negative)
    if body.startswith("-"):
        raise TermError(f"{written!r} has more than one minus", f"-{body.lstrip('- ')}")
    if not any(sign.isalnum() for sign in body):
        raise TermError(f"{written!r} has no letter or digit: it matches nothing")
    return Term("phrase", body, negative)


def _starred(body: str, negative: bool) -> Term:
    """A term with a `*`: everything, or a word with any ending."""
    sign = "-" if negative else ""
    if body == "*":
        if negative:
            raise TermError("'-*' would blank everything")
        return Term("everything", "")
    stem = body.replace("*", "").strip()
    if body != f"{stem}*" or not stem[-1:].isalnum():
        right = f"{sign}{stem}*" if stem[-1:].isalnum() else ""
        raise TermError(f"{sign + body!r}: a `*` stands only at the end of a word", right)
    return Term("prefix", stem, negative)


def _qualified(kind: str, value: str, negative: bool, body: str) -> Term:
    """A term with a kind before its value; a phrase that only looks like one is a phrase."""
    sign = "-" if negative else ""
    known = _NAMED.get(kind.lower())
    if known is None:
        near = _KINDS.get(kind.lower()) or _near(kind)
        if near is None or (kind.lower() in _KINDS and f"{kind}:{value}" != body):
            return Term("phrase", body, negative)  # "Plaats: Goes" may be in a text
        raise TermError(f"{kind!r} is no kind of term", _meant(near, value, sign))
    if not value:
        raise TermError(f"'{sign}{body}' names no {known}", sign + _EXAMPLES[known])
    if known == "country":
        return Term(known, _country(value, sign), negative)
    if known == "region":
        return Term(known, _region(value, sign), negative)
    if known == "theme":
        return Term(known, _theme(value), negative)
    return Term(known, value, negative)


def _near(kind: str) -> Kind | None:
    """The kind that a misspelt one most likely means."""
    near = get_close_matches(kind.lower(), _NAMED, n=1, cutoff=0.75)
    return _NAMED[near[0]] if near else None


def _meant(kind: str, value: str, sign: str) -> str:
    """A term of a kind as it should be written, as far as its value tells."""
    try:
        return str(_qualified(kind, value, bool(sign), ""))
    except TermError as error:
        return error.help or f"{sign}{kind}:{value}"


def _country(value: str, sign: str) -> str:
    if value.upper() in countries.codes():
        return value.upper()
    code = countries.code_of(value)
    if code is None:
        advice = "a name, or a code of ISO 3166 such as RU"
        if region := countries.region_called(value):
            advice = f"{sign}region:{region}"
        elif near := countries.nearest_code(value):
            advice = f"{sign}country:{near}"
        raise TermError(f"{value!r} is no country", advice)
    return code


def _region(value: str, sign: str) -> str:
    code = value.upper()
    if countries.region_name(code):
        return code
    near = countries.nearest_region(value)
    advice = f"{sign}region:{near}" if near else "a code of ISO 3166-2 such as NL-ZE"
    raise TermError(f"{value!r} is no region", advice)


def _theme(value: str) -> str:
    if name := themes.code_of(value.lower()):
        return name
    known = ", ".join(f"theme:{one}" for one in sorted(themes.names()))
    raise TermError(f"{value!r} is no theme", f"one of {known}")
