"""What a request says beside its URL: who asks, and what the operator has set for the site.

The settings of a source may be secrets. They go to the servers that its own URLs name and to no
other, wherever a link or a redirect leads.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from urllib.parse import urlsplit

from ..model import Auth, Source
from ..web.urls import login_of, without_user
from .guard import PORTS

ACCEPT = (
    "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,"
    "application/xml;q=0.9,application/feed+json;q=0.9,application/json;q=0.8,*/*;q=0.5"
)
LANGUAGES = "*"  # no preference; some servers refuse requests that say nothing
ENCODINGS = "gzip, deflate, br"


def headers_for(url: str, source: Source, user_agent: str) -> dict[str, str]:
    """The headers of every request for a source."""
    polling = source.polling
    headers = {
        "User-Agent": polling.user_agent or user_agent,
        "Accept": ACCEPT,
        "Accept-Language": LANGUAGES,
        "Accept-Encoding": ENCODINGS,
    }
    if is_own(url, source):
        replaced = {name.lower() for name, _ in polling.headers}
        headers = {name: value for name, value in headers.items() if name.lower() not in replaced}
        headers |= dict(polling.headers)
    if login := _login_for(url, source):
        headers["Authorization"] = _authorization(login)
    return headers


def as_foreign(source: Source) -> Source:
    """The source with no servers of its own, so that nothing meant for them is sent or opened:
    for what a page of another server asks for, wherever that redirects."""
    polling = replace(source.polling, headers=(), auth=None)
    return replace(source, urls=(), logins=(), polling=polling)


def is_own(url: str, source: Source) -> bool:
    """Whether a URL is on a server that the source's own URLs name."""
    return any(_holds_for(one, url) for one in source.urls)


def _login_for(url: str, source: Source) -> Auth | None:
    logins = [(one, login) for one in (url, *source.urls) if (login := _login_in(one))]
    for place, login in (*logins, *source.logins):
        if _holds_for(place, url):
            return login
    return source.polling.auth if is_own(url, source) else None


def _login_in(url: str) -> Auth | None:
    """The user and the password that a URL holds."""
    user, password = login_of(url)
    return Auth(user=user, password=password) if user or password else None


def _authorization(auth: Auth) -> str:
    if auth.token:
        return f"Bearer {auth.token}"
    return "Basic " + b64encode(f"{auth.user}:{auth.password}".encode()).decode()


def _holds_for(place: str, url: str) -> bool:
    """Whether what is meant for one URL may be sent to another: to the same server, or to the same
    host by https instead of http."""
    mine, theirs = _server(place), _server(url)
    if mine == theirs:
        return True
    upgraded = (("http", 80), ("https", 443))
    return mine[1:2] == theirs[1:2] and ((mine[0], mine[2]), (theirs[0], theirs[2])) == upgraded


def _server(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(without_user(url))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "", "", None
    return parts.scheme, _ascii(host), port or PORTS.get(parts.scheme)


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
