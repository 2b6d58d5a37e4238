"""The search index: which stories have which words. Kept in the transactions that write stories.

    SQLite       an FTS5 table without content: it keeps where words occur, and no text again
    PostgreSQL   a table of tsvectors with a GIN index

Both are given the same words, folded and separated here, so that they find the same. Scripts that
put no spaces between words are indexed sign by sign, and a word of theirs is searched as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, column, false, select, table, text

from ..languages.fold import plain
from ..languages.pattern import Pattern
from ..model import Article
from .records import unpack_article
from .schema import story

MOST_WORDS = 16_000  # of a story; the positions in a tsvector end at 16,383
MOST_ASKED = 32  # words of a search; a longer text was pasted by mistake
LONGEST = 60  # characters of a word that count; longer ones are codes
SHORTEST = 3  # bytes that may begin a word: a sign of Korean, but of Latin letters three
AT_ONCE = 200  # stories whose words are added in one query
ALTERNATIVES = 100  # phrases of one query
FEW = 1_000  # stories that are found and sorted sooner than looked for from the newest on

_SPACELESS = (  # Thai, Lao, Burmese and Khmer; Kana and Han
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_VOWELS = "\u0900-\u0963\u0966-\u0dff"  # of India: signs that stand within words
_INNER = re.compile(f"[{_VOWELS}]")
_WORD = Pattern(lambda: rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}_])[\w{_VOWELS}])+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]")  # Hebrew, Arabic
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')

_ADD = {
    "sqlite": text("INSERT INTO story_search (rowid, words) VALUES (:story, :words)"),
    "postgresql": text(
        "INSERT INTO story_search (story, words) VALUES (:story, CAST(:words AS tsvector))"
        " ON CONFLICT (story) DO UPDATE SET words = excluded.words"
    ),
}
# An index without content must be told what to forget.
_REMOVE = {
    "sqlite": text(
        "INSERT INTO story_search (story_search, rowid, words) VALUES ('delete', :story, :words)"
    ),
    "postgresql": text("DELETE FROM story_search WHERE story = :story"),
}
_FOUND = {
    "sqlite": table("story_search", column("rowid"), column("story_search")),
    "postgresql": table("story_search", column("story"), column("words")),
}


def is_part(name: str) -> bool:
    """Whether a table belongs to the index, which `schema` does not describe."""
    return name.startswith("story_search")


def _kind(connection: Connection) -> str:
    return connection.dialect.name


# --- words ------------------------------------------------------------------------------------


def words_of(article: Article) -> list[str]:
    """The words of an article in order, as they are indexed.

    What is stored was indexed by this very function: a change needs a migration that rebuilds.
    """
    place = article.dateline.place if article.dateline else ""
    parts = (article.title, place, *article.paragraphs, *article.authors, *article.sections)
    return _words("\n".join(parts))[:MOST_WORDS]


def _words(written: str) -> list[str]:
    folded = plain(written).lower()
    if not folded.isascii():
        folded = _POINTS.sub("", folded)
    return [word[:LONGEST] for word in _WORD.findall(folded)]


def _packed(words: list[str], kind: str) -> str:
    """Words as the index takes them: with their positions where it does not count itself."""
    if kind == "sqlite":
        return " ".join(words)
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(at))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


# --- keeping ----------------------------------------------------------------------------------


def add(connection: Connection, story_id: int, article: Article) -> None:
    """Indexes a new story."""
    _write(connection, _ADD, story_id, words_of(article))


def replace(connection: Connection, story_id: int, article: Article) -> None:
    """Indexes another text of a story; to be called before it is stored."""
    old, new = _stored(connection, story_id), words_of(article)
    if old == new:
        return
    if old is not None:
        _write(connection, _REMOVE, story_id, old)
    _write(connection, _ADD, story_id, new)


def remove(connection: Connection, story_id: int) -> None:
    """Forgets the text of a story; to be called before it is deleted."""
    old = _stored(connection, story_id)
    if old is not None:
        _write(connection, _REMOVE, story_id, old)


def _stored(connection: Connection, story_id: int) -> list[str] | None:
    packed = connection.scalar(select(story.c.article).where(story.c.id == story_id))
    return None if packed is None else words_of(unpack_article(packed))


def _write(
    connection: Connection, statements: dict[str, Any], story_id: int, words: list[str]
) -> None:
    kind = _kind(connection)
    connection.execute(statements[kind], {"story": story_id, "words": _packed(words, kind)})


def fill(connection: Connection) -> None:
    """Indexes all stories of a database whose index is empty."""
    kind, last = _kind(connection), 0
    mine = select(story.c.id, story.c.article).where(story.c.article.is_not(None))
    while rows := connection.execute(
        mine.where(story.c.id > last).order_by(story.c.id).limit(AT_ONCE)
    ).all():
        words = [(row.id, words_of(unpack_article(row.article))) for row in rows]
        connection.execute(
            _ADD[kind], [{"story": key, "words": _packed(found, kind)} for key, found in words]
        )
        last = rows[-1].id


# --- searching --------------------------------------------------------------------------------


class Phrase(NamedTuple):
    """Words that follow one another; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_open: bool


def phrases(asked: str) -> list[Phrase]:
    """What a search asks for: words, or beginnings of words, and phrases in quotation marks.

    Everything can be searched for; what has no letter or digit is ignored.
    """
    found = list(_phrases(plain(asked)))
    return found[:MOST_ASKED]


def _phrases(asked: str) -> Iterator[Phrase]:
    for quoted, bare in _ASKED.findall(asked):
        words = tuple(_words(quoted or bare)[:MOST_ASKED])
        if words:
            yield Phrase(words, is_open=not quoted and len(words[-1].encode()) >= SHORTEST)


def mentioning(
    connection: Connection, written: Iterable[str], *, is_beginning: bool
) -> set[int] | None:
    """The ids of all stories that have any of these phrases, and perhaps of others.

    With `is_beginning`, words that begin so count too. None if the index cannot tell: it separates
    some words in other places than a reader would.
    """
    wanted: dict[Phrase, None] = {}
    for one in written:
        words = tuple(_words(one))
        if not words or _INNER.search(one):
            return None
        wanted[Phrase(words, is_open=is_beginning)] = None
    found, chosen = set[int](), list(wanted)
    for start in range(0, len(chosen), ALTERNATIVES):
        match, key = _match(connection, chosen[start : start + ALTERNATIVES], either=True)
        rows = select(key).select_from(_FOUND[_kind(connection)]).where(match)
        found.update(connection.scalars(rows))
    return found


def narrowed(
    connection: Connection, query: Select[Any], asked: str, source: str = ""
) -> tuple[Select[Any], Any]:
    """A query on stories, narrowed to those that a search finds; with the column to sort them by.

    The numbers of stories follow the time at which they came. `source` narrows it, too.
    """
    wanted = phrases(asked)
    if not wanted:
        return query.where(false()), story.c.id
    match, key = _match(connection, wanted)
    rows = select(key).select_from(_FOUND[_kind(connection)]).where(match)
    if source:
        query = query.where(story.c.source == source)
    if _kind(connection) == "postgresql":
        # Asked for the newest, it walks through all of them for a word that is nowhere.
        few = connection.scalars(rows.limit(FEW + 1)).all()
        if len(few) <= FEW:
            return query.where(story.c.id.in_(few)), story.c.id
    if source:  # a sum, or SQLite would look up each of the many stories with the word
        return query.where((story.c.id + 0).in_(rows)), story.c.id
    return query.join(_FOUND[_kind(connection)], key == story.c.id).where(match), key


def _match(
    connection: Connection, wanted: list[Phrase], *, either: bool = False
) -> tuple[Any, Any]:
    """The condition that a row has all of this, or any of it, and the column of the story."""
    kind = _kind(connection)
    found = _FOUND[kind].c
    if kind == "sqlite":
        return found.story_search.op("MATCH")(
            _for_sqlite(wanted, " OR " if either else " ")
        ), found.rowid
    query = _for_postgresql(wanted, " | " if either else " & ")
    asked = text("CAST(:asked AS tsquery)").bindparams(asked=query)
    return found.words.op("@@")(asked), found.story


def _for_sqlite(wanted: list[Phrase], between: str) -> str:
    """A search in the language of FTS5."""
    return between.join(
        f'"{" ".join(one.words)}"' + (" *" if one.is_open else "") for one in wanted
    )


def _for_postgresql(wanted: list[Phrase], between: str) -> str:
    """A search as a tsquery."""
    return between.join(
        " <-> ".join(f"'{word}'" for word in one.words) + (":*" if one.is_open else "")
        for one in wanted
    )
