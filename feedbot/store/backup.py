"""Backs up a SQLite database while others write to it, and checks whether one is intact."""

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

TEMPORARY = ".feedbot-tmp"  # the suffix of folders for unfinished copies


def back_up(url: str, path: Path) -> int:
    """Writes a consistent copy of the database at `url` to a file; returns its size in bytes.

    The file is replaced atomically, after the copy has been verified.
    """
    database = database_file(url)
    if database is None:
        raise StoreError("feedbot backs up only SQLite files; use pg_dump for PostgreSQL")
    if not database.exists():
        raise StoreError(f"database {database}: does not exist yet")
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
    """A folder next to `path` for an unfinished copy. Deletes those of killed processes.

    A process holds a lock on its folder, which ends with the process.
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
    """Locks a folder until the end of the block. Raises OSError if another process has it."""
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
        live.backup(copy)  # in one step, so that it never restarts; WAL writers can continue
        copy.execute("PRAGMA journal_mode = DELETE")  # one file instead of three
        copy.execute("PRAGMA synchronous = FULL")
        copy.commit()


def damages(url: str) -> list[str]:
    """What is wrong inside the database, in SQLite's words; empty if it is intact."""
    database = database_file(url)
    if database is None:
        return []
    with _explained(database), contextlib.closing(sqlite3.connect(database, timeout=30)) as live:
        found = [row[0] for row in live.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
        lost = live.execute("PRAGMA foreign_key_check").fetchall()
        found += [f"{len(lost)} rows refer to missing rows"] if lost else []
        return found


@contextlib.contextmanager
def _explained(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        advice = next((advice for pattern, advice in ADVICE if pattern in str(error)), "")
        raise StoreError(f"database {database}: {error}{advice}") from error
