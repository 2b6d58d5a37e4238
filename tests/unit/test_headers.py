"""What the headers of an answer, and its first bytes, say of it."""

from __future__ import annotations

import pytest

from feedbot.fetch.headers import is_markup, is_readable


@pytest.mark.parametrize(
    ("content_type", "readable"),
    [
        ("", True),
        ("text/html; charset=utf-8", True),
        ("application/rss+xml", True),
        ("application/octet-stream", True),
        ("binary/octet-stream; charset=x", True),
        ("application/pdf", False),
        ("image/svg", False),
        ("text/css", False),
    ],
)
def test_types_that_may_hold_an_article_are_read(content_type: str, readable: bool) -> None:
    assert is_readable(content_type) is readable


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        (b"<!doctype html><p>x", True),
        (b"\xef\xbb\xbf\n <rss/>", True),
        (b'{"version":""}', True),
        (b"%PDF-1.7", False),
        (b"PK\x03\x04", False),
        (b"<\x00h\x00t\x00", False),
        (b"", False),
    ],
)
def test_markup_is_told_by_how_it_begins(body: bytes, markup: bool) -> None:
    assert is_markup(body) is markup
