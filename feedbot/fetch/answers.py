"""What an answer means: a page, that nothing has changed, somewhere else to ask, or an error."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from ..errors import FetchError, Refused
from ..model import NotModified, Page, Validators
from ..web.urls import redact, without_user
from .headers import fresh_until, is_opaque, is_page, validators_of
from .refresh import sends_on
from .transport import Response
from .unpack import PIECE, NotUnpackable, unpack

PERMANENT = {301, 308}
REDIRECT = PERMANENT | {302, 303, 307}
PAGE_STATUSES = {200, 203}  # 203: a proxy on the way has changed something


class Redirect(NamedTuple):
    """Where else to ask. `by_page` says that a page sends its readers on, and no status."""

    target: str
    permanent: bool = False
    by_page: bool = False


def read_body(url: str, response: Response, limit: int) -> bytes:
    """The body, decompressed, as it comes. What is beyond `limit` is not read to the end."""
    body = bytearray()
    try:
        for piece in unpack(_packed(response), response.headers.get("Content-Encoding", "")):
            body += piece
            if len(body) > limit:
                break
    except NotUnpackable as error:
        raise FetchError(redact(url), str(error)) from error
    return bytes(body)


def _packed(response: Response) -> Iterator[bytes]:
    while piece := response.read(PIECE):
        yield piece


def page_of(
    url: str, asked: str, response: Response, limit: int, now: datetime, *, any_type: bool = False
) -> Page | Redirect:
    """The page that an answer holds, or where it sends its readers. Raises FetchError.

    With `any_type` it may be anything, such as a script, and sends nobody anywhere.
    """
    content_type = response.headers.get("Content-Type", "")
    not_a_page = FetchError(redact(url), f"is {content_type[:80]}, not a page")
    if is_opaque(content_type) and not any_type:
        raise not_a_page
    body = read_body(url, response, limit)
    if len(body) > limit:
        raise FetchError(redact(url), f"larger than {limit:,} bytes")
    if not (any_type or is_page(content_type, body)):
        raise not_a_page
    if not body:  # also what is left of headers that were cut off
        raise FetchError(redact(url), "the answer is empty")
    target = "" if any_type else sends_on(without_user(url), response.headers, body)
    if target:
        return Redirect(target, by_page=True)
    return Page(
        url=without_user(url),
        requested=without_user(asked),
        body=body,
        content_type=content_type,
        fetched_at=now,
        validators=validators_of(response.headers),
        fresh_until=fresh_until(response.headers, now),
    )


def redirect_of(url: str, response: Response) -> Redirect:
    """Where a redirect leads. Raises FetchError for what cannot be asked."""
    location = response.headers.get("Location", "")
    try:
        target = urldefrag(urljoin(url, _as_read(location))).url
        scheme = urlsplit(target).scheme
    except ValueError as error:
        raise FetchError(redact(url), "redirects to what is no address") from error
    if not location or scheme not in ("http", "https"):
        where = redact(target)[:200] if location else "nowhere"
        raise Refused(redact(url), f"redirects to {where}")
    return Redirect(target, permanent=response.status in PERMANENT)


def _as_read(location: str) -> str:
    """A Location as browsers read it: without blanks around it, with slashes for backslashes."""
    # http.client decodes headers as Latin-1; servers send UTF-8 (RFC 9110, section 5.5).
    path, mark, query = location.encode("latin-1").decode("utf-8", "replace").strip().partition("?")
    return path.replace("\\", "/") + mark + query


def not_modified(
    url: str, response: Response, validators: Validators, now: datetime
) -> NotModified:
    """What a 304 says. Raises FetchError where nothing was asked that it could answer."""
    if validators == Validators():
        raise FetchError(redact(url), "304 to a request without conditions", status=304)
    given = validators_of(response.headers)
    return NotModified(
        url=without_user(url),
        fetched_at=now,
        validators=Validators(
            etag=given.etag or validators.etag,
            last_modified=given.last_modified or validators.last_modified,
        ),
        fresh_until=fresh_until(response.headers, now),
    )


def undated(answer: Page | NotModified) -> Page | NotModified:
    """The answer without a date to ask by: a page that sent its readers on might be older, and
    would say that it has not changed itself."""
    by_tag = dataclasses.replace(answer.validators, last_modified=None)
    return dataclasses.replace(answer, validators=by_tag)
