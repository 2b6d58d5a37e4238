"""Every error that feedbot raises on purpose, one type per reaction.

    FeedbotError
    ├── ConfigError       the operator must edit something; exit 2, nothing is retried
    ├── FetchError        network or site; recorded, backed off, tried again
    │   ├── Refused       robots.txt, 401/403/451 or a blocked address: this URL is left alone
    │   ├── Gone          410: the URL is not asked for again
    │   └── Stopped       feedbot is shutting down; nothing is recorded against the site
    ├── NotAnArticle      the page is fine but holds no article; named, tried again later
    ├── ReadError         reading the page took too much time or memory, or met a bug of feedbot;
    │   │                 named, left alone for a while, tried again
    │   └── Postponed     other pages took all the time of the visit; read at the next one
    ├── StoreError        the database; the poll is abandoned and nothing of it half saved
    │   ├── StoreAway     it cannot be had just now; a server is waited for
    │   └── Outdated      it is another one than this process has opened; the process ends
    └── PublishError      the output; old files stay, the next publish tries again

Every message names its object. A bug costs the page that met it: it is logged with its
traceback, and the page is reported with a ReadError.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class FeedbotError(Exception):
    """Base of all deliberate errors."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong in a configuration: where, what, and what would be right.

    `line` and `column` count from 1; 0 where the place is unknown.
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
    """The operator must edit the configuration; carries all its mistakes at once."""

    def __init__(self, mistakes: list[Diagnostic]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(map(str, mistakes)))


class FetchError(FeedbotError):
    """A URL could not be read.

    `status` is the HTTP status if there was one; `retry_at` the moment before which the host
    does not want to be asked again (Retry-After).
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
    """The site does not want to be read here, or the address is not one that feedbot may read."""


class Gone(FetchError):
    """410: the site says that the page will not come back."""


class Cancelled(FetchError):
    """feedbot is shutting down and asked for nothing more."""


class NotAnArticle(FeedbotError):
    """A page was fetched but is no article: an error page, a consent wall, a section, a shell."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: not an article: {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        # As an error is by default pickled with its message alone, and workers send these.
        return type(self), (self.url, self.reason)


class ReadError(FeedbotError):
    """Reading a page took too much time or memory, or met a bug; then `trace` is its traceback."""

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
    """The database is down, full or overrun: what passes without anybody editing anything."""


class SchemaChanged(StoreError):
    """What this process has opened is no longer the database.

    Another version of feedbot has changed its tables, or its file was deleted or replaced.
    """


class PublishError(FeedbotError):
    """The output cannot be written."""
