"""Runs the modules of a folder that have a `main`: it prints what it measured, and returns what
fell short."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def run(folder: str, names: list[str]) -> int:
    """Runs the named modules of tests/`folder`, or all of them; 1 if anything fell short."""
    known = sorted(path.stem for path in (Path(__file__).parent / folder).glob("[a-z]*.py"))
    short: list[str] = []
    for name in names or known:
        if name not in known:
            sys.exit(f"nothing measures {name!r}; known: {', '.join(known)}")
        module = importlib.import_module(f"tests.{folder}.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name}", flush=True)
            short += module.main()
    for line in short:
        print(f"FELL SHORT  {line}", file=sys.stderr)
    return 1 if short else 0
