"""robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from protego import Protego

from ..web.urls import NO_URL, encodable, parts_of

AGENT = "feedbot"
LONGEST_DELAY = 60.0  # seconds; who asks for more shall be visited, but not for hours
LARGEST = 500 * 1024  # bytes that are read (RFC 9309, section 2.5)
AGENT_LINE = re.compile(
    r"^([^\S\n]*user[ -]?agent[^\S\n]*+:?+[^\S\n]*+)([^\n#]*+)", re.IGNORECASE | re.MULTILINE
)
BEHIND = re.compile(r"[^a-z_-]")  # a product token (RFC 9309, section 2.2.1)


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows us; nothing is forbidden where it says nothing."""

    text: bytes = b""
    rules: Protego = field(default_factory=Protego)

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        return parts_of(url) is NO_URL or bool(self.rules.can_fetch(encodable(url), AGENT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests; 0 where nothing is asked."""
        return min(float(self.rules.crawl_delay(AGENT) or 0.0), LONGEST_DELAY)


def read_robots(text: bytes) -> Robots:
    """The rules in a robots.txt; what cannot be read allows everything."""
    lines = "\n".join(text[:LARGEST].decode("utf-8-sig", "replace").splitlines())
    return Robots(text, Protego.parse(AGENT_LINE.sub(_of_one_other, lines)))


def _of_one_other(line: re.Match[str]) -> str:
    """A line that names an agent, without what follows its product token: "feedbot/1.0".

    All but feedbot go by one name, as each one costs the parser time for every rule of its group.
    """
    name = line[2].strip().lower()
    token = BEHIND.split(name.lstrip("*"), maxsplit=1)[0]
    if not token and name[:1] in ("", "*"):
        return line[1] + name[:1]
    return line[1] + (token if token and AGENT.startswith(token) else "-")
