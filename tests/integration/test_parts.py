"""An article on several pages is one story, and stays whole when one of them cannot be had."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.cli.output import preview_text
from feedbot.config import Config
from feedbot.operations.explain import preview, why
from feedbot.read.site_model import load
from feedbot.schedule import open_tools, poll_once
from feedbot.store import queries
from feedbot.store.feed_queries import FeedQueries
from tests.wire import Wire, reply

HEADLINES = (
    "Brug bij Veere blijft een week langer dicht",
    "Oogst van mosselen valt dit jaar erg mee",
    "Veerdienst vaart in de winter minder vaak",
)
LISTING = "<html lang=nl><title>Nieuws</title><main>" + "".join(
    f"<article><h2><a href='/nieuws/bericht-{n}'>{title}</a></h2></article>"
    for n, title in enumerate(HEADLINES)
)


def page(number: int, part: int, more: str) -> str:
    text = "".join(
        f"<p>Dit is alinea {at} op bladzijde {part} van bericht {number} uit de streek.</p>"
        for at in range(4)
    )
    title = HEADLINES[number]
    return f"<html lang=nl><title>{title}</title><article><h1>{title}</h1>{text}</article>{more}"


@pytest.fixture
def wire() -> Iterator[Wire]:
    pages = {
        "/nieuws": LISTING,
        "/nieuws/bericht-0": page(0, 1, "<a rel=next href=/nieuws/bericht-0/2>2</a>"),
        "/nieuws/bericht-0/2": page(0, 2, "<a rel=next href=/nieuws/bericht-0/3>3</a>"),
        "/nieuws/bericht-0/3": page(0, 3, ""),
        "/nieuws/bericht-1": page(1, 1, "<link rel=next href=/nieuws/bericht-2>"),
        "/nieuws/bericht-2": page(2, 1, ""),
    }
    with Wire() as wire:
        wire.answers |= {path: reply(said) for path, said in pages.items()}
        yield wire


@pytest.fixture
def config(tmp_path: Path, wire: Wire) -> Config:
    path = tmp_path / "feedbot.toml"
    path.write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\nrevisit = "0s"\n'
        f'[[sources]]\nname = "Streek"\nurl = "{wire.url}/nieuws"\n[topics]\nAlles = "*"\n'
    )
    return configuration.load(path)


WHOLE = [f"Dit is alinea {at} op bladzijde {part}" for part in (1, 2, 3) for at in range(4)]
VIEW = "/nieuws/bericht-0?page=all"
WITH_VIEW = f"<a href=/nieuws/bericht-0/2>2</a> <a href='{VIEW}'>Alles op één pagina</a>"


def told(config: Config) -> tuple[str, list[str]]:
    """Where `why` and `preview` have the text of the first article from, and its paragraphs."""
    url = config.sources[0].urls[0]
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        article = why(f"{url}/bericht-0", config, tools).article
        seen = preview(url, config, tools, 3)
    [listed] = [one.article for one in seen.accounts if one.article.title == HEADLINES[0]]
    assert (listed.paragraphs, listed.origins.text) == (article.paragraphs, article.origins.text)
    assert f"({article.origins.text})" in preview_text(seen)
    return article.origins.text, [one.partition(" van bericht")[0] for one in article.paragraphs]


def test_why_and_preview_read_all_parts_and_say_so(config: Config) -> None:
    assert told(config) == ("3 pages", WHOLE)


def test_the_single_page_view_is_read_instead_of_the_parts(wire: Wire, config: Config) -> None:
    wire.answers["/nieuws/bericht-0"] = reply(page(0, 1, WITH_VIEW))
    first, second, third = (page(0, part, "") for part in (1, 2, 3))
    texts = second.partition("</h1>")[2] + third.partition("</h1>")[2]
    wire.answers[VIEW] = reply(first.replace("</article>", texts.replace("</article>", "")))
    assert told(config) == ("single-page view", WHOLE)
    assert "/nieuws/bericht-0/2" not in wire.paths()


@pytest.mark.parametrize("status", [200, 404])
def test_the_parts_are_read_where_the_single_page_view_holds_less(
    wire: Wire, config: Config, status: int
) -> None:
    wire.answers["/nieuws/bericht-0"] = reply(page(0, 1, WITH_VIEW))
    wire.answers[VIEW] = reply(page(0, 1, ""), status=status)
    assert told(config) == ("3 pages", WHOLE)


def test_the_parts_of_an_article_are_one_story_that_is_never_cut_short(
    wire: Wire, config: Config
) -> None:
    url = config.sources[0].urls[0]

    def stories() -> dict[str, list[str]]:
        known = FeedQueries(tools.store).window("alles", 100, config.output.keep)
        return {
            one.article.title: [
                text.partition(" van bericht")[0] for text in one.article.paragraphs
            ]
            for one in FeedQueries(tools.store).stories([filed.story for filed in known]).values()
        }

    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
        assert report.count("new") == 3
        with tools.store.read() as connection:
            kinds = load(queries.site_of(connection, "Streek")).kinds
        assert {trait.partition(" ")[0]: known for trait, known in kinds.items()} == {
            "form": (3, 0),  # each article once, however many pages it is on
            "place": (3, 0),
        }
        whole = stories()
        assert whole[HEADLINES[0]] == WHOLE
        assert len(whole[HEADLINES[1]]) == len(whole[HEADLINES[2]]) == 4

        wire.answers["/nieuws/bericht-0/3"] = reply(status=503)
        (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
        assert [one.url for one in report.failures] == [f"{url}/bericht-0"]
        assert (report.count("revised"), stories()) == (0, whole)
