"""Addresses that are others at every visit lead to the same articles, and are read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.krant import Desk, open_desk
from tests.quality.prose import Writer
from tests.wire import redirect

Form = Callable[[str, int, int], str]  # path, number of the article, number of the visit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, revisit="6h") as opened:
        yield opened


def relist(desk: Desk, form: Form, visit: int) -> list[str]:
    """Lists the articles at other addresses, at which they are, too."""
    krant = desk.krant
    links = [form(path, number, visit) for number, path in enumerate(krant.paths)]
    for number, at in enumerate(links):
        krant.show(number, at=at)
    krant.list(links)
    return links


def pages(desk: Desk) -> list[str]:
    with desk.tools.store.read() as connection:
        return [url for (url,) in connection.exec_driver_sql("SELECT url FROM page ORDER BY url")]


SESSIONS: dict[str, Form] = {
    ";jsessionid=": lambda path, _, visit: f"{path};jsessionid=8A3F{visit}.node1",
    "/(S())/": lambda path, _, visit: f"/(S(abc{visit}def)){path}",
    "?PHPSESSID=": lambda path, _, visit: f"{path}?PHPSESSID=0a1b2c{visit}",
    "?sid=": lambda path, _, visit: f"{path}?sid=9f3ab27c41d08e6{visit}",
    "?_=": lambda path, _, visit: f"{path}?_=17000{visit}",
    "?_=, one of two": lambda path, _, visit: f"{path}?page=1&_=1700000000{visit}",
    "?v=": lambda path, _, visit: f"{path}?v={visit}",
    "?token=, one for each": lambda path, number, visit: f"{path}?token=t{number}x{visit}",
    ";s=": lambda path, _, visit: f"{path};s={visit}",
}


@pytest.mark.parametrize("form", SESSIONS.values(), ids=SESSIONS.keys())
def test_what_changes_at_every_visit_is_no_part_of_an_address(desk: Desk, form: Form) -> None:
    for number, path in enumerate(desk.krant.paths):
        desk.krant.show(number, at=f"{path}?page=1")
    relist(desk, form, 1)
    assert desk.visit().count("new") == 6
    tags = desk.stories.keys()
    for visit in (2, 3, 4):
        relist(desk, form, visit)
        report = desk.visit()
        assert desk.asked == ["/nieuws/"]
        assert (report.verdicts, report.failures) == ((), ())
    lasting = [f"{desk.krant.wire.url}{path}" for path in desk.krant.paths]
    lasting = [f"{url}?page=1" if "page=1" in pages(desk)[0] else url for url in lasting]
    assert pages(desk) == lasting
    assert sorted(one.article.url for one in desk.stories.values()) == lasting
    assert desk.stories.keys() == tags


def test_what_was_learnt_holds_for_what_comes_and_for_what_is_edited(tmp_path: Path) -> None:
    with open_desk(tmp_path, articles=7) as desk:
        krant, form = desk.krant, SESSIONS["?_="]
        last = krant.articles.pop(), krant.paths.pop()
        for visit in (1, 2):
            relist(desk, form, visit)
            desk.visit()
        krant.articles.append(last[0])
        krant.paths.append(last[1])
        krant.edit(0)
        krant.show(0)
        relist(desk, form, 3)
        report = desk.visit()
        assert (report.count("new"), report.count("revised"), report.count("unchanged")) == (
            1,
            1,
            5,
        )
        assert not any("_=" in path for path in desk.asked)
        assert not any("_=" in one.article.url for one in desk.stories.values())


def test_the_text_of_an_article_stays_its_own_under_its_lasting_address(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        for visit in (1, 2, 3, 4):
            relist(desk, SESSIONS["?token=, one for each"], visit)
            assert desk.visit().count("revised") == 0
        texts = {one.article.paragraphs for one in desk.stories.values()}
        assert texts == {one.paragraphs for one in desk.krant.articles}


@pytest.mark.parametrize("form", ["{path}?sid={visit}", "{path};s={visit}", "{path}?a=1&b={visit}"])
def test_a_session_that_only_the_answer_adds_is_not_published(desk: Desk, form: str) -> None:
    krant = desk.krant
    for number, path in enumerate(krant.paths):
        there = form.format(path=path, visit=f"9f3ab27c{number}")
        krant.show(number, at=there)
        krant.wire.answers[path] = redirect(302, there)
    assert desk.visit().count("new") == 6
    assert sorted(one.article.url for one in desk.stories.values()) == pages(desk)
    assert pages(desk) == [krant.wire.url + path for path in krant.paths]


TELLING: dict[str, Callable[[int], str]] = {
    "?id=": lambda n: f"/lees?id={n}",
    "?p=": lambda n: f"/?p={n}",
    "?sid= of a story": lambda n: f"/article.pl?sid=1234{n}",
    "?v= of a film": lambda n: f"/watch?v=dQw4w9WgX{n}{n}",
    "?sessionId= of a talk": lambda n: f"/talk?sessionId={n}",
    "?token= of an article": lambda n: f"/lees?token=9f3ab27c41d08e{n}{n}",
}


@pytest.mark.parametrize("at", TELLING.values(), ids=TELLING.keys())
def test_what_tells_articles_apart_stays(tmp_path: Path, at: Callable[[int], str]) -> None:
    with open_desk(tmp_path, articles=12, revisit="6h") as desk:
        krant = desk.krant
        everything = krant.articles
        for first in (0, 2, 4, 6):
            krant.articles = everything[first : first + 6]
            krant.paths = [at(number) for number in range(first, first + 6)]
            for number in range(6):
                krant.show(number)
            krant.list()
            assert desk.visit().count("new") == (6 if first == 0 else 2)
        assert sorted(one.article.url for one in desk.stories.values()) == sorted(
            krant.wire.url + at(number) for number in range(12)
        )


@pytest.mark.parametrize("name", ["id", "sid", "t"])
def test_a_section_shows_another_article_under_another_number(desk: Desk, name: str) -> None:
    """`/sport/lees?sid=1` and then `/sport/lees?sid=2`: two articles, though one path."""
    krant = desk.krant
    for day in range(3):
        krant.articles = [Writer((day, number)).article() for number in range(6)]
        krant.paths = [f"/rubriek-{number}/lees?{name}={day}{number}" for number in range(6)]
        for number in range(6):
            krant.show(number)
        krant.list()
        assert desk.visit().count("new") == 6
    assert len(desk.stories) == len(pages(desk)) == 18
