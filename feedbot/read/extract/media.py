"""Pictures, films, sounds and embedded pages: what an element shows, and from which address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from ...languages.fold import fold
from ...remembered import remembered
from ...web.document import Document, Medium
from ...web.players import FRAMES
from ...web.sanitise import plain_text
from ...web.urls import names_file, parts_of
from .furniture import CAMEL
from .services import is_called_player, opened_as, serves_no_content

USUAL_PIXELS = 800  # pixels of a picture that a page offers in any width
WIDEST_PIXELS = 2000  # pixels of a picture; wider ones are taken where there are no others
NARROW = 600  # pixels; narrower ones are taken in the file that they are linked to
LARGE = 250  # pixels in both directions from which a picture is no icon
SMALL = 100  # pixels; what is less in both directions is an icon or a portrait
FLAT = 40  # pixels; what is less in one direction is a rule, a button or a bar
DENSEST = 2.0  # pixels to a CSS pixel
ENDINGS = "jpe?g|png|gif|webp|avif|svg|bmp"
FILE = re.compile(rf"([^/?&=#]+)\.(?:{ENDINGS})(?![\w-])", re.IGNORECASE)
IS_PICTURE = re.compile(rf"\.(?:{ENDINGS})$", re.IGNORECASE)
SIZE = re.compile(r"(?:[-_.]?(?:\d{2,4}x\d{2,4}|\d{2,4}[wpx]|scaled|thumb(?:nail)?)|@\dx)+$")
THUMBNAIL = re.compile(r"[-_.](?:(\d{2,4})x\d{2,4}|thumb(?:nail)?)\.\w{3,4}$", re.IGNORECASE)
DESCRIPTOR = re.compile(r"([\d.]{1,8})([wxh])$")
# What a file is called that is named after what it is for, in a folder of each article.
FOR_WHAT = re.compile(
    r"(?:featured?|cover|header|image|photo|picture|thumb(?:nail)?|hero|main|index|poster|preview"
    r"|teaser|title|intro)(?:[-_]?(?:image|img|photo|picture))?",
    re.IGNORECASE,
)
SIZED = re.compile(r"^\d{2,4}px-")  # as MediaWiki names its thumbnails
PLACEHOLDER = re.compile(
    r"(?:^|[-_./])(?:blank|placeholder|spacer|pixel|transparent|loading|loader|lazy\w*|1x1|dummy|empty"
    r"|grey|gray|clear|trans|default-image|no-?image)(?:[-_.]|$)",
    re.IGNORECASE,
)
ORNAMENT = re.compile(
    r"(?:^|[-_./\s])(logos?|icons?|avatars?|gravatar|profile|portrait|headshots?|authors?|byline"
    r"|emoji|emoticons?|smileys?|sprites?|badges?|buttons?|share|social|ads?|advert\w*|sponsor\w*"
    r"|(?<!article.)(?<!story.)(?<!news.)(?<!blog.)(?<!post.)banners?)"
    r"(?=[-_./\s\d]|$)"
    r"|/((?:facebook|twitter|x|linkedin|instagram|pinterest|whatsapp|youtube|bluesky|mastodon)\.\w+$)",
    re.IGNORECASE,
)
# Sizes in which advertisements are sold: width and height in pixels.
BANNERS = frozenset(
    tuple(map(int, size.split("x")))
    for size in (
        "468x60 728x90 970x90 970x250 300x250 336x280 160x600 120x600 300x600 320x50 320x100 234x60"
    ).split()
)
# What large ones are not, though they may be called so: a poster in "portrait", upright.
SMALL_THINGS = frozenset(
    (
        "icon icons emoji emoticon emoticons smiley smileys badge badges button buttons portrait"
    ).split()
)
# What large ones may be of, too, if they have not the size of an advertisement.
ADS = frozenset("ad ads".split())
LARGE_THINGS = SMALL_THINGS | frozenset("social share".split())
SIZE_IN_NAME = re.compile(r"(?<![\da-f])(\d{3,4})x(\d{3,4})(?!\d)")  # "bridge-1920x1080.jpg"
DESIGN = re.compile(r"/(?:themes?|plugins|templates|skins?|wp-includes)/", re.IGNORECASE)
BACKGROUND = re.compile(r"url\(\s*[\"']?([^\"')\s]+)")  # in a style
FROM_CAMERA = re.compile(r"^[a-z]{0,5}[_-]?[\d_-]*\d{3,}$")  # "igp1437", "20170421_113627"
WORD = re.compile(r"\w+")
NO_ADDRESS = frozenset("class id style alt title sizes type name role href width height".split())
LATER_SRC = re.compile(r"data-.*src")
FILM_IDS = ("videoid", "video-id", "data-videoid", "data-video-id")
FLASH_FILE = re.compile(r"(?:^|&)file=(https?://[^&]+\.(?:mp4|m4v|mp3))", re.IGNORECASE)
FILM_ID = re.compile(r"[\w-]{5,}")
LIST_ID = re.compile(r"PL[\w-]{12,}")  # of films, longer than that of one
TYPES = {  # of files by their endings
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "aac": "audio/aac",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its absolute address, its size in pixels where the page tells it."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None


class Embed(NamedTuple):
    """A film, a sound or an embedded page: what a reader opens, and a still picture of it."""

    url: str
    title: str
    type: str = ""  # the media type of a file; "" for a page
    still: str = ""  # the absolute URL of a picture of it
    is_known: bool = False  # whether it is a file, or of a service that is known to serve content

    @property
    def is_called_player(self) -> bool:
        """Whether the address of a frame calls it a player."""
        return is_called_player(self.url)


def picture_of(document: Document, element: etree._Element) -> Picture | None:
    """The picture that an `<img>` shows, in the largest sensible size; None for placeholders."""
    width, height = _size(element)
    for candidates in _candidates(element):
        found = [(_absolute(document, url), size) for url, size in candidates]
        fitting = [(url, size) for url, size in found if is_picture_url(url)]
        if fitting:
            url, wide = max(fitting, key=_preference)
            if width and height and wide > DENSEST:
                width, height = round(wide), round(height * wide / width)
            said = element.get("alt") or element.get("aria-label") or ""
            return Picture(url=url, alt=plain_text(said), width=width, height=height)
    return None


def is_picture_url(url: str) -> bool:
    """Whether an absolute URL, or "", can be that of a picture: no template, no placeholder, and
    not that of a site.
    """
    is_template = "{" in url or "%7B" in url
    parts = parts_of(url)
    is_site = parts.path in ("", "/") and not parts.query and url.startswith("http")
    return bool(url) and not (is_template or is_site or PLACEHOLDER.search(_last_of(parts.path)))


def _last_of(path: str) -> str:
    return path.rpartition("/")[2]


def _preference(candidate: tuple[str, float]) -> tuple[bool, float]:
    """The widest that is not too wide; the least wide of those."""
    size = candidate[1]
    return (size <= WIDEST_PIXELS, size if size <= WIDEST_PIXELS else -size)


def _candidates(element: etree._Element) -> Iterator[list[tuple[str, float]]]:
    """The addresses of a picture, each with its width or density; the surest first."""
    yield list(_sets(element))
    yield [(url, 1.0) for url in _later(element)]
    yield [((element.get("src") or "").strip(), 1.0)] if element.get("src") else []
    yield [(url, 1.0) for url in BACKGROUND.findall(element.get("style") or "")]
    # libxml2 knows no <source>, and puts what follows into it.
    around = [element] if element.tag == "picture" else []
    for picture in (*around, *element.iterancestors("picture")):
        yield [one for source in picture.iter("source") for one in _sets(source)]


def _size(element: etree._Element) -> tuple[int | None, int | None]:
    """Width and height of a picture; that of a dot is the size of what stands in for it."""
    width, height = (_pixels(element.get(name)) for name in ("width", "height"))
    if width == height == 1 and element.get("src") and any(True for _ in _later(element)):
        return None, None
    return width, height


def _sets(element: etree._Element) -> Iterator[tuple[str, float]]:
    for name, value in element.attrib.items():
        if "srcset" in str(name):
            for url, descriptor in _split_srcset(str(value)):
                said = DESCRIPTOR.match(descriptor)
                size = _number(said[1]) if said else 1.0
                if not said or said[2] != "x" or size <= DENSEST:
                    yield url, size


def _split_srcset(value: str) -> Iterator[tuple[str, str]]:
    """The URLs of a srcset with their descriptors; a comma may stand within a URL."""
    url = ""
    for token in value.split():
        if not url:
            url = token.lstrip(",")
            if url.endswith(","):
                yield url.rstrip(","), ""
                url = ""
        else:
            descriptor, comma, rest = token.partition(",")
            yield url, descriptor
            url = rest if comma else ""
    if url:
        yield url, ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def _later(element: etree._Element) -> Iterator[str]:
    """The addresses in other attributes than `src`, and than what says what that was once."""
    return (url for name, url in _addresses(element) if name not in ("src", "oldsrc"))


def _addresses(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes that may hold the address of a picture which is loaded later."""
    for name, value in element.attrib.items():
        said = _filled_in(_bare(str(value).strip()), element)
        if name in NO_ADDRESS or "srcset" in str(name) or not 4 < len(said) < 2000:
            continue
        if " " not in said and said[0] not in "{[#" and ("src" in str(name) or FILE.search(said)):
            yield str(name), said


def _bare(said: str) -> str:
    """An address without the `url(…)` of a style around it."""
    found = BACKGROUND.match(said) if said.startswith("url(") else None
    return found[1] if found else said


def _filled_in(url: str, element: etree._Element) -> str:
    """An address with the widest width that the page offers for "{width}"."""
    if "{width}" not in url:
        return url
    offered = [int(one) for one in re.findall(r"\d{2,4}", element.get("data-widths") or "")]
    fitting = [one for one in offered if one <= WIDEST_PIXELS]
    return url.replace("{width}", str(max(fitting, default=USUAL_PIXELS)))


def _pixels(said: str | None) -> int | None:
    digits = (said or "").strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else None


class OtherScreens:
    """Which media are copies of one beside them, for narrower screens or for none.

    Charts come once for each range of widths; a `<picture>` without `<img>` shows nothing. The
    elements beside one another are looked at once.
    """

    def __init__(self) -> None:
        self._widest: dict[etree._Element, int] = {}
        self._shows: dict[etree._Element, bool] = {}

    def have(self, medium: Medium) -> bool:
        """Whether a medium is one of these."""
        element = medium.element
        if element.tag == "picture" and next(element.iter("img"), None) is None:
            return self._is_shown_beside(element)
        return any(map(self._is_for_narrower, (element, *medium.ancestors)))

    def _is_shown_beside(self, picture: etree._Element) -> bool:
        parent = picture.getparent()
        if parent is None:
            return False
        if parent not in self._shows:
            beside = parent.iterchildren("picture")
            self._shows[parent] = any(next(one.iter("img"), None) is not None for one in beside)
        return self._shows[parent]

    def _is_for_narrower(self, element: etree._Element) -> bool:
        most, parent = _pixels(element.get("data-max-width")), element.getparent()
        if most is None or parent is None:
            return False
        if parent not in self._widest:
            least = (_pixels(one.get("data-min-width")) for one in parent.iterchildren("*"))
            self._widest[parent] = max((one for one in least if one is not None), default=0)
        return self._widest[parent] > most


def is_icon(picture: Picture) -> bool:
    """Whether a picture is too small to show anything."""
    sizes = [size for size in (picture.width, picture.height) if size is not None]
    is_small = len(sizes) == 2 and max(sizes) < SMALL
    return is_small or any(size < FLAT for size in sizes)


def is_of_design(url: str) -> bool:
    """Whether a picture belongs to the site's design, as its address says."""
    return DESIGN.search(parts_of(url).path) is not None


@remembered(512)  # each picture is compared several times
def picture_key(url: str) -> str:
    """What the addresses of one picture in several sizes have in common."""
    names = FILE.findall(unquote(url))
    name = SIZE.sub("", SIZED.sub("", names[-1])) if names else ""
    if len(name) > 5 and not FOR_WHAT.fullmatch(name):
        return name.lower()
    return url.partition("?")[0] if names else url  # "featured.jpg" in the folder of each article


def is_called_like(link: str, url: str) -> bool:
    """Whether a page is called like the file of a picture, as a camera calls it: "/igp1437/".

    An article may be called like its picture, too, but in words; it does not name the file, as
    "/image.html?/photos/bridge.jpg" does.
    """
    if FILE.search(unquote(link)) and picture_key(link) == picture_key(url):
        return True
    name = _last_of(parts_of(link).path.rstrip("/"))
    page, file = (one.strip("_-").lower() for one in (name, picture_key(url)))
    return page == file and FROM_CAMERA.search(page) is not None


def enlarged(picture: Picture, link: str) -> Picture:
    """The picture, in the file that a link around it leads to if it is a thumbnail of that."""
    is_other = (
        link != picture.url and is_file(link) and picture_key(link) == picture_key(picture.url)
    )
    if not is_other or not _is_thumbnail(picture):
        return picture
    return replace(picture, url=link, width=None, height=None)


def _is_thumbnail(picture: Picture) -> bool:
    """Whether a picture is too narrow for a reader, by what the page says or its name."""
    said = THUMBNAIL.search(picture.url)
    widths = [picture.width, int(said[1]) if said and said[1] else None]
    known = [one for one in widths if one is not None]
    return max(known) < NARROW if known else said is not None


def embed_of(document: Document, element: etree._Element) -> Embed | None:
    """What a film, a sound or a frame shows, as something to open; None if that is not known."""
    tag = str(element.tag).removeprefix("amp-")
    title = plain_text(element.get("title") or element.get("aria-label") or "")
    if tag in ("video", "audio"):
        return _file(document, element, title)
    if player := FRAMES.get(tag.removeprefix("lite-")):
        return _film(player, element, title)
    if film := _later_film(element, title):
        return film
    for said in _frame_addresses(element):
        url = _absolute(document, said)
        if url and not url.startswith("about:") and not serves_no_content(url):
            return _frame(url, title)
    return None


def _later_film(element: etree._Element, title: str) -> Embed | None:
    """The film of a frame that names a service and the bare number of a film, for a script."""
    named = {str(value).strip().lower() for value in element.attrib.values()}
    players = [player for name, player in FRAMES.items() if name in named]
    later = [one for name, one in element.attrib.items() if LATER_SRC.match(str(name))]
    numbers = [one for one in map(str, later) if FILM_ID.fullmatch(one)]
    if not players or not numbers:
        return None
    return _frame(players[0].format(_film_or_list(numbers[0])), title)


def _film_or_list(number: str) -> str:
    """How an embedding address of YouTube ends that shows a film, or a list of films."""
    return f"videoseries?list={number}" if LIST_ID.fullmatch(number) else number


def _frame_addresses(element: etree._Element) -> Iterator[str]:
    """The addresses that a frame may show: at once, or when somebody has agreed to that."""
    later = (name for name in map(str, element.attrib) if LATER_SRC.match(name))
    told = list(element.iter("param", "embed"))
    for one in told:
        yield from FLASH_FILE.findall(one.get("value") or one.get("flashvars") or "")
    yield from (element.get(name) or "" for name in ("src", "data-url", "data", *later))
    yield from map(_player_of, told)


def _player_of(part: etree._Element) -> str:
    """The address of the player that an old object names; "" for what only tells it something."""
    if part.tag == "embed":
        return part.get("src") or ""
    is_named = (part.get("name") or "").lower() in ("movie", "src")
    return part.get("value") or "" if is_named else ""


def _film(player: str, element: etree._Element, title: str) -> Embed | None:
    said = next((one for name in FILM_IDS if (one := element.get(name))), "")
    return _frame(player.format(said), title) if FILM_ID.fullmatch(said) else None


def _frame(url: str, title: str) -> Embed:
    if found := opened_as(url):
        opened, name = found
        return Embed(url=opened, title=title or name, is_known=True)
    kind = TYPES.get(_ending(url), "")
    return Embed(url=url, title=title, type=kind, is_known=bool(kind) or names_file(url))


def _file(document: Document, element: etree._Element, title: str) -> Embed | None:
    said = [element, *element.iter("source")]
    urls = [_absolute(document, one.get("src") or one.get("data-src")) for one in said]
    files = [url for url in urls if url]
    if not files:
        return None
    url = min(files, key=lambda one: _ending(one) not in TYPES)
    declared = next(
        (one.get("type") or "" for one, at in zip(said, urls, strict=True) if at == url), ""
    )
    still = _absolute(document, element.get("poster"))
    return Embed(
        url=url,
        title=title,
        type=TYPES.get(_ending(url), "") or declared.partition(";")[0].strip(),
        still=still,
        is_known=True,
    )


def _absolute(document: Document, said: str | None) -> str:
    """An address that a page names, absolute; "" for none, and for that of the page itself."""
    url = document.absolute(said) if said else ""
    is_other = url.startswith(("http://", "https://")) and url != document.page.url
    return url if is_other else ""


def _ending(url: str) -> str:
    return parts_of(url).path.rpartition(".")[2].lower()


def is_file(url: str) -> bool:
    """Whether an address is that of a picture's file."""
    return bool(IS_PICTURE.search(parts_of(url).path))


def is_ornament(names: Iterable[str], headline: str = "", *, may_be: Collection[str] = ()) -> bool:
    """Whether the names that a page gives a picture say that it is no part of an article.

    A word of the headline says what the picture shows: "new-logo.png" below "A new logo". `may_be`
    are the words that say nothing against it.
    """
    matches = (one for name in names for one in ORNAMENT.finditer(CAMEL.sub("-", name)))
    found = {(one[1] or one[2].partition(".")[0]).lower() for one in matches}
    found.difference_update(may_be)
    return bool(found) and not found.issubset(WORD.findall(fold(headline)))


def may_be_called(picture: Picture, *, leads_away: bool) -> Collection[str]:
    """The words of ornaments that say nothing against a picture, as it is large.

    It is no icon, though each picture of a gallery may stand in a "gallery-icon"; and none that is
    sold, unless it leads to another site, or its file is one of a folder of advertisements.
    """
    if not _is_large(picture):
        return ()
    folders = parts_of(picture.url).path.lower().split("/")[:-1]
    is_sold = leads_away or not ADS.isdisjoint(folders)
    return LARGE_THINGS if is_sold else LARGE_THINGS | ADS


def _is_large(picture: Picture) -> bool:
    """Whether a picture is said to be larger than icons and buttons are, and has none of the sizes
    in which advertisements are sold.
    """
    named = SIZE_IN_NAME.findall(parts_of(picture.url).path)
    size = tuple(map(int, named[-1])) if named else (picture.width or 0, picture.height or 0)
    return min(size) >= LARGE and size not in BANNERS
