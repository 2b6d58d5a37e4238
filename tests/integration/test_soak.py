"""Some days of news in seconds; `make soak` plays a month of sixty sites."""

from __future__ import annotations

from pathlib import Path

from tests.soak import SHORT, judge, report, soak


def test_every_story_once_and_in_time_whatever_goes_wrong(tmp_path: Path) -> None:
    run = soak(SHORT, tmp_path)
    print(report(run))
    assert judge(run) == []
