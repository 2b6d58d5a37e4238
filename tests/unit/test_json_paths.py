"""Where something is in a JSON value: dotted keys or JSONPath."""

from __future__ import annotations

import pytest

from feedbot.web.json_paths import check_path, find

VALUE = {"data": {"items": [{"u": 1}, {"u": 2}], "a.b": 3}, "title": "Kop"}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [VALUE]),
        ("title", ["Kop"]),
        ("data.items.1.u", [2]),
        ("data.items.9.u", []),
        ("data.items.x", []),
        ("title.x", []),
        ("niets", []),
        ("$.data.items[*].u", [1, 2]),
        ("$..u", [1, 2]),
        ("$.data['a.b']", [3]),
        ("$.niets", []),
        ("$.data.items[?@.u > 1]", [{"u": 2}]),
    ],
)
def test_what_is_at_a_path_is_found(path: str, found: list[object]) -> None:
    check_path(path or "x")
    assert find(path, VALUE) == found


@pytest.mark.parametrize("value", ["", "tekst", '{"u": 1}', 7, None, True])
def test_there_is_nothing_in_a_value_that_holds_nothing(value: object) -> None:
    assert find("$..u", value) == find("u", value) == []


@pytest.mark.parametrize("path", ["a..b", ".a", "$[", "$.a[?", "$x y"])
def test_what_is_no_path_is_named(path: str) -> None:
    with pytest.raises(ValueError, match=r"empty key|is not JSONPath"):
        check_path(path)
