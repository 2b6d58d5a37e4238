"""What a site says on most of its pages in the same way belongs to none of its articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.model import Article, Dated, Link
from feedbot.read.extract.habits import Habits, hashed
from feedbot.read.site_model import SiteModel, dump, load
from feedbot.web.urls import url_key
from tests.sample_pages import HOME, SOURCE, TITLE, html, paragraphs, read

OTHERS = (
    "Gemeente koopt oude melkfabriek van eigenaar",
    "Wethouder stapt op na ruzie over zwembad",
    "Nieuwe brug over het kanaal gaat later open",
    "Boeren vragen om water voor het land",
)
OG = '<meta property="og:title" content="{}"><meta property="og:type" content="article">'
LD = '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{}"}}</script>'


def page(h1: str, head: str = "", title: str = "") -> str:
    said = title or h1  # the headline of one page may be the name of the site
    lines = (f"{said}, en dat was {n} keer te lezen." for n in range(4))
    texts = (f"{said}: zo begint het.", *lines)
    return html(f"<div><h1>{h1}</h1>{paragraphs(texts)}</div>", head, title=title or h1)


def on_site(form: str, head: str = "", title: str = "", *, many: int = 4) -> Article:
    """The article of a page among others of the same form; {} is the headline of each."""
    siblings = [
        page(*(one.format(other) for one in (form, head, title))) for other in OTHERS[:many]
    ]
    return read(page(*(one.format(TITLE) for one in (form, head, title))), siblings=tuple(siblings))


@pytest.mark.parametrize(
    ("form", "head", "title"),
    [
        ("{}", OG, "{} - Al het nieuws uit de hele streek"),  # longer than a name is without proof
        ("Regio: {}", OG.replace("{}", "Regio: {}"), "Regio: {}"),
        (
            "Dichtbij huis, ver vooruit",
            "",
            "{} – Het laatste nieuws uit stad en streek van vandaag",
        ),
        ("{}", OG.replace("{}", "Al het nieuws uit stad en streek"), "{}"),
        ("{}", LD.replace("{}", "Al het nieuws uit stad en streek", 1), "{}"),
    ],
)
def test_what_most_pages_say_is_no_part_of_the_title(form: str, head: str, title: str) -> None:
    assert on_site(form, head, title).title == TITLE


def test_one_page_more_does_not_make_a_habit() -> None:
    assert on_site("Regio: {}", title="Regio: {}", many=2).title == f"Regio: {TITLE}"


def test_an_h1_is_the_headline_where_it_is_on_the_other_pages() -> None:
    siblings = tuple(page(other, OG.format(other)) for other in OTHERS)
    here = page(TITLE, OG.format("Miljarden voor treinen"), title="Miljarden voor treinen")
    assert read(here, path="/12345").title == "Miljarden voor treinen"
    assert read(here, path="/12345", siblings=siblings).title == TITLE


def test_an_h1_is_the_headline_where_it_is_in_the_address() -> None:
    here = page(TITLE, OG.format("Miljarden voor treinen"), title="Miljarden voor treinen")
    assert read(here).title == TITLE


def test_json_ld_that_always_has_other_words_is_not_believed_before_the_h1() -> None:
    siblings = tuple(page(one, OG.format(one) + LD.format(f"Kort: {one[:25]}")) for one in OTHERS)
    here = page(TITLE, OG.format(TITLE) + LD.format("Kort: Rusland en het spoor naar het oosten"))
    assert read(here).title == "Kort: Rusland en het spoor naar het oosten"
    assert read(here, siblings=siblings).title == TITLE


def test_the_listing_confirms_the_h1() -> None:
    here = page(TITLE, LD.format("Kort: Rusland en het spoor naar het oosten"), title="Kort nieuws")
    link = Link(url=f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn", title=TITLE)
    assert read(here, link=link).title == TITLE


def test_a_habit_is_what_most_of_the_other_pages_have() -> None:
    pages = {f"page {n}": hashed([("author", "Redactie" if n < 4 else "Jan")]) for n in range(7)}
    model = SiteModel(facts=pages)
    assert Habits(model).has("author", "Redactie")
    assert not Habits(model, {"page 0", "page 1"}).has("author", "Redactie")
    assert Habits(model).recurs("author", "Jan")
    assert not Habits(model).has("author", "Jan")


def test_facts_are_stored_with_the_model() -> None:
    model = SiteModel(facts={url_key(HOME): hashed([("author", "Redactie")])})
    assert load(dump(model)) == model
    assert load(dump(model).replace('"facts"', '"other"')) == replace(model, facts={})


def dated(h1: str, above: str, below: str = "") -> str:
    """The page of an article with these lines above and below its headline."""
    return page(h1).replace("<h1>", f"{above}<h1>").replace("</h1>", f"</h1>{below}")


def day_of(article: Article) -> date | None:
    found = article.published
    return found.at.astimezone(ZoneInfo(SOURCE.timezone)).date() if found else None


RACES = "<nav><div>Ronde van Zuid</div><div>{}</div></nav>"
CALENDAR = RACES.format("12.5.2025") + RACES.format("2.6.2025")
BY_DAY = "/nieuws/2014/05/28/rusland-steekt-extra-geld-in-spoorlijn.html"


@pytest.mark.parametrize(
    ("above", "below", "path", "day"),
    [
        (CALENDAR, "", BY_DAY, date(2014, 5, 28)),
        (RACES.format("2.6.2025"), "", BY_DAY, date(2014, 5, 28)),
        ("<div class=date>2.6.2025</div>", "", BY_DAY, date(2014, 5, 28)),
        (CALENDAR, "", "/nieuws/rusland", None),
        # of an edition, as far as nothing else says when it was
        ("<div>2.6.2025</div>", "", "/nieuws/rusland", date(2025, 6, 2)),
        ("", "<div>Gepubliceerd op 2.6.2025</div>", BY_DAY, date(2025, 6, 2)),
        ("", "<div>2.6.2025 | 04:30</div>", BY_DAY, date(2025, 6, 2)),
    ],
)
def test_a_date_that_most_pages_show_comes_last(
    above: str, below: str, path: str, day: date | None
) -> None:
    siblings = tuple(dated(one, above, below) for one in OTHERS)
    assert day_of(read(dated(TITLE, above, below), siblings=siblings, path=path)) == day


def test_the_listing_goes_before_a_date_that_most_pages_show() -> None:
    siblings = tuple(dated(one, CALENDAR) for one in OTHERS)
    at = Dated(at=datetime(2014, 5, 28, tzinfo=UTC), origin="listing")
    link = Link(url=f"{HOME}/nieuws/rusland", title=TITLE, published=at)
    found = read(dated(TITLE, CALENDAR), siblings=siblings, path="/nieuws/rusland", link=link)
    assert found.published == at


def test_a_date_that_few_pages_show_is_their_own() -> None:
    siblings = tuple(dated(one, "<div>2.6.2025</div>") for one in OTHERS[:2])
    article = read(dated(TITLE, "<div>2.6.2025</div>"), siblings=siblings, path=BY_DAY)
    assert day_of(article) == date(2025, 6, 2)
