"""The site in a real browser: readable by day and by night, on a telephone and from a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
import requests

from feedbot.demo import configuration
from feedbot.demo.portal import Portal
from tests.browser import Browser, browse
from tests.hosting import serve
from tests.processes import feedbot, until
from tests.shelves import OUTPUT, RUSLAND, House, article

PAGES = ("index.html", "rusland.html", "zeeland.html")
LOOKS = [(1280, False), (1280, True), (390, False), (390, True)]
CONTRAST = 4.5  # WCAG 2.2, 1.4.3
# The contrast of every piece of text with what is behind it, the faintest first.
FAINTEST = """(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = parts(colour).map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor, alpha = parts(colour)[3] ?? 1;
      if (alpha > 0) return colour;
    }
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    found.push([(pair[0] + .05) / (pair[1] + .05), element.outerHTML.slice(0, 80)]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
})()"""
LINKS = "[...document.querySelectorAll('a[href], link[href]')].map(one => one.href)"
OUTLINE = "[...document.querySelectorAll('h1,h2,h3')].map(one => Number(one.tagName[1]))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Site:
    """The published demo, where it is served, and where the browser found it."""

    feeds: Path
    url: str
    origin: str  # of the news site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    feeds = home / "feeds"
    feeds.mkdir()
    with Portal() as portal, serve(feeds) as url:
        more = 'title = "Nieuws per onderwerp"\nformats = ["atom", "json", "rss"]\n[polling]'
        text = configuration(portal.url, home, url).replace("[polling]", more)
        (home / "feedbot.toml").write_text(text, encoding="utf-8")
        for _ in range(2):
            done = feedbot(home, "poll")
            assert done.returncode == 0, done.stderr
            portal.correct()
        yield Site(feeds, url, portal.origin)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browse(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_page_fits_and_can_be_read(
    browser: Browser, site: Site, page: str, width: int, dark: bool
) -> None:
    browser.open(site.url + page, width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert browser.run(TOO_WIDE) == 0
    contrast, where = browser.run(FAINTEST)
    assert contrast >= CONTRAST, where
    paper = browser.run("getComputedStyle(document.documentElement).backgroundColor")
    assert (int(paper[4:].split(",")[0]) < 128) == dark
    assert [one for one in browser.problems if "favicon" not in one] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_sound_for_screen_readers_and_search_engines(
    browser: Browser, site: Site, page: str
) -> None:
    browser.open(site.url + page)
    assert browser.run("document.documentElement.lang") == "nl"
    levels = browser.run(OUTLINE)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert browser.run("document.querySelectorAll('main').length") == 1
    assert browser.run("[...document.images].every(one => one.hasAttribute('alt'))")
    assert browser.run("document.querySelector('meta[name=description]').content.length") > 20
    assert browser.run("document.querySelector('meta[name=robots]').content") == "noindex"
    named = browser.run("[...document.querySelectorAll('link[rel=alternate]')].map(o => o.href)")
    assert f"{site.url}{page.replace('index', 'rusland').replace('html', 'xml')}" in named
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.querySelectorAll('[onclick], [style]').length") == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(browser: Browser, site: Site, page: str) -> None:
    browser.open(site.url + page)
    for link in sorted(set(browser.run(LINKS))):
        address, anchor = urldefrag(link)
        if not address.startswith((site.url, site.origin)):  # a reader that is offered
            continue
        answer = requests.get(address, timeout=10)
        assert answer.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in answer.text, link


FOUND = "[...document.querySelectorAll('.topics li:not([hidden]) .name')].map(o => o.textContent)"
TYPE = """(() => {{
  const find = document.getElementById("find");
  find.focus();
  find.value = {text!r};
  find.dispatchEvent(new Event("input"));
}})()"""


def test_topics_and_stories_are_found_while_somebody_types(browser: Browser, site: Site) -> None:
    browser.open(site.url + "index.html")
    browser.run(TYPE.format(text="oekraine"))
    assert browser.run(FOUND) == ["Oekraïne"]
    assert browser.run("getComputedStyle(document.querySelector('.news')).display") == "none"
    title = json.loads((site.feeds / "zeeland.json").read_text())["items"][-1]["title"]
    browser.run(TYPE.format(text=title.lower()))
    until(lambda: browser.run("document.querySelectorAll('#results li a').length"))
    assert browser.run("document.querySelector('#results a').textContent") == title
    browser.run(TYPE.format(text="xyzzy"))
    assert browser.run("document.querySelector('[role=status]').textContent") == "Niets gevonden"
    browser.run(TYPE.format(text=""))
    assert len(browser.run(FOUND)) == 7
    assert browser.problems == []


def test_the_address_of_a_feed_is_copied(browser: Browser, site: Site) -> None:
    browser.open(site.url + "rusland.html")
    assert browser.run("document.getElementById('address').value") == site.url + "rusland.xml"
    browser.run("document.querySelector('[data-copy]').click()")
    until(lambda: browser.run("document.querySelector('[data-copy]').textContent") == "Gekopieerd")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which looks for what keeps people from using a page."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def findings(browser: Browser, axe: str) -> list[object]:
    """What axe says of the page that is open."""
    browser.run(f"{axe};0")
    browser.run("void axe.run().then(found => { window.found = found.violations; })")
    until(lambda: browser.run("!!window.found"))
    found: list[object] = browser.run("found.map(one => [one.id, one.nodes.map(o => o.html)])")
    return found


@pytest.mark.parametrize("page", [*PAGES, "help.html"])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, site: Site, axe: str, page: str, dark: bool) -> None:
    browser.open(site.url + page, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert findings(browser, axe) == []


def test_nobody_is_told_who_reads(browser: Browser, site: Site) -> None:
    browser.requests.clear()
    browser.open(site.url + "rusland.html")
    until(lambda: browser.run("[...document.images].some(one => one.naturalWidth)"))
    ours = {urljoin(site.url, name) for name in ("rusland.html", "style.css", "icon.png")}

    def elsewhere() -> set[str]:
        return {url for url in browser.requests if url not in ours and url[:5] != "data:"}

    browser.until(elsewhere, "pictures")
    assert all(url.startswith(f"{site.origin}/beeld/") for url in elsewhere())
    policy = "[...document.images].every(one => one.referrerPolicy == 'no-referrer')"
    assert browser.run(policy)


@pytest.mark.parametrize(
    ("feed", "width", "dark"),
    [("rusland.xml", 1280, False), ("rusland.xml", 390, True), ("rusland.rss", 390, False)],
)
def test_a_feed_reads_like_its_page(
    browser: Browser, site: Site, axe: str, feed: str, width: int, dark: bool
) -> None:
    browser.open(site.url + feed, width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    until(lambda: browser.run("document.querySelectorAll('.text p').length > 3"))
    assert browser.run("document.title") == "Rusland"
    assert browser.run("document.getElementById('address').value") == site.url + feed
    assert browser.run("document.querySelector('h1 a').href") == site.url + "rusland.html"
    assert browser.run(OUTLINE)[:2] == [1, 2]
    assert browser.run(TOO_WIDE) == 0
    contrast, where = browser.run(FAINTEST)
    assert contrast >= CONTRAST, where
    assert findings(browser, axe) == []
    assert [one for one in browser.problems if "favicon" not in one] == []


def test_a_feed_and_its_page_name_the_same_stories_days_and_times(
    browser: Browser, site: Site
) -> None:
    shown = """[...document.querySelectorAll('.day > h2, .entry')].map(one => one.matches('h2')
        ? one.textContent : [one.querySelector('h3 a').href, one.querySelector('h3').textContent,
        one.querySelector('.source').textContent, one.querySelector('.meta time').textContent,
        one.querySelector('.lead').textContent,
        [...one.querySelectorAll('.labels a')].map(label => [label.textContent, label.href])])"""
    said = []
    for name in ("rusland.html", "rusland.xml"):
        browser.open(site.url + name)
        said.append(browser.run(shown))
    assert said[0] == said[1]
    assert len(said[0]) > 3


def test_a_feed_is_read_without_scripts_as_well(browser: Browser, site: Site) -> None:
    browser.allow_scripts(False)
    try:
        for feed in ("rusland.xml", "rusland.rss"):
            browser.open(site.url + feed)
            shown = "[...document.querySelectorAll('{}')].map(o => getComputedStyle(o).display)"
            assert set(browser.run(shown.format("entry > title, item > title"))) == {"block"}
            assert set(browser.run(shown.format("entry > content, item > guid"))) == {"none"}
            assert browser.run("document.querySelector('a').href") == site.url + "rusland.html"
            assert browser.run("document.querySelector('a').checkVisibility()")
            assert browser.run(TOO_WIDE) == 0
    finally:
        browser.allow_scripts(True)


HOSTILE = """<p>Goed <a href="https://example.org/">nieuws</a> <a href="javascript:ran()">hier</a></p>
<script>ran()</script><img src="x:y" onerror="ran()"><svg onload="ran()"><script>ran()</script></svg>
<p onclick="ran()" style="color: red" class="js">Klik</p><iframe srcdoc="&lt;script&gt;"></iframe>"""


def test_nothing_runs_that_a_feed_holds(browser: Browser, tmp_path: Path) -> None:
    house = House(tmp_path)
    with house.store:
        house.add(1, article=replace(article(1), html=HOSTILE))  # as if nobody had cleaned it
        house.publish()
    with serve(house.feeds) as url:
        browser.open(url + "rusland.xml")
        browser.run("window.ran = () => { window.didRun = true; }")
        browser.run("document.querySelector('details').open = true")
        until(lambda: browser.run("document.querySelectorAll('.text p').length"))
        kept = browser.run(
            "[...document.querySelectorAll('.text > :not(.origin), .text > :not(.origin) *')]"
            ".map(one => [one.localName, ...one.getAttributeNames()].join(' '))"
        )
        assert kept == ["p", "a href", "a", "img loading referrerpolicy", "p"]
        by_hand = "Object.assign(document.createElementNS(document.body.namespaceURI, 'script')"
        browser.run(f"document.body.append({by_hand}, {{textContent: 'ran()'}}))")
        assert browser.run("window.didRun") is None, "the policy, if all else fails"


def test_nobody_subscribes_to_a_topic_that_is_gone(browser: Browser, tmp_path: Path) -> None:
    house = House(tmp_path)
    with house.store, serve(house.folder) as url:
        house.fill(3)
        house.publish()
        house.topics = (replace(RUSLAND, name="Kremlin", slug="kremlin", was=("rusland",)),)
        house.publish()
        for topic, page, said in (
            ("rusland", "kremlin.html", "Dit onderwerp heet nu Kremlin"),
            ("china", "index.html", "Dit onderwerp is gestopt"),
        ):
            browser.open(f"{url}feeds/{topic}.xml")
            assert browser.run("document.getElementById('address')") is None
            assert browser.run("document.querySelector('.subscribe a').textContent") == said
            assert browser.run("document.querySelector('.subscribe a').href").endswith(page)


def test_an_archive_is_a_page_that_leads_to_the_feed(
    browser: Browser, axe: str, tmp_path: Path
) -> None:
    house = House(tmp_path, replace(OUTPUT, entries=2, keep=timedelta(0)))
    with house.store:
        for month in (11, 12):
            house.add(month, now=datetime(2025, month, 3, tzinfo=UTC))
        house.fill(2)
        house.publish()
    with serve(house.feeds) as url:
        browser.open(url + "archive/rusland-2025-12.xml")
        assert browser.run("document.querySelector('.entry h3').textContent") == "Bericht 12"
        assert browser.run("document.getElementById('address').value") == OUTPUT.url + "rusland.xml"
        assert browser.run("document.querySelector('h1 a').href") == url + "rusland.html"
        older = "document.querySelector('.archives a')"
        assert browser.run(f"{older}.textContent") == "november 2025"
        assert browser.run(f"{older}.href") == OUTPUT.url + "archive/rusland-2025-11.xml"
        font = browser.run("getComputedStyle(document.body).fontFamily")
        assert "Charter" in font, "our stylesheet, one folder higher"
        assert findings(browser, axe) == []
        browser.open(url + "rusland.html")
        assert browser.run("document.querySelectorAll('.archives a').length") == 2
        assert findings(browser, axe) == []


def test_the_folder_can_be_opened_without_a_server(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    feeds = shutil.copytree(site.feeds, tmp_path / "feeds")
    browser.open((feeds / "index.html").as_uri())
    assert browser.run("getComputedStyle(document.querySelector('.topics')).display") == "grid"
    browser.open(browser.run("document.querySelector('.topics .name').href"))
    assert browser.run("document.querySelector('h1').textContent") == "Rusland"
    assert browser.run("document.querySelectorAll('article').length") >= 2
    assert browser.problems == []
