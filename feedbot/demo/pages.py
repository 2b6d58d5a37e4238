"""What the sample site's pages look like. Pure: the time and the turn are arguments.

portal    a Dutch portal: nothing tells a machine where the article is or when it was written
semantic  a newspaper: JSON-LD, OpenGraph, <article> and <time>
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any, Literal
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from .stories import WireStory

Layout = Literal["portal", "semantic"]

SITE = "Kustportaal"
ZONE = ZoneInfo("Europe/Amsterdam")
SECTIONS = ("Zeeland", "Binnenland", "Buitenland", "Financieel", "Sport")
PER_PAGE = 20  # stories on one page of a listing
JUST_IN = 8  # lines in the list of what came in last
TEASERS = 6  # below an article
ERRORS = {
    HTTPStatus.NOT_FOUND: ("Pagina niet gevonden", "Deze pagina bestaat niet of niet meer."),
    HTTPStatus.GONE: ("Bericht verwijderd", "De redactie heeft dit bericht verwijderd."),
}
LEES_OOK = 4  # one story in so many has a "Lees ook" in the middle of its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story that is on the site."""

    story: WireStory
    published: datetime
    changed: datetime  # when it was corrected last; `published` if it never was

    @property
    def clock(self) -> str:
        """The hour at which it came in, as the site shows it."""
        return f"{self.published.astimezone(ZONE):%H:%M}"

    @property
    def local(self) -> datetime:
        """When it came in, in the site's own time zone."""
        return self.published.astimezone(ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """What stands below an article of another one; `story` is None where there is only a lead."""

    lead: str
    age: str
    story: WireStory | None


def section_path(section: str | None) -> str:
    """The listing of a section; of the whole site for None."""
    return f"/nieuws/{section.lower()}" if section else "/nieuws"


def ago(age: timedelta) -> str:
    """An age as Dutch portals write it: "4 uur geleden"."""
    minutes = max(1, int(age.total_seconds()) // 60)
    if minutes < 60:
        return f"{minutes} {'minuut' if minutes == 1 else 'minuten'} geleden"
    hours = minutes // 60
    if hours < 24:
        return f"{hours} uur geleden"
    days = hours // 24
    if days < 7:
        return f"{days} {'dag' if days == 1 else 'dagen'} geleden"
    weeks = days // 7
    return f"{weeks} {'week' if weeks == 1 else 'weken'} geleden"


def listing(
    layout: Layout, shown: Sequence[Shown], *, section: str | None, page: int, now: datetime
) -> str:
    """One page of a listing; `shown` is the whole site, newest first."""
    listed = [one for one in shown if section in (None, one.story.section)]
    first = (page - 1) * PER_PAGE
    return _render(
        f"{layout}/listing.html",
        title=section or "Nieuws",
        path=section_path(section),
        listed=[(one, ago(now - one.published)) for one in listed[first : first + PER_PAGE]],
        page=page,
        pages=max(2, -(-len(listed) // PER_PAGE)),  # an old site always has a second page
        just_in=shown[:JUST_IN],
        year=now.year,
    )


def article(
    layout: Layout,
    one: Shown,
    shown: Sequence[Shown],
    older: Sequence[str],
    *,
    origin: str,
    now: datetime,
    turn: int,
) -> str:
    """The page of a story. What stands below it depends on the `turn`: other teasers each time."""
    others = [other for other in shown if other.story.slug != one.story.slug]
    position = [other.story.slug for other in shown].index(one.story.slug)
    also = others[turn % len(others)].story if others and position % LEES_OOK == 1 else None
    return _render(
        f"{layout}/article.html",
        one=one,
        story=one.story,
        title=one.story.headline,
        origin=origin,
        also=also,
        middle=len(one.story.paragraphs) // 2,
        teasers=_teasers(one, others, older, now, turn),
        just_in=shown[:JUST_IN],
        year=now.year,
    )


def _teasers(
    one: Shown, others: Sequence[Shown], older: Sequence[str], now: datetime, turn: int
) -> list[Teaser]:
    """Six of what there is to show, another six each turn, each an hour older than it was."""
    tick = timedelta(hours=turn % 11)
    pool = [
        Teaser(lead=o.story.lead, age=ago(now - o.published + tick), story=o.story)
        for o in others
        if o.story.section == one.story.section
    ]
    pool += [
        Teaser(lead=lead, age=ago(timedelta(hours=9 + number) + tick), story=None)
        for number, lead in enumerate(older)
    ]
    return [pool[(turn + number) % len(pool)] for number in range(min(TEASERS, len(pool)))]


def error(status: HTTPStatus, year: int) -> str:
    """What the site says when it has no page to show."""
    title, text = ERRORS.get(
        status, ("Er ging iets mis", "Probeer het over een paar minuten nog eens.")
    )
    return _render("portal/notice.html", title=title, text=text, just_in=(), year=year)


def service(title: str, year: int) -> str:
    """A page that every portal links and that is no news: weather, contact."""
    text = "Op deze proefsite is hier niets te doen: ze bestaat om feedbot te laten zien."
    return _render("portal/notice.html", title=title, text=text, just_in=(), year=year)


def consent_wall(year: int) -> str:
    """What a site shows to those who have not agreed to anything yet."""
    return _render("consent.html", title="Privacyvoorkeuren", year=year)


def empty_shell() -> str:
    """A page whose content comes by script only."""
    return _render("shell.html")


def picture(slug: str) -> str:
    """A drawing (SVG) that differs per story: sea, sky and a sun."""
    hue = sum(slug.encode()) * 37 % 360
    return _render("picture.svg", hue=hue, sun=80 + hue % 300)


def style() -> str:
    """The style sheet of the site."""
    return _render("style.css")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("feedbot.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _render(template: str, **values: Any) -> str:
    values |= {"site": SITE, "sections": SECTIONS}
    return _templates().get_template(template).render(values)
