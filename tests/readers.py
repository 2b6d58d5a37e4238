"""Feed readers that others wrote, each subscribed to one feed: what it has after every update."""

from __future__ import annotations

import html
import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import feedparser
import feedparser_sgmllib
import pytest
import requests

# The library asks for a module that left Python with version 2; feedparser brings one of its own.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)
import reader as lemon  # noqa: E402

RUBY = """
require "json"; require "rss"
feed = RSS::Parser.parse($stdin.read, true)  # true: whatever RFC 4287 forbids is an error
puts JSON.generate(feed.entries.map { |e|
  link = e.links.find { |l| l.rel == "alternate" }
  [e.id.content, link.href, e.title.content, e.content.content] })
"""
RUBY_RSS = """
require "json"; require "rss"
feed = RSS::Parser.parse($stdin.read, true)  # true: whatever RSS 2.0 forbids is an error
puts JSON.generate(feed.items.map { |i| [i.guid.content, i.link, i.title, i.content_encoded] })
"""
PERL = """
use XML::Feed; use JSON::PP; use utf8;
$XML::Atom::ForceUnicode = 1; local $/; my $text = <STDIN>;
my $feed = XML::Feed->parse(\\$text) or die XML::Feed->errstr;
print encode_json([map { [$_->id, $_->link, $_->title, $_->content->body] } $feed->entries]);
"""


@dataclass(frozen=True)
class Seen:
    """An entry as a reader shows it."""

    id: str
    link: str
    title: str
    html: str


class Reader(Protocol):
    """Something that is subscribed to a feed."""

    def __init__(self, url: str, home: Path) -> None: ...

    def update(self) -> list[Seen]:
        """Asks for what is new; all entries that are known then."""


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def piped(command: list[str], url: str) -> str:
    text = requests.get(url, timeout=10).content
    done = subprocess.run(command, input=text, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


class Newsboat:
    """A reader for the terminal, in C++, with a cache of its own."""

    def __init__(self, url: str, home: Path) -> None:
        self._home = home
        self._command = [program("newsboat"), "-q", "-u", "urls", "-c", "cache", "-C", "config"]
        (home / "urls").write_text(url + "\n")
        (home / "config").write_text("reload-threads 1\n")

    def update(self) -> list[Seen]:
        subprocess.run(
            [*self._command, "-x", "reload"], cwd=self._home, check=True, timeout=60,
            env={"HOME": str(self._home), "LANG": "C.UTF-8", "TERM": "dumb"},
        )  # fmt: skip
        with sqlite3.connect(self._home / "cache") as cache:
            rows = cache.execute("SELECT guid, url, title, content FROM rss_item WHERE deleted = 0")
            return [Seen(*row) for row in rows]


class LemonReader:
    """The library `reader`, in Python, with a store of its own."""

    def __init__(self, url: str, home: Path) -> None:
        self._home, self._url = home, url

    def update(self) -> list[Seen]:
        with lemon.make_reader(str(self._home / "reader.db")) as known:
            known.add_feed(self._url, exist_ok=True)
            for one in known.update_feeds_iter(scheduled=False):
                assert not isinstance(one.value, Exception), one.value
            return [
                Seen(one.id, one.link or "", one.title or "", one.content[0].value)
                for one in known.get_entries()
            ]


class Feedparser:
    """The parser that most readers in Python are built on."""

    def __init__(self, url: str, home: Path) -> None:
        self._url = url

    def update(self) -> list[Seen]:
        feed = feedparser.parse(requests.get(self._url, timeout=10).content)
        assert not feed.bozo, feed.bozo_exception
        return [Seen(one.id, one.link, one.title, one.content[0].value) for one in feed.entries]


class RubyRss:
    """Ruby's own parser, which refuses what RFC 4287 or RSS 2.0 forbids."""

    def __init__(self, url: str, home: Path) -> None:
        script = RUBY_RSS if url.endswith(".rss") else RUBY
        self._url, self._command = url, [program("ruby"), "-e", script]

    def update(self) -> list[Seen]:
        return [Seen(*one) for one in json.loads(piped(self._command, self._url))]


class PerlFeed:
    """Perl's XML::Feed."""

    def __init__(self, url: str, home: Path) -> None:
        self._url, self._command = url, [program("perl"), "-e", PERL]
        if subprocess.run(["perl", "-MXML::Feed", "-e1"], stderr=-3, check=False).returncode:
            pytest.skip("libxml-feed-perl is not installed")

    def update(self) -> list[Seen]:
        return [Seen(*one) for one in json.loads(piped(self._command, self._url))]


class Sfeed:
    """A parser in C that knows no XML library: time, title, link, content, type, id and more."""

    ESCAPES = (("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\"))

    def __init__(self, url: str, home: Path) -> None:
        self._url, self._command = url, [program("sfeed")]

    def update(self) -> list[Seen]:
        found = []
        for line in piped(self._command, self._url).strip("\n").split("\n"):
            _, title, link, content, kind, id_, *_ = line.split("\t")
            for escaped, character in self.ESCAPES:
                content = content.replace(escaped, character)
            assert kind == "html"
            found.append(Seen(id_, link, html.unescape(title), content))
        return found


READERS: tuple[type[Reader], ...] = (
    Newsboat, LemonReader, Feedparser, RubyRss, PerlFeed, Sfeed,
)  # fmt: skip
