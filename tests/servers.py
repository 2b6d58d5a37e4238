"""Web servers that others wrote, with the configuration of docs/serving.md, on loopback."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

PAGE = Path(__file__).parents[1] / "docs" / "serving.md"
NGINX = """\
daemon off;
pid {home}/pid;
error_log stderr;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
{tuned}
{snippet}
}}
"""
APACHE = """\
ServerRoot {home}
DefaultRuntimeDir {home}
PidFile {home}/pid
Listen 127.0.0.1:{port}
ErrorLog /dev/stderr
{modules}
User www-data
Group www-data
TypesConfig /etc/mime.types
AddType application/x-gzip .gz
AddOutputFilterByType DEFLATE text/html application/xml
{snippet}
"""
MODULES = Path("/usr/lib/apache2/modules")
WANTED = (
    "mpm_event", "authz_core", "authz_host", "mime", "dir", "headers", "rewrite", "env", "filter",
    "deflate", "alias", "unixd",
)  # fmt: skip


def snippet(language: str, folder: Path, port: int, *, moved: bool) -> str:
    """The configuration that the page shows, for this folder and this port.

    `moved` adds the one for topics that were renamed or removed.
    """
    blocks = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    text, more = blocks.findall(PAGE.read_text())
    if moved:
        body, end = text.rstrip().rsplit("\n", 1)
        text = f"{body}\n{more}{end}\n"
    text = text.replace("/var/lib/feedbot/feeds", str(folder))
    here = {"listen 80": f"listen 127.0.0.1:{port}", "*:80": f"127.0.0.1:{port}"}
    for there, instead in here.items():
        text = text.replace(there, instead)
    return re.sub(r"^feeds\.example\.org \{", f"http://127.0.0.1:{port} {{", text)


def _nginx(home: Path, _: int, text: str) -> list[str]:
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    tuned = "\n".join(f"    {one}_temp_path {home}/{one};" for one in temporary)
    (home / "nginx.conf").write_text(NGINX.format(home=home, tuned=tuned, snippet=text))
    return ["nginx", "-c", str(home / "nginx.conf"), "-p", str(home)]


def _caddy(home: Path, _: int, text: str) -> list[str]:
    (home / "Caddyfile").write_text("{\n admin off\n auto_https off\n}\n" + text)
    return ["caddy", "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]


def _apache(home: Path, port: int, text: str) -> list[str]:
    modules = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so"
        for name in WANTED
        if (MODULES / f"mod_{name}.so").exists()  # some are built in
    )
    whole = APACHE.format(home=home, port=port, modules=modules, snippet=text)
    (home / "apache.conf").write_text(whole)
    return ["apache2", "-X", "-f", str(home / "apache.conf")]


COMMANDS = {"nginx": _nginx, "caddy": _caddy, "apache2": _apache}
LANGUAGES = {"nginx": "nginx", "caddy": "caddy", "apache2": "apache"}  # of the page's examples


@contextlib.contextmanager
def host(name: str, folder: Path, home: Path, *, moved: bool = False) -> Iterator[str]:
    """Where a server sends the files of a folder; it keeps its own things in `home`.

    `moved`: with the configuration for topics that were renamed or removed.
    """
    path = f"{os.environ['PATH']}:/usr/sbin"
    if not shutil.which(name, path=path):
        pytest.skip(f"{name} is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PATH": path, "HOME": str(home)}
    command = COMMANDS[name](home, port, snippet(LANGUAGES[name], folder, port, moved=moved))
    with (home / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    url = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + 30
        while True:
            assert process.poll() is None, (home / "said").read_text()
            with contextlib.suppress(requests.ConnectionError):
                requests.head(url, timeout=5)
                break
            assert time.monotonic() < deadline, f"{name} does not answer"
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
