"""Which pictures and players of a page belong to its article."""

from __future__ import annotations

import re

import pytest

from feedbot.model import Link
from feedbot.read.extract import extract
from feedbot.read.extract.article_container import part
from feedbot.read.site_model import SiteModel
from tests.sample_pages import PARAGRAPHS, SOURCE, TITLE, document, html, paragraphs, read

STORY = paragraphs()
PHOTO = '<div class="thumb"><img src="/uploads/trein.jpg" width=1080 height=720 alt=""></div>'
HEADLINE = f"<header><h1>{TITLE}</h1></header>"
ABOVE = "<header><div>Buitenland</div><h1>{}</h1></header>"


def pictures(markup: str, *siblings: str) -> list[str]:
    """The addresses of an article's pictures, without the host."""
    shown = read(html(markup), siblings=tuple(map(html, siblings))).html
    return re.findall(r'<img[^>]*src="https?://[^/"]*/([^"]*)"', shown)


def links(markup: str) -> list[str]:
    return re.findall(r'<a[^>]*href="([^"]*)"', read(html(markup)).html)


@pytest.mark.parametrize(
    "markup",
    [
        f"<article>{PHOTO}{HEADLINE}<div>{STORY}</div></article>",
        f"<nav><a href=/>Home</a></nav><div class=post>{PHOTO}{HEADLINE}<div>{STORY}</div></div>",
        f"<article>{PHOTO}{ABOVE.format(TITLE)}<div>{STORY}</div></article>",
        f"<article><div class=visually-hidden>Image</div>{PHOTO}{HEADLINE}<div>{STORY}</div></article>",
    ],
)
def test_a_picture_with_which_an_article_opens_is_its_own(markup: str) -> None:
    assert pictures(markup) == ["uploads/trein.jpg"]


@pytest.mark.parametrize(
    "markup",
    [
        f"{PHOTO}{HEADLINE}<div>{STORY}</div>",  # of a whole page
        f"<main>{PHOTO}{HEADLINE}<div>{STORY}</div></main>",
        f"<div><p>De krant</p>{PHOTO}{HEADLINE}<div>{STORY}</div></div>",
        f"{PHOTO}<article>{HEADLINE}<div>{STORY}</div></article>",
        f"<article>{PHOTO.replace('trein', 'logo')}{HEADLINE}<div>{STORY}</div></article>",
    ],
)
def test_a_picture_of_the_site_over_the_headline_is_not(markup: str) -> None:
    assert pictures(markup) == []


def test_a_picture_with_which_other_articles_open_is_of_the_site() -> None:
    other = (
        f"<article>{PHOTO}<h1>Een ander verhaal</h1><p>Hier staat iets heel anders.</p></article>"
    )
    assert pictures(f"<article>{PHOTO}{HEADLINE}<div>{STORY}</div></article>", other) == []


def test_a_gallery_below_the_text_is_kept_at_a_learnt_place() -> None:
    shots = "".join(
        f"<div><a href=/uploads/spoor{n}.jpg><img src=/uploads/spoor{n}.jpg></a></div>"
        for n in range(2)
    )
    page = document(html(f"<h1>{TITLE}</h1><div class=entry>{STORY}<div>{shots}</div></div>"))
    there = part(page, "div.entry")
    assert there is not None
    shown = extract(there, SOURCE, SiteModel(), None).html
    assert re.findall(r"spoor\d", shown) == ["spoor0", "spoor1"]


@pytest.mark.parametrize(
    "link", ["<a href=/_igp1437/>{}</a>", "<a href=/buitenland/igp1437>{}</a>", "{}"]
)
def test_a_gallery_whose_pictures_stand_in_icons_is_kept(link: str) -> None:
    shown = "<img src=/uploads/IGP1437-1024x683.jpg width=1024 height=683>"
    item = f"<dl><dt class='gallery-icon landscape'>{link.format(shown)}</dt></dl>"
    page = f"<article>{HEADLINE}<div><p>{PARAGRAPHS[0]}</p><div>{item}<br></div>{STORY}</div></article>"
    assert pictures(page) == ["uploads/IGP1437-1024x683.jpg"]


@pytest.mark.parametrize(
    "shown",
    [
        "<span class=icon><img src=/uploads/logo-trein.jpg width=64 height=64></span>",
        "<a href=/nieuwe-trein/><img src=/uploads/nieuwe-trein.jpg width=640 height=480></a>",
    ],
)
def test_icons_portraits_and_teasers_called_like_their_story_are_not(shown: str) -> None:
    page = (
        f"<article>{HEADLINE}<div><p>{PARAGRAPHS[0]}</p><div>{shown}</div>{STORY}</div></article>"
    )
    assert pictures(page) == []


def test_a_picture_that_stands_twice_is_shown_where_its_caption_says_what_it_is() -> None:
    shown = "<img src=/uploads/sneltrein.jpg width=1080 height=720>"
    small = "<img src=/uploads/sneltrein-540x360.jpg width=540 height=360>"
    again = f"<figure>{small}<figcaption>De trein in Tver</figcaption></figure>"
    page = f"<article>{HEADLINE}{shown}<div><p>{PARAGRAPHS[0]}</p>{again}{STORY}</div></article>"
    found = read(html(page)).html
    assert pictures(page) == ["uploads/sneltrein.jpg"]
    assert "De trein in Tver</figcaption>" in found
    assert found.index("<p>") < found.index("<figure>")


def frame(source: str) -> str:
    return f"<iframe src='{source}'></iframe>"


def amid(player: str) -> list[str]:
    return links(f"<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:2])}{player}{STORY}</article>")


@pytest.mark.parametrize(
    ("player", "opens"),
    [
        (
            "<iframe src='https://embed.spotify.com/?uri=spotify:album:4aawyAB9vmqN3uQ7'></iframe>",
            "https://open.spotify.com/album/4aawyAB9vmqN3uQ7",
        ),
        (
            frame("https://embed.spotify.com/?uri=spotify%3Auser%3Akrant%3Aplaylist%3A3uQ7FjR"),
            "https://open.spotify.com/playlist/3uQ7FjR",
        ),
        (
            frame("https://embed.spotify.com/?uri=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F3u"),
            "https://open.spotify.com/track/3u",
        ),
        (
            "<iframe src='https://open.spotify.com/intl-de/embed/episode/4aawyAB9'></iframe>",
            "https://open.spotify.com/episode/4aawyAB9",
        ),
        (
            "<iframe src='//bandcamp.com/EmbeddedPlayer/v=2/track=41/size=large/'></iframe>",
            "https://bandcamp.com/EmbeddedPlayer/v=2/track=41/size=large/",
        ),
        (
            "<iframe src='https://film.example.net/videos/embed/761374ed-e81e-4f5d'></iframe>",
            "https://film.example.net/videos/watch/761374ed-e81e-4f5d",
        ),
        (
            "<iframe class=lazy data-loader=youtube data-src=Qq4j1LtCdww></iframe>",
            "https://www.youtube.com/watch?v=Qq4j1LtCdww",
        ),
        (
            "<iframe data-type=youtube data-src=PLvXUqfNLb-tmW0ZXdHqSzWQl></iframe>",
            "https://www.youtube.com/playlist?list=PLvXUqfNLb-tmW0ZXdHqSzWQl",
        ),
        (
            "<iframe src='about:blank' data-provider=vimeo data-lazy-src=76979871></iframe>",
            "https://vimeo.com/76979871",
        ),
        (
            "<iframe src='https://omroep.example.net/embed/player/?id=676788'></iframe>",
            "https://omroep.example.net/embed/player/?id=676788",
        ),
        (
            frame("https://www.youtube.com/watch?feature=x&v=Qq4j1LtCdww"),
            "https://www.youtube.com/watch?v=Qq4j1LtCdww",
        ),
        (
            frame("https://drive.google.com/file/d/0B4F5xY/preview"),
            "https://drive.google.com/file/d/0B4F5xY/view",
        ),
        (
            frame("https://vk.com/video_ext.php?oid=-12&id=345&hash=ab"),
            "https://vk.com/video-12_345",
        ),
        (
            frame("https://www.mixcloud.com/widget/iframe/?hide_cover=1&feed=%2Fdj%2Fmix%2F"),
            "https://www.mixcloud.com/dj/mix/",
        ),
        (
            frame("https://e.issuu.com/embed.html?d=krant&u=stad"),
            "https://issuu.com/stad/docs/krant",
        ),
        (
            frame("https://maps.google.com/maps?q=brug&output=embed"),
            "https://maps.google.com/maps?q=brug&amp;output=embed",
        ),
        *(
            (frame(address), address)
            for address in (
                "https://player.omroep.example.net/676788",
                "https://tv.example.net/embeds/676788/content",
                "https://tv.example.net/videoembed/676788",
                "https://cijfers.example.net/views/brug?:embed=y",
                "https://cijfers.example.net/brug?embedded=true",
            )
        ),
        (
            "<iframe src='https://radio.example.net/player_ej_144555_4_1.html'></iframe>",
            "https://radio.example.net/player_ej_144555_4_1.html",
        ),
    ],
)
def test_a_player_amid_the_text_leaves_a_link(player: str, opens: str) -> None:
    assert amid(player) == [opens]


@pytest.mark.parametrize(
    "other",
    [
        "<iframe src='https://ads.example.net/ads/embed/7'></iframe>",
        "<iframe src='https://likes.example.net/master.html'></iframe>",
        "<iframe src='https://brief.example.net/subscribe/embed'></iframe>",
        "<iframe src='https://docs.google.com/forms/d/e/1FAI/viewform?embedded=true'></iframe>",
        "<iframe src='https://teller.example.net/remembered/7'></iframe>",
        "<iframe data-src=Qq4j1LtCdww></iframe>",
    ],
)
def test_other_frames_without_a_title_leave_none(other: str) -> None:
    assert amid(other) == []


def test_a_player_without_a_title_is_called_by_its_host() -> None:
    player = "<iframe src='https://omroep.example.net/embed/player/?id=676788'></iframe>"
    markup = f"<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:2])}{player}{STORY}</article>"
    assert ">omroep.example.net</a>" in read(html(markup)).html


def test_the_lines_of_a_post_that_microdata_marks_are_its_text() -> None:
    lines = "Vandaag was er brand bij ons<br>Dit zijn de foto's<br>Het veld is zwart"
    photo = '<div><a href="/brand.jpg"><img src="/brand-200.jpg" width=400 height=300></a></div>'
    post = f'<h3>{TITLE}</h3><div itemprop="description articleBody">{photo}{lines}</div>'
    markup = f'<div itemscope itemtype="https://schema.org/BlogPosting">{post}</div>'
    page = html(f"{markup}<aside><ul><li>Heel veel foto's maken!!</ul></aside>")
    found = read(page)
    assert found.paragraphs == tuple(lines.split("<br>"))
    assert "brand" in found.html


def series(shared: int, others: int, lead: str, plain: str = "") -> list[str]:
    """The pictures of a page whose lead some other pages have, too, and others do not."""
    pages = [
        f"<article><h1>Verhaal {at} over de haven</h1>{lead if at < shared else plain}"
        f"<p>{f'Zin {at} over de haven van Goes. ' * 9}</p></article>"
        for at in range(shared + others)
    ]
    return pictures(f"<article>{HEADLINE}{lead}{STORY}</article>", *pages)


LOGO_OF_CUP = "<p><img src=/uploads/beker-2025.jpg width=900 height=400></p>"


def test_a_picture_that_the_posts_on_one_thing_share_is_theirs() -> None:
    assert series(3, 22, LOGO_OF_CUP) == ["uploads/beker-2025.jpg"]


@pytest.mark.parametrize(
    ("shared", "others", "lead"),
    [
        pytest.param(20, 5, LOGO_OF_CUP, id="most pages have it"),
        pytest.param(6, 19, LOGO_OF_CUP, id="many have it"),
        pytest.param(3, 2, LOGO_OF_CUP, id="too few pages are known"),
        pytest.param(3, 22, f"<p><a href=/beker/>{LOGO_OF_CUP[3:-4]}</a></p>", id="it is a link"),
        pytest.param(
            3, 22, f"<div>{LOGO_OF_CUP[3:-4]} Jan Jansen, 12 januari 2026</div>", id="of a byline"
        ),
    ],
)
def test_a_picture_that_many_pages_share_is_the_sites(shared: int, others: int, lead: str) -> None:
    assert series(shared, others, lead) == []


def test_the_address_of_a_site_is_no_picture() -> None:
    broken = "<p><img src=https://elders.example/></p>"
    assert pictures(f"<article>{HEADLINE}<p>{PARAGRAPHS[0]}</p>{broken}{STORY}</article>") == []


FORMULA = "<img src=/uploads/92df3d52.png width=251 height=22>"


@pytest.mark.parametrize(
    ("low", "kept"),
    [
        (f"<p><a href=/uploads/92df3d52.png rel=lightbox>{FORMULA}</a></p>", True),
        (f"<p>{FORMULA}</p>", False),
        (f"<p><a href=/nieuws/los>{FORMULA}</a></p>", False),
        (
            f"<p><a href=/uploads/plan.pdf>{FORMULA.replace('92df3d52', 'application-pdf')}</a></p>",
            False,
        ),
    ],
)
def test_a_low_picture_that_a_link_shows_alone_is_no_rule(low: str, kept: bool) -> None:
    page = html(f"<article><h1>{TITLE}</h1><div>{STORY}{low}{STORY}</div></article>")
    assert ("92df3d52" in read(page).html) == kept


PICTURE = "<p><img src=/uploads/trein.jpg width=500></p>"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<center><small><i>Foto oleh Fitriayu/CC BY</i></small></center>", True),
        ("<div><i>De trein bij de brug</i></div>", True),
        ("<p><small>Bild: Nils Ek</small></p>", True),
        ("<p><em><a href=/archief>Alle treinen</a></em></p>", False),
        ("<p><em>3 mei 2026</em></p>", False),
    ],
)
def test_a_line_set_apart_between_a_picture_and_the_text_is_its_caption(
    line: str, kept: bool
) -> None:
    shown = read(html(f"<article><h1>{TITLE}</h1><div>{PICTURE}{line}{STORY}</div></article>")).html
    assert shown.startswith("<figure><img ")
    assert ("<figcaption>" in shown) == kept


def test_a_byline_set_apart_below_a_picture_is_no_caption() -> None:
    line = "<p><em>Door Jan Jansen</em></p>"
    shown = read(html(f"<article><h1>{TITLE}</h1><div>{PICTURE}{line}{STORY}</div></article>"))
    assert shown.authors == ("Jan Jansen",)
    assert "<figcaption>" not in shown.html


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Het huis in Beira dat de storm van vorig jaar brak (foto Jan Jansen)", True),
        ("Foto: Jan Jansen", True),
        ("Jan Jansen is verslaggever in Beira en schrijft over het weer en de zee", False),
        ("Door Jan Jansen, verslaggever", False),
    ],
)
def test_a_caption_may_name_the_author_who_took_the_picture(line: str, kept: bool) -> None:
    box = f"<div class=wp-caption>{PICTURE}<p class=wp-caption-text>{line}</p></div>"
    first, *rest = PARAGRAPHS
    text = f"<p>{first}</p>{box}{paragraphs(tuple(rest))}"
    head = "<meta name=author content='Jan Jansen'>"
    shown = read(html(f"<article><h1>{TITLE}</h1><div>{text}</div></article>", head)).html
    assert (f"<figcaption>{line}</figcaption>" in shown) == kept


FILM = "<div class=vak><iframe src=https://player.vimeo.com/video/76889329></iframe>{}</div>"
CREDIT = "<p><a href=https://vimeo.com/7>De brug</a> from <a href=https://vimeo.com/b>Bouw</a>.</p>"
OTHER = "<p><a href=https://elders.example/7>De brug</a> van <a href=/b>Bouw</a>.</p>"


@pytest.mark.parametrize(("below", "kept"), [(CREDIT, True), (OTHER, False)])
def test_a_film_stays_with_the_line_that_says_whose_it_is(below: str, kept: bool) -> None:
    shown = read(html(f"<article>{HEADLINE}<div>{STORY}</div>{FILM.format(below)}</article>")).html
    assert ("vimeo.com/76889329" in shown) == ("De brug" in shown) == kept


@pytest.mark.parametrize("counter", ["+2", "1/12", "(3)"])
def test_how_many_pictures_there_are_is_no_caption(counter: str) -> None:
    figure = f"<figure><img src=/uploads/trein.jpg width=1080 height=720><figcaption>{counter}</figcaption></figure>"
    shown = read(html(f"<article>{HEADLINE}{figure}<div>{STORY}</div></article>")).html
    assert "uploads/trein.jpg" in shown and "figcaption" not in shown


def test_a_picture_that_leads_to_its_own_page_below_the_article_is_of_it() -> None:
    """Plone writes so; a copy of its pages ends in .html."""
    picture = (
        "<div class=beeld><a href={}/image/image_view_fullscreen.html>"
        "<img src={}/image_mini width=200 height=142></a></div>"
    )
    here = document(
        html(f"<article>{HEADLINE}{picture.format('trein', 'trein')}<div>{STORY}</div></article>"),
        "/nieuws/trein.html",
    )
    assert "/nieuws/trein/image_mini" in extract(here, SOURCE, SiteModel(), None).html


def at_top(line: str) -> str:
    return f"<article><h1>{TITLE}</h1>{line}<div class=tekst>{STORY}</div></article>"


def test_lines_of_the_head_of_a_page_say_nothing_against_the_picture_between_them() -> None:
    meta = "<div>Por: <a href=/wie/1>Hanna Verstraten</a></div><ul class=share><li><a href=/d>Deel</a></ul>"
    film = "<iframe src=https://www.youtube.com/embed/YtgkltBp3ik></iframe>"
    head = f"<div class=kop><div>{film}</div>{meta}</div>"
    assert links(at_top(head)) == ["https://www.youtube.com/watch?v=YtgkltBp3ik"]


@pytest.mark.parametrize(("alt", "stays"), [(TITLE, True), ("", False), ("Rusland", False)])
def test_a_picture_whose_words_are_the_headline_is_the_articles_whatever_it_is_called(
    alt: str, stays: bool
) -> None:
    shown = f"<div><img src=/uploads/spoor-logo-15.png alt='{alt}' width=700 height=400></div>"
    assert pictures(at_top(shown)) == (["uploads/spoor-logo-15.png"] if stays else [])


@pytest.mark.parametrize(
    ("link", "stays"), [("/uploads/full/spoor-logo-15.png", True), ("/over-ons", False)]
)
def test_a_picture_that_a_link_enlarges_is_the_articles_whatever_it_is_called(
    link: str, stays: bool
) -> None:
    shown = f"<a href={link}><img src=/uploads/spoor-logo-15.png width=300 height=114></a>"
    found = pictures(at_top(f"<div>{shown}</div>"))
    assert found == (["uploads/full/spoor-logo-15.png"] if stays else [])


@pytest.mark.parametrize(("count", "stays"), [(3, True), (1, False)])
def test_a_picture_called_as_advertisements_are_is_one_of_a_row_of_as_large_ones(
    count: int, stays: bool
) -> None:
    names = ("ads-machine", "trein-in-het-station", "wissel-bij-de-brug")[:count]
    shots = "".join(f"<p><img src=/k/{one}.jpg width=230 height=172></p>" for one in names)
    story = f"{paragraphs(PARAGRAPHS[:2])}{shots}{paragraphs(PARAGRAPHS[2:])}"
    found = pictures(f"<article><h1>{TITLE}</h1><div>{story}</div></article>")
    assert ("k/ads-machine.jpg" in found) is stays


def test_a_file_that_is_called_after_its_use_is_another_in_each_folder() -> None:
    def one(folder: str, title: str, story: str) -> str:
        shown = f"<div><img src=/{folder}/featured.jpg width=719 height=480></div>"
        return f"<article><h1>{title}</h1>{shown}<div>{story}</div></article>"

    others = tuple(
        one(
            f"zaak-{at}",
            f"Een ander verhaal over zaak {at}",
            f"<p>Hier staat wat er met zaak {at} is.</p>",
        )
        for at in range(5)
    )
    assert pictures(one("spoor", TITLE, STORY), *others) == ["spoor/featured.jpg"]


def test_a_thumbnail_that_leads_to_a_page_which_names_its_file_is_shown_and_an_emoticon_is_not() -> (
    None
):
    shot = (
        "<p><a href='/.shared/image.html?/photos/2011/imag0028.jpg'><img src=/images/imag0028.jpg"
        " width=100 height=167></a></p>"
    )
    smile = (
        "<p>Nu is het zover <img src=https://emojies.example/emoticon/good.gif> en wij gaan.</p>"
    )
    story = f"{paragraphs(PARAGRAPHS[:2])}{shot}{smile}{paragraphs(PARAGRAPHS[2:])}"
    found = pictures(f"<article><h1>{TITLE}</h1><div>{story}</div></article>")
    assert found == ["images/imag0028.jpg"]


def test_a_line_that_is_called_a_caption_is_that_of_the_picture_above_it() -> None:
    line = "De sneltrein wacht op het station van de hoofdstad, in de sneeuw, op reizigers."
    head = f"<div class=photo><img src=/trein.jpg width=900 height=500></div><div class=caption>{line}</div>"
    shown = read(html(at_top(head)))
    assert line not in shown.paragraphs
    assert f"<figcaption>{line}</figcaption>" in shown.html


def test_who_is_named_right_below_the_headline_wrote_and_who_is_above_it_drew() -> None:
    drew, wrote = "<p class=author>Jan Vos</p>", "<p class=author>Hanna Verstraten</p>"
    page = f"<article><div>{drew}</div><h1>{TITLE}</h1>{wrote}<div>{STORY}</div></article>"
    assert read(html(page)).authors == ("Hanna Verstraten",)


@pytest.mark.parametrize(("known", "stays"), [(6, True), (0, False)])
def test_a_picture_below_who_signs_a_text_is_of_it_where_it_stands_as_the_paragraphs_do(
    known: int, stays: bool
) -> None:
    def one(title: str, story: str, last: str) -> str:
        signed = "<p><a href=/wie/1>Hanna</a></p><p><a href=/meer>Lees verder</a></p>"
        return f"<article><h1>{title}</h1><div>{story}{signed}<p>{last}</p></div></article>"

    others = tuple(
        one(f"Een ander verhaal {at}", f"<p>Hier staat, op {at} mei, wat er met {at} is.</p>", "")
        for at in range(known)
    )
    shown = "<img src=/trein.jpg width=900 height=500>"
    assert (pictures(one(TITLE, STORY, shown), *others) == ["trein.jpg"]) is stays


OWN = "/buitenland/rusland-steekt-extra-geld-in-spoorlijn"


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ([(OWN, "trein")], ["uploads/trein.jpg"]),
        ([(f"{OWN}#lees", "trein")], ["uploads/trein.jpg"]),
        # a list of the latest stories has that of the page, too
        ([(OWN, "trein"), ("/buitenland/veer", "veer")], []),
        ([("/buitenland/veer", "veer")], []),
        ([("/", "krant")], []),
    ],
)
@pytest.mark.parametrize("around", ["<aside class='column sidebar'>{}</aside>", "<div>{}</div>"])
def test_a_picture_over_the_headline_that_leads_to_its_own_page_is_the_articles(
    items: list[tuple[str, str]], shown: list[str], around: str
) -> None:
    rows = "".join(
        f"<li><div class=thumb><a href='{url}'><img src=/uploads/{name}.jpg width=283 height=283>"
        "</a></div></li>"
        for url, name in items
    )
    menu = (
        "<nav><a href=/>Home</a> <a href=/buitenland>Buitenland</a></nav><p>Alle dagen nieuws</p>"
    )
    box = around.format(f"<div class=view><ul>{rows}</ul></div>")
    text = f"<p class=sectie>Buitenland</p><h1>{TITLE}</h1><div class=tekst>{STORY}</div>"
    assert pictures(f"{menu}{box}<main>{text}</main>") == shown


def gallery(name: str, count: int, ending: str = ".jpg") -> str:
    items = "".join(
        f"<div class=foto><a href=/beeld/{name}-{at}{ending}>"
        f"<img src=/beeld/klein/{name}-{at}.jpg width=105 height=65></a></div>"
        for at in range(count)
    )
    return f"<aside class='column sidebar'><div class=fotos>{items}</div></aside>"


@pytest.mark.parametrize(
    ("own", "others", "count"),
    [
        (gallery("haven", 4), "", 4),
        (gallery("haven", 4), gallery("krant", 4), 4),
        (gallery("haven", 4), gallery("haven", 4), 0),  # the site's
        (gallery("haven", 2), "", 0),
        (gallery("haven", 4, "/"), "", 0),  # to pages
    ],
)
def test_a_gallery_anywhere_below_the_text_is_the_articles(
    own: str, others: str, count: int
) -> None:
    line = "<div class=deel><p>Wat vindt u van deze krant? Schrijf het ons.</p></div>"

    def page(text: str, below: str) -> str:
        head = f"<h1>{TITLE}</h1><div class=tekst>{text}</div>"
        return f"<main>{head}</main>{line}<p>Elke dag open</p>{below}"

    siblings = [page(STORY.replace("e", str(at)), others) for at in range(5)]
    assert len(pictures(page(STORY, own), *siblings)) == count


def of_gallery(at: int) -> str:
    return f"<figure><img src=/galerij/spoor-{at}.jpg onclick='open({at})'></figure>"


@pytest.mark.parametrize("controls", ["<a class=prev onclick='turn(-1)'>&#10094;</a>", "<b>×</b>"])
def test_arrows_that_turn_the_pages_of_a_gallery_are_no_text_of_something_else(
    controls: str,
) -> None:
    shown = "".join(map(of_gallery, range(3)))
    markup = f"{HEADLINE}<div>{STORY}</div><div class=fotos>{shown}<p>{controls}</p></div>"
    assert pictures(f"<article>{markup}</article>") == [
        f"galerij/spoor-{at}.jpg" for at in range(3)
    ]
    assert (
        pictures(f"<article>{markup.replace(controls, '<a href=/weer>Weer</a>')}</article>") == []
    )


LARGE = "data-image=/galerij/spoor-groot.jpg"


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [(LARGE, True), ("data-title=spoor", False), ("data-lazy-src=/galerij/spoor.jpg", False)],
)
def test_a_hidden_box_of_pictures_that_name_a_larger_one_is_a_gallery_to_come(
    attributes: str, *, kept: bool
) -> None:
    picture = f"<img src=/galerij/spoor.jpg {attributes} alt=Spoor>"
    hidden = f"<div id=fotos style='display:none'>{picture}<noscript>{picture}</noscript></div>"
    found = pictures(f"<article>{HEADLINE}<div>{STORY}</div><div>{hidden}</div></article>")
    assert bool(found) == kept


@pytest.mark.parametrize(
    "box",
    ["<aside>{}</aside>", "<div class=related>{}</div>", "<div class=popup style='display:none'>{}</div>"],
)  # fmt: skip
def test_such_pictures_in_a_box_of_something_else_are_not(box: str) -> None:
    shown = box.format(f"<img src=/galerij/spoor.jpg {LARGE} alt=Spoor>")
    assert pictures(f"<article>{HEADLINE}<div>{STORY}</div>{shown}</article>") == []


def slide(at: int, words: str) -> str:
    shown = "none" if at else "block"
    picture = f"<img src=/galerij/spoor-{at}.jpg height=500>"
    return f"<div class=beeld style='display: {shown}'>{picture}<div>{words}</div></div>"


def test_slides_that_a_script_shows_one_after_the_other_are_of_the_text() -> None:
    words = [f"Beeld {at}: de sporen van het station lopen door tot de haven." for at in range(260)]
    slides = "".join(slide(at, said) for at, said in enumerate(words))
    article = read(html(f"<article>{HEADLINE}<div>{STORY}{slides}</div></article>"))
    assert all(said in article.html for said in words)
    assert all(f"spoor-{at}.jpg" in article.html for at in range(len(words)))
    teasers = "".join(
        slide(at, f"<a href=/nieuws/{at}>{said}</a>") for at, said in enumerate(words)
    )
    other = read(html(f"<article>{HEADLINE}<div>{STORY}{teasers}</div></article>"))
    assert "spoor-1.jpg" not in other.html


def test_a_page_laid_out_in_tables_has_its_picture_no_deeper_than_another() -> None:
    table = "<table><tr><td>{}</td></tr></table>"
    shown = table.format(table.format(f"<div><p>{PHOTO}</p></div>"))
    page = f"<article>{HEADLINE}<div>{STORY}</div>{shown}</article>"
    assert pictures(page) == ["uploads/trein.jpg"]
    assert pictures(page.replace("<td><", "<td><div><").replace("></td>", "></div></td>")) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("article-banner-image", True), ("banner-image", False)]
)
def test_the_banner_of_an_article_is_its_picture(name: str, *, kept: bool) -> None:
    shown = f"<div class={name}><img src=/files/{name}/spoor.jpg alt='Het spoor'></div>"
    page = f"<article>{HEADLINE}<h4>Door Anna Bos</h4>{shown}<div>{STORY}</div></article>"
    assert bool(pictures(page)) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("spoor_social_brug-1920x1080", True),
        ("ads-990x516", True),
        ("ads-970x250", False),
        ("ads", False),
        ("logo-1920x1080", False),
        ("affiche_portrait-1080x1920", True),
        ("portrait", False),
        ("ads/spoor-1920x1080", False),
        ("social/spoor-1920x1080", True),
    ],
)
def test_what_a_large_picture_is_called_says_less(name: str, *, kept: bool) -> None:
    first, *rest = PARAGRAPHS
    shown = f"<p><img src=/files/{name}.jpg alt=''></p>"
    text = f"<p>{first}</p>{shown}{paragraphs(tuple(rest))}"
    assert bool(pictures(f"<article>{HEADLINE}<div>{text}</div></article>")) == kept


@pytest.mark.parametrize(
    ("leads_to", "kept"),
    [("https://winkel.example/", False), ("/files/ads-990x516.jpg", True), ("/spoor", False)],
)
def test_a_large_picture_called_ads_that_leads_to_another_site_is_one(
    leads_to: str, *, kept: bool
) -> None:
    first, *rest = PARAGRAPHS
    shown = f"<p><a href={leads_to}><img src=/files/ads-990x516.jpg alt=''></a></p>"
    text = f"<p>{first}</p>{shown}{paragraphs(tuple(rest))}"
    assert bool(pictures(f"<article>{HEADLINE}<div>{text}</div></article>")) == kept


def test_where_to_comment_says_nothing_against_the_only_picture_of_a_post() -> None:
    ask = "<div class=comments><p>Wie reageren wil, meldt zich aan</p></div>"
    post = f"<div class=node><h1>Trots op de brug</h1><p>{{}}</p><div>{PHOTO}{ask}</div></div>"
    head = "<meta property=og:type content=article>"

    def written(day: str, name: str) -> str:
        return html(post.format(day).replace("trein", name), head, title="Trots op de brug")

    other = html(f"<h1>Een ander verhaal</h1>{ask}<p>Hier staat iets heel anders.</p>")
    link = Link(url="https://nieuws.example.org/buitenland/brug", title="Trots op de brug")
    found = read(written("12 januari 2026", "trein"), siblings=(other,) * 4, link=link)
    assert "uploads/trein.jpg" in found.html


@pytest.mark.parametrize(("others", "kept"), [(1, True), (12, False)])
def test_a_background_that_the_page_declares_is_its_picture_though_another_has_it(
    others: int, *, kept: bool
) -> None:
    shown = "<div class=held style=\"background-image:url('/uploads/robnik.jpg')\"></div>"
    head = '<meta property="og:image" content="https://nieuws.example.org/uploads/robnik.jpg">'
    inside = f"<p>{PARAGRAPHS[1]}</p><img src=/uploads/trein.jpg width=900 height=600>"
    page = html(f"<article>{HEADLINE}{shown}<div>{inside}{STORY}</div></article>", head)
    siblings = tuple(
        html(
            f"<article><h1>Verhaal {at}</h1>{shown if at < others else ''}<div><p>Hier staat het"
            f" verhaal {at} van de club, dat nergens anders staat en over {at} gaat.</p></div></article>"
        )
        for at in range(24)
    )
    assert ("robnik.jpg" in read(page, siblings=siblings).html) == kept


@pytest.mark.parametrize("named", ["wp-caption-text gallery-caption", "foto-caption-text"])
def test_the_captions_of_a_gallery_are_of_its_pictures_though_one_says_the_headline(
    named: str,
) -> None:
    rows = "".join(
        f"<dl class=gallery-item><dt><a href=/spoor-{at}.jpg><img src=/spoor-{at}-300x200.jpg></a>"
        f"</dt><dd class='{named}'>{words}</dd></dl>"
        for at, words in enumerate((TITLE, "De brug bij nacht"))
    )
    shown = read(html(f"<article>{HEADLINE}<div class=gallery>{rows}</div>{STORY}</article>")).html
    assert shown.count("<img") == 2
    assert "<figcaption>De brug bij nacht</figcaption>" in shown


@pytest.mark.parametrize("link", ["/beeld/haven-{}.jpg", "/beeld/{}"])
def test_a_link_beside_a_picture_that_enlarges_it_says_nothing_against_it(link: str) -> None:
    items = "".join(
        f"<li class=slide><a href={link.format(at)}><span>Open het hele beeld</span></a>"
        f"<img src=/beeld/klein/haven-{at}.jpg width=480 height=480></li>"
        for at in range(3)
    )
    box = f"<div><div><div><div><div><div><div><ul>{items}</ul></div></div></div></div></div></div></div>"
    siblings = [
        f"<main><h1>Ander {at}</h1><p>Heel iets anders, nummer {at}.</p></main>" for at in range(4)
    ]
    page = f"<main><h1>{TITLE}</h1><div class=tekst>{STORY}</div>{box}</main>"
    assert len(pictures(page, *siblings)) == (3 if link.endswith("jpg") else 0)


@pytest.mark.parametrize("known", [False, True])
def test_pictures_deep_in_boxes_right_below_the_text_are_its_own_where_other_pages_tell(
    *, known: bool
) -> None:
    deep = "<div><div><div><div><div><div><div><img src=/beeld/{}.jpg></div></div></div></div></div></div></div>"
    page = (
        f"<main><div><h1>{TITLE}</h1>{STORY}{deep.format('een')}{deep.format('twee')}</div></main>"
    )
    siblings = [
        f"<main><h1>Ander {at}</h1><p>Heel iets anders, nummer {at}.</p></main>" for at in range(4)
    ]
    assert len(pictures(page, *(siblings if known else ()))) == (2 if known else 0)
