"""What is remembered of a page is forgotten after the visit."""

from __future__ import annotations

from feedbot.read.discover.cards import is_day
from feedbot.read.workers import _within
from feedbot.remembered import forget, remembered


def test_an_answer_is_remembered_until_it_is_to_be_forgotten() -> None:
    asked: list[int] = []

    @remembered(2)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(one) for one in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert asked == [1, 2, 3, 2]  # two at a time
    forget()
    assert double(2) == 4
    assert asked == [1, 2, 3, 2, 2]


def test_a_worker_forgets_what_it_remembered_of_a_page_when_its_call_ends() -> None:
    assert is_day("12 mei 2026")
    assert is_day.cache_info().currsize > 0  # type: ignore[attr-defined]
    assert _within(10.0, is_day.__module__, "is_day", ("12 mei 2026",))
    assert is_day.cache_info().currsize == 0  # type: ignore[attr-defined]
