"""Where something is in a JSON value: dotted keys, or JSONPath. The only home of jsonpath.

data.articles        the value of `articles` in the value of `data`
items.0.title        the title of the first item
$..article.body      JSONPath (RFC 9535), as it begins with a dollar sign
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jsonpath

MOST = 2_000  # values that a path may find


@lru_cache(maxsize=256)
def _compiled(path: str) -> Any:
    return jsonpath.compile(path)


def check_path(path: str) -> None:
    """Raises ValueError, with the reason, for what is not a path."""
    if not path.startswith("$"):
        if not all(path.split(".")):
            raise ValueError("has an empty key between two dots")
        return
    try:
        _compiled(path)
    except jsonpath.JSONPathError as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"is not JSONPath: {reason[:1].lower()}{reason[1:]}") from error


def find(path: str, value: Any) -> list[Any]:
    """The values at a path, in their order; none where there is nothing. "" is the value itself."""
    if not path:
        return [value]
    if not path.startswith("$"):
        return _dotted(path.split("."), value)
    if not isinstance(value, dict | list):
        return []  # there is nothing in it; the library would take a string for JSON
    try:
        found = []
        for match in _compiled(path).finditer(value):
            found.append(match.obj)
            if len(found) == MOST:
                break
    except (jsonpath.JSONPathError, RecursionError):
        return []
    return found


def _dotted(keys: Sequence[str], value: Any) -> list[Any]:
    for key in keys:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            return []
    return [value]
