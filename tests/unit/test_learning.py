"""What the pages behind the links turned out to be, remembered for the next visit."""

from __future__ import annotations

import math

import pytest

from feedbot.model import Link
from feedbot.read.discover.learning import (
    TRAITS,
    Known,
    correct_kind,
    experience,
    learn_kind,
    mostly_articles,
    traits_of,
    was_refused,
)
from tests.sample_pages import HOME

URL, PLACE = f"{HOME}/nieuws/brug-weer-open", "ul > li > a"
LINK = Link(url=URL, place=PLACE)
FORM, IN_PLACE, PAGE = traits_of(URL, PLACE)


def after(*kinds: bool, known: Known | None = None) -> Known:
    """What is known after the page behind the link was read, an article or not."""
    for is_article in kinds:
        known = learn_kind(known or {}, LINK, is_article=is_article)
    return known or {}


def test_articles_and_other_pages_are_counted_by_form_and_place() -> None:
    assert after(True, True) == {FORM: (2, 0), IN_PLACE: (2, 0)}
    assert after(False, False) == {FORM: (0, 2), IN_PLACE: (0, 2), PAGE: (0, 2)}


def test_a_page_is_remembered_as_refused_until_it_is_an_article() -> None:
    assert after(False, True) == {FORM: (1, 1), IN_PLACE: (1, 1)}
    assert was_refused(after(False), URL)
    assert not was_refused(after(False), f"{HOME}/nieuws/ander")
    assert not was_refused({}, URL)


def test_a_page_that_counted_as_an_article_is_corrected() -> None:
    assert correct_kind(after(True, True), LINK) == {FORM: (1, 1), IN_PLACE: (1, 1), PAGE: (0, 1)}
    assert correct_kind({}, LINK) == after(False)


def test_what_was_not_seen_for_longest_is_forgotten() -> None:
    known = after(True)
    for at in range(TRAITS - 2):
        known = {**known, f"form /x{at}": (1, 0)}
    assert len(after(True, known=known)) == 400
    more = learn_kind(after(True, known=known), Link(url=HOME, place="p"), is_article=True)
    assert len(more) == 400
    assert (FORM in more, "form /x0" in more, "form /x1" in more) == (True, False, False)
    assert "form /x2" in more


@pytest.mark.parametrize(
    ("guess", "articles", "others", "share"),
    [
        # the first guess counts for three pages
        (1 / 2, 0, 1, 1.5 / 4),
        (3 / 4, 0, 1, 2.25 / 4),
        (3 / 4, 0, 3, 2.25 / 6),
        (3 / 4, 1, 3, 3.25 / 7),
        # what was found adds nothing
        (1 / 2, 5, 0, 1 / 2),
        (1 / 4, 1, 1, 1 / 4),
    ],
)
def test_what_was_found_corrects_a_guess_at_the_share_of_articles(
    guess: float, articles: int, others: int, share: float
) -> None:
    score = math.log(guess / (1 - guess))
    corrected = score + experience({FORM: (articles, others)}, URL, PLACE, score)
    assert 1 / (1 + math.exp(-corrected)) == pytest.approx(share)


@pytest.mark.parametrize(("others", "is_likely"), [(2, True), (3, False)])
def test_three_pages_without_an_article_overrule_the_best_guess(
    others: int, *, is_likely: bool
) -> None:
    assert (10 + experience({FORM: (0, others)}, URL, PLACE, 10.0) > 0) == is_likely


def test_of_form_and_place_the_worse_counts() -> None:
    bad, good = (0, 9), (9, 0)
    alone = experience({FORM: bad}, URL, PLACE, 1.0)
    assert experience({FORM: bad, IN_PLACE: good}, URL, PLACE, 1.0) == alone < 0
    assert experience({FORM: good, IN_PLACE: bad}, URL, PLACE, 1.0) == alone
    assert experience({"form /ander": bad}, URL, PLACE, 1.0) == 0
    assert experience({}, URL, PLACE, 1.0) == 0


@pytest.mark.parametrize(
    ("known", "is_so"),
    [
        ({}, False),
        ({FORM: (1, 0)}, True),
        ({FORM: (1, 1)}, False),
        ({FORM: (3, 2), IN_PLACE: (3, 2)}, True),
        ({FORM: (3, 2), IN_PLACE: (2, 2)}, False),
        ({IN_PLACE: (0, 1)}, False),
    ],
)
def test_most_pages_like_it_were_articles(known: Known, *, is_so: bool) -> None:
    assert mostly_articles(known, LINK) == is_so
