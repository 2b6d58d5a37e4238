"""JSON as sites write it into their pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbot.web.lenient_json import DEEPEST, read_json

DATE = "2026-11-21"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":"Hij zei "nee" tegen het plan","d":1}', {"a": 'Hij zei "nee" tegen het plan', "d": 1}),
        ('{"a":"Zij zei "nee", "ja" en "ooit", toen","d":1}', {"a": 'Zij zei "nee", "ja" en "ooit", toen', "d": 1}),
        ('{"a":"Een citaat: "Nee"","d":1}', {"a": 'Een citaat: "Nee"', "d": 1}),
        ('{"a":["de "oude" brug","b"]}', {"a": ['de "oude" brug', "b"]}),
        ('/*<![CDATA[*/{"a":1}/*]]>*/', {"a": 1}),
        ("//<![CDATA[\n{\"a\":1}\n//]]>", {"a": 1}),
        ('<!-- {"a":1} -->', {"a": 1}),
        ('{"a":1, // the first\n "b":2 /* the second */}', {"a": 1, "b": 2}),
        ('{"u":"https://x.example//a"}//', {"u": "https://x.example//a"}),
        ('{"a":1}{"b":2}', [{"a": 1}, {"b": 2}]),
        ('{"a":1},\n{"b":2};', [{"a": 1}, {"b": 2}]),
        ('[{"a":1}]{"b":2}', [[{"a": 1}], {"b": 2}]),
        ('{"a":[1,2,],"b":{"c":3,},}', {"a": [1, 2], "b": {"c": 3}}),
        ('{"a":"",,"b":"x"}', {"a": "", "b": "x"}),
        ('{"a":"x" "b":"y"\n"c":"z"}', {"a": "x", "b": "y", "c": "z"}),
        ('{"a":"one\ntwo\tthree\x00"}', {"a": "one\ntwo\tthree\x00"}),
        ('{"a":{"b":"x"', {"a": {"b": "x"}}),
        ('{"a":"x', {"a": "x"}),
        ('{"a":1}}', {"a": 1}),
        ("{'a':'it\\'s','b':true}", {"a": "it's", "b": True}),
        ("{a: 'x', b: undefined, c: 1.5}", {"a": "x", "b": None, "c": 1.5}),
        ('{"a":"\\x é \\u00e9 \\ud83d\\ude00",}', {"a": "x é é 😀"}),
        ("{&quot;a&quot;:&quot;b&quot;}", {"a": "b"}),
        ("", None),
        ("<p>{}</p>", None),
        ("Not JSON", None),
    ],
)  # fmt: skip
def test_broken_json_is_read_as_it_was_meant(text: str, value: Any) -> None:
    assert read_json(text) == value


def test_what_is_nested_too_deep_is_left_out() -> None:
    found = read_json("[" * 10_000)
    for _ in range(DEEPEST - 1):
        found = found[0]
    assert found == [None]


Values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='a" \\,:{}[]/*é\n'),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(alphabet="abc", min_size=1), inside),
)


@given(Values)
def test_json_that_keeps_to_the_standard_means_what_it_says(value: Any) -> None:
    assert read_json(json.dumps(value)) == value


@given(st.text(alphabet="{}[]\":,'a \n\\/*<!->1"))
def test_any_text_has_a_value_or_none(text: str) -> None:
    read_json("{" + text)


@given(st.text(alphabet="abc é,.:'!?"), st.sampled_from(['{"b":1,"a":%s,}', '[{"a":%s}]{"b":1}']))
def test_a_string_without_bare_quotes_survives_what_is_broken_around_it(
    said: str, around: str
) -> None:
    found = read_json(around % json.dumps(said))
    assert said == (found["a"] if isinstance(found, dict) else found[0][0]["a"])
