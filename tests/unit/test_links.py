"""Parameters that change at every visit, and those that tell articles apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedbot.poll.fleeting import find_fleeting
from feedbot.web.urls import canonical, url_key, without

TITLES = ["Brug over de Maas dicht", "Koor zoekt nieuwe stemmen", "Wolf gezien bij het dorp"]
SLUGS = ["brug-dicht", "koor-zoekt", "wolf-gezien"]


def listed(form: str, values: Sequence[str], titles: Sequence[str] = TITLES) -> dict[str, str]:
    """Links of this form: {slug} is another for each, {value} is the value of the parameter."""
    urls = [form.format(slug=slug, value=v) for slug, v in zip(SLUGS, values, strict=True)]
    return {url_key(f"https://krant.example{url}"): t for url, t in zip(urls, titles, strict=True)}


def same(value: str) -> list[str]:
    return [value] * 3


UNTITLED = ["", "", ""]
OTHERS = ["Trein ontspoord in Zwolle", "Bakker stopt ermee", "Meer regen op komst"]
A, B = "9f3ab27c41d08e65", "5c1e77aa90b3f24d"


@pytest.mark.parametrize(
    ("form", "first", "second", "name"),
    [
        ("/nieuws/{slug}?_={value}", same("170000"), same("170009"), "_"),
        ("/nieuws/{slug}?sid={value}", same("x1"), same("y2"), "sid"),
        ("/nieuws/{slug}?a=1&ctx={value}", same("kop"), same("staart"), "ctx"),
        ("/nieuws/{slug};s={value}", same("k7"), same("k8"), "s"),
        ("/nieuws/{slug}?v={value}", same("12"), same("13"), "v"),
        ("/nieuws/{slug}?token={value}", ["a1", "b2", "c3"], ["d4", "e5", "f6"], "token"),
    ],
)
def test_what_has_another_value_for_the_same_articles_is_fleeting(
    form: str, first: list[str], second: list[str], name: str
) -> None:
    now, before = listed(form, second), listed(form, first)
    assert find_fleeting(now, before) == {name}
    assert find_fleeting(now, {}) == set()
    assert find_fleeting(now, now) == set()


@pytest.mark.parametrize(
    "form", ["/nieuws/{slug}?sid={value}", "/{slug}?_={value}", "/{slug};sessionid={value}"]
)
def test_one_random_value_in_every_link_is_fleeting_at_first_sight(form: str) -> None:
    assert len(find_fleeting(listed(form, same(A)), {})) == 1


def test_without_titles_one_value_in_every_link_must_have_changed() -> None:
    form = "/nieuws/{slug}?x={value}"
    before = listed(form, same("1"), UNTITLED)
    assert find_fleeting(listed(form, same("2"), UNTITLED), before) == {"x"}
    assert find_fleeting(listed(form, ["2", "3", "4"], UNTITLED), before) == set()


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("/article.pl?sid={value}", ["26/01/02/1234", "26/01/02/1235", "26/01/02/1236"],
         ["26/01/03/1237", "26/01/03/1238", "26/01/03/1239"]),
        ("/article.pl?sid={value}", ["12345", "12346", "12347"], ["12348", "12349", "12350"]),
        ("/?p={value}", ["1", "2", "3"], ["4", "5", "6"]),
        ("/watch?v={value}", ["dQw4w9WgXcQ", "9bZkp7q19f0", "kJQP7kiw5Fk"],
         ["JGwWNGJdvx8", "RgKAFK5djSk", "OPf0YbXqDm0"]),
        ("/item?id={value}&lang=nl", ["1", "2", "3"], ["4", "5", "6"]),
    ],
)  # fmt: skip
def test_what_tells_the_links_of_a_listing_apart_is_kept(
    form: str, first: list[str], second: list[str]
) -> None:
    assert find_fleeting(listed(form, second, OTHERS), listed(form, first)) == set()
    assert find_fleeting(listed(form, second), listed(form, first)) == set()


@pytest.mark.parametrize("name", ["id", "sid", "v", "token", "t"])
def test_one_article_of_each_section_under_another_number_is_kept(name: str) -> None:
    """Each section has one address, and the parameter says which article is shown there."""
    form = f"/{{slug}}/lees?{name}={{value}}"
    before = listed(form, ["101", "205", "307"])
    assert find_fleeting(listed(form, ["102", "206", "308"], OTHERS), before) == set()


def test_an_edition_that_is_named_in_every_link_is_kept() -> None:
    form = "/{slug}?editie={value}"
    now = listed(form, same("2026-01-02"), OTHERS)
    assert find_fleeting(now, listed(form, same("2026-01-01"))) == set()


def test_a_new_version_of_one_article_says_nothing() -> None:
    form = "/{slug}?v={value}"
    assert find_fleeting(listed(form, ["1", "1", "2"]), listed(form, same("1"))) == set()


def test_the_values_of_the_last_visit_count() -> None:
    form = "/{slug}?_={value}"
    before = listed(form, same("1")) | listed(form, same("2"))
    assert find_fleeting(listed(form, same("3")), before) == {"_"}


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("/a;jsessionid=8A3F.node1?b=1", "/a?b=1"),
        ("/a;jsessionid=8A3F", "/a"),
        ("/(S(abc123def))/nieuws/a", "/nieuws/a"),
        ("/a?PHPSESSID=0a1b2c&b=1", "/a?b=1"),
        ("/talk?sessionId=17", "/talk?sessionId=17"),
        ("/talk?session_id=17", "/talk?session_id=17"),
        ("/story?sid=12345", "/story?sid=12345"),
        ("/a(S(x))/b", "/a(S(x))/b"),
    ],
)
def test_sessions_that_software_writes_are_never_part_of_an_address(url: str, clean: str) -> None:
    assert canonical(f"https://krant.example{url}") == f"https://krant.example{clean}"


@pytest.mark.parametrize(
    ("url", "names", "left"),
    [
        ("https://a/b?x=1&y=2&z=3", {"y"}, "https://a/b?x=1&z=3"),
        ("https://a/b?x=1&y=2", {"x"}, "https://a/b?y=2"),
        ("https://a/b?x=1&y=2", {"x", "y"}, "https://a/b"),
        ("a/b;x=1?y=2", {"x"}, "a/b?y=2"),
        ("a/b?xx=1", {"x"}, "a/b?xx=1"),
        ("a/b?x=1", set(), "a/b?x=1"),
    ],
)
def test_parameters_are_taken_out_of_an_address(url: str, names: set[str], left: str) -> None:
    assert without(url, names) == left


def test_an_article_that_a_sidebar_links_without_the_parameter_is_one() -> None:
    form = "/nieuws/{slug}.asp?rnd={value}"
    first, second = (listed(form, values) for values in (["0.581234", "0.71", "0.9"], list("345")))
    clean = {key.partition("?")[0]: title for key, title in second.items()}
    assert find_fleeting(second | clean, first) == {"rnd"}
    others = dict.fromkeys(clean, "Heel iets anders over de haven")
    assert find_fleeting(second | others, first) == set()


def test_one_random_number_for_all_looks_fleeting_at_once() -> None:
    form = "/nieuws/{slug}.asp?rnd={value}"
    assert find_fleeting(listed(form, same("0.5812345678")), {}) == {"rnd"}
