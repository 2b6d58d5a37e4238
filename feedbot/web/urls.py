"""URLs: what a subscriber opens, and what tells two pages apart.

Sites write anything into an address: brackets, words as ports, half of a surrogate pair. No
function here raises; what cannot be a URL is "" or has no host.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import (
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

from ..languages.pattern import Pattern
from ..languages.tables import any_spelt
from ..remembered import remembered

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST_URL = 8_190  # characters of an address; the longest request line that servers accept
CACHED = 500  # characters of an address up to which what is made of it is kept in memory
LONGEST_HOST = 253  # characters (RFC 1035)
DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say where a reader came from, never what the page shows.
TRACKING = re.compile(
    r"(utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|matomo_\w+|at_(campaign|medium|custom\d?)|ns_\w+|hsa_\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|li_fat_id"
    r"|mc_(cid|eid)|mkt_tok|_hs(enc|mi)|_ga|_gl|s_cid|smid|ocid|cmpid|cmp|xtor|xts|wt_mc|wtrid"
    r"|ftag|ito|taid|ncid|sr_share|share|traffic_source|outputtype)$",
    re.IGNORECASE,
)
# Names that some sites use for tracking and others for the article: the value decides.
DOUBTFUL = re.compile(r"(ref|referrer|referer|source|src|from|via|origin|cid|sid)$", re.IGNORECASE)
CHANNEL = Pattern(
    lambda: (
        r"(rss|atom|feed|news(letter)?|email|e?mail|social|twitter|x|facebook|fb|linkedin|whatsapp"
        r"|telegram|bluesky|mastodon|instagram|google|bing|home(page)?|index|front(page)?|push|app"
        r"|web|widget|sidebar|teaser|list|related|top|share|link|button|search"
        rf"|{any_spelt('addresses.channels')})([_-].*)?$"
    ),
    re.IGNORECASE,
)
# What must not be read in a log: user and password, and the values of parameters named like keys.
USER = re.compile(
    r"(?<=://)[^/?#\s]*@"
    # without a scheme, or with characters in the password that should have been escaped
    r"|(?<=//)[^\s@/?#:]{1,64}:(?!\d{1,5}(?:[/?#]|$))[^\s@]{1,64}@"
)
SECRET = re.compile(
    r"(?<=[?&;#])((?:[\w.%\[-]*(?:token|secret|passw(?:or)?d|passwd|pwd|passphrase|signature"
    r"|credentials?|(?:api|private|access|secret|subscriber)(?:_|-|%5f|%2d)?key)"
    r"|key|auth|authorization|sig|session(?:id)?|jwt|pass)(?:\]|%5d)?=)[^&;#\s\"'<>]+",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|epub|zip|mp3|m4a|mp4|gpx|ics)$", re.IGNORECASE
)
# A reader's session, as the software calls it that writes it into links. Other names ("sid",
# "sessionId") are used for articles, too: `poll.links` weighs them.
SESSION = re.compile(
    r"(jsessionid|phpsessid|aspsessionid\w*|zenid|oscsid|cfid|cftoken)$", re.IGNORECASE
)
SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*|/\(S\(\w+\)\)(?=/)", re.IGNORECASE)
PARAMETER = re.compile(r"(?P<mark>[?&;])(?P<name>[^=&;?#/]+)=(?P<value>[^&;?#/]*)")
# A part of a query without a value that names a page, as a path does: `spip.php?article12`,
# `?p123`, `?12-brug`, `?2014/05/12/brug`. Words are switches, or say which button it was: `?print`,
# `?subscribe-button-header`; a version, a moment or a hash makes a browser load something again.
PAGE_NAME = re.compile(
    r"(?!v\d|(?:19|20)\d{6}$)[^\W\d_]*\d{1,8}|\d{1,8}-[^\W\d][\w.,~%-]*"
    r"|/?[\w.,~%-]+(?:/[\w.,~%-]+)+/?|/[\w.,~%-]+/?",
    re.IGNORECASE,
)
STATIC = re.compile(r"\.html?$", re.IGNORECASE)  # a file, which is one page whatever is asked
MOBILE = re.compile(r"^(www\d?|m|mobile|mobiel|amp)\.")
AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=/?$|\.html?$)", re.IGNORECASE)
AMP_PARAMETERS = {"amp", "outputtype"}


class Parts(NamedTuple):
    """A URL taken apart; without a host it is not one that can be fetched.

    `host` is in lower case and has no brackets; `port` is None where the URL names none.
    """

    scheme: str = ""
    host: str = ""
    port: int | None = None
    path: str = ""
    query: str = ""
    fragment: str = ""

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL, without a port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port in (None, 0, DEFAULT_PORTS.get(self.scheme))
        return host if is_usual else f"{host}:{self.port}"


NO_URL = Parts()
HOST = re.compile(r"[a-z0-9._-]+")
# Most addresses of a page, whose parts are told without urllib, which is ten times as slow: ASCII,
# in small letters up to the path, without user, port, parameters in the path, and empty parts.
USUAL = re.compile(
    r"(https?)://([a-z0-9][a-z0-9.-]{,99}[a-z0-9])((?:/[!-\"$-:<->@-~]*)?)"
    r"(?:\?([!-\"$-~]+))?(?:#([!-~]+))?"
)
# The same without the host, and without dots at the beginning of a part of the path.
ROOTED = re.compile(r"(?!//)(?:/(?!\.)[!-\"$-.0-:<->@-~]*)+(?:\?[!-\"$-~]+)?(?:#[!-~]+)?")
PLAIN_PATH = re.compile(r"(?:/(?!\.)[\w.~-]*)*", re.ASCII)  # one that can be spelt in one way only


def parts_of(url: str) -> Parts:
    """The parts of a URL; NO_URL for what cannot be one."""
    if len(url) <= CACHED:
        return _cached_parts(url)
    return _parts_of(url) if len(url) <= LONGEST_URL else NO_URL


def _parts_of(url: str) -> Parts:
    if usual := USUAL.fullmatch(url):
        scheme, host, path, query, fragment = usual.groups("")
        return Parts(scheme, host, None, path, query, fragment)
    try:
        parts = urlsplit(encodable(url).strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return NO_URL
    if len(host) > LONGEST_HOST:
        return NO_URL
    return Parts(parts.scheme, host, port, parts.path, parts.query, parts.fragment)


_cached_parts = remembered(4096)(_parts_of)  # several rules look at a page's links


def join(base: str, url: str) -> str:
    """`url` as a page at `base` means it, absolute; "" for what cannot be a URL."""
    if len(url) > LONGEST_URL:
        return ""
    try:
        whole = _joined(base, url)
    except ValueError:
        return ""
    return whole if parts_of(whole) is not NO_URL else ""


def _joined(base: str, url: str) -> str:
    if root := _root_of(base):
        if USUAL.fullmatch(url):
            return url
        if ROOTED.fullmatch(url):
            return root + url
    return urljoin(base, encodable(url).strip())


@lru_cache(maxsize=256)
def _root_of(base: str) -> str:
    """Scheme and host of a usual URL; else ""."""
    usual = USUAL.fullmatch(base)
    return f"{usual[1]}://{usual[2]}" if usual else ""


def encodable(text: str) -> str:
    """The text without halves of surrogate pairs, which no encoding can write."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def ascii_host(host: str) -> str:
    """The host as DNS knows it; "" for what cannot be a name of a host."""
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return name if HOST.fullmatch(name) else ""


def canonical(url: str) -> str:
    """The URL without tracking, sessions and fragment, spelled as the standard says.

    What may matter to the server stays: the scheme, `www.`, the order of parameters, a slash.
    A text that is no URL comes back as it is.
    """
    parts = parts_of(url)
    if not parts.host:
        return url
    path = quote(SESSION_PATH.sub("", parts.path), safe="/%:@!$&'()*+,;=~-._") or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, _query(parts.query), ""))


def page_name(path: str, query: str) -> str:
    """The part of a query that names a page, as most parts of a path do; "" for none."""
    if not query or STATIC.search(path):
        return ""
    return next((one for one in query.split("&") if PAGE_NAME.fullmatch(one)), "")


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _is_tracking(part)]
    return quote("&".join(kept), safe="/%:@!$&'()*+,;=~-._?[]")


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    if TRACKING.match(name) or SESSION.match(name):
        return True
    return bool(DOUBTFUL.match(name) and CHANNEL.match(value))


def url_key(url: str) -> str:
    """What tells this page from others, and nothing else; never shown, never fetched.

    One and the same for AMP and mobile forms, with and without `www.`, http and https, a slash at
    the end, and any order of the parameters. A text that is no URL is its own key.
    """
    return _cached_key(url) if len(url) <= CACHED else _url_key(url[:LONGEST_URL])


def _url_key(url: str) -> str:
    try:
        host, path, said = _respelt(url)
    except ValueError:
        return encodable(url)
    while MOBILE.match(host) and host.count(".") > 1:
        host = MOBILE.sub("", host)
    path = AMP_PATH.sub("", path)
    path = re.sub(r"^/amp(?=/)", "", path)
    path = re.sub(r"/(index\.(html?|php))?$", "", re.sub(r"/{2,}", "/", path))
    pairs = parse_qsl(said)
    query = urlencode([(k, v) for k, v in pairs if k.lower() not in AMP_PARAMETERS])
    query = "&".join(filter(None, (page_name(path, said), query)))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _respelt(url: str) -> tuple[str, str, str]:
    """Host, path and query as they are compared. Raises ValueError."""
    usual = USUAL.fullmatch(url)
    if usual and not usual[4] and PLAIN_PATH.fullmatch(usual[3]):
        return usual[2], usual[3], ""
    from w3lib.url import canonicalize_url  # for unusual addresses

    given = encodable(canonical(url))
    parts = urlsplit(canonicalize_url(given, keep_blank_values=False))
    named = page_name(parts.path, given.partition("?")[2])
    query = "&".join(filter(None, (named, parts.query)))
    return parts.netloc.rpartition("@")[2], parts.path, query


_cached_key = remembered(4096)(_url_key)


def story_key(url: str) -> str:
    """What tells this article from others: the key of its page, as `url_key`, and its fragment.

    Canonical addresses have none, but those of articles that stand whole on a listing with others.
    """
    fragment = url.partition("#")[2]
    return f"{url_key(url)}#{fragment}" if fragment else url_key(url)


def in_ascii(url: str) -> str:
    """The URL with its host as DNS knows it (RFC 3490). Raises UnicodeError if there is none."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=user + at + host.encode("idna").decode()))


def redact(text: str) -> str:
    """A text, or a URL, without the secrets that its URLs carry; fit for logs and reports."""
    return SECRET.sub(r"\1…", USER.sub("", text))


def login_of(url: str) -> tuple[str, str]:
    """The user and the password that a URL holds, decoded; "" where it holds none."""
    user = USER.match(url, url.find("://") + 3)
    name, _, password = user[0][:-1].partition(":") if user else ("", "", "")
    return unquote(name), unquote(password)


def without_user(url: str) -> str:
    """The URL without user and password: what links are resolved against, and may be published."""
    return USER.sub("", url, count=1)


def without_secrets(url: str) -> str:
    """The URL without user, password and parameters that are named like keys: fit to publish."""
    address, mark, query = without_user(url).partition("?")
    kept = [part for part in query.split("&") if not SECRET.match(f"&{part}", 1)]
    return address + (mark + "&".join(kept) if any(kept) else "")


def parameters(url: str) -> dict[str, str]:
    """The parameters in the path and the query of a URL, or of its key, as they are written."""
    return {found["name"]: found["value"] for found in PARAMETER.finditer(url.partition("#")[0])}


def without(url: str, names: Collection[str]) -> str:
    """The URL, or its key, without the parameters of these names."""
    if not names or "=" not in url:
        return url
    kept = PARAMETER.sub(lambda found: "" if found["name"] in names else found[0], url)
    if "?" not in kept and "?" in url:  # the first of several parameters is gone
        kept = kept.replace("&", "?", 1)
    return kept


def host_of(url: str) -> str:
    """The host in lower case; "" where there is none."""
    return parts_of(url).host


def server_of(url: str) -> str:
    """Host and port as the URL has them: what is asked for one thing at a time."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def names_file(url: str) -> bool:
    """Whether an address is by its name that of a file to be opened or kept: /besluit.pdf."""
    return FILE.search(parts_of(url).path) is not None


def same_site(one: str, other: str) -> bool:
    """Whether two URLs have the same host, `www.` and mobile forms apart."""
    return _bare(host_of(one)) == _bare(host_of(other)) != ""


@lru_cache(maxsize=256)
def _suffixes(top: str) -> PublicSuffixList:
    """The rules below one top-level domain: those of all would cost each process 60 ms and 3 MB."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList([*_rules().get(top, ()), *_rules().get(_decoded(top), ())])


@cache
def _rules() -> Mapping[str, Sequence[str]]:
    """The lines of the list of public suffixes by their top-level domains."""
    from publicsuffixlist import PSLFILE  # for what asks whether two hosts are of one site

    rules: dict[str, list[str]] = {}
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("//"):
            rules.setdefault(line.rpartition(".")[2], []).append(line)
    return rules


def _decoded(label: str) -> str:
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        return label


@remembered(4096)
def registered_domain(host: str) -> str:
    """The part of a host that somebody registered: "example.co.uk" of "news.example.co.uk".

    An address, a name without a dot and a public suffix are their own domain; letters beyond ASCII
    come as punycode.
    """
    if ":" in host or host.rpartition(".")[2].isdecimal():
        return host
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        return host
    return _suffixes(host.rpartition(".")[2]).privatesuffix(host) or host


def same_domain(one: str, other: str) -> bool:
    """Whether the hosts of two URLs belong to one registered domain."""
    if same_site(one, other):
        return True
    return registered_domain(host_of(one)) == registered_domain(host_of(other)) != ""


def _bare(host: str) -> str:
    return MOBILE.sub("", host) if host.count(".") > 1 else host
