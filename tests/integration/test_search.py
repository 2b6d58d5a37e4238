"""What a search finds, on SQLite and on PostgreSQL, and that its index follows the stories."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot.model import Article, Dated, Dateline, Routing, Topic
from feedbot.store import Store, desk_queries, queries, search
from feedbot.store.search import MOST_WORDS, phrases, words_of
from feedbot.stories.fingerprint import fingerprint_of, rows_of
from feedbot.terms import countries, themes
from feedbot.topics import Base, Mentions, Rehearsal, compile_topics, hold
from tests.articles import article, sources

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
STORIES = {
    "brug": article("Brug bij Goes 100% dicht", "De Zeeuwse brug is dicht. Dat duurt tot maandag."),
    "café": article("Café in Orléans gesloten", "ÉÉN gast bleef; Poetin’s foto niet. Covid-19."),
    "kat": replace(
        article("Kat uit boom", "Een kat zat in een boom."),
        authors=("Ada van Dijk",),
        dateline=Dateline(text="VEERE (ANP) - ", place="VEERE", agencies=("ANP",)),
    ),
    "北京": article("习近平在北京讲话", "国家主席在北京大学发表讲话。"),
    "東京": article("東京でイベント", "ラーメンの祭りが東京タワーで開かれた。"),
    "서울": article("서울에서 열린 회의", "대통령이 서울에서 연설했다."),
    "москва": article("Путин выступил в Москве", "Ещё раз о переговорах."),
    "दिल्ली": article("दिल्ली में बारिश", "हिन्दी समाचार: दिल्ली में भारी बारिश हुई।"),
    "القدس": article("القُدس مدينة", "قال الرئيس في القدس اليوم."),
}


def put(store: Store, name: str, one: Article, at: datetime = NOW) -> int:
    with store.save(at) as saving:
        return saving.add(
            one, fingerprint_of(one), tag=f"tag:{name}", source="a", url_key=f"a.example.org/{name}",
            published=Dated(at=at, origin="meta"),
        )  # fmt: skip


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store(store_url) as store:
        store.know_sources(sources("a"))
        yield store


@pytest.fixture
def full(store: Store) -> Store:
    for number, (name, one) in enumerate(STORIES.items()):
        put(store, name, one, NOW + timedelta(minutes=number))
    return store


def found(store: Store, asked: str, **more: object) -> list[str]:
    with store.read() as connection:
        lines = desk_queries.newest_stories(connection, 99, words=asked, **more)  # type: ignore[arg-type]
    names = {one.title: name for name, one in STORIES.items()}
    return [names.get(line.title, line.title) for line in lines]


FOUND = [
    ("goes", ["brug"]),
    ("BRUG", ["brug"]),
    ("zeeuw", ["brug"]),
    ("zeeuw*", ["brug"]),
    ("eeuws", []),
    ("maandag goes", ["brug"]),
    ("goes kat", []),
    ("100%", ["brug"]),
    ("dicht", ["brug"]),
    ("cafe orleans", ["café"]),
    ("CAFÉ", ["café"]),
    ("een", ["kat", "café"]),
    ("poetin's", ["café"]),
    ("Poetin’s", ["café"]),
    ("covid-19", ["café"]),
    ("19-covid", []),
    ('"brug is dicht"', ["brug"]),
    ('"is brug dicht"', []),
    ("“brug is dicht”", ["brug"]),
    ('"brug is dich"', []),
    ('"een kat" boom', ["kat"]),
    ('"kat zat', ["kat"]),
    ("veere", ["kat"]),
    ("dijk", ["kat"]),
    ("k", []),
    ("北京", ["北京"]),
    ("北京大学", ["北京"]),
    ("大京", []),
    ("讲话", ["北京"]),
    ("東京タワー", ["東京"]),
    ("ラーメン", ["東京"]),
    ("서울", ["서울"]),
    ("москв", ["москва"]),
    ("еще", ["москва"]),
    ("दिल्ली", ["दिल्ली"]),
    ("हिन्दी", ["दिल्ली"]),
    ("القدس", ["القدس"]),
    ("القُدس", ["القدس"]),
]


def test_a_search_finds_words_beginnings_and_phrases_in_every_script(full: Store) -> None:
    for asked, wanted in FOUND:
        assert found(full, asked) == wanted, asked


ODD = (
    '"', '""', '"""', "'", "*", "**", "-", "-brug", "(", ")", "AND", "NEAR(", "a AND", "NOT kat", "words:kat",
    "kat^", "{a b}", "kat*zat", ":*", "&", "|", "!", "<->", "kat <-> zat", "\\", "'kat", "kat''", "a:b:c", "%", "_",
    "\x00", "kat\x00", "\ud800", "\U0010ffff", "😀", " ", "\t\n", "' OR 1=1 --", "$$", ":asked", "?", "[", "kat:*A",
)  # fmt: skip


def test_no_search_is_an_error(full: Store) -> None:
    for asked in ODD:
        assert isinstance(found(full, asked), list), asked
    draw = random.Random(4)
    for _ in range(200):
        asked = "".join(draw.choices("\"'*-():&|!<>\\^{}katéé北 \t", k=draw.randint(1, 20)))
        assert isinstance(found(full, asked), list), asked
    assert found(full, "kat " * 20_000) == ["kat"]
    assert found(full, "x" * 200_000) == []
    assert found(full, '"' + "北" * 50_000) == []
    assert found(full, "?!") == [], "not everything"


def test_operators_are_words(full: Store) -> None:
    assert found(full, "NOT kat") == []
    assert found(full, "kat OR brug") == []


def test_the_newest_come_first_and_the_older_ones_after_them(store: Store) -> None:
    keys = [
        put(store, str(n), article(f"Bericht {n}", f"Nieuws nummer {n}."), NOW + timedelta(hours=n))
        for n in range(5)
    ]
    assert found(store, "nieuws") == [f"Bericht {n}" for n in (4, 3, 2, 1, 0)]
    assert found(store, "nieuws", before=keys[2]) == ["Bericht 1", "Bericht 0"]
    assert found(store, "nieuws", source="b") == []
    with store.save(NOW) as saving:
        saving.route(keys[1], ["x"])
    assert found(store, "nieuws", routed=True) == ["Bericht 1"]
    assert "Bericht 1" not in found(store, "nieuws", routed=False)


def change(store: Store, key: int, new: Article, difference: object = ()) -> None:
    with store.read() as connection:
        (known,) = desk_queries.stories_numbered(connection, [key])
    with store.save(NOW + timedelta(days=9)) as saving:
        saving.replace(
            known, new, fingerprint_of(new), source="a", url_key="a.example.org/x",
            old_rows=rows_of(known.versions), difference=difference,
        )  # fmt: skip


def forget(store: Store, key: int) -> None:
    with store.read() as connection:
        (known,) = desk_queries.stories_numbered(connection, [key])
    with store.save(NOW) as saving:
        saving.forget_text(known, rows_of(known.versions))


@pytest.mark.parametrize("difference", [(), None])
def test_an_edited_story_is_found_by_its_new_words_alone(full: Store, difference: object) -> None:
    with full.read() as connection:
        keys = {one.title: one.id for one in desk_queries.newest_stories(connection, 99)}
    change(full, keys["Kat uit boom"], article("Hond uit sloot", "De hond kwam eruit."), difference)
    assert found(full, "hond") == ["Hond uit sloot"]
    assert found(full, "kat") == []


def test_a_story_that_was_pruned_is_not_found(full: Store) -> None:
    key = put(full, "oud", article("Oud nieuws", "Verjaard bericht."))
    assert found(full, "verjaard") == ["Oud nieuws"]
    forget(full, key)
    assert found(full, "verjaard") == []


def test_a_poll_that_fails_leaves_no_words(full: Store) -> None:
    one = article("Half bericht", "Halverwege afgebroken.")
    with pytest.raises(RuntimeError), full.save(NOW) as saving:
        saving.add(one, fingerprint_of(one), tag="tag:half", source="a", url_key="a.example.org/half",
                   published=Dated(at=NOW, origin="meta"))  # fmt: skip
        raise RuntimeError
    assert found(full, "halverwege") == []


def test_a_copy_of_the_store_finds_the_same(full: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'copy.db'}") as other:
        full.copy_to(other)
        for asked, wanted in FOUND:
            assert found(other, asked) == wanted, asked


def test_the_index_has_what_the_stories_say_whatever_happened_to_them(tmp_path: Path) -> None:
    draw = random.Random(7)
    with Store(f"sqlite:///{tmp_path / 'feedbot.db'}") as store:
        keys: list[int] = []
        for turn in range(120):
            words = " ".join(draw.choices("aa bb cc dd ee 北京 één «ff» gg-hh".split(), k=9))
            one = article(f"Kop {turn}", words)
            match draw.choice("add add edit form forget".split()):
                case "edit" if keys:
                    change(store, draw.choice(keys), one)
                case "form" if keys:
                    change(store, draw.choice(keys), one, None)
                case "forget" if keys:
                    forget(store, keys.pop(draw.randrange(len(keys))))
                case _:
                    keys.append(put(store, str(turn), one))
        with store.write() as connection:
            check = "INSERT INTO story_search (story_search) VALUES ('integrity-check')"
            connection.exec_driver_sql(check)
            connection.exec_driver_sql(
                "CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, story_search, instance)"
            )
            seen = {
                (doc, offset, term)
                for doc, offset, term in connection.exec_driver_sql(
                    "SELECT doc, offset, term FROM temp.seen"
                )
            }
            wanted = {
                (one.id, at, word)
                for one in queries.stories_after(connection, 0, 999)
                for at, word in enumerate(words_of(one.article))
            }
    assert seen == wanted


def test_words_are_what_was_indexed_by_all_versions() -> None:
    """Once this fails, a migration must make the index anew: see `words_of`."""
    one = replace(
        STORIES["kat"], paragraphs=("Poetin's «Straße» œuvre, 3.14 北京 हिन्दी ed_42 القُدس.",),
        sections=("Één/Twee",),
    )  # fmt: skip
    assert " ".join(words_of(one)) == (
        "kat uit boom veere poetin s strasse oeuvre 3 14 北 京 हिन्दी ed 42 القدس ada van dijk een twee"
    )
    assert len(words_of(article("Kop", "woord " * 50_000))) == MOST_WORDS
    assert len(words_of(article("Kop", "x" * 50_000))[-1]) < 100


MENTIONED = (
    "brug", "Brug bij", "100", "café", "Orleans", "poetin's", "Covid-19", "kat", "een kat", "北京", "東京",
    "서울", "москве", "القدس", "e", "É", "ban",
)  # fmt: skip


@pytest.mark.parametrize("is_beginning", [False, True])
def test_all_stories_that_a_term_of_a_topic_may_match_are_known(
    full: Store, is_beginning: bool
) -> None:
    """Else a rehearsed rule would lack them."""
    with full.read() as connection:
        stories = queries.stories_after(connection, 0, 99)
        for term in MENTIONED:
            rule = term + "*" * is_beginning
            router = compile_topics([Topic(name="T", slug="t", any=(rule,))])
            matched = {one.id for one in stories if router.route(one.article, one.source)}
            known = search.mentioning(connection, [term], is_beginning=is_beginning)
            assert known is not None
            assert matched <= known, rule
        assert search.mentioning(connection, ["%"], is_beginning=False) is None
        assert search.mentioning(connection, ["हिन"], is_beginning=False) is None


NAMED = (
    "country:RU", "country:US", "country:GB", "country:FR", "country:TR", "country:UN",
    "region:NL-ZE", "region:BE-VLG",
)  # fmt: skip
COMMON = ("van", "Van", "who", "WHO", "и", "И", "mit", "MIT")  # in nearly every story of a language
THEMED = ("theme:health", "theme:sport")


@pytest.mark.parametrize("language", ["nl", "en", "de", "ru", "ar", "zh"])
def test_a_rehearsed_term_finds_in_the_index_what_routing_everything_finds(
    store: Store, language: str
) -> None:
    draw = random.Random(language)
    for number, names in enumerate(_names(language, draw)):
        text = " ".join(f"({name}, {name.upper()})" for name in names)
        one = replace(article(text, f"x {text} y"), language=language)
        put(store, str(number), one)
    with store.read() as connection:
        stories = queries.stories_after(connection, 0, 999)

        def mentioning(phrases: Sequence[str], is_beginning: bool) -> set[int] | None:
            return search.mentioning(connection, phrases, is_beginning=is_beginning)

        def routed(topic: Topic) -> dict[int, Routing]:
            router = compile_topics([topic])
            each = ((one.id, router.route(one.article, one.source)) for one in stories)
            return {key: found[0] for key, found in each if found}

        held = [hold(one) for one in stories]
        alone = [Topic(name="T", slug="t", any=(term,)) for term in THEMED]
        known = {topic.any[0]: routed(topic) for topic in alone}
        bases = [Base(topic, known[topic.any[0]]) for topic in alone]
        mentions = Mentions({language}, {}, mentioning, known)
        for term in (*NAMED, *COMMON, *THEMED):
            last = Base(Topic(name="T", slug="t", any=("gone",)), {})
            for more in ("gone", "Zeeland", *THEMED):
                new = Topic(name="T", slug="t", any=tuple(dict.fromkeys((term, more))))
                rehearsal = Rehearsal(new, [last, *bases], held, {}, mentions)
                rehearsal.advance(len(stories))
                assert rehearsal.found == routed(new), new.any
                last = Base(new, rehearsal.found)


def _names(language: str, draw: random.Random) -> list[list[str]]:
    """Names of the terms, a few to a story, and a story without any."""
    found: list[list[str]] = [["water"]]
    for term in NAMED:
        kind, _, code = term.partition(":")
        if kind == "region":
            shipped = countries.region_phrases(code, language)
        else:
            shipped = countries.phrases(code, language) + countries.leaders(code, language)
        names = [phrase.text for phrase in shipped]
        found += [draw.sample(names, min(3, len(names))) for _ in range(4)]
    for term in THEMED:
        words = [word.text.strip("*") for word in themes.words(term[6:], language)]
        found += [[*draw.sample(words, min(3, len(words))), draw.choice(COMMON)] for _ in range(4)]
    return found + [[word] for word in COMMON]


def test_a_search_that_says_nothing_has_no_phrases() -> None:
    assert phrases('"" - ?') == []
