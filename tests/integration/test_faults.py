"""A site that is whole at every moment: processes that die, disks that fill, folders made read-only."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from lxml import etree, html

from feedbot.model import Topic
from tests.shelves import CHINA, OUTPUT, RUSLAND, House

ROOT = Path(__file__).parents[2]
IRAN = Topic(name="Iran", slug="iran", any=("Iran",))
BEFORE = replace(OUTPUT, entries=2, keep=timedelta(0), gzip=True)
Files = dict[str, bytes]


def month(number: int, day: int = 10) -> datetime:
    return datetime(2026, number, day, 12, 0, tzinfo=UTC)


def first_edition(folder: Path) -> House:
    """A site with archives."""
    house = House(folder, BEFORE)
    for number, at in enumerate([month(1), month(1, 11), month(2), month(2, 11)]):
        house.add(number, now=at, topics=("china", "rusland"))
    house.publish()
    return house


def change(house: House) -> None:
    """A month is over, a story is revised, others are new, and there is a topic more."""
    house.revise(2, now=month(2, 20), topics=("china",))
    for number, at in enumerate([month(3), month(3, 11), *(month(4, n) for n in range(3, 9))], 10):
        house.add(number, now=at, topics=("rusland", "iran"))


def whole_house(folder: Path) -> House:
    return House(folder, BEFORE, (RUSLAND, CHINA, IRAN))


def contents(house: House) -> Files:
    return {name: content for name, (content, _) in house.files().items()}


# In folder N of the second argument, a process publishes and dies, as by kill -9, at its operation
# N; in folder 0 it lives. The copies are made of the first argument. Every fifth is enough: of a file,
# one operation is an fsync and one a replace.
DYING = """
import itertools, os, shutil, sys
from pathlib import Path
from tests.integration.test_faults import whole_house
home, out = map(Path, sys.argv[1:])
seen = 0

def counted(operation):
    def do(*arguments, **named):
        global seen
        seen += 1
        if seen == at:
            os._exit(9)
        return operation(*arguments, **named)
    return do

for at in itertools.chain([0], itertools.count(1, 5)):
    folder = shutil.copytree(home, out / str(at))
    child = os.fork()
    if child == 0:
        for name in ("fsync", "replace"):
            setattr(os, name, counted(getattr(os, name)))
        whole_house(folder).publish()
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0 and at:
        break
"""


def names_in(name: str, content: bytes) -> set[str]:
    """The files of this site that a file names."""
    if name.endswith((".gz", ".css", ".js", ".json", ".png")):
        return set()
    if name.endswith(".html"):
        found = html.fromstring(content).xpath("//a/@href | //link/@href")
    else:
        root = etree.fromstring(content)
        found = [*root.xpath("//@href | //@xmlUrl | //@htmlUrl"), *root.xpath("//text()")]
    urls = (urldefrag(urljoin(OUTPUT.url + name, one.strip())).url for one in found)
    ours = (url.removeprefix(OUTPUT.url) for url in urls if url.startswith(OUTPUT.url))
    return {unquote(one) for one in ours if re.fullmatch(r"[\w/-]+\.\w+", one)}


def plain(content: bytes | None) -> bytes:
    """What a file says, but for the archive after it: that is added as soon as it is there."""
    text = gzip.decompress(content) if content and content[:2] == b"\x1f\x8b" else content or b""
    return re.sub(rb'\n *<link [^>]*rel="next-archive"[^>]*/>', b"", text)


def check(found: Files, before: Files, after: Files) -> None:
    """Every file is the old or the new one, and all that can be reached is there."""
    for name, content in found.items():
        assert plain(content) in (plain(before.get(name)), plain(after.get(name))), name
    reached, following = set(), {*before, *({"index.html", "feeds.opml"} & found.keys())}
    while following:
        assert following <= found.keys()
        reached |= following
        following = {to for name in following for to in names_in(name, found[name])} - reached


def test_wherever_a_process_dies_the_site_is_whole_and_the_next_one_ends_its_work(
    tmp_path: Path,
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    house = first_edition(home)
    with house.store:
        change(house)
    before = contents(house)
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(home), str(out)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    after = contents(House(out / "0"))
    check(after, after, after)
    assert len(after) > len(before)
    deaths = sorted(out.iterdir(), key=lambda folder: int(folder.name))[1:-1]
    assert len(deaths) > 10
    for folder in deaths:
        dead = whole_house(folder)
        with dead.store:
            found = contents(dead)
            check({name: found[name] for name in found if "tmp" not in name}, before, after)
            assert not dead.publish().problems
            assert contents(dead) == after, f"died at operation {folder.name}"


# Publishes onto a disk of its own: while it is full, while it is read-only, and when there is room.
DISK = """
import contextlib, json, subprocess, sys
from pathlib import Path
from tests.integration.test_faults import change, contents, first_edition, check, whole_house
home = Path(sys.argv[1])
feeds = home / "feeds"
feeds.mkdir()

def mount(*options):
    subprocess.run(["mount", *options, str(feeds)], check=True)

mount("-t", "tmpfs", "-o", "size=1M", "tmpfs")
house = first_edition(home)
before = contents(house)
change(house)
filler = feeds / "filler"
with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
    while True:
        file.write(bytes(4096))
full = whole_house(home).publish().problems
during = contents(house)
filler.unlink()
mount("-o", "remount,ro")
sealed = whole_house(home).publish().problems
same = contents(house) == {name: during[name] for name in during if name != "filler"}
mount("-o", "remount,rw")
left = whole_house(home).publish().problems
after = contents(house)
del during["filler"]
check(during, before, after)
print(json.dumps([full, sealed, same, left, [name for name in after if "tmp" in name]]))
"""


def test_a_full_disk_costs_what_is_new_and_nothing_that_is_old(tmp_path: Path) -> None:
    alone = ["unshare", "-m"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    done = subprocess.run(
        [*alone, sys.executable, "-c", DISK, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    full, sealed, same, left, temporary = json.loads(done.stdout)
    assert full
    assert all(
        "the disk is full; free some space, the old files are still in place" in p for p in full
    )
    assert sealed
    assert all("is on a read-only file system; name another output" in p for p in sealed)
    assert same
    assert left == []
    assert temporary == []
