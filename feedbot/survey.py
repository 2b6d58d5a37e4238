"""What a site offers to read, and a configuration for it.

URL ─fetch─▶ page ─▶ sections that it links, feeds that it advertises
                                └─fetch─▶ those that list articles ─▶ feedbot.toml
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from . import countries
from .errors import FeedbotError, FetchError, NotAnArticle, ReadError
from .language.fold import fold
from .language.words import language_of
from .model import Source
from .poll import Tools, fetch_page
from .results import Listed
from .urls import host_of, redact, url_key

LOOKED_AT = 8  # pages beside the one that was named
FEWEST = 3  # articles that make a page a listing
FEW = "it links too few; name a page that links them"
COUNTRIES = {"nl": "NL", "de": "DE", "fr": "FR", "en": "GB"}  # of a language without a host's
ALL = {"nl": "Alles", "de": "Alles", "fr": "Tout"}
EXAMPLES = (
    'Rusland = "country:RU"  # a country, with all that names it',
    'Zeeland = ["Zeeland", "Zeeuws*", "-Nieuw-Zeeland"]  # a word, its beginnings, what it is not',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page or a feed that lists articles."""

    url: str
    label: str  # what the site calls it
    articles: int
    is_feed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found on a site.

    listings     the one that was named first, then those that list most
    refused      what robots.txt does not allow
    crawl_delay  seconds that it asks for between requests
    """

    name: str
    language: str
    timezone: str
    listings: tuple[Listing, ...]
    refused: tuple[str, ...] = ()
    crawl_delay: float = 0.0


def survey(source: Source, tools: Tools) -> Survey:
    """Looks at the first URL of `source` and at what it leads to.

    Raises FetchError if it cannot be read, FeedbotError if no list of articles is found.
    """
    page = fetch_page(source.urls[0], source, tools)
    there = tools.reader.overview(page, source)
    first, paths = there.listed, there.leads[:LOOKED_AT]
    tools.progress(1, 1 + len(paths))
    listings, refused = [_listing(page.url, "", first)], list[str]()
    seen = {_keys(first)}
    for url, label in paths:
        try:
            listed = tools.reader.listing(fetch_page(url, source, tools), source)
        except (NotAnArticle, ReadError):
            continue
        except FetchError as error:
            refused += [url] if "robots.txt" in error.problem else []
            continue
        finally:
            tools.progress(1, 0)
        if _keys(listed) not in seen:
            seen.add(_keys(listed))
            listings.append(_listing(url, label, listed))
    found = [one for one in listings if one.articles >= FEWEST]
    if not found:
        problem = f"no list of articles was found: {first.reason or FEW}"
        raise FeedbotError(f"{redact(source.urls[0])}: {problem}")
    found[1:] = sorted(found[1:], key=lambda one: -one.articles)
    language = _language(first, there.language)
    return Survey(
        name=there.name or _name_of(host_of(page.url)),
        language=language,
        timezone=_timezone(host_of(page.url), language),
        listings=tuple(found),
        refused=tuple(refused),
        crawl_delay=tools.fetcher.crawl_delay(page.url),
    )


def _listing(url: str, label: str, listed: Listed) -> Listing:
    is_feed = listed.lesson is None
    return Listing(url=url, label=label, articles=len(listed.links), is_feed=is_feed)


def _keys(listed: Listed) -> frozenset[str]:
    return frozenset(url_key(link.url) for link in listed.links)


# --- what it is -------------------------------------------------------------------------------


def _language(listed: Listed, declared: str) -> str:
    words = {word for link in listed.links for word in fold(f"{link.title} {link.teaser}").split()}
    language = language_of(words, declared)
    return language if re.fullmatch(r"[a-z]{2,3}", language) else "en"


def _name_of(host: str) -> str:
    """A host as people call it: "www.zeelandnet.nl" is Zeelandnet."""
    labels = host.removeprefix("www.").split(".")
    return host if labels[-1].isdecimal() else labels[0].capitalize() or host


def _timezone(host: str, language: str) -> str:
    """The time zone of a host's country, or else of a language: a guess, and told as one."""
    ending = host.rpartition(".")[2].upper()
    zones: dict[str, str] = {}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, zone)
    ending = {"UK": "GB"}.get(ending, ending)
    return zones.get(ending) or zones.get(COUNTRIES.get(language, ""), "UTC")


# --- feedbot.toml -----------------------------------------------------------------------------


def draft(seen: Survey, chosen: Listing, topics: Sequence[str]) -> str:
    """A configuration, with comments, that reads one of the listings that were found."""
    others = [one for one in seen.listings if one is not chosen]
    lines = [
        "# `feedbot check` says what feedbot understands of this file.",
        "",
        "[feeds]",
        'url = "http://localhost:8000/"  # where the output will be served: yours to change',
        'output = "feeds"',
        f"language = {_text(seen.language)}",
        "",
        "[[sources]]",
        f"name = {_text(seen.name)}",
        f"url = {_text(chosen.url)}  # {_extent(chosen)}",
    ]
    if others:
        lines.append("# Found beside it; several go into urls = […], instead of url:")
        lines += [f"#   {_text(one.url)}  # {_extent(one)}" for one in others]
    lines += [
        f"language = {_text(seen.language)}",
        f"timezone = {_text(seen.timezone)}  # a guess; the times on its pages are read in it",
    ]
    lines += _wishes(seen)
    lines += ["", "[topics]", *(f"{_key(topic)} = {_terms(topic)}" for topic in topics)]
    if not topics:
        everything = f'{ALL.get(seen.language, "All")} = "*"  # every article'
        lines += [everything, *(f"# {line}" for line in EXAMPLES)]
    return "\n".join([*lines, ""])


def _wishes(seen: Survey) -> list[str]:
    """What robots.txt says, in words: it is obeyed without being written down."""
    lines = []
    if seen.crawl_delay:
        lines.append(
            f"# Its robots.txt asks for {seen.crawl_delay:g} s between requests; it gets them."
        )
    if seen.refused:
        lines.append(f"# Its robots.txt closes {len(seen.refused)} of its sections to feedbot.")
    return lines


def _extent(one: Listing) -> str:
    name = f"{one.label}: " if one.label else ""
    return f"{name}{one.articles} articles" + (", a feed" if one.is_feed else "")


def _terms(topic: str) -> str:
    code = countries.code_of(topic)
    return _text(f"country:{code}") if code else _text(topic)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    # A JSON string is a TOML string too.
    return json.dumps(value, ensure_ascii=False)
