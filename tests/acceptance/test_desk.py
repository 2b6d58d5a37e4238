"""The desk as an operator uses it: by keyboard alone, on a telephone and a screen, by day and night."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from feedbot.config.passwords import verifies
from feedbot.demo import configuration
from feedbot.demo.portal import Portal
from feedbot.model import Story
from feedbot.store import Store, queries
from tests.acceptance.test_browser import CONTRAST, FAINTEST, LOOKS, OUTLINE, TOO_WIDE
from tests.browser import Browser, browse
from tests.desks import visitor
from tests.processes import FEEDBOT, entries, feedbot, start, until

PAGES = (
    "", "source?name=Kustportaal", "articles", "article/1", "topics", "topic?name=Zeeland", "topic",
    "sources/new", "changes",
    "articles?q=%3Cb%3E+%22a+NEAR(*+" + "x" * 700, "topic?new=" + "x" * 700 + "&term=%3Cb%3E",
)  # fmt: skip
STORY = "Chinese export groeit minder hard dan verwacht"
OTHER = {"flask", "werkzeug", "waitress", "tomlkit", "feedbot.desk", "itsdangerous"}


@dataclass
class Served:
    """A `feedbot run` with its desk, on the sample site."""

    home: Path
    url: str
    portal: Portal


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("desk")
    with Portal() as portal:
        text = configuration(portal.url, home) + '\n[desk]\nlisten = "127.0.0.1:0"\n'
        (home / "feedbot.toml").write_text(text, encoding="utf-8")
        process = start(home, "--log-json", "run")
        assert process.stderr
        try:
            for line in process.stderr:
                event = json.loads(line)
                if event["event"] == "desk":
                    break
            until(lambda: entries(home, "china"))
            yield Served(home, event["object"], portal)
        finally:
            process.terminate()
            _, rest = process.communicate(timeout=30)
        assert process.returncode == 0, rest
        assert "Traceback" not in rest


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browse(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def shows(browser: Browser, text: str) -> bool:
    return bool(browser.run(f"document.body?.innerText.includes({json.dumps(text)})"))


def waits_for(browser: Browser, text: str) -> None:
    until(lambda: shows(browser, text))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_page_fits_and_can_be_read(
    browser: Browser, served: Served, page: str, width: int, dark: bool
) -> None:
    browser.open(served.url + page, width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert browser.run(TOO_WIDE) == 0
    contrast, where = browser.run(FAINTEST)
    assert contrast >= CONTRAST, where
    levels = browser.run(OUTLINE)
    assert levels[0] == 1
    assert levels.count(1) == 1
    unnamed = "[...document.querySelectorAll('input:not([type=hidden]), textarea')]"
    assert browser.run(f"{unnamed}.filter(o => !o.labels.length && !o.ariaLabel).length") == 0
    assert browser.problems == []


def test_by_keyboard_a_missing_article_is_found_and_a_term_brings_it_and_is_undone(
    browser: Browser, served: Served
) -> None:
    home = served.home
    assert STORY not in titles(home, "zeeland")
    browser.open(served.url + "topics")
    waits_for(browser, "in no topic")
    # Why is it not in Zeeland?
    browser.open(served.url)
    browser.reach("one.type == 'search'")
    browser.press("gezinnen hongkong")
    browser.loads(lambda: browser.press("Enter"))
    browser.reach(f"one.textContent == {json.dumps(STORY)}")
    browser.loads(lambda: browser.press("Enter"))
    assert shows(browser, "Not mentioned")
    assert shows(browser, "BEIJING")
    # A term that brings it, rehearsed while it is typed.
    browser.open(served.url + "topic?name=Zeeland")
    browser.reach("one.id == 'any'")
    browser.run("document.activeElement.setSelectionRange(1e6, 1e6)")
    browser.press("\nChinese")
    waits_for(browser, STORY)
    browser.reach("one.textContent == 'Save'")
    browser.loads(lambda: browser.press("Enter"))
    assert shows(browser, "Saved.")
    until(lambda: STORY in titles(home, "zeeland"))
    assert '"Chinese"' in (home / "feedbot.toml").read_text(encoding="utf-8")
    # And back.
    browser.reach("one.textContent == 'Undo'")
    browser.loads(lambda: browser.press("Enter"))
    assert shows(browser, "topic Zeeland: changed")
    browser.reach("one.textContent.startsWith('Undo the last')")
    browser.loads(lambda: browser.press("Enter"))
    assert shows(browser, "is undone")
    until(lambda: STORY not in titles(home, "zeeland"))
    assert browser.problems == []


def test_by_keyboard_a_source_is_looked_at_and_added(browser: Browser, served: Served) -> None:
    browser.open(served.url, width=390)
    browser.reach("one.textContent == 'New source'")
    browser.loads(lambda: browser.press("Enter"))
    until(lambda: browser.run("document.activeElement.name == 'url'"))
    with Portal() as other:
        browser.press(f"{other.origin}/nieuws/binnenland")
        browser.loads(lambda: browser.press("Enter"))
        waits_for(browser, "as it would be published")
        assert browser.run("document.querySelectorAll('.stories li').length") >= 3
        assert browser.run(TOO_WIDE) == 0
        browser.reach("one.name == 'everything'")
        browser.press("Space")
        browser.reach("one.name == 'topic'")
        browser.press("Gemeente")
        browser.reach("one.textContent.startsWith('Add ')")
        browser.loads(lambda: browser.press("Enter"))
        assert shows(browser, "is added")
        text = (served.home / "feedbot.toml").read_text(encoding="utf-8")
        assert f'url = "{other.origin}/' in text
        assert 'Gemeente = "Gemeente"' in text
        assert '= "source:' in text
        listed = requests.get(served.url, timeout=10).text
        assert listed.count('class="source ') == 2
    assert browser.problems == []


def test_a_page_is_shown_as_feedbot_reads_it(browser: Browser, served: Served) -> None:
    browser.open(served.url + "article/1")
    browser.reach("one.textContent.startsWith('Show the page')")
    browser.loads(lambda: browser.press("Enter"))
    waits_for(browser, "struck through")
    assert browser.run("document.querySelectorAll('.blocks .kept').length") >= 2
    assert browser.run("document.querySelectorAll('.blocks .cut .reason').length") >= 2


def test_the_text_of_a_site_stays_in_its_frame(browser: Browser, served: Served) -> None:
    browser.open(served.url + "article/1")
    assert browser.run("document.querySelector('iframe').contentDocument") is None
    browser.open(served.url + "article/1/text")
    assert browser.run("getComputedStyle(document.body).fontFamily").startswith("Charter")


def titles(home: Path, slug: str) -> list[str]:
    return [entry.title for entry in entries(home, slug)]


# --- processes --------------------------------------------------------------------------------


def test_run_loads_nothing_of_a_desk_that_is_not_asked_for(tmp_path: Path) -> None:
    with Portal() as portal:
        text = configuration(portal.url, tmp_path)
        (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
        code = (
            "import logging, os, signal, sys, threading, time\n"
            "from feedbot.cli import main\n"
            "def end():\n"
            "    while not os.path.exists('feeds/china.xml'): time.sleep(.05)\n"
            "    print('LOADED', *sys.modules, flush=True)\n"
            "    os.kill(os.getpid(), signal.SIGTERM)\n"
            "threading.Thread(target=end, daemon=True).start()\n"
            "main(['run'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "feedbot.schedule" in loaded
    assert not loaded & OTHER


def test_a_desk_of_its_own_visits_publishes_and_ends(tmp_path: Path) -> None:
    with Portal() as portal:
        text = configuration(portal.url, tmp_path)
        (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
        process = start(tmp_path, "desk", "--listen", "127.0.0.1:0")
        assert process.stdout
        url = process.stdout.readline().split()[-1]
        session = requests.Session()
        page = session.get(url, timeout=10).text
        assert "No <code>feedbot run</code> is running" in page
        token = page.partition('name="token" value="')[2].partition('"')[0]
        form = {"token": token, "name": "Kustportaal"}
        assert session.post(f"{url}source/poll", data=form, timeout=10).status_code == 200
        until(lambda: entries(tmp_path, "china"))
        process.terminate()
        out, errors = process.communicate(timeout=30)
    assert process.returncode == 0, out + errors


def test_a_desk_beside_run_on_postgresql_has_it_visit_and_changes_its_topics(
    tmp_path: Path, postgres_url: str
) -> None:
    with Portal() as portal:
        text = configuration(portal.url, tmp_path) + f'\n[store]\nurl = "{postgres_url}"\n'
        (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
        service = start(tmp_path, "run")
        until(lambda: entries(tmp_path, "china"))
        process = start(tmp_path, "desk", "--listen", "127.0.0.1:0")
        assert process.stdout
        somebody = visitor(process.stdout.readline().split()[-1])
        assert "No <code>feedbot run</code> is running" not in somebody.get().text

        story = portal.advance()
        assert story
        assert "visited within" in somebody.post("source/poll", name="Kustportaal").text
        until(lambda: story.headline in somebody.get("articles").text)

        answer = somebody.post("topic", name="", new="Havens", any="haven*", threshold="1")
        assert "Havens: " in answer.text
        assert "send SIGHUP" in answer.text
        until(lambda: entries(tmp_path, "havens"))
        service.send_signal(signal.SIGHUP)
        assert portal.advance()
        somebody.post("source/poll", name="Kustportaal")
        until(lambda: len(_stories(postgres_url)) == len(portal.stories))
        assert entries(tmp_path, "havens")
        for one in (process, service):
            one.terminate()
            out, errors = one.communicate(timeout=30)
            assert one.returncode == 0, out + errors
            assert "Traceback" not in errors


def _stories(url: str) -> list[Story]:
    with Store(url) as store, store.read() as connection:
        return queries.stories_after(connection, 0, 999)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--listen", "0.0.0.0:8710"), "needs a password"),
        (("--listen", "nowhere"), "not an address"),
    ],
)
def test_a_desk_that_may_not_be_there_is_refused(
    tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    text = configuration("http://127.0.0.1:1/", tmp_path)
    (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
    done = feedbot(tmp_path, "desk", *words)
    assert done.returncode == 2, done.stderr
    assert problem in done.stderr


def test_a_password_from_a_pipe_is_printed_as_a_hash(tmp_path: Path) -> None:
    done = subprocess.run(
        [*FEEDBOT, "desk", "--hash"],
        cwd=tmp_path, input="paard\n", capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert verifies("paard", done.stdout.partition('password = "')[2].partition('"')[0])


def test_the_demo_says_where_its_desk_is(tmp_path: Path) -> None:
    process = start(tmp_path, "demo", "-o", "demo")
    assert process.stdout
    named = next(line.split()[-1] for line in process.stdout if line.startswith("desk "))
    assert "Kustportaal" in requests.get(named, timeout=30).text
    process.terminate()
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
