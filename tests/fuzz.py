"""Pages, listings, robots.txt, headers and addresses that nobody would write:
`python -m tests.fuzz [CASES]`, or `make fuzz`.

Whatever the bytes, the result is an article, links or a deliberate error, in bounded time. With
atheris the cases that reach new code are kept and mutated further; without it they are mutated at
random. Real pages are mutated where ../shared/data is to be had, else the project's own.
An input that fails is kept in a temporary folder, whose name is printed.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.markups import MARKUPS, shots

atheris = None
if __name__ == "__main__":  # the tests that import this module need no guide
    with suppress(ImportError):  # it has wheels for few versions of Python
        import atheris

# What a case reaches is known of modules only that are imported so.
with atheris.instrument_imports(include=["feedbot"]) if atheris else nullcontext():
    from feedbot.errors import FeedbotError
    from feedbot.fetch.headers import conditions, fresh_until, is_opaque, retry_at, validators_of
    from feedbot.fetch.robots import read_robots
    from feedbot.model import Link, Page, Select, Source
    from feedbot.read.discover.links import discover
    from feedbot.read.discover.onward import next_page, sections
    from feedbot.read.extract import extract, learn, stands, teach
    from feedbot.read.feeds import advertised, read_announced
    from feedbot.read.site_model import SiteModel
    from feedbot.stories.fingerprint import fingerprint_of
    from feedbot.web.document import parse
    from feedbot.web.sanitise import absolute_urls, sanitise
    from feedbot.web.urls import canonical, host_of, join, parts_of, redact, same_site, url_key

DATA = Path(__file__).parents[2] / "shared" / "data"
CASES = 100_000
LARGEST = 20_000  # bytes of a page that is mutated
KEPT = 400  # pages that are mutated
SLOW = 3.0  # seconds of processor time that no case of this size may take
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://krant.example/nieuws/een-bericht"
SOURCES = (
    Source(name="krant", urls=(URL,), timezone="Europe/Amsterdam", language="nl"),
    Source(
        name="krant",
        urls=(URL,),
        select=Select(body="article, main", title="h1", published="time", drop=("aside",)),
    ),
)
TYPES = (
    *("text/html", "text/html; charset=utf-8", "text/html; charset=shift_jis", "application/xml"),
    *("text/html; charset=base64", "text/xml; charset=idna", "application/feed+json", ""),
)

# What sites have been seen to send, and what parsers have been seen to stumble over.
TOKENS: tuple[bytes, ...] = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *("https://[cdn]/x.jpg", "http://[x]", "//a:99999/", "https://a:poort/", "http://[v1.x]/"),
        *("\x00", "\ud800", "\ufffe", "\u202e", "\xad", "é", "北京市", "\U0001f600", "&#55296;"),
        *("&#x110000;", "&#0;", "&" + "#9" * 9, "&#" + "1" * 5000 + ";", "&amp;", "&lt;!--"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<?xml ", "?>", "<!DOCTYPE html [", "</"),
        *("<base href='http://[x]'>", "<meta charset=base64>", "<meta charset=utf-16>"),
        *("<template>", "<svg>", "<math>", "<plaintext>", "<button>", "<table><tr>", "<select>"),
        *("<p>", "<div>", "<br>", "<h1>", "<h3>Lees ook</h3>", "<article>", "<a href='/a/b'>"),
        *("<form>", "<time datetime='0000-00-00'>", "<figcaption>", "<blockquote>", "<li>"),
        *(
            "0000-00-00T00:00:00Z",
            "9999-12-31T23:59:59-14:00",
            "2026-02-30",
            "99:99",
            "31 juni 2026",
        ),
        *(
            "4 uur geleden",
            "999 jaar geleden",
            "Mon, 00 Jan 0000 00:00:00 GMT",
            "00010101",
            "1" * 13,
        ),
        *("MOSKOU (ANP/AFP) - ", "Aa (a-a-a-a-a-a-a-a-a", "door Jan van der ", "² ", "٣", "½"),
        *(
            '<script type="application/ld+json">',
            "</script>",
            '{"@graph":[',
            '"@type":"NewsArticle"',
        ),
        *(
            '"datePublished":',
            '"image":{"url":"https://[x]"}',
            '"author":[[[',
            "NaN",
            "1e999",
            "null",
        ),
        *('"\\ud800"', "[" * 2000, "{" * 50, '"' * 9, "\\", "true", '"articleBody":5', "[[]]"),
        *(
            "<link rel=canonical href=",
            "<rss><channel>",
            "<item>",
            "<link>",
            "<pubDate>",
            "<urlset>",
        ),
        *(
            "<url><loc>",
            "<lastmod>",
            "<sitemapindex>",
            '{"version":"https://jsonfeed.org/version/1"',
        ),
        *(
            "User-agent: *\n",
            "Disallow: /*a*a*$\n",
            "Crawl-delay: nan\n",
            "Allow: /%\n",
            "Sitemap: ",
        ),
        *("Retry-After: ²\n", "Cache-Control: max-age=" + "9" * 30, "Expires: -1", "ETag: \x80"),
    )
)


@dataclass
class Tried:
    """How many cases were tried, and where those that failed are kept."""

    wanted: int
    done: int = 0
    failed: int = 0
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="feedbot-fuzz-")))

    def __call__(self, case: bytes) -> None:
        """Tries one case; what fails is kept and told."""
        self.done += 1
        begun = time.process_time()
        try:
            attempt(case)
            if (spent := time.process_time() - begun) > SLOW:
                raise TimeoutError(f"{spent:.1f} s for {len(case):,} bytes")
        except Exception:
            self.failed += 1
            kept = self.folder / f"case-{self.done}"
            kept.write_bytes(case)
            print(f"FAILED {kept}\n{traceback.format_exc(limit=-6)}", flush=True)
        if self.done % 5000 == 0 or self.done == self.wanted:
            print(f"{self.done:,} cases, {self.failed} failed", flush=True)


def attempt(case: bytes) -> None:
    """Reads a case as what its first byte says; raises what should not be raised."""
    kind, variant, body = case[:1] or b"\0", case[1:2] or b"\0", case[2:]
    read = READERS[kind[0] % len(READERS)]
    try:
        read(body, variant[0])
    except FeedbotError:
        pass


# --- what is read -----------------------------------------------------------------------------


def read_page(body: bytes, variant: int) -> None:
    """All that a visit does with the page of an article."""
    source = SOURCES[variant & 1]
    document = parse(_page(body, variant))
    site = learn(SiteModel(), [(document, [Link(url=URL, title="Een bericht")])], [document])
    link = Link(url=URL, title="Een bericht van vandaag") if variant & 2 else None
    article = extract(document, source, site, link)
    site = teach(site, document, source, link, article)
    stands(site, document, source, link, article)
    fingerprint_of(article)
    text = json.dumps(asdict(article), default=str, ensure_ascii=False)
    text.encode()  # it can be stored
    assert sanitise(article.html, URL) == article.html


def read_listing(body: bytes, variant: int) -> None:
    """All that a visit does with a listing."""
    page = _page(body, variant)
    announced = read_announced(page, SOURCES[0])
    if announced is None:
        document = parse(page)
        found = discover(document, SOURCES[0])
        sections(document, found)
        next_page(document)
        advertised(document)
    else:
        found = list(announced.links)
    "\n".join(part for link in found for part in (link.url, link.title, link.teaser)).encode()


def read_rules(body: bytes, variant: int) -> None:
    """A robots.txt."""
    robots = read_robots(body)
    assert 0 <= robots.crawl_delay <= 60
    for url in (URL, body[:200].decode("latin-1")):
        robots.allows(url)


def read_headers(body: bytes, variant: int) -> None:
    """The headers of an answer."""
    lines = body.decode("latin-1").splitlines()
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    for name in ("Retry-After", "Expires", "Age", "Cache-Control"):
        headers.setdefault(name, body[:100].decode("latin-1"))
    retry_at(headers, NOW)
    fresh_until(headers, NOW)
    conditions(validators_of(headers))
    is_opaque(headers.get("Content-Type", ""))


def read_urls(body: bytes, variant: int) -> None:
    """An address."""
    text = body.decode("utf-8", "surrogatepass" if _is_text(body) else "replace")
    for function in (canonical, host_of, parts_of, redact):
        function(text)
    same_site(text, URL)
    absolute_urls(text, URL)
    join(text, "a")
    for url in (url_key(text), join(URL, text), url_key(join(URL, text))):
        url.encode()


READERS: Sequence[Callable[[bytes, int], None]] = (
    *(read_page, read_page, read_page, read_listing, read_listing),
    *(read_rules, read_headers, read_urls),
)


def _page(body: bytes, variant: int) -> Page:
    kind = TYPES[variant // 4 % len(TYPES)]
    return Page(url=URL, requested=URL, body=body, content_type=kind, fetched_at=NOW)


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


# --- what is mutated --------------------------------------------------------------------------


def pages() -> list[bytes]:
    """Cases that are mutated: pages of each kind, then small ones of the other kinds."""
    found = [b"\0\0" + shot.body for markup in MARKUPS for shot in shots(markup)][:60]
    for name in ("fundus", "daniel", "wcxb", "rich") if DATA.is_dir() else ():
        found += [b"\0\2" + page for page in _stored(name)]
    for page in _stored("listings") if DATA.is_dir() else ():
        found.append(b"\3\0" + page)
    random.Random(0).shuffle(found)
    return found[:KEPT] + [bytes([kind, 0]) + small for kind, small in SMALL]


def _stored(name: str) -> list[bytes]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        bodies = (json.loads(line)["html"].encode("utf-8", "replace") for line in lines)
        return [body for body in bodies if len(body) <= LARGEST]


SMALL = (
    (3, (b"<rss><channel><title>Krant</title><item><title>Kop</title><link>/a</link><pubDate>Mon, 02"
     b" Nov 2026 10:00:00 GMT</pubDate><description>Tekst</description></item></channel></rss>")),
    (3, (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Krant</title><link rel='next' href='/2'/>"
     b"<entry><title type='html'>Kop</title><link href='/a'/><updated>2026-11-01T10:00:00Z</updated>"
     b"<summary>Tekst</summary></entry></feed>")),
    (3, (b'{"version":"https://jsonfeed.org/version/1.1","title":"Krant","items":[{"id":"1","url":"/a"'
     b',"title":"Kop","content_text":"Tekst","date_published":"2026-11-01T10:00:00Z"}]}')),
    (3, (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://krant.example/a"
     b"</loc><lastmod>2026-11-01</lastmod></url></urlset>")),
    (3, b"<sitemapindex><sitemap><loc>https://krant.example/news.xml</loc></sitemap></sitemapindex>"),
    (5, b"User-agent: *\nDisallow: /a*b$\nAllow: /c\nCrawl-delay: 5\nSitemap: /s.xml\n"),
    (6, b"Retry-After: 120\nCache-Control: max-age=60\nAge: 5\nExpires: Mon, 02 Nov 2026 10:00:00 GMT"),
    (7, b"https://www.krant.example:8080/nieuws/a?utm_source=x&id=5#top"),
)  # fmt: skip


def mutated(case: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The case with some pieces put in, cut out, doubled, moved or taken from another case."""
    for _ in range(1 + int(chance.expovariate(0.4))):
        at, end = sorted((chance.randrange(len(case) + 1), chance.randrange(len(case) + 1)))
        end = min(end, at + chance.choice((1, 10, 100, 2000)))
        piece = case[at:end]
        match chance.randrange(7):
            case 0:
                piece = chance.choice(TOKENS)
            case 1:
                piece += chance.choice(TOKENS) * chance.choice((1, 1, 2, 50))
            case 2:
                piece = b""
            case 3:
                piece *= chance.choice((2, 3, 100)) if len(piece) < 200 else 2
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                piece = other[start : start + chance.choice((10, 300, 3000))]
            case 5:
                piece = bytes(byte ^ 1 << chance.randrange(8) for byte in piece[:20]) + piece[20:]
            case _:
                piece = _attribute(piece, chance)
        case = case[:2] + (case[:at] + piece + case[end:])[2:]
    if chance.random() < 0.3:
        case = bytes([case[0] if case else 0, chance.randrange(256)]) + case[2:]
    return case[: 2 * LARGEST]


def _attribute(piece: bytes, chance: random.Random) -> bytes:
    """The piece with the value of an attribute or of a property replaced."""
    for quote in (b'"', b"'"):
        before, found, rest = piece.partition(quote)
        _, closed, after = rest.partition(quote)
        if found and closed:
            return before + quote + chance.choice(TOKENS) + quote + after
    return piece + chance.choice(TOKENS)


# --- how they are tried -----------------------------------------------------------------------


def at_random(tried: Tried, cases: Sequence[bytes], seed: int) -> None:
    """Tries mutations of the cases."""
    chance = random.Random(seed)
    while tried.done < tried.wanted:
        tried(mutated(chance.choice(cases), chance, cases))


def by_coverage(tried: Tried, cases: Sequence[bytes], seed: int) -> None:
    """Tries mutations, and mutations of those that reached new code. Ends the process."""
    chance = random.Random(seed)
    corpus = Path(tempfile.mkdtemp(prefix="feedbot-corpus-"))
    for number, case in enumerate(cases):
        (corpus / f"{number:04}").write_bytes(case)

    def one(case: bytes) -> None:
        tried(case)
        if tried.done >= tried.wanted:  # the guide would end the process without saying how it went
            os._exit(1 if tried.failed else 0)

    def mutator(case: bytes, largest: int, number: int) -> bytes:
        return mutated(case, chance, cases)[:largest]

    options = [f"-seed={seed}", f"-max_len={2 * LARGEST}", "-verbosity=0"]
    options.append(f"-artifact_prefix={corpus}/")  # slow cases are none of the project's files
    atheris.Setup(
        ["fuzz", *options, "-timeout=600", "-rss_limit_mb=4096", str(corpus)],
        one,
        custom_mutator=mutator,
    )
    atheris.Fuzz()


def main(given: Sequence[str]) -> int:
    """Tries so many cases; 1 if any failed."""
    wanted = int(given[0]) if given else CASES
    seed = int(given[1]) if len(given) > 1 else random.randrange(1, 1 << 31)
    tried, cases = Tried(wanted), pages()
    print(f"{wanted:,} cases from {len(cases)} inputs, seed {seed}", flush=True)
    if atheris is not None:
        by_coverage(tried, cases, seed)
    else:
        print("without atheris: at random, not by coverage", flush=True)
        at_random(tried, cases, seed)
    return 1 if tried.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
