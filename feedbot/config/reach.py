"""The settings by which a site is reached: headers, credentials, proxies, certificates."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..model import Auth
from .schema import AuthTable, File, PollingTable, is_sendable
from .secrets import NoSecret, is_secret, resolve

Loc = tuple[str | int, ...]
Complaint = tuple[Loc, str, str]

PROXY = re.compile(r"(https?|socks5h?)://([^/@\s]*@)?[^/@\s]+/?$|direct$")
HOW = 'a variable as "env:NAME", or a file as "file:PATH", relative to this file'


def settings(own: PollingTable, shared: PollingTable, base: Path) -> dict[str, Any]:
    """The polling settings of a source that are set, its own before the shared, as they are used.

    A user agent that is a secret becomes one of the headers, which go to the source's own servers
    alone. Raises NoSecret.
    """
    names = PollingTable.model_fields
    said = {name: _first(getattr(own, name), getattr(shared, name)) for name in names}
    given = {name: _used(name, one, base) for name, one in said.items() if one is not None}
    if is_secret(said["user_agent"] or ""):
        agent = ("User-Agent", given.pop("user_agent"))
        others = given.get("headers", ())
        is_replaced = any(name.lower() == "user-agent" for name, _ in others)
        given["headers"] = others if is_replaced else (agent, *others)
    return given


def _first(own: Any, shared: Any) -> Any:
    return shared if own is None else own


def _used(name: str, value: Any, base: Path) -> Any:
    """A setting as it is used: secrets read, paths whole. Raises NoSecret."""
    if name == "headers":
        return tuple((key, resolve(one, base)) for key, one in value.items())
    if name == "auth":
        return Auth(**{key: resolve(one, base) for key, one in _given(value)})
    if name in ("proxy", "user_agent"):
        return resolve(value, base)
    if name == "ca":
        return str(base / value)
    return value


def _given(auth: AuthTable) -> Iterator[tuple[str, str]]:
    return ((key, one) for key, one in auth.model_dump().items() if one is not None)


def complaints(file: File, base: Path) -> list[Complaint]:
    """What is wrong with these settings, and where. No secret is in it."""
    tables: list[tuple[Loc, PollingTable]] = [(("polling",), file.polling)]
    tables += [(("sources", number), source) for number, source in enumerate(file.sources)]
    return [one for loc, table in tables for one in _of_table(loc, table, base)]


def _of_table(loc: Loc, table: PollingTable, base: Path) -> Iterator[Complaint]:
    for key, value in (table.headers or {}).items():
        yield from _of_secret((*loc, "headers", key), value, base)
    if table.auth:
        yield from _of_auth((*loc, "auth"), table, base)
    if table.user_agent:
        yield from _of_secret((*loc, "user_agent"), table.user_agent, base)
    if table.proxy:
        yield from _of_proxy((*loc, "proxy"), table.proxy, base)
    if table.ca:
        yield from _of_certificates((*loc, "ca"), base / table.ca)


def _of_secret(loc: Loc, value: str, base: Path) -> Iterator[Complaint]:
    try:
        secret = resolve(value, base)
    except NoSecret as error:
        yield loc, f"`{loc[-1]}`: {error}", HOW
    else:
        if not is_sendable(secret):
            yield loc, f"`{loc[-1]}`: it is not text that a header can hold", "one line of ASCII"


def _of_auth(loc: Loc, table: PollingTable, base: Path) -> Iterator[Complaint]:
    assert table.auth
    given = dict(_given(table.auth))
    if ("token" in given) == ("user" in given) or ("password" in given) != ("user" in given):
        advice = 'such as auth = { user = "lezer", password = "env:KRANT" }'
        yield loc, "`auth` needs a user and a password, or a token", advice
    if any(name.lower() == "authorization" for name in table.headers or {}):
        yield loc, "`auth` and a header called Authorization contradict each other", "leave one out"
    for key, value in given.items():
        try:
            resolve(value, base)
        except NoSecret as error:
            yield (*loc, key), f"`{key}`: {error}", HOW


def _of_proxy(loc: Loc, value: str, base: Path) -> Iterator[Complaint]:
    try:
        is_proxy = PROXY.match(resolve(value, base))
    except NoSecret as error:
        yield loc, f"`proxy`: {error}", HOW
        return
    if not is_proxy:
        advice = 'such as "http://proxy.example:3128", "socks5://127.0.0.1:1080" or "direct"'
        yield loc, "`proxy` is none that feedbot knows", advice


def _of_certificates(loc: Loc, path: Path) -> Iterator[Complaint]:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        yield loc, f"{path}: holds no certificate", "a file in PEM: -----BEGIN CERTIFICATE-----"
    except OSError as error:
        yield loc, f"{path}: {(error.strerror or '').lower()}", "relative to this file"
