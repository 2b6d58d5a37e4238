"""Some days of news in seconds; `make soak` plays a month of sixty sites."""

from __future__ import annotations

import subprocess
import sys


def test_every_story_once_and_in_time_whatever_goes_wrong() -> None:
    # In a process of its own, whose memory nobody else has used.
    command = [sys.executable, "-m", "tests.soak", "short"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stderr
