"""The stored stories in memory, ready to be routed while somebody types.

They are read in a thread once a page needs them, newest first, and dropped when no page has needed
them for a while. Polls write nothing for this: what changed is asked for by its time.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import threading
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..config import Config
from ..errors import FeedbotError
from ..model import Article, Routing, Topic
from ..store import Store, desk_queries, queries, search
from ..terms import themes
from ..topics import (
    Base,
    Held,
    Mentions,
    Older,
    Rehearsal,
    Review,
    Suggestion,
    compile_topics,
    hold,
    review,
    suggestions,
)

log = logging.getLogger(__name__)

MOST = 20_000  # stories, the newest; some 5 kB each
AT_ONCE = 50  # stories of one query
STEP = 20  # stories of a rehearsal between two looks at the clock
REHEARSALS = 4  # that are remembered
UNUSED = 600.0  # seconds after which they are dropped
SOON = 0.04  # seconds that a page waits for the stories
BREATH = 0.02  # seconds of routing between two looks at whether a page is asked for
TICK = 1.0  # seconds after which the stories are brought up to date
REVIEWED = 10.0  # seconds that a review serves, though it lacks new stories
PATIENCE = 0.5  # seconds that a story is kept waiting while pages are answered
SUGGESTED = 1_000  # stories without a topic that new ones are suggested from
EPOCH = datetime.fromtimestamp(0, UTC)

Rules = Mapping[str, Topic]


class Pages:
    """The pages that are being answered. Work in the background gives way to them.

    Python runs one thread at a time, and a page that shares it takes twice as long.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._answering = 0

    def begin(self) -> None:
        """To be called before a page is answered."""
        self._count(1)

    def end(self) -> None:
        """To be called when it is answered."""
        self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._answering += change
            self._changed.notify_all()

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """For a page that waits for the work itself."""
        self.end()
        try:
            yield
        finally:
            self.begin()

    def give_way(self) -> None:
        """Waits until no page is being answered, but not for long."""
        with self._changed:
            self._changed.wait_for(lambda: self._answering <= 0, PATIENCE)


class StoryCache:
    """The newest stories of a store, with their routings by the rules of a configuration.

    One thread reads and routes them, and follows what changes; pages only ask.
    """

    def __init__(self, store: Store) -> None:
        self.pages = Pages()
        self._store = store
        self._lock = threading.RLock()  # of what follows
        self._held: dict[int, Held] = {}
        self._rules: Rules = {}
        self._leaders: Mapping[str, Sequence[str]] = {}
        self._rehearsals: list[Rehearsal] = []  # the last ones, newest first
        self._mentions: Mentions | None = None  # of terms that were rehearsed
        self._themes: dict[str, dict[int, Routing]] = {}  # of each theme alone, without evidence
        self._alike: dict[Routing, Routing] = {}  # each of those once
        self.is_prepared = False  # whether they are of all stories that are held
        self._beyond = array("q")  # the ids of stories that are too old to be held, newest first
        self._newest = EPOCH  # when a story that is held changed last
        self._total = 0
        self._review: Review | None = None
        self._reviewed = 0.0  # when it was made
        self._is_stale = False  # whether it lacks stories
        self._suggestions: tuple[Rules, tuple[Suggestion, ...]] | None = None
        self._suggesting: threading.Thread | None = None
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._wanted: Config | None = None  # by whose rules pages want the stories routed
        self._done: Config | None = None  # by whose rules all of them are
        self._used = 0.0
        self._closed = False

    def close(self) -> None:
        """Stops reading."""
        self._closed = True
        self._woken.set()

    @property
    def is_complete(self) -> bool:
        """Whether all stories are here, routed by the rules that were asked for last."""
        return self._done is not None and self._done is self._wanted

    @property
    def progress(self) -> tuple[int, int]:
        """How many stories are held, of how many."""
        return len(self._held), max(self._total, len(self._held))

    @property
    def is_cut(self) -> bool:
        """Whether the store has more stories than are held."""
        return len(self._held) >= MOST

    def ask(self, config: Config) -> bool:
        """Has the stories read, and routed by these rules; whether that is done."""
        self._used = time.monotonic()
        self._wanted = config
        if self.is_complete:
            return True
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="desk stories")
                self._thread.start()
        self._woken.set()
        return self.wait(SOON)  # a small store is read at once

    def wait(self, seconds: float) -> bool:
        """Waits until all stories are here; whether they are."""
        end = time.monotonic() + seconds
        with self.pages.waiting():
            while not self.is_complete and time.monotonic() < end:
                time.sleep(0.01)
        return self.is_complete

    # --- what pages ask ---------------------------------------------------------------------

    def near_misses(self, share: float) -> list[tuple[int, Routing]]:
        """Stories with at least this share of the points of a topic that they are not in."""
        with self._lock:
            found = [
                (one.story.id, routing)
                for one in self._held.values()
                for routing in one.routings.values()
                if not routing.routed and routing.score >= share * routing.threshold
            ]
        return sorted(found, key=lambda one: -one[0])

    def rehearse(self, new: Topic, seconds: float) -> Rehearsal:
        """How stories match a topic under a new rule, as far as this can be told in this time.

        Asked again for the same rule, it goes on where it was.
        """
        end = time.monotonic() + seconds
        with self._lock:
            same = next((one for one in self._rehearsals if one.topic == new), None)
            chosen = same or self._rehearsal(new)
            others = [one for one in self._rehearsals if one is not chosen]
            self._rehearsals = [chosen, *others][:REHEARSALS]
            while not chosen.advance(STEP) and time.monotonic() < end:
                pass
            return chosen

    def _rehearsal(self, new: Topic) -> Rehearsal:
        held = self._newest_first()
        if self._mentions is None:
            languages = {one.language for one in held}
            known = self._themes if self.is_prepared else {}
            self._mentions = Mentions(languages, self._leaders, self._mentioning, known)
        bases = self._bases(new)
        return Rehearsal(new, bases, held, self._leaders, self._mentions, self._older(new))

    def _older(self, new: Topic) -> Older | None:
        """The stories beyond those that are held."""
        ids = [key for key in self._beyond if key not in self._held]
        if not ids:
            return None
        return Older(ids, self._rules.get(new.slug), self.load)

    def load(self, ids: Sequence[int]) -> list[Held]:
        """Stories from the store, at most MOST_PARAMETERS."""
        with self._store.read() as connection:
            return [hold(one) for one in desk_queries.stories_numbered(connection, ids)]

    def _mentioning(self, phrases: Sequence[str], is_beginning: bool) -> set[int] | None:
        with self._store.read() as connection:
            return search.mentioning(connection, phrases, is_beginning=is_beginning)

    def _bases(self, new: Topic) -> list[Base]:
        """The rules whose routings are known, as far as they may be near a new one."""
        bases = [Base(one.topic, one.found) for one in self._rehearsals if one.has_judged_held]
        if saved := self._rules.get(new.slug):
            routings = {
                one.story.id: one.routings[new.slug]
                for one in self._held.values()
                if new.slug in one.routings
            }
            bases.append(Base(saved, routings))
        if self.is_prepared:
            bases += [
                Base(_alone(term), self._themes[term]) for term in new.any if term in self._themes
            ]
        return bases

    def _newest_first(self) -> list[Held]:
        return sorted(self._held.values(), key=lambda one: -one.story.id)

    def held(self, story_id: int) -> Held | None:
        """A story that is held; None if it is not."""
        return self._held.get(story_id)

    def everything(self) -> list[Held]:
        """All stories that are held."""
        with self._lock:
            return list(self._held.values())

    def review(self) -> Review:
        """How the rules do, without suggestions; stories of the last seconds may be missing."""
        with self._lock:
            if self._review is None:
                routed = ((one.story, list(one.routings.values())) for one in self._held.values())
                self._review = review(list(self._rules.values()), routed, suggest=False)
                self._reviewed, self._is_stale = time.monotonic(), False
            return self._review

    def suggest(self) -> tuple[Suggestion, ...] | None:
        """What stories without a topic are about; None until that is found, which takes seconds."""
        with self._lock:
            if self._suggestions and self._suggestions[0] == self._rules:
                return self._suggestions[1]
            if self._suggesting is None or not self._suggesting.is_alive():
                self._suggesting = threading.Thread(
                    target=self._suggest, daemon=True, name="desk suggestions"
                )
                self._suggesting.start()
        return None

    def _suggest(self) -> None:
        with self._lock:
            rules = self._rules
            ids = [one.story.id for one in self._held.values() if not one.is_routed]
        newest = sorted(ids, reverse=True)[:SUGGESTED]
        try:
            found = suggestions(self._articles(newest), list(rules.values()))
        except FeedbotError as error:
            log.warning("the desk cannot read the stories: %s", error)
            return
        with self._lock:
            self._suggestions = rules, found

    def _articles(self, ids: Sequence[int]) -> list[Article]:
        found = []
        for start in range(0, len(ids), AT_ONCE):
            with self._store.read() as connection:
                some = desk_queries.stories_numbered(connection, ids[start : start + AT_ONCE])
            found += [story.article for story in some]
        return found

    # --- reading ----------------------------------------------------------------------------

    def _work(self) -> None:
        """Reads all stories, and follows what changes until nobody needs them any more."""
        try:
            self._read()
            preparing = self._prepare()
            while not self._closed and time.monotonic() - self._used < UNUSED:
                self._follow()
                end = time.monotonic() + TICK
                while not self._woken.is_set() and time.monotonic() < end:
                    if next(preparing, None) is None:
                        self._woken.wait(TICK)
                self._woken.clear()
        except FeedbotError as error:
            log.warning("the desk cannot read the stories: %s", error)
        finally:
            self._drop()

    def _drop(self) -> None:
        with self._lock:
            self._done = None
            self._held, self._review, self._newest = {}, None, EPOCH
            self._beyond = array("q")
            self._rules, self._rehearsals, self._mentions = {}, [], None
            self._themes, self._alike, self.is_prepared = {}, {}, False
            self._suggestions = None
        gc.unfreeze()

    def _read(self) -> None:
        assert self._wanted is not None
        with self._store.read() as connection:
            self._total = min(queries.count_stories(connection), MOST)
        self._take(self._wanted)
        self._rehearsals = []  # of no stories
        last = None
        while not (self._closed or self.is_cut):
            with self._store.read() as connection:
                stories = desk_queries.stories_before(connection, last, AT_ONCE)
            if not stories:
                break
            last = stories[-1].id
            for story in stories:
                self._add(hold(story))
                self.pages.give_way()
        if last is not None and self.is_cut:
            with self._store.read() as connection:
                self._beyond = array("q", desk_queries.ids_before(connection, last))
        gc.collect()
        gc.freeze()  # looking for garbage among them took 200 ms of somebody's page

    def _follow(self) -> None:
        """Brings the stories up to date with the rules, and with what polls stored."""
        wanted = self._wanted
        assert wanted is not None
        if wanted is not self._done:
            self._take(wanted)
        self._refresh()
        with self._lock:
            if self._is_stale and time.monotonic() - self._reviewed > REVIEWED:
                self._review = None
            self.review()
        self._done = wanted

    def _add(self, one: Held) -> None:
        with self._lock:
            routings = self._router.route(one.article, one.story.source, one.text, one.story.also)
            one.routings = {routing.topic: routing for routing in routings}
            self._held[one.story.id] = one
            if self._themes:
                self._add_themes(one)
            for rehearsal in self._rehearsals:
                rehearsal.update(one)
            self._mentions, self._is_stale = None, True
            self._newest = max(self._newest, one.story.updated)

    def _prepare(self) -> Iterator[Held]:
        """Routes all stories by each theme alone, one at a time: no index knows their words."""
        themed = [_alone(f"theme:{name}") for name in sorted(themes.names())]
        self._theme_router = compile_topics(themed)
        self._themes = {topic.slug: {} for topic in themed}
        for one in self._newest_first():
            self.pages.give_way()
            with self._lock:
                if self._held.get(one.story.id) is one:
                    self._add_themes(one)
            yield one
        with self._lock:
            self.is_prepared, self._mentions = True, None

    def _add_themes(self, one: Held) -> None:
        for found in self._themes.values():
            found.pop(one.story.id, None)
        for routing in self._theme_router.route(one.article, one.story.source, one.text):
            bare = replace(routing, evidence=())
            self._themes[routing.topic][one.story.id] = self._alike.setdefault(bare, bare)

    def _refresh(self) -> None:
        """Adds what is new or has changed."""
        while True:
            with self._store.read() as connection:
                stories = desk_queries.stories_changed(connection, self._newest, AT_ONCE)
            for story in stories:
                self._add(hold(story))
            if len(stories) < AT_ONCE:
                return

    def _take(self, config: Config) -> None:
        """Routes what is held by the rules of this configuration, as far as they have changed."""
        rules = {topic.slug: topic for topic in config.topics}
        if rules == self._rules and config.leaders == self._leaders:
            return
        self._router = compile_topics(config.topics, config.leaders)
        if config.leaders != self._leaders:
            self._rules, self._rehearsals, self._leaders = {}, [], config.leaders
            self._mentions = None
        found = {
            slug: self._routed(topic)
            for slug, topic in rules.items()
            if self._rules.get(slug) != topic
        }
        with self._lock:
            for slug in (*found, *(self._rules.keys() - rules.keys())):
                self._place(slug, found.get(slug, {}))
            self._rules, self._review = rules, None

    def _routed(self, topic: Topic) -> Mapping[int, Routing]:
        """The routings of all stories that are held in one topic, by their ids."""
        while not (rehearsal := self.rehearse(topic, BREATH)).has_judged_held:
            self.pages.give_way()
        for one in rehearsal.stories:
            if rehearsal.explain(one):
                self.pages.give_way()
        return rehearsal.found

    def _place(self, slug: str, found: Mapping[int, Routing]) -> None:
        """Replaces the routings of all stories in one topic."""
        for one in self._held.values():
            one.routings.pop(slug, None)
            if one.story.id in found:
                one.routings[slug] = found[one.story.id]


def _alone(term: str) -> Topic:
    """A topic of one term."""
    return Topic(name=term, slug=term, any=(term,))
