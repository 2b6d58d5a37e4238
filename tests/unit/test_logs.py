"""Log lines: for people, for the journal, as JSON; one a line, and without secrets."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime

import pytest

from feedbot.cli.logs import Journal, Json, People
from feedbot.events import emit
from feedbot.web.urls import redact

SECRET = "http://me:hunter2@news.example.org/list?page=2&access_token=hunter2&key=hunter2#top"


@pytest.fixture
def records() -> list[logging.LogRecord]:
    """Events of four kinds: with numbers, with a problem, of another library, a bug."""
    log = logging.getLogger("feedbot.test")
    log.setLevel(logging.INFO)
    heard: list[logging.LogRecord] = []

    def hear(record: logging.LogRecord) -> bool:
        heard.append(record)
        return False

    log.addFilter(hear)
    emit(log, logging.INFO, "polled", "Zeeland Net", new=3, seconds=1.2)
    emit(log, logging.WARNING, "fetch failed", SECRET, problem='404 "Not\nFound" 100 %s')
    log.warning("pool of %s is full", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("a bug")
    log.removeFilter(hear)
    return heard


def test_people_read_time_level_and_a_sentence(records: list[logging.LogRecord]) -> None:
    line = People(colour=False).format(records[0])
    assert re.fullmatch(r"\d\d:\d\d:\d\d INFO polled Zeeland Net: new=3 seconds=1\.2", line)
    coloured = People(colour=True).format(records[0])
    assert "\x1b[" in coloured
    assert "\x1b[" not in line


def test_the_journal_gets_a_priority_and_pairs_and_no_time(
    records: list[logging.LogRecord],
) -> None:
    first, second, third, _ = map(Journal().format, records)
    assert first == '<6>event=polled object="Zeeland Net" new=3 seconds=1.2'
    assert second.startswith('<4>event="fetch failed" object="http://news.example.org/list?')
    assert r'problem="404 \"Not\nFound\" 100 %s"' in second
    assert third.startswith("<4>event=message from=feedbot.test problem=")


def test_machines_get_an_object_a_line(records: list[logging.LogRecord]) -> None:
    first, *_, bug = (json.loads(Json().format(record)) for record in records)
    assert datetime.fromisoformat(first.pop("time")).tzinfo
    assert first == {
        "level": "info",
        "event": "polled",
        "object": "Zeeland Net",
        "new": 3,
        "seconds": 1.2,
    }
    assert "ValueError" in bug["traceback"]


@pytest.mark.parametrize("form", [People(colour=False), People(colour=True), Journal(), Json()])
def test_an_event_is_one_line_without_secrets(
    form: logging.Formatter, records: list[logging.LogRecord]
) -> None:
    for record in records:
        text = form.format(record)
        assert "hunter2" not in text
        if not record.exc_info or isinstance(form, Json):
            assert "\n" not in text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("https://a:b@host/x", "https://host/x"),
        ("https://token@host/x", "https://host/x"),
        ("postgresql://me:p%40ss@db/feeds", "postgresql://db/feeds"),
        ("https://host/x?a=1&api_key=zz&b=2", "https://host/x?a=1&api_key=…&b=2"),
        ("two: https://h/?token=1 https://h/?sig=2.", "two: https://h/?token=… https://h/?sig=…"),
        ('{"url": "https://h/?X-Amz-Signature=zz"}', '{"url": "https://h/?X-Amz-Signature=…"}'),
        ("https://h/x#token=zz", "https://h/x#token=…"),
        ("https://h/x?api%5Fkey=zz&b=2", "https://h/x?api%5Fkey=…&b=2"),
        ("https://h/x?a[token]=zz&b=2", "https://h/x?a[token]=…&b=2"),
        ("https://h/x?a%5Btoken%5D=zz", "https://h/x?a%5Btoken%5D=…"),
        ("https://h/x?private_key=zz", "https://h/x?private_key=…"),
        ("https://h/x?X-Amz-Credential=AKIA", "https://h/x?X-Amz-Credential=…"),
        ("//u:p@host/x", "//host/x"),
        ("https://u:p/w?d#@host/x", "https://host/x"),
        ("https://host:8080/@user/12", "https://host:8080/@user/12"),
        ("https://host/a//b/@user", "https://host/a//b/@user"),
        ("https://host/x?keyword=vrede&author=jan", "https://host/x?keyword=vrede&author=jan"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("https://host/@user/12", "https://host/@user/12"),
    ],
)  # fmt: skip
def test_secrets_of_urls_are_taken_out_and_nothing_else(text: str, redacted: str) -> None:
    assert redact(text) == redacted
