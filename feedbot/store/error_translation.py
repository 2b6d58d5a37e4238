"""What a database complains of, in a line that names it and says what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import StoreError, StoreUnavailable

# A sign is part of the message, or PostgreSQL's code for it: messages come in many languages,
# codes do not, but a connection that fails has only a message.
ADVICE = (
    ("not a database", "; move the file away or name another one in [store] url"),
    ("malformed", "; restore it from a backup, or move it away to start anew"),
    ("unable to open", "; does its folder exist, and may feedbot write there?"),
    ("readonly", "; may feedbot write to the file and its folder?"),
    ("disk is full", "; make room, nothing that was saved is lost"),
    # Also what SQLite says where there is no room for its shared memory.
    ("disk I/O error", "; make room if the disk is full, else look whether it fails"),
    ("locked", "; another program holds it, try again when that has ended"),
    ("password", "; see the user and the password in [store] url"),
    ("role ", "; see the user in [store] url, or create it with `createuser`"),
    ("does not exist", "; create it with `createdb`, or see its name in [store] url"),
    ("pg_hba.conf", "; let this user and machine in there"),
    ("could not translate host", "; see the host in [store] url"),
    ("resolve host", "; see the host in [store] url"),
    ("42501", "; grant the user of [store] url all rights on the database and its schema"),
    ("25006", "; it is a standby or set read-only, name the primary in [store] url"),
)
# What passes by itself; `run` and `worker` wait for it.
PASSING = (
    ("too many clients", "; raise max_connections, or run fewer workers"),
    ("connection slots are reserved", "; raise max_connections, or run fewer workers"),
    ("too many connections", "; raise the limit of the role or database, or run fewer workers"),
    ("53300", "; raise max_connections, or run fewer workers"),
    ("53100", "; make room on the server's disk, nothing that was saved is lost"),
    ("No space left", "; make room on the server's disk, nothing that was saved is lost"),
    ("starting up", "; it will answer in a moment"),
    ("shutting down", "; it will answer when it is started again"),
    ("Is the server running", "; start the server, or see the host and port in [store] url"),
    ("timeout expired", "; start the server, or see the host and port in [store] url"),
    ("55P03", "; another save, of this process or another, took too long; try again"),
    ("40001", "; another worker was first, try again"),
    ("40P01", "; another worker was first, try again"),
)


@contextlib.contextmanager
def translate_errors(engine: Engine) -> Iterator[None]:
    """Turns the database's errors into StoreError, with the database's name and a way out."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _explanation(engine, error) from error


def database_name(engine: Engine) -> str:
    """A database as its operator knows it, without the password."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return engine.url.database
    return engine.url.set(drivername=engine.dialect.name, query={}).render_as_string()


def _explanation(engine: Engine, error: SQLAlchemyError) -> StoreError:
    cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    # The driver tells every address and attempt; the first line says it.
    line = cause.strip().split("\n")[0].removeprefix("connection failed: ")
    line = line.removeprefix("connection is bad: ")
    for kind, table in ((StoreUnavailable, PASSING), (StoreError, ADVICE)):
        for sign, advice in table:
            if sign in (code, cause) or sign in cause:
                return kind(f"database {database_name(engine)}: {line}{advice}")
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    kind, advice = (StoreUnavailable, "; the connection was lost") if lost else (StoreError, "")
    return kind(f"database {database_name(engine)}: {line}{advice}")
