"""Who wrote an article: people or agencies, by the surest place that names somebody.

    JSON-LD > <meta> > an element marked as a byline > a line that readers take for one
    > microdata that readers do not see

The site itself counts only where nobody else is named, and what most of its pages declare only
where readers see it: a template says so, and nobody wrote it for this article. A `<meta>` that no
reader sees names a publisher, or who put the text in, where a byline names somebody else; so does
JSON-LD that only refers to its author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, takewhile
from typing import Any, NamedTuple

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import Label, heads_author, label_of, says_submitted
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, joined, spelt
from ...web.document import HEADINGS, INLINE, Document, one_line, text_of
from ...web.sanitise import plain_text
from ...web.urls import host_of, registered_domain
from .about import other_items, shared
from .ancestry import Within, is_foot
from .bylines import (
    ASIDE,
    by_lines,
    guests,
    is_called_author,
    is_linked_author,
    named_below,
)
from .furniture import is_comment_section
from .habits import UNKNOWN, Habits
from .names import (
    INTERFACE,
    JOB,
    SMALL,
    is_account,
    may_be_person,
    people_in,
    pictured_in,
    text_and_pictures,
    touching,
    without_pictured,
)
from .prose import text_length
from .structured_data import breadcrumb, objects_by_id, text, types
from .titles import headings as headings_of
from .titles import shown_headings

SCHOLARLY = ("citation_author", "citation_authors")  # one for each author, at times "Last, First"
METAS = (
    *("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    *("cxenseparse:author", "dcsext.author", "articleauthor", "dable:author"),
)
WRITTEN = Pattern(lambda: rf"(?:{any_spelt('people.written')})\b", re.IGNORECASE)
RIGHT_BELOW = 2  # lines
AUTHOR = "author"  # the kind of fact that a site's habits remember

BYLINE = Pattern(  # also with the hash that a build adds: "Article_author__U98U7"
    lambda: (
        rf"(?:^|[-_])(?:post|entry|article)?(?:author|byline|{any_spelt('classes.author')})s?"
        r"(?:[-_]*(?:box|info|meta))*(?:[-_]*name)?s?(?:__[\w-]{5})?$"
    ),
    re.IGNORECASE,
)
PROFILE = Pattern(
    lambda: rf"/(?:author|{any_spelt('classes.author')})(?:s|en|es)?/[^/?#]", re.IGNORECASE
)


@cache
def _maybe_bylines() -> etree.XPath:
    """The elements that BYLINE or PROFILE can match, in whatever case their words begin.

    libxml2 looks faster than Python, and faster among attributes than among elements.
    """
    words = ["author", "byline", USERNAME, *spelt("classes.author")]
    named = " or ".join(f"contains(., '{word[1:]}')" for word in words)
    linked = " or ".join(
        f"contains(., '/{word[0]}')" for word in dict.fromkeys(w[0] for w in words)
    )
    attributes = (
        f"@class[{named}]",
        f"@id[{named}]",
        f"@href[{linked}]",
        "@rel[contains(., 'author')]",
        "@itemprop[. = 'author']",
    )
    # To unite more of them would take libxml2 quadratic time.
    most = f"[position() <= {MARKED}]"
    return etree.XPath(" | ".join(f"(descendant::*/{one}){most}/.." for one in attributes))


MICRODATA = etree.XPath("descendant::meta[@itemprop = 'author']")
PIECES = 200  # texts and links of one element that are looked at
MARKED = 2000  # elements with a class that are looked through for a byline
LONGEST_NAME = 60  # characters of one name
FULL_NAME, CARD = "fn", "vcard"  # a name, and the box around it, in microformats
USERNAME = "username"  # who put an article in, or a reaction, as Drupal marks them
LEVELS = 3  # elements around a name that may call it an author
SHORTEST = 3  # letters of a nickname
LONGEST = 120  # characters of a value that may name several
BRAND = 6  # letters of a domain that no other name begins with
SECTIONS = frozenset(("tag", "category"))  # what links to these call themselves
MARKS = ("class", "rel", "itemprop")  # what may call an element a byline
SEEN = ("byline", "visible")  # where readers see who is named
BEFORE = 40  # characters before a name in its line
LINE = 160  # characters of a line in which readers see a name
MOST_PEOPLE = 10  # in one byline; more are a list of something else


def _by() -> str:
    """What stands before a name: "Door", "Written by", "Text och foto:", "Redactie"."""
    by, word = any_spelt("people.by"), r"[\w'’]+"
    return (
        rf"^(?:{word} (?:{any_spelt('people.and')}|&) {word}\s?:|{text_and_pictures()}"
        rf"|(?:(?:{any_spelt('people.written', 'people.posted')}) )?(?:{by}):?"
        rf"|(?:{any_spelt('people.submitted')}):?"
        rf"|(?:{any_spelt('people.author')})(?::| (?:{by}))?"
        rf"|\w+\s?:|(?:{any_spelt('people.desk')})(?=\s\S+\s\w)"
        rf"|(?-i:{any_spelt('people.of')})(?=\s(?-i:[A-ZÀ-ÖØ-Þ])\S*\s))\s+"  # "di Paola Ricci"
    )


BY = Pattern(_by, re.IGNORECASE)
BRACKETED = re.compile(r"\(\s*([^()]+?)\s*\)")  # "(editor)"
GLUED = Pattern(lambda: rf"^{touching()}(?=[\w'’-]+ [A-ZÀ-Þ])")
AGENCY = r"(?:dpa|afp|ap|rtr|sda|kna|epd|anp)\b"


def _ands() -> list[str]:
    """The words between two people that are no part of a name."""
    return [one for one in spelt("people.and") if len(one) > 1]


BETWEEN = Pattern(
    lambda: (
        rf"\s*(?:[;|،]|(?<!\w{{7}})[、，](?!\w{{7}})|,\s(?=(?![{SMALL}])[^\W\d_]|{AGENCY})|\s(?:{joined(_ands())}|&)\s)\s*"
    )
)
ONLY_BETWEEN = Pattern(lambda: rf"\W*(?:(?:{joined(_ands())})\W*)?")
DANGLING = " ,./·•●|–—-"  # what themes put beside a name
INITIALS = re.compile(r"\s\([a-zà-ÿ.]{2,5}\)$")  # "Elena Oberholzer (obe)"
DEGREE = re.compile(  # after a name; "AFP" and "EPD" are agencies
    r"(?:Ph\.?\s?D|M\.?D|[MB]\.?[AS]c?|MBA|MPH|MSW|DVM|RDN?|RN|CP[AP]|CFP|PSP|FAND|Esq|Jr|Sr)\.?"
)
DOTS = re.compile(r"\s[·•●]\s")
NOBODY = Pattern(
    lambda: rf"^(null|undefined|none|{any_spelt('people.desk', 'people.nobody')}|.*:)\W*$",
    re.IGNORECASE,
)
# No value that names somebody: empty, an address, nobody, or who did what.
NO_NAMES = Pattern(lambda: rf"$|http|{NOBODY.pattern}|.*:\s", re.IGNORECASE | re.DOTALL)


class Authors(NamedTuple):
    """The names, and where they stood: "json-ld", "meta", "byline", …; "" for none."""

    names: tuple[str, ...] = ()
    origin: str = ""


Known = Mapping[str, Mapping[str, Any]]  # objects of JSON-LD by their ids


def authors_of(
    document: Document,
    found: Sequence[Mapping[str, Any]],
    title: str,
    habits: Habits = UNKNOWN,
) -> Authors:
    """The people or agencies who are named as authors.

    `found` are the JSON-LD objects about the page, `title` is its headline.
    """
    unseen = usual = site = Authors()
    known = objects_by_id(document)
    own, persons = _names_of_site(document, found, known), _persons_of(known)
    whole = own | _organisations(found, known)
    unsure = ("meta",) if _in_objects(found, {}) else ("json-ld", "meta")
    for origin, names in _named(document, found, title, persons):
        people = _people_in(names, whole)
        named = tuple(one for one in people if not _is_site(one, document, own))
        if not people:
            continue
        if all(_is_default(one, document, habits) for one in people):
            usual = _first(usual, Authors(_people_of(people, found, persons), origin))
        elif not named:
            site = _first(site, Authors(people, origin))
        elif origin in unsure and not _are_shown(named, document):
            unseen = _first(unseen, Authors(named, origin))
        else:
            return _seen_before(unseen, _with_others(Authors(named, origin), document))
    return _first(unseen, usual, site)


def _with_others(found: Authors, document: Document) -> Authors:
    """The one whom a page declares, with the others to whom its byline links as it does there."""
    if len(found.names) != 1 or found.origin in SEEN:
        return found
    linked = list(filter(is_linked_author, document.once(_bylines)))
    own = next((one for one in linked if text_of(one, LONGEST_NAME) == found.names[0]), None)
    if own is None:
        return found
    named = takewhile(_goes_on_with_names, _beside(own, linked))
    beside = [text_of(one, LONGEST_NAME) for one in named]
    names = (*found.names, *(one for one in _people_in(beside) if one not in found.names))
    return found._replace(names=names) if len(names) <= MOST_PEOPLE else found


def _goes_on_with_names(element: etree._Element) -> bool:
    """Whether no words but "and" stand between a link and the one before it: no "Reviewed by"."""
    return ONLY_BETWEEN.fullmatch(next(_said_before(element), "")) is not None


def _first(*found: Authors) -> Authors:
    """The first of these that names somebody."""
    return next((one for one in found if one.names), Authors())


def _people_of(
    names: Sequence[str], found: Sequence[Mapping[str, Any]], known: Known
) -> tuple[str, ...]:
    """Those whom JSON-LD declares to be people: who writes all of a site may be one of them."""
    persons = {
        name
        for authors in _declared(found, known)
        for author in authors
        if isinstance(author, Mapping) and "Person" in types(author)
        for name in _names_in(author)
    }
    return tuple(one for one in names if one in persons and may_be_person(one))


def _organisations(found: Sequence[Mapping[str, Any]], known: Known) -> set[str]:
    """The folded names of authors that JSON-LD declares to be no people: "Teelt & Techniek"."""
    return {
        fold(name)
        for authors in _declared(found, known)
        for author in authors
        if isinstance(author, Mapping) and "Organization" in types(author)
        for name in _names_in(author)
    }


def _are_shown(names: Sequence[str], document: Document) -> bool:
    """Whether readers see any of these names."""
    return any(_is_shown(fold(one), document) for one in names)


def _seen_before(unseen: Authors, named: Authors) -> Authors:
    """Whom readers see named, if that is somebody else than a `<meta>` names unseen."""
    if not unseen.names:
        return named
    is_full = named.origin in SEEN and all(" " in one for one in named.names)
    return named if is_full and not _share_words(named.names, unseen.names) else unseen


def _share_words(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether names have a word in common, as those of one person written in two ways."""
    return not {*fold(" ".join(some)).split()}.isdisjoint(fold(" ".join(others)).split())


def facts(document: Document, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Whom the page declares as its authors, for the habits of its site: (kind, value)."""
    persons = _persons_of(objects_by_id(document))
    names = [*_in_objects(found, persons), *_in_metas(document)]
    yield from ((AUTHOR, one) for one in _people_in(names))


def _named(
    document: Document, found: Sequence[Mapping[str, Any]], title: str, persons: Known
) -> Iterator[tuple[str, Sequence[str]]]:
    """Where somebody is named, and who, the surest place first."""
    yield "visible", guests(document, title)
    yield "json-ld", _in_objects(found, persons)
    yield "meta", _in_metas(document)
    yield "byline", _marked_up(document)
    yield "visible", by_lines(document, title)
    yield "byline", _nicknamed(document)
    yield "microdata", _in_microdata(document)
    yield "below", named_below(document, title)


# --- who does not count -----------------------------------------------------------------------


def _names_of_site(
    document: Document, found: Sequence[Mapping[str, Any]], known: Known
) -> set[str]:
    host = host_of(document.page.url).removeprefix("www.")
    names = [
        document.meta("og:site_name", "application-name"),
        *(text(_meant(one.get("publisher"), known)) for one in found),
    ]
    brand = registered_domain(host).partition(".")[0]
    return {fold(name) for name in names if name} | {host, host.partition(".")[0], brand}


def _is_site(name: str, document: Document, site: set[str]) -> bool:
    """Whether a name is the name of the site, begins with it, or has its address in it."""
    host = host_of(document.page.url).removeprefix("www.")
    if fold(name) in site or f"www.{host}" in fold(name):
        return True
    brand = registered_domain(host).partition(".")[0].replace("-", "")
    return len(brand) >= BRAND and "".join(fold(name).split()).startswith(brand)


def _is_default(name: str, document: Document, habits: Habits) -> bool:
    """Whether most pages of the site declare this author, and this one does not show it."""
    return habits.has(AUTHOR, name) and not _is_shown(fold(name), document)


def _is_shown(folded: str, document: Document) -> bool:
    """Whether a short line of the page names somebody, apart from what stands beside articles."""
    is_beside = Within(_is_aside)
    return any(
        folded in fold(block.text) and not is_beside(block.element)
        for block in document.blocks
        if len(block.text) <= LINE
    )


def _is_aside(element: etree._Element) -> bool:
    """Whether it holds what stands beside the article, or what readers wrote."""
    is_menu = element.tag in ("ul", "li") and "menu" in (element.get("class") or "")
    is_beside = element.tag in ASIDE and not is_foot(element)
    return is_beside or is_menu or bool(is_comment_section(element))


# --- where they are named ---------------------------------------------------------------------


def _in_objects(found: Sequence[Mapping[str, Any]], known: Known) -> list[str]:
    for authors in _declared(found, known):
        names = [name for author in authors for name in _names_in(author)]
        if any(names):
            return names
    return []


def _declared(found: Sequence[Mapping[str, Any]], known: Known) -> Iterator[list[Any]]:
    """The authors of each object; those that it only refers to as they stand elsewhere."""
    for one in found:
        given = one.get("author") or one.get("creator")
        authors = given if isinstance(given, list) else [given]
        yield [_meant(author, known) for author in authors]


def _persons_of(known: Known) -> Known:
    """Who may be referred to as an author; an organisation that is only referred to is the site."""
    return {name: one for name, one in known.items() if "Person" in types(one)}


def _meant(value: Any, known: Known) -> Any:
    """What a reference such as {"@id": "#anna"} means; an object with a name is meant itself."""
    is_reference = isinstance(value, Mapping) and not value.get("name")
    return known.get(str(value.get("@id")), value) if is_reference else value


def _names_in(author: Any) -> list[str]:
    """The names in one value of JSON-LD; some sites put all into one person."""
    if isinstance(author, Mapping) and isinstance(author.get("name"), list):
        return [text(name) for name in author["name"]]
    return [text(author)]


def _in_metas(document: Document) -> list[str]:
    said = _author_metas(document)
    if scholars := said.get(SCHOLARLY[0]) or said.get(SCHOLARLY[1]):
        return list(map(_first_name_first, scholars))
    is_own = bool(shared(document, shown_headings(document), *METAS))
    values = [said[name][0] for name in METAS if is_own and name in said]
    if WRITTEN.match(document.meta("twitter:label1")):  # as WordPress says it
        values.append(document.meta("twitter:data1"))
    return next(([one] for one in values if not one.startswith("http")), [])


def _author_metas(document: Document) -> dict[str, list[str]]:
    """The values of `<meta>` that name authors, by their names; some stand once for each author."""
    said: dict[str, list[str]] = {}
    for element in document.elements("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        value = one_line(element.get("content") or "")
        if value and name in (*SCHOLARLY, *METAS):
            said.setdefault(name, []).append(value)
    return said


def _first_name_first(name: str) -> str:
    """ "Jansen, Jan P." as a byline has it."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and " " not in last else name


def _marked_up(document: Document) -> list[str]:
    """The names in the first element that is marked as a byline: right below the headline if one
    is there, as who drew the picture may stand above it.

    Several people may have an element each: those beside it that are marked alike.
    """
    sections = _sections(document)
    marked = sorted(document.once(_bylines), key=_is_away_from_headline(document))
    nickname = ""
    for element in marked:
        nickname = nickname or next(iter(_nickname(element, sections)), "")
        if people := _people_of_byline(element, sections):
            if not any(nickname in one for one in people):
                return []  # of another article, as this one has its byline above
            beside = (_people_of_byline(one, sections) for one in _beside(element, marked))
            every = [*people, *(name for names in beside for name in names)]
            return every if len(every) <= MOST_PEOPLE else people
    return []


def _is_away_from_headline(document: Document) -> Callable[[etree._Element], bool]:
    """Tells whether an element does not stand right below the headline of a page."""
    headline = next((at for at, block in enumerate(document.blocks) if block.tag == "h1"), -1)
    below = range(headline + 1, headline + 1 + RIGHT_BELOW) if headline >= 0 else range(0)

    def is_away(element: etree._Element) -> bool:
        around = (element, *element.iterancestors())
        inside = next((document.spans[one] for one in around if one in document.spans), range(0))
        return inside.start not in below

    return is_away


def _people_of_byline(element: etree._Element, sections: Collection[str]) -> list[str]:
    """The people in the first reading of a byline that has some."""
    for names in _readings(element):
        people = [one for one in names if _may_be_author(one) and fold(one) not in sections]
        if 0 < len(people) <= MOST_PEOPLE:
            return people
    return []


def _sections(document: Document) -> set[str]:
    """The folded names of the sections that the page says it stands in."""
    return {fold(name) for name in breadcrumb(document)}


def _nicknamed(document: Document) -> list[str]:
    """The first nickname that a byline has; no line near the headline has a whole name."""
    sections = _sections(document)
    return next(filter(None, (_nickname(one, sections) for one in document.once(_bylines))), [])


def _nickname(element: etree._Element, sections: Collection[str]) -> list[str]:
    """The one word by which a link calls its author, where a byline or a card is around it."""
    is_name = is_linked_author(element) or FULL_NAME in (element.get("class") or "").split()
    is_called = is_name or PROFILE.search(element.get("href") or "") is not None
    is_carded = is_called and any(map(_is_card, islice(element.iterancestors(), LEVELS)))
    if not (is_carded or _is_submitter(element)):
        return []
    said = BY.sub("", text_of(element, LONGEST_NAME))
    return [said] if _may_be_nickname(said) and fold(said) not in sections else []


def _is_submitter(element: etree._Element) -> bool:
    """Whether an element names who put an article in: "Submitted by <span class=username>…"."""
    if USERNAME not in (element.get("class") or "").split():
        return False
    around = islice(element.iterancestors(), LEVELS)
    return any(says_submitted(text_of(one, LINE)) for one in around)


def _may_be_nickname(said: str) -> bool:
    if " " in said or len(said) < 2 or text_length(said) < SHORTEST or JOB.search(said):
        return False
    return all(says(said) for says in _SOMEBODY)


def _is_card(element: etree._Element) -> bool:
    """Whether an element is called a byline, or the card of somebody."""
    return _is_byline(element) or CARD in (element.get("class") or "").split()


def _beside(element: etree._Element, marked: Sequence[etree._Element]) -> list[etree._Element]:
    """The bylines below one that are marked like it, in a line that says little else."""
    line = element
    for around in element.iterancestors():
        if not text_of(around, LINE) or next(around.iter(*HEADINGS), None) is not None:
            break
        line = around
    inside, own = set(line.iterdescendants()) - set(element.iter()), _marks(element, line)
    return [one for one in marked if one in inside and _marks(one, line) == own]


def _marks(element: etree._Element, line: etree._Element) -> list[tuple[str, ...]]:
    """How an element is marked, and those around it as far as the line: "expert" is no author."""
    around = takewhile(lambda one: one is not line, element.iterancestors())
    return [(str(one.tag), *(one.get(name) or "" for name in MARKS)) for one in (element, *around)]


def _bylines(document: Document) -> list[etree._Element]:
    """The elements that are marked as bylines, those of other articles and of readers left out."""
    is_outside = Within(_is_aside)
    is_of_another = other_items(document, headings_of(document))
    return [
        one
        for one in _maybe_bylines()(document.root)[:MARKED]
        if _is_byline(one) and not is_outside(one) and not is_of_another(one)
    ]


def _in_microdata(document: Document) -> list[str]:
    is_of_another = other_items(document, headings_of(document))
    own = (one for one in MICRODATA(document.root) if not is_of_another(one))
    return [one.get("content") or "" for one in islice(own, 1)]


def _readings(element: etree._Element) -> Iterator[list[str]]:
    """The ways in which the text of a byline may be parted into names.

    Who took the pictures is the author only where nobody else is named.
    """
    yield _properties(element)
    links = [link for link in islice(element.iter("a"), PIECES) if not _is_of_section(link)]
    linked = [text_of(link, LONGEST_NAME, between="") for link in links]
    pieces = [one_line(str(piece)) for piece in islice(_texts(element), PIECES)]
    said = "\n".join(pieces)
    if pictured := pictured_in(said):
        yield [one for one in linked if one not in pictured]
        yield without_pictured(said).split("\n")
    yield linked
    yield pieces
    whole = " ".join(pieces) if len(pieces) < PIECES else ""
    yield [] if _is_labelled(whole, linked) else [whole]


def _is_labelled(whole: str, linked: Sequence[str]) -> bool:
    """Whether a byline is a nickname behind a word in small letters: "da Criscia"."""
    if len(linked) != 1 or not linked[0] or " " in linked[0]:
        return False
    label, found, rest = whole.partition(linked[0])
    return bool(found) and label.strip().islower() and not rest.strip()


def _texts(element: etree._Element) -> Iterator[str]:
    """The texts in a byline, those of links to sections left out."""
    if element.text:
        yield str(element.text)
    for child in element:
        if not _is_of_section(child):
            yield from _texts(child) if isinstance(child.tag, str) else ()
        if child.tail:
            yield str(child.tail)


def _is_of_section(element: etree._Element) -> bool:
    """Whether a link says that it leads to a section or a topic, as WordPress writes it."""
    return not SECTIONS.isdisjoint((element.get("rel") or "").lower().split())


def _properties(element: etree._Element) -> list[str]:
    """What microdata calls the author's name, in an item that has other properties, too."""
    if element.get("itemprop") != "author" or element.get("itemscope") is None:
        return []
    named = islice(element.iterfind(".//*[@itemprop='name']"), PIECES)
    own = (one for one in named if next(_items_around(one), None) is element)
    return [one.get("content") or text_of(one, LONGEST_NAME, between="") for one in own]


def _items_around(element: etree._Element) -> Iterator[etree._Element]:
    return (one for one in element.iterancestors() if one.get("itemscope") is not None)


def _may_be_author(said: str) -> bool:
    if " " not in said or len(said) >= LONGEST_NAME or heads_author(said):
        return False
    first = BY.sub("", said).partition(", ")[0]
    return not JOB.search(first) and all(map(may_be_person, BETWEEN.split(first)))


def _is_byline(element: etree._Element) -> bool:
    if element.tag in ("html", "body"):
        return False  # "single-author" says of a site that one person writes it
    if is_called_author(element):
        return True
    marks = [*(element.get("class") or "").split(), element.get("id") or ""]
    if any(map(BYLINE.search, marks)) or _is_submitter(element):
        return True
    return bool(PROFILE.search(element.get("href") or "")) and not _is_amid_text(element)


def _is_amid_text(link: etree._Element) -> bool:
    """Whether a sentence has begun before a link: "… and then I met <a>Anna Jansen</a>."."""
    return sum(len(said.strip()) for said in _said_before(link)) > BEFORE


def _said_before(element: etree._Element) -> Iterator[str]:
    """The texts of a line before an inline element, the nearest first."""
    parents = element.iterancestors()
    for one in takewhile(lambda one: one.tag in INLINE, (element, *element.iterancestors())):
        for before in one.itersiblings(preceding=True):
            yield before.tail or ""
            if before.tag not in INLINE:
                return
            yield from islice(map(str, before.itertext(with_tail=False)), PIECES)
        yield next(parents).text or ""


# --- a value as names -------------------------------------------------------------------------


def _people_in(names: Sequence[str], whole: Collection[str] = ()) -> tuple[str, ...]:
    """The people in these values, each once; folded names that are `whole` are those of one."""
    return tuple(dict.fromkeys(part for name in names for part in _people(name, whole)))


def _people(name: str, whole: Collection[str]) -> list[str]:
    name = _unbracketed(plain_text(name))
    name = GLUED.sub("", BY.sub("", _between_dots(name)))
    if len(name) > LONGEST or NO_NAMES.match(name):
        return []
    parts = [INITIALS.sub("", one).strip(DANGLING) for one in _split(name, whole)]
    names = parts[:1] + [part for part in parts[1:] if not _describes(part)]
    return [part for part in names if all(says(part) for says in _SOMEBODY)]


def _unbracketed(name: str) -> str:
    """A name that stands in brackets without them: "(Ann Bos)"."""
    found = BRACKETED.fullmatch(name.strip())
    return found[1] if found else name


def _split(name: str, whole: Collection[str]) -> list[str]:
    if "&" in name and fold(name) in whole:  # "Teelt & Techniek"
        return [name]
    return [one for part in BETWEEN.split(name) for one in people_in(part)]


def _between_dots(said: str) -> str:
    """The person in "Politics · Jan Jansen", where only one part may be one."""
    people = [part for part in DOTS.split(said) if " " in part and may_be_person(part)]
    return people[0] if len(people) == 1 else said


def _describes(part: str) -> bool:
    """Whether what follows a name is a degree or a job and not another name."""
    return bool(DEGREE.fullmatch(part) or JOB.search(part))


_SOMEBODY: tuple[Callable[[str], bool], ...] = (
    lambda name: bool(name) and not NOBODY.match(name),
    lambda name: "@" not in name,
    lambda name: not name.isdecimal(),
    lambda name: not is_account(name),
    lambda name: not INTERFACE.search(name),
    lambda name: name != name.lower() or label_of(name) == Label.NONE,  # "publicado el"
)
