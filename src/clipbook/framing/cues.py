"""Finding a codebook's cues in text: one pass over the words, whatever the number of cues."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from clipbook.framing.codebook import WORD, Codebook, Cue, plain_word
from clipbook.text.words import words_of

NEGATORS = frozenset(
    ("not", "no", "never", "without", "neither", "nor", "cannot", "none", "nobody", "nothing")
)
NEGATION_REACH = 3  # words between a negator and the cue's first word
PHRASE_GAP = frozenset(".!?;:\n\r")
MOST_REMEMBERED = 50_000
_PIECES = re.compile(f"({WORD.pattern})")


class Hit(NamedTuple):
    """One cue found in a text; ``start`` and ``end`` are code points."""

    frame: str
    cue: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The cues of one text."""

    hits: tuple[Hit, ...]
    text: str

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(words_of(self.text).word)


Entry = tuple[int, Cue, bool]  # the frame's number, the cue, whether it is an exclusion
Looked = tuple[str, tuple[Entry, ...]]  # of a word, its plain form and the cues that it may begin


class CueFinder:
    """Finds all cues of a codebook in one pass.

    Every distinct word form is looked up once (whole, then by each of its beginnings) and
    remembered, so that time grows with the text and hardly with the number of cues.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        exact: defaultdict[str, list[Entry]] = defaultdict(list)
        stems: defaultdict[str, list[Entry]] = defaultdict(list)
        for number, frame in enumerate(codebook.frames):
            for cue in (*frame.cues, *frame.exclusions):
                first = cue.parts[0]
                begun = stems[first[:-1]] if first.endswith("*") else exact[first]
                begun.append((number, cue, cue in frame.exclusions))
        longest = max(map(len, stems), default=0)

        @lru_cache(maxsize=MOST_REMEMBERED)
        def look_up(word: str) -> Looked:
            """Give a word form as cues are compared, and the cues that it may begin."""
            plain = plain_word(word)
            starts = (plain[:size] for size in range(1, min(len(plain), longest) + 1))
            return plain, tuple(chain(exact.get(plain, ()), *(stems.get(start, ()) for start in starts)))

        self._look_up = look_up

    def find(self, text: str) -> Found:
        """Give the cues of a text in reading order.

        Parameters
        ----------
        text : str
            Any text; phrases do not reach across sentence punctuation or line breaks.

        Returns
        -------
        Found
            Within a frame, hits do not overlap: the longest cue at a place counts. Cues inside
            one of the frame's exclusions do not count. A hit is negated when one of the three
            words before it, in the same sentence, is a negation.
        """
        pieces = _PIECES.split(text)  # what lies between, word, what lies between, ...
        looked = list(map(self._look_up, pieces[1::2]))
        raw = [
            (frame, i, i + len(cue.parts), cue, excluded)
            for i, (_, entries) in enumerate(looked)
            for frame, cue, excluded in entries
            if len(cue.parts) == 1 or _follows(pieces, looked, i, cue)
        ]
        return Found(self._kept(pieces, looked, raw) if raw else (), text)

    def _kept(
        self, pieces: list[str], looked: list[Looked], raw: list[tuple[int, int, int, Cue, bool]]
    ) -> tuple[Hit, ...]:
        bounds = list(accumulate(map(len, pieces)))
        raw.sort(key=lambda row: (row[0], not row[4], row[1] - row[2], -len(row[3].pattern), row[1]))
        taken: defaultdict[int, set[int]] = defaultdict(set)
        kept: list[tuple[int, int, Hit]] = []
        for frame, first, last, cue, excluded in raw:
            if not taken[frame].isdisjoint(range(first, last)):
                continue
            taken[frame].update(range(first, last))
            if not excluded:
                name = self.codebook.frames[frame].name
                start, end = bounds[2 * first], bounds[2 * last - 1]
                kept.append(
                    (first, frame, Hit(name, cue.pattern, start, end, _negated(pieces, looked, first)))
                )
        kept.sort(key=lambda row: row[:2])
        return tuple([hit for _, _, hit in kept])


@lru_cache(maxsize=8)
def finder_of(codebook: Codebook) -> CueFinder:
    """Give the finder of a codebook, with what it remembers of the words met so far."""
    return CueFinder(codebook)


def _follows(pieces: list[str], looked: list[Looked], first: int, cue: Cue) -> bool:
    """Whether the rest of a phrase stands after its first word."""
    last = first + len(cue.parts)
    if last > len(looked):
        return False
    for i, part in enumerate(cue.parts[1:], first + 1):
        word = looked[i][0]
        if not (word.startswith(part[:-1]) if part[-1] == "*" else word == part):
            return False
    return not any(_apart(pieces, i) for i in range(first, last - 1))


def _apart(pieces: list[str], i: int) -> bool:
    """Whether a sentence may end between a word and the next; the dot of an initial does not end it."""
    word, gap = pieces[2 * i + 1 : 2 * i + 3]
    if gap == " ":
        return False
    if len(word) == 1:
        gap = gap.removeprefix(".")
    return not PHRASE_GAP.isdisjoint(gap)


def _negated(pieces: list[str], looked: list[Looked], first: int) -> bool:
    for i in range(first - 1, max(-1, first - 1 - NEGATION_REACH), -1):
        if _apart(pieces, i):
            return False
        plain = looked[i][0]
        if plain in NEGATORS or plain.endswith("n't"):
            return True
    return False
