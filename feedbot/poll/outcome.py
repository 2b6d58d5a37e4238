"""What follows from a visit: its report, what looked wrong, and when the next one is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..errors import Cancelled, FetchError, NotAnArticle, ReadError
from ..model import Failure, NotModified, Page, Report, Verdict
from ..store import Claim, Transaction
from ..web.urls import host_of, redact, same_site, url_key
from . import adaptive_interval, anomalies, moves
from .listings import GONE_AGAIN
from .visit import Visit

LENGTHS_COMPARED = 50  # stories whose length is taken for usual
KINDS = ("a ", "an ")  # of pages, where the reason why one gave no article names one


def report_of(visit: Visit, verdicts: list[tuple[str, str, Verdict]]) -> Report:
    """What the visit did, and what failed at which step."""
    errors = [error for error in _errors(visit) if not isinstance(error, Cancelled)]
    failures = tuple(
        Failure(
            url=redact(one.link.url),
            step="fetch" if isinstance(one.error, FetchError) else "extract",
            problem=problem_of(one.error),
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


def problem_of(error: FetchError | NotAnArticle | ReadError) -> str:
    """Why a page gave no article."""
    return error.problem if isinstance(error, FetchError) else error.reason


def finish_visit(visit: Visit, report: Report, held: Claim, saving: Transaction) -> bool:
    """Plans the next visit and gives the lease back; False if it was lost."""
    state = saving.state(visit.source.name)
    reached = _reached(visit)
    rate = adaptive_interval.load(state.pace)
    if reached and not visit.stopped:
        new = report.count("new")
        rate = adaptive_interval.observe_news(
            rate, now=visit.now, new=new, timezone=visit.source.timezone
        )
    moment, why = adaptive_interval.next_visit(
        rate,
        visit.source.polling,
        visit.now,
        name=visit.source.name,
        timezone=visit.source.timezone,
        failures=0 if reached else state.failures + (reached is False),
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
        pace=adaptive_interval.dump(rate),
        signs=_signs_of(visit, state.signs, saving),
        reached=reached,
        error=report.error,
    )


def _reached(visit: Visit) -> bool | None:
    """Whether the site answered; None if this process ended before it could."""
    if any(one.error is None for one in visit.listings):
        return True
    return None if all(isinstance(error, Cancelled) for error in _errors(visit)) else False


def _signs_of(visit: Visit, before: str, saving: Transaction) -> str:
    """What looked wrong, and for how many visits by now."""
    read = [one.found.fingerprint for one in visit.readings if one.found and one.found.fingerprint]
    errors = [one.error for one in visit.readings if one.error]
    found = anomalies.find_anomalies(
        lengths=[fingerprint.words for fingerprint in read],
        usual=saving.lengths(visit.source.name, LENGTHS_COMPARED) if read else (),
        problems=[trouble_of(error) for error in errors if not isinstance(error, Cancelled)],
        contents=[fingerprint.content for fingerprint in read],
        given=bool(read) or _has_given(visit, anomalies.load(before), saving),
        listing=_elsewhere(visit),
        layout=visit.site.degraded,
    )
    return anomalies.dump(anomalies.count_anomalies(anomalies.load(before), found, read=bool(read)))


def _has_given(visit: Visit, before: anomalies.Anomalies, saving: Transaction) -> bool:
    """Whether the source has given an article by now; a visit that lists nothing does not tell."""
    listed = {url_key(link.url) for listing in visit.listings for link in listing.links}
    if not listed and "nothing" not in before:
        return True
    return saving.has_articles(visit.source.name, listed)


def trouble_of(error: FetchError | NotAnArticle | ReadError) -> str:
    """The same as words that follow "8 of 8 articles"."""
    if isinstance(error, NotAnArticle):
        return f"are {error.reason}" if error.reason.startswith(KINDS) else f"hold {error.reason}"
    if isinstance(error, ReadError):
        return f"could not be read ({error.reason})"
    return f"answered {error.status}" if error.status else f"failed ({error.problem})"


def _elsewhere(visit: Visit) -> dict[str, str]:
    """What is to be said of listings that are not where the configuration says."""
    advice = [words for one in visit.listings if (words := moves.move_advice(one.url, one.note))]
    if advice:
        return {"moved": "; ".join(advice)}
    pages = [(one.url, one.page.url) for one in visit.listings if isinstance(one.page, Page)]
    host = next((host_of(at) for url, at in pages if not same_site(url, at)), "")
    return {"elsewhere": f"the listing is on {host} now; correct its url"} if host else {}


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
