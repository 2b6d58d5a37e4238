"""Pages as servers send them, and the text that Chromium shows of them.

`tests/unit/test_charset.py` holds feedbot to these, and `tests/acceptance/test_encodings.py` asks
Chromium again. Where feedbot reads something else, that is `ours`, for the reason that is given.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """A page: the label in its header, "" for none; its bytes; the text of its paragraph."""

    label: str
    body: bytes
    shown: str
    ours: str = ""
    reason: str = ""

    @property
    def content_type(self) -> str:
        """The header Content-Type."""
        return f"text/html; charset={self.label}" if self.label else "text/html"


SENT = (
    Sent("koi8-u", b"<p>\xae\xbe\xa4\xb4\xf0", "\u045e\u040e\u0454\u0404\u041f"),
    Sent("koi8-r", b"<p>\xae\xf0", "\u255d\u041f"),
    Sent("windows-874", b"<p>\x80\x85\xa1\xd2\xdb", "\u20ac\u2026\u0e01\u0e32\ufffd"),
    Sent("tis-620", b"<p>\xa1\xd2", "\u0e01\u0e32"),
    Sent("iso-8859-11", b"<p>\x85\x91\xa1", "\u2026\u2018\u0e01"),
    Sent("gb2312", b"<p>\xd6\xec\xe9F\xbb\xf9\x80\xa6\xd9", "\u6731\u9555\u57fa\u20ac\ufe10"),
    Sent("gbk", b"<p>\xa2\xe3", "\u20ac"),
    Sent("gb18030", b"<p>\x810\x810\x950\x810\xa8\xbc", "\x80\U0001f618\u1e3f"),
    Sent("gb_2312-80", b"<p>\xd6\xd0", "\u4e2d"),
    Sent("shift_jis", b"<p>\x87@\xfb\xfc\x81`\xb1", "\u2460\u9ad9\uff5e\uff71"),
    Sent("x-sjis", b"<p>\x87\x8a", "\u3231"),
    Sent("windows-31j", b"<p>\xfa@", "\u2170"),
    Sent("euc-kr", b"<p>\x8cc\xb0\xa1", "\ub620\uac00"),
    Sent("ks_c_5601-1987", b"<p>\xa1\xa4", "\xb7"),
    Sent("windows-949", b"<p>\xc8\xfe\xb0\xa1", "\ud79d\uac00"),
    Sent("big5", b"<p>\xa4\xa4\xfa@\x87A\xa3\xe1", "\u4e2d\U00020547\u4c32\u20ac"),
    Sent("big5-hkscs", b"<p>\x87z\xa4\xe5", "\u3875\u6587"),
    Sent("cn-big5", b"<p>\xa1E", "\u2027"),
    Sent("x-x-big5", b"<p>\xa4\xe5", "\u6587"),
    Sent(
        "euc-jp",
        b"<p>\xa4\xa2\xad\xa1\xa1\xc1\x8e\xb1\x8f\xb0\xa1",
        "\u3042\u2460\uff5e\uff71\u4e02",
    ),
    Sent("x-euc-jp", b"<p>\xa1\xdd", "\uff0d"),
    Sent("iso-2022-jp", b'<p>\x1b$B$"\xad\xa1\x1b(B ', "\u3042\ufffd\ufffd "),
    Sent("csiso2022jp", b"<p>\x1b$B$$B", "\u3044\ufffd"),
    Sent("x-user-defined", b"<p>\xe9\x80", "\uf7e9\uf780"),
    Sent("iso-8859-1", b"<p>\x80\x81\x8d\x8f\x90\x93\x9d", "\u20ac\x81\x8d\x8f\x90\u201c\x9d"),
    Sent("latin1", b"<p>\x85\xe9", "\u2026\xe9"),
    Sent("us-ascii", b"<p>\xe9\x80", "\xe9\u20ac"),
    Sent("l1", b"<p>\x92", "\u2019"),
    Sent("iso-8859-9", b"<p>\xfe\x80", "\u015f\u20ac"),
    Sent("latin5", b"<p>\xf0", "\u011f"),
    Sent("iso-8859-15", b"<p>\xa4\xbd", "\u20ac\u0153"),
    Sent("iso-8859-16", b"<p>\xaa\xa4", "\u0218\u20ac"),
    Sent("iso-8859-2", b"<p>\xb1\xb6", "\u0105\u015b"),
    Sent("windows-1250", b"<p>\xb9\x9c\x81", "\u0105\u015b\x81"),
    Sent("windows-1251", b"<p>\xcf\xf0\x98", "\u041f\u0440\x98"),
    Sent("x-cp1251", b"<p>\xb8", "\u0451"),
    Sent("windows-1253", b"<p>\xe1\xaa\xd2", "\u03b1\ufffd\ufffd"),
    Sent("windows-1255", b"<p>\xe0\xca\xa4", "\u05d0\u05ba\u20aa"),
    Sent("iso-8859-8-i", b"<p>\xe0\xfd", "\u05d0\u200e"),
    Sent("logical", b"<p>\xe0", "\u05d0"),
    Sent("windows-1256", b"<p>\xc7\xff\x81", "\u0627\u06d2\u067e"),
    Sent("windows-1257", b"<p>\xe0\xa1", "\u0105\ufffd"),
    Sent("windows-1258", b"<p>\xfe\xd2", "\u20ab\u0309"),
    Sent("macintosh", b"<p>\x8e\xdb", "\xe9\u20ac"),
    Sent("x-mac-cyrillic", b"<p>\x8f\xff\xdb", "\u041f\u20ac\u045f"),
    Sent("ibm866", b"<p>\x8f\xf2", "\u041f\u0404"),
    Sent("iso-8859-10", b"<p>\xbd", "\u2015"),
    Sent("iso-8859-13", b"<p>\xa1", "\u201d"),
    Sent("iso-8859-14", b"<p>\xa1", "\u1e02"),
    Sent("iso-8859-6", b"<p>\xc7", "\u0627"),
    Sent("iso-8859-7", b"<p>\xe1\xa4", "\u03b1\u20ac"),
    Sent("iso-8859-5", b"<p>\xbf", "\u041f"),
    Sent("utf-7", b"<p>\xe9", "\xe9"),
    Sent(
        "hz-gb-2312",
        b"<p>\xe9",
        "\ufffd",
        "\xe9",
        "browsers show nothing, to be safe from scripts that it hides; feedbot runs none",
    ),
    Sent("iso-2022-kr", b"<p>\xe9", "\ufffd", "\xe9", "likewise"),
    Sent("utf-32", b"<p>\xe9", "\xe9"),
    Sent("base64", b"<p>\xe9", "\xe9"),
    Sent("cp037", b"<p>\xe9", "\xe9"),
    Sent("none", b"<p>\xe9", "\xe9"),
    Sent("", b"<p>\xe9", "\xe9"),
    Sent("unicode-1-1-utf-8", b"<p>\xc3\xa9\xff", "\xe9\ufffd"),
    Sent(
        "utf8",
        b"<p>\xe2\x82A\xf0\x9f\x98\xc0\x80\xed\xa0\x80",
        "\ufffdA\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd",
    ),
    Sent(
        "utf-16",
        b"<\x00p\x00>\x00\x1f\x04@\x048\x042\x045\x04B\x04",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent(
        "utf-16le",
        b"<\x00p\x00>\x00\x1f\x04@\x048\x042\x045\x04B\x04",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent(
        "utf-16be",
        b"\x00<\x00p\x00>\x04\x1f\x04@\x048\x042\x045\x04B",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent(
        "unicode",
        b"<\x00p\x00>\x00\x1f\x04@\x048\x042\x045\x04B\x04",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent(
        "",
        b"<\x00p\x00>\x00\x1f\x04@\x048\x042\x045\x04B\x04",
        "<\ufffdp>\x1f\x04@\x048\x042\x045\x04B\x04",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "no mark, and yet plainly UTF-16",
    ),
    Sent("", b"<meta charset=utf-16><p>\xc3\xa9", "\xe9"),
    Sent("", b"<meta charset=utf-16le><p>\xe9", "\ufffd"),
    Sent("", b"<meta charset=x-user-defined><p>\xe9\x80", "\xe9\u20ac"),
    Sent("windows-1251", b"\xef\xbb\xbf<p>\xc3\xa9", "\xe9"),
    Sent(
        "utf-8",
        b"\xff\xfe<\x00p\x00>\x00\x1f\x04@\x048\x042\x045\x04B\x04",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent(
        "iso-8859-1",
        b"\xfe\xff\x00<\x00p\x00>\x04\x1f\x04@\x048\x042\x045\x04B",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
    ),
    Sent("", b"\xef\xbb\xbf<meta charset=macintosh><p>\xc3\xa9", "\xe9"),
    Sent("", b"<meta charset=macintosh><p>\xe1", "\xb7"),
    Sent(
        "", b"<meta http-equiv=Content-Type content='text/html; charset=macintosh'><p>\xe1", "\xb7"
    ),
    Sent(
        "", b"<meta content='text/html; charset=macintosh' http-equiv=content-type><p>\xe1", "\xb7"
    ),
    Sent("", b"<meta content='text/html; charset=macintosh'><p>\xe1", "\xe1"),
    Sent("", b'<meta name=description content="charset=macintosh"><p>\xe1', "\xe1"),
    Sent("", b"<!-- <meta charset=macintosh> --><p>\xe1", "\xe1"),
    Sent("", b'<script>"<meta charset=macintosh>"</script><p>\xe1', "\xe1"),
    Sent("", b'<meta charset=" macintosh "><p>\xe1', "\xb7"),
    Sent("", b"<meta charset=nonsense><meta charset=macintosh><p>\xe1", "\xb7"),
    Sent("", b'<?xml version="1.0" encoding="macintosh"?><p>\xe1', "\xb7"),
    Sent("", b"<title><meta charset=macintosh></title><p>\xe1", "\xe1"),
    Sent("", b"<body><meta charset=macintosh><p>\xe1", "\xb7"),
    Sent("", b"<!-- " + b"x" * 1100 + b" --><meta charset=macintosh><p>\xe1", "\xb7"),
    Sent("", b"<script>" + b"var a;" * 600 + b"</script><meta charset=macintosh><p>\xe1", "\xb7"),
    Sent("", b"<title>" + b"x" * 70_000 + b"</title><meta charset=macintosh><p>\xe1", "\xb7"),
    Sent("windows-1251", b"<meta charset=macintosh><p>\xe1", "\u0431"),
    Sent("nonsense", b"<meta charset=macintosh><p>\xe1", "\xb7"),
    Sent(
        "",
        b"<meta charset=macintosh><p>\xc3\xa9",
        "\u221a\xa9",
        "\xe9",
        "text that is valid UTF-8 is that, whatever servers say",
    ),
    Sent(
        "windows-1251",
        b"<p>\xc3\xa9",
        "\u0413\xa9",
        "\xe9",
        "text that is valid UTF-8 is that, whatever servers say",
    ),
    Sent(
        "",
        b"<p>\xc3\xa9",
        "\xc3\xa9",
        "\xe9",
        "text that is valid UTF-8 is that, whatever servers say",
    ),
    Sent(
        "",
        "<p>Één café in Curaçao, één in Malmö, twee in Århus".encode() + b" \xe9",
        "\xc3\u2030\xc3\xa9n caf\xc3\xa9 in Cura\xc3\xa7ao, \xc3\xa9\xc3\xa9n in Malm\xc3\xb6, twee in \xc3\u2026rhus \xe9",
        "Één café in Curaçao, één in Malmö, twee in Århus \ufffd",
        "one byte that was pasted from elsewhere does not spoil the others",
    ),
)
