"""What stands around a text and tells of its author, its site or a gallery; and last lines that only look so."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from feedbot.model import Article
from tests.sample_pages import BODY, LEAD, PARAGRAPHS, TITLE, html, paragraphs, read

TAG = re.compile(r"<[^>]*>")
BY = "<meta name=author content='Hanna Verstraten'>"


def texts(before: str = "", after: str = "", amid: str = "") -> tuple[str, ...]:
    """The paragraphs of a story with something around its text."""
    story = f"<p>{LEAD}</p><p>{BODY[0]}</p>{amid}<h3>{BODY[1]}</h3><p>{BODY[2]}</p><p>{BODY[3]}</p>"
    page = f"<article><h1>{TITLE}</h1><div>{before}{story}{after}</div></article>"
    return read(html(page, BY)).paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "Hanna Verstraten is a reporter in Moscow, and has been there for a decade.",
        "Hanna Verstraten is verslaggever in Moskou en schrijft over spoorwegen in het hoge noorden.",
        "Hanna Verstraten is te bereiken via h.verstraten@krant.example of op kantoor.",
        "Hanna Verstraten",
        "hanna.verstraten@krant.example",
        "E-mail: hanna.verstraten@krant.example",
        "Copyright © 2026 De Krant. Overnemen mag alleen met toestemming van de hoofdredactie.",
        (
            "Temas: <a href=/tag/a rel=tag>trenes</a>, <a href=/b rel=tag>norte</a> ⋅ Para guardar: <a"
            " href=/spoor rel=bookmark>Enlace permanente a esta anotación.</a>"
        ),
        "⋅ Para guardar: <a href=/spoor rel=bookmark>Enlace permanente a esta anotación.</a>",
        "Opgeborgen onder <a href=/spoor-en-trein rel='category tag'>Spoor en trein</a>",
        "© 2026 De Krant, alle rechten voorbehouden aan de uitgever en de makers.",
    ],
)
def test_what_tells_of_the_author_or_the_site_below_the_text_goes(line: str) -> None:
    assert texts(after=f"<p>{line}</p>") == PARAGRAPHS


def test_a_card_of_the_author_below_the_text_goes() -> None:
    card = "<div><h4>Hanna Verstraten</h4><p>Verslaggever</p><p>Schrijft graag over het hoge noorden.</p></div>"
    assert texts(after=card) == PARAGRAPHS


def test_a_card_whose_name_and_job_are_on_other_pages_too_goes_whole() -> None:
    byline = "<p>Door Hanna Verstraten | 26 november 2026</p>"

    def one(title: str, texts: tuple[str, ...], about: str) -> str:
        card = f"<div><h4>Hanna Verstraten</h4><p>Verslaggever</p><p>{about}</p></div>"
        return html(f"<h1>{title}</h1>{byline}<div>{paragraphs(texts)}</div>{card}", title=title)

    others = tuple(
        one(f"Verhaal {n}", tuple(f"{n}. {text[::-1]}" for text in PARAGRAPHS), f"Is {n} keer weg.")
        for n in range(3)
    )
    about = "Schrijft al twintig jaar over het hoge noorden, over rendieren en sneeuw."
    assert read(one(TITLE, PARAGRAPHS, about), siblings=others).paragraphs == PARAGRAPHS


def test_who_is_interviewed_is_no_author_below_the_text() -> None:
    end = "<h4>Piet de Boer</h4><p>Verslaggever bij de buren, en daar nog altijd niet weg te slaan.</p>"
    assert texts(after=end)[-2] == "Piet de Boer"


FILED = "<a href=/rubriek/spoor/>Spoor</a>"


@pytest.mark.parametrize(
    "line",
    [
        f"This entry was posted in {FILED}. Bookmark the <a href=/buitenland/x>permalink</a>.",
        f"This entry was posted on January 17, 2026 at 10:05 and is filed under {FILED}.",
        f"Dit bericht werd geplaatst in {FILED}.",
        f"Dit bericht is geplaatst op 17 januari 2026 om 10:05 en valt onder {FILED}.",
        f"Dieser Beitrag wurde unter {FILED} abgelegt und mit Schiene verschlagwortet.",
        f"Cette entrée a été publiée le 17 janvier 2026 et est classée dans {FILED}.",
        f"Ce contenu a été publié dans {FILED} par la rédaction.",
        f"Esta entrada fue publicada en {FILED} y etiquetada tren.",
        f"Questa voce è stata pubblicata in {FILED} il 17 gennaio 2026.",
        f"Esta entrada foi publicada em {FILED}.",
        f"Ten wpis został opublikowany w kategorii {FILED}.",
        f"Detta inlägg publicerades i {FILED}.",
        f"Dette indlæg blev udgivet i {FILED} den 17. januar 2026.",
        f"Dette innlegget ble publisert i {FILED}.",
        f"Tämä artikkeli on julkaistu kategoriassa {FILED}.",
        f"Příspěvek byl publikován v rubrice {FILED}.",
        f"Bu yazı {FILED} kategorisinde yayınlandı.",
        f"Acest articol a fost publicat în {FILED}.",
        f"Запись опубликована в рубрике {FILED}.",
    ],
)
def test_where_a_theme_has_filed_an_article_is_not_its_last_line(line: str) -> None:
    assert texts(after=f"<p><small>{line}</small></p>") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Dit artikel werd eerder gepubliceerd in <a href=https://ander.example/a>Het Andere Blad</a>.",
        "Dit bericht werd geplaatst op de deur van het station en daarna door velen gelezen.",
        "Dit artikel is geschreven in <a href=/w>Wageningen</a>, waar men vijf jaar aan het spoor werkte.",
        "De vereniging is geplaatst in <a href=/rubriek/spoor/>de hoogste klasse</a> van het spoor.",
    ],
)
def test_a_last_sentence_that_tells_where_else_a_text_stood_stays(line: str) -> None:
    assert texts(after=f"<p>{line}</p>")[-1] == TAG.sub("", line)


def test_who_the_author_is_above_the_text_goes() -> None:
    line = "Hanna Verstraten is a reporter in Moscow, and has been there for a decade."
    assert texts(before=f"<p>{line}</p>") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Aanmelden voor de rondleiding kan tot vrijdag via spoor@vervoer.example.",
        "Hanna Verstraten Transport uit Goes levert de dwarsliggers voor het eerste deel van de lijn.",
        "Jan Jansen is journalist bij een andere krant en gelooft er niets van.",
        "Wie meer wil weten, leest <a href=https://spoor.example/boek rel=noopener>dit boek</a>.",
        (
            "Het spoor staat al jaren op de lijst van <a href=/tag/a rel=tag>grote werken</a>, en dat zal"
            " volgens de minister nog even zo blijven."
        ),
        "Het copyright op de tekeningen ligt volgens het ministerie bij de aannemer.",
    ],
)
def test_a_last_line_of_the_story_stays(line: str) -> None:
    assert texts(after=f"<p>{line}</p>") == (*PARAGRAPHS, TAG.sub("", line))


SOURCES = ("1 https://nieuws.example.com/2026/het-spoor", "2 https://verkeer.example.com/cijfers")


def test_the_sources_below_a_text_are_its_last_lines() -> None:
    lines = "".join(f"<p>{one[:2]}<a href={one[2:]}>{one[2:]}</a></p>" for one in SOURCES)
    assert texts(after=f"<p>Bronnen:</p>{lines}") == (*PARAGRAPHS, "Bronnen:", *SOURCES)


def test_long_references_below_a_short_text_do_not_take_its_place() -> None:
    item = "<li><contrib>Jansen J</contrib><span>. De lijn naar het oosten en wie erlangs wonen, een verkenning in cijfers. Spoor. 2013;31:5339-48.</span></li>"
    page = html(f"<article><h1>{TITLE}</h1><div><p>{LEAD}</p>{paragraphs(BODY)}</div><div><ul>{item * 40}</ul></div></article>")  # fmt: skip
    assert read(page).paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


def test_links_to_the_accounts_of_a_site_are_not() -> None:
    names = ("linkedin", "facebook", "x")
    links = "".join(
        f"<p><a href=https://{one}.example/krant>{one.title()}</a></p>" for one in names
    )
    assert texts(after=f"<p>Volg de krant op:</p>{links}")[:5] == PARAGRAPHS
    assert "Facebook" not in texts(after=f"<p>Volg de krant op:</p>{links}")


def gallery(first: int = 1) -> str:
    slides = "".join(
        f"<li><h4>{n}/4 Beeld van de week</h4><p>In {place} werd deze week een brug geopend voor"
        f" fietsers, en het was er {n} graden.</p></li>"
        for n, place in enumerate(("Goes", "Hulst", "Sluis", "Veere"), first)
    )
    return f"<div class=reeks><h2>De week in beeld</h2><ul>{slides}</ul></div>"


def test_slides_of_a_gallery_amid_a_text_are_none_of_it() -> None:
    assert texts(amid=gallery()) == PARAGRAPHS


def test_slides_that_are_the_story_stay() -> None:
    page = html(f"<article><h1>{TITLE}</h1><div><p>{LEAD}</p>{gallery()}</div></article>")
    assert sum("brug geopend" in one for one in read(page).paragraphs) == 4


def test_the_number_of_a_slide_is_no_text() -> None:
    slide = "<div><img src=/foto/trein.jpg width=800 height=450><p>1 / 7</p></div>"
    assert texts(amid=slide) == PARAGRAPHS


def test_the_controls_of_a_player_are_no_text() -> None:
    controls = "".join(f"<div role=button><span>{one}</span></div>" for one in ("Play", "Mute"))
    slider = "<div role=slider><span>Loaded: 0%</span></div><div>Current time 0:00</div>"
    player = f"<div class=pl><video src=/film.mp4></video><div>{controls}{slider}</div></div>"
    assert texts(amid=player) == PARAGRAPHS


def test_a_share_and_a_result_in_a_table_stay() -> None:
    table = "<table><tr><th>Deel</th><th>Klaar</th></tr><tr><td>Noord</td><td>3/4</td></tr></table>"
    assert "3/4" in texts(amid=table)


def with_details(details: str) -> Article:
    """A story with a list between its lead and the rest."""
    rest = paragraphs(BODY)
    return read(html(f"<main><h1>{TITLE}</h1><p>{LEAD}</p>{details}<div>{rest}</div></main>"))


FROM = "<a href=/over>Department for Rivers</a>"


@pytest.mark.parametrize(
    "details",
    [
        f"<dl><dt>From:</dt><dd>{FROM}</dd><dt>Published</dt><dd>9 January 2026</dd></dl>",
        "<dl><dt>Published</dt><dd>9 January 2026</dd><dt>Last updated</dt><dd>21 January 2026</dd></dl>",
        f"<dl><div><dt>Gepubliceerd op:</dt><dd>09-01-2026</dd></div><dt>Door</dt><dd>{FROM}</dd></dl>",
        f"<dl><dt>Veröffentlicht</dt><dd>09.01.2026</dd><dt>Stelle</dt><dd>{FROM}</dd></dl>",
        f"<dl><dt>Publié le</dt><dd>9 janvier 2026</dd><dt>De</dt><dd>{FROM}</dd></dl>",
        f"<table><tr><th>Published<td>9 January 2026<tr><th>From<td>{FROM}</table>",
    ],
)
def test_a_list_that_says_what_the_page_is_is_no_text_and_tells_its_date(details: str) -> None:
    found = with_details(details)
    assert found.paragraphs == PARAGRAPHS
    assert found.published is not None
    assert found.published.at.astimezone(ZoneInfo("Europe/Amsterdam")).date() == date(2026, 1, 9)


@pytest.mark.parametrize(
    "details",
    [
        "<dl><dt>Datum</dt><dd>12 maart 2026</dd><dt>Plaats</dt><dd>De zaal bij het station</dd></dl>",
        "<dl><dt>Published</dt><dd>In 2026 the line was opened to goods trains.</dd></dl>",
        "<dl><dt>Lengte</dt><dd>9 kilometer</dd><dt>Geopend</dt><dd>9 januari 1926</dd></dl>",
    ],
)
def test_a_list_that_says_more_is_text(details: str) -> None:
    assert len(with_details(details).paragraphs) > len(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "spoor/oosten.txt · Last modified: 2026/01/29 06:37 by jan",
        "spoor/oosten.txt · Última modificación: 29/01/2026 a las 06:37 por hugo",
        "spoor:oosten.txt · Zuletzt geändert: 2026/01/29 06:37 von anna",
        "spoor/oosten.txt · Dernière modification : 2026/01/29 06:37 de marie (modification externe)",
        "wiki/spoor.txt · 最終更新: 2026/01/29 06:37 by taro",
        "новости/поезд.txt · Последнее изменение: 2026/01/29 06:37 — ivan",
        "Popularity: 6% [?]",
        "Популярность: 3%",
        "Previous article: ← <a href=/nieuws/brug>A new bridge</a>",
        "Предыдущая статья: ← <a href=/nieuws/brug>Новый мост</a>",
        "Nächster Beitrag: <a href=/nieuws/brug>Eine neue Brücke</a> →",
        "Artículo anterior: <a href=/nieuws/brug>Un puente nuevo</a>",
    ],
)
def test_what_the_system_of_a_site_writes_below_a_text_is_no_part_of_it(line: str) -> None:
    assert texts(after=f"<p>{line}</p>") == PARAGRAPHS
    assert texts(after=f"<div class=meta><div class=doc>{line}</div></div>") == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "The list is in the file bridges.txt on the site of the town.",
        "Turnout: 65%",
        "Previous articles on the bridge were written by Anna, who has left the paper since then.",
    ],
)
def test_a_line_of_the_story_that_sounds_so_stays(line: str) -> None:
    assert line in texts(amid=f"<p>{line}</p>")


@pytest.mark.parametrize(
    "cells",
    [
        ("Дата: 18 марта 2010", "Рубрика: <a rel='category tag' href=/c>Поезда</a>"),
        ("Date: 18 March 2010", "Topic: Trains", "Comments: 174 comments"),
        ("Datum: 18. März 2010", "Kommentare: 12 Kommentare"),
        ("18 mars 2010", "<a rel=category href=/c>Trains</a>", "3 commentaires"),
    ],
)
def test_a_table_with_date_and_category_above_the_text_is_no_part_of_it(
    cells: tuple[str, ...],
) -> None:
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    assert texts(before=f"<table><tr>{row}</tr></table>") == PARAGRAPHS


def test_a_table_with_the_date_of_an_event_is_text() -> None:
    row = "<td>Datum: 18 maart 2026</td><td>Plaats: de oude haven</td>"
    assert texts(before=f"<table><tr>{row}</tr></table>") != PARAGRAPHS


WORDS = "<meta name=Keywords content='Rusland, spoorwegen, Noordelijke IJszee'>"


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("<p class=woorden>Rusland, spoorwegen, Noordelijke IJszee</p>", True),
        ("<p>Trefwoorden: Noordelijke IJszee, Rusland</p>", True),
        ("<p>Rusland</p>", False),
        ("<p>Rusland, spoorwegen en havens</p>", False),
        ("<p>6271</p>", True),
        ("<p><a href=https://insta.example/krant>#spoorweg</a> #hogenoorden</p>", True),
        ("<p>#1 van de lijst</p>", False),
        ("<div title=gelezen>6271</div><p>Rusland, spoorwegen</p>", True),
        ("<p>Uitslag van de loterij<br>6271</p>", False),
        ("<ul><li>6271</li><li>6272</li></ul>", False),
    ],
)
def test_keywords_of_the_page_and_a_counter_below_the_text_go(line: str, goes: bool) -> None:
    story = f"<p>{LEAD}</p><p>{BODY[0]}</p><h3>{BODY[1]}</h3><p>{BODY[2]}</p><p>{BODY[3]}</p>{line}"
    found = read(html(f"<article><h1>{TITLE}</h1><div>{story}</div></article>", WORDS)).paragraphs
    assert (found == PARAGRAPHS) is goes


SOURCE_LINE = "<p>Bron: <a href='https://elders.example/a/1'>https://elders.example/a/1</a></p>"
NOTE = "<p>* <a href='https://elders.example/b'>De spoorwegen van het noorden</a></p>"


@pytest.mark.parametrize("box", ["<div>{}</div>", "<table><tr><td>{}</td></tr></table>"])
def test_an_address_behind_a_label_and_a_note_end_a_text_in_whatever_box(box: str) -> None:
    story = f"<p>{LEAD}</p><p>{BODY[0]}</p><h3>{BODY[1]}</h3><p>{BODY[2]}</p><p>{BODY[3]}</p>"
    content = box.format(f"{story}{SOURCE_LINE}<p>----</p>{NOTE}")
    found = read(html(f"<h1>{TITLE}</h1>{content}")).paragraphs
    assert found[:-3] == PARAGRAPHS
    assert found[-1] == "* De spoorwegen van het noorden"


@pytest.mark.parametrize(
    ("line", "is_text"),
    [
        ("[3 mei 2025] - Jan Jansen, professor in Leiden", False),
        ("3 mei 2025 - Jan Jansen, professor in Leiden, opende de nieuwe haven.", True),
    ],
)
def test_who_wrote_stands_behind_a_day_above_the_text(line: str, *, is_text: bool) -> None:
    head = "<meta name=author content='Jan Jansen'>"
    page = html(f"<div><h1>{TITLE}</h1><div>{line}</div>{paragraphs()}</div>", head)
    assert (line in read(page).paragraphs) == is_text
