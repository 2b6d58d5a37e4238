"""Which encoding a page is in, and its text: labels mean what browsers take them to mean.

The labels are those of the WHATWG Encoding Standard, and what is not one of them is ignored:
Python would also "decode" base64, and its gb2312 and shift_jis are narrower than what sites write.
"""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import resolve_encoding, to_unicode

from ..languages.traits import latin_encoding_of
from .encodings import AMENDED, USER_DEFINED, decoder_of

FALLBACK = "cp1252"  # windows-1252, as in every browser
PRESCAN = 500_000  # bytes in which a declaration counts; browsers look as far as the head goes
ANYWHERE = 1_024  # bytes in which it counts even in the body
LONGEST_TYPE = 500  # characters of a Content-Type header that are read
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),  # no page of another encoding begins so
    (b"\x00<", "utf-16-be"),
)

JAPANESE_MAIL = "iso2022_jp_ext"
JIS_0208 = re.compile(rb"\x1b\$[@B][\x21-\x7e]{2}")  # what begins Japanese in ISO-2022-JP
LOOKED_AT = 4_000  # bytes of text in which an encoding is looked for
# What is looked for; more, and short texts are taken for what no site is written in.
DETECTED = (
    "gb18030 big5hkscs euc_jp cp932 cp949 koi8_r koi8_u cp874 cp1250 cp1251 cp1252 cp1253 cp1254"
    " cp1255 cp1256 cp1257 iso8859_2 iso8859_5 iso8859_7"
).split()
LATIN = frozenset(("cp1250", "cp1252", "cp1254", "cp1257", "iso8859-2"))
LEAST_SHARE = 0.2  # of the bytes of such a piece, where the script is not Latin
_LANGUAGE = re.compile(rb"<html\b[^<>]*?\slang\s*+=\s*+[\"']?([a-z]{2})\b", re.IGNORECASE)
_NO_TEXT = re.compile(
    rb"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_PIECE = re.compile(rb"[^<>]++")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
MOSTLY_UTF_8 = 0.9  # of the bytes above 127: the others were cut off, or pasted from elsewhere
_LETTER = rb"(?<=[a-z\xc0-\xff])%s(?=[a-z\xc0-\xff])"
_SIGN_IN_WORD = re.compile(_LETTER % rb"[\xa5\xb1\xb3\xb6\xb9\xbb\xbc\xbe\xbf]")  # "¥±³¶¹»¼¾¿"
_C1_IN_WORD = re.compile(_LETTER % rb"[\x8a-\x90\x98-\x9f]")  # letters of windows-1250 alone
_ISO_IN_WORD = re.compile(_LETTER % rb"[\xb1\xb6\xbe]")  # letters of ISO 8859-2 alone

# Python's names of the encodings that the standard has.
_STANDARD = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be gb18030 big5hkscs euc_jp iso2022_jp_ext cp932 cp949"
    " koi8-r koi8-u cp866 cp874 mac-roman mac-cyrillic iso8859-2 iso8859-3 iso8859-4 iso8859-5"
    " iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16"
    " cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258".split()
)
# Labels of the standard that neither Python nor w3lib knows, or takes for something narrower.
_MORE_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "utf-16-le": "ucs-2 unicode csunicode iso-10646-ucs-2 unicodefeff utf-16",
    "gb18030": "x-gbk csgb2312 gb_2312",
    "big5hkscs": "big5-hkscs cn-big5 x-x-big5",
    "euc_jp": "x-euc-jp cseucpkdfmtjapanese",
    "iso2022_jp_ext": "iso-2022-jp csiso2022jp",
    "cp932": "ms_kanji",
    "cp949": "windows-949 ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean cseuckr"
    " csksc56011987 iso-ir-149",
    "koi8-r": "koi koi8",
    "koi8-u": "koi8-ru",
    "mac-roman": "mac x-mac-roman csmacintosh",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso885911",
    "cp1252": "x-cp1252 iso88591",
    "cp1254": "x-cp1254 iso88599",
    "iso8859-6": "iso88596 csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i",
    "iso8859-7": "iso88597 sun_eu_greek",
    "iso8859-8": "iso88598 logical visual iso-8859-8-e iso-8859-8-i csiso88598e csiso88598i",
    "iso8859-15": "iso885915 csisolatin9",
    **{f"cp125{n}": f"x-cp125{n}" for n in (0, 1, 3, 5, 6, 7, 8)},
    **{f"iso8859-{n}": f"iso8859{n}" for n in (2, 3, 4, 5, 10, 13, 14)},
}
_LABELS = {USER_DEFINED: USER_DEFINED} | {
    label: name for name, labels in _MORE_LABELS.items() for label in labels.split()
}
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([\w.:+-]+)", re.IGNORECASE)
_IN_XML = re.compile(r"\sencoding\s*+=\s*+[\"']?+\s*+([\w.:+-]+)")
# What a declaration may stand in, and what must be skipped because one within it does not count.
_DECLARATION = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|title)\b.*?(?:</\1|\Z)|<body\b"
    rb"|(?P<declares><\?xml\s[^<>]*>|<meta[\s/][^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)


def decode(body: bytes, content_type: str) -> str:
    """The text of a page: by its byte order mark, as UTF-8 if it is that, else as declared.

    UTF-8 comes before the declaration, because text of another encoding is practically never valid
    UTF-8, while servers declare Latin-1 for UTF-8 every day. ISO-2022-JP alone is, as it has no
    byte above 127. What nothing declares is told by its letters.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff").replace("\x00", "")
    if JIS_0208.search(body):
        return body.decode(JAPANESE_MAIL, "replace").replace("\x00", "")
    if b"\x00" in body and (wide := _in_header(content_type)).startswith("utf-16"):
        return body.decode(wide, "replace").replace("\x00", "")
    try:
        return body.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        return text_in(body, declared_encoding(content_type, body) or detected(body)).replace(
            "\x00", ""
        )


def narrowed(body: bytes) -> bytes:
    """The bytes of a page in UTF-16 as UTF-8; those of others as they are.

    The upper half of a letter is a control sign elsewhere: 3 of Greek, 4 of Cyrillic.
    """
    is_wide = any(body.startswith(mark) for mark, name in MARKS if name.startswith("utf-16"))
    return decode(body, "").encode("utf-8", "replace") if is_wide else body


def detected(body: bytes) -> str:
    """The encoding that the letters of a page are likely in, which is not all UTF-8; never "".

    It is UTF-8 all the same where only a few bytes are wrong, though browsers give up there. Among
    the Latin ones the language that the page declares decides, as a few letters cannot. FALLBACK
    where nothing is likelier.
    """
    letters = _letters(body)
    high = len(_HIGH.findall(letters))
    if sum(map(len, _UTF_8.findall(letters))) > MOSTLY_UTF_8 * high:
        return "utf-8"
    from charset_normalizer import from_bytes  # most pages say what they are encoded in

    best = from_bytes(letters, cp_isolation=DETECTED).best()
    name = encoding_of(best.encoding.replace("_", "-")) if best else FALLBACK
    if name and name not in LATIN and high > LEAST_SHARE * len(letters):
        return name
    return _latin(body, letters)


def _latin(body: bytes, letters: bytes) -> str:
    """Which of the Latin encodings the letters of a page are in."""
    language = _LANGUAGE.search(body[:PRESCAN])
    latin = latin_encoding_of(language[1].decode().lower() if language else "") or FALLBACK
    if latin == FALLBACK and len(_SIGN_IN_WORD.findall(letters)) > 1:
        latin = "cp1250"  # windows-1252 would put signs into words, as no language has them
    is_iso = latin == "cp1250" and not _C1_IN_WORD.search(letters) and _ISO_IN_WORD.search(letters)
    return "iso8859-2" if is_iso else latin


def _letters(body: bytes) -> bytes:
    """The pieces of a page, between tags, that have letters above ASCII: the first LOOKED_AT."""
    found: list[bytes] = []
    length = 0
    for piece in _PIECE.finditer(_NO_TEXT.sub(b" ", body)):
        if not piece[0].isascii():
            found.append(piece[0])
            length += len(piece[0])
        if length > LOOKED_AT:
            break
    return b" ".join(found)


def declared_encoding(content_type: str, body: bytes) -> str:
    """The encoding that the header names, else the page itself; "" if neither names one."""
    return _in_header(content_type) or _declared_within(body[:PRESCAN])


def _in_header(content_type: str) -> str:
    """The encoding that the Content-Type header names; "" if it names none."""
    found = _CHARSET.search(content_type[:LONGEST_TYPE])
    return encoding_of(found[1]) if found else ""


def encoding_of(label: str) -> str:
    """Python's name of the encoding that browsers take a label for; "" for an unknown label."""
    label = label.strip().lower()
    name = _LABELS.get(label) or (resolve_encoding(label) if label.isascii() else None) or ""
    return name if name in _STANDARD or name == USER_DEFINED else ""


def _declared_within(head: bytes) -> str:
    """What `<?xml encoding>` or `<meta charset>` say, not those in a comment or a script."""
    in_body = False
    for found in _DECLARATION.finditer(head):
        in_body = in_body or found[0][:5].lower() == b"<body"
        if in_body and found.start() > ANYWHERE:
            break
        if found["declares"] and (name := _label_in(found["declares"])):
            return name
    return ""


def _label_in(tag: bytes) -> str:
    """The encoding that one tag declares; a description that merely speaks of charsets does not."""
    text = tag.decode("latin-1").lower()
    if "content" in text and "http-equiv" not in text:
        return ""
    found = _IN_XML.search(text) if text.startswith("<?") else _CHARSET.search(text)
    name = encoding_of(found[1]) if found else ""
    if name.startswith("utf-16"):
        return "utf-8"  # it was read as ASCII
    return FALLBACK if name == USER_DEFINED else name


def text_in(body: bytes, encoding: str) -> str:
    """The text of bytes in an encoding (see `encoding_of`), as browsers read it."""
    if decoder := decoder_of(encoding):
        return decoder(body)
    return to_unicode(body, encoding).translate(AMENDED.get(encoding, {}))
