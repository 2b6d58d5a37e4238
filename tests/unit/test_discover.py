"""Listings: articles told from everything else that is linked."""

from __future__ import annotations

from datetime import timedelta
from time import process_time

import pytest

from feedbot.model import Link, Select, Source
from feedbot.read.discover.addresses import form_of
from feedbot.read.discover.learning import Known, learn_kind
from feedbot.read.discover.links import consider, discover
from feedbot.read.discover.onward import next_page, sections
from tests.sample_pages import HOME, LISTING, NOW, SOURCE, document

SLUGS = (
    "brand-in-haven-van-rilland",
    "koning-opent-nieuwe-brug-bij-kats",
    "regen-verdrijft-toeristen",
)
TITLES = (
    "Brand in haven van Rilland geblust",
    "Koning opent brug bij Kats",
    "Regen verdrijft toeristen",
)
NAVIGATION = """
<div><a href="/">Home</a><a href="/buitenland">Buitenland</a><a href="/binnenland">Binnenland</a>
<a href="/economie">Economie</a><a href="/weer">Het weer van vandaag en morgen</a>
<a href="https://elders.example.com/een-lang-artikel-van-een-ander">Ergens anders op het web</a>
<a href="mailto:redactie@example.org">Mail de redactie van deze site</a></div>
"""
END = """
<div><a href="?page=2">2</a><a href="/buitenland?page=3">3</a><a href="/buitenland/page/2">Ouder</a>
<a href="/contact">Neem contact op met de redactie</a><a href="/privacyverklaring">Privacyverklaring van dit bedrijf</a>
<a href="/over-ons/wie-wij-zijn">Over deze redactie en haar mensen</a><a href="/foto.jpg">Een foto van de haven</a></div>
"""


def listing(items: str) -> list[Link]:
    return discover(document(f"<body>{NAVIGATION}{items}{END}</body>", LISTING), SOURCE)


def item(at: int, slug: str = "") -> str:
    return (
        f'<div><a href="/buitenland/{slug or SLUGS[at]}{"&" if "?" in slug else "?"}utm_source=x#foto">{TITLES[at]}</a>'
        f"<p>Een inleiding van een paar regels bij verhaal nummer {at} op deze pagina.</p>"
        f"<span>{at + 1} uur geleden</span><a href='/buitenland/{slug or SLUGS[at]}#reacties'>Reageer</a></div>"
    )


def test_articles_are_told_from_navigation_sections_pages_and_footer() -> None:
    links = listing("".join(item(at) for at in range(3)))
    assert [link.url for link in links] == [f"{HOME}/buitenland/{slug}" for slug in SLUGS]
    assert [link.title for link in links] == list(TITLES)
    assert all(link.why for link in links)


def test_what_the_listing_says_of_an_article_comes_along() -> None:
    first, second, _ = listing("".join(item(at) for at in range(3)))
    assert first.teaser.startswith("Een inleiding")
    assert second.published is not None
    assert second.published.at == NOW - timedelta(hours=2)
    assert second.published.origin == "relative"


def test_a_flat_listing_needs_no_boxes() -> None:
    items = "".join(
        f"<h3><a href='/buitenland/{SLUGS[at]}'>{TITLES[at]}</a></h3><p>Een inleiding van een paar"
        f" regels bij verhaal nummer {at} op de pagina.</p><span>{at + 1} uur geleden</span>"
        for at in range(3)
    )
    links = listing(items)
    assert [link.title for link in links] == list(TITLES)
    assert [link.teaser.split()[-4] for link in links] == ["0", "1", "2"]
    assert [link.published.at for link in links if link.published] == [
        NOW - timedelta(hours=at + 1) for at in range(3)
    ]


@pytest.mark.parametrize("slug", ["brand", "12345678", "artikel.php?id=99123"])
def test_short_addresses_are_articles_too(slug: str) -> None:
    assert f"{HOME}/buitenland/{slug}" in [link.url for link in listing(item(0, slug))]


@pytest.mark.parametrize("address", ["spip.php?article{}", "index.php?news/{}", "?p{}", "view?{}"])
def test_a_name_in_the_query_tells_articles_apart(address: str) -> None:
    items = "".join(
        item(at).replace(f"{SLUGS[at]}?utm_source=x", address.format(90 + at)) for at in range(3)
    )
    assert [link.title for link in listing(items)] == list(TITLES)


def test_each_article_is_listed_once() -> None:
    assert (
        len(
            listing(
                item(0) * 2
                + f"<a href='http://nieuws.example.org/buitenland/{SLUGS[0]}/'><b>x</b></a>"
            )
        )
        == 1
    )


@pytest.mark.parametrize("path", ["/krant", "/krant/", "/krant/nieuws", "/krant/nieuws/"])
def test_a_page_below_which_the_list_stands_is_no_article(path: str) -> None:
    items = "".join(map(item, range(3)))
    logo = f"<header><a href='{path}'><img src=/logo.png></a><h2>Al het nieuws van de streek</h2>1 uur geleden</header>"
    page = document(f"<body>{logo}{items}</body>", f"{HOME}/krant/nieuws/streek/")
    links = discover(page, SOURCE)
    assert [link.url for link in links] == [f"{HOME}/buitenland/{slug}" for slug in SLUGS]


REMARKS = "<div class=box><h3>{}</h3><ul>{}</ul></div>"
REMARK = "<li><a href='/buitenland/{}'>{}</a> {} uur geleden</li>"


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#comment-2756", "Jan de Vries"),
        ("#comments", "3 meningen"),
        ("#respond", "Wat vindt u?"),
        ("#reacties", "Piet"),
        ("?replytocom=3#respond", "Antwoorden"),
    ],
)
def test_what_leads_to_comments_is_no_article(fragment: str, said: str) -> None:
    slugs = ("schip-vaart-tegen-sluis", "haven-krijgt-nieuwe-kade", "school-gaat-dicht-door-storm")
    remarks = "".join(
        REMARK.format(f"{slug}{fragment}", f"{said} {at}", at) for at, slug in enumerate(slugs)
    )
    links = listing("".join(map(item, range(3))) + REMARKS.format("Laatst gereageerd", remarks))
    assert [link.url for link in links] == [f"{HOME}/buitenland/{slug}" for slug in SLUGS]


def test_a_headline_is_that_of_an_article_also_where_it_leads_to_its_comments() -> None:
    row = "<div><h2><a href='/buitenland/{}#comments'>{}</a></h2><p>Een inleiding.</p>{} uur geleden</div>"
    links = listing("".join(map(row.format, SLUGS, TITLES, range(3))))
    assert [link.title for link in links] == list(TITLES)


def test_an_address_is_no_headline() -> None:
    own = "<p>Lees ook <a href='/buitenland/{0}'>https://nieuws.example.org/buitenland/{0}</a></p>"
    links = listing(
        "".join(map(item, range(3)))
        + "".join(map(own.format, ("regels-voor-de-jacht-van-2026", "kaart-van-de-nieuwe-haven")))
    )
    assert [link.url for link in links] == [f"{HOME}/buitenland/{slug}" for slug in SLUGS]


def test_times_of_a_ticker_are_read() -> None:
    ticker = f"<ul><li>Zeeland 12:34 <a href='/zeeland/{SLUGS[0]}'>{TITLES[0]}</a></li></ul>"
    [link] = listing(ticker)
    assert link.published is not None
    assert link.published.at == NOW.replace(hour=11, minute=34)
    assert link.published.origin == "listing"


def test_the_operator_names_the_links() -> None:
    source = Source(name="x", urls=(LISTING,), select=Select(links="li > a"))
    markup = "<body><ul><li><a href='/a'>A</a><li><a href='/b'>B</a></ul><a href='/c-d-e-f'>Een lang artikel</a>"
    assert [link.url for link in discover(document(markup, LISTING), source)] == [
        f"{HOME}/a",
        f"{HOME}/b",
    ]


def test_a_page_without_articles_lists_none() -> None:
    assert listing("<p>Geen nieuws vandaag.</p>") == []


# --- evidence, not vetoes ---------------------------------------------------------------------


def cards(form: str, *, around: str = "{}", here: str = LISTING) -> list[Link]:
    items = "".join(
        f"<article><h2><a href='{form.format(slug=slug, at=at)}'>{title}</a></h2>"
        "<p>Een inleiding van een paar regels bij dit verhaal op deze pagina.</p></article>"
        for at, (slug, title) in enumerate(zip(SLUGS, TITLES, strict=True), 1211)
    )
    return discover(document(f"<body>{NAVIGATION}{around.format(items)}{END}</body>", here), SOURCE)


@pytest.mark.parametrize(
    "form",
    [
        *("/verkeer/{slug}", "/weer/{slug}", "/dossier/{slug}", "/podcast/{slug}", "/apps/{slug}"),
        *(
            "/?p={at}",
            "/index.php?page=bericht&id={at}",
            "/n/{slug}?from=topstory",
            "/{at}",
            "/x{at}",
        ),
        *("/tag/zeeland/{slug}", "\\nieuws\\{slug}", "https://verhalen.example.org/{slug}"),
    ],
)
def test_no_address_alone_loses_a_list(form: str) -> None:
    assert [link.title for link in cards(form)] == list(TITLES)


@pytest.mark.parametrize(
    "around",
    [
        "<form action=/ method=post>{}</form>",
        "<div class='blog_pagination_container'>{}</div>",
        "<ul class='nav nav-tabs'><li>{}</li></ul>",
        "<div class='menu-items widget'>{}</div>",
        "<aside>{}</aside>",
    ],
)
def test_no_element_around_a_list_loses_it(around: str) -> None:
    assert [link.title for link in cards("/n/{slug}", around=around)] == list(TITLES)


def test_the_operator_overrules_everything_on_a_front_page_too() -> None:
    source = Source(name="x", urls=(HOME,), select=Select(links="footer"))
    markup = "<body><footer><a href='/?p=12'>A</a><a href='/contact'>B</a></footer></body>"
    links = discover(document(markup, f"{HOME}/"), source)
    assert [link.url for link in links] == [f"{HOME}/?p=12", f"{HOME}/contact"]


def test_one_host_by_its_letters_and_by_punycode() -> None:
    here = "https://xn--bcher-kva.example/"
    items = cards("https://bücher.example/n/{slug}", here=here)
    assert [link.title for link in items] == list(TITLES)
    items = cards("/n/{slug}", here="http://[::1]:8000/nieuws")
    assert [link.url for link in items] == [f"http://[::1]:8000/n/{slug}" for slug in SLUGS]


def test_hosts_under_one_public_suffix_are_strangers() -> None:
    assert cards("https://buurman.github.io/n/{slug}", here="https://wij.github.io/") == []


# --- cards ------------------------------------------------------------------------------------


def test_second_links_of_a_card_are_no_articles() -> None:
    more = (
        "<a href='/auteur/willemijn-van-der-meulen'>Willemijn van der Meulen</a>"
        "<a href='/rubriek/zeeland'>Zeeland</a><a href='/n/{slug}/reacties'>12 reacties</a>"
        "<a href='https://nieuws.example.org/delen?u={slug}'>Delen</a>"
    )
    items = "".join(
        f"<li><a href='/n/{slug}'><h3>{title}</h3></a>{more.format(slug=slug)}</li>"
        for slug, title in zip(SLUGS, TITLES, strict=True)
    )
    assert [link.title for link in listing(f"<ul>{items}</ul>")] == list(TITLES)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/n/{slug}' aria-label='{title}'></a><b>{title}</b>",
        "<a href='/n/{slug}'><img alt='{title}' src=x></a>",
        "<a href='/n/{slug}'><img alt='' src=x></a><p>{title}</p>",
        "<a href='/n/{slug}' title='{title}'>Lees verder</a>",
        "<h4>{title}</h4><p>Kort.</p><a href='/n/{slug}'>Lees meer &raquo;</a>",
        "<a href='/n/{slug}'><span>Buitenland</span><span>15:08</span><h3>{title}</h3></a>",
        "<a href='/n/{slug}'><div>Buitenland</div><div class=title>{title}</div><p>Een lange teaser bij dit verhaal, die met de kop in dezelfde link staat.</p></a>",
        "<div role=heading aria-level=3><a href='/n/{slug}'>{title}</a></div>",
        "Zeeland 12:34 <a href='/n/{slug}'>{title}</a>",
    ],
)
def test_the_headline_is_found_wherever_the_card_has_it(link: str) -> None:
    items = "".join(
        f"<li class=card>{link.format(slug=slug, title=title)}</li>"
        for slug, title in zip(SLUGS, TITLES, strict=True)
    )
    assert [one.title for one in listing(f"<main><ul>{items}</ul></main>")] == list(TITLES)


@pytest.mark.parametrize(
    "mark",
    [
        "<span>Advertentie</span><a href='/actie/{}'>{}</a>",
        "<a rel='sponsored nofollow' href='/actie/{}'>{}</a>",
        "<small>Gesponsord</small><a href='/actie/{}'>{}</a>",
    ],
)
def test_sponsored_cards_are_left_and_counted(mark: str) -> None:
    card = f"<div><h3>{mark.format('win-een-reis-naar-rome', 'Win een reis naar Rome')}</h3></div>"
    page = document(f"<body>{''.join(item(at) for at in range(3))}{card}</body>", LISTING)
    found = consider(page, SOURCE)
    assert [link.title for link in found.links] == list(TITLES)
    assert found.sponsored == 1
    assert [link.why for link in found.left] == ["it is an advertisement"]


def test_several_lists_name_each_article_once_with_its_best_title() -> None:
    ticker = "".join(
        f"<li><a href='/n/{slug}'><i>Zeeland</i> <b>1{at}:08</b> {title[:12]}…</a></li>"
        for at, (slug, title) in enumerate(zip(SLUGS, TITLES, strict=True))
    )
    read = "".join(f"<li>{at}. <a href='/n/{slug}'>x</a></li>" for at, slug in enumerate(SLUGS))
    items = "".join(
        f"<div><h2><a href='/n/{slug}'>{title}</a></h2><p>Een inleiding bij dit verhaal van een regel.</p></div>"
        for slug, title in zip(SLUGS, TITLES, strict=True)
    )
    links = listing(f"<ul>{ticker}</ul><main>{items}</main><aside><ol>{read}</ol></aside>")
    assert [link.title for link in links] == list(TITLES)


def test_a_day_over_a_list_belongs_to_the_clocks_below_it() -> None:
    rows = "".join(
        f"<h3>{day} januari 2026</h3><ul><li><span>14:05</span> <a href='/n/{slug}'>{title}</a></ul>"
        for day, slug, title in zip((30, 29, 28), SLUGS, TITLES, strict=True)
    )
    days = [link.published.at.isoformat() for link in listing(rows) if link.published]
    assert days == [f"2026-01-{day}T13:05:00+00:00" for day in (30, 29, 28)]


# --- what the pages turned out to be ----------------------------------------------------------


def test_the_form_of_an_address_is_what_it_shares_with_its_kind() -> None:
    assert form_of(f"{HOME}/nieuws/brand-in-haven") == form_of(f"{HOME}/nieuws/dorpsfeest")
    assert form_of(f"{HOME}/nieuws/brand-in-haven") != form_of(f"{HOME}/sport/brand-in-haven")
    assert form_of(f"{HOME}/2026/02/brand.html") == form_of(f"{HOME}/2025/11/een-feest.html")
    assert form_of(f"{HOME}/a.php?id=8&page=n") == form_of(f"{HOME}/a.php?page=n&id=9")
    assert form_of(f"{HOME}/a.php?id=8&page=n") != form_of(f"{HOME}/a.php?id=8&page=over")


def test_the_site_corrects_the_guess() -> None:
    def seen(known: Known) -> list[str]:
        rows = "".join(
            f"<li><a href='/{kind}/{slug}'>{title}</a></li>"
            for kind in ("nieuws", "gids")
            for slug, title in zip(SLUGS, TITLES, strict=True)
        )
        page = document(f"<body>{NAVIGATION}<main><ul>{rows}</ul></main></body>", LISTING)
        found = consider(page, SOURCE, known)
        return [link.url.removeprefix(HOME) for link in found.links]

    assert len(seen({})) == 6
    known: Known = {}
    for _ in range(4):
        for kind in ("nieuws", "gids"):
            link = Link(url=f"{HOME}/{kind}/een-oud-verhaal", place="ul > li")
            known = learn_kind(known, link, is_article=kind == "nieuws")
    known = learn_kind(known, Link(url=f"{HOME}/nieuws/{SLUGS[0]}"), is_article=False)
    assert seen(known) == [f"/nieuws/{slug}" for slug in SLUGS[1:]]


def test_what_is_known_of_a_site_stays_small() -> None:
    known: Known = {}
    for at in range(2000):
        known = learn_kind(known, Link(url=f"{HOME}/{at}/a", place=f"p{at}"), is_article=False)
    assert len(known) <= 400
    assert f"place p{1999}" in known


# --- onward -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("<link rel=next href='/buitenland?page=2'>", "/buitenland?page=2"),
        ("<a href='/buitenland/page/2'>Oudere berichten</a>", "/buitenland/page/2"),
        ("<a href='/buitenland/page/2'>« Older posts</a>", "/buitenland/page/2"),
        ("<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=3'>3</a>", "/buitenland?page=2"),
        ("<a href='/buitenland/pagina/2/'>2</a>", "/buitenland/pagina/2/"),
        ("<a href='/nieuws/2'>2</a>", ""),
        ("<a href='/?p=2'>2</a>", ""),
    ],
)  # fmt: skip
def test_the_next_page_of_a_listing(markup: str, path: str) -> None:
    assert next_page(document(markup, LISTING)) == (HOME + path if path else "")


def test_sections_that_are_called_news_come_first() -> None:
    page = document(
        "<nav><a href='/wonen'>Wonen</a><a href='/sport'>Sport</a><a href='/actueel'>Nieuws</a>"
        "<a href='/contact'>Contact</a></nav>",
        f"{HOME}/",
    )
    links = [Link(url=f"{HOME}/sport/een-verhaal")]
    found = [link.url.removeprefix(HOME) for link in sections(page, links)]
    assert found == ["/actueel", "/sport", "/wonen"]


# --- cost -------------------------------------------------------------------------------------

ROWS = {
    "list": "<li><a href='/n/verhaal-over-iets-{at}'>Een kop van nummer {at} in de lijst</a> 12-01-2026",
    "lines": "<a href='/n/verhaal-over-iets-{at}'>Een kop van nummer {at} in de lijst</a> 12-01-2026<br>",
    "text": "<a href='/n/verhaal-over-iets-{at}'>Een kop van nummer {at} in de lijst</a> | ",
    "flat": "<h3><a href='/n/verhaal-over-iets-{at}'>Een kop van nummer {at}</a></h3><p>Een teaser.</p>",
    "alike": "<li><a href='/n/verhaal'>Een kop van nummer {at} in de lijst</a>",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_cost_grows_with_the_number_of_links(row: str) -> None:
    def seconds(links: int) -> float:
        body = "".join(ROWS[row].format(at=at) for at in range(links))
        page = document(f"<body><main>{body}</main></body>", LISTING)
        assert page.blocks  # their cost is not that of the links
        started = process_time()
        discover(page, SOURCE)
        return process_time() - started

    seconds(10)
    most = 12 * max(min(seconds(1000) for _ in range(2)), 0.05)
    assert any(seconds(5000) < most for _ in range(2)), "the machine may be busy once"


# --- pages with one list, and pages with none -------------------------------------------------

MENU = "<header><nav><a href='/nieuws/'>Nieuws</a> <a href='/sport/'>Sport</a></nav></header>"
SHORT = ("Brug dicht voor het verkeer", "Nieuwe speeltuin", "Afval op andere dagen", "Dorpsfeest")
NOTICES = ("关于举办学术会议的通知", "校园开放日活动安排", "图书馆闭馆通知", "招聘启事公告")


@pytest.mark.parametrize(
    ("row", "titles"),
    [
        ("<li><a href='/{at}'>{title}</a></li>", SHORT),
        ("<li><a href='/?p={at}'>{title}</a></li>", SHORT),
        ("<li><a href='/agenda/x{at}'>{title}</a> 14 januari 2026</li>", SHORT),
        ("<div><h2><a href='/x{at}'>{title}</a></h2><p>Kort.</p></div>", SHORT),
        ("<div><a href='/d/1'>Afdeling Beheer van de Openbare Ruimte</a><h3><a href='/b/{at}'>{title}</a></h3><a href='/b/{at}/c'>3 reacties</a></div>", SHORT),
        ("<li><a href='/info/{at}.htm'>{title}</a></li>", NOTICES),
    ],
)  # fmt: skip
def test_short_headlines_count_by_the_company_they_keep(row: str, titles: tuple[str, ...]) -> None:
    rows = "".join(row.format(at=at, title=title) for at, title in enumerate(titles, 101))
    page = document(f"<body>{MENU}<main>{rows}</main></body>", f"{HOME}/")
    assert [link.title for link in discover(page, SOURCE)] == list(titles)


def test_the_words_of_a_link_are_a_better_title_than_the_line_over_read_more() -> None:
    rows = "".join(
        f"<table><tr><td><a href='/nieuws/{at}'>{title}</a></td></tr></table>"
        f"<table><tr><td>Geschreven door Barbara van den Akker</td></tr><tr><td>{9 + at} november"
        f" 2025 10:47</td></tr><tr><td><a href='/nieuws/{at}'>Lees meer</a></td></tr></table>"
        for at, title in enumerate(SHORT)
    )
    page = document(f"<body>{MENU}<main>{rows}</main></body>", f"{HOME}/nieuws")
    assert [link.title for link in discover(page, SOURCE)] == list(SHORT)


def test_a_story_with_a_heading_and_its_day_may_be_called_like_a_service() -> None:
    titles = ("Schoolreis groep 5", "Foto van de week", "Nieuwsbrief november")
    row = "<div class=datum>{day} november 2025</div><h3><a href='/nieuws/{slug}'>{title}</a></h3>"
    rows = [
        f"<div>{row.format(day=26 - at, title=title, slug=title.lower().replace(' ', '-'))}</div>"
        for at, title in enumerate(titles)
    ]
    page = document(f"<body>{MENU}<div>{''.join(rows)}</div></body>", f"{HOME}/nieuws")
    assert [link.title for link in discover(page, SOURCE)] == list(titles)
    service = "<div><h3><a href='/nieuws/nieuwsbrief'>Nieuwsbrief</a></h3></div>"
    page = document(f"<body>{MENU}<div>{''.join(rows[:2])}{service}</div></body>", f"{HOME}/nieuws")
    assert "Nieuwsbrief" not in [link.title for link in discover(page, SOURCE)]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Toestemming</h1><a href='/privacy-in-gewone-taal'>Lees ons beleid in gewone taal</a>",
        "<ul><li><a href='/brood/'>Brood</a><li><a href='/gebak/'>Gebak</a><li><a href='/w/'>Winkels</a></ul>",
        "<form><a href='/wachtwoord'>Wachtwoord vergeten</a><a href='/inloggen'>Inloggen</a></form>",
    ],
)
def test_a_page_that_is_no_listing_lists_nothing(body: str) -> None:
    assert discover(document(f"<body>{MENU}<main>{body}</main></body>", f"{HOME}/"), SOURCE) == []


def test_a_flat_list_of_linked_pictures_takes_its_titles_from_the_headings_after_them() -> None:
    titles = ("Veerdienst vaart ook in de avond", "Brug blijft dicht", "Koor zoekt stemmen")
    flat = "".join(
        f"<a href='/bericht/{at}-bericht'><img src='{at}.jpg'></a><h3>{title}</h3>"
        for at, title in enumerate(titles)
    )
    page = document(f"<body><h1>Nieuws</h1>{flat}</body>", LISTING)
    assert [link.title for link in discover(page, SOURCE)] == list(titles)
    banner = "<a href='/winkel'><img src='b.jpg'></a><h2>Nieuws uit de streek van vandaag</h2>"
    page = document(f"<body>{banner}<p>Niets vandaag.</p></body>", LISTING)
    assert discover(page, SOURCE) == []


PICTURED = (
    "veerdienst-vaart-ook-in-de-avond",
    "brug-blijft-dicht",
    "koor-zoekt-stemmen",
    "wolf-gezien",
)


@pytest.mark.parametrize(
    "card",
    [
        "<a href=/nieuws/{slug}><div><img src={day}.jpg alt=''></div><span>{day}.01.2026</span></a>",
        "<a href=/nieuws/{slug}><img src={day}.jpg><time>dinsdag {day} januari 2026</time></a>",
        "<a href=/nieuws/{slug}><img src={day}.jpg><b>Gepubliceerd op {day}-01-2026</b></a>",
        "<div><a href=/nieuws/{slug}><img src={day}.jpg></a><span>{day} januari 2026</span></div>",
    ],
)
def test_cards_that_are_nothing_but_a_picture_and_a_day_are_news(card: str) -> None:
    shown = [card.format(slug=slug, day=day) for day, slug in enumerate(PICTURED, 11)]
    logos = "<a href=/partner/kaas><img src=k.png></a><a href=/partner/wijn><img src=w.png></a>"
    page = document(f"<body><h1>Nieuws</h1><div>{''.join(shown)}</div>{logos}</body>", LISTING)
    found = discover(page, SOURCE)
    assert [link.url for link in found] == [f"{HOME}/nieuws/{slug}" for slug in PICTURED]
    assert {link.title for link in found} == {""}
    assert all(link.published for link in found)


@pytest.mark.parametrize(
    ("card", "titles"),
    [
        (
            "<a href=/n/{slug}><img src=a.jpg alt='Bericht {slug}'><i>{day}.01.2026</i></a>",
            [f"Bericht {slug}" for slug in PICTURED],
        ),
        (
            "<a href=/n/{slug}><img src=a.jpg alt='Foto'><i>Raadsvergadering {day} januari 2026</i></a>",
            [f"Raadsvergadering {day} januari 2026" for day in range(11, 15)],
        ),
    ],
    ids=["the picture says more than the day", "a title may end in a day"],
)
def test_a_day_beside_a_picture_is_no_title(card: str, titles: list[str]) -> None:
    shown = [card.format(slug=slug, day=day) for day, slug in enumerate(PICTURED, 11)]
    page = document(f"<body><h1>Nieuws</h1><div>{''.join(shown)}</div></body>", LISTING)
    assert [link.title for link in discover(page, SOURCE)] == titles


def test_pictures_without_a_day_are_no_news() -> None:
    shown = "".join(f"<a href=/foto/{slug}><img src=a.jpg></a>" for slug in PICTURED)
    page = document(f"<body><h1>Album</h1><div>{shown}</div></body>", LISTING)
    assert discover(page, SOURCE) == []


@pytest.mark.parametrize(
    "row",
    [
        "<li>{day}-1-2026 <a href=/s/{day}41>Stand van het water</a></li>",
        "<tr><td>{day} januari 2026</td><td><a href=/s/{day}41>Stand van het water</a></td></tr>",
        "<p><a href=/r/2026-01-{day}>Pegelstand der Elbe</a> ({day}.01.2026)</p>",
        "<div><h3><a href=/s/{day}41>Bollettino meteo</a></h3><span>{day}/01/2026</span></div>",
        "<li><a href=/s/{day}41>Daily river report</a> <time datetime=2026-01-{day}>Jan {day}</time></li>",
    ],
)
def test_reports_of_every_day_are_told_apart_by_their_dates(row: str) -> None:
    rows = "".join(row.format(day=day) for day in range(14, 22))
    found = listing(f"<table>{rows}</table>" if row.startswith("<tr") else f"<ul>{rows}</ul>")
    assert len(found) == 8


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href=/s/{day}41>Stand van het water</a></li>",
        "<li><a href=/dag/{day}>Agenda</a></li>",
    ],
)
def test_links_of_one_name_without_dates_are_no_articles(row: str) -> None:
    assert not listing("".join(row.format(day=day) for day in range(14, 22)))
