"""Chromium, asked what the table of encodings says that it shows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedbot.web.charset import encoding_of, text_in
from tests.browser import Browser, browse
from tests.encodings import SENT

TEXT = """Array.from((document.querySelector("p") ?? document.body).textContent)
    .map(sign => sign.codePointAt(0))"""
ONE_BYTE = (
    "ibm866 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8"
    " iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh"
    " windows-874 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255"
    " windows-1256 windows-1257 windows-1258 x-mac-cyrillic x-user-defined"
).split()
TWO_BYTES = ("gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr")
TABLE = """(() => {{
  const read = bytes => new TextDecoder("{label}").decode(new Uint8Array(bytes));
  const signs = text => Array.from(text).map(sign => sign.codePointAt(0));
  const found = [];
  for (let one = 0x80; one < 256; one++) {body}
  return found;
}})()"""


class Pages(BaseHTTPRequestHandler):
    """Answers /0, /1 … with the pages of the table."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        sent = SENT[int(name)] if name.isdecimal() else None
        self.send_response(200 if sent else 404)
        self.send_header("Content-Type", sent.content_type if sent else "text/plain")
        self.send_header("Content-Length", str(len(sent.body) if sent else 0))
        self.end_headers()
        self.wfile.write(sent.body if sent else b"")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browse(Path(tmp_path_factory.mktemp("chromium"))) as tab:
        yield tab


def test_the_table_says_what_chromium_shows(browser: Browser) -> None:
    shown = []
    with serving() as home:
        for number in range(len(SENT)):
            browser.open(f"{home}/{number}")
            shown.append("".join(map(chr, browser.run(TEXT))))
    assert shown == [sent.shown for sent in SENT]


@pytest.mark.parametrize("label", ONE_BYTE)
def test_every_byte_is_read_as_by_chromium(browser: Browser, label: str) -> None:
    browser.open("about:blank")
    theirs = browser.run(TABLE.format(label=label, body="found.push(signs(read([one])))"))
    ours = [text_in(bytes([one]), encoding_of(label)) for one in range(0x80, 256)]
    assert ours == ["".join(map(chr, signs)) for signs in theirs]


@pytest.mark.parametrize("label", TWO_BYTES)
def test_every_pair_of_bytes_is_read_as_by_chromium(browser: Browser, label: str) -> None:
    """Where it reads a pair as one character."""
    browser.open("about:blank")
    body = (
        "for (let two = 0x40; two < 255; two++) found.push([one, two, ...signs(read([one, two]))])"
    )
    wrong = [
        (hex(one), hex(two), chr(sign))
        for one, two, sign, *rest in browser.run(TABLE.format(label=label, body=body))
        if not rest and sign != 0xFFFD
        if text_in(bytes([one, two]), encoding_of(label)) != chr(sign)
    ]
    assert wrong == []
