"""Why a request got no answer, in a few plain words."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator, Sequence

from ..errors import FetchError, Refused
from ..web.urls import redact
from .guard import BlockedAddress
from .proxies import ProxyRefused, ProxyUnreachable
from .tls import certificate_problem
from .transport import TransportError

NETWORK_ERRORS = (
    TransportError,
    http.client.HTTPException,
    OSError,
    ValueError,  # headers and URLs that the libraries refuse
)

REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "the host's name has no address"),
    (ConnectionRefusedError, "the host refuses the connection"),
    (ConnectionResetError, "the host ended the connection"),
    (TimeoutError, "no answer in time"),
    (ssl.SSLError, "no secure connection to the host"),
    (http.client.IncompleteRead, "the answer was cut off"),
    (http.client.RemoteDisconnected, "the host ended the connection"),
    (http.client.LineTooLong, "a header is too long"),
)


def explain_error(url: str, error: BaseException) -> FetchError:
    """The reason behind a library's error."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, BlockedAddress):
            return Refused(redact(url), str(cause))
        if isinstance(cause, ProxyRefused):
            return FetchError(redact(url), str(cause))
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(redact(url), certificate_problem(cause))
    for kind, problem in REASONS:
        if _is_among(causes, kind):
            is_of_proxy = _is_among(causes, ProxyUnreachable)
            said = problem.replace("the host", "the proxy") if is_of_proxy else problem
            return FetchError(redact(url), said)
    last = " ".join(str(causes[-1]).split()) or type(causes[-1]).__name__
    return FetchError(redact(url), redact(last)[:200])


def _is_among(causes: Sequence[BaseException], kind: type[BaseException]) -> bool:
    return any(isinstance(cause, kind) for cause in causes)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all those behind it, the outermost first."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        behind = (cause.__context__, cause.__cause__, _reason(cause))
        waiting += [one for one in behind if one is not None]


def _reason(error: BaseException) -> BaseException | None:
    reason = getattr(error, "reason", None) or (error.args[0] if error.args else None)
    return reason if isinstance(reason, BaseException) else None
