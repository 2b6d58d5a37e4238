"""What commands print fits the terminal and counts in English."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbot.cli.drawing import draw, tabulate
from feedbot.cli.output import count, outcome_table, relative_time, sources_text, topics_text
from feedbot.cli.parts import Marked
from feedbot.cli.terminal import drawn
from feedbot.model import Failure, Report, Topic
from feedbot.operations.status import SourceHealth, Status
from feedbot.schedule import Outcome
from feedbot.store import SourceState, TopicState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def source(name: str, reason: str) -> SourceHealth:
    state = SourceState(
        name=name, first_polled=NOW, last_polled=NOW - timedelta(hours=3),
        next_poll=NOW + timedelta(minutes=35), next_why=reason,
        failures=0, last_error=None, pace="", anomalies="",
    )  # fmt: skip
    return SourceHealth(name=name, health="degraded", evidence="", state=state, articles=12345)


SOURCES = [
    source("Kustportaal", "about 12 articles a day at this hour"),
    source("Een krant met een lange naam", "8 of 8 articles answered 403; " * 4),
]


@pytest.mark.parametrize("width", [60, 80, 119])
def test_a_status_fits_the_terminal_and_says_everything(width: int) -> None:
    shown = sources_text(SOURCES, NOW, width)
    assert max(map(len, shown.splitlines())) <= width
    for said in ("Kustportaal", "Een krant", "degraded", "12345", "3 h ago", "in 35 min"):
        assert said in shown
    for one in SOURCES:
        assert one.state.next_why.strip() in " ".join(shown.split())


def test_topics_with_long_names_fit_a_narrow_terminal() -> None:
    names = ("Zeeland", "Sociale zekerheid en arbeidsvoorwaarden in de Europese Unie")
    topics = tuple(
        (Topic(name=name, slug=name.lower()), TopicState(slug="", entries=1234, updated=NOW))
        for name in names
    )
    shown = topics_text(Status(sources=(), topics=topics), NOW + timedelta(hours=2), 60)
    assert max(map(len, shown.splitlines())) <= 60
    for said in ("Zeeland", "Sociale zekerheid", "1234", "2 h ago"):
        assert said in shown
    assert "zeeland.xml" in topics_text(Status(sources=(), topics=topics), NOW, 200)


def test_a_poll_says_what_it_left_unread() -> None:
    reports = (Report(source="Krant", status="ok", left=40),)
    shown = outcome_table(Outcome(reports=reports, published=None))
    assert "Krant: 40 articles left unread, for the next poll" in shown


def test_a_narrow_terminal_shows_the_numbers_of_a_poll_that_are_not_0() -> None:
    failed = (Failure(url="https://krant.example/1", step="fetch", problem="404"),)
    reports = (Report(source="Kustportaal", status="unchanged", failures=failed),)
    head, row = outcome_table(Outcome(reports=reports, published=None), 60).splitlines()
    assert head.split() == ["source", "status", "new", "failed"]
    assert row.split() == ["Kustportaal", "unchanged", "0", "1"]
    head, *_ = outcome_table(Outcome(reports=reports, published=None), 80).splitlines()
    assert "duplicate" in head


def test_where_there_is_room_a_source_has_one_line() -> None:
    assert len(sources_text(SOURCES, NOW, 200).splitlines()) == 1 + len(SOURCES)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=1), "in 1 min"),
        (timedelta(minutes=-89), "89 min ago"),
        (timedelta(minutes=91), "in 2 h"),
        (timedelta(hours=-35), "35 h ago"),
        (timedelta(hours=36), "in 2 days"),
        (timedelta(days=-40), "40 days ago"),
    ],
)
def test_a_moment_is_told_as_people_do(away: timedelta, said: str) -> None:
    assert relative_time(NOW + away, NOW) == said


def test_a_moment_that_never_was_is_never() -> None:
    assert relative_time(None, NOW) == "never"


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (1, ["link"], "1 link"),
        (2, ["link"], "2 links"),
        (0, ["entry", "entries"], "0 entries"),
        (1, ["entry", "entries"], "1 entry"),
    ],
)
def test_one_is_counted_in_the_singular(number: int, words: list[str], said: str) -> None:
    assert count(number, *words) == said


def test_a_pipe_shows_what_a_terminal_without_colours_does() -> None:
    rows = [("北京新聞", "ok", 12345), ("Cafe\u0301", "failing", 7), ("Krant", "new", 0)]
    table = tabulate("source", "health", "articles", rows=rows, numbers=("articles",))
    parts = ("[bold] is text", "", table, "", (Marked("in ", "green"), Marked("2 points")))
    terminal = drawn(parts, 80, colours=False)
    assert draw(*parts) == "\n".join(line.rstrip() for line in terminal.splitlines())
