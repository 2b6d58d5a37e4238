"""Where a language is at home, how it was encoded, and what it calls everything."""

from __future__ import annotations

from functools import cache

from .tables import listed, spelt, table_of, tables


def home_of(language: str) -> str:
    """The ISO 3166 code of the country where a language is at home; "" if its file names none."""
    return str(table_of(language).get("country", ""))


def latin_encoding_of(language: str) -> str:
    """The one-byte encoding of a language's Latin letters; "" for that of Western Europe."""
    return next(
        (
            str(table["encoding"])
            for code, table in tables().items()
            if "encoding" in table and language in (code, *listed(table.get("codes", "")))
        ),
        "",
    )


def everything_in(language: str) -> str:
    """A topic of all articles, as a language calls it; in English where its file does not say."""
    return str(table_of(language).get("pages.everything", "All"))


@cache
def telling_words(language: str) -> frozenset[str]:
    """Numbers and negations in small letters: a change of one is never that of a typo.

    Those of all languages where this one is not known, or its file has none.
    """
    keys = ("telling.numbers", "telling.negations")
    table = table_of(language)
    own = [word for key in keys for word in listed(table.get(key, ""))]
    return frozenset(word.casefold() for word in own or (*spelt(keys[0]), *spelt(keys[1])))
