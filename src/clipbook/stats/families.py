"""Families of tests: what each finding is worth when all that were tried are counted.

Statistics of one family are drawn together under the hypothesis that nothing differs. The largest of each draw
says how far chance alone carries a whole family (Westfall and Young 1993, Resampling-Based Multiple Testing); the
same bound makes all intervals of the family hold at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

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
