"""The health of sources, told once a change: to a command, to an address, in health.xml."""

from __future__ import annotations

import json
import re
import shlex
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo import configuration as sample
from feedbot.demo.portal import LISTING, Portal
from feedbot.errors import FeedbotError
from feedbot.model import Alerts, Health
from feedbot.operations import explain
from feedbot.operations.alerts import SURE_AFTER
from feedbot.operations.doctor import diagnose
from feedbot.operations.inspection import inspect_site as init
from feedbot.operations.status import collect_status
from feedbot.schedule import open_tools, poll_once, publish_all
from feedbot.sources import adaptive_interval
from feedbot.sources.anomalies import LASTS
from feedbot.store import queries
from feedbot.web.urls import url_key
from tests import atomlint
from tests.wire import Wire, reply

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
# Appends what it is told, in the environment and as JSON, to a file.
COMMAND = """\
import json, os, sys
told = json.load(sys.stdin)
assert os.environ["FEEDBOT_SOURCE"] == told["source"], told
assert os.environ["FEEDBOT_EVIDENCE"] == told["evidence"], told
with open("told", "a") as file:
    print(told["source"], told["health"], told["evidence"], sep="|", file=file)
"""


@pytest.fixture
def site() -> Iterator[Portal]:
    with Portal(at_first=20) as site:
        yield site


class Watch:
    """A site and an operator, an hour between visits."""

    def __init__(self, home: Path, site: Portal, alerts: str) -> None:
        self.home, self.site, self.now = home, site, NOON
        path = home / "feedbot.toml"
        path.write_text(sample(site.url, home) + alerts, encoding="utf-8")
        self.config: Config = configuration.load(path)
        self.name = self.config.sources[0].name

    def visit(self, times: int = 1) -> Health:
        """The health after so many visits."""
        for _ in range(times):
            self.now += timedelta(hours=1)
            with open_tools(self.config, lambda: self.now) as tools:
                poll_once(self.config, tools, [self.name], threading.Event())
                (source,) = collect_status(self.config, tools.store).sources
        return source.health

    def topics(self) -> dict[str, bytes]:
        """The feeds of the topics."""
        names = [f"{topic.slug}.xml" for topic in self.config.topics]
        return {name: (self.home / "feeds" / name).read_bytes() for name in names}

    def told(self) -> list[str]:
        """The words that the command was told, in order."""
        path = self.home / "told"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.split("|")[1] for line in lines]


@pytest.fixture
def watch(tmp_path: Path, site: Portal) -> Watch:
    script = tmp_path / "alert.py"
    script.write_text(COMMAND, encoding="utf-8")
    command = f"cd {shlex.quote(str(tmp_path))} && {shlex.quote(sys.executable)} alert.py"
    return Watch(tmp_path, site, f"\n[alerts]\ncommand = {json.dumps(command)}\nfeed = true\n")


def test_a_failure_that_lasts_is_told_once_and_so_is_its_end(watch: Watch) -> None:
    assert watch.visit() == "ok"
    watch.site.break_(LISTING, "500")
    assert watch.visit(SURE_AFTER - 1) == "failing"
    assert watch.told() == [], "a site that is restarted wakes nobody up"
    watch.visit(4)
    assert watch.told() == ["failing"]
    watch.site.mend()
    watch.visit(3)
    assert watch.told() == ["failing", "ok"]


def test_health_xml_says_the_same_and_no_topic_does(watch: Watch) -> None:
    watch.visit()
    before = watch.topics()
    watch.site.break_(LISTING, "500")
    watch.visit(SURE_AFTER)
    watch.site.mend()
    watch.visit()
    document = (watch.home / "feeds" / "health.xml").read_bytes()
    url = watch.config.output.url + "health.xml"
    assert atomlint.check(document, url, now=watch.now) == []
    entries = feedparser.parse(document).entries
    assert [entry.title for entry in entries] == [f"{watch.name}: ok", f"{watch.name}: failing"]
    assert "500" in entries[1].content[0].value
    assert watch.topics() == before
    with open_tools(watch.config, lambda: watch.now) as tools:
        publish_all(watch.config, tools.store, pruned=True)
        assert (watch.home / "feeds" / "health.xml").read_bytes() == document
        packed = replace(watch.config, output=replace(watch.config.output, gzip=True))
        publish_all(packed, tools.store, pruned=True)
        assert (watch.home / "feeds" / "health.xml.gz").exists()
        silent = replace(watch.config, alerts=Alerts())
        publish_all(silent, tools.store, pruned=True)
    assert not list((watch.home / "feeds").glob("health.xml*"))


def test_health_xml_is_for_who_asks_for_it(tmp_path: Path, site: Portal) -> None:
    watch = Watch(tmp_path, site, "")
    watch.visit()
    assert not (tmp_path / "feeds" / "health.xml").exists()


def test_an_address_is_posted_json(tmp_path: Path, site: Portal) -> None:
    with Wire() as operator:
        operator.answers["/alert"] = reply("thanks")
        watch = Watch(tmp_path, site, f'\n[alerts]\nurl = "{operator.url}/alert"\n')
        watch.visit()
        site.break_(LISTING, "500")
        watch.visit(SURE_AFTER)
        site.mend()
        watch.visit()
        told = [json.loads(request.body) for request in operator.requests]
    assert [(one["source"], one["health"]) for one in told] == [
        (watch.name, "failing"),
        (watch.name, "ok"),
    ]
    assert "500" in told[0]["evidence"]
    assert datetime.fromisoformat(told[1]["at"]) == watch.now


def test_an_alert_that_could_not_be_sent_is_sent_after_the_next_visit(
    tmp_path: Path, site: Portal
) -> None:
    with Wire() as operator:
        operator.answers["/alert"] = [reply(status=500), reply("thanks")]
        command = f"echo >> {shlex.quote(str(tmp_path / 'run'))}"
        alerts = f'\n[alerts]\nurl = "{operator.url}/alert"\ncommand = {json.dumps(command)}\n'
        watch = Watch(tmp_path, site, alerts)
        watch.visit()
        site.break_(LISTING, "500")
        watch.visit(SURE_AFTER)
        assert len(operator.requests) == 1
        watch.visit(2)
        first, *again = [json.loads(request.body) for request in operator.requests]
        assert again == [first], "sent once more, and no more once it was taken"
        assert (tmp_path / "run").read_text(encoding="utf-8") == "\n", "the other way was well"


def test_an_operator_who_cannot_be_told_is_no_reason_to_stop(
    tmp_path: Path, site: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    alerts = '\n[alerts]\ncommand = "echo no such pager >&2; exit 3"\nurl = "http://127.0.0.1:9/"\n'
    watch = Watch(tmp_path, site, alerts)
    watch.visit()
    site.break_(LISTING, "500")
    assert watch.visit(SURE_AFTER) == "failing"
    assert "no such pager" in caplog.text
    assert "[alerts] url: 127.0.0.1:9: the host refuses" in caplog.text


@pytest.mark.parametrize(
    "alerts",
    [
        'command = "echo GEHEIM >/dev/null; exit 3"',
        'command = "echo http://lezer:GEHEIM@x.example/ >&2; exit 3"',
        'command = "no-such-pager --token GEHEIM 2>/dev/null"',
        'url = "http://lezer:GEHEIM@127.0.0.1:9/"',
        'url = "http://127.0.0.1:9/bot17:GEHEIM/send?token=GEHEIM"',
    ],
)
def test_an_alert_that_fails_tells_no_secret(
    tmp_path: Path, site: Portal, caplog: pytest.LogCaptureFixture, alerts: str
) -> None:
    watch = Watch(tmp_path, site, f"\n[alerts]\n{alerts}\n")
    watch.visit()
    site.break_(LISTING, "500")
    watch.visit(SURE_AFTER)
    assert "[alerts]" in caplog.text
    assert "GEHEIM" not in caplog.text


def test_a_wall_in_front_of_every_article_is_noticed_and_empties_no_feed(watch: Watch) -> None:
    assert watch.visit() == "ok"
    before = watch.topics()
    for story in watch.site.stories:
        watch.site.break_(urlsplit(watch.site.address(story)).path, "consent")
    assert watch.visit(LASTS - 1) == "ok"
    assert watch.visit() == "degraded"
    assert watch.told() == ["degraded"]
    assert watch.topics() == before


def test_a_source_that_falls_silent_is_told(watch: Watch) -> None:
    watch.visit()
    busy = adaptive_interval.AdaptiveInterval()
    for hour in range(14 * 24):
        at = watch.now - timedelta(days=14) + timedelta(hours=hour)
        busy = adaptive_interval.observe_news(busy, now=at, new=2, timezone="Europe/Amsterdam")
    with open_tools(watch.config, lambda: watch.now) as tools:
        (held,) = tools.store.claim([watch.name], watch.now, due_only=False)
        with tools.store.save(watch.now) as saving:
            saving.finish(held, next_poll=watch.now, next_why="", pace=adaptive_interval.dump(busy), error=None, reached=True)  # fmt: skip
    for _ in range(24):
        health = watch.visit()
    assert health == "silent"
    assert watch.told() == ["silent"]
    watch.site.advance()
    assert watch.visit() == "ok"
    assert watch.told() == ["silent", "ok"]


def test_a_redesign_is_noticed_read_all_the_same_and_learnt(tmp_path: Path) -> None:
    with Portal(at_first=3) as site:
        watch = Watch(tmp_path, site, "")
        assert watch.visit() == "ok"
        site.layout = "semantic"
        new = site.advance()
        assert watch.visit() == "degraded"
        site.advance()
        assert watch.visit() == "ok"
        assert new
        with open_tools(watch.config, lambda: watch.now) as tools, tools.store.read() as reads:
            found = queries.story_at(reads, url_key(site.address(new)))
        assert found
        assert found.article.paragraphs == new.paragraphs


class Reader:
    """Somebody who polls a site of a few pages, half an hour between visits."""

    def __init__(self, home: Path, site: Wire, listing: bytes, article: bytes) -> None:
        self.site, self.now = site, NOON
        site.answers["/nieuws"] = listing
        for at in range(8):
            site.answers[f"/nieuws/bericht-nummer-{at}-van-deze-dag"] = article
        path = home / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            f'[[sources]]\nname = "Krant"\nurl = "{site.url}/nieuws"\n'
            'delay = "0s"\nrevisit = "0s"\n',
            encoding="utf-8",
        )
        self.config = configuration.load(path)

    def visit(self, times: int = 1) -> tuple[Health, str]:
        """The health after so many visits, with its evidence."""
        for _ in range(times):
            self.now += timedelta(minutes=30)
            with open_tools(self.config, lambda: self.now) as tools:
                poll_once(self.config, tools, ["Krant"], threading.Event())
                (source,) = collect_status(self.config, tools.store).sources
        return source.health, source.state.last_error or source.evidence


LINKS = "<main>" + "".join(
    f'<h2><a href="/nieuws/bericht-nummer-{at}-van-deze-dag">Bericht nummer {at} van deze dag</a></h2>'
    for at in range(8)
)  # fmt: skip
STORY = "".join(
    f"<p>De bewoners van straat {at} kregen dinsdag een brief van de burgemeester over het water.</p>"
    for at in range(6)
)  # fmt: skip
CONSENT = "<title>Jouw privacy</title><h1>Jouw privacy</h1><p>Wij en onze partners gebruiken cookies om advertenties te tonen. Kies hieronder wat je goed vindt.</p>"
BARREN = {
    "8 of 8 articles answered 403; it has not given one article yet": reply("<p>no", status=403),
    "8 of 8 articles are a consent wall; it has not given one article yet": reply(CONSENT),
    "8 of 8 articles answered 500; it has not given one article yet": reply("<p>no", status=500),
}


@pytest.mark.parametrize("evidence", BARREN)
def test_a_source_is_not_ok_that_has_given_nothing_after_three_visits(
    tmp_path: Path, evidence: str
) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, reply(LINKS), BARREN[evidence])
        assert reader.visit(LASTS) == ("degraded", evidence)


def test_a_first_visit_on_which_every_page_fails_has_failed(tmp_path: Path) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, reply(LINKS), reply("<p>no", status=403))
        with open_tools(reader.config, lambda: reader.now) as tools:
            (report,) = poll_once(reader.config, tools, ["Krant"], threading.Event()).reports
            (source,) = collect_status(reader.config, tools.store).sources
    assert (report.status, report.error) == ("failed", "8 of 8 articles answered 403")
    assert source.health == "degraded"
    assert source.evidence == "8 of 8 articles answered 403; it has not given one article yet"


NOTICES = (
    "<title>Gemeente</title><nav><a href=/bestuur>Bestuur</a> <a href=/contact>Contact</a></nav>"
    "<main><h1>Actueel</h1>{}</main><footer><p>Het gemeentehuis is geopend van negen tot vijf.</footer>"
)
CLOSED = "".join(
    f"<h2>Weg {at} dicht</h2><p>{at} november 2026</p><p>De weg is een week dicht voor al het verkeer,"
    " omdat er een nieuwe leiding in komt.</p>"
    for at in (12, 9, 4)
)


def test_a_page_on_which_no_notice_is_left_has_not_failed(tmp_path: Path) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, reply(NOTICES.format(CLOSED)), reply("<p>", status=404))
        assert reader.visit() == ("ok", "")
        site.answers["/nieuws"] = reply(NOTICES.format("<p>Er zijn nu geen berichten.</p>"))
        assert reader.visit(LASTS) == ("ok", "")
        site.answers["/nieuws"] = reply(NOTICES.format(CLOSED.replace("Weg", "Laan")))
        assert reader.visit() == ("ok", "")
        site.answers["/nieuws"] = reply(CONSENT)
        health, evidence = reader.visit()
    assert health == "failing"
    assert "a consent wall" in evidence


def test_articles_that_all_answer_403_are_noticed_after_good_ones_too(tmp_path: Path) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, reply(LINKS), reply("<p>", status=404))
        for at, path in enumerate(path for path in site.answers if "bericht" in path):
            text = STORY.replace("straat", f"wijk {at}, straat")
            site.answers[path] = reply(
                f"<title>Brief</title><main><h1>Brief {at} over water</h1>{text}"
            )
        assert reader.visit(LASTS) == ("ok", "")
        for path in [path for path in site.answers if "bericht" in path]:
            site.answers[path] = reply("<p>no", status=403)
        assert reader.visit(LASTS) == ("degraded", "8 of 8 articles answered 403")


LOGIN = "<title>Inloggen</title><h1>Inloggen</h1><p>Log in met je account om verder te lezen. Nog geen account?</p><form><input type=password></form>"
SHELL = "<title>Nieuws</title><body><div id=app></div><script src=/app.js></script>"
TEXT = "<title>Over ons</title><h1>Over ons</h1>" + STORY.replace("</p><p>", " ") * 6
OTHERS = "<title>Nieuws</title><h1>Nieuws</h1><p>Er is vandaag geen nieuws, en gisteren was dat er ook al niet.</p><a href=/contact>Contact</a>"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
# What a listing may be instead of one, and a word of the setting that helps.
INSTEAD = {
    "a consent wall; feedbot does not pass it": reply(CONSENT),
    "a login wall; feedbot does not pass it": reply(LOGIN),
    "an empty shell; its links come by script; set url to a feed": reply(SHELL),
    "an error page; correct url": reply("<title>Pagina niet gevonden</title><h1>Pagina niet gevonden</h1><p>De pagina die u zoekt bestaat niet. Ga terug naar de voorpagina."),
    "a file or data, and no page for readers; set url": reply('{"error": "internal", "code": 17}'),
    "a feed or a sitemap without a single article": reply(FEED, content_type="application/rss+xml"),
    "a text without a single link; set url": reply(TEXT),
    'no links to articles among 1 links: an empty list, or one of something else; name them, as in select.links = "h2 a"': reply(OTHERS),
}  # fmt: skip


@pytest.mark.parametrize("reason", INSTEAD)
def test_every_command_names_a_listing_that_is_something_else(tmp_path: Path, reason: str) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, INSTEAD[reason], reply("<p>", status=404))
        config, url = reader.config, f"{site.url}/nieuws"
        health, evidence = reader.visit()
        assert health == "failing"
        assert reason in evidence
        with open_tools(config, lambda: reader.now) as tools:
            assert reason in explain.preview(url, config, tools, 3).failures[0][1]
            with pytest.raises(FeedbotError, match=re.escape(reason)):
                init(config.sources[0], tools)
        (finding,) = [one for one in diagnose(config, lambda: reader.now) if one.about == "Krant"]
        assert not finding.good
        assert reason in f"{finding.text}; {finding.help}"


def test_doctor_agrees_with_status_where_a_site_answers_and_gives_no_article(
    tmp_path: Path,
) -> None:
    with Wire() as site:
        reader = Reader(tmp_path, site, reply(LINKS), reply("<p>no", status=403))
        health, evidence = reader.visit(LASTS)
        (finding,) = [
            one for one in diagnose(reader.config, lambda: reader.now) if one.about == "Krant"
        ]
    assert not finding.good
    assert f"lists 8 articles, but the source is {health}: {evidence}" in finding.text
