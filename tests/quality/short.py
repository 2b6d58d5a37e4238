"""Short news between long sidebars: ten sites of six stories, each of 25 to 120 words.

Every page shows far more text of other stories than of its own. Each site is read as its first
visit reads it: the listing and all six pages are learnt from, then every page is read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedbot.errors import NotAnArticle
from feedbot.model import Page, Source
from feedbot.read.discover.links import discover
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.web.document import Document, parse
from tests.quality import corpora
from tests.quality.prose import Writer

STORIES = 6  # of a site
BESIDE = 5  # teasers beside each story
OLDER = 4  # stories that no listing names, and every page does
LEAST, MOST = 25, 120  # words of a story
FLOOR = 0.99  # word F1
URL = "https://kort.example.org/nieuws/"


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was written."""

    title: str
    paragraphs: tuple[str, ...]
    url: str


Write = Callable[[Story, Sequence[Story]], str]
"""The body of a page: the story, and what is shown of others beside it."""


def story(seed: str, at: int) -> Story:
    """A story of one paragraph, or of two."""
    draw, writer = random.Random(seed), Writer(seed)
    wanted = draw.randint(LEAST, MOST - 25)
    sentences = [writer.sentence()]
    while sum(len(one.split()) for one in sentences) < wanted:
        sentences.append(writer.sentence())
    half = len(sentences) // 2 if at % 2 else 0
    parts = [sentences[:half], sentences[half:]] if half else [sentences]
    title = writer.headline()
    slug = "-".join("".join(filter(str.isalnum, word)) for word in title.lower().split())
    return Story(title, tuple(map(" ".join, parts)), f"{URL}{slug}")


def _text(told: Story) -> str:
    return "".join(f"<p>{one}</p>" for one in told.paragraphs)


def _headed(others: Sequence[Story], tag: str = "h3") -> str:
    return "".join(
        f"<div><{tag}><a href='{one.url}'>{one.title}</a></{tag}><p>{one.paragraphs[0]}</p></div>"
        for one in others
    )


def _aged(others: Sequence[Story]) -> str:
    return "".join(
        f"<a href='{one.url}'>{one.title}</a><p>{one.paragraphs[0]}</p><span>{at + 2} uur geleden</span>"
        for at, one in enumerate(others)
    )


def _plain(others: Sequence[Story]) -> str:
    return "".join(f"<p>{one.paragraphs[0]}</p>" for one in others)


FOOT = (
    "<div class=onder><h4>Over deze krant</h4><p>De krant wordt gemaakt door een kleine redactie"
    " van vrijwilligers, die al sinds de oprichting elke dag het nieuws uit de streek verzamelt en"
    " controleert. Tips van lezers zijn welkom, ook in het weekeinde.</p>"
    "<p>Alles op deze bladzijden is met zorg geschreven. Overnemen mag met vermelding van de bron"
    " en een verwijzing naar deze site. Klachten behandelt de hoofdredacteur binnen een week.</p></div>"
)
GIVE = (
    "<div class=blok><h4>Steun ons werk</h4><p>Goede verslaggeving kost geld, en dat komt niet"
    " vanzelf binnen. Met een bijdrage van een paar euro in de maand blijft het nieuws voor iedereen"
    " te lezen, zonder muur en zonder opdringerige advertenties.</p></div>"
)
ASKED = (
    "<div class=blok><h4>Veelgestelde vragen</h4><p>Hoe krijg ik de papieren krant thuis?</p><p>De"
    " papieren krant verschijnt op zaterdag en ligt bij de boekhandel. Wie dat wil, krijgt hem met de"
    " post; dat kost dertig euro in het halfjaar.</p></div>"
)
WRITER = (
    "<div class=blok><p>Hanna Verstraten werkt sinds 2011 voor de krant en schrijft over water,"
    " wegen en alles wat daarop vaart of rijdt. Eerder was zij onderwijzeres.</p></div>"
)


def _boxes(told: Story, others: Sequence[Story]) -> str:
    return (
        f"<div class=links><h1>{told.title}</h1>{_text(told)}</div>"
        f"<div class=rechts><h2>Net binnen</h2>{_headed(others)}</div>"
    )


def _article(told: Story, others: Sequence[Story]) -> str:
    cards = "".join(
        f"<article><h2><a href='{one.url}'>{one.title}</a></h2><p>{one.paragraphs[0]}</p></article>"
        for one in others
    )
    return f"<main><article><h1>{told.title}</h1>{_text(told)}</article>{cards}</main>{FOOT}"


def _within(told: Story, others: Sequence[Story]) -> str:
    return (
        f"<div class=kolom><h1>{told.title}</h1>{_text(told)}<h3>Meer uit de streek</h3>"
        f"{_aged(others)}</div>"
    )


def _unheaded(told: Story, others: Sequence[Story]) -> str:
    return f"<div class=kolom><h1>{told.title}</h1>{_text(told)}{_plain(others)}</div>"


def _before(told: Story, others: Sequence[Story]) -> str:
    return (
        f"<div class=a1>{_headed(others, 'h4')}</div>"
        f"<div class=a2><h1>{told.title}</h1>{_text(told)}</div>"
    )


def _table(told: Story, others: Sequence[Story]) -> str:
    lines = "<br><br>".join(told.paragraphs)
    beside = "<br>".join(f"<b>{one.title}</b><br>{one.paragraphs[0]}" for one in others)
    return (
        f"<table><tr><td><h1>{told.title}</h1>{lines}</td><td>{beside}</td></tr>"
        f"<tr><td colspan=2>{FOOT}</td></tr></table>"
    )


def _cards(told: Story, others: Sequence[Story]) -> str:
    cards = "".join(
        f"<a href='{one.url}'><h3>{one.title}</h3><p>{one.paragraphs[0]}</p></a>" for one in others
    )
    text = "".join(f"<div class=x9><span>{one}</span></div>" for one in told.paragraphs)
    return f"<section><h1>{told.title}</h1>{text}</section><section>{cards}</section>{GIVE}"


def _widgets(told: Story, others: Sequence[Story]) -> str:
    return (
        f"<main><h1>{told.title}</h1><p class=datum>12 juni 2026</p><div class=tekst>{_text(told)}"
        f"</div>{WRITER}{GIVE}{ASKED}<div class=lijst>{_headed(others[:2])}</div></main>{FOOT}"
    )


def _named(told: Story, others: Sequence[Story]) -> str:
    return (
        f"<div id=content><h1>{told.title}</h1>{_text(told)}</div>"
        f"<div class=sidebar>{_headed(others)}</div><footer>{FOOT}{GIVE}</footer>"
    )


def _list(told: Story, others: Sequence[Story]) -> str:
    items = "".join(
        f"<li><a href='{one.url}'>{one.title}</a> {one.paragraphs[0]}</li>" for one in others
    )
    return f"<article><h1>{told.title}</h1>{_text(told)}<ul>{items}</ul></article>{ASKED}{FOOT}"


SHAPES: tuple[Write, ...] = (
    _boxes,
    _article,
    _within,
    _unheaded,
    _before,
    _table,
    _cards,
    _widgets,
    _named,
    _list,
)


def _document(title: str, body: str, url: str) -> Document:
    html = (
        f"<!doctype html><html lang=nl><head><title>{title}</title></head><body>"
        f"<div class=kop><a href='/'>Kort</a> <a href='/nieuws/'>Nieuws</a></div>{body}</body></html>"
    )
    body_of_page = html.encode()
    return parse(Page(url=url, requested=url, body=body_of_page, fetched_at=corpora.SEEN_AT))


def _listing(stories: Sequence[Story]) -> Document:
    rows = "".join(
        f"<div><h2><a href='{one.url}'>{one.title}</a></h2><p>12 juni 2026</p></div>"
        for one in stories
    )
    return _document("Nieuws", f"<h1>Nieuws</h1>{rows}", URL)


def site(shape: Write) -> tuple[Document, list[tuple[Story, Document]]]:
    """The listing of a site, and its stories with their pages."""
    name = shape.__name__
    stories = [story(f"{name} {at}", at) for at in range(STORIES)]
    older = [story(f"{name} older {at}", 0) for at in range(OLDER)]
    pages = []
    for at, told in enumerate(stories):
        newer = [stories[(at + n) % STORIES] for n in range(1, BESIDE - OLDER + 2)]
        others = [*newer, *older][:BESIDE]
        pages.append((told, _document(told.title, shape(told, others), told.url)))
    return _listing(stories), pages


def measure() -> tuple[dict[str, float], list[str]]:
    """F1 and the share of pages with words of others; the pages that are not exact."""
    scores, leaks, wrong = list[float](), 0, list[str]()
    for shape in SHAPES:
        listing, pages = site(shape)
        source = Source(name="kort", urls=(URL,), language="nl")
        links = discover(listing, source)
        model = learn(SiteModel(), [(listing, links)], [page for _, page in pages])
        by_url = {link.url: link for link in links}
        for told, page in pages:
            try:
                found = extract(page, source, model, by_url.get(told.url)).paragraphs
            except NotAnArticle:
                found = ()
            scores.append(corpora.f1("\n".join(found), "\n".join(told.paragraphs))[0])
            leaks += bool(set(found) - set(told.paragraphs))
            if found != told.paragraphs:
                wrong.append(f"{shape.__name__} {told.url}: {found} is not {told.paragraphs}")
    return {"f1": sum(scores) / len(scores), "leak": leaks / len(scores)}, wrong


def main() -> list[str]:
    """Prints the figures; what is below its floor."""
    figures, wrong = measure()
    print(f"  feedbot      f1 {figures['f1']:.4f}  leak {figures['leak']:.4f}")
    print("\n".join(wrong[:5]))
    short = [] if figures["f1"] >= FLOOR else [f"short: f1 is {figures['f1']:.4f}, not {FLOOR}"]
    return short + ([f"short: {figures['leak']:.2%} leak"] if figures["leak"] else [])
