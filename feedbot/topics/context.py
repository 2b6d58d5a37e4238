"""What stands beside a match, and what that makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from ..terms.countries import (
    Kind,
    Side,
    countries_of,
    is_given,
    is_spoken,
    is_thing,
    namesakes,
    places_of,
)
from .text import BREAK, MARK, Text

_ELIDED = 5  # letters of an article that has lost its vowel: l'Allemagne, dell'Iran
_HINT = re.compile("v[ao]n")
_ADDRESS = 80  # signs of one that are looked at on either side of a word
# What no word has in it and tags, web and mail addresses have: #x, a@b, //x, example.nl.
_LINKED = re.compile(rf"[#@]|//|\.{MARK}[^\W\d_]")
_LONGEST = 40  # letters of a word before a match
_NEAR = 3  # words before a match that are looked at: gouvernement de la
# "Els van der", "burgemeester Van": what a surname begins with.
_PARTICLES = re.compile(
    rf"(?:{MARK}(\w+){MARK} )?{MARK}([Vv]an|[Vv]on){MARK} "
    rf"(?:{MARK}(?:de|der|den|la|het|'t){MARK} )?$"
)
_WORD = re.compile(rf"{MARK}(\w+){MARK}")
_CLAUSE = re.compile(r"[.!?:;\n]")
_FAR, _APART = 80, 7  # letters and words from "between" to the second name
# What tells that a name is somebody's: Axel (9), Paris, 6, Georgia, a 40-year-old tortoise.
_AGED = re.compile(
    rf"(?: \(|, ){MARK}\d{{1,3}}{MARK}[,)]|, (?:{MARK}an?{MARK} )?{MARK}\d{{1,3}}{MARK}-"
)
# Languages in which a capital begins a name only.
_SMALL_NOUNS = frozenset(("nl", "fr", "es", "it", "pt", "pl"))
_NAMES_ONLY = _SMALL_NOUNS | {"en"}  # headlines apart
# Languages in which one makes a longer name of a place, and what stands between.
_WITH_OF = frozenset(("es", "fr", "it", "pt"))
_OF = frozenset("da das de dei del della des di do dos du".split())
_JOINED = re.compile(rf"-{MARK}(\w+){MARK}")
_KATAKANA = re.compile("[\u30a1-\u30ff]{2}")
MOST_WORDS = 4  # of the name of a country
_ENDS = frozenset(".!?:…\n")  # of a sentence

Bounds = tuple[int, int]


Word = tuple[int, str]  # where it begins, with the mark before it, and its letters

# Expressions would take ten times as long to find these.


def _word_before(signs: str, start: int) -> Word | None:
    """The word that ends before a match and a space."""
    if signs[start - 2 : start] != f"{MARK} ":
        return None
    first = signs.rfind(MARK, max(0, start - _LONGEST), start - 2)
    word = signs[first + 1 : start - 2]
    return (first, word) if first >= 0 and word else None


def _words_before(signs: str, start: int) -> list[Word]:
    """Up to three words before a match, the nearest last; an article joined to it is one."""
    found: list[Word] = []
    limit = start - _LONGEST
    if signs[start - 2 : start] == f"{MARK}'":
        article = signs.rfind(MARK, max(0, start - 3 - _ELIDED), start - 2)
        if article >= 0:
            found.append((article, signs[article + 1 : start - 2]))
    while len(found) < _NEAR and (word := _word_before(signs, found[0][0] if found else start)):
        if word[0] < limit:
            break
        found.insert(0, word)
    return found


def _without_article(text: Text, words: list[Word]) -> list[Word]:
    """Words before a match without an article that is joined to it."""
    is_article = words and text.folded[_end_of(words[-1]) + 1] == "'"
    return words[:-1] if is_article else words


def _says(words: Sequence[Word], language: str, side: Side) -> bool:
    """Whether the last word, or the last two, are listed for a side."""
    return bool(words) and (
        is_thing(words[-1][1], language, side)
        or is_thing(" ".join([word for _, word in words[-2:]]), language, side)
    )


def _is_of(words: Sequence[Word], language: str, side: Side) -> bool:
    """Whether a noun that is listed for a side has "of" between itself and a name."""
    texts = [word for _, word in words]
    return any(
        is_thing(" ".join(texts[at + 1 :]), language, "of") and is_thing(texts[at], language, side)
        for at in range(len(texts) - 1)
    )


def _word_after(signs: str, end: int) -> Word | None:
    """The word after a match and a space or a hyphen."""
    if signs[end + 1 : end + 2] != MARK or signs[end] not in " -":
        return None
    return end + 1, signs[end + 2 : signs.index(MARK, end + 2)]


def _is_capital_after(text: Text, end: int) -> bool:
    """Whether the word after a match and a space has a capital; a number has none."""
    return text.plain.startswith(f" {MARK}", end) and text.plain[end + 2 : end + 3].isupper()


def _end_of(word: Word) -> int:
    """Where the letters of a word end."""
    return word[0] + 1 + len(word[1])


def _begins_sentence(signs: str, start: int) -> bool:
    """Whether nothing stands before this, or the end of a sentence, or a quotation mark."""
    before = signs[max(0, start - 4) : start]
    return not before or before[-1] in "'\"" or before.rstrip("'\" ")[-1:] in _ENDS


def thing(text: Text, start: int, end: int, *, kind: Kind, describes: bool) -> Bounds | None:
    """The bounds of a thing that a match is part of: Turkse pizza, café Moskou, rue de Moscou."""
    last = _end_of_thing(text, start, end) if describes else _end_of_street(text, end)
    first = _start_of_thing(text, start, kind)
    return (first, last) if (first, last) != (start, end) else None


def _start_of_thing(text: Text, start: int, kind: Kind) -> int:
    """Where the thing begins that a name is given to; `start` where there is none."""
    before = _word_before(text.folded, start)
    if before is None:
        return _start_of_joined(text, start)
    if is_thing(before[1], text.language, "before"):
        return before[0]
    if kind == "adjective" and is_thing(before[1], text.language, "language"):
        return before[0]
    further = _word_before(text.folded, before[0])
    if further and _is_named_after(further[1], before[1], text.language):
        return further[0]
    return start


def _is_named_after(word: str, particle: str, language: str) -> bool:
    """Whether these two before a name make it that of a street or so: rue de, café De."""
    if is_thing(f"{word} {particle}", language, "street"):
        return True
    is_article = is_thing(particle, language, "article")
    return is_article and is_thing(word, language, "before")


def _start_of_joined(text: Text, start: int) -> int:
    """Where a name begins that is joined to a word: Neu-Amerika, avenue d'Italie.

    `start` where there is none.
    """
    sign = text.folded[start - 2 : start].removeprefix(MARK)
    first = text.folded.rfind(MARK, max(0, start - _LONGEST), start - 2)
    if sign not in ("-", "'") or first < 0:
        return start
    word = text.folded[first + 1 : start - 2]
    if sign == "-":
        return first if is_thing(word, text.language, "joined") else start
    before = _word_before(text.folded, first)
    return before[0] if before and _is_named_after(before[1], word, text.language) else start


def _end_of_thing(text: Text, start: int, end: int) -> int:
    """Where the thing ends that an adjective describes; `end` where it describes none."""
    after = _word_after(text.folded, end)
    if not after:
        return end
    if is_thing(after[1], text.language, "after") or _is_quoted(text, start, _end_of(after) + 1):
        return _end_of(after)
    if text.folded[end] == "-":  # Chinees-Indisch restaurant
        further = _word_after(text.folded, _end_of(after) + 1)
        if further and is_thing(further[1], text.language, "after"):
            return _end_of(further)
    return end


def _end_of_street(text: Text, end: int) -> int:
    """Where a street ends that English names by a bare name: Cyprus Avenue, and Brazil nuts."""
    after = _word_after(text.folded, end)
    return _end_of(after) if after and is_thing(after[1], text.language, "street") else end


def _is_quoted(text: Text, start: int, end: int) -> bool:
    """Whether the article has these words in quotes: the 'Nigerian prince' is not from Nigeria."""
    phrase = text.folded[start:end]
    return f"'{phrase}'" in text.folded or f'"{phrase}"' in text.folded


def titled(text: Text, start: int, end: int) -> Bounds | None:
    """The bounds of a title that a match is within: the novel 'Winter in Moscow'."""
    for first, last in text.titles:
        if first <= start and end <= last:
            return first, last
    return None


def person(text: Text, start: int, end: int, kind: Kind) -> Bounds | None:
    """The bounds of the name of a person who is called like a country: Frank Polen."""
    if not text.plain[start + 1 : start + 2].isupper():
        return None
    if _is_before_surname(text, start, end) or _is_owner(text, end, kind):
        return start, end
    before = _word_before(text.plain, start)
    if not before:
        return None
    word = before[1].lower()
    if is_thing(word, text.language, "title") or _is_called(text, before):
        return before[0], end
    if not before[1][0].isupper():
        return None
    surely = is_capital_inside(text, before[0])
    if is_given(word, text.language, surely=surely) or _is_second_surname(text, before, kind):
        return before[0], end
    return None


def _is_second_surname(text: Text, before: Word, kind: Kind) -> bool:
    """Whether a place after a name with a capital is another of it: Daphne Caruana Galizia."""
    if kind not in ("place", "town") or text.language not in _SMALL_NOUNS:
        return False
    first = _word_before(text.plain, before[0])
    return (
        first is not None
        and first[1][0].isupper()
        and is_given(first[1].lower(), text.language, surely=True)
    )


def _is_before_surname(text: Text, start: int, end: int) -> bool:
    """Whether a match is the given name of somebody: Sofia Goggia, not Sofia Airport; Axel (9)."""
    surname = _is_capital_after(text, end) and is_capital_inside(text, end + 1)
    if not surname and not _AGED.match(text.plain, end):
        return False
    name = text.folded[start:end].strip(MARK)
    return is_given(name, text.language, surely=True)


def _is_owner(text: Text, end: int, kind: Kind) -> bool:
    """Whether an adjective owns something, as only somebody called so can: French's third title."""
    can_own = kind == "adjective" and text.language == "en"
    return can_own and text.folded.startswith(f"'{MARK}s{MARK}", end)


def _is_called(text: Text, before: Word) -> bool:
    """Whether somebody or something is called so: a spaniel named Zeeland, not a town named so."""
    if not is_thing(before[1].lower(), text.language, "called"):
        return False
    what = _word_before(text.folded, before[0])
    return what is None or not is_thing(what[1], text.language, "at")


def family_name(text: Text, start: int, end: int, kind: Kind) -> Bounds | None:
    """The bounds of a name such as Els van der Veere, or Van Goes after a title."""
    if text.folded[start - 2 : start] != f"{MARK} " or not _HINT.search(
        text.folded, max(0, start - 14), start
    ):
        return None
    before = _PARTICLES.search(text.plain, max(0, start - _LONGEST), start)
    if not before:
        return None
    given = before[1] and _is_first_name(text, before[1], before.start(1) - 1, kind)
    capital = before[2][0].isupper() and is_capital_inside(text, before.start(2) - 1)
    return (before.start(2) - 1, end) if given or capital else None


def _is_first_name(text: Text, word: str, start: int, kind: Kind) -> bool:
    """Whether what stands before "van Goes" is a name, known or with a capital in a sentence.

    A capital tells nothing where every noun has one, and nobody is called after a country.
    """
    if is_given(word.lower(), text.language, surely=True):
        return True
    if text.language not in _NAMES_ONLY or kind == "name":
        return False
    is_office = is_thing(word.lower(), text.language, "office")
    return is_capital_inside(text, start) and not is_office


def is_capital_inside(text: Text, start: int) -> bool:
    """Whether a match has a capital that no beginning of a sentence gives it."""
    if not text.plain[start : start + 2].strip(MARK)[:1].isupper():
        return False
    if text.title_case and text.where(start) == "title":
        return False
    return not _begins_sentence(text.plain, start)


def is_place(text: Text, start: int, end: int) -> bool:
    """Whether an ordinary word that is a place too is meant as the place: in Goes, GOES -."""
    if text.where(start) == "dateline":
        return True
    if _is_capital_after(text, end):
        return False  # Axel Witsel
    words = _words_before(text.folded, start)
    name = text.folded[start:end].replace(MARK, "")
    side: Side = "in" if is_given(name, text.language, surely=True) else "at"
    return _says(words, text.language, side) or _is_of(words, text.language, "local")


def is_scene(text: Text, start: int, end: int) -> bool:
    """Whether a country that people are called after is meant: floods in Jordan, northern Chad."""
    if text.where(start) == "dateline":
        return True
    if _is_capital_after(text, end) or text.folded.startswith(f"'{MARK}s{MARK}", end):
        return False  # in Jordan Green's kitchen, in Jordan's kitchen
    return _is_at_scene(_words_before(text.folded, start), text)


def _is_at_scene(words: list[Word], text: Text) -> bool:
    """Whether these words before a name make it the scene of something, or who acts there."""
    return _says(_without_article(text, words), text.language, "where") or _is_of(
        words, text.language, "scene"
    )


def is_scene_anywhere(text: Text, start: int, end: int) -> bool:
    """Whether a place is meant as such anywhere in the text, here or where its name returns."""
    return _is_scene_somewhere(text, text.folded[start:end])


@lru_cache(maxsize=64)  # asked of each place where a name stands
def _is_scene_somewhere(text: Text, name: str) -> bool:
    at = text.folded.find(name)
    while at >= 0:
        if is_place(text, at, at + len(name)):
            return True
        at = text.folded.find(name, at + len(name))
    return False


def follows_article(text: Text, start: int) -> bool:
    """Whether a word has an article before it, as a noun has and hardly a town: die Kapelle."""
    before = _word_before(text.folded, start)
    return before is not None and is_thing(before[1], text.language, "article")


def is_small_elsewhere(text: Text, start: int, end: int) -> bool:
    """Whether a word that begins a sentence is in the text without its capital too."""
    return not is_capital_inside(text, start) and _is_small_word(text.plain, text.folded[start:end])


def _is_small_word(signs: str, word: str) -> bool:
    """Whether a word is in a text so, and not only in tags and addresses: #iran, x.example/iran."""
    at = signs.find(word)
    while at >= 0:
        begin, end = max(0, at - _ADDRESS), at + len(word)
        before, after = signs[begin:at].split(" "), signs[end : end + _ADDRESS].split(" ", 1)
        beside = before[-1].rpartition("\n")[2], after[0].partition("\n")[0]
        if not _LINKED.search(word.join(beside)):
            return True
        at = signs.find(word, end)
    return False


def is_common(text: Text, start: int, end: int) -> bool:
    """Whether the name of a country may be a common word here: "Turkey is roasted, not boiled"."""
    name = text.folded[start:end].replace(MARK, "")
    return is_thing(name, text.language, "word") and is_small_elsewhere(text, start, end)


def is_before_name(text: Text, end: int) -> bool:
    """Whether a name goes on after a match, where no other word has a capital: Aalst Chocolate."""
    if text.language not in _SMALL_NOUNS or not _is_capital_after(text, end):
        return False
    word = _word_after(text.folded, end)
    return word is not None and not is_thing(word[1], text.language, "part")


def goes_on(text: Text, end: int) -> bool:
    """Whether a place begins a longer name: Serra da Estrela is not Serra in Brazil."""
    if text.language not in _WITH_OF:
        return False
    word = _word_after(text.folded, end)
    return word is not None and word[1] in _OF and _is_capital_after(text, _end_of(word) + 1)


def is_joined(text: Text, start: int, end: int) -> bool:
    """Whether a town is a part of a longer name: Kapelle-op-den-Bos, but not Goes-Zuid."""
    after = _JOINED.match(text.folded, end)
    if after and not is_thing(after[1], text.language, "part"):
        return True
    return text.folded[start - 2 : start] == f"{MARK}-"


def elsewhere(text: Text, start: int, end: int, place: str) -> Bounds | None:
    """The bounds of a town that is said to be elsewhere: the South African Middelburg."""
    found = _without_article(text, _words_before(text.folded, start))[-2:]
    if not any(_is_of_another(word, text.language, place) for _, word in found):
        return None
    return found[0][0], end


def _is_of_another(word: str, language: str, place: str) -> bool:
    """Whether a word describes countries or regions that neither hold this place nor are in it."""
    described = places_of(word, language)
    return bool(described) and not any(
        place.startswith(code) or code.startswith(place) for code in described
    )


def is_namesake(text: Text, start: int, end: int, place: str) -> bool:
    """Whether a country abroad that has a city called like this town has a clear word here."""
    abroad = namesakes(text.folded[start:end].replace(MARK, "")) - {place.partition("-")[0]}
    return bool(abroad) and any(abroad & codes for codes in _named(text.folded, text.language))


def is_alone(text: Text, start: int, end: int, code: str) -> bool:
    """Whether the whole dateline is a city abroad, and no other country has a clear word before
    the second paragraph."""
    if text.folded[start - 1] != BREAK or text.folded[end] != BREAK:
        return False  # LONDEN/NEW YORK
    if is_spoken(text.language, code):
        return False  # local news, too, is from there
    told = text.folded[: text.start("body")]
    return all(codes <= {code} for codes in _named(told, text.language))


def names_another_country(text: Text) -> bool:
    """Whether a country where the language is not spoken has a clear word in the text."""
    return any(
        not is_spoken(text.language, code)
        for codes in _named(text.folded, text.language)
        for code in codes
    )


@lru_cache(maxsize=4)  # asked for each country of a dateline
def _named(signs: str, language: str) -> Set[Set[str]]:
    """The countries of each clear word, or of up to four in a row: "sierra leone"."""
    words = _WORD.findall(signs)
    names = (
        " ".join(words[at : at + length])
        for length in range(1, MOST_WORDS + 1)
        for at in range(len(words) - length + 1)
    )
    return {frozenset(codes) for name in names if (codes := countries_of(name, language))}


def is_within_katakana(text: Text, start: int, end: int) -> bool:
    """Whether a match is a part of a longer word of katakana: Chile in chilli sauce."""
    signs = text.plain
    if signs[start] == MARK:  # words apart
        return False
    begins, ends = signs[max(0, start - 1) : start + 1], signs[end - 1 : end + 1]
    return any(_KATAKANA.fullmatch(edge) is not None for edge in (begins, ends))


def acts(text: Text, start: int, end: int, kind: Kind) -> bool:
    """Whether a match is said to act or to be the scene, not to describe or to be aimed at."""
    if kind == "adjective":
        return _is_beside(text, start, end, "acts") or fights(text, start, end, kind)
    if text.plain[start] != MARK:  # no spaces part words, and nothing tells who acts
        return text.where(start) == "opening"
    words = _words_before(text.folded, start)
    apart = _without_article(text, words)
    if not apart or _begins_sentence(text.plain, apart[-1][0]):
        return True  # the first or the second word
    return _is_at_scene(words, text) or _is_second(words, text, start)


def fights(text: Text, start: int, end: int, kind: Kind) -> bool:
    """Whether an adjective is that of forces: a war has two sides, and one is named late."""
    return kind == "adjective" and _is_beside(text, start, end, "fights")


def _is_beside(text: Text, start: int, end: int, side: Side) -> bool:
    """Whether the word before or after a match is listed for a side."""
    beside = _word_after(text.folded, end), _word_before(text.folded, start)
    return any(word and is_thing(word[1], text.language, side) for word in beside)


def _is_second(words: Sequence[Word], text: Text, start: int) -> bool:
    """Whether a name is the second of two: the border between Bangladesh and Myanmar."""
    if not any(is_thing(word, text.language, "and") for _, word in words[-2:]):  # and an article
        return False
    clause = _CLAUSE.split(text.folded[max(0, start - _FAR) : start])[-1]
    before = _WORD.findall(clause)[-_APART:-2]
    return any(is_thing(word, text.language, "between") for word in before)
