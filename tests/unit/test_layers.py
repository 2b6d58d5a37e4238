"""The map of the modules, held: imports go one way, and each library has one home."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import feedbot

PACKAGE = Path(feedbot.__file__).parent

# A module imports only from earlier rows and from its own unit; units of one row stay apart.
ROWS: list[set[str]] = [
    {"model", "errors"},
    {
        "language",
        "countries",
        "charset",
        "urls",
        "lenient_json",
        "blocks",
        "formulas",
        "document",
        "stamps",
        "sanitise",
        "terms",
        "site",
        "pace",
        "signs",
        "notify",
        "events",
    },
    {"config", "results"},
    {"fetch", "discover", "announced", "extract", "fingerprint", "topics", "store", "publish"},
    {"decide", "read", "workers"},
    {"reader"},
    {"poll"},
    {
        *("schedule", "replay", "retention", "websub", "watch"),
        *("explain", "survey", "status", "metrics", "doctor", "presence"),
    },
    {"queue"},
    {"demo"},
    {"cli", "__main__"},
]
# Within row two the words come before what is built of them.
EXTRA = {
    ("terms", "language"),
    ("terms", "countries"),
    ("countries", "language"),
    ("sanitise", "urls"),
    ("stamps", "document"),
    ("stamps", "language"),
    ("document", "charset"),
    ("document", "formulas"),
    ("document", "lenient_json"),
    ("blocks", "language"),
    ("document", "urls"),
    ("schedule", "replay"),
    ("schedule", "watch"),
    ("watch", "status"),
    ("metrics", "status"),
    ("doctor", "schedule"),
    ("doctor", "status"),
    ("schedule", "retention"),
    ("schedule", "websub"),
    ("__main__", "cli"),
}
HOMES: dict[str, set[str]] = {
    "ahocorasick": {"topics"},
    "alembic": {"store"},
    "anyascii": {"config"},
    "apscheduler": {"schedule"},
    "brotli": {"fetch"},
    "certifi": {"fetch"},
    "charset_normalizer": {"charset"},
    "click": {"cli"},
    "feedgen": {"publish"},
    "feedparser": {"announced"},
    "jinja2": {"publish", "demo"},
    "lxml": {
        "announced",
        "document",
        "formulas",
        "discover",
        "extract",
        "sanitise",
        "stamps",
        "publish",
    },
    "nh3": {"sanitise"},
    "obstore": {"publish"},
    "parsel": {"document"},
    "pebble": {"workers"},
    "prometheus_client": {"metrics"},
    "protego": {"fetch"},
    "procrastinate": {"queue"},
    "psycopg": {"queue"},
    "psycopg_pool": {"queue"},
    "publicsuffixlist": {"urls"},
    "pydantic": {"config"},
    "pydantic_core": {"config"},
    "rapidfuzz": {"fingerprint"},
    "requests": {"fetch"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "tree_sitter": {"config"},
    "tree_sitter_toml": {"config"},
    "urllib3": {"fetch"},
    "w3lib": {"charset", "urls"},
    "xxhash": {"fingerprint"},
}


def unit(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] if parts[0] != "__init__" else ""


def row(name: str) -> int:
    return next((i for i, names in enumerate(ROWS) if name in names), -1)


def imports(path: Path) -> list[str]:
    """Every module imported anywhere in a file, absolute."""
    names = []
    package = ["feedbot", *path.relative_to(PACKAGE).with_suffix("").parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names += [f"{stem}.{alias.name}" for alias in node.names]
    return names


FILES = sorted(p for p in PACKAGE.rglob("*.py") if unit(p))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    me = unit(path)
    assert row(me) >= 0, f"{me} is not on the map"
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head != "feedbot":
            continue
        other = rest.split(".")[0]
        if other == me or row(other) < 0:
            continue
        assert row(other) < row(me) or (me, other) in EXTRA, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_home(path: Path) -> None:
    for name in imports(path):
        head = name.split(".")[0]
        if head == "feedbot" or head in sys.stdlib_module_names:
            continue
        assert unit(path) in HOMES.get(head, set()), f"{path.name} imports {head}"


def test_the_map_names_only_what_exists() -> None:
    units = {unit(path) for path in FILES}
    missing = set().union(*ROWS) - units - {"__main__"}
    assert not missing, f"on the map but not in the package: {missing}"
