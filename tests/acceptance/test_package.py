"""What is published: the same bytes whoever builds it, and whole: nothing of the source tree is
needed to run it, and no library that pyproject.toml does not name."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from feedbot.cli import main
from tests import package

# Those that read what lies beside the modules.
SOME = ["unit/test_countries.py", "unit/test_docs.py", "unit/test_layers.py", "unit/test_atom.py"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist and the wheel."""
    return package.build(package.ROOT, tmp_path_factory.mktemp("dist"))


def test_a_tree_gives_the_same_bytes_wherever_and_whenever_it_is_built(
    published: tuple[Path, Path], tmp_path: Path
) -> None:
    tree = package.unpack(published[0], tmp_path / "elsewhere")
    for number, path in enumerate(sorted(tree.rglob("*"))):
        os.utime(path, (1_500_000_000 + number, 1_500_000_000 + number))
        if path.is_file():
            path.chmod(0o600)
    again = package.build(tree, tmp_path)
    assert [path.name for path in again] == [path.name for path in published]
    for one, other in zip(again, published, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_every_command_runs_with_what_pyproject_names_and_nothing_else(
    published: tuple[Path, Path], tmp_path: Path
) -> None:
    package.bare(tmp_path / "env", package.requirements())
    feedbot = package.install(published[1], tmp_path / "env").with_name("feedbot")

    def run(*arguments: str) -> str:
        clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        done = subprocess.run(
            [feedbot, *arguments],
            cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    assert run("--version") == f"feedbot {importlib.metadata.version('feedbot')}\n"
    assert "revised" in run("demo", "--once", "-o", "out")
    here = ["-c", "out/feedbot.toml"]
    for command in ("check", "status", "topics", "replay", "prune", "publish"):
        assert run(command, *here)
    assert run("backup", "copy.db", *here)
    for command in main.commands:
        assert run(command, "--help")


def test_tests_pass_on_what_is_installed(published: tuple[Path, Path], tmp_path: Path) -> None:
    """Some of them; `make package` runs all."""
    everything = package.requirements("test", extras=("cluster", "s3"))
    package.bare(tmp_path / "env", everything)
    python = package.install(published[1], tmp_path / "env")
    tree = package.without_source(published[0], tmp_path)
    where = "import feedbot; print(feedbot.__file__)"
    found = subprocess.run(
        [python, "-c", where], cwd=tree, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith(str(tmp_path / "env"))
    assert package.run_tests(python, tree, *(f"tests/{name}" for name in SOME)).returncode == 0


def test_the_version_stands_in_one_place() -> None:
    version = importlib.metadata.version("feedbot")
    naming = [
        path.name
        for path in [*package.ROOT.glob("*"), *package.ROOT.glob("feedbot/**/*.py")]
        if path.is_file() and f'"{version}"' in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert naming == ["pyproject.toml"]


def test_the_image_runs_without_rights() -> None:
    engine = next(filter(shutil.which, ("docker", "podman")), None)
    base = re.findall(r"^FROM (\S+)", (package.ROOT / "Dockerfile").read_text(), re.MULTILINE)[-1]

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(engine), *arguments]
        return subprocess.run(
            command, cwd=package.ROOT, capture_output=True, text=True, timeout=250, check=False
        )

    if engine is None or ask("info").returncode != 0 or ask("pull", "-q", base).returncode != 0:
        pytest.skip(f"no engine here that could fetch {base}")
    built = ask("build", "-q", "-t", "feedbot:test", ".")
    assert built.returncode == 0, built.stderr
    try:
        said = ask("run", "--rm", "feedbot:test", "--version").stdout
        assert said == f"feedbot {importlib.metadata.version('feedbot')}\n"
        assert ask("run", "--rm", "--entrypoint", "id", "feedbot:test", "-u").stdout == "10001\n"
        shown = ask("inspect", "-f", "{{.Config.Healthcheck}}", "feedbot:test").stdout
        assert "/health" in shown
    finally:
        ask("rmi", "feedbot:test")
