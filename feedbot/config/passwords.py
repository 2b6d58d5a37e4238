"""Passwords as scrypt hashes (RFC 7914), in the form `scrypt:N:r:p:salt:hash`."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

COST, BLOCK, LANES = 2**14, 8, 1  # 16 MB and some 50 ms, as OWASP recommends at least
MEMORY = 64 * 1024 * 1024  # bytes that a hash may take
_FORM = re.compile(r"scrypt:(\d{1,8}):(\d{1,2}):(\d{1,2}):([0-9a-f]{32}):([0-9a-f]{64})")


def hash_password(password: str) -> str:
    """A new hash of a password, each time another."""
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, COST, BLOCK, LANES)
    return f"scrypt:{COST}:{BLOCK}:{LANES}:{salt.hex()}:{digest.hex()}"


def is_hash(text: str) -> bool:
    """Whether a text is such a hash, at a cost that this machine accepts."""
    found = _FORM.fullmatch(text)
    if found is None:
        return False
    cost, block, lanes = map(int, found.groups()[:3])
    is_power = cost > 1 and cost & (cost - 1) == 0
    return is_power and block > 0 and lanes > 0 and 128 * cost * block * lanes < MEMORY


def verifies(password: str, hashed: str) -> bool:
    """Whether this is the password of a hash; takes as long whether it is or not."""
    found = _FORM.fullmatch(hashed)
    assert found, "checked when the configuration was read"
    cost, block, lanes = map(int, found.groups()[:3])
    digest = _digest(password, bytes.fromhex(found[4]), cost, block, lanes)
    return hmac.compare_digest(digest, bytes.fromhex(found[5]))


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=MEMORY, dklen=32
    )
