"""Articles that several sources list: one of them reads each, and another one once that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from feedbot.errors import StoreError
from feedbot.operations.explain import why
from feedbot.operations.replay import replay
from feedbot.store import Claim, queries
from tests.krant import ListingsDesk, open_listings
from tests.wire import reply


@pytest.fixture
def desk(tmp_path: Path, store_url: str) -> Iterator[ListingsDesk]:
    with open_listings(tmp_path, store_url) as desk:
        yield desk


def drop(desk: ListingsDesk) -> None:
    desk.configure(Sport="/sport")


def switch_off(desk: ListingsDesk) -> None:
    desk.configure(desk.source("Home", "/home", "enabled = false"), Sport="/sport")


def say_gone(desk: ListingsDesk) -> None:
    desk.krant.wire.answers["/home"] = reply(status=410)
    desk.visit("Home")


WAYS = [drop, switch_off, say_gone]


@pytest.mark.parametrize("leave", WAYS)
def test_who_lists_an_article_reads_it_once_its_source_is_gone(
    desk: ListingsDesk, leave: Callable[[ListingsDesk], None]
) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", *range(6))
    desk.list("/sport", 2, 3, 4)
    desk.krant.wire.answers[desk.krant.paths[3]] = reply(status=500)
    assert desk.visit("Home").count("new") == 5
    assert desk.visit("Sport").verdicts == (), "they are read by the other one"
    assert desk.visit("Sport").verdicts == (), "and the listing is unchanged now"

    leave(desk)
    desk.krant.show(3)
    desk.krant.edit(2)
    desk.krant.show(2)
    report = desk.visit("Sport")
    assert (report.count("new"), report.count("revised"), report.count("unchanged")) == (1, 1, 1)
    assert sorted(story.source for story in desk.stories.values()) == ["Home"] * 3 + ["Sport"] * 3


def test_a_source_with_the_listing_of_another_takes_over_what_is_listed_no_longer(
    desk: ListingsDesk,
) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", 0, 1, 2)
    desk.list("/sport", 3, 4, 5)
    desk.krant.wire.answers[desk.krant.paths[4]] = reply(status=500)
    desk.visit("Home")
    desk.visit("Sport")
    desk.list("/sport", 5)
    desk.configure(Home="/home /sport")
    desk.krant.show(4)
    desk.krant.edit(3)
    desk.krant.show(3)
    report = desk.visit("Home")
    assert (report.count("new"), report.count("revised")) == (1, 1)
    assert {story.source for story in desk.stories.values()} == {"Home"}


def test_an_article_stays_with_its_source_as_long_as_that_is_polled(desk: ListingsDesk) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", 0, 1, 2)
    desk.list("/sport", 1, 2)
    desk.visit("Home")
    desk.configure(Home="/home", Sport="/sport", Regio="/regio")
    desk.list("/regio", 0, 2)
    desk.krant.wire.answers["/home"] = reply(status=500)
    desk.visit("Home")
    for name in ("Sport", "Regio"):
        assert desk.visit(name).verdicts == ()
    assert [story.source for story in desk.stories.values()] == ["Home"] * 3


def test_a_listing_that_another_source_has_now_is_read_though_it_is_unchanged(
    desk: ListingsDesk,
) -> None:
    desk.configure(desk.source("Home", "/home /sport", "select.links = 'nav a'"))
    desk.list("/home", 0, 1)
    desk.list("/sport", 2, 3)
    desk.krant.wire.answers["/home"] = reply("<nav><a href='/nieuws/0-bericht'>Nieuws</a></nav>")
    desk.visit("Home")
    desk.configure(desk.source("Home", "/home", "select.links = 'nav a'"), Sport="/sport")
    assert desk.visit("Sport").count("new") == 2


TOPICS = """Alles = "*"
Sport = { any = ["*"], sources = ["Sport"] }
Haven = ["source:Sport", "haven van niets"]
Rest = ["*", "-source:Sport"]"""


def filed(desk: ListingsDesk) -> dict[str, set[str]]:
    """The topics of each article, by its path; `why` and `replay` say the same."""
    assert desk.tools
    stories = desk.stories
    with desk.tools.store.read() as connection:
        found = queries.topics_of(connection, [one.id for one in stories.values()])
    assert replay(desk.config, desk.tools.store, dry_run=True) == []
    for story in stories.values():
        account = why(story.tag, desk.config, desk.tools)
        assert {one.topic for one in account.routings if one.routed} == found[story.id]
    return {path: found[one.id] for path, one in stories.items()}


def test_a_story_is_in_the_topics_of_every_source_that_lists_it(desk: ListingsDesk) -> None:
    desk.configure(topics=TOPICS, Home="/home", Sport="/sport")
    desk.list("/home", *range(4))
    desk.list("/sport", 2, 3)
    desk.krant.wire.answers[desk.krant.paths[3]] = reply(status=500)
    desk.visit("Home")
    home, sport = {"alles", "rest"}, {"alles", "sport", "haven"}
    assert list(filed(desk).values()) == [home] * 3
    before = {path: (one.tag, one.updated) for path, one in desk.stories.items()}
    desk.visit("Sport")
    paths = desk.krant.paths
    assert filed(desk) == {paths[0]: home, paths[1]: home, paths[2]: sport}
    assert before == {path: (one.tag, one.updated) for path, one in desk.stories.items()}

    desk.krant.show(3)
    desk.krant.edit(2)
    desk.krant.show(2)
    report = desk.visit("Home")
    assert (report.count("new"), report.count("revised")) == (1, 1)
    assert filed(desk) == {paths[0]: home, paths[1]: home, paths[2]: sport, paths[3]: sport}

    desk.configure(topics=TOPICS, Sport="/sport")
    desk.list("/sport", 1, 2, 3)
    desk.visit("Sport")
    assert filed(desk) == {paths[0]: home} | dict.fromkeys(paths[1:4], sport)


def test_a_rule_that_has_changed_waits_though_another_source_lists_a_story(
    desk: ListingsDesk,
) -> None:
    desk.configure(topics=TOPICS, Home="/home", Sport="/sport")
    desk.list("/home", 0)
    desk.list("/sport", 0)
    desk.visit("Home")
    changed = TOPICS.replace('Alles = "*"', 'Alles = "onvindbaar"')
    desk.configure(topics=changed, Home="/home", Sport="/sport")
    desk.visit("Sport")
    assert desk.tools
    with desk.tools.store.read() as connection:
        [found] = queries.topics_of(connection, [1]).values()
    assert found == {"alles", "sport", "haven"}


def show_copy(desk: ListingsDesk, number: int, of: int) -> None:
    """Shows the words of one article at the page of another one, too."""
    desk.krant.articles[number] = desk.krant.articles[of]
    desk.krant.show(number)


def revise(desk: ListingsDesk, number: int) -> None:
    desk.krant.edit(number)
    desk.krant.show(number)


BY_SPORT = {"alles", "sport", "haven"}


@pytest.mark.parametrize("reader", ["Home", "Regio"])
def test_a_story_stays_where_it_is_listed_by_a_copy_when_it_is_revised(
    desk: ListingsDesk, reader: str
) -> None:
    desk.configure(topics=TOPICS, Home="/home", Regio="/regio", Sport="/sport")
    show_copy(desk, 1, of=0)
    desk.list("/home", 0)
    desk.list("/regio", 2)
    desk.list("/sport", 1, 3)
    desk.list(*("/home", 1, 0) if reader == "Home" else ("/regio", 1))
    for name in ("Home", "Regio"):
        desk.visit(name)
    assert desk.visit("Sport").count("new") == 1
    first, other = desk.krant.paths[0], desk.krant.paths[3]
    assert filed(desk)[first] == filed(desk)[other] == BY_SPORT, "Sport lists the copy"
    revise(desk, 0)
    assert desk.visit("Home").count("revised") == 1
    assert filed(desk)[first] == BY_SPORT


def test_a_copy_that_is_listed_by_another_before_it_is_read_files_its_story(
    desk: ListingsDesk,
) -> None:
    desk.configure(topics=TOPICS, Home="/home", Sport="/sport")
    desk.list("/home", 0, 1)
    desk.list("/sport", 1)
    desk.krant.wire.answers[desk.krant.paths[1]] = reply(status=500)
    desk.visit("Home")
    desk.visit("Sport")
    first = desk.krant.paths[0]
    assert filed(desk) == {first: {"alles", "rest"}}
    show_copy(desk, 1, of=0)
    assert desk.visit("Home").count("duplicate") == 1
    assert filed(desk) == {first: BY_SPORT}


def test_a_story_stays_in_its_topics_though_only_some_of_its_pages_are_taken_over(
    desk: ListingsDesk,
) -> None:
    desk.configure(topics=TOPICS, Home="/home", Sport="/sport", Regio="/regio")
    show_copy(desk, 1, of=0)
    desk.list("/home", 1, 0)
    desk.list("/regio", 0)
    desk.list("/sport", 1)
    for name in ("Home", "Sport"):
        desk.visit(name)
    first = desk.krant.paths[0]
    assert filed(desk) == {first: BY_SPORT}
    desk.configure(topics=TOPICS, Sport="/sport", Regio="/regio")
    desk.visit("Regio")
    assert [one.source for one in desk.stories.values()] == ["Regio"]
    assert filed(desk) == {first: BY_SPORT}
    revise(desk, 0)
    assert desk.visit("Regio").count("revised") == 1
    assert filed(desk) == {first: BY_SPORT}


def test_who_has_lost_the_lease_takes_nothing_over(
    desk: ListingsDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure(topics=TOPICS, Home="/home", Sport="/sport")
    desk.list("/home", 0)
    desk.list("/sport", 0)
    desk.visit("Home")
    desk.configure(topics=TOPICS, Sport="/sport")
    assert desk.tools
    claims = desk.tools.store.claim

    def lose(*args: Any, **options: Any) -> list[Claim]:
        return [one._replace(token=one.token - 1) for one in claims(*args, **options)]

    with monkeypatch.context() as patch:
        patch.setattr(desk.tools.store, "claim", lose)
        with pytest.raises(StoreError, match="lease"):
            desk.visit("Sport")
    assert [one.source for one in desk.stories.values()] == ["Home"]
    assert filed(desk) == {desk.krant.paths[0]: {"alles", "rest"}}
