"""The files of the languages: what each must hold, and that a new one is a file and nothing else."""

from __future__ import annotations

import json
import os
import re
import string
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from feedbot.errors import ConfigError
from feedbot.languages import labels, tables, times, timewords, walls
from feedbot.languages.checking import KEYS, PHRASES, check_more, mistakes_in
from feedbot.languages.fold import fold
from feedbot.languages.tables import MORE, SHIPPED
from feedbot.model import Where
from feedbot.publish.translations import Translations, translations_of
from feedbot.read.discover.card_text import SPONSORED
from feedbot.read.extract.bylines import SAID
from feedbot.stories.fingerprint import fingerprint_of
from tests.quality.prose import made

ROOT = Path(__file__).parents[2]
FULL = "nl en de fr es it pt pl".split()
TIMED = [*FULL, *"sv da no fi cs ro hu el tr uk ru ar he zh ja".split()]
HERE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 9, 17, 5, tzinfo=UTC)  # a Monday; 18:05 in Amsterdam
AT = datetime(2026, 11, 9, 14, 5, tzinfo=UTC)

# --- a new language ---------------------------------------------------------------------------

TOY = """
name = 'Toy'
common = 'la kaj estas ne al por kun sed'

[times]
months = 'januaro februaro marto aprilo majo junio julio augusto septembro oktobro novembro decembro'
yesterday = 'hieraux'
since = 'antaux'
at = 'je'

[times.counts]
'1' = 'unu'

[times.units]
hour = 'horo horoj'

[labels]
more = ['legu ankaux.*']
read_more = ['legu plu']

[people]
by = 'fare_de'

[pages]
moment = '{day} {month} {year}, {time}'
zone = 'UTC'
"""
PAGE = """
<html lang="toy"><head><title>Ponto falis - Gazeto</title></head><body><main>
<h1>Ponto falis en la riveron</h1><p>9 novembro 2026 je 15:05</p>
<p>La malnova ponto falis hodiaux en la riveron, kaj neniu estis vundita, diris la urbestro.</p>
<p>La konstruo de nova ponto dauxros tri jarojn, sed la urbo ne havas monon por gxi.</p>
<h2>Legu ankaux</h2>
<div><a href="/a">Alia artikolo pri la haveno</a><p>La haveno estas fermita antaux 3 horoj.</p></div>
</main></body></html>
"""
PROGRAM = """
import json, sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
from feedbot.languages import labels, times
from feedbot.languages.detection import language_of
from feedbot.model import Page, Source
from feedbot.publish.translations import translations_of
from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse

now = datetime(2026, 11, 9, 17, 5, tzinfo=UTC)
url = "https://gazeto.example/novajxoj/ponto-falis-en-la-riveron"
page = Page(url=url, requested=url, body=sys.stdin.buffer.read(), fetched_at=now)
source = Source(name="gazeto", urls=("https://gazeto.example/",), timezone="Europe/Amsterdam")
article = extract(parse(page), source, SiteModel(), None)
print(json.dumps({
    "text": article.paragraphs,
    "published": article.published.at.isoformat(),
    "language": language_of(set("la ponto estas ne por kaj".split()), ""),
    "age": times.relative("antaux unu horo", now, ZoneInfo("UTC")).isoformat(),
    "heading": labels.heads_other_stories("Legu ankaux:"),
    "topics": translations_of("toy").all_topics,
    "date": translations_of("toy").moment_of(now),
}))
"""


def test_a_new_language_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    pages = (f"{name} = 'toy {name}'" for name in Translations._fields if name not in SPECIAL)
    (tmp_path / "toy.toml").write_text("\n".join([TOY, *pages]), encoding="utf-8")
    done = run(PROGRAM, tmp_path, PAGE)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [text.split()[:3] for text in said["text"]] == [
        ["La", "malnova", "ponto"],
        ["La", "konstruo", "de"],
    ]
    assert said["published"] == "2026-11-09T14:05:00+00:00"
    assert said["language"] == "toy"
    assert said["age"] == "2026-11-09T16:05:00+00:00"
    assert said["heading"]
    assert said["topics"] == "toy all_topics"
    assert said["date"] == "9 novembro 2026, 17:05"


SPECIAL = ("language", "months", "short", "names", "month", "moment", "zone", "where")


def run(program: str, folder: Path, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {MORE: str(folder), "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[labels]\nmroe = ['x']", "labels.mroe: no such key; did you mean 'more'?"),
        ("[label]\nmore = ['x']", "label.more: no such section; did you mean [labels]?"),
        ("name = ", "Invalid value"),
        ("[times]\nmonths = 'a b c'", "times.months: 3 months in a row, not 12"),
        ("[times]\nago = 3", "times.ago: neither a string nor a list of strings"),
        ("[times.ages]\n'some time' = 'now'", "times.ages.some time: no age, such as '30 minutes'"),
        ("[times.counts]\none = 'unu'", "times.counts.one: no number"),
        ("[pages]\nread = 'Legu'", "pages: no add_to, all_feeds, all_topics, also, at_source"),
        ("[labels]\nmore = ['(x']", "labels.more: '(x' is no regular expression"),
    ],
)
def test_a_file_that_cannot_be_meant_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "xx.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv(MORE, str(tmp_path))
    with pytest.raises(ConfigError) as caught:
        check_more()
    assert str(tmp_path / "xx.toml") in str(caught.value)
    assert message in str(caught.value)


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MORE, "/nowhere/at/all")
    with pytest.raises(ConfigError, match="/nowhere/at/all: no such folder"):
        check_more()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_files_have_no_mistakes(path: Path) -> None:
    assert list(mistakes_in(path)) == []


# --- the files --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FULL)
def test_a_full_language_has_every_section(code: str) -> None:
    sections = {key.rpartition(".")[0] for key in tables.tables()[code]}
    own = {"times.units_ago", "times.zones", "times.counts", "times.ages", "times.eras"}
    wanted = set(KEYS) - {""} - own
    missing = wanted - sections
    assert missing <= {"dateline", "classes"}


@pytest.mark.parametrize("code", FULL)
def test_a_full_language_has_every_word_of_the_pages(code: str) -> None:
    said = translations_of(code)
    for name in Translations._fields:
        assert getattr(said, name), name
    assert set(said.where) == {*get_args(Where), "variety"}
    for name, holes in {"moment": {"day", "month", "year", "time"}, "revised_at": {"time"}}.items():
        assert holes <= _holes(getattr(said, name)) <= holes | {"zone"}
    for name, holes in {
        "full_day": {"day", "month", "year"},
        "day": {"day", "month"},
        "counted": {"count", "day"},
        "today": {"count"},
        "add_to": {"reader"},
        "published": {"time"},
        "was_title": {"title"},
        "points": {"points"},
        "read_last": {"date"},
        "moved": {"topic"},
        "at_source": {"source"},
        "read_on": {"source"},
        "updated": {"date"},
        "revised": {"date"},
    }.items():
        found = _holes(getattr(said, name))
        assert found == holes


def _holes(form: str) -> set[str]:
    return {hole for _, hole, _, _ in string.Formatter().parse(form) if hole}


YEARS = [
    (code, row)
    for code, table in tables.tables().items()
    for row in tables.rows(table.get("times.months", []))
]


def meanings(found: Iterable[tuple[str, object]]) -> dict[str, set[object]]:
    said: dict[str, set[object]] = defaultdict(set)
    for word, meaning in found:
        said[word].add(meaning)
    return said


def months() -> list[tuple[str, object]]:
    return [(fold(name), at) for _, row in YEARS for at, name in enumerate(row)]


def days() -> list[tuple[str, object]]:
    keys = (*timewords.DAYS, "now", "weekdays")
    return [(word, key) for key in keys for word in tables.words(f"times.{key}")]


def units() -> list[tuple[str, object]]:
    return [*tables.below("times.units"), *tables.below("times.units_ago")]


@pytest.mark.parametrize("table", [months, days, units, lambda: tables.below("times.counts")])
def test_a_word_means_the_same_in_every_language(table: object) -> None:
    """One pass reads all languages, so none may contradict another."""
    contradictions = {word: said for word, said in meanings(table()).items() if len(said) > 1}  # type: ignore[operator]
    assert not contradictions


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_no_phrase_matches_nothing_at_all(path: Path) -> None:
    for key, value in tables.tables()[path.stem].items():
        if key.startswith(PHRASES):
            for phrase in tables.listed(value):
                assert not re.compile(phrase).fullmatch(""), (key, phrase)


def test_no_code_names_a_language() -> None:
    """Words of languages stand in their files; a few scripts and the fallback are all there is."""
    for path in SHIPPED.parent.glob("*.py"):
        found = re.findall(r'"(?:nl|en|de|fr|es|it|pt|pl|ja|zh)"', path.read_text("utf-8"))
        assert not found, path.name


def test_every_key_is_explained() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for section, keys in KEYS.items():
        assert f"`[{section}]`" in page or not section
        for key in keys.replace("*", "").split():
            assert f"`{key}`" in page, f"{section}.{key}"


def test_every_language_is_in_the_list() -> None:
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    for code, table in tables.tables().items():
        assert re.search(rf"\b{table['name']}\b", page), code


# --- times to the minute ----------------------------------------------------------------------

ABSOLUTE = {
    "nl": ["maandag 9 november 2026 om 15:05 uur", "9 nov. 2026, 15.05 uur", "Ma 9 november 2026 15u05"],
    "en": ["Monday, November 9, 2026 at 3:05 pm", "9 November 2026 15:05", "Nov 9th, 2026, 3:05 p.m."],
    "de": ["Montag, 9. November 2026, 15:05 Uhr", "09.11.2026 um 15:05 Uhr", "9. Nov. 2026 15:05"],
    "fr": ["lundi 9 novembre 2026 à 15h05", "le 9 nov. 2026 à 15 h 05", "09/11/2026 à 15:05"],
    "es": ["lunes, 9 de noviembre de 2026 a las 15:05", "9 nov 2026 15:05 h", "09/11/2026 - 15:05h"],
    "it": ["lunedì 9 novembre 2026, ore 15:05", "9 novembre 2026 alle 15.05", "9 nov 2026 - 15:05"],
    "pt": ["segunda-feira, 9 de novembro de 2026 às 15h05", "9 nov 2026, 15:05", "09/11/2026 15h05"],
    "pl": ["poniedziałek, 9 listopada 2026 r., godz. 15:05", "9 listopada 2026, o godz. 15.05", "9 lis 2026 15:05"],
    "sv": ["måndag 9 november 2026 kl. 15.05", "9 november 2026 klockan 15:05", "9 nov 2026 15:05"],
    "da": ["mandag d. 9. november 2026 kl. 15.05", "9. nov. 2026 kl. 15:05", "9. november 2026 klokken 15.05"],
    "no": ["mandag 9. november 2026 kl. 15.05", "9. nov. 2026 klokken 15:05", "9. november 2026, 15:05"],
    "fi": ["maanantai 9. marraskuuta 2026 klo 15.05", "9.11.2026 klo 15.05", "9. marraskuuta 2026 15:05"],
    "cs": ["pondělí 9. listopadu 2026 v 15:05", "9. listopadu 2026, 15:05", "9. 11. 2026 v 15:05 hod."],
    "ro": ["luni, 9 noiembrie 2026, ora 15:05", "9 nov. 2026 15:05", "9 noiembrie 2026 la 15:05"],
    "hu": [
        "2026. november 9. 15:05", "2026. november 9., hétfő 15:05", "2026.11.09. 15:05",
        "Beküldte admin - 2026, november 9 - 15:05",
    ],
    "el": ["Δευτέρα 9 Νοεμβρίου 2026, 15:05", "9 Νοεμβρίου 2026 στις 15:05", "9 Νοε 2026, 3:05 μ.μ."],
    "tr": ["9 Kasım 2026 Pazartesi 15:05", "9 Kasım 2026 saat 15:05", "9 Kas 2026, 15:05"],
    "uk": ["понеділок, 9 листопада 2026 р., 15:05", "9 листопада 2026 о 15:05", "9 лист 2026, 15:05"],
    "ru": ["понедельник, 9 ноября 2026 года, 15:05", "9 ноября 2026 г. в 15:05", "9 ноя 2026, 15:05"],
    "ar": ["الاثنين 9 نوفمبر 2026 الساعة 15:05", "٩ نوفمبر ٢٠٢٦، ١٥:٠٥", "9 تشرين الثاني 2026 - 3:05 مساءً"],
    "he": ["יום שני, 9 בנובמבר 2026, 15:05", "9 בנובמבר 2026 בשעה 15:05", "9 נובמבר 2026 15:05"],
    "zh": ["2026年11月9日 15:05", "2026年11月9日 星期一 15:05", "2026年11月9日下午3时05分"],
    "ja": ["2026年11月9日 15時05分", "2026年11月9日（月）15:05", "2026年11月9日 午後3時05分"],
}  # fmt: skip
AGES = {  # three hours, an hour, half an hour; and just now
    "nl": ["3 uur geleden", "een uur geleden", "een half uur geleden", "zojuist"],
    "en": ["3 hours ago", "an hour ago", "half an hour ago", "just now"],
    "de": ["vor 3 Stunden", "vor einer Stunde", "vor einer halben Stunde", "gerade eben"],
    "fr": ["il y a 3 heures", "il y a une heure", "il y a une demi-heure", "à l’instant"],
    "es": ["hace 3 horas", "hace una hora", "hace media hora", "ahora mismo"],
    "it": ["3 ore fa", "un'ora fa", "mezz'ora fa", "poco fa"],
    "pt": ["há 3 horas", "há uma hora", "há meia hora", "agora mesmo"],
    "pl": ["3 godziny temu", "godzinę temu", "pół godziny temu", "przed chwilą"],
    "sv": ["för 3 timmar sedan", "en timme sedan", "en halvtimme sedan", "just nu"],
    "da": ["for 3 timer siden", "en time siden", "en halv time siden", "lige nu"],
    "no": ["for 3 timer siden", "en time siden", "en halvtime siden", "akkurat nå"],
    "fi": ["3 tuntia sitten", "tunti sitten", "30 minuuttia sitten", "juuri nyt"],
    "cs": ["před 3 hodinami", "před hodinou", "před půl hodinou", "právě teď"],
    "ro": ["acum 3 ore", "acum o oră", "acum jumătate de oră", "chiar acum"],
    "hu": ["3 órája", "egy órával ezelőtt", "30 perce", "épp most"],
    "el": ["πριν από 3 ώρες", "πριν μία ώρα", "πριν 30 λεπτά", "πριν από λίγο"],
    "tr": ["3 saat önce", "bir saat önce", "yarım saat önce", "az önce"],
    "uk": ["3 години тому", "годину тому", "пів години тому", "щойно"],
    "ru": ["3 часа назад", "час назад", "полчаса назад", "только что"],
    "ar": ["منذ 3 ساعات", "منذ ساعة", "منذ نصف ساعة", "قبل قليل"],
    "he": ["לפני 3 שעות", "לפני שעה", "לפני חצי שעה", "לפני רגע"],
    "zh": ["3小时前", "1小时前", "半小时前", "刚刚"],
    "ja": ["3時間前", "1時間前", "30分前", "たった今"],
}  # fmt: skip
YESTERDAYS = {
    "nl": "gisteren om 15:05", "en": "yesterday at 3:05 PM", "de": "gestern um 15:05 Uhr",
    "fr": "hier à 15h05", "es": "ayer a las 15:05", "it": "ieri alle 15:05", "pt": "ontem às 15h05",
    "pl": "wczoraj o 15:05", "sv": "i går kl 15.05", "da": "i går kl. 15.05", "no": "i går kl. 15.05",
    "fi": "eilen klo 15.05", "cs": "včera v 15:05", "ro": "ieri, 15:05", "hu": "tegnap 15:05",
    "el": "χθες στις 15:05", "tr": "dün 15:05", "uk": "вчора о 15:05", "ru": "вчера в 15:05",
    "ar": "أمس 15:05", "he": "אתמול 15:05", "zh": "昨天 15:05", "ja": "昨日 15:05",
}  # fmt: skip


def test_times_are_tried_in_every_language_that_has_them() -> None:
    assert set(TIMED) == set(ABSOLUTE) == set(AGES) == set(YESTERDAYS)


@pytest.mark.parametrize(("code", "text"), [(c, text) for c in TIMED for text in ABSOLUTE[c]])
def test_a_date_is_read_to_the_minute(code: str, text: str) -> None:
    found = times.stamp(text, HERE)
    assert found is not None, code
    assert found.at == AT
    assert times.absolute(f"Xyz | {text}", HERE) == AT


@pytest.mark.parametrize(("code", "text"), [(c, text) for c in TIMED for text in AGES[c]])
def test_an_age_is_read_to_the_minute(code: str, text: str) -> None:
    minutes = dict(zip(AGES[code], (180, 60, 30, 0), strict=True))[text]
    found = times.relative(text, NOW, HERE)
    assert found is not None
    assert (NOW - found).total_seconds() == 60 * minutes
    assert times.is_relative(text)


@pytest.mark.parametrize("code", TIMED)
def test_yesterday_is_read_to_the_minute(code: str) -> None:
    assert times.relative(YESTERDAYS[code], NOW, HERE) == AT.replace(day=8)


@pytest.mark.parametrize(
    "text",
    [
        "09 NOV 2026 - 15:05 CET", "9 de nov. de 2026 a las 15:05 h.", "9.11.2026 r. o godz. 15:05",
        "15:05, 9 ноября 2026", "Lunedì, 09 Novembre 2026 15:05", "09/11/2026 15h05",
        "pon. 9 lis 2026, 15:05", "2026. nov. 9. 15:05", "2026. november 9., 15:05", "9. 11. 2026 15:05",
        "09/11/2026, 3:05 μμ", "الاثنين، 9 نوفمبر/تشرين الثاني 2026، 15:05", "9/11/2026 03:05 م",
        "2026年11月9日 15時5分", "2026年11月9日，下午3:05", "2026년 11월 9일 15:05", "09 Kasım 2026 - 15:05",
    ],
)  # fmt: skip
def test_other_forms_of_the_same_moment(text: str) -> None:
    assert times.absolute(text, HERE) == AT


@pytest.mark.parametrize(
    "text",
    [
        "vandaag, 14:30", "heute, 14:30 Uhr", "hoy a las 14:30 h", "oggi alle 14:30", "hoje às 14h30",
        "dzisiaj 14:30", "i dag kl. 14:30", "tänään klo 14.30", "dnes 14:30", "astăzi, ora 14:30",
        "σήμερα στις 14:30", "bugün 14:30", "сьогодні, 14:30", "сегодня в 14:30", "اليوم 14:30",
        "今天14:30", "今日 14:30", "9 listopada, 14:30", "9 ноября, 14:30", "11月9日 14:30",
        "november 9., 14:30", "9 de novembro, 14:30", "9 Kasım 14:30",
    ],
)  # fmt: skip
def test_today_is_read_to_the_minute(text: str) -> None:
    assert times.relative(text, NOW, HERE) == AT.replace(hour=13, minute=30)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 uur en 5 minuten geleden", 65), ("hace 1 hora y 5 minutos", 65), ("2 giorni fa", 2880),
        ("2 dias atrás", 2880), ("2 godz. temu", 120), ("20 хв тому", 20), ("3 t siden", 180),
        ("před 2 dny", 2880), ("acum 20 de minute", 20), ("2 napja", 2880), ("منذ ساعتين", 120),
        ("2日前", 2880), ("约3小时前", 180), ("3시간 전", 180), ("πριν από 2 ημέρες", 2880),
    ],
)  # fmt: skip
def test_other_ages(text: str, minutes: int) -> None:
    found = times.relative(text, NOW, HERE)
    assert found is not None
    assert (NOW - found).total_seconds() == 60 * minutes


@pytest.mark.parametrize(
    "text",
    [
        "Ma voiture est en panne", "Most", "Ora tocca a noi", "for 3 days", "3 day", "il 3 per cento",
        "Nel 2026", "Ha 3 figli", "Za 3 dni", "через 3 часа", "dans 3 heures", "in 3 Stunden", "3年後",
    ],
)  # fmt: skip
def test_other_words_are_no_time(text: str) -> None:
    assert times.relative(text, NOW, HERE) is None
    assert not times.is_relative(text)


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("nl", "Lees ook"), ("en", "Read more"), ("de", "Mehr zum Thema"), ("fr", "À lire aussi"),
        ("es", "Te puede interesar"), ("it", "Leggi anche"), ("pt", "Leia também"),
        ("pl", "Czytaj także"), ("sv", "Läs också"), ("da", "Læs også"), ("no", "Les også"),
        ("fi", "Lue myös"), ("cs", "Čtěte také"), ("ro", "Citește și"), ("hu", "Kapcsolódó cikkek"),
        ("el", "Διαβάστε επίσης"), ("tr", "İlgili haberler"), ("uk", "Читайте також"),
        ("ru", "Читайте также"), ("ar", "اقرأ أيضا"), ("he", "כתבות נוספות"), ("zh", "相关阅读"), ("ja", "関連記事"),
        ("ru", "Возможно, Вам будут интересны другие страницы:"), ("ru", "Свежие новости:"),
        ("ru", "Советуем прочитать: Музей"), ("uk", "Вас також зацікавить"), ("fi", "Saatat pitää"),
    ],
)  # fmt: skip
def test_a_heading_over_other_stories_is_known(code: str, heading: str) -> None:
    assert labels.heads_other_stories(heading)


@pytest.mark.parametrize(
    "text",
    [
        "Más en España que en Francia se nota la subida", "Relacionado con ello está el precio",
        "Podobne zmiany czekają kierowców w Warszawie", "Najnowsze dane mówią o wzroście",
        "Altri articoli del codice penale non si applicano in questi casi dal gennaio",
        "Похожие случаи были зафиксированы в Москве", "Son dakika golüyle kazandılar",
        "Související náklady nese město", "Lytton legt de polis uit", "Ascolta la mia voce, disse",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_like_a_heading_is_none(text: str) -> None:
    assert not labels.heads_other_stories(text)
    assert not labels.is_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "Facebook Twitter Xing LinkedIn Whatsapp Mail", "Facebook | Pinterest | E-mail", "Share Tweet",
        "Follow Jan Jansen on Twitter @janjansen", "Like us on Facebook", "View full size image",
        "Enlarge Image", "Previous Next", "Volg Jan Jansen op Instagram", "Folgen Sie uns auf YouTube!",
        "Bild vergrößern", "Suivez-nous sur Facebook", "Síguenos en Twitter", "Lees verder",
    ],
)  # fmt: skip
def test_a_line_of_buttons_is_a_label(text: str) -> None:
    assert labels.is_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twitter sues Facebook", "Follow the money on its way to the island", "Next to the bridge",
        "Facebook, Twitter and the law", "The mail train", "Volg de vogels op het strand",
    ],
)  # fmt: skip
def test_a_line_that_names_what_buttons_do_is_text(text: str) -> None:
    assert not labels.is_service(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan Jansen/Getty Images", True), ("AP Photo/Jan Jansen", True), ("Jan Jansen / ANP", True),
        ("J. Jansen/for De Krant", True), ("Getty Images", True), ("Jan Jansen/AFP/Getty Images", True),
        ("Brug/tunnel", False), ("Wie wint: Reuters/AFP?", False), ("Getty Images stopt ermee", False),
    ],
)  # fmt: skip
def test_who_took_a_picture_is_a_credit(text: str, expected: bool) -> None:
    assert labels.is_caption(text) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Gepubliceerd op", labels.Label.PUBLISHED), ("Publicado el", labels.Label.PUBLISHED),
        ("Pubblicato il", labels.Label.PUBLISHED), ("Publicado em", labels.Label.PUBLISHED),
        ("Opublikowano:", labels.Label.PUBLISHED), ("Publicerad", labels.Label.PUBLISHED),
        ("Laatst gewijzigd", labels.Label.CHANGED), ("Actualizado", labels.Label.CHANGED),
        ("Aggiornato alle", labels.Label.CHANGED), ("Atualizado em", labels.Label.CHANGED),
        ("Zaktualizowano", labels.Label.CHANGED), ("Uppdaterad", labels.Label.CHANGED),
        ("Обновлено", labels.Label.CHANGED), ("更新", labels.Label.CHANGED),
    ],
)  # fmt: skip
def test_the_words_beside_a_date_say_what_it_is(label: str, expected: labels.Label) -> None:
    assert labels.label_of(label) is expected


# --- the rest of a full language --------------------------------------------------------------

STORY = ("A first paragraph of a story with 15 words.", "A second one that tells what it was.")
ORIGIN = fingerprint_of(made("Title", STORY)).content
BESIDE = {  # lines that come and go without another story
    "nl": ["3 uur geleden", "Vandaag om 14:03", "Laatste update: 14:03", "Lees ook: Haven open"],
    "en": ["3 hours ago", "Today at 14:03", "Updated 14:03", "Read more: Harbour opens"],
    "de": ["vor 3 Stunden", "Heute um 14:03", "Aktualisiert um 14:03", "Lesen Sie auch: Hafen offen"],
    "fr": ["il y a 3 heures", "Aujourd'hui à 14:03", "Mis à jour à 14h03", "À lire aussi : le port"],
    "es": ["hace 3 horas", "Hoy a las 14:03", "Actualizado a las 14:03", "Lea también: el puerto"],
    "it": ["3 ore fa", "Oggi alle 14:03", "Aggiornato alle 14:03", "Leggi anche: il porto"],
    "pt": ["há 3 horas", "Hoje às 14:03", "Atualizado às 14:03", "Leia também: o porto"],
    "pl": ["3 godziny temu", "Dzisiaj o 14:03", "Aktualizacja: 14:03", "Czytaj także: Port otwarty"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "line"), [(c, line) for c in FULL for line in BESIDE[c]])
def test_a_line_beside_a_story_makes_no_other_story(code: str, line: str) -> None:
    assert fingerprint_of(made("Title", (line, *STORY))).content == ORIGIN
    assert fingerprint_of(made("Title", (*STORY, line))).content == ORIGIN


@pytest.mark.parametrize(
    ("kind", "headline", "text"),
    [
        (walls.ERROR, "Pagina niet gevonden", "De pagina die je zoekt is er niet meer."),
        (walls.ERROR, "Page not found", "The page you requested is gone."),
        (walls.ERROR, "Seite nicht gefunden", "Die gesuchte Seite gibt es nicht."),
        (walls.ERROR, "Page introuvable", "La page demandée n'est plus disponible."),
        (walls.ERROR, "Página no encontrada", "La página que buscas ya no está."),
        (walls.ERROR, "Pagina non trovata", "La pagina che stai cercando non esiste."),
        (walls.ERROR, "Página não encontrada", "A página que procura já não existe."),
        (walls.ERROR, "Nie znaleziono strony: błąd", "Strona, której szukasz, nie istnieje."),
        (walls.LOGIN, "Suscríbete", "¿Ya eres suscriptor? Inicia sesión para seguir leyendo."),
        (walls.LOGIN, "Abbonati", "Sei già abbonato? Accedi per continuare a leggere."),
        (walls.LOGIN, "Assine", "Já é assinante? Entre para continuar lendo."),
        (walls.LOGIN, "Zaloguj się", "Masz już konto? Zaloguj się, aby czytać dalej."),
        (walls.CONSENT, "Tu privacidad", "Aceptar todo o rechazar todo."),
        (walls.CONSENT, "La tua privacy", "Noi e i nostri partner utilizziamo cookie."),
        (walls.CONSENT, "A sua privacidade", "Nós utilizamos cookies e outros dados."),
        (walls.CONSENT, "Dbamy o Twoją prywatność", "Używamy plików cookies i podobnych danych."),
    ],
)
def test_a_wall_is_known_by_its_headline_and_its_text(kind: str, headline: str, text: str) -> None:
    assert kind in walls.kinds_named(headline)
    assert walls.speaks_of_page(text, kind)


@pytest.mark.parametrize("label", ["Sponsored", "Advertentie", "Anzeige", "Publicidad", "Reklama"])
def test_what_was_paid_for_is_labelled(label: str) -> None:
    assert SPONSORED.fullmatch(fold(label))


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Door Jan Jansen", "Jan Jansen"), ("By Jane Doe and John Roe", "Jane Doe and John Roe"),
        ("Von Hans Müller", "Hans Müller"), ("Par Anne Dupont", "Anne Dupont"),
        ("Por Ana García y Luis Pérez", "Ana García y Luis Pérez"), ("di Marco Rossi", "Marco Rossi"),
        ("Por João da Silva", "João da Silva"), ("Autor: Jan Kowalski", "Jan Kowalski"),
        ("Av Kari Nordmann", "Kari Nordmann"), ("Af Mette Hansen", "Mette Hansen"),
    ],
)  # fmt: skip
def test_an_author_is_named_in_the_habit_of_the_language(line: str, author: str) -> None:
    found = SAID.match(line)
    assert found is not None
    assert found["names"] == author
