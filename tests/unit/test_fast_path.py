"""Where the place of the articles is known, reading costs a fraction of generic extraction."""

from __future__ import annotations

from tests.benchmarks import extraction


def test_a_known_site_is_read_five_times_cheaper_than_by_trafilatura_and_not_worse() -> None:
    shown = extraction.pages()[extraction.FIRST :][:16]
    assert extraction.short(extraction.costs(("feedbot", "trafilatura"), shown)) == []
