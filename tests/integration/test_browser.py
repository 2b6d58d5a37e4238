"""Pages whose text comes by script, rendered by an installed Chromium."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.errors import FetchError
from feedbot.fetch import browser
from feedbot.model import Auth, Page
from feedbot.operations.doctor import diagnose
from feedbot.operations.explain import preview
from feedbot.operations.status import collect_status
from feedbot.poll import rendering
from feedbot.read.site_model import load
from feedbot.schedule import open_tools
from feedbot.store import queries
from feedbot.web.urls import url_key
from tests.krant import Desk, Krant
from tests.wire import Wire, redirect, reply

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason="no browser to render with")

SCRIPT = """
const app = document.getElementById('app');
fetch('/api' + location.pathname).then(r => r.json()).then(data => {
  document.title = data.title || 'Nieuws';
  app.innerHTML = data.html;
});
"""
SHELL = "<html lang=nl><head><title>Krant</title></head><body><div id=app></div><img src=/logo.png><link rel=stylesheet href=/stijl.css><script src=/app.js></script></body></html>"
SCROLL = """
let page = 0;
const more = () => fetch('/api/pagina/' + page++).then(r => r.json()).then(data => {
  document.getElementById('app').insertAdjacentHTML('beforeend', data.html);
});
addEventListener('scroll', more);
more();
"""


both = pytest.mark.parametrize("desk", ["auto", "true"], indirect=True)


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with Wire() as wire:
        krant = Krant(wire, 8)
        path = tmp_path / "feedbot.toml"
        render = '"auto"' if getattr(request, "param", "auto") == "auto" else "true"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n'
            f'[polling]\ndelay = "0s"\nrevisit = "0s"\nrender = {render}\n'
            f'[[sources]]\nname = "Krant"\nurl = "{wire.url}/nieuws/"\n[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        desks: list[Desk] = []
        with open_tools(config, lambda: desks[0].now) as tools:
            desks.append(Desk(config, tools, krant))
            yield desks[0]


def answer(title: str, html: str) -> bytes:
    return reply(json.dumps({"title": title, "html": html}), content_type="application/json")


def items(krant: Krant, first: int, last: int) -> str:
    return "".join(
        f"<li><h2><a href='{krant.paths[n]}'>{krant.articles[n].title}</a></h2></li>"
        for n in range(first, last)
    )


def scripted(desk: Desk, script: str = SCRIPT) -> None:
    """The paper as an app: each page is a shell that fetches JSON."""
    krant = desk.krant
    krant.wire.answers |= {
        "/app.js": reply(script, content_type="text/javascript"),
        "/logo.png": reply(),
    }
    krant.wire.answers["/nieuws/"] = reply(SHELL)
    krant.wire.answers["/api/nieuws/"] = answer(
        "Nieuws", f"<main><h1>Nieuws</h1><ul>{items(krant, 0, 8)}</ul></main>"
    )
    for path, one in zip(krant.paths, krant.articles, strict=True):
        text = "".join(f"<p>{paragraph}</p>" for paragraph in one.paragraphs)
        krant.wire.answers[path] = reply(SHELL)
        krant.wire.answers[f"/api{path}"] = answer(
            one.title, f"<article><h1>{one.title}</h1>{text}</article>"
        )


@both
def test_a_site_of_shells_is_read_whole(desk: Desk) -> None:
    scripted(desk)
    report = desk.visit()
    assert (report.count("new"), report.failures, report.error) == (8, (), None)
    stories = {one.article.title: one.article.paragraphs for one in desk.stories.values()}
    assert stories == {one.title: one.paragraphs for one in desk.krant.articles}
    assert "/logo.png" not in desk.asked
    assert "/stijl.css" not in desk.asked
    assert desk.krant.wire.parallel == 1
    agents = {one.headers["user-agent"].partition("/")[0] for one in desk.krant.wire.requests}
    assert agents == {"feedbot"}
    assert desk.visit().count("revised") == 0


def test_the_furniture_of_a_shell_is_not_its_article(desk: Desk) -> None:
    scripted(desk)
    footer = "<footer><p>Overname van artikelen is alleen toegestaan met toestemming van de redactie, en onder vermelding van de bron.</p></footer>"
    for path in desk.krant.paths:
        desk.krant.wire.answers[path] = reply(SHELL.replace("<img", f"{footer}<img"))
    assert desk.visit().count("new") == 8
    stories = {one.article.title: one.article.paragraphs for one in desk.stories.values()}
    assert stories == {one.title: one.paragraphs for one in desk.krant.articles}


@both
def test_a_short_notice_that_scripts_add_nothing_to_stays(desk: Desk) -> None:
    notice = "<h1>Weg dicht</h1><p>De weg naar de haven is maandag dicht, meldt de gemeente aan de bewoners van het dorp.</p>"
    for path in desk.krant.paths[:2]:
        desk.krant.wire.answers[path] = reply(
            f"<html lang=nl><head><title>Weg dicht</title></head><body><main>{notice}</main><div id=menu></div><script src=/leeg.js></script></body></html>"
        )
    report = desk.visit()
    assert (report.count("new"), report.failures) == (8, ())


@both
def test_what_is_in_the_bytes_is_not_rendered(desk: Desk) -> None:
    report = desk.visit()
    assert report.count("new") == 8
    assert desk.tools.renderer
    assert desk.tools.renderer.process is None


@both
def test_a_list_that_goes_on_as_readers_scroll_is_followed_at_first(desk: Desk) -> None:
    scripted(desk)
    krant = desk.krant
    for path, one in zip(krant.paths, krant.articles, strict=True):
        krant.wire.answers[path] = reply(krant.page(one))
    shell = SHELL.replace(
        "<div id=app></div>", "<h1>Nieuws</h1><div id=app style='padding-bottom: 3000px'></div>"
    )
    krant.wire.answers["/nieuws/"] = reply(shell)
    krant.wire.answers["/app.js"] = reply(SCROLL, content_type="text/javascript")
    for number in range(9):
        html = items(krant, 3 * number, min(3 * number + 3, 8))
        krant.wire.answers[f"/api/pagina/{number}"] = answer("", html)
    assert desk.visit().count("new") >= 6


@both
def test_robots_and_the_guard_hold_for_scripts(desk: Desk) -> None:
    with Wire("127.0.0.2") as inside:
        inside.answers["/api"] = answer("Binnen", "<p>GEHEIM</p>")
        scripted(desk, f"fetch('{inside.url}/api').then(r => r.text()).then(t => document.body.append(t));{SCRIPT}")  # fmt: skip
        desk.krant.wire.answers["/robots.txt"] = reply(
            f"User-agent: *\nDisallow: /api{desk.krant.paths[0]}"
        )
        report = desk.visit()
        assert (report.count("new"), len(report.failures)) == (7, 1)
        assert inside.requests == []


def page_of(desk: Desk, html: str) -> Page:
    desk.krant.wire.answers["/x"] = reply(html)
    page = desk.tools.fetcher.fetch(f"{desk.krant.wire.url}/x", source=desk.config.sources[0])
    assert isinstance(page, Page)
    return page


def render(desk: Desk, html: str) -> str:
    assert desk.tools.renderer
    return desk.tools.renderer.render(page_of(desk, html), desk.config.sources[0]).body.decode()


def test_what_scripts_make_is_asked_for_anew_though_the_shell_is_unchanged(desk: Desk) -> None:
    scripted(desk)
    shelled = ["/nieuws/", *desk.krant.paths]
    desk.krant.wire.answers |= {path: reply(SHELL, 'ETag: "schil"') for path in shelled}
    for _ in range(2):
        desk.visit()
        asked = [one for one in desk.krant.wire.requests if one.path in shelled]
        assert sorted(one.path for one in asked) == sorted(shelled)
        assert not [one.path for one in asked if "if-none-match" in one.headers]


def test_a_page_of_another_server_opens_nothing_of_the_source(desk: Desk) -> None:
    wire = desk.krant.wire
    wire.answers["/prive"] = reply("GEHEIM", content_type="text/plain")
    (source,) = desk.config.sources
    source = replace(source, polling=replace(source.polling, auth=Auth(token="sleutel")))
    script = f"<div id=app></div><script>fetch('{wire.url}/prive').then(r => r.text()).then(t => document.body.append(t))</script>"
    assert desk.tools.renderer
    for url, is_own in (("http://elders.example/a", False), (f"{wire.url}/a", True)):
        page = Page(url=url, requested=url, body=script.encode(), fetched_at=desk.now)
        shown = desk.tools.renderer.render(page, source).body
        assert (b"GEHEIM" in shown) == is_own
        assert ("/prive" in wire.paths()) == is_own
    assert wire.requests[-1].headers["authorization"] == "Bearer sleutel"


def test_a_script_without_end_costs_its_page_and_a_dead_browser_is_replaced(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "LIMIT", 6.0)
    monkeypatch.setattr(browser, "START", 6.0)
    good = "<p>x</p><script>document.body.append('hallo')</script>"
    assert "hallo" in render(desk, good)
    began = time.monotonic()
    with pytest.raises(FetchError, match="not rendered"):
        render(desk, "<p>x</p><script>while (true) {}</script>")
    assert time.monotonic() - began < 20
    assert "hallo" in render(desk, good)
    assert desk.tools.renderer
    assert desk.tools.renderer.process
    os.kill(desk.tools.renderer.process.pid, 9)
    time.sleep(0.5)
    assert "hallo" in render(desk, good)


def break_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/nowhere/node")


def break_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "NAMES", ("false",))


@pytest.mark.parametrize("breaks", [break_driver, break_chromium])
def test_a_browser_that_does_not_start_fails_at_once_and_is_tried_again_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, breaks: Callable[[pytest.MonkeyPatch], None]
) -> None:
    scripted(desk)
    desk.krant.list()
    before = kinds_of(desk)
    with monkeypatch.context() as broken:
        breaks(broken)
        report = desk.visit()
    assert (report.count("new"), len(report.failures)) == (0, 8)
    named = "cannot be rendered: the browser does not start"
    assert {one.problem[: len(named)] for one in report.failures} == {named}
    assert "cannot be rendered: the browser does not start" in str(
        collect_status(desk.config, desk.tools.store)
    )
    with pytest.raises(FetchError, match="does not start"):
        render(desk, "<p>x</p>")
    assert desk.tools.renderer
    monkeypatch.setattr(desk.tools.renderer, "_try_again", 0.0)
    assert before == kinds_of(desk), "what is known of the links is as it was"
    monkeypatch.setattr(rendering, "MOST", 1)
    assert desk.visit().count("new") == 1


def test_preview_says_that_the_browser_does_not_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted(desk)
    desk.krant.list()
    break_driver(monkeypatch)
    seen = preview(f"{desk.krant.wire.url}/nieuws/", desk.config, desk.tools, 2)
    assert [why.partition(":")[0] for _, why in seen.failures] == ["cannot be rendered"] * 2


def kinds_of(desk: Desk) -> object:
    with desk.tools.store.read() as connection:
        return load(queries.site_of(connection, desk.config.sources[0].name)).kinds


def test_pages_that_wait_for_the_browser_when_feedbot_stops_have_not_failed(desk: Desk) -> None:
    scripted(desk)
    desk.krant.list()

    def stop(_: socket.socket) -> None:
        desk.tools.fetcher.stop()

    desk.krant.wire.answers["/app.js"] = stop
    report = desk.visit()
    assert (report.count("new"), report.failures) == (0, ())
    assert kinds_of(desk) == {}
    with desk.tools.store.read() as connection:
        keys = [url_key(desk.krant.wire.url + path) for path in desk.krant.paths]
        kept = queries.pages_of(connection, keys)
    assert {(one.story, one.failures) for one in kept.values()} == {(None, 0)}


def test_shells_beyond_those_of_one_visit_are_rendered_at_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "MOST", 1)
    scripted(desk)
    desk.krant.list()
    counts = [(one.count("new"), one.failures) for one in (desk.visit(), desk.visit())]
    assert counts == [(1, ()), (1, ())]


def test_a_page_goes_nowhere_and_asks_for_little(desk: Desk) -> None:
    wire = desk.krant.wire
    wire.answers |= {"/weg": reply("weg"), "/om": redirect(302, "/weg")}
    scripts = "for (let n = 0; n < 200; n++) fetch('/n' + n).catch(() => 0);"
    render(desk, f"<p>x</p><script>{scripts}; new WebSocket('ws://127.0.0.1:{wire.port}/ws'); fetch('/post', {{method: 'POST'}}); setTimeout(() => location = '/weg', 100)</script>")  # fmt: skip
    asked = wire.paths()
    assert (
        len([path for path in asked if path.startswith("/n") and path != "/nieuws/"])
        <= browser.REQUESTS
    )
    assert not {"/ws", "/post", "/weg"} & set(asked)


def test_a_consent_wall_is_named_and_not_clicked_away(desk: Desk) -> None:
    scripted(desk)
    wall = "<h1>Cookies</h1><p>Wij gebruiken cookies. Geef toestemming om verder te gaan.</p><button>Akkoord</button>"
    desk.krant.wire.answers["/api/nieuws/"] = answer("Cookies", wall)
    assert "consent wall" in (desk.visit().error or "")


@both
def test_preview_renders_the_listing(desk: Desk) -> None:
    scripted(desk)
    assert len(preview(desk.config.sources[0].urls[0], desk.config, desk.tools, 0).links) == 8


def test_a_browser_that_is_not_there_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(desk)
    monkeypatch.setattr(browser, "NAMES", ("niets",))
    assert "no Chromium is installed" in (desk.visit().error or "")
    findings = {one.about: one for one in diagnose(desk.config, desk.tools.clock)}
    assert findings["browser"].good is False
    assert "apt install chromium" in findings["browser"].help
