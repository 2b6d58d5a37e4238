"""When a list says that its articles were published: above, beside or below each link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.model import Link, Page, Source
from feedbot.read.discover.links import discover
from feedbot.web.document import parse

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
URL = "https://krant.example/nieuws/"
TITLES = (
    "Gemeente plant duizend bomen langs de ringweg",
    "Bibliotheek leent voortaan ook gereedschap uit",
    "Oude watertoren wordt een hotel met twaalf kamers",
    "Brugwachter neemt afscheid na veertig jaar",
    "Wolf gezien aan de rand van het natuurgebied",
    "Zwemmers vragen om een schonere rivier",
)
LINKS = tuple(f'<a href="/nieuws/{t.lower().replace(" ", "-")}">{t}</a>' for t in TITLES)
DAYS = (27, 26, 24, 13, 12, 3)


def listed(body: str, language: str = "nl", timezone: str = "Europe/Amsterdam") -> Sequence[Link]:
    """The links of a list."""
    page = Page(
        url=URL,
        requested=URL,
        body=f"<!doctype html><html lang={language}><head><title>Nieuws</title></head><body><main>"
        f"<h1>Nieuws</h1>{body}</main></body></html>".encode(),
        fetched_at=NOW,
        content_type="text/html; charset=utf-8",
    )
    source = Source(name="krant", urls=(URL,), timezone=timezone, language=language[:2])
    return discover(parse(page), source)


def times(body: str, language: str = "nl", timezone: str = "Europe/Amsterdam") -> list[str]:
    """What the list says of each article: "11-27 09:00", in its time zone."""
    found = [link.published for link in listed(body, language, timezone)]
    zone = ZoneInfo(timezone)
    return [one.at.astimezone(zone).strftime("%m-%d %H:%M") if one else "" for one in found]


def each(item: Callable[[str, int, str], str]) -> str:
    """One item for each link, day and clock."""
    rows = enumerate(zip(LINKS, DAYS, strict=True))
    return "".join(item(link, day, f"09:0{at}") for at, (link, day) in rows)


@pytest.mark.parametrize(
    "item",
    [
        lambda link, day, clock: f"<p>{link}</p><p>{day} november 2026 {clock}</p>",
        lambda link, day, clock: f"<p>{day} november 2026 {clock} {link}</p>",
        lambda link, day, clock: f"<div>{day}-11-2026 | {clock}</div><h3>{link}</h3>",
        lambda link, day, clock: (
            f"<article><h2>{link}</h2><b>{day} november 2026</b><i>{clock}</i></article>"
        ),
        lambda link, day, clock: (
            f"<article><div>{day} november 2026</div><div>{clock}</div><h2>{link}</h2></article>"
        ),
        lambda link, day, clock: f"<article><h2>{link}</h2><p>{day} nov | {clock}</p></article>",
        lambda link, day, clock: (
            f"<article><h2>{link}</h2><p>{day} november 2026 {clock} CET</p></article>"
        ),
        lambda link, day, clock: (
            f"<article><h2>{link}</h2>"
            f"<i title='2026-11-{day:02}T{clock}:00+01:00'>2 weken geleden</i></article>"
        ),
        lambda link, day, clock: (
            f"<article><h2>{link}</h2><p>Bijgewerkt <time datetime=2026-11-28T11:00:00Z>28 nov</time>"
            f"</p><p>Geplaatst <time datetime=2026-11-{day:02}T{clock}+01:00>{day} nov</time></p>"
            "</article>"
        ),
        lambda link, day, clock: (
            f"<article><h2>{link}</h2><p>Bijgewerkt: 28-11-2026 11:00 | Geplaatst: {day:02}-11-2026"
            f" {clock}</p></article>"
        ),
    ],
)
def test_day_and_clock_of_an_article(item: Callable[[str, int, str], str]) -> None:
    assert times(each(item)) == [f"11-{day:02} 09:0{at}" for at, day in enumerate(DAYS)]


@pytest.mark.parametrize(
    "cells",
    [
        "<table>{}</table>|<tr><td>{day}-11-2026</td><td>{clock}</td><td>{link}</td></tr>",
        "<dl>{}</dl>|<dt>{day} november 2026 {clock}</dt><dd>{link}</dd>",
    ],
)
def test_day_and_clock_in_cells(cells: str) -> None:
    around, _, item = cells.partition("|")
    rows = each(lambda link, day, clock: item.format(link=link, day=f"{day:02}", clock=clock))
    assert times(around.format(rows)) == [f"11-{day:02} 09:0{at}" for at, day in enumerate(DAYS)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("vrijdag 27 november 2026", "donderdag 26 november 2026"),
        ("Vrijdag 27 november", "Donderdag 26 november"),
        ("Friday, November 27", "Thursday, November 26"),
        ("27-11-2026", "26-11-2026"),
        ("Gisteren", "Eergisteren"),
    ],
)
def test_a_day_over_clocks(first: str, second: str) -> None:
    rows = [f"<div><span>15:0{at}</span> {link}</div>" for at, link in enumerate(LINKS)]
    body = f"<h3>{first}</h3>{''.join(rows[:3])}<h3>{second}</h3>{''.join(rows[3:])}"
    assert times(body) == [f"11-{27 - at // 3} 15:0{at}" for at in range(6)]


def test_american_lists_are_read_as_americans_do() -> None:
    body = each(lambda link, day, clock: f"<p>{link}</p><p>11/0{day % 9 + 1}/2026 3:05 PM</p>")
    expected = [day % 9 + 1 for day in DAYS]
    assert times(body, "en", "America/Chicago") == [f"11-0{day} 15:05" for day in expected]
    body = each(lambda link, day, clock: f"<p>{link}</p><p>0{day % 9 + 1}/11/2026 15:05</p>")
    assert times(body, "en-US", "Europe/London") == [f"11-0{day} 15:05" for day in expected]


def test_the_length_of_a_film_is_not_when_it_was_shown() -> None:
    film = "<article><div><img src=a.jpg><span>12:33</span></div><h2>{}</h2>{}</article>"
    assert times("".join(film.format(link, "") for link in LINKS)) == [""] * 6
    dated = "".join(film.format(link, "<p>2 dagen geleden</p>") for link in LINKS)
    assert times(dated) == ["11-26 13:00"] * 6


def test_a_clock_beside_a_picture_is_one() -> None:
    body = "".join(
        f"<article><img src=a.jpg><div>12:33</div><h2>{link}</h2></article>" for link in LINKS
    )
    assert times(body) == ["11-28 12:33"] * 6


def test_an_age_that_ends_a_sentence_is_told_and_dates_nothing() -> None:
    told = "De brug bij de sluis, die iedereen in de streek kent, ging open 3 jaar geleden."
    glued = "De brug bij de sluis, die iedereen in de streek kent, gaat open. 3 dagen geleden"
    for teaser, count in ((told, 0), (glued, len(LINKS))):
        cards = "".join(f"<article><h2>{link}</h2><p>{teaser}</p></article>" for link in LINKS)
        assert len([one for one in times(cards) if one]) == count


def test_the_day_of_a_post_may_be_its_link() -> None:
    posts = "".join(
        f"<h2>{title}</h2><p>{title}, zegt de gemeente.<br>Meer volgt.</p>"
        f"<p>Door Yet : <a href=/blog/{at}.html>{day} november 2026</a> | <a href=/zaken>Zaken</a></p>"
        for at, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    assert times(posts) == [f"11-{day:02} 00:00" for day in DAYS]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (("27.11.26", "24.11.26", "13.10.26"), ("11-27 00:00", "11-24 00:00", "10-13 00:00")),
        (("10.05.1940", "11.05.1940", "12.06.1940"), ()),
        (("9.11.20", "9.11.21", "9.11.22"), ()),
        (("10/11/2026", "12/11/2026", "13/12/2026"), ()),
    ],
)
def test_days_in_front_of_all_headlines_are_those_of_the_articles(
    days: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """They may be of what is told: of a war, of a version, of a concert."""
    items = zip(LINKS, days, strict=False)
    body = "".join(f"<p>{link.replace('>', f'>{day} ', 1)}</p>" for link, day in items)
    found = listed(body)
    assert [one.title for one in found] == [
        title if shown else f"{day} {title}" for title, day in zip(TITLES, days, strict=False)
    ]
    assert times(body) == list(shown or [""] * len(days))


@pytest.mark.parametrize(
    ("over", "heading"),
    [
        ("{0}", "Dat besloot de gemeente maandag in zaak {1}, en de bewoners van het dorp zijn blij."),
        ("Bekijk alle foto's van de dag {1}", "{0}"),
    ],
)  # fmt: skip
def test_a_link_over_a_heading_is_the_headline_where_that_is_a_standfirst(
    over: str, heading: str
) -> None:
    cards = (
        f"<div><p><a href=/nieuws/zaak-{at}>{over.format(title, at)}</a></p>"
        f"<h3>{heading.format(title, at)}</h3><p>Meer over zaak {at}.</p></div>"
        for at, title in enumerate(TITLES)
    )
    assert [one.title for one in listed("".join(cards))] == list(TITLES)


@pytest.mark.parametrize(
    ("item", "read"),
    [
        ("<b>{day}.11.2026</b><br>{link}<br>", True),
        ("<p>{day}.11.2026</p><p>{link}</p>", True),
        ("{link}<br><b>{day}.11.2026</b><br>", False),
    ],
)
def test_days_in_turn_with_the_links_of_a_list_stand_over_them(item: str, *, read: bool) -> None:
    """In the last list each stands below its link, and is read as that of the next by nobody."""
    items = "".join(item.format(link=link, day=day) for link, day in zip(LINKS, DAYS, strict=True))
    found = times(f"<div>{items}</div>")
    wrong = [f"11-{day:02} 00:00" for day in DAYS][:-1]
    assert found == [f"11-{day:02} 00:00" for day in DAYS] if read else found[1:] != wrong


@pytest.mark.parametrize(
    "item",
    ["{link}<br>{day}.11.2026<br>", "{link}<br>Dit gebeurde er in deze zaak.<br>{day}.11.2026<br>"],
)
def test_the_last_card_of_a_list_without_a_day_has_not_that_of_the_one_before(item: str) -> None:
    """There are so many cards that nearly all have a day above them, of their neighbours."""
    shown = [
        item.format(link=f"<a href=/nieuws/zaak-{at}>Wat er gebeurde in zaak {at}</a>", day=day)
        for at, day in enumerate(range(26, 14, -1))
    ]
    last = "<a href=/nieuws/zaak-12>Boer opent winkel voor kaas en melk</a>"
    assert times(f"<div>{''.join(shown)}{last}</div>")[-1] == ""


def test_the_number_of_reactions_is_no_headline() -> None:
    """Its link leads to the article, too; so does a button; the headline leads nowhere."""
    posts = (
        f"<table><tr><td><table><tr><td>{title}</td></tr><tr><td>Door <a href=/leden/{at}>Lid {at}"
        f"</a> - {day} november 2026</td><td><a href=/soort/1>Nieuws</a></td></tr></table></td></tr>"
        f"<tr><td>Wat er gebeurde in zaak {at}, staat hier in een regel of twee.<table><tr><td>"
        f"<a href=/nieuws/{at}>Lees verder</a>, <a href='/nieuws/{at}#reacties'>Reacties ({at})</a>"
        "</td></tr></table></td></tr></table><br>"
        for at, (title, day) in enumerate(zip(TITLES, DAYS, strict=True), 150)
    )
    found = listed("".join(posts))
    assert [one.title for one in found] == list(TITLES)
    assert [one.url.rpartition("/")[2] for one in found] == [str(at) for at in range(150, 156)]
