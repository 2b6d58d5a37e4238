"""Who wrote it, where names have no capitals: in Korean, Japanese and Chinese bylines.

기자명 한지우 기자    作者：张三    記者王小明／台北報導    本报记者 张三    文・写真 山田太郎

A label or a job tells a name from other words; a rank, a desk or the paper itself is none.
"""

from __future__ import annotations

import re
from functools import cache

from ...languages.tables import any_spelt, spelt

_SIGN = "[가-힣一-龯々ぁ-んァ-ヶー]"
_NAME = "(?P<name>[가-힣]{2,4}|[一-龯々]{2,4}|[一-龯々ぁ-んァ-ヶー]{3,8})"
CLEAR = 3  # letters of a label that a space may follow; a shorter one is a word, too


def eastern_name(line: str) -> str:
    """The name that a short line near the headline begins with; "" for none."""
    said = (pattern.match(line) for pattern in _patterns())
    names = (found["name"] for found in said if found)
    return next((one for one in names if not _nobody().fullmatch(one)), "")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    job, rank = any_spelt("people.called"), any_spelt("people.ranks")
    labels = sorted(spelt("people.name"), key=len, reverse=True)
    clear = "|".join(one for one in labels if len(one) >= CLEAR)
    label = rf"(?:(?:{clear})\s|(?:{'|'.join(labels)})\s?[:：・／/]\s?)"
    end = r"(?=\s?[／/]|$)"
    return tuple(
        map(
            re.compile,
            (
                rf"{label}{_NAME}(?:\s?(?:{job}))?(?!{_SIGN})",
                rf"{_NAME}\s?(?:{rank})?(?:{job})(?!{_SIGN})",
                rf"(?:{rank})?(?:{job})\s{_NAME}{end}",
                rf"(?:{rank})?(?:{job}){_NAME}(?=\s?[／/])",
            ),
        )
    )


@cache
def _nobody() -> re.Pattern[str]:
    words = any_spelt("people.ranks", "people.nobody")
    return re.compile(rf"(?:{words}|.+[部社局班부팀국])")
