"""Pages that send their readers on by themselves."""

from __future__ import annotations

import time

import pytest

from feedbot.fetch.refresh import sends_on

HERE = "https://krant.example/nieuws"
THERE = "https://krant.example/nieuws/nieuw"


def meta(content: str, equiv: str = "refresh") -> str:
    return f'<html><head><meta http-equiv="{equiv}" content="{content}"></head><body>Even geduld'


@pytest.mark.parametrize(
    "said",
    [
        meta("0; url=/nieuws/nieuw"),
        meta("0;URL='/nieuws/nieuw'"),
        meta("3; url=&quot;/nieuws/nieuw&quot;"),
        meta("0, /nieuws/nieuw"),
        meta("1.5;url=https://krant.example/nieuws/nieuw#top", "REFRESH"),
        "<META CONTENT='0; URL=/nieuws/nieuw' HTTP-EQUIV=Refresh>",
        meta("0; url=/nieuws/nieuw").replace("<meta", "<noscript>x</noscript><meta"),
        meta("0; url=/nieuws/nieuw").replace("<meta", "<script>if (1 < 2) x()</script><meta"),
    ],
)
def test_a_refresh_of_a_few_seconds_is_a_redirect(said: str) -> None:
    assert sends_on(HERE, {}, said.encode()) == THERE


@pytest.mark.parametrize(
    "said",
    [
        meta("300"),
        meta("300; url=/nieuws/nieuw"),
        meta("0; url=/nieuws"),
        meta("0; url="),
        meta("0; url=javascript:alert(1)"),
        meta("0; url=data:text/html,x"),
        meta("0; url=http://["),
        meta("; url=/nieuws/nieuw"),
        meta("0; url=/nieuws/nieuw", "content-type"),
        f"<noscript>{meta('0; url=/nieuws/nieuw')}</noscript>",
        f"<!-- {meta('0; url=/nieuws/nieuw')} -->",
        f"<script>document.write('{meta('0; url=/nieuws/nieuw')}')</script>",
        f"<template>{meta('0; url=/nieuws/nieuw')}</template>",
        "refresh",
        "",
    ],
)
def test_other_refreshes_are_none(said: str) -> None:
    assert sends_on(HERE, {}, said.encode()) == ""


def test_the_header_says_the_same_and_comes_first() -> None:
    assert sends_on(HERE, {"Refresh": "0; url=/nieuws/nieuw"}, meta("0; url=/x").encode()) == THERE
    assert sends_on(HERE, {"Refresh": "60; url=/nieuws/nieuw"}, b"") == ""


@pytest.mark.parametrize(
    "piece", ["<meta http-equiv=refresh content=' ", "<", "<!--", "refresh;" * 9]
)
def test_a_hostile_head_costs_little(piece: str) -> None:
    began = time.monotonic()
    sends_on(HERE, {"Refresh": "0" * 60_000}, b"refresh" + piece.encode() * 20_000)
    assert time.monotonic() - began < 1
