"""The page of all topics, for three of them and for three hundred."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feedbot.model import Topic
from feedbot.publish import Renderer
from feedbot.publish.cards import TopicCard, TopicHeadline, topic_card
from tests.shelves import NOW, OUTPUT


def index(count: int, folder: Path) -> str:
    """The page for topics with two entries each, of which the older one is of the day before."""
    topics = [Topic(name=f"Onderwerp nummer {n}", slug=f"onderwerp-{n}") for n in range(count)]
    press = Renderer(OUTPUT, topics, folder)
    cards: list[TopicCard] = []
    for number, topic in enumerate(topics):
        headlines = [
            TopicHeadline(
                anchor=f"s{number:010}{age:02}",
                title=f"Een kop van gewone lengte, zoals er heel veel zijn, nummer {number}",
                source="Voorbeeld",
                language="nl",
                published=NOW + timedelta(minutes=number, hours=-24 * age),
                updated=NOW,
            )
            for age in range(2)
        ]
        cards.append(topic_card(topic, headlines, press.pages.words))
    return press.common(cards, ())["index.html"].decode()


@pytest.mark.parametrize(
    ("count", "headlines", "news", "feeds"),
    [(3, 3 * 2, 6, 3), (60, 60, 12, 60), (300, 0, 12, 0)],
)
def test_the_more_topics_the_less_the_index_says_of_each(
    count: int, headlines: int, news: int, feeds: int, tmp_path: Path
) -> None:
    page = index(count, tmp_path)
    assert page.count('class="name"') == count
    assert page.count('class="last"') == headlines
    assert page.count("gewone lengte") == headlines + news
    assert page.count('type="application/atom+xml"') == feeds, "nobody chooses from hundreds"
    assert len(page.encode()) < 100_000


def test_one_of_hundreds_says_how_much_came_and_when(tmp_path: Path) -> None:
    page = index(300, tmp_path)
    time = '<time class="age" datetime="2026-02-01T16:59:00+00:00" data-ago>17:59 uur</time>'
    assert f'onderwerp-299.html">Onderwerp nummer 299</a> {time} <span class="count"' in page
