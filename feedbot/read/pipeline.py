"""The CPU work of a visit: bytes in, records out. Pure, and all of it can be run elsewhere.

    listing page ──▶ Listed                          links, and what the page teaches
    pages ──study──▶ lessons ──take──▶ site model    what recurs on the site
    pages + site model ──read_pages──▶ PageResult       article, fingerprint, topics

A page that cannot be read costs only itself: it gives an error in its place, never an exception.
What these functions take and return can be pickled; no tree of a page outlives the call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ..errors import NotAnArticle
from ..languages.walls import CONSENT, ERROR, LOGIN, ROBOTS
from ..model import Article, Link, Page, PageText, Source, Topic
from ..stories.fingerprint import fingerprint_of
from ..topics import Router, compile_topics
from ..web.blocks import beside, block_hash, page_text
from ..web.document import Document, parse
from ..web.sanitise import plain_text
from ..web.urls import url_key
from .discover.learning import Known, learn_kind
from .discover.links import consider_all
from .discover.named import site_name
from .discover.notices import with_notices
from .discover.onward import next_page, says_news, sections
from .extract import (
    MOST_PARTS,
    UNSEEN,
    extract,
    from_single_page,
    is_undeclared,
    joined,
    lesson_of,
    listing_lesson,
    may_be_shell,
    next_part,
    page_hashes,
    single_page,
    stands,
    take,
    teach,
    why_nothing,
)
from .extract.embedded import CLOSED, is_free
from .extract.prose import text_length
from .extract.reasons import blocks_of
from .feeds import Announced, advertised, read_announced
from .json_listing import read_json_listing
from .results import (
    Fetched,
    Lead,
    Learnt,
    ListingPage,
    Overview,
    PageResult,
    Problem,
    ReadBlock,
    Taught,
    bug,
    trace_of,
    words_hash,
)
from .site_model import Lesson, NoticeList, SiteModel
from .wordpress import posts_url, read_posts

TRUNCATED = 1.25  # times as long as what an API gives is a text of which that is the beginning
WALLS = (CONSENT, ERROR, LOGIN, ROBOTS)  # what may stand before an article for a while

Result = TypeVar("Result")
Notices = Mapping[str, NoticeList]
NONE: Notices = MappingProxyType({})


_routers: list[Router] = []  # of this process, so that the rules are compiled once


def use_topics(topics: Sequence[Topic], leaders: Mapping[str, Sequence[str]]) -> None:
    """Sets by which rules this process routes what it reads."""
    _routers[:] = [compile_topics(topics, leaders)]


# --- listings -----------------------------------------------------------------------------------

# What reads a listing that is made for machines: the first that knows a page reads it. A source
# that says where its articles are in JSON has chosen. A link may come with the text of its article,
# and then its page need not be read. All else is a page for people.
READERS: tuple[Callable[[Page, Source], Announced | None], ...] = (
    read_json_listing,
    read_posts,
    read_announced,
)


def read_listing_page(
    page: Page, source: Source, known: Known, notices: Notices = NONE
) -> ListingPage:
    """The links on a listing, be it made for people or for machines. Raises NotAnArticle.

    `known` is what earlier visits learnt of the kinds of links on the site (`SiteModel.kinds`), and
    `notices` of the articles that stand whole on its listings.
    """
    announced = _read_announced(page, source)
    if announced is not None:
        return _announced(announced, source)
    return _listed(parse(page), source, known, notices)


def _read_announced(page: Page, source: Source) -> Announced | None:
    found = (read(page, source) for read in READERS)
    return next((one for one in found if one is not None), None)


def _announced(announced: Announced, source: Source) -> ListingPage:
    empty = not (announced.links or announced.others)
    if empty and source.json:
        return ListingPage(
            links=(), reason="no article at the paths of [sources.json]; correct them"
        )
    return ListingPage(
        links=announced.links,
        older=announced.older,
        others=announced.others,
        reason="a feed or a sitemap without a single article" if empty else "",
    )


def _listed(
    document: Document, source: Source, known: Known, notices: Notices = NONE
) -> ListingPage:
    last = notices.get(url_key(document.page.url))
    found = with_notices(consider_all(document, source, known), document, source, last)
    links = found.links
    pages = sum(not link.is_notice for link in links)
    return ListingPage(
        links=links,
        left=found.left,
        sponsored=found.sponsored,
        lesson=listing_lesson(document, found.notices),
        older=next_page(document),
        others=() if links else tuple(advertised(document)[:1]),
        reason="" if links else why_nothing(document, source),
        api=posts_url(document, len(links)) if pages and source.wordpress else "",
    )


def overview(page: Page, source: Source) -> Overview:
    """What a page lists and what its site offers beside it. Raises NotAnArticle."""
    announced = _read_announced(page, source)
    if announced is not None:
        listed = _announced(announced, source)
        leads = tuple(Lead(url=url) for url in listed.others)
        return Overview(
            listed=listed, name=announced.title, language=announced.language, leads=leads
        )
    document = parse(page)
    listed = _listed(document, source, {})
    feeds = [Lead(url=url, is_feed=True) for url in advertised(document)]
    others = [
        Lead(url=one.url, label=one.title, says_news=says_news(one))
        for one in sections(document, listed.links)
    ]
    return Overview(
        listed=listed,
        name=site_name(document),
        language=document.root.get("lang") or document.meta("og:locale"),
        leads=(*feeds, *others),
    )


# --- articles -----------------------------------------------------------------------------------


def study(pages: Sequence[Page], site: SiteModel) -> list[Lesson | Problem]:
    """What each page teaches about its site, or why it cannot be read."""
    return [guarded(page, lambda page: lesson_of(parse(page), site), page) for page in pages]


def read_pages(
    pages: Sequence[Fetched], source: Source, site: SiteModel
) -> tuple[list[PageResult], Learnt]:
    """What each page turned out to be, and the model with where the articles stood."""
    documents = [guarded(one.page, parse, one.page) for one in pages]
    return _read_all(pages, documents, source, Learnt(site=site))


def study_and_read(
    pages: Sequence[Fetched], source: Source, site: SiteModel, listings: Taught
) -> tuple[list[PageResult], Learnt]:
    """The same for all pages of a visit at once: each is parsed once, and all teach first."""
    documents: list[Document | Problem] = []
    lessons = []
    for one in pages:
        document = guarded(one.page, parse, one.page)
        if isinstance(document, Document):
            lesson = guarded(one.page, lesson_of, document, site)
            if isinstance(lesson, Lesson):
                lessons.append(lesson)
            else:
                document = lesson
        documents.append(document)
    return _read_all(pages, documents, source, learn_from(site, listings, lessons))


def learn_from(site: SiteModel, listings: Taught, lessons: Sequence[Lesson]) -> Learnt:
    """The model with what a visit taught; as it was, if that meets a bug."""
    return _unless_bug(take, Learnt(site=site), listings, lessons)


def _unless_bug(learn: Callable[..., SiteModel], known: Learnt, *taught: Any) -> Learnt:
    try:
        return replace(known, site=learn(known.site, *taught))
    except MemoryError:
        raise  # nothing that this process does is sure any more
    except Exception as error:  # noqa: BLE001 - what is known of a site may not cost its pages
        return replace(known, trace=trace_of(error))


def _read_all(
    pages: Sequence[Fetched],
    documents: Sequence[Document | Problem],
    source: Source,
    known: Learnt,
) -> tuple[list[PageResult], Learnt]:
    """Reads these; those before the place of the articles was sure are read again with it."""
    site = known.site
    outcomes: list[PageResult] = []
    for one, document in zip(pages, documents, strict=True):
        outcome, site = _read(one, document, source, site)
        outcomes.append(outcome)
    learnt = (one.article and one.article.extracted_by == "learnt" for one in outcomes)
    early = next((at for at, is_learnt in enumerate(learnt) if is_learnt), 0)
    again = list(zip(pages, documents, strict=True))[:early]
    outcomes[:early] = [_read(one, document, source, site)[0] for one, document in again]
    return outcomes, _unless_bug(_learn_kinds, replace(known, site=site), pages, outcomes)


def _learn_kinds(
    site: SiteModel, pages: Sequence[Fetched], results: Sequence[PageResult]
) -> SiteModel:
    """The model with what the links to these pages promised, and what the pages turned out to be.

    A page behind a wall says nothing about its link. Where most pages hold no article, a wall that
    was not recognised is likelier than as many false links. A page that is read once more, with the
    next part of its article, has told already.
    """
    kinds = site.kinds
    articles = sum(one.article is not None for one in results)
    is_believed = articles >= sum(map(_is_other, results))
    for page, result in zip(pages, results, strict=True):
        if page.link is None or not page.link.place or page.words is not None or page.parts:
            continue
        if result.article or (is_believed and _is_other(result)):
            kinds = learn_kind(kinds, page.link, is_article=result.article is not None)
    return replace(site, kinds=kinds)


def _is_other(result: PageResult) -> bool:
    """Whether a page turned out to be something other than an article."""
    return isinstance(result.error, NotAnArticle) and result.error.reason not in WALLS


def _read(
    one: Fetched, document: Document | Problem, source: Source, site: SiteModel
) -> tuple[PageResult, SiteModel]:
    if not isinstance(document, Document):
        return PageResult(error=document), site
    found = guarded(one.page, _read_article, one, document, source, site)
    if isinstance(found, tuple):
        return found
    is_shell = isinstance(found, NotAnArticle) and may_be_shell(document, None)
    return PageResult(error=found, is_shell=is_shell), site


def _read_article(
    one: Fetched, document: Document, source: Source, site: SiteModel
) -> tuple[PageResult, SiteModel]:
    first = extract(document, source, site, one.link)
    whole = _whole(first, document, one.parts, source, site)
    article = whole.article
    fingerprint = fingerprint_of(article)
    topics = text = None
    if one.words != words_hash(fingerprint):
        topics = _routers[0].topics_of(article, source.name)
        text = _text_of(whole.pages, article)
    elif article.extracted_by != "learnt":
        text = _text_of(whole.pages, article)
    result = PageResult(
        article=article,
        fingerprint=fingerprint,
        topics=topics,
        text=text,
        beside=beside(text, article.paragraphs) if text else None,
        undeclared=is_undeclared(document, article),
        is_shell=may_be_shell(document, first),
        onward=whole.onward,
    )
    return result, teach(site, document, source, one.link, first)


class _Whole(NamedTuple):
    """An article with the parts of it that were fetched, the pages that it is on, and more."""

    article: Article
    pages: Sequence[Document]
    onward: tuple[str, ...] = ()  # as in PageResult


def _whole(
    first: Article, document: Document, parts: Sequence[Page], source: Source, site: SiteModel
) -> _Whole:
    """An article from its single-page view, or from its parts."""
    following = next_part(document, document.page.url, 2)
    view = single_page(document, document.page.url, has_parts=bool(following))
    if not parts:
        return _Whole(first, [document], tuple(filter(None, (view, following))))
    if parts[0].requested == view:
        page, article = _part(parts[0], first, source, site)
        if page and article and (whole := from_single_page(first, article)):
            return _Whole(whole, [document, page])
        parts = parts[1:]
    return _joined(_Whole(first, [document]), parts, source, site)


def _joined(whole: _Whole, parts: Sequence[Page], source: Source, site: SiteModel) -> _Whole:
    """An article with its parts, as far as they say something new."""
    article, pages = whole.article, list(whole.pages)
    for part in parts:
        page, more = _part(part, article, source, site)
        longer = joined(article, more, len(pages) + 1) if more else None
        if page is None or longer is None:
            return _Whole(article, pages)
        article = longer
        pages.append(page)
    if len(pages) >= MOST_PARTS:
        return _Whole(article, pages)
    following = next_part(pages[-1], pages[0].page.url, len(pages) + 1)
    return _Whole(article, pages, (following,) if following else ())


def _part(
    page: Page, first: Article, source: Source, site: SiteModel
) -> tuple[Document | None, Article | None]:
    """A further page of an article, and what is read there; None if it is no article.

    Its headline may stand on the first page only.
    """
    try:
        document = parse(page)
        return document, extract(document, source, site, Link(url=page.url, title=first.title))
    except NotAnArticle:
        return None, None


def _text_of(pages: Sequence[Document], article: Article) -> PageText:
    """All that its pages say, be it to readers or, where its text was found there, to machines."""
    said = [block for page in pages for block in page_hashes(page)]
    if article.extracted_by in UNSEEN:
        said += map(block_hash, article.paragraphs)
    return page_text(tuple(dict.fromkeys(said)), (pages[0].title, pages[0].meta("og:title")))


def doubt_text(page: Page, link: Link, source: Source, site: SiteModel) -> str:
    """Why the text that a link gives is not to be taken, seeing its page; "" if it may be.

    Raises NotAnArticle for what is no page.
    """
    document = parse(page)
    if not is_free(document):
        return "the site declares its articles not to be free"
    try:
        article = extract(document, source, site, None)
    except NotAnArticle as error:
        return error.reason if error.reason in CLOSED else ""
    given = text_length(plain_text(link.content))
    is_longer = sum(map(text_length, article.paragraphs)) > TRUNCATED * given
    return "the API gives less than the page" if is_longer else ""


def blocks(page: Page, source: Source, site: SiteModel, article: Article) -> tuple[ReadBlock, ...]:
    """Every block of the page of an article, and why it is cut. Raises NotAnArticle."""
    return blocks_of(parse(page), source, site, article)


def count_alike(pages: Sequence[tuple[Fetched, Article]], source: Source, site: SiteModel) -> int:
    """How many articles stand at the place that the model knows of its site."""
    documents = ((guarded(one.page, parse, one.page), one.link, article) for one, article in pages)
    return sum(
        stands(site, document, source, link, article)
        for document, link, article in documents
        if isinstance(document, Document)
    )


def read_one(page: Page, function: str, *args: Any) -> Any:
    """What one of the functions of this module makes of a page, or why it makes nothing of it."""
    return guarded(page, globals()[function], *args)


def guarded(page: Page, function: Callable[..., Result], *args: Any) -> Result | Problem:
    """What a function makes of a page, or why it makes nothing of it.

    The one place that stops bugs: they must not cost the other pages of a visit.
    """
    try:
        return function(*args)
    except NotAnArticle as error:
        return error
    except MemoryError:
        raise  # nothing that this process does is sure any more
    except Exception as error:  # noqa: BLE001 - see above
        return bug(page.url, error)
