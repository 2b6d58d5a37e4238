"""Keeps the last valid configuration, so that a file that has not changed is not validated again.

Validating, and loading what validates, is a quarter of the CPU of a short command. What is kept
lies in the user's cache folder ($XDG_CACHE_HOME/feedbot, else ~/.cache/feedbot), for the user alone
to read. It holds for the same text, feedbot and Python, and can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from ..languages.tables import MORE
from .configuration import Config

OUTSIDE = ("env:", "file:")  # secrets
PACKAGE = Path(__file__).parent.parent
FOLDERS = (".", "config", "terms", "languages", "languages/data", "web")  # what validation uses
MODULES = (f"{__package__}.configuration", "feedbot.model", "feedbot.formats")  # of its records
OTHERS = {("datetime", "timedelta"), ("pathlib", "PosixPath"), ("pathlib", "WindowsPath")}


class _Unpickler(pickle.Unpickler):
    """Makes the records of a configuration and nothing else, whatever the file says."""

    def find_class(self, module: str, name: str) -> Any:
        """The class. Raises UnpicklingError for any that no configuration has."""
        found = super().find_class(module, name)
        is_ours = module in MODULES and isinstance(found, type) and found.__module__ == module
        if is_ours or (module, name) in OTHERS:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a configuration")


def cached(text: str, path: Path) -> Config | None:
    """The configuration that this file gave before; None if it is not known."""
    if _depends_on_others(text):
        return None
    with contextlib.suppress(Exception), _file(path).open("rb") as file:  # at worst it is slower
        if file.readline().strip().decode() == _key(text, path):
            config = _Unpickler(file).load()
            return config if isinstance(config, Config) else None
    return None


def keep(config: Config, text: str) -> None:
    """Keeps a valid configuration, unless other files or variables decide what it is."""
    if _depends_on_others(text):
        return
    with contextlib.suppress(OSError, RuntimeError):  # without a home, or on a full disk
        target = _file(config.path)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(target, f"{_key(text, config.path)}\n".encode() + pickle.dumps(config))


def _depends_on_others(text: str) -> bool:
    """Whether what is valid may change though the text does not."""
    return any(mark in text for mark in OUTSIDE) or bool(os.environ.get(MORE))


def _replace(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent)  # for its owner alone
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _file(path: Path) -> Path:
    """One for each configuration file. Raises RuntimeError without a home."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = blake2b(os.fsencode(path.resolve()), digest_size=8).hexdigest()
    return Path(base) / "feedbot" / f"config-{name}"


def _key(text: str, path: Path) -> str:
    about = (text, str(path), sys.version, *_stamps())
    return blake2b(repr(about).encode(), digest_size=16).hexdigest()


def _stamps() -> Iterator[tuple[str, int, int]]:
    """What changes with every version of feedbot: its files."""
    for folder in FOLDERS:
        for entry in sorted(os.scandir(PACKAGE / folder), key=lambda entry: entry.name):
            if entry.is_file():
                yield entry.path, entry.stat().st_mtime_ns, entry.stat().st_size
