"""Routing with ever more topics, beside a loop of one regular expression per topic; and with all countries.

python -m tests.benchmarks.topics
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from feedbot.model import Article, Topic
from feedbot.terms import countries
from feedbot.topics import compile_topics
from tests.quality.topics import load

SIZES = (10, 1_000, 10_000)
TERMS = 20  # of a topic
MOST_COST = 3.0  # of an article with 10,000 topics, in articles with 10
MOST_COMPILE = 2.0  # seconds of CPU for 10,000 topics
FIVE = ("RU", "UA", "CN", "US", "DE")
MOST_COUNTRIES = 3.5  # cost of an article with all countries, in articles with five
MOST_LANGUAGE = 0.6  # seconds of CPU until the first article of a language is routed, with all
REGEX_ARTICLES = 2  # of the loop with 10,000 topics; it is slow
_SYLLABLES = "ba de fi go ka le mo nu pra ris sto tel ve wan zij dor gel mer sum tra".split()


def names(count: int) -> list[str]:
    """Invented names, no two alike, the same in every run."""
    draw = random.Random(20)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(draw.choices(_SYLLABLES, k=4)).capitalize()] = None
    return list(found)


def make(count: int) -> list[Topic]:
    """Topics of twenty terms each: the first a country, the others invented names."""
    pool = names(min(count * TERMS, 100_000))
    draw = random.Random(7)
    return [
        Topic(
            name=f"T{number}", slug=f"t{number}", any=("country:RU", *draw.sample(pool, TERMS - 1))
        )
        if number == 0
        else Topic(name=f"T{number}", slug=f"t{number}", any=tuple(draw.sample(pool, TERMS)))
        for number in range(count)
    ]


def articles() -> list[Article]:
    """The labelled set, joined by eights so that each has the length of a news story."""
    short = [one.article for one in load()]
    return [
        replace(
            short[at], paragraphs=tuple(p for one in short[at : at + 8] for p in one.paragraphs)
        )
        for at in range(0, len(short) - 8, 8)
    ]


def seconds(work: Callable[[], object]) -> float:
    """CPU of the fastest of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def regexes(topics: Sequence[Topic]) -> Callable[[Article], list[str]]:
    """What one would write first: a word-boundary regular expression per topic."""
    patterns = [
        (topic.slug, re.compile(rf"\b(?:{'|'.join(map(re.escape, topic.any))})\b", re.IGNORECASE))
        for topic in topics
    ]

    def route(article: Article) -> list[str]:
        text = f"{article.title}\n{article.text}"
        return [slug for slug, pattern in patterns if pattern.search(text)]

    return route


def shipped() -> list[str]:
    """Prints what five countries and all of them cost; what is slower than promised."""
    texts, costs, opened = articles(), [], 0.0
    print(f"{'countries':>9}  {'first s':>7}  {'articles/s':>10}  {'cost':>5}")
    for codes in (FIVE, sorted(countries.codes())):
        router = compile_topics(
            [Topic(name=one, slug=one, any=(f"country:{one}",)) for one in codes]
        )
        start = time.process_time()
        router.route(texts[0], "")
        opened = time.process_time() - start
        costs.append(seconds(lambda: [router.route(text, "") for text in texts]) / len(texts))  # noqa: B023
        cost = costs[-1] / costs[0]
        print(f"{len(codes):9}  {opened:7.2f}  {1 / costs[-1]:10,.0f}  {cost:5.2f}")
    short = []
    if costs[-1] > MOST_COUNTRIES * costs[0]:
        short.append(f"topics: {costs[-1] / costs[0]:.1f} times the cost with all countries")
    if opened > MOST_LANGUAGE:
        short.append(f"topics: {opened:.2f} s until the first article with all countries")
    return short


def main() -> list[str]:
    """Prints the table; what is slower than promised."""
    texts = articles()
    short: list[str] = []
    first = 0.0
    print(f"{'topics':>7}  {'compile s':>9}  {'articles/s':>10}  {'cost':>5}  {'regex loop/s':>12}")
    for size in SIZES:
        topics = make(size)
        start = time.process_time()
        router = compile_topics(topics)
        compiled = time.process_time() - start
        each = seconds(lambda: [router.route(text, "") for text in texts]) / len(texts)  # noqa: B023
        first = first or each
        loop, few = regexes(topics), texts[:REGEX_ARTICLES]
        slow = seconds(lambda: [loop(text) for text in few]) / len(few)  # noqa: B023
        print(
            f"{size:7,}  {compiled:9.2f}  {1 / each:10,.0f}  {each / first:5.2f}  {1 / slow:12,.1f}"
        )
        if size == SIZES[-1]:
            if each > MOST_COST * first:
                short.append(f"topics: {each / first:.1f} times the cost with {size:,} topics")
            if compiled > MOST_COMPILE:
                short.append(f"topics: {compiled:.1f} s to compile {size:,} topics")
    return short + shipped()
