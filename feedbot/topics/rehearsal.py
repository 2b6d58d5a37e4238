"""What a changed rule would do to stories that are held ready, fast enough to show while typing.

A rule is a set of terms, and a story without a word of a term that was changed stays as it was. So
only stories that mention a changed term are routed. An index says which ones have a word, or one
of the names that ship for a country or a region. No index knows the words of a theme, which stand
within others too, so a rule that has been rehearsed serves as the base of the next one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model import Article, Routing, Story, Topic
from ..terms import Term, parse_term
from .patterns import compile_topics, needed_phrases
from .points import DEFAULT_THRESHOLD
from .text import Text, read

# The ids of all stories that may have any of some phrases, or (True) words that begin so, and
# perhaps of others; None: nobody knows them.
Mentioning = Callable[[Sequence[str], bool], Collection[int] | None]
FAST = 1  # of zlib: half the time of its default, and a tenth more bytes
NAMED = frozenset(("country", "region"))  # terms whose names it knows
FILED = frozenset(("section", "source", "article"))  # their points follow the threshold
WORDS = frozenset(("phrase", "prefix"))  # terms that an index knows


@dataclass(slots=True)
class Held:
    """A story ready to be routed, in a fifth of the memory that its text takes.

    story      without its text
    routings   those by the rules that are in force, by slug
    """

    story: Story
    _packed: bytes  # the plain text
    _frame: Text  # without the text itself
    routings: dict[str, Routing] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """Its text, unpacked."""
        plain = zlib.decompress(self._packed).decode("utf-8", "surrogatepass")
        return replace(self._frame, plain=plain, folded=plain.lower())

    @property
    def article(self) -> Article:
        """The article without its text."""
        return self.story.article

    @property
    def language(self) -> str:
        """The code of its language, as routing knows it."""
        return self._frame.language

    @property
    def is_routed(self) -> bool:
        """Whether any topic takes it."""
        return any(routing.routed for routing in self.routings.values())

    def is_in(self, slug: str) -> bool:
        """Whether a topic takes it by the rules that are in force."""
        routing = self.routings.get(slug)
        return routing is not None and routing.routed


def hold(story: Story) -> Held:
    """A story, ready to be routed again and again."""
    stub = replace(story.article, paragraphs=(), html="", dateline=None)
    text = read(story.article)
    packed = zlib.compress(text.plain.encode("utf-8", "surrogatepass"), FAST)
    return Held(
        replace(story, article=stub, first=None), packed, replace(text, plain="", folded="")
    )


@dataclass(frozen=True, slots=True)
class Base:
    """A rule whose routings are known: by story id, without stories that it has no word in."""

    topic: Topic
    routings: Mapping[int, Routing]

    def distance(self, new: Topic) -> tuple[int, int]:
        """How much must be done to get from this rule to another: by dear terms, and by others."""
        changed = _changed(new, self.topic)
        dear = sum(parse_term(term.removeprefix("-")).kind not in WORDS for term in changed)
        return dear, len(changed)


class Rehearsal:
    """A changed rule on its way through stories; `found` has the routings so far, by story id.

    It begins with the newest story, so that what is shown first is right first.
    """

    def __init__(
        self,
        new: Topic,
        base: Base | None,
        held: Sequence[Held],
        leaders: Mapping[str, Sequence[str]],
        mentioning: Mentioning,
    ) -> None:
        """`base` is a rule whose routings of all these stories are known; None: there is none."""
        self.topic = new
        self.found: dict[int, Routing] = {}
        self.seen = 0
        self._base = base
        self._held = held
        self._router = compile_topics([new], leaders)
        changed = _changed(new, base.topic) if base else _terms(new)
        # The stories that must be routed; None: all.
        self._mention = _Mentions(held, leaders, mentioning).of(changed)

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

    def _routing_of(self, one: Held) -> Routing | None:
        known = self._base.routings.get(one.story.id) if self._base else None
        is_touched = self._mention is None or one.story.id in self._mention
        if is_touched or (known and not _can_be_judged(known)):
            return next(iter(self._router.route(one.article, one.story.source, one.text)), None)
        return _judged(known, self.topic) if known else None


class _Mentions:
    """Looks up which stories may mention a term."""

    def __init__(
        self,
        held: Sequence[Held],
        leaders: Mapping[str, Sequence[str]],
        mentioning: Mentioning,
    ) -> None:
        self._held = held
        self._leaders = leaders
        self._mentioning = mentioning

    def of(self, terms: Iterable[str]) -> set[int] | None:
        """The stories that may mention any of these terms; None if one cannot be looked up."""
        found: set[int] = set()
        for text in sorted(terms):
            some = self._of_term(parse_term(text.removeprefix("-")))
            if some is None:
                return None
            found.update(some)
        return found

    def _of_term(self, term: Term) -> Collection[int] | None:
        if term.kind in NAMED:
            return self._of_names(term)
        return self._mentioning([term.text], term.kind == "prefix") if term.kind in WORDS else None

    def _of_names(self, term: Term) -> set[int]:
        """The stories with a name of a country or a region, and all whose language hides it."""
        found, hidden = set[int](), set[str]()
        for language in {one.language for one in self._held}:
            names = needed_phrases(term, language, self._leaders)
            some = None if names is None else self._mentioning(names, False)
            if some is None:
                hidden.add(language)
            else:
                found.update(some)
        if hidden:
            found.update(one.story.id for one in self._held if one.language in hidden)
        return found


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
