"""feedbot.service under a real systemd, booted in a container over this machine's own files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import feedbot
from feedbot.demo.portal import Portal

ROOT = Path(__file__).parents[2]
PYTHON = "/usr/bin/python3"  # of the machine: a Python in somebody's home is not seen by services
TIME = 150  # seconds for boot, hang, restart and stop

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = "/var/lib/feedbot/feeds"
[store]
url = "sqlite:////var/lib/feedbot/feedbot.db"
[polling]
delay = "0s"
[[sources]]
name = "Portaal"
url = {url}
[topics]
Rusland = {{}}
"""

# What an operator would do, in the container; each line of /results/said is a name and a value.
SCRIPT = """\
#!/bin/bash
say() { echo "$1=$2" >> /results/said; }
show() { systemctl show --value -p "$1" feedbot; }
until_true() { for _ in $(seq 150); do eval "$1" && return 0; sleep 0.2; done; return 1; }
cd /var/lib
systemctl start feedbot; say start $?
say active "$(show ActiveState)"
until_true 'grep -q "<entry" feedbot/feeds/rusland.xml 2>/dev/null'; say published $?
say status "$(show StatusText)"
runuser -u www-data -- cat feedbot/feeds/rusland.xml feedbot/feeds/index.html >/dev/null; say served $?
runuser -u www-data -- cat feedbot/feedbot.db >/dev/null 2>&1; say database_seen $?
say outside "$(find /etc /opt /srv /tmp /var /run -xdev -user feedbot -type f | grep -vc ^/var/lib/feedbot/)"
systemctl reload feedbot; say reload $?
say reloaded_process "$([ "$(show MainPID)" = "$(cat feedbot/feedbot.db-run)" ]; echo $?)"
# The process hangs: it does not run at all.
systemctl kill --kill-whom=main -s STOP feedbot
for _ in 1 2 3; do until_true '[ "$(show NRestarts)" = 1 ]' && break; done; say restarted $?
until_true '[ "$(show ActiveState)" = active ]'; say active_again $?
journalctl -q -u feedbot -o cat | grep -m1 -o "Watchdog timeout"; say watchdog $?
begun=$(date +%s%N); systemctl stop feedbot
say stop_ms $(( ($(date +%s%N) - begun) / 1000000 ))
say result "$(show Result)"
# The alternative: one visit, and the unit is through.
systemctl start feedbot-poll; say visit $?
say visit_result "$(systemctl show --value -p Result -p ActiveState feedbot-poll | paste -sd ' ')"
journalctl -q -u feedbot -u feedbot-poll -o cat > /results/journal
systemctl --no-block poweroff
"""

ONESHOT = """\
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/results/script
[Install]
WantedBy=multi-user.target
"""

# In a mount namespace of its own: nothing of it stays behind. nspawn wants a /run/systemd.
BOOT = """\
set -e
mount -t tmpfs tmpfs {room}
mkdir {room}/upper {room}/work {room}/root
mount -t overlay overlay -o lowerdir=/,upperdir={room}/upper,workdir={room}/work {room}/root
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
sh {setup} {room}/root
exec systemd-nspawn --quiet --register=no --keep-unit --boot --directory={room}/root \\
    --bind-ro={packages}:/opt/feedbot/packages --bind-ro={source}:/opt/feedbot/source \\
    --bind={results}:/results --console=pipe --kill-signal=SIGRTMIN+3 \\
    systemd.unit=multi-user.target systemd.mask=getty.target
"""

# docs/systemd.md, but for the program: this checkout, run by the machine's Python.
SETUP = """\
set -e
root=$1
mkdir -p $root/opt/feedbot/bin $root/opt/feedbot/packages $root/opt/feedbot/source $root/results
printf '#!/bin/sh\\nPYTHONPATH=/opt/feedbot/source:/opt/feedbot/packages exec {python} -m feedbot "$@"\\n' \\
    > $root/opt/feedbot/bin/feedbot
chmod 755 $root/opt/feedbot/bin/feedbot
install -Dm644 -t $root/etc/systemd/system {units}/feedbot.service {units}/feedbot-poll.service
install -Dm644 {units}/feedbot.sysusers $root/etc/sysusers.d/feedbot.conf
install -Dm644 {units}/feedbot.tmpfiles $root/etc/tmpfiles.d/feedbot.conf
install -Dm640 {results}/feedbot.toml $root/etc/feedbot/feedbot.toml
mkdir -p $root/etc/systemd/system/feedbot.service.d
printf '[Service]\\nWatchdogSec=6\\nRestartSec=1\\n' > $root/etc/systemd/system/feedbot.service.d/quick.conf
install -Dm644 {results}/check.service $root/etc/systemd/system/check.service
mkdir -p $root/etc/systemd/system/multi-user.target.wants
ln -sf /etc/systemd/system/check.service $root/etc/systemd/system/multi-user.target.wants/
rm -f $root/etc/machine-id
"""


def packages() -> Path:
    """The libraries of feedbot, which the machine's own Python must be able to load."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if os.geteuid() != 0:
        pytest.skip("needs root")
    for tool in ("systemd-nspawn", "unshare", PYTHON):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool}: apt install systemd-container util-linux python3")
    if not Path("/lib/systemd/systemd").exists():
        pytest.skip("no systemd: apt install systemd systemd-sysv")
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    theirs = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True)
    if theirs.stdout.strip() != version:
        pytest.skip(f"{PYTHON} is {theirs.stdout.strip()}, the libraries are for {version}")
    return Path(sys.prefix) / "lib" / f"python{version}" / "site-packages"


@pytest.mark.timeout(TIME + 30)
def test_the_service_starts_survives_a_hang_and_stops(tmp_path: Path) -> None:
    libraries = packages()
    results, room = tmp_path / "results", tmp_path / "room"
    results.mkdir()
    room.mkdir()
    (results / "check.service").write_text(ONESHOT)
    script = results / "script"
    script.write_text(SCRIPT)
    script.chmod(0o755)
    setup = tmp_path / "setup"
    names = {"results": results, "room": room, "units": ROOT / "systemd", "python": PYTHON}
    setup.write_text(SETUP.format(**names))
    names |= {"packages": libraries, "source": Path(feedbot.__file__).parents[1], "setup": setup}
    with Portal() as portal:
        (results / "feedbot.toml").write_text(CONFIG.format(url=json.dumps(portal.url)))
        try:
            done = subprocess.run(
                ["unshare", "--mount", "sh", "-c", BOOT.format(**names)],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIME, check=False,
            )  # fmt: skip
            said, output = results / "said", done.stdout + done.stderr
        except subprocess.TimeoutExpired as late:
            said, output = results / "said", (late.stdout or b"").decode(errors="replace")
    if not said.exists():
        pytest.skip(f"no container can be booted here: {output[-300:].strip()}")
    heard = dict(line.split("=", 1) for line in said.read_text().splitlines())
    journal = results / "journal"
    told = journal.read_text(errors="replace") if journal.exists() else output
    assert heard.pop("database_seen", "0") != "0", told
    assert int(heard.pop("stop_ms", "99999")) < 10_000, told
    assert "waiting" in (status := heard.pop("status", "")) or "polling" in status, told
    assert heard == {
        "start": "0",
        "active": "active",
        "published": "0",
        "served": "0",
        "outside": "0",
        "reload": "0",
        "reloaded_process": "0",
        "restarted": "0",
        "active_again": "0",
        "watchdog": "0",
        "result": "success",
        "visit": "0",
        "visit_result": "success inactive",
    }, told
    assert "event=published" in told
    assert "event=reloaded" in told
