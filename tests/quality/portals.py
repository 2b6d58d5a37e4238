"""Whole portals read as a poll reads them: what leaks, what is lost, what differs between visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from feedbot.errors import NotAnArticle
from feedbot.model import Article, Link, Page, Source
from feedbot.read.discover.links import discover
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.document import Document, parse
from tests.markups import LISTING, Shot
from tests.quality.corpora import SEEN_AT

SITE = "https://portal.example.org/nieuws/"


@dataclass(slots=True)
class Tally:
    """What was counted, and the first pages that were not as they should be."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of the pages, and of the links."""
        pages, stories = max(self.counts["pages"], 1), max(self.counts["stories"], 1)
        return {
            "leak after the listing": self.counts["early leak"] / pages,
            "leak": self.counts["leak"] / pages,
            "lead lost": self.counts["lead lost"] / pages,
            "end lost": self.counts["end lost"] / pages,
            "subhead lost": self.counts["subhead lost"] / pages,
            "exact": self.counts["exact"] / pages,
            "title": self.counts["title"] / pages,
            "date made up": self.counts["date made up"] / pages,
            "visits equal": self.counts["visits equal"] / stories,
        } | self._links()

    def _links(self) -> dict[str, float]:
        """Empty where it is not known which links of a listing lead to articles."""
        right, found = self.counts["links right"], self.counts["links found"]
        if not found:
            return {}
        return {
            "link precision": right / found,
            "link recall": right / self.counts["links listed"],
        }


def measure(portals: Sequence[Sequence[Shot]]) -> Tally:
    """The figures of all portals together."""
    tally = Tally()
    for shots in portals:
        _read(shots, tally)
    return tally


def _read(shots: Sequence[Shot], tally: Tally) -> None:
    source = Source(name="portal", urls=(shots[0].url,))
    contents: dict[str, set[bytes]] = {}
    for visit in (1, 2):
        now = [shot for shot in shots if shot.visit == visit]
        listings = [shot for shot in now if shot.articles]
        pages = [shot for shot in now if not shot.articles]
        listed = [(document, discover(document, source)) for document in map(_parse, listings)]
        links = {link.url: link for _, found in listed for link in found}
        if shots[0].url == LISTING:
            _count_links(listings, listed, tally)
        for at, shot in enumerate(pages):
            tally.counts["pages"] += 1
            document, link = _parse(shot), links.get(shot.url)
            early = extract_or_none(document, source, learn(SiteModel(), listed, [document]), link)
            tally.counts["early leak"] += early is not None and _leaks(early, shot)
            others = [_parse(pages[(at + n) % len(pages)]) for n in (1, 2)]
            model = learn(SiteModel(), listed, [*others, document])
            article = extract_or_none(document, source, model, link)
            _count(article, shot, tally)
            if article:
                contents.setdefault(shot.url, set()).add(fingerprint_of(article).content)
    tally.counts["stories"] += len(contents)
    tally.counts["visits equal"] += sum(len(found) == 1 for found in contents.values())


def extract_or_none(
    document: Document, source: Source, model: SiteModel, link: Link | None
) -> Article | None:
    try:
        return extract(document, source, model, link)
    except NotAnArticle:
        return None


def _parse(shot: Shot) -> Document:
    return parse(Page(url=shot.url, requested=shot.url, body=shot.body, fetched_at=SEEN_AT))


def _count_links(
    shots: Sequence[Shot], listed: Sequence[tuple[Document, Sequence[Link]]], tally: Tally
) -> None:
    for shot, (_, links) in zip(shots, listed, strict=True):
        found = {link.url for link in links}
        tally.counts["links found"] += len(found)
        tally.counts["links listed"] += len(shot.articles)
        tally.counts["links right"] += len(found & set(shot.articles))


def _count(article: Article | None, shot: Shot, tally: Tally) -> None:
    found = tuple(map(_plain, article.paragraphs)) if article else ()
    true = tuple(map(_plain, shot.paragraphs))
    counts = {
        "leak": bool(set(found) - set(true)),
        "lead lost": true[0] not in found,
        "end lost": true[-1] not in found,
        "subhead lost": not set(map(_plain, shot.subheads)) <= set(found),
        "exact": found == true,
        "title": article is not None and article.title == shot.title,
        "date made up": bool(
            article and article.published and article.published.origin in ("visible", "slug")
        ),
    }
    tally.counts.update({name: int(value) for name, value in counts.items()})
    if not (counts["exact"] and counts["title"]):
        extra, lost = set(found) - set(true), set(true) - set(found)
        tally.wrong.append(f"{shot.markup} {shot.visit} {shot.url}: leaks {extra}, lost {lost}")


def _leaks(article: Article, shot: Shot) -> bool:
    return bool(set(map(_plain, article.paragraphs)) - set(map(_plain, shot.paragraphs)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def variants(rows: Sequence[Mapping[str, Any]]) -> list[list[Shot]]:
    """The portals of the set of that name. Its pages are where its listings say that they are."""
    portals = []
    for template in sorted({row["template"] for row in rows}):
        mine = [row for row in rows if row["template"] == template]
        listing = next(row for row in mine if row["crawl"] == "listing")
        source = Source(name="portal", urls=(SITE,))
        body = listing["html"].encode()
        page = Page(url=SITE, requested=SITE, body=body, fetched_at=SEEN_AT)
        by_title = {link.title: link.url for link in discover(parse(page), source)}
        shown = [row for row in mine if row["crawl"] != "listing"]
        articles = [
            Shot(
                markup=template,
                visit=int(row["crawl"]),
                url=by_title.get(row["title"], f"{SITE}{row['story']}"),
                body=row["html"].encode(),
                title=row["title"],
                paragraphs=tuple(row["paragraphs"]),
                subheads=tuple(row["subheads"]),
            )
            for row in shown
        ]
        urls = tuple(sorted({shot.url for shot in articles}))
        first = Shot(markup=template, visit=1, url=SITE, body=body, articles=urls)
        portals.append([first, replace(first, visit=2), *articles])
    return portals
