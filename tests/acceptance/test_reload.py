"""A new configuration for a running feedbot, with real processes and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbot.demo.portal import Portal
from tests.processes import FEEDBOT, until

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
interval = "1s"
min_interval = "1s"
delay = "0s"
revisit = "0s"
[[sources]]
name = "Portaal"
url = {url}
[topics]
Rusland = {{}}
"""


class Running:
    """`feedbot run` in a folder, and every line of its log so far."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.errors = home / "log"
        with self.errors.open("w") as log:
            self.process = subprocess.Popen([*FEEDBOT, "--log-json", "run"], cwd=home, stderr=log)

    @property
    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.errors.read_text().splitlines()]

    def heard(self, event: str) -> list[dict[str, object]]:
        return [one for one in self.log if one["event"] == event]

    def ask(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*FEEDBOT, "reload"], cwd=self.home, capture_output=True, text=True, check=False
        )


@pytest.fixture
def running(tmp_path: Path, portal: Portal) -> Iterator[Running]:
    text = CONFIG.format(url=json.dumps(portal.url))
    (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
    one = Running(tmp_path)
    try:
        until((tmp_path / "feeds" / "rusland.xml").exists)
        until(lambda: one.heard("published"))
        yield one
    finally:
        one.process.terminate()
        assert one.process.wait(timeout=15) == 0


def test_a_new_topic_is_there_without_a_restart(running: Running, portal: Portal) -> None:
    config = running.home / "feedbot.toml"
    config.write_text(config.read_text() + "China = {}\n")
    done = running.ask()
    assert done.returncode == 0, done.stderr
    assert str(running.process.pid) in done.stdout
    china = running.home / "feeds" / "china.xml"
    until(lambda: china.exists() and "<entry" in china.read_text())
    assert running.heard("reloaded")[0]["topics"] == 2


def test_a_wrong_configuration_is_named_and_the_old_one_goes_on(
    running: Running, portal: Portal
) -> None:
    config = running.home / "feedbot.toml"
    good = config.read_text()
    config.write_text(good.replace("delay", "dellay").replace("Rusland = {}", 'Rusland = "*x"'))
    assert running.ask().returncode == 2
    os.kill(running.process.pid, signal.SIGHUP)
    until(lambda: len(running.heard("kept the old configuration")) == 2)
    problems = " ".join(str(one["problem"]) for one in running.log if "problem" in one)
    assert "feedbot.toml:6:1" in problems
    assert "did you mean `delay`?" in problems
    seen = len(portal.requests)
    until(lambda: len(portal.requests) > seen)  # it polls on


def test_no_poll_is_lost_and_no_story_twice_however_often_it_is_reloaded(
    running: Running, portal: Portal
) -> None:
    shown = 0
    for _ in range(6):
        shown += portal.advance() is not None
        os.kill(running.process.pid, signal.SIGHUP)
        time.sleep(0.3)
    known = {portal.address(story) for story in portal.stories}

    def read() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", COUNT],
            cwd=running.home,
            capture_output=True,
            text=True,
            check=True,
        )
        return set(json.loads(done.stdout))

    assert shown
    until(lambda: read() >= known)
    assert not [one for one in running.log if one["level"] == "error"]


COUNT = """
import json, sqlite3
print(json.dumps([url for url, in sqlite3.connect("feedbot.db").execute(
    "SELECT url FROM page WHERE story IS NOT NULL")]))
"""


def test_nobody_to_tell_is_named(tmp_path: Path) -> None:
    (tmp_path / "feedbot.toml").write_text(CONFIG.format(url='"http://127.0.0.1:9/"'))
    done = subprocess.run(
        [*FEEDBOT, "reload"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "there is no `feedbot run` with feedbot.toml" in done.stderr
