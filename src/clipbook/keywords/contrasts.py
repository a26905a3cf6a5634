"""The statistics of a comparison of two groups of articles, term by term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


STRETCH = 100  # words of an article that hold a term, or do not


@dataclass(frozen=True, slots=True)
class Together:
    """What all articles of a comparison say together, of whichever group: one entry a term."""

    words: NDArray  # of each article
    count: Floats  # occurrences
    holding: NDArray  # articles that hold the term
    reach: Floats  # half a 95 % interval in standard errors of words drawn one by one
    met: csr_array  # articles x terms: the chance that a stretch of the article holds the term
    moments: Floats  # of those chances: mean, and sums of squared and cubed distances from it


def look_together(counts: csr_array, words: NDArray) -> Together:
    """Sum up the articles of a comparison, articles x terms."""
    from scipy.special import stdtrit

    holding = (counts > 0).sum(axis=0)
    met = chance_of_meeting(counts, words)
    size = max(len(words), 1)
    sums, squares, cubes = (met.power(power).sum(axis=0) for power in (1, 2, 3))
    mean = sums / size
    second = squares - size * mean**2
    second = np.where(second > 1e-10 * squares, second, 0.0)  # below that it is rounding
    third = cubes - 3 * mean * squares + 3 * mean**2 * sums - size * mean**3
    with np.errstate(invalid="ignore"):
        reach = stdtrit(np.maximum(holding - 1, 1), 0.975) * np.sqrt(overdispersion(counts, words))
    reach = np.where(holding > 1, reach, np.nan)
    return Together(words, counts.sum(axis=0), holding, reach, met, np.stack([mean, second, third]))


def chance_of_meeting(counts: csr_array, words: NDArray) -> csr_array:
    """Give the chance that a hundred words drawn from an article hold a term, articles x terms.

    It says of a term in one number whether an article holds it and how often, counts a second occurrence for less
    than the first, and does not rise with the length of the article (rarefaction: Hurlbert 1971, Ecology 52,
    577-586). An article of fewer words is taken whole.
    """
    from scipy.special import gammaln

    met = counts.tocsr().astype(float)
    length = np.repeat(words.astype(float), np.diff(met.indptr))
    drawn, held = np.minimum(length, STRETCH), np.minimum(met.data, length)
    left = length - held - drawn
    ways = gammaln(length - held + 1) + gammaln(length - drawn + 1)
    missed = np.exp(ways - gammaln(left.clip(0) + 1) - gammaln(length + 1))
    met.data = np.where(left < 0, 1.0, 1 - missed)
    return met


def exchange_test(both: Together, group: Flags) -> Floats:
    """Test, article by article, whether a group meets terms as often as the others do.

    Parameters
    ----------
    both : Together
        All articles of the comparison.
    group : array of bool
        True for the articles of the group.

    Returns
    -------
    array
        Two-sided p of each term; NaN where a group has fewer than two articles.

    Notes
    -----
    A permutation test of the sum of `chance_of_meeting` over the group's articles, which any of all articles might have
    been. Mean, variance and skewness of that sum over all ways to choose the group are known; p is taken from
    the Pearson type III distribution that has them (Mielke and Berry 2007, Permutation Methods, chapter 2),
    so that small values exist without draws. tests/validity/claims.py measures false alarms and power.
    """
    from scipy.special import gammainc, gammaincc

    size, own = len(group), int(group.sum())
    if min(own, size - own) < 2:
        return np.full(len(both.count), np.nan)
    mean, second, third = both.moments
    seen = both.met[group].sum(axis=0) - own * mean
    share = own * (size - own) / (size * (size - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(share * second.clip(0))
        moved = spread > 1e-9
        z = np.where(moved, seen / spread, 0.0)
        skew = np.where(moved, share * (size - 2 * own) / max(size - 2, 1) * third / spread**3, 0.0)
    shape = 4 / np.maximum(np.abs(skew), 1e-3) ** 2
    toward = z * np.sign(skew) >= 0  # the side of the longer tail
    place = (shape + np.where(toward, 1, -1) * np.abs(z) * np.sqrt(shape)).clip(0)
    tail = np.empty(len(z))
    tail[toward] = gammaincc(shape[toward], place[toward])
    tail[~toward] = gammainc(shape[~toward], place[~toward])
    for side, lacking in ((z < 0, own), (z >= 0, size - own)):
        tail[side] = np.maximum(tail[side], _none_of(both.holding[side], lacking, size))
    return np.where(moved, (2 * tail).clip(max=1), 1.0)


def _none_of(holding: NDArray, chosen: int, size: int) -> Floats:
    """Give the chance that none of so many articles, chosen of all, is among those that hold a term: no p is below it."""
    from scipy.special import gammaln

    lacking = (size - holding).astype(float)
    with np.errstate(invalid="ignore"):
        logarithm = (
            gammaln(lacking + 1)
            - gammaln(lacking - chosen + 1)
            - gammaln(size + 1)
            + gammaln(size - chosen + 1)
        )
    return np.where(lacking >= chosen, np.exp(logarithm), 0.0)


def overdispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how much more a term's counts vary over articles than words drawn one by one would (1)."""
    size, total = len(words), words.sum()
    rate = counts.sum(axis=0) / total
    squares = counts.power(2).sum(axis=0) - 2 * rate * (counts.T @ words) + rate**2 * (words**2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return squares / (rate * total) * size / (size - 1)


def dispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how unevenly articles share a term.

    Returns
    -------
    array
        Half the sum of absolute differences between each article's share of the words and of the term's
        occurrences: 0 where the term follows the words; NaN where there is none.

    Notes
    -----
    DP of Gries, International Journal of Corpus Linguistics 13 (2008), 403-437.
    """
    share = words / words.sum()
    cells = counts.tocoo()
    total = counts.sum(axis=0)
    row, column = cells.coords
    held = share[row]
    size = len(total)
    apart = np.bincount(column, weights=np.abs(held - cells.data / total[column]), minlength=size)
    absent = 1 - np.bincount(column, weights=held, minlength=size)
    return np.where(total > 0, (apart + absent) / 2, np.nan)
