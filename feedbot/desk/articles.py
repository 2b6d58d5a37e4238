"""The pages about articles: lists, search, and everything about one, or about a missing one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..errors import FeedbotError, FetchError, NotAnArticle, ReadError
from ..model import Routing, Story
from ..operations import explain
from ..operations.explain import Account
from ..poll import Tools
from ..read.results import ReadBlock
from ..store import KnownPage, desk_queries, queries
from ..web.sanitise import sanitise
from ..web.urls import story_key, url_key
from .guard import FOREIGN_POLICY
from .jobs import Job
from .state import Desk, desk, kept_job

SHOWN = 200  # stories of a list
LONGEST = 1_000  # characters of a search
ROUTED: Mapping[str, bool | None] = {"all": None, "routed": True, "unrouted": False}
NEAR = 0.5  # of the threshold: from there on it was nearly in the topic

pages = Blueprint("articles", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is known of a URL that somebody misses.

    page      what the store knows of it; None if no listing ever linked it
    account   what reading it gives; None if it is not an article
    problem   why it is not one; "" if it is
    listed    what the listing of its source says of it now, and why it is taken or ignored
    """

    url: str
    page: KnownPage | None
    account: Account | None
    problem: str
    listed: str


@pages.get("/articles")
def newest() -> AnyResponse | str:
    """A list of articles, or those that a search finds; a URL leads to what is known of it."""
    here, words = desk(), request.args.get("q", "").strip()[:LONGEST]
    kind, source = request.args.get("kind", "all"), request.args.get("source", "")
    if words.startswith(("http://", "https://", "tag:")):
        return _known(here, words)
    if kind not in KINDS or (words and kind not in ROUTED):
        abort(404, "There is no such list.")
    is_ready = here.stories.ask(here.config) if kind == "near" else True
    return render_template(
        "articles.html",
        kind=kind,
        kinds=tuple(ROUTED if words else KINDS),
        words=words,
        source=source,
        found=KINDS[kind](here, source),
        ready=is_ready,
        progress=here.stories.progress,
        names={topic.slug: topic.name for topic in here.config.topics},
    )


Lists = Mapping[str, Any]


def _stories(routed: bool | None) -> Callable[[Desk, str], Lists]:
    """A list of stories, or of those of them that the search finds, a page at a time."""

    def find(here: Desk, source: str) -> Lists:
        before = request.args.get("before", type=int)
        with here.store.read() as connection:
            stories = desk_queries.newest_stories(
                connection,
                SHOWN + 1,
                routed=routed,
                source=source,
                words=request.args.get("q", "").strip()[:LONGEST],
                before=None if before is None else max(min(before, 2**62), 0),
            )
        older = stories[SHOWN - 1].id if len(stories) > SHOWN else None
        return {"stories": stories[:SHOWN], "older": older, "is_later": before is not None}

    return find


def _near(here: Desk, source: str) -> Lists:
    missed: dict[int, list[Routing]] = {}
    for key, routing in here.stories.near_misses(NEAR):
        missed.setdefault(key, []).append(routing)
    with here.store.read() as connection:
        stories = desk_queries.story_lines(connection, list(missed)[:SHOWN])
    chosen = [one for one in stories if not source or one.source == source]
    return {"near": [(one, missed[one.id]) for one in chosen]}


def _copies(here: Desk, source: str) -> Lists:
    with here.store.read() as connection:
        return {"pages": desk_queries.duplicates(connection, SHOWN, source)}


def _failed(here: Desk, source: str) -> Lists:
    with here.store.read() as connection:
        return {"pages": desk_queries.failed_pages(connection, SHOWN, source)}


KINDS: dict[str, Callable[[Desk, str], Lists]] = {
    **{kind: _stories(routed) for kind, routed in ROUTED.items()},
    "near": _near,
    "duplicates": _copies,
    "failed": _failed,
}


def _known(here: Desk, name: str) -> AnyResponse:
    """To the story of a URL or an entry id; to a page that asks whether to read it, if none is."""
    with here.store.read() as connection:
        if name.startswith("tag:"):
            story = queries.story_tagged(connection, name)
        else:
            story = queries.story_at(connection, queries.key_of(connection, name))
    if story:
        return redirect(url_for("articles.one", key=story.id))
    if name.startswith("tag:"):
        abort(404, "No stored story has this id.")
    return redirect(url_for("articles.missing", url=name))


# --- one article ------------------------------------------------------------------------------


@pages.get("/article/<int:key>")
def one(key: int) -> str:
    """Everything about one story."""
    here = desk()
    account = _account(here, _story(here, key))
    return render_template("article.html", **_shown(account, key))


@pages.get("/article/<int:key>/text")
def text(key: int) -> Response:
    """The text of a story, as it is published: foreign HTML, in a frame of its own."""
    return foreign(_story(desk(), key).article.html)


@pages.post("/article/<int:key>/page")
def page(key: int) -> AnyResponse:
    """Reads the page of a story again, to show what of it is kept and what is cut."""
    here = desk()
    story = _story(here, key)

    def work(_: Job) -> tuple[Account, tuple[ReadBlock, ...]]:
        with here.open_tools() as tools:
            account = _account(here, story)
            return account, explain.page_as_read(account, here.config, tools)

    job = here.jobs.start(f"Reading the page of “{story.article.title}”", work)
    return redirect(url_for("articles.as_read", key=key, job=job.key))


@pages.get("/article/<int:key>/page/<job>")
def as_read(key: int, job: str) -> str:
    """The page of a story as feedbot reads it, once it is read."""
    done = kept_job(job)
    if not done.finished:
        return render_template("working.html", job=done)
    account, blocks = done.result or (None, ())
    return render_template(
        "page.html", key=key, account=account, blocks=_runs(blocks), problem=done.error
    )


def _runs(blocks: Sequence[ReadBlock]) -> list[ReadBlock]:
    """The blocks, with those that were cut one after the other for one reason as one."""
    found: list[ReadBlock] = []
    for reason, some in groupby(blocks, key=lambda block: block.reason):
        run = list(some)
        text = " · ".join(block.text for block in run)
        found += [ReadBlock(text=text, reason=reason)] if reason else run
    return found


def _story(here: Desk, key: int) -> Story:
    with here.store.read() as connection:
        found = desk_queries.stories_numbered(connection, [min(key, 2**62)])
    if not found:
        abort(404, "There is no story with this number.")
    return found[0]


def _account(here: Desk, story: Story) -> Account:
    url = story.article.url
    return explain.stored_account(
        url, story_key(url), story, here.config, here.store, here.rules.router
    )


def _shown(account: Account, key: int | None) -> dict[str, Any]:
    """What the page of an article shows; the strongest topics first."""
    names = {topic.slug: topic.name for topic in account.topics}
    order = sorted(
        account.routings, key=lambda to: (not to.routed, -to.score / to.threshold, names[to.topic])
    )
    return {
        "key": key,
        "account": account,
        "article": account.article,
        "met": [to for to in order if to.score or to.blanked],
        "rest": [names[to.topic] for to in order if not (to.score or to.blanked)],
        "names": names,
        "others": [one for one in account.copies if one.url_key != story_key(account.article.url)],
    }


def foreign(html: str) -> Response:
    """A page that holds nothing but HTML of another site, sanitised once more."""
    response = Response(render_template("foreign.html", html=sanitise(html, "")))
    response.headers["Content-Security-Policy"] = FOREIGN_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


# --- a missing article ------------------------------------------------------------------------


@pages.get("/missing")
def missing() -> AnyResponse | str:
    """What the store knows of a URL without a story, and whether to read it."""
    here, url = desk(), request.args.get("url", "")
    with here.store.read() as connection:
        known = queries.page_at(connection, url)
    source = explain.source_of(url, here.config)
    return render_template(
        "missing.html", url=url, page=known, source=source if source in here.config.known else None
    )


@pages.post("/missing")
def read() -> AnyResponse:
    """Reads a page that has no story, and the listing that should link it."""
    here, url = desk(), request.form.get("url", "")

    def work(_: Job) -> Missing:
        with here.open_tools() as tools:
            return _missing(here, url, tools)

    job = here.jobs.start(f"Reading {url}", work)
    return redirect(url_for("articles.found", job=job.key))


@pages.get("/missing/<job>")
def found(job: str) -> str:
    """What reading a missing page gave."""
    done = kept_job(job)
    if not done.finished:
        return render_template("working.html", job=done)
    seen: Missing | None = done.result
    shown = _shown(seen.account, None) if seen and seen.account else {}
    return render_template("found.html", seen=seen, problem=done.error, **({"job": done} | shown))


@pages.get("/missing/<job>/text")
def found_text(job: str) -> Response:
    """The text of a page that was read, as it would be published."""
    seen = kept_job(job).result
    if not isinstance(seen, Missing) or seen.account is None:
        abort(404)
    return foreign(seen.account.article.html)


def _missing(here: Desk, url: str, tools: Tools) -> Missing:
    with here.store.read() as connection:
        known = queries.page_at(connection, url)
    account, problem = None, ""
    try:
        account = explain.why(url, here.config, tools)
    except (FetchError, NotAnArticle, ReadError) as error:
        problem = str(error)
    return Missing(
        url=url, page=known, account=account, problem=problem, listed=_listed(here, url, tools)
    )


def _listed(here: Desk, url: str, tools: Tools) -> str:
    """What the listings of its source say of a URL now."""
    source = explain.source_of(url, here.config)
    if source not in here.config.known:
        return "No source of feedbot.toml is on this site."
    for listing in source.urls:
        try:
            seen = explain.preview(listing, here.config, tools, 0)
        except FeedbotError as error:
            return f"The listing of {source.name} cannot be read: {error}"
        for links, verb in ((seen.links, "links it as an article"), (seen.left, "is ignored")):
            for link in links:
                if story_key(link.url) in (story_key(url), url_key(url)):
                    what = f"The listing of {source.name} {verb}"
                    what = what if links is seen.links else f"Its link on {source.name} {verb}"
                    return f"{what}: {link.why}" if link.why else f"{what}."
    return f"The listing of {source.name} does not link it now."
