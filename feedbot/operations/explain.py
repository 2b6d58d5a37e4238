"""Explains one article (`feedbot why`) and one listing (`feedbot preview`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..config import Config
from ..errors import FetchError
from ..model import Article, Dated, Link, Routing, Source, Story, Topic, Verdict
from ..poll import Tools, fetch_page, render_listing, with_texts
from ..poll.pages import fetch_linked, read_whole
from ..read.results import Fetched, ReadBlock
from ..read.site_model import SiteModel, load
from ..store import KnownPage, Store, StoredRevision, queries
from ..stories.decide import Arrival, decide
from ..stories.fingerprint import fingerprint_of
from ..topics import DEFAULT_THRESHOLD, Router
from ..web.urls import host_of, server_of, story_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything about one article."""

    url: str
    article: Article
    published: Dated | None
    verdict: str
    story: Story | None
    routings: tuple[Routing, ...]
    topics: tuple[Topic, ...]
    copies: tuple[KnownPage, ...] = ()
    changes: tuple[StoredRevision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a listing yields.

    left       the ignored links, most like articles first; each link's `why` has the reason
    sponsored  how many of the ignored links are advertisements
    failures   URLs that gave no article, with the reason; the listing itself may be among them
    timezone   the time zone of the source
    """

    url: str
    links: tuple[Link, ...]
    left: tuple[Link, ...]
    sponsored: int
    timezone: str
    accounts: tuple[Account, ...]
    failures: tuple[tuple[str, str], ...]
    learnt: tuple[str, ...]  # the site model in words
    advice: tuple[str, ...] = ()  # settings to try where feedbot is unsure


# --- one article ------------------------------------------------------------------------------


def why(name: str, config: Config, tools: Tools) -> Account:
    """Everything about an article, by URL or entry id; one that is not stored is fetched.

    Raises FetchError, NotAnArticle or ReadError if there is no article to explain.
    """
    with tools.store.read() as connection:
        if name.startswith("tag:"):
            story, key = queries.story_tagged(connection, name), ""
            if story is None:
                raise FetchError(name, "no stored story has this id")
        else:
            key = queries.key_of(connection, name)
            story = queries.story_at(connection, key)
        if story:
            url = story.article.url if name.startswith("tag:") else name
            return stored_account(url, key, story, config, tools.store, tools.rules.router)
    return _fetched(name, config, tools)


def stored_account(
    url: str, key: str, story: Story, config: Config, store: Store, router: Router
) -> Account:
    """Everything about a story that is stored; `key` is the URL key of the page asked about."""
    with store.read() as connection:
        [story] = queries.with_also(connection, [story])
        copies = queries.copies(connection, story.id)
        changes = queries.changes(connection, story.id)
    page = next((page for page in copies if page.url_key == key), None)
    return Account(
        url=url,
        article=story.article,
        published=story.published,
        verdict=(page.verdict if page else None) or "new",
        story=story,
        routings=_every(router.route(story.article, story.source, also=story.also), config),
        topics=config.topics,
        copies=tuple(copies),
        changes=tuple(changes),
    )


def _fetched(url: str, config: Config, tools: Tools) -> Account:
    source = source_of(url, config)
    with tools.store.read() as connection:
        model = load(queries.site_of(connection, source.name))
    page = _page_at(url, source, model, tools)
    [found], _ = read_whole([page], (), model, source, tools)
    if found.error:
        raise found.error
    assert found.article
    return _account(url, found.article, source, config, tools)


def _page_at(url: str, source: Source, model: SiteModel, tools: Tools) -> Fetched:
    """The page of an article, fetched now; of one that stands whole on a listing, its place there.

    Raises FetchError, NotAnArticle or ReadError.
    """
    address, _, place = url.partition("#")
    page = fetch_page(address, source, tools)
    if place:
        listed = tools.reader.listing(page, source, model).links
        for link in listed:
            if link.is_notice and story_key(link.url) == story_key(url):
                return Fetched(page=fetch_linked(link, source, tools), link=link)
    return Fetched(page=page, link=None)


def _account(url: str, article: Article, source: Source, config: Config, tools: Tools) -> Account:
    return Account(
        url=url,
        article=article,
        published=article.published,
        verdict=_verdict(article, source, tools.store),
        story=None,
        routings=_every(tools.rules.router.route(article, source.name), config),
        topics=config.topics,
    )


def _every(routings: Sequence[Routing], config: Config) -> tuple[Routing, ...]:
    """One routing per topic, including topics without a match."""
    found = {routing.topic: routing for routing in routings}
    return tuple(found.get(topic.slug) or _none(topic) for topic in config.topics)


def _none(topic: Topic) -> Routing:
    threshold = DEFAULT_THRESHOLD if topic.threshold is None else topic.threshold
    return Routing(topic=topic.slug, score=0.0, threshold=threshold, routed=False)


def _verdict(article: Article, source: Source, store: Store) -> Verdict:
    """The verdict that a poll would give now; nothing is written."""
    fingerprint, key = fingerprint_of(article), story_key(article.url)
    arrival = Arrival(article=article, fingerprint=fingerprint, source=source.name, url_keys=(key,))
    with store.read() as connection:
        return decide(
            arrival,
            known=queries.story_at(connection, key),
            named=None,
            same_words=queries.same_words(connection, fingerprint),
            candidates=queries.near_stories(connection, fingerprint),
        ).verdict


def source_of(url: str, config: Config) -> Source:
    """The configured source on the same server or host; otherwise a source of this page alone."""
    for part in (server_of, host_of):
        for source in config.known:
            if any(part(listing) == part(url) for listing in source.urls):
                return source
    return Source(name=host_of(url), urls=(url,))


def page_as_read(account: Account, config: Config, tools: Tools) -> tuple[ReadBlock, ...]:
    """Every block of an article's page, fetched now: what is kept, and why the rest is not.

    Raises FetchError, NotAnArticle or ReadError.
    """
    name = account.story.source if account.story else source_of(account.url, config).name
    source = config.source(name) or source_of(account.url, config)
    with tools.store.read() as connection:
        model = load(queries.site_of(connection, source.name))
    there = _page_at(account.article.url, source, model, tools)
    return tools.reader.blocks(there.page, source, model, account.article)


# --- one listing ------------------------------------------------------------------------------


def preview(url: str, config: Config, tools: Tools, count: int) -> Preview:
    """The links of the listing at `url`, and its first `count` articles; nothing is stored."""
    source = source_of(url, config)
    with tools.store.read() as connection:
        site = load(queries.site_of(connection, source.name))
    there = fetch_page(url, source, tools)
    listed = tools.reader.listing(there, source, site)
    listed = render_listing(there, listed, source, tools, site)
    for other in listed.others:
        listed = tools.reader.listing(fetch_page(other, source, tools), source, site)
    listed, *_ = with_texts(listed, source, tools, site, tools.clock())
    pages, failures = _fetch_all(listed.links[:count], source, tools)
    if not listed.links:
        failures.append((url, listed.reason or "no links to articles"))
    taught = [(listed.lesson, listed.links)]
    found, model = read_whole(pages, taught, SiteModel(kinds=site.kinds), source, tools)
    read: list[tuple[Fetched, Article]] = []
    accounts: list[Account] = []
    for page, result in zip(pages, found, strict=True):
        at = page.link.url if page.link else page.page.url
        if result.article:
            read.append((page, result.article))
            accounts.append(_account(at, result.article, source, config, tools))
        elif result.error:
            failures.append((at, result.error.reason))
    # What the listing gives whole has no layout.
    laid_out = [(page, one) for page, one in read if not (page.link and page.link.by)]
    alike = tools.reader.count_alike(laid_out, source, model)
    return Preview(
        url=url,
        links=listed.links,
        left=listed.left,
        sponsored=listed.sponsored,
        timezone=source.timezone,
        accounts=tuple(accounts),
        failures=tuple(failures),
        learnt=tuple(model.explain()),
        advice=tuple(_advice(alike, len(laid_out) + len(failures), model)) if listed.links else (),
    )


def _fetch_all(
    links: Sequence[Link], source: Source, tools: Tools
) -> tuple[list[Fetched], list[tuple[str, str]]]:
    """The pages behind these links, and the failed URLs with their reasons."""
    pages: list[Fetched] = []
    failures: list[tuple[str, str]] = []
    for link in links:
        try:
            pages.append(Fetched(page=fetch_linked(link, source, tools), link=link))
        except FetchError as error:
            failures.append((link.url, str(error)))
    return pages, failures


def _advice(alike: int, tried: int, model: SiteModel) -> Iterator[str]:
    """A line of advice on `[sources.select]` if the articles do not have one layout."""
    if alike < tried:
        where = model.place.selector if model.place else "article"
        yield (
            f"{alike} of {tried} articles share a layout; if a text is wrong,"
            f' say where it is: select.body = "{where}"'
        )
