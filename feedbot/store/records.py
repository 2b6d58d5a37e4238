"""Converts records to rows and back."""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from ..errors import SchemaChanged
from ..model import (
    Article,
    Dated,
    Dateline,
    Enclosure,
    Evidence,
    Fingerprint,
    Image,
    Origin,
    Origins,
    PageText,
    Revision,
    Story,
    WordChange,
)

FORM = 1  # of stored articles; raised only when an older feedbot could no longer read a new one


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def moment(value: int) -> datetime:
    """The inverse of `seconds`."""
    return datetime.fromtimestamp(value, UTC)


def maybe_seconds(moment: datetime | None) -> int | None:
    """`seconds`, or None for "never"."""
    return None if moment is None else seconds(moment)


def maybe_moment(value: int | None) -> datetime | None:
    """`moment`, or None for NULL."""
    return None if value is None else moment(value)


def dated(at: int | None, origin: str | None) -> Dated | None:
    """A moment with its origin, or None where either is missing."""
    if at is None or origin is None:
        return None
    return Dated(at=moment(at), origin=cast("Origin", origin))


def pack_article(article: Article) -> bytes:
    """An article as compressed JSON; articles that are equal in all fields give equal bytes."""
    plain = dataclasses.asdict(article) | {"form": FORM}
    if article.published:
        plain["published"] = [article.published.at.isoformat(), article.published.origin]
    return zlib.compress(
        json.dumps(plain, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    )


def unpack_article(packed: bytes) -> Article:
    """The inverse of `pack_article`; ignores fields that a newer feedbot added.

    Raises SchemaChanged for a form that only a newer one can read.
    """
    plain: dict[str, Any] = json.loads(zlib.decompress(packed))
    if plain.get("form", FORM) > FORM:
        raise SchemaChanged(
            "a newer feedbot stored an article that this one cannot read; install the newer one"
        )
    for name in ("paragraphs", "authors", "sections"):
        plain[name] = tuple(plain[name])
    if plain["dateline"]:
        plain["dateline"]["agencies"] = tuple(plain["dateline"]["agencies"])
        plain["dateline"] = Dateline(**_known(Dateline, plain["dateline"]))
    if plain["image"]:
        plain["image"] = Image(**_known(Image, plain["image"]))
    enclosures = plain.get("enclosures", ())  # older rows lack this field
    plain["enclosures"] = tuple(Enclosure(**_known(Enclosure, one)) for one in enclosures)
    plain["origins"] = Origins(**_known(Origins, plain.get("origins", {})))  # likewise
    if plain["published"]:
        at, origin = plain["published"][:2]
        plain["published"] = Dated(at=datetime.fromisoformat(at), origin=origin)
    return Article(**_known(Article, plain))


def pack_evidence(evidence: Mapping[str, Sequence[Evidence]]) -> str:
    """The evidence for the topics of a story, by their slugs, as JSON."""
    plain = {slug: [dataclasses.astuple(e) for e in found] for slug, found in evidence.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def unpack_evidence(packed: str) -> dict[str, tuple[Evidence, ...]]:
    """The inverse of `pack_evidence`; nothing for ""."""
    names = [field.name for field in dataclasses.fields(Evidence)]
    plain: dict[str, list[list[Any]]] = json.loads(packed) if packed else {}
    return {
        slug: tuple(Evidence(**dict(zip(names, values, strict=False))) for values in found)
        for slug, found in plain.items()
    }


def revision_of(row: Any) -> Revision:
    """A row of the revision table as a record."""
    changes = json.loads(row.difference)["changes"]
    return Revision(
        old_title=row.old_title if row.old_title != row.title else "",
        changes=tuple(WordChange(**_known(WordChange, one)) for one in changes),
    )


HASH = 6  # bytes


def pack_text(text: PageText) -> bytes:
    """A page's hashes as bytes: the digest, then the blocks."""
    return b"".join(one.to_bytes(HASH, "big") for one in (text.digest, *text.blocks))


def unpack_text(packed: bytes | None) -> PageText | None:
    """The inverse of `pack_text`; None for NULL."""
    if packed is None:
        return None
    cut = (packed[at : at + HASH] for at in range(0, len(packed), HASH))
    digest, *blocks = (int.from_bytes(one, "big") for one in cut)
    return PageText(digest=digest, blocks=tuple(blocks))


def _known(kind: type[Any], plain: dict[str, Any]) -> dict[str, Any]:
    """The values whose names are fields of the record."""
    names = {field.name for field in dataclasses.fields(kind)}
    return {name: value for name, value in plain.items() if name in names}


def story_of(row: Any) -> Story:
    """A complete row of the story table as a record, without its sketch."""
    published = dated(row.published, row.published_from)
    assert published is not None
    pruned = Article(url=row.url, title=row.title, paragraphs=(), html="", language="")
    return Story(
        id=row.id,
        tag=row.tag,
        source=row.source,
        article=pruned if row.article is None else unpack_article(row.article),
        fingerprint=Fingerprint(
            version=row.version, content=row.content, title=row.title_hash, words=row.words
        ),
        published=published,
        updated=moment(row.updated),
        first_seen=moment(row.first_seen),
        revisions=row.revisions,
        first=unpack_article(row.first) if row.first else None,
    )
