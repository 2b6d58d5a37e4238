"""The line in which a system says who put an article in, and when: "Submitted by Jan on …"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbot.languages.labels import heads_other_stories, is_service, says_submitted
from feedbot.model import Article
from feedbot.read.extract import extract
from feedbot.read.extract.prose import is_filing
from feedbot.read.site_model import SiteModel
from tests.sample_pages import SOURCE, document

AT = datetime(2014, 6, 3, 16, 33, tzinfo=UTC)
TEXT = "".join(
    f"<p>{letter} hebelo nurima solo tave miri kanto, belu saro nitem polda hami. Warta hebelo "
    "nurima solo tave, miri kanto belu saro nitem polda hami warta hebelo nurima.</p>"
    for letter in "ABCD"
)
EVENT = "<div><label>Tirima: </label>15/01/2013 - 14:00</div>"
BY_WHOM = [
    ("en", "Submitted by {} on June 3, 2014 - 6:33pm"),
    ("de", "Gespeichert von {} am Di, 03.06.2014 - 18:33"),
    ("de", "Verfasst von {} am 3. Juni 2014 - 18:33."),
    ("fr", "Soumis par {} le mar, 03/06/2014 - 18:33"),
    ("fr", "Posté par {} le 3 juin 2014 - 18:33"),
    ("es", "Enviado por {} el Mar, 03/06/2014 - 18:33."),
    ("it", "Inviato da {} il Mar, 03/06/2014 - 18:33"),
    ("nl", "Ingediend door {} op di, 03/06/2014 - 18:33"),
    ("nl", "Ingezonden door {} op 3 juni 2014 - 18:33."),
    ("pt", "Enviado por {} em ter, 03/06/2014 - 18:33"),
    ("pt", "Submetido por {} em 3 Junho, 2014 - 18:33"),
    ("pl", "Wysłane przez {} w dniu wt., 03/06/2014 - 18:33"),
    ("sk", "Odoslal {} dňa Ut, 03/06/2014 - 18:33"),
    ("sk", "Vložené používateľom {} dňa 3. Jún 2014 - 18:33"),
    ("cs", "Vložil {}, Út, 03/06/2014 - 18:33"),
    ("cs", "Odeslal {} dne 3. Červen 2014 - 18:33"),
    ("hu", "Beküldte: {} - 2014. június 3. 18:33"),
    ("hu", "Beküldte {} k, 2014-06-03 18:33 időpontban"),
    ("ro", "Postat de {} la Mar, 03/06/2014 - 18:33"),
    ("ro", "Trimis de {} la 3 iunie 2014 - 18:33"),
    ("sv", "Skickat av {} den tis, 2014-06-03 18:33"),
    ("sv", "Inskickad av {} den 3 juni, 2014 - 18:33"),
    ("da", "Indsendt af {} den tir, 03/06/2014 - 18:33"),
    ("no", "Sendt inn av {} den tir, 03.06.2014 - 18:33"),
    ("fi", "Lähettänyt {} ti, 3.6.2014 - 18:33"),
    ("ru", "Опубликовано {} вт, 03/06/2014 - 18:33"),
    ("ru", "Опубликовано {} в 3 июня, 2014 - 18:33"),
    ("ru", "Отправлено {} вт, 03/06/2014 - 18:33"),
    ("uk", "Опубліковано {} вт, 03/06/2014 - 18:33"),
    ("uk", "Надіслав {} вт, 03/06/2014 - 18:33"),
    ("bg", "Публикувано от {} на вт, 03/06/2014 - 18:33"),
    ("bg", "Изпратено от {} на 3 юни, 2014 - 18:33"),
    ("el", "Υποβλήθηκε από {} στις Τρ, 03/06/2014 - 18:33"),
    ("hr", "Poslao {} dana Uto, 03/06/2014 - 18:33"),
    ("sr", "Послао {} дана Уто, 03/06/2014 - 18:33"),
    ("sl", "Objavil {} dne Tor, 03/06/2014 - 18:33"),
    ("et", "Postitas {} kuupäeval T, 03/06/2014 - 18:33"),
    ("lt", "Pateikė {} - Antr., 2014-06-03 18:33"),
    ("lv", "Iesniedza {} - O, 03/06/2014 - 18:33"),
    ("ar", "أرسله {} في 3 يونيو, 2014 - 18:33"),
    ("fa", "ارسال شده توسط {} در 2014/06/03 - 18:33"),
    ("he", "נשלח על ידי {} ב-3 יוני 2014 - 18:33"),
    ("en", "Submitted by {} on Tue, 03.06.2014 - 18:33"),
    ("de", "Eingereicht von {} am Di, 03.06.2014 - 18:33"),
]
OTHERS = [
    ("tr", "{} tarafından Salı, 03/06/2014 - 18:33 tarihinde gönderildi."),
    ("tr", "{} tarafından 3 Haziran 2014 - 18:33 tarihinde yazıldı"),
    ("de", "Geschrieben von {} am 3. Juni 2014 um 18:33."),
]


def read(line: str, language: str, name: str, above: str = "") -> Article:
    """The article of a page with such a line between its headline and its text."""
    link = f'<a href="/user/1" title="Tavi">{name}</a>'
    page = (
        f'<html lang="{language}"><body><h1>Hebelo tave miri kanto</h1><div>'
        f"<span>{line.format(link)}</span><div>{above}{TEXT}</div></div></body></html>"
    )
    return extract(document(page, "https://krant.example/node/12"), SOURCE, SiteModel(), None)


@pytest.mark.parametrize("above", ["", EVENT])
@pytest.mark.parametrize(("language", "line"), [*BY_WHOM, *OTHERS])
def test_it_tells_the_date_and_is_no_text(language: str, line: str, above: str) -> None:
    article = read(line, language, "jvermeer", above)
    assert article.published is not None
    assert article.published.at == AT
    assert not any("jvermeer" in one for one in article.paragraphs)


@pytest.mark.parametrize(("language", "line"), BY_WHOM)
def test_it_names_the_author_by_a_whole_name(language: str, line: str) -> None:
    assert read(line, language, "Jan Vermeer").authors == ("Jan Vermeer",)


@pytest.mark.parametrize(
    "line",
    [
        "Eingereicht von jvermeer am 3. Juni 2014.",
        "Tirima 3 juni 2014 - 18:33.",
        "Ingezonden door jvermeer op 3 juni 2014 - 18:33, en met hem nog drie bewoners van het dorp.",
        "First hebelo of tave on 3 June 2014 - 18:33.",
    ],
)
def test_a_sentence_with_a_day_is_none(line: str) -> None:
    assert not says_submitted(line)


def test_a_name_ends_before_its_date() -> None:
    line = "Enviado por {} el Mar, 03/06/2014 - 18:33"
    assert read(line, "es", "Jan Vermeer").authors == ("Jan Vermeer",)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("8 اردیبهشت 1393 - - <a href='/druk?id=12'>نسخه قابل چاپ</a>", "fa"),
        ("lundi 3 juin 2014 - <a href='/druk?id=12'>Version imprimable</a>", "fr"),
        ("3. Juni 2014 | <a href='/druk?id=12'>Druckversion</a>", "de"),
        ("3 juni 2014 <a href='/druk?id=12'>Printversie</a>", "nl"),
        ("3 giugno 2014 <a href='/druk?id=12'>Versione stampabile</a>", "it"),
        (
            "3 juin 2014 - Kanto nurima solo tave miri belu saro nitem polda - <a href='/druk?id=12'>Imprimer</a>",
            "fr",
        ),
        ("3 червня 2014 <a href='/druk?id=12'>Версія для друку</a>", "uk"),
    ],
)
@pytest.mark.parametrize("title", ["<h1>{}</h1>", "<p><a href='/node/12'><b>{}</b></a></p>"])
def test_a_day_beside_a_link_to_print_is_no_text(line: str, language: str, title: str) -> None:
    headline = title.format("Hebelo tave miri kanto")
    page = (
        f"<html lang={language}><head><title>Hebelo tave miri kanto</title></head><body>"
        f"<p>Nurima solo tave miri.</p>{headline}<p>{line}</p>{TEXT}</body></html>"
    )
    article = extract(document(page, "https://krant.example/node/12"), SOURCE, SiteModel(), None)
    assert article.published
    assert not any("2014" in one or "1393" in one for one in article.paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "3 juin 2014 - <a href=/a>Le pont est ouvert</a>",
        "3 juin 2014 <a href=/a>Kats</a>",
        "Le pont est ouvert, dit le maire de ce village de la côte, au 3 juin 2014 <a href=/a>PDF</a>",
    ],
)
def test_a_day_beside_another_link_is_not_told_by_it(line: str) -> None:
    block = document(f"<p>{line}</p>").blocks[0]
    assert not is_filing(block)


def test_what_persian_pages_say_beside_articles_is_known_in_both_spellings() -> None:
    assert heads_other_stories("در همين بخش :")
    assert heads_other_stories("در همین بخش")
    assert is_service("ارسال به بالاترین ، توییتر ، فیسبوک")
    assert is_service("به اشتراک بگذاريد")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Submitted by <span><span class='username'>tavi7</span></span> on June 3, 2014 - 6:33pm", ("tavi7",)),
        ("Submitted by <a class='username' href=/u/1>Tavi Miri</a> on June 3, 2014 - 6:33pm", ("Tavi Miri",)),
        ("Submitted by <span class='username'>admin</span> on June 3, 2014 - 6:33pm", ()),
        ("Log in: <span class='username'>tavi7</span>", ()),
    ],
)  # fmt: skip
def test_who_is_marked_there_as_a_user_is_the_author(line: str, names: tuple[str, ...]) -> None:
    page = (
        f"<html lang=en><body><h1>Hebelo tave miri kanto</h1><div>{line}</div>{TEXT}</body></html>"
    )
    found = extract(document(page, "https://krant.example/node/12"), SOURCE, SiteModel(), None)
    assert found.authors == names


def test_marks_before_such_a_line_are_no_part_of_it() -> None:
    article = read("// Posted by {} on June 3, 2014 - 6:33pm", "en", "jvermeer")
    assert article.published is not None
    assert article.published.at == AT
    assert not any("jvermeer" in one for one in article.paragraphs)


@pytest.mark.parametrize("name", ["Anonymous", "Gast", "Anónimo", "Гость"])
def test_nobody_is_marked_there_as_a_user_where_nobody_logged_in(name: str) -> None:
    line = f"Submitted by <span class='username'>{name}</span> on June 3, 2014 - 6:33pm"
    page = (
        f"<html lang=en><body><h1>Hebelo tave miri kanto</h1><div>{line}</div>{TEXT}</body></html>"
    )
    found = extract(document(page, "https://krant.example/node/12"), SOURCE, SiteModel(), None)
    assert found.authors == ()
