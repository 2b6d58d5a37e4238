"""Lines, tables and passages that stand with the text are the story's, and nothing beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Link
from feedbot.read.extract import extract, learn
from feedbot.read.extract.article_container import part
from feedbot.read.extract.own_blocks import RECURS, own_sections
from feedbot.read.extract.prune import prune
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse
from tests.sample_pages import HOME, SOURCE, document, html, read

TITLE = "Gemeente plant duizend bomen langs de ringweg"
TEXT = (
    (
        "De gemeente plant deze winter duizend bomen langs de ringweg. Zij moeten de wind breken en"
        " het geluid van het verkeer dempen, zegt de wethouder."
    ),
    (
        "De bomen komen van een kwekerij in de buurt, die daar vijf jaar voor nodig had. Het gaat om"
        " linden, elzen en een enkele beuk."
    ),
    (
        "Het planten begint na de eerste nachtvorst en duurt tot maart. Bewoners die willen helpen,"
        " kunnen zich melden bij de wijkpost."
    ),
)
AUTHOR = '<meta name="author" content="Jan Jansen">'
PROGRAMME = ("Maandag: linden", "Dinsdag: elzen", "Woensdag: beuken")
ROUND = (("Anna Bos", "1-0", "Jan Vos"), ("Wim Smit", "0-1", "Eva Mol"))


def texts(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>" for one in lines)


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def cells_of(rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(cell for row in rows for cell in row)


def story(number: int) -> tuple[str, ...]:
    return tuple(
        f"Bij zaak {number} heeft de rechter {word} besloten dat schipper {number} mag wachten. De"
        f" schuit van nummer {number} ligt sinds vorige week in de oude haven van het dorp."
        for word in ("maandag", "dinsdag")
    )


def page(title: str, text: str, below: str = "") -> str:
    body = f"<article><h1>{title}</h1><div class=tekst>{text}</div>{below}</article>"
    return html(f"<main>{body}</main>", AUTHOR, title=title)


def on_site(
    own: str, others: tuple[str, ...], title: str = TITLE, listing: str = ""
) -> tuple[str, ...]:
    """The text of a page on a site with some others, and maybe a listing that shows posts whole."""
    here = document(page(title, own))
    pages = [here, *(document(one, f"/nieuws/{at}") for at, one in enumerate(others))]
    model = SiteModel()
    if listing:
        model = learn(model, [(document(html(listing), f"{HOME}/nieuws"), [])], [])
    return extract(here, SOURCE, learn(model, [], pages), None).paragraphs


def others(count: int, **shared: str) -> tuple[str, ...]:
    """So many other stories; the first ones have what is shared among their own paragraphs."""
    few = {int(at.removeprefix("at")): what for at, what in shared.items()}
    return tuple(
        page(
            f"Een ander verhaal over zaak {at}",
            f"<p>{story(at)[0]}</p>{few.get(at, '')}<p>{story(at)[1]}</p>",
        )
        for at in range(count)
    )


# --- above the first paragraph -------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        table(ROUND),
        f"<p>Ronde 1</p>{table(ROUND)}",
        "<p>Hallo allemaal</p><p>het is weer zover</p>",
        "<h3>Knock-out</h3>",
        "<ul><li>linden</li><li>elzen</li></ul>",
    ],
)
def test_what_stands_where_the_first_paragraph_does_is_text(above: str) -> None:
    lines = tuple(block.text for block in document(above).blocks)
    assert read(page(TITLE, above + texts(TEXT))).paragraphs == (*lines, *TEXT)


@pytest.mark.parametrize(
    "above",
    [
        "<p>12 november 2026</p>",
        "<p><a href=/wijk>Nieuws uit de wijk</a></p>",
        "<ul><li>Gepubliceerd op 3 mei 2026</li><li>Jan Jansen</li></ul>",
        "<ul><li>Reacties: 0</li></ul>",
        "<span class=rubriek>Uit de wijk</span>",
    ],
)
def test_a_date_a_link_or_a_label_of_another_make_there_is_not(above: str) -> None:
    assert read(page(TITLE, above + texts(TEXT))).paragraphs == TEXT


def test_the_verses_above_the_first_sentence_belong_though_each_has_its_box() -> None:
    verses = ("Ik voel dat ik smelt", "en ik zie rondom mij", "hoe wij water worden,")
    poem = (*verses, "in een stad van geluid en van orkesten zonder maat.", *TEXT)
    text = "".join(f"<div><p class=vers>{one}</p></div>" for one in poem)
    assert read(page(TITLE, text)).paragraphs == poem


def test_lines_and_items_above_the_first_sentence_of_a_list_belong() -> None:
    free = "<ul><li>Er zijn nog plaatsen vrij voor wie vorig jaar meedeed.</li></ul>"
    text = f"<p>Vol zijn nu:</p><ul><li>maandag</li><li>dinsdag</li></ul><p>Over is:</p>{free}"
    found = read(page(TITLE, text + texts(TEXT))).paragraphs
    assert found[:4] == ("Vol zijn nu:", "maandag", "dinsdag", "Over is:")


@pytest.mark.parametrize(
    "words",
    [
        (
            "<blockquote><h3>“Een boom plant je voor je kleinkinderen, zei zij.”</h3><h3>Anna Bos</h3>"
            "</blockquote>"
        ),
        (
            "<h3>“Een boom plant je voor je kleinkinderen, zei zij.”</h3>"
            "<blockquote><h3>Anna Bos</h3></blockquote>"
        ),
    ],
)
def test_who_said_the_words_over_a_text_stands_below_them(words: str) -> None:
    assert read(page(TITLE, words + texts(TEXT))).paragraphs[1:] == ("Anna Bos", *TEXT)


@pytest.mark.parametrize(
    ("href", "kept"),
    [("https://museum.example/bomen", True), ("/bomen", False)],
)
def test_what_a_quotation_begins_with_is_its_source_where_it_leads_away(
    href: str, *, kept: bool
) -> None:
    """The page has its own paragraphs in the quotation, and the link stands loose above them."""
    link = f"<a href={href}>Het bomenmuseum</a>"

    def written(number: int) -> str:
        first, second = story(number)
        shown = link.replace("bomen", f"stuk{number}") if kept else link
        return page(
            f"Verhaal {number}", f"<blockquote>{shown}<p>{first}</p></blockquote><p>{second}</p>"
        )

    found = read(written(0), siblings=tuple(map(written, range(1, 5)))).paragraphs
    assert found == (("Het stuk0museum",) if kept else ()) + tuple(story(0))


# --- below the last ------------------------------------------------------------------------------


def test_lines_without_a_class_go_on_where_the_text_has_none() -> None:
    games = ("Weert - Hulst", "Sluis - Goes", "Veere - Tholen")
    text = "".join(f"<div>{one}</div>" for one in (TEXT[0], *games))
    assert read(page(TITLE, text)).paragraphs == (TEXT[0], *games)


def test_a_heading_that_is_a_sentence_may_be_the_last_line() -> None:
    thanks = "Hartelijk dank aan iedereen die is gekomen!"
    text = f"{texts(TEXT)}<h4>{{}}</h4>"
    assert read(page(TITLE, text.format(thanks))).paragraphs == (*TEXT, thanks)
    assert read(page(TITLE, text.format("Naar de foto's"))).paragraphs == TEXT


def test_the_title_above_a_table_below_the_text_does_not_end_it() -> None:
    text = f"<p>{TEXT[0]}</p><p><b>{TITLE}</b></p>{table(ROUND)}"
    assert read(page(TITLE, text)).paragraphs == (TEXT[0], *cells_of(ROUND))


def test_a_last_line_that_is_an_address_of_another_site_belongs() -> None:
    address = "https://kwekerij.example/bomen/linden"
    text = f"{texts(TEXT)}<p><a href={address}>{{}}</a></p>"
    assert read(page(TITLE, text.format(address))).paragraphs == (*TEXT, address)
    assert read(page(TITLE, text.format("Onze kwekerij"))).paragraphs == TEXT


@pytest.mark.parametrize(
    ("names", "query", "belongs"),
    [
        (("Bomen kweken in de klei", "Handboek voor linden", "Wat elzen nodig hebben"), "", True),
        (("Facebook", "Instagram", "Mastodon"), "", False),
        (
            ("Deel dit op Facebook", "Deel dit op Mastodon", "Deel dit op LinkedIn"),
            "?u=https%3A",
            False,
        ),
    ],
)
def test_a_list_of_links_to_other_sites_says_what_to_read(
    names: tuple[str, ...], query: str, belongs: bool
) -> None:
    links = "".join(
        f"<li><a href=https://plek{at}.example/een{query}>{name}</a></li>"
        for at, name in enumerate(names)
    )
    found = read(page(TITLE, f"{texts(TEXT)}<ul>{links}</ul>")).paragraphs
    assert found == ((*TEXT, *names) if belongs else TEXT)


def test_the_address_for_mail_is_the_last_line_of_a_contact() -> None:
    contact = ("Inlichtingen:", "Anna Bos", "Tel. 0479 31 51 40", "E-mail: anna@wijk.example")
    text = f"{texts(TEXT)}<p>{'<br>'.join(contact)}</p>"
    assert read(page(TITLE, text)).paragraphs == (*TEXT, *contact)
    alone = f"{texts(TEXT)}<p>{contact[-1]}</p>"
    assert read(page(TITLE, alone)).paragraphs == TEXT


def test_a_quotation_in_an_item_of_a_list_goes_on_with_the_text() -> None:
    quoted = "<blockquote><p><a href=https://hal.example>https://hal.example</a></p></blockquote>"
    hours = "".join(
        f"<p>{hall}:</p><ul><li>Maandag 12-13 uur</li><li>Zaterdag 9-12 uur{quoted}</li></ul>"
        for hall in ("Zuidhal", "Noordhal")
    )
    found = read(page(TITLE, texts(TEXT) + hours)).paragraphs
    lines = ("Maandag 12-13 uur", "Zaterdag 9-12 uur", "https://hal.example")
    assert found == (*TEXT, "Zuidhal:", *lines, "Noordhal:", *lines)


def test_paragraphs_that_an_editor_numbers_are_alike() -> None:
    text = "".join(f"<p class=p{at}>{one}</p>" for at, one in enumerate(TEXT, 1))
    links = "".join(
        f"<ul><li><a href=https://plek{at}.example/een>{name}</a></li></ul>"
        for at, name in enumerate(("Linden in de stad", "Elzen aan het water"))
    )
    found = read(page(TITLE, f"{text}<p>Om te lezen</p>{links}")).paragraphs
    assert found == (*TEXT, "Om te lezen", "Linden in de stad", "Elzen aan het water")


# --- links of the text ---------------------------------------------------------------------------


def test_a_line_that_points_to_other_sites_stays_with_its_links() -> None:
    links = "<ul><li><a href=https://plek.example/linde>Handboek voor linden</a></li></ul>"
    text = f"{texts(TEXT[:2])}<p>Lees meer:</p>{links}{texts(TEXT[2:])}"
    assert read(page(TITLE, text)).paragraphs[2:4] == ("Lees meer:", "Handboek voor linden")
    within = text.replace("https://plek.example/linde", "/nieuws/linden-in-de-stad")
    assert read(page(TITLE, within)).paragraphs == TEXT


def test_a_line_that_points_to_another_post_goes_whichever_way_round_it_says_so() -> None:
    for words in ("See also", "Also see"):
        line = f"<p>{words} &#8211; <a href=/nieuws/9>Road safety on the ring road</a></p>"
        assert read(page(TITLE, texts(TEXT) + line)).paragraphs == TEXT


def test_a_line_over_links_to_other_sites_in_its_paragraph_stays() -> None:
    links = "<a href=https://plek.example/1>Linden</a><br><a href=https://plek.example/2>Elzen</a>"
    text = f"{texts(TEXT[:2])}<p>Gerelateerd<br>{links}</p><h3>Planten</h3>{texts(TEXT[2:])}"
    assert read(page(TITLE, text)).paragraphs[2:5] == ("Gerelateerd", "Linden", "Elzen")


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Doel: <a href={HOME}/>{HOME}/naar/$1/</a></p>",
        "<p>Beter: <a href=/nieuws/9>de wijk</a> of <a href=https://tuin.example>Tuinzaak</a></p>",
    ],
)
def test_a_line_amid_the_text_may_be_an_address_or_lead_to_several_sites(line: str) -> None:
    text = f"{texts(TEXT[:2])}{line}{texts(TEXT[2:])}"
    said = document(line).blocks[0].text
    assert read(page(TITLE, text)).paragraphs == (*TEXT[:2], said, *TEXT[2:])


# --- what recurs ---------------------------------------------------------------------------------


def test_a_programme_that_another_story_has_too_is_in_both() -> None:
    days = (*PROGRAMME, "Donderdag: iepen", "Vrijdag: wilgen", "Zaterdag: essen")
    text = f"{texts(TEXT[:2])}{texts(days)}{texts(TEXT[2:])}"
    found = on_site(text, others(9, at3=texts(days)))
    assert found == (*TEXT[:2], *days, *TEXT[2:])


def test_a_passage_of_another_story_that_is_pasted_into_the_text_stays() -> None:
    pasted = f"<p>{story(3)[0]}</p><p>{story(3)[1]}</p>"
    text = f"{texts(TEXT[:2])}{pasted}{texts(TEXT[2:])}"
    assert on_site(text, others(9)) == (*TEXT[:2], *story(3), *TEXT[2:])


@pytest.mark.parametrize(
    "teaser",
    ["<p class=teaser>{}</p>", "<div><p>{}</p></div>", "<p><a href=/nieuws/3>{}</a></p>"],
)
def test_a_teaser_of_another_story_amid_the_text_does_not(teaser: str) -> None:
    text = f"{texts(TEXT[:2])}{teaser.format(story(3)[0])}{texts(TEXT[2:])}"
    assert on_site(text, others(9)) == TEXT


def test_lines_at_the_end_that_a_tenth_of_the_site_has_are_text_and_those_of_most_are_not() -> None:
    text = texts((*TEXT, *PROGRAMME))
    assert on_site(text, others(9, at3=texts(PROGRAMME))) == (*TEXT, *PROGRAMME)
    everywhere = {f"at{at}": texts(PROGRAMME) for at in range(7)}
    assert on_site(text, others(9, **everywhere)) == TEXT


SOURCES = (
    "<p>Bron: <a href=https://www.dekrant.example/{}>De Krant</a></p>",
    "<p>Source : <a href=https://agency.example/item?id={}>Agency</a>, 3 mei</p>",
    "<p>出典：<a href=https://www.shimbun.example/articles/{}.html>新聞DIGITAL</a></p>",
)


@pytest.mark.parametrize("line", SOURCES)
def test_a_last_line_names_a_source_that_other_stories_have_too(line: str) -> None:
    """Half of the stories are after one paper; each tells of another article of it."""
    named = {f"at{at}": line.format(at) for at in range(5)}
    found = on_site(f"{texts(TEXT)}{line.format(99)}", others(9, **named))
    assert found[:3] == TEXT and len(found) == 4


def test_buttons_above_the_first_sentence_of_a_list_do_not() -> None:
    free = "<ul><li>Er zijn nog plaatsen vrij voor wie vorig jaar meedeed.</li></ul>"
    text = f"<p>Kopieer link</p><p>Opslaan</p><p>Luister (4 min)</p>{free}"
    assert read(page(TITLE, text + texts(TEXT))).paragraphs[1:] == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p>Found a mistake? <a href=https://git.example/blog/edit/{}.md>Edit this page</a>.</p>",
        "<p>Steun ons <a href=https://pay.example/krant?via={}>met een bijdrage</a>.</p>",
        "<p><a href=https://x.example/s?q={0}>Discuss</a> • <a href=https://g.example/{0}>Edit</a></p>",
    ],
)
def test_a_line_that_all_pages_have_is_the_sites_wherever_it_leads(line: str) -> None:
    everywhere = {f"at{at}": line.format(at) for at in range(9)}
    assert on_site(f"{texts(TEXT)}{line.format(99)}", others(9, **everywhere)) == TEXT


@pytest.mark.parametrize("line", SOURCES)
def test_a_line_with_one_link_on_most_pages_is_the_sites(line: str) -> None:
    named = {f"at{at}": line.format(7) for at in range(8)}
    assert on_site(f"{texts(TEXT)}{line.format(7)}", others(9, **named)) == TEXT


@pytest.mark.parametrize(
    "share", ["https://social.example/share?u=https://krant.example/{}", "/vorige/{}"]
)
def test_a_line_that_shares_the_page_or_leads_to_the_next_is_the_sites(share: str) -> None:
    line = f"<p>Deel dit op <a href={share}>Het Netwerk</a></p>"
    shared = {f"at{at}": line.format(at) for at in range(8)}
    assert on_site(f"{texts(TEXT)}{line.format(99)}", others(9, **shared)) == TEXT


def test_an_item_that_the_menu_has_too_is_one_of_the_list() -> None:
    menu = "<ul><li>Bomen<li>Water<li>Wegen</ul>"
    items = ("De wind langs de ringweg", "Bomen", "Het geluid van het verkeer")
    own = f"<p>{TEXT[0]}</p><ul>{''.join(f'<li>{one}</li>' for one in items)}</ul><p>{TEXT[1]}</p>"
    siblings = [*others(6, at3=f"<ul><li>{items[0]}<li>{items[2]}</ul>")]
    found = on_site(f"{own}{menu}", tuple(f"{one}{menu}" for one in siblings))
    assert found[:5] == (TEXT[0], *items, TEXT[1])


LABELS = ("Begin van het werk", "Doel", "Kosten", "Wie het doet")


def form(answers: tuple[str, ...], made: str, labels: tuple[str, ...] = LABELS) -> str:
    """What a site asks of each project, and what is answered for one."""
    pairs = zip(labels, answers, strict=False)
    return "".join(made.format(label=label, answer=answer) for label, answer in pairs)


FORMS = {
    "headings": "<h2>{label}</h2><p>{answer}</p>",
    "boxes": "<div class=rij><div class=kop><h2>{label}</h2></div><div>{answer}</div></div>",
    "a box and a column": "<section><h3>{label}</h3><div><div><p>{answer}</p></div></div></section>",
    "labels": "<div class=rij><p><b>{label}:</b></p><div>{answer}</div></div>",
}


@pytest.mark.parametrize("made", FORMS.values(), ids=FORMS)
def test_the_headings_of_a_form_are_of_each_page_that_answers_it(made: str) -> None:
    answers = ("In april", TEXT[1], "Vier ton", "De gemeente en het dorp")
    siblings = {f"at{n}": form((f"In jaar {n}", *story(n), f"Ploeg {n}"), made) for n in range(6)}
    found = on_site(f"<p>{TEXT[0]}</p>{form(answers, made)}", others(6, **siblings))
    said = [one.removesuffix(":") for one in found]
    assert [one for one in said if one in LABELS] == list(LABELS)
    assert said.index("Doel") + 1 == said.index(TEXT[1])


def test_a_label_without_an_answer_costs_no_heading_below_it() -> None:
    row = "<div class=rij><div><h2>{label}</h2></div><div><p>{answer}</p><p>Anders:</p></div></div>"
    siblings = {f"at{n}": form((f"In jaar {n}", *story(n), f"Ploeg {n}"), row) for n in range(6)}
    answers = ("In april", TEXT[1], "Vier ton", "De gemeente en het dorp")
    found = on_site(f"<p>{TEXT[0]}</p>{form(answers, row)}", others(6, **siblings))
    assert [one for one in found if one in LABELS] == list(LABELS)


@pytest.mark.parametrize("made", FORMS.values(), ids=FORMS)
def test_a_form_without_answers_of_this_page_is_furniture(made: str) -> None:
    """The boxes beside a text say the same everywhere."""
    answers = ("Havenstraat 1", "Maandag tot vrijdag van 9 tot 5 uur", "0118 123456", "Klik hier")
    box = form(answers, made, ("Adres", "Open", "Bel ons", "Vragen"))
    everywhere = {f"at{n}": box for n in range(6)}
    assert on_site(f"{texts(TEXT)}{box}", others(6, **everywhere)) == TEXT


def test_a_heading_may_stand_in_another_part_of_what_is_read_than_the_text() -> None:
    """The place of a site's articles may be several elements."""
    form = "".join(
        f"<div>{said}</div>" for said in ("<h2>Doel</h2>", TEXT[0], "<h2>Werk</h2>", TEXT[1])
    )
    whole = document(html(form))
    parts = whole.within(*whole.root.iter("div"))
    reasons = [RECURS if block.is_heading else "" for block in parts.blocks]
    assert list(own_sections(parts.blocks, reasons)) == []


@pytest.mark.parametrize("further", ["<h3>Slot</h3>", ""])
def test_the_first_subhead_recurs_and_is_made_like_the_others(further: str) -> None:
    """Without others it may be the name of the section."""
    text = f"<h3>Inleiding</h3><p>{TEXT[0]}</p><p>{TEXT[1]}</p>{further}<p>{TEXT[2]}</p>"
    siblings = {f"at{n}": "<h3>Inleiding</h3>" for n in range(6)}
    found = on_site(text, others(6, **siblings))
    assert ("Inleiding" in found) == bool(further)


def test_whom_a_quotation_is_of_is_told_though_others_quote_them_too() -> None:
    def quote(said: str) -> str:
        return f"<blockquote><p>{said}</p><cite>- Anna Bos, wethouder</cite></blockquote>"

    siblings = {f"at{n}": quote(story(n + 20)[0]) for n in range(6)}
    found = on_site(f"<p>{TEXT[0]}</p>{quote(TEXT[1])}<p>{TEXT[2]}</p>", others(6, **siblings))
    assert found == (*TEXT[:2], "- Anna Bos, wethouder", TEXT[2])


def test_headings_that_the_menu_has_too_stand_in_the_text() -> None:
    """Another year's story has the same text; the menu leads to what the headings name."""
    menu = "<ul><li>Haven<li>Bos<li>Weg</ul>"
    parts = f"<p><b>Haven</b></p><p>{TEXT[1]}</p><p><b>Bos</b></p><p>{TEXT[2]}</p>"
    siblings = others(8, at3=parts)
    own = page(TITLE, f"<p>{TEXT[0]}</p>{parts}", menu)
    here = document(own)
    pages = [
        here,
        *(
            document(one.replace("</main>", f"{menu}</main>"), f"/nieuws/{n}")
            for n, one in enumerate(siblings)
        ),
    ]
    found = extract(here, SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert found[:5] == (TEXT[0], "Haven", TEXT[1], "Bos", TEXT[2])


STEPS = (
    '<p>1. Meld u aan bij <a href="https://kwekerij.example/in">de kwekerij</a></p>',
    "<blockquote><p>Naam: die van de wijk<br>Soort: linde<br>Aantal: hooguit tien</p></blockquote>",
    "<ol><li>Graaf een gat</li><li>Zet de boom erin</li></ol>",
    "<table><tr><td><pre>boom --soort linde --aantal 10</pre></td></tr></table>",
    "<figure><table><tr><td><pre>boom --weg</pre></td></tr></table></figure>",
)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_another_manual_has_too_is_in_both(step: str) -> None:
    text = f"{texts(TEXT[:1])}<h3>Bomen bestellen</h3>{step}{texts(TEXT[1:])}"
    lines = tuple(block.text for block in document(step).blocks)
    assert on_site(text, others(9, at3=step)) == (TEXT[0], "Bomen bestellen", *lines, *TEXT[1:])


@pytest.mark.parametrize("step", STEPS[:1])
def test_the_same_line_on_most_pages_is_the_site_s(step: str) -> None:
    text = f"{texts(TEXT[:1])}{step}{texts(TEXT[1:])}"
    assert on_site(text, others(9, **{f"at{at}": step for at in range(5)})) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p>Eerder: <a href=/nieuws/7>Een ander verhaal over de bomen</a> van de wijk</p>",
        "<p><a href=https://winkel.example/linde>Koop een linde</a></p>",
    ],
)
def test_a_line_of_two_posts_that_leads_within_the_site_or_is_a_button_is_not(line: str) -> None:
    text = f"{texts(TEXT[:1])}{line}{texts(TEXT[1:])}"
    assert on_site(text, others(9, at3=line)) == TEXT


def test_a_heading_that_several_manuals_have_heads_the_quotation_or_the_heading_below_it() -> None:
    head = "<h2>Werkwijze</h2><h3>Vooraf</h3>"
    text = f"<blockquote>{texts(TEXT[:1])}</blockquote>{head}{texts(TEXT[1:])}"
    several = others(9, **{f"at{at}": "<h2>Werkwijze</h2>" for at in range(3)})
    assert on_site(text, several) == (TEXT[0], "Werkwijze", "Vooraf", *TEXT[1:])


def test_a_heading_over_the_quotation_with_which_a_text_begins_belongs() -> None:
    quoted = f"<blockquote>{texts(TEXT[:1])}</blockquote>"
    text = f"<h2>Vooraf</h2>{quoted}<h3>Daarna</h3>{texts(TEXT[1:])}"
    assert read(page(TITLE, text)).paragraphs == ("Vooraf", TEXT[0], "Daarna", *TEXT[1:])


def test_the_link_that_the_line_above_announces_ends_a_text() -> None:
    address = "https://kwekerij.example/bomen"
    last = f"<p>De lijst van alle soorten:<br><a href={address}>{address}</a></p>"
    lines = (*TEXT, "De lijst van alle soorten:", address)
    assert read(page(TITLE, texts(TEXT) + last)).paragraphs == lines
    shared = last.replace("alle soorten", "de kwekerij")
    assert on_site(texts(TEXT) + last, others(9, at3=shared)) == lines


def test_a_line_amid_those_of_its_paragraph_belongs_though_it_leads_to_another_page() -> None:
    away = "<a href=https://plek.example/{0}>{0}</a>"
    own = "<a href=/nieuws/2>Iepen</a>"
    for beside in (("Linden", "Elzen"), (away.format("Linden"), away.format("Elzen"))):
        line = f"<p>Ook mooi:<br>{beside[0]}<br>{own}<br>{beside[1]}</p>"
        text = texts(TEXT[:2]) + line + texts(TEXT[2:])
        found = on_site(text, others(9, at3=f"<p>{own}</p>"))
        assert found == (*TEXT[:2], "Ook mooi:", "Linden", "Iepen", "Elzen", *TEXT[2:])


def test_the_lines_of_a_footer_that_most_pages_have_stay_out() -> None:
    footer = "<p>Wijkblad<br><b>Postbus 1</b><br>Zeedorp<br>Alle rechten voorbehouden.</p>"
    text = texts(TEXT) + footer
    assert on_site(text, others(9, **{f"at{at}": footer for at in range(8)})) == TEXT


def test_the_post_that_a_line_announces_amid_the_text_belongs() -> None:
    title = "Een ander verhaal over zaak 3"
    link = f"<p>Wat een boom aan water nodig heeft:</p><p><a href=/nieuws/3>{title}</a></p>"
    text = f"{texts(TEXT[:2])}{link}<h3>Het planten</h3>{texts(TEXT[2:])}"
    found = on_site(text, others(9))
    assert found[2:4] == ("Wat een boom aan water nodig heeft:", title)


def test_the_name_of_one_of_its_writers_signs_a_story() -> None:
    signed = {f"at{at}": "<p>Anna Bos</p>" for at in range(3)}
    assert on_site(texts((*TEXT, "Anna Bos")), others(15, **signed)) == (*TEXT, "Anna Bos")


def test_the_short_lead_of_another_story_is_not_such_a_passage() -> None:
    """It leads elsewhere, or stands beside what is known to be another story's."""
    link = "<p><a href=/nieuws/3>Een ander verhaal over zaak 3</a></p>"
    lead = "<p>De haven gaat dicht.</p>"
    text = f"{texts(TEXT)}{link}{lead}"
    assert on_site(text, others(9, at4=link + lead)) == TEXT


def test_a_table_shares_cells_with_others_and_is_the_storys() -> None:
    text = f"{table(ROUND)}{texts(TEXT)}"
    other = table((("Anna Bos", "1-0", "Eva Mol"), ("Wim Smit", "0-1", "Kees Pot")))
    many = {f"at{at}": other for at in range(6)}
    assert on_site(text, others(9, **many)) == (*cells_of(ROUND), *TEXT)


def test_a_table_that_other_pages_have_whole_is_the_sites() -> None:
    text = f"{texts(TEXT)}{table(ROUND)}"
    many = {f"at{at}": table(ROUND) for at in range(6)}
    assert on_site(text, others(9, **many)) == TEXT


def test_a_line_of_an_address_amid_its_others_is_text_though_the_footer_says_it() -> None:
    address = ("Volkstuin De Wilg", "Zijdeweg 3", "2851AN Haastrecht")
    everywhere = {f"at{at}": "</div><div class=onder><p>Zijdeweg 3</p>" for at in range(9)}
    found = on_site(texts((*TEXT[:2], *address)), others(9, **everywhere))
    assert found == (*TEXT[:2], *address)


# --- nothing but lines ---------------------------------------------------------------------------


def test_results_alone_are_an_article_though_the_listing_shows_them_whole() -> None:
    """Without a paragraph that tells it from others, lines do."""
    lines = tuple(f"Ronde {at}: Hulst tegen Sluis, {at}-{at + 1} (thuis)" for at in range(8))
    listing = f"<main><h1>Nieuws</h1><h2>{TITLE}</h2><div>{texts(lines)}</div></main>"
    assert on_site(texts(lines), others(5), listing=listing) == lines


@pytest.mark.parametrize(("host", "is_text"), [("https://film.example.org", True), ("", False)])
def test_so_are_talks_that_each_lead_to_their_film(host: str, is_text: bool) -> None:
    """Lines that lead to other pages of the site are its navigation, wherever they recur."""
    talks = ("Linden in de stad, door Anna Bos", "Elzen langs het water, door Wim Smit")
    linked = "".join(f"<p><a href='{host}/{at}'>{one}</a></p>" for at, one in enumerate(talks))
    linked = linked.replace(", door", "</a>, door").replace("</a></p>", "</p>")
    listing = f"<main><h1>Nieuws</h1><h2>{TITLE}</h2><div>{linked}</div></main>"
    if is_text:
        assert on_site(linked, others(5), listing=listing) == talks
    else:
        with pytest.raises(NotAnArticle):
            on_site(linked, others(5), listing=listing)


def test_a_table_alone_is_an_article() -> None:
    rows = tuple((f"{at}", f"Schaker nummer {at}", f"{at} punten") for at in range(6))
    assert read(page(TITLE, table(rows))).paragraphs == cells_of(rows)


def test_the_sentence_of_a_footer_is_not_the_text_of_a_page_of_lines() -> None:
    lines = tuple(f"Ronde {at}: Hulst tegen Sluis, {at}-{at + 1} (thuis)" for at in range(8))
    footer = "<footer class=onder>Dit bericht is door de redactie geplaatst in de rubriek sport.</footer>"
    body = f"<article><h1>{TITLE}</h1><div class=tekst>{texts(lines)}</div>{footer}</article>"
    assert read(html(f"<main>{body}</main>", AUTHOR, title=TITLE)).paragraphs == lines


def test_a_sentence_in_a_footer_alone_is_no_article() -> None:
    body = (
        "<h1>Zoeken</h1><footer>Deze pagina is door de redactie gemaakt voor alle lezers.</footer>"
    )
    with pytest.raises(NotAnArticle):
        read(html(body, title="Zoeken"))


# --- boxes ---------------------------------------------------------------------------------------


def test_paragraphs_each_in_a_box_are_a_text_in_a_column_named_after_a_sidebar() -> None:
    box = "<div class=rij><div class=kolom><div class=blok><div>{}</div></div></div></div>"
    parts = "".join(
        box.format(f"<h3>Deel {at}</h3><p>{one * 2}</p>") for at, one in enumerate(TEXT)
    )
    asked = "".join(f"<p>{one}</p>" for at in range(3) for one in story(at))
    beside = f"<div role=dialog>{asked}</div>"
    column = (
        f"<div class='twee met_sidebar sidebar'><h1>12 mei {TITLE}</h1><div>{parts}</div></div>"
    )
    read_page = document(html(f"<div>{column}{beside}</div>", title=TITLE))
    kept = prune(read_page, TITLE, SiteModel(), ()).kept
    assert [block.text for block in kept if len(block.text) > 60] == [one * 2 for one in TEXT]


def test_the_title_over_the_first_paragraph_is_no_subhead() -> None:
    """The page is called by its site, and shows its title as a heading in the text."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    page = html(f"<h1>De Buurt</h1><div><h3>{TITLE}</h3>{story}</div>", title=f"De Buurt: {TITLE}")
    assert read(page).paragraphs == TEXT


# --- lists of other pages of the site that the text announces ------------------------------------

TOLD = "<p>Wij schreven eerder over de bomen van de ringweg, in deze drie verhalen:</p>"
PARTS = "<ul><li><a href=/nieuws/0>Een ander verhaal over zaak 0</a></li><li><a href=/deel-2>De elzen langs de sloot</a></li></ul>"


@pytest.mark.parametrize("known", [0, 6])
def test_a_list_of_own_pages_that_a_sentence_announces_ends_the_text(known: int) -> None:
    found = on_site(texts(TEXT) + TOLD + PARTS, others(known))
    assert found[-2:] == ("Een ander verhaal over zaak 0", "De elzen langs de sloot")


@pytest.mark.parametrize("known", [0, 6])
@pytest.mark.parametrize(
    "label", ["<p>Meer hierover:</p>", "<p>Lees ook wat wij eerder schreven over deze bomen:</p>"]
)
def test_such_a_list_below_a_label_does_not(label: str, known: int) -> None:
    found = on_site(texts(TEXT) + label + PARTS, others(known))
    assert "De elzen langs de sloot" not in found


def test_a_sentence_that_every_page_has_announces_nothing() -> None:
    every = "<p>Wie meer wil weten van het nieuws uit deze streek, leest ook deze verhalen:</p>"
    pages = tuple(
        page(f"Een ander verhaal over zaak {at}", texts(story(at)) + every + PARTS)
        for at in range(6)
    )
    assert on_site(texts(TEXT) + every + PARTS, pages) == TEXT


# --- lines that few pages share, and links that no other page has ---------------------------------

HOURS = (
    "<p>De gids vertelt onderweg hoe oud de linden en de elzen van de ringweg zijn.</p>"
    "<p>De wandeling langs de bomen begint op zaterdag om tien uur bij de brug.<br>{}</p>"
)
FREE = "Toegang gratis"


@pytest.mark.parametrize(("share", "stays"), [(2, True), (8, False)])
def test_the_last_line_of_a_paragraph_that_few_pages_have_is_of_the_text(
    share: int, stays: bool
) -> None:
    have = {f"at{at}": f"<p>Om {at} uur.<br>{FREE}</p>" for at in range(share)}
    found = on_site(HOURS.format(FREE), others(10, **have))
    assert (FREE in found) == stays


def test_a_sentence_that_leads_to_a_file_heads_no_other_stories() -> None:
    last = "<p>Meer informatie staat in <a href=/plan.pdf>het plan</a>.</p><p>Tot dan!</p>"
    assert on_site(texts(TEXT) + last, others(6))[-1] == "Tot dan!"


def test_an_address_below_what_sounds_like_a_heading_over_other_stories_is_of_the_text() -> None:
    url = "https://bomen.example/ringweg"
    last = f"<p>Meer informatie op deze plaats</p><p><a href={url}>{url}</a></p>"
    assert on_site(texts(TEXT) + last, others(6))[-1] == url


BUTTON = "<div class=knop><a href={}>Lees het hele verslag van de proef</a></div>"


@pytest.mark.parametrize(
    ("known", "url", "stays"),
    [
        (6, "https://proef.example/verslag", True),
        (0, "https://proef.example/verslag", False),
        (6, "/proef", False),
    ],
)
def test_a_button_amid_the_text_is_of_it_where_no_other_page_has_it(
    known: int, url: str, stays: bool
) -> None:
    found = on_site(f"{texts(TEXT[:2])}{BUTTON.format(url)}{texts(TEXT[2:])}", others(known))
    assert ("Lees het hele verslag van de proef" in found) == stays


@pytest.mark.parametrize(("known", "stays"), [(6, True), (0, False)])
def test_a_file_in_a_box_right_below_the_text_goes_with_it(known: int, stays: bool) -> None:
    file = "<section class='blok knop'><div><a href=/plan.pdf>Lees het plan</a></div></section>"
    boxed = f"<section class='blok tekst'><div>{texts(TEXT)}</div></section>"
    here = f"<h1>{TITLE}</h1><main>{boxed}{file}</main>"
    pages = [document(html(here, AUTHOR, title=TITLE))]
    pages += [document(one, f"/nieuws/{at}") for at, one in enumerate(others(known))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert ("Lees het plan" in found) == stays


def test_a_link_to_the_file_of_each_page_is_the_sites() -> None:
    file = "<div class=knoppen><a href=/f/{}.pdf>Download dit bericht</a></div>"
    every = {f"at{at}": file.format(at) for at in range(9)}
    assert on_site(texts(TEXT) + file.format(99), others(9, **every)) == TEXT


PAID = "De aankoop is betaald door de provincie en het fonds voor bomen."


@pytest.mark.parametrize(("share", "stays"), [(2, True), (8, False)])
@pytest.mark.parametrize("boxed", ["<section class=blok><div><p>{}</p></div></section>"])
def test_a_sentence_that_few_pages_have_goes_on_with_a_paragraph_in_another_box(
    boxed: str, share: int, stays: bool
) -> None:
    def write(title: str, own: tuple[str, str], below: str) -> str:
        first, second = (
            f"<section class='blok groep'><div><h3>{one[9:30]}</h3><p>{one}</p></div></section>"
            for one in own
        )
        return html(f"<main><h1>{title}</h1>{first}{second}{below}</main>", AUTHOR, title=title)

    paid = boxed.format(PAID)
    every = [
        document(
            write(f"Aankoop nummer {at} is rond", story(at), paid * (at < share)), f"/nieuws/{at}"
        )
        for at in range(10)
    ]
    here = document(write(TITLE, TEXT[:2], paid))
    model = learn(SiteModel(), [], [here, *every])
    assert (PAID in extract(here, SOURCE, model, None).paragraphs) == stays


@pytest.mark.parametrize(
    ("heading", "known", "stays"),
    [
        ("Een wandeling in de winter", 6, True),
        ("Een wandeling in de winter", 0, False),
        (TITLE, 6, False),
        ("12 november 2026", 6, False),
    ],
)
def test_a_heading_over_the_first_paragraph_in_the_box_of_the_text_is_of_it(
    heading: str, known: int, stays: bool
) -> None:
    found = on_site(f"<div><h3>{heading}</h3></div>{texts(TEXT)}", others(known))
    assert (heading in found) == stays


def test_lines_that_an_editor_aligns_in_another_way_go_on_with_the_text() -> None:
    first, *rest = TEXT
    lines = f"<p class='abc align-center body'>{first}</p>" + "".join(
        f"<p class='abc align-start body'>{one}</p>" for one in (*PROGRAMME, *rest)
    )
    assert read(page(TITLE, lines)).paragraphs == (first, *PROGRAMME, *rest)


def test_a_link_outside_the_page_is_no_word_of_it() -> None:
    spam = '<a href=https://pil.example style="position:absolute; left:-3182px; top:0">Pil</a>'
    assert read(page(TITLE, texts(TEXT).replace("<p>", f"<p>{spam}", 1))).paragraphs == TEXT


@pytest.mark.parametrize(("known", "stays"), [(6, True), (0, False)])
def test_short_links_to_other_sites_end_a_text_where_no_other_page_has_them(
    known: int, stays: bool
) -> None:
    links = "<ul><li><a href=https://uitslag.example/1>Uitslagen</a></li><li><a href=https://beeld.example/7>Foto’s van de dag</a></li></ul>"
    found = on_site(texts(TEXT) + links, others(known))
    assert (found[-2:] == ("Uitslagen", "Foto’s van de dag")) == stays


def test_the_name_of_a_host_is_an_address() -> None:
    assert (
        on_site(f"{texts(TEXT)}<p><a href=https://www.bomen.example/>bomen.example</a></p>", ())[-1]
        == "bomen.example"
    )


def test_a_file_that_is_announced_belongs_though_the_sidebar_of_every_page_has_it() -> None:
    """It is called like the article, too."""
    link = f"<a href=/f/bomen.pdf>{TITLE}</a>"
    sidebar = f"<aside>{link}</aside>"
    text = f"{texts(TEXT)}<p>Lees het hele plan hier:</p><p>{link}</p>"
    pages = tuple(one.replace("</main>", f"{sidebar}</main>") for one in others(6))
    assert on_site(text, pages)[-1] == TITLE


@pytest.mark.parametrize(("marked", "stays"), [("itemprop=description", True), ("", False)])
def test_a_line_that_microdata_calls_the_summary_is_one(marked: str, stays: bool) -> None:
    teaser = f"<div class=teaser {marked}><p>Nederland 2026 | 17 minuten | Fries</p></div>"
    found = on_site(teaser + texts(TEXT), others(6))
    assert ("Nederland 2026 | 17 minuten | Fries" in found) == stays


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_that_microdata_calls_the_text_go_on_below_a_summary(encoding: str) -> None:
    summary = (
        "<div class=intro><p>De gemeente plant deze week alvast tien bomen bij de brug.</p></div>"
    )
    lines = "<div class=veld itemprop=articleBody><p>Kom kijken! :-)</p><p><a href=/kaart>Kaart</a></p></div>"
    own = document(page(TITLE, summary + lines))
    pages = [parse(replace(own.page, body=own.page.body.decode().encode(encoding)))]
    pages += [document(one, f"/nieuws/{at}") for at, one in enumerate(others(6))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert "Kom kijken! :-)" in found


def test_whom_a_letter_tells_of_signs_it_though_the_footer_has_the_name() -> None:
    name = "Gemeente Ringdorp"
    letter = f"<p>{name} wenst u een goed jaar, met veel bomen langs de weg en in het park.</p><p>Tot ziens!</p>"
    footer = f"<div class=onder>{name}</div>"
    pages = tuple(one.replace("</main>", f"</main>{footer}") for one in others(6))
    assert on_site(f"{letter}<p><b>{name}</b></p>", pages)[-1] == name
    assert on_site(f"{texts(TEXT)}<p><b>{name}</b></p>", pages) == TEXT


FACTS = (
    "<dl><dt>Datum:</dt><dd>{}</dd><dt>Begin:</dt><dd>10:00</dd><dt>Prijs:</dt><dd>750,-</dd></dl>"
)


@pytest.mark.parametrize(("known", "stays"), [(6, True), (0, False)])
def test_the_facts_over_a_text_are_its_own_where_one_is(known: int, stays: bool) -> None:
    def write(title: str, day: str, own: str) -> str:
        facts = FACTS.format(day)
        return html(
            f"<main><h1>{title}</h1>{facts}<hr><div class=tekst>{own}</div></main>",
            AUTHOR,
            title=title,
        )

    day = "17.11.2026 in Ringdorp"
    pages = [document(write(TITLE, day, texts(TEXT)))]
    for at in range(known):
        other = write(
            f"Een cursus over zaak {at}", f"{at + 1}.5.2026 in dorp {at}", texts(story(at))
        )
        pages.append(document(other, f"/nieuws/{at}"))
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert (
        found[: len(found) - 3] == ("Datum:", day, "Begin:", "10:00", "Prijs:", "750,-")
    ) == stays


def test_an_item_that_recurs_is_one_of_the_list_of_a_page() -> None:
    items = (
        "Begin: 14 maart om half drie",
        "Gratis",
        "Plaats: loods {}",
        "Aanmelden bij de haven {}",
    )

    def write(number: int) -> str:
        return "<ul>" + "".join(f"<li>{one.format(number)}</li>" for one in items) + "</ul>"

    every = {f"at{at}": write(at) for at in range(6)}
    found = on_site(texts(TEXT[:2]) + write(99) + texts(TEXT[2:]), others(6, **every))
    assert "Gratis" in found


def test_facts_above_a_text_without_an_element_of_its_own_belong() -> None:
    facts = (
        "<ul><li><b>Wandeling:</b> 14 maart 2026 om 14:30</li>"
        "<li><b>Aanmelden:</b> op <a href=https://vorm.example/x>de lijst</a></li></ul>"
    )
    here = page(
        TITLE, f"{facts}<h2>Programma</h2>{TEXT[0]}<br><br>{TEXT[1]}<h2>Later</h2>{TEXT[2]}"
    )
    found = extract(document(here), SOURCE, SiteModel(), None).paragraphs
    assert found[:2] == ("Wandeling: 14 maart 2026 om 14:30", "Aanmelden: op de lijst")


ELSEWHERE = (
    "<section><div class=blok><span>Op zoek naar een nieuwe keuken? Bij Keukenhal Zuid krijgt u"
    " deze maand korting op alles.</span></div></section>"
)


def test_a_sentence_in_a_box_of_another_kind_below_the_text_is_not_of_it() -> None:
    few = tuple(one.replace("</article>", f"</article>{ELSEWHERE}") for one in others(2))
    pages = (*few, *others(8)[2:])
    pages_of = [
        document(page(TITLE, texts(TEXT), "").replace("</article>", f"</article>{ELSEWHERE}"))
    ]
    pages_of += [document(one, f"/nieuws/{at}") for at, one in enumerate(pages)]
    found = extract(pages_of[0], SOURCE, learn(SiteModel(), [], pages_of), None).paragraphs
    assert found == TEXT


def test_other_stories_that_a_sentence_announces_are_left_out() -> None:
    stories = "".join(
        f"<li><a href=/nieuws/{at}>Een ander verhaal over zaak {at}</a></li>" for at in range(3)
    )
    told = "<p>Our readers also enjoyed these recent stories from our newsroom:</p>"
    found = on_site(f"{texts(TEXT)}{told}<ul>{stories}</ul>", others(8))
    assert not any(one.startswith("Een ander verhaal") for one in found)


@pytest.mark.parametrize("item", ["author", "publisher"])
def test_what_microdata_says_of_somebody_is_no_summary(item: str) -> None:
    said = f"<div itemprop={item} itemscope><p itemprop=description>Schrijft over groen</p></div>"
    here = html(
        f"<main><article><h1>{TITLE}</h1>{said}<div class=tekst>{texts(TEXT)}</div></article></main>",
        AUTHOR,
    )
    pages = [document(here), *(document(one, f"/nieuws/{at}") for at, one in enumerate(others(6)))]
    assert extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs == TEXT


def test_facts_of_the_page_are_no_text() -> None:
    facts = "<dl><dt>Bron</dt><dd>ANP</dd><dt>Reacties</dt><dd>12</dd><dt>Over</dt><dd>{}</dd></dl>"
    every = tuple(
        page(f"Een ander verhaal over zaak {at}", facts.format(f"dorp {at}") + texts(story(at)))
        for at in range(8)
    )
    assert on_site(facts.format("bomen, ringweg") + texts(TEXT), every)[-3:] == TEXT
    assert "ANP" not in on_site(facts.format("bomen, ringweg") + texts(TEXT), every)


PHRASE = "Wethouder belooft een groene ring"


@pytest.mark.parametrize(
    ("line", "known", "stays"),
    [
        (f"<div>{PHRASE}</div>", 6, True),
        (f"<ul><li>{PHRASE}</li></ul>", 6, True),
        (f"<div>{PHRASE}</div>", 1, False),
        ("<div>Anna van den Broek</div>", 6, False),
        ("<div>4 minuten leestijd</div>", 6, False),
        ("<div>Geplaatst op 3 mei 2026, 10:30</div>", 6, False),
        ("<div>Door onze verslaggever in Goes</div>", 6, False),
        (f"<div><img src=/a.jpg width=600 height=400></div><div>{PHRASE}</div>", 6, False),
        (f"<div><a href=/nieuws/9>{PHRASE}</a></div>", 6, False),
    ],
)
def test_a_line_above_the_text_that_only_this_page_has_is_of_it(
    line: str, known: int, stays: bool
) -> None:
    head = f"<article><h1>{TITLE}</h1><header>{line}</header>"
    shown = html(f"<main>{head}<div class=tekst>{texts(TEXT)}</div></article></main>", title=TITLE)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(others(known)))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert found[-3:] == TEXT
    assert (PHRASE in found) is stays
    assert len(found) == 3 + stays


def test_a_line_that_every_page_has_above_its_text_is_the_sites() -> None:
    line = "<p class=regel>Het nieuws uit de regio</p>"
    pages = tuple(page(f"Zaak {at}", line + texts(story(at))) for at in range(6))
    assert on_site(line + texts(TEXT), pages) == TEXT


@pytest.mark.parametrize("listed", [PHRASE, "Opinie en achtergrond"])
def test_a_short_teaser_of_this_story_is_of_it_and_a_rubric_is_not(listed: str) -> None:
    def cards(*lines: str) -> str:
        return "".join(
            f"<li><a href=/nieuws/{at}><h2>{title}</h2></a><p>{line}</p></li>"
            for at, (title, line) in enumerate(
                zip((TITLE, "Zaak twee van drie"), lines, strict=True)
            )
        )

    listing = html(f"<main><ul>{cards(listed, 'Opinie en achtergrond')}</ul></main>")
    head = f"<article><h1>{TITLE}</h1><header><div>{listed}</div></header>"
    shown = html(f"<main>{head}<div class=tekst>{texts(TEXT)}</div></article></main>", title=TITLE)
    filed = page("Zaak twee van drie", f"<div>Opinie en achtergrond</div>{texts(story(7))}")
    rest = (*others(5), filed)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(rest))]
    model = learn(SiteModel(), [(document(listing, f"{HOME}/nieuws"), [])], pages)
    found = extract(pages[0], SOURCE, model, None).paragraphs
    assert found == ((listed, *TEXT) if listed == PHRASE else TEXT)


BEGINS = ("Begint: 12 mei 2026, 20:00", "Eindigt: 12 mei 2026, 23:30")


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (BEGINS, True),
        (BEGINS[:1], False),
        (("Geplaatst: 3 mei 2026", "Gewijzigd: 4 mei 2026"), False),
    ],
)
def test_when_an_event_begins_and_ends_is_of_its_text(lines: tuple[str, ...], stays: bool) -> None:
    facts = "".join(f"<div class=dag-{at}>{one}</div>" for at, one in enumerate(lines))
    head = f"<article><h1>{TITLE}</h1><div class=wanneer>{facts}</div>"
    shown = html(f"<main>{head}<div class=tekst>{texts(TEXT)}</div></article></main>", title=TITLE)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(others(6)))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert found == ((*lines, *TEXT) if stays else TEXT)


def test_facts_stand_over_a_heading_of_the_text_too() -> None:
    facts = "<dl><dt>Dag<dd>12 mei tot 14 mei<dt>Uur<dd>20.00<dt>Prijs<dd>12 euro</dl>"
    own = f"{facts}<h3>Wat er te doen is</h3>{texts(TEXT)}"
    assert on_site(own, others(6))[:2] == ("Dag", "12 mei tot 14 mei")


def test_a_short_summary_in_microdata_that_the_listing_shows_is_of_the_text() -> None:
    summary = "<div class=teaser itemprop=description><p>Nederland | 12 min | kleur</p></div>"
    card = f"<ul><li><h2><a href=/nieuws/1>{TITLE}</a></h2><p>Nederland | 12 min | kleur</p></ul>"
    assert (
        on_site(summary + texts(TEXT), others(6), listing=card)[0] == "Nederland | 12 min | kleur"
    )


def test_the_motto_of_a_site_whose_name_is_the_headline_of_each_page_is_no_line_of_one() -> None:
    def one(title: str, paragraphs: tuple[str, ...]) -> str:
        head = "<header><h1>De Dijkbode</h1><p><em>Nieuws van achter de dijk</em></p></header>"
        return html(
            f"<main>{head}<div><h3>{title}</h3>{texts(paragraphs)}</div></main>", title=title
        )

    pages = [document(one(TITLE, TEXT))]
    pages += [document(one(f"Zaak {at}", story(at)), f"/n/{at}") for at in range(6)]
    assert extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs == TEXT


@pytest.mark.parametrize(
    ("known", "note", "stays"),
    [
        (
            6,
            "Wie de brief van de raad al kent, kan meteen naar het vervolg springen, verderop.",
            True,
        ),
        (
            1,
            "Wie de brief van de raad al kent, kan meteen naar het vervolg springen, verderop.",
            False,
        ),
        (
            6,
            "<a href=/nieuws/8>Ook in Goes komen er bomen langs de weg, zegt de wethouder.</a>",
            False,
        ),
    ],
)
def test_a_note_right_above_the_first_paragraph_is_of_the_text(
    known: int, note: str, stays: bool
) -> None:
    own = f"<aside>{note}</aside>{texts(TEXT)}"
    assert on_site(own, others(known)) == ((note, *TEXT) if stays else TEXT)


def test_the_first_subhead_stands_in_a_box_of_its_own_as_the_others_do() -> None:
    parts = "".join(
        f"<div><h3>{head}</h3></div><div><p>{text}</p></div>"
        for head, text in zip(("LINDEN", "ELZEN", "BEUKEN"), TEXT, strict=True)
    )
    shown = html(f"<main><div><h1>{TITLE}</h1></div><div>{parts}</div></main>", title=TITLE)
    found = extract(document(shown), SOURCE, SiteModel(), None).paragraphs
    assert found[:2] == ("LINDEN", TEXT[0])


@pytest.mark.parametrize(
    ("line", "known", "stays"),
    [
        ("<p>Luister:<br><a href=/audio/een.mp3>Eerste deel</a></p>", 1, True),
        ("<p><a href=https://omroep.example/video/7>video</a></p>", 6, True),
        ("<p><a href=https://omroep.example/video/7>video</a></p>", 1, False),
        ("<p><a href=/nieuws/9>video</a></p>", 6, False),
    ],
)
def test_a_link_alone_ends_a_text_where_no_other_page_has_it(
    line: str, known: int, stays: bool
) -> None:
    found = on_site(texts(TEXT) + line, others(known))
    assert found[:3] == TEXT
    assert (len(found) > 3 and found[-1].rpartition("\n")[2] in ("Eerste deel", "video")) is stays


@pytest.mark.parametrize(("name", "known", "stays"), [("popup", 6, True), ("comments", 6, False)])
def test_all_that_only_a_page_says_is_its_story_whatever_its_box_is_called(
    name: str, known: int, stays: bool
) -> None:
    shown = html(f"<main><div class={name}>{texts(TEXT)}</div></main>", title=TITLE)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(others(known)))]
    model, link = learn(SiteModel(), [], pages), Link(url=pages[0].page.url, title=TITLE)
    if stays:
        assert extract(pages[0], SOURCE, model, link).paragraphs == TEXT
    else:
        with pytest.raises(NotAnArticle):
            extract(pages[0], SOURCE, model, link)


def test_what_a_listing_says_of_its_link_is_no_part_of_the_title() -> None:
    shown = html(f"<main><div>{texts(TEXT)}</div></main>", title=TITLE)
    said = Link(url=document(shown).page.url, title=f"Toon het bericht : {TITLE}")
    assert extract(document(shown), SOURCE, SiteModel(), said).title == TITLE


ITEMS = ("Wanneer: 12 mei 2026, 20:00", "Waar: de oude haven van Goes", "Toegang: gratis")


@pytest.mark.parametrize(
    ("items", "stays"),
    [
        (ITEMS, True),
        (ITEMS[:2], False),
        (("Waar: de haven", "Toegang: gratis", "Taal: Nederlands"), False),
        ((*ITEMS[:2], "Meer: <a href=/nieuws/9>het andere verhaal</a>"), False),
    ],
)
def test_the_labelled_items_over_a_text_tell_of_its_event(
    items: tuple[str, ...], stays: bool
) -> None:
    facts = "".join(f"<li>{one}</li>" for one in items)
    head = f"<article><h1>{TITLE}</h1><div><ul>{facts}</ul></div>"
    shown = html(f"<main>{head}<div class=tekst>{texts(TEXT)}</div></article></main>", title=TITLE)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(others(6)))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    assert (found[: len(items)] == items) is stays


def test_items_that_a_listing_shows_with_the_headline_are_of_the_text() -> None:
    facts = "".join(f"<li>{one}</li>" for one in ITEMS)
    card = f"<div><h2><a href=/nieuws/1>{TITLE}</a></h2><ul>{facts}</ul></div>"
    head = f"<h1>{TITLE}</h1><div><ul>{facts}</ul></div>"
    shown = html(f"<main>{head}<div class=tekst>{texts(TEXT)}</div></main>", title=TITLE)
    pages = [document(shown), *(document(one, f"/n/{at}") for at, one in enumerate(others(6)))]
    listing = document(html(f"<main>{card}</main>"), f"{HOME}/nieuws")
    model = learn(SiteModel(), [(listing, [])], pages)
    assert extract(pages[0], SOURCE, model, None).paragraphs == (*ITEMS, *TEXT)


# --- lines of a template with another value on each page ------------------------------------------


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<p>Woorden sleutel: <a href=/w/{0}>zaak {0}</a> <a href=/w/{1}>haven {1}</a></p>", False),
        ("<p>Woorden van het verhaal: <a href=/w/{0}>zaak {0}</a> <a href=/w/{1}>haven {1}</a></p>", False),
        ("<p>Door Yet : {0} mei 2026 | <a href=/rubriek/{1}>De haven</a> | <a href=/>Voorpagina</a></p>", False),
        ("<p>Het verslag: <a href=https://blad.example/{0}>Het blad van zaak {0}</a></p>", True),
        ("<p>Lees het verslag: de rechter wees in <a href=/w/{1}>zaak {0}</a> de eis van de stad af.</p>", True),
        ("<p>Geplaatst door Jan Bos: <a href=/bericht/{0}>{0} mei 2026 10:40</a></p>", False),
        ("<p>Vlugge verwijzing: <a href=/buitenland/een-ander-verhaal-{1}>Verhaal {2}</a></p>", False),
        ("<p>Aanwezig: <a href=/w/{0}a>Anna {0}</a>, <a href=/w/{0}b>Jan {0}</a></p>", True),
        ("<p>Waar: <a href=/zaal/{0}>De Zaal {0}</a>, 3 mei 2026</p>", True),
        ("<ul><li>Winnaar: <a href=/w/{1}>Ploeg {0}</a></li></ul>", True),
        ("<table><tr><td>Prijs: <a href=/w/{1}>Anna Bos {0}</a></td></tr></table>", True),
        ("<h3>Vraag: <a href=/v/{1}>mag schipper {0}</a></h3><p>Dat mag, zegt de rechter in zaak {0}.</p>", True),
        ("<p>Anna Bos: <a href=/w/{1}>ja {0}</a> nee</p><p>Dat was het antwoord dat zij in zaak {0} gaf.</p>", True),
    ],
)  # fmt: skip
def test_a_label_that_most_pages_have_heads_nothing_but_what_the_site_files(
    line: str, *, kept: bool
) -> None:
    """Of two links one is of this page alone, and the other leads where that of the last does."""

    def written(number: int) -> str:
        return page(
            f"Verhaal {number}", texts(story(number)) + line.format(number, number // 2, number + 1)
        )

    found = read(written(2), siblings=tuple(map(written, range(3, 10)))).paragraphs
    assert (len(found) >= len(story(2)) + 1) == kept
    if "<h3>" in line:
        assert any(one.startswith("Vraag:") for one in found)


def test_who_speaks_in_an_interview_is_said_before_each_question() -> None:
    """The one who asks does so on other pages, too; each paragraph has a box of its own."""

    def boxed(text: str) -> str:
        return f"<div data-hook=breakout><p class=alinea>{text}</p></div>"

    def written(number: int) -> str:
        questions = (f"Wat dacht u in zaak {number}, de {at}de van dit jaar?" for at in range(3))
        asked = (
            (boxed("Jan Jansen"), boxed(one), boxed(f"Schipper {number}")) for one in questions
        )
        answers = [boxed(story(number * 10 + at)[0]) for at in range(3)]
        said = ("".join(one) + answer for one, answer in zip(asked, answers, strict=True))
        return page(f"Schipper {number} vertelt", boxed(story(number)[0]) + "".join(said))

    found = read(written(1), siblings=tuple(map(written, range(2, 8)))).paragraphs
    assert found.count("Jan Jansen") == found.count("Schipper 1") == 3


@pytest.mark.parametrize(
    ("host", "announced", "pages", "kept"),
    [
        ("https://ploeg.example", "In groep {0} speelden deze ploegen:", 4, True),
        ("https://ploeg.example", "Volg deze ploegen ook hier:", 4, False),
        ("", "In groep {0} speelden deze ploegen:", 4, False),
        ("https://kanaal.example", "Deel verhaal {0} via:", 8, False),
    ],
)
def test_a_list_that_others_have_is_of_the_text_below_a_line_of_its_own(
    host: str, announced: str, pages: int, *, kept: bool
) -> None:
    teams = "".join(f"<li><a href={host}/{at}>Ploeg {at}</a></li>" for at in range(4))

    def written(number: int) -> str:
        first, second = story(number)
        listed = f"<p>{announced.format(number)}</p><ul>{teams}</ul>"
        shown = listed if number <= pages else ""
        return page(f"Ronde {number}", f"<p>{first}</p>{shown}<p>{second}</p>")

    found = read(written(1), siblings=tuple(map(written, range(2, 8)))).paragraphs
    assert ("Ploeg 2" in found) == kept


@pytest.mark.parametrize(
    ("href", "said", "kept"),
    [
        ("https://vakblad.example/verhaal-{}", "Lees verder", True),
        ("https://vakblad.example/verhaal-{}", "Meer lezen? Volg deze link", True),
        (
            "https://vakblad.example/verhaal-{}",
            "Lees meer over de oude haven en de schippers",
            True,
        ),
        ("https://vakblad.example/verhaal-{}", "Watch the video here", True),
        ("https://vakblad.example/verhaal-{}", "Meer van onze partner", False),
        ("https://vakblad.example/", "Lees verder", False),
        ("/verhaal-{}", "Lees verder", False),
        ("https://www.facebook.com/sharer.php?u=https://nieuws.example/{}", "Lees verder", False),
        ("https://print.example/{}", "Printen", False),
        ("https://wa.me/?text=verhaal{}", "Delen", False),
        ("https://x.com/intent/tweet?text=verhaal{}", "Tweet", False),
        ("https://ads.example/click/{}", "Advertentie", False),
        ("https://forum.example/{}", "Reageer", False),
        ("https://zuster.example/{}", "Lees ook", False),
    ],
)
def test_where_another_site_goes_on_with_a_text_is_its_last_line(
    href: str, said: str, *, kept: bool
) -> None:
    def written(number: int) -> str:
        more = f"<p><a href='{href.format(number)}'>{said}</a></p>"
        return page(f"Verhaal {number}", texts(story(number)) + more)

    found = read(written(1), siblings=tuple(map(written, range(2, 8)))).paragraphs
    assert (found[-1] == said) == kept


@pytest.mark.parametrize(
    ("second", "kept"),
    [("Bron: <a href=https://anp.example/3>ANP</a>", False), ("Zaal 4, <a href=https://zaal.example/>het dorpshuis</a>", True)],
)  # fmt: skip
def test_a_row_of_the_date_and_the_source_over_a_text_is_no_table_of_it(
    second: str, *, kept: bool
) -> None:
    row = f"<table><tr><td>25.02.2026 14:05</td><td>{second}</td></tr></table>"
    found = on_site(row + texts(TEXT), others(4))
    assert (found[0] != TEXT[0]) == kept


@pytest.mark.parametrize("announced", ["Meer over de band:", "Zij spelen in de haven"])
def test_the_addresses_of_what_several_stories_are_about_are_of_the_text(announced: str) -> None:
    lines = (
        "info@band.example<br><a href=https://band.example/>https://band.example/</a><br>"
        "<a href=https://blad.example/band>https://blad.example/band</a>"
    )
    shown = f"<p>{announced}<br>{lines}</p>"

    def written(number: int) -> str:
        return page(f"Verhaal {number}", texts(story(number)) + (shown if number < 3 else ""))

    found = read(written(1), siblings=tuple(map(written, range(2, 12)))).paragraphs
    assert ("https://blad.example/band" in found) == announced.endswith(":")


def test_a_headline_of_another_article_may_head_what_is_told_of_it() -> None:
    other = "Gemeente koopt de oude meelfabriek voor een museum"
    told = f"<p>{TEXT[0]}</p><p>{other}</p><p>{TEXT[1]}</p>"
    sibling = page(other, texts(story(1)))
    assert other in on_site(told, (sibling, *others(4)))
    linked = told.replace(other, f"<a href=/nieuws/0>{other}</a>")
    assert other not in on_site(linked, (sibling, *others(4)))


def test_a_date_to_the_second_over_a_text_is_of_the_page_where_all_have_its_label() -> None:
    def written(number: int) -> str:
        source = "来源：中国福建信息网-福建民间组织信息网"  # as long as a sentence
        shown = f"<div align=center>时间：2026-01-12 11:21:2{number} {source}</div>"
        return page(f"Verhaal {number}", shown + texts(story(number)))

    found = read(written(1), siblings=tuple(map(written, range(2, 8)))).paragraphs
    assert found == story(1)


@pytest.mark.parametrize(
    "told",
    [
        "<p onclick='go(1)'>{0}</p><p>De gemeente koopt de fabriek en wil daar een museum.</p>",
        "<p>{0}</p><p>De gemeente koopt de fabriek en wil daar een museum.</p>",
    ],
)
def test_a_headline_of_another_article_over_a_teaser_goes(told: str) -> None:
    other = "Gemeente koopt de oude meelfabriek voor een museum"
    own = f"<p>{TEXT[0]}</p>{told.format(other)}<p>{TEXT[1]}</p>"
    assert other not in on_site(own, (page(other, texts(story(1))), *others(4)))


def test_a_table_of_several_days_is_a_programme() -> None:
    days = table((("3 mei 2026", "4 mei 2026"), ("5 mei 2026", "6 mei 2026")))
    assert on_site(days + texts(TEXT), others(4))[:2] == ("3 mei 2026", "4 mei 2026")


@pytest.mark.parametrize("known", [0, 4])
def test_a_heading_right_below_the_headline_is_its_subtitle_where_no_other_page_has_it(
    known: int,
) -> None:
    """Who wrote, and a box of facts, stand between it and the text."""
    head = "<h3>Zij moeten de wind van zee breken</h3><h4>Door Anna Bos</h4>"
    box = "<div class=kolom><div><p><b>Wat het kost</b><br>Een ton.</p></div></div>"
    found = on_site(f"{head}{box}{texts(TEXT)}", others(known))
    assert (found[0] == "Zij moeten de wind van zee breken") == bool(known)
    for meta in (
        "Bron: ANP, Den Haag in het nieuws",
        "Tekst: Anna Bos Beeld: Jan Vos voor ons blad",
    ):
        told = f"<h3>{meta}</h3><h4>Door Anna Bos</h4>{box}{texts(TEXT)}"
        assert meta not in on_site(told, others(known))
    same = tuple(
        one.replace("<p>", "<h3>Zij moeten de wind van zee breken</h3><p>", 1) for one in others(4)
    )
    assert on_site(f"{head}{box}{texts(TEXT)}", same)[0] != "Zij moeten de wind van zee breken"


@pytest.mark.parametrize(
    ("heading", "film", "kept"),
    [
        ("<h2>De ringweg in de winter</h2>", "<p><iframe src=https://www.youtube.com/embed/a1b2c3d4e5></iframe></p>", True),
        ("<h2>Video: de ringweg in de winter</h2>", "<p><iframe src=https://www.youtube.com/embed/a1b2c3d4e5></iframe></p>", True),
        ("<h2>De ringweg in de winter</h2>", "", False),
        ("<h2>Meer nieuws uit Goes</h2>", "<p><iframe src=https://www.youtube.com/embed/a1b2c3d4e5></iframe></p>", False),
    ],
)  # fmt: skip
def test_a_heading_below_a_text_stays_over_a_film(heading: str, film: str, *, kept: bool) -> None:
    found = on_site(texts(TEXT) + heading + film, others(4))
    assert found[-1].endswith("in de winter") == kept


@pytest.mark.parametrize("known", [0, 4])
@pytest.mark.parametrize("dots", ["...", "…", " […]", ""])
def test_a_summary_that_is_the_first_paragraph_cut_short_says_nothing(
    dots: str, known: int
) -> None:
    summary = f"<p class=intro>{TEXT[0][:90]}{dots}</p><p>Door Anna Bos</p>"
    found = on_site(summary + texts(TEXT), others(known))
    assert (found == TEXT) == bool(dots)


def test_the_caption_of_a_table_in_a_figure_is_text() -> None:
    shown = f"<figure>{table(ROUND)}<figcaption>Tabel 1: de uitslagen</figcaption></figure>"
    found = on_site(f"<p>{TEXT[0]}</p>{shown}<p>{TEXT[1]}</p>", others(4))
    assert found == (TEXT[0], *cells_of(ROUND), "Tabel 1: de uitslagen", TEXT[1])


@pytest.mark.parametrize(("pages", "kept"), [(1, True), (6, False)])
def test_a_line_with_a_link_away_that_a_listing_of_whole_posts_shows_too_is_of_the_text(
    pages: int, *, kept: bool
) -> None:
    line = "En zie ook <a href=https://bomen.example/film>deze film</a>, over linden:"

    def written(number: int) -> str:
        shown = f"<p>{line}</p>" if number <= pages + 1 else ""
        return page(f"Verhaal {number}", texts(story(number)) + shown)

    found = read(written(1), siblings=tuple(map(written, range(2, 10)))).paragraphs
    assert ("En zie ook deze film, over linden:" in found) == kept


def test_what_a_system_says_of_its_errors_is_no_text() -> None:
    said = "warning: require_once(dompdf.inc.php): failed to open stream in /var/www on line {}."

    def written(number: int) -> str:
        error = f"<div class='messages error'>{said.format(number)}</div>"
        body = f"<h1>Verhaal {number}</h1>{error}<div class=tekst>{texts(story(number))}</div>"
        return html(f"<div id=main>{body}</div>", title=f"Verhaal {number}")

    assert read(written(1), siblings=tuple(map(written, range(2, 8)))).paragraphs == story(1)


def test_links_to_other_sites_go_on_with_a_text_at_a_learnt_place_in_a_layout_table() -> None:
    def laid_out(title: str, text: str) -> str:
        cell = f"<td class=tekst><h1>{title}</h1>{text}</td>"
        return html(
            f"<center><table><tr><td>Menu</td>{cell}</tr></table></center>", AUTHOR, title=title
        )

    lines = [f"De film van boom {at}" for at in range(3)]
    links = "".join(
        f"<p><a href=https://film.example/{at}>{line}</a></p>" for at, line in enumerate(lines)
    )
    here = document(laid_out(TITLE, f"<p>{TEXT[0]}</p>{links}"))
    pages = [
        here,
        *(document(laid_out(f"Zaak {at}", texts(story(at))), f"/nieuws/{at}") for at in range(5)),
    ]
    there = part(here, "center > table > tr > td.tekst")
    assert there is not None
    model = learn(SiteModel(), [], pages)
    assert extract(there, SOURCE, model, None).paragraphs == (TEXT[0], *lines)


@pytest.mark.parametrize(
    ("behind", "kept"),
    [("<a href=/w/9>Anna</a>", True), ("<a href=/w/9>De brug die niemand wilde</a>", False)],
)
def test_what_stands_behind_a_label_amid_a_text_is_a_name_or_another_story(
    behind: str, *, kept: bool
) -> None:
    def told(at: int, line: str) -> str:
        first, second = (f"<p>{one}</p>" for one in story(at))
        return page(f"Zaak {at} van dit jaar", f"{first}{line}{second}")

    lines = [
        f"<p>Achtergrond: <a href=/w/{at}>Zaak die nummer {at} voorging</a></p>" for at in range(6)
    ]
    siblings = tuple(told(at, line) for at, line in enumerate(lines))
    own = f"<p>{TEXT[0]}</p><p>Achtergrond: {behind}</p><p>{TEXT[1]}</p>"
    assert any(one.startswith("Achtergrond") for one in on_site(own, siblings)) == kept
