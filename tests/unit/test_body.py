"""Which blocks of a page are its article: every last line of it, and nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Dated, Link
from feedbot.read.extract import extract, is_undeclared, learn, teach
from feedbot.read.site_model import SiteModel
from tests.quality import short
from tests.sample_pages import BODY, HOME, SOURCE, document, html, paragraphs, read

TITLE = "Gemeente plant duizend bomen langs de ringweg"
LEAD = (
    "De gemeente plant deze winter duizend bomen langs de ringweg. Zij moeten de wind breken en het"
    " geluid van het verkeer dempen, zegt de wethouder."
)
SECOND = (
    "De bomen komen van een kwekerij in de buurt, die daar vijf jaar voor nodig had. Het gaat om"
    " linden, elzen en een enkele beuk."
)
THIRD = (
    "Het planten begint na de eerste nachtvorst en duurt tot maart. Bewoners die willen helpen,"
    " kunnen zich melden bij de wijkpost."
)
FOURTH = (
    "De raad beslist over drie weken of er ook langs het kanaal bomen komen. Daar is nog geen geld"
    " voor, maar wel grond."
)
TEXT = (LEAD, SECOND, THIRD, FOURTH)
OTHERS = tuple(
    f"{place} - In {place.title()} is woensdag een nieuwe brug geopend voor fietsers en voetgangers."
    f" Het werk duurde {years} jaar, twee jaar langer dan de bedoeling was."
    for place, years in (("GOES", 3), ("HULST", 4), ("SLUIS", 5), ("VEERE", 6), ("TERNEUZEN", 7))
)
STORIES = tuple(
    (
        f"Een ander verhaal over zaak {number}",
        (
            f"In zaak {number} heeft de rechter besloten dat de schipper {number} dagen mag wachten."
            f" De schuit van nummer {number} ligt sinds vorige week in de oude haven."
        ),
        (
            f"Wat er daarna met lading {number} gebeurt, is niet bekend. De eigenaar van {number} wil"
            " er niets over zeggen en verwijst naar zijn advocaat in de stad."
        ),
    )
    for number in range(3, 9)
)


def texts(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def read_among(
    write: Callable[[str, tuple[str, ...]], str], *paragraphs: str, seen: int = 6
) -> tuple[str, ...]:
    """The text of an article on a site, of which so many others are seen in the same markup."""
    siblings = tuple(
        html(write(title, (first, second)), title=title) for title, first, second in STORIES[:seen]
    )
    return read(html(write(TITLE, paragraphs), title=TITLE), siblings=siblings).paragraphs


def alone(body: str) -> tuple[str, ...]:
    """The text of a page of which nothing else is known."""
    return read(html(body, title=TITLE)).paragraphs


@pytest.mark.parametrize("seen", [3, 4, 6])
@pytest.mark.parametrize("count", [1, 2])
def test_a_short_story_has_nothing_of_the_long_sidebar_that_every_page_shares(
    count: int, seen: int
) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        text = texts(paragraphs[:count])
        return f"<div><h1>{title}</h1>{text}</div><div class=a>{texts(OTHERS)}</div>"

    assert read_among(write, LEAD, SECOND, seen=seen) == (LEAD, SECOND)[:count]
    lines = ("De weg naar de haven is maandag dicht.", "Bewoners rijden om via de dijk.")
    if count == len(lines):
        assert read_among(write, *lines, seen=seen) == lines


COPIED = {
    "long": TEXT,
    "a long lead and short lines": (LEAD, SECOND[:80] + ".", THIRD[:58] + "."),
    "short": (LEAD[:66] + ".", SECOND[:78] + ".", THIRD[:58] + "."),
}


@pytest.mark.parametrize("kind", COPIED)
def test_a_copy_under_another_address_takes_nothing_from_a_story(kind: str) -> None:
    text = COPIED[kind]
    cards = "".join(f"<a href=/{title.split()[-1]}>{title}</a> " for title, *_ in STORIES)
    body = f"<div><h1>{TITLE}</h1>{texts(text)}</div><div>{texts(OTHERS)}</div><p>{cards}</p>"
    page = html(body, title=TITLE)
    others = tuple(
        html(f"<div><h1>{title}</h1>{texts(rest)}</div><div>{texts(OTHERS)}</div>", title=title)
        for title, *rest in STORIES
    )
    assert read(page, siblings=(page, page, *others)).paragraphs == text


SHORT = "Het werk is in maart klaar."
SPLIT = {
    "one long paragraph and a short one": (f"<article><h1>{TITLE}</h1>%s</article>", (LEAD * 3, SHORT)),
    "one long paragraph and two short ones": (
        f"<article><h1>{TITLE}</h1>%s</article>",
        (LEAD * 4, SHORT, "De wethouder plant de eerste boom."),
    ),
    "all in a box below the headline": (f"<div><h1>{TITLE}</h1><div class=a>%s</div></div>", (LEAD * 3, SHORT)),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPLIT)
def test_a_short_paragraph_below_a_long_one_is_part_of_the_text(kind: str) -> None:
    markup, paragraphs = SPLIT[kind]
    assert alone(markup % texts(paragraphs)) == paragraphs


LONG = tuple(f"Deel {number}: {LEAD} {SECOND}" for number in range(5))
BOXES = {
    "of one class": "<div class=txt>{0}</div><div class=slot>Hier staat reclame</div><div class=txt>{1}</div>",
    "numbered": "<div class='txt part-1'>{0}</div><ins></ins><div class='txt part-2'>{1}</div>",
    "without a class": "<article><h1>{title}</h1><div>{0}</div><ins></ins><div>{1}</div></article>",
    "within rows": "<div class=row><div class=col>{0}</div></div><hr><div class=row><div class=col>{1}</div></div>",
    "three": "<section class=s>{0}</section><ins></ins><section class=s><p>{short}</p></section><section class=s>{1}</section>",
}  # fmt: skip


LAYOUTS = {
    "cells": "<table><tr><td colspan=2>De Wijkkrant<tr><td><a href=/>Begin</a><td><b>{title}</b>{text}</table>",
    "rows": "<table><tr><td><a href=/>Begin</a><td><a href=/in>In</a><tr><td colspan=2>{title}<tr><td><td>{text}</table>",
    "boxes": "<table><tr><td><div>Menu</div><td><div class=kop>{title}</div><div>12 mei</div>{text}<td></table>",
    "head cells": "<table><tr><th>De Wijkkrant<th>12 mei<tr><td><a href=/>Begin</a><td><h3>{title}</h3>{text}</table>",
}


@pytest.mark.parametrize("seen", [0, 6])
@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_table_around_headline_and_text_has_no_part_in_a_short_story(
    kind: str, seen: int
) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        return LAYOUTS[kind].format(title=title, text=texts(paragraphs))

    assert read_among(write, LEAD, SECOND, seen=seen) == (LEAD, SECOND)


@pytest.mark.parametrize("kind", BOXES)
def test_a_text_that_is_split_into_boxes_is_one_text(kind: str) -> None:
    markup = BOXES[kind]
    short = (SHORT,) if "{short}" in markup else ()
    head = "" if "<h1>" in markup else f"<h1>{TITLE}</h1>"
    body = markup.format(texts(LONG), texts((THIRD, FOURTH)), title=TITLE, short=SHORT)
    assert alone(f"<div>{head}{body}</div>") == (*LONG, *short, THIRD, FOURTH)


def test_many_short_lines_within_a_text_do_not_end_it() -> None:
    scores = "".join(f"<div class=cel>{one}</div>" for one in "Prijs Gewicht Cijfer Bereik".split())
    below = (
        f"<div class=cijfers>{scores * 4}</div><div class=rest>{texts((*TEXT, *LONG[3:]))}</div>"
    )
    body = f"<div class=kort>{texts(LONG[:3])}</div>{below}"
    assert set(TEXT) <= set(alone(f"<main><h1>{TITLE}</h1>{body}</main>"))


def test_the_first_paragraph_may_stand_above_the_box_of_the_others() -> None:
    rest = f"<span class=wall>{texts((SECOND, THIRD, FOURTH))}</span>"
    said = "<p>Uit de stad</p><p>Voor iedereen</p><p>Met geluid</p>"
    body = f"<h1>{TITLE}</h1>{said}<div class=t><p>{LEAD}</p>{rest}</div>"
    assert alone(f"<main>{body}</main>") == TEXT


def test_boxes_of_other_make_beside_the_text_are_not_the_text() -> None:
    body = f"<div class=txt>{texts(LONG)}</div><div class=extra><p>{OTHERS[0]}</p></div>"
    assert alone(f"<div><h1>{TITLE}</h1>{body}</div>") == LONG


ENDS = {
    "a list": ("<p>Inleveren kan hier:</p><ul><li>Goes: Markt 3</li><li>Hulst: Kade 4</li></ul>", ("Inleveren kan hier:", "Goes: Markt 3", "Hulst: Kade 4")),
    "a numbered list": ("<ol><li>Vlissingen</li><li>Goes</li></ol>", ("Vlissingen", "Goes")),
    "definitions": ("<dl><dt>Aanvang</dt><dd>20.00 uur</dd></dl>", ("Aanvang", "20.00 uur")),
    "a table": ("<table><tr><th>Club</th><th>Punten</th></tr><tr><td>Hulst</td><td>31</td></tr></table>", ("Club", "Punten", "Hulst", "31")),
    "facts": ("<p>Scheidsrechter: Van Dam</p><p>Toeschouwers: 1.250</p>", ("Scheidsrechter: Van Dam", "Toeschouwers: 1.250")),
    "tour dates": ("<p>12 maart Goes, Het Beest</p><p>13 maart Middelburg, De Spot</p><p>19 maart Hulst, Den Dullaert</p>", ("12 maart Goes, Het Beest", "13 maart Middelburg, De Spot", "19 maart Hulst, Den Dullaert")),
    "dates alone": ("<h2>Wanneer</h2><p>Maandag 5 oktober 2026<br>Maandag 19 oktober 2026<br>Maandag 2 november 2026</p>", ("Wanneer", "Maandag 5 oktober 2026", "Maandag 19 oktober 2026", "Maandag 2 november 2026")),
    "a signature": ("<p>Hanna Verstraten, Goes</p>", ("Hanna Verstraten, Goes",)),
    "a table that scrolls": ("<div><div class=scroll><table><tr><td>Hulst</td><td>31</td></tr></table></div><span></span></div>", ("Hulst", "31")),
    "lists of headings": ("<h2>Elf</h2><p><a href=https://elf.example.com/>elf.example.com</a></p><ul><li><h3>linnen</h3></li></ul><h2>Zon</h2><ul><li><h3>hennep</h3></li></ul>", ("Elf", "elf.example.com", "linnen", "Zon", "hennep")),
    "a table below an advertisement": ("<div class=ad>Reclame</div><table><tr><td>Hulst</td><td>31</td></tr></table>", ("Hulst", "31")),
    "a subhead and a list": ("<h3>Adressen</h3><ul><li>Grote Markt 3</li></ul>", ("Adressen", "Grote Markt 3")),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENDS)
def test_the_text_goes_on_while_its_markup_does(kind: str) -> None:
    markup, end = ENDS[kind]
    foot = "<div class=z>Naar boven</div><p>Een streekkrant</p>"
    page = f"<main><article><h1>{TITLE}</h1>{texts(TEXT)}{markup}{foot}</article></main>"
    assert alone(page) == (*TEXT, *end)


def test_a_heading_with_nothing_below_it_does_not_end_a_text() -> None:
    body = f"<h1>{TITLE}</h1>{texts(TEXT)}<h3>Over deze krant</h3><div class=z>Wij</div>"
    assert alone(f"<article>{body}</article>") == TEXT


def page_with_lead(markup: str) -> Callable[[str, tuple[str, ...]], str]:
    """A template whose lead, the first paragraph, stands in this markup above the body."""

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        lead = markup.format(paragraphs[0])
        return f"<article><h1>{title}</h1>{lead}<div class=body>{texts(paragraphs[1:])}</div></article>"

    return write


LEADS = {
    "a teaser": "<p class=teaser>{}</p>",
    "a promotion": "<div class='article__promo'><p>{}</p></div>",
    "a banner": "<p class='intro banner'>{}</p>",
    "an advertisement": "<div class='lead ad-container'>{}</div>",
    "credits": "<p class='lead credits'>{}</p>",
    "what goes on": "<p class='readmore'>{}</p>",
    "a teaser below a date": "<time>12 juni 2026</time><p class=teaser>{}</p>",
}


@pytest.mark.parametrize("kind", LEADS)
def test_a_lead_is_one_whatever_its_class_says(kind: str) -> None:
    assert read_among(page_with_lead(LEADS[kind]), *TEXT) == TEXT


def test_a_page_alone_tells_its_lead_by_its_description() -> None:
    body = page_with_lead("<p class=teaser>{}</p>")(TITLE, TEXT)
    head = f'<meta name=description content="{LEAD[:90]}…">'
    assert read(html(body, head, title=TITLE)).paragraphs == TEXT
    assert read(html(body, title=TITLE)).paragraphs == TEXT[1:]


BETWEEN = {
    "a promotion that every page has": f"<p class=promo>{OTHERS[0]}</p>",
    "a caption": "<div class=photo><img src=/a.jpg></div><p class=caption>{title}: een foto van de kade, waar vanmorgen al vroeg veel volk op de been was.</p>",
    "a caption with its picture": "<div class=caption><img src=/a.jpg>{title}: een foto van de kade, waar vanmorgen al vroeg veel volk op de been was.</div>",
    "teasers in a row": "<div class=teasers><p>Voor {title} kwam de brandweer met drie wagens uit de stad, en dat duurde een uur.</p><p>Na {title} bleef het nog lang onrustig in de straten rond het oude station daar.</p><p>Bij {title} waren veertig mensen betrokken, van wie er dertig niets wilden zeggen.</p></div>",
}  # fmt: skip


@pytest.mark.parametrize("kind", BETWEEN)
def test_what_stands_between_headline_and_text_is_not_always_its_lead(kind: str) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        between = BETWEEN[kind].format(title=title)
        return f"<article><h1>{title}</h1>{between}<div class=b>{texts(paragraphs)}</div></article>"

    assert read_among(write, *TEXT) == TEXT


RESTS = (
    "class='rest hidden'",
    "style='display: none'",
    "hidden",
    "hidden=until-found",
    "class=read-more-content",
    "class='read-more' hidden",
)


@pytest.mark.parametrize("hides", RESTS)
@pytest.mark.parametrize("seen", [0, 6])
def test_the_half_of_a_text_that_a_button_shows_is_read(hides: str, seen: int) -> None:
    dialog = (
        "<div class='modal hidden'><h2>Nieuwsbrief</h2><p>Meld u aan voor onze nieuwsbrief, dan krijgt"
        " u elke ochtend het nieuws uit de streek.</p></div>"
    )

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        first, rest = texts(paragraphs[:2]), texts(paragraphs[2:])
        button = "<button>Lees het hele artikel</button>"
        return (
            f"<article><h1>{title}</h1>{first}{button}<div {hides}>{rest}</div></article>{dialog}"
        )

    assert read_among(write, *TEXT, seen=seen) == TEXT


@pytest.mark.parametrize("seen", [0, 6])
def test_a_notice_that_is_hidden_within_the_text_is_not_its_rest(seen: int) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        notice = f"<div class=hidden><h3>Nieuwsbrief</h3><p>{OTHERS[0]}</p></div>"
        return f"<article><h1>{title}</h1>{texts(paragraphs)}{notice}</article>"

    assert read_among(write, *TEXT, seen=seen) == TEXT


def test_what_the_articles_of_a_series_share_stays_between_their_own_paragraphs() -> None:
    road = "De Havenweg is van de brug tot de kade gesloten voor alle verkeer."

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        rest = texts(paragraphs[2:])
        return (
            f"<article><h1>{title}</h1><p>{paragraphs[0]}</p><h3>Weer</h3><p>Weer van {title}: {LEAD}</p>"
            f"<p>{road}</p><h3>Verkeer</h3><p>{paragraphs[1]}</p>{rest}<p>Volg de krant elke dag.</p></article>"
        )

    weather = f"Weer van {TITLE}: {LEAD}"
    shown = (LEAD, "Weer", weather, road, "Verkeer", SECOND, THIRD)
    assert read_among(write, LEAD, SECOND, THIRD) == shown


BELOW = {
    "a list": "<h3>Feiten</h3><ul><li>Zaak {title}</li><li>Rechter: Smit</li></ul>",
    "a label": "<p><b>Bijzonderheden:</b></p><ul><li>Zaak {title}</li><li>Rechter: Smit</li></ul>",
    "lines": "<h4>Uitslag</h4><p>Zaak {title}</p><h4>Stand</h4><p>Nu {title}</p>",
    "definitions": "<h3>Feiten</h3><dl><dt>Zaak</dt><dd>Over {title}</dd><dt>Rechter</dt><dd>Smit</dd></dl>",
    "a table": "<h3>Stand</h3><table><tr><th>Ploeg<th>P<tr><td>Goes<td>12<tr><td>Zaak {title}<td>9</table>",
    "a table of what others have": "<h3>Stand voor {title}</h3><table><tr><td>Ploeg<td>P<tr><td>Goes<td>12</table>",
    "a wide table": "<h3>Stand</h3><div class=w><table><tr><td>Ploeg<td>P<tr><td>Goes<td>12<tr><td>Zaak {title}<td>9</table></div>",
}


@pytest.mark.parametrize("kind", BELOW)
def test_what_a_heading_of_all_pages_heads_below_the_text_belongs_with_it(kind: str) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        below = BELOW[kind].format(title=title)
        return f"<div class=s><h1>{title}</h1>{texts(paragraphs)}{below}</div><p>Volg de krant.</p>"

    shown = re.sub(r"<[^>]+>", "\n", BELOW[kind].format(title=TITLE)).split("\n")
    assert read_among(write, LEAD, SECOND) == (LEAD, SECOND, *filter(None, shown))


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Feiten</h3><ul><li>Bel 0113</li><li>Kom naar Goes</li></ul>",
        "<h3>Labels</h3><ul><li><a href=/over/{number}>{title}</a></li><li>Goes</li></ul>",
        "<h3>Feiten</h3></div><div class=b><ul><li>Zaak {title}</li><li>Goes</li></ul>",
    ],
)
def test_what_all_pages_have_below_the_text_does_not(below: str) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        rest = below.format(title=title, number=len(title))
        return f"<div class=s><h1>{title}</h1>{texts(paragraphs)}{rest}</div><p>Volg de krant.</p>"

    assert read_among(write, LEAD, SECOND) == (LEAD, SECOND)


def test_a_notice_with_a_link_goes_though_it_stands_between_paragraphs() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        ask = "<p>Krijg dit nieuws elke dag, <a href=/brief>meld u aan voor de brief</a>.</p>"
        return (
            f"<article><h1>{title}</h1><p>{paragraphs[0]}</p>{ask}{texts(paragraphs[1:])}</article>"
        )

    assert read_among(write, *TEXT) == TEXT


PLACES = {
    "in a second box": "<div><h1>{title}</h1><div class=txt>{first}</div><ins></ins>{rest}</div>",
    "in a second paragraph": "<div><h1>{title}</h1>{first}{more}</div>",
    "in a second line": "<div><h1>{title}</h1><div class=l>{lead}</div>{lines}</div>",
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_place_learnt_from_short_stories_has_all_of_a_longer_one(kind: str) -> None:
    def write(title: str, lead: str, rest: tuple[str, ...]) -> str:
        return html(
            PLACES[kind].format(
                title=title,
                first=f"<p>{lead}</p>",
                lead=lead,
                rest=f"<div class=txt>{texts(rest)}</div>" if rest else "",
                more=texts(rest),
                lines="".join(f"<div class=l>{one}</div>" for one in rest),
            ),
            title=title,
        )

    model = SiteModel()
    for number, (title, first, second) in enumerate(STORIES):
        page = document(write(title, f"{first} {second}", ()), f"/buitenland/verhaal-{number}")
        model = learn(model, [], [page])
        model = teach(model, page, SOURCE, None, extract(page, SOURCE, model, None))
    assert model.place is not None and model.place.sure
    for number in range(4):
        page = document(write(TITLE, LEAD, TEXT[1:]), f"/buitenland/bomen-{number}")
        assert extract(page, SOURCE, model, None).paragraphs == TEXT


def test_a_short_lead_that_other_pages_show_as_a_teaser_stays() -> None:
    lead = "In Goes is brand uitgebroken."
    teasers = "".join(f"<p>{title} in het kort gezegd.</p>" for title, *_ in STORIES)

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        short = lead if title == TITLE else f"{title} in het kort gezegd."
        beside = "".join(f"<h3>{name}</h3>" for name in (TITLE, *(one for one, *_ in STORIES)))
        text = texts((short, paragraphs[0]))
        return f"<div><h1>{title}</h1>{text}</div><div>{beside}<p>{lead}</p>{teasers}</div>"

    assert read_among(write, SECOND) == (lead, SECOND)


def test_a_list_of_other_headlines_with_their_leads_goes() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        items = "".join(
            f"<li><a href=/buitenland/een-ander-verhaal-{number}>{name}</a> {rest}, zegt {title}.</li>"
            for number, (name, rest, _) in enumerate(STORIES)
            if name != title
        )
        return f"<article><h1>{title}</h1>{texts(paragraphs)}<ul>{items}</ul></article>"

    assert read_among(write, *TEXT) == TEXT


def test_short_stories_of_ten_kinds_of_site_are_read_exactly() -> None:
    figures, wrong = short.measure()
    assert figures["f1"] >= short.FLOOR and not figures["leak"], wrong[:3]


WRAPPERS = ("promo", "banner-page", "teaser", "sidebar-layout left-rail", "newsletter", "popular")


@pytest.mark.parametrize("name", WRAPPERS)
def test_what_holds_headline_and_text_is_not_furniture_by_its_name(name: str) -> None:
    story = f"<div class='{name}'><h1>{TITLE}</h1>{texts((LEAD, SECOND))}</div>"
    below = f"<div class=zz>{texts(OTHERS)}</div><footer>{texts(LONG)}</footer>"
    assert alone(f"<div>{story}{below}</div>")[:2] == (LEAD, SECOND)


def test_the_key_points_above_a_text_are_part_of_it() -> None:
    points = ("Brug vier weken dicht", "Bussen rijden om", "Werk begint maandag")
    items = "".join(f"<li>{one}</li>" for one in points)
    page = f"<article><h1>{TITLE}</h1><ul>{items}</ul>{texts(TEXT)}</article>"
    assert alone(page) == (*points, *TEXT)


@pytest.mark.parametrize(
    "items",
    [
        "<li>12 juni 2026</li><li>Jan Jansen</li>",
        "<li><a href=/een>Alles over de bomen in de stad</a></li><li><a href=/twee>Alles over de wind</a></li>",
        "<li>Datum: 28.04.2023 in de middag</li><li>Gepubliceerd op 3 mei 2023</li>",
    ],
)
def test_a_list_of_dates_names_or_links_above_a_text_is_not(items: str) -> None:
    assert alone(f"<article><h1>{TITLE}</h1><ul>{items}</ul>{texts(TEXT)}</article>") == TEXT


def test_a_lead_that_is_a_link_is_text() -> None:
    lead = f"<p><a href=/nieuws/eerder><strong>{LEAD}</strong></a></p>"
    assert alone(f"<article><h1>{TITLE}</h1>{lead}{texts(TEXT[1:])}</article>") == TEXT


def test_a_list_of_links_to_other_sites_is_an_article() -> None:
    papers = tuple(f"Krant {n}: een klusbank voor het hele dorp" for n in range(3))
    items = "".join(f"<li><a href=https://k{n}.example/>{one}</a></li>" for n, one in enumerate(papers))  # fmt: skip
    body = f"<p>Klusbank</p><ul>{items}</ul><p>Zaden</p><ul>{items.replace('Krant', 'Blad')}</ul>"
    found = alone(f"<main><article><h1>{TITLE}</h1>{body}</article></main>")
    assert found == ("Klusbank", *papers, "Zaden", *(one.replace("Krant", "Blad") for one in papers))  # fmt: skip


def test_a_list_of_links_within_the_site_is_not_an_article() -> None:
    items = "".join(f"<li><a href=/n/{n}>Krant {n}: een klusbank voor het dorp</a></li>" for n in range(9))  # fmt: skip
    with pytest.raises(NotAnArticle):
        alone(f"<main><article><h1>{TITLE}</h1><ul>{items}</ul></article></main>")


COPIES = {
    "for phones": "<div class=desktop>{0}</div><div class=phone>{0}</div>",
    "for machines": "<div itemprop=articleBody>{1}</div><div>{0}</div>",
    "for machines, hidden": "<div>{0}</div><div itemprop=articleBody style='display:none'>{0}</div>",
    "line by line": "<div class=a>{2}</div><div class=b>{2}</div>",
}


@pytest.mark.parametrize("kind", COPIES)
def test_a_text_that_stands_twice_is_read_once(kind: str) -> None:
    text = (LEAD, "De zaal is open.", "Vervolg", "Dat zei hij.", SECOND, "Het duurt lang.")
    marked = texts(text).replace("<p>Vervolg</p>", "<h2>Vervolg</h2>")
    twice = COPIES[kind].format(marked, " ".join(text), "<br>".join(text))
    assert alone(f"<article><h1>{TITLE}</h1>{twice}</article>") == text


def test_a_refrain_is_no_copy() -> None:
    text = (LEAD, "Het werd stil.", SECOND, "Het werd stil.", THIRD, "Het werd stil.")
    assert alone(f"<article><h1>{TITLE}</h1>{texts(text)}</article>") == text


@pytest.mark.parametrize("line", ["Het bericht {} verscheen eerst op {}.", "The post {} appeared first on {}.", "Der Beitrag {} erschien zuerst auf {}."])  # fmt: skip
def test_where_an_article_is_from_is_not_its_text(line: str) -> None:
    links = (f"<a href=https://u.example/x>{TITLE}</a>", "<a href=https://u.example>Uitgever</a>")
    end = f"<p>{line.format(*links)}</p>"
    assert alone(f"<article><h1>{TITLE}</h1>{texts(TEXT)}{end}</article>") == TEXT


def test_a_sentence_with_the_same_words_stays() -> None:
    text = (*TEXT, "Haar eerste klok verscheen eerst op een beurs in Utrecht.")
    assert alone(f"<article><h1>{TITLE}</h1>{texts(text)}</article>") == text


def test_a_shadow_root_that_browsers_show_without_script_is_read() -> None:
    inner = f"<template shadowrootmode=open><style>p {{}}</style><h1>{TITLE}</h1>{texts(TEXT)}</template>"
    assert alone(f"<main><x-article>{inner}</x-article></main>") == TEXT
    unused = f"<template><p>{OTHERS[0]}</p></template>"
    assert alone(f"<main><h1>{TITLE}</h1>{texts(TEXT)}{unused}</main>") == TEXT


TEASED = {
    "definitions": "<dl>{}</dl>|<dt><a href=/n/{n}>{title}</a></dt><dd>{lead}</dd>",
    "boxes": "<div>{}</div>|<div class=i><h4><a href=/n/{n}>{title}</a></h4><div class=t>{lead}</div></div>",
    "with their dates": "<div>{}</div>|<h3><a href=/n/{n}>{title}</a></h3><div class=d>12:54 05.10.2011</div><div class=t>{lead}</div>",
    "lines with their writers": "<div>{}</div>|<b><a href=/n/{n}>{title}</a></b><div class=t>{lead}</div><div>Jan Jansen, 08.04</div>",
}  # fmt: skip


@pytest.mark.parametrize("kind", TEASED)
def test_paragraphs_below_linked_headlines_are_teasers(kind: str) -> None:
    around, item = TEASED[kind].split("|")
    items = [
        item.format(n=n, title=f"Nieuws over brug {n}", lead=lead) for n, lead in enumerate(OTHERS)
    ]
    beside = around.format("".join(items))
    assert alone(f"<div><h1>{TITLE}</h1>{texts((*LONG, *TEXT))}{beside}</div>") == (*LONG, *TEXT)


def test_a_list_of_links_with_what_is_said_of_each_may_be_the_text() -> None:
    items = "".join(
        f"<h2><a href=/kamers/{n}>Camera {n} van het park</a></h2><p>{one}</p>"
        for n, one in enumerate(OTHERS)
    )
    found = alone(f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{items}</article>")
    assert set(OTHERS) <= set(found)


WRITTEN = [
    "13 Comments", "| 13 Comment(s)", "3 reacties op dit bericht", "Comments (4)", "Leave a comment",
    "Geef een reactie", "Schreiben Sie einen Kommentar", "Laisser un commentaire", "Оставить комментарий *",
    "Hay 2 comentarios", "Er zijn 4 reacties", "2条评论", "Deja un comentario",
    f"2 Responses to “{TITLE}”", f"One thought on {TITLE}", f"3 Kommentare zu „{TITLE}“:",
]  # fmt: skip


@pytest.mark.parametrize("line", WRITTEN)
def test_what_readers_wrote_below_the_text_is_not_the_article(line: str) -> None:
    said = f"<p>{line}</p><p>Joe</p><p>{OTHERS[0]}</p><p>reidjr</p><p>{OTHERS[1]}</p>"
    assert alone(f"<div><h1>{TITLE}</h1>{texts(TEXT)}{said}</div>") == TEXT


@pytest.mark.parametrize("line", ["Reacties", "Comments", "Commenti:"])
@pytest.mark.parametrize(
    "who", ["Joe, 3 maart 2026 15:14", "geplaatst door Joe op 3 maart 2026 - 15:14"]
)
def test_readers_are_told_by_who_wrote_when_where_their_number_is_not_given(
    line: str, who: str
) -> None:
    said = f"<h3>{line}</h3><p>{who}</p><p>{OTHERS[0]}</p><p>{who}</p><p>{OTHERS[1]}</p>"
    assert alone(f"<div><h1>{TITLE}</h1>{texts(TEXT)}{said}</div>") == TEXT


SUBHEADS = [
    "Reacties", "Comments", f"2 vragen over “{TITLE}”", f"De brug van {TITLE}", "Reageren",
    "Reactie van de gemeente", "Er zijn 12 reacties binnengekomen.", "5 réponses à vos questions",
    "Svar: 42", "12 responses to the plan", "There are 3 responses so far.",
]  # fmt: skip


@pytest.mark.parametrize("line", SUBHEADS)
def test_a_subhead_over_what_people_said_is_of_the_text(line: str) -> None:
    said = f"<h3>{line}</h3><p>{OTHERS[0]}</p><p>{OTHERS[1]}</p>"
    found = alone(f"<div><h1>{TITLE}</h1>{texts(TEXT)}{said}</div><p>12 januari 2026 12:00</p>")
    assert set(OTHERS[:2]) <= set(found)


@pytest.mark.parametrize("line", ["<ul><li>Reacties: 0</li></ul>", "<p>0 Kommentare</p>"])
def test_the_number_of_comments_above_the_text_does_not_end_it(line: str) -> None:
    assert alone(f"<article><h1>{TITLE}</h1>{line}{texts(TEXT)}</article>") == TEXT


@pytest.mark.parametrize("line", ["About the Author", "Over de auteur", "Meet our reviewers"])
def test_what_is_said_of_the_author_is_not_the_article(line: str) -> None:
    said = f"<h3>{line}</h3><p>Hanna Verstraten</p><p>{OTHERS[0]}</p>"
    assert alone(f"<div><h1>{TITLE}</h1>{texts(TEXT)}{said}</div>") == TEXT


@pytest.mark.parametrize(
    "asked",
    [
        "<p>Wat vindt u van de bomen langs de ringweg?</p><input name=mail><button>Stuur</button>",
        "<h3>Stelling</h3><p>Moet elke wijk bomen krijgen?</p><label>Ja 41 %</label>",
        "<ul><li>Ik kom planten op zaterdag</li><li>Ik kom op zondag</li></ul><input type=submit>",
    ],
)
@pytest.mark.parametrize("box", ["section", "div class=entry-content", "td"])
def test_a_form_in_the_box_of_a_short_story_is_not_its_text(box: str, asked: str) -> None:
    tag = box.split()[0]
    story = f"<{box}><p>{LEAD}</p><p>{SECOND}</p><form action=/x>{asked}</form></{tag}>"
    story = f"<table><tr>{story}</tr></table>" if tag == "td" else story
    assert alone(f"<div><h1>{TITLE}</h1>{story}</div>") == (LEAD, SECOND)


@pytest.mark.parametrize("label", ["REKLAM", "Publicidad", "Werbung", "Реклама", "広告"])
def test_the_label_of_an_advertisement_is_no_line_of_the_text(label: str) -> None:
    slot = f"<div><div class=k>{label}</div></div>"
    body = f"{texts(TEXT[:2])}{slot}{texts(TEXT[2:])}"
    assert alone(f"<article><h1>{TITLE}</h1>{body}</article>") == TEXT


@pytest.mark.parametrize("at", [1, 2, 4])
@pytest.mark.parametrize(
    "words",
    [
        "<div><span>Annons</span><div>Ny soffa till helgen?</div><p>Allt på rea till och med söndag.</p></div>",
        "<div><div><small>Anzeige</small></div><div><b>Neue Brille?</b><br>Wir messen Ihre Augen kostenlos.</div></div>",
        "<section><p>Advertisement</p><h4>Better sleep</h4><p>Try our mattress for a hundred nights.</p></section>",
    ],
)
def test_an_advertisement_goes_with_its_label(words: str, at: int) -> None:
    body = f"{texts(TEXT[:at])}{words}{texts(TEXT[at:])}"
    assert alone(f"<article><h1>{TITLE}</h1>{body}</article>") == TEXT


def test_a_label_above_a_text_takes_nothing_of_it() -> None:
    slot = "<div><small>Advertentie</small></div>"
    assert alone(f"<div><h1>{TITLE}</h1><div>{slot}{texts(TEXT[:2])}</div></div>") == TEXT[:2]


def test_a_part_of_a_text_may_be_about_advertisements() -> None:
    part = f"<section><h3>Werbung</h3><p>{SECOND}</p></section>"
    page = f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{part}{texts(TEXT[2:])}</article>"
    assert "".join(alone(page)).count(SECOND) == 1


def test_a_paragraph_amid_others_is_one_whatever_its_class_says() -> None:
    one, name, rest = texts(TEXT[:1]), f"<p class='t ad-slot'>{SECOND}</p>", texts(TEXT[2:])
    body = (one + name + rest).replace("<p>", "<p class=t>")
    assert alone(f"<article><h1>{TITLE}</h1>{body}</article>") == TEXT


@pytest.mark.parametrize("name", ["sidebar", "with-sidebar promo", "tools"])
def test_a_running_text_is_no_furniture_whatever_its_box_is_called(name: str) -> None:
    about = f"<div class=about><p>{OTHERS[0]}</p><p>{OTHERS[1]}</p></div>"
    story = (
        f"<div class='{name}'><div>{texts(LONG[:3])}</div><h2>Later</h2>{texts(LONG[3:4])}</div>"
    )
    offers = (
        f"<div class=a1><p>{LEAD}</p></div><div class=sidebar><div><p>{THIRD}</p></div></div>" * 4
    )
    found = alone(f"<div class=kop><h1>{TITLE}</h1></div>{story}{about}{offers}")
    assert set(LONG[:4]) <= set(found)


@pytest.mark.parametrize("name", ["ad-container", "promo", "teaser", "recommended", "tools"])
def test_a_box_of_the_text_is_one_whatever_its_class_says(name: str) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        first, rest = texts(paragraphs[:2]), texts(paragraphs[2:])
        return f"<article><h1>{title}</h1>{first}<div class={name}>{rest}</div></article>"

    assert read_among(write, *TEXT) == TEXT


@pytest.mark.parametrize("name", ["ad-container", "promo", "teaser", "recommended"])
def test_a_box_beside_the_text_that_other_pages_have_too_is_not_it(name: str) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        box = f"<div class={name}>{texts(OTHERS[:2])}</div>"
        return f"<article><h1>{title}</h1>{texts(paragraphs)}{box}</article>"

    assert read_among(write, *TEXT) == TEXT


def test_a_page_that_shows_the_date_its_listing_gave_is_not_undeclared() -> None:
    said = Dated(at=datetime(2026, 1, 12, tzinfo=UTC), origin="listing")
    link = Link(url=f"{HOME}/buitenland/bomen", title=TITLE, published=said)
    for date, undeclared in (("<p class=date>12 januari 2026</p>", False), ("", True)):
        page = document(html(f"<article><h1>{TITLE}</h1>{date}{texts(TEXT)}</article>"))
        article = extract(page, SOURCE, SiteModel(), link)
        assert is_undeclared(page, article) == undeclared


SUMMARY = "De minister wil het spoor naar het oosten voor het einde van het jaar verdubbelen"


@pytest.mark.parametrize(
    "summary",
    [
        f"<h2>{SUMMARY}</h2>",
        f"<h2>{SUMMARY}</h2><h3>Door onze redactie</h3>",
        f"<div class=teaser><p>{SUMMARY}</p><p>1 februari</p><p>Jan de Boer</p><p>Spoor</p></div>",
    ],
)
def test_a_standfirst_that_describes_the_page_belongs_to_the_text(summary: str) -> None:
    page = f"<h1>{TITLE}</h1>{summary}<div>{paragraphs((LEAD, *BODY))}</div>"
    described = f'<meta name=description content="{SUMMARY[:60]}…">'
    assert read(html(page, described)).paragraphs[0] == SUMMARY
    is_heading = summary.startswith("<h2>")
    assert read(html(page)).paragraphs[0] == (SUMMARY if is_heading else LEAD)


def test_a_standfirst_that_is_a_heading_heads_nothing() -> None:
    page = f"<div><h1>{TITLE}</h1><h2>{SUMMARY}</h2></div><div>{paragraphs((LEAD, *BODY))}</div>"
    assert f"<p>{SUMMARY}</p>" in read(html(page)).html


@pytest.mark.parametrize("title", [TITLE, f"Video {TITLE}", f"{TITLE} in beeld"])
def test_the_title_in_other_words_is_no_standfirst(title: str) -> None:
    page = f"<h1>{TITLE}</h1><h2>{title}</h2><div>{paragraphs((LEAD, *BODY))}</div>"
    assert read(html(page)).paragraphs[0] == LEAD


INTRODUCED = {
    "beside it": "<div class=a9><p>{}</p></div><div class=b7>{}</div>",
    "with a date between": "<div class=a9><p>{}</p></div><p class=d>3 februari 2026</p><div class=b7>{}</div>",
    "of two": "<div class=a9><p>{}</p><p>Het spoor is al jaren te vol.</p></div><div class=b7>{}</div>",
}


@pytest.mark.parametrize("kind", INTRODUCED)
def test_an_introduction_in_a_box_of_its_own_belongs(kind: str) -> None:
    beside = "<p>Door de redactie</p><div class=w2>Spoor</div><div class=w2>Werk</div><div class=w2>Goes</div>"
    text = "".join(f"<p>{one}</p>" for one in (*BODY, *BODY[:1], *BODY[2:]))
    inside = INTRODUCED[kind].format(LEAD, text)
    assert LEAD in read(html(f"<h1>{TITLE}</h1>{beside}{inside}")).paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Gepubliceerd: 5 uur geleden | Bijgewerkt: 5 uur geleden | Onderwerp: het spoor naar het oosten, 2026"
    ],
)
def test_a_line_of_dates_right_above_a_text_is_no_introduction(line: str) -> None:
    page = f"<div><h1>{TITLE}</h1><i>a</i><br><i>b</i><br><i>c</i><p>{line}</p></div>"
    text = f"<div class=b7>{paragraphs((LEAD, *BODY))}</div>"
    assert read(html(page + text)).paragraphs[0] == LEAD


def test_lines_made_like_the_first_paragraph_right_above_it_belong() -> None:
    lines = (
        "Nieuwe wissels bij Perm",
        "Snellere borden op alle stations",
        "Lagere perrons in Goes",
    )
    page = f"<article><h1>{TITLE}</h1><div>{texts((*lines, LEAD, BODY[0]))}</div></article>"
    assert read(html(page)).paragraphs == (*lines, LEAD, BODY[0])
    one = f"<article><h1>{TITLE}</h1><div>{texts((*lines[:1], LEAD, BODY[0]))}</div></article>"
    assert read(html(one)).paragraphs == (*lines[:1], LEAD, BODY[0])


def test_lines_that_are_links_to_other_sites_belong_where_they_are_made_like_the_text() -> None:
    for href, belongs in (
        ("https://winkel.example/boor", True),
        ("/buitenland/iets-anders", False),
    ):
        line = f"<p><a href={href}>Een boor voor spoorbielzen</a></p>"
        page = f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{line}<p>{BODY[0]}</p></article>"
        assert ("Een boor voor spoorbielzen" in read(html(page)).paragraphs) == belongs


SOURCES = "".join(
    f"<li><a href=https://bron{n}.example/x>https://bron{n}.example/x</a></li>" for n in range(3)
)


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_sources_below_an_offer_belong_if_their_heading_is_like_those_of_the_text(tag: str) -> None:
    offer = "<div class=a3><h3>Word lid van de spoorclub</h3><span>Probeer het nu</span></div>"
    text = f"<p>{LEAD}</p><h2>Later</h2><p>{BODY[0]}</p><p>{BODY[2]}</p>"
    page = (
        f"<article><h1>{TITLE}</h1><div>{text}{offer}{{}}<{tag}>{SOURCES}</{tag}></div></article>"
    )
    found = read(html(page.format("<h2>Bronnen</h2>"))).paragraphs
    assert found[-4:] == ("Bronnen", *(f"https://bron{n}.example/x" for n in range(3)))
    assert not any("spoorclub" in one for one in found)
    assert read(html(page.format("<h5>Volg ons</h5>"))).paragraphs[-1] == BODY[2]


def test_a_subhead_above_the_first_paragraph_belongs() -> None:
    text = f"<h2>Vooraf</h2><p>{LEAD}</p>{{}}<p>{BODY[0]}</p><p>{BODY[2]}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    for later in ("<h2>Later</h2>", ""):
        assert read(html(page.format(later))).paragraphs[0] == "Vooraf"


@pytest.mark.parametrize(
    "subtitle",
    ["Wind breken en geluid dempen", "Ουρά από λευκές λιμουζίνες", "강변도로에 나무 천 그루"],
)
def test_a_short_subtitle_right_below_the_headline_belongs(subtitle: str) -> None:
    page = f"<div><h1>{TITLE}</h1><h2>{subtitle}</h2><div class=d>{texts(TEXT)}</div></div>"
    assert alone(page) == (subtitle, *TEXT)


@pytest.mark.parametrize("line", ["Jan van der Berg", "12 maart 2026", "Nieuws"])
def test_other_headings_there_do_not(line: str) -> None:
    page = f"<div><h1>{TITLE}</h1><h2>{line}</h2><div class=d>{texts(TEXT)}</div></div>"
    assert alone(page) == TEXT


def test_the_text_of_a_short_article_goes_on_below_its_head() -> None:
    head = f"<header><h1>{TITLE}</h1><p class=lead>{LEAD}</p><div class=byline>Jan Jansen</div></header>"
    end = "Het planten begint in maart."
    page = f"<main><article>{head}<div class=t><p>{end}</p></div></article></main>"
    assert alone(f"{page}<aside><p>{OTHERS[0]}</p></aside>") == (LEAD, end)


def test_a_page_builder_may_part_a_text_with_what_stands_in_its_rows() -> None:
    def row(*modules: str) -> str:
        return f"<div class=row><div class=column>{''.join(modules)}</div></div>"

    def text(*paragraphs: str) -> str:
        return f"<div class='module text'><div class=inner>{texts(paragraphs)}</div></div>"

    form = "<div class='module signup'><h2>Nieuwsbrief</h2><form><input type=text></form></div>"
    first = row(f"<div class='module title'><h1>{TITLE}</h1></div>", text(LEAD, SECOND), form)
    assert alone(f"<div class=section>{first}{row(text(SHORT))}</div>") == (LEAD, SECOND, SHORT)


@pytest.mark.parametrize(
    "first",
    [
        "<p>De loting voor ronde 1 op 18 november 2026</p>",
        "<p class=has-text-align-center>Afdeling 2: Goes tegen Hulst</p>",
        "<p class='has-large-font-size'>Afdeling 2: Goes tegen Hulst</p>",
    ],
)
def test_a_first_line_that_is_made_like_the_text_belongs(first: str) -> None:
    said = re.sub("<[^>]*>", "", first)
    page = f"<article><h1>{TITLE}</h1><div>{first}{texts(TEXT)}</div></article>"
    assert alone(page) == (said, *TEXT)


def test_a_text_goes_on_below_a_line_that_stands_on_other_pages() -> None:
    results = ("Goes – Kats 2-1", "Hulst – Axel 0-0")

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        below = f"<p>Alastair de Vries</p>{texts(results) if title == TITLE else ''}"
        return f"<article><h1>{title}</h1><div>{texts(paragraphs)}{below}</div></article>"

    assert read_among(write, LEAD, SECOND)[-2:] == results


def test_a_box_of_facts_amid_a_text_belongs() -> None:
    facts = "<h3>De ringweg in cijfers</h3><dl><dt>Lengte</dt><dd>21 km</dd><dt>Tunnels</dt><dd>3</dd></dl>"
    text = f"<p>{LEAD}</p><aside class=box>{facts}</aside><h2>Later</h2><p>{SECOND}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert alone(page)[1:6] == ("De ringweg in cijfers", "Lengte", "21 km", "Tunnels", "3")
    linked = page.replace("Lengte", "<a href=/lengte>Lengte</a>")
    assert alone(linked) == (LEAD, "Later", SECOND)


def test_a_paragraph_keeps_the_first_lines_of_its_sentence() -> None:
    lines = ("Onze schepen varen voor wie daar stemde", "en " + LEAD)
    text = f"<p>Door Jan de Boer<br>{'<br>'.join(lines)}</p>{paragraphs(BODY)}"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert read(html(page)).paragraphs[:2] == lines


@pytest.mark.parametrize(
    "line",
    [
        'Escrito en <a href="/noticias">Noticias</a> el Lunes 14 de septiembre de 2026 ⋅ <a href="/p">Imprimir / pdf</a>',
        'Posted in <a href="/news">News</a> on May 3, 2026 by <a href="/jan">Jan de Boer</a> · <a href="#c">Leave a comment</a>',
        '<a href="/jan">Jan de Boer</a> · 3 mei 2026 · <a href="/binnenland">Binnenland</a>, <a href="/spoor">Spoor</a>',
        'Veröffentlicht am <time>3. Mai 2026</time><time class=updated>4. Mai 2026</time> von <a href="/jan">Jan</a>',
        '<strong>12.01.2026, 20:45</strong>; kategorie: <a href="/c" rel="category tag">Aktualności</a>.',
    ],
)
def test_a_line_that_says_where_an_article_is_filed_is_not_its_text(line: str) -> None:
    page = f"<article><h1>{TITLE}</h1><div><p>{line}</p>{paragraphs((LEAD, *BODY))}</div></article>"
    assert read(html(page)).paragraphs[0] == LEAD


def test_a_line_that_leads_to_what_readers_wrote_is_no_text_of_a_short_article() -> None:
    line = "<a href=/x#respond>Leave a Comment</a> / <a href=/c>Hírek</a> / By Kiss Ágnes"
    page = f"<article><h1>{TITLE}</h1><div>{line}</div><div><p>{SHORT}</p></div></article>"
    link = Link(url=f"{HOME}/x", title=TITLE, teaser=f"{SHORT[:-1]}…")
    article = extract(document(html(page, title=TITLE)), SOURCE, SiteModel(), link)
    assert article.paragraphs == (SHORT,)


def test_a_short_text_that_its_listing_does_not_have_is_no_article() -> None:
    page = f"<article><h1>{TITLE}</h1><div><p>{SHORT}</p></div></article>"
    link = Link(url=f"{HOME}/x", title=TITLE, teaser="Iets heel anders, dat hier niet staat.")
    with pytest.raises(NotAnArticle):
        extract(document(html(page, title=TITLE)), SOURCE, SiteModel(), link)


def test_a_sentence_with_links_and_a_date_is_text() -> None:
    first = '<a href="/raad">De raad</a> koos op 3 mei 2026 voor <a href="/plan">het plan met de bomen langs de ringweg</a>.'
    page = (
        f"<article><h1>{TITLE}</h1><div><p>{first}</p>{paragraphs((LEAD, *BODY))}</div></article>"
    )
    assert read(html(page)).paragraphs[0].startswith("De raad koos")


def test_an_address_element_may_be_a_paragraph_of_the_text() -> None:
    page = (
        f"<article><h1>{TITLE}</h1><div><address>{LEAD}</address>{texts(TEXT[1:])}</div></article>"
    )
    assert alone(page) == TEXT
    contact = "<address>Stadhuis, Markt 1, Goes. Ma t/m vr 9–16 uur</address>"
    assert alone(f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{contact}</div></article>") == TEXT


def test_a_command_to_a_plugin_that_is_gone_is_no_text() -> None:
    for line in (
        '[googleapps domain="docs" dir="document/x" height="600" /]',
        "[gallery ids=12,13]",
    ):
        text = f"{texts(TEXT[:2])}<p>{line}</p>{texts(TEXT[2:])}"
        assert alone(f"<article><h1>{TITLE}</h1><div>{text}</div></article>") == TEXT
    quoted = "[De wethouder] noemde het plan [dat hij zelf schreef] de beste keuze van het jaar."
    assert quoted in alone(
        f"<article><h1>{TITLE}</h1><div>{texts((LEAD, quoted, SECOND))}</div></article>"
    )


def test_what_readers_think_of_a_recipe_is_no_part_of_it() -> None:
    for line in ("4.8 sur 61 votes", "4,7 von 5 (120 Bewertungen)", "4.5 from 2 votes"):
        text = f"{paragraphs((LEAD, BODY[0]))}<div>{line}</div>{paragraphs(BODY[1:])}"
        assert line not in alone(f"<article><h1>{TITLE}</h1><div>{text}</div></article>")
    assert "De motie kreeg 61 stemmen" in alone(
        f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}<p>De motie kreeg 61 stemmen</p></div></article>"
    )


AWAY = "<p><a href=https://elders.example/{}>Bekijk het hele gesprek</a></p>"


def test_a_last_line_that_says_what_to_read_on_another_site_belongs() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        link = AWAY.format(len(title) + len(paragraphs[0]))  # another one on each page
        return f"<article><h1>{title}</h1><div>{texts(paragraphs)}{link}</div></article>"

    assert read_among(write, LEAD, SECOND) == (LEAD, SECOND, "Bekijk het hele gesprek")


def test_a_last_line_that_leads_to_the_same_page_everywhere_is_the_sites() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        return f"<article><h1>{title}</h1><div>{texts(paragraphs)}{AWAY.format(1)}</div></article>"

    assert read_among(write, LEAD, SECOND) == (LEAD, SECOND)


def test_a_list_of_links_amid_a_text_belongs_where_a_line_announces_it() -> None:
    items = "".join(f"<li><a href=/dossier/{n}>Deel {n} van het dossier</a></li>" for n in range(3))
    text = f"<p>{LEAD}</p><p>{{}}</p><ul>{items}</ul>{{}}"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    for line, below, is_kept in (
        ("Dit staat in het dossier:", f"<p>{SECOND}</p>", True),
        (
            "Dit staat in het dossier:",
            f"<figure><img src=/a.jpg><figcaption>De ringweg</figcaption></figure><p>{SECOND}</p>",
            True,
        ),
        ("Dit staat in het dossier.", f"<p>{SECOND}</p>", False),
        ("Dit staat in het dossier:", "", False),
        ("Dit staat in het dossier:", f"<p><a href=/gids>De gids</a> zegt: {SECOND}</p>", True),
        ("Lees ook:", f"<p>{SECOND}</p>", False),
    ):
        lines = page.replace("<ul>", "<p>").replace("</ul>", "</p>").replace("</li><li>", "<br>")
        for form in (page, lines.replace("<li>", "").replace("</li>", "")):
            assert ("Deel 1 van het dossier" in alone(form.format(line, below))) is is_kept


def test_a_link_that_the_line_above_announces_in_its_paragraph_belongs_amid_a_text() -> None:
    link = "<br><a href=/dossier/2>De brug die niemand wilde</a></p>"
    page = f"<article><h1>{TITLE}</h1><div><p>{LEAD} Toen schreven wij:{link}<p>{SECOND}</p></div></article>"
    assert "De brug die niemand wilde" in alone(page)


def test_a_line_that_is_a_link_belongs_amid_a_text_where_a_line_announces_it() -> None:
    link = "<p><a href=/dossier/2>De brug die niemand wilde</a></p>"
    text = f"<p>{LEAD}</p><p>{{}}</p>{link}{{}}"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    for line, below, is_kept in (
        ("Eerder besproken:", f"<p>{SECOND}</p>", True),
        ("Eerder besproken", f"<p>{SECOND}</p>", False),
        ("Lees ook:", f"<p>{SECOND}</p>", False),
        ("Eerder besproken:", "", False),
    ):
        assert ("De brug die niemand wilde" in alone(page.format(line, below))) is is_kept


@pytest.mark.parametrize(
    ("said", "is_kept"), [("www.elders.example", True), ("Bomen in Goes", False)]
)
def test_a_last_line_that_gives_an_address_to_look_at_belongs(said: str, is_kept: bool) -> None:
    line = f"<p>Zie ook <a href=https://www.elders.example/bomen>{said}</a></p>"
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{line}</div></article>"
    assert (alone(page)[-1] == f"Zie ook {said}") is is_kept


def test_items_that_are_paragraphs_with_a_link_to_another_site_belong() -> None:
    items = "".join(
        f"<li><p><span><a href=https://lessen.example/{n}>Les {n} voor groep vijf</a></span></p></li>"
        for n in range(3)
    )
    text = f"<p>{LEAD}</p><p>Voor alle groepen</p><ul>{items}</ul><p>{SECOND}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert alone(page)[2:5] == tuple(f"Les {n} voor groep vijf" for n in range(3))


@pytest.mark.parametrize(
    "looks", ["rteright", "rteindent1 rtecenter", "ql-align-center", "MsoBodyText2"]
)
def test_how_an_editor_sets_a_first_line_says_nothing_against_it(looks: str) -> None:
    lines = "<p>Toneelstuk in drie bedrijven</p><p>Voor twee personen</p>"
    text = f"{lines}<p class='{looks}'>{LEAD}</p><p>{SECOND}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert alone(page) == ("Toneelstuk in drie bedrijven", "Voor twee personen", LEAD, SECOND)


def test_a_text_that_is_a_list_begins_with_the_line_that_announces_it() -> None:
    items = "".join(f"<li>{one}</li>" for one in TEXT)
    for line, is_kept in (("Drie dingen:", True), ("Drie dingen", False)):
        page = f"<article><h1>{TITLE}</h1><div>{line}<ul>{items}</ul></div></article>"
        assert alone(page) == ((line,) if is_kept else ()) + tuple(TEXT)


def test_where_a_story_was_published_before_is_part_of_it() -> None:
    end = f"<p>Via: <a href=https://elders.example/bomen>{TITLE}</a></p>"
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{end}</div></article>"
    assert alone(page)[-1] == f"Via: {TITLE}"


def test_a_text_goes_on_behind_a_label_and_in_another_box_made_like_its_own() -> None:
    ad = "<div class=rec><span>- Publicidade -</span></div>"
    end = "<p>Deze haltes vervallen:</p><ol><li>Bloemstraat</li><li>Molenplein</li></ol>"
    page = f"<article><h1>{TITLE}</h1><div><p>{LEAD}</p>{ad}{end}</div></article>"
    assert alone(page) == (LEAD, "Deze haltes vervallen:", "Bloemstraat", "Molenplein")
    box = "<div class=block><div class=inner>{}</div></div>"
    items = "<p>Volgende maand: stelen.</p><ul><li><p>Neem brood mee</p></li></ul>"
    text = f"{box.format(texts(TEXT[:2]))}{box.format(texts(TEXT[2:]))}{box.format(items)}"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert alone(page) == (*TEXT, "Volgende maand: stelen.", "Neem brood mee")


def test_a_first_line_with_a_link_to_another_site_belongs() -> None:
    lines = (
        "Vrijdag 25 mei vanaf 19 uur<br><a href=https://zaal.example>De Zaal</a> – Kade 3 in Goes"
    )
    page = f"<article><h1>{TITLE}</h1><div><p>{lines}</p>{texts(TEXT)}</div></article>"
    assert alone(page)[:2] == ("Vrijdag 25 mei vanaf 19 uur", "De Zaal – Kade 3 in Goes")


def test_a_paragraph_that_begins_like_the_lead_of_another_article_belongs() -> None:
    opening = "Een terrarium is een mooie manier om de natuur in huis te halen"
    end = f"{opening}. Met wat zorg heb je er jaren plezier van."

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        lead = "" if title == TITLE else f"<p>{opening}, en {title.lower()} hoort daar bij.</p>"
        first, *rest = paragraphs
        items = f"<ul><li>{THIRD}</li></ul>" if title == TITLE else ""
        text = f"{lead}<p>{first}</p>{items}{texts(tuple(rest))}"
        return f"<article><h1>{title}</h1><div>{text}</div></article>"

    assert read_among(write, LEAD, end) == (LEAD, THIRD, end)


def test_an_address_at_the_end_of_a_text_has_its_linked_line() -> None:
    where = "<p>Waar<br><a href=https://zaal.example>IMO</a><br>Kade 68<br>1760 Goes</p>"
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{where}</div></article>"
    assert alone(page)[-4:] == ("Waar", "IMO", "Kade 68", "1760 Goes")


def test_a_button_for_a_file_right_below_a_text_and_a_file_amid_it_belong() -> None:
    said = f"Download hier: {TITLE}"
    button = f"<div class='module button'><a href=/f/folder.pdf>{said}</a></div>"
    text = f"<div class='module text'>{texts(TEXT)}</div>"
    assert alone(f"<article><h1>{TITLE}</h1><div class=column>{text}{button}</div></article>") == (
        *TEXT,
        said,
    )
    form = "<article class=media><div><span><a href=/f/tennis.pdf>tennis.pdf</a></span></div></article>"
    text = f"<p>{LEAD}</p><ul><li>Tennis:</li></ul>{form}<p>{SECOND}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert alone(page) == (LEAD, "Tennis:", "tennis.pdf", SECOND)


def test_a_list_that_a_line_announces_keeps_what_other_pages_list_too() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        own = f"<li>Deel over {title.lower()}</li>"
        items = f"{own}<li>Deel over het slot</li>"
        return (
            f"<article><h1>{title}</h1><div><p>{paragraphs[0]}</p><p>Dit komt nog:</p>"
            f"<ul>{items}</ul><p>{paragraphs[1]}</p></div></article>"
        )

    found = read_among(write, LEAD, SECOND)
    assert found[2:4] == (f"Deel over {TITLE.lower()}", "Deel over het slot")


def test_a_text_that_is_mostly_a_quotation_goes_on_below_it() -> None:
    quote = f"<blockquote><p>{LEAD}</p></blockquote>{AWAY.format(1)}"
    page = f"<article><h1>{TITLE}</h1><div class=t><div class=c>{quote}</div></div></article>"
    assert alone(page) == (LEAD, "Bekijk het hele gesprek")


SOURCE_LINE = '<p>Bron: <a href="https://elders.example/{}">{}</a></p>'


def test_the_sources_of_the_parts_of_a_text_are_part_of_it() -> None:
    parts = [
        f"<h3>Dag {n}</h3><p>{LEAD[n:]}</p>{SOURCE_LINE.format(n, f'Dag {n} elders')}"
        for n in range(3)
    ]
    page = f"<article><h1>{TITLE}</h1><div>{''.join(parts)}</div></article>"
    assert [f"Bron: Dag {n} elders" in read(html(page)).paragraphs for n in range(3)] == [True] * 3


def test_a_line_at_the_end_of_a_text_says_where_it_is_from() -> None:
    for line, is_kept in (
        ("Source: https://www.elders.example/fr/", True),
        ("Bron: Persbureau Elders", True),
        ("Fonte: ANSA", True),
        ("Quelle (gekürzt): Stadt Elders", True),
        ("文章来源：新华社", True),
        ("Auteur: Jan Jansen", False),
        ("Foto: www.fotograaf.example", False),
    ):
        page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}<p>{line}</p></div></article>"
        assert (line in alone(page)) is is_kept


def test_a_source_that_several_stories_name_is_no_line_of_the_site() -> None:
    line = "<p>Nguồn: Agribank</p>"
    others = tuple(
        html(f"<article><h1>Verhaal {n}</h1><div><p>{LEAD} Deel {n}.</p>{line}</div></article>")
        for n in range(4)
    )
    page = html(f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{line}</div></article>")
    assert read(page, siblings=others).paragraphs[-1] == "Nguồn: Agribank"
    below = html(f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}</div></article>{line}")
    assert "Nguồn: Agribank" not in read(below, siblings=others).paragraphs


def test_a_line_without_a_stop_below_the_last_captioned_picture_is_part_of_the_text() -> None:
    picture = "<figure><img src=/foto/a.jpg><figcaption>De ringweg bij avond, met de nieuwe bomen</figcaption></figure>"
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{picture * 2}<p>Naar berichten van ANP en Elders</p></div></article>"
    assert alone(page)[-1] == "Naar berichten van ANP en Elders"


def test_whose_a_picture_is_stands_below_it_and_is_no_part_of_the_text() -> None:
    picture = f"<p><img src=/foto/a.jpg></p>{SOURCE_LINE.format(1, 'Het fotobureau')}"
    page = f"<article><h1>{TITLE}</h1><div><p>{LEAD}</p>{picture}{paragraphs(BODY)}</div></article>"
    assert "Bron: Het fotobureau" not in read(html(page)).paragraphs


def test_the_facts_of_a_record_keep_the_day_when_it_was_published() -> None:
    facts = ("Label: Haven", "Land: Nederland", "Gepubliceerd: 30 augustus 2010", "Genre: Dub")
    text = f"{paragraphs((LEAD, *BODY))}<p>{'<br>'.join(facts)}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    assert read(html(page)).paragraphs[-4:] == facts


LETTERS = (
    ("Beste leden,", "Hoogachtend,", "L. van der Meijs"),
    ("Liebe Sportfreunde!", "Mit sportlichen Grüßen,", "Matthias Pfeil"),
    ("Care colleghe e cari colleghi,", "Con i migliori saluti,", "Giulio"),
)


@pytest.mark.parametrize("made", ["<p>{}</p>", "<div class=t>{}</div>"])
@pytest.mark.parametrize(("greeting", "end", "name"), LETTERS)
def test_letters_begin_with_whom_they_greet_and_end_with_who_signs_them_all(
    made: str, greeting: str, end: str, name: str
) -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        text = "".join(map(made.format, (greeting, *paragraphs, end, f"{name}<br>Secretaris")))
        return f"<h1>{title}</h1><div class=b>{text}</div><p class=a>{OTHERS[0]}</p>"

    assert read_among(write, LEAD, SECOND) == (greeting, LEAD, SECOND, end, name, "Secretaris")


def test_what_only_looks_like_a_greeting_is_no_part_of_a_text() -> None:
    text = f"<h1>{TITLE}</h1><p class=by>Jan Jansen,</p>{texts(TEXT)}<p class=x>Tot ziens,</p>"
    assert alone(text) == TEXT


def test_a_letter_that_is_mostly_a_list_is_whole() -> None:
    points = tuple(f"{LEAD} Dat is punt {number}." for number in range(4))
    around = ("Beste leden,", f"Dit staat op het programma: {SHORT}", *points, SHORT, "Het bestuur")
    items = "".join(f"<li>{one}</li>" for one in points)
    text = f"{texts(around[:2])}<ul>{items}</ul>{texts(around[-2:])}"
    assert alone(f"<h1>{TITLE}</h1><div class=t>{text}</div>") == around


BANNERS = (
    "<div class=cookiebanner role=dialog aria-modal=true>{}</div>",
    "<div id=cookie-law-bar>We use cookies to make the most of your visit. {}</div>",
)


@pytest.mark.parametrize("banner", BANNERS)
def test_a_question_for_consent_is_no_article_where_a_page_has_no_other_text(banner: str) -> None:
    body = f"<h1>{TITLE}</h1><p>De film</p>{banner.format(LEAD + SECOND)}"
    with pytest.raises(NotAnArticle):
        alone(body)


def test_what_is_named_after_its_cookie_bar_holds_the_article_all_the_same() -> None:
    bar = "<div class=bar>By clicking you agree to our cookies.</div>"
    assert alone(f"<div class=has-cookie-bar>{bar}<h1>{TITLE}</h1>{texts(TEXT)}</div>") == TEXT


def test_a_short_story_keeps_clear_of_a_footer_that_says_more() -> None:
    columns = "".join(
        f"<div class=footer-column><div class=footer-title>Dienst {column}</div>"
        + "".join(f"<div><a href='/over/{n}'>Over afdeling {n}</a></div>" for n in range(20))
        + "</div>"
        for column in ("een", "twee", "drie")
    )
    address = " ".join(one[1] for one in STORIES[:4])
    footer = f"<div class=footer-wrap>{columns}<div class=footer-text>{address}</div></div>"
    story = f"<div class=story>{TEXT[0]}<br><br>{TEXT[1]}</div>"
    assert alone(f"<div class=left><h1>{TITLE}</h1>{story}</div>{footer}") == TEXT[:2]


@pytest.mark.parametrize("name", ["page-footer", "gate-ad", "nav-layout"])
def test_a_story_among_links_stays_whatever_the_element_around_all_is_called(name: str) -> None:
    links = "".join(f"<li><a href='/over/{n}'>Over onze afdeling {n}</a></li>" for n in range(80))
    page = f"<div class='{name}'><ul>{links}</ul><h1>{TITLE}</h1>{texts(TEXT)}</div>"
    assert alone(page) == TEXT


def test_a_headline_may_lead_to_its_own_page_below_the_name_of_the_site() -> None:
    widgets = "".join(f"<li><h2>Rubriek {n}</h2><p>{OTHERS[0]}</p></li>" for n in range(2))
    post = f"<h2><a href='{HOME}/nieuws/bomen'>{TITLE}</a></h2>{texts(TEXT)}"
    page = f"<h1>Bomennieuws</h1><div><ul>{widgets}</ul></div><div>{post}</div>"
    declared = f"<meta property='og:title' content='{TITLE}'>"
    there = document(html(page, declared, TITLE), "/nieuws/bomen")
    assert extract(there, SOURCE, SiteModel(), None).paragraphs == TEXT


def test_the_page_in_a_list_of_the_latest_is_not_its_headline() -> None:
    links = (("bomen", TITLE), ("fietspad", "Fietspad langs de rivier is klaar"))
    item = f"<h4><a href='{HOME}/nieuws/{{}}'>{{}}</a></h4><p>3 maart 2025</p>"
    latest = "".join(item.format(*link) for link in links)
    menu = "".join(f"<li>Rubriek {name}" for name in "abcdefghijkl")
    story = f"<p>{TITLE}</p><p>9 november 2024 om 14.05 uur</p>{texts(TEXT)}"
    page = f"<div>{latest}</div><ul>{menu}</ul><div>{story}</div>"
    there = document(html(page, title=TITLE), "/nieuws/bomen")
    found = extract(there, SOURCE, SiteModel(), None)
    assert found.paragraphs == TEXT
    assert found.published
    assert found.published.at.month == 11


def test_a_card_of_another_page_is_not_the_headline_though_it_says_the_same() -> None:
    card = f"<a href='/nieuws/bomen-vorig-jaar'><h2>{TITLE}</h2></a><p>{OTHERS[0]}</p>"
    page = f"<h1>Bomennieuws</h1><div>{card}</div><div><h2>{TITLE}</h2>{texts(TEXT)}</div>"
    assert alone(page) == TEXT


def test_what_is_hidden_for_machines_is_no_text_though_it_repeats_all_of_it() -> None:
    data = f"<div itemprop='author'>Jan de Vries</div><div itemprop='image'>{HOME}bomen.jpg</div>"
    copies = f"<div itemprop='articleBody'>{texts(TEXT)}</div><div>{texts(TEXT)}</div>"
    hidden = f"<div style='display: none' itemscope><h2>{TITLE}</h2>{data}{copies}</div>"
    assert alone(f"<h1>{TITLE}</h1><div>{texts(TEXT)}</div>{hidden}") == TEXT


@pytest.mark.parametrize("file", ["besluit-2026.pdf", "kaart.docx", "route.gpx"])
def test_files_that_go_with_a_text_are_part_of_it(file: str) -> None:
    items = "".join(f"<li><a href='/bestanden/{n}-{file}'>Bijlage {n}</a></li>" for n in range(2))
    page = f"<h1>{TITLE}</h1>{texts(TEXT[:2])}<h2>Bijlagen</h2><ul>{items}</ul>{texts(TEXT[2:])}"
    assert alone(page) == (*TEXT[:2], "Bijlagen", "Bijlage 0", "Bijlage 1", *TEXT[2:])
    assert "Bijlage 0" not in alone(page.replace(f"-{file}", "-ander-bericht"))


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        ("<a href={0}/p/1><div>De kraan blijft staan.</div></a>", "De kraan blijft staan."),
        ("<div><a href={0}/p/1>Bekijk het bericht</a></div>", "Bekijk het bericht"),
    ],
)
def test_a_post_of_another_site_is_quoted_though_it_is_a_link(quoted: str, said: str) -> None:
    post = "<blockquote class=embed>" + quoted.format("https://social.example") + "</blockquote>"
    page = f"<h1>{TITLE}</h1>{texts(TEXT[:2])}{post}{texts(TEXT[2:])}"
    assert alone(page) == (*TEXT[:2], said, *TEXT[2:])
    assert alone(page.replace("https://social.example", HOME)) == TEXT


def test_a_list_of_things_with_a_link_below_each_is_whole() -> None:
    things = [
        line
        for n in range(1, 9)
        for line in (
            f"{n}) Lamp {n}. Hij heeft een kap van glas en brandt, zegt de maker, {n} uur.",
            f"<a href='https://winkel.example/{n}'>https://winkel.example/{n}</a>",
        )
    ]
    short = ["9) Lamp", "<a href='https://winkel.example/9'>https://winkel.example/9</a>"]
    body = texts((*TEXT[:1], *things, *short))
    found = alone(f"<article><h1>{TITLE}</h1><div>{body}</div></article>")
    assert found[-2:] == ("9) Lamp", "https://winkel.example/9")


@pytest.mark.parametrize("greeting", ["Beste leden,", "Hallo allemaal! 👋", "Dag lezers!"])
def test_a_letter_below_a_standfirst_keeps_whom_it_greets(greeting: str) -> None:
    lead = f"<p class=lead>{OTHERS[0]}</p>"
    text = f"<div class=t><p>{greeting}</p>{texts(TEXT)}</div>"
    assert alone(f"<h1>{TITLE}</h1>{lead}{text}") == (OTHERS[0], greeting, *TEXT)


def test_a_text_that_begins_with_a_list_has_all_of_it_and_its_heading() -> None:
    items = ("Duizend bomen!", "Geen nieuwe weg!", f"De wind: {SECOND}", "Kosten")
    first = "".join(f"<li>{one}</li>" for one in items)
    text = f"<h3>In het kort</h3><ul>{first}</ul><h3>De bomen</h3>{texts(TEXT)}"
    expected = ("In het kort", *items, "De bomen", *TEXT)
    assert alone(f"<h1>{TITLE}</h1><p>Tien reacties</p><div class=t>{text}</div>") == expected


@pytest.mark.parametrize(
    "line", ["12 november 2026", "9 november 2026, 14:05", "Laatst gewijzigd 3 mei 2026"]
)
def test_a_list_of_facts_above_a_long_one_is_not_the_text(line: str) -> None:
    first = f"<ul><li>{line}</li><li>{SECOND}</li></ul>"
    assert alone(f"<h1>{TITLE}</h1><div class=t>{first}{texts(TEXT)}</div>")[0] == SECOND


def test_a_short_sentence_that_is_mostly_a_link_may_be_the_first_paragraph() -> None:
    first = "Goed nieuws, zo zegt ook de wijkpost."
    linked = first.replace("zo zegt ook de wijkpost", "<a href=/wijk>zo zegt ook de wijkpost</a>")
    text = f"<p>{linked}</p>{texts(TEXT)}"
    assert alone(f"<h1>{TITLE}</h1><div class=t>{text}</div>") == (first, *TEXT)


def test_a_standfirst_that_is_wrapped_by_hand_has_all_its_lines() -> None:
    lines = ("Bomen geven schaduw", "En zij breken de wind", "langs de hele ringweg van de stad.")
    lead = f"<div class=lead><p>{'<br>'.join(lines)}</p></div><div class=tags>Groen</div>"
    text = f"{lead}<div class=t>{texts(TEXT)}</div>"
    assert alone(f"<h1>{TITLE}</h1>{text}")[: len(lines) + 1] == (*lines, LEAD)


def card(at: str, title: str, teaser: str) -> str:
    return f"<div class=row><a href=/nieuws/{at}><h5>{title}</h5></a><p>{teaser}</p>Jan Jansen 2026-11-20 17:27:46</div>"


def test_a_teaser_in_the_box_of_a_card_below_the_text_is_not_its_end() -> None:
    beside = "".join(
        f"<p class=btn><a href=/nieuws>{where}</a></p>{card(where, STORIES[n][0], STORIES[n][1])}"
        for n, where in enumerate(("volgende", "vorige"))
    )
    text = f"<article><h1>{TITLE}</h1>{texts(TEXT)}<div class=grid>{beside}</div></article>"
    assert alone(text) == TEXT


def test_what_is_said_below_cards_amid_a_text_stays() -> None:
    items = "".join(card(str(n), STORIES[n][0], STORIES[n][1]) for n in range(2))
    text = alone(f"<article><h1>{TITLE}</h1>{texts(TEXT[:2])}{items}{texts(TEXT[2:])}</article>")
    assert STORIES[0][1] in text
    assert text[-2:] == TEXT[2:]


@pytest.mark.parametrize("copies", [2, 3, 4])
def test_a_text_that_stands_in_one_place_more_than_once_is_read_once(copies: int) -> None:
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT) * copies}</div></article>"
    assert alone(page) == TEXT


@pytest.mark.parametrize(
    ("line", "link", "is_kept"),
    [
        ("<p>Meer weten over de bomen</p>", "<p><a href=https://bomen.example/9>{}</a></p>", True),
        ("<p>Meer weten over de bomen</p>", "<p><a href=/bomen/9>{}</a></p>", False),
        ("<p>Meer weten over de bomen</p>", "<div><a href=https://bomen.example/9>{}</a></div>", False),
    ],
)  # fmt: skip
def test_a_line_that_may_head_other_stories_may_say_where_to_look_on_another_site(
    line: str, link: str, is_kept: bool
) -> None:
    address = "https://bomen.example/9"
    text = (
        f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}{line}{link.format(address)}</div></article>"
    )
    assert (alone(text)[-1] == address) is is_kept


def test_lines_of_the_article_below_a_heading_that_may_be_over_other_stories_stay() -> None:
    lines = ("Team Groen, telefoon 0113 55 20 41", "Havenkade 12, Kerkhaven")
    box = f"<div><h1>{TITLE}</h1>{texts(TEXT)}<h2>%s</h2>%s</div>"
    own = alone(box % ("Meer weten?", f"<p>{'<br>'.join(lines)}</p>"))
    assert own == (*TEXT, "Meer weten?", *lines)
    others = "<p><a href=/a>Brug bij Hulst is open</a><br><a href=/b>Schip vaart weer</a></p>"
    assert alone(box % ("Meer nieuws", others)) == TEXT
    aged = "<p>Brug bij Hulst is open<br>2 uur geleden<br>Schip vaart weer<br>3 uur geleden</p>"
    assert alone(box % ("Meer nieuws", aged)) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "More about that in future posts.",
        "Meer over het plan leest u volgende week in deze krant.",
        "Mehr zum Umbau der Brücke folgt im Frühjahr.",
        "Más sobre esto en los próximos días.",
        "Mer om detta i nästa vecka!",
    ],
)
def test_a_sentence_that_sounds_like_a_heading_over_other_stories_is_text(line: str) -> None:
    page = f"<div><h1>{TITLE}</h1>{texts((LEAD, SECOND, line, THIRD))}<p>Tot snel.</p></div>"
    assert alone(page) == (LEAD, SECOND, line, THIRD, "Tot snel.")


@pytest.mark.parametrize("heading", ["Mais sobre:", "Meer over de bomen", "Más información"])
@pytest.mark.parametrize(
    "below",
    [
        texts((THIRD, FOURTH)),
        f"<p><a href=https://bomen.example/kaart>Kaart van de bomen</a></p><p>{FOURTH}</p>",
        "<ul><li><a href=https://bomen.example/kaart>Kaart van de bomen</a></li></ul>",
    ],
)
def test_a_subhead_over_paragraphs_or_sources_is_the_articles_own(heading: str, below: str) -> None:
    text = f"<blockquote><p>{LEAD}</p></blockquote><p>{SECOND}</p><h3>{heading}</h3>{below}"
    found = alone(f"<div><h1>{TITLE}</h1><div>{text}</div></div>")
    assert heading in found
    assert found[-1] in (FOURTH, "Kaart van de bomen")


@pytest.mark.parametrize(
    "below",
    [
        "<p><a href=/nieuws/brug>Brug geopend</a></p>",
        f"<p><a href=/nieuws/brug>Brug geopend</a></p><p>{OTHERS[0]}</p>",
        f"<div><a href=/nieuws/brug><h4>Brug geopend</h4><p>{FOURTH}</p></a></div>",
        "<p>Brug geopend</p>",
    ],
)
def test_links_to_other_stories_below_it_go(below: str) -> None:
    text = f"{texts(TEXT[:3])}<h3>Meer over de bomen</h3>{below}"
    assert alone(f"<div><h1>{TITLE}</h1><div>{text}</div></div>") == TEXT[:3]


def test_a_button_over_the_link_of_a_shop_is_no_subhead() -> None:
    shop = "<p>Read more</p><p><a href=https://winkel.example/2>€ 9 bij Winkel</a></p>"
    assert alone(f"<div><h1>{TITLE}</h1><div>{texts(TEXT)}{shop}</div></div>") == TEXT


def test_the_first_subhead_of_a_live_blog_stays() -> None:
    entries = "".join(
        f"<div class=entry><time>1{hour}:05</time><h3>Boom {hour} staat</h3><p>{paragraph}</p></div>"
        for hour, paragraph in enumerate(TEXT[1:])
    )
    read = alone(f"<div><h1>{TITLE}</h1><p>{LEAD}</p><div class=live>{entries}</div></div>")
    heads = [f"Boom {hour} staat" for hour in range(3)]
    times = [f"1{hour}:05" for hour in range(3)]
    posts = zip(times, heads, TEXT[1:], strict=True)
    assert read == (LEAD, *(one for post in posts for one in post))


@pytest.mark.parametrize(
    "head",
    [
        "<p><strong>{0}.40</strong> – <strong>De bomen</strong><br>Jan Bos</p>",
        "<p><b>Kwekerij nummer {0}</b></p>",
        "<p><strong>De bomen in wijk {0}</strong></p><p>Door de wijkploeg van {0}</p>",
        "<div><strong>{0}.</strong> De linden</div>",
        "<p class=vraag-{0}><b>Vraag {0}</b></p>",
    ],
)
def test_the_first_part_of_a_text_has_its_head_as_the_others_have(head: str) -> None:
    first, second = head.format(18), head.format(19)
    page = f"<h1>{TITLE}</h1><p>9 november 2026</p><div>{first}{texts(TEXT[:2])}{{}}{texts(TEXT[2:])}</div>"
    found = read(html(page.format(second), title=TITLE)).paragraphs
    assert found[0].startswith(document(first).blocks[0].text)
    assert found[-1] == FOURTH
    assert len(found) == len(TEXT) + 2 * len(document(first).blocks)


@pytest.mark.parametrize("line", ["<div><b>Kwekerij en park</b></div>", "<b>Delen</b>"])
def test_a_line_above_a_text_of_another_make_than_its_heads_is_none(line: str) -> None:
    head = "<p><b>Wat er groeit</b></p>"
    page = f"<h1>{TITLE}</h1><div>{line}{texts(TEXT[:2])}{head}{texts(TEXT[2:])}</div>"
    found = read(html(page, title=TITLE)).paragraphs
    assert found == (*TEXT[:2], "Wat er groeit", *TEXT[2:])


def test_a_quotation_pulled_out_of_the_text_is_read_once() -> None:
    said = "Zij moeten de wind breken en het geluid van het verkeer dempen."
    name = "<cite>Anna Bos, wethouder</cite>"
    for around in ("<figure class=quote>{}</figure>", "<aside>{}</aside>", "<div>{}</div>"):
        for quote in (
            f"<p>“{said}”</p>{name}",
            f"<p>{said}</p><p>Anna Bos</p>",
            f"<p>« {said} »</p>",
        ):
            box = around.format(f"<blockquote>{quote}</blockquote>")
            text = f'{texts(TEXT[1:3])}{box}<p>"{said[:-1]}, zegt de wethouder." {FOURTH}</p>'
            found = read(
                html(f"<article><h1>{TITLE}</h1>{texts(TEXT[:1])}{text}</article>")
            ).paragraphs
            assert len(found) == len(TEXT)


def test_a_quotation_of_its_own_and_a_post_stay() -> None:
    for quote in (
        f"<p>{FOURTH}</p>",
        "<p>Geen geld</p>",
        f"<p>{SECOND} <a href=https://post.example/1>3 mei 2025</a></p>",
        f"<p>{SECOND}</p><p>{FOURTH}</p>",
    ):
        body = f"{texts(TEXT[:2])}<blockquote>{quote}</blockquote>{texts(TEXT[2:3])}"
        found = read(html(f"<article><h1>{TITLE}</h1>{body}</article>")).paragraphs
        assert len(found) > len(TEXT[:3])


@pytest.mark.parametrize(
    "note",
    [
        "<p>Let op: het fietspad is in maart een week lang dicht.</p>",
        "<p>Let op</p><div><p>Het fietspad is in maart een week lang dicht.</p></div>",
    ],
)
def test_a_note_between_two_paragraphs_is_text(note: str) -> None:
    page = f"<h1>{TITLE}</h1>{texts(TEXT[:2])}<aside class=noot>{note}</aside>{texts(TEXT[2:])}"
    read = alone(page)
    assert read[:2] + read[-2:] == TEXT and "het fietspad is in maart" in " ".join(read).lower()
    assert alone(page.replace("fietspad", "<a href=/ander>fietspad</a>")) == TEXT
    below = f"<h1>{TITLE}</h1>{texts(TEXT)}<aside class=noot>{note}</aside>"
    assert alone(below) == TEXT


def test_a_note_that_other_articles_have_too_is_none() -> None:
    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        first, *rest = paragraphs
        note = "<aside><p>Wij zoeken vrijwilligers voor onze redactie in de stad.</p></aside>"
        return f"<div><h1>{title}</h1><p>{first}</p>{note}{texts(tuple(rest))}</div>"

    assert read_among(write, *TEXT) == TEXT


@pytest.mark.parametrize("control", ["<button>Stem</button>", "<div><button>Stuur</button></div>"])
@pytest.mark.parametrize("kind", ["radio", "checkbox"])
def test_a_question_that_readers_answer_is_not_text(control: str, kind: str) -> None:
    options = "".join(
        f"<li><label><input type={kind} name=p> {one}</label><span>{share}%</span></li>"
        for one, share in (("Ja, hoe meer hoe beter", 61), ("Nee, te duur", 39))
    )
    poll = f"<div><div>Peiling</div><h3>Meer bomen?</h3><ul>{options}</ul>{control}</div>"
    page = f"<h1>{TITLE}</h1>{texts(TEXT[:2])}{poll}{texts(TEXT[2:])}"
    assert alone(page) == TEXT


def test_what_a_choice_shows_is_text() -> None:
    parts = "".join(
        f"<input type=radio name=deel id=d{n}><label for=d{n}>Deel {n}</label><div><p>{one}</p></div>"
        for n, one in enumerate(TEXT[1:])
    )
    read = alone(f"<h1>{TITLE}</h1><p>{LEAD}</p><div>{parts}<button>Alles</button></div>")
    assert set(TEXT) <= set(read)


def test_what_shops_ask_is_an_advertisement_but_not_a_list_of_things_with_links() -> None:
    def page(*lines: str) -> str:
        items = "".join(f"<li><a rel='sponsored' href=https://w.example>{one}</a>" for one in lines)
        box = f"<div><div>Aanbiedingen</div><ul>{items}</ul></div>"
        return f"<h1>{TITLE}</h1>{texts(TEXT[:2])}{box}{texts(TEXT[2:])}"

    assert alone(page("Bij Tuinzaak € 249,00", "Bij Groenwinkel 255,90 €")) == TEXT
    kept = alone(page("Een spade met een lange steel", "Een gieter"))
    assert "Een spade met een lange steel" in kept


def shop(name: str, *buttons: str, rel: str = "nofollow", brand: str = "Tuinzaak") -> str:
    """A box with a thing, in the markup of no particular plugin."""
    at = f"href=https://winkel.example/{len(name)} rel={rel}"
    links = "".join(f"<li><a {at} target={one[0]}>{one}</a></li>" for one in buttons)
    links = links.replace(f"/{len(name)} ", f"/{len(name)}/zoek ")
    picture = f"<a {at}><img src=/beeld/{len(name)}.jpg width=160 height=160></a>"
    about = f"<div class=over>{brand}</div><ul>{links}</ul>"
    return f"<div class=ding><div>{picture}</div><div><a {at}>{name}</a>{about}</div></div>"


@pytest.mark.parametrize(
    "box",
    [
        shop("Een spade met een lange steel", "Winkel", "Markt"),
        shop("Een spade met een lange steel", "Bij de winkel kopen", rel="sponsored"),
        shop("Een spade met een lange steel", "Winkel", "Markt", brand="Tuinzaak € 24,95"),
        # Two boxes made alike: the second has no picture, and its name is no link.
        shop("Een spade", "Winkel", "Markt")
        + "<div class=ding><div></div><div>Een gieter<ul><li><a href=https://winkel.example/g"
        " rel=nofollow>Winkel</a></li><li><a href=https://markt.example/g rel=nofollow>Markt</a>"
        "</li></ul></div></div>",
    ],
)
def test_the_box_of_a_shop_goes_whole(box: str) -> None:
    page = f"<h1>{TITLE}</h1><div>{texts(TEXT[:2])}{box}{texts(TEXT[2:])}</div>"
    found = extract(document(html(page)), SOURCE, SiteModel(), None)
    assert found.paragraphs == TEXT
    assert "<img" not in found.html


@pytest.mark.parametrize(
    "box",
    [
        shop("Een spade met een lange steel", "Winkel", "Markt", rel="noopener"),
        shop("Een spade", "Winkel", brand=FOURTH),
    ],
)
def test_a_box_for_which_a_site_vouches_or_that_tells_more_is_no_shop_s(box: str) -> None:
    page = f"<h1>{TITLE}</h1><div>{texts(TEXT[:2])}{box}{texts(TEXT[2:])}</div>"
    assert len(alone(page)) > len(TEXT)


def test_a_list_below_a_last_paragraph_in_a_box_of_its_own_is_text() -> None:
    column = f"<div class=kolommen><div class=kolom><p>{FOURTH}</p></div></div>"
    times = "<ul><li>Zaterdag van 11 tot 16 uur</li><li>Gratis toegang</li></ul>"
    page = f"<h1>{TITLE}</h1><div>{texts(TEXT[:3])}{column}{times}</div>"
    assert alone(page) == (*TEXT, "Zaterdag van 11 tot 16 uur", "Gratis toegang")


def test_lists_with_their_headings_in_boxes_below_the_text_belong_to_it() -> None:
    boxes = "".join(
        f"<div class={name}><h3>{name.title()}</h3><ul><li>{one}</li></ul></div>"
        for name, one in (("voordelen", "veel schaduw"), ("nadelen", "veel blad"))
    )
    page = f"<h1>{TITLE}</h1><section>{texts(TEXT)}{boxes}</section>"
    assert alone(page) == (*TEXT, "Voordelen", "veel schaduw", "Nadelen", "veel blad")
    linked = page.replace("veel schaduw", "<a href=/a>veel schaduw</a>")
    assert "veel schaduw" not in alone(linked.replace("veel blad", "<a href=/b>veel blad</a>"))


def test_the_first_subhead_may_stand_in_a_box_with_its_time() -> None:
    posts = "".join(
        f"<div class=post><div class=kop><time>1{hour}:05</time><h3>Boom {hour} staat</h3></div>"
        f"<div class=tekst><p>{paragraph}</p></div></div>"
        for hour, paragraph in enumerate(TEXT[1:])
    )
    read = alone(f"<div><h1>{TITLE}</h1><p>{LEAD}</p><div class=live>{posts}</div></div>")
    posts = ((f"1{hour}:05", f"Boom {hour} staat", TEXT[1 + hour]) for hour in range(3))
    assert read == (LEAD, *(one for post in posts for one in post))


def test_the_times_of_teasers_are_no_text() -> None:
    teasers = "".join(
        f"<li><time>1{hour}:05</time><p><a href=/{hour}>{one}</a></p></li>"
        for hour, one in enumerate(OTHERS)
    )
    assert alone(f"<div><h1>{TITLE}</h1>{texts(TEXT)}</div><ul>{teasers}</ul>") == TEXT


def test_an_offer_on_few_pages_goes_as_the_lines_around_it_are_the_sites() -> None:
    offer = (
        "Krijg toegang tot alle artikelen, de krant en de podcasts. De eerste maand kost maar een euro,"
        " daarna 19,90 euro per maand, en opzeggen kan altijd."
    )
    box = f"<div><h2>Lees verder</h2><p>{offer}</p><a href=/abonnee>Word abonnee</a></div>"

    def write(title: str, text: str, *, closed: bool) -> str:
        body = f"<article><h1>{title}</h1><div><p>{text}</p>{box if closed else ''}</div></article>"
        return html(body, title=title)

    siblings = tuple(
        write(title, first, closed=n < 2) for n, (title, first, _) in enumerate(STORIES)
    )
    assert read(write(TITLE, LEAD, closed=True), siblings=siblings).paragraphs == (LEAD,)


@pytest.mark.parametrize(
    "files",
    [
        "<h2>Bijlagen</h2><ul><li><a href=/f?id=7>Tekening.pdf</a> [PDF, 1,2 MB]</li></ul>",
        "<h3>Downloads</h3><p><a href=/f/plan.docx>Het plan</a></p>",
        "<p><strong>Stukken:</strong></p><ul><li><a href=/f/plan.pdf>Het plan</a></li></ul>",
        "<ul><li><a href=/f?id=7>Het plan (pdf, 640 kB)</a></li></ul>",
        "<p><a href=/f?id=7>Het plan 1,2 MB</a></p>",
    ],
)
def test_files_in_a_box_below_the_text_go_with_it(files: str) -> None:
    text = f"<div class=tekst>{texts(TEXT)}</div>"
    page = f"<div class=midden><h1>{TITLE}</h1>{text}<div class=bestanden>{files}</div></div>"
    read = alone(page)
    assert read[:4] == TEXT and len(read) in (5, 6)


def test_a_link_to_the_page_as_a_file_is_no_attachment() -> None:
    text = f"<div class=tekst>{texts(TEXT)}</div>"
    link = "<div class=knoppen><a href=/nieuws/bomen.pdf>Download dit bericht</a></div>"
    assert alone(f"<div class=midden><h1>{TITLE}</h1>{text}{link}</div>") == TEXT


@pytest.mark.parametrize(
    "lines", [("Waar: bij de molen", "Wanneer: zaterdag om 11 uur"), ("Pers", "Jan Bos")]
)
@pytest.mark.parametrize("split", ["</p><p>", "<br>"])
def test_a_box_of_lines_below_the_last_paragraph_is_text(
    lines: tuple[str, str], split: str
) -> None:
    box = f"<div class=kader><p>{split.join(lines)}</p></div>"
    page = f"<h1>{TITLE}</h1><div>{texts(TEXT)}{box}</div>"
    assert alone(page) == (*TEXT, *lines)
    linked = page.replace(lines[1], f"<a href=/x>{lines[1]}</a>")
    assert lines[1] not in alone(linked)
    many = page.replace(lines[1], "</p><p>".join(f"regel {n}" for n in range(9)))
    assert alone(many) == TEXT


def test_a_box_of_lines_that_other_articles_have_too_is_none() -> None:
    box = "<div class=kader><p>Redactie</p><p>Telefoon 055 12 34 56</p></div>"

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        return f"<div><h1>{title}</h1><div>{texts(paragraphs)}{box}</div></div>"

    assert read_among(write, *TEXT) == TEXT


@pytest.mark.parametrize(
    "signed", [("Met vriendelijke groet", "Jan Bos"), ("Groeten", "Jan", "Wijkploeg")]
)
def test_a_signed_letter_may_greet_without_a_comma(signed: tuple[str, ...]) -> None:
    letter = ("Beste buren", *TEXT[:3], *signed)
    assert alone(f"<article><h1>{TITLE}</h1><div>{texts(letter)}</div></article>") == letter


def test_a_paragraph_of_lines_is_not_all_of_a_text_with_others_like_it() -> None:
    """Most of the text stands in one paragraph, line by line; the rest in those below it."""
    lines = f"<p>{LEAD}<br>{SECOND}<br>{THIRD} {FOURTH}</p>"
    rest = (
        "Voorzitter: Anna de Wit",
        "Secretaris: Piet Baars",
        "Wij danken alle helpers hartelijk.",
    )
    text = f"<h1>{TITLE}</h1><div>{lines}<p>{'<br>'.join(rest[:2])}</p><p>{rest[2]}</p></div>"
    assert alone(text) == (LEAD, SECOND, f"{THIRD} {FOURTH}", *rest)


def test_lines_in_one_paragraph_beside_what_is_made_otherwise_are_the_text() -> None:
    lines = f"<p>{LEAD}<br>{SECOND}<br>{THIRD} {FOURTH}</p>"
    text = f"<h1>{TITLE}</h1><div>{lines}<p class=about>{SHORT}</p></div>"
    assert alone(text) == (LEAD, SECOND, f"{THIRD} {FOURTH}")


@pytest.mark.parametrize("address", ["/cursus/2027", f"{HOME}/inschrijven/"])
def test_a_link_called_like_the_story_to_another_page_is_part_of_it(address: str) -> None:
    news = f"<p>{LEAD}</p><p><a href={address}>{TITLE}</a>: meld u aan.</p>"
    assert alone(f"<h1>{TITLE}</h1><div>{news}</div>") == (LEAD, f"{TITLE}: meld u aan.")


BUILT = "<section class=block-{}><div class=grid><div class=cell><p>{}</p></div></div></section>"


def test_lines_at_the_end_of_a_text_whose_paragraphs_have_boxes_of_their_own() -> None:
    """As page builders make them."""
    whole = (*TEXT, "Kort nieuws", "Veel plezier ermee!")
    text = "".join(BUILT.format(number, one) for number, one in enumerate(whole))
    other = "<section class=site><div class=grid><p>Volg ons ook elders</p></div></section>"
    assert alone(f"<div><h1>{TITLE}</h1></div><main>{text}{other}</main>") == whole


@pytest.mark.parametrize("made", ["<p>{}</p>", BUILT.replace("{}", "9", 1)])
def test_links_to_files_below_a_text_are_its_own(made: str) -> None:
    file, other = "<a href=/uploads/form.doc>Formulier</a>", "<a href=/contact>Naar contact</a>"
    text = "".join(map(made.format, (*TEXT, file, other)))
    assert alone(f"<h1>{TITLE}</h1><div class=t>{text}</div>") == (*TEXT, "Formulier")


def test_marks_of_a_word_processor_do_not_part_a_line() -> None:
    """`<o:p>` ends each paragraph that was written in Word, and `<st1:place>` names a place."""
    item = "<li><b>{0}</b><i><span>, in het <st1:place>Theater</st1:place> van {0}<o:p></o:p></span></i></li>"
    items = "".join(item.format(place) for place in ("Goes", "Hulst", "Veere"))
    text = f"<h1>{TITLE}</h1><div>{texts(TEXT)}<ol>{items}</ol></div>"
    assert alone(text) == (
        *TEXT,
        *(f"{place}, in het Theater van {place}" for place in ("Goes", "Hulst", "Veere")),
    )


@pytest.mark.parametrize("made", ["<p>{}</p>", "<h3>{}</h3>"])
def test_a_line_that_announces_what_only_one_page_has_is_no_furniture(made: str) -> None:
    """Every story ends with "Bronnen:", and each has its own."""

    def write(title: str, paragraphs: tuple[str, ...]) -> str:
        sources = "".join(
            f"<p><a href=https://krant.example/{one}-{len(title)}>{one} van {title}</a></p>"
            for one in ("Verslag", "Besluit")
        )
        text = f"{texts(paragraphs)}{made.format('Bronnen:')}{sources}"
        return f"<div><h1>{title}</h1>{text}</div>"

    found = read_among(write, *TEXT)
    assert found == (*TEXT, "Bronnen:", f"Verslag van {TITLE}", f"Besluit van {TITLE}")


def test_a_short_notice_is_whole_though_its_listing_shows_it_whole() -> None:
    notice = (f"{TITLE} staat online!", "Inschrijven kan via de secretaris.")
    shown = f"<p><a href=/cursus/27>{TITLE}</a> staat online!</p><p>{notice[1]}</p>"
    page = document(html(f"<h1>{TITLE}</h1>{shown}", title=TITLE), "/nieuws/een")
    other = f"<h1>Zwemmen gaat niet door</h1>{texts((LEAD, SECOND))}"
    second = document(html(other), "/nieuws/twee")
    listing = document(
        html(
            f"<h2><a href=/nieuws/een>{TITLE}</a></h2>{shown}"
            f"<h2><a href=/nieuws/twee>Zwemmen gaat niet door</a></h2>{texts((LEAD, SECOND))}"
        ),
        "/nieuws",
    )
    link = Link(url=f"{HOME}/nieuws/een", title=TITLE)
    model = learn(SiteModel(), [(listing, [link])], [page, second])
    assert extract(page, SOURCE, model, link).paragraphs == notice


# Amid two paragraphs: what it must keep, however much it looks like something beside the text.
OWN_PARTS = {
    "who held an office": (
        "<ul><li>Van Rompuy, 1 december 2009</li><li>Di Rupo, 6 december 2011</li></ul>",
        ["Van Rompuy, 1 december 2009", "Di Rupo, 6 december 2011"],
    ),
    "the result of an election": (
        "<div><h2>Hoe stemde het dorp?</h2><ul><li>CDA 60 %</li><li>VVD 40 %</li></ul></div>",
        ["Hoe stemde het dorp?", "CDA 60 %", "VVD 40 %"],
    ),
    "a rating": ("<div class=r>★★★★☆</div>", ["★★★★☆"]),
    "a subhead of a theme": (
        f"<h3 class=anchorWithStickyNavbar>De aanleg</h3><p>{BODY[2]}</p>",
        ["De aanleg", BODY[2]],
    ),
}


@pytest.mark.parametrize("kind", OWN_PARTS)
def test_what_only_looks_like_something_beside_a_text_is_part_of_it(kind: str) -> None:
    markup, said = OWN_PARTS[kind]
    text = alone(f"<p>{BODY[0]}</p>{markup}<p>{BODY[3]}</p>")
    assert text == (BODY[0], *said, BODY[3])


# Beside the text: in a box below it.
BESIDE_TEXT = {
    "a poll with its results": (
        "<div class=poll><h3>Peiling</h3><p>Gaat u dit jaar weg?</p><ul><li>Ja 61 %</li>"
        "<li>Nee 39 %</li></ul></div>"
    ),
    "a reply": (
        "<div itemscope itemtype='https://schema.org/Comment'><p>Wat een goed plan van de gemeente, dat "
        "had van mij jaren eerder gemogen.</p></div>"
    ),
}


@pytest.mark.parametrize("kind", BESIDE_TEXT)
def test_polls_and_replies_are_not_the_text(kind: str) -> None:
    own = (BODY[0], BODY[3])
    assert alone(f"<div>{texts(own)}</div>{BESIDE_TEXT[kind]}") == own


def test_a_first_line_that_is_a_link_to_another_site_is_part_of_the_text() -> None:
    for line, is_kept in (
        ("<a href=https://elders.example/12>Luister naar het hele gesprek</a>", True),
        ("<a href=https://elders.example/12>https://elders.example/12</a>", True),
        ("<a href=https://elders.example/12>Elders</a>", False),
        ("<a href=/nieuws/12>Lees eerst het vorige verhaal</a>", False),
    ):
        page = f"<article><h1>{TITLE}</h1><div><p>{line}</p>{texts(TEXT)}</div></article>"
        assert (re.sub("<.*?>", "", line) in alone(page)) is is_kept


def test_two_links_to_other_sites_in_a_list_below_the_text_are_part_of_it() -> None:
    first, second = "Bekijk het hele gesprek", "Lees het blog van de wijk"
    items = "<li><a href=https://film.example/{}>{}</a></li>"
    told = items.format(1, first) + items.format("blog", second)
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}<ul>{told}</ul></div>{{}}</article>"
    assert alone(page.format(""))[-2:] == (first, second)
    names = items.format(1, "Facebook") + items.format(2, "Instagram")
    assert "Facebook" not in alone(page.replace(told, names).format(""))
    below = page.replace(f"<ul>{told}</ul>", "").format(f"<ul>{told}</ul>")
    assert first not in alone(below)


def test_a_line_of_a_paragraph_may_lead_to_an_article_of_the_site() -> None:
    line = "Met:<br><a href=/nieuws/12>De muziek</a><br>Het koor<br><br>Zaal: <br>De Kom"
    page = f"<article><h1>{TITLE}</h1><div>{texts(TEXT)}<p>{line}</p></div></article>"
    other = html(f"<article><h1>De fanfare</h1><div><p>{LEAD}</p></div></article>")
    found = read(html(page), siblings=(other,)).paragraphs
    assert found[-5:] == ("Met:", "De muziek", "Het koor", "Zaal:", "De Kom")


OWN_BOXES = (
    "<div class=blok><img src=/foto/bomen.jpg width=800 height=500><p>Een rij linden langs de ringweg.</p></div>",
    "<div class=blok><p>Wie wil helpen, meldt zich voor vrijdag bij de wijkpost.</p></div>",
)


def test_a_box_of_a_shop_costs_no_own_box_that_is_made_like_it() -> None:
    goods = f"<div class=blok>{shop('Een spade', 'Winkel', 'Markt', rel='sponsored')}</div>"
    page = read(
        html(
            f"<div><h1>{TITLE}</h1><div>{texts(TEXT)}{goods}{''.join(OWN_BOXES)}<p>{TEXT[0]} Nog eens.</p></div></div>"
        )
    )
    assert "Een spade" not in page.html
    assert "bomen.jpg" in page.html
    assert "Wie wil helpen, meldt zich voor vrijdag bij de wijkpost." in page.paragraphs


def test_a_picture_over_a_credit_with_links_that_the_site_does_not_vouch_for_is_no_shop() -> None:
    credit = (
        "<p>Foto: <a rel=nofollow href=https://foto.example/jan>Jan Vos</a>"
        " (<a rel=nofollow href=https://licentie.example/by>CC BY</a>)</p>"
    )
    picture = "<a rel=nofollow href=https://foto.example/9><img src=/foto/bomen.jpg width=800 height=500></a>"
    box = f"<div class=wp-caption>{picture}{credit}</div>"
    page = read(
        html(f"<div><h1>{TITLE}</h1><div><p>{TEXT[0]}</p>{box}{texts(TEXT[1:])}</div></div>")
    )
    assert "bomen.jpg" in page.html


STEPS = "<li>Open het raam</li><li>Typ dit:<pre>zet-aan --alles --nu --en-laat-het-zo tot morgenvroeg, want dan is er weer stroom in heel het huis</pre></li>"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (f"<p>Zo gaat het:</p><ul>{STEPS}</ul>", "Zo gaat het:"),
        (
            (
                "<ol><li><h4>Het raam</h4><p>Kijk even.</p></li><li><h4>De deur</h4><p>Ga naar de deur"
                " en doe die open, zodat de warme lucht naar buiten kan en de koude naar binnen.</p>"
                "</li></ol>"
            ),
            "Het raam",
        ),
    ],
)
def test_a_text_that_begins_in_an_item_has_the_items_above_it(text: str, first: str) -> None:
    facts = "<ul class=meta><li>Geplaatst: 2 november 2016</li><li>Door: Jan Jansen</li></ul>"
    page = html(f"<div><h1>{TITLE}</h1>{facts}<div>{text}</div></div>")
    assert read(page).paragraphs[0] == first


def test_the_items_of_a_layout_are_none() -> None:
    layout = "<ul><li class=kop><p>Lokaal</p></li><li class=tekst>{}</li></ul>"
    page = html(f"<div><h1>{TITLE}</h1>{layout.format(paragraphs())}</div>")
    assert read(page).paragraphs[0] != "Lokaal"
