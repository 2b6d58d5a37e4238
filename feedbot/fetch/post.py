"""Telling an address that the operator named something, which is no visit to a site."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from ..errors import FetchError
from ..web.urls import server_of
from . import NETWORK_ERRORS, explain_error
from .guard import servers_of
from .transport import Exchange, open_session

LIMIT = 10.0  # seconds for one whole request


def post(url: str, *, form: Mapping[str, str] | None = None, json: Any = None) -> None:
    """Posts a form or a value as JSON. Raises FetchError if nobody took it.

    The error names the server only: the path of such an address is often a secret itself.
    """
    server = server_of(url)
    session = open_session(f"feedbot/{version('feedbot')}")
    exchange = Exchange(servers_of((url,)))
    try:
        with (
            session,
            exchange.within(LIMIT),
            # Streamed: its status is all that matters, however long it is.
            session.post(
                url, data=form, json=json, timeout=LIMIT, allow_redirects=False, stream=True
            ) as answer,
        ):
            if answer.status_code >= 300:
                problem = f"{answer.status_code} {answer.reason or ''}".strip()
                raise FetchError(server, problem, status=answer.status_code)
    except NETWORK_ERRORS as error:
        if exchange.expired:
            raise FetchError(server, f"no complete answer within {LIMIT:g} s") from error
        raise explain_error(server, error) from error
