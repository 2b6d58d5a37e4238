"""Sites that were once read wrongly, each a folder of `tests/pages`; `tests/sites.py` says how."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbot.model import Topic
from feedbot.read.reader import Reader
from tests.sites import FOLDER, Case

CASES = sorted(file.parent for file in FOLDER.glob("*/expected.json"))
NOT_YET: dict[str, str] = {}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The workers that read all of these pages."""
    with Reader([Topic(name="Alles", slug="alles", any=("*",))], {}) as reader:
        yield reader


@pytest.mark.slow  # all of them
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_subscriber_gets_what_the_site_tells(case: Path, tmp_path: Path, reader: Reader) -> None:
    problems = Case(case, tmp_path, reader).run()
    if case.name in NOT_YET:
        assert problems, f"{case.name} is read well by now: take it out of NOT_YET"
        pytest.xfail(NOT_YET[case.name])
    assert not problems, "\n".join(problems)


def test_a_page_that_is_read_wrongly_is_noticed(tmp_path: Path, reader: Reader) -> None:
    """The runner itself: what is expected of one site is not what another gives."""
    case = Case(FOLDER / "date-spanish", tmp_path, reader)
    case.expected["entries"][0]["published"] = "2026-11-08"
    case.expected["entries"].append({"url": "/nieuws/nowhere"})
    assert len(case.run()) == 2
