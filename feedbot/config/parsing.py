"""From the text of feedbot.toml to a configuration, or to all its mistakes."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from ..errors import ConfigError, Diagnostic
from ..languages.fold import fold
from ..model import Alerts, Auth, Desk, JsonPaths, Metrics, Output, Polling, Select, Source, Topic
from ..terms import countries, parse_term, themes
from ..web.urls import canonical, login_of, without_user
from . import reach, schema
from .configuration import Config
from .schema import File, PollingTable, SourceTable, TopicTable, nearest
from .slugs import slug_of

Loc = tuple[str | int, ...]

INTERVALS = ("min_interval", "interval", "max_interval")
RISING = (
    ("min_interval", "max_interval"),
    ("min_interval", "interval"),
    ("interval", "max_interval"),
)

UNQUOTED = re.compile(r"""\s*([^\s"'=\[\]{}#][^"'=]*?)\s*=\s*(.*?)\s*""")  # a key and its value


def parse(text: str, path: Path) -> Config:
    """Parses a configuration; `path` is its file. Raises ConfigError with all its mistakes."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax(error, text, path)]) from None
    complaints: list[tuple[Loc, str, str]] = []
    try:
        file = File.model_validate(tables)
    except ValidationError as error:
        complaints = [_complaint(dict(one)) for one in error.errors()]
        file = None
    if file:
        complaints += reach.complaints(file, path.resolve().parent)
    config = _config(file, path) if file and not complaints else None
    complaints += _contradictions(tables, config)
    if complaints or config is None:
        raise ConfigError(_locate(complaints, text, path))
    return _switched(config)


def _switched(config: Config) -> Config:
    """The configuration with the sources that are switched off set apart."""
    return dataclasses.replace(
        config,
        sources=tuple(source for source in config.sources if source.polling.enabled),
        off=tuple(source for source in config.sources if not source.polling.enabled),
    )


def _syntax(error: tomllib.TOMLDecodeError, text: str, path: Path) -> Diagnostic:
    problem, _, place = str(error).partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", place)] or [0, 0]
    line, column = (*numbers, 0)[:2]
    lines = text.split("\n")
    key = UNQUOTED.fullmatch(lines[line - 1]) if 0 < line <= len(lines) else None
    advice = "text needs quotes, a list needs [ ], and every key needs its own line"
    if key and not re.fullmatch(r"[A-Za-z0-9_.-]+", key[1]):
        advice = (
            f'a name with other signs than a-z, 0-9, - and _ needs quotes: "{key[1]}" = {key[2]}'
        )
    return Diagnostic(str(path), line, column, "", problem[:1].lower() + problem[1:], advice)


# --- mistakes ---------------------------------------------------------------------------------


def _complaint(error: dict[str, Any]) -> tuple[Loc, str, str]:
    loc: Loc = error["loc"]
    key = loc[-1]
    if error["type"] == "extra_forbidden":
        names = _names(loc[:-1])
        advice = nearest(str(key), names) or "known settings: " + ", ".join(sorted(names))
        return loc, f"unknown setting `{key}`", advice
    if error["type"] == "missing":
        return loc, f"`{key}` is missing", _EXAMPLES.get(str(key), "")
    if error["type"] == "mistake":
        return loc, error["ctx"]["problem"], error["ctx"]["help"]
    kind = {"list_type": "a list", "dict_type": "a table", "model_type": "a table"}
    needed = kind.get(error["type"])
    problem = f"`{key}` must be {needed}" if needed else f"`{key}`: {error['msg']}"
    return loc, problem, _EXAMPLES.get(str(key), "")


_EXAMPLES = {
    "feeds": '[feeds] with url = "https://feeds.example.org/" and output = "feeds"',
    "url": 'such as url = "https://feeds.example.org/"',
    "name": 'such as name = "ZeelandNet"',
    "sources": '[[sources]] with name = "…" and url = "https://…"',
    "topics": '[topics] with Rusland = "country:RU"',
}


def _names(loc: Loc) -> set[str]:
    """The keys that are allowed at a position."""
    model: Any = File
    for key in loc:
        if isinstance(key, int):
            continue
        if model is File and key == "topics":
            model = dict
        elif model is dict:
            model = TopicTable
        else:
            kinds = {"feeds": schema.FeedsTable, "store": schema.StoreTable, "sources": SourceTable}
            kinds |= {
                "polling": PollingTable,
                "alerts": schema.AlertsTable,
                "metrics": schema.MetricsTable,
                "desk": schema.DeskTable,
                "select": schema.SelectTable,
                "json": schema.JsonTable,
                "auth": schema.AuthTable,
            }
            model = kinds.get(str(key), model)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return set()
    return {field.alias or name for name, field in model.model_fields.items()}


def _contradictions(tables: dict[str, Any], config: Config | None) -> list[tuple[Loc, str, str]]:
    """Mistakes in how settings fit together; each setting alone is valid."""
    found = [*_same_slug(tables), *_same_name(tables), *_empty(tables)]
    if config:
        found += [*_crossed_intervals(tables, config), *_same_url(tables, config), *_inside(config)]
        found += _kept_too_shortly(config)
        found += [*_unknown_sources(config), *_unknown_source_terms(config)]
        found += [*_unknown_leaders(config), *_compressed(config), *_open_desk(config)]
    return found


def _same_slug(tables: dict[str, Any]) -> list[tuple[Loc, str, str]]:
    topics = tables.get("topics")
    first: dict[str, str] = {}
    found: list[tuple[Loc, str, str]] = []
    for name, topic in topics.items() if isinstance(topics, dict) else ():
        for file in _files_of(name, topic):
            other = first.setdefault(file, name)
            if other != name:
                problem = f"topics `{other}` and `{name}` would share the file {file}.xml"
                found.append((("topics", name), problem, "rename one of them"))
    return found


def _files_of(name: str, topic: object) -> list[str]:
    """The names of a topic's feeds, without their endings."""
    slug = slug_of(name)
    digest = topic.get("digest") if isinstance(topic, dict) else None
    return [slug, f"{slug}-{digest}"] if digest else [slug]


def _same_name(tables: dict[str, Any]) -> list[tuple[Loc, str, str]]:
    seen: set[str] = set()
    found: list[tuple[Loc, str, str]] = []
    sources = tables.get("sources")
    for index, source in enumerate(sources if isinstance(sources, list) else ()):
        name = source.get("name") if isinstance(source, dict) else None
        if isinstance(name, str) and name in seen:
            loc = ("sources", index, "name")
            found.append((loc, f"two sources are named `{name}`", "rename one of them"))
        if isinstance(name, str):
            seen.add(name)
        if isinstance(source, dict) and ("url" in source) == bool(source.get("urls")):
            problem = "has both url and urls" if "url" in source else "has neither url nor urls"
            advice = 'write one of them, such as url = "https://www.example.org/news"'
            found.append((("sources", index), f"source `{name}` {problem}", advice))
    return found


def _empty(tables: dict[str, Any]) -> list[tuple[Loc, str, str]]:
    found: list[tuple[Loc, str, str]] = [
        ((key,), f"there are no {key}", _EXAMPLES[key])
        for key in ("sources", "topics")
        if key in tables and not tables[key]
    ]
    topics = tables.get("topics")
    for name, topic in topics.items() if isinstance(topics, dict) else ():
        terms = [topic] if isinstance(topic, str) else topic
        if isinstance(terms, dict):
            kinds = ("any", "all", "sections", "sources")
            terms = [term for kind in kinds for term in _list(terms.get(kind))]
        nothing = not any(isinstance(t, str) and not t.startswith("-") for t in _list(terms))
        if nothing and countries.code_of(name) is None:
            problem = f"topic `{name}` has no term that can match"
            found.append((("topics", name), problem, _example_of(name)))
    return found


def _example_of(name: str) -> str:
    """What a topic without terms may mean: a theme or a region of that name, a country with a
    similar one, or the word itself."""
    if theme := themes.code_of(name.lower()):
        return f"the theme is `theme:{theme}`"
    if region := countries.region_called(name):
        return f"the region is `region:{region}`"
    if code := countries.nearest_code(name):
        return f"did you mean the country {countries.name_of(code)!r}, `country:{code}`?"
    return f'such as {name!r} = ["{name}*"]; `{{}}` is enough for a country'


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _crossed_intervals(tables: dict[str, Any], config: Config) -> list[tuple[Loc, str, str]]:
    found: list[tuple[Loc, str, str]] = []
    for index, source in enumerate(config.sources):
        named = _named_intervals(tables, index)
        crossed = [
            (low, high)
            for low, high in RISING
            if getattr(source.polling, low) > getattr(source.polling, high)
        ]
        for low, high in crossed[:1]:
            # At least one was set, since the defaults fit; the source's own key is reported first.
            loc = max((named[key] for key in (low, high) if key in named), key=len)
            spelt = [
                f"{key} {_spelt(getattr(source.polling, key))}"
                + ("" if key in named else " (the default)")
                for key in (low, high)
            ]
            problem = f"the intervals contradict each other: {spelt[0]} is longer than {spelt[1]}"
            found.append((loc, problem, "min_interval ≤ interval ≤ max_interval"))
    return found


def _named_intervals(tables: dict[str, Any], index: int) -> dict[str, Loc]:
    """Where the intervals of a source are set: in the source itself, or in [polling]."""
    own, common = tables["sources"][index], tables.get("polling", {})
    places: dict[str, Loc] = {key: ("polling", key) for key in INTERVALS if key in common}
    return places | {key: ("sources", index, key) for key in INTERVALS if key in own}


def _spelt(duration: timedelta) -> str:
    """A duration as it is written in the file, such as "90s" or "4h"."""
    seconds = duration.total_seconds()
    unit = next(unit for unit in "dhms" if unit == "s" or seconds % schema.SECONDS[unit] == 0)
    return f"{seconds / schema.SECONDS[unit]:g}{unit}"


def _same_url(tables: dict[str, Any], config: Config) -> list[tuple[Loc, str, str]]:
    """Listings named twice: the state of a listing is stored under its URL."""
    first: dict[str, str] = {}
    found: list[tuple[Loc, str, str]] = []
    for index, source in enumerate(config.sources):
        for number, url in enumerate(source.urls):
            key = canonical(url)
            if key in first:
                same = first[key] == source.name
                whose = "is listed twice" if same else f"also belongs to `{first[key]}`"
                loc = _place_of_url(tables, index, number)
                found.append((loc, f"this URL of `{source.name}` {whose}", "remove one of them"))
            first.setdefault(key, source.name)
    return found


def _place_of_url(tables: dict[str, Any], index: int, number: int) -> Loc:
    is_list = "urls" in tables["sources"][index]
    return ("sources", index, "urls", number) if is_list else ("sources", index, "url")


def _unknown_sources(config: Config) -> list[tuple[Loc, str, str]]:
    names = {source.name for source in config.sources}
    return [
        (
            ("topics", topic.name, "sources", index),
            f"there is no source `{name}`",
            nearest(name, names) or "known sources: " + ", ".join(sorted(names)),
        )
        for topic in config.topics
        for index, name in enumerate(topic.sources)
        if name not in names
    ]


def _unknown_source_terms(config: Config) -> list[tuple[Loc, str, str]]:
    names = {fold(source.name): source.name for source in config.sources}
    return [
        (
            ("topics", topic.name, key, index),
            f"`{term}`: there is no source `{parsed.text}`",
            nearest(parsed.text, names.values())
            or "known sources: " + ", ".join(sorted(names.values())),
        )
        for topic in config.topics
        for key, terms in (("any", topic.any), ("all", topic.all), ("not", topic.veto))
        for index, term in enumerate(terms)
        if (parsed := parse_term(term)).kind == "source" and fold(parsed.text) not in names
    ]


def _unknown_leaders(config: Config) -> list[tuple[Loc, str, str]]:
    return [
        (("leaders", code), f"`{code}` is not a country code", countries.nearest_code(code) or "")
        for code in config.leaders
        if code not in countries.codes()
    ]


def _compressed(config: Config) -> list[tuple[Loc, str, str]]:
    if config.folder is not None or not config.output.gzip:
        return []
    problem = "compressed copies work only in a folder, not in a bucket"
    return [(("feeds", "gzip"), problem, "remove it")]


def _open_desk(config: Config) -> list[tuple[Loc, str, str]]:
    """A desk that others can reach, and that asks for no password."""
    if config.desk.password:
        return []
    problem = "others can reach the desk, so it needs a password"
    return [
        (("desk", key), problem, "`feedbot desk --hash` prints a line for [desk]")
        for key in ("listen", "url")
        if (address := getattr(config.desk, key)) and not schema.is_loopback(address)
    ]


def _inside(config: Config) -> Iterator[tuple[Loc, str, str]]:
    """What everybody could read, as the output holds it."""
    if config.folder is None:
        return
    folder = config.folder.resolve()
    if config.path.resolve().is_relative_to(folder):
        problem = "the output would hold the configuration, which everybody could then read"
        yield ("feeds", "output"), problem, 'name a folder of its own, such as "feeds"'
    elif config.store_url.startswith("sqlite:///"):
        database = Path(config.store_url.removeprefix("sqlite:///")).resolve()
        if database.is_relative_to(folder):
            problem = "the database would be inside the output, where everybody can read it"
            yield ("store", "url"), problem, "name a file outside the output folder"


def _kept_too_shortly(config: Config) -> Iterator[tuple[Loc, str, str]]:
    if config.output.keep > config.store_keep:
        problem = "feeds would go back further than stories are kept"
        yield ("feeds", "keep"), problem, "make it no longer than keep in [store]"


def _locate(complaints: list[tuple[Loc, str, str]], text: str, path: Path) -> list[Diagnostic]:
    from .key_positions import find_positions

    places = find_positions(text)
    mistakes = {}
    for loc, problem, advice in complaints:
        place = _place(loc, places)
        key = ".".join(str(part) for part in loc if not isinstance(part, int))
        mistake = Diagnostic(str(path), *place, key, problem, advice)
        mistakes[mistake.line, mistake.column, problem] = mistake
    return [mistakes[place] for place in sorted(mistakes)]


def mistake_at(config: Config, loc: Loc, problem: str, advice: str) -> ConfigError:
    """The error for one mistake of a configuration that is valid in itself."""
    text = config.path.read_text(encoding="utf-8-sig")
    return ConfigError(_locate([(loc, problem, advice)], text, config.path))


def _place(loc: Loc, places: Mapping[Loc, tuple[int, int]]) -> tuple[int, int]:
    """Line and column of a setting, or else of the nearest one around it."""
    if loc[:1] == ("topics",) and loc[2:3] == ("any",) and loc[:3] not in places:
        loc = (*loc[:2], *loc[3:])  # the short form of a topic: a list of terms
    return next((places[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in places), (1, 1))


# --- from tables to records -------------------------------------------------------------------


def _config(file: File, path: Path) -> Config:
    base = path.resolve().parent
    return Config(
        path=path,
        output=_output(file.feeds),
        store_url=_database(file.store.url, base),
        store_keep=file.store.keep,
        sources=tuple(_source(source, file.polling, base) for source in file.sources),
        topics=tuple(_topic(name, topic) for name, topic in file.topics.items()),
        alerts=Alerts(**file.alerts.model_dump()),
        leaders={code.upper(): tuple(names) for code, names in file.leaders.items()},
        metrics=Metrics(**file.metrics.model_dump()),
        desk=Desk(**file.desk.model_dump()),
    )


def _output(feeds: schema.FeedsTable) -> Output:
    given = feeds.model_dump()
    given["authority"] = feeds.authority or urlsplit(feeds.url).hostname or "localhost"
    return Output(**given)


def _database(url: str, base: Path) -> str:
    name = url.removeprefix("sqlite:///")
    if name == url or name == ":memory:":
        return url
    return f"sqlite:///{base / name}"


def _source(table: SourceTable, common: PollingTable, base: Path) -> Source:
    urls = table.urls or [table.url or ""]
    logins = [(without_user(url), login_of(url)) for url in urls]
    return Source(
        name=table.name,
        urls=tuple(map(without_user, urls)),
        logins=tuple((url, Auth(user=u, password=p)) for url, (u, p) in logins if u or p),
        language=table.language,
        timezone=table.timezone,
        select=Select(**table.select.model_dump() | {"drop": tuple(table.select.drop)}),
        polling=_polling(table, common, base),
        json=JsonPaths(**_set(table.json_)) if table.json_ else None,
        wordpress=table.wordpress,
    )


def _set(table: BaseModel) -> dict[str, Any]:
    """The keys of a table that are set."""
    return table.model_dump(exclude_none=True)


def _polling(table: PollingTable, common: PollingTable, base: Path) -> Polling:
    """The polling settings of a source: its own, else those in [polling], else the defaults."""
    given = reach.settings(table, common, base)
    polling = Polling(**given)
    if "interval" not in given:
        first_guess = min(max(polling.interval, polling.min_interval), polling.max_interval)
        return dataclasses.replace(polling, interval=first_guess)
    # An interval that was set may lie outside the default bounds; these then move.
    bounds = {"min_interval": min, "max_interval": max}
    moved = {
        key: nearer(getattr(polling, key), polling.interval)
        for key, nearer in bounds.items()
        if key not in given
    }
    return dataclasses.replace(polling, **moved)


def _topic(name: str, table: TopicTable) -> Topic:
    terms = tuple(table.any)
    says_nothing = not (terms or table.all or table.sections or table.sources)
    if says_nothing and (code := countries.code_of(name)):
        terms = (f"country:{code}",)
    return Topic(
        name=name,
        slug=slug_of(name),
        any=terms,
        all=tuple(table.all),
        veto=tuple(table.veto),
        threshold=table.threshold,
        sections=tuple(table.sections),
        sources=tuple(table.sources),
        title=table.title,
        description=table.description,
        group=table.group,
        digest=table.digest,  # type: ignore[arg-type]  # its validator has looked
        was=tuple(slug_of(name) for name in table.was),
    )


def with_desk_at(config: Config, listen: str) -> Config:
    """The same configuration with the desk at this address. Raises ConfigError if it may not be."""
    try:
        schema.DeskTable(listen=listen)
    except ValidationError as error:
        problem = _complaint(dict(error.errors()[0]))
        raise ConfigError([Diagnostic("--listen", 0, 0, "", *problem[1:])]) from None
    moved = dataclasses.replace(config, desk=dataclasses.replace(config.desk, listen=listen))
    if found := _open_desk(moved):
        raise ConfigError([Diagnostic("--listen", 0, 0, "", *found[0][1:])])
    return moved
