"""Listings whose words for "read more" nobody taught feedbot, and links that hold a whole card."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedbot.model import Link, Source
from feedbot.read.discover.links import discover
from tests.sample_pages import LISTING, document

SOURCE = Source(name="x", urls=(LISTING,), timezone="UTC")
HEADLINES = (
    "Trosterk over de haven weer open na storm",
    "Nieuwe veerdienst vaart vanaf het voorjaar",
    "Gemeente koopt oude meelfabriek voor museum",
    "Wandelpad langs de dijk krijgt verlichting",
)
MENU = "<nav><a href='/'>Huis</a> <a href='/about'>Wie</a> <a href='/contact'>Waar</a></nav>"


def found(items: Sequence[str], before: str = "") -> list[Link]:
    page = document(f"<body>{MENU}<center>{before}</center>{''.join(items)}</body>", LISTING)
    return discover(page, SOURCE)


def days(links: Sequence[Link]) -> list[str]:
    return [str(one.published.at)[:10] if one.published else "" for one in links]


@pytest.mark.parametrize(
    "form",
    [
        "<p><b>{}</b><br><a href='{}'>Zzyxa qoro..</a></p>",
        "<p><b>{}</b></p><a href='{}'>Zzyxa qoro</a><hr>",
        "<p>{}<br><a href='{}'>Zzyxa</a><hr width=200></p>",
        "<li><strong>{}</strong> <a href='{}'>[Zzyxa]</a></li>",
        "<tr><td>{}</td></tr><tr><td><a href='{}'>Zzyxa qoro</a></td></tr>",
    ],
)
def test_what_many_links_say_below_a_line_for_each_is_no_headline(form: str) -> None:
    table = "<table>" if form.startswith("<tr") else "<div>"
    items = [form.format(said, f"/daily/{at}juni1.htm") for at, said in enumerate(HEADLINES)]
    links = found([table, *items])
    assert [one.title for one in links] == list(HEADLINES)


def test_a_report_of_every_day_keeps_its_name() -> None:
    items = [
        f"<li>{day} november 2025 <a href='/weer/{day}-11-2025'>Weerbericht voor de kust</a></li>"
        for day in (20, 21, 22, 23)
    ]
    assert {one.title for one in found(["<ul>", *items, "</ul>"])} == {"Weerbericht voor de kust"}


def test_a_day_over_several_stories_is_that_of_each() -> None:
    item = "<p><b>{}</b><br><a href='/daily/{}.htm'>Zzyxa qoro..</a></p>"
    first, second, third, fourth = (
        item.format(said, at) for at, said in enumerate(HEADLINES, start=101)
    )
    over = "<center><h3>{} november 2025</h3></center>"
    links = found([over.format(22), first, second, over.format(20), third, fourth])
    assert [one.title for one in links] == list(HEADLINES)
    assert days(links) == ["2025-11-22", "2025-11-22", "2025-11-20", "2025-11-20"]


def test_a_day_over_the_whole_page_is_that_of_none() -> None:
    items = [
        f"<h3><a href='/n/{at}-{said[:9]}'>{said}</a></h3>" for at, said in enumerate(HEADLINES)
    ]
    links = found(["<h2>22 november 2025</h2>", *items])
    assert [one.title for one in links] == list(HEADLINES)
    assert days(links) == ["", "", "", ""]


@pytest.mark.parametrize("name", ["subtitle", "sub-title", "title", "date"])
def test_a_link_that_holds_a_whole_card(name: str) -> None:
    text = "Komt u ook? Er is koffie, en de haven laat zien wat er is gebouwd sinds de storm."
    items = [
        f"<div class=block><a class=entry href='/2025/11/1{at}/w{at}/'>"
        f"<span class='white {name}'>1{at}.11.2025</span><span class='h3 title'><b>{said}</b></span>"
        f"<span class='white description'>{text} {at}</span></a></div>"
        for at, said in enumerate(HEADLINES)
    ]
    links = found(items)
    assert [one.title for one in links] == list(HEADLINES)
    assert days(links) == ["2025-11-10", "2025-11-11", "2025-11-12", "2025-11-13"]


@pytest.mark.parametrize(
    "card",
    [
        "<h2><a href='{url}' title='{said}'>{said}</a></h2><p>{day} november 2025</p><p>{text}</p>",
        "<p><a href='{url}' title='{said}'>{said}</a> <span>{day} november 2025</span></p>",
        "<p><a href='{url}'>{said}</a> {text}</p><p>{day} november 2025</p>",
        "<div><div><a href='{url}'>{said}</a></div><div>{day} november 2025</div><div>{text}</div></div>",
    ],
)
def test_a_headline_that_several_stories_have_is_no_label(card: str) -> None:
    items = [
        card.format(
            url=f"/n/artikel-{at}",
            said=HEADLINES[at % 4] if at % 2 else "Persbericht",
            day=10 + at,
            text=f"De haven laat zien wat er is gebouwd sinds de storm, en komt {at} keer terug.",
        )
        for at in range(8)
    ]
    links = found(items)
    assert [one.title for one in links][::2] == ["Persbericht"] * 4
    assert days(links) == [f"2025-11-{10 + at}" for at in range(8)]


WORDS = ("Zzyxa qoro", "Zzyxa qoro", "Zzyxa qoro", "Zzyxa moli", "Zzyxa moli", "Zzyxa moli")
TEASER = (
    "In het dorp spreekt men al weken over niets anders dan dit, en wie er woont, zegt dat het nog"
    " lang zal duren voor er iets verandert. De wethouder denkt daar anders over, en de molenaar ook."
    " Zij wachten op het voorjaar, wanneer het water weer zakt en de weg droog ligt, als altijd."
)


def test_two_buttons_below_a_teaser_of_which_one_leads_to_the_author() -> None:
    """What the other says depends on what there is to read."""
    more = (*HEADLINES, "De molen maalt weer", "Het oude veer")
    items = [
        f"<div class=kaart><div><h2>{said}</h2><p>Door: <a href=/wie{at % 2}.html>Anna Bos</a></p></div>"
        f"<p>{TEASER} {at}</p><div><a class=knop href=/stuk{at}.html>{word}</a>"
        f" <a class=kaal href=/wie{at % 2}.html>Zzyxa wie</a></div></div>"
        for at, (said, word) in enumerate(zip(more, WORDS, strict=True))
    ]
    links = found(["<div>", *items, "</div>"])
    assert [one.title for one in links if "/stuk" in one.url] == list(more)


@pytest.mark.parametrize("count", [4, 1])
def test_headlines_that_stand_behind_the_days_of_their_articles(count: int) -> None:
    """One alone may tell of that day."""
    fronts = [f"1{at}/10/25&nbsp;&nbsp;" if at < count else "" for at in range(len(HEADLINES))]
    items = [
        f"<a href='/stuk{at}.html'>{front}<b>{said}</b><br></a>"
        for at, (front, said) in enumerate(zip(fronts, HEADLINES, strict=True))
    ]
    links = found(["<div>", *items, "</div>"])
    is_of_all = count > 1
    assert ([one.title for one in links] == list(HEADLINES)) == is_of_all
    assert days(links)[0] == ("2025-10-10" if is_of_all else "")
