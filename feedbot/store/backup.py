"""A copy of the database while others write to it, and whether a database is whole. SQLite only."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import StoreError
from .engine import database_file
from .error_translation import ADVICE
from .files import private

TEMPORARY = ".feedbot-tmp"  # the ending of folders in which a copy is made


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
        with _workplace(path) as folder:
            return _copy_whole(database, folder / "copy", path)
    except OSError as error:
        raise StoreError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _copy_whole(database: Path, temporary: Path, path: Path) -> int:
    with _explained(database):
        os.close(private(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR))
        _copy(database, temporary)
    problems = damages(f"sqlite:///{temporary}")
    if problems:
        raise StoreError(f"database {database}: is damaged: {problems[0]}")
    size = temporary.stat().st_size
    temporary.replace(path)
    return size


@contextlib.contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """A folder beside `path` for an unfinished copy. Those of killed processes are removed.

    Whoever works in one holds a lock on it, which ends with the process, however that ends.
    """
    for left in path.parent.glob(f".{path.name}.*{TEMPORARY}"):
        with contextlib.suppress(OSError), _locked(left):
            shutil.rmtree(left)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY))
    with _locked(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Has a folder to itself; OSError if another process has it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


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
