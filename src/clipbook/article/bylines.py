"""The people a byline names, without their roles, places and agencies."""

from __future__ import annotations

import re

from clipbook.article.bylinewords import AGENCIES, PARTICLES, PLACE_HEADS, QUALIFIERS, ROLES
from clipbook.article.vocabulary import GROUP_BIT, WORD_BITS

_LEAD = re.compile(
    r"^(?:(?:this\s)?(?:story|article|text|words|report|analysis|opinion|reporting|exclusive|review)\s)?"
    r"(?:by\s?:?|written by:?|posted by:?|published by:?|authored by:?|author:|authors:|byline:|from|von|par|por|di|door|av|"
    r"af|text:|autor(?:in)?:|reported by:?)\s?(?=\S)",
    re.I,
)
_STRICT_LEAD = re.compile(
    r"^(?:(?:this\s)?(?:story|article|text|words|report|analysis|opinion|exclusive)\s)?"
    r"(?:by\b:?|by(?=[A-Z])|BY(?=[A-Z][a-z])|written by\b:?|posted by\b:?|published by\b:?|authored by\b:?|author:|authors:|"
    r"byline:|von\b|par\b|por\b|autor(?:in)?:|reported by\b:?)",
    re.I,
)
_LONGEST = 300
_GLUED = re.compile(r"(\w*[a-zß-ÿ])([A-Z][a-z]{2,15})")
_LABEL_BITS = 0
for _group in (
    "share",
    "newsletter",
    "legal",
    "related",
    "credit",
    "comment",
    "advert",
    "media",
    "tags",
    "site",
):
    _LABEL_BITS |= GROUP_BIT[_group]
_FIRST_LETTERS = frozenset("aprtswovbAPRTSWOVEBeZz")
_CUT = re.compile(
    r"\s(?:[-–—|•·]|\||in|at|for|with|on|of|is|was)\s.*$|\s?[|•·].*$|\s?\(.*$|\s?@\w.*$|\S+@\S+.*$|https?:.*$"
    r"|\b(?:published|updated|posted|special to|follow|last|first|contact|opens|read|email)\b.*$"
    r"|\b\d.*$",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b(?=\s[A-Z])|\bwith\b|/)\s*", re.I)
_WORD = re.compile(r"[^\W\d_][\w.'’\-]{0,24}$")


def opens_byline(line: str) -> bool:
    """Tell whether a line begins as bylines do ("By Ana Ruiz", "Story by Jon Bell")."""
    return line[:1] in _FIRST_LETTERS and _STRICT_LEAD.match(line) is not None


def byline_names(line: str, *, led: bool = False) -> tuple[str, ...]:
    """Read the names out of a byline.

    Parameters
    ----------
    line : str
        A line of the page, such as ``"By Ana Ruiz and Jon Bell, Political Editor"``.
    led : bool
        Whether the line before announced the name (a bare "By"), so that none needs to be in this one.

    Returns
    -------
    tuple of str
        Names in the order given, cleaned of roles, places and agencies; an agency or an organisation stays
        when nobody else is named. Empty when the line is no byline.
    """
    line = line[:_LONGEST]
    lead = _STRICT_LEAD.match(line)
    if not lead and not led:
        return ()
    return names_in(line[lead.end() :] if lead else line, one_word=True)


def names_in(text: str, *, one_word: bool = False) -> tuple[str, ...]:
    """Read the names of people in a text that holds nothing else but roles, places and separators."""
    people: list[str] = []
    others: list[str] = []
    text = text[:_LONGEST]
    for part in _SPLIT.split(_CUT.sub("", " " + text.strip(" :,.–—-|•·")).strip()):
        name = without_role(part.strip(" :,.–—-|•·'\""))
        if not name:
            continue
        if name.lower() in AGENCIES:
            others.append(name)
        elif looks_like_name(name):
            people.append(name)
        elif one_word and not people and not others and is_capitalised(name):
            others.append(name)
    found = people or others[:1]
    return tuple(dict.fromkeys(found))


def without_role(text: str) -> str:
    """Cut a role off the end (``"Ana Ruiz Political Editor"`` gives ``"Ana Ruiz"``) or the start.

    A role glued to a name (``"Ana RuizPolitical Editor"``) is cut too.
    """
    if len(text) > _LONGEST:
        return text
    words = _GLUED.sub(_unglue, text).split()
    roles = [place for place, word in enumerate(words) if word.lower().strip(".:'’") in ROLES]
    if not roles:
        return text
    for end in range(2, roles[0] + 1):
        if end == roles[0] or words[end].lower() in QUALIFIERS:
            return " ".join(words[:end])
    rest = words[roles[-1] + 1 :]
    return " ".join(rest) if len(rest) >= 2 else ""


def _unglue(match: re.Match[str]) -> str:
    glued = match[2].lower()
    return f"{match[1]} {match[2]}" if glued in ROLES or glued in QUALIFIERS else match[0]


def is_furniture(text: str) -> bool:
    """Tell whether a capitalised label is made of the words of buttons and menus ("Play Video", "Top Stories")."""
    return any(WORD_BITS.get(word, 0) & _LABEL_BITS for word in text.lower().split())


def looks_like_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's name: two to five capitalised words, particles aside."""
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 45:
        return False
    if not all(_WORD.match(word) for word in words):
        return False
    strong = [word for word in words if word[0].isupper()]
    if words[0].lower() in PLACE_HEADS and len(words) == 2:
        return False
    return len(strong) >= 2 and all(word in strong or word in PARTICLES for word in words)


def is_capitalised(text: str) -> bool:
    """Tell whether a text of one to four words is a proper name of any kind."""
    words = text.split()
    return 1 <= len(words) <= 4 and words[0][:1].isupper() and words[-1][:1].isupper() and len(text) <= 40
