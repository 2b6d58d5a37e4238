"""Bylines without capitals, and short lines that only look like them."""

from __future__ import annotations

import pytest

from feedbot.read.extract.eastern import eastern_name


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
