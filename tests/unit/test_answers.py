"""What headers and robots.txt say, however they say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbot.fetch.headers import fresh_until, http_date, retry_at
from feedbot.fetch.robots import read_robots

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://krant.example/nieuws/a"


@pytest.mark.parametrize(
    "value", ["²", "٣x", "-1", "1e9", "", "Mon, 00 Jan 0000 00:00:00 GMT", ","]
)
def test_a_header_that_says_nothing_is_not_obeyed(value: str) -> None:
    assert retry_at({"Retry-After": value}, NOW) is None
    assert http_date(value) is None


@pytest.mark.parametrize("age", ["²", "x", "-5", ""])
def test_an_age_that_is_no_number_counts_nothing(age: str) -> None:
    headers = {"Cache-Control": "max-age=60", "Age": age}
    assert fresh_until(headers, NOW) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize("delay", ["nan", "inf", "-5", "x", "1e999", ""])
def test_a_delay_that_is_no_number_is_none(delay: str) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {delay}".encode()).crawl_delay == 0


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /nieuws", False),
        ("User-agent: feedbot\nDisallow: /nieuws", False),
        ("User-agent: Feedbot*\nDisallow: /nieuws", False),
        ("user agent feedbot\nDisallow: /nieuws", False),
        ("User-agent: googlebot\nDisallow: /nieuws", True),
        ("User-agent: googlebot\nUser-agent: *\nDisallow: /nieuws", False),
        ("User-agent: *\nDisallow: /nieuws\n\nUser-agent: feedbot\nAllow: /", True),
        ("User-agent:\nDisallow: /nieuws", True),
        ("User-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /nieuws", True),
        ("User-agent: *\nUser-agent: b # and others\nDisallow: /nieuws", False),
        ("\ufeffUser-agent: *\r\nDisallow: /nieuws\r\n", False),
        ("User-agent: *\rDisallow: /nieuws", False),
        ("\x00\xff[", True),
    ],
)
def test_only_the_rules_for_feedbot_count(rules: str, allowed: bool) -> None:
    assert read_robots(rules.encode()).allows(URL) is allowed


@pytest.mark.parametrize("url", ["https://[x", "https://a:99999/", "", "\ud800"])
def test_what_is_no_url_is_not_forbidden(url: str) -> None:
    assert read_robots(b"User-agent: *\nDisallow: /nieuws").allows(url)
