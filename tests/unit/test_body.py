"""Which blocks of a page are its article: every last line of it, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages import html, read

TITLE = "Gemeente plant duizend bomen langs de ringweg"
LEAD = (
    "De gemeente plant deze winter duizend bomen langs de ringweg. Zij moeten de wind breken en het"
    " geluid van het verkeer dempen, zegt de wethouder."
)
SECOND = (
    "De bomen komen van een kwekerij in de buurt, die daar vijf jaar voor nodig had. Het gaat om"
    " linden, elzen en een enkele beuk."
)
THIRD = (
    "Het planten begint na de eerste nachtvorst en duurt tot maart. Bewoners die willen helpen,"
    " kunnen zich melden bij de wijkpost."
)
FOURTH = (
    "De raad beslist over drie weken of er ook langs het kanaal bomen komen. Daar is nog geen geld"
    " voor, maar wel grond."
)
TEXT = (LEAD, SECOND, THIRD, FOURTH)
OTHERS = tuple(
    f"{place} - In {place.title()} is woensdag een nieuwe brug geopend voor fietsers en voetgangers."
    f" Het werk duurde {years} jaar, twee jaar langer dan de bedoeling was."
    for place, years in (("GOES", 3), ("HULST", 4), ("SLUIS", 5), ("VEERE", 6), ("TERNEUZEN", 7))
)
STORIES = tuple(
    (
        f"Een ander verhaal over zaak {number}",
        (
            f"In zaak {number} heeft de rechter besloten dat de schipper {number} dagen mag wachten."
            f" De schuit van nummer {number} ligt sinds vorige week in de oude haven."
        ),
        (
            f"Wat er daarna met lading {number} gebeurt, is niet bekend. De eigenaar van {number} wil"
            " er niets over zeggen en verwijst naar zijn advocaat in de stad."
        ),
    )
    for number in range(3, 9)
)


def texts(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def read_among(
    write: Callable[[str, tuple[str, ...]], str], *paragraphs: str, seen: int = 6
) -> tuple[str, ...]:
    """The text of an article on a site, of which so many others are seen in the same markup."""
    siblings = tuple(
        html(write(title, (first, second)), title=title) for title, first, second in STORIES[:seen]
    )
    return read(html(write(TITLE, paragraphs), title=TITLE), siblings=siblings).paragraphs


def alone(body: str) -> tuple[str, ...]:
    """The text of a page of which nothing else is known."""
    return read(html(body, title=TITLE)).paragraphs


@pytest.mark.parametrize("seen", [3, 4, 6])
@pytest.mark.parametrize("count", [1, 2])
def test_a_short_story_has_nothing_of_the_long_sidebar_that_every_page_shares(
    count: int, seen: int
) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        text = texts(paragraphs[:count])
        return f"<div><h1>{title}</h1>{text}</div><div class=a>{texts(OTHERS)}</div>"

    assert read_among(write, LEAD, SECOND, seen=seen) == (LEAD, SECOND)[:count]


def test_a_copy_under_another_address_takes_nothing_from_a_story() -> None:
    body = f"<div><h1>{TITLE}</h1>{texts(TEXT)}</div><div>{texts(OTHERS)}</div>"
    page = html(body, title=TITLE)
    others = tuple(
        html(f"<div><h1>{title}</h1>{texts(rest)}</div><div>{texts(OTHERS)}</div>", title=title)
        for title, *rest in STORIES
    )
    assert read(page, siblings=(page, page, *others)).paragraphs == TEXT
