"""The site in a real browser: readable by day and by night, on a telephone and from a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
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
        text = configuration(portal.url, home, url).replace(
            "[polling]", 'title = "Nieuws per onderwerp"\n[polling]'
        )
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


@pytest.mark.parametrize("page", [*PAGES, "help.html"])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Browser, site: Site, axe: str, page: str, dark: bool) -> None:
    browser.open(site.url + page, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    browser.run(f"{axe};0")
    browser.run("void axe.run().then(found => { window.found = found.violations; })")
    until(lambda: browser.run("!!window.found"))
    assert browser.run("found.map(one => [one.id, one.nodes.map(node => node.html)])") == []


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


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_feed_can_be_read_as_well(browser: Browser, site: Site, width: int, dark: bool) -> None:
    # Not as a telephone: what is no HTML cannot say that it fits one.
    browser.open(site.url + "rusland.xml", width=width, dark=dark, mobile=False)
    style = "getComputedStyle(document.querySelector('feed > entry > {}')).display"
    assert browser.run(style.format("title")) == "block"
    assert browser.run(style.format("summary")) == "block"
    assert browser.run(style.format("content")) == "none"
    assert browser.run(TOO_WIDE) == 0
    shown = browser.run("getComputedStyle(document.documentElement).fontFamily")
    assert "Charter" in shown, "our stylesheet, not the browser's tree"
    paper = browser.run("getComputedStyle(document.documentElement).backgroundColor")
    assert (int(paper[4:].split(",")[0]) < 128) == dark
    assert browser.run("document.body === null || !document.body.innerText.includes('xslt')")
    assert [one for one in browser.problems if "favicon" not in one] == []


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
