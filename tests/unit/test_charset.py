"""Encodings: labels as browsers take them, and declarations wherever they stand."""

from __future__ import annotations

import pytest

from feedbot.charset import decode, encoding_of

RUSSIAN = "<p>В порту открыли новый причал</p>"
CP1251 = RUSSIAN.encode("cp1251")
OLD = b'<meta charset="koi8-r">'
NEW = b'<meta charset="windows-1251">'


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("gb2312", "gb18030"),
        ("x-gbk", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("windows-31j", "cp932"),
        ("euc-kr", "cp949"),
        ("ks_c_5601-1987", "cp949"),
        ("big5", "big5hkscs"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        (" UTF-8 ", "utf-8"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, name: str) -> None:
    assert encoding_of(label) == name


@pytest.mark.parametrize(
    "label",
    [
        *"base64 hex idna punycode utf-7 rot13 unicode_escape undefined zlib cp037 x été".split(),
        "",
        "\ud800",
        "a" * 10_000,
    ],
)
def test_what_is_no_encoding_of_the_web_is_ignored(label: str) -> None:
    assert encoding_of(label) == ""
    header = f"text/html; charset={label}"
    assert decode(NEW + CP1251, header).endswith(RUSSIAN)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"<!-- " + OLD + b" -->",
        b"<script>'" + OLD + b"'</script>",
        b"<script>" + b"var a = 1;\n" * 1000 + b"</script>",
        b'<meta name="description" content="about charset=utf-16">',
        b"<meta charset=base64>",
        b"<title>x</title><meta name=a content=b>",
    ],
)
def test_a_declaration_counts_where_it_is_one(before: bytes) -> None:
    assert decode(before + NEW + CP1251, "text/html").endswith(RUSSIAN)


@pytest.mark.parametrize(
    "declaration",
    [
        b'<?xml version="1.0" encoding="windows-1251"?>',
        b"<?xml version='1.0' encoding = 'cp1251' ?>",
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        b"<META CONTENT='text/html;charset=windows-1251' HTTP-EQUIV=content-type>",
        b"<meta charset = windows-1251 />",
    ],
)
def test_a_declaration_has_several_forms(declaration: bytes) -> None:
    assert decode(declaration + CP1251, "").endswith(RUSSIAN)


def test_the_header_comes_before_the_page() -> None:
    assert decode(OLD + CP1251, "text/html; charset=windows-1251").endswith(RUSSIAN)


def test_a_declaration_in_the_body_does_not_count() -> None:
    text = decode(b"<body>" + OLD + "café".encode("cp1252"), "")
    assert text.endswith("café")


def test_ascii_that_says_utf_16_is_not_that() -> None:
    assert decode(b'<meta charset="utf-16"><p>\xff abc', "").endswith("<p>\ufffd abc")


def test_gbk_has_the_signs_that_browsers_show() -> None:
    assert decode("<p>朱镕基 €".encode("gb18030") + b"\x80", "text/html; charset=gb2312") == (
        "<p>朱镕基 €€"
    )
