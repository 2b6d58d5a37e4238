"""When an article was published, to the minute where its page shows that."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.model import Dated, Link, Page, Source
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ADDRESS = "https://krant.example/nieuws/duizend-bomen"
TITLE = "<h1>Duizend bomen langs de ringweg</h1>"
TEXT = (
    "<p>De gemeente plant deze winter duizend bomen langs de ringweg, om de wind te breken en het"
    " geluid van de auto's te dempen, zei de wethouder bij de opening.</p>"
) * 3


def published(
    body: str,
    *,
    head: str = "",
    url: str = ADDRESS,
    language: str = "nl",
    timezone: str = "Europe/Amsterdam",
    link: Link | None = None,
) -> Dated | None:
    """The date of a page with this body; `language` is that of the page, in full."""
    page = Page(
        url=url,
        requested=url,
        body=f"<!doctype html><html lang={language}><head>{head}<title>Duizend bomen langs de ringweg"
        f"</title></head><body><main>{body}</main></body></html>".encode(),
        fetched_at=NOW,
        content_type="text/html; charset=utf-8",
    )
    source = Source(name="krant", urls=(url,), timezone=timezone, language=language[:2])
    return extract(parse(page), source, SiteModel(), link).published


def local(dated: Dated | None, timezone: str = "Europe/Amsterdam") -> str:
    """The date as a reader there sees it."""
    return dated.at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M") if dated else ""


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Bijgewerkt: 12-11-2026 10:00 | Geplaatst: 09-11-2026 15:05</p>",
        "<p>Geplaatst: 09-11-2026 15:05 | Bijgewerkt: 12-11-2026 10:00</p>",
        "<p>Updated 12 November 2026 10:00 - Published 9 November 2026 15:05</p>",
        "<p>12 November 2026 10:00 (updated), 9 November 2026 15:05 (published)</p>",
        "<p>Stand: 12.11.2026, 10:00 Uhr</p><p>Veröffentlicht am 09.11.2026, 15:05 Uhr</p>",
        "<p>Mis à jour le 12/11/2026 à 10:00. Publié le 09/11/2026 à 15:05</p>",
        "<dl><dt>Gewijzigd</dt><dd>12-11-2026</dd><dt>Geplaatst</dt><dd>09-11-2026 15:05</dd></dl>",
        (
            "<p>Last modified <time datetime=2026-11-12T09:00:00Z>12 Nov</time></p>"
            "<p>First published <time datetime=2026-11-09T14:05:00Z>9 Nov</time></p>"
        ),
        (
            "<p>Updated <time datetime=2026-11-12T09:00:00Z>12 Nov</time></p>"
            "<p>Published 9 November 2026 15:05</p>"
        ),
    ],
)
def test_a_date_of_change_is_not_that_of_publication(shown: str) -> None:
    assert local(published(f"{TITLE}{shown}{TEXT}")) == "2026-11-09 15:05"


@pytest.mark.parametrize(
    "shown",
    [
        "<div>9 november 2026</div><div>15:05</div>",
        "<div>15:05</div><div>9 november 2026</div>",
        "<p><span>9 november 2026</span><span>15:05</span></p>",
        "<p><span>9 november 2026 15:05</span><span>09-11-26 15:05</span></p>",
        "<ul><li>Geplaatst</li><li>9 november 2026</li><li>15:05</li></ul>",
        "<p>Geplaatst: <time datetime=2026-11-09>9 nov 2026</time> <span>15:05</span></p>",
        "<p>Time: 15:05 CET Date: 9 Nov 2026</p>",
    ],
)
def test_a_clock_beside_its_day_is_read_with_it(shown: str) -> None:
    assert local(published(f"{TITLE}{shown}{TEXT}")) == "2026-11-09 15:05"


@pytest.mark.parametrize(
    "shown",
    [
        "<span class=ago title=2026-11-09T14:05:00Z>2 weeks ago</span>",
        "<p><a href=/x title='9 november 2026 15:05'>2 weken geleden</a></p>",
        "<p>Door Jan <span data-timestamp=1794233100>2 weken geleden</span></p>",
        "<p><relative-time datetime=2026-11-09T14:05:00Z>9 nov</relative-time></p>",
        "<p><abbr class=timeago title=2026-11-09T14:05:00Z></abbr></p>",
        "<p><a href=/x><time datetime=2026-11-09T14:05:00Z>2w</time></a></p>",
        "<time data-timestamp=1794233100></time>",
        "<time data-published=1794233100000>9 nov</time>",
        "<p>Door Jan <time data-date=2026-11-09T15:05:00+01:00></time></p>",
        "<time data-updated=1794319500 data-timestamp=1794233100></time>",
        (
            "<p><span property='dc:date dc:created' content=2026-11-09T15:05:00+01:00>Ingezonden door"
            " <a href=/u/1>Jan Jansen</a> op ma, 11/09/2026 - 15:05</span></p>"
        ),
        "<p><span itemprop=datePublished content=2026-11-09T14:05:00Z>11/09/2026</span></p>",
    ],
)
def test_the_time_that_an_element_carries_is_better_than_its_words(shown: str) -> None:
    assert local(published(f"{TITLE}{shown}{TEXT}")) == "2026-11-09 15:05"


WORDPRESS = (  # when it was published, and when it was changed, which styles hide
    "<time class='entry-date published' datetime=2026-11-09T14:05:00Z>{0}</time>"
    "<time class=updated datetime=2026-11-12T09:00:00Z>{1}</time>"
)
BY = "<span class=byline>投稿者: <a href=/author/jan>jan</a></span> on "


@pytest.mark.parametrize(
    "days", [("2026-11-09", "2026-11-12"), ("9. November 2026", "12. November 2026")]
)
@pytest.mark.parametrize(
    "shown",
    [
        f"<div>{BY}<span class=posted-on><a href=/x rel=bookmark>{WORDPRESS}</a></span></div>",
        f"<div>{BY}<a href=/x>Published {WORDPRESS}</a></div>",
        f"<ul><li><a href=/x>{WORDPRESS.replace('><time', '> / <time')}</a></li><li>News</li></ul>",
        (
            "<div>Jan on <a href=/x><time class=updated datetime=2026-11-12T09:00:00Z>{1}</time>"
            "<time class=published datetime=2026-11-09T14:05:00Z>{0}</time></a></div>"
        ),
    ],
)
def test_a_link_with_two_dates_says_when_its_article_was_published(
    shown: str, days: tuple[str, str]
) -> None:
    assert local(published(f"{TITLE}{shown.format(*days)}{TEXT}")) == "2026-11-09 15:05"


def test_a_link_that_says_more_than_dates_leads_to_another_article() -> None:
    other = f"<p><a href=/y>Old bridge {WORDPRESS.format(2, 3)} </a></p>"
    assert published(f"{TITLE}{TEXT}{other}") is None


@pytest.mark.parametrize(
    ("timezone", "language", "others", "day"),
    [
        ("America/New_York", "en", "", "2026-11-09"),
        ("Asia/Manila", "en", "", "2026-11-09"),
        ("Europe/London", "en", "", "2026-09-11"),
        ("Europe/London", "en-US", "", "2026-09-11"),  # the default of many systems
        ("Europe/Amsterdam", "nl", "", "2026-09-11"),
        ("America/New_York", "nl", "", "2026-09-11"),
        ("UTC", "en-US", "", "2026-11-09"),
        ("UTC", "en-GB", "", "2026-09-11"),
        ("UTC", "en", "<p>Updated 11/25/2026</p>", "2026-11-09"),
        ("America/New_York", "en", "<p>Updated 25/11/2026</p>", "2026-09-11"),
        ("UTC", "en", "<p>Updated 11/12/2026</p>", "2026-11-09"),  # or it was in the future
    ],
)
def test_day_and_month_stand_as_country_and_other_dates_say(
    timezone: str, language: str, others: str, day: str
) -> None:
    found = published(
        f"{TITLE}<p class=date>11/09/2026 4:15 PM</p>{others}{TEXT}",
        timezone=timezone,
        language=language,
    )
    assert local(found, timezone) == f"{day} 16:15"


@pytest.mark.parametrize(
    "film",
    [
        "<figure><img src=a.jpg><span>00:44</span></figure>",
        "<div><img src=a.jpg><span>12:33</span></div>",
        "<div class=video><span class=duration>12:33</span></div>",
        "<p>0:44</p>",
        "<p>1:02:33</p>",
    ],
)
def test_the_length_of_a_film_is_no_time(film: str) -> None:
    assert published(f"{TITLE}{film}{TEXT}") is None
    assert local(published(f"{TITLE}<p>9 november 2026</p>{film}{TEXT}")) == "2026-11-09 00:00"


def test_a_clock_without_a_film_is_one() -> None:
    assert local(published(f"{TITLE}<p>12:33</p>{TEXT}")) == "2026-11-28 12:33"


def test_a_date_in_the_headline_comes_after_address_and_listing() -> None:
    headline = "<h1>Verslag van 11-10-2026: duizend bomen langs de ringweg</h1>"
    address = "https://krant.example/2026/11/09/duizend-bomen"
    listed = Dated(at=datetime(2026, 11, 9, 14, 5, tzinfo=UTC), origin="listing")
    assert local(published(headline + TEXT, url=address)) == "2026-11-09 00:00"
    assert published(headline + TEXT, link=Link(url=ADDRESS, published=listed)) == listed
    assert local(published(headline + TEXT)) == "2026-10-11 00:00"


def test_the_month_of_an_address_speaks_where_nothing_else_does() -> None:
    address = "https://krant.example/2011/02/duizend-bomen.html"
    assert local(published(TITLE + TEXT, url=address)) == "2011-02-01 00:00"
    assert local(published(f"{TITLE}<p>Geplaatst op 3 maart 2011</p>{TEXT}", url=address)) == (
        "2011-03-03 00:00"
    )


@pytest.mark.parametrize("number", ["1794233100", "1794233100000", '"1794233100"'])
def test_seconds_since_1970_in_structured_data(number: str) -> None:
    said = f'{{"@type":"NewsArticle","datePublished":{number}}}'
    head = f"<script type=application/ld+json>{said}</script>"
    assert local(published(TITLE + TEXT, head=head)) == "2026-11-09 15:05"


def test_midnight_in_structured_data_is_a_day_whose_hour_the_page_may_show() -> None:
    said = '{"@type":"NewsArticle","datePublished":"2026-11-09T00:00:00"}'
    head = f"<script type=application/ld+json>{said}</script>"
    assert local(published(f"{TITLE}<p>9 november 2026, 15:05</p>{TEXT}", head=head)) == (
        "2026-11-09 15:05"
    )


def test_nothing_is_published_after_it_was_changed() -> None:
    head = '<meta name="date" content="2026-11-12T09:00:00Z">'
    shown = "<p>Stand: 09.11.2026 15:05 Uhr</p>"
    assert local(published(f"{TITLE}{shown}{TEXT}", head=head)) == "2026-11-09 15:05"


def test_a_date_after_the_place_at_the_beginning_of_the_text() -> None:
    text = "<p>Karlsruhe (09.11.2026). De gemeente plant deze winter duizend bomen.</p>" + TEXT
    assert local(published(TITLE + text)) == "2026-11-09 00:00"


@pytest.mark.parametrize(
    "around",
    [
        "<footer>© 2024-2026 Krant</footer>",
        "<h4>Weekbericht 14. - 20. januari 2026</h4>",
        "<p>Telefoon 06-12-34-56</p>",
        "<p>versie 1.2.24</p>",
    ],
)
def test_a_page_that_shows_no_date_gets_none(around: str) -> None:
    assert published(f"{TITLE}{TEXT}{around}") is None


def test_the_hour_of_a_change_is_not_that_of_publication() -> None:
    shown = "<p>Geplaatst: 09-11-2026</p><p>Bijgewerkt: 09-11-2026 18:00</p>"
    assert local(published(f"{TITLE}{shown}{TEXT}")) == "2026-11-09 00:00"
    assert local(published(f"{TITLE}<p>Bijgewerkt: 09-11-2026 18:00</p>{TEXT}")) == (
        "2026-11-09 18:00"
    )


def linked(date: str) -> str:
    """JSON-LD of an article with this date."""
    return (
        '<script type="application/ld+json">'
        f'{{"@type": "NewsArticle", "datePublished": "{date}"}}</script>'
    )


def test_where_declared_dates_disagree_the_one_that_readers_see_counts() -> None:
    meta = '<meta property="article:published_time" content="2026-11-12T09:00:00+01:00">'
    head = linked("2026-11-09T15:05:00+01:00") + meta
    assert local(published(f"{TITLE}{TEXT}", head=head)) == "2026-11-09 15:05"
    assert local(published(f"{TITLE}<p>12-11-2026</p>{TEXT}", head=head)) == "2026-11-12 09:00"


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Mise en ligne</p><p>9 november 2026</p>",
        "<dl><dt>Datum</dt><dd>09-11-2026</dd></dl>",
        "<p>09-11-2026 door <a href=/a>Jan</a> in <a href=/b>Nieuws</a> en <a href=/c>Groen</a></p>",
    ],
)
def test_a_line_about_the_article_shows_its_date(shown: str) -> None:
    assert local(published(f"{TITLE}{shown}{TEXT}"))[:10] == "2026-11-09"


def test_the_name_of_a_standfirst_says_nothing_of_a_change() -> None:
    shown = "<div class='stand-first'><time datetime=2026-11-09T15:05>vandaag</time></div>"
    assert local(published(f"{TITLE}<p>03.11.2026</p>{shown}{TEXT}"))[:16] == "2026-11-09 15:05"
    changed = "<p>Stand: 09.11.2026</p>"
    assert local(published(f"{TITLE}<p>03.11.2026</p>{changed}{TEXT}"))[:10] == "2026-11-03"


@pytest.mark.parametrize("lead", ["9.11.2026 - De raad", "(09-11-2026) De raad", "9 nov 2026: De"])
def test_a_date_that_begins_the_text_is_its_date(lead: str) -> None:
    assert local(published(f"{TITLE}<p>{lead} {TEXT[3:]}"))[:10] == "2026-11-09"


@pytest.mark.parametrize(
    "around",
    [
        "<div class=comments><p>Jan, <time datetime=2026-11-09T15:05>9 nov</time></p></div>",
        "<p>Version 3, 9 November 2026</p>",
    ],
)
def test_dates_of_other_things_are_not_those_of_the_article(around: str) -> None:
    assert published(f"{TITLE}{TEXT}{around}") is None


def on_a_site(date: str, shown: str = "") -> Dated | None:
    """The date of a page whose site declares the same date on all of its pages; "{}" in it is
    another number for each.
    """
    pages = [
        Page(
            url=f"https://krant.example/nieuws/{name}",
            requested=f"https://krant.example/nieuws/{name}",
            body=f"<html lang=nl><head>{linked(date.format(at))}<title>{name}</title></head><body><main>"
            f"<h1>Het verhaal {name}</h1>{shown}{TEXT.replace('bomen', name)}".encode(),
            fetched_at=NOW,
        )
        for at, name in enumerate(("een", "twee", "drie", "vier"))
    ]
    documents = [parse(page) for page in pages]
    source = Source(name="krant", urls=(ADDRESS,), timezone="Europe/Amsterdam", language="nl")
    model = learn(SiteModel(), [], documents)
    return extract(documents[0], source, model, None).published


def test_a_moment_that_most_pages_declare_is_that_of_a_template() -> None:
    assert on_a_site("2019-03-02T10:11:12Z") is None
    assert local(on_a_site("2019-03-02T10:11:12Z", "<p>09-11-2026</p>"))[:10] == "2026-11-09"


def test_what_writes_all_pages_at_once_writes_each_in_another_second() -> None:
    """A template filled in with the clock, or an issue: it counts where nothing else says when."""
    moment = "2019-03-02T10:11:{}2Z"
    assert local(on_a_site(moment))[:16] == "2019-03-02 11:11"
    assert local(on_a_site(moment, "<p>09-11-2026</p>"))[:10] == "2026-11-09"
    assert on_a_site("2019-03-02 10:11:12.4{}1+01:00") is None


@pytest.mark.parametrize("moment", ["2026-11-28T06:00:00+01:00", "2026-11-01T06:00:00+01:00"])
def test_the_moment_of_an_edition_is_that_of_all_its_articles(moment: str) -> None:
    assert local(on_a_site(moment))[:16] == moment[:16].replace("T", " ")


def test_a_day_that_most_pages_declare_counts_where_none_is_shown() -> None:
    assert local(on_a_site("2026-11-27"))[:10] == "2026-11-27"
    assert local(on_a_site("2026-11-27", "<p>09-11-2026</p>"))[:10] == "2026-11-09"


@pytest.mark.parametrize(
    "headline",
    [
        "Hauptversammlung am 5.11.2026",
        "Treffen 20. November, 20 Uhr",
        "Feest, 5 november 2026",
        "Concert 5/11/2026",
    ],
)
def test_the_day_of_an_event_in_a_short_headline_is_not_that_of_publication(headline: str) -> None:
    for shown in ("<p>2 november 2026</p>", "<p>Verein · 2026-11-02 · Marco Senger</p>"):
        body = f"<h2>{headline}</h2>{shown}{TEXT}"
        assert (
            local(published(body, head=f"<title>{headline} - Krant</title>"))[:10] == "2026-11-02"
        )


@pytest.mark.parametrize(
    "lead",
    [
        "Pada hari Sabtu (27/4/2018) lalu, kami memberikan paparan dasar.",
        "Op zaterdag 27 april 2018 hielden wij een avond over licenties.",
    ],
)
def test_the_day_of_what_a_text_tells_comes_after_address_and_listing(lead: str) -> None:
    listed = Dated(at=datetime(2026, 4, 30, 6, tzinfo=UTC), origin="listing")
    text = f"{TITLE}<p>{lead}</p>{TEXT}"
    assert published(text, link=Link(url=ADDRESS, published=listed)) == listed
    assert local(published(text, url="https://krant.example/2026/04/bomen"))[:7] == "2026-04"


def test_dates_of_a_list_of_other_news_below_a_short_text_are_not_its_own() -> None:
    item = "<li><h3><a href=/{0}>Ander nieuws {0}</a></h3><div>1{0}.11.2026 19:10</div></li>"
    text = TEXT.partition("</p>")[0]
    others = "".join(map(item.format, range(2, 7)))
    assert published(f"{TITLE}{text}</p><ul>{others}</ul>") is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "it",
            "Pubblicato: 9 nov 2026, ore 15.05 - Aggiornato: 12 nov 2026, ore 10.00 di Paola Ricci",
        ),
        (
            "de",
            "Aktualisiert: 12. Nov. 2026, 10:00 Uhr · Erstmals publiziert: 9. Nov. 2026, 15:05 Uhr",
        ),
        (
            "el",
            "Τελευταία ενημέρωση: 12.11.2026 - 10:00, Δημοσιεύτηκε: 09.11.2026 - 15:05 Μαρία Παππά",
        ),
        (
            "tr",
            "Güncellenme Tarihi: 12 Kasım 2026 10:00 Oluşturulma Tarihi: 9 Kasım 2026 15:05 Elif Kaya",
        ),
    ],
)
def test_a_line_of_two_dates_and_an_author_is_no_text_however_long(
    language: str, line: str
) -> None:
    found = published(f"{TITLE}<div><span>{line}</span></div>{TEXT}", language=language)
    assert local(found) == "2026-11-09 15:05"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Par Claire Moreau, avant-hier à 14h05"),
        ("pl", "<span>przedwczoraj, 14:05</span> <span>Autor: Anna Nowicka</span>"),
        ("sv", "<span>Av Karin Lind</span> <span>i förrgår kl. 14.05</span>"),
    ],
)
def test_an_age_may_stand_beside_the_author(language: str, line: str) -> None:
    found = published(f"{TITLE}<div>{line}</div>{TEXT}", language=language)
    assert local(found) == "2026-11-26 14:05"


@pytest.mark.parametrize("between", ["", "<figure><img src=/a.jpg></figure>"])
def test_a_footer_above_the_text_has_its_date(between: str) -> None:
    line = "<footer><div>Submitted by Anna Bell 9 Nov 2026, 15:05</div></footer>"
    assert local(published(f"{TITLE}{line}{between}{TEXT}")) == "2026-11-09 15:05"
    assert published(f"{TITLE}{between}{TEXT}{line}") is None


def test_the_one_day_in_the_month_of_the_address_is_the_date() -> None:
    names = "".join(f"<li>Rubriek {name}" for name in "abcdefghijkl")
    beside = (
        f"<aside><p>Over dit artikel</p><p>9 november 2026</p><p>{{}}</p><ul>{names}</ul></aside>"
    )
    address = "https://krant.example/2026/11/een-brug/"
    assert local(published(f"{beside.format('')}{TITLE}{TEXT}", url=address)) == "2026-11-09 00:00"
    two = beside.format("12 november 2026")
    assert local(published(f"{two}{TITLE}{TEXT}", url=address)) == "2026-11-01 00:00"


def test_of_the_dates_above_a_headline_the_nearest_is_its_own() -> None:
    menu = "<div><div>Open dag</div><div>14/02/2019</div><div>Lees verder</div></div>"
    meta = "<div>08/08/2026 door <a href=/jan>Jan de Vries</a> <a href=/mode>Mode</a></div>"
    assert local(published(f"{menu}{meta}{TITLE}{TEXT}")) == "2026-08-08 00:00"


@pytest.mark.parametrize(
    ("banner", "day"),
    [
        ("Wij zijn gesloten op 24 november 2026 om 15:00 uur. Bedankt voor uw begrip.", ""),
        ("Our shop will close on 24 November 2026 at 3:00. Thank you for all these years!", ""),
        ("Am 24.11.2026 bleibt das Rathaus wegen einer Feier für alle geschlossen.", ""),
        ("24.11.2026.", "2026-11-24"),
        ("Dinsdag 24 november 2026", "2026-11-24"),
    ],
)
def test_a_sentence_above_the_headline_tells_of_another_day(banner: str, day: str) -> None:
    shown = published(f"<div>{banner}</div><div><img src=/logo.png></div>{TITLE}{TEXT}")
    assert local(shown)[:10] == day


@pytest.mark.parametrize(
    "line",
    [
        "Posted by: Your Secret Admirer on November 9, 2026 at 3:05 PM",
        "Geplaatst door Annemarie van der Heuvel op 9 november 2026 om 15:05",
        "Publié par Jean-Baptiste de La Salle le 9 novembre 2026 à 15:05",
    ],
)
def test_a_line_about_the_article_may_be_set_as_a_heading(line: str) -> None:
    assert local(published(f"{TITLE}<h4>{line}</h4>{TEXT}")) == "2026-11-09 15:05"


def test_the_listing_says_nothing_where_the_address_names_another_month() -> None:
    for day, month in (("2026-11-05", "11"), ("2026-08-30", "08")):
        listed = Dated(at=datetime.fromisoformat(f"{day}T10:00Z"), origin="listing")
        address = f"https://krant.example/2026/{month}/bomen/"
        link = Link(url=address, published=listed)
        assert published(f"{TITLE}{TEXT}", url=address, link=link) == listed
        older = f"https://krant.example/2025/{month}/bomen/"
        shown = published(f"{TITLE}{TEXT}", url=older, link=Link(url=older, published=listed))
        assert local(shown)[:7] == f"2025-{month}"


STORY = f"{TITLE}<div class=tekst>{TEXT}</div>"
LISTED = Link(
    url=ADDRESS, published=Dated(at=datetime(2026, 11, 9, 23, tzinfo=UTC), origin="listing")
)


@pytest.mark.parametrize(
    "below",
    [
        (
            "<div id=diskuse><h2>Diskuse</h2><div><strong>Anna</strong> <span>20. 11. 2026 18:40</span>"
            "<p>Wat een goed plan voor de stad.</p></div></div>"
        ),
        (
            "<ul><li><b>Anna</b> zegt: <time datetime='2026-11-20T18:40'>20 november</time>"
            "<p>Wat een goed plan voor de stad.</p></li></ul>"
        ),
        (
            "<section><div><p>Anna</p><p class=date>20 november 2026, 18:40</p><div>"
            "<p>Wat een goed plan voor de stad.</p></div></div></section>"
        ),
        (
            "<article><footer><b>Anna</b> <a href=#c1><time datetime='2026-11-20T18:40'>20 nov</time></a>"
            "</footer><p>Wat een goed plan voor de stad.</p></article>"
        ),
        (
            "<div><h3>Anna</h3><div class=submitted>20-11-2026 18:40</div><p>Wat een goed plan!</p>"
            "<h3>Piet</h3><div class=submitted>21-11-2026 8:40</div><p>Nou, dat valt nog te bezien.</p></div>"
        ),
        "<dl><dt>Anna, 20 november 2026</dt><dd>Wat een goed plan voor de stad.</dd></dl>",
        (
            "<div><span title='2026-11-20T18:40:00Z'>8 dagen geleden</span>"
            "<p>Wat een goed plan voor de stad.</p></div>"
        ),
    ],
)
def test_a_date_that_heads_a_text_below_the_article_is_not_its_own(below: str) -> None:
    assert published(STORY + below) is None
    assert local(published(STORY + below, link=LISTED)) == "2026-11-10 00:00"


@pytest.mark.parametrize(
    "below",
    [
        "<p>9 november 2026, 15:05</p>",
        "<div><span>9 november 2026, 15:05</span> <a href=/deel>Deel dit bericht</a></div>",
        "<div><time datetime='2026-11-09T15:05'>9 november</time></div><p>Lees ook onze brief.</p>",
        "<ul><li><b>Datum</b> 9 november 2026, 15:05</li><li>Deel dit bericht met je buren.</li></ul>",
        "<div><p>Laatst gewijzigd op 9 november 2026</p><p>Oudere versies staan in het archief.</p></div>",
    ],
)
def test_a_date_below_the_text_that_heads_nothing_is_that_of_the_article(below: str) -> None:
    assert local(published(STORY + below))[:10] == "2026-11-09"


def test_a_day_with_its_year_is_what_the_page_shows_and_no_age() -> None:
    found = published(f"{TITLE}<p>3 December, 2025 · By the editors</p>{TEXT}")
    assert found is not None
    assert (local(found), found.origin) == ("2025-12-03 00:00", "visible")


@pytest.mark.parametrize("said", ["{} | 9 november", "Zondag 9 november | {}", "{} (9 november)"])
def test_a_day_without_a_year_in_a_headline_is_that_of_an_event(said: str) -> None:
    assert published(f"<h1>{said.format('Duizend bomen langs de ringweg')}</h1>{TEXT}") is None


@pytest.mark.parametrize(("inside", "shown"), [(True, "2026-11-09 15:05"), (False, "")])
def test_the_foot_of_the_article_may_say_when_it_was_published(inside: bool, shown: str) -> None:
    when = '<a rel=bookmark href=/x><time class="entry-date published" datetime="2026-11-09T14:05:00Z">9'
    name = "entry-meta" if inside else "site"
    foot = f"<footer class={name}><span>{when} november 2026</time></a></span></footer>"
    page = f"<article>{TITLE}{TEXT}{foot if inside else ''}</article>{'' if inside else foot}"
    assert local(published(page)) == shown


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("<link rel=prev title='Kijkcijfers van 27-09-2026' href=/n/1>", ""),
        ("", "<ul><li><a rel=prev href=/n/1>Kijkcijfers van 27-09-2026</a></li></ul>"),
    ],
)
def test_the_day_in_the_title_of_the_article_before_this_one_is_not_its_date(
    head: str, below: str
) -> None:
    assert published(f"{TITLE}{TEXT}{below}", head=head) is None


def test_the_day_in_a_headline_that_is_no_heading_comes_after_that_below_it() -> None:
    title = "Duizend bomen langs de ringweg op 21-10-2026 geplant"
    body = f"<div class=kop>{title}</div><div>Tijd: 2026-11-09 15:05 Gelezen:</div>{TEXT}"
    link = Link(url=ADDRESS, title=title)
    assert local(published(body, link=link)) == "2026-11-09 15:05"


@pytest.mark.parametrize(
    ("listed", "at"),
    [
        ("2026-02-05 09:01", "2026-02-05 10:50"),  # as the other dates of the listing tell
        ("2026-05-02 09:01", "2026-05-02 10:50"),
        ("2026-03-07 09:01", "2026-05-02 10:50"),  # that of something else
        ("2025-02-05 09:01", "2026-05-02 10:50"),
    ],
)
def test_which_number_is_the_month_is_told_by_the_listing(listed: str, at: str) -> None:
    moment = datetime.fromisoformat(listed).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    link = Link(url=ADDRESS, published=Dated(at=moment.astimezone(UTC), origin="listing"))
    assert local(published(f"{TITLE}<p>02/05/2026 - 10:50</p>{TEXT}", link=link)) == at


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("2026/2/5/bomen", "2026-02-05 10:50"),
        ("2026/5/2/bomen", "2026-05-02 10:50"),
        ("2026/3/7/bomen", "2026-05-02 10:50"),  # that of something else
        ("2025/2/5/bomen", "2026-05-02 10:50"),
    ],
)
@pytest.mark.parametrize("shown", ["02.05.26", "02.05.2026"])
def test_which_number_is_the_month_is_told_by_the_address(shown: str, path: str, at: str) -> None:
    address = f"https://krant.example/nieuws/{path}"
    assert local(published(f"{TITLE}<p>{shown} - 10:50</p>{TEXT}", url=address)) == at


@pytest.mark.parametrize(
    ("others", "read"),
    [
        (("11/13/2025 - 10:00", "12/27/2025 - 09:10", "09/22/2025 - 16:05"), "2026-11-05 12:26"),
        (("13/11/2025 - 10:00", "27/12/2025 - 09:10", "22/09/2025 - 16:05"), "2026-05-11 12:26"),
        (("11/13/2025 - 10:00", "27/12/2025 - 09:10", "09/08/2025 - 16:05"), "2026-05-11 12:26"),
    ],
)
def test_day_and_month_stand_as_on_the_other_pages_of_a_site(
    others: tuple[str, ...], read: str
) -> None:
    def written(at: int, day: str) -> Page:
        url = f"https://krant.example/nieuws/{at}"
        text = TEXT.replace("bomen", f"haven {at}")
        body = f"<html lang=nl><title>Het verhaal {at}</title><main><h1>Het verhaal {at}</h1>"
        shown = f"{body}<p>{day}</p>{text}"
        return Page(url=url, requested=url, body=shown.encode(), fetched_at=NOW)

    days = ("11/05/2026 - 12:26", *others)
    documents = [parse(written(at, day)) for at, day in enumerate(days)]
    source = Source(name="krant", urls=(ADDRESS,), timezone="Europe/Amsterdam", language="nl")
    found = extract(documents[0], source, learn(SiteModel(), [], documents), None).published
    assert local(found)[:16] == read
