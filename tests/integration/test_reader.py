"""Pages that are read in worker processes, where some or the site itself take for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from feedbot.errors import Postponed, ReadError
from feedbot.model import Link, Page, Source, Validators
from feedbot.read import reader as reading
from feedbot.read.pipeline import learn_from
from feedbot.read.reader import Reader
from feedbot.read.results import Fetched, Taught
from feedbot.read.site_model import Lesson, SiteModel
from tests.hanging import FOR_EVER, TEACHES_FOR_EVER

NOW = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
SOURCE = Source(name="Krant", urls=("https://krant.example.org/nieuws",))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr(reading, "MODULE", "tests.hanging")
    monkeypatch.setattr("feedbot.read.workers.CPU_SHARE", 0.01)
    # A new process compiles what it reads with: .3 s, or several times that on a busy machine.
    with Reader((), {}, cpu=2.0) as one:
        yield one


def fetched(number: int, extra: bytes = b"") -> Fetched:
    url = f"https://krant.example.org/nieuws/{number}-bericht"
    text = "".join(
        f"<p>Alinea {at} van bericht {number}, over een heel gewone zaak in de streek.</p>"
        for at in range(6)
    )
    body = f"<html lang=nl><article><h1>Bericht nummer {number} van de dag</h1>{text}</article>"
    page = Page(
        url=url,
        requested=url,
        body=body.encode() + extra,
        content_type="text/html; charset=utf-8",
        fetched_at=NOW,
        validators=Validators(),
        fresh_until=None,
    )
    return Fetched(page=page, link=None)


@pytest.mark.parametrize("tags", [reading.TAGS, 1], ids=["at once", "in turns"])
def test_a_site_that_cannot_be_learnt_in_time_stays_as_it_was_and_its_pages_are_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tags: int
) -> None:
    monkeypatch.setattr(reading, "TAGS", tags)
    links = [Link(url="https://krant.example.org/nieuws/1", title=TEACHES_FOR_EVER)]
    listings: Taught = [(None, links)]
    found, _ = reader.articles([fetched(1), fetched(2)], SOURCE, SiteModel(), listings)
    assert [one.article.title for one in found if one.article] == [
        "Bericht nummer 1 van de dag",
        "Bericht nummer 2 van de dag",
    ]
    assert "Krant: learning" in caplog.text


@pytest.mark.parametrize("tags", [reading.TAGS, 100, 1], ids=["at once", "in chunks", "in turns"])
def test_after_some_pages_that_take_for_ever_the_others_are_left_for_the_next_visit(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tags: int
) -> None:
    monkeypatch.setattr(reading, "TAGS", tags)
    pages = [fetched(n, FOR_EVER if n in (1, 2, 4, 6) else b"") for n in range(8)]
    found, _ = reader.articles(pages, SOURCE, SiteModel())
    became = [type(one.error).__name__ if one.error else "read" for one in found]
    late = ["Postponed"] * 3
    assert became == ["read", "ReadError", "ReadError", "read", "ReadError", *late]


def test_a_visit_that_is_late_reads_one_page_all_the_same(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "TAGS", 1)
    pages = [fetched(n) for n in range(3)]
    found, _ = reader.articles(pages, SOURCE, SiteModel(), end=time.monotonic() - 1)
    assert [type(one.error) for one in found] == [type(None), Postponed, Postponed]
    assert isinstance(found[1].error, ReadError)
    assert "other pages" in str(found[1].error)


def test_a_bug_in_learning_a_site_costs_no_page_and_is_logged_once_without_secrets(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        links = [Link(url="https://krant.example.org/nieuws?token=geheim", title="Nieuws")]
        listings: Taught = [("no lesson", links)]  # type: ignore[list-item]
        found, site = reader.articles([fetched(1)], SOURCE, SiteModel(), listings)
        assert found[0].article
        assert isinstance(site, SiteModel)
    assert caplog.text.count("Krant: a bug while its site was learnt") == 1
    assert caplog.text.count("Traceback") == 1


def test_learning_that_needs_too_much_memory_is_no_bug() -> None:
    class Huge(list[Lesson]):
        def __iter__(self) -> NoReturn:
            raise MemoryError

    with pytest.raises(MemoryError):
        learn_from(SiteModel(), [], Huge())
