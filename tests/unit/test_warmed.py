"""What the workers share: that the page of each kind is really read."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import time
from feedbot.read import pipeline
start = time.process_time()
from feedbot.read import warmed
first = time.process_time() - start
results = warmed._warm()
again = time.process_time() - start - first
print(again / first, [result.article.title for result in results])
"""


def test_its_listing_and_its_articles_are_read_and_nothing_is_left_to_compile() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    share, _, titles = done.stdout.strip().partition(" ")
    assert titles == "['Bridge closed', 'Bridge closed']"
    assert float(share) < 0.25  # of the first time; it is a twentieth
