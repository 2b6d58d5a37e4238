"""E-mail addresses that a page cloaks, and what editors leave around words."""

from __future__ import annotations

import pytest

from feedbot.web.cloaked import address_of
from tests.sample_pages import BODY, LEAD, TITLE, document, html, paragraphs, read


def cloak(address: str, key: int = 0x54) -> str:
    """How Cloudflare writes an address."""
    return bytes((key, *(sign ^ key for sign in address.encode()))).hex()


@pytest.mark.parametrize("address", ["jan@krant.example", "stadhuis+nieuws@veere.example"])
def test_a_cloaked_address_is_read(address: str) -> None:
    assert address_of(cloak(address)) == address
    link = f"<a href='/cdn-cgi/l/email-protection' class=__cf_email__ data-cfemail={cloak(address)}>[email&#160;protected]</a>"
    page = html(
        f"<article><h1>{TITLE}</h1>{paragraphs()}<p>Meld u aan via {link} voor zondag.</p></article>"
    )
    assert read(page).paragraphs[-1] == f"Meld u aan via {address} voor zondag."


@pytest.mark.parametrize("broken", ["", "5", "54", "zz12", "54" * 2, cloak("geen adres"), "ff" * 9])
def test_what_is_no_address_stays_as_it_is(broken: str) -> None:
    assert address_of(broken) == ""
    page = document(html(f"<p>Bel <span data-cfemail='{broken}'>[verborgen]</span> op.</p>"))
    assert any("[verborgen]" in block.text for block in page.blocks)


@pytest.mark.parametrize("name", ["g", "o:p", "st1:city", "font"])
def test_what_editors_leave_around_words_stands_in_its_line(name: str) -> None:
    line = f"De gedichten van <{name} class=gr_>Anna</{name}> gaan over de zee, {LEAD[0].lower()}{LEAD[1:]}"
    page = document(html(f"<article><h1>{TITLE}</h1><p>{line}</p><p>{BODY[0]}</p></article>"))
    assert sum("gedichten van Anna gaan" in block.text for block in page.blocks) == 1


@pytest.mark.parametrize("name", ["section", "mijn-kader", "center", "address"])
def test_other_elements_are_paragraphs(name: str) -> None:
    page = document(html(f"<div>De brug is dicht.<{name}>De pont vaart.</{name}></div>"))
    assert [block.text for block in page.blocks][-2:] == ["De brug is dicht.", "De pont vaart."]


@pytest.mark.parametrize(
    "element",
    [
        f"<span data-cfemail={cloak('jan@krant.example')}>x</span>",
        "<div class=youtube-player data-id=aqz-KE-bpKQ title='De\x01 brug'></div>",
    ],
)
def test_a_control_character_behind_what_is_written_anew_costs_nothing(element: str) -> None:
    page = document(html(f"<div>De brug {element} is\x01 weer &#2; open.</div>"))
    assert "open." in page.blocks[-1].text
