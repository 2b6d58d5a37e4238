"""What a block says, apart from its links and in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbot.model import Page
from feedbot.read.extract.prose import link_texts, parts, text_length, without_links
from feedbot.web.document import Block, parse

URL = "https://krant.example/nieuws/brug"


def block(markup: str) -> Block:
    """The only block of a page."""
    body = f"<html><body><p>{markup}</p></body></html>".encode()
    page = Page(url=URL, requested=URL, body=body, fetched_at=datetime(2026, 11, 28, tzinfo=UTC))
    return parse(page).blocks[0]


@pytest.mark.parametrize(
    ("markup", "links", "rest"),
    [
        ("De <a href='/b'>brug</a> is dicht.", ["brug"], "De is dicht."),
        ("<a href='/b'>Brug</a><a href='/c'>Tol</a>", ["Brug", "Tol"], ""),
        ("<a href='/b'>De <abbr>N57</abbr> is</a> dicht", ["De N57 is"], "dicht"),
        ("De <abbr>N57</abbr> <a href='/b'>is dicht</a>", ["is dicht"], "De N57"),
        ("<a href='/b'><math><mi>x</mi></math></a> is <a href='/c'>groot</a>", None, "is"),
        ("Zie <a href='#noot'>noot</a> en <a href='/c'>kaart</a>", ["kaart"], "Zie en"),
    ],
)
def test_a_block_is_cut_where_its_links_begin_and_end(
    markup: str, links: list[str] | None, rest: str
) -> None:
    one = block(markup)
    assert without_links(one) == rest
    assert links is None or link_texts(one) == links
    assert len(link_texts(one)) == len(one.links)
    assert "".join(text for _, text in parts(one)).split() == one.text.split()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("De pont vaart.", 14),
        ("渡船が出ます。", 19),
        ("渡船开了。", 13),
        ("배가 다시 다닙니다.", 27),
    ],
)
def test_a_sign_that_is_a_syllable_or_a_word_counts_for_three_letters(
    text: str, letters: int
) -> None:
    assert text_length(text) == letters
