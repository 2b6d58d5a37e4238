"""What one visit works with, and what its steps hand to one another: frozen records.

Only `Limits` changes during a visit.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ..config.rules import Rules
from ..errors import Cancelled, FetchError, NotAnArticle, Postponed, ReadError
from ..events import Progress, unwatched
from ..fetch import Fetcher
from ..fetch.browser import PageRenderer
from ..model import Article, Fingerprint, Link, ListingState, NotModified, Page, Source, Verdict
from ..read.reader import Reader
from ..read.results import FORM, ListingPage, PageResult, Taught
from ..read.site_model import ApiState, SiteModel
from ..store import KnownPage, Store
from ..web.urls import host_of, story_key, url_key

PageError = FetchError | NotAnArticle | ReadError
Saved = tuple[str, str, Verdict]  # URL, title, and what became of the article


@dataclass(slots=True, kw_only=True)
class Tools:
    """What every poll works with; shared by the threads that poll.

    A new configuration changes `rules` and `authority` while polls are under way.
    """

    store: Store
    fetcher: Fetcher
    reader: Reader
    rules: Rules
    authority: str
    clock: Callable[[], datetime]
    renderer: PageRenderer | None = None  # None: no page is rendered
    progress: Progress = unwatched  # called with the articles (newly done, newly found)


@dataclass(slots=True, kw_only=True)
class Limits:
    """What ends a visit early.

    began    when it began, in monotonic seconds
    stopped  whether feedbot is shutting down
    paused   until when the host of the source wants to be left alone; None if it does not
    """

    began: float = field(default_factory=time.monotonic)
    stopped: bool = False
    paused: datetime | None = None

    @property
    def lasted(self) -> float:
        """Seconds since the visit began."""
        return time.monotonic() - self.began

    def heed(self, error: FetchError, source: Source) -> None:
        """Notes what an error means for the rest of the visit: a 429 holds for the whole host."""
        if isinstance(error, Cancelled):
            self.stopped = True
        elif error.status == 429 and error.retry_at and host_of(error.url) in _hosts_of(source):
            self.paused = max(error.retry_at, self.paused or error.retry_at)


def _hosts_of(source: Source) -> set[str]:
    return {host_of(url) for url in source.urls}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to one source.

    rules    those by which its pages are routed while they are read; None if they are not
    """

    source: Source
    now: datetime
    rules: Rules | None = None
    limits: Limits = field(default_factory=Limits)


# --- listings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One listing, as this visit found it.

    state       what is remembered of it
    asked       the address that was asked last: its own, or the one that it has moved to
    parts       what it lists itself, and what the pages list that it leads to
    incomplete  whether something that it leads to could not be read
    gone        since when it has answered 410; None if it has not
    api         how the API did that it announces; None if it was not read
    """

    url: str
    state: ListingState
    asked: str = ""
    page: Page | NotModified | None = None
    parts: tuple[ListingPage, ...] = ()
    incomplete: bool = False
    error: FetchError | None = None
    gone: datetime | None = None
    api: ApiState | None = None

    @property
    def links(self) -> list[Link]:
        """What it lists, in its order."""
        return [link for part in self.parts for link in part.links]


def _says(link: Link) -> tuple[bool, bool, bool]:
    """What a link says of its article: its text, when it was published, how it begins."""
    return bool(link.by or link.content), link.published is not None, bool(link.teaser)


@dataclass(frozen=True, kw_only=True)
class Listings:
    """All listings of a source; what follows from all of them is computed once."""

    all: tuple[Listing, ...]

    def __iter__(self) -> Iterator[Listing]:
        return iter(self.all)

    @cached_property
    def links(self) -> dict[str, Link]:
        """Everything that is listed, by URL key: of a page that is listed twice the link that says
        more, else the last.
        """
        found: dict[str, Link] = {}
        for link in (link for listing in self.all for link in listing.links):
            before = found.setdefault(story_key(link.url), link)
            if _says(link) >= _says(before):
                found[story_key(link.url)] = link
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """The URL keys of all addresses where the source lists articles."""
        own = [listing.url for listing in self.all]
        answered = [listing.page.url for listing in self.all if isinstance(listing.page, Page)]
        moved = [listing.state.moved_to for listing in self.all if listing.state.moved_to]
        others = [url for listing in self.all for part in listing.parts for url in part.others]
        return frozenset(map(url_key, [*own, *answered, *moved, *others]))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The URL keys of all articles; none where not all listings were read anew and whole."""
        whole = all(listing.links and not listing.incomplete for listing in self.all)
        return frozenset(self.links) if whole else frozenset()

    @property
    def taught(self) -> Taught:
        """What the listings teach about the site."""
        return [(part.lesson, part.links) for listing in self.all for part in listing.parts]

    @property
    def errors(self) -> list[FetchError]:
        """Why listings could not be read."""
        return [listing.error for listing in self.all if listing.error]


# --- pages of articles ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVisit:
    """One article's page, as far as this visit has come with it.

    known   what earlier visits know of it; None at first sight
    parts   further pages of its article, in order; its single-page view is the first of them
    found   what it turned out to be; None if it was not read
    """

    url_key: str
    link: Link
    known: KnownPage | None
    page: Page | NotModified | None = None
    parts: tuple[Page, ...] = ()
    found: PageResult | None = None
    error: PageError | None = None

    @property
    def article(self) -> Article | None:
        """The article that was found on it."""
        return self.found.article if self.found else None

    @property
    def is_outdated(self) -> bool:
        """Whether it was read otherwise than it is now, by an older feedbot or other settings."""
        return self.known is not None and self.known.form < FORM

    @property
    def is_first_look(self) -> bool:
        """Whether nobody has tried to read it yet."""
        return self.known is None or self.known.is_untried

    @property
    def has_story(self) -> bool:
        """Whether it led to a story when it was last read."""
        return self.known is not None and self.known.story is not None

    @property
    def answered_at(self) -> str:
        """The URL that answered, after redirects; its own if nothing new was said."""
        return self.page.url if isinstance(self.page, Page) else self.link.url

    @property
    def is_elsewhere(self) -> bool:
        """Whether another page answered than was asked for."""
        if not isinstance(self.page, Page) or self.page.given_by:
            return False
        return url_key(self.page.url) != self.url_key

    @property
    def goes_on(self) -> bool:
        """Whether its article continues on a page that is not fetched yet."""
        return self.error is None and self.found is not None and self.found.onward != ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of a visit: those `chosen` for it, and those `postponed` to the next one."""

    chosen: tuple[PageVisit, ...] = ()
    postponed: tuple[PageVisit, ...] = ()

    @property
    def unread(self) -> list[PageVisit]:
        """Those that were fetched, but not read yet."""
        return [
            page_visit
            for page_visit in self.chosen
            if isinstance(page_visit.page, Page) and not page_visit.error
        ]

    @property
    def unfinished(self) -> list[PageVisit]:
        """Those whose articles continue on pages that are not fetched yet."""
        return [page_visit for page_visit in self.chosen if page_visit.goes_on]

    @property
    def late(self) -> list[PageVisit]:
        """Those for which there was no time."""
        return [page_visit for page_visit in self.chosen if isinstance(page_visit.error, Postponed)]

    @property
    def waiting(self) -> list[PageVisit]:
        """The postponed ones that nobody has tried to read yet, for which the next visit hurries.

        What is only read again can wait: it may be due at every visit.
        """
        return [page_visit for page_visit in self.postponed if page_visit.is_first_look]

    @property
    def articles(self) -> list[Article]:
        """The articles that were found."""
        return [page_visit.article for page_visit in self.chosen if page_visit.article]

    @property
    def fingerprints(self) -> list[Fingerprint]:
        """The fingerprints of the articles that were found."""
        return [
            page_visit.found.fingerprint
            for page_visit in self.chosen
            if page_visit.found and page_visit.found.fingerprint
        ]

    @property
    def errors(self) -> list[PageError]:
        """Why pages gave no article."""
        return [page_visit.error for page_visit in self.chosen if page_visit.error]

    def replace(self, changed: Iterable[PageVisit]) -> Pages:
        """The same with some of the chosen pages as they are now, each known by its URL key."""
        now = {page_visit.url_key: page_visit for page_visit in changed}
        return dataclasses.replace(
            self,
            chosen=tuple(now.get(page_visit.url_key, page_visit) for page_visit in self.chosen),
        )

    def postpone(self, some: Iterable[PageVisit]) -> Pages:
        """The same with some of the chosen pages left for the next visit."""
        left = {page_visit.url_key: page_visit for page_visit in some}
        return Pages(
            chosen=tuple(
                page_visit for page_visit in self.chosen if page_visit.url_key not in left
            ),
            postponed=(*left.values(), *self.postponed),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that a visit found, to be saved at once.

    site   what is known of the site by now
    """

    listings: Listings
    pages: Pages = field(default_factory=Pages)
    site: SiteModel = field(default_factory=SiteModel)
