"""Telling an address of the operator's something, which is no visit to a site."""

from __future__ import annotations

from typing import Any

import requests

from ..errors import FetchError
from ..urls import redact

LIMIT = 30.0  # seconds


def post_json(url: str, value: Any) -> None:
    """Posts a value as JSON. Raises FetchError if the address does not take it."""
    try:
        answer = requests.post(url, json=value, timeout=LIMIT, allow_redirects=False)
    except requests.RequestException as error:
        raise FetchError(redact(url), "cannot be reached") from error
    if not answer.ok:
        raise FetchError(redact(url), f"answers {answer.status_code}", status=answer.status_code)
