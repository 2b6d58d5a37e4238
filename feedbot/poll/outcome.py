"""What follows from a visit: its report, what looked wrong, and when the next one is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ..errors import Cancelled, FetchError, NotAnArticle, ReadError
from ..model import Failure, NotModified, Page, Report
from ..sources import adaptive_interval, anomalies
from ..sources.adaptive_interval import AdaptiveInterval
from ..store import Claim, Transaction
from ..web.urls import host_of, redact, same_site
from . import moves
from .listings import GONE_AGAIN
from .visit import Findings, Limits, Listings, PageError, Pages, Saved, Visit

LENGTHS_COMPARED = 50  # stories whose length is taken for usual
KINDS = ("a ", "an ")  # of pages, where the reason why one gave no article names one


def report_of(
    source: str,
    listings: Listings,
    pages: Pages,
    verdicts: Sequence[Saved],
    transaction: Transaction,
) -> Report:
    """What the visit did, and what failed at which step.

    A source fails if a listing does, or if none of its pages gives an article and none ever did.
    """
    errors = _errors(listings)
    failures = _failures(pages)
    if failures and not verdicts and not pages.postponed:
        errors += _barren(source, listings, pages, transaction)
    is_changed = bool(failures) or any(verdict != "unchanged" for _, _, verdict in verdicts)
    return Report(
        source=source,
        status="failed" if errors else "ok" if is_changed else "unchanged",
        verdicts=tuple(verdicts),
        failures=failures,
        error="; ".join(errors) or None,
        left=len(pages.waiting),
    )


def _errors(listings: Listings) -> list[str]:
    """Why listings failed, unless this process ended before they could."""
    return [str(error) for error in listings.errors if not isinstance(error, Cancelled)]


def _barren(source: str, listings: Listings, pages: Pages, transaction: Transaction) -> list[str]:
    """Why no page gave an article, if the source has given none before."""
    if transaction.has_articles(source, listings.links):
        return []
    return [anomalies.refused([*map(trouble_of, pages.errors)], given=False)]


def _failures(pages: Pages) -> tuple[Failure, ...]:
    return tuple(
        _failure(page_visit.link.url, page_visit.error)
        for page_visit in pages.chosen
        if page_visit.error
    )


def _failure(url: str, error: PageError) -> Failure:
    return Failure(
        url=redact(url),
        step="fetch" if isinstance(error, FetchError) else "extract",
        problem=problem_of(error),
    )


def problem_of(error: PageError) -> str:
    """Why a page gave no article."""
    return error.problem if isinstance(error, FetchError) else error.reason


def finish_visit(
    found: Findings, report: Report, visit: Visit, claim: Claim, transaction: Transaction
) -> bool:
    """Plans the next visit and gives the lease back; False if it was lost."""
    source = visit.source
    state = transaction.state(source.name)
    reached = _reached(found.listings)
    pace = adaptive_interval.load(state.pace)
    if reached and not visit.limits.stopped:
        new = report.count("new")
        pace = adaptive_interval.observe_news(
            pace,
            now=visit.now,
            new=new,
            timezone=source.timezone,
            dates=[one.published.at for one in found.pages.articles if one.published],
        )
    failures = 0 if reached else state.failures + (reached is False)
    moment, why = _next_visit(pace, failures, found, visit)
    return transaction.finish(
        claim,
        next_poll=moment,
        next_why=why,
        pace=adaptive_interval.dump(pace),
        anomalies=_count_anomalies(found, state.anomalies, source.name, transaction),
        reached=reached,
        error="; ".join(_errors(found.listings)) or None,
    )


def _next_visit(
    pace: AdaptiveInterval, failures: int, found: Findings, visit: Visit
) -> tuple[datetime, str]:
    """When the source is visited next, and why, in words."""
    if gone := _all_gone(found.listings):
        return gone + GONE_AGAIN, "the site says that it is gone (410)"
    if visit.limits.stopped or (found.pages.waiting and not visit.limits.paused):
        return visit.now, "the last visit left articles unread"
    return adaptive_interval.next_visit(
        pace,
        visit.source.polling,
        visit.now,
        name=visit.source.name,
        timezone=visit.source.timezone,
        failures=failures,
        fresh_until=_latest(listing.page for listing in found.listings),
        retry_at=_retry_at(found.listings, visit.limits),
    )


def _reached(listings: Listings) -> bool | None:
    """Whether the site answered; None if this process ended before it could."""
    if any(listing.error is None for listing in listings):
        return True
    return None if all(isinstance(error, Cancelled) for error in listings.errors) else False


def _count_anomalies(found: Findings, stored: str, name: str, transaction: Transaction) -> str:
    """What looked wrong, and for how many visits by now; `stored` until this one, both as JSON."""
    before = anomalies.load(stored)
    read = found.pages.fingerprints
    now = anomalies.find_anomalies(
        lengths=[fingerprint.words for fingerprint in read],
        usual=transaction.lengths(name, LENGTHS_COMPARED) if read else (),
        problems=[trouble_of(error) for error in found.pages.errors],
        contents=[fingerprint.content for fingerprint in read],
        given=bool(read) or _has_given(found.listings, before, name, transaction),
        listing=_elsewhere(found.listings),
        layout=found.site.degraded,
    )
    return anomalies.dump(anomalies.count_anomalies(before, now, read=bool(read)))


def _has_given(
    listings: Listings, before: anomalies.Anomalies, name: str, transaction: Transaction
) -> bool:
    """Whether the source has given an article by now; a visit that lists nothing does not tell."""
    if not listings.links and "nothing" not in before:
        return True
    return transaction.has_articles(name, listings.links)


def trouble_of(error: PageError) -> str:
    """The same as words that follow "8 of 8 articles"."""
    if isinstance(error, NotAnArticle):
        return f"are {error.reason}" if error.reason.startswith(KINDS) else f"hold {error.reason}"
    if isinstance(error, ReadError):
        return f"could not be read ({error.reason})"
    return f"answered {error.status}" if error.status else f"failed ({error.problem})"


def _elsewhere(listings: Listings) -> dict[str, str]:
    """What is to be said of listings that are not where the configuration says."""
    advice = [
        words for listing in listings if (words := moves.move_advice(listing.url, listing.state))
    ]
    if advice:
        return {"moved": "; ".join(advice)}
    pages = [
        (listing.url, listing.page.url) for listing in listings if isinstance(listing.page, Page)
    ]
    host = next((host_of(at) for url, at in pages if not same_site(url, at)), "")
    return {"elsewhere": f"the listing is on {host} now; correct its url"} if host else {}


def _retry_at(listings: Listings, limits: Limits) -> datetime | None:
    """When the site wants to be asked again (Retry-After), if it said so."""
    asked = [error.retry_at for error in listings.errors] + [limits.paused]
    return max((moment for moment in asked if moment), default=None)


def _all_gone(listings: Listings) -> datetime | None:
    """Since when every listing has been gone; None if one is not."""
    since = [listing.gone for listing in listings if listing.gone]
    return max(since) if len(since) == len(listings.all) else None


def _latest(answers: Iterable[Page | NotModified | None]) -> datetime | None:
    return max((a.fresh_until for a in answers if a and a.fresh_until), default=None)
