"""Which stories may have a word of a term, as far as an index and a look at their case tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ..terms import Term, parse_term
from .held import Held
from .patterns import Cased, needed

# The ids of all stories that may have any of some phrases, or (True) words that begin so, and
# perhaps of others; None: nobody knows them.
Mentioning = Callable[[Sequence[str], bool], Collection[int] | None]

INDEXED = frozenset(("phrase", "prefix", "country", "region"))  # terms whose words an index knows


@dataclass(frozen=True, slots=True)
class Mention:
    """The stories that may mention some terms; stories without are as if these were not there.

    ids     those that are known to
    cased   words by language ("": all) that make others do so
    hidden  languages in which every story may
    """

    ids: frozenset[int] = frozenset()
    cased: Mapping[str, Sequence[Cased]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def has(self, one: Held) -> bool:
        """Whether a story may mention any of the terms."""
        if one.story.id in self.ids or one.language in self.hidden:
            return True
        if not self.cased:
            return False
        words = [*self.cased.get(one.language, ()), *self.cased.get("", ())]
        if not words:
            return False
        text = one.text
        return any(word.is_in(text) for word in words)


class Mentions:
    """Looks up which stories may mention a term, each term once.

    `known` has the stories that mention what no index tells, of those that are held.
    """

    def __init__(
        self,
        languages: Collection[str],
        leaders: Mapping[str, Sequence[str]],
        mentioning: Mentioning,
        known: Mapping[str, Collection[int]] = MappingProxyType({}),
    ) -> None:
        self._languages = languages
        self._leaders = leaders
        self._mentioning = mentioning
        self._known = known
        self._found: dict[str, Mention | None] = {}

    def of(self, terms: Iterable[str], *, is_everywhere: bool = False) -> Mention | None:
        """The stories that may mention any of these terms; None: nobody knows them.

        Those that are held, or with `is_everywhere` all.
        """
        known = {} if is_everywhere else self._known
        found = [self._of(term.removeprefix("-"), known) for term in terms]
        if len(found) == 1:
            return found[0]
        ids, cased, hidden = set[int](), dict[str, list[Cased]](), set[str]()
        for one in found:
            if one is None:
                return None
            ids |= one.ids
            hidden |= one.hidden
            for language, words in one.cased.items():
                cased.setdefault(language, []).extend(words)
        return Mention(frozenset(ids), cased, frozenset(hidden))

    def _of(self, text: str, known: Mapping[str, Collection[int]]) -> Mention | None:
        if text in known:
            return Mention(frozenset(known[text]))
        if text not in self._found:
            self._found[text] = self._look_up(parse_term(text))
        return self._found[text]

    def _look_up(self, term: Term) -> Mention | None:
        if term.kind not in INDEXED:
            return None
        is_own = term.kind in ("phrase", "prefix")
        ids, cased, hidden = set[int](), dict[str, list[Cased]](), set[str]()
        for language in ("",) if is_own else self._languages:
            words = needed(term, language, self._leaders)
            some = words and self._mentioning(words.phrases, term.kind == "prefix")
            if words is None or some is None:
                hidden.add(language)
                continue
            ids.update(some)
            if words.cased:
                cased[language] = words.cased
        return None if is_own and hidden else Mention(frozenset(ids), cased, frozenset(hidden))
