"""Intervals of redrawn articles (Efron and Tibshirani 1993), of shares and of ratios; and what families of tests are worth.

Statistics of one family are drawn together under the hypothesis that nothing differs. The largest of each draw
says how far chance alone carries a whole family (Westfall and Young 1993, Resampling-Based Multiple Testing); the
same bound makes all intervals of the family hold at once.
"""

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
    return widened(low, high, estimate, stretch(size))


def widened(
    low: np.ndarray, high: np.ndarray, estimate: np.ndarray, factor: float | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Stretch percentiles about the estimate as `bounds_of` does, by what `stretch` gives."""
    return estimate - (estimate - low) * factor, estimate + (high - estimate) * factor


@lru_cache(maxsize=1024)
def stretch(size: int) -> float:
    """Give the factor by which the percentiles of so many articles are too close to the estimate: 2.69 for three.

    NaN for one, which tells nothing of others.
    """
    from scipy.special import ndtri, stdtrit

    if size < 2:
        return float("nan")
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


LEVEL = 0.05
POWER_POINT = 0.8416  # upper fifth of the normal distribution: four in five samples lie beyond
SMALLEST = 1e-12  # below it is rounding
_ENOUGH = 10  # draws beyond a value for their share to be told without a fitted tail
_TAIL = 0.05  # of the draws that a tail is fitted to
_HEAVIEST = 0.4


def normal_scale(t: Floats, freedom: Floats) -> Floats:
    """Put values of Student's t on the scale of the normal distribution, so that one bound fits all.

    Notes
    -----
    Wallace, Annals of Mathematical Statistics 30 (1959), 1124-1130: off by less than .03 where t is below 6.
    """
    factor = (8 * freedom + 1) / (8 * freedom + 3)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = factor * np.sqrt(freedom * np.log1p(t**2 / freedom))
    return np.copysign(scaled, t)


def standing(difference: Floats, error: Floats, freedom: Floats) -> Floats:
    """Give differences over their standard errors, on the scale of the normal distribution.

    What differs without any scatter stands as far out as can be; where nothing differs, nothing does.
    """
    same = np.abs(difference) <= SMALLEST
    return normal_scale(np.where(same, 0.0, difference / error.clip(SMALLEST)), freedom)


def reach_of(bound: float, freedom: Floats) -> Floats:
    """Give the quantile of Student's t that a bound on the scale of the normal distribution stands for."""
    from scipy.special import ndtr, stdtrit

    reach: Floats = stdtrit(freedom, ndtr(bound))
    return reach


def tail_chances(draws: Floats, seen: Floats, least: float = 0.0) -> Floats:
    """Give the chance of values at least so far from 0, from draws and, beyond them, from a fitted tail.

    Parameters
    ----------
    draws : array of shape (draws, tests)
        Statistics under the hypothesis, without sign, on the scale of the normal distribution.
    seen : array of shape (tests,)
        Statistics of the data, without sign.
    least : float
        No chance is smaller: one over the number of different draws that there can be.

    Returns
    -------
    array of shape (tests,)
        NaN where ``seen`` is.

    Notes
    -----
    Where fewer than ten draws lie beyond a value, a generalised Pareto distribution is fitted, by moments (Hosking and
    Wallis 1987, Technometrics 29, 339-349), to the largest twentieth of the draws' squares, as Knijnenburg,
    Wessels, Reinders and Shmulevich (2009, Bioinformatics 25, i161-i168) do for permutations. Its tail is
    never taken to be lighter than an exponential one, as that of a squared normal variable is not.
    """
    count = len(draws)
    beyond = (draws >= seen * (1 - 1e-6) - 1e-9).sum(axis=0)
    chances = (beyond + 1) / (count + 1)
    top = max(int(count * _TAIL), 2)
    squares = np.sort(np.partition(draws, count - top - 1, axis=0)[count - top - 1 :] ** 2, axis=0)
    edge = (squares[0] + squares[1]) / 2
    over = squares[1:] - edge
    mean, variance = over.mean(axis=0), over.var(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = np.clip((1 - mean**2 / variance) / 2, 1e-6, _HEAVIEST)
        reach = (seen**2 - edge) / (mean * (1 - shape))
        fitted = top / count * (1 + shape * reach.clip(0)) ** (-1 / shape)
    fitted = np.where(np.isfinite(fitted), fitted, 0)
    chances = np.where(beyond < _ENOUGH, np.minimum(chances, fitted), chances).clip(least, 1)
    return np.where(np.isnan(seen), np.nan, chances)


def family_bound(draws: Floats) -> float:
    """Give the bound that the largest statistic of a family passes in one of twenty draws."""
    return float(np.quantile(np.nanmax(draws, axis=1), 1 - LEVEL))


def tested(value: Floats, error: Floats, freedom: Floats, draws: Floats, least: float) -> dict[str, Floats]:
    """Give what a family's differences are worth: intervals that hold at once, chances, and the size that would be seen.

    Parameters
    ----------
    value, error, freedom : ndarray
        Differences, their standard errors and degrees of freedom, of one shape.
    draws : ndarray
        Statistics without sign where nothing differs, draws x differences.
    least : float
        What no chance is below.

    Returns
    -------
    dict of str to ndarray
        ``low``, ``high``, ``p``, ``q`` (of the largest of all), ``detectable`` (NaN where nothing varies), in one row each.
    """
    seen = np.abs(standing(value, error, freedom)).ravel()
    with np.errstate(invalid="ignore"):
        reach = np.where(error > SMALLEST, reach_of(family_bound(draws), freedom) * error, 0.0)
    largest = np.repeat(draws.max(axis=1)[:, None], len(seen), axis=1)
    return {
        "low": (value - reach).ravel(),
        "high": (value + reach).ravel(),
        "p": tail_chances(draws, seen, least),
        "q": tail_chances(largest, seen, least),
        "detectable": np.where(error > SMALLEST, reach + POWER_POINT * error, np.nan).ravel(),
    }


def false_discovery_rate(p: Floats) -> Floats:
    """Correct p values for their number; NaN stays NaN and is not counted.

    Notes
    -----
    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289-300.
    """
    from scipy.stats import false_discovery_control

    q = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = false_discovery_control(p[known])
    return q
