"""The fetcher: whose turn it is, for how long a host is left alone, what its robots.txt allows."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.metadata
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from ..errors import Cancelled, FetchError, Gone, Refused
from ..model import HostState, NotModified, Page, Polling, Source, Validators
from ..web.urls import redact, without_user
from .answers import (
    PAGE_STATUSES,
    REDIRECT,
    Redirect,
    not_modified,
    page_of,
    read_body,
    redirect_of,
    undated,
)
from .cookies import Cookies
from .credentials import headers_for
from .exchange import Exchange
from .guard import PORTS, servers_of
from .headers import LONGEST_PAUSE, conditions, retry_at
from .over_requests import RequestsTransport
from .proxies import proxy_for
from .reasons import NETWORK_ERRORS, explain_error
from .robots import LARGEST, Robots, read_robots
from .tls import tls_for
from .transport import Request, Response, Transport

REDIRECTS = 5
REFUSALS = {401, 403, 407, 451}
IDLE_HOSTS = 64  # hosts that are kept in memory, with their connections
JITTER = 0.25  # of the pause between two requests to a host, at most: no two visits beat in time
PAUSE = timedelta(minutes=10)  # after a 429 that does not say for how long
PAGE_PAUSE = timedelta(minutes=30)  # at most, after a 429 of one page: the listings may be open
SLIP = timedelta(minutes=1)  # what rounding may add to a pause
ROBOTS_AGE = timedelta(days=1)  # that a robots.txt is believed (RFC 9309, section 2.4)
ROBOTS_RETRY = timedelta(minutes=10)  # before one that could not be read is asked for again


class HostStates(Protocol):
    """Where what hosts asked of us outlives this process; the store."""

    def host(self, name: str) -> HostState:
        """What is known of a host."""

    def pause_host(self, name: str, until: datetime) -> None:
        """Remembers how long a host wants to be left alone."""

    def end_pause(self, name: str) -> None:
        """Forgets that a host wants to be left alone."""

    def keep_robots(self, name: str, robots: bytes, now: datetime) -> None:
        """Remembers a host's robots.txt."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for at first, and under which conditions."""

    asked: str
    source: Source
    validators: Validators
    cookies: Cookies
    any_type: bool
    pauses_host: bool

    @property
    def longest_pause(self) -> timedelta | None:
        """How long a 429 may pause the host; None if it does not."""
        if not self.pauses_host:
            return None
        return LONGEST_PAUSE if self.asked in self.source.urls else PAGE_PAUSE


class Host:
    """One host: its connection, its turn, and its robots.txt as rules."""

    def __init__(self, name: str, transport: Transport) -> None:
        self.name = name
        self.transport = transport
        self.turn = threading.Lock()
        self.ended = 0.0  # monotonic seconds at which the last exchange ended
        self.used = 0.0
        self.rules = Robots()
        self.robots_error: str | None = None
        self.robots_tried: datetime | None = None  # when it could not be read


class Fetcher:
    """Fetches pages; shared by the threads that poll."""

    def __init__(
        self,
        *,
        contact: str | None = None,
        notes: HostStates,
        clock: Callable[[], datetime],
        transport: Callable[[], Transport] = RequestsTransport,
    ) -> None:
        """`transport` makes what sends the requests to one host."""
        self._notes = notes
        self._clock = clock
        self._open_transport = transport
        self._visits: dict[str, Cookies] = {}  # by source
        self._hosts: dict[str, Host] = {}
        self._exchanges: set[Exchange] = set()
        self._traffic = Counter[str]()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.configure(contact=contact)

    def configure(self, *, contact: str | None) -> None:
        """Takes another contact; what the hosts asked of us stays known."""
        version = importlib.metadata.version("feedbot")
        plus = f" (+{quote(contact, safe=SAFE)})" if contact else ""
        self._user_agent = f"feedbot/{version}{plus}"

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for host in self._hosts.values():
            host.transport.close()

    def traffic(self) -> Counter[str]:
        """How many requests got which class of answer so far ("none": no answer), and bytes."""
        with self._lock:
            return self._traffic.copy()

    def stop(self) -> None:
        """Aborts everything under way and whatever comes after, with Cancelled."""
        self._stopped.set()
        with self._lock:
            exchanges = list(self._exchanges)
        for exchange in exchanges:
            exchange.abort()

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def crawl_delay(self, url: str) -> float:
        """The seconds between requests that a host asks for in its robots.txt, as far as known."""
        return self._host(url).rules.crawl_delay

    def insist(self, source: Source) -> None:
        """Asks the hosts of a source's listings again, although they asked for a pause."""
        for url in source.urls:
            self._notes.end_pause(_host_name(url))

    @contextlib.contextmanager
    def visiting(self, source: Source) -> Iterator[None]:
        """Keeps the cookies of a source from one request to the next, as long as this lasts."""
        self._visits[source.name] = Cookies()
        try:
            yield
        finally:
            self._visits.pop(source.name, None)

    def fetch(
        self,
        url: str,
        *,
        source: Source,
        validators: Validators | None = None,
        any_type: bool = False,
        pauses_host: bool = True,
    ) -> Page | NotModified:
        """The page at `url`, or that it has not changed since `validators` were given.

        It is for `source`: its settings count, and only the servers that its own URLs name may be
        at private addresses, wherever links and redirects lead. With `any_type` it need not be a
        page: a script or a style may be fetched. Where its 429 means it alone, it is not to be one
        that `pauses_host`.

        Raises FetchError, or Refused, Gone or Cancelled; and StoreError, if the notes fail.
        """
        asked, permanent, by_page = url, True, False
        cookies = self._visits.get(source.name) or Cookies()
        wanted = _Wanted(url, source, validators or Validators(), cookies, any_type, pauses_host)
        for _ in range(REDIRECTS + 1):
            answer = self._visit(url, wanted)
            if not isinstance(answer, Redirect):
                moved = without_user(url) if permanent and url != asked else None
                return dataclasses.replace(undated(answer) if by_page else answer, moved_to=moved)
            url, permanent = answer.target, permanent and answer.permanent
            by_page = by_page or answer.by_page
        raise FetchError(redact(asked), f"more than {REDIRECTS} redirects")

    def _visit(self, url: str, wanted: _Wanted) -> Page | NotModified | Redirect:
        """One request and its answer, in the host's turn, if the host allows it."""
        host, source = self._host(url), wanted.source
        with self._turn(host, url):
            note = self._notes.host(host.name)
            now = self._clock()
            if _is_paused(note, now):
                raise _paused(url, note)
            if source.polling.robots:
                self._check_robots(host, note, url, source)
            headers = conditions(wanted.validators)
            with self._response(host, url, source, headers, wanted.cookies) as response:
                return self._answer(response, host, url, wanted)

    def _answer(
        self, response: Response, host: Host, url: str, wanted: _Wanted
    ) -> Page | NotModified | Redirect:
        now = self._clock()
        if response.status in REDIRECT:
            return redirect_of(url, response)
        if response.status == 304:
            return not_modified(url, response, wanted.validators, now)
        if response.status not in PAGE_STATUSES:
            raise self._failure(host, url, response, wanted.longest_pause)
        limit = wanted.source.polling.max_size
        return page_of(url, wanted.asked, response, limit, now, any_type=wanted.any_type)

    def _failure(
        self,
        host: Host,
        url: str,
        response: Response,
        longest: timedelta | None = PAGE_PAUSE,
    ) -> FetchError:
        """What an answer that is not a page means.

        A 429 pauses its host, for `longest` at most; if that is None, it does not.
        """
        status, now = response.status, self._clock()
        problem = f"{status} {response.reason}".strip()
        retry = retry_at(response.headers, now) if status in (429, 503) else None
        if status == 429 and longest is not None:
            retry = min(retry or now + PAUSE, now + longest)
            self._notes.pause_host(host.name, retry)
        kind = Gone if status == 410 else Refused if status in REFUSALS else FetchError
        return kind(redact(url), problem[:200], status=status, retry_at=retry)

    # --- one exchange ------------------------------------------------------------------------

    @contextlib.contextmanager
    def _response(
        self, host: Host, url: str, source: Source, headers: dict[str, str], cookies: Cookies
    ) -> Iterator[Response]:
        """The answer to one request, after a pause and within the time limit."""
        self._wait(host, url, source.polling)
        limit = source.polling.timeout.total_seconds()
        answer, size = "none", 0
        exchange = self._exchange(url, source)
        try:
            if self._stopped.is_set():
                raise Cancelled(redact(url), "feedbot is stopping")
            with exchange.within(limit):
                request = self._request(url, source, headers, cookies, exchange)
                with host.transport.send(request, exchange) as response:
                    # A socket that was shut down may look like a short, good answer.
                    self._check(exchange, url, limit)
                    answer = _class_of(response.status)
                    cookies.take(request.url, response.cookies)
                    yield response
                    size = response.received
                    self._check(exchange, url, limit)
        except NETWORK_ERRORS as error:
            self._check(exchange, url, limit)
            raise explain_error(url, error) from error
        except FetchError:
            self._check(exchange, url, limit)
            raise
        finally:
            host.ended = time.monotonic()
            with self._lock:
                self._exchanges.discard(exchange)
                self._traffic[answer] += 1
                self._traffic["bytes"] += size

    def _exchange(self, url: str, source: Source) -> Exchange:
        """An exchange that `stop` ends."""
        try:
            proxy = proxy_for(url, source.polling.proxy)
        except ValueError as error:
            raise FetchError(redact(url), str(error)) from error
        exchange = Exchange(servers_of(source.urls), proxy)
        with self._lock:
            self._exchanges.add(exchange)
        return exchange

    def _request(
        self,
        url: str,
        source: Source,
        conditional: dict[str, str],
        cookies: Cookies,
        exchange: Exchange,
    ) -> Request:
        """What is sent. Raises OSError for an address that a proxy is not to be asked for."""
        headers = headers_for(url, source, self._user_agent) | conditional
        bare = without_user(url)
        name = next((one for one in headers if one.lower() == "cookie"), "Cookie")
        said = "; ".join(filter(None, (headers.get(name), cookies.header(bare))))
        if said:
            headers[name] = said
        parts = urlsplit(bare)
        exchange.check_target(parts.hostname or "", parts.port or PORTS[parts.scheme])
        tls = tls_for(bare, source.polling.ca, proxied=exchange.proxy is not None)
        return Request(url=bare, headers=headers, tls=tls)

    def _wait(self, host: Host, url: str, polling: Polling) -> None:
        if not host.ended:
            return
        asked = host.rules.crawl_delay if polling.robots else 0.0
        pause = max(polling.delay.total_seconds(), asked)
        pause *= 1 + random.uniform(0, JITTER)  # noqa: S311 - no secret
        left = host.ended + pause - time.monotonic()
        if left > 0 and self._stopped.wait(left):
            raise Cancelled(redact(url), "feedbot is stopping")

    def _check(self, exchange: Exchange, url: str, limit: float) -> None:
        if exchange.aborted or self._stopped.is_set():
            raise Cancelled(redact(url), "feedbot is stopping")
        if exchange.is_late():
            raise FetchError(redact(url), f"no complete answer within {limit:g} s")

    # --- one host at a time ------------------------------------------------------------------

    def _host(self, url: str) -> Host:
        name = _host_name(url)
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                self._drop_idle()
                host = self._hosts[name] = Host(name, self._open_transport())
            host.used = time.monotonic()
            return host

    def _drop_idle(self) -> None:
        """Forgets hosts long unused: redirects can lead to any number of them."""
        newest_last = sorted(self._hosts.values(), key=lambda host: host.used)
        for host in newest_last[: max(len(newest_last) - IDLE_HOSTS, 0)]:
            if not host.turn.locked():
                host.transport.close()
                del self._hosts[host.name]

    @contextlib.contextmanager
    def _turn(self, host: Host, url: str) -> Iterator[None]:
        """Waits until it is our turn at the host, and no longer than feedbot runs."""
        while not host.turn.acquire(timeout=0.1):
            if self._stopped.is_set():
                raise Cancelled(redact(url), "feedbot is stopping")
        try:
            yield
        finally:
            host.turn.release()

    # --- robots.txt --------------------------------------------------------------------------

    def _check_robots(self, host: Host, note: HostState, url: str, source: Source) -> None:
        robots = self._robots(host, note, url, source)
        if robots is None:
            problem = f"robots.txt cannot be read ({host.robots_error}), so the site is left alone"
            raise FetchError(redact(url), problem)
        if host.rules.text != robots:
            host.rules = read_robots(robots)
        if not host.rules.allows(url):
            raise Refused(redact(url), "robots.txt does not allow it")

    def _robots(self, host: Host, note: HostState, url: str, source: Source) -> bytes | None:
        """robots.txt, read anew every day; an old one is better than none while it cannot be had.

        RFC 9309, section 2.3.1: 4xx allows everything, 5xx and no answer allow nothing. If nobody
        answers at all, FetchError: the next poll shall find out at once when somebody does.
        """
        now = self._clock()
        if _within(ROBOTS_AGE, note.robots_at, now) or _within(
            ROBOTS_RETRY, host.robots_tried, now
        ):
            return note.robots
        try:
            robots = self._read_robots(host, urljoin(url, "/robots.txt"), source)
        except FetchError as error:
            if error.status is None or error.status < 500:
                raise
            host.robots_error, host.robots_tried = error.problem, now
            return note.robots
        host.robots_tried = None
        self._notes.keep_robots(host.name, robots, now)
        return robots

    def _read_robots(self, host: Host, at: str, source: Source) -> bytes:
        for _ in range(REDIRECTS + 1):
            # Elsewhere it takes no turn: two hosts that waited for each other would do so for ever.
            there = host if _host_name(at) == host.name else self._host(at)
            with self._response(there, at, source, {}, Cookies()) as response:
                status = response.status
                if status == 429 or status >= 500:
                    raise self._failure(there, at, response)
                try:
                    if status in REDIRECT:
                        at = redirect_of(at, response).target
                        continue
                    return read_body(at, response, LARGEST)[:LARGEST] if status == 200 else b""
                except FetchError:  # it leads nowhere or cannot be unpacked: as if there were none
                    return b""
        return b""  # too many redirects: as if there were none


SAFE = ":/?#[]@!$&'()*+,;=-._~%"  # characters of a URL that stay as they are


def _host_name(url: str) -> str:
    """The host of a URL, with its port if that is not the usual one."""
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        name, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not name:
        raise Refused(redact(url), "is no http or https address")
    usual = port is None or (parts.scheme, port) in (("http", 80), ("https", 443))
    return name if usual else f"{name}:{port}"


def _within(age: timedelta, moment: datetime | None, now: datetime) -> bool:
    """Whether a moment is no older; one in the future is of a clock that was set back."""
    return moment is not None and timedelta() <= now - moment < age


def _is_paused(note: HostState, now: datetime) -> bool:
    """Whether a host wants to be left alone; an end beyond every limit is of a wrong clock."""
    return note.not_before is not None and now < note.not_before <= now + LONGEST_PAUSE + SLIP


def _paused(url: str, note: HostState) -> FetchError:
    until = f"{note.not_before:%Y-%m-%d %H:%M} UTC"
    problem = f"the host asked for a pause until {until} (429)"
    return FetchError(redact(url), problem, status=429, retry_at=note.not_before)


def _class_of(status: int) -> str:
    return "304" if status == 304 else f"{status // 100}xx"
