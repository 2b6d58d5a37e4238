"""What a site offers to read, and a configuration for it.

URL ─fetch─▶ page ─▶ sections that it links, feeds that it advertises
                                └─fetch─▶ those that list articles ─▶ feedbot.toml
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..errors import FeedbotError, FetchError, NotAnArticle, ReadError
from ..languages.fold import fold
from ..languages.words import language_of
from ..model import Article, Link, Source
from ..poll import Tools, fetch_page
from ..read.results import Fetched, Lead, ListingPage
from ..read.site_model import SiteModel
from ..topics import countries
from ..web.urls import host_of, redact, url_key

LOOKED_AT = 8  # pages beside the one that was named
MOST_HEADLINES = 5  # headlines that are shown before anything is written
FEWEST_ARTICLES = 3  # articles that make a page a listing
ADDRESS = (
    "# Where the output will be served. Change it before the first poll: the ids of all entries",
    "# name its host for ever, and those of localhost may be anybody's.",
    'url = "http://localhost:8000/"',
)
TOO_FEW = "it links too few; name a page that links them"
COUNTRIES = {"nl": "NL", "de": "DE", "fr": "FR", "en": "GB"}  # of a language without a host's
ALL = {"nl": "Alles", "de": "Alles", "fr": "Tout"}
EXAMPLES = (
    'Rusland = "country:RU"  # a country, with all that names it',
    'Zeeland = ["Zeeland", "Zeeuws*", "-Nieuw-Zeeland"]  # a word, its beginnings, what it is not',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeadline:
    """An article that a listing lists.

    `published` is on the clocks of the source; None where neither listing nor article says when.
    """

    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCandidate:
    """A page or a feed that lists articles.

    label      what the site calls it
    says_news  whether that or its address says that it lists the news
    links      the articles
    """

    url: str
    label: str
    says_news: bool
    is_feed: bool
    links: tuple[Link, ...]

    @property
    def articles(self) -> int:
        """How many articles it lists."""
        return len(self.links)

    @property
    def worth(self) -> int:
        """How good a listing it is. An article with a date is news; other cards may be services."""
        return self.articles + sum(link.published is not None for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInspection:
    """What was found on a site.

    listings     the one to take first, then those that list most
    feeds        those that the site advertises and that list articles
    refused      what robots.txt does not allow
    crawl_delay  seconds that it asks for between requests
    """

    name: str
    language: str
    timezone: str
    listings: tuple[ListingCandidate, ...]
    feeds: tuple[ListingCandidate, ...] = ()
    refused: tuple[str, ...] = ()
    crawl_delay: float = 0.0


def localised(source: Source) -> Source:
    """A source whose dates are read in the time zone of its host's country, if it has one."""
    zone = _timezone(host_of(source.urls[0]), "")
    return source if zone == "UTC" else replace(source, timezone=zone)


def inspect_site(source: Source, tools: Tools) -> SiteInspection:
    """Looks at the first URL of `source` and at what it leads to.

    Raises FetchError if it cannot be read, FeedbotError if no list of articles is found.
    """
    page = fetch_page(source.urls[0], source, tools)
    there = tools.reader.overview(page, source)
    leads = there.leads[:LOOKED_AT]
    tools.progress(1, 1 + len(leads))
    first = _listing(Lead(url=page.url), there.listed)
    others, refused = _look_at(leads, source, tools)
    every = [first, *sorted(others, key=lambda one: one.is_feed)]
    feeds = tuple(one for one in others if one.is_feed and one.articles >= FEWEST_ARTICLES)
    found = [one for one in _different(every) if one.articles >= FEWEST_ARTICLES]
    if not found:
        problem = f"no list of articles was found: {there.listed.reason or TOO_FEW}"
        raise FeedbotError(f"{redact(source.urls[0])}: {problem}")
    language = _language(found[0].links, there.language)
    return SiteInspection(
        name=there.name or _name_of(host_of(page.url)),
        language=language,
        timezone=_timezone(host_of(page.url), language),
        listings=tuple(_best_first(found, first)),
        feeds=feeds,
        refused=tuple(refused),
        crawl_delay=tools.fetcher.crawl_delay(page.url),
    )


def _look_at(
    leads: Sequence[Lead], source: Source, tools: Tools
) -> tuple[list[ListingCandidate], list[str]]:
    """What these pages list; and which of them robots.txt does not allow."""
    found, refused = list[ListingCandidate](), list[str]()
    for lead in leads:
        try:
            page = fetch_page(lead.url, source, tools)
            found.append(_listing(lead, tools.reader.listing(page, source)))
        except (NotAnArticle, ReadError):
            continue
        except FetchError as error:
            refused += [lead.url] if "robots.txt" in error.problem else []
        finally:
            tools.progress(1, 0)
    return found, refused


def _listing(lead: Lead, listed: ListingPage) -> ListingCandidate:
    return ListingCandidate(
        url=lead.url,
        label=lead.label,
        says_news=lead.says_news,
        is_feed=listed.lesson is None,
        links=listed.links,
    )


def _different(listings: Sequence[ListingCandidate]) -> Iterator[ListingCandidate]:
    """Those that list other articles than the ones before."""
    seen = set[frozenset[str]]()
    for one in listings:
        keys = frozenset(url_key(link.url) for link in one.links)
        if keys not in seen:
            seen.add(keys)
            yield one


def _best_first(
    found: Sequence[ListingCandidate], named: ListingCandidate
) -> list[ListingCandidate]:
    """The one to take first: the one that was named, unless it is a front page.

    A municipality shows three cards of its news at home; a page that says that it lists the news,
    and does list more of it, is the better one.
    """
    best = named if named in found else max(found, key=lambda one: one.worth)
    if best is named and urlsplit(named.url).path in ("", "/"):
        news = [one for one in found if one.says_news and not one.is_feed]
        best = max([named, *news], key=lambda one: one.worth)
    return [best, *sorted((one for one in found if one is not best), key=lambda one: -one.worth)]


def headlines(listing: ListingCandidate, source: Source, tools: Tools) -> list[FoundHeadline]:
    """The first articles of a listing; those without a date there are read for it."""
    links = listing.links[:MOST_HEADLINES]
    undated = [link for link in links if link.published is None or not link.title]
    read = _read(undated, source, tools)
    zone = ZoneInfo(source.timezone)
    found = []
    for link in links:
        article = read.get(link.url)
        dated = link.published or (article.published if article else None)
        title = link.title or (article.title if article else "") or redact(link.url)
        found.append(
            FoundHeadline(title=title, published=dated.at.astimezone(zone) if dated else None)
        )
    return found


def _read(links: Sequence[Link], source: Source, tools: Tools) -> Mapping[str, Article]:
    """The articles behind these links, by URL; those that cannot be read are left out."""
    pages = []
    for link in links:
        with contextlib.suppress(FetchError):
            pages.append(Fetched(page=fetch_page(link.url, source, tools), link=link))
    found, _ = tools.reader.articles(pages, source, SiteModel()) if pages else ([], None)
    return {
        page.link.url: one.article
        for page, one in zip(pages, found, strict=True)
        if page.link and one.article
    }


# --- what it is -------------------------------------------------------------------------------


def _language(links: Sequence[Link], declared: str) -> str:
    words = {word for link in links for word in fold(f"{link.title} {link.teaser}").split()}
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


def draft(seen: SiteInspection, chosen: ListingCandidate, topics: Sequence[str]) -> str:
    """A configuration, with comments, that reads one of the listings that were found."""
    others = [one for one in seen.listings if one is not chosen]
    lines = [
        "# `feedbot check` says what feedbot understands of this file.",
        "",
        "[feeds]",
        *ADDRESS,
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
    lines += [
        f"# The site has a feed of its own, which may be read instead: {_text(one.url)}"
        for one in seen.feeds
        if one is not chosen
    ]
    lines += _wishes(seen)
    lines += ["", "[topics]", *(f"{_key(topic)} = {_terms(topic)}" for topic in topics)]
    if not topics:
        everything = f'{ALL.get(seen.language, "All")} = "*"  # every article'
        lines += [everything, *(f"# {line}" for line in EXAMPLES)]
    return "\n".join([*lines, ""])


def _wishes(seen: SiteInspection) -> list[str]:
    """What robots.txt says, in words: it is obeyed without being written down."""
    lines = []
    if seen.crawl_delay:
        lines.append(
            f"# Its robots.txt asks for {seen.crawl_delay:g} s between requests; it gets them."
        )
    if seen.refused:
        lines.append(f"# Its robots.txt closes {len(seen.refused)} of its sections to feedbot.")
    return lines


def _extent(one: ListingCandidate) -> str:
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
