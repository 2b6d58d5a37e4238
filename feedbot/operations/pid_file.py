"""The PID file of `feedbot run`, by which `feedbot reload` finds the process."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from ..config import Config
from ..errors import FeedbotError
from ..events import emit
from ..store import database_file, private

log = logging.getLogger(__name__)


@contextlib.contextmanager
def pid_file(config: Config) -> Iterator[None]:
    """Writes the number of this process to a file beside the database, and locks it."""
    path = _path(config)
    if path is None:
        yield
        return
    try:
        file = open(path, "a+", opener=private)  # noqa: SIM115 - pathlib has no opener
    except OSError as error:
        problem = f"{error.strerror}; `feedbot reload` will not find this process"
        emit(log, logging.WARNING, "no PID file", str(path), problem=problem)
        yield
        return
    with file:
        with contextlib.suppress(BlockingIOError):  # another `feedbot run` keeps it
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def is_running(config: Config) -> bool:
    """Whether a `feedbot run` with this database runs on this machine, also this process."""
    path = _path(config)
    if path is None:
        return False
    with contextlib.suppress(FileNotFoundError, IsADirectoryError), path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def ask_to_reload(config: Config) -> int:
    """Makes the `feedbot run` with this configuration read it again; returns its process number."""
    path = _path(config)
    if path is None:
        raise FeedbotError("only SQLite has a PID file; send SIGHUP to the process yourself")
    with contextlib.suppress(FileNotFoundError, IsADirectoryError), path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            number = file.read()
            if number.isdecimal():
                return _ask(int(number))
    raise FeedbotError(f"there is no `feedbot run` with {config.path}")


def _ask(process: int) -> int:
    try:
        os.kill(process, signal.SIGHUP)
    except PermissionError:
        raise FeedbotError(
            f"process {process} belongs to another user; run this as that user"
        ) from None
    return process


def _path(config: Config) -> Path | None:
    database = database_file(config.store_url)
    return database.with_name(database.name + "-run") if database else None
