"""Which list a page is for: what it shows beside that list is left, what may be news is not."""

from __future__ import annotations

import pytest

from feedbot.read.discover.links import consider, discover
from tests.sample_pages import HOME, SOURCE, document

NEWS = (
    "Brug over de Maas blijft tot de zomer dicht",
    "Koor zoekt nieuwe stemmen voor het concert",
    "Wolf gezien aan de rand van het natuurgebied",
    "Bibliotheek leent voortaan ook gereedschap uit",
)
TEASER = "<p>Een paar regels over wat er is gebeurd, voor wie wil weten of hij verder leest.</p>"
OTHER = ("Inloopavond over de nieuwe rondweg", "Kerstmarkt op het Kerkplein", "Open dag haven")
DAYS = ("28 januari 2026", "26 januari 2026", "23 januari 2026", "21 januari 2026")


def cards(folder: str, titles: tuple[str, ...], lines: tuple[str, ...] = (), more: str = "") -> str:
    """A list of cards; the line of each says when or anything else."""
    shown = (*lines, *[""] * len(titles))
    rows = (
        f"<div class=card><h3><a href='{folder}/{title.lower().replace(' ', '-')}'>{title}</a></h3>"
        f"<p>{line}</p>{more}</div>"
        for title, line in zip(titles, shown, strict=False)
    )
    return f"<div class=cards>{''.join(rows)}</div>"


def taken(body: str, here: str = "/nieuws") -> set[str]:
    """The folders of the links that are taken."""
    links = discover(document(f"<body><main>{body}</main></body>", here), SOURCE)
    return {link.url.removeprefix(HOME).rpartition("/")[0] for link in links}


def count(body: str, here: str = "/nieuws") -> int:
    return len(discover(document(f"<body><main>{body}</main></body>", here), SOURCE))


OWN = "<h1>Nieuws</h1>" + cards("/nieuws", NEWS, DAYS, TEASER)
AHEAD = ("Dinsdag 17 februari 2026, 19:30 uur", "Zaterdag 21 maart 2026", "1 mei 2026 om 20:00")
RULINGS = tuple(f"ECLI:NL:GHXYZ:2026:33{number}" for number in range(12, 18))
DECISIONS = tuple(f"Besluit 2026.{number}-KW" for number in range(112, 118))
YEARLESS = ("12 mei", "3 juni", "9 april")  # read as those of last year


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{OWN}<h2>Agenda</h2>{cards('/agenda', OTHER, AHEAD)}", id="events"),
        pytest.param(f"<h2>Agenda</h2>{cards('/agenda', OTHER, AHEAD)}{OWN}", id="events above"),
        pytest.param(
            f"{OWN}<h2><a href='/agenda'>Agenda</a></h2>{cards('/agenda', OTHER, AHEAD)}",
            id="a heading that is a link",
        ),
        pytest.param(
            f"{OWN}<h2>Cursussen</h2>{cards('/cursussen', OTHER, ('€ 250',) * 3, TEASER)}",
            id="courses with a text",
        ),
        pytest.param(f"{OWN}<aside><h2>Jobs</h2>{cards('/jobs', OTHER)}</aside>", id="vacancies"),
        pytest.param(f"{OWN}<h2>Regelen</h2>{cards('/product/a', OTHER)}", id="services"),
        pytest.param(f"{OWN}<h2>Regelen</h2>{cards('', OTHER)}", id="services in no folder"),
        pytest.param(
            f"<div role=tabpanel>{OWN}</div><div role=tabpanel>{cards('/agenda', OTHER, YEARLESS)}",
            id="another tab, days without a year",
        ),
        pytest.param(
            f"{OWN}<h2>Te zien</h2>{cards('/tentoonstellingen', OTHER, ('t/m 30 augustus 2026',) * 3)}",
            id="exhibitions",
        ),
        pytest.param(
            f"{OWN}<h2>Uitspraken</h2>{cards('/uitspraken', RULINGS, DAYS)}",
            id="rulings have their day",
        ),
        pytest.param(
            f"<h2>Uitspraken</h2>{cards('/uitspraken', RULINGS, DAYS)}{OWN}", id="rulings above"
        ),
        pytest.param(
            f"{OWN}<h2>Besluiten</h2>{cards('/besluiten', DECISIONS, DAYS)}",
            id="numbers with the name of what they count",
        ),
        pytest.param(
            f"{OWN}<h2>Afdelingen</h2>{cards('/afdelingen', OTHER, (), TEASER)}"
            f"<h2>Agenda</h2>{cards('/agenda', OTHER, AHEAD)}",
            id="two other lists that are together longer than its own",
        ),
    ],
)
def test_what_stands_in_another_list_is_left(body: str) -> None:
    assert taken(body) == {"/nieuws"}
    assert count(body) == len(NEWS)


RESULTS = (
    "Goes wint met 3-1",
    "Top 10 van zwemmers bekend",
    "Middelburg verliest 2-0 in bekerstrijd",
)
SPORT = (
    "Ploeg uit Middelburg wint na verlenging de beker",
    "Schaatster uit Goes rijdt een persoonlijk record",
    "Zwemclub krijgt na tien jaar een eigen bad terug",
)

MOST_READ = "".join(
    f"<li><h3><a href='/{folder}/{title.lower().replace(' ', '-')}'>{title}</a></h3></li>"
    for folder, title in zip(("sport", "opinie", "regio"), SPORT, strict=True)
)


@pytest.mark.parametrize(
    ("body", "here", "folders"),
    [
        pytest.param(
            f"{OWN}<h2>Sport</h2>{cards('/sport', SPORT, DAYS)}",
            "/nieuws",
            {"/nieuws", "/sport"},
            id="news of another section has its day",
        ),
        pytest.param(
            f"{OWN}<h2>Sport</h2>{cards('/sport', SPORT, (), TEASER)}",
            "/",
            {"/nieuws", "/sport"},
            id="a front page lists what it likes",
        ),
        pytest.param(
            f"{OWN}<h2>Sport</h2>{cards('/sport', SPORT)}<h2>Opinie</h2>{cards('/opinie', SPORT)}",
            "/",
            {"/nieuws", "/sport", "/opinie"},
            id="a front page with two sections without days",
        ),
        pytest.param(
            f"{cards('/nieuws', NEWS, (), TEASER)}<h2>Sport</h2>{cards('/sport', SPORT)}",
            "/nieuws",
            {"/nieuws", "/sport"},
            id="nothing has a day",
        ),
        pytest.param(
            f"{OWN}<h2>Meest gelezen</h2>{cards('/nieuws/2026', SPORT)}",
            "/nieuws",
            {"/nieuws", "/nieuws/2026"},
            id="the most read of the own list",
        ),
        pytest.param(
            f"{OWN}<h2>Meest gelezen</h2><ul>{MOST_READ}</ul>",
            "/nieuws",
            {"/nieuws", "/sport", "/opinie", "/regio"},
            id="the most read of the site",
        ),
        pytest.param(
            f"<div class=lead>{cards('/regio', SPORT[:1], (), '<img src=a.jpg>' + TEASER)}</div>{OWN}",
            "/nieuws",
            {"/nieuws", "/regio"},
            id="a lead in another box, in another folder, without a day",
        ),
        pytest.param(
            f"<h1>Pers</h1>{cards('/pers', NEWS, DAYS)}<h2>Blog</h2>{cards('/blog', SPORT, DAYS)}",
            "/pers",
            {"/pers", "/blog"},
            id="press releases and posts",
        ),
        pytest.param(
            cards("/nieuws", NEWS, DAYS, TEASER).replace(
                "<div class=cards>",
                f"<div class=cards><div class=card><h3><a href='/opinie/de-brug'>{SPORT[0]}</a></h3>"
                f"{TEASER}</div>",
            ),
            "/nieuws",
            {"/nieuws", "/opinie"},
            id="amid the list itself",
        ),
        pytest.param(
            f"{OWN}<h2>Sport</h2>{cards('/sport', RESULTS, DAYS)}",
            "/nieuws",
            {"/nieuws", "/sport"},
            id="headlines with numbers in them",
        ),
        pytest.param(
            f"{OWN}<h2>Uitspraken</h2>{cards('/uitspraken', RULINGS, DAYS)}",
            "/",
            {"/nieuws", "/uitspraken"},
            id="rulings on a front page",
        ),
        pytest.param(
            f"<h1>Uitspraken</h1>{cards('/uitspraken', RULINGS, DAYS)}",
            "/uitspraken",
            {"/uitspraken"},
            id="the page is for the rulings",
        ),
        pytest.param(
            f"<h1>Uitspraken</h1>{cards('/uitspraken', RULINGS, DAYS)}<h2>Nieuws</h2>"
            f"{cards('/nieuws', NEWS, DAYS, TEASER)}",
            "/uitspraken",
            {"/uitspraken", "/nieuws"},
            id="the page is for the rulings, and has news, too",
        ),
    ],
)
def test_what_may_be_news_stays(body: str, here: str, folders: set[str]) -> None:
    assert taken(body, here) == folders


def test_a_list_of_what_lies_ahead_is_taken_if_the_page_is_for_it() -> None:
    assert taken(f"<h1>Agenda</h1>{cards('/agenda', OTHER, AHEAD, TEASER)}", "/agenda") == {
        "/agenda"
    }


def test_beside_numbers_the_events_are_left_if_the_page_is_for_the_numbers() -> None:
    own = f"<h1>Besluiten</h1>{cards('/besluiten', DECISIONS, (*DAYS, '19 januari 2026'))}"
    assert taken(f"{own}<h2>Agenda</h2>{cards('/agenda', OTHER, AHEAD)}", "/besluiten") == {
        "/besluiten"
    }


def test_beside_news_the_events_of_a_front_page_are_told_by_their_days() -> None:
    events = cards("/agenda", OTHER, AHEAD)
    assert taken(f"{OWN}<h2>Agenda</h2>{events}", "/") == {"/nieuws"}
    assert taken(cards("/nieuws", NEWS) + f"<h2>Agenda</h2>{events}", "/") > {"/nieuws"}


def test_the_folder_of_a_list_may_be_that_of_the_folder_above_the_page() -> None:
    body = f"{OWN}<h2>Regelen</h2>{cards('/product/a', OTHER)}"
    assert taken(body, "/nieuws/overzicht?page=2") == {"/nieuws"}
    assert taken(body, "/zoeken/nieuws") == {"/nieuws", "/product/a"}


def test_the_reason_is_told() -> None:
    body = f"<body><main>{OWN}<h2>Agenda</h2>{cards('/agenda', OTHER, AHEAD)}</main></body>"
    whys = [link.why for link in consider(document(body, "/nieuws"), SOURCE).left]
    assert whys[0].startswith("its day and those beside it lie ahead; it belongs to another list")
