"""News that stands whole on one page, followed by real processes: added, revised, scrolled off."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

from feedbot.demo.portal import LISTING, Portal
from feedbot.demo.server import Answer
from tests.processes import entries, feedbot, output

BRIDGE = (
    "De Koningsbrug is van maandag tot en met vrijdag dicht voor al het verkeer, ook voor fietsers."
)
HALL = (
    "De raad heeft ingestemd met een sporthal aan de Veerseweg, die {cost} miljoen euro mag kosten."
)
SALT = "Bij gladheid strooit de gemeente eerst de hoofdwegen en de routes van de bus, daarna fietspaden."
YARD = "De milieustraat sluit tot maart om vier uur in plaats van om vijf uur, behalve op zaterdag."


class Council(Portal):
    """A council's page of news: articles with ids, a list on top of which new ones are put."""

    visits = 1

    def answer(self, method: str, target: str, headers: Message) -> Answer:
        return (
            Answer(body=self.page())
            if target == LISTING
            else super().answer(method, target, headers)
        )

    def page(self) -> str:
        every = [
            (44, "Brug een week dicht", BRIDGE),
            (
                43,
                "Raad wil nieuwe sporthal",
                HALL.format(cost="elf" if self.visits == 1 else "zestien"),
            ),
            (42, "Zo strooit de gemeente", SALT),
            (41, "Milieustraat gaat eerder dicht", YARD),
        ]
        shown = every[1:] if self.visits == 1 else every[:3]
        return f"<title>Nieuws</title><h1>Nieuws</h1>{''.join(map(self._article, shown))}"

    def _article(self, one: tuple[int, str, str]) -> str:
        number, title, text = one
        day = datetime.now(UTC).date() - timedelta(days=3 * (45 - number))
        return (
            f"<article id=bericht-{number}><h2>{title}</h2>"
            f"<time datetime={day}>{day:%d-%m-%Y}</time><p>{text}</p></article>"
        )


def polled(home: Path) -> dict[str, Any]:
    done = feedbot(home, "poll", "--json")
    assert done.returncode == 0, done.stderr
    source: dict[str, Any] = json.loads(done.stdout)["sources"][0]
    return {name: source[name] for name in ("new", "revised", "duplicate", "failed")}


def test_what_is_added_is_new_what_changes_is_revised_and_what_leaves_the_page_stays(
    tmp_path: Path,
) -> None:
    with Council() as council:
        (tmp_path / "feedbot.toml").write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
            f'[[sources]]\nname = "Veerland"\nurl = {json.dumps(council.url)}\n[topics]\nAlles = "*"\n',
            encoding="utf-8",
        )
        assert feedbot(tmp_path, "check").returncode == 0
        shown = feedbot(tmp_path, "preview", council.url).stdout
        assert shown.count("it stands whole on the page") == 3
        assert polled(tmp_path) == {"new": 3, "revised": 0, "duplicate": 0, "failed": 0}
        before = {one.title: one for one in entries(tmp_path, "alles")}
        assert before["Zo strooit de gemeente"].link == f"{council.url}#bericht-42"
        council.visits = 2
        assert polled(tmp_path) == {"new": 1, "revised": 1, "duplicate": 0, "failed": 0}
        after = {one.title: one for one in entries(tmp_path, "alles")}
        assert set(after) == {*before, "Brug een week dicht"}
        assert {one.id for one in before.values()} < {one.id for one in after.values()}
        assert "zestien miljoen" in after["Raad wil nieuwe sporthal"].content[0].value
        for title in ("Zo strooit de gemeente", "Milieustraat gaat eerder dicht"):
            assert after[title].updated == before[title].updated
        files = output(tmp_path)
        assert polled(tmp_path) == {"new": 0, "revised": 0, "duplicate": 0, "failed": 0}
        assert output(tmp_path) == files
        status = json.loads(feedbot(tmp_path, "status", "--json").stdout)["sources"][0]
        assert (status["health"], status["articles"]) == ("ok", 4)
        why = json.loads(feedbot(tmp_path, "why", f"{council.url}#bericht-43", "--json").stdout)
        assert (why["verdict"], why["published_from"]) == ("revised", "listing")
        gone = json.loads(feedbot(tmp_path, "why", f"{council.url}#bericht-41", "--json").stdout)
        assert YARD in gone["text"]
