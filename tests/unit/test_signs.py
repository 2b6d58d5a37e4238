"""What looks wrong with what a visit read, and how long it must last."""

from __future__ import annotations

from typing import Any

import pytest

from feedbot.sources.anomalies import (
    LASTS,
    Anomalies,
    advice_on,
    count_anomalies,
    dump,
    find_anomalies,
    lasting,
    load,
)

WELL: dict[str, Any] = {
    "lengths": [300, 420, 280, 510],
    "usual": [400] * 30,
    "problems": [],
    "contents": [b"a", b"b", b"c", b"d"],
}

ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "well": ({}, ""),
    "texts a fifth as long": ({"lengths": [80, 70, 90]}, "articles of 80 words, where 400 were usual"),
    "texts half as long": ({"lengths": [200, 180, 220]}, ""),
    "two short ones": ({"lengths": [40, 50], "contents": [b"a", b"b"]}, ""),
    "short ones of a new source": ({"lengths": [40, 50, 60], "usual": [400] * 5}, ""),
    "most pages are no articles": ({"lengths": [400], "problems": ["are a section page"] * 5}, "5 of 6 articles are a section page"),
    "most pages fail, each in its way": ({"lengths": [400], "problems": ["answered 403", "answered 500", "are a login wall", "are an error page"]}, "4 of 5 pages gave no article"),
    "all pages fail by status": ({"lengths": [], "contents": [], "problems": ["answered 403"] * 8}, "8 of 8 articles answered 403"),
    "some pages are no articles": ({"problems": ["answered 404"] * 4}, ""),
    "a single page is no article": ({"lengths": [], "contents": [], "problems": ["answered 404"]}, ""),
    "one text everywhere": ({"contents": [b"wall"] * 3}, "3 addresses give the same text"),
    "one text twice": ({"contents": [b"wall"] * 2 + [b"c"]}, ""),
    "the only page of a source that never gave one": ({"lengths": [], "contents": [], "problems": ["answered 403"], "given": False}, "1 of 1 articles answered 403; it has not given one article yet"),
    "another host": ({"listing": {"elsewhere": "it is elsewhere"}}, "it is elsewhere"),
    "a redesign": ({"layout": "no body where it was"}, "no body where it was"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_sign_has_words_of_its_own(name: str) -> None:
    change, words = ROWS[name]
    assert "; ".join(find_anomalies(**WELL | change).values()) == words


def seen(*visits: tuple[dict[str, str], bool], before: Anomalies | None = None) -> Anomalies:
    signs: Anomalies = before or {}
    for found, read in visits:
        signs = load(dump(count_anomalies(signs, found, read=read)))
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


def test_pages_that_give_no_article_are_a_sign_until_one_does() -> None:
    refused = ({"refused": "8 of 8 articles answered 403"}, False)
    nothing, good = ({}, False), ({}, True)
    assert lasting(seen(refused, nothing)) == ""
    assert lasting(seen(refused, nothing, nothing)) == "8 of 8 articles answered 403"
    assert lasting(seen(refused, nothing, good, nothing)) == ""


def test_a_source_that_never_gave_an_article_says_all_that_is_known() -> None:
    first = ({"refused": "8 of 8 articles answered 403", "nothing": "nothing yet"}, False)
    later = ({"nothing": "nothing yet"}, False)
    assert lasting(seen(*[later] * LASTS)) == "nothing yet"
    assert lasting(seen(later)) == ""
    assert lasting(seen(first)) == "8 of 8 articles answered 403; nothing yet"
    assert lasting(seen(first, ({}, True))) == ""
    assert lasting(seen(later, later, first)) == "8 of 8 articles answered 403; nothing yet"
    assert lasting(seen(first, later, later, ({}, True))) == ""


def test_a_move_that_works_is_told_and_harms_no_health() -> None:
    moved = seen(*[({"moved": "write this"}, True)] * LASTS)
    assert (lasting(moved), advice_on(moved)) == ("", "write this")
    assert advice_on(seen(({}, False), before=moved)) == ""
