"""Articles drawn with replacement, for intervals (Efron and Tibshirani 1993, An Introduction to the Bootstrap)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

FEWEST = 3  # articles for an interval: two drawn again and again only give back the two


def redrawn_sums(values: np.ndarray, draws: int, generator: np.random.Generator) -> np.ndarray:
    """Draw rows with replacement, as many as there are, and add them up.

    Parameters
    ----------
    values : array of shape (rows, columns)
        One row an article.
    draws : int
        How often; one draw after the other, so that a corpus of any size fits into memory.
    generator : Generator
        Source of the draws.

    Returns
    -------
    array of shape (draws, columns)
        The sums of each draw.
    """
    size = len(values)
    sums = np.empty((draws, values.shape[1]))
    for draw in range(draws):
        sums[draw] = np.bincount(generator.integers(0, size, size), minlength=size) @ values
    return sums


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
