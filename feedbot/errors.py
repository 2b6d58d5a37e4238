"""Every error that feedbot raises deliberately: one type for each way to react.

    FeedbotError
    ├── ConfigError            the operator must edit something; exit status 2, no retry
    ├── FetchError             network or site; recorded, and retried with back-off
    │   ├── Refused            robots.txt, 401/403/451 or a blocked address: leave this URL alone
    │   ├── Gone               410: do not request this URL again
    │   └── Cancelled          feedbot is shutting down; nothing is recorded against the site
    ├── NotAnArticle           the page was fetched but is not an article; reported, retried later
    ├── ReadError              reading the page took too much time or memory, or hit a bug;
    │   │                      reported, retried after a while
    │   └── Postponed          other pages took all the time of the visit; read at the next one
    ├── StoreError             the database; nothing of the poll is saved
    │   ├── StoreUnavailable   temporary; `run` and `worker` wait for a server
    │   └── SchemaChanged      it is no longer what this process opened; the process ends
    └── PublishError           the output; old files stay, the next publishing tries again

Every message names its object. A bug affects only the page that triggers it: it is logged with a
traceback, and the page is reported with a ReadError.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class FeedbotError(Exception):
    """Base of all deliberate errors."""


class Diagnostic(NamedTuple):
    """One mistake in a configuration: where it is, what is wrong, and how to correct it.

    `line` and `column` count from 1; 0 if the position is unknown.
    """

    path: str
    line: int
    column: int
    key: str
    problem: str
    help: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.problem}" + (f"; {self.help}" if self.help else "")


class ConfigError(FeedbotError):
    """The configuration is invalid; carries all its mistakes."""

    def __init__(self, mistakes: list[Diagnostic]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(map(str, mistakes)))


class FetchError(FeedbotError):
    """A URL could not be fetched.

    `status` is the HTTP status, None without a response; `retry_at` is when the host may be asked
    again (Retry-After), None if it did not say.
    """

    def __init__(
        self,
        url: str,
        problem: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        self.url = url
        self.problem = problem
        self.status = status
        self.retry_at = retry_at
        super().__init__(f"{url}: {problem}")


class Refused(FetchError):
    """The site refuses access to this URL, or its address is blocked."""


class Gone(FetchError):
    """410: the page is gone for good."""


class Cancelled(FetchError):
    """feedbot is shutting down and did not finish the request."""


class NotAnArticle(FeedbotError):
    """A fetched page is not an article: an error page, a consent wall, a section, a shell."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: not an article: {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        # Workers pickle these errors; by default only the message would be kept.
        return type(self), (self.url, self.reason)


class ReadError(FeedbotError):
    """Reading a page took too much time or memory, or hit a bug (then `trace` is its traceback)."""

    def __init__(self, url: str, reason: str, trace: str = "") -> None:
        self.url = url
        self.reason = reason
        self.trace = trace
        super().__init__(f"{url}: {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.url, self.reason, self.trace)


class Postponed(ReadError):
    """A page was not read because other pages of its visit took too long."""


class StoreError(FeedbotError):
    """The database cannot be opened, read or written."""


class StoreUnavailable(StoreError):
    """The database is down, full or overloaded; nothing needs to be edited."""


class SchemaChanged(StoreError):
    """The database is no longer the one that this process opened.

    Another version of feedbot changed its tables, or its file was deleted or replaced.
    """


class PublishError(FeedbotError):
    """The output cannot be written."""
