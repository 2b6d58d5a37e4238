"""WebSub, with a hub of our own: told of what changed, in the background, until it has listened."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from feedbot import config as configuration
from feedbot import schedule
from feedbot.config import Config
from feedbot.operations import websub
from feedbot.schedule import publishing
from tests.processes import until
from tests.shelves import NOW, House


class Ear(ThreadingHTTPServer):
    """A hub that writes down what it is told, or does not listen."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.told: list[dict[str, list[str]]] = []
        self.asked = 0
        self.status = 202
        self.silent = threading.Event()  # set: takes the request and never answers
        super().__init__(("127.0.0.1", port), Listening)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @property
    def feeds(self) -> list[str]:
        return [said["hub.url"][0].rpartition("/")[2] for said in self.told]


class Listening(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked += 1
        if self.server.silent.is_set():
            time.sleep(30)
        if self.server.status < 300:
            self.server.told.append(parse_qs(said))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.shutdown()
    ear.server_close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with house.store:
        yield house


def config(house: House, hub: str) -> Config:
    text = f"""\
[feeds]
url = "https://feeds.example.org/"
hub = "{hub}"
[[sources]]
name = "Voorbeeld"
url = "https://nieuws.example.org/"
[topics]
Rusland = "Rusland"
China = "China"
"""
    return configuration.parse(text, house.folder / "feedbot.toml")


def test_the_hub_is_told_of_each_changed_feed_once_it_is_in_place(house: House, ear: Ear) -> None:
    house.add(1)
    schedule.publish_all(config(house, ear.url), house.store)
    assert sorted(ear.feeds) == ["china.json", "china.xml", "rusland.json", "rusland.xml"]
    assert all(said["hub.mode"] == ["publish"] for said in ear.told)
    assert f'href="{ear.url}" rel="hub"' in house.read("rusland.xml")
    ear.told.clear()
    schedule.publish_all(config(house, ear.url), house.store)
    assert ear.told == []
    house.add(2, now=NOW.replace(hour=13))
    schedule.publish_all(config(house, ear.url), house.store)
    assert sorted(ear.feeds) == ["rusland.json", "rusland.xml"]


def test_the_published_address_of_the_hub_tells_no_secret(house: House, ear: Ear) -> None:
    house.add(1)
    address = ear.url.replace("//", "//LEZER:GEHEIM@") + "?a=1&token=GEHEIM&b=2"
    schedule.publish_all(config(house, address), house.store)
    assert ear.feeds
    for content, _ in house.files().values():
        assert b"GEHEIM" not in content
        assert b"LEZER" not in content
    assert f'href="{ear.url}?a=1&amp;b=2" rel="hub"' in house.read("rusland.xml")
    assert f'"{ear.url}?a=1&b=2"' in house.read("rusland.json")


def test_a_hub_that_never_answers_holds_nobody_up(
    house: House, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbot.schedule.publishing.HUB_PATIENCE", 0.5)
    ear.silent.set()
    house.add(1)
    start = time.monotonic()
    done = schedule.publish_all(config(house, ear.url), house.store)
    assert time.monotonic() - start < 5
    assert done.written
    assert not done.problems


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_hub_that_refuses_is_told_again_at_the_next_publishing(
    house: House, ear: Ear, status: int
) -> None:
    ear.status = status
    house.add(1)
    assert not schedule.publish_all(config(house, ear.url), house.store).problems
    assert ear.asked == 1, "one attempt, and the process ends"
    ear.status = 204
    schedule.publish_all(config(house, ear.url), house.store)
    assert sorted(ear.feeds) == ["china.json", "china.xml", "rusland.json", "rusland.xml"]


def test_a_process_that_goes_on_tries_again_by_itself(
    house: House, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websub, "FIRST_WAIT", 0.05)
    ear.status = 503
    house.add(1)
    settings = config(house, ear.url)
    hub = schedule.open_hub(settings, house.store)
    renderer = publishing.open_renderer(settings)
    publishing.bring_up_to_date(settings, house.store, renderer, hub, wait=publishing.LockWait())
    until(lambda: ear.asked >= 2)
    assert ear.told == []
    ear.status = 202
    until(lambda: len(ear.told) == 4)
    house.add(2, now=NOW.replace(hour=13))
    publishing.bring_up_to_date(settings, house.store, renderer, hub, wait=publishing.LockWait())
    until(lambda: len(ear.told) == 6)
    hub.close(5)


def test_a_hub_that_is_not_there_is_no_failure(house: House) -> None:
    house.add(1)
    assert not schedule.publish_all(config(house, "http://127.0.0.1:9/"), house.store).problems
