"""What a line's characters and wording say, as numbers looked up for a whole page at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import opens_byline
from clipbook.article.language import PATTERNS, VOCABULARY
from clipbook.shipped import word_sets

WORD, DIGIT, UPPER, LOWER, COMMA, PERIOD, QUOTE, UNSPACED = (1 << place for place in range(8))
AT, END, COLON, QUESTION, BULLET, CLOSE, ELLIPSIS = (1 << place for place in range(8, 15))

_LISTED = {
    COMMA: ",",
    PERIOD: ".",
    QUOTE: '"“”„»«‘「『',
    AT: "@",
    END: '.!?"”’“»«。！？」…؟।',
    COLON: ":：",
    QUESTION: "?？؟",
    BULLET: "•-–—*·►▶#▪◦‣+",
    CLOSE: ")]",
    ELLIPSIS: "…",
}
_UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
_SIZE = 0x10000


@lru_cache(maxsize=1)
def character_classes() -> NDArray[np.uint32]:
    """Bits of each character of the basic plane, by code point."""
    table = np.zeros(_SIZE, np.uint32)
    for code in range(_SIZE):
        char = chr(code)
        bits = WORD if char.isalnum() or char == "_" else 0
        bits |= (
            (DIGIT if "0" <= char <= "9" else 0)
            | (UPPER if char.isupper() else 0)
            | (LOWER if char.islower() else 0)
        )
        table[code] = bits
    for bit, chars in _LISTED.items():
        for char in chars:
            table[ord(char)] |= bit
    for low, high in _UNSPACED_RANGES:
        table[low : high + 1] |= UNSPACED
    return table


def classes_of(text: str) -> NDArray[np.uint32]:
    """Bits of each character of a text; characters beyond the basic plane have none."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return character_classes()[np.minimum(codes, _SIZE - 1)]


Numbers = NDArray[np.float32]

_ADDRESS = re.compile(r"https?://|www\.|\S@\w|(?<!\w)@\w{3}|\.(?:com|org|net|co\.uk)\b")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d\d\b")
_LEADIN = re.compile(r"\w{1,20}(?:[ '’]\w{1,20}){0,3}:\s?\S")
_SIGNED = PATTERNS["signed"]
_POINTER = PATTERNS["points_elsewhere"]
_PICTURE = PATTERNS["picture"]
_OPENINGS = word_sets(VOCABULARY["openings"])
TEXT_NAMES = (
    "byline", "leadin", "address", "clock", "signed", "copyright", "dash", "repeat", "pointer", "request", "pictured",
)  # fmt: skip
_POINTER_AT, _REQUEST_AT, _REPEAT_AT = (TEXT_NAMES.index(name) for name in ("pointer", "request", "repeat"))
_FIRST_WORD = re.compile(r"[\[(*#•\s]*([^\s:|]*)")
_ADDRESS_MARKS = ("@", "www", "http", ".co", ".org")
READ_CHARS = 3_000
"""Characters of a line that its traits are read from."""


Hints = Mapping[str, NDArray[Any]]  # what the characters of each line tell of it


def text_traits(text: Sequence[str], low: Sequence[str], hints: Hints) -> Numbers:
    """Measure the traits of lines that need the text itself.

    Parameters
    ----------
    text : sequence of str
        The lines.
    low : sequence of str
        The same in lower case, cut at ``READ_CHARS``.
    hints : mapping
        ``words``, ``digits``, ``colons``, ``periods``, ``ats``, ``bullets`` (dashes and bullets) and ``closed`` (ends with a
        bracket) of each line, so that few lines are searched for each trait.

    Returns
    -------
    array of float, shape (lines, len(TEXT_NAMES))
        Each 1 where the line has the trait, else 0.
    """
    rows = np.zeros((len(text), len(TEXT_NAMES)), np.float32)
    seen: set[str] = set()
    for place, (line, lower) in enumerate(zip(text, low, strict=True)):
        first = _FIRST_WORD.match(lower)[1]  # type: ignore[index]
        if first in _OPENINGS["pointer"] and points_elsewhere(line):
            rows[place, _POINTER_AT] = 1
        if first in _OPENINGS["request"]:
            rows[place, _REQUEST_AT] = 1
        if line in seen:
            rows[place, _REPEAT_AT] = 1
        seen.add(line)
    for name, (likely, has) in _tests(hints).items():
        places = np.flatnonzero(likely)
        rows[places, TEXT_NAMES.index(name)] = [has(text[place], low[place]) for place in places.tolist()]
    return rows


def _tests(hints: Hints) -> dict[str, tuple[NDArray[np.bool_], Callable[[str, str], bool]]]:
    """Which lines are searched for each trait, and how."""
    every = np.ones(len(hints["words"]), bool)
    return {
        "byline": (hints["words"] < 30, lambda line, low: opens_byline(line)),
        "leadin": (
            (hints["colons"] > 0) & (hints["words"] < 60),
            lambda line, low: ":" in line[:90] and _LEADIN.match(line) is not None,
        ),
        "address": (
            (hints["ats"] > 0) | (hints["periods"] > 0),
            lambda line, low: (
                any(mark in low for mark in _ADDRESS_MARKS) and _ADDRESS.search(low) is not None
            ),
        ),
        "clock": (hints["digits"] > 2, lambda line, low: _CLOCK.search(low) is not None),
        "signed": (hints["closed"], lambda line, low: _SIGNED.search(line[-160:]) is not None),
        "copyright": (every, lambda line, low: "©" in low or "copyright" in low[:40]),
        "dash": (hints["bullets"] > 0, lambda line, low: " – " in line or " -- " in line or " — " in line),
        "pictured": (every, lambda line, low: _names_picture(line)),
    }


def points_elsewhere(line: str) -> bool:
    """Tell whether a line opens like a pointer to another story ("READ MORE: ...", "[Related: ...")."""
    return _POINTER.match(line) is not None


def _names_picture(line: str) -> bool:
    tail = line[-70:].lower()
    return ("photo" in tail or "getty" in tail or "image" in tail or "picture" in tail) and (
        _PICTURE.search(tail) is not None
    )
