"""Files in a list below a text, on sites of which other pages are known."""

from __future__ import annotations

import pytest

from tests.sample_pages import TITLE, html, paragraphs, read

TEXT = paragraphs()
OTHER = "<p>De brug bij het station gaat in de zomer drie weken dicht voor een grote beurt.</p>" * 2
LABEL = "<li><span>Documenten</span></li>"


def page(below: str, title: str = TITLE, text: str = TEXT) -> str:
    return html(
        f"<main><h1>{title}</h1><div class=w1><div class=w2>{text}</div></div>"
        f"<div class=w1>{below}</div><h2>Meer nieuws</h2></main>",
        title=title,
    )


def file(name: str, *, kind: str = "") -> str:
    return f"<li><div>{kind}</div><div><a href=/bestanden/{name}.pdf>{name}</a></div></li>"


def card(name: str) -> str:
    link = f"<h3><a href=https://bestanden.example.org/{name}.pdf>{name}</a></h3>"
    return (
        f"<div class='card card-teaser'><div class=card-body>{link}<p>Open de PDF</p></div></div>"
    )


@pytest.mark.parametrize(
    "shown",
    [
        (f"<ul>{LABEL}{file('nota_spoor', kind='PDF')}{file('kaart', kind='PDF')}</ul>"),
        f"<h2>Documenten</h2><div>{card('nota_spoor')}{card('kaart')}</div>",
    ],
)
def test_files_below_a_label_of_the_site_are_kept_and_those_of_every_page_are_not(
    shown: str,
) -> None:
    others = [
        page(
            shown.replace("nota_spoor", f"stuk-{at}").replace("kaart", f"plan-{at}"),
            f"De brug {at}",
            OTHER,
        )
        for at in range(3)
    ]
    html_of = read(page(shown), siblings=tuple(others)).html
    assert "nota_spoor.pdf" in html_of
    assert "kaart.pdf" in html_of
    same = tuple(page(shown, f"De brug {at}", OTHER) for at in range(3))
    assert ".pdf" not in read(page(shown), siblings=same).html


BUTTON = (
    "<div class=buttons><div class=button><a href=/bestanden/nota.pdf>Haal de nota</a></div></div>"
)


def test_the_file_of_a_button_right_below_the_text_is_kept_where_no_other_page_has_it() -> None:
    own = page("", text=TEXT + BUTTON)
    others = tuple(page("", f"De brug {at}", OTHER) for at in range(3))
    assert "nota.pdf" in read(own, siblings=others).html
    same = tuple(page("", f"De brug {at}", OTHER + BUTTON) for at in range(3))
    assert ".pdf" not in read(own, siblings=same).html
