"""What a changed rule would do to stories that are held ready, fast enough to show while typing.

A story is as another rule has it if it has no word of a term by which the two differ. So stories
are taken from rules whose routings are known, and only those are routed that mention a changed
term. An index says which ones have a word, or one of the names that ship for a country or a region.
No index knows the words of a theme, which stand within others too: the routings of each theme alone
are made ahead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Routing, Topic
from .held import Held
from .mentions import Mention, Mentions
from .patterns import compile_topics
from .points import DEFAULT_THRESHOLD

FILED = frozenset(("section", "source", "article"))  # their points follow the threshold


@dataclass(frozen=True, slots=True)
class Base:
    """A rule whose routings are known: by story id, without stories that it has no word in.

    A routing may lack its evidence.
    """

    topic: Topic
    routings: Mapping[int, Routing]


class Rehearsal:
    """A changed rule on its way through stories; `found` has the routings so far, by story id.

    It begins with the newest story, so that what is shown first is right first.
    """

    def __init__(
        self,
        new: Topic,
        bases: Sequence[Base],
        held: Sequence[Held],
        leaders: Mapping[str, Sequence[str]],
        mentions: Mentions,
    ) -> None:
        """`bases` are rules whose routings of all these stories are known."""
        self.topic = new
        self.found: dict[int, Routing] = {}
        self.seen = 0
        self._held = held
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

    @property
    def stories(self) -> Sequence[Held]:
        """The stories that have been judged."""
        return self._held[: self.seen]

    @property
    def is_done(self) -> bool:
        """Whether all stories have been judged."""
        return self.seen == len(self._held)

    def advance(self, count: int) -> bool:
        """Judges up to this many further stories; whether all are done."""
        for one in self._held[self.seen : self.seen + count]:
            if routing := self._routing_of(one):
                self.found[one.story.id] = routing
        self.seen = min(self.seen + count, len(self._held))
        return self.is_done

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
            if not touched.has(one):
                known = routings.get(one.story.id)
                if known is None:
                    return None
                if _can_be_judged(known):
                    return _judged(known, self.topic)
        return self._route(one)

    def _route(self, one: Held) -> Routing | None:
        return next(iter(self._router.route(one.article, one.story.source, one.text)), None)


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


def _judged(routing: Routing, topic: Topic) -> Routing:
    threshold = DEFAULT_THRESHOLD if topic.threshold is None else topic.threshold
    if threshold == routing.threshold and routing.topic == topic.slug:
        return routing
    refused = any(phrase.startswith("-") for phrase in routing.blanked)
    routed = routing.score >= threshold and not routing.lacking and not refused
    return replace(routing, topic=topic.slug, threshold=threshold, routed=routed)
