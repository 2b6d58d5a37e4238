"""Every block of a page is kept or cut, and what is cut has a reason."""

from __future__ import annotations

from dataclasses import replace

from feedbot.model import Select
from feedbot.read.extract import extract
from feedbot.read.extract.reasons import DROPPED, HEADLINE, blocks_of
from feedbot.read.site_model import SiteModel
from tests.sample_pages import PARAGRAPHS, SOURCE, TITLE, document, html, paragraphs

PAGE = html(
    f"<nav><a href='/'>Voorpagina van deze krant</a></nav><h1>{TITLE}</h1>"
    f"<div class=text>{paragraphs()}<p class=promo>Neem nu een abonnement op deze krant.</p></div>"
    "<footer>Alle rechten voorbehouden</footer>"
)


def test_what_is_kept_is_the_article_and_the_rest_has_reasons() -> None:
    there = document(PAGE)
    article = extract(there, SOURCE, SiteModel(), None)
    blocks = blocks_of(there, SOURCE, SiteModel(), article)
    assert tuple(block.text for block in blocks if not block.reason) == article.paragraphs
    reasons = {block.text: block.reason for block in blocks if block.reason}
    assert reasons[TITLE] == HEADLINE
    assert {"Voorpagina van deze krant", "Alle rechten voorbehouden"} <= reasons.keys()


def test_what_an_operator_drops_is_named_so() -> None:
    there = document(PAGE)
    source = replace(SOURCE, select=Select(drop=(".promo",)))
    article = extract(there, source, SiteModel(), None)
    blocks = blocks_of(there, source, SiteModel(), article)
    assert [block.reason for block in blocks if "abonnement" in block.text] == [DROPPED]
    assert [block.text for block in blocks if not block.reason][: len(PARAGRAPHS)] == list(
        article.paragraphs
    )
