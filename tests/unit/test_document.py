"""Bytes to blocks: encodings, block boundaries, hostile input."""

from __future__ import annotations

import time

import pytest

from feedbot.document import decode, parse
from feedbot.errors import NotAnArticle
from feedbot.model import Page
from tests.pages import NOW, document


def texts(markup: str) -> list[str]:
    return [block.text for block in document(f"<body>{markup}</body>").blocks]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Oekraïne – café</p>".encode(), "text/html"),
        ("<p>Oekraïne – café</p>".encode(), "text/html; charset=iso-8859-1"),  # as servers do
        ("<p>Oekraïne – café</p>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("<p>Oekraïne – café</p>".encode("cp1252"), "text/html"),
        ('<meta charset="windows-1252"><p>Oekraïne – café</p>'.encode("cp1252"), ""),
        (b"\xef\xbb\xbf" + "<p>Oekraïne – café</p>".encode(), "text/html; charset=latin1"),
        ("<p>Oekraïne – café</p>".encode("utf-16"), "text/html"),
        ("<p>Oekraïne – café</p>".encode("cp1252"), "text/html; charset=nonsense"),
    ],
)
def test_encodings_are_understood(body: bytes, content_type: str) -> None:
    assert decode(body, content_type).endswith("<p>Oekraïne – café</p>")


def test_mojibake_is_left_as_it_is() -> None:
    assert decode("<p>OekraÃ¯ne</p>".encode(), "text/html") == "<p>OekraÃ¯ne</p>"


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>Een.</p><p>Twee.</p>", ["Een.", "Twee."]),
        ("Een.<br><br>Twee.<br>Drie.", ["Een.", "Twee.", "Drie."]),
        ("<div><span>Een </span><span>zin.</span></div><div>Twee.</div>", ["Een zin.", "Twee."]),
        ("<div>Vooraf <p>Een.</p> en achteraf</div>", ["Vooraf", "Een.", "en achteraf"]),
        ("<table><tr><td>Een<td>Twee</table>", ["Een", "Twee"]),
        ("<p>Een <b>vet</b>\n   woord</p>", ["Een vet woord"]),
        ("<script>nee</script><style>nee</style><p>ja<template>nee</template></p>", ["ja"]),
        ("<a href=/x><h3>Kop</h3><p>Tekst</p></a>", ["Kop", "Tekst"]),
    ],
)
def test_a_block_is_what_a_reader_sees_as_one_paragraph(markup: str, blocks: list[str]) -> None:
    assert texts(markup) == blocks


@pytest.mark.parametrize("first", ["main", "article", "header", "section"])
def test_the_tags_of_head_and_body_may_be_omitted(first: str) -> None:
    markup = f"<!doctype html><title>Kop</title><{first}><p>Een.</p></{first}><meta name=a content=b><p>Twee."
    read = document(markup)
    assert [block.text for block in read.blocks] == ["Een.", "Twee."]
    assert read.meta("a") == "b"
    assert next(read.root.iter("title")).text == "Kop"


def test_a_block_knows_its_links() -> None:
    markup = '<base href="/a/"><p>Lees <a href="b">dit <i>nu</i></a>.</p><a href=c><p>Kaart</p></a>'
    first, card = document(markup).blocks
    assert first.links == ("https://nieuws.example.org/a/b",)
    assert 0 < first.linked < 1
    assert "<em>nu</em></a>" in first.html
    assert card.card == "https://nieuws.example.org/a/c"
    assert card.linked == 1


HOSTILE = {
    "a million nested tags": b"<div>" * 1_000_000,
    "nothing closed": b"<p><b><i><table><tr><td><ul><li>" * 20_000,
    "one line": b"<p>" + b"lang verhaal " * 400_000,
    "null bytes": b"<p>te\x00kst</p>\x00" * 1000,
    "entities that expand": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;&#0;&#xffffffff;",
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x</p>",
    "empty": b"",
    "not html": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_or_read_in_bounded_time(name: str) -> None:
    page = Page(url="https://x.example/", requested="", body=HOSTILE[name], fetched_at=NOW)
    begun = time.process_time()
    try:
        assert len(parse(page).blocks) < 200_000
    except NotAnArticle as error:
        assert error.reason
    assert time.process_time() - begun < 20
