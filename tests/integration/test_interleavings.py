"""One story, whatever the order: sites publish, copy, revise and sync, and are visited in between.

A random play over two or three sites ends with exactly the stories that there are. What a site
shows goes the way of a visit from the article on: decided, carried out and stored in SQLite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from feedbot.config.rules import Rules
from feedbot.fetch import Fetcher
from feedbot.model import Article, Fingerprint, Link, ListingState, Page, Source, Story
from feedbot.poll import Tools
from feedbot.poll.stories import list_pages, save_article
from feedbot.poll.visit import Listing, Listings, Pages, PageVisit, Visit
from feedbot.read.reader import Reader
from feedbot.read.results import ListingPage, PageResult
from feedbot.store import Store, queries
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.blocks import block_hash, page_text
from feedbot.web.urls import url_key
from tests.quality.prose import Writer, cut, lead_alone, with_agencies, words_replaced

START = datetime(2026, 2, 2, 12, tzinfo=UTC)
STORIES = 2
EXAMPLES = 400  # of each number of sites, others in each run

Edit = Callable[[Article, int], Article]

# --- what sites do to a story ---------------------------------------------------------------------


@lru_cache
def original(story: int) -> Article:
    return Writer(("play", story)).article()


def is_lead(one: Article) -> bool:
    return len(one.paragraphs) < 3


def headline(one: Article, seed: int) -> Article:
    return replace(one, title=Writer(("headline", seed, one.title)).headline())


def appended(one: Article, seed: int) -> Article:
    more = Writer(("more", seed, one.title)).paragraph(2)
    return replace(one, paragraphs=(*one.paragraphs, more))


def rewritten(one: Article, seed: int) -> Article:
    """Its last paragraph is another one now."""
    if is_lead(one):
        return appended(one, seed)
    other = Writer(("other", seed, one.title)).paragraph()
    return replace(one, paragraphs=(*one.paragraphs[:-1], other))


def shortened(one: Article, _: int) -> Article:
    return replace(one, paragraphs=one.paragraphs[:-1]) if len(one.paragraphs) > 3 else one


COPIES: tuple[Edit, ...] = (
    lambda one, _: one,
    headline,
    lambda one, _: with_agencies(one, "BELGA, dpa"),
    lambda one, seed: words_replaced(one, 0.05, seed),
    lambda one, _: cut(one, 2 / 3),
    lambda one, _: lead_alone(one, one.title),
    appended,
)
REVISIONS: tuple[Edit, ...] = (
    headline,
    appended,
    rewritten,
    shortened,
    lambda one, seed: words_replaced(one, 0.05, ("revised", seed)),
)


@lru_cache(maxsize=20_000)
def printed(one: Article) -> Fingerprint:
    return fingerprint_of(one)


# --- the play -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What happens next; a step that makes no sense (a revision of nothing) is nothing."""

    kind: str
    story: int
    site: int
    seed: int


def plays(sites: int) -> st.SearchStrategy[list[Step]]:
    kinds = st.sampled_from(("show", "show", "revise", "revise", "update", "visit", "visit"))
    step = st.builds(
        Step, kinds, st.integers(0, STORIES - 1), st.integers(0, sites - 1), st.integers(0, 6)
    )
    return st.lists(step, min_size=8, max_size=20)


@dataclass
class World:
    """Some sites, each with its version of the stories, and one feedbot that visits them."""

    store: Store
    tools: Tools
    sites: int
    now: datetime = START
    shown: dict[tuple[int, int], Article] = field(default_factory=dict)  # site, story
    revised: dict[tuple[int, int], int] = field(default_factory=dict)
    read: set[tuple[int, int]] = field(default_factory=set)

    def play(self, step: Step) -> None:
        getattr(self, step.kind)(step)

    def show(self, step: Step) -> None:
        """A site has a story: its own, or a copy of that of another."""
        place = step.site, step.story
        one = original(step.story)
        if step.site != step.story % self.sites:
            one = COPIES[step.seed % len(COPIES)](one, step.seed)
        self.shown.setdefault(place, one)

    def revise(self, step: Step) -> None:
        """A site changes its version: often and much, if that has been read before.

        Where it has not, the version must still be told for what it is by its words alone: what
        was cut is changed once. Two thirds of a text with two of its paragraphs new share three
        fifths of their words with it, which makes nobody's copy.
        """
        place = step.site, step.story
        if place not in self.shown:
            return
        one, edit = self.shown[place], REVISIONS[step.seed % len(REVISIONS)]
        if place not in self.read and is_lead(one):
            edit = headline
        is_cut = len(one.paragraphs) < len(original(step.story).paragraphs)
        most = 4 if place in self.read else 1 if is_cut else 2
        if self.revised.get(place, 0) < most:
            self.revised[place] = self.revised.get(place, 0) + 1
            self.shown[place] = edit(one, step.seed)

    def update(self, step: Step) -> None:
        """A copy takes over what its original says now."""
        home = step.story % self.sites, step.story
        place = step.site, step.story
        if {home, place} <= self.shown.keys():
            self.shown[place] = replace(self.shown[home], title=self.shown[place].title)

    def visit(self, step: Step) -> None:
        """Every page of a site is read."""
        self.now += timedelta(minutes=20)
        visit, listings, pages = self._visit(step.site)
        with self.store.save(self.now, expected=len(pages.chosen)) as transaction:
            list_pages(pages, visit.source.name, transaction)
            for page in reversed(pages.chosen):
                assert page.article
                save_article(page, page.article, listings, visit, transaction, self.tools)

    def _visit(self, site: int) -> tuple[Visit, Listings, Pages]:
        name = chr(ord("a") + site)
        url = f"https://{name}.example.org/"
        stories = [story for at, story in self.shown if at == site]
        self.read |= {(site, story) for story in stories}
        links = {story: Link(url=f"{url}{story}-bericht") for story in stories}
        keys = {story: url_key(link.url) for story, link in links.items()}
        with self.store.read() as connection:
            known = queries.pages_of(connection, keys.values())
        listing = Listing(
            url=url, state=ListingState(), parts=(ListingPage(links=tuple(links.values())),)
        )
        source = Source(name=name, urls=(url,))
        visit = Visit(source=source, now=self.now, rules=self.tools.rules)
        pages = []
        for story, link in links.items():
            article = replace(self.shown[site, story], url=link.url)
            blocks = [block_hash(text) for text in (article.title, *article.paragraphs)]
            pages.append(
                PageVisit(
                    url_key=keys[story],
                    link=link,
                    known=known.get(keys[story]),
                    page=Page(url=link.url, requested=link.url, body=b"", fetched_at=self.now),
                    found=PageResult(
                        article=article,
                        fingerprint=printed(self.shown[site, story]),
                        topics=(),
                        text=page_text(blocks, [article.title]),
                    ),
                )
            )
        return visit, Listings(all=(listing,)), Pages(chosen=tuple(pages))

    @property
    def seen(self) -> set[int]:
        """The stories that there are, for all that feedbot can know."""
        return {story for _, story in self.read}

    def stories(self) -> dict[str, Story]:
        with self.store.read() as connection:
            return {one.tag: one for one in queries.stories_after(connection, 0, 1000)}

    def entries(self) -> dict[str, int]:
        """When each entry of a feed was published, by its id."""
        with self.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT tag, published FROM story")
            return {tag: published for tag, published in rows}

    def leads_to(self) -> dict[int, set[int]]:
        """The stories that the pages of each story lead to."""
        found: dict[int, set[int]] = {story: set() for story in self.seen}
        with self.store.read() as connection:
            for key, story in connection.exec_driver_sql("SELECT url_key, story FROM page"):
                found[int(key.partition("/")[2].partition("-")[0])].add(story)
        return found

    def forget(self) -> None:
        """Everything, for the next play."""
        with self.store.write() as connection:
            for table in ("page", "sketch", "revision", "story_topic", "story"):
                connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    path = tmp_path_factory.mktemp("plays") / "feedbot.db"
    with (
        Store(f"sqlite:///{path}") as store,
        Fetcher(notes=store, clock=lambda: START) as fetcher,
        Reader((), {}) as reader,
    ):
        yield Tools(
            store=store,
            fetcher=fetcher,
            reader=reader,
            rules=Rules((), {}),
            authority="example.org",
            clock=lambda: START,
        )


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("sites", [2, 3])
def test_a_play_ends_with_exactly_the_stories_that_there_are(tools: Tools, sites: int) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(plays(sites), st.permutations(range(sites)))
    def hold(steps: list[Step], last: list[int]) -> None:
        world = World(tools.store, tools, sites)
        world.forget()
        ids: dict[str, int] = {}
        for step in [*steps, *(Step("visit", 0, site, 0) for site in (*last, *last))]:
            world.play(step)
            if step.kind == "visit":
                entries = world.entries()
                assert ids.items() <= entries.items(), "an entry is gone"
                ids = entries
        note(str(world.leads_to()))
        assert all(len(led) == 1 for led in world.leads_to().values())
        assert len(world.stories()) == len(world.seen)
        before = world.stories()
        for site in last:
            world.visit(Step("visit", 0, site, 0))
        assert world.stories() == before, "read again, nothing is news"

    hold()
