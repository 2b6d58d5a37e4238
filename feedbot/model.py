"""The vocabulary: the frozen records that one stage hands to the next. Imports nothing of ours.

    listing ─discover─▶ Link ─fetch─▶ Page ─extract─▶ Article ─fingerprint─▶ Fingerprint
                                                          │                      │
                                      Story ◀─ store ◀─ Decision ◀─── decide ◀───┘
                                        │
                                        └─route─▶ Routing ─publish─▶ feeds

Every datetime is aware and in UTC. Every URL is absolute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, get_args

Verdict = Literal["new", "revised", "duplicate", "unchanged"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Health = Literal["ok", "failing", "silent", "degraded", "new"]
Origin = Literal[
    "json-ld",  # declared for machines
    "meta",
    "time",  # a <time> element
    "visible",  # an absolute date in the text of the page
    "slug",  # a date in the article's URL
    "listing",  # the time that the listing gives
    "relative",  # "4 uur geleden", resolved at first sight
    "first sight",  # nothing else is known: when feedbot saw it first
]
Where = Literal["title", "lead", "body", "section", "source", "article"]


# --- what the operator says -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """The operator's selectors for one source, CSS or XPath; they override everything learnt."""

    links: str | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """How a source is visited."""

    interval: timedelta = timedelta(minutes=15)
    min_interval: timedelta = timedelta(minutes=5)
    max_interval: timedelta = timedelta(hours=4)
    revisit: timedelta = timedelta(hours=1)  # how soon a young story is read again; 0: every poll
    delay: timedelta = timedelta(seconds=1)  # between requests to one host
    timeout: timedelta = timedelta(seconds=30)  # for one whole request
    max_size: int = 5_000_000  # bytes, decompressed
    backfill: int = 3  # pages of a listing that the first visit reads
    robots: bool = True
    contact: str | None = None  # a mailto: or https: URL for the User-Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that is polled."""

    name: str
    urls: tuple[str, ...]
    language: str = "nl"
    timezone: str = "Europe/Amsterdam"
    select: Select = field(default_factory=Select)
    polling: Polling = field(default_factory=Polling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a reader subscribes to. Terms are kept as written; `topics` compiles them.

    A story belongs to it when it matches `any` (at least one) and `all` (each) for at least
    `threshold` points, none of `veto` is a reason against it, and its section and source are
    among those named (an empty tuple names them all).
    """

    name: str
    slug: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()  # "not" in the configuration: blanked before anything is matched
    threshold: float | None = None  # None: the default of `topics`
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where and how the feeds are published."""

    url: str  # where the output will be served; absolute, ends with "/"
    output: str  # a folder, or s3://bucket/prefix
    title: str = "feedbot"
    language: str = "nl"
    entries: int = 100  # a feed holds at least so many, and at least `keep`
    keep: timedelta = timedelta(hours=72)
    entry_size: int = 200_000  # bytes of the text of one entry; what is longer is cut
    authority: str = ""  # of tag URIs (RFC 4151): "example.org" or "example.org,2026"
    author: str | None = None
    rights: str | None = None
    logo: str | None = None
    icon: str | None = None
    hub: str | None = None  # WebSub
    gzip: bool = False  # a compressed copy beside every file, for servers that can send it


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Where Prometheus finds what is measured; None: nowhere."""

    file: str | None = None  # relative to the configuration
    listen: str | None = None  # a loopback address and a port


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Who is told when the health of a source changes."""

    command: str | None = None  # for a shell
    url: str | None = None  # is posted JSON
    feed: bool = False  # health.xml in the output


# --- what the site says -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified of a response, kept verbatim (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of one response. `url` is where they came from in the end, after redirects."""

    url: str
    requested: str
    body: bytes = field(repr=False)
    content_type: str = "text/html"  # the header as it was sent, charset included
    fetched_at: datetime
    validators: Validators = field(default_factory=Validators)
    fresh_until: datetime | None = None  # Cache-Control or Expires; None: nothing is promised
    moved_to: str | None = None  # where a chain of 301 and 308 alone led to


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: the page is what it was when `validators` were given."""

    url: str
    fetched_at: datetime
    validators: Validators
    fresh_until: datetime | None = None
    moved_to: str | None = None  # as of a Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingState:
    """What is remembered of a listing from one visit to the next."""

    validators: Validators = field(default_factory=Validators)  # of the last complete visit
    moved_to: str | None = None  # where 301 or 308 led to
    sightings: int = 0  # how often in a row they led there
    gone: datetime | None = None  # when it said 410
    asked: datetime | None = None  # when the address that is configured was asked last
    listed: tuple[str, ...] = ()  # hashes of what it listed when it was believed last


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What a host asked of us; it holds for every source on the host, and after a restart."""

    not_before: datetime | None = None  # the end of the pause that a 429 asked for
    robots: bytes | None = None  # its robots.txt, b"" where it has none; None: not known
    robots_at: datetime | None = None  # when that was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A moment and how it is known."""

    at: datetime
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a listing says of one article. Title and teaser are "" where it says nothing."""

    url: str
    title: str = ""
    teaser: str = ""
    published: Dated | None = None
    why: str = ""  # one phrase for `preview`: what made it look like an article
    place: str = ""  # where on the listing it stands: the names of the elements around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place and agencies before the lead: "MOSKOU (ANP/AFP) - ". `text` is the exact prefix."""

    text: str
    place: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The picture that goes with an article."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A film or a sound that goes with an article, as a file."""

    url: str
    type: str  # a media type


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The cleaned text of one page, and nothing that merely sits beside it.

    `paragraphs` are the text blocks in reading order, subheads included, each on one line,
    the dateline still before the first. `html` says the same for a feed reader, with the form,
    the pictures and the captions that words alone do not have: sanitised (a fixed point of the
    sanitiser), URLs absolute, no characters that XML forbids.
    """

    url: str  # canonical: rel=canonical or the page's own, without tracking, AMP or mobile forms
    title: str
    paragraphs: tuple[str, ...]
    html: str
    language: str
    dateline: Dateline | None = None
    published: Dated | None = None  # None: the page says nothing that can be believed
    authors: tuple[str, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    sections: tuple[str, ...] = ()  # what the site itself files it under: breadcrumb, JSON-LD
    extracted_by: str = ""  # the step that answered: "select", "learnt", "json-ld", "generic"

    @property
    def lead(self) -> str:
        """The first paragraph without its dateline; "" where there is no text."""
        if not self.paragraphs:
            return ""
        first = self.paragraphs[0]
        return first[len(self.dateline.text) :] if self.dateline else first

    @property
    def text(self) -> str:
        """The whole text, one paragraph after the other."""
        return "\n\n".join(self.paragraphs)


# --- what feedbot makes of it -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Versioned identity of an article's words."""

    version: int
    content: bytes  # 16 bytes over the canonical words of the body; the title is not in it
    title: bytes  # 16 bytes over the canonical words of the title
    words: int  # how many canonical words the body has
    rows: tuple[int, ...] = ()  # the near-duplicate sketch, as it is stored with a story
    query: tuple[int, ...] = ()  # the rows to look up when searching for near duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article with an identity that outlives its URL, its headline and its wording."""

    id: int  # of the store
    tag: str  # the tag URI (RFC 4151) that feeds carry as atom:id; minted once
    source: str
    article: Article
    fingerprint: Fingerprint
    published: Dated  # never moves
    updated: datetime  # moves on a material change only; unique among stories
    first_seen: datetime
    revisions: int = 0
    first: Article | None = None  # as it was first stored; None where that is `article`

    @property
    def versions(self) -> tuple[Article, ...]:
        """What it says now and, where that is something else, what it said first."""
        return (self.article, self.first) if self.first else (self.article,)

    @property
    def pruned(self) -> bool:
        """Whether only the identity is left: the text was older than the store keeps it."""
        return not self.article.paragraphs and self.fingerprint.words > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReference:
    """Where a story stands in the feed of a topic: which version of it, and all its topics.

    Two that are equal look the same in every feed.
    """

    story: int
    updated: datetime
    cosmetic: int  # changes that subscribers were not told of
    topics: tuple[str, ...]  # their slugs


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an article is, seen beside what is known; the store carries it out.

    story     the known story that it belongs to; None if it is new
    replace   whether the story becomes this article, and subscribers are told: `updated` moves
    rewrite   whether the story becomes this article, which is the same one read in more form
    cosmetic  whether the story's own page changed, but not so that anybody need be told
    reason    one phrase for logs
    """

    verdict: Verdict
    story: Story | None = None
    replace: bool = False
    rewrite: bool = False
    cosmetic: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which term matched where, how often, and what that was worth.

    Points stop at the cap of a place, so many matches may be worth no more than a few.
    """

    term: str  # as the topic or the country table writes it
    where: Where
    count: int
    points: float
    rule: str = ""  # the topic's term that stands for it, such as country:RU; "" if it is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """How one article stands to one topic. Present also for topics that it just missed."""

    topic: str  # the slug
    score: float
    threshold: float
    routed: bool
    evidence: tuple[Evidence, ...] = ()
    blanked: tuple[str, ...] = ()  # excluded phrases that were taken out before matching
    lacking: tuple[str, ...] = ()  # conditions that no number of points makes up for


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One page that cost only itself."""

    url: str
    step: Literal["fetch", "extract"]
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one poll of one source did."""

    source: str
    status: Literal["ok", "unchanged", "failed"]
    verdicts: tuple[tuple[str, str, Verdict], ...] = ()  # URL, title, verdict
    failures: tuple[Failure, ...] = ()
    error: str | None = None  # why the source itself failed
    requests: int = 0

    def count(self, verdict: str) -> int:
        """How many articles got this verdict."""
        return sum(1 for _, _, given in self.verdicts if given == verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChange:
    """When a source came to be as it is, and the evidence."""

    source: str
    at: datetime
    health: Health
    evidence: str
