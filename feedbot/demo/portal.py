"""The sample site as a real web server on loopback, for `feedbot demo` and for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from types import TracebackType
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from . import pages
from .pages import Layout, Shown
from .server import Answer, Server
from .stories import OLDER, STORIES, WireStory

Fault = Literal["404", "410", "500", "503", "slow", "shell", "consent", "truncated"]

LISTING = "/nieuws"
AT_FIRST = 14  # stories that are there when the site opens; the others appear one by one
ROBOTS = "User-agent: *\nDisallow: /zoeken\n"
SERVICES = (  # pages that a portal links everywhere and that are no news
    *("weer", "verkeer", "vacatures", "webmail", "zoeken"),
    *("contact", "privacy", "voorwaarden", "adverteren"),
)
SECTION_PATHS = {pages.section_path(section): section for section in pages.SECTIONS}


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class Portal:
    """A news site on loopback, from `with` to the end of it.

    clock       tells the time; stories appear and age by it
    layout      "portal" (plain markup, relative times) or "semantic" (JSON-LD, <article>)
    stories     in the order in which they appear; the first `at_first` are there from the start
    older       leads that stand below articles although their stories are gone
    validators  whether listing and articles carry ETag and Last-Modified and answer 304
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = _wall_clock,
        host: str = "127.0.0.1",
        port: int = 0,
        layout: Layout = "portal",
        stories: Sequence[WireStory] = STORIES,
        older: Sequence[str] = OLDER,
        at_first: int = AT_FIRST,
        validators: bool = True,
    ) -> None:
        self.layout: Layout = layout
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        """Every request so far: method, path with query, headers as they were sent."""
        self._clock = clock
        self._address = (host, port)
        self._older = tuple(older)
        self._validators = validators
        self._coming = list(stories[at_first:])
        self._shown = _opening(stories[:at_first], clock())  # newest first
        self._faults: dict[str, Fault] = {}
        self._turn = 0
        self._lock = threading.Lock()

    # --- the server ---------------------------------------------------------------------------

    def __enter__(self) -> Portal:
        self._server = Server(self._address, self.answer)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True, name="portal"
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host, port = self._server.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"

    @property
    def url(self) -> str:
        """The listing."""
        return self.origin + LISTING

    # --- what happens on the site ---------------------------------------------------------------

    @property
    def stories(self) -> tuple[WireStory, ...]:
        """What is on the site now, newest first, as it reads now."""
        with self._lock:
            return tuple(one.story for one in self._shown)

    def address(self, story: WireStory) -> str:
        """The URL of a story."""
        return self.origin + story.path

    def advance(self) -> WireStory | None:
        """The next story appears; None if there is none left."""
        with self._lock:
            if not self._coming:
                return None
            now = self._clock()
            one = Shown(story=self._coming.pop(0), published=now, changed=now)
            self._shown.insert(0, one)
            return one.story

    def correct(self) -> WireStory | None:
        """The newest story that has a correction gets it; None if there is none left."""
        with self._lock:
            for place, one in enumerate(self._shown):
                if one.story.correction:
                    story = one.story.corrected()
                    self._shown[place] = Shown(
                        story=story, published=one.published, changed=self._clock()
                    )
                    return story
            return None

    def break_(self, path: str, how: Fault) -> None:
        """From now on `path` is answered badly.

        slow       a byte every tenth of a second
        shell      200, but only a script would fill the page
        consent    200, but a consent wall
        truncated  the connection ends halfway
        """
        with self._lock:
            self._faults[path] = how

    def listing_down(self) -> None:
        """The listing answers 503 from now on."""
        self.break_(LISTING, "503")

    def mend(self) -> None:
        """Everything that was broken works again."""
        with self._lock:
            self._faults.clear()

    # --- answering ------------------------------------------------------------------------------

    def answer(self, method: str, target: str, headers: Message) -> Answer:
        """What a request gets; notes it in `requests`."""
        path = urlsplit(target).path
        with self._lock:
            self.requests.append((method, target, dict(headers.items())))
            match self._faults.get(path):
                case None:
                    return _conditional(self._find(path, target), headers)
                case "slow" | "truncated" as manner:
                    return replace(self._find(path, target), manner=manner)
                case "consent":
                    return Answer(body=pages.consent_wall(self._year))
                case "shell":
                    return Answer(body=pages.empty_shell())
                case status:
                    return self._error(HTTPStatus(int(status)))

    @property
    def _year(self) -> int:
        return self._clock().year

    def _error(self, status: HTTPStatus) -> Answer:
        return Answer(status=status, body=pages.error(status, self._year))

    def _find(self, path: str, target: str) -> Answer:
        for one in self._shown:
            if path == one.story.path:
                return self._article(one)
        if path == LISTING or path in SECTION_PATHS:
            return self._listing(SECTION_PATHS.get(path), target)
        match path.split("/")[1:]:
            case [""]:
                return Answer(status=HTTPStatus.FOUND, headers={"Location": LISTING})
            case ["robots.txt"]:
                return Answer(body=ROBOTS, content_type="text/plain; charset=utf-8")
            case ["stijl.css"]:
                return Answer(body=pages.style(), content_type="text/css; charset=utf-8")
            case ["logo.svg"] | ["beeld", _]:
                return Answer(body=pages.picture(path), content_type="image/svg+xml")
            case [name] if name in SERVICES:
                return Answer(body=pages.service(name.capitalize(), self._year))
            case _:
                return self._error(HTTPStatus.NOT_FOUND)

    def _article(self, one: Shown) -> Answer:
        self._turn += 1
        body = pages.article(
            self.layout,
            one,
            self._shown,
            self._older,
            origin=self.origin,
            now=self._clock(),
            turn=self._turn,
        )
        return Answer(body=body, headers=self._validate(one.changed, [one]))

    def _listing(self, section: str | None, target: str) -> Answer:
        asked = parse_qs(urlsplit(target).query).get("page", ["1"])[0]
        page = max(1, int(asked)) if asked.isdecimal() else 1
        body = pages.listing(
            self.layout, self._shown, section=section, page=page, now=self._clock()
        )
        changed = max((one.changed for one in self._shown), default=self._clock())
        return Answer(body=body, headers=self._validate(changed, self._shown))

    def _validate(self, changed: datetime, shown: Iterable[Shown]) -> dict[str, str]:
        """Weak validators: they stand for the news on a page, not for its teasers and ages."""
        if not self._validators:
            return {}
        words = "\n".join(one.story.headline + one.story.lead for one in shown)
        digest = sha256(f"{self.layout} {changed} {words}".encode()).hexdigest()[:16]
        return {
            "ETag": f'W/"{digest}"',
            "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True),
        }


def _conditional(answer: Answer, headers: Message) -> Answer:
    """304 where the client sends back, byte for byte, what it was given (as nginx wants it)."""
    sent, ours = (
        ("If-None-Match", "ETag")
        if "If-None-Match" in headers
        else ("If-Modified-Since", "Last-Modified")
    )
    known = headers.get(sent)
    if known is None or known != answer.headers.get(ours):
        return answer
    return Answer(status=HTTPStatus.NOT_MODIFIED, headers=answer.headers)


def _opening(stories: Sequence[WireStory], now: datetime) -> list[Shown]:
    """The stories that a site opens with, newest first: 12 minutes old, 48, 1:48 hours, …"""
    shown = []
    for number, story in enumerate(reversed(stories), start=1):
        published = now - timedelta(minutes=12 * number**2)
        shown.append(Shown(story=story, published=published, changed=published))
    return shown
