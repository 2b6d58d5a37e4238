"""The numbers of lines are no part of code, however they are written; other numbers stay."""

from __future__ import annotations

import pytest
from lxml import etree

from feedbot.web.gutters import empty_gutters

CODE = ("import sys", "", "print(1)", "sys.exit()")


def left(markup: str) -> str:
    """What a page says without its gutters, its lines one by one."""
    root = etree.fromstring(f"<body>{markup}</body>", etree.HTMLParser())
    empty_gutters(root)
    for line in root.iter("br"):
        line.tail = "\n" + (line.tail or "")
    return "\n".join(filter(None, "".join(map(str, root.itertext())).split("\n")))


def numbered(line: str, first: int = 1) -> str:
    """The numbers of the lines of CODE, each written as `line` says."""
    return "".join(line.format(first + at) for at in range(len(CODE)))


LINES = "\n".join(CODE)
BROKEN = "<br>".join(f"<span class=line>{line}</span>" for line in CODE)


@pytest.mark.parametrize(
    "markup",
    [
        # Hexo
        (
            f"<figure><table><tr><td class=gutter><pre>{numbered('<span>{}</span><br>')}</pre></td>"
            f"<td class=code><pre>{BROKEN}</pre></td></tr></table></figure>"
        ),
        # Pygments, with a div around each
        (
            f"<table><tr><td><div class=linenodiv><pre>{numbered('{}' + chr(10))}</pre></div></td>"
            f"<td><div class=highlight><pre>{LINES}\n</pre></div></td></tr></table>"
        ),
        # Chroma beside, the numbers as elements without a space between
        (
            f"<div><table><tr><td><pre><code>{numbered('<span>{}</span>', 41)}</code></pre></td>"
            f"<td><pre><code>{LINES}</code></pre></td></tr></table></div>"
        ),
        # a column before the code, with a button to copy it
        (
            f"<div><div aria-hidden=true>{numbered('<span>{}</span><br>')}</div>"
            f"<div><pre><code>{LINES}</code></pre></div></div>"
        ),
        # in a pre of its own
        f"<div><pre>{numbered('{}' + chr(10))}</pre><pre>{LINES}</pre></div>",
        # Chroma within
        "<pre><code>"
        + "\n".join(
            f"<span><span class=ln>{at}</span><span class=cl>{line}</span></span>"
            for at, line in enumerate(CODE, 1)
        )
        + "</code></pre>",
        "<pre>"
        + "<br>".join(f"<span>{at}</span>{line}" for at, line in enumerate(CODE, 98))
        + "</pre>",
    ],
)
def test_the_numbers_of_lines_are_no_part_of_code(markup: str) -> None:
    assert left(markup) == "\n".join(filter(None, CODE))


def test_one_line_has_a_number_too() -> None:
    assert left("<table><tr><td><pre>1</pre><td><pre>make test</pre></table>") == "make test"


@pytest.mark.parametrize(
    "markup",
    [
        "<div><span>1</span><pre>make test</pre></div>",  # a step
        "<table><tr><td>7<td><pre>make test</pre><tr><td>8<td><pre>make</pre></table>",
        "<div><p>3 5 8 13</p><pre>a\nb\nc\nd</pre></div>",
        "<div><p>1 2 3 4 5 6 7 8 9</p><pre>a\nb</pre></div>",  # more than lines
        "<pre><b>1.</b> een\n<b>2.</b> twee\n<b>3.</b> drie</pre>",  # a list in Markdown
        "<pre><b>1</b>\n<b>2</b>\n<b>3</b>\n</pre>",  # what the code printed
        "<pre>a <b>1</b>\nb <b>2</b>\nc <b>3</b>\n</pre>",
        "<pre><i class=n>1</i> a\n<u>3</u> b\n<u>4</u> c\n</pre>",
        "<pre><u>2019</u>,3.4\n<u>2020</u>,3.7\n<u>2021</u>,3.1\n</pre>",  # rows of data
        "<pre><u>7</u><u>,</u>a\n<u>8</u><u>,</u>b\n<u>9</u><u>,</u>c\n</pre>",
        "<pre><b>1</b> een\n<b>2</b> twee\n<b>3</b> drie</pre>",
        "<div><pre>for i in range(1, 4):\n    print(i)\n</pre><pre>1\n2\n3</pre></div>",
    ],
)
def test_other_numbers_stay(markup: str) -> None:
    root = etree.fromstring(f"<body>{markup}</body>", etree.HTMLParser())
    before = "".join(map(str, root.itertext()))
    empty_gutters(root)
    assert "".join(map(str, root.itertext())) == before


NUMBERED = "<span style='user-select: none'><a href=#l-{0}>{0}</a></span>"


@pytest.mark.parametrize(("number", "goes"), [(NUMBERED, True), ("<span>{0}</span>", False)])
def test_two_numbers_that_nobody_can_copy_are_those_of_lines(number: str, goes: bool) -> None:
    lines = (
        f"<span>{number.format(at)}<span>{line}</span></span>"
        for at, line in enumerate(("ls -l", "pwd"), 1)
    )
    code = "\n".join(lines)
    assert (left(f"<pre><code>{code}</code></pre>") == "ls -l\npwd") is goes
