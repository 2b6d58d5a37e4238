"""No function is a riddle: its cases can be counted on two hands, but for a few.

Cyclomatic complexity after McCabe as radon counts it: one, and one for each branch, loop, handler,
comprehension and `and` or `or`.
"""

from __future__ import annotations

from collections.abc import Iterator

from radon.complexity import cc_visit
from radon.visitors import Class, Function

from tests.unit.test_layers import PACKAGE

DENSE = 10
MOST_DENSE = 0.02  # share of all functions
DENSEST = 15


def _functions() -> Iterator[tuple[str, int]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for block in cc_visit(path.read_text()):
            if isinstance(block, Function):
                yield f"{path.relative_to(PACKAGE)}: {block.fullname}", block.complexity
            elif isinstance(block, Class):
                yield from ((f"{path.relative_to(PACKAGE)}: {one.fullname}", one.complexity) for one in block.inner_classes)  # fmt: skip


def test_few_functions_are_dense_and_none_is_a_riddle() -> None:
    every = dict(_functions())
    dense = {name: number for name, number in every.items() if number > DENSE}
    assert len(every) > 1500
    assert [f"{name} {number}" for name, number in dense.items() if number > DENSEST] == []
    assert len(dense) <= MOST_DENSE * len(every), dense
