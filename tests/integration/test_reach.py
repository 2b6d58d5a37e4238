"""How a site is reached: proxies, certificates, credentials, and nothing of them elsewhere."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.errors import FetchError, Refused
from feedbot.fetch import Fetcher
from feedbot.fetch.credentials import headers_for
from feedbot.fetch.tls import tls_context
from feedbot.model import Auth, Polling
from feedbot.operations.status import collect_status
from feedbot.schedule import open_tools, poll_once
from feedbot.store import queries
from tests.fetching import body_of as body
from tests.fetching import open_fetcher, source_of
from tests.krant import Krant
from tests.proxies import HttpProxy, SocksProxy
from tests.wire import Wire, redirect, reply

# A resolver that drops a question is asked again after five seconds.
POLLING = Polling(delay=timedelta(0), timeout=timedelta(seconds=12), robots=False)
source = partial(source_of, POLLING)
NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    with open_fetcher(tmp_path) as fetcher:
        yield fetcher


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        site.answers["/"] = reply("goed")
        yield site


# --- proxies ----------------------------------------------------------------------------------


def test_a_source_is_read_through_its_http_proxy(fetcher: Fetcher, site: Wire) -> None:
    with HttpProxy(login="lezer:geheim") as proxy:
        mine = source(site.url, proxy=f"http://lezer:geheim@127.0.0.1:{proxy.port}")
        assert body(fetcher, site.url + "/", mine) == b"goed"
        assert proxy.asked == [f"127.0.0.1:{site.port}"]
        assert "proxy-authorization" not in site.requests[0].headers
        assert body(fetcher, site.url + "/", source(site.url)) == b"goed"
        assert len(proxy.asked) == 1, "another source does not go through it"


@pytest.mark.parametrize("login", ["", "lezer:geheim"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_source_is_read_through_its_socks_proxy(
    fetcher: Fetcher, site: Wire, scheme: str, login: str
) -> None:
    with SocksProxy(login=login) as proxy:
        at = f"{login}@127.0.0.1" if login else "127.0.0.1"
        mine = source(site.url, proxy=f"{scheme}://{at}:{proxy.port}")
        for _ in range(2):
            assert body(fetcher, site.url + "/", mine) == b"goed"
    assert proxy.asked == [f"127.0.0.1:{site.port}"], "the connection is kept"


def test_only_a_socks_proxy_that_looks_names_up_gets_one(fetcher: Fetcher, site: Wire) -> None:
    with SocksProxy({"krant.invalid": ("127.0.0.1", site.port)}) as proxy:
        url = "http://krant.invalid/"
        there = source(url, proxy=f"socks5h://127.0.0.1:{proxy.port}")
        assert body(fetcher, url, there) == b"goed"
        assert proxy.asked == ["krant.invalid:80"]
        here = source(url, proxy=f"socks5://127.0.0.1:{proxy.port}")
        with pytest.raises(FetchError, match="has no address"):
            fetcher.fetch(url, source=here)


@pytest.mark.parametrize("proxy", ["http", "socks5", "socks5h"])
def test_no_proxy_is_asked_for_a_private_address(fetcher: Fetcher, site: Wire, proxy: str) -> None:
    kind = HttpProxy if proxy == "http" else SocksProxy
    with kind() as relay:
        mine = source("http://krant.invalid/", proxy=f"{proxy}://127.0.0.1:{relay.port}")
        for url in (site.url, f"http://localhost:{site.port}", f"http://127.0.0.1:{relay.port}"):
            with pytest.raises(Refused, match="not a public address"):
                fetcher.fetch(url + "/", source=mine)
        assert relay.asked == []


LOCAL = (
    "intranet",
    "nas.local",
    "router.lan",
    "db.internal",
    "fritz.box.home.arpa.",
    "10.0.0.0x1",
    "1.2.3.999",
)


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("proxy", ["http", "socks5h"])
def test_no_proxy_is_asked_for_a_name_of_its_own_network(
    fetcher: Fetcher, proxy: str, name: str
) -> None:
    kind = HttpProxy if proxy == "http" else SocksProxy
    with Wire() as inside, kind({name: ("127.0.0.1", inside.port)}) as relay:
        inside.answers["/"] = reply("GEHEIM")
        at = f"{proxy}://127.0.0.1:{relay.port}"
        for url in (f"http://{name}/", f"http://{name.upper()}:80/"):
            with pytest.raises(Refused, match="not a public address"):
                fetcher.fetch(url, source=source("http://krant.invalid/", proxy=at))
        assert relay.asked == []
        named = source(f"http://{name}/", proxy=at)
        if not name[0].isdigit():
            assert body(fetcher, f"http://{name}/", named) == b"GEHEIM"
            with pytest.raises(Refused, match="not a public address"):
                fetcher.fetch(f"http://{name}:8080/", source=named)


@pytest.mark.parametrize("proxy", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_one_error(fetcher: Fetcher, site: Wire, proxy: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mine = source(site.url, proxy=f"{proxy}://lezer:GEHEIM@127.0.0.1:{port}")
    with pytest.raises(FetchError, match="the proxy refuses the connection") as caught:
        fetcher.fetch(site.url + "/", source=mine)
    assert "GEHEIM" not in str(caught.value)
    mine = source(site.url, proxy=f"{proxy}://proxy.invalid:{port}")
    with pytest.raises(FetchError, match="the proxy's name has no address"):
        fetcher.fetch(site.url + "/", source=mine)


@pytest.mark.parametrize("proxy", ["http", "socks5"])
def test_a_proxy_that_wants_another_password_is_one_error(
    fetcher: Fetcher, site: Wire, proxy: str
) -> None:
    kind = HttpProxy if proxy == "http" else SocksProxy
    with kind(login="lezer:anders") as relay:
        mine = source(site.url, proxy=f"{proxy}://lezer:GEHEIM@127.0.0.1:{relay.port}")
        with pytest.raises(FetchError, match=r"407|proxy does not lead there") as caught:
            fetcher.fetch(site.url + "/", source=mine)
        assert relay.refused == 1
    assert "GEHEIM" not in str(caught.value)
    assert site.requests == []


def test_the_proxy_of_the_environment_is_used_unless_told_otherwise(
    fetcher: Fetcher, site: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HttpProxy() as proxy:
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        body(fetcher, site.url + "/", source(site.url))
        assert len(proxy.asked) == 1
        body(fetcher, site.url + "/", source(site.url, proxy="direct"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        body(fetcher, site.url + "/", source(site.url))
        assert len(proxy.asked) == 1
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", "gopher://GEHEIM")
    with pytest.raises(FetchError, match="the environment names a proxy that is none"):
        fetcher.fetch(site.url + "/", source=source(site.url))


# --- certificates -----------------------------------------------------------------------------


class Authority:
    """Signs certificates: of a root, of one between, and of a site at 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ask("root", "/CN=Wortel", "root")
        self._ask("between", "/CN=Tussen", "root")
        self._ask("site", "/CN=127.0.0.1", "between")

    def _ask(self, name: str, subject: str, by: str) -> None:
        is_ca, key = name != "site", self.folder / f"{name}.key"
        extension = self.folder / f"{name}.ext"
        extension.write_text(
            "basicConstraints=critical,CA:TRUE\n" if is_ca else "subjectAltName=IP:127.0.0.1\n"
        )
        run = f"openssl req -new -newkey rsa:2048 -nodes -subj {subject}"
        self._run([*run.split(), "-keyout", key, "-out", self.folder / "csr"])
        signer = ["-signkey", key] if by == name else ["-CAkey", self.folder / f"{by}.key"]
        signer += [] if by == name else ["-CA", self.folder / f"{by}.pem", "-CAcreateserial"]
        sign = ["openssl", "x509", "-req", "-days", "9", "-in", self.folder / "csr"]
        self._run([*sign, *signer, "-extfile", extension, "-out", self.folder / f"{name}.pem"])

    def _run(self, command: list[object]) -> None:
        subprocess.run(list(map(str, command)), check=True, capture_output=True)

    def server(self, *chain: str) -> ssl.SSLContext:
        """A server that sends the site's certificate and these."""
        whole = self.folder / "chain.pem"
        names = ("site", *chain)
        whole.write_text("".join((self.folder / f"{name}.pem").read_text() for name in names))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(whole, self.folder / "site.key")
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make certificates")
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("ca", ["root", "between"])
def test_a_source_may_have_an_authority_of_its_own(
    fetcher: Fetcher, authority: Authority, ca: str
) -> None:
    with Wire(tls=authority.server("between")) as site, HttpProxy() as proxy:
        site.answers["/"] = reply("goed")
        at = str(authority.folder / f"{ca}.pem")
        assert body(fetcher, site.url + "/", source(site.url, ca=at)) == b"goed"
        through = source(site.url, ca=at, proxy=f"http://127.0.0.1:{proxy.port}")
        assert body(fetcher, site.url + "/", through) == b"goed"
        assert proxy.asked == [f"127.0.0.1:{site.port}"]
        with pytest.raises(FetchError, match="certificate is not valid"):
            fetcher.fetch(site.url + "/", source=source(site.url))


def test_a_chain_that_is_incomplete_is_named_with_the_way_out(
    fetcher: Fetcher, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.folder / "root.pem"))
    tls_context.cache_clear()
    try:
        with Wire(tls=authority.server()) as site:
            site.answers["/"] = reply("goed")
            with pytest.raises(FetchError, match=r"chain is incomplete.* set `ca` of the source"):
                fetcher.fetch(site.url + "/", source=source(site.url))
            missing = source(site.url, ca=str(authority.folder / "between.pem"))
            assert body(fetcher, site.url + "/", missing) == b"goed"
    finally:
        tls_context.cache_clear()


# --- addresses --------------------------------------------------------------------------------


def test_the_next_address_is_tried_within_a_second_where_one_swallows_packets(
    fetcher: Fetcher, site: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.2", site.port), backlog=0):
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.2", site.port))
        time.sleep(0.1)
        real = socket.getaddrinfo

        def names(host: str, *args: object, **kwargs: object) -> list[object]:
            hosts = ("127.0.0.2", "127.0.0.1") if host == "krant.example" else (host,)
            return [one for at in hosts for one in real(at, *args, **kwargs)]  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", names)
        url = f"http://krant.example:{site.port}/"
        began = time.monotonic()
        assert body(fetcher, url, source(url)) == b"goed"
        assert time.monotonic() - began < 1
        for caller in callers:
            caller.close()


# --- credentials ------------------------------------------------------------------------------


def test_an_upgrade_to_https_keeps_the_password_and_no_way_back_does() -> None:
    mine = source("http://krant.example/nieuws", auth=Auth(user="lezer", password="geheim"))
    secure = replace(mine, urls=("https://krant.example/nieuws",))
    for url, named, sent in (
        ("http://krant.example/a", mine, True),
        ("http://krant.example:80/a", mine, True),
        ("https://krant.example/a", mine, True),
        ("https://krant.example:8443/a", mine, False),
        ("http://www.krant.example/a", mine, False),
        ("http://krant.example.org/a", mine, False),
        ("http://krant.example/a", secure, False),
        ("https://krant.example/a", secure, True),
    ):
        assert ("Authorization" in headers_for(url, named, "x")) is sent, url


def test_headers_of_a_source_replace_those_of_feedbot(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = reply("goed", "Set-Cookie: b=2; Path=/")
    mine = source(
        site.url, user_agent="Mozilla/5.0", headers=(("accept", "text/html"), ("cookie", "a=1"))
    )
    with fetcher.visiting(mine):
        for _ in range(2):
            body(fetcher, site.url + "/", mine)
    said = [one.headers for one in site.requests]
    assert [one["accept"] for one in said] == ["text/html"] * 2
    assert [one["user-agent"] for one in said] == ["Mozilla/5.0"] * 2
    assert [one["cookie"] for one in said] == ["a=1", "a=1; b=2"]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("secret", [True, False])
def test_a_user_agent_that_is_a_secret_goes_to_the_sources_own_servers_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: bool, secret: bool
) -> None:
    monkeypatch.setenv("SLEUTEL", "GEHEIM")
    agent = f'user_agent = "{"env:SLEUTEL" if secret else "GEHEIM"}"'
    path = tmp_path / "feedbot.toml"
    path.write_text(
        f'[feeds]\nurl = "https://feeds.example.org/"\n[polling]\n{agent if shared else ""}\n'
        f'[[sources]]\nname = "Krant"\nurl = "http://krant.example/"\n{"" if shared else agent}\n'
        '[topics]\nAlles = "*"\n'
    )
    (mine,) = configuration.load(path).sources
    own, other = (
        headers_for(url, mine, "feedbot/1")["User-Agent"]
        for url in ("http://krant.example/a", "http://elders.example/")
    )
    assert (own, other) == ("GEHEIM", "feedbot/1" if secret else "GEHEIM")
    assert ("GEHEIM" in repr(mine)) is not secret


SETTINGS = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
delay = "0s"
revisit = "0s"
[[sources]]
name = "Krant"
url = "{url}/nieuws/"
headers = {{ "X-Sleutel" = "env:SLEUTEL" }}
auth = {{ user = "lezer", password = "file:wachtwoord" }}
[[sources]]
name = "Dicht"
url = "{login}/dicht"
[topics]
Alles = "*"
"""


def settings(home: Path, site: Wire, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("SLEUTEL", "GEHEIM-1")
    (home / "wachtwoord").write_text("GEHEIM-2\n")
    path = home / "feedbot.toml"
    login = site.url.replace("127.0.0.1", "jan:GEHEIM-3@localhost")
    path.write_text(SETTINGS.format(url=site.url, login=login))
    return configuration.load(path)


def test_no_secret_is_written_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with Wire() as site:
        krant = Krant(site, 3)
        site.answers["/dicht"] = reply("nee", status=401)
        site.answers[krant.paths[2]] = redirect(302, "http://localhost:9/elders")
        config = settings(tmp_path, site, monkeypatch)
        with open_tools(config, lambda: NOON) as tools:
            poll_once(config, tools, ["Krant", "Dicht"], threading.Event())
            state = collect_status(config, tools.store)
        sent = [one.headers for one in site.requests if one.path.startswith("/nieuws")]
        assert {one["x-sleutel"] for one in sent} == {"GEHEIM-1"}
        assert len({one["authorization"] for one in sent}) == 1
        assert any("authorization" in one.headers for one in site.requests if one.path == "/dicht")
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    kept = [one for one in written if b"GEHEIM" in one]
    assert len(kept) == 2, "the configuration and the file of the password"
    assert "GEHEIM" not in caplog.text
    assert "GEHEIM" not in repr((config, state))
    assert [one.articles for one in state.sources if one.name == "Krant"] == [2]


def test_a_source_that_is_switched_off_is_not_visited_and_keeps_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Wire() as site:
        Krant(site, 3)
        config = settings(tmp_path, site, monkeypatch)
        with open_tools(config, lambda: NOON) as tools:
            poll_once(config, tools, ["Krant"], threading.Event())
        text = config.path.read_text().replace('name = "Krant"', 'name = "Krant"\nenabled = false')
        config.path.write_text(text)
        config = configuration.load(config.path)
        site.requests.clear()
        assert [one.name for one in config.sources] == ["Dicht"]
        with open_tools(config, lambda: NOON + timedelta(days=1)) as tools:
            due = tools.store.claim(None, NOON + timedelta(days=1))
            assert [one.source for one in due] == ["Dicht"]
            assert collect_status(config, tools.store).off == ("Krant",)
            with tools.store.read() as connection:
                assert len(queries.stories_after(connection, 0, 9)) == 3
