"""Who wrote it, where names have no capitals: in Korean, Japanese and Chinese bylines.

기자명 한지우 기자    作者：张三    記者王小明／台北報導    本报记者 张三    文・写真 山田太郎

A label or a job tells a name from other words; a rank, a desk or the paper itself is none.
"""

from __future__ import annotations

import re

from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, spelt

_SIGN = "[가-힣一-龯々ぁ-んァ-ヶー]"
_NAME = "(?P<name>[가-힣]{2,4}|[一-龯々]{2,4}|[一-龯々ぁ-んァ-ヶー]{3,8})"
_OPENS, _CLOSES = r"[(（\[［〔【]", r"[)）\]］〕】]"
BEGINS = 40  # characters of the place and the day before who wrote it: 北京3月5日电（记者张三）
MOST = 80  # characters of the names in brackets
LONGEST = 4  # letters of a name
TAKES = "摄攝影"  # the last letter of who took a picture
CLEAR = 3  # letters of a label that a space may follow; a shorter one is a word, too


def _label() -> str:
    labels = sorted(spelt("people.name"), key=len, reverse=True)
    clear = "|".join(one for one in labels if len(one) >= CLEAR)
    return rf"(?:(?:{clear})\s|(?:{'|'.join(labels)})\s?[:：・／/]\s?)"


def _job() -> str:
    return rf"(?:{any_spelt('people.called')})"


def _ranked() -> str:
    return rf"(?:{any_spelt('people.ranks')})?{_job()}"


BYLINES = (
    Pattern(lambda: rf"(?:.*\s)?{_label()}{_NAME}(?:\s?{_job()})?(?!{_SIGN})"),
    Pattern(lambda: rf"{_NAME}\s?{_ranked()}(?!{_SIGN})"),
    Pattern(lambda: rf"{_ranked()}\s{_NAME}(?=\s?[／/]|$)"),
    Pattern(lambda: rf"{_ranked()}{_NAME}(?=\s?[／/])"),
)
SIGNED = Pattern(
    lambda: (
        rf"{_OPENS}\s?(?P<names>(?:.{{0,8}}\s)?(?:{_ranked()}|{_label()})"
        rf"[^()（）\[\]［］〔〕【】]{{2,{MOST}}}){_CLOSES}"
    )
)
SENT = Pattern(lambda: rf"{_OPENS}[^)）\]］]{{2,{BEGINS}}}{_CLOSES}\s?{_NAME}\s?{_ranked()}\s?=")
WHO = Pattern(lambda: rf"(?:{_ranked()}|{_label()})[:：]?\s?")
BETWEEN = re.compile(r"[\s、，,;；·]+")
NOBODY = Pattern(lambda: rf"(?:{any_spelt('people.ranks', 'people.nobody')}|.+[部社局班부팀국])")


def eastern_name(line: str) -> str:
    """The name with which a short line near the headline begins, or that stands behind a label in
    it; "" for none.
    """
    if line.isascii():
        return ""
    said = (pattern.match(line) for pattern in BYLINES)
    names = (found["name"] for found in said if found)
    return next((one for one in names if not NOBODY.fullmatch(one)), "")


def signed_names(text: str) -> list[str]:
    """The names that brackets give where a paragraph begins or ends, but not who took a picture."""
    if text.isascii():
        return []
    if (sent := SENT.match(text)) and not NOBODY.fullmatch(sent["name"]):
        return [sent["name"]]
    for found in SIGNED.finditer(text):
        if found.start() <= BEGINS or not text[found.end() :].strip(" 。."):
            return _names_in(found["names"])
    return []


def _names_in(said: str) -> list[str]:
    """The names behind each job, 记者 张三 李 明 通讯员 王小明; none where more is said."""
    behind = WHO.split(re.split("[／/]", said)[0])[1:]
    names = [one for part in behind for one in BETWEEN.split(_joined(part.strip())) if one]
    return names if all(map(_may_be_name, names)) else []


def _joined(names: str) -> str:
    """Names of two letters without the space that makes them as wide as those of three: "李 明"."""
    return re.sub(rf"(?<!{_SIGN})({_SIGN})\s({_SIGN})(?!{_SIGN})", r"\1\2", names)


def _may_be_name(said: str) -> bool:
    is_long_enough = re.fullmatch(rf"{_SIGN}{{2,{LONGEST}}}", said) is not None
    return is_long_enough and said[-1] not in TAKES and NOBODY.match(said) is None
