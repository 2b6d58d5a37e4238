"""Whether the month stands first in 11/09/2026: a question of country, language and other dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .times import ambiguous

AHEAD = timedelta(days=2)  # whatever its time zone, a page shows no later day
AMERICAN = re.compile(
    r"US/|Pacific/(Honolulu|Guam|Saipan|Pago_Pago)|Asia/Manila|America/(Adak|Anchorage|Boise|Chicago"
    r"|Denver|Detroit|Indiana|Juneau|Kentucky|Los_Angeles|Menominee|Metlakatla|New_York|Nome"
    r"|North_Dakota|Phoenix|Sitka|Yakutat)"
)
# Where English is read with the day first, or nobody writes months first.
DAY_FIRST = re.compile(
    r"Europe/(London|Dublin|Malta|Gibraltar|Belfast)|GB|Eire|Australia/|NZ|Pacific/|Africa/|Asia/"
)
REGIONS = re.compile(r"en[-_](?:latn[-_])?(us|ph)\b", re.IGNORECASE)
DATE_LINE = 80  # characters of a text whose dates are the site's own


@dataclass(frozen=True, slots=True)
class Local:
    """How a site writes dates, and when its page was seen."""

    zone: ZoneInfo
    month_first: bool
    now: datetime


def habit(texts: Iterable[str], *, now: datetime, timezone: str, languages: Iterable[str]) -> Local:
    """How a site writes its dates, by these texts of a page and the country.

    Its own dates decide whether 11/09/2026 is the ninth of November: 11/25/2026 has one reading
    only, and a day in the future is not one. Else it is what the country does; `languages` are the
    tags that source and page carry, the surest first ("en", "en-US").
    """
    latest = now.date() + AHEAD
    vote = sum(_vote(text, latest) for text in texts if len(text) <= DATE_LINE)
    known = [one for one in languages if one]
    return Local(ZoneInfo(timezone), vote > 0 if vote else _is_american(timezone, known), now)


def _vote(text: str, latest: date) -> int:
    """How many more dates of a text can only be read with the month first than with the day."""
    votes = 0
    for first, second, said in ambiguous(text):
        year = said + 2000 if said < 100 else said
        votes += _is_day(year, first, second, latest) - _is_day(year, second, first, latest)
    return votes


def _is_day(year: int, month: int, day: int, latest: date) -> bool:
    try:
        return date(year, month, day) <= latest
    except ValueError:
        return False


def _is_american(timezone: str, languages: list[str]) -> bool:
    if languages and not languages[0].lower().startswith("en"):
        return False
    if AMERICAN.match(timezone):
        return True
    return not DAY_FIRST.match(timezone) and any(map(REGIONS.match, languages))
