"""What is kept for how long: texts go, identities stay, and so does what is published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedbot.cli import main
from feedbot.config import Config, parse
from feedbot.errors import ConfigError
from feedbot.operations.retention import prune_store
from feedbot.store import queries
from feedbot.stories.fingerprint import fingerprint_of
from tests.quality.prose import Writer
from tests.shelves import CHINA, NOW, OUTPUT, RUSLAND, House

OLD = timedelta(days=500)
SHOWN = 5  # entries of a feed


def configured(folder: Path, keep: str = "400d") -> Config:
    path = folder / "feedbot.toml"
    path.write_text(
        f'[feeds]\nurl = "https://feeds.example.org/"\nentries = {SHOWN}\n[store]\nkeep = "{keep}"\n'
        '[[sources]]\nname = "Voorbeeld"\nurl = "https://nieuws.example.org/"\n'
        '[topics]\nRusland = "Rusland"\nChina = "China"\n'
    )
    return parse(path.read_text(), path)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Twenty old stories and ten new ones of one topic; three old ones of another."""
    built = House(tmp_path, output=replace(OUTPUT, entries=SHOWN), topics=(RUSLAND, CHINA))
    for number in range(23):
        slugs = ["rusland"] if number < 20 else ["china"]
        built.add(
            number,
            now=NOW - OLD + number * timedelta(hours=1),
            topics=slugs,
            article=replace(Writer(number).article(), url=f"https://nieuws.example.org/{number}"),
        )
    built.revise(0, now=NOW - OLD + timedelta(days=1))
    for number in range(30, 40):
        built.add(number, now=NOW - timedelta(days=1) + number * timedelta(minutes=1))
    built.publish()
    return built


def counts(house: House) -> tuple[int, int, int]:
    with house.store.read() as connection:
        return tuple(
            connection.exec_driver_sql(query).scalar() or 0
            for query in (
                "SELECT count(*) FROM story",
                "SELECT count(*) FROM story WHERE article IS NULL",
                "SELECT count(*) FROM revision",
            )
        )  # type: ignore[return-value]


def test_old_texts_go_and_identities_stay(house: House, tmp_path: Path) -> None:
    gone = prune_store(configured(tmp_path), house.store, NOW)
    assert (gone.stories, gone.revisions) == (20, 1)
    assert gone.bytes > 20 * 600
    assert counts(house) == (33, 20, 0)
    with house.store.read() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM sketch WHERE story <= 20").scalar()
            == 0
        )
        (story,) = [queries.story_at(connection, "nieuws.example.org/7")]
    assert story is not None
    assert story.pruned
    assert story.fingerprint.words > 0
    assert prune_store(configured(tmp_path), house.store, NOW).stories == 0


def test_a_dry_run_says_the_same_and_changes_nothing(house: House, tmp_path: Path) -> None:
    said = prune_store(configured(tmp_path), house.store, NOW, dry_run=True)
    assert counts(house) == (33, 0, 1)
    assert prune_store(configured(tmp_path), house.store, NOW) == said


def test_what_is_published_stays_as_it_is(house: House, tmp_path: Path) -> None:
    before = house.files()
    assert any(name.startswith("archive/rusland") for name in before)
    prune_store(configured(tmp_path), house.store, NOW)
    house.publish(everything=True)
    assert house.files() == before


def test_an_old_story_that_comes_back_is_not_new(house: House, tmp_path: Path) -> None:
    prune_store(configured(tmp_path), house.store, NOW)
    fingerprint = fingerprint_of(Writer(7).article())
    with house.store.read() as connection:
        story = queries.same_words(connection, fingerprint)
        assert story is not None
        assert story.tag == "tag:example.org,2026:story/7"
        assert queries.near_stories(connection, fingerprint) == []


def test_a_pruned_story_is_not_routed_again(house: House, tmp_path: Path) -> None:
    prune_store(configured(tmp_path), house.store, NOW)
    with house.store.read() as connection:
        assert queries.count_stories(connection) == 13
        assert {story.pruned for story in queries.stories_after(connection, 0, 100)} == {False}


def test_the_command_says_what_it_frees(house: House, tmp_path: Path) -> None:
    path = str(configured(tmp_path).path)
    said = CliRunner().invoke(main, ["prune", "--dry-run", "-c", path])
    assert said.exit_code == 0
    assert said.output.startswith("would free 0.")
    done = json.loads(CliRunner().invoke(main, ["prune", "--json", "-c", path]).output)
    assert (done["stories"], done["revisions"]) == (20, 1)
    assert done["before"].endswith("Z")
    assert counts(house)[1] == 20


@pytest.mark.parametrize("keep", ["10d", "61d", "0s"])
def test_less_than_two_months_is_refused(tmp_path: Path, keep: str) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, keep)
    assert "archives are by month" in caught.value.mistakes[0].help
