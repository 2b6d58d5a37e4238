"""Every setting of feedbot.toml: its type, default and description."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from difflib import get_close_matches
from math import inf
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ..formats import ATOM, FORMATS, READERS
from ..model import Alerts, Output
from ..terms import TermError, parse_term
from ..web.urls import canonical, in_ascii, redact
from .passwords import is_hash

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_TIMEOUT = timedelta(days=1)
LARGEST_COUNT = 1_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_DURATION = timedelta(days=36_500)  # a century
SHORTEST_KEEP = timedelta(days=62)  # a month's archive is written when the month is over
SIZES = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


def _complain(problem: str, advice: str = "") -> NoReturn:
    problem = redact(problem)
    # Pydantic passes on the values in the context unchanged.
    raise PydanticCustomError("mistake", "{problem}", {"problem": problem, "help": advice})


def _duration(value: object) -> timedelta:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value) if isinstance(value, str) else None
    if match is None:
        _complain(
            f"{value!r} is not a duration",
            'write a number with s, m, h or d, such as "90s" or "15m"',
        )
    seconds = float(match[1]) * SECONDS[match[2]]
    if seconds > LONGEST_DURATION.total_seconds():
        _complain(f"{value!r} is too long", f"at most {LONGEST_DURATION.days} days")
    return timedelta(seconds=seconds)


def _positive_duration(value: object) -> timedelta:
    duration = _duration(value)
    if not duration:
        _complain(f"{value!r} must be longer than zero", 'such as "15m"')
    return duration


def _timeout(value: object) -> timedelta:
    duration = _positive_duration(value)
    if duration > LONGEST_TIMEOUT:
        _complain(f"{value!r} is too long", 'at most a day, such as "60s"')
    return duration


def _keep(value: object) -> timedelta:
    duration = _duration(value)
    if duration < SHORTEST_KEEP:
        _complain(
            f"{value!r} is too short",
            'at least two months, such as "62d", because archives are monthly',
        )
    return duration


def _size(value: object) -> int:
    match = re.fullmatch(r"(\d+)\s*([KMG]?B)?", str(value), re.IGNORECASE)
    size = int(match[1]) * SIZES[(match[2] or "").upper()] if match else 0
    if isinstance(value, bool) or size == 0:
        _complain(f"{value!r} is not a size", 'write a number with KB, MB or GB, such as "5MB"')
    return size


def _url(value: object) -> str:
    if isinstance(value, str) and "${" in value:
        _complain(
            "${…} in a web address is not filled in",
            'set auth = { user = "…", password = "env:NAME" }, or headers',
        )
    if not isinstance(value, str) or not _is_web_address(value):
        shown = re.sub(r"(?<=//).*@", "", repr(value))  # hides even a malformed password
        _complain(f"{shown} is not a web address", 'such as "https://www.example.org/news"')
    return value


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is not a number, or unbalanced brackets
        return False


def _folder_url(value: object) -> str:
    # file:/// is for a feed reader on the same machine, without a web server.
    local = isinstance(value, str) and value.startswith("file:///")
    url = str(value) if local else _url(value)
    if urlsplit(url).query or urlsplit(url).fragment:
        _complain(f"{value!r} has a query or a fragment", "write only the address of the folder")
    try:
        url = url if local else canonical(in_ascii(url))
    except UnicodeError:
        _complain(f"{value!r} has no host that can exist", "such as https://feeds.example.org/")
    return url if url.endswith("/") else url + "/"


def _output(value: object) -> str:
    output = _text(value)
    if "://" in output and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/\S*)?", output):
        _complain(
            f"{output!r} is not an output", 'a folder such as "feeds", or "s3://bucket/prefix"'
        )
    return output


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        _complain(f"{value!r} is not text", 'write text in quotes, such as "ZeelandNet"')
    if CONTROL.search(value):
        _complain(f"{value!r} has a control character", "remove it")
    return value.strip()


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_text(one) for one in values]


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        _complain(f"{value!r} is not a count", "write a whole number, 1 or more")
    if value > LARGEST_COUNT:
        _complain(f"{value!r} is too many", f"at most {LARGEST_COUNT}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
        _complain(f"{value!r} is not a threshold", "write a number above 0; the default is 2")
    return float(value)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        _complain(f"{value!r} is neither true nor false", "write true or false, without quotes")
    return value


def _render(value: object) -> bool | str:
    if not isinstance(value, bool) and value != "auto":
        _complain(f"{value!r} is not a way to render", '"auto", true or false')
    return value if isinstance(value, bool) else "auto"


def _language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        _complain(f"{value!r} is not a language tag", 'such as "nl", "en", "de" or "fr"')
    return value


def _timezone(value: object) -> str:
    zones = available_timezones()
    if str(value) not in zones:
        _complain(f"{value!r} is not a time zone", nearest(str(value), zones))
    return str(value)


def _contact(value: object) -> str:
    if not isinstance(value, str) or not re.match(r"(mailto:[^@\s]+@[^@\s]+|https?://\S+)$", value):
        _complain(f"{value!r} is not a contact", '"mailto:you@example.org" or a web address')
    return value


def _authority(value: object) -> str:
    # RFC 4151: a domain name or an email address, perhaps with a date when it was the operator's.
    pattern = r"[a-z0-9.@_-]+\.[a-z]+(,\d{4}(-\d\d){0,2})?"
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        _complain(f"{value!r} is not an authority", 'such as "example.org" or "example.org,2026"')
    return value


def _store_url(value: object) -> str:
    if not isinstance(value, str) or not re.match(r"(sqlite:///|postgresql(\+\w+)?://)", value):
        _complain(f"{value!r} is not a database", '"sqlite:///feedbot.db" or "postgresql://…"')
    return value


def _loopback(value: object) -> str:
    if not is_loopback(_listen(value)):
        _complain(f"{value!r} is not a loopback address with a port", 'such as "127.0.0.1:9464"')
    return str(value)


def _listen(value: object) -> str:
    form = r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+):(\d{1,5})"
    found = re.fullmatch(form, value, re.ASCII) if isinstance(value, str) else None
    if found is None or int(found[2]) > 65535:
        _complain(f"{value!r} is not an address with a port", 'such as "127.0.0.1:9464"')
    return found[0]


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches an address with a port, or a URL."""
    host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    return host in ("localhost", "::1") or bool(re.fullmatch(r"127(\.\d{1,3}){3}", host))


def _hash(value: object) -> str:
    # It is not shown: it may be the password itself.
    if not isinstance(value, str) or not is_hash(value):
        _complain("the password must be hashed", "`feedbot desk --hash` prints a line for [desk]")
    return value


# What feedbot says itself, because it must know what it has said.
OWN_HEADERS = frozenset(
    "host connection content-length transfer-encoding te upgrade accept-encoding range"
    " if-none-match if-modified-since proxy-authorization".split()
)


def _headers(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        _complain("headers must be a table", 'such as headers = { Cookie = "env:COOKIE" }')
    for name in value:
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            _complain(f"{name!r} is no name of a header", 'such as "Accept-Language"')
        if name.lower() in OWN_HEADERS:
            _complain(f"feedbot sets {name} itself", "leave it out")
    return {name: _secret(one) for name, one in value.items()}


def _secret(value: object) -> str:
    # It is not shown: it may be the secret itself.
    if not isinstance(value, str) or not value.strip() or not is_sendable(value):
        _complain("it must be text that a header can hold", 'such as "env:NAME" or "file:PATH"')
    return value.strip()


def _login(value: object) -> str:
    if not isinstance(value, str) or not value or not value.isprintable():
        _complain("it must be text of one line", 'such as "env:NAME" or "file:PATH"')
    return value


def is_sendable(value: str) -> bool:
    """Whether a header can hold a text."""
    return value.isascii() and value.isprintable()


def _path(value: object) -> str:
    from ..web.json_paths import check_path  # and with it a library, which few commands need

    path = _text(value)
    try:
        check_path(path)
    except ValueError as error:
        _complain(f"{path!r} {error}", 'keys such as "data.articles", or JSONPath such as "$..url"')
    return path


def _selector(value: object) -> str:
    from ..web.document import check_selector  # imported late: few commands need the HTML parser

    selector = _text(value)
    try:
        check_selector(selector)
    except ValueError as error:
        advice = 'write CSS such as "h2 a", or XPath that begins with / or ./'
        _complain(f"{selector!r} {error}", advice)
    return selector


def _term(value: object) -> str:
    try:
        parse_term(_text(value))
    except TermError as error:
        _complain(error.problem, error.help)
    return _text(value)


def _terms(value: object) -> list[str]:
    return [_term(one) for one in (value if isinstance(value, list) else [value])]


def nearest(word: str, words: Any) -> str:
    """ "did you mean …?" with the most similar known word; "" if none is similar."""
    folded = {str(known).casefold(): str(known) for known in words}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean `{folded[close[0]]}`?" if close else ""


def _known(name: str, table: Collection[str]) -> str:
    """What may have been meant, else all that could be."""
    return nearest(name, table) or "known here: " + ", ".join(table)


def _formats(value: object) -> list[str]:
    names = _texts(value)
    for name in names:
        if name not in FORMATS:
            _complain(f"{name!r} is not a feed format", _known(name, FORMATS))
    if ATOM.name not in names:
        _complain("formats without atom", 'add "atom": archives and the OPML list are Atom')
    return names


def _explanations(value: object) -> list[str]:
    names = _texts(value)
    for name in names:
        if name not in OUTPUT.explain:
            _complain(f"{name!r} is not an explanation", _known(name, OUTPUT.explain))
    return names


def _readers(value: object) -> list[str]:
    names = _texts(value)
    for name in names:
        if name not in READERS and not ("{url}" in name and _is_web_address(name)):
            known = f"{_known(name, READERS)}; or an address with {{url}}"
            _complain(f"{name!r} is not a feed reader", known)
    return names


def _digest(value: object) -> str:
    if value not in ("daily", "weekly"):
        _complain(f"{value!r} is not a digest", '"daily" or "weekly"')
    return str(value)


def _form(check: Callable[[object], object]) -> BeforeValidator:
    return BeforeValidator(check)


Duration = Annotated[timedelta, _form(_duration)]
Interval = Annotated[timedelta, _form(_positive_duration)]
Size = Annotated[int, _form(_size)]
Url = Annotated[str, _form(_url)]
WordSet = Annotated[str, _form(_text)]
WordList = Annotated[list[str], _form(_texts)]
Selector = Annotated[str, _form(_selector)]
Selectors = Annotated[list[Selector], _form(lambda v: v if isinstance(v, list) else [v])]
Terms = Annotated[
    list[Annotated[str, _form(_term)]], _form(lambda v: v if isinstance(v, list) else [v])
]
Count = Annotated[int, _form(_count)]
Secret = Annotated[str, _form(_secret)]
Login = Annotated[str, _form(_login)]
JsonPath = Annotated[str, _form(_path)]
Switch = Annotated[bool, _form(_switch)]

OUTPUT = Output(url="", output="feeds")
ALERTS = Alerts()


class Table(BaseModel):
    """A table of the file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class FeedsTable(Table):
    """[feeds]: what is published, and where."""

    url: Annotated[str, _form(_folder_url)] = Field(
        description="Where the output will be served, or `file:///folder/`. Part of links and ids."
    )
    output: Annotated[str, _form(_output)] = Field(
        "feeds",
        description="A folder, relative to the configuration file, or `s3://bucket/prefix`.",
    )
    title: WordSet = Field(OUTPUT.title, description="The title of the index page.")
    language: Annotated[str, _form(_language)] = Field(
        OUTPUT.language, description="The language of the pages and feeds."
    )
    entries: Count = Field(OUTPUT.entries, description="A feed has at least this many entries.")
    keep: Duration = Field(OUTPUT.keep, description="A feed goes back at least this far.")
    entry_size: Size = Field(
        OUTPUT.entry_size,
        description="The most HTML in an entry. A longer text is cut and links to the article.",
    )
    authority: Annotated[str, _form(_authority)] | None = Field(
        None,
        description="The domain in entry ids (tag URIs). Set it before you change `url`.",
    )
    author: WordSet | None = Field(None, description="The author of the feeds; `title` if not set.")
    rights: WordSet | None = Field(None, description="A copyright line for every feed.")
    logo: Url | None = Field(None, description="The address of a wide picture for every feed.")
    icon: Url | None = Field(
        None, description="The address of a small square picture for every feed."
    )
    hub: Url | None = Field(
        None,
        description="A WebSub hub to notify. The feeds name it, without its secrets.",
    )
    formats: Annotated[tuple[str, ...], _form(_formats)] = Field(
        OUTPUT.formats,
        description='Of the feeds: "atom", "json", "rss". Atom is always among them.',
    )
    timezone: Annotated[str, _form(_timezone)] | None = Field(
        None,
        description="The time zone of the times on pages; that of the language's home if not set.",
    )
    index: Switch = Field(
        OUTPUT.index,
        description="Whether search engines may index the pages. They then get a sitemap.",
    )
    explain: Annotated[tuple[str, ...], _form(_explanations)] = Field(
        OUTPUT.explain,
        description='What each entry on the pages unfolds: "why" it is there, where it is "also",'
        ' what has "changed".',
    )
    also: Switch = Field(
        OUTPUT.also,
        description="Whether entries of the feeds end with a line that names other sources of it.",
    )
    readers: Annotated[tuple[str, ...], _form(_readers)] = Field(
        OUTPUT.readers,
        description='Feed readers that the pages offer: "feedly", "inoreader", "newsblur",'
        ' "theoldreader", or an address such as'
        " `https://miniflux.example.org/bookmarklet?uri={url}`.",
    )
    gzip: Switch = Field(
        OUTPUT.gzip, description="Whether each file gets a compressed copy, `.gz`."
    )


class StoreTable(Table):
    """[store]: the state."""

    url: Annotated[str, _form(_store_url)] = Field(
        "sqlite:///feedbot.db",
        description="The database. A SQLite path is relative to the configuration file.",
    )
    keep: Annotated[timedelta, _form(_keep)] = Field(
        timedelta(days=400),
        description="How long a story's text is kept. Its identity is kept for good.",
    )


class AlertsTable(Table):
    """[alerts]: what happens when the health of a source changes."""

    command: WordSet | None = Field(
        None,
        description="A shell command. It gets FEEDBOT_SOURCE, FEEDBOT_HEALTH, FEEDBOT_EVIDENCE and"
        " FEEDBOT_AT in its environment, and the same as JSON on its input. It is never logged.",
    )
    url: Url | None = Field(None, description="Receives a JSON POST.")
    feed: Switch = Field(ALERTS.feed, description="Whether health.xml is published.")


class AuthTable(Table):
    """auth: a user and a password, or a token."""

    user: Login | None = Field(None, description="For basic authentication.")
    password: Login | None = Field(None, description='Best as "env:NAME" or "file:PATH".')
    token: Secret | None = Field(None, description="Sent as a bearer token, instead of the two.")


class PollingTable(Table):
    """[polling]: how sources are visited. A source can override every key."""

    interval: Interval | None = Field(
        None, description="The time between visits at first; later it is learnt."
    )
    min_interval: Interval | None = Field(None, description="Visited at most this often.")
    max_interval: Interval | None = Field(None, description="Visited at least this often.")
    revisit: Duration | None = Field(
        None, description='How soon a young story is read again; "0s" means at every poll.'
    )
    delay: Duration | None = Field(None, description="The pause between requests to one host.")
    timeout: Annotated[timedelta, _form(_timeout)] | None = Field(
        None, description="The longest time for one whole request."
    )
    max_size: Size | None = Field(None, description="The largest page, decompressed.")
    backfill: Count | None = Field(
        None, description="How many pages of a listing the first visit follows back in time."
    )
    robots: Switch | None = Field(None, description="Whether robots.txt is obeyed.")
    contact: Annotated[str, _form(_contact)] | None = Field(
        None, description="How a site can reach you. Sent in the User-Agent."
    )
    user_agent: Secret | None = Field(
        None, description="Instead of feedbot's own. robots.txt is read for feedbot all the same."
    )
    headers: Annotated[dict[str, str], _form(_headers)] | None = Field(
        None,
        description='Sent along, such as `{ Cookie = "env:COOKIE" }`; to the servers that the'
        " URLs of the source name, and to no other.",
    )
    auth: AuthTable | None = Field(
        None,
        description='`{ user = "…", password = "env:NAME" }` or `{ token = "file:PATH" }`; sent'
        " as headers are.",
    )
    proxy: Secret | None = Field(
        None,
        description="`http://`, `https://`, `socks5://` or `socks5h://`, host and port;"
        ' "direct": none, whatever HTTP_PROXY says.',
    )
    ca: WordSet | None = Field(
        None, description="A file with further certificates in PEM that are believed."
    )
    enabled: Switch | None = Field(None, description="Whether it is polled at all.")
    render: Annotated[bool | str, _form(_render)] | None = Field(
        None,
        description='Whether a browser renders pages that hold no text: "auto", those that are'
        " recognised as shells; true, all of them. Needs `feedbot[browser]` and Chromium.",
    )


class MetricsTable(Table):
    """[metrics]: Prometheus metrics; without this table there are none."""

    file: WordSet | None = Field(
        None, description="A text file for node_exporter's textfile collector."
    )
    listen: Annotated[str, _form(_loopback)] | None = Field(
        None, description="The loopback address of `/metrics` and `/health`."
    )


class DeskTable(Table):
    """[desk]: pages in a browser to see and tune feedbot. Needs `feedbot[desk]`."""

    listen: Annotated[str, _form(_listen)] | None = Field(
        None,
        description='`feedbot run` serves the desk here, such as "127.0.0.1:8710"; without it,'
        " only `feedbot desk` does.",
    )
    url: Annotated[str, _form(_folder_url)] | None = Field(
        None, description="Where a proxy serves the desk, such as `https://example.org/desk/`."
    )
    password: Annotated[str, _form(_hash)] | None = Field(
        None,
        description="The hash that `feedbot desk --hash` prints. Needed where others can reach it.",
    )
    read_only: Switch = Field(False, description="Whether the desk only shows.")


class SelectTable(Table):
    """[sources.select]: CSS or XPath selectors that override what feedbot learns."""

    links: Selector | None = Field(None, description="The links to articles on a listing.")
    items: Selector | None = Field(
        None, description="The articles that stand whole on a listing, without pages of their own."
    )
    title: Selector | None = Field(None, description="The headline on an article's page.")
    body: Selector | None = Field(None, description="The elements that hold the text.")
    published: Selector | None = Field(None, description="The element that holds the date.")
    drop: Selectors = Field([], description="The elements to remove before anything is read.")


class JsonTable(Table):
    """[sources.json]: where the articles are in JSON that the url answers with.

    Keys with dots between, or JSONPath, which begins with `$`. What is within an item is found
    from the item.
    """

    items: JsonPath | None = Field(None, description="The articles; the whole answer if not set.")
    url: JsonPath = Field(description="The address of an article, also without its host.")
    title: JsonPath | None = Field(None, description="Its headline.")
    text: JsonPath | None = Field(
        None, description="Its whole text, as HTML or not; its page is not read then."
    )
    published: JsonPath | None = Field(None, description="Its date, or seconds since 1970.")
    author: JsonPath | None = Field(None, description="Who wrote it.")
    section: JsonPath | None = Field(None, description="What the site files it under.")
    next: JsonPath | None = Field(None, description="The address of the next page, for backfill.")


class SourceTable(PollingTable):
    """[[sources]]: a site that is polled."""

    name: WordSet = Field(description="A unique name.")
    url: Url | None = Field(
        None,
        description="The page that lists its articles. On private addresses, feedbot reads only"
        " the server and port named here, and only for this source.",
    )
    urls: Annotated[list[Url], _form(lambda v: v if isinstance(v, list) else [v])] | None = Field(
        None, description="Several listings, instead of `url`."
    )
    language: Annotated[str, _form(_language)] = Field(
        "nl", description="The language of its articles."
    )
    timezone: Annotated[str, _form(_timezone)] = Field(
        "Europe/Amsterdam", description="The time zone of the times on its pages."
    )
    select: SelectTable = Field(SelectTable(), description="Selectors, where feedbot needs help.")
    json_: JsonTable | None = Field(
        None, alias="json", description="Where the articles are, if the url answers with JSON."
    )
    wordpress: Switch = Field(
        True, description="Whether articles are read through the REST API that WordPress announces."
    )


class TopicTable(Table):
    """A topic in [topics] in the long form; the short form is a term or a list of terms."""

    any: Terms = Field([], description="Terms; one of them must match.")
    all: Terms = Field([], description="Terms that must all match.")
    veto: Terms = Field([], alias="not", description="Phrases to ignore: removed before matching.")
    threshold: Annotated[float, _form(_number)] | None = Field(
        None, description="The points that an article needs."
    )
    sections: WordList = Field([], description="Only articles of these sections of a site.")
    sources: WordList = Field([], description="Only articles that one of these sources lists.")
    title: WordSet | None = Field(
        None, description="The title of the feed; the topic's name if not set."
    )
    description: WordSet | None = Field(None, description="One line about the feed.")
    group: WordSet | None = Field(None, description="The heading under which the index lists it.")
    digest: Annotated[str, _form(_digest)] | None = Field(
        None,
        description='"daily" or "weekly": a second feed, such as `china-daily.xml`, with one entry'
        " for each day or week.",
    )
    was: WordList = Field(
        [], description="Names that it had before. Their feeds say where this one is."
    )


def _topic(value: object) -> object:
    if isinstance(value, str):
        return {"any": [value]}
    if isinstance(value, list):
        return {"any": value}
    if not isinstance(value, dict):
        _complain(
            f"{value!r} is not a topic", "write a term, a list of terms, or a table { any = […] }"
        )
    return value


class File(Table):
    """The whole of feedbot.toml."""

    feeds: FeedsTable
    store: StoreTable = StoreTable()
    polling: PollingTable = PollingTable()
    metrics: MetricsTable = MetricsTable()
    desk: DeskTable = DeskTable()
    alerts: AlertsTable = AlertsTable()
    sources: list[SourceTable]
    topics: dict[str, Annotated[TopicTable, _form(_topic)]]
    leaders: dict[str, WordList] = Field(
        {},
        description="The leaders of countries, by country code; they replace the built-in names.",
    )
