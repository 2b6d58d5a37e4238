"""Turns database errors into one line that names the database and says what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import StoreError, StoreUnavailable

# Each key is part of a message, or PostgreSQL's error code. Codes do not depend on the server's
# language, but a failed connection has only a message.
ADVICE = (
    ("not a database", "; move the file away or name another one in [store] url"),
    ("malformed", "; restore it from a backup, or move it away to start afresh"),
    ("unable to open", "; check that its folder exists and feedbot may write there"),
    ("readonly", "; check that feedbot may write to the file and its folder"),
    ("disk is full", "; free some space, nothing that was saved is lost"),
    # SQLite also says this if there is no space for its shared memory.
    ("disk I/O error", "; free some space if the disk is full, otherwise check the disk"),
    ("locked", "; another program is using it, try again when that has ended"),
    ("password", "; check the user and password in [store] url"),
    ("role ", "; check the user in [store] url, or create it with `createuser`"),
    ("does not exist", "; create it with `createdb`, or check its name in [store] url"),
    ("pg_hba.conf", "; allow this user and machine there"),
    ("could not translate host", "; check the host in [store] url"),
    ("resolve host", "; check the host in [store] url"),
    ("42501", "; grant the user of [store] url all rights on the database and its schema"),
    ("25006", "; it is a standby or read-only, name the primary in [store] url"),
)
# Temporary errors; `run` and `worker` wait until they pass.
PASSING = (
    ("too many clients", "; raise max_connections, or run fewer workers"),
    ("connection slots are reserved", "; raise max_connections, or run fewer workers"),
    ("too many connections", "; raise the limit of the role or database, or run fewer workers"),
    ("53300", "; raise max_connections, or run fewer workers"),
    ("53100", "; free some space on the server's disk, nothing that was saved is lost"),
    ("No space left", "; free some space on the server's disk, nothing that was saved is lost"),
    ("starting up", "; it will answer in a moment"),
    ("shutting down", "; it will answer after a restart"),
    ("Is the server running", "; start the server, or check host and port in [store] url"),
    ("timeout expired", "; start the server, or check host and port in [store] url"),
    ("55P03", "; another save took too long, try again"),
    ("40001", "; another process saved first, try again"),
    ("40P01", "; another process saved first, try again"),
)


@contextlib.contextmanager
def translate_errors(engine: Engine) -> Iterator[None]:
    """Turns SQLAlchemy's errors into StoreError, with the database's name and advice."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _explanation(engine, error) from error


def database_name(engine: Engine) -> str:
    """The database's path or URL, without the password."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return engine.url.database
    return engine.url.set(drivername=engine.dialect.name, query={}).render_as_string()


def _explanation(engine: Engine, error: SQLAlchemyError) -> StoreError:
    cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    # The driver lists every address and attempt; the first line is enough.
    line = cause.strip().split("\n")[0].removeprefix("connection failed: ")
    line = line.removeprefix("connection is bad: ")
    for kind, table in ((StoreUnavailable, PASSING), (StoreError, ADVICE)):
        for pattern, advice in table:
            if pattern in (code, cause) or pattern in cause:
                return kind(f"database {database_name(engine)}: {line}{advice}")
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    kind, advice = (StoreUnavailable, "; the connection was lost") if lost else (StoreError, "")
    return kind(f"database {database_name(engine)}: {line}{advice}")
