"""Opening a database: connections, transactions, migrations, and errors that say what to do."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Text,
    column,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import SchemaChanged, StoreError
from .error_translation import database_name, translate_errors
from .files import private

HEAD = "0001"  # the newest migration; a test compares it with the folder
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = select(column("version_num", Text)).select_from(table("alembic_version"))
BUSY_TIMEOUT = 30_000  # ms that a writer waits for another
CONNECTIONS = 10  # to PostgreSQL that stay open: one for each thread that polls, and for the beat
OLDEST = (14,)  # of PostgreSQL: the first with idle_session_timeout, which ends a hung leader
# Advisory locks, by what is done alone under them; every feedbot on a database must agree.
LOCKS = {"migrations": 4150, "stories": 4151, "leases": 4152, "leader": 4153, "publish": 4154}
# Whoever hangs in the middle of a transaction loses it, and the others go on.
SESSION = {
    "lock_timeout": f"{BUSY_TIMEOUT}ms",
    "idle_in_transaction_session_timeout": f"{BUSY_TIMEOUT}ms",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
# A server that is cut off is noticed within half a minute, not after the two hours of TCP.
KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def open_engine(url: str) -> Engine:
    """An engine on the database at `url`, its tables brought up to date.

    Raises StoreError, naming the database, when it cannot be opened or was written by a newer
    feedbot.

    A connection with the option `writes` writes; with `alone` as well, nobody else does so under
    the same name meanwhile: what was read and then decided on holds until the end of the
    transaction. SQLite has one writer at a time anyway.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url)
        _prepare_sqlite(engine)
    else:
        engine = _open_postgresql(url)
    try:
        with translate_errors(engine):
            if engine.dialect.name == "postgresql":
                _check_server(engine)
            _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    file = database_file(engine.url)
    if file is not None:
        _watch(engine, file)

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


def _watch(engine: Engine, file: Path) -> None:
    """Creates the file if there is none, and has every use of the engine look for it.

    Whoever has a deleted file open can go on for weeks, and what is saved there ends with the
    process; a connection opened then would create an empty one in its place.
    """
    with contextlib.suppress(OSError):  # it is there; or SQLite will say what is wrong
        os.close(private(file, os.O_CREAT | os.O_EXCL | os.O_RDWR))  # the journals get its mode
    opened = _identity(file)

    def check(*_: object) -> None:
        if opened is not None and _identity(file) != opened:
            raise SchemaChanged(
                f"database {file}: was deleted or replaced while feedbot had it open, so nothing"
                " more can be saved; start feedbot again"
            )

    event.listen(engine, "do_connect", check)
    event.listen(engine, "begin", check)


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from one that takes its place; None if there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _open_postgresql(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    given = str(address.query.get("options", ""))
    options = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    try:
        engine = create_engine(
            address,
            connect_args=KEEPALIVE | {"options": f"{options} {given}".strip()},
            # A connection may have died with the server since it was last used.
            pool_pre_ping=True,
            # One more is opened when needed and closed again, which costs more than a quiet poll.
            pool_size=CONNECTIONS,
            max_overflow=2 * CONNECTIONS,
        )
    except ImportError:
        raise StoreError(
            f"database {address.host or ''}/{address.database}: PostgreSQL needs"
            " `pip install 'feedbot[cluster]'`"
        ) from None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes"):
            return
        alone = options.get("alone")
        locks = [f"pg_advisory_xact_lock({LOCKS[alone]})"] if alone else []
        if alone != "migrations":  # the tables stay as they are while others write
            locks.insert(0, f"pg_advisory_xact_lock_shared({LOCKS['migrations']})")
        connection.exec_driver_sql(f"SELECT {', '.join(locks)}")

    return engine


def _check_server(engine: Engine) -> None:
    with engine.connect() as connection:
        version = connection.dialect.server_version_info or ()
        encoding = connection.scalar(text("SHOW server_encoding"))
    if version < OLDEST:
        raise StoreError(
            f"database {database_name(engine)}: PostgreSQL {version[0]} is too old, feedbot needs"
            f" {OLDEST[0]} or newer"
        )
    if encoding != "UTF8":
        raise StoreError(
            f"database {database_name(engine)}: holds text as {encoding}, which cannot hold every"
            " article; create it with `createdb --encoding=UTF8 --template=template0`"
        )


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
    alone = engine.connect().execution_options(writes=True, alone="migrations")
    with alone as connection, connection.begin():
        version = _version(connection)  # again: another process may have been first
        if version is not None and version not in known:
            raise StoreError(
                f"database {database_name(engine)}: schema {version} is newer than this feedbot"
                f" knows ({HEAD}); install the newer feedbot, or name another database"
            )
        if version is None and _foreign(connection):
            raise StoreError(
                f"database {database_name(engine)}: holds tables of another program; name another"
                " database in [store] url"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(VERSION)


def is_current() -> ColumnElement[bool]:
    """Whether the tables are those that this feedbot opened, as a part of a statement."""
    return VERSION.scalar_subquery() == HEAD


def check_version(connection: Connection) -> None:
    """Raises Outdated if the tables are no longer those that this feedbot opened."""
    version = connection.scalar(VERSION)
    if version != HEAD:
        raise SchemaChanged(
            f"database {database_name(connection.engine)}: another feedbot has changed its schema"
            f" to {version}, and this one knows {HEAD}; start this one anew with that version"
        )


def _foreign(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def database_file(url: str | URL) -> Path | None:
    """The file behind a SQLite URL; None for a database in memory or of another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))
