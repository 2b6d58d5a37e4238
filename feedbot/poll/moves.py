"""Permanent redirects of listings, which are doubted: sites send everybody to their front page for
an evening, and say that it is for good.

    astray    other articles are there: not believed, unless it lasts for a day
    sighted   the same articles are there; the address that is configured is asked again
    trusted   SIGHTINGS times in a row: the new address is asked first

Also of a move that is trusted the configured address is asked again: once a day, when nothing new
comes for longer than usual, and at once when the other lists nothing that it listed. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from ..model import Link, ListingState, NotModified, Page
from ..web.urls import redact, story_key

SIGHTINGS = 3  # of a permanent redirect in a row, until the new address is asked first
RECHECK_AFTER = timedelta(days=1)  # before the address that is configured is asked again
QUIET_ARTICLES = 3.0  # articles that were expected while none came, from which a move is doubted
SAME_SHARE = 0.5  # share of the shorter list that the other has, too, where both are one listing
MOST_KEPT = 40  # links of a listing that are remembered


def address(url: str, state: ListingState, now: datetime, silence: float) -> str:
    """Where a listing is asked for first; `silence` is how many articles were missed."""
    if not state.moved_to or state.sightings < SIGHTINGS:
        return url
    is_sure = _was_asked_lately(state, now) and silence < QUIET_ARTICLES
    return state.moved_to if is_sure else url


def _was_asked_lately(state: ListingState, now: datetime) -> bool:
    """Whether the address that is configured was."""
    return state.asked is not None and now - state.asked < RECHECK_AFTER


def lists_others(links: Sequence[Link], state: ListingState) -> bool:
    """Whether a listing has nothing of what it listed."""
    return bool(state.listed and links) and not keys_of(links) & set(state.listed)


def astray(
    state: ListingState, page: Page | NotModified, links: Sequence[Link], now: datetime
) -> str:
    """Why what the configured address leads to is not believed; "" where it is."""
    if not page.moved_to or not _was_asked_lately(state, now):
        return ""
    if _is_known(state, page) and state.sightings >= SIGHTINGS:
        return ""
    if not links or not state.listed or _lists_the_same(links, state):
        return ""
    there = redact(page.moved_to)
    return (
        f"leads to {there} for good (301), where other articles are;"
        f' write "{there}" in feedbot.toml if that is right, or another url'
    )


def _lists_the_same(links: Sequence[Link], state: ListingState) -> bool:
    """Whether two listings are one, although each has some articles that the other has not."""
    keys = keys_of(links)
    return len(keys & set(state.listed)) >= SAME_SHARE * min(len(keys), len(state.listed))


def observe_redirect(
    state: ListingState, page: Page | NotModified, links: Sequence[Link], asked: str, now: datetime
) -> ListingState:
    """What is known of a move after the address `asked` has answered with `page`."""
    listed = tuple(sorted(keys_of(links))) or state.listed
    if asked == state.moved_to and not page.moved_to:
        return dataclasses.replace(state, listed=listed)
    sightings = 1 if page.moved_to else 0
    if _is_known(state, page):
        sightings = state.sightings + 1
    return dataclasses.replace(
        state, moved_to=page.moved_to, sightings=sightings, asked=now, listed=listed
    )


def move_advice(url: str, state: ListingState) -> str:
    """What the operator should do about a move that is trusted; "" if there is none."""
    if not state.moved_to or state.sightings < SIGHTINGS:
        return ""
    there = redact(state.moved_to)
    return f'{redact(url)} has moved for good; write "{there}" in its place in feedbot.toml'


def _is_known(state: ListingState, page: Page | NotModified) -> bool:
    return page.moved_to is not None and page.moved_to == state.moved_to


def keys_of(links: Sequence[Link]) -> set[str]:
    """What tells articles apart, whatever host they are on; notices, on whichever listing."""
    paths = (story_key(link.url).partition("/")[2] for link in links[:MOST_KEPT])
    places = (path.rpartition("#")[2] for path in paths)
    return {blake2b(place.encode(), digest_size=6).hexdigest() for place in places}
