"""The cookies of one visit: what a site sets is sent back to it, and forgotten afterwards."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.request import Request

LONGEST = 4_096  # characters of one cookie, as in browsers
MOST = 8_000  # characters that are sent; servers refuse longer headers
AT_ONCE = 50  # cookies that one answer may set


class _Answer:
    """The part of an answer that cookiejar asks for."""

    def __init__(self, cookies: Sequence[str]) -> None:
        self._headers = Message()
        for cookie in cookies[:AT_ONCE]:
            if len(cookie) <= LONGEST:
                self._headers["Set-Cookie"] = cookie

    def info(self) -> Message:
        return self._headers


class Cookies:
    """What the hosts of one visit have set."""

    def __init__(self) -> None:
        policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrict)
        self._jar = CookieJar(policy)
        self._lock = threading.Lock()

    def take(self, url: str, cookies: Sequence[str]) -> None:
        """Remembers what an answer from this URL has set."""
        if cookies:
            with self._lock:
                self._jar.extract_cookies(_Answer(cookies), Request(url))  # type: ignore[arg-type] # noqa: S310 - nothing is opened

    def header(self, url: str) -> str:
        """The value of Cookie for a request; "" for none."""
        request = Request(url)  # noqa: S310 - nothing is opened
        with self._lock:
            self._jar.add_cookie_header(request)
        value = request.get_header("Cookie") or ""
        return value if len(value) <= MOST else ""
