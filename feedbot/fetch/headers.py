"""What response headers mean (RFC 9110, RFC 9111)."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ..model import Validators

LONGEST_VALIDATOR = 8192  # characters; an ETag beyond that is abuse, and is not sent back
LONGEST_PAUSE = timedelta(days=1)  # of Retry-After and of freshness; more is a slip

SNIFFED = 1_000  # bytes
READABLE = re.compile(
    r"(text/(html|xml|plain)|application/(xhtml\+xml|xml|json|[\w.-]+\+(xml|json)))$", re.IGNORECASE
)
# Types that say what a body is, and that it is no page. All others are told by the body itself.
OPAQUE = re.compile(
    r"((image|audio|video|font|model)/|text/(css|calendar|csv|vcard)$"
    r"|application/(pdf|zip|postscript|rtf|msword|vnd\.|wasm|x-(tar|rar|7z|shockwave|bittorrent))"
    r"|application/(java-archive|epub))",
    re.IGNORECASE,
)


def validators_of(headers: Mapping[str, str]) -> Validators:
    """ETag and Last-Modified, verbatim."""
    etag, modified = headers.get("ETag"), headers.get("Last-Modified")
    return Validators(
        etag=etag if etag and len(etag) <= LONGEST_VALIDATOR else None,
        last_modified=modified if modified and len(modified) <= LONGEST_VALIDATOR else None,
    )


def conditions(validators: Validators) -> dict[str, str]:
    """The headers that make a request conditional."""
    sent = {}
    if validators.etag:
        sent["If-None-Match"] = validators.etag
    if validators.last_modified:
        sent["If-Modified-Since"] = validators.last_modified
    return sent


def http_date(value: str) -> datetime | None:
    """A date of HTTP; None for what is none."""
    with contextlib.suppress(ValueError, TypeError, OverflowError, IndexError):
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return None


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The end of the pause that Retry-After asks for, in seconds or as a date."""
    value = headers.get("Retry-After", "").strip()
    moment = now + _seconds(value) if value.isdecimal() else http_date(value) if value else None
    return min(moment, now + LONGEST_PAUSE) if moment else None


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """How long the site says that its answer stays right."""
    control = headers.get("Cache-Control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    if match := re.search(r"\bmax-age\s*=\s*\"?(\d+)", control):
        age = headers.get("Age", "").strip()
        return now + _seconds(match[1]) - (_seconds(age) if age.isdecimal() else timedelta())
    expires = http_date(headers.get("Expires", ""))
    return min(expires, now + LONGEST_PAUSE) if expires else None


def _seconds(digits: str) -> timedelta:
    return min(timedelta(seconds=int(digits[:9])), LONGEST_PAUSE)


def kind_of(content_type: str) -> str:
    """The media type alone; "" where there is none."""
    return re.split("[;,]", content_type, maxsplit=1)[0].strip()


def is_opaque(content_type: str) -> bool:
    """Whether a type says that its body holds neither an article nor a listing."""
    return bool(OPAQUE.match(kind_of(content_type)))


def is_page(content_type: str, body: bytes) -> bool:
    """Whether a body may hold an article or a listing: by its type, or else by how it begins."""
    kind = kind_of(content_type)
    return not kind or bool(READABLE.match(kind)) or is_markup(body)


def is_markup(body: bytes) -> bool:
    """Whether a body of no particular type begins like HTML, a feed or JSON."""
    head = body[:SNIFFED].removeprefix(codecs.BOM_UTF8)
    return head.lstrip().startswith((b"<", b"{", b"[")) and b"\0" not in head
