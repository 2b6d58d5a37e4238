"""The desk over real sockets: what it shows, what it changes, and whom it refuses."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
import requests

from feedbot import config as configuration
from feedbot.config.passwords import hash_password
from feedbot.demo import WireStory
from feedbot.demo import configuration as sample
from feedbot.demo.pages import SECTIONS
from feedbot.demo.portal import Portal
from feedbot.desk import Surroundings
from feedbot.desk.edits import digest, kept
from feedbot.errors import ConfigError
from feedbot.model import Article, Dated
from feedbot.store import Store, desk_queries, queries
from feedbot.stories.fingerprint import fingerprint_of
from tests.desks import TOKEN, Visitor, desk_on, now, poll_all, tools_of, visitor

PASSWORD = "korrekt paard"
HASH = hash_password(PASSWORD)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>"
SECRETS = ("geheim1", "geheim2", "geheim3", "geheim4")
PAGES = (
    "/", "/source?name=Kustportaal", "/articles", "/articles?kind=routed", "/articles?kind=near",
    "/articles?kind=unrouted", "/articles?kind=duplicates", "/articles?kind=failed",
    "/articles?q=haven", "/article/1", "/topics", "/topics/suggested", "/topic?name=Zeeland",
    "/topic", "/sources/new", "/changes",
)  # fmt: skip
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the sample site was polled once; only to be copied."""
    home = tmp_path_factory.mktemp("polled")
    with Portal() as portal:
        path = home / "feedbot.toml"
        path.write_text(sample(portal.url, home), encoding="utf-8")
        poll_all(path)
        yield home


@pytest.fixture
def path(polled: Path, tmp_path: Path) -> Path:
    """The same in a folder of this test's own."""
    text = (polled / "feedbot.toml").read_text(encoding="utf-8")
    path = tmp_path / "feedbot.toml"
    path.write_text(text.replace(str(polled), str(tmp_path)), encoding="utf-8")
    for name in ("feedbot.db", "feedbot.db-wal"):
        if (polled / name).exists():
            (tmp_path / name).write_bytes((polled / name).read_bytes())
    return path


@pytest.fixture
def desk(path: Path) -> Iterator[Visitor]:
    with desk_on(path) as somebody:
        yield somebody


def titles(path: Path, slug: str) -> list[str]:
    feed = feedparser.parse((path.parent / "feeds" / f"{slug}.xml").read_bytes())
    return [entry.title for entry in feed.entries]


def ready(desk: Visitor) -> None:
    """Waits until the stories are read."""
    for _ in range(200):
        if "being read" not in desk.get("/topics").text:
            return
    raise AssertionError("the stories are not read")


# --- what it shows ----------------------------------------------------------------------------


def test_every_page_answers_and_holds_nothing_that_its_policy_forbids(desk: Visitor) -> None:
    ready(desk)
    for page in PAGES:
        answer = desk.get(page)
        assert answer.status_code == 200, page
        assert not INLINE.search(answer.text), page
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_pages_are_the_same_on_postgresql(path: Path, postgres_url: str) -> None:
    with Store(configuration.load(path).store_url) as here, Store(postgres_url) as there:
        here.copy_to(there)
    path.write_text(path.read_text() + f'\n[store]\nurl = "{postgres_url}"\n')
    with desk_on(path) as desk:
        ready(desk)
        for page in PAGES:
            assert desk.get(page).status_code == 200, page
        assert "Zeeuws" in desk.get("/topic?name=Zeeland").text
        answer = desk.post("/topic", name="Zeeland", any="Zeeland\nhaven*")
        assert "send SIGHUP" in answer.text
        assert "visited within" in desk.post("/source/poll", name="Kustportaal").text


def test_an_article_is_shown_with_its_evidence(desk: Visitor) -> None:
    page = desk.get("/articles?q=Chinese+export").text
    link = re.search(r'href="(/article/\d+)">Chinese export', page)
    assert link
    page = desk.get(link[1]).text
    assert "China" in page
    assert "+1.5" in page
    assert 'sandbox="allow-popups ' in page
    text = desk.get(f"{link[1]}/text")
    assert text.headers["Content-Security-Policy"].startswith("sandbox")
    assert "BEIJING" in text.text


def test_a_search_finds_words_of_the_text_whatever_their_accents(desk: Visitor) -> None:
    assert "Chinese export" in desk.get("/articles?q=hongkong+GEZINNEN").text
    assert "Chinese export" in desk.get("/articles?q=gezinnen&kind=routed").text
    assert "Chinese export" not in desk.get("/articles?q=gezinnen&kind=unrouted").text
    assert "No article has these words" in desk.get("/articles?q=nietbestaandwoord").text
    assert desk.get("/articles?q=gezinnen&kind=near").status_code == 404


@pytest.mark.parametrize("asked", ['"', "NEAR(", "a" * 40_000, "*", "\x00", "\ud7ff ' OR 1=1 --"])
def test_a_search_that_nobody_means_is_answered(desk: Visitor, asked: str) -> None:
    answer = desk.session.get(f"{desk.url}articles", params={"q": asked}, timeout=30)
    assert answer.status_code == 200
    assert "No article has these words" in answer.text


def test_a_long_list_goes_on_at_its_end(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbot.desk.articles.SHOWN", 2)
    seen: list[str] = []
    place: str | None = "/articles?q=de"
    while place:
        page = desk.get(place).text
        seen += re.findall(r'class="title" href="/article/(\d+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        place = found[1].replace("&amp;", "&") if found else None
    assert len(seen) > 2
    assert seen == sorted(set(seen), key=int, reverse=True)
    for odd in ("-1", "x", "9" * 30):
        assert desk.get(f"/articles?before={odd}").status_code == 200


def test_an_address_leads_to_its_story_or_to_why_there_is_none(desk: Visitor, path: Path) -> None:
    with Store(configuration.load(path).store_url) as store, store.read() as connection:
        line = desk_queries.newest_stories(connection, 1)[0]
    assert desk.get(f"/articles?q={line.url}").headers["Location"] == f"/article/{line.id}"
    there = desk.get("/articles?q=https://elders.example.org/x").headers["Location"]
    assert "No source of feedbot.toml is on this site" in desk.get(there).text


# --- what it changes --------------------------------------------------------------------------


def test_a_rule_that_is_typed_shows_what_enters_and_changes_nothing(
    desk: Visitor, path: Path
) -> None:
    ready(desk)
    before = path.read_bytes()
    page = desk.post("/topic/rehearse", name="Zeeland", any="Zeeland\nChinese").text
    assert "Chinese export groeit minder hard dan verwacht" in page
    assert re.search(r"\+\d+</b> enter", page)
    page = desk.post("/topic/rehearse", name="China", any="country:CN").text
    assert re.search(r"\+0</b> enter", page)
    with Store(configuration.load(path).store_url) as store, store.read() as connection:
        assert f"{len(queries.members(connection, 'china'))} stories in all" in page
    assert path.read_bytes() == before


def test_a_saved_rule_moves_stories_into_the_feed_and_is_undone(desk: Visitor, path: Path) -> None:
    story = "Chinese export groeit minder hard dan verwacht"
    page = desk.post("/topic", name="Zeeland", any="Zeeland\nChinese").text
    assert "Saved" in page
    assert story in titles(path, "zeeland")
    assert 'Zeeland = ["Zeeland", "Chinese"]' in path.read_text()
    assert "topic Zeeland: changed" in desk.get("/changes").text
    seen = re.search(r'name="seen" value="(\w+)"', desk.get("/changes").text)
    assert seen
    desk.post("/changes/undo", seen=seen[1])
    assert story not in titles(path, "zeeland")
    assert "Chinese" not in path.read_text().partition("[topics]")[2]


def test_a_new_topic_is_filled_at_once(desk: Visitor, path: Path) -> None:
    desk.post("/topic", new="Havens", any="haven*", threshold="0.5")
    assert titles(path, "havens")
    assert "Havens" in desk.get("/topics").text


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"any": "country:XX\nZeeland"}, "XX"),
        ({"any": ""}, "At least one term"),
        ({"any": "Zeeland", "threshold": "veel"}, "not a number of points"),
        ({"any": "source:Nergens"}, "there is no source"),
        ({"any": "Zeeland", "seen": "0123456789abcdef"}, "has changed meanwhile"),
    ],
)
def test_a_bad_rule_is_refused_and_what_was_typed_stays(
    desk: Visitor, path: Path, form: dict[str, str], problem: str
) -> None:
    before = path.read_bytes()
    page = desk.post("/topic", name="Zeeland", **form).text
    assert problem in page
    assert form["any"] in page
    assert path.read_bytes() == before
    assert not kept(path).exists()


def looked_at(desk: Visitor, url: str) -> requests.Response:
    """The page of what an address gives, when it is found."""
    answer = desk.post("/sources/new", url=url)
    deadline = time.monotonic() + 60
    while "Add it" not in answer.text:
        assert answer.ok, answer.text
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)
        answer = desk.session.get(answer.url, timeout=30)
    return answer


def wire(*headlines: str) -> list[WireStory]:
    return [
        WireStory(
            slug=f"bericht-{number}",
            headline=headline,
            section=SECTIONS[0],
            paragraphs=(f"{headline}, zo blijkt uit stukken die vandaag zijn vrijgegeven.",) * 3,
        )
        for number, headline in enumerate(headlines)
    ]


HEADLINES = (
    "Minister van Frankrijk bezoekt de haven", "Frankrijk en Parijs praten over visserij",
    "Wielrenner wint de etappe en het voetbal begint", "Voetbal: trainer en elftal winnen de wedstrijd",
    "Meer schepen naar China", "De brug is weer open",
)  # fmt: skip


def test_several_topics_come_with_a_source_in_one_change(desk: Visitor, path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    ticked = ["Frankrijk", "Sport", "Verzonnen"]
    with Portal(stories=wire(*HEADLINES), older=(), at_first=len(HEADLINES)) as portal:
        page = looked_at(desk, portal.url)
        assert re.search(r">China</a> 1<", page.text), "what a topic that is there would take"
        assert 'value="Frankrijk"> Frankrijk <code>country:FR</code>' in page.text
        token = TOKEN.search(page.text)
        assert token
        form = {"token": token[1], "new": ticked, "everything": "1", "topic": "Visserij"}
        # With a name that is taken nothing is written, and what was ticked stays.
        again = desk.session.post(page.url, data=form | {"name": "Kustportaal"}, timeout=60).text
        assert 'role="alert"' in again
        assert 'value="Frankrijk" checked' in again
        assert 'value="Visserij"' in again
        assert path.read_text(encoding="utf-8") == before
        desk.session.post(page.url, data=form | {"name": "Havenkrant"}, timeout=60)
    config = configuration.load(path)
    known = {topic.name for topic in configuration.parse(before, path).topics}
    assert {topic.name: topic.any for topic in config.topics if topic.name not in known} == {
        "Frankrijk": ("country:FR",),
        "Sport": ("theme:sport",),
        "Havenkrant": ("source:Havenkrant",),
        "Visserij": ("Visserij",),
    }, "and nothing that nobody suggested"
    assert config.sources[-1].name == "Havenkrant"
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert set(comments) <= set(path.read_text(encoding="utf-8").splitlines())
    desk.post("/changes/undo", seen=digest(path))
    assert path.read_text(encoding="utf-8") == before


def test_a_source_is_paused_and_resumed(desk: Visitor, path: Path) -> None:
    assert "paused" in desk.post("/source/pause", name="Kustportaal").text
    assert [source.name for source in configuration.load(path).off] == ["Kustportaal"]
    assert "paused" in desk.get("/").text
    desk.post("/source/resume", name="Kustportaal")
    assert not configuration.load(path).off


def test_a_desk_within_run_asks_it_to_visit_and_to_reload(path: Path) -> None:
    asked = threading.Event()
    with tools_of(path) as tools, tools.store.write() as connection:
        connection.exec_driver_sql("UPDATE source SET next_poll = next_poll + 9999")
    with tools_of(path) as tools:
        around = Surroundings(clock=now, tools=tools, asked=asked)
        with desk_on(path, around) as desk:
            assert not tools.store.claim(None, now())
            desk.post("/source/poll", name="Kustportaal")
            assert [claim.source for claim in tools.store.claim(None, now())] == ["Kustportaal"]
            desk.post("/topic", name="Zeeland", any="Zeeland")
            assert asked.is_set()


def test_a_file_with_a_mistake_is_named_and_the_older_settings_stay(
    desk: Visitor, path: Path
) -> None:
    path.write_text(path.read_text().replace("country:RU", "country:RX"), encoding="utf-8")
    page = desk.get("/topics").text
    assert "has a mistake" in page
    assert "RX" in page
    assert "Rusland" in page


# --- whom it refuses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8710", 200), ("127.0.0.1:8710", 200), ("[::1]:8710", 200), ("LOCALHOST", 200),
        ("evil.example.org", 421), ("127.0.0.1.evil.example.org:8710", 421), ("", 421),
        ("evil.example.org:8710", 421), ("localhost.evil.example.org", 421),
    ],
)  # fmt: skip
def test_only_its_own_names_lead_to_the_desk(desk: Visitor, host: str, status: int) -> None:
    assert desk.get("/", Host=host).status_code == status


def test_a_form_of_another_site_does_nothing(desk: Visitor, path: Path) -> None:
    before = path.read_bytes()
    stranger = visitor(desk.url)
    refused = [
        desk.post("/source/pause", "", name="Kustportaal"),
        desk.post("/source/pause", stranger.token(), name="Kustportaal"),
        desk.session.post(
            f"{desk.url}source/pause",
            data={"name": "Kustportaal", "token": desk.token()},
            headers={"Sec-Fetch-Site": "cross-site"},
            timeout=10,
        ),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert path.read_bytes() == before


def test_what_acts_is_not_asked_by_get(desk: Visitor) -> None:
    for action in ("source/poll", "source/pause", "source/resume", "topic/remove", "topic/rehearse",
                   "changes/undo", "article/1/page"):  # fmt: skip
        assert desk.get(action).status_code == 405, action


def test_a_password_is_asked_for_and_kept_out_of_reach(path: Path) -> None:
    with desk_on(path, password=HASH, url="https://desk.example.org/") as desk:
        here = {"Host": "desk.example.org"}
        assert desk.get("/topics", **here).headers["Location"] == "/sign-in"
        assert desk.get("/article/1/text", **here).headers["Location"] == "/sign-in"
        assert desk.get("/static/desk.css", **here).status_code == 200
        form = desk.get("/sign-in", **here)
        cookie = form.headers["Set-Cookie"]
        assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=Strict"))
        bearer = {"Authorization": f"Bearer {PASSWORD}"}
        assert desk.get("/topics", **here, **bearer).status_code == 200
        wrong = {"Authorization": "Bearer wrong"}
        assert desk.get("/topics", **here, **wrong).status_code == 401


def test_somebody_who_knows_the_password_gets_in_and_out(path: Path) -> None:
    with desk_on(path, password=HASH) as desk:
        assert desk.post("/source/pause", name="Kustportaal").status_code == 401
        assert "not the password" in desk.post("/sign-in", password="guess").text
        assert desk.post("/sign-in", password=PASSWORD).url == desk.url
        assert desk.get("/topics").status_code == 200
        desk.post("/sign-out")
        assert desk.get("/topics").status_code == 302


def test_guessing_ends_soon(path: Path) -> None:
    with desk_on(path, password=HASH) as desk:
        token = desk.token()
        answers = [desk.post("/sign-in", token, password=f"guess {n}") for n in range(12)]
        assert [one.status_code for one in answers][-1] == 429
        assert desk.post("/sign-in", token, password=PASSWORD).status_code == 429


def test_a_desk_that_is_read_only_shows_and_rehearses_but_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with desk_on(path, read_only=True) as desk:
        ready(desk)
        assert "<button" not in desk.get("/source?name=Kustportaal").text
        for action, form in (
            ("/source/pause", {"name": "Kustportaal"}),
            ("/topic", {"name": "Zeeland", "any": "x"}),
            ("/sources/new", {"url": "https://example.org"}),
        ):
            assert desk.post(action, **form).status_code == 403, action
        assert "enter" in desk.post("/topic/rehearse", name="Zeeland", any="Zeeland").text
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "trick",
    ["static/../../../feedbot.toml", "static/%2e%2e/%2e%2e/server.py", "static/..%2f..%2fserver.py",
     "static//etc/passwd", "/evil.example.org", "static/....//server.py", "static/%00", "article/1/../../static/..",
     "source?name=../../etc/passwd", "article/99999999999999999999999999", "article/-1",
     "topic?name=%00", "articles?kind=__class__", "missing?url=file:///etc/passwd"],
)  # fmt: skip
def test_a_path_leads_nowhere_else(desk: Visitor, trick: str) -> None:
    url = requests.Request("GET", desk.url).prepare()
    url.url = desk.url + trick
    answer = desk.session.send(url, timeout=10, allow_redirects=False)
    assert answer.status_code in (200, 400, 404)
    assert "root:" not in answer.text
    assert "waitress" not in answer.text


def test_what_sites_send_is_shown_and_never_run(path: Path) -> None:
    article = Article(
        url="https://evil.example.org/1",
        title=EVIL,
        paragraphs=(EVIL, "Zeeland " + EVIL),
        html="<p onclick='x()'>tekst</p><script>alert(1)</script><iframe src='//e'></iframe>",
        language="nl",
        authors=(EVIL,),
        sections=(EVIL,),
    )
    with Store(configuration.load(path).store_url) as store, store.save(now()) as transaction:
        key = transaction.add(
            article, fingerprint_of(article), tag="tag:evil", source=EVIL,
            url_key="evil.example.org/1", published=Dated(at=now(), origin="meta"),
        )  # fmt: skip
    with desk_on(path) as desk:
        ready(desk)
        for page in (f"/article/{key}", "/articles", "/articles?kind=near", f"/articles?q={EVIL}",
                     "/articles?q=alert"):  # fmt: skip
            text = desk.get(page).text
            assert "<script>alert" not in text, page
            assert "<img src=x" not in text, page
        text = desk.get(f"/article/{key}/text").text
        assert "tekst" in text
        assert not re.search(r"<script|<iframe|onclick", text)
        rehearsed = desk.post("/topic/rehearse", name="Zeeland", any="Zeeland").text
        assert "<script>alert" not in rehearsed


def test_secrets_are_on_no_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(
        'url = "http://127', 'url = "http://u:geheim1@127'
    )
    text = text.replace('name = "Kustportaal"', 'name = "Kustportaal"\nheaders = { Cookie = "geheim2" }\n'
                        'auth = { user = "u", password = "geheim3" }\nproxy = "http://p:geheim4@proxy"')  # fmt: skip
    path.write_text(text, encoding="utf-8")
    with desk_on(path, password=HASH) as desk:
        desk.post("/sign-in", password=PASSWORD)
        desk.post("/topic", name="Zeeland", any="Zeeland")
        ready(desk)
        for page in PAGES:
            shown = desk.get(page).text
            assert not [secret for secret in (*SECRETS, HASH[-64:]) if secret in shown], page


def test_a_proxy_may_serve_it_below_a_path(path: Path) -> None:
    with desk_on(path, password=HASH, url="https://example.org/beheer/desk/") as desk:
        desk.session.headers["Host"] = "example.org"
        desk.session.headers["Authorization"] = f"Bearer {PASSWORD}"
        for place in ("/topics", "/beheer/desk/topics"):  # taken off by the proxy, or passed on
            text = desk.get(place).text
            assert 'href="/beheer/desk/articles"' in text
            assert 'href="/beheer/desk/static/desk.css' in text


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ('listen = "0.0.0.0:8710"', "needs a password"),
        ('listen = "127.0.0.1:8710"\nurl = "https://example.org/desk/"', "needs a password"),
        ('listen = "8710"', "not an address"),
        ('password = "plain"', "must be hashed"),
        ('lisen = "127.0.0.1:8710"', "did you mean `listen`"),
    ],
)
def test_a_desk_that_would_not_be_safe_is_refused(path: Path, setting: str, problem: str) -> None:
    path.write_text(path.read_text() + f"\n[desk]\n{setting}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=problem) as refused:
        configuration.load(path)
    assert refused.value.mistakes[0].line
    assert "plain" not in str(refused.value)


def test_a_hash_tells_its_password_from_others() -> None:
    from feedbot.config.passwords import is_hash, verifies

    assert verifies(PASSWORD, HASH)
    assert not verifies(PASSWORD + " ", HASH)
    assert hash_password(PASSWORD) != HASH
    assert not is_hash(HASH.replace("scrypt:16384", "scrypt:99999999"))
    assert replace(configuration.for_listing("https://e.example.org/").desk, password=HASH)


def test_what_no_topic_has_is_suggested(desk: Visitor) -> None:
    ready(desk)
    deadline = time.monotonic() + 60
    while "being read" in (page := desk.get("/topics/suggested").text):
        assert time.monotonic() < deadline
    assert "What no topic has yet" in page
    assert "Make a topic" in page or "Nothing stands out" in page
