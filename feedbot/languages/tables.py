"""The files of the languages: `data/nl.toml` and so on, one per language.

FEEDBOT_LANGUAGES names a folder with more of them; a file there replaces a shipped one of the same
name. A key that a language does not have is empty for it. docs/languages.md explains every key.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .fold import fold

SHIPPED = Path(__file__).with_name("data")
MORE = "FEEDBOT_LANGUAGES"
NOTHING = r"(?!)"  # a regular expression that matches nothing
END = ""  # of a text, among the signs that may follow
_WORD = re.compile(r"\\.|[^\W\d_]+")  # of a phrase; what follows a backslash is none

Value = Any  # of a key: a string or a list of strings


_Node = dict[str, "_Node"]  # what may follow, sign by sign


@cache
def tables() -> Mapping[str, Mapping[str, Value]]:
    """Each language by its code, with its values by key, such as "times.ago".

    Raises ValueError, or OSError, for a file that cannot be read; see `check_more`.
    """
    return {code: table_of(code) for code in sorted(_paths())}


@cache
def table_of(code: str) -> Mapping[str, Value]:
    """The values of one language; none for one without a file. Raises as `tables` does."""
    path = _paths().get(code)
    lines = read_file(path) if path else ()
    return {f"{section}.{key}".strip("."): value for section, key, value in lines}


def has_table(code: str) -> bool:
    """Whether a language has a file; unlike `tables`, this reads none."""
    return code in _paths()


@cache
def _paths() -> Mapping[str, Path]:
    """The file of each language; the operator's before those that ship."""
    return {path.stem: path for path in (*files_of(SHIPPED), *more())}


def more() -> Sequence[Path]:
    """The files that the operator has added."""
    return files_of(Path(os.environ[MORE])) if os.environ.get(MORE) else []


def files_of(folder: Path) -> Sequence[Path]:
    """The files of languages in a folder."""
    return sorted(folder.glob("*.toml"))


def read_file(path: Path) -> Sequence[tuple[str, str, Value]]:
    """The section, the key and the value of every line of a file."""
    return list(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, Value], section: str) -> Iterator[tuple[str, str, Value]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{section}.{key}".strip("."))
        else:
            yield section, key, value


def listed(value: Value) -> Sequence[str]:
    """A list as it is; a string as its words, with "_" for a space within one."""
    if isinstance(value, str):
        return [word.replace("_", " ") for word in value.split()]
    return list(value)


def rows(value: Value) -> Sequence[Sequence[str]]:
    """The words of each string of a list; those of a string alone."""
    return [listed(row) for row in ([value] if isinstance(value, str) else value)]


@cache
def spelt(key: str) -> Sequence[str]:
    """What the languages have for a key, each once, as the files spell it."""
    return list(
        dict.fromkeys(
            one for table in tables().values() if key in table for one in listed(table[key])
        )
    )


@cache
def words(key: str) -> Sequence[str]:
    """What the languages have for a key, each once, folded."""
    return list(dict.fromkeys(map(fold, spelt(key))))


def below(section: str) -> Iterator[tuple[str, str]]:
    """Every folded word of a section with its key: ("uur", "hour") of `times.units`."""
    for table in tables().values():
        for key, value in table.items():
            if key.startswith(f"{section}."):
                yield from ((fold(one), key.removeprefix(f"{section}.")) for one in listed(value))


# --- regular expressions ----------------------------------------------------------------------


def any_word(*keys: str) -> str:
    """A regular expression for the folded words of these keys."""
    return one_of(dict.fromkeys(one for key in keys for one in words(key)))


def any_phrase(*keys: str) -> str:
    """A regular expression for the phrases of these keys, for folded text.

    A phrase is a regular expression with its words as people write them.
    """
    found = (one for key in keys for one in spelt(key))
    return joined(_WORD.sub(_folded, one) for one in found)


def any_spelt(*keys: str) -> str:
    """The same for text that is not folded."""
    return joined(one for key in keys for one in spelt(key))


def any_cased(*keys: str) -> str:
    """The words of these keys in small letters, with a capital, and in capitals."""
    found = (one for key in keys for one in spelt(key))
    return joined(
        form
        for one in found
        for form in dict.fromkeys(
            (f"[{one[0].upper()}{one[0]}]{re.escape(one[1:])}", re.escape(one.upper()))
        )
    )


def one_of(found: Iterable[str]) -> str:
    """A regular expression for any of these texts, longer ones first; for nothing without any.

    What begins alike is written once, because it is then also compared once.
    """
    root: _Node = {}
    for text in found:
        node = root
        for sign in text:
            node = node.setdefault(sign, {})
        node[END] = {}
    return _branches(root) or NOTHING


def _branches(node: _Node) -> str:
    rest = [re.escape(sign) + _branches(below) for sign, below in node.items() if sign != END]
    if END in node and rest:
        return f"(?:{'|'.join(rest)})?"
    return f"(?:{'|'.join(rest)})" if len(rest) > 1 else "".join(rest)


def joined(patterns: Iterable[str]) -> str:
    """Patterns as one; one that matches nothing without any."""
    return "|".join(dict.fromkeys(patterns)) or NOTHING


def _folded(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else fold(found[0])
