"""`feedbot preview`: what a person sees who tries a site, and what it advises."""

from __future__ import annotations

import json
import re
from email.message import Message
from pathlib import Path

from feedbot.demo.portal import LISTING, Portal
from feedbot.demo.server import Answer
from tests.processes import feedbot


class Restless(Portal):
    """Every article stands somewhere else."""

    def answer(self, method: str, target: str, headers: Message) -> Answer:
        said = super().answer(method, target, headers)
        if target == LISTING or "<h1" not in said.body:
            return said
        heading = re.search(r"<h1.*?</h1>", said.body, re.DOTALL)
        assert heading
        texts = "".join(re.findall(r"<p>.*?</p>", said.body, re.DOTALL)[:5])
        name = re.sub("[^a-z]", "", target)
        return Answer(
            body=f"<html><head><title>{target}</title></head><body><div class={name}>"
            f"{heading[0]}<section class={name}>{texts}</section></div></body></html>"
        )


class Empty(Portal):
    """The listing comes by script."""

    def answer(self, method: str, target: str, headers: Message) -> Answer:
        if target == LISTING:
            return Answer(body="<html><body><div id=app></div><script>go()</script></body></html>")
        return super().answer(method, target, headers)


def configure(home: Path, url: str) -> None:
    lines = (
        '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
        '[[sources]]\nname = "Portaal"\nurl = {}\n[topics]\nRusland = "country:RU"\n'
    )
    (home / "feedbot.toml").write_text(lines.format(json.dumps(url)), encoding="utf-8")


def test_a_site_that_is_understood_is_shown_in_two_tables_and_needs_no_advice(
    tmp_path: Path, portal: Portal
) -> None:
    configure(tmp_path, portal.url)
    shown = feedbot(tmp_path, "preview", portal.url, "-n", "4").stdout
    assert "articles on http://127.0.0.1" in shown.splitlines()[0]
    for column in ("published", "title", "why", "words", "found by", "topics"):
        assert column in shown
    articles = re.findall(r"^[\d-]+ [\d:]+ +(\d+)  (?:learnt|generic) +(\S+) ", shown, re.MULTILINE)
    assert [topic for _, topic in articles] == ["Rusland", "Rusland", "–", "–"]
    assert all(100 < int(words) < 200 for words, _ in articles), "how long the texts are"
    assert "select.body" not in shown
    assert "advice" not in shown


def test_neither_check_nor_preview_tells_a_secret(tmp_path: Path, portal: Portal) -> None:
    secret = portal.url.replace("//", "//lezer:GEHEIM@") + "?token=GEHEIM"
    configure(tmp_path, secret)
    for command in (["check"], ["preview", secret, "-n", "2"], ["preview", secret, "--json"]):
        done = feedbot(tmp_path, *command)
        assert done.returncode == 0
        said = done.stdout + done.stderr
        assert "127.0.0.1" in said
        assert "GEHEIM" not in said
        assert "lezer" not in said


def test_articles_that_stand_nowhere_in_particular_are_worth_a_line_of_advice(
    tmp_path: Path,
) -> None:
    with Restless() as site:
        configure(tmp_path, site.url)
        shown = feedbot(tmp_path, "preview", site.url, "-n", "4").stdout
    advice = next(line for line in shown.splitlines() if line.startswith("advice:"))
    assert "of 4 articles share a layout" in advice
    assert 'select.body = "' in advice


def test_a_listing_without_links_is_named_as_what_it_is(tmp_path: Path) -> None:
    with Empty() as site:
        configure(tmp_path, site.url)
        done = feedbot(tmp_path, "preview", site.url)
    assert "an empty shell; its links come by script; set url to a feed" in done.stdout
