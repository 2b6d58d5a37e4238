"""What an entry explains of itself: why it is there, where else it is, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import html

from feedbot.demo.portal import Portal
from feedbot.model import Dated, Evidence, Link, Validators
from feedbot.publish.translations import translations_of
from feedbot.stories.fingerprint import fingerprint_of
from tests.processes import feedbot
from tests.shelves import NOW, OUTPUT, House, article

EVIDENCE = {"rusland": (Evidence(term="Poetin", where="title", count=1, points=3.0),)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with house.store:
        house.add(1, topics=())
        with house.store.save(NOW) as saving:
            saving.route(house.ids[1], EVIDENCE)
        yield house


def copied(house: House, url: str = "https://elders.example.org/9") -> None:
    """Another source is found to have the words of the story."""
    known = house.shelf.stories([house.ids[1]])[house.ids[1]]
    with house.store.save(NOW + timedelta(hours=1)) as saving:
        saving.list_pages("Elders", {"elders/9": Link(url=url)})
        saving.read_page(
            "elders/9",
            story_id=known.id,
            verdict="duplicate",
            validators=Validators(),
            next_fetch=None,
        )
        saving.add_copy(known)


def words(house: House, selector: str) -> str:
    page = html.fromstring(house.read("rusland.html"))
    return " ".join(" ".join(one.text_content() for one in page.find_class(selector)).split())


def test_an_entry_says_why_it_is_in_its_topic(house: House) -> None:
    house.publish()
    assert words(house, "why") == "Waarom hier? Ruslandkop: Poetin (+3) · punten: 3"


def test_evidence_is_told_by_where_it_was_found() -> None:
    found = [
        Evidence(term="Poetin", where="title", count=1, points=3),
        Evidence(term="Russen", where="title", count=1, points=1.5),
        Evidence(term="Kremlin", where="body", count=2, points=1),
        Evidence(term="different words", where="article", count=3, points=0.5),
    ]
    said = translations_of("nl").evidence(found)
    assert (
        said == "kop: Poetin (+3), Russen (+1,5); tekst: Kremlin (+1); verschillende woorden (+0,5)"
    )


def test_evidence_stays_while_a_story_stays_in_its_topic(house: House) -> None:
    with house.store.save(NOW) as saving:
        saving.route(house.ids[1], ["rusland", "china"])
    house.publish()
    assert "kop: Poetin" in words(house, "why")


def test_copies_are_named_and_nobody_is_told_of_a_change(house: House) -> None:
    house.publish()
    before = feedparser.parse(house.read("rusland.xml"))
    copied(house)
    assert house.publish().written
    after = feedparser.parse(house.read("rusland.xml"))
    assert after.feed.updated == before.feed.updated
    assert after.entries[0].updated == before.entries[0].updated
    assert [one.rel for one in after.entries[0].links] == [
        one.rel for one in before.entries[0].links
    ]
    line = '<p><small>Ook bij <a href="https://elders.example.org/9">Elders</a></small></p>'
    assert after.entries[0].content[0].value.endswith(line)
    [item] = json.loads(house.read("rusland.json"))["items"]
    assert item["_feedbot"]["also"] == [{"name": "Elders", "url": "https://elders.example.org/9"}]
    assert "Ook bij Elders" in words(house, "meta")
    assert house.publish().written == 0


def test_a_copy_with_an_address_that_cannot_be_followed_is_not_named(house: House) -> None:
    copied(house, "javascript:alert(1)")
    house.publish()
    assert "Elders" not in house.read("rusland.xml")
    assert "Elders" not in house.read("rusland.html")


def test_a_revision_shows_what_the_headline_was(house: House) -> None:
    house.revise(1, now=NOW + timedelta(hours=2))
    house.publish()
    assert words(house, "change") == "Wat is er veranderd? De kop was: Bericht 1"


def test_all_of_it_can_be_switched_off(house: House) -> None:
    house.revise(1, now=NOW + timedelta(hours=2))
    copied(house)
    house.output = replace(OUTPUT, explain=(), also=False)
    house.publish()
    assert words(house, "why") == words(house, "change") == ""
    assert "Elders" not in house.read("rusland.html")
    assert "Elders" not in feedparser.parse(house.read("rusland.xml")).entries[0].content[0].value


def test_an_entry_in_another_language_says_so_with_its_direction(house: House) -> None:
    arabic = house.shelf.stories([house.ids[1]])[house.ids[1]].article
    house.add(2, article=replace(arabic, url="https://nieuws.example.org/2", language="ar"))
    house.publish()
    assert 'class="entry" lang="ar" dir="rtl"' in house.read("rusland.html")


def test_a_page_is_in_the_order_of_publication_day_by_day(house: House) -> None:
    for number, hours in ((2, -60), (3, -20)):  # stored later than the first, published before it
        one = article(number)
        with house.store.save(NOW + timedelta(hours=number)) as saving:
            key = saving.add(
                one,
                fingerprint_of(one),
                tag=f"tag:example.org,2026:story/{number}",
                source="Voorbeeld",
                url_key=f"nieuws.example.org/{number}",
                published=Dated(at=NOW + timedelta(hours=hours), origin="time"),
            )
            saving.route(key, ["rusland"])
    house.publish()
    page = html.fromstring(house.read("rusland.html")).get_element_by_id("main")
    assert [one.text_content() for one in page.iter("h2", "h3")] == [
        "1 februari 2026", "Bericht 1", "31 januari 2026", "Bericht 3", "30 januari 2026", "Bericht 2",
    ]  # fmt: skip
    feed = feedparser.parse(house.read("rusland.xml"))
    assert [one.title for one in feed.entries] == ["Bericht 3", "Bericht 2", "Bericht 1"]


TWO_SITES = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
delay = "0s"
revisit = "0s"
[[sources]]
name = "Kustportaal"
url = "{}"
[[sources]]
name = "Landportaal"
url = "{}"
[topics]
China = {{}}
"""


def test_a_poll_finds_copies_once(tmp_path: Path) -> None:
    with Portal() as one, Portal(layout="semantic") as other:
        (tmp_path / "feedbot.toml").write_text(TWO_SITES.format(one.url, other.url), "utf-8")
        assert feedbot(tmp_path, "poll", "Kustportaal").returncode == 0
        before = feedparser.parse(tmp_path / "feeds" / "china.xml")
        assert feedbot(tmp_path, "poll", "Landportaal").returncode == 0
        written = (tmp_path / "feeds" / "china.xml").read_bytes()
        assert feedbot(tmp_path, "poll", "Landportaal").returncode == 0
        assert (tmp_path / "feeds" / "china.xml").read_bytes() == written
        after = feedparser.parse(written)
    assert before.entries
    assert [(e.id, e.updated) for e in after.entries] == [(e.id, e.updated) for e in before.entries]
    assert all(f"{other.origin}/nieuws/" in e.content[0].value for e in after.entries)
    page = (tmp_path / "feeds" / "china.html").read_text("utf-8")
    assert "Ook bij <a href" in page
    assert "kop: " in page, "the evidence"
