"""Four times the input costs about four times the time, whatever a site sends.

Each row is a kind of input that has many ways to be read, or to fail to be: it grows until reading
takes long enough to be measured, and is then read beside four times as much.
"""

from __future__ import annotations

import math
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.errors import NotAnArticle
from feedbot.fetch.headers import fresh_until, http_date
from feedbot.fetch.robots import read_robots
from feedbot.languages import labels, times
from feedbot.languages.fold import fold
from feedbot.model import Article, Link, ListingState, Page, PageText, Source
from feedbot.poll.visit import Listing, Listings
from feedbot.read.discover.links import consider_all
from feedbot.read.discover.notices import with_notices
from feedbot.read.discover.onward import next_page
from feedbot.read.extract import extract, learn, teach
from feedbot.read.extract.dateline import dateline_of
from feedbot.read.feeds import read_announced
from feedbot.read.results import ListingPage
from feedbot.read.site_model import SiteModel
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.blocks import MOST_BLOCKS, beside, with_earlier
from feedbot.web.charset import decode
from feedbot.web.document import ELEMENTS, parse
from feedbot.web.lenient_json import read_json
from feedbot.web.sanitise import plain_text, sanitise
from feedbot.web.urls import canonical, parts_of, redact, url_key

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOME = "https://krant.example"
SOURCE = Source(name="krant", urls=(HOME,), timezone="Europe/Amsterdam")
ZONE = ZoneInfo("Europe/Amsterdam")
MEASURABLE = 0.02  # seconds of processor time
GROWN = 4  # times the input that is read for comparison
MOST = 8.0  # times the time that it may take; what is quadratic takes 16
PAIRS = 3  # readings of both sizes at most
LARGEST = 4_000_000  # characters; what takes no time even so is fast enough
FIRST = 64  # copies

PROSE = "De gemeente plant deze winter duizend bomen langs de ringweg om de wind te breken. "


def page_of(body: str) -> Page:
    url = f"{HOME}/nieuws/bomen-langs-de-ringweg"
    return Page(url=url, requested=url, body=body.encode("utf-8", "replace"), fetched_at=NOW)


def read_page(markup: str) -> None:
    """All that a visit does with a page, before and after its site is known."""
    page = page_of(f"<html><head><title>Bomen</title></head><body>{markup}</body></html>")
    try:
        document = parse(page)
        site = learn(SiteModel(), [], [document])
        link = Link(url=page.url, title="Bomen langs de ringweg geplant")
        article = extract(document, SOURCE, site, link)
        teach(site, document, SOURCE, link, article)
    except NotAnArticle:
        pass


def read_head(markup: str) -> None:
    read_page(f"{markup}<h1>Bomen langs de ringweg</h1><p>{PROSE}</p><p>{PROSE}</p>")


def read_listing(text: str) -> None:
    read_announced(page_of(text), SOURCE)


def read_list(markup: str) -> None:
    """What is done with a listing that links nothing, and may hold its articles whole."""
    document = parse(
        page_of(f"<html><head><title>Nieuws</title></head><body>{markup}</body></html>")
    )
    with_notices(consider_all(document, SOURCE), document, SOURCE)
    next_page(document)


def read_text(text: str) -> None:
    """Everything that looks at the text of one block."""
    dateline_of(text)
    times.absolute(text, ZONE)
    times.relative(text, NOW, ZONE)
    times.declared(text, ZONE)
    times.without_age(text)
    for name in ("heads_other_stories", "is_insert", "is_service", "is_byline", "is_caption"):
        getattr(labels, name)(text)
    labels.says_published(text)
    fold(text)
    plain_text(text)


def read_words(text: str) -> None:
    fingerprint_of(
        Article(url=HOME, title=text[:100], paragraphs=(text, text[:200]), html="", language="nl")
    )


def read_url(text: str) -> None:
    canonical(text)
    url_key(text)
    redact(text)


def read_rules(text: str) -> None:
    read_robots(text.encode()).allows(f"{HOME}/{'a' * 500}")


def read_header(text: str) -> None:
    http_date(text)
    fresh_until({"Cache-Control": text, "Expires": text, "Age": text}, NOW)


def read_bytes(text: str) -> None:
    decode(text.encode() + b"\xff", text)


def clean(text: str) -> None:
    plain_text(text)
    sanitise(text, HOME)


Make = Callable[[int], str]


def copies(text: str, end: str = "") -> Make:
    return lambda n: text * n + end


def numbered(text: str, end: str = "") -> Make:
    return lambda n: "".join(text.replace("%", str(at)) for at in range(n)) + end


def nested(start: str, end: str = "") -> Make:
    """As deep as a parser goes, again and again."""
    return lambda n: (start * 100 + "tekst" + end * 100) * (n // 100 + 1)


P = f"<p>{PROSE}</p>"
PAGES: dict[str, Make] = {
    "paragraphs": numbered(f"<p>{PROSE} Zin %.</p>"),
    "paragraphs of several makes": numbered(f"<div class=c%><p>{PROSE} Zin %.</p></div>"),
    "one word": copies("a"),
    "one line": copies("woord "),
    "one long sentence": copies("Aap, noot; mies: "),
    "text without end": copies("<!-- "),
    "less-than signs": copies("<"),
    "open tags": copies("<p "),
    "attributes": lambda n: "<p " + numbered(" a%=1")(n) + ">",
    "attributes with brackets": lambda n: "<p " + 'a=">" ' * n + ">x",
    "a long class": lambda n: f"<div class='{'ab ' * n}'>" + P * 20,
    "long classes within": lambda n: (
        f"<div class='{'date ' * 200}'>" * 50 + f"<i class=date>x</i>{P}" * n
    ),
    "nested inline": nested("<b>", "</b>"),
    "nested inline around a block": lambda n: ("<span>" + "<i>x</i>" * 100) * (n // 100) + P,
    "spans in one paragraph": lambda n: f"<p>{'<span>woord </span>' * n}</p>",
    "lines of parts that touch": lambda n: (
        "<p><span>" * 40 + "<b>Jan</b><i>12.3.2024</i></span><b>x</b>" * n + P
    ),
    "a text and its copies": lambda n: f"<p>{P * n}</p>" + f"<div>{P}Kort.</div>" * n,
    "hidden slides": lambda n: (
        f"<h1>Bomen langs de ringweg</h1>{P}"
        + "<div style='display:none'><img src=/a.jpg><p>Een beeld.</p></div>" * n
    ),
    "a gallery for a script": lambda n: (
        f"<h1>Bomen langs de ringweg</h1>{P}<div style='display:none'>"
        + numbered("<img src=/%.jpg data-image=/groot-%.jpg>")(n)
        + "</div>"
    ),
    "boxes and hidden boxes": lambda n: f"<div class=a>{P}</div><div class=a hidden>{P}</div>" * n,
    "nested blocks": nested("<div>", "</div>"),
    "nested buttons": nested("<button>", "</button>"),
    "nested bylines": lambda n: ("<div class=author>" * 100 + P + "</div>" * 100) * (n // 100 + 1),
    "bylines in comments": lambda n: (
        "<div class=comments>" * 50 + "<b class=author>Jan Jansen</b>" * n
    ),
    "nested dates": lambda n: ("<div class=date>" * 100 + P + "</div>" * 100) * (n // 100 + 1),
    "dates": numbered("<span class=date>1 mei 20%</span><br>"),
    "ages with their moments": numbered("<i title=2026-01-0%>% weeks ago</i><br>"),
    "titles on links": numbered("<a href=/x/% title='Bericht %%%%%%'>Bericht %</a><br>"),
    "dates in one line": lambda n: f"<p>{'Updated 12 May 2025 09:00 - ' * n}</p>",
    "clocks": lambda n: "<p>14:03</p>" * n,
    "labels": lambda n: "<p>Geplaatst op</p>" * n,
    "time elements": numbered("<time datetime=2026-01-0%>x</time><br>"),
    "lines with a date": copies("<p>Gepubliceerd op 3 mei 2025</p>"),
    "forms in one box": copies("<form><input></form>"),
    "nested forms": lambda n: f"<div>{'<div><form></form>' * n}",
    "headings over other stories": copies("<h3>Lees ook</h3>"),
    "headings over lists": copies(
        "<h3>Lees ook</h3><p><a href=/x/een-ander>Een ander verhaal</a></p>"
    ),
    "headings over paragraphs": copies(f"<h3>Lees ook</h3><p>{PROSE}</p>"),
    "headings over short lines": copies("<h3>Lees ook</h3><p>Een regel</p>"),
    "headings in boxes": copies(f"<div><h3>Lees ook</h3></div><div><p>{PROSE}</p></div>"),
    "pointers": copies("<p>Lees ook: <a href=/x>een ander verhaal van vandaag</a></p>"),
    "teasers with ages": copies(f"<p>{PROSE}</p><span>4 uur geleden</span>"),
    "h1s": numbered("<h1>Bomen langs de ringweg %</h1>"),
    "one h1": lambda n: f"<h1>{'Bomen - langs: de | weg ' * n}</h1>{P}{P}",
    "links": numbered("<a href=/nieuws/bericht-%>Een bericht van vandaag %</a> "),
    "links to what is no url": copies("<a href='https://[x'>x</a> <a href='//a:99999'>y</a> "),
    "one long link": lambda n: f"<p><a href='{'/a' * n}'>x</a></p>{P}",
    "pictures": numbered("<img src=/foto/%.jpg alt=x>"),
    "list items": copies("<li>Een ding."),
    "table cells": copies("<td>Een ding."),
    "breaks": copies("Een regel.<br>"),
    "unclosed": copies("<p><b><i><table><tr><td><ul><li>x"),
    "comments": copies("<!-- x -->"),
    "articles": copies(f"<article><h2>Kop</h2><p>{PROSE}</p></article>"),
    "entities": copies("&amp;&lt;!--&#60;"),
    "brackets": copies("(a-a-a-a "),
    "datelines": copies(
        f"<p>Aa (a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a - {PROSE}</p>"
    ),
}
HEADS: dict[str, Make] = {
    "JSON-LD that ends in spaces": lambda n: (
        f"<script type=application/ld+json>{{}}]]>{' ' * n}x</script>"
    ),
    "names in a row": lambda n: "<h1>A headline</h1><p>By " + "Jan Jansen and " * n,
    "lines with names": copies("<p>By Jan Jansen</p>"),
    "parts of an h1": lambda n: f"<h1>{'<span>Word</span>' * n}</h1>",
    "JSON-LD nested": lambda n: f"<script type=application/ld+json>{'[' * n}</script>",
    "JSON-LD of many commas": lambda n: f"<script type=application/ld+json>{{{', ' * n}</script>",
    "JSON-LD of many objects": lambda n: (
        "<script type=application/ld+json>[" + '{"@type":"NewsArticle"},' * n + "{}]</script>"
    ),
    "JSON-LD with a long headline": lambda n: (
        '<script type=application/ld+json>{"@type":"NewsArticle","headline":"'
        + "Kop - met | delen: " * n
        + '"}</script>'
    ),
    "JSON-LD with a long text": lambda n: (
        '<script type=application/ld+json>{"@type":"NewsArticle","articleBody":"'
        + PROSE * n
        + '"}</script>'
        + P * n
    ),
    "JSON-LD with many authors": lambda n: (
        '<script type=application/ld+json>{"@type":"NewsArticle","author":['
        + '"Jan Jansen",' * n
        + '""]}</script>'
    ),
    "scripts": copies('<script type=application/ld+json>{"@type":"NewsArticle"}</script>'),
    "metas": numbered("<meta name=a% content=b>"),
    "a long meta": lambda n: f"<meta property=og:title content='{'Kop | deel - ' * n}'>",
    "bases": copies("<base href='http://[x'>"),
    "canonical links": copies("<link rel=canonical href='/a'>"),
}
RSS = "<rss version=2.0><channel>"
LISTINGS: dict[str, Make] = {
    "comments before a page": copies("<!-- [if IE]> x <![endif] -->", "<html>"),
    "open comments": copies("<!-- "),
    "instructions": copies("<?x ?>", "<html>"),
    "doctypes": copies("<!DOCTYPE x>", "<html>"),
    "white space": copies(" \n", "<html>"),
    "less-than signs": copies("<"),
    "items": lambda n: RSS + numbered(f"<item><title>Kop %</title><link>{HOME}/%</link></item>")(n),
    "a title of open comments": lambda n: (
        f"{RSS}<item><link>/a</link><title>{'&lt;!-- ' * n}</title></item>"
    ),
    "a summary of signs": lambda n: (
        f"{RSS}<item><link>/a</link><description>{'&lt;' * n}</description></item>"
    ),
    "a broken feed": lambda n: RSS + "<item><title>a & b <link>x" * n,
    "open tags in a feed": lambda n: RSS + "<a " * n,
    "nested elements in a feed": lambda n: RSS + "<a>" * n,
    "entities in a feed": lambda n: RSS + "<title>" + "&x;&#1;&amp" * n,
    "open comments in a feed": lambda n: RSS + "<!-- " * n,
    "sections in a feed": lambda n: RSS + "<![CDATA[ " * n,
    "a sitemap": lambda n: "<urlset>" + numbered(f"<url><loc>{HOME}/%</loc></url>")(n),
    "a nested sitemap": lambda n: "<urlset>" + "<url>" * n,
    "a JSON feed": lambda n: (
        '{"version":"https://jsonfeed.org/version/1","items":['
        + numbered('{"url":"/%"},')(n)
        + "{}]}"
    ),
    "a nested JSON feed": lambda n: (
        '{"version":"https://jsonfeed.org/version/1","items":' + "[" * n
    ),
    "versions": lambda n: '{"version"' + " " * n,
}
TEXTS: dict[str, Make] = {
    "open comments": copies("<!-- "),
    "comments that end": copies("<!-- a -->"),
    "an end, then open comments": lambda n: "-->" + "<!--" * n,
    "less-than signs": copies("<"),
    "open tags": copies("<p "),
    "end tags": copies("</a"),
    "addresses": copies("<a@"),
    "addresses without end": copies("a@a"),
    "ampersands": copies("&"),
    "entities": copies("&amp;lt;"),
    "numbers": lambda n: "&#" + "1" * n + ";",
    "many numbers": copies("&#1;"),
    "white space": copies(" \u00a0"),
    "commas": lambda n: "1.1.11" + ", " * n + "x",
    "digits": copies("1"),
    "dotted digits": copies("1.1."),
    "dashes": copies("1-"),
    "capitals": copies("A"),
    "places": copies("Aa-"),
    "brackets": copies("A (a-"),
    "ages": copies("4 uur geleden "),
    "names": copies("door Jan van "),
    "surrogates": copies("\ud800"),
    "controls": copies("\x85"),
    "soft hyphens": copies("\xad"),
    "marks": copies("a\u0301"),
    "Chinese": copies("\u4e00"),
    "quotes": copies("'"),
}
DAY = "<p>1 mei 2026</p>"
LISTS: dict[str, Make] = {
    "arrows in a calendar": lambda n: (
        "".join(f"<b>{day}</b>" for day in range(1, 29)) + numbered("<a rel=next href=/%></a>")(n)
    ),
    "headings": copies(f"<h2>Bomen geplant</h2>{DAY}<p>{PROSE}</p>"),
    "articles": copies(f"<article><h2>Bomen geplant</h2>{DAY}<p>{PROSE}</p></article>"),
    "bold lines of one element": copies(f"<b>Bomen geplant</b><br>1 mei 2026<br>{PROSE}<br>"),
    "dated lines": copies(f"<li>1 mei 2026: {PROSE}</li>"),
    "buttons": copies("Deel<br><a href='#top'>Naar boven</a><br>"),
    "lists that hold the others": lambda n: (
        "".join(f"<b class=a{at}>1 mei 2026</b><p>{PROSE}</p>" for at in range(n))
        + "".join(f"<b class=a{at}>2 mei 2026</b><p>{PROSE}</p>" for at in range(n))
    ),
    "headings each of a kind of its own": lambda n: (
        2 * "".join(f"<div class=a{at}><h2>Bomen {at}</h2></div><p>{PROSE}</p>" for at in range(n))
    ),
    "links": copies(f"<h2><a href='/a'>Bomen geplant</a></h2>{DAY}<p>{PROSE}</p>"),
    "a long one among short ones": lambda n: (
        n * f"<h2>Bomen geplant</h2>{DAY}<p>{PROSE}</p>"
        + f"<h2>Bomen geplant</h2>{DAY}{n * f'<p>{PROSE}</p>'}"
        + n * f"<h2>Bomen geplant</h2>{DAY}<p>{PROSE}</p>"
    ),
    "a long one at the end": lambda n: (
        n * f"<h2>Bomen geplant</h2>{DAY}<p>{PROSE}</p>" + n * "<p>Boom</p>"
    ),
}
ROWS = {
    **{f"page: {name}": (read_page, make) for name, make in PAGES.items()},
    **{f"head: {name}": (read_head, make) for name, make in HEADS.items()},
    **{f"listing: {name}": (read_listing, make) for name, make in LISTINGS.items()},
    **{f"list: {name}": (read_list, make) for name, make in LISTS.items()},
    **{f"text: {name}": (read_text, make) for name, make in TEXTS.items()},
    **{f"words: {name}": (read_words, make) for name, make in TEXTS.items()},
    **{f"url: {name}": (read_url, make) for name, make in TEXTS.items()},
    **{f"clean: {name}": (clean, make) for name, make in TEXTS.items()},
    **{
        f"header: {name}": (read_header, make)
        for name, make in TEXTS.items()
        if name != "surrogates"
    },
    "url: tokens": (read_url, copies("?token=")),
    "url: users": (read_url, copies("://a@")),
    "url: letters after a mark": (read_url, lambda n: "?" + "a-" * n),
    "robots: agents, then rules": (
        read_rules,
        lambda n: numbered("User-agent: a%\n")(n) + numbered("Disallow: /%\n")(n),
    ),
    "robots: stars": (read_rules, lambda n: "User-agent: *\nDisallow: /" + "*a" * n + "$"),
    "robots: rules": (read_rules, lambda n: "User-agent: *\n" + numbered("Disallow: /*%$\n")(n)),
    "bytes: open comments": (read_bytes, copies("<!-- ")),
    "bytes: scripts": (read_bytes, copies("<script ")),
    "bytes: metas": (read_bytes, copies("<meta charset= ")),
    "bytes: spaces": (read_bytes, lambda n: "<meta charset=" + " " * n),
    "bytes: undeclared scripts": (read_bytes, copies("<script>\u0080")),
    "bytes: undeclared comments": (read_bytes, copies("<!-- \u0080")),
    "bytes: undeclared pieces": (read_bytes, copies("\u00e9<p>")),
    "bytes: undeclared, open tags": (read_bytes, copies("<html ")),
    "bytes: undeclared text": (read_bytes, copies("\u00e9t\u00e9 ")),
    "bytes: Japanese mail": (read_bytes, copies("\x1b$")),
    "json: brackets": (read_json, copies("[")),
    "json: strings": (read_json, copies('"[')),
    "json: bare quotes": (read_json, copies('{"a":"x" y", ')),
    "json: quotes and spaces": (read_json, lambda n: '{"a":"' + '" ,' * n + " " * n),
    "json: comments": (read_json, copies("{/*")),
    "json: values in a row": (read_json, copies('{"a":1},')),
    "json: brackets that fit nothing": (read_json, copies("{}]")),
    "json: long names": (read_json, lambda n: '{"a":"' + '"b' * n),
    "json: backslashes": (read_json, lambda n: "[" * 2000 + '"' + "\\" * n),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    """The processor time of one reading."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def measurable(read: Callable[[str], object], make: Make, size: int) -> int:
    """The size at which reading takes long enough to be measured; 0 if none does."""
    while seconds(read, text := make(size)) < MEASURABLE:
        size *= 2
        if len(text) > LARGEST or GROWN * text.count("<") > ELEMENTS:
            return 0
    return size


def growth(read: Callable[[str], object], make: Make, size: int) -> float:
    """How many times as long `GROWN` times the input takes; 0 if it takes no time.

    Of some readings of both the least counts: a processor that others use as well is slower by half
    from one moment to the next, and never slower just because there is more to read.
    """
    size = measurable(read, make, size)
    found = compared(read, make, size) if size else 0.0
    # What does not fit into the processor's cache any more is slower once, at whatever size.
    return found if found <= MOST else compared(read, make, GROWN * size)


def compared(read: Callable[[str], object], make: Make, size: int) -> float:
    few, many = make(size), make(GROWN * size)
    found = math.inf
    for _ in range(PAIRS):
        found = min(found, seconds(read, many) / seconds(read, few))
        if found <= MOST:
            break
    return found


@pytest.mark.parametrize("row", ROWS)
def test_four_times_the_input_takes_four_times_the_time(row: str) -> None:
    read, make = ROWS[row]
    assert growth(read, make, FIRST) <= MOST


def test_a_page_of_many_blocks_is_compared_with_its_past_in_no_time() -> None:
    before = PageText(digest=1, blocks=tuple(range(-MOST_BLOCKS, 0)))
    page = PageText(digest=2, blocks=tuple(range(60_000)))
    begun = time.process_time()
    with_earlier(beside(page, ["De brug is dicht."]), before)
    assert time.process_time() - begun < 0.5


def test_what_a_visit_lists_is_computed_once_however_many_articles_ask() -> None:
    links = tuple(Link(url=f"{HOME}/nieuws/{n}", title="Bomen") for n in range(5000))
    listing = Listing(url=HOME, state=ListingState(), parts=(ListingPage(links=links),))
    listings = Listings(all=(listing,))
    assert len(listings.listed) == len(links)
    begun = time.process_time()
    for _ in range(100):
        assert f"{HOME}/nieuws/7" not in listings.listed
        assert f"{HOME}/nieuws/7" not in listings.places
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("read", [url_key, parts_of])
def test_addresses_are_remembered_only_if_they_are_short(read: Callable[[str], object]) -> None:
    read(HOME)
    tracemalloc.start()
    try:
        for number in range(2000):
            read(f"{HOME}/{number}/{'a' * 8000}")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 8_000_000


DATED = "<div><h1>Uitslagen van zondag</h1><time datetime=2026-11-20>20 november 2026</time>"
LINES = numbered("<p>Veld % en <a href=/nieuws/verslag-van-de-wedstrijd-%>verslag</a> daar</p>")
LISTED = numbered("<li><a href=https://bron-%.example/>Rapport over bomen nummer %</a>")
SOURCES = numbered("<picture><source srcset=/kaart-%.png></picture>")
THOUSANDS: dict[str, Make] = {
    "lines that are no announcement": lambda n: DATED + LINES(n),
    "sources below a text": lambda n: f"<h1>Bomen</h1>{P * 5}<ul>{LISTED(n)}</ul>",
    "pictures that show nothing": lambda n: f"<h1>Bomen</h1>{P * 3}{SOURCES(n)}{P * 3}",
}


@pytest.mark.parametrize("row", THOUSANDS)
def test_four_times_as_many_thousands_take_four_times_the_time(row: str) -> None:
    """Fewer show nothing: the rest of the page takes longer then."""
    assert growth(read_page, THOUSANDS[row], 2_000) <= MOST
