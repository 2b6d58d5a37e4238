"""Measures the speed, as ratios of one run: `python -m tests.benchmarks [NAME]…`."""

from __future__ import annotations

import sys

from tests.measure import run

sys.exit(run("benchmarks", sys.argv[1:]))
