"""The canonical words: what they survive, what they tell apart, and that they stay what they are."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbot.model import Article
from feedbot.stories.fingerprint import (
    VERSION,
    Tokens,
    difference,
    fingerprint_of,
    relation,
    tokens_of,
    unlike,
)
from tests.quality.prose import FORMS, Writer, cut, made, words_replaced

LEAD = (
    "MOSKOU (ANP/AFP) - De president heeft dinsdag gezegd dat er 15.000 ton graan naar de haven"
    " gaat, omdat 'de oogst' 3,5 procent hoger is dan vorig jaar."
)
SECOND = "Volgens het ministerie kan de prijs in Zuid-Holland daardoor nog dalen tot -5 euro."


def text(*paragraphs: str, title: str = "Graan naar de haven") -> Article:
    return made(title, paragraphs)


ORIGIN = text(LEAD, SECOND)

SAME = {
    "white space": text(LEAD.replace(" ", " \n\t "), f"  {SECOND} "),
    "no-break spaces": text(LEAD.replace(" ", "\u00a0"), SECOND),
    "typographic quotes": text(LEAD.replace("'", "’"), SECOND),
    "double quotes": text(LEAD.replace("'de oogst'", "„de oogst”"), SECOND),
    "dashes": text(LEAD.replace(" - ", " — "), SECOND.replace("Zuid-Holland", "Zuid‐Holland")),
    "a minus sign": text(LEAD, SECOND.replace("-5", "−5")),
    "entities": text(LEAD.replace("'", "&#8217;"), SECOND.replace("-5", "&minus;5")),
    "entities twice": text(LEAD.replace("'", "&amp;rsquo;"), SECOND),
    "soft hyphens": text(LEAD.replace("president", "pre\u00adsi\u00addent"), SECOND),
    "zero-width characters": text(LEAD.replace("graan", "gr\u200baan\u200d\ufeff"), SECOND),
    "direction marks": text(f"\u200e{LEAD}\u200f", SECOND),
    "decomposed letters": text(unicodedata.normalize("NFD", LEAD), SECOND),
    "full-width figures": text(LEAD.replace("3,5", "\uff13,\uff15"), SECOND),
    "case": text(LEAD.replace("De president", "DE PRESIDENT"), SECOND),
    "thousands": text(LEAD.replace("15.000", "15000"), SECOND),
    "decimal point": text(LEAD.replace("3,5", "3.5"), SECOND),
    "fewer agencies": text(LEAD.replace("ANP/AFP", "ANP"), SECOND),
    "other agencies": text(LEAD.replace("ANP/AFP", "Belga, dpa"), SECOND),
    "a glued relative time": text(f"4 uur geleden{LEAD}", SECOND),
    "a relative time": text("3 uur geleden", LEAD, SECOND),
    "a relative time in German": text("vor 3 Stunden", LEAD, SECOND),
    "a clock": text("Vandaag om 14:03", LEAD, SECOND),
    "a last update": text(LEAD, SECOND, "Laatste update: 14:03 uur"),
    "an insert": text(LEAD, "Lees ook: Haven van Rilland opent in mei", SECOND),
    "a credit": text(LEAD, "Foto: ANP", SECOND, "© 2026 ANP"),
    "empty paragraphs": text("", LEAD, "  ", SECOND, ""),
    "other paragraphs": text(f"{LEAD} {SECOND}"),
    "another headline": text(LEAD, SECOND, title="President: graan naar haven"),
    "punctuation": text(LEAD.replace("gaat, omdat", "gaat; omdat"), SECOND.rstrip(".") + "!"),
}
OTHER = {
    "a sign": SECOND.replace("-5", "5"),
    "a decimal": SECOND.replace("-5", "-0,5"),
    "a currency": SECOND.replace("5 euro", "5 dollar"),
    "a sign of currency": SECOND.replace("-5 euro", "€ -5"),
    "a percentage": SECOND.replace("-5 euro", "-5%"),
    "not": SECOND.replace("kan", "kan niet"),
    "a name": SECOND.replace("Holland", "Beveland"),
    "an order": SECOND.replace("de prijs in Zuid-Holland", "in Zuid-Holland de prijs"),
    "an accent": SECOND.replace("kan", "kán"),
}


@pytest.mark.parametrize("dress", SAME.values(), ids=SAME.keys())
def test_the_dress_of_a_text_is_not_in_its_hash(dress: Article) -> None:
    assert Tokens(dress).all == Tokens(ORIGIN).all
    assert fingerprint_of(dress).content == fingerprint_of(ORIGIN).content


@pytest.mark.parametrize("second", OTHER.values(), ids=OTHER.keys())
def test_what_a_text_says_is_in_its_hash(second: str) -> None:
    assert second != SECOND
    assert fingerprint_of(text(LEAD, second)).content != fingerprint_of(ORIGIN).content


def test_the_place_of_the_dateline_is_part_of_the_text() -> None:
    other = text(LEAD.replace("MOSKOU", "KIEV"), SECOND)
    assert fingerprint_of(other).content != fingerprint_of(ORIGIN).content


def test_the_headline_has_a_hash_of_its_own() -> None:
    other = fingerprint_of(replace(ORIGIN, title="Iets anders"))
    assert other.content == fingerprint_of(ORIGIN).content
    assert other.title != fingerprint_of(ORIGIN).title


def test_the_golden_values() -> None:
    """They change only with VERSION; then stories that are stored keep their identity."""
    fingerprint = fingerprint_of(ORIGIN)
    assert VERSION == 1
    assert " ".join(Tokens(ORIGIN).all) == (
        "moskou de president heeft dinsdag gezegd dat er 15000 ton graan naar de haven gaat omdat"
        " de oogst 3.5 procent hoger is dan vorig jaar volgens het ministerie kan de prijs in zuid"
        " holland daardoor nog dalen tot -5 euro"
    )
    assert Tokens(ORIGIN).facts == ("dinsdag", "15000", "3.5", "zuid", "holland", "-5")
    assert fingerprint.content.hex() == "740fa8fb2b3d8c41af06e1230d36abf1"
    assert fingerprint.title.hex() == "c63c528c4402638f7f4143f5bd457d81"
    assert (fingerprint.words, len(fingerprint.rows), min(fingerprint.rows)) == (
        40,
        20,
        11126222388407,
    )


def test_short_texts_have_no_sketch() -> None:
    fingerprint = fingerprint_of(
        text("Dit artikel is alleen voor abonnees. Log in om verder te lezen.")
    )
    assert (fingerprint.rows, fingerprint.query) == ((), ())


# --- writing without spaces, from right to left, and hostile ----------------------------------

CHINESE = (
    "北京市政府星期二宣布，将在明年春季之前新建三十座公园，总面积超过1200公顷。"
    "市长表示，这一计划将改善城市空气质量，并为居民提供更多的休闲场所。"
)
JAPANESE = "東京都は火曜日、来年春までに新しい公園を三十か所つくると発表した。面積は合わせて千二百ヘクタールになる。"
ARABIC = "قالت الحكومة يوم الثلاثاء إنها ستبني ثلاثين حديقة جديدة قبل الربيع المقبل في العاصمة وإن المساحة الإجمالية تتجاوز ١٢٠٠ هكتار وستوفر للسكان أماكن جديدة للراحة في كل الأحياء القديمة"
HINDI = "सरकार ने मंगलवार को कहा कि अगले वसंत से पहले तीस नए उद्यान बनाए जाएंगे"


def test_signs_without_spaces_are_words_of_two() -> None:
    assert tokens_of("北京市。") == ["北京", "京市"]
    assert tokens_of("人") == ["人"]
    assert tokens_of("iPhone手机5") == ["iphone", "手机", "5"]
    assert Tokens(text(CHINESE)).size == pytest.approx(len(CHINESE) / 2, abs=8)


def test_an_edited_copy_is_found_in_every_script() -> None:
    for one in (CHINESE * 3, JAPANESE * 3, f"{ARABIC} {HINDI} {ARABIC}"):
        whole = text(one, one[::-1])
        edited = text(one[: len(one) // 2] + one[len(one) // 2 + 3 :], one[::-1])
        fingerprint, stored = fingerprint_of(edited), fingerprint_of(whole)
        assert fingerprint.content != stored.content
        assert len(set(fingerprint.query) & set(stored.rows)) >= 2
        assert relation(Tokens(edited), Tokens(whole)).kind == "same"


def test_other_chinese_news_is_other_news() -> None:
    other = (
        "上海交通大学的研究人员昨天公布了一项关于长江水质的新研究，发现2025年的污染程度有所下降。"
        * 2
    )
    assert relation(Tokens(text(CHINESE * 2)), Tokens(text(other))).kind == "none"


def test_vowel_signs_are_part_of_a_word() -> None:
    assert tokens_of("किताब") == ["किताब"]
    assert tokens_of("किताब") != tokens_of("कातिब")


HOSTILE = {
    "nothing": "",
    "one word": "hallo",
    "only signs": "… — ※ ☂",
    "a megabyte of one sentence": "De haven van Rilland gaat dinsdag weer open. " * 23_000,
    "a megabyte of one word": "a" * 1_000_000,
    "a megabyte of figures": "1.000" * 200_000,
    "a megabyte of brackets": "AA (" * 250_000,
    "a megabyte of Chinese": CHINESE * 14_000,
    "lone surrogates": "\ud800 kop \udfff staart " * 20,
    "controls": "\x00\x07\x1b een \u2028 twee " * 20,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_it_says_is_judged_in_bounded_time(body: str) -> None:
    start = time.process_time()
    one, other = text(body), text(body + " En nu verder.", LEAD)
    fingerprint = fingerprint_of(one)
    assert fingerprint == fingerprint_of(one)
    assert len(fingerprint.rows) <= 40
    assert len(fingerprint.query) <= 100
    relation(Tokens(one), Tokens(other))
    difference(one, other)
    unlike(Tokens(one).all, Tokens(other).all)
    assert time.process_time() - start < 15


# --- laws -------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_words_of_words_are_the_same_words(one: str) -> None:
    words = tokens_of(one)
    assert tokens_of(" ".join(words)) == words or any(len(w) == 2 for w in words)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 500), st.sampled_from([0.0, 0.05, 0.2, 0.4]), st.sampled_from([1.0, 0.6, 0.3])
)
def test_a_relation_is_the_same_from_both_sides(seed: int, share: float, left: float) -> None:
    one = Writer(seed).article()
    other = cut(words_replaced(one, share, seed), left)
    a, b = Tokens(one), Tokens(other)
    there, back = relation(a, b), relation(b, a)
    turned = {"part": "fuller", "fuller": "part"}
    assert back == replace(there, kind=turned.get(there.kind, there.kind))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 500), st.integers(0, 5))
def test_templates_are_never_copies_from_either_side(seed: int, form: int) -> None:
    one, other = FORMS[form].filled(seed), FORMS[form].filled((seed, "other"))
    assert relation(Tokens(one), Tokens(other)).kind in ("template", "related", "none")
    assert relation(Tokens(one), Tokens(one)).kind == "same"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_paragraphs_may_be_anything(paragraphs: list[str]) -> None:
    one = text(*paragraphs)
    assert fingerprint_of(one) == fingerprint_of(one)
    assert relation(Tokens(one), Tokens(one)).kind in ("same", "none")


# --- what a revision changed ------------------------------------------------------------------


def test_a_difference_names_each_place_with_the_words_around_it() -> None:
    new = text(LEAD.replace("15.000 ton", "17.000 ton"), SECOND, title="Meer graan naar de haven")
    found = difference(ORIGIN, new)
    assert found.title
    assert found.words == 2
    (change,) = found.changes
    assert (change.old, change.new) == ("15.000", "17.000")
    assert (change.before, change.after) == ("gezegd dat er", "ton graan naar")


def test_a_difference_is_bounded() -> None:
    one = text(" ".join(f"a{n} b" for n in range(3000)))
    other = text(" ".join(f"c{n} b" for n in range(3000)))
    found = difference(one, other)
    assert len(found.changes) == 40
    assert found.words == 4000


def test_no_difference_between_equals() -> None:
    found = difference(ORIGIN, ORIGIN)
    assert (found.title, found.words, found.changes) == (False, 0, ())
