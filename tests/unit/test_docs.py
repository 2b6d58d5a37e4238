"""Documentation that cannot rot: the reference is what the code says."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest

import feedbot
from feedbot.cli import main
from tests.reference import reference

ROOT = Path(__file__).parents[2]


def test_the_reference_says_what_the_code_says() -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written.startswith(reference()), "run `make docs`"


@pytest.mark.parametrize("name", [n for n, c in main.commands.items() if not c.hidden])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`feedbot {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")], ids=lambda p: p.name
)
def test_every_link_between_the_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve()
        if path.is_relative_to(ROOT / "feedbot"):  # installed, it lies elsewhere
            path = Path(feedbot.__file__).parent / path.relative_to(ROOT / "feedbot")
        assert path.exists(), f"{page.name} links to {target}"


def test_the_changelog_has_this_version() -> None:
    version = importlib.metadata.version("feedbot")
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
