"""Lists whose titles are a word or two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

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


def rows(titles: Sequence[str]) -> str:
    return "".join(
        f'<tr><td><a href="/blad.asp?ID={400 + at}"><img src="/{at}.png" alt="Naar het blad"></a>'
        f'</td><td><a href="/blad.asp?ID={400 + at}"><b>{title}</b><br>'
        f"<i>Het praatje van maandag {at + 1} juni 2026</i></a></td></tr>"
        for at, title in enumerate(titles)
    )


def test_a_short_title_beside_a_picture_of_its_own_is_a_row_like_the_others() -> None:
    titles = [*(f"De {name.lower()} is terug" for name in NAMES), "De laatste veerman van het dorp"]
    menu = "".join(f'<li><a href="/dienst{at}">{name}</a></li>' for at, name in enumerate(NAMES))
    page = document(f"<ul>{menu}</ul><div><table>{rows(titles)}</table></div>", LISTING)
    assert [link.title for link in discover(page, SOURCE)] == titles


def table(section: str, titles: Sequence[str]) -> str:
    cells = "".join(
        f'<tr><td><b>{section}</b></td><td><font><a href="{title[-9:-1].replace(" ", "")}.htm">'
        f"{title}</a></font></td></tr>"
        for title in titles
    )
    return f"<table>{cells}</table><br>"


def test_parts_of_a_list_whose_titles_are_shorter_are_no_other_list() -> None:
    parts = {
        "Film": [
            "Een documentaire over de gouden eeuw van het bordspel",
            "Een lang gesprek met de tekenaar van de rode draak",
            "Wat een goede puzzel van een slechte scheidt",
        ],
        "Boeken": ["Vier boeken over spelen", "De fout in de doos", "Oude dozen te koop"],
        "Post": [
            "Rekenen aan drie biljartballen",
            "Een nieuwe doos voor een oud spel",
            "De verloren pionnen van hun jeugd",
        ],
    }
    page = document("".join(table(name, titles) for name, titles in parts.items()), LISTING)
    assert [link.title for link in discover(page, SOURCE)] == [*chain(*parts.values())]
