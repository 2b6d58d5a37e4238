"""Opens a database: connections, transactions, migrations."""

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
    insert,
    inspect,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import SchemaChanged, StoreError
from .error_translation import database_name, translate_errors
from .files import private
from .schema import create_tables

HEAD = "0001"  # the newest migration; a test compares it with the folder
MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = table("alembic_version", column("version_num", Text))
VERSION = select(VERSIONS.c.version_num)
BUSY_TIMEOUT = 30_000  # ms that a writer waits for another
CONNECTIONS = 10  # open connections to PostgreSQL: one for each polling thread, and for the beat
OLDEST = (14,)  # of PostgreSQL: the first with idle_session_timeout, which ends a hung leader
# Advisory locks by name; every feedbot on a database must use the same numbers.
LOCKS = {"migrations": 4150, "stories": 4151, "leases": 4152, "leader": 4153, "publish": 4154}
# A process that hangs inside a transaction loses it, so that others can continue.
SESSION = {
    "lock_timeout": f"{BUSY_TIMEOUT}ms",
    "idle_in_transaction_session_timeout": f"{BUSY_TIMEOUT}ms",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
# A lost server is noticed within half a minute instead of TCP's two hours.
KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def open_engine(url: str) -> Engine:
    """An engine for the database at `url`, with its tables migrated.

    Raises StoreError, naming the database, if it cannot be opened or belongs to a newer feedbot.

    Transactions of a connection with the option `writes` may write. Those with the same name in the
    option `alone` run one at a time, so that what they read stays true until the end. (SQLite has
    one writer at a time anyway.)
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


def close_returned(engine: Engine) -> None:
    """Has every connection closed that is given back from now on: nobody waits in its old pool."""

    @event.listens_for(engine, "checkin")
    def close(connection: DBAPIConnection | None, _: ConnectionPoolEntry) -> None:
        if connection is not None:
            connection.close()


def _prepare_sqlite(engine: Engine) -> None:
    file = database_file(engine.url)
    if file is not None:
        _watch(engine, file)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: it leaves reads outside, so what was
        # read could change before the write that depends on it.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode, NORMAL survives a crash of the process. After a power loss the last polls may
        # be missing; those sources are simply polled again.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
        # Savepoints would write to the folder for temporary files, and fail where that is full.
        connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _watch(engine: Engine, file: Path) -> None:
    """Creates a missing file, and checks at every use of the engine that it is still the same.

    A process can use a deleted file for weeks, and loses all it saved there when it ends; a new
    connection would create an empty file in its place.
    """
    with contextlib.suppress(OSError):  # it exists; or SQLite will say what is wrong
        os.close(private(file, os.O_CREAT | os.O_EXCL | os.O_RDWR))  # journals inherit its mode
    opened = _identity(file)

    def check(*_: object) -> None:
        if opened is not None and _identity(file) != opened:
            raise SchemaChanged(
                f"database {file}: was deleted or replaced while feedbot had it open, so feedbot"
                " cannot save; start it again"
            )

    event.listen(engine, "do_connect", check)
    event.listen(engine, "begin", check)


def _identity(file: Path) -> tuple[int, int] | None:
    """What distinguishes a file from one that replaces it; None if there is none."""
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
            # An extra one is opened and closed on demand, which costs more than a quiet poll.
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
        if alone != "migrations":  # no migration while others write
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
            f"database {database_name(engine)}: its encoding {encoding} cannot represent every"
            " article; create it with `createdb --encoding=UTF8 --template=template0`"
        )


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
        is_new = not _foreign(connection)
    if is_new and engine.dialect.name == "sqlite":
        _create(engine)
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    alone = engine.connect().execution_options(writes=True, alone="migrations")
    with alone as connection, connection.begin():
        version = _version(connection)  # again, since another process may have migrated meanwhile
        if version is not None and version not in known:
            raise StoreError(
                f"database {database_name(engine)}: its schema {version} is newer than the one this"
                f" feedbot knows ({HEAD}); install the newer feedbot, or name another database"
            )
        if version is None and _foreign(connection):
            raise StoreError(
                f"database {database_name(engine)}: belongs to another program; name another"
                " database in [store] url"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _create(engine: Engine) -> None:
    """Makes the tables of a new SQLite database as the migrations would leave them.

    Alembic takes longer to load than the first listing to be read, and 11 MB of memory.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if _foreign(connection):  # another process has made them meanwhile
            return
        create_tables(connection)
        connection.execute(
            text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        )
        connection.execute(insert(VERSIONS).values(version_num=HEAD))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(VERSION)


def is_current() -> ColumnElement[bool]:
    """The condition that the tables are still those that this feedbot opened."""
    return VERSION.scalar_subquery() == HEAD


def check_version(connection: Connection) -> None:
    """Raises SchemaChanged if the tables are no longer those that this feedbot opened."""
    version = connection.scalar(VERSION)
    if version != HEAD:
        raise SchemaChanged(
            f"database {database_name(connection.engine)}: another version of feedbot has changed"
            f" its schema to {version}, and this one knows {HEAD}; install that version and restart"
        )


def _foreign(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def database_file(url: str | URL) -> Path | None:
    """The file of a SQLite URL; None for a database in memory or of another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))
