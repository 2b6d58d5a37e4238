"""What a whole process costs, beside the script that somebody would write by hand.

python -m tests.benchmarks.whole

CPU seconds of `feedbot`, and of a script (requests, parsel, feedgen; then with a library that finds
the text) that visits the same site at the same moments, from the start of the process to its end,
with all processes that it starts: a site that is unknown, one without news, and one that is known
and has news. Medians of several runs.
Two tools that publish feeds run beside them where they are installed: morss (in PATH), and RSS-Bridge
(php in PATH, its folder in $RSS_BRIDGE). Both are told where the site's links and texts stand.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from feedbot.demo import WireStory
from feedbot.demo.portal import Portal
from tests.quality.prose import Writer

ARTICLES = 20  # at first, and again later: a page of the listing
RUNS = 5
FEEDBOT = (str(Path(sys.executable).with_name("feedbot")),)
SCRIPT = (sys.executable, str(Path(__file__).with_name("by_hand.py")))
LIST, TEXT = "k4", "k2"  # the site's classes
MORSS = {"ITEM": 2 * ARTICLES, "TIME": -1}  # without a limit it gives five full texts
# The most that feedbot may cost, in times of the script. Without news, four fifths are imports: of
# SQLAlchemy and requests more than half. With news, processes are started that read the pages; what
# these load and compile before the first page is more than the script's whole poll.
MOST = {"unknown site": 11.5, "no news": 2.6, "known site, news": 10.5}
PR_SET_CHILD_SUBREAPER = 36  # prctl(2): the children of children that end are this process's own


def _story(number: int) -> WireStory:
    one = Writer(("whole", number)).article()
    return WireStory(
        slug=f"bericht-{number}",
        headline=one.title,
        section="Buitenland",
        paragraphs=one.paragraphs,
    )


def cpu(home: Path, command: Sequence[str]) -> float:
    """CPU seconds of a process and of all that it starts. Raises RuntimeError if it failed."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    spent = 0.0
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(
            command, cwd=home, stdout=output, stderr=output, start_new_session=True
        )
    with contextlib.suppress(ChildProcessError):  # until none of its group is left
        while True:
            ended, status, used = os.wait4(-process.pid, 0)
            spent += used.ru_utime + used.ru_stime
            if ended == process.pid:
                process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {(home / 'output').read_text()}")
    return spent


def _home(folder: Path, url: str) -> Path:
    folder.mkdir()
    (folder / "feedbot.toml").write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
        '[polling]\ndelay = "0s"\nrevisit = "30d"\n'
        f'[[sources]]\nname = "site"\nurl = "{url}"\n'
    )
    return folder


def _others(url: str, home: Path) -> dict[str, Sequence[str]]:
    """The commands of other tools that are installed, by name."""
    found: dict[str, Sequence[str]] = {}
    if morss := shutil.which("morss"):
        no_limits = [f"{name}_{of}={most}" for name in ("MAX", "LIM") for of, most in MORSS.items()]
        places = (
            "--items",
            f"//div[@class='{LIST}']",
            "--item_link",
            "./div/a/@href",
            "--item_title",
            "./div/a",
        )
        found["morss"] = ("env", *no_limits, morss, *places, "--mode", "html", url)
    bridge, php = os.environ.get("RSS_BRIDGE"), shutil.which("php")
    if bridge and php:
        found["rss-bridge"] = (
            *("env", f"RSSBRIDGE_FileCache_path={home / 'rss-bridge'}"),
            "RSSBRIDGE_cache_custom_timeout=true",  # else it repeats its answer for an hour
            *(php, f"{bridge}/index.php", "action=display", "bridge=CssSelector", "format=Atom"),
            *(f"home_page={url}", f"url_selector=div.{LIST} > div > a"),
            *(f"content_selector=div.{TEXT}", f"limit={ARTICLES}", "_cache_timeout=0"),
        )
    return found


def _versions(commands: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What runs beside feedbot, each with its version."""
    for name in ("requests", "parsel", "feedgen", "trafilatura", "newspaper4k"):
        yield f"{name} {version(name)}"
    if "morss" in commands:
        python = Path(str(shutil.which("morss"))).resolve().with_name("python")
        asked = "from importlib.metadata import version; print(version('morss'))"
        yield f"morss {subprocess.check_output([python, '-c', asked], text=True).strip()}"
    if "rss-bridge" in commands:
        source = Path(os.environ["RSS_BRIDGE"], "lib", "Configuration.php").read_text()
        found = re.search(r"VERSION = '([^']+)'", source)
        yield f"RSS-Bridge {found[1] if found else '?'}"


def visits(home: Path, ways: dict[str, Sequence[str]]) -> dict[str, float]:
    """CPU seconds of each way's visit, the median of runs that begin with the same files.

    They begin in the same place too: what was written elsewhere would have to be written again.
    """
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for way in ways:
        shutil.copytree(home / way, home.parent / "before" / way)
    for _ in range(RUNS):
        for way, command in ways.items():
            shutil.rmtree(home / way)
            shutil.copytree(home.parent / "before" / way, home / way)
            spent[way].append(cpu(home / way, command))
    shutil.rmtree(home.parent / "before")
    return {way: median(seconds) for way, seconds in spent.items()}


def measure() -> dict[str, dict[str, float]]:
    """CPU seconds by step and way."""
    stories = [_story(number) for number in range(2 * ARTICLES)]
    site = Portal(stories=stories, at_first=ARTICLES, older=())
    with tempfile.TemporaryDirectory() as folder, site:
        ways: dict[str, Sequence[str]] = {
            "by hand": (*SCRIPT, site.url),
            "trafilatura": (*SCRIPT, site.url, "trafilatura"),
            "newspaper4k": (*SCRIPT, site.url, "newspaper4k"),
            "feedbot": (*FEEDBOT, "poll", "site"),
        }
        home = Path(folder) / "homes"
        home.mkdir()
        others = _others(site.url, home)
        print("with " + ", ".join(_versions(others)))
        ways |= others
        for way in ways:
            _home(home / way, site.url)
        found = {"unknown site": visits(home, ways), "no news": visits(home, ways)}
        for _ in range(ARTICLES):
            site.advance()
        found["known site, news"] = visits(home, ways)
        for command in ("check", "status"):
            runs = [cpu(home / "feedbot", (*FEEDBOT, command)) for _ in range(RUNS)]
            found[command] = {"feedbot": median(runs)}
        return found


def main() -> list[str]:
    """Prints the table; what costs more than promised."""
    found, short = measure(), list[str]()
    ways = list(found["unknown site"])
    print(f"{'CPU seconds':16}  " + "  ".join(f"{way:>11}" for way in ways) + "  feedbot / by hand")
    for step, spent in found.items():
        cells = "  ".join(f"{spent[way]:11.2f}" if way in spent else " " * 11 for way in ways)
        ratio = spent["feedbot"] / spent["by hand"] if "by hand" in spent else None
        print(f"{step:16}  {cells}  {f'{ratio:17.2f}' if ratio else ''}".rstrip())
        if ratio and ratio > MOST[step]:
            short.append(f"whole: {step}: {ratio:.2f} times the script, not {MOST[step]}")
    return short
