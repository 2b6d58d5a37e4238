"""Reads feedbot.toml and reports all its mistakes at once, each with line, key and advice.

configuration   what the file says, as the other modules use it
cache           the last valid configuration, for commands that are over in a moment
parsing         from text to a configuration, or to its mistakes; by the tables of schema and reach
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from ..errors import ConfigError, Diagnostic
from . import cache
from .configuration import Config
from .slugs import slug_of

__all__ = [
    "Config",
    "check_writable",
    "for_listing",
    "load",
    "load_cached",
    "parse",
    "slug_of",
    "with_desk_at",
]


def load(path: Path) -> Config:
    """Reads and validates the configuration file. Raises ConfigError with all its mistakes.

    Mistakes in the language files that the operator has added are among them.
    """
    return _validated(_read(path), path)


def load_cached(path: Path) -> Config:
    """The same, without validating a file again that was valid before and has not changed."""
    text = _read(path)
    return cache.cached(text, path) or _validated(text, path)


def parse(text: str, path: Path) -> Config:
    """Parses a configuration; `path` is its file. Raises ConfigError with all its mistakes."""
    from . import parsing  # slow to load, and with it the validator

    return parsing.parse(text, path)


def _validated(text: str, path: Path) -> Config:
    from ..languages.checking import check_more

    check_more()
    config = parse(text, path)
    cache.keep(config, text)
    return config


def _read(path: Path) -> str:
    """The text of the file. Raises ConfigError."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        advice = "create one with `feedbot init URL`, name one with -c PATH, or try `feedbot demo`"
        raise ConfigError([Diagnostic(str(path), 0, 0, "", "no such file", advice)]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Diagnostic(str(path), 0, 0, "", f"cannot be read: {error}")]) from None


def check_writable(config: Config) -> None:
    """Raises ConfigError if the output folder or the database's folder is not writable."""
    if config.folder is not None:
        # The folder itself is created when publishing, with permissions for a web server.
        above = (config.folder, *config.folder.parents)
        problem = _unwritable(next(folder for folder in above if folder.exists()))
        if problem:
            advice = "name a folder where feedbot may create files"
            raise _mistake(
                config, ("feeds", "output"), f"output {config.folder}: {problem}", advice
            )
    if config.store_url.startswith("sqlite:///") and ":memory:" not in config.store_url:
        folder = Path(config.store_url.removeprefix("sqlite:///")).parent
        problem = _unwritable(folder)
        if problem:
            advice = "name a database in a folder where feedbot may create files"
            raise _mistake(config, ("store", "url"), f"folder {folder}: {problem}", advice)


def _unwritable(folder: Path) -> str:
    """Why files cannot be created in a folder; "" if they can. Creates a missing folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except (FileExistsError, NotADirectoryError):
        return "is not a folder"
    except OSError as error:
        return (error.strerror or str(error)).lower()


def _mistake(config: Config, loc: tuple[str, ...], problem: str, advice: str) -> ConfigError:
    from .parsing import mistake_at

    return mistake_at(config, loc, problem, advice)


def with_desk_at(config: Config, listen: str) -> Config:
    """The same configuration with the desk at this address. Raises ConfigError if it may not be."""
    from . import parsing

    return parsing.with_desk_at(config, listen)


def for_listing(url: str) -> Config:
    """A configuration for one listing, with a database in memory and no output."""
    text = f"""\
[feeds]
url = "http://localhost/"
[store]
url = "sqlite:///:memory:"
[[sources]]
name = "preview"
url = {json.dumps(url)}
[topics]
all = "*"
"""
    return parse(text, Path("feedbot.toml"))
