"""Tells systemd how feedbot is (sd_notify(3)); says nothing where systemd does not ask."""

from __future__ import annotations

import os
import socket


def sd_notify(state: str) -> None:
    """Sends a state such as "READY=1" to the socket in $NOTIFY_SOCKET, if there is one."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):  # an abstract socket
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
        try:
            out.sendto(state.encode(), address)
        except OSError:
            return  # systemd went away; feedbot does not
