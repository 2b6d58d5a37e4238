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


HEADLINES = (
    "Brand in haven van Rilland geblust",
    "Koning opent brug bij Kats",
    "Regen verdrijft toeristen van het strand",
    "Wolf gezien aan de rand van het bos",
)
SECTIONS = ("Over onze vereniging", "Word vandaag lid", "Onze haven en steigers", "Neem contact op")
WELCOME = (
    "<main><h1>Welkom</h1><p>Wij zijn een vereniging van vissers, en wij komen elke maand bijeen in"
    " het oude veerhuis aan de rivier.</p></main>"
)


def sidebar(titles: tuple[str, ...]) -> str:
    items = (f"<li><a href=/node/{at}>{title}</a></li>" for at, title in enumerate(titles, 30))
    return f"<div id=sidebar><h3>Berichten</h3><ul>{''.join(items)}</ul></div>"


def test_headlines_in_a_sidebar_are_news_where_nothing_else_is_listed() -> None:
    page = document(f"<body>{WELCOME}{sidebar(HEADLINES)}</body>", "/")
    assert [link.title for link in discover(page, SOURCE)] == list(HEADLINES)


def test_names_in_a_sidebar_are_not() -> None:
    assert not discover(document(f"<body>{WELCOME}{sidebar(SECTIONS)}</body>", "/"), SOURCE)


def test_headlines_in_a_sidebar_are_left_beside_a_list_that_is_more_like_news() -> None:
    cards = "".join(
        f"<article><h2><a href='/nieuws/{name.lower()}-in-het-dorp'>{name} in het dorp gevierd</a>"
        f"</h2><p>De optocht trok langs de haven.</p><time>{at + 1} januari 2026</time></article>"
        for at, name in enumerate(NAMES)
    )
    page = document(f"<body><main>{cards}</main>{sidebar(HEADLINES)}</body>", "/nieuws")
    assert all("/nieuws/" in link.url for link in discover(page, SOURCE))
