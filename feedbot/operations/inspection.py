"""Inspects a new site, and drafts a configuration for it.

URL ─fetch─▶ page ─▶ sections that it links, feeds that it advertises
                                └─fetch─▶ those that list articles ─▶ feedbot.toml
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..errors import FeedbotError, FetchError, NotAnArticle, ReadError
from ..languages.detection import language_of
from ..languages.fold import fold
from ..languages.traits import everything_in, home_of
from ..model import Article, Link, Source
from ..poll import Tools, fetch_page
from ..poll.pages import fetch_linked
from ..read.results import Fetched, Lead, ListingPage
from ..read.site_model import SiteModel
from ..terms import countries
from ..web.urls import host_of, redact, story_key
from .opml import Subscription

LOOKED_AT = 8  # pages and feeds that are fetched besides the given URL
MOST_HEADLINES = 5  # headlines that are shown
FEWEST_ARTICLES = 3  # articles that a listing must have
ADDRESS = (
    "# Where the output will be served. Change it before the first poll: its host becomes part of",
    "# all entry ids for good, and ids with localhost are not unique.",
    'url = "http://localhost:8000/"',
)
TOO_FEW = "it links too few; name a page that links them"
SUBSCRIBED = "en"  # the language of a configuration that only holds subscriptions
EXAMPLES = (
    'Rusland = "country:RU"  # a country: its names, people, cities and leaders',
    'Zeeland = ["Zeeland", "Zeeuws*", "-Nieuw-Zeeland"]  # a word, any ending, a phrase to ignore',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeadline:
    """An article on a listing.

    `published` is in the source's time zone; None if neither the listing nor the article has a
    date.
    """

    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingCandidate:
    """A page or a feed that lists articles.

    label      the text of the site's link to it
    says_news  whether its label or URL says that it lists news
    links      the articles on it
    """

    url: str
    label: str
    says_news: bool
    is_feed: bool
    links: tuple[Link, ...]

    @property
    def articles(self) -> int:
        """The number of articles on it."""
        return len(self.links)

    @property
    def worth(self) -> int:
        """How good a listing it is: a dated article is news, other cards may be services."""
        return self.articles + sum(link.published is not None for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInspection:
    """What was found on a site.

    listings     the best one first, then by the number of articles
    feeds        the feeds that the site advertises and that list articles
    refused      URLs that robots.txt forbids
    crawl_delay  seconds between requests that robots.txt asks for; 0: it asks for nothing
    """

    name: str
    language: str
    timezone: str
    listings: tuple[ListingCandidate, ...]
    feeds: tuple[ListingCandidate, ...] = ()
    refused: tuple[str, ...] = ()
    crawl_delay: float = 0.0


def localised(source: Source) -> Source:
    """The source with the time zone of its host's country, if the host has a country."""
    zone = _timezone(host_of(source.urls[0]), "")
    return source if zone == "UTC" else replace(source, timezone=zone)


def inspect_site(source: Source, tools: Tools) -> SiteInspection:
    """Inspects the first URL of `source`, and the sections and feeds that it links.

    Raises FetchError if it cannot be read, FeedbotError if there is no list of articles.
    """
    page = fetch_page(source.urls[0], source, tools)
    there = tools.reader.overview(page, source)
    leads = there.leads[:LOOKED_AT]
    tools.progress(1, 1 + len(leads))
    first = _listing(Lead(url=page.url), there.listed)
    others, refused = _look_at(leads, source, tools)
    every = [first, *sorted(others, key=lambda candidate: candidate.is_feed)]
    feeds = tuple(
        candidate
        for candidate in others
        if candidate.is_feed and candidate.articles >= FEWEST_ARTICLES
    )
    found = [candidate for candidate in _different(every) if candidate.articles >= FEWEST_ARTICLES]
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
    """The listings at these URLs, and the URLs that robots.txt forbids."""
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
    """The listings whose articles differ from those of every earlier one."""
    seen = set[frozenset[str]]()
    for candidate in listings:
        keys = frozenset(story_key(link.url) for link in candidate.links)
        if keys not in seen:
            seen.add(keys)
            yield candidate


def _best_first(
    found: Sequence[ListingCandidate], named: ListingCandidate
) -> list[ListingCandidate]:
    """The best listing first: the given page, unless it is a front page and a news page is better.

    The front page of a municipality, for example, shows three cards of its news; the page that
    is called news lists more of them.
    """
    best = named if named in found else max(found, key=lambda candidate: candidate.worth)
    if best is named and urlsplit(named.url).path in ("", "/"):
        news = [candidate for candidate in found if candidate.says_news and not candidate.is_feed]
        best = max([named, *news], key=lambda candidate: candidate.worth)
    return [
        best,
        *sorted(
            (candidate for candidate in found if candidate is not best),
            key=lambda candidate: -candidate.worth,
        ),
    ]


def headlines(listing: ListingCandidate, source: Source, tools: Tools) -> list[FoundHeadline]:
    """The first articles of a listing. An article without a date there is fetched to find it."""
    links = listing.links[:MOST_HEADLINES]
    undated = [link for link in links if link.published is None or not link.title]
    read, zone = _read(undated, source, tools), ZoneInfo(source.timezone)
    return [_headline(link, read.get(link.url), zone) for link in links]


def _headline(link: Link, article: Article | None, zone: ZoneInfo) -> FoundHeadline:
    """What the listing says of an article, and what it leaves out from the article itself."""
    title, dated = link.title, link.published
    if article:
        title, dated = title or article.title, dated or article.published
    return FoundHeadline(
        title=title or redact(link.url), published=dated.at.astimezone(zone) if dated else None
    )


def _read(links: Sequence[Link], source: Source, tools: Tools) -> Mapping[str, Article]:
    """The articles behind these links, by URL, without those that cannot be read."""
    pages = []
    for link in links:
        with contextlib.suppress(FetchError):
            pages.append(Fetched(page=fetch_linked(link, source, tools), link=link))
    found, _ = tools.reader.articles(pages, source, SiteModel()) if pages else ([], None)
    return {
        page.link.url: result.article
        for page, result in zip(pages, found, strict=True)
        if page.link and result.article
    }


# --- language, name, zone ---------------------------------------------------------------------


def _language(links: Sequence[Link], declared: str) -> str:
    words = {word for link in links for word in fold(f"{link.title} {link.teaser}").split()}
    language = language_of(words, declared)
    return language if re.fullmatch(r"[a-z]{2,3}", language) else "en"


def _name_of(host: str) -> str:
    """A name for a host: "www.zeelandnet.nl" becomes "Zeelandnet"."""
    labels = host.removeprefix("www.").split(".")
    return host if labels[-1].isdecimal() else labels[0].capitalize() or host


def _timezone(host: str, language: str) -> str:
    """A guess at the time zone: of the host's country, else of the language, else UTC."""
    ending = host.rpartition(".")[2].upper()
    zones: dict[str, str] = {}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, zone)
    ending = {"UK": "GB"}.get(ending, ending)
    return zones.get(ending) or zones.get(home_of(language), "UTC")


# --- feedbot.toml -----------------------------------------------------------------------------


def drafts(
    found: Sequence[tuple[SiteInspection, ListingCandidate]],
    subscriptions: Sequence[Subscription],
    topics: Sequence[str],
) -> str:
    """A configuration, with comments, of a source for each site and each subscription.

    Subscriptions are not looked at: their languages and time zones are guesses.
    """
    language = found[0][0].language if found else SUBSCRIBED
    names = Counter[str]()
    lines = [
        "# `feedbot check` shows how feedbot understands this file.",
        "",
        "[feeds]",
        *ADDRESS,
        'output = "feeds"',
        f"language = {_text(language)}",
    ]
    for seen, chosen in found:
        lines += _source(seen, chosen, _unique(seen.name, names))
    for one in subscriptions:
        lines += _subscribed(one, _unique(one.name or _name_of(host_of(one.url)), names))
    lines += ["", "[topics]", *(f"{_key(topic)} = {_terms(topic)}" for topic in topics)]
    if not topics:
        everything = f'{everything_in(language)} = "*"  # every article'
        lines += [everything, *(f"# {line}" for line in EXAMPLES)]
    return "\n".join([*lines, ""])


def _unique(name: str, names: Counter[str]) -> str:
    """A name that no other source has."""
    names[name] += 1
    return name if names[name] == 1 else _unique(f"{name} {names[name]}", names)


def _subscribed(one: Subscription, name: str) -> list[str]:
    zone = _timezone(host_of(one.url), "")
    home = [f"# Its page, which may be read instead: {_text(one.home)}"] if one.home else []
    return [
        "",
        "[[sources]]",
        f"name = {_text(name)}",
        f"url = {_text(one.url)}",
        *home,
        *([f"timezone = {_text(zone)}  # a guess"] if zone != "UTC" else []),
    ]


def _source(seen: SiteInspection, chosen: ListingCandidate, name: str) -> list[str]:
    others = [candidate for candidate in seen.listings if candidate is not chosen]
    lines = [
        "",
        "[[sources]]",
        f"name = {_text(name)}",
        f"url = {_text(chosen.url)}  # {_extent(chosen)}",
    ]
    if others:
        lines.append("# Found beside it; several go into urls = […], instead of url:")
        lines += [f"#   {_text(candidate.url)}  # {_extent(candidate)}" for candidate in others]
    lines += [
        f"language = {_text(seen.language)}",
        f"timezone = {_text(seen.timezone)}  # a guess: the zone of the times on its pages",
    ]
    lines += [
        f"# The site has a feed of its own, which you can use instead: {_text(candidate.url)}"
        for candidate in seen.feeds
        if candidate is not chosen
    ]
    return lines + _wishes(seen)


def _wishes(seen: SiteInspection) -> list[str]:
    """Comments on what robots.txt asks for; feedbot obeys it without any setting."""
    lines = []
    if seen.crawl_delay:
        lines.append(
            f"# Its robots.txt asks for {seen.crawl_delay:g} s between requests; feedbot complies."
        )
    if seen.refused:
        lines.append(f"# Its robots.txt keeps feedbot out of {len(seen.refused)} of its sections.")
    return lines


def _extent(candidate: ListingCandidate) -> str:
    name = f"{candidate.label}: " if candidate.label else ""
    return f"{name}{candidate.articles} articles" + (", a feed" if candidate.is_feed else "")


def _terms(topic: str) -> str:
    code = countries.code_of(topic)
    return _text(f"country:{code}") if code else _text(topic)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    # Every JSON string is a TOML string.
    return json.dumps(value, ensure_ascii=False)
