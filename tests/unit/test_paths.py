"""A breadcrumb that ends in the headline: it is no text, and says when the article was published."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from feedbot.model import Link
from tests.sample_pages import HOME, PARAGRAPHS, TITLE, html, paragraphs, read

SAID = Link(url=f"{HOME}rusland", title=TITLE)


@pytest.mark.parametrize(
    "path",
    [
        "<p><b><a href=/n>Haberler</a></b> &gt; 16-04-2018 &gt; {}:</p>",
        "<div><a href=/>Startseite</a> › <a href=/n>Aktuelles</a> › 16. April 2018 › {}</div>",
        "<table><tr><td>You are here: <a href=/>Home</a> » 16 April 2018 » {}</td></tr></table>",
        "<p><a href=/n>Nieuws</a> / 16 april 2018 / {}</p>",
        "<div><a href=/n>新闻中心</a>&gt;2018-04-16&gt;{}</div>",
        "<p><a href=/n>Новости</a> → 16 апреля 2018 → {}</p>",
    ],
)
def test_a_breadcrumb_with_the_headline_is_dated_and_no_text(path: str) -> None:
    page = html(f"<div>{path.format(TITLE)}{paragraphs()}</div>", title="Rusland")
    found = read(page, link=SAID)
    assert found.title == TITLE
    assert found.paragraphs == PARAGRAPHS
    assert found.published
    assert found.published.at.astimezone(ZoneInfo("Europe/Amsterdam")).date() == date(2018, 4, 16)


@pytest.mark.parametrize(
    "line",
    [
        "In <a href=/n>Haberler</a> stond gisteren: {}",  # no path leads to it
        "Rusland &gt; {}",  # nor does one without a link
    ],
)
def test_a_line_with_the_headline_that_is_no_path_is_text(line: str) -> None:
    page = html(f"<div><p>{line.format(TITLE)}</p>{paragraphs()}</div>", title="Rusland")
    assert len(read(page, link=SAID).paragraphs) == 1 + len(PARAGRAPHS)


@pytest.mark.parametrize("mark", ["> ", "» ", "•", "▶ ", ">> "])
def test_the_mark_before_each_headline_of_a_list_is_no_part_of_it(mark: str) -> None:
    link = Link(url=f"{HOME}rusland", title=mark + TITLE)
    page = html(f"<div><p><b>{TITLE}</b></p>{paragraphs()}</div>", title="")
    assert read(page, link=link).title == TITLE
