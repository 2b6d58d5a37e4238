"""A configuration that was valid before: used again, and never wrongly."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path

import pytest

from feedbot import config
from feedbot.config import cache
from feedbot.errors import ConfigError
from feedbot.languages.tables import MORE

TEXT = """\
[feeds]
url = "https://feeds.example.org/"
icon = "https://feeds.example.org/icon.png"
[store]
keep = "90d"
[polling]
interval = "15m"
headers = { Accept = "text/html" }
[[sources]]
name = "Krant"
url = "https://lezer:geheim@krant.example/nieuws"
select = { drop = [".reclame"] }
[[sources]]
name = "Blad"
url = "https://blad.example/"
enabled = false
json = { items = "$.items[*]", url = "$.url", title = "$.title" }
[topics]
Rusland = "country:RU"
China = { any = ["Peking", "-porselein"], digest = "daily", group = "Azië" }
[leaders]
RU = ["Poetin"]
[desk]
listen = "127.0.0.1:8710"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "feedbot.toml"
    file.write_text(TEXT)
    return file


def kept(file: Path) -> Path:
    (found,) = (file.parent / "cache" / "feedbot").iterdir()
    return found


def test_it_is_the_same_as_when_it_was_validated(file: Path) -> None:
    validated = config.load_cached(file)
    assert cache.cached(TEXT, file) == validated == config.load(file)
    assert config.load_cached(file) == validated


@pytest.mark.parametrize(
    ("before", "after"),
    [('"15m"', '"20m"'), ('"90d"', '"91d"'), ("Peking", "Beijing")],
)
def test_a_file_that_has_changed_is_read_anew(file: Path, before: str, after: str) -> None:
    config.load_cached(file)
    file.write_text(TEXT.replace(before, after))
    assert config.load_cached(file) == config.load(file)


def test_a_mistake_is_named_each_time(file: Path) -> None:
    config.load_cached(file)
    file.write_text(TEXT.replace("15m", "15"))
    for _ in range(2):
        with pytest.raises(ConfigError, match="15"):
            config.load_cached(file)


def test_paths_are_those_of_the_file_that_is_asked_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    assert config.load_cached(Path("feedbot.toml")).path == Path("feedbot.toml")
    assert config.load_cached(file).path == file
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "feedbot.toml").write_text(TEXT)
    assert config.load_cached(elsewhere / "feedbot.toml").folder == elsewhere / "feeds"


@pytest.mark.parametrize("secret", ["env:KRANT", "file:krant.txt"])
def test_secrets_from_outside_of_the_file_are_not_written_and_stay_current(
    file: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    file.write_text(TEXT.replace("text/html", secret))
    for value in ("eerste", "tweede"):
        monkeypatch.setenv("KRANT", value)
        (file.parent / "krant.txt").write_text(value)
        loaded = config.load_cached(file)
        assert loaded.sources[0].polling.headers == (("Accept", value),)
    assert not (file.parent / "cache").exists()


def test_only_its_user_can_read_it(file: Path) -> None:
    config.load_cached(file)
    assert stat.S_IMODE(kept(file).stat().st_mode) == 0o600
    assert stat.S_IMODE(kept(file).parent.stat().st_mode) == 0o700


class Harm:
    """Makes a folder when it is loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


def test_what_somebody_else_wrote_is_neither_run_nor_believed(file: Path) -> None:
    harmed = file.parent / "harmed"
    validated = config.load_cached(file)
    first, _, _ = kept(file).read_bytes().partition(b"\n")
    for content in (pickle.dumps(Harm(harmed)), pickle.dumps("text"), b"", b"\x80"):
        kept(file).write_bytes(first + b"\n" + content)
        assert cache.cached(TEXT, file) is None
        assert config.load_cached(file) == validated
        assert cache.cached(TEXT, file) == validated
    assert not harmed.exists()


def test_language_files_of_the_operator_are_looked_at_each_time(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.load_cached(file)
    more = file.parent / "languages"
    more.mkdir()
    (more / "nl.toml").write_text("this is no TOML")
    monkeypatch.setenv(MORE, str(more))
    with pytest.raises(ConfigError, match=r"nl\.toml"):
        config.load_cached(file)


def test_a_file_that_cannot_be_replaced_leaves_no_other_behind(file: Path) -> None:
    config.load_cached(file)
    place = kept(file)
    place.unlink()
    place.mkdir()
    config.load_cached(file)
    assert kept(file) == place


def test_without_a_place_for_it_nothing_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / "cache").write_text("a file in the place of the folder")
    assert config.load_cached(file) == config.load_cached(file)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/proc/nowhere")
    assert config.load_cached(file).sources[0].name == "Krant"
