"""Rights that last as long as a session with a PostgreSQL server: who leads, and who publishes.

The server takes them back when the session ends, however the process ended.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Connection, Engine, text

from .engine import LOCKS
from .faults import explained

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


@contextlib.contextmanager
def only_one(engine: Engine, what: str, where: str) -> Iterator[None]:
    """Waits for the right to do `what` at a place, and has it until the end of the block."""
    key = {"what": LOCKS[what], "where": where}
    with explained(engine):
        session = _open(engine)
    try:
        with explained(engine):
            session.execute(text("SELECT pg_advisory_lock(:what, hashtext(:where))"), key)
        yield
    finally:
        session.invalidate()  # ends it; in the pool it would keep the right
        session.close()


def _open(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
