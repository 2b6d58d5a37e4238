"""The examples of the documentation, run as they stand there, on the built-in sample site.

```toml      is read as a configuration; tables that it leaves out are added
```console   is run in the folder of the page's first whole configuration; "…" stands for anything
"""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from feedbot.config import parse
from feedbot.demo.portal import Portal
from tests.processes import feedbot
from tests.reference import outputs, reference

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TUTORIAL = ROOT / "docs" / "tutorial.md"  # which test_tutorial.py follows
SAMPLE = "http://127.0.0.1:8001/nieuws"  # what the pages call the sample site
REST = {
    "feeds": '[feeds]\nurl = "https://feeds.example.org/"\n',
    "sources": '[[sources]]\nname = "Kustportaal"\nurl = "http://127.0.0.1:8001/nieuws"\n',
    "topics": "[topics]\nRusland = {}\n",
}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def whole(text: str) -> str:
    """A configuration with what an example leaves out."""
    given = tomllib.loads(text)
    return "\n".join([text, *(rest for table, rest in REST.items() if table not in given)])


def examples(language: str) -> list[object]:
    return [
        pytest.param(page, block, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page, language))
    ]


@pytest.mark.parametrize(("page", "block"), examples("toml"))
def test_every_configuration_is_understood(
    page: Path, block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in re.findall(r'"env:(\w+)"', block):
        monkeypatch.setenv(name, "geheim")
    parse(whole(block), page.with_name("feedbot.toml"))


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page with what they print."""
    return [one for block in blocks(page, "console") for one in commands_of(block)]


def commands_of(block: str) -> list[tuple[str, str]]:
    """The commands of a block with what they print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, printed) for command, _, printed in (one.partition("\n") for one in parts)]


def shows(printed: str, shown: str) -> bool:
    """Whether a page shows what was printed: its parts in this order, the ends at the ends."""
    first, *middle = (" ".join(part.split()) for part in printed.split("…"))
    shown = " ".join(shown.split())
    if not middle:
        return shown == first
    last, at = middle.pop(), len(first)
    for part in middle:  # a regular expression would try all places of all parts
        at = shown.find(part, at) + len(part)
        if at < len(part):
            return False
    return shown.startswith(first) and shown[at:].endswith(last)


@pytest.mark.parametrize(
    "page", [p for p in PAGES if commands(p) and p != TUTORIAL], ids=lambda page: page.stem
)
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    texts = [text for text in blocks(page, "toml") if "[feeds]" in text] or [""]
    with Portal() as portal:
        config = whole(texts[0]).replace(SAMPLE, portal.url)
        (tmp_path / "feedbot.toml").write_text(config, encoding="utf-8")
        assert feedbot(tmp_path, "poll").returncode == 0
        for command, printed in commands(page):
            program, *words = shlex.split(command.replace(SAMPLE, portal.url))
            assert program == "feedbot"
            done = feedbot(tmp_path, *words)
            assert done.returncode == 0, f"{command}: {done.stderr}"
            shown = done.stdout.replace(portal.url, SAMPLE)
            assert shows(printed, shown), f"{command}:\n{done.stdout}"


def test_the_reference_says_what_is_published_and_printed() -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == reference() + "\n" + outputs(), "run `make docs`"
