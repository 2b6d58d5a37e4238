"""The clues of a link, what they add up to, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from feedbot.model import Link
from feedbot.read.discover.evidence import (
    Showing,
    against,
    at_first_sight,
    in_favour,
    lone_list,
    weigh,
)
from feedbot.read.discover.learning import Known, learn_kind
from feedbot.read.discover.links import _showings
from tests.sample_pages import HOME, LISTING, SOURCE, document

TEASER = "Een paar regels over wat er is gebeurd, voor wie wil weten of hij verder leest."


def weighed(body: str, known: Known | None = None, here: str = LISTING) -> Sequence[Showing]:
    """What a page shows, with clues and scores, in the order of the page."""
    showings = _showings(document(f"<body>{body}</body>", here), SOURCE, None)
    weigh(showings, here, known or {})
    return showings


def clues(body: str, path: str, known: Known | None = None) -> Mapping[str, float]:
    """The clues of the first link to a path."""
    return next(one.clues for one in weighed(body, known) if one.url == HOME + path)


def title(at: int, words: int, letters: int) -> str:
    """A title of so many words and letters, another one for each number."""
    first = f"{'abcdefgh'[at]}o " + "zo " * (words - 2)
    return first + "n" * (letters - len(first))


# --- what the clues add up to -----------------------------------------------------------------

ROW = "<li><a href='/n/x{at}'>{title}</a>"
IN_TEXT = (
    "<p>Lees alles over <a href='/2026/01/een-dorp-en-zijn-brug-x{at}'>{title}</a> in de krant.</p>"
)
BELOW = "".join(f"<a href='/n/x{at}/y'>y</a>" for at in "abc")
DATED_LIST = "".join(f"<li><a href='/r/r{at}'>r{at}</a> 12 januari 2026" for at in "abcdefgh")
UNDER = "<li><h3><a href='/{at}'>{at} en nog een heel lange kop van een verhaal waar zij bij staat</a></h3>"


@pytest.mark.parametrize(
    ("words", "letters", "row", "around"),
    [
        (4, 37, ROW, "<ul>{}</ul>"),
        # what the card shows
        (6, 20, "<li><h3><a href='/n/x{at}'>{title}</a></h3>", "<ul>{}</ul>"),
        (3, 29, f"{ROW}<p>{TEASER}</p>", "<ul>{}</ul>"),
        (3, 21, f"{ROW} 12 januari 2026", "<ul>{}</ul>"),
        (3, 29, f"<li><img src=x.jpg>{ROW[4:]}", "<ul>{}</ul>"),
        (5, 40, ROW, f"<main><ul>{DATED_LIST}</ul><ul>{{}}</ul></main>"),
        # where it stands
        (3, 29, ROW, "<main><ul>{}</ul></main>"),
        (5, 40, ROW, "<nav><ul>{}</ul></nav>"),
        (6, 41, ROW, "<div class=sidebar><ul>{}</ul></div>"),
        (5, 25, IN_TEXT, "<main>{}</main>"),
        (8, 44, UNDER + ROW[4:], "<main><ul>{}</ul></main>"),
        # what its address says
        (3, 26, "<li><a href='/n/een-lang-verhaal-over-x{at}'>{title}</a>", "<ul>{}</ul>"),
        (3, 31, "<li><a href='/n/{at}8'>{title}</a>", "<ul>{}</ul>"),
        (6, 22, "<li><a href='/2026/01/x{at}'>{title}</a>", "<ul>{}</ul>"),
        (5, 27, "<li><a href='/{at}/contact'>{title}</a> 12 januari 2026", "<main><ul>{}</ul></main>"),
        (7, 27, "<li><a href='/contact/x{at}'>{title}</a>", "<ul>{}</ul>"),
        (6, 35, "<li><a href='/tag/x{at}'>{title}</a>", "<ul>{}</ul>"),
        (4, 30, "<li><a href='?page={number}'>{title}</a>", "<main><ul>{}</ul></main>"),
        (4, 41, "<li><a href='https://www.example.org/x{at}'>{title}</a>", "<ul>{}</ul>"),
        (5, 46, ROW, f"<ul>{{}}</ul>{BELOW}"),
    ],
)  # fmt: skip
def test_how_long_titles_must_be_for_a_list_to_be_news(
    words: int, letters: int, row: str, around: str
) -> None:
    """What else a list shows, and where it stands, makes up for short titles or costs letters."""

    def is_news(letters: int) -> bool:
        titles = [title(at, words, letters) for at in range(3)]
        cards = (row.format(at="abc"[at], number=at + 2, title=titles[at]) for at in range(3))
        found = [one for one in weighed(around.format("".join(cards))) if one.shown.title in titles]
        assert len(found) == 3
        return all(one.score > 0 for one in found)

    assert (is_news(letters - 1), is_news(letters)) == (False, True)


STRONG = (
    "<main><article><h2><a href='/2026/01/12/{}'>{}</a></h2><p>{}</p><time datetime=2026-01-12>"
    "</time><img src=x.jpg></article></main>"
).format("een-heel-lang-verhaal-over-de-brug-en-het-dorp", title(0, 9, 60), TEASER)


def test_nothing_outweighs_that_a_page_was_read_and_is_not_an_article() -> None:
    [before] = weighed(STRONG)
    assert before.score > 6
    known = learn_kind({}, Link(url=before.url), is_article=False)
    [after] = weighed(STRONG, {trait: known[trait] for trait in known if trait.startswith("page ")})
    assert after.score < 0
    assert at_first_sight(after) == pytest.approx(at_first_sight(before)) == before.score


def test_what_earlier_visits_found_lowers_the_score_and_is_named() -> None:
    [before] = weighed(STRONG)
    known = learn_kind({}, Link(url=f"{HOME}/2026/02/13/een-ander", place="x"), is_article=False)
    [after] = weighed(STRONG, dict.fromkeys(known, (0, 30)))
    assert after.score < before.score
    assert at_first_sight(after) == pytest.approx(before.score)
    assert against(after).startswith("links like it led to pages that are not articles; ")


# --- how they are told ------------------------------------------------------------------------


def showing(**found: float) -> Showing:
    [one] = weighed("<a href='/n/x'>Brug</a>")
    one.clues = dict.fromkeys(one.clues, 0.0) | found
    return one


NOTHING = "the page lists nothing that is more like news"


@pytest.mark.parametrize(
    ("found", "phrases"),
    [
        ({"teaser": 1.0, "service": 1.0}, NOTHING),  # worth little
        ({"heading": 0.5}, NOTHING),
        ({"form: teaser": 1.0}, "pages with such addresses have teasers"),
        ({"words": 1.0, "form: picture": 1.0}, NOTHING),  # others say nearly the same
        (
            {"heading": 1.0, "time": 1.0, "form: time": 1.0, "digits": 0.5, "form: teaser": 1.0},
            "pages with such addresses have times; it has a time; it has a heading",
        ),
    ],
)
def test_what_speaks_most_for_a_link_is_told(found: dict[str, float], phrases: str) -> None:
    assert in_favour(showing(**found)) == phrases


@pytest.mark.parametrize(
    ("found", "phrases"),
    [
        ({"elsewhere": 1.0, "heading": 1.0}, "too little speaks for it"),
        ({"experience": -0.2}, "too little speaks for it"),
        ({"experience": -0.3}, "links like it led to pages that are not articles"),
        (
            {"navigation": 1.0, "running": 0.5, "heading": 1.0},
            "it stands amid a text; it stands in a navigation",
        ),
    ],
)
def test_what_speaks_most_against_a_link_is_told(found: dict[str, float], phrases: str) -> None:
    assert against(showing(**found)) == phrases


# --- the clues of a link ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "letters", "name", "value"),
    [
        (3, 24, "long", 0), (3, 25, "long", 1),
        (3, 30, "length", 1 / 2), (3, 59, "length", 59 / 60), (3, 60, "length", 1), (3, 61, "length", 1),
        (4, 40, "words", 1 / 2), (7, 40, "words", 7 / 8), (8, 40, "words", 1), (9, 40, "words", 1),
    ],
)  # fmt: skip
def test_a_title_counts_by_its_letters_and_words_up_to_those_of_a_headline(
    words: int, letters: int, name: str, value: float
) -> None:
    link = f"<a href='/n/x'>{title(0, words, letters)}</a>"
    assert clues(link, "/n/x")[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("around", "shown"),
    [
        ("<div>{}</div>", ""),
        ("<main>{}</main>", "main"),
        ("<div role=main><div>{}</div></div>", "main"),
        ("<article>{}</article>", "main"),
        ("<main><article><div>{}</div></article></main>", "main"),
        ("<nav><div>{}</div></nav>", "navigation"),
        ("<div role=navigation>{}</div>", "navigation"),
        ("<div role=list>{}</div>", ""),
        ("<footer><main>{}</main></footer>", "main navigation"),
        ("<div class='site-menu'><div>{}</div></div>", "furniture"),
        ("<div id=sidebar>{}</div>", "furniture"),
        ("<div class=metal>{}</div>", ""),
        ("<div class=sidebar><article><div>{}</div></article></div>", "main"),
        ("<article><div class=sidebar><div>{}</div></div></article>", "main furniture"),
    ],
)
def test_what_a_link_stands_in(around: str, shown: str) -> None:
    found = clues(around.format("<a href='/n/x'>Brug dicht</a>"), "/n/x")
    assert " ".join(one for one in ("main", "navigation", "furniture") if found[one]) == shown


@pytest.mark.parametrize(
    ("text", "is_amid"),
    [("", False), ("vier", False), ("tien teken", False), ("elf tekens.", True), ("een hele reeks van tekens", True)],
)  # fmt: skip
def test_a_link_amid_a_text_has_more_text_beside_it_than_in_it(text: str, *, is_amid: bool) -> None:
    assert clues(f"<p>{text}<a href='/n/x'>Brug dicht</a></p>", "/n/x")["running"] == is_amid


def test_what_stands_below_a_headline_in_its_item_is_no_text_around_it() -> None:
    about = "van Kees Vos<br>Over een sluis die al negentig jaar op dezelfde plaats lekt"
    item = f"<ul><li><a href='/n/x'>De sluis aan de haven lekt</a>, {about}</li></ul>"
    assert clues(item, "/n/x")["running"] == 0
    assert clues(item.replace("<br>", ". "), "/n/x")["running"] == 1


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/een-twee-drie-vier", "headline", 4 / 8),
        ("/een-twee-drie-vier-vijf-zes-zeven", "headline", 7 / 8),
        ("/een-twee-drie-vier-vijf-zes-zeven-acht", "headline", 1),
        ("/een-twee-drie-vier-vijf-zes-zeven-acht-negen", "headline", 1),
        ("/n/x8", "digits", 1),
        ("/n?x=8", "digits", 1),
        ("/n?x=y", "digits", 0),
        ("/n/contact", "service words", 1),
        ("/n/een-twee-drie-vier-vijf-contact", "service words", 1),
        ("/n/een-twee-drie-vier-vijf-zes-contact", "service words", 0),
        ("/n/brug", "service words", 0),
        ("/n/brug", "elsewhere", 0),
    ],
)
def test_what_an_address_says(path: str, name: str, value: float) -> None:
    assert clues(f"<a href='{path}'>Brug</a>", path)[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Neem contact met ons op", 1),
        ("Neem vandaag nog contact op", 1),
        ("Neem vandaag nog contact op dan", 1),
        ("Neem vandaag nog contact op met ons", 0),
    ],
)
def test_in_a_headline_the_name_of_a_service_is_its_subject(text: str, names: float) -> None:
    assert clues(f"<a href='/n/x'>{text}</a>", "/n/x")["service words"] == names


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("<a href='/sport'>Sport</a><a href='/sport/x'>x</a>", 1),
        ("<a href='/sport'>Sport</a><a href='/sport/a/b/c'>x</a>", 1),
        ("<a href='/sport'>Sport</a><a href='/sport/a?b=1'>x</a>", 1),
        ("<a href='/sport'>Sport</a><a href='/sporten/a'>x</a>", 0),
        ("<div><h3><a href='/sport'>Brug dicht voor het verkeer</a></h3><a href='/sport/x'>2</a></div>", 0),
    ],
)  # fmt: skip
def test_a_section_stands_above_what_other_links_lead_to(body: str, above: float) -> None:
    assert clues(body, "/sport")["above"] == above


def test_a_section_stands_above_what_is_named_below_it_in_a_query() -> None:
    assert clues("<a href='/?2026/02'>x</a><a href='/?2026/02/brug'>x</a>", "/?2026/02")["above"]


def test_the_page_itself_stands_below_its_section() -> None:
    [one] = weighed("<a href='/buitenland'>Buitenland</a>", here=f"{HOME}/buitenland/vandaag")
    assert one.clues["above"] == 1


@pytest.mark.parametrize(("count", "alone"), [(1, 1), (2, 0), (3, 0)])
def test_a_link_is_alone_without_another_beside_it(count: int, alone: float) -> None:
    links = "".join(f"<li><a href='/n/x{at}'>Brug {at} dicht</a>" for at in range(count))
    assert clues(f"<ul>{links}</ul>", "/n/x0")["alone"] == alone


@pytest.mark.parametrize(
    ("dated", "plain", "bare"),
    [(2, 0, 0), (3, 0, 3 / 8), (4, 0, 4 / 8), (7, 0, 7 / 8), (8, 0, 1), (9, 0, 1), (4, 4, 1 / 2)],
)
def test_a_title_is_bare_as_far_as_the_cards_of_the_page_show_more(
    dated: int, plain: int, bare: float
) -> None:
    cards = "".join(f"<li><a href='/r/r{at}'>r{at}</a> 12 januari 2026" for at in range(dated))
    cards += "".join(f"<li><a href='/s/s{at}'>s{at}</a>" for at in range(plain))
    body = f"<a href='/n/x'>Brug dicht</a><ul>{cards}</ul>"
    assert clues(body, "/n/x")["bare"] == pytest.approx(bare)
    assert clues(body, "/r/r0")["bare"] == 0


# --- what links have in common ----------------------------------------------------------------


def items(*cards: str, around: str = "<ul>{}</ul>") -> str:
    """A list of cards; "x1 14:05" is a card that links /n/x1 and shows a time."""
    links = ((name, rest) for name, _, rest in (card.partition(" ") for card in cards))
    return around.format("".join(f"<li><a href='/n/{name}'>Kop {name}</a> {rest}" for name, rest in links))  # fmt: skip


@pytest.mark.parametrize(
    ("body", "place", "form"),
    [
        (items("a 14:05", "b", "c 15:05", "d"), 1 / 2, 1 / 2),
        # lists of three and more are families of their own, shorter ones of the same kind are one
        (items("a 14:05", "b 15:05", "c") + items("d", "e", "f"), 2 / 3, 2 / 6),
        (items("a 14:05", "b 15:05") + items("d", "e"), 2 / 4, 2 / 4),
        # a page that is shown twice counts once
        (items("a 14:05", "b 15:05", "c", "c"), 2 / 3, 2 / 3),
        (items("a 14:05", "b 15:05", "c", "a"), 2 / 3, 2 / 3),
    ],
)
def test_links_share_what_most_in_their_place_or_with_their_form_have(
    body: str, place: float, form: float
) -> None:
    found = clues(body, "/n/a")
    assert found["place: time"] == pytest.approx(place)
    assert found["form: time"] == pytest.approx(form)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        # by the showing with the longer title
        ("<div><a href='/n/a'>Brug</a></div>", "<p><a href='/n/a'>Brug dicht vandaag</a></p>", 3),
        ("<div><a href='/n/a'>Brug dicht vandaag</a></div>", "<p><a href='/n/a'>Brug</a></p>", 3),
        # by the first of equals
        ("<div><a href='/n/a'>Een brug</a></div>", "<p><a href='/n/a'>Eenbrugg</a></p>", 2),
        # rather by its own card than by the second link of another one
        (
            "<div><h3><a href='/r/b'>Een kop die veel langer is</a></h3><a href='/n/a'>Brug dicht vandaag</a></div>",
            "<p><a href='/n/a'>Brug</a></p>",
            1,
        ),
    ],
)  # fmt: skip
def test_among_pages_with_such_addresses_each_counts_by_its_best_showing(
    first: str, second: str, words: int
) -> None:
    assert clues(first + second, "/n/a")["form: words"] == words / 8


def test_titles_that_recur_are_not_distinct() -> None:
    links = "".join(f"<li><a href='/n/x{at}'>{text}</a>" for at, text in enumerate("aabb"))
    found = clues(f"<ul>{links}</ul>", "/n/x0")
    assert (found["place: distinct"], found["form: distinct"]) == (1 / 2, 1 / 2)


def test_titles_that_recur_beside_other_dates_are_distinct() -> None:
    links = "".join(f"<li>{at}-1-2026 <a href='/n/x{at}'>Waterstand</a>" for at in (1, 2, 3, 3))
    found = clues(f"<ul>{links}</ul>".replace("x3", "x9", 1), "/n/x1")
    assert (found["place: distinct"], found["form: distinct"]) == (3 / 4, 3 / 4)


# --- a list of short titles, where a page has no better one ------------------------------------


def lone(*titles: str, around: str = "<ul>{}</ul>") -> list[str]:
    links = (f"<li><a href='/n/x{at}'>{text}</a>" for at, text in enumerate(titles))
    return [one.shown.title for one in lone_list(weighed(around.format("".join(links))))]


SHORT = ("Brug weer open", "Koor zoekt leden", "Dorpsfeest gaat door")


def test_a_plain_list_of_short_titles_is_taken() -> None:
    assert lone(*SHORT) == list(SHORT)
    assert lone(*SHORT, around="<div class=nieuws><ul>{}</ul></div>") == list(SHORT)


@pytest.mark.parametrize(
    ("titles", "around"),
    [
        (SHORT[:2], "<ul>{}</ul>"),
        ((*SHORT, SHORT[0]), "<ul>{}</ul>"),
        (("Afdeling Sport", "Afdeling Bestuur", "Afdeling Wonen en"), "<ul>{}</ul>"),
        (SHORT, "<nav><ul>{}</ul></nav>"),
        (SHORT, "<div class=sidebar><main><div class=menu><ul>{}</ul></div></main></div>"),
        ((), "<p>Geen berichten.</p>"),
    ],
)
def test_names_of_sections_are_not(titles: tuple[str, ...], around: str) -> None:
    assert lone(*titles, around=around) == []


def test_its_titles_have_two_words_and_more() -> None:
    two, three = ("Sportafdeling A", "Bestuursafdeling B"), ("Brug weer open", "Koor zoekt leden")
    assert lone(*two, *three) == [*two, *three]
    assert lone(*two, "Woonafdeling C", *three) == []


@pytest.mark.parametrize(("path", "is_taken"), [("/n/rss", True), ("/n/contact", False)])
def test_what_falls_far_below_the_others_of_it_is_not(path: str, *, is_taken: bool) -> None:
    titles = (*SHORT, "Wolf gezien bij Kats", "Veer vaart weer uit", "School krijgt een tuin")
    links = "".join(f"<li><a href='/n/x{at}'>{text}</a>" for at, text in enumerate(titles))
    found = lone_list(weighed(f"<ul>{links}<li><a href='{path}'>Brug nu open</a></ul>"))
    assert len(found) == 6 + is_taken
    assert (found[-1].url == HOME + path) == is_taken
