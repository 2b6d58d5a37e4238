"""What subscribers have: every article whole, once, and the newest words of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import fromstring

from feedbot.demo import WireStory, configuration
from feedbot.demo.portal import Portal
from feedbot.web.sanitise import legible, sanitise
from tests.hosting import serve
from tests.processes import feedbot
from tests.readers import READERS, LemonReader, Reader, Seen
from tests.shelves import NOW, OUTPUT, House, article
from tests.unit.test_atom import PIECES

SLUG = "rusland"


@dataclass(frozen=True)
class Edition:
    """What was published after a poll, and what was on the site then, by address."""

    feeds: Path
    stories: dict[str, WireStory]

    @property
    def ids(self) -> list[str]:
        feed = etree.fromstring((self.feeds / f"{SLUG}.xml").read_bytes())
        return sorted(one.text or "" for one in feed.iterfind("{*}entry/{*}id"))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """Two polls; between them stories were corrected, and new ones have come."""
    home = tmp_path_factory.mktemp("editions")
    found = []
    with Portal() as portal:
        (home / "feedbot.toml").write_text(configuration(portal.url, home), encoding="utf-8")
        for number in range(2):
            done = feedbot(home, "poll")
            assert done.returncode == 0, done.stderr
            stories = {portal.address(story): story for story in portal.stories}
            feeds = shutil.copytree(home / "feeds", home / f"feeds-{number}")
            found.append(Edition(feeds, stories))
            while portal.correct():
                pass
            while portal.advance():
                pass
    return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Where the files in `tmp_path / "feeds"` are served."""
    (tmp_path / "feeds").mkdir()
    with serve(tmp_path / "feeds") as url:
        yield url


def check(seen: list[Seen], edition: Edition) -> None:
    """Every entry is there once, and says what the site says."""
    assert sorted(one.id for one in seen) == edition.ids
    pictures = 0
    for one in seen:
        story = edition.stories[one.link]
        assert one.title == story.headline
        root = fromstring(f"<div>{one.html}</div>")
        text = " ".join(root.text_content().split())
        assert not [paragraph for paragraph in story.paragraphs if paragraph not in text]
        shown = [picture.get("src") or "" for picture in root.iter("img")]
        assert ["/beeld/" in url for url in shown] == ([True] if story.image else [])
        pictures += len(shown)
    assert pictures


@pytest.mark.parametrize(
    ("kind", "ending"),
    [*((kind, "xml") for kind in READERS), (LemonReader, "json")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_subscriber_has_every_article_once_and_as_it_reads_now(
    kind: type[Reader], ending: str, tmp_path: Path, editions: list[Edition], served: str
) -> None:
    home = tmp_path / "reader"
    home.mkdir()
    reader = kind(f"{served}{SLUG}.{ending}", home)
    updates = []
    for edition in [editions[0], editions[1], editions[1]]:
        shutil.copytree(edition.feeds, tmp_path / "feeds", dirs_exist_ok=True)
        updates.append(reader.update())
        check(updates[-1], edition)
    first, second, again = ({one.id: one for one in update} for update in updates)
    assert again == second
    assert len(second) > len(first) >= 3, "a new entry"
    assert [one for one in first if second[one].title != first[one].title], "a revision"
    assert all(second[one].link == first[one].link for one in first)


def fill_with_nonsense(house: House, count: int) -> None:
    """Stories of tags, entities, control characters and the like, as they are stored."""
    draw = random.Random(4287)

    def words() -> str:
        return legible(" ".join(draw.choices(PIECES, k=draw.randrange(1, 14))))

    for number in range(count):
        one = article(number)
        nonsense = replace(
            one,
            title=words(),
            paragraphs=(words(), words()),
            html=sanitise(words(), one.url) or "<p>-</p>",
            authors=(words(),),
        )
        house.add(number, now=NOW + timedelta(seconds=number), article=nonsense)


@pytest.mark.parametrize("kind", READERS, ids=lambda kind: kind.__name__)
def test_whatever_the_sources_contain_it_is_read_alike(
    kind: type[Reader], tmp_path: Path, served: str
) -> None:
    house = House(tmp_path, replace(OUTPUT, entries=200))
    with house.store:
        fill_with_nonsense(house, 200)
        house.publish()
    feed = etree.fromstring((house.feeds / f"{SLUG}.xml").read_bytes())
    written = {
        (entry.findtext("{*}id"), entry.find("{*}link").get("href"), entry.findtext("{*}title"))
        for entry in feed.iterfind("{*}entry")
    }
    home = tmp_path / "reader"
    home.mkdir()
    seen = kind(f"{served}{SLUG}.xml", home).update()
    assert len(seen) == 200
    assert {(one.id, one.link, one.title) for one in seen} == written
