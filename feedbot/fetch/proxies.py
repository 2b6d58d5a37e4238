"""Proxies: which one a request goes through, and how a tunnel through one begins.

The only home of python-socks.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from .guard import PORTS, Server

DIRECT = "direct"  # as a setting: no proxy, whatever the environment says
SCHEMES = ("http", "https", "socks5", "socks5h")
PORT = 1080  # of SOCKS


class ProxyRefused(ConnectionError):
    """A proxy does not lead to a host, or does not know who asks."""


class ProxyUnreachable(ConnectionError):
    """There is no connection to a proxy; its cause is why."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy by its URL, which may hold a password."""

    url: str = field(repr=False)

    @property
    def is_http(self) -> bool:
        """Whether it is asked by HTTP: the whole URL, or CONNECT for https."""
        return self.url.startswith("http")

    @property
    def looks_up(self) -> bool:
        """Whether it looks names up itself."""
        return not self.url.startswith("socks5:")

    @property
    def server(self) -> Server:
        """Its host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or PORTS.get(parts.scheme, PORT)

    def open_tunnel(self, sock: socket.socket, host: str, port: int) -> None:
        """Has a SOCKS proxy lead a connection on to a host. Raises OSError."""
        from python_socks import ProxyError, ProxyType  # not before: few have such a proxy
        from python_socks.sync import Proxy as Tunnel

        parts = urlsplit(self.url)
        user, password = (unquote(one) if one else None for one in (parts.username, parts.password))
        tunnel = Tunnel(
            ProxyType.SOCKS5,
            *self.server,
            user,
            password or "",
            rdns=True,
            forward=_Given(sock),  # type: ignore[arg-type]  # of a proxy it only uses this
        )
        try:
            tunnel.connect(host, port)
        except ProxyError as error:
            raise ProxyRefused(f"the proxy does not lead there: {error}") from error


class _Given:
    """The connection to the proxy, which is made already."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def connect(self, **_: Any) -> socket.socket:
        return self._sock


def proxy_for(url: str, setting: str | None) -> Proxy | None:
    """The proxy that a URL is asked for through: the one that is set, or the environment's.

    HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY mean what they mean to curl. Raises ValueError
    for a variable that names none.
    """
    if setting == DIRECT:
        return None
    if setting:
        return Proxy(setting)
    parts = urlsplit(url)
    named = _named(parts.scheme)
    if not named or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    whole = named if "://" in named else f"http://{named}"
    if urlsplit(whole).scheme not in SCHEMES or not urlsplit(whole).hostname:
        raise ValueError(f"the environment names a proxy that is none for {parts.scheme}")
    return Proxy(whole)


def _named(scheme: str) -> str:
    """What the environment names for a scheme; "" for no proxy.

    `getproxies_environment` copies all variables on each request, and mostly none names a proxy.
    """
    if not any(name in os.environ for name in _variables(scheme)):
        return ""
    found = getproxies_environment()
    return found.get(scheme) or found.get("all") or ""


@cache
def _variables(scheme: str) -> tuple[str, ...]:
    """The variables that name a proxy for a scheme; their names may be in small letters, too."""
    names = (f"{scheme}_proxy", "all_proxy")
    return (*names, *map(str.upper, names))
