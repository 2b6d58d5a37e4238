"""The only HTTP client: polite, and impossible to hold up from outside.

One request at a time per host, with a pause between; every request is bounded in time, in size
after decompression, and in redirects, and reaches public addresses only, unless the operator named
the host. robots.txt is obeyed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import importlib.metadata
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3

from ..errors import FetchError, Gone, Refused, Stopped
from ..model import NotModified, Page, Polling, Validators
from .guard import BlockedAddress
from .headers import conditions, fresh_until, is_readable, retry_at, validators_of
from .robots import Robots, read_robots
from .transport import Exchange, open_session

__all__ = ["Fetcher"]

CHUNK = 65_536  # bytes read at a time
REDIRECTS = 5
PERMANENT = {301, 308}
REDIRECT = PERMANENT | {302, 303, 307}
REFUSALS = {401, 403, 407, 451}
IDLE_HOSTS = 64  # hosts whose connection is kept; the longest unused closes first
ROBOTS_AGE = 86_400.0  # seconds that a robots.txt is believed (RFC 9309, section 2.4)
ROBOTS_RETRY = 600.0  # seconds before one that could not be read is asked for again
ROBOTS_SIZE = 512_000  # bytes; the RFC asks for 500 KiB at least

NETWORK_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,  # headers and URLs that the libraries refuse
)


class Host:
    """One host: its connection, its turn, and what it asked of us."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session
        self.turn = threading.Lock()
        self.ended = 0.0  # monotonic seconds at which the last exchange ended
        self.used = 0.0
        self.not_before: datetime | None = None  # of a 429
        self.robots: Robots | None = None
        self.robots_error: str | None = None
        self.robots_at = float("-inf")


class Fetcher:
    """Fetches pages; shared by the threads that poll."""

    def __init__(
        self,
        *,
        contact: str | None = None,
        named_hosts: Collection[str] = (),
        clock: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._named_hosts: set[str] = set()  # the sessions look into it, too
        self._hosts: dict[str, Host] = {}
        self._exchanges: set[Exchange] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.configure(contact=contact, named_hosts=named_hosts)

    def configure(self, *, contact: str | None, named_hosts: Collection[str]) -> None:
        """Takes another contact and other hosts; what the hosts asked of us stays known."""
        version = importlib.metadata.version("feedbot")
        self._user_agent = f"feedbot/{version}" + (f" (+{contact})" if contact else "")
        self._named_hosts |= set(named_hosts)
        self._named_hosts &= set(named_hosts)
        with self._lock:
            for host in self._hosts.values():
                host.session.headers["User-Agent"] = self._user_agent

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for host in self._hosts.values():
            host.session.close()

    def stop(self) -> None:
        """Aborts everything under way and whatever comes after, with Stopped."""
        self._stopped.set()
        with self._lock:
            exchanges = list(self._exchanges)
        for exchange in exchanges:
            exchange.abort()

    def fetch(
        self, url: str, *, polling: Polling, validators: Validators | None = None
    ) -> Page | NotModified:
        """The page at `url`, or that it has not changed since `validators` were given.

        Raises FetchError, or Refused, Gone or Stopped, and nothing else.
        """
        asked, moved = url, True
        for _ in range(REDIRECTS + 1):
            if polling.robots:
                self._check_robots(url, polling)
            answer = self._exchange(url, asked, polling, validators or Validators())
            if not isinstance(answer, str):
                if isinstance(answer, Page) and moved and url != asked:
                    return _moved(answer)
                return answer
            url, permanent = answer[1:], answer[0] == "!"
            moved = moved and permanent
        raise FetchError(_safe(asked), f"more than {REDIRECTS} redirects")

    # --- one exchange ------------------------------------------------------------------------

    def _exchange(
        self, url: str, asked: str, polling: Polling, validators: Validators
    ) -> Page | NotModified | str:
        """One request and its answer; a redirect as its target, marked "!" if permanent."""
        with self._response(url, polling, conditions(validators)) as response:
            now = self._clock()
            if response.status_code in REDIRECT:
                return _redirect(url, response)
            if response.status_code == 304:
                return _not_modified(url, response, validators, now)
            if response.status_code != 200:
                raise self._failure(url, response, now)
            content_type = response.headers.get("Content-Type", "")
            if not is_readable(content_type):
                raise FetchError(_safe(url), f"is {content_type[:80]}, not a page")
            body = self._read(url, response, polling.max_size)
            return Page(
                url=_safe(url),
                requested=_safe(asked),
                body=body,
                content_type=content_type,
                fetched_at=now,
                validators=validators_of(response.headers),
                fresh_until=fresh_until(response.headers, now),
            )

    @contextlib.contextmanager
    def _response(
        self, url: str, polling: Polling, headers: dict[str, str]
    ) -> Iterator[requests.Response]:
        """The answer to one request, in the host's turn and within the time limit."""
        host = self._host(url)
        limit = polling.timeout.total_seconds()
        with self._turn(host, url, polling):
            exchange = Exchange()
            with self._lock:
                self._exchanges.add(exchange)
            try:
                if self._stopped.is_set():
                    raise Stopped(_safe(url), "feedbot is stopping")
                with (
                    exchange.within(limit),
                    host.session.get(
                        url, headers=headers, timeout=limit, stream=True, allow_redirects=False
                    ) as response,
                ):
                    # A socket that was shut down may look like a short, good answer.
                    self._check(exchange, url, limit)
                    yield response
                    self._check(exchange, url, limit)
            except NETWORK_ERRORS as error:
                self._check(exchange, url, limit)
                raise _explained(url, error) from error
            finally:
                with self._lock:
                    self._exchanges.discard(exchange)

    def _check(self, exchange: Exchange, url: str, limit: float) -> None:
        if exchange.aborted or self._stopped.is_set():
            raise Stopped(_safe(url), "feedbot is stopping")
        if exchange.expired:
            raise FetchError(_safe(url), f"no complete answer within {limit:g} s")

    def _read(self, url: str, response: requests.Response, limit: int) -> bytes:
        """The body, decompressed, as it comes: waiting for whole chunks would outlast the limit."""
        body = bytearray()
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise FetchError(_safe(url), f"larger than {limit:,} bytes")
        return bytes(body)

    def _failure(self, url: str, response: requests.Response, now: datetime) -> FetchError:
        status = response.status_code
        problem = f"{status} {response.reason or ''}".strip()
        retry = retry_at(response.headers, now) if status in (429, 503) else None
        if status == 429:
            self._host(url).not_before = retry
        kind = Gone if status == 410 else Refused if status in REFUSALS else FetchError
        return kind(_safe(url), problem, status=status, retry_at=retry)

    # --- one host at a time ------------------------------------------------------------------

    def _host(self, url: str) -> Host:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(_safe(url), "is no http or https address")
        name = parts.netloc.rpartition("@")[2].lower()
        with self._lock:
            host = self._hosts.get(name)
            if host is None:
                self._close_idle()
                host = self._hosts[name] = Host(open_session(self._user_agent, self._named_hosts))
            host.used = time.monotonic()
            return host

    def _close_idle(self) -> None:
        """Closes the connections of hosts long unused; what they asked of us is kept."""
        idle = sorted(self._hosts.values(), key=lambda host: host.used)
        for host in idle[: max(len(idle) - IDLE_HOSTS, 0)]:
            if not host.turn.locked():
                host.session.close()

    @contextlib.contextmanager
    def _turn(self, host: Host, url: str, polling: Polling) -> Iterator[None]:
        """Waits until it is our turn at the host, and no longer than feedbot runs."""
        while not host.turn.acquire(timeout=0.1):
            if self._stopped.is_set():
                raise Stopped(_safe(url), "feedbot is stopping")
        try:
            if host.not_before and self._clock() < host.not_before:
                problem = "the host asked for a pause (429)"
                raise FetchError(_safe(url), problem, status=429, retry_at=host.not_before)
            pause = self._pause(host, polling) - (time.monotonic() - host.ended)
            if pause > 0 and self._stopped.wait(pause):
                raise Stopped(_safe(url), "feedbot is stopping")
            yield
        finally:
            host.ended = time.monotonic()
            host.turn.release()

    def _pause(self, host: Host, polling: Polling) -> float:
        asked = host.robots.crawl_delay if host.robots and polling.robots else 0.0
        return max(polling.delay.total_seconds(), asked) if host.ended else 0.0

    # --- robots.txt --------------------------------------------------------------------------

    def _check_robots(self, url: str, polling: Polling) -> None:
        host = self._host(url)
        age = time.monotonic() - host.robots_at
        if age > (ROBOTS_RETRY if host.robots_error else ROBOTS_AGE):
            self._load_robots(host, url, polling)
        if host.robots_error:
            problem = f"robots.txt cannot be read ({host.robots_error}), so the site is left alone"
            raise FetchError(_safe(url), problem)
        if host.robots and not host.robots.allows(url):
            raise Refused(_safe(url), "robots.txt does not allow it")

    def _load_robots(self, host: Host, url: str, polling: Polling) -> None:
        """RFC 9309, section 2.3.1: 4xx allows everything, 5xx and no answer allow nothing."""
        at = urljoin(url, "/robots.txt")
        host.robots_error = None
        for _ in range(REDIRECTS + 1):
            try:
                with self._response(at, polling, {}) as response:
                    if response.status_code in REDIRECT:
                        at = _redirect(at, response)[1:]
                        continue
                    if response.status_code >= 500 or response.status_code == 429:
                        raise self._failure(at, response, self._clock())
                    good = response.status_code == 200
                    text = self._read(at, response, ROBOTS_SIZE) if good else b""
                    host.robots = read_robots(text)
            except Stopped:
                raise
            except FetchError as error:
                host.robots, host.robots_error = None, error.problem
                if error.status is None:
                    # Nobody answers: the next poll shall find out at once when somebody does.
                    raise
            break
        host.robots_at = time.monotonic()


# --- answers ----------------------------------------------------------------------------------


def _redirect(url: str, response: requests.Response) -> str:
    location = response.headers.get("Location", "")
    try:
        # http.client decodes headers as Latin-1; servers send UTF-8 (RFC 9110, section 5.5).
        target = urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
        scheme = urlsplit(target).scheme
    except ValueError as error:
        raise FetchError(_safe(url), "redirects to what is no address") from error
    if not location or scheme not in ("http", "https"):
        raise Refused(_safe(url), f"redirects to {_safe(target) or 'nowhere'}")
    return ("!" if response.status_code in PERMANENT else "?") + target


def _not_modified(
    url: str, response: requests.Response, validators: Validators, now: datetime
) -> NotModified:
    if validators == Validators():
        raise FetchError(_safe(url), "304 to a request without conditions", status=304)
    given = validators_of(response.headers)
    return NotModified(
        url=_safe(url),
        fetched_at=now,
        validators=Validators(
            etag=given.etag or validators.etag,
            last_modified=given.last_modified or validators.last_modified,
        ),
        fresh_until=fresh_until(response.headers, now),
    )


def _moved(page: Page) -> Page:

    return dataclasses.replace(page, moved_to=page.url)


def _explained(url: str, error: BaseException) -> FetchError:
    """The reason behind a library's error, in a few plain words."""
    for cause in _causes(error):
        if isinstance(cause, BlockedAddress):
            return Refused(_safe(url), str(cause))
        for kind, problem in REASONS:
            if isinstance(cause, kind):
                return FetchError(_safe(url), problem)
    return FetchError(_safe(url), _innermost(error))


REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "the host's name has no address"),
    (ConnectionRefusedError, "the host refuses the connection"),
    (ConnectionResetError, "the host ended the connection"),
    (TimeoutError, "no answer in time"),
    (urllib3.exceptions.TimeoutError, "no answer in time"),
    (ssl.SSLCertVerificationError, "the host's certificate is not valid"),
    (ssl.SSLError, "no secure connection to the host"),
    (http.client.IncompleteRead, "the answer was cut off"),
    (http.client.RemoteDisconnected, "the host ended the connection"),
    (http.client.LineTooLong, "a header is too long"),
    (urllib3.exceptions.DecodeError, "the answer is not compressed as it says"),
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all those behind it, the outermost first."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        behind = (cause.__context__, cause.__cause__, _reason(cause))
        waiting += [one for one in behind if one is not None]


def _reason(error: BaseException) -> BaseException | None:
    reason = getattr(error, "reason", None) or (error.args[0] if error.args else None)
    return reason if isinstance(reason, BaseException) else None


def _innermost(error: BaseException) -> str:
    *_, last = _causes(error)
    return str(last)[:200] or type(last).__name__


def _safe(url: str) -> str:
    """The URL without user and password, fit for logs and feeds."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return "(not an address)"
