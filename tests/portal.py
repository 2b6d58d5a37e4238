"""News sites for tests: the built-in portal, and the same with the two seed articles on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbot.demo import WireStory
from feedbot.demo.portal import Portal

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
MORE = "Meer uit Buitenland"
# Stored text has no break between the time of one teaser and the place of the next.
AGE = re.compile(r"^\d+ (?:minuut|minuten|uur|dag|dagen|week|weken) geleden", re.MULTILINE)


def wall_clock() -> datetime:
    return datetime.now(UTC)


def parse_seed(text: str) -> tuple[WireStory, list[str]]:
    """The article of a seed, and the leads of the teasers that were stored with it."""
    text, more, rest = text.strip().partition(f"\n{MORE}\n")
    assert more, "a seed without teasers"
    headline, *paragraphs = text.splitlines()
    slug = re.sub(r"[^a-z0-9]+", "-", headline.lower()).strip("-")
    story = WireStory(
        slug=slug, headline=headline, section="Buitenland", paragraphs=tuple(paragraphs)
    )
    return story, [lead.strip() for lead in AGE.split(rest) if lead.strip()]


class SeedPortal(Portal):
    """The seed articles as a portal serves them: other teasers and other ages at every request.

    It has no validators: each poll gets each page again, and each time it looks different.
    """

    def __init__(self, seeds: Path = SEEDS, *, clock: Callable[[], datetime] = wall_clock) -> None:
        parsed = [
            parse_seed(path.read_text(encoding="utf-8")) for path in sorted(seeds.glob("*.txt"))
        ]
        stories = [story for story, _ in parsed]
        self.older = list(dict.fromkeys(lead for _, teasers in parsed for lead in teasers))
        super().__init__(
            clock=clock,
            stories=stories,
            older=self.older,
            at_first=len(stories),
            validators=False,
        )


@pytest.fixture
def portal() -> Iterator[Portal]:
    """The built-in site."""
    with Portal() as site:
        yield site


@pytest.fixture
def seed_portal() -> Iterator[SeedPortal]:
    """The site with the seed articles; skips where they are not to be had."""
    if not SEEDS.is_dir():
        pytest.skip(f"no seed articles in {SEEDS}")
    with SeedPortal() as site:
        yield site
