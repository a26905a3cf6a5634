"""Intervals of shares and ratios that stay where such numbers can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
    from scipy.special import betaincinv, stdtrit

    few = (1.959964 / stdtrit(articles - 1, 0.975)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        tosses = np.where(error > 0, share * (1 - share) / error**2 * few, np.inf).clip(max=1e7)
    met = tosses * share
    inner = (share > 0) & (share < 1)
    low = np.where(inner, betaincinv(np.where(inner, met, 1), tosses - met + 1, 0.025), 0.0)
    high = np.where(inner, betaincinv(met + 1, np.where(inner, tosses - met, 1), 0.975), 1.0)
    none = 1 - 0.025 ** (1 / articles)
    return np.where(share >= 1, 1 - none, low), np.where(share <= 0, none, high)
