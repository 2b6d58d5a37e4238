"""The site corrects what its listing promised: a link that led to no article is not taken again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.model import Report
from feedbot.operations.explain import Preview, preview
from feedbot.schedule import open_tools, poll_once
from tests.wire import Wire, reply

HEADLINES = (
    "Brug bij Veere blijft een week langer dicht",
    "Oogst van mosselen valt dit jaar erg mee",
    "Veerdienst vaart in de winter minder vaak",
    "Nieuwe dijk krijgt een pad voor wandelaars",
)
PROMISE = "Alle uitslagen van de streek op een rij"  # reads like a headline, and is a table


PLACES = ("Veere", "Goes", "Hulst", "Tholen", "Sluis", "Kapelle", "Borsele", "Reimerswaal")


def listing() -> str:
    titles = [*HEADLINES, PROMISE]
    return "<html lang=nl><title>Nieuws</title><body><main>" + "".join(
        f"<article><h2><a href='/nieuws/{number}-uit-de-streek'>{title}</a></h2></article>"
        for number, title in enumerate(titles)
    )


def page(number: int) -> str:
    if number == len(HEADLINES):
        return f"<html lang=nl><title>{PROMISE}</title><h1>{PROMISE}</h1><p>2-1, 3-0.</p>"
    text = "".join(
        f"<p>Dit is alinea {at} van bericht {number} uit de streek.</p>" for at in range(6)
    )
    return f"<html lang=nl><title>{HEADLINES[number]}</title><article><h1>{HEADLINES[number]}</h1>{text}</article>"


class Club:
    """A site whose listing mixes reports with tables of results; `day` decides which."""

    day = 0

    def answer(self, path: str) -> str:
        if path == "/nieuws":
            return self._listing()
        name = path.rpartition("/")[2]
        title = name.replace("-", " ").capitalize()
        if path.startswith("/uitslagen/"):
            return f"<html lang=nl><title>{title}</title><h1>{title}</h1><p>2-1, 3-0.</p>"
        text = "".join(f"<p>Zin {at} van het verslag {name} van deze club.</p>" for at in range(6))
        return f"<html lang=nl><title>{title}</title><article><h1>{title}</h1>{text}</article>"

    def _listing(self) -> str:
        cards = "".join(
            f"<article><h2><a href='{path}'>{path.rpartition('/')[2].replace('-', ' ')}</a></h2>"
            "</article>"
            for path in (*self.reports(), *self.tables())
        )
        return f"<html lang=nl><title>Nieuws</title><body><main>{cards}</main>"

    def reports(self) -> list[str]:
        places = PLACES[:6] if self.day == 0 else PLACES[4:]
        return [f"/verslag/ploeg-{self.day}-wint-na-verlenging-van-{one.lower()}" for one in places]

    def tables(self) -> list[str]:
        places = PLACES[:4] if self.day == 0 else PLACES[4:]
        return [f"/uitslagen/alle-standen-{self.day}-in-de-klasse-{one.lower()}" for one in places]


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire() as wire:
        wire.answers["/nieuws"] = reply(listing())
        for number in range(len(HEADLINES) + 1):
            wire.answers[f"/nieuws/{number}-uit-de-streek"] = reply(page(number))
        yield wire


@pytest.fixture
def club() -> Iterator[tuple[Wire, Club]]:
    with Wire() as wire:
        club = Club()
        for club.day in (1, 0):
            for path in (*club.reports(), *club.tables()):
                wire.answers[path] = reply(club.answer(path))
        wire.answers["/nieuws"] = reply(club.answer("/nieuws"))
        yield wire, club


def configured(home: Path, url: str) -> Config:
    path = home / "feedbot.toml"
    path.write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
        f'[[sources]]\nname = "Streek"\nurl = "{url}"\n[topics]\nAlles = "*"\n'
    )
    return configuration.load(path)


class Clock:
    """The time of a poll, which a test moves on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def poll_for_a_fortnight(config: Config) -> None:
    clock = Clock()
    with open_tools(config, clock) as tools:
        for _ in range(14 * 4):
            poll_once(config, tools, ["Streek"], threading.Event())
            clock.now += timedelta(hours=6)


def look(config: Config, url: str) -> Preview:
    """What a listing yields; a process of its own, as it were: everything is opened anew."""
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        return preview(url, config, tools, 0)


def poll(config: Config) -> Report:
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
    return report


def precision(found: Preview, wire: Wire, club: Club) -> float:
    taken = {link.url.removeprefix(wire.url) for link in found.links}
    assert taken.issuperset(club.reports()), "no report is lost"
    return len(club.reports()) / len(taken)


def test_what_the_first_visit_found_makes_the_second_one_more_precise(
    tmp_path: Path, club: tuple[Wire, Club]
) -> None:
    wire, site = club
    url = f"{wire.url}/nieuws"
    config = configured(tmp_path, url)
    assert precision(look(config, url), wire, site) == 0.6, "six reports and four tables"
    assert len(poll(config).failures) == 4
    site.day = 1
    wire.answers["/nieuws"] = reply(site.answer("/nieuws"))
    after = look(config, url)
    assert precision(after, wire, site) == 1.0, "other tables than those that were read"
    whys = {link.why for link in after.left}
    assert "links like it led to pages that are not articles" in "; ".join(whys)
    assert "addresses such as /uitslagen/*: 4 of 4 were not articles" in after.learnt
    poll(config)
    asked_for = Counter(wire.paths())
    assert not any(asked_for[path] for path in site.tables()), (
        "none of the new tables was asked for"
    )


def test_a_link_that_led_to_no_article_is_left_out_of_the_listing(
    tmp_path: Path, wire: Wire
) -> None:
    url = f"{wire.url}/nieuws"
    config = configured(tmp_path, url)
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        before = preview(url, config, tools, 0)
        assert [one.title for one in before.links] == [*HEADLINES, PROMISE]
        (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
        assert report.count("new") == len(HEADLINES)
        assert [one.url.rpartition("/")[2] for one in report.failures] == ["4-uit-de-streek"]
        after = preview(url, config, tools, 0)
        assert [one.title for one in after.links] == list(HEADLINES)
        assert "1 links led to pages that are not articles: left out" in after.learnt
    assert wire.paths().count("/nieuws/4-uit-de-streek") == 1


def test_a_false_link_costs_one_fetch_once(tmp_path: Path, club: tuple[Wire, Club]) -> None:
    wire, site = club
    poll_for_a_fortnight(configured(tmp_path, f"{wire.url}/nieuws"))
    asked_for = Counter(wire.paths())
    assert [asked_for[path] for path in site.tables()] == [1, 1, 1, 1]


def test_an_empty_page_among_articles_is_asked_for_once_more_as_it_may_have_come_too_early(
    tmp_path: Path, wire: Wire
) -> None:
    poll_for_a_fortnight(configured(tmp_path, f"{wire.url}/nieuws"))
    assert wire.paths().count("/nieuws/4-uit-de-streek") == 2
