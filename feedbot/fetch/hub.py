"""WebSub: a word to the hub that a feed has changed (https://www.w3.org/TR/websub/)."""

from __future__ import annotations

from ..errors import FetchError
from ..urls import host_of
from . import NETWORK_ERRORS, explained
from .transport import Exchange, open_session

LIMIT = 10.0  # seconds for one whole request


def ping(hub: str, feed: str, *, user_agent: str) -> None:
    """Tells `hub` that the feed at this URL has changed. Raises FetchError if it did not listen."""
    session = open_session(user_agent, {host_of(hub)})
    exchange = Exchange()
    said = {"hub.mode": "publish", "hub.url": feed}
    try:
        with (
            session,
            exchange.within(LIMIT),
            session.post(hub, data=said, timeout=LIMIT, allow_redirects=False) as answer,
        ):
            if answer.status_code >= 300:
                problem = f"{answer.status_code} {answer.reason or ''}".strip()
                raise FetchError(hub, problem, status=answer.status_code)
    except NETWORK_ERRORS as error:
        if exchange.expired:
            raise FetchError(hub, f"no complete answer within {LIMIT:g} s") from error
        raise explained(hub, error) from error
