"""What may stand in the file of a language, and what is wrong with those that the operator adds."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from ..errors import ConfigError, Diagnostic
from .tables import MORE, Value, more, read_file, rows
from .timewords import AGE, UNITS

KEYS: Mapping[str, str] = {
    "": "name codes scripts country encoding month_first year_first common",
    "times": "months weekdays today yesterday before_yesterday now ago since about at and of on"
    " ordinals year until clock am pm year_sign month_sign day_sign hour_sign minute_sign"
    " second_sign",
    "times.units": "second minute hour day week month year",
    "times.units_ago": "second minute hour day week month year",
    "times.counts": "*",
    "times.ages": "*",
    "times.eras": "*",
    "times.zones": "*",
    "labels": "more insert service caption published changed article was written date read_more"
    " here comments comments_on there_are write_comment next page one_page news home sponsored"
    " agree",
    "people": "by of before written posted submitted author name called ranks credit source and"
    " particles guest jobs desk nobody buttons",
    "dateline": "particles",
    "addresses": "services service_words collections channels",
    "classes": "furniture insert comments others title length date published author",
    "walls": "words",
    "walls.error": "headline text",
    "walls.consent": "headline text",
    "walls.login": "headline text",
    "walls.robots": "headline text",
    "identity": "units counts ago since now days at stamps inserts calendar",
    "telling": "numbers negations",
    "pages": "months month moment zone everything all_topics subscribe how choose read at_source"
    " read_on empty updated revised revised_at older skip all_feeds no_entries made_with"
    " new_now clock full_day day find find_here nothing_found other_topics counted today"
    " copy copied open_in add_to qr what_is formats digest_daily digest_weekly"
    " published why also changed was_title points sources read_last moved moved_how ended ended_how"
    " help_title help_what help_how help_reader help_free feed_view",
    "pages.where": "title dateline opening lead body section source article variety",
}
PHRASES = ("labels", "people", "addresses", "classes", "walls", "identity")  # and below them
MONTHS = 12  # names in each row of [times] months
NUMBER = re.compile(r"-?\d+(\.\d+)?")
OPTIONAL = frozenset(("months", "month", "everything"))  # of [pages]


def check_more() -> None:
    """Raises ConfigError with all mistakes of the files that FEEDBOT_LANGUAGES adds."""
    mistakes = [mistake for path in more() for mistake in mistakes_in(path)]
    folder = os.environ.get(MORE, "")
    if folder and not Path(folder).is_dir():
        mistakes.append(Diagnostic(folder, 0, 0, MORE, "no such folder", f"correct {MORE}"))
    if mistakes:
        raise ConfigError(mistakes)


def mistakes_in(path: Path) -> Iterator[Diagnostic]:
    """What is wrong with a file."""
    try:
        found = read_file(path)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield Diagnostic(str(path), 0, 0, "", str(error))
        return
    problems = [
        (f"{section}.{key}".strip("."), _unknown(section, key) or _wrong(section, key, value))
        for section, key, value in found
    ]
    for name, problem in (*problems, ("pages", _half_translated(found))):
        if problem:
            yield Diagnostic(str(path), 0, 0, name, f"{name}: {problem}")


def _unknown(section: str, key: str) -> str:
    known = KEYS.get(section)
    if known is None:
        near = get_close_matches(section, KEYS, n=1)
        return "no such section" + (f"; did you mean [{near[0]}]?" if near else "")
    if known == "*" or key in known.split():
        return ""
    near = get_close_matches(key, known.split(), n=1)
    return "no such key" + (f"; did you mean {near[0]!r}?" if near else "")


def _wrong(section: str, key: str, value: Value) -> str:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        return "neither a string nor a list of strings"
    if check := CHECKS.get(f"{section}.{key}") or CHECKS.get(section.partition(".")[0]):
        return check(section, key, texts)
    return ""


def _no_year(_section: str, _key: str, texts: Sequence[str]) -> str:
    short = [names for names in rows(list(texts)) if len(names) != MONTHS]
    return f"{len(short[0])} months in a row, not {MONTHS}" if short else ""


def _no_time(section: str, key: str, _texts: Sequence[str]) -> str:
    """What is wrong with a key of the tables below [times]: an age, or a number."""
    if section == "times.ages":
        age = AGE.fullmatch(key)
        return "" if age and age[2] in UNITS else "no age, such as '30 minutes'"
    is_free = section in ("times.counts", "times.eras", "times.zones")
    return "no number" if is_free and not NUMBER.fullmatch(key) else ""


def _no_phrase(_section: str, _key: str, texts: Sequence[str]) -> str:
    for text in texts:
        try:
            re.compile(text)
        except re.error as error:
            return f"{text!r} is no regular expression: {error}"
    return ""


def _half_translated(found: Sequence[tuple[str, str, Value]]) -> str:
    said = {key for section, key, _ in found if section == "pages"} - OPTIONAL
    missing = sorted(set(KEYS["pages"].split()) - OPTIONAL - said) if said else []
    return f"no {', '.join(missing)}" if missing else ""


CHECKS: Mapping[str, Callable[[str, str, Sequence[str]], str]] = {
    "times.months": _no_year,
    "times": _no_time,
    **dict.fromkeys(PHRASES, _no_phrase),
}
