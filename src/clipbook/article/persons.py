"""Names of people, and words that bylines are made of besides names."""

from __future__ import annotations

import re

from clipbook.article.language import VOCABULARY
from clipbook.shipped import word_sets

_WORDS = word_sets(VOCABULARY["bylines"])
PARTICLES, SUFFIXES, DEGREES, ROLES = (_WORDS[kind] for kind in ("particles", "suffixes", "degrees", "roles"))
QUALIFIERS, PLACE_HEADS, COLLECTIVES, PRESS = (
    _WORDS[kind] for kind in ("qualifiers", "place_heads", "collectives", "press")
)
AGENCIES, DESKS, BARE_LEADS = (_WORDS[kind] for kind in ("agencies", "desks", "bare_leads"))


_OUTSIDE = re.compile(
    r"\s(?:in|at|for|of|from|on|via|as|special to|im?|aus|à|en|para|the|of|and)(?:\s.*|$)", re.I
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-](?=.)){0,24}\.?$|[\"“'‘(][^\W\d_]{1,14}[\"”'’)]$")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}$")
STRIPPED = " ,.;:–—-|•·*_~\t"
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof"])
_OUTLET_MARK = re.compile(r"[A-Z]{3,}[a-z]")
_VOWEL = re.compile("[aeiouyäöüáéíóú]")
_LONGEST_NAME = 3
_LONGEST_ORGANISATION = 6


def entry(item: str, *, alone: bool) -> tuple[str, str, str]:
    """Read one entry of a list of authors.

    Parameters
    ----------
    item : str
        Such as ``"Ana Ruiz Political Editor"``, ``"Reuters"``, ``"Jon Bell in Port Averin"``.
    alone : bool
        Whether an outlet may follow the name without a comma (``"Trevor Ash Sollen Morning Courier"``).

    Returns
    -------
    str, str, str
        A person's name, an organisation, and what is neither; all but one of them empty, or all for a role.
    """
    text = item.strip(STRIPPED)
    item = _OUTSIDE.sub("", " " + text).strip(STRIPPED)
    low = item.lower()
    if not item:
        return _organisation(text) if text else ("", "", "")  # "The Kellmere Post", "in Kellmere"
    if low in SUFFIXES or low in DEGREES or low in DESKS:
        return "", "", ""
    role = item[0].islower() and any(word in ROLES for word in low.split())
    kept = [] if role or low in AGENCIES else _without_role(item.split())
    if not kept or kept[0].lower() in AGENCIES:
        return "", item if low in AGENCIES else "", ""
    collective = low.split()[-1] in COLLECTIVES and len(low.split()) > 1
    name = "" if collective else " ".join(_without_outlet(kept, alone=alone))
    if (looks_like_name(name) and not is_press(name.split())) or _HAN.match(item):
        return name, "", ""
    return _organisation(item)


def _organisation(item: str) -> tuple[str, str, str]:
    """An entry that names no person: an outlet or company, as far as its words tell, or something else."""
    words = item.split()
    proper = (
        all(word[:1].isupper() or word in PARTICLES for word in words) and len(words) <= _LONGEST_ORGANISATION
    )
    if proper and is_press(words):
        return "", item, ""
    return "", item if proper and len(words) == 1 else "", item


def _without_role(words: list[str]) -> list[str]:
    """Cut a role off the end ("Ana Ruiz Political Editor") or the start ("Reporter Ana Ruiz")."""
    if words[0].lower().strip(".") in _TITLES:
        words = words[1:]
    plain = [word.lower().strip(".:'’,") for word in words]
    roles = [place for place, word in enumerate(plain) if word in ROLES]
    while len(words) > 2 and plain[len(words) - 1] in DEGREES and words[-1].isupper():
        words = words[:-1]
    if not roles:
        return words
    for end in range(2, roles[0] + 1):
        if end == roles[0] or plain[end] in QUALIFIERS or plain[end] in AGENCIES:
            return words[:end]
    rest = words[roles[-1] + 1 :]
    return rest if len(rest) >= 2 else []


def _without_outlet(words: list[str], *, alone: bool) -> list[str]:
    """Cut off an outlet or agency that follows a name without a comma."""
    low = [word.lower() for word in words]
    shouted = any(map(str.isupper, words))
    for end in range(2, len(words)):
        rest = " ".join(low[end:])
        if rest in AGENCIES or (" " in rest and rest in DESKS) or _OUTLET_MARK.match(words[end]):
            return words[:end]
        if shouted and low[end].strip(".") not in SUFFIXES and _changes_case(words, end):
            return words[:end]
    if alone and len(words) > _LONGEST_NAME and low[-1] in PRESS:
        full = [
            place
            for place in range(1, len(words))
            if len(words[place].strip(".")) > 1 and low[place] not in PARTICLES
        ]
        return words[: full[0] + 1]
    return words


def _changes_case(words: list[str], end: int) -> bool:
    """Tell whether names in small letters end before words in capitals ("Ana Ruiz GAZETTE"), or the reverse."""
    before, after = words[:end], words[end:]
    if all(word.isupper() and len(word) > 1 for word in after):
        return not any(word.isupper() and len(word.strip(".")) > 1 for word in before)
    first = words[end]
    reverse = not first.isupper() and first.lower() not in PARTICLES and first[:2] != "Mc"
    spelt = any(len(word.strip(".")) > 1 for word in before)  # "J. R. Venn" is all one name
    return reverse and spelt and all(map(str.isupper, before))


def is_press(words: list[str]) -> bool:
    """Tell whether words name an outlet, a desk or a company."""
    low = [word.lower() for word in words]
    return (
        low[0] == "the"
        or any(word in PRESS or word in ROLES for word in low)
        or (words[-1].isupper() and len(words) == 1)
    )


def looks_like_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's name: two to five capitalised words, particles aside."""
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 50:
        return False
    if not all(map(_WORD.match, words)):
        return False
    if words[0].lower() in PLACE_HEADS and len(words) == 2:
        return False
    strong = [word for word in words if any(map(str.isupper, word)) and not word.endswith(("’s", "'s"))]
    full = [
        word
        for word in strong
        if len(word.strip(".\"“”'‘’()")) > 1 and word.lower().strip(".") not in SUFFIXES
    ]
    if len(words[-1].strip(".")) < 2:
        return False
    return len(strong) >= 2 and bool(full) and all(word in strong or word in PARTICLES for word in words)


def cased(name: str) -> str:
    """Spell a name that is printed in capitals as names are spelt."""
    words = name.split()
    shouted = all(word.isupper() or word[:2] == "Mc" for word in words)
    spelt = []
    for place, word in enumerate(words):
        low = word.lower()
        if low.strip(".") in SUFFIXES:
            spelt.append(word if low.strip(".") not in ("jr", "sr") else word.title())
        elif shouted and 0 < place < len(words) - 1 and low in PARTICLES:
            spelt.append(low)
        elif (
            word.isupper() and "." not in word and len(word) > 2 - (shouted and bool(_VOWEL.search(low)))
        ) or (word[:2] == "Mc" and word[2:].isupper()):
            spelt.append(re.sub(r"^Mc(\w)", lambda match: f"Mc{match[1].upper()}", word.title()))
        else:
            spelt.append(word)
    return " ".join(spelt)
