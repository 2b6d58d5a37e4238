"""Matches beside stories are left; what a club reports and what a magazine reviews is not."""

from __future__ import annotations

import pytest

from feedbot.read.discover.links import discover
from feedbot.read.discover.pairings import names_two_sides
from tests.sample_pages import SOURCE, document

NEWS = (
    "Keeper scoort in blessuretijd tegen de koploper",
    "Stadion krijgt verwarming onder het gras",
    "Clubicoon keert terug als trainer van de jeugd",
    "Boete voor vuurwerk op de noordtribune",
    "Jong Oranje traint maandag in Zeist",
)
SIDES = (("Radnik", "Sloga"), ("Borac", "Jedinstvo"), ("Mladost", "Vihor"), ("Železničar", "Timok"))
TEASER = "<p>In een spannend duel trok de thuisploeg in de slotfase aan het langste eind.</p>"


def card(url: str, title: str, more: str) -> str:
    return f"<article class=card><a href='{url}'><h3>{title}</h3></a>{more}</article>"


def stories() -> list[str]:
    return [
        card(f"/voetbal/{55120 - at}/verhaal", title, f"<span>{30 - at} januari 2026 12:40</span>")
        for at, title in enumerate(NEWS)
    ]


def matches(between: str, more: str, folder: str = "/wedstrijd") -> list[str]:
    return [
        card(f"{folder}/{99812 + at}/live-en-uitslag", between.format(*sides), more)
        for at, sides in enumerate(SIDES)
    ]


def grid(cards: list[str]) -> str:
    return f"<div class=grid>{''.join(cards)}</div>"


def taken(body: str, here: str = "/voetbal/") -> int:
    return len(
        discover(document(f"<body><main><h1>Voetbal</h1>{body}</main></body>", here), SOURCE)
    )


@pytest.mark.parametrize("here", ["/", "/voetbal/"])
@pytest.mark.parametrize(
    "found",
    [
        pytest.param(matches("{} – {}", "<span>20:30</span>"), id="an hour"),
        pytest.param(matches("{} – {} 2:1", ""), id="a score"),
        pytest.param(matches("{} 2-1 {}", "<span>78'</span>"), id="a score between them"),
        pytest.param(matches("{} vs {}", "<b>1.85</b> <b>3.20</b> <b>4.10</b>"), id="odds"),
        pytest.param(matches("{} v. {}", "<p>0 - 0</p>"), id="a score below"),
        pytest.param(matches("{} - {}", "<i>20.30</i>", "/voetbal/live"), id="below the section"),
    ],
)
def test_matches_are_left(found: list[str], here: str) -> None:
    assert taken(grid(stories()) + f"<h2>Live</h2>{grid(found)}", here) == len(NEWS)


def test_matches_in_the_grid_of_the_stories_are_told_by_their_addresses() -> None:
    assert taken(grid([*stories(), *matches("{} – {} 0:0", "")])) == len(NEWS)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(matches("{} – {} 24:22", TEASER), id="a text"),
        pytest.param(matches("{} – {} 24:22", "<span>25 januari 2026</span>"), id="a day"),
        pytest.param(matches("{} – {}", "<img src=/hoes.jpg>"), id="no figures"),
        pytest.param(matches("{} wint van {} met 2-1", ""), id="a headline"),
        pytest.param(matches("{} – {} 2:1", "")[:2], id="only two"),
    ],
)
def test_reports_and_reviews_stay(found: list[str]) -> None:
    whole = taken(grid(stories()) + f"<h2>Verslagen</h2>{grid(found)}", "/")
    assert whole == len(NEWS) + len(found)


@pytest.mark.parametrize(
    ("title", "two"),
    [
        ("Radnik – Sloga", True),
        ("Radnik – Sloga 2:1", True),
        ("Mladost – Vihor –", True),
        ("FC Den Bosch 2 - 1 Jong Ajax", True),
        ("Chelsea v Arsenal", True),
        ("浦和レッズ - 鹿島", True),
        ("Ajax wint met 2-1", False),
        ("Ajax – een club in nood", False),
        ("Zo ging het duel Ajax – PSV vannacht", False),
        ("Radnik – Sloga – Borac", False),
        ("", False),
    ],
)
def test_a_title_names_two_sides(title: str, two: bool) -> None:
    assert names_two_sides(title) == two
