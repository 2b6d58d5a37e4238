"""A browser for pages whose text comes by script, where the operator asks for one.

It has no way to the network. The page is the one that was fetched, and what its scripts ask for is
fetched by feedbot: with the same turns, pauses, robots.txt, guard, credentials and limits as all
else. Pictures, fonts, films, styles and trackers are not fetched at all. The browser is a Chromium
that is installed, such as Debian's. The only home of Playwright.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING, Any

from ..errors import Cancelled, FetchError
from ..model import Page, Source, Validators
from ..web.urls import host_of, redact
from . import Fetcher
from .credentials import as_foreign, is_own

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from playwright.sync_api import Page as Tab

log = logging.getLogger(__name__)

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LIMIT = 60.0  # seconds for one page, with the pauses between requests to its host
SETTLE = 2_000  # milliseconds that a page is given after its last request
SCROLL = 1_500  # milliseconds that it is given after each scroll
REQUESTS = 60  # that one page may make
START = 30.0  # seconds until the browser must listen
PAUSE = 600.0  # seconds after which one that did not start is tried again
WAKE = 0.1  # seconds, at most, until a stop is noticed
MEMORY = 512  # MB of its scripts
FETCHED = frozenset(("script", "xhr", "fetch", "eventsource"))
TRACKERS = re.compile(
    r"(^|\.)(google-analytics|googletagmanager|googlesyndication|doubleclick|googleadservices"
    r"|facebook|hotjar|scorecardresearch|chartbeat|quantserve|criteo|taboola|outbrain|adnxs"
    r"|amazon-adsystem|matomo|segment|mixpanel|newrelic|nr-data|sentry|cookiebot|onetrust)\."
)
OPTIONS = (
    "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--mute-audio", "--renderer-process-limit=1",
    "--disable-web-security",  # other origins are answered by us, as the page may ask
    "--proxy-server=socks5://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",  # nowhere
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--js-flags=--max-old-space-size={MEMORY}", "--remote-debugging-port=0", "about:blank",
)  # fmt: skip
LISTENS = re.compile(r"DevTools listening on (ws://\S+)")


def missing() -> str:
    """What must be installed before pages can be rendered; "" if nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "the optional part feedbot[browser] is not installed"
    return "" if _executable() else "no Chromium is installed; on Debian: apt install chromium"


def _executable() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class _Job:
    page: Page
    source: Source
    scrolls: int
    done: Future[Page] = field(default_factory=Future)


class PageRenderer:
    """Renders pages, one at a time, in one browser that is started when it is needed."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._turn = threading.Lock()
        self._browser: _Browser | None = None
        self._trouble = ""  # why the last start failed
        self._try_again = 0.0  # monotonic seconds from which another is tried

    def __enter__(self) -> PageRenderer:
        return self

    def __exit__(self, *_: object) -> None:
        if browser := self._drop():
            browser.join()

    @property
    def process(self) -> subprocess.Popen[str] | None:
        """The process of the browser; None if none was started."""
        return self._browser.process if self._browser else None

    def render(self, page: Page, source: Source, scrolls: int = 0) -> Page:
        """The page as its scripts make it, after so many scrolls to its end.

        Raises FetchError, or Cancelled. A browser that does not start fails every page at once
        for a while; then it is tried again.
        """
        job = _Job(page, source, scrolls)
        with self._turn:
            if problem := missing() or self._current_trouble():
                raise FetchError(redact(page.url), f"cannot be rendered: {problem}")
            browser = self._ready()
            browser.take(job)
            try:
                return self._result(job, browser)
            except Exception as error:
                self._drop()
                raise self._explain(page.url, error, browser) from error

    def _current_trouble(self) -> str:
        return self._trouble if time.monotonic() < self._try_again else ""

    def _ready(self) -> _Browser:
        """A browser that can take a page; one that has died is replaced."""
        if self._browser and not self._browser.is_alive:
            self._drop()
        self._browser = self._browser or _Browser(self._fetcher)
        return self._browser

    def _drop(self) -> _Browser | None:
        browser, self._browser = self._browser, None
        if browser:
            browser.end()
        return browser

    def _result(self, job: _Job, browser: _Browser) -> Page:
        began = time.monotonic()
        while not job.done.done() and not self._fetcher.is_stopped:
            limit = START + (LIMIT if browser.has_started else 0)
            if time.monotonic() > began + limit:
                raise TimeoutError
            futures.wait([job.done], WAKE)
        if self._fetcher.is_stopped:  # then what its scripts asked for did not come
            raise Cancelled(redact(job.page.url), "feedbot is stopping")
        return job.done.result()

    def _explain(self, url: str, error: Exception, browser: _Browser) -> FetchError:
        """What a failure means. One before the browser has started is that of every page."""
        at = redact(url)
        if self._fetcher.is_stopped:
            return Cancelled(at, "feedbot is stopping")
        reason = redact(" ".join(str(error).split())[:100])
        if not browser.has_started:
            self._trouble = f"the browser does not start{f': {reason}' if reason else ''}"
            self._try_again = time.monotonic() + PAUSE
            log.warning("%s; it is tried again in %g minutes", self._trouble, PAUSE / 60)
            return FetchError(at, f"cannot be rendered: {self._trouble}")
        if isinstance(error, TimeoutError):
            return FetchError(at, f"not rendered within {LIMIT:g} s")
        log.debug("%s: the browser failed", at, exc_info=error)
        return error if isinstance(error, FetchError) else FetchError(at, f"not rendered: {reason}")


class _Browser:
    """A browser and the thread that tells it what to do; it ends with its first failure.

    Playwright wants one thread for all that it does.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.process: subprocess.Popen[str] | None = None
        self.has_started = False
        self._thread = threading.Thread(target=self._work, name="browser", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it can take another page."""
        return self.process is not None and self.process.poll() is None

    def take(self, job: _Job) -> None:
        """Renders a page; `job.done` tells when."""
        self._jobs.put(job)

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._jobs.put(None)
        if self.process and self.process.poll() is None:
            self.process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(START)

    def join(self) -> None:
        """Waits until its thread has ended."""
        self._thread.join(START)

    def _work(self) -> None:
        job = self._jobs.get()
        try:
            with self._connected() as browser:
                self.has_started = True
                while job:
                    job.done.set_result(_Visit(job, self._fetcher).render(browser))
                    job = self._jobs.get()
        except Exception as error:  # noqa: BLE001 - whoever waits for the page is told
            if job:
                job.done.set_exception(error)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Browser]:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright, self._started() as address:
            yield playwright.chromium.connect_over_cdp(address)

    @contextlib.contextmanager
    def _started(self) -> Iterator[str]:
        """Starts a browser; the address at which it is told what to do."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            command = [str(_executable()), *sandbox, f"--user-data-dir={home}", *OPTIONS]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
                self.process = process
                try:
                    assert process.stderr
                    yield _address(process.stderr)
                finally:
                    process.kill()


def _address(said: IO[str]) -> str:
    """Where a browser that was started listens; what it says afterwards is thrown away."""
    last = ""
    for line in said:
        if match := LISTENS.search(line):
            threading.Thread(target=lambda: [None for _ in said], daemon=True).start()
            return match[1]
        last = line.strip() or last
    raise OSError(last)


class _Visit:
    """One page in the browser, and the requests that it makes."""

    def __init__(self, job: _Job, fetcher: Fetcher) -> None:
        self._job = job
        self._fetcher = fetcher
        self._deadline = time.monotonic() + LIMIT
        self._requests = 0
        self._is_shown = False
        own = is_own(job.page.url, job.source)
        self._source = job.source if own else as_foreign(job.source)

    def render(self, browser: Browser) -> Page:
        context = browser.new_context(service_workers="block", accept_downloads=False)
        try:
            context.route("**/*", self._answer)
            tab = context.new_page()
            tab.goto(self._job.page.url, wait_until="load", timeout=self._left())
            self._settle(tab, SETTLE)
            self._scroll(tab)
            html: str = tab.content()
        finally:
            context.close()
        return replace(
            self._job.page,
            body=html.encode("utf-8", "replace")[: self._job.source.polling.max_size],
            content_type="text/html; charset=utf-8",
            validators=Validators(),  # they are those of the page before its scripts
        )

    def _left(self) -> float:
        """Milliseconds that are left; 1 at least, as 0 would mean no limit."""
        return max((self._deadline - time.monotonic()) * 1000, 1)

    def _settle(self, tab: Tab, milliseconds: int) -> None:
        """Waits until the page asks for nothing more, and no longer than it may."""
        from playwright.sync_api import TimeoutError as Late

        tab.wait_for_timeout(min(milliseconds / 4, self._left()))
        with contextlib.suppress(Late):
            tab.wait_for_load_state("networkidle", timeout=min(milliseconds * 4, self._left()))

    def _scroll(self, tab: Tab) -> None:
        """Goes to the end, as long as that brings more."""
        before = -1
        for _ in range(self._job.scrolls):
            links: int = tab.locator("a[href]").count()
            if links == before or self._left() <= SCROLL:
                return
            before = links
            tab.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
            tab.wait_for_timeout(min(SCROLL, self._left()))
            self._settle(tab, SCROLL)

    def _answer(self, route: Route) -> None:
        """Answers a request of the page: with itself, with what feedbot fetches, or not at all."""
        request = route.request
        if request.is_navigation_request() and not self._is_shown:
            self._is_shown = True
            page = self._job.page
            route.fulfill(status=200, body=page.body, content_type=page.content_type)
            return
        answer = self._fetched(request.url) if self._may(request) else None
        if answer is None:
            route.abort()
        else:
            route.fulfill(status=200, body=answer.body, content_type=answer.content_type)

    def _may(self, request: Any) -> bool:
        self._requests += 1
        return (
            request.method == "GET"
            and request.resource_type in FETCHED
            and self._requests <= REQUESTS
            and time.monotonic() < self._deadline
            and not TRACKERS.search(host_of(request.url))
        )

    def _fetched(self, url: str) -> Page | None:
        try:
            answer = self._fetcher.fetch(url, source=self._source, any_type=True)
        except FetchError as error:
            log.debug("%s: asked for by a script: %s", redact(self._job.page.url), error)
            return None
        return answer if isinstance(answer, Page) else None
