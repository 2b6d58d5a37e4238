"""Rights that last as long as their holder: who leads, and who publishes.

However a process ended, they are taken back: by the PostgreSQL server with its session, beside
SQLite by the system with its file.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ..errors import PublishError
from .engine import LOCKS, database_file
from .error_translation import database_name, translate_errors
from .files import private

Try = Callable[[], bool]  # whether the lock is had now; never waits
# Told why the lock is not to be had, it waits a moment and says whether to try again.
Wait = Callable[[str], bool]

# A leader asks every second. One that has said nothing for so long hangs or is cut off: the
# server ends its session, and the next one to ask leads.
SILENCE = "15s"


class LeaderLock:
    """The right to be the one that hands out work; at most one session has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None

    def held(self) -> bool:
        """Whether it is this one's, taking it if it is nobody's. To be asked every second."""
        try:
            with translate_errors(self._engine):
                if self._session is None:
                    self._session = _open(self._engine)
                    self._session.execute(text(f"SET idle_session_timeout = '{SILENCE}'"))
                # Asked by its holder the lock is simply granted again.
                query = text(f"SELECT pg_try_advisory_lock({LOCKS['leader']})")
                return bool(self._session.scalar(query))
        except BaseException:
            self.give_up()
            raise

    def give_up(self) -> None:
        """Ends the session, and with it the right."""
        if self._session is not None:
            self._session.invalidate()
            self._session.close()
            self._session = None


@contextlib.contextmanager
def publish_lock(engine: Engine, wait: Wait) -> Iterator[None]:
    """Has the publish lock until the end of the block; see `Store.publish_lock`."""
    name, opened = _publish_lock(engine)
    with opened as granted:
        while not granted():
            problem = f"{name} is locked: another process publishes"
            if not wait(problem):
                raise PublishError(f"{problem}, or hangs; end it if it does")
        yield


def _publish_lock(engine: Engine) -> tuple[str, contextlib.AbstractContextManager[Try]]:
    """The lock's name, and a way to try to have it."""
    if engine.dialect.name == "postgresql":
        return f"database {database_name(engine)}", _session_lock(engine, LOCKS["publish"])
    file = database_file(engine.url)
    if file is None:  # in memory: there is nobody else
        return "", contextlib.nullcontext(lambda: True)
    path = file.with_name(file.name + "-publish")
    return str(path), _file_lock(path)


@contextlib.contextmanager
def _session_lock(engine: Engine, key: int) -> Iterator[Try]:
    """A lock of the server that lasts as long as a session of its own."""
    with translate_errors(engine):
        session = _open(engine)

    def granted() -> bool:
        with translate_errors(engine):
            return bool(session.scalar(text(f"SELECT pg_try_advisory_lock({key})")))

    try:
        yield granted
    finally:
        session.invalidate()  # ends it; in the pool it would keep the right
        session.close()


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[Try]:
    """A lock of the system on a file, which stays behind."""
    try:
        # Opened without blocking, whatever it is: a pipe would wait for its other end.
        handle = private(str(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise _unusable(path, error) from error

    def granted() -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise _unusable(path, error) from error
        return True

    try:
        yield granted
    finally:
        os.close(handle)


def _unusable(path: Path, error: OSError) -> PublishError:
    advice = {
        errno.EISDIR: "is a folder; remove it",
        errno.EACCES: "may not be opened by this user; remove it, or let the user read and write",
        errno.EPERM: "may not be opened by this user; remove it, or let the user read and write",
    }
    problem = advice.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return PublishError(f"lock file {path}: {problem}")


def _open(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
