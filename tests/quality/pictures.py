"""How often the picture of an article is the right one, on a sample of a page for each host.

A person looked at each page of the sample. Right is the picture that leads the article, or the one
that the page declares for it, in whatever size; none where there is neither, or where only the logo
or the default picture of the site is declared. pictures.toml has pages and right answers as hashes,
since neither is ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from feedbot.read.extract import extract
from feedbot.read.extract.media import picture_key
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse
from tests.quality import corpora
from tests.quality.extraction import source_of

SETS = ("fundus", "wcxb", "htmldate")
NONE = "none"


def hashed(text: str) -> str:
    """What stands for a page, or for the address of a picture, in pictures.toml."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


def picture_of(row: Mapping[str, Any]) -> str:
    """The hash of the picture that a page gives; NONE for none."""
    document = parse(corpora.page(row["html"], row["url"] or "https://x.example/a"))
    image = extract(document, source_of(row), SiteModel(), None).image
    return hashed(picture_key(image.url)) if image else NONE


def judged(right: Mapping[str, list[str]]) -> Iterator[tuple[str, bool]]:
    """The pages of the sample, and whether their picture is a right one."""
    for name in SETS:
        for row in corpora.rows(name):
            if answers := right.get(hashed(f"{name} {row['id']}")):
                yield row["url"], picture_of(row) in answers


def main() -> list[str]:
    """Prints the share of right pictures, and the pages of the wrong ones."""
    if not corpora.DATA.exists():
        print(f"not measured: there is no {corpora.DATA} beside the repository")
        return []
    pinned = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    results = list(judged(pinned["right"]))
    share = sum(is_right for _, is_right in results) / len(results)
    wrong = [url for url, is_right in results if not is_right]
    print(f"right pictures {share:.3f} of {len(results)} pages", *wrong, sep="\n  ")
    missing = len(pinned["right"]) - len(results)
    short = [f"pictures: {missing} pages of the sample are not in the sets"] if missing else []
    if share < pinned["at_least"]:
        short.append(f"pictures: {share:.3f} are right, at least {pinned['at_least']} were before")
    return short
