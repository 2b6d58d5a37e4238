"""One portal in many markups: what the real ones write around the same stories.

Every article is shown on two visits, with other teasers beside it and other ages below them; the
listing of each visit comes along. The texts are those of the built-in site.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from feedbot.demo.stories import OLDER, STORIES, WireStory

HOME = "https://portaal.example.org"
LISTING = f"{HOME}/nieuws"
SHOWN = 10  # stories of a portal
BESIDE = 4  # teasers beside each

MENU = (
    "<header><a href='/'>Het Portaal</a><ul><li><a href='/nieuws'>Nieuws</a></li>"
    "<li><a href='/sport'>Sport</a></li><li><a href='/weer'>Weer</a></li>"
    "<li><a href='/vacatures'>Vacatures in de regio</a></li></ul></header>"
)
DIALOG = (
    "<div class='x'><h2>Kies je webmail</h2><p>Sinds de overstap zijn er twee postbussen. Begin met"
    " de nieuwe als je niet weet welke de jouwe is.</p><a href='/webmail'>Naar de webmail</a></div>"
)
END = (
    "<div class='y'><a href='/contact'>Contact met de redactie</a><a href='/privacy'>Privacy</a>"
    "<a href='/over-ons'>Over dit portaal en zijn makers</a><p>© 2026 Het Portaal</p></div>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page as it was on one visit (1 or 2), and what is true of it; a listing tells no story."""

    markup: str
    visit: int
    url: str
    body: bytes
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()  # the URLs that a listing lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """What a page says of another story."""

    title: str
    lead: str
    url: str
    age: str


Write = Callable[[WireStory, Sequence[Teaser], str], str]
"""An article's page: what stands between menu and end. The last argument is its own age."""


def texts(story: WireStory, subhead: str = "h2", text: str = "p") -> list[str]:
    """The paragraphs of a story in these tags."""
    return [
        f"<{tag}>{escape(one)}</{tag}>"
        for one in story.paragraphs
        for tag in (subhead if is_subhead(one) else text,)
    ]


def is_subhead(text: str) -> bool:
    return len(text) < 60 and not text.endswith(".")


def crumbs(story: WireStory) -> str:
    return (
        f"<div><a href='/'>Home</a> &gt; <a href='/nieuws'>Nieuws</a> &gt;"
        f" <a href='/nieuws/{story.section.lower()}'>{story.section}</a> &gt;"
        f" <span>{story.headline}</span></div>"
    )


def flat(teasers: Sequence[Teaser], tag: str = "p") -> str:
    return "<h3>Meer uit Buitenland</h3>" + "".join(
        f"<h3>{one.title}</h3><{tag}>{one.lead}</{tag}><span>{one.age}</span>" for one in teasers
    )


def leads(teasers: Sequence[Teaser]) -> str:
    """Teasers without a title or a link, as the first user's portal has them."""
    return "<h3>Meer uit Buitenland</h3>" + "".join(
        f"<p>{one.lead} <small>{one.age}</small></p>" for one in teasers
    )


def cards(teasers: Sequence[Teaser], tag: str = "article") -> str:
    return "".join(
        f"<{tag} class='kaart'><a href='{one.url}'><h3>{one.title}</h3><p>{one.lead}</p></a>"
        f"<time>{one.age}</time></{tag}>"
        for one in teasers
    )


def tables(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    rows = "".join(
        f"<tr><td><a href='{one.url}'><b>{one.title}</b></a><br>{one.lead}<br>{one.age}</td></tr>"
        for one in teasers
    )
    text = "<br><br>".join(escape(one) for one in story.paragraphs)
    return (
        f"<table><tr><td width=600><table><tr><td>{crumbs(story)}</td></tr><tr><td><h1>"
        f"{story.headline}</h1><font size=1>{age}</font></td></tr><tr><td>{text}</td></tr></table>"
        f"</td><td width=200><table>{rows}</table></td></tr></table>"
    )


def hashed(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    beside = "".join(
        f"<div class='sc-9bd1'><a class='sc-2f00' href='{one.url}'><span>{one.title}</span></a>"
        f"<div class='sc-77a'><span>{one.lead}</span></div><span>{one.age}</span></div>"
        for one in teasers
    )
    text = "".join(
        f"<div class='sc-{'4e1' if is_subhead(one) else '1ab2'}'><span>{escape(one)}</span></div>"
        for one in story.paragraphs
    )
    return (
        f"<div class='sc-000'><div class='sc-111'><span class='sc-b0b'>{age}</span><h1 class='sc-a'>"
        f"{story.headline}</h1><div class='sc-222'>{text}</div>{beside}</div></div>"
    )


def inserts(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    text = texts(story)
    one = teasers[0]
    newsletter = (
        "<div class='box'><h4>Elke ochtend het nieuws in je postbus?</h4><p>Schrijf je gratis in voor"
        " onze nieuwsbrief en mis niets meer.</p><form><input name=mail><button>Aanmelden</button>"
        "</form></div>"
    )
    text.insert(1, f"<p><b>Lees ook: <a href='{one.url}'>{one.title}</a></b></p>")
    text.insert(3, newsletter)
    return (
        f"<main><h1>{story.headline}</h1><p class=meta>{age}</p><div class='tekst'>{''.join(text)}"
        f"</div><section><h2>Meer nieuws</h2>{cards(teasers, 'div')}</section></main>"
    )


def captions(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    share = (
        "<div class='share-bar'><a href='https://x.example/s'>Delen op X</a><a href='mailto:a@b.c'>"
        "Mail</a><p>Deel dit artikel</p></div>"
    )
    picture = (
        "<figure><img src='/beeld/1.jpg' alt='De plek van het nieuws'><figcaption>De plek waar het"
        " volgens ooggetuigen gebeurde, vanmorgen vroeg. © ANP</figcaption></figure>"
    )
    text = texts(story)
    text.insert(2, picture)
    return (
        f"<article>{crumbs(story)}<h1>{story.headline}</h1><p class=byline>Door Jan Jansen</p>"
        f"<p>{age}</p>{share}{picture}{''.join(text)}{share}<p>Tags: <a href='/t/a'>Nieuws</a></p>"
        f"<p>12 reacties</p></article><aside><h2>Lees ook</h2>{cards(teasers)}</aside>"
    )


def liveblog(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    entries = "".join(
        f"<div class='entry'><time>{13 - at // 2}:{(at * 17) % 60:02}</time><p>{escape(one)}</p></div>"
        for at, one in enumerate(story.paragraphs)
    )
    return (
        f"<div class='live'><h1>{story.headline}</h1><p class='update'>{age}</p>{entries}</div>"
        f"<div class='ook'><h2>Net binnen</h2>{cards(teasers, 'div')}</div>"
    )


def series(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    pictures = "".join(
        f"<li><figure><img src='/beeld/{n}.jpg'><figcaption>Foto {n} van 6: zo zag het er ter plaatse"
        " uit in de loop van de dag.</figcaption></figure></li>"
        for n in range(1, 7)
    )
    return (
        f"<div class='serie'><h1>{story.headline}</h1><span>{age}</span>{''.join(texts(story))}"
        f"<ul class='fotos'>{pictures}</ul></div><div><h3>Meest gelezen</h3>{cards(teasers, 'li')}</div>"
    )


def short(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    return (
        f"<div class='blok'>{crumbs(story)}<h1>{story.headline}</h1><p>{escape(story.lead)}</p>"
        f"<span>{age}</span></div><div class='blok'>{flat(teasers)}</div>"
    )


def siblings(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    return (
        f"{DIALOG}<div>{crumbs(story)}<h1>{story.headline}</h1><p>{age}</p>"
        f"{''.join(texts(story, 'h3'))}{leads(teasers)}</div>"
    )


def unmarked(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    """The same without a heading over the teasers."""
    beside = "".join(f"<p>{one.lead}</p><p>{one.age}</p>" for one in teasers)
    return f"<div><h1>{story.headline}</h1><p>{age}</p>{''.join(texts(story, 'p'))}{beside}</div>"


def left(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    return (
        f"<div class='links'><h3>Net binnen</h3>{flat(teasers, 'div')}</div><div class='midden'>"
        f"<h2>{story.headline}</h2><em>{age}</em>{''.join(texts(story, 'strong'))}</div>"
    )


def nested(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    return (
        f"<article><h1>{story.headline}</h1><p>{age}</p>{''.join(texts(story))}"
        f"<section><h2>Meer uit {story.section}</h2>{cards(teasers)}</section></article>"
    )


def latin(story: WireStory, teasers: Sequence[Teaser], age: str) -> str:
    """Windows-1252, declared as Latin-1, as it is everywhere."""
    return (
        f"<div id='inhoud'><h1>{story.headline}</h1><p>{age}</p>{''.join(texts(story))}</div>"
        f"<div id='meer'>{flat(teasers)}</div>"
    )


MARKUPS: dict[str, Write] = {
    write.__name__: write
    for write in (
        *(tables, hashed, inserts, captions, liveblog, series),
        *(short, siblings, unmarked, left, nested, latin),
    )
}


def boxes(listed: Sequence[Teaser]) -> str:
    return "".join(
        f"<div class='item'><a href='{one.url}'>{one.title}</a><p>{one.lead}</p>"
        f"<span>{one.age}</span></div>"
        for one in listed
    )


def grid(listed: Sequence[Teaser]) -> str:
    """Cards with a picture, a label that links to its section, and one big story on top."""
    big, *rest = listed
    cells = "".join(
        f"<li class='cel'><a class='label' href='/nieuws/buitenland'>Buitenland en Europa</a>"
        f"<a href='{one.url}' title='{one.title}'><img src='/b.jpg' alt=''></a>"
        f"<h3><a href='{one.url}'>{one.title}</a></h3><a href='{one.url}#reacties'>12 reacties</a></li>"
        for one in rest
    )
    return (
        f"<section class='top'><a href='{big.url}'><h2>{big.title}</h2><p>{big.lead}</p></a></section>"
        f"<ul class='raster'>{cells}</ul><a href='/nieuws?pagina=2'>Ouder nieuws laden</a>"
    )


def ticker(listed: Sequence[Teaser]) -> str:
    """Headlines with a clock and nothing more, and the most read beside them."""
    lines = "".join(
        f"<tr><td>{23 - at}:{at * 5:02}</td><td><a href='{one.url}'>{one.title}</a></td></tr>"
        for at, one in enumerate(listed)
    )
    read = "".join(f"<li><a href='{one.url}?ref=top'>{one.title}</a></li>" for one in listed[3:6])
    return f"<table>{lines}</table><aside><h3>Meest gelezen</h3><ol>{read}</ol></aside>"


def flat_list(listed: Sequence[Teaser]) -> str:
    """Everything a child of one element, with what a portal puts between."""
    parts = [
        f"<h3><a href='{one.url}'>{one.title}</a></h3><p>{one.lead}</p><i>{one.age}</i>"
        for one in listed
    ]
    parts.insert(
        3, "<h3><a href='/vacatures/verpleegkundige-in-goes'>Verpleegkundige in Goes</a></h3>"
    )
    parts.insert(
        5, "<p><a href='https://winkel.example.com/aanbieding'>Fietsen in de aanbieding</a></p>"
    )
    return (
        f"<div>{''.join(parts)}</div><p><a href='/over-ons/werkwijze'>Hoe deze redactie werkt</a>"
        "<a href='/auteur/jan-jansen'>Alles van Jan Jansen</a><a href='/tag/hoogwater'>Hoogwater in"
        " Zeeland</a><a href='/nieuws/archief/2026'>Archief van dit jaar</a></p>"
    )


Lists = Callable[[Sequence[Teaser]], str]
LISTINGS: dict[str, Lists] = {one.__name__: one for one in (boxes, grid, ticker, flat_list)}
ENCODINGS = {"latin": ("windows-1252", "iso-8859-1")}


def shots(markup: str) -> list[Shot]:
    """Every page of a portal on both visits, the listings first."""
    stories = STORIES[:SHOWN]
    found = []
    lists = tuple(LISTINGS)[tuple(MARKUPS).index(markup) % len(LISTINGS)]
    for visit in (1, 2):
        listed = stories if visit == 1 else (STORIES[SHOWN], *stories[: SHOWN - 1])
        body = LISTINGS[lists]([_teaser(one, at * visit) for at, one in enumerate(listed)])
        urls = tuple(HOME + story.path for story in listed)
        found.append(
            Shot(
                markup=markup,
                visit=visit,
                url=LISTING,
                body=_page(markup, "Nieuws", f"<h1>Nieuws</h1>{body}"),
                articles=urls,
            )
        )
    for visit in (1, 2):
        for at, story in enumerate(stories):
            found.append(_article(markup, visit, at, story))
    return found


def _article(markup: str, visit: int, at: int, story: WireStory) -> Shot:
    others = [one for one in STORIES if one != story]
    beside = [
        _teaser(one, at + n + visit)
        for n, one in enumerate(others[(3 * at + 5 * visit) % 20 :][: BESIDE - 1])
    ]
    gone = OLDER[(at + visit) % len(OLDER)]
    beside.append(
        Teaser(
            title="Uit het archief van deze week",
            lead=escape(gone),
            url="/nieuws/oud",
            age=_age(30),
        )
    )
    paragraphs = story.paragraphs[:1] if markup == "short" else story.paragraphs
    return Shot(
        markup=markup,
        visit=visit,
        url=HOME + story.path,
        body=_page(markup, story.headline, MARKUPS[markup](story, beside, _age(at + visit))),
        title=story.headline,
        paragraphs=paragraphs,
        subheads=tuple(one for one in paragraphs if is_subhead(one)),
    )


def _teaser(story: WireStory, hours: int) -> Teaser:
    return Teaser(title=story.headline, lead=escape(story.lead), url=story.path, age=_age(hours))


def _age(hours: int) -> str:
    return "zojuist" if hours < 1 else f"{hours} uur geleden"


def _page(markup: str, title: str, body: str) -> bytes:
    encoding, declared = ENCODINGS.get(markup, ("utf-8", "utf-8"))
    text = (
        f"<!DOCTYPE html><html lang=nl><head><meta charset={declared}><title>{title} - Het Portaal"
        f"</title></head><body>{MENU}{body}{END}</body></html>"
    )
    return text.encode(encoding, "xmlcharrefreplace")
