"""Rights that last as long as their holder: who leads, and who publishes.

However a process ended, they are taken back: by the PostgreSQL server with its session, beside
SQLite by the system with its file.
"""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ..errors import PublishError
from .engine import LOCKS, database_file
from .faults import explained
from .files import private

# A leader asks every second. One that has said nothing for so long hangs or is cut off: the
# server ends its session, and the next one to ask leads.
SILENCE = "15s"


class Leadership:
    """The right to be the one that hands out work; at most one session has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None

    def held(self) -> bool:
        """Whether it is this one's, taking it if it is nobody's. To be asked every second."""
        try:
            with explained(self._engine):
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


def only_publisher(engine: Engine) -> contextlib.AbstractContextManager[None]:
    """Waits for the right to publish, and has it until the end of the block."""
    if engine.dialect.name == "postgresql":
        return _granted(engine, LOCKS["publish"])
    file = database_file(engine.url)
    if file is None:  # in memory: there is nobody else
        return contextlib.nullcontext()
    return _locked(file.with_name(file.name + "-publish"))


@contextlib.contextmanager
def _granted(engine: Engine, key: int) -> Iterator[None]:
    """Has a lock of the server for as long as a session of its own lasts."""
    with explained(engine):
        session = _open(engine)
    try:
        with explained(engine):
            session.execute(text(f"SELECT pg_advisory_lock({key})"))
        yield
    finally:
        session.invalidate()  # ends it; in the pool it would keep the right
        session.close()


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Has a file to itself."""
    try:
        lock = open(file, "w", opener=private)  # noqa: SIM115 - pathlib has no opener
    except OSError as error:
        raise PublishError(f"lock {file}: {(error.strerror or str(error)).lower()}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
