"""Moving a store from SQLite to PostgreSQL and back: nothing is lost, and no feed moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from feedbot.cli import main
from feedbot.errors import StoreError
from feedbot.store import Store
from tests.processes import on_terminal
from tests.shelves import NOW, House


def files(house: House) -> dict[str, bytes]:
    """What is published, written anew."""
    house.publish(everything=True)
    paths = (path for path in sorted(house.feeds.rglob("*")) if path.is_file())
    return {str(path.relative_to(house.feeds)): path.read_bytes() for path in paths}


def copy(source: str, target: str) -> Result:
    return CliRunner().invoke(main, ["store", "copy", source, target])


def url_in(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    return f"sqlite:///{folder / 'feedbot.db'}"


@pytest.fixture
def first(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.fill(30)
    house.revise(3, now=NOW + timedelta(days=3))
    yield house
    house.store.close()


def test_a_store_goes_to_postgresql_and_back_and_no_feed_moves(
    first: House, tmp_path: Path, postgres_url: str
) -> None:
    published = files(first)
    done = copy(url_in(tmp_path), postgres_url)
    assert done.exit_code == 0, done.output
    assert "copied and verified" in done.stdout
    (tmp_path / "second").mkdir()
    second = House(tmp_path / "second", store_url=postgres_url)
    assert files(second) == published
    second.add(100, now=NOW + timedelta(days=4))
    published = files(second)
    second.store.close()
    assert copy(postgres_url, url_in(tmp_path / "third")).exit_code == 0
    third = House(tmp_path / "third")
    assert files(third) == published
    assert third.add(101, now=NOW + timedelta(days=5)) == second.ids[100] + 1
    third.store.close()


def test_a_copy_shows_how_far_it_is(first: House, tmp_path: Path, postgres_url: str) -> None:
    first.store.close()
    status, seen = on_terminal(tmp_path, "store", "copy", url_in(tmp_path), postgres_url)
    assert status == 0, seen
    percents = [int(percent) for percent in re.findall(r"copying.*?(\d+)%", seen)]
    assert percents, "a bar"
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert "copied and verified" in seen


def test_a_store_that_holds_anything_is_not_written_to(
    first: House, tmp_path: Path, store_url: str
) -> None:
    other = House(tmp_path, store_url=store_url)
    other.add(50) if store_url.startswith("postgresql") else None
    before = files(other)
    done = copy(url_in(tmp_path), store_url)
    assert done.exit_code == 1
    assert "is not empty: it has rows in" in done.stderr
    assert files(other) == before
    other.store.close()


def test_a_copy_that_fails_leaves_nothing(first: House, postgres_url: str) -> None:
    with Store(postgres_url) as target:
        with target.write() as connection:
            connection.execute(text("ALTER TABLE story ADD CHECK (id < 20)"))
        told: list[tuple[int, int]] = []
        with pytest.raises(StoreError, match="database"):
            first.store.copy_to(target, lambda done, total: told.append((done, total)))
        with target.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM source")) == 0


def test_a_file_that_is_not_there_is_no_store_to_copy_from(
    tmp_path: Path, postgres_url: str
) -> None:
    done = copy(f"sqlite:///{tmp_path / 'none.db'}", postgres_url)
    assert done.exit_code == 1
    assert "no such file" in done.stderr
    assert not (tmp_path / "none.db").exists()
