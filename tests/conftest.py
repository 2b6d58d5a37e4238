"""What holds for every test, and fixtures that every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.databases import postgres, postgres_url, store_url
from tests.portal import portal

__all__ = ["portal", "postgres", "postgres_url", "store_url"]

# A busy machine is no mistake; a test that hangs is ended by pytest-timeout.
settings.register_profile("feedbot", deadline=None)
settings.load_profile("feedbot")

LONGEST = ("acceptance", "integration", "unit")


@pytest.hookimpl(optionalhook=True)  # there may be no xdist
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores: many tests wait for a clock or for a process."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(trylast=True)  # after the files were put in a random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no core waits in the end for another one's file."""
    slow = {one.path for one in items if one.get_closest_marker("slow")}

    def turn(one: pytest.Item) -> tuple[bool, int]:
        folder = one.path.parent.name
        return one.path not in slow, LONGEST.index(folder) if folder in LONGEST else len(LONGEST)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What was collected stays: the garbage collector need not look at a million objects of it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what feedbot caches out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
