"""What looks wrong with what a visit read, and how long it must last."""

from __future__ import annotations

from typing import Any

import pytest

from feedbot.signs import LASTS, Signs, count_signs, dump, find_signs, lasting, load

WELL: dict[str, Any] = {
    "lengths": [300, 420, 280, 510],
    "usual": [400] * 30,
    "refused": 0,
    "contents": [b"a", b"b", b"c", b"d"],
}

ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "well": ({}, ""),
    "texts a fifth as long": ({"lengths": [80, 70, 90]}, "articles of 80 words, where 400 were usual"),
    "texts half as long": ({"lengths": [200, 180, 220]}, ""),
    "two short ones": ({"lengths": [40, 50], "contents": [b"a", b"b"]}, ""),
    "short ones of a new source": ({"lengths": [40, 50, 60], "usual": [400] * 5}, ""),
    "most pages are no articles": ({"lengths": [400], "refused": 5}, "5 of 6 pages hold no article"),
    "some pages are no articles": ({"refused": 4}, ""),
    "a single page is no article": ({"lengths": [], "contents": [], "refused": 1}, ""),
    "one text everywhere": ({"contents": [b"wall"] * 3}, "3 addresses give the same text"),
    "one text twice": ({"contents": [b"wall"] * 2 + [b"c"]}, ""),
    "another host": ({"elsewhere": "ander.example"}, "the listing is on ander.example now; correct its url"),
    "a redesign": ({"layout": "no body where it was"}, "no body where it was"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_sign_has_words_of_its_own(name: str) -> None:
    change, words = ROWS[name]
    assert "; ".join(find_signs(**WELL | change).values()) == words


def seen(*visits: tuple[dict[str, str], bool], before: Signs | None = None) -> Signs:
    signs: Signs = before or {}
    for found, judged in visits:
        signs = load(dump(count_signs(signs, found, judged=judged)))
    return signs


def test_a_sign_that_lasts_is_told_and_one_that_passes_is_not() -> None:
    bad, good = ({"short": "so short"}, True), ({}, True)
    assert lasting(seen(*[bad] * (LASTS - 1))) == ""
    assert lasting(seen(*[bad] * LASTS)) == "so short"
    assert lasting(seen(*[bad] * (LASTS - 1), good, bad)) == ""
    assert lasting(seen(*[bad] * LASTS, good)) == ""


def test_a_visit_that_read_no_article_neither_mends_nor_worsens_anything() -> None:
    bad, nothing = ({"short": "so short"}, True), ({}, False)
    assert lasting(seen(*[bad] * LASTS, nothing, nothing)) == "so short"
    assert lasting(seen(*[bad] * (LASTS - 1), *[nothing] * 5)) == ""
    assert lasting(seen(*[({"elsewhere": "there"}, False)] * LASTS)) == "there"
    assert lasting(seen(*[({"elsewhere": "there"}, False)] * LASTS, nothing)) == ""
