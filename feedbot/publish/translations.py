"""The words that pages say of their own, and how dates are written, per language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """The vocabulary of the pages in one language; `moment` is a format of day, month and time."""

    months: str
    moment: str
    zone: str
    all_topics: str
    subscribe: str
    how: str
    choose: str
    read: str
    at_source: str
    read_on: str  # below the beginning of a long text
    empty: str
    updated: str
    revised: str
    revised_at: str  # the same day
    older: str
    skip: str
    all_feeds: str
    no_entries: str
    made_with: str

    def month(self, at: datetime) -> str:
        """A month with its year, such as "februari 2026"."""
        return f"{self.months.split()[at.month - 1]} {at.year}"

    def date(self, at: datetime) -> str:
        """A moment as people write it, in the time of the language's home."""
        local = at.astimezone(ZoneInfo(self.zone))
        month = self.months.split()[local.month - 1]
        return self.moment.format(
            day=local.day, month=month, year=local.year, time=f"{local:%H:%M}"
        )

    def revision(self, published: datetime, at: datetime) -> str:
        """When a story was revised; on the day on which it appeared, the time is enough."""
        home = ZoneInfo(self.zone)
        local = at.astimezone(home)
        if local.date() == published.astimezone(home).date():
            return self.revised_at.format(time=f"{local:%H:%M}")
        return self.revised.format(date=self.date(at))


TRANSLATIONS = {
    "nl": Translations(
        months="januari februari maart april mei juni juli augustus september oktober november"
        " december",
        moment="{day} {month} {year}, {time} uur",
        zone="Europe/Amsterdam",
        all_topics="Alle onderwerpen",
        subscribe="Abonneren",
        how="Kopieer dit adres naar je feedlezer en je krijgt elk nieuw bericht vanzelf:",
        choose="Zet het adres van een Atom-feed in je feedlezer en je krijgt elk"
        " nieuw bericht vanzelf.",
        read="Lees het hele bericht",
        at_source="Lees bij {source}",
        read_on="Lees verder bij {source}",
        empty="Over dit onderwerp is nog geen bericht verschenen.",
        updated="Bijgewerkt op {date}",
        revised="gewijzigd op {date}",
        revised_at="gewijzigd om {time} uur",
        older="Ouder (Atom):",
        skip="Naar de berichten",
        all_feeds="Alle feeds tegelijk (OPML)",
        no_entries="Nog geen berichten",
        made_with="Gemaakt met",
    ),
    "en": Translations(
        months="January February March April May June July August September October November"
        " December",
        moment="{day} {month} {year}, {time} UTC",
        zone="UTC",
        all_topics="All topics",
        subscribe="Subscribe",
        how="Copy this address into your feed reader and every new story comes by itself:",
        choose="Put the address of an Atom feed into your feed reader and every new"
        " story comes by itself.",
        read="Read the whole story",
        at_source="Read at {source}",
        read_on="Read on at {source}",
        empty="There is no story on this topic yet.",
        updated="Updated {date}",
        revised="revised {date}",
        revised_at="revised at {time} UTC",
        older="Older (Atom):",
        skip="Skip to the stories",
        all_feeds="All feeds at once (OPML)",
        no_entries="No stories yet",
        made_with="Made with",
    ),
    "de": Translations(
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        moment="{day}. {month} {year}, {time} Uhr",
        zone="Europe/Berlin",
        all_topics="Alle Themen",
        subscribe="Abonnieren",
        how="Diese Adresse in den Feedreader kopieren, und jede neue Meldung kommt von selbst:",
        choose="Die Adresse eines Atom-Feeds in den Feedreader kopieren, und jede"
        " neue Meldung kommt von selbst.",
        read="Die ganze Meldung lesen",
        at_source="Bei {source} lesen",
        read_on="Bei {source} weiterlesen",
        empty="Zu diesem Thema ist noch keine Meldung erschienen.",
        updated="Aktualisiert am {date}",
        revised="geändert am {date}",
        revised_at="geändert um {time} Uhr",
        older="Älteres (Atom):",
        skip="Zu den Meldungen",
        all_feeds="Alle Feeds auf einmal (OPML)",
        no_entries="Noch keine Meldungen",
        made_with="Erstellt mit",
    ),
    "fr": Translations(
        months="janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
        moment="{day} {month} {year}, {time}",
        zone="Europe/Paris",
        all_topics="Tous les sujets",
        subscribe="S’abonner",
        how="Copiez cette adresse dans votre lecteur de flux pour recevoir chaque article :",
        choose="Copiez l’adresse d’un flux Atom dans votre lecteur de flux pour"
        " recevoir chaque article.",
        read="Lire tout l’article",
        at_source="Lire chez {source}",
        read_on="Lire la suite chez {source}",
        empty="Aucun article n’a encore paru sur ce sujet.",
        updated="Mis à jour le {date}",
        revised="modifié le {date}",
        revised_at="modifié à {time}",
        older="Archives (Atom) :",
        skip="Aller aux articles",
        all_feeds="Tous les flux à la fois (OPML)",
        no_entries="Pas encore d’articles",
        made_with="Fait avec",
    ),
}


def translations_of(language: str) -> Translations:
    """The words of a language, or the English ones."""
    return TRANSLATIONS.get(language.partition("-")[0].lower(), TRANSLATIONS["en"])
