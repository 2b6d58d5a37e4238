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
START = 20.0  # seconds until the browser must listen
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
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> PageRenderer:
        return self

    def __exit__(self, *_: object) -> None:
        self._jobs.put(None)
        self._kill()
        if self._thread:
            self._thread.join(START)

    def render(self, page: Page, source: Source, scrolls: int = 0) -> Page:
        """The page as its scripts make it, after so many scrolls to its end. Raises FetchError."""
        if problem := missing():
            raise FetchError(redact(page.url), f"cannot be rendered: {problem}")
        job = _Job(page, source, scrolls)
        with self._turn:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="browser", daemon=True)
                self._thread.start()
            self._jobs.put(job)
            try:
                return job.done.result(LIMIT + START)
            except TimeoutError:
                self._kill()  # a script that never ends; the next page gets another browser
                raise FetchError(redact(page.url), f"not rendered within {LIMIT:g} s") from None

    def _kill(self) -> None:
        process = self._process
        if process and process.poll() is None:
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(START)

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    # --- the thread of the browser ------------------------------------------------------------

    def _work(self) -> None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright, contextlib.ExitStack() as opened:
            browser: Browser | None = None
            while job := self._jobs.get():
                try:
                    if browser is None or not self._is_alive():
                        opened.close()
                        address = opened.enter_context(self._started())
                        browser = playwright.chromium.connect_over_cdp(address)
                    job.done.set_result(_Visit(job, self._fetcher).render(browser))
                except FetchError as error:
                    job.done.set_exception(error)
                except Exception as error:
                    log.debug("%s: the browser failed", redact(job.page.url), exc_info=True)
                    reason = " ".join(str(error).split())[:100]
                    problem = f"not rendered: {redact(reason)}"
                    job.done.set_exception(FetchError(redact(job.page.url), problem))
                    self._kill()

    @contextlib.contextmanager
    def _started(self) -> Iterator[str]:
        """Starts a browser; the address at which it is told what to do."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            command = [str(_executable()), *sandbox, f"--user-data-dir={home}", *OPTIONS]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
                self._process = process
                try:
                    assert process.stderr
                    yield _address(process.stderr)
                finally:
                    process.kill()


def _address(said: IO[str]) -> str:
    """Where a browser that was started listens; what it says afterwards is thrown away."""
    deadline = time.monotonic() + START
    for line in said:
        if match := LISTENS.search(line):
            threading.Thread(target=lambda: [None for _ in said], daemon=True).start()
            return match[1]
        if time.monotonic() > deadline:
            break
    raise OSError("the browser does not start")


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
        except Cancelled:
            raise
        except FetchError as error:
            log.debug("%s: asked for by a script: %s", redact(self._job.page.url), error)
            return None
        return answer if isinstance(answer, Page) else None
