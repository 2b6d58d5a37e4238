"""Listings in the markup of well-known systems: every article once, with its headline, nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbot.model import Source
from feedbot.read.discover.links import discover
from tests.sample_pages import document

HOME = "https://www.havenstad.example"
HERE = f"{HOME}/nieuws/"
TITLES = (
    "Veerdienst vaart voortaan ook 's avonds naar het eiland",
    "Gemeenteraad stemt in met de bouw van een nieuwe bibliotheek",
    "Vissers halen een anker uit de zeventiende eeuw boven water",
    "Brug blijft nog tot de zomer dicht",
    "Scholieren planten vijfhonderd bomen langs de dijk",
    "Koor zoekt stemmen",
)
SLUGS = (
    "veerdienst-vaart-voortaan-ook-s-avonds",
    "gemeenteraad-stemt-in-met-bibliotheek",
    "vissers-halen-anker-boven-water",
    "brug-dicht",
    "scholieren-planten-bomen",
    "koor-zoekt-stemmen",
)
TEASER = "Een paar regels over wat er is gebeurd, zodat de lezer weet of hij verder wil lezen."
DATES = tuple(f"{28 - at} januari 2026" for at in range(6))
NAVIGATION = (
    "<header><a href='/'>Havenstad</a><nav><ul><li><a href='/nieuws/'>Nieuws</a><li>"
    "<a href='/wonen/'>Wonen en leven</a><li><a href='/werken-bij/'>Werken bij Havenstad</a><li>"
    "<a href='/contact/'>Contact</a></ul></nav></header>"
)
FOOTER = (
    "<footer><p><a href='/privacy/'>Privacyverklaring van Havenstad</a> <a href='/cookies/'>"
    "Cookies</a> <a href='/toegankelijkheid/'>Toegankelijkheid van deze website</a></p></footer>"
)

Markup = Callable[[], tuple[str, list[str]]]
SYSTEMS: dict[str, Markup] = {}


def system(markup: Markup) -> Markup:
    SYSTEMS[markup.__name__] = markup
    return markup


def rows(row: str, **more: str) -> str:
    return "".join(
        row.format(
            at=at, id=4100 + 7 * at, slug=slug, title=title, date=date, teaser=TEASER, **more
        )
        for at, (slug, title, date) in enumerate(zip(SLUGS, TITLES, DATES, strict=True))
    )


def slugs(form: str) -> list[str]:
    return [HOME + form.format(slug=slug, id=4100 + 7 * at) for at, slug in enumerate(SLUGS)]


@system
def wordpress_blocks() -> tuple[str, list[str]]:
    row = (
        '<li class="wp-block-post post-{id} post type-post category-nieuws">'
        '<figure class="wp-block-post-featured-image"><a href="/{slug}/"><img src="/{id}.jpg" alt=""></a></figure>'
        '<div class="taxonomy-category wp-block-post-terms"><a href="/category/nieuws/" rel="tag">Nieuws</a></div>'
        '<h2 class="wp-block-post-title"><a href="/{slug}/">{title}</a></h2>'
        '<div class="wp-block-post-author"><a href="/author/femke/">Femke van der Woude</a></div>'
        '<div class="wp-block-post-date"><time datetime="2026-01-2{at}T10:00:00+01:00">{date}</time></div>'
        '<div class="wp-block-post-excerpt"><p>{teaser}</p><a href="/{slug}/">Lees meer</a></div>'
        '<a href="/{slug}/#comments">3 reacties</a></li>'
    )
    pages = (
        '<nav class="wp-block-query-pagination"><a href="/nieuws/page/2/">2</a>'
        '<a href="/nieuws/page/2/">Volgende pagina</a></nav>'
    )
    return f'<ul class="wp-block-post-template">{rows(row)}</ul>{pages}', slugs("/{slug}/")


@system
def joomla_table() -> tuple[str, list[str]]:
    row = (
        '<tr class="cat-list-row{at}"><td headers="categorylist_header_title" class="list-title">'
        '<a href="/index.php/nieuws/{id}-{slug}">{title}</a></td>'
        '<td class="list-date small">{date}</td><td class="list-author">Geschreven door Redactie</td>'
        '<td class="list-hits"><span class="badge">Hits: 12{at}</span></td></tr>'
    )
    form = (
        '<form action="/nieuws" method="post" id="adminForm"><table class="category table"><thead><tr>'
        '<th><a href="#">Titel</a></th><th>Datum</th></tr></thead><tbody>'
    )
    return f"{form}{rows(row)}</tbody></table></form>", slugs("/index.php/nieuws/{id}-{slug}")


@system
def drupal_view() -> tuple[str, list[str]]:
    row = (
        '<div class="views-row"><div class="views-field views-field-created"><span>{date}</span></div>'
        '<div class="views-field views-field-title"><span class="field-content">'
        '<a href="/node/{id}">{title}</a></span></div>'
        '<div class="views-field views-field-body"><p>{teaser}</p></div>'
        '<div class="views-field views-field-view-node"><a href="/node/{id}">Lees verder</a></div></div>'
    )
    pager = (
        '<ul class="pager"><li class="pager-current">1</li><li><a href="/nieuws?page=1">2</a></li>'
        '<li><a href="/nieuws?page=1" title="Naar volgende pagina">volgende ›</a></li></ul>'
    )
    return f'<div class="view-content">{rows(row)}</div>{pager}', slugs("/node/{id}")


@system
def aspnet_form() -> tuple[str, list[str]]:
    row = (
        '<div class="item"><span class="datum">{date}</span><br>'
        '<a id="ctl00_rpt_ctl0{at}_lnk" href="nieuwsbericht.aspx?id={id}">{title}</a>'
        "<div>{teaser}</div></div>"
    )
    start = (
        '<form method="post" action="./" id="aspnetForm"><input type="hidden" name="__VIEWSTATE">'
    )
    return (
        f'{start}<div id="ctl00_main">{rows(row)}</div></form>',
        slugs("/nieuws/nieuwsbericht.aspx?id={id}"),
    )


@system
def divi_grid() -> tuple[str, list[str]]:
    row = (
        '<article id="post-{id}" class="et_pb_post clearfix post-{id} et_pb_has_overlay">'
        '<div class="et_pb_image_container"><a href="/{slug}/" class="entry-featured-image-url">'
        '<img src="/{id}.jpg" alt="foto"></a></div><h2 class="entry-title"><a href="/{slug}/">{title}</a></h2>'
        '<p class="post-meta">door <span class="author"><a href="/author/beheer/">Beheerder Havenstad</a></span>'
        ' | <span class="published">{date}</span> | <a href="/category/nieuws/" rel="category tag">Nieuws</a></p>'
        '<div class="post-content"><div class="post-content-inner"><p>{teaser}</p></div></div></article>'
    )
    end = '<div class="pagination clearfix"><a href="/nieuws/page/2/">« Oudere berichten</a></div>'
    start = '<div class="et_pb_blog_grid et_pb_ajax_pagination_container">'
    return f"{start}{rows(row)}{end}</div>", slugs("/{slug}/")


@system
def elementor_grid() -> tuple[str, list[str]]:
    row = (
        '<article class="elementor-post elementor-grid-item post-{id}"><a class="elementor-post__thumbnail__link"'
        ' href="/actueel/{slug}/" tabindex="-1"><div class="elementor-post__thumbnail"><img src="/{id}.jpg"></div></a>'
        '<div class="elementor-post__text"><h3 class="elementor-post__title"><a href="/actueel/{slug}/">{title}</a></h3>'
        '<div class="elementor-post__meta-data"><span class="elementor-post-date">{date}</span></div>'
        '<a class="elementor-post__read-more" href="/actueel/{slug}/" aria-label="Lees meer over {title}">Lees meer »</a>'
        "</div></article>"
    )
    return f'<div class="elementor-posts-container">{rows(row)}</div>', slugs("/actueel/{slug}/")


@system
def typo3_list() -> tuple[str, list[str]]:
    row = (
        '<div class="article articletype-0" itemscope><div class="header"><h3><a itemprop="url"'
        ' href="/nieuws/detail/{slug}"><span itemprop="headline">{title}</span></a></h3></div>'
        '<div class="teaser-text"><div itemprop="description"><p>{teaser}</p></div>'
        '<a class="more" title="{title}" href="/nieuws/detail/{slug}">Meer</a></div>'
        '<div class="footer"><p><span class="news-list-date"><time datetime="2026-01-2{at}">{date}</time></span>'
        '<span class="news-list-category">Bestuur</span></p></div></div>'
    )
    return f'<div class="news"><div class="news-list-view">{rows(row)}</div></div>', slugs(
        "/nieuws/detail/{slug}"
    )


@system
def squarespace() -> tuple[str, list[str]]:
    row = (
        '<article class="blog-basic-grid--container entry blog-item"><a href="/nieuws/{slug}"'
        ' class="image-wrapper" data-animation-role="image"><img alt="" src="/{id}.jpg"></a>'
        '<div class="blog-basic-grid--text"><div class="blog-meta-section"><a class="blog-categories"'
        ' href="/nieuws/category/Bestuur">Bestuur</a> <time class="blog-date">{date}</time></div>'
        '<h1 class="blog-title"><a href="/nieuws/{slug}">{title}</a></h1>'
        '<a class="blog-more-link" href="/nieuws/{slug}">Read More</a></div></article>'
    )
    return f'<div class="blog-basic-grid">{rows(row)}</div>', slugs("/nieuws/{slug}")


@system
def ghost() -> tuple[str, list[str]]:
    row = (
        '<article class="post-card post"><a class="post-card-image-link" href="/{slug}/"><img src="/{id}.jpg"'
        ' alt="{title}"></a><div class="post-card-content"><a class="post-card-content-link" href="/{slug}/">'
        '<header class="post-card-header"><div class="post-card-tags"><span class="post-card-primary-tag">Bestuur'
        '</span></div><h2 class="post-card-title">{title}</h2></header><div class="post-card-excerpt">{teaser}</div></a>'
        '<footer class="post-card-meta"><time class="post-card-meta-date" datetime="2026-01-2{at}">{date}</time>'
        '<span class="post-card-meta-length">2 min read</span><a href="/author/sam/">Sam de Bruin</a></footer>'
        "</div></article>"
    )
    return f'<div class="post-feed">{rows(row)}</div>', slugs("/{slug}/")


@system
def next_js_overlay() -> tuple[str, list[str]]:
    row = (
        '<div class="Card_root__x8Kq2"><div class="Card_body__aa1"><p class="Card_kicker__z">Bestuur</p>'
        '<p class="Card_head__b">{title}</p><p class="Card_text__c">{teaser}</p><span>{date}</span></div>'
        '<a class="Card_overlay__d" href="/a/{slug}" aria-label="{title}"></a></div>'
    )
    return f'<div id="__next"><div class="Grid_root__1">{rows(row)}</div></div>', slugs("/a/{slug}")


@system
def ticker_in_whole_links() -> tuple[str, list[str]]:
    row = (
        '<li><a href="/p/{id}"><span class="k">Havenstad</span> <span class="t">1{at}:08</span>'
        " <span>{title}</span></a></li>"
    )
    return f"<main><ul>{rows(row)}</ul></main>", slugs("/p/{id}")


@system
def flat_with_dates_above() -> tuple[str, list[str]]:
    row = "<p class=d>{date}</p><h3><a href='/{slug}.html'>{title}</a></h3><p>{teaser}</p>"
    return f"<div id=content><h1>Nieuws</h1>{rows(row)}</div>", slugs("/{slug}.html")


@system
def sibling_host() -> tuple[str, list[str]]:
    row = (
        "<article><h3><a href='https://verhalen.havenstad.example/{slug}'>{title}</a></h3>"
        "<p>{teaser}</p><a href='https://ergens-anders.example/{slug}'>Elders</a></article>"
    )
    urls = [f"https://verhalen.havenstad.example/{slug}" for slug in SLUGS]
    return f"<main>{rows(row)}</main>", urls


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_article_is_found_once_and_nothing_else(name: str) -> None:
    body, urls = SYSTEMS[name]()
    page = document(f"<html lang=nl><body>{NAVIGATION}{body}{FOOTER}</body></html>", HERE)
    links = discover(page, Source(name="x", urls=(HERE,)))
    assert [link.url for link in links] == urls
    assert [link.title for link in links] == list(TITLES)


DATED = set(SYSTEMS) - {"ticker_in_whole_links", "sibling_host"}


@pytest.mark.parametrize("name", sorted(DATED))
def test_every_article_has_the_date_of_its_own_card(name: str) -> None:
    body, _ = SYSTEMS[name]()
    page = document(f"<html lang=nl><body>{NAVIGATION}{body}{FOOTER}</body></html>", HERE)
    days = [
        link.published.at.isoformat()[:10] if link.published else ""
        for link in discover(page, Source(name="x", urls=(HERE,), timezone="UTC"))
    ]
    declared = "datetime=" in body
    assert days == [f"2026-01-{20 + at if declared else 28 - at}" for at in range(6)]


CHINESE = (
    "港口渡轮延长夜间班次",
    "市议会批准新图书馆",
    "渔民捞起古锚",
    "大桥夏天前关闭",
    "学生沿堤植树五百棵",
)
JAPANESE = (
    "夜の便が島へ増える",
    "新しい図書館の建設を承認",
    "漁師が古い錨を引き上げ",
    "橋は夏まで通行止め",
)


@pytest.mark.parametrize(
    ("titles", "labels"),
    [(CHINESE, "首页 新闻 关于我们 联系"), (JAPANESE, "ホーム ニュース 会社概要")],
)
def test_few_signs_are_a_headline_in_chinese_and_japanese(
    titles: tuple[str, ...], labels: str
) -> None:
    menu = "".join(f"<li><a href='/m{at}/'>{name}</a>" for at, name in enumerate(labels.split()))
    items = "".join(
        f"<li><a href='/info/10{at}.htm'>{title}</a><span>2026-01-{20 + at}</span>"
        for at, title in enumerate(titles)
    )
    page = document(f"<ul class=menu>{menu}</ul><div class=list><ul>{items}</ul></div>", HERE)
    links = discover(page, Source(name="x", urls=(HERE,)))
    assert [link.title for link in links] == list(titles)
    assert all(link.published for link in links)
