"""Which addresses may be read: public ones, and the hosts that the configuration names."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Prefixes that carry an IPv4 address inside an IPv6 one (RFC 6052, RFC 3056).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")


class BlockedAddress(OSError):
    """A host resolves to an address that is not public."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, in whatever form it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo:
            return False
    return address.is_global and not address.is_multicast


def connect(
    host: str,
    port: int,
    timeout: float | None,
    options: Iterable[tuple[int, int, int | bytes]],
    *,
    named: bool,
) -> socket.socket:
    """A connection to `host`. What is checked is the very address that is connected to.

    Raises BlockedAddress if the host is not `named` by the configuration and resolves to an
    address that is not public; OSError if it cannot be reached.
    """
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, place in found:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not named and not is_public(address):
            failure = BlockedAddress(f"{host} is at {address}, which is not a public address")
            continue
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options:
                sock.setsockopt(*option)
            sock.settimeout(timeout)
            sock.connect(place)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure
