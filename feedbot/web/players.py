"""The films and posts that a page names for a script, which puts them there when it is shown.

    <div class="rll-youtube-player" data-src="https://www.youtube.com/embed/aqz-KE-bpKQ"></div>
    <div data-settings='{"youtube_url":"https:\\/\\/youtu.be\\/aqz-KE-bpKQ"}'><div></div></div>
    <div class="youtube-player" data-id="aqz-KE-bpKQ"></div>
    <oembed url="https://vimeo.com/76979871"></oembed>
    <div class="fb-post" data-href="https://www.facebook.com/krant/posts/123"></div>

Such an element becomes the `<iframe>` that a browser would show.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import quote

from lxml import etree

FRAMES = {  # by the service: where it shows a film of a number, or a post of an address
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "facebook": "https://www.facebook.com/plugins/post.php?href={}",
}
NAMES = (b"youtu", b"vimeo", b"fb-")  # one of which each of the marks below has
# What stands on pages that have such elements; links to the channel of a site have none of it.
MARKS = (
    *(b"youtube.com/embed", b"youtube.com/watch", b"youtube.com/shorts", b"youtube.com\\/"),
    *(b"youtu.be", b"youtube-nocookie", b"youtube-", b'"youtube"', b"=youtube"),
    *(b"vimeo.com/", b"vimeo.com\\/", b'"vimeo"', b"=vimeo", b"fb-post", b"fb-video"),
)
# Elements that name a service in what scripts read of them.
NAMING = etree.XPath(
    "descendant::*[not(self::a or self::iframe or self::body)]"
    "[@*[starts-with(name(), 'data-') or name() = 'url' or (name() = 'class' and ../@data-id)]"
    "[contains(., 'youtu') or contains(., 'vimeo') or contains(., 'facebook')]]"
)
_SHOWN = r"(?:embed/|v/|shorts/|watch\?(?:[^\"'\s]*&)?v=)"
_POST = r"(?:[\w.-]+/(?:posts|videos|photos)/|watch/?\?v=|reel/)"
ADDRESS = {
    "youtube": re.compile(
        rf"(?:youtube(?:-nocookie)?\.com/{_SHOWN}|youtu\.be/)([\w-]{{11}})(?![\w-])"
    ),
    "vimeo": re.compile(r"vimeo\.com/(?:video/)?(\d{5,12})(?!\d)"),
    "facebook": re.compile(rf"(https://(?:www\.)?facebook\.com/{_POST}[^\s\"']+)"),
}
NUMBER = {
    "youtube": re.compile(r"[\w-]{11}"),
    "vimeo": re.compile(r"\d{5,12}"),
    "facebook": re.compile(r"(?!)"),  # its posts are known by their addresses alone
}
NUMBERED = ("data-id", "data-video-id", "data-videoid", "data-youtube-id", "data-plyr-embed-id")
TITLES = ("title", "data-title", "data-alt", "aria-label")
INSIDE = 12  # elements in one that is a mere place for a player
PLAYED = frozenset(("iframe", "video", "object", "embed"))


def place_players(root: etree._Element, body: bytes) -> None:
    """Makes a frame of each element of a page that only names a film or a post."""
    if not any(name in body for name in NAMES) or not any(mark in body for mark in MARKS):
        return
    for element in NAMING(root):
        if _is_empty(element) and (address := _player(element)):
            title = next(filter(None, map(element.get, TITLES)), "")
            element.clear(keep_tail=True)  # set anew, a control character in it would be refused
            element.tag = "iframe"
            element.set("src", address)
            element.set("title", title if title.isprintable() else "")


def _is_empty(element: etree._Element) -> bool:
    """Whether an element has no words of its own, and no player yet."""
    inside = list(islice(element.iterdescendants(etree.Element), INSIDE + 1))
    if len(inside) > INSIDE or any(one.tag in PLAYED for one in inside):
        return False
    return not any(str(text).strip() for text in element.itertext())


def _player(element: etree._Element) -> str:
    """The address of what shows the film or the post that an element names; "" for none."""
    said = " ".join(map(str, element.attrib.values())).replace("\\/", "/")
    for service, player in FRAMES.items():
        found = ADDRESS[service].search(said)
        numbers = (element.get(name) or "" for name in NUMBERED if service in said.lower())
        number = found[1] if found else next(filter(NUMBER[service].fullmatch, numbers), "")
        if number:
            return player.format(quote(number))
    return ""
