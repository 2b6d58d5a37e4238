"""The headline, as readers see it."""

from __future__ import annotations

import pytest

from feedbot.model import Link
from tests.sample_pages import HOME, PARAGRAPHS, TITLE, document, html, paragraphs, read

LONG = "Rusland steekt extra geld in het spoor"
OG = '<meta property="og:title" content="{}"><meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("h1", "title"),
    [
        ("CO<sub>2</sub>-uitstoot van de haven daalt", "CO2-uitstoot van de haven daalt"),
        ("Raad valt over <em>haven</em>-beleid", "Raad valt over haven-beleid"),
        ("Recensie <i>Oorlog en vrede</i>: acht delen", "Recensie Oorlog en vrede: acht delen"),
        ("Gemeente<wbr>raad stemt over de haven", "Gemeenteraad stemt over de haven"),
        ("<span>R</span>aad valt over het beleid", "Raad valt over het beleid"),
        ("Raad valt<br>over het beleid", "Raad valt over het beleid"),
        ("<div>Raad valt</div><div>over het beleid</div>", "Raad valt over het beleid"),
        ("<span>Raad valt:</span><span>Nieuw beleid</span>", "Raad valt: Nieuw beleid"),
        ("Raad valt <svg><title>Logo</title></svg> over het beleid", "Raad valt over het beleid"),
    ],
)
def test_a_heading_reads_as_a_browser_shows_it(h1: str, title: str) -> None:
    assert read(html(f"<div><h1>{h1}</h1>{paragraphs()}</div>", title=title)).title == title


@pytest.mark.parametrize(
    "h1",
    [
        f"<span class=kicker>Binnenland</span> <span>{TITLE}</span>",
        f"<span>Binnenland</span>{TITLE}",
        f"<small>Binnenland</small><br>{TITLE}",
        f"<strong>Binnenland:</strong> {TITLE}",
        f"{TITLE} <small>Binnenland</small>",
        f"{TITLE} <a href=#reacties>12 reacties</a> <a href=/edit>Bewerken</a>",
        f"{TITLE}<span>|</span><a href=#reacties>12 reacties</a>",
    ],
)
def test_a_kicker_within_the_h1_is_no_part_of_the_title(h1: str) -> None:
    assert read(html(f"<div><h1>{h1}</h1>{paragraphs()}</div>")).title == TITLE


def test_what_the_title_has_too_is_no_kicker() -> None:
    h1 = f"<span>Ruzie om het spoor:</span> {TITLE}"
    both = f"Ruzie om het spoor: {TITLE}"
    assert read(html(f"<div><h1>{h1}</h1>{paragraphs()}</div>", title=both)).title == both


def test_two_different_kickers_are_left_off() -> None:
    page = html(
        f"<div><h1>Onrust in Moskou - {TITLE}</h1>{paragraphs()}</div>",
        OG.format(f"Kremlin in de knel: {TITLE}"),
        title=f"Kremlin in de knel: {TITLE}",
    )
    assert read(page).title == TITLE


def test_a_heading_by_role_is_an_h1() -> None:
    markup = f"<div><div role=heading aria-level=1>{TITLE}</div>{paragraphs()}</div>"
    assert read(html(markup, title=f"{LONG} | Kort nieuws van vandaag")).title == TITLE


def test_the_only_h1_comes_before_a_title_for_search_engines() -> None:
    page = html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", OG.format(LONG), title=LONG)
    assert read(page).title == TITLE


def test_a_slogan_in_the_h1_does_not() -> None:
    page = html(f"<div><h1>Altijd dichtbij huis</h1>{paragraphs()}</div>", OG.format(TITLE))
    assert read(page).title == TITLE


DESCRIBED = "Rusland trekt miljarden uit voor nieuw spoor naar het zuiden, zegt de minister."
LD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s"}</script>"""


@pytest.mark.parametrize("name", ["name=description", "property=og:description"])
@pytest.mark.parametrize("cut", [DESCRIBED, DESCRIBED[:70] + "…"])
def test_json_ld_that_repeats_the_description_is_no_headline(name: str, cut: str) -> None:
    head = f'<meta {name} content="{cut}">{LD % DESCRIBED}'
    assert read(html(f"<h1>{TITLE}</h1>{paragraphs()}", head)).title == TITLE


def test_a_description_that_repeats_the_headline_takes_nothing_from_it() -> None:
    head = f'<meta name=description content="{LONG}. En meer.">{LD % LONG}'
    page = html(f"<h1>Spoor</h1>{paragraphs()}", head, title=f"{LONG} - Krant")
    assert read(page).title == LONG


@pytest.mark.parametrize("listed", [TITLE[:30], f"{TITLE[:30]}...", f"{TITLE[:30]} …"])
def test_a_headline_that_the_listing_cuts_short_is_whole_in_a_heading(listed: str) -> None:
    page = html(f"<div><h2 class=t>{TITLE}</h2>{paragraphs()}</div>", title=f"{TITLE}_Krant")
    link = Link(url=f"{HOME}/buitenland/12", title=listed)
    assert read(page, link=link, path="/buitenland/12").title == TITLE


def test_a_headline_that_the_listing_says_it_cuts_short_is_whole_in_the_title() -> None:
    page = html(f"<div><p class=t>{TITLE}</p>{paragraphs()}</div>")
    for listed, title in ((f"{TITLE[:30]}…", TITLE), ("Meer geld voor het spoor…",) * 2):
        link = Link(url=f"{HOME}/buitenland/12", title=listed)
        assert read(page, link=link, path="/buitenland/12").title == title


SITE = "Gemeente Veldkerk"
SAME = f'<meta property="og:title" content="{SITE}"><meta property="og:site_name" content="{SITE}">'
NAMED = f"{SITE} - Nieuws - {TITLE}"
LISTED = Link(url=f"{HOME}/nieuws/1", title=TITLE)


def below(headline: str, above: str = "<h1>Nieuws en berichten</h1>", more: str = "") -> str:
    return f"<div class=banner>{above}</div><div>{headline}{paragraphs()}</div>{more}"


@pytest.mark.parametrize(
    ("body", "head", "title"),
    [
        pytest.param(below(f"<h2>{TITLE}</h2>"), SAME, NAMED, id="an h1 of the section"),
        pytest.param(below(f"<h2>{TITLE}</h2>", f"<h1>{SITE}</h1>"), SAME, NAMED, id="of the site"),
        pytest.param(below(f"<h3>{TITLE}</h3>", ""), SAME, TITLE, id="no h1"),
        pytest.param(
            below(f"<h2>{TITLE}</h2>"), OG.format(SITE), NAMED, id="an article in OpenGraph"
        ),
        pytest.param(below(f"<h4>{TITLE}</h4>"), "", f"{TITLE} | {SITE}", id="no OpenGraph"),
        pytest.param(below(f"<h2>{TITLE.upper()}</h2>"), SAME, NAMED, id="capitals"),
        pytest.param(
            below(f"<h2><a href=/spoor>{TITLE}</a></h2>", f"<h1>{SITE}</h1>"),
            "",
            f"{TITLE} - {SITE}",
            id="a link to itself below the name of the site",
        ),
    ],
)
def test_a_lower_heading_that_listing_and_title_repeat_is_the_headline(
    body: str, head: str, title: str
) -> None:
    page = html(body, head).replace(f"<title>{TITLE} - Nieuws<", f"<title>{title}<")
    found = read(page, link=LISTED)
    assert found.title.casefold() == TITLE.casefold()
    assert found.origins.title == "heading"


@pytest.mark.parametrize(
    ("body", "link"),
    [
        pytest.param(below(f"<h2>{LONG}</h2>", f"<h1>{TITLE}</h1>"), LISTED, id="the h1 is"),
        pytest.param(
            below("", f"<h1>{TITLE}</h1>", f"<h2><a href=/x>{LONG}</a></h2>"),
            Link(url=f"{HOME}/nieuws/1", title=LONG),
            id="a link to another page",
        ),
        pytest.param(below("<h2>Spoor</h2>", f"<h1>{TITLE}</h1>"), LISTED, id="a subhead"),
    ],
)
def test_else_the_h1_stays_the_headline(body: str, link: Link) -> None:
    assert read(html(body), link=link).title == TITLE


def test_the_name_of_the_site_in_opengraph_is_no_headline() -> None:
    page = html(below(f"<h2>{TITLE}</h2>"), SAME).replace(
        f"<title>{TITLE} - Nieuws<", f"<title>{NAMED}<"
    )
    assert read(page).title != SITE


ACME = "<meta property='og:site_name' content='{}'>"


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Acme Group — офіційний дистриб'ютор мостів", "Acme Group Україна"),
        ("Acme – partner van de gemeente Goes", "Acme"),
        ("Acme - ein Name mit langer Geschichte", "Acme Europe"),
        ("Acme — trente ans de ponts au bord du fleuve", "Acme"),
    ],
)
@pytest.mark.parametrize("shown", ["<h2>{}</h2>", "<h1>{}</h1>"])
def test_a_name_of_the_site_that_begins_a_sentence_stays(title: str, site: str, shown: str) -> None:
    body = f"<div>{shown.format(title)}{paragraphs()}</div>"
    head = ACME.format(site)
    page = f"<html><head><title>{title} - {site}</title>{head}</head><body>{body}</body></html>"
    assert read(page).title == title


def test_a_name_with_which_most_titles_begin_is_no_part_of_them() -> None:
    def page(title: str) -> str:
        head = f"<title>Acme - {title} - Acme Europe</title>{ACME.format('Acme Europe')}"
        text = f"<p>{title} kost de stad veel geld, zegt de wethouder van {title}.</p>" * 2
        return f"<html><head>{head}</head><body><div>{text}</div></body></html>"

    others = tuple(page(f"{TITLE} {number}") for number in range(6))
    assert read(page(TITLE), siblings=others).title == TITLE


@pytest.mark.parametrize("day", ["<div>Thursday, 10 July 2014</div>", "<p>10 juli 2014</p>"])
def test_a_day_on_a_line_of_its_own_in_the_h1_is_no_part_of_the_title(day: str) -> None:
    body = f"<article><h1>{TITLE} {day}</h1>{paragraphs()}</article>"
    assert read(html(body)).title == TITLE


def test_a_day_in_the_line_of_the_h1_is_part_of_the_title() -> None:
    title = f"{TITLE} op 10 juli 2014"
    body = f"<article><h1>{TITLE} <span>op 10 juli 2014</span></h1>{paragraphs()}</article>"
    assert read(html(body).replace(f"<title>{TITLE}", f"<title>{title}")).title == title


ROOF = "Het saaiste dak van het dorp | Of niet?"


def shown(headline: str, tag: str, title: str, texts: tuple[str, ...] = PARAGRAPHS) -> str:
    text = f"<div><{tag}>{headline}</{tag}>{paragraphs(texts)}</div>"
    body = f"<div><a href='/'>De Dijk</a></div>{text}"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("tag", ["h1", "h2"])
@pytest.mark.parametrize("behind", [" - De Dijk - NL", " | De Dijk", " – Nieuws uit Kats"])
def test_a_bar_in_the_headline_of_listing_and_page_is_its_own(tag: str, behind: str) -> None:
    link = Link(url=f"{HOME}/x", title=ROOF)
    article = read(shown(ROOF, tag, ROOF + behind), link=link, path="/x")
    assert article.title == ROOF
    assert article.paragraphs[0] == PARAGRAPHS[0]


def test_what_ends_most_headlines_is_no_part_of_any() -> None:
    others = ("Brug weer open voor wie", "Haven dicht door zand", "Nieuw zwembad in het dorp")
    siblings = tuple(
        shown(f"{one} | Krant", "h1", f"{one} | Krant - Zeeland", (f"{one}: zo begint het.",) * 3)
        for one in others
    )
    link = Link(url=f"{HOME}/x", title=f"{TITLE} | Krant")
    page = shown(f"{TITLE} | Krant", "h1", f"{TITLE} | Krant - Zeeland")
    assert read(page, siblings=siblings, link=link, path="/x").title == TITLE


@pytest.mark.parametrize("name", ["De Dijk", "Of niet?"])
@pytest.mark.parametrize("tag", ["h1", "h2", "h3"])
def test_a_heading_with_a_name_behind_the_title_is_no_text(tag: str, name: str) -> None:
    link = Link(url=f"{HOME}/x", title="Het saaiste dak van het dorp")
    page = shown(f"{link.title} | {name}", tag, f"{link.title} | Nieuws")
    article = read(page, link=link, path="/x")
    assert article.title == link.title
    assert article.paragraphs[0] == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "title",
    [
        "De stad bouwt een « brug van het zuiden »",
        "De « brug van het zuiden » staat er",
        "De «brug van het zuiden»",
        "De « brug » en het « veer »",
    ],
)
@pytest.mark.parametrize("name", [" — ANVR", " | ANVR"])
def test_a_mark_that_ends_a_quotation_parts_no_title(title: str, name: str) -> None:
    """Several pages tell the name of the site."""
    siblings = tuple(
        html(
            f"<div>{paragraphs().replace('e', str(at))}</div>",
            title=f"Een ander verhaal, nummer {at}{name}",
        ).replace(" - Nieuws", "")
        for at in range(4)
    )
    page = html(f"<div>{paragraphs()}</div>", title=f"{title}{name}").replace(" - Nieuws", "")
    assert read(page, siblings=siblings).title == title


CUT_SHORT = TITLE[: len(TITLE) // 2]
SLOGAN = "Het nieuws van vandaag"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"<p style='font-size:24px'>{TITLE}</p>", TITLE),
        (f"<p>{TITLE} en dat is goed nieuws voor wie met de trein reist naar zijn werk.</p>", CUT_SHORT),
        (f"<p><a href=/spoor>{TITLE}</a></p>", CUT_SHORT),
        (f"<p>{TITLE}</p><p>{TITLE} en zuiden</p>", CUT_SHORT),
    ],
)  # fmt: skip
@pytest.mark.parametrize("dots", ["", " …"])
def test_a_headline_that_the_listing_cuts_is_whole_in_a_line(
    line: str, title: str, dots: str
) -> None:
    page = html(f"<div>{line}<div>12-01-2026</div>{paragraphs()}</div>", title=SLOGAN)
    link = Link(url=f"{HOME}/buitenland/spoor", title=CUT_SHORT + dots)
    found = read(page.replace(f"{SLOGAN} - Nieuws", SLOGAN), link=link).title
    assert found == (title if title == TITLE else title + dots)


@pytest.mark.parametrize("rest", ['"een ramp" voor de stad', "«une ruine»", "€3 miljoen te duur"])
def test_a_headline_that_is_cut_goes_on_with_a_quotation_or_a_sum(rest: str) -> None:
    page = html(f"<div><p>{TITLE} {rest}</p>{paragraphs()}</div>", title=SLOGAN)
    link = Link(url=f"{HOME}/buitenland/spoor", title=TITLE)
    found = read(page.replace(f"{SLOGAN} - Nieuws", SLOGAN), link=link).title
    assert found == f"{TITLE} {rest}"


@pytest.mark.parametrize(
    ("line", "listed", "titled"),
    [
        (f"<p>{TITLE} (foto Jan Bos)</p>", TITLE, SLOGAN),
        (f"<p>{TITLE}: reacties</p>", TITLE, SLOGAN),
        (f"<p>{TITLE}, lees hier meer</p>", TITLE, TITLE),
        (f"<p>{TITLE} lees hier meer</p>", TITLE, TITLE),
    ],
)
def test_a_line_that_only_begins_as_a_whole_headline_is_not_it(
    line: str, listed: str, titled: str
) -> None:
    page = html(f"<div>{line}{paragraphs()}</div>", title=titled)
    link = Link(url=f"{HOME}/buitenland/spoor", title=listed)
    assert read(page.replace(f"{titled} - Nieuws", titled), link=link).title == listed
    part = page.replace(line, f"<p>{TITLE} (2)</p>").replace(f"<title>{titled} - Nieuws", "<title>")
    assert read(part, link=link).title == f"{TITLE} (2)"


def weblog(title: str, line: str, named: str = "") -> str:
    """A post whose listing has no headline, but the first line of its text."""
    head = f"<h2><div class=titel>{title}</div></h2>"
    text = paragraphs().replace("e", f"e{len(title)}")
    page = html(f"<div>{head}<div>{line}<br>{text}</div></div>", title=title)
    return page.replace(f"<title>{title} - Nieuws", f"<title>Het weblog: {named or title}")


LINE = "12 Jan Jansen schreef op 3 mei 2006"


@pytest.mark.parametrize("known", [0, 4])
def test_a_box_within_a_heading_is_the_heading(known: int) -> None:
    """`<title>` ends in the heading; other pages show that this is not their section."""
    posts = tuple(weblog(f"Bericht over de haven {'x' * at}", f"{at} Jan") for at in range(known))
    link = Link(url=f"{HOME}/buitenland/spoor", title=LINE)
    found = read(weblog(TITLE, LINE), siblings=posts, link=link)
    assert found.title == (TITLE if known else LINE)


@pytest.mark.parametrize("below", [False, True])
def test_a_section_in_the_title_of_a_page_is_no_headline(*, below: bool) -> None:
    section = "Buitenland"

    def shown(headline: str, section: str) -> str:
        around = (f"<p>{headline}</p>", f"<h2>{section}</h2>")
        first, last = around if below else around[::-1]
        body = first + paragraphs().replace("e", f"e{len(headline)}") + last
        body = body if below else first + last + paragraphs().replace("e", f"e{len(headline)}")
        page = html(f"<div>{body}</div>", title=headline)
        return page.replace(f"<title>{headline} - Nieuws", f"<title>De Krant: {section}")

    others = [shown(f"Een ander verhaal {'x' * at}", "Sport") for at in range(3)]
    others += [shown("Nog een verhaal uit het buitenland", section)]
    link = Link(url=f"{HOME}/buitenland/spoor", title=TITLE)
    for siblings in ((), tuple(others)):
        assert read(shown(TITLE, section), siblings=siblings, link=link).title == TITLE


def test_what_stands_beside_a_box_in_a_heading_is_another_line() -> None:
    blocks = document(f"<h2><div>Verkeer</div>{TITLE}</h2><h2><div>{TITLE}</div></h2>").blocks
    assert [(one.tag, one.text) for one in blocks] == [
        ("div", "Verkeer"),
        ("h2", TITLE),
        ("h2", TITLE),
    ]


def test_an_attribute_that_a_quotation_mark_ends_is_no_headline() -> None:
    headline = 'Vijf tips om "leuk" oud te worden'
    head = f'<meta property="og:title" content="{headline}"/>'
    for title in (headline, "Nieuws"):
        page = html(f"<h1>{headline}</h1>{paragraphs()}", head, title=title)
        assert read(page.replace("Nieuws - Nieuws", "Nieuws")).title == headline


@pytest.mark.parametrize("section", ["Basisschool", "Jaar 2026"])
def test_a_double_bar_parts_a_title_once_and_may_stand_in_headlines(section: str) -> None:
    def shown(headline: str) -> str:
        return html(f"<h1>{headline}</h1>{paragraphs().replace('e', headline[0])}", title=headline)

    headline = f"Avond voor ouders || {section}"
    others = tuple(shown(f"{name} || Basisschool") for name in ("Feest", "Markt", "Zang", "Dans"))
    link = Link(url=f"{HOME}/buitenland/spoor", title=headline)
    assert (
        read(shown(headline), siblings=(*others, *map(shown, "ABCDEFGH")), link=link).title
        == headline
    )
