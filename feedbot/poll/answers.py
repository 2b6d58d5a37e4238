"""Whether an answer is the article that was asked for, and where that article stands.

A site may send a reader elsewhere: to its front page, a listing, a wall, another article. Such an
answer says nothing of the article. A page may name another address as its own; that is believed
if it is plausible beside the other pages of the site.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ..errors import NotAnArticle
from ..languages.detection import everywhere
from ..model import Article
from ..read.site_model import SiteModel
from ..store import Store, queries
from ..stories.decide import is_alike
from ..stories.fingerprint import Tokens, tokens_of
from ..web.urls import canonical, parameters, redact, url_key, without
from .visit import Listings, Pages, PageVisit

WALL = 3  # articles that lead to one page, which is then not an article
AGREES = 0.5  # share of the words of a link's title that its article has in headline or lead
DISOWNED = 20  # addresses that are remembered as wrongly named


def is_front(url: str) -> bool:
    """Whether a URL is that of a whole site."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


# --- detours ----------------------------------------------------------------------------------


def refuse_detours(pages: Pages, places: Collection[str]) -> Pages:
    """Before they are read: refuses pages that lead to a listing, the front page, or one wall.

    `places` are the URL keys of all addresses where the source lists articles.
    """
    detours = [page_visit for page_visit in pages.chosen if page_visit.is_elsewhere]
    groups: dict[str, set[str]] = {}
    for page_visit in detours:
        groups.setdefault(_target(page_visit), set()).add(
            page_visit.link.title or page_visit.url_key
        )
    return pages.replace(
        _refuse(page_visit, reason)
        for page_visit in detours
        if (reason := _detour(page_visit, len(groups[_target(page_visit)]), places))
    )


def _detour(page_visit: PageVisit, many: int, places: Collection[str]) -> str:
    """Where a page leads instead of to its article; "" if this may be its article.

    `many` is how many pages lead there.
    """
    url = page_visit.answered_at
    if many >= WALL:
        return f"{many} articles lead to {redact(url)}, not to themselves"
    if url_key(url) in places:
        return f"leads to {redact(url)}, a listing"
    return f"leads to {redact(url)}, the front page" if is_front(url) else ""


def _refuse(page_visit: PageVisit, reason: str) -> PageVisit:
    error = NotAnArticle(redact(page_visit.link.url), reason)
    return dataclasses.replace(page_visit, found=None, error=error)


def _target(page_visit: PageVisit) -> str:
    """Where a page leads; without the query where that only says which page it was."""
    url = page_visit.answered_at
    asked = urlsplit(page_visit.link.url).path
    return url_key(url.partition("?")[0] if asked in unquote(urlsplit(url).query) else url)


def refuse_others(pages: Pages, store: Store) -> Pages:
    """After they are read: refuses pages that lead to what is not the story they are known for."""
    return pages.replace(
        _refuse(page_visit, f"leads to {redact(page_visit.answered_at)}, which is another page")
        for page_visit in pages.chosen
        if page_visit.article
        and page_visit.is_elsewhere
        and not _is_asked_for(page_visit, page_visit.article, store)
    )


def _is_asked_for(page_visit: PageVisit, article: Article, store: Store) -> bool:
    """Whether an article that stands elsewhere is the one that was asked for."""
    known = page_visit.known
    if known is None or known.story is None:
        return _agrees(page_visit.link.title, article)
    with store.read() as connection:
        story = queries.story_at(connection, page_visit.url_key)
        there = queries.story_at(connection, url_key(article.url))
    if story is None or story.pruned or (there and there.id == story.id):
        return True
    if is_alike(Tokens(article), Tokens(story.article)):
        return True
    # What the page once led to may have been wrong; then the listing's title tells.
    return known.title != "" and _agrees(known.title, article) and not there


def _agrees(title: str, article: Article) -> bool:
    """Whether a listing's title may be that of the article."""
    return _names(title, article.title, article.lead)


def _names(title: str, *texts: str) -> bool:
    """Whether enough words of a title stand in these texts; the first may be enough."""
    words = set(tokens_of(title)) - everywhere()
    said = set[str]()
    for text in texts:
        said.update(tokens_of(text))
        if len(words & said) >= AGREES * len(words):
            return True
    return False


# --- other texts ------------------------------------------------------------------------------


def refuse_other_texts(
    pages: Pages, known: SiteModel, site: SiteModel, store: Store
) -> tuple[Pages, SiteModel]:
    """After they are read: refuses pages that show something else under their own address.

    A server in maintenance, or a cache gone wrong, answers 200 with one text for every page, or
    with the page of another article. The title of the link tells what was asked for. What many
    such pages have in common is no furniture of the site, which stays as it was `known`.
    """
    refused = [
        _refuse(page_visit, "another text than that of its link")
        for same in _with_one_text(pages)
        for page_visit in same
        if page_visit.article
        and not _is_told_by(page_visit.link.title, page_visit.article)
        and (_are_many(same) or _is_replaced(page_visit, page_visit.article, store))
    ]
    return pages.replace(refused), known if len(refused) + 1 >= WALL else site


def _with_one_text(pages: Pages) -> Iterable[Sequence[PageVisit]]:
    """The pages that were read, those with the same words together; films may have none."""
    texts: dict[bytes, list[PageVisit]] = {}
    for page_visit in pages.chosen:
        if not page_visit.article or not page_visit.article.paragraphs:
            continue
        if page_visit.found and page_visit.found.fingerprint and not page_visit.link.is_notice:
            texts.setdefault(page_visit.found.fingerprint.content, []).append(page_visit)
    return texts.values()


def _are_many(same: Sequence[PageVisit]) -> bool:
    """Whether one text stands at more addresses, under more titles, than an article does."""
    return len({page_visit.link.title for page_visit in same}) >= WALL


def _is_replaced(page_visit: PageVisit, article: Article, store: Store) -> bool:
    """Whether nothing is left of the story that a page is known for."""
    if page_visit.known is None or page_visit.known.story is None:
        return False
    with store.read() as connection:
        story = queries.story_at(connection, page_visit.url_key)
    return (
        story is not None
        and not story.pruned
        and not is_alike(Tokens(article), Tokens(story.article))
    )


def _is_told_by(title: str, article: Article) -> bool:
    """Whether a page speaks of what the title of the link to it says.

    A headline that was taken from the link says nothing.
    """
    headline = "" if article.origins.title == "listing" else article.title
    return _names(title, headline, article.text)


# --- the address that a page names ----------------------------------------------------------------


def settle_addresses(
    pages: Pages, listings: Listings, site: SiteModel, store: Store
) -> tuple[Pages, SiteModel]:
    """Every article at the address that its page names, or at its own where that is implausible.

    The site remembers which addresses its pages wrongly name.
    """
    pages = pages.replace(
        _at_named(page_visit, page_visit.article, site.fleeting)
        for page_visit in pages.chosen
        if page_visit.article and not page_visit.link.is_notice
    )
    disowned = list(site.disowned)
    for address in _named_addresses(pages, site.fleeting):
        if address.away and not _is_plausible(address, listings, site, store):
            disowned = [key for key in disowned if key != address.url_key] + [address.url_key]
            pages = pages.replace(
                _at_home(page_visit, site.fleeting) for page_visit in address.away
            )
    return pages, dataclasses.replace(site, disowned=tuple(disowned[-DISOWNED:]))


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address that pages name as their own: those that are `at_home` there, those `away`."""

    url_key: str
    at_home: Sequence[PageVisit]
    away: Sequence[PageVisit]


def _named_addresses(pages: Pages, fleeting: Collection[str]) -> list[NamedAddress]:
    """Where the articles of a visit stand, so their pages say."""
    naming: dict[str, list[PageVisit]] = {}
    for page_visit in pages.chosen:
        if page_visit.article and not page_visit.link.is_notice:
            naming.setdefault(url_key(page_visit.article.url), []).append(page_visit)
    return [
        NamedAddress(
            url_key=key,
            at_home=[
                page_visit for page_visit in some if url_key(_home(page_visit, fleeting)) == key
            ],
            away=[page_visit for page_visit in some if url_key(_home(page_visit, fleeting)) != key],
        )
        for key, some in naming.items()
    ]


def _at_named(page_visit: PageVisit, article: Article, fleeting: Collection[str]) -> PageVisit:
    """An article where its page says that it stands; at its own address if it says nothing.

    Whether that ends in a slash, its page knows best.
    """
    named = without(article.url, fleeting)
    answered = without(canonical(page_visit.answered_at), fleeting)
    has_other_end = named != answered and named.rstrip("/") == answered.rstrip("/")
    if url_key(named) == url_key(answered) and not has_other_end:
        return _at_home(page_visit, fleeting)
    return _stand_at(page_visit, named)


def _at_home(page_visit: PageVisit, fleeting: Collection[str]) -> PageVisit:
    """An article at the address of its page, whatever that says."""
    return _stand_at(page_visit, _home(page_visit, fleeting))


def _stand_at(page_visit: PageVisit, url: str) -> PageVisit:
    assert page_visit.found
    assert page_visit.found.article
    moved = dataclasses.replace(page_visit.found.article, url=url)
    return dataclasses.replace(
        page_visit, found=dataclasses.replace(page_visit.found, article=moved)
    )


def _home(page_visit: PageVisit, fleeting: Collection[str]) -> str:
    """Where a page stands, whatever it says: where it was read, or where it was asked for, if the
    server has only added parameters to that."""
    found = without(canonical(page_visit.answered_at), fleeting)
    key, asked = url_key(found), page_visit.url_key
    added = parameters(key).keys() - parameters(asked)
    return page_visit.link.url if added and without(key, added) == asked else found


def _is_plausible(address: NamedAddress, listings: Listings, site: SiteModel, store: Store) -> bool:
    """Whether an address can be that of all its articles: they are one, and nothing else's."""
    key = address.url_key
    if key in site.disowned or key in listings.places or key in _told_by_query(listings):
        return False
    pages = [*address.at_home, *address.away]
    first, *others = [Tokens(page_visit.article) for page_visit in pages if page_visit.article]
    if not all(is_alike(first, other) for other in others):
        return False
    return bool(address.at_home) or _is_free(address, first, listings.listed, store)


def _is_free(address: NamedAddress, words: Tokens, listed: Collection[str], store: Store) -> bool:
    """Whether no other article is known at an address where none of its pages was read."""
    with store.read() as connection:
        there = queries.story_at(connection, address.url_key)
        known = queries.pages_of(connection, [address.url_key])
    if there is None:
        return not known and address.url_key not in listed
    own = {page_visit.known.story for page_visit in address.away if page_visit.known}
    return there.pruned or there.id in own or is_alike(words, Tokens(there.article))


def _told_by_query(listings: Listings) -> set[str]:
    """The addresses, without their query, of which several articles are listed.

    One article is listed several times where the query says from which list a reader comes.
    """
    titles: dict[str, set[str]] = {}
    for key, link in listings.links.items():
        titles.setdefault(key.partition("?")[0], set()).add(" ".join(tokens_of(link.title)) or key)
    return {path for path, different in titles.items() if len(different) > 1}
