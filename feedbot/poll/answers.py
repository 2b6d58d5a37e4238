"""Whether an answer is the article that was asked for, and where that article stands.

A site may send a reader elsewhere: to its front page, a listing, a wall, another article. Such an
answer says nothing of the article. A page may name another address as its own; that is believed
if it is plausible beside the other pages of the site.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from urllib.parse import unquote, urlsplit

from ..errors import NotAnArticle
from ..languages.words import FUNCTION_WORDS
from ..model import Article, Page
from ..store import Store, queries
from ..stories.decide import is_alike
from ..stories.fingerprint import Tokens, tokens_of
from ..web.urls import canonical, parameters, redact, url_key, without
from .visit import PageVisit, Visit

WALL = 3  # articles that lead to one page, which then is none of them
AGREES = 0.5  # share of the words of a link's title that its article has in headline or lead
COMMON = frozenset(word for words in FUNCTION_WORDS.values() for word in words)
DISOWNED = 20  # addresses that are remembered as wrongly named


def is_front(url: str) -> bool:
    """Whether a URL is that of a whole site."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


# --- detours ----------------------------------------------------------------------------------


def refuse_detours(visit: Visit) -> None:
    """Before they are read: pages that lead to a listing, to the front page, or to one wall."""
    led = [(one, one.page) for one in visit.readings if isinstance(one.page, Page)]
    led = [(one, page) for one, page in led if url_key(page.url) != one.url_key]
    groups: dict[str, set[str]] = {}
    for one, page in led:
        groups.setdefault(_target(one, page), set()).add(one.link.title or one.url_key)
    for one, page in led:
        many = len(groups[_target(one, page)])
        where = redact(page.url)
        if many >= WALL:
            reason = f"{many} articles lead to {where}, not to themselves"
        elif url_key(page.url) in visit.places:
            reason = f"leads to {where}, a listing"
        elif is_front(page.url):
            reason = f"leads to {where}, the front page"
        else:
            continue
        one.error = NotAnArticle(redact(one.link.url), reason)


def _target(one: PageVisit, page: Page) -> str:
    """Where a page leads; without the query where that only says which page it was."""
    query = unquote(urlsplit(page.url).query)
    asked = urlsplit(one.link.url).path
    return url_key(page.url.partition("?")[0] if asked in query else page.url)


def refuse_others(visit: Visit, store: Store) -> None:
    """After they are read: pages that lead to what is not the story they are known for."""
    for one in visit.readings:
        if not (one.found and one.found.article and isinstance(one.page, Page)):
            continue
        if url_key(one.page.url) == one.url_key or _is_asked_for(one, one.found.article, store):
            continue
        reason = f"leads to {redact(one.page.url)}, which is another page"
        one.error, one.found = NotAnArticle(redact(one.link.url), reason), None


def _is_asked_for(one: PageVisit, article: Article, store: Store) -> bool:
    """Whether an article that stands elsewhere is the one that was asked for."""
    if one.known and one.known.story:
        with store.read() as connection:
            story = queries.story_at(connection, one.url_key)
            there = queries.story_at(connection, url_key(article.url))
        if story is None or story.pruned or (there and there.id == story.id):
            return True
        if is_alike(Tokens(article), Tokens(story.article)):
            return True
        # What the page once led to may have been wrong; then the listing's title tells.
        return one.known.title != "" and _agrees(one.known.title, article) and not there
    return _agrees(one.link.title, article)


def _agrees(title: str, article: Article) -> bool:
    """Whether a listing's title may be that of the article."""
    words = set(tokens_of(title)) - COMMON
    said = {*tokens_of(article.title), *tokens_of(article.lead)}
    return len(words & said) >= AGREES * len(words)


# --- the address that a page names ----------------------------------------------------------------


def doubt_names(visit: Visit, store: Store) -> None:
    """Leaves every article at its own address where the one that its page names is implausible."""
    for one, article in _articles(visit):
        named = without(article.url, visit.site.fleeting)
        says_nothing = url_key(named) == url_key(_answered_at(one, visit))
        _stand_at(one, article, _home(one, visit) if says_nothing else named)
    claims: dict[str, list[tuple[PageVisit, Article]]] = {}
    for one, article in _articles(visit):
        claims.setdefault(url_key(article.url), []).append((one, article))
    disowned = list(visit.site.disowned)
    ambiguous = _told_by_query(visit)
    for key, claiming in claims.items():
        away = [(one, article) for one, article in claiming if _own_key(one, visit) != key]
        if not away:
            continue
        if not _is_plausible(key, claiming, visit, store, ambiguous):
            disowned = [one for one in disowned if one != key] + [key]
            for one, article in away:
                _stand_at(one, article, _home(one, visit))
    visit.site = dataclasses.replace(visit.site, disowned=tuple(disowned[-DISOWNED:]))


def _articles(visit: Visit) -> Iterator[tuple[PageVisit, Article]]:
    for one in visit.readings:
        if one.found and one.found.article:
            yield one, one.found.article


def _answered_at(one: PageVisit, visit: Visit) -> str:
    assert isinstance(one.page, Page)
    return without(canonical(one.page.url), visit.site.fleeting)


def _home(one: PageVisit, visit: Visit) -> str:
    """Where a page stands, whatever it says: where it was read, or where it was asked for, if the
    server has only added parameters to that."""
    found = _answered_at(one, visit)
    key = url_key(found)
    added = parameters(key).keys() - parameters(one.url_key)
    return one.link.url if added and without(key, added) == one.url_key else found


def _own_key(one: PageVisit, visit: Visit) -> str:
    return url_key(_home(one, visit))


def _stand_at(one: PageVisit, article: Article, url: str) -> None:
    assert one.found
    if url != article.url:
        moved = dataclasses.replace(article, url=url)
        one.found = dataclasses.replace(one.found, article=moved)


def _is_plausible(
    key: str,
    claiming: Collection[tuple[PageVisit, Article]],
    visit: Visit,
    store: Store,
    ambiguous: Collection[str],
) -> bool:
    """Whether an address can be that of all these articles: they are one, and nothing else's."""
    if key in visit.site.disowned or key in visit.places:
        return False
    if any(key == path != _own_key(one, visit) for one, _ in claiming for path in ambiguous):
        return False
    first, *others = [Tokens(article) for _, article in claiming]
    if not all(is_alike(first, other) for other in others):
        return False
    if any(_own_key(one, visit) == key for one, _ in claiming):
        return True
    with store.read() as connection:
        there = queries.story_at(connection, key)
        known = queries.pages_of(connection, [key]).get(key)
    if there is not None:
        mine = {one.known.story for one, _ in claiming if one.known}
        return there.pruned or there.id in mine or is_alike(first, Tokens(there.article))
    return known is None and key not in visit.listed


def _told_by_query(visit: Visit) -> set[str]:
    """The addresses, without their query, of which several articles are listed."""
    seen: dict[str, set[str]] = {}
    for listing in visit.listings:
        for link in listing.links:
            seen.setdefault(url_key(link.url).partition("?")[0], set()).add(url_key(link.url))
    return {path for path, keys in seen.items() if len(keys) > 1}
