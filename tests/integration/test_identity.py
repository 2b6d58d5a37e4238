"""One story, once: several sites tell the same, and change what they told."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from feedbot import config as configuration
from feedbot.cli.output import account_json, account_text
from feedbot.config import Config
from feedbot.demo import WireStory
from feedbot.demo.pages import Shown
from feedbot.demo.portal import Portal
from feedbot.model import Report, Story
from feedbot.operations.explain import Account, why
from feedbot.poll import Tools, poll
from feedbot.schedule import open_tools, publish_all
from feedbot.store import queries
from tests.quality.prose import Writer

NOW = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Paper(Portal):
    """A site that shows just what it is told to."""

    def show(self, *stories: WireStory) -> None:
        now = self._clock()
        self._shown = [Shown(story=story, published=now, changed=now) for story in stories]


def wire(seed: object, slug: str = "") -> WireStory:
    """A story of some 350 words."""
    one = Writer(seed).article()
    return WireStory(
        slug=slug or f"bericht-{seed}",
        headline=one.title,
        section="Buitenland",
        paragraphs=one.paragraphs,
    )


def others(paper: str, count: int = 4) -> list[WireStory]:
    """What else a site has, so that a listing looks like one."""
    return [wire((paper, number), f"eigen-{paper}-{number}") for number in range(count)]


class Town:
    """Papers and one feedbot that reads them all."""

    def __init__(self, config: Config, tools: Tools, clock: Clock, papers: Sequence[Paper]) -> None:
        self.config, self.tools, self.clock, self.papers = config, tools, clock, papers

    def show(self, paper: int, *stories: WireStory) -> None:
        """A paper shows these, and its own."""
        self.papers[paper].show(*stories, *others(str(paper)))

    def poll(self, paper: int) -> Report:
        """Reads a paper, some time later."""
        self.clock.move(minutes=20)
        source = self.config.sources[paper]
        (claim,) = self.tools.store.claim([source.name], self.clock(), due_only=False)
        report = poll(source, claim, self.tools)
        assert report.error is None
        return report

    def verdict(self, report: Report, slug: str) -> str:
        """What was decided of one of the stories."""
        (verdict,) = [given for url, _, given in report.verdicts if url.endswith(f"/{slug}")]
        return verdict

    @property
    def stories(self) -> dict[str, Story]:
        """Everything stored but the papers' own, by id."""
        with self.tools.store.read() as connection:
            found = queries.stories_after(connection, 0, 1000)
        return {one.tag: one for one in found if "/eigen-" not in one.article.url}

    def why(self, paper: int, slug: str) -> Account:
        return why(f"{self.papers[paper].origin}/nieuws/{slug}", self.config, self.tools)

    def feed(self) -> bytes:
        """The feed of everything, published now."""
        publish_all(self.config, self.tools.store)
        assert self.config.folder
        return (self.config.folder / "alles.xml").read_bytes()


@contextmanager
def town(folder: Path, papers: int = 2) -> Iterator[Town]:
    clock = Clock()
    with ExitStack() as stack:
        built = [
            stack.enter_context(Paper(clock=clock, stories=(), older=(), validators=False))
            for _ in range(papers)
        ]
        sources = "".join(
            f'[[sources]]\nname = "{number}"\nurl = "{paper.url}"\n'
            for number, paper in enumerate(built)
        )
        path = folder / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n'
            '[polling]\nrevisit = "0s"\ndelay = "0s"\n'
            f'{sources}[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        tools = stack.enter_context(open_tools(config, clock))
        yield Town(config, tools, clock, built)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as built:
        yield built


ONE = wire("een")


def test_a_story_that_two_sites_tell_is_published_once(two: Town) -> None:
    two.show(0, ONE)
    two.show(
        1, replace(ONE, slug="elders-verteld", headline="Zo zet een andere redactie het erboven")
    )
    assert two.verdict(two.poll(0), ONE.slug) == "new"
    before, feed = two.stories, two.feed()
    assert two.verdict(two.poll(1), "elders-verteld") == "duplicate"
    assert two.verdict(two.poll(1), "elders-verteld") == "unchanged"
    assert two.stories == before
    assert feed.count(ONE.headline.encode()) == two.feed().count(ONE.headline.encode()) > 0
    account = two.why(1, "elders-verteld")
    assert account.verdict == "duplicate"
    assert account.story == next(iter(before.values()))
    assert f"{two.papers[1].origin}/nieuws/elders-verteld" in account_text(account)
    assert [copy["source"] for copy in account_json(account)["copies"]] == ["0", "1"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_in_whatever_order_the_sites_are_read_there_is_one_story(
    tmp_path: Path, order: Sequence[int]
) -> None:
    with town(tmp_path, 3) as built:
        built.show(0, ONE)
        built.show(
            1,
            replace(
                ONE,
                slug="anders-verteld",
                headline="Zo zet een andere redactie het erboven",
                paragraphs=ONE.paragraphs[:-1],
            ),
        )
        built.show(2, replace(ONE, slug="kort-verteld", paragraphs=(" ".join(ONE.paragraphs[:2]),)))
        for _ in range(2):
            for paper in order:
                built.poll(paper)
        (story,) = built.stories.values()
        assert len(story.article.paragraphs) > 3
        verdicts = [
            built.why(at, slug).verdict
            for at, slug in enumerate((ONE.slug, "anders-verteld", "kort-verteld"))
        ]
        assert sorted(verdicts) == ["duplicate", "duplicate", "new"]


def test_the_whole_completes_what_was_known_by_its_lead(two: Town) -> None:
    two.show(0, replace(ONE, paragraphs=(" ".join(ONE.paragraphs[:2]),)))
    two.show(1, replace(ONE, slug="heel-verteld"))
    two.poll(0)
    (lead,) = two.stories.values()
    assert two.verdict(two.poll(1), "heel-verteld") == "duplicate"
    (whole,) = two.stories.values()
    assert (whole.tag, whole.published) == (lead.tag, lead.published)
    assert whole.article.paragraphs == ONE.paragraphs
    assert whole.updated > lead.updated
    # The site that has the lead alone does not take the rest away again.
    assert two.verdict(two.poll(0), ONE.slug) == "unchanged"
    two.show(
        0,
        replace(
            ONE,
            headline="Een nieuwe kop boven de eerste alinea",
            paragraphs=(" ".join(ONE.paragraphs[:2]),),
        ),
    )
    assert two.verdict(two.poll(0), ONE.slug) == "unchanged"
    assert two.stories == {whole.tag: whole}


def test_a_story_under_another_slug_and_headline_is_the_same_entry(two: Town) -> None:
    two.show(0, ONE)
    two.poll(0)
    (before,) = two.stories.values()
    two.show(0, replace(ONE, slug="nieuwe-slug", headline="Een nieuwe kop boven hetzelfde bericht"))
    assert two.verdict(two.poll(0), "nieuwe-slug") == "revised"
    (after,) = two.stories.values()
    assert (after.tag, after.published) == (before.tag, before.published)
    assert after.article.title == "Een nieuwe kop boven hetzelfde bericht"
    assert after.article.url.endswith("/nieuwe-slug")
    assert after.updated > before.updated
    two.show(
        0, replace(ONE, slug="nieuwe-slug", headline="Nog een andere kop boven hetzelfde bericht")
    )
    assert two.verdict(two.poll(0), "nieuwe-slug") == "revised"
    assert len(two.stories) == 1


def test_two_slugs_on_one_site_do_not_revise_each_other(two: Town) -> None:
    copy = replace(ONE, slug="in-de-regio", headline="Zo zet de regio het boven hetzelfde bericht")
    two.show(0, ONE, copy)
    two.poll(0)
    (before,) = two.stories.values()
    for _ in range(3):
        assert two.poll(0).status == "unchanged"
    assert two.stories == {before.tag: before}


def test_a_day_of_cosmetic_changes_moves_nothing(two: Town) -> None:
    two.show(0, ONE)
    two.poll(0)
    before, feed = two.stories, two.feed()
    for hour in range(12):
        last = ONE.paragraphs[-1].replace("de ", "de  ") + " Waarvan akte" + "." * (hour % 2)
        text = last if hour % 3 else last.replace(" Waarvan akte", " Aldus het bericht")
        two.show(0, replace(ONE, paragraphs=(*ONE.paragraphs[:-1], text)))
        assert two.verdict(two.poll(0), ONE.slug) == "unchanged"
    assert two.stories == before
    assert two.feed() == feed
    with two.tools.store.read() as connection:
        count = connection.exec_driver_sql("SELECT max(cosmetic) FROM story").scalar()
    assert 4 <= (count or 0) <= 12


def test_why_shows_what_was_changed_and_when(two: Town) -> None:
    two.show(0, ONE)
    two.poll(0)
    old = ONE.paragraphs[2].split()[4]
    text = ONE.paragraphs[2].replace(old, "Zevenbergen")
    two.show(
        0,
        replace(
            ONE,
            headline="Zo zit het met de zaak volgens de redactie",
            paragraphs=(*ONE.paragraphs[:2], text, *ONE.paragraphs[3:]),
        ),
    )
    two.poll(0)
    account = two.why(0, ONE.slug)
    (revision,) = account_json(account)["revisions"]
    assert (revision["old_title"], revision["title"]) == (
        ONE.headline,
        "Zo zit het met de zaak volgens de redactie",
    )
    assert {"old": old, "new": "Zevenbergen"}.items() <= revision["difference"]["changes"][
        0
    ].items()
    shown = account_text(account)
    assert ONE.headline in shown
    assert f"[-{old}-]" in shown
    assert "{+Zevenbergen+}" in shown


def test_a_live_blog_is_one_story_with_bounded_history(two: Town) -> None:
    posts = [Writer(("post", number)).paragraph() for number in range(60)]
    for number in range(5, 60):
        two.show(
            0, replace(ONE, slug="het-liveblog", paragraphs=tuple(posts[number - 5 : number][::-1]))
        )
        two.poll(0)
    (story,) = two.stories.values()
    assert story.revisions == 54
    assert len(two.why(0, "het-liveblog").changes) == 50


def test_a_lost_database_brings_the_same_ids_back(two: Town, tmp_path: Path) -> None:
    two.show(0, ONE, *others("more"))
    two.poll(0)
    lost = replace(two.config, store_url=f"sqlite:///{tmp_path / 'again.db'}")
    with open_tools(lost, two.clock) as tools:
        again = Town(lost, tools, two.clock, two.papers)
        again.poll(0)
        assert again.stories.keys() == two.stories.keys()
        assert all(tag.startswith("tag:feeds.example.org,2026:story/") for tag in again.stories)


def test_two_that_save_at_once_publish_a_story_once(tmp_path: Path) -> None:
    wires = [wire(("race", number), f"race-{number}") for number in range(12)]
    with town(tmp_path, 4) as built:
        for paper in range(4):
            built.show(paper, *wires)
        threads = [Thread(target=built.poll, args=(paper,)) for paper in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(built.stories) == len(wires)
        updated = [story.updated for story in built.stories.values()]
        assert len(set(updated)) == len(updated)


def test_two_processes_that_save_at_once_publish_a_story_once(tmp_path: Path) -> None:
    wires = [wire(("race", number), f"race-{number}") for number in range(12)]
    with town(tmp_path, 3) as built:
        for paper in range(3):
            built.show(paper, *wires)
        commands = [
            [sys.executable, "-m", "feedbot", "poll", str(paper), "-c", str(built.config.path)]
            for paper in range(3)
        ]
        running = [subprocess.Popen(command, stderr=subprocess.PIPE) for command in commands]
        for process in running:
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors.decode()
        assert len(built.stories) == len(wires)
