"""Who wrote it, where names have no capitals: in Korean, Japanese and Chinese bylines.

기자명 한지우 기자    作者：张三    記者王小明／台北報導    本报记者 张三    文・写真 山田太郎

A label or a job tells a name from other words; a rank, a desk or the paper itself is none.
"""

from __future__ import annotations

from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, spelt

_SIGN = "[가-힣一-龯々ぁ-んァ-ヶー]"
_NAME = "(?P<name>[가-힣]{2,4}|[一-龯々]{2,4}|[一-龯々ぁ-んァ-ヶー]{3,8})"
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
