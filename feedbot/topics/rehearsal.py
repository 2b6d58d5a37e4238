"""What a changed rule would do to stories that are held ready, fast enough to show while typing.

A rule is a set of terms, and a story without a word of a term that was changed stays as it was. So
the stories that mention a changed term are found first, which is quick, and only they are routed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..languages.fold import fold
from ..model import Article, Routing, Story, Topic
from ..terms import parse_term
from .patterns import compile_topics
from .points import DEFAULT_THRESHOLD
from .text import MARK, Text, mark, read

FILED = frozenset(("section", "source", "article"))  # their points follow the threshold
MOST_TERMS = 200  # whose mentions are remembered


@dataclass(slots=True)
class Held:
    """A story ready to be routed: `story` has no text, which is in `text`.

    `routings` are those by the rules that are in force, by slug.
    """

    story: Story
    text: Text
    routings: dict[str, Routing] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        """The article without its text."""
        return self.story.article

    def is_in(self, slug: str) -> bool:
        """Whether a topic takes it by the rules that are in force."""
        routing = self.routings.get(slug)
        return routing is not None and routing.routed


def hold(story: Story) -> Held:
    """A story, ready to be routed again and again."""
    stub = replace(story.article, paragraphs=(), html="", dateline=None)
    return Held(replace(story, article=stub, first=None), read(story.article))


class Mentions:
    """Which of some stories mention a term; remembered as long as the stories stay the same."""

    def __init__(self, leaders: Mapping[str, Sequence[str]]) -> None:
        self._leaders = leaders
        self._known: dict[str, frozenset[int]] = {}

    def of(self, term: str, held: Iterable[Held]) -> frozenset[int]:
        """The ids of at least those stories that a term, excluded or not, has a word of."""
        text = term.removeprefix("-")
        if text not in self._known:
            if len(self._known) >= MOST_TERMS:
                self._known.clear()
            self._known[text] = frozenset(self._find(text, held))
        return self._known[text]

    def _find(self, text: str, held: Iterable[Held]) -> Iterable[int]:
        term = parse_term(text)
        if term.kind in ("phrase", "prefix"):
            key = mark(fold(term.text))
            key = key if term.kind == "phrase" else key.removesuffix(MARK)
            return (one.story.id for one in held if key in one.text.folded)
        topic = Topic(name="term", slug="term", any=(text,), threshold=0.001)
        router = compile_topics([topic], self._leaders)
        return (
            one.story.id for one in held if router.route(one.article, one.story.source, one.text)
        )


def rehearse(
    new: Topic,
    old: Topic | None,
    held: Sequence[Held],
    leaders: Mapping[str, Sequence[str]],
    mentions: Mentions,
) -> dict[int, Routing]:
    """How each story matches a topic under a new rule, by id; without those that do not at all.

    `old` is the rule by which the routings of these stories were made; None if it has none.
    """
    before = _terms(old) if old else frozenset[str]()
    changed = _terms(new) ^ before
    if old and _conditions(old) != _conditions(new):
        changed |= before  # each story with a word of the rule is judged anew
    affected = frozenset[int]().union(*(mentions.of(term, held) for term in changed))
    router = compile_topics([new], leaders)

    def routing_of(one: Held) -> Routing | None:
        routing = one.routings.get(new.slug) if old else None
        if one.story.id in affected or (routing and not _can_be_judged(routing)):
            return next(iter(router.route(one.article, one.story.source, one.text)), None)
        return _judged(routing, new) if routing else None

    return {one.story.id: routing for one in held if (routing := routing_of(one))}


def _terms(topic: Topic) -> frozenset[str]:
    """All terms of a rule, excluded ones with a minus; `*` where it only names where from."""
    wanted = topic.any or (() if topic.all else ("*",))
    outs = tuple(term if term.startswith("-") else f"-{term}" for term in topic.veto)
    return frozenset((*wanted, *topic.all, *outs))


def _conditions(topic: Topic) -> tuple[object, ...]:
    """What a story must meet beside the points."""
    return frozenset(topic.all), bool(topic.any), topic.sections, topic.sources


def _can_be_judged(routing: Routing) -> bool:
    """Whether a routing says enough to tell what another threshold makes of it."""
    return not any(one.where in FILED for one in routing.evidence)


def _judged(routing: Routing, topic: Topic) -> Routing:
    threshold = DEFAULT_THRESHOLD if topic.threshold is None else topic.threshold
    if threshold == routing.threshold:
        return routing
    refused = any(phrase.startswith("-") for phrase in routing.blanked)
    routed = routing.score >= threshold and not routing.lacking and not refused
    return replace(routing, threshold=threshold, routed=routed)
