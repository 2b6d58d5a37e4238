"""What a card says of its article: headline, teaser, time, picture; and whether it was paid for."""

from __future__ import annotations

import pytest

from feedbot.model import Source
from feedbot.read.discover.anchors import anchors
from feedbot.read.discover.card_text import CardText, read_card
from feedbot.read.discover.cards import cards
from feedbot.web.timestamps import local_of
from tests.sample_pages import LISTING, NOW, document

SOURCE = Source(name="x", urls=(LISTING,), timezone="UTC")
LINK = "<a href='/n/a'>Brug dicht</a>"
TITLED = "<h3><a href='/n/a'>Brug over de Maas is open</a></h3>"
SENTENCE = "De brug over de Maas is weer open, na jaren"  # 43 letters


def read(card: str, day: str = "") -> CardText:
    """The text of the first card."""
    page = document(f"<body>{card}</body>", LISTING)
    found = cards(page, list(anchors(page)))
    return read_card(found[0], local_of(page, SOURCE), day)


# --- headline ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "title"),
    [
        (LINK, "Brug dicht"),
        # a heading that is a link, else one that is as long
        (f"<h2>{LINK}</h2><h3>Brug over de Maas dicht</h3>", "Brug dicht"),
        (f"<h3>Brug over de Maas</h3><p>{LINK}</p>", "Brug over de Maas"),
        (f"<h3>Brug weer 1</h3><p>{LINK}</p>", "Brug weer 1"),
        (f"<h3>Brug weer</h3><p>{LINK}</p>", "Brug dicht"),
        (f"<h3>Brug open!</h3><p>{LINK}</p>", "Brug open!"),
        (f"<h3>Brug over de Maas</h3><h3>Veer over de Schelde</h3><p>{LINK}</p>", "Brug over de Maas"),
        (f"<h3>{'a' * 250}</h3><p>{LINK}</p>", "a" * 250),
        (f"<h3>{'a' * 251}</h3><p>{LINK}</p>", "Brug dicht"),
        # a standfirst that is marked as a heading, below a link that reads like a headline
        (f"<p><a href='/n/a'>{SENTENCE}</a></p><h5>Op 31 juli ging de brug in Goes dicht, zegt zij.</h5>", SENTENCE),
        (f"<p><a href='/n/a'>{SENTENCE}</a></p><h4>Het stadsbestuur heeft lang gewacht en gaf de zomer nog een ander uitstel, tot de brug dan toch gereed was</h4>", SENTENCE),
        # a link without words: its heading, a line, what its picture is called
        ("<h3>Brug open</h3><a href='/n/a'>Lees verder</a>", "Brug open"),
        ("<h2><a href='/n/a'><img src=x></a></h2><h3>Brug open</h3>", "Brug open"),
        ("<p>Brug over de Maas</p><a href='/n/a'>Lees verder</a>", "Brug over de Maas"),
        ("<a href='/n/a'><img src=x alt=Foto></a><p>Brug over de Maas</p>", "Brug over de Maas"),
        ("<a href='/n/a'><img src=x alt=Foto></a>", "Foto"),
        ("<a href='/n/a'>Lees verder</a>", ""),
    ],
)  # fmt: skip
def test_the_headline_of_a_card(card: str, title: str) -> None:
    assert read(f"<article>{card}</article>").title == title


@pytest.mark.parametrize(
    ("line", "is_headline"),
    [
        ("Zeeland", False),
        ("Brug uit", True),
        ("Advertentie", False),
        ("Lees het hele artikel", False),
        ("Door Jan de Vries", False),
        ("25 minuten geleden", False),
        ("15:08 uur", False),
        ("12 februari 2026", False),
        ("Brug dicht vanaf donderdag 2 april 2026", False),
        ("Brug dicht vanaf donderdag 12 maart 2026", True),
        ("a" * 250, True),
        ("a" * 251, False),
    ],
)
def test_the_first_line_that_may_be_a_headline(line: str, *, is_headline: bool) -> None:
    card = f"<article><p>{line}</p><p>Veer vaart weer</p><a href='/n/a'>Lees verder</a></article>"
    assert read(card).title == (line if is_headline else "Veer vaart weer")


def test_a_line_ends_before_how_long_ago_it_was() -> None:
    card = "<article><p>Veer vaart weer 3 uur geleden</p><a href='/n/a'>Lees verder</a></article>"
    assert read(card).title == "Veer vaart weer"


# --- teaser and picture -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "teaser"),
    [
        (f"<p>{'a' * 40}</p>", "a" * 40),
        (f"<p>{'a' * 39}</p>", ""),
        (f"<p>Zeeland</p><p>{SENTENCE}</p>", SENTENCE),
        (f"<p>{SENTENCE}</p><p>{SENTENCE} hersteld</p>", f"{SENTENCE} hersteld"),
        (f"<p>{SENTENCE} hersteld</p><p>{SENTENCE}</p>", f"{SENTENCE} hersteld"),
        (f"<p>{SENTENCE} 3 uur geleden</p>", SENTENCE),
        # neither a heading, nor a title, nor one with a date or a section beside it
        (f"<h4>{SENTENCE}</h4>", ""),
        (f"<p><a href='/n/b'>{SENTENCE}</a></p>", ""),
        (f"<p>Brug over de Maas is open {'a' * 39}</p>", f"Brug over de Maas is open {'a' * 39}"),
        (f"<p>Brug over de Maas is open {'a' * 38}</p>", ""),
        (
            f"<p>Brug over de Maas is open: Brug over de Maas is open {'a' * 14}</p>",
            f"Brug over de Maas is open: Brug over de Maas is open {'a' * 14}",
        ),
    ],
)
def test_the_teaser_of_a_card(more: str, teaser: str) -> None:
    assert read(f"<article>{TITLED}{more}</article>").teaser == teaser


def test_without_a_title_a_long_text_is_a_teaser() -> None:
    card = f"<article><p>{'een lange tekst ' * 20}</p><a href='/n/a'><img src=x></a></article>"
    assert read(card).teaser.startswith("een lange tekst een")


@pytest.mark.parametrize(
    ("card", "has_heading", "has_picture"),
    [
        (LINK, False, False),
        (f"<h3>{LINK}</h3>", True, False),
        (f"<h3>Brug</h3><p>{LINK}</p>", True, False),
        (f"<div role=heading>{LINK}</div>", True, False),
        (f"<img src=x>{LINK}", False, True),
        (f"<picture></picture>{LINK}", False, True),
    ],
)
def test_a_card_has_a_heading_and_a_picture(
    card: str, *, has_heading: bool, has_picture: bool
) -> None:
    found = read(f"<article>{card}</article>")
    assert (found.has_heading, found.has_picture) == (has_heading, has_picture)


# --- paid for ---------------------------------------------------------------------------------

AD = "<span>Advertentie</span>"


@pytest.mark.parametrize(
    ("card", "is_sponsored"),
    [
        (f"<article>{LINK}</article>", False),
        (f"<article>{AD}{LINK}</article>", True),
        ("<article><a href='/n/a' rel='nofollow Sponsored'>Brug dicht</a></article>", True),
        ("<article><a href='/n/a' rel=nofollow>Brug dicht</a></article>", False),
        ("<article><a href='/n/a'><b>Gesponsord</b> <i>Brug dicht</i></a></article>", True),
        ("<div><a href='/n/a'><b>Gesponsord</b> <i>Brug dicht</i></a></div>", True),
        # after the headline only in a box that is surely its own
        (f"<article>{LINK}{AD}</article>", True),
        (f"<ul><li>{LINK}{AD}</li><li><a href='/n/b'>Veer vaart</a></li></ul>", True),
        (f"<div>{LINK}{AD}</div>", False),
        (f"<div>{AD}{LINK}</div>", True),
        # nothing else, and nothing that no reader sees
        ("<article><p>Advertentie van de dag</p><a href='/n/a'>Brug dicht</a></article>", False),
        (f"<article><script>Advertentie</script>{LINK}</article>", False),
        (f"<article><!--Advertentie-->{LINK}</article>", False),
        (f"<article><p>Advertentie{'.' * 49}</p>{LINK}</article>", True),
        (f"<article><p>Advertentie{'.' * 50}</p>{LINK}</article>", False),
        # near the beginning of its card
        (f"<article>{'<i></i>' * 98}{AD}{LINK}</article>", True),
        (f"<article>{'<i></i>' * 99}{AD}{LINK}</article>", False),
    ],
)
def test_a_card_says_that_it_was_paid_for(card: str, *, is_sponsored: bool) -> None:
    assert read(card).is_sponsored == is_sponsored


def test_a_lead_that_is_a_link_beside_that_of_the_heading_is_the_teaser() -> None:
    lead = "De brug over de Maas is na een jaar weer open. " * 3
    found = read(f"<li><h4>{LINK}</h4><p><a href='/n/a'>{lead}</a></p></li>")
    assert (found.title, found.teaser) == ("Brug dicht", lead.strip())


# --- when -------------------------------------------------------------------------------------


def when(more: str, day: str = "") -> str:
    """When a card says that it was published: "02-01 12:05", with "ago" where it says how long ago."""
    found = read(f"<article>{TITLED}{more}</article>", day).published
    assert found is None or found.at.microsecond == 0
    ago = " ago" if found and found.origin == "relative" else ""
    return f"{found.at:%m-%d %H:%M}{ago}" if found else ""


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("12 januari 2026 15:08", "01-12 15:08"),
        ("Zeeland | 12 januari 2026", "01-12 00:00"),
        ("25 minuten geleden", "02-01 11:35 ago"),
        ("gisteren", "01-31 00:00 ago"),
        ("Zeeland gisteren", "01-31 00:00 ago"),
        ("11:05 Zeeland", "02-01 11:05"),
        ("Zeeland 11:05", "02-01 11:05"),
        (f"{SENTENCE} 3 uur geleden", "02-01 09:00 ago"),
        # clocks may be wrong by some minutes, time zones by a day
        ("vandaag 12:05", "02-01 12:05 ago"),
        ("vandaag 12:06", "01-31 12:06"),
        ("2 februari 2026 12:00", "02-02 12:00"),
        ("3 februari 2026", ""),
        # the day of publication rather than that of a change
        ("Bijgewerkt: 20-01-2026 Geplaatst: 19-01-2026", "01-19 00:00"),
        ("19-01-2026 tot 20-01-2026", "01-19 00:00"),
        ("20-01-2026 en 19-01-2026", "01-20 00:00"),
        # in a short line
        (f"{'a' * 105} 12 januari 2026", ""),
        (f"{'a' * 104} 12 januari 2026", "01-12 00:00"),
        # the title says nothing about it
        ("Brug over de Maas is open", ""),
        ("Brug over de Maas is open 12 januari 2026", "01-12 00:00"),
        ("Zeeland", ""),
        ("Schrijf je in: nu", ""),
        ("Nu aanmelden", ""),
        ("Gisteren 5 tegen 3", ""),
        # odds and prices are no hours
        ("1: 1.85 X: 3.20 2: 4.10", ""),
        ("1.85 3.20 4.10", ""),
        ("€ 12,50 nu € 9.95", ""),
        ("Open 9.00 tot 11.30", ""),
        ("Lun-Vie: 9am to 6pm Sab: 10am to 2pm", ""),
        ("Mo-Fr 9 Uhr bis 17 Uhr", ""),
        # the clock of an event that lies ahead is not one of today, but its age is its own
        ("14 maart 2026 om 8:30", ""),
        (f"{SENTENCE} 14 maart 2026 3 uur geleden", "02-01 09:00 ago"),
        ("", ""),
    ],
)
def test_when_a_line_says_that_it_was_published(line: str, at: str) -> None:
    assert when(f"<p>{line}</p>") == at


@pytest.mark.parametrize(
    "line", ["Vandaag sturen wij een brief over:", "Gisteren was het feest.", "Wij komen morgen!"]
)
def test_the_day_of_which_a_line_tells_is_not_that_of_publication(line: str) -> None:
    assert when(f"<p>{line}</p>") == ""


def test_a_day_amid_a_text_is_not_that_of_publication() -> None:
    day = "<p>12 januari 2026</p>"
    text = f"<p>{SENTENCE}.</p>"
    assert when(f"{text}{text}{day}{text}") == ""
    for around in (f"{day}{text * 3}", f"{text}{day}{text * 2}", f"{text * 3}{day}"):
        assert when(around) == "01-12 00:00"
    assert when(f"{text}{day}{text}") == "01-12 00:00"


@pytest.mark.parametrize(
    ("stamps", "at"),
    [
        ("<time datetime=2026-01-12T15:08:01.5Z></time>", "01-12 15:08"),
        ("<time datetime=2026-01-12></time><p>13 januari 2026</p>", "01-12 00:00"),
        # the first one; rather one that names publication, then one with its hour
        ("<time datetime=2026-01-13></time><time datetime=2026-01-12></time>", "01-13 00:00"),
        (
            "<time datetime=2026-01-13></time><time datetime=2026-01-14T15:08Z></time>",
            "01-14 15:08",
        ),
        (
            "Bijgewerkt <time datetime=2026-01-13T15:08Z></time><p>Geplaatst <time datetime=2026-01-12>",
            "01-12 00:00",
        ),
        # not tomorrow
        ("<time datetime=2026-02-02T12:00Z></time>", "02-02 12:00"),
        ("<time datetime=2026-02-02T12:01Z></time>", ""),
        (
            "<time datetime=2026-02-02T12:01Z></time><time datetime=2026-01-12></time>",
            "01-12 00:00",
        ),
    ],
)
def test_what_a_card_says_for_machines_goes_first(stamps: str, at: str) -> None:
    assert when(stamps) == at


@pytest.mark.parametrize(
    ("lines", "day", "at"),
    [
        (("12 januari 2026", "15:08"), "", "01-12 15:08"),
        (("15:08", "12 januari 2026"), "", "01-12 15:08"),
        (("gisteren", "15:08"), "", "01-31 15:08"),
        (("15:08",), "12 januari 2026", "01-12 15:08"),
        (("13 januari 2026", "15:08"), "12 januari 2026", "01-13 15:08"),
        # without a clock the day above the list is not taken
        (("Zeeland",), "12 januari 2026", ""),
        (("11:08",), "", "02-01 11:08"),
        # clocks may be wrong by some minutes
        (("1 februari 2026", "12:05"), "", "02-01 12:05"),
        (("1 februari 2026", "12:06"), "", "02-01 00:00"),
    ],
)
def test_day_and_clock_stand_apart(lines: tuple[str, ...], day: str, at: str) -> None:
    assert when("".join(f"<p>{line}</p>" for line in lines), day) == at


def test_the_length_of_a_film_is_no_clock() -> None:
    film = "<div><img src=a.jpg><span>11:08</span></div>"
    assert when(film) == ""
    assert when(f"{film}<p>10:15</p>") == "02-01 10:15"
    assert when("<div>11:08</div>") == "02-01 11:08"


def test_what_was_some_seconds_ago_is_told_to_the_second() -> None:
    assert NOW.microsecond == 0
    late = read(f"<article>{TITLED}<p>25 seconden geleden</p></article>").published
    assert late is not None
    assert late.at.microsecond == 0


@pytest.mark.parametrize(
    ("more", "is_ahead"),
    [
        ("<p>Dinsdag 17 maart 2026, 19:30 uur, sporthal De Wiek</p>", True),
        ("<time datetime=2026-03-17>dinsdag</time>", True),
        ("<p>3 februari 2026</p>", True),
        ("<p>2 februari 2026</p>", False),  # of another time zone
        ("<p>12 januari 2026</p><p>Aanmelden tot 17 maart 2026</p>", False),
        ("<p>25 minuten geleden</p><p>17 maart 2026</p>", False),
        # without its year, the nearer one
        ("<p>3 juni</p>", True),
        ("<p>Zaterdag 14 maart, 11:05</p>", True),
        ("<p>3 juni</p><p>19:30</p>", True),
        ("<div><span>03</span><span>jun</span></div>", True),
        ("<div><span>03</span><span>dec</span></div>", False),
        ("<p>2 jaar geleden</p>", False),
        ("<p>3 september</p>", False),
        ("<p>3 juni 2025</p>", False),
        ("", False),
    ],
)
def test_the_only_day_of_a_card_lies_ahead(more: str, *, is_ahead: bool) -> None:
    assert read(f"<article>{TITLED}{more}</article>").is_ahead == is_ahead


@pytest.mark.parametrize(
    ("badge", "at"),
    [  # NOW is 1 February 2026
        ("<span>27</span><span>nov</span>", "2025-11-27"),
        ("<div>27</div><div>novembre</div>", "2025-11-27"),
        ("<p>NOV</p><p>27</p>", "2025-11-27"),
        ("<b>Nov</b><b>27</b><b>2024</b>", "2024-11-27"),
        ("<div>27</div><div>nov 2024</div>", "2024-11-27"),
        ("<i>Mi</i><i>27.</i><i>Nov.</i>", "2025-11-27"),
        ("<span>05</span><span>ene</span>", "2026-01-05"),
        ("<span>5</span><span>janv.</span>", "2026-01-05"),
        ("<div>12</div><div>paź</div>", "2025-10-12"),
        ("<div>1</div><div>Mär</div>", "2025-03-01"),
        ("<b>27</b><br><i>sept</i>", "2025-09-27"),
        ("<span>12</span><span>reacties</span>", ""),
        ("<span>1</span><span>min</span>", ""),
        ("<span>32</span><span>nov</span>", ""),
    ],
)
def test_a_badge_shows_a_day_part_by_part(badge: str, at: str) -> None:
    for card in (f"<div>{badge}</div>{TITLED}", f"{TITLED}<div>{badge}</div>"):
        found = read(f"<article>{card}</article>").published
        assert (f"{found.at:%Y-%m-%d}" if found else "") == at


@pytest.mark.parametrize(
    ("line", "is_dated"),
    [
        ("Hier gibt es Grafiken und Texte zum Herunterladen", False),
        ("Hier, à Paris", True),
        ("Politique hier", True),
    ],
)
def test_a_word_of_a_teaser_is_no_day_of_another_language(line: str, is_dated: bool) -> None:
    found = read(f"<article>{TITLED}<p>{line}</p></article>").published
    assert (found is not None) == is_dated


def test_a_line_that_says_when_counts_before_a_badge() -> None:
    card = f"<div><b>27</b><b>nov</b></div>{TITLED}<p>3 december 2025</p>"
    found = read(f"<article>{card}</article>").published
    assert found is not None
    assert f"{found.at:%Y-%m-%d}" == "2025-12-03"
