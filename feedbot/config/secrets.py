"""Secrets from outside of the file: "env:NAME" and "file:PATH"."""

from __future__ import annotations

import os
from pathlib import Path

LARGEST = 65_536  # bytes of a file


class NoSecret(Exception):
    """A secret that is not where it should be; says why."""


def is_secret(value: str) -> bool:
    """Whether a value is kept outside of the file."""
    return value.startswith(("env:", "file:"))


def resolve(value: str, base: Path) -> str:
    """What a value means: itself, or what a variable or a file holds, without the last line break.

    A path is relative to `base`. Raises NoSecret, without the secret.
    """
    if not is_secret(value):
        return value
    kind, _, name = value.partition(":")
    if kind == "env":
        return _checked(os.environ.get(name, ""), f"the environment has no {name}")
    return _checked(_read(base / name), f"{name} is empty")


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is no text"
        raise NoSecret(f"{path}: {reason.lower()}") from error


def _checked(secret: str, otherwise: str) -> str:
    secret = secret.strip("\r\n")
    if not secret:
        raise NoSecret(otherwise)
    return secret
