"""Which links of a listing lead to articles, and what the listing says of each.

Four things speak for a link, and two of them must:

    address    its path ends like a headline or carries a number or a date
    text       it reads like a headline
    family     many links of the same form of address have long texts
    place      it stands in a heading, or beside a teaser or a time
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from .document import Block, Document, one_line
from .language import times
from .language.fold import fold
from .language.labels import is_service
from .model import Dated, Link, Source
from .sanitise import plain
from .urls import canonical, same_site, url_key

HEADLINE = 25  # letters from which a link's text reads like a headline
FAMILY = 3  # links of one form that make a family
TEASER = 40  # letters of the shortest teaser
LABEL = 30  # letters of the longest name of a section
VOTES = 2
FILES = re.compile(
    r"\.(jpe?g|png|gif|webp|svg|pdf|mp3|mp4|zip|docx?|xlsx?|xml|rss|atom|json|css|js|ico)$",
    re.IGNORECASE,
)
PAGINATION = re.compile(
    r"(^|&)(p|page|pagina|paged|seite|start|offset|from)=|/(page|pagina|seite)/\d+/?$",
    re.IGNORECASE,
)
NEXT = re.compile(
    r"(volgende|next|older|ouder|oudere|meer laden|load more|weiter|nachste|altere|suivante?)"
    r"( (pagina|page|seite|berichten|posts|articles|artikelen))?( ?[»›>→]+)?|[»›→]+"
)
NO_ARTICLE = re.compile(
    r"/(contact|privacy\w*|cookie\w*|voorwaarden|terms\w*|about\w*|over-?ons|adverteren|advertise"
    r"|login|logout|inloggen|register|registreren|abonne\w+|subscri\w+|account|profile?|user|users"
    r"|search|zoeken|zoek|suche|recherche|tags?|tag|topics?|onderwerp(en)?|dossiers?|categor\w+"
    r"|authors?|auteurs?|redactie|newsletters?|nieuwsbrie\w+|rss|feeds?|sitemap|webmail|weer|wetter"
    r"|weather|verkeer|vacatures|jobs|shop|webshop|winkel|help|faq|impressum|agenda|puzzels?|apps?"
    r"|podcasts?|live-?tv|tv-gids|programma|colofon|disclaimer|mentions-legales|datenschutz)(/|$)",
    re.IGNORECASE,
)
NAVIGATION = frozenset(["nav", "footer", "form", "dialog", "menu"])
FURNITURE = re.compile(
    r"(^|[\s_-])(nav|navbar|navigation|menu|footer|breadcrumbs?|pagination|pager|cookie|modal)($|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """A page that the listing links to, and every place where it does."""

    key: str
    url: str
    order: int
    texts: list[str] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)  # positions in the document
    in_heading: bool = False
    in_navigation: bool = True
    teaser: str = ""
    published: Dated | None = None

    @property
    def title(self) -> str:
        """The text that is most like a headline."""
        fitting = [text for text in self.texts if len(text) <= 250 and not is_service(text)]
        return max(fitting, key=len, default="")


def discover(document: Document, source: Source) -> list[Link]:
    """The articles that a listing links to, in its order, each once; canonical addresses.

    `source.select.links` names the links instead, as elements that are links or hold them.
    """
    chosen = document.select(source.select.links) if source.select.links else None
    candidates = _candidates(document, chosen)
    _read_cards(document, candidates, source)
    families = _families(candidates.values())
    links = []
    for one in sorted(candidates.values(), key=lambda one: one.order):
        votes = ["named by links"] if chosen is not None else _votes(one, families)
        if chosen is not None or (len(votes) >= VOTES and not _is_section(one, candidates)):
            links.append(
                Link(
                    url=one.url,
                    title=one.title,
                    teaser=one.teaser,
                    published=one.published,
                    why=", ".join(votes),
                )
            )
    return links


def next_page(document: Document) -> str:
    """Where a listing goes on, further back in time; "" if it does not say."""
    here = url_key(document.page.url)
    for element in document.root.iter("link", "a"):
        rels = (element.get("rel") or "").lower().split()
        label = fold(one_line("".join(map(str, element.itertext()))) or element.get("title", ""))
        if "next" in rels or (element.tag == "a" and NEXT.fullmatch(label)):
            url = document.absolute(element.get("href") or "")
            if same_site(url, document.page.url) and url_key(url) != here:
                return url
    return ""


def sections(document: Document, articles: Sequence[Link]) -> list[Link]:
    """Other pages of the site that may list articles: those above known articles first."""
    here, known = url_key(document.page.url), {url_key(link.url) for link in articles}
    found: dict[str, Link] = {}
    for anchor in document.root.iter("a"):
        url = canonical(document.absolute(anchor.get("href") or ""))
        path, key = urlsplit(url).path, url_key(url)
        label = one_line("".join(map(str, anchor.itertext())))
        if not same_site(url, document.page.url) or key == here or key in known:
            continue
        if not 2 <= len(label) <= LABEL or path in ("", "/") or FILES.search(path):
            continue
        if NO_ARTICLE.search(path) or _is_page(url) or _is_like_headline(url):
            continue
        found.setdefault(key, Link(url=url, title=label))
    below = Counter(key for key in found for other in known if other.startswith(f"{key}/"))
    return sorted(found.values(), key=lambda link: -below[url_key(link.url)])


# --- what is linked ---------------------------------------------------------------------------


def _candidates(
    document: Document, chosen: Sequence[etree._Element] | None
) -> dict[str, Candidate]:
    here, found = url_key(document.page.url), dict[str, Candidate]()
    positions = _positions(document.blocks)
    within = set(chosen) if chosen is not None else None
    for order, anchor in enumerate(document.root.iter("a")):
        if within is not None and within.isdisjoint((anchor, *anchor.iterancestors())):
            continue
        url = document.absolute(anchor.get("href") or "")
        if not url.startswith("http") or FILES.search(urlsplit(url).path):
            continue
        url = canonical(url)
        key = url_key(url)
        is_here = key == here or (key.split("?")[0] == here.split("?")[0] and _is_page(url))
        if is_here or (within is None and not same_site(url, document.page.url)):
            continue
        if urlsplit(url).path in ("", "/") and not urlsplit(url).query:
            continue
        one = found.setdefault(key, Candidate(key, url, order))
        text = plain(one_line("".join(map(str, anchor.itertext()))))
        heading = _heading_of(anchor)
        if heading is not None and anchor.find(".//*") is not None and len(text) > 250:
            text = plain(one_line("".join(map(str, heading.itertext()))))
        elif heading is not None:
            one.in_heading = True
            text = plain(one_line("".join(map(str, heading.itertext())))) or text
        one.texts.append(text)
        one.in_navigation = one.in_navigation and _in_navigation(anchor)
        for element in (anchor, *anchor.iterancestors()):
            if element in positions:
                one.blocks += [
                    at for at in positions[element] if _links_to(document.blocks[at], key)
                ]
                break
    return found


def _positions(blocks: Sequence[Block]) -> Mapping[etree._Element, list[int]]:
    """The blocks of every element that holds some directly."""
    found: dict[etree._Element, list[int]] = {}
    for at, block in enumerate(blocks):
        found.setdefault(block.element, []).append(at)
        for element in block.ancestors[-4:]:
            if element is not block.element:
                found.setdefault(element, []).append(at)
    return found


def _links_to(block: Block, key: str) -> bool:
    return any(url and url_key(url) == key for url in (*block.links, block.card))


def _is_page(url: str) -> bool:
    parts = urlsplit(url)
    return bool(PAGINATION.search(parts.query) or PAGINATION.search(parts.path))


def _heading_of(anchor: etree._Element) -> etree._Element | None:
    """The heading that an anchor stands in, or that stands in it."""
    for element in (*list(anchor.iterancestors())[:3], *anchor.iterdescendants()):
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return element
    return None


def _in_navigation(anchor: etree._Element) -> bool:
    for element in anchor.iterancestors():
        if element.tag in NAVIGATION or element.get("role") == "navigation":
            return True
        if element.tag not in ("body", "html") and FURNITURE.search(
            f"{element.get('class', '')} {element.get('id', '')}"
        ):
            return True
    return False


# --- what the listing says of it --------------------------------------------------------------


def _read_cards(document: Document, candidates: Mapping[str, Candidate], source: Source) -> None:
    """Finds title, teaser and time of every candidate in the blocks around its link."""
    blocks = document.blocks
    keys_at: list[set[str]] = [set() for _ in blocks]
    for one in candidates.values():
        for at in one.blocks:
            keys_at[at].add(one.key)
    keys_in: dict[etree._Element, set[str]] = {}
    inside: dict[etree._Element, list[int]] = {}
    for at, block in enumerate(blocks):
        for element in block.ancestors:
            keys_in.setdefault(element, set()).update(keys_at[at])
            inside.setdefault(element, []).append(at)
    for one in candidates.values():
        for at in dict.fromkeys(one.blocks):
            card = _card(at, one.key, blocks, keys_in, inside, keys_at)
            _read_card(one, card, document, source)


def _card(
    at: int,
    key: str,
    blocks: Sequence[Block],
    keys_in: Mapping[etree._Element, set[str]],
    inside: Mapping[etree._Element, list[int]],
    keys_at: Sequence[set[str]],
) -> list[int]:
    """The blocks that belong to the link in block `at`: its box, else what follows it."""
    box: list[int] = [at]
    for element in reversed(blocks[at].ancestors):
        if keys_in[element] != {key}:
            break
        box = inside[element]
    if len(box) > 1 or len(blocks[at].ancestors) < 2:
        return box[:12]
    parent = blocks[at].ancestors[-2]
    following = [at]
    for position in range(at + 1, min(at + 5, len(blocks))):
        block = blocks[position]
        if keys_at[position] or parent not in block.ancestors or block.is_heading:
            break
        following.append(position)
        if times.is_relative(block.text):
            break
    return following


def _read_card(one: Candidate, card: Sequence[int], document: Document, source: Source) -> None:
    zone, now = ZoneInfo(source.timezone), document.page.fetched_at
    title = fold(one.title)
    for at in card:
        block = document.blocks[at]
        text = times.without_age(block.text)
        is_title = fold(text) == title or fold(text) in map(fold, one.texts)
        if len(text) >= TEASER and not is_title and len(text) > len(one.teaser):
            one.teaser = plain(text)
        if one.published is None:
            rest = block.text
            for known in one.texts:
                rest = rest.replace(known, " ") if known else rest
            glued = block.text[len(text) :]
            one.published = _when(one_line(rest), glued, zone, document)
    if one.published is None:
        for element in {e for at in card for e in document.blocks[at].element.iter("time")}:
            at_ = times.declared(element.get("datetime") or "", zone)
            if at_ and at_ <= now + timedelta(days=1):
                one.published = Dated(at=at_.replace(microsecond=0), origin="listing")


def _when(rest: str, glued: str, zone: ZoneInfo, document: Document) -> Dated | None:
    now = document.page.fetched_at
    if not rest or len(rest) > 120:
        rest = ""
    for text in (glued, rest, rest.rpartition(" ")[2], rest.partition(" ")[0]):
        at = times.relative(text, now, zone) if text else None
        if at and at <= now + timedelta(minutes=5):
            return Dated(
                at=at.replace(microsecond=0),
                origin="relative" if times.is_relative(text) else "listing",
            )
    at = times.absolute(rest, zone) if rest else None
    if at and at <= now + timedelta(days=1):
        return Dated(at=at.replace(microsecond=0), origin="listing")
    return None


# --- votes ------------------------------------------------------------------------------------


def _votes(one: Candidate, families: Mapping[str, Sequence[Candidate]]) -> list[str]:
    path = urlsplit(one.url).path
    if one.in_navigation or NO_ARTICLE.search(path) or _is_page(one.url):
        return []
    votes = []
    if _is_like_headline(one.url):
        votes.append("address")
    if len(one.title) >= HEADLINE and len(one.title.split()) >= 3:
        votes.append("text")
    family = families.get(_form(one.url), ())
    if len(family) >= FAMILY and median(len(other.title) for other in family) >= 20:
        votes.append("family")
    if one.in_heading or one.teaser or one.published:
        votes.append("place")
    if not one.title and not one.teaser:
        return []
    return votes


def _is_like_headline(url: str) -> bool:
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    stem = re.sub(r"\.\w{2,5}$", "", last)
    words = [word for word in re.split(r"[-_]", stem) if word]
    return (
        len(words) >= 3
        or bool(re.search(r"\d{5,}", parts.path + "?" + parts.query))
        or bool(re.search(r"/(19|20)\d\d/[01]?\d/", parts.path))
        or bool(re.search(r"(^|[?&])(id|art|article|nid|itemid)=\d+", parts.query, re.IGNORECASE))
    )


def _form(url: str) -> str:
    """The shape of an address: "/nieuws/*" for everything below /nieuws that reads like a slug."""
    parts = urlsplit(url)
    segments = parts.path.strip("/").split("/")
    shape = []
    for segment in segments:
        if segment.isdecimal():
            shape.append("9")
        elif segment.count("-") >= 2 or re.search(r"\d{4}", segment) or len(segment) > 25:
            shape.append("*")
        else:
            shape.append(segment)
    names = ",".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&")))
    return "/".join(shape) + ("?" + names if names else "")


def _families(candidates: object) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for one in candidates:  # type: ignore[attr-defined]
        if not one.in_navigation:
            found.setdefault(_form(one.url), []).append(one)
    return found


def _is_section(one: Candidate, candidates: Mapping[str, Candidate]) -> bool:
    """Whether other links lead below this one: a section, not an article."""
    if _is_like_headline(one.url):
        return False
    below = one.key.split("?")[0] + "/"
    return any(key.startswith(below) for key in candidates)
