"""Every markup of a portal gives its stories whole and alone, on both visits alike."""

from __future__ import annotations

import pytest

from tests.markups import MARKUPS, shots
from tests.quality.portals import measure

AT_MOST = {
    "leak after the listing": 0.02,
    **dict.fromkeys(("leak", "lead lost", "end lost", "subhead lost", "date made up"), 0.0),
}
AT_LEAST = {
    "exact": 0.98,
    "title": 1.0,
    "visits equal": 1.0,
    "link precision": 0.95,
    "link recall": 0.97,
}


@pytest.mark.parametrize("markup", MARKUPS)
def test_stories_are_whole_and_alone_and_still(markup: str) -> None:
    tally = measure([shots(markup)])
    figures = tally.figures()
    assert not {name: figures[name] for name in AT_MOST if figures[name] > AT_MOST[name]}, (
        tally.wrong
    )
    assert not {name: figures[name] for name in AT_LEAST if figures[name] < AT_LEAST[name]}, (
        tally.wrong
    )
