"""Every phrase of an article that may be a keyword, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clipbook.keywords.tokens import Trait
from clipbook.keywords.words import Bools, Ints, TokenRow

LONGEST = 4  # words in a candidate


@dataclass(frozen=True, slots=True)
class Candidates:
    """Runs of words between stop words and punctuation: the occurrences, and what they are occurrences of."""

    at: Ints  # occurrence: its first token; occurrences of a candidate stand together
    length: Ints  # occurrence: its words
    of: Ints  # occurrence: its candidate
    words: Ints  # candidate: how many words
    count: Ints  # candidate: how many occurrences
    until: Ints  # candidate: where its occurrences end
    first: Ints  # candidate: the first token of its first occurrence
    stems: Ints  # candidate x LONGEST: its words' stems, -1 beyond its length
    longer: Ints  # candidate: count of the most frequent candidate that is one word longer and holds it

    def occurrences(self, candidate: int) -> list[int]:
        """Give the first tokens of a candidate's occurrences, in reading order."""
        last = int(self.until[candidate])
        return self.at[last - int(self.count[candidate]) : last].tolist()


def find_candidates(words: TokenRow, longest: int = LONGEST) -> Candidates:
    """List the runs of one to ``longest`` words that end in a possible head, each known by its stems.

    Parameters
    ----------
    words : TokenRow
        One article or many; candidates of two articles are never the same.
    longest : int
        The most words in a candidate, at most ``LONGEST``.

    Returns
    -------
    Candidates
        Shorter ones first. Time is linear in the number of tokens, up to sorting.
    """
    joins = (words.traits & (Trait.HEAD | Trait.MODIFIER)) != 0
    heads = (words.traits & Trait.HEAD) != 0
    verbs = (words.traits & (Trait.ENDS_ED | Trait.CAPITAL)) == Trait.ENDS_ED  # "minister resigned"
    size = len(words.token) + 1
    starts = np.flatnonzero(joins)
    key = words.stem[starts]
    parts: list[tuple[Ints, ...]] = []
    shorter, place, offset = np.zeros(0, np.int64), np.zeros(0, np.int64), 0
    for n in range(1, longest + 1):
        _, seen, inverse, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
        first = starts[seen]
        for side in (0, 1) if n > 1 else ():
            np.maximum.at(shorter, place[first + side], counts)
        stems = np.full((len(counts), LONGEST), -1)
        stems[:, :n] = words.stem[first[:, None] + np.arange(n)]
        shorter = np.zeros(len(counts), np.int64)
        parts.append((starts, np.full(len(starts), n), inverse + offset, counts, first, stems, shorter))
        offset += len(counts)
        place = np.full(size, -1)
        place[starts] = inverse
        go = joins[starts + n]
        key = (inverse * size + words.stem[np.where(go, starts + n, 0)])[go] if go.any() else key[:0]
        starts = starts[go]
    at, length, of, count, first, stems, longer = (np.concatenate(p) for p in zip(*parts, strict=True))
    lengths = np.repeat(np.arange(1, longest + 1), [len(p[3]) for p in parts])
    found = Candidates(at, length, of, lengths, count, np.cumsum(count), first, stems, longer)
    return _with_heads(found, heads, heads & ~verbs)


def _with_heads(found: Candidates, single: Bools, last: Bools) -> Candidates:
    """Drop the candidates that end in a word that cannot, and put the occurrences in order."""
    end = found.first + found.words - 1
    keep = np.where(found.words == 1, single[end], last[end])
    occurs = np.flatnonzero(keep[found.of])
    occurs = occurs[np.argsort(found.of[occurs], kind="stable")]
    number = np.cumsum(keep) - 1
    return Candidates(
        at=found.at[occurs],
        length=found.length[occurs],
        of=number[found.of[occurs]],
        words=found.words[keep],
        count=found.count[keep],
        until=np.cumsum(found.count[keep]),
        first=found.first[keep],
        stems=found.stems[keep],
        longer=found.longer[keep],
    )
