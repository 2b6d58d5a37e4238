"""What the numbers in addresses say of the age of pages that a list shows without a day."""

from __future__ import annotations

import pytest

from feedbot.read.discover.links import consider
from tests.sample_pages import HOME, SOURCE, document

NEWS = (
    "Gemeente past de afvalkalender rond de feestdagen aan",
    "Winterfeest trekt dit jaar weer door de binnenstad",
    "Nieuw schoolgebouw aan de Kerkstraat is klaar",
    "Aanmelden voor de noodradio kan vanaf maandag",
)
DAYS = ("30 januari 2026", "29 januari 2026", "28 januari 2026", "23 januari 2026")
SERVICES = (
    "Een uittreksel uit het bevolkingsregister aanvragen",
    "Uw kind inschrijven bij een kinderdagverblijf",
    "Hoe u uw afval scheidt en aanbiedt",
)
FOLDERS = ("wonen/afval", "vrije-tijd/feest", "jeugd/school", "wonen/veilig")


def page(news: list[str], services: list[str], days: tuple[str, ...] = DAYS) -> str:
    rows = "".join(
        f"<dt>{day}</dt><dd><a href='{url}'>{title}</a></dd>"
        for day, url, title in zip(days, news, NEWS, strict=True)
    )
    items = "".join(
        f"<li><a href='{url}'>{title}</a></li>"
        for url, title in zip(services, SERVICES, strict=True)
    )
    return (
        f"<body><div class=new><h2>Nieuw</h2><dl>{rows}</dl></div>"
        f"<div class=often><h2>Veel bekeken</h2><ol>{items}</ol></div></body>"
    )


def urls(form: str, numbers: tuple[int, ...]) -> list[str]:
    return [form.format(number, FOLDERS[at]) for at, number in enumerate(numbers)]


def taken(markup: str) -> int:
    return len(consider(document(markup, HOME + "/index.html"), SOURCE).links)


RECENT = (1004412, 1004409, 1004401, 1004396)
LONG_AGO = (1000455, 1000310, 1000012)


@pytest.mark.parametrize(
    "form",
    ["/{1}/{0}.html", "/{1}/artikel-{0}", "/{1}/page.php?id={0}", "/p/{0}/{1}", "/{1}/{0}-naam"],
)
def test_pages_of_long_ago_without_a_day_are_left(form: str) -> None:
    assert taken(page(urls(form, RECENT), urls(form, LONG_AGO))) == len(NEWS)


@pytest.mark.parametrize(
    ("recent", "others", "days"),
    [
        pytest.param(RECENT, (1004380, 1004301, 1004260), DAYS, id="some months ago"),
        pytest.param(RECENT, (1004413, 1004408, 1004402), DAYS, id="as young as the news"),
        pytest.param(RECENT[::-1], LONG_AGO, DAYS, id="numbers that do not grow"),
        pytest.param(RECENT, LONG_AGO, (DAYS[0],) * 4, id="one day says nothing of the pace"),
        pytest.param(RECENT, (9455, 9310, 9012), DAYS, id="numbers of another kind"),
        pytest.param((1004412, 1003409, 1002401, 1001396), LONG_AGO, DAYS, id="a fast paper"),
    ],
)
def test_others_stay(
    recent: tuple[int, ...], others: tuple[int, ...], days: tuple[str, ...]
) -> None:
    form = "/{1}/{0}.html"
    found = taken(page(urls(form, recent), urls(form, others), days))
    assert found == len(NEWS) + len(SERVICES)
