"""Confidence that means what it says: scores of the ranker turned into shares that were right."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from clipbook.quotes.ranker import shipped


def confidence(score: float) -> float:
    """Give how often quotations with this score were right at least, from points stored with the weights."""
    return round(float(np.interp(score, *_points("confidence"))), 4)


def probability(score: float) -> float:
    """Give how often quotations with this score were right, without caution."""
    return round(float(np.interp(score, *_points("probability"))), 4)


@lru_cache(maxsize=2)
def _points(line: str) -> tuple[np.ndarray, np.ndarray]:
    points: Any = shipped()[line]
    return np.array(points["score"], float), np.array(points["right"], float)


def calibration() -> pd.DataFrame:
    """How often quotations of a stated confidence were right, in articles the weights had not seen.

    Returns
    -------
    DataFrame
        ``confidence`` (mean in a tenth, 0 to 1; cautious by design), ``right`` (share right in speaker), ``low``, ``high``
        (95 % interval, Wilson 1927), ``quotes`` (count). In articles of the PolNeAR corpus that were not learned from.
    """
    stored: Any = shipped()["calibration"]
    return pd.DataFrame(stored)
