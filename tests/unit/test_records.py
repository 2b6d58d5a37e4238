"""The stored form of an article: what another version of feedbot may have written."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbot.errors import SchemaChanged
from feedbot.model import Article, Dated, Dateline, Enclosure, Image
from feedbot.store.records import FORM, pack_article, unpack_article

ARTICLE = Article(
    url="https://nieuws.example.org/1",
    title="Plan voor de haven",
    paragraphs=("Het plan is klaar.", "Volgend jaar begint het werk."),
    html="<p>Het plan is klaar.</p><p>Volgend jaar begint het werk.</p>",
    language="nl",
    dateline=Dateline(text="RILLAND (ANP) - ", place="RILLAND", agencies=("ANP",)),
    image=Image(url="https://nieuws.example.org/1.jpg", alt="De haven"),
    enclosures=(Enclosure(url="https://nieuws.example.org/1.mp3", type="audio/mpeg"),),
    published=Dated(at=datetime(2026, 2, 1, 12, 0, tzinfo=UTC), origin="json-ld"),
)


def changed(**changes: Any) -> bytes:
    """The stored form of the article with other values."""
    plain = json.loads(zlib.decompress(pack_article(ARTICLE)))
    return zlib.compress(json.dumps(plain | changes).encode())


@pytest.mark.parametrize(
    "article", [ARTICLE, replace(ARTICLE, dateline=None, image=None, published=None)]
)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    assert unpack_article(pack_article(article)) == article


def test_equal_articles_give_equal_bytes() -> None:
    assert pack_article(replace(ARTICLE)) == pack_article(ARTICLE)


@pytest.mark.parametrize(
    "news",
    [
        {"mood": "cheerful"},
        {"image": {"url": "https://nieuws.example.org/1.jpg", "alt": "De haven", "width": 640}},
        {
            "dateline": {
                "text": "RILLAND (ANP) - ",
                "place": "RILLAND",
                "agencies": ["ANP"],
                "country": "NL",
            }
        },
        {"published": ["2026-02-01T12:00:00+00:00", "json-ld", "day"]},
    ],
)
def test_what_a_newer_feedbot_has_added_is_left_out(news: dict[str, Any]) -> None:
    assert unpack_article(changed(**news)) == ARTICLE


def test_a_form_that_only_a_newer_feedbot_can_read_is_named() -> None:
    with pytest.raises(SchemaChanged, match="newer feedbot"):
        unpack_article(changed(form=FORM + 1, paragraphs={"1": "…"}))
