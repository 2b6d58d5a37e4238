"""What holds for every test, and fixtures that every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.databases import postgres, postgres_url, store_url
from tests.portal import portal

__all__ = ["portal", "postgres", "postgres_url", "store_url"]

# A busy machine is no mistake; a test that hangs is ended by pytest-timeout.
settings.register_profile("feedbot", deadline=None)
settings.load_profile("feedbot")


@pytest.fixture(scope="session", autouse=True)
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what feedbot caches out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
