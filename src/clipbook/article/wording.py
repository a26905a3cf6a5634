"""What the wording of a line gives away: bylines, pointers, requests, credits, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import opens_byline
from clipbook.article.vocabulary import words as word_set

Numbers = NDArray[np.float32]

_ADDRESS = re.compile(r"https?://|www\.|\S@\w|(?<!\w)@\w{3}|\.(?:com|org|net|co\.uk)\b")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d\d\b")
_LEADIN = re.compile(r"\w{1,20}(?:[ '’]\w{1,20}){0,3}:\s?\S")
_SIGNED = re.compile(
    r"\((?:[^()]{0,60}[/:][^()]{0,60}|(?:AP|Reuters|AFP|Getty|Picture|Image|Photo|Credit|File)\b[^()]{0,80})\)$",
    re.I,
)
_POINTER = re.compile(
    r"[\[(]?(?:read|read more|read also|also read|read next|related|more|see|see also|see more|watch|listen|on|mehr|lesen sie auch|"
    r"siehe auch|lire aussi|à lire|leggi anche|lea también|leia também|lees ook|läs mer|les også|don.t miss|next|up next)\b"
    r"[^:|»>]{0,24}[:|»>]",
    re.I,
)
_PICTURE = re.compile(
    r"(?:photo|photograph|picture|image|illustration|graphic|video)s?\s?(?:\w{1,12}\s)?(?:by|courtesy|credit|from|via|:|/)"
    r"|getty(?: images)?[\w /.)]{0,20}$|file (?:photo|image|picture)\)?\.?$|(?:image|photo|picture):"
)
_TWEET = re.compile(r"[—–-]\s?.{1,60}\(@\w{1,20}\)")
POINTER_WORDS = word_set(
    """also don't don’t lea lees leggi leia les lesen lire listen läs mehr more next on read related see
    siehe up watch à"""
)
REQUEST_WORDS = word_set(
    """abonnez abonnieren add become buy call check click contact discover don't donate download e-mail
    email enter explore find follow get got help iscriviti join learn listen log need plan please read
    register save see send share shop sign start stay subscribe support suscríbete tap tell try view
    visit want watch"""
)
TEXT_NAMES = (
    "byline", "leadin", "address", "clock", "signed", "copyright", "dash", "repeat", "pointer", "request", "pictured", "tweet",
)  # fmt: skip
READ_CHARS = 3_000
"""Characters of a line that its traits are read from."""


def text_traits(text: Sequence[str], words: Numbers, digits: Numbers, closed: Numbers) -> Numbers:
    """Measure the traits of lines that need the text itself.

    Parameters
    ----------
    text : sequence of str
        The lines.
    words, digits, closed : array of float, shape (lines,)
        Words and figures of each line, and whether it ends with a bracket.

    Returns
    -------
    array of float, shape (lines, len(TEXT_NAMES))
        Each 1 where the line has the trait, else 0.
    """
    seen: set[str] = set()
    rows = []
    for line, count, figures, close in zip(
        text, words.tolist(), digits.tolist(), closed.tolist(), strict=True
    ):
        first = line[:40].lstrip("[(*#• ").split(" ", 1)[0].rstrip(":|").lower()
        rows.append(
            (
                count < 30 and opens_byline(line),
                count < 60 and ":" in line[:90] and _LEADIN.match(line) is not None,
                ("@" in line or "www" in line or "http" in line or ".co" in line or ".org" in line)
                and _ADDRESS.search(line[:READ_CHARS]) is not None,
                figures > 2 and _CLOCK.search(line[:READ_CHARS]) is not None,
                bool(close) and _SIGNED.search(line[-160:]) is not None,
                "©" in line[:READ_CHARS] or "copyright" in line[:40].lower(),
                " – " in line or " -- " in line or " — " in line,
                line in seen,
                first in POINTER_WORDS and points_elsewhere(line),
                first in REQUEST_WORDS,
                _names_picture(line),
                first in "—–-" and "@" in line and _TWEET.match(line) is not None,
            )
        )
        seen.add(line)
    return np.array(rows, np.float32)


def points_elsewhere(line: str) -> bool:
    """Tell whether a line opens like a pointer to another story ("READ MORE: ...", "[Related: ...")."""
    return _POINTER.match(line) is not None


def _names_picture(line: str) -> bool:
    tail = line[-70:].lower()
    return ("photo" in tail or "getty" in tail or "image" in tail or "picture" in tail) and (
        _PICTURE.search(tail) is not None
    )
