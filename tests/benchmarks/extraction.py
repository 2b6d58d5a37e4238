"""Extraction where the place of the articles is known, beside trafilatura and a script for the site.

Every way reads the same pages in the same run: bytes in, title and paragraphs out. feedbot's share
of a visit is counted whole: parsing, learning and reading.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parsel import Selector

from feedbot.demo.stories import OLDER, STORIES
from feedbot.model import Article, Page, Source
from feedbot.read.extract import extract, learn, teach
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse
from tests.markups import HOME, LISTING
from tests.quality.corpora import SEEN_AT, f1

CHEAPER = 5.0  # times less processor time than trafilatura
RUNS = 9
FIRST = 8  # pages from which the place is learnt
# With these a page has as many elements and bytes as the median of `fundus`.
TEASERS = 150  # beside each article
LEADS = 4  # of them
LINKS = 250  # in the menu
SCRIPT = 7_000  # lines
SOURCE = Source(name="portal", urls=(LISTING,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one way of reading costs and yields."""

    seconds: float  # of processor time for a page
    memory: int  # bytes at the most, beside the pages themselves
    f1: float


def pages() -> list[tuple[Page, str]]:
    """The built-in stories as pages of the usual size, with their true texts."""
    return [
        (_page(STORIES[n % len(STORIES)].path + f"-{n}", _markup(n)), _truth(n)) for n in range(48)
    ]


def _truth(n: int) -> str:
    return "\n".join(f"{text} Aflevering {n}." for text in STORIES[n % len(STORIES)].paragraphs)


def _markup(n: int) -> str:
    story = STORIES[n % len(STORIES)]
    menu = "".join(f"<li><a href='/rubriek/{i}'>Rubriek nummer {i}</a></li>" for i in range(LINKS))
    beside = "".join(
        f"<div class='kaart'><a href='/nieuws/oud-{n}-{i}'><h3>Bericht {i} van dag {n}</h3></a>"
        f"{f'<p>{OLDER[(n + i) % len(OLDER)]}</p>' if i < LEADS else ''}"
        f"<span>{i + 1} uur geleden</span></div>"
        for i in range(TEASERS)
    )
    text = "".join(f"<p>{one} Aflevering {n}.</p>" for one in story.paragraphs)
    script = "<script>" + "var a = {b: [1, 2, 3]};\n" * SCRIPT + "</script>"
    return (
        f"<html lang=nl><head><title>{story.headline} - Het Portaal</title>{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main class='inhoud'><article class='verhaal'><h1>"
        f"{story.headline}</h1><p class='datum'>25 oktober 2026, 10:00</p><div class='tekst'>{text}"
        f"</div></article><div class='rechts'><h3>Net binnen</h3>{beside}</div></main></body></html>"
    )


def _page(path: str, html: str) -> Page:
    return Page(url=HOME + path, requested=HOME + path, body=html.encode(), fetched_at=SEEN_AT)


# --- ways to read -----------------------------------------------------------------------------


def feedbot(some: Sequence[Page], model: SiteModel) -> tuple[list[Article], SiteModel]:
    """What a visit does between fetching and storing."""
    documents = [parse(page) for page in some]
    model = learn(model, [], documents)
    articles = []
    for document in documents:
        articles.append(extract(document, SOURCE, model, None))
        model = teach(model, document, SOURCE, None, articles[-1])
    return articles, model


def fast(some: Sequence[Page]) -> list[str]:
    """feedbot, once it knows the site."""
    articles, _ = feedbot(some, _known())
    assert sum(one.extracted_by == "learnt" for one in articles) > 0.7 * len(articles)
    return ["\n".join(one.paragraphs) for one in articles]


def first_sight(some: Sequence[Page]) -> list[str]:
    """feedbot, as if it saw each page as the first of its site."""
    articles = []
    for page in some:
        document = parse(page)
        model = learn(SiteModel(), [], [document])
        articles.append(extract(document, SOURCE, model, None))
    return ["\n".join(one.paragraphs) for one in articles]


@cache
def _known() -> SiteModel:
    return feedbot([page for page, _ in pages()[:FIRST]], SiteModel())[1]


def trafilatura(some: Sequence[Page]) -> list[str]:
    """The library, for text and metadata."""
    from trafilatura import bare_extraction

    found = [bare_extraction(page.body, url=page.url, with_metadata=True) for page in some]
    return [one.text or "" if one else "" for one in found]


def by_hand(some: Sequence[Page]) -> list[str]:
    """A script for this one site."""
    texts = []
    for page in some:
        selector = Selector(text=page.body.decode())
        selector.css("h1::text").get()
        texts.append("\n".join(p.xpath("string()").get("") for p in selector.css(".tekst > p")))
    return texts


WAYS: dict[str, Callable[[Sequence[Page]], list[str]]] = {
    "feedbot": fast,
    "first sight": first_sight,
    "trafilatura": trafilatura,
    "by hand": by_hand,
}


def costs(names: Iterable[str], shown: Sequence[tuple[Page, str]]) -> dict[str, Cost]:
    """The best of some runs of each way, in turn as a machine has slow moments; then the memory."""
    some = [page for page, _ in shown]
    texts = {name: WAYS[name](some) for name in names}
    seconds = dict.fromkeys(texts, float("inf"))
    for _ in range(RUNS):
        for name in texts:
            start = time.process_time()
            WAYS[name](some)
            seconds[name] = min(seconds[name], time.process_time() - start)
    found = {}
    for name, said in texts.items():
        tracemalloc.start()
        WAYS[name](some)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        scores = [f1(text, true)[0] for text, (_, true) in zip(said, shown, strict=True)]
        found[name] = Cost(
            seconds=seconds[name] / len(some), memory=memory, f1=sum(scores) / len(scores)
        )
    return found


def short(found: Mapping[str, Cost]) -> list[str]:
    """What is not as cheap as promised, or bought with a worse text."""
    ours, theirs = found["feedbot"], found["trafilatura"]
    faults = []
    if ours.seconds * CHEAPER > theirs.seconds:
        ratio = theirs.seconds / ours.seconds
        faults.append(f"extraction: {ratio:.1f} times cheaper than trafilatura, not {CHEAPER}")
    if ours.f1 < theirs.f1:
        faults.append("extraction: trafilatura reads these pages better")
    return faults


def main() -> list[str]:
    """Prints the table; what is not as cheap as promised."""
    shown = pages()[FIRST:]
    found = costs(WAYS, shown)
    theirs = found["trafilatura"]
    print(f"{len(shown)} pages of {len(shown[0][0].body):,} bytes")
    print(f"{'':12}  {'pages/s':>8}  {'cheaper':>8}  {'memory':>9}  {'F1':>6}")
    for name, one in found.items():
        print(
            f"{name:12}  {1 / one.seconds:8.0f}  {theirs.seconds / one.seconds:7.1f}x"
            f"  {one.memory / 1e6:6.1f} MB  {one.f1:6.4f}"
        )
    return short(found)
