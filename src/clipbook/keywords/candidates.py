"""Candidates for keywords, runs of words that may name a thing, and what speaks for and against each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipbook.keywords.tokens import Trait
from clipbook.keywords.words import Background, Bools, Ints, TokenRow

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
    kept = (column[keep] for column in (found.words, found.count, found.first, found.stems, found.longer))
    words, count, first, stems, longer = kept
    at, length, of = found.at[occurs], found.length[occurs], number[found.of[occurs]]
    return Candidates(at, length, of, words, count, np.cumsum(count), first, stems, longer)


Floats = NDArray[np.float64]


def weigh_evidence(words: TokenRow, found: Candidates, background: Background) -> dict[str, Floats]:
    """Measure every candidate.

    Parameters
    ----------
    words, found : TokenRow, Candidates
        The articles and their candidates.
    background : Background
        How common words are elsewhere.

    Returns
    -------
    dict of str to array
        Name of the evidence -> one number a candidate. Shares are 0 to 1 of the candidate's occurrences;
        counts and places are logarithms.

    Notes
    -----
    Frequency, place of first mention, spread and length are the evidence of KP-Miner (El-Beltagy and Rafea,
    Information Systems 34 (2009), 132-144); casing and neighbours follow YAKE (Campos et al., Information
    Sciences 509 (2020), 257-289) in idea, not in formula.
    """
    counted = _frequency(words, found, background)
    return counted | _place(words, found) | _neighbours(words, found) | _shape(words, found)


def _share(found: Candidates, flag: NDArray) -> Floats:
    return np.bincount(found.of, weights=flag, minlength=len(found.words)) / found.count


def _frequency(words: TokenRow, found: Candidates, background: Background) -> dict[str, Floats]:
    joins = (words.traits[:-1] & (Trait.HEAD | Trait.MODIFIER)) != 0
    count = np.bincount(words.stem[joins], minlength=len(words.stem_names))
    log_count = np.append(np.log1p(count), 0.0)
    rarity = np.append(background.rarity(words.stem_names), 0.0)
    in_headline = np.zeros(len(words.stem_names) + 1)
    in_headline[words.stem[~words.in_body]] = 1.0
    present = found.stems >= 0
    return {
        "count": np.log(found.count),
        "repeated": (found.count > 1).astype(float),
        "always inside a longer one": ((found.longer == found.count) & (found.count > 1)).astype(float),
        "count of its words": log_count[found.stems].sum(1) / found.words,
        "count of its rarest word": np.where(present, log_count[found.stems], np.inf).min(1),
        "rarity of its words": rarity[found.stems].sum(1) / found.words,
        "share of its words in the headline": in_headline[found.stems].sum(1) / found.words,
    }


def _place(words: TokenRow, found: Candidates) -> dict[str, Floats]:
    article = words.article[found.first]
    until = words.start[article + 1]
    in_body = words.in_body[found.at]
    first = until.copy()
    np.minimum.at(first, found.of[in_body], found.at[in_body])
    headline = np.bincount(words.article[~words.in_body], minlength=words.articles)[article]
    after = first - words.start[article] - headline
    return {
        "in the body": (first < until).astype(float),
        "first place": np.log1p(after / 10),
        "first place by length": after / (until - words.start[article]),
        "first sentence": np.log1p(words.sentence[np.minimum(first, until - 1)]),
    }


def _neighbours(words: TokenRow, found: Candidates) -> dict[str, Floats]:
    before = words.traits[found.at - 1]
    after = words.traits[found.at + found.length]
    inside = Trait.HEAD | Trait.MODIFIER
    beside = {
        "after an article or preposition": before & Trait.OPENS_NOUN,
        "after a pronoun, auxiliary or adverb": before & Trait.OPENS_VERB,
        "after a verb": before & Trait.VERB,
        "after punctuation": before & Trait.PUNCTUATION,
        "before an auxiliary": after & Trait.AUXILIARY,
        "before a preposition": after & Trait.PREPOSITION,
        "before punctuation": after & Trait.PUNCTUATION,
    }
    alone = _share(found, ((before & inside) == 0) & ((after & inside) == 0))
    return {"stands by itself": alone} | {name: _share(found, flags != 0) for name, flags in beside.items()}


def _shape(words: TokenRow, found: Candidates) -> dict[str, Floats]:
    one = found.words == 1
    last = words.traits[found.first + found.words - 1]
    first = np.where(one, 0, words.traits[found.first])
    capital = (words.traits[found.at] & Trait.CAPITAL) != 0
    inside = ~words.opens_sentence[found.at] & words.in_body[found.at]
    shape = {f"{name} long": (found.words == n).astype(float) for n, name in enumerate(_LENGTHS, start=1)}
    shape["capital inside a sentence"] = _share(found, capital & inside)
    shape["letters of its last word"] = words.lexicon.letters(words.token[found.first + found.words - 1]) / 10
    for name, trait in _ENDINGS.items():
        shape[f"last word: {name}"] = ((last & trait) != 0).astype(float)
        shape[f"first of several: {name}"] = ((first & trait) != 0).astype(float)
    shape["first of several: modifier"] = ((first & Trait.MODIFIER) != 0).astype(float)
    return shape


_LENGTHS = ("one word", "two words", "three words", "four words")
_ENDINGS = {
    "-ed": Trait.ENDS_ED, "-ing": Trait.ENDS_ING, "-ly": Trait.ENDS_LY, "adjective": Trait.ADJECTIVE,
    "noun or verb": Trait.NOUN_OR_VERB,
}  # fmt: skip
