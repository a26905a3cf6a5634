"""Words: what counts as one, everywhere.

The word boundaries of Unicode (Standard Annex 29, section 4.1), of which a stretch counts if it holds a letter or a
digit, tailored as its section 6 invites to, so that contractions, hyphenated words, abbreviations, figures and their
combinations are single words, as Flesch counts them (1979, How to Write Plain English, chapter 2): hyphens join
("well-known"), an ampersand between letters ("R&D") and a slash or colon between figures ("9/11", "10:30") too, and an
address is one word. A full stop without a space joins letters ("p.m", "U.S", "example.org") unless a capital
follows a small letter: there a sentence has lost its space. Dashes part; signs by themselves do not count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

Span = tuple[int, int]

_ALONE = (
    "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han and hiragana: no spaces
)
_RUN = rf"[^\W_{_ALONE}]++"
_MARKS = "\xad\u200c\u200d\u2060\ufe00-\ufe0f" + "".join(
    chr(code) for code in range(0x300, 0x1E00) if unicodedata.category(chr(code))[0] == "M"
)
_JOINED = (
    rf"(?:[{_MARKS}]++(?:{_RUN})?"
    r"|(?:(?<=http)|(?<=https))://[^\s<>\"“”«»]*[\w/]|(?<=\bwww)\.[^\s<>\"“”«»]*[\w/]"
    rf"|(?:['’‑‐_-]|&(?=\w)|@(?=\w)|(?<=\d)[.,:/](?=\d)|(?<=[^\W\d_])\.(?=[^\W\d_A-Z])|(?<=[A-Z])\.(?=[A-Z])"
    rf"|(?<=Ph)\.(?=D)|(?<=[A-Z])\.['’](?=s\b)){_RUN})"
)
WORD = re.compile(rf"[{_ALONE}]|[$€£¥₹]?{_RUN}(?:(?=['’‑‐\-&.,:/@_]\w|\.['’]|://|[{_MARKS}]){_JOINED})*+%?")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Letters of a PDF's print, and what they stand for."""
_LIGATURE = re.compile(f"[{''.join(map(chr, LIGATURES))}]")
_PIECES = re.compile(f"({WORD.pattern})")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order, ligatures written out, and where each begins in the text as it is."""

    word: list[str]
    start: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Number of the first word that begins within ``start`` to ``end``, and of the first behind them."""
        return bisect_left(self.start, start), bisect_left(self.start, end)

    def count(self, start: int, end: int) -> int:
        """Count the words that begin within ``start`` to ``end``: what is cut into parts adds up to the whole."""
        return bisect_left(self.start, end) - bisect_left(self.start, start)


@lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """Give the words of a text.

    Parameters
    ----------
    text : str
        An article's body, or any text.

    Returns
    -------
    Words
        A word is a run of letters and digits together with what joins them: apostrophes and hyphens ("don't",
        "well-known"), the points of abbreviations ("U.S", "p.m"), the marks inside numbers and times ("3.5",
        "1,000", "10:30", "9/11"), "&" ("R&D"), what belongs to an address ("https://a.example/b", "ana@a.example"), a currency
        sign before it and a per-cent sign behind it. A full stop at its end is not part of it. Every Chinese
        character and every hiragana is a word.

    Examples
    --------
    >>> words_of("A well-known $3.5bn deal – in the U.S.").word
    ['A', 'well-known', '$3.5bn', 'deal', 'in', 'the', 'U.S']
    """
    pieces = _PIECES.split(text)  # what lies between, word, what lies between, ...
    words = pieces[1::2]
    if _LIGATURE.search(text):
        words = [word.translate(LIGATURES) for word in words]
    return Words(words, list(accumulate(map(len, pieces)))[:-1:2])


def word_spans(text: str) -> tuple[Span, ...]:
    """Where the words of a text begin and end.

    Parameters
    ----------
    text : str
        An article's body, or any text.

    Returns
    -------
    tuple of (start, end)
        Code points into ``text``, in order.

    Examples
    --------
    >>> word_spans("Ana left.")
    ((0, 3), (4, 8))
    """
    return tuple([match.span() for match in WORD.finditer(text)])


def count_words(text: str) -> int:
    """Count the words of a text: every count of words in a table is this one.

    Parameters
    ----------
    text : str
        An article's body, or any text.

    Returns
    -------
    int
        How many :func:`words_of` has.

    Examples
    --------
    >>> count_words("Ms. Oma's boat-house, 12 Quay St., burnt at 10:30 p.m. – again.")
    11
    """
    return len(WORD.findall(text))
