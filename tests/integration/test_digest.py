"""The digest of a topic: an entry for each day or week that is over, never written again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feedbot.model import Topic
from feedbot.publish.periods import VISIT
from feedbot.schedule import HANGS
from tests.atomlint import check
from tests.shelves import CHINA, OUTPUT, RUSLAND, House

LATE = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # a Monday, 23:30 in Amsterdam


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path, topics=(replace(RUSLAND, digest="daily"),))
    with house.store:
        house.add(1, now=LATE)
        house.add(2, now=LATE + timedelta(minutes=20))
        yield house


def entries(house: House, name: str = "rusland-daily.xml") -> list[feedparser.FeedParserDict]:
    text = house.read(name)
    assert check(text.encode(), OUTPUT.url + name) == []
    found: list[feedparser.FeedParserDict] = feedparser.parse(text).entries
    return found


def test_a_day_is_an_entry_once_it_is_over_where_the_site_is(house: House) -> None:
    house.publish()
    assert entries(house) == []
    house.add(3, now=LATE + timedelta(minutes=31))  # after midnight in Amsterdam
    house.publish()
    assert entries(house) == [], "a visit that began yesterday may still be under way"
    house.add(4, now=LATE + timedelta(minutes=46))
    house.publish()
    [entry] = entries(house)
    assert entry.title == "Rusland: 2 maart 2026 (2)"
    assert entry.updated == "2026-03-02T23:00:00+00:00"
    text = entry.content[0].value
    assert text.index("Bericht 1") < text.index("Bericht 2")
    assert "Bericht 3" not in text
    assert '<a href="https://nieuws.example.org/1">Bericht 1</a>' in text
    assert "onderhandelingen duren voort" in text, "the lead"
    assert 'href="rusland-daily.xml"' in house.read("rusland.html")


def test_an_entry_stays_as_it_is(house: House) -> None:
    house.add(3, now=LATE + timedelta(hours=2))
    house.publish()
    first = house.read("rusland-daily.xml").split("<entry>")[1]
    house.revise(1, now=LATE + timedelta(hours=3))
    house.add(4, now=LATE + timedelta(days=1, hours=2))
    house.publish(everything=True)
    assert len(entries(house)) == 2
    assert house.read("rusland-daily.xml").split("<entry>")[2] == first
    before = house.files()
    house.publish(everything=True)
    assert house.files() == before


def test_a_visit_that_ends_after_midnight_is_in_the_digest_of_the_day_it_began(
    house: House,
) -> None:
    house.add(3, now=LATE + timedelta(minutes=44))  # by another source
    house.publish()
    house.add(4, now=LATE + timedelta(minutes=29))
    house.add(5, now=LATE + timedelta(days=1))
    house.publish()
    [entry] = entries(house)
    assert "Bericht 4" in entry.content[0].value


def test_it_waits_as_long_as_a_visit_may_last() -> None:
    assert VISIT.total_seconds() >= HANGS


def test_a_day_is_there_once_whoever_died_after_writing_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 4):
        house.add(2 + day, now=LATE + timedelta(days=day))
    with monkeypatch.context() as patch:
        patch.setattr(house.shelf, "note", _die)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                house.publish()
    house.publish()
    before = house.read("rusland-daily.xml")
    assert [one.title.split(":")[1] for one in entries(house)] == [
        " 4 maart 2026 (1)", " 3 maart 2026 (1)", " 2 maart 2026 (2)",
    ]  # fmt: skip
    house.output = replace(OUTPUT, gzip=True)
    house.publish()
    assert house.read("rusland-daily.xml") == before, "another place, as far as notes go"


def _die(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("topics", [(), (RUSLAND,), (replace(RUSLAND, digest="weekly"),)])
def test_one_that_ends_says_where_to_go_on(house: House, topics: tuple[Topic, ...]) -> None:
    house.add(3, now=LATE + timedelta(days=1))
    house.publish()
    [day] = entries(house)
    house.topics = (CHINA, *topics)
    house.publish()
    last, still = entries(house)
    assert still == day
    assert last.updated > day.updated
    assert last.link == OUTPUT.url + ("rusland.html" if topics else "")
    written = house.files()
    house.publish()
    assert house.files() == written


def test_one_that_is_taken_away_again_says_so_again(house: House) -> None:
    daily, count = house.topics, 2
    for days in (1, 3):
        house.topics = daily
        for day in (days, days + 1):
            count += 1
            house.add(count, now=LATE + timedelta(days=day))
            house.publish()
        house.topics = (RUSLAND,)
        for _ in range(2):
            house.publish()
    found = entries(house)
    assert [one.link.endswith("rusland.html") for one in found] == [
        True, False, False, True, False, False,
    ]  # fmt: skip
    assert len({one.id for one in found}) == len(found)
    assert found[0].updated > found[1].updated


def test_a_week_ends_on_sunday_and_a_day_without_stories_has_no_entry(house: House) -> None:
    house.topics = (replace(RUSLAND, digest="weekly"),)
    house.add(3, now=LATE + timedelta(days=5))
    house.publish()
    assert entries(house, "rusland-weekly.xml") == []
    house.add(4, now=LATE + timedelta(days=20))
    house.publish()
    [entry] = entries(house, "rusland-weekly.xml")
    assert entry.title == "Rusland: 2 maart 2026 – 8 maart 2026 (3)"


def test_it_is_kept_when_pruning_and_goes_with_its_topic(house: House) -> None:
    house.publish()
    house.prune()
    assert "rusland-daily.xml" in house.files()
    house.topics = (RUSLAND,)
    house.publish()
    assert "rusland-daily.xml" in house.prune()
