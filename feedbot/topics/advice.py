"""What helps a person write rules: what cannot be meant, and how the rules do on real stories."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from ..languages.detection import everywhere, known_code
from ..languages.fold import fold
from ..model import Article, Routing, Source, Story, Topic
from ..terms import Term, countries, parse_term, themes
from .points import DIFFERENT, MOST
from .suggest import Suggestion, suggestions

NEAR = 0.5  # of the threshold: from there on a person wants to see why it was not enough
SHOWN = 5  # near misses of a topic
KEPT = 2_000  # stories without a topic, the newest, by which new ones are suggested
_FEW = 3  # letters before a `*` that do not match nearly everything
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)


class Complaint(NamedTuple):
    """A rule that can be read but hardly meant. `term` is "" where it is the topic as a whole."""

    topic: str  # the name
    term: str
    problem: str
    help: str = ""


class NearMiss(NamedTuple):
    """A story that had points for a topic, and too few."""

    title: str
    url: str
    score: float
    threshold: float


class TopicReview(NamedTuple):
    """How the rules of one topic did."""

    topic: Topic
    entries: int
    per_week: float
    earning: tuple[tuple[str, int, float], ...]  # phrase, entries it earned points in, points
    silent: tuple[str, ...]  # terms that matched nothing
    near: tuple[NearMiss, ...]  # the nearest first


class Review(NamedTuple):
    """How all rules did, and what would take in stories without a topic, after a week of them."""

    stories: int
    unrouted: int
    days: float  # between the first and the last story
    topics: tuple[TopicReview, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def too_early(self) -> bool:
        """Whether the stories are of less than a week: what they share may be one event."""
        return self.days < _WEEK / _DAY


# --- the rules alone --------------------------------------------------------------------------


def complaints(topics: Sequence[Topic], sources: Collection[Source] = ()) -> list[Complaint]:
    """What `check` names: what matches everything or nothing, twice, or against itself.

    Some `sources` are in a language in which there are no words for what ships.
    """
    return [
        complaint
        for topic in topics
        for complaint in (*_complaints(topic), *_wordless(topic, sources))
    ]


def _wordless(topic: Topic, sources: Collection[Source]) -> Iterator[Complaint]:
    """Terms that have no words in a language of the sources that the topic takes."""
    terms = [parse_term(text) for text in (*topic.any, *topic.all, *topic.veto)]
    shipped = {term for term in terms if term.kind in ("country", "region", "theme")}
    if not shipped:
        return
    spoken = sorted({known_code(one.language) for one in sources if _takes(topic, one)})
    for term in sorted(shipped, key=terms.index):
        if lacking := [language for language in spoken if not _has_words(term, language)]:
            yield Complaint(
                topic=topic.name,
                term=str(term),
                problem=f"has no words in {', '.join(lacking)}, which a source is in",
                help="add words of your own",
            )


def _has_words(term: Term, language: str) -> bool:
    """Whether what ships for a term has words in a language."""
    if term.kind == "theme":
        return language in themes.languages()
    if language not in countries.languages():
        return False
    return term.kind == "country" or countries.has_words(term.text, language)


def _takes(topic: Topic, source: Source) -> bool:
    """Whether an article of a source may be in a topic, by the sources that the topic names."""
    name = fold(source.name)
    terms = map(parse_term, (*topic.any, *topic.all))
    excluded = [*(one for one in terms if one.negative), *map(parse_term, topic.veto)]
    return name not in _sources(excluded) and all(name in one for one in _needed(topic))


def _needed(topic: Topic) -> Iterator[Set[str]]:
    """Names of sources, folded: an article must be from one of each set."""
    if topic.sources:
        yield set(map(fold, topic.sources))
    either = [term for term in map(parse_term, topic.any) if not term.negative]
    if either and all(term.kind == "source" for term in either):
        yield _sources(either)
    for term in map(parse_term, topic.all):
        if term.kind == "source" and not term.negative:
            yield _sources([term])


def _sources(terms: Iterable[Term]) -> Set[str]:
    return {fold(term.text) for term in terms if term.kind == "source"}


def _complaints(topic: Topic) -> Iterator[Complaint]:
    terms = [parse_term(text) for text in (*topic.any, *topic.all)]
    wanted = [term for term in terms if not term.negative]
    outs = [term for term in terms if term.negative] + [parse_term(text) for text in topic.veto]
    if problem := _problem_of_topic(topic, wanted):
        yield Complaint(topic=topic.name, term="", problem=problem)
    for term, count in Counter(wanted).items():
        if found := _problem_of_term(term, count, outs, alone=len(wanted) == 1):
            problem, advice = found
            yield Complaint(topic=topic.name, term=str(term), problem=problem, help=advice)


def _problem_of_topic(topic: Topic, wanted: Sequence[Term]) -> str:
    if not (wanted or topic.sections or topic.sources):
        return "has no term that could match"
    if topic.threshold is not None and topic.threshold > MOST:
        return f"no article can have {topic.threshold:g} points; the most is {MOST:g}"
    return ""


def _problem_of_term(
    term: Term, count: int, outs: Sequence[Term], *, alone: bool
) -> tuple[str, str] | None:
    """(problem, help) of a term that is written `count` times; None if there is none."""
    if count > 1:
        return "is written twice", ""
    if out := next((out for out in outs if _takes_out(out, term)), None):
        return _taken_out(term, out), "leave one of them out"
    if term.kind == "everything" and not alone:
        return "matches everything, so the other terms add nothing", "use it alone"
    if term.kind == "prefix" and len(term.text) < _FEW:
        return "matches nearly every article", "write more letters before the `*`"
    if _is_everywhere(term):
        return "is in nearly every article", ""
    return None


def _taken_out(term: Term, out: Term) -> str:
    never = "never matches"
    if term.kind == "country" and out.kind == "phrase":
        never = "never matches by its name"
    sign = str(out) if out.negative else f"-{out}"
    return f"{never}: {sign!r} takes it out"


def _is_everywhere(term: Term) -> bool:
    """Whether a term is one of the commonest words; VS and IT are none."""
    is_word = term.kind == "phrase" and not term.text.isupper()
    return is_word and fold(term.text) in everywhere()


def _takes_out(out: Term, term: Term) -> bool:
    """Whether whatever `term` finds is excluded by `out`."""
    if out.kind in ("phrase", "prefix") and term.kind in ("phrase", "prefix"):
        held = re.escape(fold(out.text)) + (r"\b" if out.kind == "phrase" else "")
        if term.kind == "prefix" and out.kind == "phrase":
            return False  # other endings remain
        return re.search(rf"\b{held}", fold(term.text)) is not None
    if term.kind == "country" and out.kind == "phrase":
        return countries.code_of(out.text) == term.text
    return (out.kind, fold(out.text)) == (term.kind, fold(term.text))


# --- the rules on stories ---------------------------------------------------------------------


@dataclass(slots=True)
class _Tally:
    """What is counted of one topic while the stories pass."""

    entries: int = 0
    met: set[str] = field(default_factory=set)
    stories: Counter[str] = field(default_factory=Counter)
    points: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    near: list[NearMiss] = field(default_factory=list)


def review(
    topics: Sequence[Topic],
    routed: Iterable[tuple[Story, Sequence[Routing]]],
    *,
    suggest: bool = True,
) -> Review:
    """How the rules do on these stories, given with what the router said of each.

    Without `suggest` the texts of the stories are not looked at.
    """
    tallies = {topic.slug: _Tally() for topic in topics}
    moments: list[datetime] = []
    unrouted: deque[Article] = deque(maxlen=KEPT)
    count = 0
    for story, routings in routed:
        moments.append(story.published.at)
        for routing in routings:
            _count(tallies[routing.topic], story, routing)
        if not any(routing.routed for routing in routings):
            count += 1
            unrouted.append(story.article)
    span = max(moments) - min(moments) if moments else timedelta()
    return Review(
        stories=len(moments),
        unrouted=count,
        days=span / _DAY,
        topics=tuple(
            _reviewed(topic, tallies[topic.slug], max(1.0, span / _WEEK)) for topic in topics
        ),
        suggestions=suggestions(unrouted, topics) if suggest and span >= _WEEK else (),
    )


def _count(tally: _Tally, story: Story, routing: Routing) -> None:
    tally.met.update(each.rule or each.term for each in routing.evidence)
    if routing.routed:
        tally.entries += 1
        phrases = [each for each in routing.evidence if each.term != DIFFERENT]
        tally.stories.update({each.term for each in phrases})
        for each in phrases:
            tally.points[each.term] += each.points
    elif routing.score >= NEAR * routing.threshold:
        tally.near.append(
            NearMiss(
                title=story.article.title,
                url=story.article.url,
                score=routing.score,
                threshold=routing.threshold,
            )
        )


def _reviewed(topic: Topic, tally: _Tally, weeks: float) -> TopicReview:
    terms = [parse_term(text) for text in (*topic.any, *topic.all)]
    earning = [(phrase, count, tally.points[phrase]) for phrase, count in tally.stories.items()]
    return TopicReview(
        topic=topic,
        entries=tally.entries,
        per_week=tally.entries / weeks,
        earning=tuple(sorted(earning, key=lambda one: (-one[2], one[0]))),
        silent=tuple(
            str(term) for term in terms if not term.negative and str(term) not in tally.met
        ),
        near=tuple(
            sorted(tally.near, key=lambda one: (-one.score / one.threshold, one.title))[:SHOWN]
        ),
    )
