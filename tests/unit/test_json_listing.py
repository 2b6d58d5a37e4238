"""Listings in JSON of any form: what an item says, in the forms in which APIs say it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbot.model import JsonPaths, Page, Source
from feedbot.read.json_listing import read_json_listing

URL = "https://krant.example/api"


@pytest.mark.parametrize(
    "at",
    [
        1770026400,
        1770026400.5,
        1770026400000,
        "1770026400",
        "2026-02-02T10:00:00Z",
        "20260202110000",  # by the clock of the source
        "2 februari 2026 11:00",
    ],
)
def test_a_date_is_read_in_whatever_form_it_is_said(at: object) -> None:
    paths = JsonPaths(items="items", url="u", title="t", published="at")
    source = Source(name="krant", urls=(URL,), json=paths, timezone="Europe/Amsterdam")
    value = {"items": [{"u": "/a", "t": "Brug is dicht", "at": at}]}
    page = Page(
        url=URL,
        requested=URL,
        body=json.dumps(value).encode(),
        content_type="application/json",
        fetched_at=datetime(2026, 2, 3, tzinfo=UTC),
    )
    found = read_json_listing(page, source)
    assert found
    (link,) = found.links
    assert link.published
    assert link.published.at == datetime(2026, 2, 2, 10, tzinfo=UTC)
