"""What a page shows of one article, told from what it shows of the next."""

from __future__ import annotations

import pytest

from feedbot.read.discover.anchors import anchors
from feedbot.read.discover.cards import Card, cards, days_over, is_day, is_time
from feedbot.web.document import Document
from tests.sample_pages import LISTING, document


def page(body: str) -> Document:
    return document(f"<body>{body}</body>", LISTING)


def found_on(body: str) -> list[Card]:
    here = page(body)
    return cards(here, list(anchors(here)))


def roots(body: str) -> str:
    """The element of each card by its page; of one that stands in another card, with a star."""
    return " ".join(
        f"{one.key[-1]}:{one.root.tag}{'*' if one.inside is not None else ''}"
        for one in found_on(body)
    )


def texts(body: str) -> list[str]:
    """The blocks of each card."""
    return [" | ".join(block.text for block in one.blocks) for one in found_on(body)]


def link(name: str, letters: int) -> str:
    return f"<a href='/n/{name}'>{name * letters}</a>"


def few(count: int) -> str:
    """Links to so many other pages, of two letters each."""
    return " ".join(f"<a href='/m/{at}'>{at:02}</a>" for at in range(count))


A = "<h3><a href='/n/a'>Brug over de Maas open</a></h3>"
B = "<h3><a href='/n/b'>Veer vaart weer uit</a></h3>"
MORE = "<a href='/n/{}'>Lees verder</a>"


# --- how far a card reaches -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # up to where another page has a headline
        (f"<ul><li><p>{link('a', 20)}</p></li><li>{link('b', 20)}</li></ul>", "a:li b:li"),
        # one that is by far the strongest has the others in its card, in whatever order
        (f"<div>{link('a', 40)} {link('b', 20)}</div>", "a:div b:a*"),
        (f"<div>{link('a', 39)} {link('b', 20)}</div>", "a:a b:a"),
        (f"<div>{link('b', 20)} {link('a', 40)}</div>", "b:a* a:div"),
        (f"<div>{link('b', 20)} {link('a', 39)}</div>", "b:a a:a"),
        (f"<div>{link('b', 10)} {link('a', 40)} {link('c', 20)}</div>", "b:a* a:div c:a*"),
        (f"<div>{link('b', 10)} {link('a', 40)} {link('c', 21)}</div>", "b:a a:a c:a"),
        (f"<div>{link('c', 21)} {link('a', 40)} {link('b', 10)}</div>", "c:a a:a b:a"),
        (f"<div>{link('c', 21)} {link('b', 10)} {link('a', 40)}</div>", "c:a b:a a:a"),
        (f"<div>{link('a', 40)} {link('a', 40)} {link('b', 20)}</div>", "a:div b:a*"),
        (f"<div>{link('a', 10)} {link('a', 40)} {link('b', 20)}</div>", "a:div b:a*"),
        (f"<div><p>{link('a', 40)} {link('b', 20)}</p> {link('a', 60)} {link('c', 21)}</div>", "a:div b:a* c:a*"),
        (f"<div><p>{link('a', 60)} {link('b', 10)}</p><p>{link('a', 60)} {link('c', 31)}</p></div>", "a:p b:a* a:a c:a"),
        (f"<div>{link('a', 20)} {link('b', 20)}</div>", "a:a b:a"),
        # no further than the main part
        (f"<main><div>{link('a', 20)}</div></main>", "a:div"),
        (f"<div>{link('a', 20)}</div>", "a:div"),
    ],
)  # fmt: skip
def test_a_card_is_the_largest_element_in_which_one_link_is_by_far_the_strongest(
    body: str, expected: str
) -> None:
    assert roots(body) == expected


@pytest.mark.parametrize(("others", "root"), [(11, "div"), (12, "h3")])
def test_a_card_links_few_pages(others: int, root: str) -> None:
    assert found_on(f"<div>{A}{few(others)}</div>")[0].root.tag == root
    assert found_on(f"<div>{A}{MORE.format('a')}{few(others)}</div>")[0].root.tag == root
    assert found_on(f"<div>{few(others)}{A}</div>")[-1].root.tag == root
    assert found_on(f"<div><p>{A}</p>{few(others)}<p>{A}</p></div>")[0].root.tag in (root, "p")


def test_what_links_many_pages_is_in_no_card() -> None:
    assert roots(f"<div><p>{few(7)}</p><p>{few(13)[-6:]}</p></div>").count("*") == 0


def test_links_of_a_card_to_its_page_are_one_showing() -> None:
    [card] = found_on(f"<article><a href='/n/a'><img src=x></a>{A}{MORE.format('a')}</article>")
    assert [one.kind for one in card.anchors] == ["picture", "text", "label"]
    assert card.best.title == "Brug over de Maas open"


@pytest.mark.parametrize(
    ("links", "best"),
    [
        ("<a href='/n/a'>Brug 1</a> <a href='/n/a'>Brug 2</a>", "Brug 1"),
        ("<a href='/n/a'>Reageer</a> <a href='/n/a'>Brug</a>", "Brug"),
        (f"<a href='/n/a'>{'a' * 80}</a> <a href='/n/a'>{'a' * 81}</a>", "a" * 81),
    ],
)
def test_the_best_link_of_a_card_is_the_strongest_the_longest_the_first(
    links: str, best: str
) -> None:
    [card] = found_on(f"<article>{links}</article>")
    assert card.best.title == best


# --- the text of a card -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a box
        (f"<article>{A}<p>een</p></article>", ["Brug over de Maas open | een"]),
        # a flat list: what follows belongs to the card before
        (
            f"<div><p>voor</p>{A}<p>een</p><p>twee</p>{B}<p>drie</p></div>",
            ["Brug over de Maas open | een | twee", "Veer vaart weer uit | drie"],
        ),
        # but for the times of a list in which they stand above
        (
            f"<div><p>12-01-2026</p>{A}<p>een</p><p>13-01-2026</p>{B}<p>drie</p></div>",
            ["12-01-2026 | Brug over de Maas open | een", "13-01-2026 | Veer vaart weer uit | drie"],
        ),
        (
            f"<div><p>voor</p><p>12-01-2026</p>{A}<p>13-01-2026</p>{B}</div>",
            ["12-01-2026 | Brug over de Maas open", "13-01-2026 | Veer vaart weer uit"],
        ),
        (
            f"<div>{A}<p>een</p><p>13-01-2026</p>{B}<p>drie</p><p>12-01-2026</p></div>",
            ["Brug over de Maas open | een | 13-01-2026", "Veer vaart weer uit | drie | 12-01-2026"],
        ),
        (
            f"<div>{A}<p>13-01-2026</p>{B}</div>",
            ["Brug over de Maas open | 13-01-2026", "Veer vaart weer uit"],
        ),
        # a time before the list is not of the list
        (
            f"<p>11-01-2026</p><div>{A}<p>13-01-2026</p><p>een</p>{B}</div>",
            ["Brug over de Maas open | 13-01-2026 | een", "Veer vaart weer uit"],
        ),
        # what stands between lists is of neither
        (
            f"<ul><li>{A}<li>{B}</ul><p>los</p><ul><li>{link('c', 20)}<li>{link('d', 20)}</ul>",
            ["Brug over de Maas open", "Veer vaart weer uit", "c" * 20, "d" * 20],
        ),
        # the second link of a card has none of its own
        (f"<div>{link('a', 40)}<p>{link('b', 9)}</p></div>", [f"{'a' * 40} | {'b' * 9}", ""]),
        # up to the next heading, or to other links
        (f"<div>{A}<p>een</p><h4>Ander</h4><p>twee</p>{B}</div>", ["Brug over de Maas open | een", "Veer vaart weer uit"]),
        (
            f"<div>{A}<p>vier1 <a href='https://x.example/'>zeven6</a></p><p>z</p>{B}</div>",
            ["Brug over de Maas open | vier1 zeven6 | z", "Veer vaart weer uit"],
        ),
        (
            f"<div>{A}<p>vier1 <a href='https://x.example/'>zeven67</a></p><p>z</p>{B}</div>",
            ["Brug over de Maas open", "Veer vaart weer uit"],
        ),
        # "Lees verder" below a text belongs to it, from its heading on
        (
            f"<div><h3>Een</h3><p>p</p>{MORE.format('a')}<h3>Twee</h3><p>q</p>{MORE.format('b')}</div>",
            ["Een | p | Lees verder", "Twee | q | Lees verder"],
        ),
        (
            f"<div><h2>Nul</h2><p>o</p><h3>Een</h3><p>p</p>{MORE.format('a')}<p>q</p>{MORE.format('b')}</div>",
            ["Een | p | Lees verder", "q | Lees verder"],
        ),
        # parts of one text
        (
            f"<div>Kats 12:05 {link('a', 9)}<br>Goes 12:06 {link('b', 9)}<br>los</div>",
            ["Kats 12:05 aaaaaaaaa", "Goes 12:06 bbbbbbbbb | los"],
        ),
        (
            f"<div>Een {link('a', 9)} twee<br>{link('a', 4)} x<br>los {link('b', 9)}</div>",
            ["Een aaaaaaaaa twee | aaaa x", "Een aaaaaaaaa twee | aaaa x", "los bbbbbbbbb"],
        ),
        (f"<p>Kats {link('a', 3)} {link('b', 3)} {link('c', 3)}</p>", ["Kats aaa bbb ccc"] * 3),
        (f"<p>Kats {link('a', 3)} {link('b', 3)} {link('c', 3)} {link('d', 3)}</p>", [""] * 4),
        (f"<p>Kats {link('a', 9)}</p><div>{link('b', 9)}</div><p>los</p>", ["Kats aaaaaaaaa", "bbbbbbbbb | los"]),
    ],
)  # fmt: skip
def test_what_stands_between_cards_belongs_to_one_of_them(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(("count", "expected"), [(5, 5), (6, 6), (9, 6)])
def test_a_card_of_a_flat_list_has_few_loose_blocks(count: int, expected: int) -> None:
    loose = "".join(f"<p>r{at}</p>" for at in range(count))
    above, below = found_on(f"<div>{A}{loose}{B}</div>")
    assert [one.text for one in above.blocks[1:]] == [f"r{at}" for at in range(expected)]
    assert len(below.blocks) == 1


@pytest.mark.parametrize(("count", "first"), [(6, 0), (9, 3)])
def test_few_blocks_above_belong_to_what_only_says_that_there_is_more(
    count: int, first: int
) -> None:
    loose = "".join(f"<p>r{at}</p>" for at in range(count))
    body = f"<div>{loose}{MORE.format('a')}<h3>Twee</h3><p>q</p>{MORE.format('b')}</div>"
    texts_of_first = texts(body)[0].split(" | ")
    assert texts_of_first == [*(f"r{at}" for at in range(first, count)), "Lees verder"]


POSTED = "<div>// posted by jan at <a href=/n/{0}>10:30 PM</a>{1}</div>"
COMMENTS = " | <a href=/reacties?id=1>Comments (0)</a>"


@pytest.mark.parametrize("more", ["", COMMENTS])
@pytest.mark.parametrize("count", [2, 9])
def test_a_post_stands_above_the_line_that_says_who_posted_it_and_when(
    more: str, count: int
) -> None:
    text = "".join(f"<p>r{at}</p>" for at in range(count))
    posts = "".join(f"<h3>Post {name}</h3>{text}{POSTED.format(name, more)}" for name in "ab")
    every = [
        one for one in found_on(f"<div>{posts}</div>") if one.blocks and one.blocks[0].is_heading
    ]
    assert [one.blocks[0].text for one in every] == ["Post a", "Post b"]
    assert [one.best.url.rpartition("/")[2] for one in every] == ["a", "b"]


def test_a_moment_that_is_a_link_by_itself_is_no_such_line() -> None:
    posts = "".join(
        f"<div><a href=/n/{name}>10:30 PM</a></div><h3>Post {name}</h3>" for name in "ab"
    )
    assert texts(f"<div>{posts}</div>")[1].startswith("10:30 PM")


def test_a_card_has_not_more_blocks_than_a_real_one() -> None:
    [card] = found_on(f"<article>{A}{'<p>r</p>' * 30}</article>")
    assert len(card.blocks) == 24
    lines = "<br>".join(f"{at} {link('a', 9)}" for at in range(30))
    assert len(found_on(f"<p>{lines}</p><div>{link('b', 9)}</div>")[0].blocks) == 24


# --- flat lists of pictures -------------------------------------------------------------------


def pictures(count: int, row: str, alt: str = "") -> list[str]:
    picture = f"<a href='/n/{{0}}'><img src=x alt='{alt}'></a>"
    rows = "".join(f"{picture}{row}".format(name) for name in "abcd"[:count])
    return texts(f"<div>{rows}</div>")


def test_the_heading_after_a_picture_is_that_of_its_card() -> None:
    expected = [f"Kop {name} | tekst {name}" for name in "abc"]
    assert pictures(3, "<h3>Kop {0}</h3><p>tekst {0}</p>") == expected
    assert pictures(3, "<h3>Kop {0}</h3><p>tekst {0}</p><h3>Meer</h3>") == expected
    assert pictures(3, "<h3>Kop {0}</h3><h4>Meer</h4>") == [f"Kop {name}" for name in "abc"]


def test_pictures_and_titles_of_a_list_keep_their_order() -> None:
    row = "<a href='/n/{0}'><img src=x></a><h3>Kop {0}</h3><p>tekst {0}</p>"
    rows = "".join(row.format(name) for name in "xyz")
    assert texts(f"<div>{A}<p>een</p>{rows}{B}<p>twee</p></div>") == [
        "Brug over de Maas open | een",
        *(f"Kop {name} | tekst {name}" for name in "xyz"),
        "Veer vaart weer uit | twee",
    ]


def test_the_heading_after_a_link_with_words_is_of_the_next() -> None:
    rows = "".join(f"<h3>Kop {name}</h3><p>p</p>{MORE.format(name)}" for name in "abc")
    assert texts(f"<div>{rows}</div>") == [f"Kop {name} | p | Lees verder" for name in "abc"]


@pytest.mark.parametrize(
    ("count", "row", "alt"),
    [
        (2, "<h3>Kop {0}</h3>", ""),
        (3, "<p>Kop {0}</p>", ""),
        (3, "<p>tekst</p><h3>Kop {0}</h3>", ""),
        (3, "<h3><a href='https://x.example/{0}'>Kop {0}</a></h3>", ""),
        (3, "", ""),
        (3, "<h3>Kop {0}</h3>", "Foto van een brug"),
    ],
)
def test_other_pictures_have_no_heading(count: int, row: str, alt: str) -> None:
    assert not any("Kop" in one.partition(" | ")[0] for one in pictures(count, row, alt)[:-1])


# --- when -------------------------------------------------------------------------------------


def days(body: str) -> dict[str, str]:
    """The day over each card, by its page."""
    here = page(body)
    found = cards(here, list(anchors(here)))
    return {card.key[-1]: day.text for card, day in days_over(here.blocks, found).items()}


DAY, NEXT = "12 januari 2026", "13 januari 2026"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<h2>{DAY}</h2><ul><li>{A}<li>{B}</ul>", {"a": DAY, "b": DAY}),
        (f"<h2>{DAY}</h2><ul><li>{A}</ul><h2>{NEXT}</h2><ul><li>{B}</ul>", {"a": DAY, "b": NEXT}),
        (f"<ul><li>{A}</ul><h2>{DAY}</h2><ul><li>{B}</ul>", {"b": DAY}),
        (f"<h2>Nieuws</h2><ul><li>{A}<li>{B}</ul>", {}),
        (f"<h2>{DAY}</h2><p>Nieuws</p><ul><li>{A}<li>{B}</ul>", {"a": DAY, "b": DAY}),
        # one in a card is of that card
        (f"<ul><li>{A}<p>{DAY}</p><li>{B}</ul>", {}),
        # one that stands in a box of its own is not over the list
        (f"<main>{'<div>' * 2}<p>{DAY}</p>{'</div>' * 2}<ul><li>{A}</ul></main>", {"a": DAY}),
        (f"<main>{'<div>' * 3}<p>{DAY}</p>{'</div>' * 3}<ul><li>{A}</ul></main>", {}),
    ],
)
def test_the_day_that_stands_over_a_card(body: str, expected: dict[str, str]) -> None:
    assert days(body) == expected


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("12 januari 2026", True),
        ("donderdag 12 februari", True),
        ("Gisteren", True),
        ("12 januari 2026 15:08", False),
        ("12 januari 2026 tot 13 januari 2026 15:08", False),
        ("12 januari 2026, 13 januari 2026 15:08", True),
        ("Nieuws", False),
        ("Brug dicht vanaf donderdag 12 maart 2026", True),
        ("Bruggen dicht vanaf vrijdag 13 maart 2026", False),
        ("", False),
    ],
)
def test_a_text_that_is_a_day(text: str, *, is_so: bool) -> None:
    assert is_day(text) == is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("12 januari 2026", True),
        ("12 januari 2026 15:08", True),
        ("15:08", True),
        ("25 minuten geleden", True),
        ("gisteren", True),
        ("gisteren 15:08", True),
        ("Zeeland", False),
        ("Route 66", False),
        (f"{'a' * 44} 12 januari 2026", True),
        (f"{'a' * 45} 12 januari 2026", False),
    ],
)
def test_a_block_that_says_when(text: str, *, is_so: bool) -> None:
    [block] = page(f"<p>{text}</p>").blocks
    assert is_time(block) == is_so


# --- which of its links is the headline -------------------------------------------------------

LEAD = "De brug over de Maas is na een jaar weer open voor verkeer. " * 3


@pytest.mark.parametrize(
    ("heading", "lead", "best"),
    [
        ("Brug open", LEAD.strip(), "Brug open"),
        ("눈길 사고 주의보", "밤사이 내린 눈으로 도로가 얼었다. 새벽 한때 눈이 쌓이면서 사고가 잇따랐다.", "눈길 사고 주의보"),
        ("Brug open", "", "Brug open"),
        # a headline beneath a heading that names its section
        ("Maas", "De brug over de Maas is na een jaar weer open voor al het verkeer", None),
    ],
)  # fmt: skip
def test_a_heading_is_the_headline_rather_than_a_teaser_that_is_a_link(
    heading: str, lead: str, best: str | None
) -> None:
    one, *_ = found_on(
        f"<li><h4><a href=/n/a>{heading}</a></h4><p><a href=/n/a>{lead}</a></p></li>{B}"
    )
    assert one.best.title == (best or lead)
