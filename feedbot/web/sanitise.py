"""Text that may go into a feed: cleaned once, before it is stored, and never again.

characters ─▶ allowed HTML ─▶ absolute URLs ─▶ the same once more, until nothing changes
"""

from __future__ import annotations

import html as entities
import re
from html.entities import name2codepoint
from urllib.parse import quote, urlunsplit

import nh3

from .urls import DEFAULT_PORTS, ascii_host, join, parts_of

# What an article is made of. No classes or styles, and no ids but those of notes; nothing that
# runs, frames or submits.
_ALLOWED = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span"
    " strong sub sup table tbody td tfoot th thead time tr u ul var"
)
TAGS = set(_ALLOWED.split())
DROPPED_WHOLE = {"script", "style", "noscript", "template", "title", "textarea", "select"}
ATTRIBUTES = {
    "*": {"lang", "dir", "id"},
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "del": {"datetime"},
    "img": {"src", "alt", "title", "width", "height"},
    "ins": {"datetime"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
URL_ATTRIBUTES = {"href", "src", "cite"}
ANCHOR = re.compile(r"n[0-9a-f]{8}-[\w-]{1,80}", re.ASCII)  # an id that only one entry has

# One pass is no fixed point of the sanitiser: an entity can become a control character, a removed
# element can leave others misnested. Measured: four passes at most; what needs more is hostile.
PASSES = 10

# Deep nesting costs the sanitiser quadratic time: 3 s for 20,000 elements. No article has them.
MOST_TAGS = 5_000
# So does text in one piece that has many signs to be written as entities: 30 s for 5 MB. It goes in
# in pieces, with a tag between them that is dropped again; none ends within an entity.
LONGEST_PIECE = 2_000  # characters
_PIECE = re.compile(rf".{{{LONGEST_PIECE}}}[^&;\s]{{0,40}}+;?", re.DOTALL)

# C0 and C1 controls, U+FFFD, surrogates and noncharacters: XML forbids some, the W3C validator
# warns of the others. Tab and newline stay.
_ASTRAL = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_ILLEGIBLE = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff{_ASTRAL}]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")

_IMAGE_OF_NOTHING = re.compile(r'<img(?:\s+(?!src=)[\w-]+="[^"]*")*>')
_PRE_NEWLINES = re.compile(r"(<pre[^>]*>)\n+")  # a parser eats one of them at every reading

_TAG_NAMES = "|".join(
    sorted(TAGS | {"center", "font", "iframe", "p", "script", "section", "strike", "style", "tt"})
)
# Each looks no further than the next "<", so that a million of them cost linear time.
_BLOCKS = re.compile(
    r"<!--(?:[^<]|<(?!!--))*?-->|</?(?:br|p|div|li|h[1-6]|td|tr|hr)\b[^<>]*>", re.IGNORECASE
)
_TAGS = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
TAGGED = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)  # a text that is HTML
_ANY_TAG = re.compile(r"<(/?)(\w+)(?:[^\">]|\"[^\"]*\")*>")  # of clean HTML
_VOID = frozenset(("br", "col", "hr", "img"))
_END_TAG = re.compile(r"</(\w+)>")
_MAIL = re.compile(r"<([^<>\s@]+@[^<>\s@]+)>")
_ENDLESS = re.compile(r"&#[xX]?[0-9a-fA-F]{20,};?")  # Python refuses to read such a number
_ENTITY = re.compile(r"&(?=(#?\w+))")
# Soft hyphens, byte order marks and direction overrides, which would turn the text around them.
_UNSEEN = re.compile("[\u00ad\ufeff\u200b\u202a-\u202e\u2066-\u2069]")


def sanitise(html: str, base_url: str) -> str:
    """Harmless HTML with absolute http(s) URLs, which sanitising again does not change."""
    clean = html
    for _ in range(PASSES if html.count("<") <= MOST_TAGS else 0):
        before, clean = clean, _pass(clean, base_url)
        if clean == before:
            return clean
    return entities.escape(plain_text(clean), quote=False)


def shortened(html: str, most: int) -> str:
    """Clean HTML up to the last whole element of its top level that ends within `most` bytes."""
    depth, size, at, end = 0, 0, 0, 0
    for tag in _ANY_TAG.finditer(html):
        size += len(html[at : tag.end()].encode())
        at = tag.end()
        if size > most:
            break
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0:
            end = at
    return html[:end]


def _pass(html: str, base_url: str) -> str:
    def attribute(_: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if ANCHOR.fullmatch(value) else None
        if name == "href" and value.startswith("#") and ANCHOR.fullmatch(value[1:]):
            return value
        return absolute_urls(value, base_url) if name in URL_ATTRIBUTES else value

    clean = nh3.clean(
        "<".join(map(_in_pieces, legible(html).split("<"))),
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        link_rel=None,
        url_schemes=set(DEFAULT_PORTS),
    )
    clean = _IMAGE_OF_NOTHING.sub("", legible(clean))
    return _PRE_NEWLINES.sub(r"\1", clean).strip()


def _in_pieces(part: str) -> str:
    """A tag and the text after it, with that text in pieces."""
    if len(part) <= LONGEST_PIECE:
        return part
    tag, end, text = part.rpartition(">")
    return tag + end + _PIECE.sub(r"\g<0><wbr>", text)


def absolute_urls(url: str, base_url: str) -> str | None:
    """`url` as a whole http(s) URL in plain ASCII; None if it is none."""
    parts = parts_of(join(base_url, url))
    host = ascii_host(parts.host)
    if parts.scheme not in DEFAULT_PORTS or not host:
        return None
    path, query, fragment = map(_quoted, (parts.path, parts.query, parts.fragment))
    netloc = parts._replace(host=host).netloc
    return urlunsplit((parts.scheme, netloc, path or "/", query, fragment))


def _quoted(part: str) -> str:
    """Percent-encodes what RFC 3986 does not let stand, lone percent signs included."""
    escaped = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(escaped, safe="/?:@!$&'()*+,;=~%-._", errors="ignore")


def plain_text(text: str) -> str:
    """Text on one line: entities decoded, tags dropped, whitespace collapsed; again: the same."""
    if text.isprintable() and not ("<" in text or "&" in text or "\ufffd" in text):
        return " ".join(text.split())  # as most texts are
    for _ in range(PASSES):
        before, text = text, _decoded(text)
        if text == before:
            break
    return " ".join(_ENTITY.sub(_lone_ampersand, text).split())


def _decoded(text: str) -> str:
    text = _UNSEEN.sub("", legible(unescape(legible(text))))
    text = _MAIL.sub(r"\1", _TAGS.sub("", _BLOCKS.sub(" ", text)))
    return _END_TAG.sub(r"\1", text)


def unescape(text: str) -> str:
    """`text` with its entities decoded; U+FFFD for a number that no character has."""
    if "&" not in text:
        return text
    return entities.unescape(_ENDLESS.sub("\ufffd", text))


def _lone_ampersand(match: re.Match[str]) -> str:
    """Sets an ampersand apart from a word that would make it look like an entity."""
    word = match[1]
    looks_like_one = word in name2codepoint or word == "apos" or not word.isalpha()
    return "& " if looks_like_one else "&"


def legible(text: str) -> str:
    """`text` without characters that XML forbids or validators object to."""
    # Ten times as fast as looking for what is not; line breaks and fixed spaces may stand in HTML.
    if text.replace("\n", "").replace("\xa0", "").isprintable() and "\ufffd" not in text:
        return text
    if not _ILLEGIBLE.search(text):
        return text
    if _SURROGATES.search(text):  # two that belong together are one character
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return _ILLEGIBLE.sub(_legible, text.replace("\r\n", "\n"))


def _legible(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\r\x0b\x0c\x1c\x1d\x1e\x1f":
        return "\n" if character == "\r" else " "
    if "\x80" <= character <= "\x9f":  # windows-1252 that was read as ISO 8859-1
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""
