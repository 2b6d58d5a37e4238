"""What is published, and the tests on it as its users have it: installed, without the source tree.

`python -m tests.package build FOLDER`          the sdist, and the wheel that is built of it
`python -m tests.package test [PYTEST'S ARGUMENTS]`  in a new environment, with the pinned libraries
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
BUILD = (
    "import sys, flit_core.buildapi as b; print(getattr(b, 'build_' + sys.argv[1])(sys.argv[2]))"
)
DATE = "1767225600"  # 2026-01-01: what is packed bears some date, and one that does not move


def build(tree: Path, into: Path) -> tuple[Path, Path]:
    """The sdist of a tree, and the wheel that is built of the sdist; equal trees, equal bytes."""
    into.mkdir(parents=True, exist_ok=True)
    sdist = into / _build("sdist", tree, into)
    with tempfile.TemporaryDirectory() as folder:
        return sdist, into / _build("wheel", unpack(sdist, Path(folder)), into)


def _build(kind: str, tree: Path, into: Path) -> str:
    environment = {"SOURCE_DATE_EPOCH": DATE} | os.environ
    done = subprocess.run(
        [sys.executable, "-c", BUILD, kind, str(into.absolute())],
        cwd=tree, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def unpack(sdist: Path, into: Path) -> Path:
    """The tree that an sdist holds."""
    # Not with tarfile: its filters came with 3.11.4, and without one it warns from 3.12 on.
    into.mkdir(parents=True, exist_ok=True)
    subprocess.run(["tar", "-xf", sdist, "-C", into], check=True)
    return into / sdist.name.removesuffix(".tar.gz")


def without_source(sdist: Path, into: Path) -> Path:
    """The tests and what they read, and nothing that could be imported in place of what is
    installed."""
    tree = unpack(sdist, into)
    shutil.rmtree(tree / "feedbot")
    return tree


def install(wheel: Path, environment: Path) -> Path:
    """Installs a wheel, and nothing else, into an environment; the environment's Python."""
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", "--no-index", "--no-deps", str(wheel)], check=True
    )
    return python


# --- an environment that holds just what is asked for, of libraries that are here already -------


def bare(environment: Path, requirements: Iterable[str]) -> None:
    """An environment with these requirements, all that they need in turn, and not even pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    for one in _needed(requirements):
        for top in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(one.locate_file(top))))


def _needed(requirements: Iterable[str]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    seen, waiting = set[str](), [Requirement(one) for one in requirements]
    while waiting:
        one = waiting.pop()
        if str(one) in seen or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        seen.add(str(one))
        here = found.setdefault(canonicalize_name(one.name), distribution(one.name))
        for below in map(Requirement, here.requires or ()):
            extras = [{"extra": extra} for extra in one.extras or {""}]
            if below.marker is None or any(map(below.marker.evaluate, extras)):
                below.marker = None
                waiting.append(below)
    return list(found.values())


def requirements(*groups: str, extras: Iterable[str] = ()) -> list[str]:
    """What pyproject.toml asks for: to run, and for some of its groups and extras."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional, group = text["project"]["optional-dependencies"], text["dependency-groups"]
    asked = [text["project"]["dependencies"], *(optional[one] for one in extras)]
    return [one for several in [*asked, *(group[name] for name in groups)] for one in several]


def run_tests(python: Path, tree: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The tests of a tree, with what is installed beside that Python."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "PYTHON"))}
    environment["PATH"] = f"{python.parent}:{environment['PATH']}"
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=tree, env=environment)


def main(*arguments: str) -> int:
    """See above."""
    if arguments[:1] == ("build",):
        print(*build(ROOT, Path(arguments[1])), sep="\n")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sdist, wheel = build(ROOT, folder)
        subprocess.run(
            [os.environ.get("PYTHON", "python3"), "-m", "venv", folder / "env"], check=True
        )
        python = folder / "env" / "bin" / "python"
        pip = [python, "-m", "pip", "install", "-q", "--no-deps", "--disable-pip-version-check"]
        pins = ROOT / "requirements" / "test.txt"
        subprocess.run([*pip, "--require-hashes", "-r", pins], check=True)
        subprocess.run([*pip, "--no-index", wheel], check=True)
        return run_tests(python, without_source(sdist, folder), *arguments[1:]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
