"""Made-up news in any amount, the same in every run, and what other editors do to it.

The sentences are a walk over the word pairs of our own stories, so that two texts share about as
many phrases as two real ones; each text has names, numbers and days of its own.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from feedbot.demo import STORIES
from feedbot.model import Article

NAME, NUMBER, DAY = "\0name", "\0number", "\0day"
DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
AGENCIES = ("ANP", "AFP", "RTR", "DPA", "BLOOMBERG", "BELGA")
_SYLLABLES = (
    "Bal der mo kri sten van Ro ve lin gar Ter sel ha nik Os wol zen du Pra mi Kel to".split()
)


@cache
def pairs() -> dict[str, list[str]]:
    """What follows each word in our own stories; "" stands before and after a sentence."""
    found: dict[str, list[str]] = {}
    for text in (paragraph for story in STORIES for paragraph in story.paragraphs):
        for sentence in re.split(r"(?<=[.!?])\s+", re.sub(r"^[^a-z]{2,40} - ", "", text)):
            words = ["", *(_slot(word, at) for at, word in enumerate(sentence.split())), ""]
            for one, following in itertools.pairwise(words):
                found.setdefault(one, []).append(following)
    return found


def _slot(word: str, at: int) -> str:
    bare = word.strip(".,;:!?\"'“”()").lower()
    if any(sign.isdigit() for sign in bare):
        return NUMBER
    if bare in DAYS:
        return DAY
    return NAME if at and word[:1].isupper() else word


@cache
def vocabulary() -> list[str]:
    """The plain words of our own stories."""
    return sorted({word for word in pairs() if word.isalpha() and word.islower()})


def name(draw: random.Random) -> str:
    """An invented name."""
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).capitalize()


class Writer:
    """Writes one story: its sentences have the same few names in them."""

    def __init__(self, seed: object) -> None:
        self._draw = random.Random(repr(seed))
        self._cast = [name(self._draw) for _ in range(7)]

    def sentence(self) -> str:
        """A sentence of 6 to 40 words."""
        while True:
            words, word = list[str](), self._draw.choice(pairs()[""])
            while word and len(words) < 40:
                words.append(self._fill(word))
                word = self._draw.choice(pairs()[word])
            if len(words) >= 6:
                text = " ".join(words).rstrip(".,;:")
                return text[0].upper() + text[1:] + "."

    def _fill(self, word: str) -> str:
        if word == NAME:
            return self._draw.choice(self._cast)
        if word == NUMBER:
            return str(self._draw.randint(2, 999))
        return self._draw.choice(DAYS) if word == DAY else word

    def paragraph(self, sentences: int = 3) -> str:
        """Some sentences."""
        return " ".join(self.sentence() for _ in range(sentences))

    def headline(self) -> str:
        """A few words."""
        return " ".join(self.sentence().rstrip(".").split()[:8])

    def article(self, paragraphs: int = 0) -> Article:
        """A story of 250 to 500 words, if it is not told how many paragraphs."""
        count = paragraphs or self._draw.randint(6, 9)
        place, agency = self._draw.choice(self._cast).upper(), self._draw.choice(AGENCIES)
        first = f"{place} (ANP/{agency}) - {self.paragraph(2)}"
        rest = [self.paragraph() for _ in range(count - 1)]
        return made(self.headline(), [first, *rest])


def made(title: str, paragraphs: Sequence[str]) -> Article:
    """An article of these words."""
    return Article(
        url="https://nieuws.example.org/1",
        title=title,
        paragraphs=tuple(paragraphs),
        html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        language="nl",
    )


# --- what other editors make of it ------------------------------------------------------------


def words_replaced(one: Article, share: float, seed: object) -> Article:
    """Other words, whichever they were, for a share of all."""
    draw = random.Random(repr(seed))
    places = [(p, w) for p, text in enumerate(one.paragraphs) for w in range(len(text.split()))]
    changed = [text.split() for text in one.paragraphs]
    for p, w in draw.sample(places, max(1, round(share * len(places)))):
        changed[p][w] = draw.choice(vocabulary())
    return replace(one, paragraphs=tuple(" ".join(words) for words in changed))


def sentences_rewritten(one: Article, share: float, seed: object) -> Article:
    """New sentences, with names of the old ones in them, for a share of all."""
    draw, writer = random.Random(repr(seed)), Writer(seed)
    split = [re.split(r"(?<=\.)\s+", text) for text in one.paragraphs]
    places = [(p, s) for p, texts in enumerate(split) for s in range(len(texts))]
    for p, s in draw.sample(places, round(share * len(places))):
        names = [word for word in split[p][s].split()[1:] if word[0].isupper()]
        words = writer.sentence().split()
        split[p][s] = " ".join([*words[: len(words) // 2], *names[:2], *words[len(words) // 2 :]])
    return replace(one, paragraphs=tuple(" ".join(texts) for texts in split))


def with_agencies(one: Article, agencies: str) -> Article:
    """Another list of agencies, as in "MOSKOU (ANP/AFP) - "."""
    lead = re.sub(r"\(.*?\) - ", f"({agencies}) - ", one.paragraphs[0], count=1)
    return replace(one, paragraphs=(lead, *one.paragraphs[1:]))


def cut(one: Article, share: float) -> Article:
    """The beginning of it: a share of its words."""
    left = round(share * len(one.text.split()))
    kept = []
    for text in one.paragraphs:
        words = text.split()[:left]
        left -= len(words)
        if words:
            kept.append(" ".join(words))
    return replace(one, paragraphs=tuple(kept))


def lead_alone(one: Article, title: str) -> Article:
    """Its first two paragraphs in one, which is what many sites show of another's story."""
    return replace(one, title=title, paragraphs=(" ".join(one.paragraphs[:2]),))


def first_words(one: Article, at_least: int) -> Article:
    """A teaser of one sentence, without the dateline: `at_least` words, up to a full stop."""
    words = one.text.partition(" - ")[2].split()
    end = next((at for at, w in enumerate(words, 1) if at >= at_least and w.endswith(".")), None)
    text = " ".join(words[:end]).replace(". ", " ")
    return replace(one, paragraphs=(text,))


# --- what only looks alike --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """A text with places to fill in: {n} a number, {p} a name, {d} a day."""

    kind: str
    title: str
    paragraphs: tuple[str, ...]

    def filled(self, seed: object) -> Article:
        """The form filled in once more."""
        draw = random.Random(repr((self.kind, seed)))
        names = [name(draw) for _ in range(4)]

        def fill(match: re.Match[str]) -> str:
            if match[1] == "n":
                return str(draw.randint(0, 99))
            return draw.choice(DAYS) if match[1] == "d" else names[int(match[2] or 0)]

        texts = [re.sub(r"\{([npd])(\d?)\}", fill, text) for text in (self.title, *self.paragraphs)]
        return made(texts[0], texts[1:])


FORMS = (
    Form(
        "weather",
        "Weer in {p}: {n} graden",
        (
            "In {p} begint {d} met wolkenvelden en hier en daar een bui, later klaart het op.",
            (
                "De temperatuur loopt op tot {n} graden, aan de kust blijft het met {n} graden koeler."
                " De wind waait uit het westen met kracht {n} en neemt in de loop van {d} af."
            ),
            (
                "De nacht naar {d} verloopt droog met minima rond {n} graden. De kans op neerslag is"
                " {n} procent. Het hele weekeinde blijft het weer wisselvallig, aldus het weerbureau."
            ),
        ),
    ),
    Form(
        "stocks",
        "Beurs sluit op {n} punten",
        (
            (
                "De graadmeter op het Damrak is {d} gesloten op {n} punten, een verschil van {n}"
                " procent met de slotstand van een dag eerder."
            ),
            (
                "{p} was de grootste stijger in de hoofdindex met een winst van {n} procent. {p1}"
                " stond onderaan en leverde {n} procent in. De middelgrote fondsen gingen {n} punten"
                " omhoog."
            ),
            (
                "In New York stonden de graadmeters bij het sluiten van de Europese beurzen gemengd."
                " De euro was {n} dollarcent waard. Een vat olie kostte {n} dollar."
            ),
        ),
    ),
    Form(
        "match",
        "{p} wint met {n}-{n} van {p1}",
        (
            "{p} heeft {d} in eigen huis met {n}-{n} gewonnen van {p1}. De ruststand was {n}-{n}.",
            (
                "{p2} opende na {n} minuten de score met een afstandsschot. Kort voor rust maakte {p3}"
                " gelijk uit een hoekschop. In de tweede helft besliste {p2} het duel vanaf de stip."
            ),
            (
                "Door de zege klimt {p} naar plaats {n} op de ranglijst met {n} punten. Volgende week"
                " speelt de ploeg uit tegen de koploper, terwijl {p1} het opneemt tegen de hekkensluiter."
            ),
        ),
    ),
    Form(
        "horoscope",
        "Horoscoop voor {d}: {p}",
        (
            "{p}: {d} is een goede dag om knopen door te hakken, want de sterren staan gunstig.",
            (
                "Op het werk krijgt u te maken met {n} verzoeken tegelijk, en dat vraagt om geduld. Uw"
                " geluksgetal is {n}. In de liefde brengt {d} een verrassing, als u ervoor openstaat."
            ),
            (
                "Let op uw uitgaven: rond {n} uur doet zich een kans voor. Uw gezondheid is uitstekend,"
                " maar vergeet niet te rusten. {p1} is deze week een goed gezelschap voor u."
            ),
        ),
    ),
    Form(
        "agenda",
        "Persconferentie van {p} op {d}",
        (
            "De minister van {p} geeft {d} om {n} uur een persconferentie in het gemeentehuis.",
            (
                "Tijdens de bijeenkomst, die live te volgen is, spreken ook burgemeester {p1} en"
                " wethouder {p2}. Er is plaats voor {n} verslaggevers, die zich vooraf aanmelden."
            ),
            (
                "Fotografen worden om {n} uur toegelaten. Parkeren kan op het terrein achter het"
                " gebouw. De woordvoerder is bereikbaar op toestel {n} en verwacht {d} vragen."
            ),
        ),
    ),
    Form(
        "accident",
        "Ongeluk in {p}: {n} gewonden",
        (
            "Bij een ongeluk op de {p}straat in {p1} zijn {d} {n} mensen gewond geraakt.",
            (
                "De bestuurder van {n} jaar verloor door onbekende oorzaak de macht over het stuur en"
                " kwam tegen een boom tot stilstand. De brandweer kwam met {n} wagens ter plaatse."
            ),
            (
                "De weg was ongeveer {n} uur afgesloten voor verkeer. De politie onderzoekt de toedracht"
                " en vraagt getuigen om zich te melden bij het bureau in {p2}."
            ),
        ),
    ),
)
