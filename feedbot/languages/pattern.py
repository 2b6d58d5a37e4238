"""Regular expressions over the words of all languages, made when they are first used.

The files of the languages need not be read to start a command, and a text is looked through once
whatever their number. Patterns of many signs are made likewise: each takes some 2 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

Match = re.Match[str] | None


class Pattern:
    """A regular expression whose source is asked for once, at its first use.

    Its methods are those of `re.Pattern`, bound at their first use: then they cost no more.
    """

    def __init__(self, source: Callable[[], str], flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self._source(), self._flags)

    @cached_property
    def pattern(self) -> str:
        """The source, to be a part of another one."""
        return self.regex.pattern

    @cached_property
    def match(self) -> Callable[..., Match]:
        """As of `re.Pattern`, and so are the others."""
        return self.regex.match

    @cached_property
    def fullmatch(self) -> Callable[..., Match]:
        return self.regex.fullmatch

    @cached_property
    def search(self) -> Callable[..., Match]:
        return self.regex.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.regex.finditer

    @cached_property
    def findall(self) -> Callable[[str], list[Any]]:
        return self.regex.findall

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        return self.regex.split

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        return self.regex.sub
