"""feedbot.toml, changed with its comments and its order; the only tomlkit.

    text ─parse─▶ document ─edit─▶ text ─check─▶ feedbot.toml~ kept, feedbot.toml replaced

A file that changed since the page was shown is not overwritten, and a change after which the file
would have a mistake is refused; either way nothing is written.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, Comment, Table, Whitespace

from .. import config as configuration
from ..config import Config
from ..errors import FeedbotError

Document = tomlkit.TOMLDocument
KEYS = {"any": "any", "all": "all", "not": "not", "threshold": "threshold"}
BOM = "\ufeff"


class Stale(FeedbotError):
    """The file has changed since the page was shown."""


# --- the file ---------------------------------------------------------------------------------


def kept(path: Path) -> Path:
    """Where the file is kept as it was before the last change."""
    real = path.resolve()
    return real.with_name(f"{real.name}~")


def digest(path: Path) -> str:
    """What changes with the file; "" if it cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=8).hexdigest()
    except OSError:
        return ""


def change(path: Path, edit: Callable[[Document], None], seen: str = "") -> Config:
    """Changes the file; the configuration that it holds now.

    `seen` is its digest when the page was shown. Raises Stale if it is another now, ConfigError
    with the mistakes that it would have, FeedbotError if it cannot be written.
    """
    if seen and seen != digest(path):
        raise Stale(f"{path.name} has changed meanwhile; nothing was written")
    before = path.read_bytes().decode("utf-8")
    document = tomlkit.parse(before.removeprefix(BOM))
    edit(document)
    after = (BOM if before.startswith(BOM) else "") + tomlkit.dumps(document)
    config = configuration.parse(after.removeprefix(BOM).replace("\r\n", "\n"), path)
    configuration.check_writable(config)
    if after != before:
        _replace(path, after.encode())
    return config


def undo(path: Path, seen: str) -> Config:
    """Exchanges the file with what it was before the last change, which can be undone as well."""
    if seen != digest(path):
        raise Stale(f"{path.name} has changed meanwhile; nothing was undone")
    before = kept(path).read_bytes()
    config = configuration.parse(before.decode("utf-8-sig").replace("\r\n", "\n"), path)
    _replace(path, before)
    return config


def _replace(path: Path, content: bytes) -> None:
    """Keeps the file, and replaces it; each is whole at every moment."""
    real = path.resolve()
    try:
        _write(kept(path), real.read_bytes(), real)
        _write(real, content, real)
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise FeedbotError(f"{real}: cannot be changed: {problem}; nothing was written") from error


def _write(path: Path, content: bytes, like: Path) -> None:
    """Replaces a file, with the permissions and, as far as possible, the owner of another."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(like, name)
        found = like.stat()
        with contextlib.suppress(OSError):
            os.chown(name, found.st_uid, found.st_gid)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


# --- what changed -----------------------------------------------------------------------------


def summary(before: str, after: str) -> list[str]:
    """What differs between two texts of the file, a line each, without any value of a setting."""
    old, new = tomllib.loads(before), tomllib.loads(after)
    lines = list(_named(old.get("topics", {}), new.get("topics", {}), "topic"))
    lines += _named(_sources(old), _sources(new), "source")
    others = sorted((old.keys() | new.keys()) - {"topics", "sources"})
    lines += [f"[{key}] changed" for key in others if old.get(key) != new.get(key)]
    return lines or ["comments and spacing only"]


def _sources(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {str(one.get("name")): one for one in tables.get("sources", [])}


def _named(old: Mapping[str, Any], new: Mapping[str, Any], kind: str) -> list[str]:
    names = dict.fromkeys((*old, *new))
    verbs = {(False, True): "added", (True, False): "removed", (True, True): "changed"}
    return [
        f"{kind} {name}: {verbs[name in old, name in new]}"
        for name in names
        if old.get(name) != new.get(name)
    ]


# --- changes ----------------------------------------------------------------------------------


def set_topic(document: Document, name: str, rule: Mapping[str, Any]) -> None:
    """Gives a topic these terms (`any`, `all`, `not`) and this `threshold`; others stay.

    What is empty is taken out. A topic that is not there yet is added as the last one.
    """
    topics = document.setdefault("topics", tomlkit.table())
    wanted = {key: value for key, value in rule.items() if value}
    if name not in topics:
        topics[name] = _short(wanted)
        return
    known = topics[name]
    if isinstance(known, dict):
        for key in KEYS:
            _set(known, key, wanted.get(key))
    elif wanted.keys() <= {"any"}:
        if isinstance(known, Array):
            _set_list(known, wanted.get("any", []))
        else:
            topics[name] = _short(wanted)
    else:
        topics[name] = _inline(wanted)


def _short(wanted: Mapping[str, Any]) -> Any:
    """A topic as short as it can be written."""
    if not wanted.keys() <= {"any"}:
        return _inline(wanted)
    terms = list(wanted.get("any", ()))
    return terms[0] if len(terms) == 1 else _list(terms) if terms else tomlkit.inline_table()


def _inline(wanted: Mapping[str, Any]) -> Any:
    table = tomlkit.inline_table()
    for key, value in wanted.items():
        table[key] = _list(value) if isinstance(value, Sequence) else value
    return table


def _list(values: Sequence[str]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array


def _set(table: Any, key: str, value: Any) -> None:
    """Sets a key of a topic, in place where it is a list."""
    known = table.get(key)
    if value is None:
        if key in table:
            del table[key]
    elif isinstance(value, Sequence) and isinstance(known, Array):
        _set_list(known, value)
    elif isinstance(value, Sequence) and [known] == list(value):
        return
    elif known != value:
        table[key] = _list(value) if isinstance(value, Sequence) else value


def _set_list(array: Array, wanted: Sequence[str]) -> None:
    """Takes out and adds; what stays keeps its place, and its comment."""
    for at in reversed(range(len(array))):
        if array[at] not in wanted:
            del array[at]
    if [one for one in wanted if one in array] != list(array):  # another order: written anew
        array.clear()
    for one in wanted:
        if one not in array:
            array.append(one)


def remove_topic(document: Document, name: str) -> None:
    """Takes a topic out."""
    del document["topics"][name]


def add_source(document: Document, keys: Mapping[str, Any]) -> None:
    """Adds a source behind the others."""
    table = tomlkit.table()
    for key, value in keys.items():
        table[key] = _list(value) if isinstance(value, list) else value
    sources = document.get("sources")
    if isinstance(sources, Array):
        inline = tomlkit.inline_table()
        inline.update(table)
        sources.append(inline)
    elif isinstance(sources, AoT):
        following = _take_end(sources[-1])
        sources[-1].add(tomlkit.nl())
        for one in following or [tomlkit.nl()]:
            table.add(one)
        sources.append(table)
    else:
        document["sources"] = tomlkit.aot()
        document["sources"].append(table)


def _take_end(table: Table) -> list[Any]:
    """Takes the comments and empty lines at the end of a table out: they are on what follows it."""
    body = table.value.body
    while body and isinstance(body[-1][1], Table):
        body = body[-1][1].value.body
    taken: list[Any] = []
    while body and isinstance(body[-1][1], Comment | Whitespace):
        taken.insert(0, body.pop()[1])
    return taken


def switch_source(document: Document, name: str, *, on: bool) -> None:
    """Switches a source on or off."""
    source = next(one for one in document["sources"] if one["name"] == name)
    by_default = document.get("polling", {}).get("enabled", True)
    if on == by_default:
        source.pop("enabled", None)
    else:
        source["enabled"] = on
