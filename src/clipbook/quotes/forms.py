"""What a word says by itself: every distinct form is looked at once and remembered."""

from __future__ import annotations

import re
from typing import NamedTuple

from clipbook.quotes import lexicon
from clipbook.quotes.lexicon import CUE, HEAD, PRONOUN, QUANTITY, TITLE

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
    known = lexicon.kinds()
    low = word.lower().replace("’", "'")
    kind = known.get(low) or (known.get(low.rstrip("."), 0) if low[-1] == "." else 0)
    if "-of-" in low or "-in-law" in low:
        relation = _RELATION.match(low)
        kind |= known.get(relation[1], 0) if relation else 0
    if "-" in low and all(known.get(part, 0) & TITLE for part in low.rstrip(".").split("-")):
        kind |= TITLE  # Sen-Det.
    caps = word[0].isupper()
    if word[-1] in DIGITS:  # a user's name: anaruiz41
        caps = word[0].isalpha()
    elif "-" in word and _NAME_ARTICLE.match(word):  # an article that is part of a name: al-Harun
        caps = True
    marks = (
        (word[-1] in _EDGES, MAY_END),
        (kind & CUE, SPEAKS),
        (word in CAPTION, CAPTIONS),
        (kind & PRONOUN, STANDS_FOR),
        (low in _HE_OR_SHE, HE_OR_SHE),
        (low in _WRITER, WRITER),
        (word[0].islower(), SMALL),
        (kind & (HEAD | QUANTITY), MAY_HEAD),
    )
    return Form(low, kind, caps, sum(mark for holds, mark in marks if holds))


forms = _Forms()
