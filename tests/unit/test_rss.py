"""RSS 2.0: a format that one module and one line of the table add to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from feedbot import config as configuration
from feedbot.errors import ConfigError
from feedbot.model import Enclosure, Image, Topic
from tests.shelves import OUTPUT as PLACE
from tests.shelves import House
from tests.unit.test_atom import ARTICLE, OUTPUT, TOPIC, URL, files, story

RSS = replace(OUTPUT, formats=("atom", "json", "rss"), hub="https://hub.example.org/")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LINK = "{http://www.w3.org/2005/Atom}link"
# What the validator of the W3C lets stand in an item, and how often; and what it asks for.
ITEM = ("title", "link", "description", "guid", "pubDate", "enclosure", CONTENT)


def findings(document: bytes, url: str) -> list[str]:
    """What the validator of the W3C would say of an RSS 2.0 document, as far as it concerns us."""
    found = []
    root = etree.fromstring(document)
    channel = root.find("channel")
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert channel is not None
    found += [
        f"channel: no {one}"
        for one in ("title", "link", "description")
        if not channel.findtext(one)
    ]
    own = [one.get("href") for one in channel.iterfind(LINK) if one.get("rel") == "self"]
    found += [] if own == [url] else [f"atom:link self: {own}"]
    for item in channel.iterfind("item"):
        found += [f"item: {one} twice" for one in ITEM if len(item.findall(one)) > 1]
        found += [
            f"item: no {one}"
            for one in ("title", "link", "guid", "pubDate", CONTENT)
            if not item.findtext(one)
        ]
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink") != "false":
            found.append("guid: a tag URI is no permalink")
        if parsedate_to_datetime(item.findtext("pubDate") or "").utcoffset() is None:
            found.append("pubDate: without a zone")
        for one in item.iterfind("enclosure"):
            missing = {"url", "length", "type"} - set(one.attrib)
            found += [f"enclosure: no {name}" for name in missing]
            found += [] if (one.get("length") or "").isdigit() else ["enclosure: length"]
        found += ["author: no e-mail address" for _ in item.iterfind("author")]
    guids = [one.text for one in channel.iterfind("item/guid")]
    found += ["guid twice"] if len(set(guids)) < len(guids) else []
    order = [etree.QName(one).localname for one in channel]
    found += (
        ["items stand last"]
        if "item" in order and set(order[order.index("item") :]) != {"item"}
        else []
    )
    return found


def test_the_validator_has_nothing_to_say() -> None:
    output = replace(RSS, rights="© Wij", logo="https://example.org/logo.png")
    film = Enclosure(url="https://nieuws.example.org/film.mp4", type="video/mp4")
    stories = [
        story(1),
        story(2, replace(ARTICLE, enclosures=(film,))),
        story(3, replace(ARTICLE, image=None)),
    ]
    assert findings(files(stories, output=output)["rusland.rss"], f"{URL}rusland.rss") == []
    assert findings(files([], output=output)["rusland.rss"], f"{URL}rusland.rss") == []


def test_an_item_says_what_the_entry_of_the_atom_feed_says() -> None:
    written = files([story(1)], output=RSS)
    (atom,), (rss,) = (
        feedparser.parse(written[f"rusland.{one}"]).entries for one in ("xml", "rss")
    )
    assert unescape(rss.summary) == unescape(atom.summary)
    for name in ("id", "link", "title", "published_parsed"):
        assert rss[name] == atom[name], name
    assert rss.content[0].value == atom.content[0].value
    assert [one.name for one in rss.authors] == [one.name for one in atom.authors] == ["ANP/AFP"]
    assert [one.term for one in rss.tags] == ["Rusland"]
    assert [one.href for one in rss.enclosures] == ["https://nieuws.example.org/foto.jpg?w=3&h=2"]


def test_a_feed_names_its_page_its_hub_and_when_it_changed() -> None:
    feed = feedparser.parse(files([story(1)], output=RSS)["rusland.rss"]).feed
    assert feed.link == f"{URL}rusland.html"
    assert {one.rel: one.href for one in feed.links}["hub"] == "https://hub.example.org/"
    assert feed.language == "nl"
    assert parsedate_to_datetime(feed.updated).astimezone(UTC) == story(1).updated


def test_a_film_comes_before_the_picture_as_rss_has_room_for_one() -> None:
    film = Enclosure(url="https://nieuws.example.org/film.mp4", type="video/mp4")
    both = replace(
        ARTICLE, enclosures=(film,), image=Image(url="https://nieuws.example.org/a.jpg", alt="")
    )
    (entry,) = feedparser.parse(files([story(1, both)], output=RSS)["rusland.rss"]).entries
    assert [(one.href, one.type) for one in entry.enclosures] == [(film.url, film.type)]


def test_the_other_formats_and_the_pages_name_it() -> None:
    written = files([story(1)], output=RSS)
    links = feedparser.parse(written["rusland.xml"]).feed.links
    assert ("alternate", "application/rss+xml", f"{URL}rusland.rss") in {
        (one.rel, one.type, one.href) for one in links
    }
    page = written["rusland.html"].decode()
    assert (
        '<link rel="alternate" type="application/rss+xml" title="Rusland (RSS)" href="rusland.rss">'
        in page
    )


def test_without_it_nothing_is_written_of_it() -> None:
    written = files([story(1)])
    assert "rusland.rss" not in written
    assert not any(b"rss+xml" in content for content in written.values())


def test_a_format_that_is_given_up_is_removed_by_prune_and_comes_back(tmp_path: Path) -> None:
    house = House(tmp_path, replace(PLACE, formats=("atom", "json", "rss")))
    with house.store:
        house.add(1)
        house.publish()
        assert (house.feeds / "rusland.rss").exists()
        less = House(tmp_path, PLACE)
        with less.store:
            less.publish()
            assert less.prune() == ("china.rss", "rusland.rss")
            assert (house.feeds / "rusland.xml").exists()
        house.publish()
        assert (house.feeds / "rusland.rss").exists()


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ('["atom", "rrs"]', "'rrs' is not a feed format"),
        ('["rss"]', "formats without atom"),
        ('"rss"', "formats"),
        ("[1]", "1 is not text"),
    ],
)
def test_a_wrong_format_is_named(value: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "feedbot.toml"
    path.write_text(
        f'[feeds]\nurl = "https://feeds.example.org/"\nformats = {value}\n'
        '[[sources]]\nname = "A"\nurl = "https://a.example/"\n[topics]\nAlles = "*"\n'
    )
    with pytest.raises(ConfigError) as raised:
        configuration.load(path)
    assert complaint in str(raised.value)


def test_a_topic_with_a_description_has_it(tmp_path: Path) -> None:
    topic = Topic(
        name="Rusland", slug="rusland", any=("Rusland",), description="Alles uit Moskou & omstreken"
    )
    feed = feedparser.parse(files([story(1)], topic=topic, output=RSS)["rusland.rss"]).feed
    assert feed.subtitle == "Alles uit Moskou &amp; omstreken"
    assert TOPIC.description is None
