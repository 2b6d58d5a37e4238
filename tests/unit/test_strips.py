"""What touches a date stands apart from it: who wrote, when, and how many read it."""

from __future__ import annotations

from datetime import date

import pytest

from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from tests.sample_pages import PARAGRAPHS, SOURCE, TITLE, document, html, paragraphs


def lines(markup: str) -> list[str]:
    """The blocks of a page, as text."""
    return [one.text for one in document(f"<body>{markup}</body>").blocks]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            "<p><span>Jan Jansen</span><span>12.3.2024</span><span>1,234 views</span></p>",
            "Jan Jansen 12.3.2024 1,234 views",
        ),
        (
            "<p><span class=a>ليلى حداد</span><span class=d>٢٧ نوفمبر ٢٠٢٦</span><span class=c>0</span></p>",
            "ليلى حداد ٢٧ نوفمبر ٢٠٢٦ 0",
        ),
        ("<p><a class=a>王小明</a><i class=d>2026年1月12日</i></p>", "王小明 2026年1月12日"),
        ("<p><b>8</b><time>12.3.2024</time></p>", "8 12.3.2024"),
        ("<p><span>2024-03-12</span><i></i><span>3 min</span></p>", "2024-03-12 3 min"),
        ("<p><a href=/a>Jan Jansen</a><span>3 hours ago</span></p>", "Jan Jansen 3 hours ago"),
        ("<p><time>2026-03-12</time><time>2026-03-14</time></p>", "2026-03-12 2026-03-14"),
        (
            "<p><span><span>Jan Jansen</span><em>12.3.2024</em></span><b>0 replies</b></p>",
            "Jan Jansen 12.3.2024 0 replies",
        ),
    ],
)
def test_the_parts_of_a_line_with_a_date_stand_apart(markup: str, said: str) -> None:
    assert lines(markup) == [said]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p><span>1</span><span>2 March 2024</span></p>", "12 March 2024"),
        (
            "<p><span>Room 12.3.2024 in Mid</span><span>delburg</span></p>",
            "Room 12.3.2024 in Middelburg",
        ),
        ("<p><span>12 March 2024</span><span>, at noon</span></p>", "12 March 2024, at noon"),
        ("<p>时间：<b>2024年11月15日</b><b>1</b><b>3</b><b>点</b></p>", "时间：2024年11月15日13点"),
        ("<p><span>H</span><span>ello</span></p>", "Hello"),
        ("<p><span>Z</span><span>aterdag 12 maart 2024</span></p>", "Zaterdag 12 maart 2024"),
        (
            "<p><span>Jan</span> schreef op <span>12 maart 2024</span> dat hij gaat</p>",
            "Jan schreef op 12 maart 2024 dat hij gaat",
        ),
        (
            "<p><span>12 maart 2024</span> door <span>Jan</span> en <b>Els</b></p>",
            "12 maart 2024 door Jan en Els",
        ),
        ("<p>10<sup>3</sup> on 12 March 2024</p>", "103 on 12 March 2024"),
        (
            "<pre><span>day</span><span>2024</span><b>A</b><span>2024-03-12</span></pre>",
            "day2024A2024-03-12",
        ),
    ],
)
def test_words_and_numbers_that_are_cut_in_two_stay_whole(markup: str, said: str) -> None:
    assert lines(markup) == [said]


@pytest.mark.parametrize(
    "line",
    [
        "<p>{0}{1}{2}</p>",
        "<div class=meta>{0}{1}{2}</div>",
        "<ul><li>{0}{1}</li><li>{2}</li></ul>",
        "<div>{2}{1}{0}</div>",
    ],
)
def test_such_a_line_tells_author_and_date_and_is_no_text(line: str) -> None:
    parts = [f"<span>{one}</span>" for one in ("Maria de Vries", "12.01.2026", "1,234 views")]
    page = document(html(f"<main><h1>{TITLE}</h1>{line.format(*parts)}{paragraphs()}</main>"))
    article = extract(page, SOURCE, SiteModel(), None)
    assert article.paragraphs == PARAGRAPHS
    assert article.authors == ("Maria de Vries",)
    assert article.published is not None
    assert article.published.at.date() == date(2026, 1, 11)  # in UTC
