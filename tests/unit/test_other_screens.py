"""A picture that a page has once for each range of widths is one picture."""

from __future__ import annotations

import re

import pytest

from tests.sample_pages import TITLE, html, paragraphs, read

CHART = '<div {}><img src="/grafiek-{}.png" width="{}" height="400"></div>'
LEAD = '<picture><source srcset="/spoor-{}.jpg" media="({}-width: 600px)">{}</picture>'


def pictures(above: str) -> list[str]:
    """The files that an article with these elements between headline and text shows."""
    found = read(html(f"<div><h1>{TITLE}</h1>{above}{paragraphs()}</div>")).html
    return re.findall(r"(?:grafiek|spoor)-\w+", found)


@pytest.mark.parametrize(("above", "shown"), [
    (CHART.format("data-max-width=599", "smal", 300) + CHART.format("data-min-width=600", "breed", 800),
     ["grafiek-breed"]),
    (CHART.format("data-max-width=599", "smal", 300), ["grafiek-smal"]),  # there is no other
    (CHART.format("data-max-width=900", "een", 800) + CHART.format("data-min-width=100", "twee", 800),
     ["grafiek-een", "grafiek-twee"]),  # both fit a screen between
    (LEAD.format("groot", "min", "") + LEAD.format("klein", "max", '<img src="/spoor-klein.jpg" alt="Trein">'),
     ["spoor-klein"]),  # nothing shows the first
])  # fmt: skip
def test_of_copies_for_screens_of_different_widths_one_is_shown(
    above: str, shown: list[str]
) -> None:
    assert pictures(f"<figure>{above}</figure>") == shown
