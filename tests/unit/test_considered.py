"""From the evidence to the links of a listing: which are taken, and what is told of each."""

from __future__ import annotations

import pytest

from feedbot.model import Link, Select, Source
from feedbot.read.discover.learning import Known, learn_kind
from feedbot.read.discover.links import Considered, consider, consider_all, discover
from tests.sample_pages import HOME, LISTING, SOURCE, document

TITLES = (
    "Brug over de Maas blijft tot de zomer dicht",
    "Koor zoekt nieuwe stemmen voor het concert",
    "Wolf gezien aan de rand van het natuurgebied",
)
SHORT = ("Brug weer open", "Koor zoekt leden", "Dorpsfeest gaat door")
NAMED = Source(name="x", urls=(LISTING,), select=Select(links="ul"))


def page(*lists: str) -> str:
    return "".join(f"<ul>{one}</ul>" for one in lists)


def rows(titles: tuple[str, ...], path: str = "/n/x{at}", row: str = "<li>{link}") -> str:
    links = (f"<a href='{path.format(at=at)}'>{text}</a>" for at, text in enumerate(titles))
    return "".join(row.format(link=link) for link in links)


def considered(body: str, known: Known | None = None, source: Source = SOURCE) -> Considered:
    return consider(document(f"<body>{body}</body>", LISTING), source, known)


def paths(links: tuple[Link, ...]) -> list[str]:
    return [link.url.removeprefix(HOME) for link in links]


# --- which are taken --------------------------------------------------------------------------


def test_beside_headlines_a_list_of_short_titles_is_not_taken() -> None:
    both = page(rows(TITLES, "/a/x{at}"), rows(SHORT, "/b/x{at}"))
    assert paths(considered(both).links) == ["/a/x0", "/a/x1", "/a/x2"]
    assert paths(considered(page(rows(SHORT, "/b/x{at}"))).links) == ["/b/x0", "/b/x1", "/b/x2"]


def test_the_short_titles_of_a_list_come_with_its_headlines() -> None:
    mixed = (
        *TITLES,
        *(f"{one} in de haven van Kats en {at}" for at, one in enumerate(TITLES)),
        "Dorpsfeest",
    )
    assert considered(page(rows(mixed))).left == ()


def test_what_only_experience_speaks_against_comes_back_where_nothing_is_better() -> None:
    body = page(rows(TITLES, "/a/x{at}"))
    link = considered(body).links[0]
    known: Known = {}
    for at in range(9):
        known = learn_kind(known, Link(url=f"{HOME}/a/y{at}", place=link.place), is_article=False)
    assert paths(considered(body, known).links) == ["/a/x0", "/a/x1", "/a/x2"]
    better = page(rows(TITLES, "/b/c/2026/01/x{at}", "<li><div><h2>{link}</h2></div>"))
    assert paths(considered(body + better, known).links) == [
        f"/b/c/2026/01/x{at}" for at in range(3)
    ]


@pytest.mark.parametrize(("others", "is_taken"), [(1, True), (2, False)])
def test_a_list_is_taken_with_what_experience_leaves_likely(others: int, *, is_taken: bool) -> None:
    rest = "<li><a href='/a/feest'>Dorpsfeest</a>"
    guide = "<li><a href='/gids/x'>Bibliotheek leent voortaan ook gereedschap uit</a>"
    found = considered(page(rows(TITLES, "/a/x{at}") + rest + guide), {"form /gids/*": (0, others)})
    assert paths(found.links)[:4] == ["/a/x0", "/a/x1", "/a/x2", "/a/feest"]
    assert ("/gids/x" in paths(found.links)) == is_taken


def test_the_rest_is_named_with_what_speaks_against_it_most_likely_first() -> None:
    body = (
        page(rows(TITLES)) + "<nav><a href='/contact'>Contact</a> <a href='/sport'>Sport</a></nav>"
    )
    found = considered(f"{body}<p><a href='/over-de-brug'>Lees ook alles over de brug</a></p>")
    assert paths(found.left) == ["/over-de-brug", "/sport", "/contact"]
    assert found.left[2].why.startswith("it names a service; its address names a service page")
    assert all("headlines" in link.why for link in found.links)


def test_what_was_refused_keeps_its_rank_among_the_rest() -> None:
    body = page(rows(TITLES)) + "<nav><a href='/sport'>Sport</a></nav>"
    known = learn_kind({}, Link(url=f"{HOME}/n/x1"), is_article=False)
    found = considered(body, known)
    assert paths(found.links) == ["/n/x0", "/n/x2"]
    assert paths(found.left) == ["/n/x1", "/sport"]


AD = "<article><span>Advertentie</span> <a href='/actie'>Win een reis naar Rome met je gezin</a></article>"


def test_advertisements_are_left_and_counted() -> None:
    found = considered(page(rows(TITLES)) + AD + "<nav><a href='/sport'>Sport</a></nav>")
    assert (found.sponsored, len(found.links), len(found.left)) == (1, 3, 2)
    assert [link.why for link in found.left if link.url.endswith("/actie")] == [
        "it is an advertisement"
    ]


def test_a_page_that_is_once_shown_as_an_advertisement_is_one() -> None:
    found = considered(page(rows((*TITLES, "Win een reis naar Rome met je gezin"), "/n/x{at}")) + AD.replace("/actie", "/n/x3"))  # fmt: skip
    assert (found.sponsored, paths(found.links)) == (1, ["/n/x0", "/n/x1", "/n/x2"])


def test_the_operator_overrules_all_of_it() -> None:
    body = page("<li><a href='/contact'>Contact</a>", f"<li>{AD}") + rows(TITLES)
    found = considered(body, source=NAMED)
    assert paths(found.links) == ["/contact", "/actie"]
    assert {link.why for link in found.links} == {"named by links"}
    assert (found.left, found.sponsored) == ((), 0)


# --- what is told of each ---------------------------------------------------------------------

CARD = "<article>{}</article>"


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        # the longest one, rather one that has a heading
        ("<a href='/n/a'>Brug dicht</a>", "<a href='/n/a'>Brug over de Maas dicht</a>", "Brug over de Maas dicht"),
        ("<h2><a href='/n/a'>Brug dicht</a></h2>", "<a href='/n/a'>Brug over de Maas dicht</a>", "Brug dicht"),
        ("<a href='/n/a'><img src=x></a>", "<a href='/n/a'>Brug dicht</a>", "Brug dicht"),
        # of two that are longer than any headline the first
        (f"<a href='/n/a'>{'a' * 250}</a>", f"<a href='/n/a'>{'b' * 251}</a>", "a" * 250),
        (f"<a href='/n/a'>{'a' * 249}</a>", f"<a href='/n/a'>{'b' * 250}</a>", "b" * 250),
    ],
)  # fmt: skip
def test_of_several_showings_the_best_title_is_told(first: str, second: str, title: str) -> None:
    body = CARD.format(first) + CARD.format(second)
    every = considered(body)
    [link] = every.links + every.left
    assert link.title == title


def test_showings_together_tell_teaser_time_and_address() -> None:
    teaser = "Een paar regels over wat er is gebeurd, voor wie meer wil weten."
    body = (
        "<article><a href='/n/a?utm_source=x'>Brug dicht</a> 12 januari 2026 15:00</article>"
        f"<article><h2><a href='/n/a/'>Brug over de Maas is dicht</a></h2><p>{teaser}</p></article>"
    )
    every = considered(body)
    [link] = every.links + every.left
    assert link.url == f"{HOME}/n/a"
    assert link.teaser == teaser
    assert link.published is not None
    assert link.published.at.day == 12


def test_the_time_of_the_best_showing_goes_before_others() -> None:
    plain = "<article><a href='/n/a'>Brug dicht</a> 12 januari 2026 15:00</article>"
    best = (
        "<main><article><h2><a href='/n/a'>Brug over de Maas is dicht</a></h2>"
        " 13 januari 2026 15:00</article></main>"
    )
    for body in (plain + best, best + plain):
        every = considered(body)
        [link] = every.links + every.left
        assert link.published is not None
        assert link.published.at.day == 13
        assert link.place == "main > article > h2 > a"


def test_the_second_link_of_a_card_has_a_place_of_its_own() -> None:
    body = "<div><h3><a href='/n/a'>Brug over de Maas blijft dicht</a></h3><a href='/n/b'>Kats</a></div>"
    every = considered(body)
    places = {link.url.removeprefix(HOME): link.place for link in every.links + every.left}
    assert places == {"/n/a": "div > h3 > a", "/n/b": "div > a (second)"}


# --- what a page holds for machines -----------------------------------------------------------

DATA = (
    '<script type="application/json">{"items": ['
    + ", ".join(f'{{"url": "/a/x{at}", "title": "{text}"}}' for at, text in enumerate(TITLES))
    + "]}</script>"
)


def test_what_a_page_holds_for_machines_counts_where_it_shows_no_articles() -> None:
    hidden = consider_all(document(f"<body><nav><a href='/sport'>Sport</a></nav>{DATA}</body>", LISTING), SOURCE)  # fmt: skip
    assert paths(hidden.links) == ["/a/x0", "/a/x1", "/a/x2"]
    assert all("; " in link.why for link in hidden.links)
    shown = consider_all(document(f"<body>{page(rows(TITLES))}{DATA}</body>", LISTING), SOURCE)
    assert paths(shown.links) == ["/n/x0", "/n/x1", "/n/x2"]


def test_the_operator_names_links_that_are_shown() -> None:
    body = document(f"<body><nav><a href='/sport'>Sport</a></nav>{DATA}</body>", LISTING)
    assert consider_all(body, NAMED).links == ()
    assert discover(body, NAMED) == []


def test_a_word_beside_a_link_among_the_comments_tells_of_no_advertisement() -> None:
    """Slovak has "Ad: …" for "Re: …"."""
    posts = rows(TITLES, "/n/x{at}", "<article><h2>{link}</h2><p>12 mei 2026</p></article>")
    replies = rows(TITLES, "/n/x{at}", "<li><span>Ad: {link}</span> piet, 3 dagen</li>")
    found = considered(page(posts) + f"<aside class=reacties><ul>{replies}</ul></aside>")
    assert (found.sponsored, paths(found.links)) == (0, ["/n/x0", "/n/x1", "/n/x2"])


def test_the_word_alone_is_that_of_an_advertisement() -> None:
    posts = rows(TITLES, "/n/x{at}", "<article><h2>{link}</h2><p>12 mei 2026</p></article>")
    paid = "<article><span>Ad:</span><h2><a href=/n/paid>De beste boten van het hele jaar</a></h2></article>"
    found = considered(page(posts + paid))
    assert "/n/paid" not in paths(found.links)
