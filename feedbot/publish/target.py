"""The places where files are published: the interface, and a folder. A bucket is in `bucket`."""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ..errors import PublishError

MARK = b"feedbot"
# How every file that feedbot writes names its generator; what merely speaks of it is not feedbot's.
SIGNATURE = re.compile(
    rb"generator\b[^<\n]{0,80}\bfeedbot\b"  # an element, a member
    rb"|(?:<!--|\A/\*|\A//) feedbot\b"  # a comment
    rb"|\A\x1f\x8b.{8}feedbot\0|\A\x89PNG.*tEXtSoftware\0feedbot",  # the head of a file
    re.DOTALL,
)
TEMPORARY = ".feedbot-tmp"  # the suffix of files that are being written
GZIP = ".gz"
READABLE = 0o644  # whatever the umask, since a web server runs as another user
SEARCHABLE = 0o755


class Target(Protocol):
    """A place for files. Their names are relative to the output's URL."""

    @property
    def place(self) -> str:
        """A unique name of the place."""

    def names(self, folder: str = "") -> set[str]:
        """The names of the files directly in a folder of the place."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""

    def put(self, name: str, content: bytes) -> bool:
        """Replaces a file atomically; False if it has these bytes already."""

    def delete(self, name: str) -> bool:
        """Deletes a file; False if there is none, or it is not feedbot's."""


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path, *, compressed: bool = False) -> None:
        """Creates a missing folder. `compressed`: every file gets a copy `.gz`."""
        self._compressed = compressed
        with _explained(path):
            _make(path)
            self._path = path.resolve(strict=True)
            for leftover in self._path.glob(f"**/.*{TEMPORARY}"):  # of a process that was killed
                leftover.unlink(missing_ok=True)

    @property
    def place(self) -> str:
        """The path of the folder, and whether it has compressed copies."""
        return f"{self._path} {GZIP}" if self._compressed else str(self._path)

    def names(self, folder: str = "") -> set[str]:
        """The names of the regular files directly in a folder."""
        path = self._path / folder
        if not path.is_dir():
            return set()
        with _explained(path), os.scandir(path) as found:
            prefix = f"{folder}/" if folder else ""
            return {prefix + one.name for one in found if one.is_file(follow_symlinks=False)}

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""
        path = self._safe(name)
        with _explained(path):
            return _read(path)

    def put(self, name: str, content: bytes) -> bool:
        """Replaces a file atomically; False if it has these bytes already.

        Raises PublishError, and changes nothing, if the file cannot be written or the existing
        one is not feedbot's.
        """
        # The copy is written first. If the process dies in between, the file itself is still the
        # old one, so the next publishing writes both.
        if self._compressed:
            self._put(name + GZIP, _compress(content))
        else:
            self._delete(name + GZIP)  # otherwise servers would keep sending the old copy
        return self._put(name, content)

    def _put(self, name: str, content: bytes) -> bool:
        path = self._safe(name)
        with _explained(path):
            old = _read(path)
            if old == content:
                return False
            if old and not is_ours(old):
                raise PublishError(
                    f"{path}: was not written by feedbot; move it away, or name another output"
                )
            _make(path.parent)
            _replace(path, content)
            return True

    def delete(self, name: str) -> bool:
        """Deletes a file; False if there is none, or it is not feedbot's."""
        self._delete(name + GZIP)
        return self._delete(name)

    def _delete(self, name: str) -> bool:
        path = self._safe(name)
        with _explained(path):
            ours = is_ours(_read(path) or b"")
            if ours:
                path.unlink(missing_ok=True)
            return ours

    def _safe(self, name: str) -> Path:
        """The path of a file. Raises PublishError if it would be outside, or is a symlink."""
        path = self._path / name
        parent = path.parent.resolve()
        if not parent.is_relative_to(self._path) or path.is_symlink():
            raise PublishError(f"{path}: a symbolic link is in the way; remove it")
        return path


def is_ours(content: bytes) -> bool:
    """Whether feedbot wrote a file."""
    return SIGNATURE.search(content) is not None


def _compress(content: bytes) -> bytes:
    """Compresses content, with equal bytes for equal content; the name in the header is MARK."""
    packed = io.BytesIO()
    with gzip.GzipFile(MARK.decode(), "wb", fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def _make(path: Path) -> None:
    """Creates a folder and its parents, readable for a web server."""
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "", str(path))
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # see `_set_mode_and_time`
            one.chmod(SEARCHABLE)


def _read(path: Path) -> bytes | None:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with open(handle, "rb") as file:  # noqa: PTH123 - of a descriptor
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PublishError(f"{path}: is not a file; move it away")
        return file.read()


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    temporary.unlink(missing_ok=True)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, READABLE)
        with open(handle, "wb") as file:  # noqa: PTH123 - of a descriptor
            file.write(content)
            file.flush()
            _set_mode_and_time(handle, _next_mtime(path))
            os.fsync(handle)
        os.replace(temporary, path)  # noqa: PTH105 - the name under which tests make it fail
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _set_mode_and_time(handle: int, mtime: int) -> None:
    """Sets the mode and time of a file, if its file system allows it.

    Network shares and some FUSE mounts refuse both; they have their own permissions and clocks.
    """
    with contextlib.suppress(OSError):
        os.fchmod(handle, READABLE)
    with contextlib.suppress(OSError):
        os.utime(handle, times=(mtime, mtime))


def _next_mtime(path: Path) -> int:
    """A whole second later than any version so far: servers build ETags from seconds and size."""
    now = int(time.time())
    try:
        return max(now, int(path.stat().st_mtime) + 1)
    except FileNotFoundError:
        return now


ADVICE = {
    errno.ENOSPC: "the disk is full; free some space, the old files are still in place",
    errno.EDQUOT: "the quota is used up; free some space, the old files are still in place",
    errno.EACCES: "permission denied; let feedbot write there, or name another output",
    errno.EPERM: "permission denied; let feedbot write there, or name another output",
    errno.EROFS: "is on a read-only file system; name another output",
    errno.ENOTDIR: "is not a folder; move it away, or name another output",
    errno.EEXIST: "is not a folder; move it away, or name another output",
    errno.EISDIR: "is a folder; move it away",
    errno.ELOOP: "is a symbolic link; remove it",
}


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns OSError into PublishError with the path and advice."""
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else path
        problem = ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise PublishError(f"{where}: {problem}") from error
