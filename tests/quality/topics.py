"""How well the routing tells "about it" from "mentions it" and from what only looks like it.

The set is `topics.toml`. A topic that an article is about should be routed, one that it neither
is about nor mentions should not; a mention counts neither way. The baselines see the same texts.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from feedbot.model import Article, Source, Topic
from feedbot.read.discover.links import discover
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.terms import countries
from feedbot.topics import Router, compile_topics
from feedbot.web.document import parse
from tests.articles import article
from tests.quality import corpora

MICRO_F1 = 0.95
PER_TOPIC = 0.90  # precision and recall, each
TRAPS = 0  # articles about nothing that may be routed anywhere
SITE = "https://portal.example.org/nieuws/"
ZEELAND = ("Zeeland", "Zeeuws*", "Vlissingen", "Middelburg", "Goes", "Zierikzee", "Yerseke")
# Topics that no article is about: what looks like them is there.
LURED = {"CA", "DK", "EG", "GR", "NL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article and what a reader says of it."""

    article: Article
    about: frozenset[str]
    mentions: frozenset[str]

    @property
    def trap(self) -> bool:
        """Whether it is about none of the topics and mentions none."""
        return not self.about and not self.mentions


Method = Callable[[Article], frozenset[str]]


def load() -> list[Labelled]:
    """The labelled set."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return [
        Labelled(
            article=article(
                row["title"], row["lead"], row["body"], language=row.get("language", "nl")
            ),
            about=frozenset(row["about"]),
            mentions=frozenset(row.get("mentions", ())),
        )
        for row in tomllib.loads(text)["articles"]
    ]


def codes(labelled: Iterable[Labelled]) -> list[str]:
    """The topics that are measured."""
    return sorted({code for one in labelled for code in one.about} | LURED)


def router(wanted: Iterable[str]) -> Router:
    """One line per country, as an operator would write it."""
    return compile_topics(
        [
            Topic(
                name=code,
                slug=code,
                any=ZEELAND if code == "Zeeland" else (f"country:{code}",),
            )
            for code in wanted
        ]
    )


def feedbot(wanted: Iterable[str]) -> Method:
    """The routing that is measured."""
    compiled = router(wanted)

    def route(text: Article) -> frozenset[str]:
        return frozenset(found.topic for found in compiled.route(text, "") if found.routed)

    return route


def naive(
    wanted: Iterable[str], *, forms: bool, whole: bool, body: bool, fold: bool = True
) -> Method:
    """A word match: the names alone or with all `forms`, anywhere or as `whole` words."""
    patterns = {code: _pattern(code, forms=forms, whole=whole, fold=fold) for code in wanted}

    def route(text: Article) -> frozenset[str]:
        seen = "\n".join([text.title, *((text.lead, *text.paragraphs[1:]) if body else ())])
        return frozenset(code for code, pattern in patterns.items() if pattern.search(seen))

    return route


def _pattern(code: str, *, forms: bool, whole: bool, fold: bool) -> re.Pattern[str]:
    if code == "Zeeland":
        words = {word.rstrip("*") for word in (ZEELAND if forms else ZEELAND[:1])}
        edge = ""
    else:
        words = (
            {
                phrase.text
                for language in countries.languages()
                for phrase in countries.phrases(code, language)
                if phrase.role == "name"
            }
            if forms
            else {countries.name_of(code, language) for language in countries.languages()}
        )
        edge = r"\b" if whole else ""
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(f"{edge}(?:{alternatives}){edge}", re.IGNORECASE if fold else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one topic, or of all together."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @property
    def about(self) -> int:
        """How many should be routed."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """The share of what was routed that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be routed that was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def measure(method: Method, labelled: Iterable[Labelled]) -> tuple[dict[str, Score], int]:
    """The score of each topic with "" for all, and how many traps were routed somewhere."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    caught = 0
    for one in labelled:
        routed = method(one.article)
        right.update(routed & one.about)
        wrong.update(routed - one.about - one.mentions)
        missed.update(one.about - routed)
        caught += bool(one.trap and routed)
    scores = {
        code: Score(right=right[code], wrong=wrong[code], missed=missed[code])
        for code in right | wrong | missed
    }
    scores[""] = Score(right=right.total(), wrong=wrong.total(), missed=missed.total())
    return scores, caught


def short(scores: dict[str, Score], caught: int) -> list[str]:
    """What is below its floor."""
    found = [
        f"topics: {code}: {score}"
        for code, score in scores.items()
        if code and min(score.precision, score.recall) < PER_TOPIC
    ]
    if scores[""].f1 < MICRO_F1:
        found.append(f"topics: micro F1 {scores[''].f1:.3f} < {MICRO_F1}")
    if caught > TRAPS:
        found.append(f"topics: {caught} traps were routed")
    return found


def beside() -> tuple[int, int] | None:
    """Pages of a portal, and how many are routed otherwise than their true text alone.

    Every story is there on two visits, with other teasers beside it. None without the data.
    """
    if not corpora.DATA.exists():
        return None
    method = feedbot(sorted(countries.codes()))
    templates: dict[str, list[dict[str, Any]]] = {}
    for row in corpora.rows("variants"):
        templates.setdefault(row["template"], []).append(row)
    pages = changed = 0
    for name, rows in templates.items():
        source = Source(name=name, urls=(SITE,))
        documents = {row["id"]: parse(corpora.page(row["html"], SITE + row["id"])) for row in rows}
        listings = [
            (documents[row["id"]], discover(documents[row["id"]], source))
            for row in rows
            if row["crawl"] == "listing"
        ]
        shown = [row for row in rows if row["crawl"] != "listing"]
        model = learn(SiteModel(), listings, [documents[row["id"]] for row in shown])
        for row in shown:
            true = article(row["title"], *row["paragraphs"])
            read = extract(documents[row["id"]], source, model, None)
            pages += 1
            changed += method(replace(true, published=read.published)) != method(read)
    return pages, changed


def main() -> list[str]:
    """Prints the routing beside three word matches; what is below its floor."""
    labelled = load()
    wanted = codes(labelled)
    traps = sum(one.trap for one in labelled)
    print(f"{len(labelled)} articles, {len(wanted)} topics, {traps} traps")
    methods = {
        "feedbot": feedbot(wanted),
        "name in title": naive(wanted, forms=False, whole=False, body=False),
        "name anywhere": naive(wanted, forms=False, whole=False, body=True),
        "whole words": naive(wanted, forms=True, whole=True, body=True),
    }
    results = {name: measure(method, labelled) for name, method in methods.items()}
    for name, (scores, caught) in results.items():
        print(f"{name:14} {scores['']}  traps routed {caught}")
    for one in labelled:
        routed = methods["feedbot"](one.article)
        wrong, missed = routed - one.about - one.mentions, one.about - routed
        if wrong or missed:
            print(f"  {one.article.title!r}: wrong {sorted(wrong)}, missed {sorted(missed)}")
    portal = beside()
    if portal:
        print(f"{portal[0]} pages with teasers beside the story: {portal[1]} routed otherwise")
    else:
        print(f"teasers are not measured: there is no {corpora.DATA.name} beside the repository")
    scores, caught = results["feedbot"]
    for code in sorted(scores):
        if code:
            print(f"  {code:8} {scores[code]}")
    beneath = short(scores, caught)
    if portal and portal[1]:
        beneath.append(f"topics: teasers changed the routing of {portal[1]} pages")
    return beneath
