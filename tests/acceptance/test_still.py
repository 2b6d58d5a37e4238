"""The promise of the whole: articles whole, once, in their topics, and files that stay still."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import feedparser
import pytest
from lxml.html import fromstring

from feedbot.demo import OLDER, WireStory, configuration
from feedbot.demo.portal import Portal
from tests.portal import SeedPortal, seed_portal  # noqa: F401 - a fixture
from tests.processes import feedbot, output


@pytest.fixture
def restless_portal() -> Iterator[Portal]:
    """The built-in site without validators: other teasers and other ages at every request."""
    with Portal(validators=False) as site:
        yield site


@pytest.fixture(params=["seed_portal", "restless_portal"])
def portal(request: pytest.FixtureRequest) -> Portal:
    site: Portal = request.getfixturevalue(request.param)
    return site


def teasers(portal: Portal, story: WireStory) -> Sequence[str]:
    """What stands beside a story: the leads of all others, and of stories long gone."""
    others = [one.lead for one in portal.stories if one != story]
    return [*others, *(OLDER if not isinstance(portal, SeedPortal) else portal.older)]


def paragraphs(entry: feedparser.FeedParserDict) -> list[str]:
    root = fromstring(f"<div>{entry.content[0].value}</div>")
    return [
        text for p in root.iter("p", "h3", "li") if (text := " ".join(p.text_content().split()))
    ]


def test_every_entry_is_whole_and_alone_and_no_file_moves(tmp_path: Path, portal: Portal) -> None:
    (tmp_path / "feedbot.toml").write_text(configuration(portal.url, tmp_path), encoding="utf-8")
    first = feedbot(tmp_path, "poll")
    assert first.returncode == 0, first.stderr
    stories = {story.headline: story for story in portal.stories}
    seen = set()
    for slug in ("rusland", "china"):
        feed = feedparser.parse((tmp_path / "feeds" / f"{slug}.xml").read_bytes())
        assert not feed.bozo
        titles = [entry.title for entry in feed.entries]
        assert len(titles) == len(set(titles))
        for entry in feed.entries:
            story = stories[entry.title]
            assert tuple(paragraphs(entry)) == story.paragraphs
            assert not [lead for lead in teasers(portal, story) if lead in entry.content[0].value]
            seen.add((slug, entry.title))
    if isinstance(portal, SeedPortal):
        assert seen == {(slug, title) for slug in ("rusland", "china") for title in stories}
    before = output(tmp_path)
    for _ in range(3):
        again = json.loads(feedbot(tmp_path, "poll", "--json").stdout)
        assert again["sources"][0]["unchanged"] == len(stories)
        assert output(tmp_path) == before
