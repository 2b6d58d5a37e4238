"""Measures every quality floor again: `python -m tests.quality [NAME]…`.

Each module of this folder that has a `main` prints what it measured, and returns what fell short.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Runs the named modules, or all of them; 1 if a floor does not hold."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    short: list[str] = []
    for name in names or known:
        if name not in known:
            sys.exit(f"nothing measures {name!r}; known: {', '.join(known)}")
        module = importlib.import_module(f"tests.quality.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name}")
            short += module.main()
    for line in short:
        print(f"BELOW THE FLOOR  {line}", file=sys.stderr)
    return 1 if short else 0


sys.exit(main(sys.argv[1:]))
