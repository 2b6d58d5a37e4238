"""What a changed rule would do to stories that are held ready, fast enough to show while typing.

A story is as another rule has it if it has no word of a term by which the two differ. So stories
are taken from rules whose routings are known, and only those are routed that mention a changed
term. An index says which ones have a word, or one of the names that ship for a country or a region.
No index knows the words of a theme, which stand within others too: the routings of each theme alone
are made ahead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import neg
from typing import NamedTuple

from ..model import Routing, Topic
from .held import Held
from .mentions import Mention, Mentions
from .patterns import compile_topics
from .points import DEFAULT_THRESHOLD

FILED = frozenset(("section", "source", "article"))  # their points follow the threshold


class Base(NamedTuple):
    """A rule whose routings are known: by story id, without stories that it has no word in.

    A routing may lack its evidence.
    """

    topic: Topic
    routings: Mapping[int, Routing]


class Older(NamedTuple):
    """The stories of which only the store knows more than their ids, newest first.

    rule   the rule by which they are in the topic; None: there is none
    load   the stories with these ids
    """

    ids: Sequence[int]
    rule: Topic | None
    load: Callable[[Sequence[int]], Iterable[Held]]


class Rehearsal:
    """A changed rule on its way through stories; `found` has the routings so far, by story id.

    It begins with the newest story, so that what is shown first is right first. Of older ones only
    those are loaded that may change, and these routings have no evidence.
    """

    def __init__(
        self,
        new: Topic,
        bases: Sequence[Base],
        held: Sequence[Held],
        leaders: Mapping[str, Sequence[str]],
        mentions: Mentions,
        older: Older | None = None,
    ) -> None:
        """`bases` are rules whose routings of all stories that are held are known."""
        self.topic = new
        self.found: dict[int, Routing] = {}
        self._held = list(held)
        self._judged = 0  # of these
        self._changed: set[int] = set()  # since then
        self._router = compile_topics([new], leaders)
        # What each rule tells: everything but the stories that must be routed.
        self._bases: list[tuple[Mapping[int, Routing], Mention]] = []
        for routings, changed in [
            ({}, _terms(new)),  # a rule without any term has no routings
            *((base.routings, _changed(new, base.topic)) for base in bases),
        ]:
            if (touched := mentions.of(sorted(changed))) is not None:
                self._bases.append((routings, touched))
        self._bases.sort(key=lambda base: len(base[1].ids))
        self._older = older
        self._queue = _to_load(new, older, mentions) if older else ()
        self._loaded = 0  # of these

    @property
    def stories(self) -> Sequence[Held]:
        """The stories that have been judged, of those that are held."""
        return self._held[: self._judged]

    @property
    def seen(self) -> int:
        """How many stories have been judged: all that are newer than the others."""
        return self._judged + len(self._older_seen())

    @property
    def has_judged_held(self) -> bool:
        """Whether all stories that are held have been judged."""
        return self._judged == len(self._held)

    @property
    def is_done(self) -> bool:
        """Whether all stories have been judged."""
        return self.has_judged_held and self._loaded == len(self._queue)

    def is_in(self, before: Collection[int]) -> tuple[set[int], set[int]]:
        """The stories that the rule takes, and those that it does not, of the ones judged so far.

        `before` has those that the topic had.
        """
        routed = {key for key, routing in self.found.copy().items() if routing.routed}
        loaded = self._queue[: self._loaded]
        kept = set(before).intersection(self._older_seen()).difference(loaded)
        judged = {one.story.id for one in self.stories}.union(loaded)
        return routed | kept, judged - routed

    def _older_seen(self) -> Sequence[int]:
        if self._older is None or not self.has_judged_held:
            return ()
        if self.is_done:
            return self._older.ids
        next_one = self._queue[self._loaded]
        return self._older.ids[: bisect_left(self._older.ids, -next_one, key=neg)]

    def advance(self, count: int) -> bool:
        """Judges up to this many further stories; whether all are done."""
        if self.has_judged_held:
            self._advance_older(count)
            return self.is_done
        for one in self._held[self._judged : self._judged + count]:
            if routing := self._routing_of(one):
                self.found[one.story.id] = routing
        self._judged = min(self._judged + count, len(self._held))
        return self.is_done

    def _advance_older(self, count: int) -> None:
        chosen = self._queue[self._loaded : self._loaded + count]
        for one in self._older.load(chosen) if self._older and chosen else ():
            if routing := self._route(one):
                self.found[one.story.id] = replace(routing, evidence=())
        self._loaded += len(chosen)

    def update(self, one: Held) -> None:
        """Takes a story that is new or has changed."""
        ids = [other.story.id for other in self._held]
        if one.story.id in ids:
            at = ids.index(one.story.id)
            self._held[at] = one
        else:
            at = 0
            self._held.insert(0, one)
            self._judged += 1
        self._changed.add(one.story.id)
        if at < self._judged:
            self.found.pop(one.story.id, None)
            if routing := self._route(one):
                self.found[one.story.id] = routing

    def explain(self, one: Held) -> bool:
        """Gives the routing of a story its evidence; whether it had none."""
        known = self.found.get(one.story.id)
        if known is None or not known.score or known.evidence:
            return False
        if routing := self._route(one):
            self.found[one.story.id] = routing
        return True

    def _routing_of(self, one: Held) -> Routing | None:
        for routings, touched in self._bases:
            if one.story.id not in self._changed and not touched.has(one):
                known = routings.get(one.story.id)
                if known is None:
                    return None
                if _can_be_judged(known):
                    return _with_threshold(known, self.topic)
        return self._route(one)

    def _route(self, one: Held) -> Routing | None:
        story = one.story
        routings = self._router.route(one.article, story.source, one.text, story.also)
        return next(iter(routings), None)


def _to_load(new: Topic, older: Older, mentions: Mentions) -> Sequence[int]:
    """The older stories that the new rule may have elsewhere than the old one has them."""
    changed = _terms(new)
    if older.rule:
        is_alike = new.threshold == older.rule.threshold
        changed = _changed(new, older.rule) if is_alike else changed | _terms(older.rule)
    touched = mentions.of(sorted(changed), is_everywhere=True)
    if touched is None or touched.cased or touched.hidden:
        return older.ids
    return [key for key in older.ids if key in touched.ids]


def _changed(new: Topic, old: Topic) -> frozenset[str]:
    """The terms by which two rules differ; all of both if something else differs as well."""
    if _conditions(old) == _conditions(new):
        return _counted(old) ^ _counted(new)
    return _terms(old) | _terms(new)


def _terms(topic: Topic) -> frozenset[str]:
    """All terms of a rule, those that it excludes with a minus."""
    return _counted(topic) | frozenset(topic.all)


def _counted(topic: Topic) -> frozenset[str]:
    """The terms that count for or against: the latter with a minus; `*` where there are none."""
    wanted = topic.any or (() if topic.all else ("*",))
    outs = tuple(term if term.startswith("-") else f"-{term}" for term in topic.veto)
    return frozenset((*wanted, *outs))


def _conditions(topic: Topic) -> tuple[object, ...]:
    """What a story must meet beside the points."""
    # With terms that all must be there, what is lacking names the others.
    others = topic.any if topic.all else bool(topic.any)
    return frozenset(topic.all), others, topic.sections, topic.sources


def _can_be_judged(routing: Routing) -> bool:
    """Whether a routing says enough to tell what another threshold makes of it."""
    return not any(one.where in FILED for one in routing.evidence)


def _with_threshold(routing: Routing, topic: Topic) -> Routing:
    threshold = DEFAULT_THRESHOLD if topic.threshold is None else topic.threshold
    if threshold == routing.threshold and routing.topic == topic.slug:
        return routing
    refused = any(phrase.startswith("-") for phrase in routing.blanked)
    routed = routing.score >= threshold and not routing.lacking and not refused
    return replace(routing, topic=topic.slug, threshold=threshold, routed=routed)
