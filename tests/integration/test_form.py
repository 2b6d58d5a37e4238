"""Stories that an older feedbot has read gain form, and no subscriber is told."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from feedbot import config as configuration
from feedbot.model import Story
from feedbot.read.results import FORM
from feedbot.schedule import open_tools, poll_once
from feedbot.store.feed_queries import FeedQueries
from feedbot.store.records import pack_article, unpack_article
from feedbot.store.schema import page, sketch, story
from tests.wire import Wire, reply

HEADLINE = "Brug bij Veere blijft een week langer dicht"
ARTICLE = "/nieuws/brug-bij-veere-blijft-dicht"
LISTING = f"<html lang=nl><title>Nieuws</title><main><article><h2><a href='{ARTICLE}'>{HEADLINE}</a></h2></article></main>"
TEXT = "".join(f"<p>Dit is alinea {at} van het bericht over de brug.</p>" for at in range(5))
PAGE = f"<html lang=nl><title>{HEADLINE}</title><article><h1>{HEADLINE}</h1>{TEXT}<figure><img src=/foto/brug.jpg></figure><p>En dit is de laatste regel.</p></article>"


@pytest.mark.parametrize("days", [0, 30], ids=["read again soon", "never read again"])
def test_a_story_of_an_older_feedbot_gets_its_pictures_and_stays_as_it_was(
    tmp_path: Path, days: int
) -> None:
    now = datetime.now(UTC)
    with Wire() as wire:
        wire.answers["/nieuws"] = reply(LISTING)
        wire.answers[ARTICLE] = reply(PAGE, 'ETag: "1"')
        url = f"{wire.url}/nieuws"
        path = tmp_path / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
            f'[[sources]]\nname = "Streek"\nurl = "{url}"\n[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        with open_tools(config, lambda: now) as tools:

            def stored() -> Story:
                (filed,) = FeedQueries(tools.store).window("alles", 100, config.output.keep)
                return FeedQueries(tools.store).stories([filed.story])[filed.story]

            def poll() -> int:
                (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
                return report.count("revised")

            poll()
            before = stored()
            assert "<img" in before.article.html
            with tools.store.write() as connection:  # as an older feedbot would have left it
                article = unpack_article(connection.scalar(select(story.c.article)))
                older = replace(article, html="<p>Kaal.</p>", paragraphs=article.paragraphs[:-1])
                connection.execute(update(story).values(article=pack_article(older)))
                connection.execute(delete(sketch))
                connection.execute(update(page).values(form=0, beside=None))
                if days:
                    connection.execute(update(page).values(next_fetch=None))
            now += timedelta(days=days, minutes=1)
            assert poll() == 0
            asked = [one for one in wire.requests if one.path == ARTICLE]
            assert len(asked) == 2
            assert "if-none-match" not in asked[-1].headers, "an unchanged page must come again"
            assert stored() == before
            with tools.store.read() as connection:
                assert connection.scalar(select(page.c.form)) == FORM
                changes = connection.scalar(select(story.c.cosmetic))
            assert poll() == 0
            with tools.store.read() as connection:
                assert connection.scalar(select(story.c.cosmetic)) == changes
