"""Promises to operators, with real processes: signals, kill -9, races, exit statuses."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from feedbot.demo.portal import LISTING, Portal
from tests.processes import entries, feedbot, output, start, until, without_read_time

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = "feeds"

[polling]
interval = "1s"
delay = "0s"
revisit = "0s"

[[sources]]
name = "Portaal"
url = {url}

[topics]
Rusland = "country:RU"
China = "country:CN"
"""


@pytest.fixture
def home(tmp_path: Path, portal: Portal) -> Path:
    text = CONFIG.format(url=json.dumps(portal.url))
    (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_poll_publishes_and_a_second_poll_touches_nothing(home: Path) -> None:
    first = feedbot(home, "poll", "--json")
    assert first.returncode == 0, first.stderr
    source = json.loads(first.stdout)["sources"][0]
    assert source["status"] == "ok"
    assert source["new"] > 10
    before = output(home)
    second = feedbot(home, "poll", "--json")
    assert json.loads(second.stdout)["sources"][0]["new"] == 0, second.stdout
    assert json.loads(second.stdout)["feeds"]["written"] == 0
    assert output(home) == before


def test_the_files_of_a_topic_that_is_gone_stay_until_they_are_pruned(home: Path) -> None:
    feedbot(home, "poll")
    config = home / "feedbot.toml"
    config.write_text(config.read_text(encoding="utf-8").replace('China = "country:CN"\n', ""))
    (home / "feeds" / "mine.html").write_text("made by hand")
    for _ in range(2):
        assert feedbot(home, "publish").returncode == 0
        assert (home / "feeds" / "china.xml").exists()
        assert "china" not in (home / "feeds" / "index.html").read_text(encoding="utf-8")
    assert feedbot(home, "publish", "--prune").returncode == 0
    assert sorted(path.name for path in (home / "feeds").iterdir()) == [
        "feed.js", "feeds.opml", "help.html", "icon.png", "index.html", "mine.html", "rusland.html",
        "rusland.json", "rusland.xml", "search.json", "style.css",
    ]  # fmt: skip


def test_run_follows_the_site_until_sigterm(home: Path, portal: Portal) -> None:
    process = start(home, "run")
    try:
        until(lambda: len(entries(home, "rusland")) > 0)
        total = len(entries(home, "rusland")) + len(entries(home, "china"))
        for _ in range(12):
            portal.advance()
        until(lambda: len(entries(home, "rusland")) + len(entries(home, "china")) > total)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        _, log = process.communicate(timeout=10)
        assert time.monotonic() - asked < 5
    finally:
        process.kill()
    assert process.returncode == 0, log
    assert "Traceback" not in log
    before = contents(home)
    assert feedbot(home, "publish").returncode == 0
    assert contents(home) == before, "everything was saved and published before it ended"


def contents(home: Path) -> dict[str, bytes]:
    return {name: without_read_time(content) for name, (content, _) in output(home).items()}


def test_sigterm_ends_a_poll_of_a_site_that_hangs(home: Path, portal: Portal) -> None:
    portal.break_(LISTING, "slow")
    process = start(home, "run")
    try:
        until(lambda: portal.requests)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        process.communicate(timeout=10)
        assert time.monotonic() - asked < 5
    finally:
        process.kill()
    assert process.returncode == 0


@pytest.mark.parametrize("moment", [2, 6, 12, 15])
def test_kill_9_in_mid_poll_loses_nothing_and_doubles_nothing(
    home: Path, portal: Portal, tmp_path: Path, moment: int
) -> None:
    process = start(home, "poll")
    until(lambda: len(portal.requests) >= moment)
    process.kill()
    process.communicate()
    again = feedbot(home, "poll")
    assert again.returncode == 0, again.stderr
    ids = [entry.id for entry in entries(home, "rusland")]
    assert ids
    assert len(ids) == len(set(ids))
    whole = tmp_path / "undisturbed"
    whole.mkdir()
    (whole / "feedbot.toml").write_text((home / "feedbot.toml").read_text(encoding="utf-8"))
    feedbot(whole, "poll")
    assert {e.id for e in entries(whole, "rusland")} == set(ids)


def test_two_processes_on_one_store_publish_every_story_once(home: Path) -> None:
    processes = [start(home, "poll", "--json") for _ in range(2)]
    reports = [process.communicate(timeout=90) for process in processes]
    for process, (_, errors) in zip(processes, reports, strict=True):
        assert process.returncode == 0, errors
    news = sorted(json.loads(out)["sources"][0]["new"] for out, _ in reports)
    assert news[0] == 0
    assert news[1] > 0
    ids = [entry.id for entry in entries(home, "rusland")]
    assert len(ids) == len(set(ids))


def test_a_source_that_cannot_be_reached_is_named_and_harms_nothing(
    home: Path, portal: Portal
) -> None:
    feedbot(home, "poll")
    before = output(home)
    config = home / "feedbot.toml"
    dead = '[[sources]]\nname = "Dood"\nurl = "http://127.0.0.1:9/nieuws"\n\n[topics]'
    config.write_text(config.read_text(encoding="utf-8").replace("[topics]", dead))
    portal.advance()
    done = feedbot(home, "poll", "--json")
    assert done.returncode == 1
    assert "Dood" in done.stderr
    good, bad = json.loads(done.stdout)["sources"]
    if good["name"] == "Dood":
        good, bad = bad, good
    assert bad["status"] == "failed"
    assert bad["error"]
    assert good["status"] == "ok"
    assert good["new"] == 1
    assert set(before) <= set(output(home))


def test_a_site_that_goes_down_keeps_its_last_good_feed(home: Path, portal: Portal) -> None:
    feedbot(home, "poll")
    before = output(home)
    portal.listing_down()
    done = feedbot(home, "poll")
    assert done.returncode == 1
    assert "Portaal" in done.stderr
    assert output(home) == before
    status = json.loads(feedbot(home, "status", "--json").stdout)
    assert status["sources"][0]["last_error"]


def test_a_wrong_configuration_ends_with_2_and_names_every_mistake(home: Path) -> None:
    config = home / "feedbot.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("delay", "dellay").replace("country:CN", "country:XX"))
    for command in (["run"], ["poll"], ["check"], ["status"], ["why", "http://127.0.0.1/"]):
        done = feedbot(home, *command)
        assert done.returncode == 2, command
        assert "feedbot.toml:7:1" in done.stderr
        assert "did you mean `delay`?" in done.stderr
        assert "'XX' is no country" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_output_that_is_a_file_ends_with_2(home: Path) -> None:
    (home / "feeds").write_text("in the way")
    done = feedbot(home, "poll")
    assert done.returncode == 2
    assert "feedbot.toml:3:1" in done.stderr
    assert (home / "feeds").read_text() == "in the way"


def test_a_command_that_does_not_exist_ends_with_2(home: Path) -> None:
    assert feedbot(home, "pol").returncode == 2
    assert feedbot(home, "poll", "Portal").returncode == 2


def test_help_loads_nothing_heavy(home: Path) -> None:
    code = (
        "import sys; from feedbot.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'requests','lxml','sqlalchemy','apscheduler','pydantic','rich','feedgen',"
        "'jinja2','alembic','ahocorasick'}\n"
        "print(heavy & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == "set()"


def test_why_explains_a_stored_article_and_one_that_is_not(home: Path, portal: Portal) -> None:
    fresh = json.loads(feedbot(home, "preview", portal.url, "--json", "-n", "2").stdout)
    assert len(fresh["articles"]) == 2
    feedbot(home, "poll")
    link = entries(home, "rusland")[0].link
    done = feedbot(home, "why", link, "--json")
    account = json.loads(done.stdout)
    assert account["story"].startswith("tag:feeds.example.org,2026:")
    assert account["published_from"]
    assert account["text"]
    routed = {topic["name"] for topic in account["topics"] if topic["routed"]}
    assert "Rusland" in routed
    assert all(topic["evidence"] for topic in account["topics"] if topic["routed"])
    assert "Rusland" in feedbot(home, "why", link).stdout


def test_demo_once_shows_two_polls_and_ends_with_0(tmp_path: Path) -> None:
    done = feedbot(tmp_path, "demo", "--once", "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "revised" in done.stdout
    here = (tmp_path / "out" / "feeds").as_uri()
    assert f"open {here}/index.html" in done.stdout
    feed = etree.parse(tmp_path / "out" / "feeds" / "rusland.xml").getroot()
    assert {link.get("href") for link in feed.iterfind("{*}link")} == {
        f"{here}/rusland.{ending}" for ending in ("xml", "html", "json")
    }, "of the files, which stay, and not of a server that is gone"


STUCK = """
import threading
from feedbot.cli import _stop_on_signals
stop = _stop_on_signals()
print("ready", flush=True)
stop.wait()
print("stops", flush=True)
threading.Event().wait()
"""


def test_a_process_that_does_not_end_when_told_to_ends_when_told_again() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)  # as `timeout` does
        assert process.stdout.readline() == "stops\n"
        time.sleep(1.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 128 + signal.SIGINT
