"""Feeds that the W3C validator has nothing to say about, whatever the sources contain."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import html5lib
import pytest
from feedgen.entry import FeedEntry
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from feedbot.model import (
    Article,
    Dated,
    Dateline,
    Enclosure,
    EntryReference,
    Image,
    Output,
    Story,
    Topic,
)
from feedbot.publish import Renderer
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.sanitise import sanitise, shortened
from tests.atomlint import ATOM, check

VIEW = "{http://www.w3.org/1999/xhtml}div"
NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
URL = "https://feeds.example.org/"
OUTPUT = Output(url=URL, output="feeds", authority="example.org")
TOPIC = Topic(name="Rusland", slug="rusland", any=("Rusland",))
ARTICLE = Article(
    url="https://nieuws.example.org/buitenland/1?id=2&x=3",
    title="Poetin & Xi praten",
    paragraphs=("MOSKOU (ANP/AFP) - Ze praten.", "En nog meer."),
    html="<p>MOSKOU (ANP/AFP) - Ze praten.</p><p>En nog meer.</p>",
    language="nl",
    dateline=Dateline(text="MOSKOU (ANP/AFP) - ", place="MOSKOU", agencies=("ANP", "AFP")),
    image=Image(url="https://nieuws.example.org/foto.jpg?w=3&h=2", alt='Een "foto"'),
)


def story(number: int = 1, article: Article = ARTICLE, source: str = "Zeelandnet") -> Story:
    at = NOW + timedelta(seconds=number)
    return Story(
        id=number,
        tag=f"tag:example.org,2026:story/{number}",
        source=source,
        article=article,
        fingerprint=fingerprint_of(article),
        published=Dated(at=at - timedelta(hours=2), origin="time"),
        updated=at,
        first_seen=at,
    )


def files(
    stories: list[Story],
    *,
    topic: Topic = TOPIC,
    output: Output = OUTPUT,
    base: Path = Path("/none"),
) -> dict[str, bytes]:
    press = Renderer(output, [topic], base)
    known = {one.id: one for one in stories}
    filed = [
        EntryReference(story=one.id, updated=one.updated, cosmetic=0, topics=(topic.slug,))
        for one in stories
    ]
    entries = press.entries(filed, lambda ids: {one: known[one] for one in ids})
    written = press.files(topic, press.card(topic, entries), entries, ["2026-01"])
    if filed:
        written["archive"] = press.archive(
            topic, "2026-01", filed, lambda ids: known, previous="2025-12", following=None
        )
    return written


def findings(written: dict[str, bytes], topic: Topic = TOPIC) -> list[tuple[str, str]]:
    found = check(written[f"{topic.slug}.xml"], f"{URL}{topic.slug}.xml", now=NOW)
    if "archive" in written:
        found += check(written["archive"], f"{URL}archive/{topic.slug}-2026-01.xml", now=NOW)
    return found


def test_nothing_is_found_in_an_ordinary_feed() -> None:
    output = replace(
        OUTPUT,
        rights="© Wij",
        logo="https://example.org/logo.png",
        icon="https://example.org/icon.png",
        hub="https://hub.example.org/",
    )
    assert findings(files([story(1), story(2)], output=output)) == []
    assert findings(files([])) == []


def test_an_entry_says_everything_that_is_known() -> None:
    written = files([story()], output=replace(OUTPUT, rights="© Wij", hub="https://hub.example/"))
    feed = feedparser.parse(written["rusland.xml"])
    entry = feed.entries[0]
    assert feed.feed.language == "nl"
    assert feed.feed.rights == "© Wij"
    assert feed.feed.generator_detail.version
    assert entry.id == "tag:example.org,2026:story/1"
    assert entry.link == ARTICLE.url
    assert entry.title == ARTICLE.title
    assert entry.summary == "Ze praten."
    assert entry.author == "ANP/AFP"
    assert [(t.term, t.label) for t in entry.tags] == [("rusland", "Rusland")]
    assert entry.published_parsed < entry.updated_parsed
    assert entry.content[0].language == "nl"
    assert ARTICLE.html in entry.content[0].value
    assert entry.enclosures[0].href == "https://nieuws.example.org/foto.jpg?w=3&h=2"
    assert entry.enclosures[0].type == "image/jpeg"
    assert entry.media_thumbnail[0]["url"] == "https://nieuws.example.org/foto.jpg?w=3&h=2"
    assert entry.source.id
    assert entry.source.title == "Zeelandnet"
    assert entry.source.updated
    links = {(link.rel, link.get("type")) for link in feed.feed.links}
    assert ("self", "application/atom+xml") in links
    assert ("alternate", "text/html") in links
    assert ("hub", None) in {(rel, None if rel == "hub" else type_) for rel, type_ in links}
    root = etree.fromstring(written["rusland.xml"])
    alternate = root.find(f"{ATOM}entry/{ATOM}link[@rel='alternate']")
    assert alternate is not None
    assert alternate.get("hreflang") == "nl"


PIECES = (
    "<p> </p> <b> </b> <table> <tr> <td> <ul> <li> <a href=/x?a=1&b=2> </a> <math> <svg> <!-- --> ]]>"
    " & &amp; &amp;amp; &lt; &lt;b&gt; &#x1f; &#0; &#xd800; &#x93; &copy &notin; &apos; AT&T R&D2 <h1>"
    " <script>alert(1)</script> <style>p{}</style> <iframe src=//x> <img src=x.jpg onerror=y>"
    " <img/src='http://[x'> <font color=red> <pre>\n\n <br/> </foo> Jan <jan@krant.example> \x00 \x0b"
    " \x85 \x93 \ufffd \ufffe \uffff \ud83d \U0001f600 \u202e \u2028 \u00ad \U0001fffe é … “ ' \" < >"
    " <dl><dt> <h1><h2> <caption> <col> <figure><figcaption> <blockquote cite='x y'> <q cite=javascript:x>"
    " <ol start=x reversed> <td colspan=9> <time datetime=x> <object> <textarea> <plaintext>"
).split(" ")
text = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec=None, exclude_categories=()), max_size=6),
    max_size=14,
).map(" ".join)
url = st.sampled_from(
    [
        "https://nieuws.example.org/1",
        "https://münchen.example/ä ö?q=é%&x=[1]#<b>",
        "HTTP://NIEUWS.example.org:80/%zz",
        "https://nieuws.example.org/a|b\\c^`{}",
        "https://u:p@nieuws.example.org/\u202e",
    ]
)


@st.composite
def hostile(draw: st.DrawFn) -> Article:
    """An article as it is stored: its HTML was sanitised, everything else is as it came."""
    paragraphs = draw(st.lists(text, min_size=1, max_size=3))
    return Article(
        url=draw(url),
        title=draw(text),
        paragraphs=tuple(paragraphs),
        html=sanitise(draw(text), "https://nieuws.example.org/1") or "<p>-</p>",
        language=draw(
            st.sampled_from(["nl", "nl-BE", "xx", "", "en_US", "DE", "zxx", "<b>", "eng"])
        ),
        authors=tuple(draw(st.lists(text, max_size=2))),
        image=draw(st.none() | st.builds(Image, url=url, alt=text)),
    )


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(hostile(), min_size=1, max_size=3), text, text, text)
def test_nothing_is_found_whatever_the_sources_contain(
    articles: list[Article], source: str, title: str, description: str
) -> None:
    topic = replace(TOPIC, name=title, title=title, description=description)
    output = replace(OUTPUT, title=source, author=description or None, rights=title or None)
    stories = [story(n, article, source) for n, article in enumerate(articles)]
    written = files(stories, topic=topic, output=output)
    assert findings(written, topic) == []
    parsed = json.loads(written["rusland.json"])
    assert [one["id"] for one in parsed["items"]] == [one.tag for one in stories]
    strict = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = strict.parse(written["rusland.html"].decode())
    tags = [str(one.tag).rpartition("}")[2] for one in page.iter()]
    ours = ["svg", "script"]  # the QR code, and the script that the policy admits by its hash
    assert [tag for tag in tags if tag in (*ours, "iframe", "object")] == ours
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on")]


BROKEN = [
    (r"<id>.*?</id>\n    ", "", "MissingElement"),
    (r"<updated>2026-02-01T12:00:02", "<updated>2026-02-01T12:00:01", "DuplicateUpdated"),
    (r"story/2</id>", "story/1</id>", "DuplicateEntries"),
    (r"<title>Poetin", "<title>&lt;/b&gt;Poetin", "ContainsUndeclaredHTML"),
    (r"<title>Poetin", "<title>&amp;copy;Poetin", "ContainsUndeclaredHTML"),
    (r"<name>ANP", "<name>&lt;a@b.example&gt;", "ContainsEmail"),
    (r"<title>Poetin", "<title>\x85Poetin", "BadCharacters"),
    (
        r'rel="enclosure" type="image/jpeg"',
        'rel="alternate" type="text/html" hreflang="nl"',
        "DuplicateAtomLink",
    ),
    (r' type="image/jpeg"', "", "MissingTypeAttr"),
    (r"foto.jpg", "foto .jpg", "InvalidLink"),
    (r"feeds.example.org/rusland.xml", "feeds.example.org/x.xml", "SelfDoesntMatchLocation"),
    (r"&lt;p&gt;", "&lt;p onclick=x&gt;", "NotAFixedPoint"),
    (r"&lt;p&gt;", "&lt;p&gt;&lt;table&gt;x", "NotHtml"),
    (r"2026-02-01", "2027-02-01", "ImplausibleDate"),
    (r'hreflang="nl"', 'hreflang="xx"', "InvalidLanguage"),
    (r'xml:lang="nl"', "", "MissingDCLanguage"),
    (r"<entry>", '<entry xmlns:x="urn:x">', "UnknownNamespace"),
]


@pytest.mark.parametrize(("pattern", "instead", "finding"), BROKEN)
def test_the_lint_finds_what_is_broken(pattern: str, instead: str, finding: str) -> None:
    feed = files([story(1), story(2)])["rusland.xml"].decode()
    broken = re.sub(pattern, instead, feed)
    assert broken != feed
    found = {name for name, _ in check(broken.encode(), URL + "rusland.xml", now=NOW)}
    assert finding in found


# --- feedgen --------------------------------------------------------------------------------------


def test_feedgen_still_drops_what_we_mend() -> None:
    """When this fails, a later feedgen keeps it: then `MendedEntry` can lose its links."""
    entry = FeedEntry()
    entry.id("tag:example.org,2026:1")
    entry.title("x")
    entry.content("x")
    entry.updated(NOW)
    entry.link(href="https://x.example/", rel="alternate", type="text/html", hreflang="nl")
    link = entry.atom_entry().find("link")
    assert dict(link.attrib) == {"href": "https://x.example/"}


def test_feedgen_still_cannot_give_a_source_an_id() -> None:
    """When this fails, a later feedgen can: then `MendedEntry` can lose its source."""
    entry = FeedEntry()
    with pytest.raises(TypeError):
        entry.source(url="https://x.example/", title="x", id="x", updated=NOW)


# --- JSON Feed ------------------------------------------------------------------------------------


def test_a_film_goes_with_its_entry_as_a_file() -> None:
    film = Enclosure(url="https://nieuws.example.org/film/é.mp4", type="video/mp4")
    written = files([story(1, replace(ARTICLE, enclosures=(film,)))])
    entry = feedparser.parse(written["rusland.xml"]).entries[0]
    assert [(one.href, one.type) for one in entry.enclosures][1:] == [
        ("https://nieuws.example.org/film/%C3%A9.mp4", "video/mp4")
    ]
    (item,) = json.loads(written["rusland.json"])["items"]
    assert item["attachments"] == [
        {"url": "https://nieuws.example.org/film/%C3%A9.mp4", "mime_type": "video/mp4"}
    ]
    assert findings(written) == []


def test_a_very_long_text_ends_with_a_link_to_the_rest() -> None:
    parts = [f'<p title="a > b">Alinea {n}<br>van het <em>lange</em> stuk.</p>' for n in range(50)]
    long = replace(ARTICLE, html="\n".join(parts))
    output = replace(OUTPUT, entry_size=1000)
    written = files([story(1, long)], output=output)["rusland.xml"]
    content = etree.fromstring(written).findtext(f"{ATOM}entry/{ATOM}content") or ""
    shown, _, link = content.rpartition("\n")
    assert 900 < len(shown) <= 1000
    assert long.html.startswith(shown + "\n")
    assert (
        link
        == f'<p><a href="{ARTICLE.url.replace("&", "&amp;")}">Lees verder bij Zeelandnet</a></p>'
    )
    assert content_of(replace(ARTICLE, html=shown)) == shown


@pytest.mark.parametrize(
    ("html", "most", "shown"),
    [
        ("<p>een</p><p>twee</p>", 10, "<p>een</p>"),
        ("<p>een</p><p>twee</p>", 9, ""),
        ("<p>één</p><p>twee</p>", 12, "<p>één</p>"),
        ("<hr><ul><li>een</li><li>twee</li></ul>", 20, "<hr>"),
        ('<p><a href="https://x.example/">a</a><br>b</p><p>c</p>', 47, '<p><a href="https://x.example/">a</a><br>b</p>'),
        ("los", 2, ""),
    ],
)  # fmt: skip
def test_a_text_is_cut_between_its_parts(html: str, most: int, shown: str) -> None:
    assert shortened(html, most) == shown


def content_of(article: Article) -> str | None:
    written = files([story(1, article)])["rusland.xml"]
    return etree.fromstring(written).findtext(f"{ATOM}entry/{ATOM}content")


def test_the_json_feed_says_the_same() -> None:
    written = files([story(1), story(2)], output=replace(OUTPUT, hub="https://hub.example/"))
    feed = json.loads(written["rusland.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == URL + "rusland.json"
    assert feed["home_page_url"] == URL + "rusland.html"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    item, *_ = feed["items"]
    atom = feedparser.parse(written["rusland.xml"]).entries[0]
    assert item["id"] == atom.id
    assert item["url"] == atom.link
    assert item["title"] == atom.title
    assert item["content_html"] == content_of(ARTICLE)
    assert item["image"] == atom.media_thumbnail[0]["url"]
    assert item["authors"] == [{"name": "ANP/AFP"}]
    assert item["tags"] == ["Rusland"]
    assert item["language"] == "nl"
    for name in ("date_published", "date_modified"):
        assert datetime.fromisoformat(item[name]).tzinfo


def test_an_entry_that_is_kept_is_not_written_again() -> None:
    press = Renderer(OUTPUT, [TOPIC], Path("/none"))
    known = {n: story(n) for n in range(5)}
    filed = [
        EntryReference(story=n, updated=one.updated, cosmetic=0, topics=("rusland",))
        for n, one in known.items()
    ]
    asked: list[int] = []

    def stories(ids: list[int]) -> dict[int, Story]:
        asked.extend(ids)
        return known

    first = press.entries(filed, stories)
    again = press.entries(random.sample(filed, 5), stories)
    assert sorted(asked) == [0, 1, 2, 3, 4]
    assert {id(one) for one in first} == {id(one) for one in again}
    press.entries([filed[0]._replace(cosmetic=1), filed[1]._replace(topics=("a", "b"))], stories)
    assert asked[5:] == [0, 1]


@pytest.mark.parametrize("ending", ["xml", "rss"])
def test_a_browser_finds_the_page_of_a_feed_and_the_script_that_shows_it(ending: str) -> None:
    every = replace(OUTPUT, formats=("atom", "rss"), language="nl")
    written = files([story(1), story(2)], output=every)[f"rusland.{ending}"]
    link, script = etree.fromstring(written).find(f".//{VIEW}")
    assert link.get("href") == "rusland.html"
    assert link.text.startswith("Dit is een feed.")
    assert script.get("src") == "feed.js"
    assert b'<?xml-stylesheet type="text/css" href="style.css"?>' in written


@pytest.mark.parametrize(("ending", "tag"), [("xml", "entry"), ("rss", "item")])
def test_who_reads_a_feed_as_if_it_were_html_finds_all_entries(ending: str, tag: str) -> None:
    every = replace(OUTPUT, formats=("atom", "rss"))
    written = files([story(1), story(2)], output=every)[f"rusland.{ending}"]
    root = html5lib.parse(written, namespaceHTMLElements=False)
    assert len(root.findall(f".//{tag}")) == 2
