"""A clock that was wrong for a while: what is stored then, and what is true again later."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feedbot.model import Report
from feedbot.operations.doctor import Diagnosis, diagnose
from feedbot.schedule import publish_all
from feedbot.store import queries
from tests.krant import Desk, open_desk
from tests.quality.prose import Writer

YEAR = timedelta(days=365)
CLOSE = timedelta(minutes=2)
WRONG = [3 * YEAR, timedelta(hours=2), timedelta(hours=-5), -6 * YEAR]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def write(desk: Desk, count: int = 2) -> list[str]:
    """Some more articles, which say when they are published: now, by the right clock."""
    krant, start = desk.krant, len(desk.krant.articles)
    for number in range(start, start + count):
        krant.articles.append(Writer(("more", number)).article())
        krant.paths.append(f"/nieuws/{number}-bericht")
        date(desk, number, desk.now)
    krant.list()
    return krant.paths[start:]


def date(desk: Desk, number: int, at: datetime) -> None:
    head = f"<meta property='article:published_time' content='{at.isoformat()}'>"
    desk.krant.show(number, head=head)


def visit_at(desk: Desk, offset: timedelta) -> Report:
    """A visit by a clock that is so far off."""
    right = desk.now
    desk.now += offset
    report = desk.visit()
    desk.now = right + timedelta(minutes=30)
    return report


def clock_of(desk: Desk) -> Diagnosis:
    [found] = [one for one in diagnose(desk.config, lambda: desk.now) if one.about == "clock"]
    return found


def site_of(desk: Desk) -> str:
    """What is known of the site."""
    [source] = desk.config.sources
    with desk.tools.store.read() as connection:
        return queries.site_of(connection, source.name)


def updated(desk: Desk) -> dict[str, datetime]:
    """When each story changed last, by its path."""
    return {
        f"/nieuws/{one.article.url.rpartition('/')[2]}": one.updated
        for one in desk.stories.values()
    }


@pytest.mark.parametrize("offset", WRONG)
@pytest.mark.parametrize("history", [True, False])
def test_after_one_visit_under_a_wrong_clock_later_stories_carry_true_times(
    desk: Desk, offset: timedelta, history: bool
) -> None:
    for number in range(6):
        date(desk, number, desk.now - timedelta(hours=1))
    if history:
        desk.visit()
    write(desk)
    visit_at(desk, offset)
    later = write(desk)
    desk.visit()
    times = updated(desk)
    assert len(times) == 10
    assert all(abs(times[path] - desk.now) < CLOSE for path in later)
    assert max(times.values()) <= desk.now + CLOSE
    assert len(set(times.values())) == len(times)
    last = write(desk)
    desk.visit()
    assert all(abs(updated(desk)[path] - desk.now) < CLOSE for path in last)


@pytest.mark.parametrize("offset", [3 * YEAR, timedelta(hours=2)])
def test_what_was_stored_by_a_clock_that_was_ahead_is_dated_anew(
    desk: Desk, offset: timedelta
) -> None:
    right = desk.now
    visit_at(desk, offset)
    before = desk.stories
    finding = clock_of(desk)
    assert not finding.good
    assert (
        f"6 of the stored stories have later dates, up to {right + offset + timedelta(minutes=30):%Y-%m-%d %H:%M}"
        in finding.text
    )
    assert "timedatectl" in finding.help
    assert "feedbot poll" in finding.help
    desk.krant.edit(0)
    desk.krant.show(0)
    assert desk.visit().count("revised") == 1
    assert desk.stories.keys() == before.keys()
    assert max(one.published.at for one in desk.stories.values()) <= desk.now
    finding = clock_of(desk)
    assert finding.good
    assert "6 stories have corrected dates: the clock was fast" in finding.text


def test_stories_that_come_faster_than_a_second_each_do_not_set_the_clock_wrong(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.visit()
    write(desk, 450)
    while len(desk.stories) < 450:  # one visit reads a part
        desk.now -= timedelta(minutes=29, seconds=50)  # a visit adds half an hour
        assert desk.visit().count("new")
    times = updated(desk)
    assert max(times.values()) > desk.now + timedelta(minutes=5), "each has a second of its own"
    assert clock_of(desk).good
    desk.visit()
    assert updated(desk) == times
    assert "clock" not in caplog.text


def test_pages_that_were_seen_by_a_clock_that_was_ahead_are_read_again(tmp_path: Path) -> None:
    with open_desk(tmp_path, revisit="1h") as desk:
        desk.krant.wire.answers.pop(desk.krant.paths[1])
        assert len(visit_at(desk, 3 * YEAR).failures) == 1
        desk.krant.show(1)
        desk.krant.edit(0)
        desk.krant.show(0)
        report = desk.visit()
        assert (report.count("revised"), report.count("new")) == (1, 1)


@pytest.mark.parametrize("offset", [-6 * YEAR, timedelta(days=-40), timedelta(hours=-5)])
def test_a_clock_that_is_behind_moves_no_story_back(desk: Desk, offset: timedelta) -> None:
    for number in range(6):
        date(desk, number, desk.now)
    desk.visit()
    before = updated(desk)
    more = write(desk)
    visit_at(desk, offset)
    times = updated(desk)
    assert before.items() <= times.items()
    assert all(times[path] > max(before.values()) for path in more if path in times)
    right, desk.now = desk.now, desk.now + offset
    finding = clock_of(desk)
    assert not finding.good
    assert "timedatectl" in finding.help
    desk.now = right
    assert clock_of(desk).good


def test_nothing_is_asked_under_a_clock_that_cannot_be_right(desk: Desk) -> None:
    report = visit_at(desk, -6 * YEAR)
    assert desk.asked == []
    assert "the clock of this machine says 2020-02-04" in (report.error or "")
    assert report.status == "failed"
    assert desk.visit().count("new") == 6


def test_a_clock_that_is_set_back_during_a_visit_makes_no_gap(desk: Desk) -> None:
    """The clock is set back while the listing is fetched, and nobody sees it set back later."""
    answer = desk.krant.wire.answers["/nieuws/"]
    assert isinstance(answer, bytes)

    def set_back(connection: socket.socket) -> None:
        desk.now -= timedelta(hours=3)
        connection.sendall(answer)

    desk.krant.wire.answers["/nieuws/"] = set_back
    assert desk.visit().count("new") == 6
    [source] = desk.config.sources
    with desk.tools.store.read() as connection:
        planned = queries.sources(connection, [source.name])[source.name].next_poll
    assert planned
    assert planned - desk.now < timedelta(hours=3)


def test_a_clock_that_cannot_be_right_costs_nothing_that_was_learnt(desk: Desk) -> None:
    desk.visit()
    learnt = site_of(desk)
    visit_at(desk, -6 * YEAR)
    assert learnt
    assert site_of(desk) == learnt


def test_the_feed_shows_what_is_dated_anew(desk: Desk) -> None:
    visit_at(desk, 3 * YEAR)
    publish_all(desk.config, desk.tools.store)
    assert desk.config.folder
    assert b"<updated>2029" in (desk.config.folder / "alles.xml").read_bytes()
    write(desk)
    desk.visit()
    publish_all(desk.config, desk.tools.store)
    files = sorted(path for path in desk.config.folder.rglob("*") if path.is_file())
    assert [path.name for path in files if b"2029-" in path.read_bytes()] == []


# --- the clock of a publisher -----------------------------------------------------------------


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=20), timedelta(days=900)])
def test_published_never_moves_though_the_publishers_clock_is_ahead(
    desk: Desk, ahead: timedelta
) -> None:
    for number in range(6):
        date(desk, number, desk.now + ahead)
    desk.visit()
    before = shown(desk)
    assert all(at <= desk.now for at in before.values())
    for number in range(6):
        desk.krant.edit(number)
        date(desk, number, desk.now + ahead)
    assert desk.visit().count("revised") == 6
    assert shown(desk) == before


def test_published_never_moves_though_the_publisher_dates_anew(desk: Desk) -> None:
    first = desk.now - timedelta(days=3)
    for number in range(6):
        date(desk, number, first)
    desk.visit()
    for day in (2, 1, 0):
        for number in range(6):
            if day == 1:
                desk.krant.edit(number)
            date(desk, number, desk.now - timedelta(days=day))
        assert desk.visit().count("revised") == (6 if day == 1 else 0)
    assert set(shown(desk).values()) == {first}


def shown(desk: Desk) -> dict[str, datetime]:
    """When the entries of the feed were published, by id."""
    publish_all(desk.config, desk.tools.store)
    assert desk.config.folder
    feed = feedparser.parse((desk.config.folder / "alles.xml").read_bytes())
    return {one.id: datetime.fromisoformat(one.published) for one in feed.entries}
