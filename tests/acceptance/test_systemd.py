"""The units as systemd's own tools judge them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "systemd"
EXPOSURE = 12  # tenths: 1.2, of 10 for a unit without any protection

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze: apt install systemd"
)


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@needs_systemd
@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_is_right_and_well_protected(unit: Path, tmp_path: Path) -> None:
    here = tmp_path / unit.name
    text = unit.read_text(encoding="utf-8")
    assert "/opt/feedbot/bin/feedbot " in text
    # systemd looks whether the program is there: this one is.
    here.write_text(text.replace("/opt/feedbot/bin/feedbot ", f"{sys.executable} -m feedbot "))
    verified = analyze("verify", "--man=no", here)
    assert verified.returncode == 0, verified.stderr
    assert unit.name not in verified.stderr, verified.stderr
    security = analyze("security", "--offline=true", f"--threshold={EXPOSURE}", here)
    assert security.returncode == 0, security.stdout[-2000:]


@needs_systemd
def test_the_timer_is_right(tmp_path: Path) -> None:
    for name in ("feedbot-poll.timer", "feedbot-poll.service"):
        text = (UNITS / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/feedbot/bin/feedbot", sys.executable))
    verified = analyze("verify", "--man=no", tmp_path / "feedbot-poll.timer")
    assert verified.returncode == 0, verified.stderr
    assert "feedbot-poll" not in verified.stderr, verified.stderr


def test_all_units_are_protected_alike() -> None:
    protections = []
    for path in sorted(UNITS.glob("*.service")):
        text = path.read_text(encoding="utf-8")
        start = text.index("# A static user")
        lines = text[start:].partition("[Install]")[0].splitlines()
        protections.append([line for line in lines if line and not line.startswith("#")])
    assert len(protections) >= 3
    assert all(one == protections[0] for one in protections)
