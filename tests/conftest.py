"""Fixtures that every test may ask for."""

from __future__ import annotations

from tests.databases import postgres, postgres_url, store_url

__all__ = ["postgres", "postgres_url", "store_url"]
