"""feedbot.toml is changed as a careful person would: comments and order stay, the old file is kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomlkit

from feedbot.desk import edits
from feedbot.errors import ConfigError, FeedbotError

TEXT = """\
# my feeds
[feeds]
url = "https://feeds.example.org/"  # at home

[[sources]]
name = "ZeelandNet"   # the first
url = "https://www.zeelandnet.nl/nieuws"

[sources.select]
body = "div.text"

[[sources]]
name = "Elders"
url = "https://elders.example.org/"

# what I read
[topics]
Rusland = "country:RU"  # all of it
China = [
    "country:CN",  # the country
    "Taiwan*",     # and this
]
Zeeland = { any = ["Zeeland", "Zeeuws*"], title = "Nieuws uit Zeeland", threshold = 1 }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feedbot.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def edited(change: object, text: str = TEXT) -> str:
    document = tomlkit.parse(text)
    change(document)  # type: ignore[operator]
    return tomlkit.dumps(document)


def lines_changed(before: str, after: str) -> tuple[set[str], set[str]]:
    old, new = set(before.splitlines()), set(after.splitlines())
    return old - new, new - old


RULES = [
    ("Rusland", {"any": ["country:RU", "Wagner*"]}, ["country:RU", "Wagner*"]),
    ("China", {"any": ["country:CN", "Taiwan*", "Hongkong"]}, ["country:CN", "Taiwan*", "Hongkong"]),
    ("China", {"any": ["Taiwan*"]}, ["Taiwan*"]),
    ("China", {"any": ["country:CN"], "not": ["porselein"]},
     {"any": ["country:CN"], "not": ["porselein"]}),
    ("Zeeland", {"any": ["Zeeland", "Zeeuws*", "Goes"], "threshold": 1},
     {"any": ["Zeeland", "Zeeuws*", "Goes"], "title": "Nieuws uit Zeeland", "threshold": 1}),
    ("Zeeland", {"any": ["Zeeland"]}, {"any": ["Zeeland"], "title": "Nieuws uit Zeeland"}),
    ("Nieuw onderwerp", {"any": ["stikstof*"]}, "stikstof*"),
    ("Nieuw", {"any": ["a b", "c"], "threshold": 1.5}, {"any": ["a b", "c"], "threshold": 1.5}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rule", "value"), RULES)
def test_a_rule_is_set_and_everything_else_stays(
    name: str, rule: dict[str, object], value: object
) -> None:
    after = edited(lambda document: edits.set_topic(document, name, rule))
    tables = tomllib.loads(after)
    assert tables["topics"][name] == value
    expected = tomllib.loads(TEXT)
    expected["topics"][name] = value
    assert tables == expected
    assert list(tables["topics"])[:3] == ["Rusland", "China", "Zeeland"]
    for comment in ("# my feeds", "# at home", "# the first", "# what I read"):
        assert comment in after


def test_a_term_that_stays_keeps_its_comment() -> None:
    rule = {"any": ["country:CN", "Taiwan*", "Hongkong"]}
    after = edited(lambda document: edits.set_topic(document, "China", rule))
    assert '"country:CN",  # the country' in after
    assert "# and this" in after
    gone, _ = lines_changed(TEXT, after)
    assert len(gone) <= 1


def test_the_same_rule_changes_nothing() -> None:
    def same(document: edits.Document) -> None:
        edits.set_topic(document, "Rusland", {"any": ["country:RU"]})
        edits.set_topic(document, "China", {"any": ["country:CN", "Taiwan*"]})
        edits.set_topic(document, "Zeeland", {"any": ["Zeeland", "Zeeuws*"], "threshold": 1})

    assert edited(same) == TEXT


SOURCE = {"name": "Nieuw", "url": "https://nieuw.example.org/", "language": "nl"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT + '\n[[sources]]\nname = "Last"\nurl = "https://last.example.org/"\n',
        (
            '[feeds]\nurl = "https://f.example.org/"\n[topics]\na = "*"\n'
            '[[sources]]\nname = "S"\nurl = "https://s.example.org/"'
        ),
        (
            'sources = [{ name = "S", url = "https://s.example.org/" }]\n'
            '[feeds]\nurl = "https://f.example.org/"\n[topics]\na = "*"\n'
        ),
    ],
)
def test_a_source_is_added_behind_the_others(text: str) -> None:
    after = edited(lambda document: edits.add_source(document, SOURCE), text)
    before = tomllib.loads(text.replace("\r\n", "\n"))
    assert tomllib.loads(after.replace("\r\n", "\n")) == before | {
        "sources": [*before["sources"], SOURCE]
    }
    assert not lines_changed(text, after)[0] or "sources = [" in text


def test_a_source_is_paused_and_resumed() -> None:
    off = edited(lambda document: edits.switch_source(document, "ZeelandNet", on=False))
    assert tomllib.loads(off)["sources"][0]["enabled"] is False
    on = edited(lambda document: edits.switch_source(document, "ZeelandNet", on=True), off)
    assert tomllib.loads(on) == tomllib.loads(TEXT)
    assert "# the first" in on


def add(document: edits.Document) -> None:
    edits.set_topic(document, "Sport", {"any": ["theme:sport"]})


def test_the_file_is_replaced_and_the_old_one_kept(path: Path) -> None:
    path.chmod(0o640)
    config = edits.change(path, add, edits.digest(path))
    assert [topic.name for topic in config.topics][-1] == "Sport"
    assert edits.kept(path).read_text(encoding="utf-8") == TEXT
    assert path.stat().st_mode & 0o777 == edits.kept(path).stat().st_mode & 0o777 == 0o640
    assert {one.name for one in path.parent.iterdir()} >= {"feedbot.toml", "feedbot.toml~"}
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".feedbot")]


def test_an_undone_change_can_be_done_again(path: Path) -> None:
    edits.change(path, add)
    changed = path.read_bytes()
    edits.undo(path, edits.digest(path))
    assert path.read_text(encoding="utf-8") == TEXT
    edits.undo(path, edits.digest(path))
    assert path.read_bytes() == changed


def test_what_somebody_wrote_meanwhile_is_not_lost(path: Path) -> None:
    seen = edits.digest(path)
    path.write_text(TEXT + "# by hand\n", encoding="utf-8")
    with pytest.raises(edits.Stale):
        edits.change(path, add, seen)
    with pytest.raises(edits.Stale):
        edits.undo(path, seen)
    assert path.read_text(encoding="utf-8") == TEXT + "# by hand\n"
    assert not edits.kept(path).exists()


def test_a_mistake_is_refused_and_nothing_written(path: Path) -> None:
    with pytest.raises(ConfigError, match="country"):
        edits.change(path, lambda document: edits.set_topic(document, "X", {"any": ["country:XX"]}))
    assert path.read_text(encoding="utf-8") == TEXT
    assert not edits.kept(path).exists()


def test_a_file_that_cannot_be_replaced_is_named(path: Path, monkeypatch: object) -> None:
    edits.kept(path).mkdir()  # nothing can be kept there
    with pytest.raises(FeedbotError, match="nothing was written"):
        edits.change(path, add)
    assert path.read_text(encoding="utf-8") == TEXT


def test_a_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "etc" / "feedbot.toml"
    link.parent.mkdir()
    link.symlink_to(path)
    edits.change(link, add)
    assert link.is_symlink()
    assert "theme:sport" in path.read_text(encoding="utf-8")


def test_what_changed_is_told_without_values() -> None:
    after = edited(add).replace('"country:RU"', '"country:BY"').replace("feeds.ex", "secret.ex")
    assert edits.summary(TEXT, after) == [
        "topic Rusland: changed",
        "topic Sport: added",
        "[feeds] changed",
    ]
    assert edits.summary(TEXT, TEXT + "# more\n") == ["comments and spacing only"]
