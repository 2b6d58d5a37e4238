"""Which language a text is in, by its script and its commonest words, which tell nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache

from .fold import fold
from .tables import has_table, listed, tables

# The signs of folded text in each script but the Latin one.
_SCRIPTS = {
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0600-\u06ff",
    "devanagari": "\u0900-\u097f",
    "kana": "\u3040-\u30ff",
    "hangul": "\u1100-\u11ff\uac00-\ud7af",
    "han": "\u4e00-\u9fff",
    "greek": "\u0370-\u03ff",
    "hebrew": "\u0590-\u05ff",
    "thai": "\u0e00-\u0e7f",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0530-\u058f",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "myanmar": "\u1000-\u109f",
    "khmer": "\u1780-\u17ff",
    "lao": "\u0e80-\u0eff",
    "ethiopic": "\u1200-\u137f",
}
OWN = 0.05  # share of the signs of a text in the first script of a language that has two
SCRIPT = 0.4  # share of the signs of a text above which its script tells its language
# What a sign of these scripts says, in letters of others: names and code amid them are long.
_WORTH = {"han": 3, "kana": 3, "hangul": 2}
DECLARED = 0.2  # share of the signs, so counted, that confirms the declared language by its script
LEAST = 1.5  # points that name a language: two words that few others have
CHANCE = 0.7  # points that another language than the declared one must be ahead
CLEAR = 1.5  # the same, where the declared one is known from more text of the same kind
AROUND = ".,:;!?\"'()[]-…/"  # what stands at the ends of words


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    """What finds the signs of each script."""
    return {name: re.compile(f"[{signs}]") for name, signs in _SCRIPTS.items()}


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """The commonest words of each language, folded, by its code."""
    return {
        code: frozenset(map(fold, listed(table["common"])))
        for code, table in tables().items()
        if "common" in table
    }


@cache
def everywhere() -> frozenset[str]:
    """The commonest words of all languages."""
    return frozenset[str]().union(*function_words().values())


@cache
def _languages_of() -> Counter[str]:
    return Counter(word for words in function_words().values() for word in words)


@cache
def _codes() -> Mapping[str, str]:
    """The code that a language has here, by the others that it has."""
    return {
        other: code for code, table in tables().items() for other in listed(table.get("codes", ""))
    }


def known_code(tag: str) -> str:
    """The code that feedbot has for the language of a tag, such as "no" for "nb-NO"."""
    primary = tag.lower().replace("_", "-").partition("-")[0]
    return primary if has_table(primary) else _codes().get(primary, primary)


@cache
def _scripts() -> Mapping[str, Sequence[str]]:
    """The scripts of each language."""
    return {code: listed(table.get("scripts", "latin")) for code, table in tables().items()}


@cache
def _written_in(script: str) -> frozenset[str]:
    """The languages that are written in a script and in no other."""
    return frozenset(code for code, scripts in _scripts().items() if [*scripts] == [script])


def language_of(words: set[str], declared: str, chance: float = CHANCE) -> str:
    """The language of a text by its folded words; `declared` where they do not say otherwise.

    Sites declare a language for their template and not for each text, often a wrong one. A word
    counts the less the more languages have it. "" where neither the words nor the declaration
    name a language that feedbot knows.
    """
    declared = declared.lower().replace("_", "-").split("-")[0]
    only, score = _told(frozenset(words))
    if not only and declared not in score and _is_confirmed("".join(words), declared):
        return declared
    return only or _best(score, declared, chance)


def _is_confirmed(signs: str, declared: str) -> bool:
    """Whether a text has signs of the script of its declared language, which is no Latin one."""
    scripts = (one for one in _scripts().get(declared, ()) if one in _SCRIPTS)
    return sum(_worth(signs, one) for one in scripts) > DECLARED * len(signs)


def _worth(signs: str, script: str) -> int:
    """What the signs of a script say in a text, in letters."""
    return len(_signs()[script].findall(signs)) * _WORTH.get(script, 1)


@lru_cache(maxsize=1)  # asked with what is declared, and without
def _told(words: frozenset[str]) -> tuple[str, Mapping[str, float]]:
    """The only language that the script of these words leaves, or "" and the points of each."""
    possible = _possible("".join(words))
    if len(possible) == 1:
        return next(iter(possible)), {}
    bare = {word.strip(AROUND) for word in words}
    known = function_words()
    return "", {name: _points(bare & known[name]) for name in sorted(possible) if name in known}


def _best(score: Mapping[str, float], declared: str, chance: float) -> str:
    """The language with most points, unless the declared one is within chance of it.

    Neighbours share words: nl and de, or en and fr.
    """
    if not score:
        return declared
    said = _codes().get(declared, declared)
    best = max(score, key=lambda name: (score[name], name == said))
    if said in score:
        is_better = score[best] >= max(LEAST, score[said] + chance)
    else:
        is_better = score[best] > 0
    return best if is_better else declared


def _points(words: Collection[str]) -> float:
    return sum(1 / _languages_of()[word] for word in words)


def _possible(signs: str) -> frozenset[str]:
    """The languages that are written in the script of a text; the only one where it tells it."""
    if signs.isascii():
        return _written_in("latin")
    others = "".join(sign for sign in signs if not sign.isascii())
    said = {name: _worth(others, name) for name in _SCRIPTS}
    more = sum(said[name] * (worth - 1) / worth for name, worth in _WORTH.items())
    shares = {name: letters / (len(signs) + more) for name, letters in said.items()}
    for code, scripts in _scripts().items():
        has_both = len(scripts) > 1 and shares[scripts[0]] > OWN
        if has_both and sum(shares[one] for one in scripts) > SCRIPT:
            return frozenset((code,))
    best = max(shares, key=lambda name: shares[name])
    return (_written_in(best) if shares[best] > SCRIPT else None) or _written_in("latin")
