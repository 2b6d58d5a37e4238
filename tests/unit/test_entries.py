"""What an entry says of a story, before any format writes it down."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbot.model import Article, Dated, Dateline, Enclosure, Image, Output, Story, Topic
from feedbot.publish.entries import Entry, FeedContext, entry_of, feed_context, title_of
from feedbot.stories.fingerprint import fingerprint_of

AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
OUTPUT = Output(url="https://feeds.example.org/", output="feeds", authority="example.org")
TOPICS = (
    Topic(name="Rusland", slug="rusland", any=("Rusland",)),
    Topic(name="<b></b>", slug="zeeland", any=("Zeeland",)),
)
CONTEXT = feed_context(OUTPUT, TOPICS)
ARTICLE = Article(
    url="https://nieuws.example.org/1",
    title="Kop",
    paragraphs=("Een zin.",),
    html="<p>Een zin.</p>",
    language="nl",
)


def entry(
    article: Article = ARTICLE,
    *,
    source: str = "Krant",
    context: FeedContext = CONTEXT,
    slugs: tuple[str, ...] = ("rusland",),
    published: datetime = AT,
) -> Entry:
    story = Story(
        id=1,
        tag="tag:example.org,2026:story/1",
        source=source,
        article=article,
        fingerprint=fingerprint_of(article),
        published=Dated(at=published, origin="time"),
        updated=AT,
        first_seen=AT,
    )
    return entry_of(story, slugs, context)


def lead(*words: str) -> Article:
    """An article without a headline."""
    text = " ".join(words)
    return replace(ARTICLE, title="", paragraphs=(text,), html=f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("article", "title"),
    [
        (ARTICLE, "Kop"),
        (replace(ARTICLE, title="A &amp; <b>B</b>"), "A & B"),
        (lead("a" * 39, "b" * 40), f"{'a' * 39} {'b' * 40}"),  # 80 characters
        (lead("a" * 39, "b" * 41), f"{'a' * 39} …"),
        (lead("a" * 20, "b" * 20, "c" * 60), f"{'a' * 20} {'b' * 20} …"),
        (lead("a" * 79, "b" * 60), f"{'a' * 79} …"),
        (lead("a" * 78, "b", "c" * 60), f"{'a' * 78} …"),
        (replace(ARTICLE, title="", paragraphs=(), html=""), "Krant"),
    ],
)
def test_an_entry_without_a_headline_is_called_by_how_it_begins(
    article: Article, title: str
) -> None:
    assert entry(article).title == title


@pytest.mark.parametrize(
    ("authors", "agencies", "named"),
    [
        (("Jan", "Piet", "Jan"), (), ("Jan", "Piet")),
        (("Jan",), ("ANP", "AFP"), ("Jan",)),
        (("", "Jan"), ("ANP",), ("Jan",)),
        ((), ("ANP", "AFP"), ("ANP/AFP",)),
        (("",), ("ANP",), ("ANP",)),
        ((), (), ("Krant",)),
        (("",), (), ("Krant",)),
    ],
)
def test_who_wrote_it_else_which_agency_else_the_source(
    authors: tuple[str, ...], agencies: tuple[str, ...], named: tuple[str, ...]
) -> None:
    dateline = Dateline(text="X", place="X", agencies=agencies) if agencies else None
    assert entry(replace(ARTICLE, authors=authors, dateline=dateline)).authors == named


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ("en", "en"),
        ("en-GB", "en-GB"),
        ("xx", "nl"),
        ("en-", "nl"),
        ("en_GB", "nl"),
        ("", "nl"),
        ("nl-tekst met spaties", "nl"),
    ],
)
def test_a_language_that_validators_do_not_know_is_that_of_the_output(
    given: str, language: str
) -> None:
    assert entry(replace(ARTICLE, language=given)).language == language


def test_a_text_is_whole_up_to_the_size_of_an_entry_and_then_ends_with_a_link() -> None:
    size = len(ARTICLE.html.encode())
    assert entry(context=CONTEXT._replace(entry_size=size)).html == ARTICLE.html
    long = replace(ARTICLE, html="<p>één</p>" * 20)
    assert entry(long, context=CONTEXT._replace(entry_size=20 * 12)).html == long.html
    for size in (20 * 12 - 1, 20 * 10):  # bytes, not characters
        found = entry(long, context=CONTEXT._replace(entry_size=size)).html
        assert found.endswith(
            '<a href="https://nieuws.example.org/1">'
            + CONTEXT.read_on.format(source="Krant")
            + "</a></p>"
        )


@pytest.mark.parametrize(
    ("url", "image", "type_"),
    [
        ("/foto.JPG?w=3", "https://nieuws.example.org/foto.JPG?w=3", "image/jpeg"),
        ("https://x.example/een.twee.webp", "https://x.example/een.twee.webp", "image/webp"),
        ("https://x.example/foto", "https://x.example/foto", None),
    ],
)
def test_a_picture_has_a_type_where_its_address_tells(
    url: str, image: str, type_: str | None
) -> None:
    found = entry(replace(ARTICLE, image=Image(url=url, alt="")))
    assert (found.image, found.image_type) == (image, type_)
    assert (entry().image, entry().image_type) == (None, None)


def test_a_file_without_an_address_that_can_be_followed_is_left_out() -> None:
    film = Enclosure(url="/film.mp4", type="video/mp4")
    (found,) = entry(
        replace(ARTICLE, enclosures=(replace(film, url="javascript:x"), film))
    ).enclosures
    assert found == replace(film, url="https://nieuws.example.org/film.mp4")


def test_nothing_is_published_after_its_last_change() -> None:
    assert entry(published=AT + timedelta(hours=1)).published == AT
    assert entry(published=AT - timedelta(hours=1)).published == AT - timedelta(hours=1)


def test_an_entry_names_its_source_and_its_topics() -> None:
    found = entry(source="<i>De</i> Krant", slugs=("zeeland", "elders"))
    assert found.source == "De Krant"
    assert found.source_id == "tag:example.org,2026:source/de%20krant"
    assert found.source_url == "https://nieuws.example.org/"
    assert [(label.slug, label.name) for label in found.labels] == [("zeeland", "zeeland")]
    assert entry(source="<i></i>").source == "-"
    assert entry(replace(ARTICLE, url="javascript:x")).url == OUTPUT.url


@pytest.mark.parametrize(
    ("authority", "url", "tag"),
    [
        ("example.org", "", "tag:example.org,2026:topic/a%2Fb"),
        ("Example.org,2020", "", "tag:example.org,2020:topic/a%2Fb"),
        ("", "https://feeds.example.net/x/", "tag:feeds.example.net,2026:topic/a%2Fb"),
        ("", "", "tag:localhost,2026:topic/a%2Fb"),
    ],
)
def test_a_tag_begins_with_who_names_it_and_since_when(authority: str, url: str, tag: str) -> None:
    assert CONTEXT._replace(authority=authority, url=url).tag("topic", "a/b") == tag


def test_a_topic_is_called_by_its_title_its_name_or_its_slug() -> None:
    assert title_of(replace(TOPICS[0], title="Het <b>oosten</b>")) == "Het oosten"
    assert title_of(TOPICS[0]) == "Rusland"
    assert title_of(TOPICS[1]) == "zeeland"


@pytest.mark.parametrize(
    ("first", "summary"),
    [
        ("Beste leden,", "Een zin."),
        ("原文：", "Een zin."),
        ("https://elders.example/verhaal", "Een zin."),
        ("De brug gaat dicht, zei de wethouder over het werk aan de oude pijlers:", "the first"),
        ("Brug dicht", "the first"),
    ],
)
def test_the_summary_is_the_first_paragraph_that_tells_something(first: str, summary: str) -> None:
    found = entry(replace(ARTICLE, paragraphs=(first, "Een zin."))).summary
    assert found == (first if summary == "the first" else summary)
    assert entry(replace(ARTICLE, paragraphs=(first,))).summary == first


@pytest.mark.parametrize("above", ["", "<figure><img src=/a.jpg></figure>\n"])
def test_a_subhead_is_no_summary(above: str) -> None:
    html = f"{above}<h3>Inleiding</h3>\n<p>Een zin.</p>"
    found = entry(replace(ARTICLE, paragraphs=("Inleiding", "Een zin."), html=html))
    assert found.summary == "Een zin."


@pytest.mark.parametrize("end", ["", "<h2>Onder de foto's</h2>"])
def test_an_entry_that_begins_with_a_hundred_pictures_is_made_in_no_time(end: str) -> None:
    pictures = "".join(f'<figure><img src="/{at}.jpg"></figure>\n' for at in range(100))
    text = ("Onder de foto's", "Een zin.")
    gallery = replace(ARTICLE, paragraphs=text, html=f"{pictures}{end}<p>Een zin.</p>")
    begun = time.process_time()
    assert entry(gallery).summary == (text[1] if end else text[0])
    assert time.process_time() - begun < 0.5
