"""What sends a request can be another thing: all that is above it holds for each of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from feedbot.errors import Cancelled, FetchError, Refused
from feedbot.fetch import Fetcher
from feedbot.fetch.over_requests import RequestsTransport
from feedbot.fetch.transport import Transport
from feedbot.model import Auth, Polling, Validators
from tests.fetching import body_of as body
from tests.fetching import open_fetcher, source_of
from tests.sockets import SocketTransport
from tests.wire import Slowly, Wire, redirect, reply

POLLING = Polling(delay=timedelta(0), timeout=timedelta(seconds=1), max_size=1000)
source = partial(source_of, POLLING)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture(params=[RequestsTransport, SocketTransport])
def fetcher(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fetcher]:
    transport: Callable[[], Transport] = request.param
    with open_fetcher(tmp_path, transport=transport) as fetcher:
        yield fetcher


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        site.answers["/"] = reply("goed", 'ETag: "a"')
        yield site


def test_a_page_is_read_with_its_validators(fetcher: Fetcher, site: Wire) -> None:
    page = fetcher.fetch(site.url + "/", source=source(site.url))
    assert page.validators == Validators(etag='"a"')
    assert fetcher.traffic()["bytes"] == 4


def test_redirects_are_followed_and_moves_named(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/oud"] = redirect(301, "/")
    assert fetcher.fetch(site.url + "/oud", source=source(site.url)).moved_to == site.url + "/"


def test_robots_txt_is_obeyed(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /")
    with pytest.raises(Refused, match=r"robots\.txt does not allow it"):
        fetcher.fetch(site.url + "/", source=source(site.url))


def test_private_addresses_are_refused(fetcher: Fetcher, site: Wire) -> None:
    with pytest.raises(Refused, match="not a public address"):
        fetcher.fetch(site.url + "/", source=source("https://nieuws.example/"))
    assert site.requests == []


@pytest.mark.parametrize("answer", [Slowly(OK, b"x", 0.1), Slowly(OK[:9], b"x", 0.1)])
def test_a_server_that_drips_is_given_up(fetcher: Fetcher, site: Wire, answer: Slowly) -> None:
    site.answers["/"] = answer
    began = time.monotonic()
    with pytest.raises(FetchError, match="no complete answer within 1 s"):
        fetcher.fetch(site.url + "/", source=source(site.url, robots=False))
    assert time.monotonic() - began < 2


def test_a_body_without_end_is_left(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = Slowly(OK, b"x" * 900)
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        fetcher.fetch(site.url + "/", source=source(site.url))


def test_it_ends_when_feedbot_stops(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = Slowly(OK, b"", 0.1, 100)
    caught: list[FetchError] = []

    def fetch() -> None:
        try:
            fetcher.fetch(site.url + "/", source=source(site.url, timeout=timedelta(seconds=9)))
        except FetchError as error:
            caught.append(error)

    thread = threading.Thread(target=fetch)
    thread.start()
    time.sleep(0.4)
    fetcher.stop()
    thread.join(2)
    assert [type(error) for error in caught] == [Cancelled]


def test_cookies_last_for_a_visit(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/zet"] = reply("goed", "Set-Cookie: lezer=7; Path=/", "Set-Cookie: b=2; Path=/x")
    mine = source(site.url, robots=False)
    with fetcher.visiting(mine):
        body(fetcher, site.url + "/zet", mine)
        body(fetcher, site.url + "/", mine)
    body(fetcher, site.url + "/", mine)
    assert [one.headers.get("cookie") for one in site.requests] == [None, "lezer=7", None]


def test_a_wall_that_sets_a_cookie_and_leads_back_is_passed(fetcher: Fetcher, site: Wire) -> None:
    site.answers["/"] = [
        reply(b"", "Location: /", "Set-Cookie: gezien=1; Path=/", status=302),
        reply("goed"),
    ]
    assert body(fetcher, site.url + "/", source(site.url, robots=False)) == b"goed"


def test_credentials_go_to_the_site_alone(fetcher: Fetcher, site: Wire) -> None:
    with Wire() as other:
        other.answers["/elders"] = reply("goed")
        site.answers["/weg"] = redirect(302, other.url + "/elders")
        settings = {"headers": (("X-Sleutel", "GEHEIM"),), "auth": Auth(token="GEHEIM")}
        mine = source(site.url, robots=False, **settings)
        both = replace(mine, urls=(site.url, other.url))
        with pytest.raises(Refused):  # it is at an address of this machine that nobody named
            fetcher.fetch(site.url + "/weg", source=mine)
        assert site.requests[0].headers["authorization"] == "Bearer GEHEIM"
        assert site.requests[0].headers["x-sleutel"] == "GEHEIM"
        body(fetcher, site.url + "/weg", both)
        assert other.requests[0].headers["x-sleutel"] == "GEHEIM", "it is one of its own"


def test_cookies_stay_with_the_host_that_set_them(fetcher: Fetcher, site: Wire) -> None:
    with Wire("127.0.0.2") as other:
        other.answers["/"] = reply("goed", "Set-Cookie: b=2; Domain=127.0.0.1; Path=/")
        many = [f"Set-Cookie: c{n}={'x' * 4000}; Path=/" for n in range(60)]
        site.answers["/zet"] = reply("goed", "Set-Cookie: a=1; Path=/; Secure", *many)
        mine = source(site.url, other.url, robots=False)
        with fetcher.visiting(mine):
            for url in (site.url + "/zet", other.url + "/", site.url + "/", other.url + "/"):
                body(fetcher, url, mine)
        assert all("cookie" not in one.headers for one in other.requests)
        assert "cookie" not in site.requests[-1].headers, "too many, and one that is for https"


def test_a_date_of_the_page_behind_a_refresh_is_not_asked_by(fetcher: Fetcher, site: Wire) -> None:
    date = "Last-Modified: Mon, 02 Feb 2026 09:00:00 GMT"
    site.answers["/nieuws"] = reply("<meta http-equiv=refresh content='0; url=/'>")
    site.answers["/"] = reply("goed", 'ETag: "a"', date)
    page = fetcher.fetch(site.url + "/nieuws", source=source(site.url, robots=False))
    assert page.url == site.url + "/"
    assert page.moved_to is None
    assert page.validators == Validators(etag='"a"')
