"""The configuration: what is understood, and how every mistake is named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feedbot.config import load, parse, slug_of
from feedbot.errors import ConfigError
from feedbot.model import Auth, JsonPaths

GOOD = """\
[feeds]
url = "https://feeds.example.org"
output = "feeds"

[polling]
delay = "2s"
contact = "mailto:me@example.org"

[[sources]]
name = "ZeelandNet"
url = "https://www.zeelandnet.nl/nieuws/buitenland"
interval = "1m"

[[sources]]
name = "Elders"
urls = ["https://elders.example.org/a", "https://elders.example.org/b"]
[sources.select]
body = "div.text"
drop = "aside"

[topics]
Rusland = "country:RU"
China = ["country:CN", "Taiwan*", "-afhaalchinees"]
"Oekraïne" = {}
Zeeland = { any = ["Zeeland", "Zeeuws*"], title = "Nieuws uit Zeeland", threshold = 1, not = ["Nieuw-Zeeland"] }
"""

HERE = Path("feedbot.toml")


def test_everything_that_was_said_is_understood() -> None:
    config = parse(GOOD, HERE)
    portal, elsewhere = config.sources
    assert config.output.url == "https://feeds.example.org/"
    assert config.output.authority == "feeds.example.org"
    assert portal.urls == ("https://www.zeelandnet.nl/nieuws/buitenland",)
    assert portal.polling.delay == timedelta(seconds=2)
    assert portal.polling.min_interval <= portal.polling.interval == timedelta(minutes=1)
    assert elsewhere.polling.interval == timedelta(minutes=15)
    assert elsewhere.select.body == "div.text"
    assert elsewhere.select.drop == ("aside",)
    russia, china, ukraine, zeeland = config.topics
    assert russia.any == ("country:RU",)
    assert china.any == ("country:CN", "Taiwan*", "-afhaalchinees")
    assert ukraine.any == ("country:UA",)
    assert ukraine.slug == "oekraine"
    assert zeeland.title == "Nieuws uit Zeeland"
    assert zeeland.threshold == 1
    assert zeeland.veto == ("Nieuw-Zeeland",)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "feedbot.toml"
    path.write_text(GOOD, encoding="utf-8")
    config = load(path)
    assert config.folder == tmp_path / "feeds"
    assert config.store_url == f"sqlite:///{tmp_path / 'feedbot.db'}"


def test_secrets_come_from_outside_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOEK", "id=GEHEIM")
    (tmp_path / "woord").write_text("GEHEIM: é\n")
    text = change(
        'interval = "1m"',
        'headers = { Cookie = "env:KOEK" }\nproxy = "direct"\n'
        'auth = { user = "lezer", password = "file:woord" }',
    ).replace("//elders.example.org/a", "//jan:GE%40HEIM@elders.example.org/a")
    portal, elsewhere = parse(text, tmp_path / "feedbot.toml").sources
    assert portal.polling.headers == (("Cookie", "id=GEHEIM"),)
    assert portal.polling.auth == Auth(user="lezer", password="GEHEIM: é")
    assert elsewhere.urls[0] == "https://elders.example.org/a"
    assert elsewhere.logins == ((elsewhere.urls[0], Auth(user="jan", password="GE@HEIM")),)
    assert "HEIM" not in repr((portal, elsewhere))


def test_a_source_of_json_names_where_its_articles_are() -> None:
    text = change(
        '[sources.select]\nbody = "div.text"\ndrop = "aside"', '[sources.json]\nurl = "u"'
    )
    assert parse(text, HERE).sources[1].json == JsonPaths(url="u")


def change(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


# What is changed, the line on which the mistake is named, and words of its problem and its help.
MISTAKES = [
    ('delay = "2s"', 'dellay = "2s"', 6, "unknown setting `dellay`", "did you mean `delay`?"),
    ('output = "feeds"', 'outptu = "feeds"', 3, "unknown setting `outptu`", "`output`"),
    ('[polling]', '[poling]', 5, "unknown setting `poling`", "`polling`"),
    ('interval = "1m"', 'intervall = "1m"', 12, "`intervall`", "`interval`"),
    ('body = "div.text"', 'bdy = "div.text"', 18, "`bdy`", "`body`"),
    ('url = "https://feeds.example.org"\n', "", 1, "`url` is missing", "https://"),
    ('name = "ZeelandNet"\n', "", 9, "`name` is missing", "name ="),
    ('"https://feeds.example.org"', '"feeds.example.org"', 2, "not a web address", "https://"),
    ('"https://feeds.example.org"', "12", 2, "not a web address", "https://"),
    ('"2s"', '"2 hours"', 6, "not a duration", "15m"),
    ('"2s"', "2", 6, "not a duration", "15m"),
    ('"2s"', '"9999999999999d"', 6, "too long", "36500 days"),
    ('"1m"', '"0s"', 12, "longer than zero", ""),
    ('"mailto:me@example.org"', '"me"', 7, "not a contact", "mailto:"),
    ('interval = "1m"', 'max_size = "5 apples"', 12, "not a size", "5MB"),
    ('interval = "1m"', 'robots = "yes"', 12, "neither true nor false", "without quotes"),
    ('interval = "1m"', 'timezone = "Europe/Amsterdm"', 12, "not a time zone", "Europe/Amsterdam"),
    ('interval = "1m"', 'language = "Nederlands"', 12, "not a language tag", "nl"),
    ('interval = "1m"', 'interval = "1m"\nmin_interval = "9h"', 13, "contradict", "min_interval ≤"),
    ('delay = "2s"', 'min_interval = "5h"', 6, "5h is longer than max_interval 4h (the default)", "min_interval ≤"),
    ('delay = "2s"', 'max_interval = "2m"', 6, "5m (the default) is longer than max_interval 2m", "min_interval ≤"),
    ('delay = "2s"', 'min_interval = "2h"', 12, "min_interval 2h is longer than interval 1m", "min_interval ≤"),
    ('interval = "1m"', 'interval = "3h"\nmax_interval = "2h"', 12, "interval 3h is longer than max_interval 2h", ""),
    ('interval = "1m"', 'min_interval = "2h"\nmax_interval = "1h"', 12, "2h is longer than max_interval 1h", ""),
    ('elders.example.org/b', 'elders.example.org/a', 16, "listed twice", "remove one"),
    ('elders.example.org/b', 'www.zeelandnet.nl/nieuws/buitenland?utm_source=x', 16, "also belongs to `ZeelandNet`", ""),
    ('"country:RU"', '"source:Zeelandnett"', 22, "there is no source `Zeelandnett`", "ZeelandNet"),
    ('"Taiwan*"', '"-source:Niemand"', 23, "there is no source `Niemand`", "known sources: Elders"),
    ('not = ["Nieuw-Zeeland"]', 'not = ["source:Elder"]', 25, "`source:Elder`", "Elders"),
    ('any = ["Zeeland"', 'all = ["source:Elder"], any = ["Zeeland"', 25, "`source:Elder`", "Elders"),
    ('"https://elders.example.org/b"', '"https://elders.example.org:nieuws/"', 16, "not a web address", ""),
    ('"https://elders.example.org/b"', '"https://[elders/"', 16, "not a web address", ""),
    ('name = "Elders"', 'name = "ZeelandNet"', 15, "two sources are named", "rename"),
    ('urls = ["https://elders.example.org/a", "https://elders.example.org/b"]\n', "", 14, "neither url", "url ="),
    ('"country:RU"', '"country:RX"', 22, "RX", ""),
    ('"Taiwan*"', '"*wan"', 23, "*wan", ""),
    ('"Taiwan*"', '""', 23, "not text", ""),
    ('"Oekraïne" = {}', '"Onzin" = {}', 24, "no term that can match", "Onzin"),
    ('"Oekraïne" = {}', '"Beieren" = {}', 24, "no term that can match", "region:DE-BY"),
    ('"Oekraïne" = {}', '"Economie" = {}', 24, "no term that can match", "theme:economy"),
    ('"Oekraïne" = {}', '"Guerre" = {}', 24, "no term that can match", "theme:war"),
    ('"Oekraïne" = {}', 'Oekraïne = {}', 24, "expected", '"Oekraïne" = {}'),
    ('"Oekraïne" = {}', 'Verenigde Staten = "country:US"', 24, "expected", '"Verenigde Staten" = "country:US"'),
    ('threshold = 1', 'digest = "hourly"', 25, "is not a digest", "weekly"),
    ('"https://feeds.example.org"', '"https://feeds.example.org"\nreaders = ["feedli"]', 3, "not a feed reader", "`feedly`"),
    ('"https://feeds.example.org"', '"https://feeds.example.org"\nexplain = ["whi"]', 3, "not an explanation", "`why`"),
    ('"Oekraïne" = {}', '"china" = "Peking"', 24, "china.xml", "rename"),
    ('threshold = 1', 'treshold = 1', 25, "`treshold`", "`threshold`"),
    ('threshold = 1', 'threshold = "high"', 25, "not a threshold", "number"),
    ('threshold = 1', 'sources = ["Zeelandnet"]', 25, "there is no source", "ZeelandNet"),
    ('output = "feeds"', 'output = "feeds', 3, "", "quotes"),
    ('output = "feeds"', 'output = "ftp://feeds"', 3, "is not an output", "s3://bucket/prefix"),
    ('output = "feeds"', 'output = "s3://"', 3, "is not an output", "s3://bucket/prefix"),
    ('output = "feeds"', 'output = "."', 3, "would hold the configuration", "of its own"),
    ('output = "feeds"', 'keep = "500d"', 3, "further than stories are kept", "[store]"),
    ('output = "feeds"', 'entries = 99999999999999999999', 3, "too many", "at most"),
    ('output = "feeds"', 'rights = "a\\u0007b"', 3, "control character", "remove it"),
    ('"https://feeds.example.org"', '"https://' + 64 * "ü" + '.example/"', 2, "no host", "such as"),
    ('delay = "2s"', 'timeout = "30d"', 6, "too long", "a day"),
    ('threshold = 1', 'threshold = nan', 25, "not a threshold", "number"),
    ('urls = ["https://elders.example.org/a", "https://elders.example.org/b"]\n', "urls = []\n", 14, "neither url", "url ="),
    ('output = "feeds"', 'output = "s3://b2/x"\ngzip = true', 4, "only in a folder", "remove it"),
    ('"https://feeds.example.org"', '"file://feeds"', 2, "not a web address", "https://"),
    ('interval = "1m"', 'headers = "x"', 12, "must be a table", "Cookie"),
    ('interval = "1m"', 'headers = { "X Y" = "1" }', 12, "no name of a header", "Accept-Language"),
    ('interval = "1m"', 'headers = { Host = "x" }', 12, "sets Host itself", "leave it out"),
    ('interval = "1m"', 'headers = { Cookie = 7 }', 12, "text that a header can hold", "env:NAME"),
    ('interval = "1m"', 'headers = { Cookie = "env:NIETS" }', 12, "`Cookie`: the environment has no NIETS", "env:NAME"),
    ('interval = "1m"', 'user_agent = "a\\nb"', 12, "text that a header can hold", ""),
    ('interval = "1m"', 'auth = { user = "lezer" }', 12, "needs a user and a password, or a token", "env:KRANT"),
    ('interval = "1m"', 'auth = { user = "lezer", password = "file:niets" }', 12, "niets: no such file", "file:PATH"),
    ('interval = "1m"', 'auth = { token = "x", usr = "y" }', 12, "unknown setting `usr`", "`user`"),
    ('interval = "1m"', 'auth = { token = "x" }\nheaders = { authorization = "y" }', 12, "contradict", "leave one"),
    ('interval = "1m"', 'proxy = "krant.example"', 12, "`proxy` is none", "socks5://"),
    ('interval = "1m"', 'proxy = "socks4://a:1"', 12, "`proxy` is none", "socks5://"),
    ('interval = "1m"', 'ca = "niets.pem"', 12, "niets.pem: no such file", "relative"),
    ('interval = "1m"', 'enabled = "no"', 12, "neither true nor false", "without quotes"),
    ('"https://elders.example.org/b"', '"https://${USER}@elders.example.org/"', 16, "is not filled in", "env:NAME"),
    ('[sources.select]\nbody = "div.text"\ndrop = "aside"', '[sources.json]\nitems = "a..b"\nurl = "u"', 18, "an empty key", "data.articles"),
    ('[sources.select]\nbody = "div.text"\ndrop = "aside"', '[sources.json]\nurl = "$[x"', 18, "is not JSONPath", "$..url"),
    ('[sources.select]\nbody = "div.text"\ndrop = "aside"', '[sources.json]\nitems = "a"', 17, "`url` is missing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "problem", "advice"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_the_right_spelling(
    old: str, new: str, line: int, problem: str, advice: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(change(old, new), HERE)
    (mistake,) = caught.value.mistakes
    assert mistake.line == line
    assert mistake.path == "feedbot.toml"
    assert problem in mistake.problem
    assert advice in mistake.help


def test_an_interval_alone_may_lie_outside_of_the_default_bounds() -> None:
    for interval in ("1s", "2d"):
        polling = parse(change('"1m"', f'"{interval}"'), HERE).sources[0].polling
        assert polling.min_interval <= polling.interval <= polling.max_interval
    polling = parse(change('interval = "1m"', 'min_interval = "3h"'), HERE).sources[0].polling
    assert polling.interval == polling.min_interval, "the first guess follows the bounds"


def test_a_source_may_be_named_in_a_topic_in_any_case() -> None:
    assert parse(change('"country:RU"', '"source:zeelandnet"'), HERE).topics[0].any


SELECTORS_THAT_ARE_WRONG = [
    "div[[", "div..x", "div >", "#", ".1a", "a[href=x", "p:foo", "p:nth-child(x)", "div//a",
    "child::div", "xpath://div", "count(//a)", "//div[", "//", "/html/body//", "//x:div",
    "//div[foo()]", "//a[$x]", "(//a", "//a/@href", "//h1/text()", "//h1 | //h2/text()",
    "h2 a::text", "a::attr(href)", "::text", "{{ links }}", "h2 a;",
]  # fmt: skip


@pytest.mark.parametrize("wrong", SELECTORS_THAT_ARE_WRONG)
@pytest.mark.parametrize("key", ["links", "title", "body", "published", "drop"])
def test_a_selector_that_is_wrong_is_named_with_its_line(key: str, wrong: str) -> None:
    value = f"['aside', '{wrong}']" if key == "drop" else f"'{wrong}'"
    text = change('body = "div.text"\ndrop = "aside"', f"{key} = {value}")
    with pytest.raises(ConfigError) as caught:
        parse(text, HERE)
    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.key) == (18, f"sources.select.{key}")
    assert wrong in mistake.problem
    assert "h2 a" in mistake.help


@pytest.mark.parametrize(
    "right",
    [
        "h2 a", "h1, h2 > a", "a:hover", "p:has(a)", "li:nth-child(2n+1)", "a[href^='/nieuws/']",
        "div:not(.ad)", "*", "//a", "(//a)[1]", "./h2", "//a[re:test(@href, '^/n')]",
        "//div[has-class('x')]", "//*[not(self::a) and (b)]", "//a[contains(., 'foo(')]",
        "descendant::h2/a", "//a[@href]", "//h2 | //h3",
    ],
)  # fmt: skip
def test_a_selector_that_is_right_is_taken_as_it_is(right: str) -> None:
    text = change('body = "div.text"', f'body = "{right}"')
    assert parse(text, HERE).sources[1].select.body == right


@pytest.mark.parametrize(
    "url",
    [
        "ftp://lezer:GEHEIM@elders.example.org/",
        "https://lezer:GEH/EIM@elders.example.org/",
        "https://elders.example.org:x/?token=GEHEIM",
    ],
)
def test_no_mistake_tells_a_secret_of_a_url(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(change("https://elders.example.org/b", url), HERE)
    for secret in ("lezer", "GEH", "EIM"):
        assert secret not in str(caught.value)


def test_a_folder_of_this_machine_may_be_read_without_a_server() -> None:
    config = parse(change("https://feeds.example.org", "file:///home/me/feeds"), HERE)
    assert config.output.url == "file:///home/me/feeds/"


def test_all_mistakes_are_named_at_once() -> None:
    text = GOOD.replace("delay", "dellay").replace("Taiwan*", "*").replace('"div.text"', "1")
    text = text.replace("country:RU", "country:XX").replace("threshold", "treshold")
    with pytest.raises(ConfigError) as caught:
        parse(text, HERE)
    assert [mistake.line for mistake in caught.value.mistakes] == [6, 18, 22, 25]


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "none.toml")
    assert "feedbot init" in caught.value.mistakes[0].help


def test_the_address_of_the_output_is_written_as_addresses_are() -> None:
    config = parse(
        change(
            "https://feeds.example.org",
            'https://München.example/R&D/ons "nieuws"'.replace('"', '\\"'),
        ),
        HERE,
    )
    assert config.output.url == "https://xn--mnchen-3ya.example/R&D/ons%20%22nieuws%22/"
    assert config.output.authority == "xn--mnchen-3ya.example"


def test_a_database_inside_the_output_is_refused() -> None:
    text = change("[polling]", '[store]\nurl = "sqlite:///feeds/state.db"\n\n[polling]')
    with pytest.raises(ConfigError, match="inside the output"):
        parse(text, HERE)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Rusland", "rusland"),
        ("Oekraïne", "oekraine"),
        ("Verenigde Staten", "verenigde-staten"),
        ("../../etc", "etc"),
        ("CON", "con-feed"),
        ("index", "index-feed"),
        ("Россия", "rossiya"),
        ("com1", "com1-feed"),
    ],
)
def test_a_slug_is_a_safe_file_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["***", "…", "\u200f"])
def test_a_name_without_letters_still_has_a_slug_of_its_own(name: str) -> None:
    assert slug_of(name).startswith("topic-")


def test_leaders_of_no_country_are_a_mistake() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f'{GOOD}\n[leaders]\nRusland = ["Ivan Nieuwman"]\n', HERE)
    (mistake,) = caught.value.mistakes
    assert "not a country code" in mistake.problem
    assert mistake.help == "RU"
    assert mistake.line > 20
