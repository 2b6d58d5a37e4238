"""The article, the whole article, and nothing beside it.

    prune      what of the page is not the article, and why, by its markup (furniture, inserts,
               headline),
               by the site's other pages (elsewhere) and by its words (teasers, lists, slides);
               own_blocks, own_passages: what only looks so
    body       which of the remaining blocks are its text: boxes that hold it, boundaries, ending,
               repeats, notes, attachments; closing: lines of its author and its site
    figures    which pictures, films and sounds belong to it; media: what those show;
               surroundings: what stands around them; recurring_media: where else they stand
    posts      articles of few words: a picture, a film, a sentence
    form       text and figures as HTML
    titles, dates, authors, pictures,
    dateline                               what else is known of it
    structured_data, about                 what is declared, and whether it means this page
    bylines, names                         who wrote it, as readers see it
    habits, facts                          what most pages of a site say, and so no article does
    shown, lines                           the dates that readers see around it
    refuse     pages that are no article
    embedded   the text that such a page holds for machines alone
    learn      what the pages of a visit teach about their site
    multipage  articles that a site has cut into several pages
    article_container  where its articles stand: once that is sure, nothing else of a page is read

No step needs the operator's help; `Source.select` overrides them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from ...errors import NotAnArticle
from ...languages.detection import CHANCE, CLEAR, language_of
from ...languages.fold import fold
from ...languages.labels import has_hour
from ...languages.order import Local
from ...model import LISTING, Article, Image, Link, Origins, Source
from ...web.document import Block, Document, one_line
from ...web.sanitise import plain_text, sanitise
from ...web.urls import canonical, parts_of, same_site
from ..site_model import SiteModel
from . import dates, embedded, shown, structured_data
from .article_container import learnt, part, paths, selected_container, settle
from .authors import authors_of
from .body import body
from .closing import without_closing
from .dateline import dateline_of
from .elsewhere import page_hashes
from .embedded import UNSEEN, may_be_shell
from .figures import enclosures_of, first_picture, with_lead
from .form import html_of, whole_tables
from .furniture import READERS
from .habits import UNKNOWN, Habits
from .learn import learn, lesson_of, listing_lesson, take
from .lines import LONGEST_LINE, is_label
from .multipage import MOST_PARTS, from_single_page, joined, next_part, single_page
from .pictures import declared_picture
from .posts import Named, content_of
from .prune import APPENDED, FIGCAPTION, Pruned, own_keys, prune
from .refuse import declares_article, is_bare, refuse, why_nothing
from .replies import replies_below
from .titles import Title, title_of

__all__ = [
    "MOST_PARTS",
    "UNSEEN",
    "extract",
    "from_single_page",
    "is_undeclared",
    "joined",
    "learn",
    "lesson_of",
    "listing_lesson",
    "may_be_shell",
    "next_part",
    "page_hashes",
    "single_page",
    "stands",
    "take",
    "teach",
    "why_nothing",
]

ABOVE = 6  # blocks above the headline that may show its date
BELOW = 8  # and below it
NEAREST = 3  # blocks around the lead that may show it where there is no headline
# Whatever dates these blocks show, it is not that of this article.
NO_DATES = frozenset((READERS, APPENDED, FIGCAPTION))
FOOTER = "<footer>"  # has no dates of the article, unless it stands above the text
STAMP = 40  # characters of a date that is a link; longer links lead to other articles
FEW_LINKS = 3  # of a block, of which one may lead to its neighbour
NEIGHBOURS = frozenset(("prev", "previous", "next"))


def extract(document: Document, source: Source, model: SiteModel, link: Link | None) -> Article:
    """The article of a page. `link` is what a listing said of it.

    Raises NotAnArticle for a page that is something else: an error, a wall, a section.
    """
    document = document.without(source.select.drop)
    own, problem = _shown(document, source, model, link)
    if own is not None and not embedded.is_little(own):
        return own
    for other in embedded.articles(document, link, problem.reason if problem else "", own):
        if article := _article_at(other, source, model, link, other.page.given_by):
            return article
    if own is None:
        assert problem
        raise problem
    return own


def _shown(
    document: Document, source: Source, model: SiteModel, link: Link | None
) -> tuple[Article | None, NotAnArticle | None]:
    """The article that readers see, or why there is none."""
    is_own = not (source.select.body or document.page.given_by)
    there = learnt(document, model) if is_own else None
    article = _article_at(there, source, model, link) if there is not None else None
    if article is not None and not _is_dated_by_address(article):
        return article, None
    try:
        return _read(document, source, model, link, document.page.given_by or "generic"), None
    except NotAnArticle as error:
        return None, error


def _is_dated_by_address(article: Article) -> bool:
    """Whether nothing but the month of its address dates an article: its page may do so beside the
    place of its text.
    """
    said = article.published
    return said is not None and said.origin == "slug" and said.at.day == 1


def teach(
    model: SiteModel, document: Document, source: Source, link: Link | None, article: Article
) -> SiteModel:
    """The model with where this article of its site stood; as it was, if readers see no word."""
    if article.extracted_by in UNSEEN or not article.paragraphs:
        return model
    if source.select.body:
        return selected_container(
            model, source.select.body, answers=article.extracted_by == "select"
        )
    if article.extracted_by == "learnt" and model.place:
        return settle(model, model.place.path)
    document = document.without(source.select.drop)
    for path in paths(document, article, model):
        if _is_at(path, document, source, model, link, article):
            return settle(model, path)
    return settle(model, None)


def stands(
    model: SiteModel, document: Document, source: Source, link: Link | None, article: Article
) -> bool:
    """Whether an article stands at the place that the model knows of its site."""
    if model.place is None or source.select.body:
        return article.extracted_by == "select"
    document = document.without(source.select.drop)
    return _is_at(model.place.path, document, source, model, link, article)


def is_undeclared(document: Document, article: Article) -> bool:
    """Whether the page of an article shows no date, and declares neither author nor type."""
    if article.extracted_by in UNSEEN:
        return False
    if article.authors or (article.published and article.published.origin != "listing"):
        return False
    if article.published and dates.shows(document, article.published.at):
        return False
    return is_bare(document) and not declares_article(document, structured_data.objects(document))


def _is_at(
    path: str,
    document: Document,
    source: Source,
    model: SiteModel,
    link: Link | None,
    article: Article,
) -> bool:
    there = part(document, path)
    if there is None:
        return False
    return _article_at(there, source, model, link) == replace(article, extracted_by="learnt")


def _article_at(
    there: Document, source: Source, model: SiteModel, link: Link | None, by: str = "learnt"
) -> Article | None:
    try:
        return _read(there, source, model, link, by)
    except NotAnArticle:
        return None


def _read(
    document: Document, source: Source, model: SiteModel, link: Link | None, by: str
) -> Article:
    objects = structured_data.objects(document)
    url = _canonical(document)
    own = own_keys(document, url, link)
    habits = Habits(model, own)
    headline = _title(document, source, link, objects, habits)
    title = headline.text
    pruned = prune(document, title, model, own)
    selected = _selected_body(document, source.select.body)
    by = "select" if selected else by
    blocks = selected or _given_whole(document)
    writers = authors_of(document, objects, title, UNKNOWN if document.page.given_by else habits)
    blocks = blocks or without_closing(
        _found_body(pruned, title, objects), writers.names, pruned.leaves, document
    )
    named = declared_picture(document, objects, habits)
    said = named.picture
    content = content_of(
        pruned, blocks, model, Named(title, link, objects, said, writers.names),
        is_whole=by == "generic",
    )  # fmt: skip
    blocks, figures = content.blocks, content.figures
    needs_few = content.is_enough or bool(_given_whole(document))
    refuse(pruned, title, blocks, is_declared=content.is_declared, needs_few=needs_few)
    paragraphs = tuple(plain_text(block.text) for block in blocks)
    image = said or first_picture(figures)
    language, told_by = _language(blocks, document, source)
    return Article(
        url=url,
        title=title,
        paragraphs=paragraphs,
        html=sanitise(html_of(document, blocks, with_lead(figures, said), title), document.base),
        language=language,
        dateline=dateline_of(paragraphs[0]) if paragraphs else None,
        published=_published(document, source, link, objects, pruned, blocks, habits),
        authors=writers.names,
        image=Image(url=image.url, alt=image.alt) if image else None,
        enclosures=enclosures_of(figures),
        sections=_sections(document, pruned),
        extracted_by=by,
        origins=Origins(
            title=headline.origin,
            authors=writers.origin,
            image=named.origin or ("figure" if image else ""),
            language=told_by,
        ),
    )


def _given_whole(document: Document) -> tuple[Block, ...]:
    """All blocks below the headline, where a listing gave the article and its bounds are known."""
    if document.page.given_by != LISTING:
        return ()
    return tuple(block for block in document.blocks if block.tag != "h1")


def _found_body(
    pruned: Pruned, title: str, objects: Sequence[Mapping[str, Any]]
) -> tuple[Block, ...]:
    """What is found to be the text, with all cells of its tables."""
    declared = structured_data.first(objects, "articleBody")
    return whole_tables(pruned.document, body(pruned, title, declared), title)


def _title(
    document: Document,
    source: Source,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    habits: Habits,
) -> Title:
    if selected_container := _selected_title(document, source):
        return Title(selected_container, "select")
    listed = plain_text(link.title) if link else ""
    return title_of(document, structured_data.headline(document, objects), listed, habits)


def _language(blocks: Sequence[Block], document: Document, source: Source) -> tuple[str, str]:
    """The language of a text, and what told it; of a notice, all on its listing did.

    Code has English words in any language.
    """
    prose = [block.text for block in blocks if block.tag != "pre"]
    words = set(fold(" ".join(prose)[:4000]).split())
    stated = document.root.get("lang") or document.meta("og:locale")
    chance = CLEAR if document.page.given_by == LISTING else CHANCE
    language = language_of(words, stated or source.language, chance) or source.language
    if language == language_of(words, ""):
        return language, "text"
    return language, "page" if stated else "source"


def _canonical(document: Document) -> str:
    """The page's own address; what it declares is believed if it can be an article's."""
    here = document.page.url
    if document.page.given_by == LISTING:
        return here  # its fragment tells it from the others
    for element in document.elements("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            said = document.absolute(element.get("href") or "")
            path = parts_of(said).path.rstrip("/")
            is_listing = parts_of(here).path.rstrip("/").startswith(path + "/")
            if same_site(said, here) and path and not is_listing:
                return canonical(said)
    return canonical(here)


def _selected_title(document: Document, source: Source) -> str:
    if not source.select.title:
        return ""
    found = document.select(source.select.title)
    return plain_text(one_line(" ".join(map(str, found[0].itertext())))) if found else ""


def _selected_body(document: Document, selector: str | None) -> tuple[Block, ...]:
    """What the operator's selector finds; nothing, once the site was redesigned."""
    if not selector:
        return ()
    places = set(document.select(selector))
    return tuple(
        block
        for block in document.blocks
        if any(one in places for one in block.ancestors)
        and not any(one.tag == "figcaption" for one in block.ancestors)
    )


def _published(
    document: Document,
    source: Source,
    link: Link | None,
    objects: Sequence[Mapping[str, Any]],
    pruned: Pruned,
    blocks: Sequence[Block],
    habits: Habits,
) -> Any:
    if source.select.published:
        for element in document.select(source.select.published):
            said = element.get("datetime") or element.get("content") or "".join(element.itertext())
            if found := dates.selected_date(said, document, source):
                return found
    if document.page.given_by == LISTING:
        return link.published if link else None
    near = partial(_near, pruned, blocks, dates.local_at(document, source, habits), habits)
    return dates.publication_date(document, source, link, objects, near, habits)


def _near(pruned: Pruned, chosen: Sequence[Block], local: Local, habits: Habits) -> shown.Around:
    """The blocks that are not the text, and may show its date."""
    document = pruned.document
    above, below = _around_headline(document.blocks, pruned.title_at, chosen)
    replies = replies_below(document.blocks, document.spans, chosen, local)
    others = {
        at: block
        for at, block in _beside(pruned, chosen).items()
        if replies.isdisjoint(block.ancestors)
    }
    usual = [others.pop(at) for at, one in list(others.items()) if _is_usual(one, habits)]
    headline = document.blocks[pruned.title_at : pruned.title_at + 1]
    return shown.Around(
        above=[others[at] for at in above if at in others],
        below=[others[at] for at in below if at in others],
        others=list(others.values()),
        leads=[block.text[: shown.LONGEST_SHOWN] for block in chosen[: shown.LEADS]],
        replies=replies,
        usual=usual,
        headline=next(iter(headline), None),
    )


def _is_usual(block: Block, habits: Habits) -> bool:
    """Whether most pages of the site show a line with a day: of the next race, of an edition.

    The articles of an edition may have its moment in common.
    """
    text = block.text
    is_short = len(text) <= LONGEST_LINE and any(map(str.isdigit, text))
    if not is_short or not habits.shows(text) or shown.says_which(text):
        return False
    return not has_hour(text)


def _beside(pruned: Pruned, chosen: Sequence[Block]) -> dict[int, Block]:
    """The blocks beside the text that may show its date, in order, by where they stand."""
    inside = set(map(id, chosen))
    first = pruned.document.blocks.index(chosen[0]) if chosen else 0
    return {
        at: block
        for at, (block, reason) in enumerate(
            zip(pruned.document.blocks, pruned.reasons, strict=True)
        )
        if id(block) not in inside
        and _may_tell_date(block, reason)
        and (reason != FOOTER or pruned.title_at < at < first)
    }


def _around_headline(
    blocks: Sequence[Block], headline: int, chosen: Sequence[Block]
) -> tuple[range, range]:
    """The blocks right above the headline, and those from it to the text and a little on."""
    first = blocks.index(chosen[0]) if chosen else headline
    if not 0 <= headline <= first:  # it is a picture, or stands where nobody looks for it
        start = max(first - NEAREST, 0)
        return range(0), range(start, first + NEAREST)
    end = min(max(headline + BELOW, first), headline + 2 * BELOW)
    if end < len(blocks) and is_label(blocks[end - 1].text):
        end += 1
    return range(max(headline - ABOVE, 0), headline), range(headline, end)


def _may_tell_date(block: Block, reason: str) -> bool:
    """Whether a block beside the text may show its date, and not that of another article."""
    if reason in NO_DATES or shown.is_of_item(block):
        return False
    if block.linked > 0.5 and reason.startswith("class ") and shown.OTHERS.search(reason):
        return False
    if block.linked < 0.5 or shown.is_meta_line(block):
        return True
    return len(block.text) <= STAMP and not _leads_on(block)


def _leads_on(block: Block) -> bool:
    """Whether a link of a block says that it leads to the article before this one, or the next."""
    around = [one for one in block.ancestors if one.tag == "a"]
    links = (*around, *islice(block.element.iter("a"), FEW_LINKS))
    return any(not NEIGHBOURS.isdisjoint((one.get("rel") or "").lower().split()) for one in links)


def _sections(document: Document, pruned: Pruned) -> tuple[str, ...]:
    """What the site files the article under: declared, or the breadcrumb above the headline."""
    if said := structured_data.breadcrumb(document):
        return said
    blocks, at = pruned.document.blocks, pruned.title_at
    above = blocks[: max(at, 0)][-ABOVE:]
    for block in above:
        if len(block.links) >= 2 and _has_separators(block.text):
            names = [plain_text(one) for one in _split(block.text)]
            title = fold(blocks[at].text)
            return tuple(name for name in names if name and fold(name) != title)
    return ()


SEPARATORS = ("»", "›", ">", "/", "→", "|")


def _has_separators(text: str) -> bool:
    return any(f" {one} " in text for one in SEPARATORS)


def _split(text: str) -> list[str]:
    separator = next(one for one in SEPARATORS if f" {one} " in text)
    return text.split(f" {separator} ")
