"""Encodings: labels as browsers take them, and declarations wherever they stand."""

from __future__ import annotations

import pytest

from feedbot.web.charset import decode, encoding_of

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


RUSSIAN_TEXT = (
    "В порту открыли новый причал, сообщила вчера городская администрация. Строительство заняло"
    " три года."
)
POLISH = "Zażółć gęślą jaźń: mieszkańcy sąsiednich ulic mają nadzieję, że będzie spokojniej."
GREEK = "Το νέο λιμάνι της πόλης άνοιξε χθες μετά από τρία χρόνια εργασιών, είπε ο δήμαρχος."
HEBREW = "הרציף החדש בנמל העיר נפתח אתמול לאחר שלוש שנים של עבודות, מסרה העירייה."
JAPANESE = "港の新しい桟橋がきのう開通したと市が発表しました。工事には三年かかりました。"
CHINESE = "市政府昨天宣布，港口的新码头已经启用。工程历时三年，附近居民希望交通更加安静。"
TAIWANESE = "市政府昨天宣布，港口的新碼頭已經啟用。工程歷時三年，附近居民希望交通更加安靜。"
KOREAN = "항구의 새 부두가 어제 문을 열었다고 시가 밝혔다. 공사는 삼 년이 걸렸다."
TURKISH = "Şehrin yeni iskelesi dün açıldı; çevredeki ağaçların altında oturanlar ışığı bekliyor."
CZECH = "Nové molo v přístavu bylo včera otevřeno, řekl starosta. Stavba trvala tři roky."
LITHUANIAN = (
    "Naujoji uosto krantinė vakar buvo atidaryta, sakė meras. Statyba truko trejus metus, šių."
)
FRENCH = "Le nouveau quai a été inauguré hier. « Ça suffit », dit l’élève à Noël, où qu’il fût."
SPANISH = (
    "El muelle abrió ayer según el alcalde. ¿Qué dirán mañana los niños del barrio? ¡Más ruido!"
)
GERMAN = "Die neue Brücke wurde gestern eröffnet, heißt es. „Größer geht es kaum“ – für 3 €."


@pytest.mark.parametrize(
    ("lang", "text", "encoding"),
    [
        ("", RUSSIAN_TEXT, "cp1251"),
        ("ru", RUSSIAN_TEXT, "cp1251"),
        ("nl", RUSSIAN_TEXT, "cp1251"),
        ("", RUSSIAN_TEXT, "koi8-r"),
        ("", GREEK, "cp1253"),
        ("", GREEK, "iso8859-7"),
        ("", HEBREW, "cp1255"),
        ("", JAPANESE, "cp932"),
        ("", JAPANESE, "euc_jp"),
        ("en", JAPANESE, "iso2022_jp"),
        ("", CHINESE, "gb18030"),
        ("", TAIWANESE, "big5hkscs"),
        ("", KOREAN, "cp949"),
        ("pl", POLISH, "cp1250"),
        ("pl", POLISH, "iso8859-2"),
        ("", POLISH, "cp1250"),
        ("", POLISH, "iso8859-2"),
        ("cs", CZECH, "cp1250"),
        ("tr-TR", TURKISH, "cp1254"),
        ("lt", LITHUANIAN, "cp1257"),
        ("", FRENCH, "cp1252"),
        ("fr", FRENCH, "cp1252"),
        ("", SPANISH, "cp1252"),
        ("es", SPANISH, "cp1252"),
        ("", GERMAN, "cp1252"),
        ("de", GERMAN, "cp1252"),
        ("nl", "Café « Één » – 5 €", "cp1252"),
        ("en", "It costs £5 – “naïve”", "cp1252"),
    ],
)
def test_what_nothing_declares_is_told_by_its_letters(lang: str, text: str, encoding: str) -> None:
    markup = f"<html lang='{lang}'><head><title>A page</title><script>var a = 1;</script><p>{text}"
    assert decode(markup.encode(encoding), "text/html") == markup


@pytest.mark.parametrize(
    ("label", "body", "text"),
    [
        ("gb2312", b"\xd6\xec\xe9F\xbb\xf9", "朱镕基"),
        ("gbk", b"\xa2\xe3", "€"),
        ("gb18030", b"\x81\x30\x81\x30", "\x80"),
        ("hz", b"\xe9", "é"),
        ("shift_jis", b"\x87\x40\xfb\xfc\x81\x60", "①髙～"),
        ("x-sjis", b"\x87\x8a", "㈱"),
        ("ms_kanji", b"\xb1", "ｱ"),
        ("euc-jp", b"\xa4\xa2\xa1\xa6", "あ・"),
        ("x-euc-jp", b"\x8e\xb1", "ｱ"),
        ("iso-2022-jp", b'\x1b$B$"\x1b(B a', "あ a"),
        ("csiso2022jp", b"\x1b$@$$\x1b(J b", "い b"),
        ("iso-2022-jp", b'\x1b(I1\x1b(B \x1b$B$"\x1b(B', "ｱ あ"),
        ("euc-kr", b"\x8c\x63", "똠"),
        ("ks_c_5601-1987", b"\xb0\xa1", "가"),
        ("windows-949", b"\x8c\x63", "똠"),
        ("big5", b"\xa4\xa4\xfa\x40", "中𠕇"),
        ("cn-big5", b"\xa4\xe5", "文"),
        ("windows-874", b"\xa1\xd2\x85", "กา…"),
        ("tis-620", b"\xa1\xd2", "กา"),
        ("iso-8859-11", b"\x80", "€"),
        ("iso-8859-1", b"\x80\x93\x94", "€“”"),
        ("latin1", b"\x85", "…"),
        ("ascii", b"\xe9", "é"),
        ("iso-8859-9", b"\xfe\x80", "ş€"),
        ("latin5", b"\xf0", "ğ"),
        ("iso-8859-15", b"\xa4", "€"),
        ("iso-8859-2", b"\xb1", "ą"),
        ("windows-1250", b"\xb9", "ą"),
        ("cp1251", b"\xcf", "П"),
        ("x-cp1251", b"\xb8", "ё"),
        ("koi8-r", b"\xf0", "П"),
        ("koi8-u", b"\xa4", "є"),
        ("ibm866", b"\x8f", "П"),
        ("iso-8859-5", b"\xbf", "П"),
        ("x-mac-cyrillic", b"\x8f", "П"),
        ("macintosh", b"\x8e", "é"),
        ("iso-8859-7", b"\xe1\xa4", "α€"),
        ("windows-1253", b"\xe1", "α"),
        ("iso-8859-8-i", b"\xe0", "א"),
        ("windows-1255", b"\xe0", "א"),
        ("windows-1256", b"\xc7", "ا"),
        ("iso-8859-6", b"\xc7", "ا"),
        ("windows-1257", b"\xe0", "ą"),
        ("windows-1258", b"\xfe", "₫"),
        ("unicode-1-1-utf-8", b"\xff\xc3\xa9", "\ufffdé"),
        ("x-user-defined-what", b"\xe9", "é"),
    ],
)
def test_bytes_mean_under_a_label_what_browsers_show(label: str, body: bytes, text: str) -> None:
    assert decode(b"<p>" + body, f"text/html; charset={label}") == "<p>" + text
