"""The links of a page: where they lead, what they are called, and how much they look like headlines."""

from __future__ import annotations

import pytest

from feedbot.read.discover.anchors import (
    Anchor,
    anchor_text,
    anchor_words,
    anchors,
    is_heading,
    is_label,
    width,
)
from tests.sample_pages import HOME, LISTING, document


def links(body: str, chosen: str = "") -> list[Anchor]:
    page = document(f"<html>{body}</html>", LISTING)
    return list(anchors(page, page.select(chosen) if chosen else None))


def first(body: str) -> Anchor:
    return links(body)[0]


# --- how long a text is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letters", "words"),
    [
        ("", 0, 0),
        ("Brug weer open", 14, 3),
        ("Café dicht", 10, 2),
        ("港口", 8, 1),
        ("港口渡轮延长", 24, 3),
        ("夜の便が", 16, 2),
        ("다리", 8, 1),
        ("2026 港口渡轮延长", 29, 3),
        ("a b c d 港口渡轮延长", 32, 5),
    ],
)
def test_signs_that_stand_for_words_count_for_several_letters(
    text: str, letters: int, words: int
) -> None:
    assert (width(text), anchor_words(text)) == (letters, words)


# --- which links ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/n/brug", f"{HOME}/n/brug"),
        (" n/brug ", f"{HOME}/n/brug"),
        ("\\n\\brug?a=b\\c", f"{HOME}/n/brug?a=b%5Cc"),
        ("https://www.example.org/brug", "https://www.example.org/brug"),
        ("/?p=12", f"{HOME}/?p=12"),
        ("/buitenland?page=2", f"{HOME}/buitenland?page=2"),
        # no page, this page, the front page, a file, another site
        ("#reacties", ""),
        ("mailto:redactie@example.org", ""),
        ("redactie@example.org", ""),
        ("/profiel/@redactie", f"{HOME}/profiel/@redactie"),
        ("javascript:void(0)", ""),
        ("/buitenland/", ""),
        ("", ""),
        ("/", ""),
        (HOME, ""),
        ("/krant.pdf", ""),
        ("https://elders.example.com/brug", ""),
    ],
)
def test_a_link_leads_to_a_page_of_the_site(href: str, url: str) -> None:
    assert [one.url for one in links(f"<a href='{href}'>Brug</a>")] == [url] * bool(url)


def test_a_link_within_a_page_is_one_whatever_others_are_relative_to() -> None:
    body = "<head><base href='/n/'></head><a href='#kop'>Kop</a><a href='brug'>Brug</a>"
    assert [one.url for one in links(body)] == [f"{HOME}/n/brug"]


def test_links_come_in_the_order_of_the_page_also_several_to_one_page() -> None:
    body = (
        "<a href='/a?utm_source=x'>A</a><a>B</a><map><area href='/c' alt=C></map><a href='/a'>D</a>"
    )
    found = links(body)
    assert [(one.key, one.order) for one in found] == [
        ("nieuws.example.org/a", 0),
        ("nieuws.example.org/c", 2),
        ("nieuws.example.org/a", 3),
    ]
    assert found[0].target == f"{HOME}/a?utm_source=x"


def test_of_named_elements_all_links_count_wherever_they_lead() -> None:
    body = (
        "<a href='/x'>X</a><ul><li><a href='https://elders.example.com/a'>A</a><a href='/'>B</a></ul>"
        "<a class=c href='/c'>C</a><a href='/d'>D</a>"
    )
    assert [one.title for one in links(body, "ul, a.c")] == ["A", "B", "C"]
    assert [one.title for one in links(body)] == ["X", "C", "D"]


# --- headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "has_heading"),
    [
        ("<h2>{}</h2>", True),
        ("<h2><b><i>{}</i></b></h2>", True),
        ("<h2><b><i><u>{}</u></i></b></h2>", False),
        ("<div role=heading>{}</div>", True),
        ("<div role=list>{}</div>", False),
        ("<div>{}</div>", False),
    ],
)
def test_a_link_stands_in_a_heading_near_it(body: str, *, has_heading: bool) -> None:
    found = first(body.format("<a href='/n/brug'>Brug</a>"))
    assert (found.heading is not None) == has_heading
    assert found.heading is None or is_heading(found.heading)


def test_a_heading_stands_in_a_link() -> None:
    found = first("<a href='/n/brug'><div><h3>Brug</h3></div><p>Teaser</p></a>")
    assert found.heading is not None
    assert found.heading.tag == "h3"


# --- what a link calls its page ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "title", "kind"),
    [
        ("<a{}>Brug <b>weer</b>\n open</a> dicht", "Brug weer open", "text"),
        ("<a{} title='Brug dicht'>Lees verder</a>", "Brug dicht", "text"),
        ("<a{} aria-label='Brug dicht' title='Kort'>Lees verder</a>", "Brug dicht", "text"),
        ("<a{} aria-label='Lees meer' title='Brug dicht'>Lees verder</a>", "Brug dicht", "text"),
        ("<a{} aria-label='Lees meer'>Lees verder</a>", "", "label"),
        ("<a{} aria-label='Anders'>Brug dicht</a>", "Brug dicht", "text"),
        ("<a{}></a>", "", "empty"),
        ("<a{}><img src=x></a>", "", "picture"),
        ("<a{}><img src=x alt='Brug'><img src=x alt='Brug dicht'><img src=x></a>", "Brug dicht", "picture"),
        ("<a{}><img src=x alt='Brug'>Lees verder</a>", "", "label"),
        ("<a{}><img src=x alt='Foto'>Brug dicht</a>", "Brug dicht", "text"),
        # nothing but its own address, or the beginning of it
        ("<a{}>https://nieuws.example.org/n/brug</a>", "", "empty"),
        ("<a{}>www.nieuws.example.org/n/…</a>", "", "empty"),
        ("<a{}>nieuws.example.org/n/brug/</a>", "", "empty"),
        ("<a{} title='Brug dicht'>http://nieuws.example.org</a>", "Brug dicht", "text"),
        ("<a{}><img src=x alt='Brug dicht'>nieuws.example.org/n/brug</a>", "Brug dicht", "picture"),
        ("<a{}>https://elders.example.com/brug</a>", "https://elders.example.com/brug", "text"),
        ("<a{}>n/brug</a>", "n/brug", "text"),
        ("<a{}>brug</a>", "brug", "text"),
        # text as the reader sees it
        ("<a{}>Tom &amp;amp; Jerry</a>", "Tom & Jerry", "text"),
        ("<a{}>Brug&#8203; dicht</a>", "Brug dicht", "text"),
        # the heading around a link, or in it
        ("<h2>Maas: <a{}>brug dicht</a></h2>", "brug dicht", "text"),
        ("<a{}>Buitenland en zo verder<h3>Brug <i>dicht</i></h3></a>", "Brug dicht", "text"),
        ("<a{}><h3>Brug dicht</h3></a>", "Brug dicht", "text"),
    ],
)  # fmt: skip
def test_what_a_link_calls_its_page(link: str, title: str, kind: str) -> None:
    found = first(link.format(" href='/n/brug'"))
    assert (found.title, found.kind) == (title, kind)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Lees verder", True), ("» Lees meer...", True), ("»", True), ("", True), ("Brug", False), ("Lees verder over de brug", False)],
)  # fmt: skip
def test_words_that_only_say_that_there_is_more(text: str, *, is_one: bool) -> None:
    assert is_label(text) == is_one


NINETEEN, TWENTY = "Brug over Maas open", "Brug over Maas dicht"
LONGER = "Brug over de Maas is weer open"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        # a long one, the first of them; else the longest
        (("Buitenland", LONGER), LONGER),
        ((TWENTY, LONGER), TWENTY),
        ((NINETEEN, LONGER), LONGER),
        (("Zeeland", NINETEEN, "Kats"), NINETEEN),
        (("Zeeland", "Brug"), "Zeeland"),
        # neither times, labels and buttons nor sentences
        (("15:08", "Brug"), "Brug"),
        (("25 minuten geleden", "Brug"), "Brug"),
        (("Advertentie", "Brug"), "Brug"),
        (("Lees verder", "Brug"), "Brug"),
        (("Brug", "12 februari 2026"), "Brug"),
        (("De brug over de Maas is weer open.", "Brug"), "Brug"),
        (("De brug over de Maas is weer…", "Brug"), "Brug"),
        (("Brug.", "De brug over de Maas is weer open."), "De brug over de Maas is weer open."),
        (("15:08", "Lees verder"), "15:08 Lees verder"),
        # a date within a headline
        (("Brug dicht vanaf donderdag 12 maart 2026", "Brug"), "Brug"),
        (("Bruggen dicht vanaf vrijdag 13 maart 2026", "Brug"), "Bruggen dicht vanaf vrijdag 13 maart 2026"),
        # what is longer than any headline is cut
        (("a" * 250, "Brug"), "a" * 250),
        (("a" * 251, "Brug"), "a" * 250),
    ],
)  # fmt: skip
def test_the_headline_among_the_lines_of_a_link(lines: tuple[str, ...], title: str) -> None:
    spans = " ".join(f"<div>{line}</div>" for line in lines)
    assert first(f"<a href='/n/brug'>{spans}</a>").title == title


def test_a_text_without_lines_is_whole() -> None:
    assert first(f"<a href='/n/brug'>{'a' * 300}</a>").title == "a" * 300


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<div>Buitenland en zo verder</div><div class=title>Brug</div>", "Brug"),
        ("<div>Buitenland en zo verder</div><div class=card-headline><p>Brug</p></div>", "Brug"),
        ("<div class=title>Brug</div><div class=title>Weer een andere titel</div>", "Brug"),
        (f"<div class=title>{'a' * 250}</div><div>Brug</div>", "a" * 250),
        (f"<div>Brug over de Maas is open</div><div class=title>{'a' * 250}</div>", "a" * 250),
        (f"<div>Brug over de Maas is open</div><div class=title>{'a' * 251}</div>", "Brug over de Maas is open"),
        ("<div>Buitenland en zo verder</div><div class=text>Brug</div>", "Buitenland en zo verder"),
    ],
)  # fmt: skip
def test_a_line_that_is_named_a_title_is_the_headline(inner: str, title: str) -> None:
    assert first(f"<a href='/n/brug'>{inner}</a>").title == title


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        # emphasis does not end a line
        ("<div>Kort</div><div>Brug <b>over</b> de Maas weer open</div>", "Brug over de Maas weer open"),
        ("<div>Brug <b>over</b> de Maas <i>weer</i> open</div><div>Kort</div>", "Brug over de Maas weer open"),
        ("Brug <b>over</b> de Maas weer open<div>Kort</div>", "Brug over de Maas weer open"),
        ("<div>Kort</div>Brug over de Maas weer open", "Brug over de Maas weer open"),
        # other elements do, and those that hold more
        ("Zeeland<span>Brug over de Maas weer open</span>Kats", "Brug over de Maas weer open"),
        ("Zeeland<b>Brug over de Maas <i>weer</i> open</b>", "Brug over de Maas weer open"),
        ("<script>een.heel('lange', 'regel', 'met code')</script><div>Brug</div><div>Kats 2</div>", "Kats 2"),
    ],
)  # fmt: skip
def test_what_is_a_line_of_a_link(inner: str, title: str) -> None:
    assert first(f"<a href='/n/brug'>{inner}</a>").title == title


def test_the_words_of_an_element_are_without_scripts_and_what_follows_it() -> None:
    page = document(
        "<div><a>Een<div>twee</div>drie<br>en<style>x<b>y</b></style> vier<!-- z --></a> vijf</div>"
    )
    assert anchor_text(next(page.root.iter("a"))) == "Een twee drie en vier"
    page = document("<div><style>x</style>na</div><p>y</p>")
    assert anchor_text(next(page.root.iter("div"))) == "na"


# --- how much it looks like a headline --------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ("<p>{}</p>", 1),
        ("<p>tien teken {}</p>", 1 / 2),
        ("<p>{} tien teken</p>", 1 / 2),
        ("<p>tien {} <b>vet</b> teken</p>", 10 / 19),
        ("<p>{} <a href='/b'>tien teken</a> tien teken</p>", 2 / 3),
        ("<div>heel veel tekst die er naast staat {}</div>", 1),
        ("<li>tien teken <b>{}</b></li>", 1),
        # a time beside it is no text
        ("<li>{} 12 februari 2026 om 15:08</li>", 1),
        ("<li>{} dinsdag 12 februari 15:089</li>", 10 / 36),
        ("<li>{} op een dag in februari</li>", 10 / 32),
    ],
)
def test_the_share_of_the_text_around_a_link_that_is_links(body: str, linked: float) -> None:
    found = first(body.format("<a href='/n/brug'>Brug dicht</a>"))
    assert found.linked == pytest.approx(linked)


def test_a_link_of_one_letter_and_one_of_none_have_all_of_it() -> None:
    assert first("<p><a href='/n/brug'>8</a></p>").linked == 1
    assert first("<p><a href='/n/brug'></a></p>").linked == 0


@pytest.mark.parametrize(
    ("body", "strength"),
    [
        ("<div><a{}>Brug dicht</a></div>", 10),
        (f"<div><a{{}}>{'a' * 80}</a></div>", 80),
        (f"<div><a{{}}>{'a' * 81}</a></div>", 80),
        ("<h2><a{}>Brug dicht</a></h2>", 50),
        # amid a text it is worth less
        ("<p>tekst <a{}>Brug dicht</a></p>", 10),
        ("<p>tien teken <a{}>Brug dicht</a></p>", 4),
        ("<p>tien tekens <a{}>Brug dicht</a></p>", 4),
        # without words as much as a short title
        ("<div><a{}>Lees verder</a></div>", 24),
        ("<div><a{}><img src=x alt='Een brug over de Maas is weer open'></a></div>", 24),
        ("<h2><a{}></a></h2>", 24),
        ("<div><a{}>Reageer</a></div>", 0),
    ],
)
def test_the_strength_of_a_link_in_letters(body: str, strength: float) -> None:
    assert first(body.format(" href='/n/brug'")).strength == pytest.approx(strength)


def test_what_several_links_are_called_is_the_name_of_none_of_their_pages() -> None:
    link = "<a href=/t/{} title='Naar het laatste bericht'><i class=icon></i></a>"
    assert [one.title for one in links("".join(map(link.format, range(3))))] == [""] * 3
    assert first(link.format(1)).title == "Naar het laatste bericht"


@pytest.mark.parametrize(("heading", "share"), [("h2", 0.0), ("p", 1.0)])
def test_an_address_stands_amid_a_text_where_headlines_are_links(
    heading: str, share: float
) -> None:
    posts = "".join(
        f"<{heading}><a href=/n/{at}>Brug {at} is weer open</a></{heading}>" for at in range(3)
    )
    line = f"<p>Het hele verhaal<br><a href=/n/9>{HOME}/n/9</a></p>"
    *_, address = links(f"<div>{posts}{line}</div>")
    assert address.linked == share
