"""What a site calls itself."""

from __future__ import annotations

import json

import pytest

from feedbot.read.discover.named import site_name
from feedbot.web.document import Document
from tests.sample_pages import document as parsed


def page(head: str) -> Document:
    return parsed(
        f"<html><head>{head}</head><body></body></html>", "https://www.deschelde.example/"
    )


def data(*values: object) -> str:
    return "".join(
        f"<script type='application/ld+json'>{json.dumps(one)}</script>" for one in values
    )


def declared(name: str) -> str:
    return f"<meta property='og:site_name' content='{name}'>"


SCHELDE = {"@type": "WebSite", "name": "De Schelde"}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (declared("De Schelde"), "De Schelde"),
        ("<title>De Schelde</title>", "De Schelde"),
        ("<title>Nieuws | De Schelde</title>", "De Schelde"),
        ("<title>De Schelde - Nieuws uit Zeeland</title>", "De Schelde"),
        # without a name that the host has in it, the one that is declared, or the end of the title
        (f"{declared('Courant')}<title>Nieuws | Zeeland</title>", "Courant"),
        ("<title>Nieuws | Zeeland</title>", "Zeeland"),
        # what the host has in it goes before what is declared
        (f"{declared('Courant')}<title>Nieuws | De Schelde</title>", "De Schelde"),
        (f"{declared('Courant')}<title>Krant van Schelde en Maas</title>", "Krant van Schelde en Maas"),
        (f"{declared('Courant')}<title>Nieuws | Elde</title>", "Elde"),
        (f"{declared('Courant')}<title>Nieuws | Sch</title>", "Sch"),
        (f"{declared('Courant')}<title>Nieuws | de</title>", "Courant"),
        (f"{declared('Courant')}<title>Nieuws uit sch en om</title>", "Courant"),
        (f"{declared('Courant')}<title>Nieuws uit sche en om</title>", "Nieuws uit sche en om"),
        # data for machines
        (data(SCHELDE), "De Schelde"),
        (data([{"@type": "Person", "name": "Jan"}, SCHELDE]), "De Schelde"),
        (data({"@graph": [SCHELDE]}), "De Schelde"),
        (data({"@graph": SCHELDE}), ""),
        (data({"@type": "Article", "name": "De Schelde"}), ""),
        (data({"@type": "WebSite", "name": ["De Schelde"]}), ""),
        (data("De Schelde"), ""),
        (data({"@type": "Organization", "name": "Courant"}, SCHELDE), "De Schelde"),
        # names of pages, and what is no name
        (f"{declared('Home')}<title>Courant</title>", "Courant"),
        ("<title>Home</title>", ""),
        (f"{declared('S')}<title>Courant</title>", "Courant"),
        (f"{declared('Cd')}<title>Courant</title>", "Cd"),
        (f"{declared('C' * 60)}<title>Courant</title>", "C" * 60),
        (f"{declared('C' * 61)}<title>Courant</title>", "Courant"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_site(head: str, name: str) -> None:
    assert site_name(page(head)) == name
