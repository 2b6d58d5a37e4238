"""Reads the pages of a visit in worker processes, a chunk at a time, and names those that hang."""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

from ..errors import Cancelled, Postponed, ReadError
from ..model import Article, Link, Page, Source, Topic
from ..web.urls import redact
from .results import Fetched, Learnt, ListingPage, Overview, PageResult, Problem, ReadBlock, Taught
from .site_model import Lesson, SiteModel
from .workers import Closed, Overrun, Workers

log = logging.getLogger(__name__)

MODULE = "feedbot.read.pipeline"  # loaded by the workers alone: this process needs no parser
PRELOAD = "feedbot.read.warmed"
TAGS = 60_000  # of the pages that are read in one call: some 30,000 elements, 20 MB as trees
MOST_OVERRUNS = 3  # pages of one visit that are given up before the others are left for the next

Found = TypeVar("Found")


class Reader:
    """Reads pages; shared by the threads that poll."""

    def __init__(
        self, topics: Sequence[Topic], leaders: Mapping[str, Sequence[str]], **limits: Any
    ) -> None:
        """`limits` are those of `Workers`."""
        self._workers = Workers(MODULE, ("use_topics", topics, leaders), preload=PRELOAD, **limits)
        self._told = set[str]()  # where the bugs are whose traceback is in the log

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._workers.close()

    def use_topics(self, topics: Sequence[Topic], leaders: Mapping[str, Sequence[str]]) -> None:
        """Routes by other rules from now on."""
        self._workers.prepare_anew(("use_topics", topics, leaders))

    def listing(self, page: Page, source: Source, site: SiteModel | None = None) -> ListingPage:
        """The links on a listing, with what is known of its site.

        Raises NotAnArticle, ReadError or Cancelled.
        """
        site = site or SiteModel()
        known = (site.kinds, site.notices)
        listed: ListingPage = self._one(page, "read_listing_page", page, source, *known)
        return listed

    def overview(self, page: Page, source: Source) -> Overview:
        """What a page lists and offers. Raises NotAnArticle, ReadError or Cancelled."""
        seen: Overview = self._one(page, "overview", page, source)
        return seen

    def doubt_text(self, page: Page, link: Link, source: Source, site: SiteModel) -> str:
        """Why the text that a link gives is not to be taken, seeing its page; "" if it may be.

        Raises NotAnArticle, ReadError or Cancelled.
        """
        doubt: str = self._one(page, "doubt_text", page, link, source, site)
        return doubt

    def blocks(
        self, page: Page, source: Source, site: SiteModel, article: Article
    ) -> tuple[ReadBlock, ...]:
        """What of the page of an article is kept, and why the rest is not. Raises as `listing`."""
        found: tuple[ReadBlock, ...] = self._one(page, "blocks", page, source, site, article)
        return found

    def count_alike(
        self, pages: Sequence[tuple[Fetched, Article]], source: Source, site: SiteModel
    ) -> int:
        """How many articles stand where the model says; see `read.count_alike`."""
        return sum(
            self._one(one.page, "count_alike", [(one, article)], source, site)
            for one, article in pages
        )

    def articles(
        self,
        pages: Sequence[Fetched],
        source: Source,
        site: SiteModel,
        listings: Taught = (),
        *,
        end: float = math.inf,
    ) -> tuple[list[PageResult], SiteModel]:
        """What each page of a visit turned out to be, and what the visit taught of the site.

        `listings` are those of the visit. Every page is read with what all of them teach. The
        error of a page that was not read by `end`, in monotonic seconds, or because too many
        others had to be given up, is Postponed. Raises Cancelled.
        """
        chunks = list(_chunks(pages))
        if len(chunks) == 1:
            found: tuple[list[PageResult], Learnt]
            try:
                found = self._call(len(pages), "study_and_read", pages, source, site, listings)
            except Overrun:
                chunks = [[one] for one in pages]
            else:
                self._tell(found[0])
                return found[0], self._site(source, found[1])
        return self._in_turns(chunks, source, site, listings, end)

    def _in_turns(
        self,
        chunks: Sequence[Sequence[Fetched]],
        source: Source,
        site: SiteModel,
        listings: Taught,
        end: float,
    ) -> tuple[list[PageResult], SiteModel]:
        """Reads pages that are not to be held at once: all are studied first, and parsed again."""
        half = (time.monotonic() + end) / 2  # the other half of the time is for reading

        def study(chunk: Sequence[Fetched]) -> Sequence[Lesson | Problem]:
            lessons: Sequence[Lesson | Problem]
            lessons = self._call(len(chunk), "study", [one.page for one in chunk], site)
            return lessons

        def read(chunk: Sequence[Fetched]) -> Sequence[PageResult]:
            nonlocal site
            found: tuple[list[PageResult], Learnt]
            found = self._call(len(chunk), "read_pages", chunk, source, site)
            site = self._site(source, found[1])
            return found[0]

        studied = list(_apart(chunks, study, half))
        lessons = [found for _, found in studied if isinstance(found, Lesson)]
        site = self._learn(source, site, listings, lessons)
        outcomes = {id(one): PageResult(error=e) for one, e in studied if not isinstance(e, Lesson)}
        left = [[one for one in chunk if id(one) not in outcomes] for chunk in chunks]
        for one, result in _apart(left, read, end):
            if isinstance(result, ReadError):
                result = PageResult(error=result)  # noqa: PLW2901
            outcomes[id(one)] = result
        in_order = [outcomes[id(one)] for chunk in chunks for one in chunk]
        self._tell(in_order)
        return in_order, site

    def _learn(
        self, source: Source, site: SiteModel, listings: Taught, lessons: Sequence[Lesson]
    ) -> SiteModel:
        """The model with what a visit taught; as it was, if learning that takes too much."""
        try:
            learnt: Learnt = self._call(1, "learn_from", site, listings, lessons)
        except Overrun as error:
            log.warning("%s: learning from this visit %s; nothing is learnt", source.name, error)
            return site
        return self._site(source, learnt)

    def _site(self, source: Source, learnt: Learnt) -> SiteModel:
        self._tell_bug(f"{source.name}: a bug while its site was learnt", learnt.trace)
        return learnt.site

    # --- calls ------------------------------------------------------------------------------

    def _one(self, page: Page, function: str, *args: Any) -> Any:
        """What a function makes of one page. Raises NotAnArticle or ReadError."""
        try:
            found = self._call(1, "read_one", page, function, *args)
        except Overrun as error:
            raise ReadError(redact(page.url), f"reading it {error}") from None
        if isinstance(found, Problem):
            self._tell([PageResult(error=found)])
            raise found
        return found

    def _call(self, pages: int, function: str, *args: Any) -> Any:
        try:
            return self._workers.call(function, *args, pages=max(pages, 1))
        except Closed:
            raise Cancelled("", "feedbot is stopping") from None

    def _tell(self, outcomes: Sequence[PageResult]) -> None:
        for one in outcomes:
            if isinstance(one.error, ReadError):
                url = redact(one.error.url)
                self._tell_bug(f"{url}: a bug while it was read", one.error.trace)

    def _tell_bug(self, what: str, trace: str) -> None:
        """Logs a bug with its traceback, once for each line of code that fails."""
        places = [line for line in trace.splitlines() if line.startswith('  File "')]
        if places and places[-1] not in self._told:
            self._told.add(places[-1])
            log.error("%s:\n%s", what, redact(trace))


def _apart(
    chunks: Iterable[Sequence[Fetched]],
    work: Callable[[Sequence[Fetched]], Sequence[Found]],
    end: float,
) -> Iterator[tuple[Fetched, Found | ReadError]]:
    """What becomes of each page: a chunk at a time, and one page at a time where that overruns.

    After `end`, in monotonic seconds, or after MOST_OVERRUNS the others are postponed; one page at
    least is worked on, so that no visit is in vain.
    """
    waiting = deque(chunk for chunk in chunks if chunk)
    overruns, done = 0, 0
    while waiting:
        chunk = waiting.popleft()
        if overruns >= MOST_OVERRUNS or (done and time.monotonic() > end):
            yield from ((one, _postponed(one)) for one in chunk)
            continue
        try:
            found = work(chunk)
        except Overrun as error:
            if len(chunk) > 1:
                waiting.extendleft([one] for one in reversed(chunk))
                continue
            overruns += 1
            yield chunk[0], ReadError(redact(chunk[0].page.url), f"reading it {error}")
        else:
            yield from zip(chunk, found, strict=True)
        done += len(chunk)


def _postponed(one: Fetched) -> Postponed:
    reason = "other pages of this visit took too long to read; it is read at the next one"
    return Postponed(redact(one.page.url), reason)


def _chunks(pages: Sequence[Fetched]) -> Iterator[list[Fetched]]:
    """The pages in order, as many at once as memory allows; at least one, be it empty."""
    chunk: list[Fetched] = []
    tags = 0
    for one in pages:
        here = one.page.body.count(b"<")
        if chunk and tags + here > TAGS:
            yield chunk
            chunk, tags = [], 0
        chunk.append(one)
        tags += here
    yield chunk
