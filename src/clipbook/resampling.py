"""Articles drawn with replacement, for intervals (Efron and Tibshirani 1993, An Introduction to the Bootstrap)."""

from __future__ import annotations

import numpy as np


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
