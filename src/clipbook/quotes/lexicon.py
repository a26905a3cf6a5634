"""Words that the search for speakers knows by kind, and what a word says by the way it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from clipbook.shipped import shipped, word_sets


class Kind:
    """The kinds of words, as flags, in the order of the sections of the lexicon."""

    (
        SAID, SOFT, OBJECT_CUE, AUXILIARY, PREPOSITION, CONJUNCTION, DETERMINER, FUNCTION, PRONOUN, DAY, MONTH, TITLE,
        MALE_TITLE, FEMALE_TITLE, ORGANISATION, OF_ORGANISATION, PLACE, PLACE_END, NATIONALITY, HEAD, DOCUMENT, PLURAL, ROLE,
        ORGANISATION_ROLE, INVERTED_STOP, MALE, FEMALE, PARTICLE, ABBREVIATION, IRREGULAR, TITLE_CUE, NAMING, QUANTITY,
        BEFORE_PLACE,
    ) = (1 << position for position in range(34))  # fmt: skip
    CUE = SAID | SOFT
    CLOSED = PREPOSITION | CONJUNCTION | AUXILIARY | FUNCTION | DETERMINER
    DATE = DAY | MONTH


WORDS = word_sets(shipped("quotes/words.toml"))
"""Words that single rules know."""


@lru_cache(maxsize=1)
def kinds() -> dict[str, int]:
    """Every known word in lower case with the kinds it belongs to, as a sum of flags."""
    known: dict[str, int] = {}
    flag = 0
    for entry in files("clipbook.quotes").joinpath("lexicon.txt").read_text(encoding="utf-8").splitlines():
        line = entry.split("#")[0].strip()
        if line.startswith("["):
            flag = 2 * flag or 1
            continue
        for word in line.split():
            for form in inflections(word) if flag & Kind.CUE else (word,):
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


QUOTE = "❝"  # stands for a quotation among the tokens
MOST_REMEMBERED = 30_000
# Which searches for tokens a word is wanted in.
(MAY_END, SPEAKS, CAPTIONS, STANDS_FOR, HE_OR_SHE, WRITER, SMALL, MAY_HEAD) = (
    1 << place for place in range(8)
)

_EDGES = frozenset((".", "?", "!", "…", "\n", QUOTE))
CAPTION = frozenset((":", "-", "—", "–", "--"))
_HE_OR_SHE = frozenset(("he", "his", "himself", "she", "hers", "herself"))
_WRITER = frozenset(("i", "we"))
DIGITS = frozenset("0123456789")
_RELATION = re.compile(r"(\w+)-(?:of|in)-\w+$")  # mother-of-three, father-in-law
_NAME_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az|ul|ud|ol|bin|ben|abu|d)-[^\W\d_a-z]")


class Form(NamedTuple):
    """A word as it is written."""

    low: str  # in lower case with straight apostrophes
    kind: int  # the lexicon's flags
    caps: bool  # begins with a capital
    marks: int  # MAY_END and the like


class _Forms(dict[str, Form]):
    def __missing__(self, word: str) -> Form:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[word] = _look_at(word)
        return found


def _look_at(word: str) -> Form:
    known = kinds()
    low = word.lower().replace("’", "'")
    kind = known.get(low) or (known.get(low.rstrip("."), 0) if low[-1] == "." else 0)
    if "-of-" in low or "-in-law" in low:
        relation = _RELATION.match(low)
        kind |= known.get(relation[1], 0) if relation else 0
    if "-" in low and all(known.get(part, 0) & Kind.TITLE for part in low.rstrip(".").split("-")):
        kind |= Kind.TITLE  # Sen-Det.
    caps = word[0].isupper()
    if word[-1] in DIGITS:  # a user's name: anaruiz41
        caps = word[0].isalpha()
    elif "-" in word and _NAME_ARTICLE.match(word):  # an article that is part of a name: al-Harun
        caps = True
    marks = (
        (word[-1] in _EDGES, MAY_END),
        (kind & Kind.CUE, SPEAKS),
        (word in CAPTION, CAPTIONS),
        (kind & Kind.PRONOUN, STANDS_FOR),
        (low in _HE_OR_SHE, HE_OR_SHE),
        (low in _WRITER, WRITER),
        (word[0].islower(), SMALL),
        (kind & (Kind.HEAD | Kind.QUANTITY), MAY_HEAD),
    )
    return Form(low, kind, caps, sum(mark for holds, mark in marks if holds))


forms = _Forms()
