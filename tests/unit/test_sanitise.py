"""What may go into a feed, and what may not."""

from __future__ import annotations

import re
import sys
import time
from html.entities import name2codepoint

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedbot.web.sanitise import absolute_urls, legible, plain_text, sanitise

BASE = "https://krant.example/nieuws/artikel.html"


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("<p>Een <b>vet</b> woord</p>", "<p>Een <b>vet</b> woord</p>"),
        ("<p onclick='x()' class=a style=b id=c>x</p>", "<p>x</p>"),
        ("<script>x()</script><style>p{}</style>y", "y"),
        ("<noscript><img src=/teller.gif></noscript>y", "y"),
        ("<iframe src='https://v.example/'></iframe><p>y", "<p>y</p>"),
        ("<form><input value=x><button>Meld je aan</button></form>", "Meld je aan"),
        ("<svg><path d='M0'/></svg>y", "y"),
        ("<a href='javascript:x()'>y</a>", "<a>y</a>"),
        ("<a href='data:text/html,x'>y</a>", "<a>y</a>"),
        (
            "<a href='/b c?é=%&d=1'>y</a>",
            '<a href="https://krant.example/b%20c?%C3%A9=%25&amp;d=1">y</a>',
        ),
        ("<img alt='een > twee'>y", "y"),
        ("<img src='data:image/gif;base64,AAAA'>y", "y"),
        ("<p>a &amp; b &lt; c</p>", "<p>a &amp; b &lt; c</p>"),
        ("<pre>\n\n\nx</pre>", "<pre>x</pre>"),
        ("<!-- a -->y", "y"),
        ("", ""),
    ],
)
def test_only_what_an_article_is_made_of_stays(given_: str, kept: str) -> None:
    assert sanitise(given_, BASE) == kept


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("foto.jpg", "https://krant.example/nieuws/foto.jpg"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("?p=2", "https://krant.example/nieuws/artikel.html?p=2"),
        ("HTTP://Gemeente.Example:80", "http://gemeente.example/"),
        ("https://naam:geheim@krant.example/", "https://krant.example/"),
        ("https://krant.example:8443/a", "https://krant.example:8443/a"),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("/a[1]|{2}", "https://krant.example/a%5B1%5D%7C%7B2%7D"),
        (" /a\n/b ", "https://krant.example/a/b"),
        ("https://[kapot", None),
        ("https://a b/", None),
        ("https:///", "https://krant.example/"),
        ("https://krant.example:80/", "https://krant.example:80/"),
        ("ftp://krant.example/", None),
        ("mailto:a@krant.example", None),
        ("https://krant.example:poort/", None),
        (f"https://{'a' * 70}.example/", None),
    ],
)
def test_urls_are_whole_and_plain(url: str, whole: str | None) -> None:
    assert absolute_urls(url, BASE) == whole


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        ("  Rusland\n\t en\u00a0China ", "Rusland en China"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("&lt;b&gt;Vet&lt;/b&gt;", "Vet"),
        ("Eerst<br>dan<p>daarna</p>", "Eerst dan daarna"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("Hart <3 voor AT&T", "Hart <3 voor AT&T"),
        ("black&or white", "black& or white"),
        ("M&A2", "M& A2"),
        ("Jan <jan@krant.example>", "Jan jan@krant.example"),
        ("\x93Ja\x94, zei hij\x85", "“Ja”, zei hij…"),
        ("&#x93;Ja&#x94;", "“Ja”"),
        ("a\x00b\x1fc\ufffed\ufffd", "ab cd"),
        ("zacht\u00adkens\u202e", "zachtkens"),
        ("\ud83d\ude00 \ud83d", "😀"),
        ("</foo> los", "foo los"),
    ],
)
def test_plain_text_is_one_clean_line(given_: str, text: str) -> None:
    assert plain_text(given_) == text


FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")

PIECES = (
    "<p> </p> <b> <table> <tr> <td> <pre>\n <ul> <li> <a> </a> <math> <svg> <!-- --> ]]> & &amp;"
    " &amp;amp; &lt; &#x1f; &#0; &#xd800; &copy &notin; <h1> <h2> <select> <option> <template>"
    " <textarea> <plaintext> <noscript> </ <a\u00a0href=x> <img\nsrc=x> < > \" '"
)
hostile = st.lists(
    st.sampled_from(PIECES.split(" "))
    | st.text(st.characters(codec=None, exclude_categories=()), max_size=8),
    max_size=25,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(hostile)
def test_sanitised_html_is_a_fixed_point_without_bad_characters(html: str) -> None:
    clean = sanitise(html, BASE)
    assert sanitise(clean, BASE) == clean
    assert not FORBIDDEN.search(clean)
    assert nh3.is_html(clean) or "<" not in clean
    etree.Element("content").text = clean  # raises what XML cannot carry


@settings(max_examples=400, deadline=None)
@given(hostile)
def test_plain_text_says_the_same_when_made_plain_again(html: str) -> None:
    text = plain_text(html)
    assert plain_text(text) == text
    assert not FORBIDDEN.search(text)
    assert "\n" not in text
    for word in re.findall(r"&(#?\w+)", text):
        assert word not in name2codepoint
        assert word.isalpha()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_a_url_that_is_whole_stays_as_it_is(text: str) -> None:
    whole = absolute_urls(text, BASE)
    if whole is not None:
        assert absolute_urls(whole, "https://elders.example/") == whole
        assert re.fullmatch(r"https?://[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]*", whole)


def test_every_character_is_legible_or_gone() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert not FORBIDDEN.search(legible(everything))
    assert legible("gewone tekst\t\n") == "gewone tekst\t\n"


@pytest.mark.parametrize("html", ["<div>" * 200_000, "<p><b>" * 50_000, "<table><td>" * 50_000])
def test_hostile_nesting_costs_little(html: str) -> None:
    before = time.process_time()
    sanitise(html, BASE)
    assert time.process_time() - before < 2
