"""The headline: what h1, metadata and listing agree on, without the name of the site.

    a lower heading        that the listing and a part of `<title>` are, where no h1 is
    the only h1            where it is the headline that readers see, unless JSON-LD says otherwise
    JSON-LD, og:title      where they are about an article, and not cut
    an h1 among several    that metadata or listing repeat
    what else there is     JSON-LD, og:title, the listing, `<title>`, any h1

What a site says on most of its pages in the same way, such as a slogan in an h1, one og:title for
all of them, a suffix or a kicker, is not part of any headline (see `habits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import dates_only
from ...languages.wordcount import count_words
from ...web.document import INLINE, SKIPPED, Block, Document, one_line, text_of
from ...web.sanitise import plain_text
from ...web.urls import host_of, join, parts_of, registered_domain
from .about import alike, shared
from .habits import UNKNOWN, Habits
from .prose import is_sentence

# What may lead to the front page: a host, dots that go up, or nothing but slashes.
MAYBE_FRONT = re.compile(r"(?:https?:)?(?://[^/?#\\]*)?[./\\]*[?#]?", re.IGNORECASE)
SEPARATOR = re.compile(r"\s+(?:[|•·»ㅣ—–-]|::)\s+|\s*[|»ㅣ]{1,3}\s*|(?<=\w):\s")
NUMBERED = re.compile(r"\s?[(（]\w{1,3}[)）]")
GOES_ON = re.compile(r"\s*(?:[“„«‘\"'「『€$£¥₽₴₹]\s?)?[^\W_]")  # a word, a quotation, a sum
QUOTED = re.compile("«[^«»]*»")
BARS = frozenset("|»ㅣ•·")  # that no headline has; a dash may belong to one
SUFFIX = 2  # words that a site adds to its name: "de Volkskrant Online"
CUT = ("…", "...")
LONGEST_TITLE = 300  # characters
LONGEST_NAME = 60  # letters of what a link calls the front page
SHORTEST_TITLE = 3  # characters that no headline is as short as
SHORTEST_WITHOUT_KICKER = 8  # characters of what is left of a title without a kicker or a suffix
MOST_OF_CUT = 3  # times what a listing shows of it is a headline long
FEW = 3  # words that a kicker or the name of a site may have, and a headline has not
BRAND = 5  # characters of a domain's name that tell it from a word
TELLING = 5  # letters of a word by which headlines are told apart
LISTED = " >»›▶►•·"  # marks that stand before each headline of a list
BETWEEN = " :|•·-–—/"  # a headline and what stands beside it in its h1
LINKED = 0.5  # share of links above which a heading is a teaser
MOST_BESIDE = 4  # elements behind the headline in its h1
MOST_PIECES = 200  # of text in one h1 that are looked at
PARTS = frozenset(("span", "a"))
HIDDEN = SKIPPED | {"title", "desc"}  # in a drawing
H1_ROLES = etree.XPath("descendant::*[@role='heading' and @aria-level='1']")
CREDIBLE = 1_000  # characters; what is longer is a text in the wrong place
DESCRIBED = 60  # characters of a description, which may be cut, that a headline does not repeat
MOST_HEADINGS = 50  # h1s of a page that are looked at

# What pages say of their titles, as habits remember it.
WHOLE, BEGINS, ENDS = "title", "title begins", "title ends"
SEEN_IN_H1, SEEN_ELSEWHERE = "h1 is the headline", "h1 is not the headline"
REWORDED = "JSON-LD has another headline"


class Title(NamedTuple):
    """The headline of a page, and where it stood: "h1", "og:title" …; both "" for none."""

    text: str
    origin: str


def title_of(document: Document, declared: str, listed: str, habits: Habits = UNKNOWN) -> Title:
    """The headline of a page.

    `declared` is what JSON-LD calls the headline, meant to be that and nothing more; `listed` is
    what a listing calls the article. Each is "" where it says nothing.
    """
    said = _said(document, declared, listed, habits)
    for origin, text in _sure(said, habits):
        return Title(said.without_site(text), origin)
    for origin, text in _others(said):
        return Title(said.without_site(text, is_page=text == said.page), origin)
    return Title("", "")


def says_the_same(one: str, other: str) -> bool:
    """Whether two headlines are one, but for case, marks and spaces."""
    return _letters(fold(one)) == _letters(fold(other))


def is_cut_from(listed: str, title: str) -> bool:
    """Whether a listing gives a headline, and no more of it than its beginning: a good part."""
    start = _start(listed)
    is_part = len(start) >= max(SHORTEST_WITHOUT_KICKER, len(title) / MOST_OF_CUT)
    return is_part and _goes_on(start, fold(title))


def facts(document: Document, declared: str) -> Iterator[tuple[str, str]]:
    """What the page says of its title, for the habits of its site: (kind, value)."""
    said = _said(document, declared, "", UNKNOWN)
    for text in dict.fromkeys((*_h1s(document), *said.declared_texts)):
        yield WHOLE, text
        yield from _ends_of(text)
    if len(said.h1s) == 1 and said.declared_texts:
        is_headline = any(alike(said.h1s[0], text) for text in said.declared_texts)
        yield (SEEN_IN_H1 if is_headline else SEEN_ELSEWHERE), ""
        if said.declared and said.is_shown_only_otherwise():
            yield REWORDED, ""


def _separators(title: str) -> Iterator[re.Match[str]]:
    """What parts a title from other names; a mark that ends a quotation is none."""
    return SEPARATOR.finditer(QUOTED.sub(lambda one: f"{one[0][:-1]}”", title))


def _ends_of(title: str) -> Iterator[tuple[str, str]]:
    """The pieces before and after the separators of a title."""
    marks = list(_separators(title))
    starts = [0, *(one.end() for one in marks)]
    ends = [*(one.start() for one in marks), len(title)]
    pieces = [title[at:end].strip() for at, end in zip(starts, ends, strict=True)]
    yield from ((BEGINS, one) for one in pieces[:-1][:2])
    yield from ((ENDS, one) for one in pieces[1:][-2:])


# --- which text it is -------------------------------------------------------------------------


class _Said(NamedTuple):
    """What may be the headline of a page, by where it stands; "" where nothing does."""

    document: Document
    habits: Habits
    all_h1s: Sequence[str]
    h1s: Sequence[str]  # those that are neither the name of the site nor its slogan
    declared: str
    og: str
    page: str
    listed: str

    @property
    def declared_texts(self) -> list[str]:
        """What its metadata say; each once for each place."""
        return [text for text in (self.declared, self.og, self.page) if text]

    @property
    def texts(self) -> list[str]:
        """The same, and what the listing says."""
        return [text for text in (*self.declared_texts, self.listed) if text]

    def is_shown_only_otherwise(self) -> bool:
        """Whether the only h1 is what `<title>` and og:title say, too, and JSON-LD is not."""
        shown = fold(self.h1s[0])
        others = [fold(text) for text in (self.og, self.page) if text]
        is_other = not fold(self.declared).startswith(shown)
        return is_other and bool(others) and all(one.startswith(shown) for one in others)

    def without_site(self, text: str, *, is_page: bool = False) -> str:
        """A title without the name of its site, or its kicker, at either end.

        `is_page`: it is `<title>`, in which a few words after a dash are always a name.
        """
        others = [*self.h1s, *self.texts]
        confirmed = {fold(other) for other in others if other != text}
        names = _Names(self.document, self.habits, confirmed, is_page, text)
        return text if self._is_whole(text) else names.without(text)

    def _is_whole(self, text: str) -> bool:
        """Whether a headline has a separator of its own: "The dullest roof | Or is it?".

        The listing has it, too, `<title>` has a name behind it, and it begins and ends in no way
        in which others do, or readers see it whole and most do not.
        """
        said, page = fold(text), fold(self.page)
        is_named = page.startswith(said) and SEPARATOR.match(page, len(said)) is not None
        if not is_named or fold(self.listed) != said:
            return False
        is_shown = said in map(fold, self.h1s)
        is_usual = self.habits.has if is_shown else self.habits.recurs
        return not any(is_usual(kind, one) for kind, one in _ends_of(text))


def _said(document: Document, declared: str, listed: str, habits: Habits) -> _Said:
    h1s = [one for one in _h1s(document) if len(one) > SHORTEST_TITLE]
    shown = [one for one in h1s if not _is_site(one, document) and not habits.has(WHOLE, one)]
    page = _page_title(document)
    og = _shared_title(document, page, h1s)
    own = ["" if habits.has(WHOLE, text) else text for text in (_credible(declared), og, page)]
    declared, og, page = own
    if _is_description(declared, document, (og, page)):
        declared = ""
    declared = _headline(declared, shown, og, page)
    listed = _without_label(_credible(listed.lstrip(LISTED)), page)
    return _Said(document, habits, h1s, shown, declared, og, page, listed)


def _shared_title(document: Document, page: str, h1s: Sequence[str]) -> str:
    """What og:title says, be it broken off; "" where that is the name of the site."""
    said = shared(document, shown_headings(document), "og:title", "twitter:title")
    og = _credible(plain_text(said))
    return "" if _is_name_of_site(og, document, page) else _unbroken(og, h1s)


def _is_name_of_site(og: str, document: Document, page: str) -> bool:
    """Whether og:title is what the site is called, and `<title>` is not."""
    return fold(og) == fold(document.meta("og:site_name")) != fold(page)


def _unbroken(said: str, h1s: Sequence[str]) -> str:
    """The h1 that goes on where an attribute ends, as the markup does not escape a quotation mark
    of it; or else what that says.
    """
    longer = (one for one in h1s if said and one.startswith(said))
    return next((one for one in longer if one.removeprefix(said).lstrip()[:1] == '"'), said)


def _without_label(listed: str, page: str) -> str:
    """What a listing says without what it only says of the link: "Show event: The ferry sails"."""
    label, _, headline = map(str.strip, listed.partition(":"))
    named, titled = fold(headline), fold(page)
    is_label = len(named) >= SHORTEST_WITHOUT_KICKER and titled.startswith(named)
    return headline if label and is_label and not titled.startswith(fold(listed)) else listed


def _is_description(declared: str, document: Document, titles: Sequence[str]) -> bool:
    """Whether JSON-LD calls a headline what the page describes itself by, and its titles do not."""
    headline = fold(declared)
    described = (fold(document.meta(name)) for name in ("description", "og:description"))
    repeats = any(headline.startswith(one[:DESCRIBED]) for one in described if one)
    titled = [fold(text) for text in titles if text]
    is_titled = any(one in headline or headline in one for one in titled)
    return repeats and bool(titled) and not is_titled


def _sure(said: _Said, habits: Habits) -> Iterator[tuple[str, str]]:
    """What is the headline, with where it stands, the likeliest first."""
    if agreed := _agreed(said):
        yield "heading", agreed
    if len(said.h1s) == 1 and _is_headline(said.h1s[0], said, habits):
        yield "h1", _shared_tail(said.h1s[0], said.og) or said.h1s[0]
    is_article = said.document.meta("og:type").lower() == "article"
    named = (("json-ld", said.declared), ("og:title", said.og if is_article else ""))
    yield from ((origin, text) for origin, text in named if text and not text.endswith(CUT))
    if confirmed := _confirmed(said.h1s, said.texts):
        yield "h1", confirmed


def _agreed(said: _Said) -> str:
    """The heading below h1 that says what the listing and a part of `<title>` do; "" for none.

    The h1s of such a page are those of its section or of its site. Where `<title>` ends in them,
    that heading may be a link to its own page.
    """
    listed, page = fold(said.listed), fold(said.page)
    h1s = list(map(fold, said.all_h1s))
    if not _is_titled(listed, page) or any(listed in one for one in h1s):
        return ""
    most = 1.0 if h1s and page.startswith(listed) and set(h1s) == {_last_piece(page)} else LINKED
    lower = (one for one in said.document.blocks if one.is_heading and one.linked <= most)
    return next((one.text for one in lower if fold(one.text) == listed), "")


def _is_titled(listed: str, page: str) -> bool:
    """Whether what a listing says is a part of `<title>`, both folded."""
    if len(listed) <= SHORTEST_TITLE:
        return False
    return page.startswith(listed) or page.endswith(listed) or listed in SEPARATOR.split(page)


def _last_piece(page: str) -> str:
    return SEPARATOR.split(page)[-1].strip()


def _others(said: _Said) -> Iterator[tuple[str, str]]:
    """What may be it where nothing is, likewise."""
    page, listed = ("title", said.page), (_origin_of_listed(said), said.listed)
    last = (page, listed) if _is_cut_short(said) else (listed, page)
    heading = _whole(said) or _only_titled(said)
    shown = (("heading", heading), ("line", "" if said.h1s else _whole_line(said)))
    others = (("json-ld", said.declared), ("og:title", said.og), *shown, *last)
    yield from ((origin, text) for origin, text in others if text)
    yield from (("h1", text) for text in (*said.h1s, *said.all_h1s))


def _origin_of_listed(said: _Said) -> str:
    """Where a listed title stands, too: in a plain line of the page.

    A heading would be the title by itself, unless most pages have it.
    """
    listed = fold(said.listed)
    plain = (one for one in said.document.blocks if not one.is_heading)
    lines = (one for one in plain if not (one.links or one.card))
    return "line" if listed and any(fold(one.text) == listed for one in lines) else "listing"


def _whole(said: _Said) -> str:
    """The heading that goes on where the listing cuts the headline, if `<title>` has it, too."""
    listed, page = _start(said.listed), fold(said.page)
    if len(listed) < SHORTEST_WITHOUT_KICKER or not page.startswith(listed):
        return ""
    shown = ((one.text, fold(one.text)) for one in said.document.blocks if one.is_heading)
    longer = (
        text for text, folded in shown if _goes_on(listed, folded) and page.startswith(folded)
    )
    return next(longer, "")


def _only_titled(said: _Said) -> str:
    """The only heading that is what `<title>` ends with, over the line that the listing gives; ""
    where there is an h1, or `<title>` has what is listed, too.

    A section is called so on other pages as well: some of them must be known.
    """
    page, listed = fold(said.page), fold(said.listed)
    if said.h1s or listed in page or not said.habits.are_known:
        return ""
    last = _last_piece(page)
    found = [text for text in _headings_over(listed, said.document) if fold(text) == last != page]
    is_only = len(found) == 1 and _says_something(found[0])
    return found[0] if is_only and not _is_said_elsewhere(found[0], said.habits) else ""


def _headings_over(line: str, document: Document) -> Sequence[str]:
    """The headings above a plain line, folded, that lead nowhere; none where there is no such."""
    plain = [one for one in document.blocks if not (one.links or one.card)]
    above = list(takewhile(lambda one: one.is_heading or fold(one.text) != line, plain))
    return [one.text for one in above if one.is_heading] if len(above) < len(plain) else ()


def _is_said_elsewhere(heading: str, habits: Habits) -> bool:
    """Whether most other pages show this text, or the title of any ends with it."""
    return habits.shows(heading) or habits.others_with(ENDS, heading) > 0


def _says_something(heading: str) -> bool:
    """Whether a heading is more than a short word."""
    return len(heading) >= SHORTEST_WITHOUT_KICKER or count_words(heading) >= FEW


def _whole_line(said: _Said) -> str:
    """The only line that goes on where the listing cuts the headline: it leads nowhere, and is no
    sentence; "" for none. Where `<title>` has what is listed, and no more, it has but a number.
    """
    start, says_cut = said.listed.rstrip(" .…"), said.listed.endswith(CUT)
    is_titled = not says_cut and _is_titled(fold(start), fold(said.page))
    most = LONGEST_TITLE if says_cut else MOST_OF_CUT * len(start)
    begun = {one.text for one in said.document.blocks if _begins_so(start, one, most)}
    line = begun.pop() if len(begun) == 1 else ""
    rest = line[len(start) :]
    may_be = NUMBERED.fullmatch(rest) if is_titled else _is_rest_of(rest, says_cut=says_cut)
    return line if len(line) <= most and may_be and not said.habits.shows(line) else ""


def _begins_so(start: str, line: Block, most: int) -> bool:
    """Whether a line that leads nowhere goes on where a headline is cut, as far as it is read."""
    if line.links or line.card or len(line.text) <= len(start):
        return False
    is_enough = len(fold(start)) >= SHORTEST_WITHOUT_KICKER
    return is_enough and fold(line.text[:most]).startswith(fold(start))


def _is_rest_of(rest: str, *, says_cut: bool) -> bool:
    """Whether a headline may end so: in no day, and not as a sentence does. Where the listing does
    not say that it cuts it, a mark begins something else: "(photo: …)", ": reactions"; unless it is
    that of a quotation or a sum, or of a number: "(2)".
    """
    goes_on = says_cut or GOES_ON.match(rest) or NUMBERED.fullmatch(rest)
    return bool(goes_on) and not (is_sentence(rest) or dates_only(rest))


def _is_cut_short(said: _Said) -> bool:
    """Whether the listing says that it cuts the headline short, and `<title>` goes on there."""
    listed, page = _start(said.listed), fold(said.page)
    is_whole = len(listed) >= SHORTEST_WITHOUT_KICKER and not said.page.endswith(CUT)
    return said.listed.endswith(CUT) and is_whole and _goes_on(listed, page)


def _start(title: str) -> str:
    """A title without the dots that say that it is cut short, as titles are compared."""
    return fold(title.rstrip(" .…"))


def _goes_on(start: str, folded: str) -> bool:
    return len(folded) > len(start) and folded.startswith(start)


def _confirmed(shown: Sequence[str], said: Sequence[str]) -> str:
    """The h1 that metadata or listing repeat, or else begin or end with; "" for none."""
    repeated = [h1 for h1 in shown if any(fold(h1) == fold(text) for text in said)]
    within = [h1 for h1 in shown if any(_begins(text, h1) for text in said)]
    return next(iter(repeated), max(within, key=len, default=""))


def _is_headline(h1: str, said: _Said, habits: Habits) -> bool:
    """Whether the only h1 of a page is its headline rather than what is declared."""
    if said.declared:
        return _is_before_declared(h1, said, habits)
    if said.og and _is_written_for_readers(said.og, h1, said.page):
        return False
    if any(alike(h1, text) for text in (said.og, said.page, said.listed) if text):
        return True
    if _is_in_address(h1, said.document.page.url):
        return True
    return habits.has(SEEN_IN_H1) and not habits.has(SEEN_ELSEWHERE)


def _is_before_declared(h1: str, said: _Said, habits: Habits) -> bool:
    """Whether the only h1 is believed before JSON-LD.

    It is where JSON-LD says the same at greater length, as titles for search engines do; where the
    listing has it; and where JSON-LD has other words on most pages of the site.
    """
    if _begins(said.declared, h1) and fold(said.page).startswith(fold(h1)):
        return True
    if fold(said.listed) == fold(h1):
        return True
    return habits.has(REWORDED) and said.is_shown_only_otherwise()


def _is_in_address(h1: str, url: str) -> bool:
    """Whether most of the longer words of an h1 stand in the address of the page."""
    words = [word for word in re.findall(r"\w+", fold(h1)) if len(word) >= TELLING]
    path = fold(parts_of(url).path)
    return sum(word in path for word in words) >= max(2, len(words) / 2)


def _is_written_for_readers(og: str, h1: str, page: str) -> bool:
    """Whether og:title is the better headline, as somebody wrote it by hand.

    It is where it is all that differs from the h1, and where it is the h1 without its kicker.
    """
    shared, shown = fold(og), fold(h1)
    if _is_after_kicker(shared, shown):
        return True
    return fold(page).startswith(shown) and shown not in shared


def _shared_tail(h1: str, og: str) -> str:
    """The headline of which h1 and og:title have each their own kicker in front; "" if not so."""
    separator = SEPARATOR.search(h1)
    tail = h1[separator.end() :] if separator else ""
    if count_words(tail) <= FEW or not _is_after_kicker(fold(tail), fold(og)):
        return ""
    are_alike = alike(h1.removesuffix(tail), og[: max(len(og) - len(tail), 0)])
    return "" if are_alike else tail


def _is_after_kicker(headline: str, whole: str) -> bool:
    """Whether a heading is a headline with a few words and a separator in front, folded."""
    return any(whole.endswith(f"{mark} {headline}") for mark in (":", " -", " |", " /"))


def _credible(text: str) -> str:
    return text if len(text) <= CREDIBLE else ""


def _headline(declared: str, h1s: Sequence[str], og: str, page: str) -> str:
    """What JSON-LD says, unless what readers see shows it to be cut, optimised or preceded."""
    if declared.endswith(CUT):
        return _uncut(declared, h1s)
    if declared and og and fold(declared) != fold(og):
        return _for_readers(declared, h1s, og, page)
    return declared


def _uncut(declared: str, h1s: Sequence[str]) -> str:
    """The h1 that begins as what is cut, or else that."""
    begins = fold(declared).rstrip(" .…")
    return next((h1 for h1 in h1s if fold(h1).startswith(begins)), declared)


def _for_readers(declared: str, h1s: Sequence[str], og: str, page: str) -> str:
    """Which of two declared headlines is that for readers."""
    said, shared = fold(declared), fold(og)
    shown = next((h1 for h1 in h1s if fold(h1) == shared), "")
    if shown and fold(page).startswith(said):  # one title for search engines, one for readers
        return shown
    if said.endswith(f": {shared}") and count_words(shared) > FEW:
        return og  # without a kicker, which editors leave off where people share
    return declared


# --- the headings of a page -------------------------------------------------------------------


def headings(document: Document) -> Sequence[str]:
    """What the page calls itself: its h1s, its `<title>` and its og:title."""
    return document.once(_headings)


def _headings(document: Document) -> Sequence[str]:
    shown = shown_headings(document)
    return [*shown, _credible(plain_text(shared(document, shown, "og:title")))]


def shown_headings(document: Document) -> Sequence[str]:
    """What readers see that the page calls itself: its h1s and its `<title>`."""
    return [*_h1s(document), _page_title(document)]


def _h1s(document: Document) -> Sequence[str]:
    """The different texts of its h1s, or else of what stands in for one, without kickers."""
    return document.once(_read_h1s)


def _page_title(document: Document) -> str:
    return document.once(_read_page_title)


def _read_h1s(document: Document) -> Sequence[str]:
    elements = document.elements("h1") or H1_ROLES(document.root)
    said = [fold(_page_title(document)), fold(document.meta("og:title", "twitter:title"))]
    texts = [_headline_in(element, said) for element in elements[:MOST_HEADINGS]]
    return list(dict.fromkeys(text for text in texts if 0 < len(text) <= LONGEST_TITLE))


def _headline_in(element: etree._Element, said: Sequence[str]) -> str:
    """The text of an h1 without a kicker: a part with markup of its own that no title has."""
    element = _without_day(element)
    whole = _shown_text(element)
    if not len(element) or any(fold(whole) in text for text in said):
        return whole
    return next(
        (text for part, text in _parts(element, whole) if _is_rest(text, part, said)), whole
    )


def _without_day(element: etree._Element) -> etree._Element:
    """An h1 without a line of its own at its end that only tells a day."""
    last = element[-1] if len(element) else None
    if last is None or last.tag in INLINE or (last.tail or "").strip():
        return element
    if not dates_only(_shown_text(last), 1):
        return element
    rest = deepcopy(element)
    rest.remove(rest[-1])
    return rest


def _parts(element: etree._Element, whole: str) -> Iterator[tuple[str, str]]:
    """The first element of an h1, and its last ones: "12 reacties", "Bewerken".

    Each that touches an end of it, with the text beside.
    """
    first = _shown_text(element[0])
    if not (element.text or "").strip():
        yield first, whole.removeprefix(first).strip(BETWEEN)
    rest = deepcopy(element)
    for last in reversed(rest[-MOST_BESIDE:]):
        if (last.tail or "").strip():
            break
        rest.remove(last)
        text = _shown_text(rest).strip(BETWEEN)
        yield whole.removeprefix(text).strip(BETWEEN), text


def _is_rest(text: str, kicker: str, said: Sequence[str]) -> bool:
    """Whether titles begin with the text beside a kicker, and have no kicker."""
    if not SHORTEST_WITHOUT_KICKER <= len(text) > len(kicker):
        return False
    is_named = any(one.startswith(fold(text)) for one in said)
    return is_named and not any(fold(kicker) in one for one in said)


def _shown_text(element: etree._Element) -> str:
    """The text of a heading as a browser shows it: inline markup adds no spaces to words."""
    pieces = list(islice(_pieces(element), MOST_PIECES))
    return (
        plain_text(one_line("".join(pieces))) if sum(map(len, pieces)) <= 2 * LONGEST_TITLE else ""
    )


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, one in etree.iterwalk(element, events=("start", "end")):
        is_start = event == "start"
        if one is not element and _parts_words(one, is_start=is_start):
            yield " "
        if is_start:
            yield "" if one.tag in HIDDEN else one.text or ""
        elif one is not element:
            yield one.tail or ""


def _parts_words(one: etree._Element, *, is_start: bool) -> bool:
    """Whether what stands before an element, or after it, is another word to a reader."""
    return one.tag not in INLINE or (not is_start and _is_part(one))


def _is_part(span: etree._Element) -> bool:
    """Whether another span touches this one, as kicker and headline do; an initial is no part."""
    after = span.getnext()
    is_pair = span.tag in PARTS and not span.tail and after is not None and after.tag in PARTS
    return is_pair and len(span.text or "") > 1


def _read_page_title(document: Document) -> str:
    return plain_text(document.title) if len(document.title) <= CREDIBLE else ""


def _begins(text: str, h1: str) -> bool:
    """Whether a title is this headline and then the site's name, or the other way about."""
    folded, head = fold(text), fold(h1)
    if len(head) < SHORTEST_WITHOUT_KICKER:
        return False
    return folded.startswith(head) or folded.endswith(head) or head in SEPARATOR.split(folded)


# --- the name of the site ---------------------------------------------------------------------


class _Names(NamedTuple):
    """Tells the headline in a title from the site's name, a section or a kicker beside it.

    confirmed   what else the page calls itself, folded
    is_page     whether the title is `<title>`, where a few words after a dash are always a name
    whole       the title
    """

    document: Document
    habits: Habits
    confirmed: set[str]
    is_page: bool
    whole: str

    def without(self, text: str) -> str:
        while shorter := self._without_tail(text) or self._without_head(text):
            text = shorter
        return text

    def _without_tail(self, text: str) -> str:
        """The text before its last separator, if what follows is not the headline's; else ""."""
        for separator in reversed(list(_separators(text))):
            head, tail = text[: separator.start()].strip(), text[separator.end() :].strip()
            if _is_of_headlines(separator[0], text):
                continue
            return (
                head
                if len(head) >= SHORTEST_WITHOUT_KICKER and self._is_name(separator[0], head, tail)
                else ""
            )
        return ""

    def _without_head(self, text: str) -> str:
        """The text after its first separator, if what precedes is the site's or a kicker."""
        separator = next(_separators(text), None)
        if separator is None:
            return ""
        head, tail = text[: separator.start()].strip(), text[separator.end() :].strip()
        if len(tail) < SHORTEST_WITHOUT_KICKER or fold(text) in self.confirmed:
            return ""
        is_site = ":" not in separator[0] and _is_site(head, self.document)
        is_name = is_site and not self._is_subject(separator[0], text)
        return tail if is_name or self.habits.has(BEGINS, head) else ""

    def _is_subject(self, separator: str, text: str) -> bool:
        """Whether the site's name begins a sentence, as the page names the site behind it, too.

        "Acme — official partner of Foo - Acme Europe"
        """
        declared = map(fold, (self.whole, *headings(self.document)))
        begun = (one[len(fold(text)) :] for one in declared if one.startswith(fold(text)))
        found = ((SEPARATOR.match(rest), rest) for rest in begun)
        is_named = any(mark and _is_site(rest[mark.end() :], self.document) for mark, rest in found)
        return BARS.isdisjoint(separator) and is_named

    def _is_name(self, separator: str, head: str, tail: str) -> bool:
        """Whether what follows a separator is a name and not part of the headline."""
        if fold(head) in self.confirmed or _is_site(tail, self.document):
            return True
        if self._is_label(separator, head, tail) or self.habits.has(ENDS, tail):
            return True
        return not BARS.isdisjoint(separator) and self.habits.recurs(ENDS, tail)

    def _is_label(self, separator: str, head: str, tail: str) -> bool:
        """Whether a separator that no headline has is followed by less than stands before it."""
        is_bar = self.is_page or not BARS.isdisjoint(separator)
        is_long = "|" in separator and fold(self.whole) not in map(fold, _h1s(self.document))
        longest = count_words(head) if is_long else FEW
        return is_bar and count_words(tail) <= longest and count_words(head) > FEW


def _is_of_headlines(separator: str, text: str) -> bool:
    """Whether a separator stands within headlines: a colon, or one that ends a quotation."""
    return separator.strip() == ":" or ("»" in separator and "«" in text)


def _is_site(text: str, document: Document) -> bool:
    """Whether a part of a title is the name of the site, by what the page says or by its host."""
    name, site = fold(text), fold(document.meta("og:site_name", "application-name"))
    more = count_words(name) - count_words(site)
    if site and more <= SUFFIX and (f" {name} " in f" {site} " or f" {site} " in f" {name} "):
        return True
    if name in document.once(_names_of_front):
        return True
    letters, host = _letters(name), host_of(document.page.url)
    if len(letters) >= 3 and letters in _letters(host):
        return True
    brand = _letters(registered_domain(host).partition(".")[0])
    return len(brand) >= BRAND and brand in letters and count_words(name) <= 2 * SUFFIX


def _names_of_front(document: Document) -> frozenset[str]:
    """What the page calls its site's front page, folded: its links to that say so."""
    front = (one for one in document.elements("a") if _leads_to_front(one, document))
    return frozenset(filter(None, (fold(text_of(one, LONGEST_NAME)) for one in front)))


def _leads_to_front(link: etree._Element, document: Document) -> bool:
    href = (link.get("href") or "").strip()
    if not href or not MAYBE_FRONT.fullmatch(href):
        return False
    address = join(document.base, href)
    parts = parts_of(address)
    is_front = parts.path in ("", "/") and not (parts.query or parts.fragment)
    return is_front and host_of(address) == host_of(document.page.url)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
