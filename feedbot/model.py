"""The frozen records that one stage hands to the next. Imports nothing else of feedbot.

    listing ─discover─▶ Link ─fetch─▶ Page ─extract─▶ Article ─fingerprint─▶ Fingerprint
                                                          │                      │
                                      Story ◀─ store ◀─ Decision ◀─── decide ◀───┘
                                        │
                                        └─route─▶ Routing ─publish─▶ feeds

Every datetime is aware, in UTC. Every URL is absolute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, get_args

Verdict = Literal["new", "revised", "duplicate", "unchanged"]
# The date in tag URIs (RFC 4151) whose authority names none. Part of every id: it never changes.
TAG_DATE = "2026"
LISTING = "listing"  # in `Link.by` and `Page.given_by`: the article stands whole on its listing

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Health = Literal["ok", "failing", "silent", "degraded", "new"]
Origin = Literal[
    "json-ld",  # declared for machines
    "meta",
    "time",  # a <time> element
    "visible",  # an absolute date in the text of the page
    "slug",  # a date in the article's URL
    "listing",  # the time on the listing
    "relative",  # "4 uur geleden", resolved when first seen
    "first sight",  # nothing else is known: when feedbot first saw the article
]
Where = Literal["title", "dateline", "opening", "lead", "body", "section", "source", "article"]


# --- configuration ----------------------------------------------------------------------------


class Select(NamedTuple):
    """The operator's selectors for one source, CSS or XPath; they override what was learnt."""

    links: str | None = None
    items: str | None = None
    title: str | None = None
    body: str | None = None
    published: str | None = None
    drop: tuple[str, ...] = ()


class JsonPaths(NamedTuple):
    """Where the articles are in JSON: keys with dots between, or JSONPath. "" is the whole."""

    url: str
    items: str = ""
    title: str | None = None
    text: str | None = None
    published: str | None = None
    author: str | None = None
    section: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """What a site wants to see: a user with a password, or a bearer token where that is set."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """How a source is visited. Headers, auth and the proxy may hold secrets."""

    interval: timedelta = timedelta(minutes=15)
    min_interval: timedelta = timedelta(minutes=5)
    max_interval: timedelta = timedelta(hours=4)
    revisit: timedelta = timedelta(hours=1)  # until a young story is read again; 0: at every poll
    delay: timedelta = timedelta(seconds=1)  # between requests to one host
    timeout: timedelta = timedelta(seconds=30)  # of one whole request
    max_size: int = 5_000_000  # bytes, decompressed
    backfill: int = 3  # pages of a listing that the first visit follows
    robots: bool = True
    contact: str | None = None  # a mailto:, http: or https: URL for the User-Agent
    user_agent: str | None = None  # None: feedbot's own
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # for its own servers
    auth: Auth | None = None  # likewise
    proxy: str | None = field(default=None, repr=False)  # a URL, or "direct"; None: environment
    ca: str | None = None  # a file of further certificates
    enabled: bool = True
    render: Literal["auto"] | bool = False  # whether a browser renders pages without text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that is polled."""

    name: str
    urls: tuple[str, ...]
    language: str = "nl"
    timezone: str = "Europe/Amsterdam"
    select: Select = field(default_factory=Select)
    polling: Polling = field(default_factory=Polling)
    logins: tuple[tuple[str, Auth], ...] = ()  # those that its URLs held, by these URLs
    json: JsonPaths | None = None  # where the articles are, if its URLs answer with JSON
    wordpress: bool = True  # whether an API that WordPress announces is used


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a reader subscribes to. Terms are kept as written; `topics` compiles them.

    A story is in the topic if it matches at least one of `any` and each of `all`, has at least
    `threshold` points, is not excluded by `veto`, and is from one of `sections` and `sources` (an
    empty tuple allows all).
    """

    name: str
    slug: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()  # "not" in the configuration: removed before matching
    threshold: float | None = None  # None: the default of `topics`
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    title: str | None = None
    description: str | None = None
    group: str | None = None  # the heading under which the index lists it
    digest: Literal["daily", "weekly"] | None = None  # a second feed, with one entry a day or week
    was: tuple[str, ...] = ()  # slugs that it had before


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where and how the feeds are published."""

    url: str  # where the output will be served; absolute, ends with "/"
    output: str  # a folder, or s3://bucket/prefix
    title: str = "feedbot"
    language: str = "nl"
    entries: int = 100  # a feed has at least this many, and goes back at least `keep`
    keep: timedelta = timedelta(hours=72)
    entry_size: int = 200_000  # bytes of HTML in one entry; a longer text is cut
    authority: str = ""  # of tag URIs (RFC 4151): "example.org" or "example.org,2026"
    author: str | None = None
    rights: str | None = None
    logo: str | None = None
    icon: str | None = None
    hub: str | None = None  # WebSub
    formats: tuple[str, ...] = ("atom", "json")  # names in `formats.FORMATS`
    gzip: bool = False  # a compressed copy beside every file, for servers that can send it
    timezone: str | None = None  # of the times on pages; None: that of the language's home
    index: bool = False  # whether search engines are invited
    explain: tuple[str, ...] = ("why", "also", "changed")  # what entries on pages explain
    also: bool = True  # whether entries of the feeds end with a line that names the copies
    readers: tuple[str, ...] = ("feedly", "inoreader")  # that pages offer; or addresses with {url}


class Metrics(NamedTuple):
    """Where metrics for Prometheus are written; None: nowhere."""

    file: str | None = None  # relative to the configuration file
    listen: str | None = None  # a loopback address and a port


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The pages for the person who runs feedbot; without `listen`, `run` does not serve them."""

    listen: str | None = None  # an address and a port
    url: str | None = None  # where a proxy serves it; ends with "/"
    password: str | None = field(default=None, repr=False)  # hashed, see `config.passwords`
    read_only: bool = False


class Alerts(NamedTuple):
    """What happens when the health of a source changes."""

    command: str | None = None  # run by a shell
    url: str | None = None  # receives a JSON POST
    feed: bool = False  # health.xml in the output


# --- what a site sends ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified of a response, kept verbatim (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The body of one response. `url` is the final one, after redirects."""

    url: str
    requested: str
    body: bytes = field(repr=False)
    content_type: str = "text/html"  # the header as sent, charset included
    fetched_at: datetime
    validators: Validators = field(default_factory=Validators)
    fresh_until: datetime | None = None  # Cache-Control or Expires; None: neither is given
    moved_to: str | None = None  # where a chain of only 301 and 308 led
    given_by: str = ""  # what gave the text where it is not the page's own: "feed", "json" …


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: the page has not changed since it had these `validators`."""

    url: str
    fetched_at: datetime
    validators: Validators
    fresh_until: datetime | None = None
    moved_to: str | None = None  # as in Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingState:
    """What is stored about a listing from one visit to the next."""

    validators: Validators = field(default_factory=Validators)  # of the last complete visit
    moved_to: str | None = None  # where 301 or 308 led
    sightings: int = 0  # how many times in a row they led there
    gone: datetime | None = None  # when it answered 410
    not_before: datetime | None = None  # the end of the pause that a 503 asked for
    asked: datetime | None = None  # the last request to the configured address
    listed: tuple[str, ...] = ()  # hashes of the articles on it when it was last accepted


class HostState(NamedTuple):
    """What a host asked for; applies to every source on it, also after a restart."""

    not_before: datetime | None = None  # the end of the pause that a 429 asked for
    robots: bytes | None = None  # its robots.txt, b"" if it has none; None: not known
    robots_at: datetime | None = None  # when it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A moment, and where it comes from."""

    at: datetime
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a listing says about one article. Title and teaser may be ""."""

    url: str
    title: str = ""
    teaser: str = ""
    published: Dated | None = None
    why: str = ""  # one phrase for `preview`: what made it look like an article
    content: str = field(default="", repr=False)  # HTML: the text that the listing itself gives
    # What gives it instead of the page, which need not be read: "json", "wordpress", "listing".
    by: str = ""
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    place: str = ""  # its position on the listing: the names of the elements around it
    language: str = ""  # of the listing that gives the text; "" if it is not known

    @property
    def is_notice(self) -> bool:
        """Whether the article stands whole on its listing, and has no page of its own."""
        return self.by == LISTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place and agencies before the lead: "MOSKOU (ANP/AFP) - ". `text` is the exact prefix."""

    text: str
    place: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The main picture of an article."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A video or audio file of an article."""

    url: str
    type: str  # a media type


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where a page says what is known of its article; "" where it says nothing.

    title      "select", "h1", "json-ld", "og:title", "title", "listing" or "line" (listed, too)
    authors    "json-ld", "meta", "byline" (markup says so), "visible" or "microdata"
    image      "json-ld", "meta" or "figure"
    language   "text" (its words tell), "page" (it is declared) or "source" (it is configured)
    text       "3 pages" of its parts, or "single-page view"; "" for the page itself
    """

    title: str = ""
    authors: str = ""
    image: str = ""
    language: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The article of one page, without anything around it.

    `paragraphs` are the text blocks in reading order, subheadings included, each on one line; the
    first still has its dateline. `html` is the same text for a feed reader, with its markup,
    pictures and captions: sanitised (a fixed point of the sanitiser), with absolute URLs, and
    without characters that XML forbids.
    """

    url: str  # rel=canonical or the page's own, without tracking parameters, AMP or mobile forms
    title: str
    paragraphs: tuple[str, ...]
    html: str
    language: str
    dateline: Dateline | None = None
    published: Dated | None = None  # None: the page has no credible date
    authors: tuple[str, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    sections: tuple[str, ...] = ()  # the site's own sections: breadcrumb, JSON-LD
    # The step that answered: "select", "learnt", "generic"; or where the text was found beside what
    # readers see: "json-ld", "embedded", "feed", "json", "wordpress"; or "listing".
    extracted_by: str = ""
    origins: Origins = field(default=Origins(), compare=False)

    @property
    def lead(self) -> str:
        """The first paragraph without its dateline; "" if there is no text."""
        if not self.paragraphs:
            return ""
        first = self.paragraphs[0]
        return first[len(self.dateline.text) :] if self.dateline else first

    @property
    def text(self) -> str:
        """The whole text, with empty lines between paragraphs."""
        return "\n\n".join(self.paragraphs)


class PageText(NamedTuple):
    """The blocks of a page, or those of them that are not its story's; the oldest first.

    digest  of all that the page says, headline included
    blocks  their hashes, see `web.blocks`
    """

    digest: int
    blocks: tuple[int, ...]


# --- what feedbot concludes -------------------------------------------------------------------


class Fingerprint(NamedTuple):
    """Versioned identity of an article's words."""

    version: int
    content: bytes  # 16-byte hash of the canonical words of the body, without the title
    title: bytes  # 16-byte hash of the canonical words of the title
    words: int  # number of canonical words in the body
    rows: tuple[int, ...] = ()  # the near-duplicate sketch that is stored with a story
    query: tuple[int, ...] = ()  # the rows to look up when searching for near duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which term matched where, how often, and for how many points.

    Each place has a cap, so many matches may earn no more points than a few.
    """

    term: str  # as the topic or the country table writes it
    where: Where
    count: int
    points: float
    rule: str = ""  # the topic's term behind it, such as country:RU; "" if it is the same


class Copy(NamedTuple):
    """Another page with the words of a story."""

    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """One place that reads otherwise; `before` and `after` are the words around it."""

    before: str
    old: str
    new: str
    after: str


class Revision(NamedTuple):
    """What a site changed in a story at one time."""

    old_title: str  # "" if the headline is the same
    changes: tuple[WordChange, ...]


class Background(NamedTuple):
    """What else is known of a story: why it is in its topics, its copies, its last revision."""

    evidence: Mapping[str, tuple[Evidence, ...]]  # by the slug of the topic
    copies: tuple[Copy, ...] = ()
    revision: Revision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article with an identity that survives changes to its URL, headline and wording."""

    id: int  # in the store
    tag: str  # the tag URI (RFC 4151) that is its atom:id; created once
    source: str
    article: Article
    fingerprint: Fingerprint
    published: Dated  # never changes
    updated: datetime  # changes only with a material change; unique among stories
    first_seen: datetime
    revisions: int = 0
    first: Article | None = None  # as first stored; None if that is `article`
    background: Background | None = None  # None unless it was read to be published
    also: tuple[str, ...] = ()  # the other sources that list it, if it was read to be routed

    @property
    def versions(self) -> tuple[Article, ...]:
        """The current article and, if it differs, the first one."""
        return (self.article, self.first) if self.first else (self.article,)

    @property
    def pruned(self) -> bool:
        """Whether only the identity is left, since the text was older than [store] keep."""
        return not self.article.paragraphs and self.fingerprint.words > 0


class SourceRead(NamedTuple):
    """A source as the pages name it, without secrets, and when it was last read; None: never."""

    name: str
    url: str
    at: datetime | None


class EntryReference(NamedTuple):
    """A version of a story as an entry of a feed, with all topics of the story.

    Equal references give equal entries in every feed.
    """

    story: int
    updated: datetime
    cosmetic: int  # the number of changes that did not move `updated`
    topics: tuple[str, ...]  # their slugs


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an article is, compared with known stories. The store carries it out.

    story     the known story that it belongs to; None if it is new
    replace   whether the story gets this article and a later `updated`
    rewrite   whether the story gets this article, which is the same one with more markup
    cosmetic  whether the story's own page changed too little to move `updated`
    reason    one phrase for logs
    """

    verdict: Verdict
    story: Story | None = None
    replace: bool = False
    rewrite: bool = False
    cosmetic: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """How well one article matches one topic; also for topics that it just missed."""

    topic: str  # the slug
    score: float
    threshold: float
    routed: bool
    evidence: tuple[Evidence, ...] = ()
    blanked: tuple[str, ...] = ()  # excluded phrases that were removed before matching
    lacking: tuple[str, ...] = ()  # unmet conditions, which no number of points can replace


class Failure(NamedTuple):
    """One page that failed; the others are not affected."""

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
    left: int = 0  # articles that are left unread, for the next poll

    def count(self, verdict: str) -> int:
        """How many articles got this verdict."""
        return sum(1 for _, _, given in self.verdicts if given == verdict)


class HealthChange(NamedTuple):
    """A change in the health of a source, with the evidence."""

    source: str
    at: datetime
    health: Health
    evidence: str
