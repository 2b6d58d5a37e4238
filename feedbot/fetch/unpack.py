"""Compressed bodies, unpacked piece by piece, so that a bomb is seen before it bursts.

What requests and urllib3 make of a body that was cut off in the middle looks like a whole one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import brotli

PIECE = 65_536  # bytes at a time, at most
LAYERS = 2  # one over another; more is no use to anybody
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # in no text, UTF-16 apart
GZIP = 31  # zlib's name for it
GZIP_HEAD = b"\x1f\x8b\x08"  # as every gzip file begins

Pieces = Iterator[bytes]


class NotUnpackable(Exception):
    """A body that is not compressed as its headers say, or ends too early; says why."""


def unpack(pieces: Pieces, codings: str) -> Pieces:
    """The body without the compression that Content-Encoding names."""
    named = (name.strip() for name in codings.lower().split(","))
    names = [name for name in named if name not in ("", "identity")]
    if len(names) > LAYERS:
        raise NotUnpackable(f"is compressed {len(names)} times over")
    for name in reversed(names):
        pieces = UNPACK.get(name, iter)(pieces)
    strange = [name for name in names if name not in UNPACK]
    return _explained(_text(pieces, strange[0]) if strange else _unannounced(pieces))


def _unannounced(pieces: Pieces) -> Pieces:
    """The body without a compression that no header names: a `.xml.gz`, a cache's slip."""
    first = next(pieces, b"")
    while len(first) < len(GZIP_HEAD) and (more := next(pieces, b"")):
        first += more
    whole = chain((first,), pieces)
    yield from _gzip(whole) if first.startswith(GZIP_HEAD) else whole


def _text(pieces: Pieces, name: str) -> Pieces:
    """What is readable although it has the name of no compression, such as "none" or "utf-8".

    Browsers ignore such a name. If the body is not text, it names a compression after all.
    """
    first = next(pieces, b"")
    if BINARY.search(first) and not first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotUnpackable(f"is compressed as {name[:40]}, which was not asked for")
    yield first
    yield from pieces


def _explained(pieces: Pieces) -> Pieces:
    try:
        yield from pieces
    except (zlib.error, brotli.error) as error:
        raise NotUnpackable("the answer is not compressed as it says") from error


def _gzip(pieces: Pieces) -> Pieces:
    """One member after the other; whatever else follows is padding."""
    member = None
    for piece in pieces:
        rest = piece
        while rest:
            if member and member.eof and not rest.startswith(b"\x1f"):
                return
            if member is None or member.eof:
                member = zlib.decompressobj(GZIP)
            yield from _inflate(member, rest)
            rest = member.unused_data
    _check_whole(member is None or member.eof)


def _deflate(pieces: Pieces) -> Pieces:
    """In zlib's wrapping, as the standard says, or bare, as some servers do."""
    head = b""
    stream = None
    for piece in pieces:
        head += piece
        if stream is None and len(head) < 2:
            continue
        if stream is None:
            wrapped = head[0] & 15 == 8 and int.from_bytes(head[:2]) % 31 == 0
            stream = zlib.decompressobj(15 if wrapped else -15)
        yield from _inflate(stream, head)
        head = b""
    _check_whole(stream is None or stream.eof)


def _inflate(stream: zlib._Decompress, piece: bytes) -> Pieces:
    while True:
        unpacked = stream.decompress(piece, PIECE)
        if unpacked:
            yield unpacked
        piece = stream.unconsumed_tail
        if not piece and len(unpacked) < PIECE:
            return


def _brotli(pieces: Pieces) -> Pieces:
    stream, begun = brotli.Decompressor(), False
    for piece in pieces:
        begun = True
        if stream.is_finished():
            return
        yield stream.process(piece, output_buffer_limit=PIECE)
        while not stream.can_accept_more_data():
            yield stream.process(b"", output_buffer_limit=PIECE)
    _check_whole(not begun or stream.is_finished())


def _check_whole(whole: bool) -> None:
    if not whole:
        raise NotUnpackable("the answer was cut off")


UNPACK: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}
