"""Words that the search for speakers knows by kind, read from ``lexicon.txt`` once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

SECTIONS = [
    "said",
    "soft",
    "object_cue",
    "auxiliary",
    "preposition",
    "conjunction",
    "determiner",
    "function",
    "pronoun",
    "day",
    "month",
    "title",
    "male_title",
    "female_title",
    "organisation",
    "of_organisation",
    "place",
    "place_end",
    "nationality",
    "head",
    "document",
    "plural",
    "role",
    "organisation_role",
    "inverted_stop",
    "male",
    "female",
    "particle",
    "abbreviation",
    "irregular",
    "title_cue",
    "naming",
    "quantity",
    "before_place",
]
(
    SAID, SOFT, OBJECT_CUE, AUXILIARY, PREPOSITION, CONJUNCTION, DETERMINER, FUNCTION, PRONOUN, DAY, MONTH, TITLE,
    MALE_TITLE, FEMALE_TITLE, ORGANISATION, OF_ORGANISATION, PLACE, PLACE_END, NATIONALITY, HEAD, DOCUMENT, PLURAL, ROLE,
    ORGANISATION_ROLE, INVERTED_STOP, MALE, FEMALE, PARTICLE, ABBREVIATION, IRREGULAR, TITLE_CUE, NAMING, QUANTITY,
    BEFORE_PLACE,
) = (1 << position for position in range(len(SECTIONS)))  # fmt: skip
CUE = SAID | SOFT
CLOSED = PREPOSITION | CONJUNCTION | AUXILIARY | FUNCTION | DETERMINER
DATE = DAY | MONTH


@lru_cache(maxsize=1)
def kinds() -> dict[str, int]:
    """Every known word in lower case with the kinds it belongs to, as a sum of flags."""
    known: dict[str, int] = {}
    flag = 0
    verbs = False
    for entry in files("clipbook.quotes").joinpath("lexicon.txt").read_text(encoding="utf-8").splitlines():
        line = entry.split("#")[0].strip()
        if line.startswith("["):
            name = line.strip("[]")
            flag, verbs = 1 << SECTIONS.index(name), name in ("said", "soft")
            continue
        for word in line.split():
            for form in inflections(word) if verbs else (word,):
                known[form] = known.get(form, 0) | flag
    return known


def inflections(verb: str) -> list[str]:
    """Forms of a regular verb; a leading ``!`` means as written, a closing ``!`` that the last letter doubles."""
    if verb.startswith("!"):
        return [verb[1:]]
    stem = verb.rstrip("!")
    doubled = stem + stem[-1] if verb.endswith("!") else stem
    if stem.endswith("e"):
        return [stem, stem + "s", stem + "d", stem[:-1] + "ing"]
    if stem.endswith("y") and stem[-2] not in "aeo":
        return [stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"]
    plural = stem + ("es" if stem.endswith(("s", "sh", "ch", "x")) else "s")
    return [stem, plural, doubled + "ed", doubled + "ing"]
