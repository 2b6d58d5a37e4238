"""What sites write on pages that stand in place of an article: errors, consent, logins, checks.

Everything is matched on folded text (see `fold`). None of it decides alone: each of these words is
in the news, too. Add a language by adding words.
"""

from __future__ import annotations

import re

from .fold import fold
from .words import FUNCTION_WORDS

ERROR = "an error page"
CONSENT = "a consent wall"
LOGIN = "a login wall"
ROBOTS = "a check for robots"

# In a headline.
_NAMED = {
    ERROR: r"[45]0\d|niet (meer )?(gevonden|beschikbaar|bereikbaar)|not (be )?found"
    r"|bestaat niet"
    r"|(page|article) gone|no longer (available|exists)|verwijderd (bericht|artikel)"
    r"|(bericht|pagina|artikel) (is )?verwijderd|nicht (mehr )?(gefunden|verfugbar|erreichbar)"
    r"|introuvable|n'existe (pas|plus)|(er|iets) ging (er )?(iets )?(mis|fout)|went wrong"
    r"|schief ?gelaufen|access denied|permission denied|toegang geweigerd|zugriff verweigert"
    r"|acces (refuse|interdit)|forbidden|errors?|fout(melding)?|fehler|erreur|storing"
    r"|unavailable"
    r"|indisponible|onderhoud|maintenance|wartung(sarbeiten)?|bad gateway|gateway time-?out"
    r"|request blocked|too many requests",
    CONSENT: r"cookies?|cookie(wall|muur|melding|beleid|-?instellingen|-?einstellungen)|consent"
    r"|toestemming|zustimmung|consentement|privacy ?gate|privacy-?(voorkeuren|instellingen)"
    r"|privacy (settings|preferences|choices)|privatsphare(-?einstellungen)?"
    r"|datenschutz(-?einstellungen)?|voordat (je|u) verder ?gaat|before you continue"
    r"|bevor sie (fortfahren|weiterlesen)|avant de continuer|(jouw|uw|your) privacy"
    r"|ihre privatsphare|votre vie privee|vos donnees",
    LOGIN: r"inloggen|log ?in|sign ?in|(log|meld) (je|u) (in|aan)|aanmelden|anmelden|anmeldung"
    r"|einloggen|connexion|(se connecter|connectez-vous)|identifiez-vous|abonneer (je|u)"
    r"|(word|nog geen) abonnee|(alleen|exclusief) voor abonnees|subscribe|subscribers only"
    r"|jetzt abonnieren|reserve aux abonnes|abonnez-vous|premium|wachtwoord|password|passwort",
    ROBOTS: r"captcha|robots?|bots?|(are )?you(r are)? (a )?human|just a moment|one moment"
    r"|attention required|ddos|security (check|verification)|human verification|verify(ing)?"
    r"|(checking )?your browser|(een moment|even|ogenblik) geduld|beveiligingscontrole"
    r"|einen moment( bitte)?|sicherheits(uberprufung|prufung)|un (instant|moment)"
    r"|veuillez patienter"
    r"|verification de securite",
}
# In a text that speaks to whoever looks at the page, about the page.
_ADDRESSED = {
    ERROR: r"(ga |keer )?terug naar (de |onze )?(home|voor|start|hoofd)pagina"
    r"|(pagina|artikel|bericht|adres|link) (die|dat|waarop) (u|je|jij) (zoekt|zocht"
    r"|probeert|opvroeg|klikte)"
    r"|probeer het (later|over|nog|opnieuw)|controleer (het|de) (adres|url|link)"
    r"|(u|je) hebt? geen (toegang|rechten)|neem contact op met de (beheerder|webmaster)"
    r"|(pagina|bericht|artikel) (bestaat|is) niet( meer)?"
    r"|(back|return|go) to (the |our )?(home|front)"
    r"|(you('re| are|r)?) (looking|requested|tried|followed)|page (you|that you)"
    r"|(try|check) (again|the (url|address|link))"
    r"|(is|are) not available|temporarily (unavailable|down)|you (don't|do not) have permission"
    r"|you are not (allowed|authori[sz]ed)|has been (moved|removed|deleted)|could not be found"
    r"|contact (the |your )?(site )?(owner|administrator|webmaster)|reference (#|number|id)"
    r"|request id"
    r"|error code|zur(uck)? zur? startseite"
    r"|(gesuchte|aufgerufene|angeforderte|gewunschte)n? (seite|artikel)"
    r"|versuchen sie (es|spater)|uberprufen sie (die|den) (url|adresse|link)"
    r"|existiert nicht( mehr)?"
    r"|keine berechtigung|(nicht|leider) (mehr )?verfugbar|steht nicht (mehr )?zur verfugung"
    r"|retour(ner|nez)? a (l'accueil|la page d'accueil)"
    r"|(page|article) (que )?(vous|demandee?|recherchee?)"
    r"|reessaye[rz]|veuillez (verifier|reessayer)|vous n'(avez|etes) pas|plus disponible",
    CONSENT: r"(wij|we|onze partners)\b.{0,40} (gebruiken|plaatsen|verwerken|slaan)\b.{0,60}"
    r"(cookies|gegevens|informatie)|(klik|kies) (op|voor|hieronder|je|uw|wat)\b"
    r"|(geef|geeft) (je|u|ons) .{0,20}toestemming"
    r"|(je|uw) (voorkeuren|toestemming|keuze|instellingen)"
    r"|(we|our partners)\b.{0,40} (use|store|process)\b.{0,60}"
    r"(cookies|data|information)|(accept|reject|manage) (all|cookies|your)"
    r"|your (choices?|consent|preferences)"
    r"|by (clicking|continuing)"
    r"|wir\b.{0,40} (verwenden|nutzen|setzen|verarbeiten|speichern)\b.{0,60}"
    r"(cookies|daten|informationen)|ihre (zustimmung|einwilligung|auswahl)"
    r"|(klicken|stimmen) sie"
    r"|(nous|nos partenaires)\b.{0,40} (utilis|stock|trait|depos)\w+\b.{0,60}(cookies"
    r"|donnees|informations)"
    r"|votre (consentement|choix|accord)|(cliquez|acceptez|en cliquant) ",
    LOGIN: r"log (je |u )?in (om|met|en)"
    r"|(heb|heeft|hebt) (je|u) (al|nog) .{0,10}(een )?(account|abonnement)"
    r"|nog geen (account|abonnee|abonnement)|wachtwoord vergeten"
    r"|lees (verder|dit artikel) (met|als|door)"
    r"|om (dit artikel |verder )?te (kunnen )?lezen|(log|sign) in (to|with|or)"
    r"|(create|have) an account"
    r"|forgot(ten)? (your )?password|already (a |an )?(subscriber|member|registered)"
    r"|to (continue|keep) reading"
    r"|(melden|loggen) sie sich|noch kein(e)? (konto|abo|kunde)|passwort vergessen"
    r"|weiter ?(zu)?lesen"
    r"|bereits (abonnent|registriert|kunde)|connectez-vous|deja (abonne|inscrit|client)"
    r"|mot de passe oublie"
    r"|creez? (un|votre) compte|pour (lire|continuer|acceder)|(article|contenu) (est )?reserve",
    ROBOTS: r"(enable|turn on|requires?) (java ?script|cookies)"
    r"|checking (your|if the) (browser|site)"
    r"|(verify|confirm|prove|check)\w* (that )?you are (a |not a )?(human|robot)"
    r"|review(ing)? the security"
    r"|unusual (traffic|activity)|complete the (captcha|challenge|security)|ddos protection"
    r"|ray id"
    r"|(u|je|jij) (een mens|geen robot|mens)\b|schakel (java ?script|cookies)"
    r"|(zet|sta) java ?script"
    r"|ongewoon(e)? (verkeer|activiteit)|(u|je) wordt (zo |automatisch )?doorgestuurd"
    r"|(uw|je) browser"
    r"|sie (ein mensch|kein roboter)|(aktivieren sie|bitte) (java ?script|cookies)"
    r"|ungewohnliche"
    r"|ihr(en)? browser|(sie )?werden (in kurze |automatisch )?weitergeleitet"
    r"|vous (etes|n'etes) (un humain|bien|pas un robot)"
    r"|activez? (java ?script|les cookies)|votre navigateur|trafic inhabituel"
    r"|(allow|complete) .{0,20}redirect",
}
# What else is in a headline that speaks of nothing but the page.
_OF_PAGES = (
    "oeps oops ups sorry helaas hoppla hups ouf desole desolee pagina page pages paginas seite"
    " website web site webseite server url adres address adresse link bestand file datei"
    " artikel"
    " article bericht beitrag inhoud content inhalt contenu http https status code fout"
    " error fehler"
    " erreur foutmelding melding gevraagde opgevraagde requested angeforderte gesuchte demandee"
    " demande tijdelijk momenteel wegens gepland temporarily currently scheduled down offline"
    " service dienst temporaire temporairement vorubergehend derzeit internal interne"
    " interner bad request gateway timeout please graag bitte veuillez merci continue"
    " verder reading"
    " lezen gaan weiter lesen lire continuer account konto compte mijn my mein mon je uw u"
    " jouw you"
    " your sie ihr ihre vous votre vos instellingen voorkeuren settings preferences"
    " einstellungen"
    " parametres beheer manage accepteren accept accepter akzeptieren keuze choice choices"
    " auswahl"
    " choix welkom welcome willkommen bienvenue checking check controle test wachten wait"
    " warten"
    " secure security verification human mens required nodig erforderlich requise toegang"
    " access"
    " zugriff acces registreren register registrieren abonnement abo abonnee we wij wir"
    " something"
    " iets etwas quelque chose kon could can niet not nicht wrong mis gone verwijderd removed"
    " geloscht supprime beleid policy melding informatie information only alleen nur voor"
    " gegevens"
    " data daten donnees if are a is"
)

NAMED = {kind: re.compile(rf"\b(?:{pattern})\b") for kind, pattern in _NAMED.items()}
ADDRESSED = {kind: re.compile(rf"\b(?:{pattern})") for kind, pattern in _ADDRESSED.items()}
OF_PAGES = frozenset(_OF_PAGES.split()).union(
    *(FUNCTION_WORDS[name] for name in ("nl", "en", "de", "fr"))
)
WORD = re.compile(r"[^\W\d_]+")


def kinds_named(headline: str) -> list[str]:
    """What a page may be instead of an article, by the words of a headline."""
    folded = fold(headline)
    return [kind for kind, pattern in NAMED.items() if pattern.search(folded)]


def names_nothing_else(headline: str, kind: str) -> bool:
    """Whether a headline has no word that is not of walls: "Sorry, pagina niet gevonden"."""
    rest = NAMED[kind].sub(" ", fold(headline))
    return not [word for word in WORD.findall(rest) if word not in OF_PAGES]


def speaks_of_page(text: str, kind: str) -> bool:
    """Whether a text tells whoever looks at the page what to do about it: "Probeer het"
    " later"."""
    return ADDRESSED[kind].search(fold(text)) is not None
