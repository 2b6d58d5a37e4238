"""Names of authors in lines that no markup calls a byline."""

from __future__ import annotations

import pytest

from tests.sample_pages import TITLE, html, paragraphs, read

BIO = "<p>Jan Jansen is verslaggever en woont in de stad.</p>"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>By Jan Jansen</p>", ("Jan Jansen",)),
        ("<p>Door: Jan van der Berg</p>", ("Jan van der Berg",)),
        ("<div>ByJan Jansen</div>", ("Jan Jansen",)),
        ("<div>AvJan Hansen</div>", ("Jan Hansen",)),
        ("<p>AFRICA NEWS</p>", ()),
        ("<div class=post-author-meta><a href=/1>Heb je een vraag? Stel die hier</a></div>", ()),
        ("<div class=author-meta><p>喜歡的朋友們有福囉~ 現在開放下載囉~</p></div>", ()),
        ("<p>3 mei 2025</p><p>Liebe Sandkörner,</p>", ()),
        ("<p>3 mei 2025</p><section><div>Liebe Sandkörner,</div></section>", ()),
        ("<p>AfD Berlin</p>", ()),
        ("<p>By PARKER Tony</p>", ("PARKER Tony",)),
        ("<p>Por Santiago Ramón y Cajal</p>", ("Santiago Ramón y Cajal",)),
        ("<p>Por Juan Pérez y Ana Gómez</p>", ("Juan Pérez", "Ana Gómez")),
        ("<p>By Mohammed bin Salman</p>", ("Mohammed bin Salman",)),
        ("<p class=byline>Rachid ben Ali</p>", ("Rachid ben Ali",)),
        ("<p class=byline>Peter vom Berg</p>", ("Peter vom Berg",)),
        ("<p class=byline>Guy des Cars</p>", ("Guy des Cars",)),
        ("<p class=byline>José Ortega y Gasset</p>", ("José Ortega y Gasset",)),
        ("<p class=byline>PARIS MATCH</p>", ("PARIS MATCH",)),
        ("<meta name=author content='PORTUGAL Telecom'>", ("PORTUGAL Telecom",)),
        ("<meta name=author content='Maria da Silva e Costa'>", ("Maria da Silva e Costa",)),
        ("<p>3 mei 2025 · 3 min read · By Jan Jansen</p>", ("Jan Jansen",)),
        ("<p>Von Jürgen Müller und Anna Öztürk</p>", ("Jürgen Müller", "Anna Öztürk")),
        ("<p>Par Émilie Dupont, à Paris</p>", ("Émilie Dupont",)),
        ("<div><span>Av Karin Lind</span><span>I går 14.05</span></div>", ("Karin Lind",)),
        ("<div><span class=byline>di Paola Ricci</span> 12 nov 2026</div>", ("Paola Ricci",)),
        ("<p>By Jan Jansen December 3, 2025</p>", ("Jan Jansen",)),
        ("<p>Jan Jansen | Senior Writer | July 2, 2025</p>", ("Jan Jansen",)),
        ("<p>Dec 26, 2025 • Jan Jansen</p>", ("Jan Jansen",)),
        (
            "<p>Dec 26, 2025 • <img class=avatar src=/j.jpg> Jan Jansen in <a href=/b>Projects</a></p>",
            ("Jan Jansen",),
        ),
        (
            "<p><img src=/avatars/j.jpg>Jan Jansen dans <a href=/m>Le Monde</a> · 3 mai 2025</p>",
            ("Jan Jansen",),
        ),
        ("<p>Breaking News in <a href=/news>Politics</a> · 3 May 2025</p>", ()),
        ("<p>By Jan Jansen</p><p>Posted on May 3, 2025 by admin</p>", ("Jan Jansen",)),
        ("<p>Door Jan Jansen</p><p>Geplaatst op 3 mei 2025 door anna</p>", ("Jan Jansen",)),
        ("<p>Published May 3, 2025 | Photo by Unsplash</p>", ()),
        ("<p>Published May 3, 2025 · Sponsored by Heineken</p>", ()),
        ("<p>Published May 3, 2025, apply by June</p>", ()),
        ("<p>Veröffentlicht am 03.05.2025 | Stadt von Morgen</p>", ()),
        ("<p>by <a href=/author/amanda>Amanda</a> · Dec 20, 2025</p>", ("Amanda",)),
        ("<h4>Posted January 5th, 2020 by eric</h4>", ("eric",)),
        ("<p>Geplaatst op 3 mei 2025 door marijke</p>", ("marijke",)),
        ("<p>Posted on January 5th, 2020 by admin</p>", ()),
        ("<p>By <a href=/a/elif>Elif</a> on Sunday, April 7, 2013</p>", ("Elif",)),
        ("<p>Updated January 5th, 2020 step by step</p>", ()),
        ("<div class=postauthor>Yazan <a rel=author href=/a/elif>Elif</a></div>", ("Elif",)),
        ("<p>Door <a href=/wie/jan>Jan</a> | 3 mei 2025 | 2 reacties</p>", ("Jan",)),
        ("<p>by <a href=/a>Amanda</a> · Dec 20, 2025</p><p>By Amanda Diehl</p>", ("Amanda Diehl",)),
        ("<p>by <a href=/a>Amanda</a> · Dec 20, 2025</p><p>Author: H.G. Parry</p>", ("Amanda",)),
        ("<p><span>Jan Jansen</span></p>" + BIO, ("Jan Jansen",)),
        ("<p class=Page_author__U98U7>Jan Jansen</p>", ("Jan Jansen",)),
        ("<p class=author>Jan Jansen <a href=/a>View author archive</a></p>", ("Jan Jansen",)),
        ("<p class=byline>Jan Jansen, Senior Editor</p>", ("Jan Jansen",)),
        ("<p class=byline>By Jan Jansen, PhD</p>", ("Jan Jansen",)),
        ("<p>Written by</p><p>Jan Jansen</p>", ("Jan Jansen",)),
        ("<h4>Posted by: Jan Jansen on May 3, 2025</h4>", ("Jan Jansen",)),
        ("<h4>By Jan Jansen</h4>", ()),
        ("<p>This post was written by Jan Jansen, Head of News</p>", ("Jan Jansen",)),
        (
            "<p class=author>Written by <b>Jan Jansen</b> <i>News Coordinator</i></p>",
            ("Jan Jansen",),
        ),
        ("<p>Jan Jansen <img class=avatar src=/a.jpg alt='Jan Jansen'></p>", ("Jan Jansen",)),
        ("<p>Jan Jansen <img src=/a.jpg alt='Jan Jansen in Parijs'></p>", ()),
        ("<p class=byline>Text: Jan Jansen<br>Foto: Nils Ek</p>", ("Jan Jansen",)),
        ("<p class=byline>Tekst: Jan Jansen Foto: Nils Ek</p>", ("Jan Jansen",)),
        ("<p class=byline><b>Foto:</b> Nils Ek <b>Text:</b> Jan Jansen</p>", ("Jan Jansen",)),
        ("<p class=byline>By Jan Jansen, photos by Nils Ek</p>", ("Jan Jansen",)),
        ("<p class=byline>Words: Jan Jansen / Photography: Nils Ek</p>", ("Jan Jansen",)),
        (
            "<p class=byline><a href=/j>Jan Jansen</a> Foto: <a href=/n>Nils Ek</a></p>",
            ("Jan Jansen",),
        ),
        ("<p class=byline>Text och foto: Jan Jansen</p>", ("Jan Jansen",)),
        ("<p class=byline>Foto: Jan Jansen</p>", ("Jan Jansen",)),
        ("<p>Text: Jan Jansen Foto: Nils Ek</p>", ("Jan Jansen",)),
        (
            """<p itemprop=author itemscope><b itemprop=name>Jan Jansen</b>,
            <i itemprop=affiliation itemscope><b itemprop=name>De Dijkbode</b></i></p>""",
            ("Jan Jansen",),
        ),
        (
            "<p itemprop=author itemscope><b itemprop=name>Jan Jansen</b>, <i>Kurier Noord</i></p>",
            ("Jan Jansen",),
        ),
        ("<p>New York | 3 mei 2025</p>", ()),
        ("<p>© 2025 Dijkbode <a href=/p>Datenschutz</a></p>", ()),
        ("<p>Copyright © 2019–2025 Jan Jansen</p>", ()),
        ("<p>Dijk Bode</p><p>© 2025</p>", ()),
        ("<p>Jan Jansen | 3 mei 2025 | © De Dijkbode</p>", ("Jan Jansen",)),
        ("<p>Den Haag, 3 mei 2025</p>", ()),
        ("<p>Posted On | 3 mei 2025</p>", ()),
        ("<p class=byline>Advertiser Disclosure</p>", ()),
        ("<p class=author>Personal finance</p>", ()),
        ("<p>DiMarca Rental Car</p>", ()),
        ("<ul class=menu><li><a href=/author/a>Jan Jansen</a></li></ul>", ()),
        (
            "<p class=byline>Politiek · Jan Jansen, Anna de Vries</p>",
            ("Jan Jansen", "Anna de Vries"),
        ),
        ("<div class=author><a href=/a>See All Articles</a> <a href=/b>Send Email</a></div>", ()),
        (
            "<aside><p><a rel=author href=/a>Jan Jansen</a> en <a rel=author href=/b>Anna Bos</a></p></aside>",
            ("Jan Jansen", "Anna Bos"),
        ),
        ("<nav><p>Nieuws <span itemprop=author>Jan Jansen</span> 14:05</p></nav>", ("Jan Jansen",)),
        ("<aside><p><a rel=author href=/a>Nieuws</a></p></aside>", ()),
        ("<p>Personal Finance</p>", ()),
        (
            "<p><small class=author>Por <b>Tragy</b>, publicado el <b>24 de marzo, 2010</b></small></p>",
            (),
        ),
        (
            "<p>12/07/2023 <span>Non <i></i></span> <span>Par <a href=/j>Jan Jansen</a></span></p>",
            ("Jan Jansen",),
        ),
        ("<p>3 mei 2025</p><p>CHAMPAIGN COUNTY — Staff photo to come.</p>", ()),
        # facts of what the text is about, below a day
        ("<p>3 mei 2025</p><p>Deutschland 2012 | 10 Min | Ohne Dialoge</p>", ()),
        ("<p>3 mei 2025</p><p>Frankrijk | 23 minuten | Nederlandse Ondertitels</p>", ()),
        ("<p>3 mei 2025</p><p>Zwart Wit · 95' · België, Italië 2013</p>", ()),
        ("<p>3 mei 2025</p><p>Jan Jansen | 5 min</p>", ("Jan Jansen",)),
        ("<p>Jan Jansen | Frankrijk | 3 mei 2025 | 5 min</p>", ("Jan Jansen",)),
        # words of a text with a dash in it
        (
            "<p>3 mei 2025</p><p>Uit Kats - Oost zijn foto's en daar staan ook de verslagen en meer</p>",
            (),
        ),
        (
            "<p>3 mei 2025</p><p>Kats Oost - Daar staan de foto's en alle verslagen van de dag.</p>",
            (),
        ),
        # whom a text quotes above its beginning
        ("<p>« Wij houden de lamp brandend, alle dagen. »<br>Jan Jansen / Feest 2025</p>", ()),
        ("<p>“Wij houden de lamp brandend, alle dagen.”</p><p>Jan Jansen, 2025</p>", ()),
        ("<h2>“Wij houden de lamp brandend”</h2><p>Jan Jansen | 2025</p>", ("Jan Jansen",)),
        (
            "<p>“Wij houden de lamp brandend, alle dagen.”</p><p>Jan Jansen | 3 mei 2025</p>",
            ("Jan Jansen",),
        ),
        ("<p>By the end of the week</p>", ()),
        ("<p>Von Montag an gilt das</p>", ()),
    ],
)
def test_a_line_near_the_headline_names_the_author(line: str, names: tuple[str, ...]) -> None:
    assert read(html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")).authors == names


@pytest.mark.parametrize("place", ["<p class=byline>{}</p>", "<p>{}</p>"])
@pytest.mark.parametrize(
    "line",
    [
        "Tekst en foto's: Jan Jansen",
        "Tekst &amp; foto’s: Jan Jansen",
        "Text und Fotos: Jan Jansen",
        "Fotos und Text von Jan Jansen",
        "Texte et photos : Jan Jansen",
        "Texto y fotos: Jan Jansen",
        "Testo e foto di Jan Jansen",
        "Tekst i zdjęcia: Jan Jansen",
        "Text och bild: Jan Jansen",
        "Tekst og foto: Jan Jansen",
        "Words and pictures by Jan Jansen",
        "Photos and words by Jan Jansen",
        "Words: Jan Jansen. Photos: Nils Ek",
        "Tekst: Jan Jansen | Foto's: Nils Ek",
    ],
)
def test_who_wrote_and_took_the_pictures_is_the_author(line: str, place: str) -> None:
    body = f"<h1>{TITLE}</h1>{place.format(line)}{paragraphs()}"
    assert read(html(f"<div>{body}</div>")).authors == ("Jan Jansen",)


@pytest.mark.parametrize(
    "line",
    [
        "<p><a rel=author href=/j>Jan Jansen</a> and <a rel=author href=/n>Nils Ek</a></p>",
        "<p>By <a rel=author href=/j>Jan Jansen</a>, <a rel=author href=/n>Nils Ek</a></p>",
        "<p>Por <a rel=author href=/j>Jan Jansen</a> y <a rel=author href=/n>Nils Ek</a></p>",
        (
            "<div><div><a rel=author href=/j>Jan Jansen</a> <i>Reporter</i> <button>Follow</button></div>"
            "<div><a rel=author href=/n>Nils Ek</a> <i>Reporter</i> <button>Follow</button></div></div>"
        ),
        "<div><span itemprop=author>Jan Jansen</span><span itemprop=author>Nils Ek</span></div>",
        "<ul><li><b class=author-name>Jan Jansen</b></li><li><b class=author-name>Nils Ek</b></li></ul>",
        (
            "<div><a href=/author/j><img src=/j.jpg alt=''></a><a href=/author/j>Jan Jansen</a>"
            " <a href=/author/n>Nils Ek</a></div>"
        ),
    ],
)
def test_authors_who_are_marked_alike_in_one_line_all_count(line: str) -> None:
    page = html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")
    assert read(page).authors == ("Jan Jansen", "Nils Ek")


@pytest.mark.parametrize(
    "other",
    [
        "<div><a href=/ander>Ander verhaal</a> <a rel=author href=/n>Nils Ek</a></div>",
        "<section><h3>Meer</h3><a rel=author href=/n>Nils Ek</a></section>",
    ],
)
def test_the_author_of_another_article_is_not_one_of_this(other: str) -> None:
    line = "<p><a rel=author href=/j>Jan Jansen</a></p>"
    page = html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}{other}</div>")
    assert read(page).authors == ("Jan Jansen",)


def test_who_is_marked_as_something_else_is_no_author() -> None:
    line = (
        "<p><span><b class=author-name>Jan Jansen</b></span>"
        " <span class=expert><b class=author-name>Nils Ek</b></span></p>"
    )
    page = html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")
    assert read(page).authors == ("Jan Jansen",)


PORTRAIT = "<img src=/p/1.jpg width=48 alt='Jan Jansen'>"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (f"<div>{PORTRAIT}<a href=/av/j>Jan Jansen</a><time>17 nov. 2025</time></div>", 1),
        (f"<div><a href=/av/j>{PORTRAIT}</a><p><a href=/av/j>Jan Jansen</a></p></div>", 1),
        (f"<div><time>17 nov. 2025</time>{PORTRAIT}<a href=/av/j>Jan Jansen</a></div>", 1),
        (f"<div>{PORTRAIT}<b>Jan Jansen</b> <i>Reporter</i> <time>17 nov</time></div>", 1),
        (f"<p>{PORTRAIT}<a href=/av/j>Jan Jansen</a> <a href=#c>Schrijf iets terug</a></p>", 1),
        # no portrait: a section may be called so; no link and no date: a caption
        ("<div><a href=/l/n>Lokaal Nieuws</a><time>17 nov. 2025</time></div>", 0),
        (f"<div>{PORTRAIT}<span>Jan Jansen</span></div>", 0),
        (f"<p>{PORTRAIT}Wat wil <a href=/av/j>Jan Jansen</a> in mei 2025 met de bruggen?</p>", 0),
        (f"<figure>{PORTRAIT}<p><a href=/w/j>Jan Jansen</a></p></figure>", 0),
    ],
)
def test_a_bare_name_beside_a_portrait_is_the_author(line: str, names: int) -> None:
    page = html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")
    assert read(page).authors == ("Jan Jansen",)[:names]


def test_words_that_the_text_uses_are_no_name() -> None:
    snow = "Wie sneeuw gaat ruimen, kan beter eerst even wachten. Buren vragen of ruimen moet."
    for line, names in (("Sneeuw Ruimen", ()), ("Sneeuw Jansen", ("Sneeuw Jansen",))):
        body = f"<p>3 mei 2025</p><p><strong>{line}</strong></p><p>{snow}</p>{paragraphs()}"
        assert read(html(f"<div><h1>{TITLE}</h1>{body}</div>")).authors == names


def test_a_line_of_its_own_below_the_text_names_the_author() -> None:
    below = "<p>Tekst: Jan Jansen</p>"
    assert read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}{below}</div>")).authors == (
        "Jan Jansen",
    )


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<h2>Article written by:</h2><h3>Jan Jansen, MD, FOMA</h3>", ("Jan Jansen",)),
        ("<h2>Article by</h2><div>Matias Heikkilä</div>", ("Matias Heikkilä",)),
        ("<aside><h3>Author</h3><p>Jan D. Jansen</p></aside>", ("Jan D. Jansen",)),
        ("<dl><dt>Author</dt><dd>Jane Austen</dd><dt>Publisher</dt><dd>Penguin</dd></dl>", ()),
        ("<table><tr><th>Autor</th><td>Hugo von Hofmannsthal</td></tr></table>", ()),
        ("<p>Tekst:</p><p>Guido Gezelle</p>", ()),
        ("<h4>Von</h4><p>Bad Homburg</p>", ()),
        ("<p>Geschreven door</p><p>Jan Jansen</p>", ("Jan Jansen",)),
        ("<h3>Author</h3><p>Jan Jansen</p><h3>Author</h3><p>Piet de Boer</p>", ()),
        ("<h3>Author</h3><p>All our authors live and work in the province</p>", ()),
        ("<div class=comments><h3>Author</h3><p>Jan Jansen</p></div>", ()),
        ("<h3>Location</h3><p>Den Haag Centraal</p>", ()),
    ],
)
def test_a_name_below_a_line_that_says_author(below: str, names: tuple[str, ...]) -> None:
    filler = "<p>Nog een alinea over het spoor, die lang genoeg is om tekst te zijn.</p>" * 8
    page = html(f"<div><h1>{TITLE}</h1>{paragraphs()}{filler}{below}</div>")
    assert read(page).authors == names


@pytest.mark.parametrize(
    "around",
    [
        "<div class=comments><p>By Piet de Boer</p></div>",
        "<aside><p>By Piet de Boer</p></aside>",
        "<p>By Piet de Boer</p><p>By Anna de Vries</p>",
    ],
)
def test_what_others_wrote_names_no_author(around: str) -> None:
    filler = "<p>Nog een alinea over het spoor, die lang genoeg is om tekst te zijn.</p>" * 8
    markup = html(f"<div><h1>{TITLE}</h1>{paragraphs()}{filler}{around}</div>")
    assert read(markup).authors == ()


def test_the_site_is_no_author_beside_a_person() -> None:
    head = '<meta name=author content="Jan Jansen, Nieuws"><meta property="og:site_name" content="Nieuws">'
    page = html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head)
    assert read(page).authors == ("Jan Jansen",)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            """<meta name=citation_author content="Jansen, Jan P.">
            <meta name=citation_author content="Anna de Vries">""",
            ("Jan P. Jansen", "Anna de Vries"),
        ),
        ("<meta name=author content='tekst: Jan, beeld: Piet, code: Klaas'>", ()),
        ("<meta itemprop=author content='Jan Jansen'>", ("Jan Jansen",)),
        ("<meta name=author content='https://www.facebook.com/jan'>", ()),
        ("<meta name=author content=org><meta name=byl content='By Jan Jansen'>", ("org",)),
    ],
)
def test_metadata_name_the_authors(head: str, names: tuple[str, ...]) -> None:
    assert read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head)).authors == names


def of_a_site(author: str, line: str) -> tuple[str, ...]:
    """The authors of a page whose site declares one author for all of its pages."""
    return of_pages(f'"{author}"', f'"{author}"', line)


def of_pages(usual: str, author: str, line: str = "") -> tuple[str, ...]:
    """The authors of a page in whose JSON-LD `author` stands, and in all others `usual`."""
    own, head = (
        f'<script type="application/ld+json">{{"@type":"Article","author":{one},'
        '"publisher":{"@type":"Organization","name":"De Dijkbode"}}</script>'
        for one in (author, usual)
    )
    others = [f"<h1>Verhaal {n} van de dag</h1><p>{f'Zin {n}. ' * 30}</p>" for n in range(4)]
    return read(
        html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>", own),
        siblings=tuple(html(other, head, title=f"Verhaal {n}") for n, other in enumerate(others)),
    ).authors


def test_an_author_of_most_pages_is_not_the_one_whom_a_byline_names() -> None:
    assert of_a_site("Web Beheer", "<p>Door Jan Jansen</p>") == ("Jan Jansen",)


def test_an_author_of_most_pages_whom_none_shows_is_none() -> None:
    assert of_a_site("Web Beheer", "") == ()


def test_a_person_who_writes_all_of_a_site_is_its_author_also_where_no_line_says_so() -> None:
    anna, piet = (f'{{"@type":"Person","name":"{one}"}}' for one in ("Anna Smit", "Piet de Boer"))
    assert of_pages(anna, anna) == ("Anna Smit",)
    assert of_pages(anna, anna, "<p>Door Jan Jansen</p>") == ("Jan Jansen",)
    assert of_pages(anna, f"[{anna},{piet}]") == ("Anna Smit", "Piet de Boer")
    assert of_pages(anna, piet) == ("Piet de Boer",)


def test_who_writes_all_of_a_site_and_signs_is_its_author() -> None:
    assert of_a_site("Jan Jansen", "<p>Door Jan Jansen</p>") == ("Jan Jansen",)


GRAPH = """<script type="application/ld+json">{{"@graph":[
  {{"@type":"Article","headline":"{title}","author":{author},"publisher":{{"@id":"#us"}}}},
  {{"@type":"Organization","@id":"#us","name":"De Dijkbode"}},
  {{"@type":["Person","Organization"],"@id":"#anna","name":"Anna Smit"}},
  {{"@type":"Person","@id":"#piet","name":"Piet de Boer"}}]}}</script>"""


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@id":"#anna"}', ("Anna Smit",)),
        ('[{"@id":"#anna"},{"@id":"#piet"}]', ("Anna Smit", "Piet de Boer")),
        ('{"@id":"#anna","name":"Anna Smit-Jansen"}', ("Anna Smit-Jansen",)),
        ('[{"@id":"#us"},{"@id":"#piet"}]', ("Piet de Boer",)),
        ('[{"@id":"#piet"},{"name":"Jan Jansen"}]', ("Piet de Boer", "Jan Jansen")),
        ('{"@id":"#us"}', ()),
        ('{"@id":"#nobody"}', ()),
    ],
)
def test_json_ld_may_refer_to_an_author(author: str, names: tuple[str, ...]) -> None:
    head = GRAPH.format(title=TITLE, author=author)
    assert read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head)).authors == names


def test_a_byline_is_before_whom_json_ld_only_refers_to() -> None:
    head = GRAPH.format(title=TITLE, author='{"@id":"#piet"}')
    for line, name in (("By Jan Jansen", "Jan Jansen"), ("By Piet de Boer", "Piet de Boer")):
        page = html(f"<div><h1>{TITLE}</h1><p>{line}</p>{paragraphs()}</div>", head)
        assert read(page).authors == (name,)


def test_who_writes_all_of_a_site_may_be_referred_to() -> None:
    head = GRAPH.format(title="Verhaal", author='{"@id":"#anna"}')
    others = [f"<h1>Verhaal {n} van de dag</h1><p>{f'Zin {n}. ' * 30}</p>" for n in range(4)]
    article = read(
        html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head.replace("Verhaal", TITLE)),
        siblings=tuple(html(other, head, title=f"Verhaal {n}") for n, other in enumerate(others)),
    )
    assert article.authors == ("Anna Smit",)


@pytest.mark.parametrize(
    ("declared", "shown", "names"),
    [
        ("Uitgeverij Haven", "Jan Jansen", ("Jan Jansen",)),
        ("Piet de Boer", "Door Jan Jansen", ("Jan Jansen",)),
        ("J. Jansen", "Jan Jansen", ("J. Jansen",)),
        ("Piet de Boer", "Redactie", ("Piet de Boer",)),
        ("Piet de Boer", "Jan Jansen</p><p>Met dank aan Piet de Boer", ("Piet de Boer",)),
    ],
)
def test_a_byline_is_before_whom_only_machines_are_told_of(
    declared: str, shown: str, names: tuple[str, ...]
) -> None:
    head = f"<meta name=author content='{declared}'>"
    body = f"<div><h1>{TITLE}</h1><p class=byline>{shown}</p>{paragraphs()}</div>"
    assert read(html(body, head)).authors == names


def test_a_site_that_one_person_writes_has_no_name_in_its_body_as_byline() -> None:
    said = "<body class='single single-author'><p>Stem nu op <i title=Laden>Laden Even</i></p>"
    page = html(paragraphs()).replace("<body>", said)
    assert read(page).authors == ()


def test_who_made_the_site_is_not_the_author_of_a_short_story() -> None:
    foot = (
        "<footer><p><i class=copy></i> 2023 <a href=mailto:a@b.nl>Web Bouwers Team</a></p></footer>"
    )
    page = html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>{foot}")
    assert read(page).authors == ()


CARD = "<p>Door <span class='author vcard'><a rel=author href=/auteur/rik>{}</a></span></p>"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (CARD.format("r1ksk3"), ("r1ksk3",)),
        (CARD.format("r1ksk3").replace("rel=author", "rel='author nofollow'"), ("r1ksk3",)),
        ("<div class=post-author><b>Door</b> <a rel=author href=/r>Rik</a></div>", ("Rik",)),
        (
            "<p>3 mei 2025 <span class='vcard author'><a class=fn href=/author/r>Rik</a></span></p>",
            ("Rik",),
        ),
        ("<p>3 mei 2025 <a rel=author href=/r>Rik</a></p>", ()),  # no markup around it
        (CARD.format("admin"), ()),
        (CARD.format("Redactie"), ()),
        (CARD.format("r1ksk3") + "<p>By Jan Jansen</p>", ("Jan Jansen",)),
    ],
)
def test_a_nickname_counts_where_markup_says_twice_that_it_is_the_author(
    lines: str, names: tuple[str, ...]
) -> None:
    assert read(html(f"<div><h1>{TITLE}</h1>{lines}{paragraphs()}</div>")).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            """<p>3 mei 2025 · <span class=author>Jan Jansen · <i>Rubriek:
            <a rel='category tag' href=/p>Plaat van de Week</a></i> · </span></p>""",
            ("Jan Jansen",),
        ),
        ("<p>Posted by, Jan Jansen on May 3, 2025</p>", ("Jan Jansen",)),
        (
            "<p><span class=author>Scritto da <a class=fn href=/author/p>Paolo</a></span></p>",
            ("Paolo",),
        ),
        ("<p>[3 mei 2025] - Jan Jansen, professor in Leiden</p>", ("Jan Jansen",)),
        ("<p><b>Jan Jansen, director van de haven</b></p>", ()),
        (
            "<p>3 mei 2025 - Jan Jansen, professor in Leiden, opende gisteren de nieuwe haven.</p>",
            (),
        ),
    ],
)
def test_a_byline_is_told_from_what_stands_in_it(line: str, names: tuple[str, ...]) -> None:
    assert read(html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")).authors == names


def test_a_byline_below_that_of_a_nickname_is_of_another_article() -> None:
    others = "<div><h2>Een ander verhaal</h2><p class=byline>Anna de Vries</p></div>"
    page = html(f"<div><h1>{TITLE}</h1>{CARD.format('r1ksk3')}{paragraphs()}</div>{others}")
    assert read(page).authors == ("r1ksk3",)


def test_an_entry_of_a_menu_is_no_byline() -> None:
    menu = "<div><ul><li><a href=/irc>By Client Chat</a></li></ul></div>"
    page = html(f"<div><h1>{TITLE}</h1>{paragraphs() * 2}</div>{menu}")
    assert read(page).authors == ()


def test_a_name_below_such_a_line_is_not_before_the_one_that_the_page_declares() -> None:
    head = "<meta name=author content='Anna Smit'>"
    page = f"<div><h1>{TITLE}</h1>{paragraphs()}<h4>Author</h4><p>Jane Austen</p></div>"
    assert read(html(page, head=head)).authors == ("Anna Smit",)


def test_a_byline_below_a_headline_that_the_head_words_otherwise() -> None:
    head = "<meta property='og:title' content='Waar het mooi fietsen is'>"
    line = "<p>By <a href=/p/jan>Jan Jansen</a> <span>April 12, 2024</span></p>"
    other = (
        "<div class=card><h1>Nog een bericht</h1><p>By <a href=/p/piet>Piet de Boer</a></p></div>"
    )
    page = f"<h1><a href=/>De Krant</a></h1><article><h1>De beste paden</h1>{line}{paragraphs()}</article>"
    assert read(html(f"{page}{other}", head=head)).authors == ("Jan Jansen",)


@pytest.mark.parametrize(("said", "names"), [("JAN JANSEN", ()), ("Feest", ("JAN JANSEN",))])
def test_what_the_title_of_the_page_says_is_the_name_of_a_section(
    said: str, names: tuple[str, ...]
) -> None:
    over = "<p><b>JAN JANSEN</b></p><p>3 mei 2025</p>"
    markup = html(f"{over}<h1>{TITLE}</h1><div>{paragraphs()}</div>")
    assert read(markup.replace(f"<title>{TITLE} - Nieuws", f"<title>{said}")).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Door Jan Jansen Pe, 07/26/2025 - 10:50", ("Jan Jansen",)),
        ("Door Jan Jansen Ti, 26.07.2025 - 8:05", ("Jan Jansen",)),
        ("Door Nguyen Van An, 26.07.2025", ("Nguyen Van An",)),
        ("Door Jan Jansen Bo", ("Jan Jansen Bo",)),
        ("Door Kim Il, 26.07.2025", ("Kim Il",)),
    ],
)
def test_two_letters_before_a_date_are_no_part_of_a_name(line: str, names: tuple[str, ...]) -> None:
    assert read(html(f"<h1>{TITLE}</h1><p>{line}</p><div>{paragraphs()}</div>")).authors == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("<a href=/boek>In <em>Onze Dagen</em> · VERHALEN</a>", ()),
        ("<a href=/jan>Onze Dagen</a> · VERHALEN", ("Onze Dagen",)),
        ("<a href=/jan>Onze Dagen · 3 mei 2025</a>", ("Onze Dagen",)),
    ],
)
def test_a_part_of_what_a_link_says_is_nobody(said: str, names: tuple[str, ...]) -> None:
    line = f"<p><time>2025-05-03</time> · {said}</p>"
    assert read(html(f"<div><h1>{TITLE}</h1>{line}{paragraphs()}</div>")).authors == names
