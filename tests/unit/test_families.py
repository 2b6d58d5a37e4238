"""Links that are alike in their place on the page."""

from __future__ import annotations

import pytest

from feedbot.read.discover.families import STEPS, Places, means
from tests.sample_pages import document


def place(body: str) -> str:
    """The place of the first link."""
    root = document(f"<body>{body}</body>").root
    return Places(root).of(next(root.iter("a")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a>x</a>", "a"),
        ("<ul><li><a>x</a></ul>", "ul > li > a"),
        ("<div class=list><a class=link>x</a></div>", "div.list > a.link"),
        # a class of many elements, rather than that of one article or its number
        ("<p class='nieuw post'><a>x</a></p><p class=post>y</p>", "p.post > a"),
        ("<p class='post-812'><a>x</a></p>", "p.post- > a"),
        ("<p class='812'><a>x</a></p>", "p > a"),
        ("<p class='a b'><a>x</a></p>", "p.b > a"),
    ],
)
def test_a_place_is_named_by_the_elements_around_a_link(body: str, expected: str) -> None:
    assert place(body) == expected


@pytest.mark.parametrize(("around", "steps"), [(5, 6), (6, 7), (7, 7), (9, 7)])
def test_a_place_reaches_a_few_elements_upwards(around: int, steps: int) -> None:
    assert len(place(f"{'<div>' * around}<a>x</a>").split(" > ")) == steps <= STEPS


def test_a_comment_is_no_element_of_a_place() -> None:
    assert place("<!-- class=x --><p class='x y'><a>x</a></p><i class=x></i>") == "p.x > a"


def test_what_the_members_of_a_family_have_on_the_average() -> None:
    members = [
        {"time": 1.0, "teaser": 0.0},
        {"time": 0.5, "teaser": 1.0},
        {"time": 0.0, "teaser": 1.0},
    ]
    assert means(members, ["time", "teaser"]) == {"time": 0.5, "teaser": pytest.approx(2 / 3)}
    assert means(members, ["time"]) == {"time": 0.5}
