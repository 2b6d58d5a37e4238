"""What holds for every test, and fixtures that every test may ask for."""

from __future__ import annotations

from hypothesis import settings

from tests.databases import postgres, postgres_url, store_url
from tests.portal import portal

__all__ = ["portal", "postgres", "postgres_url", "store_url"]

# A busy machine is no mistake; a test that hangs is ended by pytest-timeout.
settings.register_profile("feedbot", deadline=None)
settings.load_profile("feedbot")
