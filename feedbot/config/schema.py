"""What may stand in feedbot.toml: every setting with its form, its default and its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ..model import Alerts, Output, Polling
from ..topics.terms import TermError, parse_term
from ..web.urls import redact

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_DURATION = timedelta(days=36_500)  # of any duration: a century
SHORTEST_KEEP = timedelta(days=62)  # an archive is written when its month is over
SIZES = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


def _complain(problem: str, advice: str = "") -> NoReturn:
    problem = redact(problem)
    # The type carries the help: it is the one field that pydantic hands through untouched.
    raise PydanticCustomError("mistake", "{problem}", {"problem": problem, "help": advice})


def _duration(value: object) -> timedelta:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value) if isinstance(value, str) else None
    if match is None:
        _complain(f"{value!r} is no duration", 'a number with s, m, h or d, such as "90s" or "15m"')
    seconds = float(match[1]) * SECONDS[match[2]]
    if seconds > LONGEST_DURATION.total_seconds():
        _complain(f"{value!r} is too long", f"{LONGEST_DURATION.days} days are the most")
    return timedelta(seconds=seconds)


def _positive_duration(value: object) -> timedelta:
    duration = _duration(value)
    if not duration:
        _complain(f"{value!r} must be more than nothing", 'such as "15m"')
    return duration


def _keep(value: object) -> timedelta:
    duration = _duration(value)
    if duration < SHORTEST_KEEP:
        _complain(f"{value!r} is too short", 'archives are by month: two at least, such as "62d"')
    return duration


def _size(value: object) -> int:
    match = re.fullmatch(r"(\d+)\s*([KMG]?B)?", str(value), re.IGNORECASE)
    size = int(match[1]) * SIZES[(match[2] or "").upper()] if match else 0
    if isinstance(value, bool) or size == 0:
        _complain(f"{value!r} is no size", 'a number with KB, MB or GB, such as "5MB"')
    return size


def _url(value: object) -> str:
    if not isinstance(value, str) or not _is_web_address(value):
        shown = re.sub(r"(?<=//).*@", "", repr(value))  # also what is wrong in a password
        _complain(f"{shown} is no web address", 'such as "https://www.example.org/news"')
    return value


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not match
        return False


def _folder_url(value: object) -> str:
    # A folder that nobody serves: for a reader on the same machine.
    local = isinstance(value, str) and value.startswith("file:///")
    url = str(value) if local else _url(value)
    if urlsplit(url).query or urlsplit(url).fragment:
        _complain(f"{value!r} has a query or a fragment", "name the folder that will be served")
    return url if url.endswith("/") else url + "/"


def _output(value: object) -> str:
    output = _text(value)
    if "://" in output and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/\S*)?", output):
        _complain(f"{output!r} is no output", 'a folder such as "feeds", or "s3://bucket/prefix"')
    return output


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        _complain(f"{value!r} is no text", 'text in quotes, such as "ZeelandNet"')
    return value.strip()


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_text(one) for one in values]


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        _complain(f"{value!r} is no count", "a whole number from 1 on")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        _complain(f"{value!r} is no threshold", "a number above 0; the default is about 2")
    return float(value)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        _complain(f"{value!r} is neither true nor false", "true or false, without quotes")
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        _complain(f"{value!r} is no language tag", 'such as "nl", "en", "de" or "fr"')
    return value


def _timezone(value: object) -> str:
    zones = available_timezones()
    if str(value) not in zones:
        _complain(f"{value!r} is no time zone", nearest(str(value), zones))
    return str(value)


def _contact(value: object) -> str:
    if not isinstance(value, str) or not re.match(r"(mailto:[^@\s]+@[^@\s]+|https?://\S+)$", value):
        _complain(f"{value!r} is no contact", '"mailto:you@example.org" or a web address')
    return value


def _authority(value: object) -> str:
    # RFC 4151: a domain name or an address, perhaps with the date when it was ours.
    pattern = r"[a-z0-9.@_-]+\.[a-z]+(,\d{4}(-\d\d){0,2})?"
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        _complain(f"{value!r} is no authority", 'such as "example.org" or "example.org,2026"')
    return value


def _store_url(value: object) -> str:
    if not isinstance(value, str) or not re.match(r"(sqlite:///|postgresql(\+\w+)?://)", value):
        _complain(f"{value!r} is no database", '"sqlite:///feedbot.db" or "postgresql://…"')
    return value


def _loopback(value: object) -> str:
    host, _, port = value.rpartition(":") if isinstance(value, str) else ("", "", "")
    here = host in ("localhost", "[::1]") or re.fullmatch(r"127(\.\d{1,3}){3}", host)
    if not here or not port.isdigit() or int(port) > 65535:
        _complain(f"{value!r} is no address of this machine", 'such as "127.0.0.1:9464"')
    return str(value)


def _selector(value: object) -> str:
    from ..web.document import check_selector  # and with it a parser, which few commands need

    selector = _text(value)
    try:
        check_selector(selector)
    except ValueError as error:
        advice = 'CSS such as "h2 a", or XPath, which begins with / or ./'
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
    """ "did you mean …?" with the nearest right spelling; "" where none is near."""
    folded = {str(known).casefold(): str(known) for known in words}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean `{folded[close[0]]}`?" if close else ""


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
Switch = Annotated[bool, _form(_switch)]

OUTPUT = Output(url="", output="feeds")
POLLING = Polling()
ALERTS = Alerts()


class Table(BaseModel):
    """A table of the file: it knows all its keys."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class FeedsTable(Table):
    """[feeds]: the output."""

    url: Annotated[str, _form(_folder_url)] = Field(
        description="Where the output will be served, or `file:///folder/`: self links and ids."
    )
    output: Annotated[str, _form(_output)] = Field(
        "feeds", description="A folder, relative to this file; or `s3://bucket/prefix`."
    )
    title: WordSet = Field(OUTPUT.title, description="The name of the whole site.")
    language: Annotated[str, _form(_language)] = Field(
        OUTPUT.language, description="Of the site's own words and of the feeds."
    )
    entries: Count = Field(OUTPUT.entries, description="A feed holds at least so many.")
    keep: Duration = Field(OUTPUT.keep, description="A feed goes back at least so long.")
    entry_size: Size = Field(
        OUTPUT.entry_size,
        description="The most text of one entry, as HTML; a longer one ends with a link.",
    )
    authority: Annotated[str, _form(_authority)] | None = Field(
        None, description="Of the entry ids (tag URIs). Set it before moving to another address."
    )
    author: WordSet | None = Field(None, description="Of the feeds; the title if not set.")
    rights: WordSet | None = Field(None, description="A copyright line for every feed.")
    logo: Url | None = Field(None, description="A wide picture for every feed.")
    icon: Url | None = Field(None, description="A small square picture for every feed.")
    hub: Url | None = Field(
        None,
        description="A WebSub hub to ping, and to name in the feeds, there without its secrets.",
    )
    gzip: Switch = Field(
        OUTPUT.gzip, description="Whether a compressed copy goes beside every file, as `.gz`."
    )


class StoreTable(Table):
    """[store]: the state."""

    url: Annotated[str, _form(_store_url)] = Field(
        "sqlite:///feedbot.db", description="The database; a SQLite file is relative to this file."
    )
    keep: Annotated[timedelta, _form(_keep)] = Field(
        timedelta(days=400),
        description="How long the text of a story is kept; that it was there is never forgotten.",
    )


class AlertsTable(Table):
    """[alerts]: who is told when a source fails, falls silent, looks odd, or is well again."""

    command: WordSet | None = Field(
        None,
        description="Run by a shell, with FEEDBOT_SOURCE, _HEALTH, _EVIDENCE, and JSON as input."
        " It is never logged.",
    )
    url: Url | None = Field(None, description="Receives a JSON POST.")
    feed: Switch = Field(ALERTS.feed, description="Whether health.xml is published.")


class PollingTable(Table):
    """[polling]: how sources are visited. Every key may also stand in a source."""

    interval: Interval | None = Field(None, description="First guess; learnt later.")
    min_interval: Interval | None = Field(None, description="Visited at most this often.")
    max_interval: Interval | None = Field(None, description="Visited at least this often.")
    revisit: Duration | None = Field(
        None, description='How soon a young story is read again; "0s": at every poll.'
    )
    delay: Duration | None = Field(None, description="Between requests to one host.")
    timeout: Interval | None = Field(None, description="For one whole request.")
    max_size: Size | None = Field(None, description="Of one page, decompressed.")
    backfill: Count | None = Field(
        None, description="How many pages of a listing the first visit reads, back in time."
    )
    robots: Switch | None = Field(None, description="Whether robots.txt is obeyed.")
    contact: Annotated[str, _form(_contact)] | None = Field(
        None, description="How a site can reach you; part of the User-Agent."
    )


class MetricsTable(Table):
    """[metrics]: Prometheus metrics; none if the table is not there."""

    file: WordSet | None = Field(
        None, description="A text file for node_exporter's textfile collector."
    )
    listen: Annotated[str, _form(_loopback)] | None = Field(
        None, description="Where /metrics and /health answer; on loopback only."
    )


class SelectTable(Table):
    """[sources.select]: selectors, CSS or XPath, that override what feedbot learns."""

    links: Selector | None = Field(None, description="The links to articles on a listing.")
    title: Selector | None = Field(None, description="The headline on an article's page.")
    body: Selector | None = Field(None, description="The elements that hold the text.")
    published: Selector | None = Field(None, description="The element that holds the date.")
    drop: Selectors = Field([], description="What is taken out before anything is read.")


class SourceTable(PollingTable):
    """[[sources]]: a site that is polled."""

    name: WordSet = Field(description="A unique name.")
    url: Url | None = Field(
        None,
        description="Its listing of articles. At a private address only a server that is named"
        " here, with its port, is read; and for this source alone.",
    )
    urls: Annotated[list[Url], _form(lambda v: v if isinstance(v, list) else [v])] | None = Field(
        None, description="Several listings; instead of url."
    )
    language: Annotated[str, _form(_language)] = Field("nl", description="Of its articles.")
    timezone: Annotated[str, _form(_timezone)] = Field(
        "Europe/Amsterdam", description="In which its times are meant."
    )
    select: SelectTable = Field(SelectTable(), description="Selectors, if you must.")


class TopicTable(Table):
    """A topic of [topics] in its long form; a term or a list of terms is the short form."""

    any: Terms = Field([], description="Terms of which one is enough.")
    all: Terms = Field([], description="Terms that must all occur.")
    veto: Terms = Field([], alias="not", description="Phrases that are taken out before matching.")
    threshold: Annotated[float, _form(_number)] | None = Field(
        None, description="Points that an article needs."
    )
    sections: WordList = Field([], description="Only articles of these sections of a site.")
    sources: WordList = Field([], description="Only articles of these sources.")
    title: WordSet | None = Field(None, description="Of the feed; the topic's name if not set.")
    description: WordSet | None = Field(None, description="One line about the feed.")


def _topic(value: object) -> object:
    if isinstance(value, str):
        return {"any": [value]}
    if isinstance(value, list):
        return {"any": value}
    if not isinstance(value, dict):
        _complain(f"{value!r} is no topic", "a term, a list of terms, or a table { any = […] }")
    return value


class File(Table):
    """The whole of feedbot.toml."""

    feeds: FeedsTable
    store: StoreTable = StoreTable()
    polling: PollingTable = PollingTable()
    metrics: MetricsTable = MetricsTable()
    alerts: AlertsTable = AlertsTable()
    sources: list[SourceTable]
    topics: dict[str, Annotated[TopicTable, _form(_topic)]]
    leaders: dict[str, WordList] = Field(
        {}, description="By country code: who leads it, instead of the names that feedbot ships."
    )
