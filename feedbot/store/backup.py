"""A copy of the database while others write to it, and whether a database is whole. SQLite only."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import StoreError
from .engine import database_file
from .faults import ADVICE


def back_up(url: str, path: Path) -> int:
    """Writes a consistent copy of the database at `url` to a file; returns its size in bytes.

    The file is replaced at one stroke, once the copy has been found whole.
    """
    database = database_file(url)
    if database is None:
        raise StoreError("only a SQLite file is copied; PostgreSQL has pg_dump for that")
    if not database.exists():
        raise StoreError(f"database {database}: there is none yet")
    if path.exists() and path.samefile(database):
        raise StoreError(f"{path}: is the database itself; name another file")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise StoreError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    os.close(handle)
    temporary = Path(name)
    try:
        with _explained(database):
            _copy(database, temporary)
        problems = damages(f"sqlite:///{temporary}")
        if problems:
            raise StoreError(f"database {database}: is damaged: {problems[0]}")
        size = temporary.stat().st_size
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return size


def _copy(database: Path, path: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(database, timeout=30)) as live,
        contextlib.closing(sqlite3.connect(path)) as copy,
    ):
        live.backup(copy)  # in one step: writers of a WAL go on meanwhile, and nothing begins anew
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, and not three
        copy.execute("PRAGMA synchronous = FULL")
        copy.commit()


def damages(url: str) -> list[str]:
    """What is wrong inside of the database, as SQLite says it; nothing if it is whole."""
    database = database_file(url)
    if database is None:
        return []
    with _explained(database), contextlib.closing(sqlite3.connect(database, timeout=30)) as live:
        found = [row[0] for row in live.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
        lost = live.execute("PRAGMA foreign_key_check").fetchall()
        found += [f"{len(lost)} rows name others that are not there"] if lost else []
        return found


@contextlib.contextmanager
def _explained(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        advice = next((advice for sign, advice in ADVICE if sign in str(error)), "")
        raise StoreError(f"database {database}: {error}{advice}") from error
