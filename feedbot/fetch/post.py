"""Telling an address that the operator named something, which is no visit to a site."""

from __future__ import annotations

import contextlib
import json as jsons
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from ..errors import FetchError
from ..model import Source
from ..web.urls import server_of, without_user
from .credentials import headers_for
from .exchange import Exchange
from .guard import servers_of
from .over_requests import RequestsTransport
from .proxies import proxy_for
from .reasons import NETWORK_ERRORS, explain_error
from .tls import tls_for
from .transport import Request

LIMIT = 10.0  # seconds for one whole request


def post(url: str, *, form: Mapping[str, str] | None = None, json: Any = None) -> None:
    """Posts a form or a value as JSON. Raises FetchError if nobody took it.

    The error names the server only: the path of such an address is often a secret itself.
    """
    server = server_of(url)
    exchange = Exchange(servers_of((url,)))
    try:
        exchange.proxy = proxy_for(url, None)
        with (
            contextlib.closing(RequestsTransport()) as transport,
            exchange.within(LIMIT),
            # The body is not read: the status is all that matters, however long it is.
            transport.send(_request(url, form, json, exchange), exchange) as answer,
        ):
            if answer.status >= 300:
                problem = f"{answer.status} {answer.reason}".strip()
                raise FetchError(server, problem, status=answer.status)
    except NETWORK_ERRORS as error:
        if exchange.expired:
            raise FetchError(server, f"no complete answer within {LIMIT:g} s") from error
        raise explain_error(server, error) from error


def _request(url: str, form: Mapping[str, str] | None, json: Any, exchange: Exchange) -> Request:
    if form is None:
        kind, body = "application/json", jsons.dumps(json)
    else:
        kind, body = "application/x-www-form-urlencoded", urlencode(form)
    agent = f"feedbot/{version('feedbot')}"
    named = Source(name="", urls=(url,))
    return Request(
        url=without_user(url),
        method="POST",
        headers=headers_for(url, named, agent) | {"Content-Type": kind},
        tls=tls_for(url, proxied=exchange.proxy is not None),
        body=body.encode(),
    )
