"""The databases that the store runs on: SQLite, and a PostgreSQL server that the tests start.

The server listens on a socket in a temporary folder and runs as somebody other than root. Its
default collation is that of a language, which sorts other than bytes do.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres"  # of Debian's package; the server refuses to run as root
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "jit": "off",
    "fsync": "off",
}


class Postgres:
    """A PostgreSQL server of its own; `settings` are what it says in postgresql.conf."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="feedbot-pg-"))
        self._numbers = itertools.count(1)
        if os.getuid() == 0:
            shutil.chown(self.folder, USER, USER)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, "-E", "UTF8", "-A", "trust",
                  "--no-sync", "--locale-provider=icu", "--icu-locale=nl", "--locale=C")  # fmt: skip
        lines = [f"{name} = '{value}'" for name, value in (SETTINGS | settings).items()]
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write("\n".join([*lines, f"unix_socket_directories = '{self.folder}'", ""]))
        self.start()

    def _run(self, program: str, *args: str) -> None:
        as_root = os.getuid() == 0
        done = subprocess.run(
            [PROGRAMS[-1] / program, *args],
            user=USER if as_root else None,
            group=pwd.getpwnam(USER).pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
            cwd=self.folder,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"

    def _control(self, *args: str) -> None:
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", *args)

    def start(self) -> None:
        """Starts the server, and waits until it answers."""
        self._control("start")

    @property
    def process(self) -> int:
        """The number of the server's first process, of which the others are children."""
        word = (self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8")
        return int(word.split("\n")[0])

    def stop(self, mode: str = "fast") -> None:
        """Ends the server; "immediate" is a crash."""
        self._control("-m", mode, "stop")

    def url(self, database: str, user: str = USER) -> str:
        """How feedbot is told of a database of this server."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """A statement by the superuser."""
        engine = create_engine(self.url(database).replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        engine.dispose()

    def create_database(self) -> str:
        """The name of a new, empty database."""
        name = f"feedbot_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def close(self) -> None:
        """Ends the server and removes its folder."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def is_absent() -> str:
    """Why there is no PostgreSQL here; "" if there is."""
    if not PROGRAMS:
        return "no PostgreSQL server here (Debian: apt-get install postgresql)"
    return ""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; skips where none is installed."""
    if is_absent():
        pytest.skip(is_absent())
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """A new PostgreSQL database."""
    return postgres.url(postgres.create_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'feedbot.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
