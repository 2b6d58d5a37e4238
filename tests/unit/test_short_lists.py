"""Lists whose titles are a word or two."""

from __future__ import annotations

from feedbot.read.discover.links import discover
from tests.sample_pages import LISTING, SOURCE, document

NAMES = "Puzzelrit Mosselfeest Kerkklok Zaaidag Hooiberg Veerpont Dorpsbron Wolfsspoor".split()


def listing(teaser: str) -> str:
    items = "".join(
        f'<li class="{"last" if at % 3 == 2 else ""}"><h2><a href="/{name.lower()}/">{name}</a></h2>'
        f'<div class="content"><img src="/{at}.jpg" alt="">{teaser}</div></li>'
        for at, name in enumerate(NAMES)
    )
    return f'<body><div class="page"><ul class="posts">{items}</ul></div></body>'


def test_short_titles_with_teasers_are_news_where_nothing_better_is() -> None:
    page = document(
        listing("<p>De optocht trekt dit jaar voor het eerst langs de haven.</p>"), LISTING
    )
    assert [link.title for link in discover(page, SOURCE)] == NAMES


def test_short_titles_alone_are_sections() -> None:
    assert not discover(document(listing(""), LISTING), SOURCE)
