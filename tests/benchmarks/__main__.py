"""Measures the speed, as ratios of one run: `python -m tests.benchmarks [NAME]…`."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

import feedbot
from tests.measure import run

# As an installation does: else each process that is timed may compile what was changed since.
compileall.compile_dir(Path(feedbot.__file__).parent, quiet=1)
sys.exit(run("benchmarks", sys.argv[1:]))
