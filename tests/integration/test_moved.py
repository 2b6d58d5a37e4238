"""A topic that is renamed or removed: its subscribers are told, once, and led on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner

from feedbot.cli import main
from feedbot.model import Topic
from tests.atomlint import check
from tests.shelves import CHINA, NOW, OUTPUT, RUSLAND, House

NEW = Topic(name="Russische Federatie", slug="russische-federatie", any=("Rusland",))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with house.store:
        for number in range(4):
            house.add(number, now=NOW + timedelta(hours=number))
        house.publish()
        yield house


def renamed(house: House, topic: Topic = NEW) -> None:
    """The configuration names another topic, which gets the stories of the old one."""
    house.topics = (topic, CHINA)
    with house.store.save(NOW) as saving:
        for key in house.ids.values():
            saving.route(key, ["rusland", topic.slug])


def test_the_old_feed_says_where_the_topic_is_now(house: House) -> None:
    renamed(house, replace(NEW, was=("rusland",)))
    before = feedparser.parse(house.read("rusland.xml"))
    done = house.publish()
    assert done.warnings == (
        "topic Rusland is gone: its feed rusland.xml now leads to russische-federatie.xml",
    )
    feed = feedparser.parse(house.read("rusland.xml"))
    assert feed.entries[0].title == "Dit onderwerp heet nu Russische Federatie"
    assert "https://feeds.example.org/russische-federatie.xml" in feed.entries[0].content[0].value
    assert [one.id for one in feed.entries[1:]] == [one.id for one in before.entries]
    assert feed.feed.id == before.feed.id
    [to] = [one.href for one in feed.feed.links if one.rel == "related"]
    assert to == "https://feeds.example.org/russische-federatie.xml"
    assert check(house.read("rusland.xml").encode(), OUTPUT.url + "rusland.xml") == []
    said = json.loads(house.read("rusland.json"))
    assert said["expired"] is True
    assert said["_feedbot"]["moved_to"] == "https://feeds.example.org/russische-federatie.json"
    assert 'href="russische-federatie.html"' in house.read("rusland.html")


def test_it_is_said_once(house: House) -> None:
    renamed(house)
    assert len(house.publish().warnings) == 1
    before = house.files()
    done = house.publish(everything=True)
    assert (done.warnings, done.written) == ((), 0)
    assert house.files() == before


def test_a_new_topic_with_the_same_stories_is_taken_for_the_old_one(house: House) -> None:
    renamed(house)
    [warning] = house.publish().warnings
    assert warning.endswith('to confirm, write was = "rusland" in its topic')
    assert "russische-federatie.xml" in house.read("rusland.xml")


def test_a_topic_that_is_gone_says_so(house: House) -> None:
    house.topics = (CHINA,)
    [warning] = house.publish().warnings
    assert 'if another topic takes its place, write was = "rusland" there' in warning
    feed = feedparser.parse(house.read("rusland.xml"))
    assert feed.entries[0].title == "Dit onderwerp is gestopt"
    house.topics = (replace(CHINA, was=("rusland",)),)
    assert len(house.publish().warnings) == 1
    feed = feedparser.parse(house.read("rusland.xml"))
    assert feed.entries[0].title == "Dit onderwerp heet nu China"


def test_a_topic_that_comes_back_goes_on_as_if_nothing_had_been(house: House) -> None:
    before = house.read("rusland.xml")
    house.topics = (CHINA,)
    house.publish()
    house.topics = (RUSLAND, CHINA)
    assert house.publish().warnings == ()
    assert house.read("rusland.xml") == before


def test_ids_that_change_with_the_address_are_announced(house: House) -> None:
    house.output = replace(OUTPUT, authority="other.example.net")
    [warning] = house.publish().warnings
    assert warning == (
        "the ids of the feeds change to tag:other.example.net,2026; to keep them, write"
        ' authority = "example.org,2026" in [feeds]'
    )
    assert house.publish().warnings == ()


CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[[sources]]
name = "Voorbeeld"
url = "https://nieuws.example.org/"
[topics]
"""


def test_check_names_a_topic_that_is_gone_until_another_takes_its_place(house: House) -> None:
    def checked(topics: str) -> str:
        (house.folder / "feedbot.toml").write_text(CONFIG + topics, encoding="utf-8")
        path = str(house.folder / "feedbot.toml")
        return CliRunner().invoke(main, ["check", "-c", path], catch_exceptions=False).stderr

    assert checked('Rusland = "Rusland"\nChina = "China"') == ""
    told = checked('"Russische Federatie" = "Rusland"\nChina = "China"')
    assert 'topic rusland is gone, and rusland.xml ends; write was = "rusland"' in told
    new = '"Russische Federatie" = { any = "Rusland", was = "Rusland" }\nChina = "China"'
    assert checked(new) == ""


@pytest.mark.parametrize(
    ("url", "warned"),
    [("http://localhost:8000/", True), ("http://127.0.0.1/", True), ("https://a.example/", False)],
)
def test_an_authority_is_asked_for_where_the_address_will_change(
    tmp_path: Path, url: str, warned: bool
) -> None:
    path = tmp_path / "feedbot.toml"
    text = CONFIG.replace("https://feeds.example.org/", url) + 'China = "China"'
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "-c", str(path)], catch_exceptions=False)
    assert ("authority" in done.stderr) == warned
