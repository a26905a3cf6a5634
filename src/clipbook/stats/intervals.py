"""Intervals: of redrawn articles (Efron and Tibshirani 1993), and of shares and ratios, which stay where such numbers can be."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FEWEST = 3  # articles for an interval: two drawn again and again only give back the two


def bounds_of(draws: np.ndarray, estimate: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Give 95 % intervals from redrawn estimates, as wide as few articles ask for.

    The percentiles of a bootstrap of few articles lie too close together: those of three are the least and the
    greatest. Their distances from the estimate are stretched by what Student's t asks for at ``size`` - 1 degrees
    of freedom over what the normal distribution does, and by the root of ``size`` / (``size`` - 1), as much as
    a variance over ``size`` is too small (Hesterberg 2015, The American Statistician 69, 371-386).

    Parameters
    ----------
    draws : array of shape (draws, ...)
        The estimate in each draw.
    estimate : array of shape (...)
        The estimate itself.
    size : int
        The articles that were drawn from, at least 2.

    Returns
    -------
    (low, high) : tuple of arrays of shape (...)
        Not cut to what is possible: the share of something can come out below 0.
    """
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    return widened(low, high, estimate, size)


def widened(
    low: np.ndarray, high: np.ndarray, estimate: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Stretch percentiles about the estimate for so many articles, or sentences, as `bounds_of` does."""
    factor = stretch(size)
    return estimate - (estimate - low) * factor, estimate + (high - estimate) * factor


@lru_cache(maxsize=1024)
def stretch(size: int) -> float:
    """Give the factor by which the percentiles of so many articles are too close to the estimate: 2.69 for three."""
    from scipy.special import ndtri, stdtrit

    return float(np.sqrt(size / (size - 1)) * stdtrit(size - 1, 0.975) / ndtri(0.975))


Floats = NDArray[np.float64]


def wilson(hits: Floats, of: Floats) -> tuple[Floats, Floats, Floats]:
    """Give a share with its 95 % interval.

    Notes
    -----
    Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    z = 1.959964
    share = hits / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    reach = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return share, middle - reach, middle + reach


def score_bounds(share: Floats, error: Floats, articles: int | Floats) -> tuple[Floats, Floats]:
    """Give 95 % intervals of shares as `share_bounds` does, by Wilson's bounds in place of Clopper's and Pearson's.

    Those hold at least so often, and of rare shares far more often; these hold so often on average (Franco, Little,
    Louis and Slud 2019, Journal of Survey Statistics and Methodology 7, 334-364).

    Examples
    --------
    >>> low, high = score_bounds(np.array([0.5]), np.array([0.05]), 1000)  # as of 100 tosses of a coin
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.404], [0.596])
    """
    tosses = _tosses(share, error, articles)
    with np.errstate(divide="ignore", invalid="ignore"):  # a share of 0 or 1 is told below
        _, low, high = wilson(tosses * share, tosses)
    none = 1 - 0.025 ** (1 / articles)
    low, high = np.where(share <= 0, 0.0, low), np.where(share >= 1, 1.0, high)
    return np.where(share >= 1, 1 - none, low), np.where(share <= 0, none, high)


def share_bounds(share: Floats, error: Floats, articles: int | Floats) -> tuple[Floats, Floats]:
    """Give 95 % intervals of shares, from their standard errors and the number of articles they rest on.

    Parameters
    ----------
    share : array
        0 to 1.
    error : array
        Standard errors.
    articles : int or array
        At least 2; degrees of freedom and one.

    Returns
    -------
    (low, high) : tuple of arrays
        From 0 to 1. A share of 0 or 1 could be more or less than was seen in so many articles: bounds of
        Clopper and Pearson (1934) for none of them.

    Notes
    -----
    The bounds of Clopper and Pearson for as many observations, drawn one by one, as would be as uncertain; fewer by
    Student's t for few articles (Korn and Graubard 1998, Survey Methodology 24, 193-201).

    Examples
    --------
    >>> low, high = share_bounds(np.array([0.5]), np.array([0.05]), 1000)  # as of 100 tosses of a coin
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.398], [0.602])
    """
    from scipy.special import betaincinv

    tosses = _tosses(share, error, articles)
    met = tosses * share
    inner = (share > 0) & (share < 1)
    low = np.where(inner, betaincinv(np.where(inner, met, 1), tosses - met + 1, 0.025), 0.0)
    high = np.where(inner, betaincinv(met + 1, np.where(inner, tosses - met, 1), 0.975), 1.0)
    none = 1 - 0.025 ** (1 / articles)
    return np.where(share >= 1, 1 - none, low), np.where(share <= 0, none, high)


def _tosses(share: Floats, error: Floats, articles: int | Floats) -> Floats:
    """Give how many observations, drawn one by one, would be as uncertain."""
    from scipy.special import stdtrit

    few = (1.959964 / stdtrit(articles - 1, 0.975)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        tosses: Floats = np.where(error > 0, share * (1 - share) / error**2 * few, np.inf).clip(max=1e7)
    return tosses


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
