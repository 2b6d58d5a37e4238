"""Servers that mean harm, or are merely broken: each costs one source one error, in bounded time.

Every case is a real socket. The names that resolve to bad addresses come from a resolver of the
test's own, which stands for the outside world.
"""

from __future__ import annotations

import gc
import gzip
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import brotli
import pytest

from feedbot.errors import Cancelled, FetchError, Gone, Refused
from feedbot.fetch import Fetcher
from feedbot.fetch.post import post
from feedbot.model import Page, Polling, Source, Validators
from tests.fetching import open_fetcher
from tests.wire import Answer, Slowly, Wire, redirect, reply

LIMIT = 1.0  # seconds for a whole request
SLACK = 1.0  # seconds that a busy machine may add
SIZE = 1_000_000  # bytes
POLLING = Polling(delay=timedelta(0), timeout=timedelta(seconds=LIMIT), max_size=SIZE, robots=False)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LATE = "no complete answer within 1 s"
LARGE = "larger than 1,000,000 bytes"
ENDED = "ended the connection"
CUT = "the answer was cut off"
NOT_COMPRESSED = "not compressed as it says"
PRIVATE = "not a public address"


def source(*urls: str, polling: Polling = POLLING) -> Source:
    return Source(name="krant", urls=urls, polling=polling)


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    with open_fetcher(tmp_path) as fetcher:
        yield fetcher


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """What is forgotten shows in the test that forgot it, as a warning, which is an error."""
    yield
    gc.collect()


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        yield site


def failure(fetcher: Fetcher, url: str, *named: str, limit: float = LIMIT) -> FetchError:
    """The error that a URL gives, in time, to a source that names these URLs, or else this one."""
    began = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, source=source(*(named or (url,))))
    assert time.monotonic() - began < limit + SLACK
    return caught.value


# --- what a server can answer -----------------------------------------------------------------


def bomb(compress: Callable[[bytes], bytes], end: Callable[[], bytes], megabytes: int) -> bytes:
    piece = bytes(1_000_000)
    return b"".join(compress(piece) for _ in range(megabytes)) + end()


@cache
def gzip_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return bomb(packer.compress, packer.flush, megabytes)


def brotli_bomb(megabytes: int) -> bytes:
    packer = brotli.Compressor(quality=5)
    return bomb(packer.process, packer.finish, megabytes)


def reset(first: bytes) -> Answer:
    """Says something, and then resets the connection."""

    def say(connection: socket.socket) -> None:
        connection.sendall(first)
        time.sleep(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return say


def says(first: bytes) -> Answer:
    """Says only that, and hangs up."""
    return Slowly(first, b"", times=0)


def packed(coding: str, body: bytes) -> bytes:
    return reply(body, f"Content-Encoding: {coding}")


@dataclass(frozen=True)
class Case:
    answer: Answer
    problem: str
    kind: type[FetchError] = FetchError


ANSWERS = {
    # --- without end ---
    "a status line without end": Case(Slowly(b"HTTP/1.1 200 ", b"x" * 9000), ""),
    "a header line without end": Case(Slowly(OK + b"X: ", b"x" * 9000), "a header is too long"),
    "headers without end": Case(Slowly(OK, b"X-More: of the same\r\n"), "more than 500 headers"),
    "a header by drips": Case(Slowly(OK + b"X: ", b"x", 0.1), LATE),
    "a status line by drips": Case(Slowly(b"HTTP/1.1 200 ", b"O", 0.1), LATE),
    "headers by drips": Case(Slowly(OK, b"X: y\r\n", 0.1), LATE),
    "100 Continue for ever": Case(Slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
    "silence": Case(Slowly(b"", b"", 0.1, 30), ""),
    "silence after the headers": Case(Slowly(OK + b"\r\n", b"", 0.1, 30), ""),
    "a body by drips": Case(Slowly(OK + b"\r\n", b"<p>", 0.1), LATE),
    "a body by drips, chunked": Case(Slowly(CHUNKED, b"1\r\nx\r\n", 0.1), LATE),
    "a packed body by drips": Case(
        Slowly(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 99)[:10], b"", 0.1), ""
    ),
    "a body without end": Case(Slowly(OK + b"\r\n", b"x" * 65536), LARGE),
    "a body without end, chunked": Case(
        Slowly(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), LARGE
    ),
    "a body without end of a known length": Case(
        Slowly(OK + b"Content-Length: 99999999999\r\n\r\n", b"x" * 65536), LARGE
    ),
    "a chunk size without end": Case(Slowly(CHUNKED, b"0" * 65536), ""),
    "a chunk extension without end": Case(Slowly(CHUNKED + b"5;", b"x" * 65536), ""),
    "empty packed chunks without end": Case(
        Slowly(
            OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"%x\r\n%b\r\n" % (len(gzip.compress(b"")), gzip.compress(b"")),
        ),
        LATE,
    ),
    "trailers without end": Case(Slowly(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n"), LATE),
    # --- packed ---
    "a hundred layers": Case(packed(", ".join(["gzip"] * 100), gzip.compress(b"x")), ""),
    # --- broken ---
    "nothing": Case(says(b""), ENDED),
    "half a status line": Case(says(b"HTTP/1.1 2"), ""),
    "half the headers": Case(says(OK), "is empty"),
    "another protocol": Case(says(b"SSH-2.0-OpenSSH_9.2p1\r\n"), ""),
    "a body without a head": Case(says(b"<html>\r\n<p>Hoi</p>\r\n\r\n"), ""),
    "a reset": Case(reset(b""), ENDED),
    "a reset in the headers": Case(reset(OK), ENDED),
    "a reset in the body": Case(reset(OK + b"\r\n<p>"), ENDED),
    "half the body": Case(says(OK + b"Content-Length: 100\r\n\r\n<p>Hoi"), CUT),
    "half a chunk": Case(says(CHUNKED + b"64\r\n<p>Hoi"), CUT),
    "no last chunk": Case(says(CHUNKED + b"3\r\n<p>\r\n"), CUT),
    "nonsense for a chunk size": Case(says(CHUNKED + b"veel\r\n<p>"), ""),
    "a negative chunk size": Case(says(CHUNKED + b"-5\r\n<p>\r\n0\r\n\r\n"), ""),
    "half a gzip": Case(packed("gzip", gzip.compress(bytes(range(256)) * 99)[:99]), CUT),
    "half a gzip to the end of the connection": Case(
        says(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(range(256)) * 9)[:99]),
        CUT,
    ),
    "half a brotli": Case(packed("br", brotli.compress(bytes(range(256)) * 99)[:99]), CUT),
    "gzip that is none": Case(packed("gzip", b"<p>Hoi</p>"), NOT_COMPRESSED),
    "brotli that is none": Case(packed("br", b"<p>Hoi</p>"), NOT_COMPRESSED),
    "deflate that is none": Case(packed("deflate", b"<p>Hoi</p>"), NOT_COMPRESSED),
    "a coding of its own": Case(packed("krant", b"<p>\x00\x01\x02"), "compressed as krant"),
    "zstd": Case(packed("zstd", b"(\xb5/\xfd\x04\x00\x19\x00\x00Hoi"), "compressed as zstd"),
    "an ETag of 100 kB": Case(reply("x", f'ETag: "{"x" * 100_000}"'), "a header is too long"),
    "no such status": Case(says(b"HTTP/1.1 1000 Wat\r\n\r\n"), ""),
    "status 0": Case(says(b"HTTP/1.1 000 Wat\r\n\r\n"), ""),
    "103 and no more": Case(says(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "the host ended the connection"),
    "103 without end": Case(Slowly(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), "no complete answer"),
    "204": Case(reply(status=204), "204 No Content"),
    "206": Case(reply("half", status=206), "206 Partial Content"),
    "300": Case(reply(status=300), "300 Multiple Choices"),
    "304 to no question": Case(reply(status=304), "304 to a request without conditions"),
    "410": Case(reply(status=410), "410 Gone", Gone),
    # --- of another kind ---
    "a PDF": Case(reply("%PDF-1.7", content_type="application/pdf"), "is application/pdf"),
    "a picture": Case(reply(b"\xff\xd8\xff", content_type="image/jpeg"), "is image/jpeg"),
    "a film": Case(Slowly(OK.replace(b"text/html", b"video/mp4") + b"\r\n", b"x" * 99999), "is video/mp4"),
    "bytes": Case(reply(b"\0", content_type="application/octet-stream"), "is application/octet"),
    "a type without end": Case(reply("", content_type="x/" + "y" * 9000), "is x/yyy"),
    # --- redirects ---
    "with a body without end": Case(
        Slowly(b"HTTP/1.1 302 Found\r\nLocation: file:x\r\n\r\n", b"x" * 65536),
        "redirects to file:",
        Refused,
    ),
    "to itself": Case(redirect(302, "/"), "more than 5 redirects"),
    "to ever more": Case(redirect(302, "?a"), "more than 5 redirects"),
    "to nowhere": Case(reply(status=302), "redirects to nowhere", Refused),
    "to a file": Case(redirect(302, "file:///etc/passwd"), "redirects to file:", Refused),
    "to a script": Case(redirect(301, "javascript:alert(1)"), "redirects to javascript", Refused),
    "to data": Case(redirect(302, "data:text/html,<p>Hoi"), "redirects to data:", Refused),
    "to FTP": Case(redirect(302, "ftp://127.0.0.1/x"), "redirects to ftp:", Refused),
    "to gopher": Case(redirect(302, "gopher://127.0.0.1:6379/_x"), "redirects to gopher", Refused),
    "to what is no address": Case(redirect(302, "http://[::1"), "no address"),
    "to no port": Case(redirect(302, "http://127.0.0.1:99999/"), "no http or https", Refused),
    "to no host": Case(redirect(302, "http:///x"), "", FetchError),
    "to an endless address": Case(redirect(302, "/" + "x" * 70_000), "a header is too long"),
    "to a line break": Case(says(b"HTTP/1.1 302 Found\r\nLocation: /a\r\n b\r\n\r\n"), ""),
}  # fmt: skip


# Packing them takes seconds, so it waits until a test asks for one.
BOMBS: dict[str, Callable[[], bytes]] = {
    "a gzip bomb": lambda: packed("gzip", gzip_bomb(200)),
    "a brotli bomb": lambda: packed("br", brotli_bomb(200)),
    "a deflate bomb": lambda: packed("deflate", zlib.compress(bytes(100_000_000), 9)),
    "a bomb without a word": lambda: reply(gzip_bomb(200)),
    "a bomb in a bomb": lambda: packed("gzip, gzip", gzip.compress(gzip_bomb(200))),
    "a bomb in brotli": lambda: packed("gzip, br", brotli.compress(gzip_bomb(200))),
}


@pytest.mark.parametrize("name", [*ANSWERS, *BOMBS])
def test_a_bad_answer_is_one_error_in_time(site: Wire, fetcher: Fetcher, name: str) -> None:
    case = ANSWERS[name] if name in ANSWERS else Case(BOMBS[name](), LARGE)
    site.answers |= {"/": case.answer, "/?a": case.answer}
    error = failure(fetcher, site.url + "/")
    assert isinstance(error, case.kind)
    assert case.problem in error.problem
    assert error.problem
    assert len(str(error)) < 500
    assert "\n" not in str(error)
    # And the next request, to a server that is well again, is well.
    site.answers["/"] = reply("goed")
    page = fetcher.fetch(site.url + "/", source=source(site.url))
    assert isinstance(page, Page)
    assert page.body == b"goed"


# urllib3 leaves the answer that it refuses to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_lengths_are_none(site: Wire, fetcher: Fetcher) -> None:
    site.answers["/"] = reply("<p>Hoi", "Content-Length: 6, 7")
    assert "Content-Length contained multiple" in failure(fetcher, site.url + "/").problem
    gc.collect()


GOOD: dict[str, tuple[Answer, bytes]] = {
    "gzip": (packed("gzip", gzip.compress(b"goed")), b"goed"),
    "gzip by another name": (packed("x-gzip", gzip.compress(b"goed")), b"goed"),
    "gzip in two members": (packed("gzip", gzip.compress(b"go") + gzip.compress(b"ed")), b"goed"),
    "gzip with rubbish behind": (packed("gzip", gzip.compress(b"goed") + bytes(9)), b"goed"),
    "deflate": (packed("deflate", zlib.compress(b"goed")), b"goed"),
    "bare deflate": (packed("deflate", zlib.compress(b"goed", wbits=-15)), b"goed"),
    "brotli": (packed("br", brotli.compress(b"goed")), b"goed"),
    "identity": (packed("identity", b"goed"), b"goed"),
    "a coding called none": (packed("none", b"goed"), b"goed"),
    "a charset for a coding": (packed("UTF-8", b"goed \xc3\xab"), b"goed \xc3\xab"),
    "gzip without a word": (reply(gzip.compress(b"goed")), b"goed"),
    "a file of gzip": (reply(gzip.compress(b"<rss>"), content_type="application/gzip"), b"<rss>"),
    "gzip in gzip, without a word": (packed("gzip", gzip.compress(gzip.compress(b"goed"))), b"goed"),
    "a type that is none": (reply("<p>goed", content_type="html"), b"<p>goed"),
    "none over gzip": (packed("gzip, none", gzip.compress(b"goed")), b"goed"),
    "203": (reply("goed", status=203), b"goed"),
    "400 header lines": (reply("goed", *[f"X-{n}: y" for n in range(400)]), b"goed"),
    "packed twice": (packed("gzip, br", brotli.compress(gzip.compress(b"goed"))), b"goed"),
    "packed, by drips": (
        Slowly(OK + b"Content-Encoding: br\r\n\r\n" + brotli.compress(b"goed"), b"", times=0), b"goed",
    ),
    "chunked": (says(CHUNKED + b"2;x=y\r\ngo\r\n2\r\ned\r\n0\r\nX: y\r\n\r\n"), b"goed"),
    "to the end of the connection": (says(OK + b"\r\ngoed"), b"goed"),
    "HTTP/1.0": (says(b"HTTP/1.0 200 OK\r\n\r\ngoed"), b"goed"),
    "no type": (reply("goed", "Content-Type:"), b"goed"),
    "a type twice": (reply("goed", content_type="text/html, text/html"), b"goed"),
    "100 Continue first": (says(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\ngoed"), b"goed"),
    "103 Early Hints first": (
        says(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK + b"\r\ngoed"), b"goed"
    ),
    "a redirect with blanks around it": (redirect(302, "  /goed \t"), b"goed"),
    "a redirect with backslashes": (redirect(302, "\\goed?a"), b"goed"),
    "a length that is too short": (says(OK + b"Content-Length: 4\r\n\r\ngoed en meer"), b"goed"),
    "as large as may be": (reply(b"x" * SIZE), b"x" * SIZE),
    "an ETag of 60 kB": (reply("goed", f'ETag: "{"x" * 60_000}"'), b"goed"),
    "cookies": (reply("goed", *[f"Set-Cookie: c{n}={'x' * 4000}" for n in range(40)]), b"goed"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_an_odd_answer_is_read_as_it_was_meant(site: Wire, fetcher: Fetcher, name: str) -> None:
    site.answers["/"], body = GOOD[name]
    site.answers |= {"/goed": reply("goed"), "/goed?a": reply("goed")}
    page = fetcher.fetch(site.url + "/", source=source(site.url))
    assert isinstance(page, Page)
    assert page.body == body
    assert page.validators == Validators()


# --- addresses --------------------------------------------------------------------------------

BLOCKED = [
    "127.0.0.2", "localhost", "127.1", "2130706434", "0x7f000002", "0x7f.2", "0177.0.0.2", "127.0.2",
    "0.0.0.0", "0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]", "[2002:7f00:1::1]", "[2001:0:1:2:3:4:5:6]", "[2001:db8::1]", "[fe80::1]",
    "[fe80::1%25lo]", "[fec0::1]", "[fd00::1]", "[ff02::1]", "[0:0:0:0:0:0:0:1]",
    "１２７.0.0.2", "①②⑦.⓪.⓪.②", "LOCALHOST", "localhost.", "127.0.0.2.",
]  # fmt: skip


@pytest.mark.parametrize("host", BLOCKED)
def test_no_private_address_is_reached_however_it_is_written(
    fetcher: Fetcher, site: Wire, host: str
) -> None:
    site.answers["/"] = redirect(302, f"http://{host}:{site.port}/binnen")
    site.answers["/binnen"] = reply("geheim")
    for url in (f"http://{host}:{site.port}/binnen", site.url + "/"):
        error = failure(fetcher, url, site.url)
        assert "geheim" not in str(error)
    assert "/binnen" not in site.paths()


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost", "[::1]", "10.0.0.1"])
def test_a_private_address_is_refused_with_the_reason(fetcher: Fetcher, host: str) -> None:
    error = failure(fetcher, f"http://{host}/", "https://nieuws.example/")
    assert isinstance(error, Refused)
    assert PRIVATE in error.problem


def test_a_private_address_is_read_where_the_source_names_it(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = redirect(302, f"http://localhost:{site.port}/binnen")
    site.answers["/binnen"] = reply("goed")
    both = source(site.url, f"http://localhost:{site.port}/sport")
    assert fetcher.fetch(site.url + "/", source=both).url.endswith("/binnen")


def test_no_source_reaches_the_private_address_of_another(fetcher: Fetcher, site: Wire) -> None:
    with Wire() as inside:
        inside.answers["/"] = reply("geheim")
        site.answers["/weg"] = redirect(302, inside.url + "/")
        for url in (site.url + "/weg", inside.url + "/"):
            error = failure(fetcher, url, site.url + "/nieuws")
            assert isinstance(error, Refused)
            assert PRIVATE in error.problem
        # Nor over the connection that is kept for the source which may go there.
        assert isinstance(fetcher.fetch(inside.url + "/", source=source(inside.url)), Page)
        assert isinstance(failure(fetcher, inside.url + "/", site.url), Refused)
        assert isinstance(fetcher.fetch(inside.url + "/", source=source(inside.url)), Page)
        assert len(inside.requests) == 2


def test_an_address_of_version_six_is_read_where_it_is_named(fetcher: Fetcher) -> None:
    try:
        six = Wire("::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with six as site:
        site.answers["/"] = reply("goed")
        assert isinstance(fetcher.fetch(site.url + "/", source=source(site.url)), Page)


# --- names ------------------------------------------------------------------------------------

PUBLIC = "2a00:dead:beef::1"  # public in form, and routed nowhere


class Resolver:
    """Stands for the outside world: names to addresses; the last answer is given for ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []
        self.hangs = threading.Event()
        self._real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self)

    def __call__(self, host: str, port: int, *args: object, **kwargs: object) -> list[object]:
        self.asked.append(host)
        if host == "hangt.example":
            self.hangs.wait(20)
        host = host.rstrip(".")
        if host not in self.names:
            return self._real(host, port, *args, **kwargs)  # type: ignore[arg-type, return-value]
        answers = self.names[host]
        found: list[object] = []
        for address in answers.pop(0) if len(answers) > 1 else answers[0]:
            found += self._real(address, port, type=socket.SOCK_STREAM)
        return found


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    resolver = Resolver(monkeypatch)
    yield resolver
    resolver.hangs.set()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::7", "fe80::7", "0.0.0.0"],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(
    fetcher: Fetcher, site: Wire, resolver: Resolver, address: str
) -> None:
    resolver.names["nieuws.example"] = [[address]]
    error = failure(fetcher, f"http://nieuws.example:{site.port}/", "http://nieuws.example/")
    assert isinstance(error, Refused)
    assert PRIVATE in error.problem
    assert site.requests == []


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(
    fetcher: Fetcher, site: Wire, resolver: Resolver
) -> None:
    resolver.names["nieuws.example"] = [[PUBLIC], ["127.0.0.1"]]
    failure(fetcher, f"http://nieuws.example:{site.port}/", site.url)
    assert resolver.asked == ["nieuws.example"]
    assert site.requests == []
    # The second time it leads inside, and is refused.
    assert PRIVATE in failure(fetcher, f"http://nieuws.example:{site.port}/", site.url).problem
    assert site.requests == []


def test_of_mixed_addresses_only_public_ones_are_tried(
    fetcher: Fetcher, site: Wire, resolver: Resolver
) -> None:
    resolver.names["nieuws.example"] = [["127.0.0.1", PUBLIC, "::1"]]
    assert PRIVATE not in failure(fetcher, f"http://nieuws.example:{site.port}/", site.url).problem
    assert site.requests == []


@pytest.mark.parametrize("spelt", ["intranet.example", "Intranet.Example.", "büro.example"])
def test_a_named_host_may_be_inside(
    fetcher: Fetcher, site: Wire, resolver: Resolver, spelt: str
) -> None:
    resolver.names = {"intranet.example": [["127.0.0.1"]], "xn--bro-hoa.example": [["127.0.0.1"]]}
    site.answers["/"] = reply("goed")
    named = source(f"http://{spelt.lower().rstrip('.')}:{site.port}/nieuws")
    assert isinstance(fetcher.fetch(f"http://{spelt}:{site.port}/", source=named), Page)


def test_the_next_address_is_tried_where_one_is_dead(
    fetcher: Fetcher, site: Wire, resolver: Resolver
) -> None:
    resolver.names["intranet.example"] = [["127.0.0.3", "::1", "127.0.0.1"]]
    site.answers["/"] = reply("goed")
    url = f"http://intranet.example:{site.port}/"
    assert isinstance(fetcher.fetch(url, source=source(url)), Page)


def test_a_name_without_an_address(fetcher: Fetcher) -> None:
    assert "has no address" in failure(fetcher, "http://niets.invalid/", limit=20).problem


def test_a_look_up_that_hangs_is_given_up(fetcher: Fetcher, resolver: Resolver) -> None:
    assert LATE in failure(fetcher, "http://hangt.example/").problem


@pytest.fixture
def full() -> Iterator[int]:
    """The port of a listener whose queue is full: connecting to it takes for ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        time.sleep(0.1)
        yield port
        for caller in callers:
            caller.close()


def test_many_addresses_that_do_not_answer_share_one_time_limit(
    fetcher: Fetcher, resolver: Resolver, full: int
) -> None:
    resolver.names["intranet.example"] = [["127.0.0.1"] * 50]
    assert LATE in failure(fetcher, f"http://intranet.example:{full}/").problem


@pytest.mark.parametrize("where", ["name", "connect", "headers", "body", "pause", "turn"])
def test_whatever_is_waited_for_ends_at_once_when_feedbot_stops(
    fetcher: Fetcher, site: Wire, resolver: Resolver, full: int, where: str
) -> None:
    site.answers |= {
        "/headers": Slowly(OK, b"X: y\r\n", 0.1),
        "/body": Slowly(OK + b"\r\n", b"x", 0.1),
        "/": reply("goed"),
    }
    urls = {"name": "http://hangt.example/", "connect": f"http://127.0.0.1:{full}/"}
    url = urls.get(where, f"{site.url}/{where if where in ('headers', 'body') else ''}")
    patient = Polling(delay=timedelta(seconds=20), timeout=timedelta(seconds=20), robots=False)
    caught: list[FetchError] = []

    def fetch() -> None:
        try:
            fetcher.fetch(url, source=source(url, polling=patient))
        except FetchError as error:
            caught.append(error)

    if where in ("pause", "turn"):
        fetcher.fetch(url, source=source(url, polling=patient))
    threads = [threading.Thread(target=fetch) for _ in range(2 if where == "turn" else 1)]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    began = time.monotonic()
    fetcher.stop()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < SLACK
    assert [type(error) for error in caught] == [Cancelled] * len(threads)


# --- TLS --------------------------------------------------------------------------------------


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=127.0.0.1"
    subprocess.run(
        [*command.split(), "-keyout", key, "-out", cert], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def test_a_certificate_of_its_own_is_not_believed(
    fetcher: Fetcher, self_signed: ssl.SSLContext
) -> None:
    with Wire(tls=self_signed) as site:
        site.answers["/"] = reply("geheim")
        assert "certificate is not valid" in failure(fetcher, site.url + "/").problem
        assert site.requests == []


def test_what_is_no_tls(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = reply("geheim")
    url = site.url.replace("http:", "https:")
    assert "no secure connection" in failure(fetcher, url + "/").problem


@pytest.mark.parametrize("piece", [b"", b"\x16"])
def test_a_greeting_of_tls_that_never_ends(fetcher: Fetcher, piece: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    Slowly(b"", piece, 0.1, times=15)(connection)
                except OSError:
                    pass

        thread = threading.Thread(target=greet)
        thread.start()
        failure(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()


def test_tls_to_a_server_that_speaks_none_and_back(
    fetcher: Fetcher, self_signed: ssl.SSLContext
) -> None:
    with Wire(tls=self_signed) as site:
        failure(fetcher, site.url.replace("https:", "http:") + "/")
        assert site.requests == []


# --- secrets ----------------------------------------------------------------------------------

LEAKS = ["/", "/weg", "/lus", "/type", "/groot", "/half", "/dicht"]


@pytest.mark.parametrize("path", LEAKS)
def test_no_error_tells_a_secret_of_its_url(site: Wire, fetcher: Fetcher, path: str) -> None:
    secret = (
        f"http://gebruiker:GEHEIM1@127.0.0.1:{site.port}{path}?x=1&token=GEHEIM2&api_key=GEHEIM3"
    )
    query = secret.partition("?")[2]
    site.answers |= {
        f"/?{query}": reply(status=500),
        f"/weg?{query}": redirect(302, f"ftp://u:GEHEIM1@elders.example/?{query}"),
        f"/lus?{query}": redirect(302, f"/lus?{query}"),
        f"/type?{query}": reply(content_type="image/png"),
        f"/groot?{query}": reply(b"x" * (SIZE + 1)),
        f"/half?{query}": says(OK + b"Content-Length: 9\r\n\r\n"),
        f"/dicht?{query}": says(b""),
    }
    error = failure(fetcher, secret)
    assert "GEHEIM" not in str(error)
    assert "GEHEIM" not in error.url
    assert "x=1" in error.url
    assert site.requests[0].headers["authorization"].startswith("Basic ")


def test_a_page_does_not_carry_the_password_on(site: Wire, fetcher: Fetcher) -> None:
    site.answers["/"] = reply("goed")
    url = f"http://gebruiker:GEHEIM@127.0.0.1:{site.port}/"
    page = fetcher.fetch(url, source=source(url))
    assert isinstance(page, Page)
    assert (page.url, page.requested) == (site.url + "/", site.url + "/")


def test_no_password_goes_to_another_host(site: Wire, fetcher: Fetcher) -> None:
    with Wire() as other:
        other.answers["/"] = reply("goed")
        site.answers["/"] = redirect(302, other.url + "/")
        secret = f"http://gebruiker:GEHEIM@127.0.0.1:{site.port}/"
        fetcher.fetch(secret, source=source(secret, other.url))
        assert "authorization" in site.requests[0].headers
        assert "authorization" not in other.requests[0].headers
        assert "referer" not in other.requests[0].headers


# --- and on and on ----------------------------------------------------------------------------


def test_a_thousand_hosts_leave_no_files_open(
    fetcher: Fetcher, site: Wire, resolver: Resolver
) -> None:
    names = [f"s{number}.example" for number in range(300)]
    resolver.names = {name: [["127.0.0.1"]] for name in names}
    site.answers["/"] = reply("goed")
    for name in names:
        url = f"http://{name}:{site.port}/"
        fetcher.fetch(url, source=source(url))
    # Both ends of a connection are in this process, and feedbot holds each of its own twice.
    assert len(list(Path("/proc/self/fd").iterdir())) < 64 * 3 + 60
    assert len(fetcher._hosts) <= 65


def test_the_answer_of_a_webhook_is_not_read_however_long_it_is() -> None:
    sent = 0

    def endless(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(OK + b"\r\n")
        while sent < 200_000_000:
            sent += connection.send(bytes(1_000_000))

    with Wire() as site:
        site.answers["/hook"] = endless
        post(f"{site.url}/hook", json={})
    assert sent < 50_000_000


def test_user_and_password_of_a_source_hold_for_its_server_and_nowhere_else(
    fetcher: Fetcher,
) -> None:
    with Wire() as site, Wire() as other:
        site.answers |= {"/nieuws": reply("goed"), "/weg": redirect(302, f"{other.url}/elders")}
        other.answers |= {"/elders": redirect(302, f"{site.url}/nieuws")}
        named = site.url.replace("://", "://jan:geheim@")
        mine = source(f"{named}/", f"{other.url}/")
        for path in ("/nieuws", "/weg"):
            fetcher.fetch(site.url + path, source=mine)
        told = {one.headers.get("authorization") for one in site.requests}
        assert told == {"Basic amFuOmdlaGVpbQ=="}
        assert not any("authorization" in one.headers for one in other.requests)
        assert other.requests
