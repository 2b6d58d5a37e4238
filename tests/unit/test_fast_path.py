"""Where the place of the articles is known, reading costs a fraction of generic extraction."""

from __future__ import annotations

from tests.benchmarks import extraction


def test_a_known_site_is_read_five_times_cheaper_than_by_trafilatura_and_not_worse() -> None:
    shown = extraction.pages()[extraction.FIRST :][:16]
    ways = ("feedbot", "trafilatura")
    assert (
        extraction.short({name: extraction.cost(extraction.WAYS[name], shown) for name in ways})
        == []
    )
