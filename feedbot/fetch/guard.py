"""Which addresses may be read: public ones, and the servers that a source's own URLs name."""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import requests

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]  # what a socket connects to
Server = tuple[str, int]  # a host, as it is looked up, and a port

PORTS = {"http": 80, "https": 443}

_UNICAST = ipaddress.ip_network("2000::/3")  # all that IANA has given out of IPv6
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # carries an IPv4 address (RFC 6052)


# Names that mean something in somebody's own network alone: those that are reserved for that
# (RFC 2606, 6761, 6762, 8375; ICANN's "internal"), and those that routers and offices have taken.
_LOCAL = re.compile(
    r"(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|domain|workgroup"
    r"|home\.arpa)$"
)
_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")  # ends what is an IPv4 address in some form


class BlockedAddress(OSError):
    """A host resolves to no address that is public."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, in whatever form it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        return address in _UNICAST and address.is_global and not address.teredo
    return address.is_global and not address.is_multicast


def look_up(host: str, port: int) -> list[SocketAddress]:
    """Where `host` is, the best place first; OSError if it has no address.

    The system understands every form of an address: 127.1, 0x7f000001, 017700000001.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, place) for family, _, _, _, place in found]


@functools.lru_cache(maxsize=1024)
def servers_of(urls: tuple[str, ...]) -> frozenset[Server]:
    """The servers that these URLs name; a URL that cannot be requested names none."""
    return frozenset(server for url in urls if (server := _server_of(url)))


def _server_of(url: str) -> Server | None:
    try:
        # Only the library that connects knows how it spells an international name.
        parts = urlsplit(requests.Request("GET", url).prepare().url or "")
        port = parts.port or PORTS[parts.scheme]
    except (requests.RequestException, ValueError, KeyError):
        return None
    return str(parts.hostname or "").rstrip("."), port


def check_name(host: str) -> None:
    """Raises BlockedAddress for a name that can only be one of a private network.

    For names that nothing here resolves, before a proxy is asked to.
    """
    name = host.lower().rstrip(".")
    if "." not in name or _LOCAL.search(name) or _NUMBER.search(name):
        raise BlockedAddress(f"{host} is a name in a private network, not a public address")


def only_public(host: str, places: Sequence[SocketAddress]) -> list[SocketAddress]:
    """Those of the places that are public; BlockedAddress if none is."""
    addresses = [ipaddress.ip_address(str(place[0]).partition("%")[0]) for _, place in places]
    public = [place for place, at in zip(places, addresses, strict=True) if is_public(at)]
    if not public:
        raise BlockedAddress(f"{host} is at {addresses[0]}, which is not a public address")
    return public
