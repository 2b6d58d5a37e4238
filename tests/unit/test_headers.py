"""What the headers of an answer, and its first bytes, say of it."""

from __future__ import annotations

import pytest

from feedbot.fetch.headers import is_markup, is_opaque, is_page


@pytest.mark.parametrize(
    ("content_type", "opaque"),
    [
        ("", False),
        ("text/html; charset=utf-8", False),
        ("application/rss+xml", False),
        ("application/octet-stream", False),
        ("unknown/unknown", False),
        ("html", False),
        ("application/gzip", False),
        ("application/pdf", True),
        ("image/svg", True),
        ("Video/MP4; x=y", True),
        ("text/css", True),
    ],
)
def test_a_type_that_says_what_a_body_is_is_believed(content_type: str, opaque: bool) -> None:
    assert is_opaque(content_type) is opaque


PAGE, BYTES = b"<!doctype html><p>x", b"\0\1\2"


@pytest.mark.parametrize(
    ("content_type", "body", "page"),
    [
        ("text/html", BYTES, True),
        ("application/feed+json", b"goed", True),
        ("", b"goed", True),
        ("text/plain", b"goed", True),
        *((kind, PAGE, True) for kind in ("application/octet-stream", "binary/x", "html", "a/b")),
        *((kind, BYTES, False) for kind in ("application/octet-stream", "binary/x", "html", "a/b")),
    ],
)
def test_a_type_that_says_nothing_leaves_it_to_the_body(
    content_type: str, body: bytes, page: bool
) -> None:
    assert is_page(content_type, body) is page


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
