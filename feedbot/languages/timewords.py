"""The words of dates and times in all languages, folded (see `fold`), with what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from .fold import fold
from .tables import below, rows, tables, words

UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
DAYS = {"today": 0, "yesterday": 1, "before_yesterday": 2}
AGE = re.compile(r"(\d+) (\w+?)s?")  # "30 minutes"


@cache
def months() -> Mapping[str, int]:
    """The names of months, whole or cut short, with their numbers from 1; "11月" is one, too.

    Systems that put the name of a month between day and year write "24 11月 2020".
    """
    counted = {
        f"{number}{sign}": number for sign in words("times.month_sign") for number in range(1, 13)
    }
    years = (table["times.months"] for table in tables().values() if "times.months" in table)
    named = {
        fold(name): number
        for year in years
        for row in rows(year)
        for number, name in enumerate(row, 1)
    }
    return named | counted


@cache
def units() -> Mapping[str, timedelta]:
    """The names of units of time."""
    return {
        word: UNITS[unit] for at in ("units", "units_ago") for word, unit in below(f"times.{at}")
    }


@cache
def counts() -> Mapping[str, float]:
    """Numbers as words: "anderhalf" is 1.5."""
    return {word: float(number) for word, number in below("times.counts")}


@cache
def ages() -> Mapping[str, timedelta]:
    """Ages as whole phrases: "mezz'ora fa" is half an hour."""
    return {phrase: _age(said) for phrase, said in below("times.ages")}


def _age(said: str) -> timedelta:
    number, _, unit = said.partition(" ")
    return int(number) * UNITS[unit.removesuffix("s")]


@cache
def eras() -> Mapping[str, int]:
    """The names of eras, with the year before their first: "令和" is 2018."""
    return {word: int(year) for word, year in below("times.eras")}


@cache
def days() -> Mapping[str, int]:
    """Days seen from today, with how many days they are before it."""
    return {word: back for name, back in DAYS.items() for word in words(f"times.{name}")}
