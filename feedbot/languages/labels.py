"""What sites write around their articles: headings over other stories, inserts, names of months.

Labels are matched on folded text (see `fold`) of a short block. Add a language by adding words.
"""

from __future__ import annotations

import re
from enum import IntEnum
from zoneinfo import ZoneInfo

from .fold import fold
from .times import absolute
from .timewords import MONTHS

UTC = ZoneInfo("UTC")
LONGEST = 80  # characters of a label; what is longer is text

# Over a list of other stories.
_MORE = (
    r"meer (uit|over|van|in|nieuws|berichten|artikelen|verhalen|weten)\b.*|meer|"
    r"(lees|bekijk|kijk|luister) (ook|meer|verder|hier ook)\b.*|ook interessant.*|ook in het nieuws"
    r"|gerelateerd.*|aanbevolen.*|net binnen|meest (gelezen|bekeken|recent).*|best gelezen.*"
    r"|(het )?laatste nieuws.*|overig nieuws|ander nieuws|populair.*|in het nieuws|in dit dossier"
    r"|dit vind je misschien ook.*|verder lezen.*|tip de redactie.*"
    r"|more (from|on|in|about|news|stories|like)\b.*|related.*|read (more|also|next)\b.*|see also.*"
    r"|(most|just) (read|popular|viewed|in)|latest( news| stories)?|trending.*|recommended.*"
    r"|you (may|might) (also )?(like|be interested).*|up next|editors?'?s? picks?|top stories"
    r"|mehr (zum|zu|aus|von|uber|nachrichten)\b.*|lesen sie (auch|mehr)\b.*|auch interessant.*"
    r"|das konnte sie .*|meistgelesen.*|weitere (artikel|nachrichten|meldungen|themen)\b.*"
    r"|zum thema|verwandte .*|mehr|aktuelle (nachrichten|meldungen)"
    r"|(a )?lire (aussi|egalement|la suite)\b.*|sur le meme (sujet|theme).*|plus (d'|de )\w+.*"
    r"|les plus (lus|vus).*|dans la meme .*|en continu|a la une|vous aimerez.*|voir aussi.*"
    r"|(prze)?czytaj (wiecej|takze|tez|rowniez|dalej)\b.*|zobacz (wiecej|takze|tez|rowniez)\b.*"
    r"|lee (tambien|mas)\b.*|(noticias? )?relacionad[ao]s?|te puede interesar.*"
    r"|mas (noticias|sobre)\b.*"
    r"|leggi (anche|pure)\b.*|articoli correlati|leia (tambem|mais)\b.*|veja (tambem|mais)\b.*"
    r"|(las|laes|les) (ogsa|ocksa|mer|mere)\b.*|lue (myos|lisaa)\b.*|cte?te (take|vice)\b.*"
    r"|читаите (также|еще)\b.*|смотрите также\b.*|(еще )?по теме|материалы по теме"
    r"|другие (материалы|новости)"
    r"|ilgili haber(ler)?|διαβαστε (επισης|ακομη)\b.*"
)
# Over what readers wrote, or what asks them to write; with a number it can be nothing else.
_READERS = (
    r"[|•]? ?\(?\d+\)? ?(reacties?|comments?|comment\(s\)|kommentare?|commentaires?"
    r"|replies|responses|antworten|komentarz[ey]?|komentari|комментари\w*|σχολια?|comentarios?"
    r"|yorum\w*|opinie)( .{0,25})?"
    r"|(reacties?|comments?|kommentare|commentaires?|komentarze|комментарии|σχολια|comentarios|yorumlar)"
    r" ?[(:\[] ?\d+ ?[)\]]?"
    r"|(plaats|geef|schrijf|laat) (een|je|uw) (reactie|commentaar)\b.*|reageer (op|hier)\b.*"
    r"|(leave|post|add|write) (a |your )?(comments?|reply)\b.*|(reader|user) comments"
    r"|(join|start) the (discussion|conversation)"
    r"|(schreib(en)?|hinterlass\w*)( sie)? (einen|ihren|deinen) kommentar\b.*|kommentar schreiben"
    r"|(laisser|ajouter|ecrire) (un|votre) commentaire\b.*|(dodaj|napisz) (swoj )?komentarz\b.*"
    r"|(оставить|добавить|написать) комментари\w*\b.*"
)
# Over what is said of the author, at the end of an article.
_ABOUT = (
    r"(about|meet) (the|our) (authors?|writers?|reviewers?|contributors?)|about me"
    r"|over de (auteur|schrijver|redacteur)s?|uber (den|die) (autor|verfasser)(in|en|innen)?"
    r"|a propos de l'(auteur|autrice)s?|written by|geschreven door"
)
# One line in the middle of a text that leads elsewhere.
_INSERT = (
    r"(lees|bekijk|kijk|luister|zie) (ook|verder|hier|terug|meer)\b|lees meer|ook interessant"
    r"|meer (lezen|weten)\b|read (also|more|next)\b|see also\b|related\b|also read\b|watch\b"
    r"|lesen sie (auch|mehr|dazu)\b|mehr (dazu|zum thema)\b|auch interessant\b"
    r"|(a )?lire (aussi|egalement)\b|voir aussi\b"
    r"|(prze)?czytaj (takze|tez|rowniez|wiecej)\b|zobacz (takze|tez|rowniez)\b|lee (tambien|mas)\b"
    r"|leggi anche\b|leia (tambem|mais)\b|veja tambem\b|(las|laes|les) (ogsa|ocksa|mer|mere)\b"
    r"|lue myos\b|cte?te take\b|читаите также\b|смотрите также\b|διαβαστε επισης\b"
)
# What stands on a page for its own sake.
_SERVICE = (
    r"(deel|delen|share|teilen|partager|print(en)?|e-?mail|reageer|reacties?|comments?|kommentare"
    r"|commentaires|volg ons.*|follow us.*|tweet|facebook|twitter|x|whatsapp|linkedin|sluiten|close"
    r"|advertentie|advertisement|anzeige|werbung|publicite|reklama?|publicidade?|pubblicita|annons"
    r"|annonse?|mainos|реклама|διαφημιση|广告|廣告|広告|luister naar dit artikel.*|kopieer link.*"
    r"|deel dit artikel.*|share this.*|artikel teilen.*|beluister.*|fout gezien.*|heb je een tip.*"
    r"|\d+ (reacties?|comments?|kommentare|commentaires)|meer opties|bewaar(d)?|save|bewaar artikel"
    r"|leestijd.*|\d+ min(uten|utes|\.)?( leestijd| read| lesezeit| de lecture)?)"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+"
_BETWEEN = r"(?:van|de|der|den|het|ten|ter|von|und|en|and|et|du|le|la|&)"
_BYLINE = (
    rf"(?i:door|van|by|von|par|tekst|text|redactie|correspondent)\s+:?\s*{_NAME}"
    rf"(?:,?\s+(?:{_NAME}|{_BETWEEN}))*"
    r"|(?i:tekst|foto|beeld|bron|photo|text|source|redactie|redaktion|auteur|autor|author)\s*:.*"
)
_CAPTION = (
    r"(foto|photo|bild|beeld|image|credits?|©|\(c\)|afbeelding|video)\s*[:©].*|©.*"
    r"|.{0,120}© .{2,60}"
)

# A line that tells the date: "Veröffentlicht am 16.08.2019", "Autor: Jan | Posted on May 3, 2019".
_TOLD = (
    r"(veroffentlicht|erschienen|publiziert|gepubliceerd|geplaatst|published|posted|publie"
    r"|mis en ligne)"
)
_PUBLISHED = (
    rf"({_TOLD}\b|.{{0,40}}\b{_TOLD} (am|op|on|le)\b)[^\d]{{0,30}}\d.*([^.!?:\"']|[ap]\.m\.)"
)
# The same as a sentence: "Dieser Beitrag wurde am 3. Dezember 2011 um 14:48 veröffentlicht und …".
_FILED = (
    r"(dies(er|e) |dit |this )?(artikel|beitrag|eintrag|meldung|bericht|entry|post)"
    r" (wurde|werd|was)\b[^\d]{0,60}\d.{0,60}\b(veroffentlicht|geschrieben|verfasst|erstellt"
    r"|geplaatst|gepubliceerd|geschreven|posted|published|written)\b.*"
)
# What stands beside the date of publication, and beside that of a change.
_TELLS = (
    r"publi(?:sh|ceer|ziert|kow|cad|cat|cer|e\b)|\bposted|geplaatst|\bgepost|erschienen"
    r"|veroffentl|mis en ligne|created|erstellt|online seit|\bfirst\b|pubbl|opublik|udgivet"
    r"|offentliggjort|julkaistu|опублик|yayin|発行|公開|掲載|发布|發布|发表"
)
_CHANGES = (
    r"modif|updat|bijgewerkt|gewijzigd|aangepast|aktualis|geandert|\blaatst|mise? a jour|\bstand\b"
    r"|letzte|zuletzt|actualiz|aggiorna|atualiz|zaktualiz|uppdater|andrad|opdater|oppdater"
    r"|paivitetty|обновл|измен|онов|guncel|更新|revised|\bedited|bewerkt|reviewed"
)
WORD = re.compile(r"[^\W\d]+")
FEW = 8  # words beside the date, as in "… • Last updated 1 hour ago • 4 minute read"

MORE = re.compile(rf"({_MORE})[:.…>» ]*")
READERS = re.compile(rf"(?:{_READERS})[:.…*! ]*")
ABOUT = re.compile(rf"(?:{_ABOUT})[:.…>» ]*")
INSERT = re.compile(rf"[>»▶►→*-]*\s*({_INSERT})")
SERVICE = re.compile(rf"{_SERVICE}[:.! ]*")
BYLINE = re.compile(_BYLINE)
CAPTION = re.compile(_CAPTION)
PUBLISHED = re.compile(_PUBLISHED)
FILED = re.compile(_FILED)
TELLS = re.compile(_TELLS)
CHANGES = re.compile(_CHANGES)


class Label(IntEnum):
    """What a date is said to be the date of; the best first."""

    PUBLISHED = 0
    NONE = 1
    CHANGED = 2


def heads_other_stories(text: str) -> bool:
    """Whether a block is a heading over other stories: "Meer uit Buitenland", "Related"."""
    return len(text) <= LONGEST and bool(MORE.fullmatch(fold(text)))


def heads_comments(text: str) -> bool:
    """Whether a line stands over what readers wrote: "13 Comments", "Geef een reactie"."""
    return len(text) <= LONGEST and bool(READERS.fullmatch(fold(text)))


def heads_author(text: str) -> bool:
    """Whether a line stands over what is said of the author: "About the author"."""
    return len(text) <= LONGEST and bool(ABOUT.fullmatch(fold(text)))


def is_insert(text: str) -> bool:
    """Whether a block starts like a pointer to another story: "Lees ook: …"."""
    return bool(INSERT.match(fold(text[:LONGEST])))


def is_service(text: str) -> bool:
    """Whether a block is a button or a notice: "Deel dit artikel", "Advertentie", "12 reacties"."""
    return len(text) <= LONGEST and bool(SERVICE.fullmatch(fold(text)))


def is_byline(text: str) -> bool:
    """Whether a short block names an author, a photographer or a source."""
    return len(text) <= LONGEST and bool(BYLINE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a block is the credit or caption of a picture by its own words."""
    return len(text) <= 2 * LONGEST and bool(CAPTION.fullmatch(fold(text)))


def says_published(text: str) -> bool:
    """Whether a block tells when the article was published, and little else."""
    folded = fold(text) if len(text) <= 4 * LONGEST else ""
    if not FILED.fullmatch(folded):
        if len(text) > LONGEST or not PUBLISHED.fullmatch(folded):
            return False
        if len([word for word in WORD.findall(folded) if word not in MONTHS]) > FEW:
            return False
    return absolute(text, UTC) is not None


def label_of(text: str) -> Label:
    """What the words before a date say of it; the last of them counts."""
    folded = fold(text)
    tells = max((found.start() for found in TELLS.finditer(folded)), default=-1)
    changes = max((found.start() for found in CHANGES.finditer(folded)), default=-1)
    return (
        Label.NONE
        if tells == changes
        else max((tells, Label.PUBLISHED), (changes, Label.CHANGED))[1]
    )
