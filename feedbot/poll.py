"""One visit to one source: the whole product in order.

    listing ─discover─▶ links ─fetch─▶ pages ─learn, extract─▶ articles
                                    store ◀─fingerprint, decide, route─┘

The network comes first and holds no lock; then everything that was found is saved in one
transaction, or nothing is. A page that fails costs only itself.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import pace, signs
from .announced import advertised, read_announced
from .decide import Arrival, decide, mint_tag
from .discover import discover, next_page
from .document import Document, parse
from .errors import FetchError, Gone, NotAnArticle, Refused, Stopped, StoreError
from .extract import extract, learn, teach
from .fetch import Fetcher
from .fingerprint import difference, fingerprint
from .model import (
    Article,
    Dated,
    Decision,
    Failure,
    Fingerprint,
    Link,
    ListingNote,
    NotModified,
    Page,
    Report,
    Source,
    Validators,
    Verdict,
)
from .site import SiteModel, dump, load
from .store import Claim, KnownPage, Saving, Store, reading
from .topics import Router
from .urls import host_of, redact, same_site, url_key

log = logging.getLogger(__name__)

LONGEST = 300.0  # seconds; a slow site's other pages follow at the next visit, at once, too
OLD_PAGES = 25  # of PAGES, for known articles: however much is new, corrections are not forgotten
PAGES = 100  # articles read in one visit; the rest follows at the next one, which comes at once
BYTES = 64_000_000  # of pages held in memory in one visit; the same holds for what is over
YOUNG = timedelta(days=2)  # how long a publisher's corrections are looked for
GIVE_UP = timedelta(days=14)  # how long a page that fails is tried again
REFUSED = timedelta(days=1)  # before a page that may not be read is asked for again
LONGEST_RETRY = timedelta(days=1)
USUAL = 50  # stories whose length is taken for usual
SIGHTINGS = 3  # of a permanent redirect in a row, until the new address is asked first
GONE_AGAIN = timedelta(days=30)  # before a listing that said 410 is asked again; it may be a slip


@dataclass(slots=True, kw_only=True)
class Tools:
    """What every poll works with; shared by the threads that poll.

    A new configuration changes `router` and `authority` while polls are under way.
    """

    store: Store
    fetcher: Fetcher
    router: Router
    authority: str
    clock: Callable[[], datetime]
    progress: Callable[[int, int], None] | None = None  # told of articles: more done, more found


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one page of a listing says."""

    document: Document | None  # None: it is made for machines
    links: Sequence[Link]
    older: str  # where it goes on, further back; "" if nowhere
    others: Sequence[str]  # what is to be read because it says nothing itself


@dataclass(slots=True, kw_only=True)
class Listing:
    """One listing, as this visit found it."""

    url: str
    note: ListingNote  # what was remembered of it
    page: Page | NotModified | None = None
    parts: list[Listed] = field(default_factory=list)  # itself, and where it led on
    error: FetchError | None = None
    gone: datetime | None = None  # since when it has said 410

    @property
    def links(self) -> list[Link]:
        """What it lists, in its order."""
        return [link for part in self.parts for link in part.links]


@dataclass(slots=True, kw_only=True)
class Reading:
    """One article's page, as far as this visit has come with it."""

    url_key: str
    link: Link
    known: KnownPage | None
    page: Page | NotModified | None = None
    document: Document | None = None
    article: Article | None = None
    print_: Fingerprint | None = None
    error: FetchError | NotAnArticle | None = None


@dataclass(slots=True, kw_only=True)
class Visit:
    """Everything that one visit has found, before it is saved."""

    source: Source
    now: datetime
    listings: list[Listing]
    readings: list[Reading] = field(default_factory=list)
    postponed: list[Reading] = field(default_factory=list)
    site: SiteModel = field(default_factory=SiteModel)
    stopped: bool = False
    paused: datetime | None = None  # until then its host wants to be left alone

    @property
    def listed(self) -> frozenset[str]:
        """The keys of all articles that are listed; none where a listing was not read anew."""
        if not all(listing.links for listing in self.listings):
            return frozenset()
        return frozenset(url_key(link.url) for one in self.listings for link in one.links)


def poll(source: Source, held: Claim, tools: Tools) -> Report:
    """Visits `source` once and saves what it found.

    The caller holds the lease `held`. Sites that fail are part of the report; StoreError is
    raised, and nothing is saved, if the database fails or the lease was lost.
    """
    now = tools.clock()
    visit = Visit(source=source, now=now, listings=[])
    with tools.store.read() as connection:
        visit.site = load(reading.site_of(connection, source.name))
    visit.listings = [_read_listing(url, visit, tools) for url in source.urls]
    _choose_pages(visit, tools.store)
    _read_pages(visit, tools)
    visit.site = learn(
        visit.site,
        [(part.document, part.links) for listing in visit.listings for part in listing.parts],
        [reading.document for reading in visit.readings if reading.document],
    )
    for one in visit.readings:
        _extract(one, visit)
    return _save(visit, held, tools)


# --- from the site ----------------------------------------------------------------------------


def _read_listing(url: str, visit: Visit, tools: Tools) -> Listing:
    with tools.store.read() as connection:
        note = reading.listing_of(connection, url)
    listing = Listing(url=url, note=note)
    if note.gone and visit.now < note.gone + GONE_AGAIN:
        _mark_gone(listing, note.gone)
        return listing
    try:
        listing.page = tools.fetcher.fetch(
            note.moved_to if note.moved_to and note.sightings >= SIGHTINGS else url,
            polling=visit.source.polling,
            validators=note.validators,
        )
        if isinstance(listing.page, Page):
            _read_parts(listing, listing.page, visit, tools)
            if not listing.links:
                problem = "no links to articles; try `feedbot preview`"
                listing.error = FetchError(redact(url), problem)
    except Gone:
        _mark_gone(listing, visit.now)
    except FetchError as error:
        listing.error = error
        visit.stopped = visit.stopped or isinstance(error, Stopped)
        _note_pause(error, visit)
    except NotAnArticle as error:
        listing.error = FetchError(redact(url), error.reason)
    return listing


def read_listing(page: Page, source: Source) -> Listed:
    """The links on a listing, be it made for people or for machines."""
    announced = read_announced(page, source)
    if announced is not None:
        return Listed(
            document=None, links=announced.links, older=announced.older, others=announced.others
        )
    document = parse(page)
    links = discover(document, source)
    others = () if links else advertised(document)[:1]
    return Listed(document=document, links=links, older=next_page(document), others=others)


def _read_parts(listing: Listing, page: Page, visit: Visit, tools: Tools) -> None:
    part = read_listing(page, visit.source)
    listing.parts.append(part)
    for url in part.others:
        listing.parts.append(_read_part(url, visit, tools))
        # An index that is unchanged says nothing of what it leads to: it is read at every visit.
        listing.page = dataclasses.replace(page, validators=Validators())
    if visit.site == SiteModel():  # the first visit
        _read_older(listing, visit, tools)


def _read_part(url: str, visit: Visit, tools: Tools) -> Listed:
    page = tools.fetcher.fetch(url, polling=visit.source.polling)
    assert isinstance(page, Page)  # without validators there is no 304
    return read_listing(page, visit.source)


def _read_older(listing: Listing, visit: Visit, tools: Tools) -> None:
    """Goes back in time, `backfill` pages in all, as long as that brings something new."""
    seen: set[str] = set()
    for _ in range(visit.source.polling.backfill - 1):
        last = listing.parts[-1]
        keys = {url_key(link.url) for link in last.links}
        if not last.older or keys <= seen:
            return
        seen |= keys
        try:
            listing.parts.append(_read_part(last.older, visit, tools))
        except Stopped:
            raise
        except (FetchError, NotAnArticle) as error:
            log.info("%s: goes back no further: %s", visit.source.name, error)
            return


def _mark_gone(listing: Listing, since: datetime) -> None:
    problem = f"gone for good since {since:%Y-%m-%d} (410); correct or remove it in feedbot.toml"
    listing.gone, listing.error = since, Gone(redact(listing.url), problem, status=410)


def _note_pause(error: FetchError, visit: Visit) -> None:
    """A 429 holds for the whole host, so the rest of the visit has to wait."""
    hosts = {host_of(url) for url in visit.source.urls}
    if error.status == 429 and error.retry_at and host_of(error.url) in hosts:
        visit.paused = max(error.retry_at, visit.paused or error.retry_at)


def _choose_pages(visit: Visit, store: Store) -> None:
    """What to read: articles never seen before, and those that are due once more."""
    links = {url_key(link.url): link for listing in visit.listings for link in listing.links}
    with store.read() as connection:
        known = reading.pages_of(connection, links)
        due = reading.due_pages(connection, visit.source.name, visit.now, PAGES + 1)
    fresh = [
        Reading(url_key=key, link=link, known=None)
        for key, link in links.items()
        if key not in known
    ]
    again = [Reading(url_key=page.url_key, link=_link_of(page, links), known=page) for page in due]
    room = PAGES - min(len(again), OLD_PAGES)
    rest = PAGES - len(fresh[:room])
    visit.readings = fresh[:room] + again[:rest]
    visit.postponed = fresh[room:] + again[rest:]


def _link_of(page: KnownPage, links: dict[str, Link]) -> Link:
    """The link to a known page, with the time that the listing gave at first sight."""
    link = links.get(page.url_key) or Link(url=page.url, title=page.title)
    return dataclasses.replace(link, published=page.published or link.published)


def _read_pages(visit: Visit, tools: Tools) -> None:
    tell = tools.progress or (lambda done, found: None)  # noqa: ARG005
    tell(0, len(visit.readings))
    held, end = 0, time.monotonic() + LONGEST
    for position, one in enumerate(visit.readings):
        if visit.stopped or visit.paused or held > BYTES or time.monotonic() > end:
            visit.postponed = visit.readings[position:] + visit.postponed
            visit.readings = visit.readings[:position]
            return
        held += _read_page(one, visit, tools.fetcher)
        tell(1, 0)


def _read_page(one: Reading, visit: Visit, fetcher: Fetcher) -> int:
    """Fetches and parses one page; returns how many bytes it holds in memory."""
    validators = one.known.validators if one.known else Validators()
    try:
        one.page = fetcher.fetch(one.link.url, polling=visit.source.polling, validators=validators)
        if isinstance(one.page, Page):
            one.document = parse(one.page)
            return len(one.page.body)
    except Stopped:
        visit.stopped = True
    except FetchError as error:
        one.error = error
        _note_pause(error, visit)
    except NotAnArticle as error:
        one.error = error
    return 0


def _extract(one: Reading, visit: Visit) -> None:
    if one.document is None:
        return
    try:
        one.article = extract(one.document, visit.source, visit.site, one.link)
        one.print_ = fingerprint(one.article)
        visit.site = teach(visit.site, one.document, visit.source, one.link, one.article)
    except NotAnArticle as error:
        one.error = error


# --- to the store -----------------------------------------------------------------------------


def _save(visit: Visit, held: Claim, tools: Tools) -> Report:
    verdicts: list[tuple[str, str, Verdict]] = []
    expected = sum(1 for one in visit.readings if one.article)
    alone = bool(visit.readings or visit.postponed)
    with tools.store.save(visit.now, expected=expected, alone=alone) as saving:
        _list_pages(visit, saving)
        # The oldest first, so that the top of the listing is the top of the feed.
        for one in reversed(visit.readings):
            if one.article:
                verdicts.append(_save_article(one, one.article, visit, saving, tools))
            elif isinstance(one.page, NotModified):
                _save_unmodified(one, one.page, visit, saving)
                verdicts.append((one.link.url, one.link.title, "unchanged"))
            elif one.error:
                saving.fail_page(one.url_key, _problem(one.error), _retry(one, visit))
        saving.save_site(visit.source.name, dump(visit.site))
        _save_listings(visit, saving)
        _save_signs(visit, saving)
        report = _report(visit, verdicts)
        if not _finish(visit, report, held, saving):
            raise StoreError(f"the lease on {visit.source.name} was lost; its poll is not saved")
    return report


def _list_pages(visit: Visit, saving: Saving) -> None:
    chosen = [one for one in visit.readings + visit.postponed if one.known is None]
    known = saving.pages([one.url_key for one in chosen])
    for one in chosen:
        if one.url_key not in known:
            link = one.link
            saving.list_page(one.url_key, link.url, visit.source.name, link.title, link.published)


def _save_article(
    one: Reading, article: Article, visit: Visit, saving: Saving, tools: Tools
) -> tuple[str, str, Verdict]:
    assert one.print_
    assert isinstance(one.page, Page)
    said = one.print_.content + one.print_.title
    led_to, verdict = None, None
    if one.known is None or one.known.story is None or one.known.words != said:
        arrival = Arrival(
            article=article,
            print_=one.print_,
            source=visit.source.name,
            url_keys=(one.url_key, url_key(article.url)),
            listed=visit.listed,
        )
        decision = _decide(arrival, saving)
        led_to, verdict = _carry_out(decision, arrival, visit, saving, tools), decision.verdict
        log.debug("%s: %s (%s)", article.url, decision.verdict, decision.reason)
    saving.read_page(
        one.url_key,
        story_id=led_to,
        verdict=verdict,
        words=said,
        validators=one.page.validators,
        next_fetch=_next_look(one, visit),
    )
    return one.link.url, article.title, verdict or "unchanged"


def _decide(arrival: Arrival, saving: Saving) -> Decision:
    key, named = arrival.url_keys
    return decide(
        arrival,
        known=saving.story_at(key),
        named=saving.story_at(named) if named != key else None,
        same_words=saving.same_words(arrival.print_),
        candidates=saving.near(arrival.print_),
    )


def _carry_out(
    decision: Decision, arrival: Arrival, visit: Visit, saving: Saving, tools: Tools
) -> int:
    """Brings the story to what was decided; returns its id in the store."""
    article, story = arrival.article, decision.story
    story_id = story.id if story else _add(arrival, visit, saving, tools.authority)
    if story and decision.cosmetic:
        saving.count_cosmetic(story)
    if story and decision.replace:
        saving.replace(
            story,
            article,
            arrival.print_,
            source=visit.source.name,
            url_key=url_key(article.url),
            old_rows=fingerprint(story.article).rows,
            difference=dataclasses.asdict(difference(story.article, article)),
        )
    if story is None or decision.replace:
        routed = [to.topic for to in tools.router.route(article, visit.source.name) if to.routed]
        saving.route(story_id, routed)
    return story_id


def _add(arrival: Arrival, visit: Visit, saving: Saving, authority: str) -> int:
    key = url_key(arrival.article.url)
    tags = (mint_tag(authority, key, n) for n in itertools.count(1))
    return saving.add(
        arrival.article,
        arrival.print_,
        tag=next(tag for tag in tags if not saving.has_tag(tag)),
        source=visit.source.name,
        url_key=key,
        published=arrival.article.published or Dated(at=visit.now, origin="first sight"),
    )


def _save_unmodified(one: Reading, answer: NotModified, visit: Visit, saving: Saving) -> None:
    saving.read_page(
        one.url_key,
        story_id=None,
        verdict=None,
        validators=answer.validators,
        next_fetch=_next_look(one, visit),
    )


def _next_look(one: Reading, visit: Visit) -> datetime | None:
    """When a page that was read is read again: ever more seldom, and not for ever."""
    age = visit.now - (one.known.first_seen if one.known else visit.now)
    if age >= YOUNG:
        return None
    revisit = visit.source.polling.revisit
    return visit.now + max(revisit, age / 2) if revisit else visit.now


def _retry(one: Reading, visit: Visit) -> datetime | None:
    """When a page that failed is tried again: at the next poll, then ever more seldom."""
    error, failures = one.error, one.known.failures if one.known else 0
    if isinstance(error, Gone):
        return None
    if one.known and visit.now - one.known.first_seen >= GIVE_UP:
        return None
    if isinstance(error, Refused):
        return visit.now + REFUSED
    wait = visit.source.polling.interval * (2 ** min(failures, 20) - 1)
    retry: datetime = visit.now + min(wait, LONGEST_RETRY)
    asked = error.retry_at if isinstance(error, FetchError) else None
    return max(retry, asked) if asked else retry


def _save_listings(visit: Visit, saving: Saving) -> None:
    """A listing counts as seen only when everything that it lists was read."""
    complete = not (visit.postponed or visit.stopped or any(one.error for one in visit.readings))
    for listing in visit.listings:
        note = _note(listing, complete=complete)
        if note != listing.note:
            saving.save_listing(visit.source.name, listing.url, note)


def _note(listing: Listing, *, complete: bool) -> ListingNote:
    """What to remember of a listing. A move that leads nowhere any more is forgotten."""
    note, page = listing.note, listing.page
    if listing.gone:
        return ListingNote(gone=listing.gone)
    if listing.error or page is None:
        kept = isinstance(listing.error, Stopped) or note.sightings < SIGHTINGS
        return note if kept else dataclasses.replace(note, moved_to=None, sightings=0)
    if note.sightings < SIGHTINGS or page.moved_to:
        again = page.moved_to is not None and page.moved_to == note.moved_to
        sightings = note.sightings + 1 if again else 1 if page.moved_to else 0
        if sightings == SIGHTINGS:
            advice = "%s has moved to %s for good; correct it in feedbot.toml"
            log.warning(advice, redact(listing.url), redact(page.moved_to or ""))
        note = dataclasses.replace(note, moved_to=page.moved_to, sightings=sightings)
    validators = page.validators if complete else note.validators
    return dataclasses.replace(note, validators=validators, gone=None)


def _save_signs(visit: Visit, saving: Saving) -> None:
    name = visit.source.name
    read = [one for one in visit.readings if one.article and one.print_]
    refused = sum(isinstance(one.error, NotAnArticle) for one in visit.readings)
    pages = [one for one in visit.listings if isinstance(one.page, Page)]
    hosts = [
        host_of(one.page.url) for one in pages if one.page and not same_site(one.page.url, one.url)
    ]
    found = signs.find_signs(
        lengths=[one.print_.words for one in read if one.print_],
        usual=saving.lengths(name, USUAL) if read else (),
        refused=refused,
        contents=[one.print_.content for one in read if one.print_],
        elsewhere=hosts[0] if hosts else "",
        layout=visit.site.degraded,
    )
    before = signs.load(saving.state(name).signs)
    after = signs.count_signs(before, found, judged=bool(read or refused))
    saving.save_signs(name, signs.dump(after))


def _finish(visit: Visit, report: Report, held: Claim, saving: Saving) -> bool:
    state = saving.state(visit.source.name)
    before = pace.load(state.pace)
    reached = report.error is None or any(one.error is None for one in visit.listings)
    rate = before
    if reached and not visit.stopped:
        new = report.count("new")
        rate = pace.observe(before, now=visit.now, new=new, timezone=visit.source.timezone)
    moment, why = pace.next_visit(
        rate,
        visit.source.polling,
        visit.now,
        name=visit.source.name,
        timezone=visit.source.timezone,
        failures=0 if reached else state.failures + 1,
        fresh_until=_latest(listing.page for listing in visit.listings),
        retry_at=_retry_at(visit),
    )
    if gone := _all_gone(visit):
        moment, why = gone + GONE_AGAIN, "the site says that it is gone (410)"
    elif visit.stopped or (visit.postponed and not visit.paused):
        moment, why = visit.now, "the last visit left articles unread"
    return saving.finish(
        held,
        next_poll=moment,
        next_why=why,
        pace=pace.dump(rate),
        reached=reached,
        error=report.error,
    )


def _retry_at(visit: Visit) -> datetime | None:
    """When the site wants to be asked again (Retry-After), if it said so."""
    asked = [error.retry_at for error in _errors(visit)] + [visit.paused]
    return max((moment for moment in asked if moment), default=None)


def _all_gone(visit: Visit) -> datetime | None:
    """Since when every listing has been gone; None if one is not."""
    since = [listing.gone for listing in visit.listings if listing.gone]
    return max(since) if len(since) == len(visit.listings) else None


def _latest(answers: Iterable[Page | NotModified | None]) -> datetime | None:
    return max((a.fresh_until for a in answers if a and a.fresh_until), default=None)


def _errors(visit: Visit) -> list[FetchError]:
    return [listing.error for listing in visit.listings if listing.error]


def _report(visit: Visit, verdicts: list[tuple[str, str, Verdict]]) -> Report:
    errors = [error for error in _errors(visit) if not isinstance(error, Stopped)]
    failures = tuple(
        Failure(
            url=redact(one.link.url),
            step="extract" if isinstance(one.error, NotAnArticle) else "fetch",
            problem=_problem(one.error),
        )
        for one in visit.readings
        if one.error
    )
    changed = any(verdict != "unchanged" for _, _, verdict in verdicts)
    return Report(
        source=visit.source.name,
        status="failed" if errors else "ok" if changed or failures else "unchanged",
        verdicts=tuple(verdicts),
        failures=failures,
        error="; ".join(str(error) for error in errors) or None,
    )


def _problem(error: FetchError | NotAnArticle) -> str:
    return error.reason if isinstance(error, NotAnArticle) else error.problem
