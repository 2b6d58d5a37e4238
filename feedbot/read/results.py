"""What reading pages takes and gives: small records that one process sends to another."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import NotAnArticle, ReadError
from ..model import Article, Evidence, Fingerprint, Link, Page, PageText
from .site_model import Lesson, SiteModel

Problem = NotAnArticle | ReadError
FORM = 1  # of what reading gives; raised when articles gain a form, and read once more for it
# Why a page is not an article: what it says, too, while the article does not stand on it yet.
SHELL = "an empty shell; its text comes by script"
NO_TEXT = "no text of an article"
UNDATED = "a page without date and type, where the articles of the site have a date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """What one page of a listing says.

    lesson   what it teaches about the site; None where it is made for machines
    older    where it goes on, further back; "" if nowhere
    others   what is to be read because it says nothing itself
    reason   what it is instead where it lists nothing, and what would help: "a consent wall"; ""
             where it lists something
    left     the links that do not lead to articles, those first that look most like it, and why
    sponsored  how many of those are advertisements
    api      where an API lists the same with whole texts; "" if no such is announced
    """

    links: tuple[Link, ...]
    api: str = ""
    lesson: Lesson | None = None
    older: str = ""
    others: tuple[str, ...] = ()
    reason: str = ""
    left: tuple[Link, ...] = ()
    sponsored: int = 0


class Lead(NamedTuple):
    """Another page of a site, or a feed, that may list articles.

    label      what the site calls it; "" for a feed
    says_news  whether its name or its address says that it lists the news
    """

    url: str
    label: str = ""
    says_news: bool = False
    is_feed: bool = False


class Overview(NamedTuple):
    """What a page says of its site, for somebody who wants to configure it.

    name, language   as the site declares them; "" if it does not
    leads            what else may list articles: feeds first, then what says that it lists news
    """

    listed: ListingPage
    name: str
    language: str
    leads: tuple[Lead, ...]


class Fetched(NamedTuple):
    """A page, the link that led to it, and a hash of the words that were read there last.

    parts   the pages on which its article goes on, in order
    """

    page: Page
    link: Link | None
    words: bytes | None = None
    parts: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What a page turned out to be: an article with its fingerprint and topics, or an error.

    topics   the evidence for each topic that it belongs to, by slug; None where its words are
             known already
    text     all that the page says; None where its words are known and were found at once
    beside   the same without the article; None likewise
    undeclared   whether the page shows no date, and declares neither author nor type
    onward   the URLs at which the article goes on, the best first: its single-page view, its next
             part; () where it ends
    is_shell whether the text may be what stands beside an article that comes by script
    """

    article: Article | None = None
    fingerprint: Fingerprint | None = None
    topics: Mapping[str, tuple[Evidence, ...]] | None = None
    text: PageText | None = None
    beside: PageText | None = None
    undeclared: bool = False
    onward: tuple[str, ...] = ()
    is_shell: bool = False
    error: NotAnArticle | ReadError | None = None


class ReadBlock(NamedTuple):
    """A block of a page, as its readers see it; `reason` says why it was cut, "" if it is kept."""

    text: str
    reason: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What is known of a site after a visit; `trace` is the traceback of a bug in learning it."""

    site: SiteModel
    trace: str = ""


# The listings of a visit: what each page taught, nothing if it is made for machines; and its links.
Taught = Sequence[tuple[Lesson | None, Sequence[Link]]]


def words_hash(fingerprint: Fingerprint) -> bytes:
    """A hash of what a page said, headline included."""
    return fingerprint.content + fingerprint.title


def bug(url: str, error: Exception) -> ReadError:
    """The report of a bug that a page has met, with its traceback."""
    what = f"a bug in feedbot ({type(error).__name__}); its log has more"
    return ReadError(url, what, trace_of(error))


def trace_of(error: Exception) -> str:
    """The traceback of a bug, as text."""
    return "".join(traceback.format_exception(error))
