"""Runs the modules of a folder that have a `main`: it prints what it measured, and returns what
fell short."""

from __future__ import annotations

import importlib
import io
import os
import platform
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

WRITE = "--write"  # and a file: what is printed becomes a page of the docs, too


def run(folder: str, arguments: list[str]) -> int:
    """Runs the named modules of tests/`folder`, or all of them; 1 if anything fell short."""
    path = None
    if WRITE in arguments:
        at = arguments.index(WRITE)
        path = Path(arguments[at + 1])
        arguments = [*arguments[:at], *arguments[at + 2 :]]
    short: list[str] = []
    page = _head(folder)
    for name in _names(folder, arguments):
        module = importlib.import_module(f"tests.{folder}.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name}", flush=True)
            printed = _Tee()
            with redirect_stdout(printed):
                short += module.main()
            page += _section(name, module, printed.getvalue())
    if path:
        path.write_text(page)
    for line in short:
        print(f"FELL SHORT  {line}", file=sys.stderr)
    return 1 if short else 0


def _names(folder: str, names: list[str]) -> list[str]:
    known = sorted(path.stem for path in (Path(__file__).parent / folder).glob("[a-z]*.py"))
    for name in names:
        if name not in known:
            sys.exit(f"nothing measures {name!r}; known: {', '.join(known)}")
    return names or known


class _Tee(io.StringIO):
    """Keeps what is printed, and prints it."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)  # type: ignore[union-attr]
        sys.__stdout__.flush()  # type: ignore[union-attr]
        return super().write(text)


def _head(folder: str) -> str:
    return (
        f"# Measured\n\nWritten by `python -m tests.{folder} {WRITE} FILE`, in one run, with Python"
        f" {platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}). Seconds are"
        " of that machine; ratios within a table hold on others.\n"
    )


def _section(name: str, module: ModuleType, printed: str) -> str:
    first = (module.__doc__ or "").strip().splitlines()[0]
    return f"\n## {name}\n\n{first}\n\n```\n{printed.rstrip()}\n```\n"
