"""The built-in sample news site: invented stories, and a portal that serves them on loopback."""

from __future__ import annotations

import json
from pathlib import Path

from .stories import OLDER, STORIES, Correction, WireStory

__all__ = ["OLDER", "STORIES", "Correction", "WireStory", "configuration"]

_CONFIGURATION = """\
# feedbot on its sample news site. Everything happens a few hundred times faster than it should.

[feeds]
url = {feeds_url}
output = {output}
authority = "feeds.example.org"

[polling]
interval = "2s"
min_interval = "2s"
max_interval = "4s"
revisit = "0s"
delay = "0s"

[[sources]]
name = "Kustportaal"
url = {url}

[topics]
Rusland = "country:RU"
China = "country:CN"
"Oekraïne" = "country:UA"
"Verenigde Staten" = "country:US"
Iran = "country:IR"
"Europese Unie" = ["Europese Unie", "Europese Commissie", "EU"]
Zeeland = ["Zeeland", "Zeeuws*", "Vlissingen", "Middelburg", "Goes", "Yerseke", "-Nieuw-Zeeland*"]
"""


def configuration(
    portal_url: str, folder: Path, feeds_url: str = "https://feeds.example.org/"
) -> str:
    """A feedbot.toml, to stand in `folder`, that polls the portal at `portal_url`.

    `feeds_url` is where the output will be served.
    """
    # A JSON string is a TOML string too, as long as it holds no lone surrogate.
    return _CONFIGURATION.format(
        url=json.dumps(portal_url),
        output=json.dumps(str(folder / "feeds")),
        feeds_url=json.dumps(feeds_url),
    )
