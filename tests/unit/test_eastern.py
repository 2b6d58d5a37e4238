"""Bylines without capitals, and short lines that only look like them."""

from __future__ import annotations

import pytest

from feedbot.read.extract.eastern import eastern_name, signed_names
from tests.sample_pages import html, read


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("기자명 한지우 기자", "한지우"),
        ("한지우 기자 jiwoo@news.example", "한지우"),
        ("한지우 선임기자", "한지우"),
        ("인턴기자 홍길동", "홍길동"),
        ("作者：张三", "张三"),
        ("来源： 发布时间： 2021-04-01 作者： 团区委", "团区委"),
        ("本报记者 张三", "张三"),
        ("記者王小明／台北報導", "王小明"),
        ("取材・文／山田太郎", "山田太郎"),
        ("文・写真 山田太郎", "山田太郎"),
        ("山田太郎記者", "山田太郎"),
    ],
)
def test_a_label_or_a_job_tells_a_name(line: str, name: str) -> None:
    assert eastern_name(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "文化部長が辞任した", "記者会見／東京", "記者解説", "社会部記者", "本紙記者", "记者调查",
        "기자회견에서 밝혔다", "문화부 기자", "취재 결과 허위로 드러나", "글 쓰는 의사 이야기",
        "작성자 : 최고관리자",
    ],
)  # fmt: skip
def test_a_desk_a_rank_and_a_headline_are_no_names(line: str) -> None:
    assert eastern_name(line) == ""


SAID = "市政府今年冬天将在环城公路沿线种植一千棵树，以减弱大风和交通噪声，副市长在开工仪式上说。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"本报讯（记者 张三）{SAID}", ["张三"]),
        (f"新华社北京11月28日电（记者张三、王小明）{SAID}", ["张三", "王小明"]),
        (f"〔記者王小明／台北報導〕{SAID}", ["王小明"]),
        (f"{SAID}（本报记者 张三 通讯员 李 明）", ["张三", "李明"]),
        (f"{SAID}(作者：张三)", ["张三"]),
        ("（记者：张 三 李四）", ["张三", "李四"]),
        ("(서울=통신) 한지우 기자 = 시는 올겨울 순환도로를 따라 나무 천 그루를 심는다.", ["한지우"]),
        (f"{SAID}（记者 张三 摄）", []),
        (f"{SAID}（记者张三摄）", []),
        (f"（记者会后）{SAID}", []),
        (f"{SAID}（记者注：副市长后来说，那是一千二百棵。）", []),
        (f"{SAID}他对陪同的人（记者 张三）说，这是第一步。{SAID}", []),
        ("The mayor – née Chen (reporter) – said so.", []),
    ],
)  # fmt: skip
def test_brackets_sign_a_paragraph_where_it_begins_or_ends(text: str, names: list[str]) -> None:
    assert signed_names(text) == names


def test_who_signs_the_last_paragraph_wrote_the_article() -> None:
    title = "环城公路将种植一千棵树"
    body = f"<p>{SAID}</p><p>这些树来自附近的苗圃，苗圃为此准备了五年时间。（记者 张三 李四）</p>"
    page = html(f"<article><h1>{title}</h1><div>{body}</div></article>", title=title)
    assert read(page).authors == ("张三", "李四")
