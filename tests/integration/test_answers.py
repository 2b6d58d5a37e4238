"""An answer is the article that was asked for, or it is not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from feedbot.stories.fingerprint import fingerprint_of, rows_of
from feedbot.web.urls import url_key
from tests.krant import Desk, Krant, open_desk
from tests.wire import redirect, reply

FRONT = "<html><body><h1>Welkom</h1><p>{}</p></body></html>".format("Nieuws uit de streek. " * 20)
LOGIN = "<html><body><h1>Mijn Krant</h1><p>{}</p></body></html>".format(
    "Deze pagina is er voor wie een account heeft bij de krant en de app gebruikt. " * 12
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        opened.krant.wire.answers |= {"/": reply(FRONT), "/login": reply(LOGIN)}
        opened.krant.wire.answers["/login?next=/nieuws/0-bericht"] = reply(LOGIN)
        yield opened


DETOURS = ["/nieuws/", "/", "/login", "/login?next=/nieuws/0-bericht", "/nieuws/1-bericht"]


@pytest.mark.parametrize("target", DETOURS)
def test_a_page_that_leads_elsewhere_says_nothing_of_its_article(desk: Desk, target: str) -> None:
    krant = desk.krant
    krant.wire.answers[krant.paths[0]] = redirect(302, target)
    first = desk.visit()
    assert (first.count("new"), len(first.failures)) == (5, 1)
    assert f"leads to {krant.wire.url}{target}" in first.failures[0].problem
    krant.show(0)
    assert desk.visit().count("new") == 1
    before = desk.stories
    krant.wire.answers[krant.paths[0]] = redirect(301, target)
    later = desk.visit()
    assert (later.count("revised"), len(later.failures)) == (0, 1)
    assert desk.stories == before


@pytest.mark.parametrize("target", ["/nieuws/", "/toestemming", "/login?next={path}"])
def test_many_articles_that_lead_to_one_page_are_a_wall(desk: Desk, target: str) -> None:
    krant = desk.krant
    desk.visit()
    before = desk.stories
    krant.wire.answers["/toestemming"] = reply(LOGIN)
    for path in krant.paths:
        krant.wire.answers[target.format(path=path)] = reply(LOGIN)
        krant.wire.answers[path] = redirect(302, target.format(path=path))
    krant.list()
    report = desk.visit()
    assert all(
        one.problem.startswith("6 articles lead to ") and "not to themselves" in one.problem
        for one in report.failures
    )
    assert len(report.failures) == 6
    assert desk.stories == before
    for number in range(6):
        krant.show(number)
    desk.visit()
    assert desk.stories == before


@pytest.mark.parametrize("status", [301, 302, 308])
def test_a_story_that_has_moved_is_followed(desk: Desk, status: int) -> None:
    krant = desk.krant
    desk.visit()
    before = desk.stories
    krant.edit(0)
    krant.wire.answers[krant.paths[0]] = redirect(status, "/archief/een-ander-adres")
    krant.show(0, at="/archief/een-ander-adres")
    report = desk.visit()
    assert (report.count("revised"), report.count("new"), report.failures) == (1, 0, ())
    assert desk.stories.keys() == before.keys()
    assert krant.articles[0].paragraphs in {one.article.paragraphs for one in desk.stories.values()}


def test_at_first_sight_an_address_that_leads_to_the_article_is_followed(desk: Desk) -> None:
    krant = desk.krant
    old = [path.replace("nieuws", "ga-naar") for path in krant.paths]
    for at, path in zip(old, krant.paths, strict=True):
        krant.wire.answers[at] = redirect(301, path)
    krant.list(old)
    report = desk.visit()
    assert (report.count("new"), report.failures) == (6, ())
    assert all("/nieuws/" in one.article.url for one in desk.stories.values())


@pytest.mark.parametrize("at", ["/nieuws/", "/", "/nieuws/1-bericht"])
def test_a_story_that_was_overwritten_heals_under_its_id(desk: Desk, at: str) -> None:
    """As an earlier feedbot left it: with the text and the address of what it was led to."""
    krant = desk.krant
    desk.visit()
    before = desk.stories
    [hurt] = [one for one in before.values() if one.article.url.endswith(krant.paths[0])]
    wrong = replace(krant.articles[1], url=krant.wire.url + at)
    with desk.tools.store.save(desk.now) as saving:
        saving.replace(
            hurt,
            wrong,
            fingerprint_of(wrong),
            source=hurt.source,
            url_key=url_key(wrong.url),
            old_rows=rows_of(hurt.versions),
            difference={},
        )
        words = "UPDATE page SET words = x'00', beside = NULL WHERE story = ?"
        saving._connection.exec_driver_sql(words, (hurt.id,))
    report = desk.visit()
    assert (report.count("revised"), report.count("new")) == (1, 0)
    healed = desk.stories[hurt.tag]
    assert healed.article.paragraphs == krant.articles[0].paragraphs
    assert healed.article.url == hurt.article.url
    assert healed.published == hurt.published


# --- the address that a page names ----------------------------------------------------------------


def named(desk: Desk, number: int, canonical: str) -> None:
    desk.krant.show(number, head=f"<link rel='canonical' href='{desk.krant.wire.url}{canonical}'>")


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("canonical", ["/nieuws/1-bericht", "/nieuws/sjabloon", "/nieuws/"])
def test_an_address_that_several_name_is_none_of_theirs(
    desk: Desk, canonical: str, order: int
) -> None:
    krant = desk.krant
    for number in range(6):
        named(desk, number, canonical)
    krant.articles, krant.paths = krant.articles[::order], krant.paths[::order]
    krant.list()
    assert desk.visit().count("new") == 6
    assert {one.article.url for one in desk.stories.values()} == {
        krant.wire.url + path for path in krant.paths
    }


def test_an_address_of_another_article_is_not_believed_at_a_later_visit_either(desk: Desk) -> None:
    krant = desk.krant
    listed = krant.articles, krant.paths
    krant.articles, krant.paths = listed[0][1:], listed[1][1:]
    krant.list()
    desk.visit()
    before = desk.stories
    krant.articles, krant.paths = listed
    named(desk, 0, krant.paths[3])
    krant.list()
    report = desk.visit()
    assert (report.count("new"), report.count("revised")) == (1, 0)
    assert before.items() <= desk.stories.items()


def test_an_address_without_the_query_that_tells_articles_apart_is_not_believed(desk: Desk) -> None:
    krant = desk.krant
    krant.paths = [f"/artikel.php?id={440 + number}" for number in range(6)]
    krant.list()
    for number in range(6):
        named(desk, number, "/artikel.php")
    krant.wire.answers[krant.paths[0]] = reply(status=503)
    assert desk.visit().count("new") == 5
    named(desk, 0, "/artikel.php")
    assert desk.visit().count("new") == 1
    assert {one.article.url for one in desk.stories.values()} == {
        krant.wire.url + path for path in krant.paths
    }


def test_an_address_that_is_plausible_is_believed(desk: Desk) -> None:
    krant = desk.krant
    krant.list([f"{path}?sectie=regio" for path in krant.paths])
    for number, path in enumerate(krant.paths):
        head = f"<link rel='canonical' href='{path}'>"
        krant.show(number, at=f"{path}?sectie=regio", head=head)
    assert desk.visit().count("new") == 6
    assert {one.article.url for one in desk.stories.values()} == {
        krant.wire.url + path for path in krant.paths
    }


@pytest.mark.parametrize(
    "queries", [("?ref=hero", "?pos=3"), ("?cx=2&van=lijst", ""), ("?a=1", "?a=2")]
)
def test_an_article_that_is_listed_with_several_queries_stands_once_at_the_address_it_names(
    desk: Desk, queries: tuple[str, str]
) -> None:
    krant = desk.krant
    items = "".join(
        f"<li><h2><a href='{path}{query}'>{one.title}</a></h2></li>"
        for query in queries
        for path, one in zip(krant.paths, krant.articles, strict=True)
    )
    krant.wire.answers["/nieuws/"] = reply(f"<html lang='nl'><body><ul>{items}</ul></body></html>")
    for number, path in enumerate(krant.paths):
        for query in queries:
            krant.show(number, at=path + query, head=f"<link rel='canonical' href='{path}'>")
    desk.visit()
    desk.visit()
    assert sorted(one.article.url for one in desk.stories.values()) == [
        krant.wire.url + path for path in krant.paths
    ]


@pytest.mark.parametrize(("listed", "own"), [("/", ""), ("", "/"), ("/?utm_source=home", "")])
def test_whether_an_address_ends_in_a_slash_its_page_knows_best(
    desk: Desk, listed: str, own: str
) -> None:
    krant = desk.krant
    krant.list([path + listed for path in krant.paths])
    for number, path in enumerate(krant.paths):
        head = f"<link rel='canonical' href='{path}{own}'>"
        for at in (path, f"{path}/"):
            krant.show(number, at=at, head=head)
    assert desk.visit().count("new") == 6
    assert {one.article.url for one in desk.stories.values()} == {
        krant.wire.url + path + own for path in krant.paths
    }


SORRY = "<html lang='nl'><body><main><article><h1>Even geduld</h1>{}</article></main></body></html>".format(
    "<p>Door gepland onderhoud is de krant tot elf uur vanavond niet te bereiken.</p>"
    "<p>Onze excuses voor het ongemak. Bel ons gerust als het dringend is.</p>"
)


def in_maintenance(krant: Krant, _: int) -> str:
    return SORRY


def one_for_all(krant: Krant, _: int) -> str:
    return krant.page(krant.articles[0])


def in_a_circle(krant: Krant, number: int) -> str:
    return krant.page(krant.articles[number - 1])


@pytest.mark.parametrize("wrong", [in_maintenance, one_for_all, in_a_circle])
def test_a_page_that_shows_another_text_under_its_address_changes_no_story(
    desk: Desk, wrong: Callable[[Krant, int], str]
) -> None:
    krant = desk.krant
    desk.visit()
    before = desk.stories
    for number, path in enumerate(krant.paths):
        krant.wire.answers[path] = reply(wrong(krant, number))
    report = desk.visit()
    assert (report.count("revised"), report.count("new")) == (0, 0)
    assert desk.stories == before
    for number in range(len(krant.paths)):
        krant.show(number)
    assert desk.visit().count("revised") == 0
    assert desk.stories == before


@pytest.mark.parametrize("wrong", [in_maintenance, one_for_all])
def test_one_text_for_every_page_is_at_first_sight_the_article_of_none_that_it_does_not_tell_of(
    desk: Desk, wrong: Callable[[Krant, int], str]
) -> None:
    krant = desk.krant
    for number, path in enumerate(krant.paths):
        krant.wire.answers[path] = reply(wrong(krant, number))
    first = desk.visit().count("new")
    assert first <= (wrong is one_for_all)
    for number in range(len(krant.paths)):
        krant.show(number)
    assert desk.visit().count("new") == len(krant.paths) - first
    assert {one.article.paragraphs for one in desk.stories.values()} == {
        one.paragraphs for one in krant.articles
    }


def test_films_without_a_word_are_no_one_text(desk: Desk) -> None:
    """`<title>` is the site's on all of them; the listing gives their headlines."""
    krant = desk.krant
    for number, path in enumerate(krant.paths):
        film = f"<iframe src=https://www.youtube.com/embed/a1b2c3d4e{number}></iframe>"
        page = (
            f"<section><h2>{krant.articles[number].title}</h2></section><section>{film}</section>"
        )
        krant.wire.answers[path] = reply(f"<title>De krant</title><main>{page}</main>")
    assert desk.visit().count("new") == len(krant.paths)
    assert all("youtube.com/watch" in one.article.html for one in desk.stories.values())
