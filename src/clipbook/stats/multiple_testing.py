"""Correction of p values for the number of tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def false_discovery_rate(p: NDArray[np.float64]) -> NDArray[np.float64]:
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
