"""A forum lists each topic once, though it also links the last post of each."""

from __future__ import annotations

from textwrap import dedent

import pytest

from feedbot.read.discover.links import discover
from tests.sample_pages import HOME, SOURCE, document

TITLES = (
    "Relais auf dem Brocken wieder in Betrieb",
    "Weihnachtsfeier am 12. Dezember im Clubheim",
    "Neuer Lötkurs für Anfänger ab Januar",
    "Flohmarkt für Funkgeräte in der Stadthalle",
)
DAYS = ("27 November 2025", "20 November 2025", "7 November 2025", "1 November 2025")


def listed(row: str, page: str = "<ul class=topics>{}</ul>") -> list[tuple[str, str]]:
    """The addresses and titles of what a list of such rows leads to."""
    rows = (
        row.format(t=311 - 7 * at, p=902 - 30 * at, title=title, day=DAYS[at])
        for at, title in enumerate(TITLES)
    )
    body = f"<body><main><h1>Bekanntmachungen</h1>{page.format(''.join(rows))}</main></body>"
    found = discover(document(body, f"{HOME}/board/"), SOURCE)
    return [(one.url.removeprefix(HOME), one.title) for one in found]


PHPBB = """<li><dl><dt><a class=topictitle href="/viewtopic.php?t={t}">{title}</a> by
    <a href="/memberlist.php?u=2">Anna</a> » <time>{day}</time></dt><dd class=lastpost>Last post by
    <a href="/memberlist.php?u=2">Anna</a> <a title="Go to the last post"
    href="/viewtopic.php?p={p}#p{p}"><i class=icon></i></a><br>{day}</dd></dl></li>"""
XENFORO = """<li><div><a href="/threads/topic.{t}/">{title}</a> <time>{day}</time></div>
    <div class=latest><a href="/threads/topic.{t}/latest"><time>{day}</time></a></div></li>"""
SMF = """<li><p><a href="/index.php?topic={t}.0">{title}</a> {day}</p>
    <p><a href="/index.php?topic={t}.msg{p}#new">Re: {title}</a></p></li>"""
MYBB = """<li><b><a href="/showthread.php?tid={t}">{title}</a></b> {day} <i>
    <a href="/showthread.php?action=lastpost&tid={t}">{day}</a></i></li>"""
DISCOURSE = """<li><h3><a href="/t/topic/{t}">{title}</a></h3> <span>{day}</span>
    <span><a href="/t/topic/{t}/12">12</a></span></li>"""


@pytest.mark.parametrize(
    ("row", "address"),
    [
        pytest.param(PHPBB, "/viewtopic.php?t={}", id="phpBB"),
        pytest.param(XENFORO, "/threads/topic.{}/", id="XenForo"),
        pytest.param(SMF, "/index.php?topic={}.0", id="SMF"),
        pytest.param(MYBB, "/showthread.php?tid={}", id="MyBB"),
        pytest.param(DISCOURSE, "/t/topic/{}", id="Discourse"),
    ],
)
def test_each_topic_is_one_link_with_its_title(row: str, address: str) -> None:
    assert listed(row) == [(address.format(311 - 7 * at), title) for at, title in enumerate(TITLES)]


TWICE = """<li><a href="/news.php?id={t}"><img src="/{t}.jpg"></a>
    <a href="/news.php?id={t}#text">{title}</a> {day}</li>"""
FOLDER = """<li><a href="/news">News</a> <a href="/news/{p}"><img src="/{t}.jpg"></a>
    <p>{title}</p> {day}</li>"""
REPLIES = """<li><a href="/t/{t}">{title}</a> {day}</li><li><a href="/t/{t}/{p}">{title} 2</a>
    {day}</li>"""


@pytest.mark.parametrize(
    ("row", "pages"),
    [
        pytest.param(TWICE, 4, id="a picture and a headline of one page"),
        pytest.param(FOLDER, 4, id="the folder of all stories beside each of them"),
        pytest.param(REPLIES, 8, id="stories in rows of their own"),
    ],
)
def test_stories_beside_other_links_stay(row: str, pages: int) -> None:
    assert len(listed(dedent(row))) == pages
