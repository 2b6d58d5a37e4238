"""What stemming would find that words as they are written do not, and what it would find wrongly.

An operator writes the name and the adjective of a country: as they are, with a `*`, or as stems that
are compared with the stems of the text. The stemmers are those of Snowball, as PostgreSQL has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from feedbot.languages.fold import fold
from feedbot.model import Article
from feedbot.terms import countries
from tests.databases import Postgres, is_absent
from tests.quality import stories
from tests.quality.topics import Score, measure

STEMMERS = {
    "nl": "dutch_stem",
    "en": "english_stem",
    "de": "german_stem",
    "fr": "french_stem",
    "es": "spanish_stem",
    "it": "italian_stem",
    "pt": "portuguese_stem",
}
SETS = ("later", "daily", "wire", "evening", "morning")
_WORD = re.compile(r"\w+")

Key = Callable[[str, str], str]  # what a folded word of a language is compared by
Stem = dict[tuple[str, str], str]  # by language and folded word


def written(code: str, language: str) -> list[str]:
    """The first name and the first adjective of a country, folded."""
    found: dict[str, str] = {}
    for phrase in countries.phrases(code, language):
        if phrase.kind in ("name", "adjective") and phrase.role == "name":
            found.setdefault(phrase.kind, fold(phrase.text))
    return list(found.values())


def _words(article: Article) -> list[str]:
    return _WORD.findall(fold(f"{article.title}\n{article.text}"))


def _stands(words: Sequence[str], term: Sequence[str], *, prefix: bool) -> bool:
    """Whether a term stands in a text, its last word with any ending if it is a `prefix`."""
    *first, last = term
    for at in range(len(words) - len(first)):
        end = words[at + len(first)]
        if words[at : at + len(first)] == first and (
            end == last or (prefix and end.startswith(last))
        ):
            return True
    return False


def matching(key: Key, *, prefix: bool = False) -> Callable[[Article], frozenset[str]]:
    """A match of the two words of every country in a text."""
    terms = {
        language: {
            code: [[key(one, language) for one in term.split()] for term in written(code, language)]
            for code in countries.codes() - stories.ALLIANCES
        }
        for language in STEMMERS
    }

    def route(article: Article) -> frozenset[str]:
        language = article.language
        words = [key(word, language) for word in _words(article)]
        return frozenset(
            code
            for code, either in terms[language].items()
            if any(_stands(words, term, prefix=prefix) for term in either)
        )

    return route


@contextmanager
def _server() -> Iterator[Postgres]:
    server = Postgres()
    try:
        yield server
    finally:
        server.close()


def stems(words: Iterable[tuple[str, str]]) -> Stem:
    """The stem of each word of a language; of a stop word, itself."""
    query = "SELECT word, (ts_lexize(%s, word))[1] FROM unnest(%s::text[]) AS word"
    found: Stem = {}
    wanted = sorted(set(words))
    with _server() as server, psycopg.connect(server.url("postgres")) as connection:
        for language, stemmer in STEMMERS.items():
            own = [word for one, word in wanted if one == language]
            for word, stem in connection.execute(query, (stemmer, own)):
                found[language, word] = stem or word
    return found


def _asked(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """(language, word) of all texts, and of what is looked for in them."""
    for article in articles:
        yield from ((article.language, word) for word in _words(article))
    for language in STEMMERS:
        for code in countries.codes():
            for term in written(code, language):
                yield from ((language, word) for word in term.split())


def scores(labelled: list[stories.Story]) -> dict[str, Score]:
    """How well each way finds what the stories are about."""
    stem = stems(_asked(one.article for one in labelled))
    ways = {
        "as written": matching(lambda word, _: word),
        "with a *": matching(lambda word, _: word, prefix=True),
        "stems": matching(lambda word, language: stem[language, word]),
        "feedbot": stories.method("country", countries.codes() - stories.ALLIANCES),
    }
    return {name: measure(way, labelled)[0][""] for name, way in ways.items()}


def main() -> list[str]:
    """Prints the figures; nothing can fall short."""
    if is_absent():
        print(f"not measured: {is_absent()}")
        return []
    every = stories.of_countries(*SETS)
    labelled = [one for one in every if one.article.language in STEMMERS]
    print(
        f"{len(labelled)} stories in {len(STEMMERS)} languages; a name and an adjective of each country"
    )
    for name, score in scores(labelled).items():
        print(f"  {name:12} {score}")
    return []
