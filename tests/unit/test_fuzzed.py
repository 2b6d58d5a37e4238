"""What a fuzzer found, and the same laws on small inputs: an article, links or a deliberate error.

`make fuzz` tries many more, on whole pages; what it finds becomes a row here, cut to its cause.
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbot.errors import NotAnArticle, ReadError
from feedbot.model import Page, Source
from feedbot.read.feeds import read_announced
from tests.fuzz import (
    NOW,
    READERS,
    SMALL,
    SOURCES,
    TOKENS,
    URL,
    Tried,
    at_random,
    attempt,
    mutated,
    read_page,
)

STORY = "<h1>Bomen langs de ringweg geplant</h1>" + (
    "<p>De gemeente plant deze winter duizend bomen langs de ringweg om de wind te breken.</p>" * 3
)


def page(head: str = "", body: str = STORY) -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "surrogatepass")


def linked_data(said: str) -> bytes:
    return page(f'<script type="application/ld+json">{said}</script>')


FOUND: dict[str, bytes] = {
    "a long class with a control character": page(body=f"<p class='{'a&#1;' * 9000}'>x" + STORY),
    "a number that Python refuses": page(body=STORY + "<p>&amp;#" + "1" * 5000 + ";"),
    "such a number within another": page(
        body=STORY + f"<p>&amp;#{'1' * 4000}&amp;#{'1' * 5000};{'1' * 4000};"
    ),
    "a width that Python refuses": page(body=f"<img src=a width={'1' * 5000}>" + STORY),
    "a picture in brackets": page("<meta property=og:image content='https://[cdn]/x.jpg'>"),
    "a base in brackets": page("<base href='http://[x]'>"),
    "a port out of range": page(body=STORY + "<a href='https://krant.example:99999/'>x</a>"),
    "half a character in JSON-LD": linked_data(r'{"@type":"NewsArticle","headline":"\ud800"}'),
    "half a character in an address": linked_data(
        r'{"@type":"NewsArticle","image":"https://a.example/\ud800.jpg"}'
    ),
    "a control character after what is dropped": page(
        body=f"<article>een<aside>x</aside>\x01twee {STORY}</article>"
    ),
    "types within types": linked_data('{"@type":' + "[" * 900 + "]" * 900 + "}"),
    "a list of nothing": linked_data('{"@type":"NewsArticle","author":[[],{},null,5]}'),
    "an operator's body that is a caption": page(
        body=f"<article><figcaption>Een bijschrift.</figcaption>{STORY}</article>"
    ),
}


LISTINGS: dict[str, bytes] = {
    "a summary that is None": b"<feed><entry<title </body><link href='/a'/>x",
    "half a character in a feed": b"<rss><item><title>&#xd800;</title><link>/a</link></item></rss>",
    "half a character in a sitemap": b"<urlset><url><title>&#xd800;</title><loc>/a</loc></url></urlset>",
    "half a character around another": (
        b"<rss><item><title>&#&#xd800;55296; &#&#55296;xd800;</title><link>/a</link></item><a"
    ),
    "a character beyond all": b"<rss><item><title>&#x110000;</title><link>/a</link></item></rss>",
    "an odd name in a sitemap": b"<urlset><url><loc>/a</loc><a9:b:c-14:00d>x</a9:b:c-14:00d></url>",
    "a date of noughts": b"<rss><item><link>/a</link><pubDate>0000-00-00</pubDate></item></rss>",
    "no date of publication": b"<rss><item><link>/a</link></item></rss>",
    "JSON as deep as it gets": b'{"version":"https://jsonfeed.org/version/1","x":'
    + (b"[" * 100_000 + b"]" * 100_000)
    + b',"items":[{"url":"/a"},{"url":"https://[x]"}]}',
}


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("variant", range(4))
def test_what_was_found_is_read(name: str, variant: int) -> None:
    with suppress(
        NotAnArticle
    ):  # some are too odd to be published; what counts is the kind of error
        read_page(FOUND[name], variant)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_with_something_wrong_lists_the_rest(name: str) -> None:
    page = Page(url=URL, requested=URL, body=LISTINGS[name], fetched_at=NOW)
    announced = read_announced(page, SOURCES[0])
    assert announced
    if "<entry<" not in LISTINGS[name].decode():
        assert [link.url for link in announced.links] == ["https://krant.example/a"]


pieces = st.lists(
    st.sampled_from(TOKENS) | st.binary(max_size=20) | st.just(STORY.encode()), max_size=20
).map(b"".join)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(READERS) - 1), st.integers(0, 255), pieces)
def test_pieces_of_anything_are_read_or_refused(kind: int, variant: int, body: bytes) -> None:
    attempt(bytes([kind, variant]) + body)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SMALL), st.integers(0, 2**32))
def test_small_answers_with_something_wrong_are_read_or_refused(
    small: tuple[int, bytes], seed: int
) -> None:
    kind, body = small
    case = bytes([kind, 0]) + body
    attempt(mutated(case, random.Random(seed), [case]))


def test_a_feed_that_its_parser_stumbles_over_is_refused_by_name() -> None:
    body = b"<rss><channel><item><link>/n></item><</link><item></channel>"
    url = "https://krant.example/rss"
    page = Page(url=url, requested=url, body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(ReadError, match=r"krant\.example/rss: its feed is broken XML"):
        read_announced(page, Source(name="krant", urls=(url,)))


def test_the_fuzzer_keeps_what_fails(capsys: pytest.CaptureFixture[str]) -> None:
    tried = Tried(wanted=30)
    at_random(tried, [b"\0\0" + page()], seed=1)
    assert (tried.done, tried.failed) == (30, 0)
    assert "30 cases, 0 failed" in capsys.readouterr().out
