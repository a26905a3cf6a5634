"""Finding a codebook's cues in text: one pass over the words, whatever the number of cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clipbook.framing.codebook import WORD, Codebook, Cue, plain_word

NEGATORS = frozenset(
    {"not", "no", "never", "without", "neither", "nor", "cannot", "none", "nobody", "nothing"}
)
NEGATION_REACH = 3  # words between a negator and the cue's first word
PHRASE_GAP = frozenset(".!?;:\n\r")
MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue found in a text; ``start`` and ``end`` are code points."""

    frame: str
    cue: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The cues of one text and its length in words."""

    hits: tuple[Hit, ...]
    words: int


class CueFinder:
    """Finds all cues of a codebook in one pass.

    Every distinct word form is looked up once (whole, then by each of its beginnings) and
    remembered, so that time grows with the text and hardly with the number of cues.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._exact: dict[str, list[tuple[int, Cue, bool]]] = {}
        self._stems: dict[str, list[tuple[int, Cue, bool]]] = {}
        for number, frame in enumerate(codebook.frames):
            for cue in (*frame.cues, *frame.exclusions):
                entry = (number, cue, cue in frame.exclusions)
                table, key = _place(cue.parts[0], self._exact, self._stems)
                table.setdefault(key, []).append(entry)
        self._longest = max((len(stem) for stem in self._stems), default=0)
        self._plain: dict[str, str] = {}
        self._begins: dict[str, tuple[tuple[int, Cue, bool], ...]] = {}

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
        spans = [match.span() for match in WORD.finditer(text)]
        raw: list[tuple[int, int, int, Cue, bool]] = []
        begins = self._begins
        for i, (start, end) in enumerate(spans):
            word = text[start:end]
            entries = begins.get(word)
            if entries is None:
                entries = self._look_up(word)
            for frame, cue, excluded in entries:
                length = len(cue.parts)
                if length == 1 or self._follows(text, spans, i, cue):
                    raw.append((frame, i, i + length, cue, excluded))
        return Found(self._kept(text, spans, raw), len(spans))

    def _look_up(self, word: str) -> tuple[tuple[int, Cue, bool], ...]:
        if len(self._begins) > MOST_REMEMBERED:
            self._begins.clear()
            self._plain.clear()
        plain = plain_word(word)
        entries = list(self._exact.get(plain, ()))
        for size in range(1, min(len(plain), self._longest) + 1):
            entries.extend(self._stems.get(plain[:size], ()))
        self._plain[word] = plain
        self._begins[word] = tuple(entries)
        return self._begins[word]

    def _follows(self, text: str, spans: list[tuple[int, int]], first: int, cue: Cue) -> bool:
        """Whether the rest of a phrase stands after its first word."""
        if first + len(cue.parts) > len(spans):
            return False
        for offset, part in enumerate(cue.parts[1:], start=1):
            start, end = spans[first + offset]
            if _apart(text, spans[first + offset - 1], start):
                return False
            word = plain_word(text[start:end])
            if not (word.startswith(part[:-1]) if part.endswith("*") else word == part):
                return False
        return True

    def _kept(
        self, text: str, spans: list[tuple[int, int]], raw: list[tuple[int, int, int, Cue, bool]]
    ) -> tuple[Hit, ...]:
        raw.sort(key=lambda row: (row[0], not row[4], row[1] - row[2], -len(row[3].pattern), row[1]))
        taken: set[tuple[int, int]] = set()
        kept: list[tuple[int, int, Hit]] = []
        for frame, first, last, cue, excluded in raw:
            places = {(frame, i) for i in range(first, last)}
            if not taken.isdisjoint(places):
                continue
            taken |= places
            if not excluded:
                start, end = spans[first][0], spans[last - 1][1]
                name = self.codebook.frames[frame].name
                kept.append((first, frame, Hit(name, cue.pattern, start, end, _negated(text, spans, first))))
        kept.sort(key=lambda row: row[:2])
        return tuple(hit for _, _, hit in kept)


@lru_cache(maxsize=8)
def finder_of(codebook: Codebook) -> CueFinder:
    """Give the finder of a codebook, with what it remembers of the words met so far."""
    return CueFinder(codebook)


def _place(part: str, exact: dict[str, list], stems: dict[str, list]) -> tuple[dict[str, list], str]:
    return (stems, part[:-1]) if part.endswith("*") else (exact, part)


def _apart(text: str, word: tuple[int, int], following: int) -> bool:
    """Whether a sentence may end between a word and the next; the dot of an initial does not end it."""
    gap = text[word[1] : following]
    if word[1] - word[0] == 1 and gap.startswith("."):
        gap = gap[1:]
    return not PHRASE_GAP.isdisjoint(gap)


def _negated(text: str, spans: list[tuple[int, int]], first: int) -> bool:
    for i in range(first - 1, max(-1, first - 1 - NEGATION_REACH), -1):
        if _apart(text, spans[i], spans[i + 1][0]):
            return False
        word = plain_word(text[slice(*spans[i])])
        if word in NEGATORS or word.endswith("n't"):
            return True
    return False


def count_words(text: str) -> int:
    """Count words as the cue finder does."""
    return sum(1 for _ in WORD.finditer(text))
