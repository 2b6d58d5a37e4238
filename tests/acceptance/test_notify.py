"""What systemd hears of `feedbot run`, over a real socket."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from feedbot.demo.portal import Portal

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[[sources]]
name = "Portaal"
url = {url}
delay = "0s"
[topics]
Rusland = {{}}
"""


def test_systemd_hears_ready_watchdog_and_stopping(tmp_path: Path) -> None:
    with Portal() as portal, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        (tmp_path / "feedbot.toml").write_text(CONFIG.format(url=json.dumps(portal.url)))
        address = str(tmp_path / "notify")
        ear.bind(address)
        ear.settimeout(30)
        process = subprocess.Popen(
            [sys.executable, "-m", "feedbot", "run"],
            cwd=tmp_path,
            env=os.environ | {"NOTIFY_SOCKET": address},
            stderr=subprocess.DEVNULL,
        )
        try:
            heard = []
            deadline = time.monotonic() + 30
            while sum("WATCHDOG=1" in state for state in heard) < 3:
                heard.append(ear.recv(4096).decode())
                assert time.monotonic() < deadline
            assert any("READY=1" in state for state in heard)
            assert any("STATUS=" in state for state in heard)
            process.send_signal(signal.SIGTERM)
            while "STOPPING=1" not in heard[-1]:
                heard.append(ear.recv(4096).decode())
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
