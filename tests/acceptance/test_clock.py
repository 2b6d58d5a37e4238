"""A real process whose clock is set, by faketime: it goes on as if nothing had happened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot.demo.portal import Portal
from tests.processes import feedbot, start, until

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = "feeds"

[polling]
interval = "2s"
max_interval = "2s"
delay = "0s"

[[sources]]
name = "Portaal"
url = {url}

[topics]
Alles = "*"
"""


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(at_first=1) as portal:
        yield portal


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=8)], ids=["back", "sleep"])
def test_a_clock_that_is_set_makes_neither_a_gap_nor_a_storm(
    tmp_path: Path, portal: Portal, jump: timedelta
) -> None:
    if not LIBRARIES:
        pytest.skip("needs the Debian package faketime")
    (tmp_path / "feedbot.toml").write_text(CONFIG.format(url=json.dumps(portal.url)))
    offset = tmp_path / "offset"
    offset.write_text("+0s\n")
    # The library makes the system's absolute sleep fail, with which Python sleeps.
    (tmp_path / "sitecustomize.py").write_text(
        "import threading, time\ntime.sleep = lambda seconds: threading.Event().wait(seconds) and None\n"
    )
    process = start(
        tmp_path,
        "run",
        PYTHONPATH=str(tmp_path),
        LD_PRELOAD=str(LIBRARIES[0]),
        FAKETIME_TIMESTAMP_FILE=str(offset),
        FAKETIME_NO_CACHE="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
    )
    try:
        until(lambda: visits(portal) >= 2)
        offset.write_text(f"{jump.total_seconds():+.0f}s\n")
        before = visits(portal)
        portal.advance()
        until(lambda: visits(portal) >= before + 3, seconds=40)
        process.terminate()
        _, log = process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, log
    assert "Traceback" not in log
    (source,) = json.loads(feedbot(tmp_path, "status", "--json").stdout)["sources"]
    assert source["articles"] == 2
    last = datetime.fromisoformat(source["last_poll"])
    assert abs(last - jump - datetime.now(UTC)) < timedelta(minutes=2), "the clock was set"


def visits(portal: Portal) -> int:
    return sum(1 for _, path, _ in list(portal.requests) if path == "/nieuws")
