"""The pages about topics: what each term earns, what is missed, and an editor that rehearses."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ..config import slug_of
from ..model import Evidence, Routing, Story, Topic
from ..terms import TermError, parse_term
from ..topics import DEFAULT_THRESHOLD, Rehearsal, TopicReview, complaints
from . import changes, edits
from .headline_topics import name_and_term
from .state import Desk, desk
from .wording import advised

SHOWN = 40  # stories that enter or leave
NEAR = 0.5  # of the threshold
SECONDS = 0.1  # that one answer to somebody who types may take; the next one goes on

pages = Blueprint("topics", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A story that enters or leaves a topic, and what it has for it."""

    id: int
    title: str
    source: str
    score: float
    threshold: float
    evidence: tuple[Evidence, ...]
    why: str  # what it lacks, or has against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a changed rule would do to the stored stories.

    enters, leaves, near   the newest ones; `counts` of all of them, and of those that are in
    is_whole               whether all stories are counted yet
    """

    enters: Sequence[Moved]
    leaves: Sequence[Moved]
    near: Sequence[Moved]
    counts: Mapping[str, int]
    is_whole: bool
    milliseconds: float


# --- all topics -------------------------------------------------------------------------------


@pages.get("/topics")
def overview() -> str:
    """All topics, with what their terms earn."""
    here = desk()
    is_ready = here.stories.ask(here.config)
    return render_template(
        "topics.html",
        ready=is_ready,
        progress=here.stories.progress,
        review=here.stories.review() if is_ready else None,
        complaints=_complaints(here),
        cut=here.stories.is_cut,
    )


@pages.get("/topics/suggested")
def suggested() -> str:
    """Names, countries and themes that stories without a topic are about."""
    here = desk()
    found = here.stories.suggest() if here.stories.ask(here.config) else None
    return render_template(
        "suggested.html",
        ready=found is not None,
        progress=here.stories.progress,
        review=here.stories.review() if found is not None else None,
        suggestions=[(*name_and_term(one.line), one.adds) for one in found or ()],
    )


def _complaints(here: Desk) -> dict[str, list[str]]:
    """What can hardly be meant, by the name of the topic."""
    found: dict[str, list[str]] = {}
    for one in complaints(here.config.topics, here.config.sources):
        term = f"{one.term}: " if one.term else ""
        found.setdefault(one.topic, []).append(term + advised(one.problem, one.help))
    return found


# --- one topic --------------------------------------------------------------------------------


@pages.get("/topic")
def edit() -> str:
    """The editor of a topic, named in the query; without a name, of a new one."""
    name = request.args.get("name", "")
    here, topic = desk(), _named(name)
    if name and topic is None:
        abort(404, "feedbot.toml has no topic with this name.")
    form = _form_of(topic) if topic else _prefilled(request.args)
    return _editor(here, topic, form)


def _prefilled(given: Mapping[str, str]) -> dict[str, str]:
    """A new topic, perhaps with a suggestion in it."""
    return {"any": given.get("term", ""), "new": given.get("new", "")}


def _named(name: str) -> Topic | None:
    return next((topic for topic in desk().config.topics if topic.name == name), None)


def _form_of(topic: Topic) -> dict[str, str]:
    """A topic as the fields of the form; a term is a line."""
    threshold = "" if topic.threshold is None else f"{topic.threshold:g}"
    return {
        "any": "\n".join(topic.any),
        "all": "\n".join(topic.all),
        "not": "\n".join(topic.veto),
        "threshold": threshold,
    }


def _editor(
    here: Desk,
    topic: Topic | None,
    form: Mapping[str, str],
    rehearsed: Rehearsed | None = None,
    problems: Sequence[str] = (),
) -> str:
    is_ready = here.stories.ask(here.config)
    return render_template(
        "topic.html",
        topic=topic,
        form=dict.fromkeys(("any", "all", "not", "threshold", "new"), "") | dict(form),
        seen=form.get("seen") or edits.digest(here.config.path),
        rehearsed=rehearsed,
        problems=problems,
        ready=is_ready,
        progress=here.stories.progress,
        review=_review_of(here, topic) if is_ready and topic else None,
        default=f"{DEFAULT_THRESHOLD:g}",
    )


def _review_of(here: Desk, topic: Topic) -> TopicReview | None:
    found = (one for one in here.stories.review().topics if one.topic.slug == topic.slug)
    return next(found, None)


@pages.post("/topic/rehearse")
def rehearse() -> str:
    """What the rule in the form would do; as a part of the page for its script."""
    here, form = desk(), request.form
    topic = _named(form.get("name", ""))
    new, problems = _rule_of(form, topic)
    rehearsed = None
    if not problems and here.stories.ask(here.config):
        rehearsed = _rehearse(here, new, topic)
    if request.headers.get("X-Part"):
        return render_template(
            "rehearsed.html",
            rehearsed=rehearsed,
            problems=problems,
            ready=here.stories.is_complete,
            progress=here.stories.progress,
        )
    return _editor(here, topic, form, rehearsed, problems)


@pages.post("/topic")
def save() -> Response | str:
    """Writes the rule into feedbot.toml, and puts the stored stories where they belong now."""
    here, form = desk(), request.form
    topic = _named(form.get("name", ""))
    new, problems = _rule_of(form, topic)
    if problems:
        return _editor(here, topic, form, problems=problems)
    rule: dict[str, Any] = {"any": list(new.any), "all": list(new.all), "not": list(new.veto)}
    if new.threshold is not None:
        threshold = new.threshold
        rule["threshold"] = int(threshold) if threshold == int(threshold) else threshold
    seen = form.get("seen", "")
    if not changes.apply(lambda doc: edits.set_topic(doc, new.name, rule), "Saved.", seen):
        return _editor(here, topic, {**form, "seen": ""})
    return redirect(url_for("topics.edit", name=new.name))


@pages.post("/topic/remove")
def remove() -> Response:
    """Takes a topic out of feedbot.toml; its files stay."""
    name = request.form.get("name", "")
    if _named(name) is None:
        abort(404, "feedbot.toml has no topic with this name.")
    done = changes.apply(lambda doc: edits.remove_topic(doc, name), f"{name} is removed.")
    target = url_for("topics.overview") if done else url_for("topics.edit", name=name)
    return redirect(target)


def _rule_of(form: MultiDict[str, str], topic: Topic | None) -> tuple[Topic, list[str]]:
    """The topic that the form describes, and what is wrong with it."""
    problems: list[str] = []
    base = topic or _new_topic(form.get("new", "").strip(), problems)
    rule = dataclasses.replace(
        base,
        any=_terms(form.get("any", ""), problems),
        all=_terms(form.get("all", ""), problems),
        veto=_terms(form.get("not", ""), problems),
        threshold=_threshold(form.get("threshold", ""), problems),
    )
    if not any((rule.any, rule.all, rule.sections, rule.sources)):
        problems.append("At least one term must be there that can match.")
    return rule, problems


def _new_topic(name: str, problems: list[str]) -> Topic:
    """A topic that is not there yet."""
    if not name:
        problems.append("A new topic needs a name.")
    elif _named(name):
        problems.append(f"There is a topic {name} already.")
    return Topic(name=name, slug=slug_of(name or "new"))


def _terms(text: str, problems: list[str]) -> tuple[str, ...]:
    """The terms of a field, one a line; what cannot be read is named."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    for term in found:
        try:
            parse_term(term)
        except TermError as error:
            problems.append(advised(error.problem, error.help))
    return tuple(dict.fromkeys(found))


def _threshold(text: str, problems: list[str]) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number < 1000:
        problems.append(f"{text.strip()!r} is not a number of points above 0.")
        return None
    return number


# --- rehearsal --------------------------------------------------------------------------------


def _rehearse(here: Desk, new: Topic, old: Topic | None) -> Rehearsed:
    start = time.perf_counter()
    rehearsal = here.stories.rehearse(new, SECONDS)
    before = here.members(new.slug) if old else set[int]()
    after, out = rehearsal.is_in(before)
    near = [
        key
        for key, routing in rehearsal.found.copy().items()
        if not routing.routed and routing.score >= NEAR * routing.threshold
    ]
    moved = partial(_moved, here, rehearsal)
    return Rehearsed(
        enters=moved(after - before),
        leaves=moved(before & out),
        near=moved(near),
        counts={
            "enters": len(after - before),
            "leaves": len(before & out),
            "near": len(near),
            "in": len(after),
            "seen": rehearsal.seen,
        },
        is_whole=rehearsal.is_done,
        milliseconds=(time.perf_counter() - start) * 1000,
    )


def _moved(here: Desk, rehearsal: Rehearsal, ids: Collection[int]) -> list[Moved]:
    """The newest of these stories, with what they have for the topic."""
    newest = sorted(ids, reverse=True)[:SHOWN]
    held = {key: one for key in newest if (one := here.stories.held(key))}
    if beyond := [key for key in newest if key not in held]:
        held |= {one.story.id: one for one in here.stories.load(beyond)}
    for one in held.values():
        rehearsal.explain(one)
    return [_one_moved(held[key].story, rehearsal.found.get(key)) for key in newest if key in held]


def _one_moved(story: Story, routing: Routing | None) -> Moved:
    why = ""
    if routing and not routing.routed:
        parts = [f"lacks {one}" for one in routing.lacking]
        parts += [f"ignored: {one}" for one in routing.blanked]
        why = "; ".join(parts)
    return Moved(
        id=story.id,
        title=story.article.title,
        source=story.source,
        score=routing.score if routing else 0.0,
        threshold=routing.threshold if routing else 0.0,
        evidence=routing.evidence if routing else (),
        why=why,
    )
