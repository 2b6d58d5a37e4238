"""Where something is in a JSON value: dotted keys, or JSONPath. The only home of jsonpath.

data.articles        the value of `articles` in the value of `data`
items.0.title        the title of the first item
$..article.body      JSONPath (RFC 9535), as it begins with a dollar sign
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

MOST = 2_000  # values that a path may find


@lru_cache(maxsize=256)
def _compiled(path: str) -> Any:
    """Raises ValueError, with the reason, for what is not JSONPath."""
    import jsonpath  # few sites need it, and each process that reads would spend 40 ms on it

    try:
        return jsonpath.compile(path)
    except jsonpath.JSONPathError as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"is not JSONPath: {reason[:1].lower()}{reason[1:]}") from error


def check_path(path: str) -> None:
    """Raises ValueError, with the reason, for what is not a path."""
    if path.startswith("$"):
        _compiled(path)
    elif not all(path.split(".")):
        raise ValueError("has an empty key between two dots")


def find(path: str, value: Any) -> list[Any]:
    """The values at a path, in their order; none where there is nothing. "" is the value itself."""
    if not path:
        return [value]
    if not path.startswith("$"):
        return _dotted(path.split("."), value)
    if not isinstance(value, dict | list):
        return []  # there is nothing in it; the library would take a string for JSON
    from jsonpath import JSONPathError

    try:
        return [match.obj for match in islice(_compiled(path).finditer(value), MOST)]
    except (JSONPathError, ValueError, RecursionError):
        return []


def _dotted(keys: Sequence[str], value: Any) -> list[Any]:
    for key in keys:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            return []
    return [value]
