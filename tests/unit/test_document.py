"""Bytes to blocks: encodings, block boundaries, hostile input."""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Page, Source
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.charset import decode
from feedbot.web.document import parse
from tests.sample_pages import HOME, NOW, document


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
        ("<p>Een.</p><p><span>&#x200b;</span></p><p>Twee.</p>", ["Een.", "Twee."]),
        (
            "<p>Een.</p><p>&#xfeff;&nbsp;&#x200d;</p><div>&#x2060;<p>Twee.</p></div>",
            ["Een.", "Twee."],
        ),
        ("Een.<br>&#x200b;<br>Twee.", ["Een.", "Twee."]),
        ("<h3><button>Wat kost het?</button></h3><p>Niets.</p>", ["Wat kost het?", "Niets."]),
        (
            "<h2><span><button>Wat <b>kost</b> het?<svg></svg></button></span></h2>",
            ["Wat kost het?"],
        ),
        ("<h4> <button><div>Wat kost het?</div></button> </h4>", ["Wat kost het?"]),
        ("<h3>Prijs <button>Kopieer</button></h3>", ["Prijs"]),
        ("<h3><button>Deel</button><button>Bewaar</button></h3>", []),
        ("<div><button>Wat kost het?</button></div>", []),
        ("<p>Nog&shy;maals: &#x200b;een.</p>", ["Nog\xadmaals: \u200been."]),
        ("<p>Een <b>vet</b>\n   woord</p>", ["Een vet woord"]),
        ("<script>nee</script><style>nee</style><p>ja<template>nee</template></p>", ["ja"]),
        ("<a href=/x><h3>Kop</h3><p>Tekst</p></a>", ["Kop", "Tekst"]),
        (
            "<p>Bij <a href=/x><meta itemprop=name content=Werf>de werf</a> nu</p>",
            ["Bij de werf nu"],
        ),
        ("<p>Bij <b><link itemprop=url href=/x>de werf</b> nu</p>", ["Bij de werf nu"]),
        ("<div>Bij <meta itemprop=name content=Werf>de werf nu</div>", ["Bij de werf nu"]),
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


@pytest.mark.parametrize("end", ["</body>", "</body></html>", "</body></html><html><body>"])
def test_what_stands_below_the_end_of_the_body_is_read_as_browsers_read_it(end: str) -> None:
    markup = f"<html><body><header><p>Menu.</p></header>{end}<main><p>Een.</p></main><p>Twee.</p></body></html>"
    assert [block.text for block in document(markup).blocks] == ["Menu.", "Een.", "Twee."]


def test_emphasis_and_links_go_on_in_the_next_line() -> None:
    markup = (
        "<p>Een <b>twee<br>drie</b> <a href=/x>vier<br><i id=k>vijf</i></a><code><br></code></p>"
    )
    lines = document(markup).blocks
    assert [one.html for one in lines] == [
        "Een <strong>twee</strong>",
        f'<strong>drie</strong> <a href="{HOME}/x">vier</a>',
        f'<a href="{HOME}/x"><em>vijf</em></a>',
    ]
    assert [one.links for one in lines] == [(), (f"{HOME}/x",), (f"{HOME}/x",)]


def test_a_block_knows_its_links() -> None:
    markup = '<base href="/a/"><p>Lees <a href="b">dit <i>nu</i></a>.</p><a href=c><p>Kaart</p></a>'
    first, card = document(markup).blocks
    assert first.links == ("https://nieuws.example.org/a/b",)
    assert 0 < first.linked < 1
    assert "<em>nu</em></a>" in first.html
    assert card.card == "https://nieuws.example.org/a/c"
    assert card.linked == 1


HOSTILE = {
    "a million nested tags": lambda: b"<div>" * 1_000_000,
    "nothing closed": lambda: b"<p><b><i><table><tr><td><ul><li>" * 20_000,
    "50 MB in one line": lambda: b"<p>" + b"lang verhaal " * 3_850_000,
    "the longest line that is read": lambda: b"<h1>Kop</h1><p>" + b"lang verhaal " * 769_000,
    "a hundred thousand paragraphs": lambda: (
        b"<h1>Kop</h1>" + b"<p>Er was eens een lang verhaal." * 99_990
    ),
    "a hundred thousand links": lambda: b"<h1>Kop</h1><p>" + b"<a href=/x>lees</a> meer " * 99_990,
    "nested to the parser's limit": lambda: (b"<div>" * 250 + b"tekst</div>" * 250) * 390,
    "null bytes": lambda: b"<p>te\x00kst</p>\x00" * 1000,
    "entities that expand": lambda: (
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
        + b"]><p>&a9;&a;&#0;&#xffffffff;"
    ),
    "one word": lambda: b"<h1>Kop van een bericht</h1><p>" + b"b" * 5_000_000,
    "Chinese": lambda: b"<h1>Kop van een bericht</h1><p>" + "\u4e00".encode() * 1_600_000,
    "inline elements in inline elements": lambda: (
        b"<h1>Kop van een bericht</h1><p>" + b"<b>" * 200 + b"<i>x</i>" * 40_000
    ),
    "headings over other stories": lambda: (
        b"<h1>Kop van een bericht</h1><p>Er was eens een lang verhaal, en toen was het uit."
        + b"<h3>Lees ook</h3>" * 50_000
    ),
    "attributes": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">x</p>",
    "empty": lambda: b"",
    "not html": lambda: bytes(range(256)) * 100,
}
MOST_SECONDS, MOST_MEMORY = 20, 250  # of CPU, and MB above what the process had


@dataclass(frozen=True)
class Cost:
    seconds: float
    memory: float  # MB
    said: str


def cost_of(name: str) -> Cost:
    """What a hostile page costs from its bytes to its article; run in a process of its own."""
    page = Page(url="https://x.example/a", requested="", body=HOSTILE[name](), fetched_at=NOW)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is the present again
    before, begun = _peak(), time.process_time()
    try:
        read = parse(page)
        model = learn(SiteModel(), [], [read])
        article = extract(read, Source(name="x", urls=(page.url,)), model, None)
        fingerprint_of(article)
        said = "".join(article.paragraphs)
    except NotAnArticle as error:
        said = error.reason
    return Cost(time.process_time() - begun, _peak() - before, said[:1000])


def _peak() -> float:
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """A process whose memory is that of hostile pages alone."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("memory is measured as Linux does it")
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_or_read_in_bounded_time_and_memory(
    name: str, apart: ProcessPoolExecutor
) -> None:
    cost = apart.submit(cost_of, name).result()
    assert cost.said
    assert "aaaaaaaaaaaaaaaaaaaaa" not in cost.said, "an entity was expanded"
    assert cost.seconds < MOST_SECONDS
    assert cost.memory < MOST_MEMORY


STEPS = tuple(f"Paragraph {number} of a long letter to a friend in town." for number in range(5))


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=c><div><div><div><p>{}</p></div><p>{}</p></div><p>{}</p></div><p>{}</p><p>{}</p></div>",
        "<div class=c><div><p>{}</p></div> <p>{}</p><p>{}</p><p>{}</p><p>{}</p></div>",
        "<div class=c><img src=/a.jpg><div><p>{}</p><div>{}</div></div><p>{}</p><p>{}</p><p>{}</p></div>",
        # ends of boxes that were never begun
        "<div class=c><p>{}</p></div><p>{}</p></div><p>{}</p></div><p>{}</p><p>{}</p></div>",
        "<div class=c><div><p>{}</p></p></div><p>{}</p></p></div> <P>{}</P></DIV><P>{}</P><p>{}</p></div>",
    ],
)
def test_boxes_that_end_too_early_end_no_text(markup: str) -> None:
    page = document(f"<body><div id=page>{markup.format(*STEPS)}</div><div>Footer</div></body>")
    boxes = [one for one in page.root.iter("div") if one.get("class") == "c"]
    assert tuple(one.text for one in page.blocks_in(boxes[0])) == STEPS


@pytest.mark.parametrize(
    "markup",
    [
        "<p>One.</p><div><p>A box amid a text.</p></div><p>Two.</p>",
        "<div class=lead><p>A lead.</p></div><p>Two.</p>",
        "<div><h2>A headline</h2><p>A teaser.</p></div><p>Two.</p>",
        "<div><p>A box.</p></div><div><p>Another.</p></div>",
        "<div><p>A box with a word behind it.</p></div>word<p>Two.</p>",
    ],
)
def test_other_boxes_stay(markup: str) -> None:
    assert len(document(f"<body><div>{markup}</div></body>").elements("div")) == 1 + markup.count(
        "<div"
    )
