"""Text that a page holds for machines alone, taken where readers see none."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Article, Link, Source
from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from feedbot.web.document import Document
from tests.sample_pages import HOME, PARAGRAPHS, SOURCE, TITLE, document, paragraphs

PATH = "/nieuws/kolentreinen-rijden-naar-het-oosten"
URL = HOME + PATH
HTML = paragraphs()
TEXT = "\n\n".join(PARAGRAPHS)
OTHER = "Een heel ander bericht over de haven. " * 20


def shell(scripts: str, head: str = "", title: str = TITLE, body: str = "") -> Document:
    page = f"<html lang=nl><head><title>{title}</title>{head}</head><body>{body}<div id=app></div>{scripts}</body></html>"
    return document(page, PATH)


def state(value: object, kind: str = "next") -> str:
    said = json.dumps(value)
    forms = {
        "next": f'<script id="__NEXT_DATA__" type="application/json">{said}</script>',
        "assigned": f"<script>window.__INITIAL_STATE__ = {said}; start({{}})</script>",
        "island": f'<script type="application/json" data-island>{said}</script>',
        "parsed": f"<script>window.__DATA__ = JSON.parse({json.dumps(said)})</script>",
        "rows": f"<script>self.__next_f.push([1,{json.dumps('1:' + said + chr(10))}])</script>",
    }
    return forms[kind]


def ld(**said: object) -> str:
    whole = {"@type": "NewsArticle", "headline": TITLE, "url": URL} | said
    return f'<script type="application/ld+json">{json.dumps(whole)}</script>'


def read(page: Document, link: Link | None = None) -> Article:
    return extract(page, SOURCE, SiteModel(), link)


def refused(page: Document, link: Link | None = None) -> str:
    with pytest.raises(NotAnArticle) as caught:
        read(page, link)
    return caught.value.reason


def nested(**said: object) -> dict[str, object]:
    return {"props": {"pageProps": {"article": {"title": TITLE} | said}}}


def block(text: str, **more: object) -> dict[str, object]:
    return {"type": "paragraph"} | more | {"text": text}


FLAT = [
    ["ShallowReactive", 1],
    {"data": 2},
    {"artikel": 3},
    {"title": 4, "content": 5, "author": 6},
    TITLE,
    HTML,
    {"name": 7},
    "Anna Bakker",
]
NUXT = f'window.__NUXT__=(function(a,b){{return {{layout:"default",data:[{{title:a,body:{json.dumps(HTML)},ok:b}}]}}}}({json.dumps(TITLE)},true));'
APOLLO = {
    "ROOT_QUERY": {"article": {"__ref": "Article:1"}},
    "Article:1": {
        "title": TITLE,
        "body": [{"__ref": f"Block:{n}"} for n in range(len(PARAGRAPHS))],
    },
    **{f"Block:{n}": block(one) for n, one in enumerate(PARAGRAPHS)},
}
STATES = {
    "html": state(nested(body=HTML)),
    "lines": state(nested(content=TEXT)),
    "paragraphs": state(nested(paragraphs=list(PARAGRAPHS))),
    "rendered": state({"post": {"title": {"rendered": TITLE}, "content": {"rendered": HTML}}}),
    "blocks": state(nested(blocks=[block(one) for one in PARAGRAPHS])),
    "blocks with data": state(nested(blocks=[{"type": "paragraph", "data": {"text": one}} for one in PARAGRAPHS])),
    "pieces": state(nested(body=[{"_type": "block", "children": [{"text": one[:9]}, {"text": one[9:]}]} for one in PARAGRAPHS])),
    "document": state(nested(body={"nodeType": "document", "content": [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": one}]} for one in PARAGRAPHS]})),
    "lead apart": state(nested(intro=PARAGRAPHS[0], text=paragraphs(PARAGRAPHS[1:]))),
    "among others": state({"articles": [{"title": "Iets anders", "body": OTHER}, {"title": TITLE, "body": HTML}]}),
    "with comments": state(nested(body=HTML, comments=[{"text": OTHER}] * 9)),
    "with related": state(nested(body=HTML, related=[{"title": "Iets", "url": "/a", "text": OTHER}] * 9)),
    "assigned": state(nested(body=HTML), "assigned"),
    "island": state(nested(body=HTML), "island"),
    "parsed": state(nested(body=HTML), "parsed"),
    "rows": state(nested(body=HTML), "rows"),
    "a flat list": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(FLAT)}</script>',
    "a function": f"<script>{NUXT}</script>",
    "references": f"<script>window.__APOLLO_STATE__={json.dumps(APOLLO)};</script>",
    "escaped": state(nested(body=HTML.replace("<", "&lt;"))),
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_the_state_of_a_shell_gives_its_article(name: str) -> None:
    article = read(shell(STATES[name]))
    assert article.paragraphs == PARAGRAPHS
    assert article.title == TITLE
    assert article.extracted_by == "embedded"


@pytest.mark.parametrize(
    "body", [TEXT, HTML, HTML.replace("<", "&lt;"), TEXT.replace("\n\n", "\n")]
)
def test_json_ld_gives_the_article_of_a_shell(body: str) -> None:
    article = read(shell(ld(articleBody=body, datePublished="2026-02-02T10:00:00Z")))
    assert article.paragraphs == PARAGRAPHS
    assert article.extracted_by == "json-ld"
    assert article.published
    assert article.published.origin == "json-ld"


def test_what_readers_see_comes_first() -> None:
    seen = "".join(f"<p>{one} Dit staat op de pagina.</p>" for one in PARAGRAPHS)
    article = read(shell(ld(articleBody=TEXT) + STATES["html"], body=f"<h1>{TITLE}</h1>{seen}"))
    assert article.paragraphs[0].endswith("Dit staat op de pagina.")
    assert article.extracted_by == "generic"


def test_json_ld_comes_before_the_state_and_the_state_before_the_feed() -> None:
    link = Link(url=URL, title=TITLE, content=HTML)
    assert read(shell(ld(articleBody=TEXT) + STATES["html"]), link).extracted_by == "json-ld"
    assert read(shell(STATES["html"]), link).extracted_by == "embedded"
    assert read(shell("<script>start()</script>"), link).extracted_by == "feed"


@pytest.mark.parametrize(
    "said",
    [
        ld(articleBody=TEXT, isAccessibleForFree=False),
        ld(articleBody=TEXT, isAccessibleForFree="False"),
        ld(articleBody=TEXT, isAccessibleForFree="http://schema.org/False"),
        ld(articleBody=TEXT, hasPart={"@type": "WebPageElement", "isAccessibleForFree": "false"}),
        STATES["html"] + ld(isAccessibleForFree=False),
        STATES["html"] + '<meta property="article:content_tier" content="locked">',
        state(nested(body=HTML, isPremium=True)),
        state(nested(body=HTML, paywall=True)),
    ],
)
def test_nothing_is_taken_that_is_not_free(said: str) -> None:
    assert refused(shell(said))


def test_nothing_is_taken_from_behind_a_login() -> None:
    login = "<h1>Inloggen</h1><p>Log in om verder te lezen.</p><form><input type=password></form>"
    assert refused(shell(ld(articleBody=TEXT), title="Inloggen", body=login))


@pytest.mark.parametrize(
    "said",
    [
        state({"articles": [{"title": f"Bericht {n}", "body": f"{n} {OTHER}"} for n in range(5)]}),
        state({"article": {"title": TITLE, "description": "Een korte regel over dit artikel op de site van de krant."}}),
        state({"labels": {"title": TITLE, "consent": "Ja"}, "items": [{"title": TITLE, "url": "/x"}]}),
        state({"articles": [{"title": "Een ander bericht", "body": OTHER}, {"title": "En nog een", "body": OTHER[1:]}]}),
        ld(url=f"{HOME}/nieuws/een-ander", headline="Een ander verhaal", articleBody=OTHER) * 2,
        '<script type="application/json">{"title": "half</script>',
        "<script>window.__X__ = {{{{[[[</script>",
    ],
)  # fmt: skip
def test_what_is_not_this_article_is_not_taken(said: str) -> None:
    assert refused(shell(said))


def test_the_address_confirms_what_the_headline_does_not() -> None:
    said = {
        "list": [{"title": "Anders geschreven kop", "slug": URL.rpartition("/")[2], "body": HTML}]
    }
    others = [{"title": f"Bericht {n}", "body": OTHER + str(n), "slug": f"x-{n}"} for n in range(9)]
    article = read(shell(state(said | {"more": others}), title="Krant"))
    assert article.paragraphs == PARAGRAPHS
    assert article.title == "Anders geschreven kop"


@pytest.mark.parametrize("at", ["2026-02-02T10:00:00Z", 1770026400, 1770026400000])
def test_date_and_author_come_with_the_text(at: object) -> None:
    article = read(shell(state(nested(body=HTML, publishedAt=at, author={"name": "Anna Bakker"}))))
    assert article.published
    assert article.published.at == datetime(2026, 2, 2, 10, tzinfo=UTC)
    assert article.authors == ("Anna Bakker",)


def test_hostile_states_cost_little() -> None:
    deep = "[" * 5000 + "]" * 5000
    loop = [["Reactive", 0], {"a": 1}] + [{"title": 1, "body": 1}] * 500
    many = {"items": [{"title": TITLE, "body": f"{n} kort"} for n in range(20_000)]}
    for said in (deep, json.dumps(loop), json.dumps(many), "{" * 9000):
        assert refused(shell(f'<script type="application/json">{said}</script>'))


def test_the_markup_of_a_state_is_cleaned() -> None:
    article = read(
        shell(
            state(
                nested(
                    body=HTML + "<script>alert(1)</script><p onclick=x()>Eind goed, al goed.</p>"
                )
            )
        )
    )
    assert "alert" not in article.html
    assert "onclick" not in article.html


def test_a_page_of_an_unknown_source_says_the_same() -> None:
    article = extract(shell(STATES["blocks"]), Source(name="x", urls=(HOME,)), SiteModel(), None)
    assert article.text == TEXT


FURNITURE = {
    "a footer": "<footer><p>Overname van artikelen is alleen toegestaan met toestemming van de redactie, en onder vermelding van de bron.</p></footer>",
    "a newsletter": "<section><h2>Nieuwsbrief</h2><p>Schrijf je in en ontvang elke ochtend het belangrijkste nieuws uit de streek in je mailbox.</p></section>",
    "a word on scripts": "<p>Deze website werkt alleen als JavaScript is ingeschakeld. Zet JavaScript aan en laad de pagina opnieuw.</p>",
    "cookies": "<div><h2>Cookies</h2><p>Wij gebruiken cookies. Geef toestemming voor cookies om verder te gaan op deze website.</p><button>Akkoord</button></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", FURNITURE)
@pytest.mark.parametrize("by", ["json-ld", "embedded", "feed"])
def test_furniture_of_a_shell_is_not_its_article(name: str, by: str) -> None:
    scripts = {"json-ld": ld(articleBody=TEXT), "embedded": STATES["html"]}.get(by, "")
    link = Link(url=URL, title=TITLE, content=HTML if by == "feed" else "")
    article = read(shell(scripts, body=FURNITURE[name]), link)
    assert (article.extracted_by, article.paragraphs) == (by, PARAGRAPHS)


LEAD = f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>"


def test_the_rest_behind_a_lead_is_taken_only_if_it_is_free() -> None:
    for scripts in (ld(articleBody=TEXT), STATES["html"]):
        assert read(shell(scripts, body=LEAD)).paragraphs == PARAGRAPHS[:1]
    free = ld(articleBody=TEXT, isAccessibleForFree=True)
    assert read(shell(free, body=LEAD)).paragraphs == PARAGRAPHS
    fed = Link(url=URL, title=TITLE, content=HTML)
    assert read(shell("", body=LEAD), fed).paragraphs == PARAGRAPHS
    assert read(shell(ld(isAccessibleForFree=False), body=LEAD), fed).paragraphs == PARAGRAPHS[:1]


def test_a_short_notice_stays_what_it_is() -> None:
    notice = f"<h1>{TITLE}</h1><p>De weg naar de haven is maandag dicht, meldt de gemeente aan de bewoners van het dorp.</p>"
    other = ld(url=f"{HOME}/nieuws/een-ander", headline="Een ander verhaal", articleBody=OTHER)
    for scripts in (other, state({"articles": [{"title": "Een ander verhaal", "body": OTHER}]})):
        assert read(shell(scripts, body=notice)).extracted_by == "generic"
