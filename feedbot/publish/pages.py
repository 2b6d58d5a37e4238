"""The pages for people: index.html and one page per topic, without scripts.

A file in the folder `templates` beside the configuration takes the place of the template of the
same name in this package.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)

from ..errors import PublishError
from ..model import Output, Topic
from ..web.sanitise import plain_text
from .atom import GENERATOR, VERSION
from .entries import Entry
from .translations import translations_of

FOLDER = "templates"
SUFFIXES = {".html", ".css"}
SHOWN = 3  # headlines of a topic on the index
SIGNATURE = f"<!-- {GENERATOR} {VERSION} -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHeadline:
    """What the index says of an entry."""

    anchor: str  # where it stands on the topic's page
    title: str
    source: str
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard:
    """What the index says of a topic."""

    slug: str
    title: str
    description: str
    entries: int
    headlines: tuple[TopicHeadline, ...]

    @property
    def updated(self) -> datetime | None:
        """When the newest entry changed; None where there is none."""
        return self.headlines[0].updated if self.headlines else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """An archive as the topic's page names it."""

    url: str
    name: str


def topic_card(topic: Topic, entries: int, headlines: Sequence[TopicHeadline]) -> TopicCard:
    """What the index says of a topic with so many entries, the newest of which are named."""
    return TopicCard(
        slug=topic.slug,
        title=plain_text(topic.title or topic.name) or topic.slug,
        description=plain_text(topic.description or ""),
        entries=entries,
        headlines=tuple(headlines[:SHOWN]),
    )


def topic_headline(entry: Entry) -> TopicHeadline:
    """What the index says of an entry."""
    return TopicHeadline(
        anchor=_anchor(entry), title=entry.title, source=entry.source, updated=entry.updated
    )


class Pages:
    """Writes HTML. `folder` may hold templates that take the place of feedbot's own.

    Raises PublishError with file and line where a template is wrong.
    """

    def __init__(self, output: Output, folder: Path) -> None:
        loaders = [FileSystemLoader(folder), PackageLoader("feedbot.publish", FOLDER)]
        self._templates = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._folder = folder
        self._words = translations_of(output.language)
        self._templates.globals |= {
            "output": replace(
                output,
                title=plain_text(output.title),
                rights=plain_text(output.rights or "") or None,
            ),
            "words": self._words,
            "date": self._words.date,
            "generator": f"{GENERATOR} {VERSION}",
        }
        self.digest = self._digest()

    def style(self) -> bytes:
        """style.css, for pages and feeds."""
        return self._render("style.css").encode()

    def entry(self, entry: Entry, *, revised: bool) -> str:
        """An entry as it stands on every topic's page."""
        html = _lazy(entry.html)
        return self._render(
            "entry.html", entry=entry, anchor=_anchor(entry), html=html, revised=revised
        )

    def topic(self, card: TopicCard, entries: Sequence[str], archives: Sequence[Month]) -> bytes:
        """The page of a topic; its archives the newest first."""
        return self._page("topic.html", topic=card, entries=entries, archives=archives)

    def index(self, cards: Sequence[TopicCard]) -> bytes:
        """The page of all topics."""
        return self._page("index.html", topics=cards)

    def month(self, url: str, at: datetime) -> Month:
        """An archive in the words of the page."""
        return Month(url=url, name=self._words.month(at))

    def _page(self, name: str, **values: object) -> bytes:
        # Whatever a template says, the file can be told from one that is not of feedbot's making.
        return f"{self._render(name, **values).rstrip()}\n{SIGNATURE}\n".encode()

    def _render(self, name: str, **values: Any) -> str:
        if (self._folder / name).is_dir():  # the loader would silently take feedbot's own
            raise PublishError(f"{self._folder / name}: template: is a folder; move it away")
        try:
            return self._templates.get_template(name).render(values)
        except Exception as error:  # a template can do anything that Python can
            place = _place_of(error) or str(self._folder / name)
            problem = str(error) or type(error).__name__
            if isinstance(error, TemplateNotFound):
                problem = f"there is no template {error.name}"
            raise PublishError(f"{place}: template: {problem}") from error

    def _digest(self) -> bytes:
        """Changes with any template."""
        digest = blake2b(digest_size=16)
        own = [one for one in files("feedbot.publish").joinpath(FOLDER).iterdir() if one.is_file()]
        theirs = [one for one in self._folder.glob("*") if one.suffix in SUFFIXES]
        for one in sorted([*own, *theirs], key=lambda one: one.name):
            with contextlib.suppress(OSError):  # it is named once it is needed
                digest.update(one.name.encode() + b"\0" + one.read_bytes())
        return digest.digest()


def _place_of(error: Exception) -> str:
    """The template and the line in which an error happened; "" if it was in none."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    at = [one for one in frames if Path(one.filename).suffix in SUFFIXES]
    return f"{at[-1].filename}:{at[-1].lineno}" if at else ""


def _anchor(entry: Entry) -> str:
    return "s" + blake2b(entry.id.encode(), digest_size=6).hexdigest()


def _lazy(html: str) -> str:
    """Pictures of other sites: loaded when they are looked at, and told nothing of the reader."""
    return html.replace("<img ", '<img loading="lazy" referrerpolicy="no-referrer" ')
