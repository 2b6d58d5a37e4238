"""One story as an entry: the values that the Atom feed, the JSON feed and the page share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ..model import TAG_DATE, Article, Copy, Enclosure, Evidence, Output, Revision, Story, Topic
from ..web.sanitise import absolute_urls, plain_text, shortened
from .translations import translations_of

GENERATOR = "feedbot"
EMPTY = datetime(2026, 1, 1, tzinfo=UTC)  # `updated` of a feed without entries: any that is valid
VERSION = version("feedbot")
# ISO 639-1: validators know no others, and pages call their language anything.
LANGUAGES = set(
    "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy"
    " da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht"
    " hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky"
    " la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny"
    " oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss"
    " st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo"
    " za zh zu".split()
)
TITLE_FROM_LEAD = 80  # characters of the lead that serve as the title of an article without one
# "Dear all,", "Source:", an address: they tell nothing of what follows.
UNTELLING = re.compile(r"^(?:.{0,40}[,:，：]\s*|(?:https?://|www\.)\S+)$", re.DOTALL)
# A text that so begins. What a figure holds is taken once: there may be a hundred of them.
HEADED = re.compile(r"(?:<figure>(?:(?!</figure>).)*+</figure>\s*)*+<h\d", re.DOTALL)
# By suffix. The standard library's table depends on the machine and lacks webp.
IMAGE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


class Label(NamedTuple):
    """A topic in an entry's categories."""

    slug: str
    name: str


class FeedContext(NamedTuple):
    """What every entry of one output has in common."""

    url: str
    authority: str
    language: str
    labels: tuple[Label, ...]
    entry_size: int  # bytes of HTML
    read_on: str  # "Read on at {source}", in the language of the output
    author: str  # who publishes the feeds
    view: str  # what a feed says of itself in a browser
    also: str  # "Also at", in the language of the output; "" if feeds do not say so

    def tag(self, kind: str, name: str) -> str:
        """A tag URI (RFC 4151) for a topic, a source, or another object of this output."""
        authority = self.authority or urlsplit(self.url).hostname or "localhost"
        dated = authority if "," in authority else f"{authority},{TAG_DATE}"
        return f"tag:{dated.lower()}:{kind}/{quote(name, safe='')}"


class Feed(NamedTuple):
    """The current feed of a topic, whatever its format."""

    topic: Topic
    entries: Sequence[bytes]  # as the format writes them, in the order of the feed
    updated: datetime | None  # when the newest entry changed; None without entries
    output: Output
    context: FeedContext
    newest_archive: str | None  # the name of its file
    farewell: str = ""  # what the last entry says once the topic is gone, and no more will come
    successor: str = ""  # the slug of the topic that goes on in its place

    @property
    def title(self) -> str:
        """The title of the topic, as plain text."""
        return title_of(self.topic)

    @property
    def description(self) -> str:
        """What the topic is about, as plain text; "" where nothing is said."""
        return plain_text(self.topic.description or "")

    @property
    def author(self) -> str:
        """Who publishes the feed; "" where nobody is named."""
        return plain_text(self.output.author or self.output.title)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.farewell)

    @property
    def view(self) -> tuple[str, str]:
        """What browsers show first: a page to go to, and what to say of it."""
        if self.is_over:
            return (f"{self.successor}.html" if self.successor else "index.html"), self.farewell
        return f"{self.topic.slug}.html", self.context.view

    def url(self, suffix: str) -> str:
        """Where a file of the topic is served."""
        return f"{self.output.url}{self.topic.slug}.{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story, ready for any format. All text is plain except `html` and `content`.

    html      the article
    content   the same for a feed, which names the copies in its last line
    evidence  why it is in each of its topics
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    content: str
    language: str
    authors: tuple[str, ...]
    labels: tuple[Label, ...]
    image: str | None
    image_type: str | None  # None if the URL does not say
    enclosures: tuple[Enclosure, ...]
    published: datetime
    updated: datetime
    source: str
    source_id: str
    source_url: str
    evidence: Sequence[tuple[Label, Sequence[Evidence]]]
    copies: Sequence[Copy]
    revision: Revision | None


def feed_context(output: Output, topics: tuple[Topic, ...]) -> FeedContext:
    """What the entries of this output have in common."""
    words = translations_of(output.language)
    return FeedContext(
        url=output.url,
        authority=output.authority,
        language=output.language,
        labels=tuple(Label(topic.slug, plain_text(topic.name) or topic.slug) for topic in topics),
        entry_size=output.entry_size,
        read_on=words.read_on,
        author=plain_text(output.author or output.title) or "feedbot",
        view=words.feed_view,
        also=words.also if output.also else "",
    )


def title_of(topic: Topic) -> str:
    """What a topic is called, as plain text."""
    return plain_text(topic.title or topic.name) or topic.slug


def entry_of(story: Story, slugs: tuple[str, ...], context: FeedContext) -> Entry:
    """The entry for a story that is filed under the topics `slugs`."""
    article = story.article
    source = plain_text(story.source) or "-"
    image = absolute_urls(article.image.url, article.url) if article.image else None
    # If `published` is after the last change, the site's clock is wrong.
    published = min(story.published.at, story.updated)
    parts = urlsplit(article.url)
    url = absolute_urls(article.url, context.url) or context.url
    html = _bounded(article.html, url, source, context)
    labels = tuple(label for label in context.labels if label.slug in slugs)
    copies, known = tuple(_copies(story)), story.background
    return Entry(
        id=story.tag,
        url=url,
        title=_title(article, source),
        summary=_summary(article),
        html=html,
        content=html + _also_line(copies, context),
        language=_language(article.language, context.language),
        authors=_authors(article) or (source,),
        labels=labels,
        image=image,
        image_type=_image_type(image),
        enclosures=tuple(_enclosures(article)),
        published=published,
        updated=story.updated,
        source=source,
        source_id=context.tag("source", source.lower()),
        source_url=absolute_urls(f"{parts.scheme}://{parts.netloc}/", context.url) or context.url,
        evidence=_evidence(story, labels),
        copies=copies,
        revision=known.revision if known else None,
    )


def _evidence(story: Story, labels: Sequence[Label]) -> Sequence[tuple[Label, Sequence[Evidence]]]:
    known = story.background.evidence if story.background else {}
    return [(label, known.get(label.slug, ())) for label in labels]


def _copies(story: Story) -> Iterator[Copy]:
    """The copies that can be named and followed."""
    for one in story.background.copies if story.background else ():
        if url := absolute_urls(one.url, story.article.url):
            yield Copy(source=plain_text(one.source) or "-", url=url)


def _also_line(copies: Sequence[Copy], context: FeedContext) -> str:
    """The last line of an entry in a feed, which names the copies; "" without any."""
    if not copies or not context.also:
        return ""
    links = [f'<a href="{escape(one.url)}">{escape(one.source)}</a>' for one in copies]
    return f"\n<p><small>{escape(context.also)} {', '.join(links)}</small></p>"


def _title(article: Article, source: str) -> str:
    title = plain_text(article.title)
    if title:
        return title
    lead = plain_text(article.lead)
    short = lead[:TITLE_FROM_LEAD].rsplit(" ", 1)[0] + " …"
    return (lead if len(lead) <= TITLE_FROM_LEAD else short) or source


def _summary(article: Article) -> str:
    """The first paragraph; the second where that greets, announces, heads it, or is an address."""
    lead = plain_text(article.lead)
    if not (UNTELLING.search(lead) or HEADED.match(article.html)):
        return lead
    return next(map(plain_text, article.paragraphs[1:2]), lead)


def _authors(article: Article) -> tuple[str, ...]:
    """The named authors, otherwise the agencies of the dateline: "ANP/AFP"."""
    names = [plain_text(name) for name in article.authors]
    if not any(names) and article.dateline:
        names = [plain_text("/".join(article.dateline.agencies))]
    return tuple(dict.fromkeys(name for name in names if name))


def _language(given: str, default: str) -> str:
    language, *_ = given.split("-")
    known = language in LANGUAGES and re.fullmatch(r"[a-z]{2}(-[A-Za-z0-9]{2,8})*", given)
    return given if known else default


def _bounded(html: str, url: str, source: str, context: FeedContext) -> str:
    """The text of an entry; the beginning of a very long one, and a link to the rest."""
    if len(html.encode()) <= context.entry_size:
        return html
    link = f'<a href="{escape(url)}">{escape(context.read_on.format(source=source))}</a>'
    return f"{shortened(html, context.entry_size)}\n<p>{link}</p>"


def _enclosures(article: Article) -> Iterator[Enclosure]:
    for one in article.enclosures:
        if url := absolute_urls(one.url, article.url):
            yield replace(one, url=url)


def _image_type(image: str | None) -> str | None:
    ending = urlsplit(image or "").path.rpartition(".")[2]
    return IMAGE_TYPES.get(ending.lower())
