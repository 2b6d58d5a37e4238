"""Opening a database: connections, transactions, migrations, and errors that say what to do."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import StoreError

HEAD = "0001"  # the newest migration; a test compares it with the folder
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT = 30_000  # ms that a writer waits for another


def open_engine(url: str) -> Engine:
    """An engine on the database at `url`, its tables brought up to date.

    Raises StoreError, naming the database, when it cannot be opened or was written by a newer
    feedbot.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    with explained(engine):
        _migrate(engine)
    return engine


@contextlib.contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turns the database's errors into StoreError, with the database's name and a way out."""
    try:
        yield
    except SQLAlchemyError as error:
        name = engine.url.render_as_string(hide_password=True)
        if engine.dialect.name == "sqlite":
            name = engine.url.database or name
        cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        raise StoreError(f"database {name}: {cause}{_advice(cause)}") from error


def _advice(cause: str) -> str:
    for sign, advice in (
        ("not a database", "; move the file away or name another one in [store] url"),
        ("malformed", "; restore it from a backup, or move it away to start anew"),
        ("unable to open", "; does its folder exist, and may feedbot write there?"),
        ("readonly", "; may feedbot write to the file and its folder?"),
        ("disk is full", "; make room, nothing that was saved is lost"),
        ("locked", "; another program holds it, try again when that has ended"),
    ):
        if sign in cause:
            return advice
    return ""


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it leaves reads outside of them,
        # and what was read and then decided on could change in between.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode NORMAL survives every crash of the process; after a power loss the last
        # polls may be missing, and are simply polled again.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 8000")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(4151)"))
        version = _version(connection)  # again: another process may have been first
        if version is not None and version not in known:
            raise StoreError(
                f"database {engine.url.database}: schema {version} is newer than this feedbot"
                f" knows ({HEAD}); install the newer feedbot, or name another database"
            )
        if version is None and _foreign(connection):
            raise StoreError(
                f"database {engine.url.database}: holds tables of another program; name another"
                " database in [store] url"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _foreign(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def database_file(url: str) -> Path | None:
    """The file behind a SQLite URL; None for a database in memory or of another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))
