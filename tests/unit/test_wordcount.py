"""Words are counted also where no spaces stand between them."""

from __future__ import annotations

import pytest

from feedbot.languages.wordcount import count_words, first_words
from feedbot.read.discover.links import discover
from feedbot.read.extract.elsewhere import lead_hash
from feedbot.read.extract.prose import is_prose
from tests.sample_pages import LISTING, SOURCE, document

SECTIONS = {
    "th": "ข่าว กีฬา บันเทิง ติดต่อ",
    "ja": "市長 観光 文化 教育",
    "en": "News Sports Culture Contact",
}
NOTICES = {
    "Thai": ("ขอเชิญร่วมงานลอยกระทง", "แจ้งปิดถนนสายตลาดเก่า", "ผลการตรวจคุณภาพน้ำประปา"),
    "Lao": ("ແຈ້ງການປິດຖະໜົນສາຍຕະຫຼາດເກົ່າ", "ຂໍເຊີນຮ່ວມງານບຸນໄຫຼເຮືອໄຟ", "ຜົນການກວດຄຸນນະພາບນໍ້າປະປາ"),
    "Khmer": ("សេចក្តីជូនដំណឹងអំពីការបិទផ្លូវ", "អញ្ជើញចូលរួមពិធីបុណ្យអុំទូក", "លទ្ធផលត្រួតពិនិត្យគុណភាពទឹក"),
    "Burmese": ("လမ်းပိတ်ကြောင်းအသိပေးချက်", "ပွဲတော်သို့ဖိတ်ကြားခြင်း", "ရေအရည်အသွေးစစ်ဆေးချက်"),
    "Japanese": ("図書館の臨時休館のお知らせ", "冬祭りの開催について", "水道水の検査結果を公表"),
    "Chinese": ("老市场路封闭施工通知", "欢迎参加灯会活动", "自来水水质检测结果公布"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("De brug is dicht", 4),
        ("ปิดถนน", 1),
        ("ขอเชิญร่วมงานลอยกระทง", 4),
        ("図書館の臨時休館", 4),
        ("Ajax 在周日获胜 3-0", 3),
        ("눈길 사고 주의보", 3),
    ],
)
def test_words_of_a_text(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De brug over de Maas", "De brug over"),
        ("De brug", ""),
        ("図書館の臨時休館のお知らせ", "図書館の臨時"),
        ("図書館", ""),
        ("Ajax 在周日获胜 3-0", "Ajax 在周日获胜 3-0"),
        ("ปิดถนนสายตลาดเก่าสิบวัน", "ปิดถนนสายตลาดเก"),
    ],
)
def test_the_first_three_words(text: str, words: str) -> None:
    assert first_words(text, 3) == words


def plain_list(titles: tuple[str, ...]) -> str:
    items = "".join(
        f"<li><a href='/news/detail/{512 - at}'>{title}</a></li>" for at, title in enumerate(titles)
    )
    return f"<body><h1>News</h1><ul class=news>{items}</ul></body>"


@pytest.mark.parametrize("language", NOTICES)
def test_a_plain_list_of_headlines_is_news(language: str) -> None:
    titles = NOTICES[language]
    found = discover(document(plain_list(titles), LISTING), SOURCE)
    assert [one.title for one in found] == list(titles)


@pytest.mark.parametrize("language", SECTIONS)
def test_a_plain_list_of_names_is_not(language: str) -> None:
    assert not discover(document(plain_list(tuple(SECTIONS[language].split())), LISTING), SOURCE)


def test_a_lead_is_known_by_its_first_words_in_every_script() -> None:
    lead = "経験豊富な司書が市民の皆さんに本の楽しみ方を紹介する講座が開かれる。"
    assert lead_hash(lead) is not None
    assert lead_hash(lead) == lead_hash(lead[:20] + "…")
    assert lead_hash(lead) != lead_hash(lead[1:])


@pytest.mark.parametrize(
    ("text", "is_paragraph"),
    [
        ("ถนนสายตลาดเก่าจะปิดการจราจรเพื่อซ่อมท่อระบายน้ำเป็นเวลาสิบวัน", True),
        ("อ่านข่าวทั้งหมดของเทศบาล", False),
        ("လမ်းဟောင်းကို ရေပိုက်ပြင်ဆင်ရန် ပိတ်ထားမည်။", True),
        ("پرانی سڑک پائپ کی مرمت کے لیے بند رہے گی۔", True),
        ("Oude weg tien dagen dicht voor werk aan de leiding", False),
    ],
)
def test_a_paragraph_ends_as_its_script_has_it(text: str, is_paragraph: bool) -> None:
    (block,) = document(f"<body><p>{text}</p></body>").blocks
    assert is_prose(block) == is_paragraph
