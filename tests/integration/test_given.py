"""Articles whose text comes from elsewhere than their page: an API, a feed, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.model import Article, Report
from feedbot.operations.explain import preview
from feedbot.poll import choice
from feedbot.schedule import open_tools
from tests.krant import Desk, Krant, open_desk
from tests.wire import Wire, redirect, reply

API = "/wp-json/wp/v2/posts?per_page=20&_embed=author,wp:term&_fields=id,link,date_gmt,title,content,excerpt,class_list,yoast_head_json.schema,_links,_embedded"


def html(article: Article) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in article.paragraphs)


def answer(value: object, *headers: str) -> bytes:
    return reply(json.dumps(value), *headers, content_type="application/json")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


# --- WordPress --------------------------------------------------------------------------------


def post(desk: Desk, number: int, **said: object) -> dict[str, object]:
    krant = desk.krant
    one = krant.articles[number]
    return {
        "id": number,
        "link": krant.wire.url + krant.paths[number],
        "date_gmt": f"2026-02-01T0{number % 10}:30:00",
        "title": {"rendered": one.title},
        "excerpt": {"rendered": "<p>Kort gezegd.</p>"},
        "content": {"rendered": html(one), "protected": False},
        "_embedded": {
            "author": [{"name": "Anna Bakker"}],
            "wp:term": [
                [{"name": "Zeeland", "taxonomy": "category"}, {"name": "Haven", "taxonomy": "category"}],
                [{"name": "water", "taxonomy": "post_tag"}],
            ],
        },
    } | said  # fmt: skip


def announce(desk: Desk, root: str = "/wp-json/") -> None:
    desk.krant.list()
    before = desk.krant.wire.answers["/nieuws/"]
    assert isinstance(before, bytes)
    body = before.partition(b"\r\n\r\n")[2].decode()
    head = f"<head><link rel='https://api.w.org/' href='{root}'></head>"
    desk.krant.wire.answers["/nieuws/"] = reply(
        body.replace("<body>", f"{head}<body>"), 'ETag: "l"'
    )


def test_the_api_of_wordpress_gives_all_articles_at_once(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    assert desk.visit().count("new") == 6
    assert desk.asked[:2] == ["/nieuws/", API]
    assert len(desk.asked) == 3, "one page bears out the API"
    story = next(one for one in desk.stories.values() if "2-bericht" in one.article.url)
    assert story.article.extracted_by == "wordpress"
    assert story.article.authors == ("Anna Bakker",)
    assert story.article.sections == ("Zeeland", "Haven")
    assert story.published.at.isoformat() == "2026-02-01T02:30:00+00:00"
    assert story.article.paragraphs == desk.krant.articles[2].paragraphs
    assert desk.visit().count("unchanged") == 0
    assert desk.asked == ["/nieuws/", API]


def test_a_correction_that_the_api_gives_is_a_revision(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    desk.visit()
    desk.krant.edit(3)
    desk.krant.show(3)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    report = desk.visit()
    assert (report.count("revised"), report.count("new")) == (1, 0)
    assert desk.asked == ["/nieuws/", API, desk.krant.paths[3]]


def test_the_same_stories_as_by_html_before_and_after(desk: Desk) -> None:
    desk.krant.list()
    desk.visit()
    before = {tag: one.updated for tag, one in desk.stories.items()}
    announce(desk)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    desk.visit()
    desk.krant.list()
    desk.krant.wire.answers[API] = reply(status=404)
    desk.visit()
    assert {tag: one.updated for tag, one in desk.stories.items()} == before


LIES = {
    "closed": lambda desk: answer({"code": "rest_forbidden"}, "X: y"),
    "gone": lambda desk: reply(status=404),
    "forbidden": lambda desk: reply(status=401),
    "a page": lambda desk: reply("<html><body><h1>Welkom</h1></body></html>"),
    "half": lambda desk: reply('[{"id": 1, "link": "', content_type="application/json"),
    "nothing": lambda desk: answer([]),
    "other articles": lambda desk: answer([post(desk, n, link=f"{desk.krant.wire.url}/x/{n}") for n in range(6)]),
    "protected": lambda desk: answer([post(desk, n, content={"rendered": "", "protected": True}) for n in range(6)]),
    "teasers": lambda desk: answer([post(desk, n, content={"rendered": "<p>Lees verder op de site.</p>"}) for n in range(6)]),
    "shortcodes": lambda desk: answer([post(desk, n, content={"rendered": "[et_pb_section][et_pb_row]" + html(desk.krant.articles[n]) + "[/et_pb_row][/et_pb_section][/x_y]"}) for n in range(6)]),
    "numbers": lambda desk: answer([1, None, {"link": 3, "title": []}, {"link": "x", "title": {"rendered": 1}}]),
    "elsewhere": lambda desk: redirect(302, "/"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_an_api_that_is_closed_or_lies_is_left_in_silence(desk: Desk, name: str) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = LIES[name](desk)
    report = desk.visit()
    assert (report.count("new"), report.error, report.failures) == (6, None, ())
    assert {one.article.extracted_by for one in desk.stories.values()} <= {"generic", "learnt"}


CLOSED = {
    "429": lambda desk: reply(status=429),
    "429 for two hours": lambda desk: reply("", "Retry-After: 7200", status=429),
    "503": lambda desk: reply("", "Retry-After: 60", status=503),
    "404": lambda desk: reply(status=404),
    "500": lambda desk: reply(status=500),
    "page": lambda desk: reply("<html><body><h1>Welkom</h1></body></html>"),
    "nothing": lambda desk: answer([]),
}  # fmt: skip


@pytest.mark.parametrize("name", CLOSED)
def test_an_api_that_is_closed_is_left_alone_while_the_pages_are_read(
    desk: Desk, name: str
) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = CLOSED[name](desk)
    counts = []
    for _ in range(14):
        report = desk.visit()
        assert (report.error, report.failures) == (None, ())
        assert "/nieuws/" in desk.asked
        counts.append(desk.asked.count(API))
    two_hours = name == "429 for two hours"
    assert [n for n, count in enumerate(counts) if count] == ([0, 4, 8] if two_hours else [0, 2, 6])
    assert len(desk.stories) == 6


def test_a_429_of_a_page_still_pauses_its_host(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = reply(status=429)
    desk.krant.wire.answers[desk.krant.paths[0]] = reply(status=429)
    assert desk.visit().count("new") == 0
    assert len(desk.asked) == 3


def test_a_429_further_back_in_the_api_does_not_pause_the_host(tmp_path: Path) -> None:
    with open_desk(tmp_path, articles=21) as desk:
        krant = desk.krant
        (*krant.paths, late), (*krant.articles, _) = krant.paths, krant.articles
        announce(desk)
        posts = [post(desk, n) for n in range(20)]
        krant.wire.answers[API] = answer([*posts, post(desk, 0, link=krant.wire.url + late)])
        krant.wire.answers[f"{API}&page=2"] = reply(status=429)
        assert desk.visit().count("new") == 20
        assert f"{API}&page=2" in desk.asked
        assert desk.visit().error is None


def test_an_api_that_works_again_is_used_again(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = [reply(status=429), answer([post(desk, n) for n in range(6)])]
    assert [API in (desk.visit(), desk.asked)[1] for _ in range(5)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_pages_without_a_date_are_articles_also_once_the_api_is_closed(desk: Desk) -> None:
    announce(desk)
    krant = desk.krant
    krant.wire.answers[API] = [answer([post(desk, n) for n in range(5)]), reply(status=503)]
    krant.wire.answers[krant.paths[5]] = [reply(status=503), reply(krant.page(krant.articles[5]))]
    assert desk.visit().count("new") == 5
    report = desk.visit()
    assert (report.count("new"), report.failures) == (1, ())


# --- texts that are not to be had -------------------------------------------------------------

NOT_FREE = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'  # fmt: skip


def show_beginnings(desk: Desk, head: str = "") -> list[tuple[str, ...]]:
    """Shows readers the first two paragraphs only."""
    krant = desk.krant
    for number, one in enumerate(krant.articles):
        begun = replace(one, paragraphs=one.paragraphs[:2])
        krant.wire.answers[krant.paths[number]] = reply(krant.page(begun, head))
    return [one.paragraphs[:2] for one in krant.articles]


def texts(desk: Desk) -> list[tuple[str, ...]]:
    found = {one.article.title: one.article.paragraphs for one in desk.stories.values()}
    return [found[one.title] for one in desk.krant.articles]


def test_no_text_is_taken_from_an_api_that_the_pages_declare_not_to_be_free(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    shown = show_beginnings(desk, NOT_FREE)
    for _ in range(4):
        assert desk.visit().failures == ()
        assert texts(desk) == shown


SAYS_CLOSED = {
    "schema": {"yoast_head_json": {"schema": {"@graph": [{"@type": "WebPage"}, {"@type": "Article", "isAccessibleForFree": "False"}]}}},
    "classes": {"class_list": ["post-1", "post", "rcp-is-restricted"]},
    "numbered classes": {"class_list": {"0": "post", "3": "membership-required"}},
    "protected": {"content": {"rendered": "<p>GEHEIM</p>" * 90, "protected": True}},
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS_CLOSED)
def test_one_post_that_says_that_it_is_not_free_is_read_on_its_page(desk: Desk, name: str) -> None:
    announce(desk)
    posts = [post(desk, n) for n in range(5)]
    posts.append(post(desk, 5, **SAYS_CLOSED[name]))
    desk.krant.wire.answers[API] = answer(posts)
    begun = replace(desk.krant.articles[5], paragraphs=desk.krant.articles[5].paragraphs[:2])
    desk.krant.wire.answers[desk.krant.paths[5]] = reply(desk.krant.page(begun))
    assert desk.visit().count("new") == 6
    whole = [one.paragraphs for one in desk.krant.articles[:5]]
    assert texts(desk) == [*whole, begun.paragraphs]


@pytest.mark.parametrize("end", ["", "<p>Log in om verder te lezen.</p>", "<p>[…]</p>"])
@pytest.mark.parametrize("before", [True, False])
def test_the_beginning_of_a_text_that_an_api_gives_never_replaces_the_whole(
    desk: Desk, end: str, before: bool
) -> None:
    if before:
        desk.visit()
    posts = [
        post(desk, n, content={"rendered": f"<p>{one.paragraphs[0]}</p><p>{one.paragraphs[1]}</p>{end}"})
        for n, one in enumerate(desk.krant.articles)
    ]  # fmt: skip
    announce(desk)
    desk.krant.wire.answers[API] = answer(posts)
    for _ in range(2):
        desk.visit()
        assert texts(desk) == [one.paragraphs for one in desk.krant.articles]


def test_an_api_that_gives_less_from_one_day_on_cuts_no_story_short(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    desk.visit()
    whole = texts(desk)
    posts = [
        post(desk, n, content={"rendered": html(replace(one, paragraphs=one.paragraphs[:2]))})
        for n, one in enumerate(desk.krant.articles)
    ]
    desk.krant.wire.answers[API] = answer(posts)
    assert desk.visit().count("revised") == 0
    assert texts(desk) == whole


def test_an_api_of_a_site_that_sells_access_is_not_asked(desk: Desk) -> None:
    announce(desk)
    before = desk.krant.wire.answers["/nieuws/"]
    assert isinstance(before, bytes)
    body = before.partition(b"\r\n\r\n")[2].decode()
    links = "<a href='/inloggen'>Inloggen</a> <a href='/abonnement'>Neem een abonnement</a>"
    desk.krant.wire.answers["/nieuws/"] = reply(body.replace("<main>", f"{links}<main>"))
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    assert desk.visit().count("new") == 6
    assert API not in desk.asked


def test_robots_txt_holds_for_the_api(desk: Desk) -> None:
    announce(desk)
    desk.krant.wire.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /wp-json/")
    desk.krant.wire.answers[API] = answer([post(desk, n) for n in range(6)])
    assert desk.visit().count("new") == 6
    assert API not in desk.asked


def test_an_api_elsewhere_is_not_asked(desk: Desk) -> None:
    announce(desk, "https://elders.example.org/wp-json/")
    assert desk.visit().count("new") == 6


def test_the_first_visit_goes_back_through_the_api(tmp_path: Path) -> None:
    with open_desk(tmp_path, articles=45) as desk:
        krant = desk.krant
        krant.paths, whole = krant.paths[:5], krant.paths
        articles, krant.articles = krant.articles, krant.articles[:5]
        announce(desk)
        krant.paths, krant.articles = whole, articles
        pages = [[post(desk, n) for n in range(at, at + 20)] for at in (0, 20)]
        krant.wire.answers[API] = answer(pages[0])
        krant.wire.answers[f"{API}&page=2"] = answer(pages[1])
        assert desk.visit().count("new") == 40
        asked = [path for path in desk.asked if path not in krant.paths]
        assert asked == ["/nieuws/", API, f"{API}&page=2", f"{API}&page=3"]
        assert len(desk.asked) == 5


def test_plain_permalinks_and_categories_are_understood(desk: Desk) -> None:
    announce(desk, "/index.php?rest_route=/")
    before = desk.krant.wire.answers["/nieuws/"]
    assert isinstance(before, bytes)
    body = before.partition(b"\r\n\r\n")[2].decode()
    more = "<link rel=alternate type='application/json' href='/index.php?rest_route=/wp/v2/categories/12'>"
    desk.krant.wire.answers["/nieuws/"] = reply(body.replace("</head>", f"{more}</head>"))
    desk.visit()
    assert desk.asked[1].startswith("/index.php?rest_route=/wp/v2/posts&per_page=20&categories=12&")


# --- feeds ------------------------------------------------------------------------------------


def feed(desk: Desk, texts: bool = True) -> None:
    krant = desk.krant
    entries = "".join(
        f"<item><title>{escape(one.title)}</title><link>{krant.wire.url}{path}</link>"
        + (f"<content:encoded><![CDATA[{html(one)}]]></content:encoded>" if texts else "")
        + "<pubDate>Mon, 02 Feb 2026 10:00:00 +0100</pubDate></item>"
        for one, path in zip(krant.articles, krant.paths, strict=True)
    )
    krant.wire.answers["/nieuws/"] = reply(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Krant</title>{entries}</channel></rss>",
        content_type="application/rss+xml",
    )


SHELL = reply("<html><head><title>Krant</title></head><body><div id=app></div><script>a()</script></body></html>")  # fmt: skip


@pytest.mark.parametrize("page", [reply(status=403), reply(status=401), SHELL])
def test_the_text_of_a_feed_stands_in_for_pages_that_refuse_or_are_shells(
    desk: Desk, page: bytes
) -> None:
    feed(desk)
    for path in desk.krant.paths:
        desk.krant.wire.answers[path] = page
    report = desk.visit()
    assert (report.count("new"), report.failures) == (6, ())
    stories = [one.article for one in desk.stories.values()]
    assert {one.extracted_by for one in stories} == {"feed"}
    assert {one.paragraphs for one in stories} == {one.paragraphs for one in desk.krant.articles}
    desk.krant.edit(1)
    feed(desk)
    report = desk.visit()
    assert (report.count("revised"), report.count("new"), report.failures) == (1, 0, ())


def test_pages_come_before_the_feed_and_errors_that_pass_do_not_count(desk: Desk) -> None:
    feed(desk)
    desk.krant.wire.answers[desk.krant.paths[0]] = reply(status=503)
    report = desk.visit()
    assert (report.count("new"), len(report.failures)) == (5, 1)
    assert {one.article.extracted_by for one in desk.stories.values()} <= {"generic", "learnt"}


def test_a_teaser_does_not_stand_in(desk: Desk) -> None:
    feed(desk, texts=False)
    desk.krant.wire.answers[desk.krant.paths[0]] = reply(status=403)
    assert len(desk.visit().failures) == 1


# --- JSON -------------------------------------------------------------------------------------

PATHS = {
    "dotted": 'items = "data.articles"\nurl = "path"\ntitle = "kop"\ntext = "inhoud"\npublished = "at"\nauthor = "wie.naam"\nsection = "rubriek"\nnext = "verder"',
    "JSONPath": 'items = "$.data.articles[*]"\nurl = "$.path"\ntitle = "$.kop"\ntext = "$..inhoud"\npublished = "at"\nauthor = "$.wie.naam"\nsection = "$.rubriek"\nnext = "$.verder"',
}  # fmt: skip


@contextmanager
def json_desk(tmp_path: Path, paths: str) -> Iterator[Desk]:
    with Wire() as wire:
        krant = Krant(wire, 6)
        path = tmp_path / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\nrevisit = "0s"\n'
            f'[[sources]]\nname = "Krant"\nurl = "{wire.url}/api"\n[sources.json]\n{paths}\n'
            '[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        desks: list[Desk] = []
        with open_tools(config, lambda: desks[0].now) as tools:
            desks.append(Desk(config, tools, krant))
            yield desks[0]


def api(desk: Desk, text: object = html, first: int = 0, last: int = 6, **more: object) -> bytes:
    krant = desk.krant
    articles = [
        {
            "path": krant.paths[n],
            "kop": krant.articles[n].title,
            "at": 1770026400 + n,
            "wie": {"naam": "Anna Bakker"},
            "rubriek": ["Zeeland", "Haven"],
        }
        | ({"inhoud": text(krant.articles[n])} if callable(text) else {})
        for n in range(first, last)
    ]
    return answer({"data": {"articles": articles}} | more)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("text", [html, lambda article: article.text])
def test_a_json_api_is_read_without_its_pages(tmp_path: Path, name: str, text: object) -> None:
    with json_desk(tmp_path, PATHS[name]) as desk:
        desk.krant.wire.answers["/api"] = api(desk, text)
        report = desk.visit()
        assert (report.count("new"), report.failures, desk.asked) == (6, (), ["/api"])
        story = next(one for one in desk.stories.values() if "2-bericht" in one.article.url)
        assert story.article.paragraphs == desk.krant.articles[2].paragraphs
        assert story.article.extracted_by == "json"
        assert story.article.authors == ("Anna Bakker",)
        assert story.article.sections == ("Zeeland", "Haven")
        assert story.published.at.isoformat() == "2026-02-02T10:00:02+00:00"
        desk.krant.edit(4)
        desk.krant.wire.answers["/api"] = api(desk, text)
        assert desk.visit().count("revised") == 1


def test_texts_that_are_others_at_every_visit_are_read_by_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_PAGES", 3)
    monkeypatch.setattr(choice, "MOST_OLD_PAGES", 1)
    with json_desk(tmp_path, PATHS["dotted"]) as desk:

        def visit(number: int) -> Report:
            desk.krant.wire.answers["/api"] = api(
                desk, lambda one: f"<div data-nonce={number}>{html(one)}</div>"
            )
            return desk.visit()

        assert sum(visit(number).count("new") for number in range(4)) == 6
        for one in range(6):
            desk.krant.edit(one)
        assert sum(visit(number).count("revised") for number in range(4, 6)) == 6


def test_a_json_api_without_texts_names_the_pages(tmp_path: Path) -> None:
    with json_desk(tmp_path, PATHS["dotted"]) as desk:
        desk.krant.wire.answers["/api"] = api(desk, text=None)
        assert desk.visit().count("new") == 6
        assert {one.article.extracted_by for one in desk.stories.values()} <= {"generic", "learnt"}


def test_a_json_api_is_followed_into_the_past(tmp_path: Path) -> None:
    with json_desk(tmp_path, PATHS["dotted"]) as desk:
        desk.krant.wire.answers["/api"] = api(desk, last=3, verder="/api?p=2")
        desk.krant.wire.answers["/api?p=2"] = api(desk, first=3)
        assert desk.visit().count("new") == 6


@pytest.mark.parametrize("body", ["{}", "[]", "<p>Hoi", '{"data": {"articles": 3}}', "null", "7"])
def test_json_of_another_form_is_named(tmp_path: Path, body: str) -> None:
    with json_desk(tmp_path, PATHS["dotted"]) as desk:
        desk.krant.wire.answers["/api"] = reply(body, content_type="application/json")
        assert "no article at the paths of [sources.json]" in (desk.visit().error or "")


def test_preview_shows_what_it_finds(tmp_path: Path) -> None:
    with json_desk(tmp_path, PATHS["JSONPath"]) as desk:
        desk.krant.wire.answers["/api"] = api(desk)
        seen = preview(f"{desk.krant.wire.url}/api", desk.config, desk.tools, 2)
        assert len(seen.links) == 6
        assert [one.article.title for one in seen.accounts] == [
            one.title for one in desk.krant.articles[:2]
        ]
        assert seen.advice == ()  # what is given whole has no layout to name
