"""The GitHub workflow of docs/serving.md, its commands run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from feedbot.demo import configuration
from feedbot.demo.portal import Portal
from tests.processes import without_read_time

PAGE = Path(__file__).parents[2] / "docs" / "serving.md"


def steps() -> dict[str, str]:
    """The commands of the workflow by name, those left out that others have to know."""
    found = re.search(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found
    workflow = yaml.safe_load(found[1])
    named = workflow["jobs"]["publish"]["steps"]
    return {one["name"]: one["run"] for one in named if "run" in one and one["name"] != "Install"}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def run_once(home: Path, name: str) -> Path:
    """One run, on a machine that knows nothing; the folder that would be served."""
    git(home, "clone", "-q", "origin", name)
    (home / name / "temporary").mkdir()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(home / name / "temporary"),
    }
    for step, command in steps().items():
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            cwd=home / name, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{step}: {done.stderr}"
    return home / name / "feeds"


def files(folder: Path) -> dict[str, bytes]:
    """What is served, but for the minute at which the site was read last."""
    return {path.name: without_read_time(path.read_bytes()) for path in folder.glob("*.*")}


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_run_knows_what_the_last_one_knew(tmp_path: Path) -> None:
    home = tmp_path
    git(home, "init", "-q", "--bare", "-b", "main", "origin")
    git(home, "clone", "-q", "origin", "first")
    with Portal() as portal:
        text = configuration(portal.url, home).replace(f'"{home}/feeds"', '"feeds"')
        (home / "first" / "feedbot.toml").write_text(text, encoding="utf-8")
        git(home / "first", "add", ".")
        person = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        git(home / "first", *person, "commit", "-q", "-m", "Configuration")
        git(home / "first", "push", "-q", "origin", "HEAD:main")
        second = run_once(home, "second")
        third = run_once(home, "third")
        published = files(second)
        assert "index.html" in published
        assert files(third) == published
        while portal.correct():
            pass
        fourth = run_once(home, "fourth")
    assert (fourth / "rusland.xml").read_bytes() != published["rusland.xml"]
    tags = [
        set(re.findall(rb"<id>(\S+)</id>", (one / "rusland.xml").read_bytes()))
        for one in (second, fourth)
    ]
    assert tags[0] == tags[1], "the same entries, revised"
    origin = home / "origin"
    assert git(origin, "rev-list", "--count", "state") == "1"
    names = git(origin, "ls-tree", "--name-only", "state").splitlines()
    assert names == ["feedbot.db", "feeds"]
