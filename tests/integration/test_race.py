"""The same story on two workers at the same moment is one entry, every time."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier

from feedbot.config.rules import Rules
from feedbot.model import Article, Dateline, Link, ListingState, Page, Source
from feedbot.poll import Tools, save
from feedbot.poll.visit import Findings, Listing, Listings, Pages, PageVisit, Visit
from feedbot.read.results import PageResult
from feedbot.store import Store, queries
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.web.urls import url_key
from tests.articles import sources

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
ROUNDS = int(os.environ.get("FEEDBOT_RACES", "300"))  # 3000 take a minute or two
WORDS = (
    "de een het van haven minister plan schip dijk water bestuur burger jaar week dorp stad brug"
    " kosten geld akkoord voorstel raad debat kritiek steun onderzoek rapport kans risico gevolg"
).split()


def wire_story(number: int) -> list[str]:
    """The words that the agency sent: three hundred, other ones for every story."""
    draw = random.Random(number)
    return [f"{draw.choice(WORDS)}{draw.randrange(40)}" for _ in range(300)]


def copy_of(number: int, paper: int) -> Article:
    """How a paper prints it: the second one leaves out the last words, as papers do."""
    words = wire_story(number)[: 300 - 12 * paper]
    text = " ".join(words)
    return Article(
        url=f"https://krant{paper}.example.org/{number}",
        title=f"Bericht {number} van het bureau",
        paragraphs=(text,),
        html=f"<p>{text}</p>",
        language="nl",
        dateline=Dateline(text="GOES (ANP) - ", place="GOES", agencies=("ANP",)),
    )


def visit_of(number: int, paper: int, now: datetime) -> tuple[Findings, Visit]:
    article = copy_of(number, paper)
    source = Source(name=f"krant{paper}", urls=(f"https://krant{paper}.example.org/",))
    page = PageVisit(
        url_key=url_key(article.url),
        link=Link(url=article.url, title=article.title),
        known=None,
        page=Page(url=article.url, requested=article.url, body=b"", fetched_at=now),
        found=PageResult(article=article, fingerprint=fingerprint_of(article)),
    )
    listing = Listing(url=source.urls[0], state=ListingState())
    found = Findings(listings=Listings(all=(listing,)), pages=Pages(chosen=(page,)))
    return found, Visit(source=source, now=now)


def work(url: str, paper: int, barrier: Barrier, verdicts: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    with Store(url) as store:
        tools = Tools(
            store=store,
            fetcher=None,  # type: ignore[arg-type] - the network has been read
            reader=None,  # type: ignore[arg-type] - and so have the pages
            rules=Rules([], {}),
            authority="example.org",
            clock=lambda: NOW,
        )
        for number in range(ROUNDS):
            now = NOW + timedelta(minutes=number)
            found, visit = visit_of(number, paper, now)
            [claim] = store.claim([visit.source.name], now, due_only=False)
            barrier.wait(60)
            report = save(found, visit, claim, tools)
            verdicts.put((number, report.verdicts[0][2]))


def test_the_same_story_on_two_workers_at_once_is_one_entry(store_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, verdicts = context.Barrier(2), context.Queue()
    with Store(store_url) as store:
        store.know_sources(sources("krant0", "krant1"))
    workers = [
        context.Process(target=work, args=(store_url, paper, barrier, verdicts))
        for paper in range(2)
    ]
    for worker in workers:
        worker.start()
    seen: dict[int, list[str]] = {}
    for _ in range(2 * ROUNDS):
        number, verdict = verdicts.get(timeout=20)
        seen.setdefault(number, []).append(verdict)
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    assert Counter(tuple(sorted(pair)) for pair in seen.values()) == {("duplicate", "new"): ROUNDS}
    with Store(store_url) as store, store.read() as connection:
        assert queries.count_stories(connection) == ROUNDS
