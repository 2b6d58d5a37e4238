"""Stories that an older feedbot has read gain form, and no subscriber is told."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from feedbot import config as configuration
from feedbot.model import Story
from feedbot.results import FORM
from feedbot.schedule import open_tools, poll_once
from feedbot.store.records import pack_article, unpack_article
from feedbot.store.schema import page, sketch, story
from feedbot.store.shelf import Shelf

HEADLINE = "Brug bij Veere blijft een week langer dicht"
LISTING = f"<html lang=nl><title>Nieuws</title><main><article><h2><a href='/nieuws/brug-bij-veere-blijft-dicht'>{HEADLINE}</a></h2></article></main>"
TEXT = "".join(f"<p>Dit is alinea {at} van het bericht over de brug.</p>" for at in range(5))
PAGE = f"<html lang=nl><title>{HEADLINE}</title><article><h1>{HEADLINE}</h1>{TEXT}<figure><img src=/foto/brug.jpg></figure><p>En dit is de laatste regel.</p></article>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        said = PAGE if "brug" in self.path else LISTING
        known = self.headers.get("If-None-Match") == '"1"' and "brug" in self.path
        self.send_response(304 if known else 404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("ETag", '"1"')
        self.end_headers()
        if not known:
            self.wfile.write(said.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("days", [0, 30], ids=["read again soon", "never read again"])
def test_a_story_of_an_older_feedbot_gets_its_pictures_and_stays_as_it_was(
    tmp_path: Path, days: int
) -> None:
    now = datetime.now(UTC)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/nieuws"
        path = tmp_path / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
            f'[[sources]]\nname = "Streek"\nurl = "{url}"\n[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        with open_tools(config, lambda: now) as tools:

            def stored() -> Story:
                (filed,) = Shelf(tools.store).window("alles", 100, config.output.keep)
                return Shelf(tools.store).stories([filed.story])[filed.story]

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
            assert stored() == before
            with tools.store.read() as connection:
                assert connection.scalar(select(page.c.form)) == FORM
                changes = connection.scalar(select(story.c.cosmetic))
            assert poll() == 0
            with tools.store.read() as connection:
                assert connection.scalar(select(story.c.cosmetic)) == changes
        server.shutdown()
