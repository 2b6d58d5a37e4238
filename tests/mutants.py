"""`make mutants`: small changes to a module, and whether the tests notice (ARGS="decide leases").

With ARGS="evidence --every 5" only every fifth mutant is tried.

    source ─cosmic-ray's operators─▶ mutants ─a forked process each─▶ killed, or a survivor

A process has imported the libraries, and what of feedbot does not import the module. Its copy of the
module is the mutated one, and it runs the tests of the module until one fails. Survivors are printed with their line and
change; the exit code is 1 where fewer than FLOOR of the mutants of a module are killed. Those that
change nothing that could be observed are named, with the reason, in `mutants.toml`.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import multiprocessing
import os
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import parso
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.number_replacer import NumberReplacer
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent
FLOOR = 0.85  # share of the mutants of a module that its tests have to kill
PATIENCE = 10  # times as long as the tests take with the module as it is: then it hangs
LEAST_PATIENCE = 20.0  # seconds
LONGEST = 600.0  # seconds; the tests of a module that has no change
JOBS = 2  # processes at a time

# The tests of a module: the quickest that are likely to notice come first.
UNIT, INTEGRATION = "tests/unit", "tests/integration"
IDENTITY = (f"{UNIT}/test_decide.py", f"{UNIT}/test_fingerprint.py")
DISCOVER = (
    f"{UNIT}/test_listing_markups.py",
    f"{UNIT}/test_listing_times.py",
    f"{UNIT}/test_discover.py",
)
TESTS: dict[str, tuple[str, ...]] = {
    "stories.decide": (f"{UNIT}/test_decide.py",),
    "stories.fingerprint": IDENTITY[::-1],
    "stories.fingerprint.compare": IDENTITY[::-1],
    "stories.fingerprint.difference": IDENTITY[::-1],
    "stories.fingerprint.sketch": IDENTITY[::-1],
    "stories.fingerprint.tokens": IDENTITY[::-1],
    "sources.adaptive_interval": (f"{UNIT}/test_pace.py",),
    "publish.entries": (f"{UNIT}/test_entries.py", f"{UNIT}/test_atom.py", f"{UNIT}/test_rss.py"),
    "store.leases": (f"{INTEGRATION}/test_leases.py", f"{INTEGRATION}/test_due.py"),
    "topics.route": (
        f"{UNIT}/test_topics.py",
        f"{UNIT}/test_route_edges.py",
        f"{UNIT}/test_regions.py",
        f"{UNIT}/test_topic_languages.py",
    ),
    **{
        f"read.discover.{name}": (f"{UNIT}/test_{test}.py", *DISCOVER)
        for name, test in {  # the module that tests it, before those that use all of them
            "addresses": "addresses",
            "anchors": "anchors",
            "card_text": "card_text",
            "cards": "cards",
            "evidence": "evidence",
            "families": "families",
            "learning": "learning",
            "links": "considered",
            "named": "site_name",
            "onward": "onward",
        }.items()
    },
}
# Whole megabytes, thousands of sources: they take longest, and tell of time, not of rules.
LEFT_OUT = " and ".join(
    f"not {name}"
    for name in (
        "bounded_time",
        "ten_thousand",
        "of_many_who",
        "whatever_the_sources_contain",
        "postgresql",
        "the_cost_grows",
    )
)
PYTEST = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutants", "-k", LEFT_OUT)
PLUGINS = ("pytest_timeout", "_hypothesis_pytestplugin")

# --- what is changed --------------------------------------------------------------------------


class ScaleNumber(NumberReplacer):
    """Doubles and halves a number; whole numbers go up and down by one as well."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """One position for each other value."""
        if node.type == "number":
            yield from [(node.start_pos, node.end_pos)] * len(_other_values(node.value))

    def mutate(self, node: Any, index: int) -> Any:
        """The number with another value."""
        value = _other_values(node.value)[index]
        return parso.python.tree.Number(str(value), node.start_pos, node.prefix)


def _other_values(literal: str) -> list[float]:
    value = float(literal) if "." in literal or "e" in literal else int(literal, 0)
    if isinstance(value, float):
        return list(dict.fromkeys((value * 2, value / 2))) if value else [1.0]
    others = (value + 1, value - 1, value * 2, value // 2)
    return [other for other in dict.fromkeys(others) if other != value]


class RemoveStatement(Operator):
    """Puts `pass` in the place of a call, `x += 1`, `continue`, `break` or `raise`."""

    REMOVED = ("atom_expr", "raise_stmt", "continue_stmt", "break_stmt")

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """At most one."""
        if node.type != "simple_stmt":
            return
        first = node.children[0]
        augmented = first.type == "expr_stmt" and first.children[1].type == "operator"
        assigned = augmented and first.children[1].value in ("+=", "-=", "*=", "|=")
        if assigned or first.type in self.REMOVED or getattr(first, "value", "") in LEAVING:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """`pass`, as far indented as the statement."""
        first = node.children[0]
        prefix = first.get_first_leaf().prefix
        node.children[0] = parso.python.tree.Keyword("pass", first.start_pos, prefix)
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """None; these are for cosmic-ray's own tests."""
        return ()


LEAVING = ("continue", "break")


class NegateReturn(Operator):
    """Negates what a function returns that says it returns a bool."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """At most one."""
        if node.type != "return_stmt":
            return
        function = node.search_ancestor("funcdef")
        returns = function.annotation
        is_constant = node.children[1].type == "keyword"  # other operators change these
        if returns is not None and returns.get_code().strip() == "bool" and not is_constant:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The statement with `not (…)` around its value."""
        node.children[1] = parso.parse(f" not ({node.children[1].get_code().strip()})")
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """None; these are for cosmic-ray's own tests."""
        return ()


# cosmic-ray replaces each operator with each other one. Two of them tell what all of them would:
# whether the edge is tested, and whether the direction is.
COMPARISONS = ("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE",
               "GtE_Gt", "GtE_Lt", "Is_IsNot", "IsNot_Is")  # fmt: skip
ARITHMETIC = ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul",
              "RShift_LShift", "LShift_RShift", "BitOr_BitAnd", "BitAnd_BitOr")  # fmt: skip
OTHERS = ("ReplaceUnaryOperator_Delete_USub", "ReplaceUnaryOperator_Delete_Not", "AddNot",
          "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
          "ReplaceBreakWithContinue", "ReplaceContinueWithBreak",
          "ZeroIterationForLoop")  # fmt: skip


def operators() -> list[Operator]:
    """All that change something; those of cosmic-ray first."""
    theirs = OperatorProvider()
    names = [f"ReplaceComparisonOperator_{pair}" for pair in COMPARISONS]
    names += [f"ReplaceBinaryOperator_{pair}" for pair in ARITHMETIC]
    found = [theirs[name]() for name in (*names, *OTHERS)]
    return [*found, ScaleNumber(), RemoveStatement(), NegateReturn()]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change."""

    source: str
    line: int
    change: str  # "the line as it was → the line as it is"


def mutants_of(source: str) -> list[Mutant]:
    """Every different change that the operators make, in the order of the lines.

    Annotations and decorators stay as they are: none of them is a rule that a test could check.
    So do the arguments of `os.kill`: signal 0 only asks, and its neighbours end processes.
    """
    found: dict[str, Mutant] = {}
    parts = [node.get_code() for node in get_ast(source).children]
    for at, part in enumerate(parts):  # a function or class each: short ones are parsed quickly
        before, after = "".join(parts[:at]), "".join(parts[at + 1 :])
        for changed in _changes(part):
            line, change = _described(part, changed)
            whole = before + changed + after
            found.setdefault(whole, Mutant(whole, before.count("\n") + line, change))
    return sorted(found.values(), key=lambda mutant: (mutant.line, mutant.change))


def _changes(part: str) -> Iterator[str]:
    """A function, class or assignment of a module with each change that the operators make."""
    for operator in operators():
        for number, node in enumerate(_places(part, operator)):
            changed = None if _is_left_alone(node) else mutate_code(part, operator, number)
            if changed and changed != part:
                yield changed


def _places(source: str, operator: Operator) -> Iterator[Any]:
    for node in ast_nodes(get_ast(source)):
        for _ in operator.mutation_positions(node):
            yield node


def _is_left_alone(node: Any) -> bool:
    """Whether a node, or one that it is in, is left as it is."""
    if node.type == "operator" and node.parent.type in ("param", "parameters"):
        return True  # the signs of a signature
    while node.parent is not None:
        if _is_annotation(node) or node.type == "decorator" or _is_signal(node):
            return True
        node = node.parent
    return False


def _is_annotation(node: Any) -> bool:
    parent = node.parent
    if parent.type in ("param", "funcdef"):
        return node is parent.annotation
    return (parent.type == "annassign" and node is parent.children[1]) or (
        parent.type == "tfpdef" and node is parent.children[-1]
    )


def _is_signal(node: Any) -> bool:
    return node.type == "atom_expr" and node.get_code().strip().startswith("os.kill")


def _described(part: str, changed: str) -> tuple[int, str]:
    before, after = part.splitlines(), changed.splitlines()
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    _, i, j, k, m = next(block for block in blocks if block[0] != "equal")
    return i + 1, f"{_code(before[i:j])} → {_code(after[k:m])}"


def _code(lines: list[str]) -> str:
    """Lines of source as one, without their comments."""
    return " ".join(word for line in lines for word in line.partition("  # ")[0].split())


# --- one process for each ---------------------------------------------------------------------


class Mutated(SourceFileLoader):
    """Loads a module whose text is another than that of its file."""

    text = ""

    def get_code(self, fullname: str) -> CodeType:
        """The code of the text, never a cached one."""
        return compile(self.text, self.path, "exec")


@dataclass
class MutantFinder(MetaPathFinder):
    """Finds one module of feedbot in its mutated form."""

    module: str
    text: str
    independent: tuple[str, ...] = ()  # modules of feedbot that were complete without this one

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of the mutated module; None for all others."""
        if fullname != self.module:
            return None
        self.independent = tuple(filter(_is_independent, sys.modules))
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = loader = Mutated(fullname, spec.origin)
        loader.text = self.text
        return spec


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == "feedbot"


def _is_independent(name: str) -> bool:
    """Whether a module of feedbot has been imported to its end, and so have its packages."""
    parts = name.split(".")
    packages = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return _is_ours(name) and not any(
        getattr(sys.modules[one].__spec__, "_initializing", False) for one in packages
    )


class QuickestFirst:
    """A plugin of pytest: runs the tests in the order of the seconds that they took before."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.before, self.seconds = seconds, dict[str, float]()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sorts the tests; those of which nothing is known stay in front."""
        items.sort(key=lambda item: self.before.get(item.nodeid, 0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes how long a test takes, with its fixtures."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the tests."""

    code: int = -1  # pytest's exit code: 0 where all passed; -1 where they hung or died
    imported: tuple[str, ...] = ()
    independent: tuple[str, ...] = ()  # modules of feedbot that do not import the mutated one
    seconds: dict[str, float] = field(default_factory=dict)  # of each test


def _test(module: str, text: str, seconds: dict[str, float], answer: Connection) -> None:
    """Runs the tests of a module that has another text, in a process of its own."""
    finder = MutantFinder(f"feedbot.{module}", text)
    assert finder.module not in sys.modules, f"{module} was imported as it is"
    sys.meta_path.insert(0, finder)
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", database=None, derandomize=True, deadline=None, phases=phases
    )
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    order = QuickestFirst(seconds)
    plugins = [order, *map(importlib.import_module, PLUGINS)]
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        code = pytest.main([*PYTEST, *TESTS[module]], plugins)
    answer.send(Result(int(code), tuple(sorted(sys.modules)), finder.independent, order.seconds))
    answer.close()
    os._exit(0)  # threads that a mutant left behind are nobody's business


def run(module: str, text: str, patience: float, seconds: dict[str, float]) -> Result:
    """Runs the tests of a module that has another text, the quickest first."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = FORK.Process(target=_test, args=(module, text, seconds, there))
    process.start()
    there.close()
    result = Result()
    wait([here, process.sentinel], patience)
    with suppress(EOFError):
        if here.poll():
            result = here.recv()
    process.kill()
    process.join()
    return result


FORK = multiprocessing.get_context("fork")
NOT_LIBRARIES = ("feedbot", "tests", "conftest", "__")


def warm_up(module: str, source: str) -> tuple[float, dict[str, float]]:
    """Imports what the tests use; how long all tests and each of them take then."""
    for name in list(filter(_is_ours, sys.modules)):
        del sys.modules[name]  # they may import this module
    result = run(module, source, LONGEST, {})
    libraries = [name for name in result.imported if not name.startswith(NOT_LIBRARIES)]
    for name in (*libraries, *result.independent):
        with suppress(Exception):
            importlib.import_module(name)
    start = time.monotonic()
    result = run(module, source, LONGEST, {})
    if result.code != 0:
        sys.exit(f"{module}: its tests fail as it is (pytest's exit code {result.code})")
    return time.monotonic() - start, result.seconds


# --- the report -------------------------------------------------------------------------------


def equivalents(module: str) -> set[str]:
    """The changes to a module that are named as equivalent."""
    named = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))
    return {change for entry in named.get(module, ()) for change in entry["changes"]}


def measure(module: str, every: int) -> tuple[int, int]:
    """Runs every nth mutant of a module; how many these are, and how many were killed."""
    path = ROOT / "feedbot" / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    found, named = mutants_of(source), equivalents(module)
    for stale in sorted(named - {mutant.change for mutant in found}):
        print(f"{module}: mutants.toml names what is no mutant any more: {stale}")
    counted = [mutant for mutant in found if mutant.change not in named][::every]
    whole, each = warm_up(module, source)
    patience = max(PATIENCE * whole, LEAST_PATIENCE)
    with ThreadPoolExecutor(JOBS) as pool:
        results = list(pool.map(lambda one: run(module, one.source, patience, each), counted))
    survivors = [one for one, done in zip(counted, results, strict=True) if done.code == 0]
    killed = len(counted) - len(survivors)
    print(
        f"{module}: {len(counted)} mutants, {killed} killed"
        f" ({100 * killed / max(len(counted), 1):.0f} %), {len(named)} equivalent",
        flush=True,
    )
    for one in survivors:
        print(f"  {path.relative_to(ROOT)}:{one.line}  {one.change}", flush=True)
    return len(counted), killed


def main(arguments: list[str]) -> int:
    """Measures the modules whose names contain one of the words, or all; 1 if one is too low."""
    parser = argparse.ArgumentParser(prog="mutants")
    parser.add_argument("words", nargs="*", help="parts of the names of modules")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try every Nth mutant")
    options = parser.parse_args(arguments)
    words = options.words
    chosen = [name for name in TESTS if not words or any(word in name for word in words)]
    if not chosen:
        parser.error(f"no such module; known: {', '.join(TESTS)}")
    low = []
    for module in chosen:
        mutants, killed = measure(module, options.every)
        if killed < FLOOR * mutants:
            low.append(module)
    for module in low:
        print(f"FELL SHORT  {module}: under {FLOOR:.0%} killed", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
