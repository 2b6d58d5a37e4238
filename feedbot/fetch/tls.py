"""Whose certificates are believed."""

from __future__ import annotations

import functools
import ssl
from urllib.parse import urlsplit

import certifi


@functools.lru_cache(maxsize=16)
def tls_context(ca: str | None = None) -> ssl.SSLContext:
    """One for all: loading the certificates anew for every connection costs 20 ms of CPU each.

    `ca` is a file of further certificates in PEM: an authority's, or the one between it and the
    site's that the site does not send. Raises OSError for a file that has none.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())  # where the system brings none of its own
    if ca:
        context.load_verify_locations(ca)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # it need not lead to a root
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # authorities at home forget extensions
    return context


def tls_for(url: str, ca: str | None = None, *, proxied: bool) -> ssl.SSLContext | None:
    """The context of a request; None where nothing of it is encrypted, as loading one takes 55 ms.

    A proxy may itself be asked over TLS. Raises OSError as `tls_context` does.
    """
    return tls_context(ca) if proxied or urlsplit(url).scheme == "https" else None


UNTRUSTED = (20, 21)  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, …_VERIFY_LEAF_SIGNATURE
SELF_SIGNED = (18, 19)
EXPIRED = (10,)
OTHER_NAME = (62, 64)  # …_HOSTNAME_MISMATCH, …_IP_ADDRESS_MISMATCH
CA = "set `ca` of the source to a file with the certificate that is missing"
PROBLEMS = {
    UNTRUSTED: f"its chain is incomplete, or its authority is not known here; {CA}",
    SELF_SIGNED: "it is signed by itself or by an authority of its own; set `ca` of the source to a"
    " file with that certificate",
    EXPIRED: "it has expired",
    OTHER_NAME: "it is for another name",
}


def certificate_problem(error: ssl.SSLCertVerificationError) -> str:
    """What is wrong with a certificate, and the way out if there is one."""
    code = getattr(error, "verify_code", 0)
    reason = next((text for codes, text in PROBLEMS.items() if code in codes), "")
    said = reason or getattr(error, "verify_message", "") or "it was refused"
    return f"the host's certificate is not valid: {said}"
