"""Backup, doctor, and what happens to an installation: full disks, broken files, wrong clocks."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from feedbot import config
from feedbot.demo.portal import Portal
from feedbot.operations import doctor
from feedbot.store import backup
from tests import processes
from tests.wire import Wire, reply

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
delay = "0s"
revisit = "0s"
[[sources]]
name = "Portaal"
url = {url}
[topics]
Rusland = {{}}
China = {{}}
"""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")


feedbot = partial(processes.feedbot, timeout=120)


@dataclass(frozen=True)
class Polled:
    """A home in which everything was polled once, the port of the site, and when it opened."""

    home: Path
    port: int
    opened: datetime

    def site(self) -> Portal:
        """The site as it was then."""
        first = iter([self.opened])
        return Portal(port=self.port, clock=lambda: next(first, None) or datetime.now(UTC))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polled]:
    with socket.socket() as kept:  # nobody else gets the port while no site listens there
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        once = Polled(tmp_path_factory.mktemp("once"), kept.getsockname()[1], datetime.now(UTC))
        with once.site() as portal:
            configure(once.home, portal)
            done = feedbot(once.home, "poll")
            assert done.returncode == 0, done.stderr
        yield once


@pytest.fixture
def portal(once: Polled) -> Iterator[Portal]:
    """A site of each test's own, at one address and with one history."""
    with once.site() as portal:
        yield portal


def configure(home: Path, portal: Portal) -> None:
    (home / "feedbot.toml").write_text(CONFIG.format(url=json.dumps(portal.url)))


@pytest.fixture
def home(tmp_path: Path, portal: Portal) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    configure(home, portal)
    return home


@pytest.fixture
def polled(tmp_path: Path, once: Polled, portal: Portal) -> Path:
    return shutil.copytree(once.home, tmp_path / "home")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def served(feeds: Path) -> dict[str, bytes]:
    """The files with names of their own: one that is being written is gone before it is read."""
    return {path.name: path.read_bytes() for path in feeds.glob("[!.]*.*")}


def findings(home: Path) -> dict[str, dict[str, object]]:
    done = feedbot(home, "doctor", "--json")
    assert "Traceback" not in done.stderr
    found = {one["about"]: one for one in json.loads(done.stdout)["findings"]}
    assert done.returncode == (0 if all(one["good"] for one in found.values()) else 1)
    return found


def test_an_error_of_a_command_tells_no_secret(home: Path) -> None:
    with Wire() as site:
        site.answers["/nieuws?token=geheim"] = reply("<title>x</title><h1>x</h1><p>kort")
        (home / "feedbot.toml").write_text(CONFIG.format(url=json.dumps(f"{site.url}/nieuws")))
        done = feedbot(home, "why", f"{site.url}/nieuws?token=geheim")
    assert done.returncode == 1
    assert "not an article" in done.stderr
    assert "geheim" not in done.stdout + done.stderr


# --- backup -----------------------------------------------------------------------------------


def test_a_backup_put_back_gives_the_same_output(polled: Path, portal: Portal) -> None:
    before = files(polled / "feeds")
    done = feedbot(polled, "backup", "copy.db")
    assert done.returncode == 0, done.stderr
    for _ in range(8):
        portal.advance()
    assert feedbot(polled, "poll").returncode == 0
    assert files(polled / "feeds") != before
    for path in polled.glob("feedbot.db*"):
        path.unlink()
    shutil.copy(polled / "copy.db", polled / "feedbot.db")
    shutil.rmtree(polled / "feeds")
    assert feedbot(polled, "publish").returncode == 0
    assert files(polled / "feeds") == before


def test_a_backup_in_the_middle_of_polls_is_whole(polled: Path, portal: Portal) -> None:
    stop = threading.Event()

    def poll_on() -> None:
        while not stop.is_set():
            portal.advance() or portal.correct()
            feedbot(polled, "poll")

    poller = threading.Thread(target=poll_on)
    poller.start()
    try:
        for number in range(4):
            done = feedbot(polled, "backup", f"copy{number}.db")
            assert done.returncode == 0, done.stderr
    finally:
        stop.set()
        poller.join()
    for path in polled.glob("copy*.db"):
        with sqlite3.connect(path) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            pages, stories = (
                copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("page", "story")
            )
        copy.close()
        assert stories > 0
        assert pages >= stories
    assert not list(polled.glob("copy*-wal"))


def test_a_backup_says_why_it_cannot_be(polled: Path) -> None:
    onto_itself = feedbot(polled, "backup", "feedbot.db")
    assert onto_itself.returncode == 1
    assert "is the database itself" in onto_itself.stderr
    nowhere = feedbot(polled, "backup", "/nowhere/copy.db")
    assert nowhere.returncode == 1
    assert "/nowhere/copy.db: no such file or directory" in nowhere.stderr


def test_what_a_killed_backup_has_left_goes_with_the_next(polled: Path) -> None:
    there = set(polled.iterdir())
    code = (
        "import os, signal, sys; from pathlib import Path; from feedbot.store import backup\n"
        "backup.damages = lambda url: os.kill(os.getpid(), signal.SIGKILL)\n"
        "backup.back_up('sqlite:///feedbot.db', Path('copy.db'))\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=polled, check=False)
    left = set(polled.iterdir()) - there
    assert len(left) == 1, "the unfinished copy"
    with backup._workplace(polled / "copy.db") as at_work:  # of a process that is not dead
        assert feedbot(polled, "backup", "copy.db").returncode == 0
        assert set(polled.iterdir()) - there == {polled / "copy.db", at_work}
    assert set(polled.iterdir()) - there == {polled / "copy.db"}


def test_what_lies_beside_the_output_is_for_its_owner_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        process = processes.start(home, "run")
        processes.until((home / "feeds" / "rusland.xml").exists)
        assert feedbot(home, "backup", "copy.db").returncode == 0
        names = {path.name: path.stat().st_mode & 0o777 for path in home.glob("*.db*")}
        process.terminate()
        process.communicate(timeout=15)
        assert process.returncode == 0
    finally:
        os.umask(before)
    assert {"feedbot.db", "feedbot.db-wal", "feedbot.db-shm", "feedbot.db-run"} <= set(names)
    assert {"feedbot.db-publish", "copy.db"} <= set(names)
    assert set(names.values()) == {0o600}, names
    assert (home / "feeds" / "rusland.xml").stat().st_mode & 0o777 == 0o644


def _has_open(pid: int, file: Path) -> bool:
    """Whether a process has a file open; its number is written down before that."""
    held = list(Path(f"/proc/{pid}/fd").iterdir())
    return any(one.exists() and one.samefile(file) for one in held)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_database_that_is_deleted_ends_the_process_that_has_it_open(
    polled: Path, replaced: bool
) -> None:
    shutil.copy(polled / "feedbot.db", polled / "other.db")
    process = processes.start(polled, "run")
    processes.until((polled / "feedbot.db-run").exists)
    processes.until(lambda: (polled / "feedbot.db-run").read_text())
    processes.until(lambda: _has_open(process.pid, polled / "feedbot.db"))
    for path in polled.glob("feedbot.db*"):
        path.unlink()
    if replaced:
        (polled / "other.db").rename(polled / "feedbot.db")
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 1
    assert "error: database" in errors.splitlines()[-1]
    assert "was deleted or replaced" in errors.splitlines()[-1]
    assert "Traceback" not in errors
    assert (polled / "feedbot.db").exists() is replaced, "no empty one takes its place"
    assert feedbot(polled, "poll").returncode == 0


@pytest.mark.parametrize("name", ["feedbot.db-run", "feedbot.db-publish", "templates/index.html"])
def test_a_folder_in_the_place_of_a_file_is_named_and_polls_go_on(
    home: Path, portal: Portal, name: str
) -> None:
    (home / name).mkdir(parents=True)
    process = processes.start(home, "run")
    processes.until(lambda: portal.requests)
    time.sleep(2)
    process.terminate()
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert name in errors
    done = feedbot(home, "poll", "--json")
    assert json.loads(done.stdout)["sources"][0]["status"] != "failed"
    assert "Traceback" not in done.stderr


def test_output_that_is_removed_comes_back_although_nothing_is_new(
    home: Path, portal: Portal
) -> None:
    config, feeds = home / "feedbot.toml", home / "feeds"
    often = '[polling]\ninterval = "1s"\nmax_interval = "1s"'
    config.write_text(config.read_text().replace("[polling]", often, 1))
    feedbot(home, "poll")
    process = processes.start(home, "run")
    try:
        asked = len(portal.requests)
        processes.until(lambda: len(portal.requests) > asked)
        time.sleep(2)  # what is written at the start is written
        before = served(feeds)
        for name in ("index.html", "style.css", "rusland.xml", "china.html"):
            (feeds / name).unlink()
        processes.until(lambda: served(feeds).keys() == before.keys())
        after = served(feeds)
        for one in (before, after):
            del one["index.html"]  # it says to the minute when sources were read
        assert after == before
    finally:
        process.terminate()
        process.communicate(timeout=15)


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = feedbot(Path(), "demo", "--once", "--port", port)
    assert done.returncode == 2
    assert f"port {port}: address already in use; name another with --port" in done.stderr
    assert feedbot(Path(), "demo", "--port", "70000").returncode == 2


# --- doctor -----------------------------------------------------------------------------------


def test_doctor_finds_nothing_where_nothing_is_wrong(polled: Path) -> None:
    before = files(polled / "feeds")
    found = findings(polled)
    assert {"configuration", "database", "output", "permissions", "clock", "Portaal"} <= set(found)
    assert all(one["good"] for one in found.values()), found
    assert files(polled / "feeds") == before


def test_doctor_before_the_first_poll_makes_nothing(home: Path) -> None:
    assert all(one["good"] for one in findings(home).values())
    assert {path.name for path in home.iterdir()} == {"feedbot.toml"}


def test_doctor_names_an_output_that_was_changed(polled: Path) -> None:
    feed = polled / "feeds" / "rusland.xml"
    feed.write_bytes(feed.read_bytes().replace(b"<title", b"<title ", 1))
    (polled / "feeds" / "china.json").unlink()
    found = findings(polled)["output"]
    assert not found["good"]
    assert "rusland.xml" in str(found["text"])
    assert "china.json" in str(found["text"])
    assert "feedbot publish" in str(found["help"])
    assert feedbot(polled, "publish").returncode == 0
    assert findings(polled)["output"]["good"]


def test_doctor_names_what_a_web_server_cannot_read(polled: Path) -> None:
    (polled / "feeds" / "china.xml").chmod(0o600)
    found = findings(polled)["permissions"]
    assert "china.xml" in str(found["text"])
    assert str(found["help"]).startswith("chmod -R o+rX")


def test_doctor_names_a_site_that_does_not_let_us_in(polled: Path, portal: Portal) -> None:
    config = polled / "feedbot.toml"
    more = f'[[sources]]\nname = "Zoek"\nurl = "{portal.origin}/zoeken"\n[topics]'
    config.write_text(config.read_text().replace("[topics]", more))
    found = findings(polled)
    assert found["Portaal"]["good"]
    assert "robots.txt" in str(found["Zoek"]["text"])


def test_doctor_compares_the_clock_with_the_stories(polled: Path) -> None:
    def last_year() -> datetime:
        return datetime.now(UTC) - timedelta(days=365)

    found = {
        one.about: one for one in doctor.diagnose(config.load(polled / "feedbot.toml"), last_year)
    }
    assert not found["clock"].good
    assert "timedatectl" in found["clock"].help
    assert found["output"].good


# --- trouble ----------------------------------------------------------------------------------


def test_a_damaged_database_is_named_and_left_alone(polled: Path) -> None:
    database = polled / "feedbot.db"
    before = files(polled / "feeds")
    content = bytearray(database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)  # the first page says what should follow
    database.write_bytes(content)
    for path in polled.glob("feedbot.db-*"):
        path.unlink()
    done = feedbot(polled, "poll")
    assert done.returncode == 1
    assert f"database {database}" in done.stderr
    assert "restore it from a backup" in done.stderr
    assert "Traceback" not in done.stderr
    assert not findings(polled)["database"]["good"]
    assert feedbot(polled, "backup", "copy.db").returncode == 1
    assert not (polled / "copy.db").exists()
    assert files(polled / "feeds") == before
    database.unlink()
    assert feedbot(polled, "poll").returncode == 0


@pytest.mark.parametrize("kind", ["text", "another program"])
def test_a_file_that_is_no_database_of_ours_is_left_alone(home: Path, kind: str) -> None:
    database = home / "feedbot.db"
    if kind == "text":
        database.write_text("Dit is geen database. " * 100)
    else:
        with sqlite3.connect(database) as other:
            other.execute("CREATE TABLE recipe (name TEXT)")
        other.close()
    before = database.read_bytes()
    for command in ("poll", "status", "publish"):
        done = feedbot(home, command)
        assert done.returncode == 1, command
        assert str(database) in done.stderr
        assert "[store] url" in done.stderr
        assert "Traceback" not in done.stderr
    if kind == "text":
        assert database.read_bytes() == before
    else:
        with sqlite3.connect(database) as other:
            tables = other.execute("SELECT name FROM sqlite_master").fetchall()
        other.close()
        assert tables == [("recipe",)]
    found = findings(home)["database"]
    assert not found["good"]
    assert "[store] url" in str(found["help"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of which others can be filled up."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@needs_root
def test_a_full_disk_keeps_what_there_was_and_goes_on_when_there_is_room(
    small_disk: Path, portal: Portal, once: Polled
) -> None:
    shutil.copytree(once.home, small_disk, dirs_exist_ok=True)
    before = files(small_disk / "feeds")
    filler = (small_disk / "filler").open("wb", buffering=0)
    with filler, pytest.raises(OSError, match="No space"):
        while filler.write(bytes(1024)):
            pass
    for _ in range(8):
        portal.advance()
    done = feedbot(small_disk, "poll")
    assert done.returncode == 1
    assert "free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(small_disk / "feeds") == before
    assert not findings(small_disk)["disk"]["good"]
    (small_disk / "filler").unlink()
    again = feedbot(small_disk, "poll")
    assert again.returncode == 0, again.stderr
    with sqlite3.connect(small_disk / "feedbot.db") as database:
        (stories,) = database.execute("SELECT count(*) FROM story").fetchone()
    database.close()
    assert stories == len(portal.stories)


@needs_root
def test_a_read_only_file_system_is_named(small_disk: Path, portal: Portal, once: Polled) -> None:
    shutil.copytree(once.home, small_disk, dirs_exist_ok=True)
    before = files(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = feedbot(small_disk, "poll")
    assert done.returncode == 2
    assert "feedbot.toml" in done.stderr
    assert "read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(small_disk) == before


@needs_root
def test_a_full_folder_for_temporary_files_costs_nothing(small_disk: Path, home: Path) -> None:
    filler = (small_disk / "filler").open("wb", buffering=0)
    with filler, pytest.raises(OSError, match="No space"):
        while filler.write(bytes(1024)):
            pass
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TMPDIR", "SQLITE_TMPDIR"):
            patch.setenv(name, str(small_disk))
        done = feedbot(home, "poll")
    assert done.returncode == 0, done.stderr
    assert (home / "feeds" / "rusland.xml").exists()


@pytest.mark.parametrize("output", [">/dev/full", ">&-", ">&- 2>&-"])
def test_outputs_that_cannot_be_written_are_no_bug(polled: Path, output: str) -> None:
    shell = ["sh", "-c", f"{shlex.join(processes.FEEDBOT)} status {output}"]
    done = subprocess.run(shell, cwd=polled, capture_output=True, text=True, check=False)
    assert done.returncode == (1 if "full" in output else 0)
    assert done.stderr == ("error: standard output: no space left\n" if "full" in output else "")
