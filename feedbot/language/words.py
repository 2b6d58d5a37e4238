"""The commonest words of each language: they tell it, and they tell nothing else."""

from __future__ import annotations

_COMMONEST = {
    "nl": "aan als bij dat de deze die door dan een en er had heeft hebben het hij ik in is maar "
    "met naar niet nog of om onder ook op over te tegen tot uit van voor was wat werd werden "
    "wordt worden ze zich zij zijn zo zou",
    "en": "a about after and are as at be been but by for from had has have he her his in is it "
    "its not of on or our said she that the their they this to was we were which who will with "
    "would you",
    "de": "als am an auch auf aus bei das dass dem den der des die durch ein eine einem einen "
    "einer er es hat haben ich im in ist mit nach nicht oder sei sich sie sind um und uber von "
    "vor war was wer werden wie wird wurde zu zum zur",
    "fr": "a au aux avec ce ces cette comme dans de des du elle en est et il ils je la le les "
    "leur mais ne nous on ou par pas plus pour qu que qui sa se ses son sont sur un une",
}
FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _COMMONEST.items()}


def language_of(words: set[str], declared: str) -> str:
    """The language of a text by its folded words; `declared` where they do not say otherwise.

    Sites declare a language for their template and not for each text, often a wrong one.
    "" where neither the words nor the declaration name a language that feedbot knows.
    """
    score = {name: len(words & known) for name, known in FUNCTION_WORDS.items()}
    declared = declared.lower().replace("_", "-").split("-")[0]
    best = max(score, key=lambda name: (score[name], name == declared))
    if declared in score and score[best] < 2 * score[declared] + 3:
        return declared  # within chance: nl and de, or en and fr, share some words
    return best if score[best] >= 3 or (declared not in score and score[best]) else declared
