"""The form of an article: its lists, tables, code, quotations, pictures, films and sounds."""

from __future__ import annotations

import re

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Link
from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from feedbot.web.sanitise import sanitise
from tests.sample_pages import BODY, HOME, LEAD, SOURCE, TITLE, document, html, paragraphs, read

FIRST = f"<p>{LEAD}</p><p>{BODY[0]}</p>"
LAST = f"<p>{BODY[2]}</p><p>{BODY[3]}</p>"


def form(inside: str, **more: object) -> str:
    """The HTML of a story with something between its second paragraph and its third."""
    head = str(more.pop("head", ""))
    page = html(f"<article><h1>{TITLE}</h1>{FIRST}{inside}{LAST}</article>", head)
    written = read(page).html
    assert sanitise(written, HOME) == written
    for text in (LEAD, BODY[0], BODY[2], BODY[3]):
        assert text in written
    return written


KEPT = {
    "numbered": "<ol><li>Draai de kraan dicht.</li><li>Bel de monteur.</li></ol>",
    "numbered from four": '<ol start="4"><li>Draai de kraan dicht.</li><li>Bel de monteur.</li></ol>',
    "nested": "<ul><li>Goes<ul><li>Grote Markt 3</li><li>Singel 12</li></ul></li><li>Hulst</li></ul>",
    "definitions": "<dl><dt>Peil</dt><dd>De hoogte van het water.</dd></dl>",
    "code": "<pre>for x in rij:\n    for y in x:\n        tel(y)</pre>",
    "quotation": "<blockquote><p>De trein rijdt weer op tijd, zei hij.</p></blockquote>",
    "code in an item": "<ol><li><p>Typ dit:</p><pre>tel(x)</pre></li><li>Wacht.</li></ol>",
    "emphasis over lines": "<p><code>tel(x)<br>tel(y)</code></p>",
    "subhead": "<h3>Extra sporen</h3>",
    "lower subhead": "<h4>Extra sporen</h4>",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_has_a_form_keeps_it(name: str) -> None:
    assert KEPT[name].replace("\n", "") in form(KEPT[name]).replace("\n", "")


@pytest.mark.parametrize(
    "head",
    ["<caption>{}</caption>", "<tr><th>{}<th>Wie het zegt</tr>"],
)
def test_a_table_that_is_called_as_its_page_is_has_data(head: str) -> None:
    cells = "<td>De lijn is te vol, en daar komt voorlopig geen einde aan.</td><td>Smit</td>"
    written = form(f"<table>{head.format(TITLE)}<tr>{cells}</tr></table>")
    assert cells in written


@pytest.mark.parametrize(
    "step",
    [
        "<li><time>{}</time><h3>{}</h3><p>{}</p></li>",
        "<li><span>{}</span><p>{} {}</p></li>",
        "<li><div class=t>{}</div><div><strong>{}</strong><br>{}</div></li>",
    ],
)
def test_the_steps_of_a_chronology_keep_their_hours(step: str) -> None:
    steps = (
        ("06:10", "De eerste trein valt uit", "Reizigers staan op het perron te wachten."),
        ("09:45", "Bussen rijden", "De vervoerder zet er twaalf in, tot aan de avond."),
        ("13.20", "De storing is voorbij", "Om half twee vertrekt de eerste trein weer."),
    )
    written = form("<ol>{}</ol>".format("".join(step.format(*one) for one in steps)))
    shown = re.sub(r"<[^>]+>|\s", "", written)
    assert "".join("".join(one) for one in steps).replace(" ", "") in shown


INLINE = {
    "<p>Typ <code>feed --all</code> en dan <kbd>Enter</kbd> om alles op te halen.</p>": "<code>feed --all</code> en dan <kbd>Enter</kbd>",
    "<p>De uitstoot van CO<sub>2</sub> daalde met 10<sup>6</sup> ton in een jaar.</p>": "CO<sub>2</sub> daalde met 10<sup>6</sup> ton",
    "<p>Het <abbr title='Koninklijk Nederlands Meteorologisch Instituut'>KNMI</abbr> waarschuwt voor gladheid.</p>": "<abbr title=\"Koninklijk Nederlands Meteorologisch Instituut\">KNMI</abbr>",
    "<p>Dat is <b>echt <i>heel</i> veel</b>, zegt de vervoerder over het plan.</p>": "<strong>echt <em>heel</em> veel</strong>",
    "<p>De formule <math><mi>a</mi><mo>+</mo><mi>b</mi></math> staat op het bord in de klas.</p>": "formule a+b staat",
    "<p>Fijn nieuws <img class=emoji alt='🚆' src=/e.png> voor wie met de trein reist.</p>": "Fijn nieuws 🚆 voor",
}  # fmt: skip


@pytest.mark.parametrize("markup", INLINE)
def test_signs_and_words_within_a_sentence_keep_their_form(markup: str) -> None:
    assert INLINE[markup] in form(markup)


def test_a_table_keeps_rows_heads_spans_and_empty_cells() -> None:
    rows = (
        "<tr><th>Ploeg<th>Punten<tr><td>Goes<td>27<tr><td>Hoek<td><tr><td colspan=2>Na elf ronden"
    )
    written = form(f"<table><caption>De stand{rows}</table>")
    assert "<caption>De stand</caption>" in written
    assert "<tr><th>Ploeg</th><th>Punten</th></tr>" in written
    assert "<tr><td>Hoek</td><td></td></tr>" in written
    assert '<tr><td colspan="2">Na elf ronden</td></tr>' in written


def test_cells_that_are_links_stay_in_a_table() -> None:
    rows = "".join(
        f"<tr><td><a href=/club/{name}>{name}</a></td><td>{points}</td></tr>"
        for name, points in (("Goes", 27), ("Kloetinge", 24), ("Hoek", 19))
    )
    written = form(f"<table>{rows}</table>")
    assert f'<td><a href="{HOME}/club/Hoek">Hoek</a></td><td>19</td>' in written


def test_a_table_that_puts_the_page_in_columns_is_no_table() -> None:
    cell = f"<h1>{TITLE}</h1>{paragraphs()}"
    written = read(html(f"<table><tr><td>Menu</td><td>{cell}</td></tr></table>")).html
    assert "<table" not in written
    assert LEAD in written


def test_lines_of_a_poem_stay_lines_and_paragraphs_stay_paragraphs() -> None:
    written = form("<p>De zee is grijs,<br>de lucht is laag.<br><br>Wie blijft, blijft droog.</p>")
    assert "<p>De zee is grijs,<br>de lucht is laag.</p>" in written
    assert "<p>Wie blijft, blijft droog.</p>" in written


def test_code_in_lines_of_their_own_is_one_piece() -> None:
    written = form("<pre><code><div>a = 1</div><div>b = 2</div></code></pre>")
    assert "a = 1\nb = 2" in written
    assert written.count("<pre>") == 1


def test_a_text_from_right_to_left_says_so() -> None:
    page = html(f"<article dir=rtl><h1>{TITLE}</h1>{paragraphs()}</article>")
    assert read(page).html.startswith('<div dir="rtl">')


def test_no_subhead_is_invented() -> None:
    assert "<p>Extra sporen</p>" in form("<p>Extra sporen</p>")
    assert "<h2>Extra sporen</h2>" in form("<h1>Extra sporen</h1>")


def test_a_section_named_after_its_heading_is_no_furniture() -> None:
    section = f"<div id=sharing-with-a-single-developer><h2>Sharing</h2><p>{BODY[2]}</p></div>"
    article = read(html(f"<article><h1>{TITLE}</h1>{FIRST}{section}<p>{BODY[3]}</p></article>"))
    assert article.paragraphs[2:] == ("Sharing", BODY[2], BODY[3])


# --- pictures -----------------------------------------------------------------------------------

PICTURES = {
    "plain": "<img src=/foto/trein.jpg alt='Een trein'>",
    "in a paragraph": "<p><img src=/foto/trein.jpg alt='Een trein'></p>",
    "linked to its file": "<p><a href=/foto/trein-groot.jpg><img src=/foto/trein.jpg alt='Een trein'></a></p>",
    "lazy": "<img src=/blank.gif data-src=/foto/trein.jpg alt='Een trein'>",
    "lazy, with data in src": "<img src='data:image/gif;base64,R0lGOD' data-lazy-src=/foto/trein.jpg alt='Een trein'>",
    "lazy, under a name of its own": "<img data-hi-res=/foto/trein.jpg alt='Een trein'>",
    "in noscript": "<img class=lazy src=/placeholder.png><noscript><img src=/foto/trein.jpg alt='Een trein'></noscript>",
    "lazy, and in noscript": "<img data-src=/foto/trein.jpg alt='Een trein'><noscript><img src=/foto/trein.jpg alt='Een trein'></noscript>",
    "the largest that is sensible": "<img src=/foto/trein-300.jpg srcset='/foto/trein-300.jpg 300w, /foto/trein.jpg 1600w, /foto/trein-9000.jpg 9000w' alt='Een trein'>",
    "srcset without spaces": "<img srcset='/foto/trein-300.jpg 300w,/foto/trein.jpg 900w' alt='Een trein'>",
    "dense": "<img src=/foto/trein-1.jpg srcset='/foto/trein-1.jpg, /foto/trein.jpg 2x' alt='Een trein'>",
    "picture": "<picture><source srcset='/foto/trein.webp' type=image/webp><img src=/foto/trein.jpg alt='Een trein'></picture>",
    "picture with sources alone": "<picture><source srcset='/foto/trein.jpg 800w'><img alt='Een trein'></picture>",
    "amp": "<amp-img src=/foto/trein.jpg alt='Een trein' width=800 height=450></amp-img>",
    "lazy, over a dot": "<img src=/b.gif width=1 height=1 data-hi=/foto/trein.jpg alt='Een trein'>",
    "over a small blurred one": "<img src=/klein/a1.jpg width=20 height=13 alt=''><img data-src=/foto/trein.jpg alt='Een trein'>",
    "in any width": "<img src=/pixel.gif data-src='/foto/trein{width}.jpg' data-widths='[180, 360, 5000]' alt='Een trein'>",
    "an element of the site's own": "<lazy-image src=/foto/trein.jpg alt='Een trein'></lazy-image>",
    "picture without an img": "<picture><source srcset='/foto/trein.jpg 800w'></picture>",
    "background": "<figure style='background-image: url(&quot;/foto/trein.jpg&quot;)' aria-label='Een trein'></figure>",
    "background later": "<figure><div class=lazy data-bg='url(/foto/trein.jpg)' aria-label='Een trein'></div></figure>",
    "figure in an aside-like box": "<div class=wp-caption><img src=/foto/trein.jpg alt='Een trein'></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_in_the_text_stays_in_its_place(name: str) -> None:
    written = form(PICTURES[name])
    assert written.count("<img") == 1
    assert f'<figure><img src="{HOME}/foto/trein.jpg" alt="' in written.replace("360.jpg", ".jpg")
    assert ("Een trein" in written) == ("Een trein" in PICTURES[name])
    assert written.index(BODY[0]) < written.index("<img") < written.index(BODY[2])


def test_a_caption_and_a_credit_go_with_their_picture_and_are_no_text() -> None:
    figure = "<figure><img src=/foto/trein.jpg width=800 height=450><figcaption>Een trein bij Perm. <span>Foto: <a href=/wie>Jan</a></span></figcaption></figure>"
    page = html(f"<article><h1>{TITLE}</h1>{FIRST}{figure}{LAST}</article>")
    article = read(page)
    assert 'width="800" height="450"' in article.html
    assert (
        f'<figcaption>Een trein bij Perm. Foto: <a href="{HOME}/wie">Jan</a></figcaption>'
        in article.html
    )
    assert not any("Perm" in one for one in article.paragraphs)


def test_the_picture_above_the_text_and_the_gallery_below_it_belong() -> None:
    top = "<figure><img src=/foto/boven.jpg></figure>"
    end = "<div class=gallery><img src=/foto/een.jpg><img src=/foto/twee.jpg></div>"
    page = html(f"<article><h1>{TITLE}</h1>{top}<div>{paragraphs()}{end}</div></article>")
    written = read(page).html
    assert all(f"{HOME}/foto/{name}.jpg" in written for name in ("boven", "een", "twee"))


FOREIGN = {
    "related": "<div><a href=/buitenland/iets-heel-anders><img src=/foto/anders.jpg><h4>Iets heel anders in het noorden van het land</h4></a></div>",
    "bare link to a story": "<a href=/buitenland/iets-heel-anders><img src=/foto/anders.jpg></a>",
    "pixel": "<img src=https://tel.example/p.gif width=1 height=1>",
    "icon": "<img src=/i/delen.svg width=24 height=24>",
    "portrait": "<div class=author-bio><img src=/foto/jan-jansen.jpg></div>",
    "advertisement": "<div class=advertisement><a href=https://shop.example/ rel=sponsored><img src=https://ads.example/x.jpg width=300 height=250></a></div>",
    "banner": "<a href=https://shop.example/ rel='sponsored nofollow'><img src=https://shop.example/x.jpg width=468 height=60></a>",
    "share": "<div class=share><img src=/i/deel-dit.png><img src=/i/mail-dit.png></div>",
    "accounts": "<a href=https://linkedin.example/krant><img src=/merken/linkedin.png></a><a href=https://x.example/krant><img src=/merken/x.png></a>",
    "nothing": "<img src=''><img><img src='data:image/png;base64,AAAA'>",
    "background of a box": "<div class=lijn style='background:url(/i/streep-rood.png)'></div>",
    "share button with a picture": "<div class=deel data-media=/foto/trein.jpg></div>",
    "template": "<img src='/foto/{size}/trein.jpg'>",
    "teaser in a box called so": "<div class=teaser><div><img src=/foto/anders.jpg></div><h4>Iets heel anders</h4></div>",
    "pointer in a box called so": "<div class=teaser><div><img src=/foto/anders.jpg></div><p>Lees ook</p><p>Iets heel anders</p></div>",
    "offer in a banner": "<div class=banner-breed><img src=/foto/les.jpg><h4>Les in rekenen</h4><p>Een gratis proefles</p></div>",
    "labelled as an advertisement": "<figure><a href=https://markt.example/><img src=/foto/markt.jpg></a><figcaption>ADVERTENTIE</figcaption></figure>",
    "licence": "<p><a rel=license href=https://rechten.example/by/4.0/><img src=/foto/by.png></a></p>",
    "part of the design": "<img src=/wp-content/themes/krant/foto/lijn.png>",
    "drawing without a meaning": "<div><img src=/foto/knop-om.svg alt=''></div>",
    "sign that recurs": "<div><img src=/foto/ster-vol.png></div><p>Een.</p><div><img src=/foto/ster-vol.png></div><p>Twee.</p><div><img src=/foto/ster-vol.png></div>",
    "avatar of a service": "<div class=author><figure><img src=https://www.gravatar.example/avatar/12ab></figure></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_a_picture_that_is_not_the_articles_stays_away(name: str) -> None:
    assert "<img" not in form(FOREIGN[name])


SHOWN_ONCE = {
    "two sizes": "<img src=/foto/trein_klein.jpg alt='Een trein'><img src=/foto/trein_scherp.jpg alt='Een trein'>",
    "a button to enlarge it": "<img src=/foto/trein.jpg alt='Een trein'><a href=/foto/trein-groot.jpg><img src=/img/icons/loupe.svg alt='Een trein'></a>",
    "an icon to enlarge it": "<img src=/foto/trein.jpg><a href=/foto/trein-groot.jpg><img src=/img/icon_scale.svg alt=Vergroot></a>",
    "a badge": "<img src=/foto/trein.jpg><img src=/img/badge-beste.svg>",
}  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN_ONCE)
def test_a_figure_shows_its_picture_once_and_no_signs_beside_it(kind: str) -> None:
    caption = "<figcaption>Een trein bij Perm.</figcaption>"
    written = form(f"<figure>{SHOWN_ONCE[kind]}{caption}</figure>")
    assert written.count("<img") == 1
    assert '<img src="https://nieuws.example.org/foto/trein' in written


def test_a_figure_of_several_pictures_has_them_all() -> None:
    names = ("een", "twee", "drie")
    pictures = "".join(f"<img src=/foto/{name}.jpg alt='Foto {name}'>" for name in names)
    assert form(f"<figure>{pictures}</figure>").count("<img") == len(names)


def test_notices_are_no_captions() -> None:
    figure = "<figure><img src=/foto/trein.jpg><span>Advertentie</span><figcaption>Een trein bij Perm.</figcaption></figure>"
    assert "<figcaption>Een trein bij Perm.</figcaption>" in form(figure)
    assert "<figcaption>" not in form("<div><img src=/foto/trein.jpg><p>8 min read</p></div>")


@pytest.mark.parametrize("name", ["caption", "imgcaption", "photo-caption", "thumbcaption"])
def test_a_line_that_is_called_a_caption_is_one(name: str) -> None:
    written = form(f"<div><img src=/foto/trein.jpg><p class={name}>Een trein bij Perm</p></div>")
    assert "<figcaption>Een trein bij Perm</figcaption>" in written


def test_a_logo_with_a_caption_that_speaks_of_it_belongs() -> None:
    img = "<img src=/foto/logo-spoorbouw.png>"
    caption = "<div class=thumbcaption>Het logo van Spoorbouw</div>"
    assert "<img" in form(f"<div>{img}{caption}</div>")
    assert "<img" not in form(f"<div>{img}</div>")


def test_a_wide_picture_among_the_files_of_the_design_belongs() -> None:
    address = "/wp-content/themes/krant/foto/trein.jpg"
    assert "<img" in form(f"<p><img src={address} width=640 height=360></p>")
    assert "<img" not in form(f"<p><img src={address} width=120 height=60></p>")


@pytest.mark.parametrize("name", ["visually-hidden", "sr-only", "screen-reader-text"])
def test_a_label_for_those_who_cannot_see_a_picture_says_nothing_against_it(name: str) -> None:
    label = f"<div class='label {name}'>Beeld</div>"
    assert "<img" in form(f"<div class=veld>{label}<div><img src=/foto/trein.jpg></div></div>")


BY_JAN = '<meta name=author content="Jan Jansen">'


@pytest.mark.parametrize(
    "alt", ["Jan Jansen", "Profielfoto van Jan Jansen", "Jan Jansen, redacteur"]
)
def test_a_picture_that_is_said_to_show_the_author_is_no_picture_of_the_article(alt: str) -> None:
    for img in (
        f"<p><img src=/foto/x12.jpg alt='{alt}'></p>",
        f"<div><img src=/foto/x12.jpg alt='{alt}'></div>",
    ):
        assert "<img" not in form(img, head=BY_JAN)
        assert "<img" in form(img)


@pytest.mark.parametrize(
    "said", ["Foto: Jan Jansen", "Een trein, gezien door Jan Jansen", "Trein 12 Jan Jansen"]
)
def test_a_picture_that_the_author_took_belongs(said: str) -> None:
    figure = f"<figure><img src=/foto/trein.jpg alt='{said}'><figcaption>Jan Jansen</figcaption></figure>"
    assert "<img" in form(figure, head=BY_JAN)


def test_pictures_deep_in_boxes_above_the_text_are_of_something_else() -> None:
    figure = "<figure><img src=/foto/anders.jpg alt='Een schip'></figure>"
    page = "<article><h1>{}</h1>{}{}</article>"
    deep = read(html(page.format(TITLE, "<div>" * 7 + figure + "</div>" * 7, paragraphs())))
    near = read(html(page.format(TITLE, "<div>" * 3 + figure + "</div>" * 3, paragraphs())))
    assert "<img" not in deep.html
    assert "<img" in near.html


def test_a_name_of_the_headline_and_an_enlargement_say_nothing_against_a_picture() -> None:
    title = "Gemeente krijgt een nieuw logo en een banner op het dak"
    for img in (
        "<img src=/foto/nieuw-logo-gemeente.jpg>",
        "<a href=/foto/dak.jpg><img src=/foto/dak-300x250.jpg width=300 height=250></a>",
    ):
        page = f"<article><h1>{title}</h1><p>{LEAD}</p><div>{img}</div>{paragraphs(BODY)}</article>"
        assert "<img" in read(html(page, title=title)).html, img


def test_a_picture_on_many_pages_of_the_site_is_none_of_an_article() -> None:
    extra = "<p><img src=/foto/word-lid-van-ons.jpg></p>"
    others = tuple(
        html(f"<article><h1>Verhaal {n} over iets</h1><p>{LEAD[n:]}</p>{extra}<p>{BODY[n]}</p></article>")
        for n in range(3)
    )  # fmt: skip
    page = html(f"<article><h1>{TITLE}</h1>{FIRST}{extra}{LAST}</article>")
    assert "<img" in read(page).html
    assert "<img" not in read(page, siblings=others).html


def test_several_stories_may_have_one_picture_with_its_caption() -> None:
    figure = "<figure><img src=/foto/ambulance.jpg><figcaption>Archieffoto.</figcaption></figure>"
    others = tuple(
        html(f"<article><h1>Verhaal {n} over iets</h1>{figure}<p>{LEAD[n:]}</p></article>")
        for n in range(5)
    )
    page = html(f"<article><h1>{TITLE}</h1>{figure}{paragraphs()}</article>")
    assert "/foto/ambulance.jpg" in read(page, siblings=others).html


def test_the_declared_picture_leads_where_the_page_shows_none() -> None:
    head = "<meta property=og:image content=/foto/kop.jpg>"
    assert form("", head=head).startswith(f'<figure><img src="{HOME}/foto/kop.jpg"')
    assert form("<p><img src=/foto/trein.jpg></p>", head=head).count("<img") == 1


def test_a_picture_that_every_page_declares_is_the_sites() -> None:
    head = "<meta property=og:image content=/foto/van-de-site.jpg>"
    others = tuple(html(f"<h1>Verhaal {n} over iets</h1><p>{LEAD[n:]}</p>", head) for n in range(3))
    page = html(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)
    assert read(page).image is not None
    assert read(page, siblings=others).image is None


# --- films, sounds and embedded pages -----------------------------------------------------------

EMBEDS = {
    "<iframe src=https://www.youtube.com/embed/abc123XYZ title='De brug gaat open'></iframe>": '<a href="https://www.youtube.com/watch?v=abc123XYZ">De brug gaat open</a>',
    "<iframe data-src=//www.youtube-nocookie.com/embed/abc123XYZ?rel=0></iframe>": '<a href="https://www.youtube.com/watch?v=abc123XYZ">YouTube</a>',
    "<lite-youtube videoid=abc123XYZ playlabel=x></lite-youtube>": '<a href="https://www.youtube.com/watch?v=abc123XYZ">YouTube</a>',
    "<div class=rll-youtube-player data-src=https://www.youtube.com/embed/aqz-KE-bpKQ></div>": '<a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">YouTube</a>',
    "<div class=youtube-player data-id=aqz-KE-bpKQ title='De brug'></div>": '<a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">De brug</a>',
    '<div data-settings="{&quot;youtube_url&quot;:&quot;https:\\/\\/youtu.be\\/aqz-KE-bpKQ&quot;}"><div><div></div></div></div>': '<a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">YouTube</a>',
    "<figure class=media><oembed url=https://vimeo.com/76979871></oembed></figure>": '<a href="https://vimeo.com/76979871">Vimeo</a>',
    "<div data-plyr-provider=vimeo data-plyr-embed-id=76979871></div>": '<a href="https://vimeo.com/76979871">Vimeo</a>',
    "<div class=fb-video data-href=https://www.facebook.com/krant/videos/123/></div>": '<a href="https://www.facebook.com/krant/videos/123/">Facebook</a>',
    "<object><param name=movie value='https://www.youtube.com/v/aqz-KE-bpKQ&hl=nl'><embed src='https://www.youtube.com/v/aqz-KE-bpKQ&hl=nl'></object>": '<a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">YouTube</a>',
    "<object data=speler.swf?><param name=flashvars value='comment=x&file=https://elders.example/film.mp4'></object>": '<a href="https://elders.example/film.mp4">film.mp4</a>',
    "<embed src='https://www.dailymotion.com/swf/x9sk6p'>": '<a href="https://www.dailymotion.com/video/x9sk6p">Dailymotion</a>',
    "<iframe src=/f/verslag.pdf><p>Uw browser toont geen PDF.</p></iframe>": f'<a href="{HOME}/f/verslag.pdf">',
    "<iframe src='https://docs.google.com/viewer?url=https%3A%2F%2Felders.example%2Fverslag.pdf'></iframe>": '<a href="https://elders.example/verslag.pdf">',
    "<noscript><iframe src=https://www.youtube.com/embed/aqz-KE-bpKQ></iframe></noscript>": '<a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">YouTube</a>',
    "<amp-youtube data-videoid=abc123XYZ layout=responsive></amp-youtube>": '<a href="https://www.youtube.com/watch?v=abc123XYZ">YouTube</a>',
    "<div class=embed-consent><p>Om deze video te zien, vragen wij uw toestemming.</p><button>Akkoord</button><iframe data-src=https://player.vimeo.com/video/54321></iframe></div>": '<a href="https://vimeo.com/54321">Vimeo</a>',
    "<blockquote class=mastodon-embed><a href=https://mastodon.example/@jan/110><div>Bericht van @jan</div><div>De brug is open, en de pont vaart weer.</div></a></blockquote>": '<blockquote><p><a href="https://mastodon.example/@jan/110">Bericht van @jan</a></p>\n<p><a href="https://mastodon.example/@jan/110">De brug is open, en de pont vaart weer.</a></p></blockquote>',
    "<iframe src=about:blank data-src=https://player.vimeo.com/video/12345></iframe>": '<a href="https://vimeo.com/12345">Vimeo</a>',
    "<iframe src=https://player.vimeo.com/video/12345></iframe>": '<a href="https://vimeo.com/12345">Vimeo</a>',
    "<iframe src='https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&auto_play=false'></iframe>": '<a href="https://api.soundcloud.com/tracks/1">SoundCloud</a>',
    "<iframe src=https://open.spotify.com/embed/episode/4rOo></iframe>": '<a href="https://open.spotify.com/episode/4rOo">Spotify</a>',
    "<iframe src=https://mastodon.example/@jan/109/embed></iframe>": '<a href="https://mastodon.example/@jan/109">Mastodon</a>',
    "<iframe src=https://datawrapper.dwcdn.net/aB3/4/ title='Peil van de Maas'></iframe>": '<a href="https://datawrapper.dwcdn.net/aB3/">Peil van de Maas</a>',
    "<iframe src=https://kaart.example/w/7 title='Kaart van de haven'></iframe>": '<a href="https://kaart.example/w/7">Kaart van de haven</a>',
    "<audio controls src=/audio/werf.mp3></audio>": f'<a href="{HOME}/audio/werf.mp3">werf.mp3</a>',
    "<audio><source src=/audio/werf.ogg><source src=/audio/werf.mp3 type=audio/mpeg></audio>": f'<a href="{HOME}/audio/werf.ogg">werf.ogg</a>',
    "<video src='/afspelen?id=8&sign=a/b/c&naam=x' type=video/mp4></video>": f'<a href="{HOME}/afspelen?id=8&amp;sign=a/b/c&amp;naam=x">{HOME.removeprefix("https://")}</a>',
    "<video poster=/foto/brug.jpg title='De brug'><source src=/film/brug.m3u8><source src=/film/brug.mp4></video>": f'<figure><a href="{HOME}/film/brug.mp4"><img src="{HOME}/foto/brug.jpg" alt=""></a><figcaption><a href="{HOME}/film/brug.mp4">De brug</a></figcaption></figure>',
}  # fmt: skip


@pytest.mark.parametrize("markup", EMBEDS)
def test_a_film_or_a_sound_becomes_a_link(markup: str) -> None:
    written = form(f"<div>{markup}</div>")
    assert EMBEDS[markup] in written
    assert "<iframe" not in written


@pytest.mark.parametrize(
    "markup",
    [
        "<iframe src=https://ad.doubleclick.net/x title=Advertentie></iframe>",
        "<iframe src=about:blank></iframe>",
        "<iframe src=''></iframe>",
        "<iframe src=https://www.facebook.com/plugins/like.php?href=x title=Like></iframe>",
        "<iframe src=https://teller.example/x></iframe>",
        "<video></video>",
        "<div class=fb-like data-href=https://www.facebook.com/krant></div>",
        "<div class=fb-page data-href=https://www.facebook.com/krant/></div>",
        "<div class=youtube data-href=https://www.youtube.com/@kanaal></div>",
        "<div class=youtube-feed data-id=kanaal>Volg ons</div>",
        "<noscript><iframe src=https://www.googletagmanager.com/ns.html?id=GTM-X></iframe></noscript>",
    ],
)
def test_a_frame_that_shows_nothing_of_the_article_goes(markup: str) -> None:
    assert "<a " not in form(f"<div>{markup}</div>")


# --- posts that are hardly more than a picture --------------------------------------------------

ARTICLE = "<meta property=og:type content=article>"
CAPTION = "De eerste trein na de sneeuw."


@pytest.mark.parametrize(
    "post",
    [
        f"<figure><img src=/foto/trein.jpg><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure><img src=/foto/trein.jpg></figure><p>{CAPTION}</p>",
        f"<p>{CAPTION}</p><div class=gallery><img src=/foto/trein.jpg><img src=/foto/twee.jpg></div>",
        f"<iframe src=https://www.youtube.com/embed/trein.jpg title='De trein'></iframe><p>{CAPTION}</p>",
    ],
)
def test_a_picture_with_a_line_of_text_is_an_article(post: str) -> None:
    article = read(html(f"<main><article><h1>{TITLE}</h1>{post}</article></main>", ARTICLE))
    assert article.paragraphs == (CAPTION,)
    assert article.html.count(CAPTION) == 1
    assert "trein" in article.html


@pytest.mark.parametrize(
    ("post", "head"),
    [
        ("<figure><img src=/foto/trein.jpg></figure>", ARTICLE),
        (f"<p>{CAPTION}</p>", ARTICLE),
        (f"<figure><img src=/foto/trein.jpg></figure><p>{CAPTION}</p>", ""),
        ("<img src=/i/logo.png width=200 height=80><p>Log in om verder te lezen.</p>", ARTICLE),
    ],
)
def test_less_than_that_is_none(post: str, head: str) -> None:
    with pytest.raises(NotAnArticle):
        read(html(f"<main><article><h1>{TITLE}</h1>{post}</article></main>", head))


def test_a_gallery_keeps_each_picture_with_its_caption_and_whose_it_is() -> None:
    items = "".join(
        f"<li><figure><img src=/foto/markt-{n}.jpg><figcaption>Kraam {n} op de kaasmarkt van Goes"
        "<span class=maker>Jan Jansen</span></figcaption></figure></li>"
        for n in range(7)
    )
    post = f"<h1>{TITLE}</h1><ul>{items}</ul>"
    article = read(html(f"<main><article>{post}</article></main>", ARTICLE))
    assert article.html.count("<figure>") == 7
    assert "<figcaption>Kraam 6 op de kaasmarkt van Goes Jan Jansen</figcaption>" in article.html
    assert article.paragraphs[6] == "Kraam 6 op de kaasmarkt van Goes Jan Jansen"


def test_each_picture_has_the_caption_that_is_nearest_to_it() -> None:
    one = (
        "<table class=caption-container><tr><td><a href=/foto/markt-{0}.jpg><img src=/foto/markt-{0}.jpg>"
        "</a></td></tr><tr><td class=caption>Kraam nummer {0}</td></tr></table>"
    )
    row = "".join(f"<td>{one.format(number)}</td>" for number in range(3))
    written = form(f"<div><table><tr>{row}</tr></table></div>")
    for number in range(3):
        assert f"<figcaption>Kraam nummer {number}</figcaption>" in written


def test_a_thumbnail_is_taken_in_the_file_that_it_is_linked_to() -> None:
    small = "<img src=/foto/markt-goes-150x150.jpg width=150 height=150>"
    for link, shown in (
        ("/foto/markt-goes.jpg", "/foto/markt-goes.jpg"),
        ("/foto/heel-anders.jpg", "/foto/markt-goes-150x150.jpg"),
    ):
        assert f'<img src="{HOME}{shown}"' in form(f"<p><a href={link}>{small}</a></p>")
    wide = small.replace("150x150", "1024x680").replace("150", "1024")
    assert "1024x680" in form(f"<p><a href=/foto/markt-goes.jpg>{wide}</a></p>")


def test_a_clock_beside_a_sound_is_no_text() -> None:
    clock = "<div><span>0:00</span><div>/ <span>14.3</span></div></div>"
    written = form(
        f"<div><div><audio src=/a/fluit.mp3></audio><div>De fluit</div>{clock}</div></div>"
    )
    assert "De fluit" in written
    assert "0:00" not in written
    assert "14.3" not in written


CARD = "<figure><a href=https://{}/tijden><div>De dienstregeling</div><div>Alle treinen.</div></a></figure>"


def test_pictures_that_lead_to_where_they_are_hosted_belong_below_a_text() -> None:
    photo = "<a href=https://www.fotodienst.example/p/{0}><img src=https://cdn.fotodienst.example/{0}.jpg></a>"
    for links, count in (((1,), 1), ((1, 2, 3), 3)):
        photos = "".join(map(photo.format, links))
        text = f"{FIRST}{LAST}<div class=field>{photos}</div>"
        page = html(f"<article><h1>{TITLE}</h1><div>{text}</div></article>")
        assert read(page).html.count("<img") == count
        other = page.replace("www.fotodienst.example/p/", "www.winkel.example/p-")
        assert read(other).html.count("<img") == (count if count > 1 else 0)


def test_a_card_of_another_site_amid_a_text_or_at_its_end_keeps_its_link() -> None:
    for host, is_kept in (("elders.example", True), ("nieuws.example.org", False)):
        card = CARD.format(host)
        page = html(f"<article><h1>{TITLE}</h1><div>{FIRST}{LAST}{card}</div></article>")
        for written in (form(card), read(page).html):
            assert (f'href="https://{host}/tijden"' in written) is is_kept


@pytest.mark.parametrize("below", ["<div>3 mei 2026</div>", "<div class=sharing>Mail</div>"])
def test_a_film_below_what_stands_below_a_headline_is_a_post(below: str) -> None:
    film = "<iframe src=https://www.youtube.com/embed/aqz-KE-bpKQ></iframe>"
    post = (
        f"<h1>{TITLE}</h1>{below}<div class=sharing><a href=#>Facebook</a><a href=#>Mail</a></div>"
    )
    head = "<meta property=article:published_time content=2026-11-27>"
    page = html(f"<main><article>{post}<div>{film}</div></article></main>", head)
    link = Link(url=f"{HOME}/buitenland/film", title=TITLE)
    assert "aqz-KE-bpKQ" in extract(document(page), SOURCE, SiteModel(), link).html


def test_how_many_pictures_a_gallery_does_not_show_is_no_caption() -> None:
    more = "<div class=gallery-item><img src=/foto/markt-goes.jpg><div>+11 Fotos</div></div>"
    written = form(f"<figure>{more}<figcaption>De kaasmarkt van Goes</figcaption></figure>")
    assert "<figcaption>De kaasmarkt van Goes</figcaption>" in written
    assert "11" not in written


def test_a_line_below_the_picture_of_a_post_is_its_text() -> None:
    head = "<meta property=article:published_time content=2026-11-27><meta property=og:type content=article>"
    post = f"<h1>{TITLE}</h1><div>27 nov</div><div><figure><img src=/foto/mand.jpg></figure></div>"
    line = "<div class=tekst><p>Indigo, drie keer gedoopt.</p></div><div class=wie><a href=/jan>Jan</a></div>"
    page = html(f"<main><article>{post}{line}</article></main><p>Met de hand gemaakt</p>", head)
    article = read(page)
    assert article.paragraphs == ("Indigo, drie keer gedoopt.",)
    assert "/foto/mand.jpg" in article.html


def test_items_that_are_links_belong_to_a_list_of_the_text() -> None:
    link = "<a href='https://elders.example/7'>Een fout</a>"
    assert "Een fout" in form(f"<ul><li>Het eerste punt van de lijst.</li><li>{link}</li></ul>")


def test_a_list_of_links_to_other_sites_amid_the_text_belongs() -> None:
    items = "".join(f"<li><a href='https://elders.example/{n}'>Bron {n}</a></li>" for n in range(3))
    heading = "<h3><a href='https://elders.example/'>Opgeloste fouten</a></h3>"
    written = form(f"{heading}<ul>{items}</ul>")
    assert "Opgeloste fouten" in written
    assert "Bron 2" in written


def test_a_subhead_that_is_a_link_is_one_of_those_beside_it() -> None:
    film = "<h3>2. Het spoor</h3><p>Een film over een lijn die nooit werd afgemaakt, en over wie bleef.</p>"
    linked = film.replace("2. Het spoor", "<a href=/films/de-brug>1. De brug</a>")
    assert "<h3>2. Het spoor</h3>" in form(film + linked)
    assert "1. De brug</a></h3>" in form(film + linked)


def test_a_list_of_links_to_other_pages_of_the_site_does_not() -> None:
    items = "".join(f"<li><a href='/buitenland/ander-{n}'>Ander {n}</a></li>" for n in range(3))
    assert "Ander" not in form(f"<ul>{items}</ul>")


NOTED = (
    "<p>De proef<sup id='fnref:1'><a href='#fn:1'>1</a></sup> staat in de wet<a href='#fn:2' id=r2>[2]</a>"
    " en duurt, aldus de raad, <a href='#boven'>een week</a>.</p>"
)
NOTES = (
    "<div class=footer><ol><li id='fn:1'>Verslag van de raad. <a href='#fnref:1'>↩</a></li>"
    "<li id='fn:2'>Wet van 2012. <a href='#r2'>↩</a></li></ol></div>"
)


def test_the_links_of_notes_work_within_the_entry_and_back() -> None:
    page = html(f"<article><h1>{TITLE}</h1>{FIRST}{NOTED}{LAST}{NOTES}</article>")
    written = read(page).html
    ids = re.findall(r' id="([^"]+)"', written)
    assert len(ids) == 4
    assert sorted(ids) == sorted(re.findall(r'href="#([^"]+)"', written))
    assert "een week" in written
    assert "boven" not in written
    assert sanitise(written, HOME) == written


def test_notes_are_known_by_any_address_of_their_own_page() -> None:
    at = f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn"
    for url in (at, f"{at}/", at.replace("https", "http"), f"{at}?utm_source=x"):
        mark = f"<sup><a href='{url}#noot-1'>1</a></sup>"
        note = "<ol><li id=noot-1>Aldus het jaarverslag van de spoorwegen.</li></ol>"
        text = f"<article><h1>{TITLE}</h1>{paragraphs()}<p>Dat is vastgelegd.{mark}</p></article>"
        found = re.search(r'href="#(n[\w-]+)"', read(html(text + note)).html)
        assert found, url
        assert f'id="{found[1]}"' in read(html(text + note)).html


def test_the_ids_of_notes_are_of_one_entry_alone() -> None:
    clean = sanitise('<p id="n0a1b2c3d-fn1">a</p><p id="fn1">b<a href="#fn1">c</a></p>', HOME)
    assert clean == f'<p id="n0a1b2c3d-fn1">a</p><p>b<a href="{HOME}/#fn1">c</a></p>'


X2 = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"
FORMULAS = {
    "MathML": (X2, "x<sup>2</sup>"),
    "a fraction": ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>", "(a+1)/b"),
    "KaTeX": (f"<span class=katex><span class=katex-mathml>{X2}</span><span class=katex-html aria-hidden=true>x2</span></span>", "x<sup>2</sup>"),
    "MathJax 2": ("<span class=MathJax_Preview>x2</span><span class=MathJax><nobr>x2</nobr></span><script type='math/tex'>x^2</script>", "x^2"),
    "MathJax 2 with MathML": (f"<span class=MathJax><nobr>x2</nobr><span class=MJX_Assistive_MathML>{X2}</span></span><script type='math/tex'>x^2</script>", "x<sup>2</sup>"),
    "MathJax 3": (f"<mjx-container><mjx-math aria-hidden=true>x2</mjx-math><mjx-assistive-mml>{X2}</mjx-assistive-mml></mjx-container>", "x<sup>2</sup>"),
    "MediaWiki": (f"<span class=mwe-math-element><span class=mwe-math-mathml-inline>{X2}</span><img class=mwe-math-fallback-image-inline src=/x.svg alt='x^2'></span>", "x<sup>2</sup>"),
    "TeX alone": ("<math><semantics><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>", "x^2"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_formula_is_read_once_however_it_is_drawn(kind: str) -> None:
    markup, shown = FORMULAS[kind]
    written = form(f"<p>De formule {markup} staat op het bord in de klas van de school.</p>")
    assert f"De formule {shown} staat op" in written


def test_mathml_is_never_published_as_it_would_lose_its_form_in_readers() -> None:
    page = "<p>De formule <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> staat op het bord.</p>"
    written = form(page)
    assert "<p>De formule 1/2 staat op het bord.</p>" in written
    assert sanitise(written, HOME) == written
    clean = sanitise(
        "<p><math><mi>x</mi><annotation-xml><p>y</p></annotation-xml></math></p>", HOME
    )
    assert "<m" not in clean
    assert sanitise(clean, HOME) == clean


@pytest.mark.parametrize("sign", ["#", "¶", "🔗"])
def test_the_permalink_of_a_subhead_is_none_of_its_words(sign: str) -> None:
    heads = [f"<h2 id=k{n}>Kop {n} <a href='#k{n}'>{sign}</a></h2>" for n in (1, 2)]
    text = f"<p>{LEAD}</p>{heads[0]}<p>{BODY[0]}</p>{heads[1]}<p>{BODY[2]}</p>"
    article = read(html(f"<article><h1>{TITLE}</h1>{text}</article>"))
    assert article.paragraphs == (LEAD, "Kop 1", BODY[0], "Kop 2", BODY[2])
    assert sign not in article.html.replace('href="#', "")


def test_a_portrait_in_the_byline_is_no_picture_of_the_article() -> None:
    byline = "Von <a href=/autor/vv>Vivien Vos</a>, Redakteurin<br>06.11.2025, 17:06 Uhr"
    portrait = (
        f"<figure><img src=/a.jpg alt='Vivien Vos'><figcaption>{byline}</figcaption></figure>"
    )
    page = f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{{}}{paragraphs(BODY)}</article>"
    assert "<img" not in read(html(page.format(portrait))).html
    shown = "De schrijfster <a href=/thema/vv>Vivien Vos</a> op haar boot"
    assert "<img" in read(html(page.format(portrait.replace(byline, shown)))).html
