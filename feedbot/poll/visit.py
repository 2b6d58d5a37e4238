"""What one visit works with, and what it has found so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ..errors import FetchError, NotAnArticle, ReadError
from ..events import Progress, unwatched
from ..fetch import Fetcher
from ..model import Link, ListingState, NotModified, Page, Source
from ..read.reader import Reader
from ..read.results import FORM, ListingPage, PageResult
from ..read.site_model import SiteModel
from ..store import KnownPage, Store
from ..topics import Router
from ..web.urls import host_of, url_key


@dataclass(slots=True, kw_only=True)
class Tools:
    """What every poll works with; shared by the threads that poll.

    A new configuration changes `router` and `authority` while polls are under way.
    """

    store: Store
    fetcher: Fetcher
    reader: Reader
    router: Router
    authority: str
    clock: Callable[[], datetime]
    progress: Progress = unwatched  # told of articles: more done, more found


@dataclass(slots=True, kw_only=True)
class Listing:
    """One listing, as this visit found it."""

    url: str
    note: ListingState  # what was remembered of it; once the visit is saved, what is now
    asked: str = ""  # the address that answered: its own, or where it has moved to
    page: Page | NotModified | None = None
    parts: list[ListingPage] = field(default_factory=list)  # itself, and where it led on
    incomplete: bool = False  # something that it leads to could not be read
    error: FetchError | None = None
    gone: datetime | None = None  # since when it has said 410

    @property
    def links(self) -> list[Link]:
        """What it lists, in its order."""
        return [link for part in self.parts for link in part.links]


@dataclass(slots=True, kw_only=True)
class PageVisit:
    """One article's page, as far as this visit has come with it."""

    url_key: str
    link: Link
    known: KnownPage | None
    page: Page | NotModified | None = None
    parts: tuple[Page, ...] = ()  # on which its article goes on
    found: PageResult | None = None
    error: FetchError | NotAnArticle | ReadError | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether an older feedbot has read it, and gave its article less form."""
        return self.known is not None and self.known.form < FORM


@dataclass(kw_only=True)
class Visit:
    """Everything that one visit has found, before it is saved.

    What it says of all listings is computed once, when they have been read.
    """

    source: Source
    now: datetime
    listings: list[Listing]
    readings: list[PageVisit] = field(default_factory=list)
    postponed: list[PageVisit] = field(default_factory=list)
    site: SiteModel = field(default_factory=SiteModel)
    router: Router | None = None  # by which the pages were routed
    stopped: bool = False
    paused: datetime | None = None  # until then its host wants to be left alone
    began: float = field(default_factory=time.monotonic)

    @property
    def lasted(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    def heed(self, error: FetchError) -> None:
        """What an error means for the rest of the visit: a 429 holds for the whole host."""
        hosts = {host_of(url) for url in self.source.urls}
        if error.status == 429 and error.retry_at and host_of(error.url) in hosts:
            self.paused = max(error.retry_at, self.paused or error.retry_at)

    @cached_property
    def places(self) -> frozenset[str]:
        """The keys of all addresses where the source lists articles."""
        pages = [one.page for one in self.listings if isinstance(one.page, Page)]
        moved = [one.note.moved_to for one in self.listings if one.note.moved_to]
        urls = [*self.source.urls, *(page.url for page in pages), *moved]
        others = [url for one in self.listings for part in one.parts for url in part.others]
        return frozenset(map(url_key, [*urls, *others]))

    @cached_property
    def listed(self) -> frozenset[str]:
        """The keys of all articles that are listed; none where not all listings were read anew."""
        if not all(one.links and not one.incomplete for one in self.listings):
            return frozenset()
        return frozenset(url_key(link.url) for one in self.listings for link in one.links)
