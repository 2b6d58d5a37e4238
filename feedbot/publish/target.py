"""Where published files go: a folder, or a bucket."""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ..errors import PublishError

MARK = b"feedbot"  # stands in every file that feedbot writes; what lacks it belongs to another
TEMPORARY = ".feedbot-tmp"  # the ending of files that are being written
GZIP = ".gz"
READABLE = 0o644  # a web server runs as somebody else, whatever the umask says
SEARCHABLE = 0o755


class Target(Protocol):
    """A place for files, by their names relative to the output's URL."""

    @property
    def place(self) -> str:
        """Which place this is, in words that name no other."""

    def names(self, folder: str = "") -> set[str]:
        """The names of the files directly in a folder of this place."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""

    def put(self, name: str, content: bytes) -> bool:
        """Replaces a file at one stroke; False if it held these bytes already."""

    def delete(self, name: str) -> bool:
        """Removes a file; False if there is none, or none of feedbot's making."""


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path, *, compressed: bool = False) -> None:
        """Makes the folder if it is missing. `compressed`: a `.gz` goes beside every file."""
        self._compressed = compressed
        with _explained(path):
            _make(path)
            self._path = path.resolve(strict=True)
            for leftover in self._path.glob(f"**/.*{TEMPORARY}"):  # of a process that was killed
                leftover.unlink(missing_ok=True)

    @property
    def place(self) -> str:
        """The folder's own path, and whether there are compressed files."""
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
        """Replaces a file at one stroke; False if it held these bytes already.

        Raises PublishError, and leaves everything as it was, if it cannot be written or if
        the file in its place is not of feedbot's making.
        """
        # The copy goes first. Whatever happens between the two, the file itself is still the old
        # one, so the next publishing writes both again.
        if self._compressed:
            self._put(name + GZIP, _compress(content))
        else:
            self._delete(name + GZIP)  # servers that know such files would send it for ever
        return self._put(name, content)

    def _put(self, name: str, content: bytes) -> bool:
        path = self._safe(name)
        with _explained(path):
            old = _read(path)
            if old == content:
                return False
            if old and MARK not in old:
                raise PublishError(
                    f"{path}: was not written by feedbot; move it away, or name another output"
                )
            _make(path.parent)
            _replace(path, content)
            return True

    def delete(self, name: str) -> bool:
        """Removes a file; False if there is none, or none of feedbot's making."""
        self._delete(name + GZIP)
        return self._delete(name)

    def _delete(self, name: str) -> bool:
        path = self._safe(name)
        with _explained(path):
            ours = MARK in (_read(path) or b"")
            if ours:
                path.unlink(missing_ok=True)
            return ours

    def _safe(self, name: str) -> Path:
        """The path of a file that cannot lie outside, through a symlink or otherwise."""
        path = self._path / name
        parent = path.parent.resolve()
        if not parent.is_relative_to(self._path) or path.is_symlink():
            raise PublishError(f"{path}: a symbolic link is in the way; remove it")
        return path


def _compress(content: bytes) -> bytes:
    """Equal bytes for equal content. The name in their head marks them as feedbot's."""
    packed = io.BytesIO()
    with gzip.GzipFile(MARK.decode(), "wb", fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def _make(path: Path) -> None:
    """Makes a folder and those above it, readable for a web server."""
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "", str(path))
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # see `_adorn`
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
            _adorn(handle, _next_mtime(path))
            os.fsync(handle)
        os.replace(temporary, path)  # noqa: PTH105 - the name under which tests make it fail
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _adorn(handle: int, mtime: int) -> None:
    """Sets mode and time of a file, where its file system has them.

    Network shares and some FUSE mounts refuse both, and have rights and clocks of their own.
    """
    with contextlib.suppress(OSError):
        os.fchmod(handle, READABLE)
    with contextlib.suppress(OSError):
        os.utime(handle, times=(mtime, mtime))


def _next_mtime(path: Path) -> int:
    """Web servers build the ETag from whole seconds and the size, so no two versions share one."""
    now = int(time.time())
    try:
        return max(now, int(path.stat().st_mtime) + 1)
    except FileNotFoundError:
        return now


ADVICE = {
    errno.ENOSPC: "the disk is full; make room, the old files are still in place",
    errno.EDQUOT: "the quota is used up; make room, the old files are still in place",
    errno.EACCES: "may not be written; give feedbot the right to, or name another output",
    errno.EPERM: "may not be written; give feedbot the right to, or name another output",
    errno.EROFS: "is on a read-only file system; name another output",
    errno.ENOTDIR: "is not a folder; move it away, or name another output",
    errno.EEXIST: "is not a folder; move it away, or name another output",
    errno.EISDIR: "is a folder; move it away",
    errno.ELOOP: "is a symbolic link; remove it",
}


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns the system's errors into PublishError with the path and a way out."""
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else path
        problem = ADVICE.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise PublishError(f"{where}: {problem}") from error
