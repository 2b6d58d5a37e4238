"""The pages about sources: how each is, why, and what to do; visits now, pauses and resumes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ..model import Health, HealthChange, Source
from ..operations.status import ATTENTION, SourceHealth, collect_status
from ..read.site_model import load
from ..store import alerts, desk_queries, queries
from . import changes, edits
from .state import Desk, desk

DAYS = 30  # of the strip
LINES = 20  # stories, failed pages and changes in health of one source
CHANGES = 500  # in the health of all sources, the last ones
EPOCH = date(1970, 1, 1)

pages = Blueprint("sources", __name__)

# What a person can do, where the site's own words do not say it.
TO_DO: Mapping[Health, str] = {
    "failing": "If the site is down, there is nothing to do: feedbot tries again by itself, less"
    " and less often. If its page has moved, correct the address in feedbot.toml.",
    "degraded": "Open one of its articles below and look at the page as feedbot reads it. If the"
    " text is wrong, [sources.select] in feedbot.toml says where it is.",
    "silent": "Open its listing: either it has published nothing, or its listing has moved or looks"
    " different now.",
    "new": "It is visited as soon as feedbot runs.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a source; `health` is the worst that was recorded, "" if nothing was."""

    date: date
    articles: int
    failures: int
    health: Health | str

    @property
    def mark(self) -> str:
        """How it is drawn: its health, or "partly" where that was well and yet a page failed."""
        if self.failures and self.health in ("", "ok", "new"):
            return "partly"
        return self.health or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The last days of a source, oldest first."""

    days: tuple[Day, ...]

    @property
    def most(self) -> int:
        """The most articles of a day; at least 1."""
        return max(1, *(day.articles for day in self.days))

    @property
    def bars(self) -> str:
        """The articles of each day as an SVG path, 8 wide and up to 28 high."""
        most = self.most
        heights = [2 + 26 * day.articles / most if day.articles else 0 for day in self.days]
        return "".join(
            f"M{8 * at + 1} 30v-{height:.3g}h6v{height:.3g}z"
            for at, height in enumerate(heights)
            if height
        )

    @property
    def marks(self) -> Mapping[str, str]:
        """The health of each day as an SVG path for each kind of health."""
        paths: dict[str, str] = {}
        for at, day in enumerate(self.days):
            paths[day.mark] = paths.get(day.mark, "") + f"M{8 * at + 1} 32h6v3h-6z"
        return paths

    @property
    def articles(self) -> int:
        """All its articles."""
        return sum(day.articles for day in self.days)

    @property
    def failures(self) -> int:
        """All pages of it that gave none."""
        return sum(day.failures for day in self.days)


@pages.get("/")
def overview() -> str:
    """All sources, those that need attention first."""
    here = desk()
    status = collect_status(here.config, here.store)
    since = here.now - timedelta(days=DAYS - 1)
    with here.store.read() as connection:
        articles = desk_queries.stories_by_day(connection, since)
        failures = desk_queries.failures_by_day(connection, since)
        health = _by_source(reversed(alerts.health_changes(connection, CHANGES)))
    strips = {
        one.name: strip(
            here.now,
            articles.get(one.name, {}),
            failures.get(one.name, {}),
            health.get(one.name, ()),
        )
        for one in status.sources
    }
    counts = {word: sum(one.health == word for one in status.sources) for word in ATTENTION}
    return render_template(
        "sources.html", status=status, strips=strips, counts=counts, alone=here.is_alone
    )


@pages.get("/source")
def one() -> str:
    """One source, named in the query: names may hold any character."""
    here, source = desk(), _named(request.args.get("name", ""))
    since = here.now - timedelta(days=DAYS - 1)
    name = source.name
    with here.store.read() as connection:
        learnt = load(queries.site_of(connection, name)).explain()
        history = alerts.health_changes(connection, LINES, name)[::-1]
        days = strip(
            here.now,
            desk_queries.stories_by_day(connection, since, name).get(name, {}),
            desk_queries.failures_by_day(connection, since, name).get(name, {}),
            history,
        )
        newest = desk_queries.newest_stories(connection, LINES, source=name)
        failed = desk_queries.failed_pages(connection, LINES, name)
    return render_template(
        "source.html",
        source=source,
        seen=_seen(here, name),
        days=days,
        learnt=learnt,
        history=history,
        newest=newest,
        failed=failed,
        to_do=TO_DO,
        alone=here.is_alone,
        names={topic.slug: topic.name for topic in here.config.topics},
    )


def _seen(here: Desk, name: str) -> SourceHealth | None:
    """How a source is; None if it is switched off."""
    status = collect_status(here.config, here.store, names=[name])
    return status.sources[0] if status.sources else None


def _named(name: str) -> Source:
    found = next((source for source in desk().config.known if source.name == name), None)
    if found is None:
        abort(404, "feedbot.toml has no source with this name.")
    return found


def _by_source(found: Iterable[HealthChange]) -> dict[str, list[HealthChange]]:
    by: dict[str, list[HealthChange]] = {}
    for change in found:
        by.setdefault(change.source, []).append(change)
    return by


def strip(
    now: datetime,
    articles: Mapping[int, int],
    failures: Mapping[int, int],
    changes: Sequence[HealthChange],
) -> Strip:
    """The last days, by days since 1970; `changes` in health are in order, oldest first."""
    today = (now.date() - EPOCH).days
    numbers = range(today - DAYS + 1, today + 1)
    return Strip(
        days=tuple(
            Day(
                date=EPOCH + timedelta(days=number),
                articles=articles.get(number, 0),
                failures=failures.get(number, 0),
                health=_worst(EPOCH + timedelta(days=number), changes),
            )
            for number in numbers
        )
    )


def _worst(day: date, changes: Sequence[HealthChange]) -> Health | str:
    """The worst health of a day: one that began on it, or the last one before."""
    if not changes:
        return ""
    before = [change.health for change in changes if change.at.date() < day]
    found = before[-1:] + [change.health for change in changes if change.at.date() == day]
    return min(found, key=ATTENTION.index, default="")


# --- what it does -----------------------------------------------------------------------------


@pages.post("/source/poll")
def poll() -> Response:
    """Has a source visited now."""
    source = _named(request.form.get("name", ""))
    flash(desk().poll(source.name), "good")
    return _back(source.name)


@pages.post("/source/pause")
def pause() -> Response:
    """Switches a source off: nothing visits it, and what it gave stays."""
    return _switch(on=False)


@pages.post("/source/resume")
def resume() -> Response:
    """Switches a source on again."""
    return _switch(on=True)


def _switch(*, on: bool) -> Response:
    source = _named(request.form.get("name", ""))
    verb = "is visited again" if on else "is paused"
    changes.apply(
        lambda document: edits.switch_source(document, source.name, on=on),
        f"{source.name} {verb}.",
    )
    return _back(source.name)


def _back(name: str) -> Response:
    if request.form.get("from") == "overview":
        return redirect(url_for("sources.overview"))
    return redirect(url_for("sources.one", name=name))
