"""Addresses of the REST API of WordPress; what reads its answers is `wordpress`."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

POSTS = "/wp/v2/posts"


def route_of(url: str) -> str:
    """The route of an address of the API, which is a parameter where a site has plain links."""
    parts = urlsplit(url)
    return dict(parse_qsl(parts.query)).get("rest_route") or parts.path


def is_api(url: str) -> bool:
    """Whether an address is that of posts in the API."""
    return route_of(url).rstrip("/").endswith(POSTS)
