"""Sites that do not change what they published: whatever is learnt of them, nothing is revised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.model import Article, Report, Story
from feedbot.poll import Tools, poll
from feedbot.schedule import open_tools
from feedbot.store import queries
from tests.quality.prose import Writer
from tests.wire import Wire, reply

ARTICLES = 60
POLLS = 5

Blocks = Sequence[str]


def paragraphs(one: Article, tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in one.paragraphs)


def semantic(one: Article, above: Blocks, below: Blocks) -> str:
    """Blocks of the site are paragraphs among those of the article."""
    around = ["".join(f"<p>{text}</p>" for text in some) for some in (above, below)]
    return (
        f"<main><article><h1>{one.title}</h1>{around[0]}{paragraphs(one)}{around[1]}"
        "</article></main>"
    )


def boxes(one: Article, above: Blocks, below: Blocks) -> str:
    """A box within the other, as themes build them."""
    return (
        f"<div class='wrap'><div class='a'>{''.join(f'<div>{text}</div>' for text in above)}</div>"
        f"<div class='b'><h1>{one.title}</h1><div class='c'>{paragraphs(one)}"
        f"<div class='d'>{''.join(f'<p>{text}</p>' for text in below)}</div></div></div></div>"
    )


def table(one: Article, above: Blocks, below: Blocks) -> str:
    """A layout of cells, and text in <div>s."""
    return (
        f"<table><tr><td>{'<br>'.join(above)}</td><td><h1>{one.title}</h1>"
        f"{paragraphs(one, 'div')}{''.join(f'<div>{text}</div>' for text in below)}</td></tr>"
        "</table>"
    )


def flat(one: Article, above: Blocks, below: Blocks) -> str:
    """No container at all."""
    around = ["".join(f"<h3>{text[:30]}</h3><p>{text}</p>" for text in x) for x in (above, below)]
    return f"{around[0]}<h1>{one.title}</h1>{paragraphs(one)}{around[1]}"


def sections(one: Article, above: Blocks, below: Blocks) -> str:
    """Every paragraph in a section of its own, and those of the site likewise."""
    every = [*above, *map(escape, one.paragraphs), *below]
    return f"<h1>{one.title}</h1>" + "".join(f"<section><p>{text}</p></section>" for text in every)


MARKUPS = [semantic, boxes, table, flat, sections]


class Paper:
    """A site of many articles, with what such sites put around them."""

    def __init__(self, wire: Wire, write: Callable[[Article, Blocks, Blocks], str]) -> None:
        self._wire, self._write = wire, write
        self.articles = [Writer((write.__name__, n)).article() for n in range(ARTICLES)]

    def show(self, visit: int) -> None:
        """Writes all pages as they are at a visit."""
        listed = "".join(
            f"<li><h2><a href='/nieuws/{n}-bericht'>{one.title}</a></h2></li>"
            for n, one in enumerate(self.articles)
        )
        page = f"<html lang='nl'><body><main><h1>Nieuws</h1><ul>{listed}</ul></main></body></html>"
        self._wire.answers["/nieuws/"] = reply(page)
        for number, one in enumerate(self.articles):
            said = self._write(one, *self._around(number, visit))
            head = f"<title>{one.title} - Krant</title>"
            page = f"<html lang='nl'><head>{head}</head><body>{said}</body></html>"
            self._wire.answers[f"/nieuws/{number}-bericht"] = reply(page)

    def _around(self, number: int, visit: int) -> tuple[list[str], list[str]]:
        """Blocks that recur on some pages only: enough to be learnt late, or by halves."""
        above, below = [], []
        if number % 4 == 0:
            above.append("Dit artikel hoort bij de reeks over de regio. Alle delen staan bijeen.")
        if number % 3 == 0:
            below.append(
                "Steun de redactie. Met een kleine gift per maand houd je dit werk mogelijk en"
                " blijft het nieuws voor iedereen te lezen, ook voor wie niet kan betalen."
            )
        if number % 5 == 0:
            below.append("Was deze pagina nuttig voor je? Ja of nee, laat het ons weten.")
        if number % 7 == 0:
            below.append("Beoordeel dit artikel, hoeveel sterren geef je? Klik op een ster.")
        if number % 20 == 0:
            below.append("Wil je meer weten over dit onderwerp? Bel of mail met de afdeling.")
        related = [self.articles[(number + other) % ARTICLES] for other in range(1, 2 + visit)]
        below += [one.paragraphs[0] for one in related if number % 2]
        return above, below


class Desk:
    """One feedbot that reads one paper."""

    def __init__(self, config: configuration.Config, tools: Tools, paper: Paper) -> None:
        self.config, self.tools, self.paper, self.visits = config, tools, paper, 0
        self.now = datetime(2026, 2, 2, 12, tzinfo=UTC)

    def visit(self) -> Report:
        self.paper.show(self.visits)
        self.visits += 1
        self.now += timedelta(minutes=30)
        [source] = self.config.sources
        [claim] = self.tools.store.claim([source.name], self.now, due_only=False)
        return poll(source, claim, self.tools)

    @property
    def stories(self) -> dict[str, Story]:
        with self.tools.store.read() as connection:
            found = queries.stories_after(connection, 0, 1000)
        return {one.article.url.rpartition("/")[2]: one for one in found}


@contextmanager
def desk(folder: Path, write: Callable[[Article, Blocks, Blocks], str]) -> Iterator[Desk]:
    with Wire() as wire:
        path = folder / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n'
            '[polling]\nrevisit = "0s"\ndelay = "0s"\n'
            f'[[sources]]\nname = "Krant"\nurl = "{wire.url}/nieuws/"\n'
            '[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        clock: list[Desk] = []
        with open_tools(config, lambda: clock[0].now) as tools:
            clock.append(Desk(config, tools, Paper(wire, write)))
            yield clock[0]


@pytest.mark.parametrize("write", MARKUPS)
def test_a_site_that_stays_as_it_is_revises_nothing_and_what_is_edited_is_revised(
    tmp_path: Path, write: Callable[[Article, Blocks, Blocks], str]
) -> None:
    with desk(tmp_path, write) as krant:
        first = krant.visit()
        assert first.count("new") == ARTICLES
        before = {name: story.updated for name, story in krant.stories.items()}
        for _ in range(POLLS - 1):
            assert krant.visit().count("revised") == 0
        assert {name: story.updated for name, story in krant.stories.items()} == before

        edited = {3: 1, 15: 0, 20: 2, 41: 1}  # article: the paragraph that is another now
        for number, at in edited.items():
            one = krant.paper.articles[number]
            edit = [*one.paragraphs]
            edit[at] = Writer(("edited", number)).paragraph()
            krant.paper.articles[number] = replace(one, paragraphs=tuple(edit))
        report = krant.visit()
        revised = {url for url, _, verdict in report.verdicts if verdict == "revised"}
        assert {url.rpartition("/")[2] for url in revised} == {f"{n}-bericht" for n in edited}
        for number, at in edited.items():
            text = krant.paper.articles[number].paragraphs
            assert text[at] in krant.stories[f"{number}-bericht"].article.paragraphs
