"""Publishing from a real store into a real folder: what is written, when, and what stays still."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from feedbot.errors import PublishError
from feedbot.model import Source, Story, Topic
from feedbot.publish import open_target, publish
from tests.shelves import CHINA, NOW, OUTPUT, RUSLAND, House

COMMON = {
    "index.html", "style.css", "feed.js", "feeds.opml", "help.html", "icon.png", "search.json"
}  # fmt: skip
HISTORY = "{http://purl.org/syndication/history/1.0}archive"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with house.store:
        yield house


def links(house: House, name: str) -> dict[str, str]:
    """The links of a feed by rel, the URL of the output left out."""
    feed = feedparser.parse(house.read(name)).feed
    return {
        one.rel: one.href.removeprefix(OUTPUT.url) for one in feed.links if one.rel != "alternate"
    }


def titles(house: House, name: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(house.read(name)).entries]


# --- which files --------------------------------------------------------------------------------


def test_the_whole_output(house: House) -> None:
    house.add(1)
    house.publish()
    assert set(house.files()) == {
        *COMMON,
        "rusland.xml", "rusland.json", "rusland.html", "china.xml", "china.json", "china.html",
    }  # fmt: skip
    page = house.read("index.html")
    assert 'href="rusland.html"' in page
    assert "Bericht 1" in page
    assert "Nog geen berichten" in page, "China has none"
    opml = etree.fromstring(house.read("feeds.opml").encode())
    assert [o.get("xmlUrl") for o in opml.iter("outline")] == [
        "https://feeds.example.org/rusland.xml",
        "https://feeds.example.org/china.xml",
    ]
    assert json.loads(house.read("rusland.json"))["items"][0]["title"] == "Bericht 1"


def test_search_engines_are_invited_only_when_the_operator_says_so(house: House) -> None:
    house.add(1)
    house.publish()
    assert '<meta name="robots" content="noindex">' in house.read("rusland.html")
    assert "canonical" not in house.read("rusland.html")
    house.output = replace(OUTPUT, index=True)
    house.publish()
    sitemap = etree.fromstring(house.read("sitemap.xml").encode())
    found = [one.text for one in sitemap.iter("{*}loc")]
    assert found == [OUTPUT.url, OUTPUT.url + "rusland.html", OUTPUT.url + "china.html"]
    assert f'<link rel="canonical" href="{OUTPUT.url}rusland.html">' in house.read("rusland.html")
    assert "noindex" not in house.read("rusland.html")
    house.output = OUTPUT
    house.publish()
    assert "sitemap.xml" not in house.files()


def test_every_file_is_readable_by_a_web_server(house: House) -> None:
    before = os.umask(0o077)
    try:
        house.add(1)
        house.publish()
    finally:
        os.umask(before)
    for path in [house.feeds, *house.feeds.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


# --- what stays still ---------------------------------------------------------------------------


class Deaf:
    """A shelf that refuses to read an article."""

    def __init__(self, shelf: object) -> None:
        self._shelf = shelf

    def __getattr__(self, name: str) -> object:
        return getattr(self._shelf, name)

    def stories(self, ids: Collection[int]) -> Mapping[int, Story]:
        assert not ids, "an article was read"
        return {}


def test_nothing_new_reads_no_article_and_touches_no_file(house: House) -> None:
    house.fill(20)
    house.publish()
    before = house.files()
    target = open_target(house.output, house.folder)
    done = publish(house.press(), Deaf(house.shelf), target)
    assert (done.written, done.unchanged, done.feeds) == (0, 6 + len(COMMON), ())
    assert house.files() == before


def test_one_new_story_reads_that_story_only_and_changes_its_topic_only(house: House) -> None:
    house.fill(20)
    press = house.press()
    house.publish(press)
    before = house.files()
    asked: list[int] = []
    stories = house.shelf.stories
    house.shelf.stories = lambda ids: asked.extend(ids) or stories(ids)  # type: ignore[method-assign]
    new = house.add(99, now=NOW + timedelta(days=1))
    done = house.publish(press)
    assert asked == [new]
    changed = {name for name, one in house.files().items() if one != before[name]}
    common = {"index.html", "search.json"}
    assert changed == {"rusland.xml", "rusland.json", "rusland.html"} | common
    assert done.feeds == ("rusland.xml", "rusland.json")


def test_the_same_stories_give_the_same_bytes_in_every_process(house: House) -> None:
    for number in range(10):
        house.add(number, now=NOW + timedelta(hours=number), topics=("china", "rusland"))
    house.publish()
    before = {name: content for name, (content, _) in house.files().items()}
    code = (
        "import sys; from pathlib import Path; from tests.shelves import House\n"
        "house = House(Path(sys.argv[1])); done = house.publish(everything=True)\n"
        "print(done.written)"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(house.folder)],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        )
        assert done.stdout.strip() == "0"
    assert {name: content for name, (content, _) in house.files().items()} == before


@pytest.mark.parametrize("name", ["index.html", "rusland.html", "style.css", "china.xml"])
def test_a_file_that_was_lost_comes_back(house: House, name: str) -> None:
    house.add(1)
    house.publish()
    before = house.read(name)
    (house.feeds / name).unlink()
    house.publish()
    assert house.read(name) == before


def test_a_changed_setting_changes_every_feed(house: House) -> None:
    house.add(1)
    house.publish()
    house.output = replace(OUTPUT, rights="© Voorbeeld")
    house.publish()
    for name in ("rusland.xml", "china.xml", "index.html"):
        assert "© Voorbeeld" in house.read(name)


def test_mtime_rises_by_whole_seconds_with_every_version(house: House) -> None:
    seen = []
    for number in range(3):  # all within a second, of equal size
        house.add(number, now=NOW + timedelta(minutes=number))
        house.publish()
        seen.append((house.feeds / "rusland.xml").stat().st_mtime_ns)
    assert all(one % 10**9 == 0 for one in seen)
    assert seen == sorted(set(seen))


# --- the window and the history -----------------------------------------------------------------


def test_a_feed_holds_at_least_so_many_entries_and_at_least_so_many_hours(house: House) -> None:
    house.output = replace(OUTPUT, entries=5, keep=timedelta(hours=10))
    house.fill(30)
    house.publish()
    assert len(titles(house, "rusland.xml")) == 11, "those of the last ten hours"
    house.output = replace(OUTPUT, entries=20, keep=timedelta(hours=10))
    house.publish()
    assert len(titles(house, "rusland.xml")) == 20


def month(number: int, day: int = 10) -> datetime:
    return datetime(2026, number, day, 12, 0, tzinfo=UTC)


def test_each_month_that_is_over_is_an_archive_in_a_chain(house: House) -> None:
    for number, at in enumerate([month(1), month(1, 12), month(2), month(4), month(5)]):
        house.add(number, now=at)
    house.output = replace(OUTPUT, entries=1, keep=timedelta(0))
    house.publish()
    names = [f"archive/rusland-2026-0{n}.xml" for n in (1, 2, 4)]
    assert [name for name in house.files() if name.startswith("archive/")] == names
    assert links(house, "rusland.xml")["prev-archive"] == names[2]
    assert links(house, names[2]) == {
        "self": names[2], "current": "rusland.xml", "prev-archive": names[1],
    }  # fmt: skip
    assert links(house, names[1])["next-archive"] == names[2]
    assert links(house, names[1])["prev-archive"] == names[0]
    assert titles(house, names[0]) == ["Bericht 1", "Bericht 0"]
    for name in names:
        feed = etree.fromstring(house.read(name).encode())
        assert feed.find(HISTORY) is not None
    assert "januari 2026" in house.read("rusland.html")


def test_a_month_that_is_over_is_frozen(house: House) -> None:
    house.output = replace(OUTPUT, entries=1, keep=timedelta(0))
    house.add(1, now=month(1))
    house.add(2, now=month(1, 11))
    house.add(3, now=month(2))
    house.publish()
    name = "archive/rusland-2026-01.xml"
    assert titles(house, name) == ["Bericht 2", "Bericht 1"]
    house.revise(1, now=month(2, 20))
    house.publish()
    before = house.files()[name]
    house.publish(everything=True)
    assert house.files()[name] == before
    assert titles(house, name) == ["Bericht 2", "Bericht 1"]
    assert titles(house, "rusland.xml") == ["Bericht 1 (gewijzigd)"]
    house.output = replace(OUTPUT, title="Anders")
    house.publish(everything=True)
    assert house.files()[name] == before


def test_an_address_with_signs_that_xml_reserves_is_linked_between_archives(house: House) -> None:
    house.output = replace(OUTPUT, url="https://feeds.example.org/R&D/")
    for number in range(1, 4):
        house.add(number, now=month(number))
    house.publish()
    feed = feedparser.parse(house.read("archive/rusland-2026-01.xml")).feed
    follows = "https://feeds.example.org/R&D/archive/rusland-2026-02.xml"
    assert follows in [one.href for one in feed.links if one.rel == "next-archive"]
    etree.fromstring(house.read("archive/rusland-2026-02.xml").encode())


def test_no_key_of_a_source_is_published(house: House) -> None:
    house.store.know_sources(
        [Source(name="Api", urls=("https://api.example.org/news?section=a&api_key=GEHEIM",))]
    )
    house.publish()
    assert "https://api.example.org/news?section=a" in house.read("index.html")
    assert not any(b"GEHEIM" in content for content, _ in house.files().values())


def test_the_next_month_only_adds_a_link_to_the_last_archive(house: House) -> None:
    house.add(1, now=month(1))
    house.add(2, now=month(2))
    house.publish()
    january = house.read("archive/rusland-2026-01.xml")
    house.add(3, now=month(3))
    house.publish()
    later = house.read("archive/rusland-2026-01.xml")
    added = '\n  <link href="https://feeds.example.org/archive/rusland-2026-02.xml" rel="next-archive" type="application/atom+xml"/>'
    assert later.replace(added, "") == january
    assert later != january


def test_every_entry_can_be_reached_at_any_time(house: House) -> None:
    """A law: the feed and its archives hold every story, while a month goes by and after it."""
    house.output = replace(OUTPUT, entries=3, keep=timedelta(0))
    press = house.press()
    draw = random.Random(3)
    at = month(1)
    for number in range(60):
        at += timedelta(hours=draw.randrange(1, 40))
        house.add(number, now=at)
        if draw.random() < 0.7:
            house.publish(press)
            assert reachable(house) == set(range(number + 1))


def reachable(house: House) -> set[int]:
    found: set[int] = set()
    name: str | None = "rusland.xml"
    while name:
        found |= {int(re.sub(r"\D", "", title)) for title in titles(house, name)}
        name = links(house, name).get("prev-archive")
    return found


def test_the_month_under_way_is_not_written_again_for_every_story(house: House) -> None:
    house.output = replace(OUTPUT, entries=10, keep=timedelta(0))
    press = house.press()
    versions = set()
    for number in range(100):
        house.add(number, now=month(1, 1) + timedelta(hours=number))
        house.publish(press)
        path = house.feeds / "archive/rusland-2026-01.xml"
        versions.add(path.read_bytes() if path.exists() else b"")
    assert 5 < len(versions) < 15
    assert reachable(house) == set(range(100))


@pytest.mark.parametrize(
    "lost", ["archive/*-01.xml", "archive/*-02.xml", "archive/*-05.xml", "*/*"]
)
@pytest.mark.parametrize("everything", [False, True])
def test_archives_that_were_lost_are_made_again(house: House, lost: str, everything: bool) -> None:
    house.output = replace(OUTPUT, entries=1, keep=timedelta(0))
    for number in range(1, 6):
        house.add(number, now=month(number))
    house.add(6, now=month(5) + timedelta(days=1))
    house.publish()
    before = house.files()
    assert "archive/rusland-2026-05.xml" in before, "the month under way"
    for path in house.feeds.glob(lost):
        path.unlink()
    assert house.files() != before
    house.publish(everything=everything)
    after = house.files()
    assert {name: after[name][0] for name in after} == {name: before[name][0] for name in before}
    house.publish()
    assert house.files() == after


# --- topics that go -----------------------------------------------------------------------------


def test_the_files_of_a_topic_that_is_gone_stay_until_they_are_pruned(house: House) -> None:
    house.add(1, now=month(1), topics=("china",))
    house.add(2, now=month(2), topics=("china", "rusland"))
    house.publish()
    house.topics = (RUSLAND,)
    (house.feeds / "mine.html").write_text("<p>made by hand, not with feedbot")
    house.publish()
    assert "china" not in house.read("index.html")
    assert "china" not in house.read("feeds.opml")
    assert "china.xml" in house.files()
    assert house.prune() == (
        "archive/china-2026-01.xml", "china.html", "china.json", "china.xml",
    )  # fmt: skip
    assert set(house.files()) == {
        *COMMON, "mine.html",
        "rusland.xml", "rusland.json", "rusland.html",
    }  # fmt: skip
    house.topics = (RUSLAND, CHINA)
    house.publish()
    assert "china.xml" in house.files()


def test_a_topic_that_is_gone_before_anything_was_read_ends_as_well(house: House) -> None:
    house.publish()
    house.topics = (RUSLAND,)
    done = house.publish()
    assert done.problems == ()
    assert "topic China is gone" in done.warnings[0]
    assert len(titles(house, "china.xml")) == 1


# --- compressed copies --------------------------------------------------------------------------


def test_a_compressed_copy_beside_every_file(house: House) -> None:
    house.output = replace(OUTPUT, gzip=True)
    house.add(1, now=month(1))
    house.add(2, now=month(2))
    house.publish()
    before = house.files()
    plain = {name for name in before if not name.endswith(".gz")}
    assert "archive/rusland-2026-01.xml" in plain
    assert set(before) == plain | {f"{name}.gz" for name in plain}
    for name in plain:
        assert gzip.decompress(before[f"{name}.gz"][0]) == before[name][0]
    house.publish(everything=True)
    assert house.files() == before, "equal content gives equal bytes"
    house.topics = (RUSLAND,)
    house.publish()
    house.prune()
    assert not list(house.feeds.glob("china*"))
    for name in (*COMMON, "rusland.xml"):
        assert f"{name}.gz" in house.files(), "what belongs to no topic is kept"


def test_a_copy_that_was_removed_comes_back_and_nothing_else_is_touched(house: House) -> None:
    house.output = replace(OUTPUT, gzip=True)
    house.add(1, now=month(1))
    house.add(2, now=month(2))
    (house.feeds).mkdir()
    (house.feeds / "mine.html").write_text("<p>made by hand")
    house.publish()
    before = house.files()
    for name in ("index.html.gz", "rusland.json.gz", "archive/rusland-2026-01.xml.gz"):
        (house.feeds / name).unlink()
    house.publish()
    after = house.files()
    assert {name: after[name][0] for name in after} == {name: before[name][0] for name in before}
    plain = [name for name in after if not name.endswith(".gz")]
    assert [after[name] for name in plain] == [before[name] for name in plain]


def test_no_stale_copy_is_left_when_they_are_given_up(house: House) -> None:
    house.output = replace(OUTPUT, gzip=True)
    house.add(1)
    house.publish()
    house.output = OUTPUT
    house.add(2)
    (house.feeds / "mine.xml.gz").write_bytes(b"foreign")
    house.publish()
    assert [name for name in house.files() if name.endswith(".gz")] == ["mine.xml.gz"]


# --- templates ----------------------------------------------------------------------------------


def test_a_template_beside_the_configuration_takes_the_place_of_ours(house: House) -> None:
    house.add(1)
    house.publish()
    templates = house.folder / "templates"
    templates.mkdir()
    (templates / "topic.html").write_text(
        "<h1>Mijn {{ topic.title }}</h1>{% for one in entries %}{{ one | safe }}{% endfor %}"
    )
    (templates / "style.css").write_text("body { color: red }")
    house.publish()
    page = house.read("rusland.html")
    assert page.startswith("<h1>Mijn Rusland</h1>")
    assert "Bericht 1" in page
    assert house.read("style.css").startswith("body { color: red }")
    (templates / "topic.html").unlink()
    house.publish()
    assert house.read("rusland.html").startswith("<!doctype html>")


def test_a_process_compiles_a_template_once_for_all_its_renderers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.add(1)
    house.publish()
    written = house.files()
    monkeypatch.delattr("jinja2.Environment.compile")
    assert house.publish(everything=True).problems == ()
    assert house.files() == written


# What a template says, and the line that is named; None where there is none to name.
WRONG: dict[str, tuple[bytes, int | None]] = {
    "syntax": (b"{% if %}", 1),
    "a name that is not defined": (b"line\n{{ topic.nonsense }}", 2),
    "another template": (b"\n{% include 'no.html' %}", 2),
    "an unknown filter": (b"\n\n{{ topic | nonsense }}", 3),
    "an unknown test": (b"\n{{ topic is nonsense }}", 2),
    "a division by zero": (b"<p>\n{{ 1/0 }}", 2),
    "within a block": (b"{% extends 'base.html' %}\n{% block body %}\n{{ 1/0 }}{% endblock %}", 3),
    "within a macro": (b"{% macro a() %}\n{{ 1/0 }}{% endmacro %}\n{{ a() }}", 2),
    "a call that fails": (b"\n\n{{ topic.title.encode('nonsense') }}", 3),
    "without an end": (b"\n{% include 'topic.html' %}", 2),
    "bytes that are not text": (b"\xff\xfe\x00", None),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_template_that_is_wrong_is_named_and_the_old_pages_stay(house: House, name: str) -> None:
    text, line = WRONG[name]
    house.add(1)
    house.publish()
    before = house.files()
    templates = house.folder / "templates"
    templates.mkdir()
    (templates / "topic.html").write_bytes(text)
    done = house.publish()
    assert len(done.problems) == 2
    for problem in done.problems:
        assert f"{templates / 'topic.html'}" + (f":{line}: " if line else ": ") in problem
    assert house.files()["rusland.html"] == before["rusland.html"]
    assert house.files()["index.html"][0] == before["index.html"][0]


@pytest.mark.parametrize("name", ["index.html", "topic.html", "entry.html", "style.css"])
def test_a_folder_in_the_place_of_a_template_is_named(house: House, name: str) -> None:
    house.add(1)
    path = house.folder / "templates" / name
    path.mkdir(parents=True)
    done = house.publish()
    assert done.problems
    assert all(f"{path}: template: is a folder" in problem for problem in done.problems)
    path.rmdir()
    assert house.publish().problems == ()


def test_a_mount_that_refuses_modes_and_times_is_written_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    for name in ("chmod", "fchmod", "utime"):
        monkeypatch.setattr(os, name, refuse)
    house.add(1)
    assert house.publish().problems == ()
    assert len(house.files()) == 6 + len(COMMON)


@pytest.mark.parametrize(
    ("language", "written", "same_day", "later"),
    [
        ("nl", "gepubliceerd 13:05 uur", "gewijzigd om 15:00 uur", "gewijzigd op 3 maart 2026, 13:00 uur"),
        ("en-GB", "published 12:05 UTC", "revised at 14:00 UTC", "revised 3 March 2026, 12:00 UTC"),
        ("de", "veröffentlicht 13:05 Uhr", "geändert um 15:00 Uhr", "geändert am 3. März 2026, 13:00 Uhr"),
        ("fr", "publié à 13:05", "modifié à 15:00", "modifié le 3 mars 2026, 13:00"),
        ("sv", "published 12:05 UTC", "revised at 14:00 UTC", "revised 3 March 2026, 12:00 UTC"),
    ],
)  # fmt: skip
def test_dates_are_written_in_the_language_of_the_site(
    house: House, language: str, written: str, same_day: str, later: str
) -> None:
    house.output = replace(OUTPUT, language=language)
    first = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
    house.add(1, now=first)
    house.publish()
    assert f">{written}<" in house.read("rusland.html")
    house.revise(1, now=first.replace(hour=14, minute=0))
    house.publish()
    assert f">{same_day}<" in house.read("rusland.html")
    house.revise(1, now=first.replace(day=3, minute=0))
    house.publish()
    assert f">{later}<" in house.read("rusland.html")


# --- what is in the way -------------------------------------------------------------------------


def test_a_foreign_file_costs_its_own_topic_only(house: House) -> None:
    house.feeds.mkdir()
    (house.feeds / "china.json").write_text("mine, about feedbot")
    house.add(1, topics=("china", "rusland"))
    done = house.publish()
    assert len(done.problems) == 1
    assert "china.json: was not written by feedbot; move it away" in done.problems[0]
    assert (house.feeds / "china.json").read_text() == "mine, about feedbot"
    assert titles(house, "rusland.xml") == ["Bericht 1"]
    assert "rusland" in house.read("index.html")
    assert "china" not in house.read("feeds.opml"), "nothing names a file that is not there"
    (house.feeds / "china.json").unlink()
    assert not house.publish().problems
    assert "china" in house.read("feeds.opml")


def test_an_output_that_is_a_file_is_named(house: House) -> None:
    house.feeds.write_text("in the way")
    with pytest.raises(PublishError, match="feeds: is not a folder; move it away"):
        house.publish()


@pytest.mark.parametrize("name", ["rusland.xml", "archive", "index.html"])
def test_nothing_is_written_through_a_symbolic_link(
    house: House, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("feedbot made this look like its own")
    house.feeds.mkdir()
    (house.feeds / name).symlink_to(outside if name == "archive" else outside / "file")
    house.add(1, now=month(1))
    house.add(2, now=month(2))
    done = house.publish()
    assert done.problems
    assert "symbolic link" in done.problems[0]
    assert [one.name for one in outside.iterdir()] == ["file"]
    assert (outside / "file").read_text() == "feedbot made this look like its own"


def test_a_topic_named_like_a_path_stays_inside(house: House) -> None:
    house.topics = (Topic(name="../../etc", slug="../../etc", any=("*",)),)
    assert house.publish().problems
    assert not (house.folder.parent / "etc.xml").exists()


def test_what_is_published_step_by_step_is_what_is_published_at_once(house: House) -> None:
    press = house.press()
    for number in range(8):
        topics = ("rusland",) if number % 3 else ("china", "rusland")
        house.add(number, now=NOW + timedelta(hours=9 * number), topics=topics)
        house.publish(press)
    before = house.files()
    assert house.publish(everything=True).written == 0
    assert house.files() == before
