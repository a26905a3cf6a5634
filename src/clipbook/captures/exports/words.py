"""The words by which exports of press databases label what they state, in the languages of their interfaces."""

from __future__ import annotations

import re

from clipbook.shipped import shipped

WORDS_OF_EXPORTS = shipped("captures/exports/words.toml")


def label_pattern(kinds: dict[str, list[str]]) -> re.Pattern[str]:
    """Match a line that begins with a label; the name of the group that matched says what it states."""
    named = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in kinds.items())
    return re.compile(rf"(?:{named})\s*:\s*(?P<value>.*)", re.I | re.S)


LABEL = label_pattern(WORDS_OF_EXPORTS["labels"])
"""A line of Nexis that begins with a label."""
BODY = re.compile(
    r"(?:body|textkörper|haupttext|volltext|corps(?: de l['’]article)?|texte intégral|cuerpo|tekst|corpo)\s*:?|"
    r"body\s*:\s*(?P<text>.*)",
    re.I | re.S,
)
"""The line that opens the article's text."""

BELOW = re.compile(
    r"(?:graphics?|grafik|graphique|gráfico|correction|berichtigung|rectificatif|notes?|anmerkung(?:en)?|"
    r"(?:related )?links?|images?|photos?|fotos?|photo-gallery|classification|klassifizierung)"
    r"\s*(?::.*)?",
    re.I | re.S,
)
"""A line that may open what stands below the text; it may also be a line of the text."""

COPYRIGHT = re.compile(
    r"(?:copyright\b|\(c\)|©|all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|alle rechten voorbehouden).*",
    re.I | re.S,
)
WORDS = re.compile(
    r"(?P<count>\d{1,3}(?:[,.  ]\d{3})+|\d+)\s*(?:words?|wörter|worte|mots?|palabras|palavras|parole|woorden|ord|слов[ао]?|"
    r"字|語|단어)",
    re.I,
)
"""The number of words that an export counts."""

_MONTHS = (
    r"(?:jan(?:uary|uar|vier|uari|eiro)?|enero|ene|gennaio|jänner|feb(?:ruary|ruar|brero|braio|ruari)?|février|févr?|"
    r"fevereiro|mar(?:ch|s|zo|ço)?|märz|maart|apr(?:il|ile)?|avril|avr|abril|abr|may|mai|mayo|mei|maggio|maio|maj|june?|"
    r"juni|juin|junio|giugno|junho|july?|juli|juillet|julio|luglio|julho|aug(?:ust|ustus|usti)?|août|agosto|ago|"
    r"sept?(?:ember|embre|iembre)?|settembre|setembro|oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|outubro|"
    r"nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?)\b\.?"
)
_DAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)"
)
_WEEKDAY = re.compile(rf"[\s,]*\b{_DAYS}\b", re.I)
_DATE = re.compile(
    rf"(?:{_DAYS},?\s+(?:den\s+|le\s+|der\s+)?)?(?:"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?{_MONTHS}\s+(?:del?\s+)?\d{{4}}"
    rf"|{_MONTHS}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?:de\s+)?\d{{4}}"
    rf"|(?:spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver)\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)",
    re.I,
)

LANGUAGE_CODES = {
    name: code for code, names in WORDS_OF_EXPORTS["languages"].items() for name in names.split()
}
"""ISO 639-1 codes by the names that interfaces give languages."""


def language_code(name: str) -> str:
    """Give the code of a language's name (``"ENGLISH; Deutsch"`` gives ``"en"``), or "" if it is not known."""
    first = re.split(r"[;,(]", name, maxsplit=1)[0].strip().casefold()
    return LANGUAGE_CODES.get(first, "")


def is_date_line(line: str) -> bool:
    """Whether a line is a date, with a weekday, a time or an edition behind it at most."""
    return len(line) < 120 and _DATE.match(line) is not None


def stated_date(line: str) -> str:
    """Give the date within a line, and the time behind it, without a weekday; "" if there is none."""
    found = _DATE.search(line)
    return _WEEKDAY.sub("", line[found.start() :]).strip(" ,") if found else ""


def stated_words(line: str) -> int:
    """Give the number of words that a line counts; 0 if it does not."""
    found = WORDS.search(line)
    return int(re.sub(r"\D", "", found["count"])) if found else 0
