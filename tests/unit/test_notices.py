"""Which lists of texts on a page are articles that stand whole there, and at which addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbot.model import Article, Dated, Link, Page, Select, Source, Story
from feedbot.read.discover.links import consider_all
from feedbot.read.discover.notice_places import lasting
from feedbot.read.discover.notices import with_notices
from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from feedbot.read.synthetic_page import page_of
from feedbot.stories.decide import Arrival, decide, is_notice_again
from feedbot.stories.fingerprint import Tokens, fingerprint_of
from feedbot.web.document import parse
from feedbot.web.sanitise import plain_text
from feedbot.web.urls import story_key, url_key

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
HERE = "https://buurt.example/nieuws/"
TEXTS = (
    "De speeltuin is open na drie maanden verbouwing, en er staan twee nieuwe schommels en een bank.",
    "De gemeente snoeit van maandag tot en met donderdag de platanen, en de stoep is dan afgezet.",
    "Anja Bakker volgt Piet Smit op, die twaalf jaar lang met veel plezier penningmeester was.",
)
TITLES = ("Speeltuin weer open", "Platanen gesnoeid deze week", "Anja Bakker is penningmeester")
DAYS = ("12 november 2026", "2 november 2026", "20 oktober 2026")


def found(body: str, url: str = HERE, head: str = "", select: Select | None = None) -> list[Link]:
    html = f"<!DOCTYPE html><html lang=nl><head>{head}</head><body>{body}</body></html>"
    page = Page(url=url, requested=url, body=html.encode(), fetched_at=NOW)
    source = Source(name="Buurt", urls=(url,), select=select or Select())
    document = parse(page)
    return list(with_notices(consider_all(document, source), document, source).links)


def titles(links: Sequence[Link]) -> list[str]:
    return [link.title for link in links if link.is_notice]


def members(form: str) -> str:
    rows = zip(TITLES, DAYS, TEXTS, range(1, 4), strict=True)
    return "".join(form.format(title=t, day=d, text=x, n=n) for t, d, x, n in rows)


MARKUPS = {
    "flat headings": "<h2>{title}</h2><p>{day}</p><p>{text}</p>",
    "the date above": "<p class=d>{day}</p><h3>{title}</h3><p>{text}</p>",
    "the date in the headline": "<h3>{title} ({day})</h3><p>{text}</p>",
    "the date below": "<h3>{title}</h3><p>{text}</p><p><i>Geplaatst op {day} door Jan</i></p>",
    "articles": "<article><h2>{title}</h2><time>{day}</time><p>{text}</p></article>",
    "boxes in boxes": "<div><div><div><h4>{title}</h4></div><span>{day}</span></div><p>{text}</p></div>",
    "bold lines": "<p><b>{title}</b><br>{day}<br>{text}</p>",
    "bold lines between rules": "<b>{title}</b><br><i>{day}</i><p>{text}</p><hr>",
    "list elements": "<li><strong>{title}</strong> <em>{day}</em><div>{text}</div></li>",
    "accordion": "<details><summary>{title}</summary><p>{day}</p><p>{text}</p></details>",
    "role": "<div><div role=heading aria-level=3>{title}</div><p>{day}</p><p>{text}</p></div>",
}


@pytest.mark.parametrize("form", MARKUPS.values(), ids=MARKUPS.keys())
def test_a_list_of_dated_texts_is_news_in_any_markup(form: str) -> None:
    links = found(members(form), url="https://buurt.example/pagina/7")
    assert titles(links) == list(TITLES)
    days = [link.published.at.strftime("%d %m") for link in links if link.published]
    assert days == ["11 11", "01 11", "19 10"], "midnight in Amsterdam"
    for link, text, title, day in zip(links, TEXTS, TITLES, DAYS, strict=True):
        assert text in link.content
        assert title not in link.content
        assert day not in link.content


@pytest.mark.parametrize("form", ["<h3>{} {}</h3><p>{}</p>", "<p><b>{} {}</b></p><p>{}</p>"])
def test_headlines_of_few_words_and_a_date_begin_no_list_of_their_own(form: str) -> None:
    heads = (
        "Speeltuin open",
        "Gemeente gaat de platanen snoeien",
        "Nieuwe penningmeester",
        "Feest",
    )
    short = ("Er is een bank bij.", "De stoep is dan dicht.", "Anja volgt Piet op.", "Kom ook!")
    each = zip(heads, (*DAYS, "1 oktober 2026"), short, strict=True)
    body = f"<h1>Nieuws</h1>{''.join(form.format(*one) for one in each)}"
    assert len(titles(found(body))) == 4


def test_a_table_of_notices_is_news_row_by_row() -> None:
    rows = members("<tr><td>{day}</td><td><b>{title}</b><br>{text}</td></tr>")
    assert titles(found(f"<table><tr><th>Datum<th>Bericht</tr>{rows}</table>")) == list(TITLES)


def test_what_lists_have_no_headlines_begin_with_their_text() -> None:
    links = found(f"<ul>{members('<li>{day}: {text}</li>')}</ul>")
    assert titles(links) == [text.rstrip(".") for text in TEXTS]


def test_without_dates_the_page_must_call_itself_news() -> None:
    body = members("<section><h2>{title}</h2><p>{text}</p></section>")
    elsewhere = "https://buurt.example/pagina/7"
    assert titles(found(f"<h1>Laatste nieuws</h1>{body}", url=elsewhere)) == list(TITLES)
    assert titles(found(f"<h1>Onze buurt</h1>{body}", url=elsewhere)) == []
    more = "<h1>Laatste nieuws <a href='/archief'>Alle oudere berichten →</a></h1>"
    assert titles(found(f"{more}{body}", url=elsewhere)) == list(TITLES)


def test_a_list_in_two_columns_is_one_list() -> None:
    left, right = members("<h3>{title}</h3><p>{day}</p><p>{text}</p>").split("<h3>Anja")
    body = f"<div class=col>{left}</div><div class=col><h3>Anja{right}</div>"
    assert titles(found(body)) == list(TITLES)


TRAPS = {
    "questions": "<h2>{title}?</h2><p>{text}</p>",
    "numbered": "<h2>Artikel {n}. {title}</h2><p>{text}</p>",
    "days to come": "<h2>{title}</h2><p>{n} december 2026</p><p>{text}</p>",
    "history": "<h2>{title}</h2><p>{n} mei 190{n}</p><p>{text}</p>",
    "people": "<div><h3>Anja {n}</h3><p>{text}</p><a href='mailto:a@b.example'>mail</a></div>",
    "what readers wrote": "<div class=review><h4>Jan {n}</h4><p>{day}</p><p>{text}</p></div>",
    "numbers": "<tr><td>{day}</td><td>1-{n}</td><td>Ajax - PSV</td></tr>",
    "with pages": "<div><h2><a href='/b/{n}'>{title}</a></h2><p>{day}</p><p>{text}</p></div>",
    "with pages elsewhere": "<h2><a href='https://krant.example/{n}'>{title}</a></h2>"
    "<p>{day}</p><p>{text}</p>",
    "read more elsewhere": "<h2>{title}</h2><p>{day}</p><p>{text}</p>"
    "<p><a href='https://krant.example/{n}'>Lees het artikel</a></p>",
    "in the navigation": "<nav><h2>{title}</h2><p>{day}</p><p>{text}</p></nav>",
}


@pytest.mark.parametrize("form", TRAPS.values(), ids=TRAPS.keys())
def test_other_lists_of_texts_are_not(form: str) -> None:
    assert titles(found(members(form), url="https://buurt.example/pagina/7")) == []


BOX, ROW = "<div><h3>{0}</h3><p>{2}</p><p>{1}</p></div>", "<li>{2}: {0}, {1}</li>"
# Dated lists of things: the language, the markup, and of each what it is and what is said of it.
THINGS = {
    "lots": ("nl", BOX, (
        ("Gezicht op de haven van Veere", "Olieverf op doek, 40 x 60 cm, gesigneerd rechtsonder. Geschatte waarde 400 tot 600 euro."),
        ("Stilleven met oesters", "Olieverf op paneel, 30 x 40 cm, niet gesigneerd. Geschatte waarde 200 tot 300 euro."),
        ("Zilveren theepot", "Amsterdam 1785, meester H.J., 620 gram, hoogte 18 cm. Geschatte waarde 800 euro."),
    )),
    "results": ("nl", BOX, (
        ("Veerland - Kats 3-1", "Doelpunten: Jansen (2), Pieters. Gele kaarten: Smit, Bos. Scheidsrechter: A. Mol. Toeschouwers: 320."),
        ("Goes - Veerland 0-2", "Doelpunten: Jansen, Pieters. Rode kaart: Smit. Scheidsrechter: B. Visser. Toeschouwers: 210."),
        ("Veerland - Rilland 1-1", "Doelpunten: Jansen, Mol. Gele kaarten: geen. Scheidsrechter: C. Mulder. Toeschouwers: 180."),
    )),
    "results in rows": ("de", ROW, (
        ("SV Veerland – TSV Kats 3:1 (1:0)", "Tore: Jansen (12., 43.), Pieters (78.), Bakker (90.)"),
        ("FC Goes – SV Veerland 0:2 (0:1)", "Tore: Jansen (30.), Pieters (61.), Zuschauer: 210"),
        ("SV Veerland – Rilland 1:1 (0:0)", "Tore: Mol (51., Elfmeter), Kok (88.), Zuschauer: 180"),
    )),
    "concerts": ("en", BOX, (
        ("Trio Veerland, Town Hall", "Mozart, Divertimento KV 563; Schubert, Trio D 471. Tickets 12 pounds, children 6 pounds."),
        ("Anne Baker, piano", "Bach, Partita no. 2; Chopin, Ballade no. 1; Ravel, Sonatine. Tickets 15 pounds."),
        ("Harbour Choir", "Tallis, Spem in alium; Byrd, Mass for Four Voices. Tickets 10 pounds, members 8 pounds."),
    )),
    "publications": ("en", ROW, (
        ("Jansen, P. & Smit, A.", "The effects of tides on the small harbours of the North Sea. Journal of Harbours 12(3), 45–67."),
        ("De Vries, A.", "The birds of the salt marshes, and what they eat in the winter. Annals of Coastal Biology 8(1), 1–19."),
        ("Bakker, E. et al.", "On the dredging of the Western Scheldt and its costs. Harbour Review, pp. 210–222."),
    )),
    "publications in boxes": ("fr", BOX, (
        ("Les marées et les petits ports", "Jansen, P., Smit, A. Revue des ports, 12(3), 45-67."),
        ("Les oiseaux des marais salants", "De Vries, A. Annales de biologie marine, 8(1), 11-19."),
        ("Le dragage de l'Escaut", "Bakker, E. et al. Revue des ports, 11(2), 210-222."),
    )),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "form", "each"), THINGS.values(), ids=THINGS.keys())
def test_a_dated_list_of_things_is_not_news(
    lang: str, form: str, each: Sequence[tuple[str, str]]
) -> None:
    body = "".join(form.format(*one, day) for one, day in zip(each, DAYS, strict=True))
    url = "https://buurt.example/pagina/7"
    html = f"<!DOCTYPE html><html lang={lang}><body><h1>Veerland</h1>{body}</body></html>"
    page = Page(url=url, requested=url, body=html.encode(), fetched_at=NOW)
    document, source = parse(page), Source(name="Buurt", urls=(url,), language=lang)
    links = with_notices(consider_all(document, source), document, source).links
    assert titles(links) == []


@pytest.mark.parametrize(
    "each",
    [
        (("2.3.0", "Added support for tables, new export dialog, drag-and-drop of pictures, Swedish translation."), ("2.2.1", "Updated translations, fixed crash when opening large files, removed deprecated options."), ("2.2.0", "Dark theme, new icons, faster search, smaller installer, printing of selected pages.")),
        (("Paper accepted", "Our paper on small harbours got accepted at the Harbour conference."), ("Anja joined", "Anja joined the lab as a PhD student. Welcome!"), ("Grant", "We received a grant to study the tides in the Western Scheldt.")),
    ],
)  # fmt: skip
def test_a_dated_list_of_changes_is(each: Sequence[tuple[str, str]]) -> None:
    body = "".join(BOX.format(*one, day) for one, day in zip(each, DAYS, strict=True))
    assert len(titles(found(body, url="https://buurt.example/pagina/7"))) == 3


ARTICLES = "".join(
    f"<div><h2><a href='/b/{n}'>De haven wordt {more} dan nu</a></h2><p>{day}</p></div>"
    for n, (more, day) in enumerate(zip(("dieper", "groter", "hoger"), DAYS, strict=True))
)
SAID = "<div><h4>{title}</h4><p>{day}</p><p>{text}</p></div>"


@pytest.mark.parametrize(
    "above",
    [
        "<h3>3 reacties</h3>",
        "<p>3 comments</p>",
        "<h3>Laatste reacties</h3>",
        "<h1>Gastenboek</h1>",
        f"<h1>Nieuws</h1>{ARTICLES}<section><h3>Laatste reacties</h3>",
        f"<h1>Nieuws</h1>{ARTICLES}<section><h3>Volg ons</h3>",
        f"<h1>Nieuws</h1>{ARTICLES}<aside><h3>Volg ons</h3>",
    ],
)
def test_what_readers_and_others_say_beside_it_is_not(above: str) -> None:
    body = above + members(f"{SAID}{SAID.replace('{title}', '{title} dan')}")
    assert titles(found(body, url="https://buurt.example/pagina/7")) == []


@pytest.mark.parametrize(
    "above",
    [
        "<h1>Recensies</h1>",
        "<h1>Reviews</h1>",
        f"<h1>Haven</h1>{ARTICLES}<section><h3>Laatste nieuws</h3>",
        f"<h1>Haven</h1>{ARTICLES.partition('</div>')[0]}</div><h3>Van het bestuur</h3>",
    ],
)
def test_reviews_and_another_list_of_news_are(above: str) -> None:
    body = above + members(f"{SAID}{SAID.replace('{title}', '{title} dan')}")
    assert len(titles(found(body, url="https://buurt.example/pagina/7"))) == 6


def test_what_has_a_page_of_its_own_stays_a_link() -> None:
    links = found(
        members("<div><h2><a href='/b/{n}'>{title}</a></h2><p>{day}</p><p>{text}</p></div>")
    )
    assert [link.url for link in links] == [f"https://buurt.example/b/{n}" for n in (1, 2, 3)]


def test_the_operator_may_name_them_and_then_nothing_is_asked() -> None:
    body = "<div class=k><h3>Wol</h3><p>Nieuw.</p></div><div class=k><h3>Thee</h3><p>Op.</p></div>"
    assert titles(found(body, select=Select(items="div.k"))) == ["Wol", "Thee"]
    assert titles(found(body)) == []


def test_named_ones_do_not_come_again_with_the_pages_that_they_link() -> None:
    form = "<div class=k><h2><a href='/b/{n}'>{title}</a></h2><p>{day}</p><p>{text}</p></div>"
    body = f"<h1>Nieuws</h1>{members(form)}<h2>Ook</h2>{members(form.replace('k', 'j', 1))}"
    body = body.replace("/b/", "/c/").replace("/c/", "/b/", 3)
    links = found(body, select=Select(items="div.k"))
    assert titles(links) == list(TITLES)
    assert [link.url for link in links if not link.is_notice] == [
        f"https://buurt.example/c/{n}" for n in (1, 2, 3)
    ]


NESTED = {
    "each in another": "<div class=k><div class=k><h3>{title}</h3><p>{text}</p></div></div>",
    "a part of one": "<div class=k><h3>{title}</h3><p>{text}</p><div class=k>Foto: Jan</div></div>",
    "parts of one": "<div class=k><h3>{title}</h3><p>{text}</p><i class=k>A</i> <i class=k>B</i></div>",
    "a date beside": "<div class=k>{day}<div class=k><h3>{title}</h3><p>{text}</p></div></div>",
}


@pytest.mark.parametrize("form", NESTED.values(), ids=NESTED.keys())
@pytest.mark.parametrize(
    "around", ["{}", "<div class=k>{}</div>", "<div class=k><h2>Nieuws</h2><p>Van ons.</p>{}</div>"]
)
def test_of_named_elements_within_one_another_each_article_comes_once(
    form: str, around: str
) -> None:
    links = found(around.format(members(form)), select=Select(items=".k"))
    assert titles(links) == list(TITLES)
    assert all(text in link.content for link, text in zip(links, TEXTS, strict=True))


# --- long lists -------------------------------------------------------------------------------

LONG = {
    "flat": "<h2>{title}</h2><p>{day}</p><p>{text}</p>",
    "boxes": "<article><h2>{title}</h2><p>{text}</p><time datetime={day}>{day}</time></article>",
    "lines": "<li>{day}: {text}</li>",
    "rows": "<tr><td>{day}<td><b>{title}</b><br>{text}</tr>",
    "named": "<div class=k><h2>{title}</h2><p>{text}</p><p>{day}</p></div>",
}


@pytest.mark.parametrize("form", LONG.values(), ids=LONG.keys())
@pytest.mark.parametrize("order", ["falling", "rising", "by year"])
def test_of_a_long_list_the_newest_are_read(form: str, order: str) -> None:
    select = Select(items=".k") if form == LONG["named"] else None
    last = datetime(2026, 11, 20, tzinfo=UTC)
    days = [last - timedelta(days=3 * n) for n in range(300)]
    numbers = list(range(300))
    if order == "rising":
        numbers.reverse()
    elif order == "by year":
        numbers.sort(key=lambda n: (days[n].year, n))
    body = "".join(
        form.format(
            title=f"Bericht {n} van ons", day=f"{days[n]:%Y-%m-%d}", text=f"{n}. {TEXTS[0]}"
        )
        for n in numbers
    )
    body = f"<table>{body}</table>" if "<tr>" in form else body
    links = [one for one in found(f"<h1>Nieuws</h1>{body}", select=select) if one.is_notice]
    published = [one.published.at for one in links if one.published]
    assert len(published) == 200
    assert (max(published) - min(published)).days == 3 * 199
    assert abs(max(published) - last) < timedelta(days=1)


# --- languages --------------------------------------------------------------------------------

DUTCH = ("Deur kapot? Bel ons!", "Het zwembad gaat weer open voor ons allemaal.", *TEXTS)
GERMAN = (
    "Kein Training am Samstag!",
    "Die Halle wird im Winter saniert, und das Training findet in der alten Schule statt.",
    "Der neue Vorstand ist gewählt, und er dankt allen, die bei der Feier geholfen haben.",
)
ENGLISH = "The swimming pool is open again for all of you, and the water has never been this warm."


@pytest.mark.parametrize(
    ("page", "source", "texts", "expected"),
    [
        ("nl", "nl", DUTCH, ["nl"] * 5),
        ("", "nl", DUTCH, ["nl"] * 5),
        ("en-US", "nl", DUTCH, ["nl"] * 5),  # the template of the site says so
        ("de", "nl", GERMAN, ["de"] * 3),
        ("", "nl", GERMAN, ["de"] * 3),
        ("nl", "nl", (*DUTCH, ENGLISH), ["nl"] * 5 + ["en"]),
    ],
)
def test_short_notices_are_in_the_language_of_their_list_unless_they_clearly_are_not(
    page: str, source: str, texts: Sequence[str], expected: Sequence[str]
) -> None:
    form = "<article><h2>Nr. {n}</h2><time datetime=2026-11-{n}>{n}-11</time><p>{x}</p></article>"
    body = "".join(form.format(n=20 - n, x=text) for n, text in enumerate(texts))
    html = f"<!DOCTYPE html><html lang='{page}'><h1>Nieuws</h1>{body}</html>"
    here = Source(name="Buurt", urls=(HERE,), language=source)
    document = parse(Page(url=HERE, requested=HERE, body=html.encode(), fetched_at=NOW))
    links = with_notices(consider_all(document, here), document, here).links
    pages = [parse(page_of(link, here.language, NOW, link.by)) for link in links]
    read = [extract(one, here, SiteModel(), link) for one, link in zip(pages, links, strict=True)]
    assert [one.language for one in read] == expected


# --- the end of a list, and what the last visit shows -----------------------------------------


def visited(*bodies: str, head: str = "") -> list[dict[str, str]]:
    """What each of some visits to a listing reads, by headline."""
    source, last, read = Source(name="Buurt", urls=(HERE,)), None, []
    for body in bodies:
        html = f"<!DOCTYPE html><html lang=nl><head>{head}</head><body>{body}</body></html>"
        document = parse(Page(url=HERE, requested=HERE, body=html.encode(), fetched_at=NOW))
        found = with_notices(consider_all(document, source), document, source, last)
        links = [link for link in found.links if link.is_notice]
        read.append({link.title: plain_text(link.content) for link in links})
        last = found.notices or last
    return read


def rows(form: str) -> list[str]:
    """The members of a list, one by one; the same as `members`."""
    each = zip(TITLES, DAYS, TEXTS, range(1, 4), strict=True)
    return [form.format(title=t, day=d, text=x, n=n) for t, d, x, n in each]


FLAT = {
    "paragraphs": ("<h3>{title}</h3><p>{day}</p><p>{text}</p>", "p"),
    "one paragraph": ("<h3>{title} ({day})</h3><p>{text}</p>", "p"),
    "dates above": ("<p>{day}</p><h3>{title}</h3><p>{text}</p>", "p"),
    "boxes": ("<div><h3>{title}</h3></div><div>{day}</div><div>{text}</div>", "div"),
    "bold lines": ("<p><b>{title}</b></p><p>{day}</p><p>{text}</p>", "p"),
    "terms": ("<dt>{title}</dt><dd>{day}</dd><dd>{text}</dd>", "dd"),
    "rules": ("<h3>{title}</h3><p>{day}</p><p>{text}</p><hr>", "p"),
    "two paragraphs": ("<h3>{title}</h3><p>{day}</p><p>{text}</p><p>Kom ook, {text}</p>", "p"),
}
FOOT = (
    "Contact: Markt 1, Veerland",
    "info@buurt.example",
    "Telefoon 0118 - 12 34 56",
    "Openingstijden: maandag tot en met vrijdag van 9 tot 17 uur",
    "© 2026 Buurtvereniging De Brug. Alle rechten zijn voorbehouden, ook die van foto's.",
    "Terug naar boven",
    "Laatst bijgewerkt: 18 november 2026",
)


@pytest.mark.parametrize("first", range(len(FOOT)))
@pytest.mark.parametrize(("form", "tag"), FLAT.values(), ids=FLAT.keys())
def test_the_lines_below_a_list_are_not_its_last_members(form: str, tag: str, first: int) -> None:
    lines = (*FOOT[first:], *FOOT[:first])
    foot = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    around = "<dl>{}</dl>" if tag == "dd" else "{}"
    (read,) = visited(around.format(members(form) + foot))
    (bare,) = visited(around.format(members(form)))
    assert read == bare
    assert list(read) == list(TITLES)


def test_a_line_at_the_end_of_another_one_does_not_let_those_below_the_list_in() -> None:
    one, two, three = rows("<h3>{title}</h3><p>{day}</p><p>{text}</p>")
    two += "<p>Aanvang: 19.30 uur</p>"
    foot = ("Bel 0118-123456", "© Buurtvereniging 2026", "Volg ons")
    (read,) = visited(one + two + three + "".join(f"<p>{line}</p>" for line in foot))
    assert not [line for line in foot if line in read[TITLES[2]]]
    assert "Aanvang" in read[TITLES[1]]


@pytest.mark.parametrize(
    "more",
    [
        f"<p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>",  # a longer text than others have
        "<p>Aanvang 20.00 uur</p>",  # another one ends like that
        "<ul><li>koffie</li></ul>",
        "<figure><img src=a.jpg></figure><p>De zaal is open voor iedereen, en de koffie is gratis.</p>",
    ],
)
def test_the_last_one_keeps_what_looks_like_the_others_or_is_prose(more: str) -> None:
    one, two, three = rows("<h3>{title}</h3><p>{day}</p><p>{text}</p>")
    two += "<p>Aanvang 19.30 uur</p><ul><li>thee</li></ul>"
    (read,) = visited(one + two + three + more)
    assert all(text in read[TITLES[2]] for text in plain_text(more).split("\n"))


SITE = "<p>Deze pagina wordt bijgehouden door vrijwilligers uit de hele buurt, en dat al jaren.</p>"


@pytest.mark.parametrize(("form", "tag"), FLAT.values(), ids=FLAT.keys())
def test_prose_below_members_of_one_length_is_of_none_of_them(form: str, tag: str) -> None:
    around = "<dl>{}</dl>" if tag == "dd" else "{}"
    top = form.format(title="Feest op het plein", day="20 november 2026", text=TEXTS[0][::-1])
    (bare,) = visited(around.format(top + members(form)))
    (read,) = visited(around.format(top + members(form) + SITE.replace("p>", f"{tag}>")))
    assert read == bare
    assert list(read) == ["Feest op het plein", *TITLES]


def test_the_last_one_may_be_longer_where_the_others_differ() -> None:
    form = "<h3>{title}</h3><p>{day}</p><p>{text}</p>"
    top = form.format(title="Feest op het plein", day="20 november 2026", text=TEXTS[0][::-1])
    one, two, three = rows(form)
    (read,) = visited(f"{top}{one}<p>{TEXTS[1]}</p>{two}{three}<p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>")
    assert all(text in read[TITLES[2]] for text in TEXTS)


@pytest.mark.parametrize(("form", "tag"), FLAT.values(), ids=FLAT.keys())
def test_what_stood_behind_another_one_is_not_of_the_one_that_is_last_now(
    form: str, tag: str
) -> None:
    around = "<dl>{}</dl>" if tag == "dd" else "{}"
    foot = SITE.replace("p>", f"{tag}>")
    top = form.format(title="Feest op het plein", day="20 november 2026", text=TEXTS[0][::-1])
    one, two, three = rows(form)
    first, second, third = visited(
        *(around.format(body + foot) for body in (one + two + three, top + one + two, top + one))
    )
    assert second[TITLES[1]] == first[TITLES[1]]
    assert third[TITLES[0]] == second[TITLES[0]] == first[TITLES[0]]


def test_what_is_added_at_the_end_does_not_take_what_stood_there() -> None:
    form = "<h3>{title}</h3><p>{day}</p><p>{text}</p>"
    one, two, three = rows(form)
    title = "<h1>Nieuws</h1>"
    before, after = visited(title + three + two + SITE, title + three + two + one + SITE)
    assert list(before) == [TITLES[2], TITLES[1]]
    assert after[TITLES[0]] == visited(title + three + two + one)[0][TITLES[0]]


def test_the_last_one_keeps_what_it_had_before_it_was_last() -> None:
    one, two, three = rows("<h3>{title}</h3><p>{day}</p><p>{text}</p>")
    two += "<p>Bel Jan: 0118 - 65 43 21</p>"
    foot = f"<p>{FOOT[0]}</p>"
    first, second = visited(one + two + three + foot, one + two + foot)
    assert second[TITLES[1]] == first[TITLES[1]]
    assert "Bel Jan" in second[TITLES[1]]


@pytest.mark.parametrize("left", range(3))
@pytest.mark.parametrize("form", MARKUPS.values(), ids=MARKUPS.keys())
def test_a_notice_that_is_left_alone_is_told_by_those_that_stood_there(
    form: str, left: int
) -> None:
    title, foot = "<h1>Onze buurt</h1>", f"<p>{FOOT[0]}</p><p>{FOOT[3]}</p>"
    alone = f"<main>{title}<div>{rows(form)[left]}</div></main>{foot}"
    new = form.format(title="Feest op het plein", day="20 november 2026", text=TEXTS[0][::-1], n=4)
    every, one, other = visited(
        f"<main>{title}<div>{members(form)}</div></main>{foot}",
        alone,
        f"<main>{title}<div>{new}</div></main>{foot}",
    )
    assert one == {TITLES[left]: every[TITLES[left]]}
    assert list(other) == ["Feest op het plein"]
    assert visited(alone) == [{}]


def test_one_that_is_left_beside_articles_with_pages_is_one_still() -> None:
    articles = ARTICLES.partition("</div>")[0] + "</div>"
    form = "<article><h2>{title}</h2><time>{day}</time><p>{text}</p></article>"
    every, one = visited(
        f"<h1>Nieuws</h1>{articles}<h3>Kort</h3>{members(form)}",
        f"<h1>Nieuws</h1>{articles}<h3>Kort</h3>{rows(form)[0]}",
    )
    assert list(every) == list(TITLES)
    assert list(one) == [TITLES[0]]


# --- addresses --------------------------------------------------------------------------------


def places(body: str) -> list[str]:
    return [link.url.removeprefix(HERE) for link in found(body) if link.is_notice]


def test_the_address_is_the_id_or_the_anchor_of_the_page() -> None:
    rest = "<p>{day}</p><p>{text}</p>"
    for form in (
        "<article id=bericht-5{n}><h2>{title}</h2>" + rest + "</article>",
        "<h2 id=bericht-5{n}>{title}</h2>" + rest,
        "<h2><a name=bericht-5{n}></a>{title}</h2>" + rest,
        "<a id=bericht-5{n}></a><h2>{title}</h2>" + rest,
    ):
        form_down = form.replace("5{n}", "{n}")
        body = "".join(
            form_down.format(title=t, day=d, text=x, n=n)
            for t, d, x, n in zip(TITLES, DAYS, TEXTS, (58, 57, 51), strict=True)
        )
        assert places(body) == ["#bericht-58", "#bericht-57", "#bericht-51"], form


def test_without_one_it_is_the_day_and_the_words_of_the_headline() -> None:
    body = members("<h2>{title}</h2><p>{day}</p><p>{text}</p>").replace("gesnoeid", "half-gesnoeid")
    assert places(body)[1] == "#2026-11-02:~:text=Platanen%20half%2Dgesnoeid%20deze%20week"


def test_one_headline_for_two_on_one_day_is_told_apart_by_the_text() -> None:
    body = members("<h2>{title}</h2><p>2 november 2026</p><p>{text}</p>")
    first, second, third = places(body.replace(TITLES[1], TITLES[0]))
    assert first.startswith("#2026-11-02:~:text=Speeltuin%20weer%20open&text=De%20speeltuin%20is")
    assert second.startswith("#2026-11-02:~:text=Speeltuin%20weer%20open&text=De%20gemeente%20snoe")
    assert third == "#2026-11-02:~:text=Anja%20Bakker%20is%20penningmeester"


def test_they_are_told_apart_by_what_only_one_of_them_says() -> None:
    body = members("<h2>{title}</h2><p>2 november 2026</p><p>Beste buren,</p><p>{text}</p>")
    first, second, _ = places(body.replace(TITLES[1], TITLES[0]))
    assert first.startswith("#2026-11-02:~:text=Speeltuin%20weer%20open&text=De%20speeltuin%20is")
    assert second.startswith("#2026-11-02:~:text=Speeltuin%20weer%20open&text=De%20gemeente%20snoe")


def test_a_day_without_its_year_is_in_the_address_without_it() -> None:
    body = members("<h2>{title}</h2><p>{day}</p><p>{text}</p>").replace(" 2026", "")
    assert places(body)[0] == "#11-12:~:text=Speeltuin%20weer%20open"
    body = members("<h2>{title}</h2><p>{n} uur geleden</p><p>{text}</p>")
    assert places(body)[0] == "#:~:text=Speeltuin%20weer%20open"


COUNTED = {
    "{n}53 keer gelezen": False,
    "1.{n}43 views": False,
    "Hits: {n}": False,
    "Vind ik leuk ({n})": False,
    "Aanvang {n} uur": True,
    "Leeftijd: {n} jaar": True,
    "Prijs: € {n}": True,
    "Uitslag: 3-{n}": True,
    "Er kwamen {n} mensen.": True,
}


@pytest.mark.parametrize(("line", "is_text"), COUNTED.items(), ids=COUNTED.keys())
def test_lines_that_count_readers_are_no_text(line: str, is_text: bool) -> None:
    links = found(members("<h2>{title}</h2><p>{day}</p><p>{text}</p><p>" + line + "</p>"))
    assert titles(links) == list(TITLES)
    assert [line.format(n=n) in link.content for link, n in zip(links, (1, 2, 3), strict=True)] == (
        [is_text] * 3
    )


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("a-3", "a-2", "a-1"), ("a-3", "a-2", "a-1")),  # the newest has the highest number
        (("a-1", "a-2", "a-3"), ("", "", "")),  # counted from the top
        (("a-1", "a-2", "a-4"), ("", "", "")),  # the same, and one of them has a page
        (("a-100", "a-104", "a-251"), ("a-100", "a-104", "a-251")),
        (("c41", "c7", "c112"), ("c41", "c7", "c112")),
        (("x", "x", "y"), ("", "", "y")),
        ((":r1:", "radix-:r2:", "feest"), ("", "", "feest")),  # made anew by scripts
        (("65f1a2b3c4d5e", "feest", "zaal"), ("", "feest", "zaal")),
    ],
)
def test_a_name_that_may_be_anothers_tomorrow_is_no_address(
    names: Sequence[str], kept: Sequence[str]
) -> None:
    assert tuple(lasting(names)) == tuple(kept)


# --- which known one it is --------------------------------------------------------------------


def article(text: str, title: str = "Mededeling", day: int | None = 12, at: str = "a") -> Article:
    dated = Dated(at=datetime(2026, 11, day, tzinfo=UTC), origin="listing") if day else None
    return Article(
        url=f"{HERE}#{at}", title=title, paragraphs=(text,), html="", language="nl", published=dated
    )


def story(one: Article) -> Story:
    return Story(
        id=1,
        tag="tag:a",
        source="Buurt",
        article=one,
        fingerprint=fingerprint_of(one),
        published=Dated(at=NOW, origin="listing"),
        updated=NOW,
        first_seen=NOW,
    )


def again(comes: Article, known: Article) -> bool:
    return is_notice_again(comes, Tokens(comes), story(known), Tokens(known))


SHORT = "Het kantoor is op vrijdag 27 november gesloten wegens een verhuizing van de hele afdeling."


@pytest.mark.parametrize(
    ("known", "comes", "is_again"),
    [
        (article(SHORT), article(SHORT, title="Kantoor dicht"), True),  # a corrected headline
        (article(SHORT, day=12), article(SHORT, day=13), True),  # a corrected day
        (article(SHORT, day=None), article(SHORT), True),
        (article(SHORT), article(SHORT.replace("hele afdeling", "afdeling")), True),
        (article(SHORT), article(SHORT.replace("27", "28")), False),  # filled in anew
        (article(SHORT, day=5), article(SHORT.replace("hele afdeling", "afdeling")), False),
        (article(SHORT), article(TEXTS[0]), False),
        (article(""), article(""), False),
        (article(SHORT), article(f"{SHORT} {TEXTS[0]}"), True),  # its page says more
        (article(SHORT), article(f"{SHORT} {TEXTS[0]}", title="Kantoor dicht"), False),
        (article(SHORT, day=5), article(f"{SHORT} {TEXTS[0]}"), False),
    ],
)
def test_a_notice_at_another_address_is_known_by_its_words(
    known: Article, comes: Article, is_again: bool
) -> None:
    assert again(comes, known) is is_again


def test_the_same_words_a_year_later_are_another_notice() -> None:
    later = Dated(at=datetime(2027, 11, 12, tzinfo=UTC), origin="listing")
    assert not again(replace(article(SHORT), published=later), article(SHORT))


@pytest.mark.parametrize(
    ("comes", "verdict"),
    [
        (article(TEXTS[1], title="Platanen gesnoeid"), "new"),  # `#latest` has another one now
        (article(TEXTS[0].replace("twee", "veertien")), "revised"),
        (article(TEXTS[0].replace("twee nieuwe", "drie oude"), title="Speeltuin"), "revised"),
    ],
)
def test_a_place_may_hold_another_notice(comes: Article, verdict: str) -> None:
    known = story(article(TEXTS[0]))
    arrival = Arrival(
        article=comes,
        fingerprint=fingerprint_of(comes),
        source="Buurt",
        url_keys=(story_key(comes.url),),
    )
    made = decide(arrival, known=known, named=None, same_words=None, candidates=[])
    assert made.verdict == verdict


def test_only_the_key_of_a_story_has_the_fragment() -> None:
    assert story_key(f"{HERE}#bericht-12") == "buurt.example/nieuws#bericht-12"
    assert story_key("https://www.buurt.example/nieuws") == url_key(HERE)
