"""robots.txt (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego

AGENT = "feedbot"
LONGEST_DELAY = 60.0  # seconds; who asks for more shall be visited, but not for hours


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows us; nothing is forbidden where it says nothing."""

    text: bytes = b""
    rules: Protego = field(default_factory=Protego)

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        return bool(self.rules.can_fetch(url, AGENT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests; 0 where nothing is asked."""
        return min(float(self.rules.crawl_delay(AGENT) or 0.0), LONGEST_DELAY)


def read_robots(text: bytes) -> Robots:
    """The rules in a robots.txt; what cannot be read allows everything."""
    return Robots(text, Protego.parse(text.decode("utf-8-sig", "replace")))
