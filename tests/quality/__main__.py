"""Measures every quality floor again: `python -m tests.quality [NAME]…`."""

from __future__ import annotations

import sys

from tests.measure import run

sys.exit(run("quality", sys.argv[1:]))
