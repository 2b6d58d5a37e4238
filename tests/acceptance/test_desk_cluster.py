"""The desk beside workers: processes of their own on one PostgreSQL database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from feedbot.demo import WireStory
from feedbot.demo.portal import LISTING, Portal
from feedbot.desk.edits import digest
from tests.acceptance.test_cluster import (
    AT_FIRST,
    Cluster,
    cluster_of,
    configure,
    status,
    stories_of,
    titles,
)
from tests.databases import Postgres
from tests.desks import visitor
from tests.processes import until

STORIES = stories_of(0)
TOWNS = {"noord": "Noordstad", "zuid": "Zuidstad"}


def expected(stories: Sequence[WireStory]) -> dict[str, Counter[str]]:
    """The titles that each feed has when all of these are in it."""
    return {
        slug: Counter(one.headline for one in stories if town in one.lead)
        for slug, town in TOWNS.items()
    }


def published(home: Path) -> dict[str, Counter[str]]:
    return {slug: titles(home, slug) for slug in TOWNS}


def listings(portal: Portal) -> int:
    """How often its listing was asked for."""
    return sum(path == LISTING for _, path, _ in portal.requests)


def address(cluster: Cluster) -> str:
    """Where the desk is."""
    found = re.search(r"desk (http://\S+)", cluster.said())
    return found[1] if found else ""


def is_done(home: Path) -> bool:
    """Whether nothing waits for a worker."""
    queue = status(home)
    return not queue["waiting"] and not queue["doing"]


def test_workers_do_what_the_desk_asks_and_nothing_is_lost(
    tmp_path: Path, postgres: Postgres
) -> None:
    with Portal(stories=STORIES, older=(), at_first=AT_FIRST) as portal:
        configure(tmp_path, postgres.url(postgres.create_database()), [portal])
        path = tmp_path / "feedbot.toml"
        text = re.sub(r'(\w*interval) = "\d+s"', r'\1 = "1h"', path.read_text(encoding="utf-8"))
        path.write_text(text + '\n[desk]\nlisten = "127.0.0.1:0"\n', encoding="utf-8")
        with cluster_of(tmp_path, "run 1", "worker 1", "worker 2") as cluster:
            until(lambda: published(tmp_path) == expected(STORIES[:AT_FIRST]) and address(cluster))
            desk = visitor(address(cluster))
            # A visit that is asked for is made, though none is due for an hour.
            while portal.advance():
                pass
            before = listings(portal)
            desk.post("/source/poll", name="Krant 0")
            until(lambda: listings(portal) > before)
            until(lambda: published(tmp_path) == expected(STORIES))
            # A rule that is changed while they run is seen in its feed, and so is its undoing.
            saved = desk.post("/topic", name="Noord", any="Zuidstad", threshold="1")
            assert "Saved." in saved.text
            until(lambda: titles(tmp_path, "noord") == expected(STORIES)["zuid"])
            desk.post("/changes/undo", seen=digest(path))
            until(lambda: published(tmp_path) == expected(STORIES))
            until(lambda: is_done(tmp_path))
            cluster.stop()
        assert "Traceback" not in cluster.said()
