"""Feeds that topics have left behind in the output. Opens no database, for `check`."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Config


def feeds_left(config: Config) -> list[str]:
    """The slugs whose feeds are in the output, but that no topic has, or had before.

    Raises PublishError if the output is a bucket that cannot be asked.
    """
    known, names = set(_known(config)), _published(config)
    stems = {name.removesuffix(".xml") for name in names if name.endswith(".xml")}
    return sorted(stem for stem in stems - known if f"{stem}.html" in names)


def _published(config: Config) -> set[str]:
    """The names of the files of the output; a folder that is not there is not created."""
    folder = config.folder
    if folder is None:
        from ..publish import open_target  # what writes feeds, which a folder does without here

        return open_target(config.output, config.base).names()
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _known(config: Config) -> Iterator[str]:
    for topic in config.topics:
        yield topic.slug
        yield from topic.was
