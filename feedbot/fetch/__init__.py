"""The only HTTP client: polite, and impossible to hold up from outside.

One request at a time per host, with a pause between; every request is bounded in time, in size
after decompression, and in redirects. It reaches public addresses only, except for the servers that
the URLs of the very source it is for name. robots.txt is obeyed. Cookies last for one visit, and
what the operator has set for a site goes to that site alone.

    fetcher      turns, pauses, redirects, cookies; obeys robots.txt, which `robots` reads
    credentials  what a request says beside its URL
    transport    what sends one request: over_requests, or another
    exchange     its deadline and its connections: guard, proxies, happy_eyeballs, tls
    answers      what comes of it: unpack, headers, refresh, reasons
"""

from __future__ import annotations

from .fetcher import Fetcher

__all__ = ["Fetcher"]
