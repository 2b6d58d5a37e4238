"""What every command does in a shell: quick to answer, in pipes, completed by bash, zsh and fish."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbot.cli import main
from feedbot.demo.portal import Portal
from tests.processes import FEEDBOT

SCRIPT = Path(sys.executable).with_name("feedbot")
HELP_COST = 5.0  # bare starts of Python

# What only some commands need; `status` and `check` are asked often, and the others load nothing.
FETCHING = {"requests", "urllib3", "protego", "brotli", "certifi"}
READING = {"lxml", "parsel", "trafilatura", "htmldate", "dateparser", "nh3", "xxhash", "rapidfuzz"}
CLEANING = {"nh3"}
PUBLISHING = {"feedgen", "jinja2"}
ROUTING = {"ahocorasick"}
WORKING = {"pebble"}
STORING = {"sqlalchemy", "alembic"}
SERVING = {"apscheduler", "prometheus_client", "procrastinate", "psycopg"}
CONFIGURING = {"pydantic", "tree_sitter", "anyascii"}
DRAWING = {"rich"}  # on a terminal alone
ALL = (
    FETCHING | READING | WORKING | PUBLISHING | ROUTING | STORING | SERVING | CONFIGURING | DRAWING
)

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
delay = "0s"
[[sources]]
name = "Portaal"
url = {url}
[[sources]]
name = "Andere site"
url = {other}
[topics]
Rusland = {{}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which everything was polled once, the site still there."""
    home = tmp_path_factory.mktemp("home")
    with Portal() as portal:
        (home / "feedbot.toml").write_text(
            CONFIG.format(url=json.dumps(portal.url), other=json.dumps(f"{portal.origin}/zoeken"))
        )
        (home / "url").write_text(portal.url)
        done = feedbot(home, "poll", "Portaal")
        assert done.returncode == 0, done.stderr
        yield home


def feedbot(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FEEDBOT, *arguments],
        cwd=home, env=os.environ | environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def loaded(home: Path, *arguments: str) -> set[str]:
    """Which of the heavy libraries a command loads."""
    code = (
        "import sys\nfrom feedbot.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as end: assert not end.code, end.code\n"
        "finally: print('\\nLOADED', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    return ALL & set(done.stderr.rpartition("LOADED")[2].split())


LOADED = {
    "--help": set(),
    "--version": set(),
    "poll --help": set(),
    "status": CONFIGURING | STORING - {"alembic"},
    "status --json": CONFIGURING | STORING - {"alembic"},
    # Its workers would read what there is to read; here there is nothing, nor to compare or write.
    "poll Portaal": FETCHING | CLEANING | CONFIGURING | STORING - {"alembic"},
    "check": CONFIGURING | ROUTING,
    "topics": CONFIGURING | ROUTING | STORING - {"alembic"},
    "backup copy.db": CONFIGURING | STORING - {"alembic"},
}


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_only_what_it_uses(home: Path, command: str) -> None:
    assert loaded(home, *command.split()) <= LOADED[command]


def test_help_costs_little_more_than_python_itself(tmp_path: Path) -> None:
    """The best of some runs beside the best of as many bare starts, in CPU time, both compiled."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def cost(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    bare, advice = ["-c", "pass"], ["-m", "feedbot", "--help"]
    cost(*advice)  # compiles
    pairs = [(cost(*bare), cost(*advice)) for _ in range(12)]
    ratio = min(h for _, h in pairs) / min(b for b, _ in pairs)
    assert ratio < HELP_COST


# --- pipes ------------------------------------------------------------------------------------

ARGUMENTS = {
    "why": ["why", "{url}"],
    "preview": ["preview", "{url}"],
    "backup": ["backup", "copy2.db"],
    "demo": ["demo", "--once", "-o", "demo"],
}
ENDLESS = {"run", "worker", "reload", "serve"}  # nothing to say, or nobody to say it to


def _commands() -> list[list[str]]:
    """Every command, with arguments that make it print something; at least its help."""
    known = {"poll", "status", "publish", "replay", "topics", "check", "doctor", *ARGUMENTS}
    names = [name for name in main.commands if name not in ENDLESS]
    return [ARGUMENTS.get(name, [name] if name in known else [name, "--help"]) for name in names]


@pytest.mark.parametrize("arguments", _commands(), ids=lambda arguments: arguments[0])
def test_a_command_works_in_a_pipe(home: Path, arguments: list[str]) -> None:
    url = (home / "url").read_text()
    arguments = [argument.format(url=url) for argument in arguments]
    done = feedbot(home, *arguments, FORCE_COLOR="")
    assert "Traceback" not in done.stderr
    assert "\x1b[" not in done.stdout + done.stderr
    assert done.stdout or done.stderr
    assert done.returncode in (0, 1), done.stderr
    options = {option for one in main.commands[arguments[0]].params for option in one.opts}
    if "--json" in options and "--help" not in arguments and done.returncode == 0:
        json.loads(feedbot(home, *arguments, "--json").stdout)


@pytest.mark.parametrize("arguments", [["status"], ["check"], ["topics"], ["--help"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_traceback(home: Path, arguments: list[str]) -> None:
    command = " ".join([*(f"'{part}'" for part in FEEDBOT), *arguments])
    done = subprocess.run(
        ["sh", "-c", f"{command} | true"], cwd=home, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_colours_only_where_they_are_wanted(home: Path) -> None:
    script = shutil.which("script")
    if script is None:
        pytest.skip("no script(1): apt install bsdutils")
    command = " ".join([*FEEDBOT, "status"])

    def on_a_terminal(**environment: str) -> str:
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        return subprocess.run(
            [script, "-qec", command, "/dev/null"],
            cwd=home, env=clean | {"TERM": "xterm"} | environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout  # fmt: skip

    assert "\x1b[" in on_a_terminal()
    assert not re.search(r"\x1b\[[\d;]*3\dm", on_a_terminal(NO_COLOR="1"))


# --- completion -------------------------------------------------------------------------------


def complete(home: Path, shell: str, *words: str) -> set[str]:
    """What a shell is told of the word that stands last."""
    environment = {
        "_FEEDBOT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["feedbot", *words]),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }
    done = subprocess.run(
        [SCRIPT],
        cwd=home,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    if shell == "zsh":
        return set(lines[1::3])
    return {line.split(",", 1)[1].split("\t")[0] for line in lines}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_commands_options_and_sources(home: Path, shell: str) -> None:
    assert {"poll", "publish", "preview"} <= complete(home, shell, "p")
    assert "--json" in complete(home, shell, "status", "--j")
    assert complete(home, shell, "poll", "Por") == {"Portaal"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_documented_line_gives_a_script_that_the_shell_can_read(
    tmp_path: Path, shell: str
) -> None:
    done = subprocess.run(
        [SCRIPT], env=os.environ | {"_FEEDBOT_COMPLETE": f"{shell}_source"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "_FEEDBOT_COMPLETE" in done.stdout
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} to read it")
    (tmp_path / "script").write_text(done.stdout)
    subprocess.run([shell, "-n", tmp_path / "script"], check=True)
