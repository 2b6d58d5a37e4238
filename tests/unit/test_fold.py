"""Folding: one form for every way of writing the same words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedbot.languages.fold import fold, plain
from feedbot.languages.words import FUNCTION_WORDS, language_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Oekraïne", "oekraine"),
        ("Oekrai\u0308ne", "oekraine"),
        ("RUSLAND", "rusland"),
        ("Weißrussland", "weissrussland"),
        ("WEISSRUSSLAND", "weissrussland"),
        ("Tórshavn, Łódź, Ærø", "torshavn, lodz, aero"),
        ("İstanbul", "istanbul"),
        ("ĳsbeer", "ijsbeer"),
        ("Poetin’s", "poetin's"),
        ("pro\u2011Russisch – nu", "pro-russisch - nu"),
        ("Rus\xadland", "rusland"),
        ("Verenigde\xa0 \n\tStaten", "verenigde staten"),
        ("Россия", "россия"),
    ],
)
def test_one_form_for_every_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_case_is_kept_in_plain_text() -> None:
    assert plain("Ex-premier Éric, de VS") == "Ex-premier Eric, de VS"


@given(st.text())
def test_plain_and_folded_text_are_equally_long(text: str) -> None:
    assert len(plain(text)) == len(fold(text))


@example("ŉ")  # decomposes into a quote that is typography itself
@given(st.text())
@example("₋")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_blanks_are_single_spaces(text: str) -> None:
    assert "  " not in plain(text)
    assert "\n" not in plain(text)


def test_function_words_are_folded() -> None:
    for words in FUNCTION_WORDS.values():
        assert all(word == fold(word) for word in words)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("de brug over het kanaal is voor een week dicht en dat is niet fijn", "nl-NL", "nl"),
        ("de brug over het kanaal is voor een week dicht en dat is niet fijn", "en", "nl"),
        ("the bridge over the canal will be closed for a week and that is not nice", "nl", "en"),
        ("die brücke über den kanal ist für eine woche zu und das ist nicht schön", "", "de"),
        ("le pont sur le canal est dans la ville et les gens ne sont pas contents", "en_US", "fr"),
        ("brand in rotterdam", "nl", "nl"),
        ("brand in rotterdam", "de", "de"),
        ("stroomstoring", "", ""),
    ],
)
def test_the_words_outvote_a_wrong_declaration(text: str, declared: str, language: str) -> None:
    assert language_of(set(fold(text).split()), declared) == language
