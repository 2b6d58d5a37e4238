"""The pages for people: index.html, one page per topic, help.html.

They are whole without their script, which the content security policy admits by its hash.

A file in the folder `templates` next to the configuration replaces the template with the same
name in this package.
"""

from __future__ import annotations

import contextlib
import traceback
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from hashlib import blake2b, sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import PublishError
from ..formats import formats_of
from ..model import Output, SourceRead
from ..web.sanitise import ATTRIBUTES, TAGS, plain_text
from .cards import TopicCard, TopicHeadline, news, sections, size_of
from .entries import GENERATOR, VERSION, Entry
from .subscribing import opening, qr_code, reader_links
from .translations import direction_of, translations_of

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

FOLDER = "templates"
SUFFIXES = {".html", ".css", ".js"}
# What a feed says in a browser: of the words, those that feed.js uses.
FEED_WORDS = (
    "language direction zone months names month moment full_day clock all_topics subscribe how"
    " copy copied open_in what_is find_here nothing_found feed_view updated published read"
    " at_source empty older"
).split()
SIGNATURE = f"<!-- {GENERATOR} {VERSION} -->"


class Month(NamedTuple):
    """A link to an archive on the topic's page."""

    url: str
    name: str


class DayOfEntries(NamedTuple):
    """The entries of one local day on a topic's page, rendered."""

    day: date
    entries: Sequence[str]


class TopicFile(NamedTuple):
    """A feed of a topic as its page offers it."""

    label: str
    name: str
    media_type: str


def topic_headline(entry: Entry) -> TopicHeadline:
    """What the index says of an entry."""
    return TopicHeadline(
        anchor=_anchor(entry),
        title=entry.title,
        source=entry.source,
        language=entry.language,
        published=entry.published,
        updated=entry.updated,
    )


@cache
def _compiled() -> BytecodeCache:
    """What templates were compiled to, for the next renderer: half of the cost of all pages."""
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    known = dict[tuple[str, str], Any]()  # by name and place, and by the text

    class Compiled(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = known.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            known[bucket.key, bucket.checksum] = bucket.code

    return Compiled()


class Pages:
    """Writes HTML. `folder` may hold templates that take the place of feedbot's own.

    Raises PublishError with file and line where a template is wrong.
    """

    def __init__(self, output: Output, folder: Path) -> None:
        self._folder = folder
        self.words = translations_of(output.language, output.timezone)
        self._output = output
        self.digest = self._digest()
        self._cards: dict[str, tuple[object, str]] = {}

    @cached_property
    def _templates(self) -> Environment:
        """Loaded at the first use: mostly, no page is due."""
        templates = self._load_templates()
        script = self._filled(templates, "script.js").strip()
        digest = b64encode(sha256(script.encode()).digest()).decode()
        templates.globals |= {"script": script, "script_hash": f"sha256-{digest}"}
        return templates

    def _load_templates(self) -> Environment:
        from jinja2 import (
            ChoiceLoader,
            Environment,
            FileSystemLoader,
            PackageLoader,
            StrictUndefined,
        )

        loaders = [FileSystemLoader(self._folder), PackageLoader("feedbot.publish", FOLDER)]
        templates = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_compiled(),
        )
        templates.globals |= {
            "output": replace(
                self._output,
                title=plain_text(self._output.title),
                rights=plain_text(self._output.rights or "") or None,
            ),
            "formats": formats_of(self._output.formats),
            "words": self.words,
            "date": self.words.moment_of,
            "direction_of": direction_of,
            "generator": f"{GENERATOR} {VERSION}",
        }
        return templates

    def style(self) -> bytes:
        """style.css, for pages and feeds."""
        return self._render("style.css").encode()

    def feed_view(self) -> bytes:
        """feed.js, which shows feeds as pages."""
        said = {name: getattr(self.words, name) for name in FEED_WORDS}
        allowed = sorted(set[str]().union(*ATTRIBUTES.values()))
        return self._render("feed.js", said=said, tags=sorted(TAGS), attributes=allowed).encode()

    def icon(self) -> bytes:
        """icon.png, of the feeds and of the pages."""
        return files("feedbot.publish").joinpath(FOLDER, "icon.png").read_bytes()

    def entry(self, entry: Entry, *, revised: bool) -> str:
        """An entry as HTML, the same on every topic's page."""
        words = self.words
        foreign = entry.language != words.language
        return self._render(
            "entry.html",
            entry=entry,
            anchor=_anchor(entry),
            html=_lazy(entry.html),
            foreign=foreign,
            direction=direction_of(entry.language) if foreign else "",
            published=words.published.format(time=words.clock_of(entry.published)),
            revised=words.revision(entry.published, entry.updated) if revised else "",
            why=list(self._why(entry)),
            copies=entry.copies if "also" in self._output.explain else (),
            revision=entry.revision if "changed" in self._output.explain else None,
        )

    def _why(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """For each topic of an entry, in words, what put it there."""
        words = self.words
        for label, found in entry.evidence if "why" in self._output.explain else ():
            if found:
                total = words.points.format(points=words.number(sum(e.points for e in found)))
                yield label.name, f"{words.evidence(found)} · {total}"

    def topic(
        self,
        card: TopicCard,
        days: Sequence[DayOfEntries],
        feeds: Sequence[TopicFile],
        archives: Sequence[Month],
    ) -> bytes:
        """The page of a topic, with its archives, newest first."""
        address = self._output.url + feeds[0].name
        return self._page(
            "topic.html",
            topic=card,
            days=days,
            entries=[one for day in days for one in day.entries],
            feeds=feeds,
            archives=archives,
            address=address,
            opening=opening(address),
            readers=list(reader_links(address, self._output.readers)),
            qr=qr_code(address),
        )

    def index(self, cards: Sequence[TopicCard], sources: Sequence[SourceRead]) -> bytes:
        """The page of all topics."""
        today = max((card.day for card in cards if card.day), default=None)
        size = size_of(cards)
        return self._page(
            "index.html",
            topics=cards,
            news=news(cards),
            sections=sections(cards, self.words.other_topics),
            sources=sources,
            size=size,
            card=partial(self._card, today, size),
            short=partial(self._short, today),
        )

    def _card(self, today: date | None, size: str, card: TopicCard) -> str:
        """A topic on the index: rendered once for each version of its card."""
        key = (card, today, size)
        known, html = self._cards.get(card.slug, (None, ""))
        if known != key:
            short = partial(self._short, today)
            html = self._render(
                "card.html", topic=card, size=size, today=today, short=short
            ).rstrip()
            self._cards[card.slug] = key, html
        return html

    def _short(self, today: date | None, at: datetime) -> str:
        """A moment in a list: its time on the newest day, before that its day."""
        words = self.words
        return words.clock_of(at) if words.local(at).date() == today else words.day_of(at)

    def help(self) -> bytes:
        """The page that says what a feed is."""
        return self._page("help.html")

    def moved(self, title: str, slug: str, successor: TopicCard | None) -> bytes:
        """The page of a topic that is gone, which leads to its successor."""
        return self._page("moved.html", title=title, slug=slug, successor=successor)

    def month(self, url: str, at: datetime) -> Month:
        """The link to an archive, in the language of the page."""
        return Month(url=url, name=self.words.month_of(at))

    def _page(self, name: str, **values: object) -> bytes:
        # The signature marks the file as feedbot's, whatever the template contains.
        return f"{self._render(name, **values).rstrip()}\n{SIGNATURE}\n".encode()

    def _render(self, name: str, **values: Any) -> str:
        return self._filled(self._templates, name, **values)

    def _filled(self, templates: Environment, name: str, **values: Any) -> str:
        """A template filled in. Raises PublishError with its file and line if it is wrong."""
        from jinja2 import TemplateNotFound

        if (self._folder / name).is_dir():  # the loader would silently use feedbot's own template
            raise PublishError(f"{self._folder / name}: template: is a folder; move it away")
        try:
            return templates.get_template(name).render(values)
        except Exception as error:  # a template can raise anything
            place = _place_of(error) or str(self._folder / name)
            problem = str(error) or type(error).__name__
            if isinstance(error, TemplateNotFound):
                problem = f"there is no template {error.name}"
            raise PublishError(f"{place}: template: {problem}") from error

    def _digest(self) -> bytes:
        """A digest of all templates."""
        digest = blake2b(digest_size=16)
        own = [one for one in files("feedbot.publish").joinpath(FOLDER).iterdir() if one.is_file()]
        theirs = [one for one in self._folder.glob("*") if one.suffix in SUFFIXES]
        for one in sorted([*own, *theirs], key=lambda one: one.name):
            with contextlib.suppress(OSError):  # reported when the template is used
                digest.update(one.name.encode() + b"\0" + one.read_bytes())
        return digest.digest()


def _place_of(error: Exception) -> str:
    """The template and line where an error happened; "" if it was not in a template."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    at = [one for one in frames if Path(one.filename).suffix in SUFFIXES]
    return f"{at[-1].filename}:{at[-1].lineno}" if at else ""


def _anchor(entry: Entry) -> str:
    return "s" + blake2b(entry.id.encode(), digest_size=6).hexdigest()


def _lazy(html: str) -> str:
    """Makes pictures load lazily and without a Referer, since they are on other sites.

    What is too wide can be scrolled with the keyboard too.
    """
    html = html.replace("<img ", '<img loading="lazy" referrerpolicy="no-referrer" ')
    for name in ("table", "pre"):
        html = html.replace(f"<{name}>", f'<{name} tabindex="0">')
    return html
