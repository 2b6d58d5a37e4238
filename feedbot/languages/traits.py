"""Where a language is at home, how it was encoded, and what it calls everything."""

from __future__ import annotations

from .tables import listed, tables


def home_of(language: str) -> str:
    """The ISO 3166 code of the country where a language is at home; "" if its file names none."""
    return str(tables().get(language, {}).get("country", ""))


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
    return str(tables().get(language, {}).get("pages.everything", "All"))
