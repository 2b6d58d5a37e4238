"""URLs: whatever a site writes into one, no function raises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from feedbot.web.sanitise import absolute_urls
from feedbot.web.urls import (
    NO_URL,
    canonical,
    host_of,
    join,
    parts_of,
    redact,
    registered_domain,
    same_site,
    server_of,
    url_key,
    without_user,
)

BASE = "https://krant.example/nieuws/"
WRONG = [
    "https://[cdn]/x.jpg",
    "https://[site",
    "//[",
    "https://krant.example:99999/a",
    "https://krant.example:poort/a",
    "https://krant.example:-1/a",
    "https://krant.example:８０８０0000/a",
    "https://a\u2100b.example/",
    f"https://{'a' * 300}/",
    f"https://krant.example/{'a' * 9000}",
]
ODD = [
    "https://krant.example/\ud800",
    "https://krant.example/?q=\udfff",
    f"https://{'é' * 70}.example/",
    "https://\u0378.example/",
    "http://[::1]:80/",
    "http://[v1.x]/",
    "https://\x00/",
    "\x00",
    "",
    "https:",
    "https://@:@/",
    "%",
]


@pytest.mark.parametrize("url", WRONG)
def test_what_cannot_be_a_url_is_none(url: str) -> None:
    assert join(BASE, url) == ""
    assert parts_of(url) is NO_URL
    assert canonical(url) == url


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("a", "https://krant.example/nieuws/a"),
        (" /a\n", "https://krant.example/a"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("http://b.example:8080/", "http://b.example:8080/"),
        ("mailto:a@b", "mailto:a@b"),
        ("/\ud800", "https://krant.example/\ufffd"),
    ],
)
def test_a_url_is_joined_to_its_page(url: str, whole: str) -> None:
    assert join(BASE, url) == whole


TOTAL: list[Callable[[str], object]] = [
    canonical,
    url_key,
    host_of,
    server_of,
    parts_of,
    redact,
    without_user,
    lambda url: join(BASE, url),
    lambda url: join(url, "a"),
    lambda url: absolute_urls(url, BASE),
    lambda url: absolute_urls("a", url),
    lambda url: same_site(url, BASE),
]
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
pieces = st.sampled_from(
    "https http :// // : @ [ ] / ? # % & = . .. ; :80 :99999 [::1] [v1.a] krant.example www. m."
    " é \ud800 \x00 utm_source %ff ／ ｡ xn--".split()
)


@given(st.lists(pieces | anything, max_size=12).map("".join))
@example("".join(WRONG))
def test_no_text_is_too_odd_for_them(url: str) -> None:
    for function in TOTAL:
        function(url)
    for text in (canonical(url), url_key(url), join(BASE, url)):
        assert canonical(text) is not None


@pytest.mark.parametrize("url", [*WRONG, *ODD])
def test_odd_urls_have_a_key_that_can_be_stored(url: str) -> None:
    for function in TOTAL:
        function(url)
    url_key(url).encode("utf-8")
    join(BASE, url).encode("utf-8")


@pytest.mark.parametrize("host", [
    "news.example.co.uk", "example.org", "org", "co.uk", "a.b.c.kobe.jp", "city.kobe.jp", "www.ck", "x.y.ck",
    "a.blogspot.com", "user.github.io", "krant.example", "xn--80ahgwdq.xn--p1ai", "a.xn--55qx5d.cn", "a.公司.cn",
    "новости.рф", "xn--zz.xn--zz--", "localhost",
])  # fmt: skip
def test_a_registered_domain_is_what_the_whole_list_says(host: str) -> None:
    ascii_host = host.encode("idna").decode()
    assert registered_domain(host) == (PublicSuffixList().privatesuffix(ascii_host) or ascii_host)


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::1"])
def test_an_address_is_its_own_domain(host: str) -> None:
    assert registered_domain(host) == host


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spip.php?article12", "spip.php?article13"),
        ("spip.php?article12", "spip.php?rubrique12"),
        ("spip.php?article12&lang=fr", "spip.php?article12&lang=en"),
        ("index.php?nieuws/12", "index.php?nieuws/13"),
        ("?p12", "?p13"),
        ("?12", "?13"),
        ("?2026/05/12/brug", "?2026/05/12/haven"),
        ("index.php?/archives/12-brug.html", "index.php?/archives/13-brug.html"),
        ("?12-brug-open", "?13-brug-open"),
        ("?/brug-open", "?/brug-dicht"),
    ],
)
def test_a_name_in_the_query_makes_a_page(one: str, other: str) -> None:
    assert url_key(BASE + one) != url_key(BASE + other)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("spip.php?lang=fr&article12", "spip.php?article12&lang=fr"),
        ("spip.php?article12&utm_source=x", "spip.php?article12"),
        ("index.php?12-brug", "?12-brug"),
        ("brug?knop-boven-aan", "brug"),
        ("brug?via%3Dihub", "brug"),
        ("brug?m4s8b0", "brug"),
        ("brug?20260512", "brug"),
        ("brug?182b0f4e-3981-4573-a1b1-475506e8defb", "brug"),
        ("brug?print", "brug"),
        ("brug?", "brug"),
        ("brug?/", "brug"),
        ("brug?x=", "brug"),
        ("brug?v2.1", "brug"),
        ("brug?1764547200", "brug"),
        ("brug?t1764547200", "brug"),
        ("brug?5f4dcc3b5aa765d61d8327deb882cf99", "brug"),
        ("brug.html?20260512", "brug.html"),
    ],
)
def test_a_switch_in_the_query_makes_none(url: str, plain: str) -> None:
    assert url_key(BASE + url) == url_key(BASE + plain)
