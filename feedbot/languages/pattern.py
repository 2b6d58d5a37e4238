"""Regular expressions over the words of all languages, made when they are first used.

The files of the languages need not be read to start a command, and a text is looked through once
whatever their number.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property

END = sys.maxsize


class Pattern:
    """A regular expression whose source is asked for once, at its first use."""

    def __init__(self, source: Callable[[], str], flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self._source(), self._flags)

    @property
    def pattern(self) -> str:
        """The source, to be a part of another one."""
        return self.regex.pattern

    def match(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.regex.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.regex.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.regex.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = END) -> Iterator[re.Match[str]]:
        """As of `re.Pattern`."""
        return self.regex.finditer(text, start, end)

    def split(self, text: str) -> list[str]:
        """As of `re.Pattern`; the expression has no groups."""
        return [part or "" for part in self.regex.split(text)]

    def sub(self, new: str, text: str) -> str:
        """As of `re.Pattern`."""
        return self.regex.sub(new, text)
