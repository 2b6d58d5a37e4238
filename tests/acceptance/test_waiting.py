"""Polls go on in time whatever publishing waits for, and SIGTERM ends it all within ten seconds."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedbot.demo.portal import LISTING, Portal
from tests.processes import FEEDBOT, feedbot, start, until

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = {output}
{more}
[polling]
interval = "1s"
min_interval = "1s"
max_interval = "1s"
delay = "0s"
[[sources]]
name = "Portaal"
url = {url}
[topics]
Rusland = {{}}
"""
LOCK = "feedbot.db-publish"
Trouble = Callable[[Path], contextlib.AbstractContextManager[dict[str, str]]]


def configure(home: Path, portal: Portal, output: str = "feeds", more: str = "") -> None:
    text = CONFIG.format(url=json.dumps(portal.url), output=json.dumps(output), more=more)
    (home / "feedbot.toml").write_text(text, encoding="utf-8")


@contextlib.contextmanager
def locked(home: Path) -> Iterator[None]:
    """The publish lock, as another process holds it."""
    with (home / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def silent_server() -> Iterator[str]:
    """The address of a server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


# --- what publishing may wait for -------------------------------------------------------------


@contextlib.contextmanager
def lock_held(home: Path) -> Iterator[dict[str, str]]:
    with locked(home):
        yield {}


@contextlib.contextmanager
def lock_is_a_folder(home: Path) -> Iterator[dict[str, str]]:
    (home / LOCK).mkdir()
    yield {}


@contextlib.contextmanager
def lock_is_a_pipe_that_is_held(home: Path) -> Iterator[dict[str, str]]:
    os.mkfifo(home / LOCK)
    handle = os.open(home / LOCK, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield {}
    os.close(handle)


@contextlib.contextmanager
def lock_is_unreadable(home: Path) -> Iterator[dict[str, str]]:
    if os.geteuid() == 0:
        (home / LOCK).symlink_to("/proc/self/nowhere/lock")
    else:
        (home / LOCK).touch(mode=0)
    yield {}


@contextlib.contextmanager
def template_is_broken(home: Path) -> Iterator[dict[str, str]]:
    (home / "templates").mkdir()
    (home / "templates" / "index.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    yield {}


@contextlib.contextmanager
def bucket_does_not_answer(home: Path) -> Iterator[dict[str, str]]:
    config = home / "feedbot.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('output = "feeds"', 'output = "s3://nieuws/feeds"'))
    with silent_server() as url:
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "name",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }


@contextlib.contextmanager
def hub_and_alerts_hang(home: Path) -> Iterator[dict[str, str]]:
    config = home / "feedbot.toml"
    with silent_server() as url:
        dead = '[[sources]]\nname = "Dood"\nurl = "http://127.0.0.1:9/"\n[topics]'
        text = config.read_text(encoding="utf-8").replace("[topics]", dead)
        alerts = f'hub = "{url}/"\n[alerts]\ncommand = "sleep 60"\nfeed = true\n[polling]'
        config.write_text(text.replace("[polling]", alerts), encoding="utf-8")
        yield {}


NAMED: dict[Trouble, str] = {
    lock_held: f"{LOCK} is locked: another process is publishing",
    lock_is_a_folder: f"{LOCK}: is a folder; remove it",
    lock_is_a_pipe_that_is_held: f"{LOCK} is locked: another process is publishing",
    lock_is_unreadable: f"{LOCK}: ",
    template_is_broken: "division by zero",
    bucket_does_not_answer: "",  # it is given a minute before that
    hub_and_alerts_hang: "",
}


@pytest.mark.parametrize("trouble", NAMED, ids=lambda one: one.__name__)
def test_polls_go_on_in_time_whatever_publishing_waits_for(
    tmp_path: Path, portal: Portal, trouble: Trouble
) -> None:
    configure(tmp_path, portal)
    with trouble(tmp_path) as environment, (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [*FEEDBOT, "run"], cwd=tmp_path, env=os.environ | environment, stderr=log
        )
        try:
            until(lambda: visits(portal) >= 1)
            until(lambda: visits(portal) >= 5, seconds=15)
            named = NAMED[trouble]
            until(lambda: named in (tmp_path / "log").read_text(encoding="utf-8"))
            if named:
                shown_by_status(tmp_path, named)
            process.send_signal(signal.SIGTERM)
            asked = time.monotonic()
            process.wait(timeout=20)
            assert time.monotonic() - asked < 10
        finally:
            process.kill()
            process.wait()
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert process.returncode == 0, said
    assert said.count(named) <= 4 or not named, "it is said once, not at every beat"
    assert said.count("Traceback") <= (trouble is template_is_broken)


def visits(portal: Portal) -> int:
    return sum(path == LISTING for _, path, _ in portal.requests)


def shown_by_status(home: Path, problem: str) -> None:
    def shown() -> bool:
        (one,) = json.loads(feedbot(home, "status", "--json").stdout)["unpublished"] or [{}]
        return problem in one.get("problem", "")

    until(shown)
    text = feedbot(home, "status").stdout
    assert "has not been able to publish since" in text
    assert problem in text


def test_whoever_waited_publishes_as_soon_as_the_lock_is_free(
    tmp_path: Path, portal: Portal
) -> None:
    configure(tmp_path, portal)
    process = None
    try:
        with locked(tmp_path):
            process = start(tmp_path, "run")
            until(lambda: "publish" in feedbot(tmp_path, "status").stdout)
            assert not (tmp_path / "feeds" / "index.html").exists()
        until((tmp_path / "feeds" / "index.html").exists, seconds=10)
        until(lambda: json.loads(feedbot(tmp_path, "status", "--json").stdout)["unpublished"] == [])
        process.terminate()
        _, said = process.communicate(timeout=10)
        assert said.count("waiting to publish") == 1
    finally:
        if process:
            process.kill()


def test_sigterm_ends_a_process_whose_database_another_program_holds(
    tmp_path: Path, portal: Portal
) -> None:
    configure(tmp_path, portal)
    process = start(tmp_path, "run")
    try:
        until(lambda: visits(portal) >= 1)
        with contextlib.closing(sqlite3.connect(tmp_path / "feedbot.db", timeout=10)) as other:
            other.execute("BEGIN IMMEDIATE")
            portal.advance()
            time.sleep(3)  # polls, beat and publishing wait for it now
            process.terminate()
            asked = time.monotonic()
            _, said = process.communicate(timeout=20)
            assert time.monotonic() - asked < 10
        assert "Traceback" not in said
    finally:
        process.kill()


@pytest.mark.parametrize("command", ["poll", "publish", "replay"])
def test_a_command_says_that_it_waits_and_goes_on_when_it_can(
    tmp_path: Path, portal: Portal, command: str
) -> None:
    configure(tmp_path, portal)
    with (tmp_path / "said").open("w") as said:
        with locked(tmp_path):
            process = subprocess.Popen([*FEEDBOT, command], cwd=tmp_path, stderr=said)
            until(lambda: "waiting up to 120 s" in (tmp_path / "said").read_text())
            assert process.poll() is None
        assert process.wait(timeout=20) == 0
    assert (tmp_path / "feeds" / "index.html").exists()


def test_sigterm_ends_a_poll_that_waits_to_publish(tmp_path: Path, portal: Portal) -> None:
    configure(tmp_path, portal)
    with locked(tmp_path), (tmp_path / "said").open("w") as said:
        process = subprocess.Popen([*FEEDBOT, "poll"], cwd=tmp_path, stderr=said)
        until(lambda: "waiting up to 120 s" in (tmp_path / "said").read_text())
        process.terminate()
        asked = time.monotonic()
        assert process.wait(timeout=20) == 1
        assert time.monotonic() - asked < 10
    assert "is locked: another process is publishing" in (tmp_path / "said").read_text()


def test_status_shows_what_a_command_could_not_publish_until_another_could(
    tmp_path: Path, portal: Portal
) -> None:
    configure(tmp_path, portal)
    in_the_way = tmp_path / "feeds" / "rusland.xml"
    in_the_way.mkdir(parents=True)
    since = set()
    for _ in range(2):
        assert feedbot(tmp_path, "poll").returncode == 1
        (one,) = json.loads(feedbot(tmp_path, "status", "--json").stdout)["unpublished"]
        assert "rusland.xml" in one["problem"]
        since.add(one["since"])
    assert len(since) == 1, "since the first failure"
    assert "has not been able to publish since" in feedbot(tmp_path, "status").stdout
    in_the_way.rmdir()
    assert feedbot(tmp_path, "publish").returncode == 0
    assert json.loads(feedbot(tmp_path, "status", "--json").stdout)["unpublished"] == []


def test_a_command_says_that_the_hub_was_not_told(tmp_path: Path, portal: Portal) -> None:
    configure(tmp_path, portal, more='hub = "http://127.0.0.1:9/?key=GEHEIM"')
    done = feedbot(tmp_path, "poll")
    assert done.returncode == 0
    assert "hub failed 127.0.0.1:9" in done.stderr
    assert "GEHEIM" not in done.stderr
