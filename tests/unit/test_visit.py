"""What the steps of a visit hand to one another: values that no step changes."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from feedbot.errors import Cancelled, FetchError, NotAnArticle, Postponed
from feedbot.model import Dated, Link, ListingState, Page, Source
from feedbot.poll import visit
from feedbot.poll.answers import refuse_detours
from feedbot.poll.visit import Limits, Listing, Listings, Pages, PageVisit
from feedbot.read.results import ListingPage
from feedbot.web.urls import url_key

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
HOME = "https://krant.example.org/"
SOURCE = Source(name="krant", urls=(HOME,))
RECORDS = [
    record
    for record in vars(visit).values()
    if dataclasses.is_dataclass(record) and record.__module__ == visit.__name__
]


def page_visit(number: int, answered_at: str = "") -> PageVisit:
    url = f"{HOME}nieuws/{number}"
    return PageVisit(
        url_key=url_key(url),
        link=Link(url=url, title=f"Bericht {number}"),
        known=None,
        page=Page(url=answered_at or url, requested=url, body=b"", fetched_at=NOW),
    )


def test_only_the_limits_of_a_visit_change_while_it_lasts() -> None:
    changing = {record.__name__ for record in RECORDS if not record.__dataclass_params__.frozen}  # type: ignore[attr-defined]
    assert changing == {"Limits", "Tools"}, "tools are those of all visits"


def test_pages_keep_their_order_when_some_of_them_become_others() -> None:
    first, second, third = (page_visit(number) for number in range(3))
    pages = Pages(chosen=(first, second, third))
    failed = dataclasses.replace(second, error=NotAnArticle(second.link.url, "an empty page"))
    assert pages.replace([failed]).chosen == (first, failed, third)
    assert pages.chosen == (first, second, third)


def test_what_is_postponed_is_no_longer_chosen_and_comes_before_what_was() -> None:
    first, second, third = (page_visit(number) for number in range(3))
    pages = Pages(chosen=(first, second), postponed=(third,)).postpone([first])
    assert pages == Pages(chosen=(second,), postponed=(first, third))


def test_pages_for_which_there_was_no_time_are_late() -> None:
    late = dataclasses.replace(page_visit(1), error=Postponed(HOME, "took too long"))
    assert Pages(chosen=(page_visit(0), late)).late == [late]


@pytest.mark.parametrize(
    ("answered_at", "reason"),
    [
        (f"{HOME}nieuws/0", ""),
        (f"{HOME}nieuws/elders", ""),
        (f"{HOME}nieuws", "leads to https://krant.example.org/nieuws, a listing"),
        (HOME, "leads to https://krant.example.org/, the front page"),
    ],
)
def test_a_page_that_leads_elsewhere_is_refused_for_what_is_there(
    answered_at: str, reason: str
) -> None:
    pages = Pages(chosen=(page_visit(0, answered_at),))
    refused = refuse_detours(pages, {url_key(f"{HOME}nieuws")})
    assert [error.reason for error in refused.errors if isinstance(error, NotAnArticle)] == (
        [reason] if reason else []
    )
    assert pages.errors == [], "the pages that were given are as they were"


def test_a_pause_holds_for_the_hosts_of_the_source_alone() -> None:
    limits, until = Limits(), NOW + timedelta(hours=1)
    limits.heed(FetchError("https://cdn.example.net/", "429", status=429, retry_at=until), SOURCE)
    assert limits.paused is None
    limits.heed(FetchError(HOME, "429", status=429, retry_at=until), SOURCE)
    limits.heed(FetchError(HOME, "429", status=429, retry_at=NOW), SOURCE)
    assert limits.paused == until, "the longest of them holds"


def test_a_visit_stops_when_feedbot_does() -> None:
    limits = Limits()
    limits.heed(FetchError(HOME, "answered 500", status=500), SOURCE)
    assert not limits.stopped
    limits.heed(Cancelled(HOME, "feedbot is stopping"), SOURCE)
    assert limits.stopped


def test_of_a_page_that_is_listed_twice_the_link_that_says_more_counts_else_the_last() -> None:
    url = f"{HOME}nieuws/1"
    dated = Link(url=url, title="Bericht", published=Dated(at=NOW, origin="listing"))
    plain, later = Link(url=url, title="Bericht"), Link(url=url, title="Bericht van nu")

    def listed(*links: Link) -> Link:
        parts = tuple(ListingPage(links=(link,)) for link in links)
        listing = Listing(url=HOME, state=ListingState(), parts=parts)
        return Listings(all=(listing,)).links[url_key(url)]

    assert listed(dated, plain) is dated
    assert listed(plain, dated) is dated
    assert listed(plain, later) is later
