"""Publishes to an S3-compatible bucket. Needs obstore: `feedbot[s3]`.

Region, endpoint and credentials come from the environment, as for other S3 tools: AWS_REGION,
AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and so on.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import md5
from typing import Any

from ..errors import PublishError
from ..formats import FORMATS
from .archive import FOLDER
from .target import is_ours

# Browsers show application/atom+xml and application/rss+xml as raw text, without their stylesheet.
TYPES = {one.suffix: f"{one.media_type}; charset=utf-8" for one in FORMATS.values()} | {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "png": "image/png",
    "rss": "application/xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
FRESH = "public, max-age=300"  # seconds; a reader may be at most five minutes late
OLD = "public, max-age=86400"  # for archives, which only ever get a link to the next one
# Plain HTTP is used only if the operator's AWS_ENDPOINT_URL says so.
CLIENT: Any = {"timeout": timedelta(seconds=30), "allow_http": True}
RETRIES: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=60)}


class Bucket:
    """A bucket or a prefix in it: `s3://bucket/prefix`."""

    def __init__(self, url: str) -> None:
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise PublishError(
                f"output {url}: needs obstore; install it with `pip install 'feedbot[s3]'`"
            ) from error
        self.place = url.rstrip("/")
        with self._explained():
            self._store = S3Store.from_url(self.place, client_options=CLIENT, retry_config=RETRIES)
            self._etags = {
                one["path"]: one["e_tag"] for batch in self._store.list() for one in batch
            }

    def names(self, folder: str = "") -> set[str]:
        """The names of the objects directly in a folder."""
        return {name for name in self._etags if name.rpartition("/")[0] == folder}

    def read(self, name: str) -> bytes | None:
        """The bytes of an object; None if there is none."""
        if name not in self._etags:
            return None
        with self._explained(), contextlib.suppress(FileNotFoundError):
            return bytes(self._store.get(name).bytes())
        return None

    def put(self, name: str, content: bytes) -> bool:
        """Replaces an object; False if it has these bytes already."""
        # The ETag of an object that was uploaded in one piece; any other ETag never matches.
        same = f'"{md5(content, usedforsecurity=False).hexdigest()}"'
        if self._etags.get(name) == same:
            return False
        old = self.read(name)
        if old == content:
            return False
        if old and not is_ours(old):
            raise PublishError(
                f"{self.place}/{name}: was not written by feedbot; move it away, or name another"
                " output"
            )
        with self._explained():
            attributes: Any = {
                "Content-Type": TYPES[name.rpartition(".")[2]],
                "Cache-Control": OLD if name.startswith(f"{FOLDER}/") else FRESH,
            }
            self._etags[name] = self._store.put(name, content, attributes=attributes)["e_tag"]
        return True

    def delete(self, name: str) -> bool:
        """Deletes an object; False if there is none, or it is not feedbot's."""
        if not is_ours(self.read(name) or b""):
            return False
        with self._explained():
            self._store.delete(name)
        del self._etags[name]
        return True

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns the library's errors into PublishError, with only the message."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as error:
            said = re.search(r"<Message>(.*?)</Message>", str(error), re.DOTALL)
            problem = said[1] if said else str(error).splitlines()[0]
            raise PublishError(f"output {self.place}: {problem}") from error
