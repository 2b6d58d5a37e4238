"""What feedbot has learnt about one site: a small record that is stored with its source.

    seen      the blocks of the pages seen last: what stands on several of them is no article's
    owners    which article a title or a lead belongs to: everywhere else it is a teaser
    facts     what the pages seen last say of themselves: what most of them say is no article's
    place     where articles were found last: what the fast path trusts
    fleeting  parameters of addresses that change at every visit: sessions, cache busters
    disowned  addresses that pages name as theirs, and that are not
    api       whether the API of the site is used
    notices   the articles that stood whole on listings at the last visit

It forgets slowly: the oldest pages make room for new ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

VERSION = 2
MOST_PAGES = 40  # whose blocks are remembered
MOST_LISTINGS = 20  # whose notices are remembered
OWNERS = 800  # titles and leads that are remembered: some weeks of a busy listing
SURE_AFTER = 3  # articles in a row found at the learnt place before it is trusted
MOVED_AFTER = 5  # articles in a row found at another place before it replaces one that was sure
DOUBT = 3  # articles in a row not found there before the site counts as changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Where bodies stand: the path of their container, and how often in a row it was right."""

    path: str
    hits: int = 0
    misses: int = 0

    @property
    def sure(self) -> bool:
        """Whether it may be relied on."""
        return self.hits >= SURE_AFTER and not self.misses

    @property
    def selector(self) -> str:
        """The last element of the path that has a name, in CSS."""
        steps = str(self).split(" > ")
        return next((step for step in reversed(steps) if "." in step), steps[-1])

    def __str__(self) -> str:
        return self.path or "body"


class NoticeList(NamedTuple):
    """The articles that stood whole on a listing at the last visit.

    start    the kind and the place of what begins each
    box      the place of the first element of each
    members  the hashes of the elements of each of the last ones, in order; () where each has a box
    after    the hashes of the elements behind the last one, likewise
    """

    start: str
    box: str
    members: tuple[tuple[int, ...], ...] = ()
    after: tuple[int, ...] = ()


class Lesson(NamedTuple):
    """What one page teaches about its site; the page itself need not be kept."""

    key: str  # its URL key
    blocks: tuple[int, ...]  # the hashes of its blocks, each once, in order
    title: str = ""  # of an article, and the beginning of its text; "" where the page is unclear
    lead: str = ""
    facts: tuple[int, ...] = ()  # hashes of what it says of itself: author, date, suffix of a title
    notices: NoticeList | None = None  # of a listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiState:
    """What is known of a site's API.

    failures    how often in a row it was of no use
    not_before  until when it is left alone; None if it is not
    checked     when a page last said the same as the API
    """

    failures: int = 0
    not_before: datetime | None = None
    checked: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SiteModel:
    """Immutable; learning makes a new one. `seen`, `owners` and `facts` have the oldest first.

    seen    page (URL key) → the hashes of its blocks
    owners  hash of a title, or of the first words of a lead → the URL key of its article
    facts   article (URL key) → the hashes of what it says of itself
    kinds   a trait of links on listings → how many articles and other pages were behind such
    """

    seen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    owners: Mapping[int, str] = field(default_factory=dict)
    facts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    place: Container | None = None
    candidate: Container | None = None  # where articles are found since they left `place`
    fleeting: tuple[str, ...] = ()  # parameters of addresses that change at every visit
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    disowned: tuple[str, ...] = ()  # URL keys that pages wrongly name as their own
    api: ApiState = field(default_factory=ApiState)
    notices: Mapping[str, NoticeList] = field(default_factory=dict)  # by the URL key of the listing

    @property
    def is_new(self) -> bool:
        """Whether nothing was learnt yet: the first visit."""
        return self == SiteModel(api=self.api)

    @cached_property
    def pages_with(self) -> Mapping[int, frozenset[str]]:
        """The pages that have a block, by its hash."""
        return _inverted(self.seen)

    @cached_property
    def pages_saying(self) -> Mapping[int, frozenset[str]]:
        """The pages that say something of themselves, by its hash."""
        return _inverted(self.facts)

    @property
    def degraded(self) -> str:
        """What is wrong with what was learnt: the site was redesigned; "" if nothing is."""
        if self.place is None or self.place.hits < SURE_AFTER or self.place.misses < DOUBT:
            return ""
        return f"articles are no longer in {self.place}; learning the new layout"

    def explain(self) -> list[str]:
        """What was learnt, a line each, for `feedbot preview`."""
        lines = []
        if self.seen:
            lines.append(f"{len(self.seen)} pages compared: what recurs is left out")
        if self.owners:
            articles = len(set(self.owners.values()))
            lines.append(f"titles and teasers of {articles} articles known: elsewhere they go")
        lines += self._explain_kinds()
        if self.place:
            state = "sure" if self.place.sure else "doubtful" if self.place.misses else "learning"
            lines.append(f"articles stand in {self.place} ({state})")
        return lines

    def _explain_kinds(self) -> list[str]:
        """What speaks against links of listings since their pages were read."""
        pages = sum(trait.startswith("page ") for trait in self.kinds)
        lines = [f"{pages} links led to pages that are not articles: left out"] if pages else []
        for trait, (articles, others) in self.kinds.items():
            kind, _, form = trait.partition(" ")
            if kind == "form" and others > articles:
                counts = f"{others} of {articles + others} were not articles"
                lines.append(f"addresses such as {form}: {counts}")
        return lines


def _inverted(hashes: Mapping[str, tuple[int, ...]]) -> Mapping[int, frozenset[str]]:
    """The pages that have a hash, by the hash."""
    found: dict[int, set[str]] = {}
    for page, ones in hashes.items():
        for one in ones:
            found.setdefault(one, set()).add(page)
    return {one: frozenset(pages) for one, pages in found.items()}


def dump(model: SiteModel) -> str:
    """The model as text."""
    return json.dumps(
        {
            "version": VERSION,
            "seen": {page: list(blocks) for page, blocks in model.seen.items()},
            "owners": [[key, owner] for key, owner in model.owners.items()],
            "facts": {page: list(facts) for page, facts in model.facts.items()},
            "places": [
                [one.path, one.hits, one.misses] if one else None
                for one in (model.place, model.candidate)
            ],
            "fleeting": model.fleeting,
            "kinds": model.kinds,
            "disowned": model.disowned,
            "notices": {
                listing: [one.start, one.box, one.members, one.after]
                for listing, one in model.notices.items()
            },
            "api": [model.api.failures, *map(_text, (model.api.not_before, model.api.checked))],
        },
        separators=(",", ":"),
    )


def load(text: str | None) -> SiteModel:
    """The model of a text; the empty model for none, for another version, and for a broken one."""
    try:
        stored: dict[str, Any] = json.loads(text or "{}")
        if stored.get("version") != VERSION:
            return SiteModel()
        place, candidate = map(_place, stored["places"])
        return SiteModel(
            seen={page: tuple(blocks) for page, blocks in stored["seen"].items()},
            owners={int(key): str(owner) for key, owner in stored["owners"]},
            facts={page: tuple(facts) for page, facts in stored.get("facts", {}).items()},
            place=place,
            candidate=candidate,
            fleeting=tuple(map(str, stored.get("fleeting", ()))),
            kinds={trait: (one, two) for trait, (one, two) in stored.get("kinds", {}).items()},
            disowned=tuple(map(str, stored.get("disowned", ()))),
            api=_api(*stored.get("api", ())),
            notices={key: _notices(*one) for key, one in stored.get("notices", {}).items()},
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return SiteModel()


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _api(failures: int = 0, not_before: str = "", checked: str = "") -> ApiState:
    return ApiState(failures=failures, not_before=_moment(not_before), checked=_moment(checked))


def _notices(start: str, box: str, members: list[list[int]], after: list[int]) -> NoticeList:
    every = tuple(map(tuple, members))
    return NoticeList(start=start, box=box, members=every, after=tuple(after))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _place(stored: list[Any] | None) -> Container | None:
    return Container(path=stored[0], hits=stored[1], misses=stored[2]) if stored else None
