"""Which process runs: how `feedbot reload` finds it."""

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
    """Leaves word of this process beside the database, so that `feedbot reload` finds it."""
    path = _word_of(config)
    if path is None:
        yield
        return
    try:
        file = open(path, "a+", opener=private)  # noqa: SIM115 - pathlib has no opener
    except OSError as error:
        problem = f"{error.strerror}; `feedbot reload` will not find this process"
        emit(log, logging.WARNING, "no presence", str(path), problem=problem)
        yield
        return
    with file:
        with contextlib.suppress(BlockingIOError):  # another one runs, too: it stays the one told
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def ask_to_reload(config: Config) -> int:
    """Has the process that runs on this configuration read it again; returns its number."""
    path = _word_of(config)
    if path is None:
        raise FeedbotError("no file tells which process runs; send SIGHUP to it")
    with contextlib.suppress(FileNotFoundError, IsADirectoryError), path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            number = file.read()
            if number.isdecimal():
                return _ask(int(number))
    raise FeedbotError(f"no `feedbot run` works with {config.path}")


def _ask(process: int) -> int:
    try:
        os.kill(process, signal.SIGHUP)
    except PermissionError:
        raise FeedbotError(f"process {process} runs as another user; ask as that user") from None
    return process


def _word_of(config: Config) -> Path | None:
    database = database_file(config.store_url)
    return database.with_name(database.name + "-run") if database else None
