"""Who is named as an author in many scripts and markups, and what only looks like a name."""

from __future__ import annotations

import pytest

from tests.sample_pages import TITLE, html, paragraphs, read

FILED = "<a rel='category tag' href=/c/old-town>Old Town</a>"
DUO = {
    "uk": ("Автор:", "Олена Коваль", "Ігор Бойко"),
    "ru": ("Авторы:", "Анна Петрова", "Иван Смирнов"),
    "bg": ("Автори:", "Мария Иванова", "Петър Димитров"),
    "sr": ("Аутор:", "Ана Петровић", "Марко Јовић"),
    "el": ("Συντάκτης:", "Γιώργος Παππάς", "Άννα Νίκου"),
    "pl": ("Tekst:", "Łukasz Nowak", "Żaneta Wójcik"),
    "cs": ("Autor:", "Řehoř Novák", "Šárka Dvořáková"),
    "hu": ("Szerző:", "Kovács Éva", "Őri Béla"),
    "tr": ("Yazan:", "Çağla Yılmaz", "İbrahim Şahin"),
    "lt": ("Autorius:", "Jonas Žukauskas", "Ėva Šalna"),
    "es": ("Autores:", "Juan Pérez", "Ana Gómez"),
    "fi": ("Teksti:", "Äijä Virtanen", "Pekka Öhman"),
}


def authors(line: str, head: str = "") -> tuple[str, ...]:
    return read(html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>", head)).authors


@pytest.mark.parametrize("language", DUO)
@pytest.mark.parametrize("place", ["<p>{}</p>", "<p class=author>{}</p>"])
def test_a_comma_between_two_names_parts_them_in_every_script(language: str, place: str) -> None:
    label, first, second = DUO[language]
    assert authors(place.format(f"{label} {first}, {second}")) == (first, second)


@pytest.mark.parametrize(
    "said",
    [
        "أحمد علي، سارة حسن",
        "דוד כהן, שרה לוי",
        "राम कुमार, सीता शर्मा",
        "გიორგი ბერიძე, ნინო კაპანაძე",
        "山田太郎、佐藤花子",
        "Олена Коваль, Ігор Бойко",
    ],
)
def test_so_does_a_comma_in_what_the_page_declares(said: str) -> None:
    assert len(authors("", f"<meta name=author content='{said}'>")) == 2


def test_the_commas_of_a_sentence_part_no_names() -> None:
    said = "以前怕春运坐火车，太拥挤了，现在能买上票就不错了"
    assert authors("", f"<meta name=author content='{said}'>") in ((), (said,))


def test_a_job_behind_a_name_is_no_second_name() -> None:
    assert authors("<p class=author>Олена Коваль, журналістка</p>") != (
        "Олена Коваль",
        "журналістка",
    )


@pytest.mark.parametrize(
    "line",
    [
        "<div class=bar><a rel=author href='https://plus.google.com/10877'>Google +</a></div>",
        "<p class=bar><a rel=author href='https://www.facebook.com/krant'>Facebook</a></p>",
        "<p>Follow: <a rel=author href='https://medium.com/@krant'>Medium</a></p>",
        "<p class=author>j.jansen</p>",
        "<p>By <span class='author vcard'><a class=fn href=/author/1>o.horbachenko</a></span></p>",
        "<p><span class='author vcard'><a rel=author href=/author/1>jan.jansen</a></span></p>",
        "<p class=author>Old Town Default</p>",
        "<p>STAD · NIEUWE HAVEN · OPENBARE RUIMTE · 9 NOVEMBER 2026</p>",
        "<p>VRIJE TIJD · OUDE STAD · 9 MAY 2018</p>",
        "<p class=author>Scris de <span>mai mulți</span></p>",
        "<div><span class=tag>EXPEDITIE</span> <span class=source>BergNieuws</span> · 9 May 2018</div>",
        (
            "<p>by <span class='author vcard'><a rel=author href=/author/e>Editor</a></span> |"
            f" <span>May 8, 2020</span> | {FILED}</p>"
        ),
        f"<p>May 8, 2020</p><p>Old Town</p><p>Old Town is a quarter.</p><p>Filed in {FILED}</p>",
        (
            "<iframe src='https://player.example/1'></iframe><div>May 8, 2020 · <a"
            " href='https://player.example/u'>camac</a> · <a href='https://player.example/s'>Old Town"
            "</a></div>"
        ),
        "<p>Old Town Festival of Song<br>9 May 2018<br>Salotto Muratori<br>Via Selmi 2 – Vignola</p>",
        (
            "<p>In the evening I left the long dinner of the conference early, and with"
            " <a href=/author/a.jansen>Anna Jansen</a>s brother walked home.</p>"
        ),
    ],
)
def test_what_is_no_author_is_not_named(line: str) -> None:
    assert authors(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "<p class=author-name>Par <a href=/author/j>Jan Jansen</a><span class=line> - </span></p>",
            ("Jan Jansen",),
        ),
        (
            "<div class=author-name><b>Par</b> <a href=/author/1>Ilesnews</a><b> – </b></div>",
            ("Ilesnews",),
        ),
        ("<p class=byline>Par Reuters |</p>", ("Reuters",)),
        (
            "<p class=post-author>Scris de <a href=/authors/b>Arhid. conf. dr. Ion Benea</a></p>",
            ("Arhid. conf. dr. Ion Benea",),
        ),
        ("<p>JAN JANSEN · 9 MAY 2018</p>", ("JAN JANSEN",)),
        (
            "<p><span class=first>Jan</span> <span class=last>Jansen</span> · 9 May 2018</p>",
            ("Jan Jansen",),
        ),
        ("<p>Jan Jansen<br>9 May 2018<br>Reporter</p>", ("Jan Jansen",)),
        ("<p><a rel=author href='https://klaus.example/'>Jan Jansen</a></p>", ("Jan Jansen",)),
        (
            "<p>By <span class='author vcard'><a rel=author href=https://klaus.example/>klaus</a></span></p>",
            ("klaus",),
        ),
        ("<p>By <a href=/author/jan>Jan Jansen</a></p>", ("Jan Jansen",)),
        (
            "<iframe src=https://ads.example/1></iframe><p>Jan Jansen | 9 May 2018</p>",
            ("Jan Jansen",),
        ),
    ],
)
def test_an_author_is_named_without_what_stands_beside(line: str, names: tuple[str, ...]) -> None:
    assert authors(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Dies ist ein Gastbeitrag von {}.",
        "Ein Gastbeitrag von {}",
        "This is a guest post by {}.",
        "Guest post by {}, who lives in Oslo and sings",
        "Gastbijdrage van {}",
        "Ett gästinlägg av {}",
        "Articolo ospite di {}",
    ],
)
@pytest.mark.parametrize("name", ["Klaus", "Anna Øster"])
def test_a_guest_is_the_author(line: str, name: str) -> None:
    said = f"<div class=author_info><p>{line.format(name)}</p></div>"
    page = f"<div><h1>{TITLE}</h1>{paragraphs()}{said}</div>"
    assert read(html(page, "<meta name=author content='Jan Jansen'>")).authors == (name,)


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href=/gast>Gastbeitrag von Klaus</a></p>",
        "<aside><p>Gastbeitrag von Klaus</p></aside>",
        "<p>Gastbeitrag von Klaus</p><p>Gastbeitrag von Anna</p>",
        "<p>Unser Gastbeitrag von gestern ist sehr oft gelesen worden, schrieb die Zeitung.</p>",
    ],
)
def test_a_guest_elsewhere_is_not(line: str) -> None:
    page = f"<div><h1>{TITLE}</h1>{paragraphs()}{line}</div>"
    assert read(html(page, "<meta name=author content='Jan Jansen'>")).authors == ("Jan Jansen",)


LINK = "<a class='url fn n' href=/author/x>{}</a>"
THEMES = {
    "twenty sixteen": (
        "<span class=byline><span class=screen-reader-text>{}</span>"
        f" <span class='author vcard'>{LINK}</span></span>"
    ),
    "twenty twenty": (
        "<ul><li class='post-author meta-wrapper'><span class=meta-text>{}"
        " <a href=/author/x>{}</a></span></li></ul>"
    ),
    "twenty twenty-five": (
        "<i>{}</i><div class=wp-block-post-author-name><a href=/author/x>{}</a></div>"
    ),
    "astra": (
        "{} <span class='posts-author vcard author' itemscope itemprop=author><a href=/author/x"
        " rel=author><span class=author-name itemprop=name>{}</span></a></span> / 13-04-2016"
    ),
    "kadence": f"<span class=posted-by>{{}} <span class='author vcard'>{LINK}</span></span>",
    "tagdiv": (
        "<div class=td-post-author-name>{} <a href=/author/x>{}</a><div class=line> - </div></div>"
    ),
    "divi": (
        "<p class=post-meta>{} <span class='author vcard'><a href=/author/x rel=author>{}</a></span>"
        " | Apr 13, 2016 | <a href=/c/a rel='category tag'>Hype Lab</a>,"
        " <a href=/c/b rel='category tag'>Den Haag</a></p>"
    ),
    "genesis": (
        "<p class=entry-meta>April 13, 2016 {} <span class=entry-author><a href=/author/x rel=author>"
        "{}</a></span> <span><a href=#respond>Leave a Comment</a></span></p>"
    ),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("by", "Jan Jansen"),
        ("von", "klaus"),
        ("от", "Анна Петрова"),
        ("投稿者:", "山田太郎"),
        ("作者:", "张三"),
        ("글쓴이", "홍길동"),
        ("بواسطة", "أحمد علي"),
    ],
)
def test_bylines_of_common_themes(theme: str, by: str, name: str) -> None:
    assert authors(THEMES[theme].format(by, name)) == (name,)


@pytest.mark.parametrize("theme", THEMES)
def test_the_editors_are_no_author_of_any_theme(theme: str) -> None:
    assert authors(THEMES[theme].format("by", "Redaktion")) == ()


POSTED = "<p>13 April 2016</p>"


@pytest.mark.parametrize(
    "tags",
    [
        "<ul class=categories><li><a href=/category/deep-learning>Deep Learning</a></li></ul>",
        "<div class=post-tags><a href=/tags/den-haag/>Den Haag</a></div>",
        "<ul><li><a href=/x/deep-learning>Deep Learning</a></li><li><a href=/x/war>War</a></li></ul>",
    ],
)
def test_what_a_post_is_filed_under_is_no_author(tags: str) -> None:
    assert authors(POSTED + tags) == ()


@pytest.mark.parametrize(
    "who",
    [
        "<ul><li><a href=/x/jan-jansen>Jan Jansen</a></li></ul>",
        "<div class=post-tags><a href=/people/jan-jansen>Jan Jansen</a></div>",
    ],
)
def test_who_is_linked_beside_the_date_is(who: str) -> None:
    assert authors(POSTED + who) == ("Jan Jansen",)


def test_a_heading_over_the_author_and_a_button_of_a_menu_are_no_author() -> None:
    box = (
        "<div class=author-box><div class=author-box-header><h3>About The Author</h3></div><div>"
        "<h4><a rel=author href=/author/admin>admin</a></h4></div></div>"
    )
    menu = "<div class=navigation><span><p>Select Page</p></span></div>"
    page = f"<div>{menu}<h1>{TITLE}</h1><p>Posted by admin | April 20, 2015</p>{paragraphs()}{box}</div>"
    assert read(html(page)).authors in ((), ("admin",))


def test_a_label_and_a_category_are_no_name() -> None:
    footer = (
        "<footer class=entry-footer><span class=posted-on><time datetime=2019-04-25>25 April 2019"
        "</time></span><span class=cat-links><span>Categories </span><a href=/category/x"
        " rel='category tag'>Uncategorised</a></span></footer>"
    )
    assert authors(footer) == ()


def test_the_foot_of_the_article_may_say_who_wrote_it() -> None:
    foot = (
        "<footer class=entry-footer><span class=byline><span class='author vcard'><span>Author </span>"
        "<a class='url fn n' href=/author/jan>Jan Jansen</a></span></span></footer>"
    )
    page = f"<article><h1>{TITLE}</h1>{paragraphs()}{{}}</article>{{}}"
    assert read(html(page.format(foot, ""))).authors == ("Jan Jansen",)
    assert read(html(page.format("", foot))).authors == ()


@pytest.mark.parametrize("label", ["da", "de", "af", "Par"])
def test_a_nickname_behind_a_word_in_small_letters_is_the_author(label: str) -> None:
    line = f"<span class=by-author> {label} <span class='author vcard'><a rel=author href=/x>Criscia</a>"
    assert authors(f"<p>{line}</span></span></p>") == ("Criscia",)


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ("Anna Bos", ("Anna Bos", "Jan Vos")),
        ("Wim Smit", ("Wim Smit",)),
        ("", ("Anna Bos", "Jan Vos")),
    ],
)
def test_a_byline_names_the_others_beside_the_one_who_is_declared(
    declared: str, names: tuple[str, ...]
) -> None:
    """A plugin for several authors; the theme knows of one."""
    said = f'{{"@type":"NewsArticle","author":{{"@type":"Person","name":"{declared}"}}}}'
    head = f"<script type=application/ld+json>{said}</script>" if declared else ""
    links = "".join(
        f"<span class=author-name><a rel=author href=/wie/{at}>{name}</a>{comma}</span>"
        for at, (name, comma) in enumerate((("Anna Bos", ", "), ("Jan Vos", "")))
    )
    assert authors(f"<p>Door <span class=authors>{links}</span></p>", head) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<span class=author>(<a href=/wie/anna>AnnaBos</a>)</span>", "AnnaBos"),
        ("<span class=author>( Anna Bos )</span>", "Anna Bos"),
    ],
)
def test_a_name_in_brackets_is_named_without_them(line: str, name: str) -> None:
    assert authors(line) == (name,)
