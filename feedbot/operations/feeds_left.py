"""Feeds that topics have left behind in the output folder. Opens no database, for `check`."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Config


def feeds_left(config: Config) -> list[str]:
    """The slugs whose feeds are in the output folder, but that no topic has, or had before."""
    folder = config.folder
    if folder is None or not folder.is_dir():
        return []
    known = set(_known(config))
    return sorted(
        path.stem
        for path in folder.glob("*.xml")
        if path.stem not in known and path.with_suffix(".html").exists()
    )


def _known(config: Config) -> Iterator[str]:
    for topic in config.topics:
        yield topic.slug
        yield from topic.was
