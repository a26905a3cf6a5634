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


@dataclass(frozen=True, slots=True)
class Together:
    """What all articles of a comparison say together, of whichever group: one entry a term."""

    words: NDArray  # of each article
    count: Floats  # occurrences
    holding: NDArray  # articles that hold the term
    spread: Floats  # overdispersion


def look_together(counts: csr_array, words: NDArray) -> Together:
    """Sum up the articles of a comparison, articles x terms."""
    return Together(words, counts.sum(axis=0), (counts > 0).sum(axis=0), overdispersion(counts, words))


def log_odds_ratio(
    count: Floats, count_against: Floats, words: int, words_against: int, prior: float
) -> tuple[Floats, Floats]:
    """Compare counts by log-odds with an informative Dirichlet prior.

    Parameters
    ----------
    count, count_against : array
        Occurrences of each term in the two groups.
    words, words_against : int
        Words of the two groups.
    prior : float
        Words that the prior is worth in each group, spread over the terms as both groups together use them.

    Returns
    -------
    log_odds, error : array
        The difference of the two log-odds, above 0 where the first group uses the term more, and its standard
        error were every word an observation of its own; their quotient is the z by which terms are ranked.

    Notes
    -----
    Monroe, Colaresi and Quinn, Political Analysis 16 (2008), 372-403, equations 16, 20 and 22.
    """
    share = prior * (count + count_against) / (words + words_against)
    mine, theirs = count + share, count_against + share
    odds = np.log(mine / (words + prior - mine)) - np.log(theirs / (words_against + prior - theirs))
    return odds, np.sqrt(1 / mine + 1 / theirs)


def rate_test(counts: csr_array, words: NDArray, group: Flags) -> Floats:
    """Test, article by article, whether two groups use a term at one rate.

    Parameters
    ----------
    counts : sparse array, articles x terms
        Occurrences.
    words : array
        Words of each article.
    group : array of bool
        True for the articles of the first group.

    Returns
    -------
    array
        Two-sided p of each term; NaN where a group has fewer than two articles or no article has the term.

    Notes
    -----
    Quasi-Poisson: the articles' deviations from the common rate give the dispersion, which need not be that
    of words drawn one by one (McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, chapter 9). A
    term that few articles hold gives few independent observations; so t has one degree of freedom less than
    there are such articles. tests/validity/keyness_calibration.py measures the rate of false alarms.
    """
    return rate_difference(look_together(counts, words), counts[group].sum(axis=0), group)


def rate_difference(both: Together, count: Floats, group: Flags) -> Floats:
    """Test as :func:`rate_test` does; ``count`` has the occurrences in the first group."""
    from scipy.special import stdtr

    if min(group.sum(), len(group) - group.sum()) < 2:
        return np.full(len(count), np.nan)
    rate = both.count / both.words.sum()
    own, other = both.words[group].sum(), both.words[~group].sum()
    difference = count / own - (both.count - count) / other
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(rate * both.spread * (1 / own + 1 / other))
        t = np.where(error > 0, difference / error, 0.0)  # no error: every article has the common rate
        p = 2 * stdtr(np.maximum(both.holding - 1, 1), -np.abs(t))
        return np.where(both.holding > 1, p, np.nan)


def overdispersion(counts: csr_array, words: NDArray) -> Floats:
    """Measure how much more a term's counts vary over articles than words drawn one by one would (1)."""
    size, total = len(words), words.sum()
    rate = counts.sum(axis=0) / total
    squares = counts.power(2).sum(axis=0) - 2 * rate * (counts.T @ words) + rate**2 * (words**2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return squares / (rate * total) * size / (size - 1)


def article_reach(both: Together, group: Flags) -> Floats:
    """Give half a 95 % interval in standard errors of words drawn one by one; NaN where nothing is tested."""
    from scipy.special import stdtrit

    if min(group.sum(), len(group) - group.sum()) < 2:
        return np.full(len(both.count), np.nan)
    reach = stdtrit(np.maximum(both.holding - 1, 1), 0.975) * np.sqrt(both.spread)
    return np.where(both.holding > 1, reach, np.nan)


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
