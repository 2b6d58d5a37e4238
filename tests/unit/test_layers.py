"""The map of the modules, held: imports go one way, in no circle, and each library has one home."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

import feedbot

PACKAGE = Path(feedbot.__file__).parent

# A module imports only from rows above its own, and from its own unit; units of one row stay apart.
# The parts of `read` and `terms` have rows of their own.
LAYERS: list[set[str]] = [
    {"model", "errors", "events", "formats", "remembered"},
    {"languages"},
    {"web", "terms.countries", "terms.themes"},
    {"terms", "stories", "fetch", "store", "publish", "sources"},
    {"topics"},
    {"config", "read.site_model", "read.workers", "read.synthetic_page", "read.wordpress_urls"},
    {"read.results", "read.discover", "read.feeds"},
    {"read.extract", "read.json_listing", "read.wordpress"},
    {"read.pipeline", "read.reader"},
    {"read"},
    {"poll"},
    {"operations"},
    {"schedule"},
    {"demo", "desk"},
    {"cli"},
    {"__main__"},
]
# What turns bytes and values into values, and what it leaves alone: sites, databases, files, settings.
PURE = {
    "model",
    "errors",
    "formats",
    "remembered",
    "languages",
    "web",
    "terms",
    "stories",
    "topics",
    "read",
}
OUTSIDE = {"fetch", "store", "publish", "config", "sources", "poll", "operations", "schedule"}
# The modules, or packages, that may import a library; nobody else does.
HOMES: dict[str, set[str]] = {
    "ahocorasick": {"topics"},
    "alembic": {"store"},
    "anyascii": {"config"},
    "apscheduler": {"schedule.loop"},
    "brotli": {"fetch"},
    "certifi": {"fetch"},
    "charset_normalizer": {"web.charset"},
    "click": {"cli"},
    "feedgen": {"publish.atom", "publish.rss", "publish.health", "publish.digest"},
    "feedparser": {"read.feeds"},
    "jsonpath": {"web.json_paths"},
    "flask": {"desk"},
    "jinja2": {"publish.pages", "demo.pages", "desk.site"},
    "lxml": {"web", "read", "publish", "operations.opml"},
    "markupsafe": {"desk.wording"},
    "nh3": {"web.sanitise"},
    "obstore": {"publish.bucket"},
    "parsel": {"web.document"},
    "pebble": {"read.workers"},
    "playwright": {"fetch.browser"},
    "procrastinate": {"schedule.queue"},
    "prometheus_client": {"operations.metrics"},
    "protego": {"fetch"},
    "psycopg": {"schedule.queue"},
    "psycopg_pool": {"schedule.queue"},
    "publicsuffixlist": {"web.urls"},
    "pydantic": {"config"},
    "pydantic_core": {"config"},
    "python_socks": {"fetch.proxies"},
    "rapidfuzz": {"stories"},
    "requests": {"fetch"},
    "rich": {"cli.terminal"},
    "segno": {"publish.subscribing"},
    "sqlalchemy": {"store"},
    "tomlkit": {"desk.edits"},
    "tree_sitter": {"config.key_positions"},
    "tree_sitter_toml": {"config.key_positions"},
    "urllib3": {"fetch"},
    "w3lib": {"web"},
    "waitress": {"desk.server"},
    "werkzeug": {"desk"},
    "xxhash": {"stories"},
}


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in PACKAGE.rglob("*.py")}
NAMED = sorted((m for m in MODULES if m and ".migrations" not in m), key=str)


@cache
def imports(module: str) -> frozenset[str]:
    """Every module imported anywhere in a file, also within functions, absolute."""
    path = MODULES[module]
    package = ["feedbot", *path.relative_to(PACKAGE).parts[:-1]]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names |= {_existing(stem, alias.name) for alias in node.names}
    return frozenset(names)


def _existing(stem: str, name: str) -> str:
    """`feedbot.store.queries` where that is a module, else the module that has the name."""
    full = f"{stem}.{name}"
    return full if full.removeprefix("feedbot.") in MODULES else stem


def own(module: str) -> set[str]:
    """The modules of feedbot that a module imports."""
    found = {
        name.removeprefix("feedbot.") for name in imports(module) if name.startswith("feedbot.")
    }
    return found - {module}


def unit(module: str) -> str:
    """The longest name of the map that a module belongs to."""
    names = [name for row in LAYERS for name in row]
    return max((n for n in names if is_within(module, {n})), key=len, default="")


def row(name: str) -> int:
    return next((at for at, names in enumerate(LAYERS) if name in names), -1)


def is_within(module: str, homes: set[str]) -> bool:
    return any(f"{module}.".startswith(f"{home}.") for home in homes)


@pytest.mark.parametrize("module", NAMED)
def test_imports_go_one_way(module: str) -> None:
    me = unit(module)
    assert me, f"{module} is not on the map"
    wrong = [name for name in own(module) if unit(name) != me and row(unit(name)) >= row(me)]
    assert not wrong, f"{module} imports {wrong}"


@pytest.mark.parametrize("module", [one for one in NAMED if is_within(one, PURE)])
def test_reading_and_deciding_know_nothing_of_what_is_outside(module: str) -> None:
    assert [name for name in own(module) if is_within(name, OUTSIDE)] == []


@pytest.mark.parametrize("module", NAMED)
def test_each_library_has_one_home(module: str) -> None:
    libraries = {name.split(".")[0] for name in imports(module)} - sys.stdlib_module_names
    wrong = [one for one in libraries - {"feedbot"} if not is_within(module, HOMES.get(one, set()))]
    assert not wrong, f"{module} imports {wrong}"


def test_no_modules_import_each_other() -> None:
    done: set[str] = set()

    def follow(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a circle: {' -> '.join([*path[path.index(module) :], module])}"
        if module not in done:
            for name in sorted(own(module)):
                follow(name, (*path, module))
            done.add(module)

    for module in NAMED:
        follow(module, ())


def test_the_map_names_only_what_exists() -> None:
    names = {name for row in LAYERS for name in row}
    assert not names - set(MODULES), "on the map, but not in the package"
    assert all(is_within(home, set(MODULES)) for homes in HOMES.values() for home in homes)
