"""The pages about a new source: paste an address, see what it gives, add it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from .. import config as configuration
from ..config import Config
from ..errors import ConfigError, FeedbotError
from ..model import Source
from ..operations import explain, inspection
from ..operations.explain import Preview
from ..operations.inspection import FoundHeadline, ListingCandidate, SiteInspection
from ..terms import countries
from . import changes, edits
from .articles import foreign
from .headline_topics import HeadlineTopics, topics_of
from .jobs import Job
from .state import Desk, desk, kept_job
from .wording import advised

READ = 1  # articles that are read of the chosen listing

pages = Blueprint("newcomer", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found at an address: the site, one of its listings, and what that gives."""

    source: Source
    site: SiteInspection
    listing: ListingCandidate
    headlines: Sequence[FoundHeadline]
    preview: Preview
    topics: HeadlineTopics

    @property
    def warnings(self) -> Iterator[str]:
        """What may go wrong with this source."""
        if self.site.crawl_delay:
            yield f"Its robots.txt asks for {self.site.crawl_delay:g} s between requests."
        if self.site.refused:
            yield f"Its robots.txt keeps feedbot out of {len(self.site.refused)} of its sections."
        if all(one.published is None for one in self.headlines):
            yield "No article has a date; feedbot will use the time when it first sees each."
        yield from (f"{url}: {problem}" for url, problem in self.preview.failures)
        yield from self.preview.advice


@pages.get("/sources/new")
def ask() -> str:
    """Asks for an address."""
    return render_template("new.html", url=request.args.get("url", ""))


@pages.post("/sources/new")
def look() -> AnyResponse | str:
    """Looks at an address."""
    here, url = desk(), request.form.get("url", "").strip()
    url = url if "://" in url else f"https://{url}"
    try:
        stand_in = configuration.for_listing(url)
    except ConfigError as error:
        flash(" ".join(advised(one.problem, one.help) for one in error.mistakes), "wrong")
        return render_template("new.html", url=url)
    known = dataclasses.replace(
        stand_in, topics=here.config.topics, leaders=here.config.leaders, output=here.config.output
    )
    chosen = request.form.get("listing", "")
    job = here.jobs.start(f"Looking at {url}", lambda job: _look(here, known, chosen, job))
    return redirect(url_for("newcomer.found", job=job.key))


def _look(here: Desk, stand_in: Config, chosen: str, job: Job) -> Looked:
    with here.open_tools(stand_in) as tools:
        tools.progress = job.advance
        source = inspection.localised(stand_in.sources[0])
        site = inspection.inspect_site(source, tools)
        listing = next((one for one in site.listings if one.url == chosen), site.listings[0])
        source = dataclasses.replace(source, language=site.language, timezone=site.timezone)
        headlines = inspection.headlines(listing, source, tools)
        preview = explain.preview(listing.url, stand_in, tools, READ)
        topics = topics_of(listing.links, source, stand_in.topics, tools.rules.router)
    return Looked(
        source=source,
        site=site,
        listing=listing,
        headlines=headlines,
        preview=preview,
        topics=topics,
    )


@pages.get("/sources/new/<job>")
def found(job: str) -> str:
    """What an address gives."""
    done = kept_job(job)
    if not done.finished:
        return render_template("working.html", job=done)
    name = _unique(desk().config, done.result.site.name) if done.result else ""
    return _found(done, MultiDict({"name": name}))


def _found(done: Job, form: MultiDict[str, str]) -> str:
    """What was found, and the form that adds it as it was filled in."""
    config = desk().config
    return render_template(
        "found_site.html",
        job=done,
        seen=done.result,
        form=form,
        known=_known(config, done.result) if done.result else None,
        names={topic.slug: topic.name for topic in config.topics},
        everything=any(topic.any == ("*",) for topic in config.topics),
    )


@pages.get("/sources/new/<job>/text")
def text(job: str) -> Response:
    """The first article of the listing, as it would be published."""
    seen = kept_job(job).result
    if not isinstance(seen, Looked) or not seen.preview.accounts:
        abort(404)
    return foreign(seen.preview.accounts[0].article.html)


@pages.post("/sources/new/<job>")
def add(job: str) -> AnyResponse | str:
    """Adds what was found and the chosen topics to feedbot.toml, and has the source visited."""
    here, done, form = desk(), kept_job(job), request.form
    if not isinstance(done.result, Looked):
        abort(404)
    name = form.get("name", "").strip()
    keys, topics = _keys(done.result, name), _chosen(done.result, name, form)

    def edit(document: edits.Document) -> None:
        edits.add_source(document, keys)
        for topic, term in topics.items():
            if topic not in document.get("topics", {}):
                edits.set_topic(document, topic, {"any": [term]})

    if not changes.apply(edit, " ".join((f"{name} is added.", *_made(topics)))):
        return _found(done, form)
    try:
        flash(here.poll(name), "good")
    except FeedbotError as error:
        flash(str(error), "wrong")
    return redirect(url_for("sources.one", name=name))


def _chosen(seen: Looked, source: str, form: MultiDict[str, str]) -> dict[str, str]:
    """The term of each new topic that was chosen, by the topic's name."""
    ticked = form.getlist("new")
    chosen = {one.name: one.term for one in seen.topics.suggested if one.name in ticked}
    if form.get("everything"):
        chosen[source] = f"source:{source}"
    if topic := form.get("topic", "").strip():
        chosen.setdefault(topic, _term(topic, source))
    return chosen


def _made(topics: Mapping[str, str]) -> list[str]:
    """What is said of new topics."""
    if not topics:
        return []
    return [f"New {'topic' if len(topics) == 1 else 'topics'}: {', '.join(topics)}."]


def _keys(seen: Looked, name: str) -> dict[str, Any]:
    """The source as it is written into feedbot.toml."""
    return {
        "name": name,
        "url": seen.listing.url,
        "language": seen.site.language,
        "timezone": seen.site.timezone,
    }


def _term(topic: str, source: str) -> str:
    """What a new topic looks for: everything of the source that it is named after, or a word."""
    if topic == source:
        return f"source:{source}"
    code = countries.code_of(topic)
    return f"country:{code}" if code else topic


def _unique(config: Config, name: str) -> str:
    """A name that no other source has."""
    names = {source.name for source in config.known}
    numbered = (f"{name} {number}" for number in range(2, len(names) + 3))
    return next(one for one in (name, *numbered) if one not in names)


def _known(config: Config, seen: Looked) -> Source | None:
    """The source that has this listing already."""
    return next((one for one in config.known if seen.listing.url in one.urls), None)
